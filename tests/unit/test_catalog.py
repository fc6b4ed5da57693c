"""The catalogue: names in, compounds and materials out, and never a guess between two."""

from __future__ import annotations

import copy
import pickle
import threading

import pytest

import mineral_ratio as mr
from mineral_ratio.catalog.catalog import POLICIES

CATALOG = mr.Catalog(plugins=False)
RECORDS = tuple(CATALOG)
COMPOUNDS = [each for each in RECORDS if isinstance(each, mr.Compound)]
MATERIALS = [each for each in RECORDS if isinstance(each, mr.Material)]


@pytest.mark.parametrize(
    ("name", "compound"),
    [
        ("calcium carbonate", "calcium carbonate"),
        ("CALCIUM CARBONATE", "calcium carbonate"),
        ("  Calcium   carbonate ", "calcium carbonate"),
        ("Calcium-Carbonate", "calcium carbonate"),
        ("carbonate, calcium", "calcium carbonate"),
        ("calcite", "calcium carbonate"),
        ("471-34-1", "calcium carbonate"),
        ("471–34–1", "calcium carbonate"),
        ("H0G9379FGK", "calcium carbonate"),
        ("h0g9379fgk", "calcium carbonate"),
        ("E 170", "calcium carbonate"),
        ("e170", "calcium carbonate"),
        ("INS 170", "calcium carbonate"),
        ("CaCO3", "calcium carbonate"),
        ("CaCO₃", "calcium carbonate"),
        ("epsom salt", "magnesium sulfate heptahydrate"),
        ("MgSO4.7H2O", "magnesium sulfate heptahydrate"),
        ("MgSO4·7H2O", "magnesium sulfate heptahydrate"),
        ("MgSO4 * 7 H2O", "magnesium sulfate heptahydrate"),
        ("MgSO₄ • 7H₂O", "magnesium sulfate heptahydrate"),
        ("MgSO4(H2O)7", "magnesium sulfate heptahydrate"),
        ("gypsum", "calcium sulfate dihydrate"),
        ("calcium sulphate dihydrate", "calcium sulfate dihydrate"),
        ("dihydrate calcium chloride", "calcium chloride dihydrate"),
        ("CaSO4.1/2H2O", "calcium sulfate hemihydrate"),
        ("CaSO4.0.5H2O", "calcium sulfate hemihydrate"),
        ("CaSO4·½H2O", "calcium sulfate hemihydrate"),
        ("β-tricalcium phosphate", "tricalcium diphosphate"),
        ("beta tricalcium phosphate", "tricalcium diphosphate"),
        ("di-calcium malate", "dicalcium malate"),
        ("ferrous sulfate heptahydrate", "iron(II) sulfate heptahydrate"),
        ("iron (II) sulfate heptahydrate", "iron(II) sulfate heptahydrate"),
    ],
)
def test_a_compound_by_any_of_its_names(name, compound):
    """Names in any case and order, synonyms, CAS, UNII, E numbers, formulas and spellings of hydrates."""
    assert CATALOG.compound(name).name == compound
    assert CATALOG[name].name == compound
    assert name in CATALOG


def test_every_record_is_found_by_each_name_that_is_its_own():
    """No name, synonym, CAS number or UNII of a bundled compound means another one."""
    for each in COMPOUNDS:
        for name in (each.name, *each.synonyms, each.cas, each.unii):
            if name:
                assert CATALOG.compound(name).name == each.name, name


def meant(look_up, name: str) -> list[str]:
    """Names of the records that a name means, one or several."""
    try:
        return [look_up(name).name]
    except mr.AmbiguousNameError as error:
        return [line.rpartition(": ")[0] or line for line in error.candidates]


def test_every_material_is_found_by_its_names():
    """Names of materials mean materials; a synonym may be shared, and is ambiguous then."""
    for each in MATERIALS:
        assert CATALOG.material(each.name).name == each.name
        for name in each.synonyms:
            assert each.name in meant(CATALOG.material, name), name


def test_every_e_number_leads_to_its_compounds():
    """An additive's number means one compound, or the hydrates that it covers."""
    for each in COMPOUNDS:
        if each.e_number:
            assert each.name in meant(CATALOG.compound, each.e_number), each.e_number


def test_every_family_means_its_members():
    """A name that does not fix a form is refused with all its forms, or there is only one."""
    families = {name for each in COMPOUNDS for name in each.families}
    assert {"calcium citrate", "magnesium citrate", "magnesium sulfate", "calcium phosphate"} <= families
    assert len(meant(CATALOG.compound, "calcium phosphate")) > 3
    for each in COMPOUNDS:
        for name in each.families:
            found = meant(CATALOG.compound, name)
            # Where a family's name is also a compound's own, it means that one.
            assert each.name in found or CATALOG.compound(name).name == found[0], name


