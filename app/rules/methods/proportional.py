"""Methods that multiply the maximum by a ratio: plan, share, tasks, external scales."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from app.domain.step import Step, StepRule
from app.rules.base import Identifier, OpenMark, PackModel, Points, Positive, Text, is_open
from app.rules.methods.base import (
    FigureKind,
    FigureSpec,
    Given,
    Inapplicable,
    Lacking,
    MethodModel,
    Outcome,
    Scored,
    given_step,
    number_of,
    show,
)
from app.rules.methods.measure import Input, MeasuredMethod, NoBase

ZERO = Fraction(0)


class Proportional(MeasuredMethod):
    """The measured percent of the maximum, capped."""

    title: ClassVar[str] = "Tỷ lệ với kế hoạch (có trần)"
    formula: ClassVar[str] = "điểm = tối đa × min(phần trăm đạt, `cap`) / 100"
    edges: ClassVar[str] = (
        "Vượt `cap` (mặc định 100 %) thì dừng ở trần. Dưới `nothing_below` thì 0 điểm. Kế hoạch "
        "bằng 0 hoặc âm: theo `zero_base` (`full`, `zero`, `not_applicable`, `open`). Kết quả âm: "
        "0 điểm."
    )
    monotone: ClassVar[bool] = True
    kind: Literal["proportional"]
    input: Input = "plan_percent"
    cap: Points = Decimal(100)
    nothing_below: Points | None = None

    def score(self, given: Given) -> Outcome:
        """Maximum × percent, capped."""
        if lacking := self.lacking(given):
            return lacking
        reading = self.read(given)
        if isinstance(reading, NoBase):
            return self.without_base(given, reading)
        cap = Fraction(self.cap)
        if self.nothing_below is not None and reading.value < self.nothing_below:
            how = f"{reading.how}; dưới {show(Fraction(self.nothing_below))} %: 0 điểm"
            return Scored(Step(ZERO, how, None, StepRule.TABLE, reading.parts))
        if reading.value < 0:
            how = f"{reading.how}; kết quả âm: 0 điểm"
            return Scored(Step(ZERO, how, None, StepRule.CAP, reading.parts))
        percent = min(reading.value, cap)
        value = given.max * percent / 100
        how = f"{reading.how}; {show(given.max)} × {show(percent)} % = {show(value)} điểm"
        if reading.value > cap:
            how += f" (không quá {show(cap)} %)"
            return Scored(Step(value, how, None, StepRule.CAP, reading.parts))
        return Scored(Step(value, how, None, StepRule.FORMULA, reading.parts))

    def reach(self, maximum: Fraction) -> Fraction | None:
        """The maximum times the cap."""
        return maximum * Fraction(self.cap) / 100


class TaskRatio(MethodModel):
    """(n × i) / N with i = the maximum: tasks done of tasks assigned."""

    title: ClassVar[str] = "Số nhiệm vụ hoàn thành trên số được giao (n × i)/N"
    formula: ClassVar[str] = "điểm = n × i / N, i = điểm tối đa của tiêu chí"
    edges: ClassVar[str] = (
        "N = 0: không thuộc diện chấm (không chia). n > N: dừng ở điểm tối đa, nêu rõ."
    )
    monotone: ClassVar[bool] = True
    kind: Literal["task_ratio"]
    none_assigned: Literal["not_applicable", "full", "zero"] | OpenMark = "not_applicable"

    def figure_specs(self) -> tuple[FigureSpec, ...]:
        """``done`` (n) and ``assigned`` (N)."""
        return (
            FigureSpec("done", FigureKind.NUMBER, "Số nhiệm vụ hoàn thành (n)"),
            FigureSpec("assigned", FigureKind.NUMBER, "Số nhiệm vụ được giao (N)"),
        )

    def score(self, given: Given) -> Outcome:
        """n × maximum / N, not above the maximum."""
        if lacking := self.lacking(given):
            return lacking
        done, assigned = given.number("done") or ZERO, given.number("assigned") or ZERO
        parts = tuple(
            given_step(s.title, v)
            for s, v in zip(self.figure_specs(), (done, assigned), strict=True)
        )
        if assigned <= 0:
            return self._none_assigned(given)
        value = done * given.max / assigned
        how = f"({show(done)} × {show(given.max)}) / {show(assigned)} = {show(value)} điểm"
        if value > given.max or value < 0:
            bound = max(ZERO, min(value, given.max))
            how += f", tính {show(bound)} điểm"
            return Scored(Step(bound, how, None, StepRule.CAP, parts))
        return Scored(Step(value, how, None, StepRule.FORMULA, parts))

    def _none_assigned(self, given: Given) -> Outcome:
        match self.none_assigned:
            case "not_applicable":
                return Inapplicable("N = 0: không được giao nhiệm vụ nào")
            case "full":
                how = "N = 0: tính điểm tối đa"
                return Scored(Step(given.max, how, None, StepRule.TABLE))
            case "zero":
                return Scored(Step(ZERO, "N = 0: 0 điểm", None, StepRule.TABLE))
        return self.undecided("none_assigned", given, "N = 0: không được giao nhiệm vụ nào")


class RatioPart(PackModel):
    """One of several ratios with its share of the maximum in points."""

    id: Identifier
    title: Text
    points: Points
    clause: Identifier | None = None


class Ratios(MethodModel):
    """Several ratios side by side: quantity, quality, timeliness."""

    title: ClassVar[str] = "Nhiều tỷ lệ (số lượng, chất lượng, tiến độ)"
    formula: ClassVar[str] = "điểm = tổng (điểm của phần × min(đạt / tổng, 1))"
    edges: ClassVar[str] = (
        "Tổng của một phần bằng 0: theo `zero_whole` (`full`, `zero`, `open`); không chia."
    )
    monotone: ClassVar[bool] = True
    kind: Literal["ratios"]
    parts: Annotated[tuple[RatioPart, ...], Field(min_length=1)]
    zero_whole: Literal["full", "zero"] | OpenMark = "open"

    def figure_specs(self) -> tuple[FigureSpec, ...]:
        """``<part>_part`` and ``<part>_whole`` for each ratio."""
        return tuple(
            spec
            for p in self.parts
            for spec in (
                FigureSpec(f"{p.id}_part", FigureKind.NUMBER, f"{p.title}: số đạt"),
                FigureSpec(f"{p.id}_whole", FigureKind.NUMBER, f"{p.title}: tổng số"),
            )
        )

    def score(self, given: Given) -> Outcome:
        """The sum of the ratios' points."""
        if lacking := self.lacking(given):
            return lacking
        steps: list[Step] = []
        for p in self.parts:
            done = number_of(given.figures, f"{p.id}_part") or ZERO
            whole = number_of(given.figures, f"{p.id}_whole") or ZERO
            points = Fraction(p.points)
            if whole <= 0:
                if is_open(self.zero_whole):
                    return self.undecided("zero_whole", given, f"{p.title}: tổng số bằng 0")
                value = points if self.zero_whole == "full" else ZERO
                how = f"{p.title}: tổng số bằng 0, tính {show(value)} điểm"
                steps.append(Step(value, how, p.clause, StepRule.TABLE))
                continue
            share = max(ZERO, min(done / whole, Fraction(1)))
            value = points * share
            how = f"{p.title}: {show(points)} × {show(done)} / {show(whole)} = {show(value)}"
            steps.append(Step(value, how, p.clause, StepRule.FORMULA))
        total = sum((s.value for s in steps), ZERO)
        how = f"Cộng các phần = {show(total)} điểm"
        return Scored(Step(total, how, None, StepRule.SUM, tuple(steps)))

    def reach(self, maximum: Fraction) -> Fraction | None:
        """The points of all ratios."""
        return sum((Fraction(p.points) for p in self.parts), ZERO)


