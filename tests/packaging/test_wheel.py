"""What goes into the wheel and the sdist, and that the wheel works without the repository beside it."""

from __future__ import annotations

import configparser
import email.parser
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "mineral_ratio"


def _built(kind: str, folder: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    [built] = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree."""
    return _built("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def wheel_names(wheel: Path) -> set[str]:
    """The files in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def metadata(wheel: Path, wheel_names: set[str]) -> email.message.Message:
    """The wheel's core metadata."""
    [name] = [name for name in wheel_names if name.endswith(".dist-info/METADATA")]
    with zipfile.ZipFile(wheel) as archive:
        return email.parser.Parser().parsestr(archive.read(name).decode())


def _run(path: Path, code: str, cwd: Path) -> str:
    """What the code prints with the path before everything else that is installed."""
    # Not measured: the wheel's files are copies of those whose coverage counts.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE_")}
    environment["PYTHONPATH"] = str(path)
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def test_the_wheel_holds_the_package_and_nothing_else(wheel_names: set[str]) -> None:
    """Every file of the package, code and tables alike, is in the wheel, and nothing but the package."""
    package = {
        f"mineral_ratio/{path.relative_to(SOURCE).as_posix()}"
        for path in SOURCE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in wheel_names if ".dist-info/" not in name} == package


def test_the_wheel_is_typed_and_licensed(wheel_names: set[str]) -> None:
    """The marker for type checkers and the licence are in the wheel."""
    assert "mineral_ratio/py.typed" in wheel_names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in wheel_names)


def test_the_metadata_names_licence_and_python(metadata: email.message.Message) -> None:
    """The licence is an SPDX expression and the oldest Python is stated."""
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Requires-Python"] == ">=3.11"


def test_the_run_time_needs_three_packages(metadata: email.message.Message) -> None:
    """Without extras the library asks for attrs, importlib-metadata and pint, each with an oldest version."""
    required = sorted(r for r in metadata.get_all("Requires-Dist", []) if "extra ==" not in r)
    assert [r.partition(">=")[0] for r in required] == ["attrs", "importlib-metadata", "pint"]
    assert all(r.partition(">=")[2] for r in required)
    assert metadata.get_all("Provides-Extra") == ["cli", "plot", "testing"]


def test_the_wheel_registers_its_command_and_its_compounds(wheel: Path, wheel_names: set[str]) -> None:
    """The command line and the bundled source are entry points that can be loaded."""
    [name] = [name for name in wheel_names if name.endswith(".dist-info/entry_points.txt")]
    points = configparser.ConfigParser()
    with zipfile.ZipFile(wheel) as archive:
        points.read_string(archive.read(name).decode())
    assert dict(points["console_scripts"]) == {"mineral-ratio": "mineral_ratio.__main__:main"}
    assert dict(points["mineral_ratio.compounds"]) == {"bundled": "mineral_ratio.catalog.sources:BUNDLED"}


@pytest.mark.parametrize("unpacked", [True, False], ids=["unpacked", "zip"])
def test_the_wheel_works_alone(wheel: Path, tmp_path: Path, unpacked: bool) -> None:
    """The wheel reads its own tables, unpacked or straight from the zip file."""
    path = wheel
    if unpacked:
        path = tmp_path / "site"
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(path)
    printed = _run(
        path,
        "import mineral_ratio as mr; print(mr.__file__);"
        "print(round(mr.default_catalog().compound('calcium carbonate').mass_fraction('Ca'), 4))",
        tmp_path,
    )
    file, fraction = printed.splitlines()
    assert file.startswith(str(path))
    assert fraction == "0.4004"


def test_the_sdist_holds_what_is_needed_to_test_it(tmp_path: Path) -> None:
    """Tests, docs, examples and the files that run them are in the sdist."""
    with tarfile.open(_built("sdist", tmp_path)) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {"LICENSE", "README.md", "CHANGELOG.md", "noxfile.py", "docs/conf.py", "examples/cal_mag.toml"}
    assert wanted <= names
    assert "tests/packaging/test_wheel.py" in names
    assert not any(name.startswith((".ci/", ".venv/", ".nox/")) for name in names)
