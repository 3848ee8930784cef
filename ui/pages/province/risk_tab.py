"""The tab "Thẩm định theo rủi ro": which cells to look at first, with the reasons."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout

from ui.context import Context
from ui.pages.province.asked_tab import AskedTab
from ui.pages.province.boxes import box, fill_clusters
from ui.pages.province.columns import RISKS
from ui.pages.province.presenter.book import ProvinceBook
from ui.pages.province.told_panel import ToldPanel
from ui.places import PageId, Place
from ui.widgets.panels import Panels
from ui.widgets.search import SearchBox
from ui.widgets.table import Table
from ui.widgets.words import button, label

if TYPE_CHECKING:
    from app.operations.province.risk import RiskRow

_SHOWN = 500
_HOW = (
    "Xếp trước: ô có thể làm thay đổi danh hiệu; rồi ô nhiều điểm, các lần chấm chênh nhau nhiều, "
    "minh chứng yếu."
)


class RiskTab(AskedTab):
    """Shows the cells; ``opened`` is asked for a cell in a cluster's workspace."""

    def __init__(
        self, context: Context, book: ProvinceBook, opened: Callable[[str, Place], object]
    ) -> None:
        super().__init__(book)
        self._opened = opened
        theme = context.theme
        m = theme.measures
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, m.space_2, 0, 0)
        whole.setSpacing(m.space_2)
        head = QHBoxLayout()
        head.setSpacing(m.space_2)
        self.search = SearchBox(theme, "Tìm đơn vị, tiêu chí (không cần gõ dấu)")
        head.addWidget(self.search, 1)
        self.cluster = box("Xem cụm, khối", 17)
        self.cluster.activated.connect(lambda _at: self.ask())
        head.addWidget(self.cluster)
        self.person = box("Xem phần việc của ai", 17)
        self.person.activated.connect(lambda _at: self.ask())
        head.addWidget(self.person)
        self.judged = QCheckBox("Cả ô Sở đã chấm")
        self.judged.setAccessibleName("Xem cả ô Sở đã chấm")
        self.judged.toggled.connect(lambda _on: self.ask())
        head.addWidget(self.judged)
        head.addStretch(1)
        whole.addLayout(head)
        self.words = label(_HOW, "muted", wrap=True)
        self.words.setSizePolicy(
            self.words.sizePolicy().horizontalPolicy(), self.words.sizePolicy().Policy.Preferred
        )
        whole.addWidget(self.words)
        self.table: Table[RiskRow] = Table("Các ô theo thứ tự rủi ro", RISKS, theme)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.table.chosen.connect(self._show_row)
        self.table.entered.connect(lambda _row: self._to_cell())
        self.search.textChanged.connect(self._find)
        self.to_cell = button("Đến ô này", self._to_cell, picture="arrow-right")
        below = ToldPanel(theme, "Vì sao ô này đứng ở đây", self.to_cell)
        self.name, self.reasons = below.name, below.told
        whole.addWidget(
            Panels(
                "province-risk", context.preferences, self.table, below, shares=(400, 130),
                vertical=True,
            ),
            1,
        )  # fmt: skip

    def refresh(self) -> None:
        """Shows the clusters and appraisers that there are, and asks again."""
        if self._book.view is not None:
            fill_clusters(self.cluster, self._book.view)
            self._fill_people()
        super().refresh()

    def _fill_people(self) -> None:
        before = self.person.currentData()
        self.person.clear()
        self.person.addItem("Mọi người thẩm định", "")
        for share in self._book.shares:
            self.person.addItem(f"Phần của {share.appraiser}", share.appraiser)
        self.person.setCurrentIndex(max(self.person.findData(before), 0))
        self.person.setVisible(bool(self._book.shares))

    def work_out(self, wanted: Callable[[], bool]) -> None:
        """Puts the cells in the order of their risk."""
        person = self.person.currentData()
        share = next((one for one in self._book.shares if one.appraiser == person), None)
        self._book.risk(
            str(self.cluster.currentData() or ""),
            self.judged.isChecked(),
            lambda rows: self._show(rows) if wanted() else None,
            share,
        )

    def _show(self, rows: tuple[RiskRow, ...]) -> None:
        shown = f"{min(len(rows), _SHOWN)} ô đứng đầu trong {len(rows)}"
        count = shown if len(rows) > _SHOWN else f"{len(rows)} ô"
        self.words.setText(f"{count}. {_HOW}")
        self.table.show_rows(rows[:_SHOWN])
        self._show_row(self.table.current)

    def _show_row(self, row: RiskRow | None) -> None:
        self.to_cell.setEnabled(row is not None)
        if row is None:
            self.name.setText("")
            self.reasons.setText("Không còn ô nào cần xem.")
            return
        line = row.line
        self.name.setText(f"{row.cluster.unit_name(line.unit)}: {line.title}")
        self.reasons.setText("\n".join(line.reasons))

    def _find(self, words: str) -> None:
        self.table.rows.find(words)
        if self.table.current is None and self.table.rows.rowCount():
            self.table.selectRow(0)

    def _to_cell(self) -> None:
        row = self.table.current
        if row is None:
            return
        rounds = row.cluster.assessment.pack.rules.rounds
        own = next((one.id for one in rounds if one.hand == "department"), None)
        place = Place(PageId.SCORES, unit=row.line.unit, criterion=row.line.criterion, round=own)
        self._opened(row.cluster.key.partition("/")[0], place)
