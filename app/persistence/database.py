"""One SQLite file: opening it with the settings that keep it safe, making it, knowing it again."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from app.persistence import faults, journal_tables
from app.persistence.tables import APPLICATION_ID, METADATA, SCHEMA
from app.persistence.triggers import lay_triggers

FILE: Final = "workspace.sqlite"
WRITING: Final = "workspace_writing"
_MAGIC: Final = b"SQLite format 3\0"
_PRAGMAS: Final = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA synchronous = FULL",
)


def engine_of(file: Path, *, read_only: bool = False) -> Engine:
    """An engine on the file; a connection with the option ``WRITING`` takes the write lock at
    once, so that a write never comes too late.
    """
    uri = f"{file.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            uri, uri=True, timeout=30, isolation_level=None, check_same_thread=False
        )
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        if not read_only and file.stat().st_size > 0:
            connection.execute("PRAGMA journal_mode = DELETE")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(WRITING, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def make(file: Path) -> Engine:
    """A new, empty workspace file of the present schema; raises where the file exists."""
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666))
    engine = engine_of(file)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        create_tables(connection)
        lay_triggers(connection)
        mark_schema(connection, SCHEMA)
    return engine


def create_tables(connection: Connection) -> None:
    """Lays all tables of the present schema, the journal's included."""
    assert journal_tables.CHANGES.metadata is METADATA
    METADATA.create_all(connection)


def mark_schema(connection: Connection, number: int) -> None:
    """Notes which schema the file has, for us and for Alembic."""
    connection.exec_driver_sql(f"PRAGMA user_version = {number}")
    connection.exec_driver_sql(
        "CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL, "
        "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql("DELETE FROM alembic_version")
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (f"{number:04}",))


def recognise(file: Path) -> int:
    """The number of the file's schema, read without SQLite.

    Raises ``UserError`` where the file is none of ours: another program's, damaged in its head,
    or written by a newer version of this one.
    """
    with faults.told_in_words(file.name), file.open("rb") as stream:
        head = stream.read(100)
    if len(head) < 100 or not head.startswith(_MAGIC):
        raise faults.damaged(file.name, "phần đầu tệp không còn là của SQLite.")
    application = int.from_bytes(head[68:72], "big")
    schema = int.from_bytes(head[60:64], "big")
    if application != APPLICATION_ID:
        raise faults.refusal(
            "workspace_foreign",
            file.name,
            "Đây là tệp của một chương trình khác, không phải sổ làm việc của Bảng Vàng.",
            "Chọn lại thư mục; nếu đúng là thư mục này thì khôi phục từ bản sao lưu.",
        )
    if schema > SCHEMA:
        raise faults.refusal(
            "workspace_newer",
            file.name,
            f"Sổ làm việc thuộc phiên bản mới hơn (cấu trúc {schema}, chương trình này: {SCHEMA}).",
            "Cập nhật chương trình rồi mở lại; bản cũ không mở để khỏi làm mất dữ liệu.",
        )
    if schema < 1:
        raise faults.damaged(file.name, "không rõ phiên bản cấu trúc.")
    return schema


def faults_of_structure(connection: Connection) -> int:
    """How many places SQLite itself finds broken; a hundred are enough."""
    rows = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    return sum(row != "ok" for row in rows)


_STRUCTURE: Final = {
    "columns": 'm.name, x.cid, x.name, x.type, x."notnull", x.dflt_value, x.pk, x.hidden '
    "FROM sqlite_master m, pragma_table_xinfo(m.name) x WHERE m.type = 'table'",
    "bonds": 'm.name, f."table", f."from", f."to", f.on_update, f.on_delete '
    "FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'",
    "kinds": "name, type, wr, strict FROM pragma_table_list WHERE name NOT LIKE 'sqlite_%'",
    "indexes": 'm.name, l.name, l."unique", i.seqno, i.name FROM sqlite_master m, '
    "pragma_index_list(m.name) l, pragma_index_info(l.name) i WHERE m.type = 'table'",
}


def structure_of(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Tables, columns, keys, foreign keys and indexes, as SQLite understands them."""
    return {
        aspect: sorted(map(tuple, connection.exec_driver_sql(f"SELECT {query}")), key=repr)
        for aspect, query in _STRUCTURE.items()
    }


STRUCTURE: Final = "093610200fc7bda5472c1c08044d6a3a7bf5babdb955fccc7d47342c88e9d0ab"
"""The digest of the structure that a new file of the present schema has (a test holds it so)."""


def has_expected_structure(connection: Connection) -> bool:
    """Whether a file is laid out as this program lays it out.

    A known digest spares laying out a new file to compare with. SQLite itself may tell the same
    structure in other words one day; then the new file decides.
    """
    found = structure_of(connection)
    return digest_of(found) == STRUCTURE or found == expected_structure()


def digest_of(structure: Mapping[str, Sequence[tuple[Any, ...]]]) -> str:
    """The digest of a structure."""
    return hashlib.sha256(repr(structure).encode()).hexdigest()


@cache
def expected_structure() -> dict[str, list[tuple[Any, ...]]]:
    """The structure of a new file of the present schema."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        create_tables(connection)
        mark_schema(connection, SCHEMA)
        found = structure_of(connection)
    engine.dispose()
    return found
