"""The report: a mixture told in masses, amounts, equivalents, ratios and verdicts, as data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import attrs

from mineral_ratio.checks.index_rules import IndexCheck, any_rule
from mineral_ratio.checks.labels import daily_percent, label_checks
from mineral_ratio.checks.lines import ClaimLine, IngredientLine, Line
from mineral_ratio.checks.references import ReferenceValue, references_for
from mineral_ratio.checks.report_data import DISCLAIMER, from_data, to_data
from mineral_ratio.checks.rules import RatioCheck, Rule
from mineral_ratio.errors import UndefinedRatioError, UnknownChargeError, UnknownContentError
from mineral_ratio.mixtures.analyses import Analysis
from mineral_ratio.mixtures.blends import Blend, Ingredient
from mineral_ratio.mixtures.intakes import PARTS
from mineral_ratio.mixtures.products import Product, Supply
from mineral_ratio.mixtures.ratios import BASES, read_sum, written
from mineral_ratio.substances.analytes import NamedSpecies, same_element
from mineral_ratio.substances.compounds import Compound
from mineral_ratio.substances.elements import Element, element
from mineral_ratio.substances.ions import WATER
from mineral_ratio.substances.materials import Material
from mineral_ratio.substances.ranges import bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.figure import Figure

    from mineral_ratio.checks.index_rules import IndexRule
    from mineral_ratio.checks.labels import DailyPercent, LabelCheck
    from mineral_ratio.checks.references import ReferenceCheck
    from mineral_ratio.checks.rules import RatioRule
    from mineral_ratio.mixtures.intakes import LifeStage, Part
    from mineral_ratio.mixtures.mixture import Mixture
    from mineral_ratio.mixtures.ratios import Ratio
    from mineral_ratio.substances.analytes import Analyte
    from mineral_ratio.substances.ions import Ion
    from mineral_ratio.substances.ranges import Interval

# What every organic salt is made of; listed after the minerals.
_COMMON = ("C", "H", "O", "N")


@attrs.frozen
class CheckReport:
    """All that is known of a mixture, and the verdict of each rule.

    Attributes:
        name: Name of what was checked.
        per: What the masses refer to: ``"serving"``, or what an analysis says.
        serving: What a serving is; empty if not said.
        servings_per_day: How many are taken in a day; None if not said.
        person: Whom the reference values are for; None if not said.
        counts: The parts of a person's intake that it is; none if not said.
        ingredients: The ingredients; none for an analysis.
        elements: Each element, minerals first.
        species: Acids, water and other species that come along.
        unassigned: Mass in g that no formula or declaration explains; None for an analysis.
        claims: Label claims.
        label_checks: Each claim of a mineral held against the tolerances for labels.
        daily_values: Percentages of the daily values for labels.
        references: What a day holds beside each reference value, nutrient after nutrient.
        ratios: Each ratio on every basis.
        checks: The rules on ratios with their verdicts.
        readings: Every amount as it was written and as it was read.
        notes: What was uncertain, and which content was used.
        editions: Editions of atomic weights in use.
        index_checks: The rules on indices with their verdicts.
    """

    name: str
    per: str
    serving: str
    servings_per_day: float | None
    person: LifeStage | None
    counts: tuple[Part, ...]
    ingredients: tuple[IngredientLine, ...]
    elements: tuple[Line, ...]
    species: tuple[Line, ...]
    unassigned: float | None
    claims: tuple[ClaimLine, ...]
    label_checks: tuple[LabelCheck, ...]
    daily_values: tuple[DailyPercent, ...]
    references: tuple[ReferenceCheck, ...]
    ratios: tuple[Ratio, ...]
    checks: tuple[RatioCheck, ...]
    readings: tuple[str, ...]
    notes: tuple[str, ...]
    editions: tuple[str, ...]
    index_checks: tuple[IndexCheck, ...] = ()

    @property
    def every_check(self) -> tuple[RatioCheck | IndexCheck, ...]:
        """The checks of ratios, then those of indices."""
        return (*self.checks, *self.index_checks)

    @property
    def failed(self) -> tuple[RatioCheck | IndexCheck, ...]:
        """The checks that are below or above a rule that speaks of what was checked."""
        return tuple(each for each in self.every_check if each.failed)

    @property
    def open(self) -> tuple[RatioCheck | IndexCheck, ...]:
        """The checks that decide nothing, being undecided, undefined, or out of scope."""
        return tuple(each for each in self.every_check if each.open)

    @property
    def above_limits(self) -> tuple[ReferenceCheck, ...]:
        """Values not to be exceeded that are, each authority's for itself."""
        return tuple(each for each in self.references if each.failed)

    @property
    def open_limits(self) -> tuple[ReferenceCheck, ...]:
        """Values not to be exceeded that may be, where the range does not decide."""
        return tuple(each for each in self.references if each.open)

    @property
    def summary(self) -> str:
        """The count of the checks in one line."""
        count_ = len(self.every_check)
        kept = count_ - len(self.failed) - len(self.open)
        reasons = [
            f"{count} {word}"
            for word, count in (
                ("undecided", sum(each.verdict == "undecided" for each in self.open)),
                ("undefined", sum(each.verdict == "undefined" for each in self.open)),
                ("out of scope", sum(not each.in_scope for each in self.open)),
            )
            if count
        ]
        opened = f"{len(self.open)} open" + (f" ({', '.join(reasons)})" if reasons else "")
        rules_ = "1 rule" if count_ == 1 else f"{count_} rules"
        return f"{rules_}: {kept} within, {len(self.failed)} below or above, {opened}"

    def as_dict(self) -> dict[str, Any]:
        """The report as plain data, for JSON: masses in mg, amounts and equivalents in mmol."""
        return to_data(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> CheckReport:
        """The report that gave plain data; `as_dict` gives the same data again.

        Args:
            data: What `as_dict` gave, also after a way through JSON.

        Raises:
            ValueError: It is no such data, or of another version of the schema.
            MineralRatioError: A part of it is refused as it would be elsewhere: an analyte without a name.
        """
        return cls(**from_data(data))

    def to_json(self) -> str:
        """The report as JSON text, all of it ASCII, with the schema that it names."""
        return json.dumps(self.as_dict(), indent=2, allow_nan=False)

    def to_html(self) -> str:
        """The report as an HTML document that needs no other file."""
        from mineral_ratio.checks.pages import page

        return page(self)

    def _repr_html_(self) -> str:
        """The report as a notebook shows it."""
        from mineral_ratio.checks.pages import fragment

        return fragment(self)

    def plot(self, width: float = 8.0) -> Figure:
        """The report as a picture: what each rule and reference value is held against, on two axes.

        Needs the extra ``plot``. The figure is made without pyplot: the backend and its settings stay
        as they are.

        Args:
            width: Width in inches, at least 3; the height is what the rows need.

        Returns:
            The figure; its ``savefig`` writes it.

        Raises:
            ValueError: The width leaves no room for an axis.
            ModuleNotFoundError: matplotlib is not there.
        """
        from mineral_ratio.checks.pictures import figure

        return figure(self, width)

    def __str__(self) -> str:
        lines = [f"{self.name}, per {self.per}"]
        lines += [
            f"  {each.name}: {_milligrams(each.mass)}" for each in self.elements if each.name not in _COMMON
        ]
        lines += [f"  {each}" for each in self.ratios]
        lines += [f"  {each}, {told(each)}" for each in self.every_check]
        lines += [f"  {each}" for each in self.references]
        edition = f"  Atomic weights: {', '.join(self.editions)}. {DISCLAIMER}"
        return "\n".join([*lines, f"  {self.summary}", edition])


def told(check: RatioCheck | IndexCheck) -> str:
    """A ratio or an index beside the limits it was held against, in enough digits to tell them apart.

    Args:
        check: The check.
    """
    rule_, figure = check.rule, check.figure
    if figure is None:
        missing = "ratio" if isinstance(check, RatioCheck) else "index"
        return f"no {missing}; {rule_.limits} {rule_.measure}"
    limits = [limit for limit in (rule_.lower, rule_.upper) if limit is not None]
    values = list(dict.fromkeys((figure.low, figure.high)))
    digits = 4
    while digits < 12 and any(
        written(value, digits) == written(limit, digits) and abs(value - limit) > 1e-9 * abs(limit)
        for value in values
        for limit in limits
    ):
        digits += 1
    spoken = " to ".join(written(value, digits) for value in values)
    return f"{spoken} {rule_.measure}; {rule_.limits}"


def check(
    subject: Mixture,
    rules: str | RatioRule | IndexRule | Iterable[str | RatioRule | IndexRule] | None = None,
    references: str | ReferenceValue | Iterable[str | ReferenceValue] | None = None,
    person: LifeStage | None = None,
) -> CheckReport:
    """Tell what a mixture holds, hold it against rules, and set it beside reference values.

    Args:
        subject: A blend, a product (as filled), or an analysis.
        rules: Ids of rules, or rules, on ratios and on indices; a product's own if left out.
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
    judged = [any_rule(each).check(subject) for each in rules]
    checks = tuple(each for each in judged if isinstance(each, RatioCheck))
    if analysis:
        asked = [row.analyte for row in analysis.stated]
    else:
        asked = [*map(element, blend.elemental_grams()), *_companions(blend)]
    elements = [each for each in asked if isinstance(each, Element)]
    elements.sort(key=lambda each: each.symbol in _COMMON)
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
        gives = {symbol: mass for symbol, mass in grams.items() if symbol not in _COMMON}
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


def _milligrams(mass: Interval | None) -> str:
    return "not known" if mass is None else f"{written(1000.0 * mass.value, 4)} mg"
