"""Amounts as they are written and as quantities: what is read, what is refused, how answers look."""

from __future__ import annotations

import gc
import math
import pickle
import subprocess
import sys
import threading
import weakref
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
import pint
import pytest

from mineral_ratio import units
from mineral_ratio.errors import UnitError
from mineral_ratio.units import (
    amount_out,
    mass_out,
    molar_mass_out,
    read_amount,
    read_fraction,
    read_mass,
    read_number,
    scaled,
)

POUND = 453.59237


@pytest.fixture(scope="module")
def registry() -> Any:
    """A registry that is not the application's."""
    return pint.UnitRegistry()


@pytest.fixture
def application_registry() -> Any:
    """Lets a test set the application registry, and puts the former one back."""
    before = pint.application_registry.get()
    yield pint.set_application_registry
    pint.set_application_registry(before)


class TestTextIsRead:
    @pytest.mark.parametrize(
        ("text", "grams", "read_as"),
        [
            ("1000mg", 1.0, "1000 mg"),
            ("1000 mg", 1.0, "1000 mg"),
            ("  1000 \t mg\n", 1.0, "1000 mg"),
            ("1,000 mg", 1.0, "1000 mg"),
            ("12,500 mg", 12.5, "12500 mg"),
            ("1,234,567 mg", 1234.567, "1234567 mg"),
            ("1,234.5 mg", 1.2345, "1234.5 mg"),
            ("1.234 g", 1.234, "1.234 g"),
            ("0,5 g", 0.5, "0.5 g"),
            ("2,25 g", 2.25, "2.25 g"),
            ("0,1234 g", 0.1234, "0.1234 g"),
            ("1234,567 mg", 1.234567, "1234.567 mg"),
            (".5 g", 0.5, "0.5 g"),
            ("007.50 g", 7.5, "7.50 g"),
            ("0 mg", 0.0, "0 mg"),
            ("1e3 mg", 1.0, "1e3 mg"),
            ("1E-3 g", 0.001, "1E-3 g"),
            ("2.5e+1 g", 25.0, "2.5e+1 g"),
            ("0e5 g", 0.0, "0e5 g"),
            ("1 000 000,5 mg", 1000.0005, "1000000.5 mg"),
            ("1 000.25 mg", 1.00025, "1000.25 mg"),
        ],
    )
    def test_numbers(self, text: str, grams: float, read_as: str) -> None:
        """Each spelling of a number means one number, and the reading says which."""
        reading = read_mass(text)
        assert (reading.value, reading.kind, reading.text) == (grams, "mass", read_as)

    @pytest.mark.parametrize(
        "space", [" ", "\xa0", "\u202f", "\u2009", "\u2007", "\u2002", "\u200a", "\u3000"]
    )
    def test_every_space_sign_parts_thousands(self, space: str) -> None:
        """Any space sign of Unicode parts thousands, and stands between number and unit."""
        assert read_mass(f"1{space}000{space}mg").text == "1000 mg"

    @pytest.mark.parametrize(
        ("unit", "grams"),
        [
            ("kg", 1000.0),
            ("g", 1.0),
            ("mg", 1e-3),
            ("mcg", 1e-6),
            ("\N{MICRO SIGN}g", 1e-6),
            ("\N{GREEK SMALL LETTER MU}g", 1e-6),
            ("ug", 1e-6),
            ("ng", 1e-9),
            ("lb", POUND),
            ("lbs", POUND),
            ("oz", POUND / 16),
            ("gram", 1.0),
            ("grams", 1.0),
            ("Grams", 1.0),
            ("kilograms", 1000.0),
            ("milligram", 1e-3),
            ("MILLIGRAMS", 1e-3),
            ("micrograms", 1e-6),
            ("nanogram", 1e-9),
            ("pound", POUND),
            ("pounds", POUND),
            ("ounces", POUND / 16),
        ],
    )
    def test_units_of_mass(self, unit: str, grams: float) -> None:
        """Each spelling of a unit of mass has its factor."""
        assert read_mass(f"1 {unit}").value == grams

    @pytest.mark.parametrize(
        ("text", "mol", "kind"),
        [
            ("2 mol", 2.0, "amount"),
            ("2 kmol", 2000.0, "amount"),
            ("12.5 mmol", 0.0125, "amount"),
            ("5 µmol", 5e-6, "amount"),
            ("5 umol", 5e-6, "amount"),
            ("5 nmol", 5e-9, "amount"),
            ("5 millimoles", 0.005, "amount"),
            ("1 Eq", 1.0, "equivalents"),
            ("1 eq", 1.0, "equivalents"),
            ("25 mEq", 0.025, "equivalents"),
            ("25 meq", 0.025, "equivalents"),
            ("25 µEq", 25e-6, "equivalents"),
            ("25 milliequivalents", 0.025, "equivalents"),
        ],
    )
    def test_units_of_amount(self, text: str, mol: float, kind: str) -> None:
        """Amounts and equivalents are read where a substance is at hand, and only there."""
        reading = read_amount(text)
        assert (reading.value, reading.kind) == (mol, kind)
        with pytest.raises(UnitError, match="only of a named substance"):
            read_mass(text)

    def test_micro_is_one_sign_in_the_reading(self) -> None:
        """However micro is written, the reading has the one sign."""
        assert {read_mass(f"5 {unit}").text for unit in ("mcg", "ug", "µg", "μg", "Microgram")} == {"5 µg"}

    def test_a_mass_is_an_amount_to_be_read(self) -> None:
        """Where amounts are read, masses are too."""
        assert read_amount("500 mg") == read_mass("500 mg")

    def test_reading_text_imports_no_pint(self) -> None:
        """Reading and refusing text, and refusing numbers, does without pint."""
        code = (
            "import sys, mineral_ratio.units as u\n"
            "u.read_mass('1,000 mg'); u.read_amount('5 mEq'); u.read_fraction('29 %')\n"
            "for bad in ('5 Mg', 5, None):\n"
            "    try: u.read_mass(bad)\n"
            "    except ValueError: pass\n"
            "    else: raise SystemExit(bad)\n"
            "assert 'pint' not in sys.modules\n"
            "u.mass_out(1.0)\n"
            "assert 'pint' in sys.modules\n"
        )
        subprocess.run([sys.executable, "-c", code], check=True)


