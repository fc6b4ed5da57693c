"""The command line's sources: the list of them, and files that are looked into without packaging."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import mineral_ratio as mr
from mineral_ratio.catalog.states import SourceState
from mineral_ratio.cli import cli

NAMED = "import mineral_ratio as mr\nSOURCE = mr.StaticSource({name!r}, [{records}])\n"


@pytest.fixture(name="install")
def _install(tmp_path, monkeypatch):
    """Installs a plugin whose module has this code."""
    folder = tmp_path / "site-packages"
    folder.mkdir()
    monkeypatch.delenv("MINERAL_RATIO_NO_PLUGINS", raising=False)
    monkeypatch.delenv("MINERAL_RATIO_DISABLED_PLUGINS", raising=False)
    monkeypatch.syspath_prepend(str(folder))

    def install(name: str, code: str) -> None:
        metadata = folder / f"{name}-1.5.dist-info"
        metadata.mkdir()
        (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.5\n")
        (metadata / "entry_points.txt").write_text(f"[mineral_ratio.compounds]\n{name} = {name}:SOURCE\n")
        (folder / f"{name}.py").write_text(code)

    return install


@pytest.fixture(name="write")
def _write(tmp_path):
    """Writes a file and gives its path."""

    def write(text: str, name: str) -> str:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def sources(*arguments: str):
    """The ``sources`` command in this process."""
    return CliRunner().invoke(cli, ["sources", *arguments])


def test_the_bundled_source_is_listed() -> None:
    """Without anything installed there is one source, which is loaded and counted."""
    result = sources("--json", "--strict")
    assert result.exit_code == 0
    first = json.loads(result.stdout)[0]
    assert (first["name"], first["origin"], first["state"]) == ("mineral_ratio", "bundled", "loaded")
    assert first["records"] == len(list(mr.default_catalog()))


def test_the_list_says_what_the_states_say(install) -> None:
    """JSON has every field of the states, and a failure is no crash, no warning and exit code 0."""
    install("cli_wrong", NAMED.format(name="wrong", records="mr.Compound('gypsum', formula='CaO')"))
    install("cli_broken", "raise RuntimeError('no\\x1b[31m way')")
    result = sources("--json")
    assert result.exit_code == 0
    assert result.stderr == ""
    _, broken, wrong = json.loads(result.stdout)
    assert list(wrong) == [field.name for field in SourceState.__attrs_attrs__]
    assert (wrong["name"], wrong["origin"], wrong["version"]) == ("wrong", "cli_wrong", "1.5")
    assert (wrong["state"], wrong["records"], wrong["conflicting"]) == ("loaded", 1, ["gypsum"])
    assert (broken["name"], broken["state"], broken["records"]) == ("cli_broken", "failed", None)
    assert broken["reason"].startswith("RuntimeError: no")


def test_the_table_shows_each_source(install) -> None:
    """The table has a row a source, without control characters and with few of many conflicts."""
    names = ("gypsum", "epsom salt", "magnesite", "calcite", "magnesium oxide")
    records = ", ".join(f"mr.Compound({name!r}, formula='LiF')" for name in names)
    install("cli_many", NAMED.format(name="many", records=records))
    install("cli_colour", "raise RuntimeError('no\\x1b[31m way')")
    installed = mr.Catalog(plugins=False).states()[0].version
    result = sources()
    assert result.exit_code == 0
    rows = [" ".join(line.replace("│", " ").split()) for line in result.stdout.splitlines() if "│" in line]
    assert [row.split()[:3] for row in rows] == [
        ["mineral_ratio", "bundled", "loaded"] if not installed else ["mineral_ratio", "bundled", installed],
        ["cli_colour", "cli_colour", "1.5"],
        ["many", "cli_many", "1.5"],
    ]
    assert rows[2].endswith(" 5 5")
    assert "cli_colour of cli_colour: RuntimeError: no[31m way" in result.stdout
    assert "under gypsum, epsom salt, magnesite and 2 more" in " ".join(result.stdout.split())
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize(("arguments", "code"), [((), 0), (("--strict",), 1), (("--json", "--strict"), 1)])
def test_strict_exits_with_1_if_a_source_failed(install, arguments, code) -> None:
    """A failure is an exit code only where it is asked for; the list is printed all the same."""
    install("cli_broken", "raise RuntimeError('no')")
    result = sources(*arguments)
    assert result.exit_code == code
    assert "cli_broken" in result.stdout


def test_a_disabled_source_is_no_failure(install, monkeypatch) -> None:
    """What the environment leaves out is listed, and strict has nothing against it."""
    install("cli_broken", "raise RuntimeError('no')")
    monkeypatch.setenv("MINERAL_RATIO_DISABLED_PLUGINS", "cli_broken")
    result = sources("--strict")
    assert result.exit_code == 0
    assert "disabled" in result.stdout


def test_what_a_plugin_prints_is_not_in_the_output(install) -> None:
    """A plugin that prints while it is loaded cannot spoil the JSON on standard output."""
    install("cli_prints", "print('hello')\n" + NAMED.format(name="prints", records=""))
    result = sources("--json")
    assert [each["name"] for each in json.loads(result.stdout)] == ["mineral_ratio", "prints"]
    assert result.stderr == "hello\n"


PRODUCT = 'name = "x"\n{top}\n[[ingredients]]\ncompound = "{compound}"\nmass = "1 g"\n'


def check(*arguments: str):
    """The ``check`` command in this process."""
    return CliRunner().invoke(cli, ["check", *arguments])


def gives(result) -> dict[str, float]:
    """What the one ingredient of a report gives."""
    assert result.exit_code == 0, result.stderr
    [ingredient] = json.loads(result.stdout)["ingredients"]
    return ingredient["gives_mg"]


def test_check_looks_into_the_files_it_is_given(write) -> None:
    """A compound of a file or folder is found; the first file that has a name answers, before the bundled."""
    product = write(PRODUCT.format(top="", compound="gypsum"), "product.toml")
    first = write("name,formula\ngypsum,BaO\n", "first.csv")
    folder = write("name,formula\ngypsum,SrO\n", "folder/second.csv")
    assert set(gives(check(product, "--json"))) == {"Ca", "S"}
    assert set(gives(check(product, "--json", "--source", first))) == {"Ba"}
    assert set(gives(check(product, "--json", "--source", str(Path(folder).parent), "--source", first))) == {
        "Sr"
    }
    assert set(gives(check(product, "--json", "--source", first, "--source", first))) == {"Ba"}


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("x.csv", "name,formula\nx,Xx\n,CaO\n", ("2 bad rows", "x.csv:2:formula", "x.csv:3:name")),
        ("x.txt", "", ("ends in none of",)),
        ("x.json", "[", ("x.json",)),
    ],
)
def test_a_bad_source_on_the_command_line_is_one_line(write, name, text, told) -> None:
    """What is wrong with the file is told in one line with exit code 2, though no name of it is needed."""
    product = write(PRODUCT.format(top="", compound="gypsum"), "product.toml")
    result = check(product, "--source", write(text, name))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "product.toml" not in result.stderr  # it is no mistake of the product file's
    for part in told:
        assert part in result.stderr


# -- the product file's own sources


def test_a_product_file_names_sources_beside_it(write, monkeypatch, tmp_path) -> None:
    """Paths are relative to the product file, wherever the command is run; the first one answers."""
    write("name,formula\nours,BaO\n", "sub/first.csv")
    write('[[compounds]]\nname = "ours"\nformula = "SrO"\n', "sub/second.toml")
    top = 'sources = ["first.csv", "second.toml"]'
    product = write(PRODUCT.format(top=top, compound="ours"), "sub/product.toml")
    monkeypatch.chdir(tmp_path)
    for path in (product, "sub/product.toml"):
        assert mr.Product.from_file(path).blend.elemental_mass("Ba").magnitude > 0
    monkeypatch.chdir(tmp_path / "sub")
    assert mr.Product.from_file("product.toml").blend.elemental_mass("Ba").magnitude > 0
    other = write("name,formula\nours,MgO\n", "other.csv")
    assert set(gives(check(product, "--json", "--source", other))) == {"Ba"}


def test_a_product_files_sources_go_before_the_catalogue(write) -> None:
    """A catalogue that is passed in is asked after them, and is not changed."""
    write("name,formula\nours,BaO\n", "first.csv")
    product = write(PRODUCT.format(top='sources = ["first.csv"]', compound="ours"), "product.toml")
    catalog = mr.Catalog((mr.StaticSource("s", [mr.Compound("ours", formula="MgO")]),), plugins=False)
    assert mr.Product.from_file(product, catalog).blend.elemental_mass("Ba").magnitude > 0
    assert str(catalog.compound("ours").formula) == "MgO"


def test_an_absolute_path_and_no_sources(write) -> None:
    """A path from the root stays as it is; an empty list is no mistake."""
    source = write("name,formula\nours,BaO\n", "elsewhere/x.csv")
    top = f"sources = [{json.dumps(source)}]"
    assert mr.Product.from_file(write(PRODUCT.format(top=top, compound="ours"), "p.toml"))
    assert mr.Product.from_file(write(PRODUCT.format(top="sources = []", compound="gypsum"), "q.toml"))


@pytest.mark.parametrize(
    ("value", "key", "told"),
    [
        ('"x.csv"', "sources", ("a list of paths",)),
        ("[1]", "sources[1]", ("a path is needed, not 1",)),
        ('["good.csv", " "]', "sources[2]", ("a path is needed",)),
        ('["good.csv", "missing.csv"]', "sources[2]", ("missing.csv", "no such file")),
        ('["wrong.txt"]', "sources[1]", ("ends in none of",)),
        ('["bad.csv"]', "sources[1]", ("2 bad rows", "bad.csv:2:formula", "bad.csv:3:name")),
        ('["good.csv", "good.csv"]', "sources", ("two sources have this name",)),
    ],
)
def test_a_bad_source_of_a_product_file_names_its_key(write, value, key, told) -> None:
    """A source that cannot be read or has bad rows is an error of the product file, all rows in it."""
    write("name,formula\nx,Xx\n,CaO\n", "bad.csv")
    write("name,formula\nx,CaO\n", "good.csv")
    write("", "wrong.txt")
    product = write(PRODUCT.format(top=f"sources = {value}", compound="gypsum"), "product.toml")
    with pytest.raises(mr.ProductFileError) as caught:
        mr.Product.from_file(product)
    assert caught.value.key == key
    for part in told:
        assert part in caught.value.message


def test_a_plugin_that_is_skipped_is_told_in_one_line(install, write, monkeypatch) -> None:
    """On standard error, without the line of code that Python's warnings show; others keep theirs."""
    monkeypatch.setattr("mineral_ratio.cli.check.default_catalog", mr.Catalog)
    install("broken", "import warnings\nwarnings.warn('mine', UserWarning)\nraise ValueError('no')\n")
    file = write('name = "x"\n[[ingredients]]\ncompound = "no such salt"\nmass = "1 g"\n', "x.toml")
    with pytest.warns(UserWarning, match="mine"):
        result = CliRunner().invoke(cli, ["check", file])
    first, second = result.stderr.splitlines()
    assert first.startswith("mineral-ratio: source 'broken' of broken 1.5 is skipped: ValueError: no")
    assert "no such salt" in second
    assert result.exit_code == 2
