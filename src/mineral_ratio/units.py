"""The only door to pint: amounts in, quantities out.

Inside the library masses are grams and amounts are mol, as plain floats. They come in as text or as a
pint quantity of any registry, and go out as quantities: for a quantity in its own unit, registry and
number type, for text in the application registry. No registry is made here, none is set, no unit is
defined and no context is used. Reading text does not import pint; answering with a quantity does.

A text is a number and a unit, and is never evaluated:

* Number: ``1000``, ``0.5``, ``.5``, ``1e-3``; thousands parted by a comma (``1,000``) or by any space
  sign (``1 000``) in groups of exactly three; a decimal comma with any number of digits but three
  (``0,5``, ``2,25``). A dot is always decimal. ``0,500`` could be two numbers and is refused.
* Unit of mass: kg, g, mg, µg (either micro sign, or ug, mcg), ng, lb, lbs, oz (avoirdupois).
* Unit of amount of substance: kmol, mol, mmol, µmol (umol), nmol; of equivalents: Eq, mEq, µEq (or eq).
* Symbols are read in their exact case; words (``milligrams``, ``pound``) in any.
"""

from __future__ import annotations

import math
import sys
from decimal import Decimal
from fractions import Fraction
from numbers import Real
from typing import TYPE_CHECKING, Any, Literal
from weakref import WeakKeyDictionary

import attrs

from mineral_ratio._amounts import parse_amount, parse_fraction, parse_number, refusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    import pint

    from mineral_ratio.errors import UnitError

    MassLike: TypeAlias = str | pint.Quantity[Any]
    # A float or a numpy array of them: numpy is not needed to run, so that Any stands for the array.
    FloatOrArray: TypeAlias = float | Any
    # What a registry counts in: float, or its non_int_type.
    NumberType: TypeAlias = Callable[[Any], Any]
    # A registry's class of quantities: called with a magnitude and a unit.
    QuantityType: TypeAlias = Callable[[Any, Any], pint.Quantity[Any]]

_MASS = "mass"
_MASS_OR_AMOUNT = "mass or amount of substance"
_NEEDS_SUBSTANCE = "moles and equivalents are a mass only of a named substance"
_NOT_FINITE = "a number is not finite, or too large"
_INFINITY_BITS = 0x7FF0_0000_0000_0000  # IEEE 754 binary64
_NUMBERS = (Real, Decimal)
# From g to mg and from mol to mmol, the units of an answer where the input names none.
_MILLI = 1000.0


@attrs.frozen
class _Scale:
    """A unit of a registry: ``times / over`` grams or mol, counted in a type of number."""

    kind: Literal["mass", "amount"]
    times: float
    over: float
    number: NumberType
    unit: Any  # pint's UnitsContainer: names and exponents, nothing of the registry


# By a registry's class of quantities, then by unit. Nothing in the values refers back to the registry,
# so that it is collected when its user drops it.
_SCALES: WeakKeyDictionary[Any, dict[tuple[Any, ...], _Scale]] = WeakKeyDictionary()


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
    _origin: tuple[QuantityType, _Scale] | None = attrs.field(default=None, eq=False, repr=False)

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
            return _out(value * _MILLI, unit)
        quantity, scale = self._origin
        if scale.kind == kind:
            return quantity(_as(scale.number, value / scale.times * scale.over), scale.unit)
        return quantity(_as(scale.number, value * _MILLI), unit)


def _as(number: NumberType, value: Any) -> Any:
    """A value as a registry counts, a float by its shortest decimal form; an array as it is."""
    if not isinstance(value, _NUMBERS):
        return value
    if number is float:
        return float(value)
    if isinstance(number, type) and isinstance(value, number):
        return value
    return number(repr(float(value)) if isinstance(value, float | Fraction) else str(value))


def _out(value: float, unit: str) -> pint.Quantity[Any]:
    """A quantity of the application registry, which is looked up at each call."""
    import pint  # here, as reading text does without its 0.2 s

    registry: Any = pint.application_registry
    quantity: QuantityType = registry.Quantity
    return quantity(_as(registry.non_int_type, value), unit)


def _other(value: Any, expected: str) -> UnitError:
    """The error for what is neither text nor a quantity."""
    pint = sys.modules.get("pint")
    if pint is not None and isinstance(value, pint.Unit):
        return refusal(value, expected, "a unit alone has no number; multiply it by one")
    if isinstance(value, _NUMBERS):
        return refusal(value, expected, "a bare number has no unit")
    return refusal(value, expected, "this is neither text nor a pint quantity")


