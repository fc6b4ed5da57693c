"""The directive ``catalogue``: tables of all bundled compounds and materials, made at each build."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from filtered_tables import FilteredTables, folded, small, table

import mineral_ratio as mr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

# What every organic salt holds is told only where there is nothing else to tell.
_USUAL = ("H", "O", "C", "N")


def minerals(formula: mr.Formula) -> list[str]:
    """The elements of a formula whose contents are told: those beside H, C, N and O, else N, else C."""
    held = list(formula.composition)
    telling = [symbol for symbol in held if symbol not in _USUAL]
    return telling or [symbol for symbol in ("N", "C") if symbol in held][:1] or held[:1]


def told(material: mr.Material) -> list[str]:
    """The elements whose contents a material's declarations and formula give."""
    keys = [key for key, _ in material.declared]
    held = [key.symbol for key in keys if isinstance(key, mr.Element)]
    held += minerals(material.compound.formula) if material.compound else []
    for key in keys:
        # A declared acid is no declaration of its carbon.
        if isinstance(key, mr.NamedSpecies) and key.formula:
            held += [symbol for symbol in minerals(key.formula) if symbol not in _USUAL]
    return list(dict.fromkeys(held))


def percent(substance: mr.Compound | mr.Material, symbol: str) -> str:
    """A content as a table shows it, with its bounds where a specification leaves some."""
    try:
        content = substance.content(symbol)
    except mr.UnknownContentError:
        return "not stated"
    if content.kind == "theory":
        return f"{100 * content.value:#.4g} %"
    low, value, high = (f"{100 * each:.4g}" for each in (content.low, content.value, content.high))
    if low == high:
        return f"{value} %"
    return f"at most {high} %" if not content.low else f"{low} to {high} %"


def contents(substance: mr.Compound | mr.Material, symbols: Iterable[str]) -> str:
    """The contents of elements, a line each."""
    return "<br>".join(f"{symbol} {percent(substance, symbol)}" for symbol in symbols)


def compound_row(compound: mr.Compound) -> list[str]:
    """The cells of a compound."""
    numbers = {
        "CAS": compound.cas,
        "UNII": compound.unii,
        "PubChem": compound.pubchem_cid,
        "": compound.e_number,
    }
    families = [*compound.families, *["the form that is sold"] * compound.as_sold]
    return [
        f"<strong>{escape(compound.name)}</strong>"
        + small("", compound.synonyms)
        + small("one of: ", families)
        + small("", [f"{label} {number}".strip() for label, number in numbers.items() if number]),
        compound.formula.html,
        contents(compound, minerals(compound.formula)),
        compound.formula_status,
        folded(f"{len(compound.citations)} read", compound.citations, compound.status_note),
    ]


def material_row(material: mr.Material) -> list[str]:
    """The cells of a material."""
    compound = material.compound
    stated = [f"{key} {content}" for key, content in material.declared]
    stated += [f"assay {material.assay}"] if material.assay else []
    losses = {
        "loss on drying": material.loss_on_drying,
        "water": material.water_content,
        "loss on ignition": material.loss_on_ignition,
    }
    stated += [f"{name} {loss}" for name, loss in losses.items() if loss]
    return [
        f"<strong>{escape(material.name)}</strong>" + small("", material.synonyms),
        f"{escape(compound.name)}<br>{compound.formula.html}" if compound else "no formula",
        contents(material, told(material)),
        "<br>".join(map(escape, stated)),
        folded(f"{len(material.citations)} read", material.citations, material.note),
    ]


class CatalogueDirective(FilteredTables):
    """All bundled compounds and materials."""

    what = "name, formula, number, element or source"
    such_as = "magnesium citrate, CaCl2.2H2O, 7487-88-9, Zn, EFSA"

    def tables(self) -> Iterable[str]:
        """The compounds, then the materials."""
        bundled = sorted(mr.Catalog(plugins=False), key=lambda each: each.name.casefold())
        yield table(
            "Compounds",
            ("Name", "Formula", "Content", "Status", "Sources"),
            [compound_row(each) for each in bundled if isinstance(each, mr.Compound)],
            figures=("Content",),
        )
        yield table(
            "Materials",
            ("Name", "Compound", "Content as is", "Specified", "Sources"),
            [material_row(each) for each in bundled if isinstance(each, mr.Material)],
            figures=("Content as is",),
        )


def setup(app: Sphinx) -> dict[str, bool]:
    """Make the directive known."""
    app.add_directive("catalogue", CatalogueDirective)
    return {"parallel_read_safe": True}
