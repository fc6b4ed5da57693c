"""Readings: names that no record has as they stand, read by rules of nomenclature, never by likeness."""

from __future__ import annotations

import pytest

import mineral_ratio as mr

CATALOG = mr.Catalog(plugins=False)


@pytest.mark.parametrize(
    ("name", "compound"),
    [
        # with a formula
        ("zinc sulfate (ZnSO4.7H2O)", "zinc sulfate heptahydrate"),
        ("Zinc Sulfate Heptahydrate (ZnSO4·7H2O)", "zinc sulfate heptahydrate"),
        ("magnesium oxide (MgO)", "magnesium oxide"),
        ("magnesium chloride hexahydrate MgCl2.6H2O", "magnesium chloride hexahydrate"),
        ("copper sulfate CuSO4.5H2O", "copper(II) sulfate pentahydrate"),
        # with water
        ("ZnSO4 heptahydrate", "zinc sulfate heptahydrate"),
        ("ZnSO4, monohydrate", "zinc sulfate monohydrate"),
        ("ZnSO4 (7H2O)", "zinc sulfate heptahydrate"),
        ("MgSO4 7-hydrate", "magnesium sulfate heptahydrate"),
        ("MgSO4 anhydrous", "magnesium sulfate anhydrous"),
        ("CaCl2.2aq", "calcium chloride dihydrate"),
        ("potassium iodide anhydrous", "potassium iodide"),
        ("zinc oxide, anhydrous", "zinc oxide"),
        ("Epsom salt heptahydrate", "magnesium sulfate heptahydrate"),
        ("magnesium sulfate 7H2O", "magnesium sulfate heptahydrate"),
        # words joined and parted
        ("Quick Lime", "calcium oxide"),
        ("pearlash", "potassium carbonate anhydrous"),
        ("mono potassium phosphate", "monopotassium phosphate"),
        ("potassium dihydrogenphosphate", "monopotassium phosphate"),
        # with the symbol of the element, and with an oxidation state
        ("Fe(II) sulfate heptahydrate", "iron(II) sulfate heptahydrate"),
        ("Zn-picolinate", "zinc picolinate"),
        ("Ca carbonate", "calcium carbonate"),
        ("chromium(III) picolinate", "chromium picolinate"),
        ("Zinc (II) oxide", "zinc oxide"),
        ("zinc(2+) chloride", "zinc chloride"),
        ("cobaltous monoxide", "cobalt(II) oxide"),
        # of old
        ("nitrate of soda", "sodium nitrate"),
        ("bicarbonate of soda", "sodium bicarbonate"),
        ("nitrate of potash", "potassium nitrate"),
        ("oxide of zinc", "zinc oxide"),
        ("monohydrate of zinc sulfate", "zinc sulfate monohydrate"),
        # with the nutrient, the brand and the word chelate of a label
        ("Magnesium (as magnesium oxide)", "magnesium oxide"),
        ("Magnesium (as Magnesium Oxide) *", "magnesium oxide"),
        ("Zinc [from zinc picolinate]", "zinc picolinate"),
        ("as potassium iodide", "potassium iodide"),
        ("Chloride (as potassium chloride)", "potassium chloride"),
        ("Copper (as gluconate)", "copper gluconate"),
        ("zinc bisglycinate chelate", "zinc bisglycinate"),
        ("Iron (as Ferrochel® ferrous bisglycinate chelate)", "ferrous bisglycinate"),
        ("ferrous bisglycinate (Ferrochel®)", "ferrous bisglycinate"),
        ("zinc bisglycinate chelate (TRAACS™)†", "zinc bisglycinate"),
        ("Chromax(R) chromium picolinate", "chromium picolinate"),
    ],
)  # fmt: skip
def test_a_name_in_another_wording(name: str, compound: str) -> None:
    """Formula, water, symbol and oxidation state are read where they are said."""
    assert CATALOG.compound(name).name == compound
    assert name in CATALOG


def test_a_material_by_its_name_and_formula() -> None:
    """The formula beside the name of a material is that of its compound."""
    assert CATALOG.material("muriate of potash (KCl)").name == "muriate of potash, 60 % K2O"
    assert CATALOG.material("Se yeast").name == "selenium yeast"


