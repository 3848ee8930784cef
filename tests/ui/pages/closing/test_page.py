"""The page Khóa sổ và bàn giao with real widgets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.year import PeriodState
from app.operations.exchange.looking import opened_status
from app.persistence import books
from tests.ui.pages.closing.test_presenter import chosen_before, seal
from tests.ui.pages.exchange.test_page import write
from tests.ui.pages.exchange.world import PASS, with_key
from tests.ui.pages.health.world import two_years
from tests.ui.walker import complaints, settle
from ui.application import Window
from ui.pages.closing.page import ClosingPage
from ui.places import PageId, Place
from ui.widgets.form import FormSheet

Go = Callable[..., Window]
Quiet = Callable[[Window], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One open year with three scored units."""
    two_years(tmp_path, years=("2026",)).close()
    return tmp_path / "so"


def page_of(window: Window) -> ClosingPage:
    page = window.frame.page
    assert isinstance(page, ClosingPage)
    return page


def pressed(qtbot: QtBot, words: str) -> None:
    """Presses a button of the sheet in sight."""
    sheet = QApplication.activeModalWidget()
    assert sheet is not None
    found = [one for one in sheet.findChildren(QPushButton) if one.text() == words]
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)


def test_enter_on_what_is_open_leads_to_where_it_is_mended(
    at_page: Go, folder: Path, qtbot: QtBot
) -> None:
    window = at_page(folder, Place(PageId.CLOSING))
    page = page_of(window)
    assert not page.close_year.isEnabled()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert window.frame.page.id is PageId.SCORES


def test_closing_is_asked_first_and_reopening_wants_a_reason(
    at_page: Go, folder: Path, qtbot: QtBot, quiet: Quiet
) -> None:
    window = at_page(folder, Place(PageId.OVERVIEW))
    seal(window.session.desk)
    window.frame.go(Place(PageId.CLOSING))
    quiet(window)
    page = page_of(window)
    qtbot.mouseClick(page.close_year, Qt.MouseButton.LeftButton)
    year = window.session.year
    assert year is not None
    assert year.state is PeriodState.OPEN
    pressed(qtbot, "Khóa sổ và sao lưu")
    quiet(window)
    for sheet in _sheets():
        sheet.close()
    assert window.session.year is not None
    assert window.session.year.state is PeriodState.CLOSED
    assert page.reopen.isVisible()
    qtbot.mouseClick(page.reopen, Qt.MouseButton.LeftButton)
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, FormSheet)
    qtbot.mouseClick(sheet.verb, Qt.MouseButton.LeftButton)
    assert window.session.year.state is PeriodState.CLOSED
    sheet.close()


def _sheets() -> list[FormSheet]:
    found = QApplication.activeModalWidget()
    return [found] if found is not None else []  # type: ignore[list-item]


def test_the_next_year_is_opened_beside_this_one(
    at_page: Go, folder: Path, qtbot: QtBot, quiet: Quiet
) -> None:
    window = at_page(folder, Place(PageId.CLOSING))
    page = page_of(window)
    qtbot.mouseClick(page.next_year, Qt.MouseButton.LeftButton)
    quiet(window)
    pressed(qtbot, "Mở năm 2027")
    quiet(window)
    for sheet in _sheets():
        sheet.close()
    assert window.session.year is not None
    assert window.session.year.id == "2026"
    qtbot.mouseClick(page.go_on, Qt.MouseButton.LeftButton)
    quiet(window)
    assert window.session.year.id == "2027"


