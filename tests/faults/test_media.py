"""A full disk and a read-only medium: refused in words, nothing half written, nothing lost.

Where a small file system can be mounted (``tmpfs``, as root) it is a real one; the layer that
injects the same faults runs everywhere. The test's id names which of them it was.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from app.domain.snapshot import Cluster, Entry, Unit
from app.domain.year import PeriodRecord
from app.ground.findings import UserError
from app.persistence import backups, books, database, evidence_files, lock
from app.persistence.workspace import Workspace

SIZE = 4 << 20
Filled = Callable[[Workspace], Any]


def _mounts(folder: Path, options: str) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _can_mount() -> bool:
    if sys.platform == "win32" or os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        if not _mounts(Path(folder), "size=64k"):
            return False
        subprocess.run(["umount", folder], check=True)
    return True


MEDIA = ["tmpfs", "injected"] if _can_mount() else ["injected"]


@contextmanager
def small_disk(place: Path) -> Generator[None]:
    """A file system of four megabytes on ``place``."""
    assert _mounts(place, f"size={SIZE}")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture(params=MEDIA)
def medium(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[str]:
    """A small disk, or nothing but its name."""
    (tmp_path / "disk").mkdir()
    if request.param == "tmpfs":
        with small_disk(tmp_path / "disk"):
            yield request.param
    else:
        yield request.param


@pytest.fixture
def folder(tmp_path: Path, medium: str) -> Path:
    """A closed workspace with one score, on the medium."""
    place = tmp_path / "disk" / "so"
    workspace = Workspace.create(place, "A")
    with workspace.operation("year", "Mở năm", "A", period="p") as change:
        change.put(books.PERIODS, PeriodRecord("p", "p", *_days()))
        change.put(books.CLUSTERS, Cluster("k", "K"))
        change.put(books.UNITS, Unit("u1", "A", "k"))
        change.put(books.ENTRIES, Entry("u1", "I.1", "self", points=Fraction(8)))
    workspace.close()
    return place


def _days() -> tuple[Any, Any]:
    import datetime as dt

    return dt.date(2022, 1, 1), dt.date(2022, 12, 31)


def fill(place: Path, leave: int) -> None:
    """Leaves so many bytes on the disk."""
    free = shutil.disk_usage(place).free
    (place / "rac").write_bytes(b"x" * max(free - leave, 0))


def code_of(fault: pytest.ExceptionInfo[UserError]) -> str:
    return fault.value.findings[0].code


class TestAFullDisk:
    def test_refuses_the_act_and_keeps_all_that_was(
        self, folder: Path, medium: str, tmp_path: Path
    ) -> None:
        workspace = Workspace.open(folder)
        wanted, head = workspace.snapshot("p"), workspace.head
        if medium == "tmpfs":
            fill(tmp_path / "disk", 100_000)
        else:
            _limit_pages(workspace)
        with (
            pytest.raises(UserError) as fault,
            workspace.operation("score", "Chấm điểm", "B", period="p") as change,
        ):
            change.put(
                books.ENTRIES,
                *(Entry("u1", f"II.{n}", "self", reason="x" * 500) for n in range(3000)),
            )
        assert code_of(fault) == "disk_full"
        assert (workspace.snapshot("p"), workspace.head) == (wanted, head)
        assert workspace.verify().intact
        workspace.close(backup=False)
        later = Workspace.open(folder)
        assert later.snapshot("p") == wanted
        later.close(backup=False)

    def test_leaves_no_half_backup(
        self, folder: Path, medium: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        workspace = Workspace.open(folder)
        there = workspace.backups()
        if medium == "tmpfs":
            fill(tmp_path / "disk", 100_000)
        else:
            monkeypatch.setattr(backups, "_copy", _no_space)
        with pytest.raises(UserError) as fault:
            workspace.backup()
        assert code_of(fault) == "disk_full"
        assert workspace.backups() == there
        assert [file.suffix for file in (folder / "backups").iterdir()] == [".sqlite"]
        workspace.close(backup=False)

    def test_leaves_no_half_evidence(
        self, folder: Path, medium: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = tmp_path / "bao cao.pdf"
        file.write_bytes(b"x" * 300_000)
        workspace = Workspace.open(folder)
        if medium == "tmpfs":
            fill(tmp_path / "disk", 100_000)
        else:
            monkeypatch.setattr(evidence_files.shutil, "copyfile", _no_space)
        with pytest.raises(UserError) as fault:
            workspace.keep_file(file)
        assert code_of(fault) == "disk_full"
        assert [p for p in (folder / "evidence").rglob("*") if p.is_file()] == []
        workspace.close(backup=False)


class TestAReadOnlyMedium:
    @pytest.fixture
    def sealed(
        self, folder: Path, medium: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> Path:
        if medium == "tmpfs":
            self._remount(tmp_path / "disk", "ro")
        else:
            monkeypatch.setattr(lock.os, "open", _read_only)
        return folder

    @staticmethod
    def _remount(place: Path, how: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{how}", str(place)], check=True)

    def test_opens_for_reading_and_says_so(self, sealed: Path) -> None:
        workspace = Workspace.open(sealed)
        assert workspace.read_only
        assert [note.code for note in workspace.notes] == ["workspace_read_only"]
        assert workspace.snapshot("p").entries[0].points == 8
        assert workspace.verify().intact
        workspace.close()

    def test_refuses_every_writing_verb(self, sealed: Path, tmp_path: Path) -> None:
        workspace = Workspace.open(sealed)
        verbs: list[Callable[[], object]] = [
            lambda: workspace.operation("x", "x", "B").__enter__(),
            lambda: workspace.undo("B"),
            lambda: workspace.backup(),
            lambda: workspace.keep_file(tmp_path / "x"),
        ]
        for verb in verbs:
            with pytest.raises(UserError) as fault:
                verb()
            assert code_of(fault) == "workspace_read_only"
        workspace.close()

    def test_with_an_unfinished_write_is_not_read(
        self, folder: Path, medium: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (folder / (database.FILE + "-journal")).write_bytes(b"\xd9\xd5\x05\xf9")
        if medium == "tmpfs":
            self._remount(tmp_path / "disk", "ro")
        else:
            monkeypatch.setattr(lock.os, "open", _read_only)
        with pytest.raises(UserError) as fault:
            Workspace.open(folder)
        assert code_of(fault) == "workspace_read_only_unfinished"


def _no_space(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _read_only(*_: object, **__: object) -> int:
    raise OSError(errno.EROFS, os.strerror(errno.EROFS))


def _limit_pages(workspace: Workspace) -> None:
    """SQLite itself says that the disk is full when the file would grow by 20 pages."""

    @event.listens_for(workspace._engine, "checkout")
    def _limit(connection: Any, *_: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 20}")
