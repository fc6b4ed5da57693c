"""Equivalents: the charge that an analyte carries in a part of a compound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mineral_ratio.errors import UnknownChargeError
from mineral_ratio.substances.elements import Element, element_of
from mineral_ratio.substances.ions import HALOGENS, Ion, common_ions

if TYPE_CHECKING:
    from mineral_ratio.substances.analytes import Analyte
    from mineral_ratio.substances.compounds import Compound
    from mineral_ratio.substances.formulas import Formula


def common_ion_in(anhydrous: Formula, symbol: str) -> Ion | None:
    """The one common ion of an element, if a bare formula leaves no doubt that it is there.

    Args:
        anhydrous: The formula without its water of crystallization.
        symbol: Symbol of the element.
    """
    found = common_ions().get(element_of(symbol))
    bound = not anhydrous.counts.keys().isdisjoint(("O", "C"))
    return None if found is None or (symbol in HALOGENS and bound) else found


def charge_in_part(compound: Compound, asked: Analyte, part: Ion) -> tuple[float, str]:
    """Charge of one of an analyte in a part of a compound, and the table that says so, if one was used.

    Args:
        compound: The compound.
        asked: The analyte.
        part: One of the compound's parts.

    Raises:
        UnknownChargeError: Nothing says what charge it carries.
    """
    if isinstance(asked, Ion) and asked.charge_number:
        return abs(asked.charge_number), ""
    if isinstance(asked, Ion):
        raise UnknownChargeError(asked.name, compound.name)
    symbol = asked.symbol if isinstance(asked, Element) else asked.element
    if symbol is None and part.charge_number:
        return abs(part.charge_number), ""
    if symbol is not None:
        per_atom = 1.0 if isinstance(asked, Element) else asked.per_atom
        if compound.ions:
            return part.equivalents_per_atom(symbol) / per_atom, ""
        if common := common_ion_in(compound.anhydrous, symbol):
            return abs(common.charge_number) / per_atom, f"{common.name}: {common.source}"
    raise UnknownChargeError(str(asked), compound.name)
