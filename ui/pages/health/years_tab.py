"""The tab "Các năm": the years of a cluster as a picture, by unit and by criterion."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.context import Context
from ui.pages.health.columns import years_columns
from ui.pages.health.presenter import HealthPresenter, YearsRow
from ui.widgets.chart_view import ChartView
from ui.widgets.table import Table
from ui.widgets.words import label

_VIEWS = ("Từng đơn vị", "Từng tiêu chí", "Biểu đồ hai năm cuối")
_HEADS = (("Đơn vị", "Thay đổi", 22), ("Tiêu chí", "Thay đổi của bảng", 20))


class YearsTab(QWidget):
    """Shows one view at a time."""

    def __init__(self, context: Context, presenter: HealthPresenter) -> None:
        super().__init__()
        self._context, self._presenter = context, presenter
        m = context.theme.measures
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, m.space_2, 0, 0)
        whole.setSpacing(m.space_2)
        head = QHBoxLayout()
        head.addWidget(label("Xem:"))
        self.view = QComboBox()
        self.view.setAccessibleName("Cách xem các năm")
        self.view.addItems(list(_VIEWS))
        self.view.currentIndexChanged.connect(lambda _at: self._turn())
        head.addWidget(self.view)
        head.addStretch(1)
        whole.addLayout(head)
        self.stack = QStackedWidget()
        whole.addWidget(self.stack, 1)
        self.tables: list[Table[YearsRow]] = []
        self._years: tuple[str, ...] = ()
        self.chart = ChartView(context.runner, context.theme)
        self.stack.addWidget(self.chart)

    def refresh(self) -> None:
        """Shows the years anew."""
        years = self._presenter.year_names()
        if years != self._years or not self.tables:
            self._make_tables(years)
        rows = (self._presenter.unit_rows(), self._presenter.criterion_rows())
        for table, its in zip(self.tables, rows, strict=True):
            table.show_rows(its)
        self.chart.show_chart(self._presenter.years_picture())
        self._turn()

    def _make_tables(self, years: tuple[str, ...]) -> None:
        for old in self.tables:
            self.stack.removeWidget(old)
            old.deleteLater()
        self._years = years
        self.tables = []
        for at, (what, change, width) in enumerate(_HEADS):
            columns = years_columns(what, change, years, width)
            table: Table[YearsRow] = Table(f"Các năm, {_VIEWS[at]}", columns, self._context.theme)
            table.setSortingEnabled(True)
            table.sortByColumn(-1, table.horizontalHeader().sortIndicatorOrder())
            self.stack.insertWidget(at, table)
            self.tables.append(table)

    def _turn(self) -> None:
        self.stack.setCurrentIndex(self.view.currentIndex())
