"""A paper as data: what stands on it and what it is, not how it is drawn.

The parts follow the elements of an administrative document (NĐ 30/2020/NĐ-CP, Phụ lục I,
phần II). Texts are Vietnamese, composed (NFC) by the renderers; lengths are millimetres.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # most papers have no picture and need not know what one is
    from app.reports.charts import description

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
RECIPIENTS = "Nơi nhận:"
ADDRESSED_TO = "Kính gửi:"
CODE = "Mã nội dung:"
DRAFT = "DỰ THẢO"
DRAFT_BECAUSE = "Văn bản này là dự thảo, vì:"


class Align(StrEnum):
    """How text stands in a column or paragraph; ``DECIMAL`` puts the commas under each other."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    JUSTIFIED = "justified"
    DECIMAL = "decimal"


class RowKind(StrEnum):
    """What a table row is; in all but criteria the first line of each cell is bold."""

    SECTION = "section"
    GROUP = "group"
    CRITERION = "criterion"
    TOTAL = "total"


class Sheet(StrEnum):
    """The sheets of paper that an office has, in the order in which they are preferred."""

    A4_PORTRAIT = "a4_portrait"
    A4_LANDSCAPE = "a4_landscape"
    A3_LANDSCAPE = "a3_landscape"

    @property
    def size_mm(self) -> tuple[int, int]:
        """Width and height in millimetres."""
        sizes = {
            Sheet.A4_PORTRAIT: (210, 297),
            Sheet.A4_LANDSCAPE: (297, 210),
            Sheet.A3_LANDSCAPE: (420, 297),
        }
        return sizes[self]


