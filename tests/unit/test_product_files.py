"""Product files: TOML in, a product out, and one error that names file and key for all else."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import mineral_ratio as mr
from mineral_ratio.mixtures.product_files import one_line

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.toml"))

CHALK = '[[ingredients]]\ncompound = "calcium carbonate"\nmass = "2.5 g"\n'
NAMED = 'name = "test"\n'


@pytest.fixture
def read(tmp_path):
    """Reads a text as a product file."""

    def reader(text, catalog=None) -> mr.Product:
        file = tmp_path / "product.toml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return mr.Product.from_file(file, catalog)

    return reader


def row(text: str) -> str:
    """A product of one ingredient."""
    return f"{NAMED}[[ingredients]]\n{text}\n"


def mg(quantity) -> float:
    """The magnitude of a mass in mg."""
    return float(quantity.m_as("mg"))


# -- what is read


def test_the_whole_of_a_file(read):
    """Every key that there is, read into its place."""
    product = read(
        """
        name = "Cal/Mag 2:1"
        serving = "4 capsules"
        servings_per_day = 2
        rules = ["ca-mg-durlach-1989"]

        [[ingredients]]
        compound = "dicalcium malate"
        supplies = { Ca = "1,000 mg" }
        overage = "5 %"
        declared = { Ca = "29 %" }
        name = "DCM lot 7"

        [[ingredients]]
        formula = "MgO"
        mass = "830 mg"

        [[ingredients]]
        material = "selenium yeast"
        mass = "0,05 g"

        [label_claims]
        Ca = "1000 mg"
        Mg = "500 mg"
        """
    )
    assert (product.name, product.serving, product.servings_per_day) == ("Cal/Mag 2:1", "4 capsules", 2.0)
    assert product.rules == ("ca-mg-durlach-1989",)
    calcium, magnesium, selenium = product.blend.ingredients
    assert (calcium.name, magnesium.name, selenium.name) == ("DCM lot 7", "MgO", "selenium yeast")
    assert mg(calcium.mass) == pytest.approx(1000 * 1.05 / 0.29, rel=1e-12)
    assert mg(product.labelled.ingredients[0].mass) == pytest.approx(1000 / 0.29, rel=1e-12)
    assert [str(each.analyte) for each in product.label_claims] == ["Ca", "Mg"]
    assert product.readings == (
        "ingredients[1].supplies.Ca: '1,000 mg' read as 1000 mg",
        "ingredients[1].overage: '5 %' read as 5 %",
        "ingredients[2].mass: '830 mg' read as 830 mg",
        "ingredients[3].mass: '0,05 g' read as 0.05 g",
        "label_claims.Ca: '1000 mg' read as 1000 mg",
        "label_claims.Mg: '500 mg' read as 500 mg",
    )


def test_the_least_file(read):
    """A name and one ingredient are enough; nothing else is guessed."""
    product = read(NAMED + CHALK)
    assert (product.serving, product.servings_per_day, product.rules, product.label_claims) == (
        "",
        None,
        (),
        (),
    )
    assert product.daily is None


def test_a_byte_order_mark_is_no_matter(read):
    """Editors that write one are common."""
    assert read(b"\xef\xbb\xbf" + (NAMED + CHALK).encode()).name == "test"


@pytest.mark.parametrize("file", EXAMPLES, ids=[file.name for file in EXAMPLES])
def test_the_examples_are_products(file):
    """Each file that is shipped is read."""
    product = mr.Product.from_file(str(file))
    assert product.ingredients
    assert product.label_claims


def test_a_synonym_is_read_as_its_compound(read):
    """How a name was read is told, where it was another one."""
    product = read(row('compound = "Epsom salt"\nmass = "1 g"'))
    assert (
        product.readings[0] == "ingredients[1].compound: 'Epsom salt' read as magnesium sulfate heptahydrate"
    )


def test_a_policy_for_all_and_one_for_a_row(read):
    """A policy decides ambiguous names; that of a row goes first; it is told only where it decided."""
    product = read(
        'name = "test"\nprefer = "as-sold"\n'
        '[[ingredients]]\ncompound = "calcium citrate"\nmass = "1 g"\n'
        '[[ingredients]]\ncompound = "calcium citrate"\nprefer = "anhydrous"\nmass = "1 g"\n'
        '[[ingredients]]\ncompound = "Epsom salt"\nmass = "1 g"\n'
        '[[ingredients]]\nmaterial = "selenium yeast"\nmass = "1 g"\n'
        '[[ingredients]]\nformula = "MgO"\nmass = "1 g"\n'
    )
    assert [each.name for each in product.blend.ingredients[:2]] == [
        "calcium citrate tetrahydrate",
        "calcium citrate anhydrous",
    ]
    assert product.readings[0].endswith("read as calcium citrate tetrahydrate (prefer = 'as-sold')")
    assert product.readings[2].endswith("read as calcium citrate anhydrous (prefer = 'anhydrous')")
    assert product.readings[4].endswith("read as magnesium sulfate heptahydrate")


def test_a_catalogue_may_be_given(read):
    """Names are looked up in the catalogue that is passed."""
    own = mr.default_catalog().with_source(mr.StaticSource("own", [mr.Compound("my chalk", formula="CaCO3")]))
    text = row('compound = "my chalk"\nmass = "1 g"')
    assert read(text, own).blend.ingredients[0].name == "my chalk"
    with pytest.raises(mr.ProductFileError):
        read(text)


@pytest.mark.parametrize(
    ("text", "mass"),
    [
        ('compound = "calcium carbonate"\nmass = "10 mmol"', 1000.86),
        ('formula = "CaCO3"\nsupplies = { Ca = "10 mmol" }', 1000.86),
        ('compound = "calcium carbonate"\nsupplies = { calcium = "20 mEq" }', 1000.86),
        ('formula = "CaCO3"\nname = "my chalk"\nmass = "1 g"', 1000.0),
        ('formula = "CaCO3"\ndeclared = {}\nmass = "1 g"', 1000.0),
    ],
)
def test_amounts_of_substance_are_masses_of_a_formula(read, text, mass):
    """An amount or equivalents become the mass that holds them."""
    assert mg(read(row(text)).blend.mass) == pytest.approx(mass, abs=0.05)


def test_a_name_is_that_of_the_lot(read):
    """A row's own name is what the report shows."""
    assert (
        read(row('formula = "CaCO3"\nname = "my chalk"\nmass = "1 g"')).blend.ingredients[0].name
        == "my chalk"
    )
    assert (
        read(row('compound = "calcite"\nname = "lot 7"\nmass = "1 g"')).blend.ingredients[0].name == "lot 7"
    )


