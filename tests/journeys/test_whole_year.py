"""A whole year three times, through operations, the command line and the window, to one digest.

Form, import, review, appraisal by package, ranking, vote, proposal, papers, handover (issue 7).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.exchange.packages import Kind
from app.operations.exchange.taking_in import begin_from
from app.operations.workspace import ballots
from app.operations.workspace.awards import propose
from app.operations.workspace.desk import Desk
from app.operations.workspace.entries import enter_scores
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.forms import import_forms, write_forms
from app.operations.workspace.paper_desk import write_papers
from app.operations.workspace.paper_words import fill_in
from app.operations.workspace.rounds import seal_round, submit_round
from app.operations.workspace.turn import begin_next_year
from app.operations.workspace.years import close_year
from app.operations.workspace_lifecycle import open_workspace
from tests.app.operations.exchange.houses import House, key
from ui.application import Window, qt_application
from ui.preferences import Preferences

from . import whole_year as world
from .test_year_on_the_command_line import Line
from .whole_year import DEPARTMENT, HEIR, HOUSE, LEADER, MEETING, OFFICE, ROUNDS, YEAR, Ending
from .whole_year_window import TheYearInTheWindow

PASSPHRASE = "bốn từ không liên quan"


@pytest.fixture(autouse=True)
def moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Today is the day of the conference."""
    monkeypatch.setattr("app.operations.workspace.desk.local_time", lambda: world.MOMENT)


# ------------------------------------------------------------------ operations


def by_operations(tmp: Path) -> Ending:
    """The year by the verbs."""
    folder, office, heir = tmp / "so", tmp / "so-noi-vu", tmp / "so-sau"
    world.begin(folder)
    leader = House(Desk(open_workspace(folder), LEADER, YEAR), HOUSE, key(3))
    desk = leader.desk
    write_forms(desk, tmp / "phieu")
    world.fill_forms(tmp / "phieu")
    import_forms(desk, tmp / "phieu", apply=True)
    submit_round(desk, "self", None, MEETING)
    enter_scores(desk, [world.REVIEW])
    submit_round(desk, "cluster", None, MEETING)

    sent = leader.sends(Kind.FOR_APPRAISAL)
    started = begin_from(sent.file, office, DEPARTMENT, [leader.known])
    department = House(Desk(started, DEPARTMENT, YEAR), OFFICE, key(9))
    enter_scores(department.desk, [world.APPRAISAL])
    submit_round(department.desk, "department", None, MEETING)
    back = department.sends(Kind.APPRAISAL, answers=sent.digest)
    started.close(backup=False)
    leader.trusts(department)
    leader.takes(back)
    assert leader.shared(Kind.APPRAISAL) == world.shares(office)

    ballot, _ = ballots.open_ballot(desk, "tie", MEETING, award="co")
    ballots.enter_count(desk, ballot.id, {**world.COUNT, "votes": world.VOTES}, MEETING)
    ballots.confirm_count(desk, ballot.id, MEETING, confirmed_by=world.COUNTER)
    for round_id in ROUNDS:
        seal_round(desk, round_id, None, MEETING)
    sealed = leader.shared(Kind.FINAL_RESULT)
    propose(desk, MEETING)
    for paper, answers in world.ANSWERS.items():
        fill_in(desk, paper, answers, world.PAPERS[paper])
    write_papers(world.papers_of(desk), tmp / "van-ban", ["pdf"])
    close_year(desk)
    handed = leader.sends(Kind.HANDOVER)
    desk.workspace.close(backup=False)

    world.read_back(tmp / "van-ban", folder)
    closed = world.ending(folder)
    with begin_from(handed.file, heir, HEIR, [leader.known]) as begun:
        begin_next_year(Desk(begun, HEIR, YEAR))
    world.goes_on(heir, closed, folder)
    return replace(closed, shared=sealed)


# ------------------------------------------------------------------ command line


