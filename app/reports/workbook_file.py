"""An Excel file that is the same, byte for byte, for the same content.

Formulas carry the engine's values beside them, so that viewers that do not calculate (a phone,
a preview) show the figures; Excel and LibreOffice work the formulas out themselves.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from decimal import Context, Decimal
from fractions import Fraction
from io import BytesIO
from typing import Any, Final
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.ground.text import composed
from app.reports.fonts import width

FONT: Final = "Times New Roman"
SIZE: Final = 11
CHARACTER: Final = 5.7
"""Points of one character of a column's width."""
LEAST_HEIGHT: Final = 18.0
LOCALE: Final = "[$-42A]"
"""Vietnamese in a number format: decimal comma wherever the program honours it."""
A4, A3 = 9, 8
"""The numbers of the sheets of paper in the format."""
_STAMP: Final = (1980, 1, 1, 0, 0, 0)
_TIME: Final = "2000-01-01T00:00:00Z"
_HAIR = Side(style="hair")
_BORDER = Border(left=_HAIR, right=_HAIR, top=_HAIR, bottom=_HAIR)

Value = Fraction | str | None


def decimal(value: Fraction) -> Decimal:
    """The number as Excel holds it: 17 digits."""
    return Context(prec=17).divide(Decimal(value.numerator), Decimal(value.denominator))


def literal(value: Fraction) -> str:
    """A number inside a formula."""
    return format(decimal(value), "f")


def number_format(digits: int) -> str:
    """So many decimals, in Vietnamese."""
    return f"{LOCALE}#,##0" + ("." + "0" * digits if digits else "")


class Sheet:
    """A worksheet with its formulas and their values."""

    def __init__(self, book: Workbook, title: str) -> None:
        self.sheet: Worksheet = book.create_sheet(title)
        self.values: dict[str, Value] = {}
        self.words: list[tuple[int, int, str, int, bool]] = []

    def text(self, row: int, column: int, words: str, **look: Any) -> None:
        """Words, never read as a formula."""
        cell = self.sheet.cell(row, column)
        if words:
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", composed(words))
            cell.data_type = "s"
            self.words.append((row, column, words, look.get("size", SIZE), look.get("bold", False)))
        _dress(cell, **look)

    def number(self, row: int, column: int, value: Fraction, **look: Any) -> None:
        """A number that was entered."""
        cell = self.sheet.cell(row, column)
        cell.value = decimal(value)
        _dress(cell, **look)

    def formula(self, row: int, column: int, formula: str, value: Value, **look: Any) -> None:
        """A formula, with what the engine found."""
        cell = self.sheet.cell(row, column)
        cell.value = f"={formula}"
        self.values[cell.coordinate] = value
        _dress(cell, **look)

    def span(self, row: int, last_column: int, words: str, **look: Any) -> None:
        """Words over the columns from the first on."""
        self.text(row, 1, words, border=False, **look)
        if words:
            place = self.words.pop()
            self.words.append((place[0], -last_column, *place[2:]))
        self.sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=last_column)

    def widths(self, widths: Mapping[int, float]) -> None:
        """Widths of columns in characters; then rows high enough for their words."""
        for column, characters in widths.items():
            self.sheet.column_dimensions[get_column_letter(column)].width = characters
        heights: dict[int, float] = {}
        for row, column, words, size, bold in self.words:
            columns = range(1, -column + 1) if column < 0 else (column,)
            room = sum(widths[c] for c in columns) * CHARACTER - 4
            lines = _lines(words, room, size, bold)
            heights[row] = max(heights.get(row, LEAST_HEIGHT), lines * size * 1.3 + 4)
        for row, height in heights.items():
            self.sheet.row_dimensions[row].height = round(height, 1)

    def print_setup(self, *, head: str, columns: str, paper: int) -> None:
        """Landscape, as wide as the sheet, the head on each page, margins of NĐ 30/2020."""
        sheet = self.sheet
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = paper
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_title_rows = head
        if columns:
            sheet.print_title_cols = columns
        sheet.page_margins.left = 30 / 25.4
        sheet.page_margins.right = 15 / 25.4
        sheet.page_margins.top = sheet.page_margins.bottom = 20 / 25.4
        sheet.oddHeader.center.text = "&P"
        sheet.HeaderFooter.differentFirst = True


def _lines(words: str, room: float, size: int, bold: bool) -> int:
    """How many lines words take in a column of ``room`` points."""
    lines, used = 1, 0.0
    for word in words.split():
        own = width(word + " ", size, bold=bold)
        if used and used + own > room:
            lines, used = lines + 1, 0.0
        used += own
    return lines


def _dress(
    cell: Any,
    *,
    bold: bool = False,
    italic: bool = False,
    align: str = "center",
    size: int = SIZE,
    form: str = "",
    border: bool = True,
) -> None:
    cell.font = Font(name=FONT, size=size, bold=bold, italic=italic)
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
    if border:
        cell.border = _BORDER
    if form:
        cell.number_format = form


def new_book(title: str, author: str) -> Workbook:
    """An empty workbook with its properties."""
    book = Workbook()
    book.remove(book.active)
    book.properties.title = composed(title)
    book.properties.creator = composed(author)
    book.properties.language = "vi-VN"
    book.calculation.fullCalcOnLoad = True
    return book


def to_bytes(book: Workbook, sheets: tuple[Sheet, ...]) -> bytes:
    """The file, with fixed times and the values of the formulas."""
    raw = BytesIO()
    book.save(raw)
    values = {f"xl/worksheets/sheet{n}.xml": s.values for n, s in enumerate(sheets, start=1)}
    out = BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            data = source.read(name)
            if name in values:
                data = _with_values(data.decode(), values[name]).encode()
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z", _TIME.encode(), data)
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            info.create_system = 3
            target.writestr(info, data)
    return out.getvalue()


def _with_values(xml: str, values: Mapping[str, Value]) -> str:
    """The sheet with a value beside each formula."""

    def filled(found: re.Match[str]) -> str:
        attributes, place, rest, formula = found.groups()
        value = values.get(place)
        if value is None:
            return found[0]
        if isinstance(value, Fraction):
            return f'<c {attributes}r="{place}"{rest}>{formula}<v>{decimal(value):f}</v></c>'
        rest = re.sub(r' t="\w+"', "", rest)
        return f'<c {attributes}r="{place}"{rest} t="str">{formula}<v>{escape(value)}</v></c>'

    pattern = r'<c ([^>]*?)r="([A-Z]+\d+)"([^>]*)>(<f>[^<]*</f>)<v ?/?>(?:</v>)?</c>'
    return re.sub(pattern, filled, xml)
