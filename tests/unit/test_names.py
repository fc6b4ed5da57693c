"""Names: what counts as the same name, and which names are close."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mineral_ratio.catalog.names import close, keys, normal, unordered


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Calcium Carbonate", "calcium carbonate"),
        ("  calcium \t carbonate\n", "calcium carbonate"),
        ("calcium\u00a0carbonate", "calcium carbonate"),
        ("calcium, carbonate", "calcium carbonate"),
        ("di-calcium malate", "dicalcium malate"),
        ("di‑calcium malate", "di-calcium malate"),
        ("di–calcium malate", "di-calcium malate"),
        ("β-tricalcium phosphate", "beta-tricalcium phosphate"),
        ("magnesium sulphate", "magnesium sulfate"),
        ("aluminum sulphate", "aluminium sulfate"),
        ("iron(II) sulfate", "iron (ii) sulfate"),
        ("iron [II] sulfate", "iron(II) sulfate"),
        ("vitamin B₁₂", "vitamin b12"),
        ("E 170", "e170"),
        ("E-170", "E 170"),
        ("INS 170", "E 170"),
        ("E 333(iii)", "e333 (III)"),
        ("ＣａＣＯ３", "caco3"),
        ("Scheele's green", "scheeles green"),
    ],
)
def test_the_same_name(one, other):
    """Case, spaces, hyphens, Greek letters, subscripts, spelling and the marks of additives do not matter."""
    assert normal(one) == normal(other)
    assert unordered(one) == unordered(other)
    assert set(keys(one)) & set(keys(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("calcium carbonate", "calcium bicarbonate"),
        ("iron(II) sulfate", "iron(III) sulfate"),
        ("471-34-1", "34-471-1"),
        ("50-81-7", "81-50-7"),
        ("E 170", "E 171"),
        ("E 333(i)", "E 333(ii)"),
        ("e", "ins"),
    ],
)
def test_another_name(one, other):
    """What tells two compounds apart is kept; the groups of a CAS number have an order."""
    assert not set(keys(one)) & set(keys(other))


def test_words_may_stand_in_any_order():
    """Dihydrate calcium chloride is calcium chloride dihydrate."""
    assert unordered("dihydrate calcium chloride") == unordered("Calcium chloride dihydrate")
    assert normal("dihydrate calcium chloride") != normal("calcium chloride dihydrate")


def test_a_hyphen_between_letters_is_nothing_or_a_space():
    """Both readings are looked up; between digits there is one."""
    assert keys("Calcium-Carbonate") == ("calciumcarbonate", "calcium carbonate")
    assert keys("calcium–carbonate") == ("calciumcarbonate", "calcium carbonate")
    assert keys("471-34-1") == ("471341",)
    assert keys("calcium carbonate") == ("calcium carbonate",)
    assert keys("gypsum…") == ("gypsum...",)


@given(st.text(max_size=60))
def test_any_text_is_a_name_of_itself(text):
    """Whatever is given, its normal form is settled after two rounds, and it has one key or two."""
    assert normal(normal(text)) == normal(normal(normal(text)))
    assert unordered(text) in keys(text)
    assert len(keys(text)) in (1, 2)


def test_close_names_are_given_as_they_are_written():
    """The closest first, in their own spelling, at most as many as asked for."""
    known = ["Calcium Carbonate", "calcium citrate", "zinc oxide"]
    assert close("calcium carbonat", known) == ("Calcium Carbonate", "calcium citrate")
    assert close("calcium carbonat", known, 1) == ("Calcium Carbonate",)
    assert close("xyzzy", known) == ()
    assert close("", known) == ()


def test_only_the_beginning_of_a_long_name_is_compared():
    """100,000 characters are compared by their first hundred."""
    assert close("calcium carbonate" + " " * 100_000, ["calcium carbonate"]) == ("calcium carbonate",)
    assert close("x" * 100_000, ["calcium carbonate"] * 1000) == ()
