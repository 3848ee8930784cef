"""The half "Nhận biểu mẫu về": files in, a look at each, then all good ones at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from app.operations.workspace.desk import today
from app.operations.workspace.imports import Import
from ui.context import Context
from ui.pages.forms.columns import FILES
from ui.pages.forms.file_panel import FilePanel
from ui.pages.forms.presenter.receiving import FileRow, Receiving, is_facts
from ui.theme.tokens import Tone
from ui.widgets.empty import Empty
from ui.widgets.files import ask_file, ask_files, ask_folder
from ui.widgets.findings import FindingsList
from ui.widgets.form import FormSheet
from ui.widgets.keys import on_key
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.panels import Panels
from ui.widgets.sheet import Sheet
from ui.widgets.table import Table
from ui.widgets.words import button, label

_FORMS = "Phiếu tự chấm (*.xlsx *.xlsm *.xls *.ods);;Mọi tệp (*)"
_OTHER = "Bảng điểm, dữ kiện (*.csv *.xlsx *.ods *.toml);;Mọi tệp (*)"
_CONSEQUENCES = 300


class ReceiveTab(QWidget):
    """Looks at files and takes them in; ``changed`` is called when what can be done changed."""

    def __init__(self, context: Context, receiving: Receiving, changed: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("receiveTab")
        self._context, self.receiving, self._changed = context, receiving, changed
        self._folder = Path.home()
        m = context.theme.measures
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, m.space_2, 0, 0)
        whole.setSpacing(m.space_2)
        self.done = NoticeBar(context.theme, Tone.GOOD)
        whole.addWidget(self.done)
        self.general = NoticeBar(context.theme, Tone.ERROR)
        self.general.act("Xem chi tiết", self._show_general)
        whole.addWidget(self.general)
        self.stack = QStackedWidget()
        self.empty = Empty(
            context.theme,
            "inbox",
            "Kéo thả vào đây các phiếu đơn vị gửi về, hoặc cả thư mục chứa phiếu.\n"
            "Chương trình đọc thử từng phiếu, nêu ô nào mới, ô nào khác; chưa ghi gì vào sổ.",
        )
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self._list())
        whole.addWidget(self.stack, 1)
        whole.addLayout(self._foot())

    def _list(self) -> QWidget:
        self.table: Table[FileRow] = Table("Các tệp đã đọc", FILES, self._context.theme)
        self.table.setObjectName("receiveFiles")
        self.panel = FilePanel(self._context.theme, self.receiving)
        self.table.chosen.connect(self._show_file)
        on_key(self.table, Qt.Key.Key_Delete, self.leave_out)
        return Panels(
            "forms-receive", self._context.preferences, self.table, self.panel, shares=(1, 1)
        )

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._context.theme.measures.space_2)
        self.add_files = button("Chọn phiếu…", self.ask_files, picture="file-plus")
        self.add_folder = button("Chọn thư mục…", self.ask_folder, picture="folder-open")
        self.other = button("Nhận bảng điểm, dữ kiện…", self.ask_other, kind="quiet")
        self.out = button("Bỏ tệp này ra", self.leave_out, kind="quiet", picture="x")
        self.out.setToolTip("Bỏ tệp đang chọn khỏi danh sách (Delete); tệp trên máy vẫn còn")
        self.again = button("Bỏ hết", self.clear, kind="quiet")
        row.addWidget(self.add_files)
        row.addWidget(self.add_folder)
        row.addWidget(self.other)
        row.addStretch(1)
        row.addWidget(self.out)
        row.addWidget(self.again)
        return row

    # ------------------------------------------------------------- showing

    def refresh(self) -> None:
        """Shows the files and what can be done with them."""
        receiving = self.receiving
        rows = receiving.rows()
        self.stack.setCurrentIndex(1 if rows else 0)
        self.table.show_rows(rows)
        self.panel.show_movers()
        self._show_file(self.table.current)
        taken = receiving.taken
        self.done.say(taken.next if taken is not None else "")
        told = [*receiving.general()]
        words = " ".join(finding.message for finding in told[:2])
        wrong = any(finding.is_error for finding in told)
        missing = receiving.missing()
        self.general.say(f"{words} {missing}".strip(), Tone.ERROR if wrong else Tone.INFO)
        may = not receiving.refusal
        for made in (self.add_files, self.add_folder, self.other):
            made.setEnabled(may)
        self.out.setVisible(bool(rows))
        self.again.setVisible(bool(rows))
        self._changed()

    def _show_file(self, row: FileRow | None) -> None:
        self.panel.show_file(row)

    def _show_general(self) -> None:
        sheet = Sheet("Điều cần xem về các phiếu", self)
        missing = self.receiving.missing()
        if missing:
            sheet.body.addWidget(label(missing, wrap=True))
        if self.receiving.general():
            listed = FindingsList(sheet)
            listed.show_findings(self.receiving.general())
            sheet.body.addWidget(listed)
        sheet.add_button("Đóng", primary=True, role="close")
        sheet.show_over()

    # ------------------------------------------------------------- files

    @property
    def verb(self) -> str:
        """The next thing to do, as its button says it."""
        taken = self.receiving.taken
        if taken is not None and taken.units:
            return f"Ghi nhận {len(taken.units)} đơn vị đã nộp…"
        ready = self.receiving.ready
        return f"Nhận {ready} phiếu vào sổ" if ready else "Chọn phiếu…"

    def act(self) -> None:
        """The next thing to do: note who has handed in, take in, or choose files."""
        taken = self.receiving.taken
        if taken is not None and taken.units:
            self.ask_hand_in()
        elif self.receiving.ready:
            self.take_in()
        else:
            self.ask_files()

    def ask_files(self) -> None:
        """Asks for forms."""
        ask_files(self, "Phiếu đơn vị gửi về", "Đọc phiếu", self._folder, _FORMS, self.look_at)

    def ask_folder(self) -> None:
        """Asks for a folder of forms."""
        ask_folder(
            self,
            "Thư mục chứa phiếu",
            "Đọc các phiếu",
            self._folder,
            lambda folder: self.look_at([folder]),
        )

    def look_at(self, files: Sequence[Path]) -> None:
        """Looks into files or folders; what they say is shown when they have been read."""
        files = [Path(file) for file in files]
        if not files or self.receiving.refusal:
            return
        self._folder = files[0].parent
        self._context.do(lambda: self.receiving.look_at(files, self.refresh))

    def leave_out(self) -> None:
        """Takes the selected file off the list."""
        row = self.table.current
        if row is not None:
            self._context.do(lambda: self.receiving.leave_out(row.file.path, self.refresh))

    def clear(self) -> None:
        """Empties the list; nothing was kept."""
        self.receiving.clear()
        self.refresh()

    def book_changed(self) -> None:
        """Holds the listed files against the book anew."""
        self.receiving.forget_old()
        self.refresh()
        if self.receiving.look is not None and not self.receiving.refusal:
            self._context.do(lambda: self.receiving.look_again(self.refresh))

    # ------------------------------------------------------------- taking in

    def take_in(self) -> None:
        """Takes in every form without faults."""
        self._context.do(lambda: self.receiving.take_in(self._taken))

    def _taken(self) -> None:
        self.refresh()
        if self.receiving.taken is not None:
            self._context.notices.said.emit(self.receiving.taken.sentence)

    def ask_hand_in(self) -> FormSheet:
        """Asks on which day the units handed in."""
        taken = self.receiving.taken
        assert taken is not None

        def keep(values: dict[str, Any]) -> bool:
            return self.hand_in(values["day"])

        sheet = FormSheet(
            f"Ghi nhận đã nộp vòng “{taken.round_title}”",
            f"Ghi nhận {len(taken.units)} đơn vị",
            self._context.theme,
            self,
            keep,
        )
        sheet.form.words(
            f"{len(taken.units)} đơn vị vừa nhận phiếu được ghi là đã nộp. Sau đó vòng sau mới "
            "chấm được; muốn sửa điểm vòng này thì trả lại cho đơn vị (có lý do)."
        )
        sheet.form.date("day", "Ngày nộp", today(), required=True)
        sheet.show_over()
        return sheet

    def hand_in(self, on: dt.date) -> bool:
        """Notes the units whose forms were taken in as having handed in on this day."""
        noted = self._context.do(lambda: self.receiving.hand_in(on))
        self.refresh()
        return noted

    # ------------------------------------------------------------- other files

    def ask_other(self) -> None:
        """Asks for a table of scores, or for the facts of the year."""
        ask_file(
            self,
            "Bảng điểm hoặc dữ kiện cả năm",
            "Đọc tệp này",
            self._folder,
            _OTHER,
            self.look_at_other,
        )

    def look_at_other(self, file: Path) -> None:
        """Shows what such a file would change, and asks before it is taken in."""
        self._folder = file.parent
        self._context.do(
            lambda: self.receiving.look_at_other(file, lambda found: self._offer(file, found))
        )

    def _offer(self, file: Path, found: Import) -> None:
        count = len(found.consequences)
        sheet = Sheet(f"Tệp {file.name}", self, width=720)
        if not count:
            words = "Tệp này không khác số liệu trong sổ, không có gì để nhận."
        elif is_facts(file):
            words = (
                f"Nhận tệp này, số liệu cả năm sẽ đúng như trong tệp: {count} thay đổi dưới đây. "
                "Điều gì tệp không nêu thì bị bỏ khỏi sổ. Hoàn tác được."
            )
        else:
            words = f"Nhận tệp này sẽ có {count} thay đổi dưới đây. Hoàn tác được."
        sheet.body.addWidget(label(words, wrap=True))
        if count:
            sheet.body.addWidget(_sentences(found.consequences), 1)
        if any(finding.severity != "note" for finding in found.findings):
            listed = FindingsList(sheet)
            listed.show_findings(found.findings)
            sheet.body.addWidget(listed)
        sheet.add_button("Thôi" if count else "Đóng", primary=not count, role="close")
        if count:
            verb = sheet.add_button(f"Nhận {count} thay đổi", primary=True, role="close")
            verb.clicked.connect(lambda: self.take_in_other(file))
        sheet.show_over()

    def take_in_other(self, file: Path) -> None:
        """Takes such a file in."""

        def done(kept: Import) -> None:
            self.refresh()
            if kept.done is not None:
                self._context.notices.said.emit(kept.done.sentence)

        self._context.do(lambda: self.receiving.take_in_other(file, done))


def _sentences(lines: Sequence[str]) -> QWidget:
    text = "\n".join(f"• {line}" for line in lines[:_CONSEQUENCES])
    if len(lines) > _CONSEQUENCES:
        text += f"\n… và {len(lines) - _CONSEQUENCES} thay đổi nữa."
    made = QPlainTextEdit(text)
    made.setReadOnly(True)
    made.setTabChangesFocus(True)
    made.setAccessibleName("Các thay đổi")
    return made
