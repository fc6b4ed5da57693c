"""A shelf: one source, loaded when it is first needed, and what became of it."""

from __future__ import annotations

import reprlib
import threading
import time
import warnings
from abc import ABC, abstractmethod
from collections.abc import Sized
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from mineral_ratio.catalog.indexes import Index, entry_of
from mineral_ratio.catalog.sources import BUNDLED, LookupSource, guarded
from mineral_ratio.errors import (
    RecordError,
    RecordErrors,
    SourceContractError,
    SourceError,
    SourceSkippedWarning,
)
from mineral_ratio.substances.compounds import Compound

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    from mineral_ratio.catalog.discovery import Plugin
    from mineral_ratio.catalog.sources import CompoundSource
    from mineral_ratio.catalog.states import SourceState, State
    from mineral_ratio.substances.materials import Material

    Substance: TypeAlias = Compound | Material

Answer = TypeVar("Answer")


class Loader(ABC, Generic[Answer]):
    """One source, loaded when it is first needed, and what became of it.

    Args:
        origin: Distribution, ``"bundled"`` or ``"given"``.
        source: The source, where it is at hand.
        plugin: The plugin that it is loaded from, else.
        strict: Whether a plugin that cannot be used is an error; it is skipped with a warning else.
    """

    group = "mineral_ratio.compounds"

    def __init__(
        self,
        origin: str,
        source: CompoundSource | None = None,
        plugin: Plugin | None = None,
        *,
        strict: bool = False,
    ) -> None:
        self.origin = origin
        self.state: State = "waiting"
        self.reason: str = ""
        self.seconds: float | None = None
        self.error: SourceError | RecordErrors | None = None
        self._source = source
        self._plugin = plugin
        self._raises = strict or plugin is None
        self._answering: Answer | None = None
        self._loading = False
        self._lock = threading.RLock()
        if plugin is not None and plugin.disabled:
            self.state, self.reason = "disabled", "left out by the environment"

    @property
    def name(self) -> str:
        """Name of the source, or of its plugin while there is no source."""
        return cast("Plugin", self._plugin).label if self._source is None else self._source.name

    def open(self, taken: Iterable[str] = ()) -> Answer | None:
        """What answers for the source, loaded now if it was not; None if it cannot be used.

        Args:
            taken: Names of the sources before it; one of them shadows a plugin.

        Raises:
            SourceError: The source was given or the catalogue is strict, and it cannot be used.
            RecordErrors: The same, and it holds bad rows.
        """
        if self.state == "waiting":
            with self._lock:
                # A plugin that looks something up while it is loaded comes by here again.
                if self.state == "waiting" and not self._loading:
                    self._load(taken)
        if self.error is not None and self._raises:
            raise self.error
        return self._answering

    def told(self, conflicting: Iterable[str] = ()) -> SourceState:
        """What became of the source, as a value.

        Args:
            conflicting: Names under which an earlier source has another composition.
        """
        version = self._plugin.version if self._plugin is not None else ""
        if self._source is BUNDLED:
            version = _own_version()
        count = self._count()  # may be the first thing at which a source fails
        from mineral_ratio.catalog.states import SourceState

        return SourceState(
            self.name,
            self.origin,
            version,
            self.state,
            self.reason,
            self.seconds,
            count,
            tuple(conflicting),
            self.group,
        )

    @abstractmethod
    def _opened(self, source: CompoundSource) -> Answer:
        """What answers for a source that was loaded."""

    def _count(self) -> int | None:
        answering = self._answering
        if not isinstance(answering, Sized):
            return None
        try:
            return guarded(self.name, lambda: len(answering))
        except SourceError as error:
            self._fail(error)
            return None

    def _load(self, taken: Iterable[str]) -> None:
        self._loading = True
        start = time.perf_counter()
        try:
            if self._source is None:
                self._source = cast("Plugin", self._plugin).load()
            source = self._source
            if self._plugin is not None and source.name in taken:
                self.state, self.reason = "shadowed", "an earlier source has its name"
                return
            self._answering = guarded(source.name, lambda: self._opened(source))
            self.state = "loaded"
        except (SourceError, RecordErrors) as error:
            self._fail(error)
        finally:
            self.seconds = time.perf_counter() - start
            self._loading = False

    def _fail(self, error: SourceError | RecordErrors) -> None:
        """Take a plugin out of use and say so once; a source that was given is somebody's to mend now.

        Raises:
            SourceError: The source was given, or the catalogue is strict.
            RecordErrors: The same.
        """
        if self._plugin is None:
            raise error
        with self._lock:
            if self.state == "failed":
                return
            # Others may look at any time: the reason is there before the error is.
            self.reason = error.reason if isinstance(error, SourceError) else " ".join(str(error).split())
            self.state, self._answering, self.error = "failed", None, error
        if self._raises:
            raise error
        message = f"source {self.name!r} of {self._plugin.origin} is skipped: {self.reason}"
        warnings.warn(message, SourceSkippedWarning, stacklevel=2)


