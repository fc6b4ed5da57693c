"""Analyses: stated amounts without compounds; what is not stated is unknown, never zero."""

from __future__ import annotations

import copy
import pickle

import pytest

import mineral_ratio as mr

PASTURE = mr.Analysis({"K": "32.9 g", "Ca": "3.9 g", "Mg": "1.9 g"}, per="kg dry matter", scope="ration")
AVAILABLE = mr.NamedSpecies("available P", "P", element="P", factor=0.8)


def mg(quantity) -> float:
    """The magnitude of a mass in mg."""
    return float(quantity.m_as("mg"))


def test_tetany_ratio_of_a_pasture():
    """K/(Ca+Mg) in equivalents, at 3.29 % K, 0.39 % Ca and 0.19 % Mg, is 2.40."""
    ratio = PASTURE.ratio("K", "Ca+Mg", "equivalent")
    assert ratio.value == pytest.approx(2.40, abs=5e-3)
    assert PASTURE.ratio("K", ["Ca", "Mg"], "mass").value == pytest.approx(32.9 / 5.8)


def test_phytate_to_zinc():
    """Phytate:zinc is a ratio of amounts: 660 mg to 6.5 mg is about ten to one."""
    diet = mr.Analysis({"phytic acid": "660 mg", "Zn": "6.538 mg"}, per="day")
    assert diet.ratio("phytic acid", "Zn", "amount").value == pytest.approx(10.0, abs=0.01)


def test_what_is_not_stated_is_unknown():
    """Missing is unknown, never zero, on either side of a ratio and inside a sum."""
    with pytest.raises(mr.UnknownContentError, match="Na in analysis"):
        PASTURE.elemental_mass("Na")
    for numerator, denominator in (("Na", "K"), ("K", "Na"), ("K", "Ca+Na"), ("malic acid", "K")):
        with pytest.raises(mr.UnknownContentError):
            PASTURE.ratio(numerator, denominator)


def test_a_stated_zero_is_zero():
    """A zero that was stated is known: a ratio to it is undefined, one of it is zero."""
    water = mr.Analysis({"Ca": "80 mg", "Mg": "0 mg"}, per="L")
    assert water.ratio("Mg", "Ca").value == 0.0
    with pytest.raises(mr.UndefinedRatioError):
        water.ratio("Ca", "Mg")


@pytest.mark.parametrize(
    ("stated", "asked", "expected"),
    [
        ({"P2O5": "1 g"}, "P", 436.4),
        ({"P": "1 g"}, "P2O5", 2291.4),
        ({"MgO": "100 mg"}, "Mg", 60.30),
        ({"as CaCO3": "100 mg"}, "Ca", 40.04),
        ({"Ca2+": "100 mg"}, "Ca", 100.0),
        ({"Ca": "100 mg"}, "Ca2+", 100.0),
        ({"Mg": "1 mmol"}, "Mg", 24.305),
        ({"Ca": "2 mEq"}, "Ca", 40.078),
        ({"chloride": "35.45 mg"}, "Cl", 35.45),
        ({AVAILABLE: "2 g"}, AVAILABLE, 2000.0),
        ({AVAILABLE: "2 g"}, "P", 2500.0),
        ({"P": "2.5 g"}, AVAILABLE, 2000.0),
    ],
)
def test_an_element_is_known_from_another_form_of_it(stated, asked, expected):
    """Oxides, ions, hardness as CaCO3 and available phosphorus lead to their element, and back."""
    assert mg(mr.Analysis(stated, per="kg").mass_as(asked)) == pytest.approx(expected, rel=1e-3)


def test_available_phosphorus_stands_beside_the_total():
    """Part of an element and all of it may both be stated; a form of all is reckoned from all."""
    feed = mr.Analysis({"Ca": "10 g", "P": "5 g", AVAILABLE: "2 g"}, per="kg")
    assert feed.ratio("Ca", "P").value == pytest.approx(2.0)
    assert feed.ratio("Ca", AVAILABLE).value == pytest.approx(5.0)
    assert mg(feed.mass_as("P2O5")) == pytest.approx(5000 * 2.2914, rel=1e-4)


def test_a_form_that_several_statements_could_give_is_unknown():
    """Of two parts of an element neither says how much there is of all."""
    digestible = mr.NamedSpecies("digestible P", "P", element="P", factor=0.5)
    feed = mr.Analysis({AVAILABLE: "2 g", digestible: "1 g"}, per="kg")
    with pytest.raises(mr.UnknownContentError):
        feed.elemental_mass("P")


@pytest.mark.parametrize(
    "amounts",
    [
        {"Ca": "1 g", "calcium": "1 g"},
        {"Ca": "1 g", "Ca2+": "1 g"},
        {"P": "1 g", "P2O5": "2.3 g"},
        {"Ca": "1 g", 20: "1 g"},
    ],
)
def test_an_element_is_stated_once(amounts):
    """The same element twice, also in another form, is refused."""
    with pytest.raises(mr.MassBalanceError, match="twice"):
        mr.Analysis(amounts, per="L")


