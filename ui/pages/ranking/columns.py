"""The columns of the ranking."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ui.models.columns import Column
from ui.pages.ranking.presenter import Part, RankRow

_NARROW_TOTALS = 9


def columns_of(parts: Sequence[Part]) -> tuple[Column[RankRow], ...]:
    """Place and name first, points by section, then the total and what there is to remark."""
    return (
        Column("Hạng", lambda r: r.place, 4, "right", bold=True, order=lambda r: r.order),
        Column("Đơn vị", lambda r: r.name, 30, order=lambda r: r.name),
        *(
            Column(
                part.title,
                _part(at),
                7,
                "right",
                head_tip=part.tip,
                order=_number(at),
            )
            for at, part in enumerate(parts)
        ),
        Column(
            "Tổng điểm", lambda r: r.total, _NARROW_TOTALS, "right", bold=True, order=_total
        ),
        Column("Tối đa", lambda r: r.most, 6, "right"),
        Column(
            "Ghi chú", lambda r: r.remark, 30, stretch=True, tone=lambda r: r.tone
        ),
    )  # fmt: skip


def _part(at: int) -> Callable[[RankRow], str]:
    return lambda row: row.parts[at]


def _number(at: int) -> Callable[[RankRow], float]:
    return lambda row: _read(row.parts[at])


def _total(row: RankRow) -> float:
    return _read(row.total)


def _read(shown: str) -> float:
    """A printed number for sorting only."""
    return float(shown.replace(".", "").replace(",", ".")) if shown else float("-inf")
