"""Delimited text (``.csv``): which encoding, which delimiter, and its fields.

Excel writes such files in many ways: UTF-8 with or without a mark, UTF-16, the old Vietnamese
code page, with commas, semicolons or tabs. The bytes decide; a guess is told as a finding.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import Final

from app.exchange.table_containers import Limits, not_a_table, refusal
from app.ground.findings import Findings
from app.ground.text import composed

_DELIMITERS: Final = {"\t": "dấu tab", ";": "dấu chấm phẩy", ",": "dấu phẩy"}
_DECLARED: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_SAMPLE_ROWS: Final = 200
_LONGEST_FIELD: Final = 1 << 17
"""Letters; Python's own bound belongs to the whole process, and other libraries lift it."""
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f]")


def read_delimited(data: bytes, name: str, limits: Limits, findings: Findings) -> list[list[str]]:
    """The fields of each record; raises ``UserError`` where the file is no table."""
    text = decoded(data, name, findings)
    if _CONTROL.search(text):
        raise not_a_table(name, "tệp nhị phân")
    declared = _DECLARED.match(text)
    if declared and declared[1] in _DELIMITERS:
        delimiter = declared[1]
        text = text[declared.end() :]
    else:
        delimiter = found_delimiter(text)
    rows = _records(text, delimiter, name, limits)
    _check_widths(rows, delimiter, name, findings)
    return rows


def decoded(data: bytes, name: str, findings: Findings) -> str:
    """The text of the file; a finding says when its encoding had to be guessed."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return _strict(data, encoding, name)
    if b"\0" in data:
        little_end = data[1::2].count(0) > data[::2].count(0)
        return _strict(data, "utf-16-le" if little_end else "utf-16-be", name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(data, name, findings)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise not_a_table(name, "tệp nhị phân hoặc văn bản bị hỏng") from fault


def _guessed(data: bytes, name: str, findings: Findings) -> str:
    """Text of an old code page: Windows-1258, or Latin letters of a TCVN3 or VNI font."""
    from app.exchange.legacy_text import is_unicode_vietnamese, plausibility, suspected

    western = data.decode("cp1252", errors="replace")
    vietnamese = composed(data.decode("cp1258", errors="replace"))
    if _CONTROL.search(western):
        raise not_a_table(name, "tệp nhị phân")
    lines = western.splitlines()
    in_old_font = sum(suspected(line) is not None for line in lines)
    in_code_page = sum(
        is_unicode_vietnamese(line) and plausibility(line) > 0 for line in vietnamese.splitlines()
    )
    if in_old_font >= in_code_page and in_old_font:
        return western
    if "\ufffd" in vietnamese:
        raise not_a_table(name, "tệp nhị phân hoặc văn bản có bảng mã lạ")
    findings.warning(
        "encoding_guessed",
        f"Tệp {name}",
        "Tệp không phải văn bản UTF-8; chương trình đã đọc thử theo bảng mã Windows-1258.",
        "Xem lại các chữ có dấu; nếu sai, mở tệp bằng Excel và lưu thành .xlsx hoặc CSV UTF-8.",
    )
    return vietnamese


def found_delimiter(text: str) -> str:
    """The delimiter that cuts most of the first rows into one same width of at least two."""
    evenness = {delimiter: _evenness(text, delimiter) for delimiter in _DELIMITERS}
    best = max(evenness, key=lambda delimiter: evenness[delimiter])
    return best if evenness[best] > (0, 0) else ","


def _evenness(text: str, delimiter: str) -> tuple[int, int]:
    """How many of the first rows share the commonest width above one, and that width."""
    widths: Counter[int] = Counter()
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if len(row) > 1 and any(field.strip() for field in row):
                widths[len(row)] += 1
            if widths.total() >= _SAMPLE_ROWS:
                break
    except csv.Error:
        return 0, 0
    return max(((rows, width) for width, rows in widths.items()), default=(0, 0))


def _records(text: str, delimiter: str, name: str, limits: Limits) -> list[list[str]]:
    rows: list[list[str]] = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if any(len(field) > _LONGEST_FIELD for field in row):
                raise csv.Error
            rows.append(row)
            cells += len(row)
            if len(rows) > limits.rows or len(row) > limits.columns or cells > limits.cells:
                raise refusal(
                    "table_too_large",
                    f"Dòng {len(rows)}, tệp {name}",
                    f"Tệp có hơn {limits.rows} dòng, {limits.columns} cột hoặc {limits.cells} ô.",
                    "Chỉ giữ lại bảng cần nhập rồi thử lại.",
                )
    except csv.Error as fault:
        raise refusal(
            "table_broken",
            f"Dòng {len(rows) + 1}, tệp {name}",
            "Từ dòng này tệp không còn đọc được thành bảng; có thể thiếu dấu nháy kép đóng.",
            "Mở tệp bằng Excel hoặc LibreOffice, lưu lại thành .xlsx rồi thử lại.",
        ) from fault
    return rows


def _check_widths(rows: list[list[str]], delimiter: str, name: str, findings: Findings) -> None:
    """Finds records with more fields than the widest heading: often a comma inside a number."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return
    usual = max(widths.items(), key=lambda item: (item[1], item[0]))[0]
    for number, row in enumerate(rows, start=1):
        if len(row) > usual and any(field.strip() for field in row[usual:]):
            findings.error(
                "row_too_wide",
                f"Dòng {number}, tệp {name}",
                f"Dòng có {len(row)} cột, trong khi các dòng khác có {usual} cột"
                f" (ngăn cách bằng {_DELIMITERS[delimiter]}).",
                "Đặt nội dung có dấu ngăn cách, như số 12,5, trong dấu nháy kép.",
            )
