"""Criteria that a unit registers for itself inside a slot of the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.ground.findings import Findings, UserError
from app.operations.workspace.desk import Desk, Done, done, open_year_of, unit_of
from app.operations.workspace.facts_desk import FactsDesk
from app.persistence import books


def register_own_criteria(desk: Desk, rows: Sequence[Mapping[str, Any]]) -> Done:
    """Keeps criteria (unit, slot, code, title, max, method) as a facts file would write them.

    One that was scored already stays as it was registered. Raises ``UserError`` with all faults.
    """
    open_year_of(desk)
    wanted = FactsDesk(desk).own_criteria(rows)
    known = {(o.unit, o.code): o for o in desk.workspace.read(books.OWN_CRITERIA, desk.period)}
    changed_ones = [o for o in wanted if known.get((o.unit, o.code)) not in (None, o)]
    _refuse_scored(desk, {(o.unit, o.code) for o in changed_ones})
    names = {unit.id: unit.name for unit in desk.units.values()}
    listed = ", ".join(dict.fromkeys(names[own.unit] for own in wanted))
    with desk.act("own_criteria.registered", f"Đăng ký tiêu chí riêng của {listed}") as change:
        changed = change.put(books.OWN_CRITERIA, *wanted)
    return done(change, changed)


def withdraw_own_criterion(desk: Desk, unit: str, code: str) -> Done:
    """Takes a registered criterion back, as long as nobody has scored it."""
    open_year_of(desk)
    name = unit_of(desk, unit).name
    _refuse_scored(desk, {(unit, code)})
    with desk.act("own_criteria.withdrawn", f"Rút tiêu chí {code} của {name}") as change:
        gone = change.remove(books.OWN_CRITERIA, unit, code)
    return done(change, int(gone))


def _refuse_scored(desk: Desk, cells: set[tuple[str, str]]) -> None:
    findings = Findings()
    names = {unit.id: unit.name for unit in desk.units.values()}
    for entry in desk.workspace.read(books.ENTRIES, desk.period):
        if (entry.unit, entry.criterion) in cells:
            findings.error(
                "own_criterion_scored",
                f"{names[entry.unit]}, tiêu chí {entry.criterion}",
                "Tiêu chí tự đăng ký đã có điểm nên không sửa được.",
                "Xóa điểm của tiêu chí này trước, hoặc đăng ký một tiêu chí khác.",
            )
    if findings.errors:
        raise UserError(findings)
