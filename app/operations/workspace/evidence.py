"""Evidence: the citation first, a file beside it where there is one, links to many cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.snapshot import Entry
from app.domain.year import Evidence, EvidenceLink
from app.ground.findings import Finding, Findings, UserError
from app.ground.text import folded
from app.operations.workspace.desk import Desk, Done, done, open_year_of, packs_of, refusal
from app.operations.workspace.facts_desk import FactsDesk
from app.operations.workspace.permits import Permits
from app.persistence import books
from app.persistence.records import Change


@dataclass(frozen=True, slots=True)
class CellName:
    """A cell that a document supports."""

    unit: str
    criterion: str
    round: str


def cite_evidence(
    desk: Desk, document: Evidence, cells: Sequence[CellName] = (), file: Path | None = None
) -> tuple[Evidence, Done]:
    """Keeps a cited document with the cells that it supports, and its file where there is one.

    An empty id is given one. What looks doubtful (a day outside the year, a document that others
    cite too) is told and does not stand in the way. Raises ``UserError`` where nothing is cited,
    or a cell may not be written now.
    """
    open_year_of(desk)
    if not (document.number.strip() or document.subject.strip()):
        raise refusal(
            "evidence_uncited",
            "Tài liệu minh chứng",
            "Chưa ghi số, ký hiệu hoặc trích yếu của tài liệu.",
            "Ghi số, ký hiệu, ngày, cơ quan ban hành và trích yếu; tệp kèm theo không bắt buộc.",
        )
    permits = _permitted(desk, cells)
    if permits.findings.errors:
        raise UserError(permits.findings)
    kept = replace(document, id=document.id or _new_id(desk))
    if file is not None:
        sha256, size = desk.workspace.keep_file(file)
        kept = replace(kept, sha256=sha256, file_name=file.name, file_size=size)
    with desk.act("evidence.cited", f"Ghi tài liệu minh chứng {_called(kept)}") as change:
        changed = change.put(books.EVIDENCE, kept)
        changed += _link(change, kept.id, cells)
    told = [f for f in evidence_warnings(desk) if f.place == _called(kept)]
    return kept, done(change, changed, told)


def link_evidence(desk: Desk, evidence: str, cells: Sequence[CellName]) -> Done:
    """Lets a document that is there support further cells."""
    open_year_of(desk)
    document = _document(desk, evidence)
    permits = _permitted(desk, cells)
    if permits.findings.errors:
        raise UserError(permits.findings)
    with desk.act("evidence.linked", f"Gắn tài liệu {_called(document)}") as change:
        changed = _link(change, evidence, cells)
    told = [f for f in evidence_warnings(desk) if f.place == _called(document)]
    return done(change, changed, told)


def unlink_evidence(desk: Desk, evidence: str, cell: CellName) -> Done:
    """Takes a document from a cell again; the document itself stays."""
    open_year_of(desk)
    document = _document(desk, evidence)
    permits = _permitted(desk, [cell])
    if permits.findings.errors:
        raise UserError(permits.findings)
    with desk.act("evidence.unlinked", f"Gỡ tài liệu {_called(document)}") as change:
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


def _called(document: Evidence) -> str:
    day = f" ngày {document.date:%d/%m/%Y}" if document.date is not None else ""
    return f"{document.number or document.subject[:60]}{day}"


def listed_evidence(desk: Desk) -> tuple[tuple[Evidence, tuple[CellName, ...]], ...]:
    """The year's documents, each with the cells that it supports."""
    cells: dict[str, list[CellName]] = {}
    for link in desk.workspace.read(books.EVIDENCE_LINKS, desk.period):
        name = CellName(link.unit, link.criterion, link.round)
        cells.setdefault(link.evidence, []).append(name)
    documents = desk.workspace.read(books.EVIDENCE, desk.period)
    return tuple((document, tuple(cells.get(document.id, ()))) for document in documents)


# ------------------------------------------------------------------ warnings


def evidence_warnings(desk: Desk) -> tuple[Finding, ...]:
    """What looks doubtful: days outside the year, one paper used twice, evidence that lacks."""
    documents = desk.workspace.read(books.EVIDENCE, desk.period)
    links = desk.workspace.read(books.EVIDENCE_LINKS, desk.period)
    names = {unit.id: unit.name for unit in desk.units.values()}
    findings = Findings()
    _days(desk, documents, findings)
    _shared(documents, links, names, findings)
    _lacking(desk, names, findings)
    return findings.as_tuple()


def _days(desk: Desk, documents: Sequence[Evidence], findings: Findings) -> None:
    year = desk.year
    for document in documents:
        if document.date is not None and not year.start <= document.date <= year.end:
            findings.warning(
                "evidence_outside_year",
                _called(document),
                f"Ngày của tài liệu nằm ngoài năm thi đua ({year.start:%d/%m/%Y} - "
                f"{year.end:%d/%m/%Y}).",
                "Kiểm tra lại ngày; kết quả công bố sau năm thì ghi rõ trong lý do chấm.",
            )


def _same_paper(document: Evidence) -> tuple[str, ...]:
    day = document.date.isoformat() if document.date is not None else ""
    return (folded(document.number or document.subject), day, folded(document.issuer))


def _shared(
    documents: Sequence[Evidence],
    links: Sequence[EvidenceLink],
    names: dict[str, str],
    findings: Findings,
) -> None:
    papers: dict[tuple[str, ...], list[Evidence]] = {}
    for document in documents:
        papers.setdefault(_same_paper(document), []).append(document)
    for same in papers.values():
        ids = {document.id for document in same}
        used = [link for link in links if link.evidence in ids]
        units = list(dict.fromkeys(link.unit for link in used))
        if len(units) > 1:
            listed = ", ".join(names[unit] for unit in units)
            findings.warning(
                "evidence_two_units",
                _called(same[0]),
                f"Tài liệu được nhiều đơn vị dùng: {listed}.",
                "Kiểm tra tài liệu có đúng là thành tích của từng đơn vị không.",
            )
        for unit in units:
            codes = list(dict.fromkeys(link.criterion for link in used if link.unit == unit))
            if len(codes) > 1:
                findings.warning(
                    "evidence_used_twice",
                    _called(same[0]),
                    f"{names[unit]} dùng tài liệu cho {len(codes)} tiêu chí: {', '.join(codes)}.",
                    "Kiểm tra một việc có được tính điểm hai lần không.",
                )


def _lacking(desk: Desk, names: dict[str, str], findings: Findings) -> None:
    for unit, code in _without(desk):
        findings.warning(
            "evidence_lacking",
            f"{names[unit]}, tiêu chí {code}",
            "Tiêu chí cần tài liệu minh chứng nhưng chưa có.",
            "Ghi số, ký hiệu, ngày, cơ quan và trích yếu của tài liệu.",
        )


def _without(desk: Desk) -> Iterator[tuple[str, str]]:
    """The cells with points whose criterion asks for evidence, and which have none."""
    rules = packs_of(desk).main.rules
    needing = {row.code for row in rules.criteria if row.needs_evidence}
    own = {
        (o.unit, o.code)
        for o in desk.workspace.read(books.OWN_CRITERIA, desk.period)
        if o.slot in needing
    }
    cells: dict[tuple[str, str], bool] = {}
    for entry in desk.workspace.read(books.ENTRIES, desk.period):
        cell = (entry.unit, entry.criterion)
        if entry.pack or (entry.criterion not in needing and cell not in own):
            continue
        if entry.points or entry.figures:
            cells[cell] = cells.get(cell, False) or bool(entry.evidence)
    yield from (cell for cell, has in cells.items() if not has)
