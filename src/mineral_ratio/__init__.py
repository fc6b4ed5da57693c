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
    from mineral_ratio.catalog.sources import CompoundSource as CompoundSource
    from mineral_ratio.catalog.sources import LookupSource as LookupSource
    from mineral_ratio.catalog.states import SourceState as SourceState
    from mineral_ratio.catalog.static import StaticSource as StaticSource
    from mineral_ratio.checks.checking import check as check
    from mineral_ratio.checks.index_rules import IndexCheck as IndexCheck
    from mineral_ratio.checks.index_rules import IndexRule as IndexRule
    from mineral_ratio.checks.index_rules import index_rule as index_rule
    from mineral_ratio.checks.index_rules import index_rules as index_rules
    from mineral_ratio.checks.indices import Index as Index
    from mineral_ratio.checks.indices import dcad as dcad
    from mineral_ratio.checks.indices import grass_tetany_ratio as grass_tetany_ratio
    from mineral_ratio.checks.indices import hardness as hardness
    from mineral_ratio.checks.indices import phytate_calcium_zinc as phytate_calcium_zinc
    from mineral_ratio.checks.indices import residual_alkalinity as residual_alkalinity
    from mineral_ratio.checks.indices import sodium_adsorption_ratio as sodium_adsorption_ratio
    from mineral_ratio.checks.labels import DailyPercent as DailyPercent
    from mineral_ratio.checks.labels import LabelCheck as LabelCheck
    from mineral_ratio.checks.labels import LabelTolerance as LabelTolerance
    from mineral_ratio.checks.references import ReferenceCheck as ReferenceCheck
    from mineral_ratio.checks.references import ReferenceValue as ReferenceValue
    from mineral_ratio.checks.references import references as references
    from mineral_ratio.checks.references import references_for as references_for
    from mineral_ratio.checks.reports import CheckReport as CheckReport
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
    from mineral_ratio.mixtures.intakes import LifeStage as LifeStage
    from mineral_ratio.mixtures.mixture import Mixture as Mixture
    from mineral_ratio.mixtures.products import LabelClaim as LabelClaim
    from mineral_ratio.mixtures.products import Product as Product
    from mineral_ratio.mixtures.products import Supply as Supply
    from mineral_ratio.mixtures.ratios import Ratio as Ratio
    from mineral_ratio.substances.analytes import Content as Content
    from mineral_ratio.substances.analytes import EquivalentCount as EquivalentCount
    from mineral_ratio.substances.analytes import NamedSpecies as NamedSpecies
    from mineral_ratio.substances.analytes import analyte as analyte
    from mineral_ratio.substances.atomic_weights import AtomicWeight as AtomicWeight
    from mineral_ratio.substances.atomic_weights import AtomicWeights as AtomicWeights
    from mineral_ratio.substances.atomic_weights import default_weights as default_weights
    from mineral_ratio.substances.compounds import Compound as Compound
    from mineral_ratio.substances.elements import Element as Element
    from mineral_ratio.substances.elements import ElementMap as ElementMap
    from mineral_ratio.substances.elements import element as element
    from mineral_ratio.substances.formulas import Formula as Formula
    from mineral_ratio.substances.ions import Ion as Ion
    from mineral_ratio.substances.ions import ion as ion
    from mineral_ratio.substances.materials import Material as Material
    from mineral_ratio.substances.ranges import Interval as Interval
    from mineral_ratio.substances.ranges import Range as Range
    from mineral_ratio.substances.specifications import Assay as Assay
    from mineral_ratio.substances.specifications import Declared as Declared

    __version__: str

# Where each public name is defined; the imports above tell type checkers the same.
_HOMES = {
    "mixtures.intakes": ("LifeStage",),
    "checks.checking": ("check",),
    "checks.index_rules": (
        "IndexCheck",
        "IndexRule",
        "index_rule",
        "index_rules",
    ),
    "checks.indices": (
        "Index",
        "dcad",
        "grass_tetany_ratio",
        "hardness",
        "phytate_calcium_zinc",
        "residual_alkalinity",
        "sodium_adsorption_ratio",
    ),
    "checks.labels": (
        "DailyPercent",
        "LabelCheck",
        "LabelTolerance",
    ),
    "checks.references": (
        "ReferenceCheck",
        "ReferenceValue",
        "references",
        "references_for",
    ),
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
    "catalog.sources": ("CompoundSource", "LookupSource"),
    "catalog.states": ("SourceState",),
    "catalog.static": ("StaticSource",),
    "checks.reports": ("CheckReport",),
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
    "mixtures.mixture": ("Mixture",),
    "mixtures.products": ("LabelClaim", "Product", "Supply"),
    "mixtures.ratios": ("Ratio",),
    "substances.analytes": ("Content", "EquivalentCount", "NamedSpecies", "analyte"),
    "substances.atomic_weights": ("AtomicWeight", "AtomicWeights", "default_weights"),
    "substances.compounds": ("Compound",),
    "substances.elements": ("Element", "ElementMap", "element"),
    "substances.formulas": ("Formula",),
    "substances.ions": ("Ion", "ion"),
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
    "DailyPercent",
    "Declared",
    "DuplicateSourceError",
    "Element",
    "ElementMap",
    "EquivalentCount",
    "FileSource",
    "Formula",
    "FormulaError",
    "Index",
    "IndexCheck",
    "IndexRule",
    "Ingredient",
    "Interval",
    "Ion",
    "LabelCheck",
    "LabelClaim",
    "LabelTolerance",
    "LifeStage",
    "LikelyCause",
    "LookupSource",
    "MassBalanceError",
    "Material",
    "MineralRatioError",
    "Mixture",
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
    "ReferenceCheck",
    "ReferenceValue",
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
    "dcad",
    "default_catalog",
    "default_weights",
    "element",
    "grass_tetany_ratio",
    "hardness",
    "index_rule",
    "index_rules",
    "ion",
    "phytate_calcium_zinc",
    "references",
    "references_for",
    "residual_alkalinity",
    "rule",
    "rules",
    "sodium_adsorption_ratio",
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
            # That module may be on its way in; then it registers what is there at its end.
            register = getattr(import_module(f"{__name__}.testing.strategies"), "register", None)
            if register is not None:
                register(name, value)
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__, "__version__"})
