"""A unit's 176 criteria are scored, handed in and sealed without a mouse."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
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
from ui.application import Window
from ui.pages.scores.page import ScoresPage
from ui.places import PageId
from ui.preferences import Preferences

from .keyboard import Keyboard, NoMouse, active_window
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


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    preferences = Preferences(tmp_path / "cau-hinh")
    preferences.opened(tmp_path / "so-phim")
    with active_window(preferences, qtbot) as made:
        yield made


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
