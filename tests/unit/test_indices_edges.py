"""What an index holds field by field, and what a refusal says and carries."""

from __future__ import annotations

import pytest

import mineral_ratio as mr
from mineral_ratio.checks import indices
from mineral_ratio.checks.indices import (
    Index,
    dcad,
    grass_tetany_ratio,
    hardness,
    phytate_calcium_zinc,
    residual_alkalinity,
    sodium_adsorption_ratio,
)

WATER = mr.Analysis({"Na": "230 mg/L", "Ca": "80 mg/L", "Mg": "24.3 mg/L"}, per="L", name="well")
GALLON = mr.Analysis({"Na": "460 mg", "Ca": "160 mg", "Mg": "48.6 mg"}, per="2 L", name="well")
SOFT = mr.Analysis({"Na": "1 mg/L", "Ca": "0 mg/L", "Mg": "0 mg/L"}, per="L", name="soft")
HAY = mr.Analysis(
    {"Na": "0.02 %", "K": "2.2 %", "Cl": "0.6 %", "S": "0.2 %", "Ca": "0.5 %", "Mg": "0.2 %"},
    per="kg",
    name="hay",
)
DIET = mr.Analysis({"phytic acid": "660 mg", "Ca": "1 g", "Zn": "10 mg"}, per="day", name="diet")
NO_ZINC = mr.Analysis({"phytic acid": "660 mg", "Ca": "1 g", "Zn": "0 mg"}, per="day", name="diet")
EMPTY = mr.Blend()
# Grams for a mole, as the standard atomic weights give them.
NA, K, CL, S, CA, MG, ZN, CHALK = 22.98977, 39.0983, 35.45, 32.06, 40.078, 24.305, 65.38, 100.086


def figures(index: Index) -> tuple[str, str, tuple[str, ...], str]:
    """All of an index but its figures."""
    return index.name, index.unit, index.notes, index.citation


def test_each_index_has_its_name_its_unit_the_statements_it_rests_on_and_its_source():
    """The notes are those of the elements in the order of the formula, each once."""
    stated = ("Ca: stated 80 mg/L", "Mg: stated 24.3 mg/L")
    sodium = "Na: stated 230 mg/L"
    assert figures(sodium_adsorption_ratio(WATER)) == (
        *("SAR", "(mEq/L)^0.5", (sodium, *stated), indices._SAR_SOURCE),
    )
    assert figures(hardness(WATER, "°dH")) == ("hardness", "°dH", stated, indices._HARDNESS_SOURCE)
    assert figures(residual_alkalinity(WATER, alkalinity="120 mg/L", unit="mmol/L")) == (
        *("residual alkalinity", "mmol/L"),
        ("alkalinity: given as 120 mg/L, as CaCO3", *stated),
        indices._KOLBACH_SOURCE,
    )
    assert figures(phytate_calcium_zinc(DIET)) == (
        *("phytate x Ca / Zn", "mmol/day"),
        ("phytic acid: stated 660 mg", "Ca: stated 1 g", "Zn: stated 10 mg"),
        indices._PHYTATE_SOURCE,
    )
    name, unit, notes, source = figures(grass_tetany_ratio(HAY))
    assert (name, unit, source) == ("K/(Ca+Mg)", "", indices._TETANY_SOURCE)
    assert "K counted with the rule's own charge, 1" in notes
    name, unit, notes, source = figures(dcad(HAY))
    assert (name, unit, source) == ("DCAD (Na+K)-(Cl+S)", "mEq/kg", indices._BLOCK)
    assert [note for note in notes if "stated" in note] == [
        *("Na: stated 0.02 %", "K: stated 2.2 %", "Cl: stated 0.6 %", "S: stated 0.2 %"),
    ]