class ByCommandLine(Line):
    """The year by typed commands; the keys lie in files under one passphrase."""

    def __init__(self, tmp: Path, capsys: pytest.CaptureFixture[str]) -> None:
        super().__init__(tmp / "so", capsys)
        self.tmp, self.office, self.heir = tmp, tmp / "so-noi-vu", tmp / "so-sau"
        self.secret = tmp / "mat-khau.txt"
        self.secret.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
        self.prints: dict[str, str] = {}

    def year(self) -> Ending:
        """From the first command to the next leader's year."""
        self._set_up()
        self._score()
        self._appraise()
        self._confer()
        sealed = world.shares(self.folder, Kind.FINAL_RESULT)
        self.bare("workspace", "award", "propose", self.folder)
        self._write_papers()
        self("close")
        closed = world.ending(self.folder)
        self._hand_over()
        world.goes_on(self.heir, closed, self.folder)
        return replace(closed, shared=sealed)

    def _set_up(self) -> None:
        pack = world.write_table(self.tmp / "bang")
        self("new", "--year", YEAR, "--by", LEADER, "--cluster", "k1=Cụm 1", "--pack", pack)
        for unit, name in world.UNITS.items():
            role = ("--role", world.ROLES[unit]) if unit in world.ROLES else ()
            self("unit", "add", unit, "--name", name, *role)
        self("table", "issue")
        issuer = [f"{name}={value}" for name, value in world.ISSUER.items()]
        self.bare("report", "issuer", self.folder, *issuer)
        for house in ("truong", "so"):
            made = self.bare("package", "key", *self._key(house)[1:])
            self.prints[house] = made.strip().rpartition(": ")[2]

    def _key(self, house: str) -> tuple[object, ...]:
        return ("--key", self.tmp / f"{house}.khoa", "--passphrase-file", self.secret)

    def _score(self) -> None:
        forms = self.tmp / "phieu"
        self.bare("forms", "write", self.folder, "--out", forms)
        world.fill_forms(forms)
        self.bare("forms", "import", self.folder, forms, "--apply")
        self("round", "submit", "self")
        self._enter(self.folder, world.REVIEW)
        self("round", "submit", "cluster")

    def _enter(self, folder: Path, cell: TypedCell) -> None:
        place = ("--unit", cell.unit, "--criterion", cell.criterion, "--round", cell.round)
        points = ("--points", cell.points) if cell.points else ()
        figures = [f"--figure={name}={value}" for name, value in (cell.figures or {}).items()]
        words = (*place, *points, *figures, "--reason", cell.reason)
        self.bare("workspace", "enter", folder, *words)

    def _send(self, folder: Path, kind: str, name: str, house: str) -> Path:
        out = self.tmp / "goi" / f"{kind}.bvg"
        out.parent.mkdir(exist_ok=True)
        words = ("--kind", kind, *self._key(house), "--out", out, "--as", name, "--no-papers")
        self.bare("package", "make", folder, *words, "--year", YEAR)
        return out

    def _begin(self, package: Path, folder: Path, officer: str) -> None:
        whose = ("--by", officer, "--fingerprint", self.prints["truong"])
        self.bare("package", "begin", package, "--folder", folder, *whose)

    def _appraise(self) -> None:
        sent = self._send(self.folder, "for-appraisal", HOUSE, "truong")
        self._begin(sent, self.office, DEPARTMENT)
        self._enter(self.office, world.APPRAISAL)
        self.bare("workspace", "round", "submit", self.office, "department")
        back = self._send(self.office, "appraisal", OFFICE, "so")
        heard = ("--fingerprint", self.prints["so"])
        self.bare("package", "confirm", self.folder, back, *heard)
        assert "thay đổi" in self.bare("package", "look", self.folder, back)
        self.bare("package", "take", self.folder, back)
        assert world.shares(self.folder) == world.shares(self.office)

    def _confer(self) -> None:
        before = json.loads(self("score", "--json"))
        assert [tie["id"] for tie in before["ties"]] == ["tie:co:c+d"]
        counts = [f"{name}={number}" for name, number in world.COUNT.items()]
        votes = [f"votes.{unit}={number}" for unit, number in world.VOTES.items()]
        ballot = ("workspace", "ballot")
        self.bare(*ballot, "open", self.folder, "tie", "--award", "co")
        self.bare(*ballot, "count", self.folder, world.SHEET, *counts, *votes)
        self.bare(*ballot, "confirm", self.folder, world.SHEET, "--by", world.COUNTER)
        for round_id in ROUNDS:
            self("round", "seal", round_id)

    def _write_papers(self) -> None:
        out = self.tmp / "van-ban"
        for paper, subject in world.PAPERS.items():
            whom = ("--for", subject) if subject else ()
            answers = [f"{name}={value}" for name, value in world.ANSWERS[paper].items()]
            self.bare("report", "fill", self.folder, paper, *answers, *whom)
            wanted = (paper, "--out", out, "--form", "pdf", *whom)
            self.bare("report", "make", self.folder, *wanted)
        world.read_back(out, self.folder)

    def _hand_over(self) -> None:
        handed = self._send(self.folder, "handover", HOUSE, "truong")
        self._begin(handed, self.heir, HEIR)
        assert "toàn vẹn" in self.bare("workspace", "verify", self.heir)
        self.bare("workspace", "year", self.heir, "--like", YEAR, "--by", HEIR)


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    made = Window(qt_application([]), Preferences(tmp_path / "cau-hinh"))
    made.stand_up()
    made.frame.resize(1366, 768)
    made.frame.show()
    yield made
    made.frame.close()
    made.frame.clear()
    made.frame.deleteLater()
    QApplication.processEvents()


@pytest.mark.slow
def test_a_year_ends_in_one_digest_and_the_same_papers_whichever_way_it_was_worked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], window: Window, qtbot: QtBot
) -> None:
    for way in ("dong-lenh", "cua-so"):
        (tmp_path / way).mkdir()
    typed = ByCommandLine(tmp_path / "dong-lenh", capsys)
    ended = typed.year()
    assert ended == by_operations(tmp_path / "viec")
    seen = TheYearInTheWindow(window, qtbot, tmp_path / "cua-so", typed.tmp, PASSPHRASE)
    assert ended == seen.year()
