"""The journal: named operations, chained by digests, with each row's before and after.

The database's triggers write the changes; this room opens an operation, closes it with its digest
and applies changes again or backwards. The digest of an operation covers its own words, its
changes and the digest before it, so whatever is altered later breaks the chain from there on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from app.persistence import faults
from app.persistence.columns import clean, compact
from app.persistence.tables import METADATA
from app.persistence.triggers import key_json, quoted, row_json

START: Final = "sha256:" + "0" * 64
"""Stands before the first operation."""

_FIELDS: Final = (
    "id, kind, title, actor, at, period, parameters, undoes, redoes, barrier, previous, digest"
)


@dataclass(frozen=True, slots=True)
class Operation:
    """One journalled act: what, by whom, when, and whether undo may pass it."""

    id: int
    kind: str
    title: str
    actor: str
    at: str
    period: str | None
    parameters: Mapping[str, str]
    undoes: int | None
    redoes: int | None
    barrier: bool
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row's before and after as JSON text; ``None`` where there was or is no row."""

    id: int
    operation: int
    table: str
    key: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class NewOperation:
    """What an operation says of itself before it has an id."""

    kind: str
    title: str
    actor: str
    at: str
    period: str | None = None
    parameters: Mapping[str, str] | None = None
    undoes: int | None = None
    redoes: int | None = None
    barrier: bool = False


def begin(connection: Connection, new: NewOperation) -> int:
    """Opens an operation; from here on the triggers let writes through and keep them."""
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    previous = head(connection)
    number = last_operation(connection) + 1
    parameters = {clean(k): clean(v) for k, v in (new.parameters or {}).items()}
    connection.exec_driver_sql(
        f"INSERT INTO operations ({_FIELDS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
        (
            number,
            new.kind,
            clean(new.title),
            clean(new.actor),
            new.at,
            new.period,
            compact(dict(sorted(parameters.items()))),
            new.undoes,
            new.redoes,
            int(new.barrier),
            previous,
        ),
    )
    connection.exec_driver_sql("INSERT INTO current_operation VALUES (?)", (number,))
    return number


def finish(connection: Connection, number: int) -> Operation:
    """Closes the operation with its digest; afterwards nothing can be written until the next."""
    row = _row(connection, number)
    digest = digest_of(row, changes_of(connection, number))
    connection.exec_driver_sql("UPDATE operations SET digest = ? WHERE id = ?", (digest, number))
    connection.exec_driver_sql("DELETE FROM current_operation")
    return _operation({**row, "digest": digest})


def digest_of(row: Mapping[str, Any], changes: Iterable[RowChange]) -> str:
    """The digest of an operation's row, its changes and the digest before it."""
    words = [row[field] for field in _FIELDS.split(", ")[:-1]]
    rows = [[c.table, c.key, c.before, c.after] for c in changes]
    return "sha256:" + hashlib.sha256(compact([words, rows]).encode("utf-8")).hexdigest()


def head(connection: Connection) -> str:
    """The digest of the last operation; it stands for the whole history."""
    found = connection.exec_driver_sql(
        "SELECT digest FROM operations ORDER BY id DESC LIMIT 1"
    ).scalar()
    return found or START


def last_operation(connection: Connection) -> int:
    """The number of the last operation; 0 where there is none."""
    found = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM operations")
    return int(found.scalar_one())


def changed(connection: Connection, number: int) -> bool:
    """Whether the operation has changed any row yet."""
    found = connection.exec_driver_sql(
        "SELECT 1 FROM changes WHERE operation = ? LIMIT 1", (number,)
    ).scalar()
    return found is not None


def operation_rows(connection: Connection) -> list[dict[str, Any]]:
    """The rows of all operations, in order, as they stand in the file."""
    rows = connection.exec_driver_sql(f"SELECT {_FIELDS} FROM operations ORDER BY id")
    return [dict(row) for row in rows.mappings()]


def operations(connection: Connection) -> tuple[Operation, ...]:
    """All operations, in order."""
    return tuple(_operation(row) for row in operation_rows(connection))


def all_changes(connection: Connection) -> list[RowChange]:
    """All changes, in order."""
    rows = connection.exec_driver_sql(
        "SELECT id, operation, tbl, key, before, after FROM changes ORDER BY id"
    )
    return [RowChange(*row) for row in rows.all()]


def changes_of(connection: Connection, number: int) -> list[RowChange]:
    """The changes of one operation, in order."""
    rows = connection.exec_driver_sql(
        "SELECT id, operation, tbl, key, before, after FROM changes WHERE operation = ? "
        "ORDER BY id",
        (number,),
    )
    return [RowChange(*row) for row in rows.all()]


def reworked(connection: Connection, table: str, columns: Sequence[str]) -> list[Mapping[str, Any]]:
    """The rows, as they stand now, where a column says something else than at first."""
    rows = connection.exec_driver_sql(
        "WITH spans AS (SELECT min(id) AS low, max(id) AS high FROM changes WHERE tbl = ? "
        "GROUP BY key HAVING low <> high) "
        "SELECT first.after, last.after FROM spans JOIN changes AS first ON first.id = low "
        "JOIN changes AS last ON last.id = high "
        "WHERE first.after IS NOT NULL AND last.after IS NOT NULL "
        "AND last.after IS NOT first.after",
        (table,),
    )
    pairs = [(json.loads(first), json.loads(last)) for first, last in rows.all()]
    return [last for first, last in pairs if any(first[c] != last[c] for c in columns)]


