"""A shelf: one source, loaded when it is needed, and what became of it."""

from __future__ import annotations

import pytest

import mineral_ratio as mr
from mineral_ratio.catalog.discovery import Plugin
from mineral_ratio.catalog.shelves import Shelf
from mineral_ratio.catalog.sources import BUNDLED

LIME = mr.Compound("lime", formula="CaO", synonyms="burnt lime")
SOURCE = mr.StaticSource("mine", [LIME])


class Asked:
    """A source that answers look-ups, with an error where one is set."""

    name = "asked"
    api_version = 1
    error: Exception | None = None

    def __iter__(self):
        raise AssertionError("this source was iterated over")

    def __bool__(self) -> bool:
        raise AssertionError("a source has no truth value")

    def lookup(self, _):
        """Lime, whatever is asked for."""
        if self.error:
            raise self.error
        return iter([LIME])


def plugin(load) -> Plugin:
    """A plugin with this loader."""
    return Plugin("dist", "1.0", "entry", loader=load)


def test_a_shelf_waits_until_it_is_needed() -> None:
    """Nothing is loaded before the first look-up, and the state says so."""
    calls = []
    shelf = Shelf("dist", plugin=plugin(lambda: calls.append(1) or SOURCE))
    assert (shelf.name, shelf.state, shelf.seconds) == ("entry", "waiting", None)
    assert (shelf.told().state, shelf.told().records, calls) == ("waiting", None, [])
    assert shelf.lookup("burnt lime") == [LIME]
    assert (shelf.name, shelf.state, len(calls)) == ("mine", "loaded", 1)
    told = shelf.told(["x"])
    assert (told.origin, told.version, told.records, told.conflicting) == ("dist", "1.0", 1, ("x",))
    assert told.seconds is not None
    assert told.seconds >= 0.0


def test_names_and_records_of_an_index() -> None:
    """A source that can be read whole gives its records, and close names and formulas."""
    shelf = Shelf("given", SOURCE)
    assert list(shelf.records()) == [LIME]
    assert shelf.close("burnt limes", 3)[0][1] == "burnt lime"
    assert shelf.close("limestone", 3) == [(pytest.approx(8 / 13), "lime")]
    assert shelf.capitalized("cao") == ["CaO"]


def test_a_source_that_answers_for_itself_lists_nothing() -> None:
    """A source that answers look-ups gives no records, names or count, and is not iterated over."""
    shelf = Shelf("given", Asked())
    assert shelf.lookup("x") == [LIME]
    assert (list(shelf.records()), shelf.close("lime", 3), shelf.told().records) == ([], [], None)
    assert shelf.capitalized("cao") == []


def test_a_given_source_that_fails_raises_and_may_be_mended() -> None:
    """The error of a source that was passed in goes to its owner, each time, until it is mended."""
    source = Asked()
    shelf = Shelf("given", source)
    source.error = OSError("away")
    for _ in range(2):
        with pytest.raises(mr.SourceLoadError, match="OSError: away"):
            shelf.lookup("x")
    source.error = None
    assert shelf.lookup("x") == [LIME]


def test_a_plugin_that_fails_in_a_look_up_is_out_of_use() -> None:
    """After one failure a plugin is not asked again."""
    source = Asked()
    shelf = Shelf("dist", plugin=plugin(lambda: source))
    assert shelf.lookup("x") == [LIME]
    source.error = ValueError("no")
    with pytest.warns(
        mr.SourceSkippedWarning, match=r"source 'asked' of dist 1\.0 is skipped: ValueError: no"
    ):
        assert shelf.lookup("x") == []
    source.error = None
    assert shelf.lookup("x") == []
    assert (shelf.told().state, shelf.told().reason) == ("failed", "ValueError: no")


def test_a_strict_shelf_raises_in_a_look_up() -> None:
    """What fails in a look-up is an error at once where the catalogue is strict, and stays one."""
    source = Asked()
    shelf = Shelf("dist", plugin=plugin(lambda: source), strict=True)
    source.error = ValueError("no")
    for _ in range(2):
        with pytest.raises(mr.SourceLoadError, match="ValueError: no"):
            shelf.lookup("x")


def test_a_failure_is_told_of_once() -> None:
    """Of two failures at the same time the first one counts."""
    shelf = Shelf("dist", plugin=plugin(Asked))
    with pytest.warns(mr.SourceSkippedWarning, match="first"):
        shelf._fail(mr.SourceLoadError("asked", "first"))
    # Warnings are errors here.
    shelf._fail(mr.SourceLoadError("asked", "second"))
    assert shelf.reason == "first"


def test_only_a_plugin_can_be_shadowed() -> None:
    """A plugin with a name that is taken is not used; a given source is, its catalogue having checked."""
    shelf = Shelf("dist", plugin=plugin(lambda: SOURCE))
    assert shelf.open(["mine"]) is None
    assert (shelf.state, shelf.lookup("lime")) == ("shadowed", [])
    given = Shelf("given", SOURCE)
    assert given.open(["mine"]) is not None


def test_the_bundled_source_says_the_librarys_version() -> None:
    """The version of the bundled tables is that of the library, or empty where it is not installed."""
    told = Shelf("bundled", BUNDLED).told()
    assert (told.name, told.origin) == ("mineral_ratio", "bundled")
    try:
        assert told.version == mr.__version__
    except ModuleNotFoundError:
        assert told.version == ""
