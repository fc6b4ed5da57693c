"""Laws of indices and concentrations: linear where they are, alike in every unit, tight in their bounds."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import mineral_ratio as mr
from mineral_ratio.checks.indices import (
    dcad,
    grass_tetany_ratio,
    hardness,
    residual_alkalinity,
    sodium_adsorption_ratio,
)

amounts = st.floats(1e-3, 1e3)
shares = st.integers(0, 20_000).map(lambda number: number / 1000)
UNITS = ("mg/L CaCO3", "mmol/L", "mEq/L", "°dH", "°fH", "°e")
CARNALLITE = mr.Compound("carnallite", ions="1 K+, 1 Mg2+, 3 chloride", water=6)
EPSOM = mr.Compound("epsom salt", ions="1 Mg2+, 1 sulfate", water=7)
SODA = mr.Compound("soda", ions="2 Na+, 1 carbonate")


def water(calcium: float, magnesium: float, sodium: float = 1.0, unit: str = "mmol/L", per: str = "L"):
    """A water by its amounts."""
    stated = {"Ca": calcium, "Mg": magnesium, "Na": sodium, "bicarbonate": 3.0}
    return mr.Analysis({key: f"{value!r} {unit}" for key, value in stated.items()}, per=per)


def ration(na: float, k: float, cl: float, s: float, *, unit: str = "%", factor: float = 1.0):
    """A ration by its contents."""
    stated = {"Na": na, "K": k, "Cl": cl, "S": s}
    return mr.Analysis({key: f"{value * factor!r} {unit}" for key, value in stated.items()}, per="kg")


@given(amounts, amounts, st.sampled_from(UNITS))
def test_hardness_is_linear_in_the_amount(calcium, magnesium, unit):
    """Hardness is that of the millimoles together, whichever element they are of."""
    whole = hardness(water(calcium, magnesium), unit).value
    assert whole == pytest.approx((calcium + magnesium) * hardness(water(1.0, 0.0), unit).value, rel=1e-9)
    assert whole == pytest.approx(hardness(water(magnesium, calcium), unit).value, rel=1e-9)


@given(amounts, amounts, amounts, st.sampled_from([("mol/L", 1e-3), ("µmol/L", 1e3), ("mmol/dL", 0.1)]))
def test_the_unit_of_a_statement_changes_nothing(calcium, magnesium, sodium, unit):
    """The same water in another unit, or per another volume, has the same indices."""
    name, factor = unit
    one = water(calcium, magnesium, sodium)
    other = water(calcium * factor, magnesium * factor, sodium * factor, name, per="250 mL")
    assert hardness(other).value == pytest.approx(hardness(one).value, rel=1e-9)
    assert sodium_adsorption_ratio(other).value == pytest.approx(sodium_adsorption_ratio(one).value, rel=1e-9)


@given(amounts, amounts, amounts, amounts)
def test_sar_grows_with_the_root_of_the_strength(calcium, magnesium, sodium, factor):
    """A water that is n times as strong has the square root of n times the SAR: it is no ratio."""
    one = sodium_adsorption_ratio(water(calcium, magnesium, sodium)).value
    more = sodium_adsorption_ratio(water(calcium * factor, magnesium * factor, sodium * factor)).value
    assert more == pytest.approx(one * math.sqrt(factor), rel=1e-9)


@given(amounts, amounts, st.sampled_from(UNITS))
def test_residual_alkalinity_is_alkalinity_less_hardness(calcium, magnesium, unit):
    """It falls by 1/3.5 of the calcium's hardness and 1/7 of the magnesium's, in any unit."""
    ours = water(calcium, magnesium)
    lime, magnesia = (hardness(water(*pair), unit).value for pair in ((calcium, 0.0), (0.0, magnesium)))
    alkalinity = residual_alkalinity(water(0.0, 0.0), unit=unit).value
    expected = alkalinity - lime / 3.5 - magnesia / 7.0
    scale = alkalinity + lime + magnesia
    assert residual_alkalinity(ours, unit=unit).value == pytest.approx(expected, abs=1e-9 * scale)


@given(shares, shares, shares, shares, st.sampled_from([("g/kg", 10.0), ("ppm", 1e4), ("g/100 g", 1.0)]))
def test_dcad_is_the_same_in_every_unit(na, k, cl, s, unit):
    """%, g/kg, ppm and g/100 g state one ration; per 100 g is a tenth of per kg."""
    one, other = dcad(ration(na, k, cl, s)), dcad(ration(na, k, cl, s, unit=unit[0], factor=unit[1]))
    scale = 1e-9 * (1.0 + 700.0 * (na + k + cl + s))
    assert other.value == pytest.approx(one.value, abs=scale)
    assert 10.0 * dcad(ration(na, k, cl, s), unit="mEq/100 g").value == pytest.approx(one.value, abs=scale)


@given(shares, shares, shares, shares, shares)
def test_dcad_is_linear(na, k, cl, s, more):
    """More of one element moves it by that element's equivalents alone."""
    first, second = dcad(ration(na, k, cl, s)).value, dcad(ration(na, k + more, cl, s)).value
    assert second - first == pytest.approx(more * 255.77, rel=1e-4, abs=1e-6)


@given(shares, shares, shares)
def test_the_tetany_ratio_is_the_ratio(k, ca, mg):
    """It is K/(Ca+Mg) in equivalents, and says that of amounts twice."""
    assume(ca + mg > 1e-3)
    forage = mr.Analysis({"K": f"{k!r} %", "Ca": f"{ca!r} %", "Mg": f"{mg!r} %"}, per="kg")
    index = grass_tetany_ratio(forage)
    assert index.value == pytest.approx(forage.ratio("K", "Ca+Mg", "equivalent").value)
    assert 2.0 * index.value == pytest.approx(forage.ratio("K", "Ca+Mg", "amount").value)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([CARNALLITE, EPSOM, SODA]),
            st.integers(1, 50),
            st.integers(600, 990),
            st.integers(0, 10),
        ),
        min_size=1,
        max_size=3,
        unique_by=lambda row: row[0].name,
    )
)
def test_dcad_of_a_blend_is_bounded_by_its_corners(rows):
    """Bounds are the least and greatest over all ends of all assays, which move together."""
    lots = [
        (compound, mass, low / 1000, min(1000, low + width) / 1000) for compound, mass, low, width in rows
    ]
    blend = mr.Blend(
        mr.Ingredient(
            mr.Material(
                compound,
                name=compound.name,
                assay=mr.Assay(f"{100 * low:.1f} to {100 * high:.1f} %", of=compound.formula),
            ),
            f"{mass} g",
        )
        for compound, mass, low, high in lots
    )
    total = sum(mass for _, mass, _, _ in lots)

    def parts(end: int) -> list[float]:
        return [
            mass * lot[end] * dcad(mr.Blend([mr.Ingredient(lot[0], "1 g")])).value / total
            for lot in lots
            for mass in lot[1:2]
        ]

    ends = list(zip(parts(2), parts(3), strict=True))
    low, high = sum(map(min, ends)), sum(map(max, ends))
    index = dcad(blend)
    scale = 1e-9 * (1.0 + sum(abs(end) for pair in ends for end in pair))
    assert index.low == pytest.approx(low, abs=scale)
    assert index.high == pytest.approx(high, abs=scale)
    assert index.low <= index.value <= index.high
