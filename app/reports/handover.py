"""The minutes of handing a workspace over: its years with their seals, the head of its journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.papers import Issuer
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
    Run,
    Signature,
    Table,
    cell,
    number_line,
    plain_line,
)
from app.reports.issuing import under_heading

_GROUP: Final = 8
_DOTS: Final = "…………………………"
_NO_DAY: Final = "ngày … tháng … năm …"


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
    issuer: Issuer = Issuer(),  # noqa: B008  (a frozen value)
) -> Document:
    """The minutes, to be signed by who hands over and who takes over.

    A workspace is handed over whole, with all its years and clusters, also one that cannot be
    scored yet; so this paper is made from the journal and not from a year's result.
    """
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
        letterhead=_letterhead(issuer),
        kind="BIÊN BẢN",
        subject=("Bàn giao sổ làm việc thi đua",),
        blocks=(
            _told("Thời gian bắt đầu:", f"…… giờ ……, {_NO_DAY}."),
            _told("Địa điểm:", f"{_DOTS}."),
            _told("Thành phần tham dự:", ""),
            Paragraph(plain_line(f"1. Người bàn giao: {officer or _DOTS}, chức vụ: {_DOTS}.")),
            Paragraph(plain_line(f"2. Người nhận: {_DOTS}, chức vụ: {_DOTS}.")),
            Paragraph(plain_line(f"3. Người chứng kiến (nếu có): {_DOTS}.")),
            _told("Nội dung bàn giao:", ""),
            Heading("I. SỔ LÀM VIỆC"),
            Paragraph(plain_line(f"1. Sổ làm việc: thư mục “{folder.name}”.")),
            Paragraph(plain_line(f"2. Bản sao lưu gần nhất: {backup or 'chưa có'}.")),
            Heading("II. CÁC NĂM TRONG SỔ"),
            Table(columns, rows),
            Heading("III. NHẬT KÝ"),
            Paragraph(plain_line(f"1. Số thao tác đã ghi: {operations}.")),
            Paragraph(plain_line(f"2. Dấu cuối nhật ký: {grouped(head)}.")),
            Note(plain_line(note)),
            Paragraph(
                plain_line(
                    "Hai bên đã kiểm tra và thống nhất các nội dung nêu trên. Việc bàn giao kết "
                    f"thúc vào hồi …… giờ ……, {_NO_DAY}./."
                )
            ),
        ),
        closing=Closing(
            (
                Signature(("NGƯỜI BÀN GIAO",), officer, field="NguoiKy1"),
                Signature(("NGƯỜI NHẬN",), field="NguoiKy2"),
            ),
            ("- Người bàn giao;", "- Người nhận;", "- Lưu: VT, Hồ sơ."),
        ),
    )


def _letterhead(issuer: Issuer) -> Letterhead:
    """Who leads the cluster issues it; minutes have no line of place and date (Mẫu 1.9)."""
    head = Letterhead(
        superior=tuple(line.upper() for line in issuer.superior),
        issuer=tuple(line.upper() for line in issuer.name) or (_DOTS,),
        number=number_line(None, "-".join(filter(None, ("BB", issuer.short)))),
    )
    return under_heading(head, issuer.heading, issuer.heading_text)


def _told(head: str, words: str) -> Paragraph:
    bold = Run(head, bold=True)
    return Paragraph((bold, Run(f" {words}")) if words else (bold,))


def grouped(digest: str) -> str:
    """A digest in groups, to be compared by eye."""
    bare = digest.rpartition(":")[2]
    return " ".join(bare[at : at + _GROUP] for at in range(0, len(bare), _GROUP))
