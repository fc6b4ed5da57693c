"""Likely causes of a content that is off theory: only what reproduces the figure is named.

Each cause predicts a figure. One is named where its prediction lies within the tolerance of the
cell, and within 1 % in any case, so that a wide tolerance does not make everything a cause; causes
are ordered by how well they fit, those that fit to the stated digits by how common they are. A rare
cause is not named beside a common one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import attrs

from mineral_ratio.audits import theory
from mineral_ratio.audits.headings import forms, is_water
from mineral_ratio.errors import FormulaError, UnknownContentError
from mineral_ratio.substances.formulas import Formula
from mineral_ratio.substances.ions import atoms_in, symbols_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from mineral_ratio.audits.tables import Cell
    from mineral_ratio.substances.balances import Count
    from mineral_ratio.substances.compounds import Compound

    Kind: TypeAlias = Literal[
        "copied",
        "hydrate",
        "form",
        "power of ten",
        "another element",
        "multiplicity",
        "another compound",
        "residue",
        "purity",
    ]

LEAST_PURITY = 0.5
"""A greater shortfall is no matter of purity."""

CLOSEST = 0.01
"""Greatest relative distance between a figure and the prediction of a cause, whatever the tolerance."""

# A cause that fits worse than the best one by more than this is not named beside it.
_CLEARLY = 0.002
_POWERS = (1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6)
# Hydrates that are not in the catalogue are tried up to this number of H2O.
_MOST_WATER = 12
# Fewer digits than these agree by chance too often to say that one cell is a copy of another.
_COPIED_DIGITS = 3
_MULTIPLIER = re.compile(r"(?<=[)\]])([2-9]|[1-9][0-9]+)")


@attrs.frozen
class LikelyCause:
    """A likely cause, and the figure that it predicts.

    Attributes:
        kind: ``"copied"`` (the figure of a neighbouring cell), ``"hydrate"`` (the figure of another
            hydrate, or of the anhydrous salt), ``"form"`` (an oxide or ion given as the element, or the
            reverse), ``"power of ten"``, ``"another element"`` (of the same compound),
            ``"multiplicity"`` (a number in the formula that was lost), ``"another compound"`` (that
            shares a name), ``"residue"`` (a hydrate that has lost water) or ``"purity"`` (one
            shortfall in all cells).
        text: The cause in words.
        predicted: The mass fraction that it predicts; for residue and purity the ratio to theory.
        distance: Relative distance of the stated figure from the prediction.
    """

    kind: Kind
    text: str
    predicted: float
    distance: float


@attrs.frozen
class Suspect:
    """A cell that is off theory, with what may explain it.

    Attributes:
        cell: The cell.
        stated: Its figure, a mass fraction.
        theory: What theory says.
        tolerance: Relative tolerance.
        compound: The compound of its row.
        relatives: Compounds that share a family name with it.
        neighbours: Cells of the same row and of the rows above and below that agree with their theory,
            each with where it stands.
    """

    cell: Cell
    stated: float
    theory: float
    tolerance: float
    compound: Compound
    relatives: Sequence[Compound]
    neighbours: Sequence[tuple[str, Cell]]


def likely_causes(suspect: Suspect) -> tuple[LikelyCause, ...]:
    """The causes that reproduce the figure of a cell, best first; none if none does.

    Args:
        suspect: The cell.
    """
    common, rare = _fitting(suspect, _common(suspect)), _fitting(suspect, _rare(suspect))
    closest = min((beyond for beyond, _ in (*common, *rare)), default=0.0)
    for found in (common, rare):
        best: dict[Kind, LikelyCause] = {}
        for beyond, cause in found:
            if beyond <= closest + _CLEARLY:
                best.setdefault(cause.kind, cause)
        if best:
            return tuple(best.values())
    return ()


def _fitting(
    suspect: Suspect, predictions: Iterable[tuple[Kind, str, float]]
) -> list[tuple[float, LikelyCause]]:
    """The causes that reproduce a figure, best first, each with how far it is off the digits."""
    found: list[tuple[float, LikelyCause]] = []
    for kind, text, predicted in predictions:
        distance = abs(suspect.stated / predicted - 1.0)
        if distance <= min(suspect.tolerance, CLOSEST):
            beyond = round(_beyond(suspect, predicted), 3)
            found.append((beyond, LikelyCause(kind, text, predicted, distance)))
    return sorted(found, key=lambda each: each[0])


def _beyond(suspect: Suspect, predicted: float) -> float:
    """Relative distance of a figure from a prediction, less half a unit in its last digit."""
    off = abs(suspect.stated - predicted) - suspect.cell.half_digit
    return max(0.0, off) / predicted


def _common(suspect: Suspect) -> Iterator[tuple[Kind, str, float]]:
    """The common causes with their figures, commonest first; each figure is positive."""
    if suspect.theory > 0.0:
        yield from _hydrates(suspect, _known_waters(suspect))
    yield from _copies(suspect)
    if suspect.theory > 0.0:
        yield from _forms(suspect)
        for power in _POWERS:
            yield "power of ten", f"theory times 10^{power}", suspect.theory * 10.0**power


def _rare(suspect: Suspect) -> Iterator[tuple[Kind, str, float]]:
    """The others, likewise."""
    yield from _elements(suspect)
    if suspect.theory > 0.0:
        yield from _multiplicities(suspect)
        yield from _relatives(suspect)
        yield from _other_hydrates(suspect)


def _copies(suspect: Suspect) -> Iterator[tuple[Kind, str, float]]:
    cell = suspect.cell
    for where, other in suspect.neighbours:
        if other.stated.low != cell.stated.low or other.stated.high != cell.stated.high:
            continue
        if len(re.sub(r"[^0-9]", "", cell.text).strip("0")) >= _COPIED_DIGITS:
            yield "copied", f"the figure of {other.column.label} {where}", suspect.stated


def _known_waters(suspect: Suspect) -> dict[Count, str]:
    """The anhydrous salt and the catalogue's other hydrates, by their number of H2O."""
    compound = suspect.compound
    known = {each.water: each.name for each in suspect.relatives if each.anhydrous == compound.anhydrous}
    return {0: "the anhydrous salt", **known}


