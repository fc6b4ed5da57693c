"""Every field of what a label, a claim and a reference value are answered with, notes to the letter."""

from __future__ import annotations

import pytest

import mineral_ratio as mr
from mineral_ratio.checks.labels import TOLERANCES, daily_percent, label_checks
from mineral_ratio.substances.ranges import Interval

POWDER = mr.Material(name="powder", declared={"Ca": "36 to 40 %"})
BRAN = mr.Material(name="bran", declared={"Mg": "0 to 1 %"})
SUPPLEMENT = {"counts": "supplement", "servings_per_day": 2}


def value(kind="DV", analyte="Ca", **settings) -> mr.ReferenceValue:
    """A value of 500 mg a day."""
    return mr.ReferenceValue("A", "2026", analyte, kind, "500", "mg/day", **settings)


def product(*ingredients, **settings) -> mr.Product:
    """A product with 1 g of a powder of calcium, and more."""
    return mr.Product("test", [mr.Ingredient(POWDER, "1 g"), *ingredients], **settings)


def test_a_percentage_says_what_it_is_of():
    """What is claimed has one figure, what is filled its bounds; a day holds all its servings."""
    serving = daily_percent(product(), value(), "serving")
    assert (serving.per, serving.claimed, serving.note) == ("serving", False, "")
    assert serving.amount == Interval(pytest.approx(0.38), pytest.approx(0.36), pytest.approx(0.4))
    day = daily_percent(product(servings_per_day=3), value("NRV"), "serving")
    assert (day.per, day.claimed) == ("day", False)
    assert day.amount == Interval(pytest.approx(1.14), pytest.approx(1.08), pytest.approx(1.2))
    claimed = daily_percent(
        product(servings_per_day=3, label_claims={"Ca": "0.4 g"}), value("NRV"), "serving"
    )
    assert (claimed.per, claimed.claimed) == ("day", True)
    assert claimed.amount == Interval(*[pytest.approx(1.2)] * 3)


def test_a_percentage_that_is_not_there_says_why():
    """Where the day is not said, and where the content is not known; each is of what was asked for."""
    unsaid = daily_percent(product(), value("NRV"), "serving")
    assert (unsaid.per, unsaid.amount, unsaid.claimed) == ("day", None, False)
    assert unsaid.note == "what is taken in a day is not said"
    unknown = daily_percent(product(), value(analyte="Zn"), "serving")
    assert (unknown.per, unknown.amount, unknown.claimed) == ("serving", None, False)
    reason = "the content of Zn in powder is not known: it is not stated, and no formula gives it"
    assert unknown.note == reason


def test_a_claim_that_is_held_against_a_tolerance_says_what_was_compared():
    """The analyte, the claim and what is filled; where it is for something else, a note says for what."""
    us, eu = label_checks(product(label_claims={"CaO": "500 mg"}, counts="added_to_food"))
    assert (us.tolerance, us.name, us.claimed, us.verdict, us.notes) == (
        TOLERANCES[0],
        "CaO",
        0.5,
        "within",
        (),
    )
    assert (
        us.filled == eu.filled == Interval(*[pytest.approx(1.39919 * x, rel=1e-5) for x in (0.38, 0.36, 0.4)])
    )
    assert (eu.tolerance, eu.verdict) == (TOLERANCES[1], "not applied")
    assert eu.notes == ("it is for supplement, and this is added to food",)
    us, eu = label_checks(product(label_claims={"Zn": "1 mg"}, counts="natural_food"))
    reason = "the content of Zn in powder is not known: it is not stated, and no formula gives it"
    assert us.notes == (reason, "it is for added to food and supplement, and this is natural food")
    assert (us.verdict, us.filled) == ("not applied", None)


