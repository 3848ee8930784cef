"""The start page by keys and clicks."""

from __future__ import annotations

import datetime as dt
import errno
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from app.operations.workspace_lifecycle import backup_workspace, create_workspace, open_workspace
from tests.ui.walker import complaints, settle
from ui.application import Window
from ui.flows.steps import Step
from ui.pages.start.page import StartPage
from ui.pages.start.wizard import Wizard
from ui.places import PageId, Place
from ui.widgets.sheet import Sheet

Go = Callable[..., Window]
Quiet = Callable[[Window], None]


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "tai-lieu"
    folder.mkdir()
    monkeypatch.setattr("ui.pages.start.presenter.user_documents_path", lambda: folder)
    return folder


@pytest.fixture
def start(documents: Path, window: Window) -> StartPage:
    page = window.frame.page
    assert isinstance(page, StartPage)
    return page


def wizard_of(page: StartPage) -> Wizard:
    assert page.wizard is not None
    return page.wizard


def sheet_of(window: Window) -> Sheet:
    return next(s for s in window.frame.findChildren(Sheet) if s.isVisible())


def press(sheet: Sheet, words: str, qtbot: QtBot) -> None:
    made = next(b for b in sheet.findChildren(QPushButton) if b.text() == words)
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)


def test_four_choices_invite_where_nothing_was_open_before(start: StartPage) -> None:
    choices = start.choices
    assert choices.isVisible()
    assert [card.accessibleName() for card in choices.cards] == [
        "Lập cụm, khối mới từ khung điểm",
        "Bắt đầu từ gói dữ liệu",
        "Mở sổ làm việc đã có",
        "Luyện tập với dữ liệu mẫu",
    ]
    assert not choices.table.isVisible()
    assert choices.help.isVisible()


def test_practice_opens_on_the_overview_and_asks_the_second_time(
    start: StartPage, window: Window, quiet: Quiet, qtbot: QtBot
) -> None:
    qtbot.mouseClick(start.choices.practise, Qt.MouseButton.LeftButton)
    quiet(window)
    assert window.frame.page.id is PageId.OVERVIEW
    assert "(luyện tập)" in window.frame.windowTitle()
    window.frame.go(Place(PageId.START))
    qtbot.mouseClick(start.choices.practise, Qt.MouseButton.LeftButton)
    press(sheet_of(window), "Lập sổ luyện tập mới", qtbot)
    quiet(window)
    assert window.session.workspace is not None
    assert window.session.workspace.folder.name.endswith(" 2")


def test_a_new_cluster_by_keyboard_alone(
    start: StartPage, window: Window, quiet: Quiet, qtbot: QtBot, documents: Path
) -> None:
    start.choices.begin.setFocus()
    qtbot.keyClick(start.choices.begin, Qt.Key.Key_Return)
    quiet(window)
    wizard = wizard_of(start)
    qtbot.keyClick(wizard.frames.table, Qt.Key.Key_Down)
    radios = wizard.frames.details.findChildren(QRadioButton)
    qtbot.keyClick(radios[1], Qt.Key.Key_Space)
    qtbot.keyClick(wizard.next, Qt.Key.Key_Return)
    assert wizard.draft.step is Step.UNITS
    wizard.units.name.selectAll()
    qtbot.keyClicks(wizard.units.name, "Khoi Noi chinh")
    for name in ("So A", "So B", "So C"):
        qtbot.keyClicks(wizard.units.text, name)
        qtbot.keyClick(wizard.units.text, Qt.Key.Key_Return)
    wizard.units.leader.setFocus()
    qtbot.keyClick(wizard.units.leader, Qt.Key.Key_Down)
    for _ in range(3):
        qtbot.keyClick(wizard.next, Qt.Key.Key_Return)
    assert wizard.draft.step is Step.PLACE
    qtbot.keyClicks(wizard.place.officer, "Nguyen Thi Hoa")
    qtbot.keyClick(wizard.next, Qt.Key.Key_Return)
    quiet(window)
    assert window.frame.page.id is PageId.OVERVIEW
    assert window.session.actor == "Nguyen Thi Hoa"
    assert window.session.units["so_a"].roles == {"leader"}
    assert [path.name for path in documents.iterdir()] == [window.session.workspace.folder.name]  # type: ignore[union-attr]
    assert window.preferences.recent_workspaces[0].name == "Khoi Noi chinh"
    assert start.wizard is None


