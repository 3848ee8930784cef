"""Opening: what is refused, with which words; what a crash leaves; what a backup mends."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from app.ground.findings import UserError
from app.persistence import books, database, medium, recovery
from app.persistence.backups import Backup, BackupReason, backups, kept
from app.persistence.lock import FILE as LOCK
from app.persistence.workspace import Workspace

from .conftest import Clock, entry


def refused(folder: Path) -> tuple[str, str, str]:
    """The code, the message and the remedy with which opening is refused."""
    with pytest.raises(UserError) as fault:
        Workspace.open(folder)
    first = fault.value.findings[0]
    return first.code, first.message, first.remedy


def score(workspace: Workspace, points: int) -> None:
    with workspace.operation("score", "Chấm điểm", "Trần B", period="2022") as change:
        change.put(books.ENTRIES, entry(points))


class TestRefusals:
    def test_a_folder_without_a_workspace(self, tmp_path: Path) -> None:
        assert refused(tmp_path)[0] == "workspace_not_found"

    def test_a_new_workspace_in_a_folder_that_holds_something(self, tmp_path: Path) -> None:
        (tmp_path / "thu.txt").touch()
        with pytest.raises(UserError) as fault:
            Workspace.create(tmp_path, "A")
        assert fault.value.findings[0].code == "folder_not_empty"

    def test_but_not_where_only_a_making_was_cut_short(self, folder: Path) -> None:
        folder.mkdir()
        for name in (LOCK, database.FILE + ".part", database.FILE + ".part-journal"):
            (folder / name).write_bytes(b"x")
        with Workspace.create(folder, "A") as workspace:
            assert workspace.verify().intact

    def test_a_second_program_is_told_who_and_since_when(
        self, workspace: Workspace, folder: Path
    ) -> None:
        code, message, _ = refused(folder)
        assert code == "workspace_in_use"
        assert "20/11/2022 15:04" in message

    def test_a_second_process_is_refused_too(self, workspace: Workspace, folder: Path) -> None:
        script = (
            "import sys; from pathlib import Path\n"
            "from app.persistence.workspace import Workspace\n"
            "from app.ground.findings import UserError\n"
            "try: Workspace.open(Path(sys.argv[1]))\n"
            "except UserError as fault: print(fault.findings[0].code)"
        )
        done = subprocess.run(
            [sys.executable, "-c", script, str(folder)], capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == "workspace_in_use"

    def test_a_newer_schema(self, workspace: Workspace, folder: Path) -> None:
        workspace.close()
        direct = sqlite3.connect(folder / database.FILE)
        direct.execute("PRAGMA user_version = 99")
        direct.close()
        code, message, _ = refused(folder)
        assert code == "workspace_newer"
        assert "99" in message

    def test_another_programs_file(self, workspace: Workspace, folder: Path) -> None:
        workspace.close(backup=False)
        (folder / database.FILE).unlink()
        direct = sqlite3.connect(folder / database.FILE)
        direct.execute("CREATE TABLE x (a)")
        direct.close()
        assert refused(folder)[0] == "workspace_foreign"

    def test_a_network_share(
        self, workspace: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        workspace.close()
        mounts = tmp_path / "mountinfo"
        mounts.write_text(f"36 35 0:44 / {tmp_path} rw,relatime - cifs //may-chu/chung rw\n")
        monkeypatch.setattr(medium, "_MOUNTS", mounts)
        code, message, _ = refused(folder)
        assert code == "workspace_on_network"
        assert "cifs" in message

    def test_the_innermost_mount_decides(self) -> None:
        mounts = (
            "1 0 8:1 / / rw - ext4 /dev/sda rw\n"
            "2 1 0:44 / /mnt/o\\040chung rw master:1 - nfs4 may:/x rw\n"
            "3 2 8:2 / /mnt/o\\040chung/usb rw - vfat /dev/sdb rw\n"
        )
        kinds = [
            medium.file_system(Path(place), mounts)
            for place in ("/home", "/mnt/o chung/a", "/mnt/o chung/usb/so", "/mnt/o chunga")
        ]
        assert kinds == ["ext4", "nfs4", "vfat", "ext4"]


class TestTheLock:
    def test_of_a_dead_process_is_taken_over_and_told(
        self, workspace: Workspace, folder: Path
    ) -> None:
        workspace.close()
        holder = {"user": "Lê C", "computer": "pc", "process": "1", "since": "2022-11-19T08:00:00"}
        (folder / LOCK).write_text(json.dumps(holder), encoding="utf-8")
        with Workspace.open(folder) as later:
            assert [note.code for note in later.notes] == ["lock_taken_over"]
            assert "Lê C, 19/11/2022 08:00" in later.notes[0].message

    def test_a_proper_end_leaves_nothing_to_tell(self, workspace: Workspace, folder: Path) -> None:
        workspace.close()
        with Workspace.open(folder) as later:
            assert later.notes == ()

    def test_that_cannot_be_read_is_no_obstacle(self, workspace: Workspace, folder: Path) -> None:
        workspace.close()
        (folder / LOCK).write_bytes(b"\xff{")
        Workspace.open(folder).close()


class TestDamage:
    def test_is_recognised_and_the_last_good_backup_offered(
        self, workspace: Workspace, folder: Path, clock: Clock
    ) -> None:
        score(workspace, 8)
        workspace.close()
        file = folder / database.FILE
        content = bytearray(file.read_bytes())
        content[5000:9000] = bytes(4000)
        file.write_bytes(content)
        code, _, remedy = refused(folder)
        assert code in {"workspace_damaged", "row_tampered", "operation_tampered"}
        assert "20/11/2022 15:04" in remedy
        recovery.restore_folder(folder, "B", clock=clock)
        with Workspace.open(folder, clock) as later:
            assert len(later.read(books.ENTRIES, "2022")) == 1
            assert later.journal()[-1].operation.kind == "workspace.restored"
        assert any(p.name.startswith("hong-") for p in (folder / "backups").iterdir())

    def test_an_emptied_file_is_restored_too(self, workspace: Workspace, folder: Path) -> None:
        workspace.close()
        (folder / database.FILE).write_bytes(b"")
        assert refused(folder)[0] == "workspace_damaged"
        recovery.restore_folder(folder, "B")
        Workspace.open(folder).close()

    def test_of_a_backup_makes_the_one_before_it_the_last_good(
        self, workspace: Workspace, folder: Path, clock: Clock
    ) -> None:
        first = workspace.backup()
        clock.now += dt.timedelta(minutes=1)
        score(workspace, 8)
        second = workspace.backup()
        second.file.write_bytes(second.file.read_bytes()[:-4096])
        workspace.close(backup=False)
        (folder / database.FILE).unlink()
        assert recovery.restore_folder(folder, "B", clock=clock).file == first.file

    def test_without_any_good_backup_is_told(self, workspace: Workspace, folder: Path) -> None:
        workspace.close(backup=False)
        with pytest.raises(UserError) as fault:
            recovery.restore_folder(folder, "B")
        assert fault.value.findings[0].code == "backup_not_found"


class TestBackups:
    def test_are_made_on_closing_when_something_changed(
        self, workspace: Workspace, folder: Path
    ) -> None:
        workspace.close()
        assert len(backups(folder)) == 1
        Workspace.open(folder).close()
        assert len(backups(folder)) == 1

    def test_are_told_apart_by_their_history_and_not_by_its_length(
        self, workspace: Workspace, folder: Path, clock: Clock
    ) -> None:
        earlier = workspace.backup()
        clock.now += dt.timedelta(minutes=1)
        score(workspace, 8)
        workspace.restore(earlier, "B")  # backs up operation 3; the restoring becomes another 3
        clock.now += dt.timedelta(minutes=1)
        workspace.close()
        newest, before, _ = backups(folder)
        assert newest.operation == before.operation == 3

    def test_restoring_keeps_the_present_state_too(
        self, workspace: Workspace, clock: Clock
    ) -> None:
        score(workspace, 8)
        earlier = workspace.backup()
        clock.now += dt.timedelta(minutes=1)
        score(workspace, 9)
        workspace.restore(earlier, "Lê C")
        assert [e.points for e in workspace.read(books.ENTRIES, "2022")] == [8]
        assert [b.reason for b in workspace.backups()] == ["truoc_khoi_phuc", "tay"]
        words = [backup.reason.words for backup in workspace.backups()]
        assert words == ["trước khi khôi phục", "theo yêu cầu"]
        assert workspace.undo("B") is None
        clock.now += dt.timedelta(minutes=1)
        workspace.restore(workspace.backups()[0], "Lê C")
        assert [e.points for e in workspace.read(books.ENTRIES, "2022")] == [9]
        assert workspace.verify().intact

    def test_thin_out_to_the_last_ten_one_a_day_and_one_a_month(self) -> None:
        start = dt.datetime(2022, 1, 1, 8, 0)  # noqa: DTZ001 - a name's local time
        made = [
            Backup(Path(f"{n}"), start + dt.timedelta(hours=6 * n), n, BackupReason.ASKED)
            for n in range(4 * 120)
        ]
        today = made[-1].made.date()
        stay = sorted(kept(made, today), key=lambda b: b.made, reverse=True)
        assert stay[:10] == made[:-11:-1]
        days = [b.made.date() for b in stay if (today - b.made.date()).days < 14]
        assert len(set(days)) == 14
        older = [b.made for b in stay if (today - b.made.date()).days >= 14]
        assert [(m.month, m.day) for m in older] == [(3, 31), (2, 28), (1, 31)]
        assert kept([], today) == set()

    def test_of_a_copied_folder_come_along(
        self, workspace: Workspace, folder: Path, tmp_path: Path
    ) -> None:
        workspace.close()
        shutil.copytree(folder, tmp_path / "usb")
        with Workspace.open(tmp_path / "usb") as copy:
            assert copy.verify().intact
            assert len(copy.backups()) == 1
