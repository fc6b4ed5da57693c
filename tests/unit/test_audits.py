"""Audits: what headings and cells are read as, what is refused, verdicts, causes, and the report."""

from __future__ import annotations

import copy
import csv
import io
import json
import math
import pickle
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import mineral_ratio as mr
from mineral_ratio.audits.causes import row_cause
from mineral_ratio.audits.headings import Column, ToleranceColumn, read_heading
from mineral_ratio.audits.reports import audit, audit_file, told
from mineral_ratio.audits.tables import read_csv, read_rows
from mineral_ratio.substances.atomic_weights import default_weights

WEIGHTS = default_weights()


def one(**row):
    """The audit of one row, its columns named with underscores for spaces."""
    (found,) = audit([row]).rows
    return found


def cell(substance: str, heading: str, text: object, tolerance: str = "1 %", key: str = "formula"):
    """The audit of one cell of a formula."""
    (found,) = audit([{key: substance, heading: text}], tolerance=tolerance).cells
    return found


def kinds(found) -> list[str]:
    """The kinds of the causes of a cell or row."""
    return [cause.kind for cause in found.causes]


def refusals(rows, **options) -> list[str]:
    """All that is refused in rows, each as where and what."""
    with pytest.raises(mr.RecordErrors) as caught:
        audit(rows, **options)
    return [str(error) for error in caught.value.exceptions]


# -- headings


@pytest.mark.parametrize(
    ("heading", "label", "unit"),
    [
        ("Ca %", "Ca", "%"),
        ("Ca%", "Ca", "%"),
        ("% Ca", "Ca", "%"),
        ("%Ca", "Ca", "%"),
        ("Ca", "Ca", ""),
        ("calcium", "Ca", ""),
        ("Calcium, %", "Ca", "%"),
        ("Ca (mg/kg)", "Ca", "mg/kg"),
        ("Ca [mg per kg]", "Ca", "mg/kg"),
        ("P2O5 [%]", "P2O5", "%"),
        ("P as P2O5 (%)", "P2O5", "%"),
        ("P  as\tP2O5  %", "P2O5", "%"),
        ("Ca_pct", "Ca", "%"),
        ("Ca_mg_per_kg", "Ca", "mg/kg"),
        ("Ca_mg_kg", "Ca", "mg/kg"),
        ("Mg_g_kg", "Mg", "g/kg"),
        ("Mg_mg_g", "Mg", "mg/g"),
        ("Se ppm", "Se", "ppm"),
        ("Se (µg/g)", "Se", "µg/g"),
        ("Se (\N{GREEK SMALL LETTER MU}g/g)", "Se", "µg/g"),
        ("Se mcg/kg", "Se", "µg/kg"),
        ("Na mg/100g", "Na", "mg/100 g"),
        ("K (g/g)", "K", "g/g"),
        ("K mass fraction", "K", "g/g"),
        ("Ca wt %", "Ca", "%"),
        ("Ca (% w/w)", "Ca", "%"),
        ("malic acid %", "malic acid", "%"),
        ("water %", "water", "%"),
        ("NO3 %", "NO3", "%"),
        ("nitrate %", "NO3", "%"),
        ("NO3-N %", "NO3-N", "%"),
        ("NH4-N [mg/g]", "NH4-N", "mg/g"),
        ("assay", "assay", ""),
        ("Assay %", "assay", "%"),
    ],
)
def test_a_heading_is_a_content_and_a_unit(heading: str, label: str, unit: str) -> None:
    """Whatever stands between the two."""
    column = read_heading(heading)
    assert isinstance(column, Column)
    assert (column.label, column.unit, column.heading) == (label, unit, heading)


@pytest.mark.parametrize(
    ("heading", "why"),
    [
        ("Ca (mg)", "no unit of a content"),
        ("Ca (as is)", "no unit of a content"),
        ("ca %", "names no content"),
        ("Price", "names no content"),
        ("CO3 %", "not reckoned from one element"),
        ("NaCl %", "not reckoned from one element"),
        ("P as K2O %", "not a form in which P is stated"),
        ("P2O5 as P", "not a form in which P2O5 is stated"),
        ("N as NO3", "could mean two things"),
        ("%", "names no content"),
        ("Ca tolerance (mg/kg)", "a tolerance is a part of the content"),
        ("Price tolerance", "names no content"),
    ],
)
def test_an_unclear_heading_is_refused(heading: str, why: str) -> None:
    """With the heading and the reason."""
    with pytest.raises(mr.UnitError, match=why) as caught:
        read_heading(heading)
    assert caught.value.value.split()[0] in heading


def test_headings_of_names_formulas_remarks_and_tolerances() -> None:
    """These state no content."""
    assert [read_heading(each) for each in ("Name", "compound", "chemical_formula", "Notes")] == [
        "name",
        "name",
        "formula",
        "remark",
    ]
    assert read_heading("tolerance") == ToleranceColumn("")
    assert read_heading("Ca tolerance %") == ToleranceColumn("Ca")
    assert read_heading("P2O5_tolerance") == ToleranceColumn("P2O5")


