"""Whether a dot in a formula joins two parts or is a decimal point.

Chemists write both with the same sign: ``MgSO4.7H2O`` and ``Fe0.95O``. Only a dot before digits is in
question. It is judged by what stands around it, and where neither reading is clear it is unclear:

* before water it joins, unless a lone metal or a count of 0 or 1 stands before it;
* after 0 it is decimal, and so it is behind nothing but metals, after a count of 1, before a number
  that no part begins with (``O4.0``), and where another decimal follows (``O6.5F0.2``);
* before something that reads as a compound of its own it joins (``Al2O3.2SiO2``), before anything
  else it is decimal (``O2.5F``);
* of three numbers in a row the last two are the coefficient (``SO4.1.5H2O``), unless the first is 0
  or 1; of four, the first two are the count;
* behind an organic anion it joins hydrogen halides (``C6H14N2O2.2ClH``), and is unclear before a lone
  metal (``C6H5O7.3Na``);
* an oxoanion is not given a decimal at the very end: ``CuSO4.5`` is a hydrate cut short more often.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from mineral_ratio.substances._plain import METALLOIDS, METALS

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

FRACTIONS = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
"""Signs that are a fraction each."""

_FRACTION_BEHIND = re.compile(rf"/| ?[{FRACTIONS}]| [0-9]+/[0-9]")
_NEXT = re.compile(r" *(.?)", re.DOTALL)
_NUMBERS = re.compile(r"([0-9]+)(?:\.([0-9]+)(\.[0-9])?)?")
_WATER = re.compile(r" *(?:[(\[{](?:H2O|D2O|OH2|H₂O)[)\]}]|H2O|D2O|OH2|H₂O|H20)(?=[0-9]*(?:[ .·)\]}]|$))")
_SEGMENT = re.compile(r" *([A-Za-z0-9()\[\]{}₀-₉]*)")
_DECIMAL_AHEAD = re.compile(r".*[A-Za-z)\]}][01]\.[0-9]")
_SYMBOL = re.compile(r"[A-Z][a-z]?")
_COUNTER_IONS = frozenset(METALS - METALLOIDS)
_HYDROGEN_HALIDES = frozenset({"ClH", "BrH", "HI", "FH"})
# No other compound is written with one of these first.
_ANIONS = frozenset({"O", "F", "Cl", "Br", "I", "S", "Se", "Te"})
_OXOANION = re.compile(r"(?:SO[34]|CO3|NO3|PO4|ClO[34]|(?:NO3|SO4|PO4|ClO[34])\)[0-9])$")
# Behind hydrogen with a count, a compound may be the rest of a Hill formula.
_HYDROGENS = frozenset({"H", "[1H]", "[2H]"})


def judge(  # noqa: C901, PLR0911, PLR0913
    text: str, dot: int, end: int, *, owner: str, whole: str, elements: AbstractSet[str]
) -> Literal["joint", "decimal", "unclear"]:
    """Judge a dot that stands behind a symbol, a nuclide or a bracket and its count.

    Args:
        text: The formula.
        dot: Position of the dot in it.
        end: Where the formula ends.
        owner: Symbol, isotope key or closing bracket before the dot.
        whole: Digits between owner and dot; empty if there are none.
        elements: Keys of the atoms of this part up to the dot.
    """
    numbers = _NUMBERS.match(text, dot + 1, end)
    if numbers is None or _FRACTION_BEHIND.match(text, numbers.end(), end) is not None:
        return "joint"
    ahead = numbers.end()
    metals = elements <= METALS and owner not in ")]}"
    alone = len(elements) == 1 and owner not in ")]}"
    if numbers[2] is not None:
        if whole == "0" or (whole and numbers[3]):
            return "decimal"
        return "joint" if whole != "1" and not (whole and alone and metals) else "unclear"
    found = _NEXT.match(text, ahead, end)
    following = found[1] if found is not None else ""
    if following in {")", "]", "}"}:
        return "decimal"
    oxoanion = whole not in {"", "0", "1"} and _OXOANION.search(text, max(0, dot - 6), dot) is not None
    if following in {"", ".", "·"}:
        return "decimal" if whole and not oxoanion else "unclear"
    no_coefficient = numbers[1][0] == "0"
    if _WATER.match(text, ahead, end) is not None:
        if whole == "0":
            return "decimal"
        return "unclear" if no_coefficient or whole == "1" or (alone and metals) else "joint"
    segment = _SEGMENT.match(text, ahead, end)
    rest = segment[1] if segment is not None else ""
    if whole == "0" or no_coefficient or _DECIMAL_AHEAD.match(text, ahead, min(end, ahead + len(rest) + 2)):
        return "decimal"
    if elements >= {"C", "H"} and rest in _HYDROGEN_HALIDES | _COUNTER_IONS:
        return "joint" if rest in _HYDROGEN_HALIDES else "unclear"
    compound = _is_compound(rest)
    if metals or whole == "1" or not (compound or oxoanion):
        return "decimal"
    joins = compound and not alone and owner not in _HYDROGENS and not (whole and owner in METALS)
    return "joint" if joins else "unclear"


def both_readings(text: str, begin: int, dot: int, end: int, whole: str) -> str:
    """Say how to write each of the two readings of a dot.

    Args:
        text: The formula.
        begin: Where the part begins.
        dot: Position of the dot.
        end: Where the formula ends.
        whole: Digits before the dot.
    """
    numbers = _NUMBERS.match(text, dot + 1, end)
    digits = numbers[1] if numbers is not None else ""
    segment = _SEGMENT.match(text, numbers.end() if numbers is not None else end, end)
    rest = _inside(segment[1]) if segment is not None else ""
    left = text[begin:dot]
    count = f"({left.removesuffix(whole)}{whole or '0'}.{digits})"
    if numbers is not None and numbers[2]:
        right = f"{numbers[2]}{rest}"
        return f"the dots are joint or decimal: write {left}·{digits}.{right} or {count}·{right}"
    decimal = count + rest
    if not rest:
        return (
            f"the dot may be decimal or a hydrate cut short: write {decimal}, "
            f"or {left}·{digits}H2O if that is meant"
        )
    if digits.startswith("0"):
        return f"the dot may be decimal, but no part begins with {digits}: write {decimal} for the decimal"
    return f"the dot may join two parts or be decimal: write {left}·{digits}{rest} or {decimal}"


def _inside(text: str) -> str:
    """The text up to a bracket that it closes without having opened it."""
    depth = 0
    for i, c in enumerate(text):
        depth += (c in "([{") - (c in ")]}")
        if depth < 0:
            return text[:i]
    return text


def _is_compound(text: str) -> bool:
    """Whether a text reads as a compound of its own: of two elements, and no anion first."""
    symbols: list[str] = _SYMBOL.findall(text)
    if len(set(symbols)) < 2 or symbols[0] in _ANIONS:
        return False
    return text[0] != "(" or symbols[0] in METALS - METALLOIDS or text.startswith("(NH4)")
