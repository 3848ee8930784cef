"""What the tables of the page show."""

from __future__ import annotations

from typing import Final

from ui.models.columns import Column
from ui.pages.exchange.presenter.changes import ChangeRow
from ui.pages.exchange.presenter.register import PackageRow
from ui.pages.exchange.presenter.senders import SenderRow
from ui.theme.tokens import Tone

SENDERS: Final[tuple[Column[SenderRow], ...]] = (
    Column("Nơi gửi", lambda row: row.name, 22, stretch=True),
    Column(
        "Dấu khóa",
        lambda row: row.fingerprint,
        40,
        head_tip="Chín nhóm, mỗi nhóm bốn chữ số; nhóm cuối để phát hiện nghe nhầm",
    ),
    Column(
        "Tình trạng",
        lambda row: row.state,
        16,
        tone=lambda row: Tone.NEUTRAL if row.retired else Tone.GOOD,
        icon=lambda row: "x" if row.retired else "circle-check",
    ),
    Column("Người xác nhận", lambda row: row.by, 18),
    Column("Ngày", lambda row: row.on, 10, order=lambda row: row.day),
)

PACKAGES: Final[tuple[Column[PackageRow], ...]] = (
    Column("Ngày giờ", lambda row: row.day, 16, order=lambda row: row.line.package.operation),
    Column(
        "Gửi, nhận",
        lambda row: row.line.direction,
        10,
        icon=lambda row: "send" if row.is_sent else "arrow-down-to-line",
    ),
    Column("Gói", lambda row: row.line.kind, 16, stretch=True),
    Column("Nơi gửi, nơi nhận", lambda row: row.line.other or "Không ghi", 16, stretch=True),
    Column(
        "Tình trạng",
        lambda row: row.standing.words,
        21,
        tone=lambda row: row.standing.tone,
    ),
    Column("Về", lambda row: row.line.about or "Cả năm", 16, stretch=True),
    Column("Số", lambda row: str(row.line.package.sequence), 4, "right"),
    Column("Dạng", lambda row: row.line.extent, 17),
)

_PLACES: Final[tuple[Column[ChangeRow], ...]] = (
    Column("Đơn vị", lambda row: row.unit or "Chung", 18),
    Column("Nội dung", lambda row: row.what, 30, stretch=True),
)

CHANGES: Final[tuple[Column[ChangeRow], ...]] = (
    *_PLACES,
    Column("Trong sổ", lambda row: row.ours, 16, stretch=True, tip=lambda row: row.sentence),
    Column(
        "Sẽ thành",
        lambda row: row.theirs,
        16,
        stretch=True,
        bold=True,
        tip=lambda row: row.sentence,
    ),
)

CONFLICTS: Final[tuple[Column[ChangeRow], ...]] = (
    Column(
        "Quyết định",
        lambda row: row.decision,
        17,
        tone=lambda row: Tone.WAITING if row.side is None else Tone.GOOD,
        icon=lambda row: "clock" if row.side is None else "check",
    ),
    *_PLACES,
    Column("Của sổ", lambda row: row.ours, 16, stretch=True, tip=lambda row: row.sentence),
    Column("Của gói", lambda row: row.theirs, 16, stretch=True, tip=lambda row: row.sentence),
)

BEYOND: Final[tuple[Column[ChangeRow], ...]] = (
    *_PLACES,
    Column("Trong sổ", lambda row: row.ours, 16, stretch=True, tip=lambda row: row.sentence),
    Column("Gói muốn sửa thành", lambda row: row.theirs, 18, tip=lambda row: row.sentence),
)
