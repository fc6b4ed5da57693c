"""Rules on indices in the report: beside rules on ratios, as data, text, page and exit code."""

from __future__ import annotations

import json
import math
from html import unescape

import attrs
import pytest
from click.testing import CliRunner

import mineral_ratio as mr
from mineral_ratio.cli import cli
from mineral_ratio.cli.check import show

WATER = mr.Analysis(
    {"Na": "2.3 g/L", "Ca": "80 mg/L", "Mg": "24.3 mg/L"}, name="well", per="L", scope="water"
)
EXTRACT = mr.Analysis({"Na": "2.3 g/L", "Ca": "80 mg/L", "Mg": "24.3 mg/L"}, per="L", scope="soil")
HAY = mr.Analysis({"Na": "0.1 %", "K": "2 %", "Cl": "0.5 %", "S": "0.2 %"}, per="kg", scope="ration")
OWN = mr.IndexRule("house", "sar", "(mEq/L)^0.5", lower=50, scope="water", evidence="low", citation="us")
FILE = """
name = "chalk"
rules = [{rules}]

[[ingredients]]
formula = "CaCO3"
mass = "1 g"
"""


@pytest.fixture
def product(tmp_path):
    """Writes a product file with rules."""

    def write(*rules: str) -> str:
        path = tmp_path / "product.toml"
        path.write_text(FILE.format(rules=", ".join(map(json.dumps, rules))), encoding="utf-8")
        return str(path)

    return write


@pytest.mark.parametrize(("subject", "key"), [(EXTRACT, "sar-sodic-soil"), (WATER, "sar-irrigation-s1")])
def test_an_index_above_its_limit_fails(subject, key):
    """A SAR of 58 is above 13 for a soil's extract, and above 10 for a water."""
    report = mr.check(subject, key)
    (check,) = report.index_checks
    assert (check.verdict, check.index.value > 13.0, report.checks) == ("above", True, ())
    assert report.failed == (check,)
    assert report.open == ()
    assert report.summary == "1 rule: 0 within, 1 below or above, 0 open"
    assert report.notes[-1] == check.index.notes[-1]


def test_an_index_within_its_limits():
    """Hay is within the range for lactating cows, its limits told in their unit."""
    report = mr.check(HAY, "dcad-lactating")
    assert [each.verdict for each in report.index_checks] == ["within"]
    assert report.summary == "1 rule: 1 within, 0 below or above, 0 open"
    (line,) = [line for line in str(report).splitlines() if "dcad-lactating" in line]
    assert line.endswith("mEq/kg; 250 to 400")


def test_both_kinds_are_kept_in_the_order_asked():
    """Ids and rules of both kinds, mixed: each kind in its own order, the summary over both."""
    durlach = mr.rule("ca-mg-durlach-1989")
    report = mr.check(WATER, [OWN, "zn-cu-bomss", "sar-sodic-soil", durlach])
    assert [each.rule for each in report.index_checks] == [OWN, mr.index_rule("sar-sodic-soil")]
    assert [each.rule.id for each in report.checks] == ["zn-cu-bomss", durlach.id]
    assert report.every_check == (*report.checks, *report.index_checks)
    assert report.summary.startswith("4 rules: 1 within, 0 below or above, 3 open")
    assert mr.check(WATER, OWN).index_checks == report.index_checks[:1]


def test_an_index_that_a_product_has_not(product):
    """A product is no water: undecided and out of scope, with both reasons and the limits."""
    report = mr.check(mr.Product.from_file(product("sar-sodic-soil")))
    (check,) = report.open
    assert (check.verdict, check.in_scope, check.figure, len(check.notes)) == ("undecided", False, None, 2)
    assert "sar-sodic-soil: undecided, out of scope, no index; below 13 (mEq/L)^0.5" in str(report)


def test_an_index_in_another_unit_is_not_shown_as_if_judged():
    """A figure per 1000 kcal does not stand beside a limit per day."""
    meal = mr.Analysis({"phytic acid": "1 g", "Ca": "1 g", "Zn": "9 mg"}, per="1000 kcal")
    (check,) = mr.check(meal, "phytate-calcium-zinc-ellis-1987").index_checks
    assert (check.verdict, check.index) == ("undecided", None)


