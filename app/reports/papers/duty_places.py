"""The duties of the year on paper: who does what until when, and who has not done it yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from app.domain.year import HANDED_IN
from app.ground.findings import Findings
from app.reports.document import (
    Align,
    Block,
    Column,
    Paragraph,
    Row,
    RowKind,
    Table,
    cell,
    plain_line,
)
from app.reports.papers.data import PaperData, Subject
from app.reports.papers.paper import DAY
from app.reports.papers.shelf import paper_of
from app.reports.papers.wording import DOTS, Place
from app.reports.ranking import period_words
from app.reports.ranking_details import source_notes
from app.rules.merge import with_overlays
from app.rules.pack import Duty, RulePack
from app.scoring.duties import (
    HOLDER_WORDS,
    DutyLine,
    DutyRecords,
    DutyStanding,
    duties_on,
)
from app.scoring.duty_counts import KIND_WORDS

REMINDER: Final = "cong_van_don_doc"
_HOLDERS: Final = ("leader", "deputy", "unit", "department", "council", "guiding_agency")


def rules_of(data: PaperData) -> RulePack:
    """The rules of the year with what is laid over them."""
    main = data.assessment.pack.rules
    return with_overlays(main, [overlay.rules for overlay in data.overlays], Findings())


def duty_lines(data: PaperData, day: dt.date) -> tuple[DutyLine, ...]:
    """The duties of this cluster as they stand on a day."""
    book = data.book
    lines = duties_on(
        DutyRecords(
            rules_of(data),
            (data.cluster,),
            data.units,
            data.assessment.snapshot.period.start,
            book.deadlines,
            book.deadline_exceptions,
            book.duty_states,
            book.activities,
            book.registrations,
            book.conferences,
            book.round_states,
        ),
        day,
    )
    return lines


# ---------------------------------------------------------------------- the plan
def plan_places(data: PaperData, _subject: Subject) -> Mapping[str, Place]:
    """The duties by holder with their days, what is planned, and the meetings."""
    return {
        "nhiệm vụ và thời hạn": tuple(_duty_table(data)),
        "phong trào và hoạt động": tuple(activity_blocks(data)),
        "các hội nghị": tuple(_conferences(data)),
    }


def _duty_table(data: PaperData) -> Iterator[Block]:
    lines = duty_lines(data, data.assessment.snapshot.period.start)
    first: dict[str, DutyLine] = {}
    for line in lines:
        first.setdefault(line.duty.id, line)
    rows: list[Row] = []
    for holder in _HOLDERS:
        duties = [line for line in first.values() if line.duty.who == holder]
        if not duties:
            continue
        rows.append(Row((cell(_holder(data, holder), span=5),), RowKind.GROUP))
        for place, line in enumerate(duties, start=1):
            words = (
                str(place),
                line.duty.title + ("" if line.duty.binding == "duty" else " (không bắt buộc)"),
                _due_words(data, line),
                line.duty.document or "",
                data.citations.short(line.duty.clause),
            )
            rows.append(Row(tuple(cell(word) for word in words)))
    if not rows:
        yield Paragraph(plain_line("Quy định của tỉnh không nêu nhiệm vụ cụ thể theo thời hạn."))
        return
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Nhiệm vụ", min_mm=48, weight=5),
        Column("Thời hạn", min_mm=24, weight=2),
        Column("Kết quả", min_mm=26, weight=2),
        Column("Căn cứ", min_mm=40, weight=3),
    )
    yield Table(columns, tuple(rows), top=True)
    yield from source_notes(data.citations)


def _holder(data: PaperData, holder: str) -> str:
    words = data.vocabulary
    leader, deputy = data.leader, data.deputy
    match holder:
        case "leader":
            return words.leader + (f" ({leader.name})" if leader else "")
        case "deputy":
            return words.deputy + (f" ({deputy.name})" if deputy else "")
        case "unit":
            return "Các đơn vị thành viên"
        case "department":
            return words.standing_agency
        case "council":
            return words.council
        case _:
            return HOLDER_WORDS[holder]


def _due_words(data: PaperData, line: DutyLine) -> str:
    """The last day; the words of the rule beside it where the rule has a day."""
    kept = {d.cluster: d.due for d in data.book.deadlines if d.duty == line.duty.id}
    day = kept.get(data.cluster.id, kept.get(None))
    if line.rule is None:
        return f"Hết ngày {day:%d/%m/%Y}" if day else f"Trong {period_words(data.assessment)}"
    if day is None or day == line.rule.last:
        return line.rule.words[:1].upper() + line.rule.words[1:]
    return f"Hết ngày {day:%d/%m/%Y} (quy định: {line.rule.words})"


def activity_blocks(data: PaperData, kind: str | None = None) -> Iterator[Block]:
    """What was noted of the cluster and its units, of one kind or of all."""
    own = {unit.id: unit.name for unit in data.units}
    found = sorted(
        (
            a
            for a in data.book.activities
            if kind in (None, a.kind)
            and (a.unit in own if a.unit is not None else a.cluster == data.cluster.id)
        ),
        key=lambda a: (a.date is None, a.date or dt.date.max, a.id),
    )
    if not found:
        yield Paragraph(plain_line(f"Sẽ ấn định trong năm: {DOTS * 8}."))
        return
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Nội dung", min_mm=55, weight=4),
        Column("Hình thức", min_mm=28, weight=2),
        Column("Thời gian", Align.CENTRE),
        Column("Đơn vị thực hiện", min_mm=30, weight=2),
        Column("Văn bản", min_mm=22),
    )
    rows = tuple(
        Row(
            (
                cell(str(place)),
                cell(a.title),
                cell(_capital(KIND_WORDS[a.kind])),
                cell(f"{a.date:%d/%m/%Y}" if a.date else DOTS),
                cell(own[a.unit] if a.unit is not None else f"Cả {data.vocabulary.cluster}"),
                cell(a.document),
            )
        )
        for place, a in enumerate(found, start=1)
    )
    yield Table(columns, rows, top=True)


def _conferences(data: PaperData) -> Iterator[Block]:
    held = sorted(
        (c for c in data.book.conferences if c.cluster in (None, data.cluster.id)),
        key=lambda c: (c.date is None, c.date or dt.date.max, c.id),
    )
    if not held:
        yield Paragraph(plain_line(f"Thời gian, địa điểm sẽ thông báo sau: {DOTS * 6}."))
        return
    columns = (
        Column("Hội nghị", min_mm=60, weight=3),
        Column("Thời gian", Align.CENTRE),
        Column("Địa điểm", min_mm=45, weight=2),
    )
    rows = tuple(
        Row(
            (
                cell(one.title or DOTS),
                cell(f"{one.date:%d/%m/%Y}" if one.date else DOTS),
                cell(one.place or DOTS),
            )
        )
        for one in held
    )
    yield Table(columns, rows)


# ---------------------------------------------------------------------- the reminder
def reminder_places(data: PaperData, subject: Subject) -> Mapping[str, Place]:
    """Which unit has not done what, until when, as of the day of the letter."""
    day = _as_of(data, subject)
    found = awaited(data, day)
    return {
        "ngày rà soát": f"{day:%d/%m/%Y}" if day else DOTS,
        "việc chưa hoàn thành": tuple(_awaited_blocks(found)),
        "số đơn vị chưa hoàn thành": f"{len({name for name, *_ in found}):02d}",
    }


def _as_of(data: PaperData, subject: Subject) -> dt.date | None:
    """The day of the letter, or none while it is not dated."""
    return data.answered_day(paper_of(REMINDER), subject, DAY)


Awaited = tuple[str, str, str, str]
"""A unit, what it has not done, until when, and how that stands."""


def awaited(data: PaperData, day: dt.date | None) -> tuple[Awaited, ...]:
    """What is not done by each unit, in the order of the year's list, the earliest day first.

    A duty without a day is asked for only where the book would show that it was done, so that
    nobody is reminded of what nobody has noted; self-scores without a day wait for the year's end.
    """
    lines = duty_lines(data, day or data.assessment.snapshot.period.start)
    names = {unit.id: unit.name for unit in data.units if unit.left is None}
    order = list(names)
    open_ones = [
        (line.holder, line.duty.title, line.last, _put_off(line))
        for line in lines
        if line.duty.who == "unit"
        and line.standing in (DutyStanding.OPEN, DutyStanding.OVERDUE)
        and _asked_for(data, line, day)
    ]
    open_ones += _rounds(data, names, {line.duty.id for line in lines})
    open_ones.sort(key=lambda one: (order.index(one[0]), one[2] is None, one[2] or dt.date.max))
    return tuple(
        (names[unit], title, _until(last) + more, _standing(last, day))
        for unit, title, last, more in open_ones
    )


def _asked_for(data: PaperData, line: DutyLine, day: dt.date | None) -> bool:
    if line.last is not None or line.noted:
        return True
    if line.duty.done_by == "self_scored":
        return day is not None and day > data.assessment.snapshot.period.end
    return line.duty.done_by is not None


def _rounds(
    data: PaperData, names: Mapping[str, str], duties: set[str]
) -> list[tuple[str, str, dt.date | None, str]]:
    """The rounds with a day of their own that units have not handed in."""
    rounds = {r.id: r.title for r in data.assessment.pack.rules.rounds if r.hand == "unit"}
    handed = {(s.unit, s.round) for s in data.book.round_states if s.stage in HANDED_IN}
    put_off = {(e.duty, e.unit): e for e in data.book.deadline_exceptions}
    found: list[tuple[str, str, dt.date | None, str]] = []
    for deadline in data.book.deadlines:
        of_all = deadline.cluster in (None, data.cluster.id)
        if deadline.duty in duties or deadline.duty not in rounds or not of_all:
            continue
        title = deadline.title or f"Nộp vòng “{rounds[deadline.duty]}”"
        for unit in names:
            if (unit, deadline.duty) in handed:
                continue
            later = put_off.get((deadline.duty, unit))
            more = f" (được gia hạn: {later.reason})" if later else ""
            found.append((unit, title, later.until if later else deadline.due, more))
    return found


def _put_off(line: DutyLine) -> str:
    return "" if line.exception is None else f" (được gia hạn: {line.exception.reason})"


def _until(last: dt.date | None) -> str:
    return f"Hết ngày {last:%d/%m/%Y}" if last else "Chưa ấn định"


def _standing(last: dt.date | None, day: dt.date | None) -> str:
    if last is None or day is None:
        return "Chưa hoàn thành"
    late = (day - last).days
    return f"Quá hạn {late} ngày" if late > 0 else "Chưa đến hạn" if late else "Đến hạn trong ngày"


def _awaited_blocks(found: Sequence[Awaited]) -> Iterator[Block]:
    if not found:
        words = "Không có đơn vị nào còn việc chưa hoàn thành theo sổ theo dõi."
        yield Paragraph(plain_line(words))
        return
    columns = (
        Column("Đơn vị", min_mm=42, weight=3),
        Column("Việc chưa hoàn thành", min_mm=55, weight=4),
        Column("Thời hạn", min_mm=30, weight=2),
        Column("Tình hình", min_mm=26),
    )
    yield Table(columns, tuple(Row(tuple(cell(w) for w in one)) for one in found), top=True)


def reminder_reasons(data: PaperData, subject: Subject) -> tuple[str, ...]:
    """A letter that reminds nobody is no letter."""
    if awaited(data, _as_of(data, subject)):
        return ()
    return ("Không có đơn vị nào còn việc phải đôn đốc.",)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def consent_of(data: PaperData) -> Duty | None:
    """The duty by which the standing agency agrees, or gives its opinion, before a table is issued.

    Packs write it as a duty of the agency ("Cho ý kiến nhất trí trước khi …", BG II.1) or of the
    leader ("Gửi bảng điểm xin ý kiến … trước khi ban hành", CB Phần III); it is known by these
    words of its title.
    """
    for duty in rules_of(data).duties:
        title = duty.title.casefold()
        if "trước khi" in title and "ban hành" in title and "ý kiến" in title:
            return duty
    return None


def must_agree(duty: Duty | None) -> bool:
    """Whether the agency's consent is asked for, not only its opinion."""
    return duty is not None and "nhất trí" in duty.title.casefold()
