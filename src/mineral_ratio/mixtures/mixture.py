"""What a blend, a product and an analysis answer alike."""

from __future__ import annotations

import math
from numbers import Real
from typing import TYPE_CHECKING, Any

import attrs

from mineral_ratio import units
from mineral_ratio.errors import UndefinedRatioError, UnitError
from mineral_ratio.mixtures.ratios import Ratio, read_basis, read_sum, spoken
from mineral_ratio.substances.analytes import (
    EquivalentCount,
    analyte,
    basis_element,
    equivalents_of,
    relative_mass,
)
from mineral_ratio.substances.elements import element
from mineral_ratio.substances.ranges import Interval, Term, bounds, nominal, ratio_bounds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    import pint

    from mineral_ratio.mixtures.intakes import Part
    from mineral_ratio.mixtures.ratios import Basis, SumLike
    from mineral_ratio.substances.analytes import Analyte, AnalyteLike
    from mineral_ratio.substances.atomic_weights import AtomicWeights
    from mineral_ratio.substances.elements import ElementLike
    from mineral_ratio.substances.holdings import Holder

    Charges: TypeAlias = Mapping[str, int]

# In g: far below an atom and far above a planet, with room for every sum and ratio in a float.
_LEAST, _MOST = 1e-30, 1e30


def plain_number(value: object) -> float | None:
    """A number as a float; None if it is no finite number of zero or more."""
    if isinstance(value, bool) or not isinstance(value, Real):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if 0.0 <= number < math.inf else None


def check_grams(_instance: object, _attribute: attrs.Attribute[Any], value: float) -> None:
    """Refuse a mass in g that nothing has (an attrs validator).

    Args:
        _instance: Not asked.
        _attribute: Not asked.
        value: A mass in g.

    Raises:
        UnitError: The mass is above 1e30 g, or below 1e-30 g and not zero.
    """
    if value and not _LEAST <= value <= _MOST:
        raise UnitError(f"{value:.4g} g is not the mass of anything", value, "mass")


@attrs.frozen
class Found:
    """What a mixture holds of an analyte.

    Attributes:
        terms: The sum, in g, in mol, or in mol of equivalents.
        notes: What was used for it, and what could not be counted.
        partial: Names of the ingredients that may hold more of it than is counted.
    """

    terms: tuple[Term, ...]
    notes: tuple[str, ...] = ()
    partial: tuple[str, ...] = ()


@attrs.frozen
class Statement:
    """What states amounts of analytes without a compound: a label, an analysis.

    Attributes:
        name: Its name, for errors.
        weights: The edition of atomic weights to reckon with.
    """

    name: str
    weights: AtomicWeights

    def equivalents_per_mole(self, asked: Analyte) -> EquivalentCount:
        """Equivalents by an ion's own charge, or that of an element's one common ion."""
        return equivalents_of(asked, self.name)


@attrs.frozen
class Stated:
    """A stated amount of an analyte.

    Attributes:
        analyte: The element, ion or species.
        grams: Its mass in g.
        as_read: How the amount was read.
    """

    analyte: Analyte
    grams: float = attrs.field(validator=check_grams)
    as_read: str = attrs.field(eq=False)

    @property
    def mass(self) -> pint.Quantity[float]:
        """The stated mass in mg."""
        return units.mass_out(self.grams)


def per_gram(
    holder: Holder, asked: Analyte, basis: Basis, charges: Charges | None = None
) -> tuple[float, tuple[str, ...]]:
    """What a gram of an analyte is on a basis, and the notes on the charge that was used.

    Args:
        holder: What holds it, and so says what charge it carries.
        asked: The analyte.
        basis: ``"mass"`` (1), ``"amount"`` (mol) or ``"equivalent"`` (mol of equivalents).
        charges: Charge numbers by symbol that stand in for those of the ions.

    Raises:
        UnknownChargeError: Equivalents were asked for and the charge is not known.
    """
    if basis == "mass":
        return 1.0, ()
    moles = 1.0 / relative_mass(asked, holder.weights)
    if basis == "amount":
        return moles, ()
    element_of = basis_element(asked)
    if charges is not None and element_of is not None and element_of[0] in charges:
        charge = charges[element_of[0]]
        return moles * charge / element_of[1], (f"{asked} counted with the rule's own charge, {charge}",)
    counted = holder.equivalents_per_mole(asked)
    notes = (f"{asked} of {holder.name} counted as {counted.source}",) if counted.source else ()
    return moles * counted.number, notes