def test_json_comes_back():
    """Judged, and without an index: the same report again, to the last bit."""
    report = mr.check(WATER, ["sar-irrigation-s1", OWN, "dcad-close-up", "ca-mg-durlach-1989"])
    again = mr.CheckReport.from_dict(json.loads(report.to_json()))
    assert again.index_checks == report.index_checks
    assert [each.index and each.index.notes for each in again.index_checks] == [
        each.index and each.index.notes for each in report.index_checks
    ]
    assert again.as_dict() == report.as_dict()
    assert str(again) == str(report)


def test_an_upper_end_that_is_infinite_is_null():
    """As for ratios, JSON having no infinity."""
    endless = mr.Index("SAR", 60.0, 40.0, math.inf, "(mEq/L)^0.5")
    check = mr.IndexCheck(OWN, "undecided", endless, in_scope=True)
    report = attrs.evolve(mr.check(WATER), index_checks=(check,))
    assert report.as_dict()["index_checks"][0]["index"]["high"] is None
    assert mr.CheckReport.from_dict(json.loads(report.to_json())).index_checks == (check,)


def test_data_of_before_there_were_indices_are_read():
    """The version of the schema is the same: a report without the key has no such checks."""
    data = mr.check(WATER, "sar-irrigation-s1").as_dict()
    del data["index_checks"]
    assert mr.CheckReport.from_dict(data).index_checks == ()


@pytest.mark.parametrize("torn", [None, [1], [{}], [{"rule": {"id": "x"}}]])
def test_torn_data_are_refused(torn):
    """What is no check of an index is no data of a report."""
    with pytest.raises(ValueError, match="not the data of a report"):
        mr.CheckReport.from_dict({**mr.check(WATER).as_dict(), "index_checks": torn})


def test_the_page_and_the_terminal_show_it(capsys, monkeypatch):
    """Value with unit, limits, scope, evidence, citation and notes, though there is no rule on a ratio."""
    monkeypatch.setenv("COLUMNS", "2000")
    report = mr.check(WATER, "sar-sodic-soil")
    (check,) = report.index_checks
    rule, figure = check.rule, "57.80 (mEq/L)^0.5"
    show(report)
    printed = capsys.readouterr().out
    page = unescape(report.to_html())
    for text in (printed, page):
        assert f"sar {figure}; below 13" in text
        for part in (rule.id, "above, out of scope", rule.population, rule.evidence_note, rule.citation):
            assert part in text
        assert check.notes[0] in text
        assert report.summary in text


def test_the_picture_says_that_it_is_left_out():
    """An index has no place on the axis of ratios: it is counted among what is not drawn."""
    pytest.importorskip("matplotlib")
    (axes,) = mr.check(WATER, ["ca-mg-durlach-1989", "sar-sodic-soil"]).plot().axes
    assert "not drawn: 1 of 2" in " ".join(axes.get_xlabel().split())


def test_the_command_line_takes_both_kinds(product):
    """A product file names a rule on an index: open, so 1 only with --strict."""
    path = product("sar-sodic-soil")
    run = CliRunner().invoke(cli, ["check", path])
    assert (run.exit_code, "sar no index; below 13" in run.stdout) == (0, True)
    assert CliRunner().invoke(cli, ["check", path, "--strict"]).exit_code == 1


def test_an_unknown_rule_of_a_file_names_file_and_key(product):
    """As before, and what is close to it may be of either kind."""
    path = product("ca-mg-durlach-1989", "sar-sodic-soi")
    run = CliRunner().invoke(cli, ["check", path])
    assert run.exit_code == 2
    assert "rules[2]" in run.stderr
    assert path in run.stderr
    assert "did you mean 'sar-sodic-soil'" in run.stderr


@pytest.mark.parametrize(
    ("key", "close"), [("sar-irrigation", "sar-irrigation-s1"), ("ca-mg-durlach", "ca-mg-durlach-1989")]
)
def test_a_miss_suggests_ids_of_both_kinds(key, close):
    """Whichever kind the id is nearest to; with nothing near, all of both."""
    with pytest.raises(mr.NotFoundError) as caught:
        mr.check(WATER, key)
    assert close in caught.value.suggestions
    for other in ("", ["sar-sodic-soil"]):
        with pytest.raises(mr.NotFoundError) as caught:
            mr.check(WATER, [other])
        assert caught.value.kind == "rule"
    with pytest.raises(mr.NotFoundError) as caught:
        mr.check(WATER, "§§§§")
    assert {*mr.rules(), *mr.index_rules()} <= {*caught.value.suggestions}
