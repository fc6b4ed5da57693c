"""The examples in README and docs run, and every public name is documented."""

from __future__ import annotations

import doctest
import inspect
import re
from pathlib import Path

import pytest

import mineral_ratio as mr

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    if "_build" not in path.parts
)
FENCE = re.compile(r"^```(?P<language>[\w{}]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


# Plain fences show on any reader of Markdown; those of the directive are run by Sphinx as well.
EXAMPLES = ("pycon", "{doctest}")


def _fences(page: str, *languages: str) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return [match["body"] for match in FENCE.finditer(text) if match["language"] in languages]


PAGES_WITH_EXAMPLES = [page for page in PAGES if _fences(page, *EXAMPLES)]


@pytest.mark.parametrize("page", PAGES_WITH_EXAMPLES)
def test_the_examples_of_a_page_run(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything shown after a prompt gives what is shown under it, read from top to bottom."""
    monkeypatch.chdir(ROOT)
    examples = doctest.DocTestParser().get_doctest("\n".join(_fences(page, *EXAMPLES)), {}, page, page, 0)
    report: list[str] = []
    result = doctest.DocTestRunner().run(examples, out=report.append)
    assert result.attempted > 0
    assert result.failed == 0, "".join(report)


def test_no_example_is_left_unrun() -> None:
    """A prompt stands only in fences that are run, so none can go stale unseen."""
    for page in PAGES:
        prompts = (ROOT / page).read_text(encoding="utf-8").count("\n>>> ")
        run = sum(body.count("\n>>> ") + body.startswith(">>> ") for body in _fences(page, *EXAMPLES))
        assert prompts == run, page


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


def test_the_reference_lists_every_public_name_once() -> None:
    """The reference has one page for each name in ``__all__``, and none for anything else."""
    text = (ROOT / "docs" / "reference" / "index.rst").read_text(encoding="utf-8")
    autosummaries = text.partition(".. toctree::")[0]
    listed = re.findall(r"^   (\w+)$", autosummaries, re.MULTILINE)
    assert sorted(listed) == sorted(set(mr.__all__) - {"__version__"})


@pytest.mark.parametrize("name", sorted(mr.__all__))
def test_a_public_name_is_documented(name: str) -> None:
    """A public class or function, and each public member that it defines, has a docstring of its own."""
    value = getattr(mr, name)
    if not (inspect.isclass(value) or inspect.isfunction(value)):
        return
    assert (value.__doc__ or "").strip(), name
    if not inspect.isclass(value):
        return
    for member, defined in vars(value).items():
        if not member.startswith("_") and (
            isinstance(defined, property | classmethod | staticmethod) or inspect.isfunction(defined)
        ):
            assert (getattr(defined, "__doc__", None) or "").strip(), f"{name}.{member}"
