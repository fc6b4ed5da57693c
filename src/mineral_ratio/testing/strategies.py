"""Strategies for Hypothesis: substances, blends and amounts that are valid, and text that is hostile.

What a strategy draws is accepted by the library: a test that sees one of these values refused has found
something. With Hypothesis imported, `hypothesis.strategies.from_type` draws from them too, and fills
the annotated arguments of `hypothesis.strategies.builds`.
"""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from hypothesis import strategies as st

import mineral_ratio as mr
from mineral_ratio.substances.ions import ions

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    import pint
    from hypothesis.strategies import DrawFn, SearchStrategy

    from mineral_ratio.substances.analytes import AnalyteLike

    Substance: TypeAlias = mr.Compound | mr.Material

# Elements that do not stand for a compound: they come and go with water and organic acids.
_UNTELLING = ("H", "C", "O")
_MASS_UNITS = ("mg", "g", "µg", "kg")


# -- elements, formulas, analytes


def elements() -> SearchStrategy[mr.Element]:
    """Elements that have a standard atomic weight."""
    return st.deferred(lambda: st.sampled_from(_symbols()).map(mr.element))


def formulas() -> SearchStrategy[mr.Formula]:
    """Formulas: of compounds and ions, and of up to six elements in any numbers."""
    counts = st.deferred(
        lambda: st.dictionaries(st.sampled_from(_symbols()), st.integers(1, 50), min_size=1, max_size=6)
    )
    return st.one_of(
        compounds().map(lambda compound: compound.formula),
        st.deferred(lambda: st.sampled_from([each.formula for each in _ions()])),
        counts.map(mr.Formula.from_counts),
    )


def analytes() -> SearchStrategy[AnalyteLike]:
    """What may be asked for: elements by symbol, name and number, ions, acids, and forms such as P2O5."""
    species = ["water", "phytic acid", "P2O5", "K2O", "MgO", "as CaCO3"]
    return st.one_of(
        elements().flatmap(lambda each: st.sampled_from([each.symbol, each.name, each.atomic_number, each])),
        st.deferred(lambda: st.sampled_from(_ions()).flatmap(lambda ion: st.sampled_from([ion, ion.name]))),
        st.deferred(lambda: st.sampled_from(sorted({ion.acid for ion in _ions() if ion.acid}))),
        st.sampled_from(species),
    )


def _symbols() -> list[str]:
    return [symbol for symbol in mr.default_weights().masses if symbol.isalpha()]


def _ions() -> list[mr.Ion]:
    return [ion for ion in dict.fromkeys(ions().values()) if ion.charge_number]


# -- compounds


def bundled_compounds() -> SearchStrategy[mr.Compound]:
    """The library's own compounds, those of few atoms first."""
    return st.deferred(lambda: st.sampled_from(_bundled()))


def hydrates() -> SearchStrategy[mr.Compound]:
    """Those of them that hold water of crystallization."""
    return st.deferred(lambda: st.sampled_from([each for each in _bundled() if each.water]))


