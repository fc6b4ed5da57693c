"""Materials: assays, losses and declared contents, and what mass allows."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import attrs
import numpy as np
import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mineral_ratio as mr
from mineral_ratio.testing import hostile_text
from strategies import not_text

CATALOG = mr.default_catalog()
MAGNESIA = CATALOG.compound("magnesium oxide")
CITRATE = CATALOG.compound("calcium citrate tetrahydrate")
CHLORIDE = CATALOG.compound("calcium chloride dihydrate")
EPSOM = CATALOG.compound("epsom salt")
DMM = CATALOG.compound("dimagnesium malate")


def near(value: float) -> Any:
    """What compares equal to a value but for rounding."""
    return pytest.approx(value, rel=1e-12)


def numbers(content: mr.Content) -> tuple[float, float, float]:
    """Value, low and high."""
    return content.value, content.low, content.high


# -- the pure compound


def test_a_material_by_itself_is_the_pure_compound() -> None:
    """As is, by theory, under the compound's name."""
    pure = mr.Material(EPSOM)
    for key in ("Mg", "sulfate", "water", "MgSO4", "Ca"):
        assert pure.content(key) == EPSOM.content(key)
    assert (pure.name, str(pure), pure.pure) == (EPSOM.name, EPSOM.name, True)
    assert (pure.formula_status, pure.notes) == ("established", ())
    assert pure.equivalents_per_mole("Mg") == EPSOM.equivalents_per_mole("Mg")


def test_a_loss_that_nothing_goes_by_is_noted() -> None:
    """Theory is used as it is, and that is said."""
    dried = mr.Material(MAGNESIA, loss_on_ignition="<= 10 %")
    assert dried.content("Mg") == MAGNESIA.content("Mg")
    assert any("a loss is stated" in note for note in dried.notes)


# -- bases


@pytest.mark.parametrize(
    ("basis", "losses"),
    [
        ("dried", {"loss_on_drying": "2 %"}),
        ("anhydrous", {"water_content": "2 %"}),
        ("ignited", {"loss_on_ignition": "2 %"}),
    ],
)
def test_content_as_is_is_assay_times_what_the_loss_leaves(basis: Any, losses: dict[str, str]) -> None:
    """Each basis goes by its own loss, and is refused without it."""
    assay = mr.Assay("98 %", of="MgO", basis=basis)
    found = mr.Material(MAGNESIA, assay=assay, **losses).content("Mg")
    assert found.value == near(0.98 * 0.98 * MAGNESIA.mass_fraction("Mg"))
    assert found.kind == "stated"
    assert "2 %" in found.source
    declared = {"Mg": mr.Declared("58 %", basis)}
    assert mr.Material(MAGNESIA, declared=declared, **losses).content("Mg").value == near(0.58 * 0.98)
    others = {"loss_on_drying": "2 %", "water_content": "2 %", "loss_on_ignition": "2 %"}
    wrong = {key: value for key, value in others.items() if key not in losses}
    for given_losses in ({}, wrong):
        with pytest.raises(mr.MassBalanceError, match=f"{next(iter(losses))} must be given"):
            mr.Material(MAGNESIA, assay=assay, **given_losses)
        with pytest.raises(mr.MassBalanceError, match=f"{next(iter(losses))} must be given"):
            mr.Material(MAGNESIA, declared=declared, **given_losses)


def test_as_is_no_loss_is_taken_off() -> None:
    """A loss beside an assay as is changes nothing."""
    assay = mr.Assay("98 %", of="MgO")
    plain = mr.Material(MAGNESIA, assay=assay)
    assert mr.Material(MAGNESIA, assay=assay, loss_on_ignition="5 %").content("Mg") == plain.content("Mg")


@pytest.mark.parametrize("loss", ["100 %", ">= 2 %", "50 to 120 %", "typical 2 %"])
def test_a_loss_that_may_leave_nothing_is_refused(loss: str) -> None:
    """A loss without an upper limit below 100 % says nothing of what is left."""
    with pytest.raises(mr.MassBalanceError, match="leave nothing"):
        mr.Material(MAGNESIA, assay=mr.Assay("98 %", of="MgO", basis="dried"), loss_on_drying=loss)


