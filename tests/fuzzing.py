"""Hostile input that is near to good input: texts and documents that were edited at random."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

# What texts of all kinds are broken with: signs, numbers, letters of other alphabets, controls.
SHARDS = [
    *"0123456789.,;:%<>=+-^_()[]{}·*/\\\"'#& \t\n\r\0",
    "é",
    "Ω",
    "٣",
    "½",
    "\u202e",
    "\ufeff",
    "😀",
    "１",
]
SHARDS += ["nan", "inf", "1e999", "9" * 40, "0.0000000000000001", "-1", " to ", "((((((((", "\n\n", '"""']


@st.composite
def edited(draw: DrawFn, seeds: Sequence[str], pieces: Sequence[str] = ()) -> str:
    """One of some texts, with up to five pieces cut out, put in, doubled or brought in from another one.

    Args:
        draw: Given by Hypothesis.
        seeds: Good texts.
        pieces: What is put in, besides what breaks any text.
    """
    text = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(0, 5))):
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        end = min(end, start + 20)
        instead = draw(
            st.one_of(
                st.sampled_from([*SHARDS, *pieces]),
                st.sampled_from(["", text[start:end] * 2, text[start:end].swapcase()]),
                st.sampled_from(seeds).flatmap(
                    lambda seed: st.integers(0, len(seed)).map(lambda n: seed[n:][:20])
                ),
                st.text(max_size=3),
            )
        )
        text = text[:start] + instead + text[end:]
    return text


def broken(seeds: Sequence[str]) -> SearchStrategy[bytes]:
    """Files: edited texts, and bytes that are no text in them."""
    text = edited(seeds).map(lambda each: each.encode("utf-8", "surrogatepass"))

    @st.composite
    def spoilt(draw: DrawFn) -> bytes:
        content = draw(text)
        at = draw(st.integers(0, len(content)))
        return content[:at] + draw(st.binary(max_size=4)) + content[at:]

    return st.one_of(text, spoilt())


def values() -> SearchStrategy[Any]:
    """Values of a document, of any type and depth: what JSON and TOML both hold."""
    numbers = st.one_of(st.integers(), st.sampled_from([10**400, -(10**30), 0, 1]), st.floats())
    texts = st.one_of(edited(["1 g", "5 %", "CaCO3", "Ca", "female", "calcium citrate"]), st.text(max_size=8))
    texts = texts.filter(lambda text: not any("\ud800" <= char <= "\udfff" for char in text))
    return st.recursive(
        st.one_of(st.booleans(), numbers, texts),
        lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)),
        max_leaves=6,
    )


@st.composite
def documents(draw: DrawFn, good: dict[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    """A good document in which some keys, on any level, hold something else, are gone or are new.

    Args:
        draw: Given by Hypothesis.
        good: The document.
        keys: Keys that may be new.
    """
    document = json.loads(json.dumps(good))
    for _ in range(draw(st.integers(1, 4))):
        place: Any = document
        while True:
            at = draw(st.sampled_from([*place, *keys] if isinstance(place, dict) else range(len(place))))
            inner = place[at] if isinstance(place, list) or at in place else None
            if not (isinstance(inner, dict | list) and inner) or draw(st.booleans()):
                break
            place = inner
        if isinstance(place, dict) and draw(st.integers(0, 4)) == 0:
            place.pop(at, None)
        else:
            place[at] = draw(values())
    return document


def toml(value: Any) -> str:
    """A value as TOML writes it; a document's tables are inline, which means the same."""
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key)} = {toml(each)}" for key, each in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value).lower()


def toml_document(document: dict[str, Any]) -> str:
    """A document as TOML."""
    return "".join(f"{json.dumps(key)} = {toml(value)}\n" for key, value in document.items())
