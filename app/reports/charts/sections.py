"""Draws stacked bars: the parts of each unit's total, one row for a unit.

Positive parts stand end to end from the zero line; what is taken away runs back from their end in
a thin lane below, so that the lane ends at the total. A stroke marks the total wherever that is
not simply the end of the bar. Words that do not fit into their part are left out there and said
in the key below the bars.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from reportlab.graphics.shapes import Drawing

from app.reports.charts import headings
from app.reports.charts.description import Bar, Part, PartKind, SectionsChart
from app.reports.charts.sheet import Sheet
from app.reports.charts.style import Hatch, Palette, Style, Tone
from app.reports.figures import BLANK

NAME_SHARE = 0.3
"""Share of the width that names may take."""
LEAST_PLOT = 0.35
"""Share of the width that bars must keep before remarks beside them give way."""
PAD = 3.0
APART = "Không xếp hạng"


def tones(palette: Palette, parts: Sequence[Part]) -> list[Tone]:
    """The tone of each part: sections in turn, the other kinds their own."""
    found, at = [], 0
    for part in parts:
        match part.kind:
            case PartKind.BONUS:
                found.append(palette.bonus)
            case PartKind.DEDUCTION:
                found.append(palette.deduction)
            case PartKind.SENT:
                found.append(palette.sent)
            case PartKind.SECTION:
                turn, place = divmod(at, len(palette.sections))
                found.append(_turned(palette.sections[place], turn))
                at += 1
    return found


def _turned(tone: Tone, turn: int) -> Tone:
    """A tone that is used again: hatched, so that it is not taken for the first."""
    if turn == 0:
        return tone
    hatch = (Hatch.RISING, Hatch.FALLING)[turn % 2 == 0]
    return replace(
        tone, hatch=hatch if tone.hatch is Hatch.NONE else Hatch.CROSSED, line=tone.line or tone.ink
    )


@dataclass(frozen=True, slots=True)
class _Row:
    bar: Bar
    name: tuple[str, ...]
    total: str
    remark: str


class SectionsPicture:
    """One drawing of a `SectionsChart`."""

    def __init__(self, chart: SectionsChart, style: Style, width: float) -> None:
        self.chart, self.style = chart, style
        self.sheet = Sheet(style, width)
        self.tones = tones(style.palette, chart.parts)
        ranks = [str(bar.rank) if bar.rank is not None else "" for bar in chart.bars]
        self.rank_room = max((self.sheet.strong.width(rank) for rank in ranks), default=0.0)
        self.name_x = self.sheet.left + (self.rank_room + style.gap if self.rank_room else 0.0)
        totals = max((self.sheet.strong.width(self._total(bar)) for bar in chart.bars), default=0.0)
        names, name_room = headings.wrapped(
            self.sheet,
            [bar.name for bar in chart.bars],
            self.sheet.name_room(NAME_SHARE, self.name_x + 2 * style.gap + totals),
        )
        self.start = self.name_x + name_room + style.gap
        self.remarked = self._remarks_fit()
        self.rows = [
            _Row(bar, lines, self._total(bar), self._remark(bar) if self.remarked else "")
            for bar, lines in zip(chart.bars, names, strict=True)
        ]
        self.back = max((self._below_zero(bar) for bar in chart.bars), default=0.0)
        self.scale = self._scale([self._end_width(row) for row in self.rows])
        self.zero = self.start + self.back * self.scale
        self.named: set[int] = set()

    # ------------------------------------------------------------------ measures

    def _total(self, bar: Bar) -> str:
        return BLANK if bar.total is None else self.chart.numbers.points(bar.total)

    def _remark(self, bar: Bar) -> str:
        parts = [f"đã trừ {self.chart.numbers.short(bar.lost)}"] if bar.lost else []
        parts += [f"còn {bar.blanks} ô chưa chấm"] if bar.blanks else []
        return ", ".join(parts)

    def _end_width(self, row: _Row) -> float:
        remark = self.sheet.small.width(row.remark) + self.style.gap if row.remark else 0.0
        return self.style.gap + self.sheet.strong.width(row.total) + remark

    def _remarks_fit(self) -> bool:
        widest = max(
            (
                self._end_width(_Row(bar, (), self._total(bar), self._remark(bar)))
                for bar in self.chart.bars
            ),
            default=0.0,
        )
        return self.sheet.right - self.start - widest >= self.sheet.width * LEAST_PLOT

    @staticmethod
    def _below_zero(bar: Bar) -> float:
        return float(max(bar.lost - bar.gained, -(bar.total or 0), 0))

    @staticmethod
    def _reach(bar: Bar) -> float:
        return float(max(bar.gained, bar.total or 0, 0))

    def _scale(self, ends: Sequence[float]) -> float:
        """Units of the drawing for a point: as many as leave room for every end label."""
        room = self.sheet.right - self.start
        scales = [
            (room - end) / (self.back + self._reach(bar))
            for bar, end in zip(self.chart.bars, ends, strict=True)
            if self.back + self._reach(bar) > 0
        ]
        return max(0.0, min(scales, default=0.0))

    # ------------------------------------------------------------------ drawing

    def drawing(self) -> Drawing:
        """The whole picture."""
        sheet, style = self.sheet, self.style
        headings.heading(sheet, self.chart.title, provisional=self.chart.provisional)
        if self.rows:
            self._part_names()
        top, apart = sheet.y, False
        for row in self.rows:
            if row.bar.rank is None and not apart and self.rank_room:
                apart = True
                sheet.y += style.gap
                middle = sheet.y + sheet.small.leading / 2
                sheet.text(self.name_x, middle, APART, sheet.small, sheet.palette.muted)
                sheet.y += sheet.small.leading
            self._row(row)
        if self.rows:
            sheet.line(self.zero, top, self.zero, sheet.y, sheet.palette.rule)
        sheet.y += style.gap
        headings.key(sheet, self._key())
        sheet.y += style.gap / 2
        for text in self._notes():
            headings.note(sheet, text, most=6)
        return sheet.finished()

    def _row(self, row: _Row) -> None:
        sheet, style, bar = self.sheet, self.style, row.bar
        lane = style.lane + 1 if any(b.lost or b.reason for b in self.chart.bars) else 0.0
        height = max(style.bar + 2 * lane, len(row.name) * sheet.words.leading) + style.gap
        middle = sheet.y + height / 2
        top = middle - style.bar / 2
        ink = sheet.palette.ink
        if bar.rank is not None:
            sheet.text(sheet.left + self.rank_room, middle, str(bar.rank), sheet.strong, ink, "end")
        sheet.lines(self.name_x, middle, row.name, sheet.words, ink)
        stroke = self._stroke(bar)
        self._segments(bar, top, stroke)
        self._lane(bar, top + style.bar + 1)
        if stroke is not None:
            self._joined(bar, stroke, top)
            sheet.line(stroke, top - 2, stroke, top + style.bar + max(lane, 2), ink, 2.0)
        x = self.zero + self._reach(bar) * self.scale + style.gap
        sheet.text(x, middle, row.total, sheet.strong, ink)
        if row.remark:
            x += sheet.strong.width(row.total) + style.gap
            sheet.text(x, middle, row.remark, sheet.small, sheet.palette.muted)
        sheet.y += height

    def _stroke(self, bar: Bar) -> float | None:
        """Where the total lies, if that is not simply the end of the bar."""
        if bar.total is None:
            return None
        apart = abs(float(bar.total - bar.gained + bar.lost)) * self.scale
        return self.zero + float(bar.total) * self.scale if bar.lost or apart > 1 else None

    def _joined(self, bar: Bar, stroke: float, top: float) -> None:
        """A thin line from where the parts end to a total that they do not add up to."""
        end = self.zero + float(bar.gained) * self.scale
        kept = end - float(bar.lost) * self.scale
        if abs(stroke - kept) <= 1:
            return
        rule, bottom = self.sheet.palette.rule, top + self.style.bar
        if bar.lost or stroke < end:
            at = bottom + 1 + self.style.lane / 2
            self.sheet.line(kept, at, stroke, at, rule)
        else:
            at = top + self.style.bar / 2
            self.sheet.line(end, at, stroke, at, rule)

    def _segments(self, bar: Bar, top: float, stroke: float | None) -> None:
        """The positive parts from left to right, each with its points where they fit."""
        sheet, style, x = self.sheet, self.style, self.zero
        for value, tone in zip(bar.values, self.tones, strict=True):
            if value is None or value <= 0 or not self.scale:
                continue
            wide = float(value) * self.scale
            sheet.area(x, top, wide, style.bar, tone)
            free = (x, x + wide)
            if stroke is not None and x < stroke < x + wide:
                free = max((x, stroke - 1), (stroke + 1, x + wide), key=_length)
            self._points(value, free, top + style.bar / 2, tone)
            x += wide

    def _points(
        self, value: Fraction, free: tuple[float, float], middle: float, tone: Tone
    ) -> None:
        sheet, words = self.sheet, self.chart.numbers.short(value)
        run, centre = sheet.small.width(words), sum(free) / 2
        if run + 2 * PAD > _length(free):
            return
        if tone.hatch is not Hatch.NONE:
            tall = sheet.small.size * 1.1
            sheet.patch(centre - run / 2 - 2, middle - tall / 2, run + 4, tall, tone.fill)
        sheet.text(centre, middle, words, sheet.small, tone.ink, "middle")

    def _lane(self, bar: Bar, top: float) -> None:
        """What is taken away, from the end of the bar back towards the total."""
        end = self.zero + float(bar.gained) * self.scale
        for value, tone in zip(bar.values, self.tones, strict=True):
            if value is None or value >= 0 or not self.scale:
                continue
            wide = -float(value) * self.scale
            end -= wide
            self.sheet.area(end, top, wide, self.style.lane, tone)

    def _part_names(self) -> None:
        """The names of the parts above those of the first bar, where they fit."""
        sheet, x = self.sheet, self.zero
        placed: list[tuple[float, tuple[str, ...]]] = []
        for number, (part, value) in enumerate(
            zip(self.chart.parts, self.rows[0].bar.values, strict=True)
        ):
            if value is None or value <= 0 or not self.scale:
                continue
            wide = float(value) * self.scale
            room = wide - 2 * PAD
            if sheet.small.fits(part.name, room, 2):
                placed.append((x + wide / 2, sheet.small.lines(part.name, room, 2)))
                self.named.add(number)
            elif part.label and sheet.small.width(part.label) <= room:
                placed.append((x + wide / 2, (part.label,)))
            x += wide
        most = max((len(lines) for _, lines in placed), default=0)
        for middle, lines in placed:
            at = sheet.y + (most - len(lines) / 2) * sheet.small.leading
            sheet.lines(middle, at, lines, sheet.small, sheet.palette.ink, "middle")
        sheet.y += most * sheet.small.leading

    # ------------------------------------------------------------------ below the bars

    def _key(self) -> list[tuple[Tone, str]]:
        """The parts that are drawn somewhere and not named above the first bar."""
        shown = [
            any(bar.values[number] for bar in self.chart.bars)
            for number in range(len(self.chart.parts))
        ]
        return [
            (tone, part.name)
            for number, (part, tone) in enumerate(zip(self.chart.parts, self.tones, strict=True))
            if shown[number] and number not in self.named
        ]

    def _notes(self) -> list[str]:
        """What is said of units below, once where it is true of several."""
        said: dict[str, list[str]] = {}
        for bar in self.chart.bars:
            remark = self._remark(bar)
            words = [remark] if remark and not self.remarked else []
            words += [f"chưa chấm phần {', '.join(bar.unscored)}"] if bar.unscored else []
            words += [bar.reason.rstrip(". ")] if bar.reason else []
            for word in words:
                said.setdefault(word, []).append(bar.name)
        return [
            f"{names[0]}: {word}." if len(names) == 1 else f"{_capital(word)}: {'; '.join(names)}."
            for word, names in said.items()
        ]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _length(free: tuple[float, float]) -> float:
    return free[1] - free[0]
