"""Products: what is asked for, what is filled, what the label says."""

from __future__ import annotations

import copy
import math
import pickle

import pint
import pytest

import mineral_ratio as mr

CHALK = mr.Compound("chalk", ions="1 Ca2+, 1 carbonate")
MAGNESIA = mr.Compound("magnesia", ions="1 Mg2+, 1 oxide")
LOT = mr.Material(CHALK, name="chalk, 38 % Ca", declared={"Ca": "38 %"})
AT_LEAST = mr.Material(MAGNESIA, name="magnesia, min. 55 %", declared={"Mg": ">= 55 %"})
YEAST = mr.Material(name="selenium yeast", declared={"Se": "2000 to 2500 mg/kg"})


def mg(quantity) -> float:
    """The magnitude of a mass in mg."""
    return float(quantity.m_as("mg"))


# -- supplies


@pytest.mark.parametrize(
    ("overage", "share"), [("5 %", 0.05), (0.05, 0.05), ("0 %", 0.0), (0, 0.0), (1, 1.0), ("150 %", 1.5)]
)
def test_mass_is_claim_times_overage_over_content(overage, share):
    """Mass is claim x (1 + overage) / content, as filled; without the overage as labelled."""
    supply = mr.Supply(LOT, "Ca", "1000 mg", overage=overage)
    assert supply.overage == share
    assert mg(supply.filled.mass) == pytest.approx(1000 * (1 + share) / 0.38, rel=1e-12)
    assert mg(supply.labelled.mass) == pytest.approx(1000 / 0.38, rel=1e-12)


@pytest.mark.parametrize(
    ("substance", "content"),
    [
        (CHALK, CHALK.mass_fraction("Ca")),
        (LOT, 0.38),
        (mr.Material(CHALK, declared={"Ca": ">= 36 %"}), 0.36),
        (mr.Material(CHALK, declared={"Ca": "36 to 40 %"}), 0.38),
        (mr.Material(CHALK, declared={"Ca": "36 to 40 %, typical 39 %"}), 0.39),
    ],
)
def test_the_nominal_content_counts(substance, content):
    """Typical before guaranteed before midpoint; theory where nothing is declared."""
    assert mg(mr.Supply(substance, "Ca", "1 g").filled.mass) == pytest.approx(1000 / content, rel=1e-12)


@pytest.mark.parametrize("amount", ["401.0 mg", "10.00561 mmol", "20.01123 mEq"])
def test_an_element_is_asked_for_in_mass_amount_or_equivalents(amount):
    """The three ways to ask for an element meet through its molar mass and charge."""
    assert mg(mr.Supply(CHALK, "Ca", amount).filled.mass) == pytest.approx(1001.4, abs=0.1)


def test_an_element_is_asked_for_by_a_quantity():
    """A quantity of a private registry is read in its own unit."""
    quantity = pint.UnitRegistry().Quantity(0.4, "g")
    assert mg(mr.Supply(CHALK, "calcium", quantity).filled.mass) == pytest.approx(
        400 / CHALK.mass_fraction("Ca")
    )


@pytest.mark.parametrize("element", ["malic acid", "Xx", "", None, "CaCO3"])
def test_what_is_asked_for_is_an_element(element):
    """A supply names one element."""
    with pytest.raises(mr.NotFoundError):
        mr.Supply(CHALK, element, "1 g")


def test_a_substance_that_holds_none_cannot_supply():
    """None by formula and not known are both refused."""
    with pytest.raises(mr.UnknownContentError):
        mr.Supply(CHALK, "Mg", "1 g")
    with pytest.raises(mr.UnknownContentError):
        mr.Supply(YEAST, "Ca", "1 g")


@pytest.mark.parametrize("amount", ["5 mL", "500 Mg", "1", "-1 mg", 5, None, "1e305 kg"])
def test_a_bad_amount_is_refused(amount):
    """Amounts are read as strictly as everywhere."""
    with pytest.raises(mr.UnitError):
        mr.Supply(CHALK, "Ca", amount)


@pytest.mark.parametrize("overage", ["-5 %", -0.05, "5", math.nan, math.inf, None, True, [0.1], 10**400])
def test_a_bad_overage_is_refused(overage):
    """An overage is a fraction that is finite and not negative."""
    with pytest.raises(mr.UnitError):
        mr.Supply(CHALK, "Ca", "1 g", overage=overage)


