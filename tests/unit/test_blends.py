"""Blends: weighed ingredients, what they hold together, and who gave what."""

from __future__ import annotations

import copy
import itertools
import math
import pickle
from fractions import Fraction

import numpy as np
import pint
import pytest

import mineral_ratio as mr

CHALK = mr.Compound("chalk", formula="CaCO3")
MAGNESIA = mr.Compound("magnesia", ions="1 Mg2+, 1 oxide")
DOLOMITE = mr.Compound("dolomite", ions="1 Ca2+, 1 Mg2+, 2 carbonate")
DCM = mr.Compound("dicalcium malate", ions="2 Ca2+, 1 malate, 2 hydroxide")
YEAST = mr.Material(name="selenium yeast", declared={"Se": "2000 to 2500 mg/kg"})


def blend(*pairs) -> mr.Blend:
    """A blend of substances in masses."""
    return mr.Blend(mr.Ingredient(substance, mass) for substance, mass in pairs)


def mg(quantity) -> float:
    """The magnitude of a mass in mg."""
    return float(quantity.m_as("mg"))


# -- ingredients


@pytest.mark.parametrize("text", ["1000 mg", "1,000 mg", "1 g", "0.001 kg"])
def test_a_mass_is_read_from_text(text):
    """Text is read strictly, and how it was read is kept."""
    ingredient = mr.Ingredient(CHALK, text)
    assert ingredient.grams == 1.0
    assert ingredient.name == "chalk"
    assert mg(ingredient.mass) == 1000.0
    assert ingredient == mr.Ingredient(CHALK, "1 g")


def test_how_a_mass_was_read_is_kept():
    """The text of a mass is told without its group signs; of a worked-out one in mg."""
    assert mr.Ingredient(CHALK, "1,000 mg").as_read == "1000 mg"
    assert mr.Ingredient(CHALK, "1,000 mg").scaled(0.5).as_read == "500 mg"


def test_a_mass_is_read_from_a_quantity_of_any_registry():
    """A quantity of a private registry weighs what it says."""
    registry = pint.UnitRegistry()
    ingredient = mr.Ingredient(CHALK, registry.Quantity(2.5, "gram"))
    assert ingredient.grams == pytest.approx(2.5, rel=1e-15)


def test_an_amount_of_a_compound_is_its_mass():
    """Of what has one formula, an amount of substance weighs amount times molar mass."""
    expected = 0.01 * CHALK.relative_formula_mass
    assert mr.Ingredient(CHALK, "10 mmol").grams == pytest.approx(expected, rel=1e-14)
    assert mr.Ingredient(mr.Material(CHALK), "10 mmol").grams == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(
    ("substance", "mass"),
    [
        (CHALK, "10 mEq"),
        (CHALK, 10),
        (CHALK, 10.0),
        (CHALK, None),
        (CHALK, "10"),
        (CHALK, "-10 mg"),
        (CHALK, "5 mL"),
        (CHALK, "500 Mg"),
        (CHALK, "9**9**9 mg"),
        (CHALK, "nan mg"),
        (CHALK, ["1 mg"]),
        (CHALK, "1e305 kg"),
        (CHALK, "1e-300 mg"),
        (mr.Material(CHALK, declared={"Ca": "38 %"}), "10 mmol"),
        (YEAST, "10 mmol"),
        ("calcium carbonate", "1 g"),
        (None, "1 g"),
    ],
)
def test_what_is_no_mass_of_a_substance_is_refused(substance, mass):
    """Equivalents of no named ion, bare numbers, amounts without a formula and non-substances are refused."""
    with pytest.raises(mr.UnitError):
        mr.Ingredient(substance, mass)


def test_an_array_is_no_ingredient():
    """An ingredient has one mass."""
    with pytest.raises(mr.UnitError, match="array"):
        mr.Ingredient(CHALK, pint.Quantity(np.array([1.0, 2.0]), "g"))


@pytest.mark.parametrize("factor", [-1, math.nan, math.inf, 10**400, "2", None, True, 1e40])
def test_a_factor_is_a_finite_number(factor):
    """A mass is not scaled by what is negative, endless or no number, nor beyond what anything weighs."""
    with pytest.raises(mr.UnitError):
        mr.Ingredient(CHALK, "1 g").scaled(factor)
    with pytest.raises(mr.UnitError):
        blend((CHALK, "1 g")) * factor


@pytest.mark.parametrize("factor", [0, 2, 0.5, Fraction(1, 3), np.float64(4.0), np.int64(3)])
def test_a_blend_is_scaled_from_both_sides(factor):
    """Scaling multiplies every mass, by any number."""
    start = blend((CHALK, "1 g"), (MAGNESIA, "2 g"))
    for scaled in (start.scaled(factor), start * factor, factor * start):
        assert isinstance(scaled, mr.Blend)
        assert [each.grams for each in scaled.ingredients] == [float(factor), 2 * float(factor)]


