"""The page Đơn vị: the units of the year, and everything that is kept about each."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from ui.context import Context
from ui.page import Page
from ui.pages.units.columns import unit_columns
from ui.pages.units.detail import UnitDetail
from ui.pages.units.facts import UnitRow
from ui.pages.units.presenter import UnitsPresenter
from ui.pages.units.sheets import UnitSheets
from ui.places import PageId, Place
from ui.topics import Topic
from ui.widgets.empty import Empty
from ui.widgets.panels import Panels
from ui.widgets.search import SearchBox
from ui.widgets.tabbing import tab_as_laid_out
from ui.widgets.table import Table

_ALL = ""


class UnitsPage(Page):
    """The page Đơn vị."""

    id = PageId.UNITS
    title = "Đơn vị"
    topics = frozenset(
        {Topic.WORKSPACE, Topic.YEAR, Topic.MEMBERS, Topic.TABLE, Topic.RECORDS, Topic.RESULT}
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._presenter = UnitsPresenter(context.session, context.runner)
        self._sheets = UnitSheets(context, self._presenter, self)
        self._rows: tuple[UnitRow, ...] = ()
        self._several: bool | None = None
        self._wanted: Place | None = None
        m = context.theme.measures
        self._clusters = self.secondary("Cụm, khối", picture="building-2")
        self._cluster_menu = QMenu(self._clusters)
        self._clusters.setMenu(self._cluster_menu)
        self._add = self.primary("Thêm đơn vị", self._add_units, "plus")
        left = QWidget()
        self._left = QVBoxLayout(left)
        self._left.setContentsMargins(0, 0, 0, 0)
        self._left.setSpacing(m.space_2)
        find = QHBoxLayout()
        find.setSpacing(m.space_2)
        self.search = SearchBox(context.theme, "Tìm đơn vị (không cần gõ dấu)")
        self.search.textChanged.connect(lambda _text: self._filter())
        self.search.setMaximumWidth(m.panel * 3)
        find.addWidget(self.search, 1)
        self.cluster = QComboBox()
        self.cluster.setAccessibleName("Chỉ xem một cụm, khối")
        self.cluster.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.cluster.setMinimumContentsLength(10)
        self.cluster.currentIndexChanged.connect(lambda _at: self._filter())
        find.addWidget(self.cluster, 1)
        self._left.addLayout(find)
        self.table: Table[UnitRow] | None = None
        self.detail = UnitDetail(context, self._presenter, self._sheets)
        self.detail.setMinimumWidth(m.panel + 3 * m.space_8)
        self.panels = Panels("units", context.preferences, left, self.detail, shares=(1, 1))
        self.body.addWidget(self.panels, 1)
        self.empty = Empty(
            context.theme,
            "building-2",
            "Năm này chưa có đơn vị nào. Thêm từng đơn vị, hoặc dán cả danh sách từ Excel, Word.",
            "Thêm đơn vị",
            self._add_units,
        )
        self.body.addWidget(self.empty, 1)

    # ------------------------------------------------------------- showing

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Shows the units anew; the chosen one stays chosen."""
        if topics == {Topic.RESULT}:
            self.detail.show_unit(self.table.current if self.table else None, fresh=False)
            return
        self._rows = self._presenter.look()
        self.say(self._presenter.sentence(self._rows))
        may_write = self._presenter.may_write
        self._add.setVisible(may_write and bool(self._rows))
        self.empty.act.setVisible(may_write)
        self._fill_clusters(may_write=may_write)
        self.panels.setVisible(bool(self._rows))
        self.empty.setVisible(not self._rows)
        self._make_table()
        self._filter()

    def _fill_clusters(self, *, may_write: bool) -> None:
        clusters = self._presenter.clusters()
        kept = self.cluster.currentData()
        self.cluster.blockSignals(True)
        self.cluster.clear()
        self.cluster.addItem("Mọi cụm, khối", _ALL)
        for key, one in clusters.items():
            self.cluster.addItem(one.name, key)
        self.cluster.setCurrentIndex(max(self.cluster.findData(kept), 0))
        self.cluster.blockSignals(False)
        self.cluster.setVisible(len(clusters) > 1)
        self._cluster_menu.clear()
        add = self._cluster_menu.addAction("Thêm cụm, khối…")
        add.triggered.connect(lambda: self._sheets.add_cluster())
        self._cluster_menu.addSeparator()
        for key, one in clusters.items():
            entry = self._cluster_menu.addAction(f"Sửa {one.name}…")
            entry.triggered.connect(lambda _on=False, c=key: self._sheets.change_cluster(c))
        self._clusters.setVisible(may_write)

    def _make_table(self) -> None:
        several = len(self._presenter.clusters()) > 1
        if self.table is not None and several == self._several:
            return
        self._several = several
        if self.table is not None:
            self._left.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        self.table = Table(
            "Danh sách đơn vị", unit_columns(several_clusters=several), self.context.theme
        )
        self.table.setMinimumWidth(self.context.theme.measures.panel)
        self.table.chosen.connect(self._chosen)
        self.table.entered.connect(lambda _row: self.detail.tabs.setFocus())
        self._left.addWidget(self.table, 1)
        tab_as_laid_out(self._left)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Where there is little room, names come first: roles are told beside the list too."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        if self.table is None:
            return
        narrow = self.width() < 3 * self.context.theme.measures.panel
        several = len(self._presenter.clusters()) > 1
        one_cluster = bool(self.cluster.currentData())
        role = 2 if several else 1
        if several:
            self.table.setColumnHidden(1, one_cluster or narrow)
        for column in (role, role + 2):
            self.table.setColumnHidden(column, narrow or (several and not one_cluster))

    def _filter(self) -> None:
        """Shows the rows of the chosen cluster in which the words occur."""
        if self.table is None:
            return
        chosen = self.table.current
        cluster = self.cluster.currentData() or _ALL
        rows = [row for row in self._rows if cluster in (_ALL, row.cluster)]
        self.table.blockSignals(True)
        self.table.show_rows(rows)
        self.table.rows.find(self.search.text())
        wanted = chosen.id if chosen is not None else None
        if self._wanted is not None and self._wanted.unit is not None:
            wanted = self._wanted.unit
        if not self.table.choose(lambda row: row.id == wanted) and self.table.rows.rowCount():
            self.table.selectRow(0)
        self.table.blockSignals(False)
        self._wanted = None
        self._fit_columns()
        self.detail.show_unit(self.table.current, fresh=True)

    def _chosen(self, row: object) -> None:
        self.detail.show_unit(row if isinstance(row, UnitRow) else None, fresh=False)

    def go_to(self, place: Place) -> None:
        """Shows a unit, and the tab that was asked for."""
        if place.unit is not None:
            self.search.clear()
            self.cluster.setCurrentIndex(0)
            self._wanted = place
            self._filter()
        if place.topic is not None:
            self.detail.show_topic(place.topic)

    # ------------------------------------------------------------- acting

    def _add_units(self) -> None:
        chosen = self.table.current if self.table is not None else None
        self._sheets.add_units(
            self.cluster.currentData() or (chosen.cluster if chosen is not None else None)
        )
