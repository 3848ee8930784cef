"""Writing what rows become, inside one operation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from app.domain.year import (
    CriteriaTable,
    Evidence,
    EvidenceLink,
    Explanation,
    RoundStage,
    RoundState,
    TableState,
)
from app.operations.exchange.rows import (
    FACT_BOOKS,
    GROUPS,
    RANKING,
    RECORD_BOOKS,
    TABLES,
    Key,
    Rows,
    TableRow,
    Value,
    paper_key,
)
from app.operations.workspace.tables import pin
from app.persistence import books
from app.persistence.books import Book, NumberedBook
from app.persistence.records import Change

_BOOKS: Final[Mapping[str, Book[Any]]] = {
    book.name: book for book in (books.PARAMETER_CHOICES, *FACT_BOOKS, *RECORD_BOOKS)
}
_FIRST: Final = (TABLES, RANKING, books.CLUSTERS.name, books.UNITS.name)
_LAST: Final = books.ROUND_STATES.name


def write_rows(change: Change, rows: Rows) -> int:
    """Makes the year say what these rows say; returns how many rows that changed.

    An empty value takes a row out. A round that is sealed is opened while its entries change, and
    sealed again as the rows say.
    """
    sealed = _opened(change, rows)
    written = 0
    for key in sorted(rows, key=_turn):
        written += _write(change, key, rows[key])
    states = {(key[1], key[2]) for key in rows if key[0] == _LAST}
    again = [state for state in sealed if (state.unit, state.round) not in states]
    change.put(books.ROUND_STATES, *again)
    return written


def _turn(key: Key) -> tuple[int, Key]:
    if key[0] in _FIRST:
        return _FIRST.index(key[0]), key
    return (len(_FIRST) + 1 if key[0] == _LAST else len(_FIRST)), key


def _opened(change: Change, rows: Rows) -> list[RoundState]:
    touched = {(key[1], key[3]) for key in rows if key[0] == books.ENTRIES.name}
    sealed = [
        state
        for state in change.read(books.ROUND_STATES)
        if state.stage is RoundStage.SEALED and (state.unit, state.round) in touched
    ]
    opened = [replace(state, stage=RoundStage.RETURNED) for state in sealed]
    change.put(books.ROUND_STATES, *opened)
    return sealed


def _write(change: Change, key: Key, value: Value) -> int:
    match key[0]:
        case "criteria_tables":
            return sum(_adopt(change, table) for table in value)
        case "ranking_round":
            assert change.period is not None
            year = change.one(books.PERIODS, change.period)
            assert year is not None
            return change.put(
                books.PERIODS, replace(year, ranking_round=value[0] if value else None)
            )
        case "evidence":
            return _documents(change, key, value)
        case "explanations":
            return _questions(change, key, value)
    book = _BOOKS[key[0]]
    if isinstance(book, NumberedBook):
        return _group(change, book, key, value)
    if value:
        return change.put(book, *value)
    return int(change.remove(book, *_row_key(book, key)))


def _row_key(book: Book[Any], key: Key) -> tuple[str | None, ...]:
    """The key as its table has it; the empty text stands there for what is absent."""
    return tuple(key[1:])


def _adopt(change: Change, row: TableRow) -> int:
    """Scores the year by a table: the version that is here already, or a new one."""
    known = [table for table in change.read(books.CRITERIA_TABLES) if table.id == row.id]
    same = [table for table in known if table.digest == row.digest]
    if same:
        return pin(change, same[-1])
    number = max((table.version for table in known), default=0) + 1
    table = CriteriaTable(row.id, number, row.title, row.tree, row.digest, TableState.ISSUED)
    return change.put(books.CRITERIA_TABLES, table) + pin(change, table)


def _group(change: Change, book: NumberedBook[Any], key: Key, value: Value) -> int:
    """Adds and takes out until the group is the same, however often one stands there."""
    group: Callable[[Any], Key] = GROUPS[book.name]
    left = list(value)
    written = 0
    for number, noun in change.numbered(book).items():
        if group(noun) != key[1:]:
            continue
        if noun in left:
            left.remove(noun)
        else:
            written += change.remove(book, number)
    return written + len(change.add(book, *left))


def _documents(change: Change, key: Key, value: Value) -> int:
    """Lets these documents support a cell; one that is here already is only linked."""
    _, unit, criterion, round_id = key
    known = {paper_key(document): document for document in change.read(books.EVIDENCE)}
    taken = {document.id for document in known.values()}
    links = change.read(books.EVIDENCE_LINKS)
    wanted: list[EvidenceLink] = []
    written = 0
    for document in value:
        there = known.get(paper_key(document))
        name = there.id if there is not None else _fresh("mc", taken)
        taken.add(name)
        kept = replace(document, id=name)
        if there is not None and kept.sha256 is None:
            kept = _with_file_of(kept, there)
        written += change.put(books.EVIDENCE, kept)
        wanted.append(EvidenceLink(name, unit, criterion, round_id))
    gone = [
        link
        for link in links
        if (link.unit, link.criterion, link.round) == key[1:] and link not in wanted
    ]
    for link in gone:
        written += change.remove(books.EVIDENCE_LINKS, link.evidence, unit, criterion, round_id)
    written += change.put(books.EVIDENCE_LINKS, *wanted)
    used = {link.evidence for link in change.read(books.EVIDENCE_LINKS)}
    for orphan in sorted({link.evidence for link in gone} - used):
        written += change.remove(books.EVIDENCE, orphan)
    return written


def _with_file_of(document: Evidence, other: Evidence) -> Evidence:
    return replace(
        document, sha256=other.sha256, file_name=other.file_name, file_size=other.file_size
    )


def _fresh(head: str, taken: set[str]) -> str:
    number = len(taken) + 1
    while f"{head}{number}" in taken:
        number += 1
    return f"{head}{number}"


def _questions(change: Change, key: Key, value: Value) -> int:
    """Keeps what a unit was asked about a cell, under the id that it has here."""
    group = GROUPS[books.EXPLANATIONS.name]
    there = change.read(books.EXPLANATIONS)
    same: list[Explanation] = [asked for asked in there if group(asked) == key[1:]]
    if not value:
        return sum(change.remove(books.EXPLANATIONS, asked.id) for asked in same)
    name = same[0].id if same else _fresh("gt", {asked.id for asked in there})
    return change.put(books.EXPLANATIONS, replace(value[0], id=name))
