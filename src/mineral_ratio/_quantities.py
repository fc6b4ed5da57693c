"""What a pint quantity is in grams or mol, and quantities made: nothing else here touches pint.

The units of a registry are measured once, by its own conversion, and remembered. No registry is made
here, none is set, no unit is defined and no context is used. Only making a quantity imports pint.
"""

from __future__ import annotations

import math
import sys
import threading
from decimal import Decimal
from fractions import Fraction
from numbers import Real
from typing import TYPE_CHECKING, Any, Literal
from weakref import WeakKeyDictionary

import attrs

from mineral_ratio._amounts import refusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    import pint

    from mineral_ratio.errors import UnitError

    # What a registry counts in: float, or its non_int_type.
    NumberType: TypeAlias = Callable[[Any], Any]
    # A registry's class of quantities: called with a magnitude and a unit.
    QuantityType: TypeAlias = Callable[[Any, Any], pint.Quantity[Any]]

MASS = "mass"
NEEDS_SUBSTANCE = "moles and equivalents are a mass only of a named substance"
_NOT_FINITE = "a number is not finite, or too large"
_INFINITY_BITS = 0x7FF0_0000_0000_0000  # IEEE 754 binary64
_NUMBERS = (Real, Decimal)


@attrs.frozen
class Scale:
    """A unit of a registry: ``times / over`` grams or mol, counted in a type of number."""

    kind: Literal["mass", "amount"]
    times: float
    over: float
    number: NumberType
    unit: Any  # as `_unit` has it


# By a registry's class of quantities, then by unit, and by the unit as we write it. Nothing in the values
# refers back to the registry, so that it is collected when its user drops it.
_SCALES: WeakKeyDictionary[Any, dict[tuple[Any, ...], Scale]] = WeakKeyDictionary()
_UNITS: WeakKeyDictionary[Any, dict[str, Any]] = WeakKeyDictionary()

# pint's own registry reads its definitions when it is first asked for something: half of them are there for
# a thread that comes meanwhile.
_FIRST_USE = threading.Lock()


# -- out


def made(value: float, unit: str) -> pint.Quantity[Any]:
    """A quantity of the application registry, which is looked up at each call."""
    import pint  # here, as reading text does without its 0.2 s

    registry: Any = pint.application_registry
    with _FIRST_USE:
        quantity: QuantityType = registry.Quantity
    units = _UNITS.setdefault(quantity, {})
    if unit not in units:
        units[unit] = _unit(quantity(1, unit), registry)
    return quantity(counted(registry.non_int_type, value), units[unit])


def _unit(value: Any, registry: Any) -> Any:
    """A quantity's unit as pint's UnitsContainer: names and exponents, nothing of the registry."""
    return registry.UnitsContainer(dict(value.unit_items()))


def counted(number: NumberType, value: Any) -> Any:
    """A value as a registry counts, a float by its shortest decimal form; an array as it is."""
    if not isinstance(value, _NUMBERS):
        return value
    if number is float:
        return float(value)
    if isinstance(number, type) and isinstance(value, number):
        return value
    return number(repr(float(value)) if isinstance(value, float | Fraction) else str(value))


def scaled(value: Any, factor: float) -> pint.Quantity[Any]:
    """A quantity of mass times a number that is finite and not negative; see `mineral_ratio.units.scaled`."""
    quantity: QuantityType = value.__class__
    try:
        scale = _SCALES[quantity][tuple(value.unit_items())]
    except KeyError:
        quantity, scale = find_scale(value, MASS)
    if scale.kind != "mass":
        raise refusal(value, MASS, NEEDS_SUBSTANCE)
    magnitude = value.magnitude
    if type(magnitude) is float and scale.number is float and magnitude >= 0.0:
        product = magnitude * factor
        if product < math.inf:
            return quantity(product, scale.unit)
    return quantity(_product(_bare(value), factor, scale.number, value), scale.unit)


def _product(magnitude: Any, factor: float, number: NumberType, value: object) -> Any:
    """A magnitude times a factor, checked and in the type that its registry counts in."""
    product = times(_floats(magnitude, value, MASS), factor, 1.0, value, MASS)
    if number is float:
        return product
    exact = counted(number, factor)
    if isinstance(product, float):
        return counted(number, magnitude) * exact
    # An array of floats stays one in any registry; of integers and of objects each is counted exactly.
    if magnitude.dtype.kind == "f":
        return product

    def multiplied(each: Any) -> Any:
        return counted(number, each) * exact

    return sys.modules["numpy"].frompyfunc(multiplied, 1, 1)(magnitude)


