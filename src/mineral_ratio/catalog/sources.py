"""Sources of records: the contract, what holds sources to it, and the bundled tables.

A source is an object with a ``name``, an ``api_version`` and an ``__iter__`` that yields compounds
and materials. The bundled one is registered as an entry point like any other.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Protocol, TypeVar, cast, runtime_checkable

from mineral_ratio.catalog.indexes import Entry, Index, whole_additive
from mineral_ratio.catalog.names import folded, parts
from mineral_ratio.catalog.records import read_compound, read_rows
from mineral_ratio.errors import (
    RecordErrors,
    SourceContractError,
    SourceError,
    SourceLoadError,
    SourceVersionError,
)
from mineral_ratio.substances._tables import table_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import TypeAlias

    from mineral_ratio.catalog.records import Row
    from mineral_ratio.substances.compounds import Compound
    from mineral_ratio.substances.materials import Material

    Substance: TypeAlias = Compound | Material

T = TypeVar("T")

API_VERSION = 1
"""Version of the contract between sources and catalogues."""


@runtime_checkable
class CompoundSource(Protocol):
    """What a catalogue asks of a source of compounds and materials."""

    @property
    def name(self) -> str:
        """A name of its own, to be told apart by."""
        ...

    @property
    def api_version(self) -> int:
        """Version of this contract that it is written for, which is 1."""
        ...

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

        Raises:
            RecordError: The source knows the name and refuses its record. The catalogue goes on to the
                next source; where none has the name, its `NotFoundError` tells the reason.
        """
        ...


def checked(source: object, label: str) -> CompoundSource:
    """A source, if an object is one by the contract.

    Args:
        source: Any object.
        label: Name to tell it by while it has none.

    Raises:
        SourceContractError: It has no name, no version, cannot be iterated over, or is a class.
        SourceVersionError: It is written for another version of the contract.
    """
    if isinstance(source, type):
        raise SourceContractError(label, f"is the class {source.__name__}; the entry point names an instance")
    name = getattr(source, "name", None)
    version = getattr(source, "api_version", None)
    if not isinstance(name, str) or not name:
        raise SourceContractError(label, "has no name: a text is needed")
    if isinstance(version, bool) or not isinstance(version, int):
        found = "no api_version" if version is None else f"the api_version {version!r:.40}"
        raise SourceContractError(name, f"has {found}: the number {API_VERSION} is needed")
    if version != API_VERSION:
        raise SourceVersionError(name, f"is written for version {version} of the contract, not {API_VERSION}")
    if not callable(getattr(type(source), "__iter__", None)):
        raise SourceContractError(name, "cannot be iterated over: __iter__ is needed")
    return cast("CompoundSource", source)


def guarded(name: str, call: Callable[[], T]) -> T:
    """What a call into somebody's plugin gives; whatever it raises becomes an error of ours.

    Args:
        name: Name to tell it by.
        call: The call.

    Raises:
        SourceError: As it was raised, if it was one of ours.
        RecordErrors: As it was raised.
        SourceLoadError: Anything else was raised, SystemExit among it; KeyboardInterrupt passes.
    """
    try:
        return call()
    except (KeyboardInterrupt, SourceError, RecordErrors):
        raise
    except BaseException as error:
        try:
            text = " ".join(str(error).split())
        except Exception:  # noqa: BLE001  # an error of somebody's may fail to say what it is
            text = ""
        raise SourceLoadError(name, f"{type(error).__name__}: {text}".rstrip(": ")) from error


class BundledSource:
    """The library's own compounds and materials.

    The tables are read when they are first needed, and a record is built when it is first asked
    for: the first look-up in a process pays for one.
    """

    name = "mineral_ratio"
    api_version = API_VERSION

    def __init__(self) -> None:
        self._entries: dict[tuple[str, int], Entry] = {}

    @cached_property
    def index(self) -> Index:
        """The records by name.

        Raises:
            RecordError: On look-up, if a row is malformed or its cells cannot be read.
        """
        return Index(self._read, lambda name: self._read(parts(name)))

    def __iter__(self) -> Iterator[Substance]:
        return iter(self.index)

    def __reduce__(self) -> str:
        return "BUNDLED"  # there is one in each process

    def __repr__(self) -> str:
        return f"<bundled source {self.name!r}>"

    def _read(self, held: Iterable[str] = ()) -> Iterator[Entry]:
        """The entries of the lines that hold some texts; a line has one entry, however often it is read."""
        for file, entry in (("compounds.csv", self._compound), ("materials.csv", self._material)):
            for row in _rows(file, held):
                yield self._entries.setdefault((file, row.line), entry(row))

    def _compound(self, row: Row) -> Entry:
        own = (row.text("name"), *row.listed("synonyms"), *map(row.text, ("cas", "unii", "e_number")))
        families = (*row.listed("family"), *whole_additive(row.text("e_number")))
        return Entry(own, families, lambda: read_compound(row))

    def _material(self, row: Row) -> Entry:
        def build() -> Material:
            from mineral_ratio.catalog.material_records import read_material

            return read_material(row, lambda name: cast("Compound", self.index.lookup(name)[0]))

        return Entry((row.text("name"), *row.listed("synonyms")), (), build)


@cache
def _lines(file: str) -> tuple[list[str], list[str]]:
    """The lines of a table, as they are and folded."""
    text = table_text(file)
    return text.split("\n"), folded(text).split("\n")


def _rows(file: str, held: Iterable[str]) -> list[Row]:
    """The rows of the lines that hold some texts."""
    lines, searched = _lines(file)
    header = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    wanted: Sequence[int] = range(len(lines))
    for text in held:
        wanted = [number for number in wanted if text in searched[number]]
    # A line that is left out becomes an empty one, which is no row, so that the others keep their numbers.
    kept = [""] * len(lines)
    for number in (header, *wanted):
        kept[number] = lines[number]
    rows, errors = read_rows("\n".join(kept), file)
    if errors:
        raise errors[0]
    return rows


BUNDLED = BundledSource()
"""The bundled compounds and materials; entry point ``bundled`` of group ``mineral_ratio.compounds``."""
