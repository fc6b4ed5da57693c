"""The bundled tables: every row loads, is balanced and cited, and means what its names say.

`eu_mineral_forms.csv` beside this file lists the 149 mineral substances that EU law permits in food
supplements (Annex II B of Directive 2002/46/EC as amended, and the Union list of novel foods), each
with what it resolves to.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pytest

import mineral_ratio as mr
from mineral_ratio.catalog.names import unordered
from mineral_ratio.catalog.records import cas_number
from mineral_ratio.substances._tables import read_table

WATERS = {
    "anhydrous": 0,
    "hemihydrate": Fraction(1, 2),
    "monohydrate": 1,
    "sesquihydrate": Fraction(3, 2),
    "dihydrate": 2,
    "hemipentahydrate": Fraction(5, 2),
    "trihydrate": 3,
    "tetrahydrate": 4,
    "pentahydrate": 5,
    "pentahemihydrate": Fraction(11, 2),
    "hexahydrate": 6,
    "heptahydrate": 7,
    "octahydrate": 8,
    "nonahydrate": 9,
    "decahydrate": 10,
    "dodecahydrate": 12,
    "tetradecahydrate": 14,
    "pentadecahydrate": 15,
    "heptadecahydrate": 17,
    "octadecahydrate": 18,
}
# Names that count the water of a formula unit twice as large, or written with part of it as hydroxide.
OTHER_UNITS = {
    "dicalcium dicitrate trihydrate",
    "sodium borate (Na2B4O5(OH)4) trihydrate",
    "sodium tetraborate tetrahydrate",
}
IDENTIFIERS = {"cas": "cas", "unii": "unii", "cid": "pubchem_cid", "e": "e_number"}


def listed(cell: str) -> list[str]:
    """The items of a cell."""
    return [part.strip() for part in cell.split(";") if part.strip()]


@pytest.fixture(scope="module")
def catalog() -> mr.Catalog:
    """The bundled catalogue alone."""
    return mr.Catalog(plugins=False)


@pytest.fixture(scope="module")
def compounds(catalog: mr.Catalog) -> dict[str, mr.Compound]:
    """All compounds by name; building them checks mass and charge."""
    return {each.name: each for each in catalog if isinstance(each, mr.Compound)}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    """The rows of compounds.csv."""
    return read_table("compounds.csv")


@pytest.fixture(scope="module")
def material_rows() -> list[dict[str, str]]:
    """The rows of materials.csv."""
    return read_table("materials.csv")


def meant(catalog: mr.Catalog, name: str) -> set[str]:
    """What a name means: the names of one substance, or of the candidates of an ambiguity."""
    try:
        return {catalog[name].name}
    except mr.AmbiguousNameError as error:
        # A candidate is told as "name: content, formula", or by a name alone.
        return {re.sub(r": [\d.]+ % .*", "", line) for line in error.candidates}


# -- rows


def test_there_are_enough_of_them(catalog: mr.Catalog, compounds: dict[str, mr.Compound]) -> None:
    """At least 300 compounds and 30 materials load, as many as there are rows."""
    materials = [each for each in catalog if isinstance(each, mr.Material)]
    assert len(compounds) == len(read_table("compounds.csv")) >= 300
    assert len(materials) == len(read_table("materials.csv")) >= 30


def test_formulas_are_stated_beside_the_ions(rows: list[dict[str, str]]) -> None:
    """Every row states a formula, so that what follows from its ions is held against it."""
    assert [row["name"] for row in rows if not row["formula"]] == []
    assert sum(bool(row["ions"]) for row in rows) > 600


def test_a_row_out_of_balance_does_not_load(rows: list[dict[str, str]]) -> None:
    """One water, one ion or one sign changed in a bundled row is refused."""
    row = next(row for row in rows if row["name"] == "magnesium sulfate heptahydrate")
    for ions, water in ((row["ions"], 6), ("1 Mg2+, 2 sulfate", 7), ("1 Na+, 1 sulfate", 7)):
        with pytest.raises(mr.MassBalanceError):
            mr.Compound(row["name"], formula=row["formula"], ions=ions, water=water)


def test_every_row_is_cited(rows: list[dict[str, str]], material_rows: list[dict[str, str]]) -> None:
    """Each row names a source that was read, whole: no citation is cut in two by its own semicolon."""
    others = map(read_table, ("ions.csv", "common_ions.csv", "open_names.csv"))
    for table in (rows, material_rows, *others):
        assert [row for row in table if not row["source"]] == []
    for row in (*rows, *material_rows):
        for citation in listed(row["source"]):
            assert citation.count("(") == citation.count(")"), row["source"]
            assert not citation[0].isdigit() or citation.startswith(("21 CFR", "21food")), row["source"]


def test_identifiers_are_verified(rows: list[dict[str, str]]) -> None:
    """An identifier stands only where `verified` says that it was read, and the other way round."""
    for row in rows:
        words = set(listed(row["verified"]))
        assert words <= {"formula", *IDENTIFIERS}, row["name"]
        given = {word for word, column in IDENTIFIERS.items() if row[column]}
        assert words - {"formula"} == given, row["name"]


def test_cas_numbers(rows: list[dict[str, str]]) -> None:
    """Every check digit is right, and with another one the number is refused."""
    numbers = [row["cas"] for row in rows if row["cas"]]
    assert len(numbers) > 500
    for number in numbers:
        assert cas_number(number) == number
        wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
        with pytest.raises(ValueError, match="check digit"):
            cas_number(wrong)


@pytest.mark.parametrize("column", ["cas", "unii", "pubchem_cid"])
def test_identifiers_mean_one_row(rows: list[dict[str, str]], column: str) -> None:
    """No CAS number, UNII or PubChem CID stands in two rows."""
    values = [row[column] for row in rows if row[column]]
    assert len(values) == len(set(values))


def test_disputed_rows_say_why(rows: list[dict[str, str]]) -> None:
    """A formula is established, or disputed with a note."""
    assert {row["formula_status"] for row in rows} == {"established", "disputed"}
    disputed = [row for row in rows if row["formula_status"] == "disputed"]
    assert all(row["status_note"] for row in disputed)


# -- hydrates


def test_hydrate_words_agree_with_the_water(rows: list[dict[str, str]]) -> None:
    """A name or synonym that says a hydrate says the number of H2O of its row."""
    seen = 0
    for row in rows:
        for name in (row["name"], *listed(row["synonyms"])):
            found = re.search(r"\b(?:anhydrous|(?!peroxy)[a-z]+hydrate)\b", name)
            if found and name not in OTHER_UNITS:
                assert WATERS[found[0]] == Fraction(row["water"] or 0), name
                seen += 1
    assert seen > 600


def test_hydrates_are_their_dry_salt_and_water(
    rows: list[dict[str, str]], compounds: dict[str, mr.Compound]
) -> None:
    """A hydrate weighs what the row of its dry salt weighs and its water."""
    water = mr.Formula.parse("H2O").relative_formula_mass
    hydrates = [row for row in rows if row["hydrate_of"]]
    assert len(hydrates) > 200
    for row in hydrates:
        wet, dry = compounds[row["name"]], compounds[row["hydrate_of"]]
        expected = dry.relative_formula_mass + float(Fraction(row["water"])) * water
        assert wet.relative_formula_mass == pytest.approx(expected, rel=1e-12), row["name"]


# -- names


def owners(table: list[dict[str, str]], column: str = "") -> dict[str, set[str]]:
    """For each name of a table, or of a column of names, the rows that have it."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in table:
        names = listed(row[column]) if column else [row["name"], *listed(row["synonyms"])]
        for name in names:
            found[unordered(name)].add(row["name"])
    return found


