"""Draws two years: a line for each unit from last year's total to this year's.

Names and numbers stand at both ends; where totals are too close they are moved apart, and a
thin line leads from each to its point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reportlab.graphics.shapes import Drawing

from app.reports.charts import headings
from app.reports.charts.description import YearLine, YearsChart
from app.reports.charts.sheet import Anchor, Sheet
from app.reports.charts.style import Style

NAME_SHARE = 0.24
LEAD = 14.0
"""Room between a point and its words."""
AIR = 6.0
"""Room between the words of two units."""
LEAST_LINES = 10
"""The least height, in lines of type, so that slopes can be seen."""
NEW, LEFT = "mới", "không còn"


@dataclass(frozen=True, slots=True)
class _End:
    """The words at one end of a line, and the value of its point."""

    number: int
    value: Fraction
    points: str
    beside: str
    name: tuple[str, ...]
    height: float


class YearsPicture:
    """One drawing of a `YearsChart`."""

    def __init__(self, chart: YearsChart, style: Style, width: float) -> None:
        self.chart, self.style = chart, style
        self.sheet = sheet = Sheet(style, width)
        self.sides = [self._ends(0.0, now=False), self._ends(0.0, now=True)]
        self.point_rooms = [self._widest(side, "points") for side in self.sides]
        self.beside_rooms = [self._widest(side, "beside") for side in self.sides]
        taken = sum(self.point_rooms) + sum(self.beside_rooms) + 5 * style.gap + 2 * LEAD
        taken += sheet.small.width(LEFT)
        room = sheet.name_room(2 * NAME_SHARE, taken) / 2
        self.sides = [self._ends(room, now=False), self._ends(room, now=True)]
        gone = any(line.left for line in chart.lines)
        suffixes = (sheet.small.width(LEFT) if gone else 0.0, 0.0)
        name_rooms = [
            max([*(sheet.words.width(line) for end in side for line in end.name), suffix])
            for side, suffix in zip(self.sides, suffixes, strict=True)
        ]
        wide = [
            sum(room + style.gap for room in rooms if room)
            for rooms in zip(self.point_rooms, self.beside_rooms, name_rooms, strict=True)
        ]
        self.xs = (sheet.left + wide[0] + LEAD, sheet.right - wide[1] - LEAD)
        values = [end.value for side in self.sides for end in side]
        self.low, self.high = min(values, default=Fraction(0)), max(values, default=Fraction(0))
        least = LEAST_LINES * sheet.words.leading if values else 0.0
        self.height = max([least, *(sum(end.height for end in side) for side in self.sides)])

    def _ends(self, room: float, *, now: bool) -> list[_End]:
        """The words at one side, with names at most ``room`` wide."""
        found = []
        for number, line in enumerate(self.chart.lines):
            value = line.now if now else line.before
            if value is None:
                continue
            name = self.sheet.words.lines(line.name, room, self.style.name_lines)
            height = max(len(name), 1) * self.sheet.words.leading + AIR
            if line.left:
                height += self.sheet.small.leading
            beside = self._beside(line) if now else ""
            found.append(_End(number, value, self.chart.value(value), beside, name, height))
        return found

    def _beside(self, line: YearLine) -> str:
        if line.difference is not None:
            return self.chart.numbers.signed(line.difference)
        return NEW if line.new else ""

    def _widest(self, side: Sequence[_End], which: str) -> float:
        type_ = self.sheet.strong if which == "points" else self.sheet.small
        return max((type_.width(getattr(end, which)) for end in side), default=0.0)

    # ------------------------------------------------------------------ drawing

    def drawing(self) -> Drawing:
        """The whole picture."""
        sheet, chart = self.sheet, self.chart
        headings.heading(sheet, chart.title, provisional=chart.provisional)
        if any(self.sides):
            self._years()
            self._lines()
        sheet.y += self.style.gap / 2
        for text in (chart.note, self._without_points()):
            headings.note(sheet, text)
        return sheet.finished()

    def _years(self) -> None:
        sheet, strong = self.sheet, self.sheet.strong
        room = (self.xs[1] - self.xs[0]) / 2 + LEAD
        middle = sheet.y + strong.leading / 2
        rooms = (self.xs[0] - sheet.left + room - LEAD, sheet.right - self.xs[1] + room - LEAD)
        for side, (x, name) in enumerate(
            zip(self.xs, (self.chart.before_name, self.chart.now_name), strict=True)
        ):
            words = strong.cut(name, rooms[side] / 1.1)
            half = strong.width(words) / 2
            x = min(max(x, sheet.left + half), sheet.right - half)
            x = (
                min(x, self._middle() - half - 4)
                if side == 0
                else max(x, self._middle() + half + 4)
            )
            sheet.text(x, middle, words, strong, sheet.palette.ink, "middle")
        sheet.y += strong.leading + self.style.gap / 2

    def _middle(self) -> float:
        return (self.xs[0] + self.xs[1]) / 2

    def _y(self, value: Fraction) -> float:
        edge = self.sheet.words.leading / 2
        if self.high == self.low:
            return self.sheet.y + self.height / 2
        share = float((self.high - value) / (self.high - self.low))
        return self.sheet.y + edge + share * (self.height - 2 * edge)

    def _lines(self) -> None:
        sheet, palette = self.sheet, self.style.palette
        for x in self.xs:
            sheet.line(x, sheet.y, x, sheet.y + self.height, palette.rule)
        now = {end.number: end for end in self.sides[1]}
        for end in self.sides[0]:
            if end.number in now:
                later = now[end.number].value
                rises = later >= end.value
                sheet.line(
                    self.xs[0],
                    self._y(end.value),
                    self.xs[1],
                    self._y(later),
                    palette.ink if rises else palette.muted,
                    2.0 if rises else 1.0,
                )
        for side, ends in enumerate(self.sides):
            self._words(side, ends)
        sheet.y += self.height

    def _words(self, side: int, ends: Sequence[_End]) -> None:
        sheet, palette, gap = self.sheet, self.style.palette, self.style.gap
        wanted = [(self._y(end.value), end.height) for end in ends]
        middles = spread(wanted, sheet.y, sheet.y + self.height)
        sign = 1 if side else -1
        anchor: Anchor = "start" if side else "end"
        for end, middle in zip(ends, middles, strict=True):
            x, point = self.xs[side], self._y(end.value)
            sheet.line(x, point, x + sign * (LEAD - 2), middle, palette.rule, 0.7)
            tone = palette.other if side else palette.one
            sheet.dot(x, point, 3.5, tone.fill, palette.ink)
            x += sign * LEAD
            sheet.text(x, middle, end.points, sheet.strong, palette.ink, anchor)
            x += sign * (self.point_rooms[side] + gap)
            if self.beside_rooms[side]:
                if end.beside:
                    sheet.text(x, middle, end.beside, sheet.small, palette.muted, anchor)
                x += sign * (self.beside_rooms[side] + gap)
            if self.chart.lines[end.number].left:
                below = sheet.small.leading / 2
                at = middle + len(end.name) * sheet.words.leading / 2
                sheet.text(x, at, LEFT, sheet.small, palette.muted, anchor)
                middle -= below
            sheet.lines(x, middle, end.name, sheet.words, palette.ink, anchor)

    def _without_points(self) -> str:
        """The members of a year that have no score in it yet."""
        chart = self.chart
        parts = []
        for year, names in (
            (chart.before_name, [x.name for x in chart.lines if x.before is None and not x.new]),
            (chart.now_name, [x.name for x in chart.lines if x.now is None and not x.left]),
        ):
            parts += [f"{year}: {', '.join(names)}"] if names else []
        return f"Chưa có điểm {'; '.join(parts)}." if parts else ""


def spread(wanted: Sequence[tuple[float, float]], top: float, bottom: float) -> list[float]:
    """Middles as near as may be to the wanted ones, so that boxes of the heights stand apart.

    ``wanted`` are pairs of middle and height; the heights together fit between the edges.
    """
    order = sorted(range(len(wanted)), key=lambda number: wanted[number][0])
    middles = [0.0] * len(wanted)
    edge = top
    for number in order:
        middle, height = wanted[number]
        middles[number] = max(middle, edge + height / 2)
        edge = middles[number] + height / 2
    edge = bottom
    for number in reversed(order):
        height = wanted[number][1]
        middles[number] = min(middles[number], edge - height / 2)
        edge = middles[number] - height / 2
    return middles
