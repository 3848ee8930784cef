"""The tab "Kết quả": all units of the province in one table, or one cluster as a picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.context import Context
from ui.pages.province.boxes import box, fill_clusters
from ui.pages.province.columns import RESULTS
from ui.pages.province.presenter.book import ProvinceBook
from ui.pages.province.presenter.rows import ResultRow, provisional_words, result_rows
from ui.places import PageId, Place
from ui.widgets.chart_view import ChartView
from ui.widgets.search import SearchBox
from ui.widgets.table import Table
from ui.widgets.words import label

if TYPE_CHECKING:
    from app.reports.charts.description import Chart

_VIEWS = ("Bảng kết quả", "Biểu đồ của cụm, khối")


class ResultsTab(QWidget):
    """Shows the results; ``opened`` is asked for a spot in a cluster's workspace."""

    def __init__(
        self, context: Context, book: ProvinceBook, opened: Callable[[str, Place], object]
    ) -> None:
        super().__init__()
        self._book, self._opened = book, opened
        theme = context.theme
        m = theme.measures
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, m.space_2, 0, 0)
        whole.setSpacing(m.space_2)
        head = QHBoxLayout()
        head.setSpacing(m.space_2)
        self.search = SearchBox(theme, "Tìm đơn vị (không cần gõ dấu)")
        head.addWidget(self.search, 1)
        self.cluster: QComboBox = box("Xem cụm, khối", 24)
        self.cluster.activated.connect(lambda _at: self._show())
        head.addWidget(self.cluster)
        self.view: QComboBox = box("Cách xem kết quả", 18)
        self.view.addItems(list(_VIEWS))
        self.view.activated.connect(lambda _at: self._show())
        head.addWidget(self.view)
        head.addStretch(1)
        whole.addLayout(head)
        self.words = label("", "muted", wrap=True)
        self.words.setSizePolicy(
            self.words.sizePolicy().horizontalPolicy(), self.words.sizePolicy().Policy.Preferred
        )
        whole.addWidget(self.words)
        self.stack = QStackedWidget()
        self.table: Table[ResultRow] = Table("Kết quả của các đơn vị", RESULTS, theme)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.table.entered.connect(self._enter)
        self.search.textChanged.connect(self._find)
        self.stack.addWidget(self.table)
        self.chart = ChartView(context.runner, theme)
        self.stack.addWidget(self.chart)
        whole.addWidget(self.stack, 1)

    def refresh(self) -> None:
        """Shows what was gathered."""
        view = self._book.view
        if view is not None:
            fill_clusters(self.cluster, view)
            self.words.setText(provisional_words(view))
            self._show()

    def _show(self) -> None:
        view = self._book.view
        if view is None:
            return
        chosen = str(self.cluster.currentData() or "")
        drawn = self.view.currentIndex() == 1
        self.search.setEnabled(not drawn)
        if drawn and not chosen and view.province.clusters:
            chosen = view.province.clusters[0].key.partition("/")[0]
            self.cluster.setCurrentIndex(max(self.cluster.findData(chosen), 0))
        self.table.show_rows(result_rows(view, chosen))
        self.chart.show_chart(self._picture(chosen) if drawn else None)
        self.stack.setCurrentIndex(int(drawn))

    def _picture(self, cluster: str) -> Callable[[], Chart] | None:
        view = self._book.view
        found = (
            one for one in (view.province.clusters if view is not None else ())
            if one.key.partition("/")[0] == cluster
        )  # fmt: skip
        result = next(found, None)
        if result is None:
            return None
        inside = next(
            c for c in result.assessment.snapshot.clusters if c.id == result.cluster
        )  # fmt: skip

        def make() -> Chart:
            from app.reports.charts.from_assessment import sections_chart

            return sections_chart(result.assessment, inside)

        return make

    def _find(self, words: str) -> None:
        self.table.rows.find(words)
        if self.table.current is None and self.table.rows.rowCount():
            self.table.selectRow(0)

    def _enter(self, row: ResultRow) -> None:
        self._opened(row.cluster, Place(PageId.SCORES, unit=row.unit))
