"""Figures that are asked for, in a table: typed, pasted, or filled in from the Excel form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.context import Context
from ui.flows.outgoing import Outcome
from ui.pages.exchange.answer_table import AnswerTable
from ui.pages.exchange.presenter.answering import FORM_NAME, Answering, FigureRow
from ui.sheets.key_sheet import PassphraseSheet, make_key_sheet, secret
from ui.widgets.files import ask_file, ask_folder, ask_new_file
from ui.widgets.search import SearchBox
from ui.widgets.words import button, label

FORMS: Final = "Phiếu số liệu (*.xlsx)"
_KEYS: Final = "Enter để ghi và xuống dòng; Ctrl+V dán cả cột chép từ Excel; Delete xóa ô."


class AnswerPanel(QWidget):
    """One sheet of figures; ``changed`` is called when more or less of it is answered, ``ended``
    when it was sent or taken in.
    """

    def __init__(
        self,
        context: Context,
        answering: Answering,
        changed: Callable[[], None],
        ended: Callable[[], None],
    ) -> None:
        super().__init__()
        self._context, self.answering = context, answering
        self._changed, self._ended = changed, ended
        m = context.theme.measures
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(m.space_2)
        row = QHBoxLayout()
        row.setSpacing(m.space_2)
        self.search = SearchBox(context.theme, "Tìm đơn vị, nội dung (không cần gõ dấu)")
        self.fill = button("Điền từ phiếu Excel…", self.ask_form, picture="file-spreadsheet")
        self.write = button("Ghi phiếu Excel…", self.ask_where, kind="quiet")
        self.write.setToolTip("Ghi phiếu để người khác điền ở máy không có chương trình này")
        row.addWidget(self.search, 1)
        row.addStretch(1)
        row.addWidget(self.fill)
        row.addWidget(self.write)
        whole.addLayout(row)
        self.table = AnswerTable(answering, context.theme)
        self.search.textChanged.connect(self.table.cells.find)
        self.table.cells.typed.connect(self._typed)
        self.table.told.connect(context.notices.said)
        self.table.looked_at.connect(self._say)
        whole.addWidget(self.table, 1)
        self.words = label(_KEYS, "small", wrap=True)
        whole.addWidget(self.words)

    # ------------------------------------------------------------- showing

    def refresh(self) -> None:
        """Shows the sheet as it stands."""
        self.fill.setVisible(not self.answering.is_ours)
        self.write.setVisible(not self.answering.is_ours)
        self.table.refresh()
        self._typed()

    def _typed(self) -> None:
        at = self.table.currentIndex()
        self._say(self.table.cells.row(at.row()) if at.isValid() else None)
        self._changed()

    def _say(self, row: FigureRow | None) -> None:
        self.words.setText(row.fault if row is not None and row.fault else _KEYS)

    # ------------------------------------------------------------- the form

    def ask_form(self) -> None:
        """Asks for the filled Excel form."""

        def then(file: Path) -> None:
            self._context.do(lambda: self.answering.fill(file, self.refresh))

        ask_file(self, "Phiếu Excel đã điền", "Điền từ phiếu này", Path.home(), FORMS, then)

    def ask_where(self) -> None:
        """Asks where the Excel form goes."""

        def then(file: Path) -> None:
            if self._context.do(lambda: self.answering.write_form(file)):
                self._context.notices.said.emit(f"Đã ghi phiếu {file.name}.")

        start = Path.home() / FORM_NAME
        ask_new_file(self, "Nơi ghi phiếu", "Ghi phiếu", start, FORMS, then)

    # ------------------------------------------------------------- acting

    def act(self) -> None:
        """The next thing to do: mend what cannot be read, take the form in, or sign and write."""
        if self.answering.faults:
            self.search.clear()
            self.table.show_fault()
        elif self.answering.is_ours:
            self._take()
        elif not self.answering.key.is_there:
            make_key_sheet(self._context, self.answering.key, self, self.ask_to_sign)
        else:
            self.ask_to_sign()

    def _take(self) -> None:
        if self._context.do(lambda: self._context.session.act(self.answering.take)):
            self.answering.clear()
            self._ended()

    def ask_to_sign(self) -> PassphraseSheet:
        """Asks for the name and the passphrase, then writes the answer."""
        answering = self.answering
        folder = answering.folder

        def begin(
            values: dict[str, Any], finish: Callable[[], None], failed: Callable[[Exception], None]
        ) -> None:
            def written(outcome: Outcome) -> None:
                finish()
                self._context.notices.said.emit(outcome.sentence)
                self._ended()

            def to(place: Path) -> None:
                answering.send(values["sender"], values["passphrase"], place, written, failed)

            if folder is not None:
                to(folder)
            else:
                sheet.verb.setEnabled(True)
                ask_folder(sheet, "Thư mục để ghi gói", "Ghi vào thư mục này", Path.home(), to)

        verb = "Ký và ghi gói" if folder is not None else "Ký và ghi gói vào thư mục…"
        sheet = PassphraseSheet(
            "Trả lời đề nghị cung cấp số liệu", verb, self._context, self, begin
        )
        sheet.form.words(answering.sentence())
        sheet.form.text("sender", "Tên nơi gửi", answering.sender, required=True)
        secret(sheet.form, "passphrase", "Mật khẩu của khóa đơn vị")
        sheet.form.editor("passphrase").setFocus()
        sheet.show_over()
        return sheet
