"""The screen for the conference hall: dark, very large, one place at a time, nothing else.

Keys: space, →, Enter or a click reveal the next place, ← takes it back, A shows all at once,
Home starts anew, Escape leaves.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.pages.ranking.show import Place, Show, Slide
from ui.theme.tokens import DARK, FAMILY, HALL

_FORWARD = (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTER = Qt.AlignmentFlag.AlignCenter


class Hall(QWidget):
    """A window of its own, full screen; it deletes itself when it is left."""

    def __init__(self, show: Show) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Trình chiếu kết quả")
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.show_ = show
        self._tell()

    # ------------------------------------------------------------- acting

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Steps through the show."""
        key = event.key()
        if key in _FORWARD:
            self.show_.forward()
        elif key == Qt.Key.Key_Left:
            self.show_.backward()
        elif key == Qt.Key.Key_A:
            self.show_.all_at_once()
        elif key == Qt.Key.Key_Home:
            self.show_.restart()
        elif key == Qt.Key.Key_Escape:
            self.close()
            return
        else:
            super().keyPressEvent(event)
            return
        self._tell()

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click goes forward."""
        self.show_.forward()
        self._tell()

    def _tell(self) -> None:
        slide = self.show_.slide
        newest = slide.newest
        words = f"Hạng {newest.place}: {newest.name}, {newest.total} điểm" if newest else ""
        self.setAccessibleName(f"{slide.heading}. {words}".strip())
        self.update()

    # ------------------------------------------------------------- drawing

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draws the slide for whatever size the screen has."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(DARK.ground))
        slide = self.show_.slide
        edge = round(self.height() * HALL.edge)
        room = self.rect().adjusted(edge, edge, -edge, -edge)
        if slide.whole:
            self._table(painter, room, slide)
        elif slide.newest is not None:
            self._one(painter, room, slide, slide.newest)
        else:
            self._title(painter, room, slide)
        painter.end()

    def _title(self, painter: QPainter, room: QRect, slide: Slide) -> None:
        third = room.height() // 3
        middle = QRect(room.left(), room.top() + third, room.width(), third)
        self._write(painter, middle, "Kết quả thi đua", HALL.name, DARK.accent, _CENTER, bold=True)
        below = middle.translated(0, round(third * 0.8))
        self._write(painter, below, slide.heading, HALL.head, DARK.text, _CENTER)
        self._state(painter, room, slide)

    def _one(self, painter: QPainter, room: QRect, slide: Slide, place: Place) -> None:
        height = room.height()
        head = QRect(room.left(), room.top(), room.width(), round(height * 0.1))
        self._write(painter, head, slide.heading, HALL.head, DARK.muted, _LEFT)
        self._state(painter, room, slide)
        rank = QRect(room.left(), room.top() + round(height * 0.14), room.width(), height // 4)
        self._write(
            painter, rank, f"Hạng {place.place}", HALL.rank, DARK.accent, _CENTER, bold=True
        )
        name = QRect(room.left(), rank.bottom(), room.width(), round(height * 0.26))
        self._write(painter, name, place.name, HALL.name, DARK.text, _CENTER, bold=True)
        total = QRect(room.left(), name.bottom(), room.width(), round(height * 0.14))
        self._write(painter, total, f"{place.total} điểm", HALL.total, DARK.text, _CENTER)
        how = QRect(room.left(), total.bottom(), room.width(), round(height * 0.12))
        self._write(painter, how, place.how, HALL.note, DARK.waiting, _CENTER)

    def _table(self, painter: QPainter, room: QRect, slide: Slide) -> None:
        head = QRect(room.left(), room.top(), room.width(), round(room.height() * 0.1))
        self._write(painter, head, slide.heading, HALL.head, DARK.muted, _LEFT)
        self._state(painter, room, slide)
        lines = max(len(slide.shown), 1)
        step = min(round(room.height() * 0.12), round(room.height() * 0.86) // lines)
        top = head.bottom() + round(room.height() * 0.03)
        share = min(HALL.row, step / self.height() * 0.6)
        for at, place in enumerate(slide.shown):
            line = QRect(room.left(), top + at * step, room.width(), step)
            self._line(painter, line, place, share)

    def _line(self, painter: QPainter, line: QRect, place: Place, share: float) -> None:
        width = line.width()
        first = place.place == "1"
        ink = DARK.accent if first else DARK.text
        rank = QRect(line.left(), line.top(), round(width * 0.08), line.height())
        self._write(painter, rank, place.place, share, ink, _RIGHT, bold=True)
        total = QRect(
            line.right() - round(width * 0.16), line.top(), round(width * 0.16), line.height()
        )
        self._write(painter, total, place.total, share, ink, _RIGHT, bold=True)
        name = QRect(rank.right() + round(width * 0.03), line.top(), 0, line.height())
        name.setRight(total.left() - round(width * 0.02))
        if place.how:
            name.setHeight(round(line.height() * 0.62))
            note = QRect(name.left(), name.bottom(), name.width(), round(line.height() * 0.34))
            self._write(painter, note, place.how, share * 0.5, DARK.waiting, _LEFT)
        self._write(painter, name, place.name, share, ink, _LEFT, bold=first)
        painter.setPen(QColor(DARK.line))
        painter.drawLine(line.bottomLeft(), line.bottomRight())

    def _state(self, painter: QPainter, room: QRect, slide: Slide) -> None:
        if slide.state:
            head = QRect(room.left(), room.top(), room.width(), round(room.height() * 0.1))
            self._write(painter, head, slide.state, HALL.note, DARK.waiting, _RIGHT)

    def _write(
        self,
        painter: QPainter,
        room: QRect,
        text: str,
        share: float,
        ink: str,
        align: Qt.AlignmentFlag,
        *,
        bold: bool = False,
    ) -> None:
        """Words as large as their share of the screen's height, smaller where they need room."""
        if not text:
            return
        font = QFont(FAMILY)
        font.setBold(bold)
        size = round(self.height() * share)
        flags = align | Qt.TextFlag.TextWordWrap
        while True:
            font.setPixelSize(max(size, 8))
            needed = QFontMetrics(font).boundingRect(room, flags, text)
            if size <= 8 or (needed.width() <= room.width() and needed.height() <= room.height()):
                break
            size = round(size * 0.92)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        painter.drawText(room, flags, text)
