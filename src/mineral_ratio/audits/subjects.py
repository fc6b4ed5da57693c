"""What a row of a table is about: the compound or material that its name and formula mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from mineral_ratio.catalog.names import unordered
from mineral_ratio.errors import AmbiguousNameError, FormulaError, NotFoundError
from mineral_ratio.substances.compounds import Compound
from mineral_ratio.substances.formulas import Formula
from mineral_ratio.substances.ions import symbols_in

if TYPE_CHECKING:
    from mineral_ratio.audits.tables import Row
    from mineral_ratio.catalog.catalog import Catalog
    from mineral_ratio.substances.materials import Material


@attrs.frozen
class Subject:
    """What a row is about.

    Attributes:
        substance: The compound or material; None where the row does not tell.
        finding: What is amiss with its name; empty if nothing is.
        candidates: The compounds that a name may mean that fits several.
    """

    substance: Compound | Material | None
    finding: str = ""
    candidates: tuple[Compound, ...] = ()


class Subjects:
    """Finds what rows are about, each name and formula once.

    Args:
        catalog: Where names are looked up.
    """

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._named: dict[str, Subject] = {}
        self._written: dict[str, Compound] = {}
        self._relatives: dict[str, tuple[Compound, ...]] = {}

    def of(self, row: Row) -> Subject:
        """What a row is about: its formula where it states one, else what its name means."""
        if row.formula is None:
            return self._by_name(row.name)
        compound = self._by_formula(row.formula)
        finding = _disagreement(row.name, compound.formula, self._by_name(row.name)) if row.name else ""
        return Subject(compound, finding)

    def relatives(self, compound: Compound) -> tuple[Compound, ...]:
        """The other compounds of a compound's families."""
        if compound.name not in self._relatives:
            found = [each for family in compound.families for each in self._members(family)]
            others = {each.name: each for each in found if each.formula != compound.formula}
            self._relatives[compound.name] = tuple(others.values())
        return self._relatives[compound.name]

    def _members(self, name: str) -> list[Compound]:
        """The compounds that have a name, or have it as that of a family; none that is merely close."""
        key = unordered(name)
        compounds = [each for each in self.catalog.find(name) if isinstance(each, Compound)]
        return [
            each
            for each in compounds
            if key in map(unordered, (each.name, *each.synonyms, *each.families, each.cas))
        ]

    def _by_name(self, name: str) -> Subject:
        if name not in self._named:
            try:
                self._named[name] = Subject(self.catalog.substance(name))
            except AmbiguousNameError as error:
                fits = f"{name!r} fits several {error.kind}s: " + "; ".join(error.candidates)
                self._named[name] = Subject(None, fits, tuple(self._members(name)))
            except NotFoundError as error:
                self._named[name] = self._as_formula(name) or Subject(None, str(error))
        return self._named[name]

    def _as_formula(self, name: str) -> Subject | None:
        """The compound of a name that is a formula; capitals alone may be a word (POISON)."""
        try:
            formula = Formula.parse(name)
        except FormulaError:
            return None
        telling = any(char.isdigit() or char.islower() for char in name)
        return Subject(self._by_formula(formula)) if telling and not formula.charge_number else None

    def _by_formula(self, formula: Formula) -> Compound:
        """The catalogue's one compound of a formula, which knows its ions, else the bare formula."""
        if self.catalog.weights is not None:
            formula = formula.with_weights(self.catalog.weights)
        if formula.text not in self._written:
            try:
                found = self.catalog.compound(formula.text)
            except (NotFoundError, AmbiguousNameError):
                found = None
            # A text may be a name as well as a formula: it is what the row calls a formula that counts.
            if found is None or found.formula.counts != formula.counts:
                found = Compound(formula.text, formula=formula)
            self._written[formula.text] = found
        return self._written[formula.text]


def _disagreement(name: str, formula: Formula, named: Subject) -> str:
    """How a name contradicts the formula beside it; empty if it does not, or is not known."""
    found = named.substance
    compound = found if isinstance(found, Compound) or found is None else found.compound
    meant = named.candidates if compound is None else (compound,)
    if not meant or any(each.formula.counts == formula.counts for each in meant):
        return ""
    # The catalogue may lack a member of a family, but not all that have its elements.
    if compound is None and any(_telling(each.formula) == _telling(formula) for each in meant):
        return ""
    listed = " or ".join(f"{each.name}, {each.formula}" for each in meant)
    return f"{name!r} is {listed}; its formula says {formula}, which it is held against"


def _telling(formula: Formula) -> set[str]:
    """Elements of a formula but those of water."""
    return set(symbols_in(formula)) - {"H", "O"}
