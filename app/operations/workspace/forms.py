"""The Excel forms of a year: written for its units, read back, taken in after a look.

What a form says is shown cell by cell before anything is kept; then the forms of all units are
one operation, or none is kept. The same forms a second time change nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from app.domain.snapshot import Entry
from app.domain.year import Evidence, EvidenceLink
from app.exchange.forms import Citation, FormReading, FormsReading, Told, read_forms, write_form
from app.ground.findings import Finding, Findings, UserError
from app.ground.text import folded
from app.operations.workspace.desk import Desk, open_year_of, refusal, unit_of
from app.operations.workspace.facts_desk import FactsDesk
from app.operations.workspace.imports import Import, carried_out
from app.operations.workspace.permits import Permits, cell_of
from app.operations.workspace.results import loaded_year, refuse_standing, write_bytes
from app.persistence import books
from app.persistence.records import Change
from app.rules.document import LoadedPack

FORM_STEM = "phieu-tu-cham"


def form_files(desk: Desk, units: Collection[str] | None = None) -> dict[str, str]:
    """The file name of each unit's form, of all units that have not left or of those named.

    A unit's file is always called the same, so that a second writing finds the first.
    """
    taken: set[str] = set()
    names: dict[str, str] = {}
    for unit in desk.units.values():
        stem = f"{FORM_STEM}-{_file_part(unit.id)}"
        name, number = stem, 1
        while name in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name)
        names[unit.id] = f"{name}.xlsx"
    if units is not None:
        return {known.id: names[known.id] for known in (unit_of(desk, unit) for unit in units)}
    return {unit.id: names[unit.id] for unit in desk.units.values() if unit.left is None}


def write_forms(
    desk: Desk,
    folder: Path,
    round_id: str | None = None,
    units: Collection[str] | None = None,
    *,
    overwrite: bool = False,
    told: Told = lambda _share, _name: None,
) -> tuple[Path, ...]:
    """Writes the form of each unit, filled with what is known; raises ``UserError``.

    Nothing is written before all forms are made and no file stands in the way; ``told`` hears of
    each form and may end the work.
    """
    loaded = loaded_year(desk)
    pack = loaded.packs.main
    chosen_round = _round(pack, round_id)
    names = form_files(desk, units)
    if not overwrite:
        refuse_standing([folder / name for name in names.values()])
    made: dict[Path, bytes] = {}
    for at, (unit, name) in enumerate(names.items()):
        told(at / len(names), name)
        citations = _citations(desk, unit, chosen_round)
        made[folder / name] = write_form(pack, loaded.snapshot, unit, chosen_round, citations)
    told(1, "")
    return tuple(write_bytes(file, data, overwrite=True) for file, data in made.items())


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
    desk: Desk,
    paths: Path | Sequence[Path],
    round_id: str | None = None,
    *,
    convert: bool = False,
    told: Told = lambda _share, _name: None,
) -> tuple[FormsReading, tuple[Finding, ...]]:
    """What the forms say (files, or a folder of all units), with all faults; nothing is kept."""
    loaded = loaded_year(desk)
    reading, findings = read_forms(
        paths,
        loaded.packs.main,
        loaded.snapshot,
        round_id=round_id,
        convert_legacy=convert,
        told=told,
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
    return keep_forms(desk, reading.readings, told, path.name, apply=apply)


def keep_forms(
    desk: Desk,
    readings: Sequence[FormReading],
    told: Iterable[Finding] = (),
    source: str = "",
    *,
    apply: bool = False,
) -> Import:
    """Takes in what was read from forms, as one operation; see ``import_forms``."""
    findings = Findings(told)
    permits = Permits(desk, FactsDesk(desk))
    for form in readings:
        refuse_closed_cells(form, permits)
    findings.extend(permits.findings)
    if findings.errors:
        raise UserError(findings)
    for form in readings:
        tell_kept(form, permits, findings)
    entries = [entry for form in readings for entry in form.entries]

    def write(change: Change) -> int:
        written = sum(_cite(change, form) for form in readings)
        return written + change.put(books.ENTRIES, *_counted(change, entries))

    count = len(readings)
    what = f"{count} phiếu" + (f" trong {source}" if source else "")
    if count == 1:
        what = source or readings[0].file
    title = f"Nhập phiếu tự chấm: {what}"
    return carried_out(desk, "forms.imported", title, write, findings, apply=apply)


def refuse_closed_cells(form: FormReading, permits: Permits) -> None:
    """Tells of each cell that the form would change and that may not be written now."""
    for entry in form.entries:
        if not says_the_same(entry, permits.entries.get(cell_of(entry))):
            permits.may_write(entry.unit, entry.criterion, entry.round)


def says_the_same(entry: Entry, there: Entry | None) -> bool:
    """Whether a form says what is there, but for the number of documents."""
    return there is not None and replace(there, evidence=None) == replace(entry, evidence=None)


def tell_kept(form: FormReading, permits: Permits, findings: Findings) -> None:
    """Warns where a form leaves a cell blank that has a score, which stays."""
    kept = [code for code in form.blank if (form.unit, code, form.round, None) in permits.entries]
    if kept:
        findings.warning(
            "form_blank_kept",
            f"Tệp {form.file} ({permits.names[form.unit]})",
            f"Phiếu để trống {len(kept)} tiêu chí đã có điểm trong sổ: {', '.join(kept[:8])}.",
            "Điểm trong sổ được giữ; xóa ô đó trong sổ nếu đơn vị rút điểm.",
        )


def paper_of(document: Evidence | Citation) -> tuple[object, ...]:
    """By what two records are known to be the same paper at the same place."""
    return (
        folded(document.number),
        document.date,
        folded(document.issuer),
        folded(document.subject),
        folded(document.place),
    )


def _cite(change: Change, form: FormReading) -> int:
    """Keeps the documents of a form; one that is there already is only linked."""
    known = {paper_of(document): document.id for document in change.read(books.EVIDENCE)}
    taken = set(known.values())
    written = 0
    for citation in form.citations:
        paper = paper_of(citation)
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
