"""Elements, atomic weights as an edition, and mappings that are looked up by element."""

from __future__ import annotations

import copy
import math
import os
import pickle
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mineral_ratio
from mineral_ratio.errors import NoAtomicWeightError, NotFoundError, RecordError, UnitError
from mineral_ratio.substances import _tables
from mineral_ratio.substances._tables import read_table
from mineral_ratio.substances.atomic_weights import AtomicWeight, AtomicWeights, NuclideMass, default_weights
from mineral_ratio.substances.elements import ELEMENTS, Element, ElementMap, element, symbol_of

CALCIUM = Element(20, "Ca", "calcium")

every_element = st.sampled_from(ELEMENTS)
no_text = st.text(max_size=12).filter(lambda text: text.strip().casefold() not in KNOWN)
KNOWN = {name for e in ELEMENTS for name in (e.symbol.casefold(), e.name)} | {"aluminum", "cesium", "sulphur"}


# Elements


@pytest.mark.parametrize("key", ["Ca", "calcium", "CALCIUM", "Calcium", " calcium ", 20, CALCIUM])
def test_an_element_answers_to_symbol_name_and_number(key):
    """Calcium is found under its symbol, its name in any case, its atomic number and itself."""
    assert element(key) == CALCIUM
    assert symbol_of(key) == "Ca"


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("aluminium", "Al"),
        ("aluminum", "Al"),
        ("Sulphur", "S"),
        ("sulfur", "S"),
        ("caesium", "Cs"),
        ("CESIUM", "Cs"),
        ("tin", "Sn"),
        ("oganesson", "Og"),
    ],
)
def test_british_and_american_spellings_are_one_element(name, symbol):
    """Both spellings lead to the same element, whose name is that of IUPAC."""
    assert element(name).symbol == symbol


@given(every_element)
def test_every_element_is_found_under_all_its_names(e):
    """Symbol, name, number and the element itself are four ways to one element."""
    assert element(e.symbol) is element(e.name.upper()) is element(e.atomic_number) is element(e)
    assert str(e) == e.symbol


def test_there_are_118_elements_in_order():
    """The elements stand in the order of their atomic numbers, each with its own symbol and name."""
    assert [e.atomic_number for e in ELEMENTS] == list(range(1, 119))
    assert len({e.symbol for e in ELEMENTS}) == len({e.name for e in ELEMENTS}) == 118


@pytest.mark.parametrize(
    ("key", "suggestion"),
    [
        ("ca", "Ca"),
        ("CA", "Ca"),
        ("mG", "Mg"),
        (" zn", "Zn"),
        ("calcum", "calcium"),
        ("Magnezium", "magnesium"),
    ],
)
def test_a_miss_suggests_what_may_be_meant(key, suggestion):
    """Symbols keep their case, and a misspelt name is answered with the right one."""
    with pytest.raises(NotFoundError) as caught:
        element(key)
    assert caught.value.kind == "element"
    assert suggestion in caught.value.suggestions
    assert suggestion in str(caught.value)


@pytest.mark.parametrize(
    "key",
    [
        "",
        " ",
        "Xx",
        "20",
        "Ca2+",
        "deuterium",
        0,
        -1,
        119,
        10**400,
        True,
        False,
        1.0,
        math.nan,
        None,
        b"Ca",
        ["Ca"],
        {},
    ],
)
def test_what_is_no_element_is_refused(key):
    """Nothing but a symbol, a name or a number from 1 to 118 is an element; True is not hydrogen."""
    with pytest.raises(NotFoundError):
        element(key)
    with pytest.raises(KeyError):
        symbol_of(key)


def test_a_long_text_is_refused_without_comparing_it():
    """A text far longer than any name has no suggestions."""
    with pytest.raises(NotFoundError) as caught:
        element("calcium" * 20_000)
    assert caught.value.suggestions == ()


@given(no_text)
def test_any_other_text_is_a_not_found_error(text):
    """No text crashes the look-up."""
    with pytest.raises(NotFoundError):
        element(text)


@pytest.mark.parametrize(
    "forged", [Element(20, "Ca", "lime"), Element(12, "Ca", "calcium"), Element(0, "Zz", "z")]
)
def test_an_element_made_up_by_hand_is_refused(forged):
    """An Element that is not in the table of elements is none."""
    with pytest.raises(NotFoundError):
        element(forged)


