"""Bonus and deductions that come after conference and ballot (A41)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from app.ground.findings import Findings
from app.rules.base import is_open, open_parameter
from app.scoring.assessment import OpenQuestion, QuestionOutcome
from app.scoring.book import AwardBook
from app.scoring.cards import CardWork, score_unit
from app.scoring.scene import Scene


def late_choice(scene: Scene) -> Literal["rerank", "keep", "open"] | None:
    """What holds for late items, or ``None`` where none was recorded."""
    if not _late_units(scene):
        return None
    choice = scene.scoring.rerank_after_ballot
    if is_open(choice):
        decided = scene.decision(_id(scene))
        if decided in ("rerank", "keep"):
            choice = decided
        elif decided is not None:
            scene.does_not_fit(_id(scene), decided, ("rerank", "keep"))
    if choice == "keep":
        return "keep"
    return "open" if is_open(choice) else "rerank"


def _id(scene: Scene) -> str:
    return f"open:{open_parameter(scene.scoring.rerank_after_ballot, 'rerank_after_ballot')}"


def _late_units(scene: Scene) -> set[str]:
    late = set(scene.scoring.late_items)
    facts = (*scene.snapshot.bonus, *scene.snapshot.deductions)
    return {f.unit for f in facts if f.item in late}


def before_late_items(scene: Scene, works: Mapping[str, CardWork]) -> dict[str, CardWork]:
    """The scorecards as they stood before the late items came."""
    late = set(scene.scoring.late_items)
    snapshot = replace(
        scene.snapshot,
        bonus=tuple(f for f in scene.snapshot.bonus if f.item not in late),
        deductions=tuple(f for f in scene.snapshot.deductions if f.item not in late),
    )
    earlier = replace(scene, snapshot=snapshot, findings=Findings())
    changed = _late_units(scene)
    with scene.apart("before late items"):
        return {
            unit: score_unit(earlier, scene.units[unit]) if unit in changed else work
            for unit, work in works.items()
        }


def late_question(scene: Scene, before: AwardBook, after: AwardBook) -> OpenQuestion:
    """Whether late items re-rank, with the proposals of both answers."""
    parameter = open_parameter(scene.scoring.rerank_after_ballot, "rerank_after_ballot")
    what = "Điểm thưởng hoặc điểm trừ có sau hội nghị làm thay đổi thứ tự hoặc đề nghị khen thưởng"
    outcomes = (
        QuestionOutcome("rerank", _proposals(scene, after)),
        QuestionOutcome("keep", _proposals(scene, before)),
    )
    units = tuple(sorted(_late_units(scene)))
    return OpenQuestion(_id(scene), parameter, units, what, outcomes)


def _proposals(scene: Scene, book: AwardBook) -> str:
    lines = [f"{x.title}: {scene.units[x.unit].name}" for x in book.lines if x.state == "proposed"]
    return "; ".join(lines) or "chưa có đề nghị"
