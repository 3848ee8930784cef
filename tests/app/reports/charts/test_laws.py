"""Whatever a picture shows: words stand apart and inside, and it is written validly."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.graphics.shapes import Line, Rect

from app.reports.charts.description import Chart, SectionsChart
from app.reports.charts.drawing import draw
from app.reports.charts.listing import listing
from app.reports.charts.sections import tones
from app.reports.charts.svg import svg
from app.reports.figures import BLANK
from tests.app.reports.charts.looks import LIGHT, STYLES, areas, boxes, require_sound, strings
from tests.app.reports.charts.worlds import charts, sections


@pytest.mark.parametrize("look", STYLES)
@given(chart=charts)
@settings(max_examples=60)
def test_no_two_texts_overlap_and_nothing_is_cut(look: str, chart: Chart) -> None:
    style, width = STYLES[look]
    require_sound(draw(chart, style, width))


@given(chart=charts, width=st.integers(420, 1300))
@settings(max_examples=80)
def test_at_any_width(chart: Chart, width: int) -> None:
    require_sound(draw(chart, LIGHT, width))


@given(chart=charts)
@settings(max_examples=25)
def test_the_svg_is_valid_and_always_the_same(chart: Chart) -> None:
    text = svg(chart, *STYLES["dark"])
    assert text == svg(chart, *STYLES["dark"])
    ElementTree.fromstring(text)


@given(chart=charts)
@settings(max_examples=50)
def test_the_sentence_is_one_sentence(chart: Chart) -> None:
    assert chart.alt.endswith(".")
    assert "\n" not in chart.alt
    assert ("tạm tính" in chart.alt) == chart.provisional
    assert list(listing(chart))[1] == chart.alt


@given(chart=sections())
@settings(max_examples=60)
def test_every_segment_is_as_wide_as_its_points(chart: SectionsChart) -> None:
    drawing = draw(chart, LIGHT, 900)
    found = tones(LIGHT.palette, chart.parts)
    scales = []
    for tone in LIGHT.palette.sections:
        values = [
            float(abs(bar.values[number]))
            for bar in chart.bars
            for number, own in enumerate(found)
            if own.fill == tone.fill and (bar.values[number] or 0) > 0
        ]
        drawn = areas(drawing, tone, LIGHT.bar)
        if drawn:
            assert len(drawn) == len(values)
            scales += [area.width / value for area, value in zip(drawn, values, strict=True)]
    assert scales == pytest.approx([scales[0]] * len(scales), rel=1e-9) if scales else True


@given(chart=sections())
@settings(max_examples=60)
def test_points_stand_inside_their_segment_and_no_stroke_crosses_them(
    chart: SectionsChart,
) -> None:
    drawing = draw(chart, LIGHT, 900)
    bars = [s for s in drawing.contents if isinstance(s, Rect) and s.height == LIGHT.bar]
    strokes = [s for s in drawing.contents if isinstance(s, Line) and s.strokeWidth == 2.0]
    for box in boxes(drawing):
        middle = (box.bottom + box.top) / 2
        inside = [
            area
            for area in bars
            if area.y < middle < area.y + area.height
            and area.x < (box.left + box.right) / 2 < area.x + area.width
        ]
        for area in inside:
            assert area.x <= box.left
            assert box.right <= area.x + area.width
        for stroke in strokes:
            low, high = sorted((stroke.y1, stroke.y2))
            crossed = box.left < stroke.x1 < box.right and low < middle < high
            assert not crossed, box


@given(chart=sections())
@settings(max_examples=60)
def test_a_part_without_a_number_has_no_segment(chart: SectionsChart) -> None:
    drawing = draw(chart, LIGHT, 900)
    drawn = [s for s in drawing.contents if isinstance(s, Rect) and s.height == LIGHT.bar]
    there = sum(value is not None and value > 0 for bar in chart.bars for value in bar.values)
    assert len(drawn) in (0, there)
    words = [s.text for s in strings(drawing)]
    assert words.count(BLANK) == sum(bar.total is None for bar in chart.bars)
