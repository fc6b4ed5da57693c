"""Blends: the elemental masses of 5, 50 and 500 ingredients, and how the time grows with their number."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pint
from formulas import salts
from measure import AHEAD, Limit, against, in_turns

import mineral_ratio as mr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from measure import Row, Task

_SIZES = (5, 50, 500)
_FLOATS, _QUANTITIES, _OURS = "plain floats", "pint quantities all through", "elemental_masses"
_ROOM_FOR_NOISE = 1.1


def rows(rounds: int) -> Iterator[Row]:
    """Each size by the two other ways to get there, then the growth from size to size."""
    for size in _SIZES:
        yield from _ways(size, rounds)
    pure = {size: _of_compounds(size).elemental_masses for size in _SIZES}
    yield from _growth("growth of elemental masses", pure, rounds)
    ranged = {size: partial(_of_materials(size).ratio, "Ca", "Mg") for size in _SIZES}
    yield from _growth("growth of a ratio with exact bounds", ranged, rounds)


def _ways(size: int, rounds: int) -> Iterator[Row]:
    blend = _of_compounds(size)
    registry: Any = pint.application_registry
    fractions = [dict(each.substance.assigned_fractions()) for each in blend.ingredients]
    grams = [each.grams for each in blend.ingredients]
    masses = [registry.Quantity(1000.0 * each, "mg") for each in grams]
    tasks: dict[str, Task] = {
        _FLOATS: partial(summed, grams, fractions),
        _OURS: blend.elemental_masses,
        _QUANTITIES: partial(summed, masses, fractions),
    }
    times = in_turns(tasks, rounds)
    job = f"elemental masses of {size} ingredients"
    yield from against(job, times, _FLOATS, {_OURS: None})
    yield from against(job, times, _OURS, {_QUANTITIES: AHEAD})


def _growth(job: str, tasks: Mapping[int, Task], rounds: int) -> Iterator[Row]:
    times = in_turns({f"{size} ingredients": task for size, task in tasks.items()}, rounds)
    for less, more in pairwise(_SIZES):
        limit = Limit(_ROOM_FOR_NOISE * more / less)
        yield from against(job, times, f"{less} ingredients", {f"{more} ingredients": limit})


def _of_compounds(size: int) -> mr.Blend:
    """Salts, each in another mass."""
    pairs = salts()
    return mr.Blend(
        mr.Ingredient(mr.Compound(f"{name} {number}", formula=formula), f"{100 + number} mg")
        for number in range(size)
        for name, formula in [pairs[number % len(pairs)]]
    )


def _of_materials(size: int) -> mr.Blend:
    """Calcium and magnesium by turns, each a lot whose assay is a range of its own."""
    formulas = ("CaCO3", "MgO")
    return mr.Blend(
        mr.Ingredient(
            mr.Material(
                mr.Compound(formula, formula=formula),
                name=f"lot {number}",
                assay=mr.Assay("95 to 98 %", of=formula),
            ),
            f"{100 + number} mg",
        )
        for number in range(size)
        for formula in [formulas[number % 2]]
    )


def summed(masses: Sequence[Any], fractions: Sequence[dict[str, float]]) -> dict[str, Any]:
    """What somebody writes by hand, with masses that are floats or quantities and fractions at hand."""
    total: dict[str, Any] = {}
    for mass, held in zip(masses, fractions, strict=True):
        for symbol, fraction in held.items():
            part = mass * fraction
            total[symbol] = total[symbol] + part if symbol in total else part
    return total
