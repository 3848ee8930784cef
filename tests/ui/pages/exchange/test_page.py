"""The page of packages through its real widgets, with real packages between two workspaces."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.exchange.packages import Kind
from app.operations.exchange.packing import Envelope, Order
from app.operations.exchange.sending import Lock, send
from app.operations.exchange.taking_in import Side
from app.operations.workspace.entries import clear_scores, enter_scores
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.rounds import submit_round
from tests.ui import walker
from tests.ui.pages.exchange.world import (
    CRITERIA,
    NAME,
    OTHER,
    PASS,
    THEIRS,
    UNIT,
    desk_at,
    package_from,
    score_in,
    with_key,
)
from ui.application import Window
from ui.pages.exchange.page import ExchangePage
from ui.places import PageId, Place
from ui.sheets.key_sheet import PassphraseSheet
from ui.widgets.form import FormSheet
from ui.widgets.sheet import Sheet

Go = Callable[..., Window]
Wait = Callable[[Window], None]


def page_of(window: Window) -> ExchangePage:
    page = window.frame.page
    assert isinstance(page, ExchangePage)
    return page


def primaries(page: ExchangePage) -> list[QPushButton]:
    return [
        button
        for button in page.findChildren(QPushButton)
        if button.property("kind") == "primary" and button.isVisible()
    ]


def primary(page: ExchangePage) -> QPushButton:
    (shown,) = primaries(page)
    return shown


def sheets() -> list[Sheet]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, Sheet) and w.isVisible()]


def sheet() -> Sheet:
    return sheets()[-1]


def form_sheet() -> FormSheet:
    shown = sheet()
    assert isinstance(shown, FormSheet)
    return shown


def write(shown: FormSheet, key: str, words: str) -> QLineEdit:
    line = shown.form.editor(key)
    assert isinstance(line, QLineEdit)
    line.setText(words)
    return line


def press(qtbot: QtBot, parent: QWidget, words: str) -> None:
    (button,) = [b for b in parent.findChildren(QPushButton) if b.text() == words]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def click(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def drop(page: ExchangePage, files: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    args = (data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPointF(5, 5), Qt.DropAction.CopyAction, *args)
    page.dragEnterEvent(enter)
    if enter.isAccepted():
        page.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, *args))


@pytest.fixture
def window(at_page: Go, sample_folder: Path) -> Window:
    return at_page(sample_folder, Place(PageId.EXCHANGE))


@pytest.fixture
def keyed(window: Window, kept_key: tuple[Path, str]) -> Window:
    """A window on a computer that has the unit's key."""
    with_key(window.preferences, kept_key)
    page_of(window).refresh(page_of(window).topics)
    return window


@pytest.fixture
def package(their_folder: Path, tmp_path: Path) -> Path:
    return package_from(their_folder, tmp_path / "goi")


def confirm(window: Window, quiet: Wait) -> None:
    page_of(window).senders.senders.confirm(NAME, THEIRS.public, THEIRS.public.fingerprint, UNIT)
    quiet(window)


class TestTheKey:
    def test_is_explained_and_made_before_the_first_package(
        self, window: Window, quiet: Wait, qtbot: QtBot
    ) -> None:
        page = page_of(window)
        click(qtbot, primary(page))
        shown = form_sheet()
        write(shown, "passphrase", "ngắn")
        write(shown, "again", "ngắn")
        press(qtbot, shown, "Lập khóa")
        assert not page.key.is_there, "a passphrase that is too short makes no key"
        assert "ít nhất 10 ký tự" in shown.form.editor("passphrase").accessibleDescription()
        write(shown, "passphrase", PASS)
        write(shown, "again", PASS)
        qtbot.keyClick(shown.form.editor("again"), Qt.Key.Key_Return)
        quiet(window)
        assert page.key.is_there
        number = sheet().findChild(QLabel, "fingerprint")
        assert isinstance(number, QLabel)
        assert number.text().split() == page.key.fingerprint.split()
        assert walker.complaints(sheet()) == []
        qtbot.keyClick(sheet(), Qt.Key.Key_Escape)
        page.go_to(Place(PageId.EXCHANGE, topic="noi-gui"))
        assert page.key.fingerprint in page.senders.mark.text()

    def test_is_not_made_where_the_officer_thinks_better_of_it(
        self, window: Window, qtbot: QtBot
    ) -> None:
        page = page_of(window)
        click(qtbot, primary(page))
        assert walker.complaints(sheet()) == []
        qtbot.keyClick(sheet(), Qt.Key.Key_Escape)
        assert sheets() == []
        assert not page.key.is_there


