"""Whatever comes in, an answer or an error of the library comes out, and nothing is changed by it.

``nox -s fuzz`` runs these with thousands of examples.
"""

from __future__ import annotations

import csv
import decimal
import json
import tempfile
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import mineral_ratio as mr
from fuzzing import broken, documents, edited, toml_document, values
from mineral_ratio.cli import cli
from mineral_ratio.mixtures.concentrations import read_concentration
from strategies import not_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    Errors: TypeAlias = type[mr.MineralRatioError] | tuple[type[mr.MineralRatioError], ...]

EXAMPLES = Path(__file__).parents[2] / "examples"
PRODUCTS = [each.read_text(encoding="utf-8") for each in sorted(EXAMPLES.glob("*.toml"))]
PRODUCT_KEYS = ["name", "serving", "servings_per_day", "prefer", "rules", "sources", "references", "counts"]
PRODUCT_KEYS += ["person", "age", "sex", "mass", "supplies", "overage", "declared", "formula", "material"]
TABLES = [each.read_text(encoding="utf-8") for each in sorted((EXAMPLES / "tables").glob("*.csv"))]
TABLES += ["compound,formula,Ca %,Mg mg/kg\nCaCO3,CaCO3,40.04,\nEpsom salt,,< 0.1,98600\n"]
COMPOUNDS = [
    'name,ions,water,formula,synonyms,cas,source\nours,"1 Ca2+, 2 Cl-",2,CaCl2.2H2O,a;b,10035-04-8,us\n',
    "name,formula\nours,MgO\ntheirs,ZnSO4.7H2O\n# a comment\n",
]
MATERIALS = [
    "name,compound,declared,assay,loss_on_drying\nlot 1,CaCO3,Ca 38 to 40 %,>= 98 %,<= 2 %\n",
    "name,declared,declared_basis\nlot 2,Mg >= 20 %; Ca 1 %,dried\n",
]
RECORDS = {
    "compounds": [{"name": "ours", "ions": ["1 Ca2+", "2 Cl-"], "water": 2, "synonyms": ["a", "b"]}],
    "materials": [
        {"name": "lot", "compound": "ours", "declared": {"Ca": "27 %"}, "loss_on_drying": "<= 2 %"}
    ],
}
UNREADABLE = (mr.SourceLoadError, mr.RecordErrors)
CATALOG = mr.Catalog(plugins=False)
COMPOUND = CATALOG.compound("calcium chloride dihydrate")
FORMULAS = [each.formula.text for each in CATALOG if isinstance(each, mr.Compound)]
FORMULAS += ["SO4^2-", "[44Ca]CO3", "CaSO4·½H2O", "K2SO4.Al2(SO4)3.24H2O", "SO_4^{2-}", "C6H5O7.3Na"]
FORMULAS += ["CaCl2, 2H2O", "(Mg0,9Fe0,1)2SiO4", "H<sub>2</sub>O", "CaCl2 x 2 H2O", "Na2CO3·1 1/2 H2O"]
PIECES = ["Ca", "H2O", "(OH)2", "·7H2O", ".5", "2+", "^2-", "[13C]", "Ac", "OAc", "x", "(aq)", "I", "C1", "D"]
NAMES = [name for each in CATALOG for name in (each.name, *each.synonyms)]
AMOUNTS = ["1,000 mg", "0.5 g", "1 250,5 µg", "3 mmol", "2 mEq", "5 kg", "1e3 mg", "12 mg/L", "4 mg/kg"]
CONTENTS = [
    "29 %",
    ">= 20 %",
    "<= 3 %",
    "12 to 15 %, typical 13 %",
    "NLT 98 %",
    "300 mg/kg",
    "min. 5 ppm",
    "1-2 %",
]


def everything() -> tuple[object, ...]:
    """What no input may change."""
    return (
        csv.field_size_limit(),
        str(decimal.getcontext()),
        Path.cwd(),
        [repr(each) for each in CATALOG],
        [*mr.rules(), *mr.index_rules(), *map(repr, mr.references())],
        [repr(each) for each in mr.default_weights().weights.values()],
    )


@pytest.fixture(autouse=True, scope="module")
def _unchanged() -> Iterator[None]:
    before = everything()
    yield
    assert everything() == before