def test_every_formula_leads_to_its_compound():
    """A bundled compound is among those that its own formula finds."""
    for each in COMPOUNDS[::10]:
        assert each.name in [found.name for found in CATALOG.find(each.formula.text)]


# -- ambiguity


def test_an_ambiguous_name_is_refused_with_what_the_choice_changes():
    """The candidates are told with their content, the formula, and nothing is chosen."""
    for look_up in (CATALOG.compound, CATALOG.substance, CATALOG.__getitem__):
        with pytest.raises(mr.AmbiguousNameError) as caught:
            look_up("calcium citrate")
        assert caught.value.name == "calcium citrate"
        assert "calcium citrate anhydrous: 24.1 % Ca, Ca3(C6H5O7)2" in caught.value.candidates
        assert "calcium citrate tetrahydrate: 21.1 % Ca, Ca3(C6H5O7)2.4H2O" in str(caught.value)
    with pytest.raises(mr.AmbiguousNameError, match="% Se"):
        CATALOG.compound("sodium selenite")
    assert "calcium citrate" in CATALOG


def test_materials_may_be_ambiguous_too():
    """Two materials of one synonym are told apart by name; without a formula there is no content to tell."""
    one = mr.Material(name="yeast a", declared={"Se": "0.2 %"}, synonyms=("yeast",))
    two = mr.Material(mr.Compound("x", formula="CO2"), name="yeast b", synonyms=("yeast",))
    catalog = mr.Catalog([mr.StaticSource("mine", [one, two])], plugins=False)
    with pytest.raises(mr.AmbiguousNameError) as caught:
        catalog.material("yeast")
    assert caught.value.candidates == ("yeast a", "yeast b: 27.3 % C, CO2")
    with pytest.raises(mr.AmbiguousNameError):
        catalog.substance("yeast", prefer="anhydrous")


def test_candidates_of_one_name_are_all_told():
    """A source that gives two compounds one name is ambiguous, and both of them are seen."""
    twice = [mr.Compound("x", formula="NaCl"), mr.Compound("x", formula="KCl")]
    with pytest.raises(mr.AmbiguousNameError) as caught:
        mr.Catalog((mr.StaticSource("mine", twice),), plugins=False).compound("x")
    assert caught.value.candidates == ("x: 39.3 % Na, NaCl", "x: 52.4 % K, KCl")


@pytest.mark.parametrize(
    ("name", "prefer", "compound"),
    [
        ("calcium citrate", "anhydrous", "calcium citrate anhydrous"),
        ("calcium citrate", "tetrahydrate", "calcium citrate tetrahydrate"),
        ("calcium citrate", "as-sold", "calcium citrate tetrahydrate"),
        ("calcium sulfate", "hemihydrate", "calcium sulfate hemihydrate"),
        ("magnesium sulfate", "heptahydrate", "magnesium sulfate heptahydrate"),
        ("calcium chloride", "hexahydrate", "calcium chloride hexahydrate"),
    ],
)
def test_a_policy_decides_and_is_recorded(name, prefer, compound):
    """What a policy picked says so, in the compound and in its notes."""
    found = CATALOG.compound(name, prefer=prefer)
    assert found.name == compound
    assert found.decided == f"{name!r} by prefer={prefer!r}"
    assert f"{found.decided} is {compound}" in found.notes
    assert CATALOG.substance(name, prefer=prefer) == found


def test_a_policy_is_not_recorded_where_it_did_not_decide():
    """A name that means one compound needs no policy."""
    assert CATALOG.compound("gypsum", prefer="anhydrous").decided == ""
    assert CATALOG.compound("gypsum", prefer="anhydrous").name == "calcium sulfate dihydrate"


@pytest.mark.parametrize(
    ("name", "prefer"),
    [
        ("calcium phosphate", "as-sold"),
        ("calcium phosphate", "anhydrous"),
        ("calcium citrate", "decahydrate"),
    ],
)
def test_a_policy_that_picks_none_or_several_decides_nothing(name, prefer):
    """A policy never guesses either."""
    with pytest.raises(mr.AmbiguousNameError):
        CATALOG.compound(name, prefer=prefer)


def test_a_policy_that_did_not_decide_is_told():
    """The error says how many candidates the policy fits; without a policy it says nothing of one."""
    with pytest.raises(mr.AmbiguousNameError) as caught:
        CATALOG.compound("calcium citrate", prefer="decahydrate")
    assert caught.value.undecided == "prefer='decahydrate' fits none of them"
    assert "fits several compounds, and prefer='decahydrate' fits none of them; name" in str(caught.value)
    with pytest.raises(mr.AmbiguousNameError, match=r"prefer='anhydrous' fits \d of them"):
        CATALOG.compound("calcium phosphate", prefer="anhydrous")
    with pytest.raises(mr.AmbiguousNameError) as caught:
        CATALOG.compound("calcium citrate")
    assert caught.value.undecided == ""


