"""Places on the disk as one line: cut in the middle where there is no room, whole in the tip."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy


class PathLabel(QLabel):
    """A path in one line; its beginning and its end stay in sight."""

    def __init__(self, path: str = "", kind: str = "muted") -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._whole = ""
        self.show_path(path)

    def show_path(self, path: str) -> None:
        """Shows this path in place of another."""
        self._whole = path
        self.setToolTip(path)
        self.setAccessibleName(path)
        self._fit()

    def resizeEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Cuts anew."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _fit(self) -> None:
        room = max(0, self.width())
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideMiddle, room))
