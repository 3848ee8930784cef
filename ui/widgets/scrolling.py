"""What may be taller than its place: it scrolls, and Tab brings what it reaches into sight."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QScrollArea, QSizePolicy, QWidget


class Scrolling(QScrollArea):
    """Scrolls ``inner`` up and down; what the keyboard reaches comes into sight."""

    def __init__(self, inner: QWidget, name: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        self.setWidget(inner)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def setWidget(self, inner: QWidget) -> None:  # noqa: N802 - Qt's name
        """Takes what scrolls; wrapped words in it are as high as they are at its width."""
        inner.setProperty("kind", "content")
        for words in inner.findChildren(QLabel):
            if words.wordWrap():
                words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        super().setWidget(inner)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        inner = self.widget()
        if now is not None and inner is not None and inner.isAncestorOf(now):
            self.ensureWidgetVisible(now, 8, 8)
