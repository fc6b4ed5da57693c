"""Ratio rules: limits on a ratio with their basis, scope, evidence and citation.

The bundled rules are the rows of ``data/ratio_rules.csv``. A rule is somebody's; the library
applies it and says whose it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from numbers import Real
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, cast

import attrs

from mineral_ratio.catalog.suggestions import close
from mineral_ratio.checks.sources import RecordGroup
from mineral_ratio.checks.verdicts import place
from mineral_ratio.errors import (
    MassBalanceError,
    NotFoundError,
    UndefinedRatioError,
    UnitError,
    UnknownContentError,
    chosen,
)
from mineral_ratio.mixtures.mixture import plain_number
from mineral_ratio.mixtures.ratios import Ratio, read_basis, read_sum, spoken
from mineral_ratio.substances._tables import read_table
from mineral_ratio.substances.analytes import NamedSpecies
from mineral_ratio.substances.elements import Element, symbol_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    from mineral_ratio.mixtures.mixture import Mixture
    from mineral_ratio.mixtures.ratios import Basis
    from mineral_ratio.substances.analytes import Analyte
    from mineral_ratio.substances.elements import ElementLike

    Verdict: TypeAlias = Literal["within", "below", "above", "undefined", "undecided"]

Evidence = Literal["regulation", "strong", "moderate", "low", "contested", "refuted", "marketing claim"]
EVIDENCE: tuple[Evidence, ...] = (
    "regulation",
    "strong",
    "moderate",
    "low",
    "contested",
    "refuted",
    "marketing claim",
)


def _read_evidence(value: str) -> Evidence:
    return chosen(value, "evidence", EVIDENCE)


def _read_limit(value: float | None) -> float | None:
    if value is None:
        return None
    number = plain_number(value)
    if number is None:
        raise UnitError(f"a limit is a finite number of zero or more, not {value!r:.40}", value, "number")
    return number


def _read_signed(value: float | None) -> float | None:
    """A limit that may be below zero, as that on a difference may."""
    if value is None or not isinstance(value, Real) or value >= 0.0:
        return _read_limit(value)
    limit = _read_limit(-value)
    return None if limit is None else -limit


def _read_charges(
    value: Mapping[ElementLike, int] | Iterable[tuple[ElementLike, int]],
) -> tuple[tuple[str, int], ...]:
    """Charge numbers by symbol, from a mapping or from pairs."""
    pairs = cast("Iterable[tuple[ElementLike, int]]", value.items() if isinstance(value, Mapping) else value)
    charges = tuple((symbol_of(key), charge) for key, charge in pairs)
    for symbol, charge in charges:
        if not isinstance(charge, int) or isinstance(charge, bool) or charge < 1:
            raise UnitError(
                f"equivalents of {symbol} are counted by a whole number above zero, not {charge!r}",
                charge,
                "charge number",
            )
    return charges


@attrs.frozen
class Rule:
    """What every rule says: its limits, whose they are, and what they rest on (`RatioRule` lists them)."""

    id: str
    lower: float | None = attrs.field(default=None, kw_only=True, converter=_read_signed)
    upper: float | None = attrs.field(default=None, kw_only=True, converter=_read_signed)
    scope: str = attrs.field(kw_only=True)
    population: str = attrs.field(default="", kw_only=True)
    authority: str = attrs.field(default="", kw_only=True)
    year: int | None = attrs.field(default=None, kw_only=True)
    evidence: Evidence = attrs.field(kw_only=True, converter=_read_evidence)
    evidence_note: str = attrs.field(default="", kw_only=True)
    source_kind: str = attrs.field(default="", kw_only=True)
    citation: str = attrs.field(kw_only=True)
    disputed: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        limits = [limit for limit in (self.lower, self.upper) if limit is not None]
        if not limits:
            raise MassBalanceError(f"{self.id}: a rule needs a lower or an upper limit; a target sets none")
        if limits != sorted(limits):
            raise MassBalanceError(
                f"{self.id}: the lower limit {self.lower:.12g} is above the upper limit {self.upper:.12g}"
            )

    @property
    def limits(self) -> str:
        """The limits as text, such as ``"1.7 to 2.6"``, ``"at most 2"``."""
        if self.lower is None:
            return f"at most {self.upper:.12g}"
        if self.upper is None:
            return f"at least {self.lower:.12g}"
        return f"{self.lower:.12g} to {self.upper:.12g}"

    def out_of_scope(self, mixture: Mixture) -> tuple[str, ...]:
        """What to say where the rule does not speak of a mixture; nothing where it does.

        Args:
            mixture: A blend, product or analysis.
        """
        if mixture.scope == self.scope:
            return ()
        spoken = f"this is a {mixture.scope}" if mixture.scope else "what this is was not said"
        return (f"the rule speaks of the {self.scope}; {spoken}",)


@attrs.frozen
class RatioRule(Rule):
    """Limits on the ratio of two analytes or sums of them.

    Attributes:
        id: Its name, such as ``"ca-mg-durlach-1989"``.
        numerator: What is above: analytes that are summed; given as a ratio takes them, ``"Ca+Mg"``.
        denominator: What is below, likewise.
        basis: ``"mass"``, ``"amount"`` or ``"equivalent"``.
        lower: Lower limit, inclusive; None for none.
        upper: Upper limit, inclusive; None for none.
        target: The ratio that is aimed at; None if none is stated.
        tolerance: What may be off the target, a fraction of it, where the limits come from one.
        tolerance_source: Whose tolerance it is.
        charges: On an equivalent basis, the rule's own charge numbers by symbol.
        scope: What the rule speaks of: ``"product"``, ``"total diet"``, ``"ration"``, ``"water"`` or
            ``"soil"``.
        population: Whom it is for.
        authority: Who set it.
        year: When.
        evidence: ``"regulation"``, ``"strong"``, ``"moderate"``, ``"low"``, ``"contested"``,
            ``"refuted"`` or ``"marketing claim"``.
        evidence_note: What the evidence is.
        source_kind: What was opened for the row: a ``"primary"``, ``"secondary"`` or ``"tertiary"``
            source, or an ``"abstract"``; ``"unconfirmed"`` where none that has the figure could be opened.
        citation: Where it was read.
        disputed: Whether others dispute it.

    Raises:
        NotFoundError: A side names no analyte, or the evidence is none of these.
        UnitError: The basis is none of the three, or a limit or charge is no number that it can be.
        MassBalanceError: There is no limit, or the limits cross.

    Examples:
        >>> house = RatioRule(
        ...     "house", "Ca", "Mg", "mass", upper=2, scope="product", evidence="low", citation="Memo 7"
        ... )
        >>> house.subject, house.limits, house.measure
        ('Ca:Mg', 'at most 2', 'by mass')
    """

    numerator: tuple[Analyte, ...] = attrs.field(converter=read_sum)
    denominator: tuple[Analyte, ...] = attrs.field(converter=read_sum)
    basis: Basis = attrs.field(converter=read_basis)
    lower: float | None = attrs.field(default=None, kw_only=True, converter=_read_limit)
    upper: float | None = attrs.field(default=None, kw_only=True, converter=_read_limit)
    target: float | None = attrs.field(default=None, kw_only=True, converter=_read_limit)
    tolerance: float | None = attrs.field(default=None, kw_only=True, converter=_read_limit)
    tolerance_source: str = attrs.field(default="", kw_only=True)
    charges: tuple[tuple[str, int], ...] = attrs.field(default=(), kw_only=True, converter=_read_charges)

    @property
    def sides(self) -> tuple[str, str]:
        """Numerator and denominator as text, such as ``("K", "Ca+Mg")``."""
        return spoken(self.numerator), spoken(self.denominator)

    @property
    def subject(self) -> str:
        """What the limits are on, such as ``"K:Ca+Mg"``."""
        return ":".join(self.sides)

    @property
    def measure(self) -> str:
        """The words after a figure of it, such as ``"by mass"``."""
        return f"by {self.basis}"

    def judge(self, ratio: Ratio) -> Verdict:
        """Where a ratio lies: limits are inclusive, and a range that straddles one is undecided.

        Args:
            ratio: A ratio on the rule's basis.
        """
        return place(ratio.low, ratio.high, self.lower, self.upper)

    def check(self, mixture: Mixture) -> RatioCheck:
        """Hold a mixture against the rule.

        Args:
            mixture: A blend, product or analysis.

        Returns:
            The verdict with the ratio that it rests on, and whether the rule speaks of such a mixture.

        Raises:
            UnknownChargeError: The rule is on an equivalent basis, has no charge of its own for an
                element, and the mixture tells none.
        """
        notes = self.out_of_scope(mixture)
        ratio = None
        try:
            ratio = mixture.ratio(
                self.numerator, self.denominator, self.basis, charges=dict(self.charges) or None
            )
            verdict = self.judge(ratio)
            if ratio.partial:
                unknown = " and ".join(ratio.partial)
                note = f"how much there is in {unknown} is not known; the range allows for it"
                notes = (*notes, note)
        except UndefinedRatioError as error:
            verdict, notes = "undefined", (*notes, str(error))
        except UnknownContentError as error:
            verdict, notes = "undecided", (*notes, str(error))
        return RatioCheck(self, verdict, ratio, mixture.scope == self.scope, notes)


_Rule = TypeVar("_Rule", bound=Rule)


class Outcome(Generic[_Rule]):
    """Base of what came of holding a mixture against a rule."""

    __slots__ = ()

    rule: _Rule
    verdict: Verdict
    in_scope: bool

    @property
    def failed(self) -> bool:
        """Whether a rule that speaks of what was checked is not kept."""
        return self.in_scope and self.verdict in ("below", "above")

    @property
    def open(self) -> bool:
        """Whether the check decides nothing, being undecided, undefined, or out of scope."""
        return not self.in_scope or self.verdict in ("undefined", "undecided")

    def __str__(self) -> str:
        return f"{self.rule.id}: {self.verdict}" + ("" if self.in_scope else ", out of scope")


@attrs.frozen
class RatioCheck(Outcome[RatioRule]):
    """What came of holding a mixture against a rule.

    Attributes:
        rule: The rule.
        verdict: ``"within"``, ``"below"``, ``"above"``, ``"undefined"`` (no denominator) or
            ``"undecided"`` (the range straddles a limit, or a content is not known).
        ratio: The ratio that was judged; None where there is none.
        in_scope: Whether the rule speaks of what was checked.
        notes: Why, in a sentence each.
    """

    rule: RatioRule
    verdict: Verdict
    ratio: Ratio | None
    in_scope: bool
    notes: tuple[str, ...] = ()

    @property
    def figure(self) -> Ratio | None:
        """The ratio, as the figure that was judged."""
        return self.ratio


PLUGINS = RecordGroup("mineral_ratio.rules", RatioRule)
"""The sources of rules of plugins."""


@cache
def rules() -> Mapping[str, RatioRule]:
    """The bundled rules by their id (``data/ratio_rules.csv``)."""
    return MappingProxyType({row["id"]: _read_rule(row) for row in read_table("ratio_rules.csv")})


def number_in(row: dict[str, str], key: str) -> float | None:
    """A number of a row of the library's own tables; None where the cell is empty."""
    return float(row[key]) if row[key] else None


