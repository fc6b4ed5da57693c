"""Why a name that was not found cannot be: reasons in its own letters, and names that fix no composition."""

from __future__ import annotations

import functools
import re

from mineral_ratio.catalog.names import normal
from mineral_ratio.catalog.records import cas_number
from mineral_ratio.substances._tables import read_table
from mineral_ratio.substances.elements import ELEMENTS

_ELEMENTS = frozenset(each.name for each in ELEMENTS)


@functools.cache
def _open_names() -> tuple[tuple[frozenset[str], str], ...]:
    """The words of names that fix no composition, the most words first, each with its reason."""
    rows = [(frozenset(normal(row["words"]).split()), row["reason"]) for row in read_table("open_names.csv")]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def without_composition(name: str) -> str:
    """Why a name has no one composition, from ``data/open_names.csv``; empty if that is not known.

    Args:
        name: A name that no record has.
    """
    words = frozenset(normal(name).split())
    return next((reason for asked, reason in _open_names() if asked <= words), "")


def misread(name: str) -> str:
    """What is wrong with a name that nothing has: it is an element's, or its CAS number is misprinted.

    Args:
        name: A name that no record has.
    """
    if normal(name) in _ELEMENTS:
        return "it is an element; name the compound that holds it"
    found = re.search(r"(?<![\w-])\d{2,7}-\d\d-\d(?![\w-])", name)
    if found is None:
        return ""
    try:
        cas_number(found[0])
    except ValueError as error:
        return str(error)
    return ""


def element_of(name: str) -> str:
    """The symbol of the element that a name begins with; empty if it begins with none.

    Args:
        name: A name that no record has.
    """
    first = normal(name).partition(" ")[0]
    return next((each.symbol for each in ELEMENTS if each.name == first), "")
