"""How an amount is written: a number and a unit, read by a strict grammar and never evaluated.

pint's own parser evaluates expressions: ``9**9**9 mg`` keeps a process busy for ever, ``1 000 mg`` is
0 mg and ``500 Mg`` is 500 tonnes. Here a text is one number and one unit from a table, or it is
refused with the way to write it. Nothing is guessed: a unit in another case is refused, and so is a
number that could be two. The work is linear in the text, and the text is short.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from mineral_ratio.errors import UnitError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    Kind: TypeAlias = Literal["mass", "amount", "equivalents"]

_LONGEST = 100
_SHOWN = 40


class Unit(NamedTuple):
    """A unit that a text may name: one of it is ``times / over`` grams or mol."""

    kind: Kind
    symbol: str
    times: float
    over: float


class Written(NamedTuple):
    """A text as it was read.

    Attributes:
        value: Grams of a mass, mol of an amount or of equivalents.
        kind: Which of these it is.
        text: The number without group signs, and the symbol of the unit.
    """

    value: float
    kind: Kind
    text: str


# The international avoirdupois pound, exactly: Federal Register 24 (1959) 5348, also NIST Special
# Publication 811 (2008), appendix B.8; sixteen ounces are one pound.
POUND_IN_GRAMS = 453.59237

# What a prefix multiplies by and divides by, so that each is one exact operation.
_PREFIXES = {"k": (1e3, 1.0), "": (1.0, 1.0), "m": (1.0, 1e3), "µ": (1.0, 1e6), "n": (1.0, 1e9)}
_PREFIX_WORDS = {"k": "kilo", "": "", "m": "milli", "µ": "micro", "n": "nano"}
# U+00B5 and U+03BC look alike; "u" is what a keyboard has.
_PREFIX_SPELLINGS = {"µ": ("\N{MICRO SIGN}", "\N{GREEK SMALL LETTER MU}", "u")}


def _units() -> tuple[dict[str, Unit], dict[str, Unit]]:
    """Every symbol, in its exact case, and every word, in lower case."""
    symbols: dict[str, Unit] = {}
    words: dict[str, Unit] = {}
    families: tuple[tuple[Kind, tuple[str, ...], str, tuple[str, ...]], ...] = (
        ("mass", ("g",), "gram", ("k", "", "m", "µ", "n")),
        ("amount", ("mol",), "mole", ("k", "", "m", "µ", "n")),
        ("equivalents", ("Eq", "eq"), "equivalent", ("", "m", "µ")),
    )
    for kind, endings, word, prefixes in families:
        for prefix in prefixes:
            unit = Unit(kind, prefix + endings[0], *_PREFIXES[prefix])
            words[_PREFIX_WORDS[prefix] + word] = unit
            for start in _PREFIX_SPELLINGS.get(prefix, (prefix,)):
                symbols.update((start + ending, unit) for ending in endings)
    symbols["mcg"] = symbols["µg"]
    symbols["lb"] = symbols["lbs"] = words["pound"] = Unit("mass", "lb", POUND_IN_GRAMS, 1.0)
    symbols["oz"] = words["ounce"] = Unit("mass", "oz", POUND_IN_GRAMS, 16.0)
    words |= {f"{word}s": unit for word, unit in words.items()}
    return symbols, words


_SYMBOLS, _WORDS = _units()
_FRACTIONS = {
    "%": 1e2,
    "g/100 g": 1e2,
    "mg/100 g": 1e5,
    "g/kg": 1e3,
    "mg/g": 1e3,
    "mg/kg": 1e6,
    "µg/g": 1e6,
    "µg/kg": 1e9,
    "ppm": 1e6,
}
_PERCENT_BY_MASS = re.compile(r"% ?(?:w/w|m/m|\(w/w\)|\(m/m\))")


def _by_case(spellings: Iterable[str]) -> dict[str, str]:
    """The spelling that is meant, by the one without case."""
    return {spelling.casefold(): spelling for spelling in spellings}


_SYMBOL_MEANT = _by_case(_SYMBOLS)
_FRACTION_MEANT = _by_case(_FRACTIONS)

# All space signs of Unicode (category Zs), no-break, narrow no-break, thin and figure space included.
_SPACE = "[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_NUMBER_AND_REST = re.compile(
    rf"([0-9.,]+(?:{_SPACE}[0-9.,]+)*(?:[eE][+-]?[0-9]+)?)(?:{_SPACE}|\t)*(.*)", re.DOTALL
)
_PLAIN = re.compile(r"[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?")
_COMMA_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_SPACE_GROUPS = re.compile(
    rf"[1-9][0-9]{{0,2}}(?:{_SPACE}[0-9]{{3}})+(?:\.[0-9]+|,(?:[0-9]{{1,2}}|[0-9]{{4,}}))?"
)
_DECIMAL_COMMA = re.compile(r"[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})|[0-9]{4,},[0-9]{3}")
_ZERO_THOUSANDS = re.compile(r"0[0-9]{0,2},[0-9]{3}")

_HOW = {
    "mass": 'write a mass such as "500 mg", or give a pint quantity',
    "mass or amount of substance": 'write an amount such as "500 mg" or "12.5 mmol", or give a pint quantity',
    "concentration": 'write a concentration such as "80 mg/L", "2 mEq/L", "32.9 g/kg" or "3.29 %"',
    "mass fraction": 'write a fraction such as "29 %" or "2 mg/g"',
    "number": 'write a number such as "1000", "1,000" or "2.25"',
}
_VOLUMES = ("l", "dl", "cl", "ml", "μl", "ul", "cc", "tsp", "tbsp", "cup", "cups", "fl oz")
_TON = "a ton is 1000 kg, 2000 lb or 2240 lb; write kg or lb"
_NOT_UNITS = dict.fromkeys(_VOLUMES, "this is a volume, not a mass") | {
    "": "the unit is missing",
    "Mg": "Mg is the megagram, 1000 kg; the milligram is mg",
    "iu": "international units are no mass; each vitamin has a factor of its own",
    "gr": "gr is the grain, 64.8 mg; the gram is g",
    "gm": "the symbol of the gram is g",
    "gms": "the symbol of the gram is g",
    "ton": _TON,
    "tons": _TON,
}
# Tried in this order on what stands where the unit should.
_NOT_A_UNIT = (
    (re.compile(r"['_’][0-9]"), "thousands are 1000, 1,000 or 1 000"),
    (re.compile(r"%|ppm\b"), "this is a fraction, not an amount"),
    (re.compile(r"/\s*[0-9]"), "a number is written with a decimal dot, not as a fraction"),
    (re.compile(r".*[*^()+=]"), "a text is one number and one unit, and is never evaluated"),
    (re.compile(r".*(?:/|\bper\b)"), "an amount is not per anything"),
    (re.compile(r".*[0-9]"), "a text is one number and one unit"),
    (re.compile(r""), "the unit is not known here (kg, g, mg, µg, ng, lb, oz, mol, mmol, mEq are)"),
)
_NOT_A_NUMBER = (
    (re.compile(r"[-\N{MINUS SIGN}\N{EN DASH}]"), "it is negative, and nothing is less than none"),
    (re.compile(r"[+<>=~±≤≥≈]"), "an amount is one number, without a sign before it"),
    (re.compile(r"(?:nan|inf|infinity)\b", re.IGNORECASE), "the number is not finite"),
    (re.compile(r""), "it does not begin with a number in the digits 0 to 9"),
)


def refusal(value: object, expected: str, why: str) -> UnitError:
    """The error that names the value, the reason and the way to write it."""
    if not isinstance(value, str):
        what = f"a value of type {type(value).__name__}"
    elif len(value) > _SHOWN:
        what = f"{value[:_SHOWN]!r}..."
    else:
        what = repr(value)
    return UnitError(f"{what}: {why}; {_HOW[expected]}", value, expected)


def _digits(number: str, text: str, expected: str) -> str:
    """The number with a decimal dot and without group signs."""
    if _PLAIN.fullmatch(number):
        return number
    if _COMMA_GROUPS.fullmatch(number):
        return number.replace(",", "")
    if _SPACE_GROUPS.fullmatch(number):
        return re.sub(_SPACE, "", number).replace(",", ".")
    if _DECIMAL_COMMA.fullmatch(number):
        return number.replace(",", ".")
    if _ZERO_THOUSANDS.fullmatch(number):
        either = f"{number.replace(',', '.')} or {number.replace(',', '')}"
        raise refusal(
            text, expected, f"a comma before three digits marks thousands, yet it begins with 0: {either}?"
        )
    raise refusal(
        text, expected, "this is not one number; thousands are 1000, 1,000 or 1 000, decimals 0.5 or 0,5"
    )


def _split(text: str, expected: str) -> tuple[str, str]:
    """The number, as digits with a dot, and what follows it."""
    if len(text) > _LONGEST:
        raise refusal(text, expected, f"{len(text)} characters are too many")
    body = text.strip()
    if not body:
        raise refusal(text, expected, "the text is empty")
    found = _NUMBER_AND_REST.fullmatch(body)
    if found is None:
        raise refusal(text, expected, next(why for start, why in _NOT_A_NUMBER if start.match(body)))
    return _digits(found[1], text, expected), found[2]


def _value(digits: str, times: float, over: float, text: str, expected: str) -> float:
    value = float(digits) * times / over
    if value == math.inf:
        raise refusal(text, expected, "the number is too large")
    if value == 0.0 and re.match("[0.]*[1-9]", digits):
        raise refusal(text, expected, "the number is too small")
    return value


def _why_not(unit: str) -> str:
    """Why there is no such unit of an amount."""
    folded = unit.casefold()
    if why := _NOT_UNITS.get(unit) or _NOT_UNITS.get(folded):
        return why
    if meant := _SYMBOL_MEANT.get(folded):
        return f"symbols are read in their exact case, and {unit!r} is not {meant!r}"
    if meant := _SYMBOL_MEANT.get(folded.rstrip(".s")):
        return f"a symbol has no dot and no plural; the unit is {meant!r}"
    return next(why for shape, why in _NOT_A_UNIT if shape.match(unit))


def parse_amount(text: str, expected: str) -> Written:
    """Read a mass, an amount of substance or equivalents.

    Args:
        text: A number and a unit.
        expected: The kind of amount that is asked for, as messages name it.

    Returns:
        The value in grams or mol, its kind, and the text as it was read.

    Raises:
        UnitError: The text is no number and unit, is negative or out of a float's range.
    """
    digits, spelling = _split(text, expected)
    unit = _SYMBOLS.get(spelling) or _WORDS.get(spelling.lower())
    if unit is None:
        raise refusal(text, expected, _why_not(spelling))
    value = _value(digits, unit.times, unit.over, text, expected)
    tidy = digits.lstrip("0")
    return Written(value, unit.kind, f"{tidy if tidy[:1].isdigit() else f'0{tidy}'} {unit.symbol}")


def parse_fraction(text: str) -> float:
    """Read a mass fraction; see `mineral_ratio.units.read_fraction`."""
    expected = "mass fraction"
    digits, spelling = _split(text, expected)
    symbol = re.sub(r"\s*/\s*", "/", spelling).replace("/100g", "/100 g")
    symbol = "%" if _PERCENT_BY_MASS.fullmatch(symbol) else re.sub("^(?:μ|u|mc)g/", "µg/", symbol)
    over = _FRACTIONS.get(symbol)
    if over is None:
        meant = _FRACTION_MEANT.get(symbol.casefold())
        why = f"{spelling!r} is not a unit of a mass fraction" if spelling else "the unit is missing"
        raise refusal(
            text, expected, f"symbols are read in their exact case, as in {meant!r}" if meant else why
        )
    return _value(digits, 1.0, over, text, expected)


def parse_number(text: str) -> float:
    """Read a number that stands alone; see `mineral_ratio.units.read_number`."""
    digits, rest = _split(text, "number")
    if rest:
        raise refusal(text, "number", "the number is followed by something else")
    return _value(digits, 1.0, 1.0, text, "number")