def test_faults_are_told_together_and_go_as_they_are_mended(
    start: StartPage, window: Window, quiet: Quiet, qtbot: QtBot
) -> None:
    start.choices.begin.click()
    quiet(window)
    wizard = wizard_of(start)
    wizard.frames.details.findChildren(QRadioButton)[0].click()
    wizard.next.click()
    wizard.units.name.clear()
    wizard.units.name.textEdited.emit("")
    wizard.next.click()
    assert [fault.place for fault in wizard.faults.told] == ["Tên cụm, khối", "Các đơn vị"]
    qtbot.keyClicks(wizard.units.name, "K")
    assert [fault.place for fault in wizard.faults.told] == ["Các đơn vị"]
    wizard.units.text.setPlainText("A\nB")
    assert not wizard.faults.isVisible()


def test_a_year_that_cannot_be_read_is_not_passed_over(
    start: StartPage, window: Window, quiet: Quiet, qtbot: QtBot
) -> None:
    start.choices.begin.click()
    quiet(window)
    wizard = wizard_of(start)
    wizard.frames.details.findChildren(QRadioButton)[0].click()
    wizard.draft.cluster_name, wizard.draft.units_text = "Khối", "A\nB"
    wizard.rail[Step.YEAR].click()
    year, end = wizard.year.year, wizard.year.end
    assert isinstance(year, QLineEdit)
    assert isinstance(end, QLineEdit)
    year.clear()
    qtbot.keyClicks(year, "20x6")
    wizard.next.click()
    assert wizard.draft.step is Step.YEAR
    assert [fault.place for fault in wizard.faults.told] == ["Năm"]
    year.clear()
    qtbot.keyClicks(year, "2025")
    assert end.text() == "31/12/2025"
    end.clear()
    qtbot.keyClicks(end, "30.11.2025")
    wizard.next.click()
    assert wizard.draft.step is Step.TABLE
    assert wizard.draft.record.end == dt.date(2025, 11, 30)


