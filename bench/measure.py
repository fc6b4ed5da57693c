"""How things are measured: in turns, in processor time, so that what else the machine does counts little."""

from __future__ import annotations

import resource
import time
import timeit
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import TypeAlias

    Task: TypeAlias = Callable[[], object]
    Times: TypeAlias = dict[str, list[float]]

# One measurement repeats a quick task until it has taken about this long.
_SECONDS = 0.01


class Limit(NamedTuple):
    """What a ratio is held against.

    Attributes:
        number: The limit.
        at_most: Whether the ratio is to stay under it; over it else.
    """

    number: float
    at_most: bool = True

    def __str__(self) -> str:
        return f"{'at most' if self.at_most else 'more than'} {self.number:g}"

    def verdict(self, ratio: float) -> str:
        """Whether a ratio keeps to the limit, and by how much it does not."""
        if (ratio <= self.number) if self.at_most else (ratio > self.number):
            return "yes"
        return f"no, {abs(ratio / self.number - 1):.0%} {'over' if self.at_most else 'under'}"


AHEAD = Limit(1.0, at_most=False)
"""That another takes longer."""


class Row(NamedTuple):
    """One line of the table: how many times the baseline something takes.

    Attributes:
        job: What is done.
        name: Who does it.
        baseline: Who else does it.
        ratios: One of each round; none where it was not measured.
        limit: What their median is held against, if anything.
        note: Why it was not measured.
    """

    job: str
    name: str
    baseline: str
    ratios: list[float]
    limit: Limit | None = None
    note: str = ""


def in_turns(tasks: Mapping[str, Task], rounds: int) -> Times:
    """Seconds that a call of each task takes, one measurement a round, all tasks in every round.

    The seconds are those of the processor, in this process and in those that a task starts and waits for.
    The first call of each task is not counted. Garbage is not collected while a task is timed.

    Args:
        tasks: The tasks by name.
        rounds: How many measurements of each.
    """
    loops = {name: _loops(task) for name, task in tasks.items()}
    times: Times = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            times[name].append(_seconds(task, loops[name]))
    return times


def _loops(task: Task) -> int:
    task()
    return max(1, round(_SECONDS / _seconds(task, 1)))


def _seconds(task: Task, loops: int) -> float:
    return timeit.timeit(task, timer=_worked, number=loops) / loops


def _worked() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def against(
    job: str, times: Mapping[str, list[float]], baseline: str, limits: Mapping[str, Limit | None]
) -> Iterator[Row]:
    """Rows of what was measured together, each round's time by the baseline's in the same round.

    Args:
        job: What was done.
        times: Seconds by name, from `in_turns`.
        baseline: The name of what the others are divided by.
        limits: Names of the others in the order of the rows, with their limits.
    """
    for name, limit in limits.items():
        ratios = [a / b for a, b in zip(times[name], times[baseline], strict=True)]
        yield Row(job, name, baseline, ratios, limit)
