"""Methods that cut a measured quantity into bands."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from app.domain.step import Step, StepRule
from app.rules.base import Identifier, OpenMark, Points, Range, Text
from app.rules.methods.base import (
    Given,
    Inapplicable,
    Outcome,
    Scored,
    Undecided,
    show,
)
from app.rules.methods.measure import MeasuredMethod, NoBase, Reading


class Band(Range):
    """A range with its worth: ``points``, or ``percent`` of the maximum."""

    points: Points | None = None
    percent: Points | None = None
    title: Text | None = None
    bars: bool = False
    warn: Text | None = None
    clause: Identifier | None = None

    def worth(self, maximum: Fraction) -> Fraction:
        """The points of this band."""
        if self.points is not None:
            return Fraction(self.points)
        return maximum * Fraction(self.percent or 0) / 100


class Bands(MeasuredMethod):
    """Bands of a measured quantity, each edge open or closed."""

    title: ClassVar[str] = "Bậc thang theo khoảng"
    formula: ClassVar[str] = "điểm = điểm của khoảng chứa số đo (hoặc phần trăm × điểm tối đa)"
    edges: ClassVar[str] = (
        "Mỗi mép ghi rõ có lấy (`ge`, `le`) hay không lấy (`gt`, `lt`). Số đo không thuộc khoảng "
        "nào: theo `outside` — `zero` 0 điểm, `nearest` khoảng gần nhất (đúng giữa hai khoảng thì "
        "vẫn hỏi), `open` câu hỏi mở `gap:TIÊU_CHÍ:ĐƠN_VỊ`. Khoảng chồng nhau: khoảng "
        "ghi trước được dùng và `rules check` báo lỗi."
    )
    kind: Literal["bands"]
    bands: Annotated[tuple[Band, ...], Field(min_length=1)]
    outside: Literal["zero", "nearest"] | OpenMark = "open"

    def score(self, given: Given) -> Outcome:
        """The worth of the first band that holds the quantity."""
        if lacking := self.lacking(given):
            return lacking
        reading = self.read(given)
        if isinstance(reading, NoBase):
            return self.without_base(given, reading)
        for band in self.bands:
            if band.holds(reading.value):
                return self._in(band, reading, given)
        return self._outside(reading, given)

    def _in(self, band: Band, reading: Reading, given: Given, note: str = "") -> Scored:
        value = band.worth(given.max)
        name = band.title or band.words(reading.unit)
        how = f"{reading.how}; thuộc khoảng {name}{note}: {show(value)} điểm"
        if band.warn:
            how += f" ({band.warn})"
        step = Step(value, how, band.clause, StepRule.TABLE, reading.parts)
        return Scored(step, level=band.title, bars=band.bars)

    def _outside(self, reading: Reading, given: Given) -> Outcome:
        match self.outside:
            case "zero":
                how = f"{reading.how}; không thuộc khoảng nào: 0 điểm"
                return Scored(Step(Fraction(0), how, None, StepRule.TABLE, reading.parts))
            case "nearest":
                best = min(_distance(b, reading.value) for b in self.bands)
                near = [b for b in self.bands if _distance(b, reading.value) == best]
                if len({b.worth(given.max) for b in near}) == 1:
                    return self._in(near[0], reading, given, " (khoảng gần nhất)")
        what = f"{reading.how}: không thuộc khoảng nào của quy định"
        options: dict[str, Scored | Inapplicable | Undecided] = {
            str(band.points if band.points is not None else f"{band.percent}%"): self._in(
                band, reading, given, " (theo quyết định)"
            )
            for band in self.bands
        }
        return Undecided(self.outside.partition(":")[2], what, options, gap=True)

    def reach(self, maximum: Fraction) -> Fraction | None:
        """The best band's worth."""
        return max((band.worth(maximum) for band in self.bands), default=Fraction(0))


def _distance(band: Range, value: Fraction) -> Fraction:
    low, high = band.low, band.high
    if low is not None and value < low[0]:
        return low[0] - value
    if high is not None and value > high[0]:
        return value - high[0]
    return Fraction(0)


class Threshold(MeasuredMethod):
    """One threshold: reached or not."""

    title: ClassVar[str] = "Một ngưỡng"
    formula: ClassVar[str] = "đạt ngưỡng: `points` (mặc định tối đa); không đạt: `otherwise`"
    edges: ClassVar[str] = "Ngưỡng ghi rõ `ge` hay `gt`; không có số đo là chưa chấm."
    kind: Literal["threshold"]
    threshold: Range
    points: Points | None = None
    otherwise: Points = Decimal(0)

    def score(self, given: Given) -> Outcome:
        """The points for reaching the threshold, or those for missing it."""
        if lacking := self.lacking(given):
            return lacking
        reading = self.read(given)
        if isinstance(reading, NoBase):
            return self.without_base(given, reading)
        met = self.threshold.holds(reading.value)
        full = given.max if self.points is None else Fraction(self.points)
        value = full if met else Fraction(self.otherwise)
        word = "đạt" if met else "không đạt"
        words = self.threshold.words(reading.unit)
        how = f"{reading.how}; ngưỡng {words}: {word}, {show(value)} điểm"
        return Scored(Step(value, how, None, StepRule.TABLE, reading.parts))

    def reach(self, maximum: Fraction) -> Fraction | None:
        """The better of the two worths."""
        full = maximum if self.points is None else Fraction(self.points)
        return max(full, Fraction(self.otherwise))
