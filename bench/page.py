"""The tables, and the pages of the docs that they stand in between prose written by hand."""

from __future__ import annotations

import datetime as dt
import os
import platform
import re
import statistics
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from measure import Row

PAGE = Path(__file__).parents[1] / "docs" / "explanation" / "performance.md"
_BEGIN, _END = "<!-- measured: begin -->", "<!-- measured: end -->"
_PACKAGES = (
    "mineral_ratio",
    "attrs",
    "pint",
    "numpy",
    "chemicals",
    "chempy",
    "molmass",
    "periodictable",
    "pymatgen",
)


def measured(rows: Iterable[Row], rounds: int) -> str:
    """The table with what it was measured on, in Markdown."""
    return f"Measured on {today()} in {rounds} rounds: {machine()}; {_versions()}.\n\n{_table(rows)}"


def write(text: str, page: Path = PAGE) -> None:
    """Put the table in its place in a page.

    Args:
        text: What was measured.
        page: The page.

    Raises:
        ValueError: The page has no such place.
    """
    before, begin, rest = page.read_text(encoding="utf-8").partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not (begin and end):
        raise ValueError(f"{page.name} has no place between {_BEGIN} and {_END}")
    page.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8")


def _table(rows: Iterable[Row]) -> str:
    lines = [
        "| job | what | times | quartiles | as long as | limit | reached |",
        "|---|---|---:|---:|---|---|---|",
    ]
    for row in rows:
        times, quartiles, limit, reached = "", "", "", row.note
        if row.ratios:
            low, median, high = statistics.quantiles(row.ratios, n=4)
            times, quartiles = _figure(median), f"{_figure(low)} to {_figure(high)}"
            if row.limit is not None:
                limit, reached = str(row.limit), row.limit.verdict(median)
        cells = (row.job, row.name, times, quartiles, row.baseline, limit, reached)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _figure(ratio: float) -> str:
    """Two decimals, as far as three digits have any."""
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:.1f}" if ratio < 100 else f"{ratio:.0f}"


def today() -> dt.date:
    """The day of the measurement."""
    return dt.datetime.now(tz=dt.UTC).date()


def machine() -> str:
    """Processor, number of cores and system."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
        found = re.search(r"model name\s*: (.+)", text)
    except OSError:
        found = None
    processor = found[1] if found else platform.processor() or platform.machine()
    return f"{processor}, {os.cpu_count()} cores, {platform.system()}"


def _versions() -> str:
    """The Python and the packages that were measured."""
    found = [f"Python {platform.python_version()}"]
    for name in _PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} not installed")
    return ", ".join(found)
