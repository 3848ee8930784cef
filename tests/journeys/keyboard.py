"""The window as hands without a mouse use it: for the journeys by keys."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.application import Window, qt_application
from ui.preferences import Preferences

Key = Qt.Key


class NoMouse(QObject):
    """Fails the test when a mouse is used."""

    KINDS = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)

    def __init__(self) -> None:
        super().__init__()
        self.used = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.used += event.type() in self.KINDS
        return False


class Keyboard:
    """Keys that go wherever the keyboard's focus is."""

    def __init__(self, window: Window, bot: QtBot) -> None:
        self.window, self.bot = window, bot

    @property
    def holder(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None, "the keyboard is nowhere"
        return widget

    def press(
        self, key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        self.bot.keyClick(self.holder, key, modifier)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        self.bot.keyClicks(self.holder, text)

    def tab_to(self, words: str) -> None:
        """Goes on with the tab key until a button with these words has the focus."""
        for _ in range(120):
            widget = self.holder
            if isinstance(widget, QPushButton) and words in widget.text():
                return
            self.press(Key.Key_Tab)
        raise AssertionError(f"the tab key never reaches “{words}”")

    def quiet(self) -> None:
        QApplication.processEvents()
        self.bot.waitUntil(lambda: not self.window.tasks.running, timeout=60_000)

    def put(self, words: str) -> None:
        """Words as an input method brings them into the field that has the keyboard; Qt's own
        simulated keys know plain letters only.
        """
        line = self.holder
        assert isinstance(line, QLineEdit)
        line.insert(words)

    def choose(self, place: Path) -> None:
        """Types where something lies into the dialog that asks for it."""
        self.bot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        self.bot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
        self.press(Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.put(str(place))  # typed letter by letter, the dialog would complete it
        self.press(Key.Key_Return)
        self.bot.waitUntil(lambda: QApplication.activeModalWidget() is not dialog)
        self.quiet()


@contextmanager
def active_window(preferences: Preferences, bot: QtBot) -> Iterator[Window]:
    """The window at its start, with the keyboard in it."""
    made = Window(qt_application([]), preferences)
    made.stand_up()
    made.frame.resize(1366, 768)
    made.frame.show()
    made.frame.activateWindow()
    bot.waitUntil(made.frame.isActiveWindow)
    yield made
    made.frame.close()
    made.frame.clear()
    made.frame.deleteLater()
    QApplication.processEvents()
