"""Formulas: how texts are read, what is refused and where, and what a formula says."""

from __future__ import annotations

import copy
import pickle
from fractions import Fraction
from time import perf_counter

import pytest

from mineral_ratio.errors import FormulaError, NoAtomicWeightError, NotFoundError
from mineral_ratio.substances._grammar import read
from mineral_ratio.substances._plain import AMBIGUOUS, plain_counts
from mineral_ratio.substances._tables import read_table
from mineral_ratio.substances.atomic_weights import default_weights
from mineral_ratio.substances.formulas import MAX_LENGTH, Formula

EPSOM = {"Mg": 1, "S": 1, "O": 11, "H": 14}
HEMIHYDRATE = {"Ca": 1, "S": 1, "O": Fraction(9, 2), "H": 1}


def refusal(text: str) -> FormulaError:
    """The error that a text is refused with."""
    with pytest.raises(FormulaError) as caught:
        Formula.parse(text)
    return caught.value


# -- counts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("H2O", {"H": 2, "O": 1}),
        ("CO", {"C": 1, "O": 1}),
        ("Co", {"Co": 1}),
        ("CaMg(CO3)2", {"Ca": 1, "Mg": 1, "C": 2, "O": 6}),
        ("K4[Fe(CN)6]", {"K": 4, "Fe": 1, "C": 6, "N": 6}),
        ("K4[ON(SO3)2]2", {"K": 4, "O": 14, "N": 2, "S": 4}),
        ("{[(CaO)2]3}4", {"Ca": 24, "O": 24}),
        ("((((NaCl))))", {"Na": 1, "Cl": 1}),
        ("C2952H4664O832N812S8Fe4", {"C": 2952, "H": 4664, "O": 832, "N": 812, "S": 8, "Fe": 4}),
        ("K0.5Na0.5NbO3", {"K": Fraction(1, 2), "Na": Fraction(1, 2), "Nb": 1, "O": 3}),
        ("Fe0.95O", {"Fe": Fraction(19, 20), "O": 1}),
        ("(Ca0.5Na)2Al2Si7O18.6H2O", {"Ca": 1, "Na": 2, "Al": 2, "Si": 7, "O": 24, "H": 12}),
        ("3Ca3(PO4)2.Ca(OH)2", {"Ca": 10, "P": 6, "O": 26, "H": 2}),
        ("4MgCO3.Mg(OH)2.5H2O", {"Mg": 5, "C": 4, "O": 19, "H": 12}),
        ("0.5 CaCO3", {"Ca": Fraction(1, 2), "C": Fraction(1, 2), "O": Fraction(3, 2)}),
        ("1/3CH2", {"C": Fraction(1, 3), "H": Fraction(2, 3)}),
        ("2H2O", {"H": 4, "O": 2}),
        ("3(MgO.SiO2).H2O", {"Mg": 3, "Si": 3, "O": 10, "H": 2}),
        ("C6 H12 O6", {"C": 6, "H": 12, "O": 6}),
        ("Ca₁₀(PO₄)₆(OH)₂", {"Ca": 10, "P": 6, "O": 26, "H": 2}),
        ("Fe₀.₉₅O", {"Fe": Fraction(19, 20), "O": 1}),
        ("Li@C60", {"Li": 1, "C": 60}),
        (".NO2", {"N": 1, "O": 2}),
        ("(I)2", {"I": 2}),
        ("CO2(g)", {"C": 1, "O": 2}),
        ("  NaCl\n", {"Na": 1, "Cl": 1}),
    ],
)
def test_counts_are_exact(text, counts):
    """A formula gives the exact number of each of its atoms."""
    formula = Formula.parse(text)
    assert formula.counts == counts
    assert dict(formula.composition) == counts
    assert formula.charge_number == 0


def test_whole_counts_are_ints():
    """Counts are int where they are whole, also where halves add up."""
    counts = Formula.parse("K0.5K0.5Na1.0(O0.5)2").counts
    assert counts == {"K": 1, "Na": 1, "O": 1}
    assert {type(count) for count in counts.values()} == {int}


@pytest.mark.parametrize(
    "text",
    [
        "MgSO4.7H2O", "MgSO4·7H2O", "MgSO4•7H2O", "MgSO4∙7H2O", "MgSO4⋅7H2O", "MgSO4*7H2O", "MgSO4×7H2O",
        "MgSO4・7H2O", "MgSO4 . 7 H2O", "MgSO4 · 7H2O", "MgSO4· 7H2O", "MgSO4 ·7 H2O",
        "MgSO4\u00a0·\u2009\u202f7\u00a0H2O", "MgSO4.7(H2O)", "MgSO4.(H2O)7", "MgSO4(H2O)7", "MgSO4[H2O]7",
        "MgSO₄·7H₂O", "MgSO₄.7H₂O", "MgSO4 7H2O", "MgSO4 x 7 H2O", "7H2O.MgSO4", "MgSO4.7OH2", "H14MgO11S",
        "MgSO4.7 H2O", "(MgSO4.7H2O)", "MgSO4.3H2O.4H2O", "MgSO4.7H2O(s)",
    ],
)  # fmt: skip
def test_every_spelling_of_a_hydrate(text):
    """Epsom salt is 246.47 however its water is written, and never 149.58 or 826.33."""
    formula = Formula.parse(text)
    assert formula.counts == EPSOM
    assert formula.relative_formula_mass == pytest.approx(246.466)
    assert formula == Formula.parse("MgSO4.7H2O")


