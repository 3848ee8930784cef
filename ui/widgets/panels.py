"""Panels beside each other that can be resized and remember it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from ui.preferences import Preferences

_FAR = 1000
"""Wished sizes lie beyond all least sizes, so that their proportion holds from the first."""


class Panels(QSplitter):
    """A splitter whose sizes are kept under a name."""

    def __init__(
        self,
        name: str,
        preferences: Preferences,
        *widgets: QWidget,
        shares: tuple[int, ...] = (),
        vertical: bool = False,
    ) -> None:
        super().__init__(Qt.Orientation.Vertical if vertical else Qt.Orientation.Horizontal)
        self._name = name
        self._preferences = preferences
        self.setChildrenCollapsible(False)
        for widget in widgets:
            self.addWidget(widget)
        kept = preferences.sizes(name)
        wished = kept if len(kept) == len(widgets) else [share * _FAR for share in shares]
        self.setSizes(list(wished))
        for at, share in enumerate(shares):
            self.setStretchFactor(at, share)
        self.splitterMoved.connect(self._keep)

    def _keep(self) -> None:
        self._preferences.keep_sizes(self._name, tuple(self.sizes()))
