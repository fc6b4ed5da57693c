"""Rules: inclusive limits, equality, each verdict, scope, and the bundled rows."""

from __future__ import annotations

import copy
import math
import pickle

import pytest

import mineral_ratio as mr
from mineral_ratio.checks.tables import told

CHALK = mr.Compound("chalk", ions="1 Ca2+, 1 carbonate")
MAGNESIA = mr.Compound("magnesia", ions="1 Mg2+, 1 oxide")
DCM = mr.Compound("dicalcium malate", ions="2 Ca2+, 1 malate, 2 hydroxide")
DMM = mr.Compound("dimagnesium malate", ions="2 Mg2+, 1 malate, 2 hydroxide")


def rule(numerator="Ca", denominator="Mg", basis="mass", **settings) -> mr.RatioRule:
    """A rule on a product, of low evidence."""
    given = {"scope": "product", "evidence": "low", "citation": "a test"} | settings
    return mr.RatioRule("test-rule", numerator, denominator, basis, **given)


def supplied(calcium: str, magnesium: str) -> mr.Product:
    """A product of the two malates asked for their elements."""
    return mr.Product("test", [mr.Supply(DCM, "Ca", calcium), mr.Supply(DMM, "Mg", magnesium)])


def weighed(calcium: str, magnesium: str) -> mr.Blend:
    """The two malates weighed."""
    return mr.Blend([mr.Ingredient(DCM, calcium), mr.Ingredient(DMM, magnesium)])


def a_ratio(low: float, value: float, high: float) -> mr.Ratio:
    """A ratio Ca:Mg by mass."""
    return mr.Ratio("Ca", "Mg", "mass", value, low, high)


# -- verdicts


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (2.0, 2.0, "within"),
        (1.7, 2.6, "within"),
        (1.7, 1.7, "within"),
        (2.6, 2.6, "within"),
        (1.0, 1.6, "below"),
        (2.7, 9.0, "above"),
        (2.7, math.inf, "above"),
        (1.6, 2.0, "undecided"),
        (2.0, 2.7, "undecided"),
        (1.6, 2.7, "undecided"),
        (2.0, math.inf, "undecided"),
        (0.0, 0.0, "below"),
        (1.7 * (1 - 5e-10), 1.7, "within"),
        (2.6, 2.6 * (1 + 5e-10), "within"),
        (1.7 * (1 - 2e-9), 1.7 * (1 - 2e-9), "below"),
        (2.6 * (1 + 2e-9), 2.6 * (1 + 2e-9), "above"),
        (1.7 * (1 - 2e-9), 1.7, "undecided"),
    ],
)
def test_limits_are_inclusive_and_a_range_may_straddle_them(low, high, verdict):
    """Below, above or within only where all of the range is; 1e-9 relative is equality."""
    assert rule(lower=1.7, upper=2.6).judge(a_ratio(low, low, high)) == verdict


@pytest.mark.parametrize(
    ("value", "verdict"), [(1.0, "below"), (2.0, "within"), (9.0, "within"), (math.inf, "within")]
)
def test_a_lower_limit_alone(value, verdict):
    """A rule may have no ceiling."""
    assert rule(lower=2.0).judge(a_ratio(value, value, value)) == verdict


@pytest.mark.parametrize(("value", "verdict"), [(0.0, "within"), (2.0, "within"), (2.1, "above")])
def test_an_upper_limit_alone(value, verdict):
    """A rule may have no floor."""
    assert rule(upper=2.0).judge(a_ratio(value, value, value)) == verdict


def test_a_limit_of_zero_is_inclusive_too():
    """At most none is kept by none only."""
    nothing = rule(upper=0)
    assert nothing.judge(a_ratio(0.0, 0.0, 0.0)) == "within"
    assert nothing.judge(a_ratio(1e-12, 1e-12, 1e-12)) == "above"


