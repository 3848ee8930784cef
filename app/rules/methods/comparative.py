"""Methods that compare a unit with the others of its cluster, in the round being scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from app.domain.snapshot import Figure
from app.domain.step import Step, StepRule
from app.rules.base import OpenMark, Points, is_open
from app.rules.methods.base import (
    FigureKind,
    FigureSpec,
    Given,
    Lacking,
    Outcome,
    Peers,
    Scored,
    given_step,
    number_of,
    show,
)
from app.rules.methods.measure import MeasuredMethod, NoBase, Reading

ZERO = Fraction(0)
_TARGETS = ("plan", "base", "whole")


class ComparativeMethod(MeasuredMethod):
    """Common part: the measured quantities of all units that have one."""

    comparative: ClassVar[bool] = True

    def all_values(self, given: Given) -> Mapping[str, Fraction]:
        """The quantity of each unit whose figures are complete, the own one included."""
        peers = given.peers
        if not isinstance(peers, Peers) or peers.get(given.unit) is not given.figures:
            return self._measured({**peers, given.unit: given.figures}, peers)
        known = peers.of_method
        if known is None or known[0] is not self:  # a question tries other methods in between
            known = peers.of_method = (self, self._measured(peers, peers))
        return known[1]

    def _measured(
        self,
        units: Mapping[str, Mapping[str, Figure]],
        peers: Mapping[str, Mapping[str, Figure]],
    ) -> dict[str, Fraction]:
        values: dict[str, Fraction] = {}
        for unit, figures in units.items():
            if self.complete(figures):
                value = self.value_of(figures, peers)
                if value is not None:
                    values[unit] = value
        return values

    def complete(self, figures: Mapping[str, Figure]) -> bool:
        """Whether all required figures are there."""
        return all(s.given(figures) for s in MeasuredMethod.figure_specs(self) if s.required)

    def better(self, one: Fraction, other: Fraction) -> bool:
        """Whether ``one`` stands before ``other``; percent and days know their own direction."""
        if self.input == "days_late" or (self.input == "value" and self.direction == "lower"):
            return one < other
        return one > other


class RankTable(ComparativeMethod):
    """The rank of a value among the cluster's units, looked up in a table of points.

    With ``ranked = true`` the published rank itself is the figure ``rank``.
    """

    title: ClassVar[str] = "Thứ hạng trong cụm → điểm"
    formula: ClassVar[str] = "điểm = ô thứ hạng của bảng `table` (hạng 1 trước)"
    edges: ClassVar[str] = (
        "Bằng nhau: theo `equal` (`competition` 1,1,3; `dense` 1,1,2; `average` bình quân điểm các "
        "hạng). Hạng ngoài bảng: theo `beyond` (`continue_step`, `hold_last`, `zero`, `open`). "
        "Chỉ so với đơn vị đã có số liệu trong vòng chấm."
    )
    kind: Literal["rank_table"]
    table: Annotated[tuple[Points, ...], Field(min_length=1)]
    equal: Literal["competition", "dense", "average"] | OpenMark = "competition"
    beyond: Literal["continue_step", "hold_last", "zero"] | OpenMark = "open"
    ranked: bool = False

    def figure_specs(self) -> tuple[FigureSpec, ...]:
        """The measured figures, or ``rank`` where ranks are published."""
        if self.ranked:
            return (FigureSpec("rank", FigureKind.COUNT, "Thứ hạng được công bố"),)
        return super().figure_specs()

    def score(self, given: Given) -> Outcome:
        """The points of the unit's rank."""
        if lacking := self.lacking(given):
            return lacking
        if self.ranked:
            rank = int(given.number("rank") or 0)
            if rank < 1:
                return Lacking(("rank",))
            return self._scored(given, rank, 1, f"hạng {rank} theo kết quả công bố", ())
        reading = self.read(given)
        if isinstance(reading, NoBase):
            return self.without_base(given, reading)
        values = self.all_values(given)
        own = reading.value
        ahead = [v for v in values.values() if self.better(v, own)]
        together = sum(1 for v in values.values() if v == own)
        if is_open(self.equal) and together > 1:
            return self.undecided("equal", given, f"{together} đơn vị bằng nhau")
        rank = (len(set(ahead)) if self.equal == "dense" else len(ahead)) + 1
        how = f"{reading.how}; hạng {rank} trong {len(values)} đơn vị có số liệu"
        if together > 1:
            how += f" ({together} đơn vị bằng nhau)"
        span = together if self.equal == "average" else 1
        return self._scored(given, rank, span, how, reading.parts)

    def _scored(
        self, given: Given, rank: int, span: int, how: str, parts: tuple[Step, ...]
    ) -> Outcome:
        if rank + span - 1 > len(self.table) and is_open(self.beyond):
            what = f"hạng {rank + span - 1} không có trong bảng điểm ({len(self.table)} hạng)"
            return self.undecided("beyond", given, what)
        points = [self._of_rank(r) for r in range(rank, rank + span)]
        value = sum(points, ZERO) / span
        text = f"{how}: {show(value)} điểm"
        if span > 1:
            text += f" (bình quân điểm hạng {rank} đến hạng {rank + span - 1})"
        elif rank > len(self.table):
            text += f" (bảng chỉ ghi đến hạng {len(self.table)})"
        return Scored(Step(value, text, None, StepRule.TABLE, parts))

    def _of_rank(self, rank: int) -> Fraction:
        table = [Fraction(p) for p in self.table]
        if rank <= len(table):
            return table[rank - 1]
        match self.beyond:
            case "hold_last":
                return table[-1]
            case "continue_step" if len(table) > 1:
                step = table[-2] - table[-1]
                return max(ZERO, table[-1] - step * (rank - len(table)))
        return ZERO

    def reach(self, maximum: Fraction) -> Fraction | None:
        """The best entry of the table."""
        return max((Fraction(p) for p in self.table), default=ZERO)


