"""Which source answers, what is loaded to find out, and what the environment leaves out."""

from __future__ import annotations

import builtins
import json
import pickle
import subprocess
import sys
import sysconfig
import threading
import warnings
from pathlib import Path

import pytest

import mineral_ratio as mr
from mineral_ratio.catalog import discovery
from mineral_ratio.catalog.sources import BUNDLED

UNKNOWN = "unobtainium carbonate"
COUNTING = """
import builtins
import mineral_ratio as mr
class Source:
    name = {name!r}
    api_version = 1
    def __iter__(self):
        builtins.p1_passes.append(self.name)
        return iter(RECORDS)
RECORDS = [mr.Compound({compound!r}, formula="CaCO3"), *[mr.Compound("filler", formula="MgO")] * {more}]
SOURCE = Source()
"""


@pytest.fixture(name="passes")
def _passes(monkeypatch) -> list[str]:
    """The names of the counting sources that were iterated over, one for each time."""
    passes: list[str] = []
    monkeypatch.setattr(builtins, "p1_passes", passes, raising=False)
    return passes


@pytest.fixture(name="scans")
def _scans(monkeypatch) -> list[int]:
    """Grows by one whenever the installed distributions are walked."""
    scans: list[int] = []
    walk = discovery.plugins

    def counted(group=discovery.GROUP):
        scans.append(1)
        return walk(group)

    monkeypatch.setattr(discovery, "plugins", counted)
    return scans


def test_a_bundled_hit_looks_for_no_plugin(site, scans) -> None:
    """Where the bundled source has the name, nothing is walked and no plugin is imported."""
    site.plugin("slow_one", "raise AssertionError('this was imported')")
    catalog = mr.Catalog()
    for name in ("calcium carbonate", "471-34-1", "CaCO3", "epsom salt"):
        assert catalog.compound(name)
    with pytest.raises(mr.AmbiguousNameError):
        catalog.compound("calcium citrate")
    assert scans == []
    assert "slow_one" not in sys.modules


def test_a_large_plugin_costs_a_bundled_hit_nothing(site, passes) -> None:
    """100,000 records are neither built nor passed over for a hit in the bundled source."""
    site.plugin("large", COUNTING.format(name="large", compound=UNKNOWN, more=99_999))
    catalog = mr.Catalog()
    assert catalog.compound("calcium carbonate")
    assert "large" not in sys.modules
    assert passes == []
    assert catalog.compound(UNKNOWN)
    assert passes == ["large"]
    assert catalog.compound("calcium carbonate")
    assert catalog.states()[1].records == 100_000
    assert passes == ["large"]


def test_a_plugin_is_loaded_when_it_is_reached_and_once(site, passes) -> None:
    """A look-up loads plugins up to the one that answers, and each of them once."""
    for name in ("a_one", "b_two", "c_three"):
        site.plugin(name, COUNTING.format(name=name, compound=f"compound of {name}", more=0))
    catalog = mr.Catalog()
    for _ in range(2):
        assert catalog.compound("compound of b_two")
    assert passes == ["a_one", "b_two"]
    assert "c_three" not in sys.modules
    assert [each.state for each in catalog.states()] == ["loaded"] * 4
    assert passes == ["a_one", "b_two", "c_three"]


@pytest.mark.parametrize("installed", [True, False])
def test_distributions_are_walked_once(site, scans, installed) -> None:
    """However many names are missed, the walk is not repeated, even where it found no plugin."""
    if installed:
        site.good("zz_good")
    catalog = mr.Catalog()
    for name in ("no such thing", "nor this", "calcium karbonate"):
        with pytest.raises(mr.NotFoundError):
            catalog.compound(name)
    catalog.find("gypsum")
    catalog.states()
    assert scans == [1]


def test_order_is_given_then_bundled_then_plugins_by_distribution(site) -> None:
    """The first source with the exact name answers: given, bundled, then plugins sorted by distribution."""
    for name in ("Zeta", "beta", "Alpha"):
        site.good(name, f"compound of {name}")
    site.module("two", "from zeta_two import SOURCE")
    given = mr.StaticSource("mine", [mr.Compound("epsom salt", formula="MgSO4")])
    catalog = mr.default_catalog().with_source(given)
    assert [each.name for each in catalog.states()] == ["mine", "mineral_ratio", "Alpha", "beta", "Zeta"]
    assert str(catalog.compound("epsom salt").formula) == "MgSO4"
    assert mr.Catalog().compound("epsom salt").water == 7


