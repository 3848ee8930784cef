"""The whole province on one working paper: who has sent, all results, proposals, the flag.

As a workbook it has one sheet for each part. It is for the department's desk; what is issued are
the papers of the department, with their own wordings.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.reports.charts.from_assessment import has_points, sections_chart
from app.reports.document import (
    Align,
    Block,
    Chart,
    Column,
    Document,
    Draft,
    Heading,
    Page,
    Paragraph,
    Row,
    Table,
    cell,
    plain_line,
)
from app.reports.figures import BLANK
from app.reports.papers.data import PaperData, Subject
from app.reports.papers.department_papers import CONTENTS
from app.scoring.province import Province
from app.scoring.province_totals import AwardTotal

PAPER = "bang_tong_hop_toan_tinh"


@dataclass(frozen=True, slots=True)
class SentLine:
    """How far one cluster has come, in words; ``digest`` is that of its present result."""

    name: str
    units: int
    stage: str
    due: dt.date | None
    sent: dt.date | None
    provisional: bool
    digest: str


def build_province_overview(
    data: PaperData, lines: Sequence[SentLine], totals: Sequence[AwardTotal]
) -> Document:
    """The paper; ``data`` carries the gathered clusters and the rule of the flag."""
    places = CONTENTS[PAPER].places(data, Subject())

    def blocks() -> Iterator[Block]:
        yield Heading("I. TÌNH HÌNH GỬI KẾT QUẢ")
        yield _sent_table(lines)
        for title, place in (
            ("II. KẾT QUẢ CỦA CÁC CỤM, KHỐI", "kết quả các cụm"),
            ("III. ĐỀ NGHỊ KHEN THƯỞNG", "đề nghị toàn tỉnh"),
        ):
            yield Heading(title)
            yield from _blocks(places[place])
        yield Heading("IV. CHỈ TIÊU VÀ SỐ ĐỀ NGHỊ")
        yield _totals_table(totals)
        yield Heading("V. KHÔNG XÉT, CHƯA XÉT")
        yield from _blocks(places["không xét, chưa xét toàn tỉnh"])
        yield Heading("VI. DỰ PHÒNG")
        yield from _reserves(data.province)
        yield Heading("VII. CỜ THI ĐUA CỦA CHÍNH PHỦ")
        yield from _blocks(places["cách tính số cờ chính phủ"])
        yield from _blocks(places["ứng viên cờ chính phủ"])
        yield Heading("VIII. BIỂU ĐỒ CỦA TỪNG CỤM, KHỐI")
        yield from _pictures(data.province)

    waiting = [one.name for one in lines if one.provisional or not one.digest]
    reasons = (f"Chưa có kết quả cuối cùng của: {', '.join(waiting)}.",) if waiting else ()
    year = data.assessment.snapshot.period.name
    return Document(
        title=f"Bảng toàn tỉnh năm {year}",
        letterhead=None,
        kind="BẢNG TOÀN TỈNH",
        subject=(f"Kết quả thi đua của các cụm, khối năm {year}",),
        blocks=tuple(blocks()),
        draft=Draft(reasons) if reasons else None,
        page=Page(),
    )


def _blocks(place: object) -> tuple[Block, ...]:
    return place if isinstance(place, tuple) else ()


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day is not None else BLANK


def _sent_table(lines: Sequence[SentLine]) -> Table:
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Cụm, khối", min_mm=60, weight=4),
        Column("Số đơn vị", Align.CENTRE),
        Column("Tình trạng", min_mm=40, weight=2),
        Column("Hạn gửi", Align.CENTRE, min_mm=24),
        Column("Ngày gửi", Align.CENTRE, min_mm=24),
        Column("Kết quả", min_mm=28, weight=1),
        Column("Mã kết quả", min_mm=30, weight=1),
    )
    rows = (
        Row(
            (
                cell(str(number)),
                cell(one.name),
                cell(str(one.units) if one.digest else BLANK),
                cell(one.stage[:1].upper() + one.stage[1:]),
                cell(_day(one.due)),
                cell(_day(one.sent)),
                cell(("Tạm tính" if one.provisional else "Chính thức") if one.digest else BLANK),
                cell(one.digest.removeprefix("sha256:")[:12] or BLANK),
            )
        )
        for number, one in enumerate(lines, start=1)
    )
    return Table(columns, tuple(rows), caption="Tình hình gửi")


def _totals_table(totals: Sequence[AwardTotal]) -> Table:
    columns = (
        Column("Danh hiệu, hình thức", min_mm=70, weight=4),
        *(
            Column(title, Align.CENTRE, min_mm=18)
            for title in (
                "Suất các cụm",
                "Chỉ tiêu tỉnh",
                "Đề nghị",
                "Giữ lại",
                "Chờ phân định",
                "Dự phòng",
                "Vượt",
            )
        ),
    )
    rows = (
        Row(
            (
                cell(one.title),
                *(
                    cell(BLANK if number is None else str(number))
                    for number in (
                        one.places,
                        one.quota,
                        one.proposed,
                        one.held,
                        one.tied,
                        one.reserve,
                        one.over,
                    )
                ),
            )
        )
        for one in totals
    )
    return Table(columns, tuple(rows), caption="Chỉ tiêu")


def _reserves(province: Province) -> Iterator[Block]:
    chosen = {award.id for award in province.awards() if award.chosen_by == "council"}
    lines = [x for x in province.lines() if x.state == "reserve" and x.award not in chosen]
    if not lines:
        yield Paragraph(plain_line("Các cụm, khối không lập danh sách dự phòng."))
        return
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Đơn vị", min_mm=60, weight=3),
        Column("Cụm, khối", min_mm=50, weight=3),
        Column("Hạng", Align.CENTRE),
        Column("Dự phòng cho", min_mm=50, weight=3),
    )
    rows = (
        Row(
            (
                cell(str(number)),
                cell(line.unit_name),
                cell(line.cluster.name),
                cell(str(line.rank) if line.rank is not None else BLANK),
                cell(line.title),
            )
        )
        for number, line in enumerate(lines, start=1)
    )
    yield Table(columns, tuple(rows), caption="Dự phòng")


def _pictures(province: Province) -> Iterator[Block]:
    for one in province.clusters:
        found = one.assessment
        if any(has_points(found.units[unit].card) for unit in one.units):
            inside = next(c for c in found.snapshot.clusters if c.id == one.cluster)
            yield Heading(one.name, level=2)
            yield Chart(sections_chart(found, inside))
