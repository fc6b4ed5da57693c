"""The tables of atomic weights and of nuclides, held against published figures and against each other."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mineral_ratio.substances._tables import read_table
from mineral_ratio.substances.atomic_weights import default_weights
from mineral_ratio.substances.elements import ELEMENTS

WEIGHTS = {row["symbol"]: row for row in read_table("atomic_weights_2024.csv")}
NUCLIDES = read_table("nuclides.csv")


def test_every_element_has_a_row_under_its_number_symbol_and_name():
    """The table of atomic weights has one row for each of the 118 elements, in order."""
    rows = [(int(row["atomic_number"]), row["symbol"], row["name"]) for row in WEIGHTS.values()]
    assert rows == [(e.atomic_number, e.symbol, e.name) for e in ELEMENTS]
    assert len(rows) == 118


@pytest.mark.parametrize(
    ("symbol", "value", "uncertainty"),
    [("Zr", "91.222", "0.003"), ("Gd", "157.249", "0.002"), ("Lu", "174.96669", "0.00005")],
)
def test_the_revision_of_2024(symbol, value, uncertainty):
    """The three weights changed in 2024 are new: Chem. Eng. News 102(34); CIAAW's page on gadolinium."""
    row = WEIGHTS[symbol]
    assert (row["value"], row["expanded_uncertainty"], row["source"]) == (value, uncertainty, "CIAAW 2024")
    assert [s for s, r in WEIGHTS.items() if r["source"] == "CIAAW 2024"] == ["Zr", "Gd", "Lu"]


@pytest.mark.parametrize(
    ("symbol", "value"),
    {
        "H": 1.008, "Li": 6.94, "B": 10.81, "C": 12.011, "N": 14.007, "O": 15.999, "Mg": 24.305, "Si": 28.085,
        "S": 32.06, "Cl": 35.45, "Ar": 39.95, "Br": 79.904, "Tl": 204.38, "Pb": 207.2,
    }.items(),
)  # fmt: skip
def test_an_interval_is_computed_with_by_its_abridged_value(symbol, value):
    """Prohaska et al. 2022, table 1: the abridged value is used; its uncertainty covers the interval."""
    row = WEIGHTS[symbol]
    low, high, used, uncertainty = (
        Decimal(row[column]) for column in ("interval_low", "interval_high", "value", "expanded_uncertainty")
    )
    assert float(used) == value == default_weights().value(symbol)
    assert row["abridged"] == row["value"]
    assert row["abridged_uncertainty"] == row["expanded_uncertainty"]
    assert used - uncertainty <= low < high <= used + uncertainty


def test_fourteen_weights_are_intervals_and_thirty_four_elements_have_none():
    """The counts of the table: 118 elements, 84 with a standard atomic weight, 14 of these as an interval."""
    with_weight = {symbol for symbol, row in WEIGHTS.items() if row["value"]}
    assert len(with_weight) == 84
    assert sum(bool(row["interval_low"]) for row in WEIGHTS.values()) == 14
    without = [e.atomic_number for e in ELEMENTS if e.symbol not in with_weight]
    assert without == [43, 61, *range(84, 90), *range(93, 119)]


@pytest.mark.parametrize(
    "row", [row for row in WEIGHTS.values() if not row["value"]], ids=lambda row: row["symbol"]
)
def test_no_mass_number_stands_in_for_a_weight(row):
    """An element without a standard atomic weight has no figure at all in its row."""
    filled = {column for column, cell in row.items() if cell}
    assert filled == {"atomic_number", "symbol", "name", "source"}


@pytest.mark.parametrize(
    "row", [row for row in WEIGHTS.values() if row["value"]], ids=lambda row: row["symbol"]
)
def test_the_figures_of_a_row_fit_one_another(row):
    """Value and uncertainty end at the same digit, and the abridged weight is the value to five figures."""
    value, uncertainty = Decimal(row["value"]), Decimal(row["expanded_uncertainty"])
    assert value.as_tuple().exponent == uncertainty.as_tuple().exponent
    abridged, abridged_uncertainty = Decimal(row["abridged"]), Decimal(row["abridged_uncertainty"])
    assert abridged.as_tuple().exponent == abridged_uncertainty.as_tuple().exponent
    assert uncertainty <= abridged_uncertainty
    assert abs(abridged - value) <= Decimal("0.5") * Decimal(1).scaleb(abridged.as_tuple().exponent)


def test_the_weights_that_minerals_need_are_those_published():
    """Prohaska et al. 2022, table 1, to the last digit, with its uncertainty."""
    published = {
        "Na": "22.98976928 0.00000002", "P": "30.973761998 0.000000005", "F": "18.998403162 0.000000005",
        "K": "39.0983 0.0001", "Ca": "40.078 0.004", "Cr": "51.9961 0.0006", "Mn": "54.938043 0.000002",
        "Fe": "55.845 0.002", "Co": "58.933194 0.000003", "Cu": "63.546 0.003", "Zn": "65.38 0.02",
        "Se": "78.971 0.008", "Sr": "87.62 0.01", "Mo": "95.95 0.01", "I": "126.90447 0.00003",
        "Ba": "137.327 0.007",
    }  # fmt: skip
    assert {s: f"{WEIGHTS[s]['value']} {WEIGHTS[s]['expanded_uncertainty']}" for s in published} == published


