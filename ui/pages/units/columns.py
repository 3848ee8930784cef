"""The list of units, column by column; without Qt."""

from __future__ import annotations

from typing import Final

from ui.models.columns import Column
from ui.pages.units.facts import HistoryLine, ItemRow, TargetRow, UnitRow


def unit_columns(*, several_clusters: bool) -> tuple[Column[UnitRow], ...]:
    """Unit, cluster where there are several, role, papers."""
    name: Column[UnitRow] = Column(
        "Đơn vị",
        lambda row: f"{row.name} ({row.stay})" if row.stay else row.name,
        width=22,
        stretch=True,
        tip=_tip,
    )
    cluster: Column[UnitRow] = Column("Cụm, khối", lambda row: row.cluster_name, width=16)
    role: Column[UnitRow] = Column("Vai trò", lambda row: row.roles, width=13)
    papers: Column[UnitRow] = Column(
        "Đăng ký",
        lambda row: row.papers,
        width=16,
        tone=lambda row: row.papers_tone,
        icon=lambda row: row.papers_icon,
        head_tip="Đăng ký thi đua và giao ước",
    )
    targets: Column[UnitRow] = Column(
        "Chỉ tiêu",
        lambda row: str(row.targets) if row.targets else "",
        width=5,
        align="right",
        order=lambda row: row.targets,
        head_tip="Số chỉ tiêu đã ghi",
    )
    return (name, *((cluster,) if several_clusters else ()), role, papers, targets)


def _tip(row: UnitRow) -> str:
    """The whole name, and what is still asked about the unit."""
    if not row.missing_notes:
        return row.name
    return f"{row.name}\nCòn {row.missing_notes} số liệu mà bảng tiêu chí hỏi chưa ghi."


TARGET_COLUMNS: Final[tuple[Column[TargetRow], ...]] = (
    Column("Chỉ tiêu", lambda row: row.title, width=18, stretch=True),
    Column("Kế hoạch", lambda row: row.plan, width=10, align="right"),
    Column("6 tháng", lambda row: row.half_year, width=10, align="right"),
)
ITEM_COLUMNS: Final[tuple[Column[ItemRow], ...]] = (
    Column("Loại", lambda row: "Thưởng" if row.kind == "bonus" else "Trừ", width=7),
    Column("Nội dung", lambda row: row.title, width=18, stretch=True),
    Column("Số lần, điểm", lambda row: row.words, width=11, align="right"),
    Column("Lý do", lambda row: row.reason, width=14),
)
JOURNAL_COLUMNS: Final[tuple[Column[HistoryLine], ...]] = (
    Column("Lúc", lambda row: row.when, width=26),
    Column(
        "Việc",
        lambda row: row.what,
        width=20,
        stretch=True,
        tip=lambda row: "\n".join((row.what, *row.details)),
    ),
)
