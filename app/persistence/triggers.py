"""The triggers that guard the tables and write the journal, generated from the metadata.

For each kept table there are two triggers for insert, update and delete: one before, which
refuses what may not be written, and one after, which enters the row's before and after. They are
laid anew after each change of the schema, because SQLite drops them with a recreated table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import Connection, Table

from app.persistence.tables import AFTER_CLOSING, KEPT

OUTSIDE: Final = "outside_operation"
CLOSED: Final = "period_closed"
SEALED: Final = "round_sealed"
ISSUED: Final = "table_issued"
CONFIRMED: Final = "ballot_confirmed"
KEY_CHANGED: Final = "key_changed"
APPEND_ONLY: Final = "journal_append_only"


def quoted(name: str) -> str:
    """A name as SQL writes it; some columns are words of SQL (``table``, ``by``, ``end``)."""
    return f'"{name}"'


def row_json(columns: Sequence[str], row: str = "") -> str:
    """The SQL that writes a row as a JSON object."""
    return "json_object(" + ", ".join(f"'{c}', {row}{quoted(c)}" for c in columns) + ")"


def key_json(keys: Sequence[str], row: str = "") -> str:
    """The SQL that writes a row's key as a JSON array."""
    return "json_array(" + ", ".join(f"{row}{quoted(key)}" for key in keys) + ")"


def triggers(tables: Sequence[Table] = KEPT) -> dict[str, str]:
    """Every trigger by its name."""
    found: dict[str, str] = {}
    for table in tables:
        found.update(_of_table(table))
    found["operations_update"] = (
        "CREATE TRIGGER operations_update BEFORE UPDATE ON operations WHEN OLD.digest IS NOT NULL "
        "OR OLD.id IS NOT (SELECT operation FROM current_operation) "
        f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
    )
    for name, event in (
        ("operations_delete", "DELETE ON operations"),
        ("changes_update", "UPDATE ON changes"),
        ("changes_delete", "DELETE ON changes"),
    ):
        found[name] = (
            f"CREATE TRIGGER {name} BEFORE {event} BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
        )
    return found


def lay_triggers(connection: Connection, tables: Sequence[Table] = KEPT) -> None:
    """Lays every trigger, in place of those that are there."""
    drop_triggers(connection)
    for statement in triggers(tables).values():
        connection.exec_driver_sql(statement)


def drop_triggers(connection: Connection) -> None:
    """Takes all triggers away; only a change of the schema does so."""
    for name in laid_triggers(connection):
        connection.exec_driver_sql(f"DROP TRIGGER {quoted(name)}")


def laid_triggers(connection: Connection) -> dict[str, str]:
    """The triggers that the file holds, by name."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {str(name): str(sql) for name, sql in rows}


def _of_table(table: Table) -> Iterator[tuple[str, str]]:
    columns = [column.name for column in table.columns]
    keys = [column.name for column in table.primary_key.columns]
    for event, rows in (("insert", ("NEW",)), ("update", ("OLD", "NEW")), ("delete", ("OLD",))):
        guard = f"{table.name}_{event}_guard"
        checks = " ".join(_checks(table, rows))
        yield (
            guard,
            f"CREATE TRIGGER {guard} BEFORE {event.upper()} ON {quoted(table.name)} "
            f"BEGIN {checks} END",
        )
        before = row_json(columns, "OLD.") if "OLD" in rows else "NULL"
        after = row_json(columns, "NEW.") if "NEW" in rows else "NULL"
        key = key_json(keys, rows[-1] + ".")
        name = f"{table.name}_{event}_kept"
        yield (
            name,
            f"CREATE TRIGGER {name} AFTER {event.upper()} ON {quoted(table.name)} BEGIN "
            "INSERT INTO changes (operation, tbl, key, before, after) "
            f"SELECT operation, '{table.name}', k, b, a FROM (SELECT operation, {key} AS k, "
            f"{before} AS b, {after} AS a FROM current_operation) WHERE b IS NOT a; END",
        )


def _checks(table: Table, rows: Sequence[str]) -> Iterator[str]:
    yield _refuse(OUTSIDE, "NOT EXISTS (SELECT 1 FROM current_operation)")
    if rows == ("OLD", "NEW"):
        same = " AND ".join(
            f"OLD.{quoted(key.name)} IS NEW.{quoted(key.name)}" for key in table.primary_key.columns
        )
        yield _refuse(KEY_CHANGED, f"NOT ({same})")
    if "period" in table.columns and table.name not in AFTER_CLOSING:
        yield _refuse(
            CLOSED, f"(SELECT state FROM periods WHERE id = {rows[-1]}.period) = 'closed'"
        )
    if table.name == "entries":
        row = rows[-1]
        yield _refuse(
            SEALED,
            f"(SELECT stage FROM round_states WHERE period = {row}.period AND unit = {row}.unit "
            f"AND round = {row}.round) = 'sealed'",
        )
    if table.name == "ballots" and "OLD" in rows:
        yield _refuse(
            CONFIRMED,
            "EXISTS (SELECT 1 FROM ballot_sheets WHERE period = OLD.period AND "
            "ballot = OLD.number AND stage = 'confirmed')",
        )
    if table.name == "periods" and rows == ("OLD", "NEW"):
        yield _refuse(CLOSED, "OLD.state = 'closed' AND NEW.state = 'closed'")
    if table.name == "criteria_tables" and rows == ("OLD", "NEW"):
        yield _refuse(ISSUED, "OLD.state = 'issued' AND OLD.tree IS NOT NEW.tree")


def _refuse(why: str, when: str) -> str:
    return f"SELECT RAISE(ABORT, '{why}') WHERE {when};"
