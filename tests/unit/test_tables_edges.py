"""Tables in CSV: what their rows are, and where each error points."""

from __future__ import annotations

import pytest

import mineral_ratio as mr
from mineral_ratio.substances import _tables
from mineral_ratio.substances._tables import parse_table, read_table, table_text


def test_rows_keep_the_lines_of_the_file():
    """Comments and empty lines are no rows and count as lines; a quoted cell may go over two of them."""
    rows, errors = parse_table('# a\nname,note\n\nCa,"one\ntwo"\n# b\nMg,\n', "t.csv")
    assert rows == [(5, {"name": "Ca", "note": "one\ntwo"}), (7, {"name": "Mg", "note": ""})]
    assert errors == []
    assert parse_table('a\r\n"1\r\n2"\r\n', "t.csv") == ([(3, {"a": "1\r\n2"})], [])


def test_each_bad_row_is_told_with_its_line():
    """Too many and too few cells each have an error, and the good rows come all the same."""
    rows, errors = parse_table("a,b\n1\n1,2\n1,2,3\n", "t.csv")
    assert rows == [(3, {"a": "1", "b": "2"})]
    assert [error.args for error in errors] == [
        ("t.csv", 2, "", "1 cells where the table has 2 columns"),
        ("t.csv", 4, "", "3 cells where the table has 2 columns"),
    ]


def test_each_doubled_column_is_told_once():
    """However often it stands there, in the order of the alphabet, beside what else is wrong."""
    _, errors = parse_table("b,a,b,a,a,c\n1\n", "t.csv")
    assert [error.args for error in errors] == [
        ("t.csv", 1, "a", "two columns have this name"),
        ("t.csv", 1, "b", "two columns have this name"),
        ("t.csv", 2, "", "1 cells where the table has 6 columns"),
    ]


def test_a_quote_that_does_not_end_its_cell_is_an_error():
    """It is told with its line, after the rows before it."""
    rows, errors = parse_table('a\n1\n"2"x\n3\n', "t.csv")
    assert rows == [(2, {"a": "1"})]
    [error] = errors
    assert error.args[:3] == ("t.csv", 3, "")
    assert "expected after" in error.message


def test_the_first_error_of_an_own_table_is_raised(monkeypatch):
    """With the name of the table; its text is read as UTF-8."""
    monkeypatch.setattr(_tables, "table_text", lambda name: f"a,{name}\n1\n1,2,3\n")
    with pytest.raises(mr.RecordError) as caught:
        read_table("mine.csv")
    assert caught.value.args == ("mine.csv", 2, "", "1 cells where the table has 2 columns")


def test_a_table_is_found_where_no_file_stands_beside_the_module(monkeypatch):
    """As from a zip: the text is the same, in UTF-8."""
    beside = table_text("reference_values.csv")
    assert not beside.isascii()
    monkeypatch.setattr(_tables, "_DATA", "/nowhere")
    assert table_text("reference_values.csv") == beside
    with pytest.raises(FileNotFoundError):
        table_text("none.csv")
