"""Errors: one tree, fields that stay, texts that help, and the builtin that a caller would guess."""

from __future__ import annotations

import copy
import pickle

import pytest

import mineral_ratio as mr
from mineral_ratio import errors

ROW = mr.RecordError("compounds.csv", 7, "cas", "check digit")
# The error, the builtins that it is too, its fields, and what its text must say.
CASES = [
    (mr.MineralRatioError("x"), Exception, {}, ["x"]),
    (
        mr.FormulaError("unknown symbol", "NaXx", 2),
        ValueError,
        {"message": "unknown symbol", "text": "NaXx", "position": 2},
        ["unknown symbol\n  NaXx\n    ^"],
    ),
    (
        mr.UnitError("'5': no unit", "5", "mass"),
        ValueError,
        {"message": "'5': no unit", "value": "5", "expected": "mass"},
        ["'5': no unit"],
    ),
    (mr.MassBalanceError("sums to 120 %"), ValueError, {}, ["sums to 120 %"]),
    (mr.UndefinedRatioError("no Mg"), ArithmeticError, {}, ["no Mg"]),
    (
        mr.NoAtomicWeightError("Tc", "CIAAW 2024"),
        LookupError,
        {"symbol": "Tc", "edition": "CIAAW 2024"},
        ["Tc", "CIAAW 2024", "nuclide"],
    ),
    (
        mr.UnknownChargeError("Fe", "rust"),
        LookupError,
        {"analyte": "Fe", "substance": "rust"},
        ["Fe", "rust", "ions="],
    ),
    (
        mr.UnknownContentError("Ca", "yeast"),
        LookupError,
        {"analyte": "Ca", "substance": "yeast"},
        ["Ca in yeast", "not known"],
    ),
    (
        mr.NotFoundError("calcum", "compound", ["calcium"], ["plugin: broken"]),
        KeyError,
        {
            "name": "calcum",
            "kind": "compound",
            "suggestions": ("calcium",),
            "failed_sources": ("plugin: broken",),
        },
        ["no compound is named 'calcum'", "did you mean 'calcium'?", "plugin: broken"],
    ),
    (
        mr.NotFoundError("x", "rule"),
        LookupError,
        {"suggestions": (), "failed_sources": ()},
        ["no rule is named 'x'"],
    ),
    (
        mr.AmbiguousNameError("calcium citrate", ["a: 24.1 % Ca", "b: 21.1 % Ca"], "compound"),
        LookupError,
        {"name": "calcium citrate", "candidates": ("a: 24.1 % Ca", "b: 21.1 % Ca"), "kind": "compound"},
        ["'calcium citrate' fits several compounds", "\n  a: 24.1 % Ca\n  b: 21.1 % Ca"],
    ),
    (
        mr.ProductFileError("p.toml", "rules[1]", "no"),
        ValueError,
        {"file": "p.toml", "key": "rules[1]", "message": "no"},
        ["p.toml: rules[1]: no"],
    ),
    (mr.ProductFileError("p.toml", "", "no"), ValueError, {"key": "", "others": ()}, ["p.toml: no"]),
    (
        mr.ProductFileError("p.toml", "a", "no", [mr.ProductFileError("p.toml", "b", "nor this")]),
        ValueError,
        {"key": "a", "message": "no"},
        ["p.toml: a: no\np.toml: b: nor this"],
    ),
    (mr.SourceError("mine", "why"), Exception, {"source": "mine", "reason": "why"}, ["source 'mine': why"]),
    (mr.SourceLoadError("mine", "why"), mr.SourceError, {"source": "mine"}, ["why"]),
    (mr.SourceContractError("mine", "why"), TypeError, {"source": "mine"}, ["why"]),
    (mr.SourceVersionError("mine", "why"), mr.SourceError, {"source": "mine"}, ["why"]),
    (mr.DuplicateSourceError("mine", "why"), ValueError, {"source": "mine"}, ["why"]),
    (
        ROW,
        ValueError,
        {"file": "compounds.csv", "line": 7, "field": "cas", "message": "check digit"},
        ["compounds.csv:7:cas: check digit"],
    ),
    (mr.RecordError("compounds.csv", 7, "", "short"), ValueError, {"field": ""}, ["compounds.csv:7: short"]),
    (
        mr.RecordErrors("1 bad row", [ROW]),
        ExceptionGroup,
        {"message": "1 bad row", "exceptions": (ROW,)},
        ["1 bad row\n  compounds.csv:7:cas"],
    ),
]
IDS = [f"{type(error).__name__}-{number}" for number, (error, *_) in enumerate(CASES)]