@pytest.mark.parametrize("wrong", [[CHALK], ["chalk"], [None], [mr.Supply(CHALK, "Ca", "1 g")], [blend()]])
def test_a_blend_is_made_of_ingredients(wrong):
    """A substance without a mass is no ingredient, and the slip is told at once, with the way out."""
    with pytest.raises(TypeError, match=r"is weighed: Ingredient\(substance, '500 mg'\), not "):
        mr.Blend(wrong)


# -- the whole


def test_of_looks_names_up():
    """Names are looked up in the default catalogue, and in one that is given."""
    found = mr.Blend.of({"calcium carbonate": "2.5 g", "selenium yeast": "100 mg"})
    assert [each.name for each in found.ingredients] == ["calcium carbonate", "selenium yeast"]
    own = mr.default_catalog().with_source(mr.StaticSource("own", [mr.Compound("my chalk", formula="CaCO3")]))
    assert mr.Blend.of({"my chalk": "1 g"}, catalog=own).ingredients[0].name == "my chalk"


def test_of_never_guesses():
    """An ambiguous name is refused, or decided by a policy that is asked for."""
    with pytest.raises(mr.AmbiguousNameError):
        mr.Blend.of({"calcium citrate": "1 g"})
    with pytest.raises(mr.NotFoundError):
        mr.Blend.of({"unobtainium": "1 g"})
    with pytest.raises(mr.UnitError):
        mr.Blend.of({"calcium carbonate": "1"})
    decided = mr.Blend.of({"calcium citrate": "1 g"}, prefer="as-sold")
    assert decided.ingredients[0].name == "calcium citrate tetrahydrate"
    assert decided.ingredients[0].substance.notes[0].endswith("is calcium citrate tetrahydrate")


def test_masses_sum_to_the_blend():
    """Elemental masses and the unassigned mass sum to the mass of the blend."""
    impure = mr.Material(CHALK, name="chalk 90 %", declared={"Ca": "36 %"})
    whole = blend((impure, "1000 mg"), (YEAST, "100 mg"))
    parts = math.fsum(mg(mass) for mass in whole.elemental_masses().values())
    assert mg(whole.unassigned_mass) > 100
    assert parts + mg(whole.unassigned_mass) == pytest.approx(mg(whole.mass), rel=1e-12)
    assert mg(whole.elemental_mass("Se")) == pytest.approx(0.225, rel=1e-12)


def test_nothing_is_unassigned_in_pure_compounds():
    """Formulas explain all of a pure blend: exactly zero is left, not the rounding of the sums."""
    assert mg(blend((CHALK, "123.4 mg"), (MAGNESIA, "99.58 mg"), (DCM, "3 g")).unassigned_mass) == 0.0


@pytest.mark.parametrize("key", ["Ca", "calcium", "CALCIUM", 20, mr.element("Ca")])
def test_an_element_is_asked_for_in_any_way(key):
    """Symbol, name, atomic number and Element mean the same."""
    whole = blend((CHALK, "1 g"))
    assert mg(whole.elemental_mass(key)) == pytest.approx(400.4, abs=0.1)
    assert mg(whole.elemental_masses()[key]) == mg(whole.elemental_mass(key))


@pytest.mark.parametrize("key", ["Xx", "", None, 0, 3.5, "malic acid", "CaCO3"])
def test_a_mass_of_an_element_is_asked_by_an_element(key):
    """A species is no element here."""
    with pytest.raises(mr.NotFoundError):
        blend((CHALK, "1 g")).elemental_mass(key)


def test_amounts_and_equivalents_follow_the_mass():
    """Amount is mass over molar mass, equivalents are amount times charge; both in mmol."""
    whole = blend((DOLOMITE, "1 g"))
    amount = whole.amount("Ca")
    assert str(amount.units) == "millimole"
    assert amount.magnitude == pytest.approx(mg(whole.elemental_mass("Ca")) / 40.078, rel=1e-12)
    assert whole.equivalents("Ca").magnitude == pytest.approx(2 * amount.magnitude, rel=1e-12)
    assert str(whole.equivalents("Ca").units) == "millimole"


def test_equivalents_need_a_charge():
    """Where nothing tells a charge, equivalents are not known."""
    with pytest.raises(mr.UnknownChargeError):
        blend((mr.Compound("iron oxide", formula="Fe2O3"), "1 g")).equivalents("Fe")


