"""A first look at the XML of a workbook, for what the value reader does not tell.

python-calamine reads values fast but turns ``#REF!`` and a formula that was never calculated
into blanks, and sets aside memory for the whole rectangle that a sheet spans. This scan finds
per sheet: how far it reaches, its merged ranges, its error cells and its formulas without a
value. It never builds a tree in memory.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from xml.parsers import expat

Position = tuple[int, int]
"""Row and column, both from 1."""


class FaultKind(StrEnum):
    """Why a cell that has something in it has no value."""

    ERROR = "error"
    UNCALCULATED = "uncalculated"


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell without a usable value: an Excel error such as ``#REF!``, or a bare formula."""

    kind: FaultKind
    text: str


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range; its value stands in the first cell."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class SheetMarks:
    """What the scan found in one sheet. ``text`` counts the characters of all cells."""

    rows: int = 0
    columns: int = 0
    text: int = 0
    merges: list[Merge] = field(default_factory=list)
    faults: dict[Position, CellFault] = field(default_factory=dict)

    def reach(self, row: int, column: int) -> None:
        """Notes that a cell has something in it."""
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column)


class ScanError(Exception):
    """The XML is not what a workbook has."""


_REFERENCE: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_REPEATS_KEPT: Final = 1000


def column_number(letters: str) -> int:
    """The number of a column from its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """The letters of a column from its number."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _position(reference: str) -> Position:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ScanError(reference)
    return int(match[2]), column_number(match[1])


def _count(text: str | None) -> int:
    if text is None:
        return 1
    if not re.fullmatch(r"[0-9]{1,8}", text) or int(text) == 0:
        raise ScanError(text)
    return int(text)


