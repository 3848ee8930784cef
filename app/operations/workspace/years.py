"""Years: opened (the next while the last is not closed), closed, and opened again with a reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Literal

from app.domain.year import PeriodRecord, PeriodState, RoundStage
from app.exchange.facts_values import is_identifier
from app.ground.findings import Findings, UserError
from app.operations.workspace.desk import Desk, Done, done, open_year_of, packs_of, refusal
from app.operations.workspace.results import scored_year
from app.persistence import books
from app.persistence.backups import BackupReason
from app.persistence.records import Change
from app.persistence.workspace import Workspace


def year_record(
    year: str,
    kind: Literal["calendar", "school"] = "calendar",
    start: dt.date | None = None,
    end: dt.date | None = None,
    name: str | None = None,
) -> PeriodRecord:
    """A year's record: ``2022`` from 1/1 to 31/12, or the school year ``2022-2023`` from 1/9 to
    31/8, unless the days are named. Raises ``UserError``.
    """
    first = int(year[:4]) if year[:4].isascii() and year[:4].isdigit() else 0
    if not is_identifier(year) or (first < 1900 and (start is None or end is None)):
        raise refusal(
            "year_unreadable",
            "Năm thi đua",
            f"Không hiểu năm “{year[:40]}”.",
            "Ghi năm dạng 2022, năm học dạng 2022-2023, hoặc nêu ngày đầu và ngày cuối.",
        )
    school = kind == "school"
    begin = start or (dt.date(first, 9, 1) if school else dt.date(first, 1, 1))
    finish = end or (dt.date(first + 1, 8, 31) if school else dt.date(first, 12, 31))
    if finish < begin:
        raise refusal(
            "facts_dates_reversed",
            f"Năm {year}",
            f"Ngày cuối {finish:%d/%m/%Y} trước ngày đầu {begin:%d/%m/%Y}.",
            "Kiểm tra lại hai ngày của năm thi đua.",
        )
    return PeriodRecord(year, name or year, begin, finish, kind)


def open_year(
    workspace: Workspace, actor: str, record: PeriodRecord, like: str | None = None
) -> tuple[Desk, Done]:
    """Opens a year; with ``like`` its clusters, units and tables are those of another year.

    Roles are left out, because they change each year; so are units that left. Raises
    ``UserError`` where the year is there already.
    """
    if workspace.one(books.PERIODS, record.id) is not None:
        raise refusal(
            "year_exists",
            f"Năm {record.id}",
            "Sổ làm việc đã có năm này.",
            "Chọn mã năm khác, hoặc làm việc tiếp trong năm đã có.",
        )
    before = None if like is None else workspace.period(like)
    desk = Desk(workspace, actor, record.id)
    with desk.act("year.opened", f"Mở năm thi đua {record.name}") as change:
        written = change.put(books.PERIODS, record)
        if before is not None:
            written += _copy_members(change, before.id)
    return desk, done(change, written)


def _copy_members(change: Change, like: str) -> int:
    units = [
        replace(unit, roles=frozenset(), joined=None)
        for unit in change.read(books.UNITS, like)
        if unit.left is None
    ]
    return (
        change.put(books.CLUSTERS, *change.read(books.CLUSTERS, like))
        + change.put(books.UNITS, *units)
        + change.put(books.PINNED_TABLES, *change.read(books.PINNED_TABLES, like))
    )


def choose_ranking_round(desk: Desk, round_id: str | None) -> Done:
    """Ranks this year by another round than the table's; ``None`` takes that back."""
    year = open_year_of(desk)
    rounds = {rules.id: rules.title for rules in packs_of(desk).main.rules.rounds}
    if round_id is not None and round_id not in rounds:
        raise refusal(
            "facts_unknown_round",
            f"Năm {year.name}",
            f"Không có vòng chấm “{round_id[:80]}”.",
            "Các vòng: " + ", ".join(rounds) + ".",
        )
    words = "theo bảng tiêu chí" if round_id is None else f"“{rounds[round_id]}”"
    with desk.act("year.ranking_round", f"Chọn vòng xếp hạng {words}") as change:
        changed = change.put(books.PERIODS, replace(year, ranking_round=round_id))
    return done(change, changed)


def close_year(desk: Desk) -> Done:
    """“Khóa sổ”: nothing of the year can be changed any more; a backup is made before.

    Raises ``UserError`` while the ranking round of some unit is not sealed. What makes the result
    provisional is told and does not stand in the way.
    """
    year = open_year_of(desk)
    assessment = scored_year(desk).assessment
    findings = Findings()
    sealed = {
        state.unit
        for state in desk.workspace.read(books.ROUND_STATES, desk.period)
        if state.round == assessment.scored_round and state.stage is RoundStage.SEALED
    }
    for unit in desk.units.values():
        if unit.id not in sealed and unit.left is None:
            findings.error(
                "year_not_sealed",
                unit.name,
                "Vòng chấm dùng để xếp hạng chưa chốt điểm.",
                f"Chốt điểm vòng “{assessment.scored_round}” cho đơn vị này trước khi khóa sổ.",
            )
    if findings.errors:
        raise UserError(findings)
    for why in assessment.why_provisional:
        findings.warning(
            "year_closed_provisional",
            f"Năm {year.name}",
            f"Kết quả còn tạm tính: {why}.",
            "Mở lại sổ (có lý do) khi có điều chỉnh.",
        )
    desk.workspace.backup(BackupReason.BEFORE_ACT)
    with desk.act("year.closed", f"Khóa sổ năm thi đua {year.name}", barrier=True) as change:
        changed = change.put(books.PERIODS, replace(year, state=PeriodState.CLOSED))
    return done(change, changed, findings)


def reopen_year(desk: Desk, reason: str) -> Done:
    """Opens a closed year again; raises ``UserError`` without a reason."""
    year = desk.year
    if not reason.strip():
        raise refusal(
            "reason_missing",
            f"Năm {year.name}",
            "Mở lại sổ phải có lý do.",
            "Ghi lý do, ví dụ số và ngày của văn bản yêu cầu điều chỉnh.",
        )
    title = f"Mở lại sổ năm {year.name}, lý do: {reason.strip()}"
    with desk.act("year.reopened", title, {"reason": reason.strip()}, barrier=True) as change:
        changed = change.put(books.PERIODS, replace(year, state=PeriodState.OPEN))
    return done(change, changed)
