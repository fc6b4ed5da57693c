"""Ions, named species, and what may be asked for: `analyte("Ca")`, `analyte("malic acid")`.

An analyte is an element, an ion (or water), or a named species such as phytic acid, phosphorus
"as P2O5" or available phosphorus. The bundled ions are the rows of ``data/ions.csv``.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs

from mineral_ratio.errors import FormulaError, NotFoundError, UnknownChargeError
from mineral_ratio.substances._spelling import element_of
from mineral_ratio.substances._tables import read_table
from mineral_ratio.substances.elements import Element, ElementMap, element, symbol_of
from mineral_ratio.substances.formulas import Formula

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction
    from typing import TypeAlias

    from mineral_ratio.substances.elements import AtomicWeights

# What no table of one species can carry: too common in every formula to stand for something else.
_UNTELLING = frozenset(("H", "C", "O"))
HALOGENS = frozenset(("F", "Cl", "Br", "I"))
_SPACES = re.compile(r"[\s_]+")
_NAME_AND_CHARGE = re.compile(r"([a-z]+)\s*\^?(\d?)([+-])", re.IGNORECASE)


def _formula(value: Formula | str) -> Formula:
    return value if isinstance(value, Formula) else Formula.parse(value)


def _optional_formula(value: Formula | str | None) -> Formula | None:
    return None if value is None else _formula(value)


@attrs.frozen
class Ion:
    """A charged or neutral part of a compound: Ca 2+, malate 2-, H2O.

    Attributes:
        name: Name of the part, such as ``"malate"`` or ``"Ca2+"``.
        formula: Its formula, with its charge.
        acid: Name of the acid that it is named for, such as ``"malic acid"``; empty if there is none.
        acid_formula: Formula of that acid.
        oxidation_state: Oxidation state of a monatomic part; None where the row does not say.
        element_equivalents: For elements inside a polyatomic ion that the field counts by
            themselves, equivalents per atom: ``{"S": 2}`` in sulfate.
        source: Where the row was read.
    """

    name: str
    formula: Formula = attrs.field(converter=_formula)
    acid: str = ""
    acid_formula: Formula | None = attrs.field(default=None, converter=_optional_formula)
    oxidation_state: int | None = None
    element_equivalents: ElementMap[int] = attrs.field(
        factory=lambda: ElementMap[int]({}), converter=ElementMap[int], eq=False
    )
    source: str = attrs.field(default="", eq=False)

    @property
    def charge_number(self) -> int:
        """Charge in units of the elementary charge."""
        return self.formula.charge_number

    @property
    def monatomic(self) -> bool:
        """Whether the part is one atom."""
        counts = self.formula.counts
        return len(counts) == 1 and next(iter(counts.values())) == 1

    def equivalents_per_atom(self, symbol: str) -> int:
        """Equivalents that each atom of an element in this ion counts for.

        Args:
            symbol: Symbol of an element that the ion holds.

        Returns:
            The charge of a monatomic ion, or what the ion's row says.

        Raises:
            UnknownChargeError: The element is inside a polyatomic ion whose row does not count it.
        """
        if symbol in self.element_equivalents:
            return self.element_equivalents[symbol]
        if self.monatomic:
            return abs(self.charge_number)
        raise UnknownChargeError(symbol, self.name)

    def __str__(self) -> str:
        return self.name


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
    """

    name: str
    formula: Formula = attrs.field(converter=_formula)
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

WATER = Ion("water", "H2O")
"""Water of crystallization, a neutral part of a compound."""

_PHYTIC_ACID = NamedSpecies(
    "phytic acid",
    "C6H18O24P6",
    source="660.03 g/mol in Eur J Clin Nutr 61 (2007) 368, doi 10.1038/sj.ejcn.1602513",
)


@cache
def ions() -> Mapping[str, Ion]:
    """The bundled ions by their key, such as ``"Ca2+"`` or ``"malate"`` (``data/ions.csv``), read-only."""
    table: dict[str, Ion] = {"H2O": WATER, "water": WATER}
    for row in read_table("ions.csv"):
        counted = dict(pair.split(":") for pair in row["element_equivalents"].split(";") if pair)
        ion = Ion(
            row["name"],
            row["formula"],
            acid=row["acid"],
            acid_formula=row["acid_formula"] or None,
            oxidation_state=int(row["oxidation_state"]) if row["oxidation_state"] else None,
            element_equivalents={symbol.strip(): int(count) for symbol, count in counted.items()},
            source=row["source"],
        )
        table[row["key"]] = table[row["name"].lower()] = ion
    return MappingProxyType(table)


