"""Public tables with known errors, audited; and the library's own tables, which pass the same audit."""

from __future__ import annotations

from pathlib import Path

import pytest

import mineral_ratio as mr
from mineral_ratio.audits.reports import audit, audit_file, told
from mineral_ratio.substances._tables import read_table

TABLES = Path(__file__).parents[2] / "examples" / "tables"


def row(report, label):
    """The row of a name or formula."""
    (found,) = [each for each in report.rows if each.label == label]
    return found


def off(row):
    """What disagrees in a row, each with the kinds of its causes."""
    return {each.analyte: [cause.kind for cause in each.causes] for each in row.cells if each.disagrees}


def test_the_aquarium_calculator_has_the_sulfur_of_the_next_record_as_chlorine() -> None:
    """KCl with 18.401 % Cl (true 47.55) does not close; the hemihydrate carries the anhydrous figures."""
    report = audit_file(TABLES / "aquarium_compounds.csv")
    assert report.summary == "15 rows, 35 cells: 32 agree, 1 low, 2 high"
    salt = row(report, "KCl")
    (chlorine,) = [each for each in salt.cells if each.disagrees]
    assert chlorine.causes[0].text == "the figure of S in the next row (K2SO4)"
    assert chlorine.theory.value == pytest.approx(0.4755, abs=5e-5)
    assert salt.closure == pytest.approx(0.70846, abs=5e-6)
    assert off(row(report, "CaSO4.1/2H2O")) == {"Ca": ["hydrate"], "S": ["hydrate"]}
    assert len(report.failed) == 2


def test_hydrobuddy_has_the_carbon_of_calcium_carbonate_as_calcium() -> None:
    """11.999 % Ca (danielfppps/hydrobuddy, issue 4), and iron in sodium nitrate; the rest is within 1 %."""
    report = audit_file(TABLES / "hydrobuddy_substances.csv")
    assert report.summary == "36 rows, 65 cells: 63 agree, 1 low, 1 impossible"
    chalk = row(report, "Calcium Carbonate")
    assert off(chalk) == {"Ca": ["another element"]}
    assert chalk.cells[0].causes[0].text == "the content of C"
    assert off(row(report, "Sodium Nitrate")) == {"Fe": []}


def test_a_quarter_of_the_nasem_feed_library_s_salts_is_off() -> None:
    """20 of 81 cells on named salts by more than 5 %; gypsum has the anhydrous salt's sulfur."""
    report = audit_file(TABLES / "nasem_minerals.csv", tolerance="5 %")
    assert report.summary == "52 rows, 81 cells: 61 agree, 14 low, 3 high, 3 impossible"
    gypsum = row(report, "Calcium sulfate (2H2O)")
    assert [each.verdict for each in gypsum.cells] == ["agrees", "high"]
    assert "calcium sulfate anhydrous" in gypsum.cells[1].causes[0].text
    assert off(row(report, "Sodium sulfate")) == {"Na": ["hydrate"], "S": ["hydrate"]}
    assert [cause.kind for cause in row(report, "Potassium iodide").causes] == ["purity"]
    assert len(report.disagreeing) == 20


def test_the_bundled_compounds_pass_the_audit() -> None:
    """By name and stated formula, with the contents that the formula's text gives."""
    rows = []
    for record in read_table("compounds.csv"):
        if record["formula"]:
            contents = mr.Formula.parse(record["formula"]).mass_fractions().items()
            figures = {f"{symbol} %": f"{100 * fraction:.6f}" for symbol, fraction in contents}
            rows.append({"name": record["name"], "formula": record["formula"], **figures})
            rows.append({"name": record["name"], **figures})
    report = audit(rows, tolerance="0.01 %")
    assert len(rows) > 150
    assert [(each.label, each.findings) for each in report.failed] == []
    assert all(each.closure == pytest.approx(1.0) for each in report.rows)


def test_the_bundled_materials_pass_the_audit() -> None:
    """No content that a specification declares is above theory; trade grades are up to a fifth below it."""
    rows = []
    for each in mr.default_catalog():
        if isinstance(each, mr.Material) and each.compound is not None:
            declared = {str(asked): str(item.range) for asked, item in each.declared}
            if each.assay is not None and each.assay.of == each.compound.formula:
                declared["assay"] = str(each.assay.range)
            rows += [{"name": each.compound.name, **declared}] if declared else []
    report = audit(rows)
    assert len(rows) > 20
    assert [told(each) for each in report.disagreeing if each.verdict != "low"] == []
    assert [told(each) for each in report.disagreeing if each.deviation < -0.2] == []
    assert [row.findings for row in report.rows if row.findings] == []
