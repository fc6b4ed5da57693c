"""The report as a picture, by matplotlib (the extra ``plot``), which only this module touches.

The figure belongs to nobody's session: it is made without pyplot, and neither the backend nor any
setting is changed. Nothing is told by colour alone.
"""

# matplotlib passes the properties of texts and lines on as keywords without a type.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING

import attrs

from mineral_ratio.checks.report_data import DISCLAIMER
from mineral_ratio.checks.tables import judged, percent, percent_of, printable
from mineral_ratio.mixtures.intakes import PARTS, spoken_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from mineral_ratio.checks.labels import DailyPercent
    from mineral_ratio.checks.references import ReferenceCheck, ReferenceValue
    from mineral_ratio.checks.reports import CheckReport
    from mineral_ratio.checks.rules import RatioCheck
    from mineral_ratio.mixtures.ratios import Ratio
    from mineral_ratio.substances.ranges import Interval

# Inches: the least width, and the height of a row and of what stands around the rows.
_LEAST, _ROW, _AROUND = 3.0, 0.45, 0.9
# Letters of a line of a label, and inches that a line of it takes.
_LETTERS, _LINE = 28, 0.14
# Points. They do not follow the size of the figure: what is drawn small stays readable.
_FONT = 8.0
# Values further apart than this are set on a logarithmic axis: on a linear one the least would be
# within the width of its mark from zero.
_LINEAR = 12.0


@attrs.frozen
class _Row:
    """One line of an axis: a figure with its range, and the limits that it is held against."""

    label: str
    told: str
    low: float
    value: float
    high: float
    lower: float | None = None
    upper: float | None = None
    target: float | None = None

    @property
    def numbers(self) -> list[float]:
        """All that has a place on the axis."""
        ends = (self.low, self.value, self.high, self.lower, self.upper, self.target)
        return [each for each in ends if each is not None and math.isfinite(each)]


@attrs.frozen
class _Panel:
    """One axis with its rows.

    Attributes:
        title: What stands above the axis.
        axis: What the axis shows, and how.
        rows: The rows, from the top.
        left_out: What had nothing to draw; empty for nothing.
        mark: A value with a line through all rows.
    """

    title: str
    axis: str
    rows: Sequence[_Row]
    left_out: str = ""
    mark: float | None = None

    @property
    def height(self) -> float:
        """Inches for the rows, which are as high as the longest label, and for what stands around them."""
        lines = max(row.label.count("\n") + 1 for row in self.rows)
        return _AROUND + max(_ROW, _LINE * lines) * (1 + len(self.rows))

    @property
    def ends(self) -> tuple[float, float, bool]:
        """Where the axis begins and ends, and whether it is logarithmic."""
        numbers = [each for row in self.rows for each in row.numbers]
        numbers += [] if self.mark is None else [self.mark]
        least, most = min((each for each in numbers if each > 0.0), default=1.0), max(numbers)
        if most > _LINEAR * least:
            return least / 1.5, most * 1.5, True
        return 0.0, 1.15 * max(most, least), False


def figure(report: CheckReport, width: float = 8.0) -> Figure:
    """A report as a picture: elements against reference values, and ratios against rules.

    Args:
        report: The report.
        width: Width in inches, at least 3; the height is what the rows need.

    Raises:
        ValueError: The width leaves no room for an axis.
        ModuleNotFoundError: matplotlib is not there.
    """
    try:
        from matplotlib.figure import Figure
    except ModuleNotFoundError as error:
        if error.name != "matplotlib":
            raise
        message = "a picture needs the extra 'plot': pip install 'mineral_ratio[plot]'"
        raise ModuleNotFoundError(message, name="matplotlib") from None
    if not width >= _LEAST:
        raise ValueError(f"a picture is at least {_LEAST:g} inches wide, not {width!r}")
    panels = [each for each in (_elements(report), _ratios(report)) if each.rows]
    heights = [each.height for each in panels]
    height = _AROUND + sum(heights)
    drawn = Figure(figsize=(width, height), layout="constrained")
    drawn.suptitle(
        _broken(printable(report.name), width, _FONT + 2, lines=4), fontsize=_FONT + 2, parse_math=False
    )
    drawn.supxlabel(_broken(DISCLAIMER, width), fontsize=_FONT)
    if not panels:
        text = _broken("No ratio and no reference value to draw.", width)
        drawn.text(0.5, 0.5, text, ha="center", va="center", fontsize=_FONT)
        return drawn
    all_axes = drawn.subplots(len(panels), squeeze=False, height_ratios=heights)[:, 0]
    for axes, panel in zip(all_axes, panels, strict=True):
        _draw(axes, panel, width)
    return drawn


def _elements(report: CheckReport) -> _Panel:
    own = report.person.condition if report.person else ""
    compared = [(each, percent_of(each)) for each in report.references]
    rows = [_element_row(each, share, own) for each, share in compared if share is not None]
    rows += [_label_row(each, each.percent) for each in report.daily_values if each.percent is not None]
    of = len(report.references) + len(report.daily_values)
    return _Panel(
        "Elements, in percent of reference values and limits",
        "Dot: what is taken; line: its range. Dashes: 100 %, the value itself. Grey: up to a limit.",
        rows,
        _left_out("Not compared", of - len(rows), of),
        mark=100.0,
    )


