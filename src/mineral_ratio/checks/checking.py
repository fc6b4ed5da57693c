"""Checking a mixture: what it holds, each rule and reference value held against it, as one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mineral_ratio.checks.index_rules import IndexCheck, any_rule
from mineral_ratio.checks.labels import daily_percent, label_checks
from mineral_ratio.checks.lines import COMMON, ClaimLine, IngredientLine, Line
from mineral_ratio.checks.references import ReferenceValue, references_for
from mineral_ratio.checks.reports import CheckReport
from mineral_ratio.checks.rules import RatioCheck, Rule
from mineral_ratio.errors import UndefinedRatioError, UnknownChargeError, UnknownContentError
from mineral_ratio.mixtures.analyses import Analysis
from mineral_ratio.mixtures.blends import Blend, Ingredient
from mineral_ratio.mixtures.intakes import PARTS
from mineral_ratio.mixtures.products import Product, Supply
from mineral_ratio.mixtures.ratios import BASES, read_sum
from mineral_ratio.substances.analytes import NamedSpecies, same_element
from mineral_ratio.substances.compounds import Compound
from mineral_ratio.substances.elements import Element, element
from mineral_ratio.substances.ions import WATER
from mineral_ratio.substances.materials import Material
from mineral_ratio.substances.ranges import bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mineral_ratio.checks.index_rules import IndexRule
    from mineral_ratio.checks.rules import RatioRule
    from mineral_ratio.mixtures.intakes import LifeStage
    from mineral_ratio.mixtures.mixture import Mixture
    from mineral_ratio.mixtures.ratios import Ratio
    from mineral_ratio.substances.analytes import Analyte
    from mineral_ratio.substances.ions import Ion
    from mineral_ratio.substances.ranges import Interval


def check(
    subject: Mixture,
    rules: str | RatioRule | IndexRule | Iterable[str | RatioRule | IndexRule] | None = None,
    references: str | ReferenceValue | Iterable[str | ReferenceValue] | None = None,
    person: LifeStage | None = None,
) -> CheckReport:
    """Tell what a mixture holds, hold it against rules, and set it beside reference values.

    Args:
        subject: A blend, a product (as filled), or an analysis.
        rules: Ids of rules, or rules, on ratios and on indices; a product's own if left out. One that is
            given twice is held once.
        references: Names of authorities, or reference values; if left out those that a product names, else
            all where there is a person, and none where there is not.
        person: Whom the reference values are for; a product's own if left out. Without one only the daily
            values that labels use are shown.

    Returns:
        The report. It is arithmetic on the figures given, not advice.

    Raises:
        TypeError: ``subject`` is none of the three.
        NotFoundError: No rule has one of the ids, or no reference value is of one of the authorities.
        UnknownChargeError: A rule counts equivalents of what has no known charge.
        NoAtomicWeightError: An element has no standard atomic weight in the edition used.

    Examples:
        >>> blend = Blend.of({"calcium carbonate": "2.5 g", "magnesium oxide": "830 mg"})
        >>> report = check(blend, rules=["ca-mg-vendor-2-to-1", "ca-mg-durlach-1989"])
        >>> [str(each) for each in report.checks]
        ['ca-mg-vendor-2-to-1: within', 'ca-mg-durlach-1989: above, out of scope']
    """
    if not isinstance(subject, Blend | Product | Analysis):
        raise TypeError(f"what is checked is a Blend, a Product or an Analysis, not {subject!r:.60}")
    product = subject if isinstance(subject, Product) else None
    analysis = subject if isinstance(subject, Analysis) else None
    blend = product.blend if product else subject if isinstance(subject, Blend) else Blend()
    if rules is None:
        rules = product.rules if product else ()
    elif isinstance(rules, str | Rule):
        rules = (rules,)
    if product:
        person = person or product.person
        references = (product.references or None) if references is None else references
    per = analysis.per if analysis else "serving" if product else "blend"
    judged = [each.check(subject) for each in dict.fromkeys(map(any_rule, rules))]
    checks = tuple(each for each in judged if isinstance(each, RatioCheck))
    if analysis:
        asked = [row.analyte for row in analysis.stated]
    else:
        asked = [*map(element, blend.elemental_grams()), *_companions(blend)]
    elements = [each for each in asked if isinstance(each, Element)]
    elements.sort(key=lambda each: each.symbol in COMMON)
    species = [each for each in asked if not isinstance(each, Element)]
    lines = tuple(_look(subject, each) for each in (*elements, *species))
    values = _held(_references(references, person), (*elements, *species))
    return CheckReport(
        name=product.name if product else analysis.name if analysis else "blend",
        per=per,
        serving=product.serving if product else "",
        servings_per_day=product.servings_per_day if product else None,
        person=person,
        counts=tuple(part for part in PARTS if part in subject.counts),
        ingredients=_ingredients(product.ingredients if product else blend.ingredients),
        elements=lines[: len(elements)],
        species=lines[len(elements) :],
        unassigned=None if analysis else blend.unassigned_grams,
        claims=tuple(
            ClaimLine(str(each.analyte), each.grams, _look(subject, each.analyte).mass)
            for each in (product.label_claims if product else ())
        ),
        label_checks=label_checks(product) if product else (),
        daily_values=tuple(daily_percent(subject, each, per) for each in values if each.for_labels),
        references=tuple(each.check(subject, person) for each in values if not each.for_labels),
        ratios=tuple(_ratios(subject, checks)),
        checks=checks,
        readings=_readings(subject),
        notes=(*_unasked(values, person), *_notes(subject, blend, judged, lines)),
        editions=blend.editions if analysis is None else (analysis.weights.name,),
        index_checks=tuple(each for each in judged if isinstance(each, IndexCheck)),
    )


def _references(
    references: str | ReferenceValue | Iterable[str | ReferenceValue] | None, person: LifeStage | None
) -> tuple[ReferenceValue, ...]:
    """The reference values that are asked for: those given, and those of authorities for a person."""
    if references is None:
        return references_for(person) if person else ()
    if isinstance(references, str | ReferenceValue):
        references = (references,)
    given = tuple(references)
    values = [each for each in given if isinstance(each, ReferenceValue)]
    authorities = [each for each in given if not isinstance(each, ReferenceValue)]
    return (*(references_for(person, authorities) if authorities else ()), *values)


def _unasked(values: Sequence[ReferenceValue], person: LifeStage | None) -> Iterable[str]:
    if person is None and values:
        yield "whom this is for is not said: of the reference values only those that labels use are shown"


def _held(values: Iterable[ReferenceValue], asked: Sequence[Analyte]) -> list[ReferenceValue]:
    """The values of what is held or stated, nutrient after nutrient, in the order of the lines."""
    every = tuple(values)
    found = [
        each for held in asked for each in every if each.analyte == held or same_element(each.analyte, held)
    ]
    return list(dict.fromkeys(found))


def _ingredients(rows: Sequence[Ingredient | Supply]) -> tuple[IngredientLine, ...]:
    lines: list[IngredientLine] = []
    for row in rows:
        labelled, filled = (row.labelled, row.filled) if isinstance(row, Supply) else (row, row)
        substance = row.substance
        compound = substance if isinstance(substance, Compound) else substance.compound
        grams = Blend([filled]).elemental_grams()
        gives = {symbol: mass for symbol, mass in grams.items() if symbol not in COMMON}
        formula = compound.formula.text if compound else ""
        lines.append(IngredientLine(substance.name, formula, labelled.grams, filled.grams, gives))
    return tuple(lines)


def _companions(blend: Blend) -> list[Analyte]:
    """Species that come along: what is declared, what the ions make, and water last.

    An organic anion is told as the acid that it is named for, another polyatomic one (sulfate,
    phosphate) as itself; a monatomic one is told by its element.
    """
    found: dict[str, Analyte] = {}
    water = False
    for each in blend.ingredients:
        substance = each.substance
        compound = substance if isinstance(substance, Compound) else substance.compound
        if isinstance(substance, Material):
            found |= {str(asked): asked for asked, _ in substance.declared if not isinstance(asked, Element)}
            water |= substance.water_content is not None
        if compound is not None:
            told_as = [
                _companion(part) for _, part in compound.ions if part.acid_formula and not part.monatomic
            ]
            found |= {str(asked): asked for asked in told_as}
            water |= bool(compound.water)
    water |= found.pop(str(WATER), None) is not None
    return [*found.values(), *([WATER] if water else [])]


def _companion(part: Ion) -> Analyte:
    acid = part.acid_formula
    if acid is None or "C" not in acid.counts or part.acid == "carbonic acid":
        return part
    return NamedSpecies(part.acid, acid)


def _look(subject: Mixture, asked: Analyte) -> Line:
    """One analyte on all bases; what is not known is None, with the reason."""
    on: dict[str, Interval | None] = dict.fromkeys(BASES)
    note = ""
    partial: tuple[str, ...] = ()
    for basis in BASES:
        try:
            found = subject.find(asked, basis)
        except (UnknownContentError, UnknownChargeError) as error:
            note = note or str(error)
        else:
            on[basis], partial = bounds(found.terms), found.partial
    return Line(str(asked), on["mass"], on["amount"], on["equivalent"], note, partial)


def _ratios(subject: Mixture, checks: Sequence[RatioCheck]) -> Iterable[Ratio]:
    """Every ratio that a rule asks for, and Ca:Mg where both are there, on each basis that can be told."""
    calcium, magnesium = read_sum("Ca"), read_sum("Mg")
    asked = dict.fromkeys((each.rule.numerator, each.rule.denominator) for each in checks)
    for numerator, denominator in dict.fromkeys((*asked, (calcium, magnesium))):
        for basis in BASES:
            try:
                ratio = subject.ratio(numerator, denominator, basis)
            except (UndefinedRatioError, UnknownContentError, UnknownChargeError):
                continue  # the rule's own check says why
            if ratio.value or (numerator, denominator) in asked:
                yield ratio


def _readings(subject: Mixture) -> tuple[str, ...]:
    if isinstance(subject, Product) and subject.readings:
        return subject.readings
    if isinstance(subject, Analysis):
        return tuple(f"{row.analyte}: {row.as_read}" for row in subject.stated)
    rows = subject.ingredients if isinstance(subject, Product | Blend) else ()
    return tuple(f"{row.substance.name}: {row.as_read}" for row in rows)


def _notes(
    subject: Mixture, blend: Blend, checks: Sequence[RatioCheck | IndexCheck], lines: Iterable[Line]
) -> tuple[str, ...]:
    notes: list[str] = []
    if isinstance(subject, Product) and subject.servings_per_day is None:
        notes.append("servings per day are not said: nothing about a day is judged")
    notes += [f"{each.name}: {note}" for each in blend.ingredients for note in each.substance.notes]
    notes += [note for each in checks if each.figure for note in each.figure.notes]
    unknown: dict[str, list[str]] = {}
    for each in lines:
        for name in each.partial:
            unknown.setdefault(name, []).append(each.name)
    notes += [
        f"{name}: not known, and counted only as far as it is stated: {', '.join(what)}"
        for name, what in unknown.items()
    ]
    return tuple(dict.fromkeys(notes))
