"""The papers of the proposal: who is proposed for what, on which result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from app.reports.document import (
    Align,
    Appendix,
    Block,
    Column,
    Paragraph,
    Row,
    Table,
    cell,
    plain_line,
)
from app.reports.figures import sentence
from app.reports.papers import dossier_papers, report_papers
from app.reports.papers.conference_results import (
    details_of,
    or_none,
    result_appendix,
    result_table,
)
from app.reports.papers.contents import Contents
from app.reports.papers.data import PaperData, Subject
from app.reports.papers.wording import Place
from app.scoring.assessment import AwardLine


def _proposal_places(data: PaperData, _subject: Subject) -> Mapping[str, Place]:
    return {
        "bảng xếp hạng": result_table(data),
        "danh sách đề nghị": _proposed(data),
        "các trường hợp chờ kết luận": _held(data),
        "không xét, chưa xét": or_none(
            details_of(data).apart(), "Không có trường hợp không xét hoặc chưa xét."
        ),
    }


def _proposed(data: PaperData) -> tuple[Block, ...]:
    """Who is proposed, by award in the pack's order and by rank."""
    lines = [line for line in _lines(data) if line.state == "proposed"]
    if not lines:
        return (Paragraph(plain_line("Không có đơn vị nào được đề nghị.")),)
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Đơn vị", min_mm=50, weight=3),
        Column("Hình thức đề nghị", min_mm=50, weight=3),
        Column("Tổng điểm", Align.DECIMAL),
        Column("Hạng", Align.CENTRE),
    )
    rows = []
    for number, line in enumerate(lines, start=1):
        result = data.assessment.units[line.unit]
        rows.append(
            Row(
                (
                    cell(str(number)),
                    cell(data.unit(line.unit).name),
                    cell(line.title),
                    cell(data.figures.published(result.card.total)),
                    cell("" if result.rank is None else str(result.rank)),
                )
            )
        )
    return (Table(columns, tuple(rows)),)


def _held(data: PaperData) -> tuple[Block, ...]:
    return tuple(
        Paragraph(
            plain_line(
                f"{data.unit(line.unit).name}: giữ suất {line.title} đến khi có kết luận. "
                f"{sentence(data.names.sentence(line.reason))}"
            )
        )
        for line in _lines(data)
        if line.state == "held"
    )


def _lines(data: PaperData) -> list[AwardLine]:
    return [line for line in data.assessment.awards if line.cluster == data.cluster.id]


def _by_sections(paper: str) -> Callable[[PaperData, Subject], tuple[Appendix, ...]]:
    """The ranking with the points by sections, on a sheet on which it is legible."""

    def appendices(data: PaperData, _subject: Subject) -> tuple[Appendix, ...]:
        title = "BẢNG TỔNG HỢP KẾT QUẢ CHẤM ĐIỂM VÀ XẾP HẠNG"
        return (Appendix("Phụ lục", title, f"(Kèm theo {paper})", result_appendix(data)),)

    return appendices


def _letter_places(data: PaperData, subject: Subject) -> Mapping[str, Place]:
    return {
        **_proposal_places(data, subject),
        **dossier_papers.dossier_places(data, subject),
    }


CONTENTS: Final[Mapping[str, Contents]] = {
    **report_papers.CONTENTS,
    **dossier_papers.CONTENTS,
    "to_trinh_khen_thuong": Contents(
        places=_proposal_places, appendices=_by_sections("Tờ trình đề nghị khen thưởng")
    ),
    "cong_van_gui_ket_qua": Contents(
        places=_letter_places, appendices=_by_sections("Công văn gửi kết quả chấm điểm, bình xét")
    ),
}
