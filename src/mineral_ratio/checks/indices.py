"""Indices: figures of the field that are no plain ratios, each with its unit, and the rules on them.

A difference of charges in a kilogram, sodium over a square root, hardness in degrees: each carries a
unit, and another basis gives another number. What an index is per has to be what the
mixture is stated per: a water per litre, a ration per kilogram, a diet per day.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, get_args

import attrs

from mineral_ratio.errors import UndefinedRatioError, UnitError, UnknownContentError
from mineral_ratio.mixtures.analyses import Analysis
from mineral_ratio.mixtures.blends import Blend
from mineral_ratio.mixtures.concentrations import read_concentration
from mineral_ratio.mixtures.products import Product
from mineral_ratio.mixtures.ratios import written
from mineral_ratio.substances.analytes import analyte
from mineral_ratio.substances.elements import element
from mineral_ratio.substances.formulas import Formula
from mineral_ratio.substances.ions import ion
from mineral_ratio.substances.ranges import bounds

if TYPE_CHECKING:
    from typing import TypeAlias

    from mineral_ratio.mixtures.mixture import Mixture
    from mineral_ratio.substances.atomic_weights import AtomicWeights
    from mineral_ratio.substances.ranges import Term
    from mineral_ratio.units import MassLike

    DcadFormula: TypeAlias = Literal["4-ion", "3-ion"]

DcadUnit = Literal["mEq/kg", "mEq/100 g"]
HardnessUnit = Literal["mg/L CaCO3", "mmol/L", "mEq/L", "°dH", "°fH", "°e"]

# In mEq per mol of a mixture's own amounts.
_MILLI = 1000.0
# Equivalents per mole as the formula of each index counts them; all sulfur as sulfate.
_CHARGES = {"Na": 1, "K": 1, "Cl": 1, "S": 2, "Ca": 2, "Mg": 2}
_DCAD_SIGNS = {
    "4-ion": {"Na": 1.0, "K": 1.0, "Cl": -1.0, "S": -1.0},
    "3-ion": {"Na": 1.0, "K": 1.0, "Cl": -1.0},
}
# One English (Clark) degree is a grain (64.79891 mg) of CaCO3 in an imperial gallon (4.54609 L), both
# exact: NIST Special Publication 811 (2008), appendix B.8.
_CLARK = 64.79891 / 4.54609
# Kolbach's divisors: what a milliequivalent of calcium and of magnesium takes off the alkalinity.
_KOLBACH = {"Ca": 3.5, "Mg": 7.0}

_BLOCK = (
    "Block E. Dietary cation-anion balance in dairy cow nutrition. "
    "Western Canadian Dairy Seminar 1997, chapter 17"
)
_SAR_SOURCE = (
    "USDA NRCS, National Soil Survey Handbook, title 430-VI "
    "(casoilresource.lawr.ucdavis.edu, Sodium Adsorption Ratio)"
)
_TETANY_SOURCE = "Kemp A, 't Hart ML. Neth J Agric Sci 1957;5:4-17, as used in doi 10.4236/oalib.1109149"
_PHYTATE_SOURCE = "Ellis R et al. J Am Diet Assoc 1987;87(8):1043-7 (abstract, PubMed 3611550)"
_HARDNESS_SOURCE = (
    "1 °dH is 10 mg CaO in a litre, 1 °fH 10 mg CaCO3 in a litre (vivaqua.be, Water composition), "
    "1 °e a grain of CaCO3 in an imperial gallon"
)
_KOLBACH_SOURCE = "Kolbach's formula as in tools.gera.services/water-residual-alkalinity, in milliequivalents"


@attrs.frozen
class Index:
    """A figure that carries a unit.

    Attributes:
        name: What it is, such as ``"DCAD (Na+K)-(Cl+S)"``.
        value: Its value at the nominal contents, in its unit.
        low: Its exact minimum over the causes of all ranges.
        high: Its exact maximum.
        unit: Its unit, such as ``"mEq/kg"``; empty for a ratio of equivalents.
        notes: What was used for it.
        citation: Where its formula was read.
    """

    name: str
    value: float
    low: float
    high: float
    unit: str
    notes: tuple[str, ...] = attrs.field(default=(), eq=False)
    citation: str = attrs.field(default="", eq=False)

    def __str__(self) -> str:
        return f"{written(self.value)} {self.unit}".rstrip()


def dcad(mixture: Mixture, *, formula: DcadFormula = "4-ion", unit: DcadUnit = "mEq/kg") -> Index:
    """Dietary cation-anion difference, (Na+K)-(Cl+S), in equivalents.

    Sodium, potassium and chlorine count 1, sulfur 2 however it is bound, as the field has it.

    Args:
        mixture: An analysis per a mass, best of dry matter, or a blend or product, per its own mass.
        formula: ``"4-ion"``, or ``"3-ion"`` without sulfur.
        unit: ``"mEq/kg"``, or ``"mEq/100 g"``, a tenth of that.

    Raises:
        UnitError: The mixture is not per a mass, or formula or unit is none of these.
        UnknownContentError: One of the elements is not stated.
        UndefinedRatioError: The mixture has no mass.
    """
    if formula not in _DCAD_SIGNS:
        raise UnitError(f"a DCAD has the formula '4-ion' or '3-ion', not {formula!r:.40}", formula, "formula")
    if unit not in get_args(DcadUnit):
        raise UnitError(f"a DCAD is in 'mEq/kg' or 'mEq/100 g', not {unit!r:.40}", unit, "unit")
    name = "DCAD (Na+K)-(Cl+S)" if formula == "4-ion" else "DCAD (Na+K)-Cl"
    scale = _MILLI / _kilograms(mixture, name) / (1.0 if unit == "mEq/kg" else 10.0)
    terms: list[Term] = []
    notes: list[str] = []
    for symbol, sign in _DCAD_SIGNS[formula].items():
        found = mixture.find(element(symbol), "equivalent", _CHARGES)
        terms += [term.times(sign * scale) for term in found.terms]
        notes += found.notes
    result = bounds(terms)
    return Index(name, result.value, result.low, result.high, unit, tuple(dict.fromkeys(notes)), _BLOCK)


def sodium_adsorption_ratio(mixture: Mixture) -> Index:
    """Sodium adsorption ratio, Na / sqrt((Ca+Mg)/2) with all in mEq/L, in (mEq/L)^0.5.

    Args:
        mixture: An analysis of a water, or of a soil's extract, per a volume.

    Raises:
        UnitError: It is no analysis per a volume.
        UnknownContentError: One of the elements is not stated.
        UndefinedRatioError: There is neither calcium nor magnesium.
    """
    name = "SAR"
    water, litres = _water(mixture, name)
    sodium, calcium, magnesium = (_equivalents(water, symbol, litres) for symbol in ("Na", "Ca", "Mg"))
    if not calcium + magnesium > 0.0:
        raise UndefinedRatioError("SAR is undefined: there is neither Ca nor Mg")
    value = sodium / math.sqrt((calcium + magnesium) / 2.0)
    return _point(name, value, "(mEq/L)^0.5", _read(water, "Na", "Ca", "Mg"), _SAR_SOURCE)


def grass_tetany_ratio(mixture: Mixture) -> Index:
    """Tetany ratio of a forage, K/(Ca+Mg) in equivalents, a number without unit.

    Args:
        mixture: An analysis of a forage or ration, or a blend or product.

    Raises:
        UnknownContentError: One of the elements is not stated.
        UndefinedRatioError: There is neither calcium nor magnesium.
    """
    ratio = mixture.ratio("K", "Ca+Mg", "equivalent", charges=_CHARGES)
    return Index("K/(Ca+Mg)", ratio.value, ratio.low, ratio.high, "", ratio.notes, _TETANY_SOURCE)


def phytate_calcium_zinc(mixture: Mixture) -> Index:
    """Phytate x Ca / Zn, all in mmol: a contested index of how available zinc is.

    It is no ratio: its unit is that of the amounts, so that a day's diet is in mmol/day, as its
    source has it, and a figure per 1000 kcal is another one.

    Args:
        mixture: An analysis that states phytic acid, calcium and zinc.

    Raises:
        UnitError: It is no analysis.
        UnknownContentError: One of the three is not stated.
        UndefinedRatioError: There is no zinc.
    """
    name = "phytate x Ca / Zn"
    if not isinstance(mixture, Analysis):
        raise UnitError(f"{name} is of an analysis, such as a day's diet", mixture, "analysis")
    keys = ("phytic acid", "Ca", "Zn")
    phytate, calcium, zinc = (_MILLI * mixture.bounds(key, "amount").value for key in keys)
    if not zinc > 0.0:
        raise UndefinedRatioError(f"{name} is undefined: there is no Zn")
    value = phytate * calcium / zinc
    return _point(name, value, f"mmol/{mixture.per}", _read(mixture, *keys), _PHYTATE_SOURCE)


def hardness(mixture: Mixture, unit: HardnessUnit = "mg/L CaCO3") -> Index:
    """Hardness of a water: the amount of calcium and magnesium together.

    Args:
        mixture: An analysis of a water, per a volume.
        unit: ``"mg/L CaCO3"``, ``"mmol/L"``, ``"mEq/L"``, German (``"°dH"``), French (``"°fH"``) or English
            (Clark) degrees (``"°e"``).

    Raises:
        UnitError: It is no analysis per a volume, or the unit is none of these.
        UnknownContentError: Calcium or magnesium is not stated.
    """
    name = "hardness"
    water, litres = _water(mixture, name)
    total = sum(_equivalents(water, symbol, litres) for symbol in ("Ca", "Mg"))
    value = _as_hardness(total, unit, water.weights)
    return _point(name, value, unit, _read(water, "Ca", "Mg"), _HARDNESS_SOURCE)


def residual_alkalinity(
    mixture: Mixture, *, alkalinity: MassLike | None = None, unit: HardnessUnit = "mg/L CaCO3"
) -> Index:
    """Residual alkalinity of brewing water: alkalinity - Ca/3.5 - Mg/7, all in equivalents.

    Args:
        mixture: An analysis of a water, per a volume.
        alkalinity: The alkalinity, as CaCO3 (``"120 mg/L"``) or in ``mEq/L``; if left out, that of the
            hydrogencarbonate which the analysis states, and of carbonate if it states it.
        unit: As in `hardness`.

    Raises:
        UnitError: It is no analysis per a volume, or alkalinity or unit cannot be read.
        UnknownContentError: Calcium, magnesium or the alkalinity is not stated.
    """
    name = "residual alkalinity"
    water, litres = _water(mixture, name)
    if alkalinity is None:
        total, notes = _stated_alkalinity(water, litres)
    else:
        total, notes = _read_alkalinity(alkalinity, water.weights)
    left = total - sum(_equivalents(water, symbol, litres) / by for symbol, by in _KOLBACH.items())
    value = _as_hardness(left, unit, water.weights)
    return _point(name, value, unit, (*notes, *_read(water, "Ca", "Mg")), _KOLBACH_SOURCE)


def _kilograms(mixture: Mixture, name: str) -> float:
    """How many kilograms the amounts of a mixture are in."""
    if isinstance(mixture, Analysis):
        return _size(mixture, name, "kg")
    if not isinstance(mixture, Blend | Product):
        raise UnitError(f"{name} is of an analysis per kg, a blend or a product", mixture, "mixture")
    grams = (mixture.blend if isinstance(mixture, Product) else mixture).grams
    if not grams > 0.0:
        raise UndefinedRatioError(f"{name} is undefined: there is nothing")
    return grams / 1000.0


def _water(mixture: Mixture, name: str) -> tuple[Analysis, float]:
    """A mixture as the analysis of a water that it has to be, and how many litres its amounts are in."""
    if not isinstance(mixture, Analysis):
        raise UnitError(f"{name} is of an analysis per L", mixture, "analysis")
    return mixture, _size(mixture, name, "L")


def _size(analysis: Analysis, name: str, unit: Literal["kg", "L"]) -> float:
    """How many kilograms or litres the amounts of an analysis are in."""
    denominator = analysis.denominator
    if denominator is None or denominator.unit != unit:
        message = f"{name} is of amounts per {unit}, and {analysis.name} is per {analysis.per!r:.40}"
        raise UnitError(message, analysis.per, "concentration")
    return denominator.size


def _equivalents(water: Analysis, symbol: str, litres: float) -> float:
    """Milliequivalents of an element per litre."""
    return _MILLI / litres * bounds(water.find(element(symbol), "equivalent", _CHARGES).terms).value


def _point(name: str, value: float, unit: str, notes: tuple[str, ...], citation: str) -> Index:
    """An index of an analysis, whose statements have no ranges."""
    return Index(name, value, value, value, unit, tuple(dict.fromkeys(notes)), citation)


def _read(analysis: Analysis, *keys: str) -> tuple[str, ...]:
    """How the statements of some analytes were read."""
    return tuple(note for key in keys for note in analysis.find(analyte(key)).notes)


def _as_hardness(milliequivalents: float, unit: str, weights: AtomicWeights) -> float:
    """Milliequivalents per litre in a unit of hardness, each of them two of calcium or carbonate."""
    millimoles = milliequivalents / 2.0
    chalk = Formula.parse("CaCO3", weights=weights).relative_formula_mass
    lime = Formula.parse("CaO", weights=weights).relative_formula_mass
    factors = {
        "mg/L CaCO3": chalk,
        "mmol/L": 1.0,
        "mEq/L": 2.0,
        "°dH": lime / 10.0,
        "°fH": chalk / 10.0,
        "°e": chalk / _CLARK,
    }
    if unit not in factors:
        raise UnitError(f"hardness is in one of {', '.join(factors)}, not {unit!r:.40}", unit, "unit")
    return millimoles * factors[unit]


def _stated_alkalinity(water: Analysis, litres: float) -> tuple[float, tuple[str, ...]]:
    """Alkalinity in mEq/L of the ions that are stated, and how they were read."""
    found = water.find(ion("bicarbonate"), "equivalent")
    total, notes = bounds(found.terms).value, found.notes
    try:
        carbonate = water.find(ion("carbonate"), "equivalent")
    except UnknownContentError:
        notes = (*notes, "carbonate is not stated, and not counted")
    else:
        total, notes = total + bounds(carbonate.terms).value, (*notes, *carbonate.notes)
    return _MILLI / litres * total, notes


def _read_alkalinity(value: MassLike, weights: AtomicWeights) -> tuple[float, tuple[str, ...]]:
    """Alkalinity in mEq/L of what was given: a mass is one of CaCO3."""
    found = read_concentration(value)
    if found is None or found.per != "L" or found.kind == "amount":
        raise UnitError(
            f"{value!r:.40}: an alkalinity is given as CaCO3, such as '120 mg/L', or as '2.4 mEq/L'",
            value,
            "concentration",
        )
    if found.kind == "equivalents":
        return _MILLI * found.value, (f"alkalinity: given as {found.text}",)
    chalk = Formula.parse("CaCO3", weights=weights).relative_formula_mass
    return _MILLI * 2.0 * found.value / chalk, (f"alkalinity: given as {found.text}, as CaCO3",)
