"""The frame: pages, year, state, keys, zoom."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.application import Window
from ui.main_window import ENTRIES
from ui.places import PageId, Place
from ui.widgets.sidebar import Entry

Go = Callable[..., Window]


def test_nothing_but_the_start_is_there_before_a_workspace_is_open(window: Window) -> None:
    window.frame.go(Place(PageId.SCORES))
    assert window.frame.page.id is PageId.START
    assert not window.frame.sidebar.isVisible()


def test_a_workspace_opens_on_its_year_with_the_result_worked_out(
    at_page: Go, sample_folder: Path
) -> None:
    window = at_page(sample_folder, Place(PageId.OVERVIEW))
    assert window.frame.windowTitle().startswith("Khối thi đua các cơ quan Nội chính · 2019")
    assert window.session.result is not None
    assert window.frame.top_bar.state.text() in {"Tạm tính", "Đủ số liệu"}


@pytest.mark.parametrize("entry", ENTRIES[:-1], ids=lambda entry: entry.page.value)
def test_the_keys_of_an_entry_go_to_its_page(
    at_page: Go, sample_folder: Path, qtbot: QtBot, entry: Entry
) -> None:
    window = at_page(sample_folder, Place(PageId.UNITS))
    qtbot.keySequence(window.frame, entry.keys)
    assert window.frame.page.id is entry.page


def test_no_two_entries_have_the_same_keys() -> None:
    assert len({entry.keys for entry in ENTRIES}) == len(ENTRIES)


def test_f1_shows_help_and_alt_left_comes_back(
    at_page: Go, sample_folder: Path, qtbot: QtBot
) -> None:
    window = at_page(sample_folder, Place(PageId.UNITS))
    qtbot.keyClick(window.frame, Qt.Key.Key_F1)
    assert window.frame.page.id is PageId.HELP
    qtbot.keyClick(window.frame, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.frame.page.id is PageId.UNITS


def test_zoom_and_theme_keep_the_page(at_page: Go, sample_folder: Path, qtbot: QtBot) -> None:
    window = at_page(sample_folder, Place(PageId.JOURNAL))
    before = window.frame.fontMetrics().height()
    qtbot.keyClick(window.frame, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.context.theme.measures.row == 33)
    assert window.frame.page.id is PageId.JOURNAL
    window.preferences.dark = True
    window.context.restyle()
    assert window.context.theme.palette.dark
    assert window.frame.page.id is PageId.JOURNAL
    assert window.frame.page.heading.fontMetrics().height() > before
