"""The records of one source by every name that they have, each built when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from mineral_ratio.catalog.names import keys
from mineral_ratio.errors import FormulaError
from mineral_ratio.substances.compounds import Compound
from mineral_ratio.substances.formulas import Formula

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeAlias

    from mineral_ratio.substances.materials import Material

    Substance: TypeAlias = Compound | Material


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
        self.own = tuple(filter(None, own))
        self.families = tuple(families)
        self._build = build
        self._record: Substance | None = None

    @property
    def record(self) -> Substance:
        """The record; built at the first call."""
        if self._record is None:
            # Two threads may build it at once; either result serves.
            self._record = self._build()
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

    def lookup(self, name: str) -> list[Substance]:
        """The records that a name means: those that have it, else by formula."""
        if named := self.named(name):
            return named
        try:
            formula = Formula.parse(name)
        except FormulaError:
            return []
        counts, charge = formula.counts, formula.charge_number
        compounds = (each for each in self if isinstance(each, Compound))
        return [
            each
            for each in compounds
            if (each.formula.counts, each.formula.charge_number) == (counts, charge)
        ]

    def names(self) -> Iterator[str]:
        """Every name, as its source writes it."""
        for entry in self._entries:
            yield from entry.own
            yield from entry.families

    def __iter__(self) -> Iterator[Substance]:
        return (entry.record for entry in self._entries)

    def __len__(self) -> int:
        return len(self._entries)
