"""Laws of amounts: one mass in any spelling, unit and registry; any text a reading or an error."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pint
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mineral_ratio.errors import UnitError
from mineral_ratio.units import mass_out, read_amount, read_fraction, read_mass, read_number, scaled

REGISTRIES = {
    "application": pint.application_registry,
    "private": pint.UnitRegistry(),
    "decimal": pint.UnitRegistry(non_int_type=Decimal),
    "fraction": pint.UnitRegistry(non_int_type=Fraction),
    "force_ndarray": pint.UnitRegistry(force_ndarray=True),
}
SPACES = " \xa0\u202f\u2009\u2007"
UNITS = ["kg", "g", "mg", "µg", "mcg", "ng", "lb", "oz", "grams", "mol", "mmol", "mEq", "eq"]

registries = st.sampled_from(sorted(REGISTRIES))
units = st.sampled_from(["kg", "g", "mg", "ug", "ng", "lb", "oz", "tonne", "grain"])
grams = st.floats(min_value=1e-9, max_value=1e6)
fractions = st.floats(min_value=0.0, max_value=1.0, allow_subnormal=False).filter(
    lambda w: w == 0.0 or w > 1e-9
)
whole = st.integers(min_value=0, max_value=10**15)
# Text that is near an amount: digits, signs that numbers are written with, and units.
near_amounts = st.lists(
    st.sampled_from([*"0123456789.,eE+-/*%'µ½", *SPACES, "000", *UNITS, "Mg", "MG", "nan", "inf", "mL"]),
    max_size=12,
).map("".join)


def quantity(registry: str, magnitude: float, unit: str) -> Any:
    """A mass in a registry, in the type that it counts in."""
    home = REGISTRIES[registry]
    number = home.non_int_type
    return home.Quantity(magnitude if number is float else number(repr(magnitude)), unit)


@given(st.tuples(registries, registries), st.tuples(units, units), grams, fractions)
def test_any_unit_and_registry_give_the_same_answer(
    homes: tuple[str, str], in_units: tuple[str, str], mass: float, factor: float
) -> None:
    """One mass, in two units of two registries, times one factor, is one mass."""
    (first, second), (unit, other) = homes, in_units
    one = quantity(first, mass, unit)
    as_other = mass * float(REGISTRIES["private"].Quantity(1.0, unit).m_as(other))
    two = quantity(second, as_other, other)
    assert read_mass(one).value == pytest.approx(read_mass(two).value, rel=1e-12)
    answers = [read_mass(scaled(each, factor)).value for each in (one, two)]
    assert answers[0] == pytest.approx(answers[1], rel=1e-12)
    assert answers[0] == pytest.approx(read_mass(one).value * factor, rel=1e-12)


@given(registries, units, grams)
def test_a_reading_answers_what_it_read(registry: str, unit: str, mass: float) -> None:
    """Answering with the mass that was read gives the quantity back, in its type, unit and numbers."""
    given_mass = quantity(registry, mass, unit)
    reading = read_mass(given_mass)
    answer = reading.mass(reading.value)
    assert type(answer) is type(given_mass)
    assert type(answer.magnitude) is type(given_mass.magnitude)
    assert answer.units == given_mass.units
    assert float(answer.magnitude) == pytest.approx(float(given_mass.magnitude), rel=1e-12)


@given(registries, units, st.lists(grams, max_size=20), fractions)
def test_arrays_are_their_numbers(registry: str, unit: str, masses: list[float], factor: float) -> None:
    """An array of masses is answered as each of them alone."""
    home = REGISTRIES[registry]
    answer = scaled(home.Quantity(np.array(masses), unit), factor)
    alone = [float(scaled(home.Quantity(mass, unit), factor).magnitude) for mass in masses]
    assert answer.magnitude.tolist() == pytest.approx(alone, rel=1e-12)


@given(registries, st.lists(st.floats(), min_size=1, max_size=20), fractions)
def test_an_array_is_refused_where_one_number_is(registry: str, masses: list[float], factor: float) -> None:
    """Negative and non-finite numbers are refused in an array as they are alone."""
    home = REGISTRIES[registry]

    def refused(magnitude: Any) -> bool:
        try:
            scaled(home.Quantity(magnitude, "mg"), factor)
        except UnitError:
            return True
        return False

    assert refused(np.array(masses)) is any(refused(mass) for mass in masses)
    assert refused(np.array(masses)) is not all(0.0 <= mass < math.inf for mass in masses)


@given(whole, st.integers(min_value=0, max_value=999_999), st.sampled_from(UNITS), st.sampled_from(SPACES))
def test_spellings_of_a_number(number: int, decimals: int, unit: str, space: str) -> None:
    """Thousands by comma, by any space or not at all are one number; the dot is always decimal."""
    plain = read_amount(f"{number}.{decimals} {unit}")
    assert read_amount(f"{number:,}.{decimals} {unit}") == plain
    assert read_amount(f"{number:,}.{decimals}{unit}".replace(",", space)) == plain
    if len(str(decimals)) != 3:
        assert read_amount(f"{number},{decimals}{unit}") == plain
        assert read_amount(f"{number:,}".replace(",", space) + f",{decimals} {unit}") == plain


@given(grams, st.sampled_from(UNITS))
def test_a_float_reads_as_it_prints(number: float, unit: str) -> None:
    """A number printed by Python is read as that number."""
    assert read_number(repr(number)) == number
    assert read_amount(f"{number!r} {unit}") == read_amount(f"{Decimal(repr(number)):f} {unit}")


@given(st.one_of(near_amounts, st.text(max_size=200)))
@example("9**9**9 mg")
@example("1 000 mg")
@example("500 Mg")
def test_any_text_is_a_reading_or_an_error(text: str) -> None:
    """Any text is an amount that is finite and not negative and reads back as itself, or a UnitError."""
    try:
        reading = read_amount(text)
    except UnitError:
        with pytest.raises(UnitError, match="write an amount such as"):
            read_amount(text)
        return
    assert 0.0 <= reading.value < math.inf
    again = read_amount(reading.text)
    assert (again, again.text) == (reading, reading.text)


@given(st.one_of(near_amounts, near_amounts.map(lambda text: text + "%"), st.text(max_size=50)))
def test_any_text_is_a_fraction_or_an_error(text: str) -> None:
    """Any text is a fraction and a number, finite and not negative, or a UnitError."""
    for read in (read_fraction, read_number):
        try:
            value = read(text)
        except UnitError:
            continue
        assert 0.0 <= value < math.inf


@given(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.decimals(), st.fractions(), st.binary(),
        st.complex_numbers(), st.lists(st.text()), st.dictionaries(st.text(), st.floats()),
    )
)  # fmt: skip
def test_what_is_neither_text_nor_quantity_is_refused(value: Any) -> None:
    """Anything else is refused with a UnitError at each door."""
    for read in (read_mass, read_amount, read_fraction, read_number, lambda each: scaled(each, 0.4)):
        with pytest.raises(UnitError):
            read(value)


@given(grams)
def test_fractions_agree_with_masses(number: float) -> None:
    """So many mg/kg are so many mg of a kilogram."""
    assert read_fraction(f"{number!r} mg/kg") == pytest.approx(
        read_mass(f"{number!r} mg").value / read_mass("1 kg").value, rel=1e-12
    )


@given(grams)
def test_out_and_in(mass: float) -> None:
    """A mass that goes out comes in again."""
    assert read_mass(mass_out(mass)).value == pytest.approx(mass, rel=1e-12)
