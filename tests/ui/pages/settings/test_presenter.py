"""What the settings page knows and does."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from app.ground.findings import Finding, Severity
from app.ground.paths import resources_folder
from app.operations.workspace.desk import OFFICER
from app.persistence import books
from app.persistence.verify import Verification
from ui.flows.opening import Opening
from ui.pages.settings.presenter import BackupRow, Health, SettingsPresenter, health, parts
from ui.preferences import Preferences
from ui.runner import AtOnce
from ui.session import Session
from ui.theme.tokens import Density
from ui.topics import Topic


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(tmp_path / "cau-hinh")


def presenter(session: Session, preferences: Preferences) -> SettingsPresenter:
    opening = Opening(session, AtOnce(), preferences)
    return SettingsPresenter(session, AtOnce(), opening, preferences)


def test_every_wish_for_the_window_is_kept(session: Session, preferences: Preferences) -> None:
    made = presenter(session, preferences)
    assert made.look == {"theme": "auto", "zoom": "100", "density": "normal", "words": True}
    wishes: tuple[tuple[str, str | bool], ...] = (
        ("theme", "dark"),
        ("zoom", "125"),
        ("density", "roomy"),
        ("words", False),
    )
    for key, value in wishes:
        assert made.change_look(key, value)
        assert not made.change_look(key, value), "a wish that is fulfilled changes nothing"
    again = Preferences(preferences.folder)
    assert (again.dark, again.zoom, again.density, again.sidebar_folded) == (
        True,
        125,
        Density.ROOMY,
        True,
    )
    made.change_look("theme", "auto")
    assert preferences.dark is None


def test_without_a_workspace_there_is_only_the_window(
    session: Session, preferences: Preferences
) -> None:
    made = presenter(session, preferences)
    assert not made.open
    assert made.backups() == ()
    assert made.sentence().startswith("Chưa mở sổ làm việc nào")


def test_another_person_works_today_and_the_workspace_keeps_its_officer(
    open_session: Session, preferences: Preferences
) -> None:
    made = presenter(open_session, preferences)
    made.name_actor("Trần Văn Bình", keep=False)
    assert open_session.desk.actor == "Trần Văn Bình"
    kept = open_session.desk.workspace.one(books.SETTINGS, OFFICER)
    assert kept is not None
    assert kept.value == "Nguyễn Thị Hoa"


def test_a_new_officer_is_kept_and_everybody_hears_of_it(
    open_session: Session, preferences: Preferences
) -> None:
    heard: list[frozenset[Topic]] = []
    open_session.subscribe(heard.append)
    presenter(open_session, preferences).name_actor("Trần Văn Bình", keep=True)
    kept = open_session.desk.workspace.one(books.SETTINGS, OFFICER)
    assert kept is not None
    assert kept.value == "Trần Văn Bình"
    assert Topic.SETTINGS in frozenset().union(*heard)
    assert open_session.desk.workspace.journal()[-1].operation.actor == "Trần Văn Bình"


def test_a_backup_is_made_and_put_back(open_session: Session, preferences: Preferences) -> None:
    made = presenter(open_session, preferences)
    rows: list[BackupRow] = []
    made.back_up(rows.append)
    assert rows[0].why == "theo yêu cầu"
    assert rows[0] in made.backups()
    made.name_actor("Trần Văn Bình", keep=True)
    made.restore(rows[0])
    assert open_session.actor == "Nguyễn Thị Hoa", "the officer of then"
    last = open_session.desk.workspace.journal()[-1].operation
    assert (last.kind, last.actor) == ("workspace.restored", "Trần Văn Bình")


def test_a_whole_workspace_says_what_was_held_against_what(
    open_session: Session, preferences: Preferences
) -> None:
    found: list[Health] = []
    presenter(open_session, preferences).check(found.append)
    assert found[0].intact
    count = len(open_session.desk.workspace.journal())
    assert f"đã đối chiếu {count} thao tác" in found[0].sentence


def test_damage_is_counted_and_a_remark_is_none() -> None:
    error = Finding("row_tampered", Severity.ERROR, "bảng", "Dòng này đã bị sửa.")
    note = Finding("evidence_gone", Severity.WARNING, "tệp", "Tệp không còn.")
    damaged = health(Verification((error, note), 3, 4, ""))
    assert not damaged.intact
    assert damaged.sentence.startswith("Có 1 chỗ không khớp")
    remarked = health(Verification((note,), 3, 4, ""))
    assert remarked.intact
    assert "có 1 điều cần xem" in remarked.sentence


def test_every_package_that_the_program_stands_on_is_named_with_its_licence(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.split(r"[<>=~ ]", line)[0] for line in project["dependencies"]}
    listed = tomllib.loads((resources_folder() / "licences.toml").read_text(encoding="utf-8"))
    named = {package for part in listed["parts"] for package in part.get("packages", ())}
    assert named == needed
    assert all(part.licence and part.use for part in parts())