@pytest.mark.parametrize(
    ("grams", "food"), [(0.05, 10), (0.055, 10), (0.0524, 10), (0.25, 50), (0.2749, 50), (0.276, 60)]
)
def test_the_steps_of_a_food_label_end_at_ten_and_at_fifty_percent(grams, food):
    """11 percent are above 10 and go to the next five, 55.2 are above 50 and go to the next ten."""
    held = mr.Analysis({"Ca": f"{grams} g"}, per="serving")
    assert daily_percent(held, value(), "serving").on_food == food


def test_the_limits_of_a_tolerance_are_told_in_percent():
    """With both ends, or with the lower one alone."""
    assert [each.limits for each in TOLERANCES] == [
        *("at least 100 % of the claim", "80 to 145 % of the claim"),
    ]


@pytest.mark.parametrize(
    ("settings", "reference", "verdict", "notes"),
    [
        (
            SUPPLEMENT,
            value("UL"),
            "above",
            ("alone, without the rest of the diet: natural food, added to food, water and medicine",),
        ),
        (SUPPLEMENT, value("UL", counts="supplement"), "above", ()),
        (SUPPLEMENT, value("UL", counts=["supplement", "water"]), "above", ("alone, without water",)),
        (
            SUPPLEMENT,
            mr.ReferenceValue("A", "2026", "Ca", "UL", "", "mg/day", status="unread"),
            "not judged",
            ("the figure could not be read",),
        ),
        (
            SUPPLEMENT,
            mr.ReferenceValue("A", "2026", "Ca", "UL", "", "mg/day", status="not set"),
            "not set",
            ("not set is not the same as no limit",),
        ),
        (
            SUPPLEMENT,
            mr.ReferenceValue("A", "2026", "Ca", "UL", "5", "mg/kg bw/day"),
            "not judged",
            ("for each kg of body weight, which is not said",),
        ),
        (SUPPLEMENT, value("AI increment"), "not judged", ("added to another value, and none by itself",)),
        (
            SUPPLEMENT,
            value("UL", counts="water"),
            "not applied",
            ("it counts water only, and this is supplement",),
        ),
        ({"counts": "supplement"}, value("UL"), "not judged", ("what is taken in a day is not said",)),
        (
            SUPPLEMENT,
            value("UL", "Zn"),
            "not judged",
            ("the content of Zn in powder is not known: it is not stated, and no formula gives it",),
        ),
    ],
)
def test_a_reference_value_says_why_it_is_judged_so(settings, reference, verdict, notes):
    """What is not counted, not said or not known is told in a sentence each."""
    found = reference.check(product(**settings))
    assert (found.verdict, found.notes) == (verdict, notes)


def test_an_intake_that_is_counted_in_part_only_may_be_none_or_all_of_it():
    """A limit on supplements, for what is a supplement and food: undecided, with how much there is."""
    mixed = product(counts=["supplement", "natural_food"], servings_per_day=2)
    found = value("UL", counts="supplement").check(mixed)
    assert (found.verdict, found.intake) == ("undecided", None)
    assert found.notes == (
        "it counts supplement only; how much that is of the 760.0 mg of this intake is not known",
    )
    assert found.share is None
    small = mr.ReferenceValue("A", "2026", "Ca", "UL", "2", "g/day", counts="supplement").check(mixed)
    assert small.verdict == "below"


def test_a_range_about_a_value_has_a_share_and_no_verdict():
    """0.72 to 0.8 g about 0.75 g: the share is that of the figure to work with."""
    limit = mr.ReferenceValue("A", "2026", "Ca", "UL", "750", "mg/day", counts="supplement")
    found = limit.check(product(**SUPPLEMENT))
    assert (found.verdict, found.open, found.failed) == ("undecided", True, False)
    assert found.share == pytest.approx(0.76 / 0.75)


@pytest.mark.parametrize(("settings", "kind"), [({"sex": "x"}, "sex"), ({"status": "x"}, "status")])
def test_what_is_none_of_the_words_is_answered_with_all(settings, kind):
    """The error says what was looked for, and names every word."""
    with pytest.raises(mr.NotFoundError) as caught:
        value("UL", **settings)
    words = {"sex": ("any", "female", "male"), "status": ("set", "not set", "unread")}
    assert caught.value.args[:3] == ("x", kind, words[kind])


