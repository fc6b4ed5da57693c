"""Elements, their atomic weights as a dated edition, and mappings that are looked up by element.

Names and symbols are those of IUPAC, with the spellings aluminum, cesium and sulphur understood as
well. Atomic weights are a value that is passed along, so that every figure can say which edition it
was computed with; `default_weights` is the edition used when none is passed.
"""

from __future__ import annotations

import functools
import math
import re
import threading
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar, cast, overload

import attrs

from mineral_ratio.errors import NoAtomicWeightError, NotFoundError, UnitError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

T = TypeVar("T")
V_co = TypeVar("V_co", covariant=True)

# In the order of their atomic numbers, 1 to 118.
_NAMED = """
H hydrogen He helium Li lithium Be beryllium B boron C carbon N nitrogen O oxygen F fluorine Ne neon
Na sodium Mg magnesium Al aluminium Si silicon P phosphorus S sulfur Cl chlorine Ar argon K potassium
Ca calcium Sc scandium Ti titanium V vanadium Cr chromium Mn manganese Fe iron Co cobalt Ni nickel
Cu copper Zn zinc Ga gallium Ge germanium As arsenic Se selenium Br bromine Kr krypton Rb rubidium
Sr strontium Y yttrium Zr zirconium Nb niobium Mo molybdenum Tc technetium Ru ruthenium Rh rhodium
Pd palladium Ag silver Cd cadmium In indium Sn tin Sb antimony Te tellurium I iodine Xe xenon
Cs caesium Ba barium La lanthanum Ce cerium Pr praseodymium Nd neodymium Pm promethium Sm samarium
Eu europium Gd gadolinium Tb terbium Dy dysprosium Ho holmium Er erbium Tm thulium Yb ytterbium
Lu lutetium Hf hafnium Ta tantalum W tungsten Re rhenium Os osmium Ir iridium Pt platinum Au gold
Hg mercury Tl thallium Pb lead Bi bismuth Po polonium At astatine Rn radon Fr francium Ra radium
Ac actinium Th thorium Pa protactinium U uranium Np neptunium Pu plutonium Am americium Cm curium
Bk berkelium Cf californium Es einsteinium Fm fermium Md mendelevium No nobelium Lr lawrencium
Rf rutherfordium Db dubnium Sg seaborgium Bh bohrium Hs hassium Mt meitnerium Ds darmstadtium
Rg roentgenium Cn copernicium Nh nihonium Fl flerovium Mc moscovium Lv livermorium Ts tennessine
Og oganesson
""".split()  # noqa: SIM905  # as a list of literals it fills a page
_OTHER_SPELLINGS = {"aluminum": "Al", "cesium": "Cs", "sulphur": "S"}
_ISOTOPE = re.compile(r"\[[1-9][0-9]{0,2}([A-Z][a-z]?)\]")
# A longer text is no misspelt name, and comparing it with all of them takes long.
_LONGEST_NAME = 40


@attrs.frozen
class Element:
    """A chemical element; as text, its symbol.

    Attributes:
        atomic_number: Number of protons, 1 to 118.
        symbol: Symbol, such as ``"Ca"``.
        name: Name as IUPAC spells it, such as ``"calcium"``.
    """

    atomic_number: int
    symbol: str
    name: str

    def __str__(self) -> str:
        return self.symbol


ElementLike: TypeAlias = str | int | Element
"""What stands for an element: a symbol, a name in any case, an atomic number or an `Element`."""

ELEMENTS: tuple[Element, ...] = tuple(
    Element(number, symbol, name)
    for number, (symbol, name) in enumerate(zip(_NAMED[::2], _NAMED[1::2], strict=True), start=1)
)
"""The 118 elements in the order of their atomic numbers."""

_BY_SYMBOL = {e.symbol: e for e in ELEMENTS}
_BY_NAME = {e.name: e.symbol for e in ELEMENTS} | _OTHER_SPELLINGS
# What a look-up finds at once: symbols, and names in lower case.
_SYMBOL_OF = {symbol: symbol for symbol in _BY_SYMBOL} | _BY_NAME


def element(key: ElementLike) -> Element:
    """Find an element by symbol, name or atomic number.

    Args:
        key: A symbol (``"Ca"``, upper and lower case as written), a name in any case
            (``"calcium"``, ``"Aluminum"``), an atomic number or an `Element`.

    Raises:
        NotFoundError: No element answers to it; it suggests what may have been meant.
    """
    return _BY_SYMBOL[_symbol(key)]


def symbol_of(key: ElementLike) -> str:
    """Symbol of an element, the key under which this library keeps its figures.

    An isotope key such as ``"[44Ca]"`` is given back as it is, whether or not the nuclide occurs in
    nature.

    Args:
        key: What `element` takes, or an isotope key.

    Raises:
        NotFoundError: No element answers to it.
    """
    if isinstance(key, str) and (symbol := _SYMBOL_OF.get(key)) is not None:
        return symbol
    symbol = _resolve(key)
    return _symbol(key) if symbol is None else symbol


