"""The tree of the table for Qt: rows under rows, found without accents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

from app.ground.text import folded
from ui.pages.criteria.columns import BOLD, COLUMNS
from ui.pages.criteria.table_view import Row, RowKind
from ui.theme.fonts import font
from ui.theme.icons import icon
from ui.theme.tokens import Theme

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_SUM = 3
"""The column of sums; hidden while all sums are as they should be."""
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignCenter,
}


class _Node:
    """A row with those below it."""

    __slots__ = ("inside", "number", "place", "row", "up")

    def __init__(self, row: Row | None, up: _Node | None, number: int) -> None:
        self.row = row
        self.number = number
        self.up = up
        self.place = 0
        self.inside: list[_Node] = []


class TreeModel(QAbstractItemModel):
    """The rows that are shown, each under the row above it."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bold = font(theme.measures.base, bold=True)
        self._all: tuple[Row, ...] = ()
        self._wanted = ""
        self._root = _Node(None, None, 0)
        self._nodes: dict[str, _Node] = {}
        self._numbered: list[_Node] = [self._root]

    def show(self, rows: Sequence[Row]) -> bool:
        """Shows these rows; the answer is whether the tree is built anew."""
        before, self._all = self._all, tuple(rows)
        same = [(row.code, row.above) for row in before] == [(row.code, row.above) for row in rows]
        if same and before and not self._wanted:
            for row in rows:
                self._nodes[row.code].row = row
            for node in self._nodes.values():
                first = self.createIndex(node.place, 0, node.number)
                last = self.createIndex(node.place, len(COLUMNS) - 1, node.number)
                self.dataChanged.emit(first, last)
            return False
        self._build()
        return True

    def find(self, words: str) -> None:
        """Shows only rows in which the words occur, with the rows above them."""
        self._wanted = folded(words.strip())
        self._build()

    @property
    def found(self) -> tuple[str, ...]:
        """The codes of the rows in which the words occur, in their order."""
        return tuple(row.code for row in self._all if self._fits(row))

    def _fits(self, row: Row) -> bool:
        return self._wanted in folded(f"{row.code} {row.title} {row.method}")

    def _build(self) -> None:
        self.beginResetModel()
        kept: set[str] = set()
        above = {row.code: row.above for row in self._all}
        for row in self._all:
            code: str | None = row.code if self._fits(row) else None
            while code is not None and code not in kept:
                kept.add(code)
                code = above[code]
        self._root = _Node(None, None, 0)
        self._nodes, self._numbered = {}, [self._root]
        for row in self._all:
            if row.code in kept:
                up = self._nodes.get(row.above or "", self._root)
                node = _Node(row, up, len(self._numbered))
                self._numbered.append(node)
                node.place = len(up.inside)
                up.inside.append(node)
                self._nodes[row.code] = node
        self.endResetModel()

    @property
    def groups(self) -> tuple[str, ...]:
        """The codes of the rows that hold others."""
        return tuple(code for code, node in self._nodes.items() if node.inside)

    def row_at(self, index: Index) -> Row | None:
        """The row at an index."""
        return self._node(index).row

    def index_of(self, code: str) -> QModelIndex:
        """Where a row is; nowhere while it is not shown."""
        node = self._nodes.get(code)
        return QModelIndex() if node is None else self.createIndex(node.place, 0, node.number)

    def _node(self, index: Index) -> _Node:
        number = index.internalId() if index.isValid() else 0
        return self._numbered[number] if number < len(self._numbered) else self._root

    # ------------------------------------------------------------- Qt

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        """The index of a cell."""
        inside = self._node(parent).inside
        if not 0 <= row < len(inside) or not 0 <= column < len(COLUMNS):
            return QModelIndex()
        return self.createIndex(row, column, inside[row].number)

    def parent(self, index: Index = _NOWHERE) -> Any:
        """The row above."""
        up = self._node(index).up
        if up is None or up is self._root:
            return QModelIndex()
        return self.createIndex(up.place, 0, up.number)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """How many rows lie directly below."""
        return 0 if parent.isValid() and parent.column() else len(self._node(parent).inside)

    def columnCount(self, _parent: Index = _NOWHERE) -> int:  # noqa: N802
        """How many columns there are."""
        return len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows for a role."""
        row = self._node(index).row
        if row is None:
            return None
        column = COLUMNS[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(row)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _ALIGN[column.align]
            case Qt.ItemDataRole.ToolTipRole:
                return column.tip(row) if column.tip is not None else column.text(row)
            case Qt.ItemDataRole.FontRole:
                return self._bold if row.kind in BOLD else None
            case Qt.ItemDataRole.ForegroundRole if column.tone is not None and not column.icon:
                tone = column.tone(row)
                return QBrush(QColor(self._theme.palette.strong(tone))) if tone else None
            case Qt.ItemDataRole.DecorationRole if column.icon is not None:
                name = column.icon(row)
                tone = column.tone(row) if column.tone is not None else None
                palette = self._theme.palette
                return icon(name, palette.strong(tone) if tone else palette.muted) if name else None
            case Qt.ItemDataRole.AccessibleTextRole:
                return column.text(row)
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heads of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = COLUMNS[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.title
            case Qt.ItemDataRole.ToolTipRole:
                return column.head_tip or column.title
            case Qt.ItemDataRole.TextAlignmentRole:
                return _ALIGN[column.align]
        return None


class CriteriaTree(QTreeView):
    """The table as a tree. ``chosen`` carries the selected row or ``None``, ``asked`` a key."""

    chosen = Signal(object)
    asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Cây tiêu chí")
        self.rows = TreeModel(theme, self)
        self.setModel(self.rows)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setExpandsOnDoubleClick(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setIndentation(theme.measures.space_3)
        across = self.header()
        across.setStretchLastSection(False)
        across.setMinimumSectionSize(theme.measures.space_8)
        letter = QFontMetrics(font(theme.measures.base)).horizontalAdvance("0")
        heads = QFontMetrics(font(theme.measures.base, bold=True))
        for at, column in enumerate(COLUMNS):
            least = heads.horizontalAdvance(column.title) + theme.measures.space_4
            self.setColumnWidth(at, max(column.width * letter + theme.measures.space_2, least))
            if column.stretch:
                across.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentChanged.connect(self._tell)
        self.doubleClicked.connect(lambda _index: self.asked.emit("open"))

    def _tell(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(self.rows.row_at(index) if index.isValid() else None)

    @property
    def current(self) -> Row | None:
        """The selected row."""
        index = self.currentIndex()
        return self.rows.row_at(index) if index.isValid() else None

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Shows these rows; selection, folding and scroll stay where they can."""
        before = self.current
        folded_rows = self._folded()
        scroll = self.verticalScrollBar().value()
        self.setColumnHidden(_SUM, not any(COLUMNS[_SUM].text(row) for row in rows))
        if self.rows.show(rows):
            self.expandAll()
            self._fit_codes()
            for code in folded_rows:
                index = self.rows.index_of(code)
                if index.isValid():
                    self.collapse(index)
            if not (before and self.choose(before.code)):
                self.setCurrentIndex(self.rows.index(0, 0))
            self.verticalScrollBar().setValue(scroll)
        elif before is not None:
            self.chosen.emit(self.current)

    def _fit_codes(self) -> None:
        """As wide as the codes need, so that the titles have what is left."""
        self.resizeColumnToContents(0)
        letter = self.fontMetrics().horizontalAdvance("0")
        self.setColumnWidth(0, min(max(self.columnWidth(0), 7 * letter), 18 * letter))

    def _folded(self) -> list[str]:
        groups = self.rows.groups
        return [code for code in groups if not self.isExpanded(self.rows.index_of(code))]

    def search(self, words: str) -> None:
        """Shows only what fits; the first hit is selected."""
        before = self.current
        self.rows.find(words)
        self.expandAll()
        hits = self.rows.found if words.strip() else ()
        wanted = before.code if before is not None else ""
        if hits and wanted not in hits:
            wanted = hits[0]
        if not self.choose(wanted):
            self.setCurrentIndex(self.rows.index(0, 0))
            self.chosen.emit(self.current)

    def choose(self, code: str) -> bool:
        """Selects a row and brings it into sight."""
        index = self.rows.index_of(code)
        if not index.isValid():
            return False
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def fold(self, *, away: bool) -> None:
        """Folds all sections away, or shows all that is in them."""
        if away:
            row = self.current
            self.collapseAll()
            if row is not None and row.depth:
                self.choose(row.code.split(".")[0])
        else:
            self.expandAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter, F2, Insert and Delete ask for an act on the row."""
        asked = {
            Qt.Key.Key_Return: "open",
            Qt.Key.Key_Enter: "open",
            Qt.Key.Key_F2: "rename",
            Qt.Key.Key_Insert: "add",
            Qt.Key.Key_Delete: "remove",
        }.get(Qt.Key(event.key()))
        row = self.current
        if asked is not None and row is not None:
            self.asked.emit("split" if asked == "add" and row.kind is not RowKind.GROUP else asked)
            return
        super().keyPressEvent(event)
