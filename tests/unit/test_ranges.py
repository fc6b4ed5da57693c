"""Ranges: stated fractions, causes, and the work that bounds take."""

from __future__ import annotations

import copy
import math
import pickle
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given

import mineral_ratio as mr
from mineral_ratio.substances.ranges import Cause, Factor, Term, bounds, ratio_bounds
from mineral_ratio.testing import hostile_text
from strategies import not_text

if TYPE_CHECKING:
    from collections.abc import Callable


def ends(stated: mr.Range) -> tuple[float | None, float | None, float | None]:
    """The three numbers of a range."""
    return stated.low, stated.high, stated.typical


def near(*numbers: float | None) -> tuple[Any, ...]:
    """What compares equal to numbers or None, but for rounding."""
    return tuple(None if each is None else pytest.approx(each, rel=1e-15) for each in numbers)


@pytest.mark.parametrize(
    ("text", "low", "high", "typical"),
    [
        ("29 %", 0.29, 0.29, None),
        ("29%", 0.29, 0.29, None),
        ("0 %", 0.0, 0.0, None),
        (">= 20 %", 0.2, None, None),
        (">=20%", 0.2, None, None),
        ("≥ 20 %", 0.2, None, None),
        ("min 20 %", 0.2, None, None),
        ("Min. 20 %", 0.2, None, None),
        ("minimum 20 %", 0.2, None, None),
        ("20 % min", 0.2, None, None),
        ("20% min.", 0.2, None, None),
        ("20 % minimum", 0.2, None, None),
        ("at least 20 %", 0.2, None, None),
        ("not less than 20 %", 0.2, None, None),
        ("NLT 20 %", 0.2, None, None),
        ("<= 3 %", None, 0.03, None),
        ("≤3%", None, 0.03, None),
        ("max 3 %", None, 0.03, None),
        ("max. 3 %", None, 0.03, None),
        ("maximum 3 %", None, 0.03, None),
        ("3 % max", None, 0.03, None),
        ("up to 3 %", None, 0.03, None),
        ("at most 3 %", None, 0.03, None),
        ("not more than 3 %", None, 0.03, None),
        ("NMT 3 %", None, 0.03, None),
        ("12 to 15 %", 0.12, 0.15, None),
        ("12 % to 15 %", 0.12, 0.15, None),
        ("12-15 %", 0.12, 0.15, None),
        ("12 – 15%", 0.12, 0.15, None),
        ("12—15 %", 0.12, 0.15, None),
        ("12...15 %", 0.12, 0.15, None),
        ("12…15 %", 0.12, 0.15, None),
        ("12,5 to 13,5 %", 0.125, 0.135, None),
        ("97.5 to 100.5 %", 0.975, 1.005, None),
        ("2000 to 2500 mg/kg", 2e-3, 2.5e-3, None),
        ("2,000 to 2,500 mg/kg", 2e-3, 2.5e-3, None),
        ("2000 mg/kg to 5 %", 2e-3, 0.05, None),
        ("5 g/100 g - 6 g/100 g", 0.05, 0.06, None),
        ("5-6 g/100 g", 0.05, 0.06, None),
        ("1e-3 to 2e-3 %", 1e-5, 2e-5, None),
        ("1e-3-2e-3 %", 1e-5, 2e-5, None),
        ("12 to 15 %, typical 13 %", 0.12, 0.15, 0.13),
        ("12 to 15 %; typ. 13 %", 0.12, 0.15, 0.13),
        ("12 to 15 % (typically 13 %)", 0.12, 0.15, 0.13),
        (">= 20 % typical 22 %", 0.2, None, 0.22),
        ("<= 3 %, typical 1 %", None, 0.03, 0.01),
        ("typical 20 %", None, None, 0.2),
    ],
)
def test_a_statement_is_read_as_it_is_written(
    text: str, low: float | None, high: float | None, typical: float | None
) -> None:
    """Each spelling of a point, a limit, a range and a typical value, with its text kept."""
    found = mr.Range.parse(f"  {text} ")
    assert ends(found) == near(low, high, typical)
    assert str(found) == text


NO_STATEMENTS = (
    *("", " ", "20", "12 to 15", "12 15 %", "> 20 %", "~20 %", "ca. 20 %", "20 ± 1 %", "to 5 %", "5 to %"),
    *(
        "min %",
        "min",
        "12 to 15 to 18 %",
        "between 12 and 15 %",
        "-5 %",
        "nan %",
        "inf %",
        "1e999 %",
        "20 mg",
    ),
    *("9**9 %", "typical", "20 %, typical", ">= >= 20 %", "20 %%", "1.234,5 %"),
    *("x" * 5000, "1 " * 9000, "(" * 9000),
)


