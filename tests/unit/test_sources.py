"""Sources: the contract, records held in memory, and the bundled tables."""

from __future__ import annotations

import pickle

import pytest

import mineral_ratio as mr
from mineral_ratio.catalog.sources import API_VERSION, BUNDLED

RECORDS = tuple(BUNDLED)


def test_a_static_source_holds_its_records():
    """Records come back in the order given, from any iterable; the source is a value."""
    chalk, yeast = mr.Compound("chalk", formula="CaCO3"), mr.Material(name="yeast", declared={"Se": "0.2 %"})
    source = mr.StaticSource("mine", (each for each in (chalk, yeast)))
    assert tuple(source) == source.records == (chalk, yeast)
    assert (source.name, source.api_version) == ("mine", API_VERSION)
    assert source == mr.StaticSource("mine", [chalk, yeast])
    assert pickle.loads(pickle.dumps(source)) == source


def test_sources_keep_the_contract():
    """The bundled source and a static one are what a catalogue asks for; a list is not."""
    assert isinstance(BUNDLED, mr.CompoundSource)
    assert isinstance(mr.StaticSource("mine", []), mr.CompoundSource)
    assert not isinstance([], mr.CompoundSource)
    assert BUNDLED.name == "mineral_ratio"
    assert BUNDLED.api_version == API_VERSION == 1
    assert "mineral_ratio" in repr(BUNDLED)


def test_the_bundled_records_are_built_once():
    """The same objects are given at every look."""
    assert [id(each) for each in BUNDLED] == [id(each) for each in BUNDLED]
    assert pickle.loads(pickle.dumps(BUNDLED)) is BUNDLED


def test_compounds_come_before_the_materials_made_of_them():
    """A material's compound has been given before it."""
    seen: list[mr.Compound] = []
    for record in RECORDS:
        if isinstance(record, mr.Compound):
            seen.append(record)
        elif record.compound is not None:
            assert record.compound in seen, record.name


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.name)
def test_every_record_is_whole(record):
    """A compound is balanced, cited, and its fractions sum to one; a material has contents."""
    assert record.citations
    if isinstance(record, mr.Compound):
        assert sum(record.mass_fractions().values()) == pytest.approx(1.0, abs=1e-12)
        assert record.formula_status == "established" or record.status_note
        assert sum(count * part.charge_number for count, part in record.ions) == 0
    else:
        assert record.declared or record.assay
        for symbol in record.assigned_elements():
            assert 0.0 <= sum(term.at({}) for term in record.assigned(symbol)) <= 1.1


def test_every_cas_number_has_its_check_digit():
    """The last digit of a CAS number is the weighted sum of the others."""
    for record in RECORDS:
        if isinstance(record, mr.Compound) and record.cas:
            digits = record.cas.replace("-", "")
            weighted = sum(place * int(digit) for place, digit in enumerate(reversed(digits[:-1]), 1))
            assert weighted % 10 == int(digits[-1]), record.name


def test_identifiers_mean_one_record_each():
    """No CAS number, UNII or PubChem CID stands at two compounds."""
    for field in ("cas", "unii", "pubchem_cid"):
        given = [
            getattr(each, field) for each in RECORDS if isinstance(each, mr.Compound) and getattr(each, field)
        ]
        assert len(given) == len(set(given)), field
