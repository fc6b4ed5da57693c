"""Laws of mixtures: mass is conserved, however a mixture is put together, split, scaled or asked."""

from __future__ import annotations

import itertools
import json
import math
from fractions import Fraction

from hypothesis import assume, example, given
from hypothesis import strategies as st

import mineral_ratio as mr
from mineral_ratio.mixtures.ratios import BASES

COMPOUNDS = [
    mr.Compound("chalk", ions="1 Ca2+, 1 carbonate"),
    mr.Compound("magnesia", ions="1 Mg2+, 1 oxide"),
    mr.Compound("dolomite", ions="1 Ca2+, 1 Mg2+, 2 carbonate"),
    mr.Compound("dicalcium malate", ions="2 Ca2+, 1 malate, 2 hydroxide"),
    mr.Compound("dimagnesium malate", ions="2 Mg2+, 1 malate, 2 hydroxide"),
    mr.Compound("calcium citrate", ions="3 Ca2+, 2 citrate", water=4),
    mr.Compound("epsom salt", ions="1 Mg2+, 1 sulfate", water=7),
    mr.Compound("plaster", ions="1 Ca2+, 1 sulfate", water=Fraction(1, 2)),
    mr.Compound("potassium chloride", ions="1 K+, 1 chloride"),
    mr.Compound("bare gypsum", formula="CaSO4.2H2O"),
]
CALCIUM = [each for each in COMPOUNDS if each.mass_fraction("Ca")]
MAGNESIUM = [each for each in COMPOUNDS if each.mass_fraction("Mg")]
KEYS = ("Ca", "Mg", "K", "S", "C", "O", "H")

compounds = st.sampled_from(COMPOUNDS)
masses = st.floats(0.001, 10.0).map(lambda grams: f"{grams:.6f} g")
factors = st.floats(1e-3, 1e3)


@st.composite
def assayed(draw, source=COMPOUNDS) -> mr.Material:
    """A lot of a compound with an assay that is a range, a point or one-sided."""
    compound = draw(st.sampled_from(source))
    low = draw(st.integers(600, 990))
    high = draw(st.integers(low, 1000))
    text = draw(
        st.sampled_from(
            [f"{low / 10} to {high / 10} %", f"{low / 10} %", f">= {low / 10} %", f"<= {high / 10} %"]
        )
    )
    name = draw(st.sampled_from(["lot a", "lot b", "lot c"]))
    return mr.Material(
        compound, name=f"{compound.name}, {name}, {text}", assay=mr.Assay(text, of=compound.formula)
    )


substances = st.one_of(compounds, assayed())


@st.composite
def blends(draw, source=substances, least=1, most=6) -> mr.Blend:
    """A blend of some substances."""
    pairs = draw(st.lists(st.tuples(source, masses), min_size=least, max_size=most))
    return mr.Blend(mr.Ingredient(substance, mass) for substance, mass in pairs)


def close(one: float, other: float) -> bool:
    """Equal but for the rounding of a few operations."""
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)


def same(one: mr.Blend, other: mr.Blend) -> None:
    """Both hold the same of everything, with the same ranges, and have the same ratios."""
    assert close(one.grams, other.grams)
    for key in KEYS:
        first, second = one.bounds(key), other.bounds(key)
        assert close(first.value, second.value)
        assert close(first.low, second.low)
        assert close(first.high, second.high)
    assert close(one.unassigned_mass.magnitude, other.unassigned_mass.magnitude)
    if one.bounds("Mg").value > 0.0:
        first, second = one.ratio("Ca", "Mg"), other.ratio("Ca", "Mg")
        assert close(first.value, second.value)
        assert close(first.low, second.low)
        assert first.high == second.high or close(first.high, second.high)


@given(blends())
def test_masses_and_the_unassigned_mass_sum_to_the_blend(blend):
    """Nothing is lost and nothing is made."""
    parts = math.fsum(mass.magnitude for mass in blend.elemental_masses().values())
    assert close(parts + blend.unassigned_mass.magnitude, blend.mass.magnitude)


@given(blends(), blends())
def test_a_blend_is_the_sum_of_its_parts(one, other):
    """Each element of a sum is the sum of that element; bounds add where lots are apart."""
    both = one + other
    for key in KEYS:
        assert close(both.bounds(key).value, one.bounds(key).value + other.bounds(key).value)
        assert both.bounds(key).low >= one.bounds(key).low + other.bounds(key).low - 1e-12
        assert both.bounds(key).high <= one.bounds(key).high + other.bounds(key).high + 1e-12
    assert close(both.grams, one.grams + other.grams)


@given(blends(), st.integers(0, 5), st.floats(0.01, 0.99))
def test_splitting_and_merging_change_nothing(blend, number, share):
    """An ingredient weighed in two portions is the same lot: one cause."""
    rows = list(blend.ingredients)
    part = rows.pop(number % len(rows))
    split = mr.Blend([*rows, part.scaled(share), part.scaled(1 - share)])
    same(split, blend)


