"""Intakes: their parts and life stages as they are read, and what is refused."""

from __future__ import annotations

import pytest

import mineral_ratio as mr
from mineral_ratio.mixtures.intakes import PARTS, LifeStage, read_parts, spoken_parts


def test_parts_are_read_from_one_name_or_several():
    """A text is one name; several may be any collection; none is none."""
    assert read_parts("water") == {"water"}
    assert read_parts(["water", "supplement"]) == frozenset({"supplement", "water"})
    assert read_parts(()) == frozenset()
    assert read_parts(PARTS) == set(PARTS)


@pytest.mark.parametrize("value", ["food", ["water", "tea"], [1], [None]])
def test_an_unknown_part_is_refused_with_the_known_ones(value):
    """Only the five names are taken."""
    with pytest.raises(mr.NotFoundError, match="natural_food"):
        read_parts(value)


@pytest.mark.parametrize("value", [None, 3])
def test_what_is_no_collection_is_refused(value):
    """A number or nothing is no set of parts."""
    with pytest.raises(mr.UnitError, match="told by names"):
        read_parts(value)


def test_parts_are_spoken_in_one_order():
    """One, two and three of them as words."""
    assert spoken_parts(["water"]) == "water"
    assert spoken_parts(["supplement", "water"]) == "water and supplement"
    assert spoken_parts(["medicine", "natural_food", "added_to_food"]) == (
        "natural food, added to food and medicine"
    )
    assert spoken_parts([]) == ""


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("female 31", LifeStage("female", 31)),
        ("  male  0.5 ", LifeStage("male", 0.5)),
        ("female 31 pregnant", LifeStage("female", 31, "pregnant")),
    ],
)
def test_a_life_stage_is_read_from_text(text, stage):
    """Sex, age and a condition, with spaces between them."""
    assert LifeStage.parse(text) == stage


@pytest.mark.parametrize("text", ["", "female", "31 female", "female x", "female 31 well now", "female nan"])
def test_a_text_of_another_form_is_refused(text):
    """Missing, swapped and surplus words, and ages that are no number."""
    with pytest.raises(mr.MineralRatioError):
        LifeStage.parse(text)


@pytest.mark.parametrize(
    "arguments",
    [
        ("woman", 31),
        ("", 31),
        ("female", -1),
        ("female", 151),
        ("female", float("nan")),
        ("female", True),
        ("female", "31"),
        ("female", None),
        ("female", 31, "pregant"),
        ("male", 31, "pregnant"),
        ([], 31),
    ],
)
def test_a_life_stage_that_nobody_has_is_refused(arguments):
    """Unknown words, impossible ages and a condition of the other sex."""
    with pytest.raises((mr.NotFoundError, mr.UnitError)):
        LifeStage(*arguments)


def test_a_life_stage_says_itself():
    """All that is known of it is in its text."""
    assert str(LifeStage("male", 0.5)) == "male, 0.5 years"
    assert str(LifeStage("female", 31, "lactating")) == "female, 31 years, lactating"


def test_a_product_and_an_analysis_say_what_they_count():
    """A product is a supplement unless it says otherwise; an analysis counts nothing that it does not say."""
    chalk = mr.Ingredient(mr.Compound("chalk", formula="CaCO3"), "1 g")
    product = mr.Product("test", [chalk])
    assert (product.counts, product.per_day) == ({"supplement"}, None)
    food = mr.Product("test", [chalk], counts=["natural_food"], servings_per_day=2)
    assert (food.counts, food.per_day) == ({"natural_food"}, 2.0)
    diet = mr.Analysis({"Ca": "1 g"}, per="day", counts="natural_food")
    assert (diet.counts, diet.per_day) == ({"natural_food"}, 1.0)
    water = mr.Analysis({"Ca": "1 g"}, per="L")
    assert (water.counts, water.per_day) == (frozenset(), None)
    blend = mr.Blend([chalk])
    assert (blend.counts, blend.per_day) == (frozenset(), None)
    assert food != mr.Product("test", [chalk], servings_per_day=2)
    with pytest.raises(TypeError):
        mr.Product("test", [chalk], person="female 31")
