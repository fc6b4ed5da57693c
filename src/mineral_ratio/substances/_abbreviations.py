"""What is written in formulas like an element and is none: ligands, organic groups, placeholders.

Only a formula that is refused, or one with Ac, Pr, Ts or Ar, comes here.
"""

from __future__ import annotations

import functools
import re

from mineral_ratio.substances._plain import METALS, SYMBOLS

_METAL_AHEAD = re.compile("|".join(sorted(METALS, key=len, reverse=True)))
# Actinium(III) as it is written in its simple compounds; everything else with Ac is acetyl or acetate.
_ACTINIUM = re.compile(
    r"Ac(?=[ .·]|$|[0-9.]*[(\[]|(?:F|Cl|Br|I|H)[23]|O(?:F|Cl|Br|I)|2(?:O|S|Se)3|PO4|B[0-9])"
)
_NUMBER = re.compile("[ 0-9]*")
_ACETOXY = re.compile(r"AcO(?![a-z])")
_GROUP = {
    "Pr": re.compile(r"(?<=O)Pr|Pr(?=OH|NH2|[34]N(?![a-z]))"),
    "Ts": re.compile(r"(?<=O)Ts|Ts(?=O(?![a-z])|Cl|N(?![a-z]))"),
    "Ar": re.compile(r"(?<=O)Ar|Ar(?=OH|NH|CO(?![a-z])|CH|SH)"),
}
_WORD = re.compile(r"[a-z]{3,}(?=[ )]|$)")
_PLACEHOLDERS = {
    "A": "any atom",
    "An": "any actinide",
    "E": "any element",
    "L": "any ligand",
    "Ln": "any lanthanide",
    "M": "any metal",
    "Q": "any group",
    "R": "any organic group",
    "X": "any halide",
    "Z": "any atom",
}


@functools.cache
def _ligands() -> dict[str, tuple[str, str]]:
    """Names and formulas by abbreviation."""
    from mineral_ratio.substances._tables import read_table  # csv is not paid for at import

    return {row["abbreviation"]: (row["name"], row["formula"]) for row in read_table("ligands.csv")}


def explain(abbreviation: str) -> str:
    """Say what an abbreviation stands for, and what to write."""
    name, formula = _ligands()[abbreviation]
    how = f"write ({formula})" if formula else "write the formula of the one that is meant"
    return f"{abbreviation} is {name}, not an element: {how}"


def group_at(text: str, start: int, position: int, symbol: str) -> tuple[str, int] | None:
    """Abbreviation that an ambiguous symbol is part of, and where it begins; None if it is the element.

    Args:
        text: The formula, with all digits on the line.
        start: Where the formula starts in it.
        position: Position of the symbol.
        symbol: ``"Ac"``, ``"Pr"``, ``"Ts"`` or ``"Ar"``.
    """
    after = position + len(symbol)
    if symbol != "Ac":
        is_group = _GROUP[symbol].match(text, position) is not None
    elif _METAL_AHEAD.match(text, after) is not None:
        is_group = False
    else:
        leads = _NUMBER.fullmatch(text, start, position) is not None
        is_group = not leads or _ACTINIUM.match(text, position) is None
    if not is_group:
        return None
    if position > start and text[position - 1] == "O":
        return f"O{symbol}", position - 1
    return ("AcO" if _ACETOXY.match(text, position) else symbol), position


def covering(text: str, start: int, end: int, position: int) -> tuple[str, int] | None:
    """Longest abbreviation between start and end that covers a position, and where it begins."""
    best: tuple[str, int] | None = None
    for name in _ligands():
        found = text.find(name, max(start, position - len(name) + 1), min(end, position + len(name)))
        if found < 0 or found > position or (best is not None and len(name) <= len(best[0])):
            continue
        before, behind = text[max(start, found - 1) : found], text[found + len(name) : end][:1]
        part_of_a_word = (behind.islower() and behind not in "nx") or (name.islower() and before.isalpha())
        if not part_of_a_word:
            best = (name, found)
    return best


def unknown_symbol(text: str, start: int, end: int, position: int, symbol: str) -> str:
    """Say of a symbol that no element has it, and what may have been meant."""
    if text[start:end] == "e":
        return "the electron has no atoms, and its mass is left out here"
    if symbol == "T":
        return "T, tritium, hardly occurs in nature, so no mass is kept for it here"
    if symbol == "aq":
        return "aq is water in an amount that is not told: write H2O with its number"
    before = text[max(start, position - 1) : position]
    if before in {"(", " ", "·", "."} and (word := _WORD.match(text, position, end)) is not None:
        name = word[0].capitalize()
        return explain(name) if name in _ligands() else f"{word[0]} is no part of a formula: leave it out"
    pair = text[position : min(position + 2, end)].capitalize()
    first = symbol[0].upper()
    shout = (before + symbol[0]).capitalize()
    if before.isupper() and text.isupper() and shout in SYMBOLS:
        hint = f"; did you mean {shout}?"
    elif symbol == "A" and text[position : position + 2] in {"AI", "A1"}:
        hint = "; did you mean Al?"
    elif symbol in _PLACEHOLDERS:
        hint = f": it stands for {_PLACEHOLDERS[symbol]}; write the one that is meant"
    elif pair == "Co":
        hint = "; did you mean Co (cobalt) or CO?"
    elif pair in SYMBOLS or first in SYMBOLS:
        hint = f"; did you mean {pair if pair in SYMBOLS else first}?"
    else:
        hint = ""
    return f"no element has the symbol {symbol}{hint}"
