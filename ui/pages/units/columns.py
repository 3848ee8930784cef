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
    return (name, *((cluster,) if several_clusters else ()), role, papers)


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
