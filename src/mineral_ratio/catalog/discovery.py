"""Plugins: from the entry points of installed distributions to sources, each isolated from the others.

Every distribution is looked at by itself: a malformed ``entry_points.txt`` in any of them makes the
usual look-up raise for all. A plugin is loaded when a look-up first needs it; one that raises is
told of once and skipped.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, cast

import attrs

from mineral_ratio.catalog.sources import API_VERSION
from mineral_ratio.errors import (
    RecordErrors,
    SourceContractError,
    SourceError,
    SourceLoadError,
    SourceVersionError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mineral_ratio.catalog.sources import CompoundSource

GROUP = "mineral_ratio.compounds"
"""Entry-point group of sources of compounds and materials."""

NO_PLUGINS = "MINERAL_RATIO_NO_PLUGINS"
"""Environment variable: set to anything but an empty text or 0, no plugin is looked for."""

DISABLED = "MINERAL_RATIO_DISABLED_PLUGINS"
"""Environment variable: names of entry points or distributions that are left out, commas between them."""

_OWN = "mineral-ratio"
_SEPARATORS = re.compile(r"[-_.]+")


@attrs.frozen
class Plugin:
    """An entry point of an installed distribution.

    Attributes:
        distribution: Name of the distribution.
        version: Its version; empty if its metadata does not say.
        name: Name of the entry point; empty where the entry points could not be read.
        problem: Why it cannot be loaded, known before it is tried.
        loader: Imports and returns the object.
    """

    distribution: str
    version: str
    name: str
    problem: str
    loader: Callable[[], Any] = attrs.field(eq=False, repr=False)

    @property
    def origin(self) -> str:
        """Distribution and version, as ``pip list`` writes them."""
        return f"{self.distribution} {self.version}".strip()

    @property
    def disabled(self) -> bool:
        """Whether the environment leaves it out."""
        names = {_normal(name) for name in os.environ.get(DISABLED, "").split(",")}
        return not names.isdisjoint((_normal(self.name), _normal(self.distribution)))

    def load(self) -> CompoundSource:
        """Import the plugin and check that it is a source.

        Raises:
            SourceLoadError: It cannot be imported; SystemExit counts, KeyboardInterrupt passes.
            SourceContractError: It is not what the contract asks for.
            SourceVersionError: It is written for another version of the contract.
        """
        label = self.name or self.distribution
        if self.problem:
            raise SourceLoadError(label, self.problem)
        return checked(guarded(label, self.loader), label)


def guarded(name: str, call: Callable[[], Any]) -> Any:
    """What a call into somebody's plugin gives; whatever it raises becomes an error of ours.

    Args:
        name: Name to tell it by.
        call: The call.

    Raises:
        SourceError: As it was raised, if it was one of ours.
        SourceLoadError: Anything else was raised, SystemExit among it; KeyboardInterrupt passes.
    """
    try:
        return call()
    except (KeyboardInterrupt, SourceError, RecordErrors):
        raise
    except BaseException as error:
        text = " ".join(str(error).split())
        raise SourceLoadError(name, f"{type(error).__name__}: {text}".rstrip(": ")) from error


def checked(source: Any, label: str) -> CompoundSource:
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
        raise SourceContractError(name, f"has no api_version: {API_VERSION} is needed")
    if version != API_VERSION:
        raise SourceVersionError(name, f"is written for version {version} of the contract, not {API_VERSION}")
    if not callable(getattr(type(source), "__iter__", None)):
        raise SourceContractError(name, "cannot be iterated over: __iter__ is needed")
    return cast("CompoundSource", source)


def plugins(group: str = GROUP) -> list[Plugin]:
    """The plugins of a group, by distribution and name; the library's own entry is left out.

    Args:
        group: The entry-point group.

    Returns:
        The plugins; those whose entry points cannot be read have a ``problem``. None at all where
        `NO_PLUGINS` is set.
    """
    if os.environ.get(NO_PLUGINS, "0") not in ("", "0"):
        return []
    found: dict[tuple[str, str], Plugin] = {}
    for distribution in _distributions():
        for plugin in _plugins_of(distribution, group):
            # The first of two distributions with one name is the one that Python imports.
            found.setdefault((_normal(plugin.distribution), plugin.name), plugin)
    return [found[key] for key in sorted(found)]


def _distributions() -> Iterator[Any]:
    """The installed distributions, as far as they can be listed."""
    from importlib_metadata import distributions

    listed = iter(distributions())
    while True:
        try:
            yield next(listed)
        except StopIteration:
            return
        except Exception:  # noqa: BLE001  # a finder of somebody's that raises ends its own list only
            return


def _plugins_of(distribution: Any, group: str) -> list[Plugin]:
    try:
        text = distribution.read_text("entry_points.txt") or ""
    except Exception:  # noqa: BLE001  # a file that nobody can read names no plugin of ours
        return []
    if group not in text:
        return []
    name, version = _identity(distribution)
    if _normal(name) == _OWN:
        return []
    try:
        entries = [(entry.name, entry.load) for entry in distribution.entry_points if entry.group == group]
    except Exception as error:  # noqa: BLE001  # one malformed line spoils the file
        problem = f"entry_points.txt cannot be read: {type(error).__name__}: {error}"
        return [Plugin(name, version, "", " ".join(problem.split()), loader=lambda: None)]
    return [Plugin(name, version, entry, "", loader=load) for entry, load in entries]


def _identity(distribution: Any) -> tuple[str, str]:
    """Name and version of a distribution; the name of its folder where there is no METADATA."""
    try:
        metadata = distribution.metadata
        name, version = metadata["Name"], metadata["Version"]
    except Exception:  # noqa: BLE001  # no METADATA, or none that can be read
        name = version = None
    folder = getattr(distribution, "_path", None)
    return name or getattr(folder, "name", "unknown distribution"), version or ""


def _normal(name: str) -> str:
    """A name as the package index compares it (PEP 503)."""
    return _SEPARATORS.sub("-", name.strip()).lower()
