"""The table of reference values: its form, its completeness, and figures that are widely published."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from mineral_ratio.substances._tables import read_table
from mineral_ratio.substances.elements import ELEMENTS

ROWS = read_table("reference_values.csv")
KEY = ("authority", "edition", "analyte", "kind", "sex", "age_from", "age_to", "condition")
PARTS = {"natural_food", "added_to_food", "water", "supplement", "medicine"}
ADULT_AGES = [("19", "31"), ("31", "51"), ("51", "71"), ("71", "")]
BEARING_AGES = [("14", "19"), ("19", "31"), ("31", "51")]
LIFE_STAGES = (
    [("any", *ages, "") for ages in [("0", "0.5"), ("0.5", "1"), ("1", "4"), ("4", "9")]]
    + [(sex, *ages, "") for sex in ("male", "female") for ages in [("9", "14"), ("14", "19"), *ADULT_AGES]]
    + [("female", *ages, condition) for condition in ("pregnant", "lactating") for ages in BEARING_AGES]
)
MINERALS = ["Ca", "Cr", "Cu", "F", "I", "Fe", "Mg", "Mn", "Mo", "P", "Se", "Zn", "K", "Na", "Cl"]


def rows(**cells):
    """The rows that have these cells."""
    return [row for row in ROWS if all(row[column] == cell for column, cell in cells.items())]


def values(**cells):
    """Values of these rows, in the order of the table; an empty text where there is none."""
    return [row["value"] for row in rows(**cells)]


def stages(**cells):
    """Values of NASEM by life stage: sex, age_from, age_to, condition."""
    return {
        (row["sex"], row["age_from"], row["age_to"], row["condition"]): row["value"]
        for row in rows(authority="NASEM", **cells)
    }


def test_keys_are_unique():
    """No two rows speak of the same value."""
    doubled = [key for key, count in Counter(tuple(row[c] for c in KEY) for row in ROWS).items() if count > 1]
    assert not doubled


def test_every_row_is_of_a_known_form():
    """Symbols, ages, units and sources are there in every row, and the words are those of the header."""
    symbols = {element.symbol for element in ELEMENTS}
    for row in ROWS:
        assert row["authority"] in {"NASEM", "FDA", "EU", "EFSA"}
        assert row["analyte"] in symbols
        assert row["sex"] in {"any", "female", "male"}
        assert row["unit"] in {"mg/day", "µg/day", "g/day", "mg/kg bw/day"}
        assert row["status"] in {"set", "not set", "unread"}
        assert row["edition"]
        assert row["kind"]
        assert row["source"]
        assert all(cell == cell.strip() for cell in row.values())


def test_a_value_stands_where_one_was_set():
    """A row has a positive number if it is set, and no value if it is not set or was not read."""
    for row in ROWS:
        if row["status"] == "set":
            assert Decimal(row["value"]) > 0
        else:
            assert row["value"] == ""


def test_ages_run_upwards():
    """A group begins at or after birth and ends after its beginning."""
    for row in ROWS:
        if row["age_from"]:
            assert 0 <= Decimal(row["age_from"]) < Decimal(row["age_to"] or "Infinity")
        else:
            assert row["age_to"] == ""
            assert row["condition"] in {"pregnant", "lactating"}


def test_every_row_says_what_it_counts():
    """The parts of an intake are of the five known, none twice."""
    for row in ROWS:
        parts = row["counts"].split(";")
        assert set(parts) <= PARTS
        assert len(set(parts)) == len(parts)


def test_keyed_says_how_a_row_was_read():
    """What nobody could open was not keyed; everything else was, at least once."""
    for row in ROWS:
        assert row["keyed"] in ({""} if row["status"] == "unread" else {"once", "twice"})


def test_pregnancy_and_lactation_are_of_women():
    """A condition that only women have stands with their sex."""
    for row in ROWS:
        if row["condition"] in {"pregnant", "lactating", "premenopausal", "postmenopausal"}:
            assert row["sex"] == "female"


def test_there_are_22_life_stages():
    """NASEM's groups: 4 of children, 6 of each sex, and 3 each of pregnant and of lactating women."""
    assert len(set(LIFE_STAGES)) == 22


@pytest.mark.parametrize("mineral", MINERALS)
def test_recommended_intakes_are_complete(mineral):
    """Each mineral has an RDA or an AI, and only one of them, for every life stage."""
    found = [*stages(kind="RDA", analyte=mineral), *stages(kind="AI", analyte=mineral)]
    assert sorted(found) == sorted(LIFE_STAGES)
    assert all([*stages(kind="RDA", analyte=mineral).values(), *stages(kind="AI", analyte=mineral).values()])


