"""Draws shares of the spread: a bar for each criterion, to the left of the line where negative."""

from __future__ import annotations

from fractions import Fraction

from reportlab.graphics.shapes import Drawing

from app.reports.charts import headings
from app.reports.charts.sheet import Sheet
from app.reports.charts.spread import Share, SpreadChart, percent
from app.reports.charts.style import Style

NAME_SHARE = 0.46
THICKNESS = 0.8
"""Thickness of a bar as a share of that of the style."""


class SpreadPicture:
    """One drawing of a `SpreadChart`."""

    def __init__(self, chart: SpreadChart, style: Style, width: float) -> None:
        self.chart, self.style = chart, style
        self.sheet = sheet = Sheet(style, width)
        self.bar = style.bar * THICKNESS
        self.label_room = max((sheet.strong.width(row.label) for row in chart.rows), default=0.0)
        self.label_room = min(self.label_room, width * 0.12)
        self.name_x = sheet.left + self.label_room + (style.gap if self.label_room else 0.0)
        values = [row.value for row in chart.rows]
        back, reach = -min([*values, Fraction(0)]), max([*values, Fraction(0)])
        words = [sheet.strong.width(percent(value)) for value in values]
        room = max(words, default=0.0) + style.gap
        left = room if back else 0.0
        taken = self.name_x - sheet.left + room + left + style.gap
        self.names, name_room = headings.wrapped(
            sheet, [row.title for row in chart.rows], sheet.name_room(NAME_SHARE, taken)
        )
        self.start = self.name_x + name_room + style.gap
        plot = max(0.0, sheet.right - self.start - room - left)
        self.scale = plot / float(back + reach) if back + reach else 0.0
        self.zero = self.start + left + float(back) * self.scale

    def drawing(self) -> Drawing:
        """The whole picture."""
        sheet, chart = self.sheet, self.chart
        headings.heading(sheet, chart.title, provisional=chart.provisional)
        top = sheet.y
        for row, name in zip(chart.rows, self.names, strict=True):
            self._row(row, name)
        if chart.rows:
            sheet.line(self.zero, top, self.zero, sheet.y, sheet.palette.rule)
        sheet.y += self.style.gap / 2
        headings.note(sheet, chart.remainder if chart.rows else chart.alt)
        return sheet.finished()

    def _row(self, row: Share, name: tuple[str, ...]) -> None:
        sheet, palette = self.sheet, self.sheet.palette
        height = max(self.bar, len(name) * sheet.words.leading) + self.style.gap
        middle = sheet.y + height / 2
        label = sheet.strong.cut(row.label, self.label_room)
        if label:
            sheet.text(sheet.left, middle, label, sheet.strong, palette.ink)
        sheet.lines(self.name_x, middle, name, sheet.words, palette.ink)
        wide, away = abs(float(row.value)) * self.scale, self.style.gap / 2
        if wide:
            left = self.zero if row.value > 0 else self.zero - wide
            sheet.area(left, middle - self.bar / 2, wide, self.bar, palette.other)
        words = percent(row.value)
        if row.value < 0:
            sheet.text(self.zero - wide - away, middle, words, sheet.strong, palette.ink, "end")
        else:
            sheet.text(self.zero + wide + away, middle, words, sheet.strong, palette.ink)
        sheet.y += height
