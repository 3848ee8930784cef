"""The page Lịch và nhiệm vụ with real widgets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.pages.calendar.world import bac_giang
from tests.ui.pages.health.world import two_years
from ui.application import Window
from ui.pages.calendar.page import CalendarPage
from ui.places import PageId, Place
from ui.theme.tokens import Tone
from ui.widgets.form import FormSheet

Go = Callable[..., Window]
Quiet = Callable[[Window], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The cluster of two offices."""
    bac_giang(tmp_path).close()
    return tmp_path / "so"


def page_of(window: Window) -> CalendarPage:
    page = window.frame.page
    assert isinstance(page, CalendarPage)
    return page


def test_enter_on_a_duty_notes_it_and_the_sentence_follows(
    at_page: Go, folder: Path, qtbot: QtBot, quiet: Quiet
) -> None:
    window = at_page(folder, Place(PageId.CALENDAR))
    page = page_of(window)
    page.tabs.setCurrentIndex(1)
    before = page.sentence.whole_text()
    page.duties.choose(lambda row: row.line.duty.id == "ke_hoach")
    qtbot.keyClick(page.duties, Qt.Key.Key_Return)
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, FormSheet)
    fields = sheet.findChildren(QLineEdit)
    qtbot.keyClicks(fields[0], "01/02/2022")
    qtbot.mouseClick(sheet.verb, Qt.MouseButton.LeftButton)
    quiet(window)
    row = page.duties.current
    assert row is not None
    assert row.line.duty.id == "ke_hoach"
    assert row.tone is Tone.GOOD
    assert page.sentence.whole_text() != before


def test_a_duty_is_found_without_accents(at_page: Go, folder: Path, qtbot: QtBot) -> None:
    page = page_of(at_page(folder, Place(PageId.CALENDAR)))
    page.tabs.setCurrentIndex(1)
    qtbot.keyClicks(page.search, "diem tra")
    assert page.duties.rows.rows == ()
    page.search.clear()
    qtbot.keyClicks(page.search, "kiem tra, giam sat")
    assert [row.line.duty.id for row in page.duties.rows.rows] == ["kiem_tra"]


def test_an_activity_is_added_by_the_form(
    at_page: Go, folder: Path, qtbot: QtBot, quiet: Quiet
) -> None:
    window = at_page(folder, Place(PageId.CALENDAR))
    page = page_of(window)
    page.tabs.setCurrentIndex(2)
    qtbot.mouseClick(page.add, Qt.MouseButton.LeftButton)
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, FormSheet)
    qtbot.keyClicks(sheet.findChildren(QLineEdit)[0], "Hoi thi chung")
    qtbot.mouseClick(sheet.verb, Qt.MouseButton.LeftButton)
    quiet(window)
    assert [row.title for row in page.activities.rows.rows] == ["Hoi thi chung"]


def test_it_stays_within_a_small_window(at_page: Go, folder: Path) -> None:
    least = page_of(at_page(folder, Place(PageId.CALENDAR))).minimumSizeHint()
    assert least.width() <= 820
    assert least.height() <= 400


def test_without_activities_it_is_said_how_the_first_one_is_written(
    at_page: Go, tmp_path: Path
) -> None:
    two_years(tmp_path, years=("2026",)).close()
    page = page_of(at_page(tmp_path / "so", Place(PageId.CALENDAR)))
    page.tabs.setCurrentIndex(2)
    assert page.counts.isVisible()
    assert page.counts.text().startswith("Chưa ghi phong trào, hoạt động nào.")
