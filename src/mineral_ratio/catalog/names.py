"""Names: what counts as the same name, and which names are close."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "μ": "mu"}
# Spellings of the same word on the two sides of the Atlantic, and of trade.
_SPELLINGS = {"sulphate": "sulfate", "sulphite": "sulfite", "sulphide": "sulfide", "aluminum": "aluminium"}
_JOINTS = re.compile(r"[-‐‑‒–—'’]")
_BREAKS = re.compile(r"[\s,;:_/()\[\]]+")


def normal(name: str) -> str:
    """A name without its accidents: case, spaces, hyphens, Greek letters, sub- and superscripts, spelling.

    Args:
        name: Any name.

    Returns:
        Its words in lower case, a space between them; two names that agree in it are the same.
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    for letter, word in _GREEK.items():
        text = text.replace(letter, word)
    words = _BREAKS.split(_JOINTS.sub("", text))
    return " ".join(_SPELLINGS.get(word, word) for word in words if word)


def unordered(name: str) -> str:
    """A name's words in alphabetical order: ``dihydrate calcium chloride`` is calcium chloride dihydrate."""
    return " ".join(sorted(normal(name).split()))


def close(name: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """Names that are close to one that was not found, closest first.

    Args:
        name: The name that was looked up; only its first 100 characters are compared.
        known: The names that there are.
        count: How many to give.
    """
    spelled = {normal(each): each for each in known}
    return tuple(spelled[each] for each in get_close_matches(normal(name[:100]), spelled, count))
