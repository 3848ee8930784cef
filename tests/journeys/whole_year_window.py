"""The small cluster's year by clicks and keys, page after page, on three officers' computers.

Members and table come by the verbs before.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.exchange.packages import Kind
from app.operations.exchange.shares import shared_digest
from app.operations.workspace.desk import OFFICER, change_setting
from app.operations.workspace.years import open_year, year_record
from app.operations.workspace_lifecycle import create_workspace
from tests.ui.pages.ballots.test_page import open_due, type_count
from tests.ui.pages.exchange.test_page import (
    click,
    form_sheet,
    press,
    primary,
    sheet,
    sheets,
    write,
)
from ui.application import Window
from ui.pages.awards.page import AwardsPage
from ui.pages.ballots.page import BallotsPage
from ui.pages.closing.page import ClosingPage
from ui.pages.exchange.page import ExchangePage
from ui.pages.forms.page import FormsPage
from ui.pages.papers.page import PapersPage
from ui.pages.scores.page import ScoresPage
from ui.pages.scores.turns import Turn
from ui.pages.start.page import StartPage
from ui.places import PageId
from ui.sheets.begin_sheet import BeginSheet

from . import whole_year as world
from .test_year_in_the_window import InTheWindow
from .whole_year import DEPARTMENT, HEIR, HOUSE, NEXT, OFFICE, ROUNDS, YEAR, Ending

_COUNTS = {"Số phiếu không hợp lệ": "0", "Số phiếu trắng": "0"}


class TheYearInTheWindow(InTheWindow):
    """One window; another computer is another book opened in it, with that house's key."""

    def __init__(self, window: Window, bot: QtBot, tmp: Path, keys: Path, words: str) -> None:
        super().__init__(window, bot)
        self.tmp, self.keys, self.words = tmp, keys, words
        self.folder, self.office, self.heir = tmp / "so", tmp / "so-noi-vu", tmp / "so-sau"
        self.prints: dict[str, str] = {}

    def year(self) -> Ending:
        """From the first form to the next leader's year."""
        world.begin(self.folder)
        self._at_computer(self.folder, "truong")
        self._forms()
        self.at(PageId.SCORES)
        self.hand_in()
        self.score([world.REVIEW], "cluster")
        self.hand_in()
        sent = self._send(Kind.FOR_APPRAISAL, HOUSE, "truong")

        self._begin_office(sent)
        self._at_computer(self.office, "so")
        self.score([world.APPRAISAL], "department")
        self.hand_in()
        back = self._send(Kind.APPRAISAL, OFFICE, "so")
        office = shared_digest(self.window.session.desk, Kind.APPRAISAL)

        self._at_computer(self.folder, "truong")
        self._look_at(back, "so")
        self._press_primary("Nhận ")
        assert shared_digest(self.window.session.desk, Kind.APPRAISAL) == office
        self._vote()
        self._seal()
        sealed = shared_digest(self.window.session.desk, Kind.FINAL_RESULT)
        self._propose()
        self._papers()
        self._close_year()
        handed = self._send(Kind.HANDOVER, HOUSE, "truong")
        self.window.session.close()
        world.read_back(self.tmp / "van-ban", self.folder)
        closed = world.ending(self.folder)

        self._take_over(handed)
        self._next_year()
        self.window.session.close()
        world.goes_on(self.heir, closed, self.folder)
        return replace(closed, shared=sealed)

    def _at_computer(self, folder: Path, house: str) -> None:
        self.window.preferences.keep_choice("exchange.key.file", str(self.keys / f"{house}.khoa"))
        self.window.open(folder)
        self.quiet()

    # ------------------------------------------------------------- forms

    def _forms(self) -> None:
        folder = self.tmp / "phieu"
        page = self.at(PageId.FORMS)
        assert isinstance(page, FormsPage)
        page.write_to(folder)
        self.quiet()
        page.look_at(world.fill_forms(folder))
        self.quiet()
        page.take_in()
        self.quiet()

    # ------------------------------------------------------------- packages

    def _exchange(self) -> ExchangePage:
        page = self.at(PageId.EXCHANGE)
        assert isinstance(page, ExchangePage)
        return page

    def _send(self, kind: Kind, name: str, house: str) -> Path:
        page = self._exchange()
        out = self.tmp / f"goi-{kind.value}"
        out.mkdir()
        page.tabs.setCurrentIndex(0)
        page.send.sending.choose_folder(out)
        form = page.send.form
        box, papers = form.editor("kind"), form.editor("papers")
        assert isinstance(box, QComboBox)
        assert isinstance(papers, QCheckBox)
        box.setCurrentIndex(box.findData(kind.value))
        papers.setChecked(False)
        sender = form.editor("sender")
        assert isinstance(sender, QLineEdit)
        sender.setText(name)
        self._press_primary("Xem gói rồi gửi")
        write(form_sheet(), "passphrase", self.words)
        press(self.bot, form_sheet(), "Ký và ghi gói")
        self.quiet()
        (file,) = out.iterdir()
        self.prints[house] = page.key.fingerprint
        return file

    def _press_primary(self, words: str) -> None:
        page = self.window.frame.page
        assert isinstance(page, ExchangePage)
        button = primary(page)
        assert button.text().startswith(words), button.text()
        self._click(button)

    def _click(self, button: QPushButton) -> None:
        assert button.isEnabled(), button.text()
        click(self.bot, button)
        self.quiet()

    def _look_at(self, package: Path, house: str) -> None:
        """A stranger's package: the fingerprint is heard on the telephone and typed in."""
        page = self._exchange()
        page.look_at(package)
        self.quiet()
        self._press_primary("Xác nhận nơi gửi")
        write(form_sheet(), "heard", self.prints[house])
        press(self.bot, sheet(), "Xác nhận nơi gửi")
        self.quiet()
        assert sheets() == []

    def _begin_office(self, package: Path) -> None:
        """Nothing is open at the department yet, so it begins at the start page."""
        self.window.session.close()
        page = self.at(PageId.START)
        assert isinstance(page, StartPage)
        page.begin_from(package)
        self.quiet()
        shown = sheet()
        assert isinstance(shown, BeginSheet)
        assert shown.beginning.fingerprint == self.prints["truong"]
        compared = shown.form.editor("compared")
        assert isinstance(compared, QCheckBox)
        compared.click()
        self._begin(shown, self.office, DEPARTMENT)

    def _begin(self, shown: BeginSheet, folder: Path, officer: str) -> None:
        write(shown, "officer", officer)
        folder.mkdir()
        shown.beginning.choose(folder)
        press(self.bot, shown, "Lập sổ làm việc")
        self.quiet()
        assert self.window.session.workspace is not None
        assert self.window.session.workspace.folder == folder

    # ------------------------------------------------------------- the conference

    def _vote(self) -> None:
        page = self.at(PageId.BALLOTS)
        assert isinstance(page, BallotsPage)
        open_due(self.window, self.bot, lambda _window: self.quiet())
        type_count(page, self.bot, **world.VOTES)
        assert page.panel.act is not None
        self._click(page.panel.act)
        assert page.panel.act is not None
        self._click(page.panel.act)
        shown = form_sheet()
        write(shown, "typed", world.COUNTER)
        votes = {f"Số phiếu: {world.UNITS[u]}": str(n) for u, n in world.VOTES.items()}
        for edit in shown.findChildren(QLineEdit):
            name = edit.accessibleName()
            if name.startswith(("Tổng", "Số người", "Số phiếu")):
                edit.setText({**votes, **_COUNTS}.get(name, "4"))
        self._click(shown.verb)
        assert page.table.current is not None
        assert page.table.current.stage == "Đã xác nhận"

    def _seal(self) -> None:
        page = self.at(PageId.SCORES)
        assert isinstance(page, ScoresPage)
        for round_id in ROUNDS:
            page.edit_round(round_id)
            self._click(page.turn_sheet(Turn.SEAL).act)

    def _propose(self) -> None:
        page = self.at(PageId.AWARDS)
        assert isinstance(page, AwardsPage)
        self._click(page.propose)
        self._click(form_sheet().verb)
        assert sheets() == []

    def _papers(self) -> None:
        out = self.tmp / "van-ban"
        out.mkdir()
        page = self.at(PageId.PAPERS)
        assert isinstance(page, PapersPage)
        if not page.forms["pdf"].isChecked():
            page.forms["pdf"].click()
        if page.forms["docx"].isChecked():
            page.forms["docx"].click()
        for paper, subject in world.PAPERS.items():
            page.list.choose(paper)
            self.quiet()
            assert page.panel.key == (paper, subject)
            page.panel.tabs.setCurrentWidget(page.panel.fill)
            assert page.panel.fill.form is not None
            for name, value in world.ANSWERS[paper].items():
                edit = page.panel.fill.form.editor(name)
                assert isinstance(edit, QLineEdit)
                edit.insert(value)  # as an input method does
            self._click(page.panel.fill.save)
            page.write_to(out, [(paper, subject)])
            self.quiet()

    # ------------------------------------------------------------- the turn of the year

    def _closing(self) -> ClosingPage:
        page = self.at(PageId.CLOSING)
        assert isinstance(page, ClosingPage)
        return page

    def _close_year(self) -> None:
        self._click(self._closing().close_year)
        press(self.bot, sheet(), "Khóa sổ và sao lưu")
        self.quiet()
        self._put_away()

    def _put_away(self) -> None:
        for shown in sheets():
            shown.close()

    def _take_over(self, package: Path) -> None:
        """The next leader has a book of their own open, and gets the cluster's beside it."""
        own = self.tmp / "so-rieng"
        workspace = create_workspace(own, HEIR)
        change_setting(workspace, HEIR, OFFICER, HEIR)
        open_year(workspace, HEIR, year_record(YEAR))
        workspace.close(backup=False)
        self._at_computer(own, "so-b")
        self._look_at(package, "truong")
        self._press_primary("Lập sổ mới")
        shown = sheet()
        assert isinstance(shown, BeginSheet)
        self._begin(shown, self.heir, HEIR)

    def _next_year(self) -> None:
        page = self._closing()
        page.tabs.setCurrentIndex(1)
        self._click(page.years.check)
        assert page.years.result.words.text().startswith("Sổ nguyên vẹn")
        self._click(page.next_year)
        shown = QApplication.activeModalWidget()
        assert shown is not None
        press(self.bot, shown, f"Mở năm {NEXT}")
        self.quiet()
        self._put_away()