def provenance_in(row: dict[str, str]) -> dict[str, Any]:
    """What every row of a rule has: limits, whose they are, and what they rest on, as `Rule` takes it."""
    texts = ("scope", "population", "authority", "evidence", "evidence_note", "source_kind", "citation")
    return {
        "lower": number_in(row, "lower"),
        "upper": number_in(row, "upper"),
        "year": int(row["year"]) if row["year"] else None,
        "disputed": row["disputed"] == "yes",
        **{key: row[key] for key in texts},
    }


def _available(side: str, row: dict[str, str]) -> tuple[Analyte, ...]:
    """A side of a rule, where the row says so with the part of an element that is available."""
    parts = dict(pair.split(":") for pair in row["availability"].split(";") if pair)
    return tuple(
        NamedSpecies(
            f"available {asked}",
            asked.symbol,
            element=asked.symbol,
            factor=float(parts[asked.symbol]),
            source=row["citation"],
        )
        if isinstance(asked, Element) and asked.symbol in parts
        else asked
        for asked in read_sum(side)
    )


def _read_rule(row: dict[str, str]) -> RatioRule:
    charges = (pair.split(":") for pair in row["charges"].split(";") if pair)
    return RatioRule(
        row["id"],
        _available(row["numerator"], row),
        _available(row["denominator"], row),
        row["basis"],
        target=number_in(row, "target"),
        tolerance=number_in(row, "tolerance"),
        tolerance_source=row["tolerance_source"],
        charges=tuple((symbol.strip(), int(charge)) for symbol, charge in charges),
        **provenance_in(row),
    )


