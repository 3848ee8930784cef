"""Years: opened (the next while the last is not closed), closed, and opened again with a reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Literal

from app.domain.year import PeriodRecord, PeriodState
from app.exchange.facts_values import is_identifier
from app.ground.findings import Findings, UserError
from app.operations.workspace.closing import closing_checklist
from app.operations.workspace.desk import Desk, Done, done, open_year_of, packs_of, refusal
from app.persistence import books
from app.persistence.backups import BackupReason
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


def open_year(workspace: Workspace, actor: str, record: PeriodRecord) -> tuple[Desk, Done]:
    """Opens an empty year; raises ``UserError`` where the year is there already.

    The year after one that is there is opened out of it by ``turn.begin_next_year``.
    """
    refuse_year_there(workspace, record.id)
    desk = Desk(workspace, actor, record.id)
    with desk.act("year.opened", f"Mở năm thi đua {record.name}") as change:
        written = change.put(books.PERIODS, record)
    return desk, done(change, written)


def refuse_year_there(workspace: Workspace, year: str) -> None:
    """Raises ``UserError`` where the workspace has a year under this id."""
    if workspace.one(books.PERIODS, year) is not None:
        raise refusal(
            "year_exists",
            f"Năm {year}",
            "Sổ làm việc đã có năm này.",
            "Chọn mã năm khác, hoặc làm việc tiếp trong năm đã có.",
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

    Raises ``UserError`` with every error of the closing checklist; its warnings are told and do
    not stand in the way.
    """
    year = open_year_of(desk)
    findings = Findings(item.finding for item in closing_checklist(desk))
    if findings.errors:
        raise UserError(findings.errors)
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
