"""The catalogue: names in, compounds and materials out, and never a guess between two."""

from __future__ import annotations

import functools
import threading
from typing import TYPE_CHECKING, TypeVar, cast

import attrs

from mineral_ratio.catalog.discovery import checked
from mineral_ratio.catalog.names import close, unordered
from mineral_ratio.catalog.shelves import Shelf
from mineral_ratio.catalog.sources import BUNDLED, CompoundSource
from mineral_ratio.errors import AmbiguousNameError, DuplicateSourceError, NotFoundError
from mineral_ratio.substances.compounds import Compound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TypeAlias

    from mineral_ratio.catalog.shelves import SourceState
    from mineral_ratio.substances.elements import AtomicWeights
    from mineral_ratio.substances.formulas import Formula
    from mineral_ratio.substances.materials import Material

    Substance: TypeAlias = Compound | Material

S = TypeVar("S", bound="Substance")

POLICIES = (
    "as-sold",
    "anhydrous",
    "hemihydrate",
    "monohydrate",
    "dihydrate",
    "trihydrate",
    "tetrahydrate",
    "pentahydrate",
    "hexahydrate",
    "heptahydrate",
    "octahydrate",
    "nonahydrate",
    "decahydrate",
    "dodecahydrate",
)
"""How an ambiguous name may be decided: the form that is usually sold, or a hydrate by name."""


@attrs.frozen
class Catalog:
    """Compounds and materials by name, CAS number, UNII, E number or formula.

    The first source that knows a name answers. A name that fits several of its records, such as
    ``"calcium citrate"``, is refused with the candidates, or decided by a policy that is asked for.

    Attributes:
        sources: Where to look first, in this order; the bundled tables if left out.
        weights: An edition of atomic weights to reckon everything with; the records' own if None.
        plugins: Whether the sources of installed plugins are asked after these.
        strict: Whether a plugin that cannot be used is an error; it is skipped with a warning else.

    Raises:
        DuplicateSourceError: Two of the sources have one name.

    Examples:
        >>> default_catalog().compound("epsom salt").name
        'magnesium sulfate heptahydrate'
    """

    sources: tuple[CompoundSource, ...] = attrs.field(
        default=(BUNDLED,), converter=tuple[CompoundSource, ...]
    )
    weights: AtomicWeights | None = None
    plugins: bool = attrs.field(default=True, kw_only=True)
    strict: bool = attrs.field(default=False, kw_only=True)
    _given: tuple[Shelf, ...] = attrs.field(init=False, eq=False, repr=False)
    _found: list[Shelf] = attrs.field(init=False, eq=False, repr=False, factory=list[Shelf])
    _lock: threading.RLock = attrs.field(init=False, eq=False, repr=False, factory=threading.RLock)

    @_given.default
    def _shelve(self) -> tuple[Shelf, ...]:
        names = [checked(source, repr(source)).name for source in self.sources]
        for name in names:
            if names.count(name) > 1:
                raise DuplicateSourceError(name, "two sources have this name")
        return tuple(Shelf("bundled" if source is BUNDLED else "given", source) for source in self.sources)

    def with_source(self, source: CompoundSource) -> Catalog:
        """A catalogue that looks into another source before its own.

        Args:
            source: The source.

        Raises:
            SourceContractError: It is no source.
            SourceVersionError: It is written for another version of the contract.
            DuplicateSourceError: A source has its name already.
        """
        return attrs.evolve(self, sources=(source, *self.sources))

    def with_weights(self, weights: AtomicWeights) -> Catalog:
        """The same catalogue reckoned with another edition of atomic weights.

        Args:
            weights: The edition.
        """
        return attrs.evolve(self, weights=weights)

    def compound(self, name: str, *, prefer: str | None = None) -> Compound:
        """The compound of a name.

        Args:
            name: A name, synonym, CAS number, UNII, E number or formula.
            prefer: How to decide a name that fits several: one of `POLICIES`.

        Returns:
            The compound; where a policy decided, its ``decided`` says so.

        Raises:
            NotFoundError: No compound has this name, or there is no such policy.
            AmbiguousNameError: The name fits several compounds, and no policy decided.
        """
        return cast("Compound", self._one(name, "compound", prefer))

    def material(self, name: str) -> Material:
        """The material of a name.

        Args:
            name: A name or synonym of a material; never that of its compound.

        Raises:
            NotFoundError: No material has this name.
            AmbiguousNameError: The name fits several materials.
        """
        return cast("Material", self._one(name, "material", None))

    def substance(self, name: str, *, prefer: str | None = None) -> Substance:
        """The compound or material of a name.

        Args:
            name: A name of a compound or material.
            prefer: How to decide a name that fits several compounds: one of `POLICIES`.

        Raises:
            NotFoundError: Nothing has this name, or there is no such policy.
            AmbiguousNameError: The name fits several, and no policy decided.
        """
        return self._one(name, "substance", prefer)

    def __getitem__(self, name: str) -> Substance:
        return self.substance(name)

    def find(self, name: str) -> tuple[Substance, ...]:
        """All that a name may mean, best first: what it names in each source, then what has a close name.

        A compound of a later source that has the name of an earlier one and another composition
        is among them; its ``origin`` says what it conflicts with.

        Args:
            name: A name, or something near one.
        """
        shelves = list(self._open())
        found: dict[tuple[str, object], Substance] = {}
        for each in (name, *self._close(name, "substance", 8)):
            first: dict[str, tuple[str, object]] = {}
            for shelf, taken in shelves:
                for record in shelf.lookup(each, taken):
                    composition = record.formula if isinstance(record, Compound) else record
                    source, known = first.setdefault(unordered(record.name), (shelf.name, composition))
                    if isinstance(record, Compound):
                        conflict = f", conflicting with {source}" if known != composition else ""
                        record = record.marked(origin=f"{shelf.name}{conflict}")  # noqa: PLW2901
                    found.setdefault((record.name, composition), record)
        return tuple(self._weighed(each) for each in found.values())

    def __iter__(self) -> Iterator[Substance]:
        """All records of the given and bundled sources, as far as they can be listed."""
        for shelf in self._given:
            for record in cast("Iterable[Substance]", shelf.open()):
                yield self._weighed(record)

    def states(self) -> tuple[SourceState, ...]:
        """What became of every source, all of them loaded now, in the order in which they are asked.

        Raises:
            SourceError: The catalogue is strict and a plugin cannot be used.
            RecordErrors: The catalogue is strict and a plugin holds bad rows.
        """
        states: list[SourceState] = []
        compositions: dict[str, Formula] = {}
        for shelf, taken in self._open():
            conflicting: list[str] = []
            for record in shelf.records(taken):
                if isinstance(record, Compound):
                    known = compositions.setdefault(unordered(record.name), record.formula)
                    if known != record.formula:
                        conflicting.append(record.name)
            states.append(shelf.told(conflicting))
        return tuple(states)

    # -- how

    def __reduce__(self) -> tuple[object, ...]:
        # What was loaded stays behind: it can be loaded again, and locks cannot travel.
        return _remade, (self.sources, self.weights, self.plugins, self.strict)

    def _open(self) -> Iterator[tuple[Shelf, list[str]]]:
        """The shelves in order, each with the names of those before it; plugins when they are reached."""
        taken: list[str] = []
        for shelf in self._given:
            yield shelf, taken
            taken.append(shelf.name)
        if self.plugins:
            for shelf in self._plugin_shelves():
                shelf.open(taken)
                if self.strict and shelf.error is not None:
                    raise shelf.error
                yield shelf, taken
                if shelf.state == "loaded":
                    taken.append(shelf.name)

    def _plugin_shelves(self) -> list[Shelf]:
        with self._lock:
            if not self._found:
                from mineral_ratio.catalog.discovery import plugins

                self._found.extend(Shelf(plugin.origin, plugin=plugin) for plugin in plugins())
        return self._found

    def _weighed(self, record: S) -> S:
        return record if self.weights is None else cast("S", record.with_weights(self.weights))

    def _one(self, name: str, kind: str, prefer: str | None) -> Substance:
        """The one record of a name in the first source that has any; a compound before a material."""
        if prefer is not None and prefer not in POLICIES:
            raise NotFoundError(prefer, "policy", close(prefer, POLICIES) or POLICIES[:2])
        if not isinstance(name, str):
            raise NotFoundError(repr(name), kind)
        for shelf, taken in self._open():
            records = shelf.lookup(name, taken)
            compounds = [each for each in records if isinstance(each, Compound)]
            materials = [each for each in records if not isinstance(each, Compound)]
            found = materials if kind == "material" else compounds
            if kind == "substance" and not compounds:
                found = materials
            if len(found) == 1:
                return self._weighed(found[0])
            if found:
                return self._weighed(_decided(name, found, kind, prefer))
        raise NotFoundError(name, kind, self._close(name, kind), self._failures())

    def _failures(self) -> list[str]:
        return [
            f"{shelf.name} of {shelf.origin}: {shelf.reason}"
            for shelf in self._found
            if shelf.error is not None
        ]

    def _close(self, name: str, kind: str, count: int = 3) -> tuple[str, ...]:
        """Close names of records of a kind."""
        near = close(name, (each for shelf, _ in self._open() for each in shelf.names()), 3 * count)
        return tuple(each for each in near if kind == "substance" or self._has(each, kind))[:count]

    def _has(self, name: str, kind: str) -> bool:
        """Whether a name means a record of a kind."""
        records = (each for shelf, taken in self._open() for each in shelf.lookup(name, taken))
        return any(isinstance(each, Compound) == (kind == "compound") for each in records)


