"""Composition tables as rows: from mappings, or from a CSV file; every bad cell is told at once."""

from __future__ import annotations

import csv
import math
import os
import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from numbers import Rational, Real
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from mineral_ratio.audits.headings import FRACTION, Column, ToleranceColumn, read_heading
from mineral_ratio.errors import FormulaError, MassBalanceError, RecordError, RecordErrors, UnitError
from mineral_ratio.substances.formulas import Formula
from mineral_ratio.substances.ranges import Range
from mineral_ratio.units import read_fraction, read_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mineral_ratio.audits.headings import Role

# The digits of a figure, without its exponent.
_NUMBER = re.compile(r"[0-9.,]+(?:\s[0-9.,]+)*")
_DELIMITERS = (",", ";", "\t")


@attrs.frozen
class Cell:
    """One stated content.

    Attributes:
        column: What the column states, and its unit.
        text: The cell as it was written.
        stated: The statement, as mass fractions.
        half_digit: Half a unit in the last digit of a figure, as a mass fraction; 0 for a range.
        tolerance: Relative tolerance stated for it; None for that of the table.
    """

    column: Column
    text: str
    stated: Range
    half_digit: float
    tolerance: float | None


@attrs.frozen
class Row:
    """One row of a table.

    Attributes:
        file: Name of the file, ``"rows"`` where it comes from no file.
        line: Line in the file, or number of the row, from 1.
        name: The name as it was written; empty if there is none.
        formula: The formula; None if none is stated.
        cells: The contents that are stated.
    """

    file: str
    line: int
    name: str
    formula: Formula | None
    cells: tuple[Cell, ...]


def read_rows(rows: Iterable[Mapping[str, object]], ignore: Iterable[str] = ()) -> list[Row]:
    """Read rows that are at hand.

    Args:
        rows: Mappings from heading to cell: text, a number, or nothing (None, empty, NaN).
        ignore: Headings of columns that state no content.

    Raises:
        RecordErrors: A heading or a cell cannot be read; all of them at once.
    """
    reader = _Reader("rows", ignore)
    if isinstance(rows, str | os.PathLike | Mapping):
        reader.refuse(1, "", "rows are mappings from heading to cell; a file is read by audit_file")
        rows = ()
    return reader.read(enumerate(rows, 1))


def read_csv(path: str | os.PathLike[str], ignore: Iterable[str] = ()) -> list[Row]:
    """Read a CSV file: a line of headings, then a line for each row; lines that begin with # are left out.

    Args:
        path: The file, UTF-8; cells are parted by commas, semicolons or tabs.
        ignore: Headings of columns that state no content.

    Raises:
        RecordErrors: The file, a heading or a cell cannot be read; all of them at once.
    """
    reader = _Reader(os.fspath(path), ignore)
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        reader.refuse(1, "", f"cannot be read: {error}")
        text = ""
    return reader.read(_lines(text, reader))


def _lines(text: str, reader: _Reader) -> Iterator[tuple[int, dict[str, object]]]:
    """The rows of a CSV text as mappings, each with its line; what is amiss goes to the reader."""
    # A comment becomes an empty line, which is no row, so that line numbers stay those of the file.
    lines = ["" if line.startswith("#") else line for line in text.splitlines()]
    first = next(filter(str.strip, lines), "")
    table = csv.reader(lines, strict=True, delimiter=max(_DELIMITERS, key=first.count))
    headings: list[str] = []
    try:
        for cells in filter(any, table):
            if not headings:
                headings = [heading.strip() for heading in cells]
                reader.headings_at = table.line_num
                for twice in sorted(each for each, times in Counter(headings).items() if each and times > 1):
                    reader.refuse(table.line_num, twice, "two columns have this heading")
            elif len(cells) == len(headings):
                yield table.line_num, dict(zip(headings, cells, strict=True))
            else:
                message = f"{len(cells)} cells where the table has {len(headings)} columns"
                reader.refuse(table.line_num, "", message)
    except csv.Error as error:
        reader.refuse(table.line_num, "", str(error))


