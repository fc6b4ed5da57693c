"""Characters that no formula holds where they stand, and what to write instead."""

from __future__ import annotations

import unicodedata

from mineral_ratio.substances._dots import FRACTIONS

_LOOK_LATIN = dict(zip("АВСЕНІКМОРТХаеорсухΑΒΕΗΙΚΜΝΟΡΤΧΖο", "ABCEHIKMOPTXaeopcyxABEHIKMNOPTXZo", strict=True))
_MEANT = {
    "/" + FRACTIONS: "a fraction stands in front of what it multiplies (1/2H2O), and only a dot joins parts",
    "=≡": "bonds are left out of formulas: CH2CH2",
    ":;&|": "only a dot joins parts, as in MgSO4·7H2O",
    "?": "a number that is not told; an unknown amount, of water or anything else, has no mass",
    "□◻☐": "a vacancy has no mass: leave it out",
    "^_⁰¹²³⁴⁵⁶⁷⁸⁹": "a raised number is a charge with its sign (SO4^2-) or a mass number before a symbol",
    "0123456789₀₁₂₃₄₅₆₇₈₉": "a number that belongs to nothing before it",
    ",": "a comma joins nothing: a decimal is written 1.5, and parts are joined by a dot, as in MgSO4·7H2O",
    "+-⁺⁻": (
        "a charge stands once, at the end of the formula: parts are joined by a dot, "
        "bonds are left out, and ions are added as formulas"
    ),
}


def explain(character: str, *, in_bracket: bool) -> str:
    """Say of a character that it does not belong, and what to write.

    Args:
        character: The character, as it is given or in its plain form.
        in_bracket: Whether a bracket is open where it stands.
    """
    if character in _LOOK_LATIN:
        return f"{unicodedata.name(character)} only looks like the Latin letter {_LOOK_LATIN[character]}"
    if character == "," and in_bracket:
        return "elements parted by a comma share a place in unknown proportions; write (Mg0.9Fe0.1)"
    for characters, message in _MEANT.items():
        if character in characters:
            return message
    if character.isascii() and character.isprintable():
        return f"{character} does not belong in a formula"
    name = unicodedata.name(character, f"the character U+{ord(character):04X}")
    return f"{name} does not belong in a formula"
