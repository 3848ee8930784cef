"""What flows down the pages of a paper in Word: headings, words, tables, pictures, slips."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from reportlab.lib.units import mm

from app.reports.document import (
    Align,
    Block,
    Chart,
    Heading,
    Note,
    Page,
    Paragraph,
    Slips,
    Table,
    plain_line,
)
from app.reports.layout import Fit, choose, text_width
from app.reports.word.grid import grid
from app.reports.word.markup import Look, gap, line_words, paragraph, twips
from app.reports.word.picture import Keep, picture
from app.reports.word.styles import BODY_STYLE, HEADING_STYLES, NOTE_STYLE, UNMARKED_STYLES

AFTER_TABLE: Final = 8.0
HEADING_ROOM: Final = 48.0
"""Room that a heading above a picture takes, with the gaps about it."""
SLIP_MM: Final = 5
"""Room between the cut and the words of a slip."""


def fit_of(blocks: Sequence[Block], page: Page) -> Fit:
    """The sheet and the size of type for all tables among the blocks."""
    return choose(page, [block for block in blocks if isinstance(block, Table)])


def flow(
    blocks: Sequence[Block], page: Page, fit: Fit, keep: Keep, *, last_kept: bool = False
) -> str:
    """The blocks one after the other; with ``last_kept`` the last words stay with what follows."""
    room = text_width(page, fit.sheet)
    height = fit.sheet.size_mm[1] * mm - (page.top_mm + page.bottom_mm) * mm
    bands = iter(fit.bands)
    found: list[str] = []
    for place, block in enumerate(blocks):
        kept = last_kept and place == len(blocks) - 1
        match block:
            case Heading():
                styles = HEADING_STYLES if block.marked else UNMARKED_STYLES
                found.append(
                    paragraph(line_words(plain_line(block.text)), Look(styles[block.level]))
                )
            case Paragraph():
                found.append(_paragraph(block, kept))
            case Note():
                found.append(paragraph(line_words(block.runs), Look(NOTE_STYLE, keep_next=kept)))
            case Table():
                own = next(bands)
                for number, band in enumerate(own, start=1):
                    part = f"(phần {number}/{len(own)})" if len(own) > 1 else ""
                    caption = f"{block.caption} {part}".strip()
                    found.append(grid(block, band, fit.size, caption, height) + gap(AFTER_TABLE))
            case Chart():
                found.append(picture(block, room, height - HEADING_ROOM, keep))
            case Slips():
                found.append(_slips(block, page, fit, keep))
    return "".join(found)


def _paragraph(block: Paragraph, kept: bool) -> str:
    flush = block.flush or block.align is Align.CENTRE
    align = None if block.align is Align.JUSTIFIED else block.align
    look = Look(BODY_STYLE, align, first=0 if flush else None, keep_next=kept)
    return paragraph(line_words(block.runs), look)


# ------------------------------------------------------------------ slips


def _slips(slips: Slips, page: Page, fit: Fit, keep: Keep) -> str:
    """A table of dashed frames along which the slips are cut; a slip is never parted."""
    room = text_width(page, fit.sheet)
    share = room / slips.across
    inner = _inner_page(page, fit, slips.across)
    cut = "".join(
        f'<w:{side} w:val="dashed" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    padding = "".join(
        f'<w:{side} w:w="{twips(SLIP_MM * mm)}" w:type="dxa"/>'
        for side in ("top", "left", "bottom", "right")
    )
    columns = f'<w:gridCol w:w="{twips(share)}"/>' * slips.across
    rows = "".join(_slip_rows(slips, share, inner, keep))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(share) * slips.across}" w:type="dxa"/>'
        f'<w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{cut}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{padding}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>{gap(AFTER_TABLE)}"
    )


def _inner_page(page: Page, fit: Fit, across: int) -> Page:
    """A page whose text is as wide as a slip, so that tables in it are fitted to the slip."""
    width = fit.sheet.size_mm[0]
    slip = (width - page.left_mm - page.right_mm) // across - 2 * SLIP_MM
    return replace(page, sheets=(fit.sheet,), left_mm=0, right_mm=width - slip)


def _slip_rows(slips: Slips, share: float, inner: Page, keep: Keep) -> Iterator[str]:
    for start in range(0, len(slips.slips), slips.across):
        side_by_side = slips.slips[start : start + slips.across]
        cells = [flow(slip, inner, fit_of(slip, inner), keep) for slip in side_by_side]
        cells += [gap(1)] * (slips.across - len(cells))
        inside = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{twips(share)}" w:type="dxa"/></w:tcPr>{content}</w:tc>'
            for content in cells
        )
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{inside}</w:tr>"
