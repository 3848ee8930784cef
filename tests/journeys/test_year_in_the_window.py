"""The sample's year three times: through the window's widgets, the verbs and the command line.

The units' forms are written, filled in and taken in, the cluster reviews, the department appraises,
the ranking is there; each way ends in the same digest. What is set up before (members, table, own
criteria) and noted after (ballots, conditions …) comes by the verbs; it has journeys of its own.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.snapshot import Entry, Snapshot, Unit
from app.exchange.facts_writer import fact_row
from app.exchange.result import result_tree
from app.operations.loading import load
from app.operations.workspace.desk import OFFICER, Desk, change_setting, today
from app.operations.workspace.entries import enter_scores
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.forms import import_forms, write_forms
from app.operations.workspace.members import add_clusters, add_units
from app.operations.workspace.own_criteria import register_own_criteria
from app.operations.workspace.records import record
from app.operations.workspace.results import scored_year
from app.operations.workspace.rounds import submit_round
from app.operations.workspace.tables import adopt_pack, issue_table
from app.operations.workspace.years import open_year, year_record
from app.operations.workspace_lifecycle import create_workspace, open_workspace
from app.reports.figures import Figures
from tests.app.exchange.forms.filling import filled
from ui.application import Window, qt_application
from ui.pages.forms.page import FormsPage
from ui.pages.ranking.page import RankingPage
from ui.pages.scores.page import ScoresPage
from ui.pages.scores.turns import Turn
from ui.places import PageId, Place
from ui.preferences import Preferences
from ui.topics import ALL

from .test_year_on_the_command_line import Line

PACK = Path("cao-bang-2018-vi-du")
NAME = "Nguyễn Thị Hoa"
LATER = ("cluster", "department")
WAIT = 60_000


@pytest.fixture(scope="module")
def facts(root: Path) -> Snapshot:
    return load([PACK], root / "data/samples/cao-bang-2019/facts.toml").snapshot


@pytest.fixture(scope="module")
def typed(root: Path) -> dict[str, list[TypedCell]]:
    """The cells of the later rounds as officers type them; evidence is cited, not counted here.

    Where the department agrees with the unit (one cell) the window asks for no reason.
    """
    own = ("unit", "criterion", "round", "state", "points", "reason")
    cells: dict[str, list[TypedCell]] = {name: [] for name in LATER}
    file = root / "data/samples/cao-bang-2019/scores.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["round"] in cells:
                figures = {k: v for k, v in row.items() if k not in (*own, "evidence") and v}
                agrees = row["unit"] == "quan_su" and row["criterion"] == "II.3.2"
                words = {k: row[k] for k in own} | ({"reason": ""} if agrees else {})
                cells[row["round"]].append(TypedCell(**words, figures=figures))
    return cells


def begin(folder: Path, facts: Snapshot) -> None:
    """The year before the first score."""
    workspace = create_workspace(folder, NAME)
    change_setting(workspace, NAME, OFFICER, NAME)
    desk, _ = open_year(workspace, NAME, year_record("2019"))
    add_clusters(desk, facts.clusters)
    adopt_pack(desk, PACK)
    add_units(desk, [Unit(u.id, u.name, u.cluster, u.roles) for u in facts.units])
    register_own_criteria(desk, [fact_row(own) for own in facts.own_criteria])
    assert issue_table(desk).operation is not None
    workspace.close(backup=False)


def end(desk: Desk, facts: Snapshot) -> None:
    """What the conference noted."""
    for kind in ("conditions", "standing", "ballots", "bonus", "deductions", "quotas", "decisions"):
        for noun in getattr(facts, kind):
            record(desk, kind, [fact_row(noun)])


def fill(folder: Path, facts: Snapshot) -> None:
    """Each unit fills its form in."""
    for file in sorted(folder.glob("*.xlsx")):
        unit = next(u.id for u in facts.units if file.stem.endswith(u.id.replace("_", "-")))
        own: list[Entry] = [e for e in facts.entries if e.unit == unit and e.round == "self"]
        filled(file, own)


def digest_of(folder: Path) -> str:
    workspace = open_workspace(folder)
    desk = Desk(workspace, NAME, "2019")
    tree = result_tree(scored_year(desk).assessment)
    assert tree["status"] == "final"
    workspace.close(backup=False)
    return str(tree["digest"])


# ------------------------------------------------------------------ the three ways


def by_verbs(folder: Path, forms: Path, facts: Snapshot, typed: dict[str, list[TypedCell]]) -> str:
    begin(folder, facts)
    workspace = open_workspace(folder)
    desk = Desk(workspace, NAME, "2019")
    write_forms(desk, forms)
    fill(forms, facts)
    import_forms(desk, forms, apply=True)
    submit_round(desk, "self", None, today())
    for name in LATER:
        enter_scores(desk, typed[name])
        submit_round(desk, name, None, today())
    end(desk, facts)
    workspace.close(backup=False)
    return digest_of(folder)


def by_command_line(
    line: Line, tmp: Path, forms: Path, facts: Snapshot, typed: dict[str, list[TypedCell]]
) -> str:
    begin(line.folder, facts)
    line.bare("forms", "write", line.folder, "--out", forms)
    fill(forms, facts)
    line.bare("forms", "import", line.folder, forms, "--apply")
    line("round", "submit", "self")
    for name in LATER:
        line("enter", "--file", as_csv(typed[name], tmp / f"{name}.csv"))
        line("round", "submit", name)
    workspace = open_workspace(line.folder)
    end(Desk(workspace, NAME, "2019"), facts)
    workspace.close(backup=False)
    return str(json.loads(line("score", "--json"))["digest"])


def as_csv(cells: list[TypedCell], file: Path) -> Path:
    names = sorted({name for cell in cells for name in cell.figures or ()})
    own = ("unit", "criterion", "round", "state", "points", "reason")
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow([*own, *names])
        for cell in cells:
            figures = cell.figures or {}
            writer.writerow([*(getattr(cell, k) for k in own), *(figures.get(n) for n in names)])
    return file


class InTheWindow:
    """The same year by clicks and keys."""

    def __init__(self, window: Window, bot: QtBot) -> None:
        self.window, self.bot = window, bot

    def quiet(self) -> None:
        self.bot.waitUntil(lambda: not self.window.tasks.running, timeout=WAIT)

    def at(self, page: PageId) -> Any:
        self.window.frame.go(Place(page))
        self.quiet()
        return self.window.frame.page

    def forms(self, folder: Path, facts: Snapshot) -> None:
        page = self.at(PageId.FORMS)
        assert isinstance(page, FormsPage)
        page.write_to(folder)
        self.quiet()
        fill(folder, facts)
        page.look_at(sorted(folder.glob("*.xlsx")))
        self.quiet()
        page.take_in()
        self.quiet()

    def score(self, cells: list[TypedCell], round_id: str) -> None:
        page = self.at(PageId.SCORES)
        assert isinstance(page, ScoresPage)
        page.edit_round(round_id)
        for cell in cells:
            self._type(page, cell)

    def _type(self, page: ScoresPage, cell: TypedCell) -> None:
        assert page.select_cell(cell.unit, cell.criterion, cell.round), cell
        self.bot.keyClick(page.grid, Qt.Key.Key_F2)
        editor = page.editor
        assert editor.is_open, cell
        wanted = {**(cell.figures or {}), **({"points": cell.points} if cell.points else {})}
        assert set(wanted) <= set(editor.inputs), (cell, list(editor.inputs))
        for name, field in editor.inputs.items():
            self._fill(field, wanted.get(name, ""))
        last = list(editor.inputs.values())[-1]
        control = Qt.KeyboardModifier.ControlModifier
        self.bot.keyClick(last, Qt.Key.Key_Return, control)
        if editor.is_open:
            assert cell.reason, (cell, editor.message.text())
            editor.reason.clear()
            editor.reason.insert(cell.reason)  # as an input method does
            self.bot.keyClick(editor.reason, Qt.Key.Key_Return, control)
        assert not editor.is_open, (cell, editor.message.text())

    def _fill(self, field: QLineEdit | QComboBox, text: str) -> None:
        if isinstance(field, QLineEdit):
            field.selectAll()
            self.bot.keyClick(field, Qt.Key.Key_Delete)
            field.insert(text)
            return
        known = [field.itemText(at).casefold() for at in range(field.count())]
        assert text.casefold() in known, (text, known)
        field.setCurrentIndex(known.index(text.casefold()))

    def hand_in(self) -> None:
        page = self.window.frame.page
        assert isinstance(page, ScoresPage)
        sheet = page.turn_sheet(Turn.SUBMIT)
        self.bot.mouseClick(sheet.act, Qt.MouseButton.LeftButton)
        self.quiet()


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


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(tmp_path / "so-dong-lenh", capsys)


@pytest.mark.slow
def test_the_window_the_verbs_and_the_command_line_end_in_the_same_digest(
    window: Window,
    qtbot: QtBot,
    line: Line,
    facts: Snapshot,
    typed: dict[str, list[TypedCell]],
    tmp_path: Path,
) -> None:
    folder = tmp_path / "so-cua-so"
    begin(folder, facts)
    by_hand = InTheWindow(window, qtbot)
    window.open(folder)
    by_hand.quiet()
    by_hand.forms(tmp_path / "phieu-1", facts)
    by_hand.at(PageId.SCORES)
    by_hand.hand_in()
    for name in LATER:
        by_hand.score(typed[name], name)
        by_hand.hand_in()
    end(window.session.desk, facts)
    window.session.publish(ALL)
    page = by_hand.at(PageId.RANKING)
    assert isinstance(page, RankingPage)
    assert page.table is not None
    shown = [(row.place, row.unit, row.total) for row in page.table.rows.rows]
    window.session.close()

    digest = digest_of(folder)
    assert digest == by_verbs(tmp_path / "so-viec", tmp_path / "phieu-2", facts, typed)
    assert digest == by_command_line(line, tmp_path, tmp_path / "phieu-3", facts, typed)
    workspace = open_workspace(folder)
    found = scored_year(Desk(workspace, NAME, "2019")).assessment
    workspace.close(backup=False)
    printed = Figures(found).published
    for place, unit, total in shown:
        rank = found.units[unit].rank
        assert place == ("–" if rank is None else str(rank))
        assert total == printed(found.units[unit].card.total)
