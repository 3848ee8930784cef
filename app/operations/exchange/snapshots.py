"""Rows as the facts that are scored: the year as it would be after a package was taken in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.domain.snapshot import Snapshot
from app.domain.year import PeriodRecord
from app.operations.exchange.rows import RANKING, Rows
from app.persistence import books
from app.persistence.books import Book


def snapshot_of(year: PeriodRecord, rows: Rows) -> Snapshot:
    """The facts that these rows say of a year."""

    def nouns(book: Book[Any]) -> Iterator[Any]:
        for key, value in rows.items():
            if key[0] == book.name:
                yield from value

    ranking = rows.get((RANKING,), ())
    return Snapshot(
        period=year.period,
        clusters=tuple(nouns(books.CLUSTERS)),
        units=tuple(nouns(books.UNITS)),
        entries=tuple(nouns(books.ENTRIES)),
        own_criteria=tuple(nouns(books.OWN_CRITERIA)),
        totals=tuple(nouns(books.TOTALS)),
        bonus=tuple(nouns(books.BONUS)),
        deductions=tuple(nouns(books.DEDUCTIONS)),
        standing=tuple(nouns(books.STANDING)),
        conditions=tuple(nouns(books.CONDITIONS)),
        ballots=tuple(nouns(books.BALLOTS)),
        decisions=tuple(nouns(books.DECISIONS)),
        quotas=tuple(nouns(books.QUOTAS)),
        parameters={c.parameter: c.value for c in nouns(books.PARAMETER_CHOICES)},
        ranking_round=ranking[0] if ranking else None,
    )
