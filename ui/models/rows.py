"""A table of rows for Qt: columns that are functions, found without accents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QFont

from app.ground.text import folded
from ui.models.columns import Column
from ui.theme.fonts import font
from ui.theme.icons import icon
from ui.theme.tokens import Theme

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
ROW_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""The row object itself."""

_ALIGN: Final = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignCenter,
}
_NOWHERE: Final = QModelIndex()


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Rows as ``Column`` functions show them; ``show`` replaces them, ``find`` filters them."""

    def __init__(self, columns: Sequence[Column[Row]], theme: Theme) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._theme = theme
        self._all: tuple[Row, ...] = ()
        self._shown: list[Row] = []
        self._wanted = ""
        self._sorted: tuple[int, Qt.SortOrder] | None = None
        self._bold: QFont = font(theme.measures.base, bold=True)

    # ------------------------------------------------------------- rows

    def show(self, rows: Sequence[Row]) -> None:
        """Shows these rows; selection is kept by place where their number is the same."""
        self._all = tuple(rows)
        self._arrange()

    def find(self, words: str) -> None:
        """Shows only rows in which the words occur, whatever their accents."""
        self._wanted = folded(words.strip())
        self._arrange()

    def row(self, place: int) -> Row:
        """The row shown at this place."""
        return self._shown[place]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that are shown, in their order."""
        return tuple(self._shown)

    def _arrange(self) -> None:
        rows = [row for row in self._all if self._fits(row)]
        if self._sorted is not None:
            at, order = self._sorted
            rows.sort(key=self.columns[at].key, reverse=order is Qt.SortOrder.DescendingOrder)
        if len(rows) == len(self._shown) and rows:
            self._shown = rows
            self.dataChanged.emit(
                self.index(0, 0), self.index(len(rows) - 1, len(self.columns) - 1)
            )
            return
        self.beginResetModel()
        self._shown = rows
        self.endResetModel()

    def _fits(self, row: Row) -> bool:
        return not self._wanted or any(
            self._wanted in folded(column.text(row)) for column in self.columns
        )

    # ------------------------------------------------------------- Qt

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows for a role."""
        if not index.isValid():
            return None
        row, column = self._shown[index.row()], self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(row)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _ALIGN[column.align]
            case Qt.ItemDataRole.ToolTipRole:
                return column.tip(row) if column.tip is not None else column.text(row)
            case Qt.ItemDataRole.FontRole:
                return self._bold if column.bold else None
            case Qt.ItemDataRole.ForegroundRole if column.tone is not None:
                tone = column.tone(row)
                return QBrush(QColor(self._theme.palette.strong(tone))) if tone else None
            case Qt.ItemDataRole.DecorationRole if column.icon is not None:
                name = column.icon(row)
                if name is None:
                    return None
                tone = column.tone(row) if column.tone is not None else None
                palette = self._theme.palette
                return icon(name, palette.strong(tone) if tone else palette.muted)
            case _ if role == ROW_ROLE:
                return row
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heads of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.title
            case Qt.ItemDataRole.ToolTipRole:
                return column.head_tip or column.title
            case Qt.ItemDataRole.TextAlignmentRole:
                return _ALIGN[column.align]
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sorts by a column; ``-1`` is the order in which the rows came."""
        self._sorted = (column, order) if column >= 0 else None
        self._arrange()
