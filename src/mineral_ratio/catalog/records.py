"""Records from rows of text: the columns of the bundled tables, which are those of everyone's files.

A row of a compound has ``name`` and ``formula`` or ``ions``; a row of a material has ``name`` and
``compound``, ``declared`` or both. All other cells may be empty or missing. Lists inside a cell are
separated by ``;``.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from mineral_ratio.catalog.names import unordered
from mineral_ratio.errors import FormulaError, MassBalanceError, MineralRatioError, RecordError, RecordErrors
from mineral_ratio.substances._tables import parse_table
from mineral_ratio.substances.balances import read_count, read_ions
from mineral_ratio.substances.compounds import Compound
from mineral_ratio.substances.formulas import Formula

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
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

        Args:
            field: The column.
            build: What reads its text.

        Raises:
            RecordError: The function refuses the cell.
        """
        try:
            return build(self.text(field))
        except FormulaError as error:
            raise self.error(field, f"{error.message} (column {error.position + 1})") from error
        except (MineralRatioError, ValueError) as error:
            raise self.error(field, str(error)) from error

    def optional(self, field: str, build: Callable[[str], T]) -> T | None:
        """The same, None for an empty cell."""
        return self.read(field, build) if self.text(field) else None

    def unknown(self, columns: Iterable[str]) -> list[RecordError]:
        """An error for each column that is not known.

        Args:
            columns: Those that are known.
        """
        known = list(columns)
        return [
            self.error(column, f"unknown column; {_remedy(column, known)}")
            for column in self.cells
            if column not in known
        ]

    def each(
        self, readers: Mapping[str, Callable[[str], Any]], columns: Iterable[str]
    ) -> tuple[dict[str, Any], list[RecordError]]:
        """What is made of each cell, None of an empty one, and all that is wrong with the row's cells.

        Args:
            readers: What reads the text of a cell, by its column.
            columns: The columns that a row may have; a name it has to have.
        """
        found: dict[str, Any] = {}
        errors = self.unknown(columns)
        if not self.text("name"):
            errors.append(self.error("name", "a name is needed"))
        for field, reader in readers.items():
            try:
                found[field] = self.optional(field, reader)
            except RecordError as error:
                errors.append(error)
        return found, errors


def _remedy(column: str, known: Sequence[str]) -> str:
    """What to do about a heading that is not known."""
    import difflib  # a table that is right needs none of it

    if ";" in column or "\t" in column:
        return "cells are parted by commas"
    close = difflib.get_close_matches(column.casefold(), known, 1)
    return f"did you mean {close[0]!r}?" if close else f"known are {', '.join(known)}"


def refuse(errors: Sequence[RecordError]) -> None:
    """Raise what is wrong with a row; nothing where nothing is.

    Args:
        errors: What is wrong.

    Raises:
        RecordError: One thing is.
        RecordErrors: Several things are.
    """
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise RecordErrors(f"{len(errors)} bad cells", errors)


def yes_or_no(text: str) -> bool:
    """``yes`` or ``no``.

    Args:
        text: The word.

    Raises:
        ValueError: It is neither.
    """
    word = text.casefold()
    if word not in ("yes", "no"):
        raise ValueError(f"'yes' or 'no' is needed, not {word!r}")
    return word == "yes"


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
    if text == "established":
        return "established"
    if text == "disputed":
        return "disputed"
    raise ValueError(f"'established' or 'disputed' is needed, not {text!r}")


_COMPOUND_CELLS: Mapping[str, Callable[[str], Any]] = {
    "formula": Formula.parse,
    "ions": read_ions,
    "formula_status": _formula_status,
    "cas": cas_number,
    "as_sold": yes_or_no,
}


def read_compound(row: Row) -> Compound:
    """A compound from a row of `COMPOUND_COLUMNS`.

    Args:
        row: The row.

    Raises:
        RecordError: A cell cannot be read, or the row is out of balance.
        RecordErrors: Several cells cannot be read.
    """
    name = row.text("name")
    readers: dict[str, Callable[[str], Any]] = {**_COMPOUND_CELLS, "water": partial(read_count, name)}
    cells, errors = row.each(readers, COMPOUND_COLUMNS)
    if not row.text("formula") and not row.text("ions"):
        errors.append(row.error("formula", "a compound needs a formula or ions"))
    refuse(errors)
    try:
        return Compound(
            name,
            formula=cells["formula"],
            ions=cells["ions"] or (),
            water=cells["water"] or 0,
            formula_status=cells["formula_status"] or "established",
            status_note=row.text("status_note"),
            cas=cells["cas"] or "",
            unii=row.text("unii"),
            pubchem_cid=row.text("pubchem_cid"),
            e_number=row.text("e_number"),
            synonyms=row.listed("synonyms"),
            families=row.listed("family"),
            as_sold=cells["as_sold"] or False,
            citations=row.listed("source"),
        )
    except MassBalanceError as error:
        raise row.error("ions" if cells["ions"] else "formula", str(error)) from error


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
        build: Makes a record of a row, or raises a `RecordError` or several.
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
        except RecordErrors as group:
            errors += [error for error in group.exceptions if isinstance(error, RecordError)]
            continue
        earlier = first.setdefault(unordered(row.text("name")), row)
        if earlier is row:
            built.append(record)
        else:
            where = f"{earlier.file}:{earlier.line}"
            errors.append(row.error("name", f"{row.text('name')!r} is the name of {where} already"))
    return built
