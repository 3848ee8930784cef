"""The table that all lists use: heights by the officer's choice, hair lines, keyboard first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.models.columns import Column
from ui.models.rows import RowsModel
from ui.theme.fonts import font
from ui.theme.tokens import Theme

Row = TypeVar("Row")


class Table(QTableView, Generic[Row]):
    """A list of rows. ``chosen`` tells that another row is selected, ``entered`` that Enter or a
    double click asked for it; both carry the row, ``chosen`` ``None`` where there is none.
    """

    chosen = Signal(object)
    entered = Signal(object)

    def __init__(self, name: str, columns: Sequence[Column[Row]], theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.rows: RowsModel[Row] = RowsModel(columns, theme)
        self.rows.setParent(self)  # or its signals, which lead here, keep both when the page goes
        self.setModel(self.rows)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        down = self.verticalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setMinimumSectionSize(theme.measures.space_4)
        down.setDefaultSectionSize(theme.measures.row)
        self._stretching: dict[int, int] = {}
        self._lay_columns(columns, theme)
        self.selectionModel().currentRowChanged.connect(self._tell_chosen)
        self.doubleClicked.connect(lambda index: self.entered.emit(self.rows.row(index.row())))
        self.rows.modelReset.connect(lambda: self.chosen.emit(self.current))

    def _lay_columns(self, columns: Sequence[Column[Row]], theme: Theme) -> None:
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setMinimumSectionSize(theme.measures.space_8)
        across.setTextElideMode(Qt.TextElideMode.ElideRight)
        letter = QFontMetrics(font(theme.measures.base)).horizontalAdvance("0")
        heads = QFontMetrics(font(theme.measures.base, bold=True))
        for at, column in enumerate(columns):
            least = heads.horizontalAdvance(column.title) + theme.measures.space_6
            width = max(column.width * letter + theme.measures.space_4, least)
            self.setColumnWidth(at, width)
            if column.stretch:
                self._stretching[at] = width

    def resizeEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Columns that stretch share what room is left, and are never less than they need."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        count = self.rows.columnCount()
        taken = sum(self.columnWidth(at) for at in range(count) if at not in self._stretching)
        for at, least in self._stretching.items():
            share = (self.viewport().width() - taken) // len(self._stretching)
            self.setColumnWidth(at, max(least, share))

    def _tell_chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(self.rows.row(index.row()) if index.isValid() else None)

    @property
    def current(self) -> Row | None:
        """The selected row."""
        index = self.currentIndex()
        return self.rows.row(index.row()) if index.isValid() else None

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Shows these rows; the first is selected where none was."""
        before = self.currentIndex().row()
        self.rows.show(rows)
        if self.rows.rowCount():
            self.selectRow(min(max(before, 0), self.rows.rowCount() - 1))

    def choose(self, wanted: Callable[[Row], bool]) -> bool:
        """Selects the first row that fits and brings it into sight."""
        for at, row in enumerate(self.rows.rows):
            if wanted(row):
                self.selectRow(at)
                self.scrollTo(self.rows.index(at, 0))
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter asks for the row."""
        row = self.current
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row is not None:
            self.entered.emit(row)
            return
        super().keyPressEvent(event)
