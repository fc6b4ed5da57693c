"""What compounds and materials hold of two dozen analytes, and how that is known, to the letter.

The files in ``contents`` hold a substance each. After a change on purpose ``CONTENTS=write`` in the
environment makes this test write them anew; what has changed is read before it is kept.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import mineral_ratio as mr

FOLDER = Path(__file__).with_name("contents")
MALATE = mr.Compound("malate", ions="2 Mg2+, 1 malate, 2 OH-", water="1/2")
EPSOM = mr.Compound("epsom salt", ions="1 Mg2+, 1 sulfate", water=7)
PHOSPHATE = mr.Compound("monocalcium phosphate", formula="Ca(H2PO4)2.H2O")
CHLORIDE = mr.Compound("chloride", formula="CaCl2.2H2O")
DISPUTED = mr.Compound(
    "disputed", formula="Zn2(C6H5O7)(OH)", formula_status="disputed", status_note="two readings"
)
SUBSTANCES = {
    "malate": MALATE,
    "epsom-salt": EPSOM,
    "nitrate": mr.Compound("nitrate", ions=[(1, "NH4+"), (5, "Ca2+"), (11, "NO3-")], water=10),
    "phosphate": PHOSPHATE,
    "chloride": CHLORIDE,
    "rust": mr.Compound("rust", formula="Fe2O3"),
    "labelled": mr.Compound("labelled chalk", formula="[44Ca]CO3"),
    "disputed": DISPUTED,
    "malate-declared": mr.Material(MALATE, declared={"Mg": ">= 20 %"}),
    "malate-twice": mr.Material(
        MALATE, name="two statements", declared={"Mg": "20 to 22 %", "malic acid": ">= 50 %"}
    ),
    "malate-wet": mr.Material(MALATE, declared={"Mg": "20 %"}, water_content="3 to 5 %"),
    "epsom-assay": mr.Material(
        EPSOM, assay=mr.Assay("99 to 100.5 %", of="MgSO4", basis="ignited"), loss_on_ignition="48 to 52 %"
    ),
    "epsom-dried": mr.Material(
        EPSOM,
        assay=mr.Assay(">= 98 %", typical="99 %", of="MgSO4", basis="dried"),
        loss_on_drying="45 to 50 %, typical 49 %",
    ),
    "epsom-lost": mr.Material(EPSOM, declared={"Mg": "15 %"}),
    "phosphate-oxide": mr.Material(PHOSPHATE, declared={"P2O5": "54 to 56 %", "CaO": ">= 20 %"}),
    "chloride-anhydrous": mr.Material(
        CHLORIDE,
        assay=mr.Assay("97 to 103 %", of="CaCl2", basis="anhydrous"),
        water_content="<= 26 %",
        loss_on_drying="24 %",
    ),
    "chloride-loss": mr.Material(CHLORIDE, name="with a loss", loss_on_drying="<= 3 %"),
    "chloride-kept": mr.Material(
        CHLORIDE,
        assay=mr.Assay(">= 98 %", of="CaCl2.2H2O", basis="dried"),
        loss_on_drying="<= 2 %",
        drying_removes_crystal_water=False,
    ),
    "chloride-kept-all-the-same": mr.Material(
        CHLORIDE,
        assay=mr.Assay(">= 98 %", of="CaCl2.2H2O", basis="dried"),
        loss_on_drying="23 %",
        drying_removes_crystal_water=False,
    ),
    "chloride-as-is": mr.Material(
        CHLORIDE, assay=mr.Assay(">= 98 %", of="CaCl2.2H2O"), loss_on_drying="24 %"
    ),
    "epsom-two-statements": mr.Material(EPSOM, declared={"Mg": "9.5 %", "sulfate": "38 %"}),
    "sodium-sulfate": mr.Material(
        mr.Compound("sodium sulfate", ions="2 Na+, 1 sulfate"), declared={"Na": "32 %"}
    ),
    "carbonate-ignited": mr.Material(
        mr.Compound("magnesium carbonate", ions="1 Mg2+, 1 carbonate"),
        assay=mr.Assay("98 %", of="MgO", basis="ignited"),
        loss_on_ignition="50 to 53 %",
    ),
    "magnesia-above-theory": mr.Material(mr.Compound("magnesia", formula="MgO"), declared={"Mg": "62 %"}),
    "chloride-small-loss": mr.Material(
        CHLORIDE, assay=mr.Assay(">= 98 %", of="CaCl2.2H2O", basis="dried"), loss_on_drying="<= 2 %"
    ),
    "chloride-gone": mr.Material(
        CHLORIDE,
        assay=mr.Assay(">= 98 %", of="CaCl2", basis="dried"),
        loss_on_drying="<= 2 %",
        drying_removes_crystal_water=True,
    ),
    "chloride-large-loss": mr.Material(
        CHLORIDE, assay=mr.Assay(">= 98 %", of="CaCl2", basis="dried"), loss_on_drying="22 to 25 %"
    ),
    "disputed-above-theory": mr.Material(
        mr.Compound("basic citrate", ions="4 Zn2+, 2 citrate, 2 OH-", formula_status="disputed"),
        declared={"Zn": "45 %", "citrate": "30 %"},
    ),
    "citrate-as-carbonate": mr.Material(
        mr.Compound("citrate", ions="3 Ca2+, 2 citrate"), assay=mr.Assay("58 to 60 %", of="CaCO3")
    ),
    "yeast": mr.Material(name="yeast", declared={"Se": "2000 to 2500 mg/kg", "phytic acid": "<= 1 %"}),
    "drink": mr.Material(name="drink", declared={"NaCl": "1 %", "citrate": "2 %"}, water_content="95 %"),
}
ANALYTES = [
    *("Mg", "Ca", "P", "S", "N", "Cl", "Na", "Fe", "Zn", "Se", "C", "H", "O", "[44Ca]", "Mg2+", "Cl-"),
    *("sulfate", "malate", "malic acid", "citrate", "phosphate", "nitrate", "NH4+", "hydroxide", "water"),
    *(
        "P2O5",
        "MgO",
        "CaCO3",
        "MgSO4",
        "MgSO4.7H2O",
        "CaCl2",
        "NaCl",
        "phytic acid",
        "available P",
        "Ca+",
        "Na2SO4",
    ),
    *("Mg2C4H6O7", "CaCl2.2H2O"),
]


def lines(substance: mr.Compound | mr.Material) -> list[str]:
    """All that a substance says of itself and of each analyte."""
    told = [f"{substance}: {substance!r}", *(f"note: {note}" for note in substance.notes)]
    if isinstance(substance, mr.Compound):
        parts = ", ".join(f"{count} {part.name} {part.formula}" for count, part in substance.parts)
        told.append(f"parts {parts}; water {substance.water}; anhydrous {substance.anhydrous}")
    else:
        told.append(f"pure {substance.pure}; {substance.formula_status}; {substance.assigned_elements()}")
        told.append(f"assigned {figures(*substance.assigned_fractions().values())}")
    unknown: dict[str, list[str]] = {}
    none: list[str] = []
    for name in ANALYTES:
        try:
            if not substance.content(name).high:
                none.append(name)
                continue
            told.append(content(substance, name))
        except mr.UnknownContentError as error:
            unknown.setdefault(f"{error.substance}, {error.reason}", []).append(error.analyte)
            continue
        told += [f"    {answer(ask, substance, name)}" for ask in (equivalents, needed)]
    told.append(f"none: {', '.join(none)}")
    return [*told, *(f"not known of {reason}: {', '.join(names)}" for reason, names in unknown.items())]


def answer(ask, substance: mr.Compound | mr.Material, name: str) -> str:
    """What is answered, or the error."""
    try:
        return ask(substance, name)
    except mr.MineralRatioError as error:
        return f"{type(error).__name__} {error}"


def content(substance: mr.Compound | mr.Material, name: str) -> str:
    """The content with its bounds and its source."""
    found = substance.content(name)
    return f"{found.analyte} {figures(found.value, found.low, found.high)} {found.kind}, {found.source}"


def equivalents(substance: mr.Compound | mr.Material, name: str) -> str:
    """Equivalents of a mole and what says so; of a compound how many it has in a unit too."""
    found = substance.equivalents_per_mole(name)
    count = f", count {substance.count(name):g}" if isinstance(substance, mr.Compound) else ""
    return f"{found.number:g} mEq/mmol ({found.source}){count}"


def needed(substance: mr.Compound | mr.Material, name: str) -> str:
    """The mass that holds a gram, by each end of the content."""
    masses = (substance.mass_for(name, "1 g", end).m_as("g") for end in ("value", "low", "high"))
    return f"1 g in {figures(*masses)} g"


def figures(*numbers: float) -> str:
    """Numbers to nine digits."""
    return " ".join(f"{number:.9g}" for number in numbers)


@pytest.mark.parametrize("name", SUBSTANCES)
def test_a_substance_tells_what_it_holds(name):
    """The content of each analyte, its equivalents, and the mass that holds a gram of it, or why not."""
    told = "\n".join(lines(SUBSTANCES[name])) + "\n"
    file = FOLDER / f"{name}.txt"
    if os.environ.get("CONTENTS") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(told, encoding="utf-8")
    assert told == file.read_text(encoding="utf-8")


def test_what_else_is_told_of_a_material_is_kept():
    """Synonyms and citations as tuples, the note as it is, and whether drying takes crystal water."""
    names = {"synonyms": ["a", "b"], "citations": ["c"], "note": "d", "drying_removes_crystal_water": True}
    kept = mr.Material(CHLORIDE, **names)
    assert (kept.synonyms, kept.citations, kept.note) == (("a", "b"), ("c",), "d")
    assert kept.drying_removes_crystal_water is True
    assert mr.Material(CHLORIDE).name == "chloride"


def test_the_anhydrous_formula_is_written_as_the_whole_one_is():
    """As it was given, not as its ions would spell it, where the two are the same."""
    given = mr.Compound("epsom salt", formula="MgSO4.7H2O", ions="1 Mg2+, 1 sulfate", water=7)
    assert str(given.anhydrous) == "MgSO4"
    assert str(EPSOM.anhydrous) == "Mg(O4S)"


def test_an_edition_of_its_own_is_used_throughout():
    """With a sulfur of 100, sulfate is 164, for an ion as for what is reckoned from one."""
    heavy = mr.default_weights().replace(name="heavy", citation="a test", weights={"S": 100.0, "O": 16.0})
    salt = EPSOM.with_weights(heavy)
    whole = 24.305 + 164.0 + 7 * (16.0 + 2 * 1.008)
    assert salt.content("sulfate").value == pytest.approx(164.0 / whole)
    assert salt.content("water").value == pytest.approx(7 * 18.016 / whole)
    lot = mr.Material(salt, declared={"Mg": "9 %"})
    assert lot.content("sulfate").value == pytest.approx(0.09 * 164.0 / 24.305)
    assert lot.weights == heavy
    mixed = mr.Material(salt, declared={"Mg": "5 %", "SO3": "10 %"})
    assert mixed.content("S").value == pytest.approx(0.1 * 100.0 / 148.0)


def test_the_elements_of_a_declared_species_go_by_the_edition_of_the_material() -> None:
    """Also where the compound does not hold the species."""
    weights = mr.default_weights().replace(name="heavy", citation="a test", weights={"S": 64.0})
    salt = mr.Compound("salt", formula="NaCl").with_weights(weights)
    blend = mr.Blend([mr.Ingredient(mr.Material(salt, declared={"Na2SO4": "5 %", "Cl": "55 %"}), "1 g")])
    expected = 0.05 * mr.Formula.parse("Na2SO4", weights=weights).mass_fraction("S")
    assert blend.elemental_grams()["S"] == pytest.approx(expected, rel=1e-12)
