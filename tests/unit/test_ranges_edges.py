"""Bounds where causes are shared in chains, and where both sides of a ratio may vanish."""

from __future__ import annotations

import math
from itertools import product

import pytest

import mineral_ratio as mr
from mineral_ratio.substances.ranges import Cause, Factor, Term, bounds, ratio_bounds


def cause(name: str, low: float = 0.0, high: float = 1.0) -> Cause:
    """A cause that is in the middle of its range."""
    return Cause("lot", name, low, (low + high) / 2, high)


A, B, C, D = (cause(name, 0.1 * place, 1.0) for place, name in enumerate("abcd", 1))
FROM_NONE, ALSO = cause("e"), cause("f")


def term(number: float, *causes: Cause, less: tuple[Cause, ...] = ()) -> Term:
    """A coefficient times causes, and times what some leave."""
    return Term(number, (*map(Factor, causes), *(Factor(each, complement=True) for each in less)))


SUMS = [
    [term(1, A, B), term(-2, C, D), term(3, A, C), term(-4, D)],
    [term(1, A), term(-1, B), term(-3, A, B), term(2, less=(B,))],
    [term(1, A, B), term(1, C, D), term(-1, A, D), term(-1, B, C), term(0.5)],
    [term(2, A, less=(B,)), term(-1, B, less=(A,)), term(1, C)],
    [term(-1, A, B, C), term(2, B, D), term(-2, D, less=(C,))],
    [term(1, D), term(-1, C, D), term(1, B, C), term(-1, A, B), term(0.9, A)],
]


@pytest.mark.parametrize("terms", SUMS)
def test_bounds_are_the_extremes_over_all_corners(terms):
    """Whatever terms share a cause, directly or by others, the bounds are those of trying every corner."""
    corners = [
        dict(zip((A, B, C, D), ends, strict=True))
        for ends in product(*((c.low, c.high) for c in (A, B, C, D)))
    ]
    totals = [math.fsum(each.at(corner) for each in terms) for corner in corners]
    found = bounds(terms)
    assert found.low == pytest.approx(min(totals))
    assert found.high == pytest.approx(max(totals))
    assert found.value == pytest.approx(math.fsum(each.at({}) for each in terms))


@pytest.mark.parametrize("terms", SUMS)
def test_ratios_are_bounded_by_the_extremes_over_all_corners(terms):
    """The same for a ratio, which moves one way in each cause."""
    upper = [Term(abs(each.coefficient), each.factors) for each in terms]
    lower = [term(1, A, D), term(0.5, B), term(0.1)]
    corners = [
        dict(zip((A, B, C, D), ends, strict=True))
        for ends in product(*((c.low, c.high) for c in (A, B, C, D)))
    ]
    ratios = [
        math.fsum(each.at(corner) for each in upper) / math.fsum(each.at(corner) for each in lower)
        for corner in corners
    ]
    found = ratio_bounds(upper, lower)
    assert (found.low, found.high) == (pytest.approx(min(ratios)), pytest.approx(max(ratios)))


def test_a_part_of_a_sum_is_never_more_than_all_of_it():
    """Where both sides may be nothing together, their ratio still has its bounds."""
    found = ratio_bounds([term(1, FROM_NONE)], [term(1, FROM_NONE), term(1, ALSO)])
    assert (found.low, found.value, found.high) == (0.0, 0.5, 1.0)


@pytest.mark.parametrize("size", [1e-30, 1e-9, 1.0, 1e9, 1e30])
def test_a_ratio_without_an_upper_bound_has_none_in_any_unit(size):
    """However large or small the figures are."""
    found = ratio_bounds([term(size, A)], [term(size, FROM_NONE)])
    assert (found.low, found.high) == (pytest.approx(0.1), math.inf)
    assert ratio_bounds([term(size, A)], [term(size, B)]).high == pytest.approx(5.0)


def test_what_both_sides_share_divides_out_even_where_it_is_nothing():
    """Two parts to one of a lot that may hold none, and nominally does."""
    none = Cause("lot", "a", 0.0, 0.0, 0.5)
    found = ratio_bounds([term(2, none)], [term(1, none)])
    assert (found.low, found.value, found.high) == (2.0, 2.0, 2.0)


@pytest.mark.parametrize("fraction", [0.0, 1.5])
def test_the_ends_of_what_a_fraction_may_be(fraction: float) -> None:
    """None at all, and the most that an assay can be, are fractions; what is beyond is none."""
    assert mr.Assay(0.0, fraction, of="MgO").range.high == fraction
    with pytest.raises(mr.UnitError):
        mr.Assay(0.0, 1.5 + 1e-9, of="MgO")
