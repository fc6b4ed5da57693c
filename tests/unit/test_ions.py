"""Ions, named species and what may be asked for by name."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mineral_ratio as mr
from mineral_ratio.substances.analytes import (
    basis_element,
    conversion,
    equivalents_of,
    relative_mass,
    same_element,
)
from mineral_ratio.substances.ions import WATER, atoms_in, common_ions, ions, symbols_in
from mineral_ratio.testing import hostile_text
from strategies import not_text

ROWS = sorted({each.name: each for each in ions().values()}.values(), key=lambda each: each.name)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_bundled_ion_is_its_acid_less_its_hydrogens(row: mr.Ion) -> None:
    """An anion named for an acid is that acid without one H+ for each unit of charge, or the acid itself."""
    if row.acid_formula is not None:
        acid, own = dict(row.acid_formula.counts), dict(row.formula.counts)
        assert acid.pop("H") - own.pop("H", 0) == -row.charge_number
        assert acid == own
        assert row.acid_formula.charge_number == 0
    assert bool(row.acid) == (row.acid_formula is not None)
    assert row.source or row == WATER


@pytest.mark.parametrize("row", [row for row in ROWS if row.acid], ids=lambda row: row.name)
def test_the_acid_of_an_ion_is_asked_for_by_name(row: mr.Ion) -> None:
    """In any case of letters, with the formula that the row gives it."""
    for name in (row.acid, row.acid.upper(), row.acid.lower()):
        found = mr.analyte(name)
        assert isinstance(found, mr.NamedSpecies)
        assert (found.name, found.formula) == (row.acid, row.acid_formula)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_monatomic_ion_has_the_charge_of_its_oxidation_state(row: mr.Ion) -> None:
    """The oxidation state of one atom by itself is its charge; other ions state none."""
    assert row.oxidation_state == (row.charge_number if row.monatomic else None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ca2+", "Ca2+"),
        ("Ca 2+", "Ca2+"),
        ("Ca+2", "Ca2+"),
        ("Ca²⁺", "Ca2+"),
        ("ca2+", "Ca2+"),
        ("malate", "malate"),
        ("Malate", "malate"),
        ("malate2-", "malate"),
        ("malate 2-", "malate"),
        ("OH-", "hydroxide"),
        ("SO4 2-", "sulfate"),
        ("SO4^2-", "sulfate"),
        ("NH4+", "ammonium"),
        ("HCO3-", "hydrogencarbonate"),
        ("bicarbonate", "hydrogencarbonate"),
        ("Sulphate", "sulfate"),
        ("thiosulphate 2-", "thiosulfate"),
        ("H2O", "water"),
        ("water", "water"),
        (" chloride ", "chloride"),
    ],
)
def test_an_ion_is_found_by_name_key_or_formula(text: str, name: str) -> None:
    """Also in the spelling of the charge after a name, and of a formula as formulas are read."""
    assert mr.ion(text).name == name
    assert mr.ion(mr.ion(text)) is mr.ion(text)


@pytest.mark.parametrize(
    "text", ["malate3-", "malate+", "Ca3+", "SO42-", "C4H2O4^2-", "C2H3O2-", "Unobtainium", "", "Hg2+", "2"]
)
def test_an_unknown_ion_is_refused(text: str) -> None:
    """With another charge, with two readings, or by an organic formula, which may be an isomer's."""
    with pytest.raises(mr.NotFoundError) as caught:
        mr.ion(text)
    assert (caught.value.name, caught.value.kind) == (text, "ion")


def test_an_unknown_ion_comes_with_suggestions() -> None:
    """Close names are named, each once."""
    with pytest.raises(mr.NotFoundError, match="did you mean 'malate'") as caught:
        mr.ion("malat")
    assert len(set(caught.value.suggestions)) == len(caught.value.suggestions)
    with pytest.raises(mr.NotFoundError) as caught:
        mr.ion("Ca4+")
    assert "Ca2+" in caught.value.suggestions


@pytest.mark.parametrize(
    ("text", "spellings"),
    [("SO42-", ("SO4^2-",)), ("O2-", ("O^2-",)), ("PO43 -", ("PO4^3-",)), ("Ca4+", ("Ca2+",)), ("-", ())],
)
def test_a_charge_that_may_be_a_count_comes_with_its_spelling(text: str, spellings: tuple[str, ...]) -> None:
    """The spelling that names a bundled ion is suggested, to whoever asks for an ion or an analyte."""
    with pytest.raises(mr.NotFoundError) as caught:
        mr.ion(text)
    assert caught.value.suggestions[: len(spellings)] == spellings
    with pytest.raises(mr.NotFoundError) as caught:
        mr.Compound("salt", ions=f"1 {text}")
    assert caught.value.suggestions[: len(spellings)] == spellings


