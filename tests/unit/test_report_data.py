"""The data of a report read back, and what is refused as such."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mineral_ratio as mr
from mineral_ratio.checks import report_data
from mineral_ratio.checks.checking import check
from mineral_ratio.checks.references import ReferenceValue
from mineral_ratio.checks.reports import CheckReport
from mineral_ratio.mixtures.intakes import LifeStage

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.toml"))
CHALK = mr.Compound("chalk", ions="1 Ca2+, 1 carbonate")
WOMAN = LifeStage("female", 31, "pregnant")
MIXTURES = {
    "blend": mr.Blend([mr.Ingredient(CHALK, "1 g")]),
    "empty": mr.Blend(),
    "maybe none": mr.Blend(
        [
            mr.Ingredient(CHALK, "1 g"),
            mr.Ingredient(mr.Material(name="bran", declared={"Mg": "0 to 1 %"}), "1 g"),
        ]
    ),
    "diet": mr.Analysis({"Ca": "1 g", "Mg": "0.3 g"}, per="day", counts=["natural_food", "water"]),
}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_come_back(path):
    """Read from their own JSON, the reports give the same data and the same text."""
    report = check(mr.Product.from_file(path), person=WOMAN)
    again = CheckReport.from_dict(json.loads(report.to_json()))
    assert again.as_dict() == report.as_dict()
    assert str(again) == str(report)
    assert again.references == report.references or again.as_dict() == report.as_dict()


@pytest.mark.parametrize("name", MIXTURES)
def test_other_mixtures_come_back(name):
    """Blends, diets, and ratios without an upper bound."""
    report = check(MIXTURES[name], sorted(mr.rules()), person=WOMAN)
    assert CheckReport.from_dict(report.as_dict()).as_dict() == report.as_dict()


def test_a_rule_and_a_value_of_ones_own_come_back():
    """What is not bundled is built again from its data."""
    rule = mr.RatioRule(
        "ca-mg-house", "Ca", "Mg", "equivalent", upper=2.0, scope="product", evidence="low", citation="us",
        charges={"Ca": 2, "Mg": 2},
    )  # fmt: skip
    limit = ReferenceValue("HOUSE", "2026", "Ca", "UL", "1", "g/day", counts="water")
    report = check(MIXTURES["diet"], rule, limit)
    again = CheckReport.from_dict(json.loads(report.to_json()))
    assert again.checks[0].rule == rule
    assert again.references[0].reference == limit
    assert again.as_dict() == report.as_dict()


@given(st.floats(0, 1e30))
def test_a_figure_comes_back_to_the_last_bit(value):
    """Thousandths of a figure's thousandfold are a figure with the same thousandfold."""
    milli = 1000.0 * value
    assert 1000.0 * report_data._grams(milli) == milli


def test_every_key_is_needed_and_what_follows_is_not_read():
    """A report without a key is refused, but for those that follow from others."""
    data = check(MIXTURES["diet"], "ca-mg-durlach-1989", person=WOMAN).as_dict()
    for key in set(data) - {"schema", "index_checks", "summary", "disclaimer"}:
        with pytest.raises(ValueError, match="not the data of a report"):
            CheckReport.from_dict({other: value for other, value in data.items() if other != key})
    for key in ("summary", "disclaimer"):
        again = CheckReport.from_dict({**data, key: "nothing"})
        assert again.as_dict() == data


@pytest.mark.parametrize(
    "data", [None, [], "text", {}, {"schema": "mineral_ratio.check/1"}, {"schema": None}]
)
def test_data_of_another_schema_is_refused(data):
    """Older versions too."""
    with pytest.raises(ValueError, match=r"mineral_ratio\.check/2"):
        CheckReport.from_dict(data)


@pytest.mark.parametrize(
    "change",
    [
        {"elements": None},
        {"elements": [1]},
        {"person": {"sex": "female"}},
        {"person": 3},
        {"references": [{}]},
        {"checks": [{"rule": {"id": "x"}}]},
    ],
)
def test_data_that_are_torn_are_refused(change):
    """Whatever is missing or of another type, the error says what it is."""
    data = check(MIXTURES["diet"], person=WOMAN).as_dict()
    with pytest.raises(ValueError, match="not the data of a report"):
        CheckReport.from_dict({**data, **change})


def test_what_is_refused_everywhere_is_refused_here_by_its_own_error():
    """A person of another species."""
    data = check(MIXTURES["diet"], person=WOMAN).as_dict()
    data["person"]["sex"] = "oak"
    with pytest.raises(mr.NotFoundError, match="oak"):
        CheckReport.from_dict(data)