@pytest.mark.parametrize(
    ("calcium", "magnesium"),
    [("1000 mg", "500 mg"), ("1 g", "0.5 g"), ("700 mg", "350 mg"), ("0.3 g", "150 mg")],
)
def test_supplies_of_two_to_one_are_within_a_ceiling_of_two(calcium, magnesium):
    """Masses worked back from 1000 / 500 give 2 again but for rounding, which is equality."""
    assert rule(upper=2.0).check(supplied(calcium, magnesium)).verdict == "within"


def test_weighed_masses_are_above_the_ceiling_by_a_hair():
    """3,072 / 2,208 mg by theory is above 2 by 0.015 %, and enough digits are told to show it."""
    done = rule(upper=2.0).check(weighed("3072 mg", "2208 mg"))
    assert done.verdict == "above"
    assert done.ratio is not None
    assert done.ratio.value == pytest.approx(2 * 1.00015, abs=2e-5)
    assert told(done) == "2.0003 by mass; at most 2"


def test_digits_are_told_until_ratio_and_limit_differ():
    """A ratio that is not the limit is never told as the limit."""
    assert told(
        mr.RatioCheck(rule(upper=2.0), "above", a_ratio(2.0 + 4e-9, 2.0 + 4e-9, 2.0 + 4e-9), True)
    ).startswith("2.000000004 ")
    assert told(mr.RatioCheck(rule(upper=2.0), "within", a_ratio(2.0, 2.0, 2.0), True)).startswith("2.000 by")
    assert told(mr.RatioCheck(rule(lower=1.9, upper=2.1), "undecided", a_ratio(1.8, 2.0, 2.1001), True)) == (
        "1.8000 to 2.1001 by mass; 1.9 to 2.1"
    )


def test_no_denominator_is_undefined():
    """Without magnesium there is no Ca:Mg to judge."""
    done = rule(upper=2.0).check(mr.Blend([mr.Ingredient(CHALK, "1 g")]))
    assert (done.verdict, done.ratio, done.failed, done.open) == ("undefined", None, False, True)
    assert done.notes == ("Ca:Mg is undefined: there is no Mg",)
    assert told(done) == "no ratio; at most 2 by mass"


def test_an_unknown_content_is_undecided():
    """What is not known decides nothing."""
    yeast = mr.Material(name="yeast", declared={"Se": "2000 mg/kg"})
    done = rule(upper=2.0).check(mr.Blend([mr.Ingredient(yeast, "1 g")]))
    assert (done.verdict, done.ratio, done.open) == ("undecided", None, True)
    assert "not known" in done.notes[0]


def test_a_declared_range_that_straddles_is_undecided():
    """At least 20 % Mg may be more, so that 2:1 is only the upper end."""
    material = mr.Material(DMM, declared={"Mg": ">= 20 %"})
    blend = mr.Blend(
        [
            mr.Ingredient(mr.Material(DCM, declared={"Ca": "29 %"}), "3448 mg"),
            mr.Ingredient(material, "2500 mg"),
        ]
    )
    assert rule(lower=1.9, upper=2.1).check(blend).verdict == "undecided"
    assert rule(lower=1.7, upper=2.1).check(blend).verdict == "within"


# -- scope


def test_a_rule_out_of_scope_says_so():
    """A total-diet rule on a product gives its verdict, fails nothing, and says what it speaks of."""
    done = rule(upper=2.0, scope="total diet").check(supplied("1000 mg", "100 mg"))
    assert (done.verdict, done.in_scope, done.failed, done.open) == ("above", False, False, True)
    assert done.notes == ("the rule speaks of the total diet; this is a product",)


def test_an_analysis_says_what_it_is_of():
    """An analysis is in scope where it was said so; where nothing was said, that is noted."""
    amounts = {"Ca": "1000 mg", "Mg": "300 mg"}
    diet = mr.Analysis(amounts, per="day", scope="total diet")
    durlach = mr.rule("ca-mg-durlach-1989")
    done = durlach.check(diet)
    assert (done.verdict, done.in_scope, done.failed, done.notes) == ("above", True, True, ())
    silent = durlach.check(mr.Analysis(amounts, per="day"))
    assert silent.notes == ("the rule speaks of the total diet; what this is was not said",)
    assert not silent.in_scope


