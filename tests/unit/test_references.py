"""Reference values: how one is made, for whom it is, and what an intake is beside it."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mineral_ratio as mr
from mineral_ratio.checks.references import (
    PLUGINS,
    ReferenceValue,
    references,
    references_for,
)
from mineral_ratio.mixtures.intakes import CONDITIONS, PARTS, LifeStage

WOMAN, MAN = LifeStage("female", 31), LifeStage("male", 40)
YEAST = mr.Material(name="yeast", declared={"Se": "2000 to 2500 mg/kg"})
CITRATE = mr.Compound("house citrate", ions="3 Mg2+, 2 citrate")


def limit(printed="350", unit="mg/day", kind="UL", analyte="Mg", **more) -> ReferenceValue:
    """A limit of an authority that there is not."""
    return ReferenceValue("HOUSE", "2026", analyte, kind, printed, unit, **more)


def diet(amount="420 mg", *, counts=("natural_food",), per="day") -> mr.Analysis:
    """A day's magnesium."""
    return mr.Analysis({"Mg": amount}, per=per, counts=counts)


def one(person, analyte, authority, kind):
    """The one value for a person."""
    (found,) = [
        each
        for each in references_for(person, authority)
        if (str(each.analyte), each.kind) == (analyte, kind)
    ]
    return found


@pytest.fixture(autouse=True)
def _no_plugins(monkeypatch):
    """The bundled values alone."""
    monkeypatch.setitem(PLUGINS.__dict__, "shelves", ())


@pytest.mark.parametrize(
    ("unit", "value"), [("g/day", 2.5), ("mg/day", 0.0025), ("µg/day", 2.5e-6), ("µg/kg bw/day", 2.5e-6)]
)
def test_a_value_is_kept_in_grams(unit, value):
    """The number as printed, in whatever unit, is grams inside."""
    made = limit("2.5", unit)
    assert made.value == value
    assert made.amount == f"2.5 {unit}"
    assert made.per_kg == ("bw" in unit)


@pytest.mark.parametrize(
    ("printed", "more"),
    [
        ("", {}),
        ("0", {}),
        ("-1", {}),
        ("ND", {}),
        ("350", {"status": "not set"}),
        ("350", {"status": "unread"}),
        ("350", {"status": "gone"}),
        ("350", {"unit": "mg"}),
        ("350", {"unit": ""}),
        ("350", {"analyte": "unobtainium"}),
        ("350", {"counts": ["tea"]}),
        ("350", {"sex": "both"}),
    ],
)
def test_a_value_that_is_none_is_refused(printed, more):
    """Number, unit and status go together, and every word is a known one."""
    with pytest.raises(mr.MineralRatioError):
        limit(printed, **more)


def test_a_value_travels():
    """It pickles, copies and hashes."""
    made = limit()
    assert pickle.loads(pickle.dumps(made)) == copy.deepcopy(made) == made
    assert len({made, copy.copy(made)}) == 1


def test_what_is_not_to_be_exceeded_is_told_by_the_kind_or_the_value():
    """An upper level is one; a recommendation is none; another kind may say so of itself."""
    assert limit().upper
    assert not limit(kind="RDA").upper
    assert limit(kind="house ceiling", upper=True).upper


@pytest.mark.parametrize(
    ("reference", "group"),
    [
        (limit(), ""),
        (
            limit(sex="female", age_from=19.0, age_to=31.0, condition="pregnant"),
            "female, 19 to under 31 years, pregnant",
        ),
        (limit(age_from=0.5), "from 0.5 years"),
    ],
)
def test_a_value_says_whom_it_is_for(reference, group):
    """Sex, ages and condition in words."""
    assert reference.group == group


def test_the_bundled_values_are_those_of_the_table():
    """Read once, each with its authority, and superseded only where the authority replaced it."""
    every = references()
    assert references() is every
    assert {each.authority for each in every} == {"NASEM", "FDA", "EU", "EFSA"}
    assert {each.edition for each in every if each.superseded} == {"21 CFR 101.9 (pre-2016)"}
    assert all((each.value is None) == (each.status != "set") for each in every)


@pytest.mark.parametrize(
    ("person", "rda"),
    [
        (WOMAN, "320"),
        (LifeStage("female", 30.99), "310"),
        (LifeStage("female", 31, "pregnant"), "360"),
        (LifeStage("female", 31, "lactating"), "320"),
        (MAN, "420"),
        (LifeStage("male", 8), "130"),
        (LifeStage("male", 9), "240"),
        (LifeStage("female", 71), "320"),
    ],
)
def test_a_value_is_chosen_by_sex_age_and_condition(person, rda):
    """NASEM's RDA of magnesium; the upper end of an age range is no longer of the group."""
    assert one(person, "Mg", "NASEM", "RDA").printed == rda


