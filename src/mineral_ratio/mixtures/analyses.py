"""Analyses: stated amounts of elements or species without compounds: a diet, a water, a forage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from mineral_ratio.errors import MassBalanceError, UnknownContentError
from mineral_ratio.mixtures.concentrations import read_denominator, stated_in
from mineral_ratio.mixtures.intakes import read_parts
from mineral_ratio.mixtures.mixture import Found, Mixture, Stated, Statement, per_gram
from mineral_ratio.substances.analytes import (
    EquivalentCount,
    NamedSpecies,
    analyte,
    conversion,
    equivalents_of,
    same_element,
)
from mineral_ratio.substances.atomic_weights import AtomicWeights, default_weights
from mineral_ratio.substances.ions import Ion
from mineral_ratio.substances.ranges import Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mineral_ratio.mixtures.concentrations import Denominator
    from mineral_ratio.mixtures.intakes import Part
    from mineral_ratio.mixtures.mixture import Charges
    from mineral_ratio.mixtures.ratios import Basis
    from mineral_ratio.substances.analytes import Analyte
    from mineral_ratio.units import MassLike


# What the rules call a total diet: food, water and supplements together.
_TOTAL_DIET = frozenset(("natural_food", "added_to_food", "water", "supplement"))


@attrs.frozen(init=False)
class Analysis(Mixture):
    """Stated amounts of analytes; what is not stated is unknown, never zero.

    Attributes:
        stated: The statements, in the order given.
        per: What the amounts refer to, such as ``"day"``, ``"L"`` or ``"kg dry matter"``.
        name: Its name.
        scope: What it is an analysis of, in the words of the rules: ``"total diet"``, ``"water"``,
            ``"ration"``; empty if not said.
        counts: The parts of a person's intake that the amounts count; none if not said.
        weights: The edition of atomic weights in use.

    Examples:
        >>> pasture = Analysis({"K": "32.9 g", "Ca": "3.9 g", "Mg": "1.9 g"}, per="kg dry matter")
        >>> str(pasture.ratio("K", "Ca+Mg", basis="equivalent"))
        '2.40:1 by equivalent'
        >>> same = Analysis({"K": "3.29 %", "Ca": "0.39 %", "Mg": "0.19 %"}, per="kg dry matter")
        >>> str(same.ratio("K", "Ca+Mg", basis="equivalent"))
        '2.40:1 by equivalent'
    """

    stated: tuple[Stated, ...]
    per: str
    name: str
    _scope: str
    _counts: frozenset[Part]
    weights: AtomicWeights

    def __init__(  # noqa: PLR0913  # what an analysis says of itself, each by its name
        self,
        amounts: Mapping[Any, MassLike],
        *,
        per: str,
        name: str = "analysis",
        scope: str = "",
        counts: str | Iterable[str] = (),
        weights: AtomicWeights | None = None,
    ) -> None:
        """State amounts.

        Args:
            amounts: Amounts by analyte: masses, amounts of substance, or equivalents as text; or
                concentrations, ``"80 mg/L"``, ``"4 mmol/L"``, ``"32.9 g/kg"``, ``"3.29 %"``. ``%`` and
                ``ppm`` are parts by mass.
            per: What they refer to. Concentrations are taken only where this is a volume
                (``"L"``, ``"250 mL"``) or a mass (``"kg"``, ``"100 g"``) as theirs is.
            name: A name to show.
            scope: What it is an analysis of.
            counts: The parts of a person's intake that the amounts count, of ``"natural_food"``,
                ``"added_to_food"``, ``"water"``, ``"supplement"`` and ``"medicine"``.
            weights: The edition of atomic weights; the default one if left out.

        Raises:
            NotFoundError: A key names no analyte.
            UnitError: An amount cannot be read, or is per something that the analysis is not.
            UnknownChargeError: An amount is in equivalents of what has no one common ion.
            MassBalanceError: The same element is stated twice, or there is more of it than of the whole.
            NoAtomicWeightError: An element has no standard atomic weight in the edition used.
        """
        read_denominator(per)  # refuses what is no text
        edition = default_weights() if weights is None else weights
        holder = Statement(name, edition)
        rows: list[Stated] = []
        for key, amount in amounts.items():
            asked = analyte(key)
            rows.append(Stated(asked, *stated_in(holder, asked, amount, per)))
        self.__attrs_init__(tuple(rows), per, name, scope, read_parts(counts), edition)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
        self._check_twice()

    @property
    def scope(self) -> str:
        """What it is an analysis of, in the words of the rules; empty if not said.

        What counts food, water and supplements is a total diet.
        """
        return self._scope or ("total diet" if self.counts >= _TOTAL_DIET else "")

    @property
    def counts(self) -> frozenset[Part]:
        """The parts of a person's intake that the amounts count; none if not said."""
        return self._counts

    @property
    def per_day(self) -> float | None:
        """1 where the amounts are those of a day, else None."""
        return 1.0 if self.per == "day" else None

    @property
    def denominator(self) -> Denominator | None:
        """The litres or kilograms that the amounts are in; None where it is per a day or the like."""
        return read_denominator(self.per)

    def _check_twice(self) -> None:
        for number, row in enumerate(self.stated):
            for earlier in self.stated[:number]:
                if _one_of_the_other(row.analyte, earlier.analyte) and _part(row.analyte) == _part(
                    earlier.analyte
                ):
                    raise MassBalanceError(
                        f"{self.name}: {row.analyte} and {earlier.analyte} state the same element twice"
                    )

    def find(self, asked: Analyte, basis: Basis = "mass", charges: Charges | None = None) -> Found:
        """The stated amount of an analyte, also where another form of its element was stated.

        Args:
            asked: The analyte.
            basis: ``"mass"`` (g), ``"amount"`` (mol) or ``"equivalent"`` (mol of equivalents).
            charges: Charge numbers by symbol that stand in for those of the ions.

        Raises:
            UnknownContentError: It is not stated.
            UnknownChargeError: Equivalents were asked for and a charge is not known.
        """
        terms: list[Term] = []
        notes: list[str] = []
        for row in self._rows(asked):
            if row.analyte == asked:
                grams, note = row.grams, f"{asked}: stated {row.as_read}"
            else:
                grams = row.grams * conversion(row.analyte, asked, self.weights)
                note = f"{asked}: by formula from {row.as_read} stated as {row.analyte}"
            # A stated ion says its own charge (chloride), which the element alone may not (chlorine).
            scale, counted = per_gram(_Charged(self.name, self.weights, row.analyte), asked, basis, charges)
            terms.append(Term(grams * scale))
            notes += [note, *counted]
        return Found(tuple(terms), tuple(dict.fromkeys(notes)))

    def _rows(self, asked: Analyte) -> list[Stated]:
        """The statements of an analyte: its own, or those of other forms of its element.

        Of those the ones that count as much of the element as it does, and several only where each is
        an ion of its own (Fe 2+ and Fe 3+), which together are the element.
        """
        own = [row for row in self.stated if row.analyte == asked]
        others = [row for row in self.stated if _one_of_the_other(row.analyte, asked)]
        rows = own or [row for row in others if _part(row.analyte) == _part(asked)] or others
        if not rows or (len(rows) > 1 and not all(isinstance(row.analyte, Ion) for row in rows)):
            raise UnknownContentError(str(asked), self.name)
        return rows


def _one_of_the_other(first: Analyte, second: Analyte) -> bool:
    """Whether one of two analytes follows from the other; two ions of one element are apart."""
    if isinstance(first, Ion) and isinstance(second, Ion):
        return first == second
    return first == second or same_element(first, second)


def _part(asked: Analyte) -> float:
    """The part of its element that an analyte counts: all, or what is available of it."""
    return asked.factor if isinstance(asked, NamedSpecies) else 1.0


@attrs.frozen
class _Charged(Statement):
    """A statement whose analyte, where it is an ion, says the charge of its element."""

    analyte: Analyte

    def equivalents_per_mole(self, asked: Analyte) -> EquivalentCount:
        """Equivalents by the stated ion's charge, else by the element's one common ion."""
        return equivalents_of(self.analyte if isinstance(self.analyte, Ion) else asked, self.name)
