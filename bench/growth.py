"""Measure how the time of every door grows with hostile input of 1 to 10 kB.

Run by ``nox -s fuzz``, which writes the table into the docs. Each figure is the least processor time of some
runs. Where the time is linear, the growth from 5 to 10 kB is 2; it is less where a door looks at no more
than the beginning.
"""

from __future__ import annotations

import argparse
import gc
import json
import platform
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import page

import mineral_ratio as mr

SIZES = (1_000, 2_500, 5_000, 10_000)
RUNS = 9
PAGE = page.PAGE.with_name("fuzzing.md")

Door: TypeAlias = Callable[[str], object]


def repeated(piece: str, before: str = "", after: str = "") -> Callable[[int], str]:
    """Texts of a size that are made of one piece."""
    return lambda size: before + piece * ((size - len(before) - len(after)) // len(piece)) + after


def brackets(size: int) -> str:
    """Brackets in brackets, each pair with a count."""
    pairs = (size - 3) // 3
    return "(" * pairs + "H2O" + ")2" * pairs


def rows(header: str, row: str) -> Callable[[int], str]:
    """Tables with as many rows as fit."""
    return lambda size: header + "".join(row.format(n) for n in range((size - len(header)) // len(row)))


def listed(size: int) -> str:
    """JSON records."""
    items = (json.dumps({"name": f"c{n}", "formula": "CaCO3"}) for n in range(size // 40))
    return f'{{"compounds": [{", ".join(items)}]}}'


def of_file(name: str, read: Callable[[Path], object]) -> Door:
    """A door that reads a text as a file."""
    folder = Path(tempfile.mkdtemp())

    def door(text: str) -> object:
        path = folder / name
        path.write_text(text, encoding="utf-8")
        return read(path)

    return door


def weighed(text: str) -> object:
    """An ingredient of which there is so much."""
    return mr.Ingredient(CHALK, text)


def of_ions(text: str) -> object:
    """A compound of ions."""
    return mr.Compound("drawn", ions=text)


def records(path: Path) -> object:
    """The records of a file of compounds."""
    return list(mr.FileSource(path))


CATALOG = mr.Catalog(plugins=False)
CHALK = CATALOG.compound("CaCO3")
FORMULA, NAME, CONTENT = mr.Formula.parse, CATALOG.compound, mr.Range.parse
PRODUCT = of_file("product.toml", mr.Product.from_file)
CSV, TOML, JSON = (of_file(f"records.{kind}", records) for kind in ("csv", "toml", "json"))
AUDIT = of_file("table.csv", mr.audit_file)
INGREDIENTS = '[[ingredients]]\ncompound = "CaCO3"\nmass = "1 g"\n'
FAMILIES: list[tuple[str, Door, Callable[[int], str]]] = [
    ("formula: open brackets", FORMULA, repeated("(")),
    ("formula: nested brackets with counts", FORMULA, brackets),
    ("formula: small brackets", FORMULA, repeated("(OH)2")),
    ("formula: digits", FORMULA, repeated("9", "H")),
    ("formula: dots that may be decimal", FORMULA, repeated("CaO2.2")),
    ("formula: parts", FORMULA, repeated("H·", after="H")),
    ("formula: spaced elements", FORMULA, repeated("H ", after="H")),
    ("formula: symbols of organic groups", FORMULA, repeated("AcNa")),
    ("formula: plus and minus", FORMULA, repeated("+-", "H")),
    ("formula: garbage at the end", FORMULA, repeated("H", after="é")),
    ("formula: tags", FORMULA, repeated("H<sub>2</sub>")),
    ("name: one long word", NAME, repeated("x")),
    ("name: many words", NAME, repeated("calcium ")),
    ("name: many near words", NAME, repeated("di-hydrat of magnesum ")),
    ("name: digits and hyphens", NAME, repeated("7-")),
    ("name: brackets", NAME, repeated("(II) ")),
    ("ions: many", of_ions, repeated("1 Ca2+, 2 Cl-, ")),
    ("ions: no such ion", mr.ion, repeated("1-")),
    ("analyte: as as", mr.analyte, repeated("as ")),
    ("amount: digits", weighed, repeated("9", after=" mg")),
    ("amount: groups of digits", weighed, repeated(",000", "1", " mg")),
    ("amount: spaces", weighed, repeated(" ", "1", "mg")),
    ("amount: a long unit", weighed, repeated("m", "1 ")),
    ("content: to to", CONTENT, repeated("1 to ")),
    ("content: digits", CONTENT, repeated("9", "1 to ")),
    ("content: spaces", CONTENT, repeated(" ", "1", "to")),
    ("product: ingredients", PRODUCT, repeated(INGREDIENTS, 'name = "p"\n')),
    ("product: a deep array", PRODUCT, repeated("[", "name = ")),
    ("product: deep tables", PRODUCT, repeated("a.", "[", "a]")),
    ("product: a long text", PRODUCT, repeated("x", 'name = "', '"')),
    ("product: garbage", PRODUCT, repeated("é=\x7f")),
    ("CSV records: good rows", CSV, rows("name,formula\n", "c{},CaCO3\n")),
    ("CSV records: bad rows", CSV, rows("name,formula\n", "c{},CaXx3\n")),
    ("CSV records: quotes", CSV, repeated('"a","', "name,formula\n")),
    ("CSV records: columns", CSV, repeated("a,", "name,")),
    ("TOML records: empty lines", TOML, repeated("\n")),
    ("TOML records", TOML, rows("", '[[compounds]]\nname = "c{}"\nformula = "CaCO3"\n')),
    ("JSON records", JSON, listed),
    ("JSON: a deep list", JSON, repeated("[")),
    ("table: rows", AUDIT, rows("compound,Ca %\n", "CaCO3,40.0{}\n")),
    ("table: names that are not found", AUDIT, rows("compound,Ca %\n", "calcum carbonat {},40\n")),
    ("table: columns", AUDIT, repeated(",Ca %", "compound")),
]


def seconds(door: Door, text: str) -> float:
    """The least time of some runs; the library's own errors, with their messages, are answers."""
    best = float("inf")
    for _ in range(RUNS):
        start = time.process_time()
        try:
            door(text)
        except mr.MineralRatioError as error:
            str(error)
        best = min(best, time.process_time() - start)
    return best


def measured() -> list[tuple[str, list[float]]]:
    """The seconds that each family takes at each size."""
    found: list[tuple[str, list[float]]] = []
    gc.disable()  # its pauses are of the process, not of a door
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, door, text in FAMILIES:
            seconds(door, text(SIZES[0]))
            found.append((name, [seconds(door, text(size)) for size in SIZES]))
            gc.collect()
    return found


def table(found: list[tuple[str, list[float]]]) -> str:
    """The measurements as a table of Markdown."""
    sizes = " | ".join(f"{size / 1_000:g} kB, ms" for size in SIZES)
    lines = [f"| input | {sizes} | growth, 5 to 10 kB |", "|---|" + "---:|" * (len(SIZES) + 1)]
    for name, times in found:
        cells = " | ".join(f"{1_000 * each:.2f}" for each in times)
        lines.append(f"| {name} | {cells} | {times[-1] / times[-2]:.1f} |")
    return "\n".join(lines)


def main() -> None:
    """Print the table, and put it in the page of the docs."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--print-only", action="store_true", help="leave the page as it is")
    given = options.parse_args()
    head = f"Measured on {page.today()}: {page.machine()}; Python {platform.python_version()}."
    text = f"{head}\n\n{table(measured())}"
    print(text)
    if not given.print_only:
        page.write(text, PAGE)


if __name__ == "__main__":
    main()
