"""“Chấp nhận điểm tự chấm”: one verb for a cell, a criterion, a unit or all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from app.domain.snapshot import Entry
from app.ground.findings import UserError
from app.ground.text import natural_key
from app.operations.workspace.desk import Desk, Done, done, open_year_of, refusal, unit_of
from app.operations.workspace.facts_desk import FactsDesk
from app.operations.workspace.permits import Permits, cell_of
from app.persistence import books

ACCEPTED = "Chấp nhận điểm tự chấm"


def accept_scores(
    desk: Desk,
    into: str,
    units: Collection[str] | None = None,
    criteria: Collection[str] | None = None,
    *,
    replacing: bool = False,
) -> Done:
    """Copies what the round before says into the round ``into``, as it is.

    Without ``units`` and ``criteria`` all of them. A cell that ``into`` scored already stays as it
    is, with a note, unless ``replacing``. Figures are copied without the claim beside them, since
    the points are computed from them; a claim alone is copied as points. Raises ``UserError``
    where some cell may not be written now, and then nothing is copied.
    """
    open_year_of(desk)
    for unit in units or ():
        unit_of(desk, unit)
    permits = Permits(desk, FactsDesk(desk, units))
    order = list(permits.rounds())
    if into not in order[1:]:
        raise refusal(
            "facts_unknown_round",
            f"Năm {desk.period}",
            f"Không có vòng “{into[:80]}” để nhận điểm của vòng trước.",
            "Các vòng: " + ", ".join(order[1:]) + ".",
        )
    copies: list[Entry] = []
    for unit, code, pack in _cells(permits, units, criteria):
        copy = _copy(permits, Entry(unit, code, into, pack=pack))
        if copy is None:
            continue
        there = permits.entry(cell_of(copy))
        if there is not None and there != copy and not replacing:
            permits.findings.note(
                "accept_kept",
                f"{permits.names[unit]}, tiêu chí {code}",
                f"Vòng {permits.title(into)} đã chấm ô này nên giữ nguyên.",
                "Chấp nhận riêng ô này nếu muốn thay.",
            )
        elif there != copy and permits.may_write(unit, code, into, pack):
            copies.append(copy)
    if permits.findings.errors:
        raise UserError(permits.findings)
    with desk.act("scores.accepted", _title(permits, copies, into, units, criteria)) as change:
        changed = change.put(books.ENTRIES, *copies)
    return done(change, changed, permits.findings)


def _cells(
    permits: Permits, units: Collection[str] | None, criteria: Collection[str] | None
) -> list[tuple[str, str, str | None]]:
    """The cells that are meant: unit, criterion, pack."""
    if units is not None and criteria is not None:
        packs = permits.packs
        return [(unit, code, pack) for unit in units for code in criteria for pack in packs]
    found = {
        (e.unit, e.criterion, e.pack)
        for e in permits.entries.values()
        if (units is None or e.unit in units) and (criteria is None or e.criterion in criteria)
    }
    return sorted(found, key=lambda cell: (cell[0], cell[2] or "", natural_key(cell[1])))


def _copy(permits: Permits, wanted: Entry) -> Entry | None:
    """The entry that the later round would hold, or ``None`` where those before say nothing."""
    if wanted.round not in permits.rounds(wanted.pack):
        return None
    earlier = permits.earlier_entry(wanted)
    if earlier is None:
        return None
    claimed = permits.computed(wanted) and earlier.points is not None
    return replace(
        earlier,
        round=wanted.round,
        points=None if claimed and earlier.figures else earlier.points,
        reason=ACCEPTED if claimed and not earlier.figures else "",
    )


def _title(
    permits: Permits,
    copies: list[Entry],
    into: str,
    units: Collection[str] | None,
    criteria: Collection[str] | None,
) -> str:
    who = "mọi đơn vị" if units is None else ", ".join(permits.names[u] for u in units)
    what = "" if criteria is None else " tiêu chí " + ", ".join(criteria)
    return f"{ACCEPTED}{what} của {who} vào vòng {permits.title(into)} ({len(copies)} ô)"
