"""A book changes hands through two windows: the old leader's, and one on an empty computer.

The old leader closes the year, makes the unit's key and the handover package by clicks; the
fingerprint is read out on the telephone. The next leader's computer has no settings and no book:
the package is begun from at the start page. The sealed year verifies by the seal and the head that
the minutes bear, its result and papers are the same, and the next year goes on.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from app.domain.year import Evidence
from app.operations.workspace import ballots
from app.operations.workspace.awards import propose
from app.operations.workspace.desk import Desk
from app.operations.workspace.entries import enter_scores
from app.operations.workspace.evidence import cite_evidence
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.rounds import seal_round, submit_round
from app.operations.workspace_lifecycle import open_workspace
from app.persistence import books
from ui.application import Window, qt_application
from ui.pages.closing.page import ClosingPage
from ui.pages.start.page import StartPage
from ui.places import PageId, Place
from ui.preferences import Preferences
from ui.sheets.begin_sheet import BeginSheet
from ui.widgets.form import FormSheet
from ui.widgets.sheet import Sheet

from . import whole_year as world
from .whole_year import HEIR, HOUSE, LEADER, MEETING, NEXT, ROUNDS, YEAR

KEY_WORDS, PACKAGE_WORDS = "bốn từ không liên quan", "một hàng cây xanh mát"
WAIT = 60_000


@pytest.fixture(autouse=True)
def moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Today is the day of the conference."""
    monkeypatch.setattr("app.operations.workspace.desk.local_time", lambda: world.MOMENT)


@pytest.fixture
def computers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Computer]]:
    """Officers' computers, each with its own settings and documents; one is used at a time."""
    made: list[Computer] = []

    def start(name: str) -> Computer:
        for computer in made:
            computer.shut_down()
        made.clear()
        made.append(Computer(tmp_path / name, monkeypatch))
        return made[0]

    yield start
    for computer in made:
        computer.shut_down()


class Computer:
    """A window on a computer where nothing was ever done before."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.documents = home / "tai-lieu"
        self.documents.mkdir(parents=True)
        for place in ("ui.pages.start.presenter", "ui.flows.fresh_folder"):
            monkeypatch.setattr(f"{place}.user_documents_path", lambda: self.documents)
        self.window = Window(qt_application([]), Preferences(home / "cau-hinh"))
        self.window.stand_up()
        self.window.frame.resize(1366, 768)
        self.window.frame.show()

    def shut_down(self) -> None:
        """Closes the window, and with it the book."""
        self.window.frame.close()
        self.window.frame.clear()
        self.window.frame.deleteLater()
        QApplication.processEvents()


class Hands:
    """What an officer does with keys and mouse."""

    def __init__(self, bot: QtBot, window: Window) -> None:
        self.bot, self.window = bot, window

    def quiet(self) -> None:
        self.bot.waitUntil(lambda: not self.window.tasks.running, timeout=WAIT)

    def click(self, button: QPushButton) -> None:
        assert button.isVisible(), button.text()
        assert button.isEnabled(), button.text()
        self.bot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.quiet()

    @property
    def sheet(self) -> Sheet:
        shown = QApplication.activeModalWidget()
        assert isinstance(shown, Sheet)
        return shown

    @property
    def form(self) -> FormSheet:
        shown = self.sheet
        assert isinstance(shown, FormSheet)
        return shown

    def press(self, words: str) -> None:
        (button,) = [b for b in self.sheet.findChildren(QPushButton) if b.text() == words]
        self.click(button)

    def write(self, **said: str) -> None:
        for name, words in said.items():
            line = self.form.form.editor(name)
            assert isinstance(line, QLineEdit)
            line.clear()
            line.insert(words)  # as an input method does

    def choose_file(self, title: str, place: Path) -> None:
        """Picks a file or folder in the dialog that is open."""
        dialogs = [d for d in QApplication.topLevelWidgets() if isinstance(d, QFileDialog)]
        (dialog,) = [d for d in dialogs if d.isVisible()]
        assert dialog.windowTitle() == title
        dialog.fileSelected.emit(str(place))
        dialog.close()
        self.quiet()

    def heard(self) -> str:
        """The fingerprint that is in large type on the screen."""
        number = self.sheet.findChild(QLabel, "fingerprint")
        assert isinstance(number, QLabel)
        return " ".join(number.text().split())

    def closing(self, tab: int) -> ClosingPage:
        self.window.frame.go(Place(PageId.CLOSING))
        self.quiet()
        page = self.window.frame.page
        assert isinstance(page, ClosingPage)
        page.tabs.setCurrentIndex(tab)
        return page


def scored_year(folder: Path, bill: Path) -> None:
    """The small cluster's year by the verbs, up to the closing: it has journeys of its own."""
    world.begin(folder)
    workspace = open_workspace(folder)
    desk = Desk(workspace, LEADER, YEAR)
    for unit, (points, done) in world.SELF.items():
        figures = {"plan": "100", "actual": str(done)}
        cells = [TypedCell(unit, "I", "self", points=str(points))]
        enter_scores(desk, [*cells, TypedCell(unit, "II", "self", figures=figures)])
    cite_evidence(desk, Evidence("", "12/BC", MEETING, "Sở D", "Báo cáo năm"), (), bill)
    for round_id, said in zip(ROUNDS, ([], [world.REVIEW], [world.APPRAISAL]), strict=True):
        enter_scores(desk, said)
        submit_round(desk, round_id, None, MEETING)
    ballot, _ = ballots.open_ballot(desk, "tie", MEETING, award="co")
    ballots.enter_count(desk, ballot.id, {**world.COUNT, "votes": world.VOTES}, MEETING)
    ballots.confirm_count(desk, ballot.id, MEETING, confirmed_by=world.COUNTER)
    for round_id in ROUNDS:
        seal_round(desk, round_id, None, MEETING)
    propose(desk, MEETING)
    workspace.close(backup=False)