@pytest.mark.parametrize(
    ("heading", "symbol", "mass"),
    [
        ("K", "K", 39.0983),
        ("K2O", "K", 47.0978),
        ("NO3", "N", 62.004),
        ("NO3-N", "N", 14.007),
        ("NH4", "N", 18.039),
    ],
)
def test_a_column_is_reckoned_from_an_element(heading: str, symbol: str, mass: float) -> None:
    """With the mass that is stated for each of its atoms."""
    column = read_heading(heading)
    assert column.symbol == symbol
    assert column.per_atom(WEIGHTS) == pytest.approx(mass, abs=2e-3)


@pytest.mark.parametrize("heading", ["assay", "malic acid"])
def test_a_column_of_no_one_element_has_no_mass_per_atom(heading: str) -> None:
    """It says so."""
    column = read_heading(heading)
    assert column.symbol is None
    with pytest.raises(ValueError, match="not reckoned from one element"):
        column.per_atom(WEIGHTS)


# -- cells


@pytest.mark.parametrize(
    ("heading", "text", "low", "high"),
    [
        ("Ca %", "40", 0.4, 0.4),
        ("Ca %", 40, 0.4, 0.4),
        ("Ca %", 40.0, 0.4, 0.4),
        ("Ca %", Decimal("40.0"), 0.4, 0.4),
        ("Ca %", "40 %", 0.4, 0.4),
        ("Ca %", "40,5", 0.405, 0.405),
        ("Ca %", "39 to 41", 0.39, 0.41),
        ("Ca %", "39 to 41 %", 0.39, 0.41),
        ("Ca %", ">= 39", 0.39, None),
        ("Ca %", "max 41", None, 0.41),
        ("Ca (mg/kg)", "400,000", 0.4, 0.4),
        ("Ca (mg/g)", "400 mg/g", 0.4, 0.4),
        ("Ca (g/g)", "0.4", 0.4, 0.4),
        ("Ca (g/g)", "0.3 to 0.4", 0.3, 0.4),
        ("Ca (g/g)", "<= 0.4", None, 0.4),
        ("Ca", "400 mg/g", 0.4, 0.4),
        ("Ca", "39 to 41 %, typical 40 %", 0.39, 0.41),
    ],
)
def test_a_cell_is_a_number_a_range_or_a_limit(heading: str, text: object, low, high) -> None:
    """In the unit of its heading, or in its own."""
    stated = cell("CaCO3", heading, text).stated
    assert (stated.low, stated.high) == (
        low if low is None else pytest.approx(low, rel=1e-12),
        high if high is None else pytest.approx(high, rel=1e-12),
    )


@pytest.mark.parametrize("blank", ["", "  ", None, math.nan, Decimal("NaN")])
def test_a_blank_cell_states_nothing(blank: object) -> None:
    """It is no zero."""
    assert len(audit([{"formula": "KCl", "K %": 52, "Cl %": blank}]).cells) == 1


@pytest.mark.parametrize(
    ("heading", "text", "why"),
    [
        ("Ca", "40", "the unit is missing"),
        ("Ca %", "400 mg/kg", "the heading says %"),
        ("Ca (mg/kg)", "40 %", "the heading says mg/kg"),
        ("Ca %", "-1", "negative"),
        ("Ca %", "0,500", "could|begins with 0"),
        ("Ca %", "40 to 30", "lower limit is above"),
        ("Ca %", "n/a", "does not begin with a number"),
        ("Ca %", math.inf, "number"),
        ("Ca %", True, "text or a number, not bool"),
        ("Ca %", [40], "text or a number, not list"),
        ("Ca (g/g)", "40 %", "the heading says g/g"),
        ("tolerance", "1", "the unit is missing"),
    ],
)
def test_an_unclear_cell_is_refused(heading: str, text: object, why: str) -> None:
    """With the row, the heading and the reason."""
    (error,) = refusals([{"formula": "CaCO3", "K %": 0, heading: text}])
    assert error.startswith(f"rows:1:{heading}: ")
    assert any(each in error for each in why.split("|"))


def test_all_errors_are_told_at_once() -> None:
    """A bad heading once, each bad cell, each bad row."""
    errors = refusals(
        [
            {"formula": "KCl", "Price": "3", "K %": "x"},
            {"formula": "KCl)", "Price": "4", "K %": "y"},
            {"K %": "1", "": "stray"},
            {"formula": "SO4^2-", "S": "20"},
            "no mapping",
            {"name": "KCl", "salt": "NaCl", "K %": 1},
            {"name": "KCl", None: ["extra"], "K %": 1},
        ]
    )
    starts = (
        "rows:1:Price: ",
        "rows:1:K %: ",
        "rows:2:K %: ",
        "rows:2:formula: ",
        "rows:3: ",
        "rows:3:name: ",
        "rows:4:formula: SO4^2- has a charge of -2",
        "rows:4:S: ",
        "rows:5: a row is a mapping",
        "rows:6:salt: the row has another name, 'KCl'",
        "rows:7: ",
    )
    assert sorted(next(start for start in starts if error.startswith(start)) for error in errors) == sorted(
        starts
    )


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"formula": "KCl", "K %": 10**400}, "K %"),
        ({"formula": "KCl", "K %": 10**5000}, "too many digits"),
        ({"formula": "KCl", "K %": Fraction(10**400, 3)}, "K %"),
        ({10**400: 10**5000, "K %": "1", "formula": "KCl"}, "a value of type int stands in no column"),
    ],
)
def test_numbers_beyond_all_measure_are_refused(row, why) -> None:
    """However large, a number is an error of its cell and of nothing else."""
    (error,) = refusals([row])
    assert why in error