def test_an_element_is_frozen():
    """An element cannot be changed."""
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        CALCIUM.symbol = "Mg"


@pytest.mark.parametrize("key", ["[44Ca]", "[2H]", "[45Ca]", "[238U]"])
def test_an_isotope_key_is_given_back(key):
    """Isotope keys pass through symbol_of as they are, but are no elements."""
    assert symbol_of(key) == key
    with pytest.raises(NotFoundError):
        element(key)


@pytest.mark.parametrize(
    "key", ["[44ca]", "[Ca]", "44Ca", "[044Ca]", "[44Ca", "[44Xx]", "[1234Ca]", "[٤٤Ca]", "[44Ca]\n"]
)
def test_a_text_like_an_isotope_key_is_refused(key):
    """An isotope key is a mass number and a symbol in square brackets, and nothing more."""
    with pytest.raises(NotFoundError):
        symbol_of(key)


# ElementMap


def test_a_map_is_looked_up_by_whatever_names_an_element():
    """The four ways to name an element, and isotope keys, find a value."""
    values = ElementMap({"calcium": 1, 12: 2, "[44Ca]": 3})
    assert list(values) == ["Ca", "Mg", "[44Ca]"]
    assert values["Ca"] == values["Calcium"] == values[20] == values[CALCIUM] == values.get("calcium") == 1
    assert values["[44Ca]"] == 3
    assert len(values) == 3
    assert list(values.items()) == [("Ca", 1), ("Mg", 2), ("[44Ca]", 3)]
    assert list(values.values()) == [1, 2, 3]
    assert repr(values) == "ElementMap({'Ca': 1, 'Mg': 2, '[44Ca]': 3})"


def test_membership_is_asked_in_the_same_ways():
    """What has no value here, and what is no element, is not in the map."""
    values = ElementMap({"Ca": 1})
    assert all(key in values for key in ("Ca", "calcium", 20, CALCIUM))
    assert not any(key in values for key in ("Mg", "ca", "nonsense", 12, True, None, 20.0, ["Ca"], "[44Ca]"))


def test_a_miss_in_a_map_is_a_key_error():
    """An element without a value and a text that names none are told apart, and both are KeyErrors."""
    values = ElementMap({"Ca": 1})
    with pytest.raises(NotFoundError, match="no element in this mapping is named 'Mg'"):
        values["magnesium"]
    with pytest.raises(KeyError, match="did you mean 'Ca'"):
        values["ca"]


def test_get_answers_with_its_default():
    """The default stands for an element without a value and for what is no element."""
    values = ElementMap({"Ca": 1})
    assert values.get("Mg") is None
    assert values.get(12, 0) == values.get("nonsense", 0) == values.get("ca", default=0) == 0


@pytest.mark.parametrize("twice", [{"Ca": 1, "calcium": 2}, {20: 1, "Ca": 1}, {CALCIUM: 1, 20: 1}])
def test_an_element_given_twice_is_refused(twice):
    """Two keys for one element would lose a value."""
    with pytest.raises(UnitError, match="given twice"):
        ElementMap(twice)


def test_a_key_that_is_no_element_is_refused():
    """A map of elements holds elements only."""
    with pytest.raises(NotFoundError):
        ElementMap({"Ca": 1, "Xx": 2})


def test_a_map_cannot_be_changed():
    """There is no way to set or delete a value, and what it was made of stays apart from it."""
    source = {"Ca": 1}
    values = ElementMap(source)
    source["Mg"] = 2
    assert list(values) == ["Ca"]
    with pytest.raises(TypeError):
        values["Ca"] = 2
    with pytest.raises(TypeError):
        del values["Ca"]
    with pytest.raises(AttributeError):
        values.more = 1


@given(st.dictionaries(every_element, st.integers()))
def test_maps_are_equal_and_hash_by_value(values):
    """Order does not matter for equality, and equal maps have one hash; copies and pickles are equal."""
    forth, back = ElementMap(values), ElementMap(dict(reversed(values.items())))
    assert forth == back == {e.symbol: value for e, value in values.items()}
    assert hash(forth) == hash(back)
    assert copy.deepcopy(forth) == pickle.loads(pickle.dumps(forth)) == forth


