"""The report as HTML: complete, escaped, readable by machines and by people, in the library's own words."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import attrs
import pytest
from hypothesis import given

import mineral_ratio as mr
from mineral_ratio.checks.references import references
from mineral_ratio.testing import hostile_text

EXAMPLES = Path(__file__).parents[2] / "examples"
VOID = {"meta", "br", "link", "img"}
# Nothing is any of these in the library's own words.
JUDGING = re.compile(r"\b(optim\w+|safe|safely|safety|unsafe|deficien\w+)\b", re.IGNORECASE)


class Tree(HTMLParser):
    """Elements as (path, attributes, text inside), and the faults of the nesting."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.elements: list[tuple[tuple[str, ...], dict[str, str | None], str]] = []
        self.own: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attributes):
        if tag not in VOID:
            self.open.append((tag, dict(attributes), []))

    def handle_endtag(self, tag):
        path = tuple(each[0] for each in self.open)
        opened, attributes, texts = self.open.pop()
        assert opened == tag
        self.elements.append((path, attributes, "".join(texts)))

    def handle_data(self, data):
        for _, _, texts in self.open:
            texts.append(data)
        quoted = any(attributes.get("class") == "authority" for _, attributes, _ in self.open)
        if not quoted and self.open and self.open[-1][0] != "style":
            self.own.append(data)

    def named(self, tag: str) -> list[tuple[tuple[str, ...], dict[str, str | None], str]]:
        """All elements of a tag."""
        return [each for each in self.elements if each[0][-1] == tag]


def report(name: str = "cal_mag") -> mr.CheckReport:
    """The report on an example, for an adult."""
    product = mr.Product.from_file(EXAMPLES / f"{name}.toml")
    return mr.check(product, person=mr.LifeStage("male", 40))


@pytest.fixture(scope="module", params=["cal_mag", "cal_mag_declared", "electrolyte", "zinc_copper"])
def example(request) -> mr.CheckReport:
    """The report on each example."""
    return report(request.param)


def test_the_page_is_well_formed_and_loads_nothing(example):
    """Every element is closed in its place; there is no script, no link and no address to load."""
    page = example.to_html()
    tree = Tree(page)
    assert page.startswith("<!DOCTYPE html>")
    assert {path[-1] for path, _, _ in tree.elements}.isdisjoint({"script", "iframe", "img", "link", "a"})
    attributes = {key for _, attributes, _ in tree.elements for key in attributes}
    assert attributes <= {"class", "lang", "aria-label", "role", "tabindex", "scope"}
    assert "url(" not in page
    assert "@import" not in page


def test_a_notebook_gets_the_fragment_of_the_page(example):
    """What a notebook shows is one section, which the page holds as it is."""
    fragment = example._repr_html_()
    assert fragment.startswith('<section class="mineral-ratio"')
    assert fragment.endswith("</section>")
    assert fragment in example.to_html()
    assert len(fragment) < 50_000


def test_tables_have_captions_and_headings_with_a_scope(example):
    """Each table has a caption, each column and each row a heading of its own."""
    tree = Tree(example.to_html())
    tables, captions = tree.named("table"), tree.named("caption")
    assert len(tables) == len(captions) > 4
    assert all(text for _, _, text in captions)
    for path, attributes, text in tree.named("th"):
        assert attributes["scope"] == ("col" if "thead" in path else "row")
        assert text
    regions = [attributes for _, attributes, _ in tree.elements if attributes.get("role") == "region"]
    assert [each["aria-label"] for each in regions] == [text for _, _, text in captions]
    assert all(each["tabindex"] == "0" for each in regions)


def test_every_selector_is_kept_to_the_report(example):
    """The style of the fragment touches nothing else of a notebook, and sets no colour of text or ground."""
    [style] = [text for path, _, text in Tree(example._repr_html_()).elements if path[-1] == "style"]
    selectors = [part for rule in style.split("}") if "{" in rule for part in rule.split("{")[0].split(",")]
    assert selectors
    assert all(each.strip().startswith(".mineral-ratio") for each in selectors)
    assert not re.search(r"[;{](color|background)", style)


def test_the_page_tells_all_that_the_report_holds(example):
    """Each ingredient, element, claim, rule, value, verdict and note is on the page."""
    text = "".join(text for path, _, text in Tree(example.to_html()).elements if path == ("html",))
    flat = " ".join(text.split())
    for each in example.ingredients:
        assert each.name in flat
    for each in (*example.elements, *example.species):
        assert each.name in flat
    for each in example.checks:
        assert each.rule.id in flat
        assert " ".join(each.rule.citation.split()) in flat
    for each in example.references:
        assert each.reference.amount in flat
        assert all(note in flat for note in each.notes)
    for each in example.label_checks:
        assert each.tolerance.citation in flat
    for note in (*example.notes, *example.readings):
        assert " ".join(note.split()) in flat
    assert example.summary in flat
    assert "not medical advice" in flat


def test_our_own_words_judge_nothing(example):
    """Outside of what is marked as an authority's, nothing is called optimal, safe or deficient."""
    own = " ".join(Tree(example.to_html()).own)
    assert not JUDGING.findall(own)


