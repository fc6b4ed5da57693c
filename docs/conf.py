"""Sphinx configuration; ``nox -s docs`` builds with ``-n -W``."""

from __future__ import annotations

import collections.abc
import os
import re
import sys
import typing
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Any

from sphinx.util.inspect import TypeAliasForwardRef

import mineral_ratio

sys.path.insert(0, str(Path(__file__).with_name("_extensions")))

if typing.TYPE_CHECKING:
    from docutils import nodes
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

project = "mineral_ratio"
author = "mineral_ratio contributors"
copyright = "2026, mineral_ratio contributors"  # noqa: A001
release = installed_version("mineral_ratio")
version = ".".join(release.split(".")[:2])

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.doctest",
    "sphinx.ext.intersphinx",
    "sphinx.ext.napoleon",
    # Of this folder, see _extensions.
    "catalogue_page",
    "class_pages",
    "command_help",
    "reference_values_page",
    "report_example",
    "rules_page",
]
exclude_patterns = ["_build"]
templates_path = ["_templates"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

# `this` in a docstring is a link where it names something, and code in any case.
default_role = "py:obj"

html_theme = "furo"
html_title = f"mineral_ratio {release}"
html_static_path = ["_static"]
html_css_files = ["wide.css"]

# One page a public name, made from the lists in reference/api.
autosummary_generate = True
# A function named like a class but for its case needs a file of its own where file names ignore case.
autosummary_filename_map = {
    f"mineral_ratio.{name}": f"mineral_ratio.{name}-function"
    for name in mineral_ratio.__all__
    if name.islower() and name.capitalize() in mineral_ratio.__all__
}
autosummary_imported_members = True
autodoc_member_order = "bysource"
# What goes in is told by the constructor where a class writes its own, what is kept by the class.
autoclass_content = "both"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
# These stay names in the signatures, as a reader would write them.
_TYPES_PAGE = Path(__file__).with_name("reference") / "types.rst"
_TYPES = re.findall(r"^\.\. py:type:: (\w+)", _TYPES_PAGE.read_text("utf-8"), re.MULTILINE)
autodoc_type_aliases = {name: name for name in _TYPES}
# What stands for such a name inside another type shows itself by its repr.
TypeAliasForwardRef.__repr__ = lambda alias: alias.name  # type: ignore[method-assign]
python_use_unqualified_type_names = True
toc_object_entries_show_parents = "hide"
# A parameter a line where they are many.
python_maximum_signature_line_length = 88
napoleon_google_docstring = True
napoleon_numpy_docstring = False

# What every example may use: the library under its short name, and each public name.
doctest_global_setup = "import mineral_ratio as mr\nfrom mineral_ratio import *"
doctest_test_doctest_blocks = "default"

# Links to other projects need their inventories, so the network; without it those names stay plain text.
intersphinx_mapping = (
    {
        "python": ("https://docs.python.org/3", None),
        "pint": ("https://pint.readthedocs.io/en/stable", None),
        "attrs": ("https://www.attrs.org/en/stable", None),
        "matplotlib": ("https://matplotlib.org/stable", None),
        "numpy": ("https://numpy.org/doc/stable", None),
        "hypothesis": ("https://hypothesis.readthedocs.io/en/latest", None),
    }
    if os.environ.get("DOCS_INTERSPHINX")
    else {}
)
nitpicky = True
_ELSEWHERE = {*sys.stdlib_module_names, "attr", "attrs", "hypothesis", "matplotlib", "numpy", "np", "pint"}
_STANDARD_NAMES = {*collections.abc.__all__, *typing.__all__, "Figure", "Fraction", "Path", "SearchStrategy"}
# What a public object holds and nobody imports, by its name.
_PARTS_PAGE = Path(__file__).with_name("reference") / "api" / "parts.rst"
_PARTS = {
    full.rpartition(".")[2]: full
    for full in re.findall(r"^\.\. autoclass:: (\S+)$", _PARTS_PAGE.read_text("utf-8"), re.MULTILINE)
}
_TYPE_VARIABLE = re.compile(r"(.*\.)?[A-Z](_co|_contra)?")


def _described(target: str) -> str | None:
    """The name under which what a target means is described, wherever in the package it is defined."""
    parts = target.split(".")
    for start, part in enumerate(parts):
        if part in _TYPES or part in mineral_ratio.__all__:
            return ".".join(["mineral_ratio", *parts[start:]])
    return _PARTS.get(parts[-1])


def _resolve(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: nodes.Element
) -> nodes.Node | None:
    """Lead a name to the page of the public name, and leave the names of other projects as text."""
    if node.get("refdomain") != "py":
        return None
    target = str(node["reftarget"])
    described = _described(target)
    if described is not None:
        domain = env.domains.python_domain
        return domain.resolve_xref(env, node["refdoc"], app.builder, "obj", described, node, contnode)
    known = target.partition(".")[0] in _ELSEWHERE or target in _STANDARD_NAMES or node["reftype"] == "obj"
    return contnode if known or _TYPE_VARIABLE.fullmatch(target) else None


def _plain_signature(*event: Any) -> tuple[str | None, ...]:
    """A default that is worked out is dots, and a protocol, which is not made by calling it, has none."""
    signature_and_return = ("", None) if getattr(event[3], "_is_protocol", False) else event[-2:]
    return tuple(text and text.replace(" = NOTHING", " = ...") for text in signature_and_return)


def setup(app: Sphinx) -> None:
    """Connect the resolver, which comes after intersphinx, and what tidies signatures."""
    app.connect("missing-reference", _resolve, priority=900)
    app.connect("autodoc-process-signature", _plain_signature)
