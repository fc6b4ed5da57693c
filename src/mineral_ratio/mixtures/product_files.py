"""Product files: TOML in, `Product` out, and an error that names file and key for all else.

```toml
name = "Cal/Mag 2:1"
serving = "4 capsules"            # optional, free text
servings_per_day = 1              # optional; without it nothing about a day is judged
prefer = "as-sold"                # optional: how to decide names that fit several compounds
rules = ["ca-mg-durlach-1989"]    # optional
sources = ["my_compounds.csv"]    # optional: files or folders beside this file, asked before the catalogue
references = ["NASEM", "EFSA"]    # optional: whose reference values; all if there are none but a person
counts = ["supplement"]           # optional: the parts of an intake that it is, unless it is a supplement

[[ingredients]]
compound = "dicalcium malate"     # or formula = "...", or material = "..."
supplies = { Ca = "1000 mg" }     # or mass = "3072 mg"
overage = "5 %"                   # optional, with supplies
declared = { Ca = "29 %" }        # optional: contents of the lot at hand, with compound or formula
name = "DCM lot 7"                # optional

[label_claims]                    # optional
Ca = "1000 mg"

[person]                          # optional: whom the reference values are for
sex = "female"
age = 31
condition = "pregnant"            # optional
```
"""

from __future__ import annotations

import difflib
import os
import reprlib
import tomllib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import attrs

from mineral_ratio.catalog.catalog import POLICIES, default_catalog
from mineral_ratio.catalog.files import FileSource
from mineral_ratio.errors import (
    AmbiguousNameError,
    FormulaError,
    MineralRatioError,
    NotFoundError,
    ProductFileError,
    RecordErrors,
)
from mineral_ratio.mixtures.blends import Ingredient
from mineral_ratio.mixtures.intakes import LifeStage, read_parts
from mineral_ratio.mixtures.products import LabelClaim, Product, Supply, read_claims, read_servings
from mineral_ratio.substances.compounds import Compound
from mineral_ratio.substances.materials import Material
from mineral_ratio.units import read_fraction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeVar

    from mineral_ratio.catalog.catalog import Catalog
    from mineral_ratio.mixtures.blends import Substance
    from mineral_ratio.mixtures.intakes import Part

    T = TypeVar("T")

_PRODUCT_KEYS = (
    "name",
    "serving",
    "servings_per_day",
    "prefer",
    "rules",
    "sources",
    "ingredients",
    "label_claims",
    "references",
    "counts",
    "person",
)
_PERSON_KEYS = ("sex", "age", "condition")
_LONGEST_KEY = 60
_KINDS = ("compound", "formula", "material")
_INGREDIENT_KEYS = (*_KINDS, "mass", "supplies", "overage", "declared", "name", "prefer")


@attrs.frozen
class _Table:
    """A table of the file, with what is needed to say where something is wrong."""

    file: str
    path: str
    values: dict[str, Any]
    readings: list[str]

    def at(self, key: str) -> str:
        """Where in the file a key of this table is."""
        shown = key if len(key) <= _LONGEST_KEY else f"{key[:_LONGEST_KEY]}..."
        return ".".join(filter(None, (self.path, shown)))

    def error(self, key: str, message: str) -> ProductFileError:
        return ProductFileError(self.file, self.at(key), message)

    def only(self, known: Iterable[str]) -> None:
        """Refuse every key that is not known."""
        for key in self.values:
            if key not in known:
                close = difflib.get_close_matches(key, known, 1)
                hint = f"did you mean {close[0]!r}?" if close else f"known keys are {', '.join(known)}"
                raise self.error(key, f"unknown key; {hint}")

    def one_of(self, keys: tuple[str, ...]) -> str:
        """The one key of several that is there."""
        there = [key for key in keys if key in self.values]
        if len(there) != 1:
            found = " and ".join(there) or "none"
            raise self.error("", f"exactly one of {', '.join(keys)} is needed, found {found}")
        return there[0]

    def typed(self, key: str, kind: type[T], what: str, default: T | None = None) -> T:
        """A value of one type."""
        value = self.values.get(key, default)
        if not isinstance(value, kind):
            raise self.error(
                key, f"{what} is needed" + ("" if value is None else f", not {reprlib.repr(value)}")
            )
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not blank, or the default where there is none."""
        value = self.typed(key, str, "a text", default)
        if key in self.values and not value.strip():
            raise self.error(key, f"a text is needed, not {value!r:.40}")
        return value

    def table(self, key: str, what: str = "a table") -> _Table:
        """The table under a key, empty where there is none."""
        values = cast("dict[str, Any]", self.typed(key, dict, what, {}))
        return _Table(self.file, self.at(key), values, self.readings)

    def within(self, key: str, build: Callable[[], T]) -> T:
        """What a call gives, its error told as one of this key."""
        try:
            return build()
        except MineralRatioError as error:
            raise self.error(key, one_line(error)) from error

    def read(self, key: str, text: str, as_read: str) -> None:
        """Keep an amount as it was written and as it was read."""
        self.readings.append(f"{self.at(key)}: {text!r} read as {as_read}")


def one_line(error: MineralRatioError) -> str:
    """An error's text on one line: a caret becomes a column, candidates a list, control characters go."""
    if isinstance(error, FormulaError):
        text = f"{error.message} (column {error.position + 1} of {error.text[:60]!r})"
    elif isinstance(error, AmbiguousNameError):
        why = f", and {error.undecided}" if error.undecided else ""
        text = f"{error.name!r} fits several {error.kind}s{why}: " + "; ".join(error.candidates)
    elif isinstance(error, RecordErrors):
        text = f"{error.message}: " + "; ".join(map(str, error.exceptions))
    else:
        text = str(error)
    return "".join(char for char in " ".join(text.split()) if char.isprintable())


