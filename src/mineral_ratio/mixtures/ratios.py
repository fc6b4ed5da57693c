"""Ratios between analytes, on a basis, with exact bounds.

Which 2:1 is meant depends on the basis: 1,000 mg of calcium to 500 mg of magnesium is 2.00 by
mass, and 1.21 by amount of substance and by equivalents.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import attrs

from mineral_ratio.errors import NotFoundError, UnitError
from mineral_ratio.substances.analytes import analyte

if TYPE_CHECKING:
    from typing import TypeAlias

    from mineral_ratio.substances.analytes import Analyte, AnalyteLike

    SumLike: TypeAlias = AnalyteLike | Sequence[AnalyteLike]

Basis = Literal["mass", "amount", "equivalent"]
BASES: tuple[Basis, ...] = ("mass", "amount", "equivalent")

# A plus before a name joins two of them; one at the end is a charge (Ca2+).
_PLUS = re.compile(r"\s*\+\s*(?=[A-Za-z\[])")


def read_basis(value: str) -> Basis:
    """The basis of a ratio.

    Args:
        value: Its name.

    Raises:
        UnitError: The text is none of ``mass``, ``amount`` and ``equivalent``.
    """
    for basis in BASES:
        if value == basis:
            return basis
    raise UnitError(f"a basis is 'mass', 'amount' or 'equivalent', not {value!r}", value, "basis")


def read_sum(key: SumLike) -> tuple[Analyte, ...]:
    """The analytes of one side of a ratio.

    Args:
        key: One analyte, ``"Ca+Mg"`` or ``"(Ca+Mg)"``, or a sequence of analytes.

    Raises:
        NotFoundError: One of them names no analyte.
    """
    if isinstance(key, str) and "+" in key:
        try:
            return (analyte(key),)
        except NotFoundError:
            text = key.strip()
            # Brackets around the whole sum, as in K/(Ca+Mg).
            text = text[1:-1].strip() if text.startswith("(") and text.endswith(")") else text
            return tuple(analyte(part) for part in _PLUS.split(text))
    if isinstance(key, Sequence) and not isinstance(key, str):
        if not key:
            raise NotFoundError("", "analyte")
        return tuple(analyte(part) for part in key)
    return (analyte(key),)


def spoken(side: Sequence[Analyte]) -> str:
    """One side of a ratio as text: ``Ca+Mg``."""
    return "+".join(str(asked) for asked in side)


def written(value: float, digits: int = 3) -> str:
    """A number with a count of significant digits, never in exponents within sight of 1.

    Args:
        value: The number.
        digits: Significant digits.
    """
    if not value or not math.isfinite(value):
        return f"{value:.{digits - 1}f}" if math.isfinite(value) else str(value)
    magnitude = int(f"{value:.{digits - 1}e}".partition("e")[2])
    if -5 <= magnitude < 15:
        return f"{value:,.{max(0, digits - 1 - magnitude)}f}"
    return f"{value:.{digits - 1}e}"


@attrs.frozen
class Ratio:
    """A ratio of two analytes or sums of them, with its exact bounds.

    Attributes:
        numerator: What is above, such as ``"Ca"`` or ``"Ca+Mg"``.
        denominator: What is below.
        basis: ``"mass"``, ``"amount"`` or ``"equivalent"``.
        value: The ratio at the nominal contents, a number.
        low: Its exact minimum over the causes of all ranges.
        high: Its exact maximum; infinite where the denominator may be nothing.
        notes: What was used for it, and what could not be counted.
        partial: Names of the ingredients that may hold more of either side than is counted; the
            bounds leave that out.
    """

    numerator: str
    denominator: str
    basis: Basis
    value: float
    low: float
    high: float
    notes: tuple[str, ...] = attrs.field(default=(), eq=False)
    partial: tuple[str, ...] = attrs.field(default=(), eq=False)

    def __str__(self) -> str:
        return f"{written(self.value)}:1 by {self.basis}"
