"""What the start page knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.operations.workspace.desk import OFFICER
from app.operations.workspace_lifecycle import create_workspace
from app.persistence import books
from ui.flows.opening import Opening
from ui.pages.start.presenter import StartPresenter, View
from ui.preferences import Preferences
from ui.runner import AtOnce, Progress
from ui.session import Session


class Desk:
    def __init__(self, session: Session, folder: Path) -> None:
        self.preferences = Preferences(folder / "cau-hinh")
        self.opening = Opening(session, AtOnce(), self.preferences)
        self.presenter = StartPresenter(session, AtOnce(), self.opening, self.preferences)


@pytest.fixture
def desk(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    documents = tmp_path / "tai-lieu"
    documents.mkdir()
    monkeypatch.setattr("ui.pages.start.presenter.user_documents_path", lambda: documents)
    return Desk(session, tmp_path)


def raised(fault: Exception) -> None:
    raise fault


def test_recent_workspaces_say_where_they_are_and_when_they_were_used(
    desk: Desk, tmp_path: Path
) -> None:
    now = dt.datetime(2026, 11, 21, 15, 0).astimezone()
    there = tmp_path / "tai-lieu"
    desk.preferences.opened(there, "Khối A", now - dt.timedelta(days=40))
    desk.preferences.opened(tmp_path / "mat", "Khối B", now - dt.timedelta(days=1))
    desk.preferences.opened(tmp_path / "mat2", "", now)
    assert all(row.there for row in desk.presenter.recent(now)), "nobody has looked yet"
    told: list[str] = []
    desk.presenter.look_around(lambda: told.append("changed"))
    desk.presenter.look_around(lambda: told.append("again"))
    assert told == ["changed"]
    rows = desk.presenter.recent(now)
    assert [(row.name, row.used, row.there) for row in rows] == [
        ("mat2", "Hôm nay 15:00", False),
        ("Khối B", "Hôm qua 15:00", False),
        ("Khối A", "12/10/2026", True),
    ]
    assert rows[1].place.startswith("Không còn ở đây: ")
    desk.presenter.forget(tmp_path / "mat")
    assert [row.name for row in desk.presenter.recent(now)] == ["mat2", "Khối A"]


def test_practice_is_made_once_and_opened_again(desk: Desk, session: Session) -> None:
    desk.presenter.practise(raised)
    assert session.workspace is not None
    first = session.workspace.folder
    assert session.cluster_name.endswith("(luyện tập)")
    desk.presenter.close_workspace()
    desk.presenter.practise(raised)
    assert session.workspace.folder == first
    desk.presenter.practise(raised, fresh=True)
    assert session.workspace.folder == first.with_name(f"{first.name} 2")


def test_a_workspace_without_a_known_officer_asks_for_the_name(
    desk: Desk, session: Session, tmp_path: Path
) -> None:
    create_workspace(tmp_path / "so", "A").close()
    desk.presenter.open(tmp_path / "so")
    assert desk.presenter.view is View.WHO
    desk.presenter.name_officer("Trần Văn Bình", keep=True)
    assert desk.presenter.view is View.FIRST_YEAR
    assert session.workspace is not None
    kept = session.workspace.one(books.SETTINGS, OFFICER)
    assert kept is not None
    assert kept.value == "Trần Văn Bình"
    desk.presenter.open_first_year("2026-2027", school=True)
    assert session.year is not None
    assert (session.year.id, session.year.start) == ("2026-2027", dt.date(2026, 9, 1))
    assert desk.presenter.view is View.CHOICES


def test_a_name_for_today_is_not_kept_in_the_workspace(
    desk: Desk, session: Session, tmp_path: Path
) -> None:
    create_workspace(tmp_path / "so", "A").close()
    desk.presenter.open(tmp_path / "so")
    desk.presenter.name_officer("B", keep=False)
    assert session.actor == "B"
    assert session.workspace is not None
    assert session.workspace.one(books.SETTINGS, OFFICER) is None


def test_the_wizard_is_remembered_while_one_looks_elsewhere(desk: Desk) -> None:
    draft = desk.presenter.begin()
    draft.cluster_name = "Khối A"
    assert desk.presenter.view is View.WIZARD
    again = StartPresenter(
        desk.presenter._session, AtOnce(), desk.opening, desk.preferences
    ).begin()
    assert again.cluster_name == "Khối A"
    desk.presenter.give_up()
    assert desk.presenter.view is View.CHOICES


def test_a_cluster_is_founded_and_the_officer_is_known_next_time(
    desk: Desk, session: Session
) -> None:
    draft = desk.presenter.begin()
    desk.presenter.read_frames(lambda frames: draft.choose_frame(frames[1]))
    draft.block = "noi_chinh"
    draft.cluster_name = "Khối A"
    draft.units_text = "Sở A\nSở B"
    draft.officer = "Nguyễn Thị Hoa"
    assert draft.all_faults == ()
    desk.presenter.found(raised)
    assert session.actor == "Nguyễn Thị Hoa"
    assert [unit.name for unit in session.units.values()] == ["Sở A", "Sở B"]
    assert session.packs is not None
    assert desk.opening.draft is None
    assert desk.presenter.begin().officer == "Nguyễn Thị Hoa"


def test_what_fails_keeps_the_wizard_as_it_was(
    desk: Desk, session: Session, tmp_path: Path
) -> None:
    draft = desk.presenter.begin()
    desk.presenter.read_frames(lambda frames: draft.choose_frame(frames[1]))
    draft.cluster_name = "Khối A"
    draft.officer = "B"
    draft.parent = tmp_path / "tai-lieu"
    (draft.folder).mkdir()
    (draft.folder / "x").touch()
    faults: list[Exception] = []
    desk.presenter.found(faults.append)
    assert len(faults) == 1
    assert desk.presenter.view is View.WIZARD
    assert session.workspace is None
    assert sorted(path.name for path in draft.parent.iterdir()) == [draft.folder_name]


def test_of_two_looks_at_once_the_newer_one_counts(desk: Desk, tmp_path: Path) -> None:
    answers: list[Callable[[], None]] = []

    class Later:
        def run(
            self,
            _title: str,
            work: Callable[[Progress], Any],
            done: Callable[[Any], None],
            _failed: object = None,
            *,
            quiet: bool = False,
        ) -> None:
            answers.append(partial(done, work(Progress())))

    desk.presenter._runner = Later()
    desk.presenter.look_around(lambda: None)
    desk.preferences.opened(tmp_path / "mat", "Khối B")
    desk.presenter.look_around(lambda: None)
    for answer in reversed(answers):
        answer()
    assert [row.there for row in desk.presenter.recent()] == [False]