@pytest.mark.parametrize(("error", "builtin", "fields", "texts"), CASES, ids=IDS)
def test_an_error_is_what_a_caller_would_guess(error, builtin, fields, texts):
    """Each is in the tree and a builtin too, keeps its fields, and its text says what is wrong."""
    assert isinstance(error, mr.MineralRatioError)
    assert isinstance(error, builtin)
    assert {name: getattr(error, name) for name in fields} == fields
    for text in texts:
        assert text in str(error)


@pytest.mark.parametrize(
    "remake",
    [copy.copy, copy.deepcopy, lambda error: pickle.loads(pickle.dumps(error))],
    ids=["copy", "deepcopy", "pickle"],
)
@pytest.mark.parametrize(("error", "_builtin", "fields", "_texts"), CASES, ids=IDS)
def test_an_error_pickles_and_copies(error, _builtin, fields, _texts, remake):
    """An error that crossed a process is the same error."""
    again = remake(error)
    assert type(again) is type(error)
    assert str(again) == str(error)
    for name in fields:
        # Errors inside a group compare by identity: their text stands for them.
        assert str(getattr(again, name)) == str(getattr(error, name))


def test_every_error_is_tested_here():
    """No error of the tree is left out of these cases."""
    tree = {
        each
        for each in vars(errors).values()
        if isinstance(each, type) and issubclass(each, mr.MineralRatioError)
    }
    assert tree == {type(error) for error, *_ in CASES}


def test_the_suggestions_are_told_apart():
    """Several suggestions are joined by or."""
    assert "did you mean 'a' or 'b'?" in str(mr.NotFoundError("x", "rule", ["a", "b"]))


def test_a_long_name_is_cut():
    """A name of 100,000 characters makes no message of that length."""
    error = mr.NotFoundError("x" * 100_000, "compound")
    assert len(str(error)) < 200
    assert len(error.name) == 100_000


@pytest.mark.parametrize("position", [0, 500, 999])
def test_the_caret_stands_under_its_column_in_a_long_text(position):
    """A long formula is shown in part, the caret under the character at fault."""
    text = "".join("abcdefghij"[number % 10] for number in range(1000))
    _, excerpt, caret = str(mr.FormulaError("wrong", text, position)).split("\n")
    assert len(excerpt) < 150
    assert excerpt[caret.index("^")] == text[position]


def test_control_characters_do_not_move_the_caret():
    """A line break or tab inside a formula is shown as a space."""
    _, excerpt, caret = str(mr.FormulaError("wrong", "Na\n\tXx", 4)).split("\n")
    assert excerpt == "  Na  Xx"
    assert caret.index("^") == excerpt.index("X")


def test_a_group_splits_into_groups_of_its_kind():
    """except* and split keep the kind of a group of bad rows."""
    other = mr.RecordError("compounds.csv", 9, "name", "empty")
    group = mr.RecordErrors("2 bad rows", [ROW, other])
    matched, rest = group.split(lambda error: getattr(error, "line", 0) == 7)
    assert isinstance(matched, mr.RecordErrors)
    assert isinstance(rest, mr.RecordErrors)
    assert (matched.exceptions, rest.exceptions) == ((ROW,), (other,))


def test_a_skipped_source_is_a_warning():
    """A source that is skipped warns as users' warnings do."""
    assert issubclass(mr.SourceSkippedWarning, UserWarning)
