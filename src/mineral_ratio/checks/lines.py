"""The lines of a report: what is held, what each ingredient gives, and what is claimed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from mineral_ratio.substances.ranges import Interval

COMMON = ("C", "H", "O", "N")
"""What every organic salt is made of; listed after the minerals."""


@attrs.frozen
class Line:
    """What the whole holds of one analyte.

    Attributes:
        name: Symbol of the element, or name of the species.
        mass: Mass in g, with its bounds; None where it is not known.
        amount: Amount of substance in mol.
        equivalents: Equivalents in mol; None where no charge is known.
        note: Why something is not known.
        partial: Names of the ingredients that may hold more of it than is counted.
    """

    name: str
    mass: Interval | None
    amount: Interval | None
    equivalents: Interval | None
    note: str = ""
    partial: tuple[str, ...] = ()


@attrs.frozen
class IngredientLine:
    """One ingredient: its mass and what it gives.

    Attributes:
        name: Name of the substance.
        formula: Its formula; empty if it has none.
        labelled: Mass in g that gives what the label says.
        filled: Mass in g with its overage.
        gives: Mass in g of each element other than C, H, O and N, as filled, by symbol.
    """

    name: str
    formula: str
    labelled: float
    filled: float
    gives: dict[str, float] = attrs.field(hash=False)


@attrs.frozen
class ClaimLine:
    """A label claim beside what is filled.

    Attributes:
        name: The analyte.
        claimed: Claimed mass in g.
        filled: Mass in g as filled, with its bounds; None where it is not known.
    """

    name: str
    claimed: float
    filled: Interval | None
