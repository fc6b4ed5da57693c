"""The command's reference values: the tables, the person, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from mineral_ratio.cli import cli

CAL_MAG = Path(__file__).parents[2] / "examples" / "cal_mag.toml"
YEAST = """
name = "yeast"
servings_per_day = 1
references = ["EFSA"]

[[ingredients]]
formula = "MgSe"
name = "selenide"
declared = { Se = "20 to 40 %" }
mass = "1 mg"
"""


def run(file, *arguments: str):
    """The ``check`` command in this process."""
    return CliRunner().invoke(cli, ["check", str(file), *arguments])


@pytest.fixture(name="product")
def _product(tmp_path):
    def write(text: str) -> Path:
        path = tmp_path / "product.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def magnesium(text: str, servings: str = "servings_per_day = 1\n") -> str:
    """A product file with 300 mg of magnesium."""
    return (
        f'name = "magnesium"\n{servings}[[ingredients]]\ncompound = "magnesium oxide"\n'
        f'supplies = {{ Mg = "300 mg" }}\n{text}'
    )


MAN = '[person]\nsex = "male"\nage = 40\n'


def test_limits_change_the_exit_code_only_when_asked(product):
    """300 mg is above EFSA's 250 mg and below NASEM's 350 mg."""
    file = product(magnesium(MAN))
    assert run(file).exit_code == 0
    assert run(file, "--strict").exit_code == 0
    result = run(file, "--fail-on-limits")
    assert result.exit_code == 1
    only = 'references = ["NASEM"]\n'
    assert run(product(only + magnesium(MAN)), "--fail-on-limits").exit_code == 0


def test_an_undecided_limit_fails_only_strictly(product):
    """200 to 400 µg around 255 µg of selenium."""
    file = product(YEAST)
    who = ("--person", "male 40")
    assert run(file, *who, "--fail-on-limits").exit_code == 0
    assert run(file, *who, "--strict").exit_code == 0
    assert run(file, *who, "--fail-on-limits", "--strict").exit_code == 1
    assert "undecided" in run(file, *who).stdout


def test_the_person_of_the_command_stands_in_for_that_of_the_file(product):
    """A child of three has another limit; without any person there is no table."""
    file = product(magnesium(MAN))
    assert "Reference values for: male, 40 years" in run(file).stdout
    shown = run(file, "--person", "female 3").stdout
    assert "Reference values for: female, 3 years" in shown
    assert "65 mg/day" in " ".join(shown.split())
    assert "Reference values" not in run(product(magnesium(""))).stdout


@pytest.mark.parametrize("person", ["", "oak 3", "female", "female 31 pregant", "male 3 pregnant"])
def test_a_person_that_cannot_be_read_is_bad_input(product, person):
    """One line and exit code 2."""
    result = run(product(magnesium("")), "--person", person)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1


def test_an_unknown_authority_is_an_error_of_the_file(product):
    """It says where in the file."""
    result = run(product('references = ["NASEM", "EFFSA"]\n' + magnesium(MAN)))
    assert result.exit_code == 2
    assert "references[2]: no authority is named 'EFFSA'; did you mean 'EFSA'" in result.stderr


def test_without_a_person_only_label_values_are_shown(product):
    """And the report says so."""
    file = product('references = ["FDA", "EU", "EFSA"]\n' + magnesium(""))
    text = " ".join(run(file).stdout.split())
    assert "Values that labels use" in text
    assert "Reference values for" not in text
    assert "only those that labels use are shown" in text


def test_without_servings_a_day_nothing_of_a_day_is_judged(product):
    """The tables are there, and every line says why it is not judged."""
    file = product(magnesium(MAN, servings=""))
    result = run(file, "--json", "--fail-on-limits")
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    assert {each["verdict"] for each in data["references"]} == {"not judged"}
    nrv = [each for each in data["daily_values"] if each["reference"]["kind"] == "NRV"]
    assert [each["percent"] for each in nrv] == [None]
    text = " ".join(run(file).stdout.split())
    assert "what is taken in a day is not said" in text


def test_a_value_says_its_condition(product):
    """Zinc by intake of phytate: each line has the condition among its notes."""
    text = product(
        'name = "zinc"\nservings_per_day = 1\n[[ingredients]]\ncompound = "zinc oxide"\n'
        'supplies = { Zn = "10 mg" }\n' + MAN
    )
    assert "for phytate 300 mg/day" in run(text).stdout


def test_a_food_says_what_it_counts(product):
    """A supplement's limit is not applied to it."""
    file = product('counts = ["natural_food"]\n' + magnesium(MAN))
    data = json.loads(run(file, "--json", "--fail-on-limits").stdout)
    limits = [each for each in data["references"] if each["reference"]["kind"] == "UL"]
    assert [each["verdict"] for each in limits] == ["not applied", "not applied"]


