"""Opening: what stands in the way is kept in words, and nothing is left open."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.operations.workspace_lifecycle import backup_workspace, open_workspace
from app.persistence.workspace import Workspace
from ui.flows.opening import Obstacle, Opening, Trouble, meant
from ui.preferences import Preferences
from ui.runner import AtOnce, Cancelled, Progress
from ui.session import Session


class Heard:
    def __init__(self, session: Session, tmp_path: Path) -> None:
        self.preferences = Preferences(tmp_path / "cau-hinh")
        self.opening = Opening(session, AtOnce(), self.preferences)
        self.opened: list[Workspace] = []
        self.refused: list[Trouble] = []
        self.opening.opened = self.opened.append
        self.opening.refused = self.refused.append


@pytest.fixture
def heard(session: Session, tmp_path: Path) -> Heard:
    return Heard(session, tmp_path)


def test_a_workspace_is_opened_and_remembered(
    heard: Heard, session: Session, sample_folder: Path
) -> None:
    heard.opening.open(sample_folder)
    assert session.workspace is heard.opened[0]
    (recent,) = heard.preferences.recent_workspaces
    assert (recent.folder, recent.name) == (
        sample_folder,
        "Khối thi đua các cơ quan Nội chính",
    )
    assert recent.used is not None
    heard.opening.open(sample_folder)
    assert heard.opened == [session.workspace] * 2


def test_a_missing_folder_says_so_and_the_open_one_stays(
    heard: Heard, session: Session, sample_folder: Path, tmp_path: Path
) -> None:
    heard.opening.open(sample_folder)
    heard.opening.open(tmp_path / "khong-co")
    (trouble,) = heard.refused
    assert trouble.obstacle is Obstacle.MISSING
    assert trouble.title == "Không tìm thấy thư mục “khong-co”."
    assert not trouble.restorable
    assert session.workspace is heard.opened[0]


def test_one_that_is_open_elsewhere_says_so(heard: Heard, sample_folder: Path) -> None:
    with open_workspace(sample_folder):
        heard.opening.open(sample_folder)
    assert heard.refused[0].obstacle is Obstacle.IN_USE
    assert [finding.place for finding in heard.refused[0].findings] == [sample_folder.name]
    heard.opening.open(sample_folder)
    assert heard.opening.trouble is None


def test_the_folder_inside_or_around_is_understood(
    heard: Heard, session: Session, sample_folder: Path
) -> None:
    heard.opening.open(sample_folder / "backups")
    assert session.workspace is not None
    assert session.workspace.folder == sample_folder
    heard.opening.open(sample_folder / ".." / sample_folder.name)
    assert heard.opened == [session.workspace] * 2, "the same folder by another name"
    around = sample_folder.parent / "the-nho"
    around.mkdir()
    shutil.copytree(sample_folder, around / "so")
    (around / "anh").mkdir()
    assert meant(around) == around / "so"
    shutil.copytree(sample_folder, around / "so-khac")
    assert meant(around) == around, "two are in question"
    assert meant(around / "khong-co") == around / "khong-co"


def test_a_damaged_one_is_restored_from_a_backup(
    heard: Heard, session: Session, sample_folder: Path
) -> None:
    with open_workspace(sample_folder) as workspace:
        saved = backup_workspace(workspace)
    (sample_folder / "workspace.sqlite").write_bytes(b"x" * 5000)
    heard.opening.open(sample_folder)
    trouble = heard.refused[0]
    assert trouble.obstacle is Obstacle.DAMAGED
    assert trouble.restorable
    assert saved in trouble.backups
    heard.opening.restore(sample_folder, "Trần Văn Bình", saved.file.name)
    assert heard.opening.trouble is None
    assert session.workspace is not None
    last = session.workspace.journal()[-1].operation
    assert (last.kind, last.actor) == ("workspace.restored", "Trần Văn Bình")


def test_the_open_one_is_restored_too(heard: Heard, session: Session, sample_folder: Path) -> None:
    heard.opening.open(sample_folder)
    assert session.workspace is not None
    saved = backup_workspace(session.workspace)
    heard.opening.restore(sample_folder, "A", saved.file.name)
    assert session.workspace is heard.opened[-1]
    assert session.seat is not None


def test_what_is_cancelled_is_closed_again(
    heard: Heard, session: Session, sample_folder: Path
) -> None:
    def work(progress: Progress) -> Workspace:
        progress.cancelled = True
        return open_workspace(sample_folder)

    heard.opening.make("Mở", sample_folder, work)
    assert session.workspace is None
    open_workspace(sample_folder).close(backup=False)


def test_a_fault_of_making_goes_to_who_asked(heard: Heard, tmp_path: Path) -> None:
    faults: list[Exception] = []

    def work(_progress: Progress) -> Workspace:
        raise Cancelled if faults else ValueError("x")

    heard.opening.make("Lập", tmp_path, work, faults.append)
    assert [type(fault) for fault in faults] == [ValueError]
    assert heard.opening.trouble is None


def test_a_full_medium_while_closing_leaves_the_new_one_closed(
    heard: Heard, session: Session, sample_folder: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    other = Path(shutil.copytree(sample_folder, tmp_path / "khac"))
    heard.opening.open(sample_folder)

    def full() -> None:
        raise OSError("no room")

    with monkeypatch.context() as patch:
        patch.setattr(heard.opened[0], "close", full)
        with pytest.raises(OSError, match="no room"):
            heard.opening.open(other)
    open_workspace(other).close(backup=False)
    heard.opened[0].close(backup=False)
