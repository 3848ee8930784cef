"""The sheet that hands in, accepts, sends back or seals a round for units."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.year import RoundStage
from ui.pages.scores.turns import STAGES, TURNS, Turn, ready_for
from ui.theme.tokens import Theme
from ui.widgets.sheet import Sheet
from ui.widgets.words import label


@dataclass(frozen=True, slots=True)
class TurnScene:
    """What the sheet is about: the round, the names of units, their stages, open cells."""

    round_title: str
    names: Mapping[str, str]
    stages: Mapping[str, RoundStage]
    open_cells: Mapping[str, int]


class TurnSheet(Sheet):
    """Lets the officer choose what is done and for whom; ``do`` carries it out."""

    def __init__(
        self,
        scene: TurnScene,
        turn: Turn,
        parent: QWidget,
        theme: Theme,
        do: Callable[[Turn, Sequence[str], str], bool],
    ) -> None:
        super().__init__(f"Vòng “{scene.round_title}”", parent)
        self._scene = scene
        self._do = do
        self.turn = QComboBox()
        self.turn.setAccessibleName("Việc cần làm")
        for one in Turn:
            if ready_for(one, scene.stages):
                self.turn.addItem(TURNS[one].verb, one)
        self.turn.setCurrentIndex(max(self.turn.findData(turn), 0))
        self.body.addWidget(self.turn)
        self.tells = label("", "muted", wrap=True)
        self.body.addWidget(self.tells)
        inner = QWidget()
        inner.setProperty("kind", "content")
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        self.units: dict[str, QCheckBox] = {}
        for unit, stage in scene.stages.items():
            words = f"{scene.names[unit]}: {STAGES[stage]}"
            if count := scene.open_cells.get(unit, 0):
                words += f", còn {count} ô chưa chấm"
            box = QCheckBox(words)
            box.setAccessibleName(words)
            box.toggled.connect(self._show_button)
            self.units[unit] = box
            rows.addWidget(box)
        rows.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName("Các đơn vị")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inner)
        scroll.setMinimumHeight(min(len(scene.stages), 7) * theme.measures.space_6)
        self.body.addWidget(scroll, 1)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("Lý do")
        self.reason.setPlaceholderText("Lý do (bắt buộc)")
        self.reason.textChanged.connect(self._show_button)
        self.body.addWidget(self.reason)
        self.add_button("Thôi", role="close")
        self.act = self.add_button("", primary=True)
        self.act.clicked.connect(self._carry_out)
        self.turn.currentIndexChanged.connect(self._show_turn)
        self._show_turn()
        self.act.setFocus()

    @property
    def _turn(self) -> Turn:
        return Turn(self.turn.currentData())

    @property
    def chosen(self) -> list[str]:
        """The units that are ticked."""
        return [u for u, box in self.units.items() if box.isChecked() and box.isEnabled()]

    def _show_turn(self) -> None:
        turn = self._turn
        ready = set(ready_for(turn, self._scene.stages))
        for unit, box in self.units.items():
            box.setEnabled(unit in ready)
            box.setChecked(unit in ready)
        self.tells.setText(TURNS[turn].tells)
        self.reason.setVisible(TURNS[turn].needs_reason)
        self._show_button()

    def _show_button(self) -> None:
        count = len(self.chosen)
        self.act.setText(f"{TURNS[self._turn].verb} cho {count} đơn vị")
        self.act.setAccessibleName(self.act.text())
        needs = TURNS[self._turn].needs_reason and not self.reason.text().strip()
        self.act.setEnabled(bool(count) and not needs)

    def _carry_out(self) -> None:
        if self._do(self._turn, self.chosen, self.reason.text().strip()):
            self.close()