def test_the_range_has_two_causes() -> None:
    """The least content is at the least assay and the greatest loss."""
    assay = mr.Assay("96 to 99 %", of="MgO", basis="ignited")
    found = mr.Material(MAGNESIA, assay=assay, loss_on_ignition="2 to 8 %").content("Mg")
    theory = MAGNESIA.mass_fraction("Mg")
    assert numbers(found) == (
        near(0.975 * 0.95 * theory),
        near(0.96 * 0.92 * theory),
        near(0.99 * 0.98 * theory),
    )
    assert found.kind == "midpoint"


# -- crystal water


def hydrate_assay(basis: Any) -> mr.Assay:
    """An assay of the tetrahydrate."""
    return mr.Assay("97.5 to 100.5 %", of="Ca3(C6H5O7)2.4H2O", basis=basis)


HYDRATE_ASSAY = hydrate_assay("dried")


@pytest.mark.parametrize(
    "specification",
    [
        {"assay": HYDRATE_ASSAY, "loss_on_drying": "10.0 to 13.3 %"},
        {"assay": HYDRATE_ASSAY, "loss_on_drying": "10.0 to 13.3 %", "drying_removes_crystal_water": True},
        {"assay": HYDRATE_ASSAY, "loss_on_drying": "<= 1 %", "drying_removes_crystal_water": True},
        {"assay": hydrate_assay("anhydrous"), "water_content": "10.0 to 13.3 %"},
        {"assay": hydrate_assay("ignited"), "loss_on_ignition": "10.0 to 13.3 %"},
        {
            "declared": {"Ca3(C6H5O7)2.4H2O": mr.Declared("98 %", "dried")},
            "loss_on_drying": "10.0 to 13.3 %",
        },
    ],
)
def test_crystal_water_is_never_taken_off_twice(specification: dict[str, Any]) -> None:
    """A species that holds the water that has gone on its basis is refused."""
    with pytest.raises(mr.MassBalanceError, match="count it twice"):
        mr.Material(CITRATE, **specification)


@pytest.mark.parametrize(("loss", "said"), [("<= 1 %", None), ("<= 1 %", False), ("10.0 to 13.3 %", False)])
def test_a_drying_that_leaves_crystal_water_is_taken_off_once(loss: str, said: bool | None) -> None:
    """Surface moisture, by its size or because it is said, is no crystal water."""
    found = mr.Material(
        CITRATE, assay=HYDRATE_ASSAY, loss_on_drying=loss, drying_removes_crystal_water=said
    ).content("Ca")
    stated = mr.Range.parse(loss)
    assert stated.high is not None
    assert found.low == near(0.975 * (1 - stated.high) * CITRATE.mass_fraction("Ca"))


def test_crystal_water_that_may_have_gone_is_unknown() -> None:
    """Where the stated part leaves less than the formula's water, none of it is made up."""
    flake = mr.Material(CHLORIDE, assay=mr.Assay("77 %", of="CaCl2"))
    for key in ("water", "H", "O"):
        with pytest.raises(mr.UnknownContentError):
            flake.content(key)
    assert any("crystal water is not known" in note for note in flake.notes)
    assert "O" not in flake.assigned_elements()
    thinner = mr.Material(CHLORIDE, assay=mr.Assay("75 %", of="CaCl2"))
    assert thinner.content("water").kind == "derived"
    assert thinner.content("water").value == near(0.75 * CHLORIDE.content("water").value / 0.7549112973443622)


def test_a_stated_water_content_is_the_water() -> None:
    """Also of a compound without crystal water; hydrogen and oxygen count it."""
    moist = mr.Material(MAGNESIA, declared={"Mg": "57 %"}, water_content="3 to 5 %")
    assert numbers(moist.content("water")) == (near(0.04), near(0.03), near(0.05))
    assert moist.content("water").kind == "midpoint"
    assert moist.content("H").value == near(0.04 * 2 * 1.008 / 18.015)
    hydrate = mr.Material(CITRATE, declared={"Ca": "20 %"}, water_content="12 to 14 %")
    assert hydrate.content("water").value == near(0.13)
    assert hydrate.content("H").kind == "derived"
    with pytest.raises(mr.MassBalanceError, match="water is stated twice"):
        mr.Material(CITRATE, declared={"Ca": "20 %", "water": "12 %"}, water_content="13 %")


# -- above 100 %, and what mass forbids


