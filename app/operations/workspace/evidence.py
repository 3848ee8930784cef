"""Evidence: the citation first, a file beside it where there is one, links to many cells.

What looks doubtful about it is told by ``evidence_checks``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.domain.snapshot import Entry
from app.domain.year import Evidence, EvidenceLink, RoundStage
from app.ground.findings import UserError
from app.operations.workspace.desk import Desk, Done, done, open_year_of, refusal
from app.operations.workspace.evidence_checks import CellName as CellName
from app.operations.workspace.evidence_checks import called, evidence_warnings
from app.operations.workspace.facts_desk import FactsDesk
from app.operations.workspace.permits import Permits
from app.persistence import books
from app.persistence.records import Change


def cite_evidence(
    desk: Desk, document: Evidence, cells: Sequence[CellName] = (), file: Path | None = None
) -> tuple[Evidence, Done]:
    """Keeps a cited document with the cells that it supports, and its file where there is one.

    An empty id is given one. What looks doubtful (a day outside the year, a document that others
    cite too) is told and does not stand in the way. Raises ``UserError`` where nothing is cited,
    or a cell may not be written now.
    """
    open_year_of(desk)
    _refuse_uncited(document)
    permits = _permitted(desk, cells)
    if permits.findings.errors:
        raise UserError(permits.findings)
    kept = replace(document, id=document.id or _new_id(desk))
    if file is not None:
        kept = _with_file(desk, kept, file)
    with desk.act("evidence.cited", f"Ghi tài liệu minh chứng {called(kept)}") as change:
        changed = change.put(books.EVIDENCE, kept)
        changed += _link(change, kept.id, cells)
    told = [f for f in evidence_warnings(desk) if f.place == called(kept)]
    return kept, done(change, changed, told)


def change_evidence(desk: Desk, document: Evidence) -> Done:
    """Corrects what is cited of a document that is there; its file stays as it is.

    Raises ``UserError`` where nothing is cited, or a cell that it supports may not be written now.
    """
    open_year_of(desk)
    there = _document(desk, document.id)
    _refuse_uncited(document)
    _refuse_closed(desk, document.id)
    kept = replace(
        document, sha256=there.sha256, file_name=there.file_name, file_size=there.file_size
    )
    with desk.act("evidence.changed", f"Sửa tài liệu minh chứng {called(kept)}") as change:
        changed = change.put(books.EVIDENCE, kept)
    told = [f for f in evidence_warnings(desk) if f.place == called(kept)]
    return done(change, changed, told)


def attach_file(desk: Desk, evidence: str, file: Path) -> Done:
    """Keeps a file beside a citation, in place of the one that is there.

    What was cited does not change by it, so a round that was handed in does not stand in the way;
    one that is sealed does.
    """
    open_year_of(desk)
    document = _document(desk, evidence)
    facts = FactsDesk(desk)
    permits = Permits(desk, facts)
    for cell in cells_of(desk, evidence):
        if permits.state(cell.unit, cell.round).stage is RoundStage.SEALED:
            permits.may_write(cell.unit, cell.criterion, cell.round)
    if permits.findings.errors:
        raise UserError(permits.findings)
    kept = _with_file(desk, document, file)
    with desk.act("evidence.filed", f"Kèm tệp vào tài liệu {called(document)}") as change:
        changed = change.put(books.EVIDENCE, kept)
    return done(change, changed)


def remove_evidence(desk: Desk, evidence: str) -> Done:
    """Takes a document out with all its links; its file is kept, so that undo finds it again.

    Raises ``UserError`` where a cell that it supports may not be written now.
    """
    open_year_of(desk)
    document = _document(desk, evidence)
    cells = _refuse_closed(desk, evidence)
    with desk.act("evidence.removed", f"Bỏ tài liệu minh chứng {called(document)}") as change:
        for cell in cells:
            change.remove(books.EVIDENCE_LINKS, evidence, cell.unit, cell.criterion, cell.round)
        _count(change, cells, gone=True)
        change.remove(books.EVIDENCE, evidence)
    return done(change, 1)


def _refuse_uncited(document: Evidence) -> None:
    if not (document.number.strip() or document.subject.strip()):
        raise refusal(
            "evidence_uncited",
            "Tài liệu minh chứng",
            "Chưa ghi số, ký hiệu hoặc trích yếu của tài liệu.",
            "Ghi số, ký hiệu, ngày, cơ quan ban hành và trích yếu; tệp kèm theo không bắt buộc.",
        )


def _refuse_closed(desk: Desk, evidence: str) -> tuple[CellName, ...]:
    """The cells that a document supports, all of which may be written now."""
    cells = cells_of(desk, evidence)
    permits = _permitted(desk, cells)
    if permits.findings.errors:
        raise UserError(permits.findings)
    return cells


def _with_file(desk: Desk, document: Evidence, file: Path) -> Evidence:
    sha256, size = desk.workspace.keep_file(file)
    return replace(document, sha256=sha256, file_name=file.name, file_size=size)


def cells_of(desk: Desk, evidence: str) -> tuple[CellName, ...]:
    """The cells that a document supports."""
    return tuple(
        CellName(link.unit, link.criterion, link.round)
        for link in desk.workspace.read(books.EVIDENCE_LINKS, desk.period)
        if link.evidence == evidence
    )


def link_evidence(desk: Desk, evidence: str, cells: Sequence[CellName]) -> Done:
    """Lets a document that is there support further cells."""
    open_year_of(desk)
    document = _document(desk, evidence)
    permits = _permitted(desk, cells)
    if permits.findings.errors:
        raise UserError(permits.findings)
    with desk.act("evidence.linked", f"Gắn tài liệu {called(document)}") as change:
        changed = _link(change, evidence, cells)
    told = [f for f in evidence_warnings(desk) if f.place == called(document)]
    return done(change, changed, told)


def unlink_evidence(desk: Desk, evidence: str, cell: CellName) -> Done:
    """Takes a document from a cell again; the document itself stays."""
    open_year_of(desk)
    document = _document(desk, evidence)
    permits = _permitted(desk, [cell])
    if permits.findings.errors:
        raise UserError(permits.findings)
    with desk.act("evidence.unlinked", f"Gỡ tài liệu {called(document)}") as change:
        gone = change.remove(books.EVIDENCE_LINKS, evidence, cell.unit, cell.criterion, cell.round)
        _count(change, [cell], gone=gone)
    return done(change, int(gone))


def _document(desk: Desk, evidence: str) -> Evidence:
    found = desk.workspace.one(books.EVIDENCE, evidence, period=desk.period)
    if found is None:
        raise refusal(
            "evidence_unknown",
            f"Năm {desk.period}",
            f"Không có tài liệu “{evidence[:80]}”.",
            "Ghi tài liệu trước, hoặc chọn mã của tài liệu đã ghi.",
        )
    return found


def _permitted(desk: Desk, cells: Sequence[CellName]) -> Permits:
    facts = FactsDesk(desk)
    permits = Permits(desk, facts)
    for cell in cells:
        if cell.unit not in permits.names or facts.criterion(cell.unit, cell.criterion) is None:
            permits.findings.error(
                "facts_unknown_criterion",
                permits.names.get(cell.unit, cell.unit),
                f"Không có tiêu chí “{cell.criterion[:80]}” của đơn vị này.",
                "Kiểm tra mã đơn vị và mã tiêu chí.",
            )
        else:
            permits.may_write(cell.unit, cell.criterion, cell.round)
    return permits


def _new_id(desk: Desk) -> str:
    taken = {document.id for document in desk.workspace.read(books.EVIDENCE, desk.period)}
    number = len(taken) + 1
    while f"mc{number}" in taken:
        number += 1
    return f"mc{number}"


def _link(change: Change, evidence: str, cells: Sequence[CellName]) -> int:
    links = [EvidenceLink(evidence, c.unit, c.criterion, c.round) for c in cells]
    return change.put(books.EVIDENCE_LINKS, *links) + _count(change, cells)


def _count(change: Change, cells: Sequence[CellName], *, gone: bool = False) -> int:
    """Keeps the number of documents beside the score of each cell that has one.

    A number that was declared, and is more than what is cited here, stays; ``gone``: one of the
    cited documents was taken away.
    """
    counts: dict[CellName, int] = {}
    for link in change.read(books.EVIDENCE_LINKS):
        cell = CellName(link.unit, link.criterion, link.round)
        counts[cell] = counts.get(cell, 0) + 1
    entries: list[Entry] = []
    for cell in cells:
        entry = change.one(books.ENTRIES, cell.unit, cell.criterion, cell.round, None)
        if entry is None:
            continue
        cited, declared = counts.get(cell, 0), entry.evidence or 0
        kept = cited if gone and declared <= cited + 1 else max(cited, declared)
        entries.append(replace(entry, evidence=kept or None))
    return change.put(books.ENTRIES, *entries)


def listed_evidence(desk: Desk) -> tuple[tuple[Evidence, tuple[CellName, ...]], ...]:
    """The year's documents, each with the cells that it supports."""
    cells: dict[str, list[CellName]] = {}
    for link in desk.workspace.read(books.EVIDENCE_LINKS, desk.period):
        name = CellName(link.unit, link.criterion, link.round)
        cells.setdefault(link.evidence, []).append(name)
    documents = desk.workspace.read(books.EVIDENCE, desk.period)
    return tuple((document, tuple(cells.get(document.id, ()))) for document in documents)