def test_maps_differ_from_other_maps_and_other_things():
    """Other values, other elements and other things are not equal."""
    assert ElementMap({"Ca": 1}) != ElementMap({"Ca": 2})
    assert ElementMap({"Ca": 1}) != {"Mg": 1}
    assert ElementMap({}) != ()
    with pytest.raises(TypeError, match="unhashable"):
        hash(ElementMap({"Ca": []}))


# Atomic weights


def test_the_default_edition_knows_its_name_and_its_sources():
    """The edition in use is dated and cites both of its tables."""
    weights = default_weights()
    assert weights.name == "CIAAW 2024"
    assert "10.1515/pac-2019-0603" in weights.citation
    assert "AME2020" in weights.citation
    assert repr(weights) == "<AtomicWeights 'CIAAW 2024': 84 elements, 289 nuclides>"


def test_a_weight_has_a_value_an_uncertainty_and_perhaps_an_interval():
    """Magnesium is an interval and computed with by its abridged value; calcium is a single value."""
    weights = default_weights()
    assert weights.weight("magnesium") == AtomicWeight("Mg", 24.305, 0.002, (24.304, 24.307))
    assert weights.weight(20) == AtomicWeight("Ca", 40.078, 0.004)
    assert weights.value(20) == weights.masses["Ca"] == 40.078


def test_the_standard_uncertainty_is_that_of_a_uniform_distribution():
    """An expanded uncertainty U is read as u = U / sqrt 3; that of a nuclide is given as it is."""
    weights = default_weights()
    assert weights.weight("Ca").standard_uncertainty == pytest.approx(0.004 / math.sqrt(3))
    assert weights.standard_uncertainty("Ca") == weights.weight("Ca").standard_uncertainty
    assert weights.standard_uncertainty("[44Ca]") == 0.000000348


def test_an_element_without_a_standard_atomic_weight_has_none():
    """No mass number is slipped in: technetium has no value, and the error names the edition."""
    weights = default_weights()
    assert "Tc" not in weights.masses
    for ask in (weights.value, weights.weight, weights.standard_uncertainty):
        with pytest.raises(NoAtomicWeightError, match=r"Tc has no standard atomic weight in CIAAW 2024"):
            ask("technetium")


def test_a_nuclide_that_does_not_occur_in_nature_is_not_found():
    """Calcium-45 is a nuclide without a mass here, which is told from an element without a weight."""
    weights = default_weights()
    assert weights.value("[44Ca]") == 43.955481489
    assert "[45Ca]" not in weights.masses
    with pytest.raises(NotFoundError, match=r"no nuclide of CIAAW 2024 is named '\[45Ca\]'"):
        weights.value("[45Ca]")


def test_a_weight_is_asked_for_elements_only():
    """A nuclide has a mass, not an atomic weight, and what is no element has neither."""
    with pytest.raises(NotFoundError):
        default_weights().weight("[44Ca]")
    with pytest.raises(NotFoundError):
        default_weights().value("ca")


def test_masses_hold_every_weight_and_every_nuclide():
    """The plain mapping for formulas says the same as the values asked one by one, and is read-only."""
    weights = default_weights()
    assert set(weights.masses) == {*weights.weights, *weights.nuclides}
    assert all(weights.value(key) == mass for key, mass in weights.masses.items())
    with pytest.raises(TypeError):
        weights.masses["Ca"] = 40.0


def test_another_edition_differs_where_it_is_told_to():
    """A replaced weight is the new one, all others stay, and the first edition is untouched."""
    before = default_weights()
    after = before.replace(
        name="CIAAW 2021",
        citation="doi:10.1515/pac-2019-0603",
        weights={"zirconium": 91.224, 1: 1, "Tc": 97.9},
    )
    assert (after.name, after.citation) == ("CIAAW 2021", "doi:10.1515/pac-2019-0603")
    assert after.weight("Zr") == AtomicWeight("Zr", 91.224)
    assert (after.masses["Zr"], after.masses["H"], after.value("Tc")) == (91.224, 1.0, 97.9)
    assert {s for s in after.masses if after.masses[s] != before.masses.get(s)} == {"Zr", "H", "Tc"}
    assert before.value("Zr") == 91.222
    assert before.replace(name="x", citation="y", weights={"Na": AtomicWeight("Na", 22.99, 0.001)}).weight(
        11
    ) == (AtomicWeight("Na", 22.99, 0.001))