class VersusAverage(ComparativeMethod):
    """Compared with the average of all units."""

    title: ClassVar[str] = "So với bình quân các đơn vị"
    formula: ClassVar[str] = (
        "trên bình quân: `above` điểm; bằng: `equal`; dưới: `below`, hoặc tối đa × giá trị / bình "
        "quân khi không ghi `below`"
    )
    edges: ClassVar[str] = (
        "Một đơn vị có số liệu thì bằng bình quân của chính nó. Bình quân bằng 0 hoặc âm mà không "
        "có `below`: theo `zero_base`."
    )
    kind: Literal["versus_average"]
    above: Points | None = None
    equal: Points | None = None
    below: Points | None = None

    def score(self, given: Given) -> Outcome:
        """The points of standing above, at or below the average."""
        if lacking := self.lacking(given):
            return lacking
        reading = self.read(given)
        if isinstance(reading, NoBase):
            return self.without_base(given, reading)
        values = list(self.all_values(given).values())
        average = sum(values, ZERO) / len(values)
        parts = (*reading.parts, given_step("Bình quân", average))
        own = reading.value
        if own == average or self.better(own, average):
            setting = self.equal if own == average else self.above
            value = given.max if setting is None else Fraction(setting)
            word = "bằng" if own == average else "tốt hơn"
            how = f"{reading.how}; {word} bình quân {show(average)}: {show(value)} điểm"
            return Scored(Step(value, how, None, StepRule.TABLE, parts))
        if self.below is not None:
            value = Fraction(self.below)
            how = f"{reading.how}; kém bình quân {show(average)}: {show(value)} điểm"
            return Scored(Step(value, how, None, StepRule.TABLE, parts))
        top, bottom = (own, average) if self.better(Fraction(2), Fraction(1)) else (average, own)
        if bottom <= 0:
            return self.without_base(given, NoBase("Bình quân", bottom))
        value = max(ZERO, given.max * top / bottom)
        how = (
            f"{reading.how}; {show(given.max)} × {show(top)} / {show(bottom)} = {show(value)} điểm"
        )
        return Scored(Step(value, how, None, StepRule.FORMULA, parts))

    def reach(self, maximum: Fraction) -> Fraction | None:
        """The best of the points named; the maximum where one is not."""
        named = (self.above, self.equal, self.below or Decimal(0))
        return max(maximum if points is None else Fraction(points) for points in named)


