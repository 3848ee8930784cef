"""The tables of a paper as sheets: figures are numbers, words are words."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl

from app.reports.document import (
    Align,
    Appendix,
    Block,
    Column,
    ColumnGroup,
    Document,
    Heading,
    Letterhead,
    Note,
    Paragraph,
    Row,
    RowKind,
    Table,
    cell,
    plain_line,
)
from app.reports.tables_workbook import build_tables_workbook, has_tables
from tests.app.reports.every_element import ballots, letter, minutes, report

COLUMNS = (
    Column("Tiêu chí", min_mm=60),
    ColumnGroup("Điểm", (Column("thấp", Align.DECIMAL), Column("cao", Align.DECIMAL))),
    Column("Đạt", Align.CENTRE),
)


def table(*rows: tuple[str, str, str, str]) -> Table:
    return Table(COLUMNS, tuple(Row(tuple(map(cell, row))) for row in rows))


def paper(*blocks: Block) -> Document:
    head = Letterhead((), ("SỞ NỘI VỤ",))
    return Document("Báo cáo", head, "BÁO CÁO", ("Rà soát", "Khối 1"), blocks)


def sheets(document: Document) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(build_tables_workbook(document)))


def test_figures_are_numbers_with_their_decimals_and_the_rest_is_text() -> None:
    found = table(("I.1", "12.345,50", "-3", "3/8"), ("=1+1", "—", "−0,4", "2,5"))
    book = sheets(paper(Heading("I. SỐ LIỆU"), found, Note(plain_line("Ghi chú."))))
    sheet = book["I. SỐ LIỆU"]
    assert [c.value for c in sheet[4]] == ["Tiêu chí", "Điểm: thấp", "Điểm: cao", "Đạt"]
    assert [c.value for c in sheet[5]] == ["I.1", 12345.5, -3, "3/8"]
    assert [c.value for c in sheet[6]] == ["=1+1", "—", -0.4, "2,5"]
    assert [c.data_type for c in sheet[6]] == ["s", "s", "n", "s"]
    assert sheet["B5"].number_format.endswith("#,##0.00")
    assert sheet["A8"].value == "Ghi chú."


def test_each_table_has_a_sheet_of_its_own_name_also_in_an_appendix() -> None:
    one = table(("a", "1", "2", "x"))
    named = replace(one, caption="Bảng: điểm [năm 2026] / so với năm trước")
    document = paper(Heading("I. CHUNG"), one, one, named)
    document = replace(document, appendices=(Appendix("Phụ lục", "SỐ LIỆU", "", (one,)),))
    names = sheets(document).sheetnames
    assert len(set(names)) == 4
    assert names[0] == "I. CHUNG"
    assert names[3] == "SỐ LIỆU"
    assert all(len(name) <= 31 for name in names)


def test_rows_over_several_columns_and_totals_keep_their_place() -> None:
    rows = (
        Row((cell("Nhóm", span=4),), RowKind.GROUP),
        Row(tuple(map(cell, ("Tổng", "10", "20", ""))), RowKind.TOTAL),
    )
    sheet = sheets(paper(Table(COLUMNS, rows))).worksheets[0]
    assert sheet["A5"].value == "Nhóm"
    assert (sheet["B6"].value, sheet["B6"].font.bold) == (10, True)


def test_a_paper_without_tables_gives_its_words_and_the_bytes_are_the_same() -> None:
    document = paper(Heading("I. CHUNG"), Paragraph(plain_line("Không có gợi ý.")))
    values = [row[0].value for row in sheets(document).worksheets[0].iter_rows()]
    assert values == ["Rà soát - Khối 1", "I. CHUNG", "Không có gợi ý."]
    assert build_tables_workbook(document) == build_tables_workbook(document)


def test_only_papers_with_a_table_to_read_further_are_offered_as_a_workbook() -> None:
    assert has_tables(report())
    inside = Appendix("Phụ lục", "SỐ LIỆU", "", (table(("a", "1", "2", "x")),))
    assert has_tables(replace(letter(), appendices=(inside,)))
    assert not has_tables(letter())
    assert not has_tables(minutes())
    assert not has_tables(ballots())


def test_a_draft_is_never_silently_final_and_says_why_on_each_sheet() -> None:
    book = sheets(report())
    assert len(book.worksheets) == 4
    for sheet in book.worksheets:
        assert sheet["A3"].value == "DỰ THẢO: Còn 4 ô chưa chấm. Sở Nội vụ chưa thẩm định."
    settled = sheets(replace(report(), draft=None))
    assert {sheet["A3"].value for sheet in settled.worksheets} == {None}


def test_the_subject_of_an_official_letter_stands_over_its_table() -> None:
    document = replace(letter(), blocks=(table(("a", "1", "2", "x")),))
    sheet = sheets(document).worksheets[0]
    assert sheet["A1"].value == "Công văn đề nghị tham gia ý kiến"
    assert sheet["A2"].value == "V/v tham gia ý kiến dự thảo bảng tiêu chí chấm điểm năm 2019"


def test_columns_are_as_wide_as_their_words_and_covered_cells_are_ruled() -> None:
    sheet, words, *_ = sheets(report()).worksheets
    assert sheet.column_dimensions["A"].width == 8  # "TT"
    assert sheet.column_dimensions["B"].width == 22.5  # 45 mm are asked for
    assert words.column_dimensions["B"].width == 60  # running text
    section = sheet["C5"]  # under "I | Thực hiện nhiệm vụ chính trị" over four columns
    assert (section.value, section.border.bottom.style) == (None, "hair")
    assert not [r for r in sheet.merged_cells.ranges if 4 < r.min_row <= 10]  # below is a note