@st.composite
def salts(draw: DrawFn) -> mr.Compound:
    """Neutral compounds of one or two of the library's cations and an anion, with and without water."""
    known = [ion for ion in _ions() if ion.name != "H+"]
    cation, other = (draw(st.sampled_from([ion for ion in known if ion.charge_number > 0])) for _ in "12")
    anion = draw(st.sampled_from([ion for ion in known if ion.charge_number < 0]))
    common = math.lcm(cation.charge_number, other.charge_number, anion.charge_number)
    pairs = [(common // cation.charge_number, cation), (-common // anion.charge_number, anion)]
    if other != cation and draw(st.booleans()):
        pairs[1] = (-2 * common // anion.charge_number, anion)
        pairs.append((common // other.charge_number, other))
    waters: list[int | str] = [0, 1, 2, 4, 7, "1/2"]
    return mr.Compound("drawn salt", ions=pairs, water=draw(st.sampled_from(waters)))


def compounds() -> SearchStrategy[mr.Compound]:
    """Compounds: the library's own, and salts of its ions that may exist nowhere."""
    return st.one_of(bundled_compounds(), salts())


def _bundled() -> list[mr.Compound]:
    own = (each for each in mr.Catalog(plugins=False) if isinstance(each, mr.Compound))
    return sorted(own, key=lambda compound: float(sum(compound.formula.counts.values())))


# -- materials


def bundled_materials() -> SearchStrategy[mr.Material]:
    """The library's own trade materials, those without a formula among them."""

    def own() -> list[mr.Material]:
        return [each for each in mr.Catalog(plugins=False) if isinstance(each, mr.Material)]

    return st.deferred(lambda: st.sampled_from(own()))


@st.composite
def statements(draw: DrawFn, theory: float = 1.0) -> mr.Range:
    """Stated mass fractions: a figure, a range, "at least", "at most", "typically".

    Args:
        draw: Given by Hypothesis.
        theory: What no end of them exceeds, 0 to 1.
    """
    part = st.floats(min_value=0.5, max_value=1.0)
    low, high = sorted((draw(part) * theory, draw(part) * theory))
    forms = [
        mr.Range(low, low),
        mr.Range(low, high),
        mr.Range(low, None),
        mr.Range(None, high),
        mr.Range(low, high, low + 0.25 * (high - low)),
        mr.Range(low, None, high),
        mr.Range(None, None, high),
    ]
    return draw(st.sampled_from(forms))


def materials() -> SearchStrategy[mr.Material]:
    """Materials: the library's own, and a compound as some specification would describe it."""
    return st.one_of(bundled_materials(), specified_materials())


@st.composite
def specified_materials(draw: DrawFn) -> mr.Material:
    """Compounds as some specification would describe them, none of its statements above theory."""
    compound = draw(compounds())
    name = draw(st.sampled_from(["lot 1", "lot 2", "lot 3"]))
    symbol = draw(st.sampled_from(telling_elements(compound)))
    theory = compound.mass_fraction(symbol)
    anhydrous = compound.anhydrous

    def pure() -> dict[str, Any]:
        return {}

    def declared() -> dict[str, Any]:
        return {"declared": {symbol: draw(statements(theory))}}

    def declared_and_acid() -> dict[str, Any]:
        acids = [part.acid for _, part in compound.ions if part.acid and part.acid_formula is not None]
        second = draw(st.sampled_from([*telling_elements(compound), *acids]))
        return {"declared": {key: draw(statements(compound.content(key).value)) for key in (symbol, second)}}

    def dried() -> dict[str, Any]:
        loss = draw(st.sampled_from(["<= 2 %", "1 to 3 %", "1.5 %", "<= 5 %, typical 1 %"]))
        return {"declared": {symbol: mr.Declared(draw(statements(theory)), "dried")}, "loss_on_drying": loss}

    def assayed() -> dict[str, Any]:
        whole = anhydrous.relative_formula_mass / compound.relative_formula_mass
        return {"assay": mr.Assay(draw(statements(whole)), of=anhydrous)}

    def ignited() -> dict[str, Any]:
        assay = mr.Assay(draw(statements()), of=anhydrous, basis="ignited")
        return {"assay": assay, "loss_on_ignition": "<= 10 %"}

    def watered() -> dict[str, Any]:
        held = compound.content("water").value if compound.water else 0.05
        declared = {symbol: draw(statements(0.9 * theory))}
        return {"declared": declared, "water_content": draw(statements(held))}

    forms: list[Callable[[], dict[str, Any]]]
    forms = [pure, declared, declared_and_acid, dried, assayed, ignited, watered]
    return mr.Material(compound, name=name, **draw(st.sampled_from(forms))())


def telling_elements(compound: mr.Compound) -> list[str]:
    """Symbols of the elements that a specification of a compound would state."""
    return [symbol for symbol in compound.assigned_elements() if symbol not in _UNTELLING] or ["C"]


# -- amounts and blends


@st.composite
def masses(draw: DrawFn) -> str | pint.Quantity[float]:
    """Masses above zero as they may be given: texts such as "1,250.5 mg", quantities, up to 10,000 units."""
    number: Decimal = draw(st.decimals(Decimal("0.001"), Decimal(10_000), places=3))
    unit = draw(st.sampled_from(_MASS_UNITS))
    form = draw(st.sampled_from(["plain", "grouped", "joined", "quantity"]))
    if form == "quantity":
        import pint

        quantity: Any = pint.Quantity  # its type differs between versions of pint
        return cast("pint.Quantity[float]", quantity(float(number), unit))
    texts = {"plain": f"{number} {unit}", "grouped": f"{number:,} {unit}", "joined": f"{number}{unit}"}
    return texts[form]


def ingredients() -> SearchStrategy[mr.Ingredient]:
    """Compounds and materials, weighed."""
    substances: SearchStrategy[Substance] = st.one_of(compounds(), materials())
    return st.builds(mr.Ingredient, substances, masses())


def blends(*, max_size: int = 5) -> SearchStrategy[mr.Blend]:
    """Blends of one to some ingredients.

    Args:
        max_size: The greatest number of ingredients.
    """
    return st.lists(ingredients(), min_size=1, max_size=max_size).map(mr.Blend)


# -- hostile text


def hostile_text() -> SearchStrategy[str]:
    """Text that is near a formula, an amount, a content or a name, and text that is near nothing.

    A door may read it or refuse it with an error of the library; it may not raise another one, nor hang.
    """
    pieces = [*"0123456789.,%<>=+-^()[]{}·*/ \t\n\0", "Ca", "2+", "malate", "to", "min", "typical", "mg/kg"]
    pieces += ["H2O", "nan", "inf", "1e999", "99999999999999999999", "é", "ℵ", "\u202e", "😀"]
    near = st.lists(st.sampled_from(pieces), max_size=30).map("".join)
    return st.one_of(near, st.text(max_size=50), st.sampled_from(["(" * 5000, "9" * 5000, "1 " * 5000, "."]))


# -- registration

_BY_NAME: dict[str, Callable[[], SearchStrategy[Any]]] = {
    "Element": elements,
    "Formula": formulas,
    "Ion": lambda: st.deferred(lambda: st.sampled_from(_ions())),
    "Compound": compounds,
    "Material": materials,
    "Range": statements,
    "Ingredient": ingredients,
    "Blend": blends,
}


def register(name: str, value: object) -> None:
    """Tell Hypothesis what to draw for a class of the library; other names are let pass.

    Args:
        name: A public name of ``mineral_ratio``.
        value: What it means.
    """
    if name in _BY_NAME and isinstance(value, type):
        # A strategy is made when it is first drawn from: making one may import the rooms above.
        st.register_type_strategy(value, lambda _: _BY_NAME[name]())


# What was resolved before this module was imported; what comes later is registered one by one.
for _name, _value in list(vars(mr).items()):
    register(_name, _value)