def test_after_opening_a_year_last_year_s_answers_are_offered_and_later_again(
    at_page: Go, tmp_path: Path, qtbot: QtBot, quiet: Quiet
) -> None:
    chosen_before(tmp_path).close()
    window = at_page(tmp_path / "so", Place(PageId.CLOSING))
    page = page_of(window)
    assert not page.answers.isVisible()
    page.next_year.click()
    quiet(window)
    pressed(qtbot, "Mở năm 2027")
    quiet(window)
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, FormSheet)
    assert sheet.verb.text() == "Lấy lại cho năm 2027"
    digits = sheet.form.editor("so_le")
    assert isinstance(digits, QCheckBox)
    assert not digits.isChecked(), "nothing is taken over by itself"
    qtbot.keyClick(digits, Qt.Key.Key_Space)
    qtbot.mouseClick(sheet.verb, Qt.MouseButton.LeftButton)
    quiet(window)
    read = window.session.desk.workspace.read
    assert [(c.parameter, c.reason) for c in read(books.PARAMETER_CHOICES, "2027")] == [
        ("so_le", "như năm 2026: Quy chế 12/QC")
    ]
    qtbot.mouseClick(page.go_on, Qt.MouseButton.LeftButton)
    quiet(window)
    window.frame.go(Place(PageId.CLOSING))
    quiet(window)
    assert page.answers.isVisible()
    qtbot.mouseClick(page.answers, Qt.MouseButton.LeftButton)
    again = QApplication.activeModalWidget()
    assert isinstance(again, FormSheet)
    qtbot.mouseClick(again.verb, Qt.MouseButton.LeftButton)
    assert again.isVisible(), "nothing is ticked"
    for told in _sheets():
        if told is not again:
            told.close()
    box = again.form.editor("xet_them")
    assert isinstance(box, QCheckBox)
    box.setChecked(True)
    again.verb.click()
    quiet(window)
    assert {c.parameter for c in read(books.PARAMETER_CHOICES, "2027")} == {"so_le", "xet_them"}
    assert not page.answers.isVisible()


def test_the_book_is_checked_again(at_page: Go, folder: Path, qtbot: QtBot, quiet: Quiet) -> None:
    window = at_page(folder, Place(PageId.CLOSING))
    page = page_of(window)
    page.tabs.setCurrentIndex(1)
    qtbot.mouseClick(page.years.check, Qt.MouseButton.LeftButton)
    quiet(window)
    assert page.years.result.words.text().startswith("Sổ nguyên vẹn")


def test_it_stays_within_a_small_window(at_page: Go, folder: Path) -> None:
    least = page_of(at_page(folder, Place(PageId.CLOSING))).minimumSizeHint()
    assert least.width() <= 820
    assert least.height() <= 400


def test_a_mark_on_paper_is_compared_with_the_journal(
    at_page: Go, folder: Path, qtbot: QtBot, quiet: Quiet
) -> None:
    window = at_page(folder, Place(PageId.CLOSING))
    page = page_of(window)
    page.tabs.setCurrentIndex(1)
    for typed, found in (("0" * 16, False), (page.presenter.head[:17], True)):
        qtbot.mouseClick(page.years.compare, Qt.MouseButton.LeftButton)
        sheet = QApplication.activeModalWidget()
        assert isinstance(sheet, FormSheet)
        assert complaints(sheet) == []
        write(sheet, "mark", typed)
        qtbot.keyClick(sheet.form.editor("mark"), Qt.Key.Key_Return)
        quiet(window)
        assert page.years.result.isVisible() == found
        if not found:
            told = QApplication.activeModalWidget()
            assert told is not None
            assert any("không có dấu" in words.text() for words in told.findChildren(QLabel))
            qtbot.keyClick(told, Qt.Key.Key_Escape)
    assert "Sổ nguyên vẹn" in page.years.result.words.text()


