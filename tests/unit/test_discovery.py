"""Plugins before they are sources: names, versions, problems, and the check of the contract."""

from __future__ import annotations

import sys

import importlib_metadata
import pytest

import mineral_ratio as mr
from mineral_ratio.catalog.discovery import Plugin, plugins
from mineral_ratio.catalog.sources import BUNDLED, CompoundSource, LookupSource, checked, guarded


def test_the_parts_of_a_plugin() -> None:
    """Origin and label are what messages call it."""
    plugin = Plugin("dist", "1.0", "entry")
    assert (plugin.origin, plugin.label) == ("dist 1.0", "entry")
    nameless = Plugin("dist", "", "", "cannot be read")
    assert (nameless.origin, nameless.label) == ("dist", "dist")
    with pytest.raises(mr.SourceLoadError, match="cannot be read"):
        nameless.load()


def test_a_plugin_loads_a_source() -> None:
    """What the loader gives is checked and given back."""
    assert Plugin("dist", "1.0", "entry", loader=lambda: BUNDLED).load() is BUNDLED


@pytest.mark.parametrize(
    "error", [SystemExit(1), GeneratorExit(), MemoryError(), ValueError("x"), OSError(2, "y")]
)
def test_whatever_is_raised_becomes_a_load_error(error) -> None:
    """Every exception of somebody's becomes one of ours, with the original as its cause."""

    def fail():
        raise error

    with pytest.raises(mr.SourceLoadError) as caught:
        guarded("name", fail)
    assert caught.value.source == "name"
    assert caught.value.reason.startswith(type(error).__name__)
    assert not caught.value.reason.endswith(":")
    assert caught.value.__cause__ is error


def test_our_own_errors_and_interrupts_pass() -> None:
    """An error that is ours already, or Ctrl-C, is raised as it is."""
    for error in (
        mr.SourceVersionError("a", "b"),
        mr.RecordErrors("1", [mr.RecordError("", 1, "", "")]),
        KeyboardInterrupt(),
    ):

        def fail(error=error):
            raise error

        with pytest.raises(type(error)) as caught:
            guarded("name", fail)
        assert caught.value is error


def test_the_contract_is_a_protocol() -> None:
    """The library's own sources are sources by the protocol; only one with look-ups answers look-ups."""
    for source in (BUNDLED, mr.StaticSource("x", ())):
        assert isinstance(source, CompoundSource)
        assert not isinstance(source, LookupSource)
        assert checked(source, "label") is source


@pytest.mark.parametrize("value", [None, 0, "text", [], {}, mr, object(), mr.StaticSource, lambda: BUNDLED])
def test_what_is_no_source_is_refused(value) -> None:
    """Anything else is refused by a catalogue with what it lacks, shown by its type and not in full."""
    with pytest.raises(mr.SourceContractError) as caught:
        mr.Catalog((value,))
    assert caught.value.source == type(value).__name__


def test_a_given_source_of_another_version_is_refused() -> None:
    """A catalogue is not built with a source that it does not understand."""
    with pytest.raises(mr.SourceVersionError, match="version 3"):
        mr.Catalog((mr.StaticSource("x", (), api_version=3),))


def test_two_given_sources_of_one_name_are_refused() -> None:
    """Two sources that cannot be told apart are an error where they were passed in."""
    with pytest.raises(mr.DuplicateSourceError):
        mr.Catalog((mr.StaticSource("x", ()), mr.StaticSource("x", ())))
    with pytest.raises(mr.DuplicateSourceError):
        mr.default_catalog().with_source(mr.StaticSource("mineral_ratio", ()))


def test_a_large_given_source_is_not_written_out_to_be_checked() -> None:
    """Building a catalogue does not make the text of a source, nor read it."""

    class Silent(mr.StaticSource):
        def __repr__(self) -> str:
            raise AssertionError("somebody wrote it out")

        def __iter__(self):
            raise AssertionError("somebody read it")

    assert mr.Catalog((Silent("silent", ()), BUNDLED)).compound


def test_another_group_has_its_own_plugins(tmp_path, monkeypatch) -> None:
    """Entry points are those of the group that is asked for, in a section of exactly that name."""
    folder = tmp_path / "some-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: some\nVersion: 1.0\n")
    (folder / "entry_points.txt").write_text("[mineral_ratio.compounds.more]\nx = y:z\n")
    monkeypatch.delenv("MINERAL_RATIO_NO_PLUGINS", raising=False)
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert plugins() == []
    assert importlib_metadata.MetadataPathFinder in map(type, sys.meta_path)
    assert plugins("mineral_ratio.compounds.more") == [Plugin("some", "1.0", "x")]


def test_the_librarys_own_entry_is_left_out(tmp_path, monkeypatch) -> None:
    """The bundled source is reached directly: its entry point is no plugin, however its name is written."""
    folder = tmp_path / "mineral_ratio-9.dist-info"
    folder.mkdir()
    (folder / "entry_points.txt").write_text(
        "[mineral_ratio.compounds]\nbundled = mineral_ratio.catalog.sources:BUNDLED\n"
    )
    monkeypatch.delenv("MINERAL_RATIO_NO_PLUGINS", raising=False)
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert plugins() == []
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: Mineral.Ratio\nVersion: 9\n")
    assert plugins() == []
