"""Names: what counts as the same name, and which names are close."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Spellings of the same word on the two sides of the Atlantic, and of trade.
_SPELLINGS = {"sulphate": "sulfate", "sulphite": "sulfite", "sulphide": "sulfide", "aluminum": "aluminium"}
_STEMS = {"sulfate": "sul", "sulfite": "sul", "sulfide": "sul", "aluminium": "alumin"}
_GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "μ": "mu"}
_JOINTS = "-‐‑‒–—'’"
_BREAKS = ",;:_/()[]"


def _table(joint: str | None) -> dict[int, str | None]:
    return str.maketrans({**_GREEK, **dict.fromkeys(_BREAKS, " "), **dict.fromkeys(_JOINTS, joint)})


_JOINED, _PARTED = _table(None), _table(" ")


@functools.cache
def _hyphen() -> re.Pattern[str]:
    """A hyphen that could be a space: those of CAS numbers stand between digits."""
    return re.compile(rf"[{_JOINTS}][^\W\d_]|[^\W\d_][{_JOINTS}]")


def _lower(text: str) -> str:
    """A text without its accidents of case and script."""
    if text.isascii():
        return text.lower()
    from unicodedata import normalize

    return normalize("NFKC", text).casefold()


def _words(name: str, table: dict[int, str | None]) -> list[str]:
    """The words of a name, hyphens read by a table."""
    words = [_SPELLINGS.get(word, word) for word in _lower(name).translate(table).split()]
    # "E 170", "E170" and "INS 170" are one number.
    if len(words) > 1 and words[0] in ("e", "ins") and words[1][0].isdigit():
        words[:2] = [f"e{words[1]}"]
    return words


def normal(name: str) -> str:
    """A name without its accidents: case, spaces, hyphens, Greek letters, sub- and superscripts, spelling.

    Args:
        name: Any name.

    Returns:
        Its words in lower case, a space between them; two names that agree in it are the same.
    """
    return " ".join(_words(name, _JOINED))


def unordered(name: str) -> str:
    """A name's words in alphabetical order: ``dihydrate calcium chloride`` is calcium chloride dihydrate."""
    return " ".join(sorted(_words(name, _JOINED)))


def keys(name: str) -> tuple[str, ...]:
    """What a name is looked up by: its words in alphabetical order, a hyphen also read as a space.

    ``di-calcium malate`` is dicalcium malate, and ``calcium-carbonate`` is calcium carbonate.
    """
    key = unordered(name)
    if (("-" not in name or key.isdigit()) and name.isascii()) or _hyphen().search(name) is None:
        return (key,)
    return key, " ".join(sorted(_words(name, _PARTED)))


def folded(text: str) -> str:
    """A text in which `parts` of names are found: as names are compared, its words not yet told apart."""
    return _lower(text).translate(_JOINED)


def parts(name: str) -> list[str]:
    """Texts that stand in the folded line of every table in which a name has a key of this one.

    A line that holds them may still have none: they are parts of its words, in any of its cells.

    Args:
        name: The name that is looked up.
    """
    # The words of the last key are parts of those of the first. What another spelling or "E 170" has
    # otherwise is left out of a word.
    return [_STEMS.get(word, word.lstrip("e")) for word in keys(name)[-1].split()]


def close(name: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """Names that are close to one that was not found, closest first.

    Args:
        name: The name that was looked up; only its first 100 characters are compared.
        known: The names that there are.
        count: How many to give.
    """
    from difflib import get_close_matches  # only a miss pays for it

    spelled = {normal(each): each for each in known}
    return tuple(spelled[each] for each in get_close_matches(normal(name[:100]), spelled, count))