@pytest.mark.parametrize("text", NO_STATEMENTS)
def test_what_is_no_statement_is_refused(text: str) -> None:
    """No unit, no number, a sign that says less than it seems, or anything to be evaluated."""
    with pytest.raises(mr.UnitError) as caught:
        mr.Range.parse(text)
    assert caught.value.expected == "mass fraction"
    assert len(str(caught.value)) < 400


@given(hostile_text())
def test_any_text_is_a_range_or_an_error_of_ours(text: str) -> None:
    """Whatever is read is ordered and finite; whatever is not raises one of two errors."""
    try:
        found = mr.Range.parse(text)
    except (mr.UnitError, mr.MassBalanceError):
        return
    ends = [end for end in (found.low, found.typical, found.high) if end is not None]
    assert ends == sorted(ends)
    assert all(0.0 <= end < math.inf for end in ends)


@given(not_text())
def test_what_is_no_text_is_refused(value: Any) -> None:
    """A bare number is no content, nor is anything else."""
    with pytest.raises(mr.UnitError, match="'29 %'"):
        mr.Range.parse(value)


@pytest.mark.parametrize(
    ("low", "high", "typical"),
    [
        (0.2, 0.1, None),
        (None, None, None),
        (-0.1, 0.2, None),
        (0.1, math.inf, None),
        (0.1, 10**400, None),
        (math.nan, None, None),
        (0.1, 0.2, 0.3),
        (0.1, 0.2, 0.05),
        (None, 0.2, 0.3),
        (0.2, None, 0.1),
        (None, None, math.nan),
    ],
)
def test_limits_that_cross_or_say_nothing_are_refused(
    low: float | None, high: float | None, typical: float | None
) -> None:
    """Limits are finite, in order, and hold the typical value."""
    with pytest.raises(mr.MassBalanceError):
        mr.Range(low, high, typical)


@pytest.mark.parametrize(
    ("stated", "value", "side", "spoken"),
    [
        (mr.Range(0.29, 0.29), 0.29, "stated", "29 %"),
        (mr.Range(0.2, None), 0.2, "minimum", ">= 20 %"),
        (mr.Range(None, 0.03), 0.03, "maximum", "<= 3 %"),
        (mr.Range(0.12, 0.15), 0.135, "midpoint", "12 to 15 %"),
        (mr.Range(0.12, 0.15, 0.13), 0.13, "typical", "12 to 15 %, typical 13 %"),
        (mr.Range(0.2, None, 0.21), 0.21, "typical", ">= 20 %, typical 21 %"),
        (mr.Range(None, None, 0.21), 0.21, "typical", "typical 21 %"),
        (mr.Range(0.0, None), 0.0, "minimum", ">= 0 %"),
        (mr.Range(0.0, 0.0), 0.0, "stated", "0 %"),
    ],
)
def test_the_value_to_work_with_and_its_side(stated: mr.Range, value: float, side: str, spoken: str) -> None:
    """Typical if stated, else the guaranteed side, else the midpoint; said without a text too."""
    assert stated.nominal == (pytest.approx(value), side)
    assert str(stated) == spoken
    assert ends(mr.Range.parse(spoken)) == near(*ends(stated))


def test_a_range_is_a_value() -> None:
    """It is frozen, hashable and pickles; its text is no part of what it states."""
    stated = mr.Range.parse("12 to 15 %")
    assert stated == mr.Range.parse("12-15 %")
    assert hash(stated) == hash(mr.Range.parse("12-15 %"))
    assert pickle.loads(pickle.dumps(stated)) == stated == copy.deepcopy(stated)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        stated.low = 0.1  # type: ignore[misc]


def test_the_bounds_of_nothing_are_zero() -> None:
    """A sum without terms, and one of constants, has no width."""
    assert bounds([]) == mr.Interval(0.0, 0.0, 0.0)
    assert bounds([Term(2.0), Term(3.0)]) == mr.Interval(5.0, 5.0, 5.0)
    fixed = Factor(Cause("lot", "assay", 0.5, 0.5, 0.5))
    assert bounds([Term(2.0, (fixed,))]) == mr.Interval(1.0, 1.0, 1.0)
    assert ratio_bounds([Term(2.0, (fixed,))], [Term(4.0)]) == mr.Interval(0.25, 0.25, 0.25)


