"""Where an interval lies against limits: one comparison for rules, reference values and claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from typing import TypeAlias

    Place: TypeAlias = Literal["within", "below", "above", "undecided"]

# A difference smaller than this, relative to the limit, is rounding of the arithmetic: equality.
_EQUAL = 1e-9


def place(
    low: float, high: float, lower: float | None, upper: float | None, *, exclusive: bool = False
) -> Place:
    """Where a value with bounds lies: limits are inclusive, and a range that straddles one is undecided.

    Args:
        low: Lower bound of the value.
        high: Upper bound of the value.
        lower: Lower limit, in the unit of the value; None for none.
        upper: Upper limit; None for none.
        exclusive: Whether the upper limit itself is above.
    """
    least = None if lower is None else lower - abs(lower) * _EQUAL
    most = None if upper is None else upper + abs(upper) * (-_EQUAL if exclusive else _EQUAL)
    if least is not None and high < least:
        return "below"
    if most is not None and low > most:
        return "above"
    if (least is None or low >= least) and (most is None or high <= most):
        return "within"
    return "undecided"
