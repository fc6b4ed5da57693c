"""Strategies that only the library's own tests need; the public ones are in `mineral_ratio.testing`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from mineral_ratio.substances.ranges import Cause, Factor, Term

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

_ENDS = [0.0, 0.1, 0.25, 0.5, 0.9, 0.98, 1.0]


@st.composite
def causes(draw: DrawFn, label: str) -> Cause:
    """A cause of a range: wide, without width, from zero or up to one."""
    low, value, high = sorted(draw(st.lists(st.sampled_from(_ENDS), min_size=3, max_size=3)))
    return Cause("drawn", label, low, value, high)


@st.composite
def sums(draw: DrawFn, *, count: int = 1, signed: bool = False) -> list[list[Term]]:
    """Some sums of terms whose factors share up to four causes, each at most once in a term."""
    pool = [draw(causes(f"cause {number}")) for number in range(draw(st.integers(1, 4)))]
    factors = st.lists(
        st.builds(Factor, st.sampled_from(pool), st.booleans()),
        max_size=3,
        unique_by=lambda factor: factor.cause,
    ).map(tuple)
    coefficients = [0.0, 0.5, 1.0, 3.0, 40.0] + [-1.0, -7.0] * signed
    terms = st.builds(Term, st.sampled_from(coefficients), factors)
    return [draw(st.lists(terms, min_size=1, max_size=5)) for _ in range(count)]


# -- hostile values


def not_text() -> SearchStrategy[Any]:
    """Values of other types than a door asks for."""
    return st.sampled_from(
        [None, True, 0, -1, 2.5, math.nan, math.inf, b"Ca", [], {}, (), object(), [1], {"a": 1}]
    )
