"""Ions and water as they are written, and the formula and charge that they sum to."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from mineral_ratio.errors import MassBalanceError
from mineral_ratio.substances._plain import is_exact, whole_if_possible
from mineral_ratio.substances.formulas import Formula
from mineral_ratio.substances.ions import WATER, Ion, ion

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction
    from typing import TypeAlias

    Count: TypeAlias = int | Fraction
    IonsLike: TypeAlias = str | Sequence[tuple[int, Ion | str]]

_COUNT = re.compile(r"\d{1,6}(?=\s|[A-Za-z])")
_WATER_COUNT = re.compile(r"\d{1,6}([./]\d{1,6})?")


def read_ions(value: IonsLike) -> tuple[tuple[int, Ion], ...]:
    """Ions as counts and rows, from ``"2 Ca2+, 1 malate, 2 OH-"`` or from pairs.

    Args:
        value: The text or the pairs.

    Raises:
        NotFoundError: An ion is not known.
    """
    if isinstance(value, str):
        items = [part.strip() for part in value.split(",") if part.strip()]
        counts = [found[0] if (found := _COUNT.match(item)) else "" for item in items]
        return tuple(
            (int(count or 1), ion(item[len(count) :].strip()))
            for count, item in zip(counts, items, strict=True)
        )
    pairs = tuple((count, ion(key)) for count, key in value)
    for count, part in pairs:
        if not isinstance(count, int) or isinstance(count, bool):
            raise MassBalanceError(
                f"{count!r} is no count of {part}: ions are pairs of a whole number and an ion"
            )
    return pairs


def read_count(name: str, value: Count | str) -> Count:
    """A number of water molecules, whole or a fraction."""
    if isinstance(value, str):
        if (found := _WATER_COUNT.fullmatch(value.strip())) is not None:
            if found[1] is None:
                return int(value)
            from fractions import Fraction  # with decimal it takes 2 ms, and most counts are whole

            with suppress(ZeroDivisionError):
                return whole_if_possible(Fraction(value))
    elif is_exact(value) and value >= 0:
        return whole_if_possible(value)
    raise MassBalanceError(f"{name}: {value!r} is no number of water molecules, such as 7 or '1/2'")


def read_names(value: str | Iterable[str]) -> tuple[str, ...]:
    """Names as a tuple; a text is one name, not its letters."""
    return (value,) if isinstance(value, str) else tuple(value)


def spelled(parts: Sequence[tuple[int, Ion]], water: Count) -> str:
    """A formula text for ions and water: ``Ca2(C4H4O5)(OH)2.3H2O``."""
    text = ""
    for count, part in parts:
        symbols = part.formula.hill.split("^")[0]
        number = str(count) if count != 1 else ""
        text += symbols + number if part.monatomic else f"({symbols}){number}"
    return f"{text}.{water if water != 1 else ''}H2O" if water else text


def balanced(name: str, pairs: Sequence[tuple[int, Ion]], water: Count, stated: Formula | None) -> Formula:
    """The formula of ions and water, checked against the stated one.

    Args:
        name: What messages call the compound.
        pairs: The ions with their counts.
        water: Count of the water of crystallization.
        stated: The formula that they must sum to, if one is stated.

    Raises:
        MassBalanceError: Charges do not sum to zero, or the sum is not the stated formula.
    """
    if bad := [count for count, _ in pairs if count < 1]:
        raise MassBalanceError(f"{name}: {bad[0]} is no count of ions")
    if charge := sum(count * part.charge_number for count, part in pairs):
        listed = ", ".join(f"{count} {part}" for count, part in pairs)
        raise MassBalanceError(f"{name}: the charges of its ions ({listed}) sum to {charge:+d}, not 0")
    if stated is None:
        return Formula.parse(spelled(pairs, water))
    total: dict[str, Count] = {}
    for count, part in (*pairs, (water, WATER)) if water else pairs:
        for key, atoms in part.formula.counts.items():
            total[key] = total.get(key, 0) + count * atoms
    if dict(stated.counts) != total or stated.charge_number:
        summed = Formula.parse(spelled(pairs, water))
        raise MassBalanceError(
            f"{name}: its ions and water sum to {summed.hill}, but {stated} is {stated.hill}"
        )
    return stated
