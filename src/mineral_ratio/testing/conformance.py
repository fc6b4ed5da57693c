"""The conformance kit: the tests that every source of compounds, rules or reference values has to pass.

A plugin author inherits it in three lines and runs pytest:

```python
from mineral_ratio.testing import SourceConformance

class TestMySource(SourceConformance):
    source = my_plugin.SOURCE
```

A source of rules inherits `RuleConformance`, one of reference values `ReferenceConformance`.
"""

from __future__ import annotations

import pickle
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar

from mineral_ratio.catalog.indexes import Index, entry_of
from mineral_ratio.catalog.names import unordered
from mineral_ratio.catalog.records import cas_number
from mineral_ratio.catalog.sources import LookupSource, checked
from mineral_ratio.checks.references import ReferenceValue
from mineral_ratio.checks.rules import RatioRule
from mineral_ratio.substances.compounds import Compound
from mineral_ratio.substances.materials import Material

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeAlias

    Substance: TypeAlias = Compound | Material

_CLOSED = 1e-12


class _Conformance:
    """What the sources of every kind of record have to pass.

    Attributes:
        source: The source under test.
        most: How many of its records are looked at; a large source is sampled from its beginning.
    """

    source: ClassVar[Any]
    most: ClassVar[int] = 1000
    _kinds: ClassVar[tuple[type, ...]]
    _yielded: ClassVar[list[Any]]

    @classmethod
    def yielded(cls) -> list[Any]:
        """What the source yielded when it was first iterated over, so far as it is looked at."""
        if "_yielded" not in cls.__dict__:
            cls._yielded = list(islice(iter(cls.source), cls.most))
        return cls._yielded

    @classmethod
    def records(cls) -> list[Any]:
        """The records of the right kind among it."""
        return [each for each in cls.yielded() if isinstance(each, cls._kinds)]

    def keys(self) -> Iterator[object]:
        """What no two records may share, record by record."""
        raise NotImplementedError

    def citations(self, record: Any) -> object:
        """Where a record was read; anything empty is none."""
        return record.citation

    def test_it_is_a_source(self) -> None:
        """It is an object with a name and the version of the contract, and can be iterated over."""
        checked(self.source, type(self.source).__name__)

    def test_it_has_records(self) -> None:
        """There is at least one, and each is of the kind that the group is for."""
        assert self.yielded(), "the source yields nothing"
        kinds = " and no ".join(kind.__name__ for kind in self._kinds)
        for record in self.yielded():
            assert isinstance(record, self._kinds), f"{record!r} is no {kinds}"

    def test_it_yields_the_same_twice(self) -> None:
        """Another pass gives what the first gave: a generator that is used up is no source."""
        again: list[Any] = list(islice(iter(self.source), self.most))
        assert again == self.yielded(), "another pass over the source gives other records"

    def test_names_are_its_own(self) -> None:
        """No two records of a kind have one name."""
        seen: set[object] = set()
        for key, record in zip(self.keys(), self.records(), strict=True):
            assert key not in seen, f"{str(record)!r:.60} is named as a record before it"
            seen.add(key)

    def test_every_record_is_cited(self) -> None:
        """Every record says where it was read."""
        for record in self.records():
            assert self.citations(record), f"{record} has no citation"

    def test_records_pickle(self) -> None:
        """Every record survives pickling, so that it can be sent to another process."""
        for record in self.records():
            assert pickle.loads(pickle.dumps(record)) == record  # noqa: S301  # what we have just made


class RuleConformance(_Conformance):
    """Tests of a source of rules (entry-point group ``mineral_ratio.rules``).

    Attributes:
        source: The source under test.
    """

    _kinds = (RatioRule,)

    def keys(self) -> Iterator[object]:
        """The ids of the rules."""
        return (rule.id for rule in self.records())


class ReferenceConformance(_Conformance):
    """Tests of a source of reference values (entry-point group ``mineral_ratio.references``).

    Attributes:
        source: The source under test.
    """

    _kinds = (ReferenceValue,)

    def keys(self) -> Iterator[object]:
        """What a value is of: two of one authority for one person and purpose contradict each other."""
        for each in self.records():
            person = (each.sex, each.age_from, each.age_to, each.condition)
            yield (each.authority, each.edition, str(each.analyte), each.kind, *person)


class SourceConformance(_Conformance):
    """Tests of a source of compounds and materials, to be inherited by a test class that names it.

    Attributes:
        source: The source under test.
        most: How many of its records are looked at; a large source is sampled from its beginning.
        names: Names that a source which answers look-ups must know; one at least for such a source.
    """

    names: ClassVar[tuple[str, ...]] = ()
    _kinds = (Compound, Material)

    def keys(self) -> Iterator[object]:
        """The names as a catalogue compares them; a material may have the name of a compound."""
        return ((isinstance(record, Compound), unordered(record.name)) for record in self.records())

    def test_synonyms_name_no_other_record(self) -> None:
        """No synonym is the name of another record of the kind: its owner could not be told by it."""
        owners = dict(zip(self.keys(), self.records(), strict=True))
        for record in self.records():
            for synonym in record.synonyms:
                owner = owners.get((isinstance(record, Compound), unordered(synonym)), record)
                assert owner is record, f"{synonym!r}, a synonym of {record.name!r}, names {owner.name!r}"

    def citations(self, record: Substance) -> object:
        """Where a record was read."""
        return record.citations

    def test_mass_is_conserved(self) -> None:
        """The mass fractions of every compound sum to 1."""
        for record in self.records():
            if isinstance(record, Compound):
                total = sum(record.mass_fractions().values())
                assert abs(total - 1.0) <= _CLOSED, f"the fractions of {record.name} sum to {total}"

    def test_identifiers_are_well_formed(self) -> None:
        """Every CAS number has its check digit."""
        for record in self.records():
            if isinstance(record, Compound) and record.cas:
                cas_number(record.cas)

    def test_every_record_is_found_by_its_name(self) -> None:
        """What the source means by a record's name is that record, alone or among others."""
        lookup = self._lookup()
        for record in self.records():
            found: list[str] = [each.name for each in lookup(record.name) if isinstance(each, type(record))]
            assert record.name in found, f"{record.name!r} finds {found or 'nothing'}"

    def test_it_answers_look_ups(self) -> None:
        """A source that answers look-ups knows the names it is said to know, and nothing for nonsense."""
        if isinstance(self.source, LookupSource):
            assert self.names, "set `names` to some that the source must know"
            for name in self.names:
                found = list(self.source.lookup(name))
                assert found, f"{name!r} is not found"
                for record in found:
                    assert isinstance(record, Compound | Material), f"{name!r} gives {record!r}"
            assert not list(self.source.lookup("no such substance, surely")), "nonsense is found"

    def _lookup(self) -> Callable[[str], Iterable[Any]]:
        if isinstance(self.source, LookupSource):
            return self.source.lookup
        return Index(lambda: map(entry_of, self.records())).lookup
