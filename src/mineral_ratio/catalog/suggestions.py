"""Names that are close to one that was not found."""

from __future__ import annotations

import heapq
from itertools import pairwise
from typing import TYPE_CHECKING

from mineral_ratio.catalog.names import normal

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 100
_COMPARED = 60
_CLOSE = 0.6
_CLOSE_NUMBER = 0.8
_BITS = 251  # a prime, so that few pairs share a bit


class Nearby:
    """Names, ready to be searched for those that are close to another.

    Comparing letter by letter takes long, so only the few are compared that share most pairs of
    letters with it: the pairs of each name are kept as the bits of one number.

    Args:
        known: The names that there are.

    Attributes:
        spelled: The names as they are written, by how they are compared.
    """

    def __init__(self, known: Iterable[str]) -> None:
        words: dict[str, int] = {}
        self.spelled: dict[str, str] = {normal(each): each for each in known}
        self._pairs = [(_pairs(spelt, words), spelt) for spelt in self.spelled]

    def close(self, name: str, count: int) -> list[tuple[float, str]]:
        """The names that are closest to one, closest first, each with how close it is.

        Args:
            name: The name that was looked up; only its first 100 characters are compared.
            count: How many to give.

        Returns:
            The ratio of `difflib.SequenceMatcher`, which is at least 0.6 (0.8 for a CAS number), and the
            name as it is written.
        """
        from difflib import SequenceMatcher  # only a miss pays for it

        asked = normal(name[:_LONGEST])
        pairs = _pairs(asked, {})
        own = pairs.bit_count()
        shared = (
            (2 * (pairs & each).bit_count() / (own + each.bit_count() or 1), spelt)
            for each, spelt in self._pairs
        )
        # One digit off is another number; what shares some digits is nothing like it.
        least = _CLOSE_NUMBER if asked.isdigit() else _CLOSE
        matcher = SequenceMatcher(b=asked)
        ranked: list[tuple[float, str]] = []
        for _, spelt in heapq.nlargest(_COMPARED, shared):
            matcher.set_seq1(spelt)
            if (ratio := matcher.ratio()) >= least:
                ranked.append((ratio, self.spelled[spelt]))
        return heapq.nlargest(count, ranked)


def _pairs(spelt: str, words: dict[str, int]) -> int:
    """The pairs of letters in the words of a name, as the bits of a number; two pairs may have one bit.

    Args:
        spelt: The name.
        words: The pairs of words that were met before; gets those of the others.
    """
    pairs = 0
    for word in spelt.split():
        if word not in words:
            bits = {(31 * ord(one) + ord(other)) % _BITS for one, other in pairwise(f" {word} ")}
            words[word] = sum(1 << bit for bit in bits)
        pairs |= words[word]
    return pairs


def close(name: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """Names that are close to one that was not found, closest first.

    Args:
        name: The name that was looked up; only its first 100 characters are compared.
        known: The names that there are.
        count: How many to give.
    """
    return tuple(each for _, each in Nearby(known).close(name, count))
