"""Five reports as data, text, page and picture, to the letter.

The files in ``reports`` hold them. After a change on purpose ``REPORTS=write`` in the environment makes this
test write them anew; what has changed is read before it is kept.
"""

from __future__ import annotations

import builtins
import json
import os
import re
from pathlib import Path

import pytest

import mineral_ratio as mr

FOLDER = Path(__file__).with_name("reports")
CHALK = mr.Compound("chalk", ions="1 Ca2+, 1 carbonate")
EPSOM = mr.Compound("epsom salt", ions="1 Mg2+, 1 sulfate", water=7)
YEAST = mr.Material(name="yeast", declared={"Se": "2000 to 2500 mg/kg"})
BRAN = mr.Material(name="bran", declared={"Mg": "0 to 1 %"})
HOUSE = mr.RatioRule(
    *("house", "Ca", "Mg", "equivalent"),
    lower=1,
    upper=2,
    target=1.5,
    tolerance=0.1,
    tolerance_source="our own",
    scope="product",
    population="adults",
    authority="we",
    year=2020,
    evidence="low",
    evidence_note="a note on the evidence",
    source_kind="primary",
    citation="our rules",
    charges={"Ca": 2, "Mg": 2},
    disputed=True,
)
WIDE = mr.RatioRule("wide", "Ca", "Mg", "mass", upper=30, scope="total diet", evidence="low", citation="")
CHARGES = mr.IndexRule(
    "charges", "dcad", "mEq/kg", upper=100, scope="ration", evidence="low", citation="our rules"
)
REFERENCES = [
    mr.ReferenceValue(
        *("A", "2026", "Ca", "UL", "1", "g/day"),
        counts="supplement",
        note="a note",
        citation="a table",
        keyed="once",
        age_from=19,
        age_to=31.5,
        condition="pregnant",
    ),
    mr.ReferenceValue("A", "2026", "Mg", "AI", "300", "mg/day", counts=["natural_food", "water"]),
    mr.ReferenceValue("A", "2026", "Se", "UL", "", "µg/day", status="not set"),
    mr.ReferenceValue("A", "2026", "Ca", "DV", "800", "mg/day", counts="supplement", age_from=4),
    mr.ReferenceValue("EU", "2011", "Mg", "NRV", "375", "mg/day", counts="supplement", age_from=4),
]
MIXED = mr.Product(
    "mixed & new",
    [
        mr.Supply(CHALK, "Ca", "500 mg", overage="5 %"),
        mr.Supply(EPSOM, "Mg", "250 mg"),
        mr.Ingredient(BRAN, "1 g"),
        mr.Ingredient(YEAST, "100 mg"),
    ],
    label_claims={"Ca": "500 mg", "Fe": "1 mg"},
    serving="2 tablets",
    servings_per_day=2,
    counts="supplement",
)
DIET = mr.Analysis({"Ca": "1 g", "Mg": "0.3 g"}, per="day", name="a day", counts=["natural_food", "water"])
SPREAD = mr.Analysis(
    {"K": "10 mg", "Mg": "0 g", "Ca": "1 g", "Fe": "20 mg"},
    per="day",
    name="what is eaten and drunk in a day, with a name that goes over many lines, " * 5,
    counts=["natural_food", "water"],
)
SPREAD_REFERENCES = [
    mr.ReferenceValue("A", "2026", "K", "AI", "3500", "mg/day"),
    mr.ReferenceValue("A", "2026", "Mg", "UL", "300", "mg/day"),
    mr.ReferenceValue("A", "2026", "Fe", "PRI", "11", "mg/day", condition="premenopausal"),
]
UNSAID = mr.Product("unsaid", [mr.Ingredient(EPSOM, "1 g")], counts="supplement")
ZERO = mr.RatioRule("zero", "Ca", "Mg", "mass", upper=0, scope="product", evidence="low", citation="us")
WOMAN = mr.LifeStage("female", 31, "pregnant")
SUBJECTS = {
    "mixed": lambda: mr.check(MIXED, [HOUSE, WIDE, CHARGES], REFERENCES, person=WOMAN),
    "diet": lambda: mr.check(DIET, [HOUSE, WIDE], REFERENCES[:2]),
    "spread": lambda: mr.check(SPREAD, [HOUSE, WIDE], SPREAD_REFERENCES),
    "unsaid": lambda: mr.check(UNSAID, ZERO, REFERENCES, person=WOMAN),
    "nothing": lambda: mr.check(mr.Blend()),
}


def data_of(report: mr.CheckReport) -> str:
    """The report as JSON, its figures to ten digits: the last ones are a matter of the machine."""
    data = json.loads(report.to_json(), parse_float=lambda text: float(f"{float(text):.10g}"))
    return json.dumps(data, indent=1, ensure_ascii=False)