@pytest.mark.parametrize(
    "text",
    ["CaSO4.0.5H2O", "CaSO4·0.5H2O", "CaSO4.1/2H2O", "CaSO4·1/2 H2O", "CaSO4.½H2O", "CaSO4·½ H2O",
     "CaSO4 ½H2O", "CaSO4(H2O)0.5", "0.5(2CaSO4.H2O)"],
)  # fmt: skip
def test_half_a_water(text):
    """Half a molecule of water is exactly one half."""
    assert Formula.parse(text).counts == HEMIHYDRATE


def test_mixed_number_in_front():
    """A whole number and a fraction sign are one number."""
    assert Formula.parse("MgSO4·1½H2O") == Formula.parse("MgSO4.1.5H2O")


# -- dots -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("CuSO4.5H2O", "CuSO4·5H2O"),
        ("Na2CO3.10H2O", "Na2CO3·10H2O"),
        ("SiO2.1H2O", "SiO2·1H2O"),
        ("Fe2O3.0.5H2O", "Fe2O3·0.5H2O"),
        ("MgO.0.5H2O", "MgO·0.5H2O"),
        ("MgSO4.1.5H2O", "MgSO4·1.5H2O"),
        ("AlO1.5.1.5H2O", "(AlO1.5)·1.5H2O"),
        ("Mg0.7Al0.3(OH)2(CO3)0.15.0.5H2O", "(Mg0.7Al0.3(OH)2(CO3)0.15)·0.5H2O"),
        ("K0.5.2H2O", "(K0.5)·2H2O"),
        ("Na2S.9H2O", "Na2S·9H2O"),
        ("Cl2Mg.6H2O", "Cl2Mg·6H2O"),
        ("Cl2.8H2O", "Cl2·8H2O"),
        ("Al2O3.2SiO2.2H2O", "Al2O3·2SiO2·2H2O"),
        ("CaO.2SiO2", "CaO·2SiO2"),
        ("K2SO4.Al2(SO4)3.24H2O", "K2SO4·Al2(SO4)3·24H2O"),
        ("NiCl2.6NH3", "NiCl2·6NH3"),
        ("PtCl4.2HCl.6H2O", "PtCl4·2HCl·6H2O"),
        ("CaCl2.2(NH4)2SO4", "CaCl2·2(NH4)2SO4"),
        ("CaSO4.2[Co(NH3)6]Cl3", "CaSO4·2[Co(NH3)6]Cl3"),
        ("CaCl2.2(CaO)", "CaCl2·2(CaO)"),
        ("VOSO4.3.8H2O", "VOSO4·3.8H2O"),
        ("Ca5(PO4)3.OH", "Ca5(PO4)3·OH"),
    ],
)
def test_dots_that_join(text, joined):
    """A dot before water, or between two compounds, joins them."""
    assert Formula.parse(text) == Formula.parse(joined)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("LiFe0.5Mn1.5O4", {"Li": 1, "Fe": Fraction(1, 2), "Mn": Fraction(3, 2), "O": 4}),
        ("Mg1.5Fe0.5SiO4", {"Mg": Fraction(3, 2), "Fe": Fraction(1, 2), "Si": 1, "O": 4}),
        ("YBa2Cu3O6.9", {"Y": 1, "Ba": 2, "Cu": 3, "O": Fraction(69, 10)}),
        ("YBa2Cu3O6.5F0.2", {"Y": 1, "Ba": 2, "Cu": 3, "O": Fraction(13, 2), "F": Fraction(1, 5)}),
        ("SrFeO2.5F", {"Sr": 1, "Fe": 1, "O": Fraction(5, 2), "F": 1}),
        ("H2.0O1.0", {"H": 2, "O": 1}),
        ("K0.5H2O", {"K": Fraction(1, 2), "H": 2, "O": 1}),
        ("Fe.95O", {"Fe": Fraction(19, 20), "O": 1}),
        ("K.5Na.5NbO3", {"K": Fraction(1, 2), "Na": Fraction(1, 2), "Nb": 1, "O": 3}),
        ("(CuSO4.5)", {"Cu": 1, "S": 1, "O": Fraction(9, 2)}),
        ("Ca9.5Na0.5(PO4)6", {"Ca": Fraction(19, 2), "Na": Fraction(1, 2), "P": 6, "O": 24}),
        ("Ca5(VO4)2.5(SiO4)", {"Ca": 5, "V": Fraction(5, 2), "Si": 1, "O": 14}),
        ("TiO1.5", {"Ti": 1, "O": Fraction(3, 2)}),
    ],
)
def test_dots_that_are_decimal(text, counts):
    """A dot inside the count of one formula unit is a decimal point."""
    assert Formula.parse(text).counts == counts


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("Fe2.5H2O", ("Fe2·5H2O", "(Fe2.5)H2O")),
        ("MgO1.5H2O", ("MgO1·5H2O", "(MgO1.5)H2O")),
        ("MnO1.5.2H2O", ("MnO1·5.2H2O", "(MnO1.5)·2H2O")),
        ("C3H5.2NaO", ("C3H5·2NaO", "(C3H5.2)NaO")),
        ("K.5H2O", ("K·5H2O", "(K0.5)H2O")),
        ("CuSO4.5", ("CuSO4·5H2O", "(CuSO4.5)")),
        ("Ca(NO3)2.4", ("Ca(NO3)2·4H2O", "(Ca(NO3)2.4)")),
        ("H2O.5", ("H2O·5H2O", "(H2O0.5)")),
        ("MgSO4.7H", ("MgSO4·7H", "(MgSO4.7)H")),
        ("(Fe2.5H2O)3", ("Fe2·5H2O", "(Fe2.5)H2O")),
    ],
)
def test_dots_that_could_be_both(text, readings):
    """Where neither reading of a dot is clear, both are named, and can be read."""
    error = refusal(text)
    assert text[error.position] == "."
    for reading in readings:
        assert reading in error.message
        Formula.parse(reading)
    assert Formula.parse(readings[0]) != Formula.parse(readings[1])


