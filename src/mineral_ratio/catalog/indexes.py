"""The records of one source by every name that they have, each built when it is first asked for."""

from __future__ import annotations

import re
import threading
from functools import cached_property
from typing import TYPE_CHECKING

from mineral_ratio.catalog.names import keys, normal
from mineral_ratio.errors import FormulaError
from mineral_ratio.substances.compounds import Compound
from mineral_ratio.substances.formulas import Formula

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeAlias

    from mineral_ratio.catalog.suggestions import Nearby
    from mineral_ratio.substances._plain import Number
    from mineral_ratio.substances.materials import Material

    Substance: TypeAlias = Compound | Material

_PUBLISHING = threading.Lock()
_FEW = 20
"""After so many names, or one that is not found, the tables of all entries are the faster way."""


class Entry:
    """A record that may not have been built yet.

    Args:
        own: Names and identifiers that mean just this record; the first is its name.
        families: Names that it shares with others, such as those of its hydrates.
        build: Makes the record.
    """

    __slots__ = ("_build", "_record", "families", "own")

    def __init__(self, own: Iterable[str], families: Iterable[str], build: Callable[[], Substance]) -> None:
        self.own: tuple[str, ...] = tuple(filter(None, own))
        self.families: tuple[str, ...] = tuple(families)
        self._build = build
        self._record: Substance | None = None

    @property
    def record(self) -> Substance:
        """The record; built at the first call."""
        if self._record is None:
            record = self._build()
            with _PUBLISHING:
                # Several threads may have built it at once: the first one's is everybody's.
                if self._record is None:
                    self._record = record
        return self._record


def entry_of(record: Substance) -> Entry:
    """The entry of a record that is at hand."""
    own: tuple[str, ...] = (record.name, *record.synonyms)
    if not isinstance(record, Compound):
        return Entry(own, (), lambda: record)
    families = (*record.families, *whole_additive(record.e_number))
    return Entry((*own, record.cas, record.unii, record.e_number), families, lambda: record)


def whole_additive(e_number: str) -> tuple[str, ...]:
    """The number of the additive that one of its forms belongs to: E 341 of E 341(ii)."""
    number, bracket, _ = e_number.partition("(")
    return (number.strip(),) if bracket else ()


class Index:
    """Entries by name, words in any order.

    Args:
        entries: Gives the entries, when all are needed.
        likely: Gives those that may have a name, in the same order, if that is faster.
    """

    def __init__(
        self,
        entries: Callable[[], Iterable[Entry]],
        likely: Callable[[str], Iterable[Entry]] | None = None,
    ) -> None:
        self._give = entries
        self._likely = likely
        self._hits = 0

    @cached_property
    def _entries(self) -> tuple[Entry, ...]:
        return tuple(self._give())

    @cached_property
    def _tables(self) -> tuple[dict[str, list[Entry]], dict[str, list[Entry]]]:
        """Entries by the keys of their own names, and by those of their families."""
        own: dict[str, list[Entry]] = {}
        families: dict[str, list[Entry]] = {}
        for entry in self._entries:
            for table, names in ((own, entry.own), (families, entry.families)):
                for key in dict.fromkeys(key for name in names for key in keys(name)):
                    table.setdefault(key, []).append(entry)
        return own, families

    def named(self, name: str) -> list[Substance]:
        """The records that a text is a name or identifier of, else those that it is a family's name of."""
        if (likely := self._likely) is not None and self._hits < _FEW:
            if found := Index(lambda: likely(name)).named(name):
                self._hits += 1
                return found
            self._hits = _FEW
        for table in self._tables:
            entries = dict.fromkeys(entry for key in keys(name) for entry in table.get(key, ()))
            if entries:
                return [entry.record for entry in entries]
        return []

    @cached_property
    def _formulas(self) -> dict[object, list[Compound]]:
        """The compounds by the counts and charge of their formulas."""
        formulas: dict[object, list[Compound]] = {}
        for each in self:
            if isinstance(each, Compound):
                formulas.setdefault(_composition(each.formula), []).append(each)
        return formulas

    @cached_property
    def _letters(self) -> dict[str, list[str]]:
        """The formulas as they are written, by their letters and digits alone."""
        texts = dict.fromkeys(each.formula.text for found in self._formulas.values() for each in found)
        letters: dict[str, list[str]] = {}
        for text in texts:
            letters.setdefault(_letters_of(text), []).append(text)
        return letters

    @cached_property
    def _joined(self) -> dict[str, list[str]]:
        """The names by their letters without the spaces between words."""
        joined: dict[str, list[str]] = {}
        for spelt, name in self.nearby.spelled.items():
            joined.setdefault(spelt.replace(" ", ""), []).append(name)
        return joined

    @cached_property
    def nearby(self) -> Nearby:
        """The names, to be searched for those that are close to another."""
        from mineral_ratio.catalog.suggestions import Nearby  # only a miss needs them

        return Nearby(self.names())

    def capitalized(self, name: str) -> list[str]:
        """The formulas that a name would be if capitals did not count, such as MgO for ``"mgo"``."""
        return self._letters.get(_letters_of(name), []) if len(name.split()) == 1 else []

    def lookup(self, name: str) -> list[Substance]:
        """The records that have a name or the formula that it is."""
        return self.named(name) or self._of_formula(name) or self._of_letters(name)

    def read(self, name: str) -> list[Substance]:
        """The records that a name means by the rules of `readings`."""
        from mineral_ratio.catalog.readings import read_otherwise  # most names need none

        return read_otherwise(name, self.named, self._of_formula)

    def _of_formula(self, text: str) -> list[Substance]:
        """The compounds of a formula; none of a text that is no formula."""
        if re.search("[a-z]{4}", text):  # a word, of which the parser would say at length what is wrong
            return []
        try:
            formula = Formula.parse(text)
        except FormulaError:
            return []
        return list(self._formulas.get(_composition(formula), ()))

    def _of_letters(self, name: str) -> list[Substance]:
        """The records of a name whose words are joined or parted, as in ``di sodium phosphate``."""
        names = self._joined.get(normal(name).replace(" ", ""), ())
        return list({id(each): each for text in names for each in self.named(text)}.values())

    def names(self) -> Iterator[str]:
        """Every name, as its source writes it."""
        for entry in self._entries:
            yield from entry.own
            yield from entry.families

    def __iter__(self) -> Iterator[Substance]:
        return (entry.record for entry in self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def _composition(formula: Formula) -> tuple[frozenset[tuple[str, Number]], int]:
    """What two formulas of the same atoms have in common, however they are written."""
    return frozenset(formula.counts.items()), formula.charge_number


def _letters_of(text: str) -> str:
    """The letters and digits of a text, in lower case."""
    return "".join(char for char in text.lower() if char.isalnum())
