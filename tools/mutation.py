"""Mutation tests of substances and checks: change the code, one place at a time, and see that a test fails.

    python tools/mutation.py                 every change, from the start
    python tools/mutation.py --again         only what lived in the last run, and functions changed since
    python tools/mutation.py --report        no tests: write down what the last run found

What lived is written to ``tools/mutation_survivors.csv``, one row a change; there a person gives it its
reason. From both the page ``docs/explanation/mutation.md`` is made. The exit code is 1 where too few died, or
a reason is missing.

mutmut leaves a function with a decorator alone, and many of ours are properties or cached. So it works on a
copy (``build/mutation``) in which ``@property`` above ``def x`` is written as ``x = property(x)`` under it.
"""

from __future__ import annotations

import ast
import csv
import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
WORK = ROOT / "build" / "mutation"
PACKAGE = Path("src", "mineral_ratio")
ROOMS = ("substances", "checks")
COPIED = ("src", "tests", "examples", "pyproject.toml")
DECORATORS = {"property", "cache", "functools.cache", "cached_property"}
SURVIVORS = ROOT / "tools" / "mutation_survivors.csv"
PAGE = ROOT / "docs" / "explanation" / "mutation.md"
# The percentage of the changes that have to make a test fail.
REACH = 90.0
# What the exit code of the tests says of a change; all others (failed, or stopped by a signal) are a death.
LIVED, UNREACHED = (0,), (5, 33)
LATE = (-24, 24, 36, 152, 255)
REASONS = {
    "equivalent": "nothing that can be given to the library tells the two apart",
    "types": "the change is in what only type checkers read, such as the first argument of `cast`",
    "speed": "the result is the same, found later or kept twice",
    "wording": "a word or a field of a message; the tests hold what it has to name, not each word",
    "look": "how a page or a picture looks: styles, sizes, places; looked at by eye when they change",
    "gap": "a test could tell the two apart, and none does yet",
}
TEMPLATE = """\
# Mutation tests

A test that cannot fail holds nothing. So the code of `substances` and `checks`, where the figures and the
verdicts come from, is changed on purpose, one place at a time: a `<` to `<=`, a `+` to `-`, a value to
`None`, an argument left out, a text to another. The tests are run against each change. A change that
makes no test fail has *lived*: either it changes nothing that matters, or a test is missing.

`nox -s mutation` does that with [mutmut](https://mutmut.readthedocs.io) {mutmut} and writes this page.
It takes an estimated hour on two quiet cores. Last run: {day}, Python {python}.

## How many died

{untried}**{share:.1f} %** of {total} changes made a test fail; the aim is {reach:.0f} %. *Late* are
those that did so by not ending in ten times the usual time; they count as dead. A change that no test
reaches counts as one that lived.

{table}

Not changed are the constants of the modules (tables and regular expressions), the defaults of attributes,
and decorators other than that of a property, a class method or a cache. For each change at most {tests} of
the tests that reach its function are run, those first that reach the fewest others; what lives through
these is tried with at most {more} from all files. The property tests draw 15 examples each. So a few that
lived would be found by a test that was not run.

## What lived, and why

{reasons}

{grid}

Each of them stands with its reason in `tools/mutation_survivors.csv`.
"""


class Change(NamedTuple):
    """One change of one function, and what the tests said of it."""

    module: str
    function: str
    was: str
    became: str
    code: int | None


def main() -> int:
    """Lay out, run and report, as the arguments say."""
    arguments = sys.argv[1:]
    if "--report" not in arguments:
        if "--again" not in arguments:
            shutil.rmtree(WORK, ignore_errors=True)
        _lay_out()
        (WORK / "mutants" / "mutmut-stats.json").unlink(missing_ok=True)  # which test reaches what
        _run()
        _take_more_tests()
        _run()
    return _report()


def _run() -> None:
    """Let mutmut try every change that it does not know to be found, also what lived before."""
    for path, noted in _results():
        codes = noted["exit_code_by_key"]
        noted["exit_code_by_key"] = {
            name: None if code in LIVED + UNREACHED else code for name, code in codes.items()
        }
        path.write_text(json.dumps(noted), encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT / "tools"), "HYPOTHESIS_PROFILE": "mutation"}
    subprocess.run([Path(sys.executable).with_name("mutmut"), "run"], cwd=WORK, env=environment, check=True)


def _take_more_tests() -> None:
    """Give every function its tests of the second round."""
    from mutation_plugin import MORE

    notes = WORK / "mutants" / "mutmut-stats.json"
    noted = json.loads(notes.read_text(encoding="utf-8"))
    noted["tests_by_mangled_function_name"] = json.loads((notes.parent / MORE).read_text(encoding="utf-8"))
    notes.write_text(json.dumps(noted), encoding="utf-8")


def _lay_out() -> None:
    """Copy what the tests need; a file that is the same keeps its time, by which mutmut goes."""
    for name in COPIED:
        top = ROOT / name
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.is_dir() or "__pycache__" in path.parts:
                continue
            content = path.read_bytes()
            if path.parent.parent == ROOT / PACKAGE and path.parent.name in ROOMS and path.suffix == ".py":
                content = _undecorated(content.decode()).encode()
            target = WORK / path.relative_to(ROOT)
            if not target.exists() or target.read_bytes() != content:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
                # A module that it does not change is copied by mutmut where it is missing only.
                if path.parent.name not in ROOMS:
                    (WORK / "mutants" / path.relative_to(ROOT)).unlink(missing_ok=True)