def drawn(report: mr.CheckReport, width: float = 8.0) -> str:
    """What the picture of a report is made of: its axes, and what lies on them."""
    figure = report.plot(width)
    lines = [f"{figure.get_figwidth():.3g} x {figure.get_figheight():.3g}"]
    for text in figure.texts:
        look = (text.get_ha(), text.get_va(), text.get_fontsize(), text.get_parse_math())
        lines += [f"text {text.get_text()!r} at {place(text.get_position())} {look}"]
    for axes in figure.axes:
        lines += ["", f"axes {axes.get_title()!r}, {axes.get_xlabel()!r}, {axes.get_xscale()}"]
        lines += [f"x {place(axes.get_xlim())}, y {place(axes.get_ylim())}"]
        words = (axes.title, axes.xaxis.label, *axes.get_yticklabels())
        marks = axes.get_xticklabels()
        lines += [f"sizes {place(text.get_fontsize() for text in (*words, *marks[:1]))}"]
        lengths = (axes.yaxis.get_tick_params()["length"], [text.get_parse_math() for text in words[2:]])
        lines += [f"tick marks {lengths}"]
        lines += [f"rows {[label.get_text() for label in axes.get_yticklabels()]}"]
        low, high = axes.get_xlim()
        ticks = axes.xaxis.get_major_locator().tick_values(low, high)
        # How far they go on outside the picture is another thing in each matplotlib.
        shown = [axes.xaxis.get_major_formatter()(each) for each in ticks if low <= each <= high]
        lines += [f"ticks {shown}, {axes.xaxis.get_minorticklocs().size} between"]
        for bar in axes.patches:
            box = (bar.get_x(), bar.get_y(), bar.get_width(), bar.get_height())
            lines += [f"bar {place(box)} {place(bar.get_facecolor())} {bar.get_linewidth():g}"]
        for line in axes.lines:
            look = (line.get_marker(), line.get_markersize(), line.get_markeredgewidth(), line.get_color())
            lines += [f"line {place(line.get_xdata())} {place(line.get_ydata())} {look}"]
            stroke = (line.get_linestyle(), line.get_linewidth(), line.get_solid_capstyle())
            lines += [f"     {stroke} {line.get_clip_on()}"]
        for text in axes.texts:
            lines += [f"note {text.get_text()!r} at {place(text.xy)} {place(text.xyann)}"]
            lines += [f"     {text.xycoords} {text.anncoords} {text.get_va()} {text.get_fontsize():g}"]
    return "\n".join(lines)


def place(numbers: object) -> str:
    """Numbers to four digits."""
    return " ".join(f"{float(each):.4g}" for each in numbers)


def page(report: mr.CheckReport) -> str:
    """The page without its style sheet, which is looked at and not read."""
    return re.sub(r"(?<=<style>\n).*?(?=</style>)", "", report.to_html(), flags=re.DOTALL)


FORMS = {
    "json": data_of,
    "txt": str,
    "html": page,
    "drawn.txt": drawn,
    "narrow.txt": lambda report: drawn(report, 3.5),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", SUBJECTS)
def test_a_report_is_told_to_the_letter(name, form):
    """The data, the text, the page and the parts of the picture are those of the file that was read."""
    told = FORMS[form](SUBJECTS[name]())
    file = FOLDER / f"{name}.{form}"
    if os.environ.get("REPORTS") == "write":
        file.write_text(f"{told}\n", encoding="utf-8")
    assert f"{told}\n" == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SUBJECTS)
def test_a_report_that_is_read_back_is_the_same(name):
    """From its own data a report comes back with the same data, text and page."""
    report = SUBJECTS[name]()
    again = mr.CheckReport.from_dict(json.loads(report.to_json()))
    assert again.to_json() == report.to_json() == json.dumps(report.as_dict(), indent=2)
    assert str(again) == str(report)
    assert again.to_html() == report.to_html()
    assert again.checks == report.checks
    assert again.claims == report.claims


def test_a_picture_says_which_extra_it_needs(monkeypatch):
    """Without matplotlib the error names the extra; what is missing inside of matplotlib is told as it is."""
    report = SUBJECTS["nothing"]()
    plain = builtins.__import__
    missing = "matplotlib.backends"

    def without(name: str, *args: object) -> object:
        if name.startswith("matplotlib"):
            raise ModuleNotFoundError(f"No module named {missing!r}", name=missing)
        return plain(name, *args)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ModuleNotFoundError, match="No module named"):
        report.plot()
    missing = "matplotlib"
    with pytest.raises(ModuleNotFoundError) as caught:
        report.plot()
    assert str(caught.value) == "a picture needs the extra 'plot': pip install 'mineral_ratio[plot]'"
    assert caught.value.name == "matplotlib"


def test_a_bundled_rule_is_read_back_as_itself():
    """Its sides may hold what has no name of its own, such as the part of an element that is available."""
    report = mr.check(DIET, sorted(mr.rules()))
    again = mr.CheckReport.from_dict(json.loads(report.to_json()))
    assert [each.rule for each in again.checks] == [each.rule for each in report.checks]
    assert all(each.rule is mr.rule(each.rule.id) for each in again.checks)


@pytest.mark.parametrize("width", [2.99, 0.0, -8.0, float("nan")])
def test_a_picture_has_room_for_an_axis(width):
    """Three inches are enough, and less is refused with the number."""
    report = SUBJECTS["nothing"]()
    assert report.plot(3.0).get_figwidth() == 3.0
    with pytest.raises(ValueError, match="inches wide") as caught:
        report.plot(width)
    assert str(caught.value) == f"a picture is at least 3 inches wide, not {width!r}"
