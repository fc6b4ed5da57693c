"""Rules and reference values of plugins: found, isolated and told of as compounds are."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import mineral_ratio as mr
from mineral_ratio.checks import index_rules
from mineral_ratio.checks import references as reference_values
from mineral_ratio.checks import rules as ratio_rules
from mineral_ratio.checks.checking import check
from mineral_ratio.checks.references import PLUGINS as REFERENCES
from mineral_ratio.checks.references import references_for
from mineral_ratio.checks.rules import PLUGINS as RULES
from mineral_ratio.checks.sources import RecordGroup
from mineral_ratio.cli import cli
from mineral_ratio.mixtures.intakes import LifeStage

MAN = LifeStage("male", 40)
RULE = """
import mineral_ratio as mr

class Source:
    name = {name!r}
    api_version = {version}

    def __iter__(self):
        ours = dict(scope="total diet", evidence="low", citation="ours")
        yield mr.RatioRule({id!r}, "Na", "K", "mass", upper=1.0, **ours)

SOURCE = Source()
"""
LIMIT = """
from mineral_ratio.checks.references import ReferenceValue

class Source:
    name = "house-limits"
    api_version = 1

    def __iter__(self):
        yield ReferenceValue("HOUSE", "2026", "Mg", "UL", "300", "mg/day", counts="natural_food")

SOURCE = Source()
"""


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    """Each test looks for its own plugins, and leaves no trace of them."""
    fresh = RecordGroup(RULES.group, mr.RatioRule)
    for module in (ratio_rules, index_rules):
        monkeypatch.setattr(module, "PLUGINS", fresh)
    monkeypatch.setattr(
        reference_values, "PLUGINS", RecordGroup(REFERENCES.group, reference_values.ReferenceValue)
    )


def install(site, name, code, group):
    """A module whose ``SOURCE`` is of a group."""
    site.module(name, code)
    site.distribution(name, f"[{group}]\n{name} = {name}:SOURCE\n")


def rule_source(name="house-rules", version=1, key="na-k-house"):
    """The code of a source with one rule."""
    return RULE.format(name=name, version=version, id=key)


def test_a_rule_of_a_plugin_is_found_by_its_id(site):
    """Named like a bundled one; a bundled id stays the library's own."""
    install(site, "house_rules", rule_source(), RULES.group)
    assert mr.rule("na-k-house").upper == 1.0
    diet = mr.Analysis({"Na": "1 g", "K": "2 g"}, per="day", scope="total diet")
    assert check(diet, "na-k-house").checks[0].verdict == "within"


def test_a_bundled_rule_is_not_replaced(site):
    """The first source with an id answers."""
    install(site, "house_rules", rule_source(key="na-k-who-2012"), RULES.group)
    assert mr.rule("na-k-who-2012").authority == "WHO"


def test_reference_values_of_a_plugin_stand_beside_the_others(site):
    """Its authority can be asked for by name, and is there where all are."""
    install(site, "house_limits", LIMIT, REFERENCES.group)
    diet = mr.Analysis({"Mg": "420 mg"}, per="day", counts="natural_food")
    (found,) = check(diet, references="HOUSE", person=MAN).above_limits
    assert found.reference.authority == "HOUSE"
    assert "HOUSE" in {each.authority for each in references_for(MAN)}


def test_a_broken_source_is_told_of_once_and_stops_no_other(site):
    """One that raises, one of another version, one with other records: the fourth answers."""
    install(site, "a_raises", "raise SystemExit(3)", RULES.group)
    install(site, "b_version", rule_source("b", version=2), RULES.group)
    install(site, "c_kind", LIMIT, RULES.group)
    install(site, "d_good", rule_source(), RULES.group)
    with pytest.warns(mr.SourceSkippedWarning) as warned:
        assert mr.rule("na-k-house").upper == 1.0
    assert len(warned) == 3
    with pytest.raises(mr.NotFoundError, match="which is no RatioRule") as caught:  # and no warning again
        mr.rule("nothing of the kind")
    assert len(caught.value.failed_sources) == 3


def test_a_name_that_is_taken_is_shadowed(site):
    """Of two sources with a name the second is not used, and one has the library's own name."""
    install(site, "a_first", rule_source(), RULES.group)
    install(site, "b_second", rule_source(key="na-k-second"), RULES.group)
    install(site, "c_third", rule_source("mineral_ratio", key="na-k-third"), RULES.group)
    assert mr.rule("na-k-house")
    for key in ("na-k-second", "na-k-third"):
        with pytest.raises(mr.NotFoundError):
            mr.rule(key)
    states = RULES.states()
    assert [each.state for each in states] == ["loaded", "shadowed", "shadowed"]
    assert {each.group for each in states} == {"mineral_ratio.rules"}
    assert states[0].records == 1


def test_a_source_that_fails_is_listed_with_its_reason(site):
    """States tell what became of each."""
    install(site, "house_limits", "SOURCE = 3", REFERENCES.group)
    with pytest.warns(mr.SourceSkippedWarning):
        (state,) = REFERENCES.states()
    assert (state.state, state.group) == ("failed", "mineral_ratio.references")
    assert "has no name" in state.reason


def test_the_command_lists_them_with_those_of_compounds(site):
    """Each with what it serves, in the table and in the data."""
    install(site, "house_rules", rule_source(), RULES.group)
    install(site, "house_limits", LIMIT, REFERENCES.group)
    data = json.loads(CliRunner().invoke(cli, ["sources", "--json"]).stdout)
    assert [(each["name"], each["group"].partition(".")[2]) for each in data] == [
        ("mineral_ratio", "compounds"),
        ("house-rules", "rules"),
        ("house-limits", "references"),
    ]
    rows = [line.split() for line in CliRunner().invoke(cli, ["sources"]).stdout.splitlines()]
    assert any("house-limits" in row and "references" in row for row in rows)


def test_plugins_are_left_out_where_the_environment_says_so(site, monkeypatch):
    """None is looked for."""
    monkeypatch.setenv("MINERAL_RATIO_NO_PLUGINS", "1")
    install(site, "a_raises", "raise SystemExit(3)", REFERENCES.group)
    assert REFERENCES.states() == ()
