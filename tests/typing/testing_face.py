"""What type checkers see of ``mineral_ratio.testing``: checked by mypy and pyright, never run."""

from __future__ import annotations

from typing import assert_type

import pint
from hypothesis.strategies import SearchStrategy

import mineral_ratio as mr
from mineral_ratio import testing


class Compounds(testing.SourceConformance):
    """A kit is a class with the source in it."""

    source = mr.StaticSource("mine", [mr.Compound("lime", formula="CaO")])
    names = ("lime",)


class Rules(testing.RuleConformance):
    """The source of rules is any object of the right shape."""

    source = object()
    most = 10


class References(testing.ReferenceConformance):
    """So is the source of reference values."""

    source = object()


def strategies() -> None:
    """Every strategy says what it draws."""
    assert_type(testing.analytes(), SearchStrategy[str | int | mr.Element | mr.Ion | mr.NamedSpecies])
    assert_type(testing.blends(max_size=3), SearchStrategy[mr.Blend])
    assert_type(testing.bundled_compounds(), SearchStrategy[mr.Compound])
    assert_type(testing.bundled_materials(), SearchStrategy[mr.Material])
    assert_type(testing.compounds(), SearchStrategy[mr.Compound])
    assert_type(testing.elements(), SearchStrategy[mr.Element])
    assert_type(testing.formulas(), SearchStrategy[mr.Formula])
    assert_type(testing.hostile_text(), SearchStrategy[str])
    assert_type(testing.hydrates(), SearchStrategy[mr.Compound])
    assert_type(testing.ingredients(), SearchStrategy[mr.Ingredient])
    assert_type(testing.masses(), SearchStrategy[str | pint.Quantity[float]])
    assert_type(testing.materials(), SearchStrategy[mr.Material])
    assert_type(testing.salts(), SearchStrategy[mr.Compound])
    assert_type(testing.specified_materials(), SearchStrategy[mr.Material])
    assert_type(testing.statements(0.4), SearchStrategy[mr.Range])
