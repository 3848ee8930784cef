"""The tab "Bàn giao": what the next officer gets, step by step."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.context import Context
from ui.pages.closing.presenter import ClosingPresenter
from ui.widgets.printing import print_papers
from ui.widgets.scrolling import Scrolling
from ui.widgets.words import breakable, button, card, label


class HandoverTab(QWidget):
    """Three steps, each with its button."""

    def __init__(self, context: Context, presenter: ClosingPresenter) -> None:
        super().__init__()
        self._context, self._presenter = context, presenter
        m = context.theme.measures
        inner = QWidget()
        self._lines = QVBoxLayout(inner)
        self._lines.setContentsMargins(0, 0, m.space_2, 0)
        self._lines.setSpacing(m.space_2)
        self.make = button("Sao lưu ngay", self._back_up, picture="save")
        self.backup = self._step("1. Sao lưu", self.make)
        self.show_folder = button("Mở thư mục", self._open, picture="folder-open")
        self.folder = self._step("2. Chép cả thư mục sổ sang máy của người nhận", self.show_folder)
        self.printed = button("In biên bản bàn giao", self._print, picture="printer")
        self.head = self._step("3. Lập biên bản, có dấu cuối nhật ký", self.printed)
        self._lines.addWidget(
            label(
                "Người nhận cài chương trình, mở thư mục vừa chép, ghi tên mình ở trang Cài đặt, "
                "rồi chọn “Kiểm tra lại” ở thẻ Các năm trong sổ: dấu trong sổ phải trùng với dấu "
                "trên biên bản.",
                "muted",
                wrap=True,
            )
        )
        self._lines.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, m.space_2, 0, 0)
        whole.addWidget(Scrolling(inner, "Các bước bàn giao"))

    def _step(self, title: str, act: QPushButton) -> QLabel:
        m = self._context.theme.measures
        frame = card()
        row = QHBoxLayout(frame)
        row.setContentsMargins(m.space_4, m.space_3, m.space_4, m.space_3)
        row.setSpacing(m.space_3)
        words = QVBoxLayout()
        words.setSpacing(m.space_1)
        words.addWidget(label(title, "strong", wrap=True))
        told = label("", wrap=True)
        words.addWidget(told)
        row.addLayout(words, 1)
        row.addWidget(act)
        self._lines.addWidget(frame)
        return told

    def refresh(self) -> None:
        """Shows the present state."""
        self.backup.setText(self._presenter.backup_words())
        self.make.setEnabled(self._presenter.may_write)
        self.folder.setText(breakable(self._presenter.folder))
        self.head.setText(f"Dấu cuối nhật ký: {self._presenter.head}")

    def _back_up(self) -> None:
        self._context.do(lambda: self._presenter.back_up(self._context.notices.said.emit))

    def _open(self) -> None:
        folder = self._presenter.folder
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._context.notices.said.emit(f"Máy không mở được thư mục; sổ nằm ở {folder}.")

    def _print(self) -> None:
        print_papers(
            self.window(),
            self._context.runner,
            "In biên bản bàn giao",
            self._presenter.write,
            self._context.notices.said.emit,
        )