@pytest.mark.parametrize(
    ("amounts", "error"),
    [
        ({"Xx": "1 g"}, mr.NotFoundError),
        ({"vitamin C": "1 g"}, mr.NotFoundError),
        ({None: "1 g"}, mr.NotFoundError),
        ({"Ca": 400}, mr.UnitError),
        ({"Ca": "400"}, mr.UnitError),
        ({"Ca": "-1 mg"}, mr.UnitError),
        ({"Ca": "5 mL"}, mr.UnitError),
        ({"Ca": "1e305 kg"}, mr.UnitError),
        ({"Fe": "1 mEq"}, mr.UnknownChargeError),
        ({"Tc": "1 mmol"}, mr.NoAtomicWeightError),
    ],
)
def test_bad_statements_are_refused(amounts, error):
    """What names no analyte or is no amount of it is refused."""
    with pytest.raises(error):
        mr.Analysis(amounts, per="L")


def test_a_stated_ion_says_its_charge():
    """Chloride counts by its charge; chlorine alone may be bound to oxygen, and does not."""
    water = mr.Analysis({"chloride": "35.45 mg", "Na+": "22.98977 mg", "sulfate": "96.06 mg"}, per="L")
    assert water.equivalents("Cl").magnitude == pytest.approx(1.0, rel=1e-3)
    assert water.ratio("Na", "Cl", "equivalent").value == pytest.approx(1.0, rel=1e-3)
    assert water.equivalents("sulfate").magnitude == pytest.approx(2.0, rel=1e-3)
    with pytest.raises(mr.UnknownChargeError):
        mr.Analysis({"Cl": "35.45 mg"}, per="L").equivalents("Cl")


def test_an_ion_of_two_charges_counts_as_stated():
    """Iron has no one common ion; a stated Fe3+ says three."""
    water = mr.Analysis({"Fe3+": "55.845 mg"}, per="L")
    assert water.equivalents("Fe").magnitude == pytest.approx(3.0, rel=1e-9)
    assert water.amount("Fe").magnitude == pytest.approx(1.0, rel=1e-9)


def test_the_table_of_common_ions_is_named():
    """Where the charge comes from the table of common ions, the notes say so."""
    notes = PASTURE.ratio("K", "Ca", "equivalent").notes
    assert any(note.startswith("K of analysis counted as K+") for note in notes)
    assert "K: stated 32.9 g" in notes


def test_another_form_is_noted():
    """What was reckoned by formula says from what."""
    notes = mr.Analysis({"P2O5": "1 g", "Ca": "1 g"}, per="kg").ratio("Ca", "P").notes
    assert "P: by formula from 1 g stated as P2O5" in notes


def test_the_weights_of_an_analysis_are_its_own():
    """Another edition changes amounts, not stated masses."""
    heavy = mr.default_weights().replace(name="heavy", citation="a test", weights={"Ca": 80.0})
    water = mr.Analysis({"Ca": "80 mg"}, per="L", weights=heavy)
    assert water.amount("Ca").magnitude == pytest.approx(1.0)
    assert mg(water.elemental_mass("Ca")) == pytest.approx(80.0)
    assert mr.check(water).editions == ("heavy",)


def test_analyses_are_values():
    """Analyses compare, copy and pickle, and say what they are of."""
    again = mr.Analysis(
        {"K": "32900 mg", "Ca": "3900 mg", "Mg": "1900 mg"}, per="kg dry matter", scope="ration"
    )
    assert again == PASTURE
    assert hash(again) == hash(PASTURE)
    assert (PASTURE.scope, PASTURE.per, PASTURE.name) == ("ration", "kg dry matter", "analysis")
    assert mr.Analysis({"K": "1 g"}, per="kg").scope == ""
    assert pickle.loads(pickle.dumps(PASTURE)) == PASTURE
    assert copy.deepcopy(PASTURE) == PASTURE


def test_what_counts_food_water_and_supplements_is_a_total_diet():
    """So rules on the total diet speak of it without being told again; a part of a diet is not one."""
    parts = ["natural_food", "added_to_food", "water", "supplement"]
    stated = {"Na": "500 mg", "K": "3 g"}
    assert mr.Analysis(stated, per="day", counts=parts).scope == "total diet"
    assert mr.Analysis(stated, per="day", counts=parts[:3]).scope == ""
    assert mr.Analysis(stated, per="day", counts=parts, scope="ration").scope == "ration"


def test_ions_of_one_element_sum_to_it():
    """Iron(II) and iron(III) are both iron, and each counts its own charge."""
    water = mr.Analysis({"Fe2+": "1 mg", "Fe3+": "2 mg"}, per="L")
    assert mg(water.elemental_mass("Fe")) == pytest.approx(3.0)
    mol = 1e-3 / water.weights.value("Fe")
    assert water.bounds("Fe", "equivalent").value == pytest.approx(2 * mol + 3 * 2 * mol)
    assert mg(water.mass_as("Fe3+")) == pytest.approx(2.0)
    assert water.find(mr.analyte("Fe")).notes == (
        "Fe: by formula from 1 mg stated as Fe2+",
        "Fe: by formula from 2 mg stated as Fe3+",
    )


def test_an_ion_does_not_follow_from_another_ion_of_its_element():
    """How much iron(III) there is, iron(II) does not tell; the element would."""
    with pytest.raises(mr.UnknownContentError, match="Fe3"):
        mr.Analysis({"Fe2+": "1 mg"}, per="L").mass_as("Fe3+")
    assert mg(mr.Analysis({"Fe": "1 mg"}, per="L").mass_as("Fe3+")) == pytest.approx(1.0)


def test_an_element_beside_one_of_its_ions_is_refused():
    """Whether the iron is beside the iron(II) or with it, nothing says."""
    with pytest.raises(mr.MassBalanceError, match="Fe and Fe2\\+ state the same element twice"):
        mr.Analysis({"Fe2+": "1 mg", "Fe": "2 mg"}, per="L")