@pytest.fixture(scope="module", name="folder")
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def refused(ask: Callable[[], Any], errors: Errors = mr.MineralRatioError) -> Any:
    """The answer, or the error if it is one of those that may be; it can be told."""
    try:
        return ask()
    except errors as error:
        str(error)
        return error


def answered(ask: Callable[[], Any], errors: Errors = mr.MineralRatioError) -> Any:
    """The answer, or None for one of the errors that may be."""
    answer = refused(ask, errors)
    return None if isinstance(answer, mr.MineralRatioError) else answer


# -- texts


@given(edited(FORMULAS, PIECES))
def test_any_text_is_a_formula_or_refused_at_a_place(text: str) -> None:
    """What is read can be spelled and reads back; what is not has its place in the text."""
    formula = refused(lambda: mr.Formula.parse(text), mr.FormulaError)
    if isinstance(formula, mr.FormulaError):
        assert formula.text == text
        assert 0 <= formula.position <= len(text)
        return
    assert formula.html
    assert mr.Formula.parse(formula.unicode) == formula
    assert formula.anhydrous.water_of_crystallization == 0 or formula.anhydrous == formula
    answered(lambda: formula.relative_formula_mass, mr.NoAtomicWeightError)


@given(edited(AMOUNTS), edited(AMOUNTS), edited(CONTENTS), edited(["5 %", "0", "1/2", "7"]))
def test_any_text_is_an_amount_or_refused(amount: str, other: str, content: str, share: str) -> None:
    """Masses, amounts of substance, concentrations, contents, overages and counts of water."""
    weighed = answered(lambda: mr.Ingredient(COMPOUND, amount))
    assert weighed is None or weighed.grams >= 0
    answered(lambda: mr.Supply(COMPOUND, "Ca", amount, overage=share))
    answered(lambda: read_concentration(other))
    answered(lambda: mr.Analysis({"Ca": amount, "Mg": other}, per="L"))
    answered(lambda: COMPOUND.elemental_mass("Ca", other))
    stated = answered(lambda: mr.Range.parse(content))
    assert stated is None or mr.Range.parse(str(stated)) is not None
    answered(lambda: mr.Material(COMPOUND, declared={"Ca": content}, loss_on_drying=content))
    answered(lambda: mr.Material(COMPOUND, assay=mr.Assay(share, of="CaCl2"), water_content=content))
    answered(lambda: mr.Compound("drawn", formula="CaCl2", water=share))


@given(
    edited(NAMES, ["calcium ", "(II)", " hydrate", "E 341", "di", "mono", "-", "α-"]), st.sampled_from(NAMES)
)
def test_any_name_is_found_or_not(name: str, policy: str) -> None:
    """Look-ups of every kind; a record that is found is one of the catalogue."""
    for ask in (CATALOG.compound, CATALOG.material, CATALOG.substance):
        answered(lambda ask=ask: ask(name))
    answered(lambda: CATALOG.compound(name, prefer="as-sold"))
    answered(lambda: CATALOG.compound("calcium citrate", prefer=policy), mr.NotFoundError)
    assert all(isinstance(each, mr.Compound | mr.Material) for each in CATALOG.find(name))
    for ask in (mr.element, mr.ion, mr.analyte, mr.rule, mr.index_rule):
        answered(lambda ask=ask: ask(name), mr.NotFoundError)


@given(
    edited(["1 Ca2+, 2 Cl-", "2 Na+, 1 SO4 2-", "3 Mg2+, 2 citrate", "1 Fe3+, 3 OH-"], ["^", " 2-", "malate"])
)
def test_any_text_is_ions_or_refused(text: str) -> None:
    """A compound of ions has no charge."""
    compound = answered(lambda: mr.Compound("drawn", ions=text))
    assert compound is None or compound.formula.charge_number == 0


# -- files


@given(content=broken(PRODUCTS))
def test_any_bytes_are_a_product_or_refused(folder: Path, content: bytes) -> None:
    """A product file that is read can be checked and told; it is left as it was."""
    path = folder / "product.toml"
    path.write_bytes(content)
    product = answered(lambda: mr.Product.from_file(path), mr.ProductFileError)
    if product is not None:
        report = answered(lambda: mr.check(product))
        assert report is None or str(report)
    assert path.read_bytes() == content


