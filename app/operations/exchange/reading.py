"""What a package says, as rows; everything is read as a file from elsewhere would be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from app.domain.snapshot import OwnCriterion, Snapshot
from app.domain.year import Evidence, ParameterChoice, RoundStage, RoundState
from app.exchange.facts import chosen_parameters, read_facts
from app.exchange.packages import Contents, Extent, Kind
from app.ground.findings import Findings, UserError
from app.ground.numbers import NumberTextError, read_number
from app.operations.exchange.records import DOCUMENT, read_records
from app.operations.exchange.rights import LEADER_HANDS, OFFICE_HANDS, UNIT_HANDS
from app.operations.exchange.rows import (
    EVIDENCE,
    FACT_BOOKS,
    RANKING,
    TABLES,
    Rows,
    TableRow,
    key_of,
    rows_of,
    table_rows,
)
from app.operations.loading import PackSet, read_packs
from app.persistence import books
from app.rules.document import read_method

_HANDS = {
    Kind.SELF_SCORE: UNIT_HANDS,
    Kind.FOR_APPRAISAL: LEADER_HANDS,
    Kind.APPRAISAL: OFFICE_HANDS,
    Kind.FINAL_RESULT: LEADER_HANDS | OFFICE_HANDS,
}


@dataclass(frozen=True)
class Theirs:
    """What the sender says.

    ``carried`` names the tables that it speaks of, so that a missing row of these was taken out;
    ``packs`` are those that its figures were read with, ``snapshot`` its facts.
    """

    rows: Rows
    carried: frozenset[str]
    packs: PackSet | None
    snapshot: Snapshot | None


def read_theirs(contents: Contents, name: str, ours: PackSet | None) -> Theirs:
    """The rows of a package; raises ``UserError`` with all that cannot be read in it.

    ``ours`` are the tables of this year, for a package that only names those it was scored by.
    """
    packs = _packs(contents, name, ours)
    nouns: dict[Any, Any] = {}
    rows: Rows = {}
    snapshot = None
    if contents.facts is not None:
        if packs is None:
            raise UserError([])
        snapshot = _snapshot(contents, name, packs)
        nouns |= {book: getattr(snapshot, book.name) for book in FACT_BOOKS}
        nouns[books.PARAMETER_CHOICES] = [
            ParameterChoice(key, value) for key, value in snapshot.parameters.items()
        ]
        if snapshot.ranking_round is not None:
            rows[(RANKING,)] = (snapshot.ranking_round,)
    nouns |= _records(contents, name, snapshot)
    carried = {book.name for book in nouns} | ({RANKING} if snapshot is not None else set())
    if contents.packs and packs is not None:
        rows |= table_rows(_tables(contents, packs))
        carried.add(TABLES)
    rows |= rows_of(nouns)
    if contents.head.extent is Extent.SCORES and snapshot is not None and packs is not None:
        rows |= _handed_in(contents, snapshot, packs)
    return Theirs(rows, frozenset(carried), packs, snapshot)


def _packs(contents: Contents, name: str, ours: PackSet | None) -> PackSet | None:
    if not contents.packs:
        return ours
    trees = [(dict(tree), f"{name}, {tree.get('title', '')}") for tree in contents.packs]
    if contents.head.kind is Kind.RULE_PACK and contents.facts is None:
        from app.rules.document import read_pack

        findings = Findings()
        loaded = [read_pack(tree, place) for tree, place in trees]
        for _, told in loaded:
            findings.extend(told.errors)
        if findings.errors:
            raise UserError(findings)
        found = [pack for pack, _ in loaded if pack is not None]
        return PackSet(found[0], tuple(found[1:]))
    return read_packs(trees, chosen_parameters(contents.facts or {}))


def _snapshot(contents: Contents, name: str, packs: PackSet) -> Snapshot:
    assert contents.facts is not None
    place = f"{name}, facts.json"
    found, told = read_facts(contents.facts, place, packs.main, packs.overlays, packs.companions)
    if found is None:
        raise UserError(told)
    return replace(found, own_criteria=tuple(map(_with_numbers, found.own_criteria)))


def _with_numbers(own: OwnCriterion) -> OwnCriterion:
    """A registered criterion with numbers where JSON could only write them as texts."""
    method, _ = read_method(own.method, own.code)
    if method is None:
        return own
    read = method.model_dump(by_alias=True)
    return replace(own, method={k: _number(v, read.get(k)) for k, v in own.method.items()})


def _number(written: Any, read: Any) -> Any:
    if isinstance(written, Mapping) and isinstance(read, Mapping):
        return {key: _number(value, read.get(key)) for key, value in written.items()}
    if isinstance(written, list) and isinstance(read, list | tuple) and len(written) == len(read):
        return [_number(*pair) for pair in zip(written, read, strict=True)]
    if isinstance(written, str) and isinstance(read, Decimal):
        try:
            return read_number(written)
        except NumberTextError:
            return written
    return written


def _tables(contents: Contents, packs: PackSet) -> list[TableRow]:
    titles = {pack.rules.id: pack.rules.title for pack in packs.all}
    return [
        TableRow(place, stated.id, stated.digest, titles.get(stated.id, stated.id), tree)
        for place, (stated, tree) in enumerate(
            zip(contents.head.packs, contents.packs, strict=True), 1
        )
    ]


def _records(contents: Contents, name: str, snapshot: Snapshot | None) -> dict[Any, Any]:
    tree = contents.documents.get(DOCUMENT)
    if tree is None:
        return {}
    findings = Findings()
    found: dict[Any, Any] = dict(read_records(tree, name, findings))
    chosen = dict(snapshot.parameters) if snapshot is not None else {}
    told = {choice.parameter: choice.value for choice in found.get(books.PARAMETER_CHOICES, ())}
    if books.PARAMETER_CHOICES in found and told != chosen:
        findings.error(
            "package_malformed",
            f"{name}, {books.PARAMETER_CHOICES.name}",
            "Các lựa chọn tham số trong ghi chép khác với phần dữ kiện của gói.",
            "Đề nghị nơi gửi lập lại gói.",
        )
    if findings.errors:
        raise UserError(findings)
    there = {blob.expected or blob.marks.sha256 for blob in contents.evidence}
    found[books.EVIDENCE] = [_as_sent(d, there) for d in found.get(books.EVIDENCE, ())]
    if books.EVIDENCE_LINKS not in found:
        del found[books.EVIDENCE]
    return found


def _as_sent(document: Evidence, there: set[str]) -> Evidence:
    """A citation says that it has a file only where the file came with it."""
    if document.sha256 in there:
        return document
    return replace(document, sha256=None, file_name=None, file_size=None)


def _handed_in(contents: Contents, snapshot: Snapshot, packs: PackSet) -> Rows:
    """With scores alone, what was sent was handed in: nothing else tells of the rounds' states."""
    day = contents.head.made.date()
    hands = _HANDS.get(contents.head.kind, frozenset())
    states = [
        RoundState(unit.id, rules.id, RoundStage.SUBMITTED, day, "", day)
        for rules in packs.main.rules.rounds
        if rules.hand in hands
        for unit in snapshot.units
        if unit.left is None
    ]
    return {key_of(books.ROUND_STATES, state): (state,) for state in states}


def with_our_files(theirs: Rows, ours: Rows) -> Rows:
    """Their citations, where they came without a file, with the one that lies here already."""
    known = {
        (key, replace(document, sha256=None, file_name=None, file_size=None)): document
        for key, value in ours.items()
        if key[0] == EVIDENCE
        for document in value
    }
    filled = dict(theirs)
    for key, value in theirs.items():
        if key[0] == EVIDENCE:
            filled[key] = tuple(
                known.get((key, document), document) if document.sha256 is None else document
                for document in value
            )
    return filled