@pytest.mark.parametrize(
    "name",
    [
        "zinc sulfate heptahydrate (ZnSO4)",
        "magnesium oxide (CaO)",
        "gypsum anhydrous",
        "zinc sulfate monohydrate 7H2O",
        "zinc sulfate xH2O",
        "zinc sulfate trihydrate",
        "magnesium sulfate, dried",
        "dried magnesium sulfate",
        "copper(I) gluconate",
        "zinc(III) oxide",
        "iron(VII) sulfate",
        "Xx sulfate",
        "chloride of lime",
        "milk of magnesia",
        "sulfate (7H2O)",
        "Magnesium (as calcium carbonate)",
        "zinc chelate",
        "Ferrochel® iron",
        "calcium (as CaCO3)",
    ],
)
def test_what_contradicts_itself_is_not_found(name: str) -> None:
    """A name whose parts do not go together means nothing, whatever is close."""
    assert name not in CATALOG
    with pytest.raises(mr.NotFoundError):
        CATALOG.substance(name)


@pytest.mark.parametrize(
    ("name", "several"),
    [
        ("iron sulfate", {"iron(II) sulfate heptahydrate", "iron(III) sulfate anhydrous"}),
        ("Fe sulfate", {"iron(II) sulfate heptahydrate", "iron(III) sulfate anhydrous"}),
        ("iron oxide", {"iron(II) oxide", "iron(III) oxide"}),
        ("copper chloride", {"copper(I) chloride", "copper(II) chloride dihydrate"}),
        ("manganous citrate", {"trimanganese dicitrate decahydrate", "manganese(II) hydrogen citrate"}),
        ("muriate of lime", {"calcium chloride anhydrous", "calcium chloride dihydrate"}),
        ("Mg citrate", {"magnesium citrate anhydrous", "magnesium hydrogen citrate anhydrous"}),
        ("di sodium phosphate", {"disodium phosphate anhydrous", "disodium phosphate dodecahydrate"}),
    ],
)  # fmt: skip
def test_what_is_left_open_stays_open(name: str, several: set[str]) -> None:
    """A name that leaves the oxidation state or the water open means all that it fits."""
    assert several <= {each.name for each in CATALOG.find(name)}
    with pytest.raises(mr.AmbiguousNameError):
        CATALOG.substance(name)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Calcium (as calcium carbonate, dicalcium malate)", ("calcium carbonate", "dicalcium malate")),
        ("magnesium (from magnesium oxide and citrate)", ("magnesium oxide", "magnesium citrate")),
        ("Zinc (as zinc oxide/gluconate)", ("zinc oxide", "Zinc gluconate")),
        ("magnesium bisglycinate chelate buffered with magnesium oxide",
         ("magnesium bisglycinate", "magnesium oxide")),
    ],
)  # fmt: skip
def test_a_line_of_several_substances_is_refused_with_their_names(name: str, parts: tuple[str, ...]) -> None:
    """What a label sums up in one line has no one composition: the parts are suggested, with the reason."""
    with pytest.raises(mr.NotFoundError, match="it names several substances") as caught:
        CATALOG.substance(name)
    assert caught.value.suggestions == parts


def test_the_water_does_not_pick_the_salt() -> None:
    """Of several salts, the only one that is listed with so much water need not be meant: it is suggested."""
    with pytest.raises(mr.NotFoundError) as caught:
        CATALOG.compound("calcium phosphate dihydrate")
    assert "dicalcium phosphate dihydrate" in caught.value.suggestions


def test_long_names_are_not_read_by_rules() -> None:
    """No name is longer than 200 characters; what is takes no time."""
    assert CATALOG.find("zinc sulfate (ZnSO4" + "." * 10_000 + "7H2O)") is not None
    assert "zinc oxide anhydrous" in CATALOG
    assert "zinc oxide" + " " * 300 + "anhydrous" not in CATALOG


def test_a_name_in_a_later_source_comes_before_a_reading_in_an_earlier_one() -> None:
    """What a later source has by name is not read by rule into records of an earlier one."""
    states = mr.StaticSource(
        "states",
        [
            mr.Compound("iron(II) sulfate", formula="FeSO4"),
            mr.Compound("iron(III) sulfate", formula="Fe2(SO4)3"),
        ],
    )
    named = mr.StaticSource("named", [mr.Compound("iron sulfate", formula="FeSO4.H2O")])
    catalog = mr.Catalog([states, named], plugins=False)
    assert catalog.compound("iron sulfate").formula.text == "FeSO4.H2O"
    assert [each.name for each in catalog.find("iron sulfate")] == ["iron sulfate"]
