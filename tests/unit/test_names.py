"""Names: what counts as the same name, and which names are close."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mineral_ratio.catalog.names import HYDRATES, dried, keys, normal, unordered


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
        ("sodium metabisulphite", "sodium metabisulfite"),
        ("cesium chloride", "caesium chloride"),
        ("Chile saltpetre", "Chile saltpeter"),
        ("E 341 iii", "E 341(iii)"),
        ("e500ii", "E 500(ii)"),
        ("INS No. 341 (ii)", "E 341(ii)"),
        ("E number 170", "E 170"),
        ("CAS 471-34-1", "471-34-1"),
        ("CAS No. 471-34-1", "471-34-1"),
        ("cas:471-34-1", "471-34-1"),
        ("CAS RN: 471-34-1", "471-34-1"),
        ("UNII: H0G9379FGK", "h0g9379fgk"),
        ("iron(3+) chloride", "iron(III) chloride"),
        ("iron(+2) sulfate", "iron(II) sulfate"),
        ("copper 2+ sulfate", "copper(II) sulfate"),
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
        ("E 170a", "E 170"),
        ("cas", "unii"),
        ("cascade", "cade"),
        ("zinc sulfate monohydrate", "zinc sulfate heptahydrate"),
        ("zinc sulfate H2O", "zinc sulfate xH2O"),
        ("zinc sulfate nH2O", "zinc sulfate H2O"),
        ("zinc sulfate hydrate", "zinc sulfate monohydrate"),
        ("magnesium sulfate, dried", "magnesium sulfate anhydrous"),
        ("zinc sulfate 7H2O", "zinc sulfate 17H2O"),
        ("aluminium chlorohydrate", "aluminium chloride hydrate"),
        ("iron(2+) sulfate", "iron(3+) sulfate"),
        ("iron(2-) sulfate", "iron(II) sulfate"),
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


def test_signs_of_trade_and_of_footnotes_are_no_part_of_a_name():
    """Registered names and footnote marks are those without the sign; the asterisk of a formula stays."""
    assert normal("ch-OSA®") == normal("ch-OSA™") == normal("ch-OSA")
    assert normal("Zinc Oxide†") == normal("Zinc Oxide**") == "zinc oxide"
    assert normal("MgSO4*7H2O") == normal("MgSO4.7H2O")


@given(st.text(max_size=60))
def test_any_text_is_a_name_of_itself(text):
    """Whatever is given, its normal form is settled after two rounds, and it has one key or two."""
    assert normal(normal(text)) == normal(normal(normal(text)))
    assert unordered(text) in keys(text)
    assert len(keys(text)) in (1, 2)


@pytest.mark.parametrize(
    ("water", "word"),
    [
        ("7H2O", "heptahydrate"),
        ("(7H2O)", "heptahydrate"),
        (". 7 H2O", "heptahydrate"),
        ("· 7H₂O", "heptahydrate"),
        ("x 7H2O", "heptahydrate"),
        ("× 7 H2O", "heptahydrate"),
        ("* 7H2O", "heptahydrate"),
        ("7 mol H2O", "heptahydrate"),
        ("7-hydrate", "heptahydrate"),
        ("7 hydrate", "heptahydrate"),
        ("7‑hydrate", "heptahydrate"),
        ("7-water", "heptahydrate"),
        ("7aq", "heptahydrate"),
        ("hepta-hydrate", "heptahydrate"),
        ("hepta hydrate", "heptahydrate"),
        ("heptahydrated", "heptahydrate"),
        ("septahydrate", "heptahydrate"),
        ("heptahydrate (7 H2O)", "heptahydrate"),
        ("H2O", "monohydrate"),
        ("1H2O", "monohydrate"),
        ("0.5 H2O", "hemihydrate"),
        ("½H2O", "hemihydrate"),
        ("1/2-hydrate", "hemihydrate"),
        ("2.5 hydrate", "hemipentahydrate"),
        ("pentahemihydrate", "hemipentahydrate"),
        ("12-hydrate", "dodecahydrate"),
        ("0H2O", "anhydrous"),
        ("anh.", "anhydrous"),
        ("anhyd", "anhydrous"),
    ],
)
def test_water_is_a_word_however_it_is_written(water, word):
    """A number of H2O after a name is the word for it, and can be taken off again."""
    assert normal(f"zinc sulfate {water}") == f"zinc sulfate {word}"
    assert normal(f"zinc sulfate, {water}") == f"zinc sulfate {word}"
    assert dried(f"ZnSO4 {water}") == ("ZnSO4", word)
    assert dried(f"ZnSO4, {water}") == ("ZnSO4", word)


def test_every_count_has_its_word():
    """Each word for a hydrate is what its count reads as."""
    for word, count in HYDRATES.items():
        assert normal(f"salt {count}H2O") == f"salt {word}"
        assert normal(f"salt {word}") == f"salt {word}"
    assert normal("salt 13H2O") == "salt 13hydrate"


@pytest.mark.parametrize(
    "name",
    ["zinc sulfate", "zinc sulfate monohydrate 7H2O", "zinc sulfate hydrate", "MgCl2(H2O)6", "gypsum", ""],
)
def test_a_name_with_no_water_or_with_two_keeps_it(name):
    """What has no word for water, or two that disagree, is given back as it is."""
    assert dried(name) == (name, "")
