"""The reports of a year: sơ kết at mid-year, tổng kết after the summary conference.

What the book knows stands there by itself: papers, registrations, targets, activities, results.
What only people can judge (limits, causes, what is to be done) is asked of the officer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from app.domain.conference import Activity
from app.domain.snapshot import Figure
from app.domain.year import AwardStage, Registration, Target
from app.ground.numbers import Rounding, round_to, vietnamese
from app.reports.charts.from_assessment import has_points
from app.reports.document import (
    Align,
    Appendix,
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
from app.reports.figures import BLANK, figure_words
from app.reports.papers.contents import Contents
from app.reports.papers.data import PaperData, Subject
from app.reports.papers.report_pictures import (
    gaps_picture,
    sections_picture,
    years_blocks,
)
from app.reports.papers.wording import Place
from app.reports.ranking import DECIDED, result_blocks
from app.reports.ranking_details import Details

_KINDS: Final[Mapping[str, str]] = {
    "movement": "Phong trào thi đua",
    "joint_activity": "Hoạt động chung",
    "inspection": "Kiểm tra, giám sát",
    "exemplar": "Điển hình tiên tiến",
    "other": "Hoạt động khác",
}
"""The kinds of activities in the order in which reports tell them."""


def _paragraph(words: str) -> Paragraph:
    return Paragraph(plain_line(words))


# ---------------------------------------------------------------------- what both reports tell
def _papers(data: PaperData, until: dt.date | None = None) -> Iterator[Block]:
    """The papers that the cluster issued, by day."""
    found = [
        paper
        for paper in data.book.papers
        if paper.cluster in (None, data.cluster.id)
        and paper.unit is None
        and (until is None or paper.date is None or paper.date <= until)
    ]
    for paper in sorted(found, key=lambda p: (p.date or dt.date.max, p.number)):
        words = f"- {paper.title}"
        words += f" số {paper.number}" if paper.number else ""
        words += f" ngày {paper.date:%d/%m/%Y}" if paper.date else ""
        yield _paragraph(words + ".")
    if not found:
        yield _paragraph("Chưa có văn bản nào được ghi nhận.")


def _registrations(data: PaperData) -> Iterator[Block]:
    """When each unit registered and signed the pledge; who did not is named."""
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Đơn vị", min_mm=60, weight=4),
        Column("Đăng ký thi đua", Align.CENTRE, min_mm=30, weight=1),
        Column("Ký kết giao ước", Align.CENTRE, min_mm=30, weight=1),
    )
    kinds = ("registration", "pledge")
    there: dict[tuple[str, str], Registration] = {
        (r.unit, r.kind): r for r in data.book.registrations
    }
    rows = []
    for number, unit in enumerate(data.units, start=1):
        days = []
        for kind in kinds:
            found = there.get((unit.id, kind))
            day = found.signed or found.received_by_leader if found is not None else None
            days.append(f"{day:%d/%m/%Y}" if day else "Có" if found is not None else BLANK)
        rows.append(Row((cell(str(number)), cell(unit.name), *(cell(day) for day in days))))
    yield Table(columns, tuple(rows))
    for kind, words in zip(kinds, ("đăng ký thi đua", "ký kết giao ước"), strict=True):
        missing = [unit.name for unit in data.units if (unit.id, kind) not in there]
        if missing:
            yield _paragraph(f"Chưa ghi nhận {words}: {', '.join(missing)}.")


def _activities(data: PaperData, kinds: Sequence[str], until: dt.date | None) -> Iterator[Block]:
    """The activities of these kinds, with unit, day and paper."""
    members = {unit.id for unit in data.units}
    found = [
        activity
        for activity in data.book.activities
        if activity.kind in kinds
        and (activity.cluster == data.cluster.id or activity.unit in members)
        and (until is None or (activity.date is not None and activity.date <= until))
    ]
    if not found:
        yield _paragraph("Chưa có hoạt động nào được ghi nhận.")
        return
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Nội dung", min_mm=60, weight=5),
        Column("Đơn vị", min_mm=32, weight=2),
        Column("Thời gian", Align.CENTRE, min_mm=22, weight=0),
        Column("Văn bản, ghi chú", min_mm=30, weight=2),
    )
    rows: list[Row] = []
    number = 0
    for kind, title in _KINDS.items():
        of_kind = [activity for activity in found if activity.kind == kind]
        if of_kind and len(kinds) > 1:
            rows.append(Row((cell(title, span=len(columns)),), RowKind.GROUP))
        for activity in sorted(of_kind, key=lambda a: (a.date or dt.date.max, a.id)):
            number += 1
            rows.append(_activity(data, number, activity))
    yield Table(columns, tuple(rows), top=True)


def _activity(data: PaperData, number: int, activity: Activity) -> Row:
    cluster = data.vocabulary.cluster
    whose = data.unit(activity.unit).name if activity.unit else f"Toàn {cluster}"
    day = f"{activity.date:%d/%m/%Y}" if activity.date else ""
    chosen = "chọn báo cáo tại hội nghị" if activity.chosen_to_report else ""
    notes = "; ".join(filter(None, (activity.document, activity.note, chosen)))
    words = (str(number), activity.title, whose, day, notes[:1].upper() + notes[1:])
    return Row(tuple(cell(text) for text in words))


# ---------------------------------------------------------------------- mid-year
def middle_of(data: PaperData) -> dt.date:
    """The last day of the first six months."""
    start = data.assessment.snapshot.period.start
    months = start.month + 6
    return dt.date(start.year + (months - 1) // 12, (months - 1) % 12 + 1, 1) - dt.timedelta(days=1)


def _mid_year_places(data: PaperData, _subject: Subject) -> Mapping[str, Place]:
    until = middle_of(data)
    deeds = ("movement", "joint_activity", "inspection", "exemplar", "other")
    return {
        "ngày giữa kỳ": f"{until:%d/%m/%Y}",
        "văn bản đã ban hành": tuple(_papers(data, until)),
        "đăng ký và giao ước": tuple(_registrations(data)),
        "chỉ tiêu giữa kỳ": tuple(_targets(data)),
        "hoạt động giữa kỳ": tuple(_activities(data, deeds, until)),
    }


def _targets(data: PaperData) -> Iterator[Block]:
    """The targets of each unit with what was reached at mid-year, in percent of the plan."""
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Chỉ tiêu", min_mm=58, weight=5),
        Column("Đơn vị tính", Align.CENTRE, min_mm=16, weight=0),
        Column("Kế hoạch năm", Align.DECIMAL),
        Column("Thực hiện 6 tháng", Align.DECIMAL),
        Column("Tỷ lệ (%)", Align.DECIMAL),
    )
    rows: list[Row] = []
    told = known = 0
    for unit in data.units:
        targets = [target for target in data.book.targets if target.unit == unit.id]
        if targets:
            rows.append(Row((cell(unit.name, span=len(columns)),), RowKind.GROUP))
        for number, target in enumerate(targets, start=1):
            told += 1
            known += target.half_year is not None
            words = (
                *(str(number), target.title, target.measure),
                *(_figure(target.plan), _figure(target.half_year), _reached(target)),
            )
            rows.append(Row(tuple(cell(text) for text in words)))
    if rows:
        units = sum(row.kind is RowKind.GROUP for row in rows)
        yield _paragraph(
            f"Có {units:02d} đơn vị đăng ký {told:02d} chỉ tiêu; {known:02d} chỉ tiêu có số liệu "
            "6 tháng đầu năm."
        )
        yield Table(columns, tuple(rows), top=True)
        reached = "Tỷ lệ là số thực hiện 6 tháng so với kế hoạch cả năm; “—”: chưa có số liệu."
        yield Note(plain_line(reached))
    without = [u.name for u in data.units if all(t.unit != u.id for t in data.book.targets)]
    if without:
        yield _paragraph(f"Chưa ghi nhận chỉ tiêu của: {', '.join(without)}.")


def _figure(value: Figure | None) -> str:
    return BLANK if value is None else figure_words(value)


def _reached(target: Target) -> str:
    """What was reached in percent of the plan; nothing where one of them is no number."""
    plan, reached = target.plan, target.half_year
    if isinstance(plan, bool) or isinstance(reached, bool):
        return ""
    if not isinstance(plan, Fraction) or not isinstance(reached, Fraction) or plan <= 0:
        return ""
    return vietnamese(round_to(reached * 100 / plan, 2, Rounding.HALF_UP), 2)


# ---------------------------------------------------------------------- the whole year
def _year_places(data: PaperData, _subject: Subject) -> Mapping[str, Place]:
    details = Details(data.assessment, data.cluster, data.citations)
    return {
        "văn bản đã ban hành": tuple(_papers(data)),
        "đăng ký và giao ước": tuple(_registrations(data)),
        "phong trào và hoạt động": tuple(
            _activities(data, ("movement", "joint_activity", "inspection", "other"), None)
        ),
        "điển hình tiên tiến": tuple(_activities(data, ("exemplar",), None)),
        "kết quả xếp hạng": tuple(_ranking(data)),
        "biểu đồ điểm các phần": tuple(sections_picture(data)),
        "biểu đồ chênh lệch tự chấm": tuple(gaps_picture(data)),
        "các trường hợp không xét, chưa xét": tuple(details.apart()) or (_paragraph("Không có."),),
        "kết quả đề nghị khen thưởng": tuple(_awards(data)),
        "so sánh với năm trước": tuple(years_blocks(data)),
        "nội dung chưa quyết định": tuple(_undecided(details)),
    }


def _ranking(data: PaperData) -> Iterator[Block]:
    """Rank, total and proposal of each unit; how the totals came about stands in the appendix."""
    awards = {
        unit: [a.title for a in data.assessment.awards if a.unit == unit and a.state == "proposed"]
        for unit in data.ranked
    }
    columns = (
        Column("Hạng", Align.CENTRE, weight=0),
        Column("Đơn vị", min_mm=60, weight=4),
        Column("Tổng điểm", Align.DECIMAL),
        Column("Đề nghị khen thưởng", min_mm=50, weight=3),
    )
    rows = []
    for unit in data.ranked:
        result = data.assessment.units[unit]
        words = (
            BLANK if result.rank is None else str(result.rank),
            data.unit(unit).name,
            data.figures.published(result.card.total) if has_points(result.card) else BLANK,
            "; ".join(awards[unit]),
        )
        rows.append(Row(tuple(cell(text) for text in words)))
    yield Table(columns, tuple(rows))
    if any(data.assessment.units[unit].rank is None for unit in data.ranked):
        yield Note(plain_line("“—” ở cột Hạng: đơn vị không được xếp hạng, lý do nêu ở mục 3."))
    decided: dict[str, list[str]] = {}
    for unit in data.ranked:
        by = data.assessment.units[unit].rank_decided_by or "total"
        if by != "total":
            decided.setdefault(by, []).append(data.unit(unit).name)
    for by, names in decided.items():
        how = DECIDED[by][:1].lower() + DECIDED[by][1:]
        yield Note(plain_line(f"Căn cứ xếp hạng của {', '.join(names)}: {how}."))
    yield Note(plain_line(data.figures.statement()))


def _appendices(data: PaperData, _subject: Subject) -> tuple[Appendix, ...]:
    """The ranking with the points of each section."""
    blocks = tuple(result_blocks(data.assessment, data.ranked))
    title = "BẢNG TỔNG HỢP KẾT QUẢ CHẤM ĐIỂM VÀ XẾP HẠNG"
    reference = "(Kèm theo Báo cáo tổng kết công tác thi đua, khen thưởng)"
    return (Appendix("Phụ lục", title, reference, blocks),)


def _undecided(details: Details) -> Iterator[Block]:
    """What is still open, where anything is."""
    questions = tuple(details.questions())
    if questions:
        yield _paragraph("Nội dung chưa quyết định:")
    yield from questions


def _awards(data: PaperData) -> Iterator[Block]:
    """Who is proposed for each award, who waits, and what was decided so far."""
    lines = [line for line in data.assessment.awards if line.cluster == data.cluster.id]
    proposed = 0
    for title in dict.fromkeys(line.title for line in lines):
        of_award = [line for line in lines if line.title == title]
        for state, words in (
            ("proposed", ""),
            ("held", " (chờ kết luận)"),
            ("tied", " (chờ phân định)"),
        ):
            units = [data.unit(line.unit).name for line in of_award if line.state == state]
            if units:
                proposed += 1
                yield _paragraph(f"- {title}{words}: {len(units):02d} đơn vị ({', '.join(units)}).")
    if not proposed:
        yield _paragraph("Không có đơn vị nào được đề nghị khen thưởng.")
    yield from _decided(data)


def _decided(data: PaperData) -> Iterator[Block]:
    """The awards of this year that were decided, with number and day."""
    titles = {award.id: award.title for award in data.assessment.pack.rules.awards}
    members = {unit.id: unit.name for unit in data.units}
    found = [
        award
        for award in data.book.awards
        if award.stage is AwardStage.DECIDED and award.unit in members
    ]
    if found:
        yield _paragraph("Đã có quyết định khen thưởng:")
    for award in found:
        number = f" theo Quyết định số {award.number}" if award.number else ""
        day = f" ngày {award.date:%d/%m/%Y}" if award.date else ""
        title = titles.get(award.award, award.award)
        yield _paragraph(f"- {members[award.unit]}: {title}{number}{day}.")


CONTENTS: Final[Mapping[str, Contents]] = {
    "bao_cao_so_ket": Contents(places=_mid_year_places),
    "bao_cao_tong_ket": Contents(places=_year_places, appendices=_appendices),
}
