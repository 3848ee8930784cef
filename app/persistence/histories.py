"""The whole journal as plain rows, and a workspace laid out of one.

The journal holds every row's before and after, so it is the workspace: whoever has it can lay the
same one elsewhere, with the same digests, and verify each sealed year by the head that its papers
bear. Only the files of evidence travel beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert
from sqlalchemy.exc import SQLAlchemyError

from app.ground.findings import Findings, UserError
from app.persistence import backups, database, evidence_files, faults, journal
from app.persistence.journal_tables import CHANGES, OPERATIONS
from app.persistence.settled import settle
from app.persistence.stored_rows import Stored
from app.persistence.tables import KEPT, SCHEMA
from app.persistence.triggers import drop_triggers, lay_triggers
from app.persistence.verify import verify


@dataclass(frozen=True)
class History:
    """The rows of operations and changes, in order, as the file of a schema keeps them."""

    schema: int
    operations: Sequence[Mapping[str, Any]]
    changes: Sequence[Mapping[str, Any]]


def history_of(connection: Connection) -> History:
    """The whole journal."""
    changes: list[Stored] = [
        {
            "id": change.id,
            "operation": change.operation,
            "tbl": change.table,
            "key": change.key,
            "before": change.before,
            "after": change.after,
        }
        for change in journal.all_changes(connection)
    ]
    return History(SCHEMA, journal.operation_rows(connection), changes)


def lay(folder: Path, history: History, name: str) -> None:
    """Lays a workspace out of a journal in a new folder; it is opened like any other.

    Raises ``UserError`` where the journal is of another schema, or does not hold together; then
    there is no workspace file.
    """
    if history.schema != SCHEMA:
        raise faults.refusal(
            "history_other_schema",
            name,
            f"Sổ trong gói có cấu trúc bản {history.schema}, chương trình này dùng bản {SCHEMA}.",
            "Cập nhật chương trình ở cả hai nơi rồi lập lại gói.",
        )
    with faults.told_in_words(folder.name):
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / (database.FILE + ".part")
        engine = database.make(fresh)
        sound = False
        try:
            with engine.begin() as connection:
                _fill(connection, history)
                found = verify(connection, folder, files=False)
            if not found.intact:
                raise UserError(found.findings)
            sound = True
        except (SQLAlchemyError, TypeError, KeyError, ValueError) as fault:
            raise _broken(name) from fault
        except UserError as fault:
            raise UserError(Findings([*_broken(name).findings, *fault.findings])) from fault
        finally:
            engine.dispose()
            if not sound:
                fresh.unlink(missing_ok=True)
        settle(fresh, folder / database.FILE)
        for inner in (evidence_files.FOLDER, backups.FOLDER):
            (folder / inner).mkdir(exist_ok=True)


def _fill(connection: Connection, history: History) -> None:
    drop_triggers(connection)
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    if history.operations:
        connection.execute(insert(OPERATIONS), [dict(row) for row in history.operations])
    if history.changes:
        connection.execute(insert(CHANGES), [dict(row) for row in history.changes])
    last: dict[tuple[str, str], str] = {}
    for change in history.changes:
        place = (change["tbl"], change["key"])
        if change["after"] is None:
            last.pop(place, None)
        else:
            last[place] = change["after"]
    for table in KEPT:
        columns = [column.name for column in table.columns]
        rows = [row for (name, _), row in last.items() if name == table.name]
        journal.put_rows(connection, table.name, columns, rows)
    lay_triggers(connection)


def _broken(name: str) -> UserError:
    return faults.refusal(
        "history_broken",
        name,
        "Nhật ký trong gói không liền mạch nên không lập được sổ từ gói này.",
        "Đề nghị nơi bàn giao kiểm tra sổ của họ rồi lập lại gói.",
    )
