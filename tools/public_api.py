"""Write down the public face of the library: ``nox -s api`` runs this and rewrites docs/reference/api.txt.

A test compares that file with the code, so that what others depend on changes on purpose and in sight
of a reviewer. It holds every public name with its constructor, its members and their annotations as they
are written, what the names in the annotations stand for, and the command line. The arguments of an error
are its attributes too.
"""

# ruff: noqa: INP001, T201

from __future__ import annotations

import ast
import functools
import inspect
import re
import typing
from pathlib import Path
from types import ModuleType, NoneType

import attrs

import mineral_ratio
import mineral_ratio.testing
from mineral_ratio import cli
from mineral_ratio.audits.reports import SCHEMA as AUDIT_SCHEMA
from mineral_ratio.catalog.discovery import DISABLED, GROUP, NO_PLUGINS
from mineral_ratio.catalog.sources import API_VERSION
from mineral_ratio.checks.references import PLUGINS as REFERENCES
from mineral_ratio.checks.report_data import SCHEMA as CHECK_SCHEMA
from mineral_ratio.checks.rules import PLUGINS as RULES

FILE = Path(__file__).parents[1] / "docs" / "reference" / "api.txt"
PACKAGE = Path(mineral_ratio.__file__).parent
PUBLIC = {*mineral_ratio.__all__, *mineral_ratio.testing.__all__}
# What a class has for Python's sake and nobody calls.
UNCALLED = {
    "__attrs_post_init__",
    "__getstate__",
    "__init__",
    "__new__",
    "__reduce__",
    "__repr__",
    "__setstate__",
}


def text() -> str:
    """The public face as it is now."""
    names, testing = _names(mineral_ratio), _names(mineral_ratio.testing)
    aliases, internal = _meanings("\n".join([*names, *testing]))
    sections = {
        "mineral_ratio": names,
        "mineral_ratio.testing": testing,
        "What the names in annotations stand for": aliases,
        "Classes in annotations that are not public": internal,
        "Contracts": [
            f"schema of a check: {CHECK_SCHEMA}",
            f"schema of an audit: {AUDIT_SCHEMA}",
            f"api_version of a source: {API_VERSION}",
            *(f"entry points: {group}" for group in (GROUP, RULES.group, REFERENCES.group)),
            *(f"environment variable: {name}" for name in (NO_PLUGINS, DISABLED)),
        ],
        "Command line": _commands(),
    }
    return "\n".join(
        line for title, lines in sections.items() for line in (title, "=" * len(title), "", *lines, "")
    )


# -- names and members


def _names(module: ModuleType) -> list[str]:
    """The public names of a module, each with what it is."""
    lines: list[str] = []
    for name in sorted(module.__all__):
        value = getattr(module, name)
        lines += _class(value) if inspect.isclass(value) else _calls(name, value)
    return lines


def _class(cls: type) -> list[str]:
    """A class: its bases, its constructor, and its members with those of bases that are not public."""
    own = [base for base in cls.__mro__ if base is cls or _is_internal(base)]
    fields = {field.name: field for field in attrs.fields(cls)} if attrs.has(cls) else {}
    members = {name: base for base in reversed(own) for name in (*inspect.get_annotations(base), *vars(base))}
    lines = [f"class {cls.__name__}({', '.join(_bases(cls))})"]
    if any("__init__" in vars(base) for base in own) and not getattr(cls, "_is_protocol", False):
        lines.append(f"    {cls.__name__}{_constructor(cls, fields)}")
    lines += [f"    .{name}: {field.type}" for name, field in fields.items() if not name.startswith("_")]
    for name, base in sorted(members.items()):
        if name not in fields and _is_shown(name, vars(base).get(name)):
            lines += [f"    {line}" for line in _member(base, name)]
    return lines


def _is_internal(cls: type) -> bool:
    return cls.__module__.startswith("mineral_ratio.") and cls.__name__ not in PUBLIC


def _bases(cls: type) -> list[str]:
    """The names of its bases; one that is not public gives way to its own."""
    return [
        name
        for base in cls.__bases__
        if base not in (object, typing.Generic)
        for name in (_bases(base) if _is_internal(base) else [base.__name__])
    ]


def _is_shown(name: str, value: object) -> bool:
    """Whether a member is part of the public face; of operators, those that were written, not generated."""
    if not name.startswith("_"):
        return True
    called = name.startswith("__") and name not in UNCALLED and inspect.isfunction(value)
    return called and Path(value.__code__.co_filename).is_relative_to(PACKAGE)


def _constructor(cls: type, fields: dict[str, attrs.Attribute[object]]) -> str:
    """How it is made. Where a converter says nothing of what goes in, what is kept is shown."""
    kept = {field.alias: field.type for field in fields.values()}
    signature = inspect.signature(cls)
    parameters = [
        each.replace(annotation=kept[each.name]) if each.annotation is each.empty else each
        for each in signature.parameters.values()
    ]
    return _signature(signature.replace(parameters=parameters, return_annotation=signature.empty))


