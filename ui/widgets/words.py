"""Labels, chips, buttons and lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from ui.theme.icons import icon, pixmap
from ui.theme.tokens import Theme, Tone

ICONS = {
    Tone.NEUTRAL: "circle",
    Tone.ACCENT: "flag",
    Tone.GOOD: "circle-check",
    Tone.WAITING: "clock",
    Tone.ERROR: "circle-alert",
    Tone.INFO: "info",
}
"""The icon that stands beside each tone."""


def label(
    text: str = "", kind: str = "", *, tone: Tone | None = None, wrap: bool = False
) -> QLabel:
    """A label of a kind (``title``, ``section``, ``strong``, ``muted``, ``small``, ``number``)."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if kind:
        made.setProperty("kind", kind)
    if tone is not None:
        made.setProperty("tone", tone.value)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
    return made


def breakable(path: Path) -> str:
    """A path that may be broken into lines after each folder."""
    return re.sub(r"([/\\_.-])", "\\1\u200b", str(path))


def set_tone(widget: QWidget, tone: Tone) -> None:
    """Changes the tone of a widget that is shown already."""
    if widget.property("tone") != tone.value:
        widget.setProperty("tone", tone.value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def set_kind(widget: QWidget, kind: str) -> None:
    """Changes the kind of a widget that is shown already."""
    if widget.property("kind") != kind:
        widget.setProperty("kind", kind)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def chip(text: str, tone: Tone = Tone.NEUTRAL) -> QLabel:
    """A short state in a rounded frame: "Tạm tính", "Đã chốt"."""
    made = label(text, "chip", tone=tone)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def button(
    text: str,
    act: Callable[[], object] | None = None,
    *,
    kind: str = "",
    picture: str = "",
    tip: str = "",
) -> QPushButton:
    """A button whose text is a verb; ``kind``: ``primary``, ``quiet``, ``link`` or plain."""
    made = ActButton(text, kind, picture)
    made.setToolTip(tip)
    made.setAccessibleName(text.replace("&", ""))
    if act is not None:
        made.clicked.connect(lambda: act())
    return made


_GAP = 4
"""Logical pixels between the icon of a button and its words, besides what the style leaves."""


@lru_cache(maxsize=1)
def _room() -> QIcon:
    """An icon of which nothing is seen."""
    clear = QPixmap(20 + _GAP, 20)
    clear.fill(Qt.GlobalColor.transparent)
    return QIcon(clear)


class ActButton(QPushButton):
    """A push button that Enter presses too, with an icon in the colour of its text."""

    def __init__(self, text: str, kind: str, picture: str) -> None:
        super().__init__(text)
        self._picture = picture
        self._drawn = ""
        if kind:
            self.setProperty("kind", kind)
        self.setAutoDefault(True)
        self.setIconSize(QSize(20 + _GAP, 20))
        if picture:  # the room that the icon needs is asked for before its colour is known
            self.setIcon(_room())

    def paintEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Draws the icon anew where the colour of the text has changed (theme, kind)."""
        if self._picture:
            text = self.palette().color(QPalette.ColorRole.ButtonText)
            if text.name() != self._drawn:
                self._drawn = text.name()
                grey = self.palette().color(
                    QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText
                )
                self.setIcon(icon(self._picture, text.name(), grey.name(), _GAP))
        super().paintEvent(event)  # type: ignore[arg-type]


def tool_button(
    name: str, picture: str, theme: Theme, act: Callable[[], object] | None = None, *, tip: str = ""
) -> QToolButton:
    """A button with an icon alone, for what changes no data; ``name`` is read aloud."""
    made = QToolButton()
    made.setIcon(icon(picture, theme.palette.text, theme.palette.disabled))
    made.setIconSize(QSize(20, 20))
    made.setAccessibleName(name)
    made.setToolTip(tip or name)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if act is not None:
        made.clicked.connect(lambda: act())
    return made


def tone_icon(tone: Tone, theme: Theme, size: int = 20) -> QLabel:
    """The icon of a tone as a label; the word beside it says the same."""
    made = QLabel()
    made.setPixmap(
        pixmap(
            ICONS[tone], QColor(theme.palette.strong(tone)).name(), size, made.devicePixelRatio()
        )
    )
    made.setFixedSize(size, size)
    return made


def line(*, vertical: bool = False) -> QFrame:
    """A hair line."""
    made = QFrame()
    made.setProperty("kind", "line")
    if vertical:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


def card() -> QFrame:
    """A framed surface."""
    made = QFrame()
    made.setProperty("kind", "card")
    return made
