"""Compounds: ions that balance, formulas that say what they can, equivalents, and what never is zero."""

from __future__ import annotations

import copy
import pickle
from fractions import Fraction
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


@pytest.fixture(scope="module")
def catalog() -> mr.Catalog:
    """The bundled catalogue."""
    return mr.default_catalog()


def milligrams(quantity: Any) -> float:
    """The magnitude of a mass in mg."""
    return float(quantity.m_as("mg"))


# -- ions and formula


@pytest.mark.parametrize(
    "ions",
    [
        "2 Ca2+, 1 malate, 2 hydroxide",
        "2 Ca2+, 1 malate2-, 2 OH-",
        "2 Ca 2+, malate 2-, 2 OH-",
        "2Ca2+,1malate,2OH-",
        " 2  Ca2+ , malate, 2 hydroxide, ",
        [(2, "Ca2+"), (1, "malate"), (2, "OH-")],
        ((2, mr.ion("Ca2+")), (1, mr.ion("malate")), (2, mr.ion("hydroxide"))),
    ],
)
def test_ions_are_read_in_every_spelling(ions: Any) -> None:
    """As one text or as pairs; their sum is the formula."""
    compound = mr.Compound("dicalcium malate", ions=ions)
    assert compound.formula == mr.Formula.parse("Ca2(C4H4O5)(OH)2")
    assert compound.ions == ((2, mr.ion("Ca2+")), (1, mr.ion("malate")), (2, mr.ion("hydroxide")))
    assert compound == mr.Compound("dicalcium malate", formula=compound.formula, ions=ions)


@pytest.mark.parametrize(
    ("ions", "charge"),
    [("2 Ca2+, 1 malate", r"\+2"), ("Ca2+, 2 malate, 2 OH-", "-4"), ("Fe3+", r"\+3"), ("2 chloride", "-2")],
)
def test_ions_with_a_net_charge_are_refused(ions: str, charge: str) -> None:
    """The error names the ions and what their charges sum to."""
    with pytest.raises(mr.MassBalanceError, match=f"sum to {charge}, not 0"):
        mr.Compound("unbalanced", ions=ions)


@pytest.mark.parametrize(
    ("formula", "water"),
    [("CaCl2", 2), ("CaCl2.2H2O", 0), ("CaCl2.2H2O", 1), ("MgCl2", 0), ("Ca2Cl4", 0), ("CaCl^+", 0)],
)
def test_a_formula_that_is_not_the_sum_is_refused(formula: str, water: int) -> None:
    """Ions and water sum to the formula, or one of them is wrong."""
    with pytest.raises(mr.MassBalanceError, match="sum to"):
        mr.Compound("calcium chloride", formula=formula, ions="Ca2+, 2 chloride", water=water)


@pytest.mark.parametrize(
    "ions", ["2 Ca2+, 1 malat, 2 OH-", "1.5 Ca2+, malate", "-1 Ca2+", "Ca", "0x2 Ca2+", "½ Ca2+"]
)
def test_an_unknown_ion_is_refused(ions: str) -> None:
    """Whatever is no count and ion is an ion that is not known."""
    with pytest.raises(mr.NotFoundError) as caught:
        mr.Compound("unknown", ions=ions)
    assert caught.value.kind == "ion"


def test_an_unknown_ion_comes_with_suggestions() -> None:
    """The likely name is told."""
    with pytest.raises(mr.NotFoundError, match="'malate'"):
        mr.Compound("dicalcium malate", ions="2 Ca2+, 1 malat, 2 OH-")


@pytest.mark.parametrize("count", [0, -1, 1.0, 0.5, True, "1", None, Fraction(1, 2)])
def test_a_count_of_ions_is_a_whole_number(count: Any) -> None:
    """None, none of them and a part of one are no counts."""
    with pytest.raises(mr.MassBalanceError, match="no count"):
        mr.Compound("calcium chloride", ions=[(count, "Ca2+"), (2, "chloride")])
    with pytest.raises(mr.MassBalanceError, match="no count"):
        mr.Compound("calcium chloride", ions="0 Ca2+, 2 chloride")


