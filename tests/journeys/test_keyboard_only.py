"""A unit's 176 criteria are scored, handed in and sealed without a mouse."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.snapshot import Cluster, Unit
from app.domain.year import RoundStage
from app.exchange.result import result_tree
from app.operations.workspace.boards import board_of
from app.operations.workspace.desk import OFFICER, Desk, change_setting, today
from app.operations.workspace.entries import enter_table
from app.operations.workspace.members import add_clusters, add_units
from app.operations.workspace.results import scored_year
from app.operations.workspace.rounds import seal_round, submit_round
from app.operations.workspace.tables import adopt_pack
from app.operations.workspace.years import open_year, year_record
from app.operations.workspace_lifecycle import create_workspace, open_workspace
from ui.application import Window, qt_application
from ui.pages.scores.page import ScoresPage
from ui.places import PageId
from ui.preferences import Preferences

from .real_table import write_real_table

NAME = "Nguyễn Thị Hoa"
UNIT = "D4"
"""A unit that left a cell blank: it is passed over."""
Key = Qt.Key


@pytest.fixture
def table(real_table: Path, tmp_path: Path) -> tuple[Path, Path]:
    """The pack, and the scores of one unit."""
    pack, scores, _ = write_real_table(real_table, tmp_path)
    with scores.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    with scores.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([rows[0], *(row for row in rows if row[0] == UNIT)])
    return pack, scores


def begin(folder: Path, pack: Path) -> Desk:
    workspace = create_workspace(folder, NAME)
    change_setting(workspace, NAME, OFFICER, NAME)
    desk, _ = open_year(workspace, NAME, year_record("2025"))
    adopt_pack(desk, pack)
    add_clusters(desk, [Cluster("k1", "Cụm thi đua số 3")])
    add_units(desk, [Unit(UNIT, "Sở Nội vụ", "k1")])
    return desk


class NoMouse(QObject):
    """Fails the test when a mouse is used."""

    KINDS = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)

    def __init__(self) -> None:
        super().__init__()
        self.used = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.used += event.type() in self.KINDS
        return False


class Keyboard:
    """Keys that go wherever the keyboard's focus is."""

    def __init__(self, window: Window, bot: QtBot) -> None:
        self.window, self.bot = window, bot

    @property
    def holder(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None, "the keyboard is nowhere"
        return widget

    def press(
        self, key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        self.bot.keyClick(self.holder, key, modifier)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        self.bot.keyClicks(self.holder, text)

    def tab_to(self, words: str) -> None:
        """Goes on with the tab key until a button with these words has the focus."""
        for _ in range(120):
            widget = self.holder
            if isinstance(widget, QPushButton) and words in widget.text():
                return
            self.press(Key.Key_Tab)
        raise AssertionError(f"the tab key never reaches “{words}”")

    def quiet(self) -> None:
        QApplication.processEvents()
        self.bot.waitUntil(lambda: not self.window.tasks.running, timeout=60_000)


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    preferences = Preferences(tmp_path / "cau-hinh")
    preferences.opened(tmp_path / "so-phim")
    made = Window(qt_application([]), preferences)
    made.stand_up()
    made.frame.resize(1366, 768)
    made.frame.show()
    made.frame.activateWindow()
    qtbot.waitUntil(made.frame.isActiveWindow)
    yield made
    made.frame.close()
    made.frame.clear()
    made.frame.deleteLater()
    QApplication.processEvents()


@pytest.mark.slow
def test_a_unit_of_176_criteria_is_scored_and_sealed_by_keys_alone(
    table: tuple[Path, Path], tmp_path: Path, request: pytest.FixtureRequest, qtbot: QtBot
) -> None:
    pack, scores = table
    begin(tmp_path / "so-phim", pack).workspace.close(backup=False)
    window: Window = request.getfixturevalue("window")
    mouse = NoMouse()
    window.application.installEventFilter(mouse)
    keys = Keyboard(window, qtbot)

    keys.tab_to("Mở sổ đang chọn")
    keys.press(Key.Key_Return)
    keys.quiet()
    assert window.frame.page.id is PageId.OVERVIEW
    keys.press(Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    keys.quiet()
    page = window.frame.page
    assert isinstance(page, ScoresPage)

    with scores.open(encoding="utf-8", newline="") as lines:
        typed = {row["criterion"]: row["points"] for row in csv.DictReader(lines)}
    keys.press(Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    seen: list[str] = []
    while page.grid.line is not None and page.grid.line.code not in seen:
        code, scored = page.grid.line.code, page.grid.line.scored
        seen.append(code)
        if scored and code in typed:
            keys.type(typed[code].replace(".", ","))
        keys.press(Key.Key_Return if scored else Key.Key_Down)
    assert set(typed) <= set(seen)

    for stage in (RoundStage.SUBMITTED, RoundStage.SEALED):
        keys.press(Key.Key_F9)  # the next step, as the primary button names it
        while QApplication.activeModalWidget() is not None:  # the sheet; what it remarks
            keys.press(Key.Key_Return)
        keys.quiet()
        (line,) = board_of(window.session.desk).units
        assert line.stages["self"] is stage
    assert mouse.used == 0
    window.session.close()

    desk = begin(tmp_path / "so-viec", pack)
    enter_table(desk, scores)
    submit_round(desk, "self", None, today())
    seal_round(desk, "self", None, today())
    expected = result_tree(scored_year(desk).assessment)["digest"]
    desk.workspace.close(backup=False)
    workspace = open_workspace(tmp_path / "so-phim")
    found = result_tree(scored_year(Desk(workspace, NAME, "2025")).assessment)["digest"]
    workspace.close(backup=False)
    assert found == expected