def read_product(path: str | os.PathLike[str], catalog: Catalog | None = None) -> Product:
    """Read a product file.

    Args:
        path: The file.
        catalog: Where compounds and materials are looked up, after the sources that the file names;
            the default catalogue if left out.

    Returns:
        The product; its readings tell every amount as it was written and as it was read.

    Raises:
        ProductFileError: The file cannot be read as a product; says where and why.
    """
    file = os.fspath(path)
    try:
        values = tomllib.loads(Path(file).read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise ProductFileError(file, "", error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise ProductFileError(file, "", f"not UTF-8 text (byte {error.start})") from error
    except (ValueError, RecursionError) as error:
        raise ProductFileError(file, "", f"not a TOML file: {error}") from error
    if catalog is None:
        catalog = default_catalog()
    top = _Table(file, "", values, [])
    top.only(_PRODUCT_KEYS)
    rows = cast("list[object]", top.typed("ingredients", list, "a list of [[ingredients]] tables"))
    prefer, catalog = _prefer(top), _with_sources(top, catalog)
    ingredients = _ingredients(top, rows, catalog, prefer)
    if not ingredients:
        raise top.error("ingredients", "at least one ingredient is needed")
    name, serving = top.text("name"), top.text("serving", "")
    servings, claims, rules = (
        _servings(top),
        _claims(top.table("label_claims")),
        _names(top, "rules", "rule ids"),
    )
    references, person, counts = _names(top, "references", "authorities"), _person(top), _counts(top)
    return top.within(
        "",
        lambda: Product(
            name,
            ingredients,
            serving=serving,
            servings_per_day=servings,
            label_claims=claims,
            rules=rules,
            references=references,
            person=person,
            counts=counts,
            readings=top.readings,
        ),
    )


def _with_sources(top: _Table, catalog: Catalog) -> Catalog:
    """The catalogue behind the file's sources, which are read now so that an error names the key."""
    sources: list[FileSource] = []
    for number, path in enumerate(cast("list[object]", top.typed("sources", list, "a list of paths", [])), 1):
        key = f"sources[{number}]"
        if not isinstance(path, str) or not path.strip():
            raise top.error(key, f"a path is needed, not {reprlib.repr(path)}")
        source = FileSource(Path(top.file).parent / path)
        top.within(key, source.read)
        sources.append(source)
    if not sources:
        return catalog
    return top.within("sources", lambda: attrs.evolve(catalog, sources=(*sources, *catalog.sources)))


def _ingredients(
    top: _Table, rows: Iterable[object], catalog: Catalog, prefer: str
) -> list[Ingredient | Supply]:
    """All ingredients; where several are wrong, the error of the first holds those of the others."""
    read: list[Ingredient | Supply] = []
    errors: list[ProductFileError] = []
    for number, row in enumerate(rows, 1):
        try:
            read.append(_ingredient(_row(top, number, row), catalog, prefer))
        except ProductFileError as error:
            errors.append(error)
    if errors:
        first, *others = errors
        raise ProductFileError(first.file, first.key, first.message, others) from first.__cause__
    return read


def _row(top: _Table, number: int, row: object) -> _Table:
    path = f"ingredients[{number}]"
    if not isinstance(row, dict):
        raise ProductFileError(top.file, path, f"a table is needed, not {reprlib.repr(row)}")
    table = _Table(top.file, path, cast("dict[str, Any]", row), top.readings)
    table.only(_INGREDIENT_KEYS)
    return table


def _ingredient(row: _Table, catalog: Catalog, prefer: str) -> Ingredient | Supply:
    """One weighed ingredient, or one that is asked for an element."""
    substance = _substance(row, catalog, _prefer(row) or prefer)
    how = row.one_of(("mass", "supplies"))
    if how == "mass":
        if "overage" in row.values:
            raise row.error("overage", "an overage goes with supplies; a weighed mass is what is filled")
        text = row.typed("mass", str, "an amount such as '500 mg'")
        weighed = row.within("mass", lambda: Ingredient(substance, text))
        row.read("mass", text, weighed.as_read)
        return weighed
    supplies = row.table("supplies", "a table such as { Ca = '1000 mg' }")
    if len(supplies.values) != 1:
        raise row.error("supplies", f"exactly one element is needed, found {len(supplies.values)}")
    (key,) = supplies.values
    amount = supplies.typed(key, str, "an amount such as '1000 mg'")
    overage = row.typed("overage", str, "a fraction such as '5 %'", "0 %")
    row.within("overage", lambda: read_fraction(overage))
    supply = supplies.within(key, lambda: Supply(substance, key, amount, overage=overage))
    supplies.read(key, amount, supply.as_read)
    if "overage" in row.values:
        row.read("overage", overage, f"{100 * supply.overage:g} %")
    return supply


def _prefer(table: _Table) -> str:
    """The policy for names that fit several compounds; empty if there is none."""
    policy = table.text("prefer", "")
    if policy and policy not in POLICIES:
        raise table.error("prefer", f"no policy is named {policy!r:.40}; there are {', '.join(POLICIES)}")
    return policy


def _substance(row: _Table, catalog: Catalog, prefer: str) -> Substance:
    """The substance of a row, by name from the catalogue or by formula."""
    kind = row.one_of(_KINDS)
    text, name = row.text(kind), row.text("name", "")
    if kind != "compound" and "prefer" in row.values:
        raise row.error("prefer", f"a {kind} needs no policy; it goes with compound")
    if kind == "material":
        for key in ("declared", "name"):
            if key in row.values:
                raise row.error(key, "a material of the catalogue has its own; use compound or formula")
        return _named(row, kind, catalog.material, elsewhere=catalog.compound)
    if kind == "formula":
        compound = row.within(kind, lambda: Compound(name or text, formula=text))
    else:
        look_up = partial(catalog.compound, prefer=prefer or None)
        compound = _named(row, kind, look_up, elsewhere=catalog.material)
        if compound.name != text:
            chosen = f" (prefer = {prefer!r})" if compound.decided else ""
            row.read(kind, text, f"{compound.name}{chosen}")
    if "declared" not in row.values and not name:
        return compound
    declared = row.table("declared")
    contents = {key: declared.typed(key, str, "a content such as '29 %'") for key in declared.values}
    return row.within("declared", lambda: Material(compound, name=name, declared=contents))


def _named(row: _Table, kind: str, look_up: Callable[[str], T], elsewhere: Callable[[str], object]) -> T:
    """What the name of a row means, the error of one that does not serve with what to do about it."""
    try:
        return look_up(row.text(kind))
    except NotFoundError as error:
        other = "material" if kind == "compound" else "compound"
        remedy = (
            f" (it is a {other}: write {other} in place of {kind})" if _means(error.name, elsewhere) else ""
        )
        raise row.error(kind, one_line(error) + remedy) from error
    except AmbiguousNameError as error:
        policy = "" if error.undecided or kind == "material" else ", or set prefer, such as 'as-sold'"
        raise row.error(kind, f"{one_line(error)} (name the one that is meant{policy})") from error
    except MineralRatioError as error:
        raise row.error(kind, one_line(error)) from error


def _means(name: str, look_up: Callable[[str], object]) -> bool:
    """Whether a name means anything there, one record or several."""
    try:
        look_up(name)
    except AmbiguousNameError:
        return True
    except MineralRatioError:
        return False
    return True


def _claims(table: _Table) -> tuple[LabelClaim, ...]:
    """The label claims, each read for itself so that an error names its key."""
    claims: list[LabelClaim] = []
    for key in table.values:
        text = table.typed(key, str, "an amount such as '1000 mg'")
        (claim,) = table.within(key, partial(read_claims, {key: text}))
        table.read(key, text, claim.as_read)
        claims.append(claim)
    return table.within("", lambda: read_claims(tuple(claims)))


def _servings(top: _Table) -> float | None:
    if "servings_per_day" not in top.values:
        return None
    return top.within("servings_per_day", lambda: read_servings(top.values["servings_per_day"]))


def _names(top: _Table, key: str, what: str) -> list[str]:
    """A list of texts, empty where there is none."""
    names = cast("list[object]", top.typed(key, list, f"a list of {what}", []))
    if wrong := [name for name in names if not isinstance(name, str)]:
        raise top.error(key, f"each is named by a text, not {reprlib.repr(wrong[0])}")
    return cast("list[str]", names)


def _person(top: _Table) -> LifeStage | None:
    if "person" not in top.values:
        return None
    table = top.table("person")
    table.only(_PERSON_KEYS)
    sex, condition = table.text("sex"), table.text("condition", "")
    if "age" not in table.values:
        raise table.error("age", "a number of years is needed")
    return table.within("", lambda: LifeStage(sex, table.values["age"], condition))


def _counts(top: _Table) -> frozenset[Part]:
    names = _names(top, "counts", "parts of an intake") or ["supplement"]
    return top.within("counts", lambda: read_parts(names))
