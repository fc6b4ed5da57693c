"""Assays and declared contents, as they are stated."""

from __future__ import annotations

import copy
import math
import pickle
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mineral_ratio as mr
from mineral_ratio.substances.specifications import LOSS_OF
from mineral_ratio.testing import hostile_text
from strategies import not_text


@pytest.mark.parametrize(
    ("stated", "low", "high", "typical"),
    [
        (mr.Assay("97.5 %", "100.5 %", of="MgO"), 0.975, 1.005, None),
        (mr.Assay(0.975, 1.005, of="MgO"), 0.975, 1.005, None),
        (mr.Assay("97.5 to 100.5 %", of="MgO"), 0.975, 1.005, None),
        (mr.Assay(mr.Range(0.975, 1.005), of="MgO"), 0.975, 1.005, None),
        (mr.Assay("98 %", "100 %", "99 %", of="MgO"), 0.98, 1.0, 0.99),
        (mr.Assay("98 to 100 %", typical="99 %", of="MgO"), 0.98, 1.0, 0.99),
        (mr.Assay(">= 98 %", typical=0.99, of="MgO"), 0.98, None, 0.99),
        (mr.Assay("85 %", of="MoO3"), 0.85, 0.85, None),
        (mr.Assay(0.98, of="MgO"), 0.98, None, None),
        (mr.Assay(None, 0.98, of="MgO"), None, 0.98, None),
        (mr.Assay(None, "98 %", of="MgO"), None, 0.98, None),
        (mr.Assay(99 / 100, 1, of="MgO"), 0.99, 1.0, None),
    ],
)
def test_an_assay_is_stated_in_every_way(
    stated: mr.Assay, low: float | None, high: float | None, typical: float | None
) -> None:
    """As limits in text or numbers, as one text, or as a range, with a typical value."""
    assert (stated.range.low, stated.range.high, stated.range.typical) == (low, high, typical)


@pytest.mark.parametrize(
    ("basis", "spoken"),
    [
        ("as_is", "as is"),
        ("dried", "on the dried basis"),
        ("anhydrous", "on the anhydrous basis"),
        ("ignited", "on the ignited basis"),
    ],
)
def test_an_assay_says_its_species_and_basis(basis: Any, spoken: str) -> None:
    """Three bases besides as is, each by a loss of its own."""
    assay = mr.Assay("97.5 to 100.5 %", of="MgO", basis=basis)
    assert str(assay) == f"97.5 to 100.5 % of MgO {spoken}"
    assert assay.of == mr.Formula.parse("MgO")
    assert mr.Assay("98 %", of=assay.of).of is assay.of
    assert str(mr.Declared(">= 20 %", basis)) == (">= 20 %" if basis == "as_is" else f">= 20 % {spoken}")
    assert len(set(LOSS_OF.values())) == len(LOSS_OF) == 3


@pytest.mark.parametrize("basis", ["wet", "", None, 1, "As is", "dry", "DRIED"])
def test_another_basis_is_refused_with_the_four(basis: Any) -> None:
    """In an assay and in a declared content."""
    for state in (lambda: mr.Assay("98 %", of="MgO", basis=basis), lambda: mr.Declared("98 %", basis)):
        with pytest.raises(mr.UnitError, match="as_is, dried, anhydrous, ignited"):
            state()


@pytest.mark.parametrize("number", [98, 97.5, -0.1, math.nan, math.inf, True, 1.6, b"98 %", [0.98], 1j])
def test_a_number_that_is_no_fraction_is_refused(number: Any) -> None:
    """A percentage without its sign is the likely mistake, and is never divided by 100."""
    with pytest.raises(mr.UnitError, match=r"write '97.5 %', or 0.975"):
        mr.Assay(number, of="MgO")
    with pytest.raises(mr.UnitError):
        mr.Assay(0.5, number, of="MgO")


def test_limits_that_say_nothing_or_cross_are_refused() -> None:
    """An assay states something."""
    with pytest.raises(mr.MassBalanceError):
        mr.Assay(None, of="MgO")
    with pytest.raises(mr.MassBalanceError, match="above the upper"):
        mr.Assay("99 %", "98 %", of="MgO")
    with pytest.raises(mr.MassBalanceError, match="typical"):
        mr.Assay("98 to 99 %", typical="97 %", of="MgO")


@given(st.one_of(hostile_text(), not_text()))
def test_no_value_gets_past_the_doors(value: Any) -> None:
    """Whatever stands for a statement, a species or a basis is read or refused by an error of ours."""
    for state in (
        lambda: mr.Assay(value, of="MgO"),
        lambda: mr.Assay("98 %", of=value),
        lambda: mr.Assay("98 %", of="MgO", basis=value),
        lambda: mr.Declared(value),
    ):
        try:
            state()
        except mr.MineralRatioError:
            continue


def test_assays_and_declared_contents_are_values() -> None:
    """They are frozen, hash, copy and pickle."""
    for stated in (mr.Assay("98 %", of="MgO", basis="ignited"), mr.Declared(">= 20 %", "dried")):
        assert pickle.loads(pickle.dumps(stated)) == stated == copy.deepcopy(stated)
        assert len({stated, copy.copy(stated)}) == 1
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            stated.basis = "as_is"  # type: ignore[misc]
