"""Why a record is not served: what its formula, its structure and its names say against each other.

Nothing here knows any substance: each check holds for all salts. Ions and their acids are those of
mineral_ratio's own table.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from mineral_ratio.substances.ions import ions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import TypeAlias

    from mineral_ratio.substances.ions import Ion
    from mineral_ratio_chemicals.records import Record

    Counts: TypeAlias = Mapping[str, int | Fraction]

_NOT_METALS = frozenset(
    re.findall(r"[A-Z][a-z]?", "H He B C N O F Ne Si P S Cl Ar Ge As Se Br Kr Sb Te I Xe At Rn")
)
_ATOM = re.compile(r"\[\d*([A-Z][a-z]?)\]")
_CHARGE = re.compile(r"\[[^\]]*?(\++|-+)(\d*)\]")
_CARBON_MONOXIDE = ("[C-]#[O+]", "[C]=O", "C#O")
_WATERS = {
    "hemi": Fraction(1, 2),
    "mono": Fraction(1),
    "sesqui": Fraction(3, 2),
    "di": Fraction(2),
    "tri": Fraction(3),
    "tetra": Fraction(4),
    "penta": Fraction(5),
    "hexa": Fraction(6),
    "hepta": Fraction(7),
    "octa": Fraction(8),
    "nona": Fraction(9),
    "deca": Fraction(10),
    "undeca": Fraction(11),
    "dodeca": Fraction(12),
}
# "hexahydrate" and, in the indexes of Chemical Abstracts, "hydrate (1:6)".
_HYDRATE = re.compile(rf"\b({'|'.join(_WATERS)})?-?hydrate\b(?: \((\d+):(\d+)\))?")
_MULTIPLIED = re.compile(r"^(?:mono|bis|tris|di|tri|tetra|penta|hexa|hepta|dihydrogen|hydrogen)+(?=[a-z]{4})")
_ION_OF_ONE_ATOM = re.compile(r"\[[^\]]+\]")
_IN_BRACKETS = re.compile(r"\(([A-Za-z0-9]{2,})\)")


def refusal(record: Record, counts: Counts, asked: str = "") -> str:
    """Why a record is not served, empty if nothing speaks against it.

    Args:
        record: The record.
        counts: Atoms of each element in its formula.
        asked: The name that it was found by, which is held against the formula too.
    """
    # Only the systematic and the common name are the record's own; the synonyms are anybody's.
    names = [name for name in (*record.names[:2], asked) if name]
    return (
        _free_acid(names, counts)
        or _bare_metal(record, counts)
        or _acid_beside(record, counts)
        or _water(names, record, counts)
        or _multiple(record, counts)
        or _written(names, record, counts)
    )


def dry(counts: Counts, waters: int) -> Counts:
    """A composition without some molecules of water."""
    rest = {**counts, "H": counts.get("H", 0) - 2 * waters, "O": counts.get("O", 0) - waters}
    return {symbol: count for symbol, count in rest.items() if count}


def _metals(symbols: Iterable[str]) -> list[str]:
    return [each for each in symbols if each[0] != "[" and each not in _NOT_METALS]


def _free_acid(names: list[str], counts: Counts) -> str:
    """A salt by name whose formula is a metal, the whole acid and water: its charges do not balance."""
    metals = _metals(counts)
    for ion in _ions_named(names) if metals else ():
        acid = ion.acid_formula
        if acid is None:
            continue
        telling = next((each for each in acid.counts if each not in "HOC"), "C")
        number = Fraction(counts.get(telling, 0)) / acid.counts.get(telling, 1)
        if not number or number.denominator != 1:
            continue
        rest = Counter({each: count for each, count in counts.items() if each not in metals})
        rest.subtract({each: int(number * count) for each, count in acid.counts.items()})
        waters = rest.pop("O", 0)
        if waters >= 0 and rest.pop("H", 0) == 2 * waters and not any(rest.values()):
            return (
                f"its formula is {' and '.join(metals)} beside whole {ion.acid}, "
                f"whose hydrogen a salt with {ion.name} has lost"
            )
    return ""


def _ions_named(names: list[str]) -> list[Ion]:
    """The ions of mineral_ratio's table that some names name, by themselves or by their acid."""
    text = "; ".join(names).lower()
    words = {_MULTIPLIED.sub("", word) for word in re.findall(r"[a-z]+", text)}
    known = dict.fromkeys(ions().values())
    return [ion for ion in known if ion.name in words or (ion.acid and ion.acid in text)]


