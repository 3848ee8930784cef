"""What may be typed into a cell of a form: drop-downs, checks and words of help in Vietnamese."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from app.exchange.facts_known import KnownFigure
from app.exchange.forms.description import Form
from app.exchange.forms.formulas import number
from app.exchange.forms.hidden_sheet import HiddenSheet
from app.exchange.forms.words import NO, STATE_WORDS, YES
from app.ground.numbers import vietnamese
from app.rules.methods import FigureKind

_LARGEST: Final = "1000000000000000"
_FIRST_DAY: Final = "DATE(2000,1,1)"
_LAST_DAY: Final = "DATE(2100,12,31)"


class Inputs:
    """The checks of one sheet; cells that ask for the same share one check."""

    def __init__(self, sheet: Worksheet, form: Form, hidden: HiddenSheet) -> None:
        self._sheet = sheet
        self._form = form
        self._hidden = hidden
        self._made: dict[tuple[str, ...], DataValidation] = {}

    def figure(self, cell: Cell, figure: KnownFigure) -> None:
        """The check of a figure, by its kind."""
        match figure.kind:
            case FigureKind.NUMBER:
                self._number(cell)
            case FigureKind.COUNT:
                self._count(cell)
            case FigureKind.DATE:
                self.date(cell)
            case FigureKind.YES_NO:
                self.choice(cell, (YES, NO), "Chọn Có hoặc Không.")
            case FigureKind.LEVEL:
                names = tuple(figure.levels.values())
                self.choice(cell, names, "Chọn một mức trong danh sách.")

    def state(self, cell: Cell) -> None:
        """The drop-down of the two states in which nothing is scored."""
        words = tuple(STATE_WORDS.values())
        help_ = "Chỉ chọn khi không chấm tiêu chí này. Để trống nếu có chấm hoặc chưa chấm."
        self.choice(cell, words, help_)

    def points(self, cell: Cell, top: Fraction | None, help_: str) -> None:
        """Points from 0 to the maximum."""
        if top is None:
            self._limited(cell, "decimal", "0", _LARGEST, "Nhập số từ 0 trở lên.", help_)
        else:
            fault = f"Nhập số từ 0 đến {vietnamese(top)}."
            self._limited(cell, "decimal", "0", number(top), fault, help_)

    def date(self, cell: Cell) -> None:
        """A day of this century."""
        fault = "Nhập ngày dạng ngày/tháng/năm, ví dụ 20/12/2026."
        self._limited(cell, "date", _FIRST_DAY, _LAST_DAY, fault, "")

    def choice(self, cell: Cell, words: Sequence[str], help_: str) -> None:
        """One of a few words, from a drop-down."""
        key = ("list", help_, *words)
        if key not in self._made:
            self._make(
                key,
                DataValidation("list", self._hidden.choices(words), allow_blank=True),
                "Bấm mũi tên ở góc phải ô rồi chọn một mục có sẵn.",
                help_,
            )
        self._made[key].add(cell)

    def _number(self, cell: Cell) -> None:
        fault = "Nhập một con số, ví dụ 12,5. Không gõ dấu ngăn hàng nghìn, chữ hay ký hiệu %."
        self._limited(cell, "decimal", f"-{_LARGEST}", _LARGEST, fault, "")

    def _count(self, cell: Cell) -> None:
        self._limited(cell, "whole", "0", _LARGEST, "Nhập một số nguyên từ 0 trở lên.", "")

    def _limited(self, cell: Cell, kind: str, low: str, high: str, fault: str, help_: str) -> None:
        key = (kind, low, high, help_)
        if key not in self._made:
            check = DataValidation(kind, low, high, operator="between", allow_blank=True)
            self._make(key, check, fault, help_)
        self._made[key].add(cell)

    def _make(self, key: tuple[str, ...], check: DataValidation, fault: str, help_: str) -> None:
        check.showErrorMessage = True
        check.errorTitle, check.error = "Chưa ghi được", fault
        if help_:
            check.showInputMessage = True
            check.prompt = help_
        self._sheet.add_data_validation(check)
        self._made[key] = check
