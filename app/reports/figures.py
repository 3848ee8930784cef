"""How points, figures and the four states of a cell stand on a paper.

Nothing is worked out here but the last printed digit of a number that the pack leaves
unrounded; published totals are printed as they are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from app.domain.snapshot import EntryState, Figure
from app.ground.numbers import Rounding, is_decimal, round_to, to_decimal, vietnamese
from app.scoring.assessment import Assessment, CriterionScore, UnitCard

BLANK: Final = "—"
NOT_ASSIGNED: Final = "KG"
NOT_DONE: Final = "KTH"
LEGEND: Final = (
    f"Ký hiệu: “{BLANK}” chưa chấm; “{NOT_ASSIGNED}” không được giao; "
    f"“{NOT_DONE}” không thực hiện; số 0 là điểm đã chấm; ô trống: vòng đó không chấm riêng."
)


class Figures:
    """Prints numbers with the decimals and the rounding of a pack."""

    def __init__(self, assessment: Assessment) -> None:
        scoring = assessment.pack.rules.scoring
        assert scoring is not None, "a points pack has scoring settings"
        self.digits = scoring.digits
        self.mode = scoring.rounding
        self.place = scoring.round_at

    def published(self, value: Fraction) -> str:
        """A published number, with all decimals of the pack: 964,50."""
        return self.fixed(value, self.digits)

    def fixed(self, value: Fraction, places: int) -> str:
        """A number with so many decimals."""
        return vietnamese(round_to(value, places, self.mode), places)

    def short(self, value: Fraction) -> str:
        """A number without needless decimals, with ≈ where the pack's decimals cut it."""
        rounded = round_to(value, self.digits, self.mode)
        return vietnamese(rounded) if rounded == value else f"≈ {vietnamese(rounded)}"

    def long(self, value: Fraction) -> str:
        """A number before rounding: in full, or with two more decimals than the pack has."""
        text = vietnamese(value)
        if "/" in text or len(text.partition(",")[2]) > self.digits + 2:
            return f"≈ {vietnamese(value, self.digits + 2)}"
        return text

    def statement(self) -> str:
        """Where and how the pack rounds, as one sentence."""
        place = {"criterion": "từng tiêu chí", "section": "từng phần", "total": "tổng điểm"}
        mode = {
            Rounding.HALF_UP: "từ 5 trở lên thì tăng",
            Rounding.HALF_EVEN: "đúng một nửa thì về số chẵn",
            Rounding.DOWN: "bỏ phần lẻ",
            Rounding.UP: "làm tròn lên",
        }
        return (
            f"Điểm được làm tròn một lần tại {place[self.place]}, "
            f"đến {self.digits} chữ số thập phân ({mode[self.mode]})."
        )

    def places(self, values: Iterable[Fraction]) -> int:
        """The decimals that a column needs, at most those of the pack."""
        return max((min(self.digits, _decimals(value)) for value in values), default=0)


def _decimals(value: Fraction) -> int:
    if not is_decimal(value):
        return 99
    exponent = to_decimal(value).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def nothing_scored(card: UnitCard, code: str) -> bool:
    """Whether all criteria at and below a row are blank; a section that was sent is none such."""

    def below(inner: str) -> bool:
        return inner == code or inner.startswith(f"{code}.")

    if any(below(sent) or code.startswith(f"{sent}.") for sent in card.given_sections):
        return False
    states = [score.state for inner, score in card.criteria.items() if below(inner)]
    return bool(states) and all(state is EntryState.BLANK for state in states)


def state_mark(state: EntryState) -> str | None:
    """The mark of a cell that carries no score; ``None`` where it does."""
    marks = {
        EntryState.BLANK: BLANK,
        EntryState.NOT_ASSIGNED: NOT_ASSIGNED,
        EntryState.NOT_DONE: NOT_DONE,
    }
    return marks.get(state)


def round_points(figures: Figures, score: CriterionScore, name: str, places: int) -> str:
    """What a round gave a criterion; empty where it did not score it and another round did."""
    said = score.rounds.get(name)
    if said is None:
        return BLANK if score.state is EntryState.BLANK else ""
    mark = state_mark(said.state)
    if mark is not None:
        return mark
    return figures.fixed(said.points, places) if said.points is not None else BLANK


def counted_points(figures: Figures, score: CriterionScore, places: int) -> str:
    """The points that count, or the mark of the state."""
    return state_mark(score.state) or figures.fixed(score.exact, places)


def sentence(words: str) -> str:
    """Words with a capital at the start and a full stop at the end."""
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?")) else ".")


def state_words(state: EntryState) -> str:
    """The state of a cell in words."""
    words = {
        EntryState.SCORED: "đã chấm",
        EntryState.BLANK: "chưa chấm",
        EntryState.NOT_ASSIGNED: "không được giao",
        EntryState.NOT_DONE: "không thực hiện",
    }
    return words[state]


def figure_words(figure: Figure) -> str:
    """A figure as it is read: 112,5; có; 20/12/2022; Khá."""
    match figure:
        case bool():
            return "có" if figure else "không"
        case Fraction():
            return vietnamese(figure)
        case dt.date():
            return f"{figure:%d/%m/%Y}"
        case _:
            return figure
