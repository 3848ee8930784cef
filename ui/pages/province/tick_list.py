"""A list to choose several from: a box before each line, the space bar ticks it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.theme.tokens import Theme, Tone
from ui.widgets.words import button, label, set_tone

_LINES = 4


class TickList(QWidget):
    """``choices`` are pairs of what is answered and the words that are shown; ``barred`` ones are
    shown and cannot be ticked. ``changed`` tells that something was ticked.
    """

    changed = Signal()

    def __init__(
        self,
        title: str,
        choices: Sequence[tuple[str, str]],
        ticked: Collection[str],
        theme: Theme,
        *,
        barred: Collection[str] = (),
        hint: str = "",
    ) -> None:
        super().__init__()
        m = theme.measures
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(m.space_1)
        head = QHBoxLayout()
        head.setSpacing(m.space_1)
        head.addWidget(label(title, "strong"), 1)
        self.all = button("Chọn hết", lambda: self.tick(every=True), kind="link")
        self.none = button("Bỏ hết", lambda: self.tick(every=False), kind="link")
        for made, words in ((self.all, "Chọn hết"), (self.none, "Bỏ hết")):
            made.setAccessibleName(f"{words}: {title}")
            head.addWidget(made)
        lines.addLayout(head)
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setMinimumHeight(m.row * _LINES)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for answer, words in choices:
            item = QListWidgetItem(words)
            item.setToolTip(words)
            item.setData(Qt.ItemDataRole.UserRole, answer)
            flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
            item.setFlags(flags if answer in barred else flags | Qt.ItemFlag.ItemIsEnabled)
            item.setCheckState(_state(answer in ticked and answer not in barred))
            self.list.addItem(item)
        if self.list.count():
            self.list.setCurrentRow(0)
        self.list.itemChanged.connect(lambda _item: self._tell())
        lines.addWidget(self.list, 1)
        self._hint = hint
        self.under = label(hint, "small", wrap=True)
        self.under.setVisible(bool(hint))
        lines.addWidget(self.under)

    @property
    def ticked(self) -> tuple[str, ...]:
        """What is ticked, in the order of the list."""
        items = [self.list.item(at) for at in range(self.list.count())]
        return tuple(
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        )

    def tick(self, *, every: bool) -> None:
        """Ticks all that can be ticked, or none."""
        for at in range(self.list.count()):
            item = self.list.item(at)
            if item.flags() & Qt.ItemFlag.ItemIsEnabled:
                item.setCheckState(_state(every))

    def fault(self, words: str) -> None:
        """Says under the list what is wrong; empty words take it away."""
        self.under.setText(words or self._hint)
        set_tone(self.under, Tone.ERROR if words else Tone.NEUTRAL)
        self.under.setVisible(bool(words or self._hint))
        self.list.setAccessibleDescription(words or self._hint)

    def _tell(self) -> None:
        self.fault("")
        self.changed.emit()


def _state(on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
