"""Mineral compounds, what they hold, and the ratios between elements: arithmetic with provenance.

Everything public is a name of this package. Names are resolved when they are first used: importing
the package imports neither pint nor attrs and reads no data.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mineral_ratio.audits.causes import LikelyCause as LikelyCause
    from mineral_ratio.audits.judgements import CellAudit as CellAudit
    from mineral_ratio.audits.judgements import RowAudit as RowAudit
    from mineral_ratio.audits.reports import AuditReport as AuditReport
    from mineral_ratio.audits.reports import audit as audit
    from mineral_ratio.audits.reports import audit_file as audit_file
    from mineral_ratio.catalog.catalog import Catalog as Catalog
    from mineral_ratio.catalog.catalog import default_catalog as default_catalog
    from mineral_ratio.catalog.files import FileSource as FileSource
    from mineral_ratio.catalog.shelves import SourceState as SourceState
    from mineral_ratio.catalog.sources import CompoundSource as CompoundSource
    from mineral_ratio.catalog.sources import LookupSource as LookupSource
    from mineral_ratio.catalog.sources import StaticSource as StaticSource
    from mineral_ratio.checks.reports import CheckReport as CheckReport
    from mineral_ratio.checks.reports import check as check
    from mineral_ratio.checks.rules import RatioCheck as RatioCheck
    from mineral_ratio.checks.rules import RatioRule as RatioRule
    from mineral_ratio.checks.rules import rule as rule
    from mineral_ratio.checks.rules import rules as rules
    from mineral_ratio.errors import AmbiguousNameError as AmbiguousNameError
    from mineral_ratio.errors import DuplicateSourceError as DuplicateSourceError
    from mineral_ratio.errors import FormulaError as FormulaError
    from mineral_ratio.errors import MassBalanceError as MassBalanceError
    from mineral_ratio.errors import MineralRatioError as MineralRatioError
    from mineral_ratio.errors import NoAtomicWeightError as NoAtomicWeightError
    from mineral_ratio.errors import NotFoundError as NotFoundError
    from mineral_ratio.errors import ProductFileError as ProductFileError
    from mineral_ratio.errors import RecordError as RecordError
    from mineral_ratio.errors import RecordErrors as RecordErrors
    from mineral_ratio.errors import SourceContractError as SourceContractError
    from mineral_ratio.errors import SourceError as SourceError
    from mineral_ratio.errors import SourceLoadError as SourceLoadError
    from mineral_ratio.errors import SourceSkippedWarning as SourceSkippedWarning
    from mineral_ratio.errors import SourceVersionError as SourceVersionError
    from mineral_ratio.errors import UndefinedRatioError as UndefinedRatioError
    from mineral_ratio.errors import UnitError as UnitError
    from mineral_ratio.errors import UnknownChargeError as UnknownChargeError
    from mineral_ratio.errors import UnknownContentError as UnknownContentError
    from mineral_ratio.mixtures.analyses import Analysis as Analysis
    from mineral_ratio.mixtures.blends import Blend as Blend
    from mineral_ratio.mixtures.blends import Contribution as Contribution
    from mineral_ratio.mixtures.blends import Ingredient as Ingredient
    from mineral_ratio.mixtures.products import LabelClaim as LabelClaim
    from mineral_ratio.mixtures.products import Product as Product
    from mineral_ratio.mixtures.products import Supply as Supply
    from mineral_ratio.mixtures.ratios import Ratio as Ratio
    from mineral_ratio.substances.compounds import Compound as Compound
    from mineral_ratio.substances.compounds import Content as Content
    from mineral_ratio.substances.elements import AtomicWeight as AtomicWeight
    from mineral_ratio.substances.elements import AtomicWeights as AtomicWeights
    from mineral_ratio.substances.elements import Element as Element
    from mineral_ratio.substances.elements import ElementMap as ElementMap
    from mineral_ratio.substances.elements import default_weights as default_weights
    from mineral_ratio.substances.elements import element as element
    from mineral_ratio.substances.formulas import Formula as Formula
    from mineral_ratio.substances.ions import EquivalentCount as EquivalentCount
    from mineral_ratio.substances.ions import Ion as Ion
    from mineral_ratio.substances.ions import NamedSpecies as NamedSpecies
    from mineral_ratio.substances.ions import analyte as analyte
    from mineral_ratio.substances.ions import ion as ion
    from mineral_ratio.substances.materials import Material as Material
    from mineral_ratio.substances.ranges import Interval as Interval
    from mineral_ratio.substances.ranges import Range as Range
    from mineral_ratio.substances.specifications import Assay as Assay
    from mineral_ratio.substances.specifications import Declared as Declared

# Where each public name is defined; the imports above tell type checkers the same.
_HOMES = {
    "audits.causes": ("LikelyCause",),
    "audits.judgements": (
        "CellAudit",
        "RowAudit",
    ),
    "audits.reports": (
        "AuditReport",
        "audit",
        "audit_file",
    ),
    "catalog.catalog": ("Catalog", "default_catalog"),
    "catalog.files": ("FileSource",),
    "catalog.shelves": ("SourceState",),
    "catalog.sources": ("CompoundSource", "LookupSource", "StaticSource"),
    "checks.reports": ("CheckReport", "check"),
    "checks.rules": ("RatioCheck", "RatioRule", "rule", "rules"),
    "errors": (
        "AmbiguousNameError",
        "DuplicateSourceError",
        "FormulaError",
        "MassBalanceError",
        "MineralRatioError",
        "NoAtomicWeightError",
        "NotFoundError",
        "ProductFileError",
        "RecordError",
        "RecordErrors",
        "SourceContractError",
        "SourceError",
        "SourceLoadError",
        "SourceSkippedWarning",
        "SourceVersionError",
        "UndefinedRatioError",
        "UnitError",
        "UnknownChargeError",
        "UnknownContentError",
    ),
    "mixtures.analyses": ("Analysis",),
    "mixtures.blends": ("Blend", "Contribution", "Ingredient"),
    "mixtures.products": ("LabelClaim", "Product", "Supply"),
    "mixtures.ratios": ("Ratio",),
    "substances.compounds": ("Compound", "Content"),
    "substances.elements": (
        "AtomicWeight",
        "AtomicWeights",
        "Element",
        "ElementMap",
        "default_weights",
        "element",
    ),
    "substances.formulas": ("Formula",),
    "substances.ions": ("EquivalentCount", "Ion", "NamedSpecies", "analyte", "ion"),
    "substances.materials": ("Material",),
    "substances.ranges": ("Interval", "Range"),
    "substances.specifications": ("Assay", "Declared"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "AmbiguousNameError",
    "Analysis",
    "Assay",
    "AtomicWeight",
    "AtomicWeights",
    "AuditReport",
    "Blend",
    "Catalog",
    "CellAudit",
    "CheckReport",
    "Compound",
    "CompoundSource",
    "Content",
    "Contribution",
    "Declared",
    "DuplicateSourceError",
    "Element",
    "ElementMap",
    "EquivalentCount",
    "FileSource",
    "Formula",
    "FormulaError",
    "Ingredient",
    "Interval",
    "Ion",
    "LabelClaim",
    "LikelyCause",
    "LookupSource",
    "MassBalanceError",
    "Material",
    "MineralRatioError",
    "NamedSpecies",
    "NoAtomicWeightError",
    "NotFoundError",
    "Product",
    "ProductFileError",
    "Range",
    "Ratio",
    "RatioCheck",
    "RatioRule",
    "RecordError",
    "RecordErrors",
    "RowAudit",
    "SourceContractError",
    "SourceError",
    "SourceLoadError",
    "SourceSkippedWarning",
    "SourceState",
    "SourceVersionError",
    "StaticSource",
    "Supply",
    "UndefinedRatioError",
    "UnitError",
    "UnknownChargeError",
    "UnknownContentError",
    "analyte",
    "audit",
    "audit_file",
    "check",
    "default_catalog",
    "default_weights",
    "element",
    "ion",
    "rule",
    "rules",
]

if not TYPE_CHECKING:  # so that type checkers still catch a misspelt name

    def __getattr__(name: str) -> object:
        if name == "__version__":
            from importlib.metadata import version

            return version("mineral_ratio")
        if name not in _HOME_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        import sys
        from importlib import import_module

        value = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
        globals()[name] = value
        # For tests only: where Hypothesis is in use, it learns what to draw for this class.
        if "hypothesis.strategies" in sys.modules:
            import_module(f"{__name__}.testing.strategies").register(name, value)
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__, "__version__"})