@pytest.mark.parametrize("text", [math.nan, Decimal("NaN"), Decimal("sNaN")])
def test_what_is_not_a_number_states_nothing(text) -> None:
    """As an empty cell does."""
    assert one(**{"formula": "KCl", "K %": text, "Cl %": "47.55"}).cells[0].analyte == "Cl"


@pytest.mark.parametrize("rows", [[], [{"formula": "KCl"}], [{"formula": "KCl", "K %": ""}]])
def test_a_table_that_states_nothing_is_refused(rows) -> None:
    """An audit of nothing would agree with everything."""
    assert refusals(rows) == ["rows:1: the table states no content of anything"]


@pytest.mark.parametrize("rows", ["table.csv", Path("table.csv"), {"formula": "KCl", "K %": 52}])
def test_a_path_or_one_row_is_no_rows(rows) -> None:
    """The way to read a file is named."""
    assert "a file is read by audit_file" in refusals(rows)[0]


def test_ignored_columns_and_remarks_are_left_out() -> None:
    """Whatever they hold."""
    rows = [{"formula": "KCl", "K %": "52.4", "Price": object(), "note": "x", "source": 3}]
    assert len(audit(rows, ignore=["Price"]).cells) == 1


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("40", 0.005),
        ("40.04", 0.00005),
        ("40,0", 0.0005),
        ("4e1", 0.05),
        ("4.0e1 %", 0.005),
        ("1 000", 0.005),
        ("39 to 40", 0.0),
        ("0", 0.0),
        (">= 40", 0.0),
    ],
)
def test_half_a_unit_of_the_last_digit(text: str, half: float) -> None:
    """Of a figure in percent; nothing for ranges."""
    (row,) = read_rows([{"formula": "CaCO3", "Ca %": text}])
    assert row.cells[0].half_digit == pytest.approx(half)


# -- files


def test_a_file_is_read_with_its_lines(tmp_path: Path) -> None:
    """Comments and blank lines count, a byte order mark does not."""
    path = tmp_path / "table.csv"
    path.write_text(
        "\ufeff# made up\n\nname,K %,\n# more\npotassium chloride,52.4,\n\n,,\n", encoding="utf-8"
    )
    (row,) = audit_file(path).rows
    assert (row.line, row.file, row.failed) == (5, str(path), False)


@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_a_file_may_be_parted_by_semicolons_or_tabs(tmp_path: Path, delimiter: str) -> None:
    """So that decimal commas need no quotes."""
    path = tmp_path / "table.csv"
    cells = [["formula", "K %", "Cl %"], ["KCl", "52,45", "47,55"]]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(cells)
    path.write_text(text.getvalue(), encoding="utf-8")
    report = audit_file(path)
    assert [each.verdict for each in report.cells] == ["agrees", "agrees"]


@pytest.mark.parametrize(
    ("text", "where", "why"),
    [
        ("formula,K %,K %\nKCl,1,2\n", "1:K %", "two columns"),
        ("# prices of May\nformula,K %,Price\nKCl,52.4,3\n", "2:Price", "names no content"),
        ("formula,K %\nKCl,1,2\nKCl\n", "2", "3 cells where the table has 2 columns"),
        ('formula,K %\n"KCl,1\n', "2", "unexpected end of data"),
        ("formula,K %\nKCl,x\n", "2:K %", "does not begin with a number"),
        ("formula,K %,\nKCl,1,stray\n", "2", "no column that has a heading"),
        ("", "1", "states no content"),
    ],
)
def test_a_bad_file_is_refused(tmp_path: Path, text: str, where: str, why: str) -> None:
    """With file, line and field."""
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(mr.RecordErrors) as caught:
        audit_file(path)
    error = str(caught.value.exceptions[0])
    assert error.startswith(f"{path}:{where}: ")
    assert why in error


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b"a,\x00b\n1,2\n"])
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, content) -> None:
    """Also one that is not there, and a path that cannot be."""
    path = tmp_path / "table.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(mr.RecordErrors):
        read_csv(path)
    with pytest.raises(mr.RecordErrors) as caught:
        read_csv("a\0b")
    assert "cannot be read" in str(caught.value.exceptions[0])


# -- what a row is about


def test_a_name_that_is_not_known_is_a_finding() -> None:
    """The row is not held against anything, and fails."""
    row = one(**{"name": "calcium carbonat", "Ca %": 40})
    assert row.failed
    assert row.cells[0].verdict == "unknown"
    assert "calcium carbonate" in row.findings[0]