class Rescaled(MethodModel):
    """A score given by an outside agency, brought to the criterion's maximum."""

    title: ClassVar[str] = "Quy đổi điểm của cơ quan khác"
    formula: ClassVar[str] = "điểm = tối đa × điểm đánh giá / thang điểm gốc"
    edges: ClassVar[str] = (
        "Thang gốc là số liệu nhập (`scale`) hoặc do gói ghi. Điểm trên thang: dừng ở tối đa, nêu "
        "rõ. Thang bằng 0: ô chưa chấm được."
    )
    monotone: ClassVar[bool] = True
    kind: Literal["rescaled"]
    scale: Points | None = None

    def figure_specs(self) -> tuple[FigureSpec, ...]:
        """``score``, and ``scale`` where the pack names none."""
        own = FigureSpec("score", FigureKind.NUMBER, "Điểm đánh giá")
        scale = FigureSpec("scale", FigureKind.NUMBER, "Thang điểm gốc", self.scale is None)
        return (own, scale)

    def score(self, given: Given) -> Outcome:
        """Maximum × score / scale."""
        if lacking := self.lacking(given):
            return lacking
        scale = given.number("scale")
        if scale is None and self.scale is not None:
            scale = Fraction(self.scale)
        if scale is None or scale <= 0:
            return Lacking(("scale",))
        score = given.number("score") or ZERO
        value = given.max * score / scale
        parts = (given_step("Điểm đánh giá", score), given_step("Thang điểm gốc", scale))
        how = f"{show(given.max)} × {show(score)} / {show(scale)} = {show(value)} điểm"
        if value > given.max or value < 0:
            bound = max(ZERO, min(value, given.max))
            return Scored(Step(bound, f"{how}, tính {show(bound)}", None, StepRule.CAP, parts))
        return Scored(Step(value, how, None, StepRule.FORMULA, parts))


