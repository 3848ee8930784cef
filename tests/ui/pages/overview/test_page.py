"""The overview as it is seen and used: with the mouse, and without it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.operations.workspace.desk import OFFICER, change_setting, today
from app.operations.workspace.members import rename_unit
from app.operations.workspace.rounds import seal_round, submit_round
from app.operations.workspace.years import close_year, open_year, year_record
from app.operations.workspace_lifecycle import create_workspace
from app.persistence import books
from tests.ui import walker
from ui.application import Window
from ui.pages.overview.page import OverviewPage
from ui.places import PageId, Place
from ui.widgets.form import FormSheet

Go = Callable[..., Window]
Quiet = Callable[[Window], None]
HERE = Place(PageId.OVERVIEW)


@pytest.fixture
def empty_folder(tmp_path: Path) -> Path:
    """A workspace whose year has nothing in it."""
    folder = tmp_path / "so-trong"
    workspace = create_workspace(folder, "Nguyễn Thị Hoa")
    change_setting(workspace, "Nguyễn Thị Hoa", OFFICER, "Nguyễn Thị Hoa")
    open_year(workspace, "Nguyễn Thị Hoa", year_record("2026"))
    workspace.close()
    return folder


def page_of(window: Window) -> OverviewPage:
    page = window.frame.page
    assert isinstance(page, OverviewPage)
    return page


def words_of(page: OverviewPage) -> list[str]:
    return [found.text() for found in page.findChildren(QLabel) if found.isVisible()]


def dialog(window: Window, kind: type[QDialog] = QDialog) -> QDialog:
    return next(found for found in window.frame.findChildren(kind) if found.isVisible())


def test_the_next_step_stands_first_and_its_button_goes_there(
    at_page: Go, sample_folder: Path, qtbot: QtBot
) -> None:
    window = at_page(sample_folder, HERE)
    page = page_of(window)
    assert page.card.title.text() == "Tự chấm điểm"
    assert page.card.act is not None
    assert page.card.act.hasFocus()
    qtbot.keyClick(page.card.act, Qt.Key.Key_Return)
    assert window.frame.page.id is PageId.SCORES


def test_nothing_is_cut_and_all_can_be_reached(at_page: Go, sample_folder: Path) -> None:
    page = page_of(at_page(sample_folder, HERE))
    walker.settle()
    assert walker.complaints(page) == []


def test_it_fits_a_small_window_by_scrolling(
    at_page: Go, sample_folder: Path, quiet: Quiet
) -> None:
    window = at_page(sample_folder, HERE)
    window.frame.resize(911, 512)
    walker.settle()
    page = page_of(window)
    assert page.minimumSizeHint().width() <= 820
    assert page.minimumSizeHint().height() <= 400
    assert page.area.verticalScrollBar().maximum() > 0
    assert walker.complaints(page) == []


def test_wide_and_narrow_again_keep_every_section(
    at_page: Go, sample_folder: Path, qtbot: QtBot
) -> None:
    window = at_page(sample_folder, HERE)
    page = page_of(window)
    before = set(words_of(page))
    for width in (900, 1366):
        window.frame.resize(width, 768)
        walker.settle()
        assert page.ranking_box.isVisible()
    qtbot.waitUntil(lambda: set(words_of(page)) == before)
    assert page.ranking_box.height() > page.ranking_box.title.height() * 4


def test_enter_on_a_cell_goes_to_that_unit_and_round(
    at_page: Go, sample_folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = at_page(sample_folder, HERE)
    page = page_of(window)
    gone: list[Place] = []
    monkeypatch.setattr(page.context, "go", gone.append)
    assert page.matrix is not None
    page.matrix.setFocus()
    page.matrix.setCurrentIndex(page.matrix.rows.index(2, 3))
    qtbot.keyClick(page.matrix, Qt.Key.Key_Return)
    page.matrix.setCurrentIndex(page.matrix.rows.index(2, 0))
    qtbot.keyClick(page.matrix, Qt.Key.Key_Return)
    assert gone == [
        Place(PageId.SCORES, "cong_an", None, "cluster"),
        Place(PageId.UNITS, "cong_an"),
    ]


def test_a_click_on_a_cell_goes_there_too(
    at_page: Go, sample_folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(at_page(sample_folder, HERE))
    gone: list[Place] = []
    monkeypatch.setattr(page.context, "go", gone.append)
    assert page.matrix is not None
    spot = page.matrix.visualRect(page.matrix.rows.index(0, 2)).center()
    qtbot.mouseClick(page.matrix.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert gone == [Place(PageId.SCORES, "bien_phong", None, "self")]


def test_what_changes_elsewhere_is_shown_here(
    at_page: Go, sample_folder: Path, quiet: Quiet
) -> None:
    window = at_page(sample_folder, HERE)
    page = page_of(window)
    window.session.act(lambda desk: submit_round(desk, "self", ["toa_an"], today()))
    window.session.act(lambda desk: rename_unit(desk, "toa_an", "Tòa án tỉnh"))
    quiet(window)
    assert "Còn 7 đơn vị chưa nộp" in page.card.sentence.text()
    assert page.matrix is not None
    row = next(row for row in page.matrix.rows.rows if row.unit == "toa_an")
    assert row.name == "Tòa án tỉnh"
    assert row.rounds[0].words.startswith("Đã nộp")


def test_an_empty_year_shows_where_to_begin(at_page: Go, empty_folder: Path, qtbot: QtBot) -> None:
    window = at_page(empty_folder, HERE)
    page = page_of(window)
    walker.settle()
    assert page.card.sentence.text() == "Chưa có cụm, khối thi đua nào."
    assert page.starts_box.isVisible()
    assert not page.matrix_box.isVisible()
    assert walker.complaints(page) == []
    begin = next(b for b in page.findChildren(QPushButton) if b.text() == "Lập bảng tiêu chí")
    qtbot.mouseClick(begin, Qt.MouseButton.LeftButton)
    assert window.frame.page.id is PageId.CRITERIA


def test_a_deadline_is_typed_in_a_sheet(
    at_page: Go, sample_folder: Path, qtbot: QtBot, quiet: Quiet
) -> None:
    window = at_page(sample_folder, HERE)
    page = page_of(window)
    link = next(b for b in page.findChildren(QPushButton) if b.text() == "Ghi thời hạn")
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    listed = dialog(window)
    add = next(b for b in listed.findChildren(QPushButton) if b.text() == "Thêm thời hạn")
    qtbot.mouseClick(add, Qt.MouseButton.LeftButton)
    sheet = next(s for s in listed.findChildren(FormSheet) if s.isVisible())
    due = sheet.form.editor("due")
    assert isinstance(due, QLineEdit)
    qtbot.keyClicks(due, "31/12")
    qtbot.mouseClick(sheet.verb, Qt.MouseButton.LeftButton)
    assert sheet.isVisible()
    due.setText("31/12/2019")
    qtbot.mouseClick(sheet.verb, Qt.MouseButton.LeftButton)
    quiet(window)
    desk = window.session.desk
    (kept,) = desk.workspace.read(books.DEADLINES, desk.period)
    assert (kept.duty, f"{kept.due:%d/%m/%Y}") == ("self", "31/12/2019")
    qtbot.keyClick(listed, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: any("hết ngày 31/12/2019" in words for words in words_of(page)))


def test_a_closed_year_is_only_looked_at_until_it_is_opened_again(
    at_page: Go, sample_folder: Path, qtbot: QtBot, quiet: Quiet
) -> None:
    window = at_page(sample_folder, HERE)
    session = window.session
    for name in ("self", "cluster", "department"):
        session.act(lambda desk, name=name: submit_round(desk, name, None, today()))
    session.act(lambda desk: seal_round(desk, "department", None, today()))
    session.act(close_year)
    quiet(window)
    page = page_of(window)
    assert page.card.title.text() == "Năm thi đua 2019 đã khóa sổ"
    assert page.card.act is not None
    assert page.card.act.text() == "Mở lại sổ"
    walker.settle()
    assert walker.complaints(page) == []
    qtbot.mouseClick(page.card.act, Qt.MouseButton.LeftButton)
    sheet = dialog(window, FormSheet)
    assert isinstance(sheet, FormSheet)
    qtbot.mouseClick(sheet.verb, Qt.MouseButton.LeftButton)
    assert not session.may_write
    qtbot.keyClicks(sheet.form.editor("reason"), "Cong van 12")
    qtbot.mouseClick(sheet.verb, Qt.MouseButton.LeftButton)
    quiet(window)
    assert session.may_write


def test_a_year_whose_result_takes_long_is_shown_without_one(
    at_page: Go, sample_folder: Path, qtbot: QtBot
) -> None:
    window = at_page(sample_folder, HERE)
    page, session = page_of(window), window.session
    found, session.result, session.result_is_due = session.result, None, True
    page._presenter.view = None
    page.refresh(page.topics)
    assert page._patience.isActive()
    assert page._presenter.view is None
    page._patience.timeout.emit()
    qtbot.waitUntil(lambda: "Đang tính kết quả…" in words_of(page))
    session.result, session.result_is_due = found, False
    page.refresh(page.topics)
    qtbot.waitUntil(lambda: page.ranking is not None)