@pytest.mark.parametrize(
    ("verdict", "in_scope", "failed", "is_open"),
    [
        ("within", True, False, False),
        ("below", True, True, False),
        ("above", True, True, False),
        ("undecided", True, False, True),
        ("undefined", True, False, True),
        ("within", False, False, True),
        ("below", False, False, True),
        ("above", False, False, True),
    ],
)
def test_what_fails_and_what_is_open(verdict, in_scope, failed, is_open):
    """Only below and above in scope fail; what decides nothing is open."""
    done = mr.RatioCheck(rule(upper=2.0), verdict, None, in_scope)
    assert (done.failed, done.open) == (failed, is_open)


# -- charges


def test_a_rule_counts_equivalents_with_its_own_charges():
    """On an equivalent basis the rule's charges are used and noted; what has none is refused."""
    oxide = mr.Compound("iron oxide", formula="Fe2O3")
    blend = mr.Blend([mr.Ingredient(oxide, "1 g"), mr.Ingredient(MAGNESIA, "1 g")])
    with pytest.raises(mr.UnknownChargeError):
        rule("Fe", basis="equivalent", upper=9).check(blend)
    done = rule("Fe", basis="equivalent", upper=9, charges={"iron": 3, "Mg": 2}).check(blend)
    assert done.ratio is not None
    assert done.ratio.value == pytest.approx(blend.ratio("Fe", "Mg", "amount").value * 3 / 2)
    assert done.ratio.notes[-1] == "Mg counted with the rule's own charge, 2"


def test_charges_are_read_from_a_mapping_or_pairs():
    """However they are given, charges are kept by symbol."""
    assert rule(upper=1, charges={"calcium": 2, 12: 2}).charges == (("Ca", 2), ("Mg", 2))
    assert rule(upper=1, charges=[("K", 1)]).charges == (("K", 1),)
    assert rule(upper=1).charges == ()


# -- what a rule may be


def test_a_rule_takes_sums_and_species():
    """Sides are analytes or sums of them, with a factor where one is said."""
    tetany = rule("K", "Ca+Mg", "equivalent", upper=2.2, scope="ration")
    assert tetany.sides == ("K", "Ca+Mg")
    pasture = mr.Analysis({"K": "32.9 g", "Ca": "3.9 g", "Mg": "1.9 g"}, per="kg", scope="ration")
    assert tetany.check(pasture).verdict == "above"
    available = mr.NamedSpecies("available P", "P", element="P", factor=0.5)
    feed = mr.Analysis({"Ca": "10 g", "P": "10 g"}, per="kg", scope="ration")
    done = rule("Ca", available, lower=2.0, upper=2.0, scope="ration").check(feed)
    assert (done.verdict, done.rule.sides) == ("within", ("Ca", "available P"))


@pytest.mark.parametrize(
    ("settings", "error"),
    [
        ({}, mr.MassBalanceError),
        ({"lower": 2, "upper": 1}, mr.MassBalanceError),
        ({"target": 2, "tolerance": 0.1}, mr.MassBalanceError),
        ({"upper": math.nan}, mr.UnitError),
        ({"upper": math.inf}, mr.UnitError),
        ({"upper": -1}, mr.UnitError),
        ({"upper": True}, mr.UnitError),
        ({"upper": "2"}, mr.UnitError),
        ({"upper": [2]}, mr.UnitError),
        ({"upper": 10**400}, mr.UnitError),
        ({"lower": -0.1, "upper": 1}, mr.UnitError),
        ({"upper": 1, "target": math.nan}, mr.UnitError),
        ({"upper": 1, "tolerance": math.inf}, mr.UnitError),
        ({"upper": 1, "basis": "mol"}, mr.UnitError),
        ({"upper": 1, "numerator": "Xx"}, mr.NotFoundError),
        ({"upper": 1, "denominator": ""}, mr.NotFoundError),
        ({"upper": 1, "denominator": []}, mr.NotFoundError),
        ({"upper": 1, "evidence": "proven"}, mr.NotFoundError),
        ({"upper": 1, "charges": {"Xx": 1}}, mr.NotFoundError),
        ({"upper": 1, "charges": {"K": 0}}, mr.UnitError),
        ({"upper": 1, "charges": {"K": -1}}, mr.UnitError),
        ({"upper": 1, "charges": {"K": 1.5}}, mr.UnitError),
        ({"upper": 1, "charges": {"K": True}}, mr.UnitError),
    ],
)
def test_hostile_rules_are_refused(settings, error):
    """Limits are finite, not negative and do not cross; sides, basis, evidence and charges are known ones."""
    with pytest.raises(error):
        rule(**settings)


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"upper": 2}, "at most 2"),
        ({"lower": 2}, "at least 2"),
        ({"lower": 1.7, "upper": 2.6}, "1.7 to 2.6"),
        ({"upper": 2.00000012}, "at most 2.00000012"),
    ],
)
def test_limits_as_text(settings, text):
    """Limits are told in all their digits."""
    assert rule(**settings).limits == text


