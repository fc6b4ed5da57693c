"""Elements, and mappings that are looked up by element.

Names and symbols are those of IUPAC, with the spellings aluminum, cesium and sulphur understood as
well. The default masses are here too: a formula needs them without the rest of `atomic_weights`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar, cast, overload

import attrs

from mineral_ratio.errors import NotFoundError, UnitError

if TYPE_CHECKING:
    from collections.abc import ItemsView, Iterator, ValuesView
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


def element_of(key: str) -> str:
    """Symbol of the element that a key is, or is a nuclide of."""
    return key.strip("[]0123456789")


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

    def items(self) -> ItemsView[str, V_co]:
        """The symbols with their values; no key is looked up for them."""
        return self._values.items()

    def values(self) -> ValuesView[V_co]:
        """The values alone."""
        return self._values.values()

    def __contains__(self, key: object) -> bool:
        return _resolve(key) in self._values

    @overload
    def get(self, key: ElementLike, /) -> V_co | None: ...
    @overload
    def get(self, key: ElementLike, /, default: V_co | T) -> V_co | T: ...
    def get(self, key: ElementLike, /, default: V_co | T | None = None) -> V_co | T | None:
        """The value of an element, or the default if it has none here.

        Args:
            key: Element by symbol, name, number or `Element`.
            default: What is answered where the element has no value, or no element is meant.
        """
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


@functools.cache
def default_masses() -> Mapping[str, float]:
    """The masses of the default edition, read-only; building its 400 records takes ten times as long."""
    weights, nuclides = mass_tables()
    masses = {symbol: float(row["value"]) for symbol, row in weights.items()}
    return MappingProxyType(masses | {key: float(row["mass"]) for key, row in nuclides.items()})


def mass_tables() -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """The rows of atomic weights by symbol, and of nuclides by isotope key."""
    from mineral_ratio.substances._tables import read_table  # csv is not paid for at import

    return (
        {row["symbol"]: row for row in read_table("atomic_weights_2024.csv") if row["value"]},
        {f"[{row['mass_number']}{row['symbol']}]": row for row in read_table("nuclides.csv")},
    )
