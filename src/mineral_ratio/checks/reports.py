"""The report: a mixture told in masses, amounts, equivalents, ratios and verdicts, as data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import attrs

from mineral_ratio.checks.lines import COMMON
from mineral_ratio.checks.report_data import DISCLAIMER, from_data, to_data
from mineral_ratio.checks.tables import digits_of, milligrams, told
from mineral_ratio.mixtures.ratios import written

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from mineral_ratio.checks.index_rules import IndexCheck
    from mineral_ratio.checks.labels import DailyPercent, LabelCheck
    from mineral_ratio.checks.lines import ClaimLine, IngredientLine, Line
    from mineral_ratio.checks.references import ReferenceCheck
    from mineral_ratio.checks.rules import RatioCheck
    from mineral_ratio.mixtures.intakes import LifeStage, Part
    from mineral_ratio.mixtures.ratios import Ratio
    from mineral_ratio.substances.ranges import Interval


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
            f"  {each.name}: {_milligrams(each.mass)}" for each in self.elements if each.name not in COMMON
        ]
        lines += [
            f"  {written(each.value, digits_of(each, self.checks))}:1 by {each.basis}" for each in self.ratios
        ]
        lines += [f"  {each}, {told(each)}" for each in self.every_check]
        lines += [f"  {each}" for each in self.references]
        edition = f"  Atomic weights: {', '.join(self.editions)}. {DISCLAIMER}"
        return "\n".join([*lines, f"  {self.summary}", edition])


def _milligrams(mass: Interval | None) -> str:
    return "not known" if mass is None else f"{milligrams(mass.value)} mg"