# -- what is refused: the text, the key and what is said of it

WRONG = {
    "empty": ("", "ingredients", "a list of"),
    "a comment": ("# nothing", "ingredients", "a list of"),
    "no name": (CHALK, "name", "a text is needed"),
    "no ingredients": (NAMED, "ingredients", "a list of"),
    "empty ingredients": (NAMED + "ingredients = []", "ingredients", "at least one"),
    "ingredients is a table": (NAMED + '[ingredients]\ncompound = "calcite"', "ingredients", "a list of"),
    "an ingredient is a number": (NAMED + "ingredients = [1]", "ingredients[1]", "a table is needed, not 1"),
    "bad TOML": ("name = ", "", "not a TOML file"),
    "a key twice": (NAMED + NAMED + CHALK, "", "not a TOML file"),
    "a list 20,000 deep": ("a = " + "[" * 20_000, "", "not a TOML file"),
    "an integer of 5,000 digits": (f"servings_per_day = 1{'0' * 5000}\n", "", "not a TOML file"),
    "not UTF-8": (b'name = "caf\xe9"', "", "not UTF-8 text (byte 11)"),
    "UTF-16": ('name = "x"'.encode("utf-16"), "", "not UTF-8 text (byte 0)"),
    "a null character": (b'name = "a\x00b"', "", "not a TOML file"),
    "an unknown key": (NAMED + "servings = 1\n" + CHALK, "servings", "did you mean 'serving"),
    "an unknown key without a close one": (
        NAMED + "xyz = 1\n" + CHALK,
        "xyz",
        "known keys are name, serving",
    ),
    "an unknown key of a row": (
        row('compound = "calcite"\nmas = "1 g"'),
        "ingredients[1].mas",
        "did you mean 'mass'",
    ),
    "a key of 100,000 characters": (f"{NAMED}{'k' * 100_000} = 1\n{CHALK}", "k" * 60 + "...", "unknown key"),
    "name is a number": ("name = 5\n" + CHALK, "name", "a text is needed, not 5"),
    "serving is a list": (NAMED + "serving = ['a']\n" + CHALK, "serving", "a text is needed"),
    "a long value": (f"{NAMED}serving = [{'1,' * 50_000}]\n{CHALK}", "serving", "a text is needed"),
    "prefer is true": (NAMED + "prefer = true\n" + CHALK, "prefer", "a text is needed, not True"),
    "no such policy": (
        NAMED + 'prefer = "cheap"\n' + CHALK,
        "prefer",
        "no policy is named 'cheap'; there are as-sold",
    ),
    "an empty policy": (NAMED + 'prefer = ""\n' + CHALK, "prefer", "a text is needed, not ''"),
    "no such policy in a row": (
        row('compound = "calcite"\nprefer = "x"\nmass = "1 g"'),
        "ingredients[1].prefer",
        "no policy",
    ),
    "a policy with a formula": (
        row('formula = "MgO"\nprefer = "as-sold"\nmass = "1 g"'),
        "ingredients[1].prefer",
        "goes with compound",
    ),
    "a policy with a material": (
        row('material = "selenium yeast"\nprefer = "as-sold"\nmass = "1 g"'),
        "ingredients[1].prefer",
        "goes with compound",
    ),
    "rules is a text": (NAMED + 'rules = "zn-cu-bomss"\n' + CHALK, "rules", "a list of rule ids"),
    "a rule is a number": (NAMED + "rules = [1]\n" + CHALK, "rules", "named by a text, not 1"),
    "label_claims is a list": (
        NAMED + 'label_claims = ["Ca"]\n' + CHALK,
        "label_claims",
        "a table is needed",
    ),
    "a claim is a number": (
        NAMED + CHALK + "[label_claims]\nCa = 1000",
        "label_claims.Ca",
        "an amount such as",
    ),
    "a claim in mL": (NAMED + CHALK + '[label_claims]\nCa = "5 mL"', "label_claims.Ca", "volume"),
    "a claim of a vitamin": (
        NAMED + CHALK + '[label_claims]\n"vitamin C" = "1 g"',
        "label_claims.vitamin C",
        "vitamin C",
    ),
    "a claim twice": (
        NAMED + CHALK + '[label_claims]\nCa = "1 g"\ncalcium = "1 g"',
        "label_claims",
        "Ca is claimed twice",
    ),
    "a claim in mEq of no charge": (
        NAMED + CHALK + '[label_claims]\nFe = "1 mEq"',
        "label_claims.Fe",
        "charge of Fe",
    ),
    "no substance": (
        row('mass = "1 g"'),
        "ingredients[1]",
        "exactly one of compound, formula, material is needed, found none",
    ),
    "two substances": (
        row('compound = "calcite"\nformula = "CaCO3"\nmass = "1 g"'),
        "ingredients[1]",
        "found compound and formula",
    ),
    "no amount": (
        row('compound = "calcite"'),
        "ingredients[1]",
        "exactly one of mass, supplies is needed, found none",
    ),
    "two amounts": (
        row('compound = "calcite"\nmass = "1 g"\nsupplies = { Ca = "1 g" }'),
        "ingredients[1]",
        "found mass and supplies",
    ),
    "compound is a number": (
        row('compound = 5\nmass = "1 g"'),
        "ingredients[1].compound",
        "a text is needed, not 5",
    ),
    "an unknown compound": (
        row('compound = "calcium carbonat"\nmass = "1 g"'),
        "ingredients[1].compound",
        "did you mean 'calcium carbonate'",
    ),
    "an empty compound": (
        row('compound = ""\nmass = "1 g"'),
        "ingredients[1].compound",
        "a text is needed, not ''",
    ),
    "a blank name of a row": (
        row('formula = "MgO"\nname = " "\nmass = "1 g"'),
        "ingredients[1].name",
        "a text is needed",
    ),
    "a blank formula": (row('formula = " "\nmass = "1 g"'), "ingredients[1].formula", "a text is needed"),
    "a blank name": ('name = "\\t"\n' + CHALK, "name", "a text is needed"),
    "a compound of 100,000 characters": (
        row(f'compound = "{"x" * 100_000}"\nmass = "1 g"'),
        "ingredients[1].compound",
        "no compound",
    ),
    "an ambiguous compound": (
        row('compound = "calcium citrate"\nmass = "1 g"'),
        "ingredients[1].compound",
        "fits several compounds: calcium citrate",
    ),
    "an ambiguous compound with its remedy": (
        row('compound = "calcium citrate"\nmass = "1 g"'),
        "ingredients[1].compound",
        "(name the one that is meant, or set prefer, such as 'as-sold')",
    ),
    "an ambiguous compound that the policy does not decide": (
        row('compound = "calcium citrate"\nprefer = "decahydrate"\nmass = "1 g"'),
        "ingredients[1].compound",
        "fits several compounds, and prefer='decahydrate' fits none of them: ",
    ),
    "an ambiguous compound whose policy was of no use": (
        row('compound = "calcium citrate"\nprefer = "decahydrate"\nmass = "1 g"'),
        "ingredients[1].compound",
        "Ca3(C6H5O7)2.4H2O (name the one that is meant)",
    ),
    "a material as compound": (
        row('compound = "selenium yeast"\nmass = "1 g"'),
        "ingredients[1].compound",
        "(it is a material: write material in place of compound)",
    ),
    "a compound as material": (
        row('material = "calcium carbonate"\nmass = "1 g"'),
        "ingredients[1].material",
        "(it is a compound: write compound in place of material)",
    ),
    "an ambiguous compound as material": (
        row('material = "calcium citrate"\nmass = "1 g"'),
        "ingredients[1].material",
        "(it is a compound: write compound in place of material)",
    ),
    "a material that is nothing": (
        row('material = "no such powder"\nmass = "1 g"'),
        "ingredients[1].material",
        "no material is named 'no such powder'",
    ),
    "declared with a material": (
        row('material = "selenium yeast"\ndeclared = { Se = "1 %" }\nmass = "1 g"'),
        "ingredients[1].declared",
        "has its own",
    ),
    "a name with a material": (
        row('material = "selenium yeast"\nname = "x"\nmass = "1 g"'),
        "ingredients[1].name",
        "has its own",
    ),
    "a bad formula": (row('formula = "CaCo3X"\nmass = "1 g"'), "ingredients[1].formula", "(column"),
    "a charged formula": (row('formula = "Ca2+"\nmass = "1 g"'), "ingredients[1].formula", "charge"),
    "an empty formula": (
        row('formula = ""\nmass = "1 g"'),
        "ingredients[1].formula",
        "a text is needed, not ''",
    ),
    "a mass in mL": (row('compound = "calcite"\nmass = "5 mL"'), "ingredients[1].mass", "volume"),
    "a mass in Mg": (row('compound = "calcite"\nmass = "500 Mg"'), "ingredients[1].mass", "megagram"),
    "a bare mass": (row('compound = "calcite"\nmass = "500"'), "ingredients[1].mass", "unit is missing"),
    "a mass as a number": (
        row('compound = "calcite"\nmass = 500'),
        "ingredients[1].mass",
        "an amount such as '500 mg' is needed, not 500",
    ),
    "a mass in mEq": (row('compound = "calcite"\nmass = "5 mEq"'), "ingredients[1].mass", "which ion"),
    "a mass in mol of a lot": (
        row('compound = "calcite"\ndeclared = { Ca = "38 %" }\nmass = "5 mmol"'),
        "ingredients[1].mass",
        "substance",
    ),
    "an evaluated mass": (
        row('compound = "calcite"\nmass = "9**9**9 mg"'),
        "ingredients[1].mass",
        "never evaluated",
    ),
    "a mass of no thing": (
        row('compound = "calcite"\nmass = "1e305 kg"'),
        "ingredients[1].mass",
        "not the mass of anything",
    ),
    "supplies is a text": (
        row('compound = "calcite"\nsupplies = "1 g"'),
        "ingredients[1].supplies",
        "a table such as",
    ),
    "supplies nothing": (
        row('compound = "calcite"\nsupplies = {}'),
        "ingredients[1].supplies",
        "exactly one element is needed, found 0",
    ),
    "supplies two": (
        row('formula = "CaMg(CO3)2"\nsupplies = { Ca = "1 g", Mg = "1 g" }'),
        "ingredients[1].supplies",
        "found 2",
    ),
    "supplies a species": (
        row('compound = "calcite"\nsupplies = { "malic acid" = "1 g" }'),
        "ingredients[1].supplies.malic acid",
        "malic acid",
    ),
    "supplies what it has not": (
        row('compound = "calcite"\nsupplies = { Mg = "1 g" }'),
        "ingredients[1].supplies.Mg",
        "Mg in calcium carbonate",
    ),
    "supplies what it does not tell": (
        row('material = "selenium yeast"\nsupplies = { Ca = "1 g" }'),
        "ingredients[1].supplies.Ca",
        "not known",
    ),
    "supplies a number": (
        row('compound = "calcite"\nsupplies = { Ca = 1000 }'),
        "ingredients[1].supplies.Ca",
        "an amount such as",
    ),
    "supplies what has no weight": (
        row('formula = "TcO2"\nsupplies = { Tc = "1 g" }'),
        "ingredients[1].supplies.Tc",
        "Tc has no standard atomic weight",
    ),
    "an overage with a mass": (
        row('compound = "calcite"\nmass = "1 g"\noverage = "5 %"'),
        "ingredients[1].overage",
        "goes with supplies",
    ),
    "a negative overage": (
        row('compound = "calcite"\nsupplies = { Ca = "1 g" }\noverage = "-5 %"'),
        "ingredients[1].overage",
        "negative",
    ),
    "a bare overage": (
        row('compound = "calcite"\nsupplies = { Ca = "1 g" }\noverage = "5"'),
        "ingredients[1].overage",
        "unit is missing",
    ),
    "an overage as a number": (
        row('compound = "calcite"\nsupplies = { Ca = "1 g" }\noverage = 0.05'),
        "ingredients[1].overage",
        "a fraction such as '5 %'",
    ),
    "an overage of no thing": (
        row('compound = "calcite"\nsupplies = { Ca = "1 g" }\noverage = "5e300 %"'),
        "",
        "not the mass of anything",
    ),
    "declared is a text": (
        row('compound = "calcite"\ndeclared = "38 %"\nmass = "1 g"'),
        "ingredients[1].declared",
        "a table is needed",
    ),
    "declared above theory": (
        row('compound = "calcite"\ndeclared = { Ca = "90 %" }\nmass = "1 g"'),
        "ingredients[1].declared",
        "theory",
    ),
    "a bare declared content": (
        row('compound = "calcite"\ndeclared = { Ca = "38" }\nmass = "1 g"'),
        "ingredients[1].declared",
        "unit is missing",
    ),
    "a declared number": (
        row('compound = "calcite"\ndeclared = { Ca = 38 }\nmass = "1 g"'),
        "ingredients[1].declared.Ca",
        "a content such as",
    ),
    "an unknown declared analyte": (
        row('compound = "calcite"\ndeclared = { Xx = "38 %" }\nmass = "1 g"'),
        "ingredients[1].declared",
        "Xx",
    ),
    "name of a row is a number": (
        row('compound = "calcite"\nname = 7\nmass = "1 g"'),
        "ingredients[1].name",
        "a text is needed, not 7",
    ),
}


