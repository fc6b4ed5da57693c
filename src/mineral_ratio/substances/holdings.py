"""Amounts of an analyte in what holds it: g, mol and equivalents to g, and to the mass that holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol

from mineral_ratio import units
from mineral_ratio.errors import UnitError, UnknownContentError
from mineral_ratio.substances.analytes import analyte, relative_mass

if TYPE_CHECKING:
    from typing import TypeAlias

    import pint

    from mineral_ratio.substances.analytes import Analyte, AnalyteLike, Content, EquivalentCount
    from mineral_ratio.substances.atomic_weights import AtomicWeights
    from mineral_ratio.units import MassLike

    End: TypeAlias = Literal["value", "low", "high"]


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


class Substance(Holder, Protocol):
    """What holds analytes in parts of its mass."""

    def content(self, key: Analyte, /) -> Content:
        """Mass fraction of an analyte."""
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


def mass_holding(
    substance: Substance, key: AnalyteLike, amount: MassLike, at: End = "value"
) -> pint.Quantity[Any]:
    """Mass of a substance that holds an amount of an analyte.

    Args:
        substance: The substance.
        key: The analyte.
        amount: A mass, an amount of substance or equivalents.
        at: The content to count on: its value, its low end or its high end.

    Raises:
        NotFoundError: The key names no analyte.
        UnitError: ``amount`` is none of these, or ``at`` is none of the three.
        UnknownContentError: The content is not known, is zero, or may be.
        UnknownChargeError: Equivalents were given and the charge is not known.
    """
    if at not in ("value", "low", "high"):
        raise UnitError(f"at is 'value', 'low' or 'high', not {at!r}", at, "end of a range")
    asked = analyte(key)
    content: float = getattr(substance.content(asked), at)
    if not content > 0.0:
        raise UnknownContentError(str(asked), substance.name, "it holds none, or may hold none")
    reading = units.read_amount(amount)
    return reading.mass(reading.value * (grams_per(substance, asked, reading.kind) / content))
