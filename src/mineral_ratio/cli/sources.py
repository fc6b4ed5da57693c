"""``mineral-ratio sources``: where compounds, rules and reference values come from."""

from __future__ import annotations

import json
import sys
import warnings
from typing import TYPE_CHECKING

import attrs
import click

from mineral_ratio.catalog.catalog import Catalog
from mineral_ratio.checks.references import PLUGINS as REFERENCES
from mineral_ratio.checks.rules import PLUGINS as RULES
from mineral_ratio.checks.tables import Table
from mineral_ratio.cli.printing import aside, new_console, print_indented, shown_table
from mineral_ratio.errors import SourceSkippedWarning

if TYPE_CHECKING:
    from mineral_ratio.catalog.states import SourceState

_MOST_CONFLICTS = 3  # names that are shown


@click.command("sources")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.option("--strict", is_flag=True, help="Exit with 1 if a source failed.")
def sources_command(*, as_json: bool, strict: bool) -> None:
    """List the sources of compounds, rules and reference values: where each is from, what became of it."""
    with aside(), warnings.catch_warnings():
        # The list tells what the warnings would.
        warnings.simplefilter("ignore", SourceSkippedWarning)
        states = (*Catalog().states(), *RULES.states(), *REFERENCES.states())
    if as_json:
        click.echo(json.dumps([attrs.asdict(state) for state in states], indent=2))
    else:
        _print_states(states)
    sys.exit(1 if strict and any(state.state == "failed" for state in states) else 0)


def _print_states(states: tuple[SourceState, ...]) -> None:
    console = new_console()
    rows: list[tuple[str, ...]] = []
    for each in states:
        time = "" if each.seconds is None else f"{1000.0 * each.seconds:.1f}"
        records = "" if each.records is None else str(each.records)
        serves = each.group.removeprefix("mineral_ratio.")
        words = (each.name, each.origin, each.version, each.state, serves)
        rows.append((*words, time, records, str(len(each.conflicting) or "")))
    headings = ("name", "origin", "version", "state", "serves", "time, ms", "records", "conflicts")
    console.print(shown_table(Table("Sources", headings, tuple(rows), headings[:5])))
    for each in states:
        if each.reason:
            print_indented(f"- {each.name} of {each.origin}: {each.reason}", console)
        if each.conflicting:
            shown = ", ".join(each.conflicting[:_MOST_CONFLICTS])
            more = len(each.conflicting) - _MOST_CONFLICTS
            others = f" and {more} more" if more > 0 else ""
            text = f"another composition than an earlier source under {shown}{others}"
            print_indented(f"- {each.name} of {each.origin}: {text}", console)
