"""What stands where there is nothing yet: what to do first, with the button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme.icons import pixmap
from ui.theme.tokens import Theme
from ui.widgets.words import button, label


class Empty(QWidget):
    """An icon, a sentence or two, and at most one button."""

    def __init__(
        self,
        theme: Theme,
        picture: str,
        words: str,
        verb: str = "",
        act: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        lines = QVBoxLayout(self)
        lines.setSpacing(theme.measures.space_3)
        lines.addStretch(1)
        drawing = label()
        drawing.setPixmap(pixmap(picture, theme.palette.muted, 32, self.devicePixelRatio()))
        drawing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        lines.addWidget(drawing)
        self.words = label(words, "muted", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        lines.addWidget(self.words)
        if verb:
            self.act = button(verb, act, kind="primary")
            lines.addWidget(self.act, 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addStretch(2)