def test_rules_are_values():
    """Rules compare, hash, copy and pickle."""
    one = rule("K", "Ca+Mg", upper=2, charges={"K": 1})
    assert one == rule("K", ["Ca", "Mg"], upper=2.0, charges=(("K", 1),))
    assert len({one, rule("K", ["Ca", "Mg"], upper=2.0, charges=(("K", 1),))}) == 1
    assert pickle.loads(pickle.dumps(one)) == one
    assert copy.deepcopy(one) == one


# -- the bundled rules


def test_a_rule_is_found_by_its_id():
    """An id gives its rule, a rule itself; a miss suggests close ids, or tells all."""
    found = mr.rule("ca-mg-durlach-1989")
    assert mr.rule(found) is found
    with pytest.raises(mr.NotFoundError, match="did you mean 'ca-mg-durlach-1989'"):
        mr.rule("ca-mg-durlach")
    with pytest.raises(mr.NotFoundError) as caught:
        mr.rule("xyz")
    assert caught.value.suggestions == tuple(mr.rules())


@pytest.mark.parametrize("key", [None, 5, "", []])
def test_what_is_no_id_is_not_found(key):
    """Anything else is not found either."""
    with pytest.raises(mr.NotFoundError):
        mr.rule(key)


@pytest.mark.parametrize("key", sorted(mr.rules()))
def test_every_bundled_rule_says_whose_it_is(key):
    """Each row has limits, a basis, a scope, an evidence with its note, what was read, and a citation."""
    found = mr.rule(key)
    assert found.id == key
    assert found.scope in ("product", "total diet", "ration", "water", "soil")
    assert found.citation
    assert found.evidence_note
    assert found.authority
    assert found.source_kind in ("primary", "abstract", "secondary", "tertiary", "unconfirmed")


def test_no_bundled_figure_is_without_an_opened_text():
    """A row for whose figure nothing could be opened would be "unconfirmed"; none is left."""
    assert not [key for key, found in mr.rules().items() if found.source_kind == "unconfirmed"]


def test_what_no_one_accepts_has_no_rule():
    """No rule speaks of K:Mg or of Ca:Zn, whichever way round."""
    pairs = {frozenset(found.sides) for found in mr.rules().values()}
    assert frozenset(("Ca", "Mg")) in pairs
    assert not pairs & {frozenset(("K", "Mg")), frozenset(("Ca", "Zn"))}


def test_soil_base_saturation_is_listed_as_refuted():
    """Bear's figures are there to be held against, marked as refuted and as disputed."""
    refuted = [found for found in mr.rules().values() if found.evidence == "refuted"]
    assert {(found.sides, found.target) for found in refuted} == {(("Ca", "Mg"), 6.5), (("Ca", "K"), 13.0)}
    for found in refuted:
        assert (found.scope, found.basis, found.disputed) == ("soil", "equivalent", True)
        assert found.lower == pytest.approx(0.95 * found.target)
        assert found.upper == pytest.approx(1.05 * found.target)
        assert "own choice" in found.tolerance_source


