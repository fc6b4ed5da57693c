"""What a specification states: an assay of a named species, a declared content, and their basis.

A percentage refers to the material as is, dried (by loss on drying), anhydrous (by water
determination) or ignited (by loss on ignition); these are three different losses (USP General
Notices, assays "calculated on the dried, anhydrous or ignited basis").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import attrs

from mineral_ratio import units
from mineral_ratio.errors import UnitError
from mineral_ratio.substances.formulas import Formula
from mineral_ratio.substances.ranges import Range

if TYPE_CHECKING:
    from typing import TypeAlias

Basis = Literal["as_is", "dried", "anhydrous", "ignited"]
BASES: tuple[Basis, ...] = ("as_is", "dried", "anhydrous", "ignited")
LOSS_OF: dict[Basis, str] = {
    "dried": "loss_on_drying",
    "anhydrous": "water_content",
    "ignited": "loss_on_ignition",
}
SPOKEN: dict[Basis, str] = {
    "as_is": "as is",
    "dried": "on the dried basis",
    "anhydrous": "on the anhydrous basis",
    "ignited": "on the ignited basis",
}
# A number above this was meant as a percentage; limits of hydrates reach 1.09 (zinc sulfate, USP).
_GREATEST_FRACTION = 1.5

if TYPE_CHECKING:
    RangeLike: TypeAlias = str | Range
    FractionLike: TypeAlias = str | float


def read_range(value: RangeLike) -> Range:
    """A range as it is, or read from a text such as ``">= 20 %"``.

    Args:
        value: The range or the text.

    Raises:
        UnitError: The text is no such statement, or has no unit.
        MassBalanceError: A limit is negative or the limits cross.
    """
    return value if isinstance(value, Range) else Range.parse(value)


def read_basis(value: str) -> Basis:
    """The basis of a statement.

    Args:
        value: Its name.

    Raises:
        UnitError: The text is none of ``as_is``, ``dried``, ``anhydrous`` and ``ignited``.
    """
    for basis in BASES:
        if value == basis:
            return basis
    raise UnitError(f"a basis is one of {', '.join(BASES)}, not {value!r}", value, "basis")


def _fraction(value: FractionLike | None) -> float | None:
    if value is None or isinstance(value, str):
        return None if value is None else units.read_fraction(value)
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    if not plain or not 0.0 <= value <= _GREATEST_FRACTION:
        raise UnitError(f"{value!r} is no mass fraction: write '97.5 %', or 0.975", value, "mass fraction")
    return float(value)


@attrs.frozen
class Declared:
    """A declared content of one analyte.

    Attributes:
        range: The statement, as mass fractions; given as a `Range` or a text such as ``">= 20 %"``.
        basis: What the percentage refers to, as an assay has it.

    Raises:
        UnitError: The statement cannot be read, or the basis is none of the four.
        MassBalanceError: Its ends are not in order.
    """

    range: Range = attrs.field(converter=read_range)
    basis: Basis = attrs.field(default="as_is", converter=read_basis)

    def __str__(self) -> str:
        return str(self.range) if self.basis == "as_is" else f"{self.range} {SPOKEN[self.basis]}"


@attrs.frozen(init=False)
class Assay:
    """What a specification says of how much of a named species there is, and on which basis.

    Attributes:
        range: Limits and typical value, mass fractions; a limit above 1 is kept as it was set.
        of: Formula of the species that the assay is of, which may differ from the compound's.
        basis: ``"as_is"``, ``"dried"``, ``"anhydrous"`` or ``"ignited"``.

    Examples:
        >>> str(Assay("97.5 to 100.5 %", of="Ca3(C6H5O7)2", basis="dried"))
        '97.5 to 100.5 % of Ca3(C6H5O7)2 on the dried basis'
    """

    range: Range
    of: Formula
    basis: Basis

    def __init__(
        self,
        low: FractionLike | Range | None,
        high: FractionLike | None = None,
        typical: FractionLike | None = None,
        *,
        of: Formula | str,
        basis: Basis = "as_is",
    ) -> None:
        """State an assay.

        Args:
            low: Lower limit, ``"97.5 %"`` or 0.975; None for none; or, with ``high`` left out, the
                whole statement as a text (``"77 to 80 %"``) or a `Range`.
            high: Upper limit; None for none.
            typical: Typical value.
            of: Formula of the species that was assayed.
            basis: What the percentage refers to.

        Raises:
            UnitError: A number is no fraction, or the basis is none of the four.
            MassBalanceError: The limits cross.
            FormulaError: ``of`` cannot be read as a formula.
        """
        if isinstance(low, Range) or (isinstance(low, str) and high is None):
            stated = read_range(low)
            if typical is not None:
                stated = attrs.evolve(stated, typical=_fraction(typical), text="")
        else:
            stated = Range(_fraction(low), _fraction(high), _fraction(typical))
        species = of if isinstance(of, Formula) else Formula.parse(of)
        self.__attrs_init__(stated, species, read_basis(basis))  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]

    def __str__(self) -> str:
        return f"{self.range} of {self.of} {SPOKEN[self.basis]}"
