"""Chemical formulas: a text read into exact counts and a charge, with the figures that follow.

A `Formula` keeps its text as written, the exact counts of its elements and the edition of atomic
weights that its masses are computed with. How formulas are read is told in ``_grammar``.
"""

from __future__ import annotations

import math
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mineral_ratio.errors import FormulaError, NoAtomicWeightError
from mineral_ratio.substances._grammar import Part, Reading, add_counts, read
from mineral_ratio.substances._plain import SYMBOLS, plain_counts, whole_if_possible, within_limits
from mineral_ratio.substances._spelling import AS_HTML, AS_TEXT, AS_UNICODE, element_of, hill_spellings, spell
from mineral_ratio.substances.elements import AtomicWeights, ElementMap, default_weights, symbol_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TypeAlias

    import pint

    from mineral_ratio.substances.elements import ElementLike

    Number: TypeAlias = int | Fraction


MAX_LENGTH = 2_000
"""Longest text, in characters, that is read as a formula."""


class Formula:
    """A chemical formula with exact counts, immutable.

    Formulas are equal when composition, charge and atomic weights are; the spelling does not matter.
    They are made by `parse` and `from_counts`.

    Examples:
        >>> epsom = Formula.parse("MgSO4.7H2O")
        >>> epsom.composition["O"], round(epsom.relative_formula_mass, 2)
        (11, 246.47)
        >>> epsom.unicode
        'MgSO₄·7H₂O'
    """

    __slots__ = ("_charge_number", "_counts", "_mass", "_text", "_weights")

    _text: str
    _counts: dict[str, Number]
    _charge_number: int
    _weights: AtomicWeights
    _mass: float | None

    @classmethod
    def _of(
        cls, text: str, counts: Mapping[str, Number], charge_number: int, weights: AtomicWeights
    ) -> Formula:
        formula = object.__new__(cls)
        formula._text = text
        formula._counts = counts  # type: ignore[assignment]
        formula._charge_number = charge_number
        formula._weights = weights
        formula._mass = None
        return formula

    @classmethod
    def parse(cls, text: str, *, weights: AtomicWeights | None = None) -> Formula:
        """Read a text as a formula.

        Args:
            text: A formula of at most 2,000 characters, such as ``"MgSO4.7H2O"``, ``"[44Ca]CO3"`` or
                ``"SO4^2-"``.
            weights: Edition of atomic weights for its masses; the default one if None.

        Raises:
            FormulaError: The text is not a formula, or is one in more than one way. Its position is
                that of the character at fault.
        """
        if weights is None:
            weights = default_weights()
        if not isinstance(text, str):
            message = f"a formula is a text such as 'CaCO3', not {type(text).__name__}"
            raise FormulaError(message, "", 0)
        if len(text) > MAX_LENGTH:
            message = f"a formula has at most {MAX_LENGTH} characters, not {len(text)}"
            raise FormulaError(message, text, MAX_LENGTH)
        counts = plain_counts(text)
        if counts is not None:
            return cls._of(text, counts, 0, weights)
        reading = read(text, weights.masses)
        return cls._of(text.strip(), reading.counts, reading.charge_number, weights)

    @classmethod
    def from_counts(
        cls,
        counts: Mapping[Any, Number],
        charge_number: int = 0,
        *,
        weights: AtomicWeights | None = None,
    ) -> Formula:
        """A formula from the numbers of its atoms; its text is the Hill formula.

        Args:
            counts: From elements (or isotope keys such as ``"[44Ca]"``) to positive counts, each an
                int or a Fraction.
            charge_number: Charge in units of the elementary charge.
            weights: Edition of atomic weights for its masses; the default one if None.

        Raises:
            FormulaError: There is no count, or one is not an exact positive number that can be
                written.
            NotFoundError: A key is not an element.
        """
        weights = default_weights() if weights is None else weights
        exact: dict[str, Number] = {}
        for key, count in ElementMap(counts).items():
            if not isinstance(count, int | Fraction) or isinstance(count, bool) or not within_limits(count):
                message = f"the count of {key} is a positive int or Fraction, not {count!r}"
                raise FormulaError(message, str(key), 0)
            if key not in SYMBOLS and key not in weights.masses:
                message = f"{key} is not a naturally occurring nuclide, so no mass is kept for it here"
                raise FormulaError(message, key, 0)
            exact[key] = whole_if_possible(count)
        if not exact:
            message = "a formula needs at least one element"
            raise FormulaError(message, "", 0)
        return cls._of(_hill(exact, charge_number, weights), exact, charge_number, weights)

    # -- what it says ---------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """The formula as it was written, without surrounding spaces."""
        return self._text

    @property
    def counts(self) -> Mapping[str, Number]:
        """Exact counts by symbol (``"Ca"``) or isotope key (``"[44Ca]"``); read-only."""
        return MappingProxyType(self._counts)

    @property
    def composition(self) -> ElementMap[Number]:
        """Exact counts of the elements; int where whole, otherwise Fraction."""
        return ElementMap(self._counts)

    @property
    def charge_number(self) -> int:
        """Charge in units of the elementary charge, 0 for a neutral formula."""
        return self._charge_number

    @property
    def weights(self) -> AtomicWeights:
        """Edition of atomic weights that the masses are computed with."""
        return self._weights

    def with_weights(self, weights: AtomicWeights) -> Formula:
        """The same formula with the masses of another edition."""
        return Formula._of(self._text, self._counts, self._charge_number, weights)

    # -- masses ---------------------------------------------------------------------------------

    @property
    def relative_formula_mass(self) -> float:
        """Relative formula mass (dimensionless); the mass of electrons is left out of charges.

        Raises:
            NoAtomicWeightError: An element has no standard atomic weight in the edition used.
        """
        mass = self._mass
        if mass is None:
            masses = self._weights.masses
            mass = 0.0
            try:
                for symbol, count in self._counts.items():
                    mass += masses[symbol] * count
            except KeyError as missing:
                raise NoAtomicWeightError(missing.args[0], self._weights.name) from None
            self._mass = mass
        return mass

    @property
    def relative_formula_mass_uncertainty(self) -> float:
        """Standard uncertainty of the relative formula mass, from those of the atomic weights.

        The atomic weights are taken to be independent of one another.

        Raises:
            NoAtomicWeightError: An element has no standard atomic weight in the edition used.
        """
        uncertainty = self._weights.standard_uncertainty
        return math.hypot(*(float(count) * uncertainty(key) for key, count in self._counts.items()))

    @property
    def molar_mass(self) -> pint.Quantity[float]:
        """Molar mass in g/mol, in the application registry.

        Raises:
            NoAtomicWeightError: An element has no standard atomic weight in the edition used.
        """
        from mineral_ratio.units import molar_mass_out  # pint is imported when needed

        return molar_mass_out(self.relative_formula_mass)

    def mass_fraction(self, key: ElementLike) -> float:
        """Mass fraction of an element, its isotopes included, or of one nuclide (0 to 1).

        Args:
            key: An element, or an isotope key such as ``"[44Ca]"`` for that nuclide alone.

        Raises:
            NotFoundError: There is no such element.
            NoAtomicWeightError: An element has no standard atomic weight in the edition used.
        """
        symbol = symbol_of(key)
        masses, whole = self._weights.masses, self.relative_formula_mass
        return (
            sum(
                masses[own] * count
                for own, count in self._counts.items()
                if own == symbol or (own[0] == "[" and element_of(own) == symbol)
            )
            / whole
        )

    def mass_fractions(self) -> ElementMap[float]:
        """Mass fractions by the keys of `composition`; they sum to 1.

        Raises:
            NoAtomicWeightError: An element has no standard atomic weight in the edition used.
        """
        masses, whole = self._weights.masses, self.relative_formula_mass
        return ElementMap({key: masses[key] * count / whole for key, count in self._counts.items()})

    # -- water ----------------------------------------------------------------------------------

    @property
    def water_of_crystallization(self) -> Number:
        """Number of H2O joined by a dot, or written as a last group (``MgSO4(H2O)7``); 0 if none.

        Water inside other brackets is part of the complex: ``[Mg(H2O)6]Cl2`` has none.
        """
        _, water = _without_water(self._reading().parts)
        return water

    @property
    def anhydrous(self) -> Formula:
        """The formula without its `water_of_crystallization`; itself if there is none."""
        parts, water = _without_water(self._reading().parts)
        if not water:
            return self
        counts: dict[str, Number] = {}
        for part in parts:
            add_counts(counts, part.counts)
        charge, weights = self._charge_number, self._weights
        text = spell(Reading(counts, charge, parts), AS_TEXT)
        if not _reads_as(text, counts, charge, weights):
            text = _hill(counts, charge, weights)
        return Formula._of(text, counts, charge, weights)

    # -- spellings ------------------------------------------------------------------------------

    @property
    def hill(self) -> str:
        """Hill formula, C, then H, then the others by symbol; without C all by symbol."""
        return _hill(self._counts, self._charge_number, self._weights)

    @property
    def unicode(self) -> str:
        """The formula as written, with subscripts, superscripts and middle dots."""
        return spell(self._reading(), AS_UNICODE)

    @property
    def html(self) -> str:
        """The formula as written, in HTML."""
        return spell(self._reading(), AS_HTML)

    def _reading(self) -> Reading:
        return read(self._text, self._weights.masses)

    # -- arithmetic -----------------------------------------------------------------------------

    def __add__(self, other: Formula) -> Formula:
        """The sum of two formulas, such as ions, with the charge that they have together."""
        if not isinstance(other, Formula):
            return NotImplemented
        if other._weights != self._weights:
            message = f"{self} and {other} have different atomic weights; use with_weights first"
            raise FormulaError(message, other._text, 0)
        counts = dict(self._counts)
        for key, count in other._counts.items():
            counts[key] = counts.get(key, 0) + count
        return Formula.from_counts(counts, self._charge_number + other._charge_number, weights=self._weights)

    def __mul__(self, number: Number) -> Formula:
        """The formula taken a positive number of times, an int or a Fraction."""
        if not isinstance(number, int | Fraction) or isinstance(number, bool):
            return NotImplemented
        charge = self._charge_number * Fraction(number)
        if charge.denominator != 1:
            message = f"{number} times the charge {self._charge_number} is not a whole number"
            raise FormulaError(message, self._text, 0)
        counts = {key: count * number for key, count in self._counts.items()}
        return Formula.from_counts(counts, int(charge), weights=self._weights)

    __rmul__ = __mul__

    # -- value semantics ------------------------------------------------------------------------

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Formula):
            return NotImplemented
        return (self._counts, self._charge_number, self._weights) == (
            (other._counts, other._charge_number, other._weights)
        )

    def __hash__(self) -> int:
        return hash((frozenset(self._counts.items()), self._charge_number))

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"Formula({self._text!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Formula._of, (self._text, self._counts, self._charge_number, self._weights)


