"""Tables of the overview: as high as their rows, quiet until the keyboard comes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy

from ui.models.columns import Column
from ui.pages.overview.facts import MatrixRow
from ui.theme.tokens import Theme
from ui.widgets.table import Table

Row = TypeVar("Row")


class FullTable(Table[Row]):
    """A table as high as its rows (up to ``most``); nothing is marked before it has the focus."""

    def __init__(
        self, name: str, columns: Sequence[Column[Row]], theme: Theme, *, most: int = 12
    ) -> None:
        super().__init__(name, columns, theme)
        self._most = most
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Shows these rows, and grows or shrinks to them."""
        super().show_rows(rows)
        if not self.hasFocus():
            self.clearSelection()
        self.updateGeometry()

    def _height(self) -> int:
        shown = min(max(self.rows.rowCount(), 1), self._most)
        bar = self.horizontalScrollBar()
        across = bar.sizeHint().height() if bar.maximum() > 0 else 0
        head = self.horizontalHeader().sizeHint().height()
        return head + shown * self.verticalHeader().defaultSectionSize() + across + 2

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as the rows."""
        return QSize(super().sizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The same: the page scrolls, not the table."""
        return QSize(self._theme.measures.panel // 2, self._height())

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Marks the row that the keys are on."""
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection() and self.rows.rowCount():
            index = self.currentIndex()
            self.setCurrentIndex(index if index.isValid() else self.rows.index(0, 0))

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The mark goes with the focus."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.clearSelection()


class MatrixTable(FullTable[MatrixRow]):
    """Units × rounds. ``cell_entered`` tells the row and the column that was asked for."""

    cell_entered = Signal(object, int)

    def __init__(self, columns: Sequence[Column[MatrixRow]], theme: Theme, most: int) -> None:
        super().__init__("Tiến độ của từng đơn vị", columns, theme, most=most)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setMouseTracking(True)
        self.doubleClicked.disconnect()
        self.clicked.connect(self._tell)
        self._least_name = theme.measures.panel // 2 - theme.measures.space_4

    def show_rows(self, rows: Sequence[MatrixRow]) -> None:
        """Shows the rows; the columns take the room that their words need."""
        super().show_rows(rows)
        across = self.horizontalHeader()
        for at in range(1, self.rows.columnCount()):
            across.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive)
            wanted = max(self.sizeHintForColumn(at), across.sectionSizeHint(at))
            self.setColumnWidth(at, wanted)
        self._fit_name()

    def resizeEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """The names take what room is left, but never too little."""
        super().resizeEvent(event)
        self._fit_name()

    def _fit_name(self) -> None:
        across = self.horizontalHeader()
        across.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        others = sum(self.columnWidth(at) for at in range(1, self.rows.columnCount()))
        self.setColumnWidth(0, max(self.viewport().width() - others, self._least_name))
        self.updateGeometry()

    def _tell(self, index: QModelIndex) -> None:
        self.cell_entered.emit(self.rows.row(index.row()), index.column())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes to the cell."""
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self._tell(index)
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A hand over what can be gone to."""
        over = self.indexAt(event.position().toPoint())
        shape = Qt.CursorShape.PointingHandCursor if over.isValid() else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The hand goes with the mouse."""
        self.viewport().unsetCursor()
        super().leaveEvent(event)
