"""Words and paragraphs in the markup of Word. Lengths are points; the file counts twentieths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from app.reports.document import Align, Line
from app.reports.typesetting import words_of

NAMESPACES: Final[Mapping[str, str]] = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
DECLARED: Final = " ".join(f'xmlns:{short}="{long}"' for short, long in NAMESPACES.items())
TINY: Final = 1.0
"""Size of type in paragraphs that are only a rule or a gap."""
JUSTIFICATION: Final[Mapping[Align, str]] = {
    Align.LEFT: "left",
    Align.CENTRE: "center",
    Align.RIGHT: "right",
    Align.JUSTIFIED: "both",
    Align.DECIMAL: "center",
}


def twips(points: float) -> int:
    """Twentieths of a point."""
    return round(points * 20)


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph stands where it differs from its style; ``None`` is as the style says.

    ``exact`` fixes the height of its lines, ``size`` that of the letters. ``border`` is the
    markup of its borders, ``tabs`` that of its stops.
    """

    style: str = ""
    align: Align | None = None
    left: float | None = None
    right: float | None = None
    first: float | None = None
    before: float | None = None
    after: float | None = None
    exact: float | None = None
    size: float | None = None
    keep_next: bool = False
    border: str = ""
    tabs: str = ""
    section: str = ""

    def markup(self) -> str:
        """The properties in the order that the schema asks for."""
        parts = [f'<w:pStyle w:val="{self.style}"/>' if self.style else ""]
        parts.append("<w:keepNext/>" if self.keep_next else "")
        parts += [self.border, self.tabs]
        spacing = _attributes(before=self.before, after=self.after, line=self.exact)
        if self.exact is not None:
            spacing += ' w:lineRule="exact"'
        parts.append(f"<w:spacing{spacing}/>" if spacing else "")
        indent = _attributes(left=self.left, right=self.right, firstLine=self.first)
        parts.append(f"<w:ind{indent}/>" if indent else "")
        parts.append(f'<w:jc w:val="{JUSTIFICATION[self.align]}"/>' if self.align else "")
        # the mark of the paragraph takes the size too, else an empty line is as high as the body
        parts.append(f"<w:rPr>{size_markup(self.size)}</w:rPr>" if self.size else "")
        parts.append(self.section)
        inner = "".join(parts)
        return f"<w:pPr>{inner}</w:pPr>" if inner else ""


def _attributes(**lengths: float | None) -> str:
    return "".join(
        f' w:{name}="{twips(length)}"' for name, length in lengths.items() if length is not None
    )


def size_markup(size: float | None) -> str:
    """The size of letters, which the file counts in halves of a point."""
    return f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else ""


def words(text: str, *, bold: bool = False, italic: bool = False, size: float | None = None) -> str:
    """A run of words, composed (NFC)."""
    if not text:
        return ""
    look = "<w:b/><w:bCs/>" if bold else ""
    look += "<w:i/><w:iCs/>" if italic else ""
    look += size_markup(size)
    dressed = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{dressed}<w:t xml:space="preserve">{escape(words_of(text))}</w:t></w:r>'


def line_words(line: Line, *, bold: bool = False, size: float | None = None) -> str:
    """The runs of a line; with ``bold`` all of them are."""
    return "".join(
        words(run.text, bold=bold or run.bold, italic=run.italic, size=size) for run in line
    )


def paragraph(content: str, look: Look) -> str:
    """A paragraph of runs."""
    return f"<w:p>{look.markup()}{content}</w:p>"


def gap(points: float, *, keep_next: bool = False, section: str = "") -> str:
    """Empty room of a height; the end of a section may hang on it."""
    look = Look(
        before=0, after=0, first=0, exact=points, size=TINY, keep_next=keep_next, section=section
    )
    return paragraph("", look)


def rule(left: float, right: float, weight: float, *, above: float = 0) -> str:
    """A rule between two indents; ``above`` is the room over it."""
    line = (
        f'<w:pBdr><w:top w:val="single" w:sz="{_eighths(weight)}" w:space="0" '
        'w:color="auto"/></w:pBdr>'
    )
    look = Look(
        left=left, right=right, first=0, before=above, after=0, exact=2, size=TINY, border=line
    )
    return paragraph("", look)


def box(weight: float) -> str:
    """A frame around a paragraph."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="{_eighths(weight)}" w:space="1" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right")
    )
    return f"<w:pBdr>{sides}</w:pBdr>"


def _eighths(points: float) -> int:
    return max(2, round(points * 8))


def attribute(text: str) -> str:
    """A text as the quoted value of an attribute."""
    return quoteattr(words_of(text))


def plain_table(widths: list[float], rows: str) -> str:
    """A table without lines and without inner room, to set things side by side."""
    columns = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    edges = "".join(
        f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right")
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(map(twips, widths))}" w:type="dxa"/>'
        f'<w:tblInd w:w="0" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{edges}</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
        f"{rows}</w:tbl>"
    )


def plain_row(cells: list[tuple[float, str]]) -> str:
    """A row of such a table that is never parted between pages."""
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/></w:tcPr>{content}</w:tc>'
        for width, content in cells
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{inside}</w:tr>"
