"""Concentrations: an amount in a litre or in a kilogram, stated for an analysis that is per the same.

``80 mg/L`` is a mass in a volume. ``80 mg/kg``, ``80 ppm`` and ``0.008 %`` are a mass in a mass. The two
agree only where a litre weighs a kilogram, so that neither is ever taken for the other: what an
analysis is per decides which of them it takes, and the other is refused with the way to write it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import attrs

from mineral_ratio import units
from mineral_ratio._amounts import refusal
from mineral_ratio.errors import MassBalanceError, UnitError
from mineral_ratio.substances.holdings import grams_per, stated_grams

if TYPE_CHECKING:
    from mineral_ratio.substances.analytes import Analyte
    from mineral_ratio.substances.holdings import Holder
    from mineral_ratio.units import MassLike

_WHAT = "concentration"
_WORDS = {"L": "per litre", "kg": "by mass"}
# What an amount may be in: the unit, and how many of it.
_TAILS: dict[str, tuple[Literal["L", "kg"], float]] = {
    "L": ("L", 1.0),
    "dL": ("L", 0.1),
    "100 mL": ("L", 0.1),
    "mL": ("L", 1e-3),
    "kg": ("kg", 1.0),
    "100 g": ("kg", 0.1),
    "g": ("kg", 1e-3),
}
_SPELLINGS = {"l": "L", "dl": "dL", "ml": "mL", "100ml": "100 mL", "100mL": "100 mL", "100g": "100 g"}
_PARTS = re.compile(r"(?:%|ppm).{0,12}$", re.DOTALL)
# What an analysis is per: a number or none, a unit, and words such as "dry matter".
_PER = re.compile(
    r"(?:([0-9][0-9., ]*?) ?)?(kg|g|L|l|dL|dl|mL|ml|litres?|liters?|kilograms?)(?![A-Za-z/]).*", re.DOTALL
)
# What rounding may add to a whole.
_WHOLE = 1.0 + 1e-9


@attrs.frozen
class Denominator:
    """What amounts are in: so many litres or kilograms.

    Attributes:
        unit: ``"L"`` or ``"kg"``.
        size: How many of it.
    """

    unit: Literal["L", "kg"]
    size: float


@attrs.frozen
class Concentration:
    """An amount in one litre or in one kilogram.

    Attributes:
        value: Grams of a mass, mol of an amount or of equivalents.
        kind: Which of these it is.
        per: ``"L"`` or ``"kg"``.
        text: How it was read, such as ``"80 mg/L"``.
    """

    value: float
    kind: Literal["mass", "amount", "equivalents"]
    per: Literal["L", "kg"]
    text: str


def read_denominator(per: str) -> Denominator | None:
    """What an analysis is per, where that is a volume or a mass.

    Args:
        per: ``"L"``, ``"kg"``, ``"kg dry matter"``, ``"100 g"``, ``"250 mL"``, ``"day"``.

    Returns:
        The litres or kilograms; None for a day, a serving or any other text.

    Raises:
        UnitError: It is no text, it is per none of it, or it is one of these words in other capitals.
    """
    if not isinstance(per, str):
        raise UnitError(f"an analysis is per a text such as 'L', 'kg' or 'day', not {per!r:.40}", per, "text")
    found = _PER.fullmatch(per.strip())
    if found is None:
        small = per.strip().lower()
        # Taken as any other text, it would leave out silently what goes by the day or the kilogram.
        if per != "day" and (small in ("day", "days") or _PER.fullmatch(small)):
            small = small.removesuffix("s")
            raise UnitError(f"an analysis is per {small!r}, not per {per!r:.40}", per, "text")
        return None
    word = found[2]
    tail = "L" if word.startswith("lit") else "kg" if word.startswith("kilo") else _SPELLINGS.get(word, word)
    unit, size = _TAILS[tail]
    count = units.read_number(found[1]) if found[1] else 1.0
    if not count:
        raise UnitError(f"an analysis is per something, not per {per!r:.40}", per, "text")
    return Denominator(unit, count * size)


def read_concentration(value: MassLike) -> Concentration | None:
    """Read a concentration; None for a plain amount, and for what is neither.

    Args:
        value: A mass, an amount or equivalents, then ``/`` and L, dL, mL, 100 mL, kg, g or 100 g; a
            number of % or of ppm, which are parts by mass; or a pint quantity per volume, or of an
            amount per mass.

    Raises:
        UnitError: It is per something else, or what stands before ``/`` is no amount.
    """
    if not isinstance(value, str):
        found = units.quantity_per(value)
        return None if found is None else Concentration(*found)
    head, slash, tail = value.partition("/")
    if not slash or "%" in head:
        if _PARTS.search(value) is None:
            return None
        return Concentration(1000.0 * units.read_fraction(value), "mass", "kg", value.strip())
    tail = tail.strip()
    tail = _SPELLINGS.get(tail, tail)
    if tail not in _TAILS:
        if not any(character.isalpha() for character in head):
            return None  # half an amount, as 1/2 mg: refused as such
        raise refusal(value, _WHAT, f"an amount is in one of {', '.join(_TAILS)}")
    reading = units.read_amount(head)
    unit, size = _TAILS[tail]
    return Concentration(reading.scalar / size, reading.kind, unit, f"{reading.text}/{tail}")


def stated_in(holder: Holder, asked: Analyte, amount: MassLike, per: str) -> tuple[float, str]:
    """One stated amount or concentration of an analyte, in g of what an analysis is per.

    Args:
        holder: The statement that it is an amount in.
        asked: The analyte.
        amount: A mass, an amount of substance, equivalents, or a concentration.
        per: What the analysis is per.

    Returns:
        Grams, and how the amount was read.

    Raises:
        UnitError: It is none of these, or is per something that the analysis is not.
        UnknownChargeError: It is in equivalents and the charge is not known.
        MassBalanceError: There is more of the analyte than of the whole.
    """
    found = read_concentration(amount)
    if found is None:
        return stated_grams(holder, asked, amount)
    denominator = read_denominator(per)
    if denominator is None or denominator.unit != found.per:
        raise UnitError(_disagreement(found, denominator, per), amount, _WHAT)
    grams = found.value * grams_per(holder, asked, found.kind)
    if found.per == "kg" and grams > 1000.0 * _WHOLE:
        raise MassBalanceError(f"{holder.name}: {found.text} is more {asked} than there is of the whole")
    return grams * denominator.size, found.text


def _disagreement(found: Concentration, denominator: Denominator | None, per: str) -> str:
    """Why a concentration is not one of an analysis, and how to write it."""
    text = f"{found.text} is {_WORDS[found.per]}, and the analysis is per {per!r:.40}"
    if denominator is None:
        return f"{text}; give the amount itself, such as '500 mg', or state it per {found.per}"
    if found.per == "kg":
        return (
            f"{text}: parts by mass (%, ppm, mg/kg) are not mg/L, as a litre need not weigh a kilogram; "
            "where a report means mg/L by ppm, write mg/L"
        )
    return f"{text}: mg/L are not parts by mass, as a litre need not weigh a kilogram; write mg/kg or %"