def test_refuted_soil_ratios_count_equivalents():
    """65 % Ca, 10 % Mg and 5 % K of the exchange capacity are within, as equivalents and not by mass."""
    soil = mr.Analysis({"Ca": "65 mEq/kg", "Mg": "10 mEq/kg", "K": "5 mEq/kg"}, per="kg", scope="soil")
    for key in ("ca-mg-soil-bcsr", "ca-k-soil-bcsr"):
        assert (mr.rule(key).check(soil).verdict, mr.rule(key).check(soil).failed) == ("within", False)
    by_mass = mr.Analysis({"Ca": "65 mg/kg", "Mg": "10 mg/kg"}, per="kg", scope="soil")
    assert mr.rule("ca-mg-soil-bcsr").check(by_mass).verdict == "below"


# -- availability


def test_formula_for_infants_counts_available_phosphorus():
    """The US minimum of 1.1 by mass keeps the EU's 1 by amount only as 80 % of phosphorus is available."""
    formula = mr.Analysis({"Ca": "66 mg", "P": "60 mg"}, per="100 kcal", scope="product")
    eu = mr.rule("ca-p-eu-infant-formula")
    assert eu.sides == ("Ca", "available P")
    assert mr.rule("ca-p-us-infant-formula").check(formula).verdict == "within"
    check = eu.check(formula)
    assert (check.verdict, f"{check.ratio.value:.3f}") == ("within", "1.063")
    assert f"{formula.ratio('Ca', 'P', 'amount').value:.2f}" == "0.85"
    soya = mr.rule("ca-p-eu-soya-formula").check(formula)
    assert soya.ratio.value == pytest.approx(check.ratio.value * 0.8 / 0.7)


def test_availability_holds_in_a_blend_too():
    """Of a compound's phosphorus the same part counts."""
    phosphate = mr.Compound("dicalcium phosphate", ions="1 Ca2+, 1 hydrogenphosphate")
    check = mr.rule("ca-p-eu-follow-on-formula").check(mr.Blend([mr.Ingredient(phosphate, "1 g")]))
    assert check.verdict == "within"
    assert check.ratio.value == pytest.approx(1.25)


def test_stated_available_phosphorus_is_taken_as_it_is():
    """An analysis that states the available part is asked for no other."""
    available = mr.rule("ca-p-eu-infant-formula").denominator[0]
    formula = mr.Analysis({"Ca": "40.078 mg", available: "30.973762 mg"}, per="100 kcal", scope="product")
    assert mr.rule("ca-p-eu-infant-formula").check(formula).ratio.value == pytest.approx(1.0, rel=1e-3)


def test_the_vendors_tolerance_is_marked_as_ours():
    """The vendor's 2:1 has +-5 %, which is this library's own choice and says so."""
    vendor = mr.rule("ca-mg-vendor-2-to-1")
    assert (vendor.target, vendor.tolerance) == (2.0, 0.05)
    assert vendor.lower == pytest.approx(2.0 * 0.95)
    assert vendor.upper == pytest.approx(2.0 * 1.05)
    assert "own choice" in vendor.tolerance_source
    assert vendor.evidence == "marketing claim"


