"""The tab "Phân công": who appraises what, what nobody has, a copy for each, their work merged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.context import Context
from ui.pages.province.columns import SHARES
from ui.pages.province.presenter.book import ProvinceBook
from ui.pages.province.presenter.dividing import Dividing, ShareRow
from ui.pages.province.share_sheet import ShareSheet
from ui.pages.province.told_panel import ToldPanel
from ui.theme.tokens import Tone
from ui.widgets.empty import Empty
from ui.widgets.files import ask_folder
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.panels import Panels
from ui.widgets.table import Table
from ui.widgets.words import button

_NOBODY = (
    "Nhiều người cùng thẩm định thì chia theo cụm, khối hoặc theo mục của bảng tiêu chí. Mỗi người "
    "nhận một bản chép để chấm trên máy của mình; sau đó Sở ghép các kết quả lại."
)


class DividingTab(QWidget):
    """Shows the shares; ``merge`` asks for files of appraisers, ``changed`` comes after acts."""

    def __init__(
        self,
        context: Context,
        book: ProvinceBook,
        merge: Callable[[], object],
        changed: Callable[[], object],
    ) -> None:
        super().__init__()
        self._context, self._dividing, self._changed = context, Dividing(book), changed
        self.shown: ShareSheet | None = None
        theme = context.theme
        m = theme.measures
        self.stack = QStackedLayout(self)
        inner = QWidget()
        whole = QVBoxLayout(inner)
        whole.setContentsMargins(0, m.space_2, 0, 0)
        whole.setSpacing(m.space_2)
        head = QHBoxLayout()
        head.setSpacing(m.space_2)
        self.add = button("Thêm người…", self._add, kind="quiet", picture="user-plus")
        self.change = button("Sửa phần việc…", self._change, kind="quiet", picture="pencil")
        self.away = button("Bỏ phần việc", self._ask_away, kind="quiet", picture="x")
        self.merge = button("Ghép kết quả thẩm định…", merge, kind="quiet", picture="git-compare")
        for made in (self.add, self.change, self.away):
            head.addWidget(made)
        head.addStretch(1)
        head.addWidget(self.merge)
        whole.addLayout(head)
        self.notice = NoticeBar(theme, Tone.WAITING)
        whole.addWidget(self.notice)
        self.table: Table[ShareRow] = Table("Phần việc của từng người", SHARES, theme)
        self.table.chosen.connect(self._show_row)
        self.table.entered.connect(lambda _row: self._change())
        self.copy = button("Chép sổ cho người này…", self._ask_copy, picture="copy")
        below = ToldPanel(theme, "Phần việc của người được chọn", self.copy)
        self.name, self.told = below.name, below.told
        whole.addWidget(
            Panels(
                "province-dividing", context.preferences, self.table, below, shares=(300, 150),
                vertical=True,
            ),
            1,
        )  # fmt: skip
        self.stack.addWidget(inner)
        self.empty = Empty(theme, "users", _NOBODY, "Thêm người…", self._add)
        self.stack.addWidget(self.empty)

    def refresh(self) -> None:
        """Shows what was gathered."""
        rows = self._dividing.rows
        self.stack.setCurrentIndex(0 if rows else 1)
        self.notice.say(self._dividing.sentence)
        self.table.show_rows(rows)
        self._show_row(self.table.current)

    def _show_row(self, row: ShareRow | None) -> None:
        for made in (self.change, self.away, self.copy):
            made.setEnabled(row is not None)
        self.name.setText("" if row is None else row.appraiser)
        self.told.setText("" if row is None else "\n".join(row.told))

    # ------------------------------------------------------------- acting

    def _add(self) -> None:
        self.ask_share(None)

    def _change(self) -> None:
        row = self.table.current
        if row is not None:
            self.ask_share(row)

    def ask_share(self, row: ShareRow | None) -> None:
        """Asks who appraises which clusters and which sections."""
        before = self._dividing.shares[row.at] if row is not None else None
        sheet = ShareSheet(self._context.theme, self.window(), self._dividing, before, self._done)
        self.shown = sheet
        sheet.show_over()

    def _ask_away(self) -> None:
        row = self.table.current
        if row is not None:
            self._context.notices.ask(
                "Bỏ phần việc",
                f"{row.appraiser} không còn phần việc thẩm định nào. Điểm đã chấm vẫn giữ nguyên.",
                "Bỏ phần việc",
                lambda: self._dividing.remove(row.appraiser, self._done),
            )

    def _done(self, answer: object) -> None:
        self._context.do(lambda: answer)
        self._changed()

    def _ask_copy(self) -> None:
        row = self.table.current
        if row is not None:
            ask_folder(
                self.window(),
                f"Thư mục trống để chép sổ cho {row.appraiser}",
                "Chép vào đây",
                Path.home(),
                lambda folder: self.copy_into(row.appraiser, folder),
            )

    def copy_into(self, appraiser: str, folder: Path) -> None:
        """Copies the books of a share into an empty folder."""
        self._dividing.copy_for(appraiser, folder, self._context.notices.said.emit)
