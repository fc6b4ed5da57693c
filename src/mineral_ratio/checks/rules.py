"""Ratio rules: limits on a ratio with their basis, scope, evidence and citation.

The bundled rules are the rows of ``data/ratio_rules.csv``. A rule is somebody's; the library
applies it and says whose it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, cast

import attrs

from mineral_ratio.catalog.names import close
from mineral_ratio.errors import (
    MassBalanceError,
    NotFoundError,
    UndefinedRatioError,
    UnitError,
    UnknownContentError,
)
from mineral_ratio.mixtures.mixture import plain_number
from mineral_ratio.mixtures.ratios import Ratio, read_basis, read_sum, spoken
from mineral_ratio.substances._tables import read_table
from mineral_ratio.substances.elements import symbol_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    from mineral_ratio.mixtures.mixture import Mixture
    from mineral_ratio.mixtures.ratios import Basis
    from mineral_ratio.substances.elements import ElementLike
    from mineral_ratio.substances.ions import Analyte

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

# A difference smaller than this, relative to the limit, is rounding of the arithmetic: equality.
_EQUAL = 1e-9


def _read_evidence(value: str) -> Evidence:
    for evidence in EVIDENCE:
        if value == evidence:
            return evidence
    raise NotFoundError(value, "evidence", EVIDENCE)


def _read_limit(value: float | None) -> float | None:
    if value is None:
        return None
    number = plain_number(value)
    if number is None:
        raise UnitError(f"a limit is a finite number of zero or more, not {value!r}", value, "number")
    return number


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
class RatioRule:
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
        scope: What the rule speaks of: ``"product"``, ``"total diet"``, ``"ration"``, ``"water"``.
        population: Whom it is for.
        authority: Who set it.
        year: When.
        evidence: ``"regulation"``, ``"strong"``, ``"moderate"``, ``"low"``, ``"contested"``,
            ``"refuted"`` or ``"marketing claim"``.
        evidence_note: What the evidence is.
        source_kind: What was opened for the row: a ``"primary"``, ``"secondary"`` or ``"tertiary"``
            source, or an ``"abstract"``.
        citation: Where it was read.
        disputed: Whether others dispute it.
        charges: On an equivalent basis, the rule's own charge numbers by symbol.

    Raises:
        NotFoundError: A side names no analyte, or the evidence is none of these.
        UnitError: The basis is none of the three, or a limit or charge is no number that it can be.
        MassBalanceError: There is no limit, or the limits cross.
    """

    id: str
    numerator: tuple[Analyte, ...] = attrs.field(converter=read_sum)
    denominator: tuple[Analyte, ...] = attrs.field(converter=read_sum)
    basis: Basis = attrs.field(converter=read_basis)
    lower: float | None = attrs.field(default=None, kw_only=True, converter=_read_limit)
    upper: float | None = attrs.field(default=None, kw_only=True, converter=_read_limit)
    target: float | None = attrs.field(default=None, kw_only=True, converter=_read_limit)
    tolerance: float | None = attrs.field(default=None, kw_only=True, converter=_read_limit)
    tolerance_source: str = attrs.field(default="", kw_only=True)
    scope: str = attrs.field(kw_only=True)
    population: str = attrs.field(default="", kw_only=True)
    authority: str = attrs.field(default="", kw_only=True)
    year: int | None = attrs.field(default=None, kw_only=True)
    evidence: Evidence = attrs.field(kw_only=True, converter=_read_evidence)
    evidence_note: str = attrs.field(default="", kw_only=True)
    source_kind: str = attrs.field(default="", kw_only=True)
    citation: str = attrs.field(kw_only=True)
    disputed: bool = attrs.field(default=False, kw_only=True)
    charges: tuple[tuple[str, int], ...] = attrs.field(default=(), kw_only=True, converter=_read_charges)

    def __attrs_post_init__(self) -> None:
        limits = [limit for limit in (self.lower, self.upper) if limit is not None]
        if not limits or limits != sorted(limits):
            raise MassBalanceError(
                f"{self.id}: a rule has a lower or an upper limit, not {self.lower} and {self.upper}"
            )

    @property
    def sides(self) -> tuple[str, str]:
        """Numerator and denominator as text, such as ``("K", "Ca+Mg")``."""
        return spoken(self.numerator), spoken(self.denominator)

    @property
    def limits(self) -> str:
        """The limits as text, such as ``"1.7 to 2.6"``, ``"at most 2"``."""
        if self.lower is None:
            return f"at most {self.upper:.12g}"
        if self.upper is None:
            return f"at least {self.lower:.12g}"
        return f"{self.lower:.12g} to {self.upper:.12g}"

    def judge(self, ratio: Ratio) -> Verdict:
        """Where a ratio lies: limits are inclusive, and a range that straddles one is undecided.

        Args:
            ratio: A ratio on the rule's basis.
        """
        lower = None if self.lower is None else self.lower * (1.0 - _EQUAL)
        upper = None if self.upper is None else self.upper * (1.0 + _EQUAL)
        if lower is not None and ratio.high < lower:
            return "below"
        if upper is not None and ratio.low > upper:
            return "above"
        if (lower is None or ratio.low >= lower) and (upper is None or ratio.high <= upper):
            return "within"
        return "undecided"

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
        notes: tuple[str, ...] = ()
        if mixture.scope != self.scope:
            spoken = f"this is a {mixture.scope}" if mixture.scope else "what this is was not said"
            notes = (f"the rule speaks of the {self.scope}; {spoken}",)
        ratio = None
        try:
            ratio = mixture.ratio(
                self.numerator, self.denominator, self.basis, charges=dict(self.charges) or None
            )
            verdict = self.judge(ratio)
            if ratio.partial:
                notes = (
                    *notes,
                    f"how much there is in {' and '.join(ratio.partial)} is not known; the range allows for it",
                )
        except UndefinedRatioError as error:
            verdict, notes = "undefined", (*notes, str(error))
        except UnknownContentError as error:
            verdict, notes = "undecided", (*notes, str(error))
        return RatioCheck(self, verdict, ratio, mixture.scope == self.scope, notes)


