"""The next year as it would be opened, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.operations.workspace.turn import RoleTurn, YearTurn


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """A role of the next year: the words, and who of the cluster can be named instead."""

    key: str
    words: str
    units: tuple[tuple[str, str], ...]
    asked: bool


@dataclass(frozen=True, slots=True)
class NextYear:
    """The next year as it would be opened, in words."""

    name: str
    days: str
    carried: tuple[str, ...]
    roles: tuple[RoleChoice, ...]


def next_year_words(turn: YearTurn) -> NextYear:
    """What goes over into the next year, and who gets a role in it."""
    record = turn.record
    carried = [f"{len(turn.units)} đơn vị, {len(turn.clusters)} cụm, khối"]
    if turn.left_out:
        carried.append("Không đưa sang (đã rời): " + ", ".join(u.name for u in turn.left_out))
    carried += [f"Bảng tiêu chí “{t.title}”, thành bản thảo mới" for t in turn.tables]
    if turn.answers:
        carried.append(
            f"{len(turn.answers)} lựa chọn tham số của năm nay được nêu lại để chọn, không tự lấy"
        )
    carried.append("Không đưa sang: điểm, đăng ký, chỉ tiêu khen thưởng")
    return NextYear(
        record.name,
        f"{record.start:%d/%m/%Y} – {record.end:%d/%m/%Y}",
        tuple(carried),
        tuple(_role(turn, role) for role in turn.roles),
    )


def _role(turn: YearTurn, role: RoleTurn) -> RoleChoice:
    units = tuple((unit.id, unit.name) for unit in turn.units if unit.cluster == role.cluster)
    return RoleChoice(f"{role.role}:{role.cluster}", role.words, units, role.unit is None)