def test_our_own_words_on_the_bundled_rules_and_values_judge_nothing():
    """The same for every bundled rule, and for the reference values of every nutrient."""
    nutrients = {str(each.analyte): "1 mg" for each in references()}
    everything = mr.Analysis(nutrients, per="day", counts="natural_food")
    for person in (mr.LifeStage("female", 31, "pregnant"), mr.LifeStage("male", 40)):
        tree = Tree(mr.check(everything, [*mr.rules()], person=person).to_html())
        assert not JUDGING.findall(" ".join(tree.own))


def test_an_authoritys_words_are_marked_as_such():
    """A kind called "safe level of intake" stands on the page, and not among our own words."""
    value = mr.ReferenceValue(
        "EFSA", "2024", "Fe", "safe level of intake", "40", "mg/day", note="safe", citation="on safety"
    )
    iron = mr.Analysis({"Fe": "20 mg"}, per="day", counts="supplement")
    tree = Tree(mr.check(iron, references=value, person=mr.LifeStage("male", 40)).to_html())
    marked = [text for _, attributes, text in tree.elements if attributes.get("class") == "authority"]
    assert "EFSA safe level of intake" in marked
    assert "40 mg/day" in marked
    assert JUDGING.search(" ".join(marked))
    assert not JUDGING.search(" ".join(tree.own))


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><b onload=x>', "&lt;i&gt;", "'\"&<>"])
def test_hostile_names_stay_text(hostile):
    """Markup in a name, a serving, a rule or a reading is shown as it was written and is no element."""
    compound = mr.Compound(hostile, ions="1 Ca2+, 1 carbonate")
    rule = mr.RatioRule(
        *(hostile, "Ca", "Mg", "mass"),
        upper=2,
        scope=hostile,
        population=hostile,
        evidence="low",
        evidence_note=hostile,
        source_kind=hostile,
        tolerance_source=hostile,
        citation=hostile,
    )
    product = mr.Product(hostile, [mr.Ingredient(compound, "1 g")], serving=hostile, rules=[rule])
    page = mr.check(product).to_html()
    tree = Tree(page)
    assert {path[-1] for path, _, _ in tree.elements}.isdisjoint({"script", "i", "b"})
    assert not any(key.startswith("on") for _, attributes, _ in tree.elements for key in attributes)
    assert any(attributes.get("aria-label") == f"Report on {hostile}" for _, attributes, _ in tree.elements)
    assert any(text == hostile for path, _, text in tree.elements if path[-1] == "bdi")
    assert tree.named("title")[0][2] == hostile


@given(name=hostile_text())
def test_any_name_gives_a_well_formed_page(name):
    """Whatever a product is called, the page parses, is UTF-8, and has no control characters."""
    page = attrs.evolve(mr.check(mr.Blend()), name=name, serving=name, notes=(name,)).to_html()
    page.encode("utf-8")
    Tree(page)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", page)


def test_what_is_not_there_leaves_no_empty_table():
    """An empty blend has no table, no summary of rules and nothing to open, but the disclaimer."""
    tree = Tree(mr.check(mr.Blend()).to_html())
    assert tree.named("table") == []
    assert tree.named("details") == []
    assert "not medical advice" in "".join(tree.own)


def test_ranges_and_unknowns_are_told():
    """A range shows both ends, what is not known says so, and a rule without a ratio has no figure."""
    yeast = mr.Material(name="yeast", declared={"Se": "2000 to 2500 mg/kg"})
    chalk = mr.Compound("chalk", ions="1 Ca2+, 1 carbonate")
    product = mr.Product(
        "mixed",
        [mr.Ingredient(yeast, "100 mg"), mr.Supply(chalk, "Ca", "500 mg", overage="5 %")],
        label_claims={"Se": "200 µg", "Fe": "1 mg"},
        rules=["ca-mg-vendor-2-to-1"],
        servings_per_day=1,
    )
    tree = Tree(mr.check(product, person=mr.LifeStage("female", 31)).to_html())
    text = " ".join(tree.own)
    assert "0.2000 to 0.2500" in text
    assert "not known" in text
    assert "* or more: not known of every ingredient" in text
    assert "no ratio; 1.9 to 2.1 by mass" in text
    assert "as labelled, mg" in text


def test_figures_are_those_of_the_example():
    """500 mg of magnesium is 143 % of one limit and 200 % of the other, each beside what it counts."""
    tree = Tree(report().to_html())
    rows = [text for path, _, text in tree.elements if path[-1] == "tr"]
    [us] = [row for row in rows if "NASEM UL" in row and row.startswith("Mg")]
    [eu] = [row for row in rows if "EFSA UL" in row and row.startswith("Mg")]
    assert "142.9 %" in us
    assert "counts supplement and medicine" in us
    assert "200.0 %" in eu
    assert "counts added to food, water and supplement" in eu
    [percent] = [row for row in rows if "FDA DV" in row and row.startswith("Ca")]
    assert "76.92 %77 %80 %" in percent
