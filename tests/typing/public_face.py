"""What type checkers see of the public names: checked by mypy and pyright, never run."""

# pyright: reportUnnecessaryTypeIgnoreComment=true

from __future__ import annotations

from fractions import Fraction
from typing import Any, Literal, assert_type

import pint

import mineral_ratio as mr


def elements() -> None:
    """Elements and atomic weights."""
    weights = mr.default_weights()
    assert_type(weights, mr.AtomicWeights)
    assert_type(weights.value("Ca"), float)
    assert_type(weights.weight(20), mr.AtomicWeight)
    assert_type(weights.weight("calcium").interval, tuple[float, float] | None)
    assert_type(weights.replace(name="mine", citation="a notebook", weights={"Na": 22.99}), mr.AtomicWeights)


def formulas() -> None:
    """Formulas are numbers inside and quantities at the edge."""
    formula = mr.Formula.parse("MgSO4.7H2O")
    assert_type(formula, mr.Formula)
    assert_type(formula.composition, mr.ElementMap[int | Fraction])
    assert_type(formula.composition["Mg"], int | Fraction)
    assert_type(formula.charge_number, int)
    assert_type(formula.relative_formula_mass, float)
    assert_type(formula.molar_mass, pint.Quantity[float])
    assert_type(formula.mass_fraction("Mg"), float)
    assert_type(formula.mass_fractions(), mr.ElementMap[float])
    assert_type(formula.water_of_crystallization, int | Fraction)
    assert_type(formula.anhydrous, mr.Formula)
    assert_type(formula.hill, str)
    assert_type(mr.Formula.from_counts({"Ca": 1}, 2), mr.Formula)


def substances(quantity: pint.Quantity[Any]) -> None:
    """Compounds and materials take masses as text or as quantities and answer in quantities."""
    catalog = mr.default_catalog()
    assert_type(catalog, mr.Catalog)
    assert_type(catalog.compound("calcium carbonate", prefer="as-sold"), mr.Compound)
    assert_type(catalog.material("selenium yeast"), mr.Material)
    assert_type(catalog["calcium carbonate"], mr.Compound | mr.Material)
    assert_type(catalog.find("calcium citrate"), tuple[mr.Compound | mr.Material, ...])
    dolomite = mr.Compound("dolomite", formula="CaMg(CO3)2")
    assert_type(dolomite.formula, mr.Formula)
    assert_type(dolomite.mass_fraction("Ca"), float)
    assert_type(dolomite.molar_mass, pint.Quantity[float])
    assert_type(dolomite.elemental_mass("Ca", "500 mg"), pint.Quantity[Any])
    assert_type(dolomite.elemental_mass(20, quantity), pint.Quantity[Any])
    material = mr.Material(dolomite, declared={"Ca": "20 %", "Mg": ">= 11 %"})
    assert_type(material.compound, mr.Compound | None)
    assert_type(material.mass_for("Ca", "1000 mg", at="low"), pint.Quantity[Any])
    content = material.content("Ca")
    assert_type(content, mr.Content)
    assert_type(content.value, float)
    assert_type((content.low, content.high), tuple[float, float])


def mixtures() -> None:
    """Blends and analyses answer the same questions."""
    catalog = mr.default_catalog()
    blend = mr.Blend([mr.Ingredient(catalog.compound("calcium carbonate"), "2.5 g")])
    assert_type(blend, mr.Blend)
    assert_type(mr.Blend.of({"magnesium oxide": "830 mg"}, catalog=catalog), mr.Blend)
    assert_type(blend.elemental_mass("Ca"), pint.Quantity[float])
    assert_type(blend.elemental_masses(), mr.ElementMap[pint.Quantity[float]])
    assert_type(blend.unassigned_mass, pint.Quantity[float])
    assert_type(blend.equivalents("Ca"), pint.Quantity[float])
    assert_type(blend.mass_as("malic acid"), pint.Quantity[float])
    ratio = blend.ratio("Ca", "Mg", basis="amount")
    assert_type(ratio, mr.Ratio)
    assert_type((ratio.value, ratio.low, ratio.high), tuple[float, float, float])
    assert_type(mr.Analysis({"Mg": "420 mg"}, per="day").ratio("Ca", "Mg"), mr.Ratio)
    product = mr.Product.from_file("product.toml")
    assert_type(product, mr.Product)
    assert_type(product.blend, mr.Blend)
    assert_type(product.daily, mr.Blend | None)
    assert_type(product.ratio("Ca", ["Ca", "Mg"]), mr.Ratio)


def checks(blend: mr.Blend) -> None:
    """A report holds the rules with their verdicts."""
    report = mr.check(blend, rules=["ca-mg-vendor-2-to-1"])
    assert_type(report, mr.CheckReport)
    assert_type(report.failed, tuple[mr.RatioCheck | mr.IndexCheck, ...])
    check = report.checks[0]
    assert_type(check.rule, mr.RatioRule)
    assert_type(check.ratio, mr.Ratio | None)
    assert_type(check.verdict, Literal["within", "below", "above", "undefined", "undecided"])
    assert_type(report.to_json(), str)


def errors() -> None:
    """Errors carry their fields, typed, and are what a caller would guess."""
    try:
        mr.Formula.parse("ca")
    except mr.FormulaError as error:
        assert_type(error.position, int)
        assert_type(error.text, str)
        guessed: ValueError = error
        assert_type(guessed.args, tuple[Any, ...])
    try:
        mr.default_catalog().compound("magnesia")
    except mr.NotFoundError as missing:
        assert_type(missing.suggestions, tuple[str, ...])


def refused() -> None:
    """What is refused when it runs is an error before it runs."""
    print(mr.Formla)  # type: ignore[attr-defined]
    mr.Formula.parse(7)  # type: ignore[arg-type]
    mr.Compound("dolomite", formula="CaMg(CO3)2").elemental_mass("Ca", 500)  # type: ignore[arg-type]