@pytest.mark.parametrize(
    ("name", "of", "stated"),
    [
        ("calcium chloride dihydrate", "CaCl2.2H2O", "99.0 to 107.0 %"),
        ("zinc sulfate heptahydrate", "ZnSO4.7H2O", "99.0 to 108.7 %"),
    ],
)
def test_limits_of_hydrates_above_100_are_kept_and_flagged(name: str, of: str, stated: str) -> None:
    """They are normal: the salt holds less water than its formula says."""
    compound = CATALOG.compound(name)
    symbol = str(compound.assigned_elements()[0])
    material = mr.Material(compound, assay=mr.Assay(stated, of=of))
    limits = mr.Range.parse(stated)
    found = material.content(symbol)
    assert (found.low, found.high) == (
        near((limits.low or 0) * compound.mass_fraction(symbol)),
        near((limits.high or 0) * compound.mass_fraction(symbol)),
    )
    assert any("above 100 % is kept" in note for note in material.notes)
    assert not any("above 100 %" in note for note in mr.Material(compound).notes)


@pytest.mark.parametrize(
    "declared",
    [
        {"Ca": ">= 60 %", "Mg": ">= 45 %"},
        {"Ca": "60 %", "P": "20 %", "F": "20.1 %"},
        {"malic acid": "70 to 80 %", "Mg": ">= 31 %"},
        {"Ca": "100.1 %"},
    ],
)
def test_contents_whose_low_ends_sum_above_100_are_refused(declared: dict[str, str]) -> None:
    """Without a formula nothing explains an excess."""
    with pytest.raises(mr.MassBalanceError, match=r"sum to 10\d"):
        mr.Material(None, name="impossible", declared=declared)


def test_contents_that_may_sum_above_100_are_kept() -> None:
    """Only low ends count: upper limits may."""
    mr.Material(None, name="possible", declared={"Ca": "<= 60 %", "Mg": "<= 60 %"})
    mr.Material(None, name="possible", declared={"Ca": "60 %", "Mg": "40 %"})


def test_statements_of_different_parts_sum_to_no_more_than_100() -> None:
    """Salt and water stated apart are two determinations; the sum has no excess."""
    with pytest.raises(mr.MassBalanceError, match="sum to"):
        mr.Material(CITRATE, assay=mr.Assay("92 %", of="Ca3(C6H5O7)2"), water_content="10 %")
    with pytest.raises(mr.MassBalanceError, match="sum to"):
        mr.Material(DMM, declared={"Mg": "30 %", "malic acid": "62 %"})


@pytest.mark.parametrize(
    "specification",
    [
        {"declared": {"Mg": "64 %"}},
        {"declared": {"Mg": ">= 64 %"}},
        {"declared": {"Mg": mr.Declared("64 %", "dried")}, "loss_on_drying": "<= 20 %"},
        {"assay": mr.Assay("106 %", of="MgO")},
        {"assay": mr.Assay("106 %", of="MgO", basis="ignited"), "loss_on_ignition": "<= 20 %"},
    ],
)
def test_a_determined_content_far_above_theory_is_refused(specification: dict[str, Any]) -> None:
    """More than 5 % above the residue's theory, which can be set."""
    with pytest.raises(mr.MassBalanceError, match=r"more than 5 % above the theory of MgO, "):
        mr.Material(MAGNESIA, **specification)
    mr.Material(MAGNESIA, **specification, excess=0.1)


def test_a_determined_content_a_little_above_theory_is_kept_and_flagged() -> None:
    """A certificate that finds 100.4 % is within the error of its method."""
    lot = mr.Material(MAGNESIA, assay=mr.Assay("100.4 %", of="MgO"))
    assert lot.content("Mg").value == near(1.004 * MAGNESIA.mass_fraction("Mg"))
    assert any("above theory" in note for note in lot.notes)
    lot = mr.Material(MAGNESIA, declared={"Mg": "61 %"})
    assert any("above theory" in note for note in lot.notes)
    with pytest.raises(mr.MassBalanceError, match="more than 0 %"):
        mr.Material(MAGNESIA, declared={"Mg": "61 %"}, excess=0)


def test_a_hydrate_is_held_against_its_anhydrous_residue() -> None:
    """A dried-out hydrate holds more than the hydrate's theory, and that is allowed."""
    anhydrous = CITRATE.mass_fraction("Ca") / CITRATE.content("Ca3(C6H5O7)2").value
    assert mr.Material(CITRATE, declared={"Ca": "24 %"}).content("Ca").value == near(0.24)
    assert 0.24 < anhydrous < 0.25
    with pytest.raises(mr.MassBalanceError, match="above the theory"):
        mr.Material(CITRATE, declared={"Ca": "25.5 %"})


