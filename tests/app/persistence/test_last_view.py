"""What the window showed last is kept for one state of the data, and costs nothing where it fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.persistence import books, last_view
from app.persistence.workspace import Workspace

from .conftest import Clock, entry

BODY = "{“xếp hạng”: 1}\nhai dòng".encode()


def score(workspace: Workspace, points: int) -> None:
    with workspace.operation("score", "Chấm điểm", "Trần B", period="2022") as change:
        change.put(books.ENTRIES, entry(points))


def test_it_is_there_at_the_next_opening(workspace: Workspace, folder: Path, clock: Clock) -> None:
    assert workspace.kept_view() is None
    workspace.keep_view(BODY)
    workspace.close()
    with Workspace.open(folder, clock) as again:
        assert again.kept_view() == BODY
        assert again.verify().intact


def test_it_goes_with_the_first_change_and_does_not_come_back_with_undo(
    workspace: Workspace,
) -> None:
    workspace.keep_view(BODY)
    score(workspace, 5)
    assert workspace.kept_view() is None
    workspace.undo("Trần B")
    assert workspace.kept_view() is None


def test_it_is_no_part_of_the_data(workspace: Workspace) -> None:
    head = workspace.head
    workspace.keep_view(BODY)
    assert workspace.head == head
    (workspace.folder / last_view.FILE).unlink()
    assert workspace.kept_view() is None
    assert workspace.verify().intact


def test_one_that_is_too_large_is_neither_kept_nor_read(workspace: Workspace) -> None:
    workspace.keep_view(bytes(last_view.MOST_BYTES + 1))
    assert workspace.kept_view() is None
    file = workspace.folder / last_view.FILE
    file.write_bytes(workspace.head.encode() + b"\n" + bytes(last_view.MOST_BYTES + 1))
    assert workspace.kept_view() is None


@pytest.mark.parametrize("left", [b"", b"\n", b"sha256:0\n{}", b"\xff\xfe" * 50], ids=repr)
def test_what_does_not_name_this_state_is_not_read(workspace: Workspace, left: bytes) -> None:
    (workspace.folder / last_view.FILE).write_bytes(left)
    assert workspace.kept_view() is None


def test_where_it_cannot_be_written_nothing_else_fails(workspace: Workspace) -> None:
    (workspace.folder / f"{last_view.FILE}.part").mkdir()
    workspace.keep_view(BODY)
    assert workspace.kept_view() is None
    score(workspace, 5)


def test_a_read_only_workspace_keeps_nothing(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace, "read_only", True)
    workspace.keep_view(BODY)
    assert not (workspace.folder / last_view.FILE).exists()
