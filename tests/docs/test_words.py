"""The library gives no advice: three words stand nowhere but where an authority or a source is quoted."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import attrs
import pytest

import mineral_ratio as mr
from mineral_ratio.checks.checking import check
from mineral_ratio.checks.references import ReferenceValue, references
from mineral_ratio.checks.reports import CheckReport
from mineral_ratio.cli.check import show
from mineral_ratio.mixtures.intakes import LifeStage

ROOT = Path(__file__).parents[2]
WORDS = re.compile(r"\b(optimal\w*|optimum|safe\w*|unsafe|deficien\w+)\b", re.IGNORECASE)
EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))
PAGES = sorted(
    path for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")] if "_build" not in path.parts
)
# What quotes: code, quotation marks, the names of an authority's kinds, and where a link leads.
QUOTED = re.compile(r"```.*?```|\]\([^)]*\)|`[^`]*`|\"[^\"]*\"|“[^”]*”|\*\*[^*]*\*\*", re.DOTALL)
PEOPLE = [LifeStage("female", 31, "pregnant"), LifeStage("male", 3)]
# Marked fields: what an authority or a source says, and the names that somebody gave.
RULE_FIELDS = ("evidence_note", "population", "tolerance_source", "citation", "authority")
VALUE_FIELDS = ("kind", "note", "citation", "edition", "condition")


def everything() -> mr.Analysis:
    """A diet with every nutrient that there is a reference value of."""
    names = dict.fromkeys(str(each.analyte) for each in references())
    return mr.Analysis(dict.fromkeys(names, "5 mg"), per="day", counts=["supplement", "water"])


REPORTS: dict[str, CheckReport] = {
    **{path.stem: check(mr.Product.from_file(path), person=PEOPLE[0]) for path in EXAMPLES},
    **{
        f"everything, {person}": check(everything(), [*mr.rules(), *mr.index_rules()], person=person)
        for person in PEOPLE
    },
}


def fields(report: CheckReport) -> list[str]:
    """The texts of marked fields, longest first."""
    texts = [getattr(each.rule, name, "") for each in report.every_check for name in RULE_FIELDS]
    values: list[ReferenceValue] = [each.reference for each in (*report.references, *report.daily_values)]
    texts += [getattr(value, name) for value in values for name in VALUE_FIELDS]
    texts += [each.tolerance.note for each in report.label_checks]
    texts += report.notes  # what is said of a compound or a material is its source's
    return sorted(filter(None, map(words, texts)), key=len, reverse=True)


def words(text: str) -> str:
    """A text as one line, without the bars of tables."""
    return " ".join(re.sub(r"[│┃]", " ", text).split())


def own(text: str, report: CheckReport) -> str:
    """A rendered report without its marked fields."""
    text = words(text)
    for field in fields(report):
        text = text.replace(field, "")
    return text


@pytest.mark.parametrize("name", REPORTS)
def test_a_printed_report_has_none_of_the_words(name, capsys, monkeypatch):
    """The terminal's tables, wide enough that no field is broken, and the short text."""
    monkeypatch.setenv("COLUMNS", "4000")
    report = REPORTS[name]
    show(report)
    printed = capsys.readouterr().out
    assert WORDS.search(own(printed, report)) is None
    assert WORDS.search(own(str(report), report)) is None


@pytest.mark.parametrize("name", REPORTS)
def test_a_page_has_none_of_the_words(name):
    """The HTML of a notebook."""
    report = REPORTS[name]
    text = unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", report.to_html(), flags=re.DOTALL))
    assert WORDS.search(own(text, report)) is None


def test_the_words_are_found_where_they_stand():
    """The test can fail: an authority's term is there, and is a marked field."""
    report = REPORTS[f"everything, {PEOPLE[0]}"]
    assert WORDS.search(str(report))
    assert "safe level of intake" in fields(report)


def test_the_words_of_the_data_are_the_authorities_own():
    """Keys and verdicts have none of them either."""
    for report in REPORTS.values():
        for each in report.references:
            assert not WORDS.search(" ".join((each.verdict, *each.notes)).replace(each.reference.note, ""))
        assert not any(map(WORDS.search, (field.name for field in attrs.fields(CheckReport))))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_page_of_the_docs_has_none_outside_quotations(page):
    """Code, quotation marks, bold terms of an authority and addresses are quotations."""
    text = QUOTED.sub("", page.read_text(encoding="utf-8"))
    found = WORDS.search(text)
    assert found is None, text[max(0, found.start() - 60) : found.end() + 40]
