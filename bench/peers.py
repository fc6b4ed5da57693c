"""What turns a formula into its mass: the yardstick, this library, and its peers as their docs use them."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, Any, NamedTuple

import mineral_ratio as mr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SCANNER, OURS = "minimal scanner", "mineral_ratio"


class Peer(NamedTuple):
    """How one package reads a formula.

    Attributes:
        mass: Relative formula mass of a text.
        fractions: Mass fractions of a text by element; None where the package has no function for them.
        dot: What stands between a salt and ``7H2O``; None where the package reads no hydrates with a dot.
    """

    mass: Callable[[str], float]
    fractions: Callable[[str], Mapping[Any, float]] | None
    dot: str | None


def peers() -> tuple[dict[str, Peer], list[str]]:
    """Those that are installed, the yardstick first and this library next; and those that are not."""
    makers = {
        SCANNER: _scanner,
        OURS: _ours,
        "chemicals": _chemicals,
        "molmass": _molmass,
        "pymatgen": _pymatgen,
        "periodictable": _periodictable,
        "chempy": _chempy,
    }
    found: dict[str, Peer] = {}
    missing: list[str] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what they warn of at import is theirs
        for name, make in makers.items():
            try:
                found[name] = make()
            except ImportError:
                missing.append(name)
    return found, missing


# The yardstick: the least code that reads elements, counts and brackets, and nothing else.
_TOKEN = re.compile(r"([A-Z][a-z]?)(\d*)|(\()|\)(\d*)")


def _minimal_counts(formula: str) -> dict[str, int]:
    """Counts in a formula without dots, charges or any check of its spelling."""
    stack: list[dict[str, int]] = [{}]
    for symbol, count, opened, times in _TOKEN.findall(formula):
        if symbol:
            top = stack[-1]
            top[symbol] = top.get(symbol, 0) + int(count or 1)
        elif opened:
            stack.append({})
        else:
            inner = stack.pop()
            top = stack[-1]
            for key, n in inner.items():
                top[key] = top.get(key, 0) + n * int(times or 1)
    return stack[0]


def _scanner() -> Peer:
    masses = mr.default_weights().masses

    def mass(text: str) -> float:
        return sum(masses[symbol] * n for symbol, n in _minimal_counts(text).items())

    def fractions(text: str) -> Mapping[Any, float]:
        held = {symbol: masses[symbol] * n for symbol, n in _minimal_counts(text).items()}
        whole = sum(held.values())
        return {symbol: part / whole for symbol, part in held.items()}

    return Peer(mass, fractions, None)


def _ours() -> Peer:
    from mineral_ratio import Formula

    return Peer(
        lambda text: Formula.parse(text).relative_formula_mass,
        lambda text: Formula.parse(text).mass_fractions(),
        ".",
    )


def _chemicals() -> Peer:
    from chemicals.elements import mass_fractions, molecular_weight, nested_formula_parser

    return Peer(
        lambda text: molecular_weight(nested_formula_parser(text)),
        lambda text: mass_fractions(nested_formula_parser(text)),
        None,  # "MgSO4.7H2O" is read as 4.7 oxygen atoms
    )


def _molmass() -> Peer:
    from molmass import Formula

    def fractions(text: str) -> Mapping[Any, float]:
        return {symbol: item.fraction for symbol, item in Formula(text).composition().items()}

    return Peer(lambda text: Formula(text).mass, fractions, ".")


def _pymatgen() -> Peer:
    from pymatgen.core import composition

    def parse(text: str) -> Any:
        # It remembers the last 512 texts, and here each is to be read.
        composition._parse_formula_cached.cache_clear()  # noqa: SLF001
        return composition.Composition(text)

    return Peer(
        lambda text: float(parse(text).weight),
        lambda text: parse(text).as_weight_dict(),
        None,  # as chemicals
    )


def _periodictable() -> Peer:
    from periodictable import formula

    return Peer(lambda text: formula(text).mass, lambda text: formula(text).mass_fraction, "+")


def _chempy() -> Peer:
    from chempy import Substance

    return Peer(lambda text: Substance.from_formula(text).mass, None, "..")