@pytest.mark.parametrize(
    "water", ["x", "", "-1", -1, 0.5, 2.0, None, True, "1/0", "1e9", "9" * 5000, float("nan")]
)
def test_a_count_of_water_is_a_number(water: Any) -> None:
    """Whole or a fraction, and not huge."""
    with pytest.raises(mr.MassBalanceError, match="no number of water"):
        mr.Compound("calcium chloride", ions="Ca2+, 2 chloride", water=water)


@pytest.mark.parametrize(
    ("water", "count", "formula"),
    [
        (2, 2, "CaSO4.2H2O"),
        ("2", 2, "CaSO4.2H2O"),
        ("1/2", Fraction(1, 2), "CaSO4.0.5H2O"),
        ("0.5", Fraction(1, 2), "CaSO4.0.5H2O"),
        (Fraction(3, 2), Fraction(3, 2), "CaSO4.3/2H2O"),
        (Fraction(4, 2), 2, "CaSO4.2H2O"),
        (1, 1, "CaSO4.H2O"),
    ],
)
def test_water_beside_the_ions_makes_the_hydrate(water: Any, count: Any, formula: str) -> None:
    """The formula of a hydrate is the ions' and the water's."""
    compound = mr.Compound("calcium sulfate", ions="Ca2+, sulfate", water=water)
    assert compound.water == count
    assert type(compound.water) is type(count)
    assert compound.formula == mr.Formula.parse(formula)
    assert compound.anhydrous == mr.Formula.parse("CaSO4")
    assert compound.count("water") == count


def test_a_bare_formula_says_its_own_water() -> None:
    """Another count beside it is refused; the same is not."""
    assert mr.Compound("epsom salt", formula="MgSO4.7H2O").water == 7
    assert mr.Compound("epsom salt", formula="MgSO4.7H2O", water=7).water == 7
    assert mr.Compound("epsom salt", formula="MgSO4.7H2O").anhydrous == mr.Formula.parse("MgSO4")
    with pytest.raises(mr.MassBalanceError, match="says its own water"):
        mr.Compound("epsom salt", formula="MgSO4.7H2O", water=6)
    with pytest.raises(mr.MassBalanceError, match="says its own water"):
        mr.Compound("magnesium sulfate", formula="MgSO4", water=7)


def test_a_compound_needs_something_and_no_charge() -> None:
    """Neither formula nor ions, or a charged formula, is refused."""
    for ions in ((), "", " , "):
        with pytest.raises(mr.MassBalanceError, match="needs a formula or ions"):
            mr.Compound("nothing", ions=ions)
    with pytest.raises(mr.MassBalanceError, match="a charge of -2; a compound has none"):
        mr.Compound("sulfate", formula="SO4^2-")


@pytest.mark.parametrize("name", ["", " ", None, 5, b"x"])
def test_a_compound_needs_a_name(name: Any) -> None:
    """A name is a text."""
    with pytest.raises(TypeError, match="needs a name"):
        mr.Compound(name, formula="MgO")


@pytest.mark.parametrize("ions", [5, {"Ca2+": 1}, [1, 2], [("Ca2+",)], None, object()])
def test_what_is_no_list_of_ions_is_refused(ions: Any) -> None:
    """Neither text nor pairs."""
    with pytest.raises((TypeError, ValueError)):
        mr.Compound("calcium chloride", ions=ions)


@given(st.one_of(hostile_text(), not_text()))
def test_no_value_gets_past_the_doors(value: Any) -> None:
    """A formula, ions or a key of any kind is read or refused by an error of ours."""
    magnesia = mr.Compound("magnesium oxide", formula="MgO")
    doors = [lambda: magnesia.content(value), lambda: magnesia.mass_for(value, "1 g")]
    doors += [lambda: magnesia.mass_for("Mg", value), lambda: magnesia.elemental_mass("Mg", value)]
    doors += [lambda: magnesia.equivalents_per_mole(value), lambda: magnesia.mass_fraction(value)]
    if value is not None:
        doors.append(lambda: mr.Compound("drawn", formula=value))
    if isinstance(value, str):
        doors.append(lambda: mr.Compound("drawn", ions=value))
        doors.append(lambda: mr.Compound("drawn", ions="Ca2+, 2 chloride", water=value))
    for door in doors:
        try:
            door()
        except mr.MineralRatioError:
            continue


