"""One band of a table in Word: hair lines, a head on each page, commas under each other.

Lengths are points. Figures stand at the right of their cells with a measured indent, so that their
commas meet without a decimal stop, whose letter would hang on the settings of the machine.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from app.reports import fonts
from app.reports.document import Align, Cell, Column, ColumnGroup, Row, RowKind, Table, plain_line
from app.reports.grid import WASTE
from app.reports.layout import PADDING, Band, figure_parts
from app.reports.typesetting import LEADING, words_of
from app.reports.word.markup import Look, line_words, paragraph, twips
from app.reports.word.styles import CAPTION_STYLE, CELL_STYLE

SIDE: Final = PADDING - 0.75
"""Room at the sides of a cell: a little less than measured, for lines and rounding."""
TALLEST: Final = 0.9
"""Share of a page from which a row goes on over pages."""
HAIR_EIGHTHS: Final = 3
"""Thickness of the lines in eighths of a point."""


def grid(table: Table, band: Band, size: float, caption: str, page_height: float) -> str:
    """The band as a table, its caption above; ``page_height`` is the room of an empty page."""
    above = paragraph(line_words(plain_line(caption)), Look(CAPTION_STYLE)) if caption else ""
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="{HAIR_EIGHTHS}" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    room = "".join(
        f'<w:{side} w:w="{twips(width)}" w:type="dxa"/>'
        for side, width in (("top", PADDING), ("left", SIDE), ("bottom", PADDING), ("right", SIDE))
    )
    widths = _Widths(band)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths.each)
    return (
        f'{above}<w:tbl><w:tblPr><w:tblW w:w="{widths.of(0, len(widths.each))}" w:type="dxa"/>'
        f'<w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{room}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(_head(band, size, widths))}"
        f"{''.join(_rows(table, band, size, widths, page_height))}</w:tbl>"
    )


class _Widths:
    """The widths of the columns in twentieths of a point; rounding never adds up."""

    def __init__(self, band: Band) -> None:
        edges = [twips(sum(band.widths[:place])) for place in range(len(band.widths) + 1)]
        self.each = [after - before for before, after in pairwise(edges)]

    def of(self, start: int, stop: int) -> int:
        return sum(self.each[start:stop])


def _cell(content: str, width: int, *, span: int = 1, merge: str = "", top: bool = False) -> str:
    look = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    look += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    look += merge
    look += "" if top else '<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{content}</w:tc>"


# ------------------------------------------------------------------ head


def _head(band: Band, size: float, widths: _Widths) -> Iterator[str]:
    """One row, or groups above their columns; both stand again on each page."""
    grouped = any(isinstance(column, ColumnGroup) for column in band.columns)
    first: list[str] = []
    second: list[str] = []
    at = 0
    for column in band.columns:
        if isinstance(column, ColumnGroup):
            count = len(column.columns)
            whole = widths.of(at, at + count)
            first.append(_cell(_title(column.title, size), whole, span=count))
            second += [
                _cell(_title(leaf.title, size), widths.each[at + place])
                for place, leaf in enumerate(column.columns)
            ]
        else:
            count = 1
            start = '<w:vMerge w:val="restart"/>' if grouped else ""
            first.append(_cell(_title(column.title, size), widths.each[at], merge=start))
            second.append(_cell(_title("", size), widths.each[at], merge="<w:vMerge/>"))
        at += count
    for cells in (first, second) if grouped else (first,):
        yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _title(text: str, size: float) -> str:
    look = Look(CELL_STYLE, Align.CENTRE, size=size, keep_next=True)
    return paragraph(line_words(plain_line(text), bold=True, size=size), look)


# ------------------------------------------------------------------ rows


def _rows(
    table: Table, band: Band, size: float, widths: _Widths, page_height: float
) -> Iterator[str]:
    tallest = page_height * (WASTE if table.top else TALLEST)
    heads = (RowKind.SECTION, RowKind.GROUP)
    for place, row in enumerate(table.rows):
        following = table.rows[place + 1 : place + 2]
        kept = bool(following) and (row.kind in heads or following[0].kind is RowKind.TOTAL)
        stays = _height(row, band, size) <= tallest
        whole = "<w:trPr><w:cantSplit/></w:trPr>" if stays else ""
        cells = "".join(_row_cells(table, band, row, size, widths, kept))
        yield f"<w:tr>{whole}{cells}</w:tr>"


def _height(row: Row, band: Band, size: float) -> float:
    """About how high a row is: its lines are counted, not broken."""
    lines = 1
    for item, inside in _placed(row, band):
        room = sum(band.widths[place] for place in inside) - 2 * PADDING
        runs = ["".join(run.text for run in line) for line in item.lines]
        widths = [fonts.width(words_of(text), size, bold=True) for text in runs]
        lines = max(lines, sum(max(1, math.ceil(width / room)) for width in widths))
    return lines * size * LEADING + 2 * PADDING


def _placed(row: Row, band: Band) -> Iterator[tuple[Cell, list[int]]]:
    """The cells of a row that stand in the band, with their places there."""
    at = 0
    for item in row.cells:
        inside = [p for p, leaf in enumerate(band.leaves) if at <= leaf < at + item.span]
        at += item.span
        if inside:
            yield item, inside


def _row_cells(
    table: Table, band: Band, row: Row, size: float, widths: _Widths, kept: bool
) -> Iterator[str]:
    for item, inside in _placed(row, band):
        first, stop = inside[0], inside[-1] + 1
        column = table.leaves[band.leaves[first]]
        bold = row.kind is not RowKind.CRITERION
        look = Look(CELL_STYLE, size=size, keep_next=kept)
        content = _figure(item, column, band, first, size, look, bold) if stop - first == 1 else ""
        align = column.align if stop - first == 1 else Align.LEFT
        content = content or _lines(item, align, size, kept, bold)
        yield _cell(content, widths.of(first, stop), span=stop - first, top=table.top)


def _figure(
    item: Cell, column: Column, band: Band, place: int, size: float, look: Look, bold: bool
) -> str:
    """A figure at the comma of its column; nothing where the cell holds words."""
    parts = figure_parts(item.text) if column.align is Align.DECIMAL else None
    if parts is None:
        return ""
    bold = bold or all(run.bold for run in item.lines[0])
    measure, room = band.measures[place], band.widths[place]
    slack = (room - (measure.whole + measure.part) * size) / 2
    behind = measure.part * size - fonts.width(parts[1], size, bold=bold)
    right = max(0.0, slack + behind - SIDE)
    return paragraph(
        line_words(item.lines[0], bold=bold, size=size),
        Look(look.style, Align.RIGHT, right=right, size=size, keep_next=look.keep_next),
    )


def _lines(item: Cell, align: Align, size: float, kept: bool, bold: bool) -> str:
    look = Look(CELL_STYLE, align, size=size, keep_next=kept)
    lines = item.lines or (plain_line(""),)
    return "".join(
        paragraph(line_words(line, bold=bold and not place, size=size), look)
        for place, line in enumerate(lines)
    )
