"""The measured quantity that several methods look at: a value, a percent of plan, a delay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from app.domain.snapshot import Figure
from app.domain.step import Step, StepRule
from app.rules.base import OpenMark, is_open
from app.rules.methods.base import (
    Direction,
    FigureKind,
    FigureSpec,
    Given,
    Inapplicable,
    MethodModel,
    Scored,
    Undecided,
    date_words,
    given_step,
    number_of,
    show,
)

Input = Literal[
    "value",
    "plan_percent",
    "ratio_percent",
    "change_percent",
    "difference",
    "days_late",
    "average_percent",
    "best_percent",
]
"""What a band, a threshold or a rank looks at; see ``MeasuredMethod.input``."""

ZeroBase = Literal["full", "zero", "not_applicable"] | OpenMark
"""What holds when the plan, base, whole, average or best value is zero or negative."""

Pending = Literal["count", "leave_out"] | OpenMark
"""How cases without an outcome yet are taken, where a part of a whole is measured."""

PENDING = FigureSpec("pending", FigureKind.NUMBER, "Số chưa có kết quả", required=False)

_ZERO = Fraction(0)
_SPECS: dict[str, tuple[FigureSpec, ...]] = {
    "value": (FigureSpec("value", FigureKind.NUMBER, "Giá trị"),),
    "plan_percent": (
        FigureSpec("plan", FigureKind.NUMBER, "Kế hoạch"),
        FigureSpec("actual", FigureKind.NUMBER, "Thực hiện"),
    ),
    "ratio_percent": (
        FigureSpec("part", FigureKind.NUMBER, "Số đạt"),
        FigureSpec("whole", FigureKind.NUMBER, "Tổng số"),
    ),
    "change_percent": (
        FigureSpec("base", FigureKind.NUMBER, "Kỳ gốc"),
        FigureSpec("actual", FigureKind.NUMBER, "Thực hiện"),
    ),
    "difference": (
        FigureSpec("base", FigureKind.NUMBER, "Kỳ gốc"),
        FigureSpec("actual", FigureKind.NUMBER, "Thực hiện"),
    ),
    "days_late": (
        FigureSpec("due", FigureKind.DATE, "Hạn"),
        FigureSpec("done", FigureKind.DATE, "Ngày hoàn thành"),
    ),
    "average_percent": (FigureSpec("value", FigureKind.NUMBER, "Giá trị"),),
    "best_percent": (FigureSpec("value", FigureKind.NUMBER, "Giá trị"),),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A measured quantity: its value, its unit of measure, and how it was found."""

    value: Fraction
    unit: str
    how: str
    parts: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class NoBase:
    """Nothing to divide by: the base ``title`` is zero or negative."""

    title: str
    value: Fraction


@dataclass(frozen=True, slots=True)
class Unsettled(NoBase):
    """Cases without an outcome, and the text does not say how they are taken."""