class TestSending:
    def choose(self, page: ExchangePage, kind: Kind) -> None:
        box = page.send.form.editor("kind")
        assert isinstance(box, QComboBox)
        box.setCurrentIndex(box.findData(kind.value))
        for key, words in (("sender", "Khối Nội chính"), ("other", "Sở Nội vụ")):
            line = page.send.form.editor(key)
            assert isinstance(line, QLineEdit)
            line.setText(words)

    def test_shows_what_would_leave_then_signs_and_writes_it(
        self, keyed: Window, quiet: Wait, qtbot: QtBot, tmp_path: Path
    ) -> None:
        page = page_of(keyed)
        out = tmp_path / "ra"
        out.mkdir()
        page.send.sending.choose_folder(out)
        self.choose(page, Kind.FOR_APPRAISAL)
        page.send.form.editor("papers").setChecked(False)  # type: ignore[union-attr]
        click(qtbot, primary(page))
        quiet(keyed)
        shown = form_sheet()
        said = " ".join(words.text() for words in shown.findChildren(QLabel))
        assert "Khối Nội chính gửi Sở Nội vụ." in said
        assert "Gói khoảng " in said
        assert walker.complaints(shown) == []
        write(shown, "passphrase", "mật khẩu sai rồi")
        press(qtbot, shown, "Ký và ghi gói")
        quiet(keyed)
        assert list(out.iterdir()) == []
        assert "không đúng" in shown.form.editor("passphrase").accessibleDescription()
        write(shown, "passphrase", PASS)
        press(qtbot, shown, "Ký và ghi gói")
        quiet(keyed)
        (file,) = out.iterdir()
        assert sheets() == []
        assert file.name in page.send.notice.words.text()
        assert page.key.fingerprint in page.send.notice.words.text()
        page.go_to(Place(PageId.EXCHANGE, topic="so-goi"))
        (row,) = page.register.table.rows.rows
        assert row.line.kind == "Kết quả gửi thẩm định"

    def test_asks_only_for_what_the_kind_needs(self, keyed: Window) -> None:
        page = page_of(keyed)
        fields = ("unit", "agency", "criteria", "due", "extent", "evidence")

        def asked() -> set[str]:
            return {key for key in fields if not page.send.form.editor(key).isHidden()}

        self.choose(page, Kind.SELF_SCORE)
        assert asked() == {"unit", "extent", "evidence"}
        self.choose(page, Kind.FIGURES_REQUEST)
        assert asked() == {"agency", "criteria", "due"}
        self.choose(page, Kind.RULE_PACK)
        assert asked() == set()

    def test_a_house_without_a_name_is_asked_for_it(self, keyed: Window, qtbot: QtBot) -> None:
        page = page_of(keyed)
        click(qtbot, primary(page))
        assert sheets() == []
        assert "Cần ghi tên nơi gửi" in page.send.form.editor("sender").accessibleDescription()