def test_a_figure_is_what_its_formula_gives():
    """Each value is reckoned here by hand from the atomic weights."""
    calcium, magnesium, sodium = 2 * 80 / CA, 2 * 24.3 / MG, 230 / NA
    both = calcium + magnesium
    assert sodium_adsorption_ratio(WATER).value == pytest.approx(sodium / (both / 2) ** 0.5, rel=1e-4)
    # 120 mg of CaCO3 in a litre are 2.398 mEq, and so are 2.398 mEq.
    left = 2 * 120 / CHALK - calcium / 3.5 - magnesium / 7
    for given in ("120 mg/L", f"{240 / CHALK:.9f} mEq/L"):
        found = residual_alkalinity(WATER, alkalinity=given, unit="mEq/L")
        assert found.value == pytest.approx(left, rel=1e-4)
    day = 660 / 660.03 * (1000 / CA) / (10 / ZN)
    assert phytate_calcium_zinc(DIET).value == pytest.approx(day, rel=1e-3)
    expected = 22 / K / (2 * 5 / CA + 2 * 2 / MG)
    assert grass_tetany_ratio(HAY).value == pytest.approx(expected, rel=1e-4)
    charges = 1000 * (0.2 / NA + 22 / K - 6 / CL - 2 * 2 / S)
    assert dcad(HAY).value == pytest.approx(charges, rel=1e-4)


@pytest.mark.parametrize(
    "index",
    [sodium_adsorption_ratio, hardness, lambda water: residual_alkalinity(water, alkalinity="9 mEq/L")],
)
def test_an_analysis_of_two_litres_is_that_of_one(index):
    """What is stated in 2 L is halved before it is counted."""
    assert index(GALLON).value == pytest.approx(index(WATER).value)


def test_stated_carbonate_and_hydrogencarbonate_are_the_alkalinity_of_all_litres():
    """Both are counted in equivalents, the carbonate with two; where it is not stated, a note says so."""
    ions = {"bicarbonate": "122.034 mg", "carbonate": "60.008 mg", "Ca": "0 mg", "Mg": "0 mg"}
    both = residual_alkalinity(mr.Analysis(ions, per="2 L", name="well"), unit="mEq/L")
    assert both.value == pytest.approx((2.0 + 2.0) / 2, rel=1e-4)
    assert both.notes[:2] == ("hydrogencarbonate: stated 122.034 mg", "carbonate: stated 60.008 mg")
    del ions["carbonate"]
    one = residual_alkalinity(mr.Analysis(ions, per="2 L", name="well"), unit="mEq/L")
    assert one.value == pytest.approx(1.0, rel=1e-4)
    assert one.notes[1] == "carbonate is not stated, and not counted"


def test_the_weights_of_the_analysis_are_those_of_the_chalk():
    """With a calcium of twice the weight, a litre of 1 mmol is more mg of CaCO3, and 120 mg of it fewer."""
    heavy = mr.default_weights().replace(name="heavy", citation="a test", weights={"Ca": 80.156})
    water = mr.Analysis({"Ca": "80.156 mg/L", "Mg": "0 mg/L"}, per="L", weights=heavy)
    assert hardness(water, "mg/L CaCO3").value == pytest.approx(100.086 + 40.078, rel=1e-4)
    assert hardness(water, "°dH").value == pytest.approx((80.156 + 15.999) / 10.0, rel=1e-4)
    found = residual_alkalinity(water, alkalinity="140.164 mg/L", unit="mg/L CaCO3")
    assert found.value == pytest.approx((2 - 2 / 3.5) / 2 * 140.164, rel=1e-4)


