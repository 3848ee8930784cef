"""A year as rows whose keys mean the same in every workspace, so that two sides can be compared.

Most rows are known by their own names (unit, criterion, round). What a workspace only numbers is
known here by what it is about: all grounds of one kind for a unit are one row, and so are the
documents that support a cell; a question to a unit is known by its words. Criteria tables are
known by their ids, whatever version number each side gave them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from app.domain.snapshot import Ballot, Entry, ItemFact, StandingFact
from app.domain.year import (
    Evidence,
    EvidenceLink,
    Explanation,
    ParameterChoice,
    PinnedTable,
    RoundState,
)
from app.exchange.packages.payload import payload_tree
from app.ground.text import folded
from app.operations.workspace.desk import Desk
from app.persistence import books
from app.persistence.books import Book

Key = tuple[str, ...]
"""The table of a row, then what tells it from others; absent parts are empty."""

Value = tuple[Any, ...]
"""What stands at a key: one noun, or all of a group in a fixed order. Nothing is an empty one."""

Rows = dict[Key, Value]

TABLES: Final = "criteria_tables"
RANKING: Final = "ranking_round"
EVIDENCE: Final = books.EVIDENCE.name

FACT_BOOKS: Final[tuple[Book[Any], ...]] = (
    books.CLUSTERS,
    books.UNITS,
    books.OWN_CRITERIA,
    books.ENTRIES,
    books.TOTALS,
    books.BONUS,
    books.DEDUCTIONS,
    books.STANDING,
    books.CONDITIONS,
    books.BALLOTS,
    books.DECISIONS,
    books.QUOTAS,
)
"""What a facts file holds."""

RECORD_BOOKS: Final[tuple[Book[Any], ...]] = (
    books.REGISTRATIONS,
    books.TARGETS,
    books.ROUND_STATES,
    books.EXPLANATIONS,
    books.EVIDENCE,
    books.EVIDENCE_LINKS,
    books.DEADLINES,
    books.DEADLINE_EXCEPTIONS,
    books.CONFERENCES,
    books.ACTIVITIES,
    books.DUTY_STATES,
    books.PROPOSALS,
    books.AWARDS,
)
"""What stands beside the facts and travels. Ballot sheets stay: their minutes are papers."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A criteria table that a year is scored by; equal where the content is."""

    place: int = field(compare=False)
    id: str
    digest: str
    title: str = field(compare=False)
    tree: Mapping[str, Any] = field(repr=False, compare=False)


def _item_group(noun: ItemFact) -> Key:
    return (noun.unit, noun.item)


def _case_group(noun: StandingFact) -> Key:
    return (noun.unit, noun.case)


def _ballot_group(noun: Ballot) -> Key:
    return (noun.purpose, noun.award or "", noun.cluster or "")


def _question_group(noun: Explanation) -> Key:
    return (noun.unit, noun.criterion, noun.round, noun.question)


_MARK: Final = 16
GROUPS: Final[Mapping[str, Callable[[Any], Key]]] = {
    books.BONUS.name: _item_group,
    books.DEDUCTIONS.name: _item_group,
    books.STANDING.name: _case_group,
    books.BALLOTS.name: _ballot_group,
    books.EXPLANATIONS.name: _question_group,
}
"""Tables whose rows bear numbers or ids of one workspace only, and what they are known by."""


def rows_of(nouns: Mapping[Book[Any], Sequence[Any]]) -> Rows:
    """The rows of these nouns."""
    found: dict[Key, list[Any]] = {}
    for book, listed in nouns.items():
        if book in (books.EVIDENCE, books.EVIDENCE_LINKS):
            continue
        for noun in listed:
            key = key_of(book, noun)
            found.setdefault(key, []).append(_nameless(noun))
    rows = {key: _in_order(values) for key, values in found.items()}
    links = nouns.get(books.EVIDENCE_LINKS, ())
    rows.update(_cell_documents(nouns.get(books.EVIDENCE, ()), links))
    return rows


def key_of(book: Book[Any], noun: Any) -> Key:
    """What tells a row from all others, on both sides; links stand for the documents of a cell."""
    if isinstance(noun, EvidenceLink):
        return (EVIDENCE, noun.unit, noun.criterion, noun.round)
    group = GROUPS.get(book.name)
    parts = book.key(book.row(noun)) if group is None else group(noun)
    return (book.name, *(str(part or "") for part in parts))


