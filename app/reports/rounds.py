"""The rounds of an assessment as heads of columns: short words, with the full titles in a note."""

from __future__ import annotations

from app.reports.figures import LEGEND
from app.reports.issuing import vocabulary
from app.rules.pack import Round
from app.scoring.assessment import Assessment


def other_rounds(assessment: Assessment) -> tuple[tuple[str, str], ...]:
    """The rounds with any score besides the one that counts, as id and head, in order."""
    present = {
        name
        for result in assessment.units.values()
        for score in result.card.criteria.values()
        for name in score.rounds
    }
    return tuple(
        (r.id, round_head(assessment, r))
        for r in assessment.pack.rules.rounds
        if r.id in present and r.id != assessment.scored_round
    )


def counted_head(assessment: Assessment) -> str:
    """The head of the column of the points that count: that of the scored round."""
    scored = next(r for r in assessment.pack.rules.rounds if r.id == assessment.scored_round)
    return round_head(assessment, scored)


def legend(assessment: Assessment) -> str:
    """The marks of the cells, what each round is in full, and which column counts."""
    shown = {name for name, _ in other_rounds(assessment)} | {assessment.scored_round}
    heads = [
        f"cột “{round_head(assessment, r)}” là vòng {r.title}"
        for r in assessment.pack.rules.rounds
        if r.id in shown and round_head(assessment, r) != r.title
    ]
    counted = f"Điểm ở cột “{counted_head(assessment)}” được dùng để cộng và xếp hạng."
    full = "; ".join(heads)
    rounds = f"{full[:1].upper()}{full[1:]}. " if full else ""
    return f"{LEGEND} {rounds}{counted}"


def round_head(assessment: Assessment, this: Round) -> str:
    """A short head by the hand that scores; the title where two rounds have one hand."""
    cluster = vocabulary(assessment).cluster
    heads = {
        "unit": "Tự chấm",
        "leader": f"{cluster[:1].upper()}{cluster[1:]} chấm",
        "department": "Thẩm định",
        "council": "Hội đồng",
        "agency": "Cơ quan khác",
    }
    alone = sum(r.hand == this.hand for r in assessment.pack.rules.rounds) == 1
    return heads[this.hand] if alone else this.title