@pytest.mark.parametrize(
    ("line", "key", "message"),
    [
        ('counts = "water"', "counts", "a list of parts of an intake"),
        ('counts = ["tea"]', "counts", "no part of an intake is named 'tea'"),
        ("counts = [1]", "counts", "named by a text, not 1"),
        ('references = "EFSA"', "references", "a list of authorities"),
        ('person = "female 31"', "person", "a table is needed"),
        ('person = { sex = "female" }', "person.age", "a number of years is needed"),
        ('person = { sex = "female", age = "31" }', "person", "an age is a number of years"),
        ('person = { sex = "oak", age = 31 }', "person", "no sex is named 'oak'"),
        ('person = { sex = "female", age = 31, condition = "fine" }', "person", "no condition"),
        ('person = { sex = "female", age = 31, height = 2 }', "person.height", "unknown key"),
        ("person = { age = 31 }", "person.sex", "a text is needed"),
    ],
)
def test_a_bad_key_is_told_by_its_name(product, line, key, message):
    """File, key and reason, on one line."""
    result = run(product(f"{line}\n{magnesium('')}"))
    assert result.exit_code == 2
    assert f"product.toml: {key}: " in result.stderr
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_the_example_is_as_wide_as_the_terminal():
    """No line is broken in its figures, and every note that a row names is told."""
    text = run(CAL_MAG).stdout
    rows = [line.split("│") for line in text.splitlines() if "UL 350" in line]
    (numbers,) = [row[7].strip() for row in rows]
    for number in numbers.split(", "):
        assert f"\n  {number}. " in text


@pytest.mark.parametrize("missing", ["servings_per_day = 1\n", "person"])
def test_limits_that_were_not_held_are_said(product, missing):
    """A gate does not stay green in silence because a key is missing: strict fails, and a line says why."""
    text = CAL_MAG.read_text(encoding="utf-8")
    lines = ["[person]", 'sex = "female"', "age = 31"] if missing == "person" else [missing.strip()]
    for line in lines:
        assert line in text
        text = text.replace(line, "")
    file = product(text)
    for arguments, code in (((), 0), (("--strict",), 1)):
        result = run(file, "--fail-on-limits", *arguments)
        assert result.exit_code == code
        assert "no limit was held" in result.stderr


def test_a_claim_is_told_from_what_is_filled():
    """A shortfall of some millionths is printed in enough digits to see it."""
    result = run(CAL_MAG.with_name("electrolyte.toml"))
    assert "59.9998" in result.stdout


def test_a_condition_is_told_where_it_is_not_the_persons_own(product):
    """Iron goes by menopause: both values are told apart for a woman who says nothing of it."""
    file = product(YEAST.replace("MgSe", "FeO").replace('declared = { Se = "20 to 40 %" }\n', ""))
    open_ = run(file, "--person", "female 45").stdout
    own = run(file, "--person", "female 45 premenopausal").stdout
    assert ("for premenopausal" in open_, "for postmenopausal" in open_) == (True, True)
    assert "menopausal" not in own.replace("female, 45 years, premenopausal", "")
