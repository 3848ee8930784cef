"""Forms before they are taken in: file by file and cell by cell what would change, and who moves.

A file with a fault does not hold up the others: ``FormsLook.readings`` are those that can be taken
in (``forms.keep_forms``), the others say what has to be mended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Final

from app.domain.snapshot import Entry
from app.exchange.forms import FormFile, FormReading, FormsReading, Told
from app.ground.findings import Finding, Findings, UserError
from app.operations.loading import Loaded
from app.operations.moves import Move, moves_between
from app.operations.scoring import assessed
from app.operations.workspace.desk import Desk, open_year_of
from app.operations.workspace.facts_desk import FactsDesk
from app.operations.workspace.forms import (
    look_at_forms,
    paper_of,
    refuse_closed_cells,
    says_the_same,
    tell_kept,
)
from app.operations.workspace.permits import Permits, cell_of, shown_value
from app.operations.workspace.results import loaded_year
from app.persistence import books


class FileState(StrEnum):
    """What becomes of a file: it can be taken in, brings nothing new, doubles another, or cannot
    be taken in as it is.
    """

    READY = "ready"
    NOTHING_NEW = "nothing_new"
    DOUBLE = "double"
    REFUSED = "refused"


class CellChange(StrEnum):
    """What a form's cell brings."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


_ABOUT_FILES: Final = frozenset({"form_unit_repeated", "form_sent_twice"})


@dataclass(frozen=True, slots=True)
class FormCell:
    """One filled-in cell of a form, beside what the workspace has."""

    criterion: str
    title: str
    old: str
    new: str
    change: CellChange


@dataclass(frozen=True, slots=True)
class LookedFile:
    """One file: whose form it is (where that could be read), what it brings, what is wrong."""

    path: Path
    state: FileState
    unit: str | None = None
    round: str | None = None
    cells: tuple[FormCell, ...] = ()
    blank: tuple[str, ...] = ()
    papers: int = 0
    new_papers: int = 0
    declared_total: Fraction | None = None
    computed_total: Fraction | None = None
    findings: tuple[Finding, ...] = ()

    def count(self, change: CellChange) -> int:
        """How many cells bring such a change."""
        return sum(cell.change is change for cell in self.cells)


@dataclass(frozen=True, slots=True)
class FormsLook:
    """All files, what concerns several of them, who has sent none, and what would move."""

    files: tuple[LookedFile, ...]
    findings: tuple[Finding, ...]
    missing: tuple[str, ...]
    readings: tuple[FormReading, ...]
    moves: tuple[Move, ...]


def preview_forms(
    desk: Desk, paths: Path | Sequence[Path], told: Told = lambda _share, _name: None
) -> FormsLook:
    """Looks into files and folders; nothing is kept. Raises ``UserError`` where nothing can be."""
    open_year_of(desk)
    reading, findings = look_at_forms(desk, paths, told=told)
    looker = _Looker(desk, reading, findings)
    files = tuple(looker.file(file) for file in reading.files)
    general = looker.general()
    blocked = any(finding.is_error for finding in general)
    ready = {file.unit for file in files if file.state is FileState.READY}
    taken = () if blocked else tuple(r for r in reading.readings if r.unit in ready)
    told(1, "")
    return FormsLook(files, general, reading.missing, taken, _moves(loaded_year(desk), taken))


class _Looker:
    """Holds each form against the book of the year."""

    def __init__(self, desk: Desk, reading: FormsReading, findings: Sequence[Finding]) -> None:
        self._facts = FactsDesk(desk)
        self._permits = Permits(desk, self._facts)
        self._findings = findings
        self._kept = {form.unit: form for form in reading.readings}
        self._own = {finding for file in reading.files for finding in file.findings}
        documents = {d.id: paper_of(d) for d in desk.workspace.read(books.EVIDENCE, desk.period)}
        self._cited = {
            (documents[link.evidence], link.unit, link.criterion, link.round)
            for link in desk.workspace.read(books.EVIDENCE_LINKS, desk.period)
        }

    def general(self) -> tuple[Finding, ...]:
        """What concerns several files."""
        return tuple(
            finding
            for finding in self._findings
            if finding not in self._own and finding.code not in _ABOUT_FILES | {"form_unit_missing"}
        )

    def file(self, file: FormFile) -> LookedFile:
        """One file."""
        about = [
            finding
            for finding in self._findings
            if finding.code in _ABOUT_FILES and finding.place == f"Tệp {file.path.name}"
        ]
        findings = Findings((*file.findings, *about))
        form = file.reading
        if form is None:
            return LookedFile(file.path, FileState.REFUSED, findings=findings.as_tuple())
        self._permits.findings = Findings()
        refuse_closed_cells(form, self._permits)
        findings.extend(self._permits.findings)
        tell_kept(form, self._permits, findings)
        cells = tuple(self._cell(entry) for entry in form.entries)
        papers = {
            (paper_of(citation), form.unit, citation.criterion, form.round)
            for citation in form.citations
        }
        new_papers = len(papers - self._cited)
        kept = self._kept.get(form.unit)
        if findings.errors or kept is None:
            state = FileState.REFUSED
        elif kept is not form:
            state = FileState.DOUBLE
        elif new_papers or any(cell.change is not CellChange.SAME for cell in cells):
            state = FileState.READY
        else:
            state = FileState.NOTHING_NEW
        if kept is None and not findings.errors:
            findings.error(
                "form_unit_repeated",
                f"Tệp {file.path.name}",
                f"Có phiếu khác của {self._permits.names[form.unit]}, nội dung khác nhau.",
                "Bỏ một trong hai tệp ra khỏi danh sách.",
            )
        return LookedFile(
            file.path,
            state,
            form.unit,
            form.round,
            cells,
            form.blank,
            len(papers),
            new_papers,
            form.declared_total,
            form.computed_total,
            findings.as_tuple(),
        )

    def _cell(self, entry: Entry) -> FormCell:
        there = self._permits.entries.get(cell_of(entry))
        known = self._facts.criterion(entry.unit, entry.criterion)
        if there is None:
            change = CellChange.NEW
        else:
            change = CellChange.SAME if says_the_same(entry, there) else CellChange.CHANGED
        return FormCell(
            entry.criterion,
            known.title if known is not None else "",
            shown_value(there, known) if there is not None else "",
            shown_value(entry, known),
            change,
        )


def _moves(loaded: Loaded, readings: Sequence[FormReading]) -> tuple[Move, ...]:
    """Whose totals and ranks the forms would change."""
    if not readings:
        return ()
    entries = {cell_of(entry): entry for entry in loaded.snapshot.entries}
    entries |= {cell_of(entry): entry for form in readings for entry in form.entries}
    snapshot = replace(loaded.snapshot, entries=tuple(entries.values()))
    try:
        before = assessed(loaded.packs, loaded.snapshot, None)
        return moves_between(before, assessed(loaded.packs, snapshot, None))
    except UserError:
        return ()  # a year that cannot be assessed yet has no totals to move
