"""Scores: one cell or many, typed as texts, kept as exact values, refused with all reasons."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.domain.snapshot import Entry
from app.exchange.facts_text import read_bytes
from app.ground.findings import UserError
from app.operations.workspace.desk import Desk, Done, done, open_year_of
from app.operations.workspace.facts_desk import FactsDesk, TypedCell
from app.operations.workspace.permits import Permits, cell_of
from app.persistence import books


def enter_scores(desk: Desk, cells: Sequence[TypedCell]) -> Done:
    """Keeps typed cells: figures or points, a state, a reason.

    A later round that says something else than the one before it gives its reason; nothing
    overwrites an earlier round; points of a later hand stand beside the figures, so the computed
    value is kept. Raises ``UserError`` with the faults of all cells, and then nothing is kept.
    """
    open_year_of(desk)
    facts = FactsDesk(desk, {cell.unit for cell in cells})
    return _keep(desk, facts, facts.cells(cells))


def enter_table(desk: Desk, file: Path) -> Done:
    """Keeps the cells of a table file (unit, criterion, round, points, figures …) at once."""
    open_year_of(desk)
    facts = FactsDesk(desk)
    return _keep(desk, facts, facts.table_of_cells(read_bytes(file, file.name), file.name))


def _keep(desk: Desk, facts: FactsDesk, read: Sequence[Entry]) -> Done:
    entries, permits = permitted_entries(desk, facts, read)
    with desk.act("scores.entered", scores_title(entries, permits)) as change:
        changed = change.put(books.ENTRIES, *entries)
    return done(change, changed, facts.gathering.findings)


def permitted_entries(
    desk: Desk, facts: FactsDesk, read: Sequence[Entry]
) -> tuple[list[Entry], Permits]:
    """The entries that change something, as they would be kept; raises ``UserError``."""
    permits = Permits(desk, facts)
    entries: list[Entry] = []
    for entry in read:
        full = permits.completed(entry)
        if permits.entry(cell_of(full)) == full:
            continue
        if permits.may_write(entry.unit, entry.criterion, entry.round, entry.pack):
            permits.explains_itself(full)
        entries.append(full)
    if permits.findings.errors:
        raise UserError(permits.findings)
    return entries, permits


def clear_scores(desk: Desk, cells: Sequence[tuple[str, str, str]]) -> Done:
    """Takes cells (unit, criterion, round) out again: they are blank as before."""
    open_year_of(desk)
    permits = Permits(desk, FactsDesk(desk))
    there = [entry for entry in permits.entries.values() if cell_of(entry)[:3] in set(cells)]
    for entry in there:
        permits.may_write(entry.unit, entry.criterion, entry.round, entry.pack)
    if permits.findings.errors:
        raise UserError(permits.findings)
    with desk.act(
        "scores.cleared", scores_title(there, permits).replace("Nhập", "Xóa", 1)
    ) as change:
        for entry in there:
            change.remove(books.ENTRIES, entry.unit, entry.criterion, entry.round, entry.pack)
    return done(change, len(there))


def scores_title(entries: Sequence[Entry], permits: Permits) -> str:
    """How the journal calls the entering of these scores."""
    if not entries:
        return "Nhập điểm"
    rounds = sorted({permits.title(entry.round, entry.pack) for entry in entries})
    units = {entry.unit for entry in entries}
    who = permits.names[next(iter(units))] if len(units) == 1 else f"{len(units)} đơn vị"
    codes = {entry.criterion for entry in entries}
    what = f"tiêu chí {next(iter(codes))}" if len(codes) == 1 else f"{len(entries)} ô"
    return f"Nhập điểm {what} của {who}, vòng {', '.join(rounds)}"
