"""What the matrix and the lists of the page show."""

from __future__ import annotations

from typing import Final

from app.operations.workspace.evidence_board import Backing, BoardCell
from ui.models.columns import Column
from ui.pages.evidence.views import DocumentRow, LinkRow
from ui.theme.tokens import Tone

MARKS: Final = {
    Backing.FOREIGN: ("·", "", None),
    Backing.NOTHING: ("", "", None),
    Backing.ASKED: ("Cần", "circle", Tone.NEUTRAL),
    Backing.MISSING: ("Thiếu", "file-x", Tone.ERROR),
    Backing.WEAK: ("Yếu", "triangle-alert", Tone.WAITING),
    Backing.GIVEN: ("Có", "file-text", Tone.INFO),
    Backing.CHECKED: ("Đủ", "file-check", Tone.GOOD),
}
"""The word, the icon and the tone of each state of a cell."""


def mark(cell: BoardCell) -> str:
    """A cell of the matrix in a word and the number of its documents."""
    word = MARKS[cell.backing][0]
    cited = len(cell.documents)
    if cell.backing is Backing.MISSING and cell.declared:
        return f"{word} {cited}/{cell.declared}"
    return f"{word} {cited}" if cited and word else word


DOCUMENTS: Final[tuple[Column[DocumentRow], ...]] = (
    Column("Số, ký hiệu", lambda row: row.document.number or "—", 13),
    Column("Ngày", lambda row: row.date, 10, order=lambda row: str(row.document.date or "")),
    Column("Trích yếu", lambda row: row.document.subject, 16, stretch=True),
    Column(
        "Cần xem",
        lambda row: f"{len(row.findings)} điều" if row.findings else "",
        8,
        tone=lambda row: Tone.WAITING if row.findings else None,
        icon=lambda row: "triangle-alert" if row.findings else None,
        tip=lambda row: "\n".join(finding.message for finding in row.findings),
    ),
    Column("Dùng cho", lambda row: row.used, 14),
    Column("Cơ quan", lambda row: row.document.issuer, 14),
    Column("Mục, trang", lambda row: row.document.place, 10),
    Column(
        "Tệp",
        lambda row: "Có tệp" if row.file else "",
        7,
        icon=lambda row: "paperclip" if row.file else None,
        tip=lambda row: row.file,
    ),
)

OF_CELL: Final[tuple[Column[DocumentRow], ...]] = (
    Column(
        "Tài liệu",
        lambda row: ": ".join(filter(None, (row.called, row.document.subject))),
        20,
        stretch=True,
    ),
    Column(
        "Tệp",
        lambda row: "Có" if row.file else "",
        4,
        icon=lambda row: "paperclip" if row.file else None,
        tip=lambda row: row.file,
    ),
)

LINKS: Final[tuple[Column[LinkRow], ...]] = (
    Column("Đơn vị", lambda row: row.unit, 12, stretch=True),
    Column("Tiêu chí", lambda row: row.cell.criterion, 8, tip=lambda row: row.criterion),
    Column("Vòng", lambda row: row.round, 9),
)
