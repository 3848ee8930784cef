"""What the lists of the start page show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ui.flows.frames import Frame
from ui.models.columns import Column
from ui.pages.start.presenter import BackupRow, RecentRow
from ui.theme.tokens import Tone

RECENT: Sequence[Column[RecentRow]] = (
    Column(
        "Cụm, khối",
        lambda row: row.name,
        width=38,
        icon=lambda row: "folder-open" if row.there else "unlink",
        tone=lambda row: None if row.there else Tone.WAITING,
    ),
    Column("Nơi lưu", lambda row: row.place, stretch=True),
    Column("Dùng lần cuối", lambda row: row.used, width=14, align="right"),
)

BACKUPS: Sequence[Column[BackupRow]] = (
    Column("Sao lưu lúc", lambda row: row.made, width=18, icon=lambda _row: "history"),
    Column("Vì sao", lambda row: row.why, stretch=True),
    Column("Đến thao tác", lambda row: str(row.operation), width=12, align="right"),
)

FRAMES: Sequence[Column[Frame]] = (
    Column("Khung điểm, bảng tiêu chí", lambda frame: frame.title, stretch=True),
    Column("Loại", lambda frame: frame.kind, width=17),
)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit of the new cluster as it is listed."""

    place: int
    name: str
    id: str
    role: str


UNITS: Sequence[Column[UnitRow]] = (
    Column("TT", lambda row: str(row.place), width=3, align="right"),
    Column("Tên đơn vị", lambda row: row.name, stretch=True),
    Column("Vai trò", lambda row: row.role, width=14),
    Column("Mã", lambda row: row.id, width=14),
)


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question that the text leaves open, with what holds for it now."""

    id: str
    title: str
    answer: str
    open: bool


QUESTIONS: Sequence[Column[QuestionRow]] = (
    Column("Chỗ văn bản để ngỏ", lambda row: row.title, stretch=True),
    Column(
        "Đang chọn",
        lambda row: row.answer,
        width=20,
        tone=lambda row: Tone.WAITING if row.open else None,
        icon=lambda row: "clock" if row.open else None,
    ),
)
