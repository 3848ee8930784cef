"""Answers to open questions that a year takes over from the one before, each by its name.

None is taken over by itself: what was decided for one year is a proposal for the next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.year import ParameterChoice, PeriodRecord
from app.ground.text import named
from app.operations.workspace.desk import Desk, Done, done, open_year_of, packs_of, refusal
from app.persistence import books
from app.rules.document import allowed_value


@dataclass(frozen=True, slots=True)
class AnswerBefore:
    """An answer of the year before, with the question and the titles of the rounds it may name."""

    choice: ParameterChoice
    question: str
    rounds: Mapping[str, str]


def answers_before(desk: Desk) -> tuple[AnswerBefore, ...]:
    """Answers of the year before that this year's tables ask for too, and that nobody gave yet."""
    before = year_before(desk)
    if before is None:
        return ()
    asked = {
        key: (chosen.parameter, pack)
        for pack in packs_of(desk).all
        for key, chosen in pack.chosen.items()
    }
    there = {c.parameter for c in desk.workspace.read(books.PARAMETER_CHOICES, desk.period)}
    return tuple(
        AnswerBefore(choice, question.title, {r.id: r.title for r in pack.rules.rounds})
        for choice in desk.workspace.read(books.PARAMETER_CHOICES, before.id)
        if choice.parameter in asked and choice.parameter not in there
        for question, pack in (asked[choice.parameter],)
        if allowed_value(question, choice.value) is not None
    )


def proposed_answers(desk: Desk) -> tuple[ParameterChoice, ...]:
    """The answers of the year before that may be taken over."""
    return tuple(answer.choice for answer in answers_before(desk))


def adopt_answers(desk: Desk, parameters: Sequence[str]) -> Done:
    """Takes named answers of the year before over; raises ``UserError`` where there is none."""
    open_year_of(desk)
    found = answers_before(desk)
    proposed = {answer.choice.parameter: answer.choice for answer in found}
    strange = [name for name in parameters if name not in proposed]
    if not parameters:
        raise refusal(
            "answer_not_proposed",
            f"Năm {desk.year.name}",
            "Chưa nêu lựa chọn nào để lấy lại.",
            "Đánh dấu ít nhất một lựa chọn của năm trước.",
        )
    if strange:
        raise refusal(
            "answer_not_proposed",
            f"Năm {desk.period}",
            f"Năm trước không có lựa chọn nào để lấy lại cho: {', '.join(strange)[:200]}.",
            f"Các lựa chọn có thể lấy lại: {', '.join(proposed) or 'không có'}.",
        )
    before = year_before(desk)
    name = "" if before is None else before.name
    chosen = [
        replace(proposed[p], reason=f"như năm {name}" + _why(proposed[p])) for p in parameters
    ]
    asked = {answer.choice.parameter: answer.question for answer in found}
    listed = named([asked[p] for p in parameters], what="câu hỏi")
    title = f"Lấy lại lựa chọn của năm {name} cho: {listed}"
    with desk.act("parameter.chosen", title) as change:
        changed = change.put(books.PARAMETER_CHOICES, *chosen)
    return done(change, changed)


def _why(choice: ParameterChoice) -> str:
    return f": {choice.reason}" if choice.reason else ""


def year_before(desk: Desk) -> PeriodRecord | None:
    """The year that ended last before this one begins."""
    start = desk.year.start
    earlier = [year for year in desk.workspace.read(books.PERIODS) if year.start < start]
    return max(earlier, key=lambda year: year.start, default=None)