@given(blends(), st.randoms(use_true_random=False))
def test_order_changes_nothing(blend, random):
    """Ingredients may stand in any order."""
    rows = list(blend.ingredients)
    random.shuffle(rows)
    same(mr.Blend(rows), blend)


@given(blends(), factors)
def test_scaling_scales_masses_and_leaves_ratios(blend, factor):
    """Twice the blend holds twice of all, in the same ratio."""
    scaled = blend * factor
    for key in KEYS:
        assert close(scaled.bounds(key).value, factor * blend.bounds(key).value)
        assert close(scaled.bounds(key).low, factor * blend.bounds(key).low)
        assert close(scaled.bounds(key).high, factor * blend.bounds(key).high)
    if blend.bounds("Mg").value > 0.0:
        assert close(scaled.ratio("Ca", "Mg").low, blend.ratio("Ca", "Mg").low)


@given(blends(least=1, most=3), st.integers(2, 5))
def test_a_blend_times_a_number_is_that_many_of_it(blend, times):
    """Adding a blend to itself is scaling it: the same lots move together."""
    total = blend
    for _ in range(times - 1):
        total = total + blend
    same(total, blend * times)


@given(blends())
def test_contributions_sum_to_the_whole(blend):
    """Who gave what sums to what there is, also of acids and water."""
    for key in (*KEYS, "water"):
        try:
            whole = blend.bounds(key).value
        except mr.UnknownContentError:
            continue
        given_ = math.fsum(each.grams for each in blend.contributions(key) if each.grams is not None)
        assert close(given_, whole)


@given(blends())
def test_an_interval_holds_its_value_and_mass_allows_it(blend):
    """Low, value and high are in order, none below zero, none above the mass of the blend."""
    for key in KEYS:
        found = blend.bounds(key)
        assert 0.0 <= found.low <= found.value <= found.high <= blend.grams * (1 + 1e-12)


@given(
    blends(source=st.sampled_from(CALCIUM), least=1, most=3),
    blends(source=st.sampled_from(MAGNESIUM), least=1, most=3),
)
def test_ratios_are_inverse_and_agree_between_bases(calcium, magnesium):
    """ratio(a, b) x ratio(b, a) = 1; bases agree through molar masses and charges."""
    blend = calcium + magnesium
    for basis in BASES:
        assert close(blend.ratio("Ca", "Mg", basis).value * blend.ratio("Mg", "Ca", basis).value, 1.0)
    mass, amount, equivalent = (blend.ratio("Ca", "Mg", basis).value for basis in BASES)
    assert close(amount, mass * 24.305 / 40.078)
    assert close(equivalent, amount)
    assert close(blend.ratio("Ca+Mg", "Mg").value, mass + 1)
    assert close(blend.ratio("Ca", "Ca+Mg").value, mass / (mass + 1))


@given(blends(source=assayed(CALCIUM), least=1, most=2), blends(source=assayed(MAGNESIUM), least=1, most=2))
def test_bounds_of_inverse_ratios_swap(calcium, magnesium):
    """The least Ca:Mg is one over the greatest Mg:Ca."""
    blend = calcium + magnesium
    there, back = blend.ratio("Ca", "Mg"), blend.ratio("Mg", "Ca")
    assert close(there.low, 1 / back.high) if math.isfinite(back.high) else there.low == 0.0
    assert close(there.high, 1 / back.low) if back.low else there.high == math.inf


@given(st.lists(st.tuples(assayed(CALCIUM + MAGNESIUM), masses), min_size=1, max_size=4))
def test_bounds_are_those_of_all_corners(pairs):
    """Ratio and sum bounds equal brute force over the ends of each lot's assay, one lot being one cause."""
    blend = mr.Blend(mr.Ingredient(lot, mass) for lot, mass in pairs)
    lots = list(dict.fromkeys(lot for lot, _ in pairs))
    ends = []
    for lot in lots:
        assert lot.assay is not None
        stated = lot.assay.range
        ends.append((stated.low or 0.0, 1.0 if stated.high is None else stated.high))
    corners = []
    for corner in itertools.product(*ends):
        purity = dict(zip(lots, corner, strict=True))
        totals = {"Ca": 0.0, "Mg": 0.0}
        for (lot, _), row in zip(pairs, blend.ingredients, strict=True):
            for key in totals:
                totals[key] += row.grams * purity[lot] * lot.compound.mass_fraction(key)
        corners.append(totals)
    for key in ("Ca", "Mg"):
        assert close(blend.bounds(key).low, min(each[key] for each in corners))
        assert close(blend.bounds(key).high, max(each[key] for each in corners))
    # Where a corner may hold no magnesium at all, the bounds are limits, tested elsewhere.
    assume(all(each["Mg"] > 0.0 for each in corners))
    ratio = blend.ratio("Ca", "Mg")
    assert close(ratio.low, min(each["Ca"] / each["Mg"] for each in corners))
    assert close(ratio.high, max(each["Ca"] / each["Mg"] for each in corners))
    assert ratio.low <= ratio.value <= ratio.high


