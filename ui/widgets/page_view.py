"""Shows a file page by page: turning, sizes, and why nothing can be drawn.

Pages are drawn by quiet tasks, so a large file never holds the window up.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ui.runner import Progress, Runner
from ui.theme.tokens import Theme
from ui.widgets.drawing import CannotDrawError, Drawn, drawn
from ui.widgets.words import label, tool_button

ZOOMS: Final = (50, 75, 100, 125, 150, 200, 300)
_MARGIN: Final = 24
_LEAST: Final = 320
_WIDEST: Final = 900
_TURNS: Final = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_STEPS: Final = {Qt.Key.Key_Minus: -1, Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1}


class PageView(QWidget):
    """One page of a file at a time. ``remedy`` is said after why a page cannot be drawn."""

    def __init__(self, name: str, theme: Theme, runner: Runner, remedy: str = "") -> None:
        super().__init__()
        self._theme, self._runner, self._remedy = theme, runner, remedy
        self._data = b""
        self._awaited = False
        self._page, self._pages, self._zoom, self._asked = 0, 1, 100, 0
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.measures.space_2)
        whole.addLayout(self._bar())
        self.stack = QStackedWidget()
        self.words = label("", "muted", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack.addWidget(self.words)
        self.area = QScrollArea()
        self.area.setAccessibleName(name)
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area.installEventFilter(self)
        self.picture = label()
        self.picture.setAccessibleName(name)
        self.area.setWidget(self.picture)
        self.stack.addWidget(self.area)
        whole.addWidget(self.stack, 1)

    def _bar(self) -> QHBoxLayout:
        theme = self._theme
        row = QHBoxLayout()
        row.setSpacing(theme.measures.space_2)
        self.before = tool_button(
            "Trang trước", "chevron-left", theme, lambda: self.turn(-1), tip="Trang trước (PgUp)"
        )
        self.after = tool_button(
            "Trang sau", "chevron-right", theme, lambda: self.turn(1), tip="Trang sau (PgDn)"
        )
        self.where = label("")
        self.smaller = tool_button("Thu nhỏ", "zoom-out", theme, lambda: self.zoom(-1))
        self.larger = tool_button("Phóng to", "zoom-in", theme, lambda: self.zoom(1))
        self.size_words = label("")
        row.addWidget(self.before)
        row.addWidget(self.where)
        row.addWidget(self.after)
        row.addStretch(1)
        row.addWidget(self.smaller)
        row.addWidget(self.size_words)
        row.addWidget(self.larger)
        self._tools = (
            self.before, self.where, self.after, self.smaller, self.size_words, self.larger,
        )  # fmt: skip
        for tool in self._tools:
            tool.setVisible(False)
        return row

    # ------------------------------------------------------------- showing

    def show_file(self, data: bytes, *, stay: bool = False) -> None:
        """Shows a file from its first page; with ``stay`` from the page that is in sight."""
        self._data = data
        if not stay:
            self._page = 0
        self._draw()

    def take_keyboard(self) -> None:
        """Puts the keyboard on the page, as soon as it is drawn."""
        self._awaited = self.stack.currentWidget() is not self.area
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, words: str) -> None:
        """Says why nothing is drawn; what is being drawn is not shown any more."""
        self._asked += 1
        self.words.setText(words)
        for tool in self._tools:
            tool.setVisible(False)
        self.stack.setCurrentWidget(self.words)

    def _draw(self) -> None:
        self._asked += 1
        asked, data, page = self._asked, self._data, self._page
        ratio = self.devicePixelRatioF()
        room = max(_LEAST, self.area.viewport().width() - _MARGIN)
        width = round(min(room, _WIDEST) * ratio * self._zoom / 100)

        def work(_progress: Progress) -> Drawn:
            return drawn(data, page, width)

        def done(found: Drawn) -> None:
            if asked == self._asked:
                self._show(found, width, ratio)

        def failed(fault: Exception) -> None:
            if not isinstance(fault, CannotDrawError):
                raise fault
            if asked == self._asked:
                self.say(f"{fault} {self._remedy}".strip())

        self._runner.run("Vẽ trang", work, done, failed, quiet=True)

    def _show(self, found: Drawn, width: int, ratio: float) -> None:
        pixmap = QPixmap.fromImage(found.image)
        if pixmap.width() > width:
            pixmap = pixmap.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        pixmap.setDevicePixelRatio(ratio)
        turned = found.page != self._page or self.stack.currentWidget() is not self.area
        self.picture.setPixmap(pixmap)
        self.picture.adjustSize()
        self._page, self._pages = found.page, found.pages
        self.where.setText(f"Trang {found.page + 1}/{found.pages}")
        self.size_words.setText(f"{self._zoom} %")
        for tool in self._tools:
            tool.setVisible(True)
        for tool in (self.before, self.where, self.after):
            tool.setVisible(found.pages > 1)
        self.before.setEnabled(found.page > 0)
        self.after.setEnabled(found.page < found.pages - 1)
        self.smaller.setEnabled(self._zoom > ZOOMS[0])
        self.larger.setEnabled(self._zoom < ZOOMS[-1])
        self.stack.setCurrentWidget(self.area)
        if turned:
            self.area.verticalScrollBar().setValue(0)
        if self._awaited:
            self.take_keyboard()

    # ------------------------------------------------------------- turning

    def turn(self, step: int) -> None:
        """Goes to another page."""
        page = min(max(self._page + step, 0), self._pages - 1)
        if page != self._page:
            self._page = page
            self.area.verticalScrollBar().setValue(0)
            self._draw()

    def zoom(self, step: int) -> None:
        """The next larger or smaller size."""
        at = min(max(ZOOMS.index(self._zoom) + step, 0), len(ZOOMS) - 1)
        if ZOOMS[at] != self._zoom:
            self._zoom = ZOOMS[at]
            self._draw()

    def take_key(self, key: int) -> bool:
        """Page keys turn, plus and minus change the size; whether it was one of them."""
        pressed = Qt.Key(key)
        if pressed in _TURNS and self._pages > 1:
            self.turn(_TURNS[pressed])
        elif pressed in _STEPS:
            self.zoom(_STEPS[pressed])
        else:
            return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The keys act while the page has the keyboard."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self.take_key(event.key())
        return super().eventFilter(watched, event)

    def forget(self) -> None:
        """Nothing more is shown: the view is thrown away."""
        self._asked += 1