@cache
def _species() -> Mapping[str, NamedSpecies]:
    """What is asked for by a name that is no ion: the acids that ions are named for, and phytic acid."""
    acids = {each.acid: each.acid_formula for each in ions().values() if each.acid_formula is not None}
    named = {name.lower(): NamedSpecies(name, formula) for name, formula in acids.items()}
    return named | {_PHYTIC_ACID.name: _PHYTIC_ACID}


@cache
def common_ions() -> Mapping[str, Ion]:
    """Elements that form one common ion, with that ion (``data/common_ions.csv``).

    Alkali metals 1+; Mg, Ca, Sr, Ba and Zn 2+; halogens 1-. Used only where a compound is known
    by a bare formula, and named by every result that used it.
    """
    return {
        row["element"]: attrs.evolve(ions()[row["ion"]], source=row["source"])
        for row in read_table("common_ions.csv")
    }


def ion(key: str | Ion) -> Ion:
    """The bundled ion of a key or name.

    Args:
        key: ``"Ca2+"``, ``"malate"``, ``"H2O"``; an `Ion` is returned as it is.

    Raises:
        NotFoundError: No bundled ion has this key.
    """
    if isinstance(key, Ion):
        return key
    table = ions()
    found = _named_ion(key) if isinstance(key, str) else None
    if found is None:
        close = get_close_matches(str(key), table, 5)
        raise NotFoundError(str(key), "ion", tuple(dict.fromkeys(table[each].name for each in close)))
    return found


def _named_ion(text: str) -> Ion | None:
    """The bundled ion of a key, a name (``malate 2-``) or, if it is inorganic, a formula (``SO4 2-``)."""
    table = ions()
    text = _SPACES.sub(" ", text.strip())
    if found := table.get(text) or table.get(text.lower()):
        return found
    if parts := _NAME_AND_CHARGE.fullmatch(text):
        found = table.get(parts[1].lower())
        if found is not None and found.charge_number == int(f"{parts[3]}{parts[2] or 1}"):
            return found
    try:
        return _inorganic_ions().get(Formula.parse(text))
    except FormulaError:
        return None


@cache
def _inorganic_ions() -> Mapping[Formula, Ion]:
    """Bundled ions by formula; an organic one may be that of an isomer."""
    return {each.formula: each for each in ions().values() if each.formula.counts.get("C", 0) <= 1}


def analyte(key: AnalyteLike) -> Analyte:
    """What a text asks for: an element, an ion, an acid, water, or a species by its formula.

    Args:
        key: ``"Ca"``, ``"calcium"``, ``20``; ``"Ca2+"``, ``"malate"``; ``"malic acid"``;
            ``"water"``; ``"phytic acid"``; ``"P2O5"`` or ``"as CaCO3"`` (reckoned from the one
            element other than H, C and O); ``"[44Ca]"``. Analytes are returned as they are.

    Returns:
        The element, ion or named species.

    Raises:
        NotFoundError: The text names none of these.
    """
    if isinstance(key, Element | Ion | NamedSpecies):
        return key
    name = _SPACES.sub(" ", str(key).strip()).removeprefix("as ")
    try:
        return element(name if isinstance(key, str) else key)
    except NotFoundError as error:
        miss = error
    if found := _named_ion(name) or _species().get(name.lower()):
        return found
    try:
        formula = Formula.parse(name)
    except FormulaError:
        close = miss.suggestions or get_close_matches(name.lower(), [*ions(), *_species()], 3)
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


def atoms_in(symbol: str, formula: Formula) -> int | Fraction:
    """Atoms of an element in a formula, its isotopes among them; of one isotope for ``[44Ca]``."""
    counts = formula.counts
    if symbol.startswith("["):
        return counts.get(symbol, 0)
    return sum(
        count
        for key, count in counts.items()
        if key == symbol or (key[0] == "[" and element_of(key) == symbol)
    )


def symbols_in(formula: Formula) -> list[str]:
    """Symbols of the elements in a formula, isotopes under their element."""
    return list(dict.fromkeys(map(element_of, formula.counts)))


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
