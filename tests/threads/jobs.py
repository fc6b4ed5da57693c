"""What threads do at once in a process in which nothing was used before: ``python jobs.py JOB THREADS``.

Prints, as JSON, the answers of the first thread and whether those of all others are the same.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import mineral_ratio as mr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = [
    "Epsom salt",
    "CaCl2.2H2O",
    "calcium citrate",
    "10034-99-8",
    "E 341",
    "Mg",
    "zinc picolinat",
    "nothing",
]
FORMULAS = ["CaCO3", "CaSO4·½H2O", "[44Ca]CO3", "SO4^2-", "SO42-", "NaOAc", "(" * 50, "Fe2(SO4)3.xH2O"]


def told(ask: Callable[[str], Any], names: Iterable[str]) -> list[str]:
    """The answers to some names, errors among them, as texts."""
    answers: list[str] = []
    for name in names:
        try:
            answers.append(repr(ask(name)))
        except mr.MineralRatioError as error:
            answers.append(f"{type(error).__name__}: {error}")
    return answers


def lookups() -> list[str]:
    """Hits, misses and ambiguous names, and every record of the default catalogue."""
    catalog = mr.default_catalog()
    return told(catalog.compound, NAMES) + [repr(each) for each in catalog]


def objects() -> list[int]:
    """What there is one of in a process, and each record, by identity."""
    catalog = mr.default_catalog()
    return [id(catalog), id(mr.default_weights()), id(catalog.compound("epsom salt")), *map(id, catalog)]


def formulas() -> list[str]:
    """Readings, masses and spellings of formulas, and their refusals."""

    def figures(text: str) -> tuple[object, ...]:
        formula = mr.Formula.parse(text)
        return formula.hill, formula.unicode, formula.anhydrous, formula.relative_formula_mass

    return told(figures, FORMULAS)


def tables() -> list[str]:
    """Ions, analytes, weights, rules and reference values."""
    names = ["malate", "Ca2+", "SO42-", "phytic acid", "P2O5", "calcium", "Unobtainium"]
    rows = [*mr.rules().values(), *mr.index_rules().values(), *mr.references()]
    weights = mr.default_weights().weights.values()
    return told(mr.ion, names) + told(mr.analyte, names) + [repr(each) for each in (*rows, *weights)]


def quantities() -> list[str]:
    """Quantities of pint's application registry."""
    salt = mr.default_catalog().compound("epsom salt")
    return [str(salt.molar_mass), str(salt.elemental_mass("Mg", "1,000 mg"))]


def checks() -> list[str]:
    """Reports on the examples."""
    return [str(mr.check(mr.Product.from_file(each))) for each in sorted(EXAMPLES.glob("*.toml"))]


def names() -> list[str]:
    """The public names, each imported when it is asked for, from another one on in each thread."""
    start = int(threading.current_thread().name) * 5
    for name in mr.__all__[start:] + mr.__all__[:start]:
        getattr(mr, name)
    return [f"{name}: {type(getattr(mr, name)).__name__}" for name in mr.__all__]


def at_once(job: Callable[[], list[Any]], count: int) -> list[list[Any] | BaseException]:
    """What each of some threads gets that begin a job at the same moment and take turns all the time."""
    barrier = threading.Barrier(count)
    answers: list[list[Any] | BaseException] = [[]] * count

    def work(number: int) -> None:
        barrier.wait()
        try:
            answers[number] = job()
        except BaseException as error:  # noqa: BLE001  # told by the process that started this one
            answers[number] = error

    threads = [threading.Thread(target=work, args=(n,), name=str(n)) for n in range(count)]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)
    return answers


if __name__ == "__main__":
    answers = at_once(globals()[sys.argv[1]], int(sys.argv[2]))
    differing = [
        repr(each)[:2_000] for each in answers if each != answers[0] or isinstance(each, BaseException)
    ]
    print(json.dumps({"differing": differing, "first": repr(answers[0])}))
