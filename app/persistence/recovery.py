"""What can be done with a workspace that does not open any more: check it, restore it."""

from __future__ import annotations

from pathlib import Path

from app.ground.findings import Findings
from app.persistence import backups, database, faults, medium, opening
from app.persistence.backups import Backup
from app.persistence.lock import Lock
from app.persistence.verify import Verification, verify
from app.persistence.workspace import Clock, Workspace, local_time


def restore_folder(
    folder: Path, actor: str, backup: Backup | None = None, clock: Clock = local_time
) -> Backup:
    """Restores a workspace that may not open any more, by default from the last good backup.

    The damaged file is put aside in ``backups/`` and not taken away. Raises ``UserError`` where no
    backup verifies.
    """
    medium.refuse_network_share(folder)
    lock = Lock(folder, clock())
    try:
        chosen = backup or backups.last_good(folder)
        if chosen is None:
            raise faults.refusal(
                "backup_not_found",
                folder.name,
                "Không có bản sao lưu nào dùng được.",
                "Tìm bản sao của thư mục này trên máy hoặc thẻ nhớ khác.",
            )
        with faults.told_in_words(folder.name):
            backups.refuse_damaged(chosen.file)
            for ending in ("", "-journal"):
                left = folder / (database.FILE + ending)
                if left.exists():
                    name = f"hong-{clock():%Y%m%d-%H%M%S}.sqlite{ending}"
                    (folder / backups.FOLDER / name).write_bytes(left.read_bytes())
        backups.put_back(folder, chosen.file)
    finally:
        lock.release()
    with Workspace.open(folder, clock) as workspace:
        workspace.note_restored(chosen, actor)
    return chosen


def verify_folder(
    folder: Path, known_head: str | None = None, clock: Clock = local_time
) -> Verification:
    """Checks a workspace that may not open any more; what a crash left unfinished is taken back.

    Raises ``UserError`` where there is none, it is in use, or its head is not ours.
    """
    file = opening.file_of(folder)
    lock = opening.taken_lock(folder, clock(), Findings())
    try:
        database.recognise(file)
        engine = database.engine_of(file, read_only=lock is None)
        try:
            with faults.damage_in_words(file.name), engine.begin() as connection:
                return verify(connection, folder, known_head=known_head)
        finally:
            engine.dispose()
    finally:
        if lock is not None:
            lock.release()
