"""Draws two units part by part: two bars in each row, with what the higher one has more."""

from __future__ import annotations

from fractions import Fraction

from reportlab.graphics.shapes import Drawing

from app.reports.charts import headings
from app.reports.charts.description import ComparisonChart, Pair, Side
from app.reports.charts.sheet import Sheet
from app.reports.charts.style import Style, Tone
from app.reports.figures import BLANK

NAME_SHARE = 0.34
THICKNESS = 0.75
"""Thickness of a bar as a share of that of the style."""


class ComparisonPicture:
    """One drawing of a `ComparisonChart`."""

    def __init__(self, chart: ComparisonChart, style: Style, width: float) -> None:
        self.chart, self.style = chart, style
        self.sheet = sheet = Sheet(style, width)
        self.bar = max(style.bar * THICKNESS, sheet.small.size * 1.12)
        values = [v for pair in chart.pairs for v in (pair.one, pair.other) if v is not None]
        back = -min([*values, Fraction(0)])
        reach = max([*values, Fraction(0)])
        words = [
            sheet.small.width(text)
            for pair in chart.pairs
            for text in (self._words(pair, 0), self._words(pair, 1))
        ]
        label = max(words, default=0.0) + style.gap
        left = label if back else 0.0
        self.names, name_room = headings.wrapped(
            sheet,
            [pair.part.name for pair in chart.pairs],
            sheet.name_room(NAME_SHARE, label + left + style.gap),
        )
        self.start = sheet.left + name_room + style.gap
        room = sheet.right - self.start - label - left
        self.scale = max(0.0, room) / float(back + reach) if back + reach else 0.0
        self.zero = self.start + left + float(back) * self.scale

    @staticmethod
    def _value(pair: Pair, side: int) -> Fraction | None:
        return pair.other if side else pair.one

    def _words(self, pair: Pair, side: int) -> str:
        value, against = self._value(pair, side), self._value(pair, 1 - side)
        if value is None:
            return pair.other_mark if side else pair.one_mark
        words = self.chart.numbers.points(value)
        if against is not None and value > against:
            return f"{words} ({self.chart.numbers.signed(value - against)})"
        return words

    def drawing(self) -> Drawing:
        """The whole picture."""
        sheet, palette = self.sheet, self.style.palette
        headings.heading(sheet, self.chart.title, provisional=self.chart.provisional)
        headings.key(
            sheet,
            [
                (palette.one, self._side(self.chart.one)),
                (palette.other, self._side(self.chart.other)),
            ],
            words=sheet.strong,
        )
        sheet.y += self.style.gap / 2
        top = sheet.y
        for pair, name in zip(self.chart.pairs, self.names, strict=True):
            self._pair(pair, name)
        if self.chart.pairs:
            sheet.line(self.zero, top, self.zero, sheet.y, palette.rule)
        return sheet.finished()

    def _side(self, side: Side) -> str:
        points = BLANK if side.total is None else f"{self.chart.numbers.points(side.total)} điểm"
        rank = f", hạng {side.rank}" if side.rank is not None else ""
        end = f": {points}{rank}"
        room = self.sheet.right - self.sheet.left - self.sheet.strong.size * 1.5
        name = self.sheet.strong.cut(side.name, room - self.sheet.strong.width(end))
        return f"{name}{end}"

    def _pair(self, pair: Pair, name: tuple[str, ...]) -> None:
        sheet, palette = self.sheet, self.style.palette
        height = max(2 * self.bar + 1, len(name) * sheet.words.leading) + self.style.gap
        middle = sheet.y + height / 2
        sheet.lines(sheet.left, middle, name, sheet.words, palette.ink)
        for side, tone in ((0, palette.one), (1, palette.other)):
            top = middle - self.bar - 0.5 + side * (self.bar + 1)
            self._bar(pair, side, top, tone)
        sheet.y += height

    def _bar(self, pair: Pair, side: int, top: float, tone: Tone) -> None:
        sheet, middle, value = self.sheet, top + self.bar / 2, self._value(pair, side)
        words, away = self._words(pair, side), self.style.gap / 2
        if value is None:
            muted = sheet.palette.muted
            if words:
                sheet.text(self.zero + away, middle, words, sheet.small, muted)
            return
        wide = abs(float(value)) * self.scale
        if wide:
            left = self.zero if value > 0 else self.zero - wide
            sheet.area(left, top, wide, self.bar, tone)
        ink = sheet.palette.ink
        if value < 0:
            sheet.text(self.zero - wide - away, middle, words, sheet.small, ink, "end")
        else:
            sheet.text(self.zero + wide + away, middle, words, sheet.small, ink)
