"""The matrix criterion × unit: where evidence is missing, weak, there, or there and checked.

"Checked" means that a later hand (leader, department …) has scored the cell, or the unit's own
round was accepted or sealed: whoever did so had the evidence in front of him.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.snapshot import Entry, EntryState
from app.domain.year import Evidence, RoundStage
from app.ground.findings import Finding
from app.operations.workspace.desk import Desk, packs_of
from app.operations.workspace.evidence_checks import (
    CellName,
    Remark,
    evidence_remarks,
    needing_evidence,
)
from app.persistence import books
from app.scoring.frame import unit_frame
from app.scoring.scene import Scene

Place = tuple[str, str]
"""A unit and a criterion."""


class Backing(StrEnum):
    """How well a cell is backed."""

    FOREIGN = "foreign"
    NOTHING = "nothing"
    ASKED = "asked"
    MISSING = "missing"
    WEAK = "weak"
    GIVEN = "given"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A scored criterion of the table, or one that some unit registered."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class BoardCell:
    """One unit's evidence for one criterion, over all rounds.

    ``declared`` is the number of documents that the unit said there are; ``asked`` whether the
    table asks for evidence; ``scored`` whether the cell has points or figures.
    """

    unit: str
    criterion: str
    backing: Backing
    documents: tuple[str, ...] = ()
    declared: int = 0
    asked: bool = False
    scored: bool = False
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceBoard:
    """The whole matrix, with the documents behind it and what is doubtful about them."""

    rows: tuple[BoardRow, ...]
    units: tuple[str, ...]
    cells: Mapping[Place, BoardCell]
    documents: Mapping[str, Evidence]
    links: Mapping[str, tuple[CellName, ...]]
    remarks: tuple[Remark, ...]

    def cell(self, unit: str, criterion: str) -> BoardCell:
        """The cell, also where the unit is not scored on the criterion."""
        found = self.cells.get((unit, criterion))
        return found or BoardCell(unit, criterion, Backing.FOREIGN)

    def about(self, document: str) -> tuple[Finding, ...]:
        """What is doubtful about a document."""
        return tuple(dict.fromkeys(r.finding for r in self.remarks if document in r.documents))


def evidence_board(desk: Desk) -> EvidenceBoard:
    """The year's evidence as it stands; raises ``UserError`` where the year has no table."""
    read = desk.workspace.read
    documents = {d.id: d for d in read(books.EVIDENCE, desk.period)}
    links: dict[str, list[CellName]] = {}
    cited: dict[Place, dict[str, None]] = {}
    for link in read(books.EVIDENCE_LINKS, desk.period):
        links.setdefault(link.evidence, []).append(CellName(link.unit, link.criterion, link.round))
        cited.setdefault((link.unit, link.criterion), {})[link.evidence] = None
    remarks = evidence_remarks(desk)
    doubts: dict[Place, list[Finding]] = {}
    for remark in remarks:
        for cell in remark.cells:
            if remark.documents:
                doubts.setdefault((cell.unit, cell.criterion), []).append(remark.finding)
    entries: dict[Place, list[Entry]] = {}
    for entry in read(books.ENTRIES, desk.period):
        if entry.pack is None:
            entries.setdefault((entry.unit, entry.criterion), []).append(entry)
    rows, frames = _frames(desk)
    checked = _Checked(desk)
    needs = needing_evidence(desk)
    cells: dict[Place, BoardCell] = {}
    for unit, codes in frames.items():
        for code in codes:
            place = (unit, code)
            cells[place] = _cell(
                place,
                tuple(cited.get(place, ())),
                entries.get(place, []),
                tuple(dict.fromkeys(doubts.get(place, ()))),
                needs(unit, code),
                checked(unit, entries.get(place, [])),
            )
    return EvidenceBoard(
        rows,
        tuple(frames),
        cells,
        documents,
        {document: tuple(there) for document, there in links.items()},
        remarks,
    )


def _cell(
    place: Place,
    documents: tuple[str, ...],
    entries: list[Entry],
    doubts: tuple[Finding, ...],
    asked: bool,
    checked: bool,
) -> BoardCell:
    declared = max((entry.evidence or 0 for entry in entries), default=0)
    scored = any(e.state is EntryState.SCORED and (e.points or e.figures) for e in entries)
    backing = Backing.NOTHING
    if asked and scored and len(documents) < max(declared, 1):
        backing = Backing.MISSING
    elif doubts or len(documents) < declared:
        backing = Backing.WEAK
    elif documents:
        backing = Backing.CHECKED if checked else Backing.GIVEN
    elif asked:
        backing = Backing.ASKED
    return BoardCell(*place, backing, documents, declared, asked, scored, doubts)


class _Checked:
    """Whether a cell has been looked at by somebody other than the unit."""

    def __init__(self, desk: Desk) -> None:
        hands = {rules.id: rules.hand for rules in packs_of(desk).main.rules.rounds}
        self._own = {round_id for round_id, hand in hands.items() if hand == "unit"}
        self._accepted = {
            state.unit
            for state in desk.workspace.read(books.ROUND_STATES, desk.period)
            if state.round in self._own and state.stage in (RoundStage.ACCEPTED, RoundStage.SEALED)
        }

    def __call__(self, unit: str, entries: list[Entry]) -> bool:
        return unit in self._accepted or any(e.round not in self._own for e in entries)


def _frames(desk: Desk) -> tuple[tuple[BoardRow, ...], dict[str, dict[str, str]]]:
    """The rows of all units' tables in their order, and each unit's criteria with their titles."""
    pack = packs_of(desk).main
    snapshot = desk.workspace.snapshot(desk.period)
    scene = Scene(snapshot, pack, pack.rules, snapshot.period.end, None)
    place = {row.code: at for at, row in enumerate(pack.rules.criteria)}
    frames: dict[str, dict[str, str]] = {}
    order: dict[str, tuple[int, int]] = {}
    titles: dict[str, str] = {}
    for unit in snapshot.units:
        if unit.left is not None:
            continue
        leaves = [leaf for top in unit_frame(scene, unit) for leaf in top.leaves]
        frames[unit.id] = {node.code: node.title for node in leaves if not node.is_empty_slot}
        for code, title in frames[unit.id].items():
            order.setdefault(code, (_place(code, place), len(order)))
            titles.setdefault(code, title)
    codes = sorted(order, key=order.__getitem__)
    return tuple(BoardRow(code, titles[code]) for code in codes), frames


def _place(code: str, places: Mapping[str, int]) -> int:
    """Where a criterion stands in the table; one that a unit registered stands at its slot."""
    while code and code not in places:
        code = code.rpartition(".")[0]
    return places.get(code, len(places))
