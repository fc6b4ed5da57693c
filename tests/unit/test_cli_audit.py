"""``mineral-ratio audit``: what it prints, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from mineral_ratio.cli import cli

TABLES = Path(__file__).parents[2] / "examples" / "tables"


def run(*arguments):
    return CliRunner().invoke(cli, ["audit", *map(str, arguments)])


def test_an_audit_exits_with_one_where_a_content_disagrees() -> None:
    """And prints the rows that are off, with what explains them."""
    result = run(TABLES / "aquarium_compounds.csv")
    assert result.exit_code == 1
    assert "line 9: KCl (potassium chloride)" in result.stdout
    assert "the figure of S in the next row (K2SO4)" in " ".join(result.stdout.split())
    assert "35 cells: 32 agree, 1 low, 2 high" in result.stdout


def test_an_audit_exits_with_zero_where_all_agrees() -> None:
    """Within the tolerance that is asked for."""
    assert run(TABLES / "hydrobuddy_substances.csv", "--tolerance", "80 %").exit_code == 0


def test_an_audit_is_json_too(tmp_path: Path) -> None:
    """With the schema that it names; other columns can be left out."""
    path = tmp_path / "table.csv"
    path.write_text("formula,K %,Price\nKCl,52.4,3\n", encoding="utf-8")
    result = run(path, "--json", "--ignore", "Price")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["schema"] == "mineral_ratio.audit/1"


def test_bad_input_of_an_audit_exits_with_two(tmp_path: Path) -> None:
    """Every error on its own line of standard error."""
    path = tmp_path / "table.csv"
    path.write_text("formula,K %\nKCl,x\nK(,52\n", encoding="utf-8")
    result = run(path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert [line.split(": ")[1] for line in result.stderr.splitlines()] == [
        f"{path}:2:K %",
        f"{path}:3:formula",
    ]
    assert run(path.with_name("missing.csv")).exit_code == 2
    assert run(TABLES / "aquarium_compounds.csv", "--tolerance", "much").exit_code == 2
