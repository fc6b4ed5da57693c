"""The command line: ``mineral-ratio check product.toml``, ``audit table.csv`` and ``sources``.

Exit codes: 0; 1 if a rule that speaks of the product is below or above (with ``--strict`` also if
one is undecided, undefined or out of scope), with ``--fail-on-limits`` if a day of the product is above
a reference value that is not to be exceeded, with ``--strict`` if a source failed, or
if a content of a table is off theory; 2 for bad input.
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

from mineral_ratio.audits.reports import audit_file
from mineral_ratio.audits.reports import told as told_content
from mineral_ratio.catalog.catalog import Catalog, default_catalog
from mineral_ratio.catalog.files import FileSource
from mineral_ratio.checks.references import PLUGINS as REFERENCES
from mineral_ratio.checks.report_data import DISCLAIMER
from mineral_ratio.checks.reports import CheckReport, check, told
from mineral_ratio.checks.rules import PLUGINS as RULES
from mineral_ratio.checks.rules import RatioRule
from mineral_ratio.checks.tables import Table as Tabled
from mineral_ratio.checks.tables import milligrams, percent_of, printable, span, tables
from mineral_ratio.errors import (
    MineralRatioError,
    NotFoundError,
    ProductFileError,
    RecordErrors,
    SourceSkippedWarning,
)
from mineral_ratio.mixtures.intakes import PARTS, LifeStage, spoken_parts
from mineral_ratio.mixtures.product_files import one_line
from mineral_ratio.mixtures.products import Product
from mineral_ratio.mixtures.ratios import written

if TYPE_CHECKING:
    from mineral_ratio.audits.reports import AuditReport
    from mineral_ratio.catalog.states import SourceState
    from mineral_ratio.checks.index_rules import IndexCheck
    from mineral_ratio.checks.labels import DailyPercent, LabelCheck
    from mineral_ratio.checks.references import ReferenceCheck, ReferenceValue
    from mineral_ratio.checks.rules import RatioCheck

_LEAST_WIDTH = 100  # columns: in a narrower table figures would be broken
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
@click.option(
    "--person",
    metavar="TEXT",
    help="Whom the reference values are for instead of the file's person, as in 'female 31 pregnant'.",
)
@click.option(
    "--fail-on-limits",
    is_flag=True,
    help="Exit with 1 also if a day is above a reference value that is not to be exceeded; "
    "with --strict also if it may be.",
)
def check_command(  # noqa: PLR0913  # an argument for each option
    file: str,
    *,
    as_json: bool,
    strict: bool,
    sources: tuple[str, ...],
    person: str | None,
    fail_on_limits: bool,
) -> None:
    """Check a product FILE (TOML): what it holds, what each of its rules says, and reference values."""
    try:
        with _prints_aside():
            whom = None if person is None else LifeStage.parse(person)
            product = Product.from_file(file, _catalog(sources))
            report = _checked(file, product, whom)
    except MineralRatioError as error:
        click.echo(f"mineral-ratio: {one_line(error)}", err=True)
        sys.exit(2)
    if as_json:
        click.echo(report.to_json())
    else:
        show(report)
    found = report.failed or (strict and report.open)
    unheld = report.person is None or report.servings_per_day is None
    if fail_on_limits and unheld:
        click.echo("mineral-ratio: no limit was held: that needs a person and the servings per day", err=True)
    limits = report.above_limits or (strict and (report.open_limits or unheld))
    sys.exit(1 if found or (fail_on_limits and limits) else 0)


@cli.command("sources")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.option("--strict", is_flag=True, help="Exit with 1 if a source failed.")
def sources_command(*, as_json: bool, strict: bool) -> None:
    """List the sources of compounds, rules and reference values: where each is from, what became of it."""
    with _prints_aside(), warnings.catch_warnings():
        # The list tells what the warnings would.
        warnings.simplefilter("ignore", SourceSkippedWarning)
        states = (*Catalog().states(), *RULES.states(), *REFERENCES.states())
    if as_json:
        click.echo(json.dumps([attrs.asdict(state) for state in states], indent=2))
    else:
        _print_states(states)
    sys.exit(1 if strict and any(state.state == "failed" for state in states) else 0)


@cli.command("audit")
@click.argument("table", type=click.Path())
@click.option(
    "--tolerance", default="1 %", show_default=True, help="Relative deviation from theory that still agrees."
)
@click.option("--ignore", multiple=True, metavar="COLUMN", help="A column that states no content.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def audit_command(table: str, *, tolerance: str, ignore: tuple[str, ...], as_json: bool) -> None:
    """Hold a composition TABLE (CSV) against theory, and tell what explains a content that is off."""
    try:
        with _prints_aside():
            report = audit_file(table, tolerance=tolerance, ignore=ignore)
    except MineralRatioError as error:
        for each in error.exceptions if isinstance(error, RecordErrors) else (error,):
            click.echo(f"mineral-ratio: {printable(str(each))}", err=True)
        sys.exit(2)
    if as_json:
        click.echo(report.to_json())
    else:
        show_audit(report)
    sys.exit(1 if report.failed else 0)


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


def _checked(file: str, product: Product, person: LifeStage | None) -> CheckReport:
    """The report on a product; what cannot be worked out, or an unknown name, is an error of the file."""
    try:
        return check(product, person=person)
    except MineralRatioError as error:
        key = ""
        if isinstance(error, NotFoundError):
            for kind, names in (("rules", product.rules), ("references", product.references)):
                if error.name in names:
                    key = f"{kind}[{names.index(error.name) + 1}]"
        raise ProductFileError(file, key, one_line(error)) from error


def show(report: CheckReport) -> None:
    """Print a report as tables on the standard output.

    Args:
        report: The report.
    """
    console = _console()
    days = "" if report.servings_per_day is None else f", {report.servings_per_day:g} a day"
    serving = f" ({printable(report.serving)}{days})" if report.serving else days
    console.print(Text.assemble((printable(report.name), "bold"), f", per {report.per}{serving}"))
    console.print()
    for table in tables(report):
        _print_table(table, console)
    if report.unassigned is not None:
        console.print(f"Not assigned to any formula or declaration: {milligrams(report.unassigned)} mg\n")
    _print_table(_label_checks(report), console)
    _print_references(report, console)
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


def show_audit(report: AuditReport) -> None:
    """Print the rows of an audit in which a content disagrees or anything else is amiss.

    Args:
        report: The report.
    """
    console = _console()
    within = f", within {100 * report.tolerance:g} % of theory\n"
    console.print(Text.assemble((printable(report.name), "bold"), within))
    for row in report.failed:
        held = f" ({printable(row.substance)})" if row.substance not in ("", row.label) else ""
        console.print(Text.assemble(f"line {row.line}: ", (printable(row.label), "bold"), held))
        off = [told_content(cell) for cell in row.cells if cell.disagrees]
        for line in (*off, *(cause.text for cause in row.causes), *row.findings):
            _print_indented(line, console)
    console.print(f"\n{report.summary}\n")
    console.print(f"Atomic weights: {report.edition}. {DISCLAIMER}")


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
    rows: list[tuple[str, ...]] = []
    for each in states:
        time = "" if each.seconds is None else f"{1000.0 * each.seconds:.1f}"
        records = "" if each.records is None else str(each.records)
        serves = each.group.removeprefix("mineral_ratio.")
        words = (each.name, each.origin, each.version, each.state, serves)
        rows.append((*words, time, records, str(len(each.conflicting) or "")))
    headings = ("name", "origin", "version", "state", "serves", "time, ms", "records", "conflicts")
    console.print(_table(Tabled("Sources", headings, tuple(rows), headings[:5])))
    for each in states:
        if each.reason:
            _print_indented(f"- {each.name} of {each.origin}: {each.reason}", console)
        if each.conflicting:
            shown = ", ".join(each.conflicting[:_MOST_CONFLICTS])
            more = len(each.conflicting) - _MOST_CONFLICTS
            others = f" and {more} more" if more > 0 else ""
            text = f"another composition than an earlier source under {shown}{others}"
            _print_indented(f"- {each.name} of {each.origin}: {text}", console)


def _table(table: Tabled) -> Table:
    shown = Table(title=table.title, title_justify="left", title_style="bold")
    for heading in table.headings:
        words = heading in table.words
        # Figures are set right and never broken.
        shown.add_column(heading, justify="left" if words else "right", no_wrap=not words, overflow="fold")
    for row in table.rows:
        shown.add_row(*map(printable, row))
    shown.caption, shown.caption_justify = table.note or None, "left"
    return shown


def _print_table(table: Tabled, console: Console) -> None:
    if table.rows:
        console.print(_table(table))
        console.print()


def _print_indented(text: str, console: Console) -> None:
    """A paragraph whose lines all stand in from the margin, the later ones further."""
    lines = textwrap.wrap(
        printable(text),
        console.width,
        initial_indent="  ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    console.print("\n".join(lines), soft_wrap=True)


def _print_references(report: CheckReport, console: Console) -> None:
    """Percentages for labels, and what a day holds beside each reference value, with what is left out."""
    rows = tuple(map(_daily_value, report.daily_values))
    headings = ("nutrient", "value", "of", "mass, mg", "percent", "supplement label", "US food label")
    _print_table(Tabled("Values that labels use", headings, rows, ("nutrient", "value", "of")), console)
    notes: dict[str, int] = {}
    rows = tuple(_reference(each, notes) for each in report.references)
    headings = ("nutrient", "value", "counts", "a day, mg", "percent", "where it lies", "notes")
    words = ("nutrient", "value", "counts", "where it lies", "notes")
    title = f"Reference values for: {report.person}" if report.person else "Reference values"
    title += f"; counted as {spoken_parts(report.counts)}" if report.counts else ""
    _print_table(Tabled(title, headings, rows, words), console)
    for note, number in notes.items():
        _print_indented(f"{number}. {note}", console)
    editions: dict[str, None] = {}
    values = [each.reference for each in report.references] + [each.reference for each in report.daily_values]
    for each in values:
        editions.setdefault(f"{each.authority}: {each.edition}")
    if editions:
        _print_indented(f"Editions: {'; '.join(editions)}", console)
        console.print()


def _daily_value(each: DailyPercent) -> tuple[str, ...]:
    whose = f"{each.per}, claimed" if each.claimed else each.per
    return (
        str(each.reference.analyte),
        _value(each.reference),
        "; ".join(filter(None, (whose, each.note))),
        "not known" if each.amount is None else span(each.amount, 1000.0),
        "" if each.percent is None else f"{span(each.percent)} %",
        *("" if label is None else f"{label} %" for label in (each.on_supplement, each.on_food)),
    )


def _reference(each: ReferenceCheck, notes: dict[str, int]) -> tuple[str, ...]:
    """A row of the table; its notes are numbered as they come, one that came before keeps its number."""
    reference, percent = each.reference, percent_of(each)
    whole = reference.counts == frozenset(PARTS)
    told = [*each.notes, *([f"{reference.authority}: {reference.note}"] if reference.note else [])]
    if reference.condition:
        told.append(f"for {reference.condition}")
    return (
        str(reference.analyte),
        _value(reference),
        "all of an intake" if whole else spoken_parts(reference.counts),
        "" if each.intake is None else span(each.intake, 1000.0),
        "" if percent is None else f"{span(percent)} %",
        each.verdict,
        ", ".join(str(notes.setdefault(note, len(notes) + 1)) for note in told),
    )


def _value(reference: ReferenceValue) -> str:
    return f"{reference.authority} {reference.kind} {reference.amount}"


def _filled(each: LabelCheck) -> str:
    """What is filled, in enough digits to tell it from a claim that it does not keep."""
    if each.filled is None:
        return "not known"
    text = span(each.filled, 1000.0)
    off = each.verdict in ("below", "above") and text == milligrams(each.claimed)
    return written(1000.0 * each.filled.value, 9) if off else text


def _label_checks(report: CheckReport) -> Tabled:
    rows = tuple(
        (
            each.name,
            f"{each.tolerance.authority} ({each.tolerance.evidence}): {each.tolerance.limits}",
            milligrams(each.claimed),
            _filled(each),
            each.verdict,
        )
        for each in report.label_checks
    )
    headings = ("claim", "tolerance", "claimed, mg", "filled, mg", "verdict")
    return Tabled("Claims and the tolerances of labels", headings, rows, ("claim", "tolerance", "verdict"))


def _print_checks(report: CheckReport, console: Console) -> None:
    if not report.every_check:
        return
    console.print("Rules", style="bold")
    for each in report.every_check:
        console.print(printable(str(each)), style="bold")
        for detail in _details(each):
            _print_indented(detail, console)
    console.print(f"{report.summary}\n")


def _details(each: RatioCheck | IndexCheck) -> list[str]:
    """What a rule is and what it was held against, a line each."""
    rule = each.rule
    whom = f" ({rule.population})" if rule.population else ""
    disputed = ", disputed" if rule.disputed else ""
    tolerance = rule.tolerance_source if isinstance(rule, RatioRule) else ""
    opened = f"; source read: {rule.source_kind}" if rule.source_kind else ""
    note = f". {rule.evidence_note}" if rule.evidence_note else ""
    return [
        f"{rule.subject} {told(each)}",
        *([f"tolerance: {tolerance}"] if tolerance else []),
        f"scope: {rule.scope}{whom}",
        *(f"note: {reason}" for reason in each.notes),
        f"evidence: {rule.evidence}{disputed}{opened}{note}",
        f"source: {rule.citation}",
    ]