def test_formula_status_is_established_or_disputed(catalog: mr.Catalog) -> None:
    """A disputed formula is noted with the reason; a third status is refused."""
    disputed = catalog.compound("dicalcium malate")
    assert disputed.formula_status == "disputed"
    assert any("disputed" in note and disputed.status_note in note for note in disputed.notes)
    assert mr.Compound("x", formula="MgO").formula_status == "established"
    assert mr.Compound("x", formula="MgO").notes == ()
    assert mr.Compound("x", formula="MgO", formula_status="disputed").notes == ("formula MgO is disputed",)
    with pytest.raises(mr.NotFoundError, match=r"no formula status is named 'rumoured'; .*'disputed'"):
        mr.Compound("x", formula="MgO", formula_status="rumoured")
    with pytest.raises(TypeError, match="colour"):
        mr.Compound("x", formula="MgO", colour="white")


def test_how_a_name_was_decided_is_noted(catalog: mr.Catalog) -> None:
    """A policy that picked the compound is told."""
    decided = catalog.compound("calcium citrate", prefer="as-sold")
    assert any("calcium citrate" in note and "as-sold" in note for note in decided.notes)


def test_one_name_is_not_its_letters() -> None:
    """A text where names are listed is one name."""
    compound = mr.Compound("x", formula="MgO", synonyms="magnesia", families=["a", "b"], citations="a book")
    assert compound.synonyms == ("magnesia",)
    assert compound.families == ("a", "b")
    assert compound.citations == ("a book",)


# -- equivalents


def test_each_charge_of_one_element_counts_for_itself() -> None:
    """Magnetite is Fe2+ and two Fe3+: eight equivalents in three atoms."""
    magnetite = mr.Compound("magnetite", formula="Fe3O4", ions="1 Fe2+, 2 Fe3+, 4 oxide")
    assert magnetite.equivalents_per_mole("Fe").number == pytest.approx(8 / 3)
    assert magnetite.equivalents_per_mole("Fe2+").number == 2
    assert magnetite.equivalents_per_mole("Fe3+").number == 3
    assert magnetite.equivalents_per_mole("oxide").number == 2
    assert magnetite.count("Fe") == 3
    assert magnetite.count("Fe2+") == 1
    assert magnetite.content("Fe2+").value + magnetite.content("Fe3+").value == pytest.approx(
        magnetite.mass_fraction("Fe")
    )


def test_ions_say_the_equivalents(catalog: mr.Catalog) -> None:
    """A monatomic ion by its charge, sulfur in sulfate by its row, an acid by its ion; no table is named."""
    epsom = catalog.compound("epsom salt")
    for key, number in (("Mg", 2), ("Mg2+", 2), ("S", 2), ("sulfate", 2), ("sulfuric acid", 2), ("SO4", 2)):
        assert epsom.equivalents_per_mole(key) == mr.EquivalentCount(number, "")
    citrate = catalog.compound("calcium citrate tetrahydrate")
    assert citrate.equivalents_per_mole("citric acid") == mr.EquivalentCount(3, "")
    assert citrate.equivalents_per_mole("as CaCO3") == mr.EquivalentCount(2, "")
    potash = catalog.compound("tripotassium citrate monohydrate")
    assert potash.equivalents_per_mole("K2O") == mr.EquivalentCount(2, "")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("tricalcium diphosphate", "P"),
        ("tricalcium diphosphate", "P2O5"),
        ("calcium citrate tetrahydrate", "C"),
        ("epsom salt", "O"),
        ("epsom salt", "H"),
        ("epsom salt", "water"),
        ("potassium iodate", "I"),
        ("sodium selenite anhydrous", "Se"),
        ("selenomethionine", "Se"),
        ("silicon dioxide", "Si"),
        ("silicon dioxide", "SiO2"),
    ],
)
def test_a_charge_that_nothing_says_is_unknown(catalog: mr.Catalog, name: str, key: str) -> None:
    """An element inside a polyatomic ion, a neutral part, and what has no one common ion."""
    with pytest.raises(mr.UnknownChargeError):
        catalog.compound(name).equivalents_per_mole(key)