@pytest.mark.parametrize(
    ("call", "message", "value", "expected"),
    [
        (
            lambda: dcad(HAY, formula="5-ion"),
            "a DCAD has the formula '4-ion' or '3-ion', not '5-ion'",
            *("5-ion", "formula"),
        ),
        (
            lambda: dcad(HAY, unit="mEq/lb"),
            "a DCAD is in 'mEq/kg' or 'mEq/100 g', not 'mEq/lb'",
            *("mEq/lb", "unit"),
        ),
        (
            lambda: dcad(WATER),
            "DCAD (Na+K)-(Cl+S) is of amounts per kg, and well is per 'L'",
            *("L", "concentration"),
        ),
        (
            lambda: dcad("hay", formula="3-ion"),
            "DCAD (Na+K)-Cl is of an analysis per kg, a blend or a product",
            *("hay", "mixture"),
        ),
        (
            lambda: sodium_adsorption_ratio(HAY),
            "SAR is of amounts per L, and hay is per 'kg'",
            *("kg", "concentration"),
        ),
        (lambda: sodium_adsorption_ratio(EMPTY), "SAR is of an analysis per L", EMPTY, "analysis"),
        (lambda: hardness(EMPTY), "hardness is of an analysis per L", EMPTY, "analysis"),
        (
            lambda: residual_alkalinity(EMPTY),
            "residual alkalinity is of an analysis per L",
            *(EMPTY, "analysis"),
        ),
        (
            lambda: phytate_calcium_zinc(EMPTY),
            "phytate x Ca / Zn is of an analysis, such as a day's diet",
            *(EMPTY, "analysis"),
        ),
        (
            lambda: hardness(WATER, "°x"),
            "hardness is in one of mg/L CaCO3, mmol/L, mEq/L, °dH, °fH, °e, not '°x'",
            *("°x", "unit"),
        ),
        (
            lambda: residual_alkalinity(WATER, alkalinity="2 mmol/L"),
            "'2 mmol/L': an alkalinity is given as CaCO3, such as '120 mg/L', or as '2.4 mEq/L'",
            *("2 mmol/L", "concentration"),
        ),
        (
            lambda: residual_alkalinity(WATER, alkalinity="2 mg/kg"),
            "'2 mg/kg': an alkalinity is given as CaCO3, such as '120 mg/L', or as '2.4 mEq/L'",
            *("2 mg/kg", "concentration"),
        ),
    ],
)
def test_a_refusal_says_what_the_index_is_of(call, message, value, expected):
    """The message names the index and what it takes; the error keeps what was given."""
    with pytest.raises(mr.UnitError) as caught:
        call()
    assert caught.value.args == (message, value, expected)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: dcad(EMPTY), "DCAD (Na+K)-(Cl+S) is undefined: there is nothing"),
        (lambda: sodium_adsorption_ratio(SOFT), "SAR is undefined: there is neither Ca nor Mg"),
        (lambda: phytate_calcium_zinc(NO_ZINC), "phytate x Ca / Zn is undefined: there is no Zn"),
    ],
)
def test_an_index_without_a_denominator_says_what_is_lacking(call, message):
    """The message names the index and what there is none of."""
    with pytest.raises(mr.UndefinedRatioError) as caught:
        call()
    assert str(caught.value) == message


def test_traces_under_the_root_are_enough():
    """Less than a milliequivalent of calcium and magnesium together has a ratio too."""
    water = mr.Analysis({"Na": "1 mg/L", "Ca": "1 mg/L", "Mg": "0 mg/L"}, per="L")
    assert sodium_adsorption_ratio(water).value == pytest.approx(1 / NA / (1 / CA) ** 0.5, rel=1e-4)
    trace = mr.Analysis({"phytic acid": "660 mg", "Ca": "1 g", "Zn": "1 mg"}, per="day")
    assert phytate_calcium_zinc(trace).value == pytest.approx(10 * phytate_calcium_zinc(DIET).value)
    pinch = mr.Blend([mr.Ingredient(mr.Compound("salt", ions="1 Na+, 1 chloride"), "0.5 g")])
    assert dcad(pinch, formula="3-ion").value == pytest.approx(0.0, abs=1e-9)
    potash = mr.Blend([mr.Ingredient(mr.Compound("potash", ions="2 K+, 1 carbonate"), "500 g")])
    assert dcad(potash, formula="3-ion").value == pytest.approx(2e6 / 138.205, rel=1e-4)
