"""What is to be done first, where there is nothing to score yet."""

from __future__ import annotations

from dataclasses import dataclass

from app.ground.findings import UserError
from app.operations.workspace.desk import packs_of
from ui.places import PageId
from ui.session import Session


@dataclass(frozen=True, slots=True)
class Emptiness:
    """Why there is nothing to score, and where to begin."""

    picture: str
    words: str
    verb: str
    page: PageId


def emptiness_of(session: Session, has_lines: bool) -> Emptiness:
    """Why the grid is empty: no table, a table that cannot be read, no line, no unit."""
    if session.packs is None and session.seat is not None:
        try:
            packs_of(session.seat)
            words = ""
        except UserError as fault:
            words = " ".join(f"{f.message} {f.remedy}".strip() for f in fault.findings[:2])
        return Emptiness("list-tree", words, "Mở bảng tiêu chí", PageId.CRITERIA)
    if not has_lines:
        words = "Bảng tiêu chí chưa có dòng nào. Soạn bảng trước rồi mới chấm điểm được."
        return Emptiness("list-tree", words, "Mở bảng tiêu chí", PageId.CRITERIA)
    words = "Năm này chưa có đơn vị nào. Thêm đơn vị trước rồi mới chấm điểm được."
    return Emptiness("building-2", words, "Thêm đơn vị", PageId.UNITS)