def test_a_dot_before_zero_water():
    """There is no part of zero waters."""
    error = refusal("CaSO4.0H2O")
    assert error.position == 5
    assert "no part begins with 0" in error.message


# -- charges --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hill"),
    [
        ("SO4^2-", "O4S^2-"), ("SO4^-2", "O4S^2-"), ("SO4^{2-}", "O4S^2-"), ("SO4^(2-)", "O4S^2-"),
        ("SO4²⁻", "O4S^2-"), ("SO₄²⁻", "O4S^2-"), ("SO₄⁻²", "O4S^2-"), ("SO4²-", "O4S^2-"),
        ("SO₄2-", "O4S^2-"), ("SO4-2", "O4S^2-"), ("SO4−2", "O4S^2-"), ("SO4–2", "O4S^2-"),
        ("SO4--", "O4S^2-"), ("SO4⁻⁻", "O4S^2-"), ("SO4(2-)", "O4S^2-"), ("SO4{2-}", "O4S^2-"),
        ("SO4 2-", "O4S^2-"), ("SO4 ^ 2-", "O4S^2-"), ("SO4_2-", "O4S^2-"), ("(SO4)2-", "O4S^2-"),
        ("[SO4]2-", "O4S^2-"), ("SO4-2(aq)", "O4S^2-"), ("SO4-", "O4S^-"),
        ("Ca2+", "Ca^2+"), ("Ca+2", "Ca^2+"), ("Ca++", "Ca^2+"), ("Ca^2+", "Ca^2+"), ("Ca²⁺", "Ca^2+"),
        ("Fe3+", "Fe^3+"), ("Fe3＋", "Fe^3+"), ("Na+", "Na^+"), ("Na⁺", "Na^+"), ("Na^+", "Na^+"),
        ("Cl-", "Cl^-"), ("H+", "H^+"), ("H3O+", "H3O^+"), ("NH4+", "H4N^+"), ("(NH4)+", "H4N^+"),
        ("NO3-", "NO3^-"), ("MnO4-", "MnO4^-"), ("Hg2 2+", "Hg2^2+"), ("Hg2^2+", "Hg2^2+"),
        ("Hg2++", "Hg2^2+"),
        ("[Fe(CN)6]4-", "C6FeN6^4-"), ("[Fe(CN)6]³⁻", "C6FeN6^3-"), ("[Al(H2O)6]3+", "AlH12O6^3+"),
        ("[44Ca]2+", "[44Ca]^2+"), ("C60-", "C60^-"), ("Fe+0", "Fe"), ("2Na+", "Na2^2+"),
        ("Br3(+1)", "Br3^+"),
        ("[Mg·6H2O]2+", "H12MgO6^2+"), ("W+26", "W^26+"), ("1/2Ca^2+", "Ca0.5^+"),
    ],
)  # fmt: skip
def test_charges(text, hill):
    """The charge of an ion, in all its spellings; the electron's mass is left out."""
    formula = Formula.parse(text)
    assert formula.hill == hill
    assert formula.relative_formula_mass == Formula.parse(hill.split("^")[0]).relative_formula_mass


