"""The minutes of handing a workspace over: its years with their seals, the head of its journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.reports.document import (
    Align,
    Closing,
    Column,
    Document,
    Heading,
    Letterhead,
    Note,
    Paragraph,
    Row,
    Signature,
    Table,
    cell,
    place_and_date,
    plain_line,
)

_GROUP = 8


@dataclass(frozen=True, slots=True)
class SealLine:
    """A year in words; ``digest`` is empty while it is open."""

    name: str
    days: str
    state: str
    digest: str


def build_handover(
    folder: Path,
    officer: str,
    years: Sequence[SealLine],
    head: str,
    operations: int,
    backup: str,
) -> Document:
    """The minutes, to be signed by who hands over and who takes over."""
    columns = (
        Column("Năm thi đua", Align.CENTRE),
        Column("Từ ngày - đến ngày", Align.CENTRE, min_mm=42),
        Column("Tình trạng", min_mm=36),
        Column("Dấu niêm phong", min_mm=48, weight=3),
    )
    rows = tuple(
        Row((cell(y.name), cell(y.days), cell(y.state), cell(grouped(y.digest)))) for y in years
    )
    note = (
        "Dấu niêm phong và dấu cuối nhật ký là dãy ký tự tính từ toàn bộ nhật ký của sổ. Người "
        "nhận mở sổ, chọn “Kiểm tra lại”: nếu sổ còn nguyên vẹn thì dấu trong sổ trùng với dấu "
        "trên biên bản này."
    )
    return Document(
        title="Biên bản bàn giao sổ thi đua",
        letterhead=Letterhead((), ("…………………………",), place_and_date=place_and_date("", None)),
        kind="BIÊN BẢN",
        subject=("Bàn giao sổ làm việc thi đua",),
        blocks=(
            Paragraph(plain_line(f"Sổ làm việc: thư mục “{folder.name}”.")),
            Paragraph(plain_line(f"Người bàn giao: {officer or '…………………………'}.")),
            Paragraph(plain_line("Người nhận: ………………………….")),
            Paragraph(plain_line(f"Bản sao lưu gần nhất: {backup or 'chưa có'}.")),
            Heading("I. CÁC NĂM TRONG SỔ"),
            Table(columns, rows),
            Heading("II. NHẬT KÝ"),
            Paragraph(plain_line(f"Số thao tác đã ghi: {operations}.")),
            Paragraph(plain_line(f"Dấu cuối nhật ký: {grouped(head)}.")),
            Note(plain_line(note)),
        ),
        closing=Closing((Signature(("NGƯỜI BÀN GIAO",), officer), Signature(("NGƯỜI NHẬN",)))),
    )


def grouped(digest: str) -> str:
    """A digest in groups, to be compared by eye."""
    bare = digest.rpartition(":")[2]
    return " ".join(bare[at : at + _GROUP] for at in range(0, len(bare), _GROUP))
