"""Reports: all that is known of a mixture as data, and the same as text and JSON."""

from __future__ import annotations

import copy
import json
import math
import pickle
from pathlib import Path

import pytest

import mineral_ratio as mr
from mineral_ratio.checks.tables import tables

EXAMPLES = Path(__file__).parents[2] / "examples"
CHALK = mr.Compound("chalk", ions="1 Ca2+, 1 carbonate")
MAGNESIA = mr.Compound("magnesia", ions="1 Mg2+, 1 oxide")
DMM = mr.Compound(
    "dimagnesium malate", ions="2 Mg2+, 1 malate, 2 hydroxide", formula_status="disputed", status_note="why"
)
YEAST = mr.Material(name="yeast", declared={"Se": "2000 to 2500 mg/kg"})


def blend(*pairs) -> mr.Blend:
    """A blend of substances in masses."""
    return mr.Blend(mr.Ingredient(substance, mass) for substance, mass in pairs)


def line(lines, name):
    """The line of a name."""
    (found,) = [each for each in lines if each.name == name]
    return found


def finite(data) -> bool:
    """Whether all numbers in plain data are finite."""
    if isinstance(data, dict):
        return all(isinstance(key, str) and finite(value) for key, value in data.items())
    if isinstance(data, list):
        return all(map(finite, data))
    return data is None or isinstance(data, str | bool) or math.isfinite(data)


MIXTURES = {
    "product": mr.Product(
        "test",
        [
            mr.Supply(CHALK, "Ca", "1000 mg", overage="5 %"),
            mr.Ingredient(DMM, "2 g"),
            mr.Ingredient(YEAST, "10 mg"),
        ],
        label_claims={"Ca": "1000 mg", "malic acid": "1 g", "Fe": "1 mg"},
        rules=["ca-mg-vendor-2-to-1", "zn-cu-bomss"],
    ),
    "blend": blend((CHALK, "1 g"), (mr.Material(MAGNESIA, declared={"Mg": "0 to 60 %"}), "1 g")),
    "empty": mr.Blend(),
    "analysis": mr.Analysis({"Ca": "1 g", "Mg": "0 g", "phytic acid": "1 g", "Fe": "10 mg"}, per="day"),
}


@pytest.mark.parametrize("name", MIXTURES)
def test_json_is_valid_and_comes_back(name):
    """The text is ASCII JSON without infinity or NaN, and read again it is the data."""
    report = mr.check(MIXTURES[name], ["ca-mg-durlach-1989", "ca-mg-costello-2021"])
    text = report.to_json()
    assert text.isascii()
    assert json.loads(text, parse_constant=pytest.fail) == report.as_dict()
    assert finite(report.as_dict())


KEYS = [
    "schema",
    "name",
    "per",
    "serving",
    "servings_per_day",
    "person",
    "counts",
    "ingredients",
    "elements",
    "species",
    "unassigned_mg",
    "label_claims",
    "label_checks",
    "daily_values",
    "references",
    "ratios",
    "checks",
    "index_checks",
    "summary",
    "readings",
    "notes",
    "atomic_weights",
    "disclaimer",
]


@pytest.mark.parametrize("name", MIXTURES)
def test_the_keys_of_the_data_are_stable(name):
    """Whatever was checked, the data have the same keys, and name their schema."""
    data = mr.check(MIXTURES[name], "ca-mg-durlach-1989").as_dict()
    assert list(data) == KEYS
    assert data["schema"] == "mineral_ratio.check/2"
    for each in data["ingredients"]:
        assert list(each) == ["name", "formula", "labelled_mg", "filled_mg", "gives_mg"]
    for each in data["elements"] + data["species"]:
        assert list(each) == ["name", "mass_mg", "amount_mmol", "equivalents_mEq", "note", "partial"]
    for each in data["ratios"]:
        assert list(each) == ["numerator", "denominator", "basis", "value", "low", "high", "notes", "partial"]
    for each in data["checks"]:
        assert list(each) == ["verdict", "in_scope", "ratio", "notes", "rule"]
        assert (each["rule"]["numerator"], each["rule"]["denominator"]) == ("Ca", "Mg")