class VersusLeader(ComparativeMethod):
    """Compared with the leader, interpolated; units without a target are scored apart.

    ``from_zero``: maximum × own / best. ``from_worst``: from ``low`` points for the worst to the
    maximum for the best. ``from_target``: ``at_target`` points at exactly 100 %, the maximum for
    the best above 100 %, interpolated between; below 100 % in proportion to ``at_target``.

    Units without a target get ``no_target`` percent of the maximum: all of them (``flat``), or
    the best of them, the others in proportion to what they achieved (``from_zero``).
    """

    title: ClassVar[str] = "So với đơn vị dẫn đầu (nội suy)"
    formula: ClassVar[str] = (
        "`from_zero`: tối đa × giá trị / giá trị dẫn đầu; `from_worst`: `low` + (tối đa - `low`) × "
        "(giá trị - thấp nhất) / (dẫn đầu - thấp nhất); `from_target`: `at_target` + (tối đa - "
        "`at_target`) × (% - 100) / (% dẫn đầu - 100) khi đạt từ 100 %, dưới 100 %: `at_target` × %"
    )
    edges: ClassVar[str] = (
        "Nhiều đơn vị cùng dẫn đầu: đều tối đa. Không ai vượt kế hoạch: người đạt 100 % được "
        "`at_target`. Một đơn vị: chính nó dẫn đầu. Giá trị dẫn đầu bằng 0 hoặc âm "
        "(cao là tốt): theo `zero_base`. Đơn vị không được giao chỉ tiêu (kế hoạch để trống, với "
        "`no_target`): được `no_target` phần trăm điểm tối đa (`no_target_scale`: `flat`), hoặc so "
        "riêng với nhau: đơn vị làm được nhiều nhất được ngần ấy, đơn vị khác theo tỷ lệ số thực "
        "hiện (`from_zero`). Mẫu số 0, hoặc nhiều nhất bằng 0 hay âm: theo `zero_base`."
    )
    kind: Literal["versus_leader"]
    scale: Literal["from_zero", "from_worst", "from_target"] = "from_zero"
    low: Points = Decimal(0)
    at_target: Points | None = None
    no_target: Points | None = None
    no_target_scale: Literal["flat", "from_zero"] = "flat"

    def figure_specs(self) -> tuple[FigureSpec, ...]:
        """The measured figures; the plan may be missing where ``no_target`` is set."""
        specs = super().figure_specs()
        if self.no_target is None:
            return specs
        return tuple(
            FigureSpec(s.name, s.kind, s.title, s.required and s.name not in _TARGETS)
            for s in specs
        )

    def score(self, given: Given) -> Outcome:
        """The interpolated points."""
        if lacking := self.lacking(given):
            return lacking
        if self.no_target is not None and not self.complete(given.figures):
            return self._without_target(given, Fraction(self.no_target))
        reading = self.read(given)
        if isinstance(reading, NoBase):
            return self.without_base(given, reading)
        values = list(self.all_values(given).values())
        lower = not self.better(Fraction(2), Fraction(1))
        best, worst = (min(values), max(values)) if lower else (max(values), min(values))
        parts = (*reading.parts, given_step("Đơn vị dẫn đầu", best))
        own = reading.value
        if self.scale == "from_target":
            return self._from_target(given, reading, best, parts)
        if own == best and (own > 0 or lower or self.scale == "from_worst"):
            how = f"{reading.how}; dẫn đầu: {show(given.max)} điểm"
            return Scored(Step(given.max, how, None, StepRule.TABLE, parts))
        if self.scale == "from_worst":
            low = Fraction(self.low)
            value = low + (given.max - low) * (own - worst) / (best - worst)
            how = (
                f"{reading.how}; {show(low)} + ({show(given.max)} - {show(low)}) × ({show(own)} - "
                f"{show(worst)}) / ({show(best)} - {show(worst)}) = {show(value)} điểm"
            )
            return Scored(Step(value, how, None, StepRule.FORMULA, parts))
        top, bottom = (best, own) if lower else (own, best)
        if bottom <= 0:
            return self.without_base(given, NoBase("Giá trị dẫn đầu", bottom))
        value = max(ZERO, given.max * top / bottom)
        how = (
            f"{reading.how}; {show(given.max)} × {show(top)} / {show(bottom)} = {show(value)} điểm"
        )
        return Scored(Step(value, how, None, StepRule.FORMULA, parts))

    def _without_target(self, given: Given, percent: Fraction) -> Outcome:
        """A unit without a target: a flat share, or compared with the others that have none."""
        top = given.max * percent / 100
        share = f"Không được giao chỉ tiêu: {show(percent)} % điểm tối đa = {show(top)}"
        if self.no_target_scale == "flat":
            return Scored(Step(top, f"{share} điểm", None, StepRule.TABLE))
        own = self._achieved(given.figures)
        values = [
            self._achieved(figures)
            for figures in {**given.peers, given.unit: given.figures}.values()
            if not self.complete(figures) and not self.lacking(replace(given, figures=figures))
        ]
        lower = self.direction == "lower"
        best = min(values) if lower else max(values)
        above, below = (best, own) if lower else (own, best)
        if below <= 0:
            no_base = NoBase("Giá trị dẫn đầu các đơn vị không được giao chỉ tiêu", below)
            at = given if is_open(self.zero_base) else replace(given, max=top)
            return self.without_base(at, no_base)
        value = max(ZERO, top * above / below)
        parts = (given_step("Thực hiện", own), given_step("Dẫn đầu nhóm không chỉ tiêu", best))
        how = f"{share}; so trong nhóm: {show(top)} × {show(above)} / {show(below)}"
        step = Step(value, f"{how} = {show(value)} điểm", None, StepRule.FORMULA, parts)
        return Scored(step)

    def _achieved(self, figures: Mapping[str, Figure]) -> Fraction:
        """What was achieved, whatever it is measured against."""
        name = "part" if self.input == "ratio_percent" else "actual"
        return number_of(figures, name) or ZERO

    def reach(self, maximum: Fraction) -> Fraction | None:
        """The maximum, or more where a share of it is written above it."""
        named = [maximum, Fraction(self.low), Fraction(self.at_target or 0)]
        named.append(maximum * Fraction(self.no_target or 0) / 100)
        return max(named)

    def _from_target(
        self, given: Given, reading: Reading, best: Fraction, parts: tuple[Step, ...]
    ) -> Outcome:
        at = given.max if self.at_target is None else Fraction(self.at_target)
        own = reading.value
        if own <= 100 or best <= 100:
            share = max(ZERO, min(own, Fraction(100)))
            value = at * share / 100
            how = f"{reading.how}; {show(at)} × {show(share)} % = {show(value)} điểm"
        else:
            value = at + (given.max - at) * (own - 100) / (best - 100)
            how = (
                f"{reading.how}; {show(at)} + ({show(given.max)} - {show(at)}) × ({show(own)} - "
                f"100) / ({show(best)} - 100) = {show(value)} điểm"
            )
        return Scored(Step(value, how, None, StepRule.FORMULA, parts))