class MeasuredMethod(MethodModel):
    """Common part of methods that look at one measured quantity.

    ``input`` says which: ``value`` as given; ``plan_percent`` = actual / plan × 100 (for
    ``direction = "lower"``: plan / actual × 100); ``ratio_percent`` = part / whole × 100;
    ``change_percent`` = (actual − base) / base × 100 and ``difference`` = actual − base (sign
    turned for ``lower``); ``days_late`` = done − due in calendar days (0 when on time);
    ``average_percent`` and ``best_percent`` compare the value with the average or the best of
    all units of the cluster in the same round.

    ``pending`` (with ``ratio_percent``) asks for the figure ``pending``, the cases of the whole
    that have no outcome yet: ``count`` leaves them in the whole as not reached, ``leave_out``
    takes them out of it; open, any above zero is a question.
    """

    input: Input = "value"
    direction: Direction = "higher"
    zero_base: ZeroBase = "open"
    pending: Pending | None = None

    @property
    def compares(self) -> bool:
        """Whether the other units' figures are looked at, by the method or its input."""
        return self.comparative or self.input in ("average_percent", "best_percent")

    def figure_specs(self) -> tuple[FigureSpec, ...]:
        """The figures of the chosen input."""
        specs = _SPECS[self.input]
        return (*specs, PENDING) if self._knows_pending else specs

    @property
    def _knows_pending(self) -> bool:
        return self.pending is not None and self.input == "ratio_percent"

    def read(self, given: Given) -> Reading | NoBase:
        """The quantity of the own unit with its explanation; call ``lacking`` before."""
        return self._read(given.figures, given.peers, explained=True)

    def value_of(
        self, figures: Mapping[str, Figure], peers: Mapping[str, Mapping[str, Figure]]
    ) -> Fraction | None:
        """The bare quantity that ``figures`` (complete) amount to; ``None`` without a base."""
        reading = self._read(figures, peers, explained=False)
        return reading.value if isinstance(reading, Reading) else None

    def _read(
        self,
        figures: Mapping[str, Figure],
        peers: Mapping[str, Mapping[str, Figure]],
        *,
        explained: bool,
    ) -> Reading | NoBase:
        if self.input == "days_late":
            return _days_late(figures)
        specs = _SPECS[self.input]
        numbers = [number_of(figures, spec.name) or _ZERO for spec in specs]
        steps: tuple[Step, ...] = ()
        if explained:
            steps = tuple(given_step(s.title, n) for s, n in zip(specs, numbers, strict=True))
        lower = self.direction == "lower"
        match self.input:
            case "value":
                return Reading(numbers[0], "", f"giá trị {show(numbers[0])}", steps)
            case "average_percent" | "best_percent":
                return self._compared(numbers[0], peers, steps)
            case "difference":
                gain = (numbers[0] - numbers[1]) if lower else (numbers[1] - numbers[0])
                return Reading(gain, "", f"chênh lệch {show(gain)} so với kỳ gốc", steps)
        first, second = numbers
        match self.input:
            case "plan_percent":
                top, bottom, title = (
                    (first, second, "Thực hiện")
                    if lower
                    else (
                        second,
                        first,
                        "Kế hoạch",
                    )
                )
                words = "kế hoạch / thực hiện" if lower else "thực hiện / kế hoạch"
            case "ratio_percent":
                return self._ratio(first, second, number_of(figures, PENDING.name), steps)
            case _:
                top, bottom, title = (second - first) * (-1 if lower else 1), first, "Kỳ gốc"
                words = (
                    "(kỳ gốc - thực hiện) / kỳ gốc" if lower else ("(thực hiện - kỳ gốc) / kỳ gốc")
                )
        if bottom <= 0:
            return NoBase(title, bottom)
        percent = top / bottom * 100
        how = f"{words} = {show(top)} / {show(bottom)} = {show(percent)} %" if explained else ""
        return Reading(percent, " %", how, steps)

    def _ratio(
        self, part: Fraction, whole: Fraction, waiting: Fraction | None, steps: tuple[Step, ...]
    ) -> Reading | NoBase:
        words = "số đạt / tổng số"
        if self._knows_pending and waiting is not None and waiting > 0:
            steps = (*steps, given_step(PENDING.title, waiting))
            if is_open(self.pending):
                return Unsettled(PENDING.title, waiting)
            if self.pending == "leave_out":
                whole -= waiting
                words = f"số đạt / (tổng số - {show(waiting)} chưa có kết quả)"
        if whole <= 0:
            return NoBase("Tổng số", whole)
        percent = part / whole * 100
        how = f"{words} = {show(part)} / {show(whole)} = {show(percent)} %"
        return Reading(percent, " %", how, steps)

    def _compared(
        self,
        own: Fraction,
        peers: Mapping[str, Mapping[str, Figure]],
        steps: tuple[Step, ...],
    ) -> Reading | NoBase:
        values = [v for f in peers.values() if (v := number_of(f, "value")) is not None]
        if not values:
            values = [own]
        if self.input == "average_percent":
            base, title = sum(values, Fraction(0)) / len(values), "Bình quân các đơn vị"
        elif self.direction == "lower":
            base, title = min(values), "Giá trị tốt nhất"
        else:
            base, title = max(values), "Giá trị tốt nhất"
        top, bottom = (base, own) if self.direction == "lower" else (own, base)
        if bottom <= 0:
            return NoBase(title, bottom)
        percent = top / bottom * 100
        how = f"{show(top)} / {show(bottom)} = {show(percent)} % ({title.lower()}: {show(base)})"
        return Reading(percent, " %", how, (*steps, given_step(title, base)))

    def without_base(self, given: Given, no_base: NoBase) -> Scored | Inapplicable | Undecided:
        """The stated answer for a base of zero or below; see ``ZeroBase`` and ``Pending``."""
        if isinstance(no_base, Unsettled):
            what = f"{show(no_base.value)} trường hợp chưa có kết quả, quy định không nói tính sao"
            return self.undecided("pending", given, what)
        what = f"{no_base.title} bằng {show(no_base.value)}, không chia được"
        match self.zero_base:
            case "full":
                return Scored(_no_base_step(given.max, f"{what}: tính điểm tối đa"))
            case "zero":
                return Scored(_no_base_step(Fraction(0), f"{what}: 0 điểm"))
            case "not_applicable":
                return Inapplicable(f"{what}: không thuộc diện chấm")
        assert is_open(self.zero_base)
        return self.undecided("zero_base", given, what)


def _no_base_step(value: Fraction, how: str) -> Step:
    return Step(value, how, None, StepRule.TABLE)


def _days_late(figures: Mapping[str, Figure]) -> Reading:
    due, done = figures["due"], figures["done"]
    assert isinstance(due, dt.date)
    assert isinstance(done, dt.date)
    days = max(0, (done - due).days)
    how = f"hạn {date_words(due)}, hoàn thành {date_words(done)}: chậm {days} ngày"
    return Reading(Fraction(days), " ngày", how, ())
