"""Pictures for word processors: records of the format, words that stay words, the same bytes."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import pytest
from reportlab.graphics.shapes import Drawing, Ellipse, Line, Rect, String
from reportlab.lib.colors import black, white

from app.reports import fonts
from app.reports.charts.drawing import draw
from app.reports.charts.emf import DrawingFaultError, emf
from app.reports.charts.style import paper_style
from tests.app.reports.every_element import picture


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The records with their data; each must lie whole inside the file."""
    at = 0
    while at < len(data):
        number, size = struct.unpack_from("<II", data, at)
        assert size % 4 == 0
        assert size >= 8
        assert at + size <= len(data)
        yield number, data[at + 8 : at + size]
        at += size


def written(data: bytes) -> list[tuple[str, int, int, list[int]]]:
    """Each run of words: the letters, where they begin, and the advance of each."""
    found = []
    for number, body in records(data):
        if number == 84:
            x, y, count, start = struct.unpack_from("<iiII", body, 28)
            advances = struct.unpack_from("<I", body, 64)[0]
            letters = body[start - 8 : start - 8 + 2 * count].decode("utf-16-le")
            found.append(
                (letters, x, y, list(struct.unpack_from(f"<{count}i", body, advances - 8)))
            )
    return found


def test_the_header_counts_bytes_and_records_and_gives_the_size() -> None:
    data = emf(Drawing(200, 100))
    found = list(records(data))
    signature, _, size, count = struct.unpack_from("<IIII", data, 40)
    assert (signature, size, count) == (0x464D4520, len(data), len(found))
    assert struct.unpack_from("<4i", data, 8) == (0, 0, 4000, 2000)
    # 200 pt are 70.56 mm, 100 pt are 35.28 mm; the frame counts hundredths
    assert struct.unpack_from("<4i", data, 24) == (0, 0, 7056, 3528)
    assert (found[0][0], found[-1][0]) == (1, 14)


def test_words_stay_words_and_their_letters_have_the_widths_of_the_typeface() -> None:
    face = fonts.face(bold=True)
    drawing = Drawing(200, 100)
    drawing.add(
        String(150, 40, "Điểm", fontName=face, fontSize=10, fillColor=black, textAnchor="end")
    )
    ((letters, x, y, advances),) = written(emf(drawing))
    whole = fonts.width("Điểm", 10, bold=True) * 20
    assert letters == "Điểm"
    assert sum(advances) == round(whole)
    assert (x, y) == (round(3000 - whole), 1200)


def test_every_word_of_a_picture_is_in_the_file_and_the_bytes_are_the_same() -> None:
    drawing = draw(picture().shows, paper_style(), 468)
    words = [shape.text for shape in drawing.contents if isinstance(shape, String)]
    assert "Sở Tư pháp" in " ".join(words)
    assert [run[0] for run in written(emf(drawing))] == words
    assert emf(drawing) == emf(draw(picture().shows, paper_style(), 468))


def test_each_pen_brush_and_font_is_given_back() -> None:
    drawing = Drawing(50, 50)
    drawing.add(Rect(1, 2, 10, 20, fillColor=white, strokeColor=black, strokeWidth=0.6))
    drawing.add(Line(0, 0, 50, 50, strokeColor=black, strokeWidth=1))
    drawing.add(String(0, 0, "a", fontName=fonts.face(), fontSize=9, fillColor=black))
    numbers = [number for number, _ in records(emf(drawing))]
    made = [number for number in numbers if number in (39, 82, 95)]
    assert sorted(made) == [39, 82, 95, 95]
    assert numbers.count(40) == len(made)
    assert numbers.count(43) == numbers.count(54) == 1


def test_a_shape_that_no_chart_draws_is_a_bug_and_not_left_out() -> None:
    drawing = Drawing(50, 50)
    drawing.add(Ellipse(10, 10, 5, 3))
    with pytest.raises(DrawingFaultError, match="no chart draws"):
        emf(drawing)
