"""Plugins that many threads need at once: each is loaded once, and one that fails is told of once."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import mineral_ratio as mr
from mineral_ratio.checks.sources import RecordGroup
from threads.jobs import at_once

if TYPE_CHECKING:
    from discovery.conftest import Site

# Tells how often it was read.
COUNTED = """
import mineral_ratio as mr

class Source:
    name = {name!r}
    api_version = 1

    def __iter__(self):
        LOADED.append(1)
        if {fails}:
            raise RuntimeError("no database")
        yield {record}

LOADED = []
SOURCE = Source()
"""
RECORD = "mr.Compound('unobtainium carbonate', formula='CaCO3', citations='a test')"
RULE = "mr.RatioRule('ours', 'Na', 'K', 'mass', upper=1.0, scope='diet', evidence='low', citation='ours')"


def test_a_plugin_is_loaded_once_by_many_threads(site: Site) -> None:
    """All threads find what one thread finds; the plugin that works and the one that fails are read once."""
    for name, fails in (("counted_a", False), ("counted_b", True)):
        site.plugin(name, COUNTED.format(name=name, fails=fails, record=RECORD))
    catalog = mr.Catalog()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        answers = at_once(lambda: [catalog.compound("unobtainium carbonate"), catalog.states()], 16)
    alone = [catalog.compound("unobtainium carbonate"), catalog.states()]
    assert answers == [alone] * 16
    assert [__import__(name).LOADED for name in ("counted_a", "counted_b")] == [[1], [1]]
    assert len([each for each in caught if each.category is mr.SourceSkippedWarning]) == 1


def test_the_rules_of_a_plugin_are_read_once_by_many_threads(site: Site) -> None:
    """All threads get one object for each record."""
    site.module("counted_c", COUNTED.format(name="counted_c", fails=False, record=RULE))
    site.distribution("counted-c", "[mineral_ratio.rules]\ncounted_c = counted_c:SOURCE\n")
    group = RecordGroup("mineral_ratio.rules", mr.RatioRule)
    answers = at_once(lambda: [id(each) for each in group.records()], 16)
    assert answers == [answers[0]] * 16
    assert len(__import__("counted_c").LOADED) == len(answers[0]) == 1
