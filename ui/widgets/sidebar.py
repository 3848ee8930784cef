"""The sidebar: the pages in the order of the year, with a mark where something waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ui.places import PageId
from ui.theme.icons import icon
from ui.theme.tokens import Theme

_MARK = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the sidebar: its words, its icon, its keys; ``apart`` stands at the foot."""

    page: PageId
    words: str
    picture: str
    keys: str = ""
    apart: bool = False


class Sidebar(QFrame):
    """Icons with words; folded, icons alone with the words as tips. ``wanted`` asks for a page."""

    wanted = Signal(object)

    def __init__(self, entries: Sequence[Entry], theme: Theme) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setAccessibleName("Các trang")
        self._theme = theme
        self._entries = {entry.page: entry for entry in entries}
        self._buttons: dict[PageId, _Nav] = {}
        m = theme.measures
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._area = area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole.addWidget(area)
        inner = QWidget()
        inner.setProperty("kind", "content")
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(m.space_2, m.space_2, m.space_2, m.space_2)
        lines.setSpacing(2)
        apart = False
        for entry in entries:
            if entry.apart and not apart:
                lines.addStretch(1)
                apart = True
            button = _Nav(entry, theme)
            button.clicked.connect(lambda _checked=False, page=entry.page: self.wanted.emit(page))
            self._buttons[entry.page] = button
            lines.addWidget(button)
        area.setWidget(inner)
        self.fold(False)

    def fold(self, folded: bool) -> None:
        """Shows icons alone, or with their words."""
        m = self._theme.measures
        self.setFixedWidth(m.sidebar_folded if folded else m.sidebar)
        for button in self._buttons.values():
            button.fold(folded)

    def show_page(self, page: PageId) -> None:
        """Marks the page that is in sight, and scrolls to its button."""
        if page in self._buttons:
            self._buttons[page].setChecked(True)
            self._area.ensureWidgetVisible(self._buttons[page], 0, self._theme.measures.space_8)

    def show_marks(self, marks: Mapping[PageId, str]) -> None:
        """Marks the pages where something waits."""
        for page, button in self._buttons.items():
            button.mark(marks.get(page, ""))


class _Nav(QToolButton):
    """One page's button."""

    def __init__(self, entry: Entry, theme: Theme) -> None:
        super().__init__()
        self._entry, self._theme, self._waits, self._folded = entry, theme, "", False
        self.setProperty("kind", "nav")
        self.setText(f" {entry.words}")  # a little air after the icon
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setIconSize(QSize(theme.measures.icon, theme.measures.icon))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.toggled.connect(self._draw_icon)
        self._draw_icon(False)

    def _draw_icon(self, checked: bool) -> None:
        palette = self._theme.palette
        self.setIcon(icon(self._entry.picture, palette.accent if checked else palette.text))

    def fold(self, folded: bool) -> None:
        style = Qt.ToolButtonStyle
        self._folded = folded
        self.setToolButtonStyle(
            style.ToolButtonIconOnly if folded else style.ToolButtonTextBesideIcon
        )
        self._tell()

    def mark(self, waits: str) -> None:
        if waits != self._waits:
            self._waits = waits
            self._tell()
            self.update()

    def _tell(self) -> None:
        keys = f" ({self._entry.keys})" if self._entry.keys else ""
        waits = f"\n{self._waits}" if self._waits else ""
        self.setToolTip(f"{self._entry.words}{keys}{waits}")
        self.setAccessibleName(self._entry.words + (f". {self._waits}" if self._waits else ""))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        if not self._waits:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.palette.waiting))
        right = self.width() - _MARK - (4 if self._folded else 8)
        top = 4 if self._folded else (self.height() - _MARK) // 2
        painter.drawEllipse(right, top, _MARK, _MARK)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)
