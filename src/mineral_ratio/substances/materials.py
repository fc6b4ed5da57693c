"""Materials: what is bought, by its assay, its losses and its declared contents.

Theory, declaration and evidence stay apart: a material knows what its compound's formula gives
and what its specification states, and each `Content` names which of the two it used. The content
as is of a species that was determined on another basis is the stated fraction times what the
loss on that basis leaves.
"""

from __future__ import annotations

import math
from collections.abc import ItemsView, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from mineral_ratio import units
from mineral_ratio.errors import MassBalanceError, UnitError, UnknownContentError
from mineral_ratio.substances.analytes import Content, EquivalentCount, analyte, equivalents_of
from mineral_ratio.substances.atomic_weights import default_weights
from mineral_ratio.substances.compositions import Composition
from mineral_ratio.substances.compounds import Compound
from mineral_ratio.substances.elements import element
from mineral_ratio.substances.holdings import mass_holding
from mineral_ratio.substances.ions import WATER
from mineral_ratio.substances.ranges import Range, Term, bounds
from mineral_ratio.substances.specifications import Assay, Declared, read_range

if TYPE_CHECKING:
    from typing import TypeAlias

    import pint

    from mineral_ratio.substances.analytes import Analyte, AnalyteLike
    from mineral_ratio.substances.atomic_weights import AtomicWeights
    from mineral_ratio.substances.elements import ElementLike
    from mineral_ratio.substances.holdings import End
    from mineral_ratio.substances.specifications import RangeLike
    from mineral_ratio.units import MassLike

    DeclaredLike: TypeAlias = RangeLike | Declared


def _read_declared(
    value: Mapping[Any, DeclaredLike] | tuple[tuple[Analyte, Declared], ...],
) -> tuple[tuple[Analyte, Declared], ...]:
    """Declared contents by analyte, each analyte once."""
    items = value.items() if isinstance(value, Mapping) else value
    if not isinstance(items, tuple | ItemsView):
        raise UnitError(
            f"declared contents are a mapping such as {{'Mg': '>= 20 %'}}, not {value!r}",
            value,
            "mass fraction",
        )
    pairs: dict[Analyte, Declared] = {}
    for key, item in items:
        asked = analyte(key)
        if asked in pairs:
            raise MassBalanceError(f"the content of {asked} is declared twice")
        pairs[asked] = item if isinstance(item, Declared) else Declared(item)
    return tuple(pairs.items())


