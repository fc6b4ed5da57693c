"""Indices and the rules on them: units, what they are per, what they need, and each verdict."""

from __future__ import annotations

import copy
import math
import pickle

import pytest

import mineral_ratio as mr
from mineral_ratio.checks.index_rules import IndexCheck, IndexRule, index_rule, index_rules
from mineral_ratio.checks.indices import (
    Index,
    dcad,
    grass_tetany_ratio,
    hardness,
    phytate_calcium_zinc,
    residual_alkalinity,
    sodium_adsorption_ratio,
)

WATER = mr.Analysis(
    {"Na": "230 mg/L", "Ca": "80 mg/L", "Mg": "24.3 mg/L", "bicarbonate": "4 mEq/L"},
    per="L",
    name="well",
    scope="water",
)
HAY = mr.Analysis(
    {"Na": "0.02 %", "K": "2.2 %", "Cl": "0.6 %", "S": "0.2 %"},
    per="kg dry matter",
    name="hay",
    scope="ration",
)
DIET = mr.Analysis({"phytic acid": "660 mg", "Ca": "1 g", "Zn": "10 mg"}, per="day", scope="total diet")
SALT = mr.Compound("salt", ions="1 Na+, 1 chloride")
EPSOM = mr.Compound("epsom salt", ions="1 Mg2+, 1 sulfate", water=7)
POTASH = mr.Compound("potassium chloride", ions="1 K+, 1 chloride")


def rule(index="dcad", unit="mEq/kg", **settings) -> IndexRule:
    """A rule on an index, of low evidence."""
    given = {"scope": "ration", "evidence": "low", "citation": "a test"} | settings
    return IndexRule("test-rule", index, unit, **given)


# -- an index


def test_an_index_says_its_unit():
    """An index prints its value with its unit, and a ratio of equivalents with none."""
    assert str(Index("x", -125.0, -150.0, -100.0, "mEq/kg")) == "-125 mEq/kg"
    assert str(Index("x", 2.4, 2.4, 2.4, "")) == "2.40"
    assert str(Index("x", 0.0, 0.0, 0.0, "mmol/L")) == "0.00 mmol/L"


def test_indices_are_values():
    """Indices compare by their figures, hash, copy and pickle."""
    first, again = dcad(HAY), dcad(HAY)
    assert first == again
    assert len({first, again}) == 1
    assert pickle.loads(pickle.dumps(first)) == first == copy.deepcopy(first)
    assert first != dcad(HAY, unit="mEq/100 g")
    with pytest.raises(AttributeError):
        first.value = 3.0


@pytest.mark.parametrize(
    "index",
    [
        dcad(HAY),
        sodium_adsorption_ratio(WATER),
        grass_tetany_ratio(mr.Analysis({"K": "3 %", "Ca": "1 %", "Mg": "1 %"}, per="kg")),
        phytate_calcium_zinc(DIET),
        hardness(WATER),
        residual_alkalinity(WATER),
    ],
    ids=lambda index: index.name,
)
def test_every_index_says_how_it_was_made(index):
    """Each has its formula's source and the statements that it rests on; a point where those are points."""
    assert index.citation
    assert any("stated" in note for note in index.notes)
    assert len(set(index.notes)) == len(index.notes)
    assert index.low == index.value == index.high


# -- DCAD


def test_dcad_is_per_kilogram_or_per_hundred_grams():
    """Per 100 g is a tenth of per kg, and each says which it is."""
    whole, tenth = dcad(HAY), dcad(HAY, unit="mEq/100 g")
    assert whole.value == pytest.approx(10.0 * tenth.value)
    assert (whole.unit, tenth.unit) == ("mEq/kg", "mEq/100 g")


def test_dcad_without_sulfur_is_another_formula():
    """The 3-ion formula leaves sulfur out, needs none, and has a name of its own."""
    bare = mr.Analysis({"Na": "0.02 %", "K": "2.2 %", "Cl": "0.6 %"}, per="kg")
    three = dcad(bare, formula="3-ion")
    assert three == dcad(HAY, formula="3-ion")
    assert three.name == "DCAD (Na+K)-Cl"
    assert three.value - dcad(HAY).value == pytest.approx(2.0 / 32.06 * 1000 * 2, rel=1e-3)
    with pytest.raises(mr.UnknownContentError, match="S in"):
        dcad(bare)


def test_dcad_of_a_blend_is_per_its_own_mass():
    """A salt of one charge has none left over; sulfate weighs in without its magnesium."""
    assert dcad(mr.Blend([mr.Ingredient(SALT, "5 g")])).value == pytest.approx(0.0, abs=1e-9)
    epsom = dcad(mr.Blend([mr.Ingredient(EPSOM, "5 g")]))
    assert epsom.value == pytest.approx(-2.0 / 246.47 * 1e6, rel=1e-4)
    product = mr.Product("feed", [mr.Ingredient(EPSOM, "5 g")])
    assert dcad(product) == epsom


