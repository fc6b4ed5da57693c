"""Judging rows: each cell against theory, the mass closure, and what may explain what is off."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

import attrs

from mineral_ratio.audits import theory
from mineral_ratio.audits.causes import (
    LEAST_PURITY,
    LikelyCause,
    Suspect,
    likely_causes,
    residue,
    row_cause,
)
from mineral_ratio.audits.headings import is_water
from mineral_ratio.errors import NoAtomicWeightError, UnknownContentError
from mineral_ratio.substances.compounds import Compound
from mineral_ratio.substances.elements import Element
from mineral_ratio.substances.ions import Ion, symbols_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mineral_ratio.audits.subjects import Subject, Subjects
    from mineral_ratio.audits.tables import Cell, Row
    from mineral_ratio.substances.analytes import Content
    from mineral_ratio.substances.materials import Material
    from mineral_ratio.substances.ranges import Range

Verdict = Literal["agrees", "low", "high", "impossible", "unknown"]
VERDICTS: tuple[Verdict, ...] = ("agrees", "low", "high", "impossible", "unknown")


@attrs.frozen
class CellAudit:
    """One stated content beside theory.

    Attributes:
        column: Heading of its column.
        analyte: What it states, such as ``"Ca"``, ``"P2O5"`` or ``"assay"``.
        text: The cell as it was written.
        stated: The statement, as mass fractions.
        theory: The content by formula, or by specification for a material; None where nothing tells.
        deviation: Relative deviation from theory of the figure, or of the nearer end of a range (0 where
            the range holds theory); None where theory is not known or zero.
        tolerance: Relative tolerance that it was held against.
        verdict: ``"agrees"``, ``"low"``, ``"high"`` (above theory, yet a loss of crystal water or the
            specification allows it), ``"impossible"`` (more than the compound can hold) or ``"unknown"``.
        causes: What explains the figure, best first; empty if nothing does.
        note: Why theory is not known, or what else is to be said.
    """

    column: str
    analyte: str
    text: str
    stated: Range
    theory: Content | None
    deviation: float | None
    tolerance: float
    verdict: Verdict
    causes: tuple[LikelyCause, ...] = ()
    note: str = ""

    @property
    def disagrees(self) -> bool:
        """Whether it is off theory by more than its tolerance."""
        return self.verdict not in ("agrees", "unknown")


@attrs.frozen
class RowAudit:
    """One row of a table beside theory.

    Attributes:
        file: Name of the file; ``"rows"`` where it comes from no file.
        line: Line in the file, or number of the row, from 1.
        name: The name as it was written.
        formula: The formula as it was written; empty if none was.
        substance: Name of what it was held against; empty where that is not known.
        cells: Its stated contents.
        closure: Sum of the stated mass fractions where all elements of the formula are stated; else None.
        causes: What explains all of its cells together: a purity, or a loss of water.
        findings: What else is amiss: a name that is not known, fits several or contradicts the formula,
            contents that do not close.
    """

    file: str
    line: int
    name: str
    formula: str
    substance: str
    cells: tuple[CellAudit, ...]
    closure: float | None
    causes: tuple[LikelyCause, ...]
    findings: tuple[str, ...]

    @property
    def label(self) -> str:
        """Its name, or its formula if it has none."""
        return self.name or self.formula

    @property
    def failed(self) -> bool:
        """Whether a cell disagrees or anything else is amiss."""
        return bool(self.findings) or any(cell.disagrees for cell in self.cells)


def judge(rows: Sequence[Row], subjects: Subjects, tolerance: float) -> tuple[RowAudit, ...]:
    """Hold rows against theory.

    Args:
        rows: The rows, in the order of the table.
        subjects: What they are about.
        tolerance: Relative tolerance of cells that state none.
    """
    meant = [subjects.of(row) for row in rows]
    held = [
        [_held(subject.substance, cell, tolerance) for cell in row.cells]
        for row, subject in zip(rows, meant, strict=True)
    ]
    agreeing = [
        [cell for cell, found in zip(row.cells, audits, strict=True) if found.verdict == "agrees"]
        for row, audits in zip(rows, held, strict=True)
    ]
    judged: list[RowAudit] = []
    for index, (row, subject, audits) in enumerate(zip(rows, meant, held, strict=True)):
        found = audits
        if isinstance(subject.substance, Compound):
            off = any(audit.disagrees for audit in audits)
            neighbours = tuple(_neighbours(rows, agreeing, index)) if off else ()
            relatives = subjects.relatives(subject.substance) if off else ()
            found = [
                _explained(audit, cell, subject.substance, relatives, neighbours)
                for cell, audit in zip(row.cells, audits, strict=True)
            ]
        judged.append(_row(row, subject, found, tolerance))
    return tuple(judged)


def _neighbours(
    rows: Sequence[Row], agreeing: Sequence[Sequence[Cell]], index: int
) -> Iterator[tuple[str, Cell]]:
    """Cells near a row that agree with their own theory, each with where it stands."""
    for other, where in (
        (index, "in this row"),
        (index + 1, "in the next row"),
        (index - 1, "in the row before"),
    ):
        if 0 <= other < len(rows):
            place = where if other == index else f"{where} ({rows[other].name or rows[other].formula})"
            yield from ((place, cell) for cell in agreeing[other])


# -- a cell ---------------------------------------------------------------------------------------


def _held(substance: Compound | Material | None, cell: Cell, tolerance: float) -> CellAudit:
    """A cell beside theory, before anything explains it."""
    tolerance = tolerance if cell.tolerance is None else cell.tolerance
    column = cell.column
    found, note = None, ""
    if substance is not None:
        try:
            found = theory.content(substance, column)
        except (UnknownContentError, NoAtomicWeightError) as error:
            note = str(error)
    if substance is None or found is None:
        return CellAudit(
            column.heading, column.label, cell.text, cell.stated, None, None, tolerance, "unknown", (), note
        )
    low, high = cell.stated.low or 0.0, math.inf if cell.stated.high is None else cell.stated.high
    deviation = None
    if found.value > 0.0:
        nearest = low if low > found.high else high if high < found.low else found.value
        deviation = nearest / found.value - 1.0
    verdict = _verdict(substance, cell, found, tolerance)
    if not found.high and verdict != "agrees":
        told = substance.formula if isinstance(substance, Compound) else substance
        note = f"{told} holds no {column.symbol or column.label}"
    return CellAudit(
        column.heading, column.label, cell.text, cell.stated, found, deviation, tolerance, verdict, (), note
    )


def _verdict(substance: Compound | Material, cell: Cell, found: Content, tolerance: float) -> Verdict:
    low, high = cell.stated.low or 0.0, math.inf if cell.stated.high is None else cell.stated.high
    # What the formula has none of is an impurity, which is measured against the whole.
    above = tolerance * (found.high or 1.0)
    if high < found.low - max(tolerance * found.low, cell.half_digit):
        return "low"
    if low <= found.high + max(above, cell.half_digit):
        return "agrees"
    if isinstance(substance, Compound):
        most = theory.most(substance, cell.column, found.high)
        return "impossible" if low > most + max(tolerance * most, cell.half_digit) else "high"
    return "high"


def _explained(
    audit: CellAudit,
    cell: Cell,
    compound: Compound,
    relatives: Sequence[Compound],
    neighbours: Sequence[tuple[str, Cell]],
) -> CellAudit:
    """A cell with what may explain it."""
    found, stated = audit.theory, audit.stated
    if found is None:
        return audit
    if stated.low != stated.high:
        return _explained_range(audit, cell, compound, found.value)
    if not audit.disagrees or not stated.low:
        return audit
    suspect = Suspect(cell, stated.low, found.value, audit.tolerance, compound, relatives, neighbours)
    return attrs.evolve(audit, causes=likely_causes(suspect))


def _explained_range(audit: CellAudit, cell: Cell, compound: Compound, value: float) -> CellAudit:
    """A range with the loss of water that its upper end fits, or its only one, where that is above theory."""
    stated = audit.stated
    which, end = ("lower", stated.low) if stated.high is None else ("upper", stated.high)
    if end is None or not value or end <= value * (1.0 + audit.tolerance):
        return audit
    fits = None if is_water(cell.column) else residue(compound, end / value)
    if fits is None:
        told = f"its {which} end is {100.0 * end / value:.4g} % of theory, and no loss of water explains that"
        return attrs.evolve(audit, note=told)
    return attrs.evolve(audit, causes=(fits,))


def _by_itself(audit: CellAudit, cell: Cell, compound: Compound, *, alone: bool) -> CellAudit:
    """A figure that nothing reproduces, with what it would be by itself: a residue, or a purity.

    The figure of a hydrate that lost water fits it, whatever it is. A shortfall fits a purity likewise,
    and where no other content says the same that is no cause.
    """
    found, stated = audit.theory, audit.stated.low
    if audit.causes or audit.note or found is None or not found.value or is_water(cell.column):
        return audit
    if stated is None or stated != audit.stated.high:
        return audit
    ratio = stated / found.value
    if audit.verdict == "high" and (fits := residue(compound, ratio)) is not None:
        return attrs.evolve(audit, causes=(fits,))
    if audit.verdict == "low" and alone and ratio >= LEAST_PURITY:
        told = f"a purity of {100.0 * ratio:.1f} % would explain it, which one content alone does not show"
        return attrs.evolve(audit, note=told)
    return audit


# -- a row ----------------------------------------------------------------------------------------


def _row(row: Row, subject: Subject, cells: Sequence[CellAudit], tolerance: float) -> RowAudit:
    compound = subject.substance if isinstance(subject.substance, Compound) else None
    findings = [subject.finding] if subject.finding else []
    if subject.candidates and (fitting := _fitting(row, subject.candidates, tolerance)):
        findings.append(f"its figures are those of {fitting}")
    closure = None
    causes: tuple[LikelyCause, ...] = ()
    if compound is not None:
        closure, finding = _closure(row, compound, cells, tolerance)
        findings += [finding] if finding else []
        causes = _shared(row, compound, cells)
        if not causes:
            alone = len(cells) == 1
            pairs = zip(row.cells, cells, strict=True)
            cells = [_by_itself(audit, cell, compound, alone=alone) for cell, audit in pairs]
    return RowAudit(
        row.file,
        row.line,
        row.name,
        "" if row.formula is None else row.formula.text,
        "" if subject.substance is None else subject.substance.name,
        tuple(cells),
        closure,
        causes,
        tuple(findings),
    )


def _fitting(row: Row, candidates: Sequence[Compound], tolerance: float) -> str:
    """The one of several compounds whose theory all cells of a row agree with; empty if it is not one."""
    fits = [
        each.name
        for each in candidates
        if row.cells and all(_held(each, cell, tolerance).verdict == "agrees" for cell in row.cells)
    ]
    return fits[0] if len(fits) == 1 else ""


def _closure(
    row: Row, compound: Compound, cells: Sequence[CellAudit], tolerance: float
) -> tuple[float | None, str]:
    """The sum of the stated elements if they are all there are, and what is wrong with it."""
    elements: dict[str, tuple[float, float]] = {}
    for cell, audit in zip(row.cells, cells, strict=True):
        column, stated = cell.column, cell.stated.low
        if audit.theory is None or column.symbol is None or stated is None or stated != cell.stated.high:
            continue
        # A part of an element, such as the nitrogen in nitrate, is not all of it.
        if not isinstance(column.asked, Ion) and column.nitrogen_in is None:
            share = 1.0
            if not isinstance(column.asked, Element):
                share = compound.weights.value(column.symbol) / column.per_atom(compound.weights)
            elements.setdefault(column.symbol, (share * stated, share * cell.half_digit))
    total = math.fsum(value for value, _ in elements.values())
    slack = max(tolerance, math.fsum(half for _, half in elements.values()))
    listed = " and ".join(elements)
    if elements.keys() >= set(symbols_in(compound.formula)):
        off = abs(total - 1.0) > slack
        return (
            total,
            f"{listed} are all of {compound.formula}, yet sum to {100.0 * total:.4g} %" if off else "",
        )
    if total > 1.0 + slack:
        much = f"sum to {100.0 * total:.4g} %" if len(elements) > 1 else f"is stated as {100.0 * total:.4g} %"
        return None, f"{listed} {much}, more than there is"
    return None, ""


def _shared(row: Row, compound: Compound, cells: Sequence[CellAudit]) -> tuple[LikelyCause, ...]:
    """One cause for all cells of a row, unless another hydrate's figures explain each of them."""
    off = [each for each in cells if each.disagrees]
    hydrates = {cause.text for each in off for cause in each.causes[:1] if cause.kind == "hydrate"}
    if not off or (len(hydrates) == 1 and all(each.causes for each in off)):
        return ()
    ratios: list[tuple[str, float]] = []
    for cell, audit in zip(row.cells, cells, strict=True):
        symbol, stated = cell.column.symbol, audit.stated
        if audit.theory is None or symbol is None or is_water(cell.column) or stated.low != stated.high:
            continue
        if audit.theory.value > 0.0 and stated.low is not None:
            ratios.append((symbol, stated.low / audit.theory.value))
    cause = row_cause(compound, ratios, min(each.tolerance for each in off))
    return () if cause is None else (cause,)