def test_a_name_means_one_compound(rows: list[dict[str, str]], material_rows: list[dict[str, str]]) -> None:
    """No name or synonym is that of two compounds, of a family, or of a material as well."""
    names, families, materials = owners(rows), owners(rows, "family"), owners(material_rows)
    assert {name: whose for name, whose in names.items() if len(whose) > 1} == {}
    assert names.keys() & families.keys() == set()
    assert names.keys() & materials.keys() == set()
    assert families.keys() & materials.keys() == set()


def test_shared_names_of_materials(material_rows: list[dict[str, str]]) -> None:
    """Eight names are shared by several materials, for want of one meaning; no other is."""
    shared = {name for name, whose in owners(material_rows).items() if len(whose) > 1}
    names = (
        "ferric ammonium citrate", "iron ammonium citrate", "ferric saccharate", "TSP", "superphosphate",
        "UAN", "urea ammonium nitrate solution", "bone meal",
    )  # fmt: skip
    assert shared == set(map(unordered, names))


def test_no_row_says_a_name_twice(rows: list[dict[str, str]]) -> None:
    """Spellings that the look-up makes equal stand once in a row."""
    for row in rows:
        names = [row["name"], *listed(row["synonyms"]), *listed(row["family"])]
        keys = [unordered(name) for name in names]
        assert len(keys) == len(set(keys)), row["name"]


