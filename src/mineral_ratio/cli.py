"""The command line: ``mineral-ratio check product.toml``.

Exit codes: 0; 1 if a rule that speaks of the product is below or above (with ``--strict`` also if
one is undecided, undefined or out of scope); 2 for bad input.
"""

from __future__ import annotations

import codecs
import sys
import textwrap
import unicodedata
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mineral_ratio.checks.reports import DISCLAIMER, CheckReport, check, told
from mineral_ratio.errors import MineralRatioError, NotFoundError, ProductFileError
from mineral_ratio.mixtures.product_files import one_line
from mineral_ratio.mixtures.products import Product
from mineral_ratio.mixtures.ratios import written
from mineral_ratio.substances.formulas import Formula

if TYPE_CHECKING:
    from mineral_ratio.checks.reports import Line
    from mineral_ratio.checks.rules import RatioCheck
    from mineral_ratio.mixtures.ratios import Ratio
    from mineral_ratio.substances.ranges import Interval

_LEAST_WIDTH = 100  # columns: in a narrower table figures would be broken
# Columns of words; all others hold figures, set right and never broken.
_WORDS = ("", "ingredient", "formula", "gives, mg", "basis")


def _spelled(error: UnicodeError) -> tuple[str, int]:
    """What stands for characters that an output cannot write: a subscript is its digit."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = unicodedata.normalize("NFKC", error.object[error.start : error.end]).replace("·", ".")
    return text.encode("ascii", "replace").decode("ascii"), error.end


codecs.register_error("mineral_ratio.spelled", _spelled)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mineral_ratio")
def cli() -> None:
    """Mineral compounds and ratios: arithmetic with provenance."""


@cli.command("check")
@click.argument("file", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option(
    "--strict", is_flag=True, help="Exit with 1 also for rules that are undecided, undefined or out of scope."
)
def check_command(file: str, *, as_json: bool, strict: bool) -> None:
    """Check a product FILE (TOML): what it holds, and what each of its rules says."""
    try:
        product = Product.from_file(file)
        report = _checked(file, product)
    except MineralRatioError as error:
        click.echo(f"mineral-ratio: {one_line(error)}", err=True)
        sys.exit(2)
    if as_json:
        click.echo(report.to_json())
    else:
        show(report)
    sys.exit(1 if report.failed or (strict and report.open) else 0)


def _checked(file: str, product: Product) -> CheckReport:
    """The report on a product; what cannot be worked out, or a rule that there is not, is an error of the file."""
    try:
        return check(product)
    except MineralRatioError as error:
        missing = isinstance(error, NotFoundError) and error.name in product.rules
        key = f"rules[{product.rules.index(error.name) + 1}]" if missing else ""
        raise ProductFileError(file, key, one_line(error)) from error


def show(report: CheckReport) -> None:
    """Print a report as tables on the standard output.

    Args:
        report: The report.
    """
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="mineral_ratio.spelled")
    # Names come from files: none of what they hold is markup.
    console = Console(markup=False, emoji=False, highlight=False)
    console.width = max(console.width, _LEAST_WIDTH)
    days = "" if report.servings_per_day is None else f", {report.servings_per_day:g} a day"
    serving = f" ({_printable(report.serving)}{days})" if report.serving else days
    console.print(Text.assemble((_printable(report.name), "bold"), f", per {report.per}{serving}"))
    console.print()
    _print_ingredients(report, console)
    _print_lines("Elements as filled" if report.ingredients else "Elements", report.elements, console)
    _print_lines("What comes along" if report.ingredients else "Species", report.species, console)
    if report.unassigned is not None:
        console.print(f"Not assigned to any formula or declaration: {_mg(report.unassigned)} mg\n")
    _print_claims(report, console)
    _print_ratios(report, console)
    _print_checks(report, console)
    for title, lines in (("Uncertain, and what was used", report.notes), ("Amounts as read", report.readings)):
        if lines:
            console.print(title, style="bold")
            for line in lines:
                _print_indented(f"- {line}", console)
            console.print()
    console.print(f"Atomic weights: {', '.join(report.editions)}. {DISCLAIMER}")


def _printable(text: str) -> str:
    """A text of a file on one line, without control characters."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())