def test_what_comes_along_is_expressed_as_the_acid():
    """Malate is told as malic acid, water as water, an oxide as an oxide."""
    whole = blend((DCM, "1000 mg"))
    acid = 134.087 / DCM.relative_formula_mass
    assert mg(whole.mass_as("malic acid")) == pytest.approx(1000 * acid, rel=1e-5)
    assert mg(blend((mr.Compound("e", formula="MgSO4.7H2O"), "1 g")).mass_as("water")) == pytest.approx(
        511.7, abs=0.1
    )
    assert mg(blend((MAGNESIA, "1 g")).mass_as("MgO")) == pytest.approx(1000, rel=1e-12)
    assert mg(whole.mass_as("citric acid")) == 0.0


def test_a_bare_formula_does_not_tell_its_acid():
    """A formula that may hold an acid's elements leaves its mass unknown, never zero."""
    with pytest.raises(mr.UnknownContentError):
        blend((mr.Compound("c", formula="CaC4H4O5"), "1 g")).mass_as("malic acid")


# -- what is not known


def test_an_unknown_content_is_noted_and_not_counted():
    """What one ingredient does not tell is noted beside what the others give."""
    whole = blend((CHALK, "1 g"), (YEAST, "1 g"), (MAGNESIA, "1 g"), (YEAST, "2 g"))
    assert mg(whole.elemental_mass("Ca")) == mg(blend((CHALK, "1 g")).elemental_mass("Ca"))
    notes = whole.ratio("Ca", "Mg").notes
    assert "Ca of selenium yeast: not known, not counted" in notes
    assert "Mg of selenium yeast: not known, not counted" in notes
    assert len(notes) == len(set(notes))


def test_what_nothing_tells_is_unknown():
    """Where no ingredient gives any for certain and one may hold some, the sum is not known, never zero."""
    whole = blend((YEAST, "1 g"), (CHALK, "1 g"))
    with pytest.raises(mr.UnknownContentError, match="Mg in selenium yeast"):
        whole.elemental_mass("Mg")
    with pytest.raises(mr.UnknownContentError):
        whole.ratio("Ca", "Mg")


def test_an_element_counts_as_far_as_it_is_explained():
    """Oxygen of a declared acid counts, though there may be more: one mass and all masses agree."""
    lot = mr.Material(name="lot", declared={"malic acid": "50 %"})
    whole = blend((lot, "1 g"), (MAGNESIA, "1 g"))
    assert mg(whole.elemental_mass("O")) == pytest.approx(mg(whole.elemental_masses()["O"]), rel=1e-12)
    assert whole.ratio("O", "Mg").partial == ("lot",)
    assert "O of lot: not known, counted as far as it is stated" in whole.ratio("O", "Mg").notes
    assert "Mg of lot: not known, not counted" in whole.ratio("O", "Mg").notes
    assert mg(blend((lot, "1 g")).elemental_mass("O")) == pytest.approx(298.3, abs=0.1)
    with pytest.raises(mr.UnknownContentError):
        blend((lot, "1 g")).elemental_mass("Mg")


def test_what_formulas_exclude_is_zero():
    """Formulas alone do exclude: no magnesium in chalk."""
    assert mg(blend((CHALK, "1 g")).elemental_mass("Mg")) == 0.0


def test_an_empty_blend_holds_nothing():
    """A blend of nothing has no mass and none of any element."""
    assert mg(mr.Blend().mass) == 0.0
    assert mg(mr.Blend().elemental_mass("Ca")) == 0.0
    assert dict(mr.Blend().elemental_masses()) == {}
    assert mr.Blend().editions == ()


# -- contributions


def test_contributions_tell_who_gave_what():
    """Each ingredient gives its part, zero by formula, or what is not known."""
    chalk, magnesia, yeast = blend((CHALK, "1 g"), (MAGNESIA, "1 g"), (YEAST, "1 g")).contributions("Ca")
    assert mg(chalk.mass) == pytest.approx(400.4, abs=0.1)
    assert chalk.content is not None
    assert chalk.content.kind == "theory"
    assert magnesia.grams == 0.0
    assert mg(magnesia.mass) == 0.0
    assert (yeast.grams, yeast.content) == (None, None)
    with pytest.raises(mr.UnknownContentError, match="selenium yeast"):
        _ = yeast.mass


def test_contributions_of_a_material_name_their_statement():
    """A declared content is named; a material of another compound gives none."""
    declared = mr.Material(CHALK, name="lot", declared={"Ca": "38 %"})
    lot, other = blend(
        (declared, "1 g"), (mr.Material(MAGNESIA, declared={"Mg": "55 %"}), "1 g")
    ).contributions("Ca")
    assert lot.content is not None
    assert (lot.content.kind, lot.grams) == ("stated", pytest.approx(0.38))
    assert (other.grams, other.content) == (0.0, None)


