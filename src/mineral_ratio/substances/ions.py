"""Ions and water, the parts of compounds. The bundled ones are the rows of ``data/ions.csv``."""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs

from mineral_ratio.errors import FormulaError, NotFoundError, UnknownChargeError
from mineral_ratio.substances._tables import read_table
from mineral_ratio.substances.elements import ElementMap, element_of
from mineral_ratio.substances.formulas import Formula

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

HALOGENS = frozenset(("F", "Cl", "Br", "I"))
# Compiled when a key is written otherwise than in the table, which a look-up of a compound never meets.
_SPACES = r"[\s_]+"
_UNSURE_CHARGE = r"(.+)([0-9])([+-])"
_NAME_AND_CHARGE = r"(?i)([a-z]+)\s*\^?(\d?)([+-])"


def one_space(text: str) -> str:
    """A text without spaces around it, and with one where it has several or underscores."""
    return re.sub(_SPACES, " ", text.strip())


def read_formula(value: Formula | str) -> Formula:
    """A formula as it is, or read from its text."""
    return value if isinstance(value, Formula) else Formula.parse(value)


def _optional_formula(value: Formula | str | None) -> Formula | None:
    return None if value is None else read_formula(value)


@attrs.frozen
class Ion:
    """A charged or neutral part of a compound: Ca 2+, malate 2-, H2O.

    Attributes:
        name: Name of the part, such as ``"malate"`` or ``"Ca2+"``.
        formula: Its formula, with its charge.
        acid: Name of the acid that it is named for, such as ``"malic acid"``; empty if there is none.
        acid_formula: Formula of that acid.
        oxidation_state: Oxidation state of a monatomic part; None where the row does not say.
        element_equivalents: For elements inside a polyatomic ion that the field counts by
            themselves, equivalents per atom: ``{"S": 2}`` in sulfate.
        source: Where the row was read.

    Raises:
        FormulaError: A formula cannot be read.
    """

    name: str
    formula: Formula = attrs.field(converter=read_formula)
    acid: str = ""
    acid_formula: Formula | None = attrs.field(default=None, converter=_optional_formula)
    oxidation_state: int | None = None
    element_equivalents: ElementMap[int] = attrs.field(
        factory=lambda: ElementMap[int]({}), converter=ElementMap[int], eq=False
    )
    source: str = attrs.field(default="", eq=False)

    @property
    def charge_number(self) -> int:
        """Charge in units of the elementary charge."""
        return self.formula.charge_number

    @property
    def monatomic(self) -> bool:
        """Whether the part is one atom."""
        counts = self.formula.counts
        return len(counts) == 1 and next(iter(counts.values())) == 1

    def equivalents_per_atom(self, symbol: str) -> int:
        """Equivalents that each atom of an element in this ion counts for.

        Args:
            symbol: Symbol of an element that the ion holds.

        Returns:
            The charge of a monatomic ion, or what the ion's row says.

        Raises:
            UnknownChargeError: The element is inside a polyatomic ion whose row does not count it.
        """
        if symbol in self.element_equivalents:
            return self.element_equivalents[symbol]
        if self.monatomic:
            return abs(self.charge_number)
        raise UnknownChargeError(symbol, self.name)

    def __str__(self) -> str:
        return self.name


WATER = Ion("water", "H2O")
"""Water of crystallization, a neutral part of a compound."""


@cache
def _rows() -> dict[str, dict[str, str]]:
    """The rows of ``data/ions.csv`` by key, and by name in lower case."""
    table: dict[str, dict[str, str]] = {}
    for row in read_table("ions.csv"):
        table[row["key"]] = table[row["name"].lower()] = row
    return table


def _bundled(name: str) -> Ion | None:
    """The bundled ion of a key or a name in lower case."""
    if name in ("H2O", "water"):
        return WATER
    row = _rows().get(name)
    return None if row is None else _built(row["key"])


