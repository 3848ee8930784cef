"""The numbers of a count: those of the papers, and the votes of each candidate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from ui.pages.ballots.facts import CountField, VoteRow
from ui.theme.tokens import Theme
from ui.widgets.words import label


class CountForm(QWidget):
    """Fields for whole numbers; ``changed`` tells that one was typed in."""

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        counts: Sequence[CountField],
        votes: Sequence[VoteRow],
        columns: Sequence[CountField],
    ) -> None:
        super().__init__()
        m = theme.measures
        self._width = m.space_8 * 2
        self.setMaximumWidth(m.panel * 3 // 2)
        self.counts: dict[str, QLineEdit] = {}
        self.votes: dict[str, dict[str, QLineEdit]] = {field.key: {} for field in columns}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(m.space_2)
        whole.addLayout(self._papers(counts, m.space_2))
        whole.addWidget(label("Số phiếu của từng bên", "strong"))
        whole.addLayout(self._candidates(votes, columns, m.space_2))

    def _papers(self, counts: Sequence[CountField], space: int) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(space)
        grid.setVerticalSpacing(space // 2)
        for at, field in enumerate(counts):
            row, side = at // 2, at % 2 * 2
            words = label(field.words, wrap=True)
            grid.addWidget(words, row, side, Qt.AlignmentFlag.AlignVCenter)
            grid.setColumnStretch(side, 1)
            made = self._field(field.words)
            self.counts[field.key] = made
            grid.addWidget(made, row, side + 1)
        return grid

    def _candidates(
        self, votes: Sequence[VoteRow], columns: Sequence[CountField], space: int
    ) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(space)
        grid.setVerticalSpacing(space // 2)
        grid.setColumnStretch(0, 1)
        for at, field in enumerate(columns, 1):
            head = label(field.words, "small", wrap=True)
            head.setMinimumWidth(self._width)
            grid.addWidget(head, 0, at, Qt.AlignmentFlag.AlignBottom)
        for row, vote in enumerate(votes, 1):
            grid.addWidget(label(vote.name, wrap=True), row, 0, Qt.AlignmentFlag.AlignVCenter)
            for at, field in enumerate(columns, 1):
                made = self._field(f"{field.words}: {vote.name}")
                self.votes[field.key][vote.key] = made
                grid.addWidget(made, row, at, Qt.AlignmentFlag.AlignLeft)
        return grid

    def _field(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(name)
        made.setAlignment(Qt.AlignmentFlag.AlignRight)
        made.setFixedWidth(self._width)
        made.setMaxLength(8)
        made.textChanged.connect(lambda _text: self.changed.emit())
        return made

    def row(self) -> dict[str, Any]:
        """What was typed, as the count is read."""
        typed: dict[str, Any] = {key: edit.text().strip() for key, edit in self.counts.items()}
        for name, edits in self.votes.items():
            given = {key: edit.text().strip() for key, edit in edits.items()}
            typed[name] = given if name == "votes" else {k: v for k, v in given.items() if v}
        return {key: value for key, value in typed.items() if value}

    def type(self, row: dict[str, Any]) -> None:
        """Puts a row that was typed before back into its fields."""
        for key, edit in self.counts.items():
            edit.setText(row.get(key, ""))
        for name, edits in self.votes.items():
            for key, edit in edits.items():
                edit.setText(row.get(name, {}).get(key, ""))