def test_contributions_sum_to_the_whole():
    """What all give is what the blend holds."""
    whole = blend((CHALK, "1 g"), (DOLOMITE, "2 g"), (DCM, "3 g"), (MAGNESIA, "4 g"))
    for key in ("Ca", "Mg", "malic acid", "carbonate"):
        known = [each.grams for each in whole.contributions(key) if each.grams]
        assert math.fsum(known) == pytest.approx(whole.bounds(key).value, rel=1e-13)
    with pytest.raises(mr.NotFoundError):
        whole.contributions("Xx")


# -- ranges


def test_dolomite_of_any_assay_has_one_ratio():
    """The assay of dolomite moves both its elements: its Ca:Mg is 1.649, not a range."""
    dolomite = mr.Material(DOLOMITE, assay=mr.Assay("90 to 98 %", of="CaMg(CO3)2"))
    ratio = blend((dolomite, "1 g")).ratio("Ca", "Mg")
    assert ratio.value == pytest.approx(1.649, abs=5e-4)
    assert ratio.low == ratio.value == ratio.high


def test_bounds_agree_with_brute_force():
    """With calcium carbonate added, the bounds are those of all corners of the two assays."""
    dolomite = mr.Material(DOLOMITE, assay=mr.Assay("90 to 98 %", of="CaMg(CO3)2"))
    chalk = mr.Material(CHALK, assay=mr.Assay("97 to 100 %", of="CaCO3"))
    whole = blend((dolomite, "700 mg"), (chalk, "300 mg"), (dolomite, "100 mg"))
    corners = []
    for first, second in itertools.product((0.90, 0.98), (0.97, 1.0)):
        calcium = 800 * first * DOLOMITE.mass_fraction("Ca") + 300 * second * CHALK.mass_fraction("Ca")
        corners.append(calcium / (800 * first * DOLOMITE.mass_fraction("Mg")))
    ratio = whole.ratio("Ca", "Mg")
    assert ratio.low == pytest.approx(min(corners), rel=1e-12)
    assert ratio.high == pytest.approx(max(corners), rel=1e-12)
    assert ratio.low < ratio.value < ratio.high


def test_the_same_material_twice_is_one_cause():
    """Half the lot twice is the lot, and two lots of different names vary apart."""

    def lot(name):
        return mr.Material(CHALK, name=name, declared={"Ca": "30 to 40 %"})

    other = mr.Material(MAGNESIA, name="magnesia", declared={"Mg": "50 to 60 %"})
    once = blend((lot("a"), "1 g"), (other, "1 g"))
    twice = blend((lot("a"), "400 mg"), (other, "1 g"), (lot("a"), "600 mg"))
    assert twice.ratio("Ca", "Mg").low == pytest.approx(once.ratio("Ca", "Mg").low, rel=1e-12)
    assert twice.ratio("Ca", "Mg").high == pytest.approx(once.ratio("Ca", "Mg").high, rel=1e-12)
    # The same lot above and below divides out; another lot does not.
    same = blend((lot("a"), "1 g"), (lot("a"), "1 g")).ratio("Ca", "Ca")
    assert (same.low, same.high) == (1.0, 1.0)


# -- values


def test_blends_add_up():
    """The sum of two blends holds the ingredients of both; what is no blend does not add."""
    one, two = blend((CHALK, "1 g")), blend((MAGNESIA, "2 g"))
    assert one + two == blend((CHALK, "1 g"), (MAGNESIA, "2 g"))
    with pytest.raises(TypeError):
        _ = one + 1
    with pytest.raises(TypeError):
        _ = 1 + one


def test_blends_are_values():
    """Blends compare, hash, copy and pickle, and cannot be changed."""
    one = blend((CHALK, "1 g"), (YEAST, "1 mg"))
    assert one == blend((CHALK, "1000 mg"), (YEAST, "0.001 g"))
    assert hash(one) == hash(blend((CHALK, "1000 mg"), (YEAST, "0.001 g")))
    assert one != blend((CHALK, "2 g"), (YEAST, "1 mg"))
    assert pickle.loads(pickle.dumps(one)) == one
    assert copy.deepcopy(one) == one
    with pytest.raises(AttributeError):
        one.ingredients = ()


def test_the_edition_of_the_weights_is_known():
    """A blend names each edition of atomic weights that it was reckoned with."""
    heavy = mr.default_weights().replace(name="heavy", citation="a test", weights={"Ca": 80.0})
    both = blend((CHALK, "1 g"), (MAGNESIA, "1 g"), (CHALK.with_weights(heavy), "1 g"))
    assert both.editions == ("CIAAW 2024", "heavy")
    assert mg(blend((CHALK.with_weights(heavy), "1 g")).elemental_mass("Ca")) == pytest.approx(571.3, abs=0.1)


def test_an_element_without_a_weight_is_refused():
    """No mass number is slipped in for technetium."""
    with pytest.raises(mr.NoAtomicWeightError, match="Tc"):
        blend((mr.Compound("pertechnetate", formula="NaTcO4"), "1 g")).elemental_masses()
