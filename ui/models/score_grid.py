"""The grid of scores for Qt: a thin skin over what the presenter knows."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.models.score_cells import CellView, GridSource, Lane, Line

Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
SUM_TITLES: Final = ("Tổng điểm", "Hạng")


class ScoreGridModel(QAbstractTableModel):
    """Cells of lines and lanes, either way round; writes nothing."""

    def __init__(self, source: GridSource) -> None:
        super().__init__()
        self.source = source
        self.lines: tuple[Line, ...] = ()
        self.lanes: tuple[Lane, ...] = ()
        self.lines_are_rows = True

    def lay_out(self) -> bool:
        """Takes lines and lanes anew; whether they are others than before."""
        source = self.source
        wanted = (source.lines, source.lanes, source.lines_are_rows)
        if wanted == (self.lines, self.lanes, self.lines_are_rows):
            self.repaint_all()
            return False
        self.beginResetModel()
        self.lines, self.lanes, self.lines_are_rows = wanted
        self.endResetModel()
        return True

    def repaint_all(self) -> None:
        """Tells that any cell may have changed."""
        if self.rowCount() and self.columnCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # ------------------------------------------------------------- places

    def line_at(self, row: int, column: int) -> Line:
        """The line that a cell stands on."""
        return self.lines[row if self.lines_are_rows else column]

    def lane_at(self, row: int, column: int) -> Lane:
        """The lane that a cell stands in."""
        return self.lanes[column if self.lines_are_rows else row]

    def view_at(self, row: int, column: int) -> CellView:
        """What a cell shows."""
        if self.lines_are_rows:
            return self.source.cell(self.lines[row], self.lanes[column])
        return self.source.cell(self.lines[column], self.lanes[row])

    def place_of(self, line: Line, lane: Lane) -> QModelIndex:
        """Where a cell stands; nowhere while it is hidden."""
        try:
            down, across = self.lines.index(line), self.lanes.index(lane)
        except ValueError:
            return QModelIndex()
        return self.index(down, across) if self.lines_are_rows else self.index(across, down)

    # ------------------------------------------------------------- Qt

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """How many rows there are."""
        if parent.isValid():
            return 0
        return len(self.lines if self.lines_are_rows else self.lanes)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """How many columns there are."""
        if parent.isValid():
            return 0
        return len(self.lanes if self.lines_are_rows else self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be selected; the editor opens on those that may be typed."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        base = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if self.view_at(index.row(), index.column()).editable:
            return base | Qt.ItemFlag.ItemIsEditable
        return base

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell, its tip, and how it is read aloud."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.view_at(index.row(), index.column()).text
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.view_at(index.row(), index.column()).tip
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT
        if role == Qt.ItemDataRole.AccessibleTextRole:
            view = self.view_at(index.row(), index.column())
            line = self.line_at(index.row(), index.column())
            lane = self.lane_at(index.row(), index.column())
            return f"{lane.unit_name}, {line.name}, {lane.round_title}: {view.text}"
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heads as texts; they are drawn by the heads themselves."""
        by_line = (orientation is Qt.Orientation.Vertical) == self.lines_are_rows
        if role == Qt.ItemDataRole.DisplayRole:
            if by_line:
                return self.lines[section].name
            lane = self.lanes[section]
            return f"{lane.unit_name}, {lane.round_title}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return (
                self.source.head_tip(self.lines[section])
                if by_line
                else f"{self.lanes[section].unit_name}\n{self.lanes[section].round_title}"
            )
        return None


class SumsModel(QAbstractTableModel):
    """Totals and ranks beside the grid, in its order."""

    def __init__(self, grid: ScoreGridModel) -> None:
        super().__init__()
        self._grid = grid
        grid.modelAboutToBeReset.connect(self.beginResetModel)
        grid.modelReset.connect(self.endResetModel)
        grid.dataChanged.connect(self._tell)

    def _tell(self) -> None:
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Two rows below the lines, or as many as lanes."""
        if parent.isValid():
            return 0
        return len(SUM_TITLES) if self._grid.lines_are_rows else len(self._grid.lanes)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """As many as lanes, or two."""
        if parent.isValid():
            return 0
        return len(self._grid.lanes) if self._grid.lines_are_rows else len(SUM_TITLES)

    def lane_of(self, row: int, column: int) -> int:
        """The place of the lane that a sum belongs to."""
        return column if self._grid.lines_are_rows else row

    def text_at(self, row: int, column: int) -> str:
        """A total or a rank; once for each unit, in the lane of the round that is scored."""
        which, at = (row, column) if self._grid.lines_are_rows else (column, row)
        lane = self._grid.lanes[at]
        if not lane.editing:
            return ""
        sums = self._grid.source.sums(lane)
        return sums.rank if which else sums.total

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text, and what decided the place."""
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.text_at(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            lane = self._grid.lanes[self.lane_of(index.row(), index.column())]
            return self._grid.source.sums(lane).tip
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What is told: the total, the rank."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if (orientation is Qt.Orientation.Vertical) == self._grid.lines_are_rows:
            return SUM_TITLES[section]
        return self._grid.lanes[section].unit_name