def test_every_element_as_mass_amount_and_equivalents():
    """Each element of a blend is told on all bases; minerals stand before C, H, O and N."""
    report = mr.check(blend((DMM, "1 g"), (CHALK, "1 g")))
    assert [each.name for each in report.elements] == ["Mg", "Ca", "C", "H", "O"]
    calcium = line(report.elements, "Ca")
    grams = CHALK.mass_fraction("Ca")
    assert calcium.mass == mr.Interval(grams, grams, grams)
    assert calcium.amount.value == pytest.approx(grams / 40.078)
    assert calcium.equivalents.value == pytest.approx(2 * grams / 40.078)
    carbon = line(report.elements, "C")
    assert carbon.equivalents is None
    assert "charge of C" in carbon.note


def test_masses_of_the_data_are_in_milligrams_and_amounts_in_millimoles():
    """Units stand in the keys, and the figures are in them."""
    data = mr.check(blend((CHALK, "1 g"))).as_dict()
    calcium = data["elements"][0]
    assert calcium["mass_mg"]["value"] == pytest.approx(400.4, abs=0.1)
    assert calcium["amount_mmol"]["value"] == pytest.approx(9.991, abs=0.001)
    assert calcium["equivalents_mEq"]["value"] == pytest.approx(19.98, abs=0.01)
    assert data["ingredients"] == [
        {
            "name": "chalk",
            "formula": "Ca(CO3)",
            "labelled_mg": 1000.0,
            "filled_mg": 1000.0,
            "gives_mg": {"Ca": calcium["mass_mg"]["value"]},
        }
    ]


def test_what_comes_along():
    """Organic anions as their acids, other polyatomic ones as themselves, water last, chloride as Cl."""
    salts = blend(
        (mr.Compound("epsom", ions="1 Mg2+, 1 sulfate", water=7), "1 g"),
        (mr.Compound("salt", ions="1 Na+, 1 chloride"), "1 g"),
        (DMM, "1 g"),
        (CHALK, "1 g"),
    )
    report = mr.check(salts)
    assert [each.name for each in report.species] == ["sulfate", "malic acid", "carbonate", "water"]
    assert 1000 * line(report.species, "water").mass.value == pytest.approx(511.7, abs=0.1)
    assert "Cl" in [each.name for each in report.elements]


def test_what_is_declared_comes_along():
    """A declared species, also one of the caller's own, and a determined water content are told."""
    mine = mr.NamedSpecies("available P", "P", element="P", factor=0.8)
    lot = mr.Material(name="lot", declared={"malic acid": ">= 52 %", mine: "3 %"})
    wet = mr.Material(CHALK, declared={"Ca": "38 %"}, water_content="<= 2 %", name="wet")
    listed = mr.Material(name="brine", declared={"water": "50 %", "Na": "10 %"})
    report = mr.check(blend((lot, "1 g"), (wet, "1 g"), (listed, "1 g")))
    assert [each.name for each in report.species] == ["malic acid", "available P", "carbonate", "water"]
    assert line(report.species, "available P").mass.value == pytest.approx(0.03)
    assert line(report.species, "water").mass.value == pytest.approx(0.52)


def test_an_acid_of_the_callers_own_ion_comes_along():
    """An ion that is no row of the library's tables is told as its acid all the same."""
    mystate = mr.Ion("mystate", "C5H7O3^-", acid="mystic acid", acid_formula="C5H8O3")
    report = mr.check(blend((mr.Compound("mine", ions=[(1, mr.ion("Na+")), (1, mystate)]), "1 g")))
    assert [each.name for each in report.species] == ["mystic acid"]
    assert line(report.species, "mystic acid").amount.value == pytest.approx(
        line(report.elements, "Na").amount.value
    )


def test_contents_that_are_not_known_are_null_with_the_reason():
    """A claim on what nothing tells is shown as not known, never as zero."""
    report = mr.check(
        mr.Product("p", [mr.Ingredient(YEAST, "1 g")], label_claims={"Ca": "1 mg", "Se": "2 mg"})
    )
    calcium, selenium = report.claims
    assert (calcium.filled, report.as_dict()["label_claims"][0]["filled_mg"]) == (None, None)
    assert selenium.filled == mr.Interval(pytest.approx(0.00225), pytest.approx(0.002), pytest.approx(0.0025))


