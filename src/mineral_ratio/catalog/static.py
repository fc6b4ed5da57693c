"""A source held in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from mineral_ratio.catalog.sources import API_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from mineral_ratio.substances.compounds import Compound
    from mineral_ratio.substances.materials import Material

    Substance: TypeAlias = Compound | Material


@attrs.frozen
class StaticSource:
    """A source whose records are at hand.

    Attributes:
        name: A name of its own.
        records: Compounds and materials.
        api_version: Version of the contract.
    """

    name: str
    records: tuple[Substance, ...] = attrs.field(converter=tuple["Substance", ...])
    api_version: int = API_VERSION

    def __iter__(self) -> Iterator[Substance]:
        return iter(self.records)