@given(st.one_of(hostile_text(), not_text()))
def test_any_key_is_an_ion_or_not_found(key: Any) -> None:
    """No text and no other value gets another answer than an ion or NotFoundError."""
    try:
        found = mr.ion(key)
    except mr.NotFoundError:
        return
    assert found in ROWS


@given(st.one_of(hostile_text(), not_text()))
def test_any_key_is_an_analyte_or_not_found(key: Any) -> None:
    """What is asked for is an element, an ion, a species, or NotFoundError."""
    try:
        found = mr.analyte(key)
    except mr.NotFoundError:
        return
    assert isinstance(found, mr.Element | mr.Ion | mr.NamedSpecies)


@pytest.mark.parametrize("key", ["Ca", "calcium", 20, "CALCIUM", " Ca "])
def test_an_element_is_asked_for_in_every_way(key: str | int) -> None:
    """By symbol, name and atomic number."""
    assert mr.analyte(key) == mr.element("Ca")


@pytest.mark.parametrize(
    ("key", "name", "element", "per_atom"),
    [
        ("P2O5", "P2O5", "P", 0.5),
        ("as CaCO3", "CaCO3", "Ca", 1.0),
        ("K2O", "K2O", "K", 0.5),
        ("MoO3", "MoO3", "Mo", 1.0),
        ("[44Ca]", "[44Ca]", "[44Ca]", 1.0),
    ],
)
def test_a_species_by_formula_is_reckoned_from_its_telling_element(
    key: str, name: str, element: str, per_atom: float
) -> None:
    """The one element besides H, C and O."""
    found = mr.analyte(key)
    assert isinstance(found, mr.NamedSpecies)
    assert (found.name, found.element, found.per_atom) == (name, element, per_atom)
    assert found.by_formula
    assert basis_element(found) == (element, per_atom)


@pytest.mark.parametrize("key", ["malic acid", "Malic Acid", "malic_acid", " malic  acid", "phytic acid"])
def test_a_species_by_name_is_one_in_its_own_right(key: str) -> None:
    """An acid that an ion is named for, and phytic acid, are reckoned from no element."""
    found = mr.analyte(key)
    assert isinstance(found, mr.NamedSpecies)
    assert found.element is None
    assert not found.by_formula
    assert basis_element(found) is None
    with pytest.raises(ValueError, match="not reckoned from an element"):
        _ = found.per_atom


def test_a_species_of_two_telling_elements_is_one_in_its_own_right() -> None:
    """CaCl2 is neither calcium nor chlorine."""
    found = mr.analyte("CaCl2")
    assert isinstance(found, mr.NamedSpecies)
    assert found.element is None


def test_a_charged_formula_is_an_ion() -> None:
    """From the table if it is there, else as it is written."""
    assert mr.analyte("I-") == mr.ion("iodide")
    assert mr.analyte("SO4 2-") == mr.ion("sulfate")
    found = mr.analyte("V10O28^6-")
    assert isinstance(found, mr.Ion)
    assert (found.charge_number, found.source) == (-6, "")


def test_an_unknown_analyte_comes_with_suggestions() -> None:
    """From elements, ions and acids alike."""
    with pytest.raises(mr.NotFoundError, match="'citric acid'"):
        mr.analyte("citrik acid")
    with pytest.raises(mr.NotFoundError, match="'calcium'"):
        mr.analyte("calcum")


def test_equivalents_of_an_atom_in_an_ion() -> None:
    """A monatomic ion by its charge; inside a polyatomic ion only what the row says."""
    assert mr.ion("Fe2+").equivalents_per_atom("Fe") == 2
    assert mr.ion("Fe3+").equivalents_per_atom("Fe") == 3
    assert mr.ion("chloride").equivalents_per_atom("Cl") == 1
    assert mr.ion("sulfate").equivalents_per_atom("S") == 2
    for key, symbol in (("phosphate", "P"), ("sulfate", "O"), ("water", "H"), ("iodate", "I")):
        with pytest.raises(mr.UnknownChargeError) as caught:
            mr.ion(key).equivalents_per_atom(symbol)
        assert caught.value.analyte == symbol


