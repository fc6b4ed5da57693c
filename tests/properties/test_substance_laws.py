"""Laws of substances: mass is conserved, charges balance, and what goes in comes out."""

from __future__ import annotations

import math
from typing import Any

import attrs
import pint
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import mineral_ratio as mr
from mineral_ratio.substances.ranges import bounds
from mineral_ratio.testing import (
    bundled_materials,
    compounds,
    hydrates,
    salts,
    specified_materials,
    statements,
)
from mineral_ratio.testing.strategies import telling_elements

PRIVATE = pint.UnitRegistry()

any_compound = compounds()
any_material = st.one_of(specified_materials(), bundled_materials())
milligrams = st.floats(min_value=1e-3, max_value=1e6)


def known(material: mr.Material) -> list[str]:
    """Symbols of the elements whose content the material tells, above zero at its low end."""
    found = []
    for symbol in material.assigned_elements():
        try:
            if material.content(symbol).low > 0.0:
                found.append(symbol)
        except mr.UnknownContentError:
            continue
    return found


@given(any_compound)
def test_fractions_of_a_formula_sum_to_one(compound: mr.Compound) -> None:
    """Of elements within 1e-12, and of its ions and water."""
    assert sum(compound.mass_fractions().values()) == pytest.approx(1.0, abs=1e-12)
    shares = [
        float(count) * part.formula.relative_formula_mass / compound.relative_formula_mass
        for count, part in compound.parts
    ]
    assert sum(shares) == pytest.approx(1.0, abs=1e-12)


@given(any_compound)
def test_ions_carry_no_net_charge_and_are_the_formula(compound: mr.Compound) -> None:
    """Their formulas, added up with the water, are the compound's."""
    assume(compound.ions)
    assert sum(count * part.charge_number for count, part in compound.ions) == 0
    total: dict[str, Any] = {}
    for count, part in compound.parts:
        for symbol, atoms in part.formula.counts.items():
            total[symbol] = total.get(symbol, 0) + count * atoms
    assert total == dict(compound.formula.counts)


@given(any_compound, st.integers(1, 9))
def test_one_ion_more_is_refused(compound: mr.Compound, more: int) -> None:
    """A charge that is off by any number of ions is found."""
    assume(compound.ions)
    (count, first), *rest = compound.ions
    with pytest.raises(mr.MassBalanceError):
        mr.Compound("off", ions=[(count + more, first), *rest], water=compound.water)


@given(st.one_of(hydrates(), salts()))
def test_a_hydrate_is_its_anhydrous_salt_and_water(compound: mr.Compound) -> None:
    """Masses add up, and so do the contents."""
    water = float(compound.water) * mr.Formula.parse("H2O").relative_formula_mass
    whole = compound.anhydrous.relative_formula_mass + water
    assert compound.relative_formula_mass == pytest.approx(whole, rel=1e-12)
    assert compound.content("water").value == pytest.approx(water / whole, rel=1e-12)
    assert compound.content("water").value + compound.content(
        mr.NamedSpecies("the salt", compound.anhydrous)
    ).value == pytest.approx(1.0, rel=1e-12)
    for symbol in telling_elements(compound):
        anhydrous = compound.anhydrous.mass_fraction(symbol) * compound.anhydrous.relative_formula_mass
        assert compound.mass_fraction(symbol) * whole == pytest.approx(anhydrous, rel=1e-12)


@given(any_compound)
def test_equivalents_of_cations_and_anions_are_equal(compound: mr.Compound) -> None:
    """Counted through the ions one by one."""
    assume(compound.ions)
    totals = {+1: 0.0, -1: 0.0}
    for part in dict.fromkeys(part for _, part in compound.ions):
        sign = int(math.copysign(1, part.charge_number))
        totals[sign] += compound.count(part) * compound.equivalents_per_mole(part).number
    assert totals[+1] == pytest.approx(totals[-1])


@given(any_material, milligrams, st.sampled_from(["value", "low", "high"]), st.data())
def test_mass_for_inverts_elemental_mass(
    material: mr.Material, amount: float, at: Any, data: st.DataObject
) -> None:
    """At its value exactly; at its ends by the content there."""
    symbols = known(material)
    assume(symbols)
    symbol = data.draw(st.sampled_from(symbols))
    found = material.mass_for(symbol, f"{amount!r} mg", at=at)
    content = material.content(symbol)
    assert found.m_as("mg") * getattr(content, at) == pytest.approx(amount, rel=1e-12)
    held = material.elemental_mass(symbol, found).m_as("mg")
    assert held == pytest.approx(amount * content.value / getattr(content, at), rel=1e-12)


