"""The tab "Bàn giao": what the next officer gets, step by step."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.context import Context
from ui.flows.outgoing import Outcome
from ui.flows.own_key import OwnKey
from ui.pages.closing.handing import Handing
from ui.pages.closing.handing_sheet import hand_over
from ui.pages.closing.presenter import ClosingPresenter
from ui.sheets.key_sheet import show_fingerprint
from ui.theme.tokens import Tone
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.printing import print_papers
from ui.widgets.scrolling import Scrolling
from ui.widgets.words import breakable, button, card, label, line

_BEFORE: Final = "In trước khi giao sổ, để dấu trên biên bản có trong sổ được giao."
_PACKAGE: Final = (
    "Một tệp có chữ ký số: người nhận biết chắc do đơn vị lập và không bị sửa trên đường. Gửi "
    "được qua thư điện tử hay thẻ nhớ, khóa được bằng mật khẩu."
)
_COPY: Final = (
    "Khi hai bên ngồi cạnh nhau, hoặc tệp minh chứng quá lớn; kèm cả các bản sao lưu. Đóng sổ "
    "trước khi chép. Thư mục: {folder}"
)
_NEXT: Final = (
    "Người nhận cài chương trình. Có gói thì bấm “Bắt đầu từ gói dữ liệu” ở trang Bắt đầu; có "
    "thư mục thì bấm “Mở sổ làm việc đã có” rồi ghi tên mình ở trang Cài đặt. Sau đó bấm “Kiểm "
    "tra lại” ở thẻ Các năm trong sổ: dấu trong sổ phải trùng với dấu trên biên bản."
)


class HandoverTab(QWidget):
    """Three steps, each with its buttons; the last can be done in two ways.

    The minutes come before the package, which enters the journal itself: the head that is printed
    must lie in the book that is handed over.
    """

    def __init__(self, context: Context, presenter: ClosingPresenter) -> None:
        super().__init__()
        self._context, self._presenter = context, presenter
        key = OwnKey(context.runner, context.preferences)
        self.handing = Handing(context.session, context.runner, context.preferences, key)
        m = context.theme.measures
        inner = QWidget()
        self._lines = QVBoxLayout(inner)
        self._lines.setContentsMargins(0, 0, m.space_2, 0)
        self._lines.setSpacing(m.space_2)
        self.make = button("Sao lưu ngay", self._back_up, picture="save")
        self.backup = self._row(self._card(), "1. Sao lưu", self.make)
        self.printed = button("In biên bản bàn giao", self._print, picture="printer")
        self.head = self._row(self._card(), "2. Lập biên bản, có dấu cuối nhật ký", self.printed)
        ways = self._card()
        ways.addWidget(label("3. Giao sổ, theo một trong hai cách", "strong", wrap=True))
        self.pack = button("Lập gói bàn giao…", self._hand_over, picture="package")
        self.package = self._row(ways, "Bằng gói bàn giao (nên dùng)", self.pack)
        ways.addWidget(line())
        self.show_folder = button("Mở thư mục", self._open, picture="folder-open")
        self.folder = self._row(ways, "Bằng cách chép cả thư mục sổ", self.show_folder)
        self._lines.addWidget(label(_NEXT, "muted", wrap=True))
        self._lines.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, m.space_2, 0, 0)
        whole.setSpacing(m.space_2)
        self.written = NoticeBar(context.theme, Tone.GOOD)
        self.read_out = self.written.act("Đọc dấu khóa…", self._read_out)
        self.show_package = self.written.act(
            "Mở nơi ghi gói", self._open_package, picture="folder-open"
        )
        whole.addWidget(self.written)
        whole.addWidget(Scrolling(inner, "Các bước bàn giao"))

    def _card(self) -> QVBoxLayout:
        m = self._context.theme.measures
        frame = card()
        lines = QVBoxLayout(frame)
        lines.setContentsMargins(m.space_4, m.space_3, m.space_4, m.space_3)
        lines.setSpacing(m.space_3)
        self._lines.addWidget(frame)
        return lines

    def _row(self, lines: QVBoxLayout, title: str, act: QPushButton) -> QLabel:
        """A title, what is told below it, and the button at the right."""
        m = self._context.theme.measures
        row = QHBoxLayout()
        row.setSpacing(m.space_3)
        words = QVBoxLayout()
        words.setSpacing(m.space_1)
        words.addWidget(label(title, "strong", wrap=True))
        told = label("", wrap=True)
        words.addWidget(told)
        row.addLayout(words, 1)
        row.addWidget(act)
        lines.addLayout(row)
        return told

    def refresh(self) -> None:
        """Shows the present state."""
        presenter = self._presenter
        self.backup.setText(presenter.backup_words())
        self.make.setEnabled(presenter.may_write)
        refusal = self.handing.refusal
        self.pack.setEnabled(not refusal)
        self.package.setText(refusal or _PACKAGE)
        self.folder.setText(_COPY.format(folder=breakable(presenter.folder)))
        self.head.setText(f"{_BEFORE} Dấu cuối nhật ký: {presenter.head}")

    def _back_up(self) -> None:
        self._context.do(lambda: self._presenter.back_up(self._context.notices.said.emit))

    def _hand_over(self) -> None:
        hand_over(self._context, self.handing, self.window(), self._told)

    def _told(self, outcome: Outcome) -> None:
        self.written.say(outcome.sentence)
        self._context.notices.said.emit(outcome.sentence)

    def _read_out(self) -> None:
        show_fingerprint(
            self._context, self.window(), self.handing.key.fingerprint, self.read_out.setFocus
        )

    def _open_package(self) -> None:
        if self.handing.outcome is not None:
            self._show_in_folder(self.handing.outcome.sent.file.parent, "gói")

    def _open(self) -> None:
        self._show_in_folder(self._presenter.folder, "sổ")

    def _show_in_folder(self, folder: Path, what: str) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._context.notices.said.emit(f"Máy không mở được thư mục; {what} nằm ở {folder}.")

    def _print(self) -> None:
        print_papers(
            self.window(),
            self._context.runner,
            "In biên bản bàn giao",
            self._presenter.write,
            self._context.notices.said.emit,
        )
