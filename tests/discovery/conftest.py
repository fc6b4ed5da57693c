"""A site-packages of one's own: distributions and modules written into a folder that is on the path."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GOOD = """
import mineral_ratio as mr
SOURCE = mr.StaticSource({name!r}, [mr.Compound({compound!r}, formula={formula!r}, citations="a test")])
"""


class Site:
    """A folder on the path, and what is installed in it.

    Args:
        folder: The folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()

    def distribution(
        self,
        name: str,
        entry_points: str | bytes,
        *,
        version: str = "1.0",
        metadata: str | bytes | None = "Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
    ) -> Path:
        """Install the metadata of a distribution."""
        folder = self.folder / f"{name.replace('-', '_')}-{version}.dist-info"
        folder.mkdir()
        if isinstance(metadata, str):
            metadata = metadata.format(name=name, version=version).encode()
        if metadata is not None:
            (folder / "METADATA").write_bytes(metadata)
        text = entry_points if isinstance(entry_points, bytes) else entry_points.encode()
        (folder / "entry_points.txt").write_bytes(text)
        return folder

    def plugin(self, name: str, code: str, **distribution: str | bytes | None) -> None:
        """Install a module, and a distribution that says its ``SOURCE`` is a source."""
        self.module(name, code)
        self.distribution(name, f"[mineral_ratio.compounds]\n{name} = {name}:SOURCE\n", **distribution)

    def module(self, name: str, code: str) -> None:
        """Install a module."""
        (self.folder / f"{name}.py").write_text(code, encoding="utf-8")

    def good(self, name: str, compound: str = "unobtainium carbonate", formula: str = "CaCO3") -> None:
        """Install a plugin with nothing wrong and one compound."""
        self.plugin(name, GOOD.format(name=name, compound=compound, formula=formula))


@pytest.fixture(name="site")
def _site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.delenv("MINERAL_RATIO_NO_PLUGINS", raising=False)
    monkeypatch.delenv("MINERAL_RATIO_DISABLED_PLUGINS", raising=False)
    site = Site(tmp_path / "site-packages")
    monkeypatch.syspath_prepend(str(site.folder))
    before = set(sys.modules)
    yield site
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(site.folder)):
            del sys.modules[name]
