"""Labels: percentages of daily values as a label prints them, and contents held against claims."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

import attrs

from mineral_ratio.checks.verdicts import place
from mineral_ratio.errors import UnknownContentError
from mineral_ratio.mixtures.intakes import read_parts, spoken_parts
from mineral_ratio.mixtures.products import Product
from mineral_ratio.substances.analytes import basis_element, conversion, same_element
from mineral_ratio.substances.atomic_weights import default_weights
from mineral_ratio.substances.ranges import Interval, bounds

if TYPE_CHECKING:
    from typing import TypeAlias

    from mineral_ratio.checks.references import ReferenceValue
    from mineral_ratio.mixtures.intakes import Part
    from mineral_ratio.mixtures.mixture import Mixture
    from mineral_ratio.mixtures.products import LabelClaim

    Kept: TypeAlias = Literal["within", "below", "above", "undecided", "not applied"]

# A share this little under the middle between two steps is rounding of the arithmetic.
_ROUNDING = 1e-9


@attrs.frozen
class DailyPercent:
    """What is labelled or held of a nutrient, as a percentage of a daily value for labels.

    Attributes:
        reference: The daily value.
        amount: Mass in g; None where it is not known.
        per: What the mass is of: ``"serving"``, ``"day"``, or what an analysis says.
        claimed: Whether the mass is the label's claim; it is what is held else.
        note: Why there is no percentage.
    """

    reference: ReferenceValue
    amount: Interval | None
    per: str
    claimed: bool = False
    note: str = ""

    @property
    def percent(self) -> Interval | None:
        """The percentage, not rounded; None where either figure is not known."""
        value, amount = self.reference.value, self.amount
        if value is None or amount is None:
            return None
        return Interval(*(100.0 * grams / value for grams in (amount.value, amount.low, amount.high)))

    @property
    def on_supplement(self) -> int | None:
        """As a supplement's label prints it, in whole percents (21 CFR 101.36(b)(2)(iii)(C)).

        EU law names no steps for percentages of an NRV: whole percents too.
        """
        return None if self.percent is None else _rounded(self.percent.value, 1)

    @property
    def on_food(self) -> int | None:
        """As a US food label prints it (21 CFR 101.9(c)(8)(iii)); None for other values than a DV.

        In steps of 2 up to 10 percent, of 5 up to 50 percent, of 10 above; sodium, which has a daily
        reference value, in whole percents (101.9(d)(7)(ii)).
        """
        if self.percent is None or self.reference.kind != "DV":
            return None
        value = self.percent.value
        if str(self.reference.analyte) == "Na":
            return _rounded(value, 1)
        return _rounded(value, 2 if value <= 10.0 else 5 if value <= 50.0 else 10)


def _rounded(value: float, step: int) -> int:
    """To the nearest step; half a step goes up."""
    return step * math.floor(value / step + 0.5 + _ROUNDING)


def daily_percent(mixture: Mixture, reference: ReferenceValue, per: str) -> DailyPercent:
    """What a label claims of a nutrient, or else what is held, beside a daily value for labels.

    A DV is of a serving (21 CFR 101.36(b)(2)(iii)), an NRV on a supplement of the portion that is
    recommended for a day (Directive 2002/46/EC, article 8).

    Args:
        mixture: A blend, product or analysis.
        reference: The daily value.
        per: What the mixture's amounts refer to.
    """
    times = 1.0
    if isinstance(mixture, Product) and reference.kind == "NRV":
        if mixture.per_day is None:
            return DailyPercent(reference, None, "day", note="what is taken in a day is not said")
        per, times = "day", mixture.per_day
    claims = mixture.label_claims if isinstance(mixture, Product) else ()
    grams = _claimed(claims, reference)
    if grams is not None:
        grams *= times
        return DailyPercent(reference, Interval(grams, grams, grams), per, claimed=True)
    try:
        held = bounds(mixture.find(reference.analyte).terms)
    except UnknownContentError as error:
        return DailyPercent(reference, None, per, note=str(error))
    return DailyPercent(reference, Interval(held.value * times, held.low * times, held.high * times), per)


def _claimed(claims: tuple[LabelClaim, ...], reference: ReferenceValue) -> float | None:
    """What is claimed of the nutrient in g, in whatever form; None where nothing is."""
    for claim in claims:
        if claim.analyte == reference.analyte:
            return claim.grams
        if same_element(claim.analyte, reference.analyte):
            return claim.grams * conversion(claim.analyte, reference.analyte, default_weights())
    return None


@attrs.frozen
class LabelTolerance:
    """What a content may be beside the claim of a label.

    Attributes:
        id: Its name.
        lower: Least content, a fraction of the claim.
        upper: Greatest content, a fraction of the claim; None for none.
        counts: The parts of an intake that it is for.
        authority: Who set it.
        year: When, as far as one year can be told.
        evidence: ``"regulation"`` or ``"guidance"``.
        note: What it says besides.
        citation: Where it is.
    """

    id: str
    lower: float
    upper: float | None
    counts: frozenset[Part] = attrs.field(converter=read_parts)
    authority: str
    year: int | None
    evidence: str
    note: str
    citation: str

    @property
    def limits(self) -> str:
        """The limits as text, such as ``"80 to 145 % of the claim"``."""
        if self.upper is None:
            return f"at least {100 * self.lower:g} % of the claim"
        return f"{100 * self.lower:g} to {100 * self.upper:g} % of the claim"


TOLERANCES = (
    LabelTolerance(
        "label-us-class-i",
        1.0,
        None,
        ("supplement", "added_to_food"),
        "FDA",
        None,
        "regulation",
        "Class I: added nutrients. The content is at least the claim; reasonable excesses are accepted "
        "within good manufacturing practice (101.9(g)(6)).",
        "21 CFR 101.9(g)(3)(i) and (g)(4)(i); for supplements 101.36(f)(1)",
    ),
    LabelTolerance(
        "label-eu-supplement-minerals",
        0.80,
        1.45,
        ("supplement",),
        "European Commission",
        2012,
        "guidance",
        "+45 % and -20 % for minerals in food supplements, measurement uncertainty included, throughout the "
        "shelf life. The document says that it has no formal legal status.",
        "European Commission, Guidance document on tolerances for nutrient values declared on a label, "
        "December 2012",
    ),
)
"""The tolerances that claims of minerals are held against, side by side."""


@attrs.frozen
class LabelCheck:
    """What came of holding a content against a label's claim.

    Attributes:
        tolerance: The tolerance.
        name: The analyte.
        claimed: Claimed mass in g.
        filled: Mass in g as filled, with its bounds; None where it is not known.
        verdict: ``"within"``, ``"below"``, ``"above"``, ``"undecided"`` or ``"not applied"``.
        notes: Why, in a sentence each.
    """

    tolerance: LabelTolerance
    name: str
    claimed: float
    filled: Interval | None
    verdict: Kept
    notes: tuple[str, ...] = ()


def label_checks(product: Product) -> tuple[LabelCheck, ...]:
    """Every claim of a mineral held against each tolerance: low ends of contents against low limits.

    Args:
        product: The product, as filled.
    """
    return tuple(
        _label_check(product, claim, tolerance)
        for claim in product.label_claims
        if basis_element(claim.analyte) is not None
        for tolerance in TOLERANCES
    )


def _label_check(product: Product, claim: LabelClaim, tolerance: LabelTolerance) -> LabelCheck:
    notes: list[str] = []
    filled: Interval | None = None
    verdict: Kept = "undecided"
    try:
        found = product.find(claim.analyte)
    except UnknownContentError as error:
        notes.append(str(error))
    else:
        filled = bounds(found.terms)
        upper = None if tolerance.upper is None else tolerance.upper * claim.grams
        verdict = place(filled.low, filled.high, tolerance.lower * claim.grams, upper)
    if not product.counts <= tolerance.counts:
        verdict = "not applied"
        notes.append(
            f"it is for {spoken_parts(tolerance.counts)}, and this is {spoken_parts(product.counts)}"
        )
    return LabelCheck(tolerance, str(claim.analyte), claim.grams, filled, verdict, tuple(notes))
