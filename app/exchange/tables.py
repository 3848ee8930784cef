"""A table file as frozen cells with addresses, whatever program wrote it.

``read_table`` reads ``.xlsx``, ``.xls``, ``.ods`` and delimited text. A cell keeps its value
exactly: numbers as ``Decimal`` of the digits that the file gives, dates as dates, an Excel
error or a formula without a value as a ``CellFault``; what a cell should have been is for
``cell_numbers`` and the readers above to say. Text is composed (NFC). Nothing is guessed
silently: several sheets, an old font or an unknown encoding are told as findings.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from app.exchange.delimited_text import read_delimited
from app.exchange.legacy_text import (
    LegacyScript,
    converted,
    fits,
    is_unicode_vietnamese,
    suspected,
)
from app.exchange.sheet_scan import CellFault, Merge, Position, column_letters
from app.exchange.table_containers import (
    LIMITS,
    FileKind,
    Limits,
    broken,
    read_bytes,
    recognised,
    refusal,
)
from app.exchange.workbook_reader import RawSheet, RawValue, read_workbook
from app.ground.findings import Finding, Findings, UserError
from app.ground.numbers import vietnamese
from app.ground.text import composed, nearest, same_words

CellValue = str | Decimal | bool | dt.date | dt.time | dt.timedelta | CellFault | None
"""What stands in a cell; ``dt.date`` includes ``dt.datetime``, ``None`` is a blank."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: where it stands (row and column from 1) and what it holds."""

    row: int
    column: int
    value: CellValue
    merge: Merge | None = None

    @property
    def address(self) -> str:
        """The address as Excel shows it, such as E12."""
        return f"{column_letters(self.column)}{self.row}"

    @property
    def is_blank(self) -> bool:
        """Whether nothing but spaces stands here."""
        return self.value is None or (isinstance(self.value, str) and not self.value.split())

    @property
    def is_covered(self) -> bool:
        """Whether the cell belongs to a merged range whose value stands in another cell."""
        return self.merge is not None and (self.row, self.column) != (
            self.merge.top,
            self.merge.left,
        )

    @property
    def text(self) -> str:
        """The content in one line, as an officer would read it out."""
        match self.value:
            case None:
                return ""
            case str():
                return " ".join(self.value.split())
            case bool():
                return "TRUE" if self.value else "FALSE"
            case Decimal():
                return vietnamese(Fraction(self.value)) if abs(self.value.adjusted()) < 40 else "…"
            case dt.date():
                return self.value.strftime("%d/%m/%Y")
            case CellFault():
                return self.value.text or "công thức chưa tính"
            case _:
                return str(self.value)


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of one sheet. ``name`` is the file's name, ``sheet`` is absent for text files."""

    name: str
    sheet: str | None
    values: tuple[tuple[CellValue, ...], ...]
    merges: Mapping[Position, Merge]

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.values)

    @property
    def width(self) -> int:
        """The number of columns."""
        return max(map(len, self.values), default=0)

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a row and column from 1; blank beyond the edges."""
        line = self.values[row - 1] if 0 < row <= len(self.values) else ()
        value = line[column - 1] if 0 < column <= len(line) else None
        return Cell(row, column, value, self.merges.get((row, column)))

    def anchored(self, row: int, column: int) -> Cell:
        """The cell, or the first cell of the merged range that covers it."""
        cell = self.cell(row, column)
        return self.cell(cell.merge.top, cell.merge.left) if cell.merge else cell

    def row(self, number: int) -> tuple[Cell, ...]:
        """The cells of one row, from the first column to the table's width."""
        return tuple(self.cell(number, column) for column in range(1, self.width + 1))

    @property
    def place(self) -> str:
        """The table in the officer's words."""
        return f"trang “{self.sheet}”, tệp {self.name}" if self.sheet else f"tệp {self.name}"

    def at_cell(self, cell: Cell, *about: str) -> str:
        """The place of a cell, with what it is about: "Ô E12 (tiêu chí II.3), tệp a.xlsx"."""
        subject = f" ({', '.join(filter(None, about))})" if any(about) else ""
        return f"Ô {cell.address}{subject}, {self.place}"

    def at_row(self, row: int, *about: str) -> str:
        """The place of a row, with what it is about."""
        subject = f" ({', '.join(filter(None, about))})" if any(about) else ""
        return f"Dòng {row}{subject}, {self.place}"

    def at_table(self) -> str:
        """The place of the table as the head of a sentence."""
        return self.place[0].upper() + self.place[1:]


