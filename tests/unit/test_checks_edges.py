"""What the errors of rules and reference values say and carry, to the letter."""

from __future__ import annotations

import pytest

import mineral_ratio as mr


def ratio_rule(basis, **settings) -> mr.RatioRule:
    """A rule on Ca:Mg."""
    given = {"scope": "product", "evidence": "low", "citation": "c"} | settings
    return mr.RatioRule("r", "Ca", "Mg", basis, **given)


def limit(printed, unit, **settings) -> mr.ReferenceValue:
    """An upper level of magnesium."""
    return mr.ReferenceValue("A", "2020", "Mg", "UL", printed, unit, **settings)


UNSET = "A UL of Mg: a value above zero goes with status 'set', and none with the others, not "
REFUSED = [
    (
        lambda: ratio_rule("mass"),
        mr.MassBalanceError,
        ("r: a rule needs a lower or an upper limit; a target sets none",),
    ),
    (
        lambda: ratio_rule("mass", lower=2, upper=1),
        mr.MassBalanceError,
        ("r: the lower limit 2 is above the upper limit 1",),
    ),
    (
        lambda: ratio_rule("mass", lower=-1),
        mr.UnitError,
        ("a limit is a finite number of zero or more, not -1", -1, "number"),
    ),
    (
        lambda: ratio_rule("mass", lower="2"),
        mr.UnitError,
        ("a limit is a finite number of zero or more, not '2'", "2", "number"),
    ),
    (
        lambda: ratio_rule("weight", upper=2),
        mr.UnitError,
        ("a basis is 'mass', 'amount' or 'equivalent', not 'weight'", "weight", "basis"),
    ),
    (
        lambda: ratio_rule("mass", upper=2, evidence="sure"),
        mr.NotFoundError,
        (
            "sure",
            "evidence",
            ("regulation", "strong", "moderate", "low", "contested", "refuted", "marketing claim"),
        ),
    ),
    (
        lambda: ratio_rule("equivalent", upper=2, charges={"Ca": 0}),
        mr.UnitError,
        ("equivalents of Ca are counted by a whole number above zero, not 0", 0, "charge number"),
    ),
    (
        lambda: ratio_rule("equivalent", upper=2, charges={"Ca": True}),
        mr.UnitError,
        ("equivalents of Ca are counted by a whole number above zero, not True", True, "charge number"),
    ),
    (lambda: mr.rule("ca-mg-durlach"), mr.NotFoundError, ("ca-mg-durlach", "rule", ("ca-mg-durlach-1989",))),
    (
        lambda: mr.IndexRule("r", "dcadd", "mEq/kg", upper=1, scope="ration", evidence="low", citation="c"),
        mr.NotFoundError,
        ("dcadd", "index", ("dcad", "sar", "phytate-calcium-zinc")),
    ),
    (
        lambda: mr.index_rule("dcad-close"),
        mr.NotFoundError,
        ("dcad-close", "rule on an index", ("dcad-close-up", "dcad-close-up-horst-1997")),
    ),
    (
        lambda: limit("250", "mg"),
        mr.UnitError,
        ("the unit is one of g/day, mg/day, µg/day, mg/kg bw/day, µg/kg bw/day, not 'mg'", "mg", "unit"),
    ),
    (
        lambda: limit("", "mg/day"),
        mr.UnitError,
        (
            UNSET + "'' with 'set'",
            "",
            "number",
        ),
    ),
    (
        lambda: limit("0", "mg/day"),
        mr.UnitError,
        (
            UNSET + "'0' with 'set'",
            "0",
            "number",
        ),
    ),
    (
        lambda: limit("250", "mg/day", status="not set"),
        mr.UnitError,
        (
            UNSET + "'250' with 'not set'",
            "250",
            "number",
        ),
    ),
    (
        lambda: limit("250", "mg/day", status="sett"),
        mr.NotFoundError,
        ("sett", "status", ("set", "not set", "unread")),
    ),
    (
        lambda: limit("250", "mg/day", counts="foood"),
        mr.NotFoundError,
        ("foood", "part of an intake", ("natural_food", "added_to_food", "water", "supplement", "medicine")),
    ),
    (lambda: mr.references_for(None, "EFSSA"), mr.NotFoundError, ("EFSSA", "authority", ("EFSA",))),
]


@pytest.mark.parametrize(("refused", "error", "told"), REFUSED)
def test_a_refusal_tells_what_was_given_and_what_is_taken(refused, error, told):
    """The error keeps message, value and what was expected; or the name, its kind and what is close."""
    with pytest.raises(error) as caught:
        refused()
    assert caught.value.args[: len(told)] == told


@pytest.mark.parametrize(
    ("look_up", "kind", "known"),
    [
        (mr.rule, "rule", mr.rules),
        (mr.index_rule, "rule on an index", mr.index_rules),
    ],
)
def test_a_name_that_is_close_to_none_is_answered_with_all(look_up, kind, known):
    """Nothing is like it, so every bundled rule is named, in the order of the table; the same for no text."""
    for key in ("zzz", None):
        with pytest.raises(mr.NotFoundError) as caught:
            look_up(key)
        assert caught.value.args == (str(key), kind, tuple(known()), (), "")


def test_an_authority_or_edition_that_is_close_to_none_is_answered_with_all():
    """Each is named once, in the order of the table."""
    asked = (({"authorities": "zzz"}, "authority"), ({"editions": ["EFSA DRV", "zzz"]}, "edition"))
    for settings, kind in asked:
        with pytest.raises(mr.NotFoundError) as caught:
            mr.references_for(None, **settings)
        names = tuple(dict.fromkeys(getattr(each, kind) for each in mr.references()))
        assert caught.value.args == ("zzz", kind, names, (), "")


def test_an_index_in_another_unit_is_not_judged():
    """The error keeps the unit that was given, and the message names both."""
    rule = mr.IndexRule("r", "dcad", "mEq/kg", upper=1, scope="ration", evidence="low", citation="c")
    index = mr.Index("DCAD", 1.0, 1.0, 1.0, "mEq/100 g")
    with pytest.raises(mr.UnitError) as caught:
        rule.judge(index)
    assert caught.value.args == ("r is in mEq/kg, not in mEq/100 g", "mEq/100 g", "unit")


def test_references_that_are_given_are_the_only_ones():
    """A value that is given brings no authority's with it, nor does an authority those of others."""
    person = mr.LifeStage("female", 31)
    diet = mr.Analysis({"Mg": "420 mg"}, per="day", counts="supplement")
    own = mr.ReferenceValue("the house", "2026", "Mg", "upper limit", "300", "mg/day")
    assert [each.reference for each in mr.check(diet, references=own, person=person).references] == [own]
    named = mr.check(diet, references="EFSA", person=person).references
    assert {each.reference.authority for each in named} == {"EFSA"}