class _Reader:
    """Reads the rows of one table and gathers what is wrong with them."""

    def __init__(self, file: str, ignore: Iterable[str]) -> None:
        self.file = file
        self.ignored = frozenset(ignore)
        self.headings_at: int | None = None
        self.columns: dict[str, Column | ToleranceColumn | Role] = {}
        self.errors: list[RecordError] = []

    def refuse(self, line: int, field: str, message: str) -> None:
        self.errors.append(RecordError(self.file, line, field, message))

    def read(self, rows: Iterable[tuple[int, Mapping[str, object]]]) -> list[Row]:
        """All rows.

        Args:
            rows: The cells of each row by column, with its number in the file.

        Raises:
            RecordErrors: Anything was refused.
        """
        read = [self._row(line, row) for line, row in rows]
        if not self.errors and not any(row.cells for row in read):
            self.refuse(1, "", "the table states no content of anything")
        if self.errors:
            count = "1 error" if len(self.errors) == 1 else f"{len(self.errors)} errors"
            raise RecordErrors(f"{count} in {self.file}", self.errors)
        return read

    def _row(self, line: int, row: Mapping[str, object]) -> Row:
        if not isinstance(row, Mapping):
            self.refuse(line, "", f"a row is a mapping from heading to cell, not {type(row).__name__}")
            return Row(self.file, line, "", None, ())
        identity = {"name": "", "formula": ""}
        contents: list[tuple[Column, str]] = []
        tolerances: dict[str, float | None] = {}
        for heading, value in row.items():
            column = self._column(line, heading, value)
            text = "" if column == "remark" else self._text(line, heading, value)
            if not text:
                continue
            if isinstance(column, Column):
                contents.append((column, text))
            elif isinstance(column, ToleranceColumn):
                tolerances[column.label] = self._tolerance(line, heading, text)
            elif identity[column]:
                self.refuse(line, heading, f"the row has another {column}, {identity[column]!r}")
            else:
                identity[column] = text
        if not any(identity.values()):
            self.refuse(line, "name", "a row needs a name or a formula")
        cells = [
            self._cell(line, column, text, tolerances.get(column.label, tolerances.get("")))
            for column, text in contents
        ]
        formula = self._formula(line, identity["formula"]) if identity["formula"] else None
        return Row(self.file, line, identity["name"], formula, tuple(filter(None, cells)))

    def _column(self, line: int, heading: object, value: object) -> Column | ToleranceColumn | Role:
        """What a column holds; one that cannot be read is refused once, and then left out."""
        if not isinstance(heading, str) or not heading.strip():
            if value not in (None, "", []):
                told = isinstance(value, str | list)
                shown = f"{value!r:.60}" if told else f"a value of type {type(value).__name__}"
                self.refuse(line, "", f"{shown} stands in no column that has a heading")
            return "remark"
        if heading not in self.columns:
            try:
                self.columns[heading] = "remark" if heading in self.ignored else read_heading(heading)
            except UnitError as error:
                self.refuse(self.headings_at or line, heading, str(error))
                self.columns[heading] = "remark"
        return self.columns[heading]

    def _text(self, line: int, heading: str, value: object) -> str:
        """A cell as text, empty for one that states nothing."""
        if value is None or _is_nan(value):
            return ""
        if isinstance(value, str):
            return value.strip()
        if isinstance(value, Real | Decimal) and not isinstance(value, bool):
            try:
                return str(value)
            except ValueError:  # Python writes no integer of thousands of digits
                self.refuse(line, heading, "the number has too many digits")
                return ""
        self.refuse(line, heading, f"a cell is text or a number, not {type(value).__name__}")
        return ""

    def _tolerance(self, line: int, heading: str, text: str) -> float | None:
        try:
            return read_fraction(text)
        except UnitError as error:
            self.refuse(line, heading, str(error))
            return None

    def _formula(self, line: int, text: str) -> Formula | None:
        try:
            formula = Formula.parse(text)
        except FormulaError as error:
            self.refuse(line, "formula", f"{error.message} (column {error.position + 1} of {text[:60]!r})")
            return None
        if formula.charge_number:
            self.refuse(line, "formula", f"{text} has a charge of {formula.charge_number:+d}")
            return None
        return formula

    def _cell(self, line: int, column: Column, text: str, tolerance: float | None) -> Cell | None:
        unit = column.unit
        try:
            stated = _fraction(text, unit) if unit else Range.parse(text)
        except (UnitError, MassBalanceError) as error:
            said = f"the heading says {unit}, the cell {text!r}: {error}" if unit else str(error)
            self.refuse(line, column.heading, said)
            return None
        half = _half_digit(text, stated.low) if stated.low and stated.low == stated.high else 0.0
        return Cell(column, text, stated, half, tolerance)


def _is_nan(value: object) -> bool:
    """Whether a value is the number that is none; a whole number or a fraction never is, however large."""
    if isinstance(value, Decimal):
        return value.is_nan()
    return isinstance(value, Real) and not isinstance(value, Rational) and math.isnan(value)


def _fraction(text: str, unit: str) -> Range:
    """A cell in the unit of its heading, which it may repeat.

    Raises:
        UnitError: It cannot be read, or is in another unit.
    """
    if unit != FRACTION:
        return Range.parse(text if text.endswith(unit) else f"{text} {unit}")
    percent = Range.parse(f"{text} %")
    low, high, typical = (
        None if end is None else 100.0 * end for end in (percent.low, percent.high, percent.typical)
    )
    return Range(low, high, typical, text)


def _half_digit(text: str, fraction: float) -> float:
    """Half a unit in the last digit of a figure that was read as a fraction."""
    number = _NUMBER.findall(text)[0]
    decimals = len(re.split("[.,]", number)[-1]) if re.search("[.,]", number) else 0
    return 0.5 * 10.0**-decimals * fraction / read_number(number)
