"""The conferences of a cluster as papers tell them: what is on the agenda, who was there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from app.domain.conference import BallotStage
from app.domain.year import Attendant, Conference
from app.ground.text import folded
from app.reports.document import Block, Paragraph, Run
from app.reports.document import plain_line as words
from app.reports.papers.ballots import ballot_views, next_year
from app.reports.papers.data import PaperData, Subject
from app.reports.papers.wording import DOTS

Kind = Literal["summary", "mid_year", "preparatory", "other"]
COUNCIL: Final = "hoi dong"
"""How the office of a council member reads, folded."""


@dataclass(frozen=True, slots=True)
class Item:
    """One point of an agenda and who brings it."""

    content: str
    speaker: str


def held_of(data: PaperData, subject: Subject) -> Conference | None:
    """The conference that a paper is made for, where it was noted."""
    return next((c for c in data.book.conferences if c.id == subject.id), None)


def subjects_of_kind(*kinds: Kind) -> Callable[[PaperData], tuple[Subject, ...]]:
    """The noted conferences of these kinds; where there is none, one paper with room to write."""

    def subjects(data: PaperData) -> tuple[Subject, ...]:
        here = (None, data.cluster.id)
        noted = [c for c in data.book.conferences if c.cluster in here and c.kind in kinds]
        ordered = sorted(noted, key=lambda c: (c.date is None, c.date or 0, c.id))
        return tuple(Subject(c.id, c.title) for c in ordered) or (Subject(),)

    return subjects


# ---------------------------------------------------------------------- the agenda
def agenda(data: PaperData, held: Conference | None) -> tuple[Item, ...]:
    """What a conference of this kind deals with, with what the book knows of it."""
    kind = held.kind if held is not None else "other"
    items = {
        "mid_year": _mid_year,
        "preparatory": _preparatory,
        "summary": _summary,
        "other": _other,
    }
    return tuple(items[kind](data, held))


def _leader(data: PaperData) -> str:
    return data.leader.name if data.leader is not None else data.vocabulary.leader


def _mid_year(data: PaperData, _held: Conference | None) -> Iterator[Item]:
    leader, cluster = _leader(data), data.vocabulary.cluster
    yield Item(
        "Đánh giá kết quả thực hiện các chỉ tiêu thi đua 6 tháng đầu năm; biện pháp triển khai "
        f"công tác thi đua, khen thưởng 6 tháng cuối năm của {cluster}",
        leader,
    )
    yield Item(
        "Thống nhất nội dung sửa đổi quy chế, bảng tiêu chí chấm điểm thi đua (nếu có)",
        "Các đơn vị thành viên",
    )
    yield Item(
        "Trao đổi nghiệp vụ thi đua, khen thưởng; giao lưu, học tập mô hình mới, điển hình "
        "tiên tiến",
        "Các đơn vị thành viên",
    )


def _preparatory(data: PaperData, _held: Conference | None) -> Iterator[Item]:
    leader = _leader(data)
    yield Item("Thống nhất kết quả chấm điểm thi đua của các đơn vị thành viên", leader)
    yield Item("Thống nhất các nội dung liên quan đến công tác tổng kết năm", leader)
    yield Item(
        f"Chuẩn bị nhân sự {data.vocabulary.leader}, {data.vocabulary.deputy} {next_year(data)}",
        "Các đơn vị thành viên",
    )


def _summary(data: PaperData, held: Conference | None) -> Iterator[Item]:
    vocabulary, leader = data.vocabulary, _leader(data)
    year = next_year(data)
    name = data.assessment.snapshot.period.name
    yield Item(
        f"Đánh giá kết quả hoạt động của {vocabulary.cluster} năm {name}, đề ra biện pháp triển "
        f"khai nhiệm vụ {year}",
        leader,
    )
    for title, unit in exemplars(data):
        yield Item(f"Báo cáo điển hình tiên tiến: {title}", unit or "Điển hình được chọn")
    yield Item("Thông báo kết quả chấm điểm, xếp hạng các đơn vị thành viên", leader)
    yield Item("Bình xét, suy tôn, đề nghị khen thưởng", "Các đơn vị thành viên")
    titles = voted_titles(data, held)
    if titles:
        yield Item(f"Bỏ phiếu: {'; '.join(titles)}", "Ban kiểm phiếu")
    yield Item(
        f"Giới thiệu và bầu {vocabulary.leader}, {vocabulary.deputy} {year}", "Chủ trì hội nghị"
    )
    yield Item(
        f"Ký kết giao ước thi đua và phát động thi đua {year}", f"{vocabulary.leader} {year}"
    )


def _other(_data: PaperData, _held: Conference | None) -> Iterator[Item]:
    yield Item(DOTS * 6, DOTS)


def exemplars(data: PaperData) -> tuple[tuple[str, str], ...]:
    """The exemplars that were chosen to report, each with its unit's name."""
    return tuple(
        (a.title, data.names.units.get(a.unit or "", ""))
        for a in data.book.activities
        if a.kind == "exemplar" and a.chosen_to_report and _ours(data, a.unit, a.cluster)
    )