@given(any_material, milligrams)
def test_mass_amount_and_equivalents_agree(material: mr.Material, amount: float) -> None:
    """Through molar masses and charges, in any registry and unit."""
    for symbol in known(material)[:2]:
        molar = mr.default_weights().value(symbol)
        by_mass = material.mass_for(symbol, f"{amount!r} mg")
        by_amount = material.mass_for(symbol, f"{amount / molar!r} mmol")
        by_quantity = material.mass_for(symbol, PRIVATE.Quantity(amount / 1000, "g"))
        assert by_amount.m_as("mg") == pytest.approx(by_mass.m_as("mg"), rel=1e-12)
        assert by_quantity.m_as("mg") == pytest.approx(by_mass.m_as("mg"), rel=1e-12)
        try:
            charge = material.equivalents_per_mole(symbol).number
        except mr.UnknownChargeError:
            continue
        by_equivalents = material.mass_for(symbol, f"{amount / molar * charge!r} mEq")
        assert by_equivalents.m_as("mg") == pytest.approx(by_mass.m_as("mg"), rel=1e-12)


@given(any_material)
def test_a_content_holds_its_value_and_the_assigned_mass_is_no_more_than_all(material: mr.Material) -> None:
    """Value inside the bounds; the least of all elements is within the excess that is allowed."""
    least = 0.0
    for symbol in material.assigned_elements():
        found = bounds(material.assigned(symbol))
        assert 0.0 <= found.low <= found.value <= found.high
        least += found.low
        try:
            content = material.content(symbol)
        except mr.UnknownContentError:
            continue
        assert content.low <= content.value <= content.high
        assert content.value == pytest.approx(found.value, rel=1e-12)
    assert least <= 1.0 + material.excess + 1e-9


@given(specified_materials())
def test_no_computed_content_is_above_theory(material: mr.Material) -> None:
    """What follows by formula from statements below theory is below theory too, the residue's at most."""
    assert material.compound is not None
    compound = material.compound
    for symbol in known(material):
        if symbol in ("H", "O") and (material.water_content or compound.water):
            continue  # moisture that the formula does not know, crystal water that may have gone
        content = material.content(symbol)
        theory = max(compound.mass_fraction(symbol), compound.anhydrous.mass_fraction(symbol))
        assert content.value <= theory * (1 + 1e-9)
        assert content.high <= theory * (1 + 1e-9)


@given(specified_materials())
def test_one_statement_keeps_the_proportions_of_the_formula(material: mr.Material) -> None:
    """All that is derived from one statement is in the ratio of the formula, whatever the range."""
    compound = material.compound
    assume(compound is not None and len(material.declared) < 2 and material.water_content is None)
    assert compound is not None
    first, *rest = known(material) or [""]
    for symbol in rest:
        ratio = material.content(symbol).value / material.content(first).value
        assert ratio == pytest.approx(
            compound.mass_fraction(symbol) / compound.mass_fraction(first), rel=1e-9
        )


@given(compounds(), st.data())
def test_widening_a_statement_narrows_no_content(compound: mr.Compound, data: st.DataObject) -> None:
    """Of what is declared and of what follows from it."""
    symbol = data.draw(st.sampled_from(telling_elements(compound)))
    stated = data.draw(statements(compound.mass_fraction(symbol)))
    assume(stated.low is not None and stated.high is not None)
    narrow = attrs.evolve(stated, typical=stated.nominal[0])
    wide = attrs.evolve(narrow, low=0.9 * (stated.low or 0.0), high=stated.high)
    before = mr.Material(compound, name="lot", declared={symbol: narrow})
    after = mr.Material(compound, name="lot", declared={symbol: wide})
    for key in known(before):
        assert after.content(key).low <= before.content(key).low * (1 + 1e-12)
        assert after.content(key).high >= before.content(key).high * (1 - 1e-12)
        assert after.content(key).value == pytest.approx(before.content(key).value, rel=1e-12)


@given(any_material)
def test_every_content_says_where_it_comes_from(material: mr.Material) -> None:
    """A kind of the list and a source in words; the pure compound alone is theory."""
    for symbol in known(material):
        content = material.content(symbol)
        assert content.kind in {"theory", "stated", "typical", "minimum", "maximum", "midpoint", "derived"}
        assert (content.kind == "theory") == material.pure
        assert content.source
        assert (content.kind == "derived") == content.source.startswith("by formula from")