@pytest.mark.parametrize("prefer", ["", "cheapest", "Anhydrous", 5, [], "x" * 100_000])
def test_there_are_only_these_policies(prefer):
    """Another policy is not found, also where the name is not ambiguous."""
    with pytest.raises(mr.NotFoundError, match="no policy is named"):
        CATALOG.compound("calcium carbonate", prefer=prefer)


def test_a_policy_goes_by_the_water_of_the_formula():
    """A compound whose name does not say its water is picked by it all the same."""
    records = [
        mr.Compound("dry", formula="MgSO4", families=("salt",)),
        mr.Compound("wet", formula="MgSO4.7H2O", families=("salt",)),
        mr.Compound("half", formula="Fe2(SO4)3.3/2H2O", families=("salt",)),
    ]
    catalog = mr.Catalog([mr.StaticSource("mine", records)], plugins=False)
    picked = {
        prefer: catalog.compound("salt", prefer=prefer).name
        for prefer in ("anhydrous", "heptahydrate", "sesquihydrate")
    }
    assert picked == {"anhydrous": "dry", "heptahydrate": "wet", "sesquihydrate": "half"}
    assert "as-sold" in POLICIES


# -- materials


def test_a_compounds_name_never_means_a_material():
    """A material has a name of its own; a compound comes before it."""
    with pytest.raises(mr.NotFoundError):
        CATALOG.material("calcium carbonate")
    with pytest.raises(mr.NotFoundError):
        CATALOG.compound("selenium yeast")
    assert isinstance(CATALOG.material("Selenium Yeast"), mr.Material)
    assert isinstance(CATALOG["selenium yeast"], mr.Material)
    assert not {each.name for each in COMPOUNDS} & {each.name for each in MATERIALS}


def test_a_material_knows_its_compound():
    """A trade material is made of a bundled compound, or of none."""
    assert CATALOG.material("dicalcium malate, 29 % Ca").compound == CATALOG.compound("dicalcium malate")
    assert CATALOG.material("selenium yeast").compound is None


# -- find and misses


def test_find_gives_every_candidate_best_first():
    """All that a name may mean, then what is close; never an error."""
    found = [each.name for each in CATALOG.find("calcium citrate")]
    assert set(found[:2]) == {"calcium citrate anhydrous", "calcium citrate tetrahydrate"}
    assert len(found) == len(set(found))
    assert CATALOG.find("calcium carbonate")[0].name == "calcium carbonate"
    assert "calcium carbonate" in [each.name for each in CATALOG.find("calcum carbonat")]
    assert CATALOG.find("qqqqqq") == ()


@pytest.mark.parametrize(
    ("name", "close"),
    [
        ("calcum carbonate", "calcium carbonate"),
        ("epsum salt", "Epsom salt"),
        ("magnesium oxid", "magnesium oxide"),
        ("CaCO33", None),
    ],
)
def test_a_miss_suggests_close_names(name, close):
    """What is near is suggested, of the kind that was looked for."""
    with pytest.raises(mr.NotFoundError) as caught:
        CATALOG.compound(name)
    assert caught.value.kind == "compound"
    assert close is None or close in caught.value.suggestions
    with pytest.raises(mr.NotFoundError) as caught:
        CATALOG.material("selenum yeast")
    assert "selenium yeast" in caught.value.suggestions
    assert all(CATALOG.material(each) for each in caught.value.suggestions)


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "\t\n",
        "-",
        "()",
        "unobtainium",
        "\x00",
        "\ud800",
        "x" * 100_000,
        " " * 100_000,
        "calcium " * 12_500,
        "(" * 100_000,
        "(H2O)" * 20_000,
        "é" * 100_000,
        "Ca" * 50_000,
        None,
        5,
        20,
        3.5,
        b"calcium carbonate",
        [],
        mr.element("Ca"),
    ],
    ids=lambda name: repr(name)[:20],
)
def test_weird_names_are_not_found(name):
    """Nothing but a known text is a name, and none of it takes long or breaks anything."""
    for look_up in (CATALOG.compound, CATALOG.material, CATALOG.substance, CATALOG.__getitem__):
        with pytest.raises(mr.NotFoundError):
            look_up(name)
    assert isinstance(CATALOG.find(name), tuple)
    assert name not in CATALOG


# -- sources and weights