def test_equivalents_need_a_charge():
    """Without a known charge an amount in mEq is no mass."""
    with pytest.raises(mr.UnknownChargeError):
        mr.Supply(mr.Compound("iron oxide", formula="Fe2O3"), "Fe", "1 mEq")


# -- products


def product(**settings) -> mr.Product:
    """A product of chalk with an overage and of weighed magnesia."""
    rows = [mr.Supply(LOT, "Ca", "1000 mg", overage="10 %"), mr.Ingredient(AT_LEAST, "1 g")]
    return mr.Product("test", rows, **settings)


def test_questions_are_answered_as_filled():
    """A product answers with its overages in; the labelled blend is beside it."""
    made = product()
    assert mg(made.elemental_mass("Ca")) == pytest.approx(1100, rel=1e-12)
    assert mg(made.labelled.elemental_mass("Ca")) == pytest.approx(1000, rel=1e-12)
    assert made.blend.ingredients[1] == made.labelled.ingredients[1]
    assert made.ratio("Ca", "Mg") == made.blend.ratio("Ca", "Mg")
    assert made.ratio("Ca", "Mg").value == pytest.approx(2.0, rel=1e-12)
    assert made.labelled.ratio("Ca", "Mg").value == pytest.approx(1000 / 550, rel=1e-12)
    assert made.scope == "product"


def test_label_claims_are_read():
    """Claims are amounts by analyte, in mass, amount or equivalents."""
    claims = product(label_claims={"Ca": "1,000 mg", "magnesium": "50 mEq", "malic acid": "1 g"}).label_claims
    assert [str(each.analyte) for each in claims] == ["Ca", "Mg", "malic acid"]
    assert [each.as_read for each in claims] == ["1000 mg", "50 mEq", "1 g"]
    assert mg(claims[1].mass) == pytest.approx(50 * 24.305 / 2, rel=1e-12)
    assert product(label_claims=claims).label_claims == claims


@pytest.mark.parametrize(
    ("claims", "error"),
    [
        ({"Xx": "1 g"}, mr.NotFoundError),
        ({"vitamin C": "1 g"}, mr.NotFoundError),
        ({"Ca": "1"}, mr.UnitError),
        ({"Ca": "1e305 kg"}, mr.UnitError),
        ({"Ca": 1000}, mr.UnitError),
        ({"Fe": "1 mEq"}, mr.UnknownChargeError),
        ({"Ca": "1 g", "calcium": "2 g"}, mr.MassBalanceError),
        ({"Ca": "1 g", 20: "1 g"}, mr.MassBalanceError),
    ],
)
def test_bad_claims_are_refused(claims, error):
    """What names no analyte, is no amount, or claims one twice is refused."""
    with pytest.raises(error):
        product(label_claims=claims)


@pytest.mark.parametrize("servings", [0, -1, math.nan, math.inf, True, "2", [1], 10**400])
def test_bad_servings_are_refused(servings):
    """Servings per day are a finite number above zero."""
    with pytest.raises(mr.UnitError, match="servings per day"):
        product(servings_per_day=servings)


def test_a_day_is_servings_times_a_serving():
    """What is taken in a day follows from servings per day, and is not known without them."""
    assert product().daily is None
    daily = product(servings_per_day=2.5).daily
    assert daily is not None
    assert mg(daily.elemental_mass("Ca")) == pytest.approx(2750, rel=1e-12)


@pytest.mark.parametrize("rows", [[CHALK], ["chalk"], [None]])
def test_a_product_is_made_of_ingredients_and_supplies(rows):
    """A substance without an amount is neither."""
    with pytest.raises(TypeError):
        mr.Product("test", rows)


def test_a_filled_mass_stays_within_reason():
    """A supply whose powder would outweigh everything is refused when the product is made."""
    trace = mr.Material(name="trace", declared={"Se": "1e-3 µg/kg"})
    with pytest.raises(mr.UnitError, match="not the mass of anything"):
        mr.Product("test", [mr.Supply(trace, "Se", "1e27 kg")])


def test_products_are_values():
    """Products compare, hash, copy and pickle; how their file was written does not matter."""
    one = product(label_claims={"Ca": "1 g"}, servings_per_day=2, serving="a spoon", rules=["a"])
    same = product(
        label_claims={"Ca": "1000 mg"}, servings_per_day=2.0, serving="a spoon", rules=["a"], readings=["x"]
    )
    assert one == same
    assert hash(one) == hash(same)
    assert one != product(label_claims={"Ca": "1 g"})
    assert pickle.loads(pickle.dumps(one)) == one
    assert copy.deepcopy(one).blend == one.blend
