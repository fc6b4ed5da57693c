"""Ratios: how a side is read, which basis is meant, and how a ratio is told."""

from __future__ import annotations

import math

import pytest

import mineral_ratio as mr
from mineral_ratio.mixtures.ratios import BASES, read_basis, read_sum, spoken, written

PASTURE = mr.Analysis({"K": "32.9 g", "Ca": "3.9 g", "Mg": "1.9 g"}, per="kg dry matter")
CHALK = mr.Compound("chalk", formula="CaCO3")
MAGNESIA = mr.Compound("magnesia", formula="MgO")


def blend(*pairs: tuple[mr.Compound | mr.Material, str]) -> mr.Blend:
    """A blend of substances in masses."""
    return mr.Blend(mr.Ingredient(substance, mass) for substance, mass in pairs)


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Ca", ["Ca"]),
        ("calcium", ["Ca"]),
        ("Ca+Mg", ["Ca", "Mg"]),
        (" Ca + Mg ", ["Ca", "Mg"]),
        ("Ca2+", ["Ca2+"]),
        ("Ca2+ + Mg2+", ["Ca2+", "Mg2+"]),
        ("Ca2++Mg2+", ["Ca2+", "Mg2+"]),
        ("K+", ["K+"]),
        ("K+ + Na+", ["K+", "Na+"]),
        ("phytic acid", ["phytic acid"]),
        (["Ca", 12, mr.element("K")], ["Ca", "Mg", "K"]),
        (20, ["Ca"]),
    ],
)
def test_a_side_is_an_analyte_or_a_sum(text, sides):
    """A plus joins analytes, except where it is the sign of a charge."""
    assert [str(each) for each in read_sum(text)] == sides
    assert spoken(read_sum(text)) == "+".join(sides)


@pytest.mark.parametrize(
    "side", ["", " ", "+", "Ca+Xx", "Xx", [], ["Ca", "Xx"], None, 3.5, True, ["Ca", None]]
)
def test_a_side_that_names_nothing_is_refused(side):
    """What is no analyte, and a sum of nothing, are not found."""
    with pytest.raises(mr.NotFoundError):
        PASTURE.ratio(side, "Ca")
    with pytest.raises(mr.NotFoundError):
        PASTURE.ratio("Ca", side)


@pytest.mark.parametrize("basis", ["", "Mass", "mol", "equivalents", None, 1])
def test_a_basis_is_one_of_three(basis):
    """Any other basis is refused, with the three that there are."""
    with pytest.raises(mr.UnitError, match="'mass', 'amount' or 'equivalent'"):
        PASTURE.ratio("Ca", "Mg", basis)
    with pytest.raises(mr.UnitError):
        PASTURE.bounds("Ca", basis)


@pytest.mark.parametrize("basis", BASES)
def test_each_basis_reads_as_itself(basis):
    """The three bases are read as they are."""
    assert read_basis(basis) == basis


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0.0, 3, "0.00"),
        (2.0, 3, "2.00"),
        (2.0003, 3, "2.00"),
        (2.0003, 5, "2.0003"),
        (999.94, 4, "999.9"),
        (999.96, 4, "1,000"),
        (1234567.0, 4, "1,234,567"),
        (0.00012345, 3, "0.000123"),
        (9.9996e-6, 4, "0.00001000"),
        (1.5e-9, 3, "1.50e-09"),
        (2.5e20, 3, "2.50e+20"),
        (-1.5, 3, "-1.50"),
        (math.inf, 3, "inf"),
        (1.7976931348623157e308, 3, "1.80e+308"),
        (5e-324, 3, "4.94e-324"),
    ],
)
def test_a_number_is_written_in_significant_digits(value, digits, text):
    """Digits are significant, thousands are parted, and the ends of a float's range are no trap."""
    assert written(value, digits) == text


def test_a_ratio_tells_its_basis():
    """Text of a ratio is its value and the basis, which changes it."""
    both = blend((CHALK, "1000 mg"), (MAGNESIA, "1000 mg"))
    assert [str(both.ratio("Ca", "Mg", basis)) for basis in BASES] == [
        "0.664:1 by mass",
        "0.403:1 by amount",
        "0.403:1 by equivalent",
    ]


def test_mass_is_the_basis_if_none_is_said():
    """Without a basis a ratio is by mass, and says so."""
    assert PASTURE.ratio("K", "Ca").basis == "mass"
    assert PASTURE.ratio("K", "Ca").value == pytest.approx(32.9 / 3.9, rel=1e-14)


