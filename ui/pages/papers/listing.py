"""The list of the papers: by the parts of the year, with the state of each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from app.operations.workspace.paper_desk import PART_WORDS
from app.reports.papers.paper import Part
from ui.pages.papers.columns import PAPERS
from ui.pages.papers.facts import PaperRow
from ui.theme.fonts import font
from ui.theme.tokens import Theme

_ROW = Qt.ItemDataRole.UserRole


class PapersList(QTreeWidget):
    """Papers under the parts of the year; ``chosen`` carries the row, ``entered`` wants it used."""

    chosen = Signal(object)
    entered = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: tuple[PaperRow, ...] = ()
        self._items: dict[str, QTreeWidgetItem] = {}
        self.setAccessibleName("Các văn bản của năm")
        self.setColumnCount(len(PAPERS))
        self.setHeaderLabels([column.title for column in PAPERS])
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        heads = self.header()
        heads.setStretchLastSection(False)
        heads.setHighlightSections(False)
        heads.setMinimumSectionSize(theme.measures.space_8)
        heads.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        heads.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        letter = QFontMetrics(font(theme.measures.base)).horizontalAdvance("0")
        heads.resizeSection(1, PAPERS[1].width * letter + theme.measures.space_4)
        self.currentItemChanged.connect(self._tell)
        self.itemDoubleClicked.connect(lambda item, _column: self._enter(item))

    # ------------------------------------------------------------- showing

    def show_rows(self, rows: Sequence[PaperRow]) -> None:
        """Shows these papers; the chosen one stays chosen, else the first is."""
        same = [row.id for row in rows] == [row.id for row in self._rows]
        self._rows = tuple(rows)
        if same:
            for row in rows:
                self._fill(self._items[row.id], row)
            return
        before = self.current.id if self.current is not None else ""
        place = self.verticalScrollBar().value()
        self.blockSignals(True)
        self.clear()
        self._items.clear()
        part: Part | None = None
        for row in rows:
            if row.part is not part:
                part = row.part
                self._add_head(PART_WORDS[part])
            item = QTreeWidgetItem(self)
            self._items[row.id] = item
            self._fill(item, row)
        self.blockSignals(False)
        self.verticalScrollBar().setValue(place)
        wanted = before if before in self._items else next(iter(self._items), "")
        if wanted:
            self.setCurrentItem(self._items[wanted])
        else:
            self.chosen.emit(None)

    def _add_head(self, words: str) -> None:
        item = QTreeWidgetItem(self, [words])
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        item.setFirstColumnSpanned(True)
        item.setFont(0, font(self._theme.measures.base, bold=True))
        item.setForeground(0, QBrush(QColor(self._theme.palette.muted)))

    def _fill(self, item: QTreeWidgetItem, row: PaperRow) -> None:
        item.setData(0, _ROW, row)
        for at, column in enumerate(PAPERS):
            item.setText(at, column.text(row))
            item.setToolTip(at, column.tip(row) if column.tip else column.text(row))
            if column.tone is not None and (tone := column.tone(row)) is not None:
                item.setForeground(at, QBrush(QColor(self._theme.palette.strong(tone))))

    # ------------------------------------------------------------- choosing

    @property
    def current(self) -> PaperRow | None:
        """The chosen paper."""
        item = self.currentItem()
        row = item.data(0, _ROW) if item is not None else None
        return row if isinstance(row, PaperRow) else None

    @property
    def rows(self) -> tuple[PaperRow, ...]:
        """The papers that are shown."""
        return self._rows

    def choose(self, paper: str) -> bool:
        """Chooses a paper and brings it into sight."""
        item = self._items.get(paper)
        if item is not None:
            self.setCurrentItem(item)
            self.scrollToItem(item)
        return item is not None

    def _tell(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        row = item.data(0, _ROW) if item is not None else None
        if isinstance(row, PaperRow):
            self.chosen.emit(row)

    def _enter(self, item: QTreeWidgetItem | None) -> None:
        row = item.data(0, _ROW) if item is not None else None
        if isinstance(row, PaperRow):
            self.entered.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter asks for the paper."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(self.currentItem())
            return
        super().keyPressEvent(event)