@pytest.mark.parametrize(
    ("figures", "fitting"),
    [
        ({"Mg %": 9.86}, "its figures are those of magnesium sulfate heptahydrate"),
        ({"Mg %": 9.86, "S %": 13.01}, "its figures are those of magnesium sulfate heptahydrate"),
        ({"Mg %": 9.86, "S %": 20}, None),
        ({"Mg %": "5 to 30"}, None),
    ],
)
def test_an_ambiguous_name_is_a_finding(figures, fitting) -> None:
    """It names the one candidate that all figures fit, if there is just one."""
    row = one(name="magnesium sulfate", **figures)
    assert "fits several" in row.findings[0]
    assert row.findings[1:] == ((fitting,) if fitting else ())


@pytest.mark.parametrize(
    ("name", "formula", "disagrees"),
    [
        ("epsom salt", "MgSO4", True),
        ("epsom salt", "MgSO4.7H2O", False),
        ("epsom salt", "MgSO4(H2O)7", False),
        ("magnesium sulfate", "MgSO4.H2O", False),
        ("magnesium sulfate", "CaSO4", True),
        ("magnesium sulfate", "MgSO4.5H2O", False),
        ("magnesium sulfate", "MgS2O8", False),
        ("something else", "CaSO4", False),
        ("calcium chloride, USP", "CaCl2.2H2O", False),
        ("calcium chloride, USP", "CaCl2", True),
        ("selenium yeast", "Se", False),
    ],
)
def test_a_name_that_contradicts_the_formula_is_a_finding(name: str, formula: str, disagrees: bool) -> None:
    """And the formula is what the row is held against."""
    row = one(**{"name": name, "formula": formula, "S %": "1"})
    assert bool(row.findings) is disagrees
    assert row.cells[0].theory.value == pytest.approx(mr.Formula.parse(formula).mass_fraction("S"))


def test_a_formula_may_stand_as_the_name() -> None:
    """But a word in capitals is no formula."""
    assert one(**{"name": "Cs2SO4", "Cs %": 73.45}).substance == "Cs2SO4"
    assert one(**{"name": "POISON", "S %": 10}).cells[0].verdict == "unknown"
    assert one(**{"name": "SO4^2-", "S %": 10}).cells[0].verdict == "unknown"


def test_a_text_that_is_a_name_of_something_else_is_read_as_the_formula() -> None:
    """Where it stands in the formula column."""
    odd = mr.StaticSource("odd", (mr.Compound("KCl", formula="NaCl"),))
    report = audit([{"formula": "KCl", "K %": 52.4}], catalog=mr.Catalog(sources=(odd,)))
    assert not report.failed


def test_a_material_is_held_against_its_specification() -> None:
    """Its declared range, or what follows from its assay."""
    assert one(**{"name": "selenium yeast", "Se (mg/kg)": 2200}).cells[0].verdict == "agrees"
    assert one(**{"name": "selenium yeast", "Se (mg/kg)": 2600}).cells[0].verdict == "high"
    assert one(**{"name": "selenium yeast", "Se (mg/kg)": 1900}).cells[0].verdict == "low"
    unknown = one(**{"name": "selenium yeast", "Ca %": 1, "assay": "99 %", "NO3 %": 1})
    assert [each.verdict for each in unknown.cells] == ["unknown"] * 3
    assert unknown.cells[0].note


def test_other_atomic_weights_are_used() -> None:
    """For names and for bare formulas, and the report names the edition."""
    heavy = WEIGHTS.replace(name="heavy", citation="made up", weights={"Cl": 2 * 35.45})
    catalog = mr.default_catalog().with_weights(heavy)
    report = audit(
        [{"name": "potassium chloride", "Cl %": 64.5}, {"formula": "CsCl", "Cl %": 34.8}], catalog=catalog
    )
    assert not report.failed
    assert report.edition == "heavy"


# -- verdicts


@pytest.mark.parametrize(
    ("formula", "heading", "text", "verdict"),
    [
        ("CaCO3", "Ca %", "40.04", "agrees"),
        ("CaCO3", "Ca %", "39.7", "agrees"),
        ("CaCO3", "Ca %", "39.6", "low"),
        ("CaCO3", "Ca %", "40.5", "impossible"),
        ("CaCO3", "Ca %", "0", "low"),
        ("CaCO3", "Ca %", "39 to 41", "agrees"),
        ("CaCO3", "Ca %", "30 to 35", "low"),
        ("CaCO3", "Ca %", "41 to 45", "impossible"),
        ("CaCO3", "Ca %", ">= 39", "agrees"),
        ("CaCO3", "Ca %", ">= 45", "impossible"),
        ("CaCO3", "Ca %", "<= 39", "low"),
        ("CaCO3", "Ca %", "<= 41", "agrees"),
        ("MgSO4.7H2O", "Mg %", "12", "high"),
        ("MgSO4.7H2O", "Mg %", "20.2", "high"),
        ("MgSO4.7H2O", "Mg %", "20.6", "impossible"),
        ("MgSO4.7H2O", "water %", "55", "impossible"),
        ("MgSO4.7H2O", "O %", "75", "impossible"),
        ("CaCO3", "Mg %", "0.9", "agrees"),
        ("CaCO3", "Mg %", "2", "impossible"),
        ("Ca(IO3)2", "Ca %", "10", "agrees"),
        ("Ca(IO3)2", "Ca %", "10.0", "low"),
        ("KCl", "K2O %", "63.2", "agrees"),
        ("KH2PO4", "P2O5 %", "52.2", "agrees"),
        ("KH2PO4", "PO4 (mg/g)", "698", "agrees"),
        ("CaCl2.2H2O", "assay", "100 %", "agrees"),
        ("CaCl2.2H2O", "assay", "95 %", "low"),
        ("CaCl2.2H2O", "assay", "104 %", "high"),
        ("CaCl2.2H2O", "assay", "140 %", "impossible"),
        ("Fe2O3", "Fe %", "6.99e1", "agrees"),
    ],
)
def test_verdicts(formula: str, heading: str, text: str, verdict: str) -> None:
    """Off by more than 1 % and more than rounding explains; above the anhydrous salt is impossible."""
    assert cell(formula, heading, text).verdict == verdict


