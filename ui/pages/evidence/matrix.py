"""The matrix criterion × unit: a word and an icon in each cell, files dropped onto cells."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QBrush,
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QKeyEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.operations.workspace.evidence_board import Backing, BoardCell, BoardRow, EvidenceBoard
from ui.pages.evidence.columns import MARKS, mark
from ui.theme.fonts import font
from ui.theme.icons import icon
from ui.theme.tokens import Theme

Index = QModelIndex | QPersistentModelIndex
_PALE = frozenset({Backing.FOREIGN, Backing.ASKED})
_NOWHERE = QModelIndex()
_HEAD_LETTERS = 40


class MatrixModel(QAbstractTableModel):
    """Rows are criteria, columns units."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._board: EvidenceBoard | None = None
        self._units: tuple[tuple[str, str], ...] = ()
        self._rows: tuple[BoardRow, ...] = ()

    def show(
        self,
        board: EvidenceBoard | None,
        rows: Sequence[BoardRow],
        units: Sequence[tuple[str, str]],
    ) -> bool:
        """Shows these; the answer is whether rows or columns are others than before."""
        same = tuple(rows) == self._rows and tuple(units) == self._units
        if same and board is not None and rows and units:
            self._board = board
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(units) - 1))
            return False
        self.beginResetModel()
        self._board, self._rows, self._units = board, tuple(rows), tuple(units)
        self.endResetModel()
        return True

    def cell(self, index: Index) -> BoardCell | None:
        """The cell at an index."""
        if not index.isValid() or self._board is None:
            return None
        return self._board.cell(self._units[index.column()][0], self._rows[index.row()].code)

    def index_of(self, unit: str | None, criterion: str | None) -> QModelIndex:
        """Where a cell stands; the first row or column stands in for what is not named."""
        units = [known for known, _ in self._units]
        codes = [row.code for row in self._rows]
        if not units or not codes:
            return QModelIndex()
        column = units.index(unit) if unit in units else 0
        row = codes.index(criterion) if criterion in codes else 0
        return self.index(row, column)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """How many criteria are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """How many units are shown."""
        return 0 if parent.isValid() else len(self._units)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows for a role."""
        cell = self.cell(index)
        if cell is None:
            return None
        _, picture, tone = MARKS[cell.backing]
        palette = self._theme.palette
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return mark(cell)
            case Qt.ItemDataRole.ForegroundRole if cell.backing in _PALE:
                return QBrush(QColor(palette.muted))
            case Qt.ItemDataRole.DecorationRole if picture and tone is not None:
                return icon(picture, palette.strong(tone))
            case Qt.ItemDataRole.ToolTipRole:
                row = self._rows[index.row()]
                name = self._units[index.column()][1]
                return f"{name}\n{row.code}. {row.title}"
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Units above, criteria at the left."""
        if orientation is Qt.Orientation.Horizontal:
            name = self._units[section][1]
            if role == Qt.ItemDataRole.DisplayRole:
                return name if len(name) <= _HEAD_LETTERS else name[: _HEAD_LETTERS - 1] + "…"
            return name if role == Qt.ItemDataRole.ToolTipRole else None
        row = self._rows[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.code}  {row.title}"
        return f"{row.code}. {row.title}" if role == Qt.ItemDataRole.ToolTipRole else None


class Matrix(QTableView):
    """``chosen`` tells of another current cell, ``picked`` that others are selected, ``entered``
    that Enter or a double click asked for one, ``dropped`` of files over a cell.
    """

    chosen = Signal(object)
    picked = Signal()
    entered = Signal(object)
    dropped = Signal(object, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("evidenceMatrix")
        self.setAccessibleName("Minh chứng theo tiêu chí và đơn vị")
        self._theme = theme
        self.cells = MatrixModel(theme)
        self.setModel(self.cells)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setAcceptDrops(True)
        self._lay_heads(theme)
        self.selectionModel().currentChanged.connect(
            lambda index, _before: self.chosen.emit(self.cells.cell(index))
        )
        self.selectionModel().selectionChanged.connect(lambda _in, _out: self.picked.emit())
        self.doubleClicked.connect(lambda index: self.entered.emit(self.cells.cell(index)))

    def _lay_heads(self, theme: Theme) -> None:
        m = theme.measures
        left = self.verticalHeader()
        left.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        left.setMinimumSectionSize(m.space_4)
        left.setDefaultSectionSize(m.row)
        left.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        left.setTextElideMode(Qt.TextElideMode.ElideRight)
        left.setHighlightSections(False)
        top = self.horizontalHeader()
        top.setProperty("wraps", True)
        top.setHighlightSections(False)
        top.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        top.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._heads = QFontMetrics(font(m.base, bold=True))
        top.setFixedHeight(3 * self._heads.lineSpacing() + m.space_2)

    def show_board(
        self,
        board: EvidenceBoard | None,
        rows: Sequence[BoardRow],
        units: Sequence[tuple[str, str]],
    ) -> None:
        """Shows the board; the current cell is kept where it is still there."""
        before = self.cells.cell(self.currentIndex())
        if self.cells.show(board, rows, units):
            self._lay_columns(units)
            here = self.cells.index_of(
                before.unit if before is not None else None,
                before.criterion if before is not None else None,
            )
            if here.isValid():
                self.setCurrentIndex(here)
        self.chosen.emit(self.cells.cell(self.currentIndex()))

    def _lay_columns(self, units: Sequence[tuple[str, str]]) -> None:
        m = self._theme.measures
        least = self._heads.horizontalAdvance("Thiếu 10/10") + m.icon + m.space_6
        for at, (_unit, name) in enumerate(units):
            longest = max(map(self._heads.horizontalAdvance, name.split()), default=0)
            self.setColumnWidth(at, max(least, longest + m.space_6))

    def resizeEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """The names of the criteria take about a third of the width."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        m = self._theme.measures
        self.verticalHeader().setFixedWidth(
            min(max(self.width() * 4 // 10, m.panel // 2), m.panel + m.panel // 2)
        )

    # ------------------------------------------------------------- cells

    @property
    def current(self) -> BoardCell | None:
        """The current cell."""
        return self.cells.cell(self.currentIndex())

    def picked_cells(self) -> tuple[BoardCell, ...]:
        """The selected cells, in reading order."""
        indexes = sorted(self.selectedIndexes(), key=lambda i: (i.row(), i.column()))
        found = (self.cells.cell(index) for index in indexes)
        return tuple(cell for cell in found if cell is not None)

    def choose(self, unit: str | None, criterion: str | None) -> None:
        """Makes a cell current and brings it into sight."""
        index = self.cells.index_of(unit, criterion)
        if index.isValid():
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter asks for the cell."""
        cell = self.current
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and cell is not None:
            self.entered.emit(cell)
            return
        super().keyPressEvent(event)

    # ------------------------------------------------------------- dropped files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Files may come."""
        if dropped_files(event):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802 - Qt's name
        """Files may be dropped where there is a cell."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.setCurrentIndex(index)
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Files over a cell."""
        cell = self.cells.cell(self.indexAt(event.position().toPoint()))
        files = dropped_files(event)
        if cell is not None and files:
            event.acceptProposedAction()
            self.dropped.emit(cell, files)


def dropped_files(event: QDropEvent) -> list[Path]:
    """The files that are being dropped."""
    urls = event.mimeData().urls()
    files = (Path(url.toLocalFile()) for url in urls if url.isLocalFile())
    return [file for file in files if file.is_file()]
