"""The number that an officer meant in a cell, or a finding that asks.

"10", "10 điểm", "12,5" and "12.5" are read; "1.250", a date that Excel made out of 10.5, an
Excel error, a merged cell and a negative score are asked about by place, never guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

from app.exchange.sheet_scan import CellFault, FaultKind, Merge, column_letters
from app.exchange.tables import Cell, Table
from app.ground.findings import Findings
from app.ground.numbers import (
    NumberFault,
    NumberTextError,
    checked_decimal,
    read_number,
    vietnamese,
)
from app.ground.text import folded

EXCEL_DIGITS: Final = 15
"""Significant digits that Excel itself shows; further ones are traces of its arithmetic."""

_WORDS_AROUND: Final = re.compile(r"(?:toi da|khong qua)?\s*([-+]?\d[\d.,]*)\s*(?:diem|d)?\s*[.;]?")


def shown(value: Decimal) -> str:
    """A number as messages print it."""
    return vietnamese(Fraction(value))


def range_words(merge: Merge) -> str:
    """A merged range as Excel shows it: C5:C7."""
    return f"{column_letters(merge.left)}{merge.top}:{column_letters(merge.right)}{merge.bottom}"


def read_points(table: Table, cell: Cell, findings: Findings, *about: str) -> Decimal | None:
    """The points in a cell; ``None`` for a blank cell, and for a fault that was reported.

    ``about`` says in words what the cell is about (criterion, unit).
    """
    place = table.at_cell(cell, *about)
    if cell.merge is not None and cell.is_covered:
        if not table.anchored(cell.row, cell.column).is_blank:
            findings.error(
                "merged_points",
                place,
                f"Ô thuộc vùng gộp {range_words(cell.merge)} nên không biết điểm của riêng ô này.",
                "Bỏ gộp ô rồi ghi điểm vào từng ô.",
            )
        return None
    if cell.is_blank:
        return None
    value = _number(cell, place, findings)
    if value is not None and value < 0:
        findings.error(
            "negative_points",
            place,
            f"Điểm {shown(value)} là số âm.",
            "Ghi điểm từ 0 trở lên; điểm trừ được khai ở phần điểm trừ, không nằm trong tiêu chí.",
        )
        return None
    return value


def _number(cell: Cell, place: str, findings: Findings) -> Decimal | None:
    match cell.value:
        case bool():
            _not_a_number(cell, place, findings)
        case Decimal():
            return _from_file(cell.value, cell, place, findings)
        case str():
            return _from_text(cell.text, cell, place, findings)
        case CellFault(kind=FaultKind.ERROR):
            findings.error(
                "cell_error",
                place,
                f"Ô mang lỗi {cell.text} của bảng tính nên không có điểm.",
                "Sửa công thức, hoặc ghi thẳng con số vào ô.",
            )
        case CellFault():
            findings.error(
                "formula_uncalculated",
                place,
                "Ô có công thức nhưng tệp không lưu kết quả đã tính.",
                "Mở tệp bằng Excel hoặc LibreOffice, chờ tính xong, lưu lại rồi nhập.",
            )
        case dt.date() | dt.time() | dt.timedelta():
            findings.error(
                "score_became_date",
                place,
                f"Bảng tính đã đổi điểm thành ngày giờ ({cell.text}){_typed(cell.value)}.",
                "Định dạng ô là Số (Number) rồi gõ lại điểm, ví dụ 10,5.",
            )
        case None:
            pass
    return None


def _typed(value: dt.date | dt.time | dt.timedelta) -> str:
    if not isinstance(value, dt.date):
        return ""
    return f"; có thể người nhập đã gõ {value.day}.{value.month} hoặc {value.day}/{value.month}"


def _not_a_number(cell: Cell, place: str, findings: Findings) -> None:
    findings.error(
        "not_a_number",
        place,
        f"“{cell.text[:60]}” không phải là số điểm.",
        "Ghi một con số, ví dụ 12,5; để trống nếu chưa có điểm.",
    )


def _too_long(place: str, findings: Findings) -> None:
    findings.error(
        "number_too_long", place, "Con số có quá nhiều chữ số.", "Kiểm tra và gõ lại điểm."
    )


def _from_file(value: Decimal, cell: Cell, place: str, findings: Findings) -> Decimal | None:
    """A number that the file holds as a number: certain, but for the tail of a formula."""
    try:
        checked = checked_decimal(value)
    except NumberTextError:
        _too_long(place, findings)
        return None
    if len(checked.as_tuple().digits) <= EXCEL_DIGITS or checked == checked.to_integral_value():
        return checked
    visible = Decimal(format(checked, f".{EXCEL_DIGITS}g"))
    findings.note(
        "number_has_tail",
        place,
        f"Bảng tính lưu số {cell.text} (đuôi lẻ do công thức); đã lấy {shown(visible)}"
        " như bảng tính hiển thị.",
        "Nếu cần, ghi thẳng con số vào ô.",
    )
    return visible


def _from_text(text: str, cell: Cell, place: str, findings: Findings) -> Decimal | None:
    around = _WORDS_AROUND.fullmatch(folded(text))
    number = around[1].rstrip(".,") if around else text
    try:
        value = read_number(number)
    except NumberTextError as fault:
        if fault.fault is NumberFault.AMBIGUOUS:
            either = " hoặc ".join(shown(reading) for reading in fault.readings)
            findings.error(
                "ambiguous_number",
                place,
                f"“{text[:60]}” có thể hiểu là {either}.",
                "Gõ lại theo một cách chắc chắn, ví dụ 1250 hoặc 1,25.",
            )
        elif fault.fault is NumberFault.TOO_LONG:
            _too_long(place, findings)
        else:
            _not_a_number(cell, place, findings)
        return None
    if folded(text).strip(".;") != number:
        findings.note(
            "number_with_words",
            place,
            f"“{text[:60]}” được đọc là {shown(value)} điểm.",
            "Chỉ cần ghi con số trong ô điểm.",
        )
    return value
