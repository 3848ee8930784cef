"""The tab key goes as things are laid out, whatever the order in which they were made."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import walker
from ui.widgets.tabbing import tab_as_laid_out


def test_the_tab_key_follows_the_layout(qtbot: QtBot) -> None:
    last, first, middle = QPushButton("c"), QPushButton("a"), QPushButton("b")
    top, inner = QWidget(), QWidget()
    lines, across = QVBoxLayout(top), QHBoxLayout(inner)
    across.addWidget(QLabel("không dừng ở đây"))
    across.addWidget(middle)
    for widget in (first, inner, last):
        lines.addWidget(widget)
    tab_as_laid_out(lines)
    qtbot.addWidget(top)
    top.show()
    walker.settle()
    assert walker.tab_chain(top) == [first, middle, last]
