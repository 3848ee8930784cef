"""What an authority decides on a tie, on the place of a held unit, on any open question.

And whom the council chooses where the pack leaves an award to its choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from app.domain.snapshot import Decision
from app.operations.workspace.consequences import Plan, planned, result_of, supposed
from app.operations.workspace.desk import Desk, refusal
from app.operations.workspace.eligibility import needed, rules_of
from app.persistence import books
from app.persistence.records import Change
from app.rules.awards import Award
from app.scoring.assessment import QuotaUsed


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


@dataclass(frozen=True, slots=True)
class CouncilChoice:
    """An award that the council chooses for: its places, who may be chosen, who was chosen."""

    award: Award
    places: tuple[QuotaUsed, ...]
    candidates: tuple[str, ...]
    chosen: tuple[str, ...]

    @property
    def limit(self) -> int | None:
        """How many units may be chosen in all; ``None`` where nothing limits them."""
        counts = [used.count for used in self.places if used.count is not None]
        return sum(counts) if counts and len(counts) == len(self.places) else None


def council_choice(desk: Desk, award: str) -> CouncilChoice:
    """Whom the council may choose, whatever it chose before; raises ``UserError``."""
    left = [a for a in rules_of(desk).awards if a.chosen_by == "council"]
    found = next((a for a in left if a.id == award), None)
    if found is None:
        listed = ", ".join(f"{a.id} ({a.title})" for a in left) or "không có"
        raise refusal(
            "question_not_asked",
            award[:120],
            "Hình thức này không do Hội đồng lựa chọn.",
            f"Các hình thức do Hội đồng lựa chọn: {listed}.",
        )
    question = f"choice:{award}"
    known = desk.workspace.one(books.DECISIONS, question, period=desk.period)
    anew = None if known is None else supposed(desk, (partial(_undecided, question),))
    result = result_of(desk, anew)
    return CouncilChoice(
        found,
        tuple(used for used in result.quotas if used.award == award),
        tuple(x.unit for x in result.awards if x.award == award and x.state == "reserve"),
        () if known is None else tuple(known.outcome.split("+")),
    )


def plan_choice(desk: Desk, award: str, units: Sequence[str], by: str, reference: str) -> Plan:
    """Whom the council chose among the candidates, with who decided and on what paper.

    A later choice takes the place of an earlier one. Raises ``UserError`` where the award is not
    left to the council, a unit is no candidate, or more are chosen than there are places.
    """
    choice = council_choice(desk, award)
    chosen = tuple(dict.fromkeys(unit.strip() for unit in units))
    title, names = choice.award.title, {u.id: u.name for u in desk.units.values()}
    strange = [unit for unit in chosen if unit not in choice.candidates]
    if strange or not chosen:
        listed = ", ".join(f"{u} ({names[u]})" for u in choice.candidates) or "chưa có đơn vị nào"
        who = ", ".join(names.get(u, u[:80]) for u in strange)
        raise refusal(
            "decision_does_not_fit",
            title,
            f"Không thuộc các đơn vị đủ điều kiện để chọn: {who}."
            if strange
            else "Chưa nêu đơn vị nào được chọn.",
            f"Chọn trong: {listed}.",
        )
    for used in choice.places:
        count = sum(used.cluster in (None, desk.units[unit].cluster) for unit in chosen)
        if used.count is not None and count > used.count:
            where = desk.clusters[used.cluster].name if used.cluster is not None else ""
            raise refusal(
                "decision_does_not_fit",
                ", ".join(part for part in (title, where) if part),
                f"Chọn {count} đơn vị nhưng chỉ có {used.count} suất.",
                f"Chọn không quá {used.count} đơn vị, hoặc sửa chỉ tiêu của năm.",
            )
    who_decides = needed(by, title, "Người hoặc cơ quan quyết định")
    paper = needed(reference, title, "Văn bản quyết định")
    question, outcome = f"choice:{award}", "+".join(chosen)
    listed = ", ".join(names[unit] for unit in chosen)
    told = {"question": question, "outcome": outcome, "by": who_decides, "reference": paper}
    return planned(
        desk,
        "decision.recorded",
        f"Ghi lựa chọn của {who_decides} ({paper}): {title}: {listed}",
        (partial(_decide, Decision(question, outcome, who_decides, paper)),),
        told,
    )


def _undecided(question: str, change: Change) -> int:
    return int(change.remove(books.DECISIONS, question))


def _decide(decision: Decision, change: Change) -> int:
    return change.put(books.DECISIONS, decision)