class TestTextIsRefused:
    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("", "the text is empty"),
            (" \n", "the text is empty"),
            ("mg", "does not begin with a number"),
            ("500", "the unit is missing"),
            ("1,000 ", "the unit is missing"),
            ("1,23,456 mg", "not one number"),
            ("1.234,5 mg", "not one number"),
            ("1,2345,678 mg", "not one number"),
            ("1.234.567 mg", "not one number"),
            ("1,000,00 mg", "not one number"),
            ("1,000e3 mg", "not one number"),
            ("1 00 mg", "not one number"),
            ("1  000 mg", "one number and one unit"),
            ("1 000,500 mg", "not one number"),
            ("5 6 mg", "not one number"),
            ("0 500 mg", "not one number"),
            (",5 g", "not one number"),
            ("5. mg", "not one number"),
            ("... mg", "not one number"),
            ("0,500 g", r"begins with 0: 0\.500 or 0500"),
            ("01,500 g", "begins with 0"),
            ("1'000 mg", "thousands are 1000"),
            ("1_000 mg", "thousands are 1000"),
            ("-5 mg", "negative"),
            ("\N{MINUS SIGN}5 mg", "negative"),
            ("+5 mg", "without a sign"),
            ("<5 mg", "without a sign"),
            ("~5 mg", "without a sign"),
            ("nan mg", "not finite"),
            ("NaN mg", "not finite"),
            ("inf mg", "not finite"),
            ("Infinity g", "not finite"),
            ("1e999 g", "too large"),
            ("1e308 kg", "too large"),
            ("1e-999 g", "too small"),
            ("1e-320 ng", "too small"),
            ("½ g", "digits 0 to 9"),
            ("５ mg", "digits 0 to 9"),
            ("٥ mg", "digits 0 to 9"),
            ("\ufeff5 mg", "digits 0 to 9"),
            ("1/2 g", "not as a fraction"),
            ("9**9**9 mg", "never evaluated"),
            ("500 mg**2", "never evaluated"),
            ("(5) mg", "does not begin with a number"),
            ("5 * 5 mg", "never evaluated"),
            ("5-10 mg", "one number and one unit"),
            ("5 to 10 mg", "one number and one unit"),
            ("5 mg 5 mg", "one number and one unit"),
            ("500 mg/kg", "not per anything"),
            ("5 mg per day", "not per anything"),
            ("5 mL", "a volume"),
            ("5 L", "a volume"),
            ("1 tsp", "a volume"),
            ("10 IU", "international units"),
            ("5 %", "a fraction"),
            ("5 ppm", "a fraction"),
            ("500 Mg", "megagram"),
            ("500 MG", "'MG' is not 'mg'"),
            ("500 mG", "'mG' is not 'mg'"),
            ("5 G", "'G' is not 'g'"),
            ("5 Kg", "'Kg' is not 'kg'"),
            ("5 MCG", "'MCG' is not 'mcg'"),
            ("5 Oz", "'Oz' is not 'oz'"),
            ("5 MEQ", "'MEQ' is not 'meq'"),
            ("5 mgs", "no dot and no plural; the unit is 'mg'"),
            ("5 oz.", "no dot and no plural; the unit is 'oz'"),
            ("5 gr", "the grain"),
            ("5 gm", "the symbol of the gram is g"),
            ("5 ton", "2240 lb"),
            ("5 stone", "not known here"),
            ("5 m g", "not known here"),
            ("5 mg\x00", "not known here"),
            ("5 M", "not known here"),
        ],
    )
    def test_own_words(self, text: str, why: str) -> None:
        """Every refusal says why, and how to write it."""
        with pytest.raises(UnitError, match=why) as caught:
            read_mass(text)
        assert 'write a mass such as "500 mg"' in str(caught.value)
        assert (caught.value.value, caught.value.expected) == (text, "mass")

    @pytest.mark.parametrize("piece", ["9", " ", "mg", "1,", "9**"])
    def test_a_megabyte(self, piece: str) -> None:
        """A text of any length is refused with a message that is short."""
        text = piece * (1_000_000 // len(piece)) + " mg"
        with pytest.raises(UnitError, match="characters are too many") as caught:
            read_mass(text)
        assert len(str(caught.value)) < 200

    @pytest.mark.parametrize(
        ("value", "why"),
        [
            (500, "bare number"),
            (500.0, "bare number"),
            (True, "bare number"),
            (math.nan, "bare number"),
            pytest.param(10**5000, "bare number", id="huge"),
            (Decimal(500), "bare number"),
            (Fraction(1, 2), "bare number"),
            (np.float64(500), "bare number"),
            (None, "neither text nor a pint quantity"),
            (b"500 mg", "neither text nor a pint quantity"),
            (["500 mg"], "neither text nor a pint quantity"),
            (np.array([500.0]), "neither text nor a pint quantity"),
            (pint.Unit("mg"), "a unit alone"),
            (pint.Quantity, "neither text nor a pint quantity"),
        ],
    )
    @pytest.mark.parametrize("read", [read_mass, read_amount, lambda value: scaled(value, 0.4)])
    def test_neither_text_nor_quantity(self, read: Any, value: Any, why: str) -> None:
        """Bare numbers and other things are refused at each door with the way to write an amount."""
        with pytest.raises(UnitError, match=f"{why}.*500 mg.*pint quantity"):
            read(value)

    def test_the_error_pickles(self) -> None:
        """An error comes back from another process as it was."""
        with pytest.raises(UnitError) as caught:
            read_mass("5 MG")
        again = pickle.loads(pickle.dumps(caught.value))
        assert (str(again), again.value) == (str(caught.value), "5 MG")


class TestFractionsAndNumbers:
    @pytest.mark.parametrize(
        ("text", "fraction"),
        [
            ("29 %", 0.29),
            ("29%", 0.29),
            ("2,5 %", 0.025),
            ("107.0 %", 1.07),
            ("29 % w/w", 0.29),
            ("29 %(w/w)", 0.29),
            ("29 % (m/m)", 0.29),
            ("2000 mg/kg", 0.002),
            ("2,000 mg / kg", 0.002),
            ("2 mg/g", 0.002),
            ("2000 µg/g", 0.002),
            ("2000 μg/g", 0.002),
            ("2000 ug/g", 0.002),
            ("2000 mcg/g", 0.002),
            ("500 µg/kg", 5e-7),
            ("290 g/kg", 0.29),
            ("29 g/100 g", 0.29),
            ("29 g/100g", 0.29),
            ("420 mg/100 g", 0.0042),
            ("5 ppm", 5e-6),
            ("0 %", 0.0),
        ],
    )
    def test_fractions(self, text: str, fraction: float) -> None:
        """Each unit of a mass fraction has its factor."""
        assert read_fraction(text) == fraction

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("0.29", "the unit is missing"),
            ("", "empty"),
            ("-5 %", "negative"),
            ("nan %", "not finite"),
            ("1e999 %", "too large"),
            ("29 % w/v", "not a unit of a mass fraction"),
            ("29 % (w/w", "not a unit of a mass fraction"),
            ("5 mg", "not a unit of a mass fraction"),
            ("5 mg/L", "not a unit of a mass fraction"),
            ("5 PPM", "exact case, as in 'ppm'"),
            ("5 Mg/kg", "exact case, as in 'mg/kg'"),
            (0.29, "only text"),
            (29, "only text"),
            (None, "only text"),
            (pint.Quantity(29, "percent"), "only text"),
        ],
    )
    def test_fractions_refused(self, text: Any, why: str) -> None:
        """What is no mass fraction is refused with the way to write one."""
        with pytest.raises(UnitError, match=f'{why}.*write a fraction such as "29 %"'):
            read_fraction(text)

    @pytest.mark.parametrize(
        ("text", "number"), [("1,000", 1000.0), ("2.25", 2.25), (" 1 000 ", 1000.0), ("0,5", 0.5)]
    )
    def test_numbers(self, text: str, number: float) -> None:
        """A number alone is read by the grammar of amounts."""
        assert read_number(text) == number

    @pytest.mark.parametrize("text", ["", "5 mg", "5 x", "1,23,4", "-1", "nan", "0x10", "1_0", 5, None])
    def test_numbers_refused(self, text: Any) -> None:
        """What is no number is refused with the way to write one."""
        with pytest.raises(UnitError, match='write a number such as "1000"'):
            read_number(text)