class Shelf(Loader[LookupSource | Index]):
    """One source of compounds and materials in a catalogue; see `Loader`."""

    def lookup(self, name: str, refusals: list[str] | None = None) -> list[Substance]:
        """The records of a name; none where the source cannot be used, or refuses them.

        Args:
            name: The name.
            refusals: Gets the reason of a source that refuses what the name means in it.

        Raises:
            SourceError: The source was given or the catalogue is strict, and it answers amiss.
            RecordErrors: The same, and it holds bad rows.
        """
        answering = self.open()
        if answering is None:
            return []
        try:
            found = guarded(self.name, lambda: _looked_up(answering, name))
            if not isinstance(found, RecordError):
                return [_record(self.name, each) for each in found]
        except (SourceError, RecordErrors) as error:
            self._fail(error)
            return []
        if refusals is not None:
            refusals.append(f"{self.name} of {self.origin}: {found}")
        return []

    def read(self, name: str) -> list[Substance]:
        """The records that a name means by rule; none of a source that answers look-ups only."""
        answering = self.open()
        return answering.read(name) if isinstance(answering, Index) else []

    def named(self, name: str) -> list[Substance]:
        """The same by name alone, as far as the source can tell names from formulas."""
        answering = self.open()
        return answering.named(name) if isinstance(answering, Index) else self.lookup(name)

    def records(self) -> Iterable[Substance]:
        """All records; none of a source that answers look-ups only, or cannot be used."""
        answering = self.open()
        return answering if isinstance(answering, Index) else ()

    def close(self, name: str, count: int) -> list[tuple[float, str]]:
        """The names of the source that are close to one, closest first; none if it cannot tell of any.

        Args:
            name: The name that was not found.
            count: How many to give.
        """
        answering = self.open()
        return answering.nearby.close(name, count) if isinstance(answering, Index) else []

    def capitalized(self, name: str) -> list[str]:
        """The formulas of the source that a name would be if capitals did not count."""
        answering = self.open()
        return answering.capitalized(name) if isinstance(answering, Index) else []

    def _opened(self, source: CompoundSource) -> LookupSource | Index:
        return _answering(source)


def _answering(source: CompoundSource) -> LookupSource | Index:
    """A source that answers for itself, or an index of its records."""
    if source is BUNDLED:
        return BUNDLED.index
    if isinstance(source, LookupSource):
        return source
    entries = [entry_of(_record(source.name, each)) for each in source]
    return Index(lambda: entries)


def _looked_up(answering: LookupSource | Index, name: str) -> list[Substance] | RecordError:
    """The records of a name, or the refusal of a source that answers for itself."""
    if isinstance(answering, Index):
        return answering.lookup(name)
    try:
        return list(answering.lookup(name))
    except RecordError as refusal:
        return refusal


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


def _own_version() -> str:
    """The library's version; empty where it is not installed, or somebody's finder hides it."""
    from importlib.metadata import version

    try:
        return version("mineral_ratio")
    except Exception:  # noqa: BLE001  # the version is not worth an error
        return ""
