"""What may be asked for, `analyte("Ca")` or `analyte("malic acid")`, and what is answered.

An analyte is an element, an ion (or water), or a named species such as phytic acid, phosphorus
"as P2O5" or available phosphorus.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

import attrs

from mineral_ratio.errors import FormulaError, NotFoundError, UnknownChargeError
from mineral_ratio.substances.elements import Element, element, symbol_of
from mineral_ratio.substances.formulas import Formula
from mineral_ratio.substances.ions import (
    HALOGENS,
    Ion,
    common_ions,
    ions,
    likely_spellings,
    named_ion,
    one_space,
    read_formula,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    from mineral_ratio.substances.atomic_weights import AtomicWeights

    Kind: TypeAlias = Literal["theory", "stated", "typical", "minimum", "maximum", "midpoint", "derived"]

# What no table of one species can carry: too common in every formula to stand for something else.
_UNTELLING = frozenset(("H", "C", "O"))


@attrs.frozen
class NamedSpecies:
    """A species that a figure is stated as: phytic acid, phosphorus as P2O5, available phosphorus.

    Attributes:
        name: The name, such as ``"phytic acid"``.
        formula: The formula whose mass one mole of it has.
        element: Symbol of the element that it is reckoned from (``"P"`` for P2O5); None for a
            species in its own right.
        factor: The part of that element that counts (0.8 where 80 % of phosphorus is available).
        source: Where formula and factor were read.

    Raises:
        FormulaError: The formula cannot be read.
        NotFoundError: No element has the symbol.
    """

    name: str
    formula: Formula = attrs.field(converter=read_formula)
    element: str | None = attrs.field(default=None, converter=attrs.converters.optional(symbol_of))
    factor: float = 1.0
    source: str = attrs.field(default="", eq=False)

    @property
    def per_atom(self) -> float:
        """How much of one of these an atom of its element makes, such as 1/2 for P in P2O5.

        Raises:
            ValueError: It is a species in its own right, reckoned from no element.
        """
        if self.element is None:
            raise ValueError(f"{self.name} is not reckoned from an element")
        return self.factor / float(self.formula.counts[self.element])

    @property
    def by_formula(self) -> bool:
        """Whether its formula is all that names it, as for ``"CaCl2"``."""
        return self.name == str(self.formula)

    def __str__(self) -> str:
        return self.name


@attrs.frozen
class EquivalentCount:
    """Equivalents that one mole of an analyte counts for, and what says so.

    Attributes:
        number: Equivalents per mole.
        source: Empty where the ions of a compound say so, else the table that was used.
    """

    number: float
    source: str


if TYPE_CHECKING:
    Analyte: TypeAlias = Element | Ion | NamedSpecies
    AnalyteLike: TypeAlias = str | int | Element | Ion | NamedSpecies


@attrs.frozen
class Content:
    """What a substance holds of an analyte, as a fraction of its mass, and how that is known.

    Attributes:
        analyte: Name of what is asked for.
        value: Mass fraction to work with.
        low: Least mass fraction that the causes of the range allow.
        high: Greatest mass fraction that they allow.
        kind: ``"theory"`` (the formula), ``"stated"``, ``"typical"``, ``"minimum"``, ``"maximum"`` or
            ``"midpoint"`` (which value of a declared range or assay was used), or ``"derived"``
            (by formula from a part that was declared). It is that of the statement, not of a loss that
            was taken off.
        source: The statement or formula that it comes from, with the loss that was taken off and which
            value of its range that was: ``"loss on drying 12 % (maximum)"``.
    """

    analyte: str
    value: float
    low: float
    high: float
    kind: Kind
    source: str


@cache
def _species() -> Mapping[str, NamedSpecies]:
    """What is asked for by a name that is no ion: the acids of ions, phytic acid, available phosphorus."""
    acids = {each.acid: each.acid_formula for each in ions().values() if each.acid_formula is not None}
    phytic_acid = NamedSpecies(
        "phytic acid",
        "C6H18O24P6",
        source="660.03 g/mol in Eur J Clin Nutr 61 (2007) 368, doi 10.1038/sj.ejcn.1602513",
    )
    # How much of the phosphorus is available is for who states it to say: no factor stands here.
    available = NamedSpecies(
        "available P", "P", source="Delegated Regulation (EU) 2016/127, annexes I and II"
    )
    named = {name.lower(): NamedSpecies(name, formula) for name, formula in acids.items()}
    return named | {phytic_acid.name: phytic_acid, "available p": available}


def analyte(key: AnalyteLike) -> Analyte:
    """What a text asks for: an element, an ion, an acid, water, or a species by its formula.

    Args:
        key: ``"Ca"``, ``"calcium"``, ``20``; ``"Ca2+"``, ``"malate"``; ``"malic acid"``;
            ``"water"``; ``"phytic acid"``; ``"available P"``; ``"P2O5"`` or ``"as CaCO3"`` (reckoned from
            the one element other than H, C and O); ``"[44Ca]"``. Analytes are returned as they are.

    Returns:
        The element, ion or named species.

    Raises:
        NotFoundError: The text names none of these.
    """
    if isinstance(key, Element | Ion | NamedSpecies):
        return key
    name = one_space(str(key)).removeprefix("as ")
    try:
        return element(name if isinstance(key, str) else key)
    except NotFoundError as error:
        miss = error
    if found := named_ion(name) or _species().get(name.lower()):
        return found
    try:
        formula = Formula.parse(name)
    except FormulaError:
        from difflib import get_close_matches

        close = (
            likely_spellings(name)
            or miss.suggestions
            or get_close_matches(name.lower(), [*ions(), *_species()], 3)
        )
        raise NotFoundError(str(key), "element, ion or species", close) from None
    if formula.charge_number:
        return Ion(name, formula)
    telling = [symbol for symbol in formula.counts if symbol not in _UNTELLING]
    return NamedSpecies(name, formula, telling[0] if len(telling) == 1 else None)


def basis_element(asked: Analyte) -> tuple[str, float] | None:
    """The element that an analyte is reckoned from and how many of it an atom makes.

    Args:
        asked: The analyte.

    Returns:
        ``("P", 0.5)`` for P2O5, ``("Ca", 1.0)`` for Ca and for Ca 2+; None for a species in its own right.
    """
    if isinstance(asked, Element):
        return asked.symbol, 1.0
    if isinstance(asked, Ion):
        return (next(iter(asked.formula.counts)), 1.0) if asked.monatomic else None
    return None if asked.element is None else (asked.element, asked.per_atom)


def relative_mass(asked: Analyte, weights: AtomicWeights) -> float:
    """Relative mass of one entity of an analyte, a number.

    Args:
        asked: The analyte.
        weights: The edition of atomic weights to use.

    Raises:
        NoAtomicWeightError: The edition has no weight for one of its elements.
    """
    if isinstance(asked, Element):
        return weights.value(asked)
    return asked.formula.with_weights(weights).relative_formula_mass


def same_element(stated: Analyte, asked: Analyte) -> bool:
    """Whether two analytes are reckoned from one element, so that one follows from the other."""
    first, second = basis_element(stated), basis_element(asked)
    return first is not None and second is not None and first[0] == second[0]


def conversion(stated: Analyte, asked: Analyte, weights: AtomicWeights) -> float:
    """Mass of an analyte that a unit mass of another form of the same element stands for.

    Args:
        stated: The form that is known, such as P2O5.
        asked: The form that is asked for, such as P.
        weights: The edition of atomic weights to use.

    Raises:
        ValueError: The two are not reckoned from one element.
    """
    first, second = basis_element(stated), basis_element(asked)
    if first is None or second is None or first[0] != second[0]:
        raise ValueError(f"{asked} does not follow from {stated}")
    return relative_mass(asked, weights) * second[1] / (relative_mass(stated, weights) * first[1])


def equivalents_of(asked: Analyte, substance: str) -> EquivalentCount:
    """Equivalents of one mole of an analyte where no compound says how it is bound.

    Args:
        asked: The analyte.
        substance: Name of what holds it, for the error.

    Returns:
        An ion's own charge, or that of an element's one common ion, with the table named.

    Raises:
        UnknownChargeError: It has no one common ion, or is a halogen that may be bound to oxygen.
    """
    if isinstance(asked, Ion):
        return EquivalentCount(abs(asked.charge_number), "")
    basis = basis_element(asked)
    if basis is None or basis[0] in HALOGENS or basis[0] not in common_ions():
        raise UnknownChargeError(str(asked), substance)
    common = common_ions()[basis[0]]
    return EquivalentCount(abs(common.charge_number) / basis[1], f"{common.name}: {common.source}")
