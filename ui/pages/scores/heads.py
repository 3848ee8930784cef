"""The frozen heads of the grid: criteria with fold marks and maxima, units over their rounds."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView

from ui.models.score_cells import Lane, Line
from ui.models.score_grid import SUM_TITLES, ScoreGridModel
from ui.pages.scores.lines import short_round
from ui.theme.fonts import font
from ui.theme.icons import pixmap
from ui.theme.tokens import Theme

_EDGE = 5
_CHEVRON = 16


def two_lines(text: str, width: int, metrics: QFontMetrics, most: int = 2) -> tuple[str, ...]:
    """A text on at most so many lines of a width, cut with an ellipsis where it is longer."""
    lines: list[str] = []
    rest = text
    while len(lines) < most - 1 and metrics.horizontalAdvance(rest) > width:
        words = rest.split(" ")
        count = len(words)
        while count > 1 and metrics.horizontalAdvance(" ".join(words[:count])) > width:
            count -= 1
        if count == len(words):
            break
        lines.append(" ".join(words[:count]))
        rest = " ".join(words[count:])
    lines.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
    return tuple(lines)


class Head(QHeaderView):
    """One frozen head. ``fold_asked`` carries the line whose mark was clicked; ``dragged`` the
    width that a vertical head was drawn to.
    """

    fold_asked = Signal(object)
    dragged = Signal(int)

    def __init__(self, orientation: Qt.Orientation, model: ScoreGridModel, theme: Theme) -> None:
        super().__init__(orientation)
        self._grid = model
        self._theme = theme
        m, p = theme.measures, theme.palette
        self._plain, self._bold, self._small = (
            font(m.base),
            font(m.base, bold=True),
            font(m.least),
        )
        self._plain_size, self._bold_size = QFontMetrics(self._plain), QFontMetrics(self._bold)
        self._small_size = QFontMetrics(self._small)
        self._text, self._muted = QPen(QColor(p.text)), QPen(QColor(p.muted))
        self._hair, self._strong = QPen(QColor(p.line)), QPen(QColor(p.line_strong))
        self._back, self._section = QColor(p.surface), QColor(p.raised)
        self._here = QColor(p.accent_soft)
        self._cut: dict[tuple[str, int, int], tuple[str, ...]] = {}
        self._drag_from: int | None = None
        self.setProperty("wraps", True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    @property
    def _upright(self) -> bool:
        return self.orientation() is Qt.Orientation.Vertical

    @property
    def _shows_lines(self) -> bool:
        return self._upright == self._grid.lines_are_rows

    def lines_needed(self, line: Line, width: int) -> int:
        """On how many lines (one or two) the name of a line stands in a vertical head."""
        return len(self._name(line, width, 2))

    def line_height(self) -> int:
        """How high one line of a name is."""
        return int(self._plain_size.height())

    def _name(self, line: Line, width: int, most: int) -> tuple[str, ...]:
        key = (line.key, width, most)
        if key not in self._cut:
            metrics = self._bold_size if line.folds else self._plain_size
            room = width if not self._upright else self._room(line, width)
            self._cut[key] = two_lines(line.name, max(room, 20), metrics, most)
        return self._cut[key]

    def _room(self, line: Line, width: int) -> int:
        return width - self._indent(line) - self._max_width(line) - 2 * self._theme.measures.space_1

    def _indent(self, line: Line) -> int:
        mark = _CHEVRON if line.folds else 0
        return self._theme.measures.space_1 + line.depth * self._theme.measures.space_2 + mark

    def _max_width(self, line: Line) -> int:
        if not line.max:
            return 0
        return self._small_size.horizontalAdvance(line.max) + self._theme.measures.space_2

    # ------------------------------------------------------------- drawing

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draws the sections in sight."""
        painter = QPainter(self.viewport())
        area = event.rect()
        painter.fillRect(area, self._section)
        if not self.count():
            return
        first, last = self._in_sight(area)
        current = self._current()
        if self._shows_lines:
            for at in range(first, last + 1):
                self._draw_line(painter, self._rect(at), self._grid.lines[at], at == current)
        else:
            self._draw_lanes(painter, first, last, current)
        painter.setPen(self._strong)
        whole = self.viewport().rect()
        if self._upright:
            painter.drawLine(whole.topRight(), whole.bottomRight())
        else:
            painter.drawLine(whole.bottomLeft(), whole.bottomRight())

    def _in_sight(self, area: QRect) -> tuple[int, int]:
        start, end = (area.top(), area.bottom()) if self._upright else (area.left(), area.right())
        first, last = self.visualIndexAt(start), self.visualIndexAt(end)
        return max(first, 0), self.count() - 1 if last < 0 else last

    def _rect(self, at: int) -> QRect:
        start, size = self.sectionViewportPosition(at), self.sectionSize(at)
        if self._upright:
            return QRect(0, start, self.viewport().width(), size)
        return QRect(start, 0, size, self.viewport().height())

    def _current(self) -> int:
        model = self.selectionModel()
        if model is None:
            return -1
        index = model.currentIndex()
        return index.row() if self._upright else index.column()

    def _draw_line(self, painter: QPainter, rect: QRect, line: Line, here: bool) -> None:
        m = self._theme.measures
        ground = self._section if line.folds else self._back
        painter.fillRect(rect, self._here if here else ground)
        if self._upright:
            self._draw_upright(painter, rect, line)
        else:
            self._draw_across(painter, rect.adjusted(m.space_1, 2, -m.space_1, -2), line)
        painter.setPen(self._hair)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if not self._upright:
            painter.drawLine(rect.topRight(), rect.bottomRight())

    def _draw_upright(self, painter: QPainter, rect: QRect, line: Line) -> None:
        m = self._theme.measures
        left = rect.left() + self._indent(line)
        if line.folds:
            self._chevron(painter, QPoint(left - _CHEVRON, rect.center().y() - 7), line)
        if line.max:
            painter.setFont(self._small)
            painter.setPen(self._muted)
            painter.drawText(
                rect.adjusted(0, 0, -m.space_1 - 2, 0),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                line.max,
            )
        painter.setFont(self._bold if line.folds else self._plain)
        painter.setPen(self._text)
        cut = self._name(line, rect.width(), 2)
        height = self.line_height()
        y = rect.top() + (rect.height() - height * len(cut)) // 2
        for words in cut:
            painter.drawText(
                QRect(left, y, rect.width(), height),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                words,
            )
            y += height

    def _draw_across(self, painter: QPainter, rect: QRect, line: Line) -> None:
        painter.setFont(self._bold if line.folds else self._plain)
        painter.setPen(self._text)
        left = rect.left()
        if line.folds:
            self._chevron(painter, QPoint(left - 2, rect.top()), line)
        height = self.line_height()
        most = max(1, (rect.height() - self._small_size.height()) // height)
        y = rect.top()
        for at, words in enumerate(self._name(line, rect.width() - _CHEVRON, most)):
            indent = _CHEVRON if line.folds and at == 0 else 0
            painter.drawText(
                QRect(left + indent, y, rect.width() - indent, height),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                words,
            )
            y += height
        if line.max:
            painter.setFont(self._small)
            painter.setPen(self._muted)
            painter.drawText(
                rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, line.max
            )

    def _chevron(self, painter: QPainter, spot: QPoint, line: Line) -> None:
        name = "chevron-right" if self._grid.source.is_folded(line) else "chevron-down"
        colour = self._theme.palette.muted
        painter.drawPixmap(spot, pixmap(name, colour, 14, self.devicePixelRatio()))

    def _draw_lanes(self, painter: QPainter, first: int, last: int, current: int) -> None:
        lanes = self._grid.lanes
        while first > 0 and lanes[first - 1].unit == lanes[first].unit:
            first -= 1
        several = any(not lane.editing for lane in lanes)
        at = first
        while at <= last:
            end = at
            while end + 1 < len(lanes) and lanes[end + 1].unit == lanes[at].unit:
                end += 1
            whole = self._rect(at).united(self._rect(end))
            self._draw_unit(painter, whole, lanes[at], several, at <= current <= end)
            if several:
                for place in range(at, end + 1):
                    self._draw_round(painter, self._rect(place), lanes[place])
            painter.setPen(self._strong)
            if self._upright:
                painter.drawLine(whole.bottomLeft(), whole.bottomRight())
            else:
                painter.drawLine(whole.topRight(), whole.bottomRight())
            at = end + 1

    def _draw_unit(
        self, painter: QPainter, whole: QRect, lane: Lane, several: bool, here: bool
    ) -> None:
        m = self._theme.measures
        painter.fillRect(whole, self._here if here else self._section)
        room = whole.adjusted(m.space_1 + 2, 2, -m.space_1 - 2, -2)
        if several and self._upright:
            room.setWidth(room.width() // 2)
        elif several:
            room.setBottom(room.bottom() - self._small_size.height() - 2)
        painter.setFont(self._bold)
        painter.setPen(self._text)
        height = self._bold_size.height()
        cut = two_lines(
            lane.unit_name, room.width(), self._bold_size, max(1, room.height() // height)
        )
        y = room.top() + (room.height() - height * len(cut)) // 2
        across = Qt.AlignmentFlag.AlignLeft if self._upright else Qt.AlignmentFlag.AlignHCenter
        for words in cut:
            line = QRect(room.left(), y, room.width(), height)
            painter.drawText(line, across | Qt.AlignmentFlag.AlignVCenter, words)
            y += height

    def _draw_round(self, painter: QPainter, rect: QRect, lane: Lane) -> None:
        m = self._theme.measures
        strip = QRect(rect)
        if self._upright:
            strip.setLeft(rect.left() + rect.width() // 2)
        else:
            strip.setTop(rect.bottom() - self._small_size.height() - 1)
        painter.setFont(self._small)
        painter.setPen(self._text if lane.editing else self._muted)
        words = self._small_size.elidedText(
            short_round(lane.round_title),
            Qt.TextElideMode.ElideRight,
            strip.width() - 2 * m.space_1,
        )
        painter.drawText(
            strip.adjusted(m.space_1, 0, -m.space_1, 0),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            words,
        )
        painter.setPen(self._hair)
        if self._upright:
            painter.drawLine(strip.bottomLeft(), strip.bottomRight())
        else:
            painter.drawLine(strip.topRight(), strip.bottomRight())

    # ------------------------------------------------------------- the mouse

    def _at_edge(self, event: QMouseEvent) -> bool:
        return self._upright and event.position().x() >= self.viewport().width() - _EDGE

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """The mark of a line folds it; the right edge of a vertical head can be drawn."""
        if self._at_edge(event):
            self._drag_from = round(event.position().x())
            return
        at = self.logicalIndexAt(event.position().toPoint())
        if self._shows_lines and 0 <= at < len(self._grid.lines) and self._grid.lines[at].folds:
            self.fold_asked.emit(self._grid.lines[at])
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Draws the edge along."""
        if self._drag_from is not None:
            self.dragged.emit(round(event.position().x()))
            return
        shape = Qt.CursorShape.SplitHCursor if self._at_edge(event) else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Lets the edge go."""
        if self._drag_from is not None:
            self._drag_from = None
            return
        super().mouseReleaseEvent(event)


class SumHead(QHeaderView):
    """The words over (or before) totals and ranks."""

    def __init__(self, orientation: Qt.Orientation, theme: Theme) -> None:
        super().__init__(orientation)
        m, p = theme.measures, theme.palette
        self._bold = font(m.base, bold=True)
        self._text, self._strong = QPen(QColor(p.text)), QPen(QColor(p.line_strong))
        self._back, self._pad = QColor(p.raised), m.space_2
        self.setSectionsClickable(False)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draws the two words."""
        painter = QPainter(self.viewport())
        whole = self.viewport().rect()
        painter.fillRect(whole, self._back)
        painter.setFont(self._bold)
        upright = self.orientation() is Qt.Orientation.Vertical
        side = Qt.AlignmentFlag.AlignLeft if upright else Qt.AlignmentFlag.AlignRight
        for at in range(self.count()):
            start, size = self.sectionViewportPosition(at), self.sectionSize(at)
            rect = (
                QRect(0, start, whole.width(), size)
                if upright
                else QRect(start, 0, size, whole.height())
            )
            painter.setPen(self._text)
            painter.drawText(
                rect.adjusted(self._pad, 0, -self._pad, 0),
                side | Qt.AlignmentFlag.AlignVCenter,
                SUM_TITLES[at],
            )
        painter.setPen(self._strong)
        if upright:
            painter.drawLine(whole.topRight(), whole.bottomRight())
        else:
            painter.drawLine(whole.bottomLeft(), whole.bottomRight())