@pytest.mark.parametrize(
    ("text", "position", "readings"),
    [
        ("SO42-", 2, ("SO4^2-", "SO42^-")),
        ("Cr2O72-", 4, ("Cr2O7^2-", "Cr2O72^-")),
        ("PO43-", 2, ("PO4^3-", "PO43^-")),
        ("O2-", 1, ("O^2-", "O2^-")),
        ("S2-", 1, ("S^2-", "S2^-")),
        ("I3-", 1, ("I^3-", "I3^-")),
        ("Hg2+", 2, ("Hg^2+", "Hg2^+")),
        ("Fe23+", 2, ("Fe2^3+", "Fe23^+")),
        ("VO2+", 2, ("VO^2+", "VO2^+")),
        ("FeOH2+", 4, ("FeOH^2+", "FeOH2^+")),
        ("AlF2+", 3, ("AlF^2+", "AlF2^+")),
        ("[18O]2-", 5, ("[18O]^2-", "[18O]2^-")),
        ("Al(OH)4-", 6, ("Al(OH)^4-", "Al(OH)4^-")),
        ("Fe(OH)2+", 6, ("Fe(OH)^2+", "Fe(OH)2^+")),
        ("Cu(NH3)42+", 7, ("Cu(NH3)4^2+", "Cu(NH3)42^+")),
    ],
)
def test_charges_that_could_be_counts(text, position, readings):
    """Digits that may be a count or a charge are refused with both readings."""
    error = refusal(text)
    assert error.position == position
    for reading in readings:
        assert reading in error.message
        Formula.parse(reading)


# -- isotopes -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["[44Ca]CO3", "(44Ca)CO3", "⁴⁴CaCO3", "^44CaCO3", "[⁴⁴Ca]CO3"])
def test_isotopes(text):
    """A nuclide has its own key and mass, and counts in its element."""
    formula = Formula.parse(text)
    assert formula.counts == {"[44Ca]": 1, "C": 1, "O": 3}
    assert formula.relative_formula_mass == pytest.approx(43.95548 + 12.011 + 3 * 15.999, abs=1e-4)
    assert formula.mass_fraction("Ca") == formula.mass_fraction("[44Ca]") == pytest.approx(0.42280, abs=1e-5)
    assert formula.mass_fraction("calcium") == formula.mass_fraction(20)
    assert formula.mass_fraction("[40Ca]") == 0.0


def test_deuterium():
    """D is hydrogen-2, also beside ordinary hydrogen."""
    assert Formula.parse("D2O") == Formula.parse("[2H]2O")
    assert Formula.parse("HDO").mass_fraction("H") == pytest.approx((1.008 + 2.014102) / (3.022102 + 15.999))


