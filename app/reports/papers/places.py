"""What stands in the places that every paper may use: the year, the cluster, who issues.

Names are Vietnamese, as officers read them in the wording.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.snapshot import Unit
from app.domain.year import Conference
from app.reports.document import Align, Block, Column, Paragraph, Row, Table, cell, official_date
from app.reports.document import plain_line as words
from app.reports.issuing import leader_of
from app.reports.papers.data import DEPUTY, PaperData, Subject
from app.reports.papers.paper import Paper, asks_of
from app.reports.papers.wording import DOTS, Place
from app.reports.ranking import basis_lines, period_words


def general_places(data: PaperData, paper: Paper, subject: Subject) -> dict[str, Place]:
    """The places of all papers, those of the subject, and what the officer filled in."""
    places: dict[str, Place] = {**_of_the_year(data), **_of_the_issuer(data)}
    places |= _of_the_subject(data, paper, subject)
    for ask in asks_of(paper):
        if ask.name not in places:
            places[ask.name] = _answer(data.answer(paper, subject, ask), ask.kind)
    return places


def _answer(value: str, kind: str) -> Place:
    if kind != "text":
        return _day_words(value) if kind == "day" and value else value or DOTS
    lines = [line.strip() for line in value.split("\n") if line.strip()] or [DOTS * 7]
    return tuple(Paragraph(words(line)) for line in lines)


def _day_words(value: str) -> str:
    year, _, rest = value.partition("-")
    month, _, day = rest.partition("-")
    return f"{day}/{month}/{year}"


def _of_the_year(data: PaperData) -> Mapping[str, Place]:
    vocabulary = data.vocabulary
    snapshot = data.assessment.snapshot
    period = snapshot.period
    leader, deputy = data.leader, data.deputy
    return {
        "năm": period.name,
        "kỳ thi đua": period_words(data.assessment),
        "năm sau": str(int(period.name) + 1) if period.name.isdecimal() else "năm tiếp theo",
        "ngày đầu kỳ": official_date(period.start),
        "ngày cuối kỳ": official_date(period.end),
        "tên cụm": data.cluster_name,
        "cụm": vocabulary.cluster,
        "trưởng": vocabulary.leader,
        "phó": vocabulary.deputy,
        "tài liệu": vocabulary.evidence,
        "cơ quan thường trực": vocabulary.standing_agency,
        "hội đồng": vocabulary.council,
        "đơn vị trưởng": leader.name if leader else DOTS,
        "đơn vị phó": deputy.name if deputy else DOTS,
        "số đơn vị": f"{len(data.units):02d}",
        "tên bảng điểm": data.assessment.pack.rules.title,
        "căn cứ": tuple(basis_lines(data.citations)),
        "các căn cứ": tuple(basis_lines(data.citations, more_follow=True)),
        "danh sách đơn vị": (_members(data),),
    }


def _of_the_issuer(data: PaperData) -> Mapping[str, Place]:
    issuer = data.issuer
    leader = data.leader
    return {
        "cơ quan ban hành": " ".join(issuer.name) or (leader.name if leader else DOTS),
        "cơ quan chủ quản": " ".join(issuer.superior) or DOTS,
        "địa danh": issuer.place or DOTS,
        "tỉnh": issuer.province or "tỉnh",
        "người ký": issuer.signer,
        "nơi lưu": issuer.archive or "hồ sơ thi đua",
    }


def _of_the_subject(data: PaperData, paper: Paper, subject: Subject) -> Mapping[str, Place]:
    match paper.scope:
        case "unit" if subject.id:
            return {"đơn vị": data.unit(subject.id).name}
        case "proposal":
            made = next(p for p in data.book.proposals if p.id == subject.id)
            return {"đơn vị": data.unit(made.unit).name}
        case "conference":
            held = next((c for c in data.book.conferences if c.id == subject.id), None)
            return conference_places(held) if held else {}
        case _:
            return {}


def conference_places(held: Conference | None) -> Mapping[str, Place]:
    """The places of a conference; dots stand for what was not noted, or no conference at all."""
    title = held.title if held else ""
    return {
        "tên hội nghị": title or DOTS,
        "ngày hội nghị": official_date(held.date) if held and held.date else "ngày … tháng … năm …",
        "địa điểm hội nghị": (held.place if held else "") or DOTS,
        "chủ trì": (held.chair if held else "") or DOTS,
        "thư ký": (held.secretary if held else "") or DOTS,
    }


def _members(data: PaperData) -> Block:
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Đơn vị", min_mm=60, weight=3),
        Column("Vai trò trong năm", min_mm=40),
    )
    rows = tuple(
        Row((cell(str(number)), cell(unit.name), cell(role_words(data, unit))))
        for number, unit in enumerate(data.units, start=1)
    )
    return Table(columns, rows)


def role_words(data: PaperData, unit: Unit) -> str:
    """ "Trưởng khối", "Phó Trưởng khối" or "Thành viên", in the pack's words."""
    if unit == leader_of(data.assessment, data.cluster):
        return data.vocabulary.leader
    return data.vocabulary.deputy if DEPUTY in unit.roles else "Thành viên"
