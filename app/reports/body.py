"""The blocks of a paper as what flows over its pages: headings, paragraphs, tables, pictures.

A heading is never the last thing on a page: it goes along with the first rows or lines of what
stands under it, and a title right under another goes with both. Lengths are points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Spacer
from reportlab.platypus import Paragraph as Flow

from app.reports.archive_form import OnPaper
from app.reports.document import (
    Block,
    Chart,
    Heading,
    Note,
    Page,
    Paragraph,
    Slips,
    Table,
)
from app.reports.grid import Grid
from app.reports.layout import Band, Fit, text_width
from app.reports.slips import slip_rows
from app.reports.typesetting import body_style, heading_style, markup, note_style, plain_markup

KEPT_UNDER_HEADING: Final = 80.0
"""Room that must be left on the page under a heading, else it moves to the next page."""
HEADING_ROOM: Final = 36.0
"""Room that is left for a heading above a picture that would fill the page."""
GAP: Final = 8.0
"""Room under a table or a picture."""


class Bookmark(OnPaper):
    """An entry of the outline that leads to this place."""

    _ZEROSIZE = _SPACETRANSFER = True  # the room between paragraphs is as without it

    def __init__(self, key: str, text: str, level: int) -> None:
        super().__init__()
        self.key, self.text, self.level = key, text, level

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        """No room."""
        return 0.0, 0.0

    def draw(self) -> None:
        """Sets the entry."""
        self.canv.bookmark(self.key, self.text, self.level)


class _KeptRoom(CondPageBreak):
    """Goes on to the next page where less room than this is left."""

    _ZEROSIZE = _SPACETRANSFER = True


class Head(Flow):
    """A heading among the paragraphs."""


class _Picture(OnPaper):
    """A chart, marked as a picture."""

    def __init__(self, block: Chart, highest: float) -> None:
        from app.reports.charts.flowable import ChartFlow  # most papers have no picture

        super().__init__()
        self.chart = ChartFlow(block.shows, highest)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        """The room of the chart."""
        self.width, self.height = self.chart.wrap(aW, aH)
        return self.width, self.height

    def draw(self) -> None:
        """Draws on the page."""
        self.chart.canv = self.canv
        with self.canv.picture():
            self.chart.draw()


def tables_of(blocks: Sequence[Block]) -> list[Table]:
    """The tables that flow over the pages; those inside slips have their own room."""
    return [block for block in blocks if isinstance(block, Table)]


def flow(blocks: Sequence[Block], page: Page, fit: Fit, key: str) -> list[Flowable]:
    """What the blocks become on the sheet of ``fit``; ``key`` starts the names of bookmarks."""
    width = text_width(page, fit.sheet)
    height = fit.sheet.size_mm[1] * mm - (page.top_mm + page.bottom_mm) * mm
    bands = iter(fit.bands)
    deeper = any(isinstance(block, Heading) and block.level == 0 for block in blocks)
    story: list[Flowable] = []
    heads: list[Flowable] = []
    for number, block in enumerate(blocks):
        if isinstance(block, Heading):
            if block.marked:
                heads.append(Bookmark(f"{key}:{number}", block.text, block.level + deeper))
            heads.append(Head(plain_markup(block.text), heading_style(block.level)))
            continue
        parts, kept = _parts(block, bands, fit.size, width, height)
        story += [*_kept_together(heads, kept, width), *parts]
        heads = []
    return [*story, *_kept_together(heads, KEPT_UNDER_HEADING, width)]


def taken_along(story: list[Flowable]) -> list[Flowable]:
    """Takes the last paragraph with its headings off the story, to stand with what follows."""
    taken: list[Flowable] = []
    if isinstance(story[-1], Flow):
        taken.append(story.pop())
        while isinstance(story[-1], Head | Bookmark) and story[-1] is not story[0]:
            taken.append(story.pop())
    return taken[::-1]


def _kept_together(heads: Sequence[Flowable], kept: float, width: float) -> list[Flowable]:
    """The headings on the page on which ``kept`` points of what follows still stand."""
    if not heads:
        return []
    room = sum(
        head.wrap(width, 1e6)[1] + head.getSpaceBefore() + head.getSpaceAfter() for head in heads
    )
    return [_KeptRoom(room + kept), *heads]


def _parts(
    block: Paragraph | Note | Table | Chart | Slips,
    bands: Iterator[tuple[Band, ...]],
    size: float,
    width: float,
    height: float,
) -> tuple[list[Flowable], float]:
    """What a block becomes, and how much of it must stand right under a heading."""
    match block:
        case Paragraph():
            return [Flow(markup(block.runs), body_style(block))], KEPT_UNDER_HEADING
        case Note():
            return [Flow(markup(block.runs), note_style())], KEPT_UNDER_HEADING
        case Table():
            grids = _grids(block, next(bands), size, height)
            parts: list[Flowable] = []
            for grid in grids:
                parts += [grid, Spacer(1, GAP)]
            return parts, grids[0].start_height
        case Chart():
            picture = _Picture(block, height - HEADING_ROOM)
            return [picture, Spacer(1, GAP)], picture.wrap(width, height)[1]
        case Slips():
            rows = slip_rows(block, width, height)
            return rows, rows[0].wrap(width, height)[1] if rows else 0.0


def _grids(table: Table, bands: tuple[Band, ...], size: float, height: float) -> list[Grid]:
    """The bands of a table; each says which part it is where there are several."""
    return [
        Grid(table, band, size, height, table.caption, (number, len(bands)))
        for number, band in enumerate(bands, start=1)
    ]
