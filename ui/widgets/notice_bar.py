"""A sentence across a page that asks for attention, with what can be done about it beside it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy

from ui.theme.tokens import Theme, Tone
from ui.widgets.words import button, label


class NoticeBar(QFrame):
    """One wrapped sentence in the colour of its tone, and buttons; hidden while it says nothing."""

    def __init__(self, theme: Theme, tone: Tone = Tone.INFO) -> None:
        super().__init__()
        m = theme.measures
        self.setProperty("kind", "notice")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(m.space_3, m.space_1, m.space_2, m.space_1)
        row.setSpacing(m.space_2)
        self.words = label("", wrap=True)
        self.words.setMinimumHeight(m.control)
        self.words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(self.words, 1)
        self._row = row
        self.setProperty("tone", tone.value)
        self.hide()

    def act(self, text: str, act: Callable[[], object], *, picture: str = "") -> QPushButton:
        """Adds a button at the right."""
        made = button(text, act, kind="quiet", picture=picture)
        self._row.addWidget(made)
        return made

    def say(self, words: str, tone: Tone | None = None) -> None:
        """Shows a sentence; an empty one hides the bar."""
        if tone is not None and self.property("tone") != tone.value:
            self.setProperty("tone", tone.value)
            self.style().unpolish(self)
            self.style().polish(self)
        self.words.setText(words)
        self.setVisible(bool(words))
