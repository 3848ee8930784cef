"""The page Trợ giúp by keys and clicks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from pytestqt.qtbot import QtBot

from ui.application import Window
from ui.pages.help.page import HelpPage
from ui.places import PageId, Place

Go = Callable[..., Window]


def press(qtbot: QtBot, window: Window, key: Qt.Key) -> None:
    """Presses a key of the window itself, once the window listens."""
    window.frame.activateWindow()
    qtbot.waitUntil(window.frame.isActiveWindow)
    qtbot.keyClick(window.frame, key)


def help_page(window: Window) -> HelpPage:
    page = window.frame.page
    assert isinstance(page, HelpPage)
    return page


def test_f1_opens_the_topic_of_the_page_and_escape_comes_back(
    at_page: Go, sample_folder: Path, qtbot: QtBot
) -> None:
    window = at_page(sample_folder, Place(PageId.JOURNAL))
    press(qtbot, window, Qt.Key.Key_F1)
    page = help_page(window)
    assert page.list.current is not None
    assert page.list.current.id == "journal"
    assert page.reader.toPlainText().startswith("Nhật ký")
    qtbot.keyClick(page.list, Qt.Key.Key_Escape)
    assert window.frame.page.id is PageId.JOURNAL


def test_the_help_can_be_read_before_a_workspace_is_open(window: Window, qtbot: QtBot) -> None:
    press(qtbot, window, Qt.Key.Key_F1)
    page = help_page(window)
    assert page.reader.toPlainText().startswith("Bắt đầu")
    qtbot.mouseClick(page.return_to_work, Qt.MouseButton.LeftButton)
    assert window.frame.page.id is PageId.START


def test_words_are_found_and_enter_opens_the_first_place(window: Window, qtbot: QtBot) -> None:
    window.frame.go(Place(PageId.HELP))
    page = help_page(window)
    qtbot.keyClicks(page.search, "luyen tap voi du lieu mau")
    assert page.reader.toPlainText().startswith("Tìm thấy")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.list.current is not None
    assert page.list.current.id == "start"
    assert page.reader.verticalScrollBar().value() > 0


def test_emptying_the_search_brings_the_topic_back(window: Window, qtbot: QtBot) -> None:
    window.frame.go(Place(PageId.HELP, topic="settings"))
    page = help_page(window)
    qtbot.keyClicks(page.search, "hoan")
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert window.frame.page.id is PageId.HELP
    assert page.reader.toPlainText().startswith("Cài đặt")


def test_links_go_from_topic_to_topic_and_never_outside(window: Window) -> None:
    window.frame.go(Place(PageId.HELP, topic="index"))
    page = help_page(window)
    page.reader.anchorClicked.emit(QUrl("start.md"))
    assert page.reader.toPlainText().startswith("Bắt đầu")
    page.reader.anchorClicked.emit(QUrl("https://example.org"))
    assert page.reader.toPlainText().startswith("Bắt đầu")
    assert "không mở" in window.frame.status_line.words.toolTip()


def test_choosing_a_topic_in_the_list_shows_it(window: Window, qtbot: QtBot) -> None:
    window.frame.go(Place(PageId.HELP, topic="index"))
    page = help_page(window)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.reader.toPlainText().startswith("Bắt đầu")
