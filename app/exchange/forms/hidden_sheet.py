"""The hidden sheet: which form this is, and the words of the drop-downs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import fields

from openpyxl.worksheet.worksheet import Worksheet

from app.exchange.forms.description import HIDDEN_SHEET, Form, Identity
from app.exchange.forms.dress import protect, put_text
from app.exchange.sheet_scan import column_letters

_FIRST_LIST = 4


def identity_texts(identity: Identity) -> dict[str, str]:
    """The identity key by key, days as ``2026-12-31``."""
    found: dict[str, str] = {}
    for item in fields(identity):
        value = getattr(identity, item.name)
        found[item.name] = value.isoformat() if isinstance(value, dt.date) else value
    return found


class HiddenSheet:
    """Holds the identity in columns A and B and each list in a column of its own."""

    def __init__(self, sheet: Worksheet, form: Form) -> None:
        self._sheet = sheet
        self._lists: dict[tuple[str, ...], str] = {}
        sheet.title = HIDDEN_SHEET
        for row, (key, words) in enumerate(identity_texts(form.identity).items(), 1):
            put_text(sheet.cell(row, 1), key)
            put_text(sheet.cell(row, 2), words)

    def choices(self, words: Sequence[str]) -> str:
        """The reference to a list of words for a drop-down."""
        key = tuple(words)
        if key not in self._lists:
            column = _FIRST_LIST + len(self._lists)
            for row, word in enumerate(key, 1):
                put_text(self._sheet.cell(row, column), word)
            letters = column_letters(column)
            self._lists[key] = f"'{HIDDEN_SHEET}'!${letters}$1:${letters}${max(1, len(key))}"
        return self._lists[key]

    def finish(self) -> None:
        """Hides and locks the sheet."""
        self._sheet.sheet_state = "veryHidden"
        protect(self._sheet)