@cache
def _built(key: str) -> Ion:
    """The bundled ion of a key, built at the first call: a look-up needs two of more than a hundred."""
    row = _rows()[key]
    counted = dict(pair.split(":") for pair in row["element_equivalents"].split(";") if pair)
    return Ion(
        row["name"],
        row["formula"],
        acid=row["acid"],
        acid_formula=row["acid_formula"] or None,
        oxidation_state=int(row["oxidation_state"]) if row["oxidation_state"] else None,
        element_equivalents={symbol.strip(): int(count) for symbol, count in counted.items()},
        source=row["source"],
    )


@cache
def ions() -> Mapping[str, Ion]:
    """The bundled ions by their key, such as ``"Ca2+"`` or ``"malate"`` (``data/ions.csv``), read-only."""
    rows = {name: _built(row["key"]) for name, row in _rows().items()}
    return MappingProxyType({"H2O": WATER, "water": WATER, **rows})


@cache
def common_ions() -> Mapping[str, Ion]:
    """Elements that form one common ion, with that ion (``data/common_ions.csv``).

    Alkali metals 1+; Mg, Ca, Sr, Ba and Zn 2+; halogens 1-. Used only where a compound is known
    by a bare formula, and named by every result that used it.
    """
    return {
        row["element"]: attrs.evolve(ions()[row["ion"]], source=row["source"])
        for row in read_table("common_ions.csv")
    }


def ion(key: str | Ion) -> Ion:
    """The bundled ion of a key or name.

    Args:
        key: ``"Ca2+"``, ``"malate"``, ``"H2O"``; an `Ion` is returned as it is.

    Raises:
        NotFoundError: No bundled ion has this key.
    """
    if isinstance(key, Ion):
        return key
    found = named_ion(key) if isinstance(key, str) else None
    if found is None:
        from difflib import get_close_matches  # only a miss pays for it

        table = ions()
        close = (table[each].name for each in get_close_matches(str(key), table, 5))
        raise NotFoundError(str(key), "ion", likely_spellings(str(key)) or tuple(dict.fromkeys(close)))
    return found


def named_ion(text: str) -> Ion | None:
    """The bundled ion of a key, a name (``malate 2-``) or, if it is inorganic, a formula (``SO4 2-``)."""
    if found := _bundled(text):
        return found
    text = one_space(text)
    if found := _bundled(text) or _bundled(_spelt(text)):
        return found
    if parts := re.fullmatch(_NAME_AND_CHARGE, text):
        found = _bundled(_spelt(parts[1]))
        if found is not None and found.charge_number == int(f"{parts[3]}{parts[2] or 1}"):
            return found
    try:
        return _inorganic_ions().get(Formula.parse(text))
    except FormulaError:
        return None


def _spelt(name: str) -> str:
    """A name in the one spelling of the table, ``sulfate`` for ``Sulphate``."""
    return name.lower().replace("sulph", "sulf")


def likely_spellings(text: str) -> tuple[str, ...]:
    """Spellings of bundled ions for a formula whose last digit may be a count or the charge: ``SO42-``."""
    parts = re.fullmatch(_UNSURE_CHARGE, text.replace(" ", ""))
    if parts is None:
        return ()
    atoms, digit, sign = parts.groups()
    spellings = (f"{atoms}^{digit}{sign}", f"{atoms}{digit}^{sign}")
    return tuple(each for each in spellings if named_ion(each) is not None)


@cache
def _inorganic_ions() -> Mapping[Formula, Ion]:
    """Bundled ions by formula; an organic one may be that of an isomer."""
    return {each.formula: each for each in ions().values() if each.formula.counts.get("C", 0) <= 1}


def atoms_in(symbol: str, formula: Formula) -> int | Fraction:
    """Atoms of an element in a formula, its isotopes among them; of one isotope for ``[44Ca]``."""
    counts = formula.counts
    if symbol.startswith("["):
        return counts.get(symbol, 0)
    return sum(
        count
        for key, count in counts.items()
        if key == symbol or (key[0] == "[" and element_of(key) == symbol)
    )


def symbols_in(formula: Formula) -> list[str]:
    """Symbols of the elements in a formula, isotopes under their element."""
    return list(dict.fromkeys(map(element_of, formula.counts)))
