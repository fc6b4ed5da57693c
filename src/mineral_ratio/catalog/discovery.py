"""Plugins: from the entry points of installed distributions to sources, each isolated from the others.

Every distribution is looked at by itself: a malformed ``entry_points.txt`` in any of them makes the
usual look-up raise for all. A plugin is loaded when a look-up first needs it; one that raises is
told of once and skipped.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, cast

import attrs

from mineral_ratio.catalog.sources import checked, guarded
from mineral_ratio.errors import SourceError, SourceLoadError

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
    problem: str = ""
    loader: Callable[[], Any] = attrs.field(default=lambda: None, eq=False, repr=False)

    @property
    def label(self) -> str:
        """What to call it while it has no source: its name, or that of its distribution."""
        return self.name or self.distribution

    @property
    def origin(self) -> str:
        """Distribution and version, as ``pip list`` writes them."""
        return f"{self.distribution} {self.version}".strip()

    @property
    def disabled(self) -> bool:
        """Whether the environment leaves it out."""
        names = {_normal(name) for name in os.environ.get(DISABLED, "").split(",") if name.strip()}
        return not names.isdisjoint((_normal(self.name), _normal(self.distribution)))

    def load(self) -> CompoundSource:
        """Import the plugin and check that it is a source.

        Raises:
            SourceLoadError: It cannot be imported; SystemExit counts, KeyboardInterrupt passes.
            SourceContractError: It is not what the contract asks for.
            SourceVersionError: It is written for another version of the contract.
        """
        if self.problem:
            raise SourceLoadError(self.label, self.problem)
        return guarded(self.label, lambda: checked(self.loader(), self.label))


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
    # Its import puts a finder of its own in place of the standard library's.
    from importlib_metadata import DistributionFinder

    context = cast("Any", DistributionFinder).Context()
    found: dict[str, list[Plugin]] = {}
    for finder in tuple(sys.meta_path):
        for offered in _offers(finder, context, group):
            if offered:
                # The first of two distributions with one name is the one that Python imports.
                found.setdefault(_normal(offered[0].distribution), offered)
    found.pop(_OWN, None)
    return [plugin for key in sorted(found) for plugin in sorted(found[key], key=lambda each: each.name)]


def _offers(finder: Any, context: Any, group: str) -> Iterator[list[Plugin]]:
    """The plugins of each distribution that a finder knows; one that raises ends its own list only."""
    if not hasattr(finder, "find_distributions"):
        return
    name = getattr(finder, "__name__", type(finder).__name__)
    try:
        listed = guarded(name, lambda: iter(finder.find_distributions(context)))
        while (distribution := guarded(name, lambda: next(listed, None))) is not None:
            yield _plugins_of(distribution, group)
    except SourceError as error:
        yield [Plugin(name, "", "", f"cannot list distributions: {error.reason}")]


def _plugins_of(distribution: Any, group: str) -> list[Plugin]:
    def entries() -> list[Any]:
        # Most distributions have none of the group, and a search of the text is all they cost.
        text = distribution.read_text("entry_points.txt") or ""
        if group not in text:
            return []
        # A heading without one of its brackets is none, and its entries would be left out in silence.
        for line in map(str.strip, text.splitlines()):
            if line.strip("[] ") == group and line != f"[{group}]":
                raise ValueError(f"the heading [{group}] is written as {line}")
        return [entry for entry in distribution.entry_points if entry.group == group]

    try:
        listed = guarded("", entries)
    except SourceError as error:  # one malformed line spoils the file
        problem = f"entry_points.txt cannot be read: {error.reason}"
        return [Plugin(*_identity(distribution), "", problem)]
    if not listed:
        return []
    name, version = _identity(distribution)
    return [Plugin(name, version, entry.name, loader=entry.load) for entry in listed]


def _identity(distribution: Any) -> tuple[str, str]:
    """Name and version of a distribution; as its folder has them where there is no METADATA."""
    try:
        metadata = distribution.metadata
        name, version = metadata["Name"], metadata["Version"]
    except Exception:  # noqa: BLE001  # no METADATA, or none that can be read
        name = version = None
    if not name:
        folder = PurePath(getattr(distribution, "_path", "unknown"))
        name, _, version = folder.stem.partition("-")
    return name, version or ""


def _normal(name: str) -> str:
    """A name as the package index compares it (PEP 503)."""
    return _SEPARATORS.sub("-", name.strip()).lower()
