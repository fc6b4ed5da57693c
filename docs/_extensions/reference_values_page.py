"""The directive ``reference-values``: a table of each authority's values, made at each build."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from filtered_tables import FilteredTables, folded, small, table

import mineral_ratio as mr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

PARTS = ("natural_food", "added_to_food", "water", "supplement", "medicine")


def counted(value: mr.ReferenceValue) -> str:
    """The parts of an intake that a value counts."""
    if value.counts == set(PARTS):
        return "all of an intake"
    return ", ".join(part.replace("_", " ") for part in PARTS if part in value.counts)


def row(value: mr.ReferenceValue) -> list[str]:
    """The cells of a value."""
    nutrient = (
        f"{value.analyte.name} ({value.analyte})" if isinstance(value.analyte, mr.Element) else value.analyte
    )
    keyed = f"Read {value.keyed} from the source. " if value.keyed else ""
    return [
        f"<strong>{escape(str(nutrient))}</strong>",
        escape(value.kind) + small("", ["not to be exceeded"] * value.upper),
        ("female or male, " if value.sex == "any" else "") + escape(value.group),
        escape(value.amount),
        counted(value),
        folded(value.edition + ", superseded" * value.superseded, [value.citation], keyed + value.note),
    ]


class ReferenceValuesDirective(FilteredTables):
    """All bundled reference values."""

    what = "nutrient, kind, group of people, part of an intake, edition or source"
    such_as = "magnesium UL, Se pregnant, male RDA, not set, supplement"

    def tables(self) -> Iterable[str]:
        """A table an authority, in the order of the data."""
        heads = ("Nutrient", "Kind", "For", "Value", "Counts", "Edition")
        values = mr.references()
        for authority in dict.fromkeys(value.authority for value in values):
            rows = [row(value) for value in values if value.authority == authority]
            yield table(authority, heads, rows, figures=("Value",))


def setup(app: Sphinx) -> dict[str, bool]:
    """Make the directive known."""
    app.add_directive("reference-values", ReferenceValuesDirective)
    return {"parallel_read_safe": True}
