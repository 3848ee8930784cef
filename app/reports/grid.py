"""One band of a table on paper: hair lines, a head on each page, commas under each other.

Lengths are points. Rows move to the next page whole, unless too much of the page would then
stand empty: such a row of running text is parted between two of its lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import Final

from reportlab.platypus import Flowable, PageBreak, Paragraph

from app.reports import fonts
from app.reports.archive_form import OnPaper
from app.reports.cell_text import cell_text
from app.reports.document import Align, Cell, Column, ColumnGroup, Row, RowKind, Table, plain_line
from app.reports.layout import PADDING, Band, figure_parts, is_bold
from app.reports.typesetting import BODY, LEADING, markup, style

HAIR: Final = 0.4
"""Thickness of the lines of a table."""
LEAST_ROWS: Final = 2
"""A table begins on the next page where fewer rows would stand under its head."""
CAPTION_GAP: Final = 4.0
WASTE: Final = 0.15
"""Share of a page that is left empty before a row of running text is parted."""


@dataclass(frozen=True, slots=True)
class _Laid:
    """A cell laid out: a figure drawn at the comma of its column, or paragraphs."""

    left: float
    width: float
    height: float
    figure: str = ""
    comma: float = 0
    bold: bool = False
    paragraphs: tuple[Flowable, ...] = ()


@dataclass(frozen=True, slots=True)
class _LaidRow:
    kind: RowKind
    cells: tuple[_Laid, ...]
    height: float


def _row_of(kind: RowKind, cells: tuple[_Laid, ...], least: float = 0.0) -> _LaidRow:
    return _LaidRow(kind, cells, max(least, *(laid.height for laid in cells)) + 2 * PADDING)


class Grid(OnPaper):
    """A band of a table that flows over pages. ``page_height`` is the room of an empty page.

    ``caption`` stands above the first page of the band only; ``part`` says which of how many
    bands it is. What is printed again is an aside: the head on later pages, and in later bands
    the caption and the columns that are repeated.
    """

    def __init__(
        self,
        table: Table,
        band: Band,
        size: float,
        page_height: float,
        caption: str = "",
        part: tuple[int, int] = (1, 1),
        rows: Sequence[_LaidRow] | None = None,
        continued: bool = False,
    ) -> None:
        super().__init__()
        self.table, self.band, self.size, self.page_height = table, band, size, page_height
        self.left = [sum(band.widths[:i]) for i in range(len(band.widths) + 1)]
        self.head_depth = 2 if any(isinstance(c, ColumnGroup) for c in band.columns) else 1
        self.head = self._lay_head()
        self.rows = [self._lay(row) for row in table.rows] if rows is None else list(rows)
        self.width = sum(band.widths)
        self.words, self.part, self.continued = caption, part, continued
        several = f"(phần {part[0]}/{part[1]})" if part[1] > 1 else ""
        shown = "" if continued else f"{caption} {several}".strip()
        self.caption = Paragraph(markup(plain_line(shown)), style(BODY, Align.CENTRE, bold=True))
        self.above = self.caption.wrap(self.width, 1e6)[1] + CAPTION_GAP if shown else 0.0
        self.height = self.above + sum(self.head) + sum(row.height for row in self.rows)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        """The room that the whole band takes."""
        return self.width, self.height

    @property
    def start_height(self) -> float:
        """The room that caption, head and the first rows ask for; a heading stays with them."""
        first = sum(row.height for row in self.rows[: LEAST_ROWS + 1])
        return self.above + sum(self.head) + min(first, self.page_height * WASTE)

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803
        """The rows that fit into ``aH`` and the rest; nothing where not one row fits.

        Where rows that would fit move on with what follows them, the page ends there: their head
        is not printed again in its middle.
        """
        room = aH - self.above - sum(self.head)
        fitting, used = 0, 0.0
        while fitting < len(self.rows) and used + self.rows[fitting].height <= room + 1e-6:
            used += self.rows[fitting].height
            fitting += 1
        if fitting == len(self.rows):
            return [self]
        too_tall = self.rows[fitting].height > self.page_height - sum(self.head)
        if too_tall or (self.table.top and room - used > self.page_height * WASTE):
            parted = self._part(self.rows[fitting], room - used)
            if parted:
                return self._two(
                    [*self.rows[:fitting], parted[0]], [parted[1], *self.rows[fitting + 1 :]]
                )
        kept = fitting
        while kept > 0 and self._belongs_to_next(kept):
            kept -= 1
        kept = kept or fitting
        empty_page = aH > self.page_height - 1
        if kept < (1 if empty_page else LEAST_ROWS):
            return []
        first, rest = self._two(self.rows[:kept], self.rows[kept:])
        return [first, PageBreak(), rest] if kept < fitting else [first, rest]

    def _belongs_to_next(self, rows: int) -> bool:
        """Whether a page must not end after ``rows`` rows: after a heading, before a total."""
        last_heads = self.rows[rows - 1].kind in (RowKind.SECTION, RowKind.GROUP)
        return last_heads or self.rows[rows].kind is RowKind.TOTAL

    def _two(self, first: Sequence[_LaidRow], rest: Sequence[_LaidRow]) -> list[Flowable]:
        return [
            Grid(
                self.table,
                self.band,
                self.size,
                self.page_height,
                self.words,
                self.part,
                rows,
                self.continued or later,
            )
            for rows, later in ((first, False), (rest, True))
        ]

    # ------------------------------------------------------------------ laying out
    def _lay(self, row: Row) -> _LaidRow:
        bold = row.kind is not RowKind.CRITERION
        spans: list[tuple[Cell, list[int]]] = []
        at = 0
        for item in row.cells:
            inside = [
                place for place, leaf in enumerate(self.band.leaves) if at <= leaf < at + item.span
            ]
            if inside:
                spans.append((item, inside))
            at += item.span
        cells = tuple(self._lay_cell(item, places, bold) for item, places in spans)
        return _row_of(row.kind, cells, self.size * LEADING)

    def _lay_cell(self, item: Cell, places: list[int], bold: bool) -> _Laid:
        first = places[0]
        left, right = self.left[first], self.left[places[-1] + 1]
        column = self.table.leaves[self.band.leaves[first]]
        alone = len(places) == 1
        figure = figure_parts(item.text) if column.align is Align.DECIMAL and alone else None
        if figure:
            measure = self.band.measures[first]
            block = (measure.whole + measure.part) * self.size
            comma = left + (right - left - block) / 2 + measure.whole * self.size
            heavy = bold or is_bold(item)
            return _Laid(left, right - left, self.size * LEADING, item.text, comma, heavy)
        align = column.align if alone else Align.LEFT
        paragraphs = tuple(
            cell_text(line, self.size, align, bold=bold and not place)
            for place, line in enumerate(item.lines)
        )
        room = right - left - 2 * PADDING
        height = sum(paragraph.wrap(room, 1e6)[1] for paragraph in paragraphs)
        return _Laid(left, right - left, height, paragraphs=paragraphs)

    def _lay_head(self) -> list[float]:
        """The heights of the lines of the head: groups, then columns."""

        def height(title: str, room: float) -> float:
            if not title:
                return self.size * LEADING + 2 * PADDING
            return self._title(title).wrap(room - 2 * PADDING, 1e6)[1] + 2 * PADDING

        heights = [0.0] * self.head_depth
        whole = 0.0
        for column, start, stop in self._head_spans():
            needed = height(column.title, self.left[stop] - self.left[start])
            if isinstance(column, ColumnGroup):
                heights[0] = max(heights[0], needed)
                for offset, leaf in enumerate(column.columns):
                    room = self.band.widths[start + offset]
                    heights[1] = max(heights[1], height(leaf.title, room))
            else:
                whole = max(whole, needed)
        heights[-1] += max(0.0, whole - sum(heights))
        return heights

    def _title(self, title: str) -> Flowable:
        return cell_text(plain_line(title), self.size, Align.CENTRE, bold=True)

    def _head_spans(self) -> list[tuple[Column | ColumnGroup, int, int]]:
        spans, at = [], 0
        for column in self.band.columns:
            count = len(column.columns) if isinstance(column, ColumnGroup) else 1
            spans.append((column, at, at + count))
            at += count
        return spans

    def _part(self, row: _LaidRow, room: float) -> tuple[_LaidRow, _LaidRow] | None:
        """The row cut between lines so that its first part fits into ``room``."""
        inner = room - 2 * PADDING
        if inner < 4 * self.size * LEADING:
            return None
        pairs = [self._part_cell(laid, inner) for laid in row.cells]
        return (
            _row_of(row.kind, tuple(first for first, _ in pairs)),
            _row_of(row.kind, tuple(rest for _, rest in pairs)),
        )

    def _part_cell(self, laid: _Laid, room: float) -> tuple[_Laid, _Laid]:
        blank = replace(laid, figure="", paragraphs=(), height=0.0)
        if laid.figure or not laid.paragraphs:
            return laid, blank
        width = laid.width - 2 * PADDING
        first: list[Flowable] = []
        rest: list[Flowable] = []
        used = 0.0
        for paragraph in laid.paragraphs:
            height = paragraph.wrap(width, 1e6)[1]
            if not rest and used + height <= room + 1e-6:
                first.append(paragraph)
                used += height
                continue
            pieces = [] if rest else paragraph.split(width, room - used)
            if len(pieces) == 2:
                first.append(pieces[0])
                used = room
                rest.append(pieces[1])
            else:
                rest.append(paragraph)

        def part(paragraphs: list[Flowable]) -> _Laid:
            height = sum(paragraph.wrap(width, 1e6)[1] for paragraph in paragraphs)
            return replace(laid, paragraphs=tuple(paragraphs), height=height)

        return part(first), part(rest)

    # ------------------------------------------------------------------ drawing
    def draw(self) -> None:
        """Draws the head and the rows from the top left corner downwards."""
        self.canv.setLineWidth(HAIR)
        top = self.height - self.above
        again = self.part[0] > 1
        if self.above:
            with self._aside(again):
                self.caption.drawOn(self.canv, 0, top + CAPTION_GAP)
        with self._aside(self.continued):
            self._draw_head(top)
        top -= sum(self.head)
        repeated = {self.left[i] for i, at in enumerate(self.band.leaves) if self._repeats(at)}
        for row in self.rows:
            for laid in row.cells:
                with self._aside(again and laid.left in repeated):
                    self._draw_cell(laid, top, row)
            top -= row.height

    def _aside(self, again: bool) -> AbstractContextManager[None]:
        """What is printed again is no part of the text."""
        aside: AbstractContextManager[None] = self.canv.aside() if again else nullcontext()
        return aside

    def _repeats(self, leaf: int) -> bool:
        return self.table.leaves[leaf].repeated

    def _draw_head(self, top: float) -> None:
        bottom = top - sum(self.head)
        middle = top - self.head[0]
        for column, start, stop in self._head_spans():
            if isinstance(column, ColumnGroup):
                self._draw_title(column.title, start, stop, top, middle)
                for offset, leaf in enumerate(column.columns):
                    self._draw_title(leaf.title, start + offset, start + offset + 1, middle, bottom)
            else:
                again = self.part[0] > 1 and not self.continued and column.repeated
                with self._aside(again):
                    self._draw_title(column.title, start, stop, top, bottom)

    def _draw_title(self, title: str, start: int, stop: int, top: float, bottom: float) -> None:
        left, right = self.left[start], self.left[stop]
        self.canv.frame(left, bottom, right - left, top - bottom)
        if title:
            text = self._title(title)
            height = text.wrap(right - left - 2 * PADDING, 1e6)[1]
            text.drawOn(self.canv, left + PADDING, bottom + (top - bottom - height) / 2)

    def _draw_cell(self, laid: _Laid, top: float, row: _LaidRow) -> None:
        self.canv.frame(laid.left, top - row.height, laid.width, row.height)
        slack = 0.0 if self.table.top else (row.height - 2 * PADDING - laid.height) / 2
        y = top - PADDING - slack
        if laid.figure:
            whole, _ = figure_parts(laid.figure) or ("", "")
            start = laid.comma - fonts.width(whole, self.size, bold=laid.bold)
            self.canv.setFont(fonts.face(bold=laid.bold), self.size)
            self.canv.words(start, y - self.size, laid.figure)
        for paragraph in laid.paragraphs:
            height = paragraph.wrap(laid.width - 2 * PADDING, 1e6)[1]
            y -= height
            paragraph.drawOn(self.canv, laid.left + PADDING, y)
