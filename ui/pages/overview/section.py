"""A part of the overview under a heading, and parts below each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.theme.tokens import Theme, Tone
from ui.widgets.words import button, chip, label, set_tone


class Section(QWidget):
    """A part of the page: a heading with a quiet link, and what stands under it."""

    def __init__(self, title: str, theme: Theme) -> None:
        super().__init__()
        m = theme.measures
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(m.space_1)
        self._head = QHBoxLayout()
        self._head.setSpacing(m.space_2)
        self.title: QLabel = label(title, "section", wrap=True)
        self._head.addWidget(self.title, 1)
        self._chip = chip("")
        self._chip.setVisible(False)
        self._head.addWidget(self._chip)
        whole.addLayout(self._head)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(m.space_1)
        whole.addLayout(self.lines)
        self._link: QWidget | None = None

    def show_chip(self, words: str, provisional: bool) -> None:
        """A state beside the heading."""
        self._chip.setText(words)
        self._chip.setVisible(bool(words))
        set_tone(self._chip, Tone.WAITING if provisional else Tone.GOOD)

    def link(self, words: str, act: Callable[[], object]) -> QWidget:
        """A quiet link at the right of the heading."""
        if self._link is not None:
            self._link.deleteLater()
        self._link = button(words, act, kind="link")
        self._head.addWidget(self._link)
        return self._link

    def clear(self) -> None:
        """Takes out what stands under the heading."""
        while (item := self.lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


class Stack(QWidget):
    """Sections below each other; what room is left stays below them."""

    def __init__(self, space: int) -> None:
        super().__init__()
        self._held: list[QWidget] = []
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(space)
        self._lines.addStretch(1)

    def release(self) -> None:
        """Gives all its sections away, before another column takes them."""
        for box in self._held:
            self._lines.removeWidget(box)
        self._held = []

    def hold(self, boxes: Sequence[QWidget]) -> None:
        """Takes these sections; those that are hidden stay so."""
        for at, box in enumerate(boxes):
            shown = not box.isHidden()
            self._lines.insertWidget(at, box)
            box.setVisible(shown)
        self._held = list(boxes)
