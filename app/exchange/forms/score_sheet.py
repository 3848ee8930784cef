"""The scoring sheet: every row of the unit's table with its cells to fill in and its sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from app.domain.snapshot import Entry, Figure
from app.exchange.forms import dress
from app.exchange.forms.description import (
    COLUMNS,
    SCORE_SHEET,
    SIGNATURE_LINE,
    TOTAL_LINE,
    UNIT_LINE,
    Citation,
    Column,
    Form,
    FormRow,
    Line,
    RowKind,
)
from app.exchange.forms.dress import Look, put_text
from app.exchange.forms.hidden_sheet import HiddenSheet
from app.exchange.forms.inputs import Inputs
from app.exchange.forms.sheet_formulas import COLUMN_AT, SheetFormulas
from app.exchange.forms.words import NO, STATE_WORDS, YES
from app.exchange.sheet_scan import column_letters
from app.ground.numbers import is_decimal, plain, vietnamese
from app.rules.methods import FigureKind

_KEYS, _TITLE, _UNIT, _TABLE, _TOTAL, _BAND, _HEAD = range(1, 8)
EVIDENCE: Final = (Column.NUMBER, Column.DATE, Column.ISSUER, Column.SUBJECT, Column.PLACE)
_EXCEL_DIGITS: Final = 15
_COMPARED: Final = "Điểm được tính khi có số liệu của mọi đơn vị. Ghi điểm tự đánh giá nếu muốn."


class ScoreSheet:
    """Writes the sheet line by line; formulas follow when every line has its row."""

    def __init__(self, sheet: Worksheet, form: Form, hidden: HiddenSheet) -> None:
        self.sheet = sheet
        self.form = form
        self.inputs = Inputs(sheet, form, hidden)
        self.rows: dict[str, int] = {}
        self.entries: Mapping[str, Entry] = {
            entry.criterion: entry
            for entry in form.snapshot.entries
            if entry.unit == form.unit.id and entry.round == form.round.id
        }

    def write(self, evidence: Sequence[Citation]) -> None:
        """Writes everything; ``evidence`` is filled in beside its criteria."""
        sheet = self.sheet
        sheet.title = SCORE_SHEET
        sheet.sheet_view.showGridLines = False
        for column, spec in COLUMNS.items():
            letters = column_letters(COLUMN_AT[column])
            sheet.column_dimensions[letters].width = spec.width
            put_text(self._cell(column, _KEYS), column.value)
        sheet.column_dimensions[column_letters(COLUMN_AT[Column.ID])].hidden = True
        sheet.row_dimensions[_KEYS].hidden = True
        cited: dict[str, list[Citation]] = {}
        for citation in evidence:
            cited.setdefault(citation.criterion, []).append(citation)
        at = _HEAD
        for row in self.form.rows:
            documents = cited.get(row.code, [])
            for line in row.lines(len(documents)):
                at += 1
                self.rows[line.id] = at
                self._line(row, line, at)
                if 0 < line.number <= len(documents):
                    self._document(documents[line.number - 1], at)
        self._formulas(at)
        self._signature(at + 2)
        sheet.freeze_panes = self._cell(Column.MAX, _HEAD + 1)
        dress.protect(sheet)
        mark = self.form.identity.form_digest.removeprefix("sha256:")[:8]
        footer = f"{self.form.unit.name} - Mã phiếu {mark}"
        dress.for_paper(sheet, footer, f"{_BAND}:{_HEAD}", landscape=True)

    def _cell(self, column: Column, row: int) -> Cell:
        return self.sheet.cell(row, COLUMN_AT[column])

    # ------------------------------------------------------------- the head

    def _head(self, first: int, last: int, formulas: SheetFormulas) -> None:
        rules, bare = self.form.pack.rules, Look(edge=None, wrap=False)
        strong = replace(bare, bold=True)
        table = f"{rules.title} (phiên bản {rules.version}). Vòng chấm: {self.form.round.title}."
        for row, words, look in (
            (_TITLE, self.form.title, replace(strong, size=15)),
            (_UNIT, unit_words(self.form), replace(strong, size=13)),
            (_TABLE, f"Bảng tiêu chí: {table}", bare),
            (_TOTAL, "TỔNG ĐIỂM TỰ CHẤM", replace(strong, size=13)),
        ):
            cell = self._cell(Column.CODE, row)
            put_text(cell, words)
            dress.dress(cell, look)
        put_text(self._cell(Column.ID, _UNIT), UNIT_LINE)
        put_text(self._cell(Column.ID, _TOTAL), TOTAL_LINE)
        left = self._cell(Column.FIGURE, _TOTAL)
        left.value = formulas.left(first, last)
        dress.dress(left, replace(strong, size=13))
        total = self._cell(Column.POINTS, _TOTAL)
        total.value = formulas.total()
        look = Look(dress.CALCULATED, bold=True, size=13, horizontal="right")
        dress.dress(total, replace(look, format=dress.POINTS_FORMAT, wrap=False))
        tops = [self.form.by_code[code].node.max for code in self.form.tops]
        top = self._cell(Column.MAX, _TOTAL)
        if None not in tops:
            put_number(top, sum((value for value in tops if value is not None), Fraction(0)))
        dress.dress(top, replace(strong, size=13, horizontal="right"))
        for row in (_TITLE, _UNIT, _TABLE, _TOTAL, _BAND):
            self.sheet.row_dimensions[row].height = 21
        self.sheet.row_dimensions[_HEAD].height = dress.height_for(
            (spec.heading, spec.width, True) for spec in COLUMNS.values()
        )
        self._bands()

    def _bands(self) -> None:
        evidence = self.form.pack.rules.vocabulary.evidence
        for column, spec in COLUMNS.items():
            if column is Column.ID:
                continue
            band = self._cell(column, _BAND)
            if column is EVIDENCE[0]:
                put_text(band, f"{evidence.capitalize()} (mỗi dòng một văn bản)")
            if column in EVIDENCE:
                dress.dress(band, replace(dress.HEADING, horizontal="left", wrap=False, edge=None))
            heading = self._cell(column, _HEAD)
            put_text(heading, spec.heading)
            dress.dress(heading, dress.HEADING)

    # ------------------------------------------------------------- the lines

    def _line(self, row: FormRow, line: Line, at: int) -> None:
        group = row.kind is RowKind.GROUP
        base = Look(dress.GROUP if group else None, bold=group)
        for column in COLUMNS:
            if column is not Column.ID:
                dress.dress(self._cell(column, at), replace(base, edge=_edge(column, line)))
        put_text(self._cell(Column.ID, at), line.id)
        printed = row.printed(line)
        depth = min(row.depth, 4)
        for column, value in printed.items():
            look = replace(base, indent=depth, edge=_edge(column, line))
            self._print(column, value, at, look)
        self.sheet.row_dimensions[at].height = dress.height_for(
            (words, COLUMNS[column].width - (depth if column is Column.TITLE else 0), group)
            for column, words in printed.items()
            if isinstance(words, str)
        )
        if row.kind is RowKind.SCORED:
            self._open(row, line, at)

    def _print(self, column: Column, value: str | Fraction, at: int, look: Look) -> None:
        cell = self._cell(column, at)
        if isinstance(value, Fraction):
            put_number(cell, value)
            dress.dress(cell, replace(look, horizontal="right", indent=0))
            return
        put_text(cell, value)
        indent = look.indent if column is Column.TITLE else 0
        dress.dress(cell, replace(look, format="@", indent=indent))

    def _open(self, row: FormRow, line: Line, at: int) -> None:
        """Opens the cells of a line that the unit fills in, with what is known already."""
        entry = self.entries.get(row.code)
        look = Look(dress.INPUT, edge=_edge(Column.VALUE, line), unlocked=True)
        for column in EVIDENCE:
            date = column is Column.DATE
            cell = self._cell(column, at)
            dress.dress(cell, replace(look, format=dress.DATE_FORMAT if date else "@"))
            if date:
                self.inputs.date(cell)
        if line.figure is not None:
            cell = self._cell(Column.VALUE, at)
            date = line.figure.kind is FigureKind.DATE
            known = "General" if not date else dress.DATE_FORMAT
            dress.dress(cell, replace(look, format=known, horizontal="right"))
            self.inputs.figure(cell, line.figure)
            if entry is not None and line.figure.name in entry.figures:
                put_figure(cell, entry.figures[line.figure.name])
        if not line.is_head:
            return
        state = self._cell(Column.STATE, at)
        dress.dress(state, look)
        self.inputs.state(state)
        if entry is not None and entry.state in STATE_WORDS:
            put_text(state, STATE_WORDS[entry.state])
        points = self._cell(Column.POINTS, at)
        if row.claims:
            dress.dress(points, replace(look, horizontal="right"))
            self.inputs.points(points, row.node.max, "" if row.is_direct else _COMPARED)
        else:
            calculated = Look(dress.CALCULATED, horizontal="right")
            dress.dress(points, replace(calculated, format=dress.POINTS_FORMAT, wrap=False))
        if entry is not None and entry.points is not None:
            put_number(points, entry.points)

    def _document(self, citation: Citation, at: int) -> None:
        for column, words in (
            (Column.NUMBER, citation.number),
            (Column.ISSUER, citation.issuer),
            (Column.SUBJECT, citation.subject),
            (Column.PLACE, citation.place),
        ):
            put_text(self._cell(column, at), words)
        if citation.date is not None:
            self._cell(Column.DATE, at).value = citation.date

    def _formulas(self, last: int) -> None:
        formulas = SheetFormulas(self.form, self.rows)
        for row in self.form.rows:
            at = formulas.head(row.code)
            points = self._cell(Column.POINTS, at)
            formula = formulas.points(row)
            if formula is not None and points.value is None:
                points.value = formula
            if row.kind is RowKind.GROUP:
                look = Look(dress.GROUP, bold=True, horizontal="right", wrap=False)
                dress.dress(points, replace(look, format=dress.POINTS_FORMAT))
            if row.kind is RowKind.SCORED:
                done = self._cell(Column.DONE, at)
                done.value = formulas.done(row)
                dress.dress(done, Look(horizontal="center", bold=True))
        self._head(_HEAD + 1, max(last, _HEAD + 1), formulas)

    def _signature(self, at: int) -> None:
        for column in COLUMNS:
            if column is not Column.ID:
                dress.close(self._cell(column, at - 1))
        put_text(self._cell(Column.ID, at), SIGNATURE_LINE)
        look = Look(edge=None, bold=True, wrap=False, horizontal="center")
        for column, words in (
            (Column.TITLE, "NGƯỜI LẬP PHIẾU"),
            (Column.ISSUER, "THỦ TRƯỞNG ĐƠN VỊ"),
        ):
            cell = self._cell(column, at)
            put_text(cell, words)
            dress.dress(cell, look)


def _edge(column: Column, line: Line) -> dress.Edge:
    """A row's lines look like one block where they belong to the whole row."""
    if line.is_head:
        return "thin"
    return "hair" if column in (Column.FIGURE, Column.VALUE, *EVIDENCE) else "open"


def unit_words(form: Form) -> str:
    """The line that names the unit; the reader holds it against the hidden identity."""
    return f"Đơn vị: {form.unit.name}"


def put_number(cell: Cell, value: Fraction) -> None:
    """A number, as text where Excel's 15 digits could not hold it."""
    if is_decimal(value):
        digits = plain(value)
        if len(digits.replace(".", "").strip("-0")) <= _EXCEL_DIGITS:
            cell.value = Decimal(digits)
        else:
            put_text(cell, digits)
    else:
        cell.value = Decimal(value.numerator) / Decimal(value.denominator)


def put_figure(cell: Cell, value: Figure) -> None:
    """A figure as the unit would have typed it."""
    match value:
        case bool():
            put_text(cell, YES if value else NO)
        case Fraction():
            put_number(cell, value)
        case str():
            put_text(cell, value)
        case _:
            cell.value = value


def shown_number(value: Fraction) -> str:
    """A number as messages print it."""
    return vietnamese(value) if is_decimal(value) else vietnamese(value, 4)
