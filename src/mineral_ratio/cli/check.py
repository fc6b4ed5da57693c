"""``mineral-ratio check``: what a product holds, what its rules say, and reference values."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import attrs
import click
from rich.text import Text

from mineral_ratio.catalog.catalog import Catalog, default_catalog
from mineral_ratio.catalog.files import FileSource
from mineral_ratio.checks.checking import check
from mineral_ratio.checks.report_data import DISCLAIMER
from mineral_ratio.checks.rules import RatioRule
from mineral_ratio.checks.tables import (
    Table,
    filled,
    milligrams,
    on_labels,
    percent,
    percent_of,
    printable,
    span,
    tables,
    told,
)
from mineral_ratio.cli.printing import aside, complain, new_console, print_indented, print_table
from mineral_ratio.errors import MineralRatioError, NotFoundError, ProductFileError
from mineral_ratio.mixtures.intakes import PARTS, LifeStage, spoken_parts
from mineral_ratio.mixtures.product_files import one_line
from mineral_ratio.mixtures.products import Product

if TYPE_CHECKING:
    from rich.console import Console

    from mineral_ratio.checks.index_rules import IndexCheck
    from mineral_ratio.checks.labels import DailyPercent
    from mineral_ratio.checks.references import ReferenceCheck, ReferenceValue
    from mineral_ratio.checks.reports import CheckReport
    from mineral_ratio.checks.rules import RatioCheck


@click.command("check")
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
        with aside():
            whom = None if person is None else LifeStage.parse(person)
            product = Product.from_file(file, _catalog(sources))
            report = _checked(file, product, whom)
    except ProductFileError as error:
        for each in (ProductFileError(error.file, error.key, error.message), *error.others):
            complain(one_line(each))
        sys.exit(2)
    except MineralRatioError as error:
        complain(one_line(error))
        sys.exit(2)
    if as_json:
        click.echo(report.to_json())
    else:
        show(report)
    found = report.failed or (strict and report.open)
    unheld = report.person is None or report.servings_per_day is None
    if fail_on_limits and unheld:
        complain("no limit was held: that needs a person and the servings per day")
    limits = report.above_limits or (strict and (report.open_limits or unheld))
    sys.exit(1 if found or (fail_on_limits and limits) else 0)


def _catalog(sources: tuple[str, ...]) -> Catalog:
    """The default catalogue, behind the files and folders of ``--source``, which are read now."""
    catalog = default_catalog()
    if not sources:
        return catalog
    files = [FileSource(path) for path in dict.fromkeys(sources)]
    for file in files:
        file.read()
    return attrs.evolve(catalog, sources=(*files, *catalog.sources))


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
    console = new_console()
    days = "" if report.servings_per_day is None else f", {report.servings_per_day:g} a day"
    serving = f" ({printable(report.serving)}{days})" if report.serving else days
    console.print(Text.assemble((printable(report.name), "bold"), f", per {report.per}{serving}"))
    console.print()
    for table in tables(report):
        print_table(table, console)
    if report.unassigned is not None:
        console.print(f"Not assigned to any formula or declaration: {milligrams(report.unassigned)} mg\n")
    print_table(_label_checks(report), console)
    _print_references(report, console)
    _print_checks(report, console)
    for title, lines in (
        ("Uncertain, and what was used", report.notes),
        ("Amounts as read", report.readings),
    ):
        if lines:
            console.print(title, style="bold")
            for line in lines:
                print_indented(f"- {line}", console)
            console.print()
    console.print(f"Atomic weights: {', '.join(report.editions)}. {DISCLAIMER}")


def _print_references(report: CheckReport, console: Console) -> None:
    """Percentages for labels, and what a day holds beside each reference value, with what is left out."""
    rows = tuple(map(_daily_value, report.daily_values))
    headings = ("nutrient", "value", "of", "mass, mg", "percent", "supplement label", "US food label")
    print_table(Table("Values that labels use", headings, rows, ("nutrient", "value", "of")), console)
    notes: dict[str, int] = {}
    own = report.person.condition if report.person else ""
    rows = tuple(_reference(each, own, notes) for each in report.references)
    headings = ("nutrient", "value", "counts", "a day, mg", "percent", "where it lies", "notes")
    words = ("nutrient", "value", "counts", "where it lies", "notes")
    title = f"Reference values for: {report.person}" if report.person else "Reference values"
    title += f"; counted as {spoken_parts(report.counts)}" if report.counts else ""
    print_table(Table(title, headings, rows, words), console)
    for note, number in notes.items():
        print_indented(f"{number}. {note}", console)
    editions: dict[str, None] = {}
    values = [each.reference for each in report.references] + [each.reference for each in report.daily_values]
    for each in values:
        editions.setdefault(f"{each.authority}: {each.edition}")
    if editions:
        print_indented(f"Editions: {'; '.join(editions)}", console)
        console.print()


def _daily_value(each: DailyPercent) -> tuple[str, ...]:
    whose = f"{each.per}, claimed" if each.claimed else each.per
    return (
        str(each.reference.analyte),
        _value(each.reference),
        "; ".join(filter(None, (whose, each.note))),
        "not known" if each.amount is None else span(each.amount, 1000.0),
        percent(each.percent),
        *on_labels(each),
    )


def _reference(each: ReferenceCheck, own: str, notes: dict[str, int]) -> tuple[str, ...]:
    """A row of the table; its notes are numbered as they come, one that came before keeps its number."""
    reference = each.reference
    whole = reference.counts == frozenset(PARTS)
    told = [*each.notes, *([f"{reference.authority}: {reference.note}"] if reference.note else [])]
    if reference.condition not in ("", own):
        told.append(f"for {reference.condition}")
    return (
        str(reference.analyte),
        _value(reference),
        "all of an intake" if whole else spoken_parts(reference.counts),
        "" if each.intake is None else span(each.intake, 1000.0),
        percent(percent_of(each)),
        each.verdict,
        ", ".join(str(notes.setdefault(note, len(notes) + 1)) for note in told),
    )


def _value(reference: ReferenceValue) -> str:
    return f"{reference.authority} {reference.kind} {reference.amount}"


def _label_checks(report: CheckReport) -> Table:
    rows = tuple(
        (
            each.name,
            f"{each.tolerance.authority} ({each.tolerance.evidence}): {each.tolerance.limits}",
            milligrams(each.claimed),
            filled(each),
            each.verdict,
        )
        for each in report.label_checks
    )
    headings = ("claim", "tolerance", "claimed, mg", "filled, mg", "verdict")
    return Table("Claims and the tolerances of labels", headings, rows, ("claim", "tolerance", "verdict"))


def _print_checks(report: CheckReport, console: Console) -> None:
    if not report.every_check:
        return
    console.print("Rules", style="bold")
    for each in report.every_check:
        console.print(printable(str(each)), style="bold")
        for detail in details(each):
            print_indented(detail, console)
    console.print(f"{report.summary}\n")


def details(each: RatioCheck | IndexCheck) -> list[str]:
    """What a rule is and what it was held against, a line each.

    Args:
        each: The check.
    """
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
