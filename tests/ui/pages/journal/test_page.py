"""The page Nhật ký by keys and clicks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.operations.workspace.members import rename_unit
from app.operations.workspace_lifecycle import open_workspace
from tests.ui.walker import complaints, settle
from ui.application import Window
from ui.pages.journal.page import JournalPage
from ui.places import PageId, Place
from ui.widgets.sheet import Sheet

Go = Callable[..., Window]
Quiet = Callable[[Window], None]


def journal(window: Window) -> JournalPage:
    page = window.frame.page
    assert isinstance(page, JournalPage)
    return page


def rename(window: Window, unit: str, name: str) -> None:
    window.session.act(lambda desk: rename_unit(desk, unit, name))


def test_a_new_act_comes_to_the_top_and_the_chosen_one_stays_chosen(
    at_page: Go, sample_folder: Path, quiet: Quiet
) -> None:
    window = at_page(sample_folder, Place(PageId.JOURNAL))
    page = journal(window)
    page.table.choose(lambda row: row.title.startswith("Mở năm thi đua"))
    rename(window, "toa_an", "Tòa")
    quiet(window)
    assert page.table.rows.row(0).title.startswith("Đổi tên Tòa án nhân dân tỉnh")
    assert page.table.current is not None
    assert page.table.current.title.startswith("Mở năm thi đua")
    assert page.what.text() == page.table.current.title


def test_many_acts_are_taken_back_after_a_question(
    at_page: Go, sample_folder: Path, quiet: Quiet, qtbot: QtBot
) -> None:
    window = at_page(sample_folder, Place(PageId.JOURNAL))
    page = journal(window)
    before = window.session.units["toa_an"].name
    for name in ("Một", "Hai", "Ba"):
        rename(window, "toa_an", name)
    quiet(window)
    page.table.choose(lambda row: row.title.endswith("thành Một"))
    qtbot.mouseClick(page.take_back, Qt.MouseButton.LeftButton)
    sheet = next(s for s in window.frame.findChildren(Sheet) if s.isVisible())
    assert window.session.units["toa_an"].name == "Ba"
    act = next(b for b in sheet.findChildren(QPushButton) if b.text() == "Hoàn tác")
    qtbot.mouseClick(act, Qt.MouseButton.LeftButton)
    quiet(window)
    assert window.session.units["toa_an"].name == before
    assert not page.take_back.isEnabled()
    assert page.why_not.text() == "Việc này đã được hoàn tác."


def test_words_and_boxes_choose_together_and_are_cleared_together(
    at_page: Go, sample_folder: Path, quiet: Quiet, qtbot: QtBot
) -> None:
    window = at_page(sample_folder, Place(PageId.JOURNAL))
    page = journal(window)
    rename(window, "toa_an", "Tòa")
    quiet(window)
    every = page.table.rows.rowCount()
    qtbot.keyClicks(page.search, "doi ten")
    assert page.table.rows.rowCount() == 1
    page.unit.setCurrentIndex(page.unit.findData("cong_an"))
    quiet(window)
    assert page.table.rows.rowCount() == 0
    assert page.what.text().startswith("Không có thao tác nào")
    qtbot.mouseClick(page.clear, Qt.MouseButton.LeftButton)
    quiet(window)
    assert page.table.rows.rowCount() == every
    assert page.unit.currentIndex() == 0
    assert page.search.text() == ""


def test_another_page_may_ask_for_a_unit_s_history(at_page: Go, sample_folder: Path) -> None:
    window = at_page(sample_folder, Place(PageId.JOURNAL, unit="cong_an"))
    page = journal(window)
    assert page.unit.currentText() == "Công an tỉnh"
    assert [row.title for row in page.table.rows.rows] == ["Nhập dữ kiện cả năm từ tệp facts.toml"]


@pytest.mark.parametrize("size", [(1366, 768), (911, 512)])
def test_it_fits_and_reads_well(
    at_page: Go, real_folder: Path, quiet: Quiet, size: tuple[int, int]
) -> None:
    window = at_page(real_folder, Place(PageId.JOURNAL))
    window.frame.resize(*size)
    page = journal(window)
    page.table.selectRow(1)
    settle()
    assert complaints(page) == []
    assert page.minimumSizeHint().width() <= 840
    assert page.minimumSizeHint().height() <= 400


def test_thousands_of_acts_stay_fluent(
    at_page: Go, sample_folder: Path, quiet: Quiet, qtbot: QtBot
) -> None:
    with open_workspace(sample_folder) as workspace:
        for number in range(1500):
            kind, title = "note", f"Việc thứ {number}"
            with workspace.operation(kind, title, "A", period="2019", empty=True):
                pass
    window = at_page(sample_folder, Place(PageId.JOURNAL))
    page = journal(window)
    assert page.table.rows.rowCount() > 1500
    qtbot.keyClicks(page.search, "viec thu 1499")
    assert [row.title for row in page.table.rows.rows] == ["Việc thứ 1499"]


def test_reading_may_end_after_the_page_was_laid_out_anew(
    at_page: Go, sample_folder: Path, quiet: Quiet
) -> None:
    window = at_page(sample_folder, Place(PageId.OVERVIEW))
    window.frame.go(Place(PageId.JOURNAL))
    window.context.restyle()
    quiet(window)
    assert journal(window).table.rows.rowCount() > 3
    assert not window.frame.findChildren(Sheet)
