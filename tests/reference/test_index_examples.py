"""Published figures of indices, out of the library.

- Sodium adsorption ratio of a water with 230, 80 and 24.3 mg/L of Na, Ca and Mg: 10, 3.99 and 2.00 mEq/L
  give 5.78; with mmol/L in the same formula 8.17, with mg/L 31.8, which are the usual mistakes.
- mEq/kg of 1 % of an element in dry matter: Oetzel 1993 (Na 434.98, K 255.74, Cl 282.06, S 623.75,
  Ca 499.00, Mg 822.64).
- Grass hay of 0.02 % Na, 2.2 % K, 0.6 % Cl, 0.2 % S: 277 mEq/kg. A public calculator prints 28 with the
  unit mEq/kg (legitlads.com), which is the figure per 100 g.
- Pasture of Hawke's Bay, means of 3.29 % K, 0.39 % Ca, 0.19 % Mg: 2.40 of the means (the mean of the
  ratios is 2.45, scilit.net e7f1fe2307fcc7f4861eb0d86304a5d1).
- Diets in China, medians of 1186 mg phytate, 338.1 mg Ca, 21.2 mg Fe, 10.6 mg Zn a day: published medians
  of the ratios 11.1 (Zn), 4.88 (Fe), 0.22 (Ca), 89.0 for phytate x Ca / Zn; those of the medians are close
  (Eur J Clin Nutr 2007;61:368-374, doi 10.1038/sj.ejcn.1602513).
- WHO limits, 2 g Na to 3510 mg K: 0.570 by mass, 0.969 by amount (86 mmol and 90 mmol in BMJ Open
  2015;5:e006625).
- Hardness: 1 °dH is 7.147 mg/L Ca, 4.334 mg/L Mg, 17.85 mg/L CaCO3; 1 °fH is 4 mg/L Ca, 2.43 mg/L Mg,
  0.1 mmol/L, 0.56 °dH (vivaqua.be); 50 mg/L CaCO3 is 1 mEq/L and 2.805 °dH (FAO glossary, aquaponics.ai);
  1 °Clark is 14.28 mg/L CaCO3.
- Residual alkalinity: 120 alkalinity, 70 calcium and 30 magnesium, all mg/L as CaCO3, give 96 (LaMotte
  BrewLab, forum.northernbrewer.com/t/25662).
"""

from __future__ import annotations

import math

import pytest

import mineral_ratio as mr
from mineral_ratio.checks.index_rules import index_rule
from mineral_ratio.checks.indices import (
    dcad,
    grass_tetany_ratio,
    hardness,
    phytate_calcium_zinc,
    residual_alkalinity,
    sodium_adsorption_ratio,
)

WATER = mr.Analysis({"Na": "230 mg/L", "Ca": "80 mg/L", "Mg": "24.3 mg/L"}, per="L", scope="water")
CHINA = mr.Analysis(
    {"phytic acid": "1186 mg", "Ca": "338.1 mg", "Fe": "21.2 mg", "Zn": "10.6 mg"},
    per="day",
    scope="total diet",
)


def test_sodium_adsorption_ratio():
    """5.78, and neither of the figures that a wrong unit gives."""
    assert f"{sodium_adsorption_ratio(WATER).value:.2f}" == "5.78"
    assert str(sodium_adsorption_ratio(WATER)) == "5.78 (mEq/L)^0.5"
    sodium, calcium, magnesium = (WATER.amount(key).magnitude for key in ("Na", "Ca", "Mg"))
    assert f"{sodium / math.sqrt((calcium + magnesium) / 2):.2f}" == "8.17"
    # In mmol the half is left out, and the figure is the same.
    assert sodium_adsorption_ratio(WATER).value == pytest.approx(sodium / math.sqrt(calcium + magnesium))
    assert index_rule("sar-sodic-soil").check(WATER).verdict == "within"


@pytest.mark.parametrize(
    ("symbol", "figure"),
    [("Na", 434.98), ("K", 255.74), ("Cl", 282.06), ("S", 623.75), ("Ca", 499.00), ("Mg", 822.64)],
)
def test_oetzels_factors(symbol, figure):
    """mEq/kg in 1 %, within the rounding of the atomic weights of 1993."""
    charges = {"Na": 1, "K": 1, "Cl": 1, "S": 2, "Ca": 2, "Mg": 2}
    ration = mr.Analysis({symbol: "1 %"}, per="kg")
    found = ration.find(mr.element(symbol), "equivalent", charges)
    assert 1000 * sum(term.coefficient for term in found.terms) == pytest.approx(figure, rel=4e-4)


def test_dcad_of_grass_hay():
    """277 mEq/kg, which is 28 mEq in 100 g: the figure with the other unit is ten times off."""
    hay = mr.Analysis({"Na": "0.02 %", "K": "2.2 %", "Cl": "0.6 %", "S": "0.2 %"}, per="kg", scope="ration")
    assert str(dcad(hay)) == "277 mEq/kg"
    assert f"{dcad(hay, unit='mEq/100 g').value:.0f}" == "28"
    assert index_rule("dcad-close-up").check(hay).failed


