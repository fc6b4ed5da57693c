"""Compare the two keyings of ``data/reference_values.csv``, cell by cell. Not run by the tests.

    python tools/compare_keyings.py

The reference values were typed twice, by two people who did not see each other's table. The second keying
is ``second_keying.csv`` beside this file. Printed are the rows that agree in value, unit and status, those
that do not, those typed once, and those that nobody could open. Exit code 1 if a row disagrees, or if the
column ``keyed`` says something else than the two tables do.

Finding of 2026-11-24, in three steps.

As keyed, 1,187 and 1,161 rows, brought to the same names of editions, conditions and age groups:

- 1,068 rows were read by both, and no two of them have different figures. They differed in form: 3 and 3.0
  mg/day (manganese, EFSA; 3.0 is printed); calcium and phosphorus of children in printed or in merged age
  groups; the fluoride AI of EFSA as mg/day or as the 0.05 mg/kg body weight that it comes from (mg/day stays,
  the other is in the note); zinc for pregnant and lactating women as values, where they are additions.
- 9 rows of iron (EFSA 2024) differed in what they count: with medicines or without. EFSA's level is for total
  iron and exempts people under treatment, not a source: all sources stay.
- 69 rows were read by the first person only, 13 by the second only.

Those 82 were looked up in other copies:

- The 69 (EFSA: calcium, iron and zinc ARs, zinc PRIs, AIs of fluoride, iodine, manganese, molybdenum and
  selenium) agree with another transcription of EFSA's summary of 2017. 10 of the 13 (EFSA: selenium ULs of
  2023, where the draft and the opinion differ at 4 to 6 months, and safe levels of iron) agree with one of
  EFSA's overview of 2025. The sodium CDRR in lactation, 3 rows, stays keyed once.
- Zinc PRIs of 11 to 17 years: a review (PMC7468694) prints 9.4, 12.5 and 10.4 mg. EFSA's abstract says that
  they go up to 14.2, as do both transcriptions: 10.7, 14.2 and 11.9.
- Zinc UL of 7 to 10 years: a review (PMC9102402) prints 10 mg, which neither person took over. An opinion of
  EFSA that quotes SCF 2003 has 13, as has the overview of 2025; both have 25 in pregnancy and lactation.

Seven cells where EFSA set nothing (the AI of chromium, the ULs of sodium and vanadium, those of infants for
copper, iodine, molybdenum and zinc), read by one person while reconciling, agree with reports of the opinions
and with the table of a review (PMC7231601). Read by one person stay those three zinc ULs, for which that
review has no line, the UL of infants for boron, and the sodium CDRR in lactation.

Unread remain the sodium CDRR of infants (2 rows; the one copy found says "not determined", and is wrong in
the AI of 1 to 3 years beside it) and EFSA's safe levels of manganese under 18 years (1 row).

Beyond that, a script held the values against the R package nutriR. Its ``dris`` has 598 of 648 NASEM cells
alike; the other 50 are potassium and sodium from before 2019. Its ``drvs`` has 288 of 290 EFSA cells alike;
the other two are one figure, 0.25, for the range of manganese that EFSA prints for infants.
"""

# ruff: noqa: INP001, T201

from __future__ import annotations

import csv
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

TOOLS = Path(__file__).resolve().parent
FIRST = TOOLS.parent / "src" / "mineral_ratio" / "data" / "reference_values.csv"
SECOND = TOOLS / "second_keying.csv"
KEY = ("authority", "edition", "analyte", "kind", "sex", "age_from", "age_to", "condition")

Row = dict[str, str]


def read(path: Path) -> dict[tuple[str, ...], Row]:
    """Rows of a table by their keys, without the comment lines."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    keyed = {tuple(row[column] for column in KEY): row for row in rows}
    if len(keyed) < len(rows):
        raise ValueError(f"{path.name} has {len(rows) - len(keyed)} rows with a key that another row has")
    return keyed


def cells(row: Row) -> tuple[Decimal | None, str, str]:
    """What is compared: the value as a number, so that 3 is 3.0, the unit and the status."""
    return Decimal(row["value"]) if row["value"] else None, row["unit"], row["status"]


def keyed(row: Row, other: Row | None) -> str:
    """What the column ``keyed`` should say of a row."""
    if other is not None:
        return "twice"
    return "" if row["status"] == "unread" else "once"


def main() -> int:
    """Print the comparison; 1 if anything is wrong."""
    first, second = read(FIRST), read(SECOND)
    wrong = [f"only in the second keying: {key}" for key in second if key not in first]
    agreeing: Counter[str] = Counter()
    alone: list[str] = []
    for key, row in first.items():
        other = second.get(key)
        name = " | ".join(filter(None, key))
        if row["keyed"] != keyed(row, other):
            wrong.append(f"keyed {row['keyed']!r} instead of {keyed(row, other)!r}: {name}")
        if other is None:
            alone.append(f"{row['keyed'] or 'unread'}: {name}: {row['value'] or row['status']}")
        elif cells(row) == cells(other):
            agreeing[f"{row['authority']}, {other['reader']} reader"] += 1
        else:
            wrong.append(f"{name}: {cells(row)} and {cells(other)}")
    print(f"{len(first)} rows; twice and equal: {agreeing.total()}; alone: {len(alone)}; wrong: {len(wrong)}")
    for group, count in agreeing.items():
        print(f"equal: {group}: {count}")
    for line in alone + wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