def test_families(rows: list[dict[str, str]]) -> None:
    """A family has several rows, or its one row says why the name leads to it."""
    by_name = {row["name"]: row for row in rows}
    for family, whose in owners(rows, "family").items():
        [*_, last] = [by_name[name] for name in whose]
        assert len(whose) > 1 or last["as_sold"] or last["status_note"], family


def test_as_sold_names_one_form(rows: list[dict[str, str]]) -> None:
    """Of the hydrates of one salt, at most one is the form sold under a family name."""
    sold: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        assert row["as_sold"] in ("yes", "")
        assert row["family"] or not row["as_sold"], row["name"]
        for family in listed(row["family"]) if row["as_sold"] else ():
            sold[unordered(family), row["ions"]].append(row["name"])
    assert {family: names for family, names in sold.items() if len(names) > 1} == {}


# What people call things; several names: an ambiguity between just these.
CALLED = {
    "Epsom salt": {"magnesium sulfate heptahydrate"},
    "Epsom salts": {"magnesium sulfate heptahydrate"},
    "kieserite": {"magnesium sulfate monohydrate"},
    "gypsum": {"calcium sulfate dihydrate"},
    "plaster of Paris": {"calcium sulfate hemihydrate"},
    "baking soda": {"sodium bicarbonate"},
    "washing soda": {"sodium carbonate decahydrate"},
    "natron": {"sodium carbonate decahydrate"},
    "soda ash": {"sodium carbonate anhydrous"},
    "trona": {"sodium sesquicarbonate dihydrate"},
    "caustic soda": {"sodium hydroxide"},
    "caustic potash": {"potassium hydroxide"},
    "table salt": {"sodium chloride"},
    "quicklime": {"calcium oxide"},
    "slaked lime": {"calcium hydroxide"},
    "lime": {"calcium oxide", "calcium hydroxide"},
    "limestone": {"calcium carbonate", "dolomite"},
    "chalk": {"calcium carbonate"},
    "magnesite": {"magnesium carbonate anhydrous"},
    "magnesia": {"magnesium oxide"},
    "zinc white": {"zinc oxide"},
    "saltpeter": {"potassium nitrate"},
    "saltpetre": {"potassium nitrate"},
    "Chile saltpeter": {"sodium nitrate"},
    "blue vitriol": {"copper(II) sulfate pentahydrate"},
    "green vitriol": {"iron(II) sulfate heptahydrate"},
    "copperas": {"iron(II) sulfate heptahydrate"},
    "white vitriol": {"zinc sulfate heptahydrate"},
    "Glauber's salt": {"sodium sulfate decahydrate"},
    "Rochelle salt": {"potassium sodium tartrate tetrahydrate"},
    "cream of tartar": {"potassium hydrogentartrate"},
    "borax": {"sodium tetraborate decahydrate"},
    "boracic acid": {"boric acid"},
    "struvite": {"struvite"},
    "potash": {"potassium carbonate anhydrous", "potassium chloride", "potassium sulfate"},
    "muriate of potash": {"muriate of potash, 60 % K2O"},
    "sulphate of potash": {"sulfate of potash, 50 % K2O"},
    "MAP": {"ammonium dihydrogen phosphate", "struvite"},
    "DAP": {"diammonium hydrogen phosphate"},
    "MKP": {"monopotassium phosphate"},
    "MCP": {"monocalcium phosphate anhydrous", "monocalcium phosphate monohydrate"},
    "DCP": {"dicalcium phosphate anhydrous", "dicalcium phosphate dihydrate"},
    "TSP": {"trisodium phosphate dodecahydrate, NF", "triple superphosphate"},
    "alum": {
        "aluminium potassium sulfate dodecahydrate",
        "aluminium ammonium sulfate dodecahydrate",
        "aluminium sodium sulfate dodecahydrate",
        "aluminium sulfate tetradecahydrate",
        "aluminium sulfate octadecahydrate",
    },
    "Fe-EDTA": {
        "ferric sodium EDTA anhydrous",
        "ferric sodium EDTA trihydrate",
        "ammonium ferric EDTA",
        "potassium ferric EDTA",
    },
    "Fe-EDDHA": {"sodium ferric EDDHA"},
    "calcium citrate": {"calcium citrate anhydrous", "calcium citrate tetrahydrate"},
    "dihydrate calcium chloride": {"calcium chloride dihydrate"},
    "calcite": {"calcium carbonate"},
    "aragonite": {"calcium carbonate"},
    "zinc monomethionine": {"zinc mono-L-methionine sulfate", "zinc bismethionine"},
    "strontium citrate": {"strontium hydrogen citrate", "tristrontium dicitrate"},
    "calcium aspartate": {"calcium aspartate (1:1)", "calcium aspartate (1:2)"},
    "lithium orotate": {"lithium orotate anhydrous", "lithium orotate monohydrate"},
    "MSM": {"dimethyl sulfone"},
    "SSP": {"single superphosphate, 16 to 20 % P2O5"},
    "superphosphate": {"single superphosphate, 16 to 20 % P2O5", "triple superphosphate"},
    "UAN": {"UAN, 28 % N", "UAN, 30 % N", "UAN, 32 % N"},
    "bone meal": {"bone meal, raw", "bone meal, steamed"},
}