def _charge(part: str) -> int:
    signs = [(sign[0], int(number or len(sign))) for sign, number in _CHARGE.findall(part)]
    return sum(size if sign == "+" else -size for sign, size in signs)


def _bare_metal(record: Record, counts: Counts) -> str:
    """A metal atom without charge beside ions, or beside molecules that may have kept their hydrogen."""
    metals = _metals(found[1] for part in record.parts if (found := _ATOM.fullmatch(part)))
    others = [part for part in record.parts if not _ATOM.fullmatch(part) and part not in _CARBON_MONOXIDE]
    if not metals or not others or ("H" not in counts and not any(map(_charge, others))):
        return ""
    return f"its structure has {metals[0]} without a charge beside {others[0]}, which is no compound of them"


def _acid_beside(record: Record, counts: Counts) -> str:
    """A metal beside hydrogen chloride or its like, with no nitrogen to have taken up the hydrogen."""
    acid = next((part for part in record.parts if part in ("F", "Cl", "Br", "I")), "")
    metals = _metals(counts)
    if not acid or not metals or "N" in counts:
        return ""
    return f"its structure has {metals[0]} beside H{acid}, whose hydrogen a salt would have lost"


def _hydrates(name: str) -> Iterator[tuple[str, Fraction]]:
    """The words for water in a name, with the count that they give; 0 where they give none."""
    for found in _HYDRATE.finditer(name.lower()):
        word, salt, waters = found.groups()
        if word or salt:
            yield found[0], _WATERS[word] if word else Fraction(int(waters), int(salt))
        else:
            yield found[0], Fraction(0)


def _water(names: list[str], record: Record, counts: Counts) -> str:
    """A name that says another number of waters than the record has."""
    waters = record.waters
    # A molecule that has taken up water, such as chloral hydrate, holds it as its own hydrogen and oxygen.
    bound = len(record.parts) < 2 and not _metals(counts)
    for name in names:
        if waters and len(record.parts) > waters and re.search(r"\banhydrous\b", name.lower()):
            return f"its name {name!r} says that it has no water, its structure has {waters}"
        for word, number in _hydrates(name):
            if bound:
                fits = counts.get("O", 0) >= math.ceil(number) and counts.get("H", 0) >= 2 * number
            else:
                # A hemihydrate is often written as two salts with one water.
                fits = bool(waters) and (not number or (waters / number).denominator == 1)
            if not fits:
                return f"its name {name!r} says {word}, its structure has {waters} H2O"
    return ""


def _multiple(record: Record, counts: Counts) -> str:
    """Inorganic ions whose numbers could all be divided: a larger ion written as several smaller ones."""
    parts = Counter(record.parts)
    divisor = math.gcd(*parts.values()) if parts else 1
    groups = [part for part in parts if _charge(part) < 0 and not _ION_OF_ONE_ATOM.fullmatch(part)]
    if divisor < 2 or not groups or "C" in counts:
        return ""
    return f"its structure is {divisor} times a smaller salt, so its ion is a larger one than {groups[0]}"


def _written(names: list[str], record: Record, counts: Counts) -> str:
    """Names that write a formula of the same elements, none of them in the proportions of the record."""
    rest = dry(counts, record.waters)
    if any(each[0] == "[" for each in rest) or set(rest) <= {"C", "H", "N", "O"}:
        return ""
    # A structure of loose atoms says nothing of their numbers, so any name may know better.
    loose = all(_ATOM.fullmatch(part) for part in record.parts)
    written: dict[str, None] = {}
    for text in _IN_BRACKETS.findall(" ".join(record.names if loose else names)):
        stated = _read(text, rest)
        if any(proportional(stated, held) for held in (rest, counts)):
            return ""
        if stated.keys() == rest.keys():
            written[text] = None
    return f"its names write {' or '.join(written)}, its formula is {record.formula}" if written else ""


def _read(text: str, elements: Iterable[str]) -> Counter[str]:
    """Atoms of a formula in any case that holds nothing but some elements; none if it holds others."""
    symbols = {each.lower(): each for each in elements}
    item = "|".join(sorted(symbols, key=len, reverse=True))
    read: Counter[str] = Counter()
    if re.fullmatch(rf"(?:(?:{item})\d*)+", text.lower()):
        for symbol, number in re.findall(rf"({item})(\d*)", text.lower()):
            read[symbols[symbol]] += int(number or 1)
    return read


def proportional(first: Counts, second: Counts) -> bool:
    """Whether two compositions hold the same elements in the same proportions."""
    return first.keys() == second.keys() and len({Fraction(first[key]) / second[key] for key in second}) == 1
