"""Filling in a form as a unit does: each value into the cell beside its name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from app.domain.snapshot import Entry, EntryState
from app.exchange.forms import Citation
from app.ground.numbers import plain

STATE = {EntryState.NOT_ASSIGNED: "Không được giao", EntryState.NOT_DONE: "Không thực hiện"}
SHEET = "Phiếu tự chấm"
NAMES = [
    "id",
    "code",
    "title",
    "max",
    "figure",
    "value",
    "state",
    "points",
    "done",
    "number",
    "date",
    "issuer",
    "subject",
    "place",
]
LETTERS = dict(zip(NAMES, "ABCDEFGHIJKLMN", strict=True))


class OpenForm:
    """A form opened for typing; cells are named by criterion and figure, or by address."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)
        self.sheet: Worksheet = self.book[SHEET]
        self.row_of = {
            str(cell.value): cell.row for cell in self.sheet["A"] if cell.value is not None
        }

    def row(self, code: str, number: int = 1) -> int:
        """The row of a criterion's line."""
        for key, row in self.row_of.items():
            if key.startswith(f"{code}:{number}:"):
                return row
        raise KeyError(code, number)

    def cell(self, column: str, code: str, number: int = 1) -> Cell:
        """A cell of a criterion's line, by the column's name."""
        return self.sheet[f"{LETTERS[column]}{self.row(code, number)}"]

    def figure(self, code: str, name: str) -> Cell:
        """The cell of a figure."""
        for key, row in self.row_of.items():
            head, _, figure = key.rpartition(":")
            if figure == name and head.rpartition(":")[0] == code:
                return self.sheet[f"{LETTERS['value']}{row}"]
        raise KeyError(code, name)

    def type_entry(self, entry: Entry) -> None:
        """Types what an entry says."""
        if entry.state in STATE:
            self.cell("state", entry.criterion).value = STATE[entry.state]
            return
        for name, value in entry.figures.items():
            self.figure(entry.criterion, name).value = typed(value)
        if entry.points is not None:
            self.cell("points", entry.criterion).value = typed(entry.points)

    def type_citations(self, citations: Iterable[Citation]) -> None:
        """Types documents beside their criteria, and further ones on their own sheet."""
        lines: dict[str, int] = {}
        more = 4
        for item in citations:
            line = lines[item.criterion] = lines.get(item.criterion, 0) + 1
            values = (item.number, item.date, item.issuer, item.subject, item.place)
            try:
                row = self.row(item.criterion, line)
            except KeyError:
                page = self.book["Tài liệu thêm"]
                for column, value in enumerate((item.criterion, *values), 1):
                    page.cell(more, column).value = value or None
                more += 1
                continue
            for name, value in zip(
                ("number", "date", "issuer", "subject", "place"), values, strict=True
            ):
                self.sheet[f"{LETTERS[name]}{row}"].value = value or None

    def saved(self, name: str | None = None) -> Path:
        """The path of the saved file."""
        path = self.path if name is None else self.path.with_name(name)
        self.book.save(path)
        return path


def filled(path: Path, entries: Sequence[Entry], citations: Sequence[Citation] = ()) -> Path:
    """The form with all entries and documents typed in."""
    form = OpenForm(path)
    for entry in entries:
        form.type_entry(entry)
    form.type_citations(citations)
    return form.saved()


def typed(value: object) -> object:
    """A value as an officer types it into a cell."""
    match value:
        case bool():
            return "Có" if value else "Không"
        case Fraction():
            words = plain(value)
            return Decimal(words) if len(words.strip("-").replace(".", "")) <= 15 else words
        case dt.date() | str():
            return value
    raise TypeError(type(value).__name__)