def test_a_disputed_formula_has_no_theory_to_be_above_of() -> None:
    """Only the sum counts there."""
    disputed = mr.Compound("made up", ions="Mg2+, 2 chloride", formula_status="disputed")
    established = mr.Compound("made up", ions="Mg2+, 2 chloride")
    declared = {"Mg": "27 %", "Cl": "60 %"}
    assert mr.Material(disputed, declared=declared).content("Mg").value == near(0.27)
    with pytest.raises(mr.MassBalanceError, match="above the theory"):
        mr.Material(established, declared=declared)


@pytest.mark.parametrize("excess", [-0.01, float("nan"), float("inf"), "5 %", None])
def test_an_excess_is_a_fraction(excess: Any) -> None:
    """Finite and not negative."""
    with pytest.raises(mr.UnitError, match="no excess"):
        mr.Material(MAGNESIA, excess=excess)


# -- declared contents


@pytest.mark.parametrize(
    ("stated", "value", "kind"),
    [
        ("20 %", 0.2, "stated"),
        (">= 20 %", 0.2, "minimum"),
        ("min 20 %", 0.2, "minimum"),
        ("NLT 20 %", 0.2, "minimum"),
        ("<= 20 %", 0.2, "maximum"),
        ("NMT 20 %", 0.2, "maximum"),
        ("19 to 21 %", 0.2, "midpoint"),
        ("19-21 %", 0.2, "midpoint"),
        ("19 to 22 %, typical 20 %", 0.2, "typical"),
        (">= 18 %, typical 20 %", 0.2, "typical"),
        ("typical 20 %", 0.2, "typical"),
    ],
)
def test_a_declared_content_says_which_value_is_used(stated: str, value: float, kind: str) -> None:
    """Typical if declared, else the guaranteed side, else the midpoint."""
    found = mr.Material(DMM, declared={"Mg": stated}).content("Mg")
    assert found.value == near(value)
    assert found.kind == kind
    assert found.source == f"declared Mg {stated}"
    assert found.analyte == "Mg"
    assert found.low <= found.value <= found.high


def test_an_open_upper_end_is_the_theory() -> None:
    """Of the formula; 100 % without one."""
    both = mr.Material(DMM, declared={"Mg": ">= 20 %", "malic acid": ">= 52 %"})
    assert numbers(both.content("Mg")) == (0.2, 0.2, near(DMM.mass_fraction("Mg")))
    assert numbers(both.content("malic acid")) == (0.52, 0.52, near(DMM.content("malic acid").value))
    alone = mr.Material(None, name="chelate", declared={"Mg": ">= 20 %"})
    assert numbers(alone.content("Mg")) == (0.2, 0.2, 1.0)
    foreign = mr.Material(DMM, declared={"Mg": ">= 20 %", "Ca": ">= 1 %"})
    assert foreign.content("Ca").high == 1.0
    # What has lost water holds up to the theory of the anhydrous salt; dried, it is that from the start.
    dry = mr.Material(CITRATE, declared={"Ca": ">= 22 %"})
    assert dry.content("Ca").high == near(CITRATE.anhydrous.mass_fraction("Ca"))
    typical = mr.Material(CITRATE, declared={"Ca": ">= 20 %, typical 22 %"})
    assert typical.content("Ca").high == near(CITRATE.anhydrous.mass_fraction("Ca"))


def test_an_open_lower_end_is_zero() -> None:
    """A maximum guarantees nothing, so that no mass is enough for certain."""
    material = mr.Material(DMM, declared={"Mg": "<= 22 %"})
    assert numbers(material.content("Mg")) == (0.22, 0.0, 0.22)
    with pytest.raises(mr.UnknownContentError):
        material.mass_for("Mg", "1 g", at="low")


