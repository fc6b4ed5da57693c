"""Whatever else is installed, the bundled compounds resolve, and what is wrong is said once."""

from __future__ import annotations

import sys
import warnings
from typing import TYPE_CHECKING

import pytest

import mineral_ratio as mr
from mineral_ratio.catalog import catalog
from mineral_ratio.catalog.sources import BUNDLED

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCE = """
import mineral_ratio as mr
class Source:
    name = "a-hostile-one"
    api_version = 1
    def __iter__(self):
        yield mr.Compound("half read", formula="CaCO3")
        {then}
{rest}
"""


def source(then: str = "", rest: str = "SOURCE = Source()") -> str:
    """The code of a plugin that goes wrong while it is iterated over, or in what is served."""
    return SOURCE.format(then=then, rest=rest)


# Each is wrong in one way: its code, the error that strict raises, and a part of the reason.
HOSTILE: dict[str, tuple[str, type[mr.MineralRatioError], str]] = {
    "exits": ("import sys\nsys.exit(3)", mr.SourceLoadError, "SystemExit: 3"),
    "raises": ("raise RuntimeError('no\\n  way')", mr.SourceLoadError, "RuntimeError: no way"),
    "cannot_say": (
        "class Mute(Exception):\n    def __str__(self):\n        raise ValueError\nraise Mute",
        mr.SourceLoadError,
        "Mute",
    ),
    "needs_a_module": ("import surely_not_installed", mr.SourceLoadError, "No module named"),
    "is_no_python": ("def (", mr.SourceLoadError, "SyntaxError"),
    "has_no_source": ("", mr.SourceLoadError, "has no attribute 'SOURCE'"),
    "has_a_bad_formula": (
        "import mineral_ratio as mr\nmr.Compound('x', formula='CaCO')\nmr.Compound('x', formula='Xx')",
        mr.SourceLoadError,
        "FormulaError",
    ),
    "raises_midway": (source("raise OSError('the disk is gone')"), mr.SourceLoadError, "the disk is gone"),
    "exits_midway": (source("raise SystemExit('enough')"), mr.SourceLoadError, "SystemExit: enough"),
    "yields_text": (source("yield 'calcium carbonate'"), mr.SourceContractError, "'calcium carbonate'"),
    "yields_nothing_known": (source("yield None"), mr.SourceContractError, "yields None"),
    "has_bad_rows": (
        source("raise mr.RecordErrors('1 bad row', [mr.RecordError('x.csv', 3, 'cas', 'no CAS number')])"),
        mr.RecordErrors,
        "x.csv:3:cas: no CAS number",
    ),
    "is_a_class": (source(rest="SOURCE = Source"), mr.SourceContractError, "is the class Source"),
    "is_a_list": ("SOURCE = []", mr.SourceContractError, "has no name"),
    "is_a_function": ("def SOURCE(): pass", mr.SourceContractError, "has no name"),
    "is_none": ("SOURCE = None", mr.SourceContractError, "has no name"),
    "has_no_name": (source(rest="del Source.name\nSOURCE = Source()"), mr.SourceContractError, "has no name"),
    "has_an_empty_name": (
        source(rest="Source.name = ''\nSOURCE = Source()"),
        mr.SourceContractError,
        "has no name",
    ),
    "has_a_number_for_a_name": (
        source(rest="Source.name = 7\nSOURCE = Source()"),
        mr.SourceContractError,
        "has no name",
    ),
    "fails_to_tell_its_name": (
        source(rest="Source.name = property(lambda self: 1 / 0)\nSOURCE = Source()"),
        mr.SourceLoadError,
        "ZeroDivisionError",
    ),
    "has_no_version": (
        source(rest="del Source.api_version\nSOURCE = Source()"),
        mr.SourceContractError,
        "no api_version",
    ),
    "has_a_bool_for_a_version": (
        source(rest="Source.api_version = True\nSOURCE = Source()"),
        mr.SourceContractError,
        "the api_version True",
    ),
    "is_of_another_version": (
        source(rest="Source.api_version = 2\nSOURCE = Source()"),
        mr.SourceVersionError,
        "version 2 of the contract, not 1",
    ),
    "cannot_be_iterated": (
        source(rest="del Source.__iter__\nSOURCE = Source()"),
        mr.SourceContractError,
        "__iter__",
    ),
    "look_up_raises": (
        source(rest="Source.lookup = lambda self, name: 1 / 0\nSOURCE = Source()"),
        mr.SourceLoadError,
        "ZeroDivisionError",
    ),
    "look_up_gives_a_text": (
        source(rest="Source.lookup = lambda self, name: 'gypsum'\nSOURCE = Source()"),
        mr.SourceContractError,
        "yields 'g'",
    ),
    "look_up_gives_nothing": (
        source(rest="Source.lookup = lambda self, name: None\nSOURCE = Source()"),
        mr.SourceLoadError,
        "TypeError",
    ),
}
UNKNOWN = "unobtainium carbonate"


