"""What the errors of elements, weights, ranges, ions and compounds say and carry, to the letter."""

from __future__ import annotations

import pytest

import mineral_ratio as mr
from mineral_ratio.substances.analytes import analyte, conversion, equivalents_of
from mineral_ratio.substances.atomic_weights import NuclideMass
from mineral_ratio.substances.elements import ElementMap, element
from mineral_ratio.substances.ranges import Term, ratio_bounds

WEIGHTS = mr.default_weights()
REFUSED = [
    (
        lambda: ElementMap({"Ca": 1, "calcium": 2}),
        mr.UnitError,
        (
            "an element is given twice among Ca, calcium; give each once",
            {"Ca": 1, "calcium": 2},
            "each element once",
        ),
    ),
    (lambda: ElementMap({"Ca": 1})["Mg"], mr.NotFoundError, ("Mg", "element in this mapping", ())),
    (lambda: ElementMap({"Ca": 1})["Xx"], mr.NotFoundError, ("Xx", "element", ())),
    (lambda: element(119), mr.NotFoundError, ("119", "element", ())),
    (lambda: element(0), mr.NotFoundError, ("0", "element", ())),
    (lambda: element(True), mr.NotFoundError, ("True", "element", ())),
    (lambda: element(1.0), mr.NotFoundError, ("1.0", "element", ())),
    (
        lambda: mr.AtomicWeight("Ca", 0),
        mr.UnitError,
        (
            "relative atomic mass is a finite positive number, such as 24.305; not 0",
            0,
            "relative atomic mass",
        ),
    ),
    (
        lambda: mr.AtomicWeight("Ca", "40"),
        mr.UnitError,
        (
            "relative atomic mass is a finite positive number, such as 24.305; not '40'",
            "40",
            "relative atomic mass",
        ),
    ),
    (
        lambda: mr.AtomicWeight("Ca", 40.0, -1),
        mr.UnitError,
        (
            "uncertainty of a relative atomic mass is a finite number, such as 24.305; not -1",
            -1,
            "uncertainty of a relative atomic mass",
        ),
    ),
    (
        lambda: mr.AtomicWeight("Ca", 40.0, 0.0, (41.0, 40.0)),
        mr.UnitError,
        (
            "the interval of an atomic weight is its lower and its upper end; not (41.0, 40.0)",
            (41.0, 40.0),
            "relative atomic mass",
        ),
    ),
    (
        lambda: mr.AtomicWeight("Ca", 40.0, 0.0, (41.0,)),
        mr.UnitError,
        (
            "the interval of an atomic weight is its lower and its upper end; not (41.0,)",
            (41.0,),
            "relative atomic mass",
        ),
    ),
    (lambda: NuclideMass("Ca", 40.0), mr.NotFoundError, ("Ca", "nuclide", ())),
    (lambda: NuclideMass("[44C", 40.0), mr.NotFoundError, ("[44C", "nuclide", ())),
    (lambda: WEIGHTS.value("Tc"), mr.NoAtomicWeightError, ("Tc", "CIAAW 2024")),
    (lambda: WEIGHTS.value("[45Ca]"), mr.NotFoundError, ("[45Ca]", "nuclide of CIAAW 2024", ())),
    (lambda: WEIGHTS.value("[45Ca"), mr.NotFoundError, ("[45Ca", "element", ())),
    (lambda: WEIGHTS.weight("[44Ca]"), mr.NotFoundError, ("[44Ca]", "element", ())),
    (
        lambda: mr.Assay(98, of="MgO"),
        mr.UnitError,
        ("98 is no mass fraction: write '97.5 %', or 0.975", 98, "mass fraction"),
    ),
    (
        lambda: mr.Assay("98 %", of="MgO", basis="dry"),
        mr.UnitError,
        ("a basis is one of as_is, dried, anhydrous, ignited, not 'dry'", "dry", "basis"),
    ),
    (lambda: mr.Assay(None, of="MgO"), mr.MassBalanceError, ("a range states a limit or a typical value",)),
    (
        lambda: mr.Assay("99 %", "98 %", of="MgO"),
        mr.MassBalanceError,
        ("99 to 98 %: the lower limit is above the upper one",),
    ),
    (
        lambda: mr.Assay("98 to 99 %", typical="97 %", of="MgO"),
        mr.MassBalanceError,
        ("98 to 99 %, typical 97 %: the typical value is outside the limits",),
    ),
    (
        lambda: mr.Range.parse(3),
        mr.UnitError,
        ("a content is text with a unit, such as '29 %' or '>= 20 %', not 3", 3, "mass fraction"),
    ),
    (
        lambda: mr.Range.parse("15 to 12 %"),
        mr.MassBalanceError,
        ("15 to 12 %: the lower limit is above the upper one",),
    ),
    (
        lambda: mr.Range.parse("12 to 15 %, typical 16 %"),
        mr.MassBalanceError,
        ("12 to 15 %, typical 16 %: the typical value is outside the limits",),
    ),
    (lambda: mr.Range(None, None), mr.MassBalanceError, ("a range states a limit or a typical value",)),
    (lambda: mr.Range(-0.1, None), mr.MassBalanceError, ("-0.1: a fraction is finite and not negative",)),
    (
        lambda: mr.Range(0.2, 0.1),
        mr.MassBalanceError,
        ("20 to 10 %: the lower limit is above the upper one",),
    ),
    (
        lambda: mr.Range(None, None, float("nan")),
        mr.MassBalanceError,
        ("nan: a fraction is finite and not negative",),
    ),
    (lambda: ratio_bounds([Term(1.0)], [Term(0.0)]), mr.UndefinedRatioError, ("the denominator is zero",)),
    (
        lambda: mr.Compound("x", ions="1 Ca2+, 1 chloride"),
        mr.MassBalanceError,
        ("x: the charges of its ions (1 Ca2+, 1 chloride) sum to +1, not 0",),
    ),
    (
        lambda: mr.Compound("x", ions=[(0, "Ca2+"), (1, "chloride")]),
        mr.MassBalanceError,
        ("x: 0 is no count of ions",),
    ),
    (
        lambda: mr.Compound("x", ions=[(1.0, "Ca2+")]),
        mr.MassBalanceError,
        ("1.0 is no count of Ca2+: ions are pairs of a whole number and an ion",),
    ),
    (
        lambda: mr.Compound("x", ions=[(True, "Ca2+")]),
        mr.MassBalanceError,
        ("True is no count of Ca2+: ions are pairs of a whole number and an ion",),
    ),
    (
        lambda: mr.Compound("x", ions="1 Ca2+, 2 chloride", water="1/0"),
        mr.MassBalanceError,
        ("x: '1/0' is no number of water molecules, such as 7 or '1/2'",),
    ),
    (
        lambda: mr.Compound("x", ions="1 Ca2+, 2 chloride", water=-1),
        mr.MassBalanceError,
        ("x: -1 is no number of water molecules, such as 7 or '1/2'",),
    ),
    (
        lambda: mr.Compound("x", ions="1 Ca2+, 2 chloride", water=1.5),
        mr.MassBalanceError,
        ("x: 1.5 is no number of water molecules, such as 7 or '1/2'",),
    ),
    (
        lambda: mr.Compound("x", ions="1 Ca2+, 2 chloride", water=2, formula="CaCl2.6H2O"),
        mr.MassBalanceError,
        ("x: its ions and water sum to CaCl2H4O2, but CaCl2.6H2O is CaCl2H12O6",),
    ),
    (lambda: mr.Compound("", formula="NaCl"), TypeError, ("a compound needs a name, not ''",)),
    (lambda: mr.Compound("x"), mr.MassBalanceError, ("x: a compound needs a formula or ions",)),
    (
        lambda: mr.Compound("x", formula="Na+"),
        mr.MassBalanceError,
        ("x: Na+ has a charge of +1; a compound has none",),
    ),
    (
        lambda: mr.Compound("x", formula="NaCl", water=2),
        mr.MassBalanceError,
        ("x: NaCl says its own water of crystallization, not 2 H2O",),
    ),
    (lambda: analyte("XX"), mr.NotFoundError, ("XX", "element, ion or species", ())),
    (lambda: analyte("SO42-"), mr.NotFoundError, ("SO42-", "element, ion or species", ("SO4^2-",))),
    (lambda: conversion(analyte("Ca"), analyte("Mg"), WEIGHTS), ValueError, ("Mg does not follow from Ca",)),
    (lambda: equivalents_of(analyte("Fe"), "rust"), mr.UnknownChargeError, ("Fe", "rust")),
    (lambda: equivalents_of(analyte("Cl"), "bleach"), mr.UnknownChargeError, ("Cl", "bleach")),
    (lambda: equivalents_of(analyte("malic acid"), "x"), mr.UnknownChargeError, ("malic acid", "x")),
    (lambda: mr.ion("SO42-"), mr.NotFoundError, ("SO42-", "ion", ("SO4^2-",))),
    (lambda: mr.ion(""), mr.NotFoundError, ("", "ion", ())),
]


@pytest.mark.parametrize(("refused", "error", "told"), REFUSED)
def test_a_refusal_tells_what_was_given_and_what_is_taken(refused, error, told):
    """The error keeps message, value and what was expected; or the name, its kind and what is close."""
    with pytest.raises(error) as caught:
        refused()
    assert caught.value.args[: len(told)] == told
