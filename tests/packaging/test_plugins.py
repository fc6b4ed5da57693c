"""The example plugins, built into wheels, installed beside the library's own, and used."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PLUGINS = ROOT / "examples" / "plugins"
TEMPLATE, CHEMICALS = PLUGINS / "mineral-ratio-template", PLUGINS / "mineral-ratio-chemicals"


class Environment:
    """A virtual environment of its own, which borrows the dependencies of the one that runs the tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        venv.create(folder, with_pip=True)
        self.python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
        # Borrowed folders come after its own, so what is installed here is what is imported.
        site = self.out("import site; out = site.getsitepackages()[-1]")
        borrowed = dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))
        (Path(site) / "borrowed.pth").write_text("\n".join(borrowed), encoding="utf-8")

    def install(self, *projects: Path) -> None:
        """Build projects into wheels and install these with pip, from no index."""
        wheels = self.folder / "wheels"
        for project in projects:
            build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels)]
            subprocess.run(build, cwd=project, check=True, capture_output=True)
        pip = ["-m", "pip", "install", "--no-deps", "--no-index", "--quiet", "--disable-pip-version-check"]
        self.run(*pip, *map(str, sorted(wheels.iterdir())))

    def run(self, *args: str) -> str:
        """What a command of its Python prints, started away from the repository."""
        # Not measured: the installed files are copies of those whose coverage counts.
        ours = ("COVERAGE_", "PYTHONPATH", "PYTEST_", "MINERAL_RATIO_")
        environment = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
        run = subprocess.run(
            [str(self.python), *args],
            cwd=self.folder,
            env=environment | {"COLUMNS": "200"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout

    def out(self, code: str) -> Any:
        """What the code assigns to ``out``."""
        return json.loads(self.run("-c", f"import json\n{code}\nprint(json.dumps(out))"))


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment with the library and both plugins."""
    made = Environment(tmp_path_factory.mktemp("plugins"))
    made.install(ROOT, TEMPLATE, CHEMICALS)
    return made


def test_both_answer_in_the_default_catalogue(environment: Environment) -> None:
    """A name that only a plugin has is found in it, by CAS number and name, with its citation."""
    found = environment.out(
        "import mineral_ratio as mr\n"
        "catalog = mr.default_catalog()\n"
        "names = ['house magnesium powder', 'theobromine', '83-67-0']\n"
        "out = [mr.__file__] + [catalog[name].citations[0] for name in names]"
    )
    assert found[0].startswith(str(environment.folder))
    assert found[1] == "Specification S-204, 2026"
    assert found[2] == found[3]
    assert found[2].startswith("PubChem record as held in chemicals ")


def test_a_refused_record_is_told_by_the_catalogue(environment: Environment) -> None:
    """The library's own compound stands, and a name that is refused is a miss that tells the reason."""
    own, message, state = environment.out(
        "import mineral_ratio as mr\n"
        "catalog = mr.default_catalog()\n"
        "own = str(catalog.compound('7791-18-6').formula)\n"
        "try:\n"
        "    catalog.compound('15364-94-0')\n"
        "except mr.NotFoundError as error:\n"
        "    message = str(error)\n"
        "out = own, message, [s.state for s in catalog.states() if s.name == 'chemicals']"
    )
    assert own == "MgCl2.6H2O"
    assert "no answer from chemicals of mineral-ratio-chemicals" in message
    assert "beside whole perchloric acid" in message
    assert state == ["loaded"]


def test_a_bundled_name_loads_no_plugin(environment: Environment) -> None:
    """Importing the library and a hit in its own compounds import neither plugin nor what they need."""
    loaded = environment.out(
        "import sys, mineral_ratio as mr\n"
        "mr.default_catalog().compound('calcium carbonate')\n"
        "out = [name for name in sys.modules if 'chemicals' in name or 'template' in name]"
    )
    assert loaded == []


def test_the_command_lists_them(environment: Environment) -> None:
    """`mineral-ratio sources` tells of both: origin, state and number of records."""
    script = environment.python.with_name("mineral-ratio" + (".exe" if os.name == "nt" else ""))
    assert script.exists()
    listed = environment.run("-m", "mineral_ratio", "sources")
    lines = [line for line in listed.splitlines() if "mineral-ratio-" in line]
    [chemicals] = [line for line in lines if "mineral-ratio-chemicals" in line]
    [template] = [line for line in lines if "mineral-ratio-template" in line]
    assert "loaded" in chemicals
    assert "76" in chemicals
    assert "loaded" in template


@pytest.mark.parametrize("plugin", [TEMPLATE, CHEMICALS], ids=lambda plugin: plugin.name)
def test_their_own_tests_pass(environment: Environment, plugin: Path, tmp_path: Path) -> None:
    """Each passes its tests, the conformance kit among them, on what is installed; none is skipped."""
    shutil.copytree(plugin / "tests", tmp_path / "tests")
    options = ["-q", "-p", "no:cacheprovider", "-W", "error", f"--rootdir={tmp_path}"]
    printed = environment.run("-m", "pytest", *options, str(tmp_path / "tests"))
    assert " passed" in printed
    assert "skipped" not in printed


@pytest.mark.parametrize("first", ["mineral_ratio", "hypothesis"])
def test_hypothesis_knows_the_classes(environment: Environment, first: str) -> None:
    """The installed entry point registers a class that was imported before Hypothesis, or after it."""
    imports = ["from mineral_ratio import Compound", "from hypothesis import find, strategies as st"]
    drawn = environment.out(
        "\n".join(imports if first == "mineral_ratio" else reversed(imports))
        + "\nout = isinstance(find(st.from_type(Compound), lambda _: True), Compound)"
    )
    assert drawn is True
