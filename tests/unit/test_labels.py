"""Labels: percentages as they are printed, and contents held against claims."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mineral_ratio as mr
from mineral_ratio.checks.labels import TOLERANCES, DailyPercent, daily_percent, label_checks
from mineral_ratio.checks.references import ReferenceValue
from mineral_ratio.checks.tables import on_labels
from mineral_ratio.substances.ranges import Interval

CHALK = mr.Compound("chalk", ions="1 Ca2+, 1 carbonate")
POWDER = mr.Material(name="powder", declared={"Ca": "36 to 40 %"})


def value(printed="100", kind="DV", analyte="Ca", status="set") -> ReferenceValue:
    """A daily value in mg."""
    return ReferenceValue("HOUSE", "2026", analyte, kind, printed, "mg/day", status=status)


def percent(number: float, *, kind="DV", analyte="Ca") -> DailyPercent:
    """A percentage of a daily value."""
    grams = number / 1000.0
    return DailyPercent(value(kind=kind, analyte=analyte), Interval(grams, grams, grams), "serving")


def product(*ingredients, **more) -> mr.Product:
    """A product of these."""
    return mr.Product("test", ingredients, **more)


@pytest.mark.parametrize(
    ("number", "supplement", "food"),
    [
        (0.0, 0, 0),
        (0.4, 0, 0),
        (0.9, 1, 0),
        (1.0, 1, 2),
        (2.9, 3, 2),
        (3.0, 3, 4),
        (10.0, 10, 10),
        (10.4, 10, 10),
        (12.5, 13, 15),
        (49.0, 49, 50),
        (50.0, 50, 50),
        (50.4, 50, 50),
        (54.9, 55, 50),
        (55.0, 55, 60),
        (76.9230769, 77, 80),
        (119.047619, 119, 120),
        (124.9, 125, 120),
    ],
)
def test_percentages_as_labels_print_them(number, supplement, food):
    """Supplements in whole percents, foods in steps of 2, 5 and 10; half a step goes up."""
    assert percent(number).on_supplement == supplement
    assert percent(number).on_food == food


def test_percentages_are_printed_beside_each_other():
    """A supplement's label and a food's, which has none for an NRV."""
    assert on_labels(percent(0.5)) == ("1 %", "0 %")
    assert on_labels(percent(0.4, kind="NRV")) == ("0 %", "")


def test_sodium_on_a_food_is_in_whole_percents_and_an_nrv_on_none():
    """Sodium has a daily reference value; the steps of the US are for a DV only."""
    assert percent(76.9, analyte="Na").on_food == 77
    nrv = percent(76.9, kind="NRV")
    assert (nrv.on_supplement, nrv.on_food) == (77, None)


@given(st.floats(0, 1e6))
def test_what_is_printed_is_within_half_a_step(number):
    """Whatever the percentage, the label is off by half a step at most."""
    each = percent(number)
    exact = each.percent.value
    assert abs(each.on_supplement - exact) <= 0.5 + 1e-6
    step = 2 if exact <= 10 else 5 if exact <= 50 else 10
    assert abs(each.on_food - exact) <= step / 2 + 1e-6


def test_the_claim_is_what_a_label_reckons_from():
    """Claimed in whatever form of the element; as filled where nothing is claimed."""
    supply = mr.Supply(CHALK, "Ca", "100 mg", overage="5 %")
    claimed = daily_percent(product(supply, label_claims={"Ca": "90 mg"}), value(), "serving")
    assert (claimed.claimed, claimed.percent.value) == (True, pytest.approx(90))
    oxide = daily_percent(product(supply, label_claims={"CaO": "100 mg"}), value(), "serving")
    assert oxide.percent.value == pytest.approx(71.47, abs=0.01)
    filled = daily_percent(product(supply, label_claims={"Mg": "90 mg"}), value(), "serving")
    assert (filled.claimed, filled.percent.value) == (False, pytest.approx(105))


def test_a_range_of_contents_is_a_range_of_percents():
    """36 to 40 % of 1 g, of 100 mg."""
    found = daily_percent(product(mr.Ingredient(POWDER, "1 g")), value(), "serving")
    assert (found.percent.low, found.percent.high) == (pytest.approx(360), pytest.approx(400))


def test_a_dv_is_of_a_serving_and_an_nrv_of_a_day():
    """Two servings a day double the one and not the other; unsaid, the day is not known."""
    supply = mr.Supply(CHALK, "Ca", "100 mg")
    twice = product(supply, servings_per_day=2)
    assert daily_percent(twice, value(), "serving").percent.value == pytest.approx(100)
    nrv = daily_percent(twice, value(kind="NRV"), "serving")
    assert (nrv.per, nrv.percent.value) == ("day", pytest.approx(200))
    unsaid = daily_percent(product(supply), value(kind="NRV"), "serving")
    assert (unsaid.amount, unsaid.percent, unsaid.on_supplement, unsaid.on_food) == (None, None, None, None)
    assert "not said" in unsaid.note
    both = daily_percent(
        product(supply, servings_per_day=2, label_claims={"Ca": "90 mg"}), value(kind="NRV"), "serving"
    )
    assert both.percent.value == pytest.approx(180)


def test_what_is_not_known_has_no_percentage():
    """Neither a content that nothing tells nor a value that was not set."""
    analysis = mr.Analysis({"Mg": "1 mg"}, per="100 g")
    unknown = daily_percent(analysis, value(), "100 g")
    assert (unknown.percent, unknown.amount) == (None, None)
    assert "not known" in unknown.note
    unset = daily_percent(analysis, value("", analyte="Mg", status="not set"), "100 g")
    assert (unset.percent, unset.on_supplement, unset.on_food) == (None, None, None)


@pytest.mark.parametrize(
    ("claim", "us", "eu"),
    [
        ("360 mg", "within", "within"),
        ("361 mg", "undecided", "within"),
        ("401 mg", "below", "within"),
        ("451 mg", "below", "undecided"),
        ("501 mg", "below", "below"),
        ("275 mg", "within", "undecided"),
        ("248 mg", "within", "above"),
    ],
)
def test_claims_are_held_against_the_bounds_of_contents(claim, us, eu):
    """360 to 400 mg filled: the low end against the least, the high end against the most."""
    found = label_checks(product(mr.Ingredient(POWDER, "1 g"), label_claims={"Ca": claim}))
    assert [each.verdict for each in found] == [us, eu]
    assert [each.tolerance for each in found] == list(TOLERANCES)


def test_only_minerals_are_held_against_tolerances_of_minerals():
    """A claim of an acid is none; one of an ion or an oxide is."""
    claims = {"malic acid": "1 g", "CaO": "1 g", "Ca2+": "1 g"}
    found = label_checks(product(mr.Ingredient(CHALK, "1 g"), label_claims=claims))
    assert len({each.name for each in found}) == 2
    assert len(found) == 4


def test_a_claim_of_what_nothing_tells_is_undecided():
    """The content is not known, and so is whether it keeps the claim."""
    found = label_checks(product(mr.Ingredient(POWDER, "1 g"), label_claims={"Mg": "1 mg"}))
    assert [each.verdict for each in found] == ["undecided", "undecided"]
    assert all(each.notes for each in found)


def test_a_tolerance_is_not_applied_to_what_it_is_not_for():
    """A food of nature is neither class I nor a supplement; an enriched food is no supplement."""
    for counts, verdicts in (
        (["natural_food"], ["not applied", "not applied"]),
        (["added_to_food"], ["within", "not applied"]),
    ):
        made = product(mr.Ingredient(CHALK, "1 g"), label_claims={"Ca": "300 mg"}, counts=counts)
        found = label_checks(made)
        assert [each.verdict for each in found] == verdicts
        assert all(bool(each.notes) == (each.verdict == "not applied") for each in found)


def test_tolerances_say_their_limits():
    """In percents of the claim, with one end or two."""
    assert [each.limits for each in TOLERANCES] == ["at least 100 % of the claim", "80 to 145 % of the claim"]
    assert all(each.citation and each.note and math.isfinite(each.lower) for each in TOLERANCES)