def _member(cls: type, name: str) -> list[str]:
    """A member of a class, in a line for each way to call it."""
    if name not in vars(cls):  # stated and left to those who inherit
        return [f".{name}: {inspect.get_annotations(cls)[name]}"]
    value = vars(cls)[name]
    if isinstance(value, property | functools.cached_property):
        getter = value.fget if isinstance(value, property) else value.func
        return [f".{name}: {inspect.signature(getter).return_annotation}"]
    if isinstance(value, classmethod | staticmethod):
        return [
            f"{line}  [{type(value).__name__}]" for line in _calls(f".{name}", value.__func__, bound=True)
        ]
    if inspect.isfunction(value):
        return _calls(f".{name}", value, bound=True)
    stated = inspect.get_annotations(cls).get(name, type(value).__name__)
    return [f".{name}: {stated}" + ("" if inspect.ismemberdescriptor(value) else f" = {value!r}")]


# -- signatures


def _calls(name: str, function: typing.Any, *, bound: bool = False) -> list[str]:
    """A function, in a line for each overload, without the argument that it is bound to."""
    lines = []
    for each in typing.get_overloads(function) or [function]:
        signature = inspect.signature(each)
        parameters = list(signature.parameters.values())[int(bound) :]
        lines.append(name + _signature(signature.replace(parameters=parameters)))
    return lines


def _signature(signature: inspect.Signature) -> str:
    """A signature with its annotations as they are written."""
    parameters = [
        each.replace(annotation=_written(each.annotation), default=_default(each.default))
        for each in signature.parameters.values()
    ]
    returned = _written(signature.return_annotation)
    return str(signature.replace(parameters=parameters, return_annotation=returned))


class _Plain(str):
    """A text that shows itself without quotes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _written(annotation: object) -> object:
    """An annotation as the source has it; decorators and converters may have made an object of it."""
    if annotation is inspect.Parameter.empty:
        return annotation
    if isinstance(annotation, typing.ForwardRef):
        return _Plain(annotation.__forward_arg__)
    inner = [str(_written(each)) for each in typing.get_args(annotation)]
    if not inner:
        return _Plain("None" if annotation is NoneType else annotation)
    outer = typing.get_origin(annotation)
    return _Plain(" | ".join(inner) if outer is typing.Union else f"{outer.__name__}[{', '.join(inner)}]")


def _default(value: object) -> object:
    """A default; ``...`` stands for one that is made at each call."""
    if isinstance(value, frozenset):
        return _Plain(f"frozenset({sorted(value)})")
    return _Plain("...") if value is attrs.NOTHING else value


# -- what annotations name


def _meanings(lines: str) -> tuple[list[str], list[str]]:
    """The aliases of the package that annotations use, and its classes that are not public."""
    aliases: dict[str, dict[str, str]] = {}
    classes: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        module = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                classes[node.name] = module
            elif alias := _alias(node):
                name, meaning = alias
                aliases.setdefault(name, {}).setdefault(meaning, module)
    used = _words(lines)
    while more := _words(" ".join(each for name in used for each in aliases.get(name, ()))) - used:
        used |= more
    told = [
        f"{name} = {meaning}" + (f"  [{module}]" if len(aliases[name]) > 1 else "")
        for name in sorted(used & aliases.keys())
        for meaning, module in aliases[name].items()
    ]
    internal = sorted((used & classes.keys()) - aliases.keys() - PUBLIC)
    return told, [f"{name}  [{classes[name]}]" for name in internal]


def _words(text: str) -> set[str]:
    return set(re.findall(r"\b[A-Z]\w+", text))


def _alias(node: ast.AST) -> tuple[str, str] | None:
    """The name and the meaning, if a statement gives a type a name."""
    match node:
        case ast.AnnAssign(
            target=ast.Name(name), annotation=ast.Name("TypeAlias"), value=ast.expr() as value
        ):
            return name, ast.unparse(value)
        case ast.Assign(targets=[ast.Name(name)], value=ast.Subscript(value=ast.Name("Literal")) as value):
            return name, ast.unparse(value)
    return None


# -- the command line


def _commands() -> list[str]:
    """Every command with its arguments and options, and what the exit codes mean."""
    lines = []
    for name, command in sorted(cli.cli.commands.items()):
        lines.append(f"mineral-ratio {name}")
        for each in command.params:
            spelled = str(each.name).upper() if each.param_type_name == "argument" else ", ".join(each.opts)
            value = "" if getattr(each, "is_flag", False) else f" ({each.type.name})"
            lines.append(f"    {spelled}{value}{', several times' if each.multiple else ''}")
    return [*lines, "", *inspect.cleandoc(cli.__doc__ or "").splitlines()[2:]]


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
    print(f"wrote {FILE}")