def _remade(
    sources: tuple[CompoundSource, ...],
    weights: AtomicWeights | None,
    plugins: bool,  # noqa: FBT001
    strict: bool,  # noqa: FBT001
) -> Catalog:
    return Catalog(sources, weights, plugins=plugins, strict=strict)


def _decided(name: str, found: Sequence[Substance], kind: str, prefer: str | None) -> Compound:
    """The one of several records that a policy picks.

    Raises:
        AmbiguousNameError: There is no policy, or it does not pick just one.
    """
    picked: list[Compound] = [each for each in found if isinstance(each, Compound) and _fits(each, prefer)]
    if len(picked) == 1:
        return picked[0].marked(decided=f"{name!r} by prefer={prefer!r}")
    raise AmbiguousNameError(name, _differences(found), kind)


def _fits(compound: Compound, prefer: str | None) -> bool:
    if prefer == "as-sold":
        return compound.as_sold
    if prefer == "anhydrous":
        return not compound.water
    return prefer is not None and prefer in compound.name.split()


def _differences(found: Sequence[Substance]) -> list[str]:
    """A line for each candidate, with what the choice changes: the content of its first telling element."""
    lines: list[str] = []
    for each in found:
        compound = each if isinstance(each, Compound) else each.compound
        if compound is None:
            lines.append(each.name)
            continue
        symbol = next((key for key in compound.formula.counts if key not in ("H", "C", "O")), "C")
        fraction = f"{100 * compound.mass_fraction(symbol):.1f} % {symbol}"
        lines.append(f"{each.name}: {fraction}, {compound.formula}")
    return lines


@functools.cache
def default_catalog() -> Catalog:
    """The catalogue of the bundled compounds and materials; the same object at every call."""
    return Catalog()
