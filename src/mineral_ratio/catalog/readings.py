"""What a name may mean that no record has as it stands: rules of nomenclature, never a likeness.

Each rule gives records that have the name in another wording and the water, the formula or the oxidation
state that the name says. Where these contradict each other it gives none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mineral_ratio.catalog.labels import printed
from mineral_ratio.catalog.names import HYDRATES, ROMANS, dried, normal
from mineral_ratio.substances.compounds import Compound
from mineral_ratio.substances.elements import ELEMENTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from mineral_ratio.substances.materials import Material

    Substance: TypeAlias = Compound | Material
    LookUp: TypeAlias = Callable[[str], list[Substance]]

_LONGEST = 200
_NAMES = {each.symbol: each.name for each in ELEMENTS}
_SYMBOLS = {name: symbol for symbol, name in _NAMES.items()}

# Classical names of ions and those by Stock (W. Christensen, Common Cations, unit5.org; Ox. numbers and ions,
# studylib.net 26013874).
_ADJECTIVES = {
    "ferrous": "iron(II)",
    "ferric": "iron(III)",
    "cuprous": "copper(I)",
    "cupric": "copper(II)",
    "manganous": "manganese(II)",
    "manganic": "manganese(III)",
    "cobaltous": "cobalt(II)",
    "cobaltic": "cobalt(III)",
    "chromous": "chromium(II)",
    "chromic": "chromium(III)",
    "stannous": "tin(II)",
    "stannic": "tin(IV)",
}


# The bases of old names of salts, as in muriate of lime (J. C. F. Johnson, Getting Gold, Common Names of
# Chemical Substances). Chloride of lime, of soda and of potash are hypochlorites.
_BASES = {
    "soda": "sodium",
    "potash": "potassium",
    "lime": "calcium",
    "magnesia": "magnesium",
    "ammonia": "ammonium",
}


def read_otherwise(name: str, named: LookUp, of_formula: LookUp) -> list[Substance]:
    """The records that a name means by a rule of nomenclature.

    Args:
        name: A name that no record has.
        named: Gives the records that have a name.
        of_formula: Gives the compounds of a formula; none of a text that is no formula.
    """
    if len(name) > _LONGEST:
        return []
    return _reworded(name, named, of_formula) or _on_label(name, named, of_formula)


def _reworded(name: str, named: LookUp, of_formula: LookUp) -> list[Substance]:
    """The records of a name as it stands or is made today, with the formula, water or state that it says."""
    for text in dict.fromkeys((name, _spelt_out(name))):
        if found := (
            named(text)
            or _with_formula(text, named, of_formula)
            or _with_water(text, named, of_formula)
            or _with_state(text, named)
            or _in_any_state(text, named)
        ):
            return found
    return []


def _on_label(name: str, named: LookUp, of_formula: LookUp) -> list[Substance]:
    """The records of the substance in a line of a label, if they hold the nutrient that it begins with."""
    nutrient, form = printed(name)
    symbol = _SYMBOLS.get(normal(nutrient))
    # "Zinc (as citrate)" leaves the metal to the nutrient; calcium carbonate is none of magnesium.
    whole = not nutrient or any(word in _SYMBOLS for word in normal(form).split())
    for text in (form,) if whole else (form, f"{nutrient} {form}"):
        held = [each for each in _reworded(text, named, of_formula) if symbol is None or holds(each, symbol)]
        if held:
            return held
    return []


def holds(record: Substance, symbol: str) -> bool:
    """Whether a record holds an element, by its formula or by what is declared of it.

    Args:
        record: A compound or material.
        symbol: Symbol of the element.
    """
    return symbol in (record.formula.counts if isinstance(record, Compound) else record.assigned_elements())


def _spelt_out(name: str) -> str:
    """A name as it is made today: ``iron(III)`` for ``Fe(III)`` or ``ferric``, ``sodium`` for ``of soda``."""
    symbol = re.match(r"[A-Z][a-z]?(?=[ (-])", name)
    if symbol is not None and symbol[0] in _NAMES:
        return _NAMES[symbol[0]] + name[symbol.end() :]
    first, _, rest = name.partition(" ")
    if first.lower() in _ADJECTIVES:
        return f"{_ADJECTIVES[first.lower()]} {rest}"
    salt, _, base = name.lower().partition(" of ")
    if base in _BASES and salt != "chloride":
        return f"{_BASES[base]} {'chloride' if salt == 'muriate' else salt}"
    return f"{base} {salt}" if base else name


def _with_formula(name: str, named: LookUp, of_formula: LookUp) -> list[Substance]:
    """The records that a name and a formula after it both mean, as in ``zinc sulfate (ZnSO4.7H2O)``."""
    rest, bracket, formula = name.strip().removesuffix(")").rpartition("(")
    if not bracket:
        rest, _, formula = name.strip().rpartition(" ")
    if not rest or not (compounds := of_formula(formula)):
        return []
    records = ((each, each if isinstance(each, Compound) else each.compound) for each in named(rest))
    return [each for each, compound in records if compound in compounds]


def _with_water(name: str, named: LookUp, of_formula: LookUp) -> list[Substance]:
    """The records of a formula or a salt with its water, as in ``ZnSO4 heptahydrate``."""
    rest, word = dried(name)
    if not word:
        return []
    formula = rest if word == "anhydrous" else f"{rest}.{HYDRATES[word]}H2O"
    if found := of_formula(formula):
        return found
    compounds = [each for each in named(rest) if isinstance(each, Compound)]
    # Of several salts the one with so much water need not be the one that is meant: others may exist.
    if len({each.formula.anhydrous.hill for each in compounds}) != 1:
        return []
    from fractions import Fraction  # most names need none, and it takes 2 ms

    return [each for each in compounds if each.water == Fraction(HYDRATES[word])]


def _with_state(name: str, named: LookUp) -> list[Substance]:
    """The records of a name that has no oxidation state, with the ion of the state that is asked for."""
    metal, state, *rest = [*normal(name).split(), "", ""]
    if state not in ROMANS or metal not in _SYMBOLS:
        return []
    symbol, charge = _SYMBOLS[metal], ROMANS.index(state) + 1
    return [
        each
        for each in named(" ".join((metal, *rest)))
        if isinstance(each, Compound)
        and any(ion.charge_number == charge and set(ion.formula.counts) == {symbol} for _, ion in each.ions)
    ]


def _in_any_state(name: str, named: LookUp) -> list[Substance]:
    """The records of a name that leaves the oxidation state open, such as ``iron sulfate``, if several."""
    first, _, rest = name.partition(" ")
    stated = [f"{first}({state}) {rest}" for state in ROMANS] if rest else []
    found = [each for text in stated for each in named(text) or named(f"{text} anhydrous")]
    return found if len(found) > 1 else []
