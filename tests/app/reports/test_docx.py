"""A paper as a Word file: its words, its styles, its sections, and that it stays the same."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import docx as reader
import pytest
from docx.oxml.ns import qn

from app.ground.findings import UserError
from app.reports import docx
from app.reports.binding import code_line
from app.reports.charts.listing import listing
from app.reports.document import (
    Align,
    Chart,
    Closing,
    Column,
    Document,
    Paragraph,
    Row,
    Signature,
    Table,
    cell,
    plain_line,
)
from app.reports.texts import texts
from tests.app.reports.every_element import every_paper, letter, picture, report
from tests.app.reports.printed import squeezed


def opened(document: Document) -> Any:
    return reader.Document(io.BytesIO(docx.render(document)))


def parts(document: Document) -> dict[str, str]:
    """The parts of the file as text."""
    with zipfile.ZipFile(io.BytesIO(docx.render(document))) as package:
        return {
            name: package.read(name).decode()
            for name in package.namelist()
            if not name.endswith(".emf")
        }


def words(element: Any) -> str:
    return "".join(node.text or "" for node in element.iter(qn("w:t")))


def paragraphs(document: Document) -> Iterator[tuple[str, str]]:
    """Style and words of each paragraph, those in tables too."""
    file = opened(document)
    for node in file.element.body.iter(qn("w:p")):
        style = node.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        yield (style.get(qn("w:val")) if style is not None else ""), words(node)


@pytest.mark.parametrize("name", every_paper())
def test_every_text_of_the_paper_stands_in_the_file(name: str) -> None:
    document = every_paper()[name]
    found = squeezed(words(opened(document).element.body))
    for place, text in texts(document):
        if place not in ("biểu đồ", "tiêu đề tệp"):  # told beside the picture, and of the file
            assert squeezed(text) in found, (place, text)


def test_a_letter_is_written_in_the_order_of_its_elements() -> None:
    written = [found for _, found in paragraphs(letter()) if found]
    body = [found for style, found in paragraphs(letter()) if style == "NoiDung"]
    assert written == [
        "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG",
        "SỞ TƯ PHÁP",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 12/STP-VP",
        "V/v tham gia ý kiến dự thảo",
        "bảng tiêu chí chấm điểm năm 2019",
        "Cao Bằng, ngày 12 tháng 4 năm 2019",
        "Kính gửi:",
        "- Thanh tra tỉnh;",
        "- Công an tỉnh;",
        "- Tòa án nhân dân tỉnh.",
        *body,
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Trần Thị Bình",
    ]
    assert len(body) == 2


@pytest.mark.parametrize("name", every_paper())
def test_the_same_paper_gives_the_same_bytes(name: str) -> None:
    assert docx.render(every_paper()[name]) == docx.render(every_paper()[name])


def test_nothing_in_the_file_tells_when_or_where_it_was_made() -> None:
    with zipfile.ZipFile(io.BytesIO(docx.render(report()))) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert sorted(name for name in package.namelist() if "/media/" not in name) == [
            "[Content_Types].xml",
            "_rels/.rels",
            "docProps/app.xml",
            "docProps/core.xml",
            "word/_rels/document.xml.rels",
            "word/document.xml",
            "word/fontTable.xml",
            *sorted(f"word/footer{n}.xml" for n in range(1, 7)),
            *sorted(f"word/header{n}.xml" for n in range(1, 7)),
            "word/settings.xml",
            "word/styles.xml",
            "word/theme/theme1.xml",
        ]
    assert (
        re.findall(r"20\d\d-\d\d-\d\dT[^<]*", parts(report())["docProps/core.xml"])
        == ["2019-01-05T00:00:00Z"] * 2
    )


def test_the_file_names_its_title_its_issuer_its_language_and_the_day_of_the_paper() -> None:
    properties = opened(report()).core_properties
    assert properties.title == "Báo cáo kết quả chấm điểm năm 2018"
    assert properties.author == "SỞ TƯ PHÁP"
    assert properties.language == "vi-VN"
    assert properties.created == dt.datetime(2019, 1, 5, tzinfo=dt.UTC)
    assert 'w:val="vi-VN" w:eastAsia="vi-VN"' in parts(report())["word/styles.xml"]


def test_one_typeface_is_named_for_every_script_and_what_stands_in_for_it() -> None:
    found = parts(report())
    styles = found["word/styles.xml"]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        assert f'w:{script}="Times New Roman"' in styles
    assert 'w:altName w:val="Liberation Serif"' in found["word/fontTable.xml"]
    theme = found["word/theme/theme1.xml"]
    assert set(re.findall(r'<a:(?:latin|ea|cs) typeface="([^"]*)"', theme)) == {"Times New Roman"}
    assert not re.search("rFonts", found["word/document.xml"])


def test_a_character_that_the_typeface_lacks_is_refused_with_its_place() -> None:
    document = replace(report(), blocks=(Paragraph(plain_line("Điểm ✓ đạt")),))
    with pytest.raises(UserError) as refused:
        docx.render(document)
    assert [f.code for f in refused.value.findings] == ["letter_not_in_font"]
    assert refused.value.findings[0].place == "đoạn văn"


def test_decomposed_letters_are_written_composed_and_line_feeds_as_spaces() -> None:
    text = "Kê\u0301t qua\u0309\nthi đua & <hơn>"
    document = replace(report(), blocks=(Paragraph(plain_line(text)),), appendices=())
    assert ("NoiDung", "Kết quả thi đua & <hơn>") in list(paragraphs(document))


def test_marked_headings_are_headings_of_word_by_their_level_and_others_are_not() -> None:
    headings = [(s, w) for s, w in paragraphs(report()) if s.startswith(("Heading", "DeMuc"))]
    assert headings == [
        ("Heading1", "Phần thứ nhất"),
        ("Heading2", "I. KẾT QUẢ"),
        ("Heading3", "1. Nhận xét chung"),
        ("Heading2", "II. HÌNH ẢNH"),
        ("Heading2", "III. DANH SÁCH"),
        ("DeMuc1", "Đề mục không vào mục lục"),
        ("Heading1", "Phụ lục IĐIỂM TỪNG ĐƠN VỊ"),
        ("Heading1", "Phụ lục IIDANH SÁCH"),
    ]
    styles = opened(report()).styles
    assert [styles[name].base_style.name for name in ("Heading 1", "Heading 2")] == ["Normal"] * 2
    levels = parts(report())["word/styles.xml"]
    assert re.findall(r'<w:outlineLvl w:val="(\d)"/>', levels) == ["0", "1", "2"]


def test_body_and_appendices_have_their_own_sheets_margins_and_page_numbers() -> None:
    sections = opened(report()).sections
    mm = [(round(s.page_width.mm), round(s.page_height.mm)) for s in sections]
    assert mm == [(210, 297), (420, 297), (297, 210)]
    for section in sections:
        sides = (
            section.top_margin,
            section.bottom_margin,
            section.left_margin,
            section.right_margin,
        )
        assert [round(side.mm) for side in sides] == [20, 20, 30, 15]
        assert section.different_first_page_header_footer
        number = section._sectPr.find(qn("w:pgNumType"))
        assert number.get(qn("w:start")) == "1"
        assert "PAGE" in section.header._element.xml
        assert "PAGE" not in section.first_page_header._element.xml


def test_a_draft_says_so_on_every_page_and_a_settled_paper_does_not() -> None:
    for section in opened(report()).sections:
        for header in (section.header, section.first_page_header):
            assert words(header._element).endswith("DỰ THẢO")
    settled = replace(report(), draft=None)
    assert "DỰ THẢO" not in "".join(parts(settled).values())


def test_the_content_code_stands_at_the_foot_of_every_page() -> None:
    code = code_line(report())
    assert re.fullmatch(r"Mã nội dung: (\w{4}-){3}\w{4}", code)
    for section in opened(report()).sections:
        for footer in (section.footer, section.first_page_footer):
            assert words(footer._element) == code
    assert "Mã nội dung" not in "".join(parts(replace(report(), binding=None)).values())


def test_heads_of_tables_are_repeated_and_columns_fill_the_width_of_the_text() -> None:
    file = opened(report())
    wide = [
        t
        for t in file.element.body.iter(qn("w:tbl"))
        if t.find(f".//{qn('w:tblHeader')}") is not None
    ]
    heads = [len(list(t.iter(qn("w:tblHeader")))) for t in wide]
    assert heads == [2, 1, 2, 2, 1]  # the table of 16 units stands in two parts
    widths = [
        sum(int(c.get(qn("w:w"))) for c in t.find(qn("w:tblGrid"))) / 20 / 72 * 25.4 for t in wide
    ]
    assert [round(width, 1) for width in widths] == [165, 165, 375, 375, 252]


def test_rows_stay_whole_but_tall_ones_of_running_text_and_those_taller_than_a_page() -> None:
    tall, taller = "lời của đoạn dài " * 60, "lời của đoạn dài " * 600
    rows = tuple(Row((cell("1"), cell(text))) for text in ("a", tall, taller))
    table = Table((Column("TT"), Column("Nội dung")), rows)
    for top, whole in ((False, 3), (True, 2)):  # the head among them
        document = replace(letter(), blocks=(replace(table, top=top),), closing=None)
        body = opened(document).element.body
        grid = list(body.iter(qn("w:tbl")))[-1]
        assert len(list(grid.iter(qn("w:cantSplit")))) == whole


def test_a_picture_is_a_vector_and_tells_in_words_what_it_shows() -> None:
    shown = picture()
    assert isinstance(shown, Chart)
    data = docx.render(report())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert [n for n in package.namelist() if "/media/" in n] == ["word/media/image1.emf"]
    body = reader.Document(io.BytesIO(data)).element.body
    (told,) = [node.get("descr") for node in body.iter(qn("wp:docPr"))]
    for line in listing(shown.shows):
        assert line in told


def test_more_than_three_signatures_go_into_further_rows() -> None:
    signatures = tuple(Signature((f"ĐẠI DIỆN {n}",), f"Tên {n}") for n in range(1, 6))
    body = opened(replace(letter(), closing=Closing(signatures))).element.body
    cells = [
        len(row.findall(qn("w:tc"))) for row in body.iter(qn("w:tr")) if "ĐẠI DIỆN" in words(row)
    ]
    assert cells == [3, 2]


def test_empty_heads_and_cells_hold_a_paragraph_as_the_format_asks() -> None:
    table = Table((Column(""), Column("Ký", Align.DECIMAL)), (Row((cell(""), cell(""))),))
    body = opened(replace(letter(), blocks=(table,), closing=None)).element.body
    grid = list(body.iter(qn("w:tbl")))[-1]
    assert [len(each.findall(qn("w:p"))) for each in grid.iter(qn("w:tc"))] == [1, 1, 1, 1]
