"""Rules and reference values of plugins: the contract, the loader and the states of compounds.

A source of rules yields `RatioRule`s, a source of reference values yields `ReferenceValue`s; like
a source of compounds it has a ``name`` and an ``api_version``. It is loaded when it is first
needed; one that cannot be used is told of once and skipped.
"""

from __future__ import annotations

import reprlib
import threading
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from mineral_ratio.catalog.shelves import Loader
from mineral_ratio.catalog.sources import BUNDLED
from mineral_ratio.errors import SourceContractError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mineral_ratio.catalog.discovery import Plugin
    from mineral_ratio.catalog.sources import CompoundSource
    from mineral_ratio.catalog.states import SourceState

R = TypeVar("R")


class RecordShelf(Loader[tuple[R, ...]]):
    """One source of records of one class.

    Args:
        plugin: The plugin that it is loaded from.
        group: The entry-point group that it is of.
        kind: The class of its records.
    """

    def __init__(self, plugin: Plugin, group: str, kind: type[R]) -> None:
        super().__init__(plugin.distribution, plugin=plugin)
        self.group = group
        self._kind = kind

    def _opened(self, source: CompoundSource) -> tuple[R, ...]:
        records = tuple(cast("Iterable[R]", source))
        for each in records:
            if not isinstance(each, self._kind):
                raise SourceContractError(
                    source.name, f"yields {reprlib.repr(each)}, which is no {self._kind.__name__}"
                )
        return records


class RecordGroup(Generic[R]):
    """The sources of an entry-point group, looked for once and each loaded once in a process.

    Args:
        group: The entry-point group.
        kind: The class of the records of its sources.
    """

    def __init__(self, group: str, kind: type[R]) -> None:
        self.group = group
        self._kind = kind
        self._lock = threading.RLock()
        self._shelves: tuple[RecordShelf[R], ...] | None = None

    @property
    def shelves(self) -> tuple[RecordShelf[R], ...]:
        """The sources, by distribution and name."""
        with self._lock:
            if self._shelves is None:
                from mineral_ratio.catalog.discovery import plugins

                found = plugins(self.group)
                self._shelves = tuple(RecordShelf(each, self.group, self._kind) for each in found)
            return self._shelves

    def records(self) -> tuple[R, ...]:
        """The records of all sources that can be used, in the order of the sources."""
        taken = [BUNDLED.name]
        records: list[R] = []
        for shelf in self.shelves:
            records += shelf.open(taken) or ()
            if shelf.state == "loaded":
                taken.append(shelf.name)
        return tuple(records)

    def failed(self) -> tuple[str, ...]:
        """The sources that could not be used, each with the reason, for errors."""
        broken = (each for each in self.shelves if each.state == "failed")
        return tuple(f"{each.name} of {each.origin}: {each.reason}" for each in broken)

    def states(self) -> tuple[SourceState, ...]:
        """What becomes of each source that is installed now, all of them loaded again."""
        fresh = RecordGroup(self.group, self._kind)
        fresh.records()
        return tuple(each.told() for each in fresh.shelves)
