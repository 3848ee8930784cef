"""What a trial of a way of scoring asks for and answers; without Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.snapshot import EntryState
from app.domain.step import Step, StepRule
from app.ground.findings import UserError
from app.ground.numbers import is_decimal, vietnamese
from app.operations.trial import Bench, TrialFigure, TrialUnit
from app.rules.document import Tree
from ui.theme.tokens import Tone

COMPARED = 3
"""How many units can be typed where a way of scoring compares them."""


@dataclass(frozen=True, slots=True)
class UnitWords:
    """What became of one unit: the points, and how they came about."""

    head: str
    sentences: tuple[str, ...]
    tone: Tone | None


@dataclass(frozen=True, slots=True)
class Answer:
    """All that is said below the inputs."""

    units: tuple[UnitWords, ...]
    remarks: tuple[tuple[str, Tone], ...]
    hint: str


class TrialPresenter:
    """Keeps what was typed while the way of scoring changes."""

    def __init__(self) -> None:
        self._bench: Bench | None = None
        self._refusal = ""
        self._typed: dict[tuple[int, str], str] = {}

    def take(
        self, tree: Tree, row: Mapping[str, Any], choices: Mapping[str, object] | None = None
    ) -> None:
        """Tries this row of a table from now on."""
        try:
            self._bench, self._refusal = Bench(tree, row, choices), ""
        except UserError as fault:
            self._bench = None
            first = fault.findings[0]
            self._refusal = f"{first.message} {first.remedy}".strip()

    def refuse(self, why: str) -> None:
        """Nothing can be tried, and why."""
        self._bench, self._refusal = None, why

    @property
    def figures(self) -> tuple[TrialFigure, ...]:
        """The figures that are asked for."""
        return () if self._bench is None else self._bench.figures

    @property
    def units(self) -> int:
        """How many units can be typed."""
        return COMPARED if self._bench is not None and self._bench.compares else 1

    def typed(self, unit: int, figure: str) -> str:
        """What was typed for a unit's figure."""
        return self._typed.get((unit, figure), "")

    def type(self, unit: int, figure: str, text: str) -> None:
        """Takes a text for a unit's figure."""
        self._typed[unit, figure] = text

    def forget(self) -> None:
        """Another criterion: what was typed is gone."""
        self._typed.clear()

    def answer(self) -> Answer:
        """What comes out of what was typed."""
        if self._bench is None:
            return Answer((), (), self._refusal)
        names = [figure.name for figure in self.figures]
        typed = [{n: self.typed(unit, n) for n in names} for unit in range(self.units)]
        if not any(text.strip() for texts in typed for text in texts.values()):
            return Answer((), (), "Gõ số liệu để xem được bao nhiêu điểm và vì sao.")
        trial = self._bench.run(typed)
        remarks = tuple(
            (f"{finding.message} {finding.remedy}".strip(), Tone.ERROR)
            for finding in trial.findings
        )
        units = tuple(
            self._words(number, unit)
            for number, (unit, texts) in enumerate(zip(trial.units, typed, strict=False), 1)
            if any(text.strip() for text in texts.values())
        )
        return Answer(units, remarks, "")

    def _words(self, number: int, unit: TrialUnit) -> UnitWords:
        who = f"Đơn vị {number}: " if self.units > 1 else ""
        if unit.question is not None:
            what = unit.question.what.partition("): ")[2] or unit.question.what
            outcomes = tuple(f"• {o.effect}" for o in unit.question.outcomes)
            head = f"{who}chưa tính được, văn bản để ngỏ."
            return UnitWords(_capital(head), (f"{_capital(what)}.", *outcomes), Tone.WAITING)
        if unit.state is EntryState.NOT_ASSIGNED:
            return UnitWords(f"{who}Không thuộc diện chấm.", (unit.why.how + ".",), Tone.INFO)
        if unit.points is None:
            titles = {figure.name: figure.title for figure in self.figures}
            missing = unit.why.how.partition("còn thiếu ")[2].split(", ")
            listed = ", ".join(titles.get(name, name) for name in missing if name)
            return UnitWords(f"{who}Còn thiếu: {listed}." if listed else unit.why.how, (), None)
        value = unit.points
        shown = vietnamese(value) if is_decimal(value) else f"≈ {vietnamese(value, 2)}"
        head = _capital(f"{who}được {shown} điểm.")
        barred = ("Ở mức này đơn vị không được xét thi đua.",) if unit.bars else ()
        typed = tuple(f"{figure.title}: " for figure in self.figures)
        return UnitWords(head, (*_sentences(unit.why, typed), *barred), Tone.GOOD)


def _sentences(why: Step, typed: tuple[str, ...]) -> tuple[str, ...]:
    """The reasoning in sentences, the parts as points below; what was just typed is left out."""
    how = why.how.removeprefix("Tính thử: ")
    parts = tuple(
        f"• {part.how}"
        for part in why.parts
        if part.rule is not StepRule.GIVEN or not part.how.startswith(typed)
    )
    return (f"{_capital(how)}.", *parts)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
