"""Records from rows of text: what each column becomes, and where an error says it is."""

from __future__ import annotations

import pytest

import mineral_ratio as mr
from mineral_ratio.catalog.material_records import MATERIAL_COLUMNS, read_material, read_records
from mineral_ratio.catalog.records import (
    COMPOUND_COLUMNS,
    Row,
    build_all,
    cas_number,
    read_compound,
    read_rows,
)
from mineral_ratio.errors import RecordError

LIME = mr.Compound("lime", formula="CaO")


def row(**cells: str) -> Row:
    """A row of a file."""
    return Row("x.csv", 7, cells)


def refused(build, **cells: str) -> RecordError:
    """The error of a row."""
    with pytest.raises(RecordError) as caught:
        build(row(**cells))
    assert (caught.value.file, caught.value.line) == ("x.csv", 7)
    return caught.value


def material(cells: Row) -> mr.Material:
    """A material of a row, where only lime is known."""
    return read_material(cells, lambda name: LIME if name == "lime" else None)


def test_every_column_of_a_compound_is_kept() -> None:
    """A full row gives a compound with all that it says, spaces around cells aside."""
    compound = read_compound(
        row(
            name=" calcium malate ",
            ions="2 Ca2+, 1 malate, 2 hydroxide",
            water="1/2",
            formula="Ca2(C4H4O5)(OH)2.1/2H2O",
            formula_status="disputed",
            hydrate_of="x",
            as_sold="Yes",
            synonyms="a; b ;",
            family="f;g",
            cas="471-34-1",
            unii="U",
            pubchem_cid="5",
            e_number="E 1",
            status_note="why",
            source="one; two",
            verified="cas",
        )
    )
    assert compound.name == "calcium malate"
    assert compound.water * 2 == 1
    assert len(compound.ions) == 3
    assert compound.formula_status == "disputed"
    assert compound.as_sold
    assert (compound.synonyms, compound.families) == (("a", "b"), ("f", "g"))
    assert (compound.cas, compound.unii, compound.pubchem_cid, compound.e_number) == (
        "471-34-1",
        "U",
        "5",
        "E 1",
    )
    assert (compound.status_note, compound.citations) == ("why", ("one", "two"))


def test_what_a_compound_need_not_say() -> None:
    """Name and formula are enough; everything else is empty."""
    compound = read_compound(row(name="lime", formula="CaO"))
    assert compound == LIME
    assert not compound.as_sold
    assert compound.formula_status == "established"
    assert (compound.cas, compound.synonyms, compound.citations) == ("", (), ())


@pytest.mark.parametrize(
    ("cells", "field", "text"),
    [
        ({"formula": "CaO"}, "name", "a name is needed"),
        ({"name": " ", "formula": "CaO"}, "name", "a name is needed"),
        ({"name": "x"}, "formula", "needs a formula or ions"),
        ({"name": "x", "formula": "CaXx"}, "formula", "(column 3)"),
        ({"name": "x", "formula": "Ca^2+"}, "formula", "charge"),
        ({"name": "x", "ions": "1 Ca2+"}, "ions", "sum to +2"),
        ({"name": "x", "ions": "1 Ca2+, 1 carbonate", "formula": "CaO"}, "ions", "CaO"),
        ({"name": "x", "ions": "1 nothing"}, "ions", "nothing"),
        ({"name": "x", "formula": "CaO", "water": "-1"}, "water", "no number of water"),
        ({"name": "x", "formula": "CaO", "water": "nan"}, "water", "no number of water"),
        ({"name": "x", "formula": "CaO", "water": "1/0"}, "water", "no number of water"),
        ({"name": "x", "formula": "CaCl2", "water": "2"}, "formula", "says its own water"),
        ({"name": "x", "formula": "CaO", "cas": "471-34-9"}, "cas", "should be 1"),
        ({"name": "x", "formula": "CaO", "as_sold": "1"}, "as_sold", "'yes' or 'no'"),
        ({"name": "x", "formula": "CaO", "formula_status": "sure"}, "formula_status", "'disputed'"),
        ({"name": "x", "formula": "CaO", "Formula": "MgO"}, "Formula", "did you mean 'formula'?"),
        ({"name": "x", "formula": "CaO", "colour": "white"}, "colour", "unknown column; known are name, "),
        ({"name": "x", "formula": "CaO", "cas;unii": "1"}, "cas;unii", "cells are parted by commas"),
        ({"name": "x", "formula": "CaO", "cas\tunii": "1"}, "cas\tunii", "cells are parted by commas"),
        ({"name": "x", "formula": "CaO", "declared": "Ca 1 %"}, "declared", "unknown column"),
    ],
)
def test_a_bad_cell_of_a_compound_is_named(cells, field, text) -> None:
    """The error says which cell is bad and why."""
    error = refused(read_compound, **cells)
    assert error.field == field
    assert text in error.message


