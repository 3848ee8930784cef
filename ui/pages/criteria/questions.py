"""The questions that the year's texts leave open: what is asked, where, and what was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.year import ParameterChoice
from app.operations.workspace.desk import Done
from app.operations.workspace.records import choose_parameter
from app.persistence import books
from app.rules.document import Choice, ChosenParameter, LoadedPack
from ui.pages.criteria.answer_words import answer_words, settings_of
from ui.pages.criteria.table_view import ClauseWords, clause_words
from ui.session import Session


class Standing(StrEnum):
    """Whether a question waits, is answered by the pack, or by the officer."""

    OPEN = "open"
    BY_PACK = "pack"
    CHOSEN = "facts"


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answers; ``range`` says what may be typed where none are listed."""

    id: str
    title: str
    note: str
    clause: ClauseWords | None
    standing: Standing
    value: str
    answers: tuple[tuple[str, str], ...]
    range: str
    reason: str


class QuestionPresenter:
    """Reads the questions of all tables of the year and writes the answers."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.questions: tuple[Question, ...] = ()
        self._values: dict[tuple[str, str], Choice] = {}

    def load(self) -> int:
        """Reads anew; the answer is how many questions nobody has answered."""
        packs = self.session.packs
        self._values = {}
        if packs is None:
            self.questions = ()
            return 0
        desk = self.session.desk
        kept: Mapping[str, ParameterChoice] = {
            choice.parameter: choice
            for choice in desk.workspace.read(books.PARAMETER_CHOICES, desk.period)
        }
        found = [
            self._question(pack, chosen, settings.get(key, []), kept)
            for pack in packs.all
            for settings in (settings_of(pack.tree),)
            for key, chosen in pack.chosen.items()
            if len(chosen.parameter.allowed) != 1
        ]
        order = list(Standing)
        self.questions = tuple(sorted(found, key=lambda question: order.index(question.standing)))
        return sum(question.standing is Standing.OPEN for question in self.questions)

    def _question(
        self,
        pack: LoadedPack,
        chosen: ChosenParameter,
        settings: list[str],
        kept: Mapping[str, ParameterChoice],
    ) -> Question:
        rule = chosen.parameter
        answers: list[tuple[str, str]] = []
        for value in rule.allowed:
            token = _token(value)
            self._values[rule.id, token] = value
            answers.append((token, answer_words(value, settings, pack.rules)))
        reason = kept[rule.id].reason if rule.id in kept else ""
        return Question(
            rule.id,
            rule.title,
            rule.note,
            clause_words(pack.rules, rule.clause),
            Standing(chosen.source),
            "" if chosen.value is None else _token(chosen.value),
            tuple(answers),
            "" if rule.range is None else rule.range.words(),
            reason,
        )

    def choose(self, question: Question, token: str, reason: str) -> Done:
        """Keeps an answer with its reason; raises ``UserError``."""
        value: Any = self._values.get((question.id, token), token)
        return self.session.act(
            lambda desk: choose_parameter(desk, question.id, value, reason.strip())
        )

    def take_back(self, question: Question) -> Done:
        """Takes an answer back."""
        return self.session.act(lambda desk: choose_parameter(desk, question.id, None))


def _token(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