def rule(key: str | RatioRule) -> RatioRule:
    """The rule of an id, bundled or else of a plugin; a rule is returned as it is.

    Args:
        key: An id such as ``"ca-mg-durlach-1989"``.

    Raises:
        NotFoundError: No rule has this id.
    """
    return key if isinstance(key, RatioRule) else looked_up(key, "rule", rules(), PLUGINS)


def looked_up(
    key: object, kind: str, bundled: Mapping[str, _Rule], plugins: RecordGroup[Any] | None = None
) -> _Rule:
    """The rule of an id, bundled or else of a plugin; no plugin is loaded for a bundled one.

    Args:
        key: The id.
        kind: What is looked for, for errors.
        bundled: The bundled rules by their id.
        plugins: The sources of more of them.

    Raises:
        NotFoundError: No rule has this id.
    """
    if isinstance(key, str) and key in bundled:
        return bundled[key]
    served: dict[str, _Rule] = {each.id: each for each in reversed(plugins.records())} if plugins else {}
    if isinstance(key, str) and key in served:
        return served[key]
    ids = (*bundled, *served)
    begun = tuple(each for each in ids if each.partition("-")[0] == str(key).partition("-")[0])
    raise NotFoundError(
        str(key), kind, close(str(key), ids) or begun or ids, plugins.failed() if plugins else ()
    )
