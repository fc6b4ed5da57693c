"""Laws of the quick look-up in the bundled tables: it finds what the whole index finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mineral_ratio.catalog import sources
from mineral_ratio.catalog.indexes import Entry, Index
from mineral_ratio.catalog.names import folded, keys, parts
from mineral_ratio.catalog.sources import BUNDLED, BundledSource

FILES = ("compounds.csv", "materials.csv")
NAMES = sorted({name for name in BUNDLED.index.names() if name})
WHOLE = Index(BUNDLED._read)

WORDS = (
    "calcium", "di", "Sulphate", "sulfate", "sulphide", "Sulfite", "aluminum", "aluminium", "E", "INS", "170",
    "e170", "471", "34", "1", "β", "beta", "µ", "CaCO₃", "caco3", "ﬁne", "straße", "(II)", "II", "Epsom",
)  # fmt: skip
JOINTS = (" ", "  ", "-", "‐", "–", "'", ",", "/", "_", "")


@st.composite
def respelled(draw: st.DrawFn, name: str) -> str:
    """A name in another order of words, in another case and with other joints, mostly still the same."""
    words = draw(st.permutations(name.split()) | st.just(name.split()))
    text = draw(st.sampled_from((" ", "  ", "-", ", "))).join(words)
    text = draw(st.sampled_from((str, str.upper, str.lower, str.title)))(text)
    for usual, other in draw(
        st.lists(st.sampled_from((("sulf", "sulph"), ("SULF", "SULPH"), ("-", " "), ("-", ""), ("3", "₃"))))
    ):
        text = text.replace(usual, other)
    return text


made_up = st.lists(st.sampled_from(WORDS) | st.sampled_from(JOINTS), min_size=1, max_size=8).map("".join)
known = st.sampled_from(NAMES)


@given(one=made_up | known | known.flatmap(respelled), data=st.data())
def test_a_line_that_has_a_name_holds_its_parts(one: str, data: st.DataObject) -> None:
    """Wherever two names have a key in common, each stands in the other's line, whatever else is there."""
    other = data.draw(respelled(one) | made_up)
    if set(keys(one)) & set(keys(other)):
        line = folded(f'x,"{other}; more, words",')
        assert all(part in line for part in parts(one)), (one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("E170", "E 170"),
        ("INS 170", "e170"),
        ("magnesium sulfate", "Magnesium sulphate"),
        ("aluminum sulfite", "aluminium-sulphite"),
        ("dicalcium malate", "di-calcium malate"),
        ("tri calcium phosphate", "tri-calcium phosphate"),
        ("β-alanine", "beta alanine"),
        ("CaCO3", "CaCO₃"),
    ],
)
def test_each_spelling_holds_the_parts_of_the_other(one: str, other: str) -> None:
    """Two spellings of one name are found in each other's lines."""
    assert set(keys(one)) & set(keys(other))
    assert all(part in folded(other) for part in parts(one))
    assert all(part in folded(one) for part in parts(other))


@pytest.mark.parametrize("file", FILES)
def test_every_row_is_found_by_every_name_in_its_own_line(file: str) -> None:
    """Each row of the tables is one line, and that line holds the parts of all its names."""
    _, searched = sources._lines(file)
    rows = sources._rows(file, ())
    assert rows
    for row in rows:
        for name in (row.text("name"), *row.listed("synonyms"), *row.listed("family"), row.text("cas")):
            assert all(part in searched[row.line - 1] for part in parts(name)), (name, row.line)


@given(known | known.flatmap(respelled) | made_up | st.text())
def test_the_likely_lines_answer_as_the_whole_tables(name: str) -> None:
    """The same records in the same order, or none, whatever the name."""
    likely = Index(lambda: BUNDLED._read(parts(name)))
    assert list(map(id, likely.named(name))) == list(map(id, WHOLE.named(name)))


def test_a_record_is_one_object_however_it_was_found() -> None:
    """A record that was looked up first is the one that iteration gives, and later look-ups find."""
    source = BundledSource()
    [gypsum] = source.index.named("gypsum")
    assert source.index.named("calcium sulfate dihydrate") == [gypsum]
    assert any(each is gypsum for each in source)
    assert source.index.named("no such name") == []
    assert source.index.named("10101-41-4")[0] is gypsum


def test_after_a_few_names_or_a_miss_the_tables_are_read_whole() -> None:
    """Lines are searched for a handful of names only, and never again after one that is not there."""
    for misses in (0, 1):
        searched: list[str] = []

        def likely(name: str, searched: list[str] = searched) -> list[Entry]:
            searched.append(name)
            return list(BUNDLED._read(parts(name)))

        index = Index(BUNDLED._read, likely)
        for name in [*["no such name"] * misses, *NAMES[:200]]:
            index.named(name)
        assert 1 <= len(searched) <= 50
        assert (len(searched) == 1) is bool(misses)
