"""The minutes of the conferences, of the election, and the notice of what was concluded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.reports.document import Appendix
from app.reports.papers.ballots import ballot_views, next_year, open_reasons
from app.reports.papers.conference_results import (
    award_lines,
    award_table,
    choices,
    details_of,
    elected,
    election_blocks,
    election_rules,
    names_for_office,
    open_points,
    open_ties,
    or_none,
    result_appendix,
    result_table,
    tie_blocks,
    totals_blocks,
)
from app.reports.papers.contents import Contents
from app.reports.papers.data import PaperData, Subject
from app.reports.papers.half_year import activity_lines, exemplar_lines, target_blocks
from app.reports.papers.meetings import attendance_blocks, held_of, subjects_of_kind
from app.reports.papers.places import conference_places
from app.reports.papers.wording import DOTS, Place
from app.reports.ranking import ROMAN
from app.scoring.ballot_standing import BallotState

_NOBODY_APART: Final = "Không có đơn vị thuộc trường hợp không xét, chưa xét."


def _meeting(data: PaperData, subject: Subject) -> Mapping[str, Place]:
    held = held_of(data, subject)
    return {
        **conference_places(held),
        "thành phần tham dự": tuple(attendance_blocks(data, held)),
        "kỳ sau": next_year(data),
    }


def _preparatory(data: PaperData, subject: Subject) -> Mapping[str, Place]:
    return {
        **_meeting(data, subject),
        "bảng điểm": tuple(totals_blocks(data)),
        "không xét, chưa xét": or_none(details_of(data).apart(), _NOBODY_APART),
        "bằng điểm": open_ties(data),
        "nhân sự giới thiệu": names_for_office(data),
        "nội dung chưa quyết định": open_points(data),
    }


def _mid_year(data: PaperData, subject: Subject) -> Mapping[str, Place]:
    return {
        **_meeting(data, subject),
        "kết quả chỉ tiêu": tuple(target_blocks(data)),
        "phong trào, hoạt động": activity_lines(data, held_of(data, subject)),
    }


def _summary(data: PaperData, subject: Subject) -> Mapping[str, Place]:
    return {
        **_meeting(data, subject),
        "điển hình báo cáo": exemplar_lines(data),
        "bảng xếp hạng": result_table(data),
        "không xét, chưa xét": or_none(details_of(data).apart(), _NOBODY_APART),
        "bằng điểm và bỏ phiếu": tie_blocks(data),
        "đề nghị khen thưởng": or_none(award_table(data), "Không có đơn vị nào được đề nghị."),
        "danh sách khen thưởng": award_lines(data),
        "kết quả bầu": election_blocks(data),
        "nội dung chưa quyết định": open_points(data),
    }


def _summary_appendices(data: PaperData, _subject: Subject) -> tuple[Appendix, ...]:
    parts = [
        ("BẢNG TỔNG HỢP KẾT QUẢ CHẤM ĐIỂM VÀ XẾP HẠNG", result_appendix(data)),
        ("LỰA CHỌN ĐÃ ÁP DỤNG Ở CHỖ VĂN BẢN ĐỂ NGỎ", choices(data)),
    ]
    reference = "(Kèm theo Biên bản hội nghị tổng kết)"
    filled = [(title, blocks) for title, blocks in parts if blocks]
    labels = [f"Phụ lục {number}" for number in ROMAN] if len(filled) > 1 else ["Phụ lục"]
    return tuple(
        Appendix(label, title, reference, blocks)
        for label, (title, blocks) in zip(labels, filled, strict=False)
    )


def _notice_appendices(data: PaperData, _subject: Subject) -> tuple[Appendix, ...]:
    title = "BẢNG TỔNG HỢP KẾT QUẢ CHẤM ĐIỂM VÀ XẾP HẠNG"
    reference = "(Kèm theo Thông báo kết luận hội nghị tổng kết)"
    return (Appendix("Phụ lục", title, reference, result_appendix(data)),)


def _election(data: PaperData, subject: Subject) -> Mapping[str, Place]:
    return {
        **_meeting(data, subject),
        "quy định về bầu": tuple(election_rules(data)),
        "kết quả bầu trưởng": election_blocks(data, "leader"),
        "kết quả bầu phó": election_blocks(data, "deputy"),
        "đơn vị trưởng kỳ sau": elected(data, "leader") or DOTS * 2,
        "đơn vị phó kỳ sau": elected(data, "deputy") or DOTS * 2,
    }


def _unconfirmed(data: PaperData, _subject: Subject) -> tuple[str, ...]:
    return tuple(reason for view in ballot_views(data) for reason in open_reasons(view))


def _election_reasons(data: PaperData, _subject: Subject) -> tuple[str, ...]:
    """What stands in the way of the election, not of the awards."""
    words = {"leader": data.vocabulary.leader, "deputy": data.vocabulary.deputy}
    views = [view for view in ballot_views(data) if view.sheet.purpose in words]
    reasons = [reason for view in views for reason in open_reasons(view)]
    held = {view.sheet.purpose for view in views}
    undecided = held - {v.sheet.purpose for v in views if v.state is BallotState.DECIDES}
    reasons += [
        f"Bầu {words[purpose]} {next_year(data)} chưa có kết quả."
        for purpose in sorted(undecided, reverse=True)
    ]
    return tuple(reasons)


_of_summary: Final = subjects_of_kind("summary")

CONTENTS: Final[Mapping[str, Contents]] = {
    "bien_ban_tru_bi": Contents(places=_preparatory, subjects=subjects_of_kind("preparatory")),
    "bien_ban_so_ket": Contents(places=_mid_year, subjects=subjects_of_kind("mid_year")),
    "thong_bao_ket_luan_so_ket": Contents(places=_mid_year, subjects=subjects_of_kind("mid_year")),
    "bien_ban_tong_ket": Contents(
        places=_summary, appendices=_summary_appendices, reasons=_unconfirmed, subjects=_of_summary
    ),
    "bien_ban_bau_truong_pho": Contents(
        places=_election, reasons=_election_reasons, subjects=_of_summary
    ),
    "thong_bao_ket_luan": Contents(
        places=_summary, appendices=_notice_appendices, reasons=_unconfirmed, subjects=_of_summary
    ),
    "bien_ban_hop": Contents(places=_meeting, subjects=subjects_of_kind("other")),
}
