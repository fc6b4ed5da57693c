"""The figures of the first product, Cal/Mag 2:1 from di-calcium malate and di-magnesium malate.

Each printed figure is one case; the tolerance is half a unit of its last printed digit. Where they come from:

- formulas, standing of the two salts: EFSA Journal 2018;16(6):5291 and 5292;
- di-magnesium malate, Mg >= 20 %, malic acid >= 52 %: the same, 5292, table 3 (PMC7009340);
- di-calcium malate, 29 % Ca: product pages;
- 265 mg di-magnesium malate "for 60 mg magnesium": the recipe cited in ``examples/electrolyte.toml``;
- recommended intakes of calcium and magnesium: NASEM dietary reference intakes (1997, 2011).
"""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import mineral_ratio as mr

EXAMPLES = Path(__file__).parents[2] / "examples"

DCM = "dicalcium malate"
DMM = "dimagnesium malate"
CALCIUM_MALATE = "calcium malate"
MAGNESIUM_MALATE = "magnesium malate"


def printed(text: str) -> Any:
    """What compares equal to a figure printed as `text`: within half a unit of its last digit."""
    number = Decimal(text.replace(",", ""))
    half_a_unit = float(Decimal(5).scaleb(int(number.as_tuple().exponent) - 1))
    # The 1e-6 lets a value lie on the edge: 214.695 was printed as 214.69.
    return pytest.approx(float(number), rel=0, abs=half_a_unit * (1 + 1e-6))


def milligrams(quantity: Any) -> float:
    """The magnitude of a mass in mg."""
    return float(quantity.m_as("mg"))


@pytest.fixture(scope="module")
def catalog() -> mr.Catalog:
    """The bundled catalogue."""
    return mr.default_catalog()


@pytest.fixture(scope="module")
def dcm(catalog: mr.Catalog) -> mr.Material:
    """Di-calcium malate as product pages declare it."""
    return mr.Material(catalog.compound(DCM), declared={"Ca": "29 %"})


@pytest.fixture(scope="module")
def dmm(catalog: mr.Catalog) -> mr.Material:
    """Di-magnesium malate as the specification in EFSA's opinion declares it."""
    return mr.Material(catalog.compound(DMM), declared={"Mg": ">= 20 %", "malic acid": ">= 52 %"})


@pytest.fixture(scope="module")
def dmm_by_magnesium(catalog: mr.Catalog) -> mr.Material:
    """Di-magnesium malate of which only the magnesium is declared."""
    return mr.Material(catalog.compound(DMM), declared={"Mg": ">= 20 %"})


def malic_acid_of(substance: mr.Compound | mr.Material, element: str, amount: str) -> float:
    """Malic acid, in mg, that comes along with `amount` of `element` from `substance`."""
    material = substance if isinstance(substance, mr.Material) else mr.Material(substance)
    blend = mr.Blend([mr.Ingredient(material, material.mass_for(element, amount))])
    return milligrams(blend.mass_as("malic acid"))


def by_theory(catalog: mr.Catalog, calcium: str, magnesium: str) -> mr.Blend:
    """The two salts weighed by hand, each exactly what its formula says."""
    return mr.Blend(
        [
            mr.Ingredient(mr.Material(catalog.compound(DCM)), calcium),
            mr.Ingredient(mr.Material(catalog.compound(DMM)), magnesium),
        ]
    )


def supplied_by_theory(catalog: mr.Catalog) -> mr.Blend:
    """The two salts in the masses that give 1,000 mg of calcium and 500 mg of magnesium by theory."""
    calcium, magnesium = (mr.Material(catalog.compound(name)) for name in (DCM, DMM))
    return mr.Blend(
        [
            mr.Ingredient(calcium, calcium.mass_for("Ca", "1000 mg")),
            mr.Ingredient(magnesium, magnesium.mass_for("Mg", "500 mg")),
        ]
    )


