"""Records from rows of text: the columns of the bundled tables, which are those of everyone's files.

A row of a compound has ``name`` and ``formula`` or ``ions``; a row of a material has ``name`` and
``compound``, ``declared`` or both. All other cells may be empty or missing. Lists inside a cell are
separated by ``;``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

import attrs

from mineral_ratio.catalog.names import unordered
from mineral_ratio.errors import FormulaError, MassBalanceError, MineralRatioError, RecordError
from mineral_ratio.substances._tables import parse_table
from mineral_ratio.substances.balances import read_count, read_ions
from mineral_ratio.substances.compounds import Compound
from mineral_ratio.substances.formulas import Formula

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TypeAlias

    from mineral_ratio.substances.compounds import FormulaStatus
    from mineral_ratio.substances.materials import Material

    Substance: TypeAlias = Compound | Material

T = TypeVar("T")

COMPOUND_COLUMNS = (
    "name",
    "ions",
    "water",
    "formula",
    "formula_status",
    "hydrate_of",
    "as_sold",
    "synonyms",
    "family",
    "cas",
    "unii",
    "pubchem_cid",
    "e_number",
    "status_note",
    "source",
    "verified",
)
"""Columns of a table of compounds."""

_CAS = re.compile(r"([1-9]\d{1,6})-(\d\d)-(\d)")


@attrs.frozen
class Row:
    """One row of a table, with where it stands.

    Attributes:
        file: Name of the file.
        line: Line of the row in it (1-based).
        cells: Texts by column.
    """

    file: str
    line: int
    cells: Mapping[str, str]

    def error(self, field: str, message: str) -> RecordError:
        """An error of one cell, or of the whole row where ``field`` is empty."""
        return RecordError(self.file, self.line, field, message)

    def text(self, field: str) -> str:
        """A cell without the spaces around it, empty where there is none."""
        return self.cells.get(field, "").strip()

    def listed(self, field: str) -> tuple[str, ...]:
        """The items of a cell."""
        return tuple(part.strip() for part in self.text(field).split(";") if part.strip())

    def read(self, field: str, build: Callable[[str], T]) -> T:
        """What a function makes of a cell, its error told as one of this cell.

        Raises:
            RecordError: The function refuses the cell.
        """
        try:
            return build(self.text(field))
        except RecordError:  # of another cell that this one is read with
            raise
        except FormulaError as error:
            raise self.error(field, f"{error.message} (column {error.position + 1})") from error
        except (MineralRatioError, ValueError) as error:
            raise self.error(field, str(error)) from error

    def optional(self, field: str, build: Callable[[str], T]) -> T | None:
        """The same, None for an empty cell."""
        return self.read(field, build) if self.text(field) else None

    def flag(self, field: str) -> bool | None:
        """``yes``, ``no``, or None for an empty cell.

        Raises:
            RecordError: The cell is none of these.
        """
        word = self.text(field).casefold()
        if word not in ("yes", "no", ""):
            raise self.error(field, f"'yes' or 'no' is needed, not {word!r}")
        return None if not word else word == "yes"

    def only(self, columns: Iterable[str]) -> None:
        """Refuse a column that is not known.

        Raises:
            RecordError: There is one.
        """
        for column in self.cells:
            if column not in columns:
                raise self.error(column, f"unknown column; known are {', '.join(columns)}")


def cas_number(text: str) -> str:
    """A CAS registry number whose check digit is right.

    The check digit is the sum of the other digits, the last one counted once, the one before it
    twice and so on, modulo 10 (CAS, Check Digit Verification of CAS Registry Numbers).

    Args:
        text: The number, such as ``"471-34-1"``.

    Raises:
        ValueError: It is no such number.
    """
    found = _CAS.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not written as a CAS number, such as 471-34-1")
    digits = found[1] + found[2]
    check = sum(place * int(digit) for place, digit in enumerate(reversed(digits), 1)) % 10
    if check != int(found[3]):
        raise ValueError(f"the check digit of {text} should be {check}")
    return text


def _formula_status(text: str) -> FormulaStatus:
    if text in ("", "established"):
        return "established"
    if text == "disputed":
        return "disputed"
    raise ValueError(f"'established' or 'disputed' is needed, not {text!r}")


def read_compound(row: Row) -> Compound:
    """A compound from a row of `COMPOUND_COLUMNS`.

    Args:
        row: The row.

    Raises:
        RecordError: A cell cannot be read, or the row is out of balance.
    """
    row.only(COMPOUND_COLUMNS)
    name = row_name(row)
    if not row.text("formula") and not row.text("ions"):
        raise row.error("formula", "a compound needs a formula or ions")
    formula = row.optional("formula", Formula.parse)
    ions = row.read("ions", read_ions)
    row.optional("water", lambda text: read_count(name, text))
    try:
        return Compound(
            name,
            formula=formula,
            ions=ions,
            water=row.text("water") or 0,
            formula_status=row.read("formula_status", _formula_status),
            status_note=row.text("status_note"),
            cas=row.optional("cas", cas_number) or "",
            unii=row.text("unii"),
            pubchem_cid=row.text("pubchem_cid"),
            e_number=row.text("e_number"),
            synonyms=row.listed("synonyms"),
            families=row.listed("family"),
            as_sold=row.flag("as_sold") or False,
            citations=row.listed("source"),
        )
    except MassBalanceError as error:
        raise row.error("ions" if ions else "formula", str(error)) from error


def row_name(row: Row) -> str:
    """The name that a row must have.

    Raises:
        RecordError: It has none.
    """
    if not row.text("name"):
        raise row.error("name", "a name is needed")
    return row.text("name")


def read_rows(text: str, file: str) -> tuple[list[Row], list[RecordError]]:
    """The rows of a table in CSV, and the errors of those that have too many or too few cells.

    Args:
        text: The table.
        file: Name of its file.
    """
    rows, errors = parse_table(text, file)
    return [Row(file, line, cells) for line, cells in rows], errors


def build_all(rows: Iterable[Row], build: Callable[[Row], T], errors: list[RecordError]) -> list[T]:
    """What a function makes of each row; the errors of bad rows go to a list.

    A row whose name another has already is bad: nobody could choose between the two.

    Args:
        rows: The rows.
        build: Makes a record of a row, or raises a `RecordError`.
        errors: Gets the errors.
    """
    built: list[T] = []
    first: dict[str, Row] = {}
    for row in rows:
        try:
            record = build(row)
        except RecordError as error:
            errors.append(error)
            continue
        earlier = first.setdefault(unordered(row.text("name")), row)
        if earlier is row:
            built.append(record)
        else:
            where = f"{earlier.file}:{earlier.line}"
            errors.append(row.error("name", f"{row.text('name')!r} is the name of {where} already"))
    return built
