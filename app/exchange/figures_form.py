"""The Excel form by which an agency is asked for figures, and what comes back in it.

One row for each figure of each unit. The first three columns hold ids, by which a row is known
however the agency sorts or shortens the sheet; it fills in the value, and from where it has it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook

from app.exchange.facts_faults import Gathering
from app.exchange.facts_figures import FigureReader
from app.exchange.facts_known import KnownFigure
from app.exchange.forms.dress import HEADING, INPUT, Look, dress, for_paper, put_text
from app.exchange.forms.writer import settled_bytes
from app.exchange.packages.shapes import FiguresSheet
from app.exchange.tables import Cell, Table, read_table
from app.ground.findings import Findings, UserError
from app.ground.text import folded
from app.rules.methods import FigureKind

Place = tuple[str, str, str]
"""Unit, criterion and figure."""

_COLUMNS: Final = (
    ("Mã đơn vị", 14),
    ("Mã tiêu chí", 12),
    ("Mã số liệu", 14),
    ("Đơn vị", 28),
    ("Tiêu chí", 40),
    ("Nội dung hỏi", 32),
    ("Trả lời", 16),
    ("Nguồn", 26),
)
_VALUE: Final = 7
_SOURCE: Final = 8
_HINTS: Final = {
    "number": "số",
    "count": "số nguyên",
    "yes_no": "có hoặc không",
    "date": "ngày",
    "level": "mức",
}
_HEAD: Final = 3


_TITLE: Final = ("Đề nghị ", " cung cấp số liệu thi đua")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form asks for, as it says itself: the agency, the units and criteria of its rows."""

    agency: str
    units: tuple[str, ...]
    criteria: tuple[str, ...]


def write_figures_form(tree: Mapping[str, Any]) -> bytes:
    """The form of a request, as the bytes of an ``.xlsx`` file; equal requests give equal bytes."""
    sheet_of = FiguresSheet.model_validate(tree)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Số liệu"
    put_text(sheet.cell(1, 1), sheet_of.agency.join(_TITLE))
    dress(sheet.cell(1, 1), Look(bold=True, edge=None, wrap=False))
    if sheet_of.due is not None:
        put_text(sheet.cell(2, 1), f"Trả lời trước hết ngày {sheet_of.due:%d/%m/%Y}.")
    for column, (title, width) in enumerate(_COLUMNS, 1):
        cell = sheet.cell(_HEAD, column)
        put_text(cell, title)
        dress(cell, HEADING)
        sheet.column_dimensions[cell.column_letter].width = width
    for row, asked in enumerate(sheet_of.cells, _HEAD + 1):
        words = (asked.unit, asked.criterion, asked.figure, asked.unit_name, asked.title)
        question = f"{asked.question} ({_HINTS[asked.kind]})"
        question += f". {asked.note}" if asked.note else ""
        for column, text in enumerate((*words, question), 1):
            put_text(sheet.cell(row, column), text)
            dress(sheet.cell(row, column), Look())
        for column in (_VALUE, _SOURCE):
            dress(sheet.cell(row, column), Look(INPUT, unlocked=True))
    sheet.freeze_panes = sheet.cell(_HEAD + 1, 1)
    for_paper(sheet, "", f"{_HEAD}:{_HEAD}", landscape=True)
    book.properties.title = "Đề nghị cung cấp số liệu"
    book.properties.creator = "Bảng Vàng"
    return settled_bytes(book)


def read_figures_form(path: Path, tree: Mapping[str, Any]) -> dict[Place, tuple[Any, str]]:
    """The answers of a filled form by what was asked: value and source; empty ones are left out.

    Raises ``UserError`` with every row that was not asked for or cannot be read, by its cell.
    """
    asked = {(c.unit, c.criterion, c.figure): c for c in FiguresSheet.model_validate(tree).cells}
    table, head = _opened(path)
    gathering = Gathering()
    reader = FigureReader(gathering, cells=True)
    found: dict[Place, tuple[Any, str]] = {}
    for number in range(head + 1, table.height + 1):
        row = table.row(number)
        value = row[_VALUE - 1].value if len(row) >= _VALUE else None
        if value is None or value == "":
            continue
        texts = [_text(cell) for cell in row[:3]]
        cell = asked.get((texts[0], texts[1], texts[2]))
        if cell is None:
            gathering.error(
                "figures_not_asked",
                table.at_row(number),
                "Không hỏi số liệu này, hoặc mã ở ba cột đầu đã bị sửa.",
                "Giữ nguyên ba cột mã của phiếu.",
            )
            continue
        known = KnownFigure(cell.figure, FigureKind(cell.kind), cell.question)
        if isinstance(value, dt.datetime):
            value = value.date()
        answer = reader.figure(value, known, partial(table.at_cell, row[_VALUE - 1]))
        source = _text(row[_SOURCE - 1]) if len(row) >= _SOURCE else ""
        found[texts[0], texts[1], texts[2]] = (answer, source)
    findings = gathering.closed(path.name)
    if findings.errors:
        raise UserError(findings)
    return found


def asked_in_form(path: Path) -> Asked:
    """What a form asks for, where the request that it came with is not at hand.

    Raises ``UserError`` where the file is no such form.
    """
    table, head = _opened(path)
    rows = [table.row(number) for number in range(head + 1, table.height + 1)]
    ids = [(_text(row[0]), _text(row[1])) for row in rows if len(row) > 1 and _text(row[0])]
    title = _text(table.row(1)[0]) if head > 1 else ""
    before, after = _TITLE
    named = title.startswith(before) and title.endswith(after)
    return Asked(
        title.removeprefix(before).removesuffix(after) if named else "",
        tuple(dict.fromkeys(unit for unit, _ in ids)),
        tuple(dict.fromkeys(criterion for _, criterion in ids)),
    )


def _opened(path: Path) -> tuple[Table, int]:
    """The sheet of a form, and the row of its heads."""
    table, _ = read_table(path)
    head = next((row for row in range(1, table.height + 1) if _is_head(table.row(row))), None)
    if head is None:
        told = Findings()
        told.error(
            "figures_form_unknown",
            table.at_table(),
            "Tệp không phải phiếu đề nghị cung cấp số liệu.",
            "Chọn đúng phiếu Excel kèm theo gói đề nghị, giữ nguyên dòng đầu bảng.",
        )
        raise UserError(told)
    return table, head


def _is_head(row: tuple[Cell, ...]) -> bool:
    return [folded(_text(cell)) for cell in row[:3]] == [folded(title) for title, _ in _COLUMNS[:3]]


def _text(cell: Cell) -> str:
    return "" if cell.value is None else str(cell.value).strip()