# -- refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("", 0, "empty"),
        (" \t\n", 0, "empty"),
        ("ca", 0, "did you mean Ca?"),
        ("caco3", 0, "did you mean Ca?"),
        ("Naci", 2, "did you mean C?"),
        ("NACL", 1, "did you mean Na?"),
        ("CACO3", 1, "did you mean Ca?"),
        ("co", 0, "Co (cobalt) or CO"),
        ("MgXx", 2, "no element has the symbol Xx"),
        ("MgX2", 2, "any halide"),
        ("M2O3", 0, "any metal"),
        ("Ca(OH", 2, "never closed"),
        ("[Fe(CN)6", 0, "never closed"),
        ("CaO)2", 3, "never opened"),
        ("CaO)2+", 4, "belong to the bracket"),
        ("Ca(OH]2", 5, "does not match"),
        ("Ca()2", 3, "nothing stands between"),
        ("NaCl0", 4, "zero"),
        ("NaCl0.0", 4, "zero"),
        ("MgSO4·0H2O", 6, "zero"),
        ("Ca-2O", 2, "a charge stands once"),
        ("-2H2O", 0, "a charge stands once"),
        ("Na+Cl-", 2, "a charge stands once"),
        ("CaC03", 3, "letter O"),
        ("H20", 2, "letter O"),
        ("MgSO4.7H20", 9, "letter O"),
        ("1/0H2O", 2, "zero"),
        ("H9999999999999999O", 1, "overflows"),
        ("H0.0000000000000001O", 1, "overflows"),
        ("((H999999999)999999999)2", 0, "overflows"),
        ("MgSO4.nH2O", 6, "unknown number"),
        ("MgSO4·xH2O", 6, "unknown number"),
        ("MgSO4·XH2O", 6, "unknown number"),
        ("MgSO4(H2O)n", 10, "unknown number"),
        ("NaxCoO2", 2, "unknown number"),
        ("Fe1-xO", 4, "unknown number"),
        ("CFx", 2, "unknown number"),
        ("[45Ca]O", 1, "those of Ca are 40, 42, 43, 44, 46, 48"),
        ("[99Tc]O2", 1, "Tc has none"),
        ("[44Xx]O", 3, "no element has the symbol Xx"),
        ("[44]CaO", 1, "[44Ca]"),
        ("O[18]", 2, "[44Ca]"),
        ("[2H2O]", 1, "use ()"),
        ("13CO2", 0, "[13C]"),
        ("T2O", 0, "tritium"),
        ("e-", 0, "electron"),
        ("^2-", 0, "nothing that carries"),
        ("SO4^2", 3, "raised number"),
        ("SO4²", 3, "raised number"),
        ("FeCl3(III)", 5, "oxidation state"),
        ("Fe(V)O", 2, "oxidation state"),
        ("Cu(I)2O", 2, "oxidation state"),
        ("Fe2(III)O3", 3, "oxidation state"),
        ("Ca O3(C)", 2, "a space"),
        ("MgSO4 x H2O", 5, "a space"),
        ("NaCl KCl", 4, "a space"),
        ("MgSO4,7H2O", 5, "a comma"),
        ("(Mg,Fe)2SiO4", 3, "unknown proportions"),
        ("MgSO4.", 5, "one side"),
        ("MgSO4..", 6, "one side"),
        ("MgSO4..7H2O", 6, "one side"),
        ("Ca..O", 3, "one side"),
        ("CaSO4·.5H2O", 6, "a decimal is written 0.5"),
        ("MgO.·CaO", 4, "one side"),
        ("·7H2O", 0, "one side"),
        ("2", 0, "nothing to multiply"),
        ("MgSO4·7", 6, "nothing to multiply"),
        ("MgSO4·7.H2O", 6, "nothing to multiply"),
        ("H₂2O", 2, "belongs to nothing"),
        ("\u0421aO", 0, "CYRILLIC CAPITAL LETTER ES only looks like the Latin letter C"),
        ("CaC\u039f3", 3, "GREEK CAPITAL LETTER OMICRON only looks like the Latin letter O"),
        ("Ca\x00O", 2, "U+0000"),
        ("Ca\nO", 2, "U+000A"),
        ("Ca\ud800O", 2, "U+D800"),
        ("Ca\u200bO", 2, "ZERO WIDTH SPACE"),
        ("H𝟏", 1, "MATHEMATICAL BOLD DIGIT ONE"),
        ("CaO;", 3, "only a dot"),
        ("CaO!", 3, "! does not belong"),
        ("H1e5", 2, "no element has the symbol e"),
        ("0.5Na^+", 0, "not a whole number"),
        ("  CaQ2", 4, "any group"),
        ("...", 0, "one side"),
    ],
)
def test_refusals_say_what_and_where(text, position, words):
    """Each mistake has its own words, and the caret stands under its column."""
    error = refusal(text)
    assert words in error.message
    assert error.position == position
    assert error.text == text
    assert str(error).splitlines()[-1].index("^") == 2 + position


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("NaOAc", 2, "OAc is acetate, not an element: write (C2H3O2)"),
        ("Mg(Gly)2", 3, "Gly is glycinate"),
        ("Na2EDTA", 3, "EDTA is ethylenediaminetetraacetate"),
        ("FeEDDHA", 2, "EDDHA"),
        ("K5DTPA", 2, "DTPA"),
        ("HEDTA", 0, "HEDTA"),
        ("Zn(Pic)2", 3, "Pic is picolinate"),
        ("Ca3(Cit)2", 4, "Cit is citrate"),
        ("Zn(Met)2", 3, "Met is methioninate"),
        ("Mg(Asp)2", 3, "Asp is aspartate"),
        ("[Co(en)3]Cl3", 4, "en is ethylenediamine"),
        ("[Fe(bipy)3]Cl2", 4, "bipy"),
        ("Cu(acac)2", 3, "acac"),
        ("Zn(Ac)2", 3, "acetate"),
        ("KAc", 1, "acetate"),
        ("AcOH", 0, "AcO is acetate"),
        ("Ti(OPr)4", 3, "propoxide"),
        ("PrOH", 0, "propyl"),
        ("TsOH", 0, "tosyl"),
        ("NaOTs", 2, "tosylate"),
        ("ArOH", 0, "aryl"),
        ("EtOH", 0, "ethyl"),
        ("PPh3", 1, "phenyl"),
        ("LiTFSI", 2, "imide"),
        ("Mg(His)2.2H2O", 3, "histidinate"),
        ("Ca(Lac)2", 3, "lactate"),
    ],
)
def test_ligands_are_named(text, position, words):
    """An abbreviation of a ligand is no element, and is named."""
    error = refusal(text)
    assert words in error.message
    assert error.position == position


@pytest.mark.parametrize("row", read_table("ligands.csv"), ids=lambda row: row["abbreviation"])
def test_every_ligand_is_refused(row):
    """No abbreviation of the table is read as a formula, and the formula that it names can be read."""
    name = row["abbreviation"]
    message = refusal(f"Na2({name}NH2)" if name in AMBIGUOUS else f"Na2({name})").message
    assert row["name"] in message
    if row["formula"]:
        assert f"write ({row['formula']})" in message
        Formula.parse(row["formula"])