@given(
    sex=st.sampled_from(["female", "male"]),
    age=st.floats(0, 120),
    condition=st.sampled_from(["", *CONDITIONS]),
)
def test_at_most_one_value_of_a_kind_is_for_a_person(sex, age, condition):
    """A person finds one value of a nutrient, kind and edition, unless several conditions are named."""
    person = LifeStage(sex, age, condition if sex == "female" else "")
    seen: dict[tuple, list] = {}
    for each in references_for(person):
        seen.setdefault((each.authority, each.edition, each.analyte, each.kind), []).append(each)
    for found in seen.values():
        assert len({each.condition for each in found}) == len(found)
        assert len(found) == 1 or all(each.condition for each in found)


def test_groups_that_a_person_may_be_in_are_all_shown():
    """Of a woman of whom nothing is said both menopausal groups are shown; of a man neither."""

    def shown(*person):
        return {
            each.condition
            for each in references_for(LifeStage(*person), "EFSA")
            if (str(each.analyte), each.kind) == ("Fe", "PRI")
        }

    assert shown("female", 45) == {"premenopausal", "postmenopausal"}
    assert shown("female", 45, "premenopausal") == {"premenopausal"}
    assert shown("female", 45, "pregnant") == {"pregnant"}
    assert shown("male", 45) == {""}


def test_what_the_table_has_no_row_for_is_told_of_the_age_group():
    """The label values of the EU have none for pregnant women: the general one is shown, with a note."""
    person = LifeStage("female", 31, "pregnant")
    check = one(person, "Mg", "EU", "NRV").check(diet(), person)
    assert any("no row of this kind for pregnant" in note for note in check.notes)
    assert not any("no row" in note for note in one(person, "Mg", "NASEM", "UL").check(diet(), person).notes)


def test_menopause_is_no_note_where_no_value_goes_by_it():
    """A value for all women is a premenopausal woman's own."""
    for each in references_for(mr.LifeStage("female", 31, "premenopausal"), "EFSA"):
        found = each.check(mr.Analysis({"Mg": "1 mg", "Fe": "1 mg"}, per="day", counts="natural_food"))
        assert "of the age group" not in " ".join(found.notes)


def test_a_pregnant_woman_is_before_menopause():
    """Of the two groups only that one may be hers."""
    values = references_for(mr.LifeStage("female", 31, "pregnant"), "EFSA")
    assert "postmenopausal" not in {each.condition for each in values}


def test_without_a_person_only_label_values_of_adults_are_there():
    """Whose value it would be is not guessed."""
    found = references_for(None)
    assert {each.kind for each in found} == {"DV", "NRV"}
    assert {(each.age_from, each.age_to, each.condition) for each in found} == {
        (4.0, None, ""),
        (18.0, None, ""),
    }


def test_superseded_editions_are_there_when_they_are_asked_for():
    """The values before 2016 are not used, and can be."""
    old = references_for(MAN, "FDA", "21 CFR 101.9 (pre-2016)")
    assert {str(each.analyte): each.printed for each in old}["Ca"] == "1000"
    assert not any(each.superseded for each in references_for(MAN))


@pytest.mark.parametrize(("argument", "name"), [("authorities", "EFFSA"), ("editions", "2099")])
def test_an_unknown_authority_or_edition_is_refused(argument, name):
    """With what comes close, or all that there are."""
    with pytest.raises(mr.NotFoundError) as caught:
        references_for(MAN, **{argument: name})
    assert caught.value.name == name
    assert caught.value.suggestions


@pytest.mark.parametrize(
    ("amount", "verdict", "share"),
    [("349 mg", "below", 0.997), ("350 mg", "reached", 1.0), ("351 mg", "above", 1.003)],
)
def test_an_intake_is_below_at_or_above(amount, verdict, share):
    """Equality is an answer of its own."""
    check = limit().check(diet(amount))
    assert check.verdict == verdict
    assert check.share == pytest.approx(share, abs=0.001)
    assert (check.failed, check.open) == (verdict == "above", False)


def test_above_a_recommendation_fails_nothing():
    """Only what is not to be exceeded can be."""
    assert not limit(kind="RDA").check(diet("1 g")).failed


def test_servings_a_day_are_counted():
    """Half the limit three times a day is above it."""
    product = mr.Product("test", [mr.Supply(CITRATE, "Mg", "175 mg")], servings_per_day=3)
    check = limit(counts="supplement").check(product)
    assert (check.verdict, check.share) == ("above", pytest.approx(1.5))


