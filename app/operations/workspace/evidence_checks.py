"""What looks doubtful in the year's evidence: each warning with what it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.domain.year import Evidence, EvidenceLink
from app.ground.findings import Finding, Severity
from app.ground.text import folded
from app.operations.workspace.desk import Desk, packs_of
from app.persistence import books
from app.scoring import evidence_needed


@dataclass(frozen=True, slots=True)
class CellName:
    """A cell that a document supports."""

    unit: str
    criterion: str
    round: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A warning with the ids of the documents, and the cells, that it is about.

    Without a round a cell is meant in all rounds.
    """

    finding: Finding
    documents: tuple[str, ...] = ()
    cells: tuple[CellName, ...] = ()


def called(document: Evidence) -> str:
    """How sentences call a document."""
    day = f" ngày {document.date:%d/%m/%Y}" if document.date is not None else ""
    return f"{document.number or document.subject[:60]}{day}"


def evidence_warnings(desk: Desk) -> tuple[Finding, ...]:
    """What looks doubtful: days outside the year, one paper used twice, evidence that lacks."""
    return tuple(dict.fromkeys(remark.finding for remark in evidence_remarks(desk)))


def evidence_remarks(desk: Desk) -> tuple[Remark, ...]:
    """The same with the documents and cells that each warning is about."""
    documents = desk.workspace.read(books.EVIDENCE, desk.period)
    links = desk.workspace.read(books.EVIDENCE_LINKS, desk.period)
    names = {unit.id: unit.name for unit in desk.units.values()}
    return (
        *_days(desk, documents, links),
        *_shared(documents, links, names),
        *_lacking(desk, names),
    )


def _warning(code: str, place: str, message: str, remedy: str) -> Finding:
    return Finding(code, Severity.WARNING, place, message, remedy)


def _cells(links: Sequence[EvidenceLink]) -> tuple[CellName, ...]:
    return tuple(CellName(link.unit, link.criterion, link.round) for link in links)


def _days(
    desk: Desk, documents: Sequence[Evidence], links: Sequence[EvidenceLink]
) -> Iterator[Remark]:
    year = desk.year
    for document in documents:
        if document.date is not None and not year.start <= document.date <= year.end:
            yield Remark(
                _warning(
                    "evidence_outside_year",
                    called(document),
                    f"Ngày của tài liệu nằm ngoài năm thi đua ({year.start:%d/%m/%Y} - "
                    f"{year.end:%d/%m/%Y}).",
                    "Kiểm tra lại ngày; kết quả công bố sau năm thì ghi rõ trong lý do chấm.",
                ),
                (document.id,),
                _cells([link for link in links if link.evidence == document.id]),
            )


def same_paper(document: Evidence) -> tuple[str, ...]:
    """By what two records are known to cite one paper."""
    day = document.date.isoformat() if document.date is not None else ""
    return (folded(document.number or document.subject), day, folded(document.issuer))


def _shared(
    documents: Sequence[Evidence], links: Sequence[EvidenceLink], names: dict[str, str]
) -> Iterator[Remark]:
    papers: dict[tuple[str, ...], list[Evidence]] = {}
    for document in documents:
        papers.setdefault(same_paper(document), []).append(document)
    for same in papers.values():
        ids = tuple(document.id for document in same)
        used = [link for link in links if link.evidence in ids]
        yield from _recorded_twice(same, ids, used)
        units = list(dict.fromkeys(link.unit for link in used))
        if len(units) > 1:
            listed = ", ".join(names[unit] for unit in units)
            yield Remark(
                _warning(
                    "evidence_two_units",
                    called(same[0]),
                    f"Tài liệu được nhiều đơn vị dùng: {listed}.",
                    "Kiểm tra tài liệu có đúng là thành tích của từng đơn vị không.",
                ),
                ids,
                _cells(used),
            )
        for unit in units:
            of_unit = [link for link in used if link.unit == unit]
            codes = list(dict.fromkeys(link.criterion for link in of_unit))
            if len(codes) > 1:
                yield Remark(
                    _warning(
                        "evidence_used_twice",
                        called(same[0]),
                        f"{names[unit]} dùng tài liệu cho {len(codes)} tiêu chí: "
                        f"{', '.join(codes)}.",
                        "Kiểm tra một việc có được tính điểm hai lần không.",
                    ),
                    ids,
                    _cells(of_unit),
                )


def _recorded_twice(
    same: Sequence[Evidence], ids: tuple[str, ...], used: Sequence[EvidenceLink]
) -> Iterator[Remark]:
    """Records that say the very same, place in the paper included."""
    places = [folded(document.place) for document in same]
    if len(places) > len(set(places)):
        yield Remark(
            _warning(
                "evidence_recorded_twice",
                called(same[0]),
                f"Tài liệu này được ghi {len(same)} lần trong sổ.",
                "Giữ một bản ghi, gắn nó vào các ô cần dùng rồi bỏ bản ghi thừa.",
            ),
            ids,
            _cells(used),
        )


def _lacking(desk: Desk, names: dict[str, str]) -> Iterator[Remark]:
    for unit, code in _without(desk):
        yield Remark(
            _warning(
                "evidence_lacking",
                f"{names[unit]}, tiêu chí {code}",
                "Tiêu chí cần tài liệu minh chứng nhưng chưa có.",
                "Ghi số, ký hiệu, ngày, cơ quan và trích yếu của tài liệu.",
            ),
            (),
            (CellName(unit, code, ""),),
        )


def _without(desk: Desk) -> Iterator[tuple[str, str]]:
    """The cells with points whose criterion asks for evidence, and which have none."""
    needing = needing_evidence(desk)
    cells: dict[tuple[str, str], bool] = {}
    for entry in desk.workspace.read(books.ENTRIES, desk.period):
        cell = (entry.unit, entry.criterion)
        if entry.pack or not needing(*cell):
            continue
        if entry.points or entry.figures:
            cells[cell] = cells.get(cell, False) or bool(entry.evidence)
    yield from (cell for cell, has in cells.items() if not has)


def needing_evidence(desk: Desk) -> Callable[[str, str], bool]:
    """Whether a unit's criterion asks for evidence in this year."""
    own = desk.workspace.read(books.OWN_CRITERIA, desk.period)
    return evidence_needed.needing_evidence(packs_of(desk).main.rules, own)