@pytest.mark.parametrize(
    "text",
    ["Ac", "Ac2O3", "AcCl3", "Ac(NO3)3", "Ac3+", "RaAcTh", "Pr6O11", "PrAlO3", "AlO3Pr", "Ba2PrO4", "Ts",
     "HArF", "ArH+", "Zn[Ac]2"],
)  # fmt: skip
def test_elements_that_look_like_ligands(text):
    """Actinium, praseodymium, tennessine and argon stay elements in compounds of theirs."""
    assert {"Ac", "Pr", "Ts", "Ar"} & Formula.parse(text).counts.keys()


@pytest.mark.parametrize("text", [None, b"CaO", 12, 1.5, ["CaO"]])
def test_only_text_is_read(text):
    """What is not text is refused as such."""
    with pytest.raises(FormulaError, match="a formula is a text"):
        Formula.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "C" * 100_000,
        "(" * MAX_LENGTH,
        "(" * (MAX_LENGTH // 2) + ")" * (MAX_LENGTH // 2),
        "H" + "9" * 100_000,
        "H" + "9" * (MAX_LENGTH - 2),
        "9" * MAX_LENGTH,
        "." * MAX_LENGTH,
        "H." * (MAX_LENGTH // 2),
        "1" * (MAX_LENGTH - 1) + "+",
        " " * (MAX_LENGTH - 1) + "+",
        "H" + " " * (MAX_LENGTH - 2) + "x",
        "(" * 900 + "H" + ")9" * 500,
        "e" * MAX_LENGTH,
        "+-" * (MAX_LENGTH // 2),
    ],
)
def test_hostile_texts_are_refused_fast(text):
    """A hostile text is refused without recursion, and in time that does not explode."""
    start = perf_counter()
    error = refusal(text)
    assert 0 <= error.position <= len(text)
    assert perf_counter() - start < 5


def test_brackets_are_counted_however_many():
    """What is refused of many brackets is the one that is never closed; those that match are read."""
    error = refusal("(" * 5_000)
    assert (error.message, error.position) == ("the bracket ( is never closed", 4_999)
    assert Formula.parse("(" * 5_000 + "H2O" + ")" * 5_000) == Formula.parse("H2O")


def test_the_longest_text():
    """A text of the greatest length is read; one more character is refused at once."""
    assert Formula.parse("C" * MAX_LENGTH).counts == {"C": MAX_LENGTH}
    assert "at most 20000 characters" in refusal("C" * (MAX_LENGTH + 1)).message


# -- the two readers ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["NaCl", "Ca(OH)2", "K4[Fe(CN)6]", "MgSO4.7H2O", "Na2S.9H2O", "NaCl·2H2O", "H2O", "((((NaCl))))", "C999",
     "Ca(OH)2.8H2O", "[Co(NH3)6]Cl3", "CaC10H20"],
)  # fmt: skip
def test_the_fast_path_agrees_with_the_grammar(text):
    """The fast path reads what the whole grammar reads."""
    counts = read(text, default_weights().masses).counts
    assert plain_counts(text) in (counts, None)


@pytest.mark.parametrize(
    "text",
    ["", "(", ")", "(Na]", "()", "Xx", "K0.5H2O", "Fe2.5H2O", "MgO1.5H2O", "Ca(OH)1.5H2O", "H20", "Fe(III)",
     "Pr2O3", "Na+", "NaCl ", "CaC03", "C1000"],
)  # fmt: skip
def test_the_fast_path_gives_up(text):
    """Whatever is not plain is left to the whole grammar."""
    assert plain_counts(text) is None


# -- what a formula says --------------------------------------------------------------------------


def test_masses_and_fractions():
    """Masses come from the atomic weights of the edition used."""
    formula = Formula.parse("CaCO3")
    assert formula.relative_formula_mass == pytest.approx(40.078 + 12.011 + 3 * 15.999)
    assert formula.mass_fraction("Ca") == pytest.approx(0.40044, abs=5e-6)
    assert formula.mass_fraction("Mg") == 0.0
    assert list(formula.mass_fractions()) == ["Ca", "C", "O"]
    assert sum(formula.mass_fractions().values()) == pytest.approx(1, abs=1e-12)
    molar_mass = formula.molar_mass
    assert molar_mass.m_as("g/mol") == formula.relative_formula_mass
    assert formula.weights is default_weights()
    with pytest.raises(NotFoundError):
        formula.mass_fraction("unobtainium")


def test_uncertainty_of_the_mass():
    """Standard uncertainties of independent atomic weights add in quadrature, each times its count."""
    weights = default_weights()
    u_na, u_cl = weights.standard_uncertainty("Na"), weights.standard_uncertainty("Cl")
    formula = Formula.parse("Na2Cl2")
    assert formula.relative_formula_mass_uncertainty == pytest.approx(2 * (u_na**2 + u_cl**2) ** 0.5)


def test_elements_without_atomic_weight():
    """The mass of an element without an atomic weight is not invented."""
    formula = Formula.parse("NaTcO4")
    assert formula.counts == {"Na": 1, "Tc": 1, "O": 4}
    for question in ("relative_formula_mass", "relative_formula_mass_uncertainty", "molar_mass"):
        with pytest.raises(NoAtomicWeightError, match="Tc"):
            getattr(formula, question)