@pytest.mark.parametrize(
    ("formula", "heading", "theory"),
    [
        ("KNO3", "NO3 %", 0.61325),
        ("KNO3", "NO3-N %", 0.13854),
        ("NH4NO3", "NH4-N %", 0.17499),
        ("NH4NO3", "NO3-N %", 0.17499),
        ("NH4NO3", "N %", 0.34998),
        ("5Ca(NO3)2.NH4NO3.10H2O", "NO3-N %", 0.14259),
        ("5Ca(NO3)2.NH4NO3.10H2O", "NH4-N %", 0.012963),
        ("Cs2SO4", "NO3 %", 0.0),
        ("CsNO3", "NO3-N %", 0.071865),
        ("H4N2O3", "NO3-N %", None),
        ("C6H4N2O5", "NO3-N %", None),
        ("CsNO3N2", "NO3 %", None),
        ("CsNH4.42", "NH4 %", None),
        ("(XeF2)2NO3", "NO3 %", None),
    ],
)
def test_nitrate_and_ammonium_are_counted_as_the_formula_writes_them(
    formula: str, heading: str, theory
) -> None:
    """By the ions where they are known; where the groups are not told apart nothing is guessed."""
    found = cell(formula, heading, "10").theory
    if theory is None:
        assert found is None or found.source != f"groups written in {formula}"
    else:
        assert found.value == pytest.approx(theory, rel=1e-4)


def test_a_bare_formula_leaves_acids_unknown() -> None:
    """The cell says why, and does not fail the row."""
    row = one(**{"formula": "C4H4CaO5", "malic acid %": 50, "Tc %": 0})
    assert row.cells[0].verdict in ("unknown", "low")
    assert row.cells[1].verdict == "agrees"
    unknown = one(**{"formula": "TcCl4", "Cl %": 50})
    assert unknown.cells[0].verdict == "unknown"
    assert "no standard atomic weight" in unknown.cells[0].note


def test_tolerances_of_table_row_and_cell() -> None:
    """The nearest one counts."""
    row = {"formula": "KCl", "K %": "50.00", "Cl %": "45.00"}
    assert [each.verdict for each in audit([row]).cells] == ["low", "low"]
    assert [each.verdict for each in audit([row], tolerance="6 %").cells] == ["agrees", "agrees"]
    assert [each.verdict for each in audit([row | {"tolerance": "6 %"}]).cells] == ["agrees", "agrees"]
    by_cell = row | {"tolerance": "1 %", "K tolerance": "6 %"}
    assert [each.verdict for each in audit([by_cell], tolerance="0 %").cells] == ["agrees", "low"]
    with pytest.raises(mr.UnitError):
        audit([row], tolerance="1")


def test_the_deviation_of_a_range_is_that_of_its_nearer_end() -> None:
    """Nothing where it holds theory; there is none of a theory of zero."""
    assert cell("CaCO3", "Ca %", "39 to 41").deviation == 0.0
    assert cell("CaCO3", "Ca %", "44.0478 to 50").deviation == pytest.approx(0.1, abs=1e-4)
    assert cell("CaCO3", "Ca %", "20 to 36.0392").deviation == pytest.approx(-0.1, abs=1e-4)
    foreign = cell("CaCO3", "Mg %", "5")
    assert foreign.deviation is None
    assert foreign.note.endswith("holds no Mg")


# -- causes


