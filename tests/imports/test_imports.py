"""What an import may bring in, and that names resolve in whatever order they are asked for."""

from __future__ import annotations

import importlib.metadata
import json
import pkgutil
import random
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest

import mineral_ratio as mr

PACKAGE = Path(mr.__file__).parent
SUBMODULES = sorted(m.name for m in pkgutil.walk_packages([str(PACKAGE)], "mineral_ratio."))
CORE = [name for name in SUBMODULES if name.split(".")[1] not in {"__main__", "cli", "testing"}]

# A Python in which nothing has been imported yet: no site, so none of the hooks that tools put there.
# Newer versions of attrs import __future__, older ones leave it to us: it counts for neither.
PREAMBLE = f"""
import __future__, sys
sys.path[:0] = {[str(PACKAGE.parent), sysconfig.get_path("purelib")]!r}
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
class Refuse:
    names = ()
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in self.names:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Refuse)
Refuse.find_spec = classmethod(Refuse.find_spec)
before = set(sys.modules)
"""


def fresh(code: str) -> list[Any]:
    """What the code put in the list ``out``, run in a Python of its own."""
    script = f"{PREAMBLE}\nout = []\n{code}\nimport json\nprint(json.dumps(out))"
    run = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_the_package_alone_loads_no_other_module() -> None:
    """Importing the package loads none of its rooms and none of its dependencies."""
    loaded = fresh("import mineral_ratio\nout = sorted(set(sys.modules) - before)")
    assert loaded == ["mineral_ratio"]


def test_the_package_alone_reads_no_data() -> None:
    """Importing the package opens no file but code."""
    files = fresh("import mineral_ratio\nout = opened")
    assert [name for name in files if not name.endswith((".py", ".pyc"))] == []


def test_a_formula_needs_no_pint() -> None:
    """Reading a formula and its mass as a number loads neither pint nor numpy."""
    loaded = fresh(
        "from mineral_ratio import Formula\n"
        "Formula.parse('MgSO4.7H2O').relative_formula_mass\n"
        "out = sorted({name.partition('.')[0] for name in sys.modules})"
    )
    assert {"pint", "numpy", "importlib_metadata"}.isdisjoint(loaded)


# All that the first look-up of a bundled compound may import of ours: what it needs and nothing else, since
# each module and each class of attrs adds to the start of every short program.
OF_A_LOOKUP = """
    catalog catalog.catalog catalog.indexes catalog.names catalog.records catalog.shelves catalog.sources
    errors
    substances substances._plain substances._tables substances.balances substances.compounds
    substances.elements substances.formulas substances.ions
""".split()  # noqa: SIM905  # as a list of literals it fills a page
OF_THE_STANDARD_LIBRARY = {"csv", "_csv"}


def test_the_first_look_up_imports_what_it_needs() -> None:
    """Beyond attrs, a bundled look-up loads these modules and csv: no pint, discovery or fractions."""
    loaded = fresh(
        "import attrs, mineral_ratio\n"
        "before = set(sys.modules)\n"
        "mineral_ratio.default_catalog().compound('gypsum')\n"
        "out = sorted(set(sys.modules) - before)"
    )
    assert set(loaded) <= {f"mineral_ratio.{name}" for name in OF_A_LOOKUP} | OF_THE_STANDARD_LIBRARY


OF_A_FORMULA = {"errors", "substances", "substances._plain", "substances.elements", "substances.formulas"}


def test_the_formula_class_imports_what_it_needs() -> None:
    """``from mineral_ratio import Formula`` loads attrs, errors, elements and the reader, and no data."""
    loaded = fresh(
        "import attrs\n"
        "before = set(sys.modules)\n"
        "opened.clear()\n"
        "from mineral_ratio import Formula\n"
        "out = [sorted(set(sys.modules) - before), opened]"
    )
    assert set(loaded[0]) == {"mineral_ratio", *(f"mineral_ratio.{name}" for name in OF_A_FORMULA)}
    assert [name for name in loaded[1] if not name.endswith((".py", ".pyc"))] == []


