"""The order of the tab key follows the layout, also where widgets were made in another order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def tab_as_laid_out(layout: QLayout) -> None:
    """Lets the tab key go through what lies in a layout, in the layout's order."""
    for before, after in pairwise(_focusables(layout)):
        QWidget.setTabOrder(before, after)


def _focusables(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        inner = item.layout() if item is not None else None
        widget = item.widget() if item is not None else None
        if widget is not None:
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                yield widget
            inner = widget.layout()
        if inner is not None:
            yield from _focusables(inner)
