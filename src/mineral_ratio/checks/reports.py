"""The report: a mixture told in masses, amounts, equivalents, ratios and verdicts, as data."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import attrs

from mineral_ratio.checks.rules import RatioCheck, RatioRule, rule
from mineral_ratio.errors import UndefinedRatioError, UnknownChargeError, UnknownContentError
from mineral_ratio.mixtures.analyses import Analysis
from mineral_ratio.mixtures.blends import Blend, Ingredient
from mineral_ratio.mixtures.products import Product, Supply
from mineral_ratio.mixtures.ratios import BASES, Ratio, read_sum, written
from mineral_ratio.substances.compounds import Compound
from mineral_ratio.substances.elements import Element, element
from mineral_ratio.substances.ions import WATER, NamedSpecies
from mineral_ratio.substances.materials import Material
from mineral_ratio.substances.ranges import Interval, bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mineral_ratio.mixtures.mixture import Mixture
    from mineral_ratio.substances.ions import Analyte, Ion

DISCLAIMER = "Arithmetic on the figures given, not medical advice."
SCHEMA = "mineral_ratio.check/1"
"""Name and version of the data that `CheckReport.as_dict` gives."""

# What every organic salt is made of; listed after the minerals.
_COMMON = ("C", "H", "O", "N")


@attrs.frozen
class Line:
    """What the whole holds of one analyte.

    Attributes:
        name: Symbol of the element, or name of the species.
        mass: Mass in g, with its bounds; None where it is not known.
        amount: Amount of substance in mol.
        equivalents: Equivalents in mol; None where no charge is known.
        note: Why something is not known.
        partial: Names of the ingredients that may hold more of it than is counted.
    """

    name: str
    mass: Interval | None
    amount: Interval | None
    equivalents: Interval | None
    note: str = ""
    partial: tuple[str, ...] = ()


@attrs.frozen
class IngredientLine:
    """One ingredient: its mass and what it gives.

    Attributes:
        name: Name of the substance.
        formula: Its formula; empty if it has none.
        labelled: Mass in g that gives what the label says.
        filled: Mass in g with its overage.
        gives: Mass in g of each element other than C, H, O and N, as filled, by symbol.
    """

    name: str
    formula: str
    labelled: float
    filled: float
    gives: dict[str, float]


@attrs.frozen
class ClaimLine:
    """A label claim beside what is filled.

    Attributes:
        name: The analyte.
        claimed: Claimed mass in g.
        filled: Mass in g as filled, with its bounds; None where it is not known.
    """

    name: str
    claimed: float
    filled: Interval | None


@attrs.frozen
class CheckReport:
    """All that is known of a mixture, and the verdict of each rule.

    Attributes:
        name: Name of what was checked.
        per: What the masses refer to: ``"serving"``, or what an analysis says.
        serving: What a serving is; empty if not said.
        servings_per_day: How many are taken in a day; None if not said.
        ingredients: The ingredients; none for an analysis.
        elements: Each element, minerals first.
        species: Acids, water and other species that come along.
        unassigned: Mass in g that no formula or declaration explains; None for an analysis.
        claims: Label claims.
        ratios: Each ratio on every basis.
        checks: The rules with their verdicts.
        readings: Every amount as it was written and as it was read.
        notes: What was uncertain, and which content was used.
        editions: Editions of atomic weights in use.
    """

    name: str
    per: str
    serving: str
    servings_per_day: float | None
    ingredients: tuple[IngredientLine, ...]
    elements: tuple[Line, ...]
    species: tuple[Line, ...]
    unassigned: float | None
    claims: tuple[ClaimLine, ...]
    ratios: tuple[Ratio, ...]
    checks: tuple[RatioCheck, ...]
    readings: tuple[str, ...]
    notes: tuple[str, ...]
    editions: tuple[str, ...]

    @property
    def failed(self) -> tuple[RatioCheck, ...]:
        """The checks that are below or above a rule that speaks of what was checked."""
        return tuple(each for each in self.checks if each.failed)

    @property
    def open(self) -> tuple[RatioCheck, ...]:
        """The checks that decide nothing, being undecided, undefined, or out of scope."""
        return tuple(each for each in self.checks if each.open)

    @property
    def summary(self) -> str:
        """The count of the checks in one line."""
        kept = len(self.checks) - len(self.failed) - len(self.open)
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
        rules_ = "1 rule" if len(self.checks) == 1 else f"{len(self.checks)} rules"
        return f"{rules_}: {kept} within, {len(self.failed)} below or above, {opened}"

    def as_dict(self) -> dict[str, Any]:
        """The report as plain data, for JSON: masses in mg, amounts and equivalents in mmol."""
        return {
            "schema": SCHEMA,
            "name": self.name,
            "per": self.per,
            "serving": self.serving,
            "servings_per_day": self.servings_per_day,
            "ingredients": [
                {
                    "name": each.name,
                    "formula": each.formula,
                    "labelled_mg": _milli(each.labelled),
                    "filled_mg": _milli(each.filled),
                    "gives_mg": {symbol: _milli(grams) for symbol, grams in each.gives.items()},
                }
                for each in self.ingredients
            ],
            "elements": [_line(each) for each in self.elements],
            "species": [_line(each) for each in self.species],
            "unassigned_mg": _milli(self.unassigned),
            "label_claims": [
                {"name": each.name, "claimed_mg": _milli(each.claimed), "filled_mg": _interval(each.filled)}
                for each in self.claims
            ],
            "ratios": [_ratio(each) for each in self.ratios],
            "checks": [
                {
                    "verdict": each.verdict,
                    "in_scope": each.in_scope,
                    "ratio": None if each.ratio is None else _ratio(each.ratio),
                    "notes": list(each.notes),
                    "rule": _rule(each.rule),
                }
                for each in self.checks
            ],
            "summary": self.summary,
            "readings": list(self.readings),
            "notes": list(self.notes),
            "atomic_weights": list(self.editions),
            "disclaimer": DISCLAIMER,
        }

    def to_json(self) -> str:
        """The report as JSON text, all of it ASCII, with the schema that it names."""
        return json.dumps(self.as_dict(), indent=2, allow_nan=False)

    def __str__(self) -> str:
        lines = [f"{self.name}, per {self.per}"]
        lines += [
            f"  {each.name}: {_milligrams(each.mass)}" for each in self.elements if each.name not in _COMMON
        ]
        lines += [f"  {each}" for each in self.ratios]
        lines += [f"  {each}, {told(each)}" for each in self.checks]
        return "\n".join([*lines, f"  {self.summary}", f"  {DISCLAIMER}"])


def told(check: RatioCheck) -> str:
    """A ratio beside the limits it was held against, in enough digits to tell them apart.

    Args:
        check: The check.
    """
    rule_, ratio = check.rule, check.ratio
    if ratio is None:
        return f"no ratio; {rule_.limits} by {rule_.basis}"
    limits = [limit for limit in (rule_.lower, rule_.upper) if limit is not None]
    values = list(dict.fromkeys((ratio.low, ratio.high)))
    digits = 4
    while digits < 12 and any(
        written(value, digits) == written(limit, digits) and abs(value - limit) > 1e-9 * limit
        for value in values
        for limit in limits
    ):
        digits += 1
    spoken = " to ".join(written(value, digits) for value in values)
    return f"{spoken} by {ratio.basis}; {rule_.limits}"


def check(
    subject: Mixture,
    rules: str | RatioRule | Iterable[str | RatioRule] | None = None,
) -> CheckReport:
    """Tell what a mixture holds, and hold it against rules.

    Args:
        subject: A blend, a product (as filled), or an analysis.
        rules: Ids of bundled rules, or rules; a product's own if left out.

    Returns:
        The report. It is arithmetic on the figures given, not advice.

    Raises:
        TypeError: ``subject`` is none of the three.
        NotFoundError: No rule has one of the ids.
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
    elif isinstance(rules, str | RatioRule):
        rules = (rules,)
    checks = tuple(rule(each).check(subject) for each in rules)
    if analysis:
        asked = [row.analyte for row in analysis.stated]
    else:
        asked = [*map(element, blend.elemental_grams()), *_companions(blend)]
    elements = [each for each in asked if isinstance(each, Element)]
    elements.sort(key=lambda each: each.symbol in _COMMON)
    species = [each for each in asked if not isinstance(each, Element)]
    lines = tuple(_look(subject, each) for each in (*elements, *species))
    return CheckReport(
        name=product.name if product else analysis.name if analysis else "blend",
        per=analysis.per if analysis else "serving" if product else "blend",
        serving=product.serving if product else "",
        servings_per_day=product.servings_per_day if product else None,
        ingredients=_ingredients(product.ingredients if product else blend.ingredients),
        elements=lines[: len(elements)],
        species=lines[len(elements) :],
        unassigned=None if analysis else blend.unassigned_grams,
        claims=tuple(
            ClaimLine(str(each.analyte), each.grams, _look(subject, each.analyte).mass)
            for each in (product.label_claims if product else ())
        ),
        ratios=tuple(_ratios(subject, checks)),
        checks=checks,
        readings=_readings(subject),
        notes=_notes(subject, blend, checks, lines),
        editions=blend.editions if analysis is None else (analysis.weights.name,),
    )


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
    subject: Mixture, blend: Blend, checks: Sequence[RatioCheck], lines: Iterable[Line]
) -> tuple[str, ...]:
    notes: list[str] = []
    if isinstance(subject, Product) and subject.servings_per_day is None:
        notes.append("servings per day are not said: nothing about a day is judged")
    notes += [f"{each.name}: {note}" for each in blend.ingredients for note in each.substance.notes]
    notes += [note for each in checks if each.ratio for note in each.ratio.notes]
    unknown: dict[str, list[str]] = {}
    for each in lines:
        for name in each.partial:
            unknown.setdefault(name, []).append(each.name)
    notes += [
        f"{name}: not known, and counted only as far as it is stated: {', '.join(what)}"
        for name, what in unknown.items()
    ]
    return tuple(dict.fromkeys(notes))


