"""Formulas in the notations of labels, papers and old data: read rightly, or refused with what to write."""

from __future__ import annotations

import pytest

from mineral_ratio.errors import FormulaError
from mineral_ratio.substances._misplaced import explain
from mineral_ratio.substances.formulas import Formula


def refusal(text: str) -> FormulaError:
    """The error that a text is refused with."""
    with pytest.raises(FormulaError) as caught:
        Formula.parse(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("CaCl2 (H2O)2", "CaCl2·2H2O"),
        ("CaCl2 2(H2O)", "CaCl2·2H2O"),
        ("CaCl2 (2H2O)", "CaCl2·2H2O"),
        ("CaCl2, 2H2O", "CaCl2·2H2O"),
        ("CaCl2 x2H2O", "CaCl2·2H2O"),
        ("CaCl2x2H2O", "CaCl2·2H2O"),
        ("CaCl2●2H2O", "CaCl2·2H2O"),
        ("CaCl2＊2H2O", "CaCl2·2H2O"),
        ("CaCl2.2H2O(aq.)", "CaCl2·2H2O"),
        ("ＣａＳＯ４", "CaSO4"),
        ("Ca（OH）２", "Ca(OH)2"),
        ("SiO2(am)", "SiO2"),
        ("CaSO4·0,5H2O", "CaSO4·0.5H2O"),
        ("CaSO4.0,5 H2O", "CaSO4·0.5H2O"),
        ("MgSO4·1,5H2O", "MgSO4·1.5H2O"),
        ("MgSO4.1,5 H2O", "MgSO4·1.5H2O"),
        ("MgSO4 1,5H2O", "MgSO4·1.5H2O"),
        ("Fe0,95O", "Fe0.95O"),
        ("(Mg0,9Fe0,1)2SiO4", "(Mg0.9Fe0.1)2SiO4"),
        ("CaSO4·1 1/2H2O", "CaSO4·1.5H2O"),
        ("CaSO4.1 1/2 H2O", "CaSO4·1.5H2O"),
        ("CaSO4 1 1/2 H2O", "CaSO4·1.5H2O"),
        ("CaSO4.1 ½H2O", "CaSO4·1.5H2O"),
        ("CaSO4·1⁄2H2O", "CaSO4·0.5H2O"),
        ("CaSO4·¹⁄₂H2O", "CaSO4·0.5H2O"),
        ("CaSO4·⅛H2O", "CaSO4·0.125H2O"),
        ("CaSO4·⅗H2O", "CaSO4·0.6H2O"),
        ("CaSO4·2⅔H2O", "CaSO4·8/3H2O"),
        ("C21H22N2O2.2ClH", "C21H22N2O2·2HCl"),
        ("Ca2 +", "Ca^2+"),
        ("SO4 2⁻", "SO4^2-"),
        ("SO4-²", "SO4^2-"),
        ("SO4^2—", "SO4^2-"),
        ("NH4⁺", "NH4^+"),
    ],
)
def test_a_notation_is_read(text: str, plain: str) -> None:
    """It says the same as the plain spelling, and the spellings that are made of it read as the same."""
    formula = Formula.parse(text)
    assert formula == Formula.parse(plain) == Formula.parse(formula.unicode)
    assert formula.text == text


@pytest.mark.parametrize(
    ("text", "position", "instead"),
    [
        ("SO_4^{2-}", 2, "SO4^2-"),
        ("C_{12}H_{22}O_{11}", 1, "C12H22O11"),
        ("$\\mathrm{CaSO_4}$", 0, "CaSO4"),
        ("CaSO_4 \\cdot 2H_2O", 4, "CaSO4 ·2H2O"),
        ("\\ce{CaSO4 * 2H2O}", 0, "CaSO4 * 2H2O"),
        ("CaSO<sub>4</sub>·2H<sub>2</sub>O", 4, "CaSO4·2H2O"),
        ("SO<SUB>4</SUB><sup>2-</sup>", 2, "SO4^2-"),
        ("CaSO4&middot;2H2O", 5, "CaSO4·2H2O"),
    ],
)
def test_markup_is_refused_with_the_plain_formula(text: str, position: int, instead: str) -> None:
    """The mark-up of web pages and TeX is named, and what to write for it can be read."""
    error = refusal(text)
    assert error.message == f"mark-up of a web page or of TeX: write {instead}"
    assert error.position == position
    Formula.parse(instead)


@pytest.mark.parametrize("text", ["V_O", "<Mg>", "\\ce{Xx}", "<sub>Q</sub>", "&amp;"])
def test_markup_around_no_formula_is_refused_as_what_it_is(text: str) -> None:
    """Where there is no formula in the mark-up, none is told to write."""
    assert "mark-up" not in refusal(text).message


