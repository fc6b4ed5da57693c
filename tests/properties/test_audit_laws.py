"""Laws of audits: theory agrees with itself in every unit, and a named cause reproduces the figure."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import mineral_ratio as mr
from mineral_ratio.audits.causes import CLOSEST
from mineral_ratio.audits.headings import read_heading
from mineral_ratio.audits.reports import audit
from mineral_ratio.testing import compounds, hostile_text, hydrates
from mineral_ratio.testing.strategies import telling_elements
from strategies import not_text

any_compound = compounds()
UNITS = {"%": 1e2, "mg/kg": 1e6, "mg/g": 1e3, "g/kg": 1e3, "ppm": 1e6, "g/g": 1.0, "g/100 g": 1e2}
units = st.sampled_from(sorted(UNITS))


def stated(compound: mr.Compound, unit: str, factor: float = 1.0) -> dict[str, str]:
    """A row that states all contents of a compound, times a factor."""
    contents = compound.mass_fractions().items()
    figures = {
        f"{symbol} ({unit})": f"{factor * UNITS[unit] * fraction:.12g}" for symbol, fraction in contents
    }
    return {"formula": compound.formula.text, **figures}


@given(any_compound, units)
def test_theory_agrees_with_itself(compound: mr.Compound, unit: str) -> None:
    """In every unit, without tolerance beyond the digits written, and it closes."""
    report = audit([stated(compound, unit)], tolerance="0.000001 %")
    assert not report.failed
    assert report.rows[0].closure == pytest.approx(1.0)


@given(any_compound, units, units, st.floats(0.3, 1.9))
def test_the_unit_does_not_matter(compound: mr.Compound, unit: str, other: str, factor: float) -> None:
    """The same contents have the same verdicts."""
    report = audit([stated(compound, unit, factor), stated(compound, other, factor)])
    first, second = report.rows
    assert [each.verdict for each in first.cells] == [each.verdict for each in second.cells]


@given(any_compound, st.floats(0.3, 3.0), st.floats(0.0, 50.0), st.floats(0.0, 50.0))
def test_a_wider_tolerance_refuses_no_more(
    compound: mr.Compound, factor: float, one: float, other: float
) -> None:
    """What agrees within a tolerance agrees within a wider one."""
    row = stated(compound, "%", factor)
    narrow, wide = (audit([row], tolerance=f"{each:.9f} %") for each in sorted((one, other)))
    for first, second in zip(narrow.cells, wide.cells, strict=True):
        assert first.disagrees or not second.disagrees


@given(any_compound, st.integers(-4, 3), st.floats(0.5, 2.0), st.floats(0.1, 20.0))
def test_a_named_cause_reproduces_the_figure(
    compound: mr.Compound, power: int, factor: float, tolerance: float
) -> None:
    """Within the tolerance and within 1 %, and only a cell that disagrees has a cause."""
    row = stated(compound, "%", factor * 10.0**power)
    for cell in audit([row], tolerance=f"{tolerance:.9f} %").cells:
        assert cell.disagrees or not cell.causes
        for cause in cell.causes:
            assert cell.stated.low == pytest.approx(
                cause.predicted, rel=1.001 * min(tolerance / 100, CLOSEST)
            )


@given(any_compound, st.sampled_from([-4, -3, -2, -1, 1, 2]), st.data())
def test_a_power_of_ten_is_among_the_causes(compound: mr.Compound, power: int, data: st.DataObject) -> None:
    """Where nothing that is commoner has the same figure."""
    symbol = data.draw(st.sampled_from(telling_elements(compound)))
    fraction = compound.mass_fraction(symbol) * 10.0**power
    (cell,) = audit([{"formula": compound.formula.text, symbol: f"{100 * fraction:.12g} %"}]).cells
    assume(not cell.causes or cell.causes[0].distance > 1e-9 or cell.causes[0].kind == "power of ten")
    assert cell.causes[0].text == f"theory times 10^{power}"


@given(hydrates(), st.data())
def test_the_anhydrous_figure_under_a_hydrate_s_name_is_named(
    compound: mr.Compound, data: st.DataObject
) -> None:
    """Whatever the element, of those that do not come with water."""
    symbols = [each for each in telling_elements(compound) if each not in ("H", "O")]
    symbol = data.draw(st.sampled_from(symbols))
    figure = 100 * compound.anhydrous.mass_fraction(symbol)
    (cell,) = audit([{"name": compound.name, symbol: f"{figure:.9f} %"}], tolerance="0.1 %").cells
    assert cell.verdict == "high"
    assert "hydrate" in [cause.kind for cause in cell.causes]


@given(hostile_text())
def test_any_heading_is_read_or_refused(text: str) -> None:
    """With a UnitError and nothing else."""
    with contextlib.suppress(mr.UnitError):
        read_heading(text)


@given(
    st.lists(
        st.one_of(
            st.dictionaries(
                st.one_of(st.sampled_from(["name", "formula", "Ca %", "Ca", "tolerance"]), hostile_text()),
                st.one_of(hostile_text(), not_text(), st.sampled_from(["CaCO3", "40 %", "40"])),
                max_size=5,
            ),
            not_text(),
        ),
        max_size=4,
    )
)
def test_any_rows_are_audited_or_refused(rows: list[object]) -> None:
    """With RecordErrors and nothing else, however hostile the rows."""
    with contextlib.suppress(mr.RecordErrors):
        audit(rows)  # type: ignore[arg-type]
