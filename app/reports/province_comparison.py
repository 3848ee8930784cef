"""The comparisons between clusters as a working paper, which says that it is no result.

As a workbook it has one sheet for each part. Shares are shares of the maximum; points of different
tables are never set beside each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from app.reports.charts.spread import percent
from app.reports.document import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    Page,
    Paragraph,
    Row,
    Table,
    cell,
    plain_line,
)
from app.reports.figures import BLANK
from app.scoring.province_comparison import (
    ANALYSIS_ONLY,
    Comparison,
    Cut,
    Inflation,
    SharedCriterion,
    SharedTable,
    Strictness,
)

_HOW: Final = (
    "Các tỷ lệ là phần của điểm tối đa. Độ chặt tính trên những ô mà cả hai bậc cùng chấm; bậc sau "
    "hạ điểm là số dương, nâng điểm là số âm."
)


def build_province_comparison(found: Comparison, year: str) -> Document:
    """The paper of a year."""

    def blocks() -> Iterator[Block]:
        yield Paragraph(plain_line(f"{ANALYSIS_ONLY} {_HOW}"))
        yield Heading("I. ĐỘ CHẶT KHI CHẤM")
        yield _strictness(found.strictness)
        yield Heading("II. TỰ CHẤM CAO HƠN KẾT QUẢ")
        raised = [one for one in found.inflation if one.share > 0]
        if raised:
            yield _inflation(raised)
        else:
            yield Paragraph(plain_line("Không có đơn vị nào."))
        if found.tables:
            yield Heading("III. TIÊU CHÍ CỦA TỪNG BẢNG")
        for table in found.tables:
            names = ", ".join(one.name for one in table.clusters)
            yield Paragraph(plain_line(f"{table.title}. Các cụm, khối chấm theo bảng: {names}."))
            yield _criteria(table)

    return Document(
        title=f"So sánh các cụm, khối năm {year}",
        letterhead=None,
        kind="SO SÁNH CÁC CỤM, KHỐI",
        subject=(f"Năm {year}", "(chỉ để phân tích, không phải kết quả chấm điểm)"),
        blocks=tuple(blocks()),
        page=Page(),
    )


def _strictness(lines: Sequence[Strictness]) -> Table:
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Cụm, khối", min_mm=50, weight=4),
        Column("Cụm, khối hạ", Align.CENTRE, min_mm=22),
        Column("Số ô cụm, khối chấm lại", Align.CENTRE, min_mm=32),
        Column("Sở hạ", Align.CENTRE, min_mm=22),
        Column("Số ô Sở chấm lại", Align.CENTRE, min_mm=32),
    )
    rows = (
        Row(
            (
                cell(str(number)),
                cell(one.cluster.name),
                cell(_share(one.by_cluster.mean)),
                cell(_cells(one.by_cluster)),
                cell(_share(one.by_department.mean)),
                cell(_cells(one.by_department)),
            )
        )
        for number, one in enumerate(lines, start=1)
    )
    return Table(columns, tuple(rows), caption="Độ chặt")


def _inflation(lines: Sequence[Inflation]) -> Table:
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Đơn vị", min_mm=50, weight=3),
        Column("Cụm, khối", min_mm=50, weight=3),
        Column("Tự chấm hơn", Align.CENTRE, min_mm=24),
        Column("Số ô", Align.CENTRE),
    )
    rows = (
        Row(
            (
                cell(str(number)),
                cell(one.cluster.unit_name(one.unit)),
                cell(one.cluster.name),
                cell(percent(one.share)),
                cell(str(one.cells)),
            )
        )
        for number, one in enumerate(lines, start=1)
    )
    return Table(columns, tuple(rows), caption="Tự chấm cao hơn")


def _criteria(table: SharedTable) -> Table:
    columns = (
        Column("Tiêu chí", min_mm=60, weight=4),
        Column("Cụm, khối", Align.CENTRE),
        Column("Đơn vị", Align.CENTRE),
        Column("Ý kiến khác", Align.CENTRE, min_mm=20),
        Column("Tự chấm hơn", Align.CENTRE, min_mm=22),
        Column("Nhận xét", min_mm=30, weight=2),
    )
    rows = (
        Row(
            (
                cell(f"{one.label or one.code}. {one.title}"),
                cell(str(one.clusters)),
                cell(str(one.scored)),
                cell(f"{one.disputed}/{one.scored}"),
                cell(_share(one.inflation)),
                cell(_remark(one)),
            )
        )
        for one in table.criteria
    )
    return Table(columns, tuple(rows), caption=f"Tiêu chí {table.title}")


def _share(share: Fraction | None) -> str:
    return BLANK if share is None else percent(share)


def _cells(cut: Cut) -> str:
    return f"{cut.cells} ({cut.lowered} hạ, {cut.raised} nâng)" if cut.cells else BLANK


def _remark(one: SharedCriterion) -> str:
    if one.level and one.scored > 1:
        return "Mọi đơn vị như nhau"
    return "Có ý kiến khác nhau" if one.disputed else ""