@pytest.mark.parametrize(
    ("formula", "key", "number", "ion"),
    [
        ("CaCl2.2H2O", "Ca", 2, "Ca2+"),
        ("CaCl2.2H2O", "Cl", 1, "chloride"),
        ("CaCl2.2H2O", "chloride", 1, ""),
        ("KIO3", "K", 1, "K+"),
        ("ZnSO4.7H2O", "Zn", 2, "Zn2+"),
        ("NaF", "F", 1, "fluoride"),
        ("KI", "I", 1, "iodide"),
        ("CaMg(CO3)2", "as CaCO3", 2, "Ca2+"),
        ("K2SO4", "K2O", 2, "K+"),
        ("[44Ca]CO3", "Ca", 2, "Ca2+"),
        ("[44Ca]CO3", "[44Ca]", 2, "Ca2+"),
    ],
)
def test_a_bare_formula_is_read_with_the_named_table(formula: str, key: str, number: int, ion: str) -> None:
    """Elements with one common ion, the ion and where it was read in the result."""
    found = mr.Compound("bare", formula=formula).equivalents_per_mole(key)
    assert found.number == pytest.approx(number)
    assert found.source.split(":")[0] == ion
    assert bool(found.source) == bool(ion)


@pytest.mark.parametrize(
    ("formula", "key"),
    [
        ("KIO3", "I"),
        ("NaClO2", "Cl"),
        ("CCl4", "Cl"),
        ("FeSO4.7H2O", "Fe"),
        ("Fe3O4", "Fe"),
        ("CuSO4", "Cu"),
        ("MgSO4", "S"),
        ("Ca3(PO4)2", "P"),
    ],
)
def test_a_bare_formula_does_not_tell_every_charge(formula: str, key: str) -> None:
    """A halogen bound to oxygen or carbon, a metal of several charges, and what is in a polyatomic ion."""
    with pytest.raises(mr.UnknownChargeError) as caught:
        mr.Compound("bare", formula=formula).equivalents_per_mole(key)
    assert caught.value.substance == "bare"


def test_a_bare_acid_counts_for_nothing_known() -> None:
    """How many of its hydrogens are given off is not said."""
    with pytest.raises(mr.UnknownChargeError):
        mr.Compound("citric acid", formula="C6H8O7").equivalents_per_mole("citric acid")


def test_what_is_not_there_has_no_equivalents(catalog: mr.Catalog) -> None:
    """Neither is zero."""
    for key in ("K", "chloride", "malic acid", "as CaCO3"):
        with pytest.raises(mr.UnknownContentError):
            catalog.compound("epsom salt").equivalents_per_mole(key)


# -- contents


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("dicalcium malate", "malic acid", 0.5445),
        ("dimagnesium malate", "malic acid", 0.6245),
        ("dicalcium malate", "C4H6O5", 0.5445),
        ("dicalcium malate", "Ca", 0.3255),
        ("dicalcium malate", "citric acid", 0.0),
        ("dicalcium malate", "phytic acid", 0.0),
        ("calcium chloride dihydrate", "CaCl2", 0.7549),
        ("calcium chloride dihydrate", "CaCl2.2H2O", 1.0),
        ("calcium chloride dihydrate", "water", 0.2451),
        ("calcium citrate tetrahydrate", "Ca3(C6H5O7)2", 0.8737),
        ("tricalcium diphosphate", "P2O5", 0.4576),
        ("calcium carbonate", "CO3^2-", 0.5996),
        ("calcium carbonate", "Mg", 0.0),
        ("calcium carbonate", "KCl", 0.0),
    ],
)
def test_contents_follow_from_the_ions(catalog: mr.Catalog, name: str, key: str, value: float) -> None:
    """Elements, ions, the acid they are named for, the compound itself without its water."""
    found = catalog.compound(name).content(key)
    assert found.value == pytest.approx(value, abs=5e-5)
    assert found.low == found.value == found.high
    assert found.kind == "theory"
    assert found.source == f"formula {catalog.compound(name).formula}"


@pytest.mark.parametrize(
    ("formula", "key"),
    [
        ("Ca3(C6H5O7)2", "citric acid"),
        ("Ca3(C6H5O7)2", "citrate"),
        ("KIO3", "iodide"),
        ("KIO3", "iodate"),
        ("FeSO4", "Fe2+"),
        ("MgSO4.7H2O", "sulfate"),
        ("KMgCl3.6H2O", "KCl"),
    ],
)
def test_what_a_bare_formula_does_not_tell_is_unknown(formula: str, key: str) -> None:
    """It is never zero while the formula could hold it."""
    compound = mr.Compound("bare", formula=formula)
    for ask in (compound.content, compound.count, lambda asked: compound.mass_for(asked, "1 g")):
        with pytest.raises(mr.UnknownContentError):
            ask(key)


