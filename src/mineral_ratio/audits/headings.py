"""How a column of a composition table says what it states: ``Ca %``, ``P2O5 (mg/kg)``, ``NO3-N [%]``.

A heading is a content and a unit. The content is an element (``Ca``, ``calcium``), a species that is
reckoned from one (``K2O``, ``P2O5``, ``SO3``, ``PO4``), an ion or acid by name (``malate``), ``NO3`` or
``NH4`` (those ions), ``NO3-N`` or ``NH4-N`` (the nitrogen in them), or ``assay`` (the compound itself).
``P as P2O5`` is ``P2O5``. The unit stands in brackets, after a space, a comma or an underscore
(``Ca_mg_per_kg``), or is a ``%`` in front; without one each cell says its own. What could mean two
things is refused.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal

import attrs

from mineral_ratio.errors import NotFoundError, UnitError
from mineral_ratio.substances.analytes import NamedSpecies, analyte, basis_element, relative_mass
from mineral_ratio.substances.elements import Element, element
from mineral_ratio.substances.formulas import Formula
from mineral_ratio.substances.ions import WATER, Ion, ion

if TYPE_CHECKING:
    from typing import TypeAlias

    from mineral_ratio.substances.analytes import Analyte
    from mineral_ratio.substances.atomic_weights import AtomicWeights

    Role: TypeAlias = Literal["name", "formula", "remark"]

_ROLES: dict[str, Role] = {
    **dict.fromkeys(("name", "compound", "substance", "salt", "ingredient", "material"), "name"),
    **dict.fromkeys(("formula", "chemical formula"), "formula"),
    **dict.fromkeys(("remark", "remarks", "note", "notes", "comment", "comments", "source"), "remark"),
}
_TOLERANCE = re.compile(r"(?:(.+?)[\s_]+)?tolerance", re.IGNORECASE)
_AS = re.compile(r"(.+?)\s+as\s+(\S+)")
_BRACKETED = re.compile(r"(.+?)\s*[\[(]([^()\[\]]*)[\])]")
_ASSAY = "assay"

FRACTION = "g/g"
"""The unit of a plain fraction; the others are those of `mineral_ratio.units.read_fraction`."""


@cache
def _units() -> dict[str, str]:
    """Spellings of the units that a heading may name, each with the spelling that amounts are read in."""
    units = {"%": "%", "ppm": "ppm", "PPM": "ppm"}
    percent = "pct", "percent", "wt%", "wt %", "wt.%", "% w/w", "%w/w", "% m/m", "mass %", "mass%", "weight %"
    units |= dict.fromkeys(percent, "%")
    units |= dict.fromkeys((FRACTION, "kg/kg", "fraction", "mass fraction", "mass_fraction"), FRACTION)
    for unit in ("mg/kg", "mg/g", "g/kg", "µg/g", "µg/kg", "g/100 g", "mg/100 g"):
        for micro in ("µ", "μ", "u", "mc") if "µ" in unit else ("",):
            spelled = unit.replace("µ", micro)
            for text in (spelled, spelled.replace("100 g", "100g")):
                over = {text, text.replace("/", " per "), text.replace("/", "_per_"), text.replace("/", "_")}
                units |= dict.fromkeys(over, unit)
    return units


@attrs.frozen
class Column:
    """A column that states contents.

    Attributes:
        heading: The heading as it was written.
        label: What it states, such as ``"Ca"``, ``"P2O5"``, ``"NO3-N"`` or ``"assay"``.
        asked: The analyte; None for the assay of the compound itself.
        unit: Unit of its cells; empty where each says its own.
        nitrogen_in: The ion whose nitrogen alone is meant; None for everything else.
    """

    heading: str
    label: str
    asked: Analyte | None
    unit: str
    nitrogen_in: Ion | None = None

    @property
    def symbol(self) -> str | None:
        """Symbol of the element that the content is reckoned from; None if it is from no one element."""
        if self.nitrogen_in is not None or self.asked in _nitrogen_ions().values():
            return "N"
        found = None if self.asked is None else basis_element(self.asked)
        return None if found is None else found[0]

    def per_atom(self, weights: AtomicWeights) -> float:
        """Relative mass of what is stated for each atom of its element: of K2O/2 for K2O.

        Args:
            weights: The edition of atomic weights to use.

        Raises:
            ValueError: It is reckoned from no one element.
        """
        if self.nitrogen_in is not None:
            return weights.value("N")
        if self.asked is None or self.symbol is None:
            raise ValueError(f"{self.label} is not reckoned from one element")
        found = basis_element(self.asked)
        return relative_mass(self.asked, weights) * (1.0 if found is None else found[1])


@attrs.frozen
class ToleranceColumn:
    """A column that states tolerances: of all contents of a row, or of one.

    Attributes:
        label: The content that it is for; empty for all.
    """

    label: str


@cache
def _nitrogen_ions() -> dict[str, Ion]:
    return {"NO3": ion("nitrate"), "NH4": ion("NH4+")}


def read_heading(heading: str) -> Column | ToleranceColumn | Role:
    """What a column holds.

    Args:
        heading: Its heading.

    Returns:
        The content with its unit, a tolerance, or ``"name"``, ``"formula"`` or ``"remark"``.

    Raises:
        UnitError: The heading is none of these, or could be two.
    """
    text = " ".join(heading.split())
    if role := _ROLES.get(text.casefold().replace("_", " ")):
        return role
    content, unit = _split(text)
    if found := _TOLERANCE.fullmatch(content):
        if unit not in ("", "%"):
            raise _refused(heading, "a tolerance is a part of the content, in %")
        return ToleranceColumn(_content(heading, found[1], unit).label if found[1] else "")
    return _content(heading, content, unit)


def _split(text: str) -> tuple[str, str]:
    """A content and its unit, empty if the heading has none.

    Raises:
        UnitError: What stands in brackets is no unit.
    """
    units = _units()
    if found := _BRACKETED.fullmatch(text):
        if (unit := units.get(found[2].strip())) is None:
            raise _refused(text, f"{found[2]!r} is no unit of a content: %, mg/kg, mg/g, g/kg, ppm ... are")
        return found[1], unit
    if text.startswith("%") and text[1:].strip():
        return text[1:].strip(), "%"
    for spelling in sorted(units, key=len, reverse=True):
        before = text.removesuffix(spelling)
        if before and before != text and (before[-1] in " _," or spelling == "%"):
            return before.rstrip(" _,"), units[spelling]
    return text, ""


def _content(heading: str, content: str, unit: str) -> Column:
    if content.casefold() == _ASSAY:
        return Column(heading, _ASSAY, None, unit)
    if found := _AS.fullmatch(content):
        return _stated_as(heading, found[1], found[2], unit)
    for symbol, own in _nitrogen_ions().items():
        if content in (symbol, f"{symbol}-", f"{symbol}+", own.name):
            return Column(heading, symbol, own, unit)
        if content in (f"{symbol}-N", f"N-{symbol}", f"{symbol}_N", f"{own.name}-N", f"{own.name} nitrogen"):
            return Column(heading, f"{symbol}-N", element("N"), unit, own)
    try:
        asked = analyte(content)
    except NotFoundError as miss:
        raise _refused(
            heading, f"it names no content ({miss}); leave it out with ignore if it states none"
        ) from None
    if isinstance(asked, NamedSpecies) and asked.element is None and content.strip() == asked.formula.text:
        raise _refused(heading, f"{content} is not reckoned from one element; name the ion, or one element")
    return Column(heading, str(asked) if isinstance(asked, Element) else content, asked, unit)


def _stated_as(heading: str, content: str, form: str, unit: str) -> Column:
    """The column of ``P as P2O5``: P2O5, if it is a form of P.

    Raises:
        UnitError: The one is not a form of the other.
    """
    column, stated = _content(heading, content, unit), _content(heading, form, unit)
    if not isinstance(column.asked, Element) or stated.symbol != column.symbol:
        raise _refused(heading, f"{form} is not a form in which {content} is stated")
    if stated.asked in _nitrogen_ions().values():
        ways = f"{form}-N for the nitrogen in it, {form} for all of it"
        raise _refused(heading, f"it could mean two things; write {ways}")
    return stated


def _refused(heading: str, why: str) -> UnitError:
    return UnitError(f"heading {heading!r}: {why}", heading, "heading")


# -- forms ----------------------------------------------------------------------------------------

# Oxides and ions that contents of an element are stated as (fertiliser, cement and water tables).
_FORMS = {
    "Al": ("Al2O3",),
    "B": ("B2O3", "H3BO3"),
    "Ca": ("CaO", "CaCO3"),
    "Cu": ("CuO",),
    "Fe": ("Fe2O3", "FeO"),
    "K": ("K2O",),
    "Mg": ("MgO", "MgCO3"),
    "Mn": ("MnO",),
    "Mo": ("MoO3",),
    "N": ("NO3", "NH4"),
    "Na": ("Na2O",),
    "P": ("P2O5", "PO4"),
    "S": ("SO3", "SO4"),
    "Si": ("SiO2",),
    "Zn": ("ZnO",),
}


@cache
def _other_forms(symbol: str) -> tuple[tuple[str, float, Formula], ...]:
    forms = [Formula.parse(form) for form in _FORMS.get(symbol, ())]
    return tuple((form.text, float(form.counts[symbol]), form) for form in forms)


def forms(symbol: str, weights: AtomicWeights) -> dict[str, float]:
    """The forms that contents of an element are stated in, each with its relative mass per atom.

    Args:
        symbol: Symbol of the element.
        weights: The edition of atomic weights to use.
    """
    others = {
        name: form.with_weights(weights).relative_formula_mass / count
        for name, count, form in _other_forms(symbol)
    }
    return {symbol: weights.value(symbol), **others}


def is_water(column: Column) -> bool:
    """Whether a content comes or goes with water of crystallization."""
    return column.asked == WATER or column.symbol in ("H", "O")