@pytest.mark.parametrize("mineral", [*MINERALS, "B", "Ni", "V"])
def test_upper_levels_are_complete(mineral):
    """Each mineral has a UL or says that none was set, for every life stage."""
    assert sorted(stages(kind="UL", analyte=mineral)) == sorted(LIFE_STAGES)
    assert not rows(authority="NASEM", kind="UL", analyte=mineral, status="unread")


@pytest.mark.parametrize("mineral", ["Cr", "K", "Na"])
def test_no_upper_level_was_set_for_three(mineral):
    """NASEM determined no UL for chromium, potassium (2019) and sodium (2019), at any age."""
    assert {row["status"] for row in rows(authority="NASEM", kind="UL", analyte=mineral)} == {"not set"}


def test_us_magnesium_upper_level():
    """65, 110 and 350 mg, out of supplements and medicines only (NASEM 1997); none for infants."""
    found = stages(kind="UL", analyte="Mg")
    assert [found["any", *ages, ""] for ages in [("0", "0.5"), ("0.5", "1"), ("1", "4"), ("4", "9")]] == [
        "", "", "65", "110",
    ]  # fmt: skip
    assert {value for (sex, *_), value in found.items() if sex != "any"} == {"350"}
    assert {row["counts"] for row in rows(authority="NASEM", kind="UL", analyte="Mg")} == {
        "supplement;medicine"
    }


def test_only_magnesium_and_supplemental_iron_leave_a_part_out():
    """Every other value counts all five parts of an intake."""
    assert {
        (row["authority"], row["analyte"], row["kind"], row["counts"])
        for row in ROWS
        if set(row["counts"].split(";")) != PARTS
    } == {
        ("NASEM", "Mg", "UL", "supplement;medicine"),
        ("EFSA", "Mg", "UL", "supplement;added_to_food;water"),
        ("EFSA", "Fe", "safe level of intake", "added_to_food;supplement"),
    }


def test_us_calcium():
    """RDA of 1000 mg, 1200 mg for women from 51 and men from 71, 1300 mg from 9 to 18 (NASEM 2011)."""
    found = stages(kind="RDA", analyte="Ca")
    assert [found["male", *ages, ""] for ages in ADULT_AGES] == ["1000", "1000", "1000", "1200"]
    assert [found["female", *ages, ""] for ages in ADULT_AGES] == ["1000", "1000", "1200", "1200"]
    assert {found[sex, *ages, ""] for sex in ("male", "female") for ages in [("9", "14"), ("14", "19")]} == {
        "1300"
    }


def test_us_magnesium():
    """RDA of men 400 and 420 mg, of women 310 and 320 mg (NASEM 1997)."""
    found = stages(kind="RDA", analyte="Mg")
    assert [found["male", *ages, ""] for ages in ADULT_AGES] == ["400", "420", "420", "420"]
    assert [found["female", *ages, ""] for ages in ADULT_AGES] == ["310", "320", "320", "320"]


def test_us_potassium_is_that_of_2019():
    """AI of men 3400 and of women 2600 mg, no longer 4700 mg."""
    found = stages(kind="AI", analyte="K")
    assert {found["male", *ages, ""] for ages in ADULT_AGES} == {"3400"}
    assert {found["female", *ages, ""] for ages in ADULT_AGES} == {"2600"}
    assert found["female", "19", "31", "pregnant"] == "2900"
    assert found["female", "19", "31", "lactating"] == "2800"


def test_us_sodium_is_that_of_2019():
    """AI of 1500 mg and CDRR of 2300 mg from 14 years, 1200, 1500 and 1800 mg before."""
    intake, ceiling = stages(kind="AI", analyte="Na"), stages(kind="CDRR", analyte="Na")
    assert sorted(ceiling) == sorted(LIFE_STAGES)
    for (sex, low, high, condition), value in ceiling.items():
        if Decimal(low) >= 14:
            assert (intake[sex, low, high, condition], value) == ("1500", "2300")
    assert [ceiling["any", "1", "4", ""], ceiling["any", "4", "9", ""]] == ["1200", "1500"]
    assert {ceiling[sex, "9", "14", ""] for sex in ("male", "female")} == {"1800"}


def test_us_upper_levels_of_boron_nickel_and_vanadium():
    """20, 1.0 and 1.8 mg for adults; vanadium for no one else (NASEM 2001)."""
    adult = ("male", "31", "51", "")
    found = {mineral: stages(kind="UL", analyte=mineral) for mineral in ("B", "Ni", "V")}
    assert [Decimal(found[mineral][adult]) for mineral in found] == [20, 1, Decimal("1.8")]
    assert len([value for value in found["V"].values() if value]) == 8


