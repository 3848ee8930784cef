"""Copies of the workspace file: made whole, opened and checked, thinned, put back.

Evidence files are not copied: they are never changed or taken away, and their names check them.
"""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from app.ground.findings import UserError
from app.persistence import database, faults, journal
from app.persistence.settled import settle
from app.persistence.tables import SCHEMA
from app.persistence.verify import verify

FOLDER: Final = "backups"
LAST: Final = 10
DAYS: Final = 14
_NAME: Final = re.compile(r"(\d{8}-\d{6})-(\d+)-([a-z_]+)\.sqlite")
EVIDENCE_CODES: Final = frozenset({"evidence_gone", "evidence_altered"})
"""Faults of evidence files; they are told, and do not keep a workspace shut."""


class BackupReason(StrEnum):
    """Why a copy was made, as its file name says it: file names are read by officers too."""

    CLOSING = "dong"
    ASKED = "tay"
    BEFORE_ACT = "truoc_viec_lon"
    BEFORE_RESTORE = "truoc_khoi_phuc"
    BEFORE_UPGRADE = "truoc_cap_nhat"

    @property
    def words(self) -> str:
        """The reason in Vietnamese."""
        return _WORDS[self]


_WORDS: Final = {
    BackupReason.CLOSING: "khi đóng sổ làm việc",
    BackupReason.ASKED: "theo yêu cầu",
    BackupReason.BEFORE_ACT: "trước một việc lớn",
    BackupReason.BEFORE_RESTORE: "trước khi khôi phục",
    BackupReason.BEFORE_UPGRADE: "trước khi cập nhật cấu trúc dữ liệu",
}


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy: when it was made, after which operation, and why."""

    file: Path
    made: dt.datetime
    operation: int
    reason: BackupReason


def backups(folder: Path) -> tuple[Backup, ...]:
    """The copies of a workspace, the newest first."""
    found = []
    place = folder / FOLDER
    for file in place.iterdir() if place.is_dir() else ():
        match = _NAME.fullmatch(file.name)
        if match and match[3] in _WORDS:
            made = dt.datetime.strptime(match[1], "%Y%m%d-%H%M%S")  # noqa: DTZ007 - local, as named
            found.append(Backup(file, made, int(match[2]), BackupReason(match[3])))
    return tuple(sorted(found, key=lambda b: (b.made, b.operation, b.reason), reverse=True))


def make(folder: Path, reason: BackupReason, now: dt.datetime) -> Backup:
    """Copies the workspace file, checks the copy through, then thins the old ones.

    Raises ``UserError`` where the medium is full or the copy does not verify.
    """
    source = folder / database.FILE
    place = folder / FOLDER
    with faults.told_in_words(FOLDER):
        place.mkdir(exist_ok=True)
        part = place / "new.part"
        try:
            operation = _copy(source, part)
            refuse_damaged(part)
            name = f"{now:%Y%m%d-%H%M%S}-{operation}-{reason}.sqlite"
            settle(part, place / name)
        finally:
            part.unlink(missing_ok=True)
    there = backups(folder)
    made = next(backup for backup in there if backup.file.name == name)
    for old in set(there) - kept(there, now.date()) - {made}:
        old.file.unlink(missing_ok=True)
    return made


def head_of(backup: Backup) -> str | None:
    """The digest of the last operation in a copy; ``None`` where it cannot be read any more."""
    engine = database.engine_of(backup.file, read_only=True)
    try:
        with faults.damage_in_words(backup.file.name), engine.begin() as connection:
            return journal.head(connection)
    except UserError:
        return None
    finally:
        engine.dispose()


def kept(there: Iterable[Backup], today: dt.date) -> set[Backup]:
    """Which copies stay: the last ten, one a day for 14 days, one a month."""
    newest_first = sorted(there, key=lambda b: (b.made, b.operation), reverse=True)
    stay = set(newest_first[:LAST])
    days: set[dt.date] = set()
    months: set[tuple[int, int]] = set()
    for backup in newest_first:
        day = backup.made.date()
        if day not in days and (today - day).days < DAYS:
            stay.add(backup)
        days.add(day)
        if (day.year, day.month) not in months:
            stay.add(backup)
        months.add((day.year, day.month))
    return stay


def last_good(folder: Path) -> Backup | None:
    """The newest copy that verifies."""
    for backup in backups(folder):
        try:
            refuse_damaged(backup.file)
        except UserError:
            continue
        return backup
    return None


def refuse_damaged(file: Path) -> None:
    """Raises ``UserError`` where a workspace file does not verify; evidence is not looked at."""
    older = database.recognise(file) < SCHEMA
    engine = database.engine_of(file, read_only=True)
    try:
        with faults.damage_in_words(file.name), engine.begin() as connection:
            if older:  # its history is checked when it is brought up to date
                if database.faults_of_structure(connection):
                    raise faults.damaged(file.name, "SQLite không đọc được cấu trúc tệp.")
                return
            found = verify(connection, file.parent, files=False)
    finally:
        engine.dispose()
    errors = [f for f in found.findings if f.is_error and f.code not in EVIDENCE_CODES]
    if errors:
        raise UserError(errors)


def put_back(folder: Path, backup: Path) -> None:
    """Puts a checked copy in the place of the workspace file, in one step.

    A journal that a crash left belongs to the file that goes, so it goes first: nobody may apply
    it to the copy.
    """
    target = folder / database.FILE
    part = folder / (database.FILE + ".part")
    with faults.told_in_words(FOLDER):
        try:
            refuse_damaged(backup)
            part.write_bytes(backup.read_bytes())
            (folder / (database.FILE + "-journal")).unlink(missing_ok=True)
            settle(part, target)
        finally:
            part.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> int:
    """Copies page by page under SQLite's own lock; returns the last operation's number."""
    target.unlink(missing_ok=True)
    one, other = sqlite3.connect(source), sqlite3.connect(target)
    try:
        one.backup(other)
        row = other.execute("SELECT coalesce(max(id), 0) FROM operations").fetchone()
    finally:
        one.close()
        other.close()
    return int(row[0])