@pytest.mark.parametrize(("text", "key", "message"), WRONG.values(), ids=WRONG)
def test_a_bad_file_is_refused_with_file_and_key(read, tmp_path, text, key, message):
    """Whatever is wrong is one ProductFileError with file, key and reason, on one short line."""
    with pytest.raises(mr.ProductFileError) as caught:
        read(text)
    assert caught.value.file == str(tmp_path / "product.toml")
    assert caught.value.key == key
    assert message in caught.value.message
    assert "\n" not in one_line(caught.value)
    assert len(one_line(caught.value)) < 1000


def test_what_is_wrong_with_several_ingredients_is_told_at_once(read):
    """The error of the first, with its cause, holds those of the others."""
    with pytest.raises(mr.ProductFileError) as caught:
        read(f"{NAMED}{CHALK.replace('carbonate', 'carbonat')}{CHALK}{CHALK.replace('2.5 g', '2.5')}")
    error = caught.value
    assert isinstance(error.__cause__, mr.NotFoundError)
    assert [each.key for each in (error, *error.others)] == ["ingredients[1].compound", "ingredients[3].mass"]


@pytest.mark.parametrize(
    "value", ["0", "-1", "true", '"2"', "nan", "inf", "[1]", "1" + "0" * 400, "2020-01-01"]
)
def test_bad_servings_are_refused(read, value):
    """Servings per day are a number above zero."""
    with pytest.raises(mr.ProductFileError, match="servings per day are a number above zero") as caught:
        read(f"{NAMED}servings_per_day = {value}\n{CHALK}")
    assert caught.value.key == "servings_per_day"