def _find_scale(value: Any, expected: str) -> tuple[QuantityType, _Scale]:
    """The class to answer with and the scale of a quantity's unit, remembered for the next one."""
    if "pint" not in sys.modules:
        raise _other(value, expected)
    from pint.facets import plain

    pint_quantity: Any = plain.PlainQuantity
    if not isinstance(value, pint_quantity):
        raise _other(value, expected)
    registry = value._REGISTRY  # noqa: SLF001 -- pint has no public way from a quantity to its registry
    quantity = value.__class__
    if not hasattr(quantity, "_REGISTRY"):
        # pint.Quantity(5, "mg"): the class belongs to no registry, the quantity itself does.
        quantity = registry.Quantity
    # Inside a context of the user's a unit may be another one: such a scale is not remembered, nor used.
    context = getattr(registry, "_active_ctx", None)
    if context is not None and context.contexts:
        return quantity, _measure(value, registry, expected)
    scales = _SCALES.setdefault(quantity, {})
    unit = tuple(value.unit_items())
    if unit not in scales:
        scales[unit] = _measure(value, registry, expected)
    return quantity, scales[unit]


def _measure(value: Any, registry: Any, expected: str) -> _Scale:
    """What one of a quantity's unit is in grams or mol, as its own registry converts."""
    dimensions = dict(value.dimensionality)
    kind: Literal["mass", "amount"]
    if dimensions == {"[mass]": 1}:
        kind, base = "mass", "gram"
    elif dimensions == {"[substance]": 1}:
        kind, base = "amount", "mole"
    else:
        raise refusal(value, expected, f"{value.units} is not a unit of {expected}")
    _refuse_equivalents(value, expected)
    unit = registry.UnitsContainer(dict(value.unit_items()))
    if float(registry.Quantity(0, unit).m_as(base)) != 0.0:
        raise refusal(value, expected, f"zero {value.units} is not nothing, so that it cannot be multiplied")
    # Definitions have fewer digits than these 15; pint's arithmetic puts a pound at 453.5923700000001 g.
    factor = float(f"{float(registry.Quantity(1, unit).m_as(base)):.15g}")
    # A float for 1/1000 is not exact and 1000 is: so a quantity reads as the same text does.
    inverse = float(round(1.0 / factor))
    if inverse > 1.0 and math.isclose(inverse * factor, 1.0, rel_tol=1e-14):
        return _Scale(kind, 1.0, inverse, registry.non_int_type, unit)
    return _Scale(kind, factor, 1.0, registry.non_int_type, unit)


def _refuse_equivalents(value: Any, expected: str) -> None:
    """Refuse a unit of equivalents: some registries define it as the mole, and others otherwise."""
    if any(name.lower().endswith(("equivalent", "eq")) for name, _ in value.unit_items()):
        raise refusal(
            value, expected, f'whether {value.units} counts charges is not known; write "5 mEq" as text'
        )


def _bare(value: Any) -> Any:
    """The magnitude of a quantity, out of its array where that has no axis."""
    magnitude = value.magnitude
    return magnitude.item() if getattr(magnitude, "ndim", None) == 0 else magnitude


def _floats(magnitude: Any, value: object, expected: str) -> Any:
    """A magnitude as a float, or as an array of floats."""
    numpy = sys.modules.get("numpy")
    try:
        if isinstance(magnitude, _NUMBERS):
            return float(magnitude)
        if numpy is not None and isinstance(magnitude, numpy.ndarray) and _holds_numbers(magnitude):
            return magnitude.astype(float, copy=False)
    except (OverflowError, ValueError):  # a huge integer; a signalling NaN
        raise refusal(value, expected, _NOT_FINITE) from None
    held = type(magnitude).__name__
    raise refusal(value, expected, f"the magnitude ({held}) is neither a number nor an array of numbers")


def _holds_numbers(array: Any) -> bool:
    kind: str = array.dtype.kind
    return kind in "fiu" or (kind == "O" and all(isinstance(each, _NUMBERS) for each in array.flat))


