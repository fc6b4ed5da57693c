"""The catalogue: names in, compounds and materials out, and never a guess between two."""

from __future__ import annotations

import functools
import threading
from typing import TYPE_CHECKING, TypeVar, cast

import attrs

from mineral_ratio.catalog.names import HYDRATES, normal, unordered
from mineral_ratio.catalog.shelves import Shelf
from mineral_ratio.catalog.sources import BUNDLED, CompoundSource, checked
from mineral_ratio.errors import AmbiguousNameError, DuplicateSourceError, NotFoundError
from mineral_ratio.substances.compounds import Compound

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypeAlias

    from mineral_ratio.catalog.states import SourceState
    from mineral_ratio.substances.atomic_weights import AtomicWeights
    from mineral_ratio.substances.materials import Material

    Substance: TypeAlias = Compound | Material

S = TypeVar("S", bound="Substance")

_MAKING = threading.Lock()

_WEAKER = 0.1
"""How much less close than the closest a name may be to be suggested."""

POLICIES = ("as-sold", *HYDRATES)
"""How an ambiguous name may be decided: the form that is usually sold, or a hydrate by name."""


def _shelved(catalog: Catalog) -> tuple[Shelf, ...]:
    names = [checked(source, type(source).__name__).name for source in catalog.sources]
    for name in names:
        if names.count(name) > 1:
            raise DuplicateSourceError(name, "two sources have this name")
    return tuple(Shelf("bundled" if source is BUNDLED else "given", source) for source in catalog.sources)


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
        SourceContractError: One of the sources is not what the contract asks for.
        SourceVersionError: One is for another version of the contract.
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
    _given: tuple[Shelf, ...] = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(_shelved, takes_self=True)
    )
    _found: tuple[Shelf, ...] | None = attrs.field(init=False, eq=False, repr=False, default=None)
    _lock: threading.RLock = attrs.field(init=False, eq=False, repr=False, factory=threading.RLock)

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
            prefer: How to decide a name that fits several: ``"as-sold"``, or a hydrate: ``"monohydrate"``.

        Returns:
            The compound; where a policy decided, its ``decided`` says so.

        Raises:
            NotFoundError: No compound has this name, or there is no such policy.
            AmbiguousNameError: The name fits several compounds, and no policy decided.
            SourceError: A source that was passed in cannot be used; any, where the catalogue is strict.
            RecordErrors: A source that was passed in has bad rows.
        """
        return cast("Compound", self._one(name, "compound", prefer))

    def material(self, name: str) -> Material:
        """The material of a name.

        Args:
            name: A name or synonym of a material; never that of its compound.

        Raises:
            NotFoundError: No material has this name.
            AmbiguousNameError: The name fits several materials.
            SourceError: A source that was passed in cannot be used; any, where the catalogue is strict.
            RecordErrors: A source that was passed in has bad rows.
        """
        return cast("Material", self._one(name, "material", None))

    def substance(self, name: str, *, prefer: str | None = None) -> Substance:
        """The compound or material of a name.

        Args:
            name: A name of a compound or material.
            prefer: How to decide a name that fits several compounds, as in `compound`.

        Raises:
            NotFoundError: Nothing has this name, or there is no such policy.
            AmbiguousNameError: The name fits several, and no policy decided.
            SourceError: A source that was passed in cannot be used; any, where the catalogue is strict.
            RecordErrors: A source that was passed in has bad rows.
        """
        return self._one(name, "substance", prefer)

    def __getitem__(self, name: str) -> Substance:
        return self.substance(name)

    def __contains__(self, name: object) -> bool:
        """Whether a name means anything here, one record or several."""
        return isinstance(name, str) and any(True for _ in self._meant(name))

    def find(self, name: str) -> tuple[Substance, ...]:
        """All that a name means in any source; where it means nothing, what has a close name, closest first.

        A compound of a later source that has the name of an earlier one and another composition
        is among them; its ``origin`` says what it conflicts with.

        Args:
            name: A name, or something near one.

        Raises:
            SourceError: A source that was passed in cannot be used; any, where the catalogue is strict.
            RecordErrors: A source that was passed in has bad rows.
        """
        if not isinstance(name, str):
            return ()
        found: dict[tuple[str, object], Substance] = {}
        for each in (name,) if name in self else self._suggested(name, "substance", 8)[0]:
            for shelf, earlier, records in self._meant(each):
                for record in records:
                    composition: object = record
                    if isinstance(record, Compound):
                        composition = record.formula.hill
                        others = dict.fromkeys(_conflicts(record, earlier).values())
                        conflict = f", conflicting with {' and '.join(others)}" if others else ""
                        record = record.marked(origin=f"{shelf.name}{conflict}")  # noqa: PLW2901
                    found.setdefault((unordered(record.name), composition), record)
        return tuple(self._weighed(each) for each in found.values())

    def __iter__(self) -> Iterator[Substance]:
        """All records of the given and bundled sources, as far as they can be listed."""
        for shelf in self._given:
            for record in shelf.records():
                yield self._weighed(record)

    def states(self) -> tuple[SourceState, ...]:
        """What became of every source, all of them loaded now, in the order in which they are asked.

        Raises:
            SourceError: A source that was given cannot be used; with ``strict`` a plugin too.
            RecordErrors: The same, because it holds bad rows.
        """
        states: list[SourceState] = []
        for shelf, earlier in self._open():
            compounds = (each for each in shelf.records() if isinstance(each, Compound))
            states.append(shelf.told(name for each in compounds for name in _conflicts(each, earlier)))
        return tuple(states)

    # -- how

    def __reduce__(self) -> tuple[object, ...]:
        # What was loaded stays behind: it can be loaded again, and locks cannot travel.
        return _remade, (self.sources, self.weights, self.plugins, self.strict)

    def _open(self) -> Iterator[tuple[Shelf, list[Shelf]]]:
        """The shelves in order, each with those before it; plugins are loaded when they are reached."""
        earlier: list[Shelf] = []
        for shelf in self._given:
            yield shelf, earlier
            earlier.append(shelf)
        for shelf in self._plugin_shelves():
            shelf.open([each.name for each in earlier])
            yield shelf, earlier
            if shelf.state == "loaded":
                earlier.append(shelf)

    def _plugin_shelves(self) -> tuple[Shelf, ...]:
        if not self.plugins:
            return ()
        with self._lock:
            if self._found is None:
                from mineral_ratio.catalog.discovery import plugins

                found = [Shelf(each.distribution, plugin=each, strict=self.strict) for each in plugins()]
                # Looked for once: a frozen value sets what it has found out by this way only.
                object.__setattr__(self, "_found", tuple(found))
        return cast("tuple[Shelf, ...]", self._found)

    def _weighed(self, record: S) -> S:
        return record if self.weights is None else cast("S", record.with_weights(self.weights))

    def _meant(
        self, name: str, refusals: list[str] | None = None
    ) -> Iterator[tuple[Shelf, list[Shelf], list[Substance]]]:
        """What a name means in each source in turn: where it is a name in any, it is read by rule in none."""
        named = False
        for shelf, earlier in self._open():
            if records := shelf.lookup(name, refusals):
                named = True
                yield shelf, earlier, records
        if not named:
            for shelf, earlier in self._open():
                if records := shelf.read(name):
                    yield shelf, earlier, records

    def _one(self, name: str, kind: str, prefer: str | None) -> Substance:
        """The one record of a name in the first source that has any; a compound before a material."""
        if prefer is not None and prefer not in POLICIES:
            from mineral_ratio.catalog.suggestions import close

            raise NotFoundError(str(prefer), "policy", close(str(prefer), POLICIES) or POLICIES[:2])
        if not isinstance(name, str):
            raise NotFoundError(repr(name), kind)
        refusals: list[str] = []
        for _, _, records in self._meant(name, refusals):
            compounds = [each for each in records if isinstance(each, Compound)]
            materials = [each for each in records if not isinstance(each, Compound)]
            found = materials if kind == "material" else compounds
            if kind == "substance" and not compounds:
                found = materials
            if len(found) == 1:
                return self._weighed(found[0])
            if found:
                return self._weighed(_decided(name, found, kind, prefer))
        suggestions, reason = self._suggested(name, kind, 3)
        raise NotFoundError(name, kind, suggestions, [*refusals, *self._failures()], reason)

    def _failures(self) -> list[str]:
        return [
            f"{shelf.name} of {shelf.origin}: {shelf.reason}"
            for shelf in self._plugin_shelves()
            if shelf.error is not None
        ]

    def _suggested(self, name: str, kind: str, count: int) -> tuple[tuple[str, ...], str]:
        """What a name that was not found may stand for, closest first, and what is known to be amiss."""
        # Only a miss needs them.
        from mineral_ratio.catalog.labels import several
        from mineral_ratio.catalog.refusals import element_of, misread, without_composition

        shelves = [shelf for shelf, _ in self._open()]
        formulas = dict.fromkeys(text for shelf in shelves for text in shelf.capitalized(name))
        if formulas and kind != "material":
            return tuple(formulas)[:count], "a formula is read as it is written, its capitals and dots too"
        if (parts := several(name)) and all(part in self for part in parts):
            return parts, "it names several substances; each needs a line and an amount of its own"
        if reason := without_composition(name):
            return (), reason
        symbol = element_of(name)
        near = sorted((each for shelf in shelves for each in shelf.close(name, 3 * count)), reverse=True)
        found: dict[str, str] = {}
        closest = 0.0
        for ratio, text in near:
            if len(found) == count or ratio < closest - _WEAKER:
                break
            if (kind == "substance" and not symbol) or self._has(text, kind, symbol):
                found.setdefault(normal(text), text)
                closest = closest or ratio
        return tuple(found.values()), misread(name)

    def _has(self, name: str, kind: str, symbol: str) -> bool:
        """Whether a name means a record of a kind, which holds an element if one is asked for."""
        from mineral_ratio.catalog.readings import holds  # only a miss needs it

        records = (each for _, _, found in self._meant(name) for each in found)
        return any(
            kind in ("substance", "compound" if isinstance(each, Compound) else "material")
            and (not symbol or holds(each, symbol))
            for each in records
        )


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
    undecided = f"prefer={prefer!r} fits {len(picked) or 'none'} of them" if prefer else ""
    raise AmbiguousNameError(name, _differences(found), kind, undecided)


def _fits(compound: Compound, prefer: str | None) -> bool:
    if prefer == "as-sold":
        return compound.as_sold
    from fractions import Fraction  # most names need no policy, and it takes 2 ms

    return prefer is not None and compound.water == Fraction(HYDRATES[prefer])


def _differences(found: Sequence[Substance]) -> list[str]:
    """A line for each candidate, with what the choice changes: an element that most of them hold."""
    from collections import Counter  # only an ambiguity pays for it

    compounds = [(each.name, each if isinstance(each, Compound) else each.compound) for each in found]
    holders = Counter(symbol for _, each in compounds if each for symbol in each.formula.counts)
    lines: list[str] = []
    for name, compound in compounds:
        if compound is None:
            lines.append(name)
            continue
        symbol = min(compound.formula.counts, key=lambda key: (_untelling(key), -holders[key]))
        fraction = f"{100 * compound.mass_fraction(symbol):.1f} % {symbol}"
        lines.append(f"{name}: {fraction}, {compound.formula}")
    return lines


def _untelling(symbol: str) -> int:
    """How little an element tells of what a compound is taken for: selenite is taken for its selenium."""
    for rank, symbols in enumerate((("Na", "K"), ("S", "P", "Cl", "N"), ("C",), ("H", "O")), 1):
        if symbol in symbols:
            return rank
    return 0


def _conflicts(compound: Compound, earlier: Sequence[Shelf]) -> dict[str, str]:
    """A compound's names that mean other compositions in the first earlier source that knows them, and which.

    E numbers are left out: one of them means all hydrates of an additive.
    """
    conflicts: dict[str, str] = {}
    for name in filter(None, (compound.name, *compound.synonyms, compound.cas, compound.unii)):
        for shelf in earlier:
            known = [each.formula.hill for each in shelf.named(name) if isinstance(each, Compound)]
            if known:
                if compound.formula.hill not in known:
                    conflicts[name] = shelf.name
                break
    return conflicts


@functools.cache
def _default() -> Catalog:
    return Catalog()


def default_catalog() -> Catalog:
    """The catalogue of the bundled compounds and materials; the same object at every call."""
    with _MAKING:  # two threads at once would make two
        return _default()
