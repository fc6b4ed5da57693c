"""Measure the library beside its peers and print one table of ratios (run by ``nox -s bench``).

Everything that is compared is measured in turns in one process, so that a change in the machine's
speed meets both sides; a ratio is taken within each round, and the table gives the median of the
rounds and their quartiles.
"""

from __future__ import annotations

import argparse
import csv
import platform
import re
import statistics
import subprocess
import sys
import warnings
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

import pint

import mineral_ratio as mr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_SALTS = Path(__file__).with_name("salts.csv")


# The first use of the library in a process of its own.
_FIRST_USES = {
    "first look-up": "import mineral_ratio as mr; mr.default_catalog().compound('gypsum')",
    "first mass": "from mineral_ratio import Formula; Formula.parse('MgSO4.7H2O').relative_formula_mass",
}


class Row(NamedTuple):
    """One line of the table: how many times the baseline something takes."""

    measured: str
    baseline: str
    ratios: list[float]
    limit: float | None = None


# The yardstick: the least code that reads elements, counts and brackets, and nothing else.
_TOKEN = re.compile(r"([A-Z][a-z]?)(\d*)|(\()|\)(\d*)")


def minimal_mass(formula: str, masses: Mapping[str, float]) -> float:
    """Relative formula mass of a formula without dots, charges or any check of its spelling."""
    stack: list[dict[str, int]] = [{}]
    for symbol, count, opened, times in _TOKEN.findall(formula):
        if symbol:
            top = stack[-1]
            top[symbol] = top.get(symbol, 0) + int(count or 1)
        elif opened:
            stack.append({})
        else:
            inner = stack.pop()
            top = stack[-1]
            for key, n in inner.items():
                top[key] = top.get(key, 0) + n * int(times or 1)
    return sum(masses[symbol] * n for symbol, n in stack[0].items())


def formula_readers() -> dict[str, Callable[[str], float]]:
    """What turns a formula into its mass: ours, the yardstick, and the peers that are installed."""
    masses = mr.default_weights().masses
    readers: dict[str, Callable[[str], float]] = {
        "minimal scanner": lambda f: minimal_mass(f, masses),
        "mineral_ratio": lambda f: mr.Formula.parse(f).relative_formula_mass,
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            from chemicals.elements import molecular_weight, nested_formula_parser

            readers["chemicals"] = lambda f: molecular_weight(nested_formula_parser(f))
        except ImportError:
            pass
        try:
            from molmass import Formula as Molmass

            readers["molmass"] = lambda f: Molmass(f).mass
        except ImportError:
            pass
        try:
            from chempy import Substance

            readers["chempy"] = lambda f: Substance.from_formula(f).mass
        except ImportError:
            pass
    return readers


def in_turns(tasks: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Seconds that each task takes, one measurement a round, all tasks in every round."""
    for task in tasks.values():
        task()
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            start = perf_counter()
            task()
            times[name].append(perf_counter() - start)
    return times


def rows(
    times: Mapping[str, list[float]], baseline: str, what: str, limits: Mapping[str, float]
) -> Iterable[Row]:
    """The measured times as multiples of the baseline's in the same round."""
    for name, seconds in times.items():
        if name != baseline:
            ratios = [a / b for a, b in zip(seconds, times[baseline], strict=True)]
            yield Row(f"{what}: {name}", baseline, ratios, limits.get(name))


def formulas(rounds: int) -> Iterable[Row]:
    """Parse and mass of 200 salts, nothing cached."""
    with _SALTS.open(encoding="utf-8", newline="") as file:
        salts = [row["formula"] for row in csv.DictReader(file)]
    readers = formula_readers()
    expected = [readers["minimal scanner"](salt) for salt in salts]
    for name, read in readers.items():
        # A peer's weights are of another edition; a mass further off is another formula.
        if any(abs(read(salt) / mass - 1) > 1e-3 for salt, mass in zip(salts, expected, strict=True)):
            sys.exit(f"{name} does not read every formula of {_SALTS.name} as it is meant")
    tasks = {name: (lambda read=read: [read(salt) for salt in salts]) for name, read in readers.items()}
    times = in_turns(tasks, rounds)
    return rows(times, "minimal scanner", f"parse + mass of {len(salts)} salts", {"mineral_ratio": 3.0})


def quantities(rounds: int) -> Iterable[Row]:
    """A quantity in, the elemental quantity out."""
    registry = pint.UnitRegistry()
    milligram = registry.Unit("mg")
    compound = mr.Compound("calcium carbonate", formula="CaCO3")
    mass = registry.Quantity(1000.0, milligram)
    repeat = range(2000)
    tasks: dict[str, Callable[[], object]] = {
        "registry.Quantity(x, Unit)": lambda: [registry.Quantity(1000.0, milligram) for _ in repeat],
        "elemental_mass": lambda: [compound.elemental_mass("Ca", mass) for _ in repeat],
        "quantity times a float": lambda: [mass * 0.4004 for _ in repeat],
    }
    times = in_turns(tasks, rounds)
    return rows(times, "registry.Quantity(x, Unit)", "quantity in and out", {"elemental_mass": 2.5})


def imports(rounds: int) -> Iterable[Row]:
    """What an import, and a first use, add to the start of Python."""

    def start(code: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, "-c", code], check=True)

    tasks = {"bare Python": start("pass")}
    tasks |= {f"import {name}": start(f"import {name}") for name in ("mineral_ratio", "attrs", "pint")}
    tasks |= {name: start(code) for name, code in _FIRST_USES.items()}
    times = in_turns(tasks, rounds)
    uses = {name: times.pop(name) for name in _FIRST_USES} | {"import attrs": times["import attrs"]}
    # What bare Python takes is in both; the rows "net" leave it out, each round by itself.
    net = {
        f"{name}, net": [a - b for a, b in zip(seconds, times["bare Python"], strict=True)]
        for name, seconds in uses.items()
    }
    yield from rows(times, "bare Python", "start", {"import mineral_ratio": 1.5})
    yield from rows(uses, "import attrs", "whole process", {"first look-up": 1.3})
    yield from rows(net, "import attrs, net", "whole process", {})


def table(lines: Iterable[Row]) -> str:
    """The rows as a Markdown table."""
    text = [
        "| measured | times | quartiles | of | at most | reached |",
        "|---|---:|---:|---|---:|---|",
    ]
    for row in lines:
        low, median, high = statistics.quantiles(row.ratios, n=4)
        limit, reached = "", ""
        if row.limit is not None:
            limit, reached = f"{row.limit:g}", "yes" if median <= row.limit else "no"
        cells = [row.measured, f"{median:.2f}", f"{low:.2f} to {high:.2f}", row.baseline, limit, reached]
        text.append(f"| {' | '.join(cells)} |")
    return "\n".join(text)


def versions() -> str:
    """The Python and the packages that were measured, in one line."""
    found = [f"Python {platform.python_version()} ({platform.machine()})"]
    for name in ("mineral_ratio", "pint", "attrs", "chemicals", "chempy", "molmass"):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} not installed")
    return ", ".join(found)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=25, help="measurements of each (default: 25)")
    rounds = parser.parse_args().rounds
    print(versions())
    print()
    print(table([*formulas(rounds), *quantities(rounds), *imports(rounds)]))


if __name__ == "__main__":
    main()
