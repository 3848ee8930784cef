"""How a cell of the grid of scores is drawn: four states that differ without colour, and marks."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPen, QPolygon

from ui.models.score_cells import CellState, CellView
from ui.theme.fonts import font
from ui.theme.tokens import Theme, Tone

_ABOVE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_MARK = 7


class ScoreCellPainter:
    """Draws cells with the theme's fonts and colours, prepared once."""

    def __init__(self, theme: Theme) -> None:
        p, m = theme.palette, theme.measures
        self.plain, self.bold, self.small = font(m.base), font(m.base, bold=True), font(m.least)
        self._pad = m.space_2
        self._decimals = QFontMetrics(self.plain).horizontalAdvance(",00")
        self._widths: dict[tuple[str, bool], int] = {}
        metrics = QFontMetrics(self.plain)
        self._rise = metrics.ascent() - metrics.descent()
        self._small_height = QFontMetrics(self.small).height()
        self._text_pen, self._muted_pen = QPen(QColor(p.text)), QPen(QColor(p.muted))
        self._pale_pen, self._line_pen = QPen(QColor(p.disabled)), QPen(QColor(p.line))
        self._frame_pen = QPen(QColor(p.line_strong))
        self._surface, self._ground = QColor(p.surface), QColor(p.ground)
        self._raised, self._chosen = QColor(p.raised), QColor(p.accent_soft)
        self._accent = QColor(p.accent)
        self._current_pen = QPen(self._accent, 2)
        self._away_pen = QPen(QColor(p.line_strong), 2)
        for pen in (self._current_pen, self._away_pen):
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        self._hatch = QBrush(QColor(p.line_strong), Qt.BrushStyle.BDiagPattern)
        self._tones = {tone: QColor(p.strong(tone)) for tone in Tone}

    def ground(self, view: CellView, chosen: bool) -> QColor:
        """What a cell stands on."""
        if chosen:
            return self._chosen
        if view.state is CellState.SUM:
            return self._raised
        return self._surface if view.editable else self._ground

    def draw(self, painter: QPainter, rect: QRect, view: CellView, chosen: bool) -> None:
        """One cell without its lines."""
        painter.fillRect(rect, self.ground(view, chosen))
        state = view.state
        if state is CellState.ABSENT:
            return
        if state is CellState.NOT_ASSIGNED:
            painter.fillRect(rect.adjusted(1, 1, -2, -2), self._hatch)
        if view.small:
            painter.setFont(self.small)
            painter.setPen(self._muted_pen)
            painter.drawText(rect.adjusted(self._pad, 1, 0, 0), _ABOVE, view.small)
        if view.text:
            self._text(painter, rect, view, chosen)
        if view.changed:
            painter.fillRect(QRect(rect.left(), rect.top() + 3, 3, rect.height() - 7), self._accent)
        if view.tone is not None:
            self._mark(painter, rect, view.tone)

    def _text(self, painter: QPainter, rect: QRect, view: CellView, chosen: bool) -> None:
        low = rect.adjusted(0, self._small_height - 4, 0, 0) if view.small else rect
        inner = low.adjusted(self._pad, 0, -self._pad, -1)
        state = view.state
        if state in (CellState.SCORED, CellState.SUM):
            bold = state is CellState.SUM
            painter.setFont(self.bold if bold else self.plain)
            painter.setPen(self._text_pen if view.editable or bold else self._muted_pen)
            comma = inner.right() - self._decimals + 1
            left = comma - self._width_before_comma(view.text, bold)
            painter.drawText(left, inner.top() + (inner.height() + self._rise) // 2, view.text)
            return
        painter.setFont(self.plain)
        width = painter.fontMetrics().horizontalAdvance(view.text) + 8
        box = QRect(inner.right() - width + 1, inner.top(), width, inner.height())
        if state is CellState.BLANK:
            painter.setPen(self._pale_pen)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, view.text)
            return
        height = min(box.height() - 4, painter.fontMetrics().height() + 2)
        frame = QRect(box.left(), box.center().y() - height // 2, width - 1, height)
        painter.fillRect(frame, self._chosen if chosen else self.ground(view, chosen))
        if state is CellState.NOT_DONE:
            painter.setPen(self._frame_pen)
            painter.drawRect(frame)
        painter.setPen(self._text_pen)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, view.text)

    def _width_before_comma(self, text: str, bold: bool) -> int:
        """How far left of the aligned commas a number begins."""
        known = self._widths.get((text, bold))
        if known is None:
            metrics = QFontMetrics(self.bold if bold else self.plain)
            known = metrics.horizontalAdvance(text.partition(",")[0])
            self._widths[text, bold] = known
        return known

    def _mark(self, painter: QPainter, rect: QRect, tone: Tone) -> None:
        """A corner: filled for an error, hollow for what is only to be looked at."""
        right, top = rect.right(), rect.top()
        corner = QPolygon(
            [QPoint(right - _MARK - 1, top), QPoint(right, top), QPoint(right, top + _MARK + 1)]
        )
        painter.setPen(QPen(self._tones[tone]))
        painter.setBrush(QBrush(self._tones[tone]) if tone is Tone.ERROR else Qt.BrushStyle.NoBrush)
        painter.drawPolygon(corner)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def clear_beyond(self, painter: QPainter, area: QRect, cells: QRect) -> None:
        """What lies right of the last column and below the last row."""
        if cells.right() < area.right():
            beyond = QRect(area)
            beyond.setLeft(cells.right() + 1)
            painter.fillRect(beyond, self._surface)
        if cells.bottom() < area.bottom():
            beyond = QRect(area)
            beyond.setTop(cells.bottom() + 1)
            painter.fillRect(beyond, self._surface)

    def lines(self, painter: QPainter, rows: list[int], columns: list[int], area: QRect) -> None:
        """Hair lines at the ends of rows and columns."""
        painter.setPen(self._line_pen)
        for y in rows:
            painter.drawLine(area.left(), y, area.right(), y)
        for x in columns:
            painter.drawLine(x, area.top(), x, area.bottom())

    def current(self, painter: QPainter, rect: QRect, has_focus: bool) -> None:
        """The frame of the active cell."""
        painter.setPen(self._current_pen if has_focus else self._away_pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0, 0, -2, -2))
