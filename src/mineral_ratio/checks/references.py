"""Reference values: what an authority set for a nutrient, for whom, and what an intake is beside it.

The bundled values are the rows of ``data/reference_values.csv``. A value is somebody's, of an edition,
for a life stage, and counts some parts of an intake only; the library compares and says all of it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

import attrs

from mineral_ratio.catalog.suggestions import close
from mineral_ratio.checks.sources import RecordGroup
from mineral_ratio.checks.verdicts import place
from mineral_ratio.errors import NotFoundError, UnitError, UnknownContentError, chosen
from mineral_ratio.mixtures.intakes import CONDITIONS, PARTS, SEXES, read_parts, spoken_parts
from mineral_ratio.mixtures.ratios import written
from mineral_ratio.substances._tables import read_table
from mineral_ratio.substances.analytes import analyte
from mineral_ratio.substances.ranges import Interval, bounds
from mineral_ratio.units import read_number

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    from mineral_ratio.mixtures.intakes import LifeStage, Part
    from mineral_ratio.mixtures.mixture import Mixture
    from mineral_ratio.substances.analytes import Analyte

    Standing: TypeAlias = Literal[
        "below", "reached", "above", "undecided", "not judged", "not applied", "not set"
    ]

Status = Literal["set", "not set", "unread"]
STATUSES: tuple[Status, ...] = ("set", "not set", "unread")

UPPER_KINDS = frozenset(("UL", "CDRR", "safe level of intake", "ADI"))
"""Kinds that an intake is not to exceed, in the words of their authorities; a value may say so of itself."""

LABEL_KINDS = frozenset(("DV", "NRV"))
"""Kinds that labels print a percentage of."""

# What one of a unit is divided by to give grams.
_UNITS = {
    "g/day": 1.0,
    "mg/day": 1e3,
    "µg/day": 1e6,
    "mg/kg bw/day": 1e3,
    "µg/kg bw/day": 1e6,
}
_SUPERSEDED = frozenset(("21 CFR 101.9 (pre-2016)",))


def _read_status(value: str) -> Status:
    return chosen(value, "status", STATUSES)


def _read_sex(value: str) -> str:
    return chosen(value, "sex", ("any", *SEXES))


def _read_unit(value: str) -> str:
    if value not in _UNITS:
        raise UnitError(f"the unit is one of {', '.join(_UNITS)}, not {value!r:.40}", value, "unit")
    return value


def _upper(reference: ReferenceValue) -> bool:
    return reference.kind in UPPER_KINDS


def _grams(reference: ReferenceValue) -> float | None:
    return read_number(reference.printed) / _UNITS[reference.unit] if reference.printed else None


@attrs.frozen
class ReferenceValue:
    """What an authority set for a nutrient and a group of people.

    Attributes:
        authority: Who set it, such as ``"EFSA"``.
        edition: The publication that it belongs to.
        analyte: The nutrient; given as anything that `analyte` takes.
        kind: The authority's own term, such as ``"UL"`` or ``"safe level of intake"``.
        printed: The number as it is printed; empty where none is.
        unit: Its unit: ``"g/day"``, ``"mg/day"``, ``"µg/day"``, ``"mg/kg bw/day"`` or ``"µg/kg bw/day"``.
        status: ``"set"``, ``"not set"`` (never the same as "no limit") or ``"unread"`` (the figure could
            not be opened).
        sex: ``"any"``, ``"female"`` or ``"male"``.
        age_from: First age of the group in years; None for none.
        age_to: First age that is too old for the group; None for none.
        condition: Empty, ``"pregnant"``, ``"lactating"``, or what else the value holds for.
        counts: The parts of an intake that it counts.
        upper: Whether it is one not to be exceeded; by its kind if left out.
        superseded: Whether its authority has replaced it; not used unless its edition is asked for.
        note: What else the source says.
        citation: What was opened.
        keyed: ``"twice"`` or ``"once"``: how many people read the figure from its source.
        value: The value in g a day, or g for each kg of body weight and day; None where none is set.

    Raises:
        NotFoundError: The analyte, the status, the sex or a part of an intake is not known.
        UnitError: The unit or the number cannot be read, or does not go with the status.

    Examples:
        >>> limit = ReferenceValue(
        ...     "EFSA", "2006", "Mg", "UL", "250", "mg/day", counts="supplement"
        ... )
        >>> limit.value, limit.upper
        (0.25, True)
    """

    authority: str
    edition: str
    analyte: Analyte = attrs.field(converter=analyte)
    kind: str
    printed: str
    unit: str = attrs.field(converter=_read_unit)
    status: Status = attrs.field(default="set", kw_only=True, converter=_read_status)
    sex: str = attrs.field(default="any", kw_only=True, converter=_read_sex)
    age_from: float | None = attrs.field(default=None, kw_only=True)
    age_to: float | None = attrs.field(default=None, kw_only=True)
    condition: str = attrs.field(default="", kw_only=True)
    counts: frozenset[Part] = attrs.field(default=frozenset(PARTS), kw_only=True, converter=read_parts)
    upper: bool = attrs.field(kw_only=True, default=attrs.Factory(_upper, takes_self=True))
    superseded: bool = attrs.field(default=False, kw_only=True)
    note: str = attrs.field(default="", kw_only=True)
    citation: str = attrs.field(default="", kw_only=True)
    keyed: str = attrs.field(default="", kw_only=True)
    value: float | None = attrs.field(init=False, default=attrs.Factory(_grams, takes_self=True))

    def __attrs_post_init__(self) -> None:
        if (self.status == "set") != bool(self.value):
            raise UnitError(
                f"{self.authority} {self.kind} of {self.analyte}: a value above zero goes with status "
                f"'set', and none with the others, not {self.printed!r} with {self.status!r}",
                self.printed,
                "number",
            )

    @property
    def per_kg(self) -> bool:
        """Whether it is for each kg of body weight."""
        return "/kg" in self.unit

    @property
    def increment(self) -> bool:
        """Whether it is added to another value, and is none by itself."""
        return "increment" in self.kind

    @property
    def for_labels(self) -> bool:
        """Whether labels print a percentage of it."""
        return self.kind in LABEL_KINDS

    @property
    def amount(self) -> str:
        """The value as printed, with its unit, or its status."""
        return f"{self.printed} {self.unit}" if self.printed else self.status

    @property
    def group(self) -> str:
        """Whom it is for, such as ``"female, 19 to under 31 years, pregnant"``."""
        start, end = self.age_from, self.age_to
        ages = ""
        if start is not None:
            ages = f"from {start:g} years" if end is None else f"{start:g} to under {end:g} years"
        sex = "" if self.sex == "any" else self.sex
        return ", ".join(filter(None, (sex, ages, self.condition)))

    def fits(self, person: LifeStage) -> bool:
        """Whether it may be meant for a person: sex and age fit, and no other condition is named.

        Args:
            person: Sex, age and condition.
        """
        if self.sex not in ("any", person.sex):
            return False
        if self.age_from is not None and person.age < self.age_from:
            return False
        if self.age_to is not None and person.age >= self.age_to:
            return False
        if self.condition not in CONDITIONS:
            return True
        # A woman of whom nothing is said may be before or after menopause; one who is pregnant is before it.
        before, after = self.condition == "premenopausal", self.condition == "postmenopausal"
        return (
            person.condition == self.condition
            or (before and person.condition != "postmenopausal")
            or (after and not person.condition)
        )

    def check(self, mixture: Mixture, person: LifeStage | None = None) -> ReferenceCheck:
        """Set what a day of a mixture holds beside the value, as far as the value counts it.

        Args:
            mixture: A blend, product or analysis.
            person: Whom it is for, to say where the value is not one for their condition.

        Returns:
            The intake, its share of the value, and where it lies.
        """
        notes: list[str] = []
        condition = person.condition if person else ""
        # Few values go by menopause: where one does not, that is no lack of it.
        if condition in ("pregnant", "lactating") and self.condition != condition:
            notes.append(f"of the age group: the table has no row of this kind for {condition}")
        intake, reason = self._intake(mixture, notes)
        # What is counted only in part may be nothing, or all of the intake.
        whole = mixture.counts <= self.counts
        verdict: Standing = "not judged"
        if self.status == "not set":
            verdict = "not set"
            notes.append("not set is not the same as no limit")
        elif self.value is None:
            notes.append("the figure could not be read")
        elif self.per_kg:
            notes.append("for each kg of body weight, which is not said")
        elif self.increment:
            notes.append("added to another value, and none by itself")
        elif intake is None:
            verdict = "not applied" if mixture.counts and mixture.counts.isdisjoint(self.counts) else verdict
            notes.append(reason)
        else:
            where = place(intake.low if whole else 0.0, intake.high, self.value, self.value)
            verdict = "reached" if where == "within" else where
            notes += self._counted(mixture, intake)
        return ReferenceCheck(self, verdict, intake if whole else None, tuple(notes))

    def _intake(self, mixture: Mixture, notes: list[str]) -> tuple[Interval | None, str]:
        """What a day of the mixture holds, or why nothing can be said; notes get what is uncertain of it."""
        if not mixture.counts:
            return None, "which parts of an intake this counts is not said"
        if mixture.counts.isdisjoint(self.counts):
            counted, given = spoken_parts(self.counts), spoken_parts(mixture.counts)
            return None, f"it counts {counted} only, and this is {given}"
        if mixture.per_day is None:
            return None, "what is taken in a day is not said"
        try:
            found = mixture.find(self.analyte)
        except UnknownContentError as error:
            return None, str(error)
        if found.partial:
            notes.append(
                f"how much there is in {' and '.join(found.partial)} is not known; the range allows for it"
            )
        held, days = bounds(found.terms), mixture.per_day
        return Interval(held.value * days, held.low * days, held.high * days), ""

    def _counted(self, mixture: Mixture, intake: Interval) -> list[str]:
        """What a comparison leaves out: parts that only the value or only the intake counts."""
        notes: list[str] = []
        if not mixture.counts <= self.counts:
            notes.append(
                f"it counts {spoken_parts(self.counts)} only; how much that is of the "
                f"{written(1000.0 * intake.value, 4)} mg of this intake is not known"
            )
        if rest := self.counts - mixture.counts:
            diet = "the rest of the diet: " if "natural_food" in rest else ""
            notes.append(f"alone, without {diet}{spoken_parts(rest)}")
        return notes


@attrs.frozen
class ReferenceCheck:
    """What came of setting an intake beside a reference value.

    Attributes:
        reference: The value.
        verdict: ``"below"``, ``"reached"`` (equal) or ``"above"``; ``"undecided"`` (the range of the intake
            straddles the value, or the part that it counts is not known); ``"not applied"`` (it counts
            nothing of the intake); ``"not judged"`` (something is not said, or not known); ``"not set"``.
        intake: What is taken in a day, in g, with its bounds; None where it, or the part of it that
            the value counts, is not known.
        notes: Why, and what is left out, in a sentence each.
    """

    reference: ReferenceValue
    verdict: Standing
    intake: Interval | None
    notes: tuple[str, ...] = ()

    @property
    def share(self) -> float | None:
        """The intake as a fraction of the value; None where either is not known or they do not compare."""
        value, verdict = self.reference.value, self.verdict
        if self.intake is None or value is None or verdict not in ("below", "reached", "above", "undecided"):
            return None
        return self.intake.value / value

    @property
    def failed(self) -> bool:
        """Whether the intake is above a value that is not to be exceeded."""
        return self.reference.upper and self.verdict == "above"

    @property
    def open(self) -> bool:
        """Whether the intake may or may not be above a value that is not to be exceeded."""
        return self.reference.upper and self.verdict == "undecided"

    def __str__(self) -> str:
        share = "" if self.share is None else f" ({100 * self.share:.0f} %)"
        each = self.reference
        return f"{each.analyte}, {each.authority} {each.kind} {each.amount}: {self.verdict}{share}"


PLUGINS = RecordGroup("mineral_ratio.references", ReferenceValue)
"""The sources of reference values of plugins."""


@cache
def references() -> tuple[ReferenceValue, ...]:
    """The bundled reference values (``data/reference_values.csv``), superseded ones among them."""
    return tuple(map(_read_reference, read_table("reference_values.csv")))


def _read_reference(row: dict[str, str]) -> ReferenceValue:
    def age(key: str) -> float | None:
        return float(row[key]) if row[key] else None

    return ReferenceValue(
        row["authority"],
        row["edition"],
        row["analyte"],
        row["kind"],
        row["value"],
        row["unit"],
        status=_read_status(row["status"]),
        sex=row["sex"],
        age_from=age("age_from"),
        age_to=age("age_to"),
        condition=row["condition"],
        counts=row["counts"].split(";"),
        superseded=row["edition"] in _SUPERSEDED,
        note=row["note"],
        citation=row["source"],
        keyed=row["keyed"],
    )


def references_for(
    person: LifeStage | None,
    authorities: str | Iterable[str] | None = None,
    editions: str | Iterable[str] | None = None,
) -> tuple[ReferenceValue, ...]:
    """The reference values for a person, bundled and of plugins; of each kind those for their condition.

    Args:
        person: Whom they are for; None for those that labels of foods for adults use.
        authorities: Names of authorities; all if left out.
        editions: Names of editions, superseded ones among them; all that stand if left out.

    Returns:
        The values, authority after authority as they are listed.

    Raises:
        NotFoundError: No value is of one of the authorities or editions.
    """
    every = (*references(), *PLUGINS.records())
    for names, kind in ((authorities, "authority"), (editions, "edition")):
        if names is not None:
            chosen = (names,) if isinstance(names, str) else tuple(names)
            _check_names(chosen, kind, dict.fromkeys(getattr(each, kind) for each in every))
            every = tuple(each for each in every if getattr(each, kind) in chosen)
    if editions is None:
        every = tuple(each for each in every if not each.superseded)
    if person is None:
        return tuple(each for each in every if each.for_labels and _for_adults(each))
    fitting = [each for each in every if each.fits(person)]
    if not person.condition:
        return tuple(fitting)
    own = {_key(each) for each in fitting if each.condition == person.condition}
    return tuple(each for each in fitting if each.condition == person.condition or _key(each) not in own)


def _key(each: ReferenceValue) -> tuple[str, str, Analyte, str]:
    return each.authority, each.edition, each.analyte, each.kind


def _for_adults(each: ReferenceValue) -> bool:
    """Whether a label value is for the general group, which has no upper end of age and no condition."""
    return each.age_from is not None and each.age_to is None and not each.condition


def _check_names(names: Iterable[str], kind: str, known: Iterable[str]) -> None:
    known = tuple(known)
    for name in names:
        if name not in known:
            raise NotFoundError(str(name), kind, close(str(name), known) or known, PLUGINS.failed())
