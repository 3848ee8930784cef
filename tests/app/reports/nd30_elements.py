"""What the decree asks of each element of a paper, and words that were found on paper.

NĐ 30/2020/NĐ-CP, Phụ lục I and its table of sizes and faces. Lengths are points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.app.reports.printed import Glyph, lines

BODY = (13.0, 14.0)


@dataclass(frozen=True, slots=True)
class Kind:
    """What the decree asks of an element: size, weight, slope, capitals."""

    name: str
    sizes: tuple[float, float]
    bold: bool | None = False
    italic: bool | None = False
    capitals: bool = False


NATION = Kind("quốc hiệu", (12, 13), bold=True, capitals=True)
MOTTO = Kind("tiêu ngữ", (13, 14), bold=True)
SUPERIOR = Kind("cơ quan chủ quản", (12, 13), capitals=True)
ISSUER = Kind("cơ quan ban hành", (12, 13), bold=True, capitals=True)
STAR = Kind("the star of a party agency", (12, 14), bold=None)
NUMBER = Kind("số, ký hiệu", (13, 13))
DATE = Kind("địa danh, ngày tháng năm", (13, 14), italic=True)
ABOUT = Kind("V/v of a công văn", (12, 13))
TITLE = Kind("tên loại", (13, 14), bold=True, capitals=True)
SUBJECT = Kind("trích yếu", (13, 14), bold=True)
ADDRESSEE = Kind("kính gửi", BODY)
REASON = Kind("reason of a draft", (11, 14), bold=None, italic=None)
PART = Kind("heading in the middle", (13, 14), bold=True)
SECTION = Kind("mục heading", (13, 14), bold=True, capitals=True)
CLAUSE = Kind("khoản heading", (13, 14), bold=True)
NOTE = Kind("note", (11, 13), bold=None, italic=None)
CAPTION = Kind("caption", (13, 14), bold=True)
AUTHORITY = Kind("signing authority", (13, 14), bold=True, capitals=True)
SIGNING_NOTE = Kind("note of the signature", (11, 14), bold=None, italic=None)
SIGNER = Kind("name of the signer", (13, 14), bold=True)
RECIPIENTS_HEAD = Kind("nơi nhận", (12, 12), bold=True, italic=True)
RECIPIENT = Kind("recipient", (11, 11))
APPENDIX = Kind("appendix", (14, 14), bold=True)
APPENDIX_TITLE = Kind("title of the appendix", (13, 14), bold=True, capitals=True)
REFERENCE = Kind("reference of the appendix", (13, 14), italic=True)
HEAD = Kind("head of a table", (9, 13), bold=True)
PAGE_NUMBER = Kind("page number", (13, 14))
SLIP_HEADING = Kind("heading of a slip", (11, 14), bold=True)
SLIP = Kind("words of a slip", (9, 14), bold=None, italic=None)


class Found:
    """Words that were found: their glyphs and where they stand."""

    def __init__(self, kind: Kind, words: str, glyphs: Sequence[Glyph], start: int) -> None:
        self.kind, self.words, self.glyphs, self.start = kind, words, glyphs, start
        self.stop = start + len(glyphs)
        self.page, self.last_page = glyphs[0].page, glyphs[-1].page
        self.lines = lines(glyphs)

    @property
    def name(self) -> str:
        return f"{self.kind.name} “{self.words[:40]}”"

    @property
    def left(self) -> float:
        return min(g.x0 for g in self.glyphs)

    @property
    def right(self) -> float:
        return max(g.x1 for g in self.glyphs)

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    @property
    def widest(self) -> float:
        return max(line[-1].x1 - line[0].x0 for line in self.lines)

    @property
    def first_base(self) -> float:
        return self.glyphs[0].base

    @property
    def last_base(self) -> float:
        return self.glyphs[-1].base

    def faults(self) -> Iterator[str]:
        """What is wrong with size, weight, slope, capitals or colour."""
        kind, (least, most) = self.kind, self.kind.sizes
        sizes = sorted({round(g.size, 1) for g in self.glyphs})
        if sizes[0] < least or sizes[-1] > most:
            shown = ", ".join(f"{size:g}" for size in sizes)
            yield f"{self.name} has the sizes {shown}, not {least:g} to {most:g}."
        for wanted, style in ((kind.bold, "bold"), (kind.italic, "italic")):
            if wanted is not None and any(getattr(g, style) is not wanted for g in self.glyphs):
                yield f"{self.name} is {'not' if wanted else 'partly'} {style}."
        if kind.capitals and self.words != self.words.upper():
            yield f"{self.name} is not in capitals."
        if not all(g.black for g in self.glyphs):
            yield f"{self.name} is not black."
