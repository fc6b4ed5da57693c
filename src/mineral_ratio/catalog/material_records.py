"""Records of materials from rows of text; see `records` for the columns in general."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mineral_ratio.catalog.records import build_all, read_compound, refuse, yes_or_no
from mineral_ratio.errors import MineralRatioError, RecordErrors
from mineral_ratio.substances.analytes import analyte
from mineral_ratio.substances.formulas import Formula
from mineral_ratio.substances.materials import Material
from mineral_ratio.substances.specifications import Assay, Declared, read_basis, read_range

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import TypeAlias

    from mineral_ratio.catalog.records import Row
    from mineral_ratio.errors import RecordError
    from mineral_ratio.substances.analytes import Analyte
    from mineral_ratio.substances.compounds import Compound
    from mineral_ratio.substances.ranges import Range
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
        RecordErrors: Several cells cannot be read.
    """

    def named(text: str) -> Compound:
        if (compound := compound_of(text)) is None:
            raise ValueError(f"no compound is named {text!r}")
        return compound

    cells, errors = row.each({"compound": named, **_MATERIAL_CELLS}, MATERIAL_COLUMNS)
    if row.text("assay") and not row.text("assay_of"):
        errors.append(row.error("assay_of", "an assay is that of a formula"))
    refuse(errors)
    assay = cells["assay"] and Assay(
        cells["assay"], of=cells["assay_of"], basis=cells["assay_basis"] or "as_is"
    )
    basis: Basis = cells["declared_basis"] or "as_is"
    try:
        return Material(
            cells["compound"],
            name=row.text("name"),
            declared=tuple((asked, Declared(stated, basis)) for asked, stated in cells["declared"] or ()),
            assay=assay,
            loss_on_drying=cells["loss_on_drying"],
            drying_removes_crystal_water=cells["loss_on_drying_includes_crystal_water"],
            water_content=cells["water"],
            loss_on_ignition=cells["loss_on_ignition"],
            synonyms=row.listed("synonyms"),
            citations=row.listed("source"),
            note=row.text("note"),
        )
    except MineralRatioError as error:
        stating = next((field for field in ("declared", "assay") if row.text(field)), "compound")
        raise row.error(stating, str(error)) from error


def _declared(text: str) -> list[tuple[Analyte, Range]]:
    """Analytes and their contents from ``"malic acid >= 52 %; Mg 20 %"``."""
    pairs: list[tuple[Analyte, Range]] = []
    for item in filter(None, map(str.strip, text.split(";"))):
        found = _DECLARED.match(item)
        if found is None:
            raise ValueError(f"{item!r} is no content: write 'Mg >= 20 %'")
        pairs.append((analyte(found[1]), read_range(item[found.end() :])))
    return pairs


_MATERIAL_CELLS: Mapping[str, Callable[[str], Any]] = {
    "declared": _declared,
    "declared_basis": read_basis,
    "assay": read_range,
    "assay_of": Formula.parse,
    "assay_basis": read_basis,
    "loss_on_drying": read_range,
    "loss_on_drying_includes_crystal_water": yes_or_no,
    "water": read_range,
    "loss_on_ignition": read_range,
}


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
        bad = len({(error.file, error.line) for error in found})
        count = "1 bad row" if bad == 1 else f"{bad} bad rows"
        raise RecordErrors(count, found)
    return [*built, *made]
