"""What type checkers see of every public name: checked by mypy and pyright, never run.

What they must refuse stands in ``refused.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, assert_type

import pint

import mineral_ratio as mr


def elements() -> None:
    """Elements, atomic weights, and what is said of several elements."""
    assert_type(mr.__version__, str)
    magnesium = mr.element("magnesium")
    assert_type(magnesium, mr.Element)
    assert_type((magnesium.symbol, magnesium.atomic_number), tuple[str, int])
    weights = mr.default_weights()
    assert_type(weights, mr.AtomicWeights)
    assert_type(weights.value("Ca"), float)
    assert_type(weights.weight(20), mr.AtomicWeight)
    assert_type(weights.weight("calcium").interval, tuple[float, float] | None)
    assert_type(weights.weights, mr.ElementMap[mr.AtomicWeight])
    assert_type(weights.replace(name="mine", citation="a notebook", weights={"Na": 22.99}), mr.AtomicWeights)
    values = mr.ElementMap({"Ca": 1.0, magnesium: 2.0})
    assert_type(values, mr.ElementMap[float])
    assert_type(values[12], float)
    assert_type(values.get("Ca"), float | None)
    assert_type(values.get("Zn", "none"), float | str)
    assert_type(list(values), list[str])


def formulas() -> None:
    """Formulas are numbers inside and quantities at the edge."""
    formula = mr.Formula.parse("MgSO4.7H2O")
    assert_type(formula, mr.Formula)
    assert_type(formula.composition, mr.ElementMap[int | Fraction])
    assert_type(formula.composition["Mg"], int | Fraction)
    assert_type(formula.counts, Mapping[str, int | Fraction])
    assert_type(formula.charge_number, int)
    assert_type(formula.relative_formula_mass, float)
    assert_type(formula.relative_formula_mass_uncertainty, float)
    assert_type(formula.molar_mass, pint.Quantity[float])
    assert_type(formula.mass_fraction("Mg"), float)
    assert_type(formula.mass_fractions(), mr.ElementMap[float])
    assert_type(formula.water_of_crystallization, int | Fraction)
    assert_type(formula.anhydrous, mr.Formula)
    assert_type((formula.text, formula.hill, formula.unicode, formula.html), tuple[str, str, str, str])
    assert_type(mr.Formula.from_counts({"Ca": 1}, 2), mr.Formula)
    assert_type(formula + formula, mr.Formula)
    assert_type((2 * formula, formula * Fraction(1, 2)), tuple[mr.Formula, mr.Formula])
    assert_type(formula.with_weights(mr.default_weights()), mr.Formula)


def analytes() -> None:
    """What can be asked for: elements, ions and named species, by name or as they are."""
    malate = mr.ion("malate")
    assert_type(malate, mr.Ion)
    assert_type((malate.charge_number, malate.formula), tuple[int, mr.Formula])
    lime = mr.NamedSpecies("quicklime", "CaO", element="Ca")
    assert_type(lime.formula, mr.Formula)
    assert_type(mr.analyte("phosphate as P2O5"), mr.Element | mr.Ion | mr.NamedSpecies)
    assert_type(mr.analyte(lime), mr.Element | mr.Ion | mr.NamedSpecies)


def compounds(quantity: pint.Quantity[Any]) -> None:
    """Compounds take masses as text or as quantities and answer in quantities."""
    dolomite = mr.Compound("dolomite", formula="CaMg(CO3)2")
    assert_type(mr.Compound("lime", formula=mr.Formula.parse("CaO"), cas="1305-78-8"), mr.Compound)
    assert_type(mr.Compound("malate", ions="Ca2+, malate2-", water="2.5").formula, mr.Formula)
    assert_type(
        mr.Compound("salt", ions=[(1, "Na+"), (1, mr.ion("Cl-"))]).ions, tuple[tuple[int, mr.Ion], ...]
    )
    assert_type(dolomite.water, int | Fraction)
    assert_type(dolomite.formula_status, Literal["established", "disputed"])
    assert_type((dolomite.cas, dolomite.synonyms), tuple[str, tuple[str, ...]])
    assert_type(dolomite.mass_fraction("Ca"), float)
    assert_type(dolomite.molar_mass, pint.Quantity[float])
    assert_type(dolomite.elemental_mass("Ca", "500 mg"), pint.Quantity[Any])
    assert_type(dolomite.elemental_mass(20, quantity), pint.Quantity[Any])
    assert_type(dolomite.mass_for(mr.element("Ca"), "1 g"), pint.Quantity[Any])
    equivalents = dolomite.equivalents_per_mole("Ca")
    assert_type(equivalents, mr.EquivalentCount)
    assert_type((equivalents.number, equivalents.source), tuple[float, str])


def materials() -> None:
    """Materials tell their contents with the range and where each figure is from."""
    dolomite = mr.Compound("dolomite", formula="CaMg(CO3)2")
    material = mr.Material(dolomite, declared={"Ca": "20 %", "Mg": mr.Declared(">= 11 %", "dried")})
    assert_type(material.compound, mr.Compound | None)
    assert_type(material.declared[0][1], mr.Declared)
    assert_type(material.mass_for("Ca", "1000 mg", at="low"), pint.Quantity[Any])
    assay = mr.Assay("98 % to 101 %", of="CaMg(CO3)2", basis="dried")
    assert_type(mr.Assay(0.98, 1.01, of=dolomite.formula), mr.Assay)
    assert_type(assay.basis, Literal["as_is", "dried", "anhydrous", "ignited"])
    assert_type(assay.range, mr.Range)
    assert_type(mr.Range.parse(">= 20 %").low, float | None)
    assert_type(mr.Material(dolomite, assay=assay, loss_on_drying="<= 1 %").assay, mr.Assay | None)
    content = material.content("Ca")
    assert_type(content, mr.Content)
    assert_type((content.value, content.low, content.high), tuple[float, float, float])
    assert_type(
        content.kind,
        Literal["theory", "stated", "typical", "minimum", "maximum", "midpoint", "derived"],
    )


def catalogues() -> None:
    """A catalogue finds compounds and materials in sources, of which anyone may write one."""
    catalog = mr.default_catalog()
    assert_type(catalog, mr.Catalog)
    assert_type(catalog.compound("calcium carbonate", prefer="as-sold"), mr.Compound)
    assert_type(catalog.material("selenium yeast"), mr.Material)
    assert_type(catalog.substance("gypsum"), mr.Compound | mr.Material)
    assert_type(catalog["calcium carbonate"], mr.Compound | mr.Material)
    assert_type(catalog.find("calcium citrate"), tuple[mr.Compound | mr.Material, ...])
    assert_type(list(catalog), list[mr.Compound | mr.Material])
    state = catalog.states()[0]
    assert_type(state, mr.SourceState)
    assert_type(state.state, Literal["waiting", "loaded", "failed", "disabled", "shadowed"])
    sources: list[mr.CompoundSource] = [
        mr.StaticSource("mine", [mr.Compound("lime", formula="CaO")]),
        mr.FileSource("mine.csv"),
        mr.FileSource(Path("mine")),
        _Whole(),
        _Asked(),
    ]
    asked: mr.LookupSource = _Asked()
    assert_type(mr.Catalog(sources, strict=True).with_source(asked), mr.Catalog)


class _Whole:
    """A source by its shape: nothing of ours is inherited."""

    name = "whole"
    api_version = 1

    def __iter__(self) -> Iterator[mr.Compound | mr.Material]:
        yield mr.Compound("lime", formula="CaO")


class _Asked(_Whole):
    """A source that is asked by name."""

    def lookup(self, name: str) -> Iterable[mr.Compound]:
        """One compound, whatever is asked."""
        return [mr.Compound(name, formula="CaO")]


def blends() -> None:
    """A blend answers for what its ingredients hold together."""
    catalog = mr.default_catalog()
    chalk = mr.Ingredient(catalog.compound("calcium carbonate"), "2.5 g")
    assert_type((chalk.mass, chalk.grams), tuple[pint.Quantity[float], float])
    blend = mr.Blend([chalk])
    assert_type(blend, mr.Blend)
    assert_type(blend.ingredients, tuple[mr.Ingredient, ...])
    assert_type(mr.Blend.of({"magnesium oxide": "830 mg"}, catalog=catalog), mr.Blend)
    assert_type((blend + blend, 2 * blend, blend * 0.5), tuple[mr.Blend, mr.Blend, mr.Blend])
    assert_type(blend.elemental_mass("Ca"), pint.Quantity[float])
    assert_type(blend.elemental_masses(), mr.ElementMap[pint.Quantity[float]])
    assert_type(blend.unassigned_mass, pint.Quantity[float])
    assert_type(blend.amount("Ca"), pint.Quantity[float])
    assert_type(blend.equivalents("Ca"), pint.Quantity[float])
    assert_type(blend.mass_as("malic acid"), pint.Quantity[float])
    given = blend.contributions("Ca")[0]
    assert_type(given, mr.Contribution)
    assert_type((given.grams, given.content), tuple[float | None, mr.Content | None])
    ratio = blend.ratio("Ca", "Mg", basis="amount")
    assert_type(ratio, mr.Ratio)
    assert_type(ratio.basis, Literal["mass", "amount", "equivalent"])
    assert_type((ratio.value, ratio.low, ratio.high), tuple[float, float, float])
    bounds = blend.bounds("Ca")
    assert_type(bounds, mr.Interval)
    assert_type((bounds.value, bounds.low, bounds.high), tuple[float, float, float])


def products() -> None:
    """A product has a label, servings and a person; an analysis says what its masses refer to."""
    product = mr.Product.from_file("product.toml", mr.default_catalog())
    assert_type(product, mr.Product)
    assert_type((product.blend, product.daily), tuple[mr.Blend, mr.Blend | None])
    assert_type(product.ingredients, tuple[mr.Ingredient | mr.Supply, ...])
    assert_type(product.ratio("Ca", ["Ca", "Mg"]), mr.Ratio)
    supply = mr.Supply(mr.default_catalog()["magnesium oxide"], "Mg", "100 mg", overage="5 %")
    assert_type((supply.labelled, supply.filled), tuple[mr.Ingredient, mr.Ingredient])
    assert_type(mr.Product("own", [supply], label_claims={"Mg": "100 mg"}, counts="supplement"), mr.Product)
    claim = product.label_claims[0]
    assert_type(claim, mr.LabelClaim)
    assert_type(
        (claim.analyte, claim.mass), tuple[mr.Element | mr.Ion | mr.NamedSpecies, pint.Quantity[float]]
    )
    person = mr.LifeStage("female", 31, "pregnant")
    assert_type(mr.LifeStage.parse("male 40"), mr.LifeStage)
    assert_type((person.sex, person.age), tuple[Literal["female", "male"], float])
    analysis = mr.Analysis({"Mg": "420 mg", mr.element("Ca"): "1 g"}, per="day", counts=["natural_food"])
    assert_type(analysis.ratio("Ca", "Mg"), mr.Ratio)
    assert_type(analysis.per_day, float | None)
    mixtures: list[mr.Mixture] = [product, product.blend, analysis]
    assert_type(mixtures[0].mass_as("malic acid"), pint.Quantity[float])


def ratio_rules(product: mr.Product) -> None:
    """Rules on ratios are looked up, made, and held against any mixture."""
    assert_type(mr.rules(), Mapping[str, mr.RatioRule])
    known = mr.rule("ca-mg-vendor-2-to-1")
    assert_type(known, mr.RatioRule)
    rule = mr.RatioRule(
        "mine",
        "Ca",
        "Mg",
        "mass",
        scope="a day",
        evidence="contested",
        citation="a letter",
        lower=1.5,
        upper=2.5,
    )
    checked = rule.check(product)
    assert_type(checked, mr.RatioCheck)
    assert_type(checked.ratio, mr.Ratio | None)
    assert_type(checked.figure, mr.Ratio | None)
    assert_type((checked.failed, checked.open), tuple[bool, bool])
    assert_type(checked.verdict, Literal["within", "below", "above", "undefined", "undecided"])
    report = mr.check(product, rules=[known, "ca-mg-vendor-2-to-1"], references="NASEM")
    assert_type(report, mr.CheckReport)
    assert_type(mr.check(mr.Analysis({"Mg": "420 mg"}, per="day"), rules=rule), mr.CheckReport)
    assert_type(report.failed, tuple[mr.RatioCheck | mr.IndexCheck, ...])
    assert_type((report.to_json(), report.to_html(), report.as_dict()), tuple[str, str, dict[str, Any]])
    assert_type(mr.CheckReport.from_dict(report.as_dict()), mr.CheckReport)


def indices(analysis: mr.Analysis) -> None:
    """Indices carry their unit, and rules on them are checked as those on ratios are."""
    index = mr.dcad(analysis, formula="3-ion", unit="mEq/100 g")
    assert_type(index, mr.Index)
    assert_type((index.value, index.low, index.high, index.unit), tuple[float, float, float, str])
    assert_type(mr.grass_tetany_ratio(analysis), mr.Index)
    assert_type(mr.hardness(analysis, "°dH"), mr.Index)
    assert_type(mr.phytate_calcium_zinc(analysis), mr.Index)
    assert_type(mr.residual_alkalinity(analysis, alkalinity="2 mEq"), mr.Index)
    assert_type(mr.sodium_adsorption_ratio(analysis), mr.Index)
    assert_type(mr.index_rules(), Mapping[str, mr.IndexRule])
    rule = mr.index_rule("mine")
    assert_type(rule, mr.IndexRule)
    checked = rule.check(analysis)
    assert_type(checked, mr.IndexCheck)
    assert_type(checked.figure, mr.Index | None)


def references(product: mr.Product) -> None:
    """Reference values and label claims are judged beside what a day holds."""
    assert_type(mr.references(), tuple[mr.ReferenceValue, ...])
    found = mr.references_for(mr.LifeStage("male", 40), authorities="EFSA")
    assert_type(found, tuple[mr.ReferenceValue, ...])
    assert_type((found[0].value, found[0].unit), tuple[float | None, str])
    checked = found[0].check(product)
    assert_type(checked, mr.ReferenceCheck)
    assert_type(checked.intake, mr.Interval | None)
    report = mr.check(product, person=mr.LifeStage("male", 40))
    assert_type(report.references, tuple[mr.ReferenceCheck, ...])
    assert_type(report.daily_values, tuple[mr.DailyPercent, ...])
    assert_type(report.daily_values[0].percent, mr.Interval | None)
    assert_type(report.label_checks, tuple[mr.LabelCheck, ...])
    assert_type(report.label_checks[0].tolerance, mr.LabelTolerance)


def audits() -> None:
    """Tables are held against theory, cell by cell, with likely causes."""
    report = mr.audit([{"name": "lime", "Ca [%]": "71.5"}], tolerance="2 %", ignore=["batch"])
    assert_type(report, mr.AuditReport)
    assert_type(mr.audit_file(Path("table.csv"), catalog=mr.default_catalog()), mr.AuditReport)
    assert_type(report.rows, tuple[mr.RowAudit, ...])
    assert_type(report.cells, tuple[mr.CellAudit, ...])
    cell = report.cells[0]
    assert_type(cell.verdict, Literal["agrees", "low", "high", "impossible", "unknown"])
    assert_type(cell.causes, tuple[mr.LikelyCause, ...])


def errors() -> None:
    """Each error is what a caller would guess, and one of ours."""
    values: list[type[ValueError]] = [
        mr.FormulaError,
        mr.UnitError,
        mr.MassBalanceError,
        mr.ProductFileError,
        mr.RecordError,
        mr.DuplicateSourceError,
    ]
    lookups: list[type[LookupError]] = [
        mr.NotFoundError,
        mr.AmbiguousNameError,
        mr.NoAtomicWeightError,
        mr.UnknownChargeError,
        mr.UnknownContentError,
    ]
    sources: list[type[mr.SourceError]] = [
        mr.SourceLoadError,
        mr.SourceContractError,
        mr.SourceVersionError,
        mr.DuplicateSourceError,
    ]
    arithmetic: type[ArithmeticError] = mr.UndefinedRatioError
    group: type[ExceptionGroup[mr.RecordError]] = mr.RecordErrors
    assert_type(
        mr.RecordErrors("bad rows", [mr.RecordError("f", 1, "", "")]).exceptions, tuple[mr.RecordError, ...]
    )
    ours: list[type[mr.MineralRatioError]] = [mr.UndefinedRatioError, mr.RecordErrors, *sources]
    warning: type[UserWarning] = mr.SourceSkippedWarning
    print(values, lookups, arithmetic, group, ours, warning)


def fields_of_refusals() -> None:
    """What an error tells of an input, it tells in fields with types."""
    try:
        mr.Product.from_file("product.toml")
    except mr.FormulaError as formula:
        assert_type((formula.text, formula.position), tuple[str, int])
    except mr.UnitError as unit:
        assert_type((unit.value, unit.expected), tuple[object, str])
    except mr.ProductFileError as file:
        assert_type((file.file, file.key), tuple[str, str])
    except mr.RecordError as record:
        assert_type((record.file, record.line, record.field), tuple[str, int, str])
    except mr.SourceError as source:
        assert_type((source.source, source.reason), tuple[str, str])


def fields_of_misses() -> None:
    """So do the errors about what is not found or not known."""
    try:
        mr.Product.from_file("product.toml")
    except mr.NotFoundError as missing:
        assert_type((missing.suggestions, missing.failed_sources), tuple[tuple[str, ...], tuple[str, ...]])
    except mr.AmbiguousNameError as ambiguous:
        assert_type(ambiguous.candidates, tuple[str, ...])
    except mr.NoAtomicWeightError as weightless:
        assert_type((weightless.symbol, weightless.edition), tuple[str, str])
    except mr.UnknownChargeError as uncharged:
        assert_type((uncharged.analyte, uncharged.substance), tuple[str, str])
    except mr.UnknownContentError as unknown:
        assert_type((unknown.analyte, unknown.substance, unknown.reason), tuple[str, str, str])
