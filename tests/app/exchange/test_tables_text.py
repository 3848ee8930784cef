"""Delimited text: encodings, delimiters, and commas that stand inside numbers."""

from __future__ import annotations

import csv
import unicodedata
from typing import Any

import pytest

from app.exchange.tables import read_table
from app.ground.findings import UserError

ROWS = [["Mã", "Nội dung tiêu chí", "Điểm"], ["I.1", "Thu ngân sách đạt dự toán", "12,5"]]


def _written(delimiter: str) -> str:
    quoted = [[f'"{f}"' if delimiter in f else f for f in row] for row in ROWS]
    return "\r\n".join(delimiter.join(row) for row in quoted) + "\r\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_and_delimiter_gives_the_same_table(
    files: Any, delimiter: str, encoding: str
) -> None:
    table, findings = read_table(files.text(_written(delimiter), encoding=encoding))
    assert [[cell.text for cell in table.row(n)] for n in (1, 2)] == ROWS
    assert findings == ()
    assert table.sheet is None


def _in_code_page(text: str) -> bytes:
    """Windows-1258 writes most tones as a mark after the letter."""
    marks = {"\u0300": b"\xcc", "\u0301": b"\xec", "\u0303": b"\xde", "\u0309": b"\xd2"}
    marks["\u0323"] = b"\xf2"
    letters = {"Đ": b"\xd0", "ă": b"\xe3", "đ": b"\xf0", "ơ": b"\xf5", "ư": b"\xfd"}
    parts = []
    for letter in text:
        base, tone = _taken_apart(letter)
        parts.append(letters.get(base) or base.encode("cp1252"))
        parts.append(marks[tone] if tone else b"")
    return b"".join(parts)


def _taken_apart(letter: str) -> tuple[str, str]:
    tones = "\u0300\u0301\u0303\u0309\u0323"
    apart = unicodedata.normalize("NFD", letter)
    base = unicodedata.normalize("NFC", "".join(c for c in apart if c not in tones))
    return base, next((c for c in apart if c in tones), "")


def test_the_old_vietnamese_code_page_is_read_and_told(files: Any) -> None:
    table, findings = read_table(files.data(_in_code_page(_written(";")), "bang.csv"))
    assert [[cell.text for cell in table.row(n)] for n in (1, 2)] == ROWS
    assert [finding.code for finding in findings] == ["encoding_guessed"]


def test_bytes_of_a_tcvn3_font_are_seen_and_converted_on_demand(files: Any) -> None:
    content = "STT;Néi dung tiªu chÝ;§iÓm chuÈn\n1;Thu ng©n s¸ch;10\n".encode("cp1252")
    path = files.data(content, "bang.csv")
    table, findings = read_table(path)
    assert [finding.code for finding in findings] == ["legacy_text"]
    assert "“Nội dung tiêu chí”" in findings[0].message
    table, findings = read_table(path, convert_legacy=True)
    assert [cell.text for cell in table.row(1)] == ["STT", "Nội dung tiêu chí", "Điểm chuẩn"]
    assert table.cell(2, 2).text == "Thu ngân sách"
    assert [finding.code for finding in findings] == ["legacy_text_converted"]


def test_the_line_with_which_excel_declares_a_delimiter_is_no_row(files: Any) -> None:
    table, _ = read_table(files.text("sep=;\nMã;Điểm\nI,1;2\n"))
    assert [cell.text for cell in table.row(1)] == ["Mã", "Điểm"]
    assert [cell.text for cell in table.row(2)] == ["I,1", "2"]


def test_a_comma_inside_a_number_that_splits_its_row_is_told(files: Any) -> None:
    _, findings = read_table(files.text("Mã,Điểm\nI.1,10\nI.2,12,5\nI.3,9\n"))
    assert [finding.code for finding in findings] == ["row_too_wide"]
    assert findings[0].place == "Dòng 3, tệp bang.csv"


def test_a_quoted_field_may_hold_lines_and_delimiters(files: Any) -> None:
    table, findings = read_table(files.text('Mã,Nội dung\nI.1,"Thu, chi\nngân sách"\n'))
    assert table.cell(2, 2).text == "Thu, chi ngân sách"
    assert findings == ()


@pytest.mark.parametrize("bound", [1 << 17, 1 << 30])
def test_a_field_without_end_is_refused_by_its_row(
    files: Any, bound: int, request: pytest.FixtureRequest
) -> None:
    before = csv.field_size_limit(bound)  # which any library in the process may have lifted
    request.addfinalizer(lambda: csv.field_size_limit(before))
    with pytest.raises(UserError) as refused:
        read_table(files.text('Mã,Nội dung\nI.1,"' + "x" * 200_000))
    assert [finding.code for finding in refused.value.findings] == ["table_broken"]
    assert refused.value.findings[0].place == "Dòng 2, tệp bang.csv"