def _element_row(check: ReferenceCheck, share: Interval, own: str) -> _Row:
    """A row that says for which condition a value is, unless it is the person's own."""
    reference = check.reference
    condition = "" if reference.condition == own else reference.condition
    counts = f"counts {spoken_parts(reference.counts)}" if len(reference.counts) < len(PARTS) else ""
    return _Row(
        _label(_whose(reference), condition, counts),
        f"{percent(share)}\n{check.verdict}",
        *(share.low, share.value, share.high),
        upper=100.0 if reference.upper else None,
    )


def _label_row(each: DailyPercent, share: Interval) -> _Row:
    return _Row(
        _label(_whose(each.reference), f"{each.per}, {'claimed' if each.claimed else 'as filled'}"),
        percent(share),
        *(share.low, share.value, share.high),
    )


def _whose(reference: ReferenceValue) -> str:
    return f"{reference.analyte}: {reference.authority} {reference.kind}"


def _ratios(report: CheckReport) -> _Panel:
    rows = [_ratio_row(each, each.ratio) for each in report.checks if each.ratio is not None]
    of = len(report.every_check)
    return _Panel(
        "Ratios and the limits of their rules",
        "Dot: the ratio; line: its range. Grey: within the limits of the rule; stroke: its target.",
        rows,
        _left_out("Without a ratio", of - len(rows), of),
    )


def _ratio_row(check: RatioCheck, ratio: Ratio) -> _Row:
    rule = check.rule
    return _Row(
        _label(f"{':'.join(rule.sides)} by {ratio.basis}", rule.id),
        "\n".join([judged(check), check.verdict, *([] if check.in_scope else ["out of scope"])]),
        *(ratio.low, ratio.value, ratio.high),
        *(rule.lower, rule.upper, rule.target),
    )


def _draw(axes: Axes, panel: _Panel, width: float) -> None:
    """Draw the rows of a panel, the first one on top.

    What lies beyond an end of the axis (zero on a logarithmic one, infinity, no limit) reaches to
    that end; a value there is drawn as an arrow head.
    """
    start, end, logarithmic = panel.ends

    def within(value: float | None, otherwise: float) -> float:
        return otherwise if value is None else min(max(value, start), end)

    axes.set_xscale("log" if logarithmic else "linear")
    axes.set_xlim(start, end)
    axes.set_ylim(len(panel.rows) - 0.5, -0.5)
    for place, row in enumerate(panel.rows):
        if row.lower is not None or row.upper is not None:
            lower, upper = within(row.lower, start), within(row.upper, end)
            axes.barh(place, upper - lower, 0.6, lower, color="grey", alpha=0.35, linewidth=0)
        if row.target is not None:
            axes.plot([row.target], [place], marker="|", markersize=16, markeredgewidth=2, color="dimgrey")
        low, value, high = (within(each, start) for each in (row.low, row.value, row.high))
        axes.plot([low, high], [place, place], color="tab:blue", linewidth=3, solid_capstyle="butt")
        marker = "<" if row.value < start else "o"
        axes.plot([value], [place], marker=marker, markersize=6, color="tab:blue", clip_on=False)
        axes.annotate(
            row.told,
            (1.0, place),
            (5.0, 0.0),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            va="center",
            fontsize=_FONT,
        )
    if panel.mark is not None:
        axes.axvline(panel.mark, color="grey", linestyle="--", linewidth=1)
    labels = [row.label for row in panel.rows]
    axes.set_yticks(range(len(panel.rows)), labels, fontsize=_FONT, parse_math=False)
    axes.set_title(_broken(panel.title, width - 1.6), fontsize=_FONT + 1)
    axes.set_xlabel(_broken(f"{panel.axis} {panel.left_out}", width - 0.8), fontsize=_FONT)
    _tick(axes, start, end, width, logarithmic=logarithmic)


def _tick(axes: Axes, start: float, end: float, width: float, *, logarithmic: bool) -> None:
    """Set plain numbers along the axis, as many as have room."""
    from matplotlib.ticker import LogLocator, MaxNLocator, NullLocator, StrMethodFormatter

    # The labels on both sides take about two inches.
    room = min(10, max(2, int(2.5 * (width - 2.0))))
    if logarithmic:
        steps = (1.0, 2.0, 5.0) if 3.0 * math.log10(end / start) <= room else (1.0,)
        axes.xaxis.set_major_locator(LogLocator(subs=steps, numticks=room))
    else:
        axes.xaxis.set_major_locator(MaxNLocator(room, steps=[1, 2, 5, 10]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
    axes.tick_params(axis="x", labelsize=_FONT)
    axes.tick_params(axis="y", length=0)


def _broken(text: str, width: float, points: float = _FONT, lines: int | None = None) -> str:
    """A text in lines that have room in a width in inches; a letter is about 0.55 of its size wide."""
    letters = max(10, int(72.0 * width / (0.55 * points)))
    return "\n".join(textwrap.wrap(text, letters, max_lines=lines, placeholder=" ..."))


def _left_out(why: str, count: int, of: int) -> str:
    return f"{why}, so not drawn: {count} of {of}." if count else ""


def _label(*parts: str) -> str:
    """A label with each of its parts on lines of its own, which leave room for the axis."""
    lines = [textwrap.wrap(printable(part), _LETTERS, max_lines=3, placeholder=" ...") for part in parts]
    return "\n".join(line for part in lines for line in part)