def skipped(call: Callable[[], object]) -> list[str]:
    """The texts of the warnings about skipped sources that a call gives, and no others."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        call()
    assert all(each.category is mr.SourceSkippedWarning for each in caught), [str(c.message) for c in caught]
    return [str(each.message) for each in caught]


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_broken_plugin_is_skipped_and_told_of_once(site, kind) -> None:
    """The neighbour after it is asked, one warning is given in all, and the states say what happened."""
    code, _, reason = HOSTILE[kind]
    site.plugin(kind, code)
    site.good("zz_good")
    catalog = mr.Catalog()
    [message] = skipped(lambda: catalog.compound(UNKNOWN))
    assert reason in message
    assert f"{kind} 1.0" in message
    assert skipped(lambda: catalog.compound(UNKNOWN)) == []
    assert skipped(lambda: catalog.find(UNKNOWN)) == []
    bundled, broken, good = catalog.states()
    assert (bundled.state, good.state) == ("loaded", "loaded")
    assert (broken.state, broken.origin, broken.version) == ("failed", kind, "1.0")
    assert reason in broken.reason
    assert broken.records is None


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_miss_tells_of_the_broken_plugin(site, kind) -> None:
    """What is not found may be in a source that failed, so the error names it."""
    code, _, reason = HOSTILE[kind]
    site.plugin(kind, code)
    catalog = mr.Catalog()
    with pytest.warns(mr.SourceSkippedWarning), pytest.raises(mr.NotFoundError) as caught:
        catalog.compound(UNKNOWN)
    [failed] = caught.value.failed_sources
    assert reason in failed
    assert failed in str(caught.value)


@pytest.mark.parametrize("kind", HOSTILE)
def test_strict_turns_it_into_the_error(site, kind) -> None:
    """A strict catalogue raises each time it needs the broken plugin, without a warning, and not before."""
    code, error, reason = HOSTILE[kind]
    site.plugin(kind, code)
    site.good("zz_good")
    catalog = mr.Catalog(strict=True)
    assert catalog.compound("calcium carbonate").name == "calcium carbonate"
    for _ in range(2):
        with pytest.raises(error) as caught:
            catalog.compound(UNKNOWN)
        assert type(caught.value) is error
        assert reason in " ".join(str(caught.value).split())


def test_all_of_them_at_once(site) -> None:
    """With every broken neighbour installed every bundled name resolves, and each is reported once."""
    for kind, (code, _, _) in HOSTILE.items():
        site.plugin(kind, code)
    site.distribution("malformed", "[mineral_ratio.compounds]\nthis is no entry point\n")
    site.distribution("malformed_neighbour", "[console_scripts]\nthis is no entry point\n")
    site.distribution("absent", "[mineral_ratio.compounds]\nabsent = surely_not_installed:SOURCE\n")
    site.plugin("no_metadata", "SOURCE = 1", metadata=None)
    site.good("zz_good")
    catalog = mr.Catalog()
    records = list(mr.Catalog((BUNDLED,), plugins=False))
    assert len(records) > 100
    for record in records:
        kind = catalog.compound if isinstance(record, mr.Compound) else catalog.material
        try:
            assert kind(record.name).name == record.name
        except mr.AmbiguousNameError as error:
            assert any(line.startswith(record.name) for line in error.candidates)  # noqa: PT017
    expected = len(HOSTILE) + 3
    warned = skipped(lambda: catalog.compound(UNKNOWN))
    assert len(warned) == len(set(warned)) == expected
    assert [state.state for state in catalog.states()].count("failed") == expected


def test_a_keyboard_interrupt_passes(site) -> None:
    """Somebody who presses Ctrl-C while a plugin loads is heard, and the plugin is tried again."""
    site.plugin("interrupted", "raise KeyboardInterrupt")
    catalog = mr.Catalog()
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            catalog.compound(UNKNOWN)


def test_our_malformed_entry_points_are_reported(site) -> None:
    """A plugin whose entry points cannot be read is reported under its distribution."""
    site.distribution("malformed", "[mineral_ratio.compounds]\nthis is no entry point\n", version="2.1")
    catalog = mr.Catalog()
    with pytest.warns(mr.SourceSkippedWarning, match="source 'malformed' of malformed 2.1 is skipped"):
        _, state = catalog.states()
    assert (state.name, state.state) == ("malformed", "failed")
    assert "entry_points.txt cannot be read" in state.reason


@pytest.mark.parametrize(
    "heading", ["[mineral_ratio.compounds", "mineral_ratio.compounds]", "mineral_ratio.compounds"]
)
@pytest.mark.parametrize("before", ["", "[console_scripts]\nother = other:main\n"])
def test_a_heading_without_a_bracket_is_reported(site, heading, before) -> None:
    """Its entries would be nobody's, wherever it stands in the file."""
    site.distribution("torn", f"{before}{heading}\nname = module:SOURCE\n", version="2.1")
    with pytest.warns(mr.SourceSkippedWarning, match="source 'torn' of torn 2.1 is skipped"):
        _, state = mr.Catalog().states()
    assert state.state == "failed"
    assert f"the heading [mineral_ratio.compounds] is written as {heading}" in state.reason


