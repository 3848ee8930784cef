"""Stacked bars show each unit's parts in true proportion, and open cells never as zero."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from types import ModuleType

import pytest
from reportlab.graphics.shapes import Drawing, Line

from app.reports.charts.description import Bar, Part, PartKind, SectionsChart
from app.reports.charts.drawing import draw
from app.reports.charts.from_assessment import sections_chart
from app.reports.charts.style import Style
from tests.app.reports.charts.looks import LIGHT, STYLES, areas, require_sound, strings

PARTS = (
    Part("Nhiệm vụ chính trị", "I"),
    Part("Thi đua", "II"),
    Part("Điểm thưởng", kind=PartKind.BONUS),
    Part("Điểm trừ", kind=PartKind.DEDUCTION),
)


def bar(name: str, *values: int | str | None, rank: int | None = 1, **rest: object) -> Bar:
    found = tuple(None if v is None else Fraction(v) for v in values)
    total = sum((v for v in found if v is not None), Fraction(0))
    return Bar(name, rank, found, **{"total": total, **rest})  # type: ignore[arg-type]


def chart(*bars: Bar, **rest: object) -> SectionsChart:
    return SectionsChart("Điểm các phần năm 2026", "Cụm 1", PARTS, bars, **rest)  # type: ignore[arg-type]


def words(drawing: Drawing) -> list[str]:
    return [s.text for s in strings(drawing)]


TWO = chart(
    bar("Sở A", 700, 150, 20, 0), bar("Sở B", "612,5".replace(",", "."), 140, 0, -12, rank=2)
)


@pytest.mark.parametrize("look", STYLES)
def test_words_stand_apart_and_inside(look: str) -> None:
    style, width = STYLES[look]
    require_sound(draw(TWO, style, width))


def test_widths_are_in_proportion_to_the_points() -> None:
    drawing = draw(TWO, LIGHT, 900)
    first = areas(drawing, LIGHT.palette.sections[0], LIGHT.bar)
    second = areas(drawing, LIGHT.palette.sections[1], LIGHT.bar)
    lane = areas(drawing, LIGHT.palette.deduction, LIGHT.lane)
    unit = first[0].width / 700
    assert [area.width / unit for area in first] == pytest.approx([700, 612.5], rel=1e-12)
    assert [area.width / unit for area in second] == pytest.approx([150, 140], rel=1e-12)
    assert [area.width / unit for area in lane] == pytest.approx([12], rel=1e-12)


def test_deductions_run_back_from_the_end_to_the_total_and_a_stroke_marks_it() -> None:
    drawing = draw(TWO, LIGHT, 900)
    (lane,) = areas(drawing, LIGHT.palette.deduction, LIGHT.lane)
    second = areas(drawing, LIGHT.palette.sections[1], LIGHT.bar)[1]
    assert lane.x + lane.width == pytest.approx(second.x + second.width)
    strokes = [s for s in drawing.contents if isinstance(s, Line) and s.strokeWidth == 2.0]
    assert [stroke.x1 for stroke in strokes] == [pytest.approx(lane.x)]
    assert "740,50" in words(drawing)
    assert "đã trừ 12" in words(drawing)


def test_a_unit_without_any_score_has_a_dash_and_no_bar() -> None:
    empty = bar("Sở C", None, None, None, None, total=None, blanks=12, unscored=("I", "II"))
    drawing = draw(chart(bar("Sở A", 10, 5, 0, 0), empty), LIGHT, 900)
    assert "—" in words(drawing)
    assert "0,00" not in words(drawing)
    assert "còn 12 ô chưa chấm" in words(drawing)
    assert "Sở C: chưa chấm phần I, II." in words(drawing)
    assert len(areas(drawing, LIGHT.palette.sections[0], LIGHT.bar)) == 1


def test_a_scored_zero_is_printed_as_zero() -> None:
    assert "0,00" in words(draw(chart(bar("Sở A", 0, 0, 0, 0)), LIGHT, 900))


def test_the_sample_cluster_is_drawn_in_the_order_of_ranks(cluster: ModuleType) -> None:
    settled = cluster.settled()
    found = sections_chart(settled, settled.snapshot.clusters[0])
    assert [b.rank for b in found.bars] == [1, 2, 3, 4, 5, 6, 7, None]
    assert not found.provisional
    drawing = draw(found, LIGHT, 1000)
    require_sound(drawing)
    assert "Không xếp hạng" in words(drawing)
    assert "Tạm tính" not in words(drawing)


def test_what_is_provisional_says_so(cluster: ModuleType) -> None:
    unfinished = cluster.unfinished()
    found = sections_chart(unfinished, unfinished.snapshot.clusters[0])
    assert "Tạm tính" in words(draw(found, LIGHT, 1000))
    assert "Tạm tính" in words(draw(found, replace(LIGHT, titled=False), 1000))
    assert "còn 1 ô chưa chấm; kết quả tạm tính." in found.alt


def test_a_picture_that_is_far_too_narrow_is_refused() -> None:
    style: Style = LIGHT
    with pytest.raises(ValueError, match="width"):
        draw(TWO, style, 200)