@pytest.mark.parametrize("text", ["(Ca+Mg)", " ( Ca + Mg ) "])
def test_brackets_around_a_sum_are_read(text):
    """As a ratio is written on paper, K/(Ca+Mg); a species in brackets is no sum."""
    assert PASTURE.ratio("K", text) == PASTURE.ratio("K", "Ca+Mg")
    assert [str(each) for each in read_sum("(NH4)2SO4")] == ["(NH4)2SO4"]


def test_sums_stand_on_either_side():
    """Sums above, below and on both sides are sums of masses."""
    assert PASTURE.ratio("Ca+Mg", "K").value == pytest.approx(5.8 / 32.9, rel=1e-14)
    assert PASTURE.ratio("K", ["Ca", "Mg"]).value == pytest.approx(32.9 / 5.8, rel=1e-14)
    assert PASTURE.ratio("K+Ca", "Ca+Mg").value == pytest.approx(36.8 / 5.8, rel=1e-14)
    assert PASTURE.ratio("K+Ca", "Ca+Mg").numerator == "K+Ca"


def test_the_denominator_must_be_there():
    """A denominator of zero makes a ratio undefined, which is an ArithmeticError that names it."""
    with pytest.raises(mr.UndefinedRatioError, match="there is no Mg") as caught:
        blend((CHALK, "1 g")).ratio("Ca", "Mg")
    assert isinstance(caught.value, ArithmeticError)
    with pytest.raises(mr.UndefinedRatioError):
        blend((CHALK, "0 g"), (MAGNESIA, "0 g")).ratio("Ca", "Mg")
    with pytest.raises(mr.UndefinedRatioError):
        mr.Blend().ratio("Ca", "Mg")


def test_a_numerator_of_nothing_is_zero():
    """Where there is none of the numerator for certain, the ratio is zero."""
    ratio = blend((MAGNESIA, "1 g")).ratio("Ca", "Mg")
    assert (ratio.value, ratio.low, ratio.high) == (0.0, 0.0, 0.0)
    assert str(ratio) == "0.00:1 by mass"


def test_the_upper_bound_is_infinite_where_the_denominator_may_be_nothing():
    """A content of 0 to 10 % may be nothing, so that the ratio has no upper bound."""
    maybe = mr.Material(name="trace", declared={"Mg": "0 to 10 %"})
    ratio = blend((CHALK, "1 g"), (maybe, "1 g")).ratio("Ca", "Mg")
    assert ratio.high == math.inf
    assert ratio.low == pytest.approx(ratio.value / 2, rel=1e-12)


def test_notes_are_no_part_of_equality():
    """Two ratios with the same numbers are equal, however they were come by."""
    one = mr.Ratio("Ca", "Mg", "mass", 2.0, 2.0, 2.0, ("a",))
    assert one == mr.Ratio("Ca", "Mg", "mass", 2.0, 2.0, 2.0)
    assert one != mr.Ratio("Ca", "Mg", "amount", 2.0, 2.0, 2.0)


def test_charges_of_the_caller_stand_in_for_the_ions():
    """On an equivalent basis the charges given are used and noted, also where no ion tells one."""
    iron = blend((mr.Compound("iron oxide", formula="Fe2O3"), "1 g"), (MAGNESIA, "1 g"))
    with pytest.raises(mr.UnknownChargeError):
        iron.ratio("Fe", "Mg", "equivalent")
    ratio = iron.ratio("Fe", "Mg", "equivalent", charges={"Fe": 3})
    assert ratio.value == pytest.approx(iron.ratio("Fe", "Mg", "amount").value * 3 / 2, rel=1e-14)
    assert "Fe counted with the rule's own charge, 3" in ratio.notes
    assert any("common_ions" in note or "Mg2+" in note for note in ratio.notes)


def test_charges_count_for_another_form_of_the_element():
    """P2O5 holds two P: a charge of P counts twice for each P2O5."""
    water = mr.Analysis({"P": "31 g", "Ca": "40 g"}, per="L")
    by_oxide = water.ratio("P2O5", "Ca", "equivalent", charges={"P": 3})
    by_element = water.ratio("P", "Ca", "equivalent", charges={"P": 3})
    assert by_oxide.value == pytest.approx(by_element.value, rel=1e-12)


def test_a_mixture_of_ones_own_answers_all_by_one_sum():
    """What finds sums answers every question; what does not says so."""
    from mineral_ratio.mixtures.mixture import Found, Mixture
    from mineral_ratio.substances.ranges import Term

    class Mine(Mixture):
        def find(self, asked, basis="mass", charges=None):  # noqa: ARG002
            return Found((Term(2.0 if str(asked) == "Ca" else 1.0),))

    assert Mine().ratio("Ca", "Mg").value == 2.0
    assert Mine().elemental_mass("Ca").m_as("g") == pytest.approx(2.0)
    with pytest.raises(NotImplementedError):
        Mixture().bounds("Ca")