def test_plugins_of_one_distribution_are_sorted_by_name(site) -> None:
    """Several entry points of one distribution are asked in the order of their names."""
    for name in ("second", "first"):
        site.module(name, f"import mineral_ratio as mr\nSOURCE = mr.StaticSource('{name}', ())")
    site.distribution(
        "both",
        "[mineral_ratio.compounds]\nb_second = second:SOURCE\na_first = first:SOURCE\n[other]\nx = y\n",
    )
    assert [each.name for each in mr.Catalog().states()[1:]] == ["first", "second"]


def test_ambiguity_arises_in_one_source_only(site) -> None:
    """Two sources that both know a name are no ambiguity; two records of the first one are."""
    site.good("plugin", "calcium carbonate", "CaO")
    assert str(mr.Catalog().compound("calcium carbonate").formula) == "CaCO3"
    twice = mr.StaticSource(
        "twice",
        [
            mr.Compound("x1", formula="CaO", synonyms="exium"),
            mr.Compound("x2", formula="MgO", synonyms="exium"),
        ],
    )
    with pytest.raises(mr.AmbiguousNameError) as caught:
        mr.Catalog((twice, BUNDLED)).compound("exium")
    assert len(caught.value.candidates) == 2


def test_a_conflicting_composition_is_shown(site) -> None:
    """Another composition under a name, synonym or CAS number of an earlier source is a conflict."""
    site.plugin(
        "wrong",
        "import mineral_ratio as mr\n"
        "SOURCE = mr.StaticSource('wrong', [\n"
        "    mr.Compound('Calcium Carbonate', formula='CaC2O3'),\n"
        "    mr.Compound('plaster', formula='CaSO4', synonyms='gypsum'),\n"
        "    mr.Compound('chalk powder', formula='CaO', cas='471-34-1'),\n"
        "    mr.Compound('magnesium oxide', formula='OMg'),\n"
        "    mr.Compound('calcium citrate', ions='3 Ca2+, 2 citrate', water=4),\n"
        "])",
    )
    catalog = mr.Catalog()
    assert catalog.states()[1].conflicting == ("Calcium Carbonate", "gypsum", "471-34-1")
    origins = {str(each.formula): each.origin for each in catalog.find("calcium carbonate")[:2]}
    assert origins == {"CaCO3": "mineral_ratio", "CaC2O3": "wrong, conflicting with mineral_ratio"}
    assert "wrong, conflicting with mineral_ratio" in [
        each.origin for each in catalog.find("plaster") if isinstance(each, mr.Compound)
    ]
    # What a look-up gives is not marked: it has not been compared with anything.
    assert catalog.compound("calcium carbonate").origin == ""


class Asked:
    """A source that answers look-ups and cannot be read whole."""

    name = "asked"
    api_version = 1

    def __init__(self) -> None:
        self.names: list[str] = []

    def __iter__(self):
        raise AssertionError("this source was iterated over")

    def __len__(self) -> int:
        return 71_000

    def lookup(self, name: str):
        """One compound."""
        self.names.append(name)
        return [mr.Compound(UNKNOWN, formula="CaCO3")] if name == UNKNOWN else []


def test_a_source_that_answers_look_ups_is_never_iterated_over() -> None:
    """Look-ups, misses, suggestions, listing and states ask it by name only, and it says how many it has."""
    source = Asked()
    catalog = mr.Catalog((source, BUNDLED), plugins=False)
    assert catalog.compound(UNKNOWN).name == UNKNOWN
    with pytest.raises(mr.NotFoundError):
        catalog.compound("calcium karbonate")
    assert catalog.find(UNKNOWN)
    assert len(list(catalog)) == len(list(BUNDLED))
    assert catalog.states()[0].records == 71_000
    assert source.names[0] == UNKNOWN


def test_a_count_that_fails_is_a_failure_of_the_source(site) -> None:
    """A source that cannot say how many records it has is reported as failed, and stops nothing."""
    site.plugin(
        "uncounted",
        "class Source:\n    name = 'uncounted'\n    api_version = 1\n"
        "    __iter__ = lambda self: iter(())\n    lookup = lambda self, name: ()\n"
        "    __len__ = lambda self: 1 / 0\nSOURCE = Source()",
    )
    with pytest.warns(mr.SourceSkippedWarning, match="ZeroDivisionError"):
        _, state = mr.Catalog().states()
    assert (state.state, state.records) == ("failed", None)


