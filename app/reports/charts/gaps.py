"""Draws self-scores against the scores that count: two dots in each row, joined by a line."""

from __future__ import annotations

from fractions import Fraction

from reportlab.graphics.shapes import Drawing

from app.reports.charts import headings
from app.reports.charts.description import Gap, GapsChart
from app.reports.charts.sheet import Sheet
from app.reports.charts.style import Style, Tone

NAME_SHARE = 0.4
RADIUS = 0.36
"""Radius of a dot as a share of the size of type."""
DIFFERENCE = "Chênh lệch"


class GapsPicture:
    """One drawing of a `GapsChart`."""

    def __init__(self, chart: GapsChart, style: Style, width: float) -> None:
        self.chart, self.style = chart, style
        self.sheet = sheet = Sheet(style, width)
        self.radius = style.size * RADIUS
        self.label_room = max((sheet.strong.width(row.label) for row in chart.rows), default=0.0)
        self.label_room = min(self.label_room, width * 0.12)
        self.name_x = sheet.left + self.label_room + (style.gap if self.label_room else 0.0)
        values = [v for row in chart.rows for v in (row.own, row.final) if v is not None]
        words = [word for row in chart.rows for word in row.words(chart.numbers)]
        value_room = max((sheet.small.width(word) for word in words), default=0.0)
        self.reach = value_room + self.radius + 4
        self.end = sheet.right - style.gap - self._difference_room()
        taken = self.name_x + style.gap + 2 * self.reach + sheet.right - self.end
        self.names, name_room = headings.wrapped(
            sheet, [row.title for row in chart.rows], sheet.name_room(NAME_SHARE, taken)
        )
        self.start = self.name_x + name_room + style.gap
        self.low = min([*values, Fraction(0)])
        span = max([*values, Fraction(0)]) - self.low
        room = self.end - self.start - 2 * self.reach
        self.scale = max(0.0, room) / float(span) if span else 0.0

    def _difference_room(self) -> float:
        signed = self.chart.numbers.signed
        widths = [
            self.sheet.strong.width(signed(row.difference or Fraction(0)))
            for row in self.chart.rows
        ]
        return max([*widths, self.sheet.small.width(DIFFERENCE)])

    def _x(self, value: Fraction) -> float:
        return self.start + self.reach + float(value - self.low) * self.scale

    def drawing(self) -> Drawing:
        """The whole picture."""
        sheet = self.sheet
        headings.heading(sheet, self.chart.title, provisional=self.chart.provisional)
        if self.chart.rows:
            self._names()
        for row, name in zip(self.chart.rows, self.names, strict=True):
            self._row(row, name)
        sheet.y += self.style.gap / 2
        headings.note(sheet, self.chart.rest or ("" if self.chart.rows else self.chart.alt))
        return sheet.finished()

    def _names(self) -> None:
        """Which dot is which: above the first row where that fits, else as a key."""
        sheet, small, first = self.sheet, self.sheet.small, self.chart.rows[0]
        assert first.own is not None
        assert first.final is not None
        sides = [
            (self._x(first.own), self.chart.own_name),
            (self._x(first.final), self.chart.final_name),
        ]
        (left, left_name), (right, right_name) = sorted(sides, key=lambda side: side[0])
        left, right = left + self.radius, right - self.radius
        if right - left < small.size:
            left, right = left - self.radius * 2, right + self.radius * 2
        fits = (
            left - small.width(left_name) >= self.start
            and right + small.width(right_name) <= self.end
            and right - left >= small.size / 2
        )
        ink = sheet.palette.ink
        middle = sheet.y + small.leading / 2
        sheet.text(sheet.right, middle, DIFFERENCE, small, sheet.palette.muted, "end")
        if fits:
            sheet.text(left, middle, left_name, small, ink, "end")
            sheet.text(right, middle, right_name, small, ink)
        else:
            self._key(middle)
        sheet.y += small.leading

    def _key(self, middle: float) -> None:
        sheet, small = self.sheet, self.sheet.small
        x, room = sheet.left, (self.end - sheet.left) / 2 - self.radius * 6
        for name, tone in (
            (self.chart.own_name, self.style.palette.one),
            (self.chart.final_name, self.style.palette.other),
        ):
            self._dot(x + self.radius, middle, tone)
            words = small.cut(name, room)
            sheet.text(x + self.radius * 3, middle, words, small, sheet.palette.ink)
            x += self.radius * 6 + small.width(words)

    def _dot(self, x: float, y: float, tone: Tone) -> None:
        self.sheet.dot(x, y, self.radius, tone.fill, self.sheet.palette.ink)

    def _row(self, row: Gap, name: tuple[str, ...]) -> None:
        sheet, style, palette = self.sheet, self.style, self.sheet.palette
        assert row.own is not None
        assert row.final is not None
        assert row.difference is not None
        height = max(style.bar, len(name) * sheet.words.leading) + style.gap
        middle = sheet.y + height / 2
        label = sheet.strong.cut(row.label, self.label_room)
        if label:
            sheet.text(sheet.left, middle, label, sheet.strong, palette.ink)
        sheet.lines(self.name_x, middle, name, sheet.words, palette.ink)
        own, final = self._x(row.own), self._x(row.final)
        sheet.line(sheet.left, sheet.y + height, sheet.right, sheet.y + height, palette.rule, 0.5)
        sheet.line(own, middle, final, middle, palette.muted, 2.5)
        self._dot(own, middle, palette.one)
        self._dot(final, middle, palette.other)
        own_words, final_words = row.words(self.chart.numbers)
        ends = sorted([(own, own_words), (final, final_words)], key=lambda end: end[0])
        (left, left_words), (right, right_words) = ends
        away = self.radius + 4
        sheet.text(left - away, middle, left_words, sheet.small, palette.ink, "end")
        sheet.text(right + away, middle, right_words, sheet.small, palette.ink)
        words = self.chart.numbers.signed(row.difference)
        sheet.text(sheet.right, middle, words, sheet.strong, palette.ink, "end")
        sheet.y += height
