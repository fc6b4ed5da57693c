"""The audit of a composition table: every stated content beside theory, as data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import attrs

from mineral_ratio.audits.judgements import VERDICTS, RowAudit, judge
from mineral_ratio.audits.subjects import Subjects
from mineral_ratio.audits.tables import read_csv, read_rows
from mineral_ratio.catalog.catalog import default_catalog
from mineral_ratio.checks.report_data import DISCLAIMER
from mineral_ratio.substances.atomic_weights import default_weights
from mineral_ratio.units import read_fraction

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping

    from mineral_ratio.audits.judgements import CellAudit
    from mineral_ratio.audits.tables import Row
    from mineral_ratio.catalog.catalog import Catalog

SCHEMA = "mineral_ratio.audit/1"
"""Name and version of the data that `AuditReport.as_dict` gives."""


@attrs.frozen
class AuditReport:
    """A composition table held against theory.

    Attributes:
        name: Name of the file; ``"rows"`` where the rows come from no file.
        tolerance: Relative tolerance of the table.
        rows: Its rows.
        edition: Edition of atomic weights that theory was reckoned with.
    """

    name: str
    tolerance: float
    rows: tuple[RowAudit, ...]
    edition: str

    @property
    def cells(self) -> tuple[CellAudit, ...]:
        """All stated contents, row by row."""
        return tuple(cell for row in self.rows for cell in row.cells)

    @property
    def disagreeing(self) -> tuple[CellAudit, ...]:
        """The contents that are off theory by more than their tolerance."""
        return tuple(cell for cell in self.cells if cell.disagrees)

    @property
    def failed(self) -> tuple[RowAudit, ...]:
        """The rows with such a content, or with another finding."""
        return tuple(row for row in self.rows if row.failed)

    @property
    def summary(self) -> str:
        """The counts in one line."""
        verdicts = [cell.verdict for cell in self.cells]
        spoken = {"agrees": "agree", "unknown": "not known"}
        counts = [
            f"{verdicts.count(each)} {spoken.get(each, each)}"
            for each in VERDICTS
            if each in verdicts or each == "agrees"
        ]
        rows = "1 row" if len(self.rows) == 1 else f"{len(self.rows)} rows"
        cells = "1 cell" if len(verdicts) == 1 else f"{len(verdicts)} cells"
        return f"{rows}, {cells}: {', '.join(counts)}"

    def as_dict(self) -> dict[str, Any]:
        """The report as plain data, for JSON; contents, deviations and tolerances are fractions."""
        return {
            "schema": SCHEMA,
            "name": self.name,
            "tolerance": self.tolerance,
            "rows": [
                {
                    "line": row.line,
                    "name": row.name,
                    "formula": row.formula,
                    "substance": row.substance,
                    "cells": [_cell(cell) for cell in row.cells],
                    "closure": row.closure,
                    "causes": [attrs.asdict(cause) for cause in row.causes],
                    "findings": list(row.findings),
                }
                for row in self.rows
            ],
            "summary": self.summary,
            "atomic_weights": self.edition,
            "disclaimer": DISCLAIMER,
        }

    def to_json(self) -> str:
        """The report as JSON text, with the schema that it names."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2, allow_nan=False)

    def __str__(self) -> str:
        lines = [f"{self.name}: {self.summary}"]
        for row in self.failed:
            lines.append(f"  {row.line}: {row.label}")
            lines += [f"    {told(cell)}" for cell in row.cells if cell.disagrees]
            lines += [f"    {cause.text}" for cause in row.causes]
            lines += [f"    {finding}" for finding in row.findings]
        return "\n".join(lines)


def told(cell: CellAudit) -> str:
    """A content beside theory in one line, with what explains it.

    Args:
        cell: The content.
    """
    beside = ""
    if cell.theory is not None:
        ends = dict.fromkeys((cell.theory.low, cell.theory.high))
        beside = ", theory " + " to ".join(f"{100.0 * end:.4g}" for end in ends) + " %"
    off = "" if cell.deviation is None else f", {100.0 * cell.deviation:+.1f} %"
    why = "; or ".join(cause.text for cause in cell.causes) or cell.note
    stated = attrs.evolve(cell.stated, text="")
    return f"{cell.analyte} {stated}{beside}{off}: {cell.verdict}" + (f"; {why}" if why else "")


def audit(
    rows: Iterable[Mapping[str, object]],
    *,
    tolerance: str = "1 %",
    catalog: Catalog | None = None,
    ignore: Iterable[str] = (),
) -> AuditReport:
    """Hold a composition table against theory.

    A row names a substance, by ``name`` or ``formula`` or both, and states contents: the heading
    ``"Ca %"``, ``"P2O5 (mg/kg)"`` or ``"NO3-N [%]"`` with a number, or ``"Ca"`` with ``"21 %"`` or
    ``"20 to 22 %"``. A column ``tolerance`` or ``"Ca tolerance"`` sets that of a row or a cell.

    Args:
        rows: Mappings from heading to cell, such as those of ``csv.DictReader``.
        tolerance: Relative deviation from theory that still agrees; a figure that is theory rounded to
            its digits always does.
        catalog: Where names are looked up; `default_catalog` if None.
        ignore: Headings of columns that state no content.

    Returns:
        The report. A name that is not known or fits several is a finding of its row.

    Raises:
        RecordErrors: Headings or cells cannot be read; all of them at once.
        UnitError: The tolerance is no fraction.
        SourceError: A source of the catalogue that was passed in cannot be used.

    Examples:
        >>> print(audit([{"name": "potassium chloride", "K %": "52.45", "Cl %": "18.40"}]))
        rows: 1 row, 2 cells: 1 agree, 1 low
          1: potassium chloride
            Cl 18.4 %, theory 47.55 %, -61.3 %: low
            K and Cl are all of KCl, yet sum to 70.85 %
    """
    return _report("rows", read_rows(rows, ignore), tolerance, catalog)


def audit_file(
    path: str | os.PathLike[str],
    *,
    tolerance: str = "1 %",
    catalog: Catalog | None = None,
    ignore: Iterable[str] = (),
) -> AuditReport:
    """Hold a composition table in a CSV file against theory, as `audit` does.

    Args:
        path: The file: UTF-8, cells parted by commas, semicolons or tabs; lines that begin with ``#``
            are left out, and the first of the others holds the headings.
        tolerance: As in `audit`.
        catalog: As in `audit`.
        ignore: As in `audit`.

    Returns:
        The report, with the lines of the file.

    Raises:
        RecordErrors: The file, a heading or a cell cannot be read; all of them at once.
        UnitError: The tolerance is no fraction.
        SourceError: A source of the catalogue that was passed in cannot be used.
    """
    rows = read_csv(path, ignore)
    return _report(rows[0].file, rows, tolerance, catalog)


def _report(name: str, rows: list[Row], tolerance: str, catalog: Catalog | None) -> AuditReport:
    within = read_fraction(tolerance)
    catalog = default_catalog() if catalog is None else catalog
    edition = catalog.weights or default_weights()
    return AuditReport(name, within, judge(rows, Subjects(catalog), within), edition.name)


def _cell(cell: CellAudit) -> dict[str, Any]:
    return {
        "column": cell.column,
        "analyte": cell.analyte,
        "text": cell.text,
        "stated": attrs.asdict(cell.stated),
        "theory": None if cell.theory is None else attrs.asdict(cell.theory),
        "deviation": cell.deviation,
        "tolerance": cell.tolerance,
        "verdict": cell.verdict,
        "causes": [attrs.asdict(cause) for cause in cell.causes],
        "note": cell.note,
    }
