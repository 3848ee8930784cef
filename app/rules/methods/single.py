"""Methods that look at one unit and no plan: direct points, lists, levels, counts, judgement."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from app.domain.step import Step, StepRule
from app.ground.text import same_words
from app.rules.base import Identifier, PackModel, Points, Range, Text
from app.rules.methods.base import (
    FigureKind,
    FigureSpec,
    Given,
    Lacking,
    MethodModel,
    Outcome,
    Scored,
    Undecided,
    number_of,
    show,
)

ZERO = Fraction(0)


def capped(value: Fraction, given: Given, parts: tuple[Step, ...], how: str) -> Step:
    """A sum of parts, cut at the criterion's maximum; the step says so where it cuts."""
    if value > given.max:
        text = f"{how} = {show(value)}, không quá điểm tối đa {show(given.max)}"
        return Step(given.max, text, None, StepRule.CAP, parts)
    return Step(value, f"{how} = {show(value)} điểm", None, StepRule.SUM, parts)


class Direct(MethodModel):
    """The hand that scores gives the points itself (chấm thẳng)."""

    title: ClassVar[str] = "Chấm điểm trực tiếp"
    formula: ClassVar[str] = "điểm = số điểm người chấm ghi, từ 0 đến điểm tối đa"
    edges: ClassVar[str] = (
        "Trên điểm tối đa: xử lý theo `over_max` của gói quy tắc, luôn kèm cảnh báo lỗi."
    )
    monotone: ClassVar[bool] = True
    kind: Literal["direct"]

    def figure_specs(self) -> tuple[FigureSpec, ...]:
        """None: the entry carries ``points``."""
        return ()

    def score(self, given: Given) -> Outcome:
        """Lacking: direct points stand in the entry and are taken by the engine."""
        return Lacking(("points",))


class ChecklistPart(PackModel):
    """One part of a checklist."""

    id: Identifier
    title: Text
    points: Points
    clause: Identifier | None = None


class Checklist(MethodModel):
    """Parts that add up; each is there or not."""

    title: ClassVar[str] = "Danh mục các phần cộng lại"
    formula: ClassVar[str] = "điểm = tổng điểm các phần đạt, không quá điểm tối đa"
    edges: ClassVar[str] = (
        "Phần không ghi là chưa chấm: cả ô chờ bổ sung. Tổng vượt điểm tối đa thì lấy tối đa."
    )
    monotone: ClassVar[bool] = True
    kind: Literal["checklist"]
    parts: Annotated[tuple[ChecklistPart, ...], Field(min_length=1)]

    def figure_specs(self) -> tuple[FigureSpec, ...]:
        """A yes or no for each part, named by the part's id."""
        return tuple(FigureSpec(p.id, FigureKind.YES_NO, p.title) for p in self.parts)

    def score(self, given: Given) -> Outcome:
        """The sum of the parts that are there."""
        if lacking := self.lacking(given):
            return lacking
        steps = tuple(
            Step(
                Fraction(p.points) if given.figures[p.id] else ZERO,
                f"{p.title}: " + ("có" if given.figures[p.id] else "không"),
                p.clause,
                StepRule.TABLE,
            )
            for p in self.parts
        )
        total = sum((s.value for s in steps), ZERO)
        return Scored(capped(total, given, steps, "Cộng các phần đạt"))

    def reach(self, maximum: Fraction) -> Fraction | None:
        """The sum of all parts where that is below the maximum."""
        return min(maximum, sum((Fraction(p.points) for p in self.parts), ZERO))


