"""A report as tables of plain text, for whatever prints them: the terminal and the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from mineral_ratio.checks.rules import RatioCheck
from mineral_ratio.mixtures.ratios import written
from mineral_ratio.substances.formulas import Formula
from mineral_ratio.substances.ranges import Interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mineral_ratio.checks.index_rules import IndexCheck
    from mineral_ratio.checks.indices import Index
    from mineral_ratio.checks.labels import DailyPercent, LabelCheck
    from mineral_ratio.checks.lines import Line
    from mineral_ratio.checks.references import ReferenceCheck
    from mineral_ratio.checks.reports import CheckReport
    from mineral_ratio.mixtures.ratios import Ratio

# Significant digits of a figure, where no more are needed.
_DIGITS = 4


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
    return written(1000.0 * grams, _DIGITS)


def span(found: Interval | Ratio | Index, times: float = 1.0, digits: int = _DIGITS) -> str:
    """The bounds of a figure, or the figure by itself where it has no width.

    Args:
        found: The figure.
        times: What it is multiplied by, for another unit.
        digits: Significant digits.
    """
    ends = dict.fromkeys((found.low, found.high))
    return " to ".join(written(times * end, digits) for end in ends)


def digits_apart(found: Interval | Ratio | Index, limits: Iterable[float | None]) -> int:
    """Significant digits in which neither bound of a figure reads as a limit that it is not.

    Args:
        found: The figure.
        limits: Limits in its unit; None for none.
    """
    pairs = [(end, limit) for limit in limits if limit is not None for end in (found.low, found.high)]
    digits = _DIGITS
    while digits < 12 and any(
        written(end, digits) == written(limit, digits) and abs(end - limit) > 1e-9 * abs(limit)
        for end, limit in pairs
    ):
        digits += 1
    return digits


def judged(check: RatioCheck | IndexCheck) -> str:
    """The figure that a rule was held against, in enough digits to tell it from the limits.

    Args:
        check: The check; empty if it has no figure.
    """
    found, rule = check.figure, check.rule
    return "" if found is None else span(found, digits=digits_apart(found, (rule.lower, rule.upper)))


def told(check: RatioCheck | IndexCheck) -> str:
    """A ratio or an index beside the limits it was held against.

    Args:
        check: The check.
    """
    rule = check.rule
    if check.figure is None:
        missing = "ratio" if isinstance(check, RatioCheck) else "index"
        return f"no {missing}; {rule.limits} {rule.measure}"
    return f"{judged(check)} {rule.measure}; {rule.limits}"


def digits_of(ratio: Ratio, checks: Iterable[RatioCheck]) -> int:
    """Significant digits of a ratio: those in which the rules that it was held against tell it.

    Args:
        ratio: The ratio.
        checks: The checks of a report.
    """
    held = (each.rule for each in checks if each.ratio == ratio)
    return max((digits_apart(ratio, (rule.lower, rule.upper)) for rule in held), default=_DIGITS)


def filled(check: LabelCheck) -> str:
    """What is filled in mg, in enough digits to tell it from a claim that it does not keep.

    Args:
        check: A claim held against a tolerance.
    """
    if check.filled is None:
        return "not known"
    off = check.verdict in ("below", "above")
    return span(check.filled, 1000.0, digits_apart(check.filled, (check.claimed,)) if off else _DIGITS)


def on_labels(each: DailyPercent) -> tuple[str, str]:
    """A percentage of a daily value as a supplement's label and as a US food label print it.

    Args:
        each: The percentage.
    """
    supplement, food = (
        "" if percent is None else f"{percent} %" for percent in (each.on_supplement, each.on_food)
    )
    return supplement, food


def percent_of(check: ReferenceCheck) -> Interval | None:
    """A day's intake in percent of a reference value; None where the two do not compare.

    Args:
        check: What came of comparing them.
    """
    intake, value = check.intake, check.reference.value
    if check.share is None or intake is None or value is None:
        return None
    return Interval(*(100.0 * grams / value for grams in (intake.value, intake.low, intake.high)))


def percent(found: Interval | None) -> str:
    """A percentage of a value, in enough digits to tell it from the whole; empty where there is none.

    Args:
        found: The percentage.
    """
    return "" if found is None else f"{span(found, digits=digits_apart(found, (100.0,)))} %"


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
    told_in = [(each, digits_of(each, report.checks)) for each in report.ratios]
    rows = (
        (
            printable(f"{each.numerator}:{each.denominator}"),
            each.basis,
            written(each.value, digits),
            *((_range(each, digits=digits),) if ranged else ()),
        )
        for each, digits in told_in
    )
    headings = ("of", "basis", "ratio", *(("range",) if ranged else ()))
    return Table("Ratios", headings, tuple(rows), ("of", "basis"))


def _milli(found: Interval | None, unknown: str = "not known") -> str:
    return unknown if found is None else milligrams(found.value)


def _range(found: Interval | Ratio | None, times: float = 1.0, digits: int = _DIGITS) -> str:
    """The bounds of what has any width."""
    return "" if found is None or found.low == found.high else span(found, times, digits)