def _milli(value: float | None) -> float | None:
    return None if value is None else 1000.0 * value


def _milligrams(mass: Interval | None) -> str:
    return "not known" if mass is None else f"{written(1000.0 * mass.value, 4)} mg"


def _interval(found: Interval | None) -> dict[str, float] | None:
    if found is None:
        return None
    return {"value": 1000.0 * found.value, "low": 1000.0 * found.low, "high": 1000.0 * found.high}


def _line(each: Line) -> dict[str, Any]:
    return {
        "name": each.name,
        "mass_mg": _interval(each.mass),
        "amount_mmol": _interval(each.amount),
        "equivalents_mEq": _interval(each.equivalents),
        "note": each.note,
        "partial": list(each.partial),
    }


def _rule(each: RatioRule) -> dict[str, Any]:
    numerator, denominator = each.sides
    given = attrs.asdict(each, recurse=False)
    return {**given, "numerator": numerator, "denominator": denominator, "charges": dict(each.charges)}


def _ratio(each: Ratio) -> dict[str, Any]:
    """A ratio as data; an upper bound that is infinite is null, as JSON has no infinity."""
    data = attrs.asdict(each)
    data["high"] = each.high if math.isfinite(each.high) else None
    data |= {"notes": list(each.notes), "partial": list(each.partial)}
    return data
