"""How the cells of a form look: fonts, fills, lines, protection; one place for all of them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from typing import Any, Final, Literal
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.worksheet import Worksheet

from app.ground.text import composed

FONT: Final = "Times New Roman"
SIZE: Final = 12
DATE_FORMAT: Final = "dd/mm/yyyy"
POINTS_FORMAT: Final = "[$-42A]#,##0.00"
"""Two decimals, with a comma wherever the program honours the language."""
LINE_HEIGHT: Final = 16.5
_GREY: Final = "FF8C8C8C"
_LINE = Side(style="thin", color=_GREY)
_HAIR = Side(style="hair", color=_GREY)


INPUT: Final = "FFFFF4CC"
"""The background of cells in which the unit writes; the guide says so beside a sample."""
CALCULATED: Final = "FFF0F0F0"
GROUP: Final = "FFDDE3EA"
HEAD: Final = "FF3B4A5A"

Edge = Literal["thin", "hair", "open"]
"""The upper edge of a cell in a table; the sides are always drawn."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks and whether it may be changed."""

    background: str | None = None
    bold: bool = False
    size: int = SIZE
    colour: str = "FF000000"
    horizontal: str | None = None
    vertical: str = "top"
    indent: int = 0
    format: str | None = None
    edge: Edge | None = "thin"
    unlocked: bool = False
    wrap: bool = True


HEADING: Final = Look(HEAD, bold=True, colour="FFFFFFFF", horizontal="center", vertical="center")
"""The head of each table of a form."""


_STYLES: WeakKeyDictionary[Workbook, dict[Look, Any]] = WeakKeyDictionary()
"""The style that each look came to in a workbook; giving it out again is many times faster."""


def dress(cell: Cell, look: Look) -> None:
    """Gives a cell its look."""
    styles = _STYLES.setdefault(cell.parent.parent, {})
    if look not in styles:
        _dress_anew(cell, look)
        styles[look] = copy(cell._style)
    cell._style = copy(styles[look])


def _dress_anew(cell: Cell, look: Look) -> None:
    cell.font = Font(name=FONT, size=look.size, bold=look.bold, color=look.colour)
    cell.alignment = Alignment(
        horizontal=look.horizontal or ("left" if look.indent else None),
        vertical=look.vertical,
        wrap_text=look.wrap,
        indent=1 if look.horizontal == "right" else look.indent,
    )
    cell.fill = PatternFill("solid", fgColor=look.background) if look.background else PatternFill()
    top = {"thin": _LINE, "hair": _HAIR}.get(look.edge or "")
    side = _LINE if look.edge is not None else None
    cell.border = Border(left=side, right=side, top=top)
    cell.number_format = look.format or "General"
    cell.protection = Protection(locked=not look.unlocked)


def close(cell: Cell) -> None:
    """Draws the lower edge of a table, on the cell below it."""
    cell.border = Border(top=_LINE)


def height_for(texts: Iterable[tuple[str, float, bool]]) -> float:
    """The height of a row that shows these texts in full, each in its width, bold or not.

    Programs fit a row only when somebody types into it, so a new form needs it said.
    """
    most = 1
    for words, width, bold in texts:
        characters = max(4, int(width * (1.17 if bold else 1.27)))
        most = max(most, len(textwrap.wrap(words, characters)))
    return most * LINE_HEIGHT + 3


def put_text(cell: Cell, words: str) -> None:
    """Words that are never taken for a formula, a number or a date."""
    if words:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", composed(words))
        cell.data_type = "s"


def protect(sheet: Worksheet) -> None:
    """Locks everything but the cells to fill in; widths and heights stay adjustable.

    Without a password: it guards against slips, and nobody can be locked out.
    """
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


def for_paper(sheet: Worksheet, footer: str, heads: str | None, landscape: bool) -> None:
    """A4, the width on one page, the head on each page, a footer with the page's number."""
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins: Any = sheet.page_margins
    margins.left = margins.right = 0.35
    margins.top, margins.bottom = 0.45, 0.55
    margins.header = margins.footer = 0.25
    sheet.oddFooter.left.text = footer.replace("&", "&&")
    sheet.oddFooter.right.text = "Trang &P/&N"
    for part in (sheet.oddFooter.left, sheet.oddFooter.right):
        part.size = 9
    if heads is not None:
        sheet.print_title_rows = heads
