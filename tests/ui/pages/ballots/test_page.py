"""The page Bỏ phiếu with real widgets: by keys and clicks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.operations.workspace.desk import OFFICER, change_setting
from app.operations.workspace.members import rename_unit
from app.operations.workspace.years import close_year, open_year, year_record
from app.operations.workspace_lifecycle import create_workspace
from tests.app.operations.workspace import hall
from tests.ui import walker
from ui.application import Window
from ui.pages.ballots.page import BallotsPage
from ui.places import PageId, Place
from ui.widgets.consequences import ConsequencesSheet
from ui.widgets.form import FormSheet

Go = Callable[..., Window]
Quiet = Callable[[Window], None]
LONG = "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh " * 2


def make_hall(folder: Path, name: str = "Sở A") -> Path:
    """A cluster in which two units are level for one flag."""
    workspace = create_workspace(folder, hall.COUNTER)
    change_setting(workspace, hall.COUNTER, OFFICER, hall.COUNTER)
    desk = hall.meet(workspace, {"a": 90, "b": 90, "c": 80})
    rename_unit(desk, "a", name)
    workspace.close()
    return folder


@pytest.fixture
def hall_folder(tmp_path: Path) -> Path:
    return make_hall(tmp_path / "so-hoi-nghi")


def page_of(window: Window) -> BallotsPage:
    page = window.frame.page
    assert isinstance(page, BallotsPage)
    return page


def sheet_of(kind: type[FormSheet]) -> FormSheet:
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, kind)
    return sheet


def open_due(window: Window, qtbot: QtBot, quiet: Quiet) -> BallotsPage:
    page = page_of(window)
    qtbot.mouseClick(page.open_due, Qt.MouseButton.LeftButton)
    sheet = sheet_of(FormSheet)
    qtbot.keyClick(sheet.form.editor("tellers"), Qt.Key.Key_Return)
    quiet(window)
    return page


def type_count(page: BallotsPage, qtbot: QtBot, **votes: int) -> None:
    form = page.panel.form
    assert form is not None
    cast = str(sum(votes.values()))
    for key in ("members", "present", "issued", "returned", "valid"):
        qtbot.keyClicks(form.counts[key], cast)
    for key in ("invalid", "blank"):
        qtbot.keyClicks(form.counts[key], "0")
    for key, number in votes.items():
        qtbot.keyClicks(form.votes["votes"][key], str(number))


def test_what_has_to_be_voted_on_is_opened_by_one_button_and_enter(
    at_page: Go, hall_folder: Path, qtbot: QtBot, quiet: Quiet
) -> None:
    window = at_page(hall_folder, Place(PageId.BALLOTS))
    assert page_of(window).notice.words.text().startswith("Cần bỏ phiếu: Khen co, Cụm k1")
    page = open_due(window, qtbot, quiet)
    assert page.table.current is not None
    assert page.table.current.stage == "Đang mở"
    assert not page.notice.isVisible()
    assert isinstance(window.frame.focusWidget(), QLineEdit)


def test_the_button_closes_the_count_only_when_it_adds_up(
    at_page: Go, hall_folder: Path, qtbot: QtBot, quiet: Quiet
) -> None:
    window = at_page(hall_folder, Place(PageId.BALLOTS))
    page = open_due(window, qtbot, quiet)
    type_count(page, qtbot, a=6)
    assert page.panel.act is not None
    assert not page.panel.act.isEnabled()
    assert "chưa ghi" in page.panel.told.text()
    assert page.panel.form is not None
    qtbot.keyClicks(page.panel.form.votes["votes"]["b"], "1")
    assert not page.panel.act.isEnabled()
    assert "nhiều hơn" in page.panel.told.text()
    page.panel.form.votes["votes"]["b"].setText("0")
    assert page.panel.act.isEnabled()
    qtbot.keyClick(page.panel.act, Qt.Key.Key_Return)
    quiet(window)
    assert page.table.current is not None
    assert page.table.current.stage == "Đã kiểm, chờ xác nhận"


def test_the_second_person_types_the_count_again_and_confirms(
    at_page: Go, hall_folder: Path, qtbot: QtBot, quiet: Quiet
) -> None:
    window = at_page(hall_folder, Place(PageId.BALLOTS))
    page = open_due(window, qtbot, quiet)
    type_count(page, qtbot, a=6, b=4)
    assert page.panel.act is not None
    page.panel.act.click()
    quiet(window)
    assert page.panel.act is not None
    page.panel.act.click()
    sheet = sheet_of(FormSheet)
    walker.settle()
    who = sheet.form.editor("typed")
    assert isinstance(who, QLineEdit)
    who.setText(hall.SECOND)
    for edit in sheet.findChildren(QLineEdit):
        values = {"Số phiếu: Sở A": "6", "Số phiếu: Sở B": "4"}
        name = edit.accessibleName()
        if name in ("Số phiếu không hợp lệ", "Số phiếu trắng"):
            edit.setText("0")
        elif name.startswith(("Tổng", "Số người", "Số phiếu")):
            edit.setText(values.get(name, "10"))
    qtbot.mouseClick(sheet.verb, Qt.MouseButton.LeftButton)
    quiet(window)
    assert page.table.current is not None
    assert page.table.current.stage == "Đã xác nhận"


def test_escape_leaves_everything_as_it_was_and_consequences_come_before_taking_back(
    at_page: Go, hall_folder: Path, qtbot: QtBot, quiet: Quiet
) -> None:
    window = at_page(hall_folder, Place(PageId.BALLOTS))
    page = open_due(window, qtbot, quiet)
    ballot = page.table.current
    assert ballot is not None
    page.sheets.cancel(ballot.id, ballot.title)
    qtbot.keyClick(sheet_of(FormSheet), Qt.Key.Key_Escape)
    assert page.table.current == ballot
    page.sheets.cancel(ballot.id, ballot.title)
    sheet = sheet_of(FormSheet)
    qtbot.keyClicks(sheet.form.editor("reason"), "nham")
    sheet.verb.click()
    quiet(window)
    told = QApplication.activeModalWidget()
    assert isinstance(told, ConsequencesSheet)
    told.verb.click()
    quiet(window)
    assert page.table.current.status == "Đã hủy"


def test_typed_numbers_stay_while_something_else_changes(
    at_page: Go, hall_folder: Path, qtbot: QtBot, quiet: Quiet
) -> None:
    window = at_page(hall_folder, Place(PageId.BALLOTS))
    page = open_due(window, qtbot, quiet)
    assert page.panel.form is not None
    qtbot.keyClicks(page.panel.form.counts["members"], "9")
    window.session.work_out_result()
    quiet(window)
    assert page.panel.form.counts["members"].text() == "9"


def test_the_page_can_be_read_at_a_small_screen_with_long_names(
    at_page: Go, tmp_path: Path, qtbot: QtBot, quiet: Quiet
) -> None:
    folder = make_hall(tmp_path / "so-dai", LONG.strip())
    window = at_page(folder, Place(PageId.BALLOTS))
    window.frame.resize(911, 512)
    page = open_due(window, qtbot, quiet)
    walker.settle()
    assert walker.complaints(page) == []
    assert page.minimumSizeHint().width() <= 820
    assert page.minimumSizeHint().height() <= 400


def buttons(page: BallotsPage) -> list[str]:
    """What the panel offers for the ballot that is chosen."""
    return [
        one.text()
        for one in page.panel.findChildren(QPushButton)
        if one.isVisible() and one.isEnabled()
    ]


def test_on_a_read_only_medium_a_ballot_is_shown_and_nothing_can_be_done_to_it(
    at_page: Go, hall_folder: Path, qtbot: QtBot, quiet: Quiet
) -> None:
    window = at_page(hall_folder, Place(PageId.BALLOTS))
    page = open_due(window, qtbot, quiet)
    assert page.panel.form is not None
    assert "Hủy phiếu…" in buttons(page)
    workspace = window.session.workspace
    assert workspace is not None
    workspace.read_only = True
    page.refresh(page.topics)
    assert page.table.rows.rowCount() == 1
    assert not page.open.isEnabled()
    assert not page.open_due.isVisible()
    assert page.panel.form is None
    assert buttons(page) == []
    workspace.read_only = False


def test_in_a_closed_year_the_confirmed_ballot_stays_in_sight(
    at_page: Go, hall_folder: Path, quiet: Quiet
) -> None:
    window = at_page(hall_folder, Place(PageId.BALLOTS))
    desk = window.session.desk
    hall.decide_by_ballot(desk, a=5, b=4)
    window.session.act(close_year)
    quiet(window)
    page = page_of(window)
    (row,) = page.table.rows.rows
    assert row.stage == "Đã xác nhận"
    assert not page.open.isEnabled()
    assert not page.notice.isVisible()
    assert buttons(page) == []
    shown = " ".join(one.text() for one in page.panel.findChildren(QLabel) if one.isVisible())
    assert "Sở A" in shown


def test_a_year_without_a_table_says_what_to_do_first(at_page: Go, tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path / "trong", hall.COUNTER)
    change_setting(workspace, hall.COUNTER, OFFICER, hall.COUNTER)
    open_year(workspace, hall.COUNTER, year_record("2026"))
    workspace.close()
    page = page_of(at_page(tmp_path / "trong", Place(PageId.BALLOTS)))
    assert page.stack.currentWidget() is page.none
    assert not page.open.isEnabled()
    assert not page.notice.isVisible()
    told = [one.text() for one in page.none.findChildren(QLabel) if one.isVisible()]
    assert any(told), "why there is nothing"
    assert walker.complaints(page) == []
