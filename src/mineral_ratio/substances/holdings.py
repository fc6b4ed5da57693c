"""Amounts of an analyte in what holds it: g, mol and equivalents to g, and to the mass that holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from mineral_ratio import units
from mineral_ratio.errors import UnknownContentError
from mineral_ratio.substances.analytes import relative_mass

if TYPE_CHECKING:
    import pint

    from mineral_ratio.substances.analytes import Analyte, EquivalentCount
    from mineral_ratio.substances.atomic_weights import AtomicWeights
    from mineral_ratio.units import MassLike


class Holder(Protocol):
    """What holds an analyte, and says what charge it carries there."""

    @property
    def name(self) -> str:
        """Its name, for errors."""
        ...

    @property
    def weights(self) -> AtomicWeights:
        """The edition of atomic weights to reckon with."""
        ...

    def equivalents_per_mole(self, key: Analyte, /) -> EquivalentCount:
        """Equivalents that one mole of an analyte counts for there."""
        ...


def grams_per(holder: Holder, asked: Analyte, kind: str) -> float:
    """Mass in g of an analyte that one g, one mol or one mol of equivalents of it stands for.

    Args:
        holder: The substance that holds it, whose ions say what an equivalent is.
        asked: The analyte.
        kind: ``"mass"``, ``"amount"`` or ``"equivalents"``, as a reading has it.

    Raises:
        UnknownChargeError: It is equivalents and the charge is not known.
    """
    if kind == "mass":
        return 1.0
    mole = relative_mass(asked, holder.weights)
    return mole if kind == "amount" else mole / holder.equivalents_per_mole(asked).number


def stated_grams(holder: Holder, asked: Analyte, amount: MassLike) -> tuple[float, str]:
    """One stated amount of an analyte in g, and how it was read.

    Args:
        holder: The substance or statement that it is an amount in.
        asked: The analyte.
        amount: A mass, an amount of substance or equivalents.

    Raises:
        UnitError: ``amount`` is none of these, or an array of them.
        UnknownChargeError: It is in equivalents and the charge is not known.
    """
    reading = units.read_amount(amount)
    return reading.scalar * grams_per(holder, asked, reading.kind), reading.text


def mass_holding(holder: Holder, asked: Analyte, amount: MassLike, content: float) -> pint.Quantity[Any]:
    """Mass of a substance that holds an amount of an analyte at a given content.

    Args:
        holder: The substance.
        asked: The analyte.
        amount: A mass, an amount of substance or equivalents.
        content: Mass fraction of the analyte in the substance.

    Raises:
        UnitError: ``amount`` is none of these.
        UnknownContentError: The content is zero, or may be.
    """
    if not content > 0.0:
        raise UnknownContentError(str(asked), holder.name, "it holds none, or may hold none")
    reading = units.read_amount(amount)
    return reading.mass(reading.value * (grams_per(holder, asked, reading.kind) / content))