@pytest.mark.parametrize(
    "value", ["no module:SOURCE", "fine:SOURCE:more", "a-b:SOURCE", "..fine:SOURCE", "fine:SOURCE[", ""]
)
def test_a_malformed_object_reference_is_reported(site, value) -> None:
    """An entry point that names no object fails by itself; its neighbours are served."""
    site.module("fine", "SOURCE = 1")
    site.distribution("bad_reference", f"[mineral_ratio.compounds]\nbad = {value}\n")
    site.good("zz_good")
    catalog = mr.Catalog()
    assert len(skipped(lambda: catalog.compound(UNKNOWN))) == 1
    assert [state.state for state in catalog.states()] == ["loaded", "failed", "loaded"]


def test_a_neighbours_malformed_entry_points_are_nothing_to_us(site) -> None:
    """A file that does not speak of our group holds none of our plugins, however broken it is."""
    site.distribution("a_neighbour", "[console_scripts]\nthis is no entry point\n=\n[[[\n")
    site.good("zz_good")
    catalog = mr.Catalog()
    assert skipped(lambda: catalog.compound(UNKNOWN)) == []
    assert len(catalog.states()) == 2


def test_entry_points_that_are_no_text_are_reported(site) -> None:
    """Nobody can tell whether an undecodable file names a source, so it is not passed over in silence."""
    site.distribution("binary", b"[mineral_ratio.compounds]\nx = \xff\xfe:SOURCE\n")
    catalog = mr.Catalog()
    with pytest.warns(mr.SourceSkippedWarning, match="UnicodeDecodeError"):
        assert catalog.states()[1].state == "failed"


@pytest.mark.parametrize("metadata", [None, b"Name: \xff\xfe\n", b"", "Version: 1.0\n"])
def test_a_distribution_without_readable_metadata_serves(site, metadata) -> None:
    """Without a name in METADATA the plugin works all the same, under the name of its folder."""
    site.plugin(
        "nameless",
        "import mineral_ratio as mr\n"
        f"SOURCE = mr.StaticSource('served', [mr.Compound({UNKNOWN!r}, formula='CaCO3')])",
        version="3.2",
        metadata=metadata,
    )
    catalog = mr.Catalog()
    assert catalog.compound(UNKNOWN).name == UNKNOWN
    _, state = catalog.states()
    assert (state.origin, state.version) == ("nameless", "3.2")


def test_the_first_of_two_distributions_with_one_name_is_used(site, tmp_path, monkeypatch) -> None:
    """Of two versions on the path the one that Python imports counts, and nothing that only the other has."""
    old = tmp_path / "old" / "twice_one-1.0.dist-info"
    old.mkdir(parents=True)
    (old / "METADATA").write_text("Metadata-Version: 2.1\nName: Twice.One\nVersion: 1.0\n")
    (old / "entry_points.txt").write_text("[mineral_ratio.compounds]\ngone = gone:SOURCE\n")
    monkeypatch.setattr(sys, "path", [*sys.path, str(old.parent)])
    site.module(
        "twice",
        "import mineral_ratio as mr\n"
        f"SOURCE = mr.StaticSource('twice', [mr.Compound({UNKNOWN!r}, formula='CaCO3')])",
    )
    site.distribution("twice-one", "[mineral_ratio.compounds]\ntwice = twice:SOURCE\n", version="2.0")
    states = mr.Catalog().states()
    assert [(each.name, each.origin, each.version, each.state) for each in states[1:]] == [
        ("twice", "twice-one", "2.0", "loaded")
    ]


