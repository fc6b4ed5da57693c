"""How formulas are spelled: plain text, unicode, HTML and the Hill order."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from mineral_ratio.substances._plain import AMBIGUOUS, MAX_DIGITS
from mineral_ratio.substances.elements import element_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mineral_ratio.substances._grammar import Part, Reading, Token
    from mineral_ratio.substances._plain import Number

_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SUPERSCRIPT = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


class Style:
    """How counts, charges and mass numbers are spelled; this one spells plain text."""

    def lowered(self, count: str) -> str:
        """A count behind a symbol or a bracket."""
        return count

    def raised(self, number: str) -> str:
        """A mass number."""
        return number

    def charge(self, charge: str) -> str:
        """A charge such as ``2-``."""
        return f"^{charge}"


class _Unicode(Style):
    def lowered(self, count: str) -> str:
        return count.translate(_SUBSCRIPT)

    def raised(self, number: str) -> str:
        return number.translate(_SUPERSCRIPT)

    def charge(self, charge: str) -> str:
        return self.raised(charge)


class _Html(Style):
    def lowered(self, count: str) -> str:
        return f"<sub>{count}</sub>" if count else ""

    def raised(self, number: str) -> str:
        return f"<sup>{number}</sup>"

    def charge(self, charge: str) -> str:
        return self.raised(charge.replace("-", "−"))


AS_TEXT, AS_UNICODE, AS_HTML = Style(), _Unicode(), _Html()


def decimal(count: Number) -> str | None:
    """A count as a decimal number, nothing for 1; None if its decimals have no end."""
    for places in range(MAX_DIGITS + 1):
        scaled = count * 10**places
        if scaled.denominator == 1:
            digits = str(scaled.numerator).rjust(places + 1, "0")
            text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
            return "" if text == "1" else text
    return None


def spell(reading: Reading, style: Style) -> str:
    """A reading in the order of its text."""
    text = "·".join(_spell_part(part, style) for part in reading.parts)
    charge = Fraction(reading.charge_number)
    if len(reading.parts) == 1:
        # The number in front of a formula of one part multiplies its charge too.
        charge /= reading.parts[0].tokens[0].number
    return text + spell_charge(charge.numerator, style)


def _spell_part(part: Part, style: Style) -> str:
    pieces: list[str] = []
    inside = False
    for token in part.tokens:
        if token.kind == "part":
            number = decimal(token.number)
            # A part that does not begin the text or a bracket follows a joint.
            pieces.append("·" if pieces and not inside else "")
            pieces.append(str(token.number) if number is None else number)
        else:
            pieces.append(token.text if token.kind != "atom" else _spell_atom(token, style))
            pieces.append(style.lowered(decimal(token.number) or ""))
        inside = token.kind == "open"
    return "".join(pieces)


def _spell_atom(token: Token, style: Style) -> str:
    symbol = element_of(token.text)
    return symbol if symbol == token.text else f"[{style.raised(token.text[1 : -1 - len(symbol)])}{symbol}]"


def spell_charge(charge: int, style: Style) -> str:
    """A charge, nothing for none."""
    if not charge:
        return ""
    size = "" if abs(charge) == 1 else str(abs(charge))
    return style.charge(f"{size}{'+' if charge > 0 else '-'}")


def hill_spellings(counts: Mapping[str, Number], charge: int) -> list[str]:
    """Spellings of counts in the Hill order, the usual one first.

    The others are for what the usual one cannot say: an element alone in square brackets is never read
    as an organic group, a decimal before a closing bracket is never read as a joint, and counts such as
    1/3 are written with a number in front.
    """
    carbon = any(element_of(key) == "C" for key in counts)

    def place(key: str) -> tuple[int, str, str]:
        symbol = element_of(key)
        first = {"C": 0, "H": 1}.get(symbol, 2) if carbon else 2
        return first, symbol, key[::-1]

    keys = sorted(counts, key=place)
    bracketed = [f"[{key}]" if key in AMBIGUOUS or key in {"H", "I"} else key for key in keys]
    sign = spell_charge(charge, AS_TEXT)
    decimals = [text for key in keys if (text := decimal(counts[key])) is not None]
    if len(decimals) == len(keys):
        apart = [
            f"({name}{number})" if "." in number else name + number
            for name, number in zip(bracketed, decimals, strict=True)
        ]
        return [_joined(keys, decimals) + sign, _joined(bracketed, decimals) + sign, "".join(apart) + sign]
    common = math.lcm(*(count.denominator for count in counts.values()))
    whole = [decimal(counts[key] * common) or "" for key in keys]
    return [
        f"1/{common}{_joined(keys, whole)}{spell_charge(charge * common, AS_TEXT)}",
        "·".join(f"{counts[key]}{name}" for key, name in zip(keys, bracketed, strict=True)) + sign,
    ]


def _joined(names: list[str], numbers: list[str]) -> str:
    return "".join(name + number for name, number in zip(names, numbers, strict=True))