@pytest.mark.parametrize(
    ("formula", "heading", "text", "kind", "words"),
    [
        ("CaSO4.2H2O", "S %", "23.5", "hydrate", "anhydrous"),
        ("CuSO4", "Cu %", "25.45", "hydrate", "pentahydrate"),
        ("CsAl(SO4)2.12H2O", "Al %", "5.25", "hydrate", "a hydrate with 9 H2O"),
        ("CsAl(SO4)2.12H2O", "Al %", "7.66", "hydrate", "the anhydrous salt"),
        ("KCl", "K %", "63.18", "form", "the content as K2O, not as K"),
        ("KCl", "K2O %", "52.45", "form", "the content as K, not as K2O"),
        ("KH2PO4", "P %", "52.15", "form", "the content as P2O5"),
        ("KNO3", "NO3-N %", "61.33", "form", "the content as NO3"),
        ("K2SO4", "S %", "45.95", "form", "the content as SO3"),
        ("CaCO3", "Ca (mg/kg)", "40.04", "power of ten", "theory times 10^-4"),
        ("CaCO3", "Ca %", "4.004", "power of ten", "theory times 10^-1"),
        ("CaCO3", "Ca %", "11.999", "another element", "the content of C"),
        ("KCl", "Na %", "47.55", "another element", "the content of Cl"),
        ("Ca3(C6H5O7)2.4H2O", "Ca %", "7.03", "multiplicity", "one Ca counted where the formula has 3"),
        ("Na2SO4", "Na %", "19.31", "multiplicity", "in the mass too"),
        ("Mg(NO3)2", "Mg %", "28.16", "multiplicity", "the formula read as Mg(NO3)"),
        ("Ca(H2PO4)2.H2O", "Ca %", "29.46", "another compound", "dicalcium phosphate"),
    ],
)
def test_a_likely_cause_is_named_first(formula: str, heading: str, text: str, kind: str, words: str) -> None:
    """Where it reproduces the figure."""
    found = cell(formula, heading, text)
    assert found.disagrees
    assert found.causes[0].kind == kind
    assert words in found.causes[0].text


@pytest.mark.parametrize(
    ("formula", "heading", "text"),
    [
        ("MgCO3", "Mg %", "30.8"),
        ("MgO", "Mg %", "56.2"),
        ("KI", "I %", "68.8"),
        ("CaCO3", "Ca %", "0"),
        ("CaCO3", "Ca %", "30 to 35"),
        ("MgSO4.7H2O", "water %", "40"),
        ("CaCO3", "Ca %", "35.5"),
        ("Ca(PO3)2.5", "Ca %", "10"),
    ],
)
def test_nothing_is_guessed(formula: str, heading: str, text: str) -> None:
    """A figure that no cause reproduces is left alone."""
    found = cell(formula, heading, text, tolerance="5 %")
    assert found.disagrees
    assert found.causes == ()


def test_a_wide_tolerance_makes_no_causes() -> None:
    """A cause reproduces the figure within 1 % whatever the tolerance."""
    assert cell("CaSO4.2H2O", "S %", "24.0", tolerance="10 %").causes == ()


def test_a_figure_of_a_neighbour_is_named() -> None:
    """From the same row, the next or the one before, if that one agrees with its own theory."""
    rows = [{"formula": "KCl", "K %": "52.45", "Cl %": "18.40"}, {"formula": "K2SO4", "S %": "18.40"}]
    assert audit(rows).rows[0].cells[1].causes[0].text == "the figure of S in the next row (K2SO4)"
    assert audit(rows[::-1]).rows[1].cells[1].causes[0].text == "the figure of S in the row before (K2SO4)"
    same = one(**{"formula": "KCl", "Cl %": "52.45", "K %": "52.45"})
    assert same.cells[0].causes[0].text == "the figure of K in this row"
    rows[1]["formula"] = "MgSO4"
    assert "copied" not in kinds(audit(rows).rows[0].cells[1])


def test_a_hydrate_that_is_sold_comes_before_a_copy() -> None:
    """The figure of the anhydrous salt may stand in the next row too: the salt is named first."""
    anhydrous = f"{100 * mr.Formula.parse('CaSO4').mass_fraction('S'):.4g}"
    rows = [{"formula": "CaSO4.2H2O", "S %": anhydrous}, {"formula": "CaSO4", "S %": anhydrous}]
    assert kinds(audit(rows).rows[0].cells[0]) == ["hydrate", "copied"]
    rows = [{**row, "S %": "23.46"} for row in rows]
    assert kinds(audit(rows).rows[0].cells[0]) == ["copied"]


def test_a_rare_cause_is_not_named_beside_a_common_one() -> None:
    """The zinc of the anhydrous salt is about the chlorine of the dihydrate, which is no cause beside it."""
    found = cell("Zn(C6H13N2O2)2.2HCl.2H2O", "Zn %", "15.25")
    assert [cause.text for cause in found.causes] == ["the figure of the anhydrous salt"]


def test_relatives_that_do_not_tell_are_no_cause() -> None:
    """A compound of the same family whose formula leaves the content open is passed over."""
    made_up = mr.StaticSource(
        "made up",
        (
            mr.Compound("x malate", ions="1 Ca2+, 1 malate", families=("x",)),
            mr.Compound("x bare", formula="C4H6CaO6", families=("x",)),
            mr.Compound("x chloride", formula="CaCl2", families=("x",)),
        ),
    )
    report = audit([{"name": "x malate", "malic acid %": "60"}], catalog=mr.Catalog(sources=(made_up,)))
    assert report.cells[0].verdict == "low"
    assert report.cells[0].causes == ()


