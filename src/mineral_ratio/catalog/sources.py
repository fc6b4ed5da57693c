"""Sources of records: the contract, a source held in memory, and the bundled tables.

A source is an object with a ``name``, an ``api_version`` and an ``__iter__`` that yields compounds
and materials. The bundled one is registered as an entry point like any other.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

import attrs

from mineral_ratio.catalog.indexes import Entry, Index
from mineral_ratio.catalog.records import read_compound, read_rows
from mineral_ratio.substances._tables import table_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeAlias

    from mineral_ratio.catalog.records import Row
    from mineral_ratio.substances.compounds import Compound
    from mineral_ratio.substances.materials import Material

    Substance: TypeAlias = Compound | Material

API_VERSION = 1
"""Version of the contract between sources and catalogues."""


@runtime_checkable
class CompoundSource(Protocol):
    """What a catalogue asks of a source of compounds and materials.

    Attributes:
        name: A name of its own, to be told apart by.
        api_version: Version of this contract that it is written for: 1.
    """

    name: str
    api_version: int

    def __iter__(self) -> Iterator[Substance]:
        """All records, compounds before the materials made of them."""
        ...


@runtime_checkable
class LookupSource(CompoundSource, Protocol):
    """A source too large to be read whole: it is asked for each name instead.

    A catalogue that has it asks `lookup` and never iterates over all records.
    """

    def lookup(self, name: str) -> Iterable[Substance]:
        """The records that a name, an identifier or a formula means in this source.

        Args:
            name: The name as the user wrote it.
        """
        ...


@attrs.frozen
class StaticSource:
    """A source whose records are at hand.

    Attributes:
        name: A name of its own.
        records: Compounds and materials.
        api_version: Version of the contract.
    """

    name: str
    records: tuple[Substance, ...] = attrs.field(converter=tuple)
    api_version: int = API_VERSION

    def __iter__(self) -> Iterator[Substance]:
        return iter(self.records)


class BundledSource:
    """The library's own compounds and materials.

    The tables are read when they are first needed, and a record is built when it is first asked
    for: the first look-up in a process pays for one.
    """

    name = "mineral_ratio"
    api_version = API_VERSION

    @cached_property
    def index(self) -> Index:
        """The records by name.

        Raises:
            RecordError: A row is malformed; on look-up, if its cells cannot be read.
        """
        entries = [self._compound(row) for row in _rows("compounds.csv")]
        return Index([*entries, *(self._material(row) for row in _rows("materials.csv"))])

    def __iter__(self) -> Iterator[Substance]:
        return iter(self.index)

    def __repr__(self) -> str:
        return f"<bundled source {self.name!r}>"

    def _compound(self, row: Row) -> Entry:
        own = (row.text("name"), *row.listed("synonyms"), *map(row.text, ("cas", "unii", "e_number")))
        return Entry(own, row.listed("family"), lambda: read_compound(row))

    def _material(self, row: Row) -> Entry:
        def build() -> Material:
            from mineral_ratio.catalog.material_records import read_material

            return read_material(row, lambda name: cast("Compound", self.index.lookup(name)[0]))

        return Entry((row.text("name"), *row.listed("synonyms")), (), build)


def _rows(file: str) -> list[Row]:
    rows, errors = read_rows(table_text(file), file)
    if errors:
        raise errors[0]
    return rows


BUNDLED = BundledSource()
"""The bundled compounds and materials; entry point ``bundled`` of group ``mineral_ratio.compounds``."""