def test_a_read_only_medium_opens_for_reading_and_says_so(
    start: StartPage, window: Window, quiet: Quiet, sample_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    open_workspace(sample_folder).close()

    def refused(*_arguments: object) -> None:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr("app.persistence.opening.Lock", refused)
    window.open(sample_folder)
    quiet(window)
    assert window.session.workspace is not None
    assert window.session.workspace.read_only
    assert sheet_of(window).windowTitle() == "Đã mở sổ, có điều cần xem"
    window.frame.go(Place(PageId.SETTINGS))
    settings = window.frame.page
    quiet(window)
    backups = next(b for b in settings.findChildren(QPushButton) if b.text() == "Sao lưu ngay")
    assert not backups.isEnabled()
    window.frame.go(Place(PageId.JOURNAL))
    quiet(window)
    words = [made.text() for made in window.frame.page.findChildren(QLabel)]
    assert "Sổ đang mở chỉ để đọc nên không hoàn tác được." in words


def test_the_wizard_survives_help_zoom_and_theme(
    start: StartPage, window: Window, quiet: Quiet
) -> None:
    start.choices.begin.click()
    quiet(window)
    wizard = wizard_of(start)
    wizard.frames.details.findChildren(QRadioButton)[0].click()
    wizard.next.click()
    wizard.units.text.setPlainText("Sở A\nSở B")
    window.frame.go(Place(PageId.HELP, topic="start"))
    window.preferences.dark = True
    window.context.restyle()
    window.frame.go(Place(PageId.START))
    quiet(window)
    page = window.frame.page
    assert isinstance(page, StartPage)
    assert wizard_of(page).units.text.toPlainText() == "Sở A\nSở B"
    assert wizard_of(page).draft.step is Step.UNITS


def test_a_page_that_is_gone_is_not_written_to_by_what_still_ran(
    start: StartPage, window: Window, quiet: Quiet
) -> None:
    start.choices.begin.click()
    window.context.restyle()
    quiet(window)
    page = window.frame.page
    assert isinstance(page, StartPage)
    assert page is not start
    assert wizard_of(page).frames.table.rows.rowCount() > 4
    assert not window.frame.findChildren(Sheet)


def test_giving_up_asks_once_something_was_typed(
    start: StartPage, window: Window, quiet: Quiet, qtbot: QtBot, documents: Path
) -> None:
    start.choices.begin.click()
    quiet(window)
    wizard_of(start).give_up.click()
    assert start.choices.isVisible()
    start.choices.begin.click()
    quiet(window)
    wizard_of(start).draft.units_text = "Sở A"
    wizard_of(start).give_up.click()
    assert start.wizard is not None
    press(sheet_of(window), "Bỏ những gì đã ghi", qtbot)
    assert start.choices.isVisible()
    assert not list(documents.iterdir())


def test_a_recent_workspace_opens_with_enter_and_a_missing_one_is_taken_off(
    start: StartPage, window: Window, quiet: Quiet, qtbot: QtBot, sample_folder: Path
) -> None:
    window.preferences.opened(sample_folder, "Khối A")
    window.preferences.opened(sample_folder.with_name("mat"), "Khối B")
    window.frame.go(Place(PageId.START))
    quiet(window)
    table = start.choices.table
    assert table.current is not None
    assert not start.choices.open.isEnabled()
    qtbot.mouseClick(start.choices.remove, Qt.MouseButton.LeftButton)
    assert [row.name for row in table.rows.rows] == ["Khối A"]
    qtbot.keyClick(table, Qt.Key.Key_Return)
    quiet(window)
    assert window.frame.page.id is PageId.OVERVIEW


def test_a_folder_is_asked_for_without_stopping_the_window(
    start: StartPage, window: Window, quiet: Quiet, sample_folder: Path
) -> None:
    start.choices.browse.click()
    dialog = next(d for d in window.frame.findChildren(QFileDialog) if d.isVisible())
    dialog.fileSelected.emit(str(sample_folder))
    dialog.close()
    quiet(window)
    assert window.session.workspace is not None
    assert window.session.workspace.folder == sample_folder


def test_an_unknown_officer_is_asked_and_the_first_year_is_opened(
    start: StartPage, window: Window, quiet: Quiet, qtbot: QtBot, tmp_path: Path
) -> None:
    create_workspace(tmp_path / "so", "A").close()
    window.open(tmp_path / "so")
    quiet(window)
    assert start.who.isVisible()
    qtbot.mouseClick(start.who.verb, Qt.MouseButton.LeftButton)
    assert start.who.isVisible()
    qtbot.keyClicks(start.who.form.editor("name"), "Hoa")
    qtbot.keyClick(start.who.form.editor("name"), Qt.Key.Key_Return)
    assert start.first_year.isVisible()
    qtbot.keyClicks(start.first_year.form.editor("year"), "2026")
    qtbot.mouseClick(start.first_year.verb, Qt.MouseButton.LeftButton)
    quiet(window)
    assert window.frame.page.id is PageId.OVERVIEW
    assert window.session.year is not None
    assert window.session.year.id == "2026"


def test_a_damaged_workspace_is_restored_in_three_steps(
    start: StartPage, window: Window, quiet: Quiet, qtbot: QtBot, sample_folder: Path
) -> None:
    with open_workspace(sample_folder) as workspace:
        backup_workspace(workspace)
    (sample_folder / "workspace.sqlite").write_bytes(b"x" * 5000)
    window.open(sample_folder)
    quiet(window)
    view = start.trouble
    assert window.frame.page.id is PageId.START
    assert view.isVisible()
    assert "bị hỏng" in start.sentence.whole_text()
    view.table.selectRow(0)
    assert not view.restore.isEnabled()
    qtbot.keyClicks(view.actor, "Hoa")
    qtbot.mouseClick(view.restore, Qt.MouseButton.LeftButton)
    quiet(window)
    assert window.frame.page.id is PageId.OVERVIEW
    assert len(window.session.units) == 8


def test_one_in_use_offers_to_try_again(
    start: StartPage, window: Window, quiet: Quiet, sample_folder: Path
) -> None:
    with open_workspace(sample_folder):
        window.open(sample_folder)
        quiet(window)
        assert "đang được mở ở nơi khác" in start.sentence.whole_text()
        assert not start.trouble.copies.isVisible()
    start.trouble.again.click()
    quiet(window)
    assert window.session.seat is not None


def test_the_house_leads_here_and_back(at_page: Go, sample_folder: Path, quiet: Quiet) -> None:
    window = at_page(sample_folder, Place(PageId.OVERVIEW))
    window.frame.top_bar.start.click()
    page = window.frame.page
    assert isinstance(page, StartPage)
    page.return_to_work.click()
    assert window.frame.page.id is PageId.OVERVIEW
    window.frame.go(Place(PageId.START))
    page.close_book.click()
    assert window.session.workspace is None
    assert not page.close_book.isVisible()


@pytest.mark.parametrize("large", [True, False])
def test_every_view_fits_a_small_window_and_reads_well(
    start: StartPage, window: Window, quiet: Quiet, sample_folder: Path, large: bool
) -> None:
    if not large:
        window.frame.resize(911, 512)
    start.choices.begin.click()
    quiet(window)
    wizard = wizard_of(start)
    wizard.frames.details.findChildren(QRadioButton)[0].click()
    for step in Step:
        wizard.next.click()
        settle()
        assert complaints(start) == [], step
        wizard.units.text.setPlainText("Sở Rất Dài " * 12 + "\nSở B")
    assert start.minimumSizeHint().width() <= 840
    assert start.minimumSizeHint().height() <= 400
    start.presenter.give_up()
    window.preferences.opened(sample_folder, "Khối thi đua " * 12)
    window.frame.go(Place(PageId.START))
    settle()
    assert complaints(start) == []
