"""A picture in lines of text: its title, the sentence that it tells, and its numbers.

For the terminal, for readers of the screen, and for whoever wants to check the picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from app.reports.charts.description import (
    PROVISIONAL,
    Bar,
    Chart,
    ComparisonChart,
    GapsChart,
    Numbers,
    Pair,
    SectionsChart,
    YearLine,
    YearsChart,
)
from app.reports.charts.spread import SpreadChart, percent
from app.reports.figures import BLANK


def listing(chart: Chart) -> Iterator[str]:
    """The lines, without marks of layout."""
    yield chart.title + (f" ({PROVISIONAL.lower()})" if chart.provisional else "")
    yield chart.alt
    match chart:
        case SectionsChart():
            for bar in chart.bars:
                yield f"- {_bar(chart, bar)}"
        case GapsChart():
            for row in chart.rows:
                name = f"{row.label} {row.title}".strip()
                own, final = row.words(chart.numbers)
                change = "" if row.difference is None else chart.numbers.signed(row.difference)
                yield (
                    f"- {name}: {chart.own_name.lower()} {own}, {chart.final_name.lower()} "
                    f"{final} ({change})"
                )
            if chart.rest:
                yield chart.rest
        case YearsChart():
            for line in chart.lines:
                yield f"- {_line(chart, line)}"
            if chart.note:
                yield chart.note
        case ComparisonChart():
            one, other = chart.one.name, chart.other.name
            for pair in chart.pairs:
                first, second = _pair(chart.numbers, pair)
                yield f"- {pair.part.name}: {one} {first}; {other} {second}"
        case SpreadChart():
            for share in chart.rows:
                yield f"- {share.name}: {percent(share.value)}"
            if chart.remainder:
                yield chart.remainder


def _points(numbers: Numbers, value: Fraction | None) -> str:
    return BLANK if value is None else numbers.points(value)


def _bar(chart: SectionsChart, bar: Bar) -> str:
    parts = [
        f"{(part.label or part.title)} {chart.numbers.points(value)}"
        for part, value in zip(chart.parts, bar.values, strict=True)
        if value is not None
    ]
    parts += [f"{label} {BLANK}" for label in bar.unscored]
    parts += [f"còn {bar.blanks} ô chưa chấm"] if bar.blanks else []
    parts += [bar.reason.rstrip(".")] if bar.reason else []
    rank = f"{bar.rank}. " if bar.rank is not None else ""
    return f"{rank}{bar.name}: {_points(chart.numbers, bar.total)} ({'; '.join(parts)})"


def _line(chart: YearsChart, line: YearLine) -> str:
    before, now = (BLANK if v is None else chart.value(v) for v in (line.before, line.now))
    if line.new:
        return f"{line.name} (mới): {now}"
    if line.left:
        return f"{line.name} (không còn): {before}"
    change = "" if line.difference is None else f" ({chart.numbers.signed(line.difference)})"
    return f"{line.name}: {before} → {now}{change}"


def _pair(numbers: Numbers, pair: Pair) -> tuple[str, str]:
    first = pair.one_mark if pair.one is None else numbers.points(pair.one)
    second = pair.other_mark if pair.other is None else numbers.points(pair.other)
    return first, second
