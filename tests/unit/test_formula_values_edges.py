"""Formulas keep their edition through arithmetic, and the errors of that keep text and position."""

from __future__ import annotations

from fractions import Fraction

import pytest

import mineral_ratio as mr
from mineral_ratio.substances.elements import ElementMap, element

HEAVY = mr.default_weights().replace(name="heavy", citation="a test", weights={"Ca": 80.0})
CALCIUM, SULFATE = mr.Formula.parse("Ca^2+", weights=HEAVY), mr.Formula.parse("SO4^2-", weights=HEAVY)


def test_sums_and_multiples_keep_edition_and_charge():
    """An own edition goes on into what is reckoned from a formula; charges add and multiply."""
    salt, triple = CALCIUM + SULFATE, CALCIUM * 3
    assert (salt.weights, triple.weights, (3 * CALCIUM).weights) == (HEAVY,) * 3
    assert (salt.charge_number, triple.charge_number, (CALCIUM + CALCIUM).charge_number) == (0, 6, 4)
    assert triple.relative_formula_mass == 240.0
    assert salt.mass_fraction("Ca") == pytest.approx(80.0 / salt.relative_formula_mass)
    assert salt.mass_fractions()["Ca"] == pytest.approx(80.0 / salt.relative_formula_mass)
    assert sum(salt.mass_fractions().values()) == pytest.approx(1.0)
    assert (mr.Formula.parse("CaCl2.2H2O", weights=HEAVY).anhydrous).weights == HEAVY
    assert mr.Formula.from_counts({"Ca": 1}, weights=HEAVY).relative_formula_mass == 80.0


def test_formulas_of_two_editions_do_not_add():
    """The error holds the formula that was added, from its beginning."""
    other = mr.Formula.parse("SO4^2-")
    with pytest.raises(mr.FormulaError) as caught:
        CALCIUM + other
    message = "Ca^2+ and SO4^2- have different atomic weights; use with_weights first"
    assert caught.value.args == (message, "SO4^2-", 0)
    assert (CALCIUM.with_weights(mr.default_weights()) + other).charge_number == 0


def test_half_a_charge_is_refused():
    """Half of an ion with an odd charge has none that can be written; half of an even one has."""
    sodium = mr.Formula.parse("Na+")
    with pytest.raises(mr.FormulaError) as caught:
        sodium * Fraction(1, 2)
    assert caught.value.args == ("1/2 times the charge 1 is not a whole number", "Na+", 0)
    assert (mr.Formula.parse("Hg2^2+") * Fraction(1, 2)).counts == {"Hg": 1}


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({}, ("a formula needs at least one element", "", 0)),
        ({"Ca": 0}, ("the count of Ca is a positive int or Fraction, not 0", "Ca", 0)),
        ({"Ca": 1.5}, ("the count of Ca is a positive int or Fraction, not 1.5", "Ca", 0)),
        (
            {"[99Ca]": 1},
            ("[99Ca] is not a naturally occurring nuclide, so no mass is kept for it here", "[99Ca]", 0),
        ),
    ],
)
def test_counts_that_are_no_formula_are_refused(counts, told):
    """The error names the element and what its count is."""
    with pytest.raises(mr.FormulaError) as caught:
        mr.Formula.from_counts(counts)
    assert caught.value.args == told


def test_what_is_no_text_and_what_is_too_long_are_refused():
    """A formula is a text of at most 20,000 characters; the position of the first one too many is told."""
    with pytest.raises(mr.FormulaError) as caught:
        mr.Formula.parse(12)
    assert caught.value.args == ("a formula is a text such as 'CaCO3', not int", "", 0)
    longest = "(" * 9_990 + "Ca" + ")" * 8 + " " * 10_000
    assert len(longest) == 20_000
    with pytest.raises(mr.FormulaError) as caught:
        mr.Formula.parse(longest)
    assert "at most" not in str(caught.value)
    with pytest.raises(mr.FormulaError) as caught:
        mr.Formula.parse(f"{longest} ")
    message = "a formula has at most 20000 characters, not 20001"
    assert caught.value.args == (message, f"{longest} ", 20_000)


def test_formulas_are_equal_by_counts_charge_and_edition():
    """The spelling makes no difference; another charge, edition or kind of thing does."""
    assert mr.Formula.parse("CaOH2") != mr.Formula.parse("Ca(OH)2")
    assert mr.Formula.parse("H2OCa") == mr.Formula.parse("CaH2O")
    assert mr.Formula.parse("Ca^2+") != CALCIUM
    assert mr.Formula.parse("Ca", weights=HEAVY) != CALCIUM
    assert CALCIUM != "Ca^2+"
    assert mr.Formula.parse("Ca^2+", weights=mr.default_weights()) == mr.Formula.parse("Ca^2+")
    assert (CALCIUM == 1, CALCIUM + CALCIUM == CALCIUM * 2) == (False, True)
    with pytest.raises(TypeError):
        CALCIUM + 1
    with pytest.raises(TypeError):
        CALCIUM * 1.5


