"""The Excel forms of a year: written for its units, read back, taken in after a look.

What a form says is shown cell by cell before anything is kept; then the forms of all units are
one operation, or none is kept. The same forms a second time change nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from app.domain.snapshot import Entry
from app.domain.year import Evidence, EvidenceLink
from app.exchange.forms import Citation, FormReading, FormsReading, read_forms, write_form
from app.ground.findings import Finding, Findings, UserError
from app.ground.text import folded
from app.operations.workspace.desk import Desk, open_year_of, refusal, unit_of
from app.operations.workspace.facts_desk import FactsDesk
from app.operations.workspace.imports import Import, carried_out
from app.operations.workspace.permits import Permits, cell_of
from app.operations.workspace.results import loaded_year, write_bytes
from app.persistence import books
from app.persistence.records import Change
from app.rules.document import LoadedPack

FORM_STEM = "phieu-tu-cham"


def write_forms(
    desk: Desk,
    folder: Path,
    round_id: str | None = None,
    units: Collection[str] | None = None,
    *,
    overwrite: bool = False,
) -> tuple[Path, ...]:
    """Writes the form of each unit, filled with what is known; raises ``UserError``."""
    loaded = loaded_year(desk)
    pack = loaded.packs.main
    chosen_round = _round(pack, round_id)
    chosen = [unit.id for unit in loaded.snapshot.units if unit.left is None]
    if units is not None:
        chosen = [unit_of(desk, unit).id for unit in units]
    written: list[Path] = []
    for unit in chosen:
        data = write_form(
            pack, loaded.snapshot, unit, chosen_round, _citations(desk, unit, chosen_round)
        )
        file = folder / f"{FORM_STEM}-{_file_part(unit)}.xlsx"
        written.append(write_bytes(file, data, overwrite=overwrite))
    return tuple(written)


def _file_part(unit: str) -> str:
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in folded(unit)) or "x"


def _round(pack: LoadedPack, round_id: str | None) -> str:
    rounds = [rules.id for rules in pack.rules.rounds]
    if round_id is None:
        return rounds[0]
    if round_id not in rounds:
        raise refusal(
            "facts_unknown_round",
            pack.rules.title,
            f"Không có vòng chấm “{round_id[:80]}”.",
            "Các vòng: " + ", ".join(rounds) + ".",
        )
    return round_id


def _citations(desk: Desk, unit: str, round_id: str) -> list[Citation]:
    documents = {d.id: d for d in desk.workspace.read(books.EVIDENCE, desk.period)}
    return [
        Citation(link.criterion, d.number, d.date, d.issuer, d.subject, d.place)
        for link in desk.workspace.read(books.EVIDENCE_LINKS, desk.period)
        if (link.unit, link.round) == (unit, round_id)
        for d in (documents[link.evidence],)
    ]


def look_at_forms(
    desk: Desk, path: Path, round_id: str | None = None, *, convert: bool = False
) -> tuple[FormsReading, tuple[Finding, ...]]:
    """What the forms say (a file, or a folder of all units), with all faults; nothing is kept."""
    loaded = loaded_year(desk)
    reading, findings = read_forms(
        path, loaded.packs.main, loaded.snapshot, round_id=round_id, convert_legacy=convert
    )
    return reading, findings.as_tuple()


def import_forms(
    desk: Desk,
    path: Path,
    round_id: str | None = None,
    *,
    convert: bool = False,
    apply: bool = False,
) -> Import:
    """Takes the scores and the documents of forms in, after showing what would change.

    A cell that a form leaves blank keeps what is there, with a warning. Raises ``UserError`` with
    every fault of every form, and with every cell that may not be written now.
    """
    open_year_of(desk)
    reading, told = look_at_forms(desk, path, round_id, convert=convert)
    findings = Findings(told)
    permits = Permits(desk, FactsDesk(desk))
    entries = [entry for form in reading.readings for entry in form.entries]
    for entry in entries:
        there = permits.entries.get(cell_of(entry))
        if there is None or replace(there, evidence=None) != replace(entry, evidence=None):
            permits.may_write(entry.unit, entry.criterion, entry.round)
    findings.extend(permits.findings)
    if findings.errors:
        raise UserError(findings)
    for form in reading.readings:
        _tell_kept(form, permits, findings)

    def write(change: Change) -> int:
        written = sum(_cite(change, form) for form in reading.readings)
        return written + change.put(books.ENTRIES, *_counted(change, entries))

    count = len(reading.readings)
    what = path.name if count == 1 else f"{count} phiếu trong {path.name}"
    title = f"Nhập phiếu tự chấm: {what}"
    return carried_out(desk, "forms.imported", title, write, findings, apply=apply)


def _tell_kept(form: FormReading, permits: Permits, findings: Findings) -> None:
    kept = [code for code in form.blank if (form.unit, code, form.round, None) in permits.entries]
    if kept:
        findings.warning(
            "form_blank_kept",
            f"Tệp {form.file} ({permits.names[form.unit]})",
            f"Phiếu để trống {len(kept)} tiêu chí đã có điểm trong sổ: {', '.join(kept[:8])}.",
            "Điểm trong sổ được giữ; xóa ô đó trong sổ nếu đơn vị rút điểm.",
        )


def _paper(document: Evidence | Citation) -> tuple[object, ...]:
    return (
        folded(document.number),
        document.date,
        folded(document.issuer),
        folded(document.subject),
        folded(document.place),
    )


def _cite(change: Change, form: FormReading) -> int:
    """Keeps the documents of a form; one that is there already is only linked."""
    known = {_paper(document): document.id for document in change.read(books.EVIDENCE)}
    taken = set(known.values())
    written = 0
    for citation in form.citations:
        paper = _paper(citation)
        if paper not in known:
            number = len(taken) + 1
            while f"mc{number}" in taken:
                number += 1
            known[paper] = f"mc{number}"
            taken.add(known[paper])
            written += change.put(
                books.EVIDENCE,
                Evidence(
                    known[paper],
                    citation.number,
                    citation.date,
                    citation.issuer,
                    citation.subject,
                    citation.place,
                ),
            )
        link = EvidenceLink(known[paper], form.unit, citation.criterion, form.round)
        written += change.put(books.EVIDENCE_LINKS, link)
    return written


def _counted(change: Change, entries: Sequence[Entry]) -> list[Entry]:
    """The entries with the number of documents that each has, cited here or on the form."""
    counts: dict[tuple[str, str, str], int] = {}
    for link in change.read(books.EVIDENCE_LINKS):
        cell = (link.unit, link.criterion, link.round)
        counts[cell] = counts.get(cell, 0) + 1
    return [
        replace(entry, evidence=max(cited, entry.evidence or 0) or None)
        for entry in entries
        for cited in (counts.get((entry.unit, entry.criterion, entry.round), 0),)
    ]
