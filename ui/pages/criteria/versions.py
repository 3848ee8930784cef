"""Versions of a table, what they differ in, and what the next one moves, in words; without Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

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
from ui.pages.criteria.method_words import CHOICES, SHORT, field_words

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
        return change_rows(compare_with_frame(desk, table.id).changes)
    return change_rows(compare_versions(desk, table.id, int(old), int(new)))


def change_rows(changes: Sequence[PackChange]) -> tuple[ChangeRow, ...]:
    """Differences as rows of a list."""
    return tuple(_row(change) for change in changes if change.what != "bản")


def _row(change: PackChange) -> ChangeRow:
    what = {"added": "thêm mới", "removed": "đã bỏ", "moved": "đổi thứ tự"}.get(
        change.kind, _setting(change.what)
    )
    return ChangeRow(change.place, what, _value(change.old), _value(change.new))


def _setting(what: str) -> str:
    """The path of a setting with the words of the forms."""
    parts = what.split(", ")
    words: list[str] = []
    for part in parts:
        try:
            words.append(field_words("row" if len(words) > 1 else "*", part)[0].lower())
        except KeyError:
            words.append(part)
    return ", ".join(words)


def _value(text: str) -> str:
    bare = text[1:-1] if text.startswith("“") and text.endswith("”") else text
    if bare in ("true", "false"):
        return "có" if bare == "true" else "không"
    if bare in SHORT:
        return SHORT[bare].lower()
    for words in CHOICES.values():
        if bare in words and len(text) > len(bare):
            return words[bare].lower()
    if bare.replace(".", "", 1).isdigit():
        return bare.replace(".", ",")
    return bare


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
