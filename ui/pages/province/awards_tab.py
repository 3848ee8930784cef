"""The tab "Khen thưởng": awards over all clusters with the quotas, and who stands at each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from ui.context import Context
from ui.pages.province.boxes import box
from ui.pages.province.columns import AWARDS, STANDINGS
from ui.pages.province.presenter.book import ProvinceBook
from ui.pages.province.presenter.rows import (
    STATES,
    AwardRow,
    StandingRow,
    award_rows,
    standing_rows,
)
from ui.pages.province.sheets import Sheets
from ui.places import PageId, Place
from ui.widgets.panels import Panels
from ui.widgets.search import SearchBox
from ui.widgets.table import Table
from ui.widgets.words import button


class AwardsTab(QWidget):
    """Shows the awards; ``opened`` is asked for a spot in a cluster's workspace."""

    def __init__(
        self,
        context: Context,
        book: ProvinceBook,
        sheets: Sheets,
        opened: Callable[[str, Place], object],
    ) -> None:
        super().__init__()
        self._book, self._sheets, self._opened = book, sheets, opened
        theme = context.theme
        m = theme.measures
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, m.space_2, 0, 0)
        whole.setSpacing(m.space_2)
        self.table: Table[AwardRow] = Table("Danh hiệu, hình thức khen thưởng", AWARDS, theme)
        self.table.chosen.connect(lambda _row: self._show_standings())
        self.table.entered.connect(lambda _row: self._set_quota())
        below = QWidget()
        lines = QVBoxLayout(below)
        lines.setContentsMargins(0, m.space_1, 0, 0)
        lines.setSpacing(m.space_2)
        head = QHBoxLayout()
        head.setSpacing(m.space_2)
        self.search = SearchBox(theme)
        head.addWidget(self.search, 1)
        self.state: QComboBox = box("Chỉ xem tình trạng này", 16)
        self.state.addItem("Mọi tình trạng", "")
        for state, words in STATES.items():
            self.state.addItem(words, state)
        self.state.activated.connect(lambda _at: self._show_standings())
        head.addWidget(self.state)
        head.addStretch(1)
        self.quota = button("Đặt chỉ tiêu toàn tỉnh…", self._set_quota, kind="quiet")
        head.addWidget(self.quota)
        lines.addLayout(head)
        self.standings: Table[StandingRow] = Table("Các đơn vị", STANDINGS, theme)
        self.standings.setSortingEnabled(True)
        self.standings.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.standings.entered.connect(self._enter)
        self.search.textChanged.connect(self.standings.rows.find)
        lines.addWidget(self.standings, 1)
        whole.addWidget(
            Panels(
                "province-awards", context.preferences, self.table, below,
                shares=(180, 320), vertical=True,
            ),
            1,
        )  # fmt: skip

    def refresh(self) -> None:
        """Shows what was gathered."""
        view = self._book.view
        if view is not None:
            self.table.show_rows(award_rows(view))
            self._show_standings()

    def _show_standings(self) -> None:
        view, row = self._book.view, self.table.current
        self.quota.setEnabled(row is not None)
        if view is None or row is None:
            self.standings.show_rows(())
            return
        state = str(self.state.currentData() or "")
        self.standings.show_rows(standing_rows(view, row.award, state))

    def _set_quota(self) -> None:
        if self.table.current is not None:
            self._sheets.quota(self.table.current)

    def _enter(self, row: StandingRow) -> None:
        self._opened(row.cluster, Place(PageId.AWARDS, unit=row.unit))
