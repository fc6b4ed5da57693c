"""What became of the sources of a catalogue, as a value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import attrs

if TYPE_CHECKING:
    from typing import TypeAlias

    State: TypeAlias = Literal["waiting", "loaded", "failed", "disabled", "shadowed"]


@attrs.frozen
class SourceState:
    """What became of one source of a catalogue.

    Attributes:
        name: Name of the source; of its entry point while it is not loaded.
        origin: Distribution, ``"bundled"`` or ``"given"``.
        version: Version of the distribution; empty where there is none.
        state: ``"waiting"`` (not needed yet), ``"loaded"``, ``"failed"``, ``"disabled"``, or ``"shadowed"``
            (an earlier source has its name).
        reason: Why it failed, or is not used.
        seconds: Time that loading took; None if it was not tried.
        records: Number of records; None if it is not loaded, or does not say.
        conflicting: Names under which an earlier source has another composition.
        group: Entry-point group of what it serves: compounds, rules, or reference values.
    """

    name: str
    origin: str
    version: str
    state: State
    reason: str
    seconds: float | None
    records: int | None
    conflicting: tuple[str, ...] = ()
    group: str = "mineral_ratio.compounds"
