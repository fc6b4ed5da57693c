"""The door of the library: amounts in, quantities out.

Inside the library masses are grams and amounts are mol, as plain floats. They come in as text or as a
pint quantity of any registry, and go out as quantities: for a quantity in its own unit, registry and
number type, for text in the application registry. Reading text does not import pint; answering with a
quantity does.

A text is a number and a unit, and is never evaluated:

* Number: ``1000``, ``0.5``, ``.5``, ``1e-3``; thousands parted by a comma (``1,000``) or by any space
  sign (``1 000``) in groups of exactly three; a decimal comma with any number of digits but three
  (``0,5``, ``2,25``). A dot is always decimal. ``0,500`` could be two numbers and is refused.
* Unit of mass: kg, g, mg, µg (either micro sign, or ug, mcg), ng, lb, lbs, oz (avoirdupois).
* Unit of amount of substance: kmol, mol, mmol, µmol (umol), nmol; of equivalents: Eq, mEq, µEq (or eq).
* Symbols are read in their exact case; words (``milligrams``, ``pound``) in any.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Literal

import attrs

from mineral_ratio import _quantities
from mineral_ratio._amounts import parse_amount, parse_fraction, parse_number, refusal

if TYPE_CHECKING:
    from typing import TypeAlias

    import pint

    from mineral_ratio._quantities import QuantityType, Scale

    MassLike: TypeAlias = str | pint.Quantity[Any]
    # A float or a numpy array of them: numpy is not needed to run, so that Any stands for the array.
    FloatOrArray: TypeAlias = float | Any

_MASS_OR_AMOUNT = "mass or amount of substance"
# From g to mg and from mol to mmol, the units of an answer where the input names none.
_MILLI = 1000.0


@attrs.frozen
class Reading:
    """An amount as it was read.

    A reading serves one computation. What is kept should be its value and its text: the reading of a
    quantity holds on to a registry, and does not pickle.

    Attributes:
        value: Grams of a mass, mol of an amount or of equivalents: a float, or an array of them where
            a quantity held an array.
        kind: Which of these it is.
    """

    value: FloatOrArray
    kind: Literal["mass", "amount", "equivalents"]
    _written: str = attrs.field(eq=False, repr=False)
    _origin: tuple[QuantityType, Scale] | None = attrs.field(default=None, eq=False, repr=False)

    @property
    def text(self) -> str:
        """How it was read, such as ``"1000 mg"`` for ``"1,000 mg"``."""
        if self._origin is None:
            return self._written
        quantity, scale = self._origin
        unit = f"{quantity(1, scale.unit).units:~D}"
        if not isinstance(self.value, float):
            return f"array in {unit}"
        return f"{self.value / scale.times * scale.over:.15g} {unit}"

    @property
    def scalar(self) -> float:
        """The value where it is one number.

        Raises:
            UnitError: It is an array.
        """
        if not isinstance(self.value, float):
            raise refusal(self.value, _MASS_OR_AMOUNT, "one amount is needed here, not an array of them")
        return self.value

    def mass(self, grams: FloatOrArray) -> pint.Quantity[Any]:
        """Answer with a mass, in the way this amount was given.

        Args:
            grams: The mass in grams.

        Returns:
            In the unit of a quantity of mass, in mg otherwise; in the registry of a quantity and what
            that counts in, in the application registry for text.
        """
        return self._answer(grams, "mass", "milligram")

    def amount(self, mol: FloatOrArray) -> pint.Quantity[Any]:
        """Answer with an amount of substance, in the way this amount was given.

        Args:
            mol: The amount in mol.

        Returns:
            In the unit of a quantity of amount, in mmol otherwise; in the registry as for `mass`.
        """
        return self._answer(mol, "amount", "millimole")

    def _answer(self, value: FloatOrArray, kind: str, unit: str) -> pint.Quantity[Any]:
        if self._origin is None:
            return _quantities.made(value * _MILLI, unit)
        quantity, scale = self._origin
        if scale.kind == kind:
            return quantity(_quantities.counted(scale.number, value / scale.times * scale.over), scale.unit)
        return quantity(_quantities.counted(scale.number, value * _MILLI), unit)


def _read(value: MassLike, expected: str) -> Reading:
    if isinstance(value, str):
        written = parse_amount(value, expected)
        return Reading(written.value, written.kind, written.text)
    quantity, scale = _quantities.find_scale(value, expected)
    in_base = _quantities.magnitudes(value, scale.times, scale.over, expected)
    return Reading(in_base, scale.kind, "", (quantity, scale))


def read_mass(value: MassLike) -> Reading:
    """Read a mass.

    Args:
        value: A text such as ``"1,000 mg"``, or a pint quantity of mass of any registry.

    Returns:
        The reading; its value is in grams.

    Raises:
        UnitError: The value is no mass, has no unit, is negative, not finite, or could be two numbers.
    """
    reading = _read(value, _quantities.MASS)
    if reading.kind != "mass":
        raise refusal(value, _quantities.MASS, _quantities.NEEDS_SUBSTANCE)
    return reading


def read_amount(value: MassLike) -> Reading:
    """Read a mass, an amount of substance or, from text only, equivalents.

    Args:
        value: A text such as ``"500 mg"``, ``"12.5 mmol"`` or ``"25 mEq"``, or a pint quantity of mass
            or of amount of substance of any registry.

    Returns:
        The reading; its value is in grams or mol, as its kind says.

    Raises:
        UnitError: As in `read_mass`.
    """
    return _read(value, _MASS_OR_AMOUNT)


# What a quantity may be per litre or kilogram, by its dimensions.
_PER: dict[tuple[tuple[str, float], ...], tuple[Literal["mass", "amount"], Literal["L", "kg"], str]] = {
    (("[length]", -3), ("[mass]", 1)): ("mass", "L", "gram / liter"),
    (("[length]", -3), ("[substance]", 1)): ("amount", "L", "mole / liter"),
    (("[mass]", -1), ("[substance]", 1)): ("amount", "kg", "mole / kilogram"),
}


def quantity_per(value: object) -> tuple[float, Literal["mass", "amount"], Literal["L", "kg"], str] | None:
    """Read a quantity that is per litre or per kilogram; None for what is no such quantity.

    Args:
        value: Anything; a pint quantity of any registry is looked at. As in text, % and ppm are by mass.

    Returns:
        Grams or mol in one litre or kilogram, which of the two, per what, and how it was read.

    Raises:
        UnitError: It is of equivalents, an array, negative or not finite.
    """
    held: Any = value
    dimensions = getattr(held, "dimensionality", None)
    if "pint" not in sys.modules or dimensions is None:
        return None
    found = _PER.get(tuple(sorted(dict(dimensions).items())))
    if found is None and _quantities.parts_by_mass(held):
        found = ("mass", "kg", "gram / kilogram")
    if found is None:
        return None
    kind, per, unit = found
    _quantities.refuse_equivalents(held, "concentration")
    floats = _quantities.magnitudes(held.to(unit), 1.0, 1.0, "concentration")
    if not isinstance(floats, float):
        raise refusal(held, "concentration", "one concentration is needed here, not an array of them")
    return floats, kind, per, f"{held:~D}"


def scaled(value: MassLike, factor: float) -> pint.Quantity[Any]:
    """A mass times a number.

    Args:
        value: A mass, as in `read_mass`; an array in a quantity is multiplied number by number.
        factor: The number, finite and not negative.

    Returns:
        A new quantity in the unit and registry of a quantity, in mg of the application registry for text.

    Raises:
        UnitError: As in `read_mass`, or the product is too large for a float.
    """
    if isinstance(value, str):
        reading = read_mass(value)
        return reading.mass(_quantities.times(reading.value, factor, 1.0, value, _quantities.MASS))
    return _quantities.scaled(value, factor)


def mass_out(grams: float) -> pint.Quantity[Any]:
    """A mass given in grams, as a quantity in mg of the application registry."""
    return _quantities.made(grams * _MILLI, "milligram")


def amount_out(mol: float) -> pint.Quantity[Any]:
    """An amount of substance given in mol, as a quantity in mmol of the application registry."""
    return _quantities.made(mol * _MILLI, "millimole")


def molar_mass_out(grams_per_mol: float) -> pint.Quantity[Any]:
    """A molar mass given in g/mol, as a quantity of the application registry."""
    return _quantities.made(grams_per_mol, "gram / mole")


def read_fraction(text: str) -> float:
    """Read a mass fraction.

    Args:
        text: A number, as in an amount, and one of %, g/100 g, mg/100 g, g/kg, mg/g, mg/kg, µg/g, µg/kg
            and ppm (all by mass); ``% w/w`` and ``% (m/m)`` are %.

    Returns:
        The fraction, 0.29 for ``"29 %"``. It may be above 1.

    Raises:
        UnitError: The text is no mass fraction; a bare number is none.
    """
    return parse_fraction(_text(text, "mass fraction"))


def read_number(text: str) -> float:
    """Read a number that stands alone, as it is read in an amount.

    Args:
        text: The number, such as ``"1,000"`` or ``"2.25"``.

    Returns:
        The number, finite and not negative.

    Raises:
        UnitError: The text is not one number.
    """
    return parse_number(_text(text, "number"))


def _text(value: object, expected: str) -> str:
    if not isinstance(value, str):
        raise refusal(value, expected, "only text is read here")
    return value
