"""A share of the year as a package holds it: the facts that are scored, the rows beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from app.domain.snapshot import Snapshot
from app.domain.year import Evidence
from app.exchange.facts_writer import facts_tree_of
from app.exchange.packages import Kind
from app.exchange.packages.payload import payload_bytes, payload_tree
from app.exchange.result import Tree, result_tree
from app.ground.canonical import digest_of
from app.operations.exchange.records import records_tree
from app.operations.exchange.rights import Scope, scope_of
from app.operations.exchange.rows import RECORD_BOOKS, comparable, key_of
from app.operations.scoring import Scored, score_loaded
from app.operations.workspace.desk import Desk, cluster_of, packs_of, unit_of
from app.operations.workspace.results import loaded_year
from app.persistence import books, evidence_files
from app.persistence.books import Book

_ROWS: Final[Mapping[str, Book[Any]]] = {
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
"""The lists of the facts whose rows one sender speaks of and another does not."""

_UNORDERED: Final = ("bonus", "deductions", "standing", "ballots")
"""Those of them whose order hangs on when each row was written."""


def scope_at(desk: Desk, kind: Kind, unit: str = "", cluster: str = "") -> Scope:
    """What a package of this kind is about in this year; raises ``UserError`` on unknown names.

    Without a cluster it is about the only one that the year has, or about all.
    """
    units = desk.units
    if kind is Kind.SELF_SCORE:
        return scope_of(kind, packs_of(desk), units, unit_of(desk, unit).id)
    named = cluster or (next(iter(desk.clusters)) if len(desk.clusters) == 1 else "")
    if named:
        cluster_of(desk, named)
    return scope_of(kind, packs_of(desk), units, "", named)


def part_of(snapshot: Snapshot, scope: Scope) -> Snapshot:
    """The facts that a package of this scope is scored by, in an order that both sides share.

    A unit's package holds its own round alone; any other the whole cluster, also where its sender
    speaks of some rows only, because points and ranks hang on all of them.
    """
    whole = scope if scope.kind is Kind.SELF_SCORE else replace(scope, kind=Kind.FINAL_RESULT)
    unit = next((u for u in snapshot.units if u.id == scope.unit), None)
    rows: dict[str, Any] = {
        name: _covered(whole, book, getattr(snapshot, name)) for name, book in _ROWS.items()
    }
    for name in _UNORDERED:
        book = _ROWS[name]
        rows[name] = tuple(sorted(rows[name], key=lambda n: (key_of(book, n), _text(n))))
    return replace(
        snapshot,
        clusters=tuple(c for c in snapshot.clusters if c.id == unit.cluster)
        if unit is not None
        else _covered(whole, books.CLUSTERS, snapshot.clusters),
        units=(unit,) if unit is not None else _covered(whole, books.UNITS, snapshot.units),
        own_criteria=_covered(whole, books.OWN_CRITERIA, snapshot.own_criteria),
        ranking_round=None if unit is not None else snapshot.ranking_round,
        **rows,
    )


def _covered(scope: Scope, book: Book[Any], nouns: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(noun for noun in nouns if scope.covers(key_of(book, noun)))


def _text(noun: Any) -> str:
    return repr(comparable(noun))


def spoken_of(part: Snapshot, scope: Scope) -> Snapshot:
    """Of these facts those that a sender of this scope speaks of, with the units around them."""
    rows: dict[str, Any] = {
        name: _covered(scope, book, getattr(part, name)) for name, book in _ROWS.items()
    }
    return replace(part, **rows)


@dataclass(frozen=True)
class Share:
    """One share: its facts, its records, its result where it can be scored."""

    scope: Scope
    facts: Snapshot
    records: dict[Book[Any], tuple[Any, ...]]
    scored: Scored | None

    @property
    def result(self) -> Tree | None:
        """The result tree, which carries its digest."""
        return None if self.scored is None else result_tree(self.scored.assessment)


def share_of(desk: Desk, scope: Scope, *, with_files: bool = False, scored: bool = True) -> Share:
    """The share of the year that a scope covers; raises ``UserError`` where it cannot be scored.

    Without ``with_files`` a citation does not tell that a file lies beside it.
    """
    part = part_of(desk.workspace.snapshot(desk.period), scope)
    result = score_loaded(loaded_year(desk, part)) if scored else None
    return Share(scope, spoken_of(part, scope), _records(desk, scope, with_files), result)


def _records(desk: Desk, scope: Scope, with_files: bool) -> dict[Book[Any], tuple[Any, ...]]:
    def read(book: Book[Any]) -> tuple[Any, ...]:
        nouns = desk.workspace.read(book, desk.period)
        return tuple(noun for noun in nouns if scope.covers(key_of(book, noun)))

    links = read(books.EVIDENCE_LINKS)
    cited = {link.evidence for link in links}
    documents = desk.workspace.read(books.EVIDENCE, desk.period)
    found: dict[Book[Any], tuple[Any, ...]] = {}
    for book in (books.PARAMETER_CHOICES, *RECORD_BOOKS):
        if book is books.EVIDENCE:
            kept = [document for document in documents if document.id in cited]
            found[book] = tuple(kept if with_files else map(_without_file, kept))
        elif book is books.EVIDENCE_LINKS:
            found[book] = links
        else:
            found[book] = read(book)
    return {book: nouns for book, nouns in found.items() if speaks_of(scope, book)}


def _without_file(document: Evidence) -> Evidence:
    return replace(document, sha256=None, file_name=None, file_size=None)


def speaks_of(scope: Scope, book: Book[Any]) -> bool:
    """Whether a package of this scope holds this list at all, empty or not."""
    if scope.kind is Kind.FOR_APPRAISAL or scope.kind is Kind.FINAL_RESULT:
        return True
    spoken = {
        Kind.SELF_SCORE: (
            books.REGISTRATIONS,
            books.TARGETS,
            books.ROUND_STATES,
            books.EXPLANATIONS,
            books.EVIDENCE,
            books.EVIDENCE_LINKS,
        ),
        Kind.APPRAISAL: (
            books.ROUND_STATES,
            books.EXPLANATIONS,
            books.EVIDENCE,
            books.EVIDENCE_LINKS,
        ),
        Kind.CRITERIA_TABLE: (books.PARAMETER_CHOICES, books.DEADLINES),
        Kind.YEARLY_RETURN: (
            books.ACTIVITIES,
            books.DUTY_STATES,
            books.CONFERENCES,
            books.AWARDS,
        ),
    }
    return book in spoken.get(scope.kind, ())


def shared_digest(desk: Desk, kind: Kind, unit: str = "", cluster: str = "") -> str:
    """What two workspaces have in common that agree about a share of the year.

    Ids and numbers that a workspace gives for itself do not count, nor do files beside citations.
    """
    scope = scope_at(desk, kind, unit, cluster)
    share = share_of(desk, scope, scored=False)
    tree = payload_tree(facts_tree_of(share.facts))
    tree["records"] = _bare(records_tree(share.records))
    tree["packs"] = sorted(pack.digest for pack in packs_of(desk).all)
    return digest_of(payload_bytes(tree))


def _bare(records: Tree) -> Tree:
    """Records without the ids of one workspace, in an order that does not hang on them."""
    papers = {row["id"]: row for row in records.get(books.EVIDENCE.name, ())}
    bare: Tree = {}
    for table, rows in records.items():
        if table in ("schema", books.EVIDENCE.name):
            continue
        if table == books.EVIDENCE_LINKS.name:
            rows = [{**row, "evidence": {**papers[row["evidence"]], "id": ""}} for row in rows]
        elif table == books.EXPLANATIONS.name:
            rows = [{**row, "id": ""} for row in rows]
        elif table == books.ROUND_STATES.name:
            rows = [{key: row[key] for key in ("unit", "round", "stage")} for row in rows]
        bare[table] = sorted(rows, key=repr)
    return bare


def evidence_paths(desk: Desk, documents: Iterable[Evidence]) -> list[tuple[str, str, Path]]:
    """The kept files behind citations: digest, name and where each lies."""
    found = {
        (document.sha256, document.file_name or document.sha256)
        for document in documents
        if document.sha256 is not None
    }
    folder = desk.workspace.folder
    return [(sha, name, evidence_files.place_of(folder, sha)) for sha, name in sorted(found)]
