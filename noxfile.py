#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = ["nox>=2025.5.1"]
# ///
"""Every check of the repository. ``nox -l`` lists the sessions; ``nox`` runs those that CI runs."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import nox

nox.needs_version = ">=2025.5.1"
nox.options.default_venv_backend = "virtualenv"
# A machine has the interpreters that it has: one that is missing is skipped with a message, in CI too.
nox.options.error_on_missing_interpreters = False
nox.options.download_python = "never"

ROOT = Path(__file__).parent
PYPROJECT = nox.project.load_toml(ROOT / "pyproject.toml")
PYTHONS = nox.project.python_versions(PYPROJECT)
OLDEST, NEWEST_IN_WIDE_USE = "3.11", "3.13"
# The percentage of branches and lines that the tests reach, all processes together.
COVERAGE = 98
PRODUCT = Path("examples", "cal_mag.toml")


def _use_pyenv() -> None:
    """Let pyenv's own interpreters be found: its shims answer only for the versions made global."""
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for python in PYTHONS:
        name = f"python{python}"
        shim = shutil.which(name)
        works = shim and subprocess.run([shim, "-c", ""], check=False, capture_output=True).returncode == 0
        found = sorted(versions.glob(f"{python}.*/bin/{name}"))
        if not works and found:
            os.environ["PATH"] = os.pathsep.join([str(found[-1].parent), os.environ["PATH"]])


_use_pyenv()


def _groups(*names: str) -> list[str]:
    """The requirements of dependency groups, for any installer."""
    return nox.project.dependency_groups(PYPROJECT, *names)


def _oldest() -> list[str]:
    """The library's run-time requirements, each pinned to the oldest version that is allowed."""
    project = PYPROJECT["project"]
    extras = [r for group in project["optional-dependencies"].values() for r in group]
    return [r.replace(">=", "==") for r in [*project["dependencies"], *extras]]


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the tests; on the oldest Python with the coverage measured and enforced."""
    session.install("-e.[cli,plot,testing]", *_groups("test"))
    args = session.posargs or ["-n", "2"]
    if session.python == OLDEST and not session.posargs:
        args += ["--cov", "--cov-report=term-missing", f"--cov-fail-under={COVERAGE}"]
    session.run("pytest", *args)


@nox.session(python=OLDEST, default=False)
def minimum(session: nox.Session) -> None:
    """Run the tests with the oldest allowed version of every run-time dependency."""
    session.install("-e.[cli,plot,testing]", *_groups("test"), *_oldest())
    session.run("pytest", *(session.posargs or ["-n", "2"]))


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, docstrings, floors (import contracts), spelling, metadata and workflows."""
    session.install("-e.", *_groups("lint"))
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("flake8", "src")  # pydoclint alone
    session.run("rumdl", "check")
    session.run("lint-imports")
    session.run("deptry", "src")
    session.run("codespell")
    session.run("validate-pyproject", "pyproject.toml")
    if (ROOT / ".git").exists():  # an sdist has no workflows
        session.run("zizmor", "--offline", "--persona=pedantic", ".github")
        session.run("repo-review", "--show=err", ".")
        # No path of someone's machine and no package index in a tracked file: git grep finds none (1).
        pattern = r"/(home|root|Users)/[a-z.]|https?://[^ ]+/simple($|[^a-z])"
        session.run("git", "grep", "-nIE", pattern, external=True, success_codes=[1])


@nox.session
@nox.parametrize(
    "python,pint",
    [nox.param(OLDEST, "oldest", id="oldest"), nox.param(NEWEST_IN_WIDE_USE, "newest", id="newest")],
)
def types(session: nox.Session, pint: str) -> None:
    """Check the types of package and typing tests, oldest and newest pint; on the newest, that none lacks."""
    oldest = [r for r in _oldest() if r.startswith("pint")] if pint == "oldest" else []
    session.install("-e.[cli,plot,testing]", *_groups("types"), *oldest)
    session.run("mypy", "--python-version", str(session.python))
    # The oldest pint's own types are incomplete; what is unknown there is known on the newest.
    config = ["-p", "tests/typing/oldest_pint.json"] if pint == "oldest" else []
    session.run("pyright", "--pythonversion", str(session.python), *config)
    if pint == "newest":
        # Prints the completeness score, and fails below 100 %.
        session.run("pyright", "--verifytypes", "mineral_ratio", "--ignoreexternal")