def test_masses_on_the_page_sum_to_the_whole():
    """Elements as far as known and what is unassigned are all there is, and what may be more is marked."""
    citrate = mr.Material(
        mr.Compound("calcium citrate", ions="3 Ca2+, 2 citrate", water=4),
        name="citrate",
        assay=mr.Assay("97.5 to 100.5 %", of="Ca3(C6H5O7)2", basis="dried"),
        loss_on_drying="10.0 to 13.3 %",
        drying_removes_crystal_water=True,
    )
    whole = blend((citrate, "1 g"), (MAGNESIA, "1 g"), (YEAST, "1 g"))
    report = mr.check(whole, "ca-mg-vendor-2-to-1")
    masses = [each.mass.value for each in report.elements if each.mass is not None]
    missing = [each.name for each in report.elements if each.mass is None]
    assert missing == []
    assert math.fsum(masses) + report.unassigned == pytest.approx(3.0, rel=1e-12)
    assert line(report.elements, "O").partial == ("citrate", "yeast")
    assert line(report.elements, "Mg").partial == ("yeast",)
    assert line(report.elements, "Se").partial == ()
    assert "citrate: not known, and counted only as far as it is stated: H, O" in report.notes
    (check,) = report.checks
    assert check.notes == ("how much there is in yeast is not known; the range allows for it",)
    assert check.ratio.partial == ("yeast",)


def test_as_labelled_and_as_filled():
    """Both masses of an overfilled ingredient are told, and what it gives as filled."""
    report = mr.check(MIXTURES["product"])
    chalk, malate, _ = report.ingredients
    assert chalk.filled == pytest.approx(1.05 * chalk.labelled)
    assert chalk.gives["Ca"] == pytest.approx(1.05)
    assert malate.filled == malate.labelled == 2.0
    assert report.claims[0].filled.value == pytest.approx(1.05)
    assert report.claims[0].claimed == pytest.approx(1.0)


def test_nothing_is_left_of_pure_compounds():
    """The unassigned mass of a pure blend is zero, without the noise of the sums."""
    pure = mr.check(mr.Product.from_file(EXAMPLES / "zinc_copper.toml"))
    assert pure.unassigned == 0.0
    assert mr.check(MIXTURES["analysis"]).unassigned is None
    assert mr.check(blend((YEAST, "1 g"))).unassigned == pytest.approx(1 - 0.00225)


def test_ratios_on_all_three_bases():
    """Ca:Mg is told wherever both are there; what a rule asks for, on every basis that can be told."""
    report = mr.check(blend((CHALK, "1 g"), (MAGNESIA, "1 g")))
    assert [(each.numerator, each.basis) for each in report.ratios] == [
        ("Ca", "mass"),
        ("Ca", "amount"),
        ("Ca", "equivalent"),
    ]
    assert mr.check(blend((CHALK, "1 g"))).ratios == ()
    assert mr.check(blend((MAGNESIA, "1 g"))).ratios == ()
    asked = mr.check(blend((MAGNESIA, "1 g")), "ca-mg-durlach-1989").ratios
    assert [each.value for each in asked] == [0.0, 0.0, 0.0]
    iron = blend((mr.Compound("r", formula="Fe2O3"), "1 g"), (MAGNESIA, "1 g"))
    fe_mg = mr.RatioRule("x", "Fe", "Mg", "mass", upper=9, scope="product", evidence="low", citation="c")
    assert [each.basis for each in mr.check(iron, fe_mg).ratios] == ["mass", "amount"]


def test_a_rule_is_asked_once_and_a_pair_told_once():
    """Three rules on Ca:Mg give three checks and one set of ratios."""
    report = mr.check(MIXTURES["blend"], ["ca-mg-durlach-1989", "ca-mg-costello-2021", "ca-mg-vendor-2-to-1"])
    assert len(report.checks) == len(report.ratios) == 3


@pytest.mark.parametrize("one", ["ca-mg-durlach-1989", mr.rule("ca-mg-durlach-1989")])
def test_one_rule_may_be_given_alone(one):
    """A single id or rule is no list of characters."""
    assert [each.rule.id for each in mr.check(MIXTURES["blend"], one).checks] == ["ca-mg-durlach-1989"]


