"""Centred words side by side: the lines of a letterhead, a title, a signature.

Sizes and lengths are points.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Final

from app.reports import fonts
from app.reports.archive_form import OnPaper, PaperCanvas
from app.reports.typesetting import LEADING, balanced

RULE: Final = 0.7
"""Thickness of the rules under motto, issuer and title."""
RULE_GAP: Final = 2.0
"""Room between the tails of the letters and a rule."""


@dataclass(frozen=True, slots=True)
class Words:
    """Centred words in one face; ``rule`` is the length of the rule below as a share of them.

    ``before`` is the room above the first line; ``framed`` draws a box around. An ``aside`` is
    no part of the text (the star of a party agency, the mark of a draft).
    """

    text: str
    size: float
    bold: bool = False
    italic: bool = False
    rule: float = 0.0
    before: float = 0.0
    framed: bool = False
    aside: bool = False

    def wrapped(self, room: float) -> list[str]:
        """The lines into which the words break."""
        return balanced(self.text, room - 6, self.width)

    def width(self, line: str) -> float:
        """How wide a line of these words runs."""
        return fonts.width(line, self.size, bold=self.bold, italic=self.italic)

    def height(self, room: float) -> float:
        """The height of the words and the room above them."""
        return self.before + self.size * LEADING * len(self.wrapped(room))

    def draw(self, canvas: PaperCanvas, room: float, centre: float, top: float) -> float:
        """Draws the lines downwards from ``top`` within ``room``; answers where they end."""
        with canvas.aside() if self.aside else nullcontext():
            return self._draw(canvas, self.wrapped(room), centre, top - self.before)

    def _draw(self, canvas: PaperCanvas, lines: Sequence[str], centre: float, top: float) -> float:
        longest = max(self.width(line) for line in lines)
        y = top
        for line in lines:
            y -= self.size * LEADING
            canvas.setFont(fonts.face(bold=self.bold, italic=self.italic), self.size)
            canvas.drawCentredString(centre, y + self.size * 0.3, line)
        canvas.setLineWidth(RULE)
        if self.rule:
            half = longest * self.rule / 2
            canvas.line(centre - half, y - RULE_GAP, centre + half, y - RULE_GAP)
        if self.framed:
            canvas.rect(centre - longest / 2 - 8, y - 1, longest + 16, top - y + 2)
        return y


class Centred(OnPaper):
    """Blocks of centred words side by side; ``shares`` are their parts of the width."""

    def __init__(self, blocks: Sequence[Sequence[Words]], shares: Sequence[float]) -> None:
        super().__init__()
        self.blocks, self.shares = blocks, shares

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        """The room that the highest block takes."""
        self.width = aW
        self.height = max(
            sum(words.height(aW * share) for words in block)
            for block, share in zip(self.blocks, self.shares, strict=True)
        )
        return aW, self.height

    def draw(self) -> None:
        """Draws the blocks from left to right, each from the top."""
        left = 0.0
        for block, share in zip(self.blocks, self.shares, strict=True):
            room, y = self.width * share, self.height
            for words in block:
                y = words.draw(self.canv, room, left + room / 2, y)
            left += room
