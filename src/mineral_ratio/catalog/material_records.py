"""Records of materials from rows of text; see `records` for the columns in general."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mineral_ratio.catalog.records import build_all, read_compound, row_name
from mineral_ratio.errors import MineralRatioError, RecordErrors
from mineral_ratio.substances.analytes import analyte
from mineral_ratio.substances.formulas import Formula
from mineral_ratio.substances.materials import Material
from mineral_ratio.substances.specifications import Assay, Declared, read_basis, read_range

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeAlias

    from mineral_ratio.catalog.records import Row
    from mineral_ratio.errors import RecordError
    from mineral_ratio.substances.analytes import Analyte
    from mineral_ratio.substances.compounds import Compound
    from mineral_ratio.substances.specifications import Basis

    Substance: TypeAlias = Compound | Material

MATERIAL_COLUMNS = (
    "name",
    "compound",
    "declared",
    "declared_basis",
    "assay",
    "assay_of",
    "assay_basis",
    "loss_on_drying",
    "loss_on_drying_includes_crystal_water",
    "water",
    "loss_on_ignition",
    "synonyms",
    "source",
    "note",
)
"""Columns of a table of materials."""

# A declared content: the analyte up to the first sign, word or digit of its range.
_DECLARED = re.compile(
    r"(.+?)\s*(?=[<>=≤≥]|\b(?:min|max|nlt|nmt|at least|at most)\b|(?<![\w])\d)", re.IGNORECASE
)


def read_material(row: Row, compound_of: Callable[[str], Compound | None]) -> Material:
    """A material from a row of `MATERIAL_COLUMNS`.

    Args:
        row: The row.
        compound_of: Gives the compound of a name, or None.

    Raises:
        RecordError: A cell cannot be read, or the contents are more than mass allows.
    """
    row.only(MATERIAL_COLUMNS)
    name = row_name(row)
    compound = row.optional("compound", compound_of)
    if compound is None and row.text("compound"):
        raise row.error("compound", f"no compound is named {row.text('compound')!r}")
    basis = row.optional("declared_basis", read_basis) or "as_is"
    assay = row.optional(
        "assay",
        lambda text: Assay(
            text,
            of=row.read("assay_of", Formula.parse),
            basis=row.optional("assay_basis", read_basis) or "as_is",
        ),
    )
    declared = row.read("declared", lambda _: dict(_declared(item, basis) for item in row.listed("declared")))
    losses = {
        column: row.optional(column, read_range) for column in ("loss_on_drying", "water", "loss_on_ignition")
    }
    removes = row.flag("loss_on_drying_includes_crystal_water")
    try:
        return Material(
            compound,
            name=name,
            declared=declared,
            assay=assay,
            loss_on_drying=losses["loss_on_drying"],
            drying_removes_crystal_water=removes,
            water_content=losses["water"],
            loss_on_ignition=losses["loss_on_ignition"],
            synonyms=row.listed("synonyms"),
            citations=row.listed("source"),
            note=row.text("note"),
        )
    except MineralRatioError as error:
        raise row.error("", str(error)) from error


def _declared(item: str, basis: Basis) -> tuple[Analyte, Declared]:
    """An analyte and its content from ``"malic acid >= 52 %"``."""
    found = _DECLARED.match(item)
    if found is None:
        raise ValueError(f"{item!r} is no content: write 'Mg >= 20 %'")
    return analyte(found[1]), Declared(item[found.end() :], basis)


def read_records(
    compounds: Iterable[Row],
    materials: Iterable[Row],
    errors: Sequence[RecordError] = (),
    compound_of: Callable[[str], Compound | None] = lambda _: None,
) -> list[Substance]:
    """Compounds, and materials that may be made of them, all bad rows told at once.

    Args:
        compounds: Rows of compounds.
        materials: Rows of materials.
        errors: Errors that were found before.
        compound_of: Gives the compound of a name that is in none of the rows, or None.

    Raises:
        RecordErrors: Some rows are bad.
    """
    found = list(errors)
    built = build_all(compounds, read_compound, found)
    by_name = {compound.name: compound for compound in built}
    made = build_all(
        materials, lambda row: read_material(row, lambda name: by_name.get(name) or compound_of(name)), found
    )
    if found:
        count = "1 bad row" if len(found) == 1 else f"{len(found)} bad rows"
        raise RecordErrors(count, found)
    return [*built, *made]
