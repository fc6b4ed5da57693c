"""The report as HTML: a fragment for a notebook, and a page that stands by itself.

No colour is set but a translucent grey for lines, so that text and ground are those of whatever
shows it, light or dark. Nothing rests on colour, and nothing is loaded. Whatever an authority
wrote (its name, its terms, its titles, its figures as printed) has the class ``authority``; what is
outside of it is said by the library.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import attrs

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
from mineral_ratio.mixtures.intakes import PARTS, spoken_parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mineral_ratio.checks.index_rules import IndexCheck
    from mineral_ratio.checks.labels import DailyPercent, LabelCheck
    from mineral_ratio.checks.references import ReferenceCheck, ReferenceValue
    from mineral_ratio.checks.reports import CheckReport
    from mineral_ratio.checks.rules import RatioCheck

# Every selector begins with the class of the fragment: a notebook holds much else.
_STYLE = """\
.mineral-ratio{line-height:1.4;max-width:75em}
.mineral-ratio p{margin:.5em 0}
.mineral-ratio .wide{margin:1em 0;overflow-x:auto}
.mineral-ratio table{border-collapse:collapse;margin:0;table-layout:auto}
.mineral-ratio caption{caption-side:top;font-weight:bold;padding:.25em 0;text-align:left}
.mineral-ratio th,.mineral-ratio td{border-bottom:1px solid rgba(128,128,128,.5);max-width:34em;\
padding:.25em 1em .25em 0;text-align:left;vertical-align:top;white-space:normal}
.mineral-ratio thead th{vertical-align:bottom}
.mineral-ratio tbody th{font-weight:normal}
.mineral-ratio .figure{font-variant-numeric:tabular-nums;text-align:right}
.mineral-ratio td.figure{white-space:nowrap}
.mineral-ratio .wordy td:not(.figure){min-width:9em}
.mineral-ratio summary{cursor:pointer}
.mineral-ratio ul{margin:.25em 0;padding-left:1.5em}
.mineral-ratio .authority{font-style:normal}"""

_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>body{{font-family:system-ui,sans-serif;margin:1em}}</style>
</head>
<body>
{body}
</body>
</html>
"""


def page(report: CheckReport) -> str:
    """A report as an HTML document that needs no other file.

    Args:
        report: The report.
    """
    return _PAGE.format(title=_text(report.name), body=fragment(report))


def fragment(report: CheckReport) -> str:
    """A report as an HTML element for a notebook, with its style.

    Args:
        report: The report.
    """
    plain, others = map(_plain_table, tables(report)), (_label_checks, _daily_values, _references, _rules)
    left = "" if report.unassigned is None else f"{milligrams(report.unassigned)} mg"
    parts = [
        f"<style>\n{_STYLE}\n</style>",
        _heading(report),
        *plain,
        f"<p>Not assigned to any formula or declaration: {left}</p>" if left else "",
        *(_table(table, wordy=True) for table in (make(report) for make in others) if table.rows),
        f"<p>{_text(report.summary)}</p>" if report.every_check else "",
        _details("Uncertain, and what was used", map(_text, report.notes)) if report.notes else "",
        _details("Amounts as read", map(_text, report.readings)) if report.readings else "",
        f"<p>Atomic weights: {', '.join(map(_text, report.editions))}.</p>",
        f"<p><strong>{DISCLAIMER}</strong></p>",
    ]
    label = escape(printable(f"Report on {report.name}"))
    start = f'<section class="mineral-ratio" lang="en" aria-label="{label}">'
    return "\n".join(filter(None, [start, *parts, "</section>"]))


def _heading(report: CheckReport) -> str:
    """What was checked, whose intake it is and which parts of it."""
    days = "" if report.servings_per_day is None else f"{report.servings_per_day:g} a day"
    serving = ", ".join(filter(None, (_given(report.serving), days)))
    lines = [
        f"<strong>{_given(report.name)}</strong>, per {_text(report.per)}"
        + (f" ({serving})" if serving else ""),
        f"Counted as: {spoken_parts(report.counts)}" if report.counts else "",
        f"Reference values for: {_text(str(report.person))}" if report.person else "",
    ]
    return f"<p>{'<br>'.join(filter(None, lines))}</p>"


def _text(text: str) -> str:
    return escape(printable(text))


def _given(text: str) -> str:
    """A name that somebody gave, in whatever direction it is written."""
    return f"<bdi>{_text(text)}</bdi>" if text else ""


def _authority(text: str, tag: str = "span") -> str:
    """Words of an authority or a source, marked as such."""
    return f'<{tag} class="authority">{_text(text)}</{tag}>' if text else ""


def _table(table: Table, *, wordy: bool = False) -> str:
    """A table whose cells are HTML; the first cell of a row is its heading."""
    classes = ["" if heading in table.words else ' class="figure"' for heading in table.headings]
    columns = zip(table.headings, classes, strict=True)
    head = "".join(f'<th scope="col"{name}>{escape(heading)}</th>' for heading, name in columns)
    rows: list[str] = []
    for first, *others in table.rows:
        cells = zip(others, classes[1:], strict=True)
        told = "".join(f"<td{name}>{cell}</td>" for cell, name in cells)
        rows.append(f'<tr><th scope="row">{first}</th>{told}</tr>')
    title = escape(table.title)
    kind = ' class="wordy"' if wordy else ""
    body = "\n".join(rows)
    return "\n".join(
        [
            # What scrolls can be reached with the keyboard, and says what it is.
            f'<div class="wide" role="region" tabindex="0" aria-label="{title}">',
            f"<table{kind}><caption>{title}</caption>",
            f"<thead><tr>{head}</tr></thead>",
            f"<tbody>{body}</tbody></table>{escape(table.note)}</div>",
        ]
    )


