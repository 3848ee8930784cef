"""Rows of a way of scoring (levels, bands, parts …) typed as in a small table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.pages.criteria.method_form import Field, FieldKind
from ui.theme.fonts import font
from ui.theme.tokens import Theme
from ui.widgets.words import button, tool_button

_SHOWN = 8
_MORE, _FEWER = "Thêm cột", "Bớt cột"


class _CellEditor(QStyledItemDelegate):
    """The editor of a cell fits into the row."""

    def createEditor(  # noqa: N802 - Qt's name
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        """A line without its own frame."""
        made = super().createEditor(parent, option, index)
        made.setProperty("kind", "cell")
        return made


class _Cells(QTableWidget):
    """A table in which Enter opens the cell for typing."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter types into the cell."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(self.currentIndex())
            return
        super().keyPressEvent(event)


class RowsEditor(QWidget):
    """Rows with the columns of a field; ``changed`` tells each keystroke that was taken over."""

    changed = Signal()

    def __init__(self, field: Field, theme: Theme, *, editable: bool) -> None:
        super().__init__()
        self._field = field
        self._editable = editable
        self._theme = theme
        m = theme.measures
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(m.space_1)
        self.cells = _Cells(0, len(field.columns))
        self.cells.setAccessibleName(field.title)
        self.cells.setAccessibleDescription(field.hint)
        self.cells.setItemDelegate(_CellEditor(self.cells))
        for at, column in enumerate(field.columns):
            head = QTableWidgetItem(column.title)
            head.setToolTip(column.hint or column.title)
            numeric = column.kind in (FieldKind.NUMBER, FieldKind.WORTH)
            side = Qt.AlignmentFlag.AlignRight if numeric else Qt.AlignmentFlag.AlignLeft
            head.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            self.cells.setHorizontalHeaderItem(at, head)
        self.cells.setTabKeyNavigation(False)
        self.cells.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.cells.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.cells.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        triggers = QAbstractItemView.EditTrigger
        self.cells.setEditTriggers(
            triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed
            if editable
            else triggers.NoEditTriggers
        )
        down = self.cells.verticalHeader()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(m.row)
        down.setMinimumSectionSize(m.space_4)
        self._lay_columns(theme)
        lines.addWidget(self.cells)
        acts = QHBoxLayout()
        acts.setSpacing(m.space_1)
        self.add = button("Thêm dòng", self._add, kind="link")
        self.drop = button("Bỏ dòng", self._drop, kind="link")
        self.up = tool_button("Chuyển dòng lên", "arrow-up", theme, lambda: self._move(-1))
        self.down = tool_button("Chuyển dòng xuống", "arrow-down", theme, lambda: self._move(1))
        self.more = button(_MORE, self._show_more, kind="link")
        for made in (self.add, self.drop, self.up, self.down):
            made.setEnabled(editable)
            acts.addWidget(made)
        acts.addStretch(1)
        if any(column.rarely for column in field.columns):
            acts.addWidget(self.more)
        lines.addLayout(acts)
        self.cells.itemChanged.connect(self._tell)
        self._filling = False

    def _lay_columns(self, theme: Theme) -> None:
        heads = QFontMetrics(font(theme.measures.base, bold=True))
        letter = heads.horizontalAdvance("0")
        across = self.cells.horizontalHeader()
        across.setHighlightSections(False)
        across.setMinimumSectionSize(theme.measures.space_8)
        wide = self._wide()
        for at, column in enumerate(self._field.columns):
            least = heads.horizontalAdvance(column.title) + theme.measures.space_4
            usual = {FieldKind.RANGE: 22, FieldKind.YES_NO: 6}.get(column.kind, 9) * letter
            self.cells.setColumnWidth(at, max(least, usual))
            if at == wide:
                across.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
            self.cells.setColumnHidden(at, column.rarely)

    def _wide(self) -> int:
        for at, column in enumerate(self._field.columns):
            if column.kind is FieldKind.TEXT and not column.rarely:
                return at
        return 0

    def _show_more(self) -> None:
        hidden = any(self.cells.isColumnHidden(at) for at in range(len(self._field.columns)))
        across = self.cells.horizontalHeader()
        wide = self._wide()
        mode = QHeaderView.ResizeMode.Interactive if hidden else QHeaderView.ResizeMode.Stretch
        across.setSectionResizeMode(wide, mode)
        if hidden:
            letter = self.fontMetrics().horizontalAdvance("0")
            self.cells.setColumnWidth(wide, max(self.cells.columnWidth(wide), 18 * letter))
        for at, column in enumerate(self._field.columns):
            self.cells.setColumnHidden(at, column.rarely and not hidden)
        self.more.setText(_FEWER if hidden else _MORE)
        self._fit()

    # ------------------------------------------------------------- values

    def fill(self, rows: Sequence[Mapping[str, str]]) -> None:
        """Shows rows as ``method_form.filled`` gives them."""
        self._filling = True
        self.cells.setRowCount(0)
        for row in rows:
            self._insert(self.cells.rowCount(), row)
        self._filling = False
        self._fit()

    def rows(self) -> list[dict[str, str]]:
        """What stands in the table; a cell that was never set has no key."""
        found: list[dict[str, str]] = []
        for at in range(self.cells.rowCount()):
            row: dict[str, str] = {}
            for place, column in enumerate(self._field.columns):
                item = self.cells.item(at, place)
                text = self._text(column, item)
                if item is not None and (text or item.data(Qt.ItemDataRole.UserRole)):
                    row[column.name] = text
            found.append(row)
        return found

    def _text(self, column: Field, item: QTableWidgetItem | None) -> str:
        if item is None:
            return ""
        if column.kind is not FieldKind.YES_NO:
            return item.text().strip()
        if item.checkState() is Qt.CheckState.Checked:
            return "true"
        return "false" if item.data(Qt.ItemDataRole.UserRole) else ""

    def _insert(self, at: int, row: Mapping[str, str]) -> None:
        self.cells.insertRow(at)
        for place, column in enumerate(self._field.columns):
            text = row.get(column.name, "")
            item = QTableWidgetItem()
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            if column.kind is FieldKind.YES_NO:
                state = Qt.CheckState.Checked if text == "true" else Qt.CheckState.Unchecked
                item.setCheckState(state)
                flags |= Qt.ItemFlag.ItemIsUserCheckable if self._editable else flags
                item.setData(Qt.ItemDataRole.AccessibleTextRole, column.title)
            else:
                item.setText(text)
                item.setToolTip(text)
                flags |= Qt.ItemFlag.ItemIsEditable if self._editable else flags
                if column.kind in (FieldKind.NUMBER, FieldKind.WORTH):
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
            item.setFlags(flags)
            item.setData(Qt.ItemDataRole.UserRole, column.name in row)
            self.cells.setItem(at, place, item)

    # ------------------------------------------------------------- acts

    def _tell(self) -> None:
        if not self._filling:
            self.changed.emit()

    def _add(self) -> None:
        at = self.cells.currentRow() + 1 if self.cells.currentRow() >= 0 else self.cells.rowCount()
        self._filling = True
        self._insert(at, {})
        self._filling = False
        self._fit()
        self.cells.setCurrentCell(at, self._first())
        self.cells.setFocus()
        self._tell()

    def _first(self) -> int:
        return next(
            at for at in range(len(self._field.columns)) if not self.cells.isColumnHidden(at)
        )

    def _drop(self) -> None:
        if self.cells.currentRow() >= 0:
            self.cells.removeRow(self.cells.currentRow())
            self._fit()
            self._tell()

    def _move(self, step: int) -> None:
        at = self.cells.currentRow()
        if at < 0 or not 0 <= at + step < self.cells.rowCount():
            return
        rows, column = self.rows(), self.cells.currentColumn()
        rows[at], rows[at + step] = rows[at + step], rows[at]
        self.fill(rows)
        self.cells.setCurrentCell(at + step, column)
        self._tell()

    def _fit(self) -> None:
        """As high as its rows, up to a few."""
        m = self._theme.measures
        shown = min(max(self.cells.rowCount(), 2), _SHOWN)
        head = self.cells.horizontalHeader().sizeHint().height()
        wide = self.more.isVisibleTo(self) and self.more.text() == _FEWER
        bar = self.cells.horizontalScrollBar().sizeHint().height() if wide else 0
        self.cells.setFixedHeight(head + shown * m.row + bar + 2)
