"""A table of rows as a widget."""

from __future__ import annotations

import gc
import weakref

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.models.columns import Column
from ui.theme.tokens import theme_of
from ui.widgets.table import Table


class _Year:
    """Stands for what is large in a row."""


def test_a_table_that_is_thrown_away_takes_its_rows_with_it(qtbot: QtBot) -> None:
    page = QWidget()
    table: Table[_Year] = Table("Năm", [Column("Năm", lambda _year: "2026")], theme_of(dark=False))
    QVBoxLayout(page).addWidget(table)
    row = _Year()
    kept = weakref.ref(row), weakref.ref(table)
    table.rows.show([row])
    page.deleteLater()
    del page, table, row
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert [one() for one in kept] == [None, None]
