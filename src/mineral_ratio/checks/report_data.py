"""A report as plain data and back: masses in mg, amounts and equivalents in mmol.

Shares and percentages are reckoned from the figures beside them, so that a report that was read back
gives the same ones to the last bit.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from mineral_ratio.checks.index_rules import IndexCheck, IndexRule
from mineral_ratio.checks.indices import Index
from mineral_ratio.checks.labels import DailyPercent, LabelCheck, LabelTolerance
from mineral_ratio.checks.lines import ClaimLine, IngredientLine, Line
from mineral_ratio.checks.references import ReferenceCheck, ReferenceValue
from mineral_ratio.checks.rules import RatioCheck, RatioRule, rules
from mineral_ratio.errors import MineralRatioError
from mineral_ratio.mixtures.intakes import PARTS, LifeStage
from mineral_ratio.mixtures.ratios import Ratio
from mineral_ratio.substances.ranges import Interval

if TYPE_CHECKING:
    from mineral_ratio.checks.reports import CheckReport

SCHEMA = "mineral_ratio.check/2"
"""Name and version of the data that `CheckReport.as_dict` gives."""

DISCLAIMER = "Arithmetic on the figures given, not medical advice."

_Figure = TypeVar("_Figure", Ratio, Index)


def to_data(report: CheckReport) -> dict[str, Any]:
    """A report as plain data.

    Args:
        report: The report.
    """
    return {
        "schema": SCHEMA,
        "name": report.name,
        "per": report.per,
        "serving": report.serving,
        "servings_per_day": report.servings_per_day,
        "person": None if report.person is None else attrs.asdict(report.person),
        "counts": list(report.counts),
        "ingredients": [
            {
                "name": each.name,
                "formula": each.formula,
                "labelled_mg": _milli(each.labelled),
                "filled_mg": _milli(each.filled),
                "gives_mg": {symbol: _milli(grams) for symbol, grams in each.gives.items()},
            }
            for each in report.ingredients
        ],
        "elements": [_line(each) for each in report.elements],
        "species": [_line(each) for each in report.species],
        "unassigned_mg": None if report.unassigned is None else _milli(report.unassigned),
        "label_claims": [
            {"name": each.name, "claimed_mg": _milli(each.claimed), "filled_mg": _interval(each.filled)}
            for each in report.claims
        ],
        "label_checks": [_label_check(each) for each in report.label_checks],
        "daily_values": [_daily(each) for each in report.daily_values],
        "references": [_reference_check(each) for each in report.references],
        "ratios": [_ratio(each) for each in report.ratios],
        "checks": [
            {
                "verdict": each.verdict,
                "in_scope": each.in_scope,
                "ratio": None if each.ratio is None else _ratio(each.ratio),
                "notes": list(each.notes),
                "rule": _rule(each.rule),
            }
            for each in report.checks
        ],
        "index_checks": [
            {
                "verdict": each.verdict,
                "in_scope": each.in_scope,
                "index": None if each.index is None else _figure(each.index),
                "notes": list(each.notes),
                "rule": attrs.asdict(each.rule),
            }
            for each in report.index_checks
        ],
        "summary": report.summary,
        "readings": list(report.readings),
        "notes": list(report.notes),
        "atomic_weights": list(report.editions),
        "disclaimer": DISCLAIMER,
    }


def from_data(data: dict[str, Any]) -> dict[str, Any]:
    """The attributes of the report that gave plain data; what follows from others is not read.

    Args:
        data: What `to_data` gave, also after a way through JSON.

    Raises:
        ValueError: It is no such data, or of another version of the schema.
        MineralRatioError: A part of it is refused as it would be elsewhere.
    """
    found = data.get("schema") if isinstance(data, dict) else data
    if found != SCHEMA:
        raise ValueError(f"a report is data of the schema {SCHEMA!r}, not {found!r:.60}")
    try:
        return _attributes(data)
    except MineralRatioError:  # some of them are a KeyError or a TypeError too
        raise
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"not the data of a report: {type(error).__name__}: {error}") from error


def _attributes(data: dict[str, Any]) -> dict[str, Any]:
    return {
        **{key: data[key] for key in ("name", "per", "serving", "servings_per_day")},
        "person": None if data["person"] is None else LifeStage(**data["person"]),
        "counts": tuple(data["counts"]),
        "ingredients": tuple(
            IngredientLine(
                each["name"],
                each["formula"],
                _grams(each["labelled_mg"]),
                _grams(each["filled_mg"]),
                {symbol: _grams(mass) for symbol, mass in each["gives_mg"].items()},
            )
            for each in data["ingredients"]
        ),
        "elements": tuple(map(_line_from, data["elements"])),
        "species": tuple(map(_line_from, data["species"])),
        "unassigned": None if data["unassigned_mg"] is None else _grams(data["unassigned_mg"]),
        "claims": tuple(
            ClaimLine(each["name"], _grams(each["claimed_mg"]), _interval_from(each["filled_mg"]))
            for each in data["label_claims"]
        ),
        "label_checks": tuple(map(_label_check_from, data["label_checks"])),
        "daily_values": tuple(map(_daily_from, data["daily_values"])),
        "references": tuple(map(_reference_check_from, data["references"])),
        "ratios": tuple(map(_ratio_from, data["ratios"])),
        "checks": tuple(
            RatioCheck(
                _rule_from(each["rule"]),
                each["verdict"],
                None if each["ratio"] is None else _ratio_from(each["ratio"]),
                each["in_scope"],
                tuple(each["notes"]),
            )
            for each in data["checks"]
        ),
        # Data of this version were written without the key before there was one.
        "index_checks": tuple(
            IndexCheck(
                IndexRule(**each["rule"]),
                each["verdict"],
                None if each["index"] is None else _figure_from(Index, each["index"]),
                each["in_scope"],
                tuple(each["notes"]),
            )
            for each in data.get("index_checks", ())
        ),
        "readings": tuple(data["readings"]),
        "notes": tuple(data["notes"]),
        "editions": tuple(data["atomic_weights"]),
    }


def _milli(value: float) -> float:
    return 1000.0 * value


def _grams(milli: float) -> float:
    """The value whose thousandfold this is."""
    return milli / 1000.0


def _interval(found: Interval | None) -> dict[str, float] | None:
    if found is None:
        return None
    return {"value": _milli(found.value), "low": _milli(found.low), "high": _milli(found.high)}


def _interval_from(data: dict[str, float] | None) -> Interval | None:
    return None if data is None else Interval(*(_grams(data[key]) for key in ("value", "low", "high")))


def _shares(masses: dict[str, float] | None, value: float | None) -> dict[str, float] | None:
    """Masses in mg as fractions of a value in g."""
    if masses is None or value is None:
        return None
    return {end: mass / _milli(value) for end, mass in masses.items()}


def _line(each: Line) -> dict[str, Any]:
    return {
        "name": each.name,
        "mass_mg": _interval(each.mass),
        "amount_mmol": _interval(each.amount),
        "equivalents_mEq": _interval(each.equivalents),
        "note": each.note,
        "partial": list(each.partial),
    }


def _line_from(data: dict[str, Any]) -> Line:
    mass, amount, equivalents = (
        _interval_from(data[key]) for key in ("mass_mg", "amount_mmol", "equivalents_mEq")
    )
    return Line(data["name"], mass, amount, equivalents, data["note"], tuple(data["partial"]))


def _rule(each: RatioRule) -> dict[str, Any]:
    numerator, denominator = each.sides
    given = attrs.asdict(each, recurse=False)
    return {**given, "numerator": numerator, "denominator": denominator, "charges": dict(each.charges)}


def _rule_from(data: dict[str, Any]) -> RatioRule:
    """The bundled rule where it is the same: its sides may hold what has no name of its own."""
    known = rules().get(data["id"])
    if known is not None and _rule(known) == data:
        return known
    return RatioRule(**{field.name: data[field.name] for field in attrs.fields(RatioRule) if field.init})


def _figure(each: Ratio | Index) -> dict[str, Any]:
    """A ratio or an index as data; an upper bound that is infinite is null, as JSON has no infinity."""
    high = each.high if math.isfinite(each.high) else None
    return {**attrs.asdict(each), "high": high, "notes": list(each.notes)}


def _ratio(each: Ratio) -> dict[str, Any]:
    return {**_figure(each), "partial": list(each.partial)}


def _figure_from(kind: type[_Figure], data: dict[str, Any]) -> _Figure:
    given: dict[str, Any] = {**data, "notes": tuple(data["notes"])}
    if data["high"] is None:
        given["high"] = math.inf
    return kind(**given)


def _ratio_from(data: dict[str, Any]) -> Ratio:
    return _figure_from(Ratio, {**data, "partial": tuple(data["partial"])})


def _reference(each: ReferenceValue) -> dict[str, Any]:
    given = attrs.asdict(each, recurse=False)
    value = given.pop("value")
    return {
        **given,
        "analyte": str(each.analyte),
        "counts": [part for part in PARTS if part in each.counts],
        "value_mg": None if value is None else _milli(value),
    }


def _reference_from(data: dict[str, Any]) -> ReferenceValue:
    return ReferenceValue(**{key: value for key, value in data.items() if key != "value_mg"})


def _reference_check(each: ReferenceCheck) -> dict[str, Any]:
    intake = _interval(each.intake)
    shares = None if each.share is None else _shares(intake, each.reference.value)
    return {
        "verdict": each.verdict,
        "intake_mg": intake,
        "share": None if shares is None else shares["value"],
        "notes": list(each.notes),
        "reference": _reference(each.reference),
    }


def _reference_check_from(data: dict[str, Any]) -> ReferenceCheck:
    intake = _interval_from(data["intake_mg"])
    return ReferenceCheck(_reference_from(data["reference"]), data["verdict"], intake, tuple(data["notes"]))


def _daily(each: DailyPercent) -> dict[str, Any]:
    amount = _interval(each.amount)
    shares = _shares(amount, each.reference.value)
    return {
        "amount_mg": amount,
        "per": each.per,
        "claimed": each.claimed,
        "percent": None if shares is None else {end: 100.0 * share for end, share in shares.items()},
        "on_supplement": each.on_supplement,
        "on_food": each.on_food,
        "note": each.note,
        "reference": _reference(each.reference),
    }


def _daily_from(data: dict[str, Any]) -> DailyPercent:
    amount = _interval_from(data["amount_mg"])
    return DailyPercent(
        _reference_from(data["reference"]), amount, data["per"], data["claimed"], data["note"]
    )


def _label_check(each: LabelCheck) -> dict[str, Any]:
    tolerance = attrs.asdict(each.tolerance)
    tolerance["counts"] = [part for part in PARTS if part in each.tolerance.counts]
    return {
        "name": each.name,
        "claimed_mg": _milli(each.claimed),
        "filled_mg": _interval(each.filled),
        "verdict": each.verdict,
        "notes": list(each.notes),
        "tolerance": tolerance,
    }


def _label_check_from(data: dict[str, Any]) -> LabelCheck:
    return LabelCheck(
        LabelTolerance(**data["tolerance"]),
        data["name"],
        _grams(data["claimed_mg"]),
        _interval_from(data["filled_mg"]),
        data["verdict"],
        tuple(data["notes"]),
    )
