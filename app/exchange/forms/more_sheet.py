"""The sheet for documents that find no room beside their criterion."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from app.exchange.forms import dress
from app.exchange.forms.description import (
    MORE_COLUMNS,
    MORE_LINES,
    MORE_SHEET,
    Form,
    MoreColumn,
)
from app.exchange.forms.dress import Look, put_text
from app.exchange.forms.hidden_sheet import HiddenSheet
from app.exchange.forms.inputs import Inputs
from app.exchange.sheet_scan import column_letters

_KEYS, _TITLE, _HEAD = 1, 2, 3


def write_more(sheet: Worksheet, form: Form, hidden: HiddenSheet) -> None:
    """Writes the empty lines of the sheet of further evidence."""
    sheet.title = MORE_SHEET
    sheet.sheet_view.showGridLines = False
    inputs = Inputs(sheet, form, hidden)
    codes = [row.code for row in form.scored]
    evidence = form.pack.rules.vocabulary.evidence
    put_text(sheet.cell(_TITLE, 1), f"{evidence.capitalize()} ghi thêm ({form.unit.name})")
    dress.dress(sheet.cell(_TITLE, 1), Look(edge=None, bold=True, size=14, wrap=False))
    for at, (column, spec) in enumerate(MORE_COLUMNS.items(), 1):
        sheet.column_dimensions[column_letters(at)].width = spec.width
        put_text(sheet.cell(_KEYS, at), column.value)
        put_text(sheet.cell(_HEAD, at), spec.heading)
        dress.dress(sheet.cell(_HEAD, at), dress.HEADING)
        for row in range(_HEAD + 1, _HEAD + 1 + MORE_LINES):
            cell = sheet.cell(row, at)
            date = column is MoreColumn.DATE
            form_of = dress.DATE_FORMAT if date else "@"
            dress.dress(cell, Look(dress.INPUT, format=form_of, unlocked=True))
            if date:
                inputs.date(cell)
            elif column is MoreColumn.CRITERION and codes:
                inputs.choice(cell, codes, "Chọn mã của tiêu chí mà văn bản chứng minh.")
    sheet.row_dimensions[_KEYS].hidden = True
    sheet.freeze_panes = sheet.cell(_HEAD + 1, 1)
    dress.protect(sheet)
    dress.for_paper(sheet, form.unit.name, f"{_HEAD}:{_HEAD}", landscape=True)