@dataclass(frozen=True, slots=True)
class Page:
    """The sheets that may be used and the margins (NĐ 30/2020, Phụ lục I, mục I.4).

    The renderer takes the first sheet on which every table fits legibly.
    """

    sheets: tuple[Sheet, ...] = tuple(Sheet)
    top_mm: int = 20
    bottom_mm: int = 20
    left_mm: int = 30
    right_mm: int = 15


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style."""

    text: str
    bold: bool = False
    italic: bool = False


Line = tuple[Run, ...]
"""Runs that follow each other without a break between them."""


def plain_line(text: str, *, bold: bool = False, italic: bool = False) -> Line:
    """A line of one style."""
    return (Run(text, bold, italic),)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; it is also a bookmark, unless it is not ``marked``.

    Level 0 stands in the middle ("Phần I", "Chương II", "QUYẾT ĐỊNH:", "Điều" of a title), level 1
    is "I. …" in capitals, level 2 "1. …" (NĐ 30/2020, Phụ lục I, mục II.6).
    """

    text: str
    level: int = 1
    marked: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body, with a first-line indent unless ``flush``."""

    runs: Line
    align: Align = Align.JUSTIFIED
    flush: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A remark in smaller type under a table or a heading."""

    runs: Line


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the body: one or more lines, over ``span`` columns."""

    lines: tuple[Line, ...]
    span: int = 1
    text: str = field(init=False, repr=False, compare=False)
    """The words of the cell, its lines parted by line feeds."""

    def __post_init__(self) -> None:
        text = "\n".join(["".join([run.text for run in line]) for line in self.lines])
        object.__setattr__(self, "text", text)


def cell(text: str, *, bold: bool = False, span: int = 1) -> Cell:
    """A cell of one line; an empty text gives an empty cell."""
    return Cell((plain_line(text, bold=bold),) if text else (), span)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, how cells stand in it, and the room that it asks for.

    ``min_mm`` is the least width of a column of running text; a column of figures needs
    none. ``weight`` is its share of the room that is left; ``repeated`` columns stand again in
    each part of a table that is too wide for one sheet.
    """

    title: str
    align: Align = Align.LEFT
    min_mm: float = 0
    weight: float = 1
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class ColumnGroup:
    """Columns under one common head; a wide table is never parted inside a group."""

    title: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the body; the spans of its cells add up to the number of columns."""

    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.CRITERION


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its head is repeated on every page. ``caption`` stands above, centred.

    With ``top`` the cells of a row start at one height (rows of running text), otherwise
    each stands in the middle.
    """

    columns: tuple[Column | ColumnGroup, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    top: bool = False
    leaves: tuple[Column, ...] = field(init=False, repr=False, compare=False)
    """The columns that carry cells, from left to right."""

    def __post_init__(self) -> None:
        leaves = tuple(
            leaf
            for column in self.columns
            for leaf in (column.columns if isinstance(column, ColumnGroup) else (column,))
        )
        object.__setattr__(self, "leaves", leaves)
        width = len(leaves)
        for row in self.rows:
            if sum(item.span for item in row.cells) != width:
                raise ValueError(f"a row of {width} columns is needed: {row.cells!r}")


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture; ``shows`` says what is on it, and where no picture can stand, its words do."""

    shows: description.Chart


@dataclass(frozen=True, slots=True)
class Slips:
    """Slips to be cut out, several to a page, each in a dashed frame: ballot papers.

    ``across`` slips stand side by side; a slip is never parted between pages.
    """

    slips: tuple[tuple[Heading | Paragraph | Note | Table, ...], ...]
    across: int = 1


Block = Heading | Paragraph | Note | Table | Chart | Slips


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who issues the paper, its number, place and date (NĐ 30/2020, Phụ lục I, mục II.1–4).

    A cluster has no seal: its leader unit issues and stamps, and ``cluster`` names the cluster
    under it. ``nation`` and ``motto`` are the national heading; a party agency has its own
    heading without a motto and a star under its name (``star``). ``about`` are the lines of the
    "V/v …" of a công văn, which stand under the number (mục II.5).
    """

    superior: tuple[str, ...]
    issuer: tuple[str, ...]
    cluster: str = ""
    number: str = ""
    place_and_date: str = ""
    nation: str = NATION
    motto: str = MOTTO
    star: bool = False
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """Authority and title, room for signature and seal, and the name (mục II.7).

    ``authority`` are the lines above the room: "TM. …", "KT. …", the title; ``note`` says in
    brackets who signs and whose seal it is. ``field`` names the empty signature field that an
    electronic paper carries at this place; empty: none.
    """

    authority: tuple[str, ...]
    name: str = ""
    note: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """The end of the paper: signatures from left to right, and the recipients (mục II.7, II.9)."""

    signatures: tuple[Signature, ...]
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """The paper is a draft, and why: each reason is a sentence."""

    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Appendix:
    """A part with its own sheet and page numbers (NĐ 30/2020, Phụ lục I, mục III.1)."""

    label: str
    title: str
    reference: str
    blocks: tuple[Block, ...]
    page: Page = Page()


@dataclass(frozen=True, slots=True)
class Binding:
    """The data that a paper shows: which workspace, year, paper and unit, in which state.

    ``state`` is the digest of the facts, ``operation`` and ``head`` are the last operation of the
    journal and its digest when the paper was made. The PDF carries them, and the content code at
    the foot is made from them and the words (`app.reports.binding`). ``printed``: the code stands
    at the foot of each page.
    """

    workspace: str
    period: str
    paper: str
    subject: str = ""
    state: str = ""
    operation: int | None = None
    head: str = ""
    printed: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """A whole paper. ``kind`` is the tên loại, ``subject`` the lines of the trích yếu.

    A công văn has neither: its subject stands in the letterhead (``about``). ``addressees`` are
    the recipients of "Kính gửi"; sheets of slips have no letterhead.
    """

    title: str
    letterhead: Letterhead | None
    kind: str
    subject: tuple[str, ...]
    blocks: tuple[Block, ...]
    closing: Closing | None = None
    draft: Draft | None = None
    appendices: tuple[Appendix, ...] = ()
    page: Page = Page()
    addressees: tuple[str, ...] = ()
    binding: Binding | None = None


def issuer_of(document: Document) -> tuple[str, ...]:
    """The lines of who issues the paper; none for slips."""
    return document.letterhead.issuer if document.letterhead else ()


def number_line(number: int | None, sign: str) -> str:
    """ "Số: 05/BC-SNV"; without a number, room to write it in (mục II.3: two digits at least)."""
    return (
        f"Số: {number:02d}/{sign}"
        if number is not None
        else f"Số:\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0/{sign}"
    )


def official_date(day: dt.date) -> str:
    """ "ngày 05 tháng 01 năm 2019" (mục II.4).

    Days below 10 and the months 1 and 2 carry a leading zero, other months do not.
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def place_and_date(place: str, day: dt.date | None) -> str:
    """ "Cao Bằng, ngày 05 tháng 01 năm 2019"; dots where place or day are yet to be written."""
    words = official_date(day) if day is not None else "ngày … tháng … năm …"
    return f"{place or '…………'}, {words}"
