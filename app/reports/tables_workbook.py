"""The tables of a paper as an Excel workbook: one sheet for each, the figures as numbers.

For papers whose tables are read and sorted further rather than worked out: nothing is a formula,
and the figures are those that the paper prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from app.reports.document import (
    DRAFT,
    Align,
    Block,
    Cell,
    Column,
    ColumnGroup,
    Document,
    Heading,
    Note,
    Paragraph,
    RowKind,
    Table,
    issuer_of,
)
from app.reports.layout import Measure, measures
from app.reports.workbook_file import (
    A3,
    A4,
    CHARACTER,
    SIZE,
    Sheet,
    new_book,
    number_format,
    to_bytes,
)

HEAD: Final = 4
LEAST, MOST = 8.0, 60.0
"""The narrowest column of any content and the widest of words, in characters."""
WIDE: Final = 9
"""Columns from which a sheet is printed on A3."""
_PRINTED: Final = re.compile(r"[-−]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?")
_LETTERS: Final = re.compile(r"[\[\]:*?/\\]")


def has_tables(document: Document) -> bool:
    """Whether the paper has a table to read and sort further; slips to be cut out have none."""
    return next(_tables(document), None) is not None


def build_tables_workbook(document: Document) -> bytes:
    """The workbook, the same bytes for the same paper; a paper without tables gives its words."""
    book = new_book(document.title, " ".join(issuer_of(document)))
    sheets: list[Sheet] = []
    for title, table, notes in _tables(document):
        name = _LETTERS.sub(" ", title)[:28].strip() or "Bảng"
        sheet = Sheet(book, name if name not in book.sheetnames else f"{name[:25]} {len(sheets)}")
        if document.draft:
            why = f"{DRAFT}: {' '.join(document.draft.reasons)}"
            sheet.span(HEAD - 1, len(table.leaves), why, bold=True, align="left")
        _fill(sheet, _subject(document), title, table, notes)
        sheets.append(sheet)
    if not sheets:
        sheet = Sheet(book, "Nội dung")
        words = [w for block in document.blocks if (w := _words(block))]
        for row, text in enumerate([_subject(document), *words], start=1):
            sheet.span(row, 1, text, align="left")
        sheet.widths({1: 110})
        sheets.append(sheet)
    return to_bytes(book, tuple(sheets))


def _subject(document: Document) -> str:
    """What the paper is about; that of a công văn stands in its letterhead."""
    about = document.letterhead.about if document.letterhead else ()
    return " - ".join(document.subject) or " ".join(about) or document.title


def _tables(document: Document) -> Iterator[tuple[str, Table, tuple[str, ...]]]:
    """Each table with the heading above it and the notes right below it, appendices included."""
    parts = [(document.kind or document.title, document.blocks)]
    parts += [(appendix.title, appendix.blocks) for appendix in document.appendices]
    for heading, blocks in parts:
        yield from _tables_among(heading, blocks)


def _tables_among(
    heading: str, blocks: tuple[Block, ...]
) -> Iterator[tuple[str, Table, tuple[str, ...]]]:
    for place, block in enumerate(blocks):
        if isinstance(block, Heading):
            heading = block.text
        if isinstance(block, Table):
            notes = []
            for after in blocks[place + 1 :]:
                if not isinstance(after, Note):
                    break
                notes.append(_words(after))
            yield block.caption or heading, block, tuple(notes)


def _words(block: Block) -> str:
    match block:
        case Heading():
            return block.text
        case Paragraph() | Note():
            return "".join(run.text for run in block.runs)
    return ""


def _fill(sheet: Sheet, subject: str, title: str, table: Table, notes: tuple[str, ...]) -> None:
    last = len(table.leaves)
    sheet.span(1, last, title, bold=True, size=13)
    sheet.span(2, last, subject, bold=True, size=12)
    for number, head in enumerate(_heads(table), start=1):
        sheet.text(HEAD, number, head, bold=True)
    for row_number, row in enumerate(table.rows, start=HEAD + 1):
        at = 1
        for cell in row.cells:
            _write(sheet, row_number, at, cell, table.leaves[at - 1], row.kind)
            # what it spans is ruled but never merged, because rows are sorted
            for covered in range(at + 1, at + cell.span):
                sheet.text(row_number, covered, "")
            at += cell.span
    below = HEAD + len(table.rows) + 2
    for number, words in enumerate(notes, start=below):
        sheet.span(number, last, words, italic=True, align="left", size=10)
    each = zip(table.leaves, measures(table), strict=True)
    sheet.widths({n: _wide(*found) for n, found in enumerate(each, start=1)})
    sheet.sheet.freeze_panes = sheet.sheet.cell(HEAD + 1, 2)
    sheet.print_setup(head=f"{HEAD}:{HEAD}", columns="", paper=A3 if last > WIDE else A4)


def _heads(table: Table) -> Iterator[str]:
    for column in table.columns:
        if isinstance(column, ColumnGroup):
            yield from (f"{column.title}: {leaf.title}" for leaf in column.columns)
        else:
            yield column.title


def _wide(column: Column, measure: Measure) -> float:
    """Characters of a column: what breaks no line, between a least and a most."""
    natural = measure.natural * SIZE / CHARACTER + 2
    return max(LEAST, column.min_mm / 2, min(natural, MOST))


def _write(sheet: Sheet, row: int, column: int, cell: Cell, head: Column, kind: RowKind) -> None:
    text, bold = cell.text, kind is not RowKind.CRITERION
    found = _PRINTED.fullmatch(text)
    if head.align is Align.DECIMAL and cell.span == 1 and found is not None:
        plain = text.replace(".", "").replace(",", ".").replace("−", "-")
        form = number_format(len(found[1] or ""))
        sheet.number(row, column, Fraction(plain), form=form, align="right", bold=bold)
    else:
        align = "left" if head.align in (Align.LEFT, Align.JUSTIFIED) else "center"
        sheet.text(row, column, text, align=align, bold=bold)
