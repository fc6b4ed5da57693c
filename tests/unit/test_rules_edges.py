"""What a rule says of itself and of what is held against it, to the letter."""

from __future__ import annotations

import csv
from importlib.resources import files

import attrs
import pytest

import mineral_ratio as mr
from mineral_ratio.checks.index_rules import index_rules
from mineral_ratio.checks.rules import _available
from mineral_ratio.checks.verdicts import place
from mineral_ratio.substances.analytes import NamedSpecies

HAY = mr.Analysis({"Ca": "1 %", "Mg": "0 %"}, per="kg", name="hay", scope="ration")
BRAN = mr.Material(name="bran", declared={"Ca": "1 to 3 %", "Mg": "1 %"})


def ratio_rule(**settings) -> mr.RatioRule:
    """A rule on Ca:Mg for products."""
    given = {"scope": "product", "evidence": "low", "citation": "c"} | settings
    return mr.RatioRule("r", "Ca", "Mg", "mass", **given)


def table(name: str) -> list[dict[str, str]]:
    """The rows of one of the library's tables."""
    text = (files("mineral_ratio") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def test_limits_and_sides_are_told():
    """With one end or two; the sides joined by a colon, the basis after a figure."""
    assert ratio_rule(upper=2).limits == "at most 2"
    assert ratio_rule(lower=0.5).limits == "at least 0.5"
    assert ratio_rule(lower=1.7, upper=2.6).limits == "1.7 to 2.6"
    sums = mr.RatioRule("r", "K", "Ca+Mg", "amount", upper=2, scope="ration", evidence="low", citation="c")
    assert (sums.sides, sums.subject, sums.measure) == (("K", "Ca+Mg"), "K:Ca+Mg", "by amount")


def test_a_limit_of_one_figure_and_one_of_none_are_limits():
    """Both ends may be the same, and either may be zero."""
    assert ratio_rule(lower=2, upper=2).limits == "2 to 2"
    assert (ratio_rule(lower=0).lower, ratio_rule(upper=0).upper) == (0.0, 0.0)


def test_a_rule_on_something_else_says_what_it_speaks_of():
    """Its scope and that of the mixture, or that the latter was not said; nothing where they are the same."""
    rule = ratio_rule(upper=2)
    assert rule.out_of_scope(HAY) == ("the rule speaks of the product; this is a ration",)
    bare = mr.Analysis({"Ca": "1 %"}, per="kg")
    assert rule.out_of_scope(bare) == ("the rule speaks of the product; what this is was not said",)
    assert ratio_rule(upper=2, scope="ration").out_of_scope(HAY) == ()


def test_a_check_that_decides_nothing_says_why():
    """There is no denominator, the content is not known, or a range straddles the limit."""
    check = ratio_rule(upper=2, scope="ration").check(HAY)
    assert (check.verdict, check.ratio, check.figure, check.in_scope) == ("undefined", None, None, True)
    assert check.notes == ("Ca:Mg is undefined: there is no Mg",)
    zinc = attrs.evolve(ratio_rule(upper=2), denominator="Zn")
    check = zinc.check(HAY)
    assert (check.verdict, check.ratio, check.in_scope, check.open, check.failed) == (
        *("undecided", None, False, True, False),
    )
    assert check.notes == (
        "the rule speaks of the product; this is a ration",
        "the content of Zn in hay is not known: it is not stated, and no formula gives it",
    )
    assert str(check) == "r: undecided, out of scope"
    product = mr.Product("bran", [mr.Ingredient(BRAN, "1 g")])
    check = ratio_rule(lower=0, upper=2.5).check(product)
    assert (check.verdict, check.notes, str(check)) == ("undecided", (), "r: undecided")
    assert (check.open, check.failed) == (True, False)
    assert check.figure == check.ratio == product.ratio("Ca", "Mg", "mass")


def test_a_check_fails_in_its_scope_only():
    """Below or above, where the rule speaks of what was checked."""
    product = mr.Product("bran", [mr.Ingredient(BRAN, "1 g")])
    for settings, verdict, failed, opened in (
        ({"upper": 0.5}, "above", True, False),
        ({"lower": 5}, "below", True, False),
        ({"upper": 5}, "within", False, False),
        ({"upper": 0.5, "scope": "ration"}, "above", False, True),
    ):
        check = ratio_rule(**settings).check(product)
        assert (check.verdict, check.failed, check.open) == (verdict, failed, opened)


def test_charges_come_from_a_mapping_or_from_pairs():
    """By symbol, in the order given, however the element is named; a single charge is the least."""
    assert ratio_rule(upper=2, charges={"calcium": 2, "Mg": 1}).charges == (("Ca", 2), ("Mg", 1))
    assert ratio_rule(upper=2, charges=[("Ca", 2)]).charges == (("Ca", 2),)


@pytest.mark.parametrize("row", table("ratio_rules.csv"), ids=lambda row: row["id"])
def test_every_field_of_a_bundled_ratio_rule_is_that_of_its_row(row):
    """Texts as they are, numbers as numbers, an empty cell as nothing."""
    rule = mr.rule(row["id"])
    numbers = {
        key: float(row[key]) if row[key] else None for key in ("lower", "upper", "target", "tolerance")
    }
    for key, number in numbers.items():
        assert getattr(rule, key) == number
    texts = ("scope", "population", "authority", "evidence", "evidence_note", "source_kind", "citation")
    for key in (*texts, "tolerance_source", "basis", "id"):
        assert getattr(rule, key) == row[key]
    assert rule.year == (int(row["year"]) if row["year"] else None)
    assert rule.disputed is (row["disputed"] == "yes")
    assert rule.charges == tuple(
        (symbol.strip(), int(charge))
        for symbol, charge in (pair.split(":") for pair in row["charges"].split(";") if pair)
    )
    part = dict(pair.split(":") for pair in row["availability"].split(";") if pair)
    for analyte in (*rule.numerator, *rule.denominator):
        if part and isinstance(analyte, NamedSpecies) and analyte.element in part:
            assert analyte.name == f"available {analyte.element}"
            assert analyte.factor == float(part[analyte.element])
            assert analyte.source == row["citation"]
            assert analyte.formula == mr.Formula.parse(analyte.element)


def test_parts_that_are_available_are_told_apart_by_a_semicolon():
    """Each of them counts in its own measure; an element without one counts as it is."""
    row = {"availability": "Ca:0.5;P:0.8", "citation": "c"}
    calcium, phosphorus, magnesium = _available("Ca+P+Mg", row)
    assert (calcium.name, calcium.factor, calcium.source) == ("available Ca", 0.5, "c")
    assert (phosphorus.name, phosphorus.factor, phosphorus.element) == ("available P", 0.8, "P")
    assert magnesium.symbol == "Mg"


@pytest.mark.parametrize("row", table("index_rules.csv"), ids=lambda row: row["id"])
def test_every_field_of_a_bundled_rule_on_an_index_is_that_of_its_row(row):
    """The same, with the index and its unit."""
    rule = index_rules()[row["id"]]
    for key in ("lower", "upper"):
        assert getattr(rule, key) == (float(row[key]) if row[key] else None)
    texts = ("scope", "population", "authority", "evidence", "evidence_note", "source_kind", "citation")
    for key in (*texts, "index", "unit", "id"):
        assert getattr(rule, key) == row[key]
    assert rule.year == (int(row["year"]) if row["year"] else None)
    assert rule.disputed is (row["disputed"] == "yes")


@pytest.mark.parametrize(
    ("low", "high", "lower", "upper", "where"),
    [
        (1, 2, 1, 2, "within"),
        (1, 2, None, None, "within"),
        (1, 2, None, 2, "within"),
        (1, 2, 1, None, "within"),
        (1, 2, 2, None, "undecided"),
        (1, 2, None, 1, "undecided"),
        (1, 2, 2.1, None, "below"),
        (1, 2, None, 0.9, "above"),
        (1, 2, 0, 1.5, "undecided"),
        (1, 2, 1.5, 3, "undecided"),
        (1, 2, 3, 4, "below"),
        (1, 2, -2, -1, "above"),
        (-2, -1, -1 - 1e-12, None, "undecided"),
        (-1, -1, -1 + 1e-12, None, "within"),
        (1, 1, 1 + 1e-12, None, "within"),
        (1, 1, 1 + 1e-7, None, "below"),
        (1, 1, None, 1 - 1e-12, "within"),
        (1, 1, None, 1 - 1e-7, "above"),
        (0, 0, 0, 0, "within"),
    ],
)
def test_where_a_value_with_bounds_lies(low, high, lower, upper, where):
    """Limits are inclusive, rounding apart; a range that straddles one is undecided."""
    assert place(low, high, lower, upper) == where


@pytest.mark.parametrize(
    ("low", "high", "where"),
    [
        (1, 2, "undecided"),
        (2, 2, "above"),
        (2 - 1e-12, 2 - 1e-12, "above"),
        (1, 2 - 1e-7, "within"),
        (2, 3, "above"),
    ],
)
def test_an_exclusive_limit_is_itself_above(low, high, where):
    """A value that reaches it but for rounding is above; one that stays under it is within."""
    assert place(low, high, None, 2, exclusive=True) == where
    assert place(low, high, 0, 2, exclusive=True) == where


def test_every_field_of_a_bundled_reference_value_is_that_of_its_row():
    """Texts as they are, ages as numbers, an empty cell as nothing, the parts of an intake as a set."""
    rows = table("reference_values.csv")
    for row, value in zip(rows, mr.references(), strict=True):
        for key in ("authority", "edition", "kind", "unit", "status", "sex", "condition", "note", "keyed"):
            assert getattr(value, key) == row[key]
        assert (value.printed, value.citation) == (row["value"], row["source"])
        for key in ("age_from", "age_to"):
            assert getattr(value, key) == (float(row[key]) if row[key] else None)
        assert value.counts == frozenset(row["counts"].split(";"))
        assert value.superseded is (row["edition"] == "21 CFR 101.9 (pre-2016)")
