"""The command line: exit codes, one line for what is wrong, and a report that any terminal can show."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from click.testing import CliRunner

import mineral_ratio as mr
from mineral_ratio.cli import cli

EXAMPLES = Path(__file__).parents[2] / "examples"
CHALK = '[[ingredients]]\ncompound = "calcium carbonate"\nmass = "2.5 g"\n'
YEAST = '[[ingredients]]\nmaterial = "selenium yeast"\nmass = "1 g"\n'
MAGNESIA = '[[ingredients]]\ncompound = "magnesium oxide"\nmass = "830 mg"\n'


@pytest.fixture
def write(tmp_path):
    """Writes a product file and gives its path."""

    def writer(text: str, name: str = "product.toml") -> str:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return str(file)

    return writer


def run(*arguments: str):
    """The command in this process."""
    return CliRunner().invoke(cli, ["check", *arguments])


def spawn(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    command = [sys.executable, "-m", "mineral_ratio", *arguments]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, **environment})


def product(rules: str = "", ingredients: str = CHALK + MAGNESIA, name: str = "test") -> str:
    """A product with rules."""
    return f"name = {json.dumps(name, ensure_ascii=False)}\nrules = [{rules}]\n{ingredients}"


# -- exit codes


@pytest.mark.parametrize(
    ("rules", "ingredients", "code", "strict"),
    [
        ("", CHALK, 0, 0),
        # 1001 mg of Ca to 500.6 mg of Mg: within 2 by 5 %.
        ("'ca-mg-vendor-2-to-1'", CHALK + MAGNESIA, 0, 0),
        ("'ca-mg-vendor-2-to-1'", CHALK + MAGNESIA * 2, 1, 1),
        ("'ca-mg-vendor-2-to-1'", CHALK * 2 + MAGNESIA, 1, 1),
        ("'ca-mg-vendor-2-to-1'", CHALK, 0, 1),
        ("'ca-mg-durlach-1989'", CHALK * 2 + MAGNESIA, 0, 1),
        ("'ca-mg-durlach-1989', 'ca-mg-vendor-2-to-1'", CHALK * 2 + MAGNESIA, 1, 1),
        (
            "'ca-mg-vendor-2-to-1'",
            CHALK + MAGNESIA.replace("830", "840") + 'declared = { Mg = "55 to 60 %" }\n',
            0,
            1,
        ),
    ],
    ids=["no rule", "within", "below", "above", "undefined", "out of scope", "both", "undecided"],
)
def test_exit_codes(write, rules, ingredients, code, strict):
    """1 only for below or above in scope; what is open gives 0, or 1 under --strict; the same with --json."""
    file = write(product(rules, ingredients))
    assert run(file).exit_code == code
    assert run("--strict", file).exit_code == strict
    assert run("--json", file).exit_code == code
    assert run("--json", "--strict", file).exit_code == strict


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = ", "not a TOML file"),
        ("", "ingredients: a list of"),
        (
            product("'ca-mg-durlach'"),
            "rules[1]: no rule is named 'ca-mg-durlach'; did you mean 'ca-mg-durlach-1989'?",
        ),
        (product("'ca-mg-durlach-1989', 'x'"), "rules[2]: no rule is named 'x'"),
        (
            product(ingredients='[[ingredients]]\nformula = "TcO2"\nmass = "1 g"\n'),
            "product.toml: Tc has no standard atomic weight",
        ),
        (product(ingredients=CHALK.replace("carbonate", "citrate")), "fits several compounds"),
        ('"a\\nb\\u001b[31m" = 1\n' + product(), "a b[31m: unknown key"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(write, text, said):
    """One line on the standard error with file and key, nothing on the output, no traceback."""
    file = write(text)
    for arguments in ([], ["--json"], ["--strict"]):
        result = run(*arguments, file)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert result.stderr.startswith(f"mineral-ratio: {file}")
        assert said in result.stderr
        assert result.stderr.count("\n") == 1
        assert "Traceback" not in result.stderr
        assert "\x1b" not in result.stderr


@pytest.mark.parametrize("name", ["missing.toml", ".", "caf\u00e9 \u2603.toml", "-"])
def test_a_file_that_is_not_there(tmp_path, name):
    """A missing file and a directory are named."""
    result = run(str(tmp_path / name))
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


def test_a_file_name_that_is_no_text():
    """A name in another encoding is told as well as can be."""
    result = spawn("check", os.fsdecode(b"caf\xe9.toml"))
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"No such file" in result.stderr
    assert b"Traceback" not in result.stderr


@pytest.mark.parametrize("arguments", [[], ["check"], ["chek"], ["check", "--jsn", "x"], ["check", "a", "b"]])
def test_wrong_usage_is_exit_code_2(arguments):
    """A wrong command line is bad input too."""
    assert CliRunner().invoke(cli, arguments).exit_code == 2


def test_each_ingredient_that_is_wrong_has_its_line(write) -> None:
    """A file with several mistakes takes one run to mend."""
    result = run(
        write(product(ingredients=CHALK.replace("carbonate", "carbonat") + CHALK.replace("2.5 g", "2.5")))
    )
    assert result.exit_code == 2
    first, second = result.stderr.splitlines()
    assert "ingredients[1].compound: no compound is named 'calcium carbonat'" in first
    assert "ingredients[2].mass: '2.5': the unit is missing" in second


@pytest.mark.parametrize(
    ("arguments", "said", "where"),
    [
        (["chek"], "No such command 'chek'", "--help"),
        (["--jsn"], "No such option", "--help"),
        (["check"], "Missing argument 'FILE'", "check --help"),
        (["audit", "--jsn", "x"], "No such option", "audit --help"),
        (["check", "a", "b"], "Got unexpected extra argument (b).", "check --help"),
    ],
)
def test_wrong_usage_is_told_in_one_line(arguments, said, where):
    """With what is wrong and where to read on."""
    result = CliRunner().invoke(cli, arguments, prog_name="mineral-ratio")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"mineral-ratio: {said}")
    assert result.stderr.endswith(f" See 'mineral-ratio {where}'.\n")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["check", "-h"]])
def test_help_is_given(arguments):
    """Help is no error."""
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0
    assert "Usage" in result.stdout


def test_the_version_is_told():
    """The version is that of the installed package."""
    try:
        version = mr.__version__
    except metadata.PackageNotFoundError:
        pytest.skip("the package is not installed")
    assert version in CliRunner().invoke(cli, ["--version"]).stdout


# -- what is printed


def test_json_is_the_report_as_data():
    """--json prints the report's own JSON and nothing else."""
    file = str(EXAMPLES / "cal_mag_declared.toml")
    assert json.loads(run("--json", file).stdout) == mr.check(mr.Product.from_file(file)).as_dict()


