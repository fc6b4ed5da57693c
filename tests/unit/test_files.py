"""Sources that are files: what is read, and that everything wrong in them is told at once."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

import mineral_ratio as mr
from mineral_ratio.catalog.files import FileSource

CSV = """# A comment.
name,formula,ions,water,cas,synonyms,source
my calcite,CaCO3,,,471-34-1,spar; chalk of ours,a book
my bischofite,,"1 Mg2+, 2 chloride",6,,,a book
"""
TOML = """
[[compounds]]
name = "my calcite"
formula = "CaCO3"
cas = "471-34-1"
synonyms = ["spar", "chalk of ours"]
source = "a book"

[[compounds]]
name = "my bischofite"
ions = ["1 Mg2+", "2 chloride"]
water = 6
source = ["a book"]
"""
JSON = """{"compounds": [
  {"name": "my calcite", "formula": "CaCO3", "cas": "471-34-1", "synonyms": ["spar", "chalk of ours"],
   "source": "a book", "unii": null},
  {"name": "my bischofite", "ions": ["1 Mg2+", "2 chloride"], "water": 6, "source": ["a book"]}
]}"""
FORMATS = {"csv": CSV, "toml": TOML, "json": JSON}


def written(folder: Path, name: str, content: str | bytes) -> FileSource:
    """A source of a file with this content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return FileSource(path)


def places(source: FileSource) -> list[tuple[str, int, str]]:
    """File, line and field of every bad row."""
    with pytest.raises(mr.RecordErrors) as caught:
        list(source)
    return [(each.file, each.line, each.field) for each in caught.value.exceptions]


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("change", ["as is", "BOM", "CRLF", "capitals"])
def test_each_format_gives_the_same(tmp_path, ending, change) -> None:
    """The three formats hold the same rows, with any line ending, byte-order mark or case of the ending."""
    text = FORMATS[ending].replace("\n", "\r\n" if change == "CRLF" else "\n")
    data = text.encode("utf-8-sig" if change == "BOM" else "utf-8")
    source = written(tmp_path, f"mine.{ending.upper() if change == 'capitals' else ending}", data)
    calcite, bischofite = source
    assert isinstance(calcite, mr.Compound)
    assert (calcite.name, calcite.cas, calcite.unii) == ("my calcite", "471-34-1", "")
    assert calcite.synonyms == ("spar", "chalk of ours")
    assert calcite.citations == bischofite.citations == ("a book",)
    assert isinstance(bischofite, mr.Compound)
    assert bischofite.formula == mr.Formula.parse("MgCl2.6H2O")
    assert bischofite.water == 6
    catalog = mr.Catalog((source,), plugins=False)
    assert catalog.compound("Spar") == calcite
    assert catalog.states()[0].records == 2


def test_a_csv_with_old_mac_line_endings(tmp_path) -> None:
    """Lines may end in a carriage return alone."""
    source = written(tmp_path, "old.csv", CSV.replace("\n", "\r"))
    assert [each.name for each in source] == ["my calcite", "my bischofite"]


def test_a_cell_keeps_what_looks_like_the_end_of_a_line(tmp_path) -> None:
    """A quoted cell may span lines, and characters that Python counts as line ends do not cut a row."""
    source = written(
        tmp_path, "x.csv", 'name,formula,status_note\n"x","CaO","one\ntwo\x0b\u2028three"\ny,MgO,\n'
    )
    first, second = source
    assert isinstance(first, mr.Compound)
    assert first.status_note == "one\ntwo\x0b\u2028three"
    assert second.name == "y"


MATERIALS = {
    "csv": """name,compound,declared,declared_basis,loss_on_drying,synonyms,source
my chalk,Calcium Carbonate,Ca 38 %,dried,<= 2 %,ours,a book
my yeast,,Se 2000 to 2500 mg/kg; malic acid >= 1 %,,,,
""",
    "toml": """[[materials]]
name = "my chalk"
compound = "Calcium Carbonate"
declared = { Ca = "38 %" }
declared_basis = "dried"
loss_on_drying = "<= 2 %"
synonyms = ["ours"]
source = "a book"
[[materials]]
name = "my yeast"
declared = { Se = "2000 to 2500 mg/kg", "malic acid" = ">= 1 %" }
""",
    "json": """{"materials": [{"name": "my chalk", "compound": "Calcium Carbonate",
 "declared": {"Ca": "38 %"},
 "declared_basis": "dried", "loss_on_drying": "<= 2 %", "synonyms": ["ours"], "source": "a book"},
 {"name": "my yeast", "declared": ["Se 2000 to 2500 mg/kg", "malic acid >= 1 %"]}]}""",
}


