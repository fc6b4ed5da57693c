"""For tests: strategies for Hypothesis, and the conformance kit for authors of plugins.

The strategies need the extra ``testing``; nothing of the library imports this package, but for the
registration with Hypothesis where a test has imported that already.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mineral_ratio.testing.conformance import ReferenceConformance as ReferenceConformance
    from mineral_ratio.testing.conformance import RuleConformance as RuleConformance
    from mineral_ratio.testing.conformance import SourceConformance as SourceConformance
    from mineral_ratio.testing.strategies import analytes as analytes
    from mineral_ratio.testing.strategies import blends as blends
    from mineral_ratio.testing.strategies import bundled_compounds as bundled_compounds
    from mineral_ratio.testing.strategies import bundled_materials as bundled_materials
    from mineral_ratio.testing.strategies import compounds as compounds
    from mineral_ratio.testing.strategies import elements as elements
    from mineral_ratio.testing.strategies import formulas as formulas
    from mineral_ratio.testing.strategies import hostile_text as hostile_text
    from mineral_ratio.testing.strategies import hydrates as hydrates
    from mineral_ratio.testing.strategies import ingredients as ingredients
    from mineral_ratio.testing.strategies import masses as masses
    from mineral_ratio.testing.strategies import materials as materials
    from mineral_ratio.testing.strategies import salts as salts
    from mineral_ratio.testing.strategies import specified_materials as specified_materials
    from mineral_ratio.testing.strategies import statements as statements

__all__ = [
    "ReferenceConformance",
    "RuleConformance",
    "SourceConformance",
    "analytes",
    "blends",
    "bundled_compounds",
    "bundled_materials",
    "compounds",
    "elements",
    "formulas",
    "hostile_text",
    "hydrates",
    "ingredients",
    "masses",
    "materials",
    "salts",
    "specified_materials",
    "statements",
]


def hypothesis_setup_hook() -> None:
    """What Hypothesis calls when it is imported: register the classes that have been imported before it.

    Those that are imported later are registered by ``mineral_ratio.__getattr__``: Hypothesis is
    installed in many environments whose tests never ask for a compound, and they pay for nothing.
    """
    import mineral_ratio

    if not vars(mineral_ratio).keys().isdisjoint(mineral_ratio.__all__):
        from importlib import import_module

        # That module registers what is there; where it is being imported just now, at its end.
        import_module("mineral_ratio.testing.strategies")


if not TYPE_CHECKING:  # so that type checkers still catch a misspelt name

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        home = "conformance" if name.endswith("Conformance") else "strategies"
        value = getattr(import_module(f"{__name__}.{home}"), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
