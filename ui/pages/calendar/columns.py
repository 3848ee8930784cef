"""The columns of the page Lịch và nhiệm vụ."""

from __future__ import annotations

from typing import Final

from ui.models.columns import Column
from ui.pages.calendar.presenter import ActivityRow, DayRow, DutyRow

DAYS: Final[tuple[Column[DayRow], ...]] = (
    Column("Ngày", lambda r: f"{r.day:%d/%m/%Y}", 10, bold=True, order=lambda r: r.day),
    Column("Còn lại", lambda r: r.left, 13, order=lambda r: r.day),
    Column("Việc", lambda r: r.title, 24, stretch=True),
    Column("Của ai", lambda r: r.who, 18, stretch=True),
    Column("Tình trạng", lambda r: r.state, 16, tone=lambda r: r.tone),
)
DUTIES: Final[tuple[Column[DutyRow], ...]] = (
    Column("Nhiệm vụ", lambda r: r.title, 26, stretch=True),
    Column("Của ai", lambda r: r.name, 20, stretch=True),
    Column("Hạn cuối", lambda r: r.last, 10, order=lambda r: r.order),
    Column("Tình trạng", lambda r: r.state, 14, tone=lambda r: r.tone),
    Column("Văn bản", lambda r: r.document, 14),
)
ACTIVITIES: Final[tuple[Column[ActivityRow], ...]] = (
    Column("Loại", lambda r: r.kind, 14),
    Column("Tên", lambda r: r.title, 18, stretch=True, bold=True),
    Column("Của ai", lambda r: r.whose, 14, stretch=True),
    Column("Ngày", lambda r: r.day, 10, order=lambda r: r.order),
    Column("Văn bản", lambda r: r.document, 13),
    Column("Được chọn", lambda r: r.chosen, 16),
)
