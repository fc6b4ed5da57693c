"""The kit passes the bundled source, and each source that is wrong in one way fails the test meant for it."""

from __future__ import annotations

import inspect
from typing import Any

import attrs
import pytest

import mineral_ratio as mr
from mineral_ratio.catalog.sources import BUNDLED
from mineral_ratio.testing import ReferenceConformance, RuleConformance, SourceConformance

CALCITE = mr.Compound("my calcite", formula="CaCO3", cas="471-34-1", citations="a test")
LIME = mr.Compound("my lime", formula="CaO", synonyms="burnt lime", citations="a test")
BLEND = mr.Material(LIME, name="my lime, technical", declared={"Ca": "70 %"}, citations="a test")
RECORDS = (CALCITE, LIME, BLEND)


class TestBundled(SourceConformance):
    """The library's own tables pass the tests that others run on theirs."""

    source = BUNDLED


class TestStatic(SourceConformance):
    """A source held in memory passes."""

    source = mr.StaticSource("static", RECORDS)


class Asked:
    """A source that answers look-ups."""

    name = "asked"
    api_version = 1

    def __iter__(self):
        return iter(RECORDS)

    def lookup(self, name):
        """The records with this name."""
        return [each for each in RECORDS if each.name == name]


class TestAsked(SourceConformance):
    """A source that answers look-ups passes."""

    source = Asked()
    names = ("my calcite",)


class OfPasses:
    """A source whose passes are scripted; the last one is repeated."""

    name = "passes"
    api_version = 1

    def __init__(self, *passes) -> None:
        self._passes = list(passes)

    def __iter__(self):
        return iter(self._passes.pop(0) if len(self._passes) > 1 else self._passes[0])


class Leaky(mr.Compound):
    """A compound that loses mass."""

    def mass_fractions(self):
        """Half of what there is."""
        return {key: value / 2 for key, value in super().mass_fractions().items()}


class Unsendable(mr.Compound):
    """A compound that cannot be pickled."""

    def __reduce__(self):
        raise TypeError("stay here")


def like(what, **changes: Any):
    """A source that is an object of a class, with attributes of its own."""
    made = what()
    for key, value in changes.items():
        setattr(made, key, value)
    return made


class Nameless(OfPasses):
    """A source without a name."""

    name = None


def used_up():
    """A source whose one generator is used up by the first pass."""
    records = iter(RECORDS)
    return OfPasses(records)


def static(*records):
    """A source of records."""
    return mr.StaticSource("static", records)


# Source, names it must know, and the one test that it has to fail.
WRONG = {
    "has a number for a name": (like(Asked, name=7), ("my calcite",), "it_is_a_source"),
    "has no name": (Nameless(RECORDS), (), "it_is_a_source"),
    "is of another version": (mr.StaticSource("later", RECORDS, api_version=2), (), "it_is_a_source"),
    "has no records": (static(), (), "it_has_records"),
    "yields a text": (static(*RECORDS, "gypsum"), (), "it_has_records"),
    "is used up": (used_up(), (), "it_yields_the_same_twice"),
    "yields more the second time": (OfPasses(RECORDS[:2], RECORDS), (), "it_yields_the_same_twice"),
    "yields in any order": (OfPasses(RECORDS, RECORDS[::-1]), (), "it_yields_the_same_twice"),
    "has a name twice": (
        static(*RECORDS, mr.Compound("Lime, my", formula="CaO", citations="a test")),
        (),
        "names_are_its_own",
    ),
    "has another's name for a synonym": (
        static(*RECORDS, mr.Compound("x", formula="MgO", synonyms="Lime, my", citations="a test")),
        (),
        "synonyms_name_no_other_record",
    ),
    "loses mass": (static(*RECORDS, Leaky("leaky", formula="MgO", citations="x")), (), "mass_is_conserved"),
    "has a wrong CAS number": (
        static(*RECORDS, mr.Compound("x", formula="MgO", cas="471-34-2", citations="a test")),
        (),
        "identifiers_are_well_formed",
    ),
    "has no citation": (static(*RECORDS, mr.Compound("x", formula="MgO")), (), "every_record_is_cited"),
    "does not know its names": (
        like(Asked, lookup=lambda name: RECORDS[:1] if name == "my calcite" else []),
        ("my calcite",),
        "every_record_is_found_by_its_name",
    ),
    "says no name to know": (Asked(), (), "it_answers_look_ups"),
    "does not know what it must": (Asked(), ("my calcite", "gypsum"), "it_answers_look_ups"),
    "knows nonsense": (like(Asked, lookup=lambda _: RECORDS), ("my calcite",), "it_answers_look_ups"),
    "answers with text": (
        like(Asked, lookup=lambda name: [*Asked().lookup(name), *["gypsum"][: "my" in name]]),
        ("my calcite",),
        "it_answers_look_ups",
    ),
    "cannot be pickled": (
        static(*RECORDS, Unsendable("stay", formula="MgO", citations="a test")),
        (),
        "records_pickle",
    ),
}
TESTS = [name for name, _ in inspect.getmembers(SourceConformance) if name.startswith("test_")]


