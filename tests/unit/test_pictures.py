"""The report as a picture: its data, its pixels, and that nothing of matplotlib's state is touched."""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

import mineral_ratio as mr

matplotlib = pytest.importorskip("matplotlib")
np = pytest.importorskip("numpy")

EXAMPLES = Path(__file__).parents[2] / "examples"
WIDTHS = [12.0, 8.0, 4.0, 3.0]


def report(name: str = "cal_mag") -> mr.CheckReport:
    """The report on an example, for an adult."""
    product = mr.Product.from_file(EXAMPLES / f"{name}.toml")
    return mr.check(product, person=mr.LifeStage("male", 40))


def panels(figure):
    """The axes for elements and for ratios, by what their titles begin with."""
    return {axes.get_title().split()[0].strip(","): axes for axes in figure.axes}


def dots(axes):
    """The marked values from the top: where they are, and how."""
    marked = [line for line in axes.lines if line.get_marker() in ("o", "<")]
    return [(line.get_xdata()[0], line.get_ydata()[0], line.get_marker()) for line in marked]


def lines(axes):
    """The ranges of the values from the top."""
    return [tuple(line.get_xdata()) for line in axes.lines if line.get_linewidth() == 3]


def bars(axes):
    """The ranges of the limits: row, start and end."""
    spans = (
        (patch.get_y() + patch.get_height() / 2, patch.get_x(), patch.get_width()) for patch in axes.patches
    )
    return {round(row): (start, pytest.approx(start + width)) for row, start, width in spans}


def labels(axes):
    """What stands at the left of each row."""
    return [label.get_text() for label in axes.get_yticklabels()]


def told(axes):
    """What stands at the right of each row."""
    return [text.get_text() for text in axes.texts]