def test_dcad_has_the_bounds_of_its_causes():
    """One lot that gives both sides moves as one: its bounds are those of the assay, not of both ends."""
    lot = mr.Material(POTASH, assay=mr.Assay("90 to 98 %", of="KCl"))
    assert dcad(mr.Blend([mr.Ingredient(lot, "1 g")]), formula="3-ion").value == pytest.approx(0.0, abs=1e-9)
    lot = mr.Material(EPSOM, assay=mr.Assay("90 to 98 %", of="MgSO4.7H2O"))
    index = dcad(mr.Blend([mr.Ingredient(lot, "1 g")]))
    full = 2.0 / 246.47 * 1e6
    assert (index.low, index.high) == (
        pytest.approx(-0.98 * full, rel=1e-4),
        pytest.approx(-0.90 * full, rel=1e-4),
    )


@pytest.mark.parametrize(
    ("mixture", "settings", "error"),
    [
        (WATER, {}, mr.UnitError),
        (DIET, {}, mr.UnitError),
        (mr.Blend(), {}, mr.UndefinedRatioError),
        (HAY, {"formula": "5-ion"}, mr.UnitError),
        (HAY, {"formula": None}, mr.UnitError),
        (HAY, {"unit": "mEq/lb"}, mr.UnitError),
        (HAY, {"unit": 10**100}, mr.UnitError),
        ("hay", {}, mr.UnitError),
        (None, {}, mr.UnitError),
    ],
)
def test_what_has_no_dcad(mixture, settings, error):
    """What is per a litre or a day, nothing at all, and unknown formulas and units are refused."""
    with pytest.raises(error):
        dcad(mixture, **settings)


# -- waters


@pytest.mark.parametrize("index", [sodium_adsorption_ratio, hardness, residual_alkalinity])
@pytest.mark.parametrize("mixture", [HAY, DIET, mr.Blend([mr.Ingredient(SALT, "5 g")]), "water", None])
def test_what_is_no_water(index, mixture):
    """Indices of waters are of an analysis per volume only."""
    with pytest.raises(mr.UnitError, match="per L"):
        index(mixture)


@pytest.mark.parametrize("index", [sodium_adsorption_ratio, hardness, residual_alkalinity])
def test_a_missing_element_is_not_zero(index):
    """Without a statement on magnesium nothing is known."""
    with pytest.raises(mr.UnknownContentError, match="Mg"):
        index(mr.Analysis({"Na": "1 mg/L", "Ca": "1 mg/L", "bicarbonate": "1 mg/L"}, per="L"))


def test_no_calcium_and_no_magnesium():
    """Hardness is then zero, and SAR and the tetany ratio are undefined."""
    none = mr.Analysis({"Na": "1 mg/L", "K": "1 mg/L", "Ca": "0 mg/L", "Mg": "0 mg/L"}, per="L")
    assert hardness(none).value == 0.0
    with pytest.raises(mr.UndefinedRatioError, match="SAR"):
        sodium_adsorption_ratio(none)
    with pytest.raises(mr.UndefinedRatioError):
        grass_tetany_ratio(none)


@pytest.mark.parametrize("unit", ["ppm", "dH", "", None, "mg/L", 3])
def test_an_unknown_unit_of_hardness(unit):
    """A unit that is none of them is refused with those that are."""
    with pytest.raises(mr.UnitError, match="mg/L CaCO3, mmol/L"):
        hardness(WATER, unit)
    with pytest.raises(mr.UnitError, match="°dH"):
        residual_alkalinity(WATER, unit=unit)


def test_alkalinity_is_that_of_the_stated_ions():
    """Hydrogencarbonate counts one and carbonate two; what is not stated is said."""
    base = {"Ca": "0 mg/L", "Mg": "0 mg/L", "bicarbonate": "2 mmol/L"}
    plain = residual_alkalinity(mr.Analysis(base, per="L"), unit="mEq/L")
    assert plain.value == pytest.approx(2.0)
    assert "carbonate is not stated, and not counted" in plain.notes
    both = residual_alkalinity(mr.Analysis({**base, "carbonate": "1 mmol/L"}, per="L"), unit="mEq/L")
    assert both.value == pytest.approx(4.0)
    assert not any("not counted" in note for note in both.notes)
    with pytest.raises(mr.UnknownContentError, match="hydrogencarbonate"):
        residual_alkalinity(mr.Analysis({"Ca": "0 mg/L", "Mg": "0 mg/L"}, per="L"))


