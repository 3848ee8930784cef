"""A picture lands on the page of a paper: embedded type, black on white, heading and all."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pypdf
import pytest

from app.ground.findings import UserError
from app.reports import pdf, text
from app.reports.charts.description import Chart, SectionsChart
from app.reports.charts.flowable import ChartFlow
from app.reports.charts.from_assessment import sections_chart
from app.reports.charts.style import PAPER_PALETTE, Hatch, contrast, legible
from app.reports.document import Chart as Picture
from app.reports.document import Document, Heading
from tests.app.reports.charts.looks import LIGHT, PAPER, boxes
from tests.app.reports.charts.test_sections import TWO, bar, chart


def pages(paper: Document, shown: Chart) -> list[pypdf.PageObject]:
    document = replace(paper, blocks=(Heading("I. BIỂU ĐỒ"), Picture(shown)), appendices=())
    return list(pypdf.PdfReader(io.BytesIO(pdf.render(document))).pages)


def test_the_words_and_numbers_of_the_picture_stand_on_the_page(
    paper: Document, cluster: ModuleType
) -> None:
    settled = cluster.settled()
    shown = sections_chart(settled, settled.snapshot.clusters[0])
    printed = " ".join(page.extract_text() for page in pages(paper, shown))
    for row in shown.bars:
        assert row.total is not None
        assert shown.numbers.points(row.total) in printed
    assert "Điểm các phần năm 2026" in printed


def test_only_embedded_faces_are_named(paper: Document) -> None:
    for page in pages(paper, TWO):
        for font in page["/Resources"]["/Font"].values():
            descriptor = font.get_object()["/FontDescriptor"]
            assert "LiberationSerif" in descriptor["/FontName"]
            assert "/FontFile2" in descriptor


def test_the_same_picture_gives_the_same_bytes(paper: Document) -> None:
    document = replace(paper, blocks=(Picture(TWO),))
    assert pdf.render(document) == pdf.render(document)


def test_the_heading_stays_with_its_picture(paper: Document) -> None:
    many = chart(*(bar(f"Đơn vị số {n}", 700 - n, 100, 0, 0, rank=n) for n in range(1, 21)))
    for page in pages(paper, many):
        words = page.extract_text()
        assert ("I. BIỂU ĐỒ" in words) == ("Đơn vị số 1" in words)


def test_a_picture_that_is_too_high_for_a_page_is_made_to_fit(paper: Document) -> None:
    many = chart(*(bar(f"Đơn vị số {n}", 700 - n, 100, 0, 0, rank=n) for n in range(1, 61)))
    assert len(pages(paper, many)) <= 3
    flow = ChartFlow(many, 300)
    assert flow.wrap(467, 300)[1] <= 300


def test_names_give_up_their_second_line_before_anything_is_made_smaller() -> None:
    long = "Ban Quản lý các khu công nghiệp và khu kinh tế cửa khẩu tỉnh Cao Bằng"
    many = chart(*(bar(long, 700, 100, 0, 0, rank=n) for n in range(1, 21)))
    flow = ChartFlow(many, 480)
    flow.wrap(467, 480)
    assert flow.scale == 1


def test_the_plain_text_tells_the_picture_in_words(paper: Document) -> None:
    lines = text.render(replace(paper, blocks=(Picture(TWO),))).split("\n")
    assert TWO.alt in lines
    assert any(line.startswith("- 1. Sở A: 870,00 (I 700,00; II 150,00;") for line in lines)


def test_a_letter_that_the_typeface_lacks_is_refused(paper: Document) -> None:
    with pytest.raises(UserError, match="U\\+4E2D"):
        pages(paper, chart(bar("Sở 中", 1, 1, 0, 0)))


def test_nothing_on_paper_is_smaller_than_nine_points() -> None:
    assert min(PAPER.size, PAPER.small, PAPER.head) >= 9


def test_paper_is_black_and_white_and_neighbours_differ_without_colour() -> None:
    tones = PAPER_PALETTE.sections
    assert len(set(tones)) == len(tones) >= 12
    for one, other in pairwise(tones):
        assert (one.fill, one.hatch) != (other.fill, other.hatch)
    for tone in (*tones, PAPER_PALETTE.bonus, PAPER_PALETTE.deduction):
        assert tone.fill[1:3] == tone.fill[3:5] == tone.fill[5:7]
        assert contrast(tone.fill, tone.ink) >= 4.5
    assert PAPER_PALETTE.bonus not in tones
    assert {Hatch.RISING, Hatch.FALLING} <= {tone.hatch for tone in tones}


def test_the_ink_of_a_tone_is_the_one_that_stands_out() -> None:
    assert legible("#000000", ("#111111", "#eeeeee")) == "#eeeeee"
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_no_colour_is_named_outside_the_palettes(root: Path) -> None:
    for file in (root / "app/reports/charts").glob("*.py"):
        if file.name != "style.py":
            assert not re.search(r"#[0-9a-fA-F]{6}\b", file.read_text(encoding="utf-8")), file


def test_a_long_name_takes_two_lines_and_ends_in_dots() -> None:
    from app.reports.charts.drawing import draw

    long = "Ban Quản lý các khu công nghiệp và khu kinh tế cửa khẩu tỉnh Cao Bằng mở rộng " * 2
    shown: SectionsChart = chart(bar(long.strip(), 700, 100, 0, 0))
    named = [box for box in boxes(draw(shown, LIGHT, 700)) if box.left < 200 and len(box.text) > 3]
    lines = [box for box in named if box.text.startswith("Ban") or box.text.endswith("…")]
    assert len(lines) == 2
    assert lines[1].text.endswith("…")
    assert all(box.right <= 0.3 * 700 + 40 for box in lines)


def test_numbers_keep_the_decimals_of_the_pack() -> None:
    assert TWO.numbers.points(Fraction(2, 3)) == "0,67"
    assert TWO.numbers.points(Fraction(-5, 2)) == "−2,50"
    assert TWO.numbers.signed(Fraction(5, 2)) == "+2,5"
    assert TWO.numbers.signed(Fraction(0)) == "0"
