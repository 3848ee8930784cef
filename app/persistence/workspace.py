"""A workspace: the folder that holds a cluster's years, opened by one program at a time.

``Workspace.create`` and ``Workspace.open`` are the only ways in. Everything is written inside
``operation``: one transaction, one entry of the journal, one undo step, all or nothing. When its
block has been left without an exception, the operation is on the medium and survives any crash.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from sqlalchemy import Connection, Engine

from app.domain.snapshot import EntryKey, Snapshot
from app.domain.year import CriteriaTable, PeriodRecord
from app.ground.findings import Findings
from app.persistence import (
    backups,
    books,
    committing,
    database,
    evidence_files,
    faults,
    journal,
    last_view,
    medium,
    opening,
    records,
    sentences,
    snapshots,
    stored_rows,
)
from app.persistence.backups import Backup, BackupReason
from app.persistence.books import Book, Noun, NumberedBook
from app.persistence.histories import History, history_of
from app.persistence.journal import NewOperation, Operation
from app.persistence.lock import Lock
from app.persistence.records import Change
from app.persistence.sentences import JournalFilter, JournalLine
from app.persistence.settled import settle
from app.persistence.verify import Verification, verify

Clock = Callable[[], dt.datetime]


def local_time() -> dt.datetime:
    """Now, with the offset of the place: a day is the day that the officer saw."""
    return dt.datetime.now().astimezone()


class Workspace:
    """An open workspace. ``notes`` tells what was remarked at opening."""

    def __init__(
        self, folder: Path, engine: Engine, lock: Lock | None, clock: Clock, notes: Findings
    ) -> None:
        self.folder: Final = folder
        self.read_only: Final = lock is None
        self.notes: Final = notes.as_tuple()
        self._engine = engine
        self._lock = lock
        self._clock = clock
        self._turn = threading.Lock()
        self._writing: tuple[int, Connection] | None = None

    # ------------------------------------------------------------- in and out

    @classmethod
    def create(cls, folder: Path, actor: str, clock: Clock = local_time) -> Self:
        """A new workspace in an empty or new folder; raises ``UserError`` where it cannot be."""
        medium.refuse_network_share(folder)
        with faults.told_in_words(folder.name):
            if folder.exists() and (not folder.is_dir() or not opening.is_free(folder)):
                raise faults.refusal(
                    "folder_not_empty",
                    folder.name,
                    "Thư mục đã có nội dung nên không lập sổ làm việc mới ở đây.",
                    "Chọn thư mục trống, hoặc mở sổ làm việc đã có.",
                )
            folder.mkdir(parents=True, exist_ok=True)
            lock = Lock(folder, clock())
            try:
                fresh = folder / (database.FILE + ".part")
                for cut_short in folder.glob(fresh.name + "*"):
                    cut_short.unlink()
                database.make(fresh).dispose()
                settle(fresh, folder / database.FILE)
                for name in (evidence_files.FOLDER, backups.FOLDER):
                    (folder / name).mkdir(exist_ok=True)
            except BaseException:
                lock.release()
                raise
        engine = database.engine_of(folder / database.FILE)
        made = cls(folder, engine, lock, clock, Findings())
        kind, title = "workspace.created", "Lập sổ làm việc"
        with made.operation(kind, title, actor, barrier=True, empty=True):
            pass
        return made

    @classmethod
    def open(cls, folder: Path, clock: Clock = local_time) -> Self:
        """Opens a workspace after checking it through; on a read-only medium for reading.

        Raises ``UserError`` where there is none, another program holds it, it lies on a network
        share, is newer than this program, or is damaged (then the last good backup is named).
        """
        opening.file_of(folder)
        medium.refuse_network_share(folder)
        notes = Findings()
        lock = opening.taken_lock(folder, clock(), notes)
        try:
            engine = opening.checked_engine(folder, clock(), notes, read_only=lock is None)
        except BaseException:
            if lock is not None:
                lock.release()
            raise
        return cls(folder, engine, lock, clock, notes)

    def close(self, *, backup: bool = True) -> None:
        """Closes the workspace; makes a backup unless nothing has changed since the last one."""
        try:
            if backup and not self.read_only:
                there = backups.backups(self.folder)
                if not there or backups.head_of(there[0]) != self.head:
                    self.backup(BackupReason.CLOSING)
        finally:
            self._engine.dispose()
            if self._lock is not None:
                self._lock.release()
                self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # ------------------------------------------------------------- writing

    @contextlib.contextmanager
    def operation(
        self,
        kind: str,
        title: str,
        actor: str,
        *,
        period: str | None = None,
        parameters: Mapping[str, str] | None = None,
        barrier: bool = False,
        empty: bool = False,
        undoes: int | None = None,
        redoes: int | None = None,
    ) -> Iterator[Change]:
        """One named act. ``barrier``: undo stops here (a seal).

        An operation that changed nothing leaves no trace, unless ``empty`` asks for one. After the
        block, ``change.operation`` is what the journal keeps, or ``None``.
        """
        if self.read_only:
            raise faults.read_only(self.folder.name)
        now = self._clock().isoformat(timespec="seconds")
        new = NewOperation(kind, title, actor, now, period, parameters, undoes, redoes, barrier)
        with faults.told_in_words(self.folder.name), self._open_writing() as connection:
            number = journal.begin(connection, new)
            change = Change(connection, number, period, actor, now)
            yield change
            if not empty and not journal.changed(connection, number):
                connection.rollback()
                return
            kept = journal.finish(connection, number)
            committing.commit(connection, self.folder.name)
            change.operation = kept

    @contextlib.contextmanager
    def _open_writing(self) -> Iterator[Connection]:
        if self._writing is not None and self._writing[0] == threading.get_ident():
            raise RuntimeError("an operation is open already")
        options = {database.WRITING: True}
        with self._turn, self._engine.connect().execution_options(**options) as connection:
            connection.begin()
            self._writing = (threading.get_ident(), connection)
            try:
                yield connection
            finally:
                self._writing = None

    def undo(self, actor: str) -> Operation | None:
        """Takes the last act back, as an act of its own; ``None`` where there is none to take."""
        target = self.undoable()
        if target is None:
            return None
        title = f"Hoàn tác: {target.title}"
        with self.operation("undo", title, actor, period=target.period, undoes=target.id) as change:
            journal.apply_backwards(change.connection, target.id)
        return change.operation

    def redo(self, actor: str) -> Operation | None:
        """Does again what was taken back last; ``None`` where there is nothing."""
        target = self.redoable()
        if target is None:
            return None
        title = f"Làm lại: {target.title}"
        with self.operation("redo", title, actor, period=target.period, redoes=target.id) as change:
            journal.apply_again(change.connection, target.id)
        return change.operation

    def undoable(self) -> Operation | None:
        """The act that undo would take back."""
        return self.turns()[0]

    def redoable(self) -> Operation | None:
        """The act that redo would do again."""
        return self.turns()[1]

    def turns(self) -> tuple[Operation | None, Operation | None]:
        """The act that undo would take back, and the one that redo would do again."""
        with self._reading() as connection:
            done, undone = (
                journal.get(connection, stack[-1]) if stack else None
                for stack in journal.stacks(connection)
            )
        return done, undone

    def undo_order(self) -> tuple[int, ...]:
        """The numbers of the acts that repeated undo would take back, the first one first."""
        with self._reading() as connection:
            return tuple(reversed(journal.stacks(connection)[0]))

    def keep_file(self, source: Path) -> tuple[str, int]:
        """Copies a file of evidence in; returns its SHA-256 and size for the citation."""
        if self.read_only:
            raise faults.read_only(self.folder.name)
        return evidence_files.keep(self.folder, source)

    # ------------------------------------------------------------- reading

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A connection to read with; inside an operation that is the operation's own."""
        if self._writing is not None and self._writing[0] == threading.get_ident():
            yield self._writing[1]
            return
        with faults.told_in_words(self.folder.name), self._engine.begin() as connection:
            yield connection

    def read(self, book: Book[Noun], period: str | None = None) -> tuple[Noun, ...]:
        """All nouns of a book (of one period)."""
        with self._reading() as connection:
            return records.read(connection, book, period)

    def numbered(self, book: NumberedBook[Noun], period: str) -> dict[int, Noun]:
        """The nouns of a numbered book with their numbers."""
        with self._reading() as connection:
            return records.numbered(connection, book, period)

    def read_at(self, book: Book[Noun], period: str, operation: int) -> tuple[Noun, ...]:
        """The nouns of a book of one period as they stood when an operation was over."""
        with self._reading() as connection:
            return stored_rows.read_at(connection, book, period, operation)

    def one(
        self, book: Book[Noun], *key: str | int | None, period: str | None = None
    ) -> Noun | None:
        """The noun with this key, or ``None``."""
        with self._reading() as connection:
            return records.one(connection, book, *key, period=period)

    def period(self, period: str) -> PeriodRecord:
        """A year's record; raises ``UserError`` where there is none."""
        with self._reading() as connection:
            return snapshots.period_record(connection, period)

    def snapshot(self, period: str) -> Snapshot:
        """All facts of one year, frozen."""
        with self._reading() as connection:
            return snapshots.snapshot(connection, period)

    def pinned_tables(self, period: str) -> tuple[CriteriaTable, ...]:
        """The criteria tables that a year is scored by, the main one first."""
        with self._reading() as connection:
            return snapshots.pinned_tables(connection, period)

    def evidence_content(self, sha256: str, name: str) -> bytes:
        """The content of a kept file, checked."""
        return evidence_files.read(self.folder, sha256, name)

    def journal(self, wanted: JournalFilter | None = None) -> tuple[JournalLine, ...]:
        """The operations that fit, oldest first, in words."""
        with self._reading() as connection:
            return sentences.journal_lines(connection, wanted or JournalFilter())

    def touched_cells(self, operation: int, period: str) -> frozenset[EntryKey]:
        """The cells of a year that an operation wrote, changed or took out."""
        with self._reading() as connection:
            changes = journal.changes_of(connection, operation)
        rows = [
            json.loads(change.after or change.before or "{}")
            for change in changes
            if change.table == books.ENTRIES.name
        ]
        return frozenset(_cell(row) for row in rows if row["period"] == period)

    def reworked(self, period: str) -> frozenset[EntryKey]:
        """The cells of a year that were changed after they were first written."""
        with self._reading() as connection:
            said = ("state", "figures", "points", "reason")
            rows = journal.reworked(connection, books.ENTRIES.name, said)
        return frozenset(_cell(row) for row in rows if row["period"] == period)

    def history(self) -> History:
        """The whole journal as plain rows: out of it ``histories.lay`` makes this workspace."""
        with self._reading() as connection:
            return history_of(connection)

    @property
    def head(self) -> str:
        """The digest of the last operation: it is printed on sealed papers and anchors the past."""
        with self._reading() as connection:
            return journal.head(connection)

    @property
    def latest(self) -> Operation:
        """The last operation: the state that a paper shows is the one after it."""
        with self._reading() as connection:
            return journal.get(connection, journal.last_operation(connection))

    def operation_numbered(self, number: int) -> Operation | None:
        """The operation with this number, or ``None`` where the journal has not come so far."""
        with self._reading() as connection:
            if not 1 <= number <= journal.last_operation(connection):
                return None
            return journal.get(connection, number)

    @property
    def origin(self) -> str:
        """The digest of the first operation: it tells this workspace from all others."""
        with self._reading() as connection:
            return journal.get(connection, 1).digest

    def keep_view(self, body: bytes) -> None:
        """Keeps what the window showed of the present state, for the next opening."""
        if not self.read_only:
            last_view.keep(self.folder, self.head, body)

    def kept_view(self) -> bytes | None:
        """What the window showed last, unless something was written since."""
        return last_view.kept(self.folder, self.head)

    def verify(self, known_head: str | None = None) -> Verification:
        """Checks everything, the content of evidence files too."""
        with self._reading() as connection:
            return verify(connection, self.folder, known_head=known_head)

    # ------------------------------------------------------------- backups

    def backups(self) -> tuple[Backup, ...]:
        """The backups that are there, the newest first."""
        return backups.backups(self.folder)

    def backup(self, reason: BackupReason = BackupReason.ASKED) -> Backup:
        """Makes a verified backup now; before a large act with ``BEFORE_ACT``."""
        if self.read_only:
            raise faults.read_only(self.folder.name)
        return backups.make(self.folder, reason, self._clock())

    def restore(self, backup: Backup, actor: str) -> None:
        """Puts a backup in the place of the present state, which is backed up first."""
        self.backup(BackupReason.BEFORE_RESTORE)
        left = self.head
        self._engine.dispose()
        backups.put_back(self.folder, backup.file)
        self._engine = opening.checked_engine(self.folder, self._clock(), Findings())
        self.note_restored(backup, actor, left)

    def note_restored(self, backup: Backup, actor: str, left: str = "") -> None:
        """Enters in the journal that a backup was put back; ``left`` is the head that it left."""
        told = {"backup": backup.file.name, "left": left}
        title = f"Khôi phục từ bản sao lưu {backup.made:%d/%m/%Y %H:%M}"
        kind = "workspace.restored"
        with self.operation(kind, title, actor, parameters=told, barrier=True, empty=True):
            pass


def _cell(row: Mapping[str, Any]) -> EntryKey:
    return (row["unit"], row["criterion"], row["round"], row["pack"] or None)
