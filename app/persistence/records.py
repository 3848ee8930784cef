"""Reading and writing nouns: short verbs over the books.

Reading needs only a connection; writing needs a ``Change``, which lives inside one operation.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, func, insert, literal, select, true, update

from app.ground.text import natural_key
from app.persistence.books import Book, Noun, NumberedBook
from app.persistence.journal import Operation

_FEW = 8
"""Up to so many rows are looked up one by one, more of them all at once."""


_place = lru_cache(maxsize=4096)(natural_key)


def _select(book: Book[Any], period: str | None) -> Select[Any]:
    query = select(book.table)
    if book.scoped:
        if period is None:
            raise TypeError(f"{book.name} belongs to a period, and none is named")
        query = query.where(book.table.c.period == period)
    return query


def read(connection: Connection, book: Book[Noun], period: str | None = None) -> tuple[Noun, ...]:
    """All nouns of a book (of one period), in the natural order of their keys."""
    rows = connection.execute(_select(book, period)).mappings().all()
    if isinstance(book, NumberedBook):
        ordered = sorted(rows, key=lambda row: row["number"])
    else:
        ordered = sorted(rows, key=lambda row: [_place(str(k or "")) for k in book.key(row)])
    return tuple(book.noun(row) for row in ordered)


def numbered(connection: Connection, book: NumberedBook[Noun], period: str) -> dict[int, Noun]:
    """The nouns of a numbered book with their numbers."""
    rows = connection.execute(_select(book, period)).mappings().all()
    return {row["number"]: book.noun(row) for row in sorted(rows, key=lambda r: r["number"])}


def one(
    connection: Connection, book: Book[Noun], *key: str | int | None, period: str | None = None
) -> Noun | None:
    """The noun with this key, or ``None``."""
    query = _select(book, period).where(_where(book, key))
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else book.noun(row)


def _where(book: Book[Any], key: tuple[Any, ...]) -> Any:
    if len(key) != len(book.keys):
        raise TypeError(f"{book.name} is known by {', '.join(book.keys)}")
    columns = book.table.c
    parts = zip(book.keys, key, strict=True)
    return and_(*(columns[name] == literal(part, columns[name].type) for name, part in parts))


class Change:
    """Writes inside one operation. ``period`` is the operation's, unless a verb names another.

    ``operation`` is what the journal keeps, once the operation is done.
    """

    def __init__(
        self, connection: Connection, number: int, period: str | None, actor: str, at: str
    ) -> None:
        self.connection = connection
        self.number = number
        self.period = period
        self.operation: Operation | None = None
        self._stamp = {"entered_by": actor, "entered_at": at}

    def put(self, book: Book[Noun], *nouns: Noun, period: str | None = None) -> int:
        """Keeps nouns under their own keys; returns how many rows that changed.

        What is there already and equal is left alone, stamps included.
        """
        scope = self._scope(book, period)
        there = self._present(book, nouns, scope)
        fresh: list[dict[str, Any]] = []
        written = 0
        for noun in nouns:
            row = book.row(noun)
            key = book.key(row)
            known = there.get(key)
            if known == noun:
                continue
            written += 1
            there[key] = noun
            full = {**row, **scope, **(self._stamp if book.stamped else {})}
            if known is None:
                fresh.append(full)
                continue
            if fresh:
                self.connection.execute(insert(book.table), fresh)
                fresh = []
            self._update(book, key, scope, full)
        if fresh:
            self.connection.execute(insert(book.table), fresh)
        return written

    def add(
        self, book: NumberedBook[Noun], *nouns: Noun, period: str | None = None
    ) -> tuple[int, ...]:
        """Keeps nouns that have no name of their own; returns their new numbers."""
        scope = self._scope(book, period)
        last = self.connection.execute(
            select(func.coalesce(func.max(book.table.c.number), 0)).where(
                book.table.c.period == scope["period"]
            )
        ).scalar_one()
        numbers = tuple(range(last + 1, last + 1 + len(nouns)))
        if nouns:
            rows = [
                {**book.row(noun), **scope, "number": n}
                for n, noun in zip(numbers, nouns, strict=True)
            ]
            self.connection.execute(insert(book.table), rows)
        return numbers

    def replace(
        self, book: NumberedBook[Noun], number: int, noun: Noun, period: str | None = None
    ) -> bool:
        """Puts another noun in the place of a numbered one; tells whether it was there."""
        scope = self._scope(book, period)
        return self._update(book, (number,), scope, {**book.row(noun), **scope})

    def remove(self, book: Book[Any], *key: str | int | None, period: str | None = None) -> bool:
        """Takes a noun out; tells whether it was there."""
        scope = self._scope(book, period)
        done = self.connection.execute(
            delete(book.table).where(self._of(book, scope), _where(book, key))
        )
        return done.rowcount > 0

    def read(self, book: Book[Noun], period: str | None = None) -> tuple[Noun, ...]:
        """All nouns of a book as they stand inside this operation."""
        return read(self.connection, book, self._scope(book, period).get("period"))

    def numbered(self, book: NumberedBook[Noun], period: str | None = None) -> dict[int, Noun]:
        """The nouns of a numbered book as they stand inside this operation."""
        return numbered(self.connection, book, self._scope(book, period)["period"])

    def one(
        self, book: Book[Noun], *key: str | int | None, period: str | None = None
    ) -> Noun | None:
        """The noun with this key as it stands inside this operation."""
        scope = self._scope(book, period)
        return one(self.connection, book, *key, period=scope.get("period"))

    def _scope(self, book: Book[Any], period: str | None) -> dict[str, str]:
        if not book.scoped:
            return {}
        chosen = period or self.period
        if chosen is None:
            raise TypeError(f"{book.name} belongs to a period, and none is named")
        return {"period": chosen}

    def _present(
        self, book: Book[Noun], nouns: tuple[Noun, ...], scope: Mapping[str, str]
    ) -> dict[tuple[Any, ...], Noun]:
        query = _select(book, scope.get("period"))
        if len(nouns) > _FEW:
            rows = list(self.connection.execute(query).mappings())
        else:
            rows = []
            for key in {book.key(book.row(noun)) for noun in nouns}:
                rows += self.connection.execute(query.where(_where(book, key))).mappings()
        return {book.key(row): book.noun(row) for row in rows}

    def _of(self, book: Book[Any], scope: Mapping[str, str]) -> Any:
        return and_(true(), *(book.table.c[name] == value for name, value in scope.items()))

    def _update(
        self,
        book: Book[Any],
        key: tuple[Any, ...],
        scope: Mapping[str, str],
        row: Mapping[str, Any],
    ) -> bool:
        values = {c: v for c, v in row.items() if c not in (*book.keys, "period")}
        done = self.connection.execute(
            update(book.table).where(self._of(book, scope), _where(book, key)).values(values)
        )
        return done.rowcount > 0