def read_table(
    path: Path,
    *,
    sheet: str | None = None,
    convert_legacy: bool = False,
    limits: Limits = LIMITS,
) -> tuple[Table, tuple[Finding, ...]]:
    """Reads one table from a file; raises ``UserError`` where there is none to read.

    ``sheet`` names the sheet of a workbook; it may be left out where only one visible sheet
    has content. With ``convert_legacy`` text typed in a TCVN3 or VNI font is turned into
    Unicode (told as a note); without, it is left as it is and reported.
    """
    findings = Findings()
    data = read_bytes(path, limits)
    kind = recognised(data, path.name)
    if kind is FileKind.TEXT:
        fields = read_delimited(data, path.name, limits, findings)
        raw = RawSheet("", True, fields, (), {})
        if not raw.has_content:
            raise _without_content(path.name)
        table = table_of(path.name, None, raw)
    else:
        raw = _chosen(read_workbook(data, kind, path.name, limits), sheet, path.name)
        table = table_of(path.name, raw.name, raw)
    table = in_unicode(table, convert_legacy, findings)
    return table, findings.as_tuple()


def sheet_names(path: Path, limits: Limits = LIMITS) -> tuple[str, ...]:
    """The visible sheets of a workbook that have content; none for a text file.

    Raises ``UserError`` where the file cannot be read.
    """
    data = read_bytes(path, limits)
    kind = recognised(data, path.name)
    if kind is FileKind.TEXT:
        return ()
    filled = [s for s in read_workbook(data, kind, path.name, limits) if s.has_content]
    return tuple(s.name for s in filled if s.visible) or tuple(s.name for s in filled)


def _chosen(sheets: Sequence[RawSheet], wanted: str | None, name: str) -> RawSheet:
    filled = [sheet for sheet in sheets if sheet.has_content]
    if wanted is not None:
        for sheet in sheets:
            if same_words(sheet.name, wanted):
                if sheet.has_content:
                    return sheet
                raise _without_content(name, sheet.name)
        guess = nearest(wanted, [sheet.name for sheet in filled])
        hint = f" Có phải “{guess}”?" if guess else ""
        raise refusal(
            "sheet_not_found",
            f"Tệp {name}",
            f"Không có trang tính “{wanted}”.{hint}",
            f"Chọn một trong các trang: {_names(filled)}.",
        )
    visible = [sheet for sheet in filled if sheet.visible] or filled
    if not visible:
        raise _without_content(name)
    if len(visible) > 1:
        raise refusal(
            "several_sheets",
            f"Tệp {name}",
            f"Tệp có {len(visible)} trang tính có nội dung: {_names(visible)}.",
            "Nêu rõ trang tính cần nhập (tùy chọn --sheet).",
        )
    return visible[0]


def _names(sheets: Iterable[RawSheet]) -> str:
    return ", ".join(f"“{sheet.name}”" for sheet in sheets)


def _without_content(name: str, sheet: str | None = None) -> UserError:
    place = f"Trang “{sheet}”, tệp {name}" if sheet else f"Tệp {name}"
    return refusal(
        "table_empty", place, "Không có ô nào có nội dung.", "Chọn tệp, trang tính có bảng."
    )


