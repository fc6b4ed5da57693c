"""A source that answers look-ups may refuse one record: the others and the later sources still answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import mineral_ratio as mr

if TYPE_CHECKING:
    from collections.abc import Iterator

HALITE = mr.Compound("halite", formula="NaCl", citations="drawn")


class Refusing:
    """Knows halite, and refuses what it has as bischofite."""

    api_version = 1

    def __init__(self, name: str = "refusing") -> None:
        self.name = name

    def lookup(self, name: str) -> list[mr.Compound]:
        if name == "bischofite of ours":
            raise mr.RecordError("ours.csv", 3, "formula", "one water of six")
        return [HALITE] if name == "halite" else []

    def __iter__(self) -> Iterator[mr.Compound]:
        return iter([HALITE])


class Stuck(Refusing):
    """Refuses in the middle of its answer."""

    def lookup(self, name: str) -> Iterator[mr.Compound]:  # type: ignore[override]
        yield HALITE
        raise mr.RecordError("ours.csv", 4, "", f"{name} cannot be")


def test_a_refusal_is_a_miss_that_tells_where_and_why() -> None:
    """Where nothing else has the name, the error holds the source, the file, the line and the reason."""
    catalog = mr.Catalog((Refusing(),), plugins=False)
    with pytest.raises(mr.NotFoundError) as caught:
        catalog.compound("bischofite of ours")
    assert caught.value.failed_sources == ("refusing of given: ours.csv:3:formula: one water of six",)
    assert "no answer from refusing of given: ours.csv:3:formula: one water of six" in str(caught.value)


def test_all_refusals_are_told() -> None:
    """Two sources that refuse are both told, in the order in which they were asked."""
    catalog = mr.Catalog((Refusing("first"), Refusing("second")), plugins=False)
    with pytest.raises(mr.NotFoundError) as caught:
        catalog["bischofite of ours"]
    assert [each.split(" of ")[0] for each in caught.value.failed_sources] == ["first", "second"]


def test_a_source_that_refused_stays_in_use() -> None:
    """After a refusal the source is loaded and answers for its other names."""
    catalog = mr.Catalog((Refusing(),), plugins=False)
    assert catalog.find("bischofite of ours") == ()
    assert "bischofite of ours" not in catalog
    assert catalog.compound("halite") == HALITE
    assert [each.state for each in catalog.states()] == ["loaded"]


def test_a_later_source_answers_for_what_was_refused() -> None:
    """A refusal does not hide the record of another source."""
    good = mr.Compound("bischofite of ours", formula="MgCl2.6H2O")
    catalog = mr.Catalog((Refusing(), mr.StaticSource("good", [good])), plugins=False)
    assert catalog.compound("bischofite of ours") == good


def test_a_refusal_amid_an_answer_refuses_it_whole() -> None:
    """Records that were yielded before the refusal are no answer."""
    with pytest.raises(mr.NotFoundError, match=r"ours\.csv:4: halite cannot be"):
        mr.Catalog((Stuck(),), plugins=False).compound("halite")


def test_a_bad_row_of_a_source_that_is_read_whole_is_no_refusal() -> None:
    """A record error of a source without look-ups is still a source that cannot be used."""

    class Broken:
        name = "broken"
        api_version = 1

        def __iter__(self) -> Iterator[mr.Compound]:
            raise mr.RecordError("ours.csv", 5, "", "torn")

    with pytest.raises(mr.SourceLoadError, match="torn"):
        mr.Catalog((Broken(),), plugins=False).compound("halite")
