"""Which sheet, which size of type, how wide each column: found by measuring real type.

A table is tried on A4 upright and A4 lengthwise at 12 and 11 points, then also on A3 at 10, then
at 9; what is still too wide is parted into bands of columns that repeat the leading columns.
Lengths are points unless a name ends in ``_mm``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.lib.units import mm

from app.reports import fonts
from app.reports.document import Align, Cell, Column, ColumnGroup, Page, RowKind, Sheet, Table

PROPER: Final = (12.0, 11.0)
"""Sizes of type in tables that are looked for on A4 first (NĐ 30/2020: 11 to 13)."""
SMALL: Final = 10.0
"""For wide tables, on any sheet."""
LEAST: Final = 9.0
"""For the widest; nothing on paper is smaller."""
HEAD_LINES: Final = 4
"""Lines that the head of a narrow column may take."""
LONGEST_WORD: Final = 9.0
"""Ems from which a word is broken, or a head takes more lines, before a column grows."""
AIR: Final = 0.8
"""Ems that a column of figures is given beyond its digits, where there is room."""
PADDING: Final = 3.5
_EM: Final = 100.0
"""The size at which words are measured; widths grow in proportion."""

_FIGURE = re.compile(r"[+−-]?\d[\d.]*(?:,\d+)?%?")


@dataclass(frozen=True, slots=True)
class Measure:
    """Widths of one column in ems: the least, the one that breaks no line, and its figures.

    ``whole`` and ``part`` are the widest digits before and from the comma on.
    """

    least: float
    natural: float
    whole: float = 0
    part: float = 0


@dataclass(frozen=True, slots=True)
class Band:
    """A part of a table with the columns that fit on one sheet, and their widths in points."""

    columns: tuple[Column | ColumnGroup, ...]
    leaves: tuple[int, ...]
    widths: tuple[float, ...]
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """The chosen sheet, the size of type of its tables, and the bands of each table."""

    sheet: Sheet
    size: float
    bands: tuple[tuple[Band, ...], ...]


def figure_parts(text: str) -> tuple[str, str] | None:
    """A printed figure cut before its comma, or ``None`` where the text is no figure."""
    if not _FIGURE.fullmatch(text):
        return None
    whole, comma, part = text.partition(",")
    return whole, comma + part


def text_width(page: Page, sheet: Sheet) -> float:
    """The room between the left and right margins."""
    return float((sheet.size_mm[0] - page.left_mm - page.right_mm) * mm)


def choose(page: Page, tables: Sequence[Table]) -> Fit:
    """The first sheet of ``page`` on which all ``tables`` fit at a legible size."""
    measured = [(table, measures(table)) for table in tables]
    small = [sheet for sheet in page.sheets if sheet is not Sheet.A3_LANDSCAPE]
    for sizes, sheets in ((PROPER, small), ((SMALL,), page.sheets), ((LEAST,), page.sheets)):
        for sheet in sheets:
            room = text_width(page, sheet)
            for size in sizes:
                if all(_needed(table, found, size) <= room for table, found in measured):
                    bands = tuple((_band(t, found, None, size, room),) for t, found in measured)
                    return Fit(sheet, size, bands)
    sheet = page.sheets[-1]
    room = text_width(page, sheet)
    parted = {
        size: tuple(_bands(table, found, size, room) for table, found in measured)
        for size in (*PROPER, SMALL, LEAST)
    }
    fewest = _pages_across(parted[LEAST])
    size = next(size for size, bands in parted.items() if _pages_across(bands) == fewest)
    return Fit(sheet, size, parted[size])


def within(table: Table, room: float) -> tuple[float, Band]:
    """The size of type at which a table fits into ``room``, or the least, and its one band."""
    found = measures(table)
    sizes = (*PROPER, SMALL, LEAST)
    size = next((size for size in sizes if _needed(table, found, size) <= room), LEAST)
    return size, _band(table, found, None, size, room)


def _pages_across(bands: Sequence[Sequence[Band]]) -> int:
    return sum(len(of_table) for of_table in bands)


def measures(table: Table) -> tuple[Measure, ...]:
    """The widths of each column, from its head and all cells that stand in it alone."""
    cells: list[dict[str, bool]] = [{} for _ in table.leaves]
    for row in table.rows:
        at = 0
        for item in row.cells:
            if item.span == 1:
                heavy = row.kind is not RowKind.CRITERION or is_bold(item)
                for text in item.text.split("\n"):
                    cells[at][text] = cells[at].get(text, False) or heavy
            at += item.span
    found = [_measure(c, texts.items()) for c, texts in zip(table.leaves, cells, strict=True)]
    alike: dict[tuple[str, ...], list[int]] = {}
    at = 0
    for column in table.columns:
        count = _count(column)
        if isinstance(column, ColumnGroup):
            found[at : at + count] = _widened(found[at : at + count], *_head(column.title))
            alike.setdefault(tuple(leaf.title for leaf in column.columns), []).append(at)
        at += count
    for titles, starts in alike.items():
        for offset in range(len(titles)):
            widest = _widest([found[start + offset] for start in starts])
            for start in starts:
                found[start + offset] = widest
    return tuple(found)


def _widened(found: Sequence[Measure], least: float, natural: float) -> list[Measure]:
    """The columns of a group, made wide enough for the group's own head."""
    more = max(0.0, least - sum(m.least for m in found)) / len(found)
    wish = max(0.0, natural - sum(m.natural for m in found)) / len(found)
    return [
        Measure(m.least + more, max(m.least + more, m.natural + wish), m.whole, m.part)
        for m in found
    ]


