"""Published ratios: each figure with where it was printed, out of the library.

- Tetany ratio of pasture, K/(Ca+Mg) in equivalents at or above 2.2: Kemp A, 't Hart ML, Neth J Agric Sci
  1957;5:4-17. The pasture here, 3.29 % K, 0.39 % Ca, 0.19 % Mg, comes to 2.40.
- Charges in mEq/kg of 1 % of an element: 256 K, 435 Na, 499 Ca, 823 Mg, 282 Cl, 624 S (dietary cation-anion
  difference, Block E, 1997), which the atomic weights give too.
- Phytate to zinc is a ratio of amounts, phytate/660 over Zn/65.4 (Eur J Clin Nutr 2007;61:368-374,
  doi 10.1038/sj.ejcn.1602513).
- Dolomite CaMg(CO3)2: Ca:Mg is 1.649 by mass and 1 by amount, at any assay.
- US recommended intakes imply Ca:Mg of 2.4 to 8.8 (NASEM dietary reference intakes 1997, 2011).
- AREDS zinc and copper, 80 mg and 2 mg (AREDS report 8, 2001): 40 to 1.
"""

from __future__ import annotations

import itertools

import pytest

import mineral_ratio as mr


def test_tetany_ratio():
    """3.29 % K, 0.39 % Ca and 0.19 % Mg come to 2.40 in equivalents."""
    pasture = mr.Analysis({"K": "32.9 g", "Ca": "3.9 g", "Mg": "1.9 g"}, per="kg dry matter", scope="ration")
    ratio = pasture.ratio("K", "Ca+Mg", "equivalent")
    assert f"{ratio.value:.2f}" == "2.40"
    # By mass and by amount the same pasture has other figures: a limit without its basis is none.
    assert f"{pasture.ratio('K', 'Ca+Mg').value:.2f}" == "5.67"
    assert f"{pasture.ratio('K', 'Ca+Mg', 'amount').value:.2f}" == "4.80"


@pytest.mark.parametrize(
    ("ion", "element", "figure"),
    [("K+", "K", 256), ("Na+", "Na", 435), ("Ca2+", "Ca", 499), ("Mg2+", "Mg", 823), ("chloride", "Cl", 282)],
)
def test_equivalents_of_a_percent(ion, element, figure):
    """1 % of a ration, 10 g in the kilogram, in mEq."""
    ration = mr.Analysis({ion: "10 g"}, per="kg")
    assert ration.equivalents(element).magnitude == pytest.approx(figure, abs=0.6)


def test_sulfur_in_sulfate_counts_two():
    """624 mEq in 10 g of sulfur as sulfate."""
    salt = mr.Compound("potassium sulfate", ions="2 K+, 1 sulfate")
    blend = mr.Blend([mr.Ingredient(salt, salt.mass_for("S", "10 g"))])
    assert blend.equivalents("S").magnitude == pytest.approx(624, abs=0.6)


@pytest.mark.parametrize(
    ("phytate", "zinc", "ratio"),
    [("660 mg", "6.54 mg", 10.0), ("990 mg", "9.81 mg", 10.0), ("1320 mg", "6.54 mg", 20.0)],
)
def test_phytate_to_zinc(phytate, zinc, ratio):
    """phytate/660 over Zn/65.4."""
    meal = mr.Analysis({"phytic acid": phytate, "Zn": zinc}, per="day")
    assert meal.ratio("phytic acid", "Zn", "amount").value == pytest.approx(ratio, rel=1e-3)


@pytest.mark.parametrize("assay", ["90 to 98 %", "50 %", ">= 95 %", "<= 80 %"])
def test_dolomite_of_any_assay(assay):
    """One compound has one ratio, whatever there is of it."""
    dolomite = mr.Material(mr.default_catalog().compound("dolomite"), assay=mr.Assay(assay, of="CaMg(CO3)2"))
    blend = mr.Blend([mr.Ingredient(dolomite, "1 g")])
    by_mass = blend.ratio("Ca", "Mg")
    assert f"{by_mass.value:.3f}" == "1.649"
    assert (by_mass.low, by_mass.high) == (by_mass.value, by_mass.value)
    assert blend.ratio("Ca", "Mg", "amount").value == pytest.approx(1.0, rel=1e-12)


def test_dolomite_with_calcium_carbonate():
    """90 to 98 % dolomite and 97 to 100.5 % calcium carbonate: the bounds are those of the four corners."""
    catalog = mr.default_catalog()
    dolomite = mr.Material(catalog.compound("dolomite"), assay=mr.Assay("90 to 98 %", of="CaMg(CO3)2"))
    chalk = mr.Material(catalog.compound("calcium carbonate"), assay=mr.Assay("97 to 100.5 %", of="CaCO3"))
    blend = mr.Blend([mr.Ingredient(dolomite, "600 mg"), mr.Ingredient(chalk, "400 mg")])
    corners = [
        (600 * one * 40.078 / 184.399 + 400 * other * 40.078 / 100.086) / (600 * one * 24.305 / 184.399)
        for one, other in itertools.product((0.90, 0.98), (0.97, 1.005))
    ]
    ratio = blend.ratio("Ca", "Mg")
    assert (ratio.low, ratio.high) == (
        pytest.approx(min(corners), rel=1e-5),
        pytest.approx(max(corners), rel=1e-5),
    )


@pytest.mark.parametrize(
    ("who", "calcium", "magnesium", "ratio"),
    [
        ("men 31 to 50", "1000 mg", "420 mg", "2.38"),
        ("women 31 to 50", "1000 mg", "320 mg", "3.12"),
        ("women 51 to 70", "1200 mg", "320 mg", "3.75"),
        ("children 1 to 3", "700 mg", "80 mg", "8.75"),
    ],
)
def test_ratios_of_the_us_recommended_intakes(who, calcium, magnesium, ratio):
    """The recommended intakes themselves run from 2.4 to 8.8; most are above Durlach's ceiling."""
    diet = mr.Analysis({"Ca": calcium, "Mg": magnesium}, per="day", name=who, scope="total diet")
    assert diet.ratio("Ca", "Mg").value == pytest.approx(float(ratio), abs=0.006)
    (check,) = mr.check(diet, "ca-mg-durlach-1989").checks
    assert (check.verdict, check.failed) == ("above", True)


def test_areds_zinc_to_copper():
    """80 mg to 2 mg is 40 to 1, above the rule for patients after bariatric surgery."""
    product = mr.Product(
        "AREDS",
        [
            mr.Supply(mr.default_catalog().compound("zinc oxide"), "Zn", "80 mg"),
            mr.Supply(mr.default_catalog().compound("copper(II) oxide"), "Cu", "2 mg"),
        ],
        rules=["zn-cu-bomss"],
    )
    assert product.ratio("Zn", "Cu").value == pytest.approx(40.0, rel=1e-12)
    (check,) = mr.check(product).failed
    assert check.verdict == "above"


def test_label_of_two_to_one_on_three_bases():
    """1,000 mg of Ca and 500 mg of Mg: 2.00 by mass is 1.213 by amount and by equivalents."""
    label = mr.Analysis({"Ca": "1000 mg", "Mg": "500 mg"}, per="serving")
    figures = [f"{label.ratio('Ca', 'Mg', basis).value:.3f}" for basis in ("mass", "amount", "equivalent")]
    assert figures == ["2.000", "1.213", "1.213"]