def test_a_plain_mass_needs_no_grammar_and_no_edition() -> None:
    """The mass of a plain formula loads the tables of masses beside what its class needs."""
    loaded = fresh(
        "import attrs\n"
        "from mineral_ratio import Formula\n"
        "before = set(sys.modules)\n"
        "Formula.parse('MgSO4.7H2O').relative_formula_mass\n"
        "out = sorted(set(sys.modules) - before)"
    )
    assert set(loaded) == {"mineral_ratio.substances._tables", *OF_THE_STANDARD_LIBRARY}


@pytest.mark.parametrize("seed", range(3))
def test_submodules_import_in_any_order(seed: int) -> None:
    """Each submodule can be the first one imported, whatever comes next."""
    order = random.Random(seed).sample(SUBMODULES, len(SUBMODULES))
    failed = fresh(
        "import importlib\n"
        f"for name in {order!r}:\n"
        "    for old in [m for m in sys.modules if m.partition('.')[0] == 'mineral_ratio']:\n"
        "        del sys.modules[old]\n"
        "    try:\n"
        "        importlib.import_module(name)\n"
        "    except Exception as error:\n"
        "        out.append(f'{name}: {error!r}')\n"
    )
    assert failed == []


def test_the_core_works_without_the_extras() -> None:
    """No room but the command line and the test helpers needs an extra or a test tool."""
    failed = fresh(
        "import importlib\n"
        "Refuse.names = ('click', 'rich', 'matplotlib', 'hypothesis', 'pytest')\n"
        f"for name in {CORE!r}:\n"
        "    try:\n"
        "        importlib.import_module(name)\n"
        "    except ImportError as error:\n"
        "        out.append(f'{name}: {error!r}')\n"
    )
    assert failed == []


def test_the_command_line_names_its_missing_extra() -> None:
    """Without click the command ends with one line that says what to install."""
    [code, message] = fresh(
        "import contextlib, io\n"
        "Refuse.names = ('click',)\n"
        "from mineral_ratio.__main__ import main\n"
        "with contextlib.redirect_stderr(io.StringIO()) as stderr:\n"
        "    try:\n"
        "        main()\n"
        "        code = 0\n"
        "    except SystemExit as error:\n"
        "        code = error.code\n"
        "out = [code, stderr.getvalue().strip()]"
    )
    assert code == 2
    assert "mineral_ratio[cli]" in message
    assert "\n" not in message


def test_every_public_name_resolves_to_one_object() -> None:
    """A public name is the same object before and after all submodules are imported, and no module."""
    changed = fresh(
        "import importlib, mineral_ratio\n"
        "names = [name for name in mineral_ratio.__all__ if name != '__version__']\n"
        "first = {name: getattr(mineral_ratio, name) for name in names}\n"
        f"for name in {SUBMODULES!r}:\n"
        "    importlib.import_module(name)\n"
        "for name, value in first.items():\n"
        "    if type(value) is type(sys) or getattr(mineral_ratio, name) is not value:\n"
        "        out.append(name)\n"
    )
    assert changed == []


def test_no_public_name_is_a_submodule() -> None:
    """A public name that equals a submodule's would turn into the module once that is imported."""
    assert set(mr.__all__).isdisjoint(name.split(".")[1] for name in SUBMODULES)


def test_the_list_of_names_is_what_dir_and_star_give() -> None:
    """``__all__`` has no name twice, is shown by ``dir`` and can be imported with a star."""
    assert len(mr.__all__) == len(set(mr.__all__))
    assert set(mr.__all__) <= set(dir(mr))
    names: dict[str, object] = {}
    exec("from mineral_ratio import *", names)  # noqa: S102
    assert set(mr.__all__) <= set(names)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    """A typo is refused as Python refuses it, and names the module."""
    with pytest.raises(AttributeError, match=r"mineral_ratio.*Formla"):
        mr.Formla  # noqa: B018


def test_the_version_is_the_distributions() -> None:
    """``__version__`` is what the installed metadata says."""
    assert mr.__version__ == importlib.metadata.version("mineral_ratio")