@attrs.frozen
class RatioCheck:
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

    def __str__(self) -> str:
        return f"{self.rule.id}: {self.verdict}" + ("" if self.in_scope else ", out of scope")

    @property
    def failed(self) -> bool:
        """Whether a rule that speaks of what was checked is not kept."""
        return self.in_scope and self.verdict in ("below", "above")

    @property
    def open(self) -> bool:
        """Whether the check decides nothing, being undecided, undefined, or out of scope."""
        return not self.in_scope or self.verdict in ("undefined", "undecided")


@cache
def rules() -> Mapping[str, RatioRule]:
    """The bundled rules by their id (``data/ratio_rules.csv``)."""
    return MappingProxyType({row["id"]: _read_rule(row) for row in read_table("ratio_rules.csv")})


def _read_rule(row: dict[str, str]) -> RatioRule:
    def number(key: str) -> float | None:
        return float(row[key]) if row[key] else None

    charges = (pair.split(":") for pair in row["charges"].split(";") if pair)
    return RatioRule(
        row["id"],
        row["numerator"],
        row["denominator"],
        row["basis"],
        lower=number("lower"),
        upper=number("upper"),
        target=number("target"),
        tolerance=number("tolerance"),
        tolerance_source=row["tolerance_source"],
        scope=row["scope"],
        population=row["population"],
        authority=row["authority"],
        evidence=row["evidence"],
        evidence_note=row["evidence_note"],
        source_kind=row["source_kind"],
        year=int(row["year"]) if row["year"] else None,
        citation=row["citation"],
        disputed=row["disputed"] == "yes",
        charges=tuple((symbol.strip(), int(charge)) for symbol, charge in charges),
    )


def rule(key: str | RatioRule) -> RatioRule:
    """The bundled rule of an id; a rule is returned as it is.

    Args:
        key: An id such as ``"ca-mg-durlach-1989"``.

    Raises:
        NotFoundError: No rule has this id.
    """
    if isinstance(key, RatioRule):
        return key
    if not isinstance(key, str) or key not in rules():
        raise NotFoundError(str(key), "rule", close(str(key), rules()) or tuple(rules()))
    return rules()[key]