def table_of(name: str, sheet: str | None, raw: RawSheet) -> Table:
    """The cells of one sheet as they were read; ``name`` is the file's."""
    last = max((position[0] for position in raw.faults), default=0)
    rows = [[_value(value) for value in row] for row in raw.rows]
    rows.extend([] for _ in range(last - len(rows)))
    for (row, column), fault in raw.faults.items():
        line = rows[row - 1]
        line.extend([None] * (column - len(line)))
        line[column - 1] = fault
    values = tuple(tuple(_trimmed(row)) for row in rows)
    while values and not values[-1]:
        values = values[:-1]
    return Table(name, sheet, values, _covering(raw.merges, values, name))


def _trimmed(row: list[CellValue]) -> list[CellValue]:
    while row and row[-1] is None:
        row.pop()
    return row


def _value(raw: RawValue) -> CellValue:
    match raw:
        case bool():
            return raw
        case int():
            return Decimal(raw)
        case float():
            if not math.isfinite(raw):
                return str(raw)
            return Decimal(int(raw)) if raw.is_integer() else Decimal(repr(raw))
        case str():
            return composed(raw) if raw.strip() else None
        case _:
            return raw


def _covering(
    merges: Iterable[Merge], values: Sequence[Sequence[CellValue]], name: str
) -> dict[Position, Merge]:
    """Which merged range covers which position; ranges never overlap in a sound file."""
    height, width = len(values), max(map(len, values), default=0)
    covering: dict[Position, Merge] = {}
    for merge in merges:
        for row in range(merge.top, min(merge.bottom, height) + 1):
            for column in range(merge.left, min(merge.right, width) + 1):
                if (row, column) in covering:
                    raise broken(name)
                covering[row, column] = merge
    return covering


def _texts(table: Table) -> Iterator[tuple[Position, str]]:
    for row, line in enumerate(table.values, start=1):
        for column, value in enumerate(line, start=1):
            if isinstance(value, str):
                yield (row, column), value


def in_unicode(table: Table, convert: bool, findings: Findings) -> Table:
    """Finds text of an old font; gives the table in Unicode where that was asked for."""
    sure = {position: suspected(text) for position, text in _texts(table)}
    scripts = Counter(script for script in sure.values() if script is not None)
    if not scripts:
        return table
    usual = scripts.most_common(1)[0][0]
    mixed = any(is_unicode_vietnamese(text) for _, text in _texts(table))
    old = {
        position: sure[position] or usual
        for position, text in _texts(table)
        if sure[position] or (not mixed and fits(text, usual))
    }
    for script in scripts:
        _tell_old_font(table, script, [p for p, s in old.items() if s is script], convert, findings)
    if not convert:
        return table
    rows = [list(line) for line in table.values]
    for (row, column), script in old.items():
        text = rows[row - 1][column - 1]
        assert isinstance(text, str)
        rows[row - 1][column - 1] = converted(text, script)
    return Table(table.name, table.sheet, tuple(map(tuple, rows)), table.merges)


def _tell_old_font(
    table: Table,
    script: LegacyScript,
    positions: Sequence[Position],
    convert: bool,
    findings: Findings,
) -> None:
    first = table.cell(*positions[0])
    sample = f"“{first.text[:60]}” đọc là “{converted(first.text, script)[:60]}”"
    place = table.at_cell(first)
    if convert:
        findings.note(
            "legacy_text_converted",
            place,
            f"Đã chuyển {len(positions)} ô gõ bằng phông {script.value} sang Unicode;"
            f" ví dụ {sample}.",
            "Xem lại các chữ đã chuyển.",
        )
    else:
        findings.error(
            "legacy_text",
            place,
            f"Có {len(positions)} ô gõ bằng phông {script.value}, không phải Unicode;"
            f" ví dụ {sample}.",
            "Cho chương trình chuyển sang Unicode khi đọc (tùy chọn --convert-legacy),"
            " hoặc chuyển mã trong bảng tính rồi thử lại.",
        )
