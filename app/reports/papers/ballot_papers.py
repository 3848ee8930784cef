"""The papers of a ballot: the slips, the opinion asked of absentees, the minutes of the count.

A ballot is secret: nothing on a slip tells one from another or who filled it in (no number, no
name, no mark), and the minutes know only totals.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from app.domain.conference import BallotStage
from app.domain.snapshot import Ballot
from app.domain.year import Conference
from app.ground.numbers import vietnamese
from app.reports.document import (
    Align,
    Block,
    Column,
    Heading,
    Note,
    Paragraph,
    Row,
    RowKind,
    Slips,
    Table,
    cell,
    plain_line,
)
from app.reports.figures import BLANK
from app.reports.papers.ballots import (
    COUNTS,
    approving,
    base_words,
    candidate_names,
    earlier,
    next_step,
    number_words,
    open_reasons,
    outcome_sentence,
    quorum_sentence,
    rule_sentence,
    subjects,
    threshold_sentence,
    tie_sentence,
    ties_of,
    titled,
    view_for,
    votes_against,
)
from app.reports.papers.contents import Contents
from app.reports.papers.data import PaperData, Subject
from app.reports.papers.places import conference_places
from app.reports.papers.wording import DOTS, Place
from app.reports.ranking import draft_of
from app.reports.ranking_details import source_notes
from app.scoring.ballot_standing import BallotState, BallotView

PAGE_MM: Final = 245
"""The height that slips may take on a page, with a little to spare."""
BOX: Final = "□"


def _line(words: str, *, flush: bool = False) -> Paragraph:
    return Paragraph(plain_line(words), flush=flush)


def _conference(data: PaperData, view: BallotView) -> Conference | None:
    wanted = view.sheet.conference
    return next((c for c in data.book.conferences if c.id == wanted), None)


def _ballot_places(data: PaperData, view: BallotView) -> Mapping[str, Place]:
    """What each paper of a ballot may say."""
    words = {
        "leader": f"bầu {data.vocabulary.leader}",
        "deputy": f"bầu {data.vocabulary.deputy}",
        "free": "lấy ý kiến",
    }
    return {
        **conference_places(_conference(data, view)),
        "nội dung bỏ phiếu": titled(view.sheet),
        "việc bỏ phiếu": words.get(view.sheet.purpose, "bình xét, suy tôn"),
    }


# ---------------------------------------------------------------------- what the voter marks
def _instruction(view: BallotView) -> str:
    places, count = view.sheet.places, len(view.sheet.candidates)
    if approving(view):
        return (
            "Đánh dấu X vào ô “Đồng ý” hoặc ô “Không đồng ý” ở từng dòng. Dòng đánh dấu cả hai ô "
            "không được tính."
        )
    how_many = (
        f"đúng {number_words(places)}" if places == 1 else f"không quá {number_words(places)}"
    )
    return (
        f"Chọn {how_many} trong {number_words(count)} dòng dưới đây, đánh dấu X vào ô “Chọn”. "
        f"Phiếu chọn quá {number_words(places)} dòng là phiếu không hợp lệ; phiếu không chọn dòng "
        "nào là phiếu trắng."
    )


def _choices(view: BallotView) -> Table:
    """The candidates in the order of the sheet, each with its boxes."""
    boxes = ("Đồng ý", "Không đồng ý") if approving(view) else ("Chọn",)
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column(_candidates_head(view), min_mm=30, weight=4),
        *(Column(box, Align.CENTRE, min_mm=14) for box in boxes),
    )
    rows = (
        Row((cell(str(number)), cell(name), *(cell(BOX) for _ in boxes)))
        for number, name in enumerate(candidate_names(view).values(), start=1)
    )
    return Table(columns, tuple(rows))


def _candidates_head(view: BallotView) -> str:
    return "Nội dung, nhân sự" if view.sheet.purpose == "free" else "Đơn vị"


def _secret(view: BallotView) -> bool:
    return view.rule.secret is not False


def _slip_places(data: PaperData, subject: Subject) -> Mapping[str, Place]:
    view = view_for(data, subject)
    kind = "PHIẾU LẤY Ý KIẾN" if view.sheet.purpose == "free" else "PHIẾU BẦU"
    slip: tuple[Heading | Paragraph | Note | Table, ...] = (
        Paragraph(plain_line(data.cluster_name.upper()), Align.CENTRE, flush=True),
        Heading(kind, 0, marked=False),
        Paragraph(plain_line(titled(view.sheet), bold=True), Align.CENTRE, flush=True),
        Note(plain_line(_instruction(view))),
        _choices(view),
        *(
            [Note(plain_line("Không ký tên, không ghi gì khác lên phiếu."))]
            if _secret(view)
            else []
        ),
    )
    across, count = _sheet_of_slips(data, view)
    return {**_ballot_places(data, view), "phiếu": (Slips((slip,) * count, across),)}


def _sheet_of_slips(data: PaperData, view: BallotView) -> tuple[int, int]:
    """How many slips stand side by side, and how many on a page."""
    for across in (2, 1):
        rows = PAGE_MM // _slip_mm(data, view, across)
        if rows:
            return across, across * rows
    return 1, 1


def _slip_mm(data: PaperData, view: BallotView, across: int) -> int:
    """A generous guess at the height of a slip by how often its words break."""
    wide = 3 - across  # twice as many letters on a line where one slip has the whole width

    def lines(text: str, letters: int) -> int:
        return -(-len(text) // (letters * wide))

    head = 7 * lines(data.cluster_name, 24) + 7 * lines(titled(view.sheet), 30)
    head += 5 * lines(_instruction(view), 46)
    rows = sum(3 + 5 * lines(name, 24) for name in candidate_names(view).values())
    return 36 + head + rows


# ---------------------------------------------------------------------- opinions of absentees
def _opinion_places(data: PaperData, subject: Subject) -> Mapping[str, Place]:
    view = view_for(data, subject)
    secret = (
        "Phiếu này không ký tên, không ghi tên người cho ý kiến. Đề nghị để phiếu vào phong bì "
        "dán kín; họ tên, đơn vị chỉ ghi ngoài phong bì để Ban kiểm phiếu đối chiếu với danh sách "
        "người vắng mặt."
    )
    opened = "Người cho ý kiến ghi rõ họ tên, chức vụ, đơn vị và ký tên ở cuối phiếu này."
    return {
        **_ballot_places(data, view),
        "cách ghi phiếu": _instruction(view),
        "các lựa chọn": (_choices(view),),
        "giữ kín": secret if _secret(view) else opened,
    }


def _written_subjects(data: PaperData) -> tuple[Subject, ...]:
    """The ballots in which the rules count what absentees write."""
    return tuple(s for s in subjects(data) if view_for(data, s).rule.written)


# ---------------------------------------------------------------------- the minutes of the count
def _count_places(data: PaperData, subject: Subject) -> Mapping[str, Place]:
    view = view_for(data, subject)
    sheet = view.sheet
    held = _conference(data, view)
    day = sheet.counted_on or (held.date if held else None)
    return {
        **_ballot_places(data, view),
        "ngày kiểm phiếu": f"ngày {day:%d/%m/%Y}" if day else "ngày …/…/……",
        "hình thức bỏ phiếu": "Bỏ phiếu kín" if _secret(view) else "Bỏ phiếu công khai",
        "ban kiểm phiếu": ", ".join(sheet.tellers) or DOTS * 3,
        "nội dung và danh sách": tuple(_about(data, view)),
        "các lần trước": tuple(_line(words) for words in earlier(data, view))
        or (_line("Đây là lần bỏ phiếu đầu tiên về nội dung này."),),
        "số phiếu": tuple(_numbers(view)),
        "kết quả kiểm phiếu": tuple(_votes(view)),
        "cách xác định": tuple(_rules(data, view)),
        "kết luận": tuple(_conclusion(data, view)),
        "chữ ký ban kiểm phiếu": (_teller_signatures(view),),
    }


def _about(data: PaperData, view: BallotView) -> Iterator[Block]:
    sheet = view.sheet
    tie = next((t for t in ties_of(data) if t.id == sheet.question), None)
    if sheet.totals:
        yield _line(_voted_totals(data, view))
    elif tie is not None:
        yield _line(tie_sentence(data, tie))
    if tie is not None:
        yield from _tentative(data)
    names = "; ".join(candidate_names(view).values())
    listed = f"{number_words(len(sheet.candidates))} {_candidates_head(view).lower()}: {names}."
    if approving(view):
        yield _line(f"Đồng ý hoặc không đồng ý với từng dòng trong danh sách {listed}")
    else:
        yield _line(f"Chọn {number_words(sheet.places)} trong danh sách {listed}")


def _voted_totals(data: PaperData, view: BallotView) -> str:
    """The points that tied when the ballot was opened; the present ones may be others."""
    names, award = candidate_names(view), data.names.awards.get(view.sheet.award or "", "")
    points = "; ".join(
        f"{names.get(unit) or data.names.units.get(unit, unit)} {data.figures.published(total)}"
        for unit, total in view.sheet.totals.items()
    )
    return f"Kết quả bằng nhau khi mở phiếu, ở vị trí xét đề nghị tặng {award}: {points}."


def _tentative(data: PaperData) -> Iterator[Block]:
    """That the points voted on are provisional, and why; the ballot falls with them."""
    draft = draft_of(data.assessment)
    if draft is not None:
        reasons = " ".join(draft.reasons)
        yield _line(f"Kết quả chấm điểm khi lập biên bản này là tạm tính. {reasons}")


def _numbers(view: BallotView) -> Iterator[Block]:
    ballot = view.ballot
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Số liệu", min_mm=80, weight=4),
        Column("Số lượng", Align.RIGHT, min_mm=25),
    )
    rows = (
        Row((cell(str(number)), cell(words), cell(_count(ballot, name))))
        for number, (name, words) in enumerate(COUNTS.items(), start=1)
    )
    yield Table(columns, tuple(rows))
    if ballot is not None:
        yield _line(_reconciled(ballot))


def _count(ballot: Ballot | None, name: str) -> str:
    if ballot is None:
        return ""
    number: int | None = getattr(ballot, name)
    return "không ghi" if number is None else str(number)


def _reconciled(ballot: Ballot) -> str:
    """The papers held against each other: what came back is valid, invalid or blank."""
    parts = (ballot.valid, ballot.invalid, ballot.blank)
    known = [part for part in parts if part is not None]
    if ballot.returned is None or len(known) < len(parts):
        return "Chưa đối chiếu được số phiếu vì có số liệu không ghi."
    total = sum(known)
    words = f"Đối chiếu: hợp lệ {parts[0]} + không hợp lệ {parts[1]} + trắng {parts[2]} = {total}"
    if total != ballot.returned:
        return f"{words}, khác số phiếu thu về ({ballot.returned})."
    words += ", khớp với số phiếu thu về"
    if ballot.issued is None or ballot.issued <= ballot.returned:
        return f"{words}."
    return f"{words}; {ballot.issued - ballot.returned} phiếu phát ra không thu về."


def _votes(view: BallotView) -> Iterator[Block]:
    """Each candidate with the votes that count and their share.

    Papers and written opinions stand in one sum: where one absentee wrote, a figure of its own
    would say how that one voted.
    """
    ballot, result = view.ballot, view.result
    heads = ("Đồng ý", "Không đồng ý") if approving(view) else ("Số phiếu",)
    base = result.base_count if result is not None else None
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column(_candidates_head(view), min_mm=60, weight=4),
        *(Column(head, Align.RIGHT, min_mm=20) for head in heads),
        Column(f"Tỷ lệ trên {base_words(view)} (%)", Align.DECIMAL, min_mm=34),
    )
    rows = []
    for number, (key, name) in enumerate(candidate_names(view).items(), start=1):
        figures = ["", "", ""][-len(heads) - 1 :]
        if ballot is not None and result is not None:
            votes = result.votes.get(key, 0)
            no = votes_against(view, key)
            against = [BLANK if no is None else str(no)] if approving(view) else []
            figures = [str(votes), *against, _share(votes, base)]
        rows.append(Row((cell(str(number)), cell(name), *(cell(text) for text in figures))))
    if result is not None and not approving(view):
        total = str(sum(result.votes.values()))
        rows.append(Row((cell(""), cell("Cộng"), cell(total), cell("")), RowKind.TOTAL))
    yield Table(columns, tuple(rows))
    if base is not None:
        yield Note(plain_line(f"Tỷ lệ tính trên {base_words(view)}: {base}."))
    if ballot is not None and ballot.written_returned:
        counted = "đã gồm" if view.rule.written else "không gồm"
        yield Note(
            plain_line(f"Số phiếu trên đây {counted} ý kiến bằng văn bản của người vắng mặt.")
        )


def _share(votes: int, base: int | None) -> str:
    return vietnamese(Fraction(votes * 100, base), 2) if base else BLANK


def _rules(data: PaperData, view: BallotView) -> Iterator[Block]:
    yield _line(threshold_sentence(view))
    yield _line(quorum_sentence(view))
    words = rule_sentence(data, view.rule.clause)
    if words:
        yield _line(words)
        yield from source_notes(data.citations)


def _conclusion(data: PaperData, view: BallotView) -> Iterator[Block]:
    yield _line(outcome_sentence(data, view))
    tie = next((t for t in ties_of(data) if t.id == view.sheet.question), None)
    undecided = view.state in (BallotState.LEVEL, BallotState.FAILED, BallotState.NO_QUORUM)
    if undecided and tie is not None and tie.resolved_by is None:
        yield _line(next_step(tie, data))
    sheet = view.sheet
    if sheet.stage is BallotStage.CONFIRMED and sheet.confirmed_on is not None:
        day = f"{sheet.confirmed_on:%d/%m/%Y}"
        yield _line(f"Kết quả kiểm phiếu do {sheet.confirmed_by} xác nhận ngày {day}.")


def _teller_signatures(view: BallotView) -> Table:
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Họ và tên thành viên Ban kiểm phiếu", min_mm=70, weight=2),
        Column("Chữ ký", min_mm=50, weight=2),
    )
    names = view.sheet.tellers or ("", "", "")
    rows = (
        Row((cell(str(number)), cell(name), cell(""))) for number, name in enumerate(names, start=1)
    )
    return Table(columns, tuple(rows))


def _count_reasons(data: PaperData, subject: Subject) -> tuple[str, ...]:
    """Why the minutes are a draft: not counted, not confirmed, or not used."""
    view = view_for(data, subject)
    reasons = [*open_reasons(view)]
    if view.state is BallotState.VOID:
        reasons.append(outcome_sentence(data, view))
    return tuple(reasons)


CONTENTS: Final[Mapping[str, Contents]] = {
    "phieu_bau": Contents(places=_slip_places, subjects=subjects),
    "phieu_lay_y_kien": Contents(places=_opinion_places, subjects=_written_subjects),
    "bien_ban_kiem_phieu": Contents(
        places=_count_places, reasons=_count_reasons, subjects=subjects
    ),
}