def test_what_is_not_declared_is_derived_and_says_so() -> None:
    """By formula from the part that is declared for it, else from the first."""
    both = mr.Material(DMM, declared={"Mg": ">= 20 %", "malic acid": ">= 52 %"})
    hydroxide = both.content("hydroxide")
    assert hydroxide.kind == "derived"
    assert hydroxide.source == "by formula from declared Mg >= 20 %"
    assert hydroxide.value == near(0.2 * DMM.content("hydroxide").value / DMM.mass_fraction("Mg"))
    carbon = both.content("C")
    assert carbon.source == "by formula from declared malic acid >= 52 %"
    assert carbon.value == near(0.52 * DMM.mass_fraction("C") / DMM.content("malic acid").value)
    oxygen = both.content("O")
    assert "declared Mg" in oxygen.source
    assert "declared malic acid" in oxygen.source
    only_acid = mr.Material(DMM, declared={"malic acid": ">= 52 %"})
    assert only_acid.content("Mg").kind == "derived"
    assert only_acid.content("Mg").value == near(
        0.52 * DMM.mass_fraction("Mg") / DMM.content("malic acid").value
    )


def test_the_compound_itself_follows_from_its_one_statement() -> None:
    """CaCl2 from declared calcium; from salt and acid stated apart it does not follow."""
    by_calcium = mr.Material(CHLORIDE, declared={"Ca": "27 %"})
    found = by_calcium.content("CaCl2")
    assert found.kind == "derived"
    assert found.value == near(0.27 * CHLORIDE.content("CaCl2").value / CHLORIDE.mass_fraction("Ca"))
    by_salt = mr.Material(CHLORIDE, declared={"CaCl2": "77 %"})
    assert (by_salt.content("CaCl2").kind, by_salt.content("Ca").kind) == ("stated", "derived")
    assert by_salt.content("Ca").value == near(0.27 * 0.77 / found.value)
    apart = mr.Material(CHLORIDE, declared={"Ca": "27 %", "Cl": "48 %"})
    with pytest.raises(mr.UnknownContentError):
        apart.content("CaCl2")


def test_an_assayed_species_is_stated_and_its_elements_are() -> None:
    """The rest is derived."""
    molybdate = mr.Compound("ammonium molybdate", formula="(NH4)6Mo7O24.4H2O")
    material = mr.Material(molybdate, assay=mr.Assay("81 to 83 %", of="MoO3"))
    for key in ("MoO3", "Mo"):
        assert material.content(key).kind == "midpoint"
        assert material.content(key).source == "assay 81 to 83 % of MoO3 as is"
    assert material.content("MoO3").value == near(0.82)
    assert material.content("N").kind == "derived"
    ions = mr.Material(CHLORIDE, assay=mr.Assay("77 %", of="CaCl2"))
    assert {ions.content(key).kind for key in ("Ca", "Cl", "Ca2+", "chloride", "CaCl2")} == {"stated"}


def test_another_form_of_a_declared_element_is_derived() -> None:
    """Phosphorus from P2O5; what is declared itself comes first, in either order."""
    pentoxide = mr.Material(None, name="phosphate", declared={"P2O5": "40 %"})
    assert pentoxide.content("P").kind == "derived"
    assert pentoxide.content("P").value == pytest.approx(0.4 * 0.43642, rel=1e-4)
    for declared in ({"P2O5": "40 %", "P": "17 %"}, {"P": "17 %", "P2O5": "40 %"}):
        both = mr.Material(None, name="phosphate", declared=declared)
        assert (both.content("P").value, both.content("P").kind) == (0.17, "stated")
        assert (both.content("P2O5").value, both.content("P2O5").kind) == (0.4, "stated")


def test_what_nothing_tells_is_unknown_and_never_zero() -> None:
    """Neither stated nor derived."""
    yeast = mr.Material(None, name="selenium yeast", declared={"Se": "2000 mg/kg"})
    declared = mr.Material(DMM, declared={"Mg": ">= 20 %"})
    water_only = mr.Material(CITRATE, water_content="12 %")
    impurity = mr.Material(MAGNESIA, declared={"Pb": "<= 3 mg/kg"})
    for material, key in (
        (yeast, "water"),
        (yeast, "C"),
        (declared, "Ca"),
        (declared, "citric acid"),
        (water_only, "Ca"),
        (impurity, "Mg"),
        (mr.Material(None, name="seleno", declared={"C5H11NO2Se": "0.5 %"}), "Se"),
    ):
        for ask in (material.content, lambda key, of=material: of.mass_for(key, "1 g")):
            with pytest.raises(mr.UnknownContentError) as caught:
                ask(key)
            assert caught.value.substance == material.name
    with pytest.raises(mr.UnknownContentError):
        declared.elemental_mass("Ca", "1 g")