@pytest.mark.parametrize(
    ("text", "position", "slip", "apart"),
    [
        ("CaCI2", 3, "CaCl2", "Ca[C]I2"),
        ("KCIO3", 2, "KClO3", "K[C]IO3"),
        ("Cu2(OH)3CI", 9, "Cu2(OH)3Cl", "Cu2(OH)3[C]I"),
        ("NH4CI", 4, "NH4Cl", "NH4[C]I"),
        ("C6H14N2O2.HCI", 12, "HCl", "H[C]I"),
        ("NaC1", 3, "NaCl", "Na[C]1"),
        ("MgC12.6H2O", 3, "MgCl2", "Mg[C]12"),
        ("CUSO4.5H2O", 0, "CuSO4", "[C]USO4"),
        ("NISO4", 0, "NiSO4", "[N]ISO4"),
        ("SIO2", 0, "SiO2", "[S]IO2"),
        ("PBO", 0, "PbO", "[P]BO"),
        ("SNO2", 0, "SnO2", "[S]NO2"),
        ("BI2O3", 0, "Bi2O3", "[B]I2O3"),
        ("CO(NO3)2", 0, "Co(NO3)2", "[C]O(NO3)2"),
        ("C-13", 2, "[13C]", "C^13-"),
        ("C6H5O7.3Na", 6, "C6H5O7·3Na", "(C6H5O7.3)Na"),
        ("PO43⁻", 2, "PO4^3-", "PO43^-"),
        ("O2 -", 1, "O^2-", "O2^-"),
    ],
)
def test_a_likely_slip_is_refused_with_both_readings(text: str, position: int, slip: str, apart: str) -> None:
    """What reads as a formula of something and hardly means it is named, and both spellings can be read."""
    error = refusal(text)
    assert error.position == position
    assert slip in error.message
    assert apart in error.message
    assert Formula.parse(slip) != Formula.parse(apart)


@pytest.mark.parametrize(
    "text",
    ["CHI3", "CI4", "CH3I", "KI3", "VI3", "CsVI3", "CIn", "IIn", "NI3", "BI3", "CO(NH2)2", "COS",
     "SNCN", "CaC2", "C10H20O", "C109H218O", "C12H22O11", "CaC10H12N2O8", "H218", "C-4", "Cl-1", "N3-2"],
)  # fmt: skip
def test_what_only_resembles_a_slip_is_read(text: str) -> None:
    """Compounds of carbon, iodine, vanadium and nitrogen are not taken for slips."""
    assert Formula.parse(text).counts


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("FeIIICl3", 2, "III looks like an oxidation state"),
        ("MnIVO2", 2, "write"),
        ("FeIV", 2, "IV looks like an oxidation state"),
        ("D20", 2, "water is D2O"),
        ("H218O", 2, "H2[18O]"),
        ("Ca(H218O)2", 5, "H2[18O]"),
        ("[Cr(H20)6]Cl3", 6, "H2O"),
        ("Fe2O3 nH2O", 6, "unknown number"),
        ("Ca3(PO4)2.?H2O", 10, "unknown amount"),
        ("MgCO3·aq", 6, "aq is water"),
        ("CaSO4·2-3H2O", 6, "a hyphen between them"),
        ("CaSO4·1-1/2H2O", 6, "a hyphen between them"),
        ("CaSO4(H2O)1/2", 11, "a fraction stands in front"),
        ("CaCl2,2H2O", 5, "joined by a dot"),
        ("CaCl2-2H2O", 5, "joined by a dot"),
        ("CH2=CH2", 3, "bonds"),
        ("NaCl:KCl", 4, "only a dot"),
        ("□Ca", 0, "vacancy"),
        ("α-Al2O3", 0, "α- tells of a form"),
        ("trans-[CoCl2(NH3)4]Cl", 0, "trans- tells of a form"),
        ("CaCO3 powder", 6, "powder is no part"),
        ("CaCO3(calcite)", 6, "calcite is no part"),
        ("Zn(pic)2", 3, "Pic is picolinate"),
        ("NaA1O2", 2, "did you mean Al?"),
    ],
)
def test_notations_that_no_mass_follows_from(text: str, position: int, words: str) -> None:
    """Each is refused at its place, with words of its own."""
    error = refusal(text)
    assert words in error.message
    assert error.position == position


@pytest.mark.parametrize("character", ["\x00", "\ud800", "😀", "!", "9", "⁰"])
def test_every_character_is_explained(character: str) -> None:
    """Whatever a character is, there are words for it."""
    assert explain(character, in_bracket=False)