def test_a_sum_moves_with_the_cause_it_shares() -> None:
    """What one cause adds and takes away at once leaves no range."""
    assay = Cause("lot", "assay", 0.9, 0.95, 1.0)
    both = [Term(3.0, (Factor(assay),)), Term(3.0, (Factor(assay, complement=True),))]
    found = bounds(both)
    assert (found.low, found.value, found.high) == pytest.approx((3.0, 3.0, 3.0))
    apart = Cause("other lot", "assay", 0.9, 0.95, 1.0)
    found = bounds([both[0], Term(3.0, (Factor(apart, complement=True),))])
    assert (found.low, found.high) == pytest.approx((2.7, 3.3))


def test_equal_causes_are_one_cause() -> None:
    """A lot that stands twice varies once."""
    twice = [Term(1.0, (Factor(Cause("lot", "assay", 0.5, 0.6, 1.0)),)) for _ in range(2)]
    once = [Term(1.0, (Factor(Cause("lot", "assay", 0.5, 0.6, 1.0)),))]
    assert ratio_bounds(twice, once) == mr.Interval(2.0, 2.0, 2.0)


def test_ratios_without_an_upper_end() -> None:
    """The ratio is endless where only the denominator can vanish, and where both can but not together."""
    none_to_some = Factor(Cause("lot", "content", 0.0, 0.5, 1.0))
    other = Factor(Cause("lot", "other", 0.0, 0.5, 1.0))
    assert ratio_bounds([Term(2.0)], [Term(1.0, (none_to_some,))]) == mr.Interval(4.0, 2.0, math.inf)
    assert ratio_bounds([Term(2.0, (other,))], [Term(1.0, (none_to_some,))]) == mr.Interval(
        2.0, 0.0, math.inf
    )
    # Both vanish together only: the ratio is one number all along.
    shared = ratio_bounds([Term(2.0, (none_to_some,))], [Term(1.0, (none_to_some,))])
    assert shared == mr.Interval(2.0, 2.0, 2.0)
    assert ratio_bounds([], [Term(1.0, (none_to_some,))]) == mr.Interval(0.0, 0.0, 0.0)


def test_dolomite_of_any_assay_has_one_ratio() -> None:
    """Calcium and magnesium of one mineral rise and fall together: 1.649 by mass, whatever the assay."""
    assay = mr.Assay("90 to 98 %", of="CaMg(CO3)2")
    dolomite = mr.Material(mr.default_catalog().compound("dolomite"), assay=assay)
    calcium, magnesium = (dolomite.terms(mr.element(symbol)) for symbol in ("Ca", "Mg"))
    assert bounds(calcium).low < bounds(calcium).high
    found = ratio_bounds(calcium, magnesium)
    assert found.low == found.value == found.high
    assert found.value == pytest.approx(1.649, abs=5e-4)


def independent(count: int) -> list[Term]:
    """Terms of lots that vary apart, each with an assay and a loss."""
    return [
        Term(
            1.0 + number,
            (
                Factor(Cause(f"lot {number}", "assay", 0.9, 0.95, 1.0)),
                Factor(Cause(f"lot {number}", "loss", 0.0, 0.05, 0.1), complement=True),
            ),
        )
        for number in range(count)
    ]


@pytest.mark.parametrize(
    "work",
    [
        bounds,
        lambda terms: ratio_bounds(terms[::2], terms[1::2]),
        lambda terms: ratio_bounds(terms, [term.times(2.0 + (term.coefficient % 3)) for term in terms]),
    ],
    ids=["sum", "ratio of others", "ratio of the same lots"],
)
def test_the_work_grows_with_the_count_of_independent_terms(
    work: Callable[[list[Term]], mr.Interval], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twice as many lots cost about twice the evaluations, not the square nor a power of two."""
    calls = 0
    at = Term.at

    def counting(self: Term, corner: Any) -> float:
        nonlocal calls
        calls += 1
        return at(self, corner)

    monkeypatch.setattr(Term, "at", counting)
    spent = []
    for count in (32, 64, 128, 256):
        calls = 0
        work(independent(count))
        spent.append(calls)
    assert spent[0] > 0
    assert all(later < 3.0 * former for former, later in pairwise(spent))


def test_a_widened_lot_among_many_is_exact() -> None:
    """With forty lots, where brute force would need 2^80 corners, the ends are those of each lot."""
    terms = independent(40)
    coefficients = sum(term.coefficient for term in terms)
    found = bounds(terms)
    assert found.low == pytest.approx(coefficients * 0.9 * 0.9)
    assert found.high == pytest.approx(coefficients * 1.0 * 1.0)
