"""The history of a unit: where it came from, its ranks in other years, what was done; no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from app.domain.year import PeriodRecord, Succession
from app.ground.findings import UserError
from app.ground.numbers import vietnamese
from app.operations.workspace.desk import Desk
from app.operations.workspace.results import scored_year
from app.persistence import books
from app.persistence.sentences import JournalFilter
from ui.pages.units.facts import History, HistoryLine

_SHOWN: Final = 60
_DETAILS: Final = 6
_KINDS: Final = {
    "renamed": "đổi tên từ",
    "moved": "chuyển từ cụm, khối khác, trước là",
    "merged": "sáp nhập từ",
    "split": "tách ra từ",
}


def read_history(desk: Desk, unit: str, years: Sequence[PeriodRecord]) -> History:
    """The history of a unit of the desk's year; other years are scored for its ranks."""
    lines = desk.workspace.journal(JournalFilter(unit=unit, period=desk.period))
    journal = tuple(
        HistoryLine(
            line.heading.partition(": ")[0],
            line.operation.title,
            line.sentences[:_DETAILS]
            + ((f"… và {len(line.sentences) - _DETAILS} thay đổi nữa",)
               if len(line.sentences) > _DETAILS else ()),
        )
        for line in reversed(lines[-_SHOWN:])
    )  # fmt: skip
    return History(tuple(_successions(desk, unit)), tuple(_ranks(desk, unit, years)), journal)


def _successions(desk: Desk, unit: str) -> Iterator[HistoryLine]:
    names = {u.id: u.name for u in desk.units.values()}
    rows: tuple[Succession, ...] = desk.workspace.read(books.SUCCESSIONS, desk.period)
    for row in rows:
        day = f"{row.day:%d/%m/%Y}" if row.day is not None else ""
        note = (f"{row.note[:1].upper()}{row.note[1:]}.",) if row.note else ()
        if row.unit == unit:
            before = names.get(row.predecessor, row.predecessor)
            yield HistoryLine(day, f"Đơn vị {_KINDS[row.kind]} {before}", note)
        elif row.predecessor == unit:
            after = names.get(row.unit, row.unit)
            yield HistoryLine(day, f"Tiếp nối là {after} ({_KINDS[row.kind]} đơn vị này)", note)


def _ranks(desk: Desk, unit: str, years: Sequence[PeriodRecord]) -> Iterator[HistoryLine]:
    for year in reversed(years):
        if year.id == desk.period:
            continue
        there = Desk(desk.workspace, desk.actor, year.id)
        if unit not in there.units:
            continue
        try:
            found = scored_year(there).assessment
        except UserError:
            yield HistoryLine(f"Năm {year.name}", "chưa tính được kết quả")
            continue
        result = found.units[unit]
        scoring = found.pack.rules.scoring
        total = vietnamese(result.card.total, scoring.digits if scoring is not None else 2)
        rank = f"hạng {result.rank}" if result.rank is not None else "không xếp hạng"
        state = ", tạm tính" if found.provisional else ""
        yield HistoryLine(f"Năm {year.name}", f"{rank}, {total} điểm{state}")
