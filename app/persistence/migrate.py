"""Bringing a file of an older schema up to date, with Alembic and without any ini file.

The scripts lie in ``migrations/versions``, also inside a frozen program. A change of the schema is
an operation of its own: each row that it alters enters the journal with its before and after, so
that the replay stays whole. Undo does not pass it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Table

from app.ground.paths import program_folder
from app.persistence import faults, journal
from app.persistence.database import engine_of
from app.persistence.journal_tables import CHANGES, CURRENT, OPERATIONS
from app.persistence.tables import KEPT, SCHEMA
from app.persistence.triggers import drop_triggers, lay_triggers

_OWN: Final = frozenset({OPERATIONS.name, CHANGES.name, CURRENT.name, "alembic_version"})


def scripts() -> Path:
    """Where the scripts of schema changes lie."""
    return program_folder() / "app" / "persistence" / "migrations"


def bring_up_to_date(
    file: Path,
    now: dt.datetime,
    target: int = SCHEMA,
    tables: Sequence[Table] = KEPT,
    versions: Sequence[Path] = (),
) -> None:
    """Brings a workspace file to a schema, by default the present one, in one transaction.

    Foreign keys rest meanwhile, because a recreated table is gone for a moment; they are checked
    before anything is kept.
    """
    engine = engine_of(file)
    try:
        with faults.told_in_words(file.name), engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
            with connection.begin():
                migrate(connection, target, now, tables, versions)
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise faults.damaged(file.name, "dữ liệu cũ không khớp nhau.")
    finally:
        engine.dispose()


def migrate(
    connection: Connection,
    target: int,
    now: dt.datetime,
    tables: Sequence[Table],
    versions: Sequence[Path],
) -> None:
    """Changes the schema to ``target`` inside the caller's transaction.

    ``tables`` and ``versions`` are those of the target schema; tests bring their own.
    """
    new = journal.NewOperation(
        "schema.migrated",
        f"Cập nhật cấu trúc dữ liệu lên bản {target}",
        "Bảng Vàng",
        now.isoformat(timespec="seconds"),
        parameters={"schema": str(target)},
        barrier=True,
    )
    before = _all_rows(connection)
    drop_triggers(connection)
    number = journal.begin(connection, new)
    run_scripts(connection, target, versions)
    connection.exec_driver_sql(f"PRAGMA user_version = {target}")
    _keep_changes(connection, number, before, _all_rows(connection))
    journal.finish(connection, number)
    lay_triggers(connection, tables)


def run_scripts(connection: Connection, target: int, versions: Sequence[Path] = ()) -> None:
    """Runs the scripts that are still to run, on the caller's connection."""
    from alembic import command
    from alembic.config import Config

    folder = scripts()
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    places = "\n".join(str(place) for place in (folder / "versions", *versions))
    config.set_main_option("version_locations", places.replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, f"{target:04}")


_Rows = dict[tuple[str, str], str]


def _all_rows(connection: Connection) -> _Rows:
    """Every kept row as the file's own schema writes it, whatever that schema is."""
    found: _Rows = {}
    names = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).scalars()
    for name in sorted(set(names) - _OWN):
        info = connection.exec_driver_sql(
            "SELECT name, pk FROM pragma_table_info(?) ORDER BY cid", (name,)
        ).all()
        columns = [column for column, _ in info]
        keys = [column for column, place in sorted(info, key=lambda c: c[1]) if place]
        rows = journal.rows_of(connection, name, columns, keys)
        found.update({(name, key): row for key, row in rows.items()})
    return found


def _keep_changes(connection: Connection, number: int, before: _Rows, after: _Rows) -> None:
    for name, key in sorted(before.keys() | after.keys()):
        old, new = before.get((name, key)), after.get((name, key))
        if old != new:
            connection.exec_driver_sql(
                "INSERT INTO changes (operation, tbl, key, before, after) VALUES (?, ?, ?, ?, ?)",
                (number, name, key, old, new),
            )
