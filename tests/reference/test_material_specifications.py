"""Contents that follow from published specifications.

- calcium citrate, magnesium oxide, calcium chloride: USP monographs (USP 35-NF 30, USP 32-NF 27);
- calcium chloride flake, "77 to 80 %": product page of conventional flake;
- ammonium molybdate "85 % as MoO3": the way in which molybdates are sold;
- di-magnesium malate: EFSA Journal 2018;16(6):5292, table 3;
- selenium yeast: Regulation (EC) No 1170/2009.
"""

from __future__ import annotations

import pytest

import mineral_ratio as mr


@pytest.fixture(scope="module")
def catalog() -> mr.Catalog:
    """The bundled catalogue."""
    return mr.default_catalog()


def per_cent(content: mr.Content) -> tuple[float, float]:
    """The bounds of a content in %, as specifications print them."""
    return round(100 * content.low, 2), round(100 * content.high, 2)


def calcium_citrate() -> mr.Assay:
    """97.5 to 100.5 % of anhydrous citrate, after drying."""
    return mr.Assay("97.5 to 100.5 %", of="Ca3(C6H5O7)2", basis="dried")


def test_calcium_citrate_usp(catalog: mr.Catalog) -> None:
    """20.39 to 21.82 % Ca as is, not 17.8 to 19.1 (crystal water taken off twice)."""
    material = mr.Material(
        catalog.compound("calcium citrate tetrahydrate"),
        assay=calcium_citrate(),
        loss_on_drying="10.0 to 13.3 %",
        drying_removes_crystal_water=True,
    )
    assert per_cent(material.content("Ca")) == (20.39, 21.82)
    assert per_cent(catalog.material("calcium citrate, USP").content("Ca")) == (20.39, 21.82)
    twice = mr.Assay("97.5 to 100.5 %", of="Ca3(C6H5O7)2.4H2O", basis="dried")
    with pytest.raises(mr.MassBalanceError, match="count it twice"):
        mr.Material(material.compound, assay=twice, loss_on_drying="10.0 to 13.3 %")


def test_magnesium_oxide_usp(catalog: mr.Catalog) -> None:
    """96.0 to 100.5 % MgO after ignition, which takes up to 10 %: 52.10 to 60.61 % Mg as is."""
    material = catalog.material("magnesium oxide, USP")
    found = material.content("Mg")
    theory = 24.305 / 40.304
    assert found.low == pytest.approx(0.96 * 0.90 * theory, rel=1e-12)
    assert found.high == pytest.approx(1.005 * theory, rel=1e-12)
    assert per_cent(found) == (52.10, 60.61)
    without = mr.Assay("96.0 to 100.5 %", of="MgO", basis="ignited")
    with pytest.raises(mr.MassBalanceError, match="loss_on_ignition must be given"):
        mr.Material(catalog.compound("magnesium oxide"), assay=without)


def test_calcium_chloride_flake(catalog: mr.Catalog) -> None:
    """At 77 % CaCl2 it is 27.81 % Ca, at 80 % 28.89 %."""
    material = catalog.material("calcium chloride flake, 77 to 80 %")
    assert per_cent(material.content("Ca")) == (27.81, 28.89)
    stated = mr.Material(catalog.compound("calcium chloride dihydrate"), assay=mr.Assay("77 %", of="CaCl2"))
    assert round(100 * stated.content("Ca").value, 2) == 27.81
    assert stated.content("CaCl2").value == pytest.approx(0.77)


def test_calcium_chloride_usp_above_100(catalog: mr.Catalog) -> None:
    """99.0 to 107.0 % of the dihydrate is kept, 26.99 to 29.17 % Ca, and flagged."""
    material = catalog.material("calcium chloride, USP")
    assert per_cent(material.content("Ca")) == (26.99, 29.17)
    assert any("above 100 %" in note for note in material.notes)


def test_zinc_sulfate_usp_says_the_same_both_ways(catalog: mr.Catalog) -> None:
    """99.0 to 108.7 % of the heptahydrate is 55.6 to 61.0 % of ZnSO4."""
    material = catalog.material("zinc sulfate heptahydrate, USP")
    anhydrous = mr.Material(material.compound, assay=mr.Assay("55.6 to 61.0 %", of="ZnSO4"))
    for end, other in zip(per_cent(material.content("Zn")), per_cent(anhydrous.content("Zn")), strict=True):
        assert end == pytest.approx(other, abs=0.03)


def test_ammonium_molybdate_as_trioxide() -> None:
    """85 % as MoO3 on an ammonium dimolybdate is 56.66 % Mo, whatever the salt."""
    for formula in ("(NH4)2Mo2O7", "(NH4)6Mo7O24.4H2O"):
        salt = mr.Compound("ammonium molybdate", formula=formula)
        material = mr.Material(salt, assay=mr.Assay("85 %", of="MoO3"))
        assert round(100 * material.content("Mo").value, 2) == 56.66
        assert material.content("MoO3").value == pytest.approx(0.85)


def test_dimagnesium_malate_as_specified(catalog: mr.Catalog) -> None:
    """At least 20 % Mg and 52 % malic acid; no more than the formula gives."""
    material = catalog.material("dimagnesium malate, EFSA 2018 specification")
    assert per_cent(material.content("Mg")) == (20.0, 22.64)
    assert per_cent(material.content("malic acid")) == (52.0, 62.45)
    assert material.content("Mg").kind == material.content("malic acid").kind == "minimum"


def test_selenium_yeast(catalog: mr.Catalog) -> None:
    """2000 to 2500 mg/kg: 50 mg hold 100 µg for certain, 40 mg at the most that is allowed."""
    material = catalog.material("selenium yeast")
    assert material.mass_for("Se", "100 µg", at="low").m_as("mg") == pytest.approx(50)
    assert material.mass_for("Se", "100 µg", at="high").m_as("mg") == pytest.approx(40)