def _widest(found: Sequence[Measure]) -> Measure:
    """One measure for the same column of several groups, so that they are equally wide."""
    return Measure(
        max(m.least for m in found),
        max(m.natural for m in found),
        max(m.whole for m in found),
        max(m.part for m in found),
    )


def is_bold(item: Cell) -> bool:
    """Whether any words of a cell are bold by themselves, whatever its row is."""
    return any(run.bold for line in item.lines for run in line)


def _measure(column: Column, texts: Iterable[tuple[str, bool]]) -> Measure:
    head_least, head_natural = _head(column.title)
    least, natural, whole, part = 0.0, 0.0, 0.0, 0.0
    for text, bold in texts:
        figure = figure_parts(text) if column.align is Align.DECIMAL else None
        if figure:
            whole = max(whole, _em(figure[0], bold))
            part = max(part, _em(figure[1], bold))
        else:
            least = max(least, _longest_word(text, bold))
            natural = max(natural, _em(text, bold))
    least = max(least, whole + part, head_least)
    figures = max(natural, whole + part) + AIR
    wish = figures if column.align is Align.DECIMAL else max(natural, head_natural)
    return Measure(least, max(least, wish), whole, part)


def _em(text: str, bold: bool) -> float:
    return fonts.width(text, _EM, bold=bold) / _EM


def _longest_word(text: str, bold: bool) -> float:
    return min(LONGEST_WORD, max((_em(word, bold) for word in text.split()), default=0.0))


def _head(title: str) -> tuple[float, float]:
    """The least width at which a head takes no more than ``HEAD_LINES`` lines, and the widest."""
    words = [_em(word, True) for word in title.split()]
    if not words:
        return 0.0, 0.0
    space = _em(" ", True)
    least, natural = min(LONGEST_WORD, max(words)), sum(words) + space * (len(words) - 1)
    while least < LONGEST_WORD and _lines(words, space, least) > HEAD_LINES:
        least += 0.25
    return least, natural


def _lines(words: Sequence[float], space: float, room: float) -> int:
    lines, used = 1, 0.0
    for word in words:
        if used and used + space + word > room + 1e-6:
            lines, used = lines + 1, word
        else:
            used += (space if used else 0.0) + word
    return lines


def _least(column: Column, measure: Measure, size: float) -> float:
    return max(column.min_mm * mm, measure.least * size + 2 * PADDING + 0.01)


def _needed(table: Table, found: Sequence[Measure], size: float) -> float:
    return sum(
        _least(column, measure, size) for column, measure in zip(table.leaves, found, strict=True)
    )


def _band(
    table: Table,
    found: Sequence[Measure],
    chosen: Sequence[int] | None,
    size: float,
    room: float,
) -> Band:
    """A band of the top-level columns ``chosen`` (all by default), stretched to the room."""
    starts, at = [], 0
    for column in table.columns:
        starts.append(at)
        at += len(column.columns) if isinstance(column, ColumnGroup) else 1
    chosen = range(len(table.columns)) if chosen is None else chosen
    columns = tuple(table.columns[i] for i in chosen)
    leaves = tuple(starts[i] + offset for i in chosen for offset in range(_count(table.columns[i])))
    parts = [table.leaves[i] for i in leaves]
    own = tuple(found[i] for i in leaves)
    return Band(columns, leaves, _stretch(parts, own, size, room), own)


def _count(column: Column | ColumnGroup) -> int:
    return len(column.columns) if isinstance(column, ColumnGroup) else 1


def _stretch(
    columns: Sequence[Column], found: Sequence[Measure], size: float, room: float
) -> tuple[float, ...]:
    """Gives the room that is left first to columns whose lines break, then to all by weight."""
    widths = [_least(c, m, size) for c, m in zip(columns, found, strict=True)]
    wanted = [m.natural * size + 2 * PADDING + 0.01 for m in found]
    for limited in (True, False):
        open_columns = set(range(len(columns)))
        while open_columns:
            left = room - sum(widths)
            weight = sum(columns[i].weight for i in open_columns)
            if left < 0.01 or weight == 0:
                break
            full = {
                i
                for i in open_columns
                if limited and widths[i] + left * columns[i].weight / weight >= wanted[i]
            }
            for i in full or open_columns:
                share = left * columns[i].weight / weight
                widths[i] = max(widths[i], wanted[i]) if i in full else widths[i] + share
            open_columns = open_columns - full if full else set()
    return tuple(widths)


def _bands(table: Table, found: Sequence[Measure], size: float, room: float) -> tuple[Band, ...]:
    """Parts a table that is too wide into as few bands as possible, of even width."""
    if _needed(table, found, size) <= room:
        return (_band(table, found, None, size, room),)
    leasts = [_least(c, m, size) for c, m in zip(table.leaves, found, strict=True)]
    needs, at = [], 0
    for column in table.columns:
        needs.append(sum(leasts[at : at + _count(column)]))
        at += _count(column)
    repeated = [i for i, column in enumerate(table.columns) if _repeats(column)]
    others = [i for i in range(len(table.columns)) if i not in repeated]
    left = room - sum(needs[i] for i in repeated)
    parts = _part(others, needs, left)
    while len(parts) < len(others) and len(even := _part(others, needs, left)) == len(parts):
        left, parts = left * 0.97, even
    return tuple(_band(table, found, (*repeated, *part), size, room) for part in parts)


def _repeats(column: Column | ColumnGroup) -> bool:
    return isinstance(column, Column) and column.repeated


def _part(items: Sequence[int], needs: Sequence[float], limit: float) -> list[list[int]]:
    parts: list[list[int]] = [[]]
    used = 0.0
    for item in items:
        if parts[-1] and used + needs[item] > limit:
            parts.append([])
            used = 0.0
        parts[-1].append(item)
        used += needs[item]
    return parts