# -- in


def find_scale(value: Any, expected: str) -> tuple[QuantityType, Scale]:
    """The class to answer with and the scale of a quantity's unit, remembered for the next one.

    Args:
        value: The quantity.
        expected: What messages ask for.

    Raises:
        UnitError: It is no quantity, or not of mass or of amount of substance.
    """
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


def magnitudes(value: Any, by: float, over: float, expected: str) -> Any:
    """The magnitude of a quantity, times one number or over another: a float, or an array of floats.

    Args:
        value: The quantity.
        by: The number that it is multiplied by.
        over: The number that it is divided by.
        expected: What messages ask for.

    Raises:
        UnitError: It is no number and no array of them, or one is negative or not finite.
    """
    return times(_floats(_bare(value), value, expected), by, over, value, expected)


def _measure(value: Any, registry: Any, expected: str) -> Scale:
    """What one of a quantity's unit is in grams or mol, as its own registry converts."""
    dimensions = dict(value.dimensionality)
    kind: Literal["mass", "amount"]
    if dimensions == {"[mass]": 1}:
        kind, base = "mass", "gram"
    elif dimensions == {"[substance]": 1}:
        kind, base = "amount", "mole"
    else:
        raise refusal(value, expected, f"{value.units} is not a unit of {expected}")
    refuse_equivalents(value, expected)
    unit = _unit(value, registry)
    if float(registry.Quantity(0, unit).m_as(base)) != 0.0:
        raise refusal(value, expected, f"zero {value.units} is not nothing, so that it cannot be multiplied")
    # Definitions have fewer digits than these 15; pint's arithmetic puts a pound at 453.5923700000001 g.
    factor = float(f"{float(registry.Quantity(1, unit).m_as(base)):.15g}")
    # A float for 1/1000 is not exact and 1000 is: so a quantity reads as the same text does.
    inverse = float(round(1.0 / factor))
    if inverse > 1.0 and math.isclose(inverse * factor, 1.0, rel_tol=1e-14):
        return Scale(kind, 1.0, inverse, registry.non_int_type, unit)
    return Scale(kind, factor, 1.0, registry.non_int_type, unit)


def refuse_equivalents(value: Any, expected: str) -> None:
    """Refuse a unit of equivalents: some registries define it as the mole, and others otherwise."""
    if any(name.lower().endswith(("equivalent", "eq")) for name, _ in value.unit_items()):
        raise refusal(
            value, expected, f'whether {value.units} counts charges is not known; write "5 mEq" as text'
        )


def parts_by_mass(value: Any) -> bool:
    """Whether a quantity without dimensions is a mass in a mass by its unit: mg/kg, or % or ppm.

    Args:
        value: A quantity. A bare number, or mol in mol, could be per anything.
    """
    unit = dict(value.unit_items())
    registry = value._REGISTRY  # noqa: SLF001 -- as above
    masses = (registry.Quantity(1, name).dimensionality == {"[mass]": 1} for name in unit)
    return value.dimensionless and bool(unit) and (unit in ({"percent": 1}, {"ppm": 1}) or all(masses))


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


def times(floats: Any, by: float, over: float, value: object, expected: str) -> Any:
    """Numbers times one number or over another (one of the two is 1), none of them negative or not finite."""
    if isinstance(floats, float):
        least, product = floats, floats * by / over
        largest = product
    else:
        numpy = sys.modules["numpy"]
        with numpy.errstate(over="ignore", invalid="ignore"):
            product = floats * by if over == 1.0 else floats / over
        # The bits of a float read as an integer are below those of infinity if it is finite and has
        # no sign: one pass for most arrays. The rest, -0.0 among it, is looked at again.
        if not product.size or product.view(numpy.uint64).max() < _INFINITY_BITS:
            return product
        least, largest = floats.min(), product.max()
    if not (least >= 0.0 and largest < math.inf):
        raise refusal(value, expected, "a number is negative" if least < 0.0 else _NOT_FINITE)
    return product


def _other(value: Any, expected: str) -> UnitError:
    """The error for what is neither text nor a quantity."""
    pint = sys.modules.get("pint")
    if pint is not None and isinstance(value, pint.Unit):
        return refusal(value, expected, "a unit alone has no number; multiply it by one")
    if isinstance(value, _NUMBERS):
        return refusal(value, expected, "a bare number has no unit")
    return refusal(value, expected, "this is neither text nor a pint quantity")
