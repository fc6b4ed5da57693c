"""``mineral-ratio audit``: a composition table held against theory."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from rich.text import Text

from mineral_ratio.audits.reports import audit_file, told
from mineral_ratio.checks.report_data import DISCLAIMER
from mineral_ratio.checks.tables import printable
from mineral_ratio.cli.printing import aside, complain, new_console, print_indented
from mineral_ratio.errors import MineralRatioError, RecordErrors

if TYPE_CHECKING:
    from mineral_ratio.audits.reports import AuditReport


@click.command("audit")
@click.argument("table", type=click.Path())
@click.option(
    "--tolerance", default="1 %", show_default=True, help="Relative deviation from theory that still agrees."
)
@click.option("--ignore", multiple=True, metavar="COLUMN", help="A column that states no content.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def audit_command(table: str, *, tolerance: str, ignore: tuple[str, ...], as_json: bool) -> None:
    """Hold a composition TABLE (CSV) against theory, and tell what explains a content that is off."""
    try:
        with aside():
            report = audit_file(table, tolerance=tolerance, ignore=ignore)
    except MineralRatioError as error:
        for each in error.exceptions if isinstance(error, RecordErrors) else (error,):
            complain(str(each))
        sys.exit(2)
    if as_json:
        click.echo(report.to_json())
    else:
        show_audit(report)
    sys.exit(1 if report.failed else 0)


def show_audit(report: AuditReport) -> None:
    """Print the rows of an audit in which a content disagrees or anything else is amiss.

    Args:
        report: The report.
    """
    console = new_console()
    within = f", within {100 * report.tolerance:g} % of theory\n"
    console.print(Text.assemble((printable(report.name), "bold"), within))
    for row in report.failed:
        held = f" ({printable(row.substance)})" if row.substance not in ("", row.label) else ""
        console.print(Text.assemble(f"line {row.line}: ", (printable(row.label), "bold"), held))
        off = [told(cell) for cell in row.cells if cell.disagrees]
        for line in (*off, *(cause.text for cause in row.causes), *row.findings):
            print_indented(line, console)
    console.print(f"\n{report.summary}\n")
    console.print(f"Atomic weights: {report.edition}. {DISCLAIMER}")