def test_every_column_of_a_material_is_kept() -> None:
    """A full row gives a material with all that it says."""
    made = material(
        row(
            name="lime, technical",
            compound="lime",
            declared="Ca >= 65 %; malic acid <= 1 %",
            declared_basis="dried",
            loss_on_drying="<= 2 %",
            loss_on_drying_includes_crystal_water="no",
            loss_on_ignition="<= 10 %",
            synonyms="a; b",
            source="one; two",
            note="why",
        )
    )
    assert made.compound == LIME
    assert [str(key) for key, _ in made.declared] == ["Ca", "malic acid"]
    assert {each.basis for _, each in made.declared} == {"dried"}
    assert made.drying_removes_crystal_water is False
    assert (made.synonyms, made.citations, made.note) == (("a", "b"), ("one", "two"), "why")


def test_an_assay_has_a_species_and_a_basis() -> None:
    """An assay is of the species that the row names, as is unless a basis is given."""
    made = material(row(name="x", compound="lime", assay="95 to 98 %", assay_of="CaO"))
    assert made.assay is not None
    assert made.assay.basis == "as_is"
    dried = material(
        row(
            name="x",
            compound="lime",
            assay="95 %",
            assay_of="CaO",
            assay_basis="ignited",
            loss_on_ignition="2 %",
        )
    )
    assert dried.assay is not None
    assert dried.assay.basis == "ignited"


@pytest.mark.parametrize(
    ("item", "name"),
    [
        ("Ca 29 %", "Ca"),
        ("Mg >= 20 %", "Mg"),
        ("Mg ≥20 %", "Mg"),
        ("malic acid min 52 %", "malic acid"),
        ("malic acid at least 52 %", "malic acid"),
        ("P2O5 <= 5 %", "P2O5"),
        ("Se 2000 to 2500 mg/kg", "Se"),
    ],
)
def test_a_declared_content_is_an_analyte_and_a_range(item, name) -> None:
    """The analyte ends where a sign, a word of limits or a number of its own begins."""
    [(key, _)] = material(row(name="x", declared=item)).declared
    assert str(key) == name


@pytest.mark.parametrize(
    ("cells", "field", "text"),
    [
        ({"compound": "lime"}, "name", "a name is needed"),
        ({"name": "x"}, "compound", "declared contents"),
        ({"name": "x", "compound": "no lime"}, "compound", "no compound is named 'no lime'"),
        ({"name": "x", "declared": "Ca"}, "declared", "is no content"),
        ({"name": "x", "declared": "nonsense 5 %"}, "declared", "nonsense"),
        ({"name": "x", "declared": "Ca 5"}, "declared", "5"),
        ({"name": "x", "declared": "Ca 5 %", "declared_basis": "wet"}, "declared_basis", "wet"),
        ({"name": "x", "compound": "lime", "assay": "98 %"}, "assay_of", ""),
        ({"name": "x", "compound": "lime", "assay": "98 %", "assay_of": "Xx"}, "assay_of", "Xx"),
        ({"name": "x", "compound": "lime", "assay": "much", "assay_of": "CaO"}, "assay", "much"),
        ({"name": "x", "compound": "lime", "loss_on_drying": "some"}, "loss_on_drying", "some"),
        (
            {"name": "x", "compound": "lime", "loss_on_drying_includes_crystal_water": "some"},
            "loss_on_drying_includes_crystal_water",
            "'yes' or 'no'",
        ),
        ({"name": "x", "compound": "lime", "declared": "Ca 90 %"}, "declared", "Ca"),
        ({"name": "x", "declared": "Ca 5 %; calcium 6 %"}, "declared", "twice"),
        (
            {"name": "x", "compound": "lime", "assay": "98 %", "assay_of": "CaO", "assay_basis": "dried"},
            "assay",
            "loss_on_drying must be given",
        ),
        ({"name": "x", "declared": "Ca 5 %", "formula": "CaO"}, "formula", "unknown column"),
    ],
)
def test_a_bad_cell_of_a_material_is_named(cells, field, text) -> None:
    """The error says which cell is bad and why; what mass does not allow is told of what states it."""
    error = refused(material, **cells)
    assert error.field == field
    assert text in error.message


