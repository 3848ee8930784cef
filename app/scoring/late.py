"""Bonus and deductions that come after conference and ballot (A41)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from app.ground.numbers import round_to
from app.rules.base import is_open, open_parameter
from app.scoring.assessment import ItemsScore, OpenQuestion, QuestionOutcome
from app.scoring.book import AwardBook
from app.scoring.cards import CardWork
from app.scoring.scene import Scene

ZERO = Fraction(0)


def late_question(scene: Scene) -> Literal["rerank", "keep", "open"] | None:
    """What the pack says of late items, or ``None`` where none was recorded."""
    late = set(scene.scoring.late_items)
    facts = (*scene.snapshot.bonus, *scene.snapshot.deductions)
    if not any(f.item in late for f in facts):
        return None
    choice = scene.decisions.get(_id(scene), scene.scoring.rerank_after_ballot)
    if choice == "keep":
        return "keep"
    return "open" if is_open(choice) else "rerank"


def _id(scene: Scene) -> str:
    parameter = open_parameter(scene.scoring.rerank_after_ballot, "rerank_after_ballot")
    return f"open:{parameter}" if is_open(scene.scoring.rerank_after_ballot) else "open:A41"


def without_late_items(scene: Scene, works: Mapping[str, CardWork]) -> dict[str, CardWork]:
    """The scorecards as they stood before the late items: what ranks and awards go by."""
    late = set(scene.scoring.late_items)

    def late_points(score: ItemsScore) -> Fraction:
        kept = sum((i.exact for i in score.items.values() if i.id not in late), ZERO)
        return max(ZERO, score.exact - min(score.exact, kept))

    changed: dict[str, CardWork] = {}
    for unit, work in works.items():
        card = work.card
        shift = late_points(card.deductions) - late_points(card.bonus)
        exact = card.total_exact + shift
        total = round_to(exact, scene.scoring.digits, scene.scoring.rounding)
        changed[unit] = replace(work, card=replace(card, total_exact=exact, total=total))
    return changed


def question(scene: Scene, before: AwardBook, after: AwardBook) -> OpenQuestion:
    """Whether late items re-rank, with the proposals of both answers."""
    late = set(scene.scoring.late_items)
    units = tuple(
        sorted(
            {f.unit for f in (*scene.snapshot.bonus, *scene.snapshot.deductions) if f.item in late}
        )
    )
    parameter = open_parameter(scene.scoring.rerank_after_ballot, "rerank_after_ballot")
    what = "Điểm thưởng hoặc điểm trừ có sau hội nghị làm thay đổi thứ tự hoặc đề nghị khen thưởng"
    outcomes = (
        QuestionOutcome("rerank", _proposals(scene, after)),
        QuestionOutcome("keep", _proposals(scene, before)),
    )
    return OpenQuestion(_id(scene), parameter, units, what, outcomes)


def _proposals(scene: Scene, book: AwardBook) -> str:
    lines = [f"{x.title}: {scene.units[x.unit].name}" for x in book.lines if x.state == "proposed"]
    return "; ".join(lines) or "chưa có đề nghị"