class Mixture:
    """Base of what holds elements in known masses: asks for one sum, answers in every form."""

    __slots__ = ()

    @property
    def scope(self) -> str:
        """What it is in the words of the rules, such as ``"product"``, ``"total diet"``, ``"water"``."""
        return "product"

    @property
    def counts(self) -> frozenset[Part]:
        """The parts of a person's intake that it is; none where that is not said."""
        return frozenset()

    @property
    def per_day(self) -> float | None:
        """How many of it are taken in a day; None where that is not said."""
        return None

    def find(self, asked: Analyte, basis: Basis = "mass", charges: Charges | None = None) -> Found:
        """The sum of an analyte on a basis, term by term.

        Args:
            asked: The analyte.
            basis: ``"mass"`` (g), ``"amount"`` (mol) or ``"equivalent"`` (mol of equivalents).
            charges: Charge numbers by symbol that stand in for those of the ions.

        Raises:
            UnknownContentError: Nothing in the mixture tells how much there is of it.
            UnknownChargeError: Equivalents were asked for and a charge is not known.
        """
        raise NotImplementedError

    def bounds(self, key: AnalyteLike, basis: Basis = "mass") -> Interval:
        """What the mixture holds of an analyte, with the exact bounds of its ranges.

        Args:
            key: An element, ion, acid or other analyte.
            basis: ``"mass"``, ``"amount"`` or ``"equivalent"``.

        Returns:
            Value, low and high in g, or in mol.

        Raises:
            NotFoundError: The key names no analyte.
            UnitError: The basis is none of the three.
            UnknownContentError: Nothing in the mixture tells.
            UnknownChargeError: Equivalents were asked for and a charge is not known.
        """
        return bounds(self.find(analyte(key), read_basis(basis)).terms)

    def _nominal(self, key: AnalyteLike, basis: Basis = "mass") -> float:
        return nominal(self.find(analyte(key), basis).terms)

    def elemental_mass(self, key: ElementLike) -> pint.Quantity[float]:
        """Mass of an element in mg, at nominal contents.

        Args:
            key: The element.

        Raises:
            NotFoundError: The key names no element.
            UnknownContentError: Nothing in the mixture tells.
        """
        return units.mass_out(self._nominal(element(key)))

    def mass_as(self, key: AnalyteLike) -> pint.Quantity[float]:
        """Mass of a species in mg: of an acid, what comes along expressed as that acid.

        Args:
            key: ``"malic acid"``, ``"water"``, ``"P2O5"`` or any other analyte.

        Raises:
            NotFoundError: The key names no analyte.
            UnknownContentError: Nothing in the mixture tells.
        """
        return units.mass_out(self._nominal(key))

    def amount(self, key: AnalyteLike) -> pint.Quantity[float]:
        """Amount of substance of an analyte in mmol, at nominal contents.

        Args:
            key: An element, ion or other analyte.

        Raises:
            NotFoundError: The key names no analyte.
            UnknownContentError: Nothing in the mixture tells.
        """
        return units.amount_out(self._nominal(key, "amount"))

    def equivalents(self, key: AnalyteLike) -> pint.Quantity[float]:
        """Equivalents of an analyte, a quantity in mmol (equivalent entities are counted in mol).

        Args:
            key: An element or ion.

        Raises:
            NotFoundError: The key names no analyte.
            UnknownContentError: Nothing in the mixture tells.
            UnknownChargeError: A charge is not known.
        """
        return units.amount_out(self._nominal(key, "equivalent"))

    def ratio(
        self,
        numerator: SumLike,
        denominator: SumLike,
        basis: Basis = "mass",
        *,
        charges: Charges | None = None,
    ) -> Ratio:
        """The ratio of two analytes or sums, with its exact bounds.

        Args:
            numerator: An analyte, ``"Ca+Mg"``, or a sequence of analytes.
            denominator: Likewise.
            basis: ``"mass"``, ``"amount"`` or ``"equivalent"``.
            charges: On an equivalent basis, charge numbers by symbol to use instead of the ions'.

        Returns:
            The ratio; its notes say which contents and charges were used.

        Raises:
            NotFoundError: A side names no analyte.
            UnitError: The basis is none of the three.
            UndefinedRatioError: There is nothing of the denominator.
            UnknownContentError: Nothing in the mixture tells how much there is of one.
            UnknownChargeError: Equivalents were asked for and a charge is not known.
        """
        basis = read_basis(basis)
        sides = [read_sum(side) for side in (numerator, denominator)]
        found = [[self.find(asked, basis, charges) for asked in side] for side in sides]
        above, below = ([term for each in side for term in each.terms] for side in found)
        names = [spoken(side) for side in sides]
        notes = dict.fromkeys(note for side in found for each in side for note in each.notes)
        try:
            result = ratio_bounds(above, below)
        except UndefinedRatioError:
            raise UndefinedRatioError(f"{names[0]}:{names[1]} is undefined: there is no {names[1]}") from None
        partial = dict.fromkeys(name for side in found for each in side for name in each.partial)
        return Ratio(
            names[0],
            names[1],
            basis,
            result.value,
            result.low,
            result.high,
            notes=tuple(notes),
            partial=tuple(partial),
        )