@nox.session(default=False)
def api(session: nox.Session) -> None:
    """Write every public signature to docs/reference/api.txt, which a test compares with the code."""
    session.install("-e.[cli,testing]")
    session.run("python", "tools/public_api.py")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the docs (warnings are errors), check their names, run the examples; ``-- serve`` shows them."""
    session.install("-e.[cli,plot,testing]", *_groups("docs"))
    build = ["sphinx-build", "-n", "-W", "--keep-going", "-q"]
    session.run(*build, "-b", "html", "docs", "docs/_build/html")
    session.run("python", "docs/check_inventory.py", "docs/_build/html/objects.inv")
    session.run(*build, "-b", "doctest", "docs", "docs/_build/doctest")
    if "serve" in session.posargs:
        session.run("python", "-m", "http.server", "-d", "docs/_build/html", "--bind", "127.0.0.1")


@nox.session
def build(session: nox.Session) -> None:
    """Build sdist and wheel, check them, and run the main job from the wheel alone."""
    session.install(*_groups("build"))
    dist = Path(session.create_tmp()) / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    session.run("python", "-m", "build", "--outdir", str(dist))
    session.run("twine", "check", "--strict", *map(str, dist.iterdir()))
    wheel = next(dist.glob("*.whl")).resolve()
    session.run("check-wheel-contents", str(wheel))

    # Beside nothing of the repository: an empty environment, another folder, a copy of a product file.
    away = dist.resolve().parent / "away"
    shutil.rmtree(away, ignore_errors=True)
    away.mkdir()
    product = shutil.copy(ROOT / PRODUCT, away)
    session.run("python", "-m", "venv", str(away / "venv"))
    python = str(away / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python")

    def run(*args: str, **options: object) -> None:
        session.run(python, *args, external=True, **options)  # type: ignore[arg-type]

    run("-m", "pip", "install", "--quiet", str(wheel))
    session.chdir(away)
    run("-c", "import mineral_ratio; print(mineral_ratio.Formula.parse('MgSO4.7H2O').molar_mass)")
    # Without the extra the command says in one line what is missing.
    run("-m", "mineral_ratio", "--version", success_codes=[2])
    run("-m", "pip", "install", "--quiet", f"{wheel}[cli]")
    run("-m", "mineral_ratio", "check", product)


@nox.session(python=NEWEST_IN_WIDE_USE, default=False)
def bench(session: nox.Session) -> None:
    """Measure the library beside its peers and write the table of ratios into the docs."""
    session.install(".", *_groups("bench"))
    session.run("python", "bench/run.py", *session.posargs)


@nox.session(python=NEWEST_IN_WIDE_USE, default=False)
def mutation(session: nox.Session) -> None:
    """Change substances and checks place by place, see which changes no test finds, and write the page."""
    session.install("-e.[cli,plot,testing]", *_groups("test", "mutation"))
    session.run("python", "tools/mutation.py", *session.posargs)


@nox.session(python=NEWEST_IN_WIDE_USE, default=False)
def fuzz(session: nox.Session) -> None:
    """Throw thousands of hostile inputs at every door, and write how its time grows into the docs."""
    session.install("-e.[cli,plot,testing]", *_groups("test"))
    profile = {"HYPOTHESIS_PROFILE": "long"}
    session.run("pytest", "tests/properties/test_fuzz.py", *(session.posargs or ["-n", "2"]), env=profile)
    session.run("python", "bench/growth.py")


if __name__ == "__main__":
    nox.main()
