"""What an authority decides on a tie, on the place of a held unit, on any open question."""

from __future__ import annotations

from functools import partial

from app.domain.snapshot import Decision
from app.operations.workspace.consequences import Plan, planned, result_of
from app.operations.workspace.desk import Desk, refusal
from app.operations.workspace.eligibility import needed
from app.persistence import books
from app.persistence.records import Change


def plan_decision(desk: Desk, question: str, outcome: str, decided_by: str, reference: str) -> Plan:
    """The answer to a question that the result asks now, with who gave it and on what paper.

    For a tie the outcome names the units that are chosen, joined by ``+``. Raises ``UserError``
    where nobody asks that question, or the outcome is none of the possible ones (A7, A38).
    """
    asked = {q.id: q for q in result_of(desk).open_questions}
    found = asked.get(question)
    if found is None:
        listed = ", ".join(asked) or "không có"
        raise refusal(
            "question_not_asked",
            question[:120],
            "Kết quả hiện nay không nêu câu hỏi này nên không có gì phải quyết định.",
            f"Các câu hỏi đang mở: {listed}.",
        )
    choices = [o.choice for o in found.outcomes]
    chosen = (
        [part.strip() for part in outcome.split("+")] if found.parameter == "tie" else [outcome]
    )
    if choices and not set(chosen) <= set(choices):
        raise refusal(
            "decision_does_not_fit",
            question,
            f"“{outcome[:80]}” không phải một kết quả có thể của câu hỏi này.",
            f"Chọn trong: {', '.join(choices)}.",
        )
    by = needed(decided_by, found.what, "Người hoặc cơ quan quyết định")
    paper = needed(reference, found.what, "Văn bản quyết định")
    effects = {o.choice: o.effect for o in found.outcomes}
    words = "; ".join(effects.get(part, part) for part in chosen)
    title = f"Ghi quyết định của {by} ({paper}): {found.what}: {words}"
    decision = Decision(question, outcome, by, paper)
    told = {"question": question, "outcome": outcome, "by": by, "reference": paper}
    return planned(desk, "decision.recorded", title, (partial(_decide, decision),), told)


def _decide(decision: Decision, change: Change) -> int:
    return change.put(books.DECISIONS, decision)
