"""What a method says twice, or not at all, about one worth, although its shape is right."""

from __future__ import annotations

from collections.abc import Iterator

from app.rules.methods.banded import Band, Bands
from app.rules.methods.base import MethodModel
from app.rules.methods.comparative import RankTable, VersusLeader
from app.rules.methods.measure import MeasuredMethod
from app.rules.methods.single import Deduct, Level, Levels


def unclear(method: MethodModel) -> Iterator[tuple[str, str]]:
    """What is wrong, in Vietnamese, and what to do about it."""
    if isinstance(method, Deduct) and any(
        (i.points is not None) + (i.percent is not None) + i.loses_all != 1 for i in method.items
    ):
        yield (
            "Mỗi vi phạm ghi đúng một mức trừ: points, percent hoặc loses_all.",
            "Ghi một trong ba khóa.",
        )
    if (
        isinstance(method, VersusLeader)
        and method.no_target_scale != "flat"
        and method.no_target is None
    ):
        yield (
            "So riêng các đơn vị không được giao chỉ tiêu (no_target_scale) cần no_target.",
            "Thêm no_target, ví dụ no_target = 60 (phần trăm điểm tối đa).",
        )
    if (
        isinstance(method, VersusLeader)
        and method.scale == "from_target"
        and method.input != "plan_percent"
    ):
        yield (
            "Cách so với chỉ tiêu (scale = 'from_target') cần đo phần trăm kế hoạch.",
            "Ghi input = 'plan_percent'.",
        )
    if (
        isinstance(method, MeasuredMethod)
        and method.pending is not None
        and method.input != "ratio_percent"
    ):
        yield (
            "Khóa pending chỉ dùng khi đo phần trăm trên tổng số (input = 'ratio_percent').",
            "Bỏ pending hoặc đổi input.",
        )
    if isinstance(method, RankTable) and method.beyond == "continue_step" and len(method.table) < 2:
        yield (
            "Bảng chỉ có một hạng nên không có bậc nào để tiếp tục (continue_step).",
            "Ghi ít nhất hai hạng, hoặc chọn hold_last hay zero.",
        )
    if any(not _has_one_worth(named) for named in _worths(method)):
        yield (
            "Mỗi mức hoặc khoảng có đúng một giá trị: points hoặc percent.",
            "Ghi một trong hai khóa.",
        )


def _worths(method: MethodModel) -> tuple[Band | Level, ...]:
    if isinstance(method, Bands):
        return method.bands
    return method.levels if isinstance(method, Levels) else ()


def _has_one_worth(named: Band | Level) -> bool:
    given = (named.points is not None) + (named.percent is not None)
    return given == 1 or (given == 0 and named.bars)