def _by_element() -> dict[str, list[dict[str, str]]]:
    grouped: dict[str, list[dict[str, str]]] = {}
    for row in NUCLIDES:
        grouped.setdefault(row["symbol"], []).append(row)
    return grouped


def test_the_nuclides_are_those_of_the_table_of_isotopic_compositions():
    """289 nuclides in order: some for each element with a standard atomic weight, none for another."""
    keys = [(int(row["atomic_number"]), int(row["mass_number"])) for row in NUCLIDES]
    assert len(keys) == 289
    assert keys == sorted(set(keys))
    assert {row["symbol"] for row in NUCLIDES} == {s for s, row in WEIGHTS.items() if row["value"]}
    assert all(ELEMENTS[int(row["atomic_number"]) - 1].symbol == row["symbol"] for row in NUCLIDES)


@pytest.mark.parametrize(
    ("key", "mass"),
    [
        ("[2H]", 2.014101777844),
        ("[26Mg]", 25.982592972),
        ("[40K]", 39.963998165),
        ("[44Ca]", 43.955481489),
        ("[58Fe]", 57.933273575),
        ("[67Zn]", 66.927127422),
        ("[87Rb]", 86.909180529),
        ("[231Pa]", 231.035882500),
        ("[234U]", 234.040950296),
        ("[238U]", 238.050786936),
    ],
)
def test_tracers_and_long_lived_nuclides_have_the_masses_of_ame2020(key, mass):
    """Wang et al. 2021, Chinese Phys. C 45 030003, to the last digit."""
    assert default_weights().masses[key] == mass


@pytest.mark.parametrize("key", ["[45Ca]", "[65Zn]", "[59Fe]", "[3H]", "[14C]", "[99Tc]", "[226Ra]"])
def test_radioactive_tracers_are_absent(key):
    """Nuclides that are made, not found, have no mass here, so that a formula with one can be refused."""
    assert key not in default_weights().masses


@pytest.mark.parametrize("row", NUCLIDES, ids=lambda row: row["mass_number"] + row["symbol"])
def test_masses_of_nuclides_are_masses(row):
    """Each mass is within 0.1 of its mass number and carries a small uncertainty to the same digit."""
    mass, uncertainty = Decimal(row["mass"]), Decimal(row["standard_uncertainty"])
    assert abs(mass - int(row["mass_number"])) < Decimal("0.1")
    assert mass.as_tuple().exponent == uncertainty.as_tuple().exponent
    assert 0 <= uncertainty < Decimal("0.00001")


def test_the_unit_of_mass_is_exact():
    """Carbon-12 is 12 without an uncertainty, which is what the dalton means."""
    assert default_weights().value("[12C]") == 12
    assert default_weights().standard_uncertainty("[12C]") == 0


@pytest.mark.parametrize(
    ("key", "mass", "uncertainty"),
    [
        ("[152Gd]", 151.919799, 8e-6),
        ("[154Gd]", 153.920873, 8e-6),
        ("[155Gd]", 154.922630, 8e-6),
        ("[156Gd]", 155.922131, 8e-6),
        ("[157Gd]", 156.923968, 8e-6),
        ("[158Gd]", 157.924112, 8e-6),
        ("[160Gd]", 159.927062, 9e-6),
    ],
)
def test_masses_agree_with_those_on_the_pages_of_ciaaw(key, mass, uncertainty):
    """CIAAW's page on gadolinium gives the masses of its nuclides: ours are within their uncertainty."""
    assert default_weights().value(key) == pytest.approx(mass, abs=uncertainty, rel=0)


@pytest.mark.parametrize(
    ("symbol", "abundances"),
    [
        # CIAAW's page on gadolinium is of 2024; the others are the isotopic compositions of 2021.
        (
            "Gd",
            {152: 0.00204, 154: 0.02187, 155: 0.14828, 156: 0.20493, 157: 0.15657, 158: 0.2482, 160: 0.21811},
        ),
        ("Ca", {40: 0.96941, 42: 0.00647, 43: 0.00135, 44: 0.02086, 46: 0.00004, 48: 0.00187}),
        ("Fe", {54: 0.05845, 56: 0.91754, 57: 0.02119, 58: 0.00282}),
        ("Zn", {64: 0.4917, 66: 0.2773, 67: 0.0404, 68: 0.1845, 70: 0.0061}),
        ("K", {39: 0.932581, 40: 0.000117, 41: 0.067302}),
    ],
)
def test_a_weight_is_the_mean_of_its_nuclides(symbol, abundances):
    """CIAAW's isotopic compositions and the masses of AME2020 give the weight within its uncertainty."""
    weight = default_weights().weight(symbol)
    total = sum(x * default_weights().value(f"[{a}{symbol}]") for a, x in abundances.items())
    assert total / sum(abundances.values()) == pytest.approx(
        weight.value, abs=weight.expanded_uncertainty, rel=0
    )
    assert {int(row["mass_number"]) for row in NUCLIDES if row["symbol"] == symbol} == set(abundances)


@pytest.mark.parametrize("symbol", _by_element())
def test_a_weight_lies_between_its_lightest_and_heaviest_nuclide(symbol):
    """Several nuclides bracket the weight; a single one is the weight within its uncertainty."""
    weight = default_weights().weight(symbol)
    masses = [float(row["mass"]) for row in _by_element()[symbol]]
    slack = weight.expanded_uncertainty if len(masses) == 1 else 0
    assert min(masses) - slack <= weight.value <= max(masses) + slack
