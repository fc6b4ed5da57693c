"""The fast path of the formula parser, and what it shares with the whole grammar.

Most formulas are plain: symbols, whole counts, brackets, and perhaps one dot before water. They are
read here in a few microseconds. Whatever else a text holds, this gives up, and ``_grammar`` reads it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mineral_ratio.substances.elements import element

if TYPE_CHECKING:
    from fractions import Fraction
    from typing import TypeAlias, TypeGuard

    Number: TypeAlias = int | Fraction

SYMBOLS = frozenset(element(number).symbol for number in range(1, 119))
NONMETALS = frozenset(
    {
        "H",
        "He",
        "C",
        "N",
        "O",
        "F",
        "Ne",
        "P",
        "S",
        "Cl",
        "Ar",
        "Se",
        "Br",
        "Kr",
        "I",
        "Xe",
        "At",
        "Rn",
        "Ts",
        "Og",
    }
)
# Metalloids count as metals: Si4+ and As3+ are ions in every table of them.
METALS = SYMBOLS - NONMETALS
METALLOIDS = frozenset({"B", "Si", "Ge", "As", "Sb", "Te"})
# Elements whose symbols are also those of organic groups: acetyl, propyl, tosyl, aryl.
AMBIGUOUS = frozenset({"Ac", "Pr", "Ts", "Ar"})

MAX_DIGITS = 15
"""Most digits of a number, before and after its decimal point."""
_LIMIT = 10**MAX_DIGITS

PAIRS = {"(": ")", "[": "]", "{": "}"}

_PLAIN_SYMBOLS = SYMBOLS - AMBIGUOUS
_DEPTH = 3
# Three digits at every depth stay within the limits of a count, whatever the length of the text.
_TOKEN = re.compile(r"([A-Z][a-z]?)([1-9][0-9]{0,2}|)|([(\[])|([)\]])([1-9][0-9]{0,2}|)|(.)", re.DOTALL)
_HYDRATE = re.compile(r"(.+)[.·]([1-9][0-9]{0,2}|)H2O", re.DOTALL)
_DOUBTFUL_IODINE = re.compile(r"I[IV]|[VCNSB(]I")
_CAPITALS = frozenset({"CU", "PB", "SN", "CO"})
_SMALL = {str(number): number for number in range(1, 1000)} | {"": 1}
_CHARGES = {
    f"{size if size > 1 else ''}{sign}": int(f"{sign}{size}") for size in range(1, 10) for sign in ("+", "-")
}


def is_exact(value: object) -> TypeGuard[Number]:
    """Whether a value is an exact number: an int (bool is none) or a Fraction."""
    if isinstance(value, int):
        return not isinstance(value, bool)
    from fractions import Fraction  # with decimal it takes 2 ms, and most counts are whole

    return isinstance(value, Fraction)


def within_limits(count: Number) -> bool:
    """Whether a count is positive, and one that masses can be computed with."""
    numerator, denominator = count.numerator, count.denominator
    return bool(0 < numerator < _LIMIT and denominator < _LIMIT)


def whole_if_possible(count: Number) -> Number:
    """An int for a Fraction that is whole."""
    return count.numerator if count.denominator == 1 else count


def plain_ion(text: str) -> tuple[dict[str, Number], int] | None:
    """Counts and charge of a plain formula with a charge behind ``^``; None if it is something else."""
    body, _, sign = text.partition("^")
    charge = _CHARGES.get(sign)
    counts = plain_counts(body) if charge is not None else None
    return None if charge is None or counts is None else (counts, charge)


def plain_counts(text: str) -> dict[str, Number] | None:  # noqa: C901, PLR0911, PLR0912  # calls cost time
    """Counts of the elements in a plain formula; None if it has to be read by the whole grammar."""
    water = None
    if text.endswith("H2O") and (hydrate := _HYDRATE.fullmatch(text)) is not None:
        text, water = hydrate.groups()
    counts: dict[str, Number] = {}
    stack: list[tuple[dict[str, Number], str]] = []
    symbol = digits = times = ""
    for symbol, digits, opened, closed, times, other in _TOKEN.findall(text):
        if symbol:
            counts[symbol] = counts.get(symbol, 0) + _SMALL[digits]
        elif opened:
            if len(stack) == _DEPTH:
                return None
            stack.append((counts, opened))
            counts = {}
        elif closed:
            if not (stack and counts):
                return None
            inner, factor = counts, _SMALL[times]
            counts, bracket = stack.pop()
            if PAIRS[bracket] != closed:
                return None
            for key, count in inner.items():
                counts[key] = counts.get(key, 0) + count * factor
        elif other:
            return None
    if stack or not counts or not counts.keys() <= _PLAIN_SYMBOLS:
        return None
    # Oxidation states such as (V), and slips such as CaCI2, CaC12, CUSO4 and H20, need a closer look.
    if "I" in counts and _DOUBTFUL_IODINE.search(text) is not None:
        return None
    chlorine = symbol == "C" and digits[:1] == "1"
    if chlorine or text[:2] in _CAPITALS or "(V" in text or "H20" in text or "H21" in text:
        return None
    if water is not None:
        # Behind one element, or behind a count of 1, the dot may be a decimal point.
        if len(counts) == 1 or digits == "1" or times == "1":
            return None
        molecules = _SMALL[water]
        counts["H"] = counts.get("H", 0) + 2 * molecules
        counts["O"] = counts.get("O", 0) + molecules
    return counts