@pytest.mark.parametrize("alkalinity", ["200.17 mg/L", "4 mEq/L", "0.20017 g/L", "20.017 mg/dL"])
def test_alkalinity_may_be_given(alkalinity):
    """As CaCO3 or in mEq/L it stands in for the ions, and is noted."""
    given = residual_alkalinity(WATER, alkalinity=alkalinity)
    assert given.value == pytest.approx(residual_alkalinity(WATER).value, rel=1e-3)
    assert any(note.startswith("alkalinity: given as") for note in given.notes)


@pytest.mark.parametrize("alkalinity", ["120", "120 mg", "120 mg/kg", "120 ppm", "2 mmol/L", 120, "x" * 999])
def test_an_alkalinity_that_is_none(alkalinity):
    """A bare number, a mass, parts by mass, and mmol of who knows what are refused."""
    with pytest.raises(mr.UnitError, match="as CaCO3"):
        residual_alkalinity(WATER, alkalinity=alkalinity)


def test_the_weights_of_the_analysis_are_used():
    """Hardness as CaCO3 goes with the edition that the analysis reckons with."""
    heavy = mr.default_weights().replace(name="heavy", citation="a test", weights={"Ca": 80.0})
    water = mr.Analysis({"Ca": "1 mmol/L", "Mg": "0 mg/L"}, per="L", weights=heavy)
    assert hardness(water).value == pytest.approx(140.0, abs=0.1)


# -- phytate


def test_phytate_calcium_zinc_has_the_unit_of_its_amounts():
    """A product over one of its kind is no ratio: twice the diet has twice the index."""
    twice = mr.Analysis({"phytic acid": "1320 mg", "Ca": "2 g", "Zn": "20 mg"}, per="day")
    assert phytate_calcium_zinc(twice).value == pytest.approx(2.0 * phytate_calcium_zinc(DIET).value)
    assert phytate_calcium_zinc(DIET).unit == "mmol/day"
    meal = mr.Analysis({"phytic acid": "660 mg", "Ca": "1 g", "Zn": "10 mg"}, per="1000 kcal")
    assert phytate_calcium_zinc(meal).unit == "mmol/1000 kcal"


def test_what_has_no_phytate_index():
    """No analysis, no zinc and nothing stated of phytate are three different errors."""
    with pytest.raises(mr.UnitError, match="analysis"):
        phytate_calcium_zinc(mr.Blend([mr.Ingredient(SALT, "1 g")]))
    with pytest.raises(mr.UndefinedRatioError, match="no Zn"):
        phytate_calcium_zinc(mr.Analysis({"phytic acid": "1 g", "Ca": "1 g", "Zn": "0 g"}, per="day"))
    with pytest.raises(mr.UnknownContentError, match="phytic acid"):
        phytate_calcium_zinc(mr.Analysis({"Ca": "1 g", "Zn": "1 g"}, per="day"))


# -- rules


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (-150.0, -100.0, "within"),
        (-150.0, -150.0, "within"),
        (-100.0, -100.0, "within"),
        (-150.0 * (1 + 5e-10), -120.0, "within"),
        (-151.0, -150.5, "below"),
        (-99.0, 5.0, "above"),
        (-160.0, -120.0, "undecided"),
        (-120.0, -99.0, "undecided"),
    ],
)
def test_limits_below_zero_are_inclusive_too(low, high, verdict):
    """A difference has limits below zero, and rounding of the arithmetic is equality there as well."""
    assert rule(lower=-150, upper=-100).judge(Index("x", low, low, high, "mEq/kg")) == verdict


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (12.9, 12.9, "within"),
        (13.0, 13.0, "above"),
        (13.0 * (1 - 5e-10), 13.0, "above"),
        (12.9, 13.0, "undecided"),
        (12.0, 14.0, "undecided"),
    ],
)
def test_an_exclusive_limit_is_above_itself(low, high, verdict):
    """A soil is sodic from a SAR of 13 on."""
    sodic = index_rule("sar-sodic-soil")
    assert sodic.limits == "below 13"
    assert sodic.judge(mr.Index("SAR", low, low, high, "(mEq/L)^0.5")) == verdict


def test_an_exclusive_range_has_both_ends():
    """Its lower limit stays inclusive, and there has to be an upper one."""
    given = {"scope": "soil", "evidence": "low", "citation": "here", "exclusive": True}
    rule = mr.IndexRule("own", "sar", "(mEq/L)^0.5", lower=3, upper=13, **given)
    assert rule.limits == "3 to below 13"
    with pytest.raises(mr.MassBalanceError, match="no upper limit to exclude"):
        mr.IndexRule("own", "sar", "(mEq/L)^0.5", lower=3, **given)


