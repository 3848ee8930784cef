"""A box to choose one of several words; the wheel scrolls the page, not the choice."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox


class Choice(QComboBox):
    """A list of (token, words); ``token`` is what was chosen."""

    def __init__(self, name: str, choices: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setMaxVisibleItems(24)
        self.offer(choices)

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """Offers these choices in place of others."""
        self.clear()
        for at, (token, words) in enumerate(choices):
            self.addItem(words, token)
            self.setItemData(at, words, Qt.ItemDataRole.ToolTipRole)

    @property
    def token(self) -> str:
        """The token of what is chosen."""
        return str(self.currentData() or "")

    def choose(self, token: str, words: str = "") -> None:
        """Chooses a token; one that is not offered is added."""
        at = self.findData(token)
        if at < 0:
            self.addItem(words or token, token)
            at = self.count() - 1
        self.setCurrentIndex(at)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Lets the panel scroll."""
        event.ignore()