def failures(source, names=()) -> list[str]:
    """The tests of the kit that a source fails, in the order in which they are written."""
    kit = type("TestIt", (SourceConformance,), {"source": source, "names": names})
    failed = []
    for name in TESTS:
        try:
            getattr(kit(), name)()
        except Exception:  # noqa: BLE001  # any will do
            failed.append(name.removeprefix("test_"))
    return failed


@pytest.mark.parametrize("wrong", WRONG)
def test_a_source_that_is_wrong_in_one_way_fails_one_test(wrong) -> None:
    """A wrong source fails the test that is meant for it, and no other."""
    source, names, test = WRONG[wrong]
    assert failures(source, names) == [test]


def test_a_name_that_is_taken_is_told_as_it_is_written() -> None:
    """The author reads the name of the record, not the key that names are compared by."""
    kit = type("TestIt", (SourceConformance,), {"source": WRONG["has a name twice"][0]})
    with pytest.raises(AssertionError, match="'Lime, my' is named as a record before it"):
        kit().test_names_are_its_own()


def test_every_test_of_the_kit_catches_something() -> None:
    """There is a wrong source for each test of the kit."""
    assert {f"test_{test}" for _, _, test in WRONG.values()} == set(TESTS)


def test_what_cannot_be_read_at_all_does_not_pass() -> None:
    """A source that raises midway fails every test that needs its records."""

    def midway():
        yield CALCITE
        raise RuntimeError("midway")

    source = type("Source", (), {"name": "x", "api_version": 1, "__iter__": lambda _: midway()})()
    assert "it_has_records" in failures(source)
    assert "it_is_a_source" in failures(type(source))
    assert "it_is_a_source" in failures(42)


def test_a_large_source_is_sampled() -> None:
    """No more records are drawn than the kit is told to look at."""

    def endless():
        number = 0
        while True:
            yield mr.Compound(f"compound {number}", formula="CaO", citations="a test")
            number += 1

    source = type("Source", (), {"name": "x", "api_version": 1, "__iter__": lambda _: endless()})()
    kit = type("TestIt", (SourceConformance,), {"source": source, "most": 5})
    assert len(kit.records()) == 5
    kit().test_it_yields_the_same_twice()


def test_two_kits_do_not_share_what_they_read() -> None:
    """A kit that inherits from another one reads its own source."""
    first = type("TestFirst", (SourceConformance,), {"source": static(CALCITE)})
    second = type("TestSecond", (first,), {"source": static(LIME)})
    assert first.records() == [CALCITE]
    assert second.records() == [LIME]


# -- rules and reference values

RULE = mr.RatioRule(
    "ours", "Na", "K", "mass", upper=1.0, scope="total diet", evidence="low", citation="a test"
)
LIMIT = mr.ReferenceValue(
    "HOUSE", "2026", "Mg", "UL", "300", "mg/day", counts="supplement", citation="a test"
)


class TestRules(RuleConformance):
    """The bundled rules, as a source of them."""

    source = OfPasses(list(mr.rules().values()))


class TestReferences(ReferenceConformance):
    """The bundled reference values, as a source of them."""

    source = OfPasses(list(mr.references()))
    most = 2000


@pytest.mark.parametrize(
    ("kit", "records", "test"),
    [
        (RuleConformance, [RULE, LIMIT], "it_has_records"),
        (RuleConformance, [RULE, attrs.evolve(RULE, upper=2.0)], "names_are_its_own"),
        (RuleConformance, [attrs.evolve(RULE, citation="")], "every_record_is_cited"),
        (ReferenceConformance, [LIMIT, RULE], "it_has_records"),
        (ReferenceConformance, [LIMIT, LIMIT], "names_are_its_own"),
        (ReferenceConformance, [attrs.evolve(LIMIT, citation="")], "every_record_is_cited"),
    ],
)
def test_a_source_of_other_records_fails_the_one_test_that_is_meant_for_its_fault(kit, records, test):
    """The kits for rules and reference values tell their faults apart, too."""
    made = type("TestIt", (kit,), {"source": OfPasses(records)})
    failed = []
    for name in [name for name, _ in inspect.getmembers(kit) if name.startswith("test_")]:
        try:
            getattr(made(), name)()
        except AssertionError:
            failed.append(name)
    assert failed == [f"test_{test}"]
