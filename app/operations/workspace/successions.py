"""Units that change cluster, merge or split in mid-year: their scores follow or are archived.

The unit as it was always keeps its own scores and its last day. Where they shall *follow*, the
unit that comes after begins with a copy of them; either way a succession says where it came from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, Literal

from app.domain.snapshot import Unit
from app.domain.year import RoundState, Succession
from app.operations.workspace.desk import (
    Desk,
    Done,
    cluster_of,
    done,
    open_year_of,
    refusal,
    unit_of,
)
from app.operations.workspace.members import refuse_day_outside
from app.persistence import books
from app.persistence.books import Book
from app.persistence.records import Change

_FOLLOWING: Final[tuple[Book[Any], ...]] = (
    books.ENTRIES,
    books.OWN_CRITERIA,
    books.TOTALS,
    books.CONDITIONS,
    books.REGISTRATIONS,
    books.TARGETS,
    books.EVIDENCE_LINKS,
)
Kind = Literal["moved", "merged", "split"]


def move_unit(desk: Desk, unit: str, into: Unit, on: dt.date, *, follow: bool) -> Done:
    """A unit changes to another cluster as ``into`` (its new id there)."""
    old = _leaver(desk, unit, on)
    cluster = cluster_of(desk, into.cluster)
    title = f"{old.name} chuyển sang {cluster.name} từ {on:%d/%m/%Y}"
    return _succeed(desk, "moved", title, [old], [into], on, unit if follow else None)


def merge_units(
    desk: Desk, units: Sequence[str], into: Unit, on: dt.date, *, follow: str | None = None
) -> Done:
    """Several units merge into one, new or there already.

    ``follow`` names the one whose scores go on; without it all are archived.
    """
    old = [_leaver(desk, unit, on) for unit in units if unit != into.id]
    _refuse_stranger(follow, [unit.id for unit in old], into.name)
    listed = ", ".join(unit.name for unit in old)
    title = f"Sáp nhập {listed} vào {into.name} từ {on:%d/%m/%Y}"
    return _succeed(desk, "merged", title, old, [into], on, follow)


def split_unit(
    desk: Desk, unit: str, into: Sequence[Unit], on: dt.date, *, follow: str | None = None
) -> Done:
    """A unit splits into several; ``follow`` names the new one that goes on with its scores."""
    old = _leaver(desk, unit, on)
    listed = ", ".join(part.name for part in into)
    title = f"Chia tách {old.name} thành {listed} từ {on:%d/%m/%Y}"
    _refuse_stranger(follow, [part.id for part in into], old.name)
    return _succeed(desk, "split", title, [old], into, on, unit if follow else None, follow)


def _refuse_stranger(follow: str | None, parts: Sequence[str], place: str) -> None:
    """Raises ``UserError`` where scores shall follow a unit that takes no part in the change."""
    if follow is not None and follow not in parts:
        raise refusal(
            "successor_unknown",
            place,
            f"Điểm không thể đi theo “{follow[:80]}” vì đơn vị này không ở trong việc này.",
            f"Chọn một trong: {', '.join(parts)}; hoặc lưu trữ điểm cũ.",
        )


def _leaver(desk: Desk, unit: str, on: dt.date) -> Unit:
    open_year_of(desk)
    old = unit_of(desk, unit)
    refuse_day_outside(desk, on, old.name)
    if old.left is not None:
        raise refusal(
            "unit_left",
            old.name,
            f"Đơn vị đã rời cụm, khối từ {old.left:%d/%m/%Y}.",
            "Chọn đơn vị đang tham gia.",
        )
    return old


def _succeed(
    desk: Desk,
    kind: Kind,
    title: str,
    old: Sequence[Unit],
    new: Sequence[Unit],
    on: dt.date,
    follow: str | None,
    heir: str | None = None,
) -> Done:
    there = desk.units
    for unit in new:
        cluster_of(desk, unit.cluster)
    note = "điểm cũ được lưu trữ"
    if follow is not None:
        note = f"điểm của {there[follow].name} được chuyển theo"
    last = on - dt.timedelta(days=1)
    with desk.act(f"unit.{kind}", f"{title}; {note}") as change:
        fresh = [replace(unit, joined=on) for unit in new if unit.id not in there]
        changed = change.put(books.UNITS, *fresh)
        changed += change.put(books.UNITS, *(replace(unit, left=last) for unit in old))
        for unit in new:
            for before in old:
                changed += change.put(
                    books.SUCCESSIONS,
                    Succession(unit.id, before.id, desk.period, kind, on, note),
                )
            if follow is not None and (heir is None or unit.id == heir):
                changed += _carry_over(change, follow, unit.id)
    return done(change, changed)


def _carry_over(change: Change, old: str, new: str) -> int:
    """Copies what a unit has to the one that comes after it; what is there already stays."""
    written = 0
    for book in _FOLLOWING:
        there = {book.key(book.row(noun)) for noun in change.read(book)}
        copies = [replace(noun, unit=new) for noun in change.read(book) if noun.unit == old]
        fresh = [noun for noun in copies if book.key(book.row(noun)) not in there]
        written += change.put(book, *fresh)
    for numbered in (books.BONUS, books.DEDUCTIONS):
        items = [replace(fact, unit=new) for fact in change.read(numbered) if fact.unit == old]
        written += len(change.add(numbered, *items))
    standing = [replace(f, unit=new) for f in change.read(books.STANDING) if f.unit == old]
    written += len(change.add(books.STANDING, *standing))
    states = [
        RoundState(new, state.round, state.stage, state.since, state.reason, state.submitted)
        for state in change.read(books.ROUND_STATES)
        if state.unit == old
    ]
    return written + change.put(books.ROUND_STATES, *states)