@pytest.mark.parametrize("name", CALLED)
def test_names_in_use(catalog: mr.Catalog, name: str) -> None:
    """What people call a substance leads to it, or to an ambiguity between what it may be."""
    assert meant(catalog, name) == CALLED[name]


@pytest.mark.parametrize("name", ["bittern", "milk of magnesia", "ferric sulfate", "ammonium carbonate"])
def test_names_without_one_composition(catalog: mr.Catalog, name: str) -> None:
    """What has no composition that was read in a source is not guessed."""
    with pytest.raises(mr.NotFoundError):
        catalog.substance(name)


def test_names_that_fix_no_composition(catalog: mr.Catalog) -> None:
    """What open_names.csv lists no record has, and looking it up tells the reason."""
    for row in read_table("open_names.csv"):
        with pytest.raises(mr.NotFoundError) as caught:
            catalog.substance(row["words"])
        assert caught.value.reason == row["reason"]


# -- the names of EU law


def test_the_names_of_eu_law(catalog: mr.Catalog) -> None:
    """Each of the 149 listed names resolves to what is noted: 91 to one substance, 58 to an ambiguity."""
    text = Path(__file__).with_name("eu_mineral_forms.csv").read_text(encoding="utf-8")
    forms = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    expected = {form["listed_name"]: set(form["resolves_to"].split(" | ")) for form in forms}
    assert len(expected) == len(forms) == 149
    assert {name: meant(catalog, name) for name in expected} == expected
    assert sum(len(names) > 1 for names in expected.values()) == 58
    assert all(re.fullmatch(r"\d{3,4}/20\d\d|20\d\d/\d{3,4}", form["act"]) for form in forms)