def test_the_last_element_has_its_number():
    """Atomic numbers go from 1 to 118, both included."""
    assert (element(1).symbol, element(118).symbol) == ("H", "Og")
    assert ElementMap({"Og": 1})[118] == 1


def test_an_element_map_is_asked_for_what_it_lacks():
    """For an element that is not in it, and for what is no element, it gives the default."""
    held = ElementMap({"Ca": 1})
    assert (held.get("calcium"), held.get("Mg", 7), held.get("zzz", 8), held.get("Mg")) == (1, 7, 8, None)
    assert "Mg" not in held
    assert "zzz" not in held
    assert held == {"Ca": 1}
    assert held != {"Ca": 2}
    assert held != 1


def test_water_is_counted_with_the_numbers_in_front():
    """Of the whole, of the water, and of the water in its bracket."""
    for text, water, dry in (
        ("2MgSO4(H2O)7", 14, "2MgSO4"),
        ("MgSO4(3H2O)2", 6, "MgSO4"),
        ("2MgSO4.7H2O", 7, "2MgSO4"),
        ("MgSO4(H2O)2.3H2O", 5, "MgSO4"),
        ("MgSO4(HO)7", 0, "MgSO4(HO)7"),
    ):
        formula = mr.Formula.parse(text)
        assert (formula.water_of_crystallization, str(formula.anhydrous)) == (water, dry)


def test_a_fraction_of_an_ion_has_its_whole_charge_in_front():
    """Two thirds of a calcium with one charge are a third of two with three."""
    formula = mr.Formula.from_counts({"Ca": Fraction(2, 3)}, 1)
    assert formula.hill == "1/3Ca2^3+"
    assert (formula.charge_number, formula.counts) == (1, {"Ca": Fraction(2, 3)})


def test_formulas_that_differ_rarely_share_a_hash():
    """So that thousands of them are found in a mapping as fast as a few."""
    formulas = [mr.Formula.from_counts({symbol: 1}) for symbol in ("Ca", "Mg", "Zn", "Fe", "Na")]
    assert len({hash(formula) for formula in formulas}) > 3


def test_an_interval_may_be_a_point_and_is_kept():
    """Its two ends are those of the table; one that is upside down is none."""
    assert mr.AtomicWeight("Ca", 40, 0, (40, 40)).interval == (40, 40)
    assert mr.default_weights().weight("H").interval == (1.00784, 1.00811)
    assert mr.default_weights().weight("Ca").interval is None


def test_counts_that_no_text_can_say_are_refused():
    """The error has the first spelling that was tried, from its beginning."""
    with pytest.raises(mr.FormulaError, match="cannot be written") as caught:
        mr.Formula.from_counts({"H": Fraction(1, 1001)}, 1)
    assert caught.value.position == 0
    assert caught.value.text.startswith("1/1001")


def test_a_weight_stands_under_its_own_element():
    """The error keeps the weight that stands under another one."""
    weight = mr.AtomicWeight("Mg", 24.3)
    with pytest.raises(mr.UnitError) as caught:
        mr.AtomicWeights("mine", "a test", {"Ca": weight})
    message = "what is given for Ca is the relative atomic mass of Mg"
    assert caught.value.args == (message, weight, "relative atomic mass")


@pytest.mark.parametrize("counts", [[("Ca", 1)], "CaO", None])
def test_counts_are_a_mapping(counts):
    """The error names the kind of what was given instead."""
    with pytest.raises(mr.FormulaError) as caught:
        mr.Formula.from_counts(counts)
    message = f"counts are a mapping from elements to numbers, not {type(counts).__name__}"
    assert caught.value.args == (message, "", 0)


def test_xenon_keeps_its_x():
    """The element of a nuclide is read from behind its mass number."""
    fluoride = mr.Formula.parse("[136Xe]F2")
    assert fluoride.mass_fraction("Xe") == pytest.approx(135.907 / (135.907 + 2 * 18.9984), rel=1e-4)


def test_figures_of_our_own_say_where_they_were_read():
    """The edition of atomic weights and available phosphorus have their sources."""
    assert "10.1515/pac-2019-0603" in mr.default_weights().citation
    assert "2016/127" in mr.analyte("available P").source
    assert "10.1038/sj.ejcn.1602513" in mr.analyte("phytic acid").source
