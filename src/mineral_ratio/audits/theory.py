"""What theory says of a column: the content that a compound or material has of what is stated there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mineral_ratio.audits.headings import is_water
from mineral_ratio.errors import FormulaError, UnknownContentError
from mineral_ratio.substances.analytes import Content, relative_mass
from mineral_ratio.substances.compounds import Compound
from mineral_ratio.substances.formulas import Formula
from mineral_ratio.substances.ions import WATER, Ion

if TYPE_CHECKING:
    from fractions import Fraction

    from mineral_ratio.audits.headings import Column
    from mineral_ratio.substances.materials import Material

# Noble gases that no formula of a salt holds: they stand in for the groups that are counted.
_STAND_INS = {"NO3": "Xe", "NH4": "Kr"}


def content(substance: Compound | Material, column: Column) -> Content:
    """What a substance holds of what a column states.

    Args:
        substance: The compound or material of the row.
        column: The column.

    Raises:
        UnknownContentError: Neither its formula nor its specification tells.
        NoAtomicWeightError: An element has no standard atomic weight in the edition used.
    """
    if column.asked is None:
        if not isinstance(substance, Compound):
            raise UnknownContentError("assay", substance.name)
        return Content(column.label, 1.0, 1.0, 1.0, "theory", f"the whole of {substance.formula}")
    group = column.nitrogen_in or column.asked
    if column.label not in ("N", "assay") and column.symbol == "N" and isinstance(group, Ion):
        return _nitrogen_group(substance, column, group)
    return substance.content(column.asked)


def _nitrogen_group(substance: Compound | Material, column: Column, group: Ion) -> Content:
    """The content of nitrate or ammonium, or of the nitrogen in it.

    Where a compound is known by a bare formula, its groups are counted as they are written there.
    """
    try:
        found = substance.content(group)
    except UnknownContentError:
        if not isinstance(substance, Compound):
            raise
        count = _written(substance.formula, group.formula.text.split("^")[0])
        if count is None:
            raise
        fraction = float(count) * relative_mass(group, substance.weights) / substance.relative_formula_mass
        source = f"groups written in {substance.formula}"
        found = Content(column.label, fraction, fraction, fraction, "theory", source)
    if column.nitrogen_in is None:
        return found
    share = substance.weights.value("N") / relative_mass(group, substance.weights)
    ends = (share * found.value, share * found.low, share * found.high)
    return Content(column.label, *ends, found.kind, found.source)


def _written(formula: Formula, group: str) -> int | Fraction | None:
    """How many of a group a formula is written with; None if not all of its nitrogen is in such groups."""
    text = formula.text
    for each, stand_in in _STAND_INS.items():
        text = text.replace(each, stand_in)
    try:
        counts = Formula.parse(text, weights=formula.weights).counts
    except FormulaError:
        return None
    nitrates, ammoniums = (counts.get(stand_in, 0) for stand_in in _STAND_INS.values())
    whole = formula.counts
    told_apart = (
        "C" not in whole
        and whole.get("N", 0) == nitrates + ammoniums
        and whole.get("O", 0) == counts.get("O", 0) + 3 * nitrates
    )
    return counts.get(_STAND_INS[group], 0) if told_apart else None


def most(compound: Compound, column: Column, theory: float) -> float:
    """The greatest content that a compound can have of what a column states: that without crystal water.

    Args:
        compound: The compound.
        column: The column.
        theory: The content by its formula.
    """
    if not compound.water or is_water(column):
        return theory
    return theory * ratio_with(compound, 0)


def ratio_with(compound: Compound, count: float) -> float:
    """Contents of a compound with another number of H2O, over those with its own.

    Args:
        compound: The compound.
        count: Number of H2O.
    """
    mass = compound.anhydrous.relative_formula_mass + count * relative_mass(WATER, compound.weights)
    return compound.relative_formula_mass / mass


def water_that_fits(compound: Compound, ratio: float) -> float:
    """Molecules of water that a hydrate has left where every content is a ratio times its theory.

    Args:
        compound: The hydrate.
        ratio: Stated content over theoretical content.

    Returns:
        The number of H2O; negative where no loss of water explains the ratio.
    """
    left = compound.relative_formula_mass / ratio - compound.anhydrous.relative_formula_mass
    return left / relative_mass(WATER, compound.weights)