def test_a_daily_limit_without_servings_per_day_is_not_judged():
    """What is taken in a day is not guessed, nor from an analysis per litre."""
    product = mr.Product("test", [mr.Supply(CITRATE, "Mg", "1 g")])
    for subject in (product, diet(per="L")):
        check = limit().check(subject)
        assert (check.verdict, check.intake, check.share) == ("not judged", None, None)
        assert "what is taken in a day is not said" in check.notes


def test_an_intake_that_does_not_say_what_it_counts_is_not_judged():
    """No part is taken for granted."""
    check = limit().check(diet(counts=()))
    assert check.verdict == "not judged"
    assert "not said" in check.notes[0]


def test_a_limit_that_counts_nothing_of_an_intake_is_not_applied():
    """A limit on supplements says nothing of food."""
    check = limit(counts=["supplement", "medicine"]).check(diet("10 g"))
    assert (check.verdict, check.failed, check.share) == ("not applied", False, None)
    assert check.notes == ("it counts supplement and medicine only, and this is natural food",)


def test_a_part_that_is_not_known_is_undecided_unless_all_of_it_is_below():
    """A limit on added magnesium beside a diet of food and water together."""
    added = limit("250", counts=["added_to_food", "water", "supplement"])
    mixed = {"counts": ["natural_food", "added_to_food", "water"]}
    check = added.check(diet("420 mg", **mixed))
    assert (check.verdict, check.intake, check.share, check.open) == ("undecided", None, None, True)
    assert "how much that is of the 420.0 mg of this intake is not known" in check.notes[0]
    assert added.check(diet("249 mg", **mixed)).verdict == "below"


def test_a_limit_on_all_parts_says_that_a_supplement_is_alone():
    """What else the limit counts and the intake is not, is named."""
    product = mr.Product("test", [mr.Supply(CITRATE, "Mg", "100 mg")], servings_per_day=1)
    (note,) = limit().check(product).notes
    assert note == "alone, without the rest of the diet: natural food, added to food, water and medicine"
    assert limit().check(diet(counts=PARTS)).notes == ()


def test_a_range_that_straddles_a_limit_is_undecided():
    """The high end is held against the limit: 20 to 25 µg around 22 µg."""
    product = mr.Product("test", [mr.Ingredient(YEAST, "10 mg")], servings_per_day=1)
    for printed, verdict in (("19", "above"), ("22", "undecided"), ("26", "below")):
        check = limit(printed, "µg/day", analyte="Se").check(product)
        assert check.verdict == verdict
        assert check.open == (verdict == "undecided")
    assert check.intake.low == pytest.approx(20e-6)
    assert check.intake.high == pytest.approx(25e-6)


def test_what_an_ingredient_does_not_tell_leaves_room():
    """Selenium of yeast that declares none may be anything, which is said."""
    product = mr.Product(
        "test",
        [
            mr.Ingredient(YEAST, "1 mg"),
            mr.Ingredient(mr.Material(name="bran", declared={"Fe": "1 %"}), "1 g"),
        ],
        servings_per_day=1,
    )
    check = limit("22", "µg/day", analyte="Se").check(product)
    assert check.verdict == "undecided"
    assert "how much there is in bran is not known" in check.notes[0]


def test_what_nothing_tells_is_not_judged():
    """An analysis without the nutrient."""
    check = limit(analyte="Zn").check(diet())
    assert check.verdict == "not judged"
    assert "not known" in check.notes[0]


def test_not_set_is_never_no_limit():
    """The verdict is that none was set, whatever the intake."""
    check = limit("", status="not set").check(diet("1 kg"))
    assert (check.verdict, check.failed, check.open, check.share) == ("not set", False, False, None)
    assert "not set is not the same as no limit" in check.notes
    assert check.reference.amount == "not set"


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        (limit("", status="unread"), "could not be read"),
        (limit("0.07", "mg/kg bw/day", kind="ADI"), "body weight"),
        (limit("1.6", kind="PRI increment"), "added to another value"),
    ],
)
def test_what_does_not_compare_is_not_judged(reference, reason):
    """Figures that could not be read, are for each kg, or are added to others."""
    check = reference.check(diet())
    assert (check.verdict, check.share) == ("not judged", None)
    assert any(reason in note for note in check.notes)


def test_a_check_says_itself():
    """Nutrient, authority, kind, amount, verdict and share; no share where there is none."""
    assert str(limit().check(diet("500 mg"))) == "Mg, HOUSE UL 350 mg/day: above (143 %)"
    assert str(limit(counts="water").check(diet())) == "Mg, HOUSE UL 350 mg/day: not applied"
    assert "not set" in str(limit("", status="not set").check(diet()))
