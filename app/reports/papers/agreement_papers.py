"""The minutes of settling the points: the cluster's review, and the agreement with the department.

Both hold what a later hand gave against what the unit gave itself, with the reason that was
written down; what nobody wrote down is room to write in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from app.domain.snapshot import Unit
from app.domain.year import RoundStage
from app.ground.numbers import vietnamese
from app.reports.charts.description import MINUS
from app.reports.charts.from_assessment import has_points
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
from app.reports.figures import BLANK, LEGEND, counted_points
from app.reports.papers.contents import Contents
from app.reports.papers.data import PaperData, Subject
from app.reports.papers.explanation_papers import explanations_of, is_open
from app.reports.papers.meetings import attendance_blocks, held_of, subjects_of_kind
from app.reports.papers.places import conference_places
from app.reports.papers.round_scores import (
    RoundScores,
    differs,
    round_of,
    said_points,
    said_words,
)
from app.reports.papers.self_score_papers import code_and_title, hand_words, self_scores
from app.reports.papers.wording import DOTS, Place
from app.reports.rounds import round_head
from app.rules.pack import Round
from app.scoring.assessment import CriterionScore

_DONE: Final = frozenset({RoundStage.ACCEPTED, RoundStage.SEALED})


def _signed(data: PaperData, value: Fraction) -> str:
    """ "−10,53": a difference with its sign; nothing where there is none."""
    if not value:
        return ""
    sign = "+" if value > 0 else MINUS
    return sign + data.figures.published(abs(value))


def _published(data: PaperData, total: Fraction | None) -> str:
    return BLANK if total is None else data.figures.published(total)


class _Rounds:
    """The rounds side by side: what each gave to each criterion and in all."""

    def __init__(self, data: PaperData, turns: Sequence[Round]) -> None:
        self.data, self.turns = data, turns
        self.scores = [RoundScores(data.assessment, turn) for turn in turns]
        self.figures = data.figures

    def heads(self) -> tuple[Column, ...]:
        """A column for each round."""
        heads = (round_head(self.data.assessment, turn) for turn in self.turns)
        return tuple(Column(head, Align.DECIMAL, weight=0) for head in heads)

    def changed(self, unit: str) -> list[CriterionScore]:
        """The criteria on which a later round says something else than an earlier one."""
        card = self.data.assessment.units[unit].card
        own = self.scores[0]
        return [
            score
            for score in card.criteria.values()
            if own.hand(unit, score.code) is None and self._moved(score)
        ]

    def _moved(self, score: CriterionScore) -> bool:
        """Whether a round gave something else than the round that had the word before it."""
        last, *later = (turn.id for turn in self.turns)
        for turn in later:
            if turn in score.rounds:
                if differs(score, last, turn):
                    return True
                last = turn
        return False

    def words(self, unit: str, score: CriterionScore) -> tuple[str, ...]:
        """What each round gave; a round that left the points as they were stands empty."""
        places = self.figures.digits
        first, *others = self.turns
        later = []
        for turn, scores in zip(others, self.scores[1:], strict=True):
            there = scores.card(unit).criteria.get(score.code)
            spoken = turn.id in score.rounds or there is None or there.round is None
            later.append(said_words(self.figures, score, turn.id, places) if spoken else "")
        return said_words(self.figures, score, first.id, places), *later

    def reasons(self, score: CriterionScore) -> str:
        """Why the points were changed; room to write where nobody said why."""
        said = [score.rounds[turn.id] for turn in self.turns[1:] if turn.id in score.rounds]
        reasons = [one.reason.strip() for one in said if one.reason.strip()]
        return "; ".join(dict.fromkeys(reasons)) or DOTS

    def totals_note(self) -> Iterator[Note]:
        """Which criteria are not in the sums of the earlier rounds, and whose they are."""
        hands = [
            row.hand
            for row in self.data.assessment.pack.rules.criteria
            if row.hand not in (None, self.turns[0].hand)
        ]
        for hand in dict.fromkeys(hands):
            early = [t for t in self.turns if t.hand != hand]
            if early and any(self._has(hand, scores) for scores in self.scores[:1]):
                heads = ", ".join(f"“{round_head(self.data.assessment, t)}”" for t in early)
                words = f"Tổng ở cột {heads} chưa gồm các tiêu chí do "
                yield Note(plain_line(f"{words}{hand_words(self.data, str(hand))} chấm."))

    def _has(self, hand: str | None, scores: RoundScores) -> bool:
        units = (unit.id for unit in self.data.units)
        return any(
            scores.hand(unit, code) == hand for unit in units for code in scores.card(unit).criteria
        )


# ---------------------------------------------------------------------- the cluster's review
def _reviewed(data: PaperData) -> Round | None:
    return round_of(data.assessment, "leader")


def _review_subjects(data: PaperData) -> tuple[Subject, ...]:
    """The preparatory meetings of the year; one paper to fill in where none was noted."""
    return subjects_of_kind("preparatory")(data) if _reviewed(data) is not None else ()


def _review_places(data: PaperData, subject: Subject) -> Mapping[str, Place]:
    turn = _reviewed(data)
    assert turn is not None, "without a round of the cluster there is no such paper"
    held = held_of(data, subject)
    rounds = _Rounds(data, (self_scores(data).turn, turn))
    return {
        **conference_places(held),
        "thành phần tham dự": tuple(attendance_blocks(data, held)),
        "tổng hợp các vòng chấm": tuple(_review_totals(rounds)),
        "tiêu chí thay đổi": tuple(_changes(rounds, _review_row)),
        "nội dung đã giải trình": tuple(_explained(data)),
    }


def _review_totals(rounds: _Rounds) -> Iterator[Block]:
    """Each unit's total as it claimed it and as the cluster left it."""
    data = rounds.data
    own, reviewed = rounds.scores
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Đơn vị", min_mm=45, weight=4),
        *rounds.heads(),
        Column("Chênh lệch", Align.DECIMAL, weight=0),
        Column("Số tiêu chí thay đổi", Align.CENTRE, weight=0),
        Column("Số tiêu chí chưa chấm", Align.CENTRE, weight=0),
    )
    rows = []
    for number, unit in enumerate(data.units, start=1):
        first, second = own.total(unit.id), reviewed.total(unit.id)
        words = (
            *(str(number), unit.name),
            *(_published(data, first), _published(data, second)),
            BLANK if first is None or second is None else _signed(data, second - first),
            *(str(len(rounds.changed(unit.id))), str(len(reviewed.blanks(unit.id)))),
        )
        rows.append(Row(tuple(cell(text) for text in words)))
    yield Table(columns, tuple(rows))
    yield from rounds.totals_note()
    yield Note(plain_line(data.figures.statement()))