@attrs.frozen(init=False)
class Material:
    """What is bought: a compound as its specification describes it, or declared contents alone.

    ``Material(compound)`` by itself is the pure compound as is.

    Examples:
        >>> malate = Compound("dimagnesium malate", ions="2 Mg2+, 1 malate, 2 hydroxide")
        >>> content = Material(malate, declared={"Mg": ">= 20 %"}).content("Mg")
        >>> content.value, content.kind, round(content.high, 4)
        (0.2, 'minimum', 0.2264)

    Attributes:
        name: The name to show; two lots that vary apart need two names.
        compound: The compound, or None where there is no formula (selenium yeast).
        declared: Pairs of an analyte and what is declared of it.
        assay: The assay, or None.
        loss_on_drying: Loss on drying, a fraction of the material as is.
        drying_removes_crystal_water: Whether that loss includes water of crystallization; None if not said.
        water_content: Total water by determination (Karl Fischer), crystal water included.
        loss_on_ignition: Loss on ignition.
        excess: How far a determined content may lie above the theory of the anhydrous or ignited
            residue of an established formula before it is refused (0.05 is 5 %).
        synonyms: Other names.
        citations: Where the specification was read.
        note: What else is to be known of it.
    """

    name: str
    compound: Compound | None
    declared: tuple[tuple[Analyte, Declared], ...]
    assay: Assay | None
    loss_on_drying: Range | None
    drying_removes_crystal_water: bool | None
    water_content: Range | None
    loss_on_ignition: Range | None
    excess: float
    synonyms: tuple[str, ...] = attrs.field(eq=False, repr=False)
    citations: tuple[str, ...] = attrs.field(eq=False, repr=False)
    note: str = attrs.field(eq=False, repr=False)
    _composition: Composition = attrs.field(init=False, eq=False, repr=False)

    def __init__(  # noqa: PLR0913  # a specification has this many parts
        self,
        compound: Compound | None = None,
        *,
        name: str = "",
        declared: Mapping[Any, DeclaredLike] | tuple[tuple[Analyte, Declared], ...] = (),
        assay: Assay | None = None,
        loss_on_drying: RangeLike | None = None,
        drying_removes_crystal_water: bool | None = None,
        water_content: RangeLike | None = None,
        loss_on_ignition: RangeLike | None = None,
        excess: float = 0.05,
        synonyms: tuple[str, ...] = (),
        citations: tuple[str, ...] = (),
        note: str = "",
    ) -> None:
        """Describe a material and check what mass allows.

        Args:
            compound: The compound, or None for a material without a formula.
            name: The name to show; the compound's if left out.
            declared: Contents by analyte: ``{"Mg": ">= 20 %", "malic acid": ">= 52 %"}``.
            assay: An `Assay` of a named species on a basis.
            loss_on_drying: ``"<= 12 %"``, ``"10.0 to 13.3 %"``.
            drying_removes_crystal_water: Whether the loss on drying includes crystal water.
            water_content: Total water by determination, crystal water included.
            loss_on_ignition: ``"<= 10 %"``.
            excess: Allowed excess over the theory of the residue, a fraction.
            synonyms: Other names.
            citations: Where the specification was read.
            note: What else is to be known of it.

        Raises:
            MassBalanceError: Nothing describes the material, a basis has no loss, crystal water
                would be taken off twice, or the contents are more than mass allows.
            UnitError: A statement cannot be read.
            NotFoundError: A declared analyte is not known.
        """
        if not (compound is None or isinstance(compound, Compound)):
            raise TypeError(
                f"a material is of a Compound, such as catalog.compound('magnesium oxide'), not {compound!r}"
            )
        if not (assay is None or isinstance(assay, Assay)):
            raise TypeError(f"an assay is an Assay, such as Assay('98 %', of='MgO'), not {assay!r}")
        if not (isinstance(excess, int | float) and 0.0 <= excess < math.inf):
            raise UnitError(
                f"{excess!r} is no excess: write a fraction such as 0.05", excess, "mass fraction"
            )
        pairs = _read_declared(declared)
        if compound is None and not (name and pairs):
            raise MassBalanceError("a material without a compound needs a name and declared contents")
        if compound is None and assay is not None:
            raise MassBalanceError(f"{name}: an assay needs a compound; declare contents instead")
        self.__attrs_init__(  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
            name or str(compound),
            compound,
            pairs,
            assay,
            None if loss_on_drying is None else read_range(loss_on_drying),
            drying_removes_crystal_water,
            None if water_content is None else read_range(water_content),
            None if loss_on_ignition is None else read_range(loss_on_ignition),
            excess,
            tuple(synonyms),
            tuple(citations),
            note,
        )
        # Worked out once: a frozen value sets what follows from its fields at construction only.
        object.__setattr__(self, "_composition", Composition(self))

    # -- what it holds

    @property
    def pure(self) -> bool:
        """Whether nothing but a formula describes the material."""
        return not self.declared and self.assay is None and self.water_content is None

    @property
    def weights(self) -> AtomicWeights:
        """The edition of atomic weights in use."""
        return default_weights() if self.compound is None else self.compound.weights

    def with_weights(self, weights: AtomicWeights) -> Material:
        """The same material reckoned with another edition of atomic weights.

        Args:
            weights: The edition.
        """
        return (
            self
            if self.compound is None
            else attrs.evolve(self, compound=self.compound.with_weights(weights))
        )

    @property
    def formula_status(self) -> str:
        """``"established"``, ``"disputed"``, or ``"none"`` without a formula."""
        return "none" if self.compound is None else self.compound.formula_status

    def terms(self, asked: Analyte) -> list[Term]:
        """Mass fraction of an analyte as a sum of terms, none where the formula excludes it.

        Args:
            asked: The analyte.

        Raises:
            UnknownContentError: Neither a statement nor the formula tells.
        """
        return self._composition.terms(asked)

    def assigned_elements(self) -> tuple[str, ...]:
        """Symbols of the elements that a formula or a declaration gives the material."""
        return self._composition.assigned_elements()

    def assigned(self, symbol: str) -> list[Term]:
        """Mass fraction of an element that a formula or a declaration explains.

        Unlike `terms` it does not ask whether that is all there is of it: an element of a
        declared species counts, crystal water that may have gone does not.

        Args:
            symbol: Symbol of the element.
        """
        return self._composition.assigned(symbol)

    def assigned_fractions(self) -> Mapping[str, float]:
        """Nominal mass fractions by symbol of the elements that `assigned` explains."""
        return self._composition.assigned_fractions

    def content(self, key: AnalyteLike) -> Content:
        """Mass fraction of an analyte in the material as is.

        As declared where it was declared; else by formula from the assay or from a declared
        part. The value is the typical one if one is stated, else a one-sided limit (the
        guaranteed side), else the midpoint; ``kind`` says which. Bounds are the exact extremes
        over all causes.

        Args:
            key: An element, ion, acid, water, or another named species.

        Returns:
            The content.

        Raises:
            NotFoundError: The key names no analyte.
            UnknownContentError: Neither a statement nor the formula tells; never zero.
        """
        asked = analyte(key)
        if self.pure and self.compound is not None:
            return self.compound.content(asked)
        terms = self.terms(asked)
        if not terms:
            raise UnknownContentError(str(asked), self.name)
        found = bounds(terms)
        kind, source = self._composition.provenance(asked)
        # Causes are independent, mass is not: nothing holds more than all of itself.
        high = min(found.high, max(1.0, found.value))
        return Content(str(asked), found.value, found.low, high, kind, source)

    def equivalents_per_mole(self, key: AnalyteLike) -> EquivalentCount:
        """Equivalents that one mole of an analyte in this material counts for, and what says so.

        Args:
            key: An element, ion or other analyte.

        Raises:
            NotFoundError: The key names no analyte.
            UnknownChargeError: Nothing says what charge it carries.
        """
        asked = analyte(key)
        if self.compound is not None and self._composition.held(asked):
            return self.compound.equivalents_per_mole(asked)
        return equivalents_of(asked, self.name)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is uncertain about the material, a sentence each."""
        notes: list[str] = []
        if self.compound is None:
            notes.append("no formula: works from its declared contents alone")
        else:
            notes.extend(self.compound.notes)
        for anchor in self._composition.anchors:
            cause = anchor.term.factors[0].cause
            if cause.high > 1.0:
                notes.append(f"{anchor.source}: a limit above 100 % is kept as the specification sets it")
        if self._composition.least > 1.0 + 1e-9:
            total = f"{100 * self._composition.least:.4g} %"
            notes.append(
                f"the statement is above theory: with what follows from it by formula it sums to {total}"
            )
        if any(each.term is None and each.part == WATER for each in self._composition.amounts):
            notes.append("crystal water is not known: the stated contents leave less than the formula holds")
        if self.pure and (self.loss_on_drying or self.loss_on_ignition):
            notes.append(
                "a loss is stated, but no assay or content that it applies to; the formula is used as it is"
            )
        return tuple(notes)

    # -- what every substance answers

    def elemental_mass(self, key: ElementLike, mass: MassLike) -> pint.Quantity[Any]:
        """Mass of an element in a mass of the material, at the nominal content.

        Args:
            key: The element.
            mass: ``"500 mg"`` or a quantity of any shape.

        Returns:
            The mass, in the registry, unit and shape of ``mass`` (mg for a text).

        Raises:
            NotFoundError: The key names no element.
            UnitError: ``mass`` is not a mass.
            UnknownContentError: Neither a statement nor the formula tells.
        """
        return units.scaled(mass, self.content(element(key)).value)

    def mass_for(self, key: AnalyteLike, amount: MassLike, at: End = "value") -> pint.Quantity[Any]:
        """Mass of the material that holds an amount of an analyte.

        Args:
            key: An element, ion or other analyte.
            amount: ``"1000 mg"``, ``"25 mmol"``, ``"50 mEq"`` or a quantity.
            at: The content to count on: its value, its low end (enough for certain) or its high end.

        Returns:
            The mass, answered in the unit of ``amount`` (mg for a text or an amount of substance).

        Raises:
            NotFoundError: The key names no analyte.
            UnitError: ``amount`` is not an amount of the analyte, or ``at`` is none of the three.
            UnknownContentError: Neither a statement nor the formula tells.
            UnknownChargeError: Equivalents were given and the charge is not known.
        """
        return mass_holding(self, key, amount, at)

    def __str__(self) -> str:
        return self.name
