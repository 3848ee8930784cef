"""The dossier of the proposals: merits in brief, the report of each unit, what lies in the dossier.

BK, mục II.3: a provincial dossier goes through the public-service portal, each procedure on its
own; a state-level one on paper, originals or certified copies, the report of merits with the seal
across its pages; a report names earlier decisions and recognised initiatives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from app.domain.conference import Proposal
from app.domain.year import AwardRecord, AwardStage, IssuedPaper
from app.reports.document import (
    Align,
    Block,
    Cell,
    Column,
    Paragraph,
    Row,
    RowKind,
    Table,
    cell,
    plain_line,
)
from app.reports.figures import BLANK, figure_words
from app.reports.papers.contents import Contents
from app.reports.papers.data import PaperData, Subject
from app.reports.papers.shelf import papers
from app.reports.papers.wording import DOTS, Place
from app.reports.ranking import scored_points, top_rows
from app.scoring.assessment import AwardLine

DOSSIER: Final = (
    ("to_trinh_khen_thuong", "Bản chính"),
    ("bien_ban_tong_ket", "Bản chính"),
    ("bien_ban_kiem_phieu", "Bản chính của mỗi lần bỏ phiếu (nếu có)"),
    ("bang_tong_hop_xep_hang", "Bản chính"),
    ("trich_ngang_thanh_tich", "Bản chính"),
    ("bao_cao_thanh_tich", "Mỗi đơn vị được đề nghị một bản, có xác nhận"),
)
"""What a dossier holds, in its order; papers of the program by their ids."""


def proposed_lines(data: PaperData) -> list[AwardLine]:
    """Who the data propose in this cluster, in the order of the awards."""
    cluster = data.cluster.id
    return [x for x in data.assessment.awards if x.cluster == cluster and x.state == "proposed"]


def _none(words: str) -> tuple[Block, ...]:
    return (Paragraph(plain_line(words)),)


# ---------------------------------------------------------------------- merits in brief
def _brief_places(data: PaperData, _subject: Subject) -> Mapping[str, Place]:
    return {"trích ngang thành tích": _brief(data)}


def _brief(data: PaperData) -> tuple[Block, ...]:
    lines = proposed_lines(data)
    if not lines:
        return _none("Không có đơn vị nào được đề nghị khen thưởng.")
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Đơn vị", min_mm=38, weight=2),
        Column("Hình thức đề nghị", min_mm=38, weight=2),
        Column("Tổng điểm", Align.DECIMAL),
        Column("Hạng", Align.CENTRE),
        Column("Thành tích chủ yếu", min_mm=60, weight=4),
        Column("Đã được khen thưởng", min_mm=45, weight=3),
    )
    rows = tuple(
        Row(
            (
                cell(str(number)),
                cell(data.unit(line.unit).name),
                cell(line.title),
                cell(data.figures.published(data.assessment.units[line.unit].card.total)),
                cell(str(data.assessment.units[line.unit].rank or BLANK)),
                _lines(_merits(data, line.unit)),
                _lines(_past(data, line.unit)),
            )
        )
        for number, line in enumerate(lines, start=1)
    )
    return (Table(columns, rows, top=True),)


def _lines(texts: Sequence[str]) -> Cell:
    return Cell(tuple(plain_line(text) for text in texts))


def _merits(data: PaperData, unit: str) -> list[str]:
    """Points by section, then the registered targets that were reached at the last reckoning."""
    result = data.assessment.units[unit]
    tops = [
        (top, points)
        for top in top_rows(data.assessment, [unit])
        if (points := scored_points(result, top)) is not None
    ]
    sections = "; ".join(f"mục {top}: {data.figures.published(points)}" for top, points in tops)
    merits = [f"Điểm các phần: {sections}."] if sections else []
    merits += [
        f"{target.title}: đăng ký {_amount(target.plan, target.measure)}, 6 tháng đạt "
        f"{_amount(target.half_year, target.measure)}."
        for target in data.book.targets
        if target.unit == unit and target.plan is not None and target.half_year is not None
    ]
    return merits


def _amount(figure: object, measure: str) -> str:
    words = figure_words(figure)  # type: ignore[arg-type]
    return f"{words} {measure}".strip() if measure != "%" else f"{words}%"


def _past(data: PaperData, unit: str) -> list[str]:
    return [_award_words(data, record) for record in _records(data, unit)] or ["Chưa ghi nhận."]


def _records(data: PaperData, unit: str) -> list[AwardRecord]:
    known = (AwardStage.RECEIVED, AwardStage.DECIDED)
    found = [x for x in data.book.awards if x.unit == unit and x.stage in known]
    return sorted(found, key=lambda record: (record.year, record.id), reverse=True)


def _award_words(data: PaperData, record: AwardRecord) -> str:
    title = data.names.awards.get(record.award, record.award)
    year = f" năm {record.year}" if record.year else ""
    return f"{title}{year} ({_decision(record)})." if _decision(record) else f"{title}{year}."


def _decision(record: AwardRecord) -> str:
    parts = [f"Quyết định số {record.number}" if record.number else ""]
    parts.append(f"ngày {record.date:%d/%m/%Y}" if record.date else "")
    parts.append(f"của {record.issuer}" if record.issuer else "")
    return " ".join(part for part in parts if part)


# ---------------------------------------------------------------------- the report of a unit
def _report_places(data: PaperData, subject: Subject) -> Mapping[str, Place]:
    made = _proposal(data, subject)
    return {
        "hình thức đề nghị": data.names.awards.get(made.award, made.award),
        "kết quả chấm điểm": _scored(data, made.unit),
        "chỉ tiêu đã đăng ký": _targets(data, made.unit),
        "đã được khen thưởng": _past_table(data, made.unit),
    }


def _proposal(data: PaperData, subject: Subject) -> Proposal:
    return next(p for p in data.book.proposals if p.id == subject.id)


def _report_reasons(data: PaperData, subject: Subject) -> tuple[str, ...]:
    made = _proposal(data, subject)
    stands = any(x.unit == made.unit and x.award == made.award for x in proposed_lines(data))
    return () if stands else ("Số liệu hiện nay không đề nghị đơn vị này ở hình thức này.",)


def _scored(data: PaperData, unit: str) -> tuple[Block, ...]:
    result = data.assessment.units[unit]
    rows = {row.code: row for row in data.assessment.pack.rules.criteria}
    columns = (
        Column("Nội dung", min_mm=80, weight=4),
        Column("Điểm đạt", Align.DECIMAL),
    )
    parts = [
        Row((cell(f"{top}. {rows[top].title}" if top in rows else top),
             cell(data.figures.published(points))))
        for top in top_rows(data.assessment, [unit])
        if (points := scored_points(result, top)) is not None
    ]  # fmt: skip
    card = result.card
    if card.deductions.total:
        parts.append(Row((cell("Điểm trừ"), cell(data.figures.published(-card.deductions.total)))))
    total = data.figures.published(card.total)
    parts.append(Row((cell("Tổng điểm", bold=True), cell(total, bold=True)), RowKind.TOTAL))
    rank = f"xếp thứ {result.rank}" if result.rank is not None else "không xếp hạng"
    words = f"Tổng điểm {total}, {rank} trong {data.cluster_name}."
    return (Table(columns, tuple(parts)), Paragraph(plain_line(words)))


def _targets(data: PaperData, unit: str) -> tuple[Block, ...]:
    targets = [target for target in data.book.targets if target.unit == unit]
    if not targets:
        return _none(DOTS * 7)
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Chỉ tiêu", min_mm=70, weight=4),
        Column("Đăng ký", Align.CENTRE),
        Column("6 tháng", Align.CENTRE),
    )
    rows = tuple(
        Row(
            (
                cell(str(number)),
                cell(target.title),
                cell(_amount(target.plan, target.measure) if target.plan is not None else BLANK),
                cell(
                    _amount(target.half_year, target.measure)
                    if target.half_year is not None
                    else BLANK
                ),
            )
        )
        for number, target in enumerate(targets, start=1)
    )
    return (Table(columns, rows),)


def _past_table(data: PaperData, unit: str) -> tuple[Block, ...]:
    records = _records(data, unit)
    if not records:
        return _none(DOTS * 7)
    columns = (
        Column("Năm", Align.CENTRE),
        Column("Hình thức khen thưởng", min_mm=60, weight=3),
        Column("Số, ngày, cơ quan quyết định", min_mm=55, weight=3),
    )
    rows = tuple(
        Row(
            (
                cell(record.year or BLANK),
                cell(data.names.awards.get(record.award, record.award)),
                cell(_decision(record) or BLANK),
            )
        )
        for record in records
    )
    return (Table(columns, rows),)


# ---------------------------------------------------------------------- what lies in the dossier
def dossier_places(data: PaperData, _subject: Subject) -> Mapping[str, Place]:
    """The checklist with what is noted as issued, and what to mind with each level."""
    return {"thành phần hồ sơ": _checklist(data), "lưu ý về hồ sơ": _portal_notes()}


def _checklist(data: PaperData) -> tuple[Block, ...]:
    titles = {paper.id: paper.title for paper in papers()}
    here = [paper for paper in data.book.papers if paper.cluster in (None, data.cluster.id)]
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Văn bản", min_mm=60, weight=3),
        Column("Yêu cầu", min_mm=40, weight=2),
        Column("Số, ngày", min_mm=36, weight=2),
    )
    rows = []
    for number, (kind, wanted) in enumerate(DOSSIER, start=1):
        noted = _lines([_issued(paper) for paper in here if paper.kind == kind])
        rows.append(Row((cell(str(number)), cell(titles[kind]), cell(wanted), noted)))
    return (Table(columns, tuple(rows)),)


def _issued(paper: IssuedPaper) -> str:
    """Number and day of a paper that left the house, as far as they are noted."""
    day = f"ngày {paper.date:%d/%m/%Y}" if paper.date else ""
    return " ".join(filter(None, (paper.number, day))) or "Đã phát hành"


def _portal_notes() -> tuple[Block, ...]:
    notes = (
        "Hồ sơ trình khen thưởng cấp tỉnh nộp trên Cổng Dịch vụ công của tỉnh, thực hiện riêng "
        "theo từng thủ tục hành chính.",
        "Hồ sơ trình khen thưởng cấp Nhà nước nộp bản giấy: bản chính hoặc bản sao có chứng thực; "
        "báo cáo thành tích đóng dấu giáp lai của đơn vị.",
        "Cột “Số, ngày” để trống là văn bản chưa được ghi vào sổ văn bản đã phát hành.",
    )
    return tuple(Paragraph(plain_line(f"- {note}")) for note in notes)


CONTENTS: Final[Mapping[str, Contents]] = {
    "trich_ngang_thanh_tich": Contents(places=_brief_places),
    "bao_cao_thanh_tich": Contents(places=_report_places, reasons=_report_reasons),
    "danh_muc_ho_so": Contents(places=dossier_places),
    "phieu_giao_nhan_ho_so": Contents(places=dossier_places),
}
