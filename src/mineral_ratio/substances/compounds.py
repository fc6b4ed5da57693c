"""Compounds: ions and water, or just a formula, with what is recorded of them."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import attrs

from mineral_ratio.errors import MassBalanceError, UnknownContentError, chosen
from mineral_ratio.substances.balances import balanced, read_count, read_ions, read_names, spelled
from mineral_ratio.substances.elements import Element, element_of
from mineral_ratio.substances.formulas import Formula
from mineral_ratio.substances.ions import WATER, Ion, atoms_in, symbols_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any, Literal, TypeAlias, TypedDict, Unpack

    import pint

    from mineral_ratio.substances.analytes import (
        Analyte,
        AnalyteLike,
        Content,
        EquivalentCount,
        NamedSpecies,
    )
    from mineral_ratio.substances.atomic_weights import AtomicWeights
    from mineral_ratio.substances.balances import Count, IonsLike
    from mineral_ratio.substances.elements import ElementLike, ElementMap
    from mineral_ratio.substances.holdings import End
    from mineral_ratio.substances.ranges import Term
    from mineral_ratio.units import MassLike

    FormulaStatus: TypeAlias = Literal["established", "disputed"]

    class Recorded(TypedDict, total=False):
        """What may be recorded of a compound beside its composition."""

        formula_status: FormulaStatus
        status_note: str
        cas: str
        unii: str
        pubchem_cid: str
        e_number: str
        synonyms: str | Iterable[str]
        families: str | Iterable[str]
        as_sold: bool
        decided: str
        origin: str
        citations: str | Iterable[str]


def _read_status(value: str) -> FormulaStatus:
    return chosen(value, "formula status", ("established", "disputed"))


@attrs.frozen(init=False)
class Compound:
    """A compound: its ions and water, or just a formula.

    Attributes:
        name: The name to show.
        formula: The formula, water of crystallization included.
        ions: Counts and ions, empty where only a formula is known.
        water: Number of water molecules of crystallization in a formula unit.
        formula_status: ``"established"`` or ``"disputed"``.
        status_note: Why it is disputed, and who says so.
        cas: CAS registry number; empty where none was verified, as are the other identifiers.
        unii: FDA unique ingredient identifier.
        pubchem_cid: PubChem compound identifier.
        e_number: E or INS number.
        synonyms: Other names that mean just this compound.
        families: Names that do not fix it, such as ``"calcium citrate"`` for one of its hydrates.
        as_sold: Whether such a name usually means this form in trade.
        decided: How a name that fits several compounds came to mean this one; empty if it did not.
        origin: The source that `Catalog.find` found it in, with what it conflicts with.
        citations: Where formula and identifiers were read.

    Examples:
        >>> round(Compound("dolomite", formula="CaMg(CO3)2").mass_fraction("Ca"), 4)
        0.2173
    """

    name: str
    formula: Formula
    ions: tuple[tuple[int, Ion], ...] = attrs.field(default=(), repr=False)
    water: Count = attrs.field(default=0, repr=False)
    formula_status: FormulaStatus = attrs.field(default="established", converter=_read_status)
    status_note: str = attrs.field(default="", eq=False, repr=False)
    cas: str = attrs.field(default="", eq=False, repr=False)
    unii: str = attrs.field(default="", eq=False, repr=False)
    pubchem_cid: str = attrs.field(default="", eq=False, repr=False)
    e_number: str = attrs.field(default="", eq=False, repr=False)
    synonyms: tuple[str, ...] = attrs.field(default=(), eq=False, repr=False, converter=read_names)
    families: tuple[str, ...] = attrs.field(default=(), eq=False, repr=False, converter=read_names)
    as_sold: bool = attrs.field(default=False, eq=False, repr=False)
    decided: str = attrs.field(default="", eq=False, repr=False)
    origin: str = attrs.field(default="", eq=False, repr=False)
    citations: tuple[str, ...] = attrs.field(default=(), eq=False, repr=False, converter=read_names)

    def __init__(
        self,
        name: str,
        *,
        formula: Formula | str | None = None,
        ions: IonsLike = (),
        water: Count | str = 0,
        **record: Unpack[Recorded],
    ) -> None:
        """Build a compound and check its balance.

        Args:
            name: The name to show.
            formula: A formula or its text; may be left out where ions are given.
            ions: ``"2 Ca2+, 1 malate, 2 OH-"``, or pairs of a count and an ion.
            water: Number of water molecules beside the ions, such as ``7`` or ``"1/2"``. A bare
                formula says its own.
            **record: The other attributes, by name.

        Raises:
            FormulaError: The formula cannot be read.
            NotFoundError: An ion is not known, or there is no such status of a formula.
            MassBalanceError: Neither formula nor ions are given, charges do not sum to zero, or
                the ions and the water do not sum to the formula.
        """
        if not isinstance(name, str) or not name.strip():
            raise TypeError(f"a compound needs a name, not {name!r}")
        pairs, count = read_ions(ions), read_count(name, water)
        stated = (
            Formula.parse(formula) if formula is not None and not isinstance(formula, Formula) else formula
        )
        if pairs:
            stated = balanced(name, pairs, count, stated)
        elif stated is None:
            raise MassBalanceError(f"{name}: a compound needs a formula or ions")
        elif stated.charge_number:
            raise MassBalanceError(
                f"{name}: {stated} has a charge of {stated.charge_number:+d}; a compound has none"
            )
        elif count and count != stated.water_of_crystallization:
            raise MassBalanceError(f"{name}: {stated} says its own water of crystallization, not {count} H2O")
        else:
            count = stated.water_of_crystallization
        self.__attrs_init__(name, stated, pairs, count, **record)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]

    # -- what the formula says

    @property
    def molar_mass(self) -> pint.Quantity[float]:
        """Molar mass in g/mol, in the application registry."""
        return self.formula.molar_mass

    @property
    def relative_formula_mass(self) -> float:
        """Relative formula mass, a number."""
        return self.formula.relative_formula_mass

    def mass_fraction(self, key: ElementLike) -> float:
        """Mass fraction of an element, 0 to 1 (0 if the formula has none).

        Args:
            key: Element by symbol, name, number or `Element`; or the isotope key of a nuclide, ``"[18O]"``.

        Raises:
            NotFoundError: No element is meant by the key.
            NoAtomicWeightError: An element has no standard atomic weight in the edition used.
        """
        return self.formula.mass_fraction(key)

    def mass_fractions(self) -> ElementMap[float]:
        """Mass fractions of all elements; they sum to 1."""
        return self.formula.mass_fractions()

    @property
    def weights(self) -> AtomicWeights:
        """The edition of atomic weights in use."""
        return self.formula.weights

    def with_weights(self, weights: AtomicWeights) -> Compound:
        """The same compound reckoned with another edition of atomic weights.

        Args:
            weights: The edition.
        """
        return attrs.evolve(self, formula=self.formula.with_weights(weights))

    def marked(self, *, decided: str = "", origin: str = "") -> Compound:
        """The same compound, with how a look-up came to it.

        Args:
            decided: The ambiguous name and the policy that decided it.
            origin: The source that it was found in.
        """
        marked = copy.copy(self)
        object.__setattr__(marked, "decided", decided)
        object.__setattr__(marked, "origin", origin)
        return marked

    @property
    def parts(self) -> tuple[tuple[Count, Ion], ...]:
        """Counts and parts of a formula unit, the ions or the whole anhydrous formula, and the water."""
        parts: tuple[tuple[Count, Ion], ...] = self.ions or ((1, Ion(self.name, self.formula.anhydrous)),)
        return (*parts, (self.water, WATER)) if self.water else parts

    @property
    def anhydrous(self) -> Formula:
        """The formula without its water of crystallization."""
        written = self.formula.anhydrous
        if not self.ions:
            return written
        # The formula as it is written reads better, unless its water was not written as such.
        summed = Formula.parse(spelled(self.ions, 0), weights=self.weights)
        return written if written == summed else summed

    # -- what it holds

    def count(self, key: AnalyteLike) -> float:
        """How many of an analyte a formula unit holds.

        Args:
            key: An element, ion, acid (counted from the ions that are named for it), water, or
                another named species.

        Returns:
            The number, 0 where the formula excludes it.

        Raises:
            NotFoundError: The key names no analyte.
            UnknownContentError: The formula does not tell whether the species is part of it.
        """
        from mineral_ratio.substances.analytes import analyte  # a look-up needs none of it

        asked = analyte(key)
        if whole := self.units_of(asked):
            return whole
        found = float(sum(count * self.count_in_part(asked, part) for count, part in self.parts))
        # Ions tell of every acid by name; what is known by its formula only may still be made of them.
        if (
            not found
            and not isinstance(asked, Element | Ion)
            and asked.by_formula
            and _skeleton(asked) <= set(symbols_in(self.formula))
        ):
            raise UnknownContentError(str(asked), self.name)
        return found

    def units_of(self, asked: Analyte) -> float:
        """How many of a species a formula unit is as a whole, water aside: 1 for CaCl2 in CaCl2.2H2O.

        Args:
            asked: The analyte.

        Returns:
            The number, 0 where the compound is not that species.
        """
        if isinstance(asked, Element | Ion) or asked.element is not None:
            return 0.0
        from fractions import Fraction

        for whole in (self.formula, self.anhydrous):
            held, each = whole.counts, asked.formula.counts
            if held.keys() == each.keys():
                ratios = {Fraction(held[key]) / Fraction(each[key]) for key in held}
                if len(ratios) == 1:
                    return float(ratios.pop())
        return 0.0

    def count_in_part(self, asked: Analyte, part: Ion) -> float:
        """How many of an analyte one of the compound's parts holds.

        Args:
            asked: The analyte.
            part: One of `parts`.

        Raises:
            UnknownContentError: The part is a whole bare formula that does not tell.
        """
        if isinstance(asked, Element):
            return float(atoms_in(asked.symbol, part.formula))
        if not isinstance(asked, Ion) and asked.element is not None:
            return float(atoms_in(asked.element, part.formula)) * asked.per_atom
        if part.formula == asked.formula or (not isinstance(asked, Ion) and _is_acid_of(asked, part)):
            return 1.0
        if self.ions or WATER in (part, asked) or not _skeleton(asked) <= set(symbols_in(part.formula)):
            return 0.0
        if isinstance(asked, Ion) and asked.monatomic:
            from mineral_ratio.substances.equivalents import common_ion_in

            symbol = symbols_in(asked.formula)[0]
            if common := common_ion_in(self.anhydrous, symbol):
                return float(atoms_in(symbol, part.formula)) if common == asked else 0.0
        raise UnknownContentError(asked.name, self.name)

    def mass_in_part(self, asked: Analyte, part: Ion) -> float:
        """Relative mass of an analyte in one of the compound's parts, an element's isotopes by their own.

        Args:
            asked: The analyte.
            part: One of `parts`.

        Raises:
            UnknownContentError: The part is a whole bare formula that does not tell.
        """
        from mineral_ratio.substances.analytes import relative_mass

        if isinstance(asked, Element):
            formula = part.formula.with_weights(self.weights)
            return formula.mass_fraction(asked) * formula.relative_formula_mass
        return self.count_in_part(asked, part) * relative_mass(asked, self.weights)

    def equivalents_per_mole(self, key: AnalyteLike) -> EquivalentCount:
        """Equivalents that one mole of an analyte in this compound counts for.

        A monatomic ion counts by its charge; an element inside a polyatomic ion counts only
        where the ion's row says so (S in sulfate: 2). A bare formula is read with the table of
        elements that have one common ion, and the result names it.

        Args:
            key: An element, ion or acid that the compound holds.

        Returns:
            The number and what says so.

        Raises:
            NotFoundError: The key names no analyte.
            UnknownChargeError: Nothing says what charge the element carries.
            UnknownContentError: The compound holds none of it, or does not tell.
        """
        from mineral_ratio.substances.analytes import EquivalentCount, analyte
        from mineral_ratio.substances.equivalents import charge_in_part

        asked = analyte(key)
        held = equivalents = 0.0
        source = ""
        for count, part in self.parts:
            if in_part := float(count) * self.count_in_part(asked, part):
                charge, source = charge_in_part(self, asked, part)
                held += in_part
                equivalents += in_part * charge
        if not held:
            raise UnknownContentError(str(asked), self.name)
        return EquivalentCount(equivalents / held, source)

    # -- what every substance answers

    def content(self, key: AnalyteLike) -> Content:
        """Mass fraction of an analyte by theory.

        Args:
            key: An element, ion, acid (as which the ions named for it are expressed), water, or
                another named species.

        Returns:
            The content; its three values are the same.

        Raises:
            NotFoundError: The key names no analyte.
            UnknownContentError: A bare formula does not tell which ions it is made of.
            NoAtomicWeightError: An element has no standard atomic weight in the edition used.
        """
        from mineral_ratio.substances.analytes import Content, analyte, relative_mass

        asked = analyte(key)
        fraction = (
            self.mass_fraction(asked)
            if isinstance(asked, Element)
            else self.count(asked) * relative_mass(asked, self.weights) / self.relative_formula_mass
        )
        return Content(str(asked), fraction, fraction, fraction, "theory", f"formula {self.formula}")

    def elemental_mass(self, key: ElementLike, mass: MassLike) -> pint.Quantity[Any]:
        """Mass of an element in a mass of the compound.

        Args:
            key: The element.
            mass: ``"500 mg"`` or a quantity of any shape.

        Returns:
            The mass, in the registry, unit and shape of ``mass`` (mg for a text).

        Raises:
            NotFoundError: The key names no element.
            UnitError: ``mass`` is not a mass.
        """
        from mineral_ratio.units import scaled  # a look-up needs no units

        return scaled(mass, self.formula.mass_fraction(key))

    def mass_for(self, key: AnalyteLike, amount: MassLike, at: End = "value") -> pint.Quantity[Any]:
        """Mass of the compound that holds an amount of an analyte.

        Args:
            key: An element, ion or other analyte.
            amount: ``"1000 mg"``, ``"25 mmol"``, ``"50 mEq"`` or a quantity.
            at: As for a material; the three ends of a content by formula are the same.

        Returns:
            The mass, answered in the unit of ``amount`` (mg for a text or an amount of substance).

        Raises:
            NotFoundError: The key names no analyte.
            UnitError: ``amount`` is not an amount of the analyte, or ``at`` is none of the three.
            UnknownContentError: The compound holds none of it, or does not tell.
            UnknownChargeError: Equivalents were given and the charge is not known.
        """
        from mineral_ratio.substances.holdings import mass_holding

        return mass_holding(self, key, amount, at)

    def terms(self, asked: Analyte) -> list[Term]:
        """Mass fraction of an analyte as a sum of terms, as a material has it.

        Args:
            asked: The analyte.

        Raises:
            UnknownContentError: A bare formula does not tell which ions it is made of.
        """
        from mineral_ratio.substances.ranges import Term

        return [Term(self.content(asked).value)]

    def assigned_elements(self) -> tuple[str, ...]:
        """Symbols of the elements of the formula, isotopes under their element."""
        return tuple(symbols_in(self.formula))

    def assigned(self, symbol: str) -> list[Term]:
        """Mass fraction of an element, as a material has it.

        Args:
            symbol: Symbol of the element.
        """
        from mineral_ratio.substances.ranges import Term

        return [Term(self.formula.mass_fraction(symbol))]

    def assigned_fractions(self) -> Mapping[str, float]:
        """Mass fractions by symbol of the elements of the formula, isotopes under their element.

        Raises:
            NoAtomicWeightError: An element has no standard atomic weight in the edition used.
        """
        fractions: dict[str, float] = {}
        for key, fraction in self.formula.mass_fractions().items():
            symbol = element_of(key)
            fractions[symbol] = fractions.get(symbol, 0.0) + fraction
        return fractions

    @property
    def notes(self) -> tuple[str, ...]:
        """What is uncertain about the compound, a sentence each."""
        notes: list[str] = []
        if self.decided:
            notes.append(f"{self.decided} is {self.name}")
        if self.formula_status == "disputed":
            notes.append(f"formula {self.formula} is disputed: {self.status_note}".rstrip(": "))
        return tuple(notes)

    def __str__(self) -> str:
        return self.name


def _skeleton(asked: Ion | NamedSpecies) -> set[str]:
    """Elements without which a formula cannot hold a species (its hydrogens may have gone)."""
    return set(symbols_in(asked.formula)) - {"H"}


def _is_acid_of(asked: NamedSpecies, part: Ion) -> bool:
    """Whether a species is the acid that a part is named for, by name or by formula."""
    return bool(part.acid) and (
        asked.name == part.acid or (asked.by_formula and asked.formula == part.acid_formula)
    )
