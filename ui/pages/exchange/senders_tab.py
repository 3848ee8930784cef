"""The part "Nơi gửi đã biết": the own key's fingerprint, and whose keys were confirmed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.context import Context
from ui.flows.own_key import OwnKey
from ui.pages.exchange.columns import SENDERS
from ui.pages.exchange.presenter.senders import SenderRow, Senders
from ui.sheets.key_sheet import ask_key_file, make_key_sheet, show_fingerprint
from ui.widgets.empty import Empty
from ui.widgets.form import FormSheet
from ui.widgets.table import Table
from ui.widgets.words import button, card, label


class SendersTab(QWidget):
    """Who is known."""

    def __init__(self, context: Context, key: OwnKey, senders: Senders) -> None:
        super().__init__()
        self.setObjectName("exchangeSenders")
        self._context, self._key, self.senders = context, key, senders
        m = context.theme.measures
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, m.space_2, 0, 0)
        whole.setSpacing(m.space_2)
        whole.addWidget(self._own())
        self.stack = QStackedWidget()
        self.stack.addWidget(
            Empty(
                context.theme,
                "users",
                "Chưa xác nhận nơi gửi nào.\nKhi nhận gói đầu tiên của một nơi, Anh/Chị gọi điện "
                "nghe dấu khóa của họ rồi gõ vào; từ đó chương trình tự nhận ra gói của họ.",
            )
        )
        self.table: Table[SenderRow] = Table("Nơi gửi đã biết", SENDERS, context.theme)
        self.table.setObjectName("senderTable")
        self.table.chosen.connect(lambda _row: self._allow())
        self.stack.addWidget(self.table)
        whole.addWidget(self.stack, 1)
        whole.addLayout(self._foot())

    def _own(self) -> QWidget:
        m = self._context.theme.measures
        frame = card()
        row = QHBoxLayout(frame)
        row.setContentsMargins(m.space_4, m.space_2, m.space_3, m.space_2)
        row.setSpacing(m.space_3)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.mark = label("", "strong")
        self.mark.setObjectName("ownFingerprint")
        self.mark.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.addWidget(self.mark)
        self.words = label("", "muted", wrap=True)
        words.addWidget(self.words)
        row.addLayout(words, 1)
        self.read = button("Xem dấu khóa", self._read, picture="maximize")
        self.make = button("Lập khóa của đơn vị…", self._make, picture="plus")
        self.take = button("Dùng tệp khóa đã có…", self._take, kind="quiet")
        for made in (self.read, self.make, self.take):
            row.addWidget(made)
        return frame

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._context.theme.measures.space_2)
        row.addStretch(1)
        self.retire = button("Thôi dùng khóa này…", self.ask_retire, kind="quiet", picture="x")
        row.addWidget(self.retire)
        return row

    # ------------------------------------------------------------- showing

    def refresh(self) -> None:
        """Shows the own key and the senders."""
        key = self._key
        mark = key.fingerprint
        self.mark.setText(mark or "Khóa của đơn vị")
        self.words.setText(key.sentence())
        self.read.setVisible(bool(mark))
        self.make.setVisible(not key.is_there)
        rows = self.senders.rows()
        self.stack.setCurrentIndex(1 if rows else 0)
        self.table.show_rows(rows)
        self._allow()

    def _allow(self) -> None:
        row = self.table.current
        self.retire.setVisible(row is not None)
        self.retire.setEnabled(row is not None and not row.retired and self.senders.may_write)

    # ------------------------------------------------------------- acting

    def _read(self) -> None:
        show_fingerprint(self._context, self, self._key.fingerprint, _nothing)

    def _make(self) -> None:
        make_key_sheet(self._context, self._key, self, _nothing)

    def _take(self) -> None:
        ask_key_file(self._context, self._key, self, _nothing)

    def ask_retire(self) -> FormSheet | None:
        """Asks why the selected key is not to be trusted any more."""
        row = self.table.current
        if row is None or row.retired:
            return None

        def keep(values: dict[str, Any]) -> bool:
            return self._context.do(lambda: self.senders.retire(row.name, values["reason"]))

        sheet = FormSheet(
            f"Thôi dùng khóa của {row.name}",
            "Thôi dùng khóa",
            self._context.theme,
            self,
            keep,
        )
        sheet.form.words(
            "Gói ký bằng khóa này sẽ không được nhận nữa. Nếu nơi gửi đã đổi khóa thì sau đó xác "
            "nhận khóa mới khi nhận gói tiếp theo của họ. Hoàn tác được."
        )
        sheet.form.text("reason", "Lý do", required=True, lines=2)
        sheet.show_over()
        return sheet


def _nothing() -> None:
    """Nothing was waiting for the key."""