def before_since(
    connection: Connection, table: str, operation: int
) -> list[tuple[str, str | None]]:
    """The rows of a table that changed after an operation: key, and what stood there then."""
    rows = connection.exec_driver_sql(
        "SELECT key, before FROM changes WHERE id IN "
        "(SELECT min(id) FROM changes WHERE tbl = ? AND operation > ? GROUP BY key)",
        (table, operation),
    )
    return [(str(key), before) for key, before in rows.all()]


def put_rows(
    connection: Connection, table: str, columns: Sequence[str], rows: Sequence[str]
) -> None:
    """Puts rows back as the journal wrote them, where no trigger watches."""
    names = ", ".join(quoted(column) for column in columns)
    marks = ", ".join("?" for _ in columns)
    for text in rows:
        row = json.loads(text)
        connection.exec_driver_sql(
            f"INSERT INTO {quoted(table)} ({names}) VALUES ({marks})",
            tuple(row[column] for column in columns),
        )


def _row(connection: Connection, number: int) -> dict[str, Any]:
    rows = connection.exec_driver_sql(
        f"SELECT {_FIELDS} FROM operations WHERE id = ?", (number,)
    ).mappings()
    return dict(rows.one())


def _operation(row: Mapping[str, Any]) -> Operation:
    return Operation(
        **{
            **row,
            "parameters": json.loads(row["parameters"]),
            "barrier": bool(row["barrier"]),
        }
    )


def stacks(connection: Connection) -> tuple[list[int], list[int]]:
    """What can be undone and what can be redone, the next one last.

    An act of its own empties the redo stack; a barrier (a seal, a migration) empties both.
    """
    done: list[int] = []
    undone: list[int] = []
    rows = connection.exec_driver_sql(
        "SELECT id, undoes, redoes, barrier FROM operations"
        " WHERE id >= (SELECT coalesce(max(id), 0) FROM operations WHERE barrier) ORDER BY id"
    )
    for number, undoes, redoes, barrier in rows:
        if undoes is not None:
            done.pop()
            undone.append(undoes)
        elif redoes is not None:
            undone.pop()
            done.append(redoes)
        else:
            undone.clear()
            done.append(number)
            if barrier:
                done.clear()
    return done, undone


def get(connection: Connection, number: int) -> Operation:
    """One operation."""
    return _operation(_row(connection, number))


def apply_backwards(connection: Connection, number: int) -> None:
    """Writes the inverse of an operation's changes, inside another operation."""
    for change in reversed(changes_of(connection, number)):
        _turn(connection, change.table, change.key, change.after, change.before)


def apply_again(connection: Connection, number: int) -> None:
    """Writes an operation's changes once more, inside another operation."""
    for change in changes_of(connection, number):
        _turn(connection, change.table, change.key, change.before, change.after)


def _turn(
    connection: Connection, name: str, key: str, present: str | None, wanted: str | None
) -> None:
    """Turns one row from ``present`` into ``wanted``; refuses where it is not ``present``."""
    table = METADATA.tables[name]
    columns = [column.name for column in table.columns]
    keys = [column.name for column in table.primary_key.columns]
    where = " AND ".join(f"{quoted(k)} IS ?" for k in keys)
    values = tuple(json.loads(key))
    found = connection.exec_driver_sql(
        f"SELECT {row_json(columns)} FROM {quoted(name)} WHERE {where}", values
    ).scalar()
    if not same_row(found, present):
        raise faults.damaged(name, f"dòng {key} không khớp nhật ký.")
    if wanted is None:
        connection.exec_driver_sql(f"DELETE FROM {quoted(name)} WHERE {where}", values)
        return
    row = json.loads(wanted)
    if present is None:
        marks = ", ".join("?" for _ in columns)
        names = ", ".join(quoted(c) for c in columns)
        connection.exec_driver_sql(
            f"INSERT INTO {quoted(name)} ({names}) VALUES ({marks})",
            tuple(row[c] for c in columns),
        )
        return
    rest = [c for c in columns if c not in keys]
    pairs = ", ".join(f"{quoted(c)} = ?" for c in rest)
    connection.exec_driver_sql(
        f"UPDATE {quoted(name)} SET {pairs} WHERE {where}",
        (*(row[c] for c in rest), *values),
    )


def same_row(one: str | None, other: str | None) -> bool:
    """Whether two rows are equal; SQLite's versions may escape a character differently."""
    if one is None or other is None:
        return one is other
    return one == other or json.loads(one) == json.loads(other)


def rows_of(
    connection: Connection, name: str, columns: Sequence[str], keys: Sequence[str]
) -> dict[str, str]:
    """All rows of a table as JSON text by key, written just as the triggers write them."""
    rows = connection.exec_driver_sql(
        f"SELECT {key_json(keys)}, {row_json(columns)} FROM {quoted(name)}"
    )
    return {str(key): str(row) for key, row in rows.all()}