def test_common_ions_are_those_of_the_issue() -> None:
    """Alkali metals 1+, Mg, Ca, Sr, Ba and Zn 2+, halides; each with where it was read."""
    charges = {symbol: each.charge_number for symbol, each in common_ions().items()}
    one = dict.fromkeys(("Li", "Na", "K", "Rb", "Cs"), 1)
    two = dict.fromkeys(("Mg", "Ca", "Sr", "Ba", "Zn"), 2)
    assert charges == one | two | dict.fromkeys(("F", "Cl", "Br", "I"), -1)
    assert all(each.source for each in common_ions().values())


def test_equivalents_where_no_compound_tells() -> None:
    """A label's calcium counts as Ca2+ by the table that is named; chlorine and iron do not count."""
    found = equivalents_of(mr.analyte("Ca"), "a label")
    assert found.number == 2
    assert found.source.startswith("Ca2+: ")
    assert equivalents_of(mr.analyte("as CaCO3"), "a label").number == 2
    assert equivalents_of(mr.analyte("K2O"), "a label").number == 2
    assert equivalents_of(mr.analyte("chloride"), "a label") == mr.EquivalentCount(1, "")
    for key in ("Fe", "Cl", "P", "malic acid"):
        with pytest.raises(mr.UnknownChargeError) as caught:
            equivalents_of(mr.analyte(key), "a label")
        assert caught.value.substance == "a label"


def test_a_form_of_an_element_follows_from_another() -> None:
    """P2O5 holds 43.64 % P; available phosphorus of four fifths stands for a quarter more in all."""
    weights = mr.default_weights()
    pentoxide, phosphorus = mr.analyte("P2O5"), mr.analyte("P")
    assert same_element(pentoxide, phosphorus)
    assert conversion(pentoxide, phosphorus, weights) == pytest.approx(0.4364, abs=5e-5)
    assert conversion(phosphorus, pentoxide, weights) == pytest.approx(1 / 0.43642, rel=1e-4)
    available = mr.NamedSpecies("available P", "P", "phosphorus", 0.8)
    assert available.element == "P"
    assert conversion(available, phosphorus, weights) == pytest.approx(1.25)
    assert not same_element(phosphorus, mr.analyte("Ca"))
    assert not same_element(mr.analyte("malic acid"), mr.analyte("malic acid"))
    with pytest.raises(ValueError, match="does not follow"):
        conversion(phosphorus, mr.analyte("malic acid"), weights)


def test_isotopes_count_in_their_element() -> None:
    """Atoms of calcium include those of 44Ca; atoms of 44Ca are only those."""
    formula = mr.Formula.parse("[44Ca]CaCO3")
    assert (atoms_in("Ca", formula), atoms_in("[44Ca]", formula), atoms_in("Mg", formula)) == (2, 1, 0)
    assert symbols_in(formula) == ["Ca", "C", "O"]


def test_relative_masses_go_by_the_edition_asked_for() -> None:
    """Another edition is used for elements and for species alike."""
    lighter = mr.default_weights().replace(name="made up", citation="made up", weights={"Ca": 40.0})
    assert relative_mass(mr.element("Ca"), lighter) == 40.0
    standard = relative_mass(mr.analyte("CaCO3"), mr.default_weights())
    assert standard - relative_mass(mr.analyte("CaCO3"), lighter) == pytest.approx(0.078)


def test_ions_are_values() -> None:
    """They hash, copy and pickle, and neither they nor their table can be changed."""
    sulfate = mr.ion("sulfate")
    assert pickle.loads(pickle.dumps(sulfate)) == sulfate == copy.deepcopy(sulfate)
    assert pickle.loads(pickle.dumps(sulfate)).equivalents_per_atom("S") == 2
    assert len({sulfate, copy.copy(sulfate)}) == 1
    assert str(sulfate) == "sulfate"
    assert str(mr.analyte("malic acid")) == "malic acid"
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        sulfate.name = "sulfide"  # type: ignore[misc]
    with pytest.raises(TypeError):
        sulfate.element_equivalents["S"] = 6  # type: ignore[index]
    with pytest.raises(TypeError):
        ions()["sulfate"] = WATER  # type: ignore[index]


@pytest.mark.parametrize("formula", ["", "Xx", "SO42-", 5, None])
def test_an_ion_of_no_formula_is_refused(formula: Any) -> None:
    """The door of an own ion or species is that of formulas."""
    with pytest.raises(mr.FormulaError):
        mr.Ion("made up", formula)
    with pytest.raises(mr.FormulaError):
        mr.NamedSpecies("made up", formula)


def test_a_species_reckoned_from_no_element_is_refused() -> None:
    """The element of a species must be one."""
    with pytest.raises(mr.NotFoundError):
        mr.NamedSpecies("made up", "P2O5", "phosphor")