@pytest.mark.parametrize(("value", "servings"), [("1", 1.0), ("2.5", 2.5), ("1e3", 1000.0)])
def test_servings_may_be_any_number(read, value, servings):
    """Whole or not."""
    assert read(f"{NAMED}servings_per_day = {value}\n{CHALK}").servings_per_day == servings


def test_a_file_that_cannot_be_opened(tmp_path):
    """A missing file and a directory are errors of the file."""
    for path in (tmp_path / "missing.toml", tmp_path):
        with pytest.raises(mr.ProductFileError) as caught:
            mr.Product.from_file(path)
        assert (caught.value.file, caught.value.key) == (str(path), "")
    with pytest.raises(mr.ProductFileError, match="null"):
        mr.Product.from_file("a\0b")


def test_dates_are_no_texts(read):
    """TOML has dates; where a text belongs they are refused as they are."""
    with pytest.raises(mr.ProductFileError, match=r"not datetime\.date") as caught:
        read("name = 2020-01-01\n" + CHALK)
    assert isinstance(caught.value, ValueError)
    assert repr(dt.date(2020, 1, 1)) in caught.value.message


def test_sources_of_the_files_own(read, tmp_path):
    """A table beside the product file is looked into before the catalogue."""
    (tmp_path / "own.csv").write_text(
        "name,formula\nmy chalk,CaCO3\ncalcium citrate,Ca3(C6H5O7)2.4H2O\n", encoding="utf-8"
    )
    names = ("my chalk", "calcium citrate")
    rows = "".join(f'[[ingredients]]\ncompound = "{name}"\nmass = "1 g"\n' for name in names)
    product = read(f'{NAMED}sources = ["own.csv"]\n{rows}{CHALK}')
    assert [each.name for each in product.blend.ingredients] == [
        "my chalk",
        "calcium citrate",
        "calcium carbonate",
    ]


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ('"own.csv"', "sources"),
        ("[1]", "sources[1]"),
        ('[" "]', "sources[1]"),
        ('["missing.csv"]', "sources[1]"),
        ('["bad.csv"]', "sources[1]"),
        ('["own.csv", "bad.csv"]', "sources[2]"),
        ('["own.csv", "own.csv"]', "sources"),
    ],
)
def test_sources_that_cannot_be_read(read, tmp_path, value, key):
    """What is no path, is not there, holds bad rows or stands twice is an error of its key."""
    (tmp_path / "own.csv").write_text("name,formula\nmy chalk,CaCO3\n", encoding="utf-8")
    (tmp_path / "bad.csv").write_text("name,formula\nmy chalk,CaXx\n", encoding="utf-8")
    with pytest.raises(mr.ProductFileError) as caught:
        read(f"{NAMED}sources = {value}\n{CHALK}")
    assert caught.value.key == key
    assert "\n" not in one_line(caught.value)


def test_an_error_is_told_on_one_line():
    """A caret becomes a column, candidates a list, and control characters go."""
    assert one_line(mr.FormulaError("unknown symbol", "NaXx", 2)) == "unknown symbol (column 3 of 'NaXx')"
    assert one_line(mr.AmbiguousNameError("x", ["a", "b"], "compound")) == "'x' fits several compounds: a; b"
    assert one_line(mr.ProductFileError("f", "a\nb\x1b[31m", "wrong")) == "f: a b[31m: wrong"