class YesNo(MethodModel):
    """One question, yes or no."""

    title: ClassVar[str] = "Có hoặc không"
    formula: ClassVar[str] = "có: `yes` điểm (mặc định: tối đa); không: `no` điểm (mặc định: 0)"
    edges: ClassVar[str] = "Không ghi là chưa chấm, không phải 0."
    kind: Literal["yes_no"]
    question: Text | None = None
    yes: Points | None = None
    no: Points = Decimal(0)

    def figure_specs(self) -> tuple[FigureSpec, ...]:
        """``achieved``: yes or no."""
        return (FigureSpec("achieved", FigureKind.YES_NO, self.question or "Có đạt"),)

    def score(self, given: Given) -> Outcome:
        """The points of the answer."""
        if lacking := self.lacking(given):
            return lacking
        yes = given.max if self.yes is None else Fraction(self.yes)
        value, word = (yes, "có") if given.figures["achieved"] else (Fraction(self.no), "không")
        how = f"{self.question or 'Có đạt'}: {word}, được {show(value)} điểm"
        return Scored(Step(value, how, None, StepRule.TABLE))

    def reach(self, maximum: Fraction) -> Fraction | None:
        """The better of the two answers."""
        return max(maximum if self.yes is None else Fraction(self.yes), Fraction(self.no))


class Level(PackModel):
    """A level with its worth: ``points``, or ``percent`` of the maximum.

    ``bars`` keeps the unit from being considered; ``also`` names equivalent levels.
    """

    name: Text
    points: Points | None = None
    percent: Points | None = None
    bars: bool = False
    also: tuple[Text, ...] = ()
    clause: Identifier | None = None

    def worth(self, maximum: Fraction) -> Fraction:
        """The points of this level."""
        if self.points is not None:
            return Fraction(self.points)
        return maximum * Fraction(self.percent or 0) / 100

    def named(self, word: str) -> bool:
        """Whether ``word`` means this level."""
        return any(same_words(word, name) for name in (self.name, *self.also))


class Levels(MethodModel):
    """A level in words → points or a percent of the maximum; a level may bar."""

    title: ClassVar[str] = "Mức đánh giá"
    formula: ClassVar[str] = "điểm = điểm của mức, hoặc phần trăm của mức × điểm tối đa"
    edges: ClassVar[str] = (
        "Mức không có trong gói: lỗi kèm gợi ý. Mức có `bars` làm đơn vị không được xét."
    )
    kind: Literal["levels"]
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]

    def figure_specs(self) -> tuple[FigureSpec, ...]:
        """``level``: one of the names."""
        names = tuple(level.name for level in self.levels)
        return (FigureSpec("level", FigureKind.LEVEL, "Mức đánh giá", choices=names),)

    def find(self, word: str) -> Level | None:
        """The level that ``word`` names, also by an equivalent name."""
        return next((level for level in self.levels if level.named(word)), None)

    def score(self, given: Given) -> Outcome:
        """The worth of the level."""
        if lacking := self.lacking(given):
            return lacking
        level = self.find(str(given.figures["level"]))
        if level is None:
            return Lacking(("level",))
        value = level.worth(given.max)
        how = f"Mức “{level.name}”"
        if level.percent is not None:
            how += f": {show(Fraction(level.percent))} % × {show(given.max)}"
        how += f" = {show(value)} điểm" + ("; mức này không được xét" if level.bars else "")
        step = Step(value, how, level.clause, StepRule.TABLE)
        return Scored(step, level=level.name, bars=level.bars)

    def reach(self, maximum: Fraction) -> Fraction | None:
        """The best level's worth."""
        return max((level.worth(maximum) for level in self.levels), default=ZERO)


class CountItem(PackModel):
    """Something that is counted, with points for each; ``max`` caps this item alone."""

    id: Identifier
    title: Text
    points: Points
    max: Points | None = None
    clause: Identifier | None = None

    def step(self, count: Fraction) -> Step:
        """Count × points, capped where the item has a cap."""
        value = count * Fraction(self.points)
        how = f"{self.title}: {show(count)} × {show(Fraction(self.points))}"
        if self.max is not None and value > self.max:
            text = f"{how} = {show(value)}, không quá {show(Fraction(self.max))}"
            return Step(Fraction(self.max), text, self.clause, StepRule.CAP)
        return Step(value, f"{how} = {show(value)}", self.clause, StepRule.FORMULA)


def _counts(items: tuple[CountItem | DeductItem, ...]) -> tuple[FigureSpec, ...]:
    return tuple(FigureSpec(i.id, FigureKind.COUNT, i.title) for i in items)


