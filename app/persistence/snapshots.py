"""A year's rows become one ``Snapshot``, and a snapshot becomes a year's rows.

The order is that of a facts file (``app.exchange.facts``), so that both give equal snapshots.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection

from app.domain.snapshot import Entry, Snapshot
from app.domain.year import CriteriaTable, ParameterChoice, PeriodRecord
from app.ground.text import natural_key
from app.persistence import books
from app.persistence.books import Book, NumberedBook
from app.persistence.faults import refusal
from app.persistence.records import Change, numbered, one, read

_LISTS: Final[dict[str, Book[Any]]] = {
    "clusters": books.CLUSTERS,
    "units": books.UNITS,
    "own_criteria": books.OWN_CRITERIA,
    "entries": books.ENTRIES,
    "totals": books.TOTALS,
    "bonus": books.BONUS,
    "deductions": books.DEDUCTIONS,
    "standing": books.STANDING,
    "conditions": books.CONDITIONS,
    "ballots": books.BALLOTS,
    "decisions": books.DECISIONS,
    "quotas": books.QUOTAS,
}


def period_record(connection: Connection, period: str) -> PeriodRecord:
    """The year with this id; raises ``UserError`` where there is none."""
    found = one(connection, books.PERIODS, period)
    if found is None:
        known = ", ".join(record.id for record in read(connection, books.PERIODS))
        raise refusal(
            "period_unknown",
            period,
            "Sổ làm việc không có năm thi đua này.",
            f"Chọn một trong: {known}." if known else "Mở năm thi đua trước.",
        )
    return found


def snapshot(connection: Connection, period: str) -> Snapshot:
    """All facts of one year, frozen. Raises ``UserError`` where there is no such year."""
    record = period_record(connection, period)
    lists = {name: read(connection, book, period) for name, book in _LISTS.items()}
    lists["entries"] = _entry_order(lists["entries"], [unit.id for unit in lists["units"]])
    choices = read(connection, books.PARAMETER_CHOICES, period)
    return Snapshot(
        period=record.period,
        parameters={choice.parameter: choice.value for choice in choices},
        ranking_round=record.ranking_round,
        **lists,
    )


def pinned_tables(connection: Connection, period: str) -> tuple[CriteriaTable, ...]:
    """The criteria tables that a year is scored by, the main one first."""
    period_record(connection, period)
    found = []
    for pin in read(connection, books.PINNED_TABLES, period):
        table = one(connection, books.CRITERIA_TABLES, pin.table, pin.version)
        assert table is not None, "a foreign key holds each pin"
        found.append(table)
    return tuple(found)


def store_snapshot(change: Change, period: str, facts: Snapshot) -> int:
    """Makes the year's facts equal to a snapshot; returns how many rows that changed.

    The year's record must be there; its dates and name become the snapshot's. What the snapshot
    does not name is taken out; what is equal is left alone, so a second time changes nothing.
    """
    record = period_record(change.connection, period)
    wanted = PeriodRecord(
        record.id,
        facts.period.name,
        facts.period.start,
        facts.period.end,
        record.kind,
        record.state,
        facts.ranking_round,
    )
    written = change.put(books.PERIODS, wanted)
    choices = [ParameterChoice(name, value) for name, value in facts.parameters.items()]
    known = {choice.parameter: choice for choice in change.read(books.PARAMETER_CHOICES, period)}
    kept = [
        known[choice.parameter]
        if choice.parameter in known and known[choice.parameter].value == choice.value
        else choice
        for choice in choices
    ]
    written += _exactly(change, books.PARAMETER_CHOICES, kept, period)
    for name, book in _LISTS.items():
        nouns: Sequence[Any] = getattr(facts, name)
        if isinstance(book, NumberedBook):
            written += _same_facts(change, book, nouns, period)
        else:
            written += _exactly(change, book, nouns, period)
    return written


def _exactly(change: Change, book: Book[Any], nouns: Sequence[Any], period: str) -> int:
    wanted = {book.key(book.row(noun)) for noun in nouns}
    present = {book.key(book.row(noun)) for noun in change.read(book, period)}
    gone = present - wanted
    for key in gone:
        change.remove(book, *key, period=period)
    return len(gone) + change.put(book, *nouns, period=period)


def _same_facts(change: Change, book: NumberedBook[Any], nouns: Sequence[Any], period: str) -> int:
    """Adds and takes out until the facts are the same, however often one stands there."""
    left = list(nouns)
    gone = 0
    for number, noun in numbered(change.connection, book, period).items():
        if noun in left:
            left.remove(noun)
        else:
            gone += change.remove(book, number, period=period)
    return gone + len(change.add(book, *left, period=period))


def _entry_order(entries: Sequence[Entry], units: Sequence[str]) -> tuple[Entry, ...]:
    by_unit = {unit: place for place, unit in enumerate(units)}
    by_code = {
        code: place
        for place, code in enumerate(
            sorted({entry.criterion for entry in entries}, key=natural_key)
        )
    }
    return tuple(
        sorted(
            entries,
            key=lambda e: (e.pack or "", by_unit[e.unit], by_code[e.criterion], e.round),
        )
    )
