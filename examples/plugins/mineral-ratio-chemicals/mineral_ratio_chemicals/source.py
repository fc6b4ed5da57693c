"""The source: a look-up reads one line of a table, checks it, and makes it a compound or refuses it."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

import mineral_ratio as mr
from mineral_ratio.catalog.names import unordered
from mineral_ratio_chemicals.records import Table, same_name
from mineral_ratio_chemicals.refusals import dry, proportional, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mineral_ratio_chemicals.records import Record


class ChemicalsSource:
    """The records of the installed package ``chemicals``, by CAS number and name.

    Nothing is read before the first look-up; then the tables stay in memory as text (about 45 MB, and
    32 MB more after the first look-up by name) and every look-up builds what it answers with.
    """

    name = "chemicals"
    api_version = 1

    def lookup(self, name: str) -> list[mr.Compound]:
        """The compounds of a CAS number or a name.

        Args:
            name: The name as the user wrote it; its case, spelling and order of words do not count.

        Returns:
            The compounds whose common or systematic name it is and other hydrates of them that have it
            among their synonyms; all that have it there if it is the name of none. Where their elements
            stand in one proportion and it is the common name of just one of them, that one.

        Raises:
            RecordError: One of their records is refused; its message says why.
        """
        records = self._table.named(name)
        own = [each for each in records if each.cas == name.strip() or _is_called(each, name)]
        # The synonyms of an acid are among those of its ions and salts: they say nothing against a name.
        hydrates = [each for each in records if each not in own and any(_hydrates(each, one) for one in own)]
        found = [self._compound(record, name) for record in (own + hydrates if own else records)]
        common = [compound for compound in found if same_name(compound.name, name)]
        alike = all(_same_proportions(found[0], compound.formula) for compound in found)
        return common if alike and len(common) == 1 else found

    def __iter__(self) -> Iterator[mr.Compound]:
        """All compounds that are not refused, each built as it is reached."""
        for record in self._records():
            try:
                yield self._compound(record)
            except mr.RecordError:
                continue

    def __len__(self) -> int:
        """Number of records, the refused ones among them."""
        return len(self._table)

    def refusals(self) -> Iterator[mr.RecordError]:
        """Every record that is refused, with the reason."""
        for record in self._records():
            try:
                self._compound(record)
            except mr.RecordError as error:
                yield error

    @cached_property
    def _table(self) -> Table:
        return Table()

    @cached_property
    def _verified(self) -> dict[str, mr.Compound]:
        """The library's own compounds by CAS number and by name, which were verified one by one."""
        verified: dict[str, mr.Compound] = {}
        for each in mr.Catalog(plugins=False):
            if isinstance(each, mr.Compound):
                verified |= {unordered(name): each for name in (each.name, *each.synonyms)}
                verified |= {each.cas: each} if each.cas else {}
        return verified

    def _records(self) -> Iterator[Record]:
        return (self._table[number] for number in range(len(self._table)))

    def _compound(self, record: Record, asked: str = "") -> mr.Compound:
        """The compound of a record.

        Raises:
            RecordError: It is refused.
        """

        def refused(field: str, reason: str) -> mr.RecordError:
            message = f"{record.cas or record.name} is refused: {reason}"
            return mr.RecordError(record.file, record.line, field, message)

        if re.search(r"[+-]\d*$", record.formula):
            raise refused("formula", f"{record.formula} has a charge: it is an ion, or lacks one")
        try:
            formula = mr.Formula.parse(record.formula)
            _ = formula.relative_formula_mass
        except mr.FormulaError as error:
            raise refused("formula", error.message) from error
        except mr.NoAtomicWeightError as error:
            raise refused("formula", str(error)) from error
        if reason := refusal(record, formula.counts, asked):
            raise refused("", reason)
        for key in filter(None, (record.cas, asked)):
            known = self._verified.get(key) or self._verified.get(unordered(key))
            if known is not None and not _same_proportions(known, formula):
                raise refused("formula", f"{key} is {known.name}, {known.formula}, not {record.formula}")
        if record.waters and len(record.parts) > record.waters:
            anhydrous = mr.Formula.from_counts(dry(formula.counts, record.waters))
            water = "H2O" if record.waters == 1 else f"{record.waters}H2O"
            formula = mr.Formula.parse(f"{anhydrous}.{water}")
        return mr.Compound(
            record.name,
            formula=formula,
            cas=record.cas,
            pubchem_cid=record.cid,
            citations=f"PubChem record as held in chemicals {self._table.version}",
        )


def _is_called(record: Record, name: str) -> bool:
    """Whether a name is the systematic or the common one of a record."""
    return any(same_name(name, each) for each in record.names[:2])


def _same_proportions(known: mr.Compound, formula: mr.Formula) -> bool:
    return proportional(known.formula.counts, formula.counts)


def _hydrates(first: Record, second: Record) -> bool:
    """Whether two records differ in their water only."""
    try:
        one, two = (dry(mr.Formula.parse(each.formula).counts, each.waters) for each in (first, second))
    except mr.FormulaError:
        return False
    return first.waters != second.waters and proportional(one, two)


SOURCE = ChemicalsSource()
"""The entry point ``chemicals`` of group ``mineral_ratio.compounds``."""