def test_a_bare_formula_keeps_its_silence() -> None:
    """A declared acid of a bare formula is kept, but nothing is derived from it."""
    bare = mr.Compound("citrate", formula="Ca3(C6H5O7)2")
    material = mr.Material(bare, declared={"citric acid": "70 %"})
    assert material.content("citric acid").value == 0.7
    with pytest.raises(mr.UnknownContentError):
        material.content("Ca")
    material = mr.Material(bare, declared={"Ca": "23 %"})
    for key in ("citric acid", "citrate"):
        with pytest.raises(mr.UnknownContentError):
            material.content(key)
    assert material.content("Ca3(C6H5O7)2").value == near(0.23 / bare.mass_fraction("Ca"))


def test_assigned_elements_are_those_of_what_is_known() -> None:
    """Also the elements of a species that is declared beside the formula."""
    yeast = mr.Material(None, name="yeast", declared={"C5H11NO2Se": "0.5 %", "Zn": "1 %"})
    assert set(yeast.assigned_elements()) == {"C", "H", "N", "O", "Se", "Zn"}
    (selenium,) = yeast.assigned("Se")
    assert selenium.at({}) == pytest.approx(0.005 * 0.4027, rel=1e-3)
    assert yeast.assigned("Zn")[0].at({}) == 0.01
    for symbol, fraction in yeast.assigned_fractions().items():
        assert fraction == near(sum(term.at({}) for term in yeast.assigned(symbol)))
    assert set(yeast.assigned_fractions()) == set(yeast.assigned_elements())
    beside = mr.Material(DMM, declared={"Mg": "20 %", "citric acid": "1 %"})
    total = sum(term.at({}) for symbol in beside.assigned_elements() for term in beside.assigned(symbol))
    assert total == near(0.2 / DMM.mass_fraction("Mg") + 0.01)


# -- without a formula


def test_a_material_without_a_formula_works_from_what_is_declared() -> None:
    """Selenium yeast in mg/kg."""
    yeast = CATALOG.material("selenium yeast")
    assert (yeast.compound, yeast.formula_status) == (None, "none")
    assert numbers(yeast.content("Se")) == (near(2.25e-3), near(2e-3), near(2.5e-3))
    assert yeast.elemental_mass("Se", "100 mg").m_as("µg") == pytest.approx(225)
    assert yeast.mass_for("selenium", "100 µg", at="low").m_as("mg") == pytest.approx(50)
    assert any("no formula" in note for note in yeast.notes)
    with pytest.raises(mr.UnknownChargeError):
        yeast.mass_for("Se", "1 mEq")
    with pytest.raises(mr.UnknownChargeError):
        yeast.equivalents_per_mole("Se")
    chelate = mr.Material(None, name="chelate", declared={"Mg": "10 %"})
    assert chelate.equivalents_per_mole("Mg").source.startswith("Mg2+: ")
    assert chelate.mass_for("Mg", "2 mEq").m_as("mg") == pytest.approx(243.05)


@pytest.mark.parametrize("specification", [{}, {"name": "x"}, {"declared": {"Mg": "1 %"}}])
def test_a_material_needs_a_compound_or_a_name_and_contents(specification: dict[str, Any]) -> None:
    """Nothing else describes it."""
    with pytest.raises(mr.MassBalanceError, match="needs a name and declared contents"):
        mr.Material(None, **specification)
    with pytest.raises(mr.MassBalanceError, match="an assay needs a compound"):
        mr.Material(None, name="x", declared={"Mg": "1 %"}, assay=mr.Assay("98 %", of="MgO"))


def test_an_assay_of_another_substance_is_refused() -> None:
    """It must share an element that tells; oxygen does not."""
    with pytest.raises(mr.MassBalanceError, match="shares no telling element"):
        mr.Material(CITRATE, assay=mr.Assay("98 %", of="MgO"))


def test_an_assay_of_the_compound_itself_needs_no_telling_element() -> None:
    """Hydrogen peroxide is hydrogen and oxygen only."""
    peroxide = mr.Compound("hydrogen peroxide", formula="H2O2")
    material = mr.Material(peroxide, assay=mr.Assay("30 %", of="H2O2"))
    assert material.content("H2O2").value == 0.3
    assert material.content("O").value == near(0.3 * peroxide.mass_fraction("O"))
    with pytest.raises(mr.MassBalanceError, match="shares no telling element"):
        mr.Material(peroxide, assay=mr.Assay("30 %", of="H2O"))


