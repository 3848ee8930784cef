"""What waits on which page, for the small marks of the sidebar; without Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.places import PageId

if TYPE_CHECKING:
    from app.scoring.assessment import Assessment


def waiting(assessment: Assessment | None) -> dict[PageId, str]:
    """Pages where something waits, each with a sentence that says what."""
    if assessment is None:
        return {}
    marks: dict[PageId, str] = {}
    blanks = sum(len(result.card.blanks) for result in assessment.units.values())
    if blanks:
        marks[PageId.SCORES] = f"Còn {blanks} ô chưa chấm"
    elif errors := sum(finding.is_error for finding in assessment.findings):
        marks[PageId.SCORES] = f"Còn {errors} lỗi số liệu cần sửa"
    ties = sum(tie.resolved_by is None for tie in assessment.ties)
    asked = len(assessment.open_questions) + ties
    if asked:
        marks[PageId.RANKING] = f"Còn {asked} câu hỏi mở hoặc trường hợp bằng nhau"
    return marks
