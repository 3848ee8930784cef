"""The answers of the year before to what the texts leave open, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.ground.findings import UserError
from app.operations.workspace.answers import AnswerBefore, answers_before, year_before
from app.reports.choices import choice_words

if TYPE_CHECKING:
    from app.operations.workspace.desk import Desk


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One question with the answer that was given to it, and why."""

    parameter: str
    question: str
    answer: str
    reason: str


@dataclass(frozen=True, slots=True)
class Answers:
    """What may be taken over into a year (``period``) from the one before it."""

    period: str
    name: str
    before: str
    rows: tuple[AnswerRow, ...]


def answers_for(desk: Desk) -> Answers:
    """The answers that the desk's year may take over; none where it has no table yet."""
    before = year_before(desk)
    try:
        found = answers_before(desk)
    except UserError:
        found = ()
    name = "" if before is None else before.name
    return Answers(desk.period, desk.year.name, name, tuple(_row(answer) for answer in found))


def _row(answer: AnswerBefore) -> AnswerRow:
    choice = answer.choice
    words = choice_words(choice.value, answer.rounds)
    reason = f"Lý do năm trước: {choice.reason}" if choice.reason else ""
    return AnswerRow(choice.parameter, answer.question, words, reason)