# -- water --------------------------------------------------------------------------------------


def _waters(counts: Mapping[str, Number]) -> Number:
    """How many molecules of water a part is, of whatever isotopes; 0 if it is something else."""
    atoms: dict[str, Number] = {"H": 0, "O": 0}
    for key, count in counts.items():
        symbol = element_of(key)
        if symbol not in atoms:
            return 0
        atoms[symbol] += count
    return atoms["O"] if atoms["H"] == 2 * atoms["O"] else 0


def _without_water(parts: Iterable[Part]) -> tuple[list[Part], Number]:
    """The parts that are not water of crystallization, and how many water molecules were."""
    kept: list[Part] = []
    total: Number = 0
    for part in parts:
        if waters := _waters(part.counts):
            total += waters
        else:
            kept.append(part)
    if not kept:
        return list(parts), 0
    part, waters = _without_last_group(kept[-1])
    kept[-1] = part
    return kept, whole_if_possible(total + waters)


def _without_last_group(part: Part) -> tuple[Part, Number]:
    """A part without a last group ``(H2O)n``, and its number of water molecules."""
    tokens = part.tokens
    opened = len(tokens) - 5
    inside = tokens[opened + 2 : -1]
    kinds = ["close", "open", "atom", "atom"]
    if opened < 2 or [token.kind for token in (tokens[-1], tokens[opened], *inside)] != kinds:
        return part, 0
    coefficient = tokens[0].number
    group = {token.text: token.number * tokens[-1].number * coefficient for token in inside}
    waters = _waters(group)
    if not waters:
        return part, 0
    counts = {key: whole_if_possible(count - group.get(key, 0)) for key, count in part.counts.items()}
    return Part({key: count for key, count in counts.items() if count}, tokens[:opened]), waters


def _hill(counts: Mapping[str, Number], charge: int, weights: AtomicWeights) -> str:
    """The Hill formula, in the first spelling that reads back as the same formula."""
    spellings = hill_spellings(counts, charge)
    for text in spellings:
        if _reads_as(text, counts, charge, weights):
            return text
    message = "these counts cannot be written as a formula that reads back as them"
    raise FormulaError(message, spellings[0], 0)


def _reads_as(text: str, counts: Mapping[str, Number], charge: int, weights: AtomicWeights) -> bool:
    try:
        formula = Formula.parse(text, weights=weights)
    except FormulaError:
        return False
    return formula.counts == counts and formula.charge_number == charge
