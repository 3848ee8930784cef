"""The columns of the page Khóa sổ và bàn giao."""

from __future__ import annotations

from typing import Final

from ui.models.columns import Column
from ui.pages.closing.presenter import OpenRow, YearRow

OPEN: Final[tuple[Column[OpenRow], ...]] = (
    Column("Mức", lambda r: r.state, 9, tone=lambda r: r.tone, order=lambda r: r.order),
    Column("Ở đâu", lambda r: r.place, 26, bold=True),
    Column("Việc còn mở", lambda r: r.message, 40, stretch=True),
    Column("Sửa ở trang", lambda r: r.page_words, 18),
)
YEARS: Final[tuple[Column[YearRow], ...]] = (
    Column("Năm", lambda r: f"{r.name} (đang xem)" if r.shown else r.name, 16, bold=True),
    Column("Từ ngày – đến ngày", lambda r: r.days, 22),
    Column("Tình trạng", lambda r: r.state, 22, tone=lambda r: r.tone),
    Column("Dấu niêm phong", lambda r: r.seal or "chưa có", 24, stretch=True),
)
