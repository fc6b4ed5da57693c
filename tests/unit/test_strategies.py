"""What the strategies draw is valid, is what they say, and is found by `from_type`."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import find, given
from hypothesis import strategies as st

import mineral_ratio as mr
from mineral_ratio import testing
from mineral_ratio.testing import strategies

SOURCE = Path(mr.__file__).parents[1]


def _fresh(code: str) -> str:
    """What the code prints in a Python in which nothing was imported, hypothesis without its own plugins."""
    run = subprocess.run(
        [sys.executable, "-c", f"import sys\nsys.path.insert(0, {str(SOURCE)!r})\n{code}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


@given(testing.compounds())
def test_compounds_conserve_mass(compound: mr.Compound) -> None:
    """The fractions of a compound that is drawn sum to 1."""
    assert sum(compound.mass_fractions().values()) == pytest.approx(1.0, abs=1e-12)


@given(testing.hydrates())
def test_hydrates_hold_water(compound: mr.Compound) -> None:
    """A hydrate that is drawn has water of crystallization, and its anhydrous formula weighs less."""
    assert compound.water > 0
    assert compound.anhydrous.relative_formula_mass < compound.relative_formula_mass


@given(testing.formulas())
def test_formulas_have_a_mass(formula: mr.Formula) -> None:
    """A formula that is drawn has a mass, and its text means the same formula."""
    assert formula.relative_formula_mass > 0
    assert mr.Formula.parse(str(formula)) == formula


@given(testing.materials(), testing.bundled_materials())
def test_materials_hold_no_more_than_they_weigh(material: mr.Material, bundled: mr.Material) -> None:
    """Contents of a drawn material lie between nothing and all; a bundled one is the catalogue's."""
    for symbol in material.assigned_elements():
        with suppress(mr.UnknownContentError):
            content = material.content(symbol)
            assert 0.0 <= content.low <= content.value <= min(content.high, 1.0)
    assert mr.Catalog(plugins=False).material(bundled.name) == bundled


@given(testing.masses())
def test_masses_are_read(mass: object) -> None:
    """A mass is read as one that is above zero, whether it is a text or a quantity."""
    assert mr.Ingredient(mr.Compound("halite", formula="NaCl"), mass).grams > 0  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [str, object])
def test_masses_come_as_texts_and_quantities(kind: type) -> None:
    """Both ways of giving a mass are drawn."""
    assert find(testing.masses(), lambda mass: isinstance(mass, str) == (kind is str)) is not None


@given(testing.analytes())
def test_analytes_are_known(key: object) -> None:
    """What is drawn to be asked for is an analyte."""
    assert mr.analyte(key) is not None  # type: ignore[arg-type]


@given(testing.blends(max_size=3))
def test_blends_weigh_what_their_parts_weigh(blend: mr.Blend) -> None:
    """A blend that is drawn has one to three ingredients, whose masses are its mass."""
    assert 1 <= len(blend.ingredients) <= 3
    assert sum(each.grams for each in blend.ingredients) == pytest.approx(blend.mass.m_as("g"))


@given(testing.statements(0.4))
def test_statements_stay_under_theory(stated: mr.Range) -> None:
    """No end of a stated fraction is above what it was drawn for."""
    assert all(end is None or 0.0 < end <= 0.4 for end in (stated.low, stated.high, stated.typical))


@given(testing.hostile_text())
def test_hostile_text_is_read_or_refused(text: str) -> None:
    """A formula of hostile text is a formula or an error of the library."""
    try:
        formula = mr.Formula.parse(text)
    except mr.MineralRatioError:
        return
    assert formula.counts


@pytest.mark.parametrize("name", sorted(strategies._BY_NAME))
def test_types_are_registered(name: str) -> None:
    """`from_type` draws an instance of each class that has a strategy."""
    kind = getattr(mr, name)
    assert isinstance(find(st.from_type(kind), lambda _: True), kind)


def test_builds_fills_annotated_arguments() -> None:
    """`builds` draws the arguments of a function that are annotated with a class of the library."""

    def holds(compound: mr.Compound, element: mr.Element) -> bool:
        return compound.mass_fraction(element) > 0

    holds.__annotations__ = {"compound": mr.Compound, "element": mr.Element, "return": bool}
    assert find(st.builds(holds), lambda held: held)


def test_other_names_are_let_pass() -> None:
    """A name without a strategy, or one that is no class, registers nothing."""
    strategies.register("default_catalog", mr.default_catalog)
    strategies.register("Compound", "no class")
    assert isinstance(find(st.from_type(mr.Compound), lambda _: True), mr.Compound)


def test_a_class_that_is_imported_after_hypothesis_is_registered() -> None:
    """Resolving a public name is enough, and loads no room that the class does not need."""
    code = (
        "import hypothesis.strategies as st\n"
        "import mineral_ratio\n"
        "assert 'mineral_ratio.testing.strategies' not in sys.modules\n"
        "from mineral_ratio import Compound\n"
        "from hypothesis.strategies._internal.types import _global_type_lookup as known\n"
        "assert Compound in known\n"
        "print('mineral_ratio.mixtures' in sys.modules, 'pint' in sys.modules)"
    )
    assert _fresh(code).split() == ["False", "False"]


def test_a_class_that_is_imported_before_hypothesis_is_registered_by_the_hook() -> None:
    """The hook registers what has been resolved, and imports nothing where nothing has."""
    code = (
        "import mineral_ratio.testing as testing\n"
        "testing.hypothesis_setup_hook()\n"
        "assert 'mineral_ratio.testing.strategies' not in sys.modules\n"
        "assert 'hypothesis' not in sys.modules\n"
        "from mineral_ratio import Formula\n"
        "import hypothesis.strategies as st\n"
        "testing.hypothesis_setup_hook()\n"
        "print(isinstance(st.from_type(Formula).example(), Formula))"
    )
    assert _fresh(f"import warnings; warnings.simplefilter('ignore')\n{code}").split() == ["True"]


def test_the_testing_package_tells_its_names() -> None:
    """Names resolve lazily, are listed, and a misspelt one is refused."""
    assert set(testing.__all__) <= set(dir(testing))
    assert all(getattr(testing, name) is not None for name in testing.__all__)
    with pytest.raises(AttributeError, match="compunds"):
        testing.compunds  # type: ignore[attr-defined]  # noqa: B018
