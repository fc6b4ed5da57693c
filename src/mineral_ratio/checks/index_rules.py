"""Rules on indices: limits in the unit of the index, with scope, evidence and citation.

The bundled rules are the rows of ``data/index_rules.csv``.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs

from mineral_ratio.checks.indices import dcad, phytate_calcium_zinc, sodium_adsorption_ratio
from mineral_ratio.checks.rules import PLUGINS, Outcome, RatioRule, Rule, looked_up, provenance_in, rules
from mineral_ratio.checks.verdicts import place
from mineral_ratio.errors import (
    MassBalanceError,
    NotFoundError,
    UndefinedRatioError,
    UnitError,
    UnknownContentError,
)
from mineral_ratio.substances._tables import read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mineral_ratio.checks.indices import Index
    from mineral_ratio.checks.rules import Verdict
    from mineral_ratio.mixtures.mixture import Mixture

_INDICES: Mapping[str, Callable[[Mixture], Index]] = MappingProxyType(
    {
        "dcad": dcad,
        "sar": sodium_adsorption_ratio,
        "phytate-calcium-zinc": phytate_calcium_zinc,
    }
)


def _read_index(value: str) -> str:
    if value not in _INDICES:
        raise NotFoundError(str(value), "index", tuple(_INDICES))
    return value


@attrs.frozen
class IndexRule(Rule):
    """Limits on an index, in a unit.

    Attributes:
        id: Its name, such as ``"dcad-close-up"``.
        index: ``"dcad"`` (4-ion), ``"sar"`` or ``"phytate-calcium-zinc"``.
        unit: The unit of its limits, which is that of the index.
        lower: Lower limit, inclusive; None for none. It may be negative.
        upper: Upper limit, inclusive unless it is exclusive; None for none.
        exclusive: Whether the upper limit itself is above, as for a source that says "13 or more".
        scope: What the rule speaks of: ``"total diet"``, ``"ration"``, ``"water"``, ``"soil"``.
        population: Whom it is for.
        authority: Who set it.
        year: When.
        evidence: As in a `RatioRule`.
        evidence_note: What the evidence is.
        source_kind: What was opened for the row.
        citation: Where it was read.
        disputed: Whether others dispute it.

    Raises:
        NotFoundError: There is no such index, or the evidence is none of these.
        UnitError: A limit is no finite number.
        MassBalanceError: There is no limit, the limits cross, or there is no upper one to exclude.
    """

    index: str = attrs.field(converter=_read_index)
    unit: str
    exclusive: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if self.exclusive and self.upper is None:
            raise MassBalanceError(f"{self.id}: there is no upper limit to exclude")

    @property
    def limits(self) -> str:
        """The limits as text, such as ``"-100 to -50"``, ``"below 13"``."""
        if not self.exclusive:
            return super().limits
        lower = "" if self.lower is None else f"{self.lower:.12g} to "
        return f"{lower}below {self.upper:.12g}"

    @property
    def subject(self) -> str:
        """What the limits are on, such as ``"sar"``."""
        return self.index

    @property
    def measure(self) -> str:
        """The words after a figure of it, which are its unit."""
        return self.unit

    def judge(self, index: Index) -> Verdict:
        """Where an index lies beside the limits; a range that straddles one is undecided.

        Args:
            index: The index, in the rule's unit.

        Raises:
            UnitError: It is in another unit.
        """
        if index.unit != self.unit:
            raise UnitError(f"{self.id} is in {self.unit}, not in {index.unit}", index.unit, "unit")
        return place(index.low, index.high, self.lower, self.upper, exclusive=self.exclusive)

    def check(self, mixture: Mixture) -> IndexCheck:
        """Hold a mixture against the rule.

        Args:
            mixture: A blend, product or analysis.

        Returns:
            The verdict with the index that it rests on; undecided where the mixture is per something else.
        """
        notes = self.out_of_scope(mixture)
        index = None
        verdict: Verdict = "undecided"
        try:
            found = _INDICES[self.index](mixture)
            verdict, index = self.judge(found), found
        except UndefinedRatioError as error:
            verdict, notes = "undefined", (*notes, str(error))
        except (UnknownContentError, UnitError) as error:
            notes = (*notes, str(error))
        return IndexCheck(self, verdict, index, mixture.scope == self.scope, notes)


@attrs.frozen
class IndexCheck(Outcome[IndexRule]):
    """What came of holding a mixture against a rule on an index.

    Attributes:
        rule: The rule.
        verdict: ``"within"``, ``"below"``, ``"above"``, ``"undefined"`` or ``"undecided"``.
        index: The index that was judged; None where there is none.
        in_scope: Whether the rule speaks of what was checked.
        notes: Why, in a sentence each.
    """

    rule: IndexRule
    verdict: Verdict
    index: Index | None
    in_scope: bool
    notes: tuple[str, ...] = ()

    @property
    def figure(self) -> Index | None:
        """The index, as the figure that was judged."""
        return self.index


@cache
def index_rules() -> Mapping[str, IndexRule]:
    """The bundled rules on indices by their id (``data/index_rules.csv``), read-only."""
    return MappingProxyType(
        {
            row["id"]: IndexRule(
                row["id"],
                row["index"],
                row["unit"],
                exclusive=row["exclusive"] == "yes",
                **provenance_in(row),
            )
            for row in read_table("index_rules.csv")
        }
    )


def index_rule(key: str | IndexRule) -> IndexRule:
    """The bundled rule on an index of an id; a rule is returned as it is.

    Args:
        key: An id such as ``"dcad-close-up"``.

    Raises:
        NotFoundError: No rule has this id.
    """
    return key if isinstance(key, IndexRule) else looked_up(key, "rule on an index", index_rules())


def any_rule(key: str | RatioRule | IndexRule) -> RatioRule | IndexRule:
    """The rule of an id, on a ratio or else on an index; a rule is returned as it is.

    Args:
        key: An id such as ``"ca-mg-durlach-1989"`` or ``"dcad-close-up"``.

    Raises:
        NotFoundError: No rule of either kind has this id.
    """
    if isinstance(key, RatioRule | IndexRule):
        return key
    bundled: dict[str, RatioRule | IndexRule] = {**index_rules(), **rules()}
    return looked_up(key, "rule", bundled, PLUGINS)
