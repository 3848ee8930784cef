"""What a unit is asked about one cell, and its answer; both are kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from app.domain.year import Explanation
from app.operations.workspace.desk import Desk, Done, done, open_year_of, refusal, unit_of
from app.operations.workspace.facts_desk import FactsDesk
from app.persistence import books


def ask_explanation(
    desk: Desk, unit: str, criterion: str, round_id: str, question: str, on: dt.date
) -> tuple[Explanation, Done]:
    """Asks a unit about one cell; the answer has the id of the question."""
    open_year_of(desk)
    asked_unit = unit_of(desk, unit)
    if FactsDesk(desk).criterion(unit, criterion) is None:
        raise refusal(
            "facts_unknown_criterion",
            asked_unit.name,
            f"Không có tiêu chí “{criterion[:80]}”.",
            "Ghi mã của một tiêu chí được chấm.",
        )
    if not question.strip():
        raise refusal(
            "question_missing",
            asked_unit.name,
            "Chưa ghi nội dung cần giải trình.",
            "Ghi rõ điều cần đơn vị giải trình.",
        )
    known = desk.workspace.read(books.EXPLANATIONS, desk.period)
    asked = Explanation(
        f"gt{len(known) + 1}", unit, criterion, round_id, question.strip(), desk.actor, on
    )
    title = f"Yêu cầu {asked_unit.name} giải trình tiêu chí {criterion}"
    with desk.act("explanation.asked", title) as change:
        changed = change.put(books.EXPLANATIONS, asked)
    return asked, done(change, changed)


def answer_explanation(desk: Desk, question: str, answer: str, on: dt.date) -> Done:
    """Keeps a unit's answer; an answer that is there already is not overwritten."""
    open_year_of(desk)
    asked = desk.workspace.one(books.EXPLANATIONS, question, period=desk.period)
    if asked is None:
        listed = ", ".join(e.id for e in open_explanations(desk))
        raise refusal(
            "question_unknown",
            f"Năm {desk.period}",
            f"Không có yêu cầu giải trình “{question[:80]}”.",
            f"Các yêu cầu chưa trả lời: {listed or 'không có'}.",
        )
    name = unit_of(desk, asked.unit).name
    if asked.answer is not None:
        raise refusal(
            "question_answered",
            name,
            "Yêu cầu này đã có trả lời.",
            "Gửi yêu cầu giải trình mới nếu cần hỏi thêm.",
        )
    if not answer.strip():
        raise refusal(
            "answer_missing",
            name,
            "Chưa ghi nội dung giải trình.",
            "Ghi trả lời của đơn vị; chưa có trả lời thì cứ để yêu cầu còn mở.",
        )
    title = f"{name} giải trình tiêu chí {asked.criterion}"
    with desk.act("explanation.answered", title) as change:
        changed = change.put(books.EXPLANATIONS, replace(asked, answer=answer.strip(), answered=on))
    return done(change, changed)


def open_explanations(desk: Desk) -> tuple[Explanation, ...]:
    """What was asked and not answered yet."""
    asked = desk.workspace.read(books.EXPLANATIONS, desk.period)
    return tuple(one for one in asked if one.answer is None)
