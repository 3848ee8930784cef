"""The table in which figures are typed: answer and source of each figure of each unit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.pages.exchange.presenter.answering import Answering, FigureRow
from ui.theme.fonts import font
from ui.theme.icons import icon
from ui.theme.tokens import Theme, Tone

Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
_READ: Final[tuple[tuple[str, int, Callable[[FigureRow], str]], ...]] = (
    ("Đơn vị", 20, lambda row: row.unit),
    ("Tiêu chí", 22, lambda row: row.criterion),
    ("Nội dung hỏi", 24, lambda row: f"{row.question} ({row.kind})"),
    ("Trả lời", 14, lambda row: row.typed),
    ("Nguồn", 18, lambda row: row.source),
)
ANSWER, SOURCE = 3, 4


class AnswerModel(QAbstractTableModel):
    """The rows of the sheet that is open; ``typed`` tells that one was changed."""

    typed = Signal()

    def __init__(self, answering: Answering, theme: Theme) -> None:
        super().__init__()
        self._answering, self._theme = answering, theme
        self._words = ""
        self._rows: list[FigureRow] = []

    def refresh(self) -> None:
        """Reads the rows anew; where there are as many as before, selection and scroll stay."""
        rows = list(self._answering.rows(self._words))
        if rows and len(rows) == len(self._rows):
            self._rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, SOURCE))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def find(self, words: str) -> None:
        """Shows only rows in which the words occur, whatever their accents."""
        self._words = words
        self.refresh()

    def row(self, at: int) -> FigureRow:
        """The row shown at this place."""
        return self._rows[at]

    @property
    def first_fault(self) -> int | None:
        """Where the first answer stands that cannot be read."""
        return next((at for at, row in enumerate(self._rows) if row.fault), None)

    def put(self, at: int, column: int, text: str) -> None:
        """Takes over what was typed into a cell."""
        place = self._rows[at].place
        take = self._answering.put if column == ANSWER else self._answering.put_source
        take(place, text)
        self.refresh()
        self.typed.emit()

    def paste(self, at: int, column: int, text: str) -> int:
        """Takes over copied cells from here on; answers how many rows took something."""
        places = [row.place for row in self._rows[at:]]
        count = self._answering.paste(places, text, source=column == SOURCE)
        self.refresh()
        self.typed.emit()
        return count

    # ------------------------------------------------------------- Qt

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """How many columns there are."""
        return 0 if parent.isValid() else len(_READ)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Answers and sources can be typed."""
        known = super().flags(index)
        return known | Qt.ItemFlag.ItemIsEditable if index.column() >= ANSWER else known

    def setData(  # noqa: N802
        self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Takes over what was typed."""
        if role != Qt.ItemDataRole.EditRole or index.column() < ANSWER:
            return False
        self.put(index.row(), index.column(), str(value))
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows for a role; a fault has its sign and its reason beside the text."""
        row, column = self._rows[index.row()], index.column()
        wrong = column == ANSWER and bool(row.fault)
        palette = self._theme.palette
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return _READ[column][2](row)
            case Qt.ItemDataRole.ToolTipRole:
                return row.fault if wrong else _READ[column][2](row)
            case Qt.ItemDataRole.AccessibleDescriptionRole if wrong:
                return row.fault
            case Qt.ItemDataRole.DecorationRole if wrong:
                return icon("circle-alert", palette.strong(Tone.ERROR))
            case Qt.ItemDataRole.ForegroundRole if wrong:
                return QBrush(QColor(palette.strong(Tone.ERROR)))
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heads of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _READ[section][0]
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class _CellEditor(QStyledItemDelegate):
    """The editor of a cell fits into the row."""

    def createEditor(  # noqa: N802 - Qt's name
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        """A line without its own frame, read aloud by what is asked."""
        made = super().createEditor(parent, option, index)
        made.setProperty("kind", "cell")
        made.setAccessibleName(_READ[index.column()][0])
        return made


class AnswerTable(QTableView):
    """Type, Enter and on to the next row; Ctrl+V pastes a column, Delete empties a cell.

    ``told`` says what was pasted; ``looked_at`` carries the row that is current.
    """

    told = Signal(str)
    looked_at = Signal(object)

    def __init__(self, answering: Answering, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("answerTable")
        self.setAccessibleName("Số liệu được đề nghị")
        self.cells = AnswerModel(answering, theme)
        self.setModel(self.cells)
        self.setItemDelegate(_CellEditor(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        down, across = self.verticalHeader(), self.horizontalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setMinimumSectionSize(theme.measures.space_4)
        down.setDefaultSectionSize(theme.measures.row)
        across.setHighlightSections(False)
        across.setTextElideMode(Qt.TextElideMode.ElideRight)
        letter = QFontMetrics(font(theme.measures.base)).horizontalAdvance("0")
        self._widths = [width * letter + theme.measures.space_3 for _, width, _ in _READ]
        self.selectionModel().currentChanged.connect(self._tell)

    def _tell(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.looked_at.emit(self.cells.row(index.row()) if index.isValid() else None)

    def resizeEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """The columns share the room in the ratio of what they need."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        room = max(self.viewport().width(), 2 * sum(self._widths) // 3)
        for column, width in enumerate(self._widths):
            self.setColumnWidth(column, width * room // sum(self._widths))

    def refresh(self) -> None:
        """Shows the rows as they are; the first answer is current where none was."""
        self.cells.refresh()
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.cells.index(0, ANSWER))

    def show_fault(self) -> None:
        """Brings the first answer into sight that cannot be read."""
        at = self.cells.first_fault
        if at is not None:
            self.setCurrentIndex(self.cells.index(at, ANSWER))
            self.setFocus()

    def closeEditor(  # noqa: N802 - Qt's name
        self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint
    ) -> None:
        """After Enter the next row is current."""
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        at = self.currentIndex()
        if hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            below = self.cells.index(at.row() + 1, at.column())
            if below.isValid():
                self.setCurrentIndex(below)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter types, Delete empties, Ctrl+V pastes."""
        at = self.currentIndex()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        at_rest = self.state() is not QAbstractItemView.State.EditingState
        typed = at.isValid() and at.column() >= ANSWER and at_rest
        if typed and event.matches(QKeySequence.StandardKey.Paste):
            text = QGuiApplication.clipboard().text()
            if text:
                count = self.cells.paste(at.row(), at.column(), text)
                self.told.emit(f"Đã dán vào {count} dòng.")
        elif typed and enter:
            self.edit(at)
        elif typed and event.key() == Qt.Key.Key_Delete:
            self.cells.put(at.row(), at.column(), "")
        else:
            super().keyPressEvent(event)
