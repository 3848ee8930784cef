"""The tables of the journal: operations, the changes of each, and the one that is being written."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, Table, Text

from app.persistence.tables import METADATA

OPERATIONS: Final = Table(
    "operations",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("period", Text),
    Column("parameters", Text, nullable=False),
    Column("undoes", Integer),
    Column("redoes", Integer),
    Column("barrier", Integer, nullable=False),
    Column("previous", Text, nullable=False),
    Column("digest", Text),
    sqlite_strict=True,
)
CHANGES: Final = Table(
    "changes",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("operation", Integer, nullable=False),
    Column("tbl", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    ForeignKeyConstraint(["operation"], ["operations.id"]),
    Index("ix_changes_operation", "operation"),
    sqlite_strict=True,
)
CURRENT: Final = Table(
    "current_operation",
    METADATA,
    Column("operation", Integer, primary_key=True),
    ForeignKeyConstraint(["operation"], ["operations.id"]),
    sqlite_strict=True,
)
