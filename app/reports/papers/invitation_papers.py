"""The papers before a conference: invitation, programme, list of those who come, authority."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from app.domain.year import Attendant, Conference
from app.reports.document import Align, Block, Column, Note, Row, RowKind, Table, cell, plain_line
from app.reports.figures import BLANK
from app.reports.papers.contents import Contents
from app.reports.papers.data import PaperData, Subject
from app.reports.papers.meetings import (
    Item,
    agenda,
    council_members,
    delegates,
    exemplars,
    guests,
    held_of,
    lines,
    person,
    subjects_of_kind,
)
from app.reports.papers.places import conference_places
from app.reports.papers.shelf import paper_of
from app.reports.papers.wording import DOTS, Place

_subjects: Final = subjects_of_kind("mid_year", "preparatory", "summary", "other")
ROOM: Final = 2
"""Empty rows for a unit of which nobody was noted yet."""


# ---------------------------------------------------------------------- giấy mời
def _invitation_places(data: PaperData, subject: Subject) -> Mapping[str, Place]:
    held = held_of(data, subject)
    return {
        **conference_places(held),
        "thành phần mời": lines(tuple(_invited(data, subject, held))),
        "nội dung hội nghị": lines([item.content for item in agenda(data, held)]),
    }


def _invited(data: PaperData, subject: Subject, held: Conference | None) -> Iterator[str]:
    """The council member in charge (BK I.3, BG 3.2), the standing agency, guests, the units."""
    vocabulary = data.vocabulary
    paper = paper_of("giay_moi")
    asked = {ask.name: data.answer(paper, subject, ask) for ask in paper.asks}
    noted = "; ".join(person(a) for a in council_members(held))
    member = asked["thành viên hội đồng phụ trách"] or noted or DOTS * 2
    yield f"Thành viên {vocabulary.council} phụ trách {vocabulary.cluster}: {member}"
    yield (
        f"Đại diện lãnh đạo và công chức theo dõi {vocabulary.cluster} của "
        f"{vocabulary.standing_agency}"
    )
    others = [person(a) for a in guests(held) if a not in council_members(held)]
    others += [line.strip() for line in asked["khách mời khác"].split("\n") if line.strip()]
    yield from dict.fromkeys(others)
    units = ", ".join(unit.name for unit in data.units)
    yield (
        "Đại diện lãnh đạo và người làm công tác thi đua, khen thưởng của "
        f"{len(data.units):02d} đơn vị thành viên: {units}"
    )


# ---------------------------------------------------------------------- chương trình
def _programme_places(data: PaperData, subject: Subject) -> Mapping[str, Place]:
    held = held_of(data, subject)
    return {**conference_places(held), "chương trình": (_programme(data, held),)}


def _programme(data: PaperData, held: Conference | None) -> Table:
    """The agenda with what stands around it; the discussion follows the reports."""
    leader = data.leader.name if data.leader is not None else data.vocabulary.leader
    points = agenda(data, held)
    reported = 1 + (len(exemplars(data)) if held is not None and held.kind == "summary" else 0)
    items = (
        Item("Đón tiếp đại biểu, điểm danh", leader),
        Item("Tuyên bố lý do, giới thiệu đại biểu; thông qua chương trình, thư ký", leader),
        *points[:reported],
        Item("Thảo luận", "Đại biểu dự hội nghị"),
        *points[reported:],
        Item("Phát biểu chỉ đạo", "Thành viên Hội đồng phụ trách"),
        Item("Kết luận, bế mạc hội nghị", "Chủ trì hội nghị"),
    )
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Thời gian", Align.CENTRE, min_mm=24),
        Column("Nội dung", min_mm=75, weight=5),
        Column("Người thực hiện", min_mm=38, weight=2),
    )
    rows = (
        Row((cell(str(number)), cell(""), cell(item.content), cell(item.speaker)))
        for number, item in enumerate(items, start=1)
    )
    return Table(columns, tuple(rows))


# ---------------------------------------------------------------------- danh sách và điểm danh
def _attendance_places(data: PaperData, subject: Subject) -> Mapping[str, Place]:
    held = held_of(data, subject)
    return {
        **conference_places(held),
        "danh sách đại biểu": (_roll(data, held),),
        "tổng hợp theo đơn vị": tuple(_by_unit(data, held)),
    }


def _roll(data: PaperData, held: Conference | None) -> Table:
    """Everybody with room to sign; a unit of which nobody was noted has empty rows."""
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Họ và tên", min_mm=42, weight=3),
        Column("Chức vụ", min_mm=42, weight=3),
        Column("Điểm danh", Align.CENTRE, min_mm=20),
        Column("Ký tên", min_mm=30, weight=2),
    )
    groups = [("Đại biểu mời", guests(held))]
    groups += [(unit.name, delegates(held, unit.id)) for unit in data.units]
    rows: list[Row] = []
    number = 0
    for title, people in groups:
        rows.append(Row((cell(title, span=len(columns)),), RowKind.GROUP))
        for attendant in people or (None,) * ROOM:
            number += 1
            rows.append(_attendant(number, attendant))
    return Table(columns, tuple(rows))


def _attendant(number: int, attendant: Attendant | None) -> Row:
    if attendant is None:
        return Row((cell(str(number)), *(cell(""),) * 4))
    there = "Có mặt" if attendant.present else "Vắng"
    return Row(
        (
            cell(str(number)),
            cell(attendant.name),
            cell(attendant.office),
            cell(there),
            cell(""),
        )
    )


def _by_unit(data: PaperData, held: Conference | None) -> Iterator[Block]:
    """How many of each unit were there; a dash where nobody was noted, for that is not zero."""
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Đơn vị", min_mm=70, weight=4),
        Column("Tổng số", Align.RIGHT, min_mm=20),
        Column("Có mặt", Align.RIGHT, min_mm=20),
        Column("Vắng", Align.RIGHT, min_mm=20),
    )
    groups = [(unit.name, delegates(held, unit.id)) for unit in data.units]
    groups.append(("Đại biểu mời", guests(held)))
    rows = [
        Row((cell(str(number)), cell(name), *(cell(text) for text in _numbers(people))))
        for number, (name, people) in enumerate(groups, start=1)
    ]
    everybody = held.attendants if held is not None else ()
    total = (cell(""), cell("Cộng"), *(cell(text) for text in _numbers(everybody)))
    rows.append(Row(total, RowKind.TOTAL))
    yield Table(columns, tuple(rows))
    yield Note(plain_line(f"“{BLANK}”: chưa ghi người dự."))


def _numbers(people: tuple[Attendant, ...]) -> tuple[str, str, str]:
    if not people:
        return BLANK, BLANK, BLANK
    present = sum(a.present for a in people)
    return str(len(people)), str(present), str(len(people) - present)


# ---------------------------------------------------------------------- giấy ủy quyền
def _authority_places(data: PaperData, _subject: Subject) -> Mapping[str, Place]:
    """The summary conference of the year is what a unit sends somebody to."""
    here = (None, data.cluster.id)
    noted = [c for c in data.book.conferences if c.cluster in here and c.kind == "summary"]
    return conference_places(noted[-1] if noted else None)


CONTENTS: Final[Mapping[str, Contents]] = {
    "giay_moi": Contents(places=_invitation_places, subjects=_subjects),
    "chuong_trinh_hoi_nghi": Contents(places=_programme_places, subjects=_subjects),
    "danh_sach_dai_bieu": Contents(places=_attendance_places, subjects=_subjects),
    "giay_uy_quyen": Contents(places=_authority_places),
}
