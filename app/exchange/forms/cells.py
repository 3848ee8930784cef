"""Reading one cell that a unit filled in: certain values, or a finding that asks.

Numbers, levels and answers go through the readers of facts; what only a spreadsheet can do to
a cell (dates out of scores, errors, percents, text of an old font) is recognised here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Set
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Final

from app.domain.snapshot import EntryState, Figure
from app.exchange.cell_numbers import EXCEL_DIGITS, read_points, shown
from app.exchange.facts_faults import Gathering
from app.exchange.facts_figures import FigureReader
from app.exchange.facts_known import KnownFigure
from app.exchange.facts_values import as_date, text_fault
from app.exchange.forms.words import NO, STATE_WORDS, YES
from app.exchange.legacy_text import converted, suspected
from app.exchange.sheet_scan import CellFault, FaultKind, Position
from app.exchange.tables import Cell, Table
from app.ground.text import folded, nearest
from app.rules.methods import FigureKind

_YES_MARKS: Final = {"✓", "✔", "☑", "v", "c", "rồi", "y", "1"}
_NO_MARKS: Final = {"✗", "✘", "☐", "k", "chưa", "n", "0"}
_SHORT_STATES: Final = {"kg": EntryState.NOT_ASSIGNED, "kth": EntryState.NOT_DONE}
_DATE_TEXT: Final = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})")


@dataclass
class FormCells:
    """Reads the cells of one sheet; ``unit`` names whose form it is in findings."""

    table: Table
    unit: str
    gathering: Gathering
    percents: Set[Position] = frozenset()
    convert_legacy: bool = False
    figures: FigureReader = field(init=False)

    def __post_init__(self) -> None:
        self.figures = FigureReader(self.gathering, cells=True)

    def place(self, cell: Cell, criterion: str = "") -> str:
        """Where a cell stands, in words."""
        about = f"tiêu chí {criterion}" if criterion else ""
        return self.table.at_cell(cell, self.unit, about)

    def is_filled(self, cell: Cell) -> bool:
        """Whether something stands in a cell of its own."""
        return not cell.is_blank and not cell.is_covered

    def figure(self, cell: Cell, known: KnownFigure, criterion: str) -> Figure | None:
        """A figure; ``None`` where the cell is blank or has a fault that was told."""
        if not self.is_filled(cell) or self._has_fault(cell, criterion):
            return None
        place = self.place(cell, criterion)
        match known.kind:
            case FigureKind.DATE:
                return self.date(cell, criterion)
            case FigureKind.YES_NO:
                return self._yes_no(cell, known, place)
            case FigureKind.LEVEL:
                words = self.words(cell, criterion)
                return self.figures.figure(words, known, lambda: place) if words else None
        if self._became_date(cell, criterion) or self._is_percent(cell, criterion):
            return None
        value = self._number(cell, place)
        return self.figures.figure(value, known, lambda: place)

    def points(self, cell: Cell, criterion: str, top: Fraction | None) -> Fraction | None:
        """Points that the unit typed, not below 0 and, or else told, not above the maximum."""
        if self._is_percent(cell, criterion):
            return None
        about = (self.unit, f"tiêu chí {criterion}")
        value = read_points(self.table, cell, self.gathering.findings, *about)
        if value is None:
            return None
        if top is not None and value > top:
            self.gathering.error(
                "above_max",
                self.place(cell, criterion),
                f"Điểm {shown(value)} vượt mức tối đa {shown_exact(top)}.",
                f"Nhập số từ 0 đến {shown_exact(top)}.",
            )
        return Fraction(value)

    def state(self, cell: Cell, criterion: str) -> EntryState | None:
        """The state that was chosen; ``None`` for a blank cell or a word that was told."""
        if not self.is_filled(cell) or self._has_fault(cell, criterion):
            return None
        words = self.words(cell, criterion)
        known = {folded(word): state for state, word in STATE_WORDS.items()} | _SHORT_STATES
        state = known.get(folded(words))
        if state is None and words:
            guess = nearest(words, STATE_WORDS.values())
            choices = " hoặc ".join(f"“{word}”" for word in STATE_WORDS.values())
            self.gathering.error(
                "form_state_unknown",
                self.place(cell, criterion),
                f"“{words[:60]}” không phải một lựa chọn của cột này.",
                (f"Có phải “{guess}”? " if guess else "") + f"Chọn {choices}, hoặc để trống.",
            )
        return state

    def date(self, cell: Cell, criterion: str) -> dt.date | None:
        """A calendar day out of a date cell or a text such as 20/12/2026."""
        if not self.is_filled(cell) or self._has_fault(cell, criterion):
            return None
        value = cell.value
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, str) and (match := _DATE_TEXT.fullmatch(cell.text)):
            value = "/".join(match.groups())
        day = as_date(value)
        if day is None:
            self.gathering.error(
                "form_not_a_date",
                self.place(cell, criterion),
                f"“{cell.text[:60]}” không phải một ngày có trên lịch.",
                "Ghi ngày dạng ngày/tháng/năm, ví dụ 20/12/2026.",
            )
        return day

    def words(self, cell: Cell, criterion: str) -> str:
        """The text of a cell in Unicode, on one line; empty where it has a fault."""
        if not self.is_filled(cell) or self._has_fault(cell, criterion):
            return ""
        words = cell.text
        if (fault := text_fault(words)) is not None:
            self.gathering.error(
                "facts_bad_text", self.place(cell, criterion), fault, "Gõ lại nội dung ô này."
            )
            return ""
        script = suspected(words) if isinstance(cell.value, str) else None
        if script is None:
            return words
        unicode = converted(words, script)
        sample = f"“{words[:60]}” gõ bằng phông {script.value}, đọc là “{unicode[:60]}”"
        if self.convert_legacy:
            self.gathering.findings.note(
                "legacy_text_converted",
                self.place(cell, criterion),
                f"{sample}; đã chuyển sang Unicode.",
                "Xem lại chữ đã chuyển.",
            )
            return unicode
        self.gathering.error(
            "legacy_text",
            self.place(cell, criterion),
            f"{sample}, không phải Unicode.",
            "Cho chương trình chuyển sang Unicode khi đọc, hoặc gõ lại ô này bằng Unicode.",
        )
        return words

    # ------------------------------------------------------------- what a spreadsheet does

    def _yes_no(self, cell: Cell, known: KnownFigure, place: str) -> Figure | None:
        raw: object = cell.value
        if not isinstance(raw, bool):
            word = cell.text.casefold().strip(". ")
            raw = YES if word in _YES_MARKS else (NO if word in _NO_MARKS else cell.text)
        return self.figures.figure(raw, known, lambda: place)

    def _number(self, cell: Cell, place: str) -> str | Decimal:
        """The number as the file gives it, without the trace of a formula's arithmetic."""
        value = cell.value
        if not isinstance(value, Decimal):
            return cell.text
        if len(value.as_tuple().digits) <= EXCEL_DIGITS or value == value.to_integral_value():
            return value
        visible = Decimal(format(value, f".{EXCEL_DIGITS}g"))
        self.gathering.findings.note(
            "number_has_tail",
            place,
            f"Bảng tính lưu số {cell.text} (đuôi lẻ do công thức); đã lấy {shown(visible)}"
            " như bảng tính hiển thị.",
            "Nếu cần, ghi thẳng con số vào ô.",
        )
        return visible

    def _has_fault(self, cell: Cell, criterion: str) -> bool:
        if not isinstance(cell.value, CellFault):
            return False
        if cell.value.kind is FaultKind.ERROR:
            self.gathering.error(
                "cell_error",
                self.place(cell, criterion),
                f"Ô mang lỗi {cell.text} của bảng tính.",
                "Sửa công thức, hoặc ghi thẳng giá trị vào ô.",
            )
        else:
            self.gathering.error(
                "formula_uncalculated",
                self.place(cell, criterion),
                "Ô có công thức nhưng tệp không lưu kết quả đã tính.",
                "Mở tệp bằng Excel hoặc LibreOffice, chờ tính xong, lưu lại rồi nhập.",
            )
        return True

    def _became_date(self, cell: Cell, criterion: str) -> bool:
        if not isinstance(cell.value, dt.date | dt.time | dt.timedelta):
            return False
        self.gathering.error(
            "score_became_date",
            self.place(cell, criterion),
            f"Bảng tính đã đổi con số thành ngày giờ ({cell.text}).",
            "Định dạng ô là Số (Number) rồi gõ lại con số, ví dụ 10,5.",
        )
        return True

    def _is_percent(self, cell: Cell, criterion: str) -> bool:
        """A number shown as a percent: 0,95 or 95 is not for the program to choose."""
        value = cell.value
        text_percent = isinstance(value, str) and value.strip().endswith("%")
        if text_percent:
            words = value.strip() if isinstance(value, str) else ""
        elif isinstance(value, Decimal) and (cell.row, cell.column) in self.percents:
            words = f"{shown(value * 100)} %"
        else:
            return False
        self.gathering.error(
            "form_percent",
            self.place(cell, criterion),
            f"Ô ghi {words[:60]}, bảng tính giữ là {cell.text}: chưa rõ là con số nào."
            if not text_percent
            else f"Ô ghi “{words[:60]}”, có dấu phần trăm.",
            "Đổi định dạng ô thành Số (Number) rồi ghi con số không có dấu %, ví dụ 95.",
        )
        return True


def shown_exact(value: Fraction) -> str:
    """An exact number as messages print it."""
    from app.rules.methods.base import show

    return show(value)