def pixels(figure):
    """The figure as it is rendered: rows of red, green, blue and opacity."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())


def ratio_rule(name: str = "rule", **fields) -> mr.RatioRule:
    """A rule on Ca:Mg by mass."""
    given = {"scope": "product", "evidence": "low", "citation": "none"} | fields
    return mr.RatioRule(name, "Ca", "Mg", "mass", **given)


def blend(calcium: str, magnesium: str) -> mr.Blend:
    """Calcium and magnesium carbonate."""
    return mr.Blend(
        [
            mr.Ingredient(mr.Compound("chalk", ions="1 Ca2+, 1 carbonate"), calcium),
            mr.Ingredient(mr.Compound("magnesite", ions="1 Mg2+, 1 carbonate"), magnesium),
        ]
    )


def test_elements_are_drawn_in_percent_of_each_value():
    """Each compared value has one dot at its percentage, in the order of the report."""
    found = report()
    axes = panels(found.plot())["Elements"]
    shares = [100 * each.share for each in found.references if each.share is not None]
    shares += [each.percent.value for each in found.daily_values]
    assert [x for x, _, _ in dots(axes)] == pytest.approx(shares)
    assert [y for _, y, _ in dots(axes)] == list(range(len(shares)))
    rows = dict(zip(labels(axes), told(axes), strict=True))
    assert rows["Mg: NASEM UL\ncounts supplement and\nmedicine"] == "142.9 %\nabove"
    assert rows["Ca: FDA DV\nserving, claimed"] == "76.92 %"
    assert [line.get_xdata()[0] for line in axes.lines if line.get_linestyle() == "--"] == [100.0]


def test_what_is_not_to_be_exceeded_has_a_bar_up_to_it():
    """A grey bar ends at 100 % in the rows of upper limits, and in no other."""
    found = report()
    axes = panels(found.plot())["Elements"]
    compared = [each for each in found.references if each.share is not None]
    upper = {row for row, each in enumerate(compared) if each.reference.upper}
    assert set(bars(axes)) == upper
    assert all(end == 100.0 for _, end in bars(axes).values())


def test_long_names_are_broken_not_cut():
    """The id of a rule and the name of a product are readable to the end; the rows make room."""
    name = (
        "A powder of calcium carbonate and bone meal for large dogs that grow late, four scoops, lot 20261124"
    )
    rule = "ca-p-fediaf-dog-late-growth-large"
    found = mr.check(mr.Analysis({"Ca": "1 g", "P": "0.8 g"}, per="day", name=name), rule)
    drawn = found.plot()
    assert " ".join(drawn.get_suptitle().split()) == name
    label = labels(panels(drawn)["Ratios"])[0]
    assert label.replace("\n", "") == f"Ca:P by mass{rule}"
    assert max(map(len, label.split("\n"))) <= 28


def test_ratios_are_drawn_with_the_ranges_of_their_rules():
    """Each rule has a bar between its limits, and a dot and a line where the ratio is."""
    found = report("cal_mag_declared")
    axes = panels(found.plot())["Ratios"]
    ratios = [each.ratio for each in found.checks]
    assert [x for x, _, _ in dots(axes)] == pytest.approx([each.value for each in ratios])
    assert lines(axes) == [pytest.approx((each.low, each.high)) for each in ratios]
    start = axes.get_xlim()[0]
    assert bars(axes) == {0: (start, 2.0), 1: (pytest.approx(1.7), 2.6), 2: (pytest.approx(1.9), 2.1)}
    assert [line.get_xdata()[0] for line in axes.lines if line.get_marker() == "|"] == [2.0]
    assert labels(axes)[2] == "Ca:Mg by mass\nca-mg-vendor-2-to-1"
    assert told(axes)[:2] == ["1.767 to 2.000\nwithin\nout of scope"] * 2


@pytest.mark.parametrize(
    ("percentages", "scale"),
    [((5, 500), "log"), ((0, 5000), "log"), ((60, 150), "linear"), ((0, 0), "linear")],
)
def test_the_scale_keeps_far_values_apart(percentages, scale):
    """5 % and 500 % on one axis are on a logarithmic one; values close together are on a linear one."""
    values = {"Ca": "1000", "Mg": "400"}
    references = [
        mr.ReferenceValue("A", "1", symbol, "RDA", value, "mg/day") for symbol, value in values.items()
    ]
    amounts = {
        symbol: f"{percent / 100 * float(value)} mg"
        for (symbol, value), percent in zip(values.items(), percentages, strict=True)
    }
    day = mr.Analysis(amounts, per="day", counts="natural_food")
    figure = mr.check(day, references=references, person=mr.LifeStage("male", 40)).plot()
    axes = panels(figure)["Elements"]
    assert axes.get_xscale() == scale
    image = pixels(figure)
    low, high = axes.get_xlim()
    width = axes.get_window_extent().width
    found = dots(axes)
    for (x, _, marker), percent in zip(found, percentages, strict=True):
        assert low <= x <= high
        assert x == (pytest.approx(percent) if marker == "o" else low)
        assert (marker == "<") == (percent < low)
    # Their marks and that of 100 % are apart by more than the width of a mark, 6 points.
    places = sorted(axes.transData.transform((x, 0))[0] for x in {*(x for x, _, _ in found), 100.0})
    assert all(b - a > 6 for a, b in itertools.pairwise(places))
    assert width > image.shape[1] / 3


def test_a_ratio_without_an_upper_end_reaches_the_end_of_the_axis():
    """A range up to infinity, and a rule without an upper limit, end where the axis ends."""
    powder = mr.Material(name="magnesia", declared={"Mg": "0 to 60 %"})
    mixed = mr.Blend([*blend("1 g", "1 g").ingredients[:1], mr.Ingredient(powder, "1 g")])
    axes = panels(mr.check(mixed, ratio_rule(lower=1)).plot())["Ratios"]
    end = axes.get_xlim()[1]
    assert lines(axes)[0][1] == end
    assert bars(axes)[0] == (1.0, end)


def test_what_cannot_be_drawn_is_counted():
    """A rule without a ratio is left out of the picture, which says so; so is a value that is not set."""
    found = mr.check(blend("1 g", "1 g"), [ratio_rule(upper=2), "zn-cu-bomss"])
    axes = panels(found.plot())["Ratios"]
    assert len(dots(axes)) == 1
    assert "Without a ratio, so not drawn: 1 of 2." in axes.get_xlabel().replace("\n", " ")
    assert "not drawn" not in panels(report().plot())["Ratios"].get_xlabel()


def test_a_value_for_another_condition_says_which():
    """Zinc's values by intake of phytate are told apart; the person's own condition is not repeated."""
    product = mr.Product.from_file(EXAMPLES / "zinc_copper.toml")
    pregnant = mr.check(product, person=mr.LifeStage("female", 31, "pregnant"))
    rows = labels(panels(pregnant.plot())["Elements"])
    assert not any("pregnant" in row for row in rows)
    assert "Zn: EFSA PRI\nphytate 300 mg/day" in labels(panels(report("zinc_copper").plot())["Elements"])


def test_nothing_to_draw_is_said():
    """Without a rule and a value the picture says that there is nothing in it."""
    figure = mr.check(mr.Blend()).plot()
    assert figure.axes == []
    assert any("No ratio and no reference value" in text.get_text() for text in figure.texts)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["cal_mag", "cal_mag_declared", "zinc_copper"])
def test_the_picture_holds_its_texts_apart(name, width):
    """All texts are inside the figure, wide or narrow, and no two overlap."""
    figure = report(name).plot(width)
    image = pixels(figure)
    texts = [*figure.texts, figure._suptitle, figure._supxlabel]
    for axes in figure.axes:
        texts += [*axes.texts, *axes.get_yticklabels(), axes.title, axes.xaxis.label]
        start, end = axes.get_xlim()
        # Places beyond the ends of the axis have labels too, which are not drawn.
        texts += [label for label in axes.get_xticklabels() if start <= label.get_position()[0] <= end]
    boxes = {id(text): (text.get_text(), text.get_window_extent()) for text in texts if text.get_text()}
    everything = list(boxes.values())
    rows, columns, _ = image.shape
    assert columns == round(100 * width)
    for text, box in everything:
        assert -1 < box.x0 < box.x1 < columns + 1, text
        assert -1 < box.y0 < box.y1 < rows + 1, text
    for place, (text, box) in enumerate(everything):
        for other, beside in everything[:place]:
            across = min(box.x1, beside.x1) - max(box.x0, beside.x0)
            down = min(box.y1, beside.y1) - max(box.y0, beside.y0)
            # A pixel of the line spacing may be shared.
            assert min(across, down) <= 1, (text, other)


def test_the_pixels_show_dots_and_bars():
    """Where a dot is drawn the picture is blue, where a bar is, grey, and beside them it is white."""
    figure = report("zinc_copper").plot()
    image = pixels(figure)
    axes = panels(figure)["Ratios"]

    def at(x: float, y: float) -> tuple[int, ...]:
        column, row = axes.transData.transform((x, y))
        return tuple(int(part) for part in image[image.shape[0] - round(row), round(column)][:3])

    red, green, blue = at(40.0, 0)
    assert blue > red + 50
    assert blue > green
    grey = at(11.0, 0)
    assert max(grey) - min(grey) < 3
    assert 150 < grey[0] < 240
    assert at(25.0, 0) == (255, 255, 255)


def test_hostile_names_are_drawn_as_they_are():
    """Dollars and backslashes are no mathematics, and a long or broken name takes no room it has not."""
    rule = ratio_rule(r"$\frac{1}{0}$" * 40, upper=2)
    found = mr.check(blend("1 g", "1 g"), rule)
    figure = attrs.evolve(found, name="$x^$\n\x07" + "W" * 5000).plot()
    pixels(figure)
    axes = panels(figure)["Ratios"]
    assert r"$\frac{1}{0}$" in labels(axes)[0]
    assert "\x07" not in figure._suptitle.get_text()
    assert axes.get_window_extent().width > 200


def test_a_figure_can_be_written_and_leaves_no_trace(tmp_path):
    """The figure is written as PNG and SVG without pyplot, and neither settings nor the backend change."""
    code = (
        "import sys, matplotlib, mineral_ratio as mr\n"
        "before = dict(matplotlib.rcParams.copy())\n"
        f"product = mr.Product.from_file({str(EXAMPLES / 'cal_mag.toml')!r})\n"
        "figure = mr.check(product).plot()\n"
        "figure.savefig('picture.png')\n"
        "figure.savefig('picture.svg')\n"
        "assert dict(matplotlib.rcParams.copy()) == before\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
        "assert type(figure) is __import__('matplotlib.figure').figure.Figure\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "picture.png").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in (tmp_path / "picture.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [2.9, 0, -1, float("nan")])
def test_a_picture_without_room_is_refused(width):
    """A width that leaves no room for an axis is an error, which says what is needed."""
    with pytest.raises(ValueError, match="at least 3 inches"):
        report().plot(width)


def test_the_disclaimer_stands_in_the_picture():
    """The picture says that it is arithmetic."""
    assert "not medical advice" in report().plot()._supxlabel.get_text()


@pytest.mark.parametrize("missing", ["matplotlib", "numpy"])
def test_a_missing_matplotlib_is_told_in_one_line(monkeypatch, missing):
    """Without matplotlib the error names the extra; another missing module is told as Python does."""
    found = report()
    for name in [each for each in sys.modules if each.partition(".")[0] == "matplotlib"]:
        monkeypatch.delitem(sys.modules, name)

    class Refuse:
        @staticmethod
        def find_spec(name, *_):
            if name.partition(".")[0] == "matplotlib":
                raise ModuleNotFoundError(f"No module named {missing!r}", name=missing)

    monkeypatch.setattr(sys, "meta_path", [Refuse, *sys.meta_path])
    with pytest.raises(ModuleNotFoundError) as caught:
        found.plot()
    assert "\n" not in str(caught.value)
    assert ("mineral_ratio[plot]" in str(caught.value)) == (missing == "matplotlib")
