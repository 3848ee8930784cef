"""The verbs around a workspace as a whole, as a command or the window calls them."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path

import pytest

from app.domain.year import PeriodRecord, Setting
from app.ground.findings import UserError
from app.operations import workspace_lifecycle as verbs
from app.persistence import books
from app.persistence.workspace import Workspace

YEAR = PeriodRecord("2022", "2022", dt.date(2022, 1, 1), dt.date(2022, 12, 31))


def write(workspace: Workspace, value: str) -> None:
    with workspace.operation("settings", "Thiết lập", "B") as change:
        change.put(books.SETTINGS, Setting("issuer", value))


def value(workspace: Workspace) -> str:
    setting = workspace.one(books.SETTINGS, "issuer")
    return "" if setting is None else setting.value


def test_a_workspace_is_made_closed_opened_checked_and_restored(tmp_path: Path) -> None:
    folder = tmp_path / "so"
    workspace = verbs.create_workspace(folder, "A")
    write(workspace, "Sở A")
    saved = verbs.backup_workspace(workspace)
    write(workspace, "Sở B")
    assert verbs.undo(workspace, "A") is not None
    assert value(workspace) == "Sở A"
    assert verbs.redo(workspace, "A") is not None
    told = verbs.journal(workspace, actor="B")
    assert [line.sentences for line in told][-1] == ("sửa thiết lập issuer: giá trị: Sở A → Sở B",)
    verbs.close_workspace(workspace)
    assert verbs.verify_workspace(folder).intact
    assert saved in verbs.list_backups(folder)
    assert verbs.restore_workspace(folder, "A", saved.file.name) == saved
    with verbs.open_workspace(folder) as later:
        assert value(later) == "Sở A"


def test_a_backup_of_another_name_is_refused(tmp_path: Path) -> None:
    verbs.create_workspace(tmp_path / "so", "A").close()
    with pytest.raises(UserError) as fault:
        verbs.restore_workspace(tmp_path / "so", "A", "khong-co.sqlite")
    assert fault.value.findings[0].code == "backup_not_found"


def test_an_operation_inside_another_is_a_bug_and_one_beside_it_waits(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "so", "A") as workspace:
        other = threading.Thread(target=write, args=(workspace, "sau"))
        with workspace.operation("settings", "Thiết lập", "B") as change:
            with pytest.raises(RuntimeError, match="open already"):
                write(workspace, "trong")
            other.start()
            change.put(books.SETTINGS, Setting("issuer", "trước"))
            assert value(workspace) == "trước", "an operation reads what it wrote"
        other.join()
        assert value(workspace) == "sau"
        assert len(workspace.journal()) == 3


def test_many_acts_are_taken_back_down_to_one_and_no_further(tmp_path: Path) -> None:
    with verbs.create_workspace(tmp_path / "so", "A") as workspace:
        for number in range(2, 6):
            write(workspace, f"Sở {number}")
        assert verbs.undo_steps(workspace, 3) == (5, 4, 3)
        taken = verbs.undo_to(workspace, "C", 3)
        assert [operation.undoes for operation in taken] == [5, 4, 3]
        assert value(workspace) == "Sở 2"
        assert verbs.undo_steps(workspace, 3) == ()
        assert verbs.undo_to(workspace, "C", 3) == ()
        assert verbs.undo_steps(workspace, 2) == (2,)
        assert verbs.undo_steps(workspace, 1) == (), "a barrier: the making of the workspace"
        with workspace.operation("seal", "Chốt", "A", barrier=True, empty=True):
            pass
        assert verbs.undo_steps(workspace, 2) == ()