def test_the_report_tells_all():
    """Masses, elements on three bases, what comes along, ratios, rules with evidence, notes and readings."""
    text = run(str(EXAMPLES / "cal_mag_declared.toml")).stdout
    flat = " ".join(text.split())
    for part in (
        "Cal/Mag 2:1, by declared content, per serving (daily serving, 1 a day)",
        "│ dicalcium malate, 29 % Ca │ Ca₂(C₄H₄O₅)(OH)₂ │ 3,448 │ Ca 1,000 │",
        "│ Ca │ 1,000 │ │ 24.95 │ 49.90 │",
        "│ Mg │ 500.0 │ 500.0 to 566.0 │ 20.57 │ 41.14 │",
        "│ malic acid │ 2,973 │ 2,973 to 3,234 │ 22.17 │ 44.34 │",
        "Not assigned to any formula or declaration: 745.9 mg",
        "│ Mg │ 500.0 │ 500.0 │ 100.0 % │",
        "│ Ca:Mg │ mass │ 2.000 │ 1.767 to 2.000 │",
        "│ Ca:Mg │ equivalent │ 1.213 │ 1.071 to 1.213 │",
        "ca-mg-durlach-1989: within, out of scope Ca:Mg 1.767 to 2.000 by mass; at most 2",
        "scope: total diet (adults) note: the rule speaks of the total diet; this is a product",
        "evidence: low, disputed; source read: secondary. Expert opinion.",
        "ca-mg-vendor-2-to-1: undecided Ca:Mg 1.767 to 2.000 by mass; 1.9 to 2.1",
        "+-5 % is this library's own choice",
        "3 rules: 0 within, 0 below or above, 3 open (1 undecided, 2 out of scope)",
        "is disputed: the structure rests on expert judgement",
        "Mg of dimagnesium malate, EFSA 2018 specification: minimum, declared Mg >= 20 %",
        "ingredients[1].supplies.Ca: '1000 mg' read as 1000 mg",
        "Atomic weights: CIAAW 2024. Arithmetic on the figures given, not medical advice.",
    ):
        assert part in flat


