"""Sources that are files: CSV, TOML or JSON, or a folder of them; no packaging needed.

A CSV file is a table of compounds, or of materials if it has a column ``compound`` or
``declared``. A TOML or JSON file has the same rows under ``compounds`` and ``materials``; lists
may be lists there, and declared contents a table. The line that an error of such a row tells is
that of its ``[[compounds]]`` header or opening brace.
"""

from __future__ import annotations

import json
import os
import re
import reprlib
import tomllib
from bisect import bisect_left
from collections import Counter
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

import attrs

from mineral_ratio.catalog.material_records import MATERIAL_COLUMNS, read_records
from mineral_ratio.catalog.records import COMPOUND_COLUMNS, Row, read_rows
from mineral_ratio.catalog.sources import API_VERSION, BUNDLED
from mineral_ratio.errors import AmbiguousNameError, RecordError, SourceLoadError
from mineral_ratio.substances.compounds import Compound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    from mineral_ratio.substances.materials import Material

    Substance: TypeAlias = Compound | Material
    Rows: TypeAlias = tuple[list[Row], list[Row], list[RecordError]]

T = TypeVar("T")

_ENDINGS = (".csv", ".json", ".toml")
_MATERIAL_ONLY = ("compound", "declared")
_KINDS = ("compounds", "materials")
_TOML_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*(\w+)[ \t]*\]\]", re.MULTILINE)
_BLANK = re.compile(r"[\s,]*")


def _path_of(source: FileSource) -> str:
    return os.fspath(source.path)


@attrs.frozen(slots=False)
class FileSource:
    """Compounds and materials from a file, or from all files of a folder.

    Attributes:
        path: A ``.csv``, ``.toml`` or ``.json`` file, or a folder of them.
        name: A name of its own; the path as it was given if left out.
        api_version: Version of the contract.

    Raises:
        SourceLoadError: When it is read, which iteration does: a file cannot be read.
        RecordErrors: Rows are bad; all of them at once, with file, line and field.
    """

    path: Path = attrs.field(converter=Path)
    name: str = attrs.field(default=attrs.Factory(_path_of, takes_self=True))
    api_version: int = attrs.field(default=API_VERSION, init=False)

    def read(self) -> None:
        """Read it now rather than when a record is first needed.

        Raises:
            SourceLoadError: A file cannot be read.
            RecordErrors: Rows are bad.
        """
        _ = self._records

    @cached_property
    def _records(self) -> list[Substance]:
        compounds: list[Row] = []
        materials: list[Row] = []
        errors: list[RecordError] = []
        for file in self._reading(self.path, self._files):
            found = self._reading(file, partial(self._rows, file))
            compounds += found[0]
            materials += found[1]
            errors += found[2]
        return read_records(compounds, materials, errors, _bundled_compound)

    def __iter__(self) -> Iterator[Substance]:
        return iter(self._records)

    def _files(self) -> list[Path]:
        if not self.path.exists():
            raise SourceLoadError(self.name, "no such file or folder")
        if not self.path.is_dir():
            return [self.path]
        files = sorted(file for file in self.path.iterdir() if file.suffix.lower() in _ENDINGS)
        if not files:
            raise SourceLoadError(self.name, f"the folder holds no file that ends in {', '.join(_ENDINGS)}")
        return files

    def _rows(self, file: Path) -> Rows:
        ending = file.suffix.lower()
        if ending not in _ENDINGS:
            raise SourceLoadError(self.name, f"{file.name} ends in none of {', '.join(_ENDINGS)}")
        text = file.read_bytes().decode("utf-8-sig")
        if ending == ".csv":
            rows, errors = read_rows(text, file.name)
            of_materials = any(column in row.cells for row in rows[:1] for column in _MATERIAL_ONLY)
            rows, unknown = _known(rows, MATERIAL_COLUMNS if of_materials else COMPOUND_COLUMNS, text)
            errors = [*unknown, *errors]
            return ([], rows, errors) if of_materials else (rows, [], errors)
        if ending == ".toml":
            return _tables(tomllib.loads(text), _toml_lines(text), file.name)
        document = json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
        return _tables(document, _json_lines(text), file.name)

    def _reading(self, file: Path, read: Callable[[], T]) -> T:
        """What a function reads, its error told as one of a file."""
        try:
            return read()
        except OSError as error:
            raise SourceLoadError(self.name, f"{file.name}: {error.strerror or error}") from error
        except UnicodeDecodeError as error:
            raise SourceLoadError(self.name, f"{file.name}: not UTF-8 text (byte {error.start})") from error
        except (ValueError, RecursionError) as error:  # of tomllib or json
            raise SourceLoadError(self.name, f"{file.name}: {error}") from error


