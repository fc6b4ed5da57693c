"""Formulas: a text into its mass, and into all mass fractions, nothing cached."""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from measure import AHEAD, Limit, Row, against, in_turns
from peers import OURS, SCANNER, peers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_SALTS = Path(__file__).with_name("salts.csv")
# A peer's atomic weights are of another edition; what is further off is another formula.
_EDITIONS = 1e-3
_LAST_WATER = re.compile(r"\(H2O\)(\d+)$")


def salts() -> list[tuple[str, str]]:
    """Name and formula of 200 salts; their water is in brackets, which all peers read."""
    with _SALTS.open(encoding="utf-8", newline="") as file:
        return [(row["name"], row["formula"]) for row in csv.DictReader(file)]


def rows(rounds: int) -> Iterator[Row]:
    """Masses and fractions of the salts, and masses of the hydrates among them with a dot."""
    found, missing = peers()
    texts = [formula for _, formula in salts()]
    hydrates = [text for text in texts if _LAST_WATER.search(text)]

    masses = {name: peer.mass for name, peer in found.items()}
    yield from _compared(
        f"mass of {len(texts)} salts", masses, dict.fromkeys(found, texts), rounds, _not_installed(missing)
    )
    fractions = {name: peer.fractions for name, peer in found.items() if peer.fractions is not None}
    none = {name: "gives no mass fractions of elements" for name in found if name not in fractions}
    yield from _compared(
        f"all mass fractions of {len(texts)} salts",
        fractions,
        dict.fromkeys(fractions, texts),
        rounds,
        none | _not_installed(missing),
    )
    # The yardstick reads them with brackets, each of the others as its docs write them.
    spelled = {SCANNER: hydrates} | {
        name: [_LAST_WATER.sub(rf"{peer.dot}\1H2O", text) for text in hydrates]
        for name, peer in found.items()
        if peer.dot is not None
    }
    none = {name: "reads no hydrates with a dot" for name in found if name not in spelled}
    yield from _compared(
        f"mass of {len(hydrates)} hydrates with a dot",
        {name: masses[name] for name in spelled},
        spelled,
        rounds,
        none | _not_installed(missing),
    )


def _not_installed(names: Sequence[str]) -> dict[str, str]:
    return dict.fromkeys(names, "cannot be installed here")


def _compared(
    job: str,
    readers: Mapping[str, Callable[[str], Any]],
    texts: Mapping[str, Sequence[str]],
    rounds: int,
    left_out: Mapping[str, str],
) -> Iterator[Row]:
    """Ours by the yardstick, and each peer by ours."""
    expected = [_figures(readers[SCANNER](text)) for text in texts[SCANNER]]
    for name, read in readers.items():
        for text, figures in zip(texts[name], expected, strict=True):
            if any(abs(a / b - 1) > _EDITIONS for a, b in zip(_figures(read(text)), figures, strict=True)):
                sys.exit(f"{name} reads {text} as something else")

    def task(name: str) -> Callable[[], object]:
        read, own = readers[name], texts[name]
        return lambda: [read(text) for text in own]

    times = in_turns({name: task(name) for name in readers}, rounds)
    yield from against(job, times, SCANNER, {OURS: Limit(3.0)})
    yield from against(job, times, OURS, {name: AHEAD for name in readers if name not in (SCANNER, OURS)})
    for name, why in left_out.items():
        yield Row(job, name, OURS, [], note=why)


def _figures(found: Any) -> list[float]:
    """A mass, or fractions in the order of their size, as numbers that can be compared."""
    return [found] if isinstance(found, float) else sorted(found.values())