def scan_xlsx(members: Mapping[str, bytes]) -> dict[str, SheetMarks]:
    """The marks of each sheet of an ``.xlsx`` by its name; raises ``ScanError``."""
    members = {name.lower(): content for name, content in members.items()}
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relationship(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            key = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            sheets[attributes.get("name", "")] = targets.get(key, "")

    _parse(members.get("xl/_rels/workbook.xml.rels", b""), start=relationship)
    _parse(members.get("xl/workbook.xml", b""), start=sheet)
    lengths = _shared_lengths(members.get("xl/sharedstrings.xml"))
    marks: dict[str, SheetMarks] = {}
    for name, target in sheets.items():
        path = target.replace("\\", "/").lower()
        path = path.lstrip("/") if path.startswith("/") else posixpath.normpath(f"xl/{path}")
        reader = _ExcelSheet(lengths)
        if path in members:
            _parse(members[path], reader.start, reader.end, reader.characters)
        marks[name] = reader.marks
    return marks


def _shared_lengths(content: bytes | None) -> list[int]:
    lengths: list[int] = []

    def start(name: str, _attributes: dict[str, str]) -> None:
        if name == "si":
            lengths.append(0)

    def characters(text: str) -> None:
        if lengths:
            lengths[-1] += len(text)

    if content is not None:
        _parse(content, start, characters=characters)
    return lengths


class _ExcelSheet:
    """Walks through ``<row>``, ``<c>`` with ``<f>``, ``<v>``, ``<is>``, and ``<mergeCell>``."""

    def __init__(self, shared_lengths: list[int]) -> None:
        self.marks = SheetMarks()
        self._shared = shared_lengths
        self._row = self._column = 0
        self._type = ""
        self._formula = False
        self._text: list[str] = []
        self._collects = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "row":
                self._row = _count(attributes["r"]) if "r" in attributes else self._row + 1
                self._column = 0
            case "c":
                if "r" in attributes:
                    self._row, self._column = _position(attributes["r"])
                else:
                    self._column += 1
                self._type = attributes.get("t", "")
                self._formula, self._text = False, []
            case "f":
                self._formula = True
            case "v" | "t":
                self._collects = True
            case "mergeCell":
                first, _, last = attributes.get("ref", "").partition(":")
                top, left = _position(first)
                bottom, right = _position(last or first)
                self.marks.merges.append(Merge(top, left, bottom, right))

    def characters(self, text: str) -> None:
        if self._collects:
            self._text.append(text)

    def end(self, name: str) -> None:
        match name:
            case "v" | "t":
                self._collects = False
            case "c":
                self._cell(self._row, self._column, "".join(self._text))

    def _cell(self, row: int, column: int, text: str) -> None:
        if text:
            self.marks.reach(row, column)
            self.marks.text += len(text)
            if self._type == "s" and re.fullmatch(r"[0-9]{1,8}", text.strip()):
                index = int(text)
                self.marks.text += self._shared[index] if index < len(self._shared) else 0
            elif self._type == "e":
                self.marks.faults[row, column] = CellFault(FaultKind.ERROR, text.strip())
        elif self._formula and self._type != "str":
            self.marks.reach(row, column)
            self.marks.faults[row, column] = CellFault(FaultKind.UNCALCULATED, "")


def scan_ods(members: Mapping[str, bytes]) -> dict[str, SheetMarks]:
    """The marks of each sheet of an ``.ods`` by its name; raises ``ScanError``."""
    reader = _OpenSheets()
    _parse(members.get("content.xml", b""), reader.start, reader.end, reader.characters)
    return reader.sheets


_ERROR_TEXT: Final = re.compile(r"#[A-Z/0]+[!?]?|Err:\d+")


class _OpenSheets:
    """Walks through ``<table>``, ``<table-row>`` and ``<table-cell>`` with their repeats."""

    def __init__(self) -> None:
        self.sheets: dict[str, SheetMarks] = {}
        self._marks = SheetMarks()
        self._row = self._column = 0
        self._row_repeat = 1
        self._cell: dict[str, str] = {}
        self._text: list[str] = []
        self._paragraph = self._note = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        attributes = {key.rpartition(":")[2]: value for key, value in attributes.items()} | {
            f"calc:{key.rpartition(':')[2]}": value
            for key, value in attributes.items()
            if key.startswith("calcext:")
        }
        match name:
            case "table":
                self._marks = self.sheets.setdefault(attributes.get("name", ""), SheetMarks())
                self._row, self._row_repeat = 0, 1
            case "table-row":
                self._row += 1
                self._column = 0
                self._row_repeat = _count(attributes.get("number-rows-repeated"))
            case "table-cell" | "covered-table-cell":
                self._column += 1
                self._cell, self._text = attributes, []
            case "annotation":
                self._note += 1
            case "p":
                self._paragraph += 1

    def characters(self, text: str) -> None:
        if self._paragraph and not self._note:
            self._text.append(text)

    def end(self, name: str) -> None:
        match name:
            case "table-row":
                self._row += self._row_repeat - 1
            case "table-cell" | "covered-table-cell":
                self._finish_cell("".join(self._text))
            case "annotation":
                self._note -= 1
            case "p":
                self._paragraph -= 1

    def _finish_cell(self, text: str) -> None:
        repeat = _count(self._cell.get("number-columns-repeated"))
        across = _count(self._cell.get("number-columns-spanned"))
        down = _count(self._cell.get("number-rows-spanned"))
        row, column = self._row, self._column
        if across > 1 or down > 1:
            self._marks.merges.append(Merge(row, column, row + down - 1, column + across - 1))
        fault = self._fault(text)
        if text or "value-type" in self._cell or fault:
            self._marks.reach(row + self._row_repeat - 1, column + repeat - 1)
            self._marks.text += len(text) * repeat * self._row_repeat
        if fault:
            for offset in range(min(repeat, _REPEATS_KEPT)):
                self._marks.faults[row, column + offset] = fault
        self._column += repeat - 1

    def _fault(self, text: str) -> CellFault | None:
        formula = "formula" in self._cell
        if self._cell.get("calc:value-type") == "error" or (
            formula and _ERROR_TEXT.fullmatch(text.strip())
        ):
            return CellFault(FaultKind.ERROR, text.strip())
        if formula and "value-type" not in self._cell and not text:
            return CellFault(FaultKind.UNCALCULATED, "")
        return None


def _parse(
    content: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    characters: Callable[[str], None] | None = None,
) -> None:
    """Runs the XML through the callbacks with local names; refuses document types."""

    def refused(*_: object) -> None:
        raise ScanError("document type")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refused
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    if end is not None:
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    if characters is not None:
        parser.CharacterDataHandler = characters
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as fault:
        raise ScanError(str(fault)) from fault
