"""A noun as the plain values that its row keeps, and back: the form of the journal.

Journal and packages hold rows in this form, so what comes out of either is read with suspicion.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Connection, Integer
from sqlalchemy.types import TypeDecorator

from app.persistence import journal
from app.persistence.books import Book, Noun
from app.persistence.columns import Words

Stored = dict[str, str | int | None]
"""A row's values by column, without its period and stamps: texts, whole numbers, nothing."""


def stored(book: Book[Noun], noun: Noun) -> Stored:
    """The values that the noun's row keeps."""
    columns = book.table.columns
    return {name: _bound(columns[name], value) for name, value in book.row(noun).items()}


def _bound(column: Column[Any], value: Any) -> str | int | None:
    kind = _translator(column)
    found = value if kind is None else kind.process_bind_param(value, None)
    if not isinstance(found, str | int | None):
        raise TypeError(f"{column.name} keeps no {type(found).__name__}")
    return found


def noun_of(book: Book[Noun], row: Mapping[str, Any]) -> Noun:
    """The noun of a row that this program stored."""
    columns = book.table.columns
    return book.noun({name: _read(columns[name], row[name]) for name in book.columns.values()})


def _read(column: Column[Any], value: Any) -> Any:
    kind = _translator(column)
    plain = kind is None or isinstance(kind, Words)
    return value if plain else kind.process_result_value(value, None)


def _translator(column: Column[Any]) -> Any:
    """What turns the column's values into plain ones; ours need no dialect for that."""
    return column.type if isinstance(column.type, TypeDecorator) else None


def trusted_noun(book: Book[Noun], row: object) -> Noun:
    """The noun of a row that came from elsewhere; raises ``ValueError`` unless it is in the form
    in which this program would have stored it.
    """
    if not isinstance(row, Mapping) or set(row) != set(book.columns.values()):
        raise ValueError("not the columns of this table")
    for name, value in row.items():
        column = book.table.columns[name]
        if value is None and not column.nullable:
            raise ValueError(f"{name} is missing")
        wanted = int if isinstance(_plain_type(column), Integer) else str
        if value is not None and type(value) is not wanted:
            raise ValueError(f"{name} has another type")
    try:
        noun = noun_of(book, row)
        same = stored(book, noun) == dict(row)
    except (TypeError, ArithmeticError, LookupError, AttributeError) as fault:
        raise ValueError("a value cannot be read") from fault
    if not same:
        raise ValueError("a value is not in its one form")
    return noun


def _plain_type(column: Column[Any]) -> Any:
    kind: Any = column.type
    return kind.impl_instance if isinstance(kind, TypeDecorator) else kind


def read_at(
    connection: Connection, book: Book[Noun], period: str, operation: int
) -> tuple[Noun, ...]:
    """The nouns of a year's book as they stood when an operation was over."""
    name = book.name
    columns = [column.name for column in book.table.columns]
    keys = [column.name for column in book.table.primary_key.columns]
    rows = journal.rows_of(connection, name, columns, keys)
    for key, before in journal.before_since(connection, name, operation):
        if before is None:
            rows.pop(key, None)
        else:
            rows[key] = before
    read = (json.loads(row) for row in rows.values())
    return tuple(noun_of(book, row) for row in read if row["period"] == period)
