"""Look-ups: names that are found, beside few records and many, and a name that is not."""

from __future__ import annotations

from contextlib import suppress
from difflib import get_close_matches
from itertools import cycle, islice
from typing import TYPE_CHECKING

from formulas import salts
from measure import Limit, against, in_turns

import mineral_ratio as mr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from measure import Row, Task

    Records = Sequence[mr.Compound]

_FEW, _MANY = 10, 100_000
_MISSPELT = "calcum citrat tetrahydrate"
_DICT, _DIFFLIB = "a dict of the names", "difflib over the names"


def rows(rounds: int) -> Iterator[Row]:
    """In one process that has looked up before."""
    # What takes seconds is measured less often.
    slow = max(3, rounds // 5)
    bundled, records = mr.Catalog(plugins=False), _records()
    beside = _beside(bundled, records)
    yield from _thousand(bundled, rounds)
    yield from _growth(bundled, beside, records, rounds)
    yield from _opening(bundled, records, slow)
    names = [name for each in bundled for name in (each.name, *each.synonyms)]
    yield from _misses(bundled, names, rounds)
    yield from _misses(beside, names + [each.name for each in records], slow)


def _records() -> Records:
    """Compounds of the salts' formulas under names that differ in a number."""
    pairs = [(name, mr.Formula.parse(text)) for name, text in salts()]
    return [
        mr.Compound(f"{name} grade {number}", formula=formula)
        for number, (name, formula) in enumerate(islice(cycle(pairs), _MANY))
    ]


def _beside(catalog: mr.Catalog, records: Records) -> mr.Catalog:
    """A catalogue that looks into a source of these records before its own."""
    return catalog.with_source(mr.StaticSource("records", records))


def _thousand(catalog: mr.Catalog, rounds: int) -> Iterator[Row]:
    names = list(islice(cycle([each.name for each in catalog]), 1000))
    table = {each.name.lower(): each for each in catalog}
    tasks: dict[str, Task] = {
        _DICT: lambda: [table[name.lower()] for name in names],
        "catalog.substance": lambda: [catalog.substance(name) for name in names],
    }
    times = in_turns(tasks, rounds)
    yield from against("a thousand look-ups", times, _DICT, {"catalog.substance": None})


def _growth(bundled: mr.Catalog, beside: mr.Catalog, records: Records, rounds: int) -> Iterator[Row]:
    few, own = _beside(bundled, records[:_FEW]), records[_MANY // 2].name
    alone, beside_few, beside_many, found = (
        "bundled name",
        f"bundled name beside {_FEW} records",
        f"bundled name beside {_MANY:,} records",
        f"name of one of {_MANY:,} records",
    )
    tasks: dict[str, Task] = {
        alone: lambda: bundled.compound("gypsum"),
        beside_few: lambda: few.compound("gypsum"),
        beside_many: lambda: beside.compound("gypsum"),
        found: lambda: beside.compound(own),
    }
    times = in_turns(tasks, rounds)
    yield from against("a look-up", times, alone, {found: None, beside_few: None})
    yield from against("a look-up", times, beside_few, {beside_many: Limit(1.2)})


def _opening(bundled: mr.Catalog, records: Records, rounds: int) -> Iterator[Row]:
    """What a source costs once: the dict is not made to be compared with, but to have a measure."""
    made, found, missed = f"making {_DICT}", "the first look-up", "the first miss"
    tasks: dict[str, Task] = {
        made: lambda: {each.name.lower(): each for each in records},
        found: lambda: _beside(bundled, records).compound(records[0].name),
        missed: lambda: _miss(_beside(bundled, records)),
    }
    times = in_turns(tasks, rounds)
    yield from against(f"a new source of {_MANY:,} records", times, made, {found: None, missed: None})


def _misses(catalog: mr.Catalog, names: list[str], rounds: int) -> Iterator[Row]:
    missed = "NotFoundError with suggestions"
    tasks: dict[str, Task] = {
        _DIFFLIB: lambda: get_close_matches(_MISSPELT, names),
        missed: lambda: _miss(catalog),
    }
    times = in_turns(tasks, rounds)
    yield from against(f"a later miss among {len(names):,} names", times, _DIFFLIB, {missed: None})


def _miss(catalog: mr.Catalog) -> None:
    with suppress(mr.NotFoundError):
        catalog.substance(_MISSPELT)
