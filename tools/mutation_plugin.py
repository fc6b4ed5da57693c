"""What pytest needs for mutation tests: nothing worked out before a change is in force, no test too many.

Loaded by ``tools/mutation.py``; it has no part in an ordinary run. mutmut forks a process that has imported
the tests and run them once, so that figures kept there would hide what a change does.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from mutmut.mutation import trampoline
from mutmut.state import state

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

# What is run at most for a change, of the tests that reach its function: so many, and so many seconds of them
# in the recording run, which takes several times as long as another. First those that are most its own, from
# so many files; in the second round, for what has lived, those of all files in turn, the broadest first.
TESTS, SECONDS, FILES = 50, 2.0, 4
MORE_TESTS, MORE_SECONDS = 400, 20.0
MORE = Path("more-tests.json")

_look_up = trampoline.get_mutant_under_test
# The functions that are reached when a file of tests is imported, for its parameters and constants.
_at_import: dict[str, set[str]] = {}


def _recording() -> bool:
    """Whether this is the run in which mutmut notes which functions a test reaches."""
    return os.environ.get("MUTANT_UNDER_TEST") == "stats"


def _forget() -> None:
    """Empty every cache of the library."""
    for name, module in list(sys.modules.items()):
        if name.startswith("mineral_ratio"):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def pytest_sessionstart() -> None:
    """Let the files of tests be imported again; look up which change is in force once, not at each call."""
    under_test = _look_up()
    trampoline.get_mutant_under_test = lambda: under_test
    _forget()
    for name in [name for name in sys.modules if name.startswith("tests.")]:
        del sys.modules[name]


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, object, object]:
    """Note what importing a file of tests reaches."""
    state()._stats.clear()
    report = yield
    if isinstance(collector, pytest.Module):
        _at_import[collector.nodeid] = set(state()._stats)
    state()._stats.clear()
    return report


def pytest_runtest_setup() -> None:
    """While it is noted what a test reaches, let each test start from nothing."""
    if _recording():
        _forget()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish() -> None:
    """Choose the tests of each function, and keep those of the second round aside."""
    if not _recording():
        return
    reached, seconds = state().tests_by_mangled_function_name, state().duration_by_test
    # What is reached when a file is imported, by a few of its tests: all of them stop at an error there.
    for file, functions in _at_import.items():
        few = sorted((test for test in seconds if _file(test) == file), key=lambda test: seconds[test])[:2]
        for function in functions:
            reached[function].update(few)
    breadth = Counter(test for tests in reached.values() for test in tests)
    more: dict[str, list[str]] = {}
    for function, tests in reached.items():
        ranked = sorted(tests, key=lambda test: (breadth[test], seconds[test], test))
        files = list(dict.fromkeys(map(_file, ranked)))[:FILES]
        more[function] = _first(_in_turn(ranked[::-1]), seconds, MORE_TESTS, MORE_SECONDS)
        tests.clear()
        tests.update(_first([test for test in ranked if _file(test) in files], seconds, TESTS, SECONDS))
    MORE.write_text(json.dumps(more), encoding="utf-8")


def _in_turn(tests: list[str]) -> list[str]:
    """The tests in another order: one of each file, then another of each, and so on."""
    turn: Counter[str] = Counter()
    order = []
    for place, test in enumerate(tests):
        turn[_file(test)] += 1
        order.append((turn[_file(test)], place, test))
    return [test for _, _, test in sorted(order)]


def _first(tests: list[str], seconds: Mapping[str, float], most: int, longest: float) -> list[str]:
    """The first tests that are not too many and do not take too long, each and together; one at least."""
    quick = [test for test in tests if seconds[test] <= longest / 10.0][:most] or tests[:1]
    spent = accumulate(seconds[test] for test in quick)
    return [test for test, so_far in zip(quick, spent, strict=True) if so_far <= longest or test == quick[0]]


def _file(test: str) -> str:
    return test.partition("::")[0]
