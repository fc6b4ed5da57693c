"""Ranges and what causes them: exact bounds of sums and of ratios.

An assay of 90 to 98 % is one cause. Everything that depends on it moves with it, so that a sum or
a ratio is bounded by what its causes can do together, never by low divided by high. A quantity is
a sum of `Term`s, each a coefficient times factors; a factor is the value of a cause, or one minus
it (what a loss leaves). Such a sum is affine in each cause by itself, and a ratio of two is
monotone in each, so that the extremes lie at corners, where every cause is at one of its ends.
"""

from __future__ import annotations

import math
import re
import sys
from itertools import product
from typing import TYPE_CHECKING, Literal

import attrs

from mineral_ratio.errors import MassBalanceError, UndefinedRatioError, UnitError
from mineral_ratio.units import read_fraction

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import TypeAlias

    Side: TypeAlias = Literal["stated", "typical", "minimum", "maximum", "midpoint"]

    Corner: TypeAlias = Mapping["Cause", float]

_LONGEST = 200
_BOUNDED = re.compile(
    r"([<>]=|[≥≤]|minimum|maximum|min\.?|max\.?|at least|at most|up to|not (?:less|more) than|n[lm]t)\s*(.+)",
    re.IGNORECASE,
)
_BOUND_LAST = re.compile(r"(.+?)\s*(minimum|maximum|min\.?|max\.?)", re.IGNORECASE)
_BETWEEN = re.compile(r"(.+?)\s*(?:\bto\b|(?<![eE])[-–—]|\.\.\.?|…)\s*(.+)")
_TYPICAL = re.compile(r"(?:^|[\s,;(])\s*(?:typical(?:ly)?|typ\.?)\s*(.+?)\)?$", re.IGNORECASE)
_MINIMUM = frozenset((">=", "≥", "minimum", "min", "min.", "at least", "not less than", "nlt"))
_NUMBER_AND_UNIT = re.compile(r"[\d.,\s]*\d(?:e[+-]?\d+)?\s*(\D.*)?", re.IGNORECASE)


@attrs.frozen
class Interval:
    """A value with the bounds that its causes allow, all in one unit.

    Attributes:
        value: At the nominal value of every cause.
        low: The exact minimum over all causes.
        high: The exact maximum over all causes.
    """

    value: float
    low: float
    high: float


@attrs.frozen
class Range:
    """A stated fraction: a point, a range, or a limit on one side.

    Attributes:
        low: Lower limit as a mass fraction, or None where none is stated.
        high: Upper limit as a mass fraction, or None where none is stated.
        typical: Typical value as a mass fraction, or None where none is stated.
        text: The statement as it was written.

    Raises:
        MassBalanceError: Nothing is stated, an end is negative or not finite, or the ends are not in order.
    """

    low: float | None
    high: float | None
    typical: float | None = None
    text: str = attrs.field(default="", eq=False)

    def __attrs_post_init__(self) -> None:
        for end in (self.low, self.high, self.typical):
            if end is not None and not 0.0 <= end <= sys.float_info.max:
                raise MassBalanceError(f"{self.text or end}: a fraction is finite and not negative")
        if self.low is None and self.high is None and self.typical is None:
            raise MassBalanceError("a range states a limit or a typical value")
        low, high = self.low or 0.0, math.inf if self.high is None else self.high
        if low > high:
            raise MassBalanceError(f"{self}: the lower limit is above the upper one")
        if self.typical is not None and not low <= self.typical <= high:
            raise MassBalanceError(f"{self}: the typical value is outside the limits")

    @classmethod
    def parse(cls, text: str) -> Range:
        """Read ``29 %``, ``>= 20 %``, ``<= 3 %``, ``12 to 15 %`` or ``12 to 15 %, typical 13 %``.

        Args:
            text: The statement. Units are those of a mass fraction (``%``, ``mg/kg``, ``mg/g``,
                ``ppm`` ...); ``min``, ``max`` (before or after), ``at least``, ``at most``, ``up to``,
                ``NLT`` and ``NMT`` are read as the signs are.

        Returns:
            The range, as fractions.

        Raises:
            UnitError: The text is no such statement, or has no unit.
            MassBalanceError: A limit is negative or the limits cross.
        """
        if not isinstance(text, str):
            raise UnitError(
                f"a content is text with a unit, such as '29 %' or '>= 20 %', not {text!r}",
                text,
                "mass fraction",
            )
        body = text.strip()
        if len(body) > _LONGEST:
            raise UnitError(f"{body[:40]!r}...: {len(body)} characters are no content", text, "mass fraction")
        typical = None
        if found := _TYPICAL.search(body):
            typical = read_fraction(found[1])
            body = body[: found.start()].strip()
            if not body:
                return cls(None, None, typical, text.strip())
        if found := _BOUND_LAST.fullmatch(body):
            body = f"{found[2]} {found[1]}"
        if found := _BOUNDED.fullmatch(body):
            limit = read_fraction(found[2])
            least = found[1].lower() in _MINIMUM
            return cls(limit if least else None, None if least else limit, typical, text.strip())
        if found := _BETWEEN.fullmatch(body):
            first, second = found[1], found[2]
            lower, upper = _NUMBER_AND_UNIT.fullmatch(first), _NUMBER_AND_UNIT.fullmatch(second)
            if lower and not lower[1] and upper and upper[1]:
                first = f"{first} {upper[1]}"
            return cls(read_fraction(first), read_fraction(second), typical, text.strip())
        point = read_fraction(body)
        return cls(point, point, typical, text.strip())

    @property
    def nominal(self) -> tuple[float, Side]:
        """The value to work with and which one it is, typical, a guaranteed limit, or the midpoint."""
        if self.typical is not None:
            return self.typical, "typical"
        if self.high is None:
            return self.low or 0.0, "minimum"
        if self.low is None:
            return self.high, "maximum"
        if self.low == self.high:
            return self.low, "stated"
        return (self.low + self.high) / 2, "midpoint"

    def __str__(self) -> str:
        if self.text:
            return self.text
        if self.low is None and self.high is None:
            return f"typical {100 * (self.typical or 0.0):.6g} %"
        if self.low is None or self.high is None:
            sign, limit = (">=", self.low) if self.high is None else ("<=", self.high)
            text = f"{sign} {100 * (limit or 0.0):.6g} %"
        elif self.low == self.high:
            text = f"{100 * self.low:.6g} %"
        else:
            text = f"{100 * self.low:.6g} to {100 * self.high:.6g} %"
        return text if self.typical is None else f"{text}, typical {100 * self.typical:.6g} %"


