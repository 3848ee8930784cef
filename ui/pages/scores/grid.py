"""The whole grid: cells in the middle, heads and sums that stay, scroll bars outside."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHeaderView, QScrollBar

from ui.models.score_cells import GridSource
from ui.models.score_grid import ScoreGridModel, SumsModel
from ui.pages.scores.heads import SumHead
from ui.pages.scores.view import ScoreView, SumsView
from ui.preferences import Preferences
from ui.theme.fonts import font
from ui.theme.tokens import Theme
from ui.widgets.words import label

_NAMES = "cham-diem.ten"


class ScoreGrid(QFrame):
    """Lays cells, heads and sums out, either way round, and keeps them together."""

    def __init__(self, source: GridSource, theme: Theme, preferences: Preferences) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._theme = theme
        self._preferences = preferences
        self.model = ScoreGridModel(source)
        self.sums_model = SumsModel(self.model)
        self.view = ScoreView(self.model, theme)
        self.sums = SumsView(self.sums_model, theme)
        self.across = QScrollBar(Qt.Orientation.Horizontal, self)
        self.down = QScrollBar(Qt.Orientation.Vertical, self)
        self.corner = label("", "small", wrap=True)
        self.corner.setParent(self.view)
        self.corner.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        self._cells = QGridLayout(self)
        self._cells.setContentsMargins(1, 1, 1, 1)
        self._cells.setSpacing(0)
        self._figure = QFontMetrics(font(theme.measures.base)).horizontalAdvance("0")
        self._tie(self.across, self.view.horizontalScrollBar())
        self._tie(self.down, self.view.verticalScrollBar())
        self.view.heads_across.sectionResized.connect(self._follow_column)
        self.view.heads_down.sectionResized.connect(self._follow_row)
        self.view.heads_down.dragged.connect(self._drag)
        self._placed: bool | None = None

    def _tie(self, outside: QScrollBar, inside: QScrollBar) -> None:
        """A scroll bar outside the views that moves one inside, and follows it."""

        def follow(least: int, most: int) -> None:
            outside.setRange(least, most)
            outside.setPageStep(inside.pageStep())
            outside.setSingleStep(inside.singleStep())
            outside.setVisible(most > least)

        inside.rangeChanged.connect(follow)
        inside.valueChanged.connect(outside.setValue)
        outside.valueChanged.connect(inside.setValue)
        upright = outside.orientation() is Qt.Orientation.Vertical
        sums = self.sums.verticalScrollBar() if upright else self.sums.horizontalScrollBar()
        inside.valueChanged.connect(sums.setValue)
        outside.hide()

    # ------------------------------------------------------------- laying out

    def lay_out(self) -> None:
        """Takes lines and lanes anew; the active cell stays where it still is."""
        view, model = self.view, self.model
        line, lane = view.line, view.lane
        changed = model.lay_out()
        if self._placed is not model.lines_are_rows:
            self._place()
        if not changed:
            view.viewport().update()
            self.sums.viewport().update()
            view.heads_down.viewport().update()
            view.heads_across.viewport().update()
            return
        self._size()
        if line is not None and lane is not None:
            there = next(
                (one for one in model.lanes if (one.unit, one.round) == (lane.unit, lane.round)),
                next((one for one in model.lanes if one.unit == lane.unit and one.editing), None),
            )
            known = next((one for one in model.lines if one.key == line.key), None)
            if there is not None and known is not None:
                view.select_cell(known, there)

    def _place(self) -> None:
        rows = self._placed = self.model.lines_are_rows
        cells, view, sums = self._cells, self.view, self.sums
        for widget in (view, sums, self.across, self.down):
            cells.removeWidget(widget)
        cells.addWidget(view, 0, 0)
        cells.addWidget(sums, 1 if rows else 0, 0 if rows else 1)
        cells.addWidget(self.down, 0, 2)
        cells.addWidget(self.across, 2, 0)
        cells.setRowStretch(0, 1)
        cells.setColumnStretch(0, 1)
        if rows:
            sums.setVerticalHeader(SumHead(Qt.Orientation.Vertical, self._theme))
        else:
            sums.setHorizontalHeader(SumHead(Qt.Orientation.Horizontal, self._theme))
        sums.verticalHeader().setVisible(rows)
        sums.horizontalHeader().setVisible(not rows)
        self.corner.setText("Tiêu chí và điểm tối đa" if rows else "Đơn vị")

    def _size(self) -> None:
        """Widths and heights of everything."""
        m = self._theme.measures
        rows, view = self.model.lines_are_rows, self.view
        several = any(not lane.editing for lane in self.model.lanes)
        down, across = view.heads_down, view.heads_across
        names = self._names_width()
        down.setFixedWidth(names)
        line = down.line_height()
        small = QFontMetrics(font(m.least)).height()
        if rows:
            across.setFixedHeight(2 * line + 6 + (small + 2 if several else 0))
        else:
            across.setFixedHeight(3 * line + small + 6)
        for head in (down, across):
            head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            head.setMinimumSectionSize(m.space_4)
        down.setDefaultSectionSize(m.row)
        across.setDefaultSectionSize(self._column_width())
        self._heighten(names, line)
        self._size_sums(names)
        view.fit_heads()
        self._widen()
        self.corner.setGeometry(m.space_1, 0, names - 2 * m.space_1, across.height() - 3)
        self.corner.raise_()

    def _heighten(self, names: int, line: int) -> None:
        """Names on two lines get the height for them."""
        m, down = self._theme.measures, self.view.heads_down
        two = max(m.row, 2 * line + 6)
        self.view.setUpdatesEnabled(False)
        rows = self.model.lines_are_rows
        for at in range(down.count()):
            high = rows and down.lines_needed(self.model.lines[at], names) > 1
            wanted = two if high else m.row
            if down.sectionSize(at) != wanted:
                down.resizeSection(at, wanted)
        self.view.setUpdatesEnabled(True)

    def _size_sums(self, names: int) -> None:
        m, rows, sums = self._theme.measures, self.model.lines_are_rows, self.sums
        down, across = sums.verticalHeader(), sums.horizontalHeader()
        for head in (down, across):
            head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            head.setMinimumSectionSize(m.space_4)
        down.setDefaultSectionSize(m.row if not rows else m.row - m.space_1)
        if rows:
            down.setFixedWidth(names)
            across.setDefaultSectionSize(self._column_width())
            sums.setFixedHeight(2 * (m.row - m.space_1))
            sums.setMinimumWidth(0)
            sums.setMaximumWidth(16_777_215)
        else:
            width = 12 * self._figure + m.space_2
            across.setDefaultSectionSize(width)
            across.setFixedHeight(self.view.heads_across.height())
            sums.setFixedWidth(2 * width)
            sums.setMinimumHeight(0)
            sums.setMaximumHeight(16_777_215)

    def _names_width(self) -> int:
        kept = self._preferences.sizes(_NAMES)
        usual = min(max(self.width() * 3 // 10, 200), 380)
        return min(max(kept[0] if kept else usual, 120), max(160, self.width() // 2))

    def _column_width(self) -> int:
        """Wide enough for the self-score with its difference above the points."""
        return 13 * self._figure + 2 * self._theme.measures.space_2

    def _widen(self) -> None:
        """Few units share the room that is there."""
        count = self.model.columnCount()
        if not self.model.lines_are_rows or not count:
            return
        least = self._column_width()
        room = self.view.viewport().width()
        width = min(max(least, room // count), least * 3 // 2)
        across = self.view.heads_across
        if across.defaultSectionSize() != width:
            across.setDefaultSectionSize(width)
            self.sums.horizontalHeader().setDefaultSectionSize(width)

    def _follow_column(self, at: int, _old: int, new: int) -> None:
        if self.model.lines_are_rows:
            self.sums.setColumnWidth(at, new)

    def _follow_row(self, at: int, _old: int, new: int) -> None:
        if not self.model.lines_are_rows:
            self.sums.setRowHeight(at, new)

    def _drag(self, width: int) -> None:
        self._preferences.keep_sizes(_NAMES, (max(120, min(width, self.width() // 2)),))
        self._size()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Names and columns take their share of the new width."""
        super().resizeEvent(event)
        if self._placed is not None:
            self._size()
