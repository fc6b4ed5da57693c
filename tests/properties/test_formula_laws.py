"""Laws of formulas: mass is conserved, and what is written reads back as what was meant."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mineral_ratio.errors import FormulaError
from mineral_ratio.substances._grammar import read
from mineral_ratio.substances._plain import SYMBOLS, plain_counts, plain_ion
from mineral_ratio.substances.atomic_weights import default_weights
from mineral_ratio.substances.formulas import Formula

WEIGHTS = default_weights()
CATIONS = {
    "Na": 1, "K": 1, "Li": 1, "NH4": 1, "Mg": 2, "Ca": 2, "Zn": 2, "Fe": 2, "Cu": 2, "Mn": 2, "Al": 3,
    "Cr": 3,
}  # fmt: skip
ANIONS = {
    "Cl": 1, "OH": 1, "NO3": 1, "HCO3": 1, "C2H3O2": 1, "C6H11O7": 1, "O": 2, "SO4": 2, "CO3": 2, "C4H4O5": 2,
    "PO4": 3, "C6H5O7": 3,
}  # fmt: skip
JOINTS = (".", "·", "•", "∙", "⋅", "*", " . ", " · ")


def group(ion: str, count: int) -> str:
    """An ion taken a number of times, in brackets where it has to be."""
    if count == 1:
        return ion
    return f"{ion}{count}" if ion in SYMBOLS else f"({ion}){count}"


@st.composite
def salts(draw: st.DrawFn) -> str:
    """Neutral salts of one cation and one anion."""
    cation, charge = draw(st.sampled_from(sorted(CATIONS.items())))
    anion, opposite = draw(st.sampled_from(sorted(ANIONS.items())))
    return group(cation, opposite) + group(anion, charge)


waters = st.integers(1, 24).map(Fraction) | st.fractions(Fraction(1, 10), 10, max_denominator=10)
symbols = st.sampled_from(sorted(WEIGHTS.masses.keys() & SYMBOLS))
nuclides = st.sampled_from(sorted(WEIGHTS.masses.keys() - SYMBOLS))
small = st.integers(1, 40)
counts = st.dictionaries(
    st.sampled_from(sorted(SYMBOLS)) | nuclides,
    small | st.integers(1, 9999) | st.fractions(Fraction(1, 1000), 1000, max_denominator=1000),
    min_size=1,
    max_size=6,
)
# Brackets in brackets, with counts; without iodine and vanadium, since Cu(I) is an oxidation state.
nested = st.recursive(
    st.tuples(symbols.filter(lambda symbol: symbol not in {"I", "V"}), small).map(
        lambda pair: pair[0] + ("" if pair[1] == 1 else str(pair[1]))
    ),
    lambda inner: st.builds(
        lambda pieces, bracket, count: f"{bracket[0]}{''.join(pieces)}{bracket[1]}{count}",
        st.lists(inner, min_size=1, max_size=3),
        st.sampled_from(["()", "[]", "{}"]),
        st.integers(2, 9),
    ),
    max_leaves=8,
)
# Texts made of what formulas are made of, nearly right.
hostile = st.text() | st.lists(
    st.sampled_from(
        [*"()[]{}.·^+-/₂²⁻½ ,", "H2O", "(H2O)", "SO4", "Ca", "Fe", "O", "Ac", "OAc", "0", "1", "2", "5", "10",
         "0.5", "n", "x", "[44Ca]", "2-", "D", "T", "e", "(aq)", "H20", "\x00", "С"]
    ),
    max_size=12,
).map("".join)  # fmt: skip


def parsed(text: str) -> Formula:
    """The formula of a text; texts that are refused are not counted."""
    try:
        return Formula.parse(text)
    except FormulaError:
        assume(False)
        raise


@given(hostile)
def test_any_text_is_a_formula_or_refused(text):
    """Any text gives a formula with positive counts and mass, or an error that points into the text."""
    refused = None
    try:
        formula = Formula.parse(text)
    except FormulaError as error:
        refused = error
    if refused is not None:
        assert 0 <= refused.position <= len(text)
        assert refused.message
        assert str(refused)
    else:
        assert all(count > 0 for count in formula.counts.values())
        assert set(formula.counts) <= SYMBOLS | WEIGHTS.masses.keys()


@given(hostile | salts() | nested)
def test_text_to_formula_to_text(text):
    """Text, Hill and unicode of a formula read back as the same formula."""
    formula = parsed(text)
    assert formula.text == text.strip()
    for spelling in (formula.text, formula.hill, formula.unicode):
        assert Formula.parse(spelling) == formula
    assert formula.html.count("<sub>") == formula.html.count("</sub>")


@given(counts, st.integers(-4, 4))
def test_counts_to_text_to_counts(given_counts, charge):
    """Counts that were written as a Hill formula are read back exactly."""
    whole = all(Fraction(count).denominator == 1 for count in given_counts.values())
    charge = charge if whole else 0
    formula = Formula.from_counts(given_counts, charge)
    again = Formula.parse(formula.text)
    assert (dict(again.counts), again.charge_number) == (given_counts, charge)


@given(hostile | salts() | nested)
def test_the_two_readers_agree(text):
    """What the fast path reads, the whole grammar reads alike."""
    fast = plain_counts(text)
    assume(fast is not None)
    reading = read(text, WEIGHTS.masses)
    assert (reading.counts, reading.charge_number) == (fast, 0)


@given(hostile | salts() | nested | symbols, st.sampled_from(["", *"123456789"]), st.sampled_from("+-"))
def test_the_two_readers_of_ions_agree(body, size, sign):
    """What the fast path reads with a charge, the whole grammar reads alike."""
    fast = plain_ion(f"{body}^{size}{sign}")
    assume(fast is not None)
    reading = read(f"{body}^{size}{sign}", WEIGHTS.masses)
    assert (reading.counts, reading.charge_number) == fast


@given(salts() | nested | hostile)
def test_mass_fractions_sum_to_one(text):
    """The mass fractions of a formula sum to 1 within 1e-12, by key and by element."""
    formula = parsed(text)
    assume(formula.counts.keys() <= WEIGHTS.masses.keys())
    fractions = formula.mass_fractions()
    assert sum(fractions.values()) == pytest.approx(1, abs=1e-12)
    elements = {key.strip("[]0123456789") for key in formula.counts}
    assert sum(map(formula.mass_fraction, elements)) == pytest.approx(1, abs=1e-12)


@given(salts(), waters, st.sampled_from(JOINTS))
def test_hydrate_is_anhydrous_and_water(salt, water, joint):
    """A hydrate is its anhydrous salt and its water, in counts and in mass, however it is joined."""
    hydrate = Formula.parse(f"{salt}{joint}{water}H2O")
    anhydrous = Formula.parse(salt)
    assert hydrate == anhydrous + Formula.parse("H2O") * water
    assert hydrate.anhydrous == anhydrous
    assert hydrate.anhydrous.text == salt
    assert hydrate.water_of_crystallization == water
    assert hydrate.relative_formula_mass == pytest.approx(
        anhydrous.relative_formula_mass + float(water) * Formula.parse("H2O").relative_formula_mass
    )


@given(salts(), st.integers(1, 24))
def test_every_spelling_of_a_hydrate_is_one_formula(salt, water):
    """All spellings of a hydrate are equal, and none is read as a decimal."""
    spellings = {f"{salt}{joint}{water}H2O" for joint in JOINTS} | {
        f"{salt}(H2O){water}",
        f"{salt} {water} H2O",
    }
    assert len({Formula.parse(spelling) for spelling in spellings}) == 1


@given(nested, st.integers(1, 50) | st.fractions(Fraction(1, 50), 50, max_denominator=50))
def test_multiples(text, number):
    """A formula taken n times has n times the counts and the mass, and the same mass fractions."""
    formula = Formula.parse(text)
    multiple = formula * number
    assert dict(multiple.counts) == {key: count * number for key, count in formula.counts.items()}
    assert multiple.relative_formula_mass == pytest.approx(formula.relative_formula_mass * float(number))
    for key, fraction in formula.mass_fractions().items():
        assert multiple.mass_fraction(key) == pytest.approx(fraction)


@given(salts(), salts(), salts())
def test_sums(a, b, c):
    """Addition of formulas commutes, associates and adds masses."""
    f, g, h = map(Formula.parse, (a, b, c))
    assert f + g == g + f
    assert (f + g) + h == f + (g + h)
    assert hash(f + g) == hash(g + f)
    assert (f + g).relative_formula_mass == pytest.approx(f.relative_formula_mass + g.relative_formula_mass)


@given(st.sampled_from(sorted(ANIONS)), st.integers(-9, 9).filter(bool))
def test_charges_in_every_spelling(ion, charge):
    """A charge reads the same with a caret, sign first, raised, and repeated."""
    size, sign = abs(charge), "+" if charge > 0 else "-"
    raised = f"{size}{sign}".translate(str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"))
    spellings = [
        f"{ion}^{size}{sign}",
        f"{ion}{sign}{size}",
        f"{ion}{raised}",
        f"{ion}({size}{sign})",
        f"{ion} {size}{sign}",
    ]
    if size > 1:
        spellings.append(ion + sign * size)
    assert {Formula.parse(spelling).charge_number for spelling in spellings} == {charge}
    assert len({Formula.parse(spelling) for spelling in spellings}) == 1


@given(nuclides, st.integers(1, 9))
def test_isotopes_count_in_their_element(nuclide, count):
    """The mass fraction of an element includes its nuclides."""
    symbol = nuclide.strip("[]0123456789")
    formula = Formula.parse(f"{nuclide}{count}[16O]2")
    own = sum(
        fraction for key, fraction in formula.mass_fractions().items() if key.strip("[]0123456789") == symbol
    )
    assert formula.mass_fraction(symbol) == pytest.approx(own)
    assert formula.mass_fraction(nuclide) == pytest.approx(formula.mass_fractions()[nuclide])