def test_a_formula_of_ions_does_not_hide_a_salt_in_another() -> None:
    """Carnallite may be reckoned as KCl or not; the ions alone do not say."""
    carnallite = mr.Compound("carnallite", ions="K+, Mg2+, 3 chloride", water=6)
    with pytest.raises(mr.UnknownContentError):
        carnallite.content("KCl")
    assert carnallite.content("KMgCl3").value == pytest.approx(1 - carnallite.content("water").value)


@pytest.mark.parametrize(
    ("formula", "key", "count"),
    [
        ("MgSO4.7H2O", "water", 7),
        ("CaCO3", "water", 0),
        ("CaCl2", "Ca2+", 1),
        ("CaCl2", "chloride", 2),
        ("KIO3", "chloride", 0),
        ("[44Ca]CO3", "Ca2+", 1),
        ("CaCO3", "Mg2+", 0),
        ("C6H8O7", "citric acid", 1),
        ("Ca3(C6H5O7)2", "malonate^2-", None),
    ],
)
def test_what_a_bare_formula_tells(formula: str, key: str, count: float | None) -> None:
    """Water, common ions, what it has no element for, and itself."""
    compound = mr.Compound("bare", formula=formula)
    if count is None:
        with pytest.raises(mr.NotFoundError):
            compound.count(key)
    else:
        assert compound.count(key) == count


def test_isotopes_count_in_their_element() -> None:
    """A tracer's calcium is its 44Ca, by its own mass."""
    tracer = mr.Compound("tracer", formula="[44Ca]CO3")
    assert tracer.content("Ca").value == pytest.approx(tracer.mass_fraction("Ca"))
    assert tracer.content("[44Ca]").value == pytest.approx(tracer.mass_fraction("Ca"))
    assert tracer.mass_fraction("Ca") == pytest.approx(43.9555 / 103.964, rel=1e-4)
    doubly = mr.Compound("partly labelled", formula="[44Ca]Ca(CO3)2")
    assert doubly.assigned_fractions() == pytest.approx(
        {each: doubly.mass_fraction(each) for each in ("Ca", "C", "O")}
    )
    assert mr.Material(tracer, declared={"C": "11 %"}).content("Ca").value == pytest.approx(
        0.11 * 43.9555 / 12.011, rel=1e-5
    )
    assert tracer.assigned_elements() == ("Ca", "C", "O")


def test_theory_is_that_of_the_formula(catalog: mr.Catalog) -> None:
    """A compound answers as its formula does."""
    compound = catalog.compound("dolomite")
    assert compound.relative_formula_mass == compound.formula.relative_formula_mass
    assert compound.molar_mass == compound.formula.molar_mass
    assert compound.mass_fractions() == compound.formula.mass_fractions()
    assert str(compound) == "dolomite"
    assert "CaMg(CO3)2" in repr(compound)


def test_a_compound_gives_its_contents_as_terms(catalog: mr.Catalog) -> None:
    """Constants, as a pure material does; mixtures ask both alike."""
    compound = catalog.compound("epsom salt")
    assert [term.at({}) for term in compound.terms(mr.analyte("water"))] == [compound.content("water").value]
    for symbol in compound.assigned_elements():
        assert sum(term.at({}) for term in compound.assigned(symbol)) == compound.mass_fraction(symbol)
        pure = mr.Material(compound).assigned(symbol)
        assert sum(term.at({}) for term in pure) == pytest.approx(compound.mass_fraction(symbol), rel=1e-12)


# -- masses


@pytest.mark.parametrize(
    ("amount", "grams"),
    [("1000 mg", 1.0), ("25 mmol", 25e-3 * 40.078), ("50 mEq", 25e-3 * 40.078), ("0.5 g", 0.5)],
)
def test_mass_for_takes_masses_amounts_and_equivalents(
    catalog: mr.Catalog, amount: str, grams: float
) -> None:
    """The mass that holds them, in mg for text."""
    compound = catalog.compound("calcium carbonate")
    found = compound.mass_for("Ca", amount)
    assert f"{found.units}" == "milligram"
    assert found.magnitude == pytest.approx(1000 * grams / 0.40043, rel=1e-4)
    assert milligrams(compound.elemental_mass("Ca", found)) == pytest.approx(1000 * grams)