@pytest.mark.parametrize("number", ["471-34-1", "7732-18-5", "10043-52-4", "1309-48-4", "64-17-5"])
def test_cas_numbers_of_the_field(number) -> None:
    """Published numbers have the check digit that the rule gives."""
    assert cas_number(number) == number


@pytest.mark.parametrize(
    "text",
    ["", "471-34-2", "471341", "0471-34-1", "1-34-1", "471-34-1 ", "471-34-11", "12345678-34-1", "４71-34-1"],
)
def test_what_is_no_cas_number(text) -> None:
    """A wrong check digit or another spelling is refused."""
    with pytest.raises(ValueError, match=r"CAS number|check digit"):
        cas_number(text)


def test_rows_keep_their_lines() -> None:
    """Comments and blank lines count as lines; rows of another length are errors and stop nothing."""
    rows, errors = read_rows("# one\n\nname,formula\n\n# five\nx,CaO\ny\nz,MgO\n", "x.csv")
    assert [(each.line, each.text("name")) for each in rows] == [(6, "x"), (8, "z")]
    assert [(each.file, each.line, each.message) for each in errors] == [
        ("x.csv", 7, "1 cells where the table has 2 columns")
    ]


def test_records_with_one_bad_row_say_so() -> None:
    """The count of bad rows is written as one says it, and good rows are no excuse."""
    with pytest.raises(mr.RecordErrors) as caught:
        read_records([row(name="lime", formula="CaO"), row(name="x")], [])
    assert str(caught.value).startswith("1 bad row\n  x.csv:7:formula: ")


def test_all_bad_cells_of_a_row_are_told_at_once() -> None:
    """Of a compound and of a material, each cell is read whatever is wrong with another."""
    compound = row(name="", ions="1 nothing", cas="471-34-9", as_sold="1", colour="white")
    made = row(name="m", compound="no lime", assay="98 %", loss_on_drying="some", declared="Ca")
    with pytest.raises(mr.RecordErrors) as caught:
        read_records([compound], [made])
    of_compound = ["colour", "name", "ions", "cas", "as_sold"]
    of_material = ["compound", "declared", "loss_on_drying", "assay_of"]
    assert [error.field for error in caught.value.exceptions] == [*of_compound, *of_material]
    assert str(caught.value).startswith("1 bad row\n")


def test_materials_find_the_compounds_beside_them() -> None:
    """A material is made of a compound among the rows before any other is asked for."""
    other = mr.Compound("lime", formula="CaO.H2O")
    compound, made = read_records(
        [row(name="lime", formula="CaO")], [row(name="m", compound="lime")], (), lambda _: other
    )
    assert isinstance(made, mr.Material)
    assert made.compound == compound == LIME


def test_what_is_no_record_error_is_not_swallowed() -> None:
    """A mistake of ours is not told as a bad row."""
    with pytest.raises(ZeroDivisionError):
        build_all([row()], lambda _: 1 / 0, [])


def test_the_columns_are_those_of_the_bundled_tables() -> None:
    """A row of the bundled tables has just the columns that everyone's files may have."""
    from mineral_ratio.substances._tables import read_table

    for file, columns in (("compounds.csv", COMPOUND_COLUMNS), ("materials.csv", MATERIAL_COLUMNS)):
        assert tuple(read_table(file)[0]) == columns