class TestAnswersToText:
    def test_mass_and_amount(self) -> None:
        """Text is answered in mg and mmol of the application registry."""
        reading = read_mass("1,000 mg")
        for answer, unit in ((reading.mass(0.4), "milligram"), (reading.amount(0.4), "millimole")):
            assert (answer.magnitude, str(answer.units)) == (400.0, unit)
            assert answer + pint.application_registry.Quantity(1.0, unit) == 401.0 * answer.units

    def test_scaled(self) -> None:
        """A text times a factor is a mass in mg."""
        answer = scaled("0.5 g", 0.4)
        assert (answer.magnitude, str(answer.units)) == (200.0, "milligram")

    def test_out(self) -> None:
        """Values without a quantity to answer to go out in mg, mmol and g/mol."""
        answers = [mass_out(0.5), amount_out(0.5), molar_mass_out(24.305)]
        assert [(answer.magnitude, str(answer.units)) for answer in answers] == [
            (500.0, "milligram"),
            (500.0, "millimole"),
            (24.305, "gram / mole"),
        ]

    def test_the_application_registry_is_looked_up_each_time(self, application_registry: Any) -> None:
        """After the application sets another registry, answers come from that one, in its numbers."""
        mass_out(1.0)
        other = pint.UnitRegistry(non_int_type=Decimal)
        application_registry(other)
        assert type(mass_out(1.0)) is other.Quantity
        assert repr(scaled("0.1 g", 0.3).magnitude) == "Decimal('30.0')"

    def test_a_former_application_registry_is_not_kept(self, application_registry: Any) -> None:
        """A registry that was answered in, and then replaced and dropped, is collected."""
        former = pint.UnitRegistry()
        application_registry(former)
        mass_out(1.0)
        application_registry(pint.UnitRegistry())
        gone = weakref.ref(former)
        del former
        gc.collect()
        assert gone() is None

    def test_a_product_too_large(self) -> None:
        """A product beyond a float's range is refused, not answered as infinite."""
        with pytest.raises(UnitError, match="too large"):
            scaled("1e300 g", 1e300)


