"""Concentrations: what is per a litre, what is per a kilogram, and that neither is taken for the other."""

from __future__ import annotations

import decimal
import math

import pint
import pytest

import mineral_ratio as mr
from mineral_ratio.mixtures.concentrations import (
    Concentration,
    Denominator,
    read_concentration,
    read_denominator,
)


def grams(amount, per="L", key="Ca") -> float:
    """Mass in g of what is stated."""
    return mr.Analysis({key: amount}, per=per).stated[0].grams


# -- what an analysis is per


@pytest.mark.parametrize(
    ("per", "unit", "size"),
    [
        ("L", "L", 1.0),
        ("l", "L", 1.0),
        ("litre", "L", 1.0),
        ("liters of water", "L", 1.0),
        ("dL", "L", 0.1),
        ("250 mL", "L", 0.25),
        ("100ml", "L", 0.1),
        ("kg", "kg", 1.0),
        (" kg dry matter", "kg", 1.0),
        ("kilogram", "kg", 1.0),
        ("100 g", "kg", 0.1),
        ("1,000 g dry matter", "kg", 1.0),
        ("g", "kg", 0.001),
    ],
)
def test_what_an_analysis_is_per(per, unit, size):
    """A volume or a mass, with a number before it and words after it."""
    found = read_denominator(per)
    assert found is not None
    assert (found.unit, found.size) == (unit, pytest.approx(size, rel=1e-12))
    assert mr.Analysis({}, per=per).denominator == found


@pytest.mark.parametrize("per", ["day", "serving", "", "100 kcal", "kg/day", "lb", "gallon", "m3", "L/kg"])
def test_what_is_no_volume_and_no_mass(per):
    """A day, a serving or an unknown unit is neither; plain amounts may still be per it."""
    assert read_denominator(per) is None
    assert mr.Analysis({"Ca": "1 g"}, per=per).denominator is None


@pytest.mark.parametrize("per", ["Day", "days", " day", "Kg", "KG", "Litre", "100 ML", "Kg dry matter"])
def test_what_an_analysis_is_per_is_read_as_it_is_written(per):
    """Another spelling of a day, a litre or a kilogram would pass for some other text: it is refused."""
    with pytest.raises(mr.UnitError, match=r"per '[a-z0-9 ]+', not per"):
        mr.Analysis({"Ca": "1 g"}, per=per)


@pytest.mark.parametrize("per", [None, 5, b"L", ["L"], "0 L", "0.0 kg", "1,00 0 g", "1.2.3 kg"])
def test_hostile_denominators_are_refused(per):
    """Per nothing, per no text, and per a number that is none."""
    with pytest.raises(mr.UnitError):
        mr.Analysis({"Ca": "1 g"}, per=per)


# -- what is read


@pytest.mark.parametrize(
    ("amount", "per", "expected"),
    [
        ("80 mg/L", "L", 0.080),
        ("0.08 g/L", "L", 0.080),
        ("80000 µg/L", "L", 0.080),
        ("80,000 mcg / L", "L", 0.080),
        ("8 mg/dL", "L", 0.080),
        ("8 mg/100 mL", "L", 0.080),
        ("80 mg/l", "L", 0.080),
        ("80 µg/mL", "L", 0.080),
        ("2 mmol/L", "L", 0.080156),
        ("4 mEq/L", "L", 0.080156),
        ("80 mg/L", "250 mL", 0.020),
        ("80 mg/kg", "kg", 0.080),
        ("80 ppm", "kg", 0.080),
        ("0.008 %", "kg", 0.080),
        ("0.008 % w/w", "kg", 0.080),
        ("80 µg/g", "kg", 0.080),
        ("8 mg/100 g", "kg", 0.080),
        ("0.08 g/kg", "kg dry matter", 0.080),
        ("2 mmol/kg", "kg", 0.080156),
        ("4 mEq/kg", "kg", 0.080156),
        ("0.4 mEq/100 g", "kg", 0.080156),
        ("80 mg/kg", "100 g", 0.008),
        ("0,39 %", "kg", 3.9),
        ("100 %", "kg", 1000.0),
        ("0 mg/L", "L", 0.0),
        ("80 mg", "L", 0.080),
        ("80 mg", "day", 0.080),
    ],
)
def test_concentrations_are_read(amount, per, expected):
    """Mass, amount or equivalents in a litre or a kilogram give the grams in what the analysis is per."""
    assert grams(amount, per) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(
    ("amount", "text"),
    [("80 mg/L", "80 mg/L"), ("080.0 mg / l", "80.0 mg/L"), ("3.29 %", "3.29 %"), ("80 ppm", "80 ppm")],
)
def test_how_it_was_read_is_kept(amount, text):
    """The notes of an answer say the concentration as it was read."""
    found = read_concentration(amount)
    assert found is not None
    assert found.text == text
    pasture = mr.Analysis({"K": "3.29 %", "Ca": "0.39 %"}, per="kg")
    assert "K: stated 3.29 %" in pasture.ratio("K", "Ca").notes


