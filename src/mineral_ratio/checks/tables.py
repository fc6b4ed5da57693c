"""A report as tables of plain text, for whatever prints them: the terminal and the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from mineral_ratio.mixtures.ratios import written
from mineral_ratio.substances.formulas import Formula
from mineral_ratio.substances.ranges import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mineral_ratio.checks.lines import Line
    from mineral_ratio.checks.references import ReferenceCheck
    from mineral_ratio.checks.reports import CheckReport
    from mineral_ratio.mixtures.ratios import Ratio


@attrs.frozen
class Table:
    """A table of text; the first cell of a row names it.

    Attributes:
        title: What the table shows.
        headings: One a column, with the unit of its figures.
        rows: The cells, as many in each row as there are headings.
        words: The headings whose columns hold words; all others hold figures.
        note: What stands under the table; empty for nothing.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]
    note: str = ""


def tables(report: CheckReport) -> Iterator[Table]:
    """What a report tells as plain tables, in their order; one without rows is left out.

    Args:
        report: The report.
    """
    filled = " as filled" if report.ingredients else ""
    along = "What comes along" if report.ingredients else "Species"
    for each in (
        _ingredients(report),
        _lines(f"Elements{filled}", "element", report.elements),
        _lines(along, "species", report.species),
        _claims(report),
        _ratios(report),
    ):
        if each.rows:
            yield each


def printable(text: str) -> str:
    """A text of a file on one line, without control characters.

    Args:
        text: The text.
    """
    return "".join(char for char in " ".join(text.split()) if char.isprintable())


def milligrams(grams: float) -> str:
    """A mass in mg with four significant digits, without its unit.

    Args:
        grams: The mass in g.
    """
    return written(1000.0 * grams, 4)


def span(found: Interval | Ratio, times: float = 1.0) -> str:
    """The bounds of a figure, or the figure by itself where it has no width.

    Args:
        found: The figure.
        times: What it is multiplied by, for another unit.
    """
    ends = dict.fromkeys((found.low, found.high))
    return " to ".join(written(times * end, 4) for end in ends)


def percent_of(check: ReferenceCheck) -> Interval | None:
    """A day's intake in percent of a reference value; None where the two do not compare.

    Args:
        check: What came of comparing them.
    """
    intake, value = check.intake, check.reference.value
    if check.share is None or intake is None or value is None:
        return None
    return Interval(*(100.0 * grams / value for grams in (intake.value, intake.low, intake.high)))


def _ingredients(report: CheckReport) -> Table:
    overfilled = any(each.filled != each.labelled for each in report.ingredients)
    masses = ("as labelled, mg", "as filled, mg") if overfilled else ("mass, mg",)
    rows = (
        (
            printable(each.name),
            Formula.parse(each.formula).unicode if each.formula else "none",
            *map(milligrams, (each.labelled, each.filled) if overfilled else (each.filled,)),
            ", ".join(f"{symbol} {milligrams(grams)}" for symbol, grams in each.gives.items())
            or "no minerals",
        )
        for each in report.ingredients
    )
    headings = ("ingredient", "formula", *masses, "gives, mg")
    return Table("Ingredients", headings, tuple(rows), ("ingredient", "formula", "gives, mg"))


def _lines(title: str, of: str, lines: tuple[Line, ...]) -> Table:
    ranged = any(each.mass and each.mass.low != each.mass.high for each in lines)
    rows = (
        (
            # Some ingredient may hold more: the notes of the report tell which.
            printable(each.name) + " *" * bool(each.partial),
            _milli(each.mass),
            *((_range(each.mass, 1000.0),) if ranged else ()),
            _milli(each.amount),
            _milli(each.equivalents, "not counted"),
        )
        for each in lines
    )
    headings = (of, "mass, mg", *(("range, mg",) if ranged else ()), "amount, mmol", "equivalents, mEq")
    note = "* or more: not known of every ingredient" if any(each.partial for each in lines) else ""
    return Table(title, headings, tuple(rows), (of,), note)


def _claims(report: CheckReport) -> Table:
    rows = (
        (
            printable(each.name),
            milligrams(each.claimed),
            _milli(each.filled),
            f"{100 * each.filled.value / each.claimed:.1f} %" if each.filled and each.claimed else "",
        )
        for each in report.claims
    )
    headings = ("analyte", "claimed, mg", "filled, mg", "filled / claimed")
    return Table("Label claims", headings, tuple(rows), ("analyte",))


def _ratios(report: CheckReport) -> Table:
    ranged = any(each.low != each.high for each in report.ratios)
    rows = (
        (
            printable(f"{each.numerator}:{each.denominator}"),
            each.basis,
            written(each.value, 4),
            *((_range(each),) if ranged else ()),
        )
        for each in report.ratios
    )
    headings = ("of", "basis", "ratio", *(("range",) if ranged else ()))
    return Table("Ratios", headings, tuple(rows), ("of", "basis"))


def _milli(found: Interval | None, unknown: str = "not known") -> str:
    return unknown if found is None else milligrams(found.value)


def _range(found: Interval | Ratio | None, times: float = 1.0) -> str:
    """The bounds of what has any width."""
    return "" if found is None or found.low == found.high else span(found, times)
