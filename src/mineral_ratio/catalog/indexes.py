"""The records of one source by every name that they have, each built when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mineral_ratio.catalog.names import unordered
from mineral_ratio.errors import FormulaError
from mineral_ratio.substances.compounds import Compound
from mineral_ratio.substances.formulas import Formula

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeAlias

    from mineral_ratio.substances.materials import Material

    Substance: TypeAlias = Compound | Material


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
    return Entry((*own, record.cas, record.unii, record.e_number), record.families, lambda: record)


class Index:
    """Entries by name, words in any order."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = tuple(entries)
        self._own: dict[str, list[Entry]] = {}
        self._families: dict[str, list[Entry]] = {}
        for entry in self._entries:
            for table, names in ((self._own, entry.own), (self._families, entry.families)):
                for name in dict.fromkeys(map(unordered, names)):
                    table.setdefault(name, []).append(entry)

    def lookup(self, name: str) -> list[Substance]:
        """The records that a name means: those it is a name of, else those of its family, else by formula."""
        key = unordered(name)
        if found := self._own.get(key) or self._families.get(key):
            return [entry.record for entry in found]
        try:
            formula = Formula.parse(name)
        except FormulaError:
            return []
        return [each for each in self if isinstance(each, Compound) and each.formula == formula]

    def names(self) -> Iterator[str]:
        """Every name, as its source writes it."""
        for entry in self._entries:
            yield from entry.own
            yield from entry.families

    def __iter__(self) -> Iterator[Substance]:
        return (entry.record for entry in self._entries)

    def __len__(self) -> int:
        return len(self._entries)
