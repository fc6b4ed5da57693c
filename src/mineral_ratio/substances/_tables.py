"""Reading the tables in ``mineral_ratio/data``: CSV with ``#`` lines that cite the source."""

from __future__ import annotations

import csv
import io
import os
from collections import Counter

from mineral_ratio.errors import RecordError

# Not by pathlib, which would be the most of what a look-up imports.
_DATA = os.path.join(os.path.dirname(os.path.dirname(__file__)), "data")  # noqa: PTH118, PTH120


def read_table(name: str) -> list[dict[str, str]]:
    """Read a table of the library's own data.

    Args:
        name: Name of the file, such as ``"nuclides.csv"``.

    Returns:
        The rows in the order of the file, each from column to text.

    Raises:
        FileNotFoundError: There is no such table.
        RecordError: A row has more or fewer cells than there are columns.
    """
    rows, errors = parse_table(table_text(name), name)
    if errors:
        raise errors[0]
    return [row for _, row in rows]


def parse_table(text: str, name: str) -> tuple[list[tuple[int, dict[str, str]]], list[RecordError]]:
    """The rows of a table in CSV.

    The first line that is no comment names the columns. Every row has a cell in each of them; what
    is not known is an empty text.

    Args:
        text: The table.
        name: Name of its file, for errors.

    Returns:
        The rows in order, each with its line and from column to text; and the errors of bad rows.
    """
    # A comment becomes an empty line, which is no row, so that line numbers stay those of the file.
    lines = ["" if line.startswith("#") else line for line in io.StringIO(text, newline="")]
    reader = csv.reader(lines, strict=True)
    rows: list[tuple[int, dict[str, str]]] = []
    errors: list[RecordError] = []
    columns: list[str] = []
    try:
        for cells in filter(None, reader):
            if not columns:
                columns = cells
                doubled = sorted(column for column, times in Counter(columns).items() if times > 1)
                errors += [
                    RecordError(name, reader.line_num, column, "two columns have this name")
                    for column in doubled
                ]
            elif len(cells) == len(columns):
                rows.append((reader.line_num, dict(zip(columns, cells, strict=True))))
            else:
                message = f"{len(cells)} cells where the table has {len(columns)} columns"
                errors.append(RecordError(name, reader.line_num, "", message))
    except csv.Error as error:
        errors.append(RecordError(name, reader.line_num, "", str(error)))
    return rows, errors


def table_text(name: str) -> str:
    """The text of a table of the library's own data."""
    try:
        with open(os.path.join(_DATA, name), encoding="utf-8") as file:  # noqa: PTH118, PTH123
            return file.read()
    except (FileNotFoundError, NotADirectoryError):
        # In a zip there is no file beside this one; if there is none there either, this says so.
        from importlib.resources import files

        return files("mineral_ratio.data").joinpath(name).read_text(encoding="utf-8")
