"""The cells of the grid: drawn at once for a whole screen, moved about in as in Excel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from ui.delegates.score_cell import ScoreCellPainter
from ui.models.score_cells import CellState, CellView, Lane, Line
from ui.models.score_grid import Index, ScoreGridModel, SumsModel
from ui.pages.scores.heads import Head
from ui.theme.tokens import Theme

_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_ALT: Final = Qt.KeyboardModifier.AltModifier
_PLAIN: Final = Qt.KeyboardModifier.NoModifier


class ScoreView(QTableView):
    """The centre of the grid. Each signal is something that the officer asked for by a key."""

    typed = Signal(str)
    """Something was typed over the active cell; empty for F2."""
    cleared = Signal()
    accepted = Signal()
    next_open = Signal()
    copied = Signal()
    pasted = Signal()
    filled = Signal(bool)
    """Fill down (``True``) or to the right."""
    state_asked = Signal(str)
    menu_asked = Signal(object)
    fold_asked = Signal(object)
    left = Signal()
    """The current cell is another one."""

    def __init__(self, model: ScoreGridModel, theme: Theme) -> None:
        super().__init__()
        self.grid = model
        self._painter = ScoreCellPainter(theme)
        self.key_taker: Callable[[QKeyEvent], bool] | None = None
        """Takes keys while an editor is open over the grid."""
        self.settled: Callable[[], bool] = lambda: True
        """Asked before the active cell is left by the mouse: whether nothing is typed there."""
        self.setAccessibleName("Bảng chấm điểm")
        self.setObjectName("scoreGrid")
        self.heads_down = Head(Qt.Orientation.Vertical, model, theme)
        self.heads_across = Head(Qt.Orientation.Horizontal, model, theme)
        self.setModel(model)
        self.setVerticalHeader(self.heads_down)
        self.setHorizontalHeader(self.heads_across)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("kind", "bare")
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().setSingleStep(theme.measures.row)
        for head in (self.heads_down, self.heads_across):
            head.fold_asked.connect(self.fold_asked)

    # ------------------------------------------------------------- places

    @property
    def line(self) -> Line | None:
        """The line of the active cell."""
        index = self.currentIndex()
        return self.grid.line_at(index.row(), index.column()) if index.isValid() else None

    @property
    def lane(self) -> Lane | None:
        """The lane of the active cell."""
        index = self.currentIndex()
        return self.grid.lane_at(index.row(), index.column()) if index.isValid() else None

    @property
    def cell(self) -> CellView | None:
        """What the active cell shows."""
        index = self.currentIndex()
        return self.grid.view_at(index.row(), index.column()) if index.isValid() else None

    def block(self) -> tuple[list[int], list[int]]:
        """Rows and columns of the selection."""
        ranges = self.selectionModel().selection()
        if ranges.isEmpty():
            index = self.currentIndex()
            return ([index.row()], [index.column()]) if index.isValid() else ([], [])
        first = ranges.first()
        return (
            list(range(first.top(), first.bottom() + 1)),
            list(range(first.left(), first.right() + 1)),
        )

    def select_cell(self, line: Line, lane: Lane) -> bool:
        """Makes a cell the active one and brings it into sight."""
        index = self.grid.place_of(line, lane)
        if not index.isValid():
            return False
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def step(self, rows: int, columns: int) -> bool:
        """To the next cell that can be typed in this direction; past the end to the next line."""
        index = self.currentIndex()
        row, column = index.row() + rows, index.column() + columns
        height, width = self.grid.rowCount(), self.grid.columnCount()
        for _ in range(height * width):
            if columns and not 0 <= column < width:
                row, column = (
                    row + (1 if column >= width else -1),
                    0 if column >= width else width - 1,
                )
            if not (0 <= row < height and 0 <= column < width):
                return False
            if self.grid.view_at(row, column).editable:
                self._make_current(self.grid.index(row, column))
                return True
            row, column = row + rows, column + columns
        return False

    def _make_current(self, index: QModelIndex) -> None:
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.scrollTo(index)

    def fit_heads(self) -> None:
        """Gives the heads the room that they now need."""
        self.updateGeometries()

    # ------------------------------------------------------------- drawing

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draws all cells in sight; a delegate for each would be slower than the eye."""
        painter = QPainter(self.viewport())
        area = event.rect()
        draw, grid = self._painter.draw, self.grid
        rows, columns = self._spans(area)
        top, bottom, left, right = self._chosen()
        for column, x, width in columns:
            in_column = left <= column <= right
            for row, y, height in rows:
                chosen = in_column and top <= row <= bottom
                draw(painter, QRect(x, y, width, height), grid.view_at(row, column), chosen)
        bounds = QRect(area)
        if not rows or not columns:
            self._painter.clear_beyond(painter, area, QRect(area.topLeft(), QSize()))
        else:
            bounds.setBottom(min(bounds.bottom(), rows[-1][1] + rows[-1][2] - 1))
            bounds.setRight(min(bounds.right(), columns[-1][1] + columns[-1][2] - 1))
            self._painter.clear_beyond(painter, area, bounds)
            ends = [y + height - 1 for _, y, height in rows]
            self._painter.lines(painter, ends, [x + w - 1 for _, x, w in columns], bounds)
        index = self.currentIndex()
        if index.isValid():
            focus = self.hasFocus() or self.key_taker is not None
            self._painter.current(painter, self.visualRect(index), focus)

    def _spans(self, area: QRect) -> tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]]:
        """Rows and columns that touch an area: number, place and size of each."""
        down, across = self.heads_down, self.heads_across
        first, last = down.visualIndexAt(area.top()), down.visualIndexAt(area.bottom())
        last = self.grid.rowCount() - 1 if last < 0 else last
        rows = [
            (at, down.sectionViewportPosition(at), down.sectionSize(at))
            for at in range(max(first, 0), last + 1)
        ]
        first, last = across.visualIndexAt(area.left()), across.visualIndexAt(area.right())
        last = self.grid.columnCount() - 1 if last < 0 else last
        columns = [
            (at, across.sectionViewportPosition(at), across.sectionSize(at))
            for at in range(max(first, 0), last + 1)
        ]
        return rows, columns

    def _chosen(self) -> tuple[int, int, int, int]:
        ranges = self.selectionModel().selection()
        if ranges.isEmpty():
            return 0, -1, 0, -1
        first = ranges.first()
        if first.top() == first.bottom() and first.left() == first.right():
            return 0, -1, 0, -1
        return first.top(), first.bottom(), first.left(), first.right()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Tells the page, and draws the heads anew."""
        super().currentChanged(current, previous)
        self.viewport().update(self.visualRect(previous))
        self.viewport().update(self.visualRect(current))
        self.heads_down.viewport().update()
        self.heads_across.viewport().update()
        self.left.emit()

    # ------------------------------------------------------------- keys

    def event(self, event: QEvent) -> bool:
        """Tab moves to the next cell; only past the last one it leaves the grid."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            forward = event.key() == Qt.Key.Key_Tab and event.modifiers() == _PLAIN
            if forward or event.key() == Qt.Key.Key_Backtab:
                if self.key_taker is not None and self.key_taker(event):
                    return True
                if self.step(0, 1 if forward else -1):
                    return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The habits of Excel, and the grid's own keys."""
        if self.key_taker is not None and self.key_taker(event):
            return
        if not self._act(event):
            super().keyPressEvent(event)

    def _act(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        for standard, signal in (
            (QKeySequence.StandardKey.Copy, self.copied),
            (QKeySequence.StandardKey.Paste, self.pasted),
        ):
            if event.matches(standard):
                signal.emit()
                return True
        if modifiers == _CONTROL and key in (Qt.Key.Key_D, Qt.Key.Key_R):
            self.filled.emit(key == Qt.Key.Key_D)
        elif modifiers == _CONTROL and key == Qt.Key.Key_Down:
            self.next_open.emit()
        elif modifiers == _ALT and key in (Qt.Key.Key_G, Qt.Key.Key_T):
            self.state_asked.emit("not_assigned" if key == Qt.Key.Key_G else "not_done")
        elif modifiers in (_PLAIN, _SHIFT):
            return self._act_plain(event, key, modifiers)
        else:
            return False
        return True

    def _act_plain(self, event: QKeyEvent, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        text = event.text()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step(-1 if modifiers == _SHIFT else 1, 0)
        elif key == Qt.Key.Key_F2:
            self.typed.emit("")
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        elif key == Qt.Key.Key_F4 or text == "=":
            self.accepted.emit()
        elif key == Qt.Key.Key_F8:
            self.next_open.emit()
        elif self._folds(text):
            self.fold_asked.emit(self.line)
        elif text and text.isprintable() and not text.isspace():
            self.typed.emit(text)
        else:
            return False
        return True

    def _folds(self, text: str) -> bool:
        line = self.line
        return line is not None and line.folds and text in (" ", "+", "-")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """The acts on the selected cells, beside the mouse or the active cell."""
        spot = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            spot = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.menu_asked.emit(spot)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Goes to another cell, unless what was typed in this one was refused."""
        if self.settled():
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Opens the editor."""
        self.typed.emit("")


class SumsView(QTableView):
    """Totals and ranks, in bold, always in sight. ``asked`` carries the place of a unit's lane
    whose total is to be explained.
    """

    asked = Signal(int)

    def __init__(self, model: SumsModel, theme: Theme) -> None:
        super().__init__()
        self._model = model
        self._painter = ScoreCellPainter(theme)
        self.setAccessibleName("Tổng điểm và thứ hạng")
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("kind", "bare")
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draws the few sums in sight."""
        painter = QPainter(self.viewport())
        area = event.rect()
        for row in range(self._model.rowCount()):
            for column in range(self._model.columnCount()):
                rect = self.visualRect(self._model.index(row, column))
                if rect.intersects(area):
                    text = self._model.text_at(row, column)
                    view = CellView(text, CellState.SUM)
                    self._painter.draw(painter, rect, view, chosen=False)
                    self._painter.lines(painter, [rect.bottom()], [rect.right()], rect)
        if self.hasFocus() and self.currentIndex().isValid():
            self._painter.current(painter, self.visualRect(self.currentIndex()), has_focus=True)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Asks for the total of another unit to be explained."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid():
            self.asked.emit(self._model.lane_of(current.row(), current.column()))
