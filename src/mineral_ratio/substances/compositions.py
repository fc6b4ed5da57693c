"""What a material holds, worked out from the statements of its specification.

A statement (an assay, a declared content, a water content) is an anchor. Each part of the compound,
an ion or the water, has its amount from the statement that is of just this part, or else by formula
from the first statement that is of the compound at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from mineral_ratio.errors import MassBalanceError, UnknownContentError
from mineral_ratio.substances.analytes import (
    NamedSpecies,
    basis_element,
    conversion,
    relative_mass,
    same_element,
)
from mineral_ratio.substances.elements import Element, element
from mineral_ratio.substances.ions import WATER, Ion, atoms_in, symbols_in
from mineral_ratio.substances.ranges import Cause, Factor, Range, Term, bounds
from mineral_ratio.substances.specifications import LOSS_OF, SPOKEN, Basis, Declared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mineral_ratio.substances.analytes import Analyte, Kind
    from mineral_ratio.substances.atomic_weights import AtomicWeights
    from mineral_ratio.substances.compounds import Compound
    from mineral_ratio.substances.formulas import Formula
    from mineral_ratio.substances.materials import Material
    from mineral_ratio.substances.ranges import Side

_SLACK = 1e-9


@attrs.frozen
class Anchor:
    """A stated content: what everything that is not stated is derived from.

    Attributes:
        species: The analyte that was stated.
        term: Its mass fraction in the material as is.
        stated: Its nominal mass fraction on the basis that it was stated on.
        per_unit: How many of it a formula unit of the compound holds, 0 where it is no part of it.
        kind: Which value of the statement is used.
        source: How to speak of it.
        ignited: Whether it was stated on the ignited basis.
    """

    species: Analyte
    term: Term
    stated: float
    per_unit: float
    kind: Side
    source: str
    ignited: bool = False


@attrs.frozen
class Amount:
    """A part of the compound: mol per gram of material, and the statement that it comes from.

    Attributes:
        part: The part.
        term: Its amount, or None where it is not known.
        anchor: The statement; None for a pure compound.
    """

    part: Ion
    term: Term | None
    anchor: Anchor | None


class Composition:
    """What a formula and the statements of a specification tell of a material, as terms.

    Args:
        spec: The material, its fields set.

    Raises:
        MassBalanceError: A basis has no loss, crystal water would be taken off twice, or the
            contents are more than mass allows.
    """

    __slots__ = ("amounts", "anchors", "assigned_fractions", "declared_anchors", "least", "spec", "weights")

    def __init__(self, spec: Material) -> None:
        self.spec: Material = spec
        self.weights: AtomicWeights = spec.weights
        self.anchors: list[Anchor] = self._stated()
        start = int(spec.assay is not None)
        self.declared_anchors: list[Anchor] = self.anchors[start : start + len(spec.declared)]
        self.amounts: list[Amount] = self._settled()
        self._check()

    # -- from statements to amounts

    def _stated(self) -> list[Anchor]:
        """The assay, the declared contents and the water as terms of the material as is."""
        anchors: list[Anchor] = []
        if self.spec.assay is not None and self.spec.compound is not None:
            species = NamedSpecies(str(self.spec.assay.of), self.spec.assay.of)
            per_unit = _units_of(self.spec.assay.of, self.spec.compound)
            if not per_unit:
                raise MassBalanceError(
                    f"{self.spec.name}: {species} shares no telling element with its compound"
                )
            stated = Declared(self.spec.assay.range, self.spec.assay.basis)
            anchors.append(self._anchor("assay", species, stated, per_unit, f"assay {self.spec.assay}"))
        for asked, item in self.spec.declared:
            label = f"declared {asked}"
            anchors.append(self._anchor(label, asked, item, self.held(asked), f"{label} {item}"))
        if self.spec.water_content is not None:
            if any(asked == WATER for asked, _ in self.spec.declared):
                raise MassBalanceError(f"{self.spec.name}: its water is stated twice")
            source = f"water content {self.spec.water_content}"
            anchors.append(
                self._anchor("water_content", WATER, Declared(self.spec.water_content), 0.0, source)
            )
        return anchors

    def held(self, asked: Analyte) -> float:
        """How many of an analyte a formula unit holds; 0 where a bare formula does not tell."""
        try:
            return self.spec.compound.count(asked) if self.spec.compound else 0.0
        except UnknownContentError:
            return 0.0

    def _anchor(self, label: str, species: Analyte, stated: Declared, per_unit: float, source: str) -> Anchor:
        value, kind = stated.range.nominal
        low = stated.range.low or 0.0
        high = stated.range.high
        if high is None:
            high = self._open_end(species, value, stated.basis, per_unit)
        factors = [Factor(Cause(self.spec.name, label, low, value, high))]
        if stated.basis != "as_is":
            loss = self._loss(stated.basis, species)
            factors.append(Factor(loss, complement=True))
            source += f", {loss.label.replace('_', ' ')} {100 * loss.value:.4g} %{self._end_of(loss.label)}"
        term = Term(1.0, tuple(factors))
        return Anchor(species, term, value, per_unit, kind, source, stated.basis == "ignited")

    def _open_end(self, species: Analyte, value: float, basis: Basis, per_unit: float) -> float:
        """The upper end of an open range: the theory of the formula, 100 % without one.

        Where even the value to work with is above the formula's theory, the material has lost
        crystal water, and the theory of the anhydrous formula is the end.
        """
        if self.spec.compound is None or not per_unit:
            return max(value, 1.0)
        held = per_unit * relative_mass(species, self.weights)
        whole = held / self.spec.compound.relative_formula_mass
        anhydrous = held / self.spec.compound.anhydrous.relative_formula_mass
        wet = self._keeps_water(basis, 1.0 - whole / anhydrous) and value <= whole
        return max(value, whole if wet else anhydrous)

    def _keeps_water(self, basis: Basis, water: float) -> bool:
        """Whether crystal water, this mass fraction of a species, is still in it on a basis."""
        if basis != "dried" or self.spec.loss_on_drying is None:
            return basis == "as_is"
        if self.spec.drying_removes_crystal_water is not None:
            return not self.spec.drying_removes_crystal_water
        # Where it is not said, the size of the loss tells.
        return self.spec.loss_on_drying.nominal[0] < 0.9 * water

    def _loss(self, basis: Basis, species: Analyte) -> Cause:
        """The loss that a basis goes by.

        Raises:
            MassBalanceError: It is not given or leaves nothing, or the species still holds the
                crystal water that went with it.
        """
        field = LOSS_OF[basis]
        loss: Range | None = getattr(self.spec, field)
        if loss is None:
            raise MassBalanceError(
                f"{self.spec.name}: {species} is stated {SPOKEN[basis]}, so {field} must be given"
            )
        if loss.high is None or loss.high >= 1.0:
            raise MassBalanceError(
                f"{self.spec.name}: {field} {loss} would leave nothing; give its upper limit"
            )
        if not isinstance(species, Element) and (water := species.formula.water_of_crystallization):
            held = float(water) * relative_mass(WATER, self.weights) / relative_mass(species, self.weights)
            if not self._keeps_water(basis, held):
                raise MassBalanceError(
                    f"{self.spec.name}: {species} holds crystal water that has gone {SPOKEN[basis]}; "
                    "taking the loss off would count it twice: name the anhydrous species"
                )
        return Cause(self.spec.name, field, loss.low or 0.0, loss.nominal[0], loss.high)

    def _end_of(self, loss: str) -> str:
        """Which value of the range of a loss is worked with, where that is no typical one."""
        stated: Range = getattr(self.spec, loss)
        kind = stated.nominal[1]
        return "" if kind in ("stated", "typical") else f" ({kind})"

    def _settled(self) -> list[Amount]:
        """The amount of each part of the compound, by its own statement or by formula from the first."""
        if not self.anchors and self.spec.compound is not None:
            unit = self.spec.compound.relative_formula_mass
            return [Amount(part, Term(float(count) / unit), None) for count, part in self.spec.compound.parts]
        amounts: list[Amount] = []
        default = next((anchor for anchor in self.anchors if anchor.per_unit), None)
        for count, part in self.spec.compound.parts if self.spec.compound else ():
            if part == WATER and self.spec.water_content is not None:
                continue
            anchor = next((anchor for anchor in self.anchors if self._states(anchor, part)), default)
            term = None
            if anchor is not None:
                moles = float(count) / anchor.per_unit / relative_mass(anchor.species, self.weights)
                term = anchor.term.times(moles)
            amounts.append(Amount(part, term, anchor))
        if self.spec.water_content is not None:
            anchor = self.anchors[-1]
            amounts.append(Amount(WATER, anchor.term.times(1.0 / relative_mass(WATER, self.weights)), anchor))
        else:
            held = sum(
                each.term.at({}) * relative_mass(each.part, self.weights) for each in amounts if each.term
            )
            # More than all: part of the crystal water is gone, and unless it is stated nothing says how much.
            if held > 1.0 + _SLACK:
                amounts = [
                    attrs.evolve(each, term=None)
                    if each.part == WATER and each.anchor and each.anchor.species != WATER
                    else each
                    for each in amounts
                ]
        return amounts

    def _states(self, anchor: Anchor, part: Ion) -> bool:
        """Whether a declared content is that of just this part: held by it and by no other."""
        compound = self.spec.compound
        if compound is None or not anchor.per_unit or anchor not in self.declared_anchors:
            return False
        if compound.units_of(anchor.species):
            return False  # it states the compound, not a part of it
        return [other for _, other in compound.parts if compound.count_in_part(anchor.species, other)] == [
            part
        ]

    # -- checks at construction

    def _check(self) -> None:
        compound = self.spec.compound
        if compound is not None and compound.formula_status == "established":
            for anchor in self.anchors:
                self._check_theory(anchor, compound.anhydrous)
        assigned = {symbol: bounds(self.assigned(symbol)) for symbol in self.assigned_elements()}
        self.assigned_fractions: Mapping[str, float] = {
            symbol: interval.value for symbol, interval in assigned.items()
        }
        self.least = sum(interval.low for interval in assigned.values())
        # What follows by formula from one statement is as far off as that statement is.
        used = {each.anchor for each in self.amounts if each.term is not None} | {*self.declared_anchors}
        excess = self.spec.excess if compound is not None and len(used) == 1 else 0.0
        if self.least > 1.0 + excess + _SLACK:
            raise MassBalanceError(
                f"{self.spec.name}: the least of its contents sum to {100 * self.least:.4g} %"
            )

    def _check_theory(self, anchor: Anchor, residue: Formula) -> None:
        """A determined content may not lie far above what the anhydrous or ignited residue holds.

        What is left after ignition may be another substance than the compound, so that on that
        basis only the species itself, 100 %, is the limit.
        """
        theory = anchor.per_unit * relative_mass(anchor.species, self.weights) / residue.relative_formula_mass
        limit = (1.0 if anchor.ignited else theory) * (1.0 + self.spec.excess)
        if anchor.per_unit and anchor.stated > limit:
            raise MassBalanceError(
                f"{self.spec.name}: {anchor.source} is more than {100 * self.spec.excess:g} % "
                f"above the theory of {residue}, {100 * theory:.4g} %"
            )

    # -- what follows from them

    def stated_as(self, asked: Analyte) -> tuple[Term, Anchor] | None:
        """The stated content of an analyte, also where it was declared as another form of its element."""
        for anchor in (*self.declared_anchors, *self.anchors):
            if anchor.species == asked or _same_formula(anchor.species, asked):
                return anchor.term, anchor
        for anchor in self.declared_anchors:
            if same_element(anchor.species, asked):
                return anchor.term.times(conversion(anchor.species, asked, self.weights)), anchor
        return None

    def held_in(self, asked: Analyte) -> list[tuple[Amount, float]]:
        """The parts that hold an analyte, each with the relative mass of it that one of the part holds."""
        compound = self.spec.compound
        if compound is None:
            return []
        if units := compound.units_of(asked):
            # The compound itself: as much as there is of its first part, if all of them go together.
            firm = [each for each in self.amounts if each.part != WATER]
            if len({each.anchor for each in firm}) > 1:
                raise UnknownContentError(str(asked), self.spec.name)
            return [(firm[0], units / float(compound.parts[0][0]) * relative_mass(asked, self.weights))]
        if isinstance(asked, NamedSpecies) and not compound.count(asked):
            return []
        pairs = ((each, compound.mass_in_part(asked, each.part)) for each in self.amounts)
        return [(each, mass) for each, mass in pairs if mass]

    def terms(self, asked: Analyte) -> list[Term]:
        """Mass fraction of an analyte as a sum of terms, none where the formula excludes it.

        Args:
            asked: The analyte.

        Raises:
            UnknownContentError: Neither a statement nor the formula tells.
        """
        if (stated := self.stated_as(asked)) is not None:
            return [stated[0]]
        if self.spec.compound is None:
            raise UnknownContentError(str(asked), self.spec.name)
        terms: list[Term] = []
        for each, mass in self.held_in(asked):
            if each.term is None:
                raise UnknownContentError(str(asked), self.spec.name)
            terms.append(each.term.times(mass))
        return terms

    def assigned_elements(self) -> tuple[str, ...]:
        """Symbols of the elements that a formula or a declaration gives the material."""
        settled = [
            symbol
            for each in self.amounts
            if each.term is not None
            for symbol in symbols_in(each.part.formula)
        ]
        for anchor in self.declared_anchors:
            species = anchor.species
            settled += [species.symbol] if isinstance(species, Element) else symbols_in(species.formula)
        return tuple(dict.fromkeys(settled))

    def assigned(self, symbol: str) -> list[Term]:
        """Mass fraction of an element that a formula or a declaration explains.

        Unlike `terms` it does not ask whether that is all there is of it: an element of a
        declared species counts, crystal water that may have gone does not.

        Args:
            symbol: Symbol of the element.
        """
        asked = element(symbol)
        if (stated := self.stated_as(asked)) is not None:
            return [stated[0]]
        terms = [each.term.times(mass) for each, mass in self.held_in(asked) if each.term is not None]
        for anchor in self.declared_anchors:
            if not anchor.per_unit and not isinstance(anchor.species, Element):
                formula = anchor.species.formula.with_weights(self.weights)
                terms.append(anchor.term.times(formula.mass_fraction(symbol)))
        return terms

    def provenance(self, asked: Analyte) -> tuple[Kind, str]:
        """Which value of which statement a content is, and how to speak of it."""
        if (stated := self.stated_as(asked)) is not None:
            anchors = [stated[1]]
        else:
            anchors = list(
                dict.fromkeys(each.anchor for each, _ in self.held_in(asked) if each.anchor is not None)
            )
        source = " and ".join(anchor.source for anchor in anchors)
        if len(anchors) == 1 and self._states_itself(anchors[0], asked):
            return anchors[0].kind, source
        return "derived", f"by formula from {source}"

    def _states_itself(self, anchor: Anchor, asked: Analyte) -> bool:
        """Whether a statement is of an analyte, or an assay of a species that holds its element."""
        if anchor.species == asked or _same_formula(anchor.species, asked):
            return True
        basis = basis_element(asked)
        if self.spec.assay is None or anchor != self.anchors[0] or basis is None:
            return False
        return bool(atoms_in(basis[0], self.spec.assay.of))


def _same_formula(stated: Analyte, asked: Analyte) -> bool:
    """Whether both are species that their formula alone names, and it is the same."""
    return (
        isinstance(stated, NamedSpecies)
        and isinstance(asked, NamedSpecies)
        and stated.by_formula
        and asked.by_formula
        and stated.formula == asked.formula
    )


def _units_of(species: Formula, compound: Compound) -> float:
    """How many of a species a formula unit of a compound makes, by the first element that tells.

    Hydrogen and oxygen do not tell: they come and go with water.
    """
    for symbol in sorted(symbols_in(species), key=lambda symbol: symbol == "C"):
        if symbol not in ("H", "O") and (held := atoms_in(symbol, compound.formula)):
            return float(held) / float(atoms_in(symbol, species))
    return float(species == compound.formula)
