"""Chemical formulas: a text read into exact counts and a charge, with the figures that follow.

A `Formula` keeps its text as written, the exact counts of its elements and the edition of atomic
weights that its masses are computed with. How formulas are read is told in ``_grammar``; it and what
spells formulas are imported by those that need them, which plain ones do not.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mineral_ratio.errors import FormulaError, NoAtomicWeightError
from mineral_ratio.substances._plain import (
    SYMBOLS,
    is_exact,
    plain_counts,
    plain_ion,
    whole_if_possible,
    within_limits,
)
from mineral_ratio.substances.elements import ElementMap, default_masses, element_of, symbol_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Never

    import pint

    from mineral_ratio.substances._grammar import Reading
    from mineral_ratio.substances._plain import Number
    from mineral_ratio.substances.atomic_weights import AtomicWeights
    from mineral_ratio.substances.elements import ElementLike

MAX_LENGTH = 20_000
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
    _weights: AtomicWeights | None  # None is the default edition, whose masses are at hand sooner
    _mass: float | None

    def __init__(self, *_: Never) -> None:
        raise TypeError(
            "a formula is read by Formula.parse('CaCO3') or made by Formula.from_counts({'Ca': 1})"
        )

    @classmethod
    def _of(
        cls, text: str, counts: Mapping[str, Number], charge_number: int, weights: AtomicWeights | None
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
            text: A formula of at most 20,000 characters, such as ``"MgSO4.7H2O"``, ``"[44Ca]CO3"`` or
                ``"SO4^2-"``.
            weights: Edition of atomic weights for its masses; the default one if None.

        Raises:
            FormulaError: The text is not a formula, or is one in more than one way. Its position is
                that of the character at fault.
        """
        if not isinstance(text, str):
            message = f"a formula is a text such as 'CaCO3', not {type(text).__name__}"
            raise FormulaError(message, "", 0)
        if len(text) > MAX_LENGTH:
            message = f"a formula has at most {MAX_LENGTH} characters, not {len(text)}"
            raise FormulaError(message, text, MAX_LENGTH)
        counts = plain_counts(text)
        if counts is not None:
            return cls._of(text, counts, 0, weights)
        if (ion := plain_ion(text)) is not None:
            return cls._of(text, *ion, weights)
        reading = _read(text, weights)
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
        if not hasattr(counts, "items"):
            message = f"counts are a mapping from elements to numbers, not {type(counts).__name__}"
            raise FormulaError(message, "", 0)
        masses = _masses(weights)
        exact: dict[str, Number] = {}
        for key, count in ElementMap(counts).items():
            if not is_exact(count) or not within_limits(count):
                message = f"the count of {key} is a positive int or Fraction, not {count!r}"
                raise FormulaError(message, str(key), 0)
            if key not in SYMBOLS and key not in masses:
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
        if self._weights is not None:
            return self._weights
        from mineral_ratio.substances.atomic_weights import default_weights

        return default_weights()

    def with_weights(self, weights: AtomicWeights) -> Formula:
        """The same formula with the masses of another edition.

        Args:
            weights: The edition.
        """
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
            masses = _masses(self._weights)
            mass = 0.0
            try:
                for symbol, count in self._counts.items():
                    mass += masses[symbol] * count
            except KeyError as missing:
                raise NoAtomicWeightError(missing.args[0], self.weights.name) from None
            self._mass = mass
        return mass

    @property
    def relative_formula_mass_uncertainty(self) -> float:
        """Standard uncertainty of the relative formula mass, from those of the atomic weights.

        The atomic weights are taken to be independent of one another.

        Raises:
            NoAtomicWeightError: An element has no standard atomic weight in the edition used.
        """
        import math  # not needed for a mass

        uncertainty = self.weights.standard_uncertainty
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
        masses, whole = _masses(self._weights), self.relative_formula_mass
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
        masses, whole = _masses(self._weights), self.relative_formula_mass
        return ElementMap({key: masses[key] * count / whole for key, count in self._counts.items()})

    # -- water ----------------------------------------------------------------------------------

    @property
    def water_of_crystallization(self) -> Number:
        """Number of H2O joined by a dot, or written as a last group (``MgSO4(H2O)7``); 0 if none.

        Water inside other brackets is part of the complex: ``[Mg(H2O)6]Cl2`` has none.
        """
        from mineral_ratio.substances._waters import without_water

        return without_water(self._reading())[1]

    @property
    def anhydrous(self) -> Formula:
        """The formula without its `water_of_crystallization`; itself if there is none."""
        from mineral_ratio.substances._spelling import AS_TEXT, spell
        from mineral_ratio.substances._waters import without_water

        dry, water = without_water(self._reading())
        if not water:
            return self
        counts, charge, weights = dry.counts, self._charge_number, self._weights
        text = spell(dry, AS_TEXT)
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
        from mineral_ratio.substances._spelling import AS_UNICODE, spell

        return spell(self._reading(), AS_UNICODE)

    @property
    def html(self) -> str:
        """The formula as written, in HTML."""
        from mineral_ratio.substances._spelling import AS_HTML, spell

        return spell(self._reading(), AS_HTML)

    def _reading(self) -> Reading:
        return _read(self._text, self._weights)

    # -- arithmetic -----------------------------------------------------------------------------

    def __add__(self, other: Formula) -> Formula:
        """The sum of two formulas, such as ions, with the charge that they have together."""
        if not isinstance(other, Formula):
            return NotImplemented
        if not self._shares_weights(other):
            message = f"{self} and {other} have different atomic weights; use with_weights first"
            raise FormulaError(message, other._text, 0)
        counts = dict(self._counts)
        for key, count in other._counts.items():
            counts[key] = counts.get(key, 0) + count
        return Formula.from_counts(counts, self._charge_number + other._charge_number, weights=self._weights)

    def __mul__(self, number: Number) -> Formula:
        """The formula taken a positive number of times, an int or a Fraction."""
        if not is_exact(number):
            return NotImplemented
        charge = self._charge_number * number
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
        same = (self._counts, self._charge_number) == (other._counts, other._charge_number)
        return same and self._shares_weights(other)

    def _shares_weights(self, other: Formula) -> bool:
        return self._weights is other._weights or self.weights == other.weights

    def __hash__(self) -> int:
        return hash((frozenset(self._counts.items()), self._charge_number))

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"Formula({self._text!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Formula._of, (self._text, self._counts, self._charge_number, self._weights)


def _masses(weights: AtomicWeights | None) -> Mapping[str, float]:
    return default_masses() if weights is None else weights.masses


def _read(text: str, weights: AtomicWeights | None) -> Reading:
    from mineral_ratio.substances._grammar import read

    return read(text, _masses(weights))


def _hill(counts: Mapping[str, Number], charge: int, weights: AtomicWeights | None) -> str:
    """The Hill formula, in the first spelling that reads back as the same formula."""
    from mineral_ratio.substances._spelling import hill_spellings

    spellings = hill_spellings(counts, charge)
    for text in spellings:
        if _reads_as(text, counts, charge, weights):
            return text
    message = "these counts cannot be written as a formula that reads back as them"
    raise FormulaError(message, spellings[0], 0)


def _reads_as(text: str, counts: Mapping[str, Number], charge: int, weights: AtomicWeights | None) -> bool:
    try:
        formula = Formula.parse(text, weights=weights)
    except FormulaError:
        return False
    return formula.counts == counts and formula.charge_number == charge