@pytest.mark.parametrize(
    ("loss", "said", "theory"),
    [
        ("<= 2 %", None, "hydrate"),
        ("<= 2 %", True, "salt"),
        ("48 to 52 %", None, "salt"),
        ("<= 52 %", False, "hydrate"),
    ],
)
def test_the_theory_of_a_dried_hydrate_depends_on_what_drying_takes(
    loss: str, said: bool | None, theory: str
) -> None:
    """Surface moisture leaves the hydrate, whose theory then is the open upper end."""
    declared = {"Mg": mr.Declared(">= 9 %", "dried")}
    material = mr.Material(EPSOM, declared=declared, loss_on_drying=loss, drying_removes_crystal_water=said)
    formula = EPSOM.formula if theory == "hydrate" else EPSOM.anhydrous
    least_loss = mr.Range.parse(loss).low or 0.0
    assert material.content("Mg").high == near(formula.mass_fraction("Mg") * (1 - least_loss))


# -- masses


@pytest.mark.parametrize("at", ["value", "low", "high"])
@pytest.mark.parametrize(
    ("amount", "grams"),
    [
        ("1000 mg", 1.0),
        ("25 mmol", 0.025 * 24.305),
        ("50 mEq", 0.025 * 24.305),
        ("1 g", 1.0),
        ("0.025 mol", 0.607625),
    ],
)
def test_mass_for_counts_on_the_end_that_is_asked_for(at: Any, amount: str, grams: float) -> None:
    """At the low end it is enough for certain."""
    material = mr.Material(DMM, declared={"Mg": "20 to 22 %, typical 21.5 %"})
    found = material.mass_for("Mg", amount, at=at)
    assert found.m_as("g") == near(grams / {"value": 0.215, "low": 0.2, "high": 0.22}[at])
    assert f"{found.units}" == "milligram"


@pytest.mark.parametrize("at", ["mid", "", None, 0, "LOW"])
def test_another_end_is_refused(at: Any) -> None:
    """There are three."""
    with pytest.raises(mr.UnitError, match="'value', 'low' or 'high'"):
        mr.Material(MAGNESIA).mass_for("Mg", "1 g", at=at)


def test_quantities_are_answered_in_their_own_way() -> None:
    """In their unit and registry, arrays number by number."""
    material = mr.Material(DMM, declared={"Mg": "20 %"})
    private = pint.UnitRegistry()
    found = material.elemental_mass("Mg", private.Quantity(np.array([1.0, 5.0]), "oz"))
    assert found._REGISTRY is private
    assert f"{found.units}" == "ounce"
    assert found.magnitude == pytest.approx(np.array([0.2, 1.0]))
    assert material.mass_for("Mg", found).magnitude == pytest.approx(np.array([1.0, 5.0]))
    assert material.mass_for("Mg", private.Quantity(np.array([1.0, 2.0]), "mol")).m_as("g") == pytest.approx(
        np.array([1.0, 2.0]) * 24.305 / 0.2
    )


# -- doors and values


@pytest.mark.parametrize(
    "specification",
    [
        {"compound": "magnesium oxide"},
        {"compound": mr.Formula.parse("MgO")},
        {"compound": MAGNESIA, "assay": "98 %"},
        {"compound": MAGNESIA, "assay": ("98 %", "MgO")},
    ],
)
def test_what_is_no_compound_or_assay_is_refused_with_the_way_to_write_it(
    specification: dict[str, Any],
) -> None:
    """The likely mistakes get an example."""
    with pytest.raises(TypeError, match="such as"):
        mr.Material(**specification)


@pytest.mark.parametrize(
    ("declared", "error"),
    [
        ({"Mg": 0.2}, mr.UnitError),
        ({"Mg": "20"}, mr.UnitError),
        ({"Mg": "20 mg"}, mr.UnitError),
        ({"Mg": None}, mr.UnitError),
        ({"unobtainium": "20 %"}, mr.NotFoundError),
        ({"": "20 %"}, mr.NotFoundError),
        ({"Mg": "20 %", "magnesium": "21 %"}, mr.MassBalanceError),
        ({"Mg": "22 to 20 %"}, mr.MassBalanceError),
        ("Mg 20 %", mr.UnitError),
        ([("Mg", "20 %")], mr.UnitError),
        (5, mr.UnitError),
    ],
)
def test_contents_that_cannot_be_read_are_refused(declared: Any, error: type[Exception]) -> None:
    """Each by the error of what is wrong."""
    with pytest.raises(error):
        mr.Material(DMM, declared=declared)


