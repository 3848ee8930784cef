"""What the cluster asks of a unit about its scores, and the unit's answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from app.domain.year import Explanation
from app.ground.numbers import vietnamese
from app.reports.document import Align, Block, Cell, Column, Line, Row, Table, cell, plain_line
from app.reports.papers.contents import Contents
from app.reports.papers.data import PaperData, Subject
from app.reports.papers.round_scores import said_words
from app.reports.papers.self_score_papers import code_and_title, receiver, self_scores
from app.reports.papers.wording import DOTS, Place
from app.scoring.assessment import UnitCard

_ROOM: Final = "\n".join([DOTS * 3] * 3)
"""Lines to be written on where a unit has not answered."""


def is_open(asked: Explanation) -> bool:
    """Whether a unit still owes the answer."""
    return not (asked.answer or "").strip()


def explanations_of(data: PaperData, unit: str) -> tuple[Explanation, ...]:
    """What was asked of a unit, in the order of the table and of the days."""
    order = list(data.assessment.units[unit].card.criteria)

    def place(asked: Explanation) -> tuple[int, str, str]:
        at = order.index(asked.criterion) if asked.criterion in order else len(order)
        return at, asked.asked.isoformat() if asked.asked else "", asked.id

    return tuple(sorted((e for e in data.book.explanations if e.unit == unit), key=place))


def _units(
    wanted: Callable[[Explanation], bool],
) -> Callable[[PaperData], tuple[Subject, ...]]:
    def found(data: PaperData) -> tuple[Subject, ...]:
        return tuple(
            Subject(unit.id, unit.name)
            for unit in data.units
            if any(wanted(asked) for asked in explanations_of(data, unit.id))
        )

    return found


class _Told:
    """The cells of the tables: a criterion with its maximum and what the unit gave itself."""

    def __init__(self, data: PaperData, unit: str) -> None:
        self.data = data
        self.scores = self_scores(data)
        self.unit = unit
        self.card: UnitCard = data.assessment.units[unit].card
        self.rounds = {r.id: r for r in data.assessment.pack.rules.rounds}

    def criterion(self, asked: Explanation) -> tuple[Cell, Cell, Cell]:
        """Title, maximum, self points; none for a group, or where another hand scores."""
        row = self.card.criteria.get(asked.criterion) or self.card.sections.get(asked.criterion)
        title = cell(code_and_title(self.card, asked.criterion))
        limit = cell(vietnamese(row.max) if row is not None else "")
        score = self.card.criteria.get(asked.criterion)
        if score is None or self.scores.hand(self.unit, score.code) is not None:
            return title, limit, cell("")
        words = said_words(self.data.figures, score, self.scores.turn.id, self.data.figures.digits)
        return title, limit, cell(words)

    def question(self, asked: Explanation) -> Cell:
        """What was asked, in which round and when."""
        turn = self.rounds.get(asked.round)
        day = f" ngày {asked.asked:%d/%m/%Y}" if asked.asked else ""
        lines: list[Line] = [plain_line(asked.question)]
        if turn is not None and turn.hand != "leader":
            lines.append(plain_line(f"(Vòng “{turn.title}”{day})", italic=True))
        elif day:
            lines.append(plain_line(f"(Yêu cầu{day})", italic=True))
        return Cell(tuple(lines))


def _columns(*last: Column) -> tuple[Column, ...]:
    return (
        Column("TT", Align.CENTRE, weight=0),
        Column("Tiêu chí", min_mm=42, weight=3),
        Column("Điểm tối đa", Align.DECIMAL, weight=0),
        Column("Điểm tự chấm", Align.DECIMAL, weight=0),
        *last,
    )


# ---------------------------------------------------------------------- the request
def _request_places(data: PaperData, subject: Subject) -> Mapping[str, Place]:
    owed = [asked for asked in explanations_of(data, subject.id) if is_open(asked)]
    return {"nội dung yêu cầu": (_requests(data, subject.id, owed),), "số nội dung": _count(owed)}


def _requests(data: PaperData, unit: str, owed: Sequence[Explanation]) -> Table:
    told = _Told(data, unit)
    rows = [
        Row((cell(str(number)), *told.criterion(asked), told.question(asked)))
        for number, asked in enumerate(owed, start=1)
    ]
    column = Column("Nội dung đề nghị giải trình", min_mm=60, weight=4)
    return Table(_columns(column), tuple(rows), top=True)


def _count(asked: Sequence[Explanation]) -> str:
    return f"{len(asked):02d}"


# ---------------------------------------------------------------------- the answer
def _answer_places(data: PaperData, subject: Subject) -> Mapping[str, Place]:
    asked = explanations_of(data, subject.id)
    return {
        "nội dung giải trình": tuple(_answers(data, subject.id, asked)),
        "nơi gửi phiếu": receiver(data, subject.id),
        "số nội dung": _count(asked),
    }


def _answers(data: PaperData, unit: str, asked: Sequence[Explanation]) -> Iterator[Block]:
    told = _Told(data, unit)
    rows = [
        Row((cell(str(number)), *told.criterion(one), told.question(one), _answer(one)))
        for number, one in enumerate(asked, start=1)
    ]
    columns = _columns(
        Column("Nội dung được yêu cầu", min_mm=40, weight=3),
        Column("Nội dung giải trình", min_mm=44, weight=3),
    )
    yield Table(columns, tuple(rows), top=True)


def _answer(asked: Explanation) -> Cell:
    words = (asked.answer or "").strip() or _ROOM
    lines = [plain_line(line) for line in words.split("\n")]
    if asked.answered and not is_open(asked):
        lines.append(plain_line(f"(Trả lời ngày {asked.answered:%d/%m/%Y})", italic=True))
    return Cell(tuple(lines))


CONTENTS: Final[Mapping[str, Contents]] = {
    "yeu_cau_giai_trinh": Contents(places=_request_places, subjects=_units(is_open)),
    "van_ban_giai_trinh": Contents(places=_answer_places, subjects=_units(lambda _asked: True)),
}