def test_the_rules_of_a_product_are_its_own():
    """Rules are those of the product unless others are given."""
    product = MIXTURES["product"]
    assert [each.rule.id for each in mr.check(product).checks] == ["ca-mg-vendor-2-to-1", "zn-cu-bomss"]
    assert mr.check(product, []).checks == ()
    assert mr.check(MIXTURES["blend"]).checks == ()


def test_an_unknown_rule_is_not_found():
    """An id that there is not is an error, with the close ones."""
    with pytest.raises(mr.NotFoundError, match="ca-mg-durlach-1989"):
        mr.check(MIXTURES["blend"], ["ca-mg-durlach-1998"])


@pytest.mark.parametrize("subject", ["calcium carbonate", None, CHALK, {"Ca": "1 g"}, 5])
def test_only_mixtures_are_checked(subject):
    """What is no mixture is refused, not reported as empty."""
    with pytest.raises(TypeError, match="Blend, a Product or an Analysis"):
        mr.check(subject)


def test_an_infinite_bound_is_null_in_the_data():
    """JSON has no infinity; the bound is null there and infinite in the report."""
    maybe = mr.Material(name="trace", declared={"Mg": "0 to 10 %"})
    report = mr.check(blend((CHALK, "1 g"), (maybe, "1 g")), "ca-mg-durlach-1989")
    assert report.ratios[0].high == math.inf
    data = report.as_dict()
    assert data["ratios"][0]["high"] is None
    assert data["checks"][0]["ratio"]["high"] is None
    assert data["checks"][0]["verdict"] == "above"


def test_the_summary_counts_each_kind():
    """Within, below or above, and open with the reasons; out of scope counts as open."""
    silent = mr.check(MIXTURES["blend"])
    assert silent.summary == "0 rules: 0 within, 0 below or above, 0 open"
    one = mr.check(blend((CHALK, "1 g"), (MAGNESIA, "1 g")), "ca-mg-vendor-2-to-1")
    assert one.summary == "1 rule: 0 within, 1 below or above, 0 open"
    assert [each.verdict for each in one.failed] == ["below"]
    several = mr.check(
        blend((CHALK, "1 g"), (YEAST, "1 g")), ["ca-mg-vendor-2-to-1", "ca-mg-durlach-1989", "zn-cu-bomss"]
    )
    assert several.summary == "3 rules: 0 within, 0 below or above, 3 open (3 undecided, 1 out of scope)"
    undefined = mr.check(blend((CHALK, "1 g")), "ca-mg-vendor-2-to-1")
    assert undefined.summary.endswith("1 open (1 undefined)")
    assert len(undefined.open) == 1


def test_what_is_uncertain_is_noted():
    """Formula status, which content was used, decided names and missing servings are in the notes."""
    decided = mr.default_catalog().compound("calcium citrate", prefer="as-sold")
    lot = mr.Material(DMM, name="lot", declared={"Mg": ">= 20 %"})
    product = mr.Product(
        "p", [mr.Ingredient(decided, "1 g"), mr.Ingredient(lot, "1 g"), mr.Ingredient(YEAST, "1 g")]
    )
    notes = mr.check(product, "ca-mg-durlach-1989").notes
    assert "servings per day are not said: nothing about a day is judged" in notes
    assert any("prefer='as-sold'" in note for note in notes)
    assert any(note.startswith("lot: formula") and "disputed: why" in note for note in notes)
    assert "Mg of lot: minimum, declared Mg >= 20 %" in notes
    assert "Ca of yeast: not known, not counted" in notes
    assert "yeast: no formula: works from its declared contents alone" in notes
    assert len(notes) == len(set(notes))
    said = mr.Product("p", [mr.Ingredient(decided, "1 g")], servings_per_day=1)
    assert not any("servings" in note for note in mr.check(said).notes)


