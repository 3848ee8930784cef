"""The page Cài đặt by keys and clicks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from app.operations.workspace.members import rename_unit
from tests.ui.walker import complaints, settle
from ui.application import Window
from ui.pages.settings.page import SettingsPage
from ui.places import PageId, Place
from ui.widgets.sheet import Sheet

Go = Callable[..., Window]
Quiet = Callable[[Window], None]


def settings(window: Window) -> SettingsPage:
    page = window.frame.page
    assert isinstance(page, SettingsPage)
    return page


def visible_tabs(page: SettingsPage) -> list[str]:
    tabs = page.tabs
    return [tabs.tabText(at) for at in range(tabs.count()) if tabs.isTabVisible(at)]


def test_without_a_workspace_only_the_window_s_part_is_there(window: Window) -> None:
    window.frame.go(Place(PageId.SETTINGS))
    assert visible_tabs(settings(window)) == ["Cửa sổ", "Phiên bản, giấy phép"]


def test_a_theme_chosen_by_key_is_worn_at_once_and_the_cursor_stays(
    at_page: Go, sample_folder: Path, qtbot: QtBot
) -> None:
    window = at_page(sample_folder, Place(PageId.SETTINGS))
    box = settings(window).look.form.editor("theme")
    assert isinstance(box, QComboBox)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: window.context.theme.palette.dark)
    assert window.preferences.dark is True
    qtbot.waitUntil(lambda: window.frame.page.id is PageId.SETTINGS)
    assert window.frame.focusWidget() is settings(window).look.form.editor("theme")


def test_rows_become_lower_where_that_is_wished(
    at_page: Go, sample_folder: Path, qtbot: QtBot
) -> None:
    window = at_page(sample_folder, Place(PageId.SETTINGS))
    box = settings(window).look.form.editor("density")
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(0)
    qtbot.waitUntil(lambda: window.context.theme.measures.row == 26)


def test_another_person_is_named(at_page: Go, sample_folder: Path, qtbot: QtBot) -> None:
    window = at_page(sample_folder, Place(PageId.SETTINGS))
    page = settings(window)
    page.tabs.setCurrentWidget(page.person)
    name = page.person.form.editor("name")
    name.selectAll()  # type: ignore[union-attr]
    qtbot.keyClicks(name, "Binh")
    qtbot.keyClick(page.person.verb, Qt.Key.Key_Return)
    assert window.session.actor == "Binh"
    assert "Binh" in page.sentence.whole_text()


def test_a_backup_is_restored_in_three_clicks(
    at_page: Go, sample_folder: Path, quiet: Quiet, qtbot: QtBot
) -> None:
    window = at_page(sample_folder, Place(PageId.SETTINGS))
    page = settings(window)
    page.tabs.setCurrentWidget(page.backups)
    before = window.session.units["toa_an"].name
    qtbot.mouseClick(page.backups.make, Qt.MouseButton.LeftButton)
    quiet(window)
    window.session.act(lambda desk: rename_unit(desk, "toa_an", "Khác"))
    quiet(window)
    page.backups.table.choose(lambda row: row.why == "theo yêu cầu")
    qtbot.mouseClick(page.backups.restore, Qt.MouseButton.LeftButton)
    sheet = next(s for s in window.frame.findChildren(Sheet) if s.isVisible())
    act = next(b for b in sheet.findChildren(QPushButton) if b.text() == "Khôi phục")
    qtbot.mouseClick(act, Qt.MouseButton.LeftButton)
    quiet(window)
    assert window.session.units["toa_an"].name == before
    assert window.frame.page.id is PageId.OVERVIEW


def test_the_check_says_that_the_workspace_is_whole(
    at_page: Go, sample_folder: Path, quiet: Quiet, qtbot: QtBot
) -> None:
    window = at_page(sample_folder, Place(PageId.SETTINGS))
    page = settings(window)
    page.tabs.setCurrentWidget(page.health)
    qtbot.mouseClick(page.health.check, Qt.MouseButton.LeftButton)
    quiet(window)
    assert page.health.result.text().startswith("Sổ nguyên vẹn")
    assert not page.health.findings.isVisible()


@pytest.mark.parametrize("size", [(1366, 768), (911, 512)])
def test_every_part_fits_and_reads_well(
    at_page: Go, sample_folder: Path, quiet: Quiet, size: tuple[int, int]
) -> None:
    window = at_page(sample_folder, Place(PageId.SETTINGS))
    window.frame.resize(*size)
    page = settings(window)
    for at in range(page.tabs.count()):
        page.tabs.setCurrentIndex(at)
        settle()
        assert complaints(page) == [], page.tabs.tabText(at)
    assert page.minimumSizeHint().width() <= 840
    assert page.minimumSizeHint().height() <= 400


def test_a_check_may_end_after_the_page_was_laid_out_anew(
    at_page: Go, sample_folder: Path, quiet: Quiet
) -> None:
    window = at_page(sample_folder, Place(PageId.SETTINGS))
    before = settings(window)
    before.health.check.click()
    before.backups.make.click()
    window.context.restyle()
    quiet(window)
    assert settings(window) is not before
    assert not window.frame.findChildren(Sheet)
    assert settings(window).backups.table.rows.rowCount() > 0