@given(
    st.tuples(st.sampled_from(CALCIUM), masses),
    st.tuples(st.sampled_from(MAGNESIUM), masses),
    st.integers(700, 900),
    st.integers(0, 50),
    st.integers(0, 50),
)
def test_a_wider_input_never_narrows_an_output(one, other, low, width, more):
    """A wider assay gives bounds that hold the narrower ones."""
    (calcium, first), (magnesium, second) = one, other

    def ratio(start: int, end: int) -> mr.Ratio:
        material = mr.Material(calcium, assay=mr.Assay(f"{start / 10} to {end / 10} %", of=calcium.formula))
        rows = [mr.Ingredient(material, first), mr.Ingredient(magnesium, second)]
        return mr.Blend(rows).ratio("Ca", "Mg")

    narrow, wide = ratio(low, low + width), ratio(low - more, low + width + more)
    assert wide.low <= narrow.low * (1 + 1e-12)
    assert wide.high >= narrow.high * (1 - 1e-12)


@given(st.one_of(st.sampled_from(CALCIUM), assayed(CALCIUM)), st.floats(0.01, 5.0), st.floats(0.0, 0.5))
def test_a_supply_gives_what_was_asked_for(substance, grams, overage):
    """As labelled a supply gives just the amount, as filled with its overage."""
    key = "Ca"
    product = mr.Product("p", [mr.Supply(substance, key, f"{grams:.6f} g", overage=overage)])
    asked = float(f"{grams:.6f}")
    assert close(product.labelled.bounds(key).value, asked)
    assert close(product.bounds(key).value, asked * (1 + overage))


@given(st.floats(0.01, 5.0), st.sampled_from([("mg", 1e3), ("g", 1.0), ("kg", 1e-3), ("µg", 1e6)]), compounds)
def test_any_unit_of_mass_is_the_same_mass(grams, unit, compound):
    """A mass is the same in mg, g, kg and µg."""
    symbol, times = unit
    one = mr.Ingredient(compound, f"{grams * times:.12f} {symbol}").grams
    assert math.isclose(one, grams, rel_tol=1e-6)


@given(
    blends(source=st.sampled_from(COMPOUNDS[:-1])),
    st.sampled_from(["malic acid", "sulfate", "citrate", "chloride", "water"]),
)
def test_an_amount_times_its_molar_mass_is_the_mass(blend, key):
    """Mass and amount of a species agree through its molar mass."""
    masses_ = {
        "malic acid": "C4H6O5",
        "sulfate": "SO4",
        "citrate": "C6H5O7",
        "chloride": "Cl",
        "water": "H2O",
    }
    molar = mr.Formula.parse(masses_[key]).relative_formula_mass
    assert close(blend.bounds(key).value, blend.bounds(key, "amount").value * molar)


@given(
    st.dictionaries(
        st.sampled_from(["Ca", "Mg", "K", "Na", "P", "phytic acid"]), st.floats(0.001, 100.0), min_size=2
    )
)
def test_an_analysis_answers_what_was_stated(amounts):
    """Stated masses come back, and ratios are those of the statements."""
    analysis = mr.Analysis({key: f"{grams:.6f} g" for key, grams in amounts.items()}, per="day")
    grams = {key: float(f"{each:.6f}") for key, each in amounts.items()}
    first, second, *_ = grams
    assert close(analysis.ratio(first, second).value, grams[first] / grams[second])
    for key, each in grams.items():
        assert close(analysis.bounds(key).value, each)


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0, 1e6))
@example(0.0, 0.0, 0.0, 0.0)
def test_a_verdict_is_one_of_four_and_agrees_with_the_range(lower, width, low, span):
    """Within means all of the range is, below and above that none of it is; else it is undecided."""
    rule = mr.RatioRule(
        "r",
        "Ca",
        "Mg",
        "mass",
        lower=lower,
        upper=lower + width,
        scope="product",
        evidence="low",
        citation="c",
    )
    ratio = mr.Ratio("Ca", "Mg", "mass", low, low, low + span)
    verdict = rule.judge(ratio)
    slack = 1e-9
    below = ratio.high < lower * (1 - slack)
    above = ratio.low > (lower + width) * (1 + slack)
    inside = ratio.low >= lower * (1 - slack) and ratio.high <= (lower + width) * (1 + slack)
    assert verdict == ("below" if below else "above" if above else "within" if inside else "undecided")


@given(blends(), st.sampled_from(sorted(mr.rules())))
def test_every_blend_has_a_report_that_is_valid_json(blend, rule):
    """Whatever is blended, the report comes back from JSON as it was."""
    report = mr.check(blend, rule)
    assert json.loads(report.to_json()) == report.as_dict()
    assert sum((len(report.failed), len(report.open))) <= len(report.checks) == 1
    assert str(report)
