"""The verbs around a workspace as a whole: open it, keep it safe, look back, take back.

``actor`` is the name of the person who works, as the journal will say it. Each verb raises
``UserError`` where the officer has to do something first.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from app.ground.findings import Finding, Severity, UserError
from app.persistence import recovery
from app.persistence.backups import Backup, backups
from app.persistence.journal import Operation
from app.persistence.sentences import JournalFilter, JournalLine
from app.persistence.verify import Verification
from app.persistence.workspace import Workspace


def create_workspace(folder: Path, actor: str) -> Workspace:
    """A new workspace in an empty or new folder, open."""
    return Workspace.create(folder, actor)


def open_workspace(folder: Path) -> Workspace:
    """An existing workspace, checked through; ``notes`` holds what was remarked."""
    return Workspace.open(folder)


def close_workspace(workspace: Workspace) -> None:
    """Closes; what changed since the last backup is backed up."""
    workspace.close()


def backup_workspace(workspace: Workspace) -> Backup:
    """A verified backup, now."""
    return workspace.backup()


def list_backups(folder: Path) -> tuple[Backup, ...]:
    """The backups of a workspace, the newest first."""
    return backups(folder)


def restore_workspace(folder: Path, actor: str, name: str | None = None) -> Backup:
    """Puts back the backup with this file name, or the last good one.

    The workspace must not be open. What is there now is put aside in ``backups/``.
    """
    if name is None:
        return recovery.restore_folder(folder, actor)
    known = backups(folder)
    for backup in known:
        if backup.file.name == name:
            return recovery.restore_folder(folder, actor, backup)
    raise UserError(
        [
            Finding(
                "backup_not_found",
                Severity.ERROR,
                name,
                "Không có bản sao lưu mang tên này.",
                "Chọn một trong: " + ", ".join(backup.file.name for backup in known[:5]) + ".",
            )
        ]
    )


def verify_workspace(folder: Path, known_head: str | None = None) -> Verification:
    """Checks structure, journal, rows and evidence; names each place that was altered.

    ``known_head`` is the journal digest on an issued paper; it must be part of the chain.
    """
    return recovery.verify_folder(folder, known_head)


def check_workspace(workspace: Workspace) -> Verification:
    """The same for a workspace that is open; the content of all evidence files is read."""
    return workspace.verify()


def undo(workspace: Workspace, actor: str) -> Operation | None:
    """Takes the last act back; ``None`` where there is none that may be taken back."""
    return workspace.undo(actor)


def redo(workspace: Workspace, actor: str) -> Operation | None:
    """Does the act again that was taken back last; ``None`` where there is none."""
    return workspace.redo(actor)


def undo_steps(workspace: Workspace, operation: int) -> tuple[int, ...]:
    """The acts that have to be taken back, the newest first, until this one is; empty where undo
    does not come to it: it was taken back already, or a seal stands before it.
    """
    order = workspace.undo_order()
    return order[: order.index(operation) + 1] if operation in order else ()


def undo_to(workspace: Workspace, actor: str, operation: int) -> tuple[Operation, ...]:
    """Takes acts back one by one until this one is; none where undo does not come to it."""
    done = [workspace.undo(actor) for _ in undo_steps(workspace, operation)]
    return tuple(one for one in done if one is not None)


def journal(
    workspace: Workspace,
    *,
    unit: str | None = None,
    criterion: str | None = None,
    actor: str | None = None,
    day: dt.date | None = None,
    period: str | None = None,
) -> tuple[JournalLine, ...]:
    """What was done, oldest first, in sentences; only what fits all that is named."""
    return workspace.journal(JournalFilter(unit, criterion, actor, day, period))
