"""Atomic weights as a dated edition, with the masses of nuclides.

An edition is a value that is passed along, so that every figure can say which one it was computed
with; `default_weights` is the edition used when none is passed.
"""

from __future__ import annotations

import functools
import math
import threading
from contextlib import suppress
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from mineral_ratio.errors import NoAtomicWeightError, NotFoundError, UnitError
from mineral_ratio.substances.elements import ElementMap, element, mass_tables, symbol_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mineral_ratio.substances.elements import ElementLike


def _number(value: object, what: str, *, zero: bool = False) -> float:
    """A finite positive number as float; with ``zero``, zero as well."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if math.isfinite(number) and (number > 0 or (zero and number == 0)):
            return number
    message = f"{what} is a finite {'' if zero else 'positive '}number, such as 24.305; not {value!r}"
    raise UnitError(message, value, what)


def _value(value: float) -> float:
    return _number(value, "relative atomic mass")


def _uncertainty(value: float) -> float:
    return _number(value, "uncertainty of a relative atomic mass", zero=True)


def _interval(value: tuple[float, float] | None) -> tuple[float, float] | None:
    if value is None:
        return None
    ends = tuple(_value(end) for end in value)
    if len(ends) != 2 or ends[0] > ends[1]:
        message = f"the interval of an atomic weight is its lower and its upper end; not {value!r}"
        raise UnitError(message, value, "relative atomic mass")
    return ends[0], ends[1]


def _symbol_only(key: ElementLike) -> str:
    return element(key).symbol


@attrs.frozen
class AtomicWeight:
    """The standard atomic weight of an element, a relative atomic mass (dimensionless).

    Attributes:
        symbol: Symbol of the element.
        value: The value to compute with; where a standard atomic weight is an interval, the
            abridged (conventional) one.
        expanded_uncertainty: Uncertainty U published with that value; 0 if none is stated. For the
            value of an interval it is that of the abridged value, which covers the interval.
        interval: Lower and upper end of the standard atomic weight where it is an interval,
            otherwise None.

    Raises:
        NotFoundError: The symbol is not an element's.
        UnitError: A number is not finite or not positive, or the interval is upside down.
    """

    symbol: str = attrs.field(converter=_symbol_only)
    value: float = attrs.field(converter=_value)
    expanded_uncertainty: float = attrs.field(default=0.0, converter=_uncertainty)
    interval: tuple[float, float] | None = attrs.field(default=None, converter=_interval)

    @property
    def standard_uncertainty(self) -> float:
        """Standard uncertainty ``u = U / sqrt 3``.

        The published uncertainty bounds a uniform distribution: Possolo et al., Pure Appl. Chem. 90
        (2018) 395, doi:10.1515/pac-2016-0402.
        """
        return self.expanded_uncertainty / math.sqrt(3)


def _isotope_key(key: str) -> str:
    with suppress(NotFoundError):
        if (symbol := symbol_of(key))[0] == "[":
            return symbol
    raise NotFoundError(str(key), "nuclide")


@attrs.frozen
class NuclideMass:
    """The mass of a neutral atom of one nuclide, relative to the dalton (dimensionless).

    Attributes:
        symbol: Isotope key, such as ``"[44Ca]"``.
        value: Relative atomic mass of the nuclide.
        standard_uncertainty: Standard uncertainty of that mass; 0 if none is stated.

    Raises:
        NotFoundError: The symbol is not an isotope key of an element.
        UnitError: A number is not finite or not positive.
    """

    symbol: str = attrs.field(converter=_isotope_key)
    value: float = attrs.field(converter=_value)
    standard_uncertainty: float = attrs.field(default=0.0, converter=_uncertainty)


Entry = TypeVar("Entry", AtomicWeight, NuclideMass)


def _under_their_keys(entries: dict[Any, Entry]) -> ElementMap[Entry]:
    keyed = ElementMap(entries)
    for symbol, entry in keyed.items():
        if entry.symbol != symbol:
            message = f"what is given for {symbol} is the relative atomic mass of {entry.symbol}"
            raise UnitError(message, entry, "relative atomic mass")
    return keyed


def _weights(values: Mapping[Any, AtomicWeight | float]) -> ElementMap[AtomicWeight]:
    return _under_their_keys(
        {key: v if isinstance(v, AtomicWeight) else AtomicWeight(key, v) for key, v in values.items()}
    )


def _nuclides(values: Mapping[str, NuclideMass | float]) -> ElementMap[NuclideMass]:
    return _under_their_keys(
        {key: v if isinstance(v, NuclideMass) else NuclideMass(key, v) for key, v in values.items()}
    )


_NO_NUCLIDES: ElementMap[NuclideMass] = ElementMap({})


@attrs.frozen(eq=False, repr=False)
class AtomicWeights:
    """An edition of atomic weights, with the masses of naturally occurring nuclides.

    Attributes:
        name: Name of the edition, such as ``"CIAAW 2024"``; reports print it.
        citation: Where its figures are published.
        weights: The atomic weights by element. An element that is not in it has none, and its mass
            raises NoAtomicWeightError when it is needed. A plain number is an atomic weight without
            a stated uncertainty.
        nuclides: The masses of nuclides by isotope key; ``default_weights().nuclides`` are those
            that occur in nature.

    Raises:
        NotFoundError: A key is not an element, or not an isotope key.
        UnitError: A number is not finite or not positive, or an element is given twice.
    """

    name: str
    citation: str
    weights: ElementMap[AtomicWeight] = attrs.field(converter=_weights)
    nuclides: ElementMap[NuclideMass] = attrs.field(default=_NO_NUCLIDES, converter=_nuclides)
    _masses: MappingProxyType[str, float] = attrs.field(init=False)
    _hash: int = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        masses = {key: entry.value for part in (self.weights, self.nuclides) for key, entry in part.items()}
        object.__setattr__(self, "_masses", MappingProxyType(masses))
        object.__setattr__(self, "_hash", hash((self.name, self.citation, self.weights, self.nuclides)))

    @property
    def masses(self) -> Mapping[str, float]:
        """Relative atomic masses by symbol (``"Ca"``) and by isotope key (``"[44Ca]"``), read-only."""
        return self._masses

    def value(self, key: ElementLike) -> float:
        """Relative atomic mass of an element or, by its isotope key, of a nuclide (dimensionless).

        Args:
            key: An element, or an isotope key such as ``"[44Ca]"``.

        Raises:
            NoAtomicWeightError: The element has no standard atomic weight in this edition.
            NotFoundError: There is no such element, or no such nuclide in this edition.
        """
        return self._entry(key).value

    def standard_uncertainty(self, key: ElementLike) -> float:
        """Standard uncertainty of `value`; 0 if none is stated.

        Args:
            key: An element, or an isotope key such as ``"[44Ca]"``.

        Raises:
            NoAtomicWeightError: The element has no standard atomic weight in this edition.
            NotFoundError: There is no such element, or no such nuclide in this edition.
        """
        return self._entry(key).standard_uncertainty

    def weight(self, key: ElementLike) -> AtomicWeight:
        """Atomic weight of an element, with its uncertainty and its interval.

        Args:
            key: An element.

        Raises:
            NoAtomicWeightError: The element has no standard atomic weight in this edition.
            NotFoundError: There is no such element.
        """
        symbol = element(key).symbol
        try:
            return self.weights[symbol]
        except KeyError:
            raise NoAtomicWeightError(symbol, self.name) from None

    def _entry(self, key: ElementLike) -> AtomicWeight | NuclideMass:
        symbol = symbol_of(key)
        if symbol[0] != "[":
            return self.weight(symbol)
        try:
            return self.nuclides[symbol]
        except KeyError:
            raise NotFoundError(symbol, f"nuclide of {self.name}") from None

    def replace(
        self, *, name: str, citation: str, weights: Mapping[Any, AtomicWeight | float]
    ) -> AtomicWeights:
        """Another edition, in which some atomic weights are other ones.

        Args:
            name: Name of the new edition.
            citation: Where the new figures are published.
            weights: What changes, by element; a plain number has no stated uncertainty.

        Raises:
            NotFoundError: A key is not an element.
            UnitError: A number is not finite or not positive, or an element is given twice.
        """
        return AtomicWeights(name, citation, {**self.weights, **_weights(weights)}, self.nuclides)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, AtomicWeights):
            return NotImplemented
        # The hashes differ for nearly all that differ, and are at hand.
        return (self._hash, self.name, self.citation, self.weights, self.nuclides) == (
            (other._hash, other.name, other.citation, other.weights, other.nuclides)
        )

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        return f"<AtomicWeights {self.name!r}: {len(self.weights)} elements, {len(self.nuclides)} nuclides>"

    def __reduce__(self) -> tuple[Any, ...]:
        # The default edition stays one object, so that comparing with it stays an identity check.
        if self is default_weights():
            return default_weights, ()
        return AtomicWeights, (self.name, self.citation, self.weights, self.nuclides)


_CITATION = (
    "CIAAW, Standard Atomic Weights 2024 (T. Prohaska et al., Pure Appl. Chem. 94 (2022) 573-600, "
    "doi:10.1515/pac-2019-0603, with the revision of 2024 for Gd, Lu and Zr); masses of nuclides: "
    "AME2020 (M. Wang et al., Chinese Phys. C 45 (2021) 030003, doi:10.1088/1674-1137/abddaf)"
)
_FIRST_USE = threading.Lock()


@functools.cache
def default_weights() -> AtomicWeights:
    """The edition used when none is passed: CIAAW 2024, and AME2020 for the masses of nuclides."""
    # Threads that come here at the same time wait for the first one, and all get its object.
    with _FIRST_USE:
        return _ciaaw_2024()


@functools.cache
def _ciaaw_2024() -> AtomicWeights:
    weights, nuclides = mass_tables()
    return AtomicWeights(
        "CIAAW 2024",
        _CITATION,
        {
            symbol: AtomicWeight(
                symbol,
                float(row["value"]),
                float(row["expanded_uncertainty"]),
                (float(row["interval_low"]), float(row["interval_high"])) if row["interval_low"] else None,
            )
            for symbol, row in weights.items()
        },
        {
            key: NuclideMass(key, float(row["mass"]), float(row["standard_uncertainty"]))
            for key, row in nuclides.items()
        },
    )
