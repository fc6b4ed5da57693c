"""Figures that the first product and a man's diet have beside the reference values of each authority.

The values are those of NASEM (1997, 2011), EFSA (2018), 21 CFR 101.9(c)(8)(iv) and Regulation (EU) No
1169/2011, Annex XIII; what a label prints of them follows 21 CFR 101.36 and 101.9(c)(8)(iii).
"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import mineral_ratio as mr
from mineral_ratio.checks.checking import check
from mineral_ratio.cli import cli
from mineral_ratio.mixtures.intakes import LifeStage

CAL_MAG = Path(__file__).parents[2] / "examples" / "cal_mag.toml"
ALL = {"natural_food", "added_to_food", "water", "supplement", "medicine"}


@pytest.fixture(name="report", scope="module")
def _report():
    return check(mr.Product.from_file(CAL_MAG))


def beside(report, analyte, authority, kind):
    """The one comparison."""
    (found,) = [
        each
        for each in report.references
        if (str(each.reference.analyte), each.reference.authority, each.reference.kind)
        == (analyte, authority, kind)
    ]
    return found


def test_the_ratio_and_its_three_rules(report):
    """Ca:Mg is 2.00 by mass and 1.21 by amount, under three rules with their evidence."""
    ratios = {each.basis: each.value for each in report.ratios if each.denominator == "Mg"}
    assert ratios["mass"] == pytest.approx(2.00, abs=0.005)
    assert ratios["amount"] == pytest.approx(1.21, abs=0.005)
    assert [(each.rule.id, each.rule.evidence) for each in report.checks] == [
        ("ca-mg-durlach-1989", "low"),
        ("ca-mg-costello-2021", "low"),
        ("ca-mg-vendor-2-to-1", "marketing claim"),
    ]


@pytest.mark.parametrize(
    ("authority", "percent", "counts"),
    [
        ("NASEM", 143, {"supplement", "medicine"}),
        ("EFSA", 200, {"supplement", "added_to_food", "water"}),
    ],
)
def test_magnesium_beside_the_upper_levels(report, authority, percent, counts):
    """500 mg is 143 % of the US level and 200 % of EFSA's, each with what it counts."""
    found = beside(report, "Mg", authority, "UL")
    assert round(100 * found.share) == percent
    assert found.verdict == "above"
    assert found.reference.counts == counts


@pytest.mark.parametrize(
    ("authority", "kind", "percent", "verdict"),
    [
        ("NASEM", "RDA", 100, "reached"),
        ("NASEM", "UL", 40, "below"),
        ("EFSA", "PRI", 105, "above"),
        ("EFSA", "AR", 133, "above"),
        ("EFSA", "UL", 40, "below"),
    ],
)
def test_calcium_beside_the_values_of_both_sides(report, authority, kind, percent, verdict):
    """1,000 mg, each authority for itself, and each saying that a supplement is alone."""
    found = beside(report, "Ca", authority, kind)
    assert (round(100 * found.share), found.verdict) == (percent, verdict)
    assert found.reference.counts == ALL
    assert any("without the rest of the diet" in note for note in found.notes)


@pytest.mark.parametrize(
    ("analyte", "authority", "supplement", "food"),
    [("Ca", "FDA", 77, 80), ("Mg", "FDA", 119, 120), ("Ca", "EU", 125, None), ("Mg", "EU", 133, None)],
)
def test_percentages_of_a_label(report, analyte, authority, supplement, food):
    """77 and 119 % DV; on a food 80 and 120."""
    (found,) = [
        each
        for each in report.daily_values
        if (str(each.reference.analyte), each.reference.authority) == (analyte, authority)
    ]
    assert (found.on_supplement, found.on_food) == (supplement, food)
    assert found.claimed


def test_the_percentages_before_2016():
    """Superseded: 100 and 125 % of 1,000 and 400 mg."""
    from mineral_ratio.checks.references import references_for

    man = LifeStage("male", 40)
    old = [
        each
        for each in references_for(man, "FDA", "21 CFR 101.9 (pre-2016)")
        if str(each.analyte) in ("Ca", "Mg")
    ]
    report = check(mr.Product.from_file(CAL_MAG), references=old)
    assert [each.on_supplement for each in report.daily_values] == [100, 125]


def test_the_command_shows_all_of_it():
    """What the issue names is in the printed report."""
    result = CliRunner().invoke(cli, ["check", str(CAL_MAG)])
    assert result.exit_code == 0
    text = " ".join(result.stdout.replace("│", " ").split())
    for shown in (
        "2.000",
        "1.213",
        "NASEM UL 350 supplement and 500.0 142.9 % above",
        "EFSA UL 250 mg/day added to food, 500.0 200.0 % above",
        "76.92 % 77 % 80 %",
        "119.0 % 119 % 120 %",
        "evidence: low",
        "evidence: marketing claim",
    ):
        assert shown in text, shown
    assert CliRunner().invoke(cli, ["check", str(CAL_MAG), "--fail-on-limits"]).exit_code == 1


@pytest.mark.parametrize(
    ("counts", "verdicts"),
    [
        (["natural_food"], {"NASEM": "not applied", "EFSA": "not applied"}),
        (["natural_food", "added_to_food", "water"], {"NASEM": "not applied", "EFSA": "undecided"}),
    ],
)
def test_a_man_whose_food_holds_420_mg_of_magnesium_is_above_no_limit(counts, verdicts):
    """Neither US nor EU: the limits are on what is added, and food alone is no part of it."""
    diet = mr.Analysis({"Mg": "420 mg"}, per="day", scope="total diet", counts=counts)
    report = check(diet, person=LifeStage("male", 40))
    assert report.above_limits == ()
    limits = {each.reference.authority: each.verdict for each in report.references if each.reference.upper}
    assert limits == verdicts
    assert beside(report, "Mg", "NASEM", "RDA").verdict == "reached"
