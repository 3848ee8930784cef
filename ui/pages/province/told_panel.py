"""What is told of the chosen row below a table: its name, one act, and sentences that scroll."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.theme.tokens import Theme
from ui.widgets.scrolling import Scrolling
from ui.widgets.words import label


class ToldPanel(QWidget):
    """``name`` and ``told`` are filled by the page; the buttons stand beside the name."""

    def __init__(self, theme: Theme, about: str, *acts: QPushButton) -> None:
        super().__init__()
        m = theme.measures
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, m.space_1, 0, 0)
        lines.setSpacing(m.space_1)
        top = QHBoxLayout()
        self.name = label("", "strong", wrap=True)
        top.addWidget(self.name, 1)
        for act in acts:
            top.addWidget(act)
        lines.addLayout(top)
        inside = QWidget()
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(0, 0, m.space_2, 0)
        self.told = label("", wrap=True)
        inner.addWidget(self.told)
        inner.addStretch(1)
        lines.addWidget(Scrolling(inside, about), 1)
        self.setMinimumHeight(m.row * 5 // 2)
