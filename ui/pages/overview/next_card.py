"""The card at the head of the overview: the next thing to do, and the strip of all steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.pages.overview.facts import NextCard, OwnAct, StepMark
from ui.places import Place
from ui.theme.icons import icon
from ui.theme.tokens import Theme, Tone
from ui.widgets.words import button, chip, label, line, set_tone

Go = Callable[[Place | None, OwnAct], None]


class NextCardBox(QFrame):
    """The next step in large words with its button, above the strip of all steps."""

    def __init__(self, theme: Theme, go: Go) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._go = go
        self._shown: NextCard | None = None
        m = theme.measures
        whole = QVBoxLayout(self)
        whole.setContentsMargins(m.space_4, m.space_3, m.space_4, m.space_3)
        whole.setSpacing(m.space_2)
        upper = QHBoxLayout()
        upper.setSpacing(m.space_4)
        words = QVBoxLayout()
        words.setSpacing(m.space_1)
        over = QHBoxLayout()
        over.setSpacing(m.space_2)
        self.over = label("", "small")
        over.addWidget(self.over)
        self.deadline = chip("")
        over.addWidget(self.deadline)
        over.addStretch(1)
        words.addLayout(over)
        self.title = label("", "section", wrap=True)
        words.addWidget(self.title)
        self.sentence = label("", wrap=True)
        words.addWidget(self.sentence)
        upper.addLayout(words, 1)
        self._place = QVBoxLayout()
        upper.addLayout(self._place)
        whole.addLayout(upper)
        whole.addWidget(line())
        self.strip = StepStrip(theme, go)
        whole.addWidget(self.strip)
        self.act: QPushButton | None = None

    def show_card(self, card: NextCard, steps: Sequence[StepMark], *, may_write: bool) -> None:
        """Shows the next thing to do."""
        self._shown = card
        self.over.setText(card.over)
        self.title.setText(card.title)
        self.sentence.setText(card.sentence)
        self.sentence.setVisible(bool(card.sentence))
        self.deadline.setText(card.deadline)
        self.deadline.setVisible(bool(card.deadline))
        set_tone(self.deadline, card.deadline_tone)
        self._show_button(card, may_write=may_write)
        self.strip.show_steps(steps)

    def _show_button(self, card: NextCard, *, may_write: bool) -> None:
        """A button anew where its words have changed, so that its name and icon are right."""
        words = card.verb if may_write or card.place or card.act is OwnAct.REOPEN else ""
        if self.act is not None and self.act.text() == words:
            return
        if self.act is not None:
            self._place.removeWidget(self.act)
            self.act.deleteLater()
            self.act = None
        if not words:
            return
        kind = "" if card.act is OwnAct.REOPEN else "primary"
        self.act = button(words, self._pressed, kind=kind, picture=card.picture)
        self._place.addWidget(self.act, 0, Qt.AlignmentFlag.AlignVCenter)
        self.act.show()  # at once: the keyboard may be handed to it

    def _pressed(self) -> None:
        if self._shown is not None:
            self._go(self._shown.place, self._shown.act)


class StepStrip(QWidget):
    """All steps of the year beside and below each other; each leads where it is done."""

    def __init__(self, theme: Theme, go: Go) -> None:
        super().__init__()
        self._theme = theme
        self._go = go
        self._columns = 0
        self._buttons: list[StepButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.measures.space_2)
        self._grid.setVerticalSpacing(0)

    def show_steps(self, steps: Sequence[StepMark]) -> None:
        """Shows these steps in their order."""
        if len(steps) != len(self._buttons):
            for old in self._buttons:
                self._grid.removeWidget(old)
                old.deleteLater()
            self._buttons = [StepButton(self._theme, self._go) for _ in steps]
            self._columns = 0
            self._arrange()
        for made, step in zip(self._buttons, steps, strict=True):
            made.show_step(step)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """As many beside each other as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        least = self._theme.measures.panel // 2 + self._theme.measures.space_4
        columns = min(6, max(2, self.width() // least))
        if columns == self._columns:
            return
        for at in range(max(self._columns, columns)):
            self._grid.setColumnStretch(at, int(at < columns))
        self._columns = columns
        for at, made in enumerate(self._buttons):
            self._grid.addWidget(made, at // columns, at % columns)


class StepButton(QPushButton):
    """One step: an icon of its state and its name, cut where there is no room."""

    def __init__(self, theme: Theme, go: Go) -> None:
        super().__init__()
        self._theme = theme
        self._go = go
        self._step: StepMark | None = None
        self.setProperty("kind", "step")
        self.setAutoDefault(True)
        self.setIconSize(QSize(theme.measures.space_4, theme.measures.space_4))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._pressed)

    def show_step(self, step: StepMark) -> None:
        """Shows this step."""
        self._step = step
        palette = self._theme.palette
        tone = Tone.ACCENT if step.is_next else step.tone
        name = "circle-dot" if step.is_next else step.icon
        drawn = icon(name, palette.strong(tone), palette.strong(tone))
        self.setIcon(drawn)
        self.setProperty("tone", Tone.ACCENT.value if step.is_next else Tone.NEUTRAL.value)
        self.style().unpolish(self)
        self.style().polish(self)
        said = "việc tiếp theo" if step.is_next else step.state
        words = f"{step.title}: {said}." + (f" {step.missing}" if step.missing else "")
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setEnabled(step.place is not None or step.act is not OwnAct.NONE)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Cuts anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._step is None:
            return
        m = self._theme.measures
        room = self.width() - self.iconSize().width() - m.space_6
        cut = self.fontMetrics().elidedText(
            self._step.title, Qt.TextElideMode.ElideRight, max(room, 0)
        )
        self.setText(f" {cut}")

    def _pressed(self) -> None:
        if self._step is not None:
            self._go(self._step.place, self._step.act)
