"""The sheet "Bắt đầu từ gói dữ liệu" by keys and clicks, from the start page and the exchange."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.exchange.packages import Kind
from app.ground.findings import Finding, Severity, UserError
from app.operations.exchange.keyring import confirm_sender
from app.operations.exchange.sending import Lock
from tests.ui import walker
from tests.ui.pages.exchange.world import PASS, THEIRS
from tests.ui.sheets.handed import HOUSE, OPEN, Old, make_old
from ui.application import Window
from ui.pages.exchange.page import ExchangePage
from ui.pages.start.page import StartPage
from ui.places import PageId, Place
from ui.sheets.begin_sheet import BeginSheet
from ui.sheets.key_sheet import PassphraseSheet
from ui.widgets.sheet import Sheet

HEIR = "Trần Thị Lan"
Wait = Callable[[Window], None]


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Old:
    return make_old(tmp_path_factory.mktemp("cu"))


@pytest.fixture(scope="module")
def package(old: Old, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("goi")
    return old.copied(folder / "so").sends(folder)


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


def top() -> Sheet:
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, Sheet)
    return shown


def begin_sheet() -> BeginSheet:
    shown = top()
    assert isinstance(shown, BeginSheet)
    return shown


def box(sheet: BeginSheet, key: str) -> QCheckBox:
    found = sheet.form.editor(key)
    assert isinstance(found, QCheckBox)
    return found


def press(qtbot: QtBot, sheet: Sheet, words: str) -> None:
    (made,) = [b for b in sheet.findChildren(QPushButton) if b.text() == words]
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)


def drop(page: StartPage, place: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(place))])
    args = (data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPointF(5, 5), Qt.DropAction.CopyAction, *args)
    page.dragEnterEvent(enter)
    assert enter.isAccepted()
    page.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, *args))


@pytest.fixture
def shown(start: StartPage, window: Window, quiet: Wait, package: Path) -> BeginSheet:
    """The sheet over a start page on which nothing was ever opened."""
    start.begin_from(package)
    quiet(window)
    return begin_sheet()


class TestAtTheStart:
    def test_by_keys_alone_the_book_opens_on_the_overview(
        self, shown: BeginSheet, window: Window, quiet: Wait, qtbot: QtBot, documents: Path
    ) -> None:
        assert walker.complaints(shown) == []
        number = shown.findChild(QLabel, "fingerprint")
        assert isinstance(number, QLabel)
        assert number.text().split() == THEIRS.public.fingerprint.split()
        tick = box(shown, "compared")
        assert shown.focusWidget() is tick
        qtbot.keyClick(tick, Qt.Key.Key_Space)
        qtbot.keyClick(tick, Qt.Key.Key_Tab)
        name = shown.focusWidget()
        assert name is shown.form.editor("officer")
        assert isinstance(name, QLineEdit)
        name.insert(HEIR)  # as an input method does
        qtbot.keyClick(name, Qt.Key.Key_Return)
        quiet(window)
        assert window.frame.page.id is PageId.OVERVIEW
        assert QApplication.activeModalWidget() is None
        workspace = window.session.workspace
        assert workspace is not None
        assert workspace.folder == documents / "Cụm 1 2026"
        assert window.session.actor == HEIR
        assert window.preferences.recent == (workspace.folder,)

    def test_without_comparing_and_without_a_name_both_are_told_and_nothing_is_made(
        self, shown: BeginSheet, window: Window, quiet: Wait, qtbot: QtBot, documents: Path
    ) -> None:
        qtbot.keyClick(shown.form.editor("officer"), Qt.Key.Key_Return)
        quiet(window)
        assert "so dấu khóa trước" in shown.form.editor("compared").accessibleDescription()
        assert "Cần ghi họ tên" in shown.form.editor("officer").accessibleDescription()
        assert shown.focusWidget() is shown.form.editor("compared")
        assert list(documents.iterdir()) == []

    def test_escape_leaves_everything_as_it_was(
        self, shown: BeginSheet, window: Window, qtbot: QtBot, documents: Path
    ) -> None:
        qtbot.keyClick(shown, Qt.Key.Key_Escape)
        assert QApplication.activeModalWidget() is None
        assert list(documents.iterdir()) == []
        assert window.frame.page.id is PageId.START

    def test_on_a_small_screen_every_field_can_be_read(
        self, start: StartPage, window: Window, quiet: Wait, package: Path
    ) -> None:
        window.frame.resize(911, 512)
        start.begin_from(package)
        quiet(window)
        walker.settle()
        assert walker.complaints(begin_sheet()) == []
        assert begin_sheet().height() <= 512
        begin_sheet().close()

    def test_another_place_is_chosen_and_shown(
        self, shown: BeginSheet, qtbot: QtBot, tmp_path: Path, documents: Path
    ) -> None:
        assert shown.place is not None
        assert shown.place.text().replace("\u200b", "").endswith("tai-lieu/Cụm 1 2026")
        stick = tmp_path / "usb"
        stick.mkdir()
        (stick / "anh.jpg").touch()
        press(qtbot, shown, "Chọn nơi lưu khác…")
        dialog = shown.findChild(QFileDialog)
        assert isinstance(dialog, QFileDialog)
        dialog.fileSelected.emit(str(stick))
        dialog.close()
        assert shown.place.text().replace("\u200b", "") == str(stick / "Cụm 1 2026")
        shown.close()

    def test_a_package_that_is_dropped_is_looked_at(
        self, start: StartPage, window: Window, quiet: Wait, package: Path
    ) -> None:
        drop(start, package)
        quiet(window)
        assert begin_sheet().beginning.sender == HOUSE
        begin_sheet().close()

    def test_a_folder_that_is_dropped_is_opened(
        self, start: StartPage, window: Window, quiet: Wait, old: Old, tmp_path: Path
    ) -> None:
        book = old.copied(tmp_path / "so")
        drop(start, book.folder)
        quiet(window)
        assert window.session.workspace is not None
        assert window.session.workspace.folder == book.folder

    def test_the_choice_asks_for_a_file(self, start: StartPage, qtbot: QtBot) -> None:
        qtbot.keyClick(start.choices.receive, Qt.Key.Key_Return)
        dialog = start.window().findChild(QFileDialog)
        assert isinstance(dialog, QFileDialog)
        assert dialog.nameFilters()[0] == "Gói dữ liệu (*.bvg)"
        dialog.close()

    def test_while_it_is_made_the_way_out_stops_it(
        self,
        shown: BeginSheet,
        window: Window,
        quiet: Wait,
        qtbot: QtBot,
        documents: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        asked = threading.Event()

        def slowly(*_what: object, tell: Callable[[float, str], None], **_more: object) -> None:
            tell(0.2, "Lập lại sổ từ nhật ký")
            assert asked.wait(20)
            tell(0.3, "không đến được đây")

        monkeypatch.setattr("ui.flows.beginning.begin_from", slowly)
        box(shown, "compared").setChecked(True)
        officer = shown.form.editor("officer")
        assert isinstance(officer, QLineEdit)
        officer.insert(HEIR)
        qtbot.keyClick(officer, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: shown.told.text() == "Lập lại sổ từ nhật ký")
        assert shown.bar.value() == 20
        assert not shown.verb.isEnabled()
        assert walker.complaints(shown) == []
        press(qtbot, shown, "Dừng")
        assert shown.isVisible()
        asked.set()
        quiet(window)
        assert shown.told.text() == "Đã dừng. Chưa có gì được lập trên máy."
        assert shown.verb.isEnabled()
        qtbot.keyClick(shown, Qt.Key.Key_Escape)
        assert QApplication.activeModalWidget() is None

    def test_where_the_open_book_cannot_be_closed_the_sheet_still_can(
        self,
        shown: BeginSheet,
        window: Window,
        quiet: Wait,
        qtbot: QtBot,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def refused(*_what: object) -> None:
            raise UserError(
                [Finding("disk_full", Severity.ERROR, "ổ đĩa", "Ổ đĩa đã đầy.", "Xóa.")]
            )

        box(shown, "compared").setChecked(True)
        officer = shown.form.editor("officer")
        assert isinstance(officer, QLineEdit)
        officer.insert(HEIR)
        with monkeypatch.context() as patched:
            patched.setattr(window.session, "adopt", refused)
            qtbot.keyClick(officer, Qt.Key.Key_Return)
            quiet(window)
        qtbot.waitUntil(lambda: top() is not shown)
        assert any(words.text() == "Ổ đĩa đã đầy." for words in top().findChildren(QLabel))
        qtbot.keyClick(top(), Qt.Key.Key_Escape)
        qtbot.keyClick(shown, Qt.Key.Key_Escape)
        assert QApplication.activeModalWidget() is None


class TestWhatIsRefused:
    def test_a_package_that_was_cut_leaves_only_another_one(
        self, start: StartPage, window: Window, quiet: Wait, package: Path, tmp_path: Path
    ) -> None:
        cut = tmp_path / "dut.bvg"
        cut.write_bytes(package.read_bytes()[:-500])
        start.begin_from(cut)
        quiet(window)
        sheet = begin_sheet()
        assert not sheet.verb.isVisible()
        assert not sheet.form.isVisible()
        assert walker.complaints(sheet) == []
        assert any("dut.bvg" in words.text() for words in sheet.findChildren(QLabel))
        assert sheet.focusWidget().text() == "Chọn gói khác…"  # type: ignore[union-attr]
        sheet.close()

    def test_what_its_sender_may_not_say_is_left_out_once_that_is_ticked(
        self,
        start: StartPage,
        window: Window,
        quiet: Wait,
        qtbot: QtBot,
        old: Old,
        tmp_path: Path,
    ) -> None:
        start.begin_from(old.copied(tmp_path / "so").sends(tmp_path, Kind.FOR_APPRAISAL))
        quiet(window)
        sheet = begin_sheet()
        box(sheet, "compared").setChecked(True)
        officer = sheet.form.editor("officer")
        assert isinstance(officer, QLineEdit)
        officer.insert(HEIR)
        assert not box(sheet, "beyond").isVisible()
        press(qtbot, sheet, "Lập sổ làm việc")
        quiet(window)
        qtbot.waitUntil(lambda: top() is not sheet)
        assert any("6 mục" in words.text() for words in top().findChildren(QLabel))
        qtbot.keyClick(top(), Qt.Key.Key_Escape)
        assert box(sheet, "beyond").isVisible()
        box(sheet, "beyond").setChecked(True)
        press(qtbot, sheet, "Lập sổ làm việc")
        quiet(window)
        assert window.session.year is not None
        assert window.session.year.id == OPEN

    def test_a_wrong_passphrase_is_told_beside_its_field(
        self,
        start: StartPage,
        window: Window,
        quiet: Wait,
        qtbot: QtBot,
        old: Old,
        tmp_path: Path,
    ) -> None:
        start.begin_from(old.copied(tmp_path / "so").sends(tmp_path, lock=Lock(passphrase=PASS)))
        asked = top()
        assert isinstance(asked, PassphraseSheet)
        line = asked.form.editor("passphrase")
        assert isinstance(line, QLineEdit)
        line.setText("mật khẩu sai rồi")
        qtbot.keyClick(line, Qt.Key.Key_Return)
        quiet(window)
        assert "Mật khẩu" in line.accessibleDescription()
        line.setText(PASS)
        qtbot.keyClick(line, Qt.Key.Key_Return)
        quiet(window)
        assert begin_sheet().beginning.sender == HOUSE
        begin_sheet().close()

    def test_a_locked_package_may_be_opened_with_a_key_that_lies_elsewhere(
        self, start: StartPage, old: Old, tmp_path: Path, qtbot: QtBot
    ) -> None:
        start.begin_from(old.copied(tmp_path / "so").sends(tmp_path, lock=Lock(passphrase=PASS)))
        press(qtbot, top(), "Mở bằng tệp khóa của đơn vị…")
        dialog = start.window().findChild(QFileDialog)
        assert isinstance(dialog, QFileDialog)
        assert dialog.windowTitle() == "Tệp khóa đã có"
        dialog.close()


def test_beside_an_open_book_the_confirmed_sender_is_not_asked_for_again(
    window: Window, quiet: Wait, qtbot: QtBot, old: Old, package: Path, tmp_path: Path
) -> None:
    window.open(old.copied(tmp_path / "so").folder)
    quiet(window)
    window.session.act(
        lambda desk: confirm_sender(desk, HOUSE, THEIRS.public, THEIRS.public.fingerprint)
    )
    window.frame.go(Place(PageId.EXCHANGE))
    page = window.frame.page
    assert isinstance(page, ExchangePage)
    page.look_at(package)
    quiet(window)
    page.receive.act()
    sheet = begin_sheet()
    assert sheet.findChild(QLabel, "fingerprint") is None
    assert sheet.beginning.folder == tmp_path / "Cụm 1 2026"
    officer = sheet.form.editor("officer")
    assert isinstance(officer, QLineEdit)
    assert officer.text() == "Hoa"
    officer.setText(HEIR)
    qtbot.keyClick(officer, Qt.Key.Key_Return)
    quiet(window)
    assert window.session.workspace is not None
    assert window.session.workspace.folder == tmp_path / "Cụm 1 2026"
    assert window.session.actor == HEIR