@pytest.mark.parametrize(
    ("mineral", "expected"),
    {
        "Ca": ["1300", "260", "700", "1300", "1300"],
        "Mg": ["420", "75", "80", "400", "400"],
        "Fe": ["18", "11", "7", "27", "27"],
        "Na": ["2300", "", "1500", "2300", "2300"],
    }.items(),
)
def test_daily_values(mineral, expected):
    """21 CFR 101.9(c)(8)(iv) and (c)(9): from 4 years, infants, 1 to 3 years, pregnant and lactating."""
    groups = [("4", "", ""), ("0", "1", ""), ("1", "4", ""), ("", "", "pregnant"), ("", "", "lactating")]
    found = {
        (row["age_from"], row["age_to"], row["condition"]): row["value"]
        for row in rows(edition="21 CFR 101.9 (2016)", analyte=mineral)
    }
    assert [found[group] for group in groups] == expected
    assert len(found) == len(groups)


def test_old_daily_values_are_an_edition_of_their_own():
    """Before 2016 calcium was 1000 mg and magnesium 400 mg; each row says that it is superseded."""
    old = rows(edition="21 CFR 101.9 (pre-2016)")
    assert [row["value"] for row in old if row["analyte"] in {"Ca", "Mg"}] == ["1000", "400"]
    assert all(row["note"].startswith("superseded") for row in old)
    assert {row["edition"] for row in ROWS if "superseded" in row["note"]} == {"21 CFR 101.9 (pre-2016)"}
    new = {row["analyte"] for row in rows(edition="21 CFR 101.9 (2016)")}
    assert {row["analyte"] for row in old} == new


def test_eu_label_values():
    """Regulation (EU) 1169/2011, Annex XIII: 14 minerals, with Ca 800, Mg 375, K 2000, Zn 10 mg."""
    found = {row["analyte"]: row["value"] for row in rows(authority="EU", kind="NRV")}
    assert len(found) == 14
    assert [found[mineral] for mineral in ("Ca", "Mg", "K", "Zn", "Se")] == ["800", "375", "2000", "10", "55"]


def test_efsa_magnesium_upper_level():
    """250 mg from 4 years, out of supplements, water and what is added to food; not set before."""
    found = rows(authority="EFSA", kind="UL", analyte="Mg")
    assert {row["counts"] for row in found} == {"supplement;added_to_food;water"}
    assert {(row["age_from"], row["status"]) for row in found if row["value"] != "250"} == {
        ("0", "not set"), ("1", "not set"),
    }  # fmt: skip
    assert {row["age_from"] for row in found if row["value"] == "250"} == {"4", "7", "11", "15", "18"}


@pytest.mark.parametrize(
    ("edition", "analyte", "kind", "value", "unit"),
    [
        ("EFSA 2023 (Se)", "Se", "UL", "255", "µg/day"),
        ("EFSA 2023 (Cu)", "Cu", "ADI", "0.07", "mg/kg bw/day"),
        ("EFSA 2023 (Mn)", "Mn", "safe level of intake", "8", "mg/day"),
        ("EFSA 2024 (Fe)", "Fe", "safe level of intake", "40", "mg/day"),
        ("EFSA 2025 (F)", "F", "safe level of intake", "3.3", "mg/day"),
    ],
)
def test_efsa_updates(edition, analyte, kind, value, unit):
    """The abstracts of the opinions of 2023 to 2025, for adults; a safe level is a kind of its own."""
    found = [
        row
        for row in rows(edition=edition, analyte=analyte, kind=kind, condition="")
        if row["age_to"] == "" and row["status"] == "set"
    ]
    assert [(row["value"], row["unit"]) for row in found] == [(value, unit)]


def test_efsa_zinc_depends_on_phytate():
    """PRIs of 7.5 to 12.7 mg for women and 9.4 to 16.3 mg for men, at 300 to 1200 mg of phytate."""
    for sex, expected in {
        "female": ["7.5", "9.3", "11.0", "12.7"],
        "male": ["9.4", "11.7", "14.0", "16.3"],
    }.items():
        found = rows(edition="EFSA DRV", analyte="Zn", kind="PRI", sex=sex, age_from="18")
        assert [row["condition"] for row in found] == [f"phytate {n} mg/day" for n in (300, 600, 900, 1200)]
        assert [row["value"] for row in found] == expected
    assert values(edition="EFSA DRV", analyte="Zn", kind="PRI increment") == ["1.6", "2.9"]


def test_efsa_iron_depends_on_menopause():
    """PRI of 16 mg before and 11 mg after (EFSA Journal 2015;13(10):4254)."""
    for condition, value in {"premenopausal": "16", "postmenopausal": "11"}.items():
        assert values(edition="EFSA DRV", analyte="Fe", kind="PRI", condition=condition) == [value]


def test_what_nobody_could_open():
    """Three figures stay open: sodium CDRR of infants, and manganese under 18 years."""
    assert [(row["analyte"], row["kind"], row["age_from"]) for row in ROWS if row["status"] == "unread"] == [
        ("Na", "CDRR", "0"),
        ("Na", "CDRR", "0.5"),
        ("Mn", "safe level of intake", "0.3333"),
    ]
