"""The page Khen thưởng with real widgets: by keys and clicks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.operations.workspace.awards import propose
from app.operations.workspace.consequences import carry_out
from app.operations.workspace.desk import OFFICER, change_setting
from app.operations.workspace.eligibility import plan_case
from app.operations.workspace.members import rename_unit
from app.operations.workspace.years import close_year, open_year, year_record
from app.operations.workspace_lifecycle import create_workspace
from tests import builders as b
from tests.app.operations.workspace import hall
from tests.ui import walker
from ui.application import Window
from ui.pages.awards.page import AwardsPage
from ui.places import PageId, Place
from ui.widgets.consequences import ConsequencesSheet
from ui.widgets.form import FormSheet

Go = Callable[..., Window]
Quiet = Callable[[Window], None]
LONG = "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh, cơ quan thường trực"


@pytest.fixture
def hall_folder(tmp_path: Path) -> Path:
    """Proposals were made; after that the first unit came to wait for a conclusion."""
    workspace = create_workspace(tmp_path / "so-hoi-nghi", hall.COUNTER)
    change_setting(workspace, hall.COUNTER, OFFICER, hall.COUNTER)
    desk = hall.meet(workspace, {"a": 95, "b": 90, "c": 85})
    rename_unit(desk, "a", LONG)
    propose(desk, hall.DAY)
    carry_out(desk, plan_case(desk, "a", "cx", "12/QĐ-TTr", hall.DAY))
    workspace.close()
    return tmp_path / "so-hoi-nghi"


def page_of(window: Window) -> AwardsPage:
    page = window.frame.page
    assert isinstance(page, AwardsPage)
    return page


def form_sheet() -> FormSheet:
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, FormSheet)
    return sheet


def fill(sheet: FormSheet, **texts: str) -> None:
    for key, text in texts.items():
        edit = sheet.form.editor(key)
        assert isinstance(edit, QLineEdit)
        edit.setText(text)


def test_a_held_place_is_decided_after_its_consequences_were_shown(
    at_page: Go, hall_folder: Path, qtbot: QtBot, quiet: Quiet
) -> None:
    page = page_of(window := at_page(hall_folder, Place(PageId.AWARDS, unit="a")))
    assert page.notice.isVisible()
    qtbot.mouseClick(page.panel.answer, Qt.MouseButton.LeftButton)
    sheet = form_sheet()
    fill(sheet, by="Hội đồng", paper="30/BB")
    choice = sheet.form.editor("choice")
    assert isinstance(choice, QComboBox)
    choice.setCurrentIndex(choice.findData("passed_on"))
    qtbot.keyClick(sheet.verb, Qt.Key.Key_Return)
    quiet(window)
    told = QApplication.activeModalWidget()
    assert isinstance(told, ConsequencesSheet)
    assert any(words.startswith("Sở B, Khen co: dự bị → đề nghị") for words in told.consequences)
    rows = {row.unit: row.state for row in page.table.rows.rows}
    assert rows["a"] == "Chờ kết luận", "nothing is written before the button"
    told.verb.click()
    quiet(window)
    rows = {row.unit: row.state for row in page.table.rows.rows}
    assert rows["b"] == "Đề nghị"


def test_enter_goes_from_the_unit_to_its_checklist_and_concludes_the_case(
    at_page: Go, hall_folder: Path, qtbot: QtBot, quiet: Quiet
) -> None:
    page = page_of(window := at_page(hall_folder, Place(PageId.AWARDS, unit="a")))
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert window.frame.focusWidget() is page.panel.checks
    qtbot.keyClick(page.panel.checks, Qt.Key.Key_Return)
    sheet = form_sheet()
    fill(sheet, by="Thanh tra", paper="5/KL")
    sheet.verb.click()
    quiet(window)
    told = QApplication.activeModalWidget()
    assert isinstance(told, ConsequencesSheet)
    told.verb.click()
    quiet(window)
    assert {row.unit: row.state for row in page.table.rows.rows}["a"] == "Đề nghị"
    assert not page.notice.isVisible()


def test_escape_writes_nothing(at_page: Go, hall_folder: Path, qtbot: QtBot, quiet: Quiet) -> None:
    page = page_of(window := at_page(hall_folder, Place(PageId.AWARDS, unit="a")))
    before = window.session.desk.workspace.head
    page.panel.withdraw.trigger()
    sheet = form_sheet()
    fill(sheet, reason="xin rút", by="Hội đồng", paper="1/BB")
    sheet.verb.click()
    quiet(window)
    told = QApplication.activeModalWidget()
    assert isinstance(told, ConsequencesSheet)
    qtbot.keyClick(told, Qt.Key.Key_Escape)
    quiet(window)
    assert window.session.desk.workspace.head == before


def test_what_was_pinned_and_is_not_any_more_is_told_unit_by_unit(
    at_page: Go, hall_folder: Path, qtbot: QtBot
) -> None:
    page = page_of(at_page(hall_folder, Place(PageId.AWARDS)))
    told = page.presenter.parted()
    assert told[0].startswith(f"{LONG}: Khen co: đã đề nghị, nay chờ kết luận")


def test_the_page_can_be_read_at_a_small_screen_with_long_names(
    at_page: Go, hall_folder: Path, qtbot: QtBot
) -> None:
    window = at_page(hall_folder, Place(PageId.AWARDS, unit="a"))
    window.frame.resize(911, 512)
    page = page_of(window)
    walker.settle()
    assert walker.complaints(page) == []
    assert page.minimumSizeHint().width() <= 820
    assert page.minimumSizeHint().height() <= 400


def test_on_a_read_only_medium_everything_is_shown_and_nothing_can_be_recorded(
    at_page: Go, sample_folder: Path
) -> None:
    window = at_page(sample_folder, Place(PageId.AWARDS))
    page = page_of(window)
    assert page.panel.record.isVisible()
    workspace = window.session.workspace
    assert workspace is not None
    workspace.read_only = True
    page.refresh(page.topics)
    assert page.table.rows.rowCount() > 0
    assert not page.propose.isEnabled()
    assert not page.panel.record.isVisible()
    assert not page.quota.isVisible()
    workspace.read_only = False


@pytest.fixture
def council_folder(tmp_path: Path) -> Path:
    """The flag goes by rank; the Government's is chosen by the council among those with it."""
    workspace = create_workspace(tmp_path / "so-hoi-dong", hall.COUNTER)
    change_setting(workspace, hall.COUNTER, OFFICER, hall.COUNTER)
    council = b.award("cp", b.fixed(1), scope="province", among="co", chosen_by="council")
    flags = b.award("co", b.fixed(2))
    table = hall.tree(base=[b.direct("1", 100), flags, council])
    hall.meet(workspace, {"a": 95, "b": 90, "c": 85}, table)
    workspace.close()
    return tmp_path / "so-hoi-dong"


