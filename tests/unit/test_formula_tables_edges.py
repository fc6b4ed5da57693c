"""What hundreds of texts are read as, or refused with, to the letter.

The tables in ``formulas`` hold a text in each row. After a change on purpose ``FORMULAS=write`` in the
environment makes this test write them anew; a row that has changed is read before it is kept.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import mineral_ratio as mr

FOLDER = Path(__file__).with_name("formulas")
ROWS = 150


def rows(name: str) -> list[list[str]]:
    """The rows of a table: a text, and what is told of it."""
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


READ, REFUSED = rows("read.jsonl"), rows("refused.jsonl")


def read(text: str) -> list[str]:
    """All that a formula says of itself."""
    formula = mr.Formula.parse(text)
    counts = ", ".join(f"{key} {count}" for key, count in formula.counts.items())
    try:
        hill = formula.hill
    except mr.FormulaError as error:
        hill = error.message
    dry, water = str(formula.anhydrous), str(formula.water_of_crystallization)
    told = [text, str(formula), counts, f"{formula.charge_number:+d}", hill, formula.unicode, formula.html]
    return [*told, dry, water]


def refused(text: str) -> list[str]:
    """Why a text is no formula, and where."""
    with pytest.raises(mr.FormulaError) as caught:
        mr.Formula.parse(text)
    return [text, str(caught.value.position), caught.value.message]


def again(name: str, told: list[list[str]], start: int) -> list[list[str]]:
    """The rows of a table from one on; written anew first, if that is asked for."""
    if os.environ.get("FORMULAS") == "write":
        every = rows(name)
        every[start : start + len(told)] = told
        lines = [json.dumps(row, ensure_ascii=True) for row in every]
        (FOLDER / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return rows(name)[start : start + len(told)]


@pytest.mark.parametrize("start", range(0, len(READ), ROWS))
def test_formulas_are_read_and_spelled_so(start):
    """Counts, charge, the spellings, and the formula without its water of crystallization."""
    told = [read(text) for text, *_ in READ[start : start + ROWS]]
    assert told == again("read.jsonl", told, start)


@pytest.mark.parametrize("start", range(0, len(REFUSED), ROWS))
def test_texts_are_refused_so(start):
    """The sentence that says what is wrong, and the position that it points at."""
    told = [refused(text) for text, *_ in REFUSED[start : start + ROWS]]
    assert told == again("refused.jsonl", told, start)