def _plain_table(table: Table) -> str:
    rows = tuple((_given(row[0]), *map(_text, row[1:])) for row in table.rows)
    return _table(attrs.evolve(table, rows=rows))


def _label_checks(report: CheckReport) -> Table:
    headings = ("claim", "tolerance", "claimed, mg", "filled, mg", "verdict")
    rows = tuple(map(_label_check, report.label_checks))
    words = ("claim", "tolerance", "verdict")
    return Table("Claims and the tolerances of labels", headings, rows, words)


def _label_check(check: LabelCheck) -> tuple[str, ...]:
    tolerance = check.tolerance
    issued = f"{tolerance.authority}, {tolerance.year}" if tolerance.year else tolerance.authority
    more = [_authority(tolerance.note), f"Source: {_authority(tolerance.citation, 'cite')}"]
    summary = f"{_authority(issued)} ({_text(tolerance.evidence)}): {_text(tolerance.limits)}"
    return (
        _given(check.name),
        _details(summary, more),
        milligrams(check.claimed),
        filled(check),
        _verdict(check.verdict, check.notes),
    )


def _daily_values(report: CheckReport) -> Table:
    headings = ("nutrient", "value", "of", "mass, mg", "percent", "as on supplements", "as on US foods")
    rows = tuple(map(_daily_value, report.daily_values))
    return Table("Percent of the values that labels use", headings, rows, ("nutrient", "value", "of"))


def _daily_value(each: DailyPercent) -> tuple[str, ...]:
    whose = f"{_text(each.per)}, {'claimed' if each.claimed else 'as filled'}"
    return (
        _given(str(each.reference.analyte)),
        _value(each.reference),
        "<br>".join(filter(None, [whose, _text(each.note)])),
        "not known" if each.amount is None else span(each.amount, 1000.0),
        percent(each.percent),
        *map(escape, on_labels(each)),
    )


def _references(report: CheckReport) -> Table:
    headings = ("nutrient", "value", "for", "intake, mg a day", "percent", "where it lies")
    rows = tuple(map(_reference, report.references))
    return Table("Reference values", headings, rows, ("nutrient", "value", "for", "where it lies"))


def _reference(check: ReferenceCheck) -> tuple[str, ...]:
    reference = check.reference
    parts = (
        "all parts of an intake" if reference.counts == frozenset(PARTS) else spoken_parts(reference.counts)
    )
    return (
        _given(str(reference.analyte)),
        _value(reference),
        "<br>".join(filter(None, [_authority(reference.group), f"counts {parts}"])),
        "" if check.intake is None else span(check.intake, 1000.0),
        percent(percent_of(check)),
        _verdict(check.verdict, check.notes),
    )


def _value(reference: ReferenceValue) -> str:
    """A reference value as its authority printed it, with what else is known of it folded under it."""
    amount = _authority(reference.amount, "q") if reference.printed else _text(reference.amount)
    more = [
        f"Edition: {_authority(reference.edition, 'cite')}",
        f"Note: {_authority(reference.note)}" if reference.note else "",
        f"Source: {_authority(reference.citation, 'cite')}" if reference.citation else "",
    ]
    return _details(f"{_authority(f'{reference.authority} {reference.kind}')} {amount}", more)


def _rules(report: CheckReport) -> Table:
    headings = ("rule", "verdict", "figure and limits", "scope", "evidence")
    return Table("Rules", headings, tuple(map(_rule, report.every_check)), headings)


def _rule(check: RatioCheck | IndexCheck) -> tuple[str, ...]:
    rule = check.rule
    verdict = check.verdict + ("" if check.in_scope else ", out of scope")
    whom = f" ({_authority(rule.population)})" if rule.population else ""
    tolerance = rule.tolerance_source if isinstance(rule, RatioRule) else ""
    evidence = rule.evidence + (", disputed" if rule.disputed else "")
    more = [
        _text(rule.evidence_note),
        f"Tolerance: {_text(tolerance)}" if tolerance else "",
        f"Source read: {_text(rule.source_kind)}" if rule.source_kind else "",
        f"Source: {_authority(rule.citation, 'cite')}" if rule.citation else "",
    ]
    return (
        _given(rule.id),
        _verdict(verdict, check.notes),
        _text(f"{rule.subject} {told(check)}"),
        f"{_text(rule.scope)}{whom}",
        _details(_text(evidence), more),
    )


def _verdict(verdict: str, notes: Iterable[str]) -> str:
    return "<br>".join([f"<strong>{_text(verdict)}</strong>", *map(_text, notes)])


def _details(summary: str, items: Iterable[str]) -> str:
    """A line that opens into a list; empty items are left out."""
    points = "".join(f"<li>{item}</li>" for item in items if item)
    return f"<details><summary>{summary}</summary><ul>{points}</ul></details>"
