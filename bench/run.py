"""Measure the library beside its peers, and write one table of ratios (run by ``nox -s bench``).

Everything that is compared is measured in turns; a ratio is taken within each round, and the table gives
the median of the rounds and their quartiles.
"""

from __future__ import annotations

import argparse

import amounts
import blends
import formulas
import lookups
import page
import starts


def main() -> None:
    """Measure, print, and put the table in the page of the docs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=25, help="of each, two or more (default: 25)")
    parser.add_argument("--print-only", action="store_true", help="leave the page as it is")
    given = parser.parse_args()
    parts = (starts, formulas, lookups, blends, amounts)
    text = page.measured([row for part in parts for row in part.rows(given.rounds)], given.rounds)
    print(text)
    if not given.print_only:
        page.write(text)


if __name__ == "__main__":
    main()