def test_an_edition_of_ones_own():
    """An edition may hold any elements and any nuclides, and knows nothing else."""
    own = AtomicWeights("house", "internal 7", {"Na": 22.99, 17: 35.45}, {"[45Ca]": 44.956186})
    assert dict(own.masses) == {"Na": 22.99, "Cl": 35.45, "[45Ca]": 44.956186}
    assert own.standard_uncertainty("Na") == own.standard_uncertainty("[45Ca]") == 0
    with pytest.raises(NoAtomicWeightError, match="house"):
        own.value("Ca")
    assert not AtomicWeights("house", "internal 7", {"Na": 22.99}).nuclides


@pytest.mark.parametrize(
    "value", [math.nan, math.inf, -math.inf, 0, -0.0, -22.99, 10**400, True, "22.99", None, Decimal("22.99")]
)
def test_a_weight_that_is_no_mass_is_refused(value):
    """A relative atomic mass is a finite positive number, in an edition, in a weight and in a nuclide."""
    for make in (
        lambda: default_weights().replace(name="x", citation="y", weights={"Na": value}),
        lambda: AtomicWeight("Na", value),
        lambda: AtomicWeight("Na", 22.99, interval=(22.9, value)),
        lambda: NuclideMass("[23Na]", value),
    ):
        with pytest.raises(UnitError) as caught:
            make()
        assert caught.value.expected == "relative atomic mass"


@pytest.mark.parametrize("uncertainty", [math.nan, math.inf, -1e-9, False, "0.1"])
def test_an_uncertainty_that_is_none_is_refused(uncertainty):
    """An uncertainty is a finite number, zero or above."""
    with pytest.raises(UnitError, match="uncertainty"):
        AtomicWeight("Na", 22.99, uncertainty)
    with pytest.raises(UnitError, match="uncertainty"):
        NuclideMass("[23Na]", 22.99, uncertainty)


@pytest.mark.parametrize("interval", [(24.307, 24.304), (24.304,), (24.304, 24.305, 24.307), ()])
def test_an_interval_has_a_lower_and_an_upper_end(interval):
    """An interval that is upside down or has not two ends is refused."""
    with pytest.raises(UnitError, match="interval"):
        AtomicWeight("Mg", 24.305, 0.002, interval)


@pytest.mark.parametrize("key", ["Xx", "na", "[23Na]", True, 119])
def test_a_weight_for_what_is_no_element_is_refused(key):
    """Only elements have atomic weights."""
    with pytest.raises(NotFoundError):
        default_weights().replace(name="x", citation="y", weights={key: 22.99})


@pytest.mark.parametrize("key", ["Na", "sodium", "23Na", "[23na]", 11])
def test_a_mass_for_what_is_no_nuclide_is_refused(key):
    """Nuclides are named by isotope keys."""
    with pytest.raises(NotFoundError, match="nuclide"):
        AtomicWeights("x", "y", {}, {key: 22.99})


def test_a_figure_under_another_name_is_refused():
    """A weight given for one element cannot be that of another, and no element is given twice."""
    with pytest.raises(UnitError, match="what is given for Na is the relative atomic mass of K"):
        AtomicWeights("x", "y", {"Na": AtomicWeight("K", 39.0983)})
    with pytest.raises(UnitError, match="given twice"):
        AtomicWeights("x", "y", {"Na": 22.99, "sodium": 22.98976928})


def test_editions_are_equal_and_hash_by_value():
    """Two editions with the same figures under the same name are one; each difference tells them apart."""
    own = AtomicWeights("house", "7", {"Na": 22.99}, {"[2H]": 2.014})
    the_same = own
    assert own == the_same == AtomicWeights("house", "7", {11: 22.99}, {"[2H]": 2.014})
    assert hash(own) == hash(AtomicWeights("house", "7", {"sodium": 22.99}, {"[2H]": 2.014}))
    assert own != AtomicWeights("other", "7", {"Na": 22.99}, {"[2H]": 2.014})
    assert own != AtomicWeights("house", "8", {"Na": 22.99}, {"[2H]": 2.014})
    assert own != AtomicWeights("house", "7", {"Na": 22.98}, {"[2H]": 2.014})
    assert own != AtomicWeights("house", "7", {"Na": 22.99}, {"[2H]": 2.015})
    assert own != own.masses