@dataclass(frozen=True, slots=True)
class Told:
    """What goes beside the package: the seal and the head by the minutes, and what is read out."""

    seal: str
    head: str
    fingerprint: str


def hand_over(hands: Hands, stick: Path) -> Told:
    """Closes the year, looks at the minutes, and writes the package."""
    page = hands.closing(0)
    hands.click(page.close_year)
    hands.press("Khóa sổ và sao lưu")
    page = hands.closing(1)
    (row,) = page.years.table.rows.rows
    page = hands.closing(2)
    head = page.presenter.head
    assert head in page.handover.head.text()
    hands.click(page.handover.pack)
    hands.write(passphrase=KEY_WORDS, again=KEY_WORDS)
    hands.press("Lập khóa")
    fingerprint = hands.heard()
    hands.press("Tiếp tục")
    hands.press("Chọn thư mục ghi gói…")
    hands.choose_file("Thư mục để ghi gói", stick)
    locking = hands.form.form.editor("locking")
    assert isinstance(locking, QComboBox)
    locking.setCurrentIndex(locking.findData("passphrase"))
    hands.write(
        recipient=HEIR,
        lock=PACKAGE_WORDS,
        again=PACKAGE_WORDS,
        sender=HOUSE,
        passphrase=KEY_WORDS,
    )
    hands.press("Ký và ghi gói bàn giao")
    assert fingerprint in page.handover.written.words.text()
    return Told(row.digest, head.replace(" ", ""), fingerprint)


def take_over(hands: Hands, package: Path, fingerprint: str) -> Path:
    """Begins from the package at the start page; the answer is where the book lies now."""
    page = hands.window.frame.page
    assert isinstance(page, StartPage)
    assert not page.choices.table.rows.rows, "nothing was ever opened here"
    hands.click(page.choices.receive)
    hands.choose_file("Chọn gói dữ liệu", package)
    hands.write(passphrase=PACKAGE_WORDS)
    hands.press("Mở và xem gói")
    sheet = hands.sheet
    assert isinstance(sheet, BeginSheet)
    told = " ".join(words.text() for words in sheet.findChildren(QLabel))
    assert f"của {HOUSE}" in told
    assert f"{YEAR} (đã khóa sổ)" in told
    assert "Kèm 1 tệp minh chứng" in told
    assert hands.heard() == fingerprint
    hands.press("Lập sổ làm việc")
    assert "Cần so dấu khóa" in sheet.form.editor("compared").accessibleDescription()
    tick = sheet.form.editor("compared")
    assert isinstance(tick, QCheckBox)
    hands.bot.keyClick(tick, Qt.Key.Key_Space)
    hands.write(officer=HEIR)
    hands.press("Lập sổ làm việc")
    assert hands.window.frame.page.id is PageId.OVERVIEW
    workspace = hands.window.session.workspace
    assert workspace is not None
    assert hands.window.session.actor == HEIR
    return workspace.folder


def next_year(hands: Hands, told: Told) -> None:
    """Verifies the sealed year by its row and the head by the minutes, and opens the next year."""
    page = hands.closing(1)
    (row,) = page.years.table.rows.rows
    assert row.digest == told.seal
    hands.click(page.years.check)
    assert page.years.result.words.text().endswith("Dấu niêm phong của năm nằm trong nhật ký.")
    assert page.years.result.property("tone") == "good"
    hands.click(page.years.compare)
    hands.write(mark=told.head[:16])
    hands.press("Đối chiếu với nhật ký")
    words = page.years.result.words.text()
    assert words.startswith("Dấu trên giấy là của thao tác số ")
    assert "Khóa sổ năm thi đua 2026" in words
    assert page.years.result.property("tone") == "good"
    hands.click(page.next_year)
    hands.press(f"Mở năm {NEXT}")
    for shown in QApplication.topLevelWidgets():
        if isinstance(shown, Sheet):
            shown.close()


@pytest.mark.slow
def test_the_next_leaders_empty_computer_goes_on_with_the_sealed_year(
    tmp_path: Path, qtbot: QtBot, computers: Callable[[str], Computer]
) -> None:
    stick, old = tmp_path / "usb", tmp_path / "truong" / "so"
    stick.mkdir()
    (tmp_path / "bao-cao.pdf").write_bytes(b"%PDF-1.4 bao cao nam")
    old.parent.mkdir()
    scored_year(old, tmp_path / "bao-cao.pdf")

    leader = computers("may-truong")
    leader.window.open(old)
    hands = Hands(qtbot, leader.window)
    hands.quiet()
    told = hand_over(hands, stick)
    (package,) = stick.iterdir()

    heir = computers("may-moi")
    closed = world.ending(old)
    hands = Hands(qtbot, heir.window)
    hands.quiet()
    folder = take_over(hands, package, told.fingerprint)
    assert folder == heir.documents / f"Cụm 1 {YEAR}"
    next_year(hands, told)
    heir.window.session.close()

    world.goes_on(folder, closed, old)
    with open_workspace(folder) as workspace:
        (document,) = workspace.read(books.EVIDENCE, YEAR)
        assert document.sha256 is not None
        assert workspace.evidence_content(document.sha256, "x").startswith(b"%PDF-1.4 bao cao")
