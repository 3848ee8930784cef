"""The columns of the page Toàn tỉnh."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from app.reports.figures import Figures
from ui.models.columns import Column
from ui.pages.province.presenter.comparing import InflationRow, SharedRow, StrictnessRow
from ui.pages.province.presenter.dividing import ShareRow
from ui.pages.province.presenter.posting import PostRow
from ui.pages.province.presenter.rows import NONE, AwardRow, ClusterRow, ResultRow, StandingRow
from ui.theme.tokens import Tone

if TYPE_CHECKING:
    from app.operations.province.risk import RiskRow

_ICONS: Final = {
    Tone.NEUTRAL: "circle",
    Tone.INFO: "inbox",
    Tone.WAITING: "clock",
    Tone.ERROR: "circle-alert",
    Tone.ACCENT: "file-check",
    Tone.GOOD: "circle-check",
}
_LATE: Final = dt.date.max
_LAST: Final = 10**6


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day is not None else NONE


def _count(number: int | None) -> str:
    return NONE if number is None else str(number)


CLUSTERS: Final[tuple[Column[ClusterRow], ...]] = (
    Column(
        "Cụm, khối", lambda r: r.name, 18, stretch=True, order=lambda r: r.at, tip=lambda r: r.name
    ),
    Column("Đơn vị", lambda r: _count(r.units), 6, "right", order=lambda r: r.units or 0),
    Column(
        "Tình trạng", lambda r: r.stage, 19, tone=lambda r: r.tone, icon=lambda r: _ICONS[r.tone]
    ),
    Column("Hạn gửi", lambda r: _day(r.due), 9, "right", order=lambda r: r.due or _LATE),
    Column("Ngày gửi", lambda r: _day(r.sent), 9, "right", order=lambda r: r.sent or _LATE),
    Column(
        "Kết quả", lambda r: r.result, 10,
        tone=lambda r: Tone.WAITING if r.provisional else None,
        tip=lambda r: "\n".join(r.told) or r.result,
    ),
    Column(
        "So với gói", lambda r: r.agreement, 15,
        tone=lambda r: Tone.WAITING if r.differs else None,
        tip=lambda r: f"Mã kết quả hiện nay: {r.digest}",
        head_tip="Kết quả tính lại ở đây có đúng như trong gói cụm, khối gửi lần cuối không; "
        "thẩm định làm thay đổi điểm thì kết quả khác gói",
    ),
)  # fmt: skip

RESULTS: Final[tuple[Column[ResultRow], ...]] = (
    Column("Cụm, khối", lambda r: r.cluster_name, 15, stretch=True, order=lambda r: r.at),
    Column("Đơn vị", lambda r: r.unit_name, 15, stretch=True),
    Column("Hạng", lambda r: _count(r.rank), 4, "right", order=lambda r: r.rank or _LAST),
    Column("Tổng điểm", lambda r: r.total, 7, "right", order=lambda r: r.points),
    Column("Xếp loại", lambda r: r.class_title, 8),
    Column("Được đề nghị", lambda r: r.awards, 16, stretch=True),
    Column("Lưu ý", lambda r: r.note or NONE, 12, stretch=True, tone=lambda r: r.tone),
)

AWARDS: Final[tuple[Column[AwardRow], ...]] = (
    Column("Danh hiệu, hình thức", lambda r: r.title, 26, stretch=True),
    Column(
        "Suất", lambda r: r.places, 5, "right", head_tip="Số suất của các cụm, khối cộng lại"
    ),
    Column("Chỉ tiêu", lambda r: _count(r.quota), 7, "right", head_tip="Chỉ tiêu của toàn tỉnh"),
    Column("Đề nghị", lambda r: str(r.proposed), 7, "right"),
    Column(
        "Giữ suất", lambda r: str(r.held), 7, "right",
        head_tip="Suất giữ cho đơn vị đang xem xét, chưa có kết luận",
    ),
    Column("Phân định", lambda r: str(r.tied), 7, "right", head_tip="Đang chờ phân định"),
    Column("Dự phòng", lambda r: str(r.reserve), 7, "right"),
    Column(
        "Vượt", lambda r: str(r.over) if r.over else NONE, 5, "right",
        tone=lambda r: Tone.ERROR if r.over else None,
        head_tip="Số đề nghị và giữ suất vượt chỉ tiêu của toàn tỉnh",
    ),
)  # fmt: skip

STANDINGS: Final[tuple[Column[StandingRow], ...]] = (
    Column("Cụm, khối", lambda r: r.cluster_name, 18, stretch=True, order=lambda r: r.at),
    Column("Đơn vị", lambda r: r.unit_name, 20, stretch=True),
    Column("Hạng", lambda r: _count(r.rank), 5, "right", order=lambda r: r.rank or _LAST),
    Column("Tình trạng", lambda r: r.state, 12, tone=lambda r: r.tone),
    Column("Vì sao", lambda r: r.reason, 24, stretch=True),
)

CANDIDATES: Final[tuple[Column[StandingRow], ...]] = (
    *STANDINGS[:3],
    Column("Vì sao được xem xét", lambda r: r.reason, 24, stretch=True),
)


def _points(row: RiskRow) -> str:
    line = row.line
    figures = Figures(row.cluster.assessment)
    got = NONE if line.blank else figures.short(line.points)
    return f"{got}/{figures.short(line.max)}"


RISKS: Final[tuple[Column[RiskRow], ...]] = (
    Column("Thứ tự", lambda r: str(r.place), 5, "right", order=lambda r: r.place),
    Column("Đơn vị", lambda r: r.cluster.unit_name(r.line.unit), 16),
    Column("Cụm, khối", lambda r: r.cluster.name, 15),
    Column(
        "Tiêu chí", lambda r: f"{r.line.label or r.line.criterion}. {r.line.title}", 14,
        stretch=True, order=lambda r: r.place,
    ),
    Column("Điểm", _points, 7, "right", order=lambda r: r.line.max),
    Column(
        "Vì sao đứng ở đây", lambda r: r.line.reasons[0], 22, stretch=True,
        tone=lambda r: Tone.WAITING if r.line.effects else None,
        tip=lambda r: "\n".join(r.line.reasons), order=lambda r: r.place,
    ),
)  # fmt: skip

STRICTNESS: Final[tuple[Column[StrictnessRow], ...]] = (
    Column("Cụm, khối", lambda r: r.cluster, 24, stretch=True, order=lambda r: r.at),
    Column(
        "Cụm, khối hạ", lambda r: r.by_cluster, 11, "right", order=lambda r: r.by_cluster_mean,
        head_tip="Trung bình cụm, khối hạ so với điểm tự chấm; số âm là nâng",
    ),
    Column("Số ô cụm, khối sửa", lambda r: r.cluster_cells, 20, order=lambda r: r.at),
    Column(
        "Sở hạ", lambda r: r.by_department, 8, "right", order=lambda r: r.by_department_mean,
        head_tip="Trung bình Sở hạ so với điểm của cụm, khối; số âm là nâng",
    ),
    Column("Số ô Sở sửa", lambda r: r.department_cells, 20, order=lambda r: r.at),
)  # fmt: skip

INFLATION: Final[tuple[Column[InflationRow], ...]] = (
    Column("Đơn vị", lambda r: r.unit, 26, stretch=True),
    Column("Cụm, khối", lambda r: r.cluster, 22, stretch=True),
    Column(
        "Tự chấm hơn", lambda r: r.share, 10, "right", order=lambda r: r.value,
        head_tip="Điểm tự chấm trừ điểm được tính, theo phần của điểm tối đa",
    ),
    Column("Số ô", lambda r: str(r.cells), 6, "right", order=lambda r: r.cells),
)  # fmt: skip

CRITERIA: Final[tuple[Column[SharedRow], ...]] = (
    Column("Tiêu chí", lambda r: r.title, 26, stretch=True, order=lambda r: r.at),
    Column("Bảng", lambda r: r.table, 16, stretch=True),
    Column("Nhận xét", lambda r: r.remark, 19),
    Column("Cụm, khối", lambda r: str(r.clusters), 7, "right", order=lambda r: r.clusters),
    Column("Đơn vị", lambda r: str(r.scored), 6, "right", order=lambda r: r.scored),
    Column("Ý kiến khác", lambda r: r.disputed, 8, "right", order=lambda r: r.dispute_share),
    Column("Tự chấm hơn", lambda r: r.inflation, 8, "right", order=lambda r: r.inflation_value),
)

SHARES: Final[tuple[Column[ShareRow], ...]] = (
    Column("Người thẩm định", lambda r: r.appraiser, 18, stretch=True, order=lambda r: r.at),
    Column("Cụm, khối", lambda r: r.clusters, 22, stretch=True, tip=lambda r: r.clusters),
    Column("Tiêu chí", lambda r: r.criteria, 22, stretch=True, tip=lambda r: r.criteria),
    Column("Số ô", lambda r: str(r.cells), 6, "right", order=lambda r: r.cells),
    Column("Đã thẩm định", lambda r: str(r.judged), 8, "right", order=lambda r: r.judged),
)

POST: Final[tuple[Column[PostRow], ...]] = (
    Column(
        "Cụm, khối", lambda r: r.name, 18, stretch=True, order=lambda r: r.at, tip=lambda r: r.name
    ),
    Column(
        "Nhận kết quả", lambda r: r.came, 10, "right", head_tip="Ngày lập gói nhận lần cuối"
    ),
    Column(
        "Đã nộp", lambda r: r.handed_in, 11, "right",
        head_tip="Số đơn vị Sở đã nộp vòng thẩm định",
    ),
    Column(
        "Trả thẩm định", lambda r: r.going, 20, tone=lambda r: r.tone, icon=lambda r: _ICONS[r.tone]
    ),
    Column("Ngày trả", lambda r: r.went, 10, "right", head_tip="Ngày lập gói trả lần cuối"),
    Column(
        "Bảng của Sở", lambda r: r.rules, 14, stretch=True, tip=lambda r: r.rules,
        head_tip="Cụm, khối đã được gửi bảng tiêu chí của Sở chưa, có chấm theo bảng đó không",
    ),
)  # fmt: skip