class AgainstBase(MeasuredMethod):
    """Against a base period: so many points up or down for each step of change."""

    title: ClassVar[str] = "So với kỳ gốc, cộng trừ theo bậc"
    formula: ClassVar[str] = (
        "điểm = `start` + (số bậc tăng × `up`) hoặc - (số bậc giảm × `down`), trong khoảng từ "
        "`floor` đến tối đa; một bậc là `step` (%)"
    )
    edges: ClassVar[str] = (
        "Chỉ tính bậc trọn khi `whole_steps`. Kỳ gốc bằng 0 hoặc âm: theo `zero_base`."
    )
    monotone: ClassVar[bool] = True
    kind: Literal["against_base"]
    input: Input = "change_percent"
    start: Points
    step: Positive
    up: Points
    down: Points
    floor: Points = Decimal(0)
    whole_steps: bool = True

    def score(self, given: Given) -> Outcome:
        """The start points moved by the steps of change."""
        if lacking := self.lacking(given):
            return lacking
        reading = self.read(given)
        if isinstance(reading, NoBase):
            return self.without_base(given, reading)
        steps = abs(reading.value) / Fraction(self.step)
        if self.whole_steps:
            steps = Fraction(int(steps))
        each = Fraction(self.up) if reading.value >= 0 else -Fraction(self.down)
        moved = Fraction(self.start) + steps * each
        value = max(Fraction(self.floor), min(moved, given.max))
        how = (
            f"{reading.how}; {show(Fraction(self.start))} + {show(steps)} bậc × ({show(each)}) "
            f"= {show(moved)} điểm"
        )
        if value != moved:
            how += f", tính {show(value)} (từ {show(Fraction(self.floor))} đến {show(given.max)})"
            return Scored(Step(value, how, None, StepRule.CAP, reading.parts))
        return Scored(Step(value, how, None, StepRule.FORMULA, reading.parts))

    def reach(self, maximum: Fraction) -> Fraction | None:
        """The maximum, or the start or the floor where those are above it."""
        return max(maximum, Fraction(self.start), Fraction(self.floor))


class LatenessDecay(MeasuredMethod):
    """Full points on time, less for each day of delay."""

    title: ClassVar[str] = "Chậm ngày nào trừ ngày đó"
    formula: ClassVar[str] = "điểm = tối đa - số ngày chậm × `per_day`, không dưới `floor`"
    edges: ClassVar[str] = (
        "Đúng hạn (hết ngày) là 0 ngày chậm. Tính ngày theo lịch. Chậm theo bậc: dùng `bands` với "
        "`input = 'days_late'`."
    )
    kind: Literal["lateness"]
    input: Input = "days_late"
    per_day: Points
    floor: Points = Decimal(0)

    def score(self, given: Given) -> Outcome:
        """The maximum less the days of delay."""
        if lacking := self.lacking(given):
            return lacking
        reading = self.read(given)
        if isinstance(reading, NoBase):
            return self.without_base(given, reading)
        left = given.max - reading.value * Fraction(self.per_day)
        value = max(Fraction(self.floor), min(left, given.max))
        how = f"{reading.how}; {show(given.max)} - {show(reading.value)} × "
        how += show(Fraction(self.per_day))
        how += f" = {show(left)} điểm"
        if value != left:
            how += f", tính {show(value)} (từ {show(Fraction(self.floor))} đến {show(given.max)})"
        rule = StepRule.FORMULA if value == left else StepRule.CAP
        return Scored(Step(value, how, None, rule, reading.parts))

    def reach(self, maximum: Fraction) -> Fraction | None:
        """The maximum, or the floor where that is above it."""
        return max(maximum, Fraction(self.floor))


class OverPlan(MeasuredMethod):
    """Points for exceeding the plan: so many for each percent above 100, capped."""

    title: ClassVar[str] = "Thưởng vượt kế hoạch theo từng phần trăm"
    formula: ClassVar[str] = "điểm = số % vượt / `per` × `points`, không quá điểm tối đa"
    edges: ClassVar[str] = (
        "Với `whole` chỉ tính phần trăm trọn (12,5 % là 12). Không vượt: 0 điểm. Kế hoạch bằng 0 "
        "hoặc âm: theo `zero_base`. Trong nhóm điểm thưởng: trần của tiêu chí trước, của nhóm sau."
    )
    monotone: ClassVar[bool] = True
    kind: Literal["over_plan"]
    input: Input = "plan_percent"
    per: Positive = Decimal(1)
    points: Points = Decimal(1)
    whole: bool = True

    def score(self, given: Given) -> Outcome:
        """Points for the percent above the plan, up to the maximum."""
        if lacking := self.lacking(given):
            return lacking
        reading = self.read(given)
        if isinstance(reading, NoBase):
            return self.without_base(given, reading)
        over = max(ZERO, reading.value - 100) / Fraction(self.per)
        counted = Fraction(int(over)) if self.whole else over
        value = counted * Fraction(self.points)
        how = (
            f"{reading.how}; vượt {show(max(ZERO, reading.value - 100))} %, tính {show(counted)} × "
            f"{show(Fraction(self.points))} = {show(value)} điểm"
        )
        if value > given.max:
            how += f", không quá {show(given.max)}"
            return Scored(Step(given.max, how, None, StepRule.CAP, reading.parts))
        return Scored(Step(value, how, None, StepRule.FORMULA, reading.parts))