def test_few_digits_are_no_copy() -> None:
    """Two cells with 20 agree by chance."""
    rows = [{"formula": "KCl", "Cl %": "20"}, {"formula": "MgSO4", "Mg %": "20"}]
    assert audit(rows, tolerance="2 %").rows[0].cells[0].causes == ()


def test_a_uniform_shortfall_is_a_purity() -> None:
    """Of a row that states two elements; each cell alone says nothing."""
    row = one(**{"formula": "K2SO4", "K %": "42.0", "S %": "17.22"})
    assert kinds(row) == ["purity"]
    assert "93.6 %" in row.causes[0].text
    assert kinds(one(**{"formula": "K2SO4", "K %": "42.0"})) == []
    assert kinds(one(**{"formula": "K2SO4", "K %": "42.0", "K2O %": "50.6"})) == []
    assert kinds(one(**{"formula": "K2SO4", "K %": "42.0", "S %": "16.0"})) == []
    assert kinds(one(**{"formula": "K2SO4", "K %": "4.0", "S %": "1.64"})) == []
    assert kinds(one(**{"formula": "K2SO4", "K %": "0", "S %": "0"})) == []


def test_a_uniform_excess_of_a_hydrate_is_a_loss_of_water() -> None:
    """With the water that is left; of another salt it is nothing."""
    row = one(**{"formula": "FeSO4.7H2O", "Fe %": "21.60", "S %": "12.40"})
    assert kinds(row) == ["residue"]
    assert row.causes[0].text.endswith("fits FeSO4 with about 5.9 H2O in place of 7")
    assert kinds(one(**{"formula": "KCl", "K %": "56", "Cl %": "51"})) == []


@pytest.mark.parametrize(
    ("formula", "heading", "text", "words"),
    [
        ("CaCl2.2H2O", "assay", "110 %", "110 % of theory fits CaCl2 with about 1.3 H2O in place of 2"),
        ("CsAl(SO4)2.12H2O", "Al %", "5.41", "fits CsAl(SO4)2 with about 8.1 H2O in place of 12"),
        ("ZnSO4.7H2O", "Zn", ">= 24 %", "fits ZnSO4 with about 6.2 H2O in place of 7"),
    ],
)
def test_one_figure_above_a_hydrate_fits_a_residue(formula: str, heading: str, text: str, words: str) -> None:
    """A plain figure that nothing reproduces, or a lower limit: the water that would be left is told."""
    found = cell(formula, heading, text)
    assert found.verdict == "high"
    assert kinds(found) == ["residue"]
    assert words in found.causes[0].text


def test_a_lower_limit_above_all_residues_is_told() -> None:
    """No loss of water explains it."""
    found = cell("CaCO3", "Ca", ">= 44 %")
    assert (found.verdict, found.causes) == ("impossible", ())
    assert found.note == "its lower end is 109.9 % of theory, and no loss of water explains that"


def test_a_shortfall_of_one_content_is_no_proof_of_a_purity() -> None:
    """The purity is told in a note; where another content is stated, or too much is missing, it is not."""
    assert cell("K2SO4", "K %", "42.0").note == (
        "a purity of 93.6 % would explain it, which one content alone does not show"
    )
    assert cell("K2SO4", "K %", "20.0").note == ""
    assert [each.note for each in one(**{"formula": "K2SO4", "K %": "42.0", "S %": "16.0"}).cells] == ["", ""]


def test_figures_of_a_hydrate_that_is_not_in_the_catalogue() -> None:
    """Are named where two elements fit it closely."""
    hexahydrate = mr.Formula.parse("Cs2SO4.6H2O")
    figures = {f"{key} %": 100 * hexahydrate.mass_fraction(key) for key in ("Cs", "S")}
    row = one(formula="Cs2SO4", **figures)
    assert [cause.text for cause in row.causes] == ["the figures of a hydrate with 6 H2O"]
    assert row_cause(mr.Compound("x", formula="Cs2SO4"), [("Cs", 0.74), ("S", 0.74)], 0.01).kind == "purity"


def test_another_hydrate_is_not_a_purity() -> None:
    """Where it explains every cell."""
    row = one(**{"formula": "Na2SO4", "Na %": "14.3", "S %": "9.95"})
    assert [kinds(each) for each in row.cells] == [["hydrate"], ["hydrate"]]
    assert row.causes == ()


def test_a_specification_above_100_percent_of_a_hydrate_is_no_error() -> None:
    """The verdict names the residue that its upper end fits."""
    found = cell("CaCl2.2H2O", "assay", "99.0 to 107.0 %")
    assert found.verdict == "agrees"
    assert found.causes[0].text == "107 % of theory fits CaCl2 with about 1.5 H2O in place of 2"
    zinc = cell("ZnSO4.7H2O", "Zn %", "22.5 to 24.7")
    assert zinc.verdict == "agrees"
    assert kinds(zinc) == ["residue"]
    dry = cell("ZnSO4.7H2O", "assay", "99.0 to 178.1 %")
    assert "fits ZnSO4 without water" in dry.causes[0].text
    assert not cell("CaCl2.2H2O", "assay", "97.0 to 100.5 %").causes


