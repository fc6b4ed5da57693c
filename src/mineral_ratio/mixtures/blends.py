"""Blends: weighed ingredients, and what they hold together."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import attrs

from mineral_ratio import units
from mineral_ratio.errors import UnitError, UnknownContentError
from mineral_ratio.mixtures.mixture import Found, Mixture, check_grams, per_gram, plain_number
from mineral_ratio.substances.analytes import analyte
from mineral_ratio.substances.compounds import Compound
from mineral_ratio.substances.elements import Element, ElementMap
from mineral_ratio.substances.materials import Material
from mineral_ratio.substances.ranges import Cause, Factor, Term, bounds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    import pint

    from mineral_ratio.catalog.catalog import Catalog
    from mineral_ratio.mixtures.mixture import Charges
    from mineral_ratio.mixtures.ratios import Basis
    from mineral_ratio.substances.analytes import Analyte, AnalyteLike, Content
    from mineral_ratio.units import MassLike

    Substance: TypeAlias = Compound | Material


# What the sums of a blend may be off by, relative to its mass.
_ROUNDING = 1e-12


@attrs.frozen(init=False)
class Ingredient:
    """A mass of a substance.

    Attributes:
        substance: The compound or material.
        grams: Its mass in g.
        as_read: How the mass was read, such as ``"3448 mg"``.
    """

    substance: Substance
    grams: float = attrs.field(validator=check_grams)
    as_read: str = attrs.field(eq=False)

    def __init__(self, substance: Substance, mass: MassLike) -> None:
        """Weigh a substance.

        Args:
            substance: A compound or material.
            mass: ``"3448 mg"`` or a quantity; of a compound, or a material that is a pure one,
                also an amount of substance such as ``"10 mmol"``.

        Raises:
            UnitError: It is no mass, or an amount of what has no one formula.
        """
        if not isinstance(substance, Compound | Material):
            raise UnitError(
                f"an ingredient is a Compound or a Material, not {substance!r}", substance, "substance"
            )
        compound = (
            substance if isinstance(substance, Compound) else substance.compound if substance.pure else None
        )
        reading = units.read_mass(mass) if compound is None else units.read_amount(mass)
        grams = reading.scalar
        if reading.kind == "equivalents":
            raise UnitError(f"{reading.text} of {substance} does not say of which ion", mass, "mass")
        if compound is not None and reading.kind == "amount":
            grams *= compound.relative_formula_mass
        self.__attrs_init__(substance, grams, reading.text)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]

    @property
    def name(self) -> str:
        """Name of the substance."""
        return self.substance.name

    @property
    def mass(self) -> pint.Quantity[float]:
        """Mass in mg."""
        return units.mass_out(self.grams)

    def scaled(self, factor: float) -> Ingredient:
        """The same substance in another mass.

        Args:
            factor: What to multiply the mass by.

        Raises:
            UnitError: The factor is negative or not finite.
        """
        number = plain_number(factor)
        if number is None:
            raise UnitError(
                f"a mass is multiplied by a finite number of zero or more, not {factor!r:.40}",
                factor,
                "factor",
            )
        return self.of_grams(self.substance, self.grams * number)

    @classmethod
    def of_grams(cls, substance: Substance, grams: float) -> Ingredient:
        """An ingredient from a mass in g that was worked out.

        Args:
            substance: A compound or material.
            grams: Its mass in g, finite and not negative.

        Raises:
            UnitError: The mass is negative or not finite.
        """
        new = cls.__new__(cls)
        new.__attrs_init__(substance, grams, f"{1000 * grams:.10g} mg")  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
        return new


@attrs.frozen
class Contribution:
    """What one ingredient gives of an analyte.

    Attributes:
        ingredient: The ingredient.
        grams: What it gives, in g; None where its content is not known.
        content: The content that was used; None where it is not known or the formula has none.
    """

    ingredient: Ingredient
    grams: float | None
    content: Content | None

    @property
    def mass(self) -> pint.Quantity[float]:
        """What it gives in mg.

        Raises:
            UnknownContentError: The content is not known.
        """
        if self.grams is None:
            raise UnknownContentError("the analyte", self.ingredient.name)
        return units.mass_out(self.grams)


def _ingredients_alone(_blend: object, _attribute: object, ingredients: tuple[object, ...]) -> None:
    """Refuse what is not weighed (an attrs validator)."""
    for each in ingredients:
        if not isinstance(each, Ingredient):
            raise TypeError(f"what is blended is weighed: Ingredient(substance, '500 mg'), not {each!r:.60}")


@attrs.frozen
class Blend(Mixture):
    """Weighed ingredients. The same material twice is one lot: its ranges move together.

    Attributes:
        ingredients: The ingredients, in the order given.

    Examples:
        >>> from mineral_ratio import Blend, Compound, Ingredient
        >>> blend = Blend([Ingredient(Compound("dolomite", formula="CaMg(CO3)2"), "1 g")])
        >>> str(blend.ratio("Ca", "Mg"))
        '1.65:1 by mass'
    """

    ingredients: tuple[Ingredient, ...] = attrs.field(
        default=(),
        converter=tuple[Ingredient, ...],
        validator=_ingredients_alone,
    )

    @classmethod
    def of(
        cls, masses: Mapping[str, MassLike], catalog: Catalog | None = None, prefer: str | None = None
    ) -> Blend:
        """A blend of substances that are looked up by name.

        Args:
            masses: Mass by name, such as ``{"calcium carbonate": "2.5 g"}``.
            catalog: Where to look; the default catalogue if left out.
            prefer: How to decide names that fit several substances.

        Raises:
            NotFoundError: A name is not known.
            AmbiguousNameError: A name fits several substances.
            UnitError: A mass cannot be read.
            SourceError: A source that was passed in cannot be used; any, where the catalogue is strict.
            RecordErrors: A source that was passed in has bad rows.
        """
        if catalog is None:
            from mineral_ratio.catalog.catalog import default_catalog

            catalog = default_catalog()
        return cls(Ingredient(catalog.substance(name, prefer=prefer), mass) for name, mass in masses.items())

    # -- the whole

    @property
    def grams(self) -> float:
        """Mass in g."""
        return math.fsum(each.grams for each in self.ingredients)

    @property
    def mass(self) -> pint.Quantity[float]:
        """Mass in mg."""
        return units.mass_out(self.grams)

    def scaled(self, factor: float) -> Blend:
        """The blend with every mass multiplied.

        Args:
            factor: What to multiply by.

        Raises:
            UnitError: The factor is negative or not finite.
        """
        return Blend(each.scaled(factor) for each in self.ingredients)

    def __mul__(self, factor: float) -> Blend:
        return self.scaled(factor)

    __rmul__ = __mul__

    def __add__(self, other: Blend) -> Blend:
        if not isinstance(other, Blend):
            return NotImplemented
        return Blend(self.ingredients + other.ingredients)

    # -- what it holds

    def find(self, asked: Analyte, basis: Basis = "mass", charges: Charges | None = None) -> Found:
        """The sum of an analyte on a basis, an ingredient after the other.

        An ingredient whose content is not known counts for nothing (of an element, for what a
        formula or a declaration explains), with a note; but the sum may be higher by all of the
        ingredient that is not explained. Where nothing is counted the sum is not known either.

        Args:
            asked: The analyte.
            basis: ``"mass"`` (g), ``"amount"`` (mol) or ``"equivalent"`` (mol of equivalents).
            charges: Charge numbers by symbol that stand in for those of the ions.

        Raises:
            UnknownContentError: Nothing tells of any, and an ingredient may hold some.
            UnknownChargeError: Equivalents were asked for and a charge is not known.
        """
        terms: list[Term] = []
        notes: list[str] = []
        partial: dict[str, str] = {}
        for each in self.ingredients:
            substance = each.substance
            try:
                parts = substance.terms(asked)
                known = True
            except UnknownContentError:
                parts = substance.assigned(asked.symbol) if isinstance(asked, Element) else []
                known = False
                partial[each.name] = f"{asked} of {each.name}: not known, not counted"
            if not any(part.coefficient for part in parts):
                continue
            if known:
                content = substance.content(asked)
                notes.append(f"{asked} of {each.name}: {content.kind}, {content.source}")
            else:
                partial[each.name] = f"{asked} of {each.name}: not known, counted as far as it is stated"
            scale, charged = per_gram(substance, asked, basis, charges)
            notes += charged
            terms += [part.times(each.grams * scale) for part in parts]
        if partial and not terms:
            raise UnknownContentError(str(asked), " and ".join(partial))
        for each in self.ingredients:
            if each.name in partial:
                terms.append(
                    _unexplained(each, asked).times(per_gram(each.substance, asked, basis, charges)[0])
                )
        return Found(tuple(terms), (*notes, *partial.values()), tuple(partial))

    def elemental_masses(self) -> ElementMap[pint.Quantity[float]]:
        """Mass in mg of every element that a formula or declaration gives, at nominal contents.

        With `unassigned_mass` they sum to the mass of the blend.

        Raises:
            NoAtomicWeightError: An element has no standard atomic weight in the edition used.
        """
        return ElementMap({symbol: units.mass_out(grams) for symbol, grams in self.elemental_grams().items()})

    def elemental_grams(self) -> dict[str, float]:
        """Mass in g of every element, by symbol, as `elemental_masses` has them.

        Raises:
            NoAtomicWeightError: An element has no standard atomic weight in the edition used.
        """
        grams: dict[str, float] = {}
        for each in self.ingredients:
            for symbol, fraction in each.substance.assigned_fractions().items():
                grams[symbol] = grams.get(symbol, 0.0) + each.grams * fraction
        return grams

    @property
    def unassigned_mass(self) -> pint.Quantity[float]:
        """Mass in mg that no formula or declaration explains.

        Negative where nominal contents of a specification sum to more than 100 %.
        """
        return units.mass_out(self.unassigned_grams)

    @property
    def unassigned_grams(self) -> float:
        """The same in g; zero where nothing but rounding is left."""
        left = self.grams - math.fsum(self.elemental_grams().values())
        return left if abs(left) > _ROUNDING * self.grams else 0.0

    def contributions(self, key: AnalyteLike) -> tuple[Contribution, ...]:
        """What each ingredient gives of an analyte, in the order of the ingredients.

        Args:
            key: An element, ion, acid or other analyte.

        Raises:
            NotFoundError: The key names no analyte.
        """
        asked = analyte(key)
        found: list[Contribution] = []
        for each in self.ingredients:
            try:
                if not each.substance.terms(asked):
                    found.append(Contribution(each, 0.0, None))
                    continue
                content = each.substance.content(asked)
            except UnknownContentError:
                found.append(Contribution(each, None, None))
            else:
                found.append(Contribution(each, each.grams * content.value, content))
        return tuple(found)

    @property
    def editions(self) -> tuple[str, ...]:
        """Names of the editions of atomic weights in use."""
        return tuple(dict.fromkeys(each.substance.weights.name for each in self.ingredients))


def _unexplained(each: Ingredient, asked: Analyte) -> Term:
    """What an ingredient may hold of an analyte beyond what is known, from none to all that is left."""
    substance = each.substance
    least = (bounds(substance.assigned(symbol)).low for symbol in substance.assigned_elements())
    left = max(0.0, 1.0 - math.fsum(least))
    return Term(each.grams, (Factor(Cause(each.name, f"unknown {asked}", 0.0, 0.0, left)),))
