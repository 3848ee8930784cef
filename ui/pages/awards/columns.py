"""The columns of the awards: who stands for one, and the checklist of a unit."""

from __future__ import annotations

from ui.models.columns import Column
from ui.pages.awards.facts import CheckRow, LineRow

LINES: tuple[Column[LineRow], ...] = (
    Column("TT", lambda r: str(r.order), 3, "right", order=lambda r: r.order),
    Column("Đơn vị", lambda r: r.name, 18, stretch=True),
    Column("Kết quả", lambda r: r.state, 13, tone=lambda r: r.tone),
    Column("Danh sách đã chốt", lambda r: r.kept_words, 14),
    Column("Vì sao", lambda r: r.why, 24, stretch=True),
)
"""The waterfall of one award."""

CHECKS: tuple[Column[CheckRow], ...] = (
    Column("Loại", lambda r: r.group, 10),
    Column("Trường hợp, điều kiện", lambda r: r.title, 20, stretch=True),
    Column("Tình trạng", lambda r: r.state, 14, stretch=True, tone=lambda r: r.tone),
)
"""What stands against a unit, and what it fulfils beside the rank."""
