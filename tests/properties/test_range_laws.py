"""Laws of ranges: bounds are the extremes over all corners, and no wider or narrower."""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mineral_ratio.errors import UndefinedRatioError
from mineral_ratio.substances.ranges import Cause, Factor, Term, bounds, ratio_bounds
from strategies import sums

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def corners(*sides: Sequence[Term]) -> Iterator[dict[Cause, float]]:
    """Every corner of the causes of some sums."""
    causes = list(dict.fromkeys(factor.cause for side in sides for term in side for factor in term.factors))
    for ends in product(*((cause.low, cause.high) for cause in causes)):
        yield dict(zip(causes, ends, strict=True))


def total(terms: Sequence[Term], corner: dict[Cause, float]) -> float:
    """A sum at a corner."""
    return math.fsum(term.at(corner) for term in terms)


def close(value: float) -> object:
    """What compares equal to a value but for rounding."""
    return pytest.approx(value, rel=1e-9, abs=1e-12)


def widened(terms: Sequence[Term], cause: Cause, wider: Cause) -> list[Term]:
    """The same sum with a wider cause."""
    return [
        attrs.evolve(
            term,
            factors=tuple(Factor(wider if f.cause == cause else f.cause, f.complement) for f in term.factors),
        )
        for term in terms
    ]


@given(sums(signed=True))
def test_bounds_of_a_sum_are_its_extremes_over_all_corners(drawn: list[list[Term]]) -> None:
    """Causes that several terms share move together, whatever the signs."""
    (terms,) = drawn
    values = [total(terms, corner) for corner in corners(terms)]
    found = bounds(terms)
    assert found.low == close(min(values))
    assert found.high == close(max(values))
    assert found.low <= found.value <= found.high
    assert found.value == close(total(terms, {}))


@given(sums(count=2))
def test_bounds_of_a_ratio_are_its_extremes_over_all_corners(drawn: list[list[Term]]) -> None:
    """A corner without a denominator makes the ratio endless; one with neither side tells nothing."""
    above, below = drawn
    assume(total(below, {}) > 0.0)
    tops = [(total(above, corner), total(below, corner)) for corner in corners(above, below)]
    ratios = [top / bottom for top, bottom in tops if bottom > 0.0]
    # 0/0 is the limit of what lies around it, which brute force does not see.
    assume(not any(top == 0.0 and bottom == 0.0 for top, bottom in tops))
    endless = any(bottom == 0.0 for _, bottom in tops)
    found = ratio_bounds(above, below)
    assert found.low == close(min(ratios))
    assert found.high == (math.inf if endless else close(max(ratios)))
    assert found.low <= found.value <= found.high
    assert found.value == close(total(above, {}) / total(below, {}))


@given(sums(count=2))
def test_no_point_inside_is_outside_the_bounds_of_a_ratio(drawn: list[list[Term]]) -> None:
    """Also around a corner where both sides vanish, every point in between is inside the bounds."""
    above, below = drawn
    assume(total(below, {}) > 0.0)
    found = ratio_bounds(above, below)
    causes = list(dict.fromkeys(f.cause for term in (*above, *below) for f in term.factors))
    for steps in product((0.001, 0.5, 0.999), repeat=len(causes)):
        point = {c: c.low + step * (c.high - c.low) for c, step in zip(causes, steps, strict=True)}
        if (bottom := total(below, point)) > 0.0:
            ratio = total(above, point) / bottom
            assert found.low * (1 - 1e-9) - 1e-12 <= ratio <= found.high * (1 + 1e-9) + 1e-12


@given(sums(count=2), st.data())
def test_widening_a_cause_narrows_nothing(drawn: list[list[Term]], data: st.DataObject) -> None:
    """A wider cause with the same nominal value gives bounds that hold the old ones."""
    above, below = drawn
    assume(total(below, {}) > 0.0)
    causes = list(dict.fromkeys(f.cause for term in (*above, *below) for f in term.factors))
    assume(causes)
    cause = data.draw(st.sampled_from(causes))
    wider = attrs.evolve(cause, low=cause.low / 2, high=(cause.high + 1.0) / 2)
    before, after = bounds(above), bounds(widened(above, cause, wider))
    assert after.low <= before.low * (1 + 1e-12)
    assert after.high >= before.high * (1 - 1e-12)
    old = ratio_bounds(above, below)
    new = ratio_bounds(widened(above, cause, wider), widened(below, cause, wider))
    assert new.low <= old.low * (1 + 1e-9) + 1e-12
    assert new.high >= old.high * (1 - 1e-9)


@given(sums(count=2))
def test_a_ratio_turned_over_has_its_bounds_turned_over(drawn: list[list[Term]]) -> None:
    """Ratio(a, b) x ratio(b, a) is 1, at the value and at the ends."""
    above, below = drawn
    assume(total(above, {}) > 0.0 < total(below, {}))
    there, back = ratio_bounds(above, below), ratio_bounds(below, above)
    assert there.value * back.value == close(1.0)
    for end, other in ((there.low, back.high), (there.high, back.low)):
        if math.isinf(end) or math.isinf(other):
            assert 0.0 in {end, other} or math.inf in {1 / end if end else math.inf, other}
        else:
            assert end * other == close(1.0)


@given(sums(count=2), st.sampled_from([0.1, 0.5, 1.0]), st.sampled_from([1e-6, 1.0, 1e6]))
def test_a_common_factor_and_a_common_scale_divide_out(
    drawn: list[list[Term]], low: float, scale: float
) -> None:
    """A factor of every term, such as the assay of the one material, is not in the ratio at all."""
    above, below = drawn
    assume(total(below, {}) > 0.0)
    common = Factor(Cause("lot", "assay", low, 1.0, 1.0))
    plain = ratio_bounds(above, below)
    both = [[Term(scale * t.coefficient, (*t.factors, common)) for t in side] for side in (above, below)]
    found = ratio_bounds(both[0], both[1])
    assert (found.value, found.low, found.high) == (close(plain.value), close(plain.low), close(plain.high))


@given(sums())
def test_a_ratio_to_nothing_is_undefined(drawn: list[list[Term]]) -> None:
    """A denominator that is zero at its nominal value is refused, also where it has no terms."""
    (terms,) = drawn
    for nothing in ([], [Term(0.0)], [Term(5.0, (Factor(Cause("x", "y", 0.0, 0.0, 0.5)),))]):
        with pytest.raises(UndefinedRatioError):
            ratio_bounds(terms, nothing)