class TestReceiving:
    def test_a_stranger_is_confirmed_by_ear_and_conflicts_are_decided_by_keys(
        self, window: Window, package: Path, quiet: Wait, qtbot: QtBot
    ) -> None:
        page = page_of(window)
        drop(page, [package])
        quiet(window)
        assert page.tabs.currentWidget() is page.receive
        assert primary(page).text() == "Xác nhận nơi gửi…"
        click(qtbot, primary(page))
        assert walker.complaints(sheet()) == []
        write(form_sheet(), "heard", OTHER.public.fingerprint)
        press(qtbot, sheet(), "Xác nhận nơi gửi")
        assert "KHÁC khóa đã ký gói" in form_sheet().form.editor("heard").accessibleDescription()
        assert page.senders.senders.rows() == ()
        write(form_sheet(), "heard", THEIRS.public.fingerprint)
        press(qtbot, sheet(), "Xác nhận nơi gửi")
        quiet(window)
        assert sheets() == []
        assert primary(page).text() == "Quyết định 2 mục hai bên cùng sửa"
        click(qtbot, primary(page))
        table = page.receive.parts.conflicts
        assert table.isVisible()
        press(qtbot, page.receive, "Giữ của sổ")
        qtbot.keyClick(table, Qt.Key.Key_Space)
        qtbot.keyClick(table, Qt.Key.Key_Space)
        assert [row.decision for row in table.rows.rows] == ["Giữ của sổ", "Lấy của gói"]
        assert primary(page).text() == "Nhận 1 thay đổi"
        assert walker.complaints(window.frame) == []
        click(qtbot, primary(page))
        quiet(window)
        desk = window.session.desk
        assert [score_in(desk, criterion) for criterion in CRITERIA] == [True, False]
        assert page.receive.done.isVisible()
        qtbot.keyClick(window.frame, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        quiet(window)
        assert score_in(desk, CRITERIA[1])
        assert not page.receive.done.isVisible(), "what was taken back is not praised"
        assert len(page.register.register.rows()) == 0

    def test_all_conflicts_are_settled_by_one_rule(
        self, window: Window, package: Path, quiet: Wait, qtbot: QtBot
    ) -> None:
        page = page_of(window)
        confirm(window, quiet)
        page.look_at(package)
        quiet(window)
        press(qtbot, page.receive, "Lấy tất cả của gói")
        assert primary(page).text() == "Nhận 2 thay đổi"
        press(qtbot, page.receive, "Giữ tất cả của sổ")
        assert primary(page).text() == "Ghi nhận gói"

    def test_changes_are_found_without_accents(
        self, window: Window, their_folder: Path, quiet: Wait, tmp_path: Path
    ) -> None:
        page = page_of(window)
        window.session.act(
            lambda desk: clear_scores(desk, [(UNIT, f"I.1.{n}", "self") for n in (1, 2, 3)])
        )
        confirm(window, quiet)
        page.look_at(package_from(their_folder, tmp_path / "goi", lambda _desk: None))
        quiet(window)
        table = page.receive.parts.changes
        assert len(table.rows.rows) == 3
        page.receive.parts.search.setText("tuan tra")
        assert [row.what.split(" “")[0] for row in table.rows.rows] == ["Tiêu chí I.1.2"]

    def test_what_the_sender_may_not_change_is_listed_and_left_out(
        self, window: Window, their_folder: Path, quiet: Wait, tmp_path: Path, qtbot: QtBot
    ) -> None:
        page = page_of(window)
        with desk_at(their_folder) as desk:
            for round_id in ("self", "cluster"):
                submit_round(desk, round_id, None, dt.date(2019, 11, 20))
            enter_scores(desk, [TypedCell(UNIT, "I.1.1", "department", points="7", reason="x")])
            file = send(
                desk,
                Order(Kind.FOR_APPRAISAL, papers=False),
                Envelope("Khối Nội chính"),
                THEIRS,
                tmp_path,
            ).file
        page.senders.senders.confirm("Khối Nội chính", THEIRS.public, THEIRS.public.fingerprint)
        page.look_at(file)
        quiet(window)
        assert len(page.receive.receiving.beyond()) == 1
        assert primary(page).text() == "Xem 1 mục không được sửa"
        click(qtbot, primary(page))
        assert page.receive.parts.beyond.isVisible()
        qtbot.keyClick(page.receive.parts.agree, Qt.Key.Key_Space)
        assert primary(page).text() == "Nhận 16 thay đổi", "eight units handed in two rounds"

    def test_a_changed_key_rings_the_alarm_and_leaves_no_button(
        self, window: Window, their_folder: Path, quiet: Wait, tmp_path: Path
    ) -> None:
        page = page_of(window)
        confirm(window, quiet)
        page.look_at(package_from(their_folder, tmp_path / "gia", key=OTHER))
        quiet(window)
        assert page.receive.verdict.words.text().startswith("CẢNH BÁO: ")
        assert page.receive.verdict.property("tone") == "error"
        walker.settle()
        assert primaries(page) == []
        assert walker.complaints(window.frame) == []

    def test_a_locked_package_is_opened_with_its_passphrase(
        self, window: Window, their_folder: Path, quiet: Wait, tmp_path: Path, qtbot: QtBot
    ) -> None:
        page = page_of(window)
        page.look_at(package_from(their_folder, tmp_path / "kin", lock=Lock(passphrase=PASS)))
        shown = sheet()
        assert isinstance(shown, PassphraseSheet)
        assert page.receive.receiving.seen is None
        write(shown, "passphrase", PASS)
        press(qtbot, shown, "Mở và xem gói")
        quiet(window)
        assert sheets() == []
        assert primary(page).text() == "Xác nhận nơi gửi…"

    def test_a_package_in_sight_follows_the_book(
        self, window: Window, package: Path, quiet: Wait
    ) -> None:
        page = page_of(window)
        confirm(window, quiet)
        page.look_at(package)
        quiet(window)
        assert page.receive.receiving.open_conflicts == 2
        window.session.act(lambda desk: clear_scores(desk, [(UNIT, CRITERIA[0], "self")]))
        quiet(window)
        assert page.receive.receiving.open_conflicts == 1

    def test_a_file_that_is_no_package_says_so(
        self, window: Window, quiet: Wait, tmp_path: Path
    ) -> None:
        page = page_of(window)
        (tmp_path / "thu.bvg").write_bytes(b"khong phai goi")
        page.look_at(tmp_path / "thu.bvg")
        quiet(window)
        assert "không nguyên vẹn" in page.receive.verdict.words.text()
        assert primaries(page) == []
        page.receive.clear()
        assert primary(page).text() == "Chọn gói…"


def test_a_sender_is_retired_with_a_reason(window: Window, quiet: Wait, qtbot: QtBot) -> None:
    page = page_of(window)
    confirm(window, quiet)
    page.go_to(Place(PageId.EXCHANGE, topic="noi-gui"))
    press(qtbot, page.senders, "Thôi dùng khóa này…")
    qtbot.keyClick(sheet(), Qt.Key.Key_Return)
    assert page.senders.senders.names == (NAME,), "without a reason nothing is retired"
    form_sheet().form.editor("reason").setPlainText("mất máy tính")  # type: ignore[union-attr]
    press(qtbot, sheet(), "Thôi dùng khóa")
    quiet(window)
    (row,) = page.senders.table.rows.rows
    assert row.state == "Thôi dùng: mất máy tính"
    assert not page.senders.retire.isEnabled()


def test_every_part_can_be_read_and_used_on_a_small_screen(
    keyed: Window, package: Path, quiet: Wait
) -> None:
    page = page_of(keyed)
    confirm(keyed, quiet)
    keyed.frame.resize(911, 512)
    page.look_at(package)
    quiet(keyed)

    def fits(topic: str) -> None:
        page.go_to(Place(PageId.EXCHANGE, topic=topic))
        walker.settle()
        assert page.minimumSizeHint().width() <= 820
        assert page.minimumSizeHint().height() <= 400
        assert walker.complaints(keyed.frame) == []

    for topic in ("gui", "nhan", "noi-gui"):
        fits(topic)
    page.receive.receiving.decide_all(Side.OURS)
    page.receive.take_in()
    quiet(keyed)
    fits("so-goi")
