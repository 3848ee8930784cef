"""The papers of the start of a year: plans, letters for opinions, regulation, table, pledge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.year import TableState
from app.ground.findings import Findings
from app.reports.document import Appendix, Page, Paragraph, Sheet, plain_line
from app.reports.papers.assembly import places_of, wording_of
from app.reports.papers.choice_places import choice_blocks
from app.reports.papers.contents import Contents
from app.reports.papers.data import PaperData, Subject
from app.reports.papers.duty_places import (
    activity_blocks,
    consent_of,
    must_agree,
    plan_places,
    reminder_places,
    reminder_reasons,
)
from app.reports.papers.frame_places import frame_differences, frame_summary
from app.reports.papers.registration_places import (
    movement_places,
    pledge_places,
    registration_places,
)
from app.reports.papers.regulation_places import regulation_places
from app.reports.papers.shelf import paper_of
from app.reports.papers.table_places import (
    criteria_blocks,
    not_issued,
    table_places,
    unfinished,
)
from app.reports.papers.wording import Filler, Place
from app.reports.ranking_details import source_notes

REGULATION: Final = "quy_che_cham_diem"
_WIDE: Final = Page(sheets=(Sheet.A4_LANDSCAPE, Sheet.A3_LANDSCAPE))


# ---------------------------------------------------------------------- letters for opinions
def _opinion_places(data: PaperData, subject: Subject) -> Mapping[str, Place]:
    duty = consent_of(data)
    agrees = must_agree(duty)
    clause = duty.clause if duty is not None else None
    place = data.citations.short(clause)
    quote = data.citations.quote(clause)
    said = f"{place}: {quote}" if quote else place
    return {
        **table_places(data, subject),
        "tóm tắt so với khung": frame_summary(data),
        "nhất trí hay cho ý kiến": "cho ý kiến nhất trí" if agrees else "tham gia ý kiến",
        "xin nhất trí hay xin ý kiến": "đề nghị nhất trí" if agrees else "xin ý kiến",
        "quy định về xin ý kiến": (Paragraph(plain_line(f"Theo {said}.")),) if said else (),
        "chú thích nguồn": tuple(source_notes(data.citations)),
    }


def _opinion_appendices(data: PaperData, _subject: Subject) -> tuple[Appendix, ...]:
    """What the text leaves open with the choice intended, and what differs from the frame."""
    reference = "(Kèm theo Công văn lấy ý kiến)"
    choices = Appendix(
        "Phụ lục I",
        "LỰA CHỌN DỰ KIẾN Ở CHỖ VĂN BẢN ĐỂ NGỎ",
        reference,
        choice_blocks(data),
    )
    if data.frame is None:
        return (choices,)
    differences = tuple(frame_differences(data))
    return (
        choices,
        Appendix("Phụ lục II", "NỘI DUNG KHÁC VỚI KHUNG ĐIỂM", reference, differences),
    )


# ---------------------------------------------------------------------- table and regulation
def _draft_table_places(data: PaperData, subject: Subject) -> Mapping[str, Place]:
    return {
        **table_places(data, subject),
        "khác với khung điểm": tuple(frame_differences(data)),
        "chú thích nguồn": tuple(source_notes(data.citations)),
    }


def _draft_reasons(data: PaperData, _subject: Subject) -> tuple[str, ...]:
    return ("Bảng tiêu chí đang lấy ý kiến, chưa ban hành.", *unfinished(data))


def _draft_subjects(data: PaperData) -> tuple[Subject, ...]:
    """A table that is issued is not sent round as a draft."""
    table = data.book.table
    issued = table is not None and table.state is TableState.ISSUED
    return () if issued else (Subject(),)


def _issued_reasons(data: PaperData, _subject: Subject) -> tuple[str, ...]:
    return (*not_issued(data), *unfinished(data))


def _regulation_appendices(data: PaperData, _subject: Subject) -> tuple[Appendix, ...]:
    return _attached(data, ("Phụ lục I", "Phụ lục II"), "(Kèm theo Quy chế chấm điểm)")


def _attached(data: PaperData, labels: tuple[str, str], reference: str) -> tuple[Appendix, ...]:
    """The table and the choices, as they are attached to a regulation."""
    table, choices = labels
    return (
        Appendix(table, "BẢNG TIÊU CHÍ CHẤM ĐIỂM", reference, criteria_blocks(data), _WIDE),
        Appendix(choices, "LỰA CHỌN ÁP DỤNG Ở CHỖ VĂN BẢN ĐỂ NGỎ", reference, choice_blocks(data)),
    )


def _decision_appendices(data: PaperData, _subject: Subject) -> tuple[Appendix, ...]:
    """The regulation in the officer's wording, then what is attached to it."""
    paper = paper_of(REGULATION)
    wording = wording_of(paper, data)
    places = places_of(paper, data, Subject())
    filler = Filler(places, paper.title, Findings())
    title = " ".join(filler.lines(wording.subject.split("\n"))).upper()
    reference = "(Ban hành kèm theo Quyết định số …… ngày … tháng … năm …)"
    regulation = Appendix(
        "QUY CHẾ", title, reference, filler.blocks(wording.body), Page(sheets=(Sheet.A4_PORTRAIT,))
    )
    labels = ("Phụ lục I", "Phụ lục II")
    return (regulation, *_attached(data, labels, "(Kèm theo Quy chế chấm điểm)"))


def _decision_reasons(data: PaperData, _subject: Subject) -> tuple[str, ...]:
    """A table is issued by this decision; it must have been sent round, and be complete."""
    table = data.book.table
    early = table is not None and table.state is TableState.DRAFT
    asked = ("Bảng tiêu chí chưa được gửi lấy ý kiến.",) if early else ()
    return (*asked, *unfinished(data))


# ---------------------------------------------------------------------- movement
def _movement_places(data: PaperData, subject: Subject) -> Mapping[str, Place]:
    return {
        **movement_places(data, subject),
        "các phong trào": tuple(activity_blocks(data, "movement")),
    }


_OPINION: Final = Contents(places=_opinion_places, appendices=_opinion_appendices)
CONTENTS: Final[Mapping[str, Contents]] = {
    "ke_hoach_hoat_dong": Contents(places=plan_places),
    "ke_hoach_phat_dong": Contents(places=_movement_places),
    "cong_van_lay_y_kien": _OPINION,
    "cong_van_xin_y_kien": _OPINION,
    "bang_tieu_chi_du_thao": Contents(
        places=_draft_table_places, reasons=_draft_reasons, subjects=_draft_subjects
    ),
    "bang_tieu_chi": Contents(places=table_places, reasons=_issued_reasons),
    REGULATION: Contents(
        places=regulation_places, appendices=_regulation_appendices, reasons=_issued_reasons
    ),
    "quyet_dinh_ban_hanh": Contents(appendices=_decision_appendices, reasons=_decision_reasons),
    "dang_ky_thi_dua": Contents(places=registration_places),
    "ban_giao_uoc": Contents(places=pledge_places),
    "cong_van_don_doc": Contents(places=reminder_places, reasons=reminder_reasons),
}