def test_a_row_for_another_condition_says_so():
    """For who is pregnant, a value of the age group is noted as one; for no one in particular it is not."""
    pregnant = mr.LifeStage("female", 31, "pregnant")
    told = "of the age group: the table has no row of this kind for pregnant"
    everything = {"counts": ["natural_food", "added_to_food", "water", "supplement", "medicine"]}
    made = product(**SUPPLEMENT | everything)
    assert value("UL").check(made, pregnant).notes == (told,)
    assert value("UL", condition="pregnant").check(made, pregnant).notes == ()
    assert value("UL").check(made, mr.LifeStage("female", 31)).notes == ()
    lactating = mr.LifeStage("female", 31, "lactating")
    assert value("UL").check(made, lactating).notes == (told.replace("pregnant", "lactating"),)
    assert value("UL").check(made).notes == ()


def test_what_may_hold_more_is_allowed_for():
    """Bran that states no calcium may hold some: the range ends higher, and a note names it."""
    found = value("UL", counts="supplement").check(product(mr.Ingredient(BRAN, "1 g"), **SUPPLEMENT))
    assert found.notes == ("how much there is in bran is not known; the range allows for it",)
    assert found.intake.value == pytest.approx(0.76)
    assert found.intake.low == pytest.approx(0.72)
    assert found.intake.high == pytest.approx(2 * (0.4 + 1.0), rel=0.02)


def test_a_check_is_told_in_a_line():
    """The analyte, whose value it is, the figure, the verdict, and the share where the two compare."""
    made = product(**SUPPLEMENT)
    assert str(value("UL").check(made)) == "Ca, A UL 500 mg/day: above (152 %)"
    assert str(value("UL", "Zn").check(made)) == "Zn, A UL 500 mg/day: not judged"


@pytest.mark.parametrize(
    ("settings", "group"),
    [
        ({}, ""),
        ({"sex": "female"}, "female"),
        ({"age_from": 19}, "from 19 years"),
        ({"age_from": 0.5, "age_to": 1, "sex": "male"}, "male, 0.5 to under 1 years"),
        ({"age_from": 19, "age_to": 31, "condition": "lactating"}, "19 to under 31 years, lactating"),
        ({"age_to": 31}, ""),
    ],
)
def test_a_group_is_told_by_sex_age_and_condition(settings, group):
    """What is not said of it is left out."""
    assert value("UL", **settings).group == group


@pytest.mark.parametrize(
    ("settings", "fits"),
    [
        ({}, True),
        ({"sex": "female"}, True),
        ({"sex": "male"}, False),
        ({"age_from": 31}, True),
        ({"age_from": 31.5}, False),
        ({"age_to": 31}, False),
        ({"age_to": 31.5}, True),
        ({"condition": "pregnant"}, False),
        ({"condition": "premenopausal"}, True),
        ({"condition": "postmenopausal"}, True),
    ],
)
def test_a_value_fits_a_woman_of_31(settings, fits):
    """The group begins with its first age and ends before its last; menopause is not said."""
    assert value("UL", **settings).fits(mr.LifeStage("female", 31)) is fits


def test_a_value_for_one_side_of_menopause_is_not_for_the_other():
    """Who is after it has the values for that, and not those for before it."""
    after = mr.LifeStage("female", 55, "postmenopausal")
    assert value("UL", condition="postmenopausal").fits(after)
    assert not value("UL", condition="premenopausal").fits(after)


def test_an_intake_of_which_the_parts_are_not_said_is_not_judged():
    """Nothing says whether the value counts it."""
    found = value("UL").check(mr.Analysis({"Ca": "1 g"}, per="day"))
    assert (found.verdict, found.intake) == ("not judged", None)
    assert found.notes == ("which parts of an intake this counts is not said",)