def test_an_edition_survives_pickling_and_copying():
    """An edition of one's own comes back equal; the default one comes back as itself."""
    own = default_weights().replace(name="x", citation="y", weights={"Na": 22.99})
    for back in (pickle.loads(pickle.dumps(own)), copy.deepcopy(own)):
        assert back == own
        assert hash(back) == hash(own)
        assert back.masses == own.masses
    default = default_weights()
    assert pickle.loads(pickle.dumps(default)) is copy.deepcopy(default) is default


def test_an_edition_is_frozen():
    """An edition cannot be changed after it is made."""
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        default_weights().name = "mine"


def test_threads_that_come_first_at_once_get_one_edition():
    """First use from many threads reads the tables once and gives all of them the same object."""
    code = (
        "import threading\n"
        "from mineral_ratio.substances.atomic_weights import default_weights\n"
        "start, seen = threading.Barrier(8), []\n"
        "def first_use():\n"
        "    start.wait()\n"
        "    seen.append(default_weights())\n"
        "threads = [threading.Thread(target=first_use) for _ in range(8)]\n"
        "for thread in threads: thread.start()\n"
        "for thread in threads: thread.join()\n"
        "print(len(seen), len({id(weights) for weights in seen}))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "8 1\n"


# Tables


@pytest.fixture
def table(tmp_path, monkeypatch):
    """Write a table where the library looks for its own."""
    monkeypatch.setattr(_tables, "_DATA", tmp_path)

    def write(text):
        (tmp_path / "t.csv").write_text(text, encoding="utf-8")
        return "t.csv"

    return write


def test_a_table_is_read_as_text_without_its_comments(table):
    """Comments and empty lines are no rows, quoted cells may hold commas, and empty cells are empty texts."""
    name = table('# source\na,b\n\n1,"x, y"\n# between\n,µ\n')
    assert read_table(name) == [{"a": "1", "b": "x, y"}, {"a": "", "b": "µ"}]


def test_a_table_without_rows_is_empty(table):
    """A table of comments and column names has no rows."""
    assert read_table(table("# source\na,b\n")) == read_table(table("")) == []


@pytest.mark.parametrize(("row", "cells"), [("1", 1), ("1,2,3", 3)])
def test_a_ragged_row_is_refused_with_its_line(table, row, cells):
    """A row with a cell too many or too few names the file and the line in it."""
    with pytest.raises(RecordError, match=rf"t\.csv:4: {cells} cells where the table has 2 columns"):
        read_table(table(f"# source\na,b\n1,2\n{row}\n"))


def test_a_table_that_does_not_exist_is_not_found():
    """Asking for a table that the library does not have raises what opening a file would."""
    with pytest.raises(FileNotFoundError):
        read_table("no_such_table.csv")


def test_tables_are_read_from_a_zip(tmp_path):
    """The library works when it is imported from a zip, in which no file stands beside the module."""
    package = Path(mineral_ratio.__file__).parent
    archive = tmp_path / "library.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for part in ("__init__.py", "errors.py", "substances/*.py", "data/*"):
            for file in package.glob(part):
                if file.is_file():
                    packed.write(file, Path("mineral_ratio") / file.relative_to(package))
    # Coverage cannot show code in a zip that is gone.
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from mineral_ratio.substances import atomic_weights\n"
        "assert atomic_weights.__file__.startswith(sys.argv[1])\n"
        "print(atomic_weights.default_weights().value('Mg'))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(archive)], capture_output=True, text=True, check=False, env=env
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "24.305\n", "")


def test_importing_elements_reads_no_table():
    """Neither csv nor pint nor difflib is imported before it is needed."""
    code = (
        "import sys\n"
        "import attrs\n"
        "before = set(sys.modules)\n"
        "import mineral_ratio.substances.elements\n"
        "lazy = {'csv', 'difflib', 'importlib.resources', 'pathlib', 'pint'}\n"
        "print(sorted(lazy & (set(sys.modules) - before)))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
