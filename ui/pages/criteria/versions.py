"""Versions of a table, what they differ in, and what the next one moves, in words; without Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from app.domain.year import CriteriaTable, TableState
from app.ground.numbers import vietnamese
from app.operations.loading import PackSet
from app.operations.moves import Move
from app.operations.pack_changes import PackChange
from app.operations.pack_views import listed_packs
from app.operations.workspace.desk import Desk
from app.operations.workspace.table_versions import compare_versions, compare_with_frame
from app.persistence import books
from ui.models.columns import Column
from ui.pages.criteria.method_text import method_text

FRAME = "frame"
"""The token of the frame that a table was made from."""

_STATES = {
    TableState.DRAFT: "dự thảo",
    TableState.CONSULTED: "đang lấy ý kiến",
    TableState.ISSUED: "đã ban hành",
}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One difference: where, what, before and after."""

    place: str
    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class MoveRow:
    """What becomes otherwise for one unit."""

    unit: str
    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A pack that a table can be made from."""

    folder: str
    title: str
    about: str
    overlay: bool = False


CHANGE_COLUMNS = (
    Column[ChangeRow]("Chỗ thay đổi", lambda row: row.place, width=18),
    Column[ChangeRow]("Điều thay đổi", lambda row: row.what, width=16),
    Column[ChangeRow]("Trước", lambda row: row.old or "—", width=18),
    Column[ChangeRow]("Sau", lambda row: row.new or "—", stretch=True),
)
MOVE_COLUMNS = (
    Column[MoveRow]("Đơn vị", lambda row: row.unit, stretch=True),
    Column[MoveRow]("Điều thay đổi", lambda row: row.what, width=22),
    Column[MoveRow]("Trước", lambda row: row.old, width=10, align="right"),
    Column[MoveRow]("Sau", lambda row: row.new, width=10, align="right"),
)


def versions_of(desk: Desk, table: CriteriaTable) -> tuple[tuple[str, str], ...]:
    """The versions of a table as (token, words), the frame first where there is one."""
    known = [t for t in desk.workspace.read(books.CRITERIA_TABLES) if t.id == table.id]
    listed = [
        (
            str(t.version),
            f"Phiên bản {t.version}, {_STATES[t.state]}" + (f": {t.reason}" if t.reason else ""),
        )
        for t in sorted(known, key=lambda t: t.version)
    ]
    return ((FRAME, "Khung điểm gốc"), *listed) if table.base else tuple(listed)


def differences(desk: Desk, table: CriteriaTable, old: str, new: str) -> tuple[ChangeRow, ...]:
    """What differs between two versions; raises ``UserError``."""
    if old == FRAME:
        compared = compare_with_frame(desk, table.id)
        return change_rows(compared.changes, compared.frame.tree, table.tree)
    changes = compare_versions(desk, table.id, int(old), int(new))
    trees = {
        t.version: t.tree for t in desk.workspace.read(books.CRITERIA_TABLES) if t.id == table.id
    }
    return change_rows(changes, trees[int(old)], trees[int(new)])


def change_rows(
    changes: Sequence[PackChange], old: Mapping[str, Any], new: Mapping[str, Any]
) -> tuple[ChangeRow, ...]:
    """Differences as rows of a list; a way of scoring is told once and whole."""
    before, after = _methods(old), _methods(new)
    rows: dict[ChangeRow, None] = {}
    for change in changes:
        code = change.place.removeprefix("Tiêu chí ")
        if change.what.partition(",")[0] == "cách chấm" and code in before.keys() | after.keys():
            row = ChangeRow(change.place, "cách chấm", before.get(code, ""), after.get(code, ""))
            rows[row] = None
        elif change.what not in _UNSEEN:
            rows[_row(change)] = None
    return tuple(rows)


_UNSEEN: Final = frozenset({"bản", "id"})
_WHATS: Final = {
    "added": "tiêu chí cụm thêm",
    "split": "phần đã chia",
    "needs_evidence": "phải có minh chứng",
    "label": "số thứ tự",
    "slot, count": "số tiêu chí mỗi đơn vị đăng ký",
    "incomplete": "ghi chú bảng chưa đủ điểm",
}


def _methods(tree: Mapping[str, Any]) -> dict[str, str]:
    return {
        row["code"]: method_text(row["method"])
        for row in tree.get("criteria", [])
        if "method" in row
    }


def _row(change: PackChange) -> ChangeRow:
    what = {"added": "thêm mới", "removed": "đã bỏ", "moved": "đổi thứ tự"}.get(
        change.kind, _WHATS.get(change.what, change.what)
    )
    place = "Bảng tiêu chí" if change.place == "Gói quy tắc" else change.place
    return ChangeRow(place, what, _value(change.old), _value(change.new))


def _value(text: str) -> str:
    bare = text[1:-1] if text.startswith("“") and text.endswith("”") else text
    if bare in ("true", "false"):
        return "có" if bare == "true" else "không"
    return bare.replace(".", ",") if bare.replace(".", "", 1).isdigit() else bare


def move_rows(
    moves: Sequence[Move], names: Mapping[str, str], packs: PackSet | None
) -> tuple[MoveRow, ...]:
    """Moves with the names of units, classes and awards."""
    titles: dict[str, str] = {}
    if packs is not None:
        for pack in packs.all:
            titles |= {rule.id: rule.title for rule in pack.rules.classes}
            titles |= {award.id: award.title for award in pack.rules.awards}
    rows: list[MoveRow] = []
    for move in moves:
        match move.what:
            case "points":
                what = f"điểm tiêu chí {move.criterion}" if move.criterion else "tổng điểm"
            case "rank":
                what = "thứ hạng"
            case "class":
                what = "xếp loại"
            case _:
                what = "khen thưởng"
        points = move.what == "points"
        old, new = (_side(side, titles, points=points) for side in (move.old, move.new))
        rows.append(MoveRow(names.get(move.unit, move.unit), what, old, new))
    return tuple(rows)


def _side(value: str | int | None, titles: Mapping[str, str], *, points: bool) -> str:
    if value is None:
        return "—"
    if points:
        return vietnamese(Fraction(str(value)))
    parts = str(value).split("+")
    return ", ".join(titles.get(part.partition(":")[0], part) for part in parts)


def frames() -> tuple[Frame, ...]:
    """The shipped packs: frames for tables of a cluster, and overlays that go with one."""
    found: list[Frame] = []
    for pack in listed_packs():
        overlay = pack.get("kind") == "overlay"
        if overlay or pack.get("kind") == "points":
            usual = "Quy định kèm theo, không chấm điểm." if overlay else "Dùng được ngay."
            about = pack.get("example") or pack.get("incomplete") or usual
            found.append(Frame(str(pack["folder"]), str(pack["title"]), str(about), overlay))
    return tuple(found)