class TestHandingOver:
    @pytest.fixture
    def page(self, at_page: Go, folder: Path, tmp_path: Path) -> ClosingPage:
        window = at_page(folder, Place(PageId.CLOSING))
        page = page_of(window)
        page.tabs.setCurrentIndex(2)
        (tmp_path / "goi").mkdir()
        page.handover.handing.choose_folder(tmp_path / "goi")
        return page

    @pytest.fixture
    def keyed(self, page: ClosingPage, kept_key: tuple[Path, str]) -> ClosingPage:
        with_key(page.context.preferences, kept_key)
        return page

    def ask(self, page: ClosingPage, window: Window, quiet: Quiet, qtbot: QtBot) -> FormSheet:
        qtbot.mouseClick(page.handover.pack, Qt.MouseButton.LeftButton)
        quiet(window)
        sheet = QApplication.activeModalWidget()
        assert isinstance(sheet, FormSheet)
        return sheet

    def test_without_a_key_one_is_made_first(
        self, page: ClosingPage, window: Window, quiet: Quiet, qtbot: QtBot
    ) -> None:
        sheet = self.ask(page, window, quiet, qtbot)
        assert sheet.windowTitle() == "Lập khóa của đơn vị"
        for key in ("passphrase", "again"):
            write(sheet, key, PASS)
        qtbot.keyClick(sheet.form.editor("again"), Qt.Key.Key_Return)
        quiet(window)
        pressed(qtbot, "Tiếp tục")
        quiet(window)
        sheet = QApplication.activeModalWidget()
        assert isinstance(sheet, FormSheet)
        assert sheet.windowTitle() == "Lập gói bàn giao"
        sheet.close()

    def test_by_keys_alone_the_package_is_signed_and_its_fingerprint_read_out(
        self, keyed: ClosingPage, window: Window, quiet: Quiet, qtbot: QtBot, tmp_path: Path
    ) -> None:
        sheet = self.ask(keyed, window, quiet, qtbot)
        assert complaints(sheet) == []
        reached = []
        while (now := sheet.focusWidget()) is not sheet.form.editor("passphrase"):
            assert now is not None
            reached.append(now.accessibleName())
            qtbot.keyClick(now, Qt.Key.Key_Tab)
        assert reached == [
            "Tệp minh chứng",
            "Người nhận",
            "Khóa gói",
            "Tên nơi gửi",
            "Lời nhắn kèm gói",
        ]
        write(sheet, "sender", "Sở A")
        write(sheet, "passphrase", PASS)
        qtbot.keyClick(sheet.form.editor("passphrase"), Qt.Key.Key_Return)
        quiet(window)
        (file,) = (tmp_path / "goi").iterdir()
        assert file.name in keyed.handover.written.words.text()
        assert complaints(window.frame) == []
        qtbot.mouseClick(keyed.handover.read_out, Qt.MouseButton.LeftButton)
        shown = QApplication.activeModalWidget()
        assert shown is not None
        number = shown.findChild(QLabel, "fingerprint")
        assert isinstance(number, QLabel)
        status = opened_status(file, (), None, "")
        assert status.key is not None
        assert number.text().split() == status.key.fingerprint.split()
        qtbot.keyClick(shown, Qt.Key.Key_Escape)

    def test_a_weak_passphrase_and_a_wrong_one_are_told_beside_their_fields(
        self, keyed: ClosingPage, window: Window, quiet: Quiet, qtbot: QtBot, tmp_path: Path
    ) -> None:
        sheet = self.ask(keyed, window, quiet, qtbot)
        form = sheet.form
        assert not form.editor("lock").isVisible()
        box = form.editor("locking")
        assert isinstance(box, QComboBox)
        box.setCurrentIndex(box.findData("passphrase"))
        assert form.editor("lock").isVisible()
        settle()
        assert complaints(sheet) == []
        for key, words in (
            ("lock", "ngắn"),
            ("again", "ngắn"),
            ("sender", "Sở A"),
            ("passphrase", "mật khẩu sai rồi"),
        ):
            write(sheet, key, words)
        pressed(qtbot, "Ký và ghi gói bàn giao")
        assert "ít nhất 10 ký tự" in form.editor("lock").accessibleDescription()
        for key in ("lock", "again"):
            write(sheet, key, PASS)
        pressed(qtbot, "Ký và ghi gói bàn giao")
        quiet(window)
        assert "không đúng" in form.editor("passphrase").accessibleDescription()
        assert list((tmp_path / "goi").iterdir()) == []
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
        assert QApplication.activeModalWidget() is None

    def test_every_step_can_be_read_on_a_small_screen(
        self, keyed: ClosingPage, window: Window, quiet: Quiet, qtbot: QtBot
    ) -> None:
        window.frame.resize(911, 512)
        sheet = self.ask(keyed, window, quiet, qtbot)
        settle()
        assert complaints(sheet) == []
        assert sheet.height() <= 512
        sheet.close()
        settle()
        assert complaints(window.frame) == []
