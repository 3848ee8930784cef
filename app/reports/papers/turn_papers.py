"""The paper of the turn of the year: what the leader hands over to the next one.

The workspace as a whole, with the seals of all its years, has minutes of its own
(`app.reports.handover`); here stands what one cluster's year leaves behind.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from app.domain.year import PeriodState
from app.reports.document import (
    Align,
    Block,
    Column,
    Note,
    Paragraph,
    Row,
    RowKind,
    Table,
    cell,
    plain_line,
)
from app.reports.figures import sentence
from app.reports.handover import grouped
from app.reports.papers.conference_results import elected
from app.reports.papers.contents import Contents
from app.reports.papers.data import PaperData, Subject
from app.reports.papers.duty_places import duty_lines
from app.reports.papers.wording import DOTS, Place
from app.reports.ranking import draft_of
from app.scoring.duties import OF_CLUSTER, DutyLine, DutyStanding

_WAITING: Final = (DutyStanding.OPEN, DutyStanding.OVERDUE)


def _turn_places(data: PaperData, _subject: Subject) -> Mapping[str, Place]:
    return {
        "đơn vị trưởng kỳ sau": elected(data, "leader") or DOTS * 2,
        "tình trạng năm thi đua": tuple(_year(data)),
        "hồ sơ bàn giao": (_kept(data),),
        "văn bản đã ban hành": tuple(_issued(data)),
        "việc chuyển tiếp": tuple(_left_over(data)),
        "dấu dữ liệu": tuple(_seal(data)),
    }


def _year(data: PaperData) -> Iterator[Block]:
    """Whether the year is closed and its result final."""
    period = data.book.period
    if period is not None:
        closed = period.state is PeriodState.CLOSED
        yield _said("1. Sổ của năm: đã khóa." if closed else "1. Sổ của năm: chưa khóa.")
    draft = draft_of(data.assessment)
    number = "2. " if period is not None else ""
    if draft is None:
        yield _said(
            f"{number}Kết quả chấm điểm: đủ điểm của vòng dùng để xếp hạng, không còn tạm tính."
        )
        return
    yield _said(f"{number}Kết quả chấm điểm: đang tạm tính, vì:")
    for reason in draft.reasons:
        yield _said(f"- {reason}")


def _kept(data: PaperData) -> Table:
    """The records of the year, counted."""
    book, own = data.book, {unit.id for unit in data.units}
    total = len(own)
    here = (None, data.cluster.id)
    registered = {r.unit for r in book.registrations if r.kind == "registration"} & own
    pledged = {r.unit for r in book.registrations if r.kind == "pledge"} & own
    supporting = {link.evidence for link in book.evidence_links if link.unit in own}
    explained = [e for e in book.explanations if e.unit in own]
    answered = sum(1 for e in explained if e.answer is not None)
    lines: Sequence[tuple[str, str]] = (
        ("Đăng ký tham gia thi đua", f"{len(registered)}/{total} đơn vị"),
        ("Giao ước thi đua", f"{len(pledged)}/{total} đơn vị"),
        ("Chỉ tiêu thi đua đã đăng ký", str(sum(t.unit in own for t in book.targets))),
        (_capital(data.vocabulary.evidence), f"{len(supporting)} tài liệu"),
        ("Yêu cầu giải trình", f"{len(explained)}, đã trả lời {answered}"),
        ("Hội nghị", str(sum(c.cluster in here for c in book.conferences))),
        ("Cuộc bỏ phiếu", str(sum(s.cluster in here for s in book.ballot_sheets))),
        ("Đề nghị khen thưởng", str(sum(p.cluster in here for p in book.proposals))),
    )
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Hồ sơ, dữ liệu", min_mm=90, weight=4),
        Column("Số lượng", min_mm=40),
    )
    rows = tuple(
        Row((cell(str(place)), cell(title), cell(many)))
        for place, (title, many) in enumerate(lines, start=1)
    )
    return Table(columns, rows)


def _issued(data: PaperData) -> Iterator[Block]:
    """The papers that left the house in this year."""
    own = {unit.id: unit.name for unit in data.units}
    found = [
        p
        for p in data.book.papers
        if (p.unit in own if p.unit is not None else p.cluster in (None, data.cluster.id))
    ]
    if not found:
        yield _said("Chưa ghi nhận văn bản nào đã ban hành trong sổ.")
        return
    found.sort(key=lambda paper: (paper.date or dt.date.max, paper.number))
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Số, ký hiệu", min_mm=32),
        Column("Ngày", Align.CENTRE),
        Column("Tên văn bản", min_mm=70, weight=4),
    )
    rows = tuple(
        Row(
            (
                cell(str(place)),
                cell(paper.number),
                cell(f"{paper.date:%d/%m/%Y}" if paper.date else ""),
                cell(paper.title + (f" ({own[paper.unit]})" if paper.unit is not None else "")),
            )
        )
        for place, paper in enumerate(found, start=1)
    )
    yield Table(columns, rows)


def _left_over(data: PaperData) -> Iterator[Block]:
    """What the next leader has to go on with: duties, questions, explanations, held awards."""
    groups = (
        ("Nhiệm vụ của trưởng, phó chưa ghi nhận hoàn thành", tuple(_duties(data))),
        ("Nội dung chờ quyết định", tuple(_questions(data))),
        ("Yêu cầu giải trình chưa trả lời", tuple(_explanations(data))),
        ("Suất khen thưởng chờ kết luận", tuple(_held(data))),
    )
    rows: list[Row] = []
    for title, items in groups:
        if items:
            rows.append(Row((cell(title, span=2),), RowKind.GROUP))
            rows += [Row((cell(str(n)), cell(item))) for n, item in enumerate(items, start=1)]
    if not rows:
        yield _said("Không có việc chuyển tiếp.")
        return
    columns = (Column("TT", Align.CENTRE, weight=0), Column("Nội dung", min_mm=120))
    yield Table(columns, tuple(rows), top=True)


def _duties(data: PaperData) -> Iterator[str]:
    for line in duty_lines(data, data.assessment.snapshot.period.end):
        if line.duty.who in OF_CLUSTER and line.standing in _WAITING:
            yield f"{line.name}: {line.duty.title}{_until(line)}"


def _until(line: DutyLine) -> str:
    return "" if line.last is None else f", hạn {line.last:%d/%m/%Y}"


def _questions(data: PaperData) -> Iterator[str]:
    for question in data.assessment.open_questions:
        yield sentence(data.names.sentence(question.what))


def _explanations(data: PaperData) -> Iterator[str]:
    names = {unit.id: unit.name for unit in data.units}
    for one in data.book.explanations:
        if one.unit in names and one.answer is None:
            yield f"{names[one.unit]}, tiêu chí {one.criterion}: {one.question}"


def _held(data: PaperData) -> Iterator[str]:
    for line in data.assessment.awards:
        if line.cluster == data.cluster.id and line.state in ("held", "tied"):
            reason = data.names.sentence(line.reason)
            yield f"{line.title}, {data.unit(line.unit).name}: {reason}."


def _seal(data: PaperData) -> Iterator[Block]:
    """The state of the data, to be compared by who takes over."""
    state = data.state
    if state is None or not state.head:
        yield _said("Dữ liệu chưa được lưu trong sổ làm việc nên không có dấu để đối chiếu.")
        return
    if state.operation is not None:
        yield _said(f"Số thao tác đã ghi trong sổ: {state.operation}.")
    yield _said(f"Dấu cuối nhật ký: {grouped(state.head)}.")
    yield Note(
        plain_line(
            "Người nhận mở sổ, chọn “Kiểm tra lại”: nếu sổ còn nguyên vẹn thì dấu trên biên bản "
            "này có trong nhật ký của sổ. Dấu niêm phong của từng năm in ở Biên bản bàn giao sổ."
        )
    )


def _said(words: str) -> Paragraph:
    return Paragraph(plain_line(words))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


CONTENTS: Final[Mapping[str, Contents]] = {"bien_ban_ban_giao": Contents(places=_turn_places)}