def test_a_concentration_is_the_amount_that_it_gives():
    """An analysis is what it holds, however that was written."""
    assert mr.Analysis({"Ca": "80 mg/L"}, per="L") == mr.Analysis({"Ca": "80 mg"}, per="L")
    assert mr.Analysis({"Ca": "80 ppm"}, per="kg") == mr.Analysis({"Ca": "0.008 %"}, per="kg")


def test_a_concentration_by_itself():
    """Value, kind and what it is per are kept apart."""
    assert read_concentration("80 mg/L") == Concentration(0.08, "mass", "L", "80 mg/L")
    assert read_concentration("4 mEq/kg") == Concentration(0.004, "equivalents", "kg", "4 mEq/kg")
    assert read_concentration("80 mg") is None
    assert Denominator("L", 1.0) == read_denominator("L")


# -- what never mixes


@pytest.mark.parametrize(
    ("amount", "per", "words"),
    [
        ("80 ppm", "L", "where a report means mg/L by ppm, write mg/L"),
        ("80 mg/kg", "L", "need not weigh a kilogram"),
        ("3.29 %", "250 mL", "are not mg/L"),
        ("80 mg/L", "kg", "are not parts by mass"),
        ("2 mmol/L", "100 g", "write mg/kg or %"),
        ("80 mg/L", "day", "is per litre, and the analysis is per 'day'"),
        ("80 ppm", "serving", "is by mass, and the analysis is per 'serving'"),
        ("2 mmol/kg", "L", "need not weigh a kilogram"),
    ],
)
def test_a_litre_is_no_kilogram(amount, per, words):
    """What is per something else than the analysis is refused, with the way to write it."""
    with pytest.raises(mr.UnitError) as caught:
        mr.Analysis({"Ca": amount}, per=per)
    assert words in str(caught.value)
    assert (caught.value.value, caught.value.expected) == (amount, "concentration")


@pytest.mark.parametrize("amount", ["150 %", "2 g/g", "1001 g/kg", "100 mEq/g", "60 mmol/g"])
def test_nothing_is_more_than_the_whole(amount):
    """A kilogram holds no more than a kilogram of anything."""
    with pytest.raises(mr.MassBalanceError, match="more Ca than there is of the whole"):
        mr.Analysis({"Ca": amount}, per="kg")


@pytest.mark.parametrize(
    "amount",
    [
        "",
        "/",
        "/L",
        "80/L",
        "mg/L",
        "80 mg/",
        "80 mg/cup",
        "80 mg/m3",
        "80 mg/L/L",
        "80 mg//L",
        "80 mg per L",
        "80 mg CaCO3/L",
        "-80 mg/L",
        "nan mg/L",
        "1e400 mg/L",
        "0,500 mg/L",
        "80 MG/L",
        "80 ppb",
        "80 PPM",
        "5 %/L",
        "5 % w/v",
        "5 % of all",
        "1/2 mg",
        "9**9**9 mg/L",
        "80 mg/L and more",
        "80 mg/" + "L" * 10**6,
        "8" * 10**6 + " mg/L",
        "%" * 10**5,
        80,
        None,
        math.nan,
    ],
)
def test_hostile_concentrations_are_refused(amount):
    """Nothing is guessed, evaluated or read for ever, and the message stays short."""
    with pytest.raises(mr.UnitError) as caught:
        mr.Analysis({"Ca": amount}, per="L")
    assert len(str(caught.value)) < 400