def test_mass_for_takes_an_end_as_a_material_does(catalog: mr.Catalog) -> None:
    """A content by formula has three equal ends, so that a substance of either kind is asked alike."""
    lime = catalog.compound("calcium carbonate")
    masses = [lime.mass_for("Ca", "1000 mg", at=end) for end in ("value", "low", "high")]
    assert masses[1:] == masses[:1] * 2
    with pytest.raises(mr.UnitError, match="at is 'value', 'low' or 'high', not 'mean'"):
        lime.mass_for("Ca", "1000 mg", at="mean")


def test_mass_for_what_is_not_there_is_refused(catalog: mr.Catalog) -> None:
    """No mass holds it, and equivalents of water are none."""
    with pytest.raises(mr.UnknownContentError):
        catalog.compound("calcium carbonate").mass_for("Mg", "1 g")
    with pytest.raises(mr.UnknownChargeError):
        catalog.compound("epsom salt").mass_for("water", "1 mEq")
    with pytest.raises(mr.UnknownChargeError):
        catalog.compound("tricalcium diphosphate").mass_for("P", "1 mEq")
    for amount in ("1 mL", "5", "-1 g", 5, None, "1 g/d"):
        with pytest.raises(mr.UnitError):
            catalog.compound("epsom salt").mass_for("Mg", amount)  # type: ignore[arg-type]


def test_quantities_are_answered_in_their_own_way(catalog: mr.Catalog) -> None:
    """In the unit and registry of a quantity, arrays number by number."""
    compound = catalog.compound("magnesium oxide")
    fraction = compound.mass_fraction("Mg")
    private = pint.UnitRegistry()
    found = compound.elemental_mass("Mg", private.Quantity(2.0, "oz"))
    assert found._REGISTRY is private
    assert f"{found.units}" == "ounce"
    assert found.magnitude == pytest.approx(2.0 * fraction)
    many = compound.mass_for("Mg", private.Quantity(np.array([1.0, 2.0]), "g"))
    assert many.magnitude == pytest.approx(np.array([1.0, 2.0]) / fraction)
    moles = compound.mass_for("Mg", private.Quantity(np.array([1.0, 2.0]), "mol"))
    assert moles.m_as("g") == pytest.approx(np.array([1.0, 2.0]) * compound.relative_formula_mass)
    assert compound.elemental_mass("magnesium", "1 g").magnitude == pytest.approx(1000 * fraction)
    assert compound.elemental_mass("Ca", "1 g").magnitude == 0.0


# -- values


def test_compounds_are_values(catalog: mr.Catalog) -> None:
    """They are frozen, hash, copy and pickle; what is only recorded is no part of what they are."""
    compound = catalog.compound("calcium citrate tetrahydrate")
    assert pickle.loads(pickle.dumps(compound)) == compound == copy.deepcopy(compound)
    assert pickle.loads(pickle.dumps(compound)).content("citric acid") == compound.content("citric acid")
    assert len({compound, copy.copy(compound), attrs.evolve(compound, cas="")}) == 1
    assert compound != attrs.evolve(compound, name="other")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        compound.name = "other"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        compound.colour = "white"  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["calcium citrate tetrahydrate", "calcium carbonate", "selenomethionine"])
def test_another_edition_of_weights_is_used_throughout(catalog: mr.Catalog, name: str) -> None:
    """With heavier oxygen every other content is less, and all of it still sums to one."""
    heavier = mr.default_weights().replace(name="made up", citation="made up", weights={"O": 17.0})
    compound = catalog.compound(name)
    other = compound.with_weights(heavier)
    assert other.weights == heavier
    assert other.anhydrous.weights == heavier
    assert other.mass_fraction("C") < compound.mass_fraction("C")
    assert sum(other.mass_fractions().values()) == pytest.approx(1.0, abs=1e-12)
    if other.ions:
        parts = [part.name for _, part in other.parts]
        assert sum(other.content(part).value for part in parts) == pytest.approx(1.0, abs=1e-12)
    assert other.content(str(compound.anhydrous)).value <= 1.0