def _hydrates(suspect: Suspect, names: Mapping[Count, str]) -> Iterator[tuple[Kind, str, float]]:
    if is_water(suspect.cell.column) or suspect.cell.column.asked is None:
        return
    for count, name in names.items():
        if count != suspect.compound.water:
            predicted = suspect.theory * theory.ratio_with(suspect.compound, float(count))
            yield "hydrate", f"the figure of {name}", predicted


def _other_hydrates(suspect: Suspect) -> Iterator[tuple[Kind, str, float]]:
    """Of a hydrate, those with any whole number of H2O that are not in the catalogue."""
    if not suspect.compound.water:
        return
    known = _known_waters(suspect)
    others: dict[Count, str] = {
        n: f"a hydrate with {n} H2O" for n in range(1, _MOST_WATER + 1) if n not in known
    }
    for kind, text, predicted in _hydrates(suspect, others):
        # One cell fits some number of H2O too easily: a hydrate that nobody sells has to fit closely.
        if abs(suspect.stated / predicted - 1.0) <= _CLEARLY:
            yield kind, text, predicted


def _forms(suspect: Suspect) -> Iterator[tuple[Kind, str, float]]:
    column, weights = suspect.cell.column, suspect.compound.weights
    if (symbol := column.symbol) is None:
        return
    own = column.per_atom(weights)
    for name, mass in forms(symbol, weights).items():
        if abs(mass / own - 1.0) > CLOSEST:
            yield "form", f"the content as {name}, not as {column.label}", suspect.theory * mass / own