def test_equivalents_need_a_charge():
    """A concentration in equivalents of what has no one common ion is refused as an amount is."""
    with pytest.raises(mr.UnknownChargeError):
        mr.Analysis({"Fe": "2 mEq/L"}, per="L")
    assert grams("1 mEq/L", key="chloride") == pytest.approx(0.03545, rel=1e-3)


# -- quantities


def test_quantities_per_volume_and_per_mass():
    """A pint quantity per volume, or of an amount per mass, of any registry and number type."""
    for registry in (
        pint.get_application_registry(),
        pint.UnitRegistry(),
        pint.UnitRegistry(non_int_type=decimal.Decimal),
    ):
        number = registry.non_int_type
        of = registry.Quantity
        assert grams(of(number(80), "mg/L")) == pytest.approx(0.08)
        assert grams(of(number(8), "mg/dL")) == pytest.approx(0.08)
        assert grams(of(number(80), "g/m**3")) == pytest.approx(0.08)
        assert grams(of(number(2), "mmol/L")) == pytest.approx(0.080156)
        assert grams(of(number(2), "mmol/kg"), "kg") == pytest.approx(0.080156)
        assert grams(of(number(80), "mg")) == pytest.approx(0.08)


def test_quantities_that_are_refused():
    """No dimension, the wrong one, an array, a negative or a unit of equivalents tells no concentration."""
    registry = pint.UnitRegistry()
    registry.define("mequivalent = 1e-3 mol")
    numpy = pytest.importorskip("numpy")
    for quantity in (
        registry.Quantity(80, "mg/kg"),
        registry.Quantity(3.29, "percent"),
        registry.Quantity(0.1),
        registry.Quantity(1, "m/s"),
        registry.Quantity(-1, "mg/L"),
        registry.Quantity(math.inf, "mg/L"),
        registry.Quantity(numpy.array([1.0, 2.0]), "mg/L"),
        registry.Quantity(2, "mequivalent/L"),
    ):
        with pytest.raises(mr.UnitError):
            grams(quantity)
    with pytest.raises(mr.UnitError, match="need not weigh a kilogram"):
        grams(registry.Quantity(80, "mg/L"), "kg")
    assert grams(registry.Quantity(numpy.array(80.0), "mg/L")) == pytest.approx(0.08)


# -- parts by mass, as quantities


@pytest.mark.parametrize(
    ("number", "unit"), [(32900, "mg/kg"), (3.29, "percent"), (32900, "ppm"), (32.9, "mg/g")]
)
def test_a_quantity_of_parts_by_mass_reads_as_the_text_does(number, unit):
    """A mass in a mass by its unit, or % and ppm, which are by mass here."""
    assert grams(pint.UnitRegistry().Quantity(number, unit), per="kg") == pytest.approx(32.9)


@pytest.mark.parametrize("unit", ["", "mmol/mol", "mL/L", "degree", "percent**2"])
def test_a_quantity_that_could_be_per_anything_is_refused(unit):
    """A bare number, mol in mol and volume in volume say nothing of masses."""
    with pytest.raises(mr.UnitError, match="is not a unit of mass or amount"):
        grams(pint.UnitRegistry().Quantity(1.0, unit), per="kg")


def test_a_quantity_by_mass_is_none_per_litre():
    """As with text, mg/kg is no mg/L."""
    with pytest.raises(mr.UnitError, match="a litre need not weigh a kilogram"):
        grams(pint.UnitRegistry().Quantity(1.0, "mg/kg"), per="L")
