"""The examples in README, docs and docstrings run, and what they name is there."""

from __future__ import annotations

import ast
import doctest
import importlib
import re
import shlex
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from click.testing import CliRunner

import mineral_ratio as mr
from mineral_ratio.cli import cli

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    if "_build" not in path.parts
)
FENCE = re.compile(r"^```(?P<language>[\w{}-]*)[^\n]*\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


# Plain fences show on any reader of Markdown; those of the directive are run by Sphinx as well.
EXAMPLES = ("pycon", "{doctest}")


def _fences(page: str, *languages: str) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return [match["body"] for match in FENCE.finditer(text) if match["language"] in languages]


def _on_all_pages(language: str) -> list[object]:
    return [
        pytest.param(body, id=f"{page}:{number}")
        for page in PAGES
        for number, body in enumerate(_fences(page, language), 1)
    ]


PAGES_WITH_EXAMPLES = [page for page in PAGES if _fences(page, *EXAMPLES)]
MODULES_WITH_EXAMPLES = [
    ".".join(path.relative_to(SOURCE).with_suffix("").parts)
    for path in sorted(SOURCE.rglob("*.py"))
    if " >>> " in path.read_text(encoding="utf-8")
]


def _run(test: doctest.DocTest) -> None:
    report: list[str] = []
    result = doctest.DocTestRunner().run(test, out=report.append)
    assert result.attempted > 0
    assert result.failed == 0, "".join(report)


@pytest.mark.parametrize("page", PAGES_WITH_EXAMPLES)
def test_the_examples_of_a_page_run(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything shown after a prompt gives what is shown under it, read from top to bottom."""
    monkeypatch.chdir(ROOT)
    _run(doctest.DocTestParser().get_doctest("\n".join(_fences(page, *EXAMPLES)), {}, page, page, 0))


@pytest.mark.parametrize("module", MODULES_WITH_EXAMPLES)
def test_the_examples_in_docstrings_run(module: str) -> None:
    """With the public names at hand, as in the docs, each gives what is shown under it."""
    names = {"mr": mr, **{name: getattr(mr, name) for name in mr.__all__}}
    for test in doctest.DocTestFinder().find(importlib.import_module(module), extraglobs=names):
        if test.examples:
            _run(test)


def test_no_example_is_left_unrun() -> None:
    """A prompt stands only in fences that are run, so none can go stale unseen."""
    for page in PAGES:
        prompts = (ROOT / page).read_text(encoding="utf-8").count("\n>>> ")
        run = sum(body.count("\n>>> ") + body.startswith(">>> ") for body in _fences(page, *EXAMPLES))
        assert prompts == run, page


@pytest.mark.parametrize("body", _on_all_pages("toml"))
def test_a_product_file_or_an_entry_point_is_read(body: str, tmp_path: Path) -> None:
    """TOML that is shown is a product file, whole or without its ingredients, or an entry point."""
    if "project" in tomllib.loads(body):
        (group,) = tomllib.loads(body)["project"]["entry-points"]
        assert group in ("mineral_ratio.compounds", "mineral_ratio.rules", "mineral_ratio.references")
        return
    file = tmp_path / "product.toml"
    rest = "" if "[[ingredients]]" in body else '[[ingredients]]\nformula = "MgO"\nmass = "1 g"\n'
    file.write_text(f"{body}\n{rest}", encoding="utf-8")
    mr.check(mr.Product.from_file(file))


@pytest.mark.parametrize("body", _on_all_pages("python"))
def test_a_module_that_is_shown_can_be_imported(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It runs, with the reader's own module beside it, and what it names SOURCE is a source."""
    own = SimpleNamespace(SOURCE=mr.StaticSource("my-substances", []))
    monkeypatch.setitem(sys.modules, "my_substances", own)
    names: dict[str, object] = {"__name__": "shown"}
    exec(compile(body, "shown", "exec"), names)  # noqa: S102  # the docs' own
    source = names.get("SOURCE", own.SOURCE)
    assert source.api_version == 1
    assert all(record.citation for record in source)


@pytest.mark.parametrize("body", _on_all_pages("console"))
def test_a_command_that_is_shown_runs(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its options are there, and it runs where the files that it names are."""
    monkeypatch.chdir(ROOT)
    for line in re.findall(r"^\$ mineral-ratio (.*)$", body, re.MULTILINE):
        command, *args = shlex.split(line)
        cli.commands[command].parse_args(
            # With the settings of the program, as a command keeps the first help option that it is asked for.
            click.Context(cli.commands[command], resilient_parsing=True, **cli.context_settings),
            list(args),
        )
        if all(Path(arg).exists() for arg in args if arg.endswith((".toml", ".csv", "/"))):
            assert CliRunner().invoke(cli, [command, *args]).exit_code in (0, 1)


def test_a_test_that_is_named_is_there() -> None:
    """A page that says which tests hold a law names tests of the repository."""
    tests = {
        node.name
        for file in (ROOT / "tests").rglob("test_*.py")
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    named = {
        name
        for page in PAGES
        for name in re.findall(r"`(test_\w+)`", (ROOT / page).read_text(encoding="utf-8"))
    }
    assert named
    assert named <= tests


def test_the_readme_has_exactly_two_set_up_commands() -> None:
    """One line runs the main job, one line the tests, and CI runs that very line."""
    commands = [body.strip() for body in _fences("README.md", "sh")]
    assert len(commands) == 2
    assert all("\n" not in command for command in commands)
    main_job, test = commands
    assert main_job.endswith("mineral-ratio check examples/cal_mag.toml")
    assert (ROOT / "examples" / "cal_mag.toml").is_file()
    assert "nox" in test
    # Left out of the sdist.
    ci = ROOT / ".ci" / "run"
    assert not ci.is_file() or f"{test} || exit" in ci.read_text(encoding="utf-8").splitlines()
