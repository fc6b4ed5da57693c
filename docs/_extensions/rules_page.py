"""The directive ``rules``: tables of all bundled rules, made at each build."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from filtered_tables import FilteredTables, folded, small, table

import mineral_ratio as mr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

HEADS = ("Rule", "Limits", "Speaks of", "Evidence", "Source")


def limits(rule: mr.RatioRule | mr.IndexRule) -> str:
    """The limits and what they are on; of a ratio also the target and the charges that the rule counts by."""
    cell = f"{escape(rule.limits)}<br>{escape(rule.measure)}"
    if not isinstance(rule, mr.RatioRule):
        return cell
    if rule.target is not None:
        off = "" if rule.tolerance is None else f" ± {100 * rule.tolerance:.4g} %"
        cell += small("", [f"target {rule.target:g}{off}"]) + small("", [rule.tolerance_source])
    return cell + small("charges: ", [f"{symbol} {charge}" for symbol, charge in rule.charges])


def row(rule: mr.RatioRule | mr.IndexRule) -> list[str]:
    """The cells of a rule."""
    whose = ", ".join(filter(None, (rule.authority, str(rule.year or ""))))
    return [
        f"<strong>{escape(rule.id)}</strong><br>{escape(rule.subject)}",
        limits(rule),
        escape(rule.scope) + small("", [rule.population]),
        folded(rule.evidence + ", disputed" * rule.disputed, (), rule.evidence_note),
        f"{escape(whose)}<br>" * bool(whose) + folded(rule.source_kind, [rule.citation]),
    ]


class RulesDirective(FilteredTables):
    """All bundled rules."""

    what = "id, analyte, scope, population, evidence or source"
    such_as = "Ca, ration, regulation, marketing claim, WHO"

    def tables(self) -> Iterable[str]:
        """Those on ratios, then those on indices."""
        yield table("Rules on ratios", HEADS, map(row, mr.rules().values()))
        yield table("Rules on indices", HEADS, map(row, mr.index_rules().values()))


def setup(app: Sphinx) -> dict[str, bool]:
    """Make the directive known."""
    app.add_directive("rules", RulesDirective)
    return {"parallel_read_safe": True}