@attrs.frozen
class Cause:
    """One independent reason for a range, such as the assay of one material.

    Two causes that are equal are the same cause: a material that stands twice in a blend is one
    lot. Lots that vary apart need names of their own.

    Attributes:
        owner: Name of the material.
        label: What varies, such as ``assay`` or ``loss on drying``.
        low: Its least value, a mass fraction.
        value: Its nominal value.
        high: Its greatest value.
    """

    owner: str
    label: str
    low: float
    value: float
    high: float

    @property
    def varies(self) -> bool:
        """Whether the cause has any width."""
        return self.low < self.high


@attrs.frozen
class Factor:
    """The value of a cause, or what it leaves (one minus it)."""

    cause: Cause
    complement: bool = False

    def at(self, value: float) -> float:
        """The factor where its cause has this value."""
        return 1.0 - value if self.complement else value


@attrs.frozen
class Term:
    """A coefficient times factors.

    Attributes:
        coefficient: Any finite number, in the unit of the sum.
        factors: The factors, none for a constant.
    """

    coefficient: float
    factors: tuple[Factor, ...] = ()

    def times(self, number: float) -> Term:
        """The term with another coefficient."""
        return Term(self.coefficient * number, self.factors)

    def at(self, corner: Corner) -> float:
        """The term where its causes have the values of a corner, nominal where it names none."""
        result = self.coefficient
        for factor in self.factors:
            result *= factor.at(corner.get(factor.cause, factor.cause.value))
        return result


def nominal(terms: Iterable[Term]) -> float:
    """The value of a sum where every cause has its nominal value, without its bounds."""
    return _total(terms, {})


def _total(terms: Iterable[Term], corner: Corner) -> float:
    return math.fsum(term.at(corner) for term in terms)


def _components(terms: Sequence[Term]) -> list[list[Term]]:
    """The terms in groups that share no varying cause, so that each can be bounded by itself."""
    groups: dict[Cause, list[Term]] = {}
    for term in terms:
        causes = [factor.cause for factor in term.factors if factor.cause.varies]
        joined = {id(groups[cause]): groups[cause] for cause in causes if cause in groups}
        merged = max(joined.values(), key=len, default=list[Term]())
        for group in joined.values():
            if group is not merged:
                merged.extend(group)
        merged.append(term)
        moved = [f.cause for member in merged for f in member.factors] if len(joined) > 1 else causes
        groups.update(dict.fromkeys(moved, merged))
    return list({id(group): group for group in groups.values()}.values())