def test_the_council_s_choice_is_ticked_and_recorded(
    at_page: Go, council_folder: Path, qtbot: QtBot, quiet: Quiet
) -> None:
    page = page_of(window := at_page(council_folder, Place(PageId.AWARDS)))
    assert not page.choose.isVisible(), "the flag goes by rank"
    page.choice.setCurrentIndex(page.choice.findText("Khen cp"))
    page.choice.activated.emit(page.choice.currentIndex())
    rows = {row.unit: row.state for row in page.table.rows.rows}
    assert rows == {"a": "Chờ lựa chọn", "b": "Chờ lựa chọn", "c": "Ngoài số suất"}
    for unit in ("a", "b"):
        qtbot.mouseClick(page.choose, Qt.MouseButton.LeftButton)
        quiet(window)
        sheet = form_sheet()
        fill(sheet, by="Hội đồng", paper="40/BB")
        boxes = {one: sheet.form.editor(f"unit:{one}") for one in ("a", "b")}
        for one, box in boxes.items():
            assert isinstance(box, QCheckBox)
            box.setChecked(one == unit)
        sheet.verb.click()
        quiet(window)
        told = QApplication.activeModalWidget()
        assert isinstance(told, ConsequencesSheet)
        told.verb.click()
        quiet(window)
        rows = {row.unit: row.state for row in page.table.rows.rows}
        assert rows[unit] == "Đề nghị"
        assert list(rows.values()).count("Đề nghị") == 1


def test_more_than_the_council_may_choose_is_refused_and_the_sheet_stays(
    at_page: Go, council_folder: Path, qtbot: QtBot, quiet: Quiet
) -> None:
    page = page_of(window := at_page(council_folder, Place(PageId.AWARDS)))
    page.choice.setCurrentIndex(page.choice.findText("Khen cp"))
    page.choice.activated.emit(page.choice.currentIndex())
    before = window.session.desk.workspace.head
    page.choose.click()
    quiet(window)
    asked = form_sheet()
    fill(asked, by="Hội đồng", paper="40/BB")
    for unit in ("a", "b"):
        box = asked.form.editor(f"unit:{unit}")
        assert isinstance(box, QCheckBox)
        box.setChecked(True)
    asked.verb.click()
    quiet(window)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() not in (None, asked))
    told = QApplication.activeModalWidget()
    assert told is not None
    shown = " ".join(one.text() for one in told.findChildren(QLabel))
    assert "Chọn 2 đơn vị nhưng chỉ có 1 suất." in shown
    told.close()
    assert asked.isVisible()
    asked.close()
    assert window.session.desk.workspace.head == before


def test_in_a_closed_year_everything_is_shown_and_nothing_can_be_recorded(
    at_page: Go, council_folder: Path, qtbot: QtBot, quiet: Quiet
) -> None:
    window = at_page(council_folder, Place(PageId.AWARDS))
    window.session.act(lambda desk: propose(desk, hall.DAY))
    quiet(window)
    page = page_of(window)
    assert page.decide.isVisible()
    assert page.panel.after.isVisible()
    window.session.act(close_year)
    quiet(window)
    states = {row.unit: row.state for row in page.table.rows.rows}
    assert states == {"a": "Đề nghị", "b": "Đề nghị", "c": "Ngoài số suất"}
    assert {row.kept_words for row in page.table.rows.rows if row.kept} == {"đã đề nghị"}
    assert not page.propose.isEnabled()
    for act in (page.decide, page.quota, page.panel.after, page.panel.record):
        assert not act.isVisible()
    page.choice.setCurrentIndex(page.choice.findText("Khen cp"))
    page.choice.activated.emit(page.choice.currentIndex())
    assert not page.choose.isVisible()
    qtbot.keyClick(page.panel.checks, Qt.Key.Key_Return)
    assert QApplication.activeModalWidget() is None


def test_a_year_without_a_table_says_what_to_do_first(
    at_page: Go, tmp_path: Path, quiet: Quiet, qtbot: QtBot
) -> None:
    workspace = create_workspace(tmp_path / "trong", hall.COUNTER)
    change_setting(workspace, hall.COUNTER, OFFICER, hall.COUNTER)
    open_year(workspace, hall.COUNTER, year_record("2026"))
    workspace.close()
    window = at_page(tmp_path / "trong", Place(PageId.AWARDS))
    page = page_of(window)
    assert page.stack.currentWidget() is page.none
    assert not page.propose.isEnabled()
    assert not page.decide.isVisible()
    told = [one.text() for one in page.none.findChildren(QLabel) if one.isVisible()]
    assert any(told), "why there is nothing"
    assert walker.complaints(page) == []
