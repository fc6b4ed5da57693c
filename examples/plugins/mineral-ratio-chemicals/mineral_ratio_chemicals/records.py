"""The tables of the package ``chemicals``, read as text: a record is taken apart when it is asked for."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path

import attrs

from mineral_ratio.catalog.names import keys, normal

# What ``chemicals.identifiers`` reads, its one large table last. Each line is CID, CAS number, formula,
# relative mass, SMILES, InChI, InChI key, systematic name, common name and synonyms, tabs between them.
FILES = (
    "chemical identifiers pubchem small.tsv",
    "chemical identifiers example user db.tsv",
    "Cation db.tsv",
    "Anion db.tsv",
    "Inorganic db.tsv",
    "chemical identifiers pubchem large.tsv",
)
CAS = re.compile(r"[1-9]\d{1,6}-\d\d-\d")
_NO_LETTERS = bytes(set(range(256)) - set(b"abcdefghijklmnopqrstuvwxyz0123456789\t\n"))
# No name in the tables is longer.
_LONGEST = 2000


@attrs.frozen
class Record:
    """One line of one table.

    Attributes:
        file: Name of the table.
        line: Its line (1-based).
        cid: PubChem compound identifier; empty where there is none.
        cas: CAS number; empty where the table has a stand-in of its own.
        formula: Formula in Hill order, with its net charge.
        parts: The components of its SMILES; empty where there is none.
        names: Systematic name, common name and synonyms.
    """

    file: str
    line: int
    cid: str
    cas: str
    formula: str
    parts: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        """The common name, or the first name that is no CAS number."""
        systematic, common, *synonyms = self.names
        names = (each for each in (common, systematic, *synonyms) if each and not CAS.fullmatch(each))
        return next(names, common)

    @property
    def waters(self) -> int:
        """Molecules of water among its components."""
        return self.parts.count("O")


class Table:
    """All lines of the installed package ``chemicals``, which is not imported for it.

    Raises:
        ModuleNotFoundError: The package is not installed.
        ValueError: Its tables are not written as they were in 1.3 to 1.5.
    """

    def __init__(self) -> None:
        spec = find_spec("chemicals")
        if spec is None or not spec.submodule_search_locations:
            raise ModuleNotFoundError("the package chemicals is not installed", name="chemicals")
        folder = Path(spec.submodule_search_locations[0], "Identifiers")
        self.version = version("chemicals")
        self._lines: list[str] = []
        self._starts: list[int] = []
        for file in FILES:
            self._starts.append(len(self._lines))
            self._lines += (folder / file).read_text(encoding="utf-8").splitlines()
        if any(line.count("\t") < 8 for line in self._lines):
            raise ValueError(f"the tables of chemicals {self.version} are not laid out as expected")
        self._by_cas = {line.split("\t", 2)[1]: number for number, line in enumerate(self._lines)}

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, number: int) -> Record:
        """The record of a line, all tables counted through from 0."""
        if not 0 <= number < len(self._lines):
            raise IndexError(number)
        cid, cas, formula, _, smiles, _, _, *names = self._lines[number].split("\t")
        table = bisect_right(self._starts, number) - 1
        return Record(
            FILES[table],
            number - self._starts[table] + 1,
            "" if cid == "-1" else cid,
            cas if CAS.fullmatch(cas) else "",
            formula,
            tuple(smiles.split(".")) if smiles else (),
            tuple(names),
        )

    def named(self, name: str) -> list[Record]:
        """The record of a CAS number, or all records that have a name, its words in any order.

        Args:
            name: The name; compared as a catalogue compares names.
        """
        if CAS.fullmatch(name.strip()):
            number = self._by_cas.get(name.strip())
            return [] if number is None else [self[number]]
        candidates = (self[number] for number in self._lines_with(name))
        return [each for each in candidates if any(same_name(name, other) for other in each.names)]

    @cached_property
    def _names(self) -> bytes:
        """Letters and digits of the names of each line, tabs around each name."""
        names = (line.split("\t", 7)[7] for line in self._lines)
        plain = (each if each.isascii() else "\t".join(map(normal, each.split("\t"))) for each in names)
        return _letters("\n".join(f"\t{each}\t" for each in plain))

    @cached_property
    def _ends(self) -> list[int]:
        """Where each line of `_names` ends."""
        return list(accumulate(len(line) + 1 for line in self._names.split(b"\n")))

    def _lines_with(self, name: str) -> list[int]:
        """Lines that may have a name: as long as it, and with its longest word."""
        found: dict[int, None] = {}
        names = self._names
        for key in keys(name[:_LONGEST]):
            words = [letters for word in key.split() if (letters := _letters(word))]
            longest, length = max(words, key=len, default=b""), sum(map(len, words))
            wanted = b"\t%b\t" % longest if len(words) == 1 else longest
            position = names.find(wanted) if words else -1
            while position >= 0:
                start = names.rfind(b"\t", 0, position + 1) + 1
                if names.find(b"\t", start) - start == length:
                    found[bisect_right(self._ends, position)] = None
                position = names.find(wanted, position + 1)
        return list(found)


def same_name(first: str, second: str) -> bool:
    """Whether a catalogue takes two names for the same."""
    return not set(keys(first)).isdisjoint(keys(second))


def _letters(text: str) -> bytes:
    """Letters, digits, tabs and ends of lines: what no two spellings of a name differ in."""
    letters = text.encode("ascii", "ignore").lower().translate(None, _NO_LETTERS)
    # Words that the catalogue knows in two spellings.
    return letters.replace(b"sulph", b"sulf").replace(b"aluminum", b"aluminium")
