"""The charge at the end of a formula.

``^``, raised digits, a sign before its number, a repeated sign, brackets around it or a space before the
number are always the charge. Digits before one sign are read by what carries them: behind one metal, and
behind a bracket that holds the whole formula, the charge (``Ca2+``, ``[Fe(CN)6]4-``); behind a longer
formula one digit is a count (``NH4+``). Everything else could be both and is refused: several digits
(``SO42-``), one non-metal (``O2-``), ``Hg2+``, cations of a metal and one ligand (``VO2+``, ``FeOH2+``),
and a bracket that is only the end of the formula, where ``Fe(OH)2+`` is meant as the one and ``Al(OH)4-``
as the other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mineral_ratio.substances._plain import METALS

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

LEVEL = str.maketrans("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "01234567890123456789+-")
"""Puts raised and lowered digits and signs on the line, one character for one."""

_X = r"(?:[0-9]{1,3}[+-]|[+-][0-9]{0,3}|\+{2,}|-{2,})"
_RAISED = "[⁰¹²³⁴-⁹]{1,3}"
_SURE = re.compile(
    rf"(?: *[\^_] *(?:{_X}|\({_X}\)|\{{{_X}\}})|{_RAISED}[⁺⁻+-]|[⁺⁻+-]{_RAISED}|⁺{{2,}}|⁻{{2,}}"
    rf"|\({_X}\)|\{{{_X}\}}|(?: +|(?<=[₀-₉]))[0-9]{{1,3}}[+⁺⁻-]| *(?:[+-][0-9]{{1,3}}|\+{{2,}}|-{{2,}}))$"
)
_DIGITS_AND_SIGN = re.compile(r"[0-9]* *[+\-⁺⁻]$")
_ONE_ATOM = re.compile(r"(?:[0-9]+ *)?(?:([A-Z][a-z]?)|[\[(][0-9]+([A-Z][a-z]?)[\])])")
# Both VO^2+ and VO2^+ are known, and FeOH^2+ and AlF^2+ are.
_METAL_AND_LIGAND = re.compile(r"([A-Z][a-z]?)(?:O|OH|F|Cl|Br|I|CN)")
# No charge is written with more characters; looking at no more keeps the time linear.
_LONGEST = 20


def read_charge(text: str, start: int, end: int, refuse: Callable[[str, int], NoReturn]) -> tuple[int, int]:
    """Read the charge that a formula ends with.

    Args:
        text: The formula, with + and - as its signs.
        start: Where it starts.
        end: Where it ends.
        refuse: Called with what is wrong, and where.

    Returns:
        Where the formula ends without its charge, and the charge; 0 if there is none.
    """
    tail = max(start, end - _LONGEST)
    if (sure := _SURE.search(text, tail, end)) is not None:
        at, charge = sure.start(), sure[0].translate(LEVEL).strip(" ^_(){}")
    elif (plain := _DIGITS_AND_SIGN.search(text, tail, end)) is not None:
        at = _first_of_charge(text, start, plain.start(), end, refuse)
        charge = text[at:end].translate(LEVEL).replace(" ", "")
    else:
        return end, 0
    at = len(text[:at].rstrip(" "))
    if at <= start:
        refuse("a charge, and nothing that carries it", start)
    size = charge.strip("+-")
    number = int(size) if size else len(charge)
    return at, -number if "-" in charge else number


def _first_of_charge(
    text: str, start: int, first: int, end: int, refuse: Callable[[str, int], NoReturn]
) -> int:
    """Where the charge begins that is written with digits, or none, before one sign."""
    body, digits, sign = text[start:first], text[first : end - 1].rstrip(" "), text[end - 1].translate(LEVEL)
    if not digits or digits[-1] == "0":
        return end - 1
    readings = f"write {body}{digits[:-1]}^{digits[-1]}{sign} or {body}{digits}^{sign}"
    if len(digits) > 1:
        refuse(f"the digits {digits} may be a count, or a count and the charge: {readings}", first)
    if (atom := _ONE_ATOM.fullmatch(body)) is not None:
        symbol = atom[1] or atom[2]
        if symbol in METALS and (symbol, digits) != ("Hg", "2"):
            return first
        refuse(f"the {digits} may be the charge or the number of atoms: {readings}", first)
    cation = _METAL_AND_LIGAND.fullmatch(body) if sign == "+" else None
    if cation is not None and cation[1] in METALS:
        refuse(f"the {digits} may be the charge or a count: {readings}", first)
    if not body or body[-1] not in ")]}":
        return end - 1
    if not _is_one_bracket(body):
        refuse(f"the {digits} may be the charge, or belong to the bracket: {readings}", first)
    return first


def _is_one_bracket(body: str) -> bool:
    """Whether the bracket that a text ends with opens where the text begins."""
    depth = 0
    for i in range(len(body) - 1, -1, -1):
        depth += (body[i] in ")]}") - (body[i] in "([{")
        if depth == 0:
            return i == 0
    return False