def test_every_amount_as_it_was_read():
    """Readings are those of the file, or of the masses and supplies, or of the statements."""
    assert mr.check(mr.Product.from_file(EXAMPLES / "cal_mag.toml")).readings[0] == (
        "ingredients[1].supplies.Ca: '1000 mg' read as 1000 mg"
    )
    assert mr.check(MIXTURES["product"]).readings == (
        "chalk: 1000 mg",
        "dimagnesium malate: 2 g",
        "yeast: 10 mg",
    )
    assert mr.check(MIXTURES["analysis"]).readings[:2] == ("Ca: 1 g", "Mg: 0 g")


def test_an_analysis_is_told_as_it_was_stated():
    """Elements and species that were stated, per what they refer to; no ingredients, nothing unassigned."""
    mine = mr.NamedSpecies("available P", "P", element="P", factor=0.8)
    report = mr.check(mr.Analysis({"Ca": "10 g", mine: "2 g"}, per="kg", name="feed"))
    assert (report.name, report.per, report.ingredients) == ("feed", "kg", ())
    assert [each.name for each in report.elements] == ["Ca"]
    assert [each.name for each in report.species] == ["available P"]
    iron = line(mr.check(MIXTURES["analysis"]).elements, "Fe")
    assert iron.equivalents is None
    assert "charge of Fe" in iron.note


def test_a_rule_that_is_given_twice_is_held_once():
    """By its id and as itself."""
    rule = mr.rule("ca-mg-durlach-1989")
    report = mr.check(MIXTURES["product"], [rule.id, rule, "zn-cu-bomss", rule.id])
    assert [each.rule.id for each in report.checks] == [rule.id, "zn-cu-bomss"]
    assert report.summary.startswith("2 rules:")


def test_a_ratio_reads_alike_wherever_it_stands():
    """In the table of ratios as beside the limit that it is above by a hair."""
    weighed = mr.Blend.of({"dicalcium malate": "3072 mg", "dimagnesium malate": "2208 mg"})
    shown = {table.title: table for table in tables(mr.check(weighed, "ca-mg-durlach-1989"))}
    assert shown["Ratios"].rows[0] == ("Ca:Mg", "mass", "2.0003")


def test_text_of_a_report():
    """The text names minerals, ratios, verdicts and the disclaimer, in enough digits."""
    weighed = mr.Blend.of({"dicalcium malate": "3072 mg", "dimagnesium malate": "2208 mg"})
    text = str(mr.check(weighed, "ca-mg-durlach-1989"))
    assert text.splitlines() == [
        "blend, per blend",
        "  Ca: 1,000 mg",
        "  Mg: 499.9 mg",
        "  2.0003:1 by mass",
        "  1.213:1 by amount",
        "  1.213:1 by equivalent",
        "  ca-mg-durlach-1989: above, out of scope, 2.0003 by mass; at most 2",
        "  1 rule: 0 within, 0 below or above, 1 open (1 out of scope)",
        "  Atomic weights: CIAAW 2024. Arithmetic on the figures given, not medical advice.",
    ]


@pytest.mark.parametrize("word", ["optimal", "safe", "deficien", "healthy", "recommend"])
def test_a_report_gives_no_advice(word):
    """In its own words the library judges figures only; names and sources are others' words."""
    product = mr.Product("p", [mr.Ingredient(CHALK, "1 g"), mr.Ingredient(MAGNESIA, "1 g")])
    assert word not in str(mr.check(product, list(mr.rules()))).lower()


def test_reports_are_values():
    """Reports compare, copy and pickle."""
    report = mr.check(MIXTURES["product"])
    assert report == mr.check(MIXTURES["product"])
    assert pickle.loads(pickle.dumps(report)) == report
    assert copy.deepcopy(report) == report


def test_a_missing_weight_is_an_error():
    """No mass number is slipped in for technetium."""
    with pytest.raises(mr.NoAtomicWeightError):
        mr.check(blend((mr.Compound("t", formula="TcO2"), "1 g")))


def test_several_editions_are_named():
    """Every edition of atomic weights in use is in the report."""
    heavy = mr.default_weights().replace(name="heavy", citation="a test", weights={"Ca": 80.0})
    assert mr.check(blend((CHALK, "1 g"), (CHALK.with_weights(heavy), "1 g"))).editions == (
        "CIAAW 2024",
        "heavy",
    )
