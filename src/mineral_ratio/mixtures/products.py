"""Products: a blend with a serving, servings a day, label claims and overages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from mineral_ratio import units
from mineral_ratio.errors import MassBalanceError, UnitError, UnknownContentError
from mineral_ratio.mixtures.blends import Blend, Ingredient
from mineral_ratio.mixtures.intakes import LifeStage, read_parts
from mineral_ratio.mixtures.mixture import Found, Mixture, Stated, Statement, check_grams, plain_number
from mineral_ratio.substances.analytes import analyte
from mineral_ratio.substances.atomic_weights import default_weights
from mineral_ratio.substances.elements import Element, element
from mineral_ratio.substances.holdings import stated_grams

if TYPE_CHECKING:
    import os

    from mineral_ratio.catalog.catalog import Catalog
    from mineral_ratio.mixtures.blends import Substance
    from mineral_ratio.mixtures.intakes import Part
    from mineral_ratio.mixtures.mixture import Charges
    from mineral_ratio.mixtures.ratios import Basis
    from mineral_ratio.substances.analytes import Analyte
    from mineral_ratio.substances.elements import ElementLike
    from mineral_ratio.units import MassLike


@attrs.frozen(init=False)
class Supply:
    """A substance in whatever mass gives an amount of one element.

    The mass is amount x (1 + overage) / content, at the nominal content of the substance.

    Attributes:
        substance: The compound or material.
        element: The element that it is to give.
        grams: Mass of the element in g, as labelled.
        as_read: How the amount was read, such as ``"1000 mg"``.
        overage: What is filled beyond the label, a fraction of it (0.05 is 5 %).
    """

    substance: Substance
    element: Element
    grams: float = attrs.field(validator=check_grams)
    as_read: str = attrs.field(eq=False)
    overage: float

    def __init__(
        self, substance: Substance, element: ElementLike, amount: MassLike, *, overage: str | float = 0.0
    ) -> None:
        """Ask a substance for an element.

        Args:
            substance: A compound or material.
            element: The element that it is to give.
            amount: ``"1000 mg"``, ``"25 mmol"``, ``"50 mEq"`` or a quantity.
            overage: ``"5 %"`` or 0.05.

        Raises:
            NotFoundError: The key names no element.
            UnitError: The amount or the overage cannot be read.
            UnknownContentError: The substance holds none of the element, or does not tell.
            NoAtomicWeightError: An element has no standard atomic weight in the edition used.
            UnknownChargeError: Equivalents were given and the charge is not known.
        """
        asked = _element(element)
        if not substance.content(asked).value > 0.0:
            raise UnknownContentError(asked.symbol, substance.name, "it holds none, or may hold none")
        grams, as_read = stated_grams(substance, asked, amount)
        share = units.read_fraction(overage) if isinstance(overage, str) else plain_number(overage)
        if share is None:
            raise UnitError(
                f"an overage is a fraction such as '5 %' or 0.05, not {overage!r:.40}", overage, "fraction"
            )
        self.__attrs_init__(substance, asked, grams, as_read, share)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]

    @property
    def labelled(self) -> Ingredient:
        """The mass that gives just the amount."""
        return Ingredient.of_grams(self.substance, self.grams / self.substance.content(self.element).value)

    @property
    def filled(self) -> Ingredient:
        """The mass with its overage."""
        return self.labelled.scaled(1.0 + self.overage)


_element = element  # the constructor has a parameter of that name


@attrs.frozen
class LabelClaim(Stated):
    """What a label says a serving holds of an analyte.

    Attributes:
        analyte: The element, ion or species.
        grams: Its mass in g.
        as_read: How the amount was read.
        mass: The same mass as a quantity, in mg.

    Raises:
        UnitError: The mass is negative or not finite.
    """


def read_claims(value: Mapping[Any, MassLike] | tuple[LabelClaim, ...]) -> tuple[LabelClaim, ...]:
    """Label claims from a mapping of analytes to amounts.

    Args:
        value: The mapping, or the claims as they are.

    Raises:
        NotFoundError: A key names no analyte.
        UnitError: An amount cannot be read.
        UnknownChargeError: An amount is in equivalents of what has no one common ion.
        MassBalanceError: An analyte is claimed twice.
    """
    if isinstance(value, Mapping):
        label = Statement("the label", default_weights())
        asked = [(analyte(key), amount) for key, amount in value.items()]
        value = tuple(LabelClaim(each, *stated_grams(label, each, amount)) for each, amount in asked)
    claims = tuple(value)
    for number, claim in enumerate(claims):
        if claim.analyte in [earlier.analyte for earlier in claims[:number]]:
            raise MassBalanceError(f"{claim.analyte} is claimed twice")
    return claims


def read_servings(value: float | None) -> float | None:
    """Servings per day, a finite number above zero, or None.

    Args:
        value: The number.

    Raises:
        UnitError: The value is none of these.
    """
    if value is None:
        return None
    number = plain_number(value)
    if not number:
        raise UnitError(f"servings per day are a number above zero, not {value!r:.40}", value, "number")
    return number


def _filled(product: Product) -> Blend:
    return Blend(each.filled if isinstance(each, Supply) else each for each in product.ingredients)


def _labelled(product: Product) -> Blend:
    return Blend(each.labelled if isinstance(each, Supply) else each for each in product.ingredients)


@attrs.frozen
class Product(Mixture):
    """What is sold: ingredients for one serving, and what its label says of them.

    Every question is answered as filled, overages included; `labelled` is the blend without them.

    Attributes:
        name: Its name.
        ingredients: Weighed ingredients, and substances that are asked for an element, in order.
        serving: What a serving is, such as ``"4 capsules"``; empty if not said.
        servings_per_day: How many are taken in a day; None if not said, and then nothing about
            a day can be judged.
        label_claims: What the label says a serving holds, given as a mapping or as claims.
        rules: Names of the rules that it is to be checked by.
        references: Names of the authorities whose reference values it is to be set beside; all if there
            are none but a person.
        person: Whom the reference values are for; None if not said.
        counts: The parts of a person's intake that it is: a supplement, unless said otherwise.
        readings: Every amount of its file as it was written and as it was read.
        blend: The serving as filled.
        labelled: The serving as labelled.

    Raises:
        UnitError: The servings a day or a claim cannot be read.
        NotFoundError: A claim names no analyte, or there is no such part of an intake.
        UnknownChargeError: A claim is in equivalents of what has no one common ion.
        MassBalanceError: An analyte is claimed twice.
    """

    name: str
    # What is neither is refused by the blend that is made of them.
    ingredients: tuple[Ingredient | Supply, ...] = attrs.field(converter=tuple[Ingredient | Supply, ...])
    serving: str = attrs.field(default="", kw_only=True)
    servings_per_day: float | None = attrs.field(default=None, kw_only=True, converter=read_servings)
    label_claims: tuple[LabelClaim, ...] = attrs.field(default=(), kw_only=True, converter=read_claims)
    rules: tuple[str, ...] = attrs.field(default=(), kw_only=True, converter=tuple[str, ...])
    references: tuple[str, ...] = attrs.field(default=(), kw_only=True, converter=tuple[str, ...])
    person: LifeStage | None = attrs.field(
        default=None,
        kw_only=True,
        validator=attrs.validators.optional(attrs.validators.instance_of(LifeStage)),
    )
    _counts: frozenset[Part] = attrs.field(
        default=frozenset(("supplement",)), kw_only=True, converter=read_parts, alias="counts"
    )
    readings: tuple[str, ...] = attrs.field(default=(), kw_only=True, eq=False, converter=tuple[str, ...])
    blend: Blend = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(_filled, takes_self=True)
    )
    labelled: Blend = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(_labelled, takes_self=True)
    )

    @classmethod
    def from_file(cls, path: str | os.PathLike[str], catalog: Catalog | None = None) -> Product:
        """Read a product file (TOML).

        Args:
            path: The file.
            catalog: Where compounds and materials are looked up; the default catalogue if left out.

        Raises:
            ProductFileError: The file cannot be read as a product; says where and why.
        """
        from mineral_ratio.mixtures.product_files import read_product

        return read_product(path, catalog)

    @property
    def counts(self) -> frozenset[Part]:
        """The parts of a person's intake that it is."""
        return self._counts

    @property
    def per_day(self) -> float | None:
        """Servings per day; None if not said."""
        return self.servings_per_day

    @property
    def daily(self) -> Blend | None:
        """What is taken in a day as filled; None where the servings per day are not known."""
        return None if self.servings_per_day is None else self.blend.scaled(self.servings_per_day)

    def find(self, asked: Analyte, basis: Basis = "mass", charges: Charges | None = None) -> Found:
        """The sum of an analyte in a serving as filled; see `Blend.find`.

        Args:
            asked: The analyte.
            basis: ``"mass"``, ``"amount"`` or ``"equivalent"``: what one gram counts.
            charges: Charge numbers by symbol that stand in for those of the ions.

        Raises:
            UnknownContentError: Nothing tells of any, and an ingredient may hold some.
            UnknownChargeError: Equivalents were asked for and a charge is not known.
        """
        return self.blend.find(asked, basis, charges)
