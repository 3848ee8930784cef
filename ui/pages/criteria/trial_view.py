"""Trying a way of scoring: figures are typed, points and the sentence that explains them appear."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.rules.methods import FigureKind
from ui.pages.criteria.choice import Choice
from ui.pages.criteria.trial_presenter import TrialPresenter, UnitWords
from ui.theme.tokens import Theme
from ui.widgets.words import label

_HINTS = {FigureKind.NUMBER: "12,5", FigureKind.COUNT: "3", FigureKind.DATE: "31/12/2026"}


class TrialView(QWidget):
    """Figures down, units across, and what comes out below."""

    def __init__(self, presenter: TrialPresenter, theme: Theme) -> None:
        super().__init__()
        self.presenter = presenter
        self._theme = theme
        self._asked: object = None
        m = theme.measures
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(m.space_2)
        self._grid_place = QVBoxLayout()
        lines.addLayout(self._grid_place)
        self._grid: QWidget | None = None
        self.inputs: dict[tuple[int, str], QLineEdit | Choice] = {}
        self._answer_place = QVBoxLayout()
        lines.addLayout(self._answer_place)
        self._answers: QWidget | None = None
        self.refresh()

    def refresh(self) -> None:
        """Shows the inputs that the way of scoring needs now, and what comes out."""
        asked = (self.presenter.figures, self.presenter.units)
        if asked != self._asked:
            self._asked = asked
            self._lay_inputs()
        self._tell()

    def _lay_inputs(self) -> None:
        if self._grid is not None:
            self._grid.hide()
            self._grid.deleteLater()
        self._grid, self.inputs = None, {}
        figures, units = self.presenter.figures, self.presenter.units
        if not figures:
            return
        self._grid = QWidget()
        grid = QGridLayout(self._grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self._theme.measures.space_2)
        grid.setVerticalSpacing(self._theme.measures.space_1)
        if units > 1:
            for unit in range(units):
                grid.addWidget(label(f"Đơn vị {unit + 1}", "small"), 0, unit + 1)
        grid.setColumnStretch(0, 2)
        for unit in range(units):
            grid.setColumnStretch(unit + 1, 3 if units == 1 else 1)
        for at, figure in enumerate(figures, 1):
            grid.addWidget(label(figure.title, wrap=True), at, 0)
            for unit in range(units):
                made = self._input(unit, at - 1)
                self.inputs[unit, figure.name] = made
                grid.addWidget(made, at, unit + 1)
        self._grid_place.addWidget(self._grid)

    def _input(self, unit: int, at: int) -> QLineEdit | Choice:
        figure = self.presenter.figures[at]
        typed = self.presenter.typed(unit, figure.name)
        name = f"{figure.title}, đơn vị {unit + 1}" if self.presenter.units > 1 else figure.title
        if figure.kind in (FigureKind.YES_NO, FigureKind.LEVEL):
            words = ("Có", "Không") if figure.kind is FigureKind.YES_NO else figure.choices
            choice = Choice(name, [("", "—"), *((word, word) for word in words)])
            choice.choose(typed)
            choice.currentIndexChanged.connect(
                lambda _at: self._typed(unit, figure.name, choice.token)
            )
            return choice
        line = QLineEdit(typed)
        line.setAccessibleName(name)
        line.setPlaceholderText(_HINTS.get(figure.kind, ""))
        line.setMinimumWidth(self._theme.measures.space_8 * 2)
        line.textEdited.connect(lambda text: self._typed(unit, figure.name, text))
        return line

    def _typed(self, unit: int, figure: str, text: str) -> None:
        self.presenter.type(unit, figure, text)
        self._tell()

    def _tell(self) -> None:
        if self._answers is not None:
            self._answers.hide()
            self._answers.deleteLater()
        self._answers = QWidget()
        lines = QVBoxLayout(self._answers)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(self._theme.measures.space_1)
        words = self.presenter.answer()
        for unit in words.units:
            self._unit(unit, lines)
        for sentence, tone in words.remarks:
            lines.addWidget(label(sentence, tone=tone, wrap=True))
        if words.hint:
            lines.addWidget(label(words.hint, "muted", wrap=True))
        self._answer_place.addWidget(self._answers)
        self.setAccessibleDescription(" ".join(self.answer_texts()))

    @staticmethod
    def _unit(unit: UnitWords, lines: QVBoxLayout) -> None:
        head = label(unit.head, "strong", tone=unit.tone, wrap=True)
        lines.addWidget(head)
        for sentence in unit.sentences:
            lines.addWidget(label(sentence, wrap=True))

    def answer_texts(self) -> list[str]:
        """What is said below the inputs, line by line; also for those who cannot see it."""
        return (
            []
            if self._answers is None
            else [made.text() for made in self._answers.findChildren(QLabel)]
        )
