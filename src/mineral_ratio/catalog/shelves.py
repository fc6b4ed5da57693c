"""A shelf: one source in a catalogue, loaded when it is first needed, and what became of it."""

from __future__ import annotations

import reprlib
import threading
import time
import warnings
from typing import TYPE_CHECKING, Literal, cast

import attrs

from mineral_ratio.catalog.discovery import guarded
from mineral_ratio.catalog.indexes import Index, entry_of
from mineral_ratio.catalog.sources import BUNDLED, LookupSource
from mineral_ratio.errors import RecordErrors, SourceContractError, SourceError, SourceSkippedWarning
from mineral_ratio.substances.compounds import Compound

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    from mineral_ratio.catalog.discovery import Plugin
    from mineral_ratio.catalog.sources import CompoundSource
    from mineral_ratio.substances.materials import Material

    Substance: TypeAlias = Compound | Material

State = Literal["waiting", "loaded", "failed", "disabled", "shadowed"]


@attrs.frozen
class SourceState:
    """What became of one source of a catalogue.

    Attributes:
        name: Name of the source; of its entry point while it is not loaded.
        origin: Distribution and version, ``"bundled"`` or ``"given"``.
        state: ``"waiting"`` (not needed yet), ``"loaded"``, ``"failed"``, ``"disabled"``, or ``"shadowed"``
            (an earlier source has its name).
        reason: Why it failed, or is not used.
        seconds: Time that loading took; None if it was not tried.
        records: Number of records; None if it is not loaded, or does not say.
        conflicting: Names under which an earlier source has another composition.
    """

    name: str
    origin: str
    state: State
    reason: str
    seconds: float | None
    records: int | None
    conflicting: tuple[str, ...] = ()


class Shelf:
    """One source of a catalogue.

    Args:
        origin: Where the source comes from.
        source: The source, where it is at hand.
        plugin: The plugin that it is loaded from, else.
    """

    def __init__(
        self, origin: str, source: CompoundSource | None = None, plugin: Plugin | None = None
    ) -> None:
        self.origin = origin
        self.state: State = "waiting"
        self.reason = ""
        self.seconds: float | None = None
        self.error: SourceError | RecordErrors | None = None
        self._source = source
        self._plugin = plugin
        self._answering: LookupSource | Index | None = None
        self._lock = threading.RLock()
        if plugin is not None and plugin.disabled:
            self.state, self.reason = "disabled", "left out by the environment"

    @property
    def name(self) -> str:
        """Name of the source, or of its entry point while there is no source."""
        if self._source is not None:
            return self._source.name
        plugin = cast("Plugin", self._plugin)
        return plugin.name or plugin.distribution

    def lookup(self, name: str, taken: Iterable[str] = ()) -> list[Substance]:
        """The records of a name; none where the source cannot be used.

        Args:
            name: The name.
            taken: Names of the sources before it; one of them shadows this one.

        Raises:
            SourceError: The source was given, and cannot be read or answers amiss.
            RecordErrors: The source was given, and holds bad rows.
        """
        answering = self.open(taken)
        if answering is None:
            return []
        try:
            found: list[Substance] = guarded(self.name, lambda: list(answering.lookup(name)))
            return [_record(self.name, each) for each in found]
        except (SourceError, RecordErrors) as error:
            self._fail(error)
            return []

    def open(self, taken: Iterable[str] = ()) -> LookupSource | Index | None:
        """What answers for the source, loaded now if it was not; None if it cannot be used.

        Args:
            taken: Names of the sources before it; one of them shadows this one.

        Raises:
            SourceError: The source was given, and cannot be read.
            RecordErrors: The source was given, and holds bad rows.
        """
        if self.state == "waiting":
            with self._lock:
                if self.state == "waiting":
                    self._load(taken)
        return self._answering

    def _load(self, taken: Iterable[str]) -> None:
        start = time.perf_counter()
        try:
            source = self._source or cast("Plugin", self._plugin).load()
            self._source = source
            if self._plugin is not None and source.name in taken:
                self.state, self.reason = "shadowed", "an earlier source has its name"
                return
            self._answering = guarded(source.name, lambda: _answering(source))
            self.state = "loaded"
        except (SourceError, RecordErrors) as error:
            self._fail(error)
        finally:
            self.seconds = time.perf_counter() - start

    def _fail(self, error: SourceError | RecordErrors) -> None:
        """Take a plugin out of use and say so once; a source that was given is somebody's to mend now.

        Raises:
            SourceError: The source was given.
            RecordErrors: The source was given.
        """
        if self._plugin is None:
            raise error
        self.state, self.error, self._answering = "failed", error, None
        self.reason = error.reason if isinstance(error, SourceError) else " ".join(str(error).split())
        message = f"source {self.name!r} of {self.origin} is skipped: {self.reason}"
        warnings.warn(message, SourceSkippedWarning, stacklevel=2)

    def records(self, taken: Iterable[str] = ()) -> Iterable[Substance]:
        """All records; none of a source that answers look-ups only, or cannot be used."""
        answering = self.open(taken)
        return answering if isinstance(answering, Index) else ()

    def names(self) -> list[str]:
        """The names that the source tells of, for suggestions; none if it cannot be used."""
        return list(self._answering.names()) if isinstance(self._answering, Index) else []

    def told(self, conflicting: Iterable[str] = ()) -> SourceState:
        """What became of the source, as a value."""
        count = getattr(type(self._answering), "__len__", None)
        records = count(self._answering) if count else None
        return SourceState(
            self.name, self.origin, self.state, self.reason, self.seconds, records, tuple(conflicting)
        )


def _answering(source: CompoundSource) -> LookupSource | Index:
    """A source that answers for itself, or an index of its records."""
    if source is BUNDLED:
        return BUNDLED.index
    if isinstance(source, LookupSource):
        return source
    return Index([entry_of(_record(source.name, each)) for each in source])


def _record(source: str, record: object) -> Substance:
    if isinstance(record, Compound):
        return record
    # A look-up of a compound needs no materials, so nor does their module.
    from mineral_ratio.substances.materials import Material

    if not isinstance(record, Material):
        raise SourceContractError(
            source, f"yields {reprlib.repr(record)}, which is no Compound and no Material"
        )
    return record
