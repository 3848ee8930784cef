"""The tab "Các cụm, khối": who has sent, how far each has come, and what stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ground.findings import Finding
from ui.context import Context
from ui.pages.province.columns import CLUSTERS
from ui.pages.province.presenter.book import ProvinceBook
from ui.pages.province.presenter.rows import ClusterRow, cluster_rows
from ui.pages.province.sheets import Sheets
from ui.pages.province.told_panel import ToldPanel
from ui.theme.tokens import Tone
from ui.widgets.empty import Empty
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.panels import Panels
from ui.widgets.search import SearchBox
from ui.widgets.table import Table
from ui.widgets.words import button

_TOLD: Final = 2
_NO_CLUSTERS: Final = (
    "Năm này chưa có danh sách cụm, khối của tỉnh. Ghi tên các cụm, khối trước; gói của cụm, khối "
    "nào sẽ vào sổ của cụm, khối đó."
)


class OverviewTab(QWidget):
    """Shows the clusters; ``opened`` is asked for the workspace of one, ``taken_back`` to
    undo what was taken in there last.
    """

    def __init__(
        self,
        context: Context,
        book: ProvinceBook,
        sheets: Sheets,
        opened: Callable[[str], object],
        taken_back: Callable[[str, str], object],
        read_again: Callable[[], object],
        other_folder: Callable[[], object],
    ) -> None:
        super().__init__()
        self._book, self._opened, self._taken_back = book, opened, taken_back
        theme = context.theme
        m = theme.measures
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, m.space_2, 0, 0)
        whole.setSpacing(m.space_2)
        head = QHBoxLayout()
        head.setSpacing(m.space_2)
        self.search = SearchBox(theme)
        head.addWidget(self.search, 1)
        head.addStretch(1)
        self.again = button("Đọc lại", read_again, kind="quiet", picture="refresh-cw")
        self.due = button("Đặt hạn gửi…", self._set_due, kind="quiet")
        self.add = button("Thêm cụm, khối…", sheets.add_clusters, kind="quiet")
        self.other = button("Thư mục khác…", other_folder, kind="quiet")
        for made in (self.again, self.due, self.add, self.other):
            head.addWidget(made)
        whole.addLayout(head)
        self._sheets = sheets
        self.notice = NoticeBar(theme, Tone.WAITING)
        whole.addWidget(self.notice)
        self.table: Table[ClusterRow] = Table("Các cụm, khối", CLUSTERS, theme)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.table.chosen.connect(self._show_row)
        self.table.entered.connect(self._enter)
        self.search.textChanged.connect(self._find)
        self.open = button("Mở sổ của cụm, khối", self._open, picture="door-open")
        self.back = button("Hoàn tác nhận gói…", self._take_back, kind="quiet", picture="undo-2")
        below = ToldPanel(theme, "Điều cần biết về cụm, khối", self.back, self.open)
        self.name, self.told = below.name, below.told
        self.panels = Panels(
            "province", context.preferences, self.table, below, shares=(400, 130), vertical=True
        )
        whole.addWidget(self.panels, 1)
        self.empty = Empty(theme, "list-tree", _NO_CLUSTERS, "Thêm cụm, khối…", sheets.add_clusters)
        self.empty.hide()
        whole.addWidget(self.empty, 1)

    def refresh(self) -> None:
        """Shows what was gathered."""
        view = self._book.view
        if view is None:
            return
        self.notice.say(_notice(view.findings))
        self.panels.setVisible(bool(view.lines))
        self.empty.setVisible(not view.lines)
        self.table.show_rows(cluster_rows(view))
        self._show_row(self.table.current)

    def _find(self, words: str) -> None:
        self.table.rows.find(words)
        if self.table.current is None and self.table.rows.rowCount():
            self.table.selectRow(0)

    def _show_row(self, row: ClusterRow | None) -> None:
        for act in (self.open, self.back):
            act.setEnabled(row is not None and row.there)
        self.name.setText("" if row is None else f"{row.name}: {row.stage.lower()}")
        self.told.setText("" if row is None else "\n".join(row.told) or _nothing(row))

    def _enter(self, row: ClusterRow) -> None:
        if row.there:
            self._opened(row.cluster)

    def _open(self) -> None:
        row = self.table.current
        if row is not None and row.there:
            self._opened(row.cluster)

    def _take_back(self) -> None:
        row = self.table.current
        if row is not None and row.there:
            self._taken_back(row.cluster, row.name)

    def _set_due(self) -> None:
        self._sheets.last_day(self.table.current)


def _notice(findings: Sequence[Finding]) -> str:
    """What is wrong over the whole province; the first of them where there are many."""
    said = [f"{f.place}: {f.message} {f.remedy}" for f in findings[:_TOLD]]
    more = len(findings) - len(said)
    return " ".join([*said, f"Còn {more} điều khác cần xem."] if more else said)


def _nothing(row: ClusterRow) -> str:
    if not row.there:
        return "Sở chưa nhận gói nào của cụm, khối này."
    return "Không có điều gì cần lưu ý."
