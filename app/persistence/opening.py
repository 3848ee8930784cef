"""Opening a workspace's file: the lock, the medium, the check, and the offer of a backup."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from app.ground.findings import Finding, Findings, UserError
from app.persistence import backups, database, faults, migrate
from app.persistence.lock import FILE as LOCK_FILE
from app.persistence.lock import Lock, said
from app.persistence.tables import SCHEMA
from app.persistence.verify import verify


def file_of(folder: Path) -> Path:
    """The workspace file of a folder; raises ``UserError`` where there is none."""
    file = folder / database.FILE
    if not file.is_file():
        raise faults.refusal(
            "workspace_not_found",
            folder.name,
            "Thư mục này không chứa sổ làm việc.",
            "Chọn đúng thư mục, lập sổ làm việc mới, hoặc khôi phục từ bản sao lưu.",
        )
    return file


def is_free(folder: Path) -> bool:
    """Whether nothing lies there but what a making that was cut short has left."""
    left = {LOCK_FILE, database.FILE + ".part", database.FILE + ".part-journal"}
    return all(path.name in left for path in folder.iterdir())


def taken_lock(folder: Path, now: dt.datetime, notes: Findings) -> Lock | None:
    """The lock, or ``None`` where the medium cannot be written."""
    try:
        lock = Lock(folder, now)
    except OSError as fault:
        told = faults.of_the_system(fault, folder.name)
        if told.findings[0].code != "workspace_read_only":
            raise told from fault
        if (folder / (database.FILE + "-journal")).exists():
            raise faults.refusal(
                "workspace_read_only_unfinished",
                folder.name,
                "Ổ đĩa chỉ đọc và lần ghi trước bị ngắt giữa chừng nên chưa thể đọc an toàn.",
                "Chép cả thư mục sang ổ đĩa ghi được rồi mở lại.",
            ) from fault
        notes.extend(told.findings)
        return None
    if lock.left_by:
        since = said(lock.left_by.get("since", ""))
        notes.note(
            "lock_taken_over",
            folder.name,
            f"Lần mở trước ({lock.left_by.get('user', '')}, {since}) kết thúc bất thường.",
            "Dữ liệu đã được kiểm tra; việc chưa ghi xong khi đó không có trong sổ.",
        )
    return lock


def checked_engine(
    folder: Path, now: dt.datetime, notes: Findings, *, read_only: bool = False
) -> Engine:
    """An engine on a file that was recognised, brought up to date and verified."""
    file = folder / database.FILE
    try:
        if database.recognise(file) < SCHEMA:
            if read_only:
                raise faults.read_only(folder.name)
            backups.make(folder, backups.BackupReason.BEFORE_UPGRADE, now)
            migrate.bring_up_to_date(file, now)
        engine = database.engine_of(file, read_only=read_only)
        try:
            with faults.damage_in_words(file.name), engine.begin() as connection:
                found = verify(connection, folder, files=False)
            for finding in found.findings:
                if finding.code in backups.EVIDENCE_CODES:
                    notes.add(finding)
            errors = [f for f in found.findings if f.code not in backups.EVIDENCE_CODES]
            if errors:
                raise UserError(errors)
        except BaseException:
            engine.dispose()
            raise
    except UserError as fault:
        raise _with_offer(folder, fault) from fault
    return engine


_MENDED_BY_BACKUP: Final = frozenset(
    {
        "workspace_damaged",
        "row_tampered",
        "operation_tampered",
        "guard_missing",
        "workspace_foreign",
    }
)


def _with_offer(folder: Path, fault: UserError) -> UserError:
    """The refusal with the last good backup named, where a backup would help."""
    if not any(finding.code in _MENDED_BY_BACKUP for finding in fault.findings):
        return fault
    good = backups.last_good(folder)
    if good is None:
        return fault
    offer = f"Khôi phục từ bản sao lưu {good.made:%d/%m/%Y %H:%M} ({good.file.name})."
    return UserError(Finding(f.code, f.severity, f.place, f.message, offer) for f in fault.findings)