def test_as_labelled_and_as_filled(write):
    """With an overage both masses are shown."""
    row = '[[ingredients]]\ncompound = "calcium carbonate"\nsupplies = { Ca = "1000 mg" }\noverage = "10 %"\n'
    text = run(write(product(ingredients=row))).stdout
    assert "as labelled, mg" in text
    assert "│ 2,497 │ 2,747 │" in " ".join(text.split())


def test_a_report_with_little_in_it(write):
    """No minerals, no species, no claims, no rules and no servings are all told or left out."""
    text = run(write('name = "ice"\n[[ingredients]]\nformula = "H2O"\nmass = "1 g"\n')).stdout
    assert "no minerals" in text
    assert "Label claims" not in text
    assert "Rules" not in text
    assert "servings per day are not said" in text
    yeast = run(write(f'name = "yeast"\nservings_per_day = 2\n{YEAST}'))
    assert "none" in yeast.stdout
    assert "yeast, per serving, 2 a day" in yeast.stdout
    assert "Ratios" not in yeast.stdout


def test_what_may_be_more_is_marked(write):
    """An element that an ingredient does not tell is marked, and the notes name the ingredient."""
    rows = CHALK + YEAST
    flat = " ".join(run(write(product(ingredients=rows))).stdout.split())
    assert "│ Ca * │ 1,001 │" in flat
    assert "│ Se │ 2.250 │" in flat
    assert "* or more: not known of every ingredient" in flat
    assert "- selenium yeast: not known, and counted only as far as it is stated: Ca, C, O, carbonate" in flat


def test_claims_that_cannot_be_held_against_anything(write):
    """A claim of what is not known, and one of nothing, have no share."""
    rows = f'{YEAST}[label_claims]\nCa = "1 mg"\nSe = "0 mg"\n'
    text = run(write(product(ingredients=rows))).stdout
    assert "not known" in text
    assert "0.000" in text


def test_a_rule_that_says_little():
    """A rule of the caller's own needs no population, note or kind of source."""
    from mineral_ratio.cli.check import details

    rule = mr.RatioRule("own", "Ca", "Mg", "mass", upper=2, scope="product", evidence="low", citation="here")
    done = rule.check(mr.Blend.of({"magnesium oxide": "1 g"}))
    assert details(done) == [
        "Ca:Mg 0.000 by mass; at most 2",
        "scope: product",
        "evidence: low",
        "source: here",
    ]


# -- hostile texts and terminals


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("[/bold]", "[/bold], per serving"),
        ("[red]x[/red] [link=http://x]y", "[red]x[/red] [link=http://x]y, per serving"),
        (":smile: 😀", ":smile: 😀, per serving"),
        ("two\nlines\tand\x1b[31m red", "two lines and[31m red, per serving"),
        ("x" * 500, "x" * 80),
    ],
)
def test_a_name_is_printed_as_it_is(write, name, shown):
    """Names are no markup, no emoji codes and no control sequences, in the heading and in the table."""
    row = f'[[ingredients]]\nformula = "CaCO3"\nname = {json.dumps(name, ensure_ascii=False)}\nmass = "1 g"\n'
    result = run(write(product(ingredients=row, name=name)))
    assert result.exit_code == 0
    assert shown in result.stdout
    assert "\x1b" not in result.stdout
    assert "…" not in result.stdout
    assert "1,000" in result.stdout


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
)
def test_an_output_that_cannot_write_subscripts(environment):
    """A formula is then told with plain digits, never with a digit lost."""
    result = spawn("check", str(EXAMPLES / "cal_mag.toml"), **environment)
    assert (result.returncode, result.stderr) == (0, b"")
    assert b"Ca2(C4H4O5)(OH)2" in result.stdout
    assert b"1,000" in result.stdout


def test_json_is_ascii_in_any_encoding(write):
    """Names come back from JSON as they were, whatever the output can write."""
    file = write(product(name="café ₂ 😀"))
    result = spawn("check", "--json", file, PYTHONIOENCODING="ascii")
    assert json.loads(result.stdout)["name"] == "café ₂ 😀"


def test_an_error_message_in_ascii(write):
    """A message is printed even where its characters cannot be."""
    result = spawn("check", write(product(name="x") + '"caf\u00e9\u2603" = 1\n'), PYTHONIOENCODING="ascii")
    assert result.returncode == 2
    assert b"Traceback" not in result.stderr


def test_what_no_output_can_write_is_told_apart_from_what_no_input_can_read():
    """The error handler spells what cannot be written; bytes that cannot be read stay an error."""
    assert "MgSO₄·7H₂O café ☃".encode("ascii", "mineral_ratio.spelled") == b"MgSO4.7H2O caf? ?"
    assert "MgSO₄·7H₂O café ☃".encode("latin-1", "mineral_ratio.spelled") == b"MgSO4\xb77H2O caf\xe9 ?"
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("ascii", "mineral_ratio.spelled")


