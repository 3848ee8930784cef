"""The columns of the page Sức khỏe tiêu chí."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from app.ground.numbers import vietnamese
from ui.models.columns import Column
from ui.pages.health.presenter import CriterionRow, YearsRow

CRITERIA: Final[tuple[Column[CriterionRow], ...]] = (
    Column("Tiêu chí", lambda r: r.title, 26, stretch=True, order=lambda r: r.at),
    Column(
        "Điều thấy được", lambda r: r.signs, 20, stretch=True, tone=lambda r: r.tone,
        order=lambda r: (r.count, r.signs),
    ),
    Column("Tối đa", lambda r: vietnamese(r.most), 6, "right", order=lambda r: r.most),
    Column(
        "Đạt tối đa", lambda r: r.full, 8, "right", order=lambda r: r.full_share,
        head_tip="Số đơn vị đạt điểm tối đa trên số đơn vị được chấm",
    ),
    Column(
        "Điểm", lambda r: r.points, 14, "right", order=lambda r: r.mean,
        head_tip="Điểm thấp nhất đến cao nhất; xếp theo điểm trung bình",
    ),
    Column(
        "Tỷ trọng", lambda r: r.share, 7, "right", order=lambda r: r.share_value,
        head_tip="Phần của tiêu chí trong chênh lệch tổng điểm giữa các đơn vị",
    ),
    Column(
        "Ý kiến khác", lambda r: str(r.disputed), 6, "right", order=lambda r: r.disputed,
        head_tip="Số đơn vị có điểm khác nhau giữa các vòng, hoặc phải giải trình",
    ),
    Column(
        "Thiếu tài liệu", lambda r: str(r.unproven), 6, "right", order=lambda r: r.unproven,
        head_tip="Số đơn vị cần minh chứng mà chưa ghi tài liệu nào",
    ),
    Column(
        "Tự chấm hơn", lambda r: r.inflation, 7, "right", order=lambda r: r.inflation_value,
        head_tip="Trung bình điểm tự chấm trừ điểm được tính",
    ),
)  # fmt: skip


def years_columns(
    what: str, change: str, years: Sequence[str], width: int
) -> tuple[Column[YearsRow], ...]:
    """A column for each year between the name and what is to be remarked."""
    return (
        Column(what, lambda r: r.name, 22, stretch=True, order=lambda r: r.at),
        *(Column(year, _year(at), width) for at, year in enumerate(years)),
        Column(change, lambda r: r.change, 20, stretch=True),
    )


def _year(at: int) -> Callable[[YearsRow], str]:
    return lambda row: row.years[at]