def _bundled_compound(name: str) -> Compound | None:
    found = [each for each in BUNDLED.index.lookup(name) if isinstance(each, Compound)]
    if len(found) > 1:
        raise AmbiguousNameError(name, [each.name for each in found], "compound")
    return found[0] if found else None


def _known(rows: list[Row], columns: Sequence[str], text: str) -> tuple[list[Row], list[RecordError]]:
    """The rows of a CSV table without the columns that are not known, and an error for each of those.

    Where none of the others holds names, no row could be right, and the headings alone are told.
    """
    line = next((n for n, line in enumerate(text.splitlines(), 1) if line and not line.startswith("#")), 1)
    errors = [error for row in rows[:1] for error in attrs.evolve(row, line=line).unknown(columns)]
    if not errors:
        return rows, []
    kept = [
        attrs.evolve(row, cells={key: row.cells[key] for key in row.cells if key in columns}) for row in rows
    ]
    return [row for row in kept if "name" in row.cells], errors


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object of JSON that has no key twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        ((twice, _),) = Counter(key for key, _ in pairs).most_common(1)
        raise ValueError(f"the key {twice!r} is there twice in one object")
    return found


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number of JSON")


def _tables(values: object, lines: dict[str, list[int]], file: str) -> Rows:
    """The rows of a TOML or JSON document."""
    rows: dict[str, list[Row]] = {kind: [] for kind in _KINDS}
    errors: list[RecordError] = []
    document = cast("dict[str, object]", values) if isinstance(values, dict) else {"": values}
    for kind, items in document.items():
        if kind not in _KINDS or not isinstance(items, list):
            errors.append(RecordError(file, 1, kind, f"a document has lists of {' and '.join(_KINDS)}"))
            continue
        places = lines.get(kind, [])
        for number, item in enumerate(cast("list[object]", items)):
            line = places[number] if number < len(places) else 1
            if isinstance(item, dict):
                cells = cast("dict[str, object]", item)
                rows[kind].append(Row(file, line, {key: _cell(key, cells[key]) for key in cells}))
            else:
                errors.append(RecordError(file, line, kind, f"a table is needed, not {reprlib.repr(item)}"))
    return rows["compounds"], rows["materials"], errors


def _cell(key: str, value: Any) -> str:
    """A value as the text that a cell of a CSV table would hold."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        separator = ", " if key == "ions" else "; "
        return separator.join(_cell(key, item) for item in cast("list[object]", value))
    if isinstance(value, dict):
        return "; ".join(
            f"{name} {_cell(key, item)}" for name, item in cast("dict[str, object]", value).items()
        )
    return "" if value is None else str(value)


def _toml_lines(text: str) -> dict[str, list[int]]:
    """The lines at which the tables of each list begin."""
    lines: dict[str, list[int]] = {}
    line_of = _line_finder(text)
    for found in _TOML_HEADER.finditer(text):
        lines.setdefault(found[1], []).append(line_of(found.start(1)))
    return lines


def _json_lines(text: str) -> dict[str, list[int]]:
    """The lines at which the items of each list begin, of a document that is known to be JSON."""
    lines: dict[str, list[int]] = {}
    decoder, line_of = json.JSONDecoder(), _line_finder(text)
    for kind in _KINDS:
        found = re.search(rf'"{kind}"\s*:\s*\[', text)
        position = found.end() if found else len(text)
        while True:
            position = _BLANK.match(text, position).end()  # type: ignore[union-attr]  # it matches nothing too
            if text[position : position + 1] in ("]", ""):
                break
            lines.setdefault(kind, []).append(line_of(position))
            position = decoder.raw_decode(text, position)[1]
    return lines


def _line_finder(text: str) -> Callable[[int], int]:
    """What tells the line of a position; the line ends are looked for once."""
    ends = [found.start() for found in re.finditer("\n", text)]
    return lambda position: bisect_left(ends, position) + 1