@pytest.mark.parametrize("ending", MATERIALS)
def test_materials_may_be_made_of_bundled_compounds(tmp_path, ending) -> None:
    """A material names a compound of the bundled tables; one without a formula names none."""
    chalk, yeast = written(tmp_path, f"materials.{ending}", MATERIALS[ending])
    assert isinstance(chalk, mr.Material)
    assert isinstance(yeast, mr.Material)
    assert chalk.compound == mr.default_catalog().compound("calcium carbonate")
    assert chalk.synonyms == ("ours",)
    assert chalk.content("Ca").value == pytest.approx(0.38 * 0.99, rel=0.02)
    assert yeast.compound is None
    assert yeast.content("malic acid").low == pytest.approx(0.01)


def test_materials_may_be_made_of_compounds_of_the_same_source(tmp_path) -> None:
    """A compound of the folder goes before a bundled one, whichever file holds it."""
    written(tmp_path, "z.csv", "name,formula\ncalcium carbonate,CaCO3.H2O\n")
    written(tmp_path, "a.csv", "name,compound,declared\nmine,calcium carbonate,Ca 33 %\n")
    (tmp_path / "readme.txt").write_text("not read")
    (tmp_path / "deeper").mkdir()
    compound, material = FileSource(tmp_path)
    assert isinstance(material, mr.Material)
    assert material.compound == compound


def test_an_ambiguous_compound_of_a_material_is_told_as_that(tmp_path) -> None:
    """A bundled name that fits several compounds is not guessed and not called unknown."""
    source = written(tmp_path, "m.csv", "name,compound,declared\nmine,calcium citrate,Ca 20 %\n")
    with pytest.raises(mr.RecordErrors) as caught:
        list(source)
    [error] = caught.value.exceptions
    assert error.field == "compound"
    assert "fits several compounds" in error.message
    assert "calcium citrate tetrahydrate" in error.message


BAD = {
    "csv": (
        """name,formula,ions,cas,as_sold,formula_status
good,CaO,,,yes,disputed
bad formula,CaXx,,,,
bad check digit,CaO,,471-34-2,,
,CaO,,,,
neither,,,,,
too few,CaO
unbalanced,,1 Ca2+,,,
unknown ion,,1 Ca2+; 1 unobtainate,,,
bad flag,CaO,,,maybe,
bad status,CaO,,,,rumoured
""",
        [
            (7, ""),
            (3, "formula"),
            (4, "cas"),
            (5, "name"),
            (6, "formula"),
            (8, "ions"),
            (9, "ions"),
            (10, "as_sold"),
            (11, "formula_status"),
        ],
    ),
    "toml": (
        """# one
[[compounds]]
name = "good"
formula = "CaO"

[[ compounds ]]
name = "x"
formula = "CaXx"
[[materials]]
name = "m"
declared = { Ca = "70" }
[[compounds]]
formula = "CaO"
colour = "red"
""",
        [(6, "formula"), (12, "colour"), (12, "name"), (9, "declared")],
    ),
    "json": (
        """{"materials": [
  {"name": "m", "declared": {"Ca": true}},
  7],
 "compounds": [{"name": "good",
 "formula": "CaO"}, {"name": "x",
 "formula": "CaXx"}
,
{"name": "", "formula": "CaO"}], "more": 1}""",
        [(3, "materials"), (1, "more"), (5, "formula"), (8, "name"), (2, "declared")],
    ),
}


@pytest.mark.parametrize("ending", BAD)
def test_all_bad_rows_are_told_at_once(tmp_path, ending) -> None:
    """One error holds every bad row of the source, each with its file, line and field."""
    text, expected = BAD[ending]
    source = written(tmp_path, f"bad.{ending}", text)
    assert places(source) == [(f"bad.{ending}", line, field) for line, field in expected]
    # A file is mended and read again: nothing bad is kept.
    (tmp_path / f"bad.{ending}").write_text(FORMATS[ending])
    assert len(list(source)) == 2


