"""What the lists of the settings page show."""

from __future__ import annotations

from collections.abc import Sequence

from ui.models.columns import Column
from ui.pages.settings.presenter import BackupRow, Part

BACKUPS: Sequence[Column[BackupRow]] = (
    Column("Sao lưu lúc", lambda row: row.made, width=18, icon=lambda _row: "history"),
    Column("Vì sao", lambda row: row.why, stretch=True),
    Column("Đến thao tác", lambda row: str(row.operation), width=12, align="right"),
)

PARTS: Sequence[Column[Part]] = (
    Column("Thành phần", lambda part: part.name, width=24),
    Column("Dùng để", lambda part: part.use, stretch=True),
    Column("Giấy phép", lambda part: part.licence, width=24),
)
