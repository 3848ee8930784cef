"""What the tables of the page show."""

from __future__ import annotations

from typing import Final

from app.ground.text import natural_key
from app.operations.workspace.forms_look import CellChange, FormCell
from ui.models.columns import Column
from ui.pages.forms.presenter.receiving import CHANGES, FileRow, Mover
from ui.pages.forms.presenter.sending import OutRow
from ui.theme.tokens import Tone

OUT: Final[tuple[Column[OutRow], ...]] = (
    Column(
        "Xuất",
        lambda row: "Có" if row.chosen else "Không",
        7,
        icon=lambda row: "check" if row.chosen else "minus",
        tone=lambda row: Tone.GOOD if row.chosen else None,
        head_tip="Bấm phím cách hoặc Enter để chọn, bỏ chọn một đơn vị",
    ),
    Column("Đơn vị", lambda row: row.name, 30, stretch=True),
    Column("Phiếu đang có", lambda row: row.holds, 24),
    Column("Tên tệp", lambda row: row.file, 26),
    Column(
        "Trong thư mục",
        lambda row: "Đã có tệp" if row.stands else "",
        14,
        tone=lambda row: Tone.WAITING if row.stands else None,
    ),
)

FILES: Final[tuple[Column[FileRow], ...]] = (
    Column(
        "Tình trạng",
        lambda row: row.state,
        17,
        tone=lambda row: row.tone,
        icon=lambda row: {
            Tone.GOOD: "circle-check",
            Tone.ERROR: "circle-alert",
        }.get(row.tone, "minus"),
    ),
    Column(
        "Đơn vị",
        lambda row: row.unit if row.has_form else row.name,
        14,
        stretch=True,
        tip=lambda row: str(row.file.path),
    ),
    Column(
        "Mới",
        lambda row: str(row.file.count(CellChange.NEW)) if row.has_form else "",
        4,
        "right",
        head_tip="Số ô chưa có trong sổ",
    ),
    Column(
        "Khác",
        lambda row: str(row.file.count(CellChange.CHANGED)) if row.has_form else "",
        4,
        "right",
        head_tip="Số ô khác với trong sổ",
    ),
    Column("Cần xem", lambda row: row.problems, 10),
)

CELLS: Final[tuple[Column[FormCell], ...]] = (
    Column(
        "Tiêu chí",
        lambda cell: f"{cell.criterion}  {cell.title}",
        14,
        stretch=True,
        order=lambda cell: natural_key(cell.criterion),
    ),
    Column("Trên phiếu", lambda cell: cell.new, 14, bold=True),
    Column(
        "Trong sổ",
        lambda cell: cell.old if cell.change is CellChange.CHANGED else CHANGES[cell.change],
        14,
        tone=lambda cell: {
            CellChange.NEW: Tone.GOOD,
            CellChange.CHANGED: Tone.WAITING,
            CellChange.SAME: Tone.NEUTRAL,
        }[cell.change],
        icon=lambda cell: {CellChange.NEW: "plus", CellChange.CHANGED: "pencil"}.get(cell.change),
        tip=lambda cell: cell.old or CHANGES[cell.change],
    ),
)

MOVERS: Final[tuple[Column[Mover], ...]] = (
    Column("Đơn vị", lambda row: row.unit, 12, stretch=True),
    Column("Tổng điểm", lambda row: row.total, 16, "right"),
    Column("Thứ hạng", lambda row: row.rank, 12, "right"),
)