def test_another_edition():
    """Masses follow the edition that a formula is read or asked with, and it is part of the value."""
    heavy = default_weights().replace(name="heavy", citation="none", weights={"Na": 30.0, "Cl": 40.0})
    formula = Formula.parse("NaCl")
    assert Formula.parse("NaCl", weights=heavy).relative_formula_mass == 70.0
    assert formula.with_weights(heavy).relative_formula_mass == 70.0
    assert formula.with_weights(heavy) != formula
    assert formula.with_weights(heavy).anhydrous.weights is heavy
    with pytest.raises(FormulaError, match="different atomic weights"):
        formula + formula.with_weights(heavy)


@pytest.mark.parametrize(
    ("text", "water", "anhydrous"),
    [
        ("MgSO4.7H2O", 7, "MgSO4"),
        ("MgSO4(H2O)7", 7, "MgSO4"),
        ("MgSO4.(H2O)7", 7, "MgSO4"),
        ("MgSO4(7H2O)", 7, "MgSO4"),
        ("2MgSO4(3H2O)2", 12, "2MgSO4"),
        ("7H2O.MgSO4", 7, "MgSO4"),
        ("CaSO4.1/2H2O", Fraction(1, 2), "CaSO4"),
        ("4MgCO3.Mg(OH)2.5H2O", 5, "4MgCO3·Mg(OH)2"),
        ("MgSO4.7D2O", 7, "MgSO4"),
        ("2CaSO4.H2O", 1, "2CaSO4"),
        ("2CaSO4(H2O)2", 4, "2CaSO4"),
        ("[Mg(H2O)6]Cl2", 0, "[Mg(H2O)6]Cl2"),
        ("[Mg(H2O)6]Cl2.2H2O", 2, "[Mg(H2O)6]Cl2"),
        ("Cu(H2O)2(OH)2", 0, "Cu(H2O)2(OH)2"),
        ("Ca(OH)2", 0, "Ca(OH)2"),
        ("Na2CO3.1.5H2O2", 0, "Na2CO3.1.5H2O2"),
        ("H2O", 0, "H2O"),
        ("(H2O)3", 0, "(H2O)3"),
        ("H2O.H2O", 0, "H2O.H2O"),
        ("[Fe(CN)6]·2H2O^3-", 2, "[Fe(CN)6]^3-"),
        ("2Na·H2O^+", 1, "Na2^+"),
        ("[44Ca]CO3.H2O", 1, "[44Ca]CO3"),
    ],
)
def test_water_of_crystallization(text, water, anhydrous):
    """Water joined by a dot, or written as the last group, is water of crystallization."""
    formula = Formula.parse(text)
    assert formula.water_of_crystallization == water
    assert formula.anhydrous.text == anhydrous
    assert Formula.parse(anhydrous) == formula.anhydrous
    assert formula.anhydrous.anhydrous == formula.anhydrous


# -- spellings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hill", "unicode", "html"),
    [
        ("MgSO4.7H2O", "H14MgO11S", "MgSO₄·7H₂O", "MgSO<sub>4</sub>·7H<sub>2</sub>O"),
        ("CaCO3", "CCaO3", "CaCO₃", "CaCO<sub>3</sub>"),
        ("HC2H3O2", "C2H4O2", "HC₂H₃O₂", "HC<sub>2</sub>H<sub>3</sub>O<sub>2</sub>"),
        ("SO4-2", "O4S^2-", "SO₄²⁻", "SO<sub>4</sub><sup>2−</sup>"),
        ("Na+", "Na^+", "Na⁺", "Na<sup>+</sup>"),
        ("Fe0.95O", "Fe0.95O", "Fe₀.₉₅O", "Fe<sub>0.95</sub>O"),
        ("CaSO4.½H2O", "CaHO4.5S", "CaSO₄·0.5H₂O", "CaSO<sub>4</sub>·0.5H<sub>2</sub>O"),
        ("[44Ca]CO3", "C[44Ca]O3", "[⁴⁴Ca]CO₃", "[<sup>44</sup>Ca]CO<sub>3</sub>"),
        ("HDO", "H[2H]O", "H[²H]O", "H[<sup>2</sup>H]O"),
        ("[13C]CH4", "C[13C]H4", "[¹³C]CH₄", "[<sup>13</sup>C]CH<sub>4</sub>"),
        ("CaO.2SiO2", "CaO5Si2", "CaO·2SiO₂", "CaO·2SiO<sub>2</sub>"),
        ("3(MgO.SiO2)", "Mg3O9Si3", "3(MgO·SiO₂)", "3(MgO·SiO<sub>2</sub>)"),
        ("2Na+", "Na2^2+", "2Na⁺", "2Na<sup>+</sup>"),
        ("1/3CH2", "1/3CH2", "1/3CH₂", "1/3CH<sub>2</sub>"),
        ("[H]20", "[H]20", "[H]₂₀", "[H]<sub>20</sub>"),
        ("Zn[Ac]2", "[Ac]2Zn", "Zn[Ac]₂", "Zn[Ac]<sub>2</sub>"),
        ("1/3CH2.1/7O", "1/21C7H14O3", "1/3CH₂·1/7O", "1/3CH<sub>2</sub>·1/7O"),
    ],
)
def test_spellings(text, hill, unicode, html):
    """Hill, unicode and HTML; text is as written, and what can be read reads as the same formula."""
    formula = Formula.parse(text)
    assert (formula.hill, formula.unicode, formula.html) == (hill, unicode, html)
    assert str(formula) == formula.text == text
    assert Formula.parse(hill) == Formula.parse(unicode) == formula