def test_the_bad_rows_of_a_folder_are_told_together(tmp_path) -> None:
    """Bad rows of several files come in one error, the files in the order of their names."""
    for name in ("b.csv", "a.csv"):
        written(tmp_path, name, "name,formula\nx,Xx\n")
    written(tmp_path, "c.toml", '[[compounds]]\nname = "x"\nformula = "CaO"\nwater = "some"\n')
    source = FileSource(tmp_path)
    assert places(source) == [("a.csv", 2, "formula"), ("b.csv", 2, "formula"), ("c.toml", 1, "water")]
    with pytest.raises(mr.RecordErrors, match="3 bad rows"):
        mr.Catalog((source,)).compound("x")


def test_a_water_count_that_the_formula_does_not_have_is_bad(tmp_path) -> None:
    """Water beside a bare formula is not dropped in silence."""
    assert places(written(tmp_path, "x.csv", "name,formula,water\nx,CaCl2,2\n")) == [("x.csv", 2, "formula")]
    [good] = written(tmp_path, "y.csv", "name,formula,water\nx,CaCl2.2H2O,2\n")
    assert isinstance(good, mr.Compound)
    assert good.water == 2


def test_a_column_that_is_not_known_is_told_once(tmp_path) -> None:
    """At the line of the headings, whatever the number of rows; the rows are read without it."""
    text = "# one\nname,formula,colour,taste\nx,CaO,white,none\ny,Xx,red,none\n"
    places_ = [("x.csv", 2, "colour"), ("x.csv", 2, "taste"), ("x.csv", 4, "formula")]
    assert places(written(tmp_path, "x.csv", text)) == places_


def test_a_column_twice_is_bad(tmp_path) -> None:
    """Of two columns with one name none would be the right one to read."""
    source = written(tmp_path, "x.csv", "#\nname,formula,formula\nx,CaO,MgO\n")
    assert places(source) == [("x.csv", 2, "formula")]


