"""Published molar masses and contents, each with its source.

The molar masses are those of the PubChem records of the substances, by CAS number, as held in the
package chemicals 1.5.2; they were computed there with earlier atomic weights, hence the tolerance.
"""

from __future__ import annotations

import pytest

from mineral_ratio.substances.formulas import Formula


@pytest.mark.parametrize(
    ("text", "cas", "molar_mass"),
    [
        ("CaCO3", "471-34-1", 100.0869),
        ("CaCl2.2H2O", "10035-04-8", 147.01456),
        ("Ca3(C6H5O7)2.4H2O", "5785-44-4", 570.49452),
        ("Ca(C6H11O7)2", "299-28-5", 430.37268),
        ("Ca(OH)2", "1305-62-0", 74.09268),
        ("Ca5(OH)(PO4)3", "1306-06-5", 502.311426),
        ("CaHPO4.2H2O", "7789-77-7", 172.087862),
        ("Ca(NO3)2.4H2O", "13477-34-4", 236.14892),
        ("2CaSO4.H2O", "10034-76-1", 290.29648),
        ("MgO", "1309-48-4", 40.3044),
        ("Mg(OH)2", "1309-42-8", 58.31968),
        ("MgSO4.7H2O", "10034-99-8", 246.47456),
        ("Mg(NO3)2.6H2O", "13446-18-9", 256.40648),
        ("ZnSO4.7H2O", "7446-20-0", 287.54956),
        ("ZnSO4.H2O", "7446-19-7", 179.45788),
        ("FeSO4.7H2O", "7782-63-0", 278.01456),
        ("FeC4H2O4", "141-01-5", 169.90128),
        ("CuSO4.5H2O", "7758-99-8", 249.685),
        ("CrCl3.6H2O", "10060-12-5", 266.44678),
        ("KCl", "7447-40-7", 74.5513),
        ("KI", "7681-11-0", 166.00277),
        ("NaHCO3", "144-55-8", 84.006609),
        ("Na2SO4.10H2O", "7727-73-3", 322.194939),
        ("Na2CO3.10H2O", "6132-02-1", 286.141239),
        ("Na2B4O7.10H2O", "1303-96-4", 381.37214),
        ("Na2MoO4.2H2O", "10102-40-6", 241.967699),
        ("Na2SeO3.5H2O", "26970-82-1", 263.014139),
        ("Fe4[Fe(CN)6]3", "14038-43-8", 859.2282),
    ],
)
def test_published_molar_masses(text, cas, molar_mass):
    """Formulas have the molar masses of the records of their substances."""
    assert Formula.parse(text).relative_formula_mass == pytest.approx(molar_mass, rel=1e-4), cas


@pytest.mark.parametrize(
    ("text", "molar_mass", "element", "percent"),
    [
        ("Ca2(C4H4O5)(OH)2", 246.24, "Ca", 32.55),
        ("Mg2(C4H4O5)(OH)2", 214.69, "Mg", 22.64),
        ("CaC4H4O5", 172.15, "Ca", 23.28),
        ("MgC4H4O5", 156.38, "Mg", 15.54),
    ],
)
def test_malates(text, molar_mass, element, percent):
    """The malates of calcium and magnesium, basic (EFSA Journal 2018;16(6):5291 and 5292) and plain."""
    formula = Formula.parse(text)
    assert formula.relative_formula_mass == pytest.approx(molar_mass, abs=0.006)
    assert 100 * formula.mass_fraction(element) == pytest.approx(percent, abs=0.006)


@pytest.mark.parametrize(
    ("text", "mass"),
    [("[44Ca]", 43.955481489), ("[26Mg]", 25.98259297), ("[2H]", 2.01410177784), ("[16O]", 15.99491461926)],
)
def test_nuclides_of_ame2020(text, mass):
    """Nuclides have the masses of AME2020 (Wang et al., Chinese Phys. C 45 (2021) 030003)."""
    assert Formula.parse(text).relative_formula_mass == pytest.approx(mass, abs=1e-6)
