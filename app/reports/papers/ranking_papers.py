"""The result on paper: the explained score sheet of a unit, and the ranking in its variants.

By sections for the conference, every criterion for who checks, all rounds side by side for who
asks how the points changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from app.reports.choices import choice_words
from app.reports.document import Align, Appendix, Block, Column, Row, Table, cell
from app.reports.papers.contents import Contents
from app.reports.papers.data import PaperData, Subject
from app.reports.papers.wording import Place
from app.reports.ranking import criteria_blocks, ranking_blocks
from app.reports.ranking_details import source_notes
from app.reports.score_sheet import sheet_blocks


def _explained(data: PaperData, subject: Subject) -> Mapping[str, Place]:
    blocks = sheet_blocks(data.assessment, subject.id, data.citations)
    return {"diễn giải điểm": tuple(blocks)}


def _by_sections(data: PaperData, _subject: Subject) -> Mapping[str, Place]:
    blocks = ranking_blocks(data.assessment, data.cluster, data.citations)
    return {"kết quả chấm điểm và xếp hạng": tuple(blocks)}


def _choices(data: PaperData, _subject: Subject) -> tuple[Appendix, ...]:
    """What was chosen where the rule text is open, if the packs name anything."""
    blocks = tuple(choice_blocks(data))
    if not blocks:
        return ()
    title = "LỰA CHỌN ĐÃ ÁP DỤNG Ở CHỖ VĂN BẢN ĐỂ NGỎ"
    reference = "(Kèm theo Bảng tổng hợp kết quả chấm điểm và xếp hạng)"
    return (Appendix("Phụ lục", title, reference, blocks),)


def choice_blocks(data: PaperData) -> Iterator[Block]:
    """Each parameter that shaped the result with its value, who chose it, and the clause.

    The marks and notes of a pack are for whoever edits it and do not stand here.
    """
    assessment, citations = data.assessment, data.citations
    chosen = {"pack": "Mặc định", "facts": f"{data.vocabulary.cluster} đã chọn".capitalize()}
    rounds = {r.id: r.title for r in assessment.pack.rules.rounds}
    rows = [
        Row(
            (
                cell(str(number)),
                cell(used.title),
                cell(choice_words(used.value, rounds)),
                cell(chosen.get(used.source, "")),
                cell(citations.short(used.clause)),
            )
        )
        for number, used in enumerate(assessment.parameters.values(), start=1)
    ]
    if rows:
        columns = (
            Column("TT", Align.CENTRE, weight=0),
            Column("Nội dung", min_mm=55, weight=4),
            Column("Lựa chọn", min_mm=32, weight=2),
            Column("Nguồn", min_mm=20),
            Column("Điều khoản", min_mm=36, weight=2),
        )
        yield Table(columns, tuple(rows), top=True)
        yield from source_notes(citations)


def _every_criterion(data: PaperData, _subject: Subject) -> Mapping[str, Place]:
    table = criteria_blocks(data.assessment, data.ranked, every_round=False)
    return {"điểm từng tiêu chí": tuple(table)}


def _every_round(data: PaperData, _subject: Subject) -> Mapping[str, Place]:
    table = criteria_blocks(data.assessment, data.ranked, every_round=True)
    return {"điểm từng tiêu chí ở các vòng": tuple(table)}


CONTENTS: Final[Mapping[str, Contents]] = {
    "phieu_dien_giai_diem": Contents(places=_explained),
    "bang_tong_hop_xep_hang": Contents(places=_by_sections, appendices=_choices),
    "bang_diem_tung_tieu_chi": Contents(places=_every_criterion),
    "bang_diem_cac_vong": Contents(places=_every_round),
}
