"""Words into flowing type: runs as markup, and the styles of the paragraphs of a paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Final, Literal

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from app.ground.text import composed
from app.reports import fonts
from app.reports.document import Align, Line, Paragraph, Run, plain_line

BODY: Final = 14.0
"""Size of the body (NĐ 30/2020, Phụ lục I, mục II.6: 13 to 14)."""
NOTE: Final = 12.0
INDENT: Final = 12.7 * mm
"""First-line indent of a paragraph (mục II.6: 1 or 1,27 cm)."""
SPACING: Final = 6.0
"""Room between paragraphs (mục II.6: at least 6 pt)."""
LEADING: Final = 1.2
"""Height of a line as a share of the size of type: single spacing."""

_ALIGNMENT: Final[Mapping[Align, Literal[0, 1, 2, 4]]] = {
    Align.LEFT: 0,
    Align.CENTRE: 1,
    Align.RIGHT: 2,
    Align.JUSTIFIED: 4,
    Align.DECIMAL: 1,
}
"""The numbers by which reportlab knows an alignment."""


def words_of(text: str) -> str:
    """The text composed (NFC), with line feeds and tabs as spaces."""
    return " ".join(composed(text).replace("\r", "\n").replace("\t", "\n").split("\n"))


def balanced(text: str, room: float, width: Callable[[str], float]) -> list[str]:
    """Centred words in as few lines as the room allows, of about one length.

    No line holds a lonely last word: "ỦY BAN NHÂN DÂN / TỈNH CAO BẰNG".
    """
    words = words_of(text).split(" ")
    lines = _lines(words, room, width)
    low, high = 0.0, room
    while len(lines) > 1 and high - low > 0.25:
        middle = (low + high) / 2
        found = _lines(words, middle, width)
        if len(found) > len(lines) or max(map(width, found)) > room:
            low = middle
        else:
            lines, high = found, middle
    return lines


def _lines(words: Sequence[str], room: float, width: Callable[[str], float]) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def markup(line: Line) -> str:
    """Runs as the markup of a flowing paragraph, composed (NFC)."""
    return "".join(_run_markup(run) for run in line)


def _run_markup(run: Run) -> str:
    text = escape(words_of(run.text), quote=False)
    text = f"<i>{text}</i>" if run.italic else text
    return f"<b>{text}</b>" if run.bold else text


def style(
    size: float,
    align: Align = Align.LEFT,
    *,
    bold: bool = False,
    italic: bool = False,
    indent: float = 0.0,
    before: float = 0.0,
    after: float = 0.0,
) -> ParagraphStyle:
    """A style of paragraphs; lengths are points."""
    return ParagraphStyle(
        "paper",
        fontName=fonts.face(bold=bold, italic=italic),
        fontSize=size,
        leading=size * LEADING,
        alignment=_ALIGNMENT[align],
        firstLineIndent=indent,
        spaceBefore=before,
        spaceAfter=after,
    )


def plain_markup(text: str) -> str:
    """One text in one style as the markup of a flowing paragraph."""
    return markup(plain_line(text))


def heading_style(level: int) -> ParagraphStyle:
    """Level 0 in the middle; "I. …" and "1. …" begin like a paragraph (mục II.6)."""
    middle = level == 0
    return style(
        BODY,
        Align.CENTRE if middle else Align.LEFT,
        bold=True,
        indent=0.0 if middle else INDENT,
        before=8.0,
        after=SPACING,
    )


def body_style(paragraph: Paragraph) -> ParagraphStyle:
    """A paragraph of the body, with its indent unless it is flush or in the middle."""
    flush = paragraph.flush or paragraph.align is Align.CENTRE
    return style(BODY, paragraph.align, indent=0.0 if flush else INDENT, after=SPACING)


def note_style() -> ParagraphStyle:
    """A remark in smaller type."""
    return style(NOTE, Align.JUSTIFIED, after=3)