@given(st.one_of(hostile_text(), not_text()))
def test_no_value_gets_past_the_doors(value: Any) -> None:
    """Contents, losses, keys and amounts of any kind are read or refused by an error of ours."""
    material = mr.Material(DMM, declared={"Mg": "20 %"})
    doors = [
        lambda: mr.Material(DMM, declared={"Mg": value}),
        lambda: mr.Material(DMM, loss_on_drying=value),
        lambda: mr.Material(DMM, water_content=value),
        lambda: mr.Material(DMM, loss_on_ignition=value),
        lambda: material.content(value),
        lambda: material.mass_for(value, "1 g"),
        lambda: material.mass_for("Mg", value),
        lambda: material.elemental_mass("Mg", value),
        lambda: material.elemental_mass(value, "1 g"),
        lambda: material.equivalents_per_mole(value),
    ]
    for door in doors:
        try:
            door()
        except mr.MineralRatioError:
            continue


@pytest.mark.parametrize(
    "material",
    [
        mr.Material(MAGNESIA),
        CATALOG.material("calcium citrate USP"),
        CATALOG.material("selenium yeast"),
        mr.Material(DMM, declared={"Mg": ">= 20 %"}, name="lot 7", synonyms=("x",), note="kept cool"),
    ],
    ids=str,
)
def test_materials_are_values(material: mr.Material) -> None:
    """They are frozen, hash, copy and pickle, and answer the same afterwards."""
    key = material.assigned_elements()[0]
    for other in (pickle.loads(pickle.dumps(material)), copy.deepcopy(material), attrs.evolve(material)):
        assert other == material
        assert hash(other) == hash(material)
        assert other.content(key) == material.content(key)
        assert other.notes == material.notes
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        material.name = "other"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        material.colour = "white"  # type: ignore[attr-defined]
    assert "_composition" not in repr(material)


def test_what_is_changed_is_worked_out_anew() -> None:
    """A material with another statement has another content, and is checked again."""
    material = mr.Material(MAGNESIA, declared={"Mg": "58 %"})
    other = attrs.evolve(material, declared={"Mg": "59 %"})
    assert other.content("Mg").value == 0.59
    with pytest.raises(mr.MassBalanceError):
        attrs.evolve(material, declared={"Mg": "70 %"})


def test_another_edition_of_weights_is_used_throughout() -> None:
    """What follows by formula changes, what is stated does not."""
    heavier = mr.default_weights().replace(name="made up", citation="made up", weights={"O": 17.0})
    material = mr.Material(EPSOM, declared={"Mg": "9 %"})
    other = material.with_weights(heavier)
    assert other.weights == heavier
    assert other.content("Mg").value == 0.09
    assert other.content("O").value == near(0.09 / 24.305 * 11 * 17.0)
    assert material.content("O").value == near(0.09 / 24.305 * 11 * 15.999)
    yeast = CATALOG.material("selenium yeast")
    assert yeast.with_weights(heavier) == yeast


@pytest.mark.parametrize(
    ("loss", "told"), [("<= 12 %", "12 % (maximum)"), ("10 to 13 %", "11.5 % (midpoint)"), ("12 %", "12 %")]
)
def test_the_source_of_a_content_says_which_loss_was_taken_off(loss, told):
    """The kind is that of the assay; that the loss was taken at its limit stands in the source."""
    lot = mr.Material(
        mr.Compound("chalk", formula="CaCO3"),
        assay=mr.Assay("98.0 to 100.5 %", of="CaCO3", basis="dried"),
        loss_on_drying=loss,
    )
    found = lot.content("Ca")
    assert found.kind == "midpoint"
    assert found.source.endswith(f"loss on drying {told}")


def test_stated_water_counts_where_the_parts_are_more_than_all() -> None:
    """Water that is stated is not taken for crystal water that has gone."""
    epsom = mr.default_catalog().compound("epsom salt")
    with pytest.raises(mr.MassBalanceError, match=r"sum to 101\.9 %"):
        mr.Material(epsom, declared={"Mg": "9.86 %", "sulfate": "39 %", "water": "53 %"})