def _changes(
    rounds: _Rounds, row: Callable[[_Rounds, Unit, CriterionScore], Row]
) -> Iterator[Block]:
    """The changed criteria below the units that they belong to."""
    columns: tuple[Column, ...] = (
        Column("Tiêu chí", min_mm=48, weight=4),
        Column("Điểm tối đa", Align.DECIMAL, weight=0),
        *rounds.heads(),
        Column("Chênh lệch" if row is _review_row else "Thống nhất", Align.DECIMAL, weight=0),
        Column("Lý do", min_mm=40, weight=4),
    )
    rows: list[Row] = []
    for unit in rounds.data.units:
        changed = rounds.changed(unit.id)
        if changed:
            rows.append(Row((cell(unit.name, span=len(columns)),), RowKind.GROUP))
            rows += [row(rounds, unit, score) for score in changed]
    own = rounds.scores[0]
    same = [
        unit.name
        for unit in rounds.data.units
        if own.total(unit.id) is not None and not rounds.changed(unit.id)
    ]
    if rows:
        yield Table(columns, tuple(rows), top=True)
        yield Note(plain_line(LEGEND.partition("; ô trống")[0] + "; ô trống: giữ điểm trước đó."))
    if same:
        kept = "Các đơn vị giữ nguyên điểm tự chấm ở những tiêu chí đơn vị tự chấm"
        yield Paragraph(plain_line(f"{kept}: {', '.join(same)}."))


def _review_row(rounds: _Rounds, unit: Unit, score: CriterionScore) -> Row:
    first, second = (said_points(score.rounds.get(turn.id)) for turn in rounds.turns)
    known = first is not None and second is not None
    difference = (second or Fraction(0)) - (first or Fraction(0))
    words = (
        code_and_title(rounds.data.assessment.units[unit.id].card, score.code),
        vietnamese(score.max),
        *rounds.words(unit.id, score),
        _signed(rounds.data, difference) if known else BLANK,
        rounds.reasons(score),
    )
    return Row(tuple(cell(text) for text in words))


def _explained(data: PaperData) -> Iterator[Block]:
    """What units were asked and what they answered."""
    rows: list[Row] = []
    for unit in data.units:
        card = data.assessment.units[unit.id].card
        for asked in explanations_of(data, unit.id):
            answer = "Chưa giải trình." if is_open(asked) else (asked.answer or "").strip()
            title = code_and_title(card, asked.criterion)
            words = (str(len(rows) + 1), unit.name, title, asked.question, answer)
            rows.append(Row(tuple(cell(text) for text in words)))
    if not rows:
        yield Paragraph(plain_line("Không có nội dung phải giải trình."))
        return
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Đơn vị", min_mm=28, weight=2),
        Column("Tiêu chí", min_mm=36, weight=3),
        Column("Nội dung được yêu cầu", min_mm=36, weight=3),
        Column("Giải trình của đơn vị", min_mm=36, weight=3),
    )
    yield Table(columns, tuple(rows), top=True)


