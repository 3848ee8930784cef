"""What tables are made of: the metadata, the usual columns, tables of one year."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Column, ForeignKeyConstraint, Integer, MetaData, Table

from app.persistence.columns import Day, Words

METADATA: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)
UNIT: Final = "unit"
CLUSTER: Final = "cluster"


def word(name: str, default: str | None = "") -> Column[str]:
    """A text that is always there."""
    return Column(name, Words, nullable=False, server_default=default)


def key(name: str) -> Column[str]:
    """A text that is part of the key."""
    return Column(name, Words, primary_key=True, nullable=False)


def day(name: str) -> Column[Any]:
    """A calendar day that may be missing."""
    return Column(name, Day)


def table(name: str, *columns: Column[Any]) -> Table:
    """A strict table, whose rows lie by their key."""
    return Table(name, METADATA, *columns, sqlite_strict=True, sqlite_with_rowid=False)


def scoped(name: str, *columns: Column[Any], refers: tuple[str, ...] = ()) -> Table:
    """A table of one year; ``refers`` names the columns that hold a unit or a cluster."""
    made = table(name, key("period"), *columns)
    made.append_constraint(ForeignKeyConstraint(["period"], ["periods.id"]))
    for column in refers:
        target = "clusters" if column == CLUSTER else "units"
        made.append_constraint(
            ForeignKeyConstraint(["period", column], [f"{target}.period", f"{target}.id"])
        )
    return made


def numbered(name: str, *columns: Column[Any], refers: tuple[str, ...] = ()) -> Table:
    """A table of one year whose rows have no name of their own, only a number."""
    number: Column[Any] = Column(
        "number", Integer, primary_key=True, nullable=False, autoincrement=False
    )
    return scoped(name, number, *columns, refers=refers)
