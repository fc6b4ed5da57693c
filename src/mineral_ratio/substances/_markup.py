"""Formulas in the mark-up of web pages and of TeX, put into plain text for the words of a refusal."""

from __future__ import annotations

import re

CHARACTERS = frozenset("<&\\$_^{")
"""What mark-up begins with."""

_STEPS = (
    (re.compile(r"<sup>", re.IGNORECASE), "^"),
    (re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE), ""),
    (re.compile(r"\\(?:cdot|times|bullet|ast)(?![A-Za-z]) ?"), "·"),
    (re.compile(r"\\(?:[A-Za-z]+|[ ,;:!])"), ""),
    (re.compile(r"_(?=[0-9{])|[${}]"), ""),
)


def plain(text: str) -> str:
    """A text without tags, entities and commands: ``CaSO<sub>4</sub>`` and ``CaSO_{4}`` as ``CaSO4``."""
    if "&" in text:
        from html import unescape  # its table of entities is large

        text = unescape(text)
    for pattern, instead in _STEPS:
        text = pattern.sub(instead, text)
    return text.strip()