def verdict(mixture: mr.Blend, rule: str) -> str:
    """The verdict of one rule."""
    (check,) = mr.check(mixture, rules=[rule]).checks
    assert check.rule.id == rule
    return str(check.verdict)


# --- the compounds --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text"), [(DCM, "Ca2(C4H4O5)(OH)2"), (DMM, "Mg2(C4H4O5)(OH)2"), (CALCIUM_MALATE, "CaC4H4O5")]
)
def test_compound_has_the_composition_of_the_formula(catalog: mr.Catalog, name: str, text: str) -> None:
    """The catalogue's compound has the composition that most sources imply."""
    assert catalog.compound(name).formula.composition == mr.Formula.parse(text).composition


@pytest.mark.parametrize(("name", "figure"), [(DCM, "246.24"), (DMM, "214.69")])
def test_molar_mass(catalog: mr.Catalog, name: str, figure: str) -> None:
    """The molar mass in g/mol is the printed one."""
    assert float(catalog.compound(name).molar_mass.m_as("g/mol")) == printed(figure)


@pytest.mark.parametrize(
    ("name", "element", "figure"),
    [
        (DCM, "Ca", "32.55"),
        (DMM, "Mg", "22.64"),
        (CALCIUM_MALATE, "Ca", "23.28"),
        (MAGNESIUM_MALATE, "Mg", "15.54"),
    ],
)
def test_theoretical_content(catalog: mr.Catalog, name: str, element: str, figure: str) -> None:
    """The theoretical content in per cent is the printed one."""
    assert 100 * catalog.compound(name).mass_fraction(element) == printed(figure)


@pytest.mark.parametrize(("name", "figure"), [(DCM, "54.45"), (DMM, "62.45")])
def test_malic_acid_equivalent(catalog: mr.Catalog, name: str, figure: str) -> None:
    """The malate, expressed as malic acid in per cent, is the printed figure."""
    blend = mr.Blend([mr.Ingredient(mr.Material(catalog.compound(name)), "100 mg")])
    assert milligrams(blend.mass_as("malic acid")) == printed(figure)


@pytest.mark.parametrize("name", [DCM, DMM])
def test_formula_is_disputed(catalog: mr.Catalog, name: str) -> None:
    """The formulas of both salts are marked as disputed, as EFSA 2018 has it."""
    assert catalog.compound(name).formula_status == "disputed"


@pytest.mark.parametrize(
    ("name", "element", "declared", "figure"), [(DCM, "Ca", 0.29, "11"), (DMM, "Mg", 0.20, "12")]
)
def test_theory_and_trade_differ(
    catalog: mr.Catalog, name: str, element: str, declared: float, figure: str
) -> None:
    """The declared content is 11 to 12 % below the theoretical one."""
    assert 100 * (1 - declared / catalog.compound(name).mass_fraction(element)) == printed(figure)


@pytest.mark.parametrize(("name", "element", "figure"), [(DCM, "Ca", "29"), (DMM, "Mg", "20")])
def test_trade_figures_fit_a_hydrate(catalog: mr.Catalog, name: str, element: str, figure: str) -> None:
    """With 1.6 H2O the basic salts have the contents that the trade declares."""
    hydrate = mr.Formula.parse(f"{catalog.compound(name).formula}·1.6H2O")
    assert 100 * hydrate.mass_fraction(element) == printed(figure)


def test_recipe_is_the_anhydrous_basic_salt(catalog: mr.Catalog) -> None:
    """A recipe's 265 mg "for 60 mg magnesium" is the anhydrous basic salt by theory."""
    assert milligrams(catalog.compound(DMM).elemental_mass("Mg", "265 mg")) == printed("60")
    stated = 100 * 60 / 265
    assert stated == printed("22.64")


