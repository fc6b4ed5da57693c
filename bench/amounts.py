"""Quantities: one pint quantity in and out, and a million amounts in one array."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pint
from measure import Limit, against, in_turns

import mineral_ratio as mr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from measure import Row, Task

_REPEATS = range(1000)
_AMOUNTS = 1_000_000


def rows(rounds: int) -> Iterator[Row]:
    """Calcium in calcium carbonate."""
    registry: Any = pint.UnitRegistry()
    compound = mr.Compound("calcium carbonate", formula="CaCO3")
    fraction = compound.mass_fraction("Ca")
    yield from _one(registry, compound, fraction, rounds)
    yield from _array(registry, compound, fraction, rounds)


def _one(registry: Any, compound: mr.Compound, fraction: float, rounds: int) -> Iterator[Row]:
    milligram = registry.Unit("mg")
    mass = registry.Quantity(1000.0, milligram)
    made = "registry.Quantity(x, Unit)"
    tasks: dict[str, Task] = {
        made: lambda: [registry.Quantity(1000.0, milligram) for _ in _REPEATS],
        "elemental_mass": lambda: [compound.elemental_mass("Ca", mass) for _ in _REPEATS],
        "quantity times a float": lambda: [mass * fraction for _ in _REPEATS],
    }
    times = in_turns(tasks, rounds)
    limits = {"elemental_mass": Limit(2.5), "quantity times a float": None}
    yield from against("a quantity in and out", times, made, limits)


def _array(registry: Any, compound: mr.Compound, fraction: float, rounds: int) -> Iterator[Row]:
    bare = np.random.default_rng(5).uniform(1.0, 1000.0, _AMOUNTS)
    masses = registry.Quantity(bare, "mg")
    tasks: dict[str, Task] = {
        "bare numpy": lambda: bare * fraction,
        "elemental_mass, checked for NaN and sign": lambda: compound.elemental_mass("Ca", masses),
        "quantity times mass_fraction, not checked": lambda: masses * compound.mass_fraction("Ca"),
    }
    times = in_turns(tasks, rounds)
    limits = dict(zip(list(tasks)[1:], (Limit(2.2), Limit(1.3)), strict=True))
    yield from against(f"an array of {_AMOUNTS:,} amounts", times, "bare numpy", limits)
