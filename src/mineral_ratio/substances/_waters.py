"""Water of crystallization in a formula: what is water in it, and the formula without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mineral_ratio.substances._grammar import Part, Reading, add_counts
from mineral_ratio.substances._plain import whole_if_possible
from mineral_ratio.substances.elements import element_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mineral_ratio.substances._plain import Number


def without_water(reading: Reading) -> tuple[Reading, Number]:
    """A formula without its water of crystallization, and how many molecules that was."""
    kept: list[Part] = []
    total: Number = 0
    for part in reading.parts:
        if waters := _waters(part.counts):
            total += waters
        else:
            kept.append(part)
    if not kept:
        return reading, 0
    kept[-1], waters = _without_last_group(kept[-1])
    counts: dict[str, Number] = {}
    for part in kept:
        add_counts(counts, part.counts)
    return Reading(counts, reading.charge_number, kept), whole_if_possible(total + waters)


def _waters(counts: Mapping[str, Number]) -> Number:
    """How many molecules of water a part is, of whatever isotopes; 0 if it is something else."""
    atoms: dict[str, Number] = {"H": 0, "O": 0}
    for key, count in counts.items():
        symbol = element_of(key)
        if symbol not in atoms:
            return 0
        atoms[symbol] += count
    return atoms["O"] if atoms["H"] == 2 * atoms["O"] else 0


def _without_last_group(part: Part) -> tuple[Part, Number]:
    """A part without a last group ``(H2O)n``, and its number of water molecules."""
    tokens = part.tokens
    opened = len(tokens) - 5
    inside = tokens[opened + 2 : -1]
    kinds = ["close", "open", "atom", "atom"]
    if opened < 2 or [token.kind for token in (tokens[-1], tokens[opened], *inside)] != kinds:
        return part, 0
    coefficient = tokens[0].number * tokens[opened + 1].number
    group = {token.text: token.number * tokens[-1].number * coefficient for token in inside}
    waters = _waters(group)
    if not waters:
        return part, 0
    counts = {key: whole_if_possible(count - group.get(key, 0)) for key, count in part.counts.items()}
    return Part({key: count for key, count in counts.items() if count}, tokens[:opened]), waters
