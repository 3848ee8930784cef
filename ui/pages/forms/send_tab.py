"""The half "Gửi biểu mẫu đi": whose forms, for which round, into which folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.context import Context
from ui.pages.forms.columns import OUT
from ui.pages.forms.opening import open_folder
from ui.pages.forms.presenter.sending import (
    OutRow,
    Sending,
    Written,
    only_stands_in_the_way,
)
from ui.theme.tokens import Tone
from ui.widgets.files import ask_folder
from ui.widgets.keys import on_key
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.paths import PathLabel
from ui.widgets.table import Table
from ui.widgets.words import button, label

_NOWHERE = "Chưa chọn thư mục"


class SendTab(QWidget):
    """Chooses and writes forms; ``changed`` is called when what would be written changed."""

    def __init__(self, context: Context, sending: Sending, changed: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("sendTab")
        self._context, self.sending, self._changed = context, sending, changed
        m = context.theme.measures
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, m.space_2, 0, 0)
        whole.setSpacing(m.space_2)
        whole.addLayout(self._choices())
        self.notice = NoticeBar(context.theme, Tone.GOOD)
        self.open_button = self.notice.act("Mở thư mục", self._open, picture="folder-open")
        whole.addWidget(self.notice)
        self.table: Table[OutRow] = Table("Phiếu của các đơn vị", OUT, context.theme)
        self.table.setObjectName("sendTable")
        self.table.entered.connect(self._toggle)
        on_key(self.table, Qt.Key.Key_Space, lambda: self._toggle(self.table.current))
        whole.addWidget(self.table, 1)
        whole.addLayout(self._foot())

    def _choices(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._context.theme.measures.space_2)
        row.addWidget(label("Vòng chấm"))
        self.round = QComboBox()
        self.round.setObjectName("sendRound")
        self.round.setAccessibleName("Vòng chấm của phiếu")
        self.round.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.round.setMinimumContentsLength(18)
        self.round.activated.connect(self._choose_round)
        row.addWidget(self.round)
        row.addSpacing(self._context.theme.measures.space_3)
        row.addWidget(label("Thư mục"))
        self.place = PathLabel(_NOWHERE)
        row.addWidget(self.place, 1)
        self.choose = button("Chọn thư mục…", self.ask_folder, picture="folder-open")
        row.addWidget(self.choose)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._context.theme.measures.space_2)
        hint: QLabel = label("Phím cách: chọn hoặc bỏ chọn đơn vị đang đứng.", "small")
        row.addWidget(hint)
        row.addStretch(1)
        row.addWidget(button("Chọn tất cả", lambda: self._choose_all(True), kind="quiet"))
        row.addWidget(button("Bỏ chọn tất cả", lambda: self._choose_all(False), kind="quiet"))
        return row

    # ------------------------------------------------------------- showing

    def refresh(self) -> None:
        """Shows rounds, units and the folder as they are now."""
        sending = self.sending
        rounds = sending.rounds
        shown = [self.round.itemData(at) for at in range(self.round.count())]
        if shown != [round_id for round_id, _ in rounds]:
            self.round.clear()
            for round_id, title in rounds:
                self.round.addItem(title, round_id)
        self.round.setCurrentIndex(max(0, self.round.findData(sending.round)))
        self.round.setEnabled(bool(rounds))
        self.place.show_path(str(sending.folder) if sending.folder is not None else _NOWHERE)
        self.table.show_rows(sending.rows())
        self.notice.say(sending.written.sentence if sending.written is not None else "")
        self._changed()

    # ------------------------------------------------------------- acting

    def act(self) -> None:
        """The next thing to do: choose a folder, or write into the chosen one."""
        if self.sending.folder is None:
            self.ask_folder(then_write=True)
        else:
            self.write_to(self.sending.folder)

    def ask_folder(self, *, then_write: bool = False) -> None:
        """Asks where the forms go."""

        def then(folder: Path) -> None:
            if then_write:
                self.write_to(folder)
            else:
                self.sending.choose_folder(folder)
                self.refresh()

        start = self.sending.folder or Path.home()
        ask_folder(self, "Thư mục để ghi phiếu", "Chọn thư mục này", start, then)

    def write_to(self, folder: Path, *, overwrite: bool = False) -> None:
        """Writes the chosen forms into a folder; asks before a file is written over."""
        sending = self.sending
        sending.choose_folder(folder)
        self.refresh()
        standing = sending.in_the_way()
        if standing and not overwrite:
            listed = ", ".join(standing[:6]) + (" …" if len(standing) > 6 else "")
            self._context.notices.ask(
                "Ghi đè phiếu đã có?",
                f"Trong thư mục “{folder.name}” đã có {len(standing)} phiếu: {listed}. Nếu ghi "
                "đè, nội dung của các tệp đó bị thay bằng phiếu mới.",
                f"Ghi đè {len(standing)} phiếu",
                lambda: self.write_to(folder, overwrite=True),
            )
            return
        self._context.do(lambda: sending.write(self._written, self._failed, overwrite=overwrite))

    def _written(self, written: Written) -> None:
        self.refresh()
        self._context.notices.said.emit(written.sentence)

    def _failed(self, fault: Exception) -> None:
        self.refresh()
        if only_stands_in_the_way(fault) and self.sending.folder is not None:
            self.write_to(self.sending.folder)
        else:
            self._context.notices.fault(fault)

    def _open(self) -> None:
        if self.sending.written is not None:
            open_folder(self.sending.written.folder, self._context.notices)

    def _toggle(self, row: OutRow | None) -> None:
        if row is not None:
            self.sending.toggle(row.unit)
            self.refresh()

    def _choose_all(self, every: bool) -> None:
        self.sending.choose_all(every)
        self.refresh()

    def _choose_round(self, at: int) -> None:
        self.sending.choose_round(str(self.round.itemData(at)))
        self.refresh()