# --- what the label needs -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "element", "amount", "figure"),
    [
        (DCM, "Ca", "1000 mg", "3,072"),
        (DMM, "Mg", "500 mg", "2,208"),
        (CALCIUM_MALATE, "Ca", "1000 mg", "4,295"),
        (MAGNESIUM_MALATE, "Mg", "500 mg", "3,217"),
    ],
)
def test_mass_by_theory(catalog: mr.Catalog, name: str, element: str, amount: str, figure: str) -> None:
    """The mass in mg of a pure salt that gives what the label claims."""
    assert milligrams(catalog.compound(name).mass_for(element, amount)) == printed(figure)


def test_mass_by_declared_content(dcm: mr.Material, dmm: mr.Material) -> None:
    """By declared content the label needs 3,448 mg and 2,500 mg."""
    assert milligrams(dcm.mass_for("Ca", "1000 mg")) == printed("3,448")
    assert milligrams(dmm.mass_for("Mg", "500 mg")) == printed("2,500")


@pytest.mark.parametrize(
    ("name", "element", "amount", "figure"),
    [
        (DCM, "Ca", "1000 mg", "1,673"),
        (DMM, "Mg", "500 mg", "1,379"),
        (CALCIUM_MALATE, "Ca", "1000 mg", "3,346"),
        (MAGNESIUM_MALATE, "Mg", "500 mg", "2,758"),
    ],
)
def test_malic_acid_by_theory(catalog: mr.Catalog, name: str, element: str, amount: str, figure: str) -> None:
    """The malic acid in mg that comes along with the label's claim."""
    assert malic_acid_of(catalog.compound(name), element, amount) == printed(figure)


@pytest.mark.parametrize(
    ("calcium", "magnesium", "figure"), [(DCM, DMM, "3,052"), (CALCIUM_MALATE, MAGNESIUM_MALATE, "6,104")]
)
def test_malic_acid_of_the_product(catalog: mr.Catalog, calcium: str, magnesium: str, figure: str) -> None:
    """The malic acid in mg of the whole product, read as basic salts and as the plain 1:1 malates."""
    parts = [(calcium, "Ca", "1000 mg"), (magnesium, "Mg", "500 mg")]
    blend = mr.Blend(
        [
            mr.Ingredient(mr.Material(compound), compound.mass_for(element, amount))
            for compound, element, amount in ((catalog.compound(name), e, a) for name, e, a in parts)
        ]
    )
    assert milligrams(blend.mass_as("malic acid")) == printed(figure)


def test_malic_acid_as_declared(dmm: mr.Material) -> None:
    """2,500 mg of di-magnesium malate hold at least 1,300 mg of malic acid by its specification."""
    assert malic_acid_of(dmm, "Mg", "500 mg") == printed("1,300")


def test_malic_acid_scaled_from_magnesium(dmm_by_magnesium: mr.Material) -> None:
    """Where only the magnesium is declared, the malic acid is derived from it by formula: 1,379 mg."""
    assert malic_acid_of(dmm_by_magnesium, "Mg", "500 mg") == printed("1,379")


def test_malic_acid_scaled_from_calcium(dcm: mr.Material) -> None:
    """The malic acid of di-calcium malate is derived from its declared calcium: 1,673 mg."""
    assert malic_acid_of(dcm, "Ca", "1000 mg") == printed("1,673")


# --- the ratio ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("basis", "figure"), [("mass", "2.00"), ("amount", "1.213"), ("equivalent", "1.213")]
)
def test_ratio_on_each_basis(catalog: mr.Catalog, basis: Any, figure: str) -> None:
    """2.00:1 by mass is 1.213:1 by amount and by equivalents."""
    assert supplied_by_theory(catalog).ratio("Ca", "Mg", basis=basis).value == printed(figure)


def test_weighed_masses_pass_the_ceiling_by_a_hair(catalog: mr.Catalog) -> None:
    """Weighed to the milligram by theory, 3,072 and 2,208 mg are 0.015 % above 2:1."""
    ratio = by_theory(catalog, "3072 mg", "2208 mg").ratio("Ca", "Mg", basis="mass").value
    assert 100 * (ratio / 2 - 1) == printed("0.015")