class TestQuantities:
    @pytest.mark.parametrize("unit", ["mg", "g", "kg", "µg", "lb", "oz", "tonne", "dalton", "mg*cm/m"])
    def test_scaled_keeps_unit_and_registry(self, registry: Any, unit: str) -> None:
        """A quantity is answered in its unit and its registry, the first time and the next."""
        quantity = registry.Quantity(500.0, unit)
        for _ in range(2):
            answer = scaled(quantity, 0.4)
            assert (answer.magnitude, answer.units, type(answer)) == (200.0, quantity.units, type(quantity))

    @pytest.mark.parametrize("unit", ["mg", "g", "kg", "ug", "ng", "lb", "oz"])
    def test_a_quantity_reads_as_its_text(self, registry: Any, unit: str) -> None:
        """A quantity and the same mass as text have the same value, to the last bit."""
        for number in (1.0, 3.0, 29.0, 500.0, 0.1):
            assert read_mass(registry.Quantity(number, unit)) == read_mass(f"{number} {unit}")

    def test_text_of_a_quantity(self, registry: Any) -> None:
        """A quantity says how it was read, too."""
        assert read_mass(registry.Quantity(500, "mg")).text == "500 mg"
        assert read_mass(registry.Quantity(1.5, "lb")).text == "1.5 lb"
        assert read_mass(registry.Quantity([1, 2], "mg")).text == "array in mg"

    def test_answers_of_a_reading(self, registry: Any) -> None:
        """A mass answers masses in its unit and amounts in mmol; an amount the other way round."""
        mass = read_mass(registry.Quantity(2.0, "lb"))
        assert mass.mass(POUND) == registry.Quantity(1.0, "lb")
        assert mass.mass(POUND).units == registry.lb
        assert (mass.amount(0.5).magnitude, mass.amount(0.5).units) == (500.0, registry.mmol)
        amount = read_amount(registry.Quantity(2.0, "umol"))
        assert (amount.kind, amount.value) == ("amount", 2e-6)
        assert (amount.amount(1e-6).magnitude, amount.amount(1e-6).units) == (1.0, registry.umol)
        assert (amount.mass(0.5).magnitude, amount.mass(0.5).units) == (500.0, registry.mg)
        assert type(amount.mass(0.5)) is type(registry.Quantity(1, "mg"))

    @pytest.mark.parametrize(
        ("magnitude", "expected"),
        [
            (500, 200.0),
            (Decimal(500), 200.0),
            (Fraction(500), 200.0),
            (np.float64(500), 200.0),
            (np.int8(5), 2.0),
        ],
    )
    def test_magnitudes_become_float(self, registry: Any, magnitude: Any, expected: float) -> None:
        """Whatever number a quantity holds, a registry that counts in float answers in float."""
        answer = scaled(registry.Quantity(magnitude, "mg"), 0.4)
        assert (answer.magnitude, type(answer.magnitude)) == (expected, float)
        assert type(read_mass(registry.Quantity(magnitude, "mg")).value) is float

    @pytest.mark.parametrize("number", [Decimal, Fraction])
    @pytest.mark.parametrize("magnitude", ["0.1", 5, 0.1])
    def test_registries_that_count_otherwise(self, number: Any, magnitude: Any) -> None:
        """A registry with another type of number gets that type, without binary fractions in it."""
        other = pint.UnitRegistry(non_int_type=number)
        quantity = other.Quantity(number(magnitude) if isinstance(magnitude, str) else magnitude, "g")
        answer = scaled(quantity, 0.3).magnitude
        assert (type(answer), answer) == (number, number(str(magnitude)) * number("0.3"))
        reading = read_mass(quantity)
        assert reading.mass(0.1).magnitude == number("0.1")
        assert reading.amount(0.1).magnitude == 100
        assert type(reading.amount(0.1).magnitude) is number

    def test_a_fraction_in_a_registry_of_decimals(self) -> None:
        """A number of a third type is taken by its float."""
        answer = scaled(pint.UnitRegistry(non_int_type=Decimal).Quantity(Fraction(1, 4), "g"), 0.5)
        assert answer.magnitude == Decimal("0.125")

    @pytest.mark.parametrize("option", ["force_ndarray", "force_ndarray_like"])
    def test_forced_arrays(self, option: str) -> None:
        """Registries that make an array of every number get one, and read as a number."""
        other = pint.UnitRegistry(**{option: True})
        quantity = other.Quantity(500, "mg")
        answer = scaled(quantity, 0.4)
        assert isinstance(answer.magnitude, np.ndarray)
        assert (answer.magnitude.shape, float(answer.magnitude)) == ((), 200.0)
        assert read_mass(quantity).scalar == 0.5

    def test_offsets_converted(self) -> None:
        """A registry that converts temperatures by itself reads masses as any does."""
        other = pint.UnitRegistry(autoconvert_offset_to_baseunit=True)
        assert scaled(other.Quantity(5.0, "mg"), 0.4) == other.Quantity(2.0, "mg")
        with pytest.raises(UnitError, match="degree_Celsius is not a unit of mass"):
            scaled(other.Quantity(5.0, "degC"), 0.4)

    def test_unpickled(self, registry: Any) -> None:
        """A quantity out of a pickle belongs to the application registry and is answered there."""
        quantity = pickle.loads(pickle.dumps(registry.Quantity(5.0, "mg")))
        assert scaled(quantity, 0.4) == pint.application_registry.Quantity(2.0, "mg")

    def test_a_quantity_of_no_registry_class(self, application_registry: Any) -> None:
        """`pint.Quantity(...)` is answered in the registry it was made in, whatever is set later."""
        quantity = pint.Quantity(5.0, "mg")
        application_registry(pint.UnitRegistry())
        answer = scaled(quantity, 0.4)
        assert answer + quantity == 7.0 * quantity.units
        assert read_mass(quantity).mass(0.001) + quantity == 6.0 * quantity.units

    def test_units_and_redefinitions_of_a_registry(self) -> None:
        """A registry's own units count, also where it means another thing by a name."""
        other = pint.UnitRegistry()
        other.define("scoop = 2.5 g")
        other.define("@alias gram = gramme")
        other.define("pound = 500 g = lb")
        assert read_mass(other.Quantity(2, "scoop")).value == 5.0
        assert read_mass(other.Quantity(2, "gramme")).value == 2.0
        assert read_mass(other.Quantity(2, "pound")).value == 1000.0
        assert read_mass(pint.UnitRegistry().Quantity(2, "pound")).value == 2 * POUND

    def test_contexts_of_the_user(self) -> None:
        """Inside a context that redefines a unit the unit is that one, and outside it is not."""
        other = pint.UnitRegistry()
        metric = pint.Context("metric")
        metric.redefine("pound = 500 g")
        other.add_context(metric)
        for _ in range(2):
            with other.context("metric"):
                assert read_mass(other.Quantity(1, "lb")).value == 500.0
            assert read_mass(other.Quantity(1, "lb")).value == POUND

    def test_a_context_makes_no_mass_of_an_amount(self) -> None:
        """Where pint would turn moles into grams, they stay what they are."""
        other = pint.UnitRegistry()
        with other.context("chemistry", mw=other.Quantity(24.3, "g/mol")), pytest.raises(UnitError):
            read_mass(other.Quantity(1, "mol"))

    def test_subclasses(self, registry: Any) -> None:
        """A user's own class of quantities is answered in that class."""

        class Dose(registry.Quantity):  # type: ignore[misc, name-defined, unused-ignore]
            pass

        assert type(scaled(Dose(5.0, "mg"), 0.4)) is Dose

    def test_the_input_is_left_alone(self, registry: Any) -> None:
        """Changing an answer in place does not change what came in, nor the next answer."""
        quantity = registry.Quantity(np.array([1.0, 2.0]), "mg")
        answer = scaled(quantity, 1.0)
        answer.ito("g")
        answer.magnitude[0] = 99.0
        reading = read_mass(registry.Quantity(quantity.magnitude, "g"))
        reading.value[0] = 99.0
        assert quantity.magnitude.tolist() == [1.0, 2.0]
        assert quantity.units == scaled(quantity, 1.0).units == registry.mg

    def test_a_registry_is_not_kept(self) -> None:
        """A registry that was read from and dropped is collected."""
        other = pint.UnitRegistry()
        scaled(other.Quantity(1.0, "mg"), 0.4)
        read_mass(other.Quantity(1.0, "lb")).mass(1.0)
        gone = weakref.ref(other)
        del other
        gc.collect()
        assert gone() is None

    def test_nothing_is_set_or_defined(self) -> None:
        """Reading and answering leaves the application registry and a registry's units as they were."""
        other = pint.UnitRegistry()
        before, names = pint.application_registry.get(), set(other)
        scaled(other.Quantity(1.0, "mg"), 0.4)
        mass_out(1.0)
        assert pint.application_registry.get() is before
        assert set(other) == names

    def test_threads(self) -> None:
        """Many threads that meet a registry for the first time all get the right answer."""
        other = pint.UnitRegistry()
        quantities = [other.Quantity(100.0, unit) for unit in ("mg", "g", "lb", "oz", "kg")]
        start, answers = threading.Barrier(8), []

        def work() -> None:
            start.wait()
            answers.extend(scaled(quantity, 0.4).magnitude for quantity in quantities)
            answers.extend(
                40.0 for quantity in quantities if read_mass(quantity).text == f"100 {quantity.units:~D}"
            )

        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert answers == [40.0] * 80


