"""What is near or missed is said when a workspace opens."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.domain.snapshot import Cluster, Unit
from app.operations.workspace.calendar import reminders
from app.operations.workspace.desk import OFFICER, Desk, change_setting, today
from app.operations.workspace.members import add_clusters, add_units
from app.operations.workspace.records import record
from app.operations.workspace.tables import adopt_pack
from app.operations.workspace.years import open_year, year_record
from app.operations.workspace_lifecycle import create_workspace
from tests.ui.worlds import NAME
from ui.application import Window
from ui.flows.reminding import reminder_words


def year_of_today(folder: Path, *days: dt.date) -> Desk:
    workspace = create_workspace(folder, NAME)
    change_setting(workspace, NAME, OFFICER, NAME)
    desk, _ = open_year(workspace, NAME, year_record(str(today().year)))
    add_clusters(desk, [Cluster("k1", "Khối 1", "noi_chinh")])
    add_units(desk, [Unit("a", "Sở A", "k1")])
    adopt_pack(desk, Path("cao-bang-2018-vi-du"))
    rows = [
        {"duty": f"viec-{at}", "due": day, "title": f"Việc thứ {at}"}
        for at, day in enumerate(days, 1)
    ]
    record(desk, "deadlines", rows)
    return desk


def test_nothing_near_says_nothing() -> None:
    assert reminder_words(()) == ""


def test_a_near_day_is_said_on_the_status_line_when_the_workspace_opens(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    desk = year_of_today(tmp_path / "so", today(), today())
    words = reminder_words(reminders(desk, today()))
    desk.workspace.close(backup=False)
    assert words.startswith("Nhắc việc: ")
    assert "Việc thứ 1" in words
    assert words.endswith("; còn 1 việc nữa ở trang Lịch và nhiệm vụ.")
    window.open(tmp_path / "so")
    line = window.frame.status_line
    qtbot.waitUntil(lambda: line.words.toolTip() == words, timeout=20_000)