class BestOfGroup(ComparativeMethod):
    """The best of the group takes the points; the others get a stated share."""

    title: ClassVar[str] = "Tốt nhất nhóm"
    formula: ClassVar[str] = "đơn vị tốt nhất: điểm tối đa; đơn vị khác: `others` điểm"
    edges: ClassVar[str] = (
        "Nhiều đơn vị cùng tốt nhất: đều được điểm tối đa. Giá trị tốt nhất bằng 0: theo "
        "`best_zero` (`full`, `zero`)."
    )
    kind: Literal["best_of_group"]
    others: Points = Decimal(0)
    best_zero: Literal["full", "zero"] = "full"

    def score(self, given: Given) -> Outcome:
        """The maximum for the best, ``others`` for the rest."""
        if lacking := self.lacking(given):
            return lacking
        reading = self.read(given)
        if isinstance(reading, NoBase):
            return self.without_base(given, reading)
        own = reading.value
        ahead = any(self.better(v, own) for v in self.all_values(given).values())
        value = Fraction(self.others) if ahead else given.max
        word = "không phải tốt nhất nhóm" if ahead else "tốt nhất nhóm"
        if not ahead and own == 0 and self.best_zero == "zero":
            value, word = ZERO, "tốt nhất nhóm nhưng giá trị bằng 0"
        how = f"{reading.how}; {word}: {show(value)} điểm"
        return Scored(Step(value, how, None, StepRule.TABLE, reading.parts))

    def reach(self, maximum: Fraction) -> Fraction | None:
        """The maximum, or the points of the others where those are above it."""
        return max(maximum, Fraction(self.others))