def _ours(data: PaperData, unit: str | None, cluster: str | None) -> bool:
    if unit is not None:
        return any(member.id == unit for member in data.units)
    return cluster in (None, data.cluster.id)


def voted_titles(data: PaperData, held: Conference | None) -> tuple[str, ...]:
    """What this conference votes on besides electing its leaders."""
    titles = (
        view.sheet.title
        for view in ballot_views(data)
        if held is not None
        and view.sheet.conference == held.id
        and view.sheet.stage is not BallotStage.CANCELLED
        and view.sheet.purpose not in ("leader", "deputy")
    )
    return tuple(dict.fromkeys(titles))


# ---------------------------------------------------------------------- who was there
def guests(held: Conference | None) -> tuple[Attendant, ...]:
    """Those who were noted and belong to no unit."""
    return tuple(a for a in held.attendants if a.unit is None) if held is not None else ()


def council_members(held: Conference | None) -> tuple[Attendant, ...]:
    """The guests whose office speaks of the council: the member in charge is one of them."""
    return tuple(a for a in guests(held) if COUNCIL in folded(a.office))


def delegates(held: Conference | None, unit: str) -> tuple[Attendant, ...]:
    """Those who were noted for a unit."""
    return tuple(a for a in held.attendants if a.unit == unit) if held is not None else ()


def person(attendant: Attendant) -> str:
    """ "Nguyễn Thị Hoa, Chuyên viên"."""
    return ", ".join(filter(None, (attendant.name, attendant.office)))


def attendance_blocks(data: PaperData, held: Conference | None) -> Iterator[Block]:
    """The "Thành phần tham dự" of minutes: guests, units with their people, who was absent."""
    if held is None or not held.attendants:
        yield _marked("Thành phần tham dự:", DOTS * 6)
        return
    present = [a for a in held.attendants if a.present]
    sent = [u for u in data.units if any(a.present for a in delegates(held, u.id))]
    yield _marked(
        "Thành phần tham dự:",
        f"{len(present):02d} người; {len(sent):02d}/{len(data.units):02d} đơn vị thành viên có "
        "người dự.",
    )
    invited = [person(a) for a in guests(held) if a.present]
    if invited:
        yield _marked("- Đại biểu mời:", f"{'; '.join(invited)}.")
    for unit in sent:
        there = "; ".join(person(a) for a in delegates(held, unit.id) if a.present)
        yield _marked(f"- {unit.name}:", f"{there}.")
    absent = [f"{person(a)} ({_from(data, a)})" for a in held.attendants if not a.present]
    if absent:
        yield _marked("Vắng mặt:", f"{'; '.join(absent)}.")
    unknown = [u.name for u in data.units if not delegates(held, u.id)]
    if unknown:
        yield _marked("Chưa ghi người dự của:", f"{', '.join(unknown)}.")


def _from(data: PaperData, attendant: Attendant) -> str:
    return data.names.units.get(attendant.unit or "", "đại biểu mời")


def _marked(head: str, text: str) -> Paragraph:
    return Paragraph((Run(head, bold=True), Run(f" {text}")))


def lines(texts: Sequence[str]) -> tuple[Block, ...]:
    """A paragraph for each text, the last with a full stop, the others with a semicolon."""
    last = len(texts)
    return tuple(
        Paragraph(words(f"- {text}{'.' if number == last else ';'}"))
        for number, text in enumerate(texts, start=1)
    )
