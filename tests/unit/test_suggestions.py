"""Suggestions: which names are close to one that was not found."""

from __future__ import annotations

import random
from difflib import get_close_matches

import pytest

import mineral_ratio as mr
from mineral_ratio.catalog.names import normal
from mineral_ratio.catalog.sources import BUNDLED
from mineral_ratio.catalog.suggestions import Nearby, close

NAMES = tuple(dict.fromkeys(BUNDLED.index.names()))
CATALOG = mr.Catalog(plugins=False)


def test_close_names_are_given_as_they_are_written() -> None:
    """The closest first, in their own spelling, at most as many as asked for."""
    known = ["Calcium Carbonate", "calcium citrate", "zinc oxide"]
    assert close("calcium carbonat", known) == ("Calcium Carbonate", "calcium citrate")
    assert close("calcium carbonat", known, 1) == ("Calcium Carbonate",)
    assert close("xyzzy", known) == ()
    assert close("", known) == ()
    assert close("zinc oxide", ()) == ()


def test_only_the_beginning_of_a_long_name_is_compared() -> None:
    """100,000 characters are compared by their first hundred."""
    assert close("calcium carbonate" + " " * 100_000, ["calcium carbonate"]) == ("calcium carbonate",)
    assert close("x" * 100_000, ["calcium carbonate"] * 1000) == ()


def test_each_suggestion_says_how_close_it_is() -> None:
    """The ratio is that of difflib on the names as they are compared, 1 for the same name."""
    [(ratio, name), *_] = Nearby(["Calcium-Carbonate", "gypsum"]).close("calciumcarbonate", 3)
    assert (ratio, name) == (1.0, "Calcium-Carbonate")
    assert Nearby(["gypsum"]).close("gipsum", 3) == [(pytest.approx(10 / 12), "gypsum")]


def test_one_digit_off_is_close_to_a_number_and_three_are_not() -> None:
    """A CAS number suggests another one only where they share all digits but one."""
    assert close("471-34-2", ["471-34-1"]) == ("471-34-1",)
    assert close("471-99-9", ["471-34-1"]) == ()


def misspelt(name: str, rnd: random.Random) -> str:
    """A name with one letter left out, doubled, changed, or exchanged with the next one."""
    place = rnd.randrange(len(name) - 1)
    one, other = name[place], name[place + 1]
    return name[:place] + rnd.choice(("", one + one, rnd.choice("aeimnost"), other + one)) + name[place + 1 :]


def test_suggestions_are_as_good_as_those_of_difflib_alone() -> None:
    """Of 300 misspelt names as many are suggested first as when each name is compared letter by letter."""
    rnd = random.Random(7)
    spelled = {normal(each): each for each in NAMES}
    nearby = Nearby(NAMES)
    words = [each for each in NAMES if len(each) > 5 and each.replace(" ", "").isalpha()]
    first = theirs = 0
    for name in rnd.sample(words, 300):
        wrong = misspelt(name, rnd)
        first += [each for _, each in nearby.close(wrong, 1)] == [name]
        theirs += [spelled[each] for each in get_close_matches(normal(wrong), spelled, 1)] == [name]
    assert first >= theirs - 1
    assert first > 280


# -- what a catalogue makes of them


def refused(name: str, kind: str = "compound") -> mr.NotFoundError:
    """The error of a name that is not found."""
    with pytest.raises(mr.NotFoundError) as caught:
        getattr(CATALOG, kind)(name)
    return caught.value


@pytest.mark.parametrize(
    ("name", "formula"),
    [("mgo", "MgO"), ("MGO", "MgO"), ("caco3", "CaCO3"), ("NACL", "NaCl"), ("mgso4.7h2o", "MgSO4.7H2O"),
     ("CuSO4-5H2O", "CuSO4.5H2O")],
)  # fmt: skip
def test_a_formula_in_other_capitals_is_suggested_with_the_reason(name: str, formula: str) -> None:
    """Capitals tell elements apart, so that such a text is not read but told."""
    error = refused(name)
    assert error.suggestions == (formula,)
    assert "as it is written" in error.reason
    assert f"'; did you mean {formula!r}" not in str(error)
    assert str(error).endswith(f"did you mean {formula!r}?")
    assert CATALOG.find(name) == CATALOG.find(formula)


def test_a_material_has_no_formula_for_a_name() -> None:
    """Where a material is looked for, no formula is suggested."""
    assert refused("kcl", "material").reason == ""


def test_a_wrong_check_digit_is_told() -> None:
    """A CAS number whose check digit is wrong says which it should be, with the number that is close."""
    for name in ("471-34-2", "CAS 471-34-2", "CAS No. 471-34-2"):
        error = refused(name)
        assert error.reason == "the check digit of 471-34-2 should be 1"
        assert error.suggestions == ("471-34-1",)
    assert refused("50-00-0").reason == ""
    assert "not written as a CAS number" in refused("00471-34-1").reason


@pytest.mark.parametrize("name", ["calcium", "Zinc", "sulphur", "aluminum"])
def test_an_element_is_no_compound(name: str) -> None:
    """The name of an element is refused with the reason."""
    assert refused(name).reason == "it is an element; name the compound that holds it"


def test_a_suggestion_holds_the_element_that_is_asked_for() -> None:
    """To a name that begins with an element, no name of what is free of it is close."""
    assert refused("boron citrate").suggestions == ()
    assert "magnesium glycinate" not in refused("molybdenum glycinate").suggestions
    assert refused("zinc bisglycinat").suggestions[0] == "zinc bisglycinate"
    assert refused("selenum yeast", "material").suggestions == ("selenium yeast",)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("zinc amino acid chelate", "a metal on amino acids of any kind"),
        ("Iron Proteinate", "a metal on hydrolysed protein"),
        ("Iodine (from kelp)", "a seaweed of no one iodine content"),
        ("magnesium glycinate, buffered", "a blend with the oxide or the carbonate"),
        ("polysaccharide iron complex", "a metal on a polysaccharide"),
    ],
)
def test_a_name_without_one_composition_says_what_it_leaves_open(name: str, reason: str) -> None:
    """Such a name is told what it leaves open, and no other substance is suggested in its place."""
    error = refused(name, "substance")
    assert error.reason.startswith(reason)
    assert error.suggestions == ()


def test_weak_suggestions_are_left_out() -> None:
    """What is much less close than the closest is neither suggested nor found."""
    assert refused("calcum carbonat").suggestions == ("calcium carbonate",)
    assert [each.name for each in CATALOG.find("calcum carbonat")] == ["calcium carbonate"]
    assert [each.name for each in CATALOG.find("zinc sulfat")] == [
        "zinc sulfate anhydrous", "zinc sulfate monohydrate", "zinc sulfate heptahydrate",
    ]  # fmt: skip
