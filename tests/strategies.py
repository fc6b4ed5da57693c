"""What property tests draw: real salts and hydrates, trade materials, ranges with causes, hostile text.

Everything drawn here is valid but the hostile values: a test that refuses one of these materials has found
something. Quantities are left to the tests.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

import mineral_ratio as mr
from mineral_ratio.substances.ions import ions
from mineral_ratio.substances.ranges import Cause, Factor, Term

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

# Elements that stand for a compound; the rest come and go with water and organic acids.
_COMMON = ("H", "C", "O")
_TO_THEORY = st.floats(min_value=0.5, max_value=1.0)


def _bundled() -> list[mr.Compound]:
    return [each for each in mr.default_catalog() if isinstance(each, mr.Compound)]


def compounds() -> SearchStrategy[mr.Compound]:
    """The bundled compounds."""
    return st.deferred(lambda: st.sampled_from(_bundled()))


def hydrates() -> SearchStrategy[mr.Compound]:
    """The bundled compounds that hold water of crystallization."""
    return st.deferred(lambda: st.sampled_from([each for each in _bundled() if each.water]))


def trade_materials() -> SearchStrategy[mr.Material]:
    """The bundled materials."""
    return st.deferred(
        lambda: st.sampled_from([each for each in mr.default_catalog() if isinstance(each, mr.Material)])
    )


@st.composite
def salts(draw: DrawFn) -> mr.Compound:
    """A neutral compound of one or two cations and one anion of the bundled table, with or without water."""
    table = {each.name: each for each in ions().values() if each.name != "H+"}.values()
    cation = draw(st.sampled_from([each for each in table if each.charge_number > 0]))
    anion = draw(st.sampled_from([each for each in table if each.charge_number < 0]))
    other = draw(st.sampled_from([each for each in table if each.charge_number > 0]))
    common = math.lcm(cation.charge_number, other.charge_number, anion.charge_number)
    pairs = [(common // cation.charge_number, cation), (-common // anion.charge_number, anion)]
    if other != cation and draw(st.booleans()):
        pairs[1] = (-2 * common // anion.charge_number, anion)
        pairs.append((common // other.charge_number, other))
    water = draw(st.sampled_from([0, 1, 2, 4, 7, "1/2"]))
    return mr.Compound("drawn salt", ions=pairs, water=water)


def telling_elements(compound: mr.Compound) -> list[str]:
    """Symbols of the elements that a specification of a compound would state."""
    return [symbol for symbol in compound.assigned_elements() if symbol not in _COMMON] or ["C"]


@st.composite
def statements(draw: DrawFn, theory: float) -> mr.Range:
    """A stated fraction of any form, none of its ends above `theory`."""
    low, high = sorted((draw(_TO_THEORY) * theory, draw(_TO_THEORY) * theory))
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


@st.composite
def specifications(draw: DrawFn, compound: mr.Compound) -> dict[str, Any]:
    """What a specification may state of a compound: the arguments of a material."""
    symbol = draw(st.sampled_from(telling_elements(compound)))
    theory = compound.mass_fraction(symbol)
    whole = compound.anhydrous.relative_formula_mass / compound.relative_formula_mass
    second = draw(st.sampled_from([*telling_elements(compound), *_acids(compound)]))
    water = compound.content("water").value if compound.water else 0.05
    loss = draw(st.sampled_from(["<= 2 %", "1 to 3 %", "1.5 %", "<= 5 %, typical 1 %"]))

    def stated(limit: float) -> mr.Range:
        return draw(statements(limit))

    forms = {
        "pure": dict,
        "declared": lambda: {"declared": {symbol: stated(theory)}},
        "two declared": lambda: {
            "declared": {key: stated(compound.content(key).value) for key in (symbol, second)}
        },
        "dried": lambda: {
            "declared": {symbol: mr.Declared(stated(theory), "dried")},
            "loss_on_drying": loss,
        },
        "assayed": lambda: {"assay": mr.Assay(stated(whole), of=compound.anhydrous)},
        "ignited": lambda: {
            "assay": mr.Assay(stated(1.0), of=compound.anhydrous, basis="ignited"),
            "loss_on_ignition": "<= 10 %",
        },
        "with water": lambda: {"declared": {symbol: stated(0.9 * theory)}, "water_content": stated(water)},
    }
    return forms[draw(st.sampled_from(sorted(forms)))]()


@st.composite
def materials(draw: DrawFn) -> mr.Material:
    """A bundled compound or drawn salt as a random specification describes it."""
    compound = draw(st.one_of(compounds(), salts()))
    name = draw(st.sampled_from(["lot 1", "lot 2", "lot 3"]))
    return mr.Material(compound, name=name, **draw(specifications(compound)))


def _acids(compound: mr.Compound) -> list[str]:
    return [part.acid for _, part in compound.ions if part.acid and part.acid_formula is not None]


# -- ranges

_ENDS = [0.0, 0.1, 0.25, 0.5, 0.9, 0.98, 1.0]


@st.composite
def causes(draw: DrawFn, label: str) -> Cause:
    """A cause of a range: wide, without width, from zero or up to one."""
    low, value, high = sorted(draw(st.lists(st.sampled_from(_ENDS), min_size=3, max_size=3)))
    return Cause("drawn", label, low, value, high)


@st.composite
def sums(draw: DrawFn, *, count: int = 1, signed: bool = False) -> list[list[Term]]:
    """Some sums of terms whose factors share up to four causes, each at most once in a term."""
    pool = [draw(causes(f"cause {number}")) for number in range(draw(st.integers(1, 4)))]
    factors = st.lists(
        st.builds(Factor, st.sampled_from(pool), st.booleans()),
        max_size=3,
        unique_by=lambda factor: factor.cause,
    ).map(tuple)
    coefficients = [0.0, 0.5, 1.0, 3.0, 40.0] + [-1.0, -7.0] * signed
    terms = st.builds(Term, st.sampled_from(coefficients), factors)
    return [draw(st.lists(terms, min_size=1, max_size=5)) for _ in range(count)]


# -- hostile values


def hostile_text() -> SearchStrategy[str]:
    """Text that is near a formula, a content or a name, and text that is near nothing."""
    pieces = [*"0123456789.,%<>=+-^()[]{}·*/ \t\n\0", "Ca", "2+", "malate", "to", "min", "typical", "mg/kg"]
    pieces += ["H2O", "nan", "inf", "1e999", "99999999999999999999", "é", "ℵ", "\u202e", "😀"]
    near = st.lists(st.sampled_from(pieces), max_size=30).map("".join)
    return st.one_of(near, st.text(max_size=50), st.sampled_from(["(" * 5000, "9" * 5000, "1 " * 5000, "."]))


def not_text() -> SearchStrategy[Any]:
    """Values of other types than a door asks for."""
    return st.sampled_from(
        [None, True, 0, -1, 2.5, math.nan, math.inf, b"Ca", [], {}, (), object(), [1], {"a": 1}]
    )
