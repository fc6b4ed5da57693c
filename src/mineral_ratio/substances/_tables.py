"""Reading the tables in ``mineral_ratio/data``: CSV with ``#`` lines that cite the source."""

from __future__ import annotations

import csv
from pathlib import Path

from mineral_ratio.errors import RecordError

_DATA = Path(__file__).parent.parent / "data"


def read_table(name: str) -> list[dict[str, str]]:
    """Read a table of the library's own data.

    The first line that is no comment names the columns. Every row has a cell in each of them; what
    is not known is an empty text.

    Args:
        name: Name of the file, such as ``"nuclides.csv"``.

    Returns:
        The rows in the order of the file, each from column to text.

    Raises:
        FileNotFoundError: There is no such table.
        RecordError: A row has more or fewer cells than there are columns.
    """
    # A comment becomes an empty line, which is no row, so that line numbers stay those of the file.
    lines = ["" if line.startswith("#") else line for line in _text(name).splitlines()]
    reader = csv.reader(lines, strict=True)
    rows: list[dict[str, str]] = []
    columns: list[str] = []
    for cells in filter(None, reader):
        if not columns:
            columns = cells
        elif len(cells) == len(columns):
            rows.append(dict(zip(columns, cells, strict=True)))
        else:
            message = f"{len(cells)} cells where the table has {len(columns)} columns"
            raise RecordError(name, reader.line_num, "", message)
    return rows


def _text(name: str) -> str:
    try:
        return (_DATA / name).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        # In a zip there is no file beside this one; if there is none there either, this says so.
        from importlib.resources import files

        return files("mineral_ratio.data").joinpath(name).read_text(encoding="utf-8")