def _times(floats: Any, times: float, over: float, value: object, expected: str) -> Any:
    """Numbers times or over another (one of the two is 1), none of them negative or not finite."""
    if isinstance(floats, float):
        least, product = floats, floats * times / over
        largest = product
    else:
        numpy = sys.modules["numpy"]
        with numpy.errstate(over="ignore", invalid="ignore"):
            product = floats * times if over == 1.0 else floats / over
        # The bits of a float read as an integer are below those of infinity if it is finite and has
        # no sign: one pass for most arrays. The rest, -0.0 among it, is looked at again.
        if not product.size or product.view(numpy.uint64).max() < _INFINITY_BITS:
            return product
        least, largest = floats.min(), product.max()
    if not (least >= 0.0 and largest < math.inf):
        raise refusal(value, expected, "a number is negative" if least < 0.0 else _NOT_FINITE)
    return product


def _read(value: MassLike, expected: str) -> Reading:
    if isinstance(value, str):
        written = parse_amount(value, expected)
        return Reading(written.value, written.kind, written.text)
    quantity, scale = _find_scale(value, expected)
    floats = _floats(_bare(value), value, expected)
    in_base = _times(floats, scale.times, scale.over, value, expected)
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
    reading = _read(value, _MASS)
    if reading.kind != "mass":
        raise refusal(value, _MASS, _NEEDS_SUBSTANCE)
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


# What a quantity may be per litre or kilogram, by its dimensions. Mass per mass has none left, and so
# could be per anything: it is read from text only.
_PER: dict[tuple[tuple[str, float], ...], tuple[Literal["mass", "amount"], Literal["L", "kg"], str]] = {
    (("[length]", -3), ("[mass]", 1)): ("mass", "L", "gram / liter"),
    (("[length]", -3), ("[substance]", 1)): ("amount", "L", "mole / liter"),
    (("[mass]", -1), ("[substance]", 1)): ("amount", "kg", "mole / kilogram"),
}


def quantity_per(value: object) -> tuple[float, Literal["mass", "amount"], Literal["L", "kg"], str] | None:
    """Read a quantity that is per litre or per kilogram; None for what is no such quantity.

    Args:
        value: Anything; a pint quantity of any registry is looked at.

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
    if found is None:
        return None
    kind, per, unit = found
    _refuse_equivalents(held, "concentration")
    floats = _times(_floats(_bare(held.to(unit)), held, "concentration"), 1.0, 1.0, held, "concentration")
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
        return reading.mass(_times(reading.value, factor, 1.0, value, _MASS))
    held: Any = value
    quantity: QuantityType = held.__class__
    try:
        scale = _SCALES[quantity][tuple(held.unit_items())]
    except KeyError:
        quantity, scale = _find_scale(held, _MASS)
    if scale.kind != "mass":
        raise refusal(value, _MASS, _NEEDS_SUBSTANCE)
    magnitude = held.magnitude
    if type(magnitude) is float and scale.number is float and magnitude >= 0.0:
        product = magnitude * factor
        if product < math.inf:
            return quantity(product, scale.unit)
    return quantity(_product(_bare(held), factor, scale.number, value), scale.unit)


def _product(magnitude: Any, factor: float, number: NumberType, value: object) -> Any:
    """A magnitude times a factor, checked and in the type that its registry counts in."""
    product = _times(_floats(magnitude, value, _MASS), factor, 1.0, value, _MASS)
    if number is float:
        return product
    exact = _as(number, factor)
    if isinstance(product, float):
        return _as(number, magnitude) * exact
    # An array of floats stays one in any registry; of integers and of objects each is counted exactly.
    if magnitude.dtype.kind == "f":
        return product

    def multiplied(each: Any) -> Any:
        return _as(number, each) * exact

    return sys.modules["numpy"].frompyfunc(multiplied, 1, 1)(magnitude)


def mass_out(grams: float) -> pint.Quantity[Any]:
    """A mass given in grams, as a quantity in mg of the application registry."""
    return _out(grams * _MILLI, "milligram")


def amount_out(mol: float) -> pint.Quantity[Any]:
    """An amount of substance given in mol, as a quantity in mmol of the application registry."""
    return _out(mol * _MILLI, "millimole")


def molar_mass_out(grams_per_mol: float) -> pint.Quantity[Any]:
    """A molar mass given in g/mol, as a quantity of the application registry."""
    return _out(grams_per_mol, "gram / mole")


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