@pytest.mark.parametrize(
    ("formula", "heading", "text", "note"),
    [
        ("CaCO3", "Ca %", "39 to 44", True),
        ("CaCl2.2H2O", "assay", "99 to 150 %", True),
        ("MgSO4.7H2O", "water %", "50 to 60", True),
        ("CaCO3", "Ca %", "39 to 40.3", False),
        ("CaCO3", "Ca %", ">= 39", False),
        ("CaCO3", "Mg %", "0 to 0.5", False),
    ],
)
def test_an_upper_end_that_no_loss_of_water_explains(
    formula: str, heading: str, text: str, note: bool
) -> None:
    """Is told, and is still no error."""
    found = cell(formula, heading, text)
    assert (found.verdict, found.causes) == ("agrees", ())
    assert ("no loss of water explains" in found.note) is note


# -- closure


def test_contents_of_all_elements_close() -> None:
    """Within the tolerance and the rounding of the figures."""
    assert one(**{"formula": "KCl", "K %": "52.45", "Cl %": "47.55"}).closure == pytest.approx(1.0)
    assert one(**{"formula": "KCl", "K2O %": "63.18", "Cl %": "47.55"}).closure == pytest.approx(
        1.0, abs=1e-4
    )
    assert one(**{"formula": "KCl", "K %": "52.45"}).closure is None
    assert one(**{"formula": "KCl", "K %": "52.45", "Cl %": "47 to 48"}).closure is None
    off = one(**{"formula": "KCl", "K %": "52.45", "Cl %": "18.40"})
    assert off.findings == ("K and Cl are all of KCl, yet sum to 70.85 %",)


def test_contents_above_the_whole_do_not_close() -> None:
    """Even where some elements are not stated; an element stated twice counts once."""
    assert "more than there is" in one(**{"formula": "CaCO3", "Ca %": "60", "C %": "50"}).findings[0]
    assert one(formula="CaCO3", **{"Ca %": "400.4"}).findings == (
        "Ca is stated as 400.4 %, more than there is",
    )
    twice = one(**{"formula": "CaO", "Ca %": "71.5", "CaO %": "100"})
    assert twice.findings == ()
    parts = one(**{"formula": "NH4NO3", "NO3-N %": "17.5", "NO3 %": "77.5", "N %": "35"})
    assert parts.findings == ()


# -- the report


ROWS = [
    {"name": "gypsum", "Ca %": "23.3", "S %": "23.5"},
    {"name": "unobtainium", "Ca": "1 to 2 %"},
    {"name": "selenium yeast", "Se (mg/kg)": "3000"},
    {"formula": "K2SO4", "K %": "42.0", "S %": "17.22"},
]


def test_the_report_counts_and_tells() -> None:
    """Rows that fail with their cells, causes and findings."""
    report = audit(ROWS)
    assert report.summary == "4 rows, 6 cells: 1 agree, 2 low, 2 high, 1 not known"
    assert [row.label for row in report.failed] == ["gypsum", "unobtainium", "selenium yeast", "K2SO4"]
    assert len(report.disagreeing) == 4
    text = str(report)
    assert "S 23.5 %, theory 18.62 %, +26.2 %: high; the figure of calcium sulfate anhydrous" in text
    assert "Se 0.3 %, theory 0.2 to 0.25 %" in text
    assert "a purity of 93.6 %" in text
    assert "no substance is named 'unobtainium'" in text
    assert told(report.rows[1].cells[0]) == "Ca 1 to 2 %: unknown"


def test_the_report_is_data() -> None:
    """JSON that reads back, without infinities; the report pickles and copies."""
    report = audit([*ROWS, {"formula": "CaCO3", "Ca %": ">= 45"}])
    data = json.loads(report.to_json(), parse_constant=pytest.fail)
    assert data == report.as_dict()
    assert data["schema"] == "mineral_ratio.audit/1"
    assert data["rows"][0]["cells"][1]["causes"][0]["kind"] == "hydrate"
    assert pickle.loads(pickle.dumps(report)) == report == copy.deepcopy(report)


def test_rows_of_a_dict_reader_and_of_a_generator_are_read() -> None:
    """Any iterable of mappings will do."""
    reader = csv.DictReader(io.StringIO("formula,K %\nKCl,52.4\nKBr,32.9\n"))
    assert not audit(reader).failed
    assert not audit({"formula": each, "Ca %": 40} for each in ["CaCO3"]).failed


def test_the_ions_of_the_catalogue_are_used_for_a_formula() -> None:
    """So that acids can be told from a formula that names just one compound."""
    malate = mr.default_catalog().compound("calcium malate")
    found = cell(str(malate.formula), "malic acid %", 77.9)
    assert found.verdict in ("agrees", "unknown")
    assert cell("calcium malate", "malic acid %", 77.9, key="name").verdict == "agrees"


def test_half_waters_are_hydrates_too() -> None:
    """The hemihydrate's figure under the anhydrous name."""
    assert mr.default_catalog().compound("plaster of Paris").water == Fraction(1, 2)
    assert "hemihydrate" in cell("CaSO4", "Ca %", "27.61").causes[0].text
