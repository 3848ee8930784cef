"""Keys that act only while one widget has the keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


def on_key(widget: QWidget, key: Qt.Key, act: Callable[[], object]) -> None:
    """``act`` when the bare key is pressed in this widget, and in no other."""
    widget.installEventFilter(_OnKey(widget, key, act))


class _OnKey(QObject):
    """Takes one key before the widget sees it; lives as long as the widget."""

    def __init__(self, widget: QWidget, key: Qt.Key, act: Callable[[], object]) -> None:
        super().__init__(widget)
        self._key, self._act = key, act

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Acts on the key; everything else goes on its way."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == self._key
            and event.modifiers() is Qt.KeyboardModifier.NoModifier
        ):
            self._act()
            return True
        return False