def _table(title: str, *headings: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    for heading in headings:
        words = heading in _WORDS
        table.add_column(heading, justify="left" if words else "right", no_wrap=not words, overflow="fold")
    return table


def _print_table(table: Table, console: Console) -> None:
    if table.row_count:
        console.print(table)
        console.print()


def _print_indented(text: str, console: Console) -> None:
    """A paragraph whose lines all stand in from the margin, the later ones further."""
    lines = textwrap.wrap(
        _printable(text),
        console.width,
        initial_indent="  ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    console.print("\n".join(lines), soft_wrap=True)


def _print_ingredients(report: CheckReport, console: Console) -> None:
    overfilled = any(each.filled != each.labelled for each in report.ingredients)
    masses = ("as labelled, mg", "as filled, mg") if overfilled else ("mass, mg",)
    table = _table("Ingredients", "ingredient", "formula", *masses, "gives, mg")
    for each in report.ingredients:
        formula = Formula.parse(each.formula).unicode if each.formula else "none"
        filled = (each.labelled, each.filled) if overfilled else (each.filled,)
        gives = ", ".join(f"{symbol} {_mg(grams)}" for symbol, grams in each.gives.items())
        table.add_row(_printable(each.name), formula, *map(_mg, filled), gives or "no minerals")
    _print_table(table, console)


def _print_lines(title: str, lines: tuple[Line, ...], console: Console) -> None:
    ranged = any(each.mass and each.mass.low != each.mass.high for each in lines)
    ranges = ("range, mg",) if ranged else ()
    table = _table(title, "", "mass, mg", *ranges, "amount, mmol", "equivalents, mEq")
    for each in lines:
        span = (_span(each.mass, 1000.0),) if ranged else ()
        figures = (_milli(each.mass), *span, _milli(each.amount), _milli(each.equivalents, "not counted"))
        table.add_row(_printable(each.name), *figures)
    _print_table(table, console)


def _print_claims(report: CheckReport, console: Console) -> None:
    table = _table("Label claims", "", "claimed, mg", "filled, mg", "filled / claimed")
    for each in report.claims:
        share = f"{100 * each.filled.value / each.claimed:.1f} %" if each.filled and each.claimed else ""
        table.add_row(_printable(each.name), _mg(each.claimed), _milli(each.filled), share)
    _print_table(table, console)


def _print_ratios(report: CheckReport, console: Console) -> None:
    table = _table("Ratios", "", "basis", "ratio", "range")
    for each in report.ratios:
        sides = f"{each.numerator}:{each.denominator}"
        table.add_row(sides, each.basis, written(each.value, 4), _span(each))
    _print_table(table, console)


def _print_checks(report: CheckReport, console: Console) -> None:
    if not report.checks:
        return
    console.print("Rules", style="bold")
    for each in report.checks:
        scope = "" if each.in_scope else ", out of scope"
        console.print(f"{each.rule.id}: {each.verdict}{scope}", style="bold")
        for detail in _details(each):
            _print_indented(detail, console)
    console.print(f"{report.summary}\n")


def _details(each: RatioCheck) -> list[str]:
    """What a rule is and what it was held against, a line each."""
    rule = each.rule
    whom = f" ({rule.population})" if rule.population else ""
    disputed = ", disputed" if rule.disputed else ""
    opened = f"; source read: {rule.source_kind}" if rule.source_kind else ""
    note = f". {rule.evidence_note}" if rule.evidence_note else ""
    return [
        f"{':'.join(rule.sides)} {told(each)}",
        *([f"tolerance: {rule.tolerance_source}"] if rule.tolerance_source else []),
        f"scope: {rule.scope}{whom}" + "".join(f"; {reason}" for reason in each.notes),
        f"evidence: {rule.evidence}{disputed}{opened}{note}",
        f"source: {rule.citation}",
    ]


def _mg(grams: float) -> str:
    return written(1000.0 * grams, 4)


def _milli(found: Interval | None, unknown: str = "not known") -> str:
    return unknown if found is None else written(1000.0 * found.value, 4)


def _span(found: Interval | Ratio | None, times: float = 1.0) -> str:
    """The bounds of what has any width."""
    if found is None or found.low == found.high:
        return ""
    return f"{written(times * found.low, 4)} to {written(times * found.high, 4)}"