def test_no_plugins_at_all(site, monkeypatch, scans) -> None:
    """Neither the environment's word nor a catalogue without plugins lets any be loaded."""
    site.good("zz_good")
    with pytest.raises(mr.NotFoundError):
        mr.Catalog(plugins=False).compound(UNKNOWN)
    assert scans == []
    monkeypatch.setenv("MINERAL_RATIO_NO_PLUGINS", "1")
    with pytest.raises(mr.NotFoundError):
        mr.Catalog().compound(UNKNOWN)
    assert "zz_good" not in sys.modules
    assert len(mr.Catalog().states()) == 1
    for off in ("", "0"):
        monkeypatch.setenv("MINERAL_RATIO_NO_PLUGINS", off)
        assert len(mr.Catalog().states()) == 2


@pytest.mark.parametrize("named", ["Some.Plugin", "some_plugin", " other , THE_ENTRY,", "the-entry"])
def test_a_disabled_plugin_is_left_out(site, monkeypatch, named) -> None:
    """A distribution or entry point on the list is not imported; the states show it as disabled."""
    site.module("off", "raise AssertionError('this was imported')")
    site.distribution("some-plugin", "[mineral_ratio.compounds]\nthe_entry = off:SOURCE\n")
    site.good("zz_good")
    monkeypatch.setenv("MINERAL_RATIO_DISABLED_PLUGINS", named)
    catalog = mr.Catalog(strict=True)
    assert catalog.compound(UNKNOWN)
    state = catalog.states()[1]
    assert (state.name, state.state, state.seconds) == ("the_entry", "disabled", None)
    assert state.reason == "left out by the environment"


@pytest.mark.parametrize("named", ["", ",", " , "])
def test_an_empty_list_disables_nothing(site, monkeypatch, named) -> None:
    """Commas without a name leave nothing out, not even a plugin without an entry point's name."""
    site.distribution("malformed", "[mineral_ratio.compounds]\nthis is no entry point\n")
    monkeypatch.setenv("MINERAL_RATIO_DISABLED_PLUGINS", named)
    with pytest.warns(mr.SourceSkippedWarning):
        assert mr.Catalog().states()[1].state == "failed"


def test_threads_at_first_use(site, passes) -> None:
    """16 threads that all need the plugins at once load each once, get the same, and are told once."""
    site.plugin("counted", COUNTING.format(name="counted", compound=UNKNOWN, more=0))
    site.plugin("broken", "raise RuntimeError('no')")
    catalog = mr.Catalog()
    barrier = threading.Barrier(16)
    found: list[mr.Compound] = []

    def look() -> None:
        barrier.wait(timeout=30)
        found.append(catalog.compound("epsom salt"))
        found.append(catalog.compound(UNKNOWN))

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        threads = [threading.Thread(target=look) for _ in range(16)]
        for each in threads:
            each.start()
        for each in threads:
            each.join(timeout=60)
    assert len(found) == 32
    assert len(set(found)) == 2
    assert passes == ["counted"]
    assert [each.category for each in caught] == [mr.SourceSkippedWarning]


def test_a_catalogue_pickles_after_use(site) -> None:
    """What was loaded stays behind; the copy has the same sources and finds the same."""
    site.good("zz_good")
    mine = mr.StaticSource("mine", [mr.Compound("mine", formula="CaO")])
    catalog = mr.Catalog((mine, BUNDLED), strict=True)
    assert catalog.compound(UNKNOWN)
    assert catalog.compound("gypsum")
    copy = pickle.loads(pickle.dumps(catalog))
    assert copy == catalog
    assert copy.sources[1] is BUNDLED
    assert copy.strict
    assert copy.compound("mine").name == "mine"
    assert copy.compound(UNKNOWN).name == UNKNOWN


# No site, so none of the hooks that tools put there.
LAZY = f"""
import json, sys
sys.path[:0] = {[str(Path(mr.__file__).parents[1]), sysconfig.get_path("purelib")]!r}
import mineral_ratio
first = sorted(sys.modules)
compound = mineral_ratio.default_catalog().compound("calcium carbonate")
assert compound.mass_fraction("Ca") > 0.4
print(json.dumps([first, sorted(sys.modules)]))
"""


def test_a_bundled_hit_imports_neither_pint_nor_importlib_metadata() -> None:
    """A fresh process that looks up a bundled compound pays for no unit library and no discovery."""
    run = subprocess.run([sys.executable, "-I", "-S", "-c", LAZY], capture_output=True, text=True, check=True)
    first, then = json.loads(run.stdout)
    for module in ("pint", "importlib_metadata", "mineral_ratio.catalog.discovery"):
        assert module not in first
    for module in ("pint", "numpy", "importlib_metadata", "importlib.resources", "tomllib"):
        assert module not in then