def test_a_repeated_source_name_is_shadowed(site) -> None:
    """The second source of a name is not asked, and the states say why; nothing failed."""
    site.good("a_first", "first of all", "CaO")
    site.plugin(
        "b_second",
        "import mineral_ratio as mr\n"
        "SOURCE = mr.StaticSource('a_first', [mr.Compound('second to none', formula='MgO')])",
    )
    site.plugin("c_bundled", "from mineral_ratio.catalog.sources import BUNDLED as SOURCE")
    catalog = mr.Catalog()
    assert catalog.compound("first of all")
    with pytest.raises(mr.NotFoundError) as caught:
        catalog.compound("second to none")
    assert caught.value.failed_sources == ()
    states = catalog.states()
    assert [(each.name, each.origin, each.state) for each in states[1:]] == [
        ("a_first", "a_first", "loaded"),
        ("a_first", "b_second", "shadowed"),
        ("mineral_ratio", "c_bundled", "shadowed"),
    ]
    assert states[2].reason == "an earlier source has its name"


def test_a_plugin_that_warns_is_served(site) -> None:
    """A warning of somebody's while it is imported is theirs, and no reason to skip it."""
    site.plugin(
        "warns",
        "import warnings\nwarnings.warn('old', DeprecationWarning)\nimport mineral_ratio as mr\n"
        f"SOURCE = mr.StaticSource('warns', [mr.Compound({UNKNOWN!r}, formula='CaCO3')])",
    )
    catalog = mr.Catalog()
    with pytest.warns(DeprecationWarning, match="old"):
        assert catalog.compound(UNKNOWN)
    assert catalog.states()[1].state == "loaded"


def test_a_plugin_that_warns_where_warnings_are_errors_is_skipped(site) -> None:
    """Where the user turns warnings into errors, the plugin fails on its own and ours is raised once."""
    site.plugin("warns", "import warnings\nwarnings.warn('old', DeprecationWarning)")
    site.good("zz_good")
    catalog = mr.Catalog()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(mr.SourceSkippedWarning, match="DeprecationWarning: old"):
            catalog.compound(UNKNOWN)
        assert catalog.compound(UNKNOWN)


def test_a_plugin_that_looks_something_up_while_it_loads(site) -> None:
    """A plugin may use the catalogue that loads it; it finds what comes before it, and not itself."""
    site.module(
        "asking",
        "import mineral_ratio as mr\n"
        "chalk = mr.default_catalog().compound('calcium carbonate')\n"
        "try:\n"
        f"    mr.default_catalog().compound({UNKNOWN!r})\n"
        "    found = True\n"
        "except mr.NotFoundError as error:\n"
        "    found = error.failed_sources\n"
        f"SOURCE = mr.StaticSource('asking', [mr.Compound({UNKNOWN!r}, formula=chalk.formula)])",
    )
    site.distribution("asking", "[mineral_ratio.compounds]\nasking = asking:SOURCE\n")
    catalog._default.cache_clear()
    try:
        assert mr.default_catalog().compound(UNKNOWN).name == UNKNOWN
        assert sys.modules["asking"].found == ()
        assert mr.default_catalog().states()[1].state == "loaded"
    finally:
        catalog._default.cache_clear()


class RaisingFinder:
    """A finder that cannot list its distributions, at once or after one of them."""

    def __init__(self, *first) -> None:
        self.first = first

    def find_spec(self, *_args):
        """Find no module."""

    def find_distributions(self, _):
        """List what there is and fail."""
        if not self.first:
            raise RuntimeError("no list today")
        return self._listed()

    def _listed(self):
        yield from self.first
        raise RuntimeError("no list today")


@pytest.mark.parametrize("first", [True, False])
def test_a_finder_that_raises_ends_its_own_list_only(site, monkeypatch, first) -> None:
    """A broken finder in front of all others hides no plugin of theirs, and is told of."""
    site.good("zz_good")
    finder = RaisingFinder(*([_Distribution()] if first else []))
    monkeypatch.setattr(sys, "meta_path", [finder, *sys.meta_path])
    catalog = mr.Catalog()
    [message] = skipped(lambda: catalog.compound(UNKNOWN))
    assert "RaisingFinder" in message
    assert "cannot list distributions: RuntimeError: no list today" in message
    assert sorted(each.state for each in catalog.states()) == ["failed", "loaded", "loaded"]


class _Distribution:
    """A distribution that is not a folder and cannot be read at all."""

    @property
    def metadata(self):
        raise OSError("no metadata")

    def read_text(self, _):
        return ""


@pytest.mark.usefixtures("site")
def test_a_distribution_that_is_no_folder_and_cannot_be_read(monkeypatch) -> None:
    """A distribution of which nothing is known is told of as that."""
    unreadable = type("Unreadable", (_Distribution,), {"read_text": lambda *_: 1 / 0})()
    finder = RaisingFinder()
    finder.find_distributions = lambda _: [unreadable]
    monkeypatch.setattr(sys, "meta_path", [finder, *sys.meta_path])
    with pytest.warns(mr.SourceSkippedWarning, match="source 'unknown' of unknown is skipped"):
        mr.Catalog().states()