def _review_reasons(data: PaperData, _subject: Subject) -> tuple[str, ...]:
    turn = _reviewed(data)
    return _unfinished(data, turn) if turn is not None else ()


def _unfinished(data: PaperData, turn: Round) -> tuple[str, ...]:
    """Whose points of a round are not all there, or not yet closed."""
    scores = RoundScores(data.assessment, turn)
    blank = [f"{u.name} ({n})" for u in data.units if (n := len(scores.blanks(u.id)))]
    reasons = [f"Còn tiêu chí chưa chấm: {', '.join(blank)}."] if blank else []
    if data.book.period is not None:
        stages = {s.unit: s.stage for s in data.book.round_states if s.round == turn.id}
        unsealed = [unit.name for unit in data.units if stages.get(unit.id) not in _DONE]
        if unsealed:
            listed = "tất cả các đơn vị" if len(unsealed) == len(data.units) else None
            listed = listed or ", ".join(unsealed)
            reasons.append(f"Vòng “{turn.title}” chưa chốt với {listed}.")
    return tuple(reasons)


# ---------------------------------------------------------------------- with the department
def _agreed(data: PaperData) -> tuple[Round, ...]:
    """The rounds that stand side by side: the unit's, the cluster's, the department's."""
    hands = (self_scores(data).turn, _reviewed(data), round_of(data.assessment, "department"))
    found = [turn for turn in hands if turn is not None]
    return tuple({turn.id: turn for turn in found}.values())


def _agreement_subjects(data: PaperData) -> tuple[Subject, ...]:
    return (Subject(),) if round_of(data.assessment, "department") is not None else ()


def _agreement_places(data: PaperData, _subject: Subject) -> Mapping[str, Place]:
    rounds = _Rounds(data, _agreed(data))
    return {
        "điểm các vòng và điểm thống nhất": tuple(_agreement_totals(rounds)),
        "tiêu chí thay đổi": tuple(_changes(rounds, _agreement_row)),
        "nội dung chưa thống nhất": tuple(_open_questions(data)),
    }


def _agreement_totals(rounds: _Rounds) -> Iterator[Block]:
    data = rounds.data
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Đơn vị", min_mm=45, weight=4),
        *rounds.heads(),
        Column("Điểm thống nhất", Align.DECIMAL, weight=0),
    )
    rows = []
    for number, unit in enumerate(data.units, start=1):
        totals = [scores.total(unit.id) for scores in rounds.scores]
        card = data.assessment.units[unit.id].card
        agreed = card.total if has_points(card) else None
        rows.append(
            Row(
                (
                    *(cell(str(number)), cell(unit.name)),
                    *(cell(_published(data, total)) for total in totals),
                    cell(_published(data, agreed), bold=True),
                )
            )
        )
    yield Table(columns, tuple(rows))
    yield from rounds.totals_note()
    rules = data.assessment.pack.rules
    if rules.bonus.items or rules.deductions.items:
        words = "Điểm thưởng, điểm trừ ngoài bảng tiêu chí chỉ tính vào cột “Điểm thống nhất”."
        yield Note(plain_line(words))
    yield Note(plain_line(data.figures.statement()))


def _agreement_row(rounds: _Rounds, unit: Unit, score: CriterionScore) -> Row:
    words = (
        code_and_title(rounds.data.assessment.units[unit.id].card, score.code),
        vietnamese(score.max),
        *rounds.words(unit.id, score),
        counted_points(rounds.figures, score, rounds.figures.digits),
        rounds.reasons(score),
    )
    return Row(tuple(cell(text) for text in words))


def _open_questions(data: PaperData) -> Iterator[Block]:
    here = {unit.id for unit in data.units}
    found = [q for q in data.assessment.open_questions if not q.units or here & set(q.units)]
    for question in found:
        yield Paragraph(plain_line(f"- {data.names.sentence(question.what).rstrip('.')}."))
    if not found:
        yield Paragraph(plain_line("Không có."))


CONTENTS: Final[Mapping[str, Contents]] = {
    "bien_ban_hop_ra_soat": Contents(
        places=_review_places, reasons=_review_reasons, subjects=_review_subjects
    ),
    "bien_ban_thong_nhat_diem": Contents(places=_agreement_places, subjects=_agreement_subjects),
}