def _nameless(noun: Any) -> Any:
    return replace(noun, id="") if isinstance(noun, Explanation) else noun


def _in_order(values: list[Any]) -> Value:
    return tuple(values) if len(values) == 1 else tuple(sorted(values, key=_order))


def _order(noun: Any) -> str:
    return repr(comparable(noun))


def _cell_documents(documents: Iterable[Evidence], links: Iterable[EvidenceLink]) -> Rows:
    known = {document.id: document for document in documents}
    cells: dict[Key, set[Evidence]] = {}
    for link in links:
        if link.evidence in known:
            key = (EVIDENCE, link.unit, link.criterion, link.round)
            cells.setdefault(key, set()).add(replace(known[link.evidence], id=""))
    return {key: tuple(sorted(found, key=_order)) for key, found in cells.items()}


def paper_key(document: Evidence) -> tuple[object, ...]:
    """By what two records are known to cite the same paper at the same place."""
    return (
        folded(document.number),
        document.date,
        folded(document.issuer),
        folded(document.subject),
        folded(document.place),
    )


def comparable(noun: Any) -> Any:
    """What two nouns must share to say the same; how a number was typed does not matter."""
    if isinstance(noun, ParameterChoice):
        return (noun.parameter, noun.value)
    if isinstance(noun, RoundState):
        return (noun.unit, noun.round, noun.stage)
    if isinstance(noun, Evidence):
        return (paper_key(noun), noun.sha256)
    if isinstance(noun, TableRow | str):
        return noun
    row = {name: getattr(noun, name) for name in noun.__dataclass_fields__}
    if "method" in row:
        row["method"] = payload_tree(row["method"])
    if isinstance(noun, Entry):
        row["figures"] = dict(noun.figures)
    return tuple(sorted((name, _plain(value)) for name, value in row.items()))


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return repr(sorted((key, repr(inner)) for key, inner in value.items()))
    if isinstance(value, frozenset):
        return repr(sorted(value))
    return repr(value)


def same(one: Value, other: Value) -> bool:
    """Whether two values say the same."""
    if one == other:
        return True
    if len(one) != len(other):
        return False
    return [comparable(noun) for noun in one] == [comparable(noun) for noun in other]


def mark_of(value: Value) -> str:
    """A short mark that tells a value from others that say something else."""
    said = repr([comparable(noun) for noun in value])
    return hashlib.sha256(said.encode()).hexdigest()[:_MARK]


def present_rows(desk: Desk) -> Rows:
    """The year as it stands; empty where there is no such year yet."""
    return _rows(desk, lambda book: desk.workspace.read(book, desk.period))


def past_rows(desk: Desk, operation: int) -> Rows:
    """The year as it stood when an operation was over.

    The choice of the ranking round is told as it is now: the year's own record is not of the year.
    """
    return _rows(desk, lambda book: desk.workspace.read_at(book, desk.period, operation))


def _rows(desk: Desk, read: Callable[[Book[Any]], Sequence[Any]]) -> Rows:
    year = desk.workspace.one(books.PERIODS, desk.period)
    if year is None:
        return {}
    chosen = (books.PARAMETER_CHOICES, *FACT_BOOKS, *RECORD_BOOKS)
    rows = rows_of({book: read(book) for book in chosen})
    rows.update(table_rows(_tables(desk, read(books.PINNED_TABLES))))
    if year.ranking_round is not None:
        rows[(RANKING,)] = (year.ranking_round,)
    return rows


def _tables(desk: Desk, pins: Sequence[PinnedTable]) -> list[TableRow]:
    known = {(t.id, t.version): t for t in desk.workspace.read(books.CRITERIA_TABLES)}
    ordered = sorted(pins, key=lambda pin: pin.place)
    tables = [known[pin.table, pin.version] for pin in ordered if (pin.table, pin.version) in known]
    return [TableRow(at, t.id, t.digest, t.title, t.tree) for at, t in enumerate(tables, 1)]


def table_rows(tables: Iterable[TableRow]) -> Rows:
    """Criteria tables as rows."""
    return {(TABLES, table.id): (table,) for table in tables}
