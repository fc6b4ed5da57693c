"""The conformance kit, and what the source refuses; needs mineral_ratio[testing] and pytest."""

import subprocess
import sys

import mineral_ratio_chemicals
import pytest
from mineral_ratio_chemicals import records
from mineral_ratio_chemicals.records import Table
from mineral_ratio_chemicals.source import ChemicalsSource

import mineral_ratio as mr
from mineral_ratio.testing import SourceConformance

SOURCE = mineral_ratio_chemicals.SOURCE
CATALOG = mr.Catalog((SOURCE,), plugins=False)


class TestChemicals(SourceConformance):
    source = SOURCE
    most = 20
    names = ("7647-14-5", "Sodium Chloride", "chloride sodium", "L-ascorbic acid")


def test_identifiers_and_citation_come_along():
    """A compound has the formula with its water, the CAS number, the CID and where it was read."""
    compound = CATALOG.compound("10035-04-8")
    assert str(compound.formula) == "CaCl2.2H2O"
    assert (compound.water, compound.cas, compound.pubchem_cid) == (2, "10035-04-8", "6093260")
    assert compound.citations[0].startswith("PubChem record as held in chemicals 1.")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("magnesium chloride hexahydrate", "says hydrate (1:6), its structure has 1 H2O"),
        ("13446-34-9", "says tetrahydrate, its structure has 1 H2O"),
        ("10031-30-8", "Ca beside whole phosphoric acid"),
        ("7785-87-7", "Mn beside whole sulfuric acid"),
        ("7782-85-6", "Na beside whole phosphoric acid"),
        ("39409-82-0", "Mg without a charge"),
        ("866-82-0", "has a charge"),
        ("7787-59-9", "Bi beside HCl"),
        ("12027-67-7", "3 times a smaller salt"),
        ("12054-85-2", "is ammonium heptamolybdate tetrahydrate"),
        ("12009-21-1", "its names write BaZrO3"),
        ("epsom salt", "is magnesium sulfate heptahydrate"),
        ("7440-12-2", "no standard atomic weight"),
        ("14940-65-9", "tritium"),
    ],
)
def test_a_record_that_cannot_be_is_refused(name, reason):
    """The record is not served, and the error says in which line and why."""
    with pytest.raises(mr.NotFoundError) as caught:
        CATALOG.compound(name)
    assert reason in "".join(caught.value.failed_sources)
    assert ".tsv:" in str(caught.value)


@pytest.mark.parametrize("cas", ["302-17-0", "1317-39-1", "13463-40-6", "10034-76-1", "12007-25-9"])
def test_a_right_record_that_looks_odd_is_served(cas):
    """Water that a molecule took up, an oxide and a boride of loose atoms, a carbonyl, a doubled salt."""
    assert CATALOG.compound(cas).cas == cas


def test_own_compounds_are_served_right_or_refused():
    """Held against each bundled compound of the same CAS number: no other composition, no false refusal."""
    right = wrong = refused = false_refusals = 0
    table = Table()
    for own in mr.Catalog(plugins=False):
        for record in table.named(own.cas) if isinstance(own, mr.Compound) and own.cas else ():
            agrees = _agrees(own, record.formula)
            try:
                [served] = SOURCE.lookup(own.cas)
            except mr.RecordError:
                refused += 1
                false_refusals += agrees
            else:
                right += agrees
                wrong += not _agrees(own, str(served.formula))
    assert (wrong, false_refusals) == (0, 0)
    assert right > 100
    assert refused > 10


def _agrees(own, formula):
    try:
        other = mr.Formula.parse(formula).mass_fractions()
    except mr.FormulaError:
        return False
    fractions = own.mass_fractions()
    return fractions.keys() == other.keys() and all(abs(fractions[key] - other[key]) < 1e-9 for key in other)


def test_a_name_of_several_records_is_ambiguous():
    """No record is chosen among several of different composition."""
    with pytest.raises(mr.AmbiguousNameError):
        CATALOG.compound("tin chloride")


def test_one_common_name_decides_among_the_same_composition():
    """Forms of an element and their synonyms change no figure: the one that is called so is meant."""
    assert CATALOG.compound("malic acid").cas == "6915-15-7"


def test_nonsense_is_not_found():
    """Text that is no name, bars and spaces among it, is a miss and no failure."""
    for name in ("", "  ", "|", "| |", "\n", "0-00-0", "999999-99-9", "x" * 5000, "\ud800"):
        assert SOURCE.lookup(name) == []


def test_refusals_tell_where():
    """Each refusal has the table, the line and the reason."""
    error = next(iter(SOURCE.refusals()))
    assert error.file in records.FILES
    assert error.line > 0
    assert "is refused: " in error.message


def test_length_counts_all_records():
    """The number is that of the records held."""
    assert len(SOURCE) > 70_000


def test_nothing_is_read_before_the_first_lookup():
    """Neither importing the source nor making one reads a table or imports the package."""
    code = (
        "import sys; opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else None)\n"
        "import mineral_ratio_chemicals as m; import mineral_ratio\n"
        "assert not [name for name in opened if name.endswith('.tsv')]\n"
        "assert m.SOURCE.lookup('7647-14-5'); assert 'chemicals' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_missing_package_is_said(monkeypatch):
    """Without chemicals the source says that it is not installed."""
    monkeypatch.setattr(records, "find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match="chemicals"):
        ChemicalsSource().lookup("7647-14-5")


def test_another_layout_is_refused(monkeypatch, tmp_path):
    """Tables that are written in another way are not read as if they were the known ones."""
    (tmp_path / "Identifiers").mkdir()
    for file in records.FILES:
        (tmp_path / "Identifiers" / file).write_text("CAS,name\n")
    spec = type("Spec", (), {"submodule_search_locations": [str(tmp_path)]})
    monkeypatch.setattr(records, "find_spec", lambda name: spec)
    with pytest.raises(ValueError, match="laid out"):
        ChemicalsSource().lookup("7647-14-5")