@pytest.mark.parametrize("rule", ["ca-mg-durlach-1989", "ca-mg-costello-2021", "ca-mg-vendor-2-to-1"])
def test_label_is_within_each_rule(catalog: mr.Catalog, rule: str) -> None:
    """Exactly 1,000 to 500 mg is within every Ca:Mg rule, Durlach's inclusive ceiling too."""
    assert verdict(supplied_by_theory(catalog), rule) == "within"


def test_weighed_masses_are_above_the_ceiling(catalog: mr.Catalog) -> None:
    """3,072 and 2,208 mg are above Durlach's ceiling, and within the range of Costello et al."""
    weighed = by_theory(catalog, "3072 mg", "2208 mg")
    assert verdict(weighed, "ca-mg-durlach-1989") == "above"
    assert verdict(weighed, "ca-mg-costello-2021") == "within"


def test_open_declaration_leaves_the_vendors_rule_undecided(dcm: mr.Material, dmm: mr.Material) -> None:
    """With "Mg >= 20 %", open up to theory, the ratio is 1.767 to 2.000, across the vendors' 1.9."""
    blend = mr.Blend(
        [
            mr.Ingredient(dcm, dcm.mass_for("Ca", "1000 mg")),
            mr.Ingredient(dmm, dmm.mass_for("Mg", "500 mg")),
        ]
    )
    ratio = blend.ratio("Ca", "Mg", basis="mass")
    assert (ratio.low, ratio.value, ratio.high) == (printed("1.767"), printed("2.000"), printed("2.000"))
    assert verdict(blend, "ca-mg-durlach-1989") == "within"
    assert verdict(blend, "ca-mg-costello-2021") == "within"
    assert verdict(blend, "ca-mg-vendor-2-to-1") == "undecided"


# mg a day, United States: (calcium, magnesium)
_ADULTS = {
    "men 19-30": (1000, 400),
    "men 31-50": (1000, 420),
    "men 51-70": (1000, 420),
    "men over 70": (1200, 420),
    "women 19-30": (1000, 310),
    "women 31-50": (1000, 320),
    "women 51-70": (1200, 320),
    "women over 70": (1200, 320),
}
_CHILDREN = {
    "0-6 months": (200, 30),
    "7-12 months": (260, 75),
    "1-3 years": (700, 80),
    "4-8 years": (1000, 130),
    "9-13 years": (1300, 240),
    "boys 14-18": (1300, 410),
    "girls 14-18": (1300, 360),
}


@pytest.mark.parametrize(
    ("intakes", "lowest", "highest"),
    [(_ADULTS, "2.4", "3.75"), (_ADULTS | _CHILDREN, "2.4", "8.8")],
    ids=["adults", "all life stages"],
)
def test_ratios_implied_by_recommended_intakes(
    intakes: dict[str, tuple[int, int]], lowest: str, highest: str
) -> None:
    """The ratios implied by the US recommended intakes run from 2.4 to 8.8, for adults from 2.4 to 3.75."""
    ratios = [
        mr.Analysis({"Ca": f"{calcium} mg", "Mg": f"{magnesium} mg"}, per="day")
        .ratio("Ca", "Mg", basis="mass")
        .value
        for calcium, magnesium in intakes.values()
    ]
    assert min(ratios) == printed(lowest)
    assert max(ratios) == printed(highest)


# --- the product files ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "code"),
    [("cal_mag.toml", 0), ("cal_mag_declared.toml", 0), ("electrolyte.toml", 0), ("zinc_copper.toml", 1)],
)
def test_exit_code_of_an_example(file: str, code: int) -> None:
    """Only a rule that speaks of a product fails one: AREDS at Zn:Cu 40:1, not an electrolyte's Na:K."""
    done = subprocess.run(
        [sys.executable, "-m", "mineral_ratio", "check", str(EXAMPLES / file)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert done.stderr == ""