class TestQuantitiesRefused:
    @pytest.mark.parametrize(
        ("magnitude", "unit", "why"),
        [
            (-5.0, "mg", "negative"),
            (-5, "mg", "negative"),
            (math.nan, "mg", "not finite"),
            (math.inf, "mg", "not finite"),
            pytest.param(10**5000, "mg", "not finite, or too large", id="huge"),
            (Decimal("sNaN"), "mg", "not finite"),
            (Decimal("-Infinity"), "mg", "negative"),
            (1 + 2j, "mg", "neither a number nor an array"),
            (np.array([1.0, -2.0]), "mg", "negative"),
            (np.array([1.0, math.nan]), "mg", "not finite"),
            (np.array([-1.0, math.nan]), "mg", "not finite"),
            (np.array([1.0, math.inf]), "mg", "not finite"),
            (np.array(math.nan), "mg", "not finite"),
            (np.array([1, -2]), "mg", "negative"),
            (np.array([True]), "mg", "ndarray"),
            (np.array(["5"]), "mg", "ndarray"),
            (np.array([1j]), "mg", "ndarray"),
            (np.array([None, 1.0], dtype=object), "mg", "ndarray"),
            (np.array([10**400], dtype=object), "mg", "too large"),
            (5.0, "mL", "milliliter is not a unit of"),
            (5.0, "mg**2", r"milligram \*\* 2 is not a unit of"),
            (5.0, "", "dimensionless is not a unit of"),
            (5.0, "kelvin", "kelvin is not a unit of"),
            (5.0, "mg/kg", "is not a unit of"),
            (5.0, "lbf", "is not a unit of"),
            (5.0, "mol/L", "is not a unit of"),
        ],
    )
    @pytest.mark.parametrize("read", [read_mass, read_amount, lambda value: scaled(value, 0.4)])
    def test_own_words(self, registry: Any, read: Any, magnitude: Any, unit: str, why: str) -> None:
        """What a quantity may not hold is refused at each door, also when its unit is known already."""
        for _ in range(2):
            with pytest.raises(UnitError, match=why):
                read(registry.Quantity(magnitude, unit))

    def test_zero_does_not_hide_a_sign(self, registry: Any) -> None:
        """A negative mass is refused even where it is multiplied by zero."""
        for magnitude in (-5.0, -5, math.inf, np.array([-5.0]), np.array([math.inf])):
            with pytest.raises(UnitError):
                scaled(registry.Quantity(magnitude, "mg"), 0.0)

    def test_amounts_are_no_masses(self, registry: Any) -> None:
        """Moles are refused where a mass is needed, before and after they have been seen."""
        quantity = registry.Quantity(5.0, "mmol")
        for read in (read_mass, lambda value: scaled(value, 0.4), read_mass):
            with pytest.raises(UnitError, match="only of a named substance"):
                read(quantity)

    def test_too_large(self, registry: Any) -> None:
        """What overflows on the way is refused, not answered as infinite."""
        for magnitude in (1e308, np.array([1.0, 1e308])):
            with pytest.raises(UnitError, match="too large"):
                read_mass(registry.Quantity(magnitude, "kg"))
            with pytest.raises(UnitError, match="too large"):
                scaled(registry.Quantity(magnitude, "kg"), 1e3)

    def test_units_with_an_offset(self) -> None:
        """A unit whose zero is not nothing cannot be multiplied, and is refused."""
        other = pint.UnitRegistry()
        other.define("tared = gram; offset: 5")
        with pytest.raises(UnitError, match="zero tared is not nothing"):
            read_mass(other.Quantity(1.0, "tared"))

    def test_equivalents_of_a_registry(self) -> None:
        """A unit named for equivalents is refused: whether it counts charges is not known."""
        other = pint.UnitRegistry()
        other.define("equivalent = mole = Eq")
        with pytest.raises(UnitError, match='write "5 mEq" as text'):
            read_amount(other.Quantity(5.0, "mEq"))

    def test_uncertain_magnitudes(self, registry: Any) -> None:
        """A number that carries its own uncertainty is no plain number."""

        class Uncertain:
            nominal_value = 5.0

        with pytest.raises(UnitError, match=r"\(Uncertain\) is neither a number"):
            scaled(registry.Quantity(Uncertain(), "mg"), 0.4)