class CountPoints(MethodModel):
    """A number of samples, works, articles … times the points of each."""

    title: ClassVar[str] = "Số lượng × điểm mỗi đơn vị tính"
    formula: ClassVar[str] = "điểm = tổng (số lượng × điểm mỗi cái), không quá điểm tối đa"
    edges: ClassVar[str] = "Số lượng 0 là 0 điểm; không ghi là chưa chấm."
    monotone: ClassVar[bool] = True
    kind: Literal["count"]
    items: Annotated[tuple[CountItem, ...], Field(min_length=1)]

    def figure_specs(self) -> tuple[FigureSpec, ...]:
        """A count for each item, named by the item's id."""
        return _counts(self.items)

    def score(self, given: Given) -> Outcome:
        """The sum over the items, capped."""
        if lacking := self.lacking(given):
            return lacking
        steps = tuple(i.step(number_of(given.figures, i.id) or ZERO) for i in self.items)
        total = sum((s.value for s in steps), ZERO)
        return Scored(capped(total, given, steps, "Cộng"))


class Achievements(MethodModel):
    """Achievements that exclude each other: only the highest counts."""

    title: ClassVar[str] = "Thành tích, chỉ tính mức cao nhất"
    formula: ClassVar[str] = "điểm = điểm cao nhất trong các thành tích đạt được"
    edges: ClassVar[str] = "Không có thành tích nào: 0 điểm. Thành tích không ghi là chưa chấm."
    monotone: ClassVar[bool] = True
    kind: Literal["highest"]
    items: Annotated[tuple[ChecklistPart, ...], Field(min_length=1)]

    def figure_specs(self) -> tuple[FigureSpec, ...]:
        """A yes or no for each achievement."""
        return tuple(FigureSpec(p.id, FigureKind.YES_NO, p.title) for p in self.items)

    def score(self, given: Given) -> Outcome:
        """The highest of the achievements that are there."""
        if lacking := self.lacking(given):
            return lacking
        reached = [p for p in self.items if given.figures[p.id]]
        steps = tuple(
            Step(
                Fraction(p.points),
                f"{p.title}: {show(Fraction(p.points))} điểm",
                p.clause,
                StepRule.TABLE,
            )
            for p in reached
        )
        if not steps:
            return Scored(Step(ZERO, "Không có thành tích nào: 0 điểm", None, StepRule.TABLE))
        best = max(s.value for s in steps)
        how = f"Chỉ tính thành tích cao nhất: {show(best)} điểm"
        if best > given.max:
            how += f", không quá điểm tối đa {show(given.max)}"
            return Scored(Step(given.max, how, None, StepRule.CAP, steps))
        return Scored(Step(best, how, None, StepRule.HIGHEST, steps))

    def reach(self, maximum: Fraction) -> Fraction | None:
        """The best achievement's points."""
        return min(maximum, max((Fraction(p.points) for p in self.items), default=ZERO))


class DeductItem(PackModel):
    """What costs points: ``points`` for each time, or ``percent`` of the criterion's maximum.

    ``max`` caps what this item alone takes, in points. ``loses_all`` instead takes the whole
    criterion at the first occurrence.
    """

    id: Identifier
    title: Text
    points: Points | None = None
    percent: Points | None = None
    max: Points | None = None
    loses_all: bool = False
    clause: Identifier | None = None

    def step(self, count: Fraction, maximum: Fraction) -> Step:
        """Count × what each time takes, capped where the item has a cap."""
        if self.percent is not None:
            share = Fraction(self.percent)
            value = count * maximum * share / 100
            how = f"{self.title}: {show(count)} × {show(share)} % × {show(maximum)}"
        else:
            each = Fraction(self.points or 0)
            value = count * each
            how = f"{self.title}: {show(count)} × {show(each)}"
        if self.max is not None and value > self.max:
            text = f"{how} = {show(value)}, không quá {show(Fraction(self.max))}"
            return Step(Fraction(self.max), text, self.clause, StepRule.CAP)
        return Step(value, f"{how} = {show(value)}", self.clause, StepRule.FORMULA)