def _greatest_corner(terms: Sequence[Term]) -> dict[Cause, float]:
    """The corner at which a sum is greatest.

    Causes in several terms are tried at both ends; once those stand, a term's own causes go to
    whichever ends make that term greatest, so that the work grows with the shared causes only.
    """
    corner: dict[Cause, float] = {}
    for group in _components(terms):
        uses: dict[Cause, int] = {}
        for term in group:
            for cause in {factor.cause for factor in term.factors if factor.cause.varies}:
                uses[cause] = uses.get(cause, 0) + 1
        shared = [cause for cause, count in uses.items() if count > 1]
        best = -math.inf
        chosen: dict[Cause, float] = {}
        for fixed in product(*((cause.low, cause.high) for cause in shared)):
            trial = dict(zip(shared, fixed, strict=True))
            for term in group:
                own = list(dict.fromkeys(f.cause for f in term.factors if uses.get(f.cause) == 1))
                picks = [
                    dict(zip(own, ends, strict=True)) for ends in product(*((c.low, c.high) for c in own))
                ]
                values = [term.at(trial | pick) for pick in picks]
                trial |= picks[values.index(max(values))]
            if (value := _total(group, trial)) > best:
                best, chosen = value, trial
        corner |= chosen
    return corner


def bounds(terms: Sequence[Term]) -> Interval:
    """The value of a sum and its exact extremes over all causes.

    Args:
        terms: The terms of the sum.

    Returns:
        Value, low and high in the unit of the coefficients.
    """
    value = _total(terms, {})
    if not any(factor.cause.varies for term in terms for factor in term.factors):
        return Interval(value, value, value)
    high = _total(terms, _greatest_corner(terms))
    low = _total(terms, _greatest_corner([term.times(-1.0) for term in terms]))
    return Interval(value, min(low, value), max(high, value))


def _cancelled(numerator: Sequence[Term], denominator: Sequence[Term]) -> tuple[list[Term], list[Term]]:
    """Both sums without the factors that every term of both has: they divide out."""
    terms = [*numerator, *denominator]
    first = terms[0].factors if terms else ()
    common = [factor for factor in first if all(factor in term.factors for term in terms)]

    def strip(term: Term) -> Term:
        left = list(term.factors)
        for factor in common:
            left.remove(factor)
        return Term(term.coefficient, tuple(left))

    return [strip(term) for term in numerator], [strip(term) for term in denominator]


def _greatest_ratio(
    numerator: Sequence[Term], denominator: Sequence[Term], start: float, sign: float
) -> float:
    """The greatest ratio (sign +1) or the least (sign -1).

    Dinkelbach's iteration: at the greatest ratio r the greatest value of numerator - r x
    denominator is zero; each corner found on the way gives a better ratio, until none does.
    (W. Dinkelbach, Management Science 13 (1967) 492-498, doi 10.1287/mnsc.13.7.492.)
    """
    ratio = start
    while True:
        weighed = [term.times(sign) for term in numerator]
        weighed += [term.times(-sign * ratio) for term in denominator]
        corner = _greatest_corner(weighed)
        below = _total(denominator, corner)
        # A corner with neither adds nothing: its neighbours reach every ratio found near it.
        if not below > 0.0:
            return ratio
        better = _total(numerator, corner) / below
        if not sign * better > sign * ratio:
            return ratio
        ratio = better


def _unbounded(numerator: Sequence[Term], denominator: Sequence[Term], scale: float) -> bool:
    """Whether a corner has a numerator and no denominator."""
    if bounds(denominator).low > 0.0:
        return False
    weight = 1e15 * bounds(numerator).high / scale
    corner = _greatest_corner([*numerator, *(term.times(-weight) for term in denominator)])
    return not _total(denominator, corner) > 0.0 and _total(numerator, corner) > 0.0


def ratio_bounds(numerator: Sequence[Term], denominator: Sequence[Term]) -> Interval:
    """The ratio of two sums and its exact extremes over all causes.

    Args:
        numerator: Terms of the upper sum, none of them negative.
        denominator: Terms of the lower sum, in the same unit, none of them negative.

    Returns:
        Value, low and high of the ratio; ``high`` is infinite where a corner has no denominator.

    Raises:
        UndefinedRatioError: The denominator is zero at its nominal value.
    """
    numerator, denominator = _cancelled(numerator, denominator)
    below = _total(denominator, {})
    if not below > 0.0:
        raise UndefinedRatioError("the denominator is zero")
    value = _total(numerator, {}) / below
    if not any(factor.cause.varies for term in (*numerator, *denominator) for factor in term.factors):
        return Interval(value, value, value)
    low = _greatest_ratio(numerator, denominator, value, -1.0)
    if _unbounded(numerator, denominator, below):
        return Interval(value, low, math.inf)
    return Interval(value, low, _greatest_ratio(numerator, denominator, value, +1.0))