@pytest.mark.parametrize(
    ("key", "sides", "basis", "limits", "scope"),
    [
        ("ca-k-soil-bcsr", ("Ca", "K"), "equivalent", "12.35 to 13.65", "soil"),
        ("ca-mg-costello-2021", ("Ca", "Mg"), "mass", "1.7 to 2.6", "total diet"),
        ("ca-mg-dai-2007", ("Ca", "Mg"), "mass", "at most 2.78", "total diet"),
        ("ca-mg-dai-2013", ("Ca", "Mg"), "mass", "at least 1.7", "total diet"),
        ("ca-mg-durlach-1989", ("Ca", "Mg"), "mass", "at most 2", "total diet"),
        ("ca-mg-plco-2019", ("Ca", "Mg"), "mass", "1.7 to 2.5", "total diet"),
        ("ca-mg-soil-bcsr", ("Ca", "Mg"), "equivalent", "6.175 to 6.825", "soil"),
        ("ca-mg-vendor-2-to-1", ("Ca", "Mg"), "mass", "1.9 to 2.1", "product"),
        ("ca-p-aafco-dog", ("Ca", "P"), "mass", "1 to 2", "ration"),
        ("ca-p-eu-follow-on-formula", ("Ca", "available P"), "amount", "1 to 2", "product"),
        ("ca-p-eu-infant-formula", ("Ca", "available P"), "amount", "1 to 2", "product"),
        ("ca-p-eu-soya-formula", ("Ca", "available P"), "amount", "1 to 2", "product"),
        ("ca-p-fediaf-cat-adult", ("Ca", "P"), "mass", "1 to 2", "ration"),
        ("ca-p-fediaf-cat-growth", ("Ca", "P"), "mass", "1 to 1.5", "ration"),
        ("ca-p-fediaf-dog-adult", ("Ca", "P"), "mass", "1 to 2", "ration"),
        ("ca-p-fediaf-dog-early-growth", ("Ca", "P"), "mass", "1 to 1.6", "ration"),
        ("ca-p-fediaf-dog-late-growth", ("Ca", "P"), "mass", "1 to 1.8", "ration"),
        ("ca-p-fediaf-dog-late-growth-large", ("Ca", "P"), "mass", "1 to 1.6", "ration"),
        ("ca-p-us-infant-formula", ("Ca", "P"), "mass", "1.1 to 2", "product"),
        ("cu-mo-cattle", ("Cu", "Mo"), "mass", "2 to 15", "ration"),
        ("fe-zn-sandstrom-1985", ("Fe", "Zn"), "amount", "at most 2.5", "product"),
        ("k-ca-mg-tetany", ("K", "Ca+Mg"), "equivalent", "at most 2.2", "ration"),
        ("na-k-who-2012", ("Na", "K"), "amount", "at most 1", "total diet"),
        ("phytate-ca-0-24", ("phytic acid", "Ca"), "amount", "at most 0.24", "total diet"),
        ("phytate-fe-1", ("phytic acid", "Fe"), "amount", "at most 1", "total diet"),
        ("phytate-zn-who-1996", ("phytic acid", "Zn"), "amount", "at most 15", "total diet"),
        ("zn-cu-bomss", ("Zn", "Cu"), "mass", "8 to 15", "product"),
    ],
)
def test_the_rules_that_the_library_ships(key, sides, basis, limits, scope):
    """Every rule with its basis, limits and scope, as its source was read."""
    found = mr.rule(key)
    assert (found.sides, found.basis, found.limits, found.scope) == (sides, basis, limits, scope)


def test_a_tertiary_source_is_named_so():
    """Where nothing better than a tertiary source could be opened, row and evidence say so."""
    found = mr.rule("zn-cu-bomss")
    assert found.source_kind == "tertiary"
    assert "tertiary source" in found.evidence_note


def test_the_bundled_rules_cannot_be_changed():
    """The mapping is one for all who ask, and is read only."""
    with pytest.raises(TypeError):
        mr.rules()["mine"] = mr.rule("zn-cu-bomss")


@pytest.mark.parametrize(("yeast", "verdict"), [("10 mg", "within"), ("500 mg", "undecided")])
def test_what_is_not_known_may_be_all_that_nothing_explains(yeast, verdict):
    """A material that may hold some of either side leaves a verdict that all of it would not change."""
    unknown = mr.Material(name="selenium yeast", declared={"Se": "2000 mg/kg"})
    blend = supplied("1000 mg", "500 mg").blend + mr.Blend([mr.Ingredient(unknown, yeast)])
    check = rule(lower=1.9, upper=2.1).check(blend)
    assert check.verdict == verdict
    assert check.ratio is not None
    assert check.ratio.value == pytest.approx(2.0)
    grams = 0.998 * blend.ingredients[-1].grams
    assert check.ratio.high == pytest.approx((1.0 + grams) / 0.5)
    assert check.ratio.low == pytest.approx(1.0 / (0.5 + grams))
    assert check.notes == ("how much there is in selenium yeast is not known; the range allows for it",)