@given(document=documents(tomllib.loads(PRODUCTS[0]), PRODUCT_KEYS))
def test_any_value_at_a_key_of_a_product_is_read_or_refused(folder: Path, document: dict[str, Any]) -> None:
    """The error names the file, and a product of such values can be checked."""
    path = folder / "values.toml"
    path.write_text(toml_document(document), encoding="utf-8")
    product = refused(lambda: mr.Product.from_file(path), mr.ProductFileError)
    if isinstance(product, mr.ProductFileError):
        assert str(path) in str(product)
        return
    report = answered(lambda: mr.check(product))
    assert report is None or json.loads(report.to_json())


@given(content=broken([*COMPOUNDS, *MATERIALS]), name=st.sampled_from(["ours", "lot 1", "MgO", "CaCO3"]))
def test_any_bytes_are_a_table_of_records_or_refused(folder: Path, content: bytes, name: str) -> None:
    """Records of a CSV file, and a catalogue that has such a source."""
    path = folder / "records.csv"
    path.write_bytes(content)
    records = answered(lambda: list(mr.FileSource(path)), UNREADABLE)
    assert records is None or all(isinstance(each, mr.Compound | mr.Material) for each in records)
    answered(lambda: mr.Catalog((mr.FileSource(path),), plugins=False).substance(name))
    assert path.read_bytes() == content


@given(
    document=documents(RECORDS, ["formula", "cas", "assay", "note", "compounds", "materials", "water"]),
    kind=st.sampled_from(["json", "toml"]),
)
def test_any_document_is_records_or_refused(folder: Path, document: dict[str, Any], kind: str) -> None:
    """Records of JSON and TOML files."""
    path = folder / f"records.{kind}"
    path.write_text(json.dumps(document) if kind == "json" else toml_document(document), encoding="utf-8")
    answered(lambda: list(mr.FileSource(path)), UNREADABLE)


@given(
    content=broken([json.dumps(RECORDS, indent=1), toml_document(RECORDS)]),
    kind=st.sampled_from(["json", "toml"]),
)
def test_any_bytes_are_a_document_or_refused(folder: Path, content: bytes, kind: str) -> None:
    """Files that end in .json and .toml."""
    path = folder / f"bytes.{kind}"
    path.write_bytes(content)
    answered(lambda: list(mr.FileSource(path)), UNREADABLE)


@given(content=broken(TABLES))
def test_any_bytes_are_a_table_or_refused(folder: Path, content: bytes) -> None:
    """A table that is read can be audited and told."""
    path = folder / "table.csv"
    path.write_bytes(content)
    report = answered(lambda: mr.audit_file(path))
    assert report is None or str(report)


@given(st.lists(st.dictionaries(st.sampled_from(["compound", "formula", "Ca %", "Mg"]) | st.text(max_size=4),
                                st.one_of(values(), not_text()), max_size=4), max_size=3))  # fmt: skip
def test_any_rows_are_a_table_or_refused(rows: list[dict[str, Any]]) -> None:
    """Mappings with values of any type."""
    report = answered(lambda: mr.audit(rows))
    assert report is None or str(report)


# -- the command


OPTIONS = ["--json", "--strict", "--fail-on-limits", "--person", "female 31 pregnant", "--source", ".", "-x"]
OPTIONS += ["--tolerance", "1 %", "--ignore"]


@settings(max_examples=max(10, settings.default.max_examples // 10))  # type: ignore[union-attr]
@given(
    content=broken([*PRODUCTS, *TABLES]),
    command=st.sampled_from(["check", "audit"]),
    words=st.lists(st.sampled_from(OPTIONS) | edited(["male 40", "5 %"]), max_size=4),
)
def test_any_file_and_options_give_an_exit_code(
    folder: Path, content: bytes, command: str, words: list[str]
) -> None:
    """0, 1 or 2, and never a traceback."""
    path = folder / "given.toml"
    path.write_bytes(content)
    done = CliRunner().invoke(cli, [command, str(path), *words])
    assert done.exit_code in {0, 1, 2}
    assert done.exception is None or isinstance(done.exception, SystemExit)
    with suppress(ValueError):
        assert "Traceback" not in done.output