def _elements(suspect: Suspect) -> Iterator[tuple[Kind, str, float]]:
    if suspect.cell.column.asked is None:
        return
    for symbol in symbols_in(suspect.compound.formula):
        if symbol != suspect.cell.column.symbol:
            yield "another element", f"the content of {symbol}", suspect.compound.mass_fraction(symbol)


def _multiplicities(suspect: Suspect) -> Iterator[tuple[Kind, str, float]]:
    column, formula = suspect.cell.column, suspect.compound.formula
    symbol = column.symbol
    if symbol is None:
        return
    count, mass = float(atoms_in(symbol, formula)), formula.relative_formula_mass
    if count > 1.0:
        text = f"one {symbol} counted where the formula has {count:g}"
        yield "multiplicity", text, suspect.theory / count
        lighter = mass - (count - 1.0) * formula.weights.value(symbol)
        yield "multiplicity", f"{text}, in the mass too", suspect.theory / count * mass / lighter
    for found in _MULTIPLIER.finditer(formula.text):
        text = formula.text[: found.start()] + formula.text[found.end() :]
        try:
            fraction = Formula.parse(text, weights=formula.weights).mass_fraction(symbol)
        except FormulaError:
            continue
        # From the element to what the column states.
        stated_as = suspect.theory / suspect.compound.mass_fraction(symbol)
        yield "multiplicity", f"the formula read as {text}", fraction * stated_as


def _relatives(suspect: Suspect) -> Iterator[tuple[Kind, str, float]]:
    for each in suspect.relatives:
        if each.anhydrous != suspect.compound.anhydrous:
            try:
                value = theory.content(each, suspect.cell.column).value
            except UnknownContentError:
                continue
            if value > 0.0:
                yield "another compound", f"the figure of {each.name}, {each.formula}", value


# -- a whole row ----------------------------------------------------------------------------------


def row_cause(
    compound: Compound, ratios: Iterable[tuple[str, float]], tolerance: float
) -> LikelyCause | None:
    """What one ratio to theory in all cells of a row says: a hydrate that lost water, or a purity.

    Args:
        compound: The compound of the row.
        ratios: For each cell the symbol of its element and stated content over theory.
        tolerance: Relative tolerance.

    Returns:
        The cause; None where the row states fewer than two elements, the ratios differ, or neither fits.
    """
    pairs = list(ratios)
    if len({symbol for symbol, _ in pairs}) < 2:
        return None
    mean = sum(ratio for _, ratio in pairs) / len(pairs)
    distance = max(abs(ratio / mean - 1.0) for _, ratio in pairs) if mean else 1.0
    if distance > min(tolerance, CLOSEST):
        return None
    count = round(theory.water_that_fits(compound, mean))
    if distance <= _CLEARLY and 0 < count <= _MOST_WATER and count != compound.water:
        whole = theory.ratio_with(compound, count)
        off = abs(mean / whole - 1.0)
        if off <= _CLEARLY:
            return LikelyCause("hydrate", f"the figures of a hydrate with {count} H2O", whole, off)
    if mean > 1.0:
        return residue(compound, mean, distance)
    if mean >= LEAST_PURITY:
        text = f"a purity of {100.0 * mean:.1f} %, as all its contents are short by the same part"
        return LikelyCause("purity", text, mean, distance)
    return None


def residue(compound: Compound, ratio: float, distance: float = 0.0) -> LikelyCause | None:
    """The loss of crystal water that a content above theory fits; None if there is no such loss.

    Args:
        compound: The hydrate.
        ratio: Stated content over theory.
        distance: How well the ratio is known.
    """
    count = theory.water_that_fits(compound, ratio)
    # The limit may be a rounded figure of the anhydrous salt.
    if not compound.water or count < -0.05:
        return None
    dry = compound.formula.anhydrous
    left = f"with about {count:.2g} H2O" if count > 0.05 else "without water"
    text = f"{100.0 * ratio:.4g} % of theory fits {dry} {left} in place of {compound.water}"
    return LikelyCause("residue", text, ratio, distance)
