"""Texts that read as formulas of something, and are slips of the hand or the eye more often.

They come from scanned labels, data in capitals and lost superscripts. The mass would be silently wrong,
so they are refused with both spellings.
"""

from __future__ import annotations

import re

from mineral_ratio.substances._plain import METALS

_METAL = "|".join(sorted(METALS, key=len, reverse=True))
# Water by itself or in brackets of its own, as in Cr(H20)6; C10H20O is none.
_ZERO_FOR_O = re.compile(r"(?<![^(\[{])([HD]2)0(?![^)\]}])")
_LABELLED_WATER = re.compile(r"(?<![^(\[{])([HD]2)(1[78])O(?![^)\]}])")
# A capital I or the digit 1 where chloride and its l stand: CaCI2, NaC1, KCIO3, Cu2(OH)3CI, HCI.
_CHLORINE = re.compile(
    rf"((?:(?:{_METAL})[0-9]*|\(?NH4\)?[0-9]*|\(OH\)[0-9]*|H|O|P)+)C(I(?![a-z])|1(?=[0-9]?$))"
)
_ROMAN = re.compile(r"I{2,}(?![a-z])|(?<=[a-z])(?:IV|VI)(?![0-9a-z])")
_CAPITALS = re.compile(
    r"(?:C(U)|N(I)|P(B)|S(I))(?=[0-9]*\(?[OSCNPF])|B(I)(?=[0-9]*\(?[OSN])|S(N)(?=[0-9]*[OSF])"
    r"|C(O)(?=SO4|CO3|\(NO3\)2|3\(PO4\))"
)


def slip(part: str) -> tuple[int, str] | None:
    """What looks like a slip in a part of a formula: where, and what to write; None if nothing does.

    Args:
        part: The part without its coefficient, with all digits on the line.
    """
    if (zero := _ZERO_FOR_O.search(part)) is not None:
        atoms = {"H2": "hydrogen", "D2": "deuterium"}[zero[1]]
        return zero.end(1), f"{zero[0]} is twenty {atoms} atoms; water is {zero[1]}O, with the letter O"
    if (water := _LABELLED_WATER.search(part)) is not None:
        words = (
            f"{water[2]} may be a mass number or end a count: write {water[1]}[{water[2]}O] for the nuclide"
        )
        return water.start(2), words
    if (roman := _ROMAN.search(part)) is not None:
        return roman.start(), (
            f"{roman[0]} looks like an oxidation state, which is no part of a formula: leave it out, "
            "or write iodine with its count, as in FeI3"
        )
    if (chlorine := _CHLORINE.match(part)) is not None:
        before, behind = chlorine[1], part[chlorine.end() :]
        carbon = f"{before}[C]{chlorine[2]}{behind}"
        letter = "a capital I" if chlorine[2] == "I" else "the digit 1"
        words = f"{letter} may stand for the l of Cl: write {before}Cl{behind}, or {carbon} for carbon"
        return chlorine.start(2), words
    if _CAPITALS.match(part) is not None:
        first, second, behind = part[0], part[1], part[2:]
        symbol = first + second.lower()
        apart = f"[{first}]{second}{behind}"
        return 0, f"{symbol} in capitals reads as two elements: write {symbol}{behind}, or {apart} for them"
    return None
