"""Taking in what came from elsewhere: consequences first, then all of it or nothing.

A rehearsal carries the import out, reads from the journal what it would say, and takes all of it
back; so what is shown beforehand is word for word what the journal says afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from app.domain.snapshot import Entry, Snapshot
from app.exchange.facts import chosen_parameters, read_facts
from app.exchange.facts_text import facts_tree, neighbour_of, read_bytes
from app.ground.findings import Finding, Findings, UserError
from app.operations.loading import CASE_KEYS, read_packs
from app.operations.workspace.desk import Desk, Done, open_year_of, packs_of, refusal
from app.operations.workspace.entries import permitted_entries, scores_title
from app.operations.workspace.facts_desk import FactsDesk
from app.operations.workspace.permits import WRITABLE, Permits, cell_of
from app.persistence import books
from app.persistence.backups import BackupReason
from app.persistence.records import Change
from app.persistence.sentences import JournalFilter
from app.persistence.snapshots import store_snapshot


@dataclass(frozen=True, slots=True)
class Import:
    """What an import changes, in sentences; ``done`` once it was applied."""

    consequences: tuple[str, ...]
    findings: tuple[Finding, ...]
    done: Done | None = None


class _RehearsedError(Exception):
    """Ends a rehearsal; the operation takes itself back."""


def carried_out(
    desk: Desk,
    kind: str,
    title: str,
    write: Callable[[Change], int],
    findings: Iterable[Finding],
    *,
    apply: bool,
) -> Import:
    """Carries an import out, or rehearses it. An import that changes nothing leaves no trace."""
    told = tuple(findings)
    consequences = _rehearsed(desk, kind, title, write)
    if not apply:
        return Import(consequences, told)
    if not consequences:
        return Import((), told, Done(None, 0, told))
    desk.workspace.backup(BackupReason.BEFORE_ACT)
    with desk.act(kind, title) as change:
        changed = write(change)
    return Import(consequences, told, Done(change.operation, changed, told))


def _rehearsed(
    desk: Desk, kind: str, title: str, write: Callable[[Change], int]
) -> tuple[str, ...]:
    said: tuple[str, ...] = ()
    try:
        with desk.act(kind, title) as change:
            write(change)
            lines = desk.workspace.journal(JournalFilter(period=desk.period))
            if lines and lines[-1].operation.id == change.number:
                said = lines[-1].sentences
            raise _RehearsedError
    except _RehearsedError:
        return said


def import_facts(desk: Desk, file: Path, *, apply: bool = False) -> Import:
    """Makes the year equal to a facts file, under the year's own tables.

    What the file does not name is taken out. Raises ``UserError`` with the faults of the file,
    where it is of another year, or where it would change a round that was handed in.
    """
    open_year_of(desk)
    tables = packs_of(desk)
    tree = facts_tree(read_bytes(file, file.name), file.name)
    tree = {key: value for key, value in tree.items() if key not in CASE_KEYS}
    trees = [(pack.tree, pack.rules.title) for pack in tables.all]
    packs = read_packs(trees, chosen_parameters(tree))
    snapshot, findings = read_facts(
        tree, file.name, packs.main, packs.overlays, packs.companions, neighbour_of(file)
    )
    if snapshot is None:
        raise UserError(findings)
    _refuse_other_year(desk, snapshot, file.name)
    _refuse_handed_in(desk, snapshot.entries)

    def write(change: Change) -> int:
        return store_snapshot(change, desk.period, snapshot)

    title = f"Nhập dữ kiện cả năm từ tệp {file.name}"
    return carried_out(desk, "facts.imported", title, write, findings, apply=apply)


def import_table(desk: Desk, file: Path, *, apply: bool = False) -> Import:
    """Takes in the cells of a table file (unit, criterion, round, points, figures …).

    Cells that the table does not name stay. Raises ``UserError`` with the faults of all cells.
    """
    open_year_of(desk)
    facts = FactsDesk(desk)
    read = facts.table_of_cells(read_bytes(file, file.name), file.name)
    entries, permits = permitted_entries(desk, facts, read)

    def write(change: Change) -> int:
        return change.put(books.ENTRIES, *entries)

    title = f"{scores_title(entries, permits)} từ tệp {file.name}"
    return carried_out(desk, "scores.entered", title, write, facts.gathering.findings, apply=apply)


def _refuse_other_year(desk: Desk, snapshot: Snapshot, name: str) -> None:
    year, other = desk.year, snapshot.period
    if desk.units and (other.start, other.end) != (year.start, year.end):
        raise refusal(
            "facts_other_year",
            name,
            f"Tệp là dữ kiện của năm {other.name} ({other.start:%d/%m/%Y} - "
            f"{other.end:%d/%m/%Y}), không phải năm {year.name}.",
            "Chọn đúng tệp, hoặc mở năm thi đua khác rồi nhập vào đó.",
        )


def _refuse_handed_in(desk: Desk, entries: Iterable[Entry]) -> None:
    """A file does not go past what a round's state allows."""
    if not desk.units:
        return
    permits = Permits(desk, FactsDesk(desk))
    wanted = {cell_of(entry): entry for entry in entries}
    differing = {
        cell
        for cell in wanted.keys() | permits.entries.keys()
        if wanted.get(cell) != permits.entries.get(cell)
    }
    told = Findings()
    for unit, round_id in sorted({(cell[0], cell[2]) for cell in differing}):
        if unit in permits.names and permits.state(unit, round_id).stage not in WRITABLE:
            told.error(
                "import_past_state",
                permits.names[unit],
                f"Tệp sửa điểm vòng {permits.title(round_id)} đã nộp hoặc đã chốt.",
                "Trả lại hoặc mở lại vòng chấm của đơn vị (có lý do) rồi nhập.",
            )
    if told.errors:
        raise UserError(told)