class Deduct(MethodModel):
    """Starts full; each occurrence takes points; never below zero.

    An item with ``loses_all`` takes the whole criterion at its first occurrence.
    """

    title: ClassVar[str] = "Trừ dần từ điểm tối đa"
    formula: ClassVar[str] = (
        "điểm = tối đa - tổng (số lần × mức trừ mỗi lần: `points` điểm, hoặc `percent` phần trăm "
        "điểm tối đa), không dưới 0"
    )
    edges: ClassVar[str] = (
        "Hết điểm thì dừng ở 0. Vi phạm có `loses_all`: mất toàn bộ điểm của tiêu chí. Mỗi vi phạm "
        "ghi đúng một trong `points`, `percent`, `loses_all`."
    )
    kind: Literal["deduct"]
    items: Annotated[tuple[DeductItem, ...], Field(min_length=1)]

    def figure_specs(self) -> tuple[FigureSpec, ...]:
        """A count of occurrences for each item."""
        return _counts(self.items)

    def score(self, given: Given) -> Outcome:
        """The maximum less the deductions."""
        if lacking := self.lacking(given):
            return lacking
        counts = {i.id: number_of(given.figures, i.id) or ZERO for i in self.items}
        for item in self.items:
            if item.loses_all and counts[item.id] > 0:
                how = f"{item.title}: {show(counts[item.id])} lần, mất toàn bộ điểm"
                return Scored(Step(ZERO, how, item.clause, StepRule.TABLE))
        taken = [i.step(counts[i.id], given.max) for i in self.items if not i.loses_all]
        minus = tuple(Step(-s.value, "Trừ. " + s.how, s.clause, s.rule) for s in taken if s.value)
        start = Step(given.max, f"Điểm ban đầu {show(given.max)}", None, StepRule.GIVEN)
        left = given.max + sum((s.value for s in minus), ZERO)
        if left < 0:
            how = f"Trừ quá điểm tối đa (còn {show(left)}), tính 0 điểm"
            return Scored(Step(ZERO, how, None, StepRule.CAP, (start, *minus)))
        how = f"Còn {show(left)} điểm sau khi trừ"
        return Scored(Step(left, how, None, StepRule.SUM, (start, *minus)))


class Judged(MethodModel):
    """A judged score inside a range, or a judged deduction from the maximum."""

    title: ClassVar[str] = "Người chấm cân nhắc trong khoảng"
    formula: ClassVar[str] = "điểm = số điểm cân nhắc; với `deducts`: tối đa - số điểm cân nhắc"
    edges: ClassVar[str] = "Ngoài khoảng cho phép: câu hỏi mở, nêu rõ khoảng; không tự sửa."
    kind: Literal["judged"]
    range: Range
    deducts: bool = False

    def figure_specs(self) -> tuple[FigureSpec, ...]:
        """``judged``: the number of points given or taken."""
        title = "Số điểm trừ" if self.deducts else "Số điểm cân nhắc"
        return (FigureSpec("judged", FigureKind.NUMBER, title),)

    def score(self, given: Given) -> Outcome:
        """The judged points where they lie inside the range."""
        if lacking := self.lacking(given):
            return lacking
        judged = number_of(given.figures, "judged") or ZERO
        if not self.range.holds(judged):
            what = f"số điểm {show(judged)} nằm ngoài khoảng cho phép ({self.range.words()})"
            return Undecided("judged", what, gap=True)
        if self.deducts:
            left = given.max - judged
            how = f"{show(given.max)} - {show(judged)} = {show(left)} điểm"
            if left < 0:
                return Scored(Step(ZERO, f"{how}, tính 0 điểm", None, StepRule.CAP))
            return Scored(Step(left, how, None, StepRule.FORMULA))
        how = f"Chấm {show(judged)} điểm, trong khoảng {self.range.words()}"
        return Scored(Step(judged, how, None, StepRule.GIVEN))

    def reach(self, maximum: Fraction) -> Fraction | None:
        """The upper edge of the range, or what the least deduction leaves."""
        if self.deducts:
            low = self.range.low
            return maximum if low is None else maximum - max(ZERO, low[0])
        high = self.range.high
        return None if high is None else high[0]