def _resolve(key: object) -> str | None:
    """Symbol or isotope key that something stands for, if it stands for one."""
    if isinstance(key, str):
        if (symbol := _SYMBOL_OF.get(key)) is not None:
            return symbol
        if (isotope := _ISOTOPE.fullmatch(key)) is not None:
            return key if isotope[1] in _BY_SYMBOL else None
        return _SYMBOL_OF.get(key.strip().casefold()) if len(key) <= _LONGEST_NAME else None
    if isinstance(key, int):
        return ELEMENTS[key - 1].symbol if 1 <= key <= len(ELEMENTS) and not isinstance(key, bool) else None
    if isinstance(key, Element):
        return key.symbol if _BY_SYMBOL.get(key.symbol) == key else None
    return None


def _symbol(key: ElementLike) -> str:
    """Symbol of an element, never of an isotope."""
    symbol = _resolve(key)
    if symbol is None or symbol not in _BY_SYMBOL:
        raise NotFoundError(str(key), "element", _suggestions(key))
    return symbol


def _suggestions(key: ElementLike) -> tuple[str, ...]:
    if not isinstance(key, str) or len(key) > _LONGEST_NAME:
        return ()
    text = key.strip()
    if (symbol := text.capitalize()) in _BY_SYMBOL:
        return (symbol,)
    from difflib import get_close_matches  # only a miss pays for it

    return tuple(get_close_matches(text.casefold(), _BY_NAME))


class ElementMap(Mapping[str, V_co]):
    """A read-only mapping from elements to values, in the order given.

    Its keys are symbols, or isotope keys such as ``"[44Ca]"``. It is looked up by whatever `element`
    takes: ``"Ca"``, ``"calcium"``, ``20`` or an `Element`. It is hashable if its values are.

    Args:
        values: Mapping from elements, named in any of these ways, to values.

    Raises:
        NotFoundError: A key is no element, or an element that is looked up has no value here (this
            is a `KeyError`).
        UnitError: Two keys are the same element.
    """

    __slots__ = ("_values",)
    _values: dict[str, V_co]

    def __init__(self, values: Mapping[Any, V_co]) -> None:
        self._values = {symbol_of(key): value for key, value in values.items()}
        if len(self._values) != len(values):
            message = f"an element is given twice among {', '.join(map(str, values))}; give each once"
            raise UnitError(message, values, "each element once")

    def __getitem__(self, key: ElementLike) -> V_co:
        symbol = symbol_of(key)
        try:
            return self._values[symbol]
        except KeyError:
            raise NotFoundError(symbol, "element in this mapping") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, key: object) -> bool:
        return _resolve(key) in self._values

    @overload
    def get(self, key: ElementLike, /) -> V_co | None: ...
    @overload
    def get(self, key: ElementLike, /, default: V_co | T) -> V_co | T: ...
    def get(self, key: ElementLike, /, default: V_co | T | None = None) -> V_co | T | None:
        """The value of an element, or the default if it has none here."""
        symbol = _resolve(key)
        return default if symbol is None else self._values.get(symbol, default)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, ElementMap):
            return self._values == cast("ElementMap[object]", other)._values
        return self._values == other if isinstance(other, Mapping) else NotImplemented

    def __hash__(self) -> int:
        return hash(frozenset(self._values.items()))

    def __repr__(self) -> str:
        return f"ElementMap({self._values!r})"


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

    symbol: str = attrs.field(converter=_symbol)
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
    symbol = _resolve(key)
    if symbol is None or symbol in _BY_SYMBOL:
        raise NotFoundError(str(key), "nuclide")
    return symbol


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

        Raises:
            NoAtomicWeightError: The element has no standard atomic weight in this edition.
            NotFoundError: There is no such element, or no such nuclide in this edition.
        """
        return self._entry(key).value

    def standard_uncertainty(self, key: ElementLike) -> float:
        """Standard uncertainty of `value`; 0 if none is stated.

        Raises:
            NoAtomicWeightError: The element has no standard atomic weight in this edition.
            NotFoundError: There is no such element, or no such nuclide in this edition.
        """
        return self._entry(key).standard_uncertainty

    def weight(self, key: ElementLike) -> AtomicWeight:
        """Atomic weight of an element, with its uncertainty and its interval.

        Raises:
            NoAtomicWeightError: The element has no standard atomic weight in this edition.
            NotFoundError: There is no such element.
        """
        symbol = _symbol(key)
        try:
            return self.weights[symbol]
        except KeyError:
            raise NoAtomicWeightError(symbol, self.name) from None

    def _entry(self, key: ElementLike) -> AtomicWeight | NuclideMass:
        symbol = symbol_of(key)
        if symbol in _BY_SYMBOL:
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
    from mineral_ratio.substances._tables import read_table  # csv is not paid for at import

    weights = {
        row["symbol"]: AtomicWeight(
            row["symbol"],
            float(row["value"]),
            float(row["expanded_uncertainty"]),
            (float(row["interval_low"]), float(row["interval_high"])) if row["interval_low"] else None,
        )
        for row in read_table("atomic_weights_2024.csv")
        if row["value"]
    }
    nuclides = {
        key: NuclideMass(key, float(row["mass"]), float(row["standard_uncertainty"]))
        for row in read_table("nuclides.csv")
        if (key := f"[{row['mass_number']}{row['symbol']}]")
    }
    return AtomicWeights("CIAAW 2024", _CITATION, weights, nuclides)
