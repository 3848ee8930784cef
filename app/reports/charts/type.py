"""Words in a picture: how wide they run, where they break, and where they end in "…".

Sizes and widths are units of the drawing. A character that the typeface lacks is taken as wide
as the size, because another typeface will stand in for it on the screen.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from app.reports import fonts
from app.reports.charts.style import Family

ASCENT: Final = 0.9
"""Height of the highest Vietnamese capital (Ấ, Ỗ) over the line, as a share of the size."""
DESCENT: Final = 0.22
LEADING: Final = 1.25
ELLIPSIS: Final = "…"
_SANS: Final = {False: "LiberationSans-Regular", True: "LiberationSans-Bold"}


@cache
def _sans() -> dict[bool, TTFont]:
    found = {}
    for bold, name in _SANS.items():
        font = TTFont(name, str(fonts.FOLDER / f"{name}.ttf"), shapable=False)
        pdfmetrics.registerFont(font)
        found[bold] = font
    return found


def face(family: Family, *, bold: bool = False) -> str:
    """The name under which the renderers know a face; loads the family when first asked."""
    if family is Family.SERIF:
        return fonts.face(bold=bold)
    _sans()
    return _SANS[bold]


@cache
def _letters(family: Family) -> frozenset[int]:
    name = face(family)
    font = pdfmetrics.getFont(name)
    assert isinstance(font, TTFont)
    return frozenset(font.face.charToGlyph)


def width(text: str, size: float, family: Family, *, bold: bool = False) -> float:
    """How wide ``text`` runs."""
    lacking = sum(ord(character) not in _letters(family) for character in text)
    run = float(pdfmetrics.stringWidth(text, face(family, bold=bold), size))
    return run + lacking * size


class Type:
    """One face in one size."""

    def __init__(self, family: Family, size: float, *, bold: bool = False) -> None:
        self.family, self.size, self.bold = family, size, bold
        self.face = face(family, bold=bold)
        self.leading = size * LEADING
        self.ascent, self.descent = size * ASCENT, size * DESCENT

    def width(self, text: str) -> float:
        """How wide ``text`` runs."""
        return width(text, self.size, self.family, bold=self.bold)

    def cut(self, text: str, room: float) -> str:
        """The text on one line, its end replaced by "…" where it is too wide; or nothing."""
        if self.width(text) <= room:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            if self.width(text[:middle].rstrip() + ELLIPSIS) <= room:
                low = middle
            else:
                high = middle - 1
        return text[:low].rstrip() + ELLIPSIS if low else ""

    def lines(self, text: str, room: float, most: int) -> tuple[str, ...]:
        """The text in at most ``most`` lines; a word wider than the room is broken."""
        done: list[str] = []
        rest = text
        while rest and len(done) < most - 1:
            head, rest = self._first_line(rest, room)
            done.append(head)
        if rest:
            last = self.cut(rest, room)
            done += [last] if last else []
        return tuple(line for line in done if line)

    def _first_line(self, text: str, room: float) -> tuple[str, str]:
        if self.width(text) <= room:
            return text, ""
        words = text.split(" ")
        taken = 0
        while taken < len(words) and self.width(" ".join(words[: taken + 1])) <= room:
            taken += 1
        if taken:
            return " ".join(words[:taken]), " ".join(words[taken:])
        count = 1
        while count < len(text) and self.width(text[: count + 1]) <= room:
            count += 1
        return text[:count], text[count:].lstrip()

    def fits(self, text: str, room: float, most: int) -> bool:
        """Whether the text stands whole in so many lines, without a broken word."""
        lines = self.lines(text, room, most)
        whole = " ".join(lines) == text
        return whole and all(self.width(line) <= room for line in lines)