def test_hill_of_what_could_be_mistaken():
    """Where the plain Hill formula would be read as something else, brackets keep it apart."""
    assert Formula.from_counts({"Na": 1, "O": 1, "Pr": 1}).text == "NaO[Pr]"
    assert Formula.from_counts({"H": 20}).text == "[H]20"
    odd = {"H": Fraction(1, 999_999_999_999_989), "O": Fraction(1, 999_999_999_999_947)}
    assert Formula.parse(Formula.from_counts(odd).text).counts == odd


# -- making formulas ------------------------------------------------------------------------------


def test_from_counts():
    """A formula is made from counts under any names of elements."""
    formula = Formula.from_counts({"calcium": 1, 6: 1, "O": Fraction(6, 2)})
    assert formula.text == "CCaO3"
    assert formula == Formula.parse("CaCO3")
    assert type(formula.counts["O"]) is int
    assert Formula.from_counts({"S": 1, "O": 4}, -2) == Formula.parse("SO4^2-")
    assert Formula.from_counts({"[44Ca]": 1, "O": 1}).text == "[44Ca]O"


@pytest.mark.parametrize(
    "counts",
    [None, [("Ca", 1)], {}, {"Ca": 0}, {"Ca": -1}, {"Ca": 1.5}, {"Ca": True}, {"Ca": 10**15}, {"[45Ca]": 1}],
)
def test_from_counts_refuses(counts):
    """Counts that no formula has are refused."""
    with pytest.raises(FormulaError):
        Formula.from_counts(counts)


def test_counts_that_cannot_be_written():
    """A charge on a fraction that no text can say is refused rather than misread."""
    with pytest.raises(FormulaError, match="cannot be written"):
        Formula.from_counts({"H": Fraction(1, 1001)}, 1)


def test_sums_and_multiples():
    """Formulas add and multiply, charges too, which makes a salt of its ions."""
    calcium, chloride = Formula.parse("Ca2+"), Formula.parse("Cl-")
    salt = calcium + 2 * chloride + Formula.parse("H2O") * 2
    assert salt == Formula.parse("CaCl2.2H2O")
    assert Formula.parse("CaCO3") * Fraction(1, 2) == Formula.parse("0.5CaCO3")
    assert (calcium * Fraction(1, 2)).charge_number == 1
    with pytest.raises(FormulaError, match="whole number"):
        chloride * Fraction(1, 2)
    with pytest.raises(FormulaError):
        chloride * 0
    for wrong in (1.5, "2", True):
        with pytest.raises(TypeError):
            chloride * wrong
    with pytest.raises(TypeError):
        chloride + "Na+"


# -- value semantics ------------------------------------------------------------------------------


def test_formulas_are_values():
    """Equal by composition, charge and edition; hashable; immutable; pickled and copied as they are."""
    formula = Formula.parse("MgSO4.7H2O")
    same = Formula.parse("MgSO4(H2O)7")
    assert formula == same
    assert len({formula, same}) == 1
    assert formula != Formula.parse("MgSO4")
    assert Formula.parse("NO2") != Formula.parse("NO2-")
    assert formula != "MgSO4.7H2O"
    assert repr(formula) == "Formula('MgSO4.7H2O')"
    for twin in (pickle.loads(pickle.dumps(formula)), copy.copy(formula), copy.deepcopy(formula)):
        assert twin == formula
        assert twin.text == formula.text
        assert twin.weights is formula.weights
    for name in ("text", "counts", "charge_number", "something"):
        with pytest.raises(AttributeError):
            setattr(formula, name, 1)


def test_counts_cannot_be_changed_through_the_formula():
    """The mapping of counts is read-only."""
    with pytest.raises(TypeError):
        Formula.parse("CaO").counts["Ca"] = 2


def test_errors_of_formulas_pickle():
    """A refusal survives pickling with its position."""
    error = refusal("CaXx")
    twin = pickle.loads(pickle.dumps(error))
    assert (str(twin), twin.position) == (str(error), 2)


@pytest.mark.parametrize("texts", [(), ("CaCO3",)])
def test_a_formula_is_not_made_by_its_class(texts):
    """Calling the class says how a formula is read."""
    with pytest.raises(TypeError, match=r"Formula\.parse\('CaCO3'\)"):
        Formula(*texts)