def test_the_source_passed_last_is_asked_first():
    """with_source puts a source before the others; the first that knows a name answers."""
    mine = mr.Compound("calcium carbonate", formula="CaCO3.6H2O")
    other = mr.Compound("calcium carbonate", formula="CaCO3.H2O")
    catalog = CATALOG.with_source(mr.StaticSource("other", [other])).with_source(
        mr.StaticSource("mine", [mine])
    )
    assert catalog.compound("calcium carbonate").formula.text == "CaCO3.6H2O"
    assert CATALOG.compound("calcium carbonate").formula.text == "CaCO3"
    assert [source.name for source in catalog.sources] == ["mine", "other", "mineral_ratio"]
    # All three are found, those of the later sources too.
    assert [each.formula.text for each in catalog.find("calcium carbonate")[:3]] == [
        "CaCO3.6H2O",
        "CaCO3.H2O",
        "CaCO3",
    ]
    # What the new source does not know the others still do.
    assert catalog.compound("gypsum").name == "calcium sulfate dihydrate"


def test_ambiguity_is_within_one_source():
    """A source of one's own decides a name that is ambiguous in the bundled one."""
    mine = mr.Compound("my citrate", formula="Ca3(C6H5O7)2.4H2O", synonyms=("calcium citrate",))
    assert (
        CATALOG.with_source(mr.StaticSource("mine", [mine])).compound("calcium citrate").name == "my citrate"
    )


def test_another_edition_of_the_weights():
    """All records are reckoned with the edition that was passed, also those that a policy picked."""
    heavy = mr.default_weights().replace(name="heavy", citation="a test", weights={"Ca": 80.0})
    catalog = CATALOG.with_weights(heavy)
    assert catalog.compound("CaCO3").weights.name == "heavy"
    assert catalog.compound("calcium carbonate").mass_fraction("Ca") == pytest.approx(80 / 140.008, rel=1e-4)
    assert catalog.compound("calcium citrate", prefer="as-sold").weights.name == "heavy"
    assert catalog.material("dicalcium malate, 29 % Ca").weights.name == "heavy"
    assert {
        each.weights.name for each in catalog.find("calcium citrate") if isinstance(each, mr.Compound)
    } == {"heavy"}
    assert CATALOG.compound("CaCO3").weights.name == "CIAAW 2024"


def test_a_formula_finds_records_of_any_edition():
    """A source that reckons with its own weights is found by formula too."""
    heavy = mr.default_weights().replace(name="heavy", citation="a test", weights={"Ca": 80.0})
    record = mr.Compound("mine", formula="CaC2").with_weights(heavy)
    catalog = mr.Catalog([mr.StaticSource("mine", [record])], plugins=False)
    assert catalog.compound("C2Ca").name == "mine"
    with pytest.raises(mr.NotFoundError):
        catalog.compound("CaC2^2+")


def test_the_records_can_be_gone_through():
    """Iterating gives every compound and material of the sources."""
    assert len(COMPOUNDS) >= 40
    assert len(MATERIALS) >= 2
    assert {
        each.name
        for each in CATALOG.with_source(mr.StaticSource("mine", [mr.Compound("mine", formula="CaC2")]))
    } > {
        "mine",
        "calcium carbonate",
        "selenium yeast",
    }


def test_a_catalogue_is_a_value():
    """It compares, copies and pickles; the default one is the same at every call."""
    assert mr.default_catalog() is mr.default_catalog()
    assert mr.Catalog() == mr.default_catalog()
    assert mr.default_catalog().with_source(mr.StaticSource("mine", [])) != mr.default_catalog()
    again = pickle.loads(pickle.dumps(CATALOG))
    assert again == CATALOG
    assert copy.copy(CATALOG) == CATALOG
    assert again.compound("gypsum").name == "calcium sulfate dihydrate"


def test_first_use_from_many_threads():
    """Sixteen threads that look up at once in a fresh catalogue all find the same."""
    catalog = mr.Catalog([mr.StaticSource("mine", list(RECORDS))], plugins=False)
    barrier = threading.Barrier(16)
    found: list[object] = []

    def look_up() -> None:
        barrier.wait()
        found.extend(catalog[name].name for name in ("gypsum", "CaCO3", "selenium yeast"))
        with pytest.raises(mr.NotFoundError):
            catalog.compound("calcum carbonat")

    threads = [threading.Thread(target=look_up) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == sorted(["calcium sulfate dihydrate", "calcium carbonate", "selenium yeast"] * 16)


@pytest.mark.parametrize(("name", "count"), [("E 341", 3), ("e504", 2), ("INS 333", 3)])
def test_the_number_of_an_additive_means_all_its_forms(name, count):
    """E 341 does not fix the salt, so it is ambiguous between E 341(i), (ii) and (iii)."""
    with pytest.raises(mr.AmbiguousNameError) as caught:
        mr.default_catalog().compound(name)
    assert len(caught.value.candidates) >= count


def test_candidates_are_compared_by_one_element():
    """What the choice changes is the content of what all of them are taken for."""
    with pytest.raises(mr.AmbiguousNameError) as caught:
        mr.default_catalog().compound("Fe-EDTA")
    assert all(" % Fe, " in line for line in caught.value.candidates)