DEEP = 100_000
UNREADABLE = {
    "undecodable.csv": (b"name,formula\nx,\xff\xfe\n", "not UTF-8 text (byte 15)"),
    "utf16.csv": ("name,formula\nx,CaO\n".encode("utf-16"), "not UTF-8 text (byte 0)"),
    "undecodable.json": (b"\xff", "not UTF-8 text (byte 0)"),
    "broken.toml": (b"[[compounds]\n", "Expected"),
    "twice.toml": (b"[[compounds]]\nname = 'x'\nname = 'y'\n", "Cannot overwrite"),
    "broken.json": (b'{"compounds": [', "Expecting value"),
    "empty.json": (b"", "Expecting value"),
    "binary.json": (b"\x00\x01", "Expecting value"),
    "nan.json": (b'{"compounds": [{"name": NaN}]}', "NaN is no number of JSON"),
    "infinity.json": (b'{"compounds": [{"name": -Infinity}]}', "-Infinity is no number of JSON"),
    "twice.json": (b'{"compounds": [{"name": "x", "formula": "CaO", "name": "y"}]}', "'name' is there twice"),
    "deep.json": (b"[" * DEEP, "recursion"),
    "deep.toml": (b"x = " + b"[" * DEEP, "recursion"),
    "huge_number.json": (b'{"compounds": [{"water": ' + b"9" * 5000 + b"}]}", "digits"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_names_the_file(tmp_path, name) -> None:
    """A file that is no document of its kind is a load error that names file and cause."""
    content, cause = UNREADABLE[name]
    source = written(tmp_path, name, content)
    with pytest.raises(mr.SourceLoadError, match=f"{name}: ") as caught:
        list(source)
    assert cause in caught.value.reason
    with pytest.raises(mr.SourceLoadError):
        mr.Catalog((source,)).compound("x")


NO_TABLE = {
    "unclosed.csv": (b'name,formula\n"x,CaO\n', [(2, "")]),
    "huge.csv": (b"name,formula\n" + b"x" * 200_000 + b",CaO\n", [(2, "")]),
    "semicolons.csv": (b"name;formula\nx;CaO\n", [(1, "name;formula")]),
    "unknown.csv": (b"name,formula,colour\nx,CaO,white\n", [(1, "colour")]),
    "list.json": (b"[1, 2]", [(1, "")]),
    "text.json": (b'"compounds"', [(1, "")]),
    "no_list.json": (b'{"compounds": {"name": "x"}}', [(1, "compounds")]),
    "nested.json": (b'{"compounds": [[{"name": "x"}]]}', [(1, "compounds")]),
    "nested_row.json": (b'{"compounds": [{"name": "x", "formula": {"Ca": {"O": 1}}}]}', [(1, "formula")]),
    "other.toml": (b"title = 'x'\n[tool]\nx = 1\n", [(1, "title"), (1, "tool")]),
    "inline.toml": (b"\n\ncompounds = [{ name = 'x', formula = 'Xx' }]\n", [(1, "formula")]),
}


@pytest.mark.parametrize("name", NO_TABLE)
def test_a_document_of_another_shape_is_a_bad_row(tmp_path, name) -> None:
    """What can be read and is no table of ours is told with file, line and field."""
    content, expected = NO_TABLE[name]
    assert places(written(tmp_path, name, content)) == [(name, line, field) for line, field in expected]


@pytest.mark.parametrize("name", ["empty.csv", "empty.toml", "comment.csv", "header.csv", "none.json"])
def test_a_document_without_rows_has_no_records(tmp_path, name) -> None:
    """No row is no mistake: the source has no records."""
    content = {"comment.csv": "# nothing\n", "header.csv": "name,formula\n", "none.json": '{"compounds": []}'}
    assert list(written(tmp_path, name, content.get(name, ""))) == []


def test_long_values_are_cut_in_messages(tmp_path) -> None:
    """An item that is no table is shown shortened."""
    source = written(tmp_path, "x.json", '{"compounds": [[' + ", ".join(["123456789"] * 10_000) + "]]}")
    with pytest.raises(mr.RecordErrors) as caught:
        list(source)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    "path", ["missing.csv", "missing", "nul\0.csv", "wrong.txt", "loop.csv", "loop", "empty"]
)
def test_a_path_that_gives_nothing_is_a_load_error(tmp_path, path) -> None:
    """A missing file, a wrong ending, a loop of links and an empty folder each say what is wrong."""
    (tmp_path / "wrong.txt").write_text(CSV)
    (tmp_path / "empty").mkdir()
    for loop in ("loop", "loop.csv"):
        (tmp_path / loop).symlink_to(tmp_path / loop)
    with pytest.raises(mr.SourceLoadError) as caught:
        list(FileSource(tmp_path / path))
    assert caught.value.source == str(tmp_path / path)


def test_a_folder_that_may_not_be_read_is_a_load_error(tmp_path, monkeypatch) -> None:
    """A refusal of the system is told as it says it."""

    def refuse(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(mr.SourceLoadError, match="Permission denied"):
        list(FileSource(tmp_path))


def test_a_folder_named_like_a_file_is_a_load_error(tmp_path) -> None:
    """A folder inside the folder that ends in .csv is not passed over in silence."""
    (tmp_path / "x.csv").mkdir()
    with pytest.raises(mr.SourceLoadError, match=r"x\.csv: Is a directory"):
        list(FileSource(tmp_path))


def test_it_is_a_value(tmp_path) -> None:
    """The source is named by its path unless told otherwise, and can be compared, pickled and sent."""
    source = written(tmp_path, "mine.csv", CSV)
    assert source.name == str(tmp_path / "mine.csv")
    assert source == FileSource(str(tmp_path / "mine.csv"))
    named = FileSource(source.path, name="mine")
    assert named != source
    source.read()
    assert list(pickle.loads(pickle.dumps(source))) == list(source)
    catalog = mr.Catalog((source, named), plugins=False)
    assert [each.name for each in catalog.states()] == [source.name, "mine"]


def test_a_name_twice_is_bad(tmp_path) -> None:
    """Of two rows with one name nobody could choose; the second is told with where the first is."""
    source = written(tmp_path, "x.csv", "name,formula\nfoo,CaO\nbar,MgO\nFoo,CaO\n")
    assert places(source) == [("x.csv", 4, "name")]
    with pytest.raises(mr.RecordErrors) as caught:
        list(source)
    assert str(caught.value.exceptions[0]).endswith("'Foo' is the name of x.csv:2 already")


def test_a_path_without_a_file_is_told_as_that(tmp_path) -> None:
    """Whatever its name ends in."""
    with pytest.raises(mr.SourceLoadError, match="no such file or folder"):
        list(FileSource(tmp_path / "nothing"))
