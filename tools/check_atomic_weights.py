"""Compare the tables of atomic weights and of nuclides with other people's copies of the same figures.

Not part of the tests: it needs packages that the library does not depend on. In an environment of its own::

    pip install -e . chemformula atomic-weights periodictable molmass
    python tools/check_atomic_weights.py

Finding of 2026-11-24, with chemformula 1.5.1, atomic-weights 2023.1.0, periodictable 2.1.0, molmass 2026.1.8:

- chemformula and atomic-weights, both from the list kept at iupac.qmul.ac.uk, agree on all 118 elements: 84
  atomic weights are equal, and the 34 elements without one carry a whole number there, a mass number.
- periodictable, from CIAAW's own table of 2021, has 81 of the 84. Zr 91.224, Gd 157.25 and Lu 174.9668 are
  those from before 2024.
- periodictable, from AME2020 rounded, has all 289 nuclides, each within the standard uncertainty of AME2020.
  Its list of those occurring in nature lacks the three of uranium, because of how it reads its own table,
  which does hold them.
- molmass, from an older evaluation by way of NIST, has 288, without 230Th; 147 are within that uncertainty.
  None is off by more than 3.1e-5 Da (102Pd), and below mass number 90 by more than 2.2e-6 Da (89Y).
"""

# ruff: noqa: INP001, T201

from __future__ import annotations

from importlib.metadata import version

import atomic_weights
import molmass
import periodictable
from chemformula.elements import atomic_weight

from mineral_ratio.substances._tables import read_table

WEIGHTS = {row["symbol"]: row["value"] for row in read_table("atomic_weights_2024.csv")}
NUCLIDES = {
    (int(row["atomic_number"]), int(row["mass_number"])): (
        row["symbol"],
        row["mass"],
        row["standard_uncertainty"],
    )
    for row in read_table("nuclides.csv")
}


def compare_weights(package: str, theirs: dict[str, float]) -> None:
    """Print the elements whose atomic weight differs; a whole number is a mass number, not a weight."""
    ours = {symbol: float(value) for symbol, value in WEIGHTS.items() if value}
    differing = {symbol: value for symbol, value in ours.items() if theirs[symbol] != value}
    mass_numbers = sum(float(theirs[symbol]).is_integer() for symbol in WEIGHTS if symbol not in ours)
    print(
        f"{package} {version(package)}: {len(ours) - len(differing)} of {len(ours)} atomic weights are equal"
    )
    print(
        f"    {mass_numbers} of the {len(WEIGHTS) - len(ours)} elements without one carry a mass number there"
    )
    for symbol, value in differing.items():
        print(f"    {symbol}: {value} here, {theirs[symbol]} there")


def compare_nuclides(package: str, theirs: dict[tuple[int, int], float]) -> None:
    """Print the nuclides whose mass differs by more than the standard uncertainty of AME2020."""
    differing: dict[str, float] = {}
    missing: list[str] = []
    for (number, mass_number), (symbol, mass, uncertainty) in NUCLIDES.items():
        if (number, mass_number) not in theirs:
            missing.append(f"{mass_number}{symbol}")
        # The last term is what a float of this size cannot tell apart.
        elif abs(off := theirs[number, mass_number] - float(mass)) > float(uncertainty) + 1e-13:
            differing[f"{mass_number}{symbol}"] = off
    within = len(NUCLIDES) - len(differing) - len(missing)
    print(f"{package} {version(package)}: {within} of {len(NUCLIDES)} masses are within the uncertainty")
    print(f"    missing there: {', '.join(missing) or 'none'}")
    for nuclide, off in sorted(differing.items(), key=lambda item: -abs(item[1])):
        print(f"    {nuclide}: {off:+.3g} Da there")


def main() -> None:
    """Compare with all four packages."""
    compare_weights("chemformula", {symbol: atomic_weight(symbol) for symbol in WEIGHTS})
    compare_weights("atomic-weights", {symbol: getattr(atomic_weights, symbol) for symbol in WEIGHTS})
    compare_weights("periodictable", {symbol: getattr(periodictable, symbol).mass for symbol in WEIGHTS})
    isotopes = {(e.number, a): e[a] for e in periodictable.elements for a in e.isotopes}
    compare_nuclides("periodictable", {key: isotope.mass for key, isotope in isotopes.items()})
    natural = {key for key, isotope in isotopes.items() if key[0] and isotope.abundance > 0}
    print(
        f"    occurring in nature there: {len(natural)}; in one list only: {sorted(natural ^ set(NUCLIDES))}"
    )
    compare_nuclides(
        "molmass",
        {(e.number, a): isotope.mass for e in molmass.ELEMENTS for a, isotope in e.isotopes.items()},
    )


if __name__ == "__main__":
    main()
