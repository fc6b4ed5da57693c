"""Starts: what an import, or a first use, adds to the start of Python; each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from measure import Limit, against, in_turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from measure import Row

_BARE, _ATTRS, _PINT = "bare Python", "import attrs", "import pint"
_PACKAGE, _FORMULA = "import mineral_ratio", "from mineral_ratio import Formula"
_MASS, _LOOKUP, _ALL = "first mass of a formula", "first look-up", "all names listed, a thousand look-ups"
_CODE = {
    _BARE: "pass",
    _PACKAGE: _PACKAGE,
    _FORMULA: _FORMULA,
    _MASS: f"{_FORMULA}; Formula.parse('MgSO4.7H2O').relative_formula_mass",
    _LOOKUP: "import mineral_ratio as mr; mr.default_catalog().compound('gypsum')",
    _ALL: (
        "import itertools, mineral_ratio as mr; catalog = mr.default_catalog();"
        "names = [each.name for each in catalog];"
        "[catalog.substance(name) for name in itertools.islice(itertools.cycle(names), 1000)]"
    ),
    _ATTRS: _ATTRS,
    _PINT: _PINT,
}


def rows(rounds: int) -> Iterator[Row]:
    """Whole processes, by bare Python and by what imports attrs or pint and does nothing else."""

    def start(code: str) -> Callable[[], object]:
        # -P: nothing is imported from the folder that this was started in.
        return lambda: subprocess.run([sys.executable, "-P", "-c", code], check=True)

    times = in_turns({name: start(code) for name, code in _CODE.items()}, rounds)
    job = "a whole process"
    yield from against(job, times, _BARE, {_PACKAGE: Limit(1.5), _FORMULA: None, _ATTRS: None, _PINT: None})
    yield from against(job, times, _ATTRS, {_FORMULA: None, _MASS: None, _LOOKUP: Limit(1.3), _ALL: None})
    yield from against(job, times, _PINT, {_FORMULA: None, _ALL: None})
