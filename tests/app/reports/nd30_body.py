"""What flows down the pages, held against the decree: headings, paragraphs, tables, slips."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.reports.document import (
    Align,
    Block,
    Chart,
    Heading,
    Line,
    Note,
    Page,
    Paragraph,
    Slips,
    Table,
)
from tests.app.reports import nd30_elements as kinds
from tests.app.reports.nd30_elements import Found, Kind
from tests.app.reports.nd30_reading import INK, Reading
from tests.app.reports.printed import MM, squeezed

INDENTS = (10 * MM, 12.7 * MM)
"""First-line indent of a paragraph."""
EDGE = 4.0
"""How far a justified line may end from the margin: an office program sets slanted ones less exactly."""
SPACING = 6.0
"""Least room between paragraphs."""
LINES = (1.1, 1.75)
"""Distance of lines as a share of the size: single to one and a half."""
_SECTION = re.compile(r"[IVX]+\. ")


def body(reading: Reading, blocks: Sequence[Block], margins: Page) -> None:
    """Each block in its order."""
    before: Found | None = None
    heading: Found | None = None
    for place, block in enumerate(blocks):
        found: Found | None = None
        match block:
            case Heading():
                found = reading.next(_heading_kind(block), block.text)
                if found and block.level == 0:
                    reading.in_the_middle(found, margins)
            case Paragraph():
                found = _paragraph(reading, block, margins)
                if found and place and isinstance(blocks[place - 1], Paragraph):
                    _spacing(reading, before, found)
            case Note():
                found = reading.next(kinds.NOTE, plain(block.runs))
            case Table():
                found = _table(reading, block, margins)
            case Chart():  # its letters are judged with all that no element claims
                reading.openings.add(squeezed(block.shows.title))
            case Slips():
                _slips(reading, block)
        if heading and found and found.page != heading.page:
            reading.tell(f"{heading.name} stands alone at the end of page {heading.page + 1}.")
        heading = found if isinstance(block, Heading) else None
        before = found


def _heading_kind(heading: Heading) -> Kind:
    """Only "I. …" is in capitals by the decree."""
    if heading.level == 0:
        return kinds.PART
    return kinds.SECTION if _SECTION.match(heading.text) else kinds.CLAUSE


def plain(line: Line) -> str:
    """The words of a line without their looks."""
    return "".join(run.text for run in line)


# ------------------------------------------------------------------ paragraphs


def _paragraph(reading: Reading, block: Paragraph, margins: Page) -> Found | None:
    weights = {run.bold for run in block.runs if squeezed(run.text)}
    slopes = {run.italic for run in block.runs if squeezed(run.text)}
    kind = Kind(
        "paragraph",
        kinds.BODY,
        bold=weights.pop() if len(weights) == 1 else None,
        italic=slopes.pop() if len(slopes) == 1 else None,
    )
    found = reading.next(kind, plain(block.runs))
    if found is None:
        return None
    _runs(reading, block, found)
    left, right = reading.area(found.page, margins)
    match block.align:
        case Align.CENTRE:
            reading.in_the_middle(found, margins)
        case Align.JUSTIFIED if set(squeezed(found.words)) - set("…."):  # not dots to write on
            _justified(reading, block, found, left, right)
    _line_distance(reading, found)
    return found


def _runs(reading: Reading, block: Paragraph, found: Found) -> None:
    """Each run has its own weight and slope."""
    at = 0
    for run in block.runs:
        glyphs = found.glyphs[at : at + len(squeezed(run.text))]
        at += len(glyphs)
        if any((g.bold, g.italic) != (run.bold, run.italic) for g in glyphs):
            reading.tell(f"“{run.text[:40]}” in {found.name} has another face.")


def _justified(reading: Reading, block: Paragraph, found: Found, left: float, right: float) -> None:
    first, *rest = found.lines
    indent = first[0].x0 - left
    wanted = (0.0,) if block.flush else INDENTS
    if not any(abs(indent - one) < INK for one in wanted):
        reading.tell(f"{found.name} begins {indent / MM:.1f} mm from the margin.")
    if any(abs(line[0].x0 - left) > INK for line in rest):
        reading.tell(f"{found.name} has lines that do not begin at the margin.")
    if any(abs(line[-1].x1 - right) > EDGE for line in found.lines[:-1]):
        reading.tell(f"{found.name} is not justified.")


def _line_distance(reading: Reading, found: Found) -> None:
    for upper, lower in zip(found.lines, found.lines[1:], strict=False):
        if upper[0].page == lower[0].page:
            share = (lower[0].base - upper[0].base) / upper[0].size
            if not LINES[0] <= share <= LINES[1]:
                reading.tell(f"The lines of {found.name} are {share:.2f} of their size apart.")
                return


def _spacing(reading: Reading, before: Found | None, found: Found) -> None:
    if before and before.last_page == found.page:
        apart = found.first_base - before.last_base
        if apart < found.glyphs[0].size * LINES[0] + SPACING - 0.5:
            reading.tell(f"{found.name} is less than 6 pt under the paragraph above.")


# ------------------------------------------------------------------ tables and slips


def _table(reading: Reading, table: Table, margins: Page) -> Found | None:
    caption = reading.next(kinds.CAPTION, table.caption)
    parted = f"{table.caption} (phần"
    found = caption
    while found:
        left, right = reading.area(found.page, margins)
        line = _rest_of_line(reading, found)
        if len(found.lines) == 1 and abs((found.left + line - left - right) / 2) > INK:
            reading.tell(f"{found.name} is not centred between the margins.")
        again = reading.stream.find(squeezed(parted), reading.cursor) >= 0
        found = reading.next(kinds.CAPTION, parted) if again else None
    first: Found | None = None
    for title in _titles(table)[:1]:
        first = reading.next(kinds.HEAD, title)
        reading.openings.add(squeezed(title))
    return caption or first


def _rest_of_line(reading: Reading, caption: Found) -> float:
    """Where the line ends: which part of a parted table it is belongs to its caption."""
    right = caption.right
    while reading.cursor < len(reading.glyphs):
        glyph = reading.glyphs[reading.cursor]
        if glyph.page != caption.page or abs(glyph.base - caption.last_base) > 1:
            break
        reading.claimed.add(reading.cursor)
        reading.cursor += 1
        right = glyph.x1
    return right


def _titles(table: Table) -> list[str]:
    """The titles of the head, those of groups before their columns."""
    return [column.title for column in table.columns if squeezed(column.title)]


def _slips(reading: Reading, slips: Slips) -> None:
    """A slip is never parted between pages."""
    for number, slip in enumerate(slips.slips, start=1):
        pages: set[int] = set()
        for block in slip:
            found: Found | None = None
            match block:
                case Heading():
                    found = reading.next(kinds.SLIP_HEADING, block.text)
                case Paragraph() | Note():
                    found = reading.next(kinds.SLIP, plain(block.runs))
                case Table():
                    for title in _titles(block):
                        found = reading.next(kinds.HEAD, title)
            pages |= {g.page for g in found.glyphs} if found else set()
        if len(pages) > 1:
            reading.tell(f"Slip {number} is parted between pages.")