def _undecorated(source: str) -> str:
    """A module's text with ``x = property(x)`` under a function for ``@property`` above it."""
    lines = source.splitlines(keepends=True)
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef) or len(node.decorator_list) != 1 or node.end_lineno is None:
            continue
        decorator = ast.unparse(node.decorator_list[0])
        if decorator in DECORATORS:
            lines[node.decorator_list[0].lineno - 1] = "\n"
            lines[node.end_lineno - 1] += f"{' ' * node.col_offset}{node.name} = {decorator}({node.name})\n"
    return "".join(lines)


def _results() -> Iterator[tuple[Path, dict[str, Any]]]:
    """What mutmut noted of each module."""
    for room in ROOMS:
        for path in sorted((WORK / "mutants" / PACKAGE / room).glob("*.meta")):
            yield path, json.loads(path.read_text(encoding="utf-8"))


def _changes() -> Iterator[Change]:
    """Every change that mutmut made, in the order of the code."""
    from mutmut.mutation.diff_apply import get_diff_for_mutant
    from mutmut.utils.format_utils import orig_function_and_class_names_from_key as names_in

    for path, noted in _results():
        source = path.relative_to(WORK / "mutants").with_suffix("")
        module = f"{source.parent.name}.{source.stem}"
        for key, code in noted["exit_code_by_key"].items():
            function = ".".join(name for name in reversed(names_in(key)) if name)
            # Two lines name the file, the third the place in it.
            diff = get_diff_for_mutant(key, path=source).split("\n")[3:] if code in LIVED + UNREACHED else []
            was, became = (" ".join(line[1:].strip() for line in diff if line[0] == sign) for sign in "-+")
            yield Change(module, function, was, became, code)


def _report() -> int:
    """Write the survivors with the reasons that are known, and the page; print the numbers."""
    os.chdir(WORK)  # mutmut reads its notes from there
    every = list(_changes())
    changes = [change for change in every if change.code is not None]
    lived = [change for change in changes if change.code in LIVED + UNREACHED]
    known: dict[tuple[str, ...], str] = {}
    if SURVIVORS.exists():
        with SURVIVORS.open(encoding="utf-8", newline="") as file:
            known = {tuple(row[:4]): row[4] for row in csv.reader(file)}
    reasons = [known.get(change[:4], "") for change in lived]
    with SURVIVORS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["module", "function", "was", "became", "reason"])
        writer.writerows([*change[:4], reason] for change, reason in zip(lived, reasons, strict=True))
    share = 100.0 * (len(changes) - len(lived)) / len(changes)
    counts = Counter((change.module, reason) for change, reason in zip(lived, reasons, strict=True))
    table = _numbers(changes)
    untried = len(every) - len(changes)
    _write_page(table, share, len(changes), untried, counts)
    unexplained = sum(reason not in REASONS for reason in reasons)
    print(table)
    print(f"{share:.1f} % of {len(changes)} died, {untried} were not tried")
    print(f"{unexplained} of the {len(lived)} that lived have no reason")
    return int(share < REACH or unexplained > 0 or untried > 0)


def _numbers(changes: list[Change]) -> str:
    """The table of the modules."""
    lines = ["| Module | changed | died | late | lived | of these reached by no test | died, % |"]
    lines.append("| --- |" + " ---: |" * 6)
    for module in [*dict.fromkeys(change.module for change in changes), "all"]:
        codes = [change.code for change in changes if module in (change.module, "all")]
        lived = sum(code in LIVED + UNREACHED for code in codes)
        late, unreached = (sum(code in group for code in codes) for group in (LATE, UNREACHED))
        died = len(codes) - lived
        figures = (len(codes), died - late, late, lived, unreached, f"{100.0 * died / len(codes):.1f}")
        lines.append(_row(module, *figures))
    return "\n".join(lines)


def _write_page(table: str, share: float, total: int, untried: int, counts: Counter[tuple[str, str]]) -> None:
    """Fill the page in."""
    from mutation_plugin import MORE_TESTS, TESTS

    modules = list(dict.fromkeys(module for module, _ in counts))
    sums = {reason: sum(counts[module, reason] for module in modules) for reason in REASONS}
    grid = ["| Module | " + " | ".join(REASONS) + " |", "| --- |" + " ---: |" * len(REASONS)]
    grid += [_row(module, *(counts[module, reason] or "" for reason in REASONS)) for module in modules]
    filled = TEMPLATE.format(
        mutmut=version("mutmut"),
        day=time.strftime("%d %B %Y", time.gmtime()),
        python=".".join(map(str, sys.version_info[:3])),
        share=share,
        total=total,
        untried=f"The run was stopped: {total} of {total + untried} changes were tried. " if untried else "",
        reach=REACH,
        table=table,
        tests=TESTS,
        more=MORE_TESTS,
        reasons="\n".join(f"- **{reason}** ({sums[reason]}): {told}." for reason, told in REASONS.items()),
        grid="\n".join([*grid, _row("all", *sums.values())]),
    )
    PAGE.write_text(filled, encoding="utf-8")


def _row(module: str, *figures: object) -> str:
    name = module if module == "all" else f"`{module}`"
    return f"| {name} | " + " | ".join(map(str, figures)) + " |"


if __name__ == "__main__":
    sys.exit(main())
