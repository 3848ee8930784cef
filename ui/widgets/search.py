"""A box to find by words, whatever their accents."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from ui.theme.icons import icon
from ui.theme.tokens import Theme


class SearchBox(QLineEdit):
    """Type to find; Escape empties it."""

    def __init__(self, theme: Theme, hint: str = "Tìm (không cần gõ dấu)") -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)
        self.addAction(
            icon("search", theme.palette.muted), QLineEdit.ActionPosition.LeadingPosition
        )
        self.setMaximumWidth(320)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape empties the box."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)
