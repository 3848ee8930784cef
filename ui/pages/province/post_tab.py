"""The tab "Gửi, trả": which results came, which appraisals went, who works by which table."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ui.context import Context
from ui.pages.province.asked_tab import AskedTab
from ui.pages.province.columns import POST
from ui.pages.province.post_sheets import PostSheets
from ui.pages.province.presenter.book import ProvinceBook
from ui.pages.province.presenter.posting import Outcome, Posting, PostRow
from ui.pages.province.told_panel import ToldPanel
from ui.theme.tokens import Tone
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.panels import Panels
from ui.widgets.table import Table
from ui.widgets.words import button, label


class PostTab(AskedTab):
    """Shows the clusters; ``opened`` is asked for the workspace of one, ``own`` for that of the
    department.
    """

    def __init__(
        self,
        context: Context,
        book: ProvinceBook,
        posting: Posting,
        opened: Callable[[str], object],
        own: Callable[[], None],
        changed: Callable[[], object],
    ) -> None:
        super().__init__(book)
        self._context, self._posting, self._opened = context, posting, opened
        self._changed = changed
        self._outcome: Outcome | None = None
        self.sheets = PostSheets(context, book, posting, self, self._done, own)
        theme = context.theme
        m = theme.measures
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, m.space_2, 0, 0)
        whole.setSpacing(m.space_2)
        head = QHBoxLayout()
        head.setSpacing(m.space_2)
        self.words = label("", "muted", wrap=True)
        self.words.setSizePolicy(
            self.words.sizePolicy().horizontalPolicy(), self.words.sizePolicy().Policy.Preferred
        )
        head.addWidget(self.words, 1)
        self.send = button("Gửi bảng tiêu chí…", self.sheets.rules, kind="quiet", picture="send")
        head.addWidget(self.send)
        self.give = button("Trả kết quả thẩm định…", self.sheets.returning, picture="send")
        head.addWidget(self.give)
        whole.addLayout(head)
        self.notice = NoticeBar(theme, Tone.GOOD)
        self.notice.act("Mở thư mục", self._open_folder, picture="folder-open")
        whole.addWidget(self.notice)
        self.table: Table[PostRow] = Table("Đã nhận, đã trả", POST, theme)
        self.table.chosen.connect(self._show_row)
        self.table.entered.connect(lambda _row: self._open())
        self.open = button("Mở sổ của cụm, khối", self._open, picture="door-open")
        below = ToldPanel(theme, "Điều cần biết trước khi trả", self.open)
        self.name, self.told = below.name, below.told
        whole.addWidget(
            Panels(
                "province-post", context.preferences, self.table, below, shares=(400, 130),
                vertical=True,
            ),
            1,
        )  # fmt: skip

    def work_out(self, wanted: Callable[[], bool]) -> None:
        """Reads where every cluster stands."""
        self._posting.look(lambda: self._show() if wanted() else None)

    def _show(self) -> None:
        self.words.setText(self._posting.sentence)
        self.table.show_rows(self._posting.rows)
        self._show_row(self.table.current)
        self.give.setEnabled(any(row.there for row in self._posting.rows))

    def _show_row(self, row: PostRow | None) -> None:
        self.open.setEnabled(row is not None and row.there)
        self.name.setText("" if row is None else f"{row.name}: {row.going.lower()}")
        said = "" if row is None else "\n".join(row.told)
        self.told.setText(said or ("" if row is None else "Không có điều gì cần lưu ý."))

    def _open(self) -> None:
        row = self.table.current
        if row is not None and row.there:
            self._opened(row.cluster)

    def _done(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self.notice.say(outcome.sentence, Tone.WAITING if outcome.refused else Tone.GOOD)
        self._context.notices.said.emit(outcome.sentence)
        if outcome.refused:
            self._context.notices.findings("Đã làm xong, có điều cần xem", outcome.refused)
        self._changed()

    def _open_folder(self) -> None:
        if self._outcome is None:
            return
        folder = self._outcome.folder
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._context.notices.said.emit(f"Máy không mở được thư mục; gói nằm ở {folder}.")
