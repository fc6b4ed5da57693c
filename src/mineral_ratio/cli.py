"""The command line: ``mineral-ratio check product.toml`` and ``mineral-ratio sources``.

Exit codes: 0; 1 if a rule that speaks of the product is below or above (with ``--strict`` also if
one is undecided, undefined or out of scope), or with ``--strict`` if a source failed; 2 for bad input.
"""

from __future__ import annotations

import codecs
import contextlib
import json
import sys
import textwrap
import unicodedata
import warnings
from typing import TYPE_CHECKING

import attrs
import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mineral_ratio.catalog.catalog import Catalog, default_catalog
from mineral_ratio.catalog.files import FileSource
from mineral_ratio.checks.reports import DISCLAIMER, CheckReport, check, told
from mineral_ratio.errors import MineralRatioError, NotFoundError, ProductFileError, SourceSkippedWarning
from mineral_ratio.mixtures.product_files import one_line
from mineral_ratio.mixtures.products import Product
from mineral_ratio.mixtures.ratios import written
from mineral_ratio.substances.formulas import Formula

if TYPE_CHECKING:
    from mineral_ratio.catalog.shelves import SourceState
    from mineral_ratio.checks.reports import Line
    from mineral_ratio.checks.rules import RatioCheck
    from mineral_ratio.mixtures.ratios import Ratio
    from mineral_ratio.substances.ranges import Interval

_LEAST_WIDTH = 100  # columns: in a narrower table figures would be broken
# Columns of words; all others hold figures, set right and never broken.
_WORDS = (
    *("", "ingredient", "formula", "gives, mg", "basis"),
    *("name", "origin", "version", "state"),
)
_MOST_CONFLICTS = 3  # names that are shown


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
@click.option(
    "--source",
    "sources",
    multiple=True,
    type=click.Path(),
    metavar="PATH",
    help="Look names up in this file or folder too, before the bundled tables; may be given several times.",
)
def check_command(file: str, *, as_json: bool, strict: bool, sources: tuple[str, ...]) -> None:
    """Check a product FILE (TOML): what it holds, and what each of its rules says."""
    try:
        with _prints_aside():
            product = Product.from_file(file, _catalog(sources))
            report = _checked(file, product)
    except MineralRatioError as error:
        click.echo(f"mineral-ratio: {one_line(error)}", err=True)
        sys.exit(2)
    if as_json:
        click.echo(report.to_json())
    else:
        show(report)
    sys.exit(1 if report.failed or (strict and report.open) else 0)


@cli.command("sources")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.option("--strict", is_flag=True, help="Exit with 1 if a source failed.")
def sources_command(*, as_json: bool, strict: bool) -> None:
    """List the sources of compounds and materials: where each comes from, and what became of it."""
    with _prints_aside(), warnings.catch_warnings():
        # The list tells what the warnings would.
        warnings.simplefilter("ignore", SourceSkippedWarning)
        states = Catalog().states()
    if as_json:
        click.echo(json.dumps([attrs.asdict(state) for state in states], indent=2))
    else:
        _print_states(states)
    sys.exit(1 if strict and any(state.state == "failed" for state in states) else 0)


def _catalog(sources: tuple[str, ...]) -> Catalog:
    """The default catalogue, behind the files and folders of ``--source``, which are read now."""
    catalog = default_catalog()
    if not sources:
        return catalog
    files = [FileSource(path) for path in dict.fromkeys(sources)]
    for file in files:
        file.read()
    return attrs.evolve(catalog, sources=(*files, *catalog.sources))


def _prints_aside() -> contextlib.AbstractContextManager[object]:
    """What a plugin prints while it is loaded goes to standard error: standard output is ours."""
    return contextlib.redirect_stdout(sys.stderr)


def _checked(file: str, product: Product) -> CheckReport:
    """The report on a product; what cannot be worked out, or an unknown rule, is an error of the file."""
    try:
        return check(product)
    except MineralRatioError as error:
        key = ""
        if isinstance(error, NotFoundError) and error.name in product.rules:
            key = f"rules[{product.rules.index(error.name) + 1}]"
        raise ProductFileError(file, key, one_line(error)) from error


def show(report: CheckReport) -> None:
    """Print a report as tables on the standard output.

    Args:
        report: The report.
    """
    console = _console()
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
    for title, lines in (
        ("Uncertain, and what was used", report.notes),
        ("Amounts as read", report.readings),
    ):
        if lines:
            console.print(title, style="bold")
            for line in lines:
                _print_indented(f"- {line}", console)
            console.print()
    console.print(f"Atomic weights: {', '.join(report.editions)}. {DISCLAIMER}")


def _console() -> Console:
    """The standard output, whatever it can write."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="mineral_ratio.spelled")
    # Names come from files: none of what they hold is markup.
    console = Console(markup=False, emoji=False, highlight=False)
    console.width = max(console.width, _LEAST_WIDTH)
    return console


def _print_states(states: tuple[SourceState, ...]) -> None:
    console = _console()
    table = _table("Sources", "name", "origin", "version", "state", "time, ms", "records", "conflicts")
    for each in states:
        time = "" if each.seconds is None else f"{1000.0 * each.seconds:.1f}"
        records = "" if each.records is None else str(each.records)
        words = map(_printable, (each.name, each.origin, each.version, each.state))
        table.add_row(*words, time, records, str(len(each.conflicting) or ""))
    console.print(table)
    for each in states:
        if each.reason:
            _print_indented(f"- {each.name} of {each.origin}: {each.reason}", console)
        if each.conflicting:
            shown = ", ".join(each.conflicting[:_MOST_CONFLICTS])
            more = len(each.conflicting) - _MOST_CONFLICTS
            others = f" and {more} more" if more > 0 else ""
            text = f"another composition than an earlier source under {shown}{others}"
            _print_indented(f"- {each.name} of {each.origin}: {text}", console)


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
        # Some ingredient may hold more: the notes below the tables tell which.
        table.add_row(_printable(each.name) + " *" * bool(each.partial), *figures)
    if any(each.partial for each in lines):
        table.caption, table.caption_justify = "* or more: not known of every ingredient", "left"
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
        console.print(_printable(str(each)), style="bold")
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
        f"scope: {rule.scope}{whom}",
        *(f"note: {reason}" for reason in each.notes),
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
