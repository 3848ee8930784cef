"""The sheet "Bắt đầu từ gói dữ liệu": what the package is, whose, and where the workspace goes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from ui.context import Context
from ui.flows.beginning import Beginning, Stopped, beyond_kind, is_locked
from ui.sheets.key_sheet import in_lines
from ui.sheets.unlock_sheet import ask_to_open
from ui.widgets.files import ask_folder
from ui.widgets.findings import FindingsList
from ui.widgets.form import FormSheet
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.words import breakable, label, set_kind

_TITLE: Final = "Bắt đầu từ gói dữ liệu"
_OTHER: Final = "Chọn gói khác…"
_PLACE: Final = "Chọn nơi lưu khác…"
_TICK: Final = 100
"""Milliseconds between two looks at how far the making is."""

_NOT_COMPARED: Final = (
    "Cần so dấu khóa trước khi lập sổ, để biết chắc gói do đúng nơi gửi lập. Gọi điện, nghe đọc "
    "từng nhóm, rồi đánh dấu vào ô này."
)


def begin_with(
    context: Context, parent: QWidget, beginning: Beginning, file: Path, other: Callable[[], object]
) -> None:
    """Looks at a package, which is opened first where it is locked, and shows the sheet.

    ``other`` asks for another package.
    """

    def looked() -> None:
        BeginSheet(context, parent, beginning, other)

    if is_locked(file):
        ask_to_open(context, parent, file, beginning.key, beginning.look_at, looked)
    else:
        context.do(lambda: beginning.look_at(file, looked))


class BeginSheet(FormSheet):
    """Shows a package that was looked at, and makes the workspace out of it.

    While it is made, the sheet says how far that is, and its way out stops it.
    """

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        beginning: Beginning,
        other: Callable[[], object],
    ) -> None:
        self._notice = NoticeBar(context.theme)
        super().__init__(
            _TITLE,
            "Lập sổ làm việc",
            context.theme,
            parent,
            self._start,
            width=680,
            above=self._notice,
            beside=((_PLACE, self._ask_place), (_OTHER, self._take_other)),
        )
        self._context, self.beginning, self._other = context, beginning, other
        self._finish = self.closer()
        self._open = True
        self.finished.connect(self._closed)
        verdict = beginning.verdict
        self._notice.say(verdict.words, verdict.tone)
        self.fingerprint: QLabel | None = None
        self.place: QLabel | None = None
        if beginning.may_begin:
            self._lay_fields()
        else:
            self._lay_refusal()
        self._lay_progress()
        self.show_over()
        self._focus_first()

    # ------------------------------------------------------------- making

    def _lay_fields(self) -> None:
        beginning, form = self.beginning, self.form
        for line in beginning.lines():
            form.told(line.what, line.words)
        self.place = form.told("Nơi lưu sổ", "")
        self._show_place()
        if self._context.session.workspace is not None:
            form.words("Sổ đang mở được đóng lại và sao lưu; không có gì trong đó thay đổi.")
        if beginning.must_compare:
            self._lay_fingerprint()
        form.tick("beyond", "Nhận phần còn lại, bỏ các mục mà nơi gửi không được sửa")
        form.show_field("beyond", False)
        form.text(
            "officer",
            "Họ tên người giữ sổ",
            beginning.officer,
            required=True,
            hint="Nhật ký của sổ mới ghi mỗi việc theo tên này.",
        )
        form.show_field("officer", beginning.asks_officer)

    def _lay_fingerprint(self) -> None:
        beginning, form = self.beginning, self.form
        form.words(
            f"Gọi {beginning.sender} theo số điện thoại đã biết từ trước, không theo số ghi kèm "
            "gói. Nhờ họ mở trang Trao đổi dữ liệu, thẻ Nơi gửi đã biết, đọc dấu khóa của đơn vị "
            "họ, và so với dấu khóa của gói:"
        )
        number = form.words(in_lines(beginning.fingerprint))
        set_kind(number, "number")
        number.setObjectName("fingerprint")
        number.setAccessibleName(f"Dấu khóa của gói {beginning.fingerprint}")
        number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        form.tick("compared", "Đã so qua điện thoại, cả chín nhóm số đều trùng")
        self.fingerprint = number

    def _lay_refusal(self) -> None:
        """Nothing can be made out of this package: why, and the way to another one."""
        self.verb.hide()
        self.form.hide()
        self._button(_PLACE).hide()
        self.way_out.setText("Đóng")
        self.way_out.setAccessibleName("Đóng")
        self._button(_OTHER).setDefault(True)
        if self.beginning.problems:
            listed = FindingsList(self)
            listed.show_findings(self.beginning.problems)
            self.body.insertWidget(1, listed, 1)
            for before, after in pairwise((listed, self._button(_OTHER), self.way_out)):
                self.setTabOrder(before, after)

    def _lay_progress(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(self._context.theme.measures.space_3)
        self.told = label("", "muted", wrap=True)
        row.addWidget(self.told, 1)
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(self._context.theme.measures.panel // 2)
        self.bar.setAccessibleName("Tiến độ lập sổ")
        row.addWidget(self.bar)
        self.body.addLayout(row)
        for part in (self.told, self.bar):
            part.hide()
        self._watch = QTimer(self)
        self._watch.setInterval(_TICK)
        self._watch.timeout.connect(self._show_progress)

    def _focus_first(self) -> None:
        if not self.beginning.may_begin:
            self._button(_OTHER).setFocus()
        elif self.beginning.must_compare:
            self.form.editor("compared").setFocus()
        elif self.beginning.asks_officer:
            self.form.editor("officer").setFocus()
        else:
            self.verb.setFocus()

    # ------------------------------------------------------------- choosing

    def _button(self, words: str) -> QPushButton:
        return next(made for made in self.beside if made.text() == words)

    def _show_place(self) -> None:
        assert self.place is not None
        self.place.setText(breakable(self.beginning.folder))

    def _ask_place(self) -> None:
        def take(folder: Path) -> None:
            self.beginning.choose(folder)
            self._show_place()

        ask_folder(self, "Nơi lưu sổ mới", "Lưu ở đây", self.beginning.chosen, take)

    def _take_other(self) -> None:
        self.close()
        self._other()

    # ------------------------------------------------------------- beginning

    def _done(self) -> None:
        """Every fault is told at once; the fingerprint comes first."""
        values = self.form.values()
        if self.beginning.must_compare and not self.form.value("compared"):
            self.form.fault("compared", _NOT_COMPARED)
            self.form.editor("compared").setFocus()
        elif values is not None:
            self._start(values)

    def _start(self, values: dict[str, Any]) -> bool:
        beginning = self.beginning
        self._show_working(True)
        where = beginning.folder

        def begun() -> None:
            if self._open:
                self._show_working(False)
            self._finish()
            self._context.notices.said.emit(f"Đã lập sổ từ gói của {whose}, ở {where}.")

        whose = beginning.sender
        beginning.begin(
            values.get("officer", ""),
            begun,
            self._failed,
            compared=bool(values.get("compared")),
            leave_beyond=bool(values.get("beyond")),
        )
        return False

    def _closed(self) -> None:
        self._open = False

    def _failed(self, fault: Exception) -> None:
        if not self._open:
            self._context.notices.fault(fault)
            return
        self._show_working(False)
        if isinstance(fault, Stopped):
            self.told.setText("Đã dừng. Chưa có gì được lập trên máy.")
            self.told.show()
            return
        if beyond_kind(fault):
            self.form.show_field("beyond", True)
        self._show_place()
        self._context.notices.fault(fault)

    def _show_working(self, working: bool) -> None:
        for part in (self.form, self.verb, *self.beside):
            part.setEnabled(not working)
        self.told.setVisible(working)
        self.told.setText("")
        self.bar.setVisible(working)
        self.bar.setValue(0)
        words = "Dừng" if working else "Thôi"
        self.way_out.setText(words)
        self.way_out.setAccessibleName(words)
        if working:
            self._watch.start()
            self.way_out.setFocus()
        else:
            self._watch.stop()
            self.verb.setFocus()

    def _show_progress(self) -> None:
        if self.beginning.progress is not None:
            share, words = self.beginning.progress
            self.told.setText(words)
            self.bar.setValue(round(share * 100))

    def reject(self) -> None:
        """Stops what is being made; closes where nothing is."""
        if self.beginning.progress is None:
            super().reject()
        else:
            self.beginning.stop()
