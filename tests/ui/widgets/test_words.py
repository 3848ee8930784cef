"""Buttons ask for the room that they will need."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from ui.theme.style import style_sheet
from ui.theme.tokens import theme_of
from ui.widgets.words import button


@pytest.mark.parametrize("kind", ["", "primary", "quiet"])
def test_a_button_asks_for_the_room_of_its_icon_before_it_is_drawn(
    kind: str, qapp: QApplication
) -> None:
    made = button("Xem, gỡ vướng…", kind=kind, picture="eye")
    made.setStyleSheet(style_sheet(theme_of(dark=False)))
    made.ensurePolished()
    asked = made.sizeHint()
    made.grab()
    assert made.sizeHint() == asked
    bare = button("Xem, gỡ vướng…", kind=kind)
    bare.setStyleSheet(made.styleSheet())
    bare.ensurePolished()
    assert asked.width() > bare.sizeHint().width()