def test_a_rule_judges_its_own_unit_only():
    """Ten times too little is what the mix-up of units would give: another unit is refused."""
    with pytest.raises(mr.UnitError, match="mEq/kg, not in mEq/100 g"):
        rule(lower=-150).judge(dcad(HAY, unit="mEq/100 g"))


def test_a_rule_on_what_it_speaks_of():
    """Grass hay is far above what a close-up ration is to be, and within that of lactation."""
    check = index_rule("dcad-close-up").check(HAY)
    assert (check.verdict, check.in_scope, check.failed, check.open, check.notes) == (
        "above",
        True,
        True,
        False,
        (),
    )
    assert check.index == dcad(HAY)
    assert index_rule("dcad-lactating").check(HAY).verdict == "within"


def test_a_rule_on_something_else_is_out_of_scope():
    """A rule of soils says so of a water, and fails nothing."""
    salty = mr.Analysis({"Na": "2.3 g/L", "Ca": "80 mg/L", "Mg": "24.3 mg/L"}, per="L", scope="water")
    check = index_rule("sar-sodic-soil").check(salty)
    assert (check.verdict, check.in_scope, check.failed, check.open) == ("above", False, False, True)
    assert check.notes == ("the rule speaks of the soil; this is a water",)
    assert index_rule("sar-irrigation-s1").check(salty).failed


@pytest.mark.parametrize(
    ("key", "mixture", "verdict", "word"),
    [
        ("dcad-close-up", WATER, "undecided", "per kg"),
        ("dcad-close-up", mr.Analysis({"Na": "1 %"}, per="kg"), "undecided", "not known"),
        ("dcad-close-up", mr.Blend(), "undefined", "there is nothing"),
        (
            "phytate-calcium-zinc-ellis-1987",
            mr.Analysis({"phytic acid": "1 g", "Ca": "1 g", "Zn": "9 mg"}, per="1000 kcal"),
            "undecided",
            "mmol/day",
        ),
    ],
)
def test_what_a_rule_cannot_judge(key, mixture, verdict, word):
    """What is per something else, unknown or nothing decides nothing, and says why."""
    check = index_rule(key).check(mixture)
    assert (check.verdict, check.failed, check.open) == (verdict, False, True)
    assert word in check.notes[-1]


@pytest.mark.parametrize(
    ("settings", "error"),
    [
        ({}, mr.MassBalanceError),
        ({"lower": -100, "upper": -150}, mr.MassBalanceError),
        ({"upper": math.nan}, mr.UnitError),
        ({"upper": -math.inf}, mr.UnitError),
        ({"lower": "-150"}, mr.UnitError),
        ({"lower": True}, mr.UnitError),
        ({"lower": -(10**400)}, mr.UnitError),
        ({"upper": 1, "index": "esp"}, mr.NotFoundError),
        ({"upper": 1, "index": ""}, mr.NotFoundError),
        ({"upper": 1, "evidence": "sure"}, mr.NotFoundError),
    ],
)
def test_hostile_rules_are_refused(settings, error):
    """Limits are finite and do not cross; index and evidence are known ones."""
    with pytest.raises(error):
        rule(**settings)


def test_a_rule_is_found_by_its_id():
    """An id gives its rule, a rule itself; a miss suggests what is close, or tells all."""
    found = index_rule("sar-sodic-soil")
    assert index_rule(found) is found
    assert found.limits == "below 13"
    with pytest.raises(mr.NotFoundError, match="did you mean 'sar-sodic-soil'"):
        index_rule("sar-sodic")
    for key in (None, 5, [], "xyz"):
        with pytest.raises(mr.NotFoundError):
            index_rule(key)
    with pytest.raises(TypeError):
        index_rules()["mine"] = found


@pytest.mark.parametrize("key", sorted(index_rules()))
def test_every_bundled_rule_says_whose_it_is(key):
    """Each has limits in a unit, a scope, an evidence with its note, what was read, and a citation."""
    found = index_rule(key)
    assert found.id == key
    assert found.unit in ("mEq/kg", "(mEq/L)^0.5", "mmol/day")
    assert found.scope in ("total diet", "ration", "water", "soil")
    assert found.source_kind in ("primary", "abstract", "secondary", "tertiary", "unconfirmed")
    assert found.citation
    assert found.evidence_note
    assert found.authority
    assert isinstance(found.check(HAY), IndexCheck)


def test_a_product_of_amounts_is_contested():
    """The index that goes the other way in later work is marked so."""
    found = index_rule("phytate-calcium-zinc-ellis-1987")
    assert (found.evidence, found.disputed, found.unit) == ("contested", True, "mmol/day")
