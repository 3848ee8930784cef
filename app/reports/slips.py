"""Slips to be cut out of a sheet: each in a dashed frame, all of one size, none parted.

Lengths are points.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportlab.platypus import Flowable, Paragraph

from app.reports.document import Heading, Note, Slips, Table
from app.reports.document import Paragraph as Words
from app.reports.grid import Grid
from app.reports.layout import within
from app.reports.typesetting import body_style, heading_style, markup, note_style, plain_markup

INSET: Final = 10.0
"""Room between the cut line and the words of a slip."""
DASH: Final = 3.0
CUT_LINE: Final = 0.5
TABLE_GAP: Final = 6.0
"""Room under a table."""

Part = Heading | Words | Note | Table


def slip_rows(slips: Slips, width: float, page_height: float) -> list[Flowable]:
    """The slips in rows over the ``width`` of the text."""
    room = width / slips.across - 2 * INSET
    laid = [_laid(slip, room, page_height) for slip in slips.slips]
    height = max((_height(parts, room) for parts in laid), default=0.0) + 2 * INSET
    return [
        _SlipRow(laid[at : at + slips.across], width / slips.across, height)
        for at in range(0, len(laid), slips.across)
    ]


def _laid(slip: Sequence[Part], room: float, page_height: float) -> list[Flowable]:
    parts: list[Flowable] = []
    for block in slip:
        match block:
            case Heading():
                parts.append(Paragraph(plain_markup(block.text), heading_style(block.level)))
            case Words():
                parts.append(Paragraph(markup(block.runs), body_style(block)))
            case Note():
                parts.append(Paragraph(markup(block.runs), note_style()))
            case Table():
                size, band = within(block, room)
                parts.append(Grid(block, band, size, page_height, block.caption))
    return parts


def _under(part: Flowable) -> float:
    return TABLE_GAP if isinstance(part, Grid) else part.getSpaceAfter()


def _height(parts: Sequence[Flowable], room: float) -> float:
    return sum(part.wrap(room, 1e6)[1] + _under(part) for part in parts)


class _SlipRow(Flowable):
    """Slips side by side, each in its frame; the row goes to the next page as a whole."""

    def __init__(self, slips: Sequence[Sequence[Flowable]], across: float, height: float) -> None:
        super().__init__()
        self.slips, self.across, self.tall = slips, across, height

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        """The room of the frames."""
        self.width, self.height = self.across * len(self.slips), self.tall
        return self.width, self.height

    def draw(self) -> None:
        """Draws the slips from left to right."""
        for place, parts in enumerate(self.slips):
            left = place * self.across
            self._draw_frame(left)
            y = self.tall - INSET
            for part in parts:
                y -= part.wrap(self.across - 2 * INSET, 1e6)[1]
                part.drawOn(self.canv, left + INSET, y)
                y -= _under(part)

    def _draw_frame(self, left: float) -> None:
        """Four lines, each drawn rightwards or upwards, so that the dashes of neighbours meet."""
        right, top = left + self.across, self.tall
        self.canv.saveState()
        self.canv.setLineWidth(CUT_LINE)
        self.canv.setDash(DASH, DASH)
        for start, end in (
            ((left, 0), (right, 0)),
            ((left, top), (right, top)),
            ((left, 0), (left, top)),
            ((right, 0), (right, top)),
        ):
            self.canv.line(*start, *end)
        self.canv.restoreState()