def test_tetany_ratio_of_pasture():
    """2.40 in equivalents, 4.80 by amount, 5.67 by mass: the rule says equivalents, and finds it above."""
    pasture = mr.Analysis(
        {"K": "3.29 %", "Ca": "0.39 %", "Mg": "0.19 %"}, per="kg dry matter", scope="ration"
    )
    assert str(grass_tetany_ratio(pasture)) == "2.40"
    assert f"{pasture.ratio('K', 'Ca+Mg', 'amount').value:.2f}" == "4.80"
    assert f"{pasture.ratio('K', 'Ca+Mg').value:.2f}" == "5.67"
    check = mr.rule("k-ca-mg-tetany").check(pasture)
    assert (check.verdict, check.failed) == ("above", True)
    assert check.ratio.value == pytest.approx(grass_tetany_ratio(pasture).value)


@pytest.mark.parametrize(
    ("key", "published", "computed", "verdict"),
    [
        ("phytate-zn-who-1996", 11.1, "11.08", "within"),
        ("phytate-fe-1", 4.88, "4.73", "above"),
        ("phytate-ca-0-24", 0.22, "0.21", "within"),
    ],
)
def test_phytate_ratios_of_diets_in_china(key, published, computed, verdict):
    """Ratios of amounts; those of the median diet are near the published medians of the ratios."""
    check = mr.rule(key).check(CHINA)
    assert (f"{check.ratio.value:.2f}", check.verdict) == (computed, verdict)
    assert check.ratio.value == pytest.approx(published, rel=0.06)


def test_phytate_calcium_zinc_of_diets_in_china():
    """93.5 mmol/day of the median diet, to a published median of 89.0, under the contested 200."""
    index = phytate_calcium_zinc(CHINA)
    assert str(index) == "93.5 mmol/day"
    assert index.value == pytest.approx(89.0, rel=0.06)
    assert index_rule("phytate-calcium-zinc-ellis-1987").check(CHINA).verdict == "within"


def test_sodium_to_potassium_of_who():
    """The two limits of WHO are 0.570 by mass and 0.969 by amount, 87 and 90 mmol."""
    diet = mr.Analysis({"Na": "2 g", "K": "3510 mg"}, per="day", scope="total diet")
    assert f"{diet.ratio('Na', 'K').value:.3f}" == "0.570"
    assert f"{diet.ratio('Na', 'K', 'amount').value:.3f}" == "0.969"
    assert round(diet.amount("K").magnitude) == 90
    assert mr.rule("na-k-who-2012").check(diet).verdict == "within"


@pytest.mark.parametrize(
    ("amounts", "unit", "figure", "rel"),
    [
        ({"Ca": "7.147 mg/L", "Mg": "0 mg/L"}, "°dH", 1.0, 2e-4),
        ({"Ca": "0 mg/L", "Mg": "4.334 mg/L"}, "°dH", 1.0, 2e-4),
        ({"Ca": "7.147 mg/L", "Mg": "0 mg/L"}, "mg/L CaCO3", 17.85, 2e-4),
        ({"Ca": "4 mg/L", "Mg": "0 mg/L"}, "°fH", 1.0, 2e-3),
        ({"Ca": "0 mg/L", "Mg": "2.43 mg/L"}, "°fH", 1.0, 2e-3),
        ({"Ca": "0.1 mmol/L", "Mg": "0 mg/L"}, "°fH", 1.0, 1e-3),
        ({"Ca": "0.1 mmol/L", "Mg": "0 mg/L"}, "°dH", 0.56, 2e-3),
        ({"Ca": "1 mEq/L", "Mg": "0 mg/L"}, "mg/L CaCO3", 50.0, 1e-3),
        ({"Ca": "1 mEq/L", "Mg": "0 mg/L"}, "°dH", 2.805, 1e-3),
        ({"Ca": "1 mEq/L", "Mg": "0 mg/L"}, "mEq/L", 1.0, 1e-12),
        ({"as CaCO3": "14.28 mg/L", "Mg": "0 mg/L"}, "°e", 1.0, 2e-3),
        ({"Ca": "80 mg/L", "Mg": "24.3 mg/L"}, "mmol/L", 2.996, 1e-3),
    ],
)
def test_hardness(amounts, unit, figure, rel):
    """Degrees, milligrams and millimoles agree with what their definitions say."""
    assert hardness(mr.Analysis(amounts, per="L"), unit).value == pytest.approx(figure, rel=rel)


def test_residual_alkalinity():
    """120 - 70/3.5 - 30/7, all as CaCO3, is 96; with mg/L of the elements it would be another figure."""
    calcium, magnesium = 70 / 100.0869, 30 / 100.0869
    water = mr.Analysis({"Ca": f"{calcium:.9f} mmol/L", "Mg": f"{magnesium:.9f} mmol/L"}, per="L")
    assert f"{residual_alkalinity(water, alkalinity='120 mg/L').value:.0f}" == "96"
