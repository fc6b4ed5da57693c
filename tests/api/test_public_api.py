"""The public face of the library is the one that was reviewed, and all of it is described."""

from __future__ import annotations

import difflib
import inspect
import re
import runpy
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import mineral_ratio as mr
import mineral_ratio.testing

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]
TOOL = "tools/public_api.py"
REVIEWED = "docs/reference/api.txt"
CLASSES = [name for name in sorted(mr.__all__) if inspect.isclass(getattr(mr, name))]


def test_the_public_face_is_the_one_that_was_reviewed() -> None:
    """No public name, parameter, annotation, option or contract changes but with its line in the file."""
    now = runpy.run_path(str(ROOT / TOOL))["text"]()
    reviewed = (ROOT / REVIEWED).read_text(encoding="utf-8")
    changes = "\n".join(
        difflib.unified_diff(reviewed.splitlines(), now.splitlines(), REVIEWED, "now", n=0, lineterm="")
    )
    assert not changes, (
        f"{changes}\n\nThe public face has changed. If it was meant to: `nox -s api`, and what "
        "docs/explanation/stability.md asks of such a change."
    )


@pytest.mark.parametrize("name", CLASSES)
def test_every_argument_of_a_constructor_is_described(name: str) -> None:
    """The docstring of a class, of a base or of the constructor lists each argument that it is made with."""
    cls = getattr(mr, name)
    if getattr(cls, "_is_protocol", False) or not inspect.isfunction(cls.__init__):
        return
    described = [inspect.cleandoc(each.__doc__ or "") for each in (*cls.__mro__, cls.__init__)]
    listed = set(re.findall(r"^ {4}\*{0,2}(\w+): ", "\n".join(described), re.MULTILINE))
    taken = {each for each in inspect.signature(cls).parameters if each != "_"}  # which is for none at all
    assert taken <= listed


@pytest.mark.parametrize(("called", "module"), [("mr", mr), ("testing", mineral_ratio.testing)])
def test_the_typing_tests_use_every_public_name(called: str, module: ModuleType) -> None:
    """What type checkers see is held for each public name, so that none is typed by chance."""
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "typing").glob("*_face.py"))
    assert set(module.__all__) <= set(re.findall(rf"\b{called}\.(\w+)", text))
