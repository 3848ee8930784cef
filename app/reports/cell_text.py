"""Words in one face as a table cell holds them: broken into lines at its width, and drawn.

Most cells of a large table are a few words in one face; they are laid out here with little ado.
Words in several faces are a flowing paragraph like any other. Lengths are points.
"""

from __future__ import annotations

from typing import Any

from reportlab.platypus import Flowable, Paragraph

from app.reports import fonts
from app.reports.archive_form import OnPaper
from app.reports.document import Align, Line
from app.reports.typesetting import LEADING, markup, style, words_of


def cell_text(line: Line, size: float, align: Align, *, bold: bool) -> Flowable:
    """The line as it stands in a cell; ``bold`` makes all of it bold."""
    faces = {(bold or run.bold, run.italic) for run in line}
    if len(faces) > 1:
        return Paragraph(markup(line), style(size, align, bold=bold))
    heavy, italic = faces.pop() if faces else (bold, False)
    words = words_of("".join(run.text for run in line)).split(" ")
    return PlainText([word for word in words if word], size, align, bold=heavy, italic=italic)


class PlainText(OnPaper):
    """Words in one face; a word wider than the cell is broken between two of its letters."""

    def __init__(
        self, words: list[str], size: float, align: Align, *, bold: bool, italic: bool = False
    ) -> None:
        super().__init__()
        self.words, self.size, self.align = words, size, align
        self.bold, self.italic = bold, italic
        self.lines: list[str] = []
        self.room = -1.0

    def _width(self, text: str) -> float:
        return fonts.width(text, self.size, bold=self.bold, italic=self.italic)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        """Breaks the lines; the height of all of them."""
        if aW != self.room:
            self.room, self.lines = aW, self._broken(aW)
        self.width, self.height = aW, len(self.lines) * self.size * LEADING
        return self.width, self.height

    def _broken(self, room: float) -> list[str]:
        lines: list[str] = []
        space, used = self._width(" "), room
        for word in self.words:
            wide = self._width(word)
            if lines and used + space + wide <= room:
                lines[-1] += " " + word
                used += space + wide
            elif wide <= room:
                lines.append(word)
                used = wide
            else:
                lines += self._pieces(word, room)
                used = self._width(lines[-1])
        return lines

    def _pieces(self, word: str, room: float) -> list[str]:
        pieces = [""]
        for letter in word:
            if pieces[-1] and self._width(pieces[-1] + letter) > room:
                pieces.append(letter)
            else:
                pieces[-1] += letter
        return pieces

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803
        """The lines that fit and the others; one alone stays with the others."""
        self.wrap(aW, aH)
        fitting = int((aH + 1e-6) / (self.size * LEADING))
        if fitting >= len(self.lines):
            return [self]
        return [self._of(part) for part in (self.lines[:fitting], self.lines[fitting:]) if part]

    def _of(self, lines: list[str]) -> PlainText:
        words = " ".join(lines).split(" ")
        return PlainText(words, self.size, self.align, bold=self.bold, italic=self.italic)

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802, N803
        """Draws the lines downwards, the last at ``y``."""
        canvas.setFont(fonts.face(bold=self.bold, italic=self.italic), self.size)
        line_height = self.size * LEADING
        baseline = y + self.height - self.size
        for line in self.lines:
            if self.align in (Align.CENTRE, Align.DECIMAL):
                canvas.words(x + (self.room - self._width(line)) / 2, baseline, line)
            elif self.align is Align.RIGHT:
                canvas.words(x + self.room - self._width(line), baseline, line)
            else:
                canvas.words(x, baseline, line)
            baseline -= line_height
