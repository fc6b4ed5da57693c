"""What is refused when it runs is an error before it runs: each ignored error here has to be one."""

# pyright: reportUnnecessaryTypeIgnoreComment=true

from __future__ import annotations

import mineral_ratio as mr


def names() -> None:
    """A name that is misspelt is not there."""
    print(mr.Formla)  # type: ignore[attr-defined]
    print(mr.Formula.parse("CaO").molarmass)  # type: ignore[attr-defined]


def plain_numbers(compound: mr.Compound, blend: mr.Blend) -> None:
    """A mass without a unit is no mass."""
    compound.elemental_mass("Ca", 500)  # type: ignore[arg-type]
    compound.mass_for("Ca", 1.5)  # type: ignore[arg-type]
    mr.Ingredient(compound, 500)  # type: ignore[arg-type]
    mr.Analysis({"Mg": 420}, per="day")  # type: ignore[dict-item]
    mr.Supply(compound, "Ca", 100)  # type: ignore[arg-type]
    blend.scaled("2")  # type: ignore[arg-type]


def other_kinds(catalog: mr.Catalog, compound: mr.Compound) -> None:
    """One kind of thing does not stand for another."""
    mr.Formula.parse(7)  # type: ignore[arg-type]
    mr.Blend([compound])  # type: ignore[list-item]
    mr.Material("dolomite")  # type: ignore[arg-type]
    mr.check("product.toml")  # type: ignore[arg-type]
    mr.hardness(compound)  # type: ignore[arg-type]
    mr.Catalog([compound])  # type: ignore[list-item]
    catalog.with_source(object())  # type: ignore[arg-type]
    mr.element(1.5)  # type: ignore[arg-type]


def choices(mixture: mr.Analysis, material: mr.Material) -> None:
    """Where a few words are known, another is refused."""
    mixture.ratio("Ca", "Mg", "molar")  # type: ignore[arg-type]
    mixture.bounds("Ca", "volume")  # type: ignore[arg-type]
    mr.Assay("98 %", of="MgO", basis="dry")  # type: ignore[arg-type]
    material.mass_for("Ca", "1 g", at="least")  # type: ignore[arg-type]
    mr.dcad(mixture, unit="meq/kg")  # type: ignore[arg-type]
    mr.hardness(mixture, "grains")  # type: ignore[arg-type]


def by_name_only(mixture: mr.Analysis, catalog: mr.Catalog) -> None:
    """An argument that is given by name is not given by place, and one that is needed is needed."""
    catalog.compound("gypsum", "as-sold")  # type: ignore[call-arg]
    mr.Compound("lime", "CaO")  # type: ignore[call-arg]
    mr.Compound("lime", formula="CaO", synonym="quicklime")  # type: ignore[call-arg]
    mr.Formula("CaO")  # type: ignore[arg-type]
    mr.dcad(mixture, "3-ion")  # type: ignore[call-arg]
    mr.Analysis({"Mg": "420 mg"})  # type: ignore[call-arg]
    mr.Assay("98 %")  # type: ignore[call-arg]
    mr.RatioRule("mine", "Ca", "Mg", "mass", scope="a day")  # type: ignore[call-arg]


def frozen(formula: mr.Formula, compound: mr.Compound, content: mr.Content) -> None:
    """A value is not changed."""
    formula.text = "CaO"  # type: ignore[misc]
    compound.name = "chalk"  # type: ignore[misc]
    content.value = 0.4  # type: ignore[misc]
    formula.composition["Ca"] = 2  # type: ignore[index]


def not_known(material: mr.Material, report: mr.CheckReport) -> None:
    """What may be missing is not used as if it were there."""
    print(material.compound.formula)  # type: ignore[union-attr]
    print(report.checks[0].ratio.value)  # type: ignore[union-attr]
    print(mr.ElementMap({"Ca": 1.0}).get("Mg") + 1.0)  # type: ignore[operator]
