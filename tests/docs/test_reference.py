"""The reference lists every public name, and each is described."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import mineral_ratio as mr
import mineral_ratio.testing

ROOT = Path(__file__).parents[2]
LISTED = re.compile(r"^   (\w+)$", re.MULTILINE)
MODULE = re.compile(r"^\.\. currentmodule:: (\S+)$", re.MULTILINE)
NAMES = sorted(mr.__all__)


def _members(cls: type) -> list[tuple[str, object]]:
    """The public members that a class defines."""
    return [
        (name, value)
        for name, value in vars(cls).items()
        if not name.startswith("_")
        and (isinstance(value, property | classmethod | staticmethod) or inspect.isfunction(value))
    ]


def _callables(name: str) -> list[tuple[str, object]]:
    """A public function, or the methods of a public class, those of the library's bases among them."""
    value = inspect.unwrap(getattr(mr, name))
    if inspect.isfunction(value):
        return [(name, value)]
    bases = [base for base in inspect.getmro(value) if base.__module__.startswith("mineral_ratio")]
    members = [(f"{name}.{member}", defined) for base in bases for member, defined in _members(base)]
    return [
        (where, getattr(defined, "__func__", defined))
        for where, defined in members
        if not isinstance(defined, property)
    ]


def test_the_reference_lists_every_public_name_once() -> None:
    """It has one page for each name in ``__all__`` of the library and of its testing tools, and no other."""
    listed: dict[str, list[str]] = {}
    for page in (ROOT / "docs" / "reference" / "api").glob("*.rst"):
        text = page.read_text(encoding="utf-8")
        for module in MODULE.findall(text):
            listed.setdefault(module, []).extend(LISTED.findall(text))
    assert {module: sorted(names) for module, names in listed.items()} == {
        "mineral_ratio": sorted(set(mr.__all__) - {"__version__"}),
        "mineral_ratio.testing": sorted(mineral_ratio.testing.__all__),
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_public_name_is_documented(name: str) -> None:
    """A public class or function, and each public member that it defines, has a docstring of its own."""
    value = getattr(mr, name)
    if not (inspect.isclass(value) or inspect.isfunction(value)):
        return
    assert (value.__doc__ or "").strip(), name
    for member, defined in _members(value) if inspect.isclass(value) else ():
        assert (getattr(defined, "__doc__", None) or "").strip(), f"{name}.{member}"


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_is_described(name: str) -> None:
    """The docstring of a public function or method lists its parameters, all of them and in their order."""
    for where, function in _callables(name):
        parameters = [each for each in inspect.signature(function).parameters if each not in ("self", "cls")]
        section = re.search(r"^Args:\n((?:    .*\n|\n)*)", f"{inspect.getdoc(function)}\n", re.MULTILINE)
        listed = re.findall(r"^    \*{0,2}(\w+): ", section[1] if section else "", re.MULTILINE)
        assert listed == parameters, where