def test_a_narrow_output_breaks_no_figure():
    """With 20 columns the tables keep their width: a figure that is broken reads as another one."""
    wide = spawn("check", str(EXAMPLES / "cal_mag_declared.toml"), COLUMNS="100")
    narrow = spawn("check", str(EXAMPLES / "cal_mag_declared.toml"), COLUMNS="20")
    assert narrow.stdout == wide.stdout
    assert "…" not in narrow.stdout.decode()


def in_terminal(*arguments: str, **environment: str) -> tuple[int, str]:
    """The command in a terminal of 40 columns."""
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "mineral_ratio", *arguments]
    settings = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "40", **environment}
    with subprocess.Popen(command, stdout=slave, stderr=slave, stdin=slave, env=settings) as process:
        os.close(slave)
        output = b""
        while True:
            try:
                chunk = os.read(master, 65536)
            except OSError:  # the other side has closed
                break
            if not chunk:
                break
            output += chunk
        code = process.wait()
    os.close(master)
    return code, output.decode()


def test_a_terminal_is_told_apart():
    """In a terminal headings are bold; figures stay whole in a narrow one."""
    code, text = in_terminal("check", str(EXAMPLES / "cal_mag.toml"))
    assert code == 0
    assert "\x1b[1m" in text
    assert "2.000" in text
    assert "…" not in text


def test_no_color_is_kept():
    """With NO_COLOR no colour is set."""
    _, text = in_terminal("check", str(EXAMPLES / "cal_mag.toml"), NO_COLOR="1")
    assert not any(f"\x1b[{code}m" in text for code in range(30, 38))


def test_a_closed_pipe_is_no_traceback():
    """``mineral-ratio check ... | head -1`` ends quietly."""
    command = [sys.executable, "-m", "mineral_ratio", "check", str(EXAMPLES / "cal_mag.toml")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        errors = process.stderr.read()
        process.wait()
    assert b"Traceback" not in errors
    assert b"BrokenPipe" not in errors


def test_output_to_a_file_has_no_control_sequences(tmp_path):
    """What goes to a file is plain text."""
    target = tmp_path / "report.txt"
    with target.open("wb") as file:
        command = [sys.executable, "-m", "mineral_ratio", "check", str(EXAMPLES / "zinc_copper.toml")]
        assert subprocess.run(command, stdout=file, check=False).returncode == 1
    text = target.read_text(encoding="utf-8")
    assert "\x1b" not in text
    assert "Zn:Cu 40.00 by mass; 8 to 15" in text


# -- how it is started


@pytest.mark.parametrize("missing", ["click", "rich"])
def test_without_the_extra_it_says_what_is_missing(missing):
    """Without click or rich: one line that says what to install, and exit code 2."""
    code = f"""
import importlib.abc, runpy, sys
class Blocker(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name == {missing!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Blocker())
runpy.run_module("mineral_ratio", run_name="__main__")
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "mineral-ratio: this needs the extra 'cli': pip install 'mineral_ratio[cli]'\n"


def test_another_missing_module_is_not_hidden(monkeypatch):
    """A module that is missing for another reason is told as what it is."""
    from mineral_ratio.__main__ import main

    monkeypatch.setitem(sys.modules, "mineral_ratio.cli", None)
    with pytest.raises(ModuleNotFoundError, match=r"mineral_ratio\.cli"):
        main()


def test_main_runs_the_command(monkeypatch, capsys):
    """The console script and ``python -m`` are the same command under the same name."""
    from mineral_ratio.__main__ import main

    monkeypatch.setattr(sys, "argv", ["x", "--help"])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 0
    assert "Usage: mineral-ratio" in capsys.readouterr().out


def test_an_analysis_can_be_shown_too(monkeypatch):
    """A report without ingredients, to an output that is no text file of its own."""
    from mineral_ratio.cli.check import show

    output = io.StringIO()
    monkeypatch.setattr(sys, "stdout", output)
    show(
        mr.check(mr.Analysis({"Ca": "80 mg", "Mg": "20 mg", "bicarbonate": "300 mg"}, per="L", name="water"))
    )
    text = output.getvalue()
    assert text.startswith("water, per L\n")
    assert "Ingredients" not in text
    assert "Not assigned" not in text
    assert "Species" in text
    assert "4.000" in text
