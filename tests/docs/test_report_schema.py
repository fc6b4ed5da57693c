"""The page on the report's schema says what a report really holds, key by key."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import mineral_ratio as mr
from mineral_ratio.checks.report_data import SCHEMA

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "report-schema.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)` \| ([^|]+) \| [^|]+ \|$", re.MULTILINE)
SHAPES = {
    part.partition("\n")[0].lower(): dict(ROW.findall(part))
    for part in re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]
}
PLAIN = {"text": str, "number": int | float, "true or false": bool}

YEAST = mr.Material(name="yeast", declared={"Se": "2000 to 2500 mg/kg"})
CHALK = mr.Compound("chalk", ions="1 Ca2+, 1 carbonate")
ADULT = mr.LifeStage("female", 31)
SUBJECTS = {
    **{
        name: mr.Product.from_file(ROOT / "examples" / f"{name}.toml")
        for name in ("cal_mag", "cal_mag_declared", "electrolyte", "zinc_copper")
    },
    "hay": mr.Analysis(dict.fromkeys(["Na", "K", "Cl", "S"], "1 %"), per="kg", scope="ration"),
    "blend": mr.Blend([mr.Ingredient(CHALK, "1 g"), mr.Ingredient(YEAST, "1 g")]),
    "analysis": mr.Analysis(
        {"Ca": "1 g", "Mg": "0 g", "phytic acid": "1 g"}, per="day", counts="natural_food"
    ),
}


def faults(value: object, kind: str, where: str) -> list[str]:
    """Where a value is not of the kind that the page names."""
    if kind.endswith(" or null") and value is None:
        return []
    kind = kind.removesuffix(" or null")
    if kind in PLAIN:
        good = isinstance(value, PLAIN[kind]) and (kind == "true or false") == isinstance(value, bool)
        return [] if good else [f"{where}: {value!r} is no {kind}"]
    if kind.startswith("list of "):
        assert isinstance(value, list), where
        each = kind.removeprefix("list of ")
        return [fault for one in value for fault in faults(one, each, f"{where}[]")]
    assert isinstance(value, dict), where
    if kind == "numbers by name":
        return [fault for name, one in value.items() for fault in faults(one, "number", f"{where}.{name}")]
    shape = SHAPES[kind]
    if differing := set(value) ^ set(shape):
        return [f"{where}: keys {sorted(differing)}"]
    return [fault for key, one in value.items() for fault in faults(one, shape[key], f"{where}.{key}")]


@pytest.mark.parametrize("name", SUBJECTS)
@pytest.mark.parametrize("person", [ADULT, None])
def test_a_report_is_what_the_page_says(name, person):
    """Each object of a report has exactly the keys of its table, each value of the kind named there."""
    rules = ["ca-mg-durlach-1989", "zn-cu-bomss", "dcad-close-up", "sar-sodic-soil"]
    data = json.loads(mr.check(SUBJECTS[name], rules, person=person).to_json())
    assert faults(data, "report", "report") == []


def test_every_table_is_used():
    """No shape is described that no report has: each is named in another table."""
    named = {re.sub(r"^list of | or null$", "", kind) for shape in SHAPES.values() for kind in shape.values()}
    assert set(SHAPES) == (named - set(PLAIN) - {"numbers by name"}) | {"report"}


def test_the_examples_reach_every_list_of_objects():
    """What the page is held against is not empty: each list of objects holds one in some report."""
    rules = ["ca-mg-durlach-1989", "dcad-close-up"]
    reports = [mr.check(each, rules, person=ADULT).as_dict() for each in SUBJECTS.values()]
    for key, kind in SHAPES["report"].items():
        if kind.startswith("list of ") and kind != "list of text":
            assert any(report[key] for report in reports), key


def test_the_page_names_the_version():
    """The version on the page is that of the data."""
    assert f"`{SCHEMA}`" in PAGE