class TestArrays:
    def test_scaled(self, registry: Any) -> None:
        """An array is multiplied number by number, whatever its shape, layout and type."""
        for array in (
            np.arange(6.0),
            np.arange(6).reshape(2, 3),
            np.arange(12.0).reshape(3, 4).T[::2],
            np.array([0.5], dtype=np.float32),
            np.array([0.5], dtype=">f8"),
            np.array([-0.0, 1.0]),
            np.array([Decimal(1), Fraction(1, 2), 3], dtype=object),
            np.array([]),
        ):
            answer = scaled(registry.Quantity(array, "mg"), 0.4)
            assert answer.magnitude.tolist() == (array.astype(float) * 0.4).tolist()
            assert answer.magnitude.dtype == float
            assert answer.units == registry.mg

    def test_read(self, registry: Any) -> None:
        """An array is read in grams and answered in its unit; it is not one number."""
        reading = read_mass(registry.Quantity([500, 1000], "mg"))
        assert reading.value.tolist() == [0.5, 1.0]
        assert reading.mass(reading.value).magnitude.tolist() == [500.0, 1000.0]
        with pytest.raises(UnitError, match="not an array of them"):
            _ = reading.scalar

    def test_masked(self, registry: Any) -> None:
        """What a mask hides is not looked at."""
        answer = scaled(registry.Quantity(np.ma.masked_array([1.0, -2.0], [False, True]), "mg"), 0.5)
        assert answer.magnitude.tolist() == [0.5, None]

    @pytest.mark.parametrize("number", [Decimal, Fraction])
    def test_registries_that_count_otherwise(self, number: Any) -> None:
        """Arrays of whole numbers and of objects are counted exactly, arrays of floats stay floats."""
        other = pint.UnitRegistry(non_int_type=number)
        for array in (np.array([1, 2]), np.array([number(1), 2.0], dtype=object)):
            answer = scaled(other.Quantity(array, "mg"), 0.3).magnitude
            assert answer.tolist()[0] == number("0.3")
            assert {type(each) for each in answer} == {number}
        assert scaled(other.Quantity(np.array([1.0]), "mg"), 0.3).magnitude.tolist() == [0.3]


class TestReading:
    def test_frozen(self) -> None:
        """A reading cannot be changed."""
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            read_mass("5 mg").value = 6.0  # type: ignore[misc]

    def test_equal_by_value(self) -> None:
        """Two spellings of one mass are equal readings."""
        assert read_mass("1,000 mg") == read_mass("1 g")
        assert hash(read_mass("1,000 mg")) == hash(read_mass("1 g"))
        assert read_amount("1 mol") != read_amount("1 Eq")

    def test_scalar(self) -> None:
        """The value of a text is one number."""
        assert read_mass("5 g").scalar == 5.0


def test_no_public_name_is_pint() -> None:
    """The module does not hand pint on under its own name."""
    assert not hasattr(units, "pint")
