"""The tab "Các năm trong sổ": every year with its seal, which can be checked again."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.context import Context
from ui.pages.closing.columns import YEARS
from ui.pages.closing.presenter import Checked, ClosingPresenter, YearRow
from ui.places import PageId, Place
from ui.theme.tokens import Tone
from ui.widgets.form import FormSheet
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.table import Table
from ui.widgets.words import button


class YearsTab(QWidget):
    """Enter shows a year in the whole window."""

    def __init__(self, context: Context, presenter: ClosingPresenter) -> None:
        super().__init__()
        self._context, self._presenter = context, presenter
        m = context.theme.measures
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, m.space_2, 0, 0)
        lines.setSpacing(m.space_2)
        self.result = NoticeBar(context.theme, Tone.GOOD)
        lines.addWidget(self.result)
        self.table: Table[YearRow] = Table("Các năm trong sổ", YEARS, context.theme)
        self.table.chosen.connect(self._show_acts)
        self.table.entered.connect(lambda _row: self._go())
        lines.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.setSpacing(m.space_2)
        self.check = button("Kiểm tra lại", self._check, picture="list-checks")
        self.compare = button("Đối chiếu dấu trên giấy…", self._ask_mark, picture="crosshair")
        self.copy = button("Chép dấu niêm phong", self._copy, kind="quiet", picture="copy")
        self.go = button("Xem năm này", self._go, kind="quiet", picture="eye")
        for one in (self.check, self.compare, self.copy, self.go):
            row.addWidget(one)
        row.addStretch(1)
        lines.addLayout(row)

    def refresh(self) -> None:
        """Shows the years anew."""
        self.table.show_rows(self._presenter.years())
        self._show_acts(self.table.current)

    def _show_acts(self, row: YearRow | None) -> None:
        self.copy.setEnabled(row is not None and bool(row.digest))
        self.go.setEnabled(row is not None and not row.shown)

    def _check(self) -> None:
        row = self.table.current
        digest = row.digest if row is not None else ""
        self._context.do(lambda: self._presenter.check(digest, self._tell))

    def _tell(self, checked: Checked) -> None:
        self.result.say(checked.words, Tone.GOOD if checked.intact else Tone.ERROR)
        if not checked.intact:
            self._context.notices.findings("Sổ có chỗ không khớp", checked.findings)

    def _ask_mark(self) -> None:
        def act(values: dict[str, Any]) -> bool:
            return self._context.do(lambda: self._presenter.compare(values["mark"], self._tell))

        sheet = FormSheet(
            "Đối chiếu dấu trên giấy",
            "Đối chiếu với nhật ký",
            self._context.theme,
            self.window(),
            act,
        )
        sheet.form.words(
            "Gõ dấu cuối nhật ký, hoặc dấu niêm phong của một năm, in trên biên bản bàn giao. "
            "Chương trình tìm dấu đó trong nhật ký rồi kiểm tra toàn bộ sổ."
        )
        sheet.form.text("mark", "Dấu trên giấy", required=True, hint="Ít nhất hai nhóm đầu.")
        sheet.show_over()

    def _copy(self) -> None:
        row = self.table.current
        if row is not None:
            QGuiApplication.clipboard().setText(row.digest)
            self._context.notices.said.emit(f"Đã chép dấu niêm phong của năm {row.name}.")

    def _go(self) -> None:
        row = self.table.current
        if row is not None and not row.shown:
            self._presenter.go_to_year(row.id)
            self._context.go(Place(PageId.OVERVIEW))
