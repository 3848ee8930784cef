"""The calendar of a year for other programs, and in lines for the terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from app.domain.year import PeriodRecord
from app.exchange.calendar_file import AllDay, calendar_bytes
from app.ground.text import natural_key
from app.operations.workspace.activities import listed_activities
from app.operations.workspace.calendar import Calendar, CalendarItem
from app.operations.workspace.desk import Desk
from app.operations.workspace.duty_board import duty_lines
from app.operations.workspace.results import write_bytes
from app.scoring.duties import STANDING_WORDS, DutyLine, DutyStanding
from app.scoring.duty_counts import KIND_WORDS

_ALARMS: Final = (7, 1)
_CATEGORIES: Final = {
    "deadline": "Thời hạn",
    "round": "Vòng chấm",
    "exception": "Gia hạn riêng",
    "conference": "Hội nghị",
    "activity": "Hoạt động",
}


def calendar_ics(desk: Desk, calendar: Calendar) -> bytes:
    """The calendar as an iCalendar file: all-day events, with alarms for what is still open."""
    clusters = {cluster.id: cluster.name for cluster in desk.clusters.values()}
    origin = desk.workspace.origin.removeprefix("sha256:")[:16]
    events = [
        AllDay(
            f"{item.key}.{calendar.year.id}@{origin}.bang-vang",
            item.day,
            _summary(item),
            "\n".join(_details(item, clusters)),
            (_CATEGORIES[item.kind],),
            _ALARMS if item.standing is DutyStanding.OPEN else (),
        )
        for item in calendar.items
    ]
    return calendar_bytes(calendar_name(calendar.year), events, calendar.today)


def calendar_name(year: PeriodRecord) -> str:
    """What the calendar is called in other programs."""
    return f"Thi đua, khen thưởng năm {year.name}"


def write_calendar(desk: Desk, calendar: Calendar, out: Path, *, overwrite: bool = False) -> Path:
    """Writes the calendar to a file; raises ``UserError`` where it cannot be written."""
    file = out if out.suffix.lower() == ".ics" else out / f"lich-{calendar.year.id}.ics"
    return write_bytes(file, calendar_ics(desk, calendar), overwrite=overwrite)


def _summary(item: CalendarItem) -> str:
    done = item.kind in ("deadline", "round", "exception") and item.standing is DutyStanding.DONE
    return f"{item.title} (đã xong)" if done else item.title


def _details(item: CalendarItem, clusters: dict[str, str]) -> Iterator[str]:
    yield item.words[:1].upper() + item.words[1:] + "."
    if item.clusters and len(item.clusters) < len(clusters):
        yield "Cụm, khối: " + ", ".join(clusters.get(c, c) for c in item.clusters) + "."
    if item.who:
        yield f"Ai làm: {item.who}."
    if item.awaited:
        yield "Còn chờ: " + ", ".join(item.awaited) + "."
    if item.clause:
        yield f"Căn cứ: {item.clause}: {item.quote}" if item.quote else f"Căn cứ: {item.clause}"


# ------------------------------------------------------------------ in lines


def calendar_lines(desk: Desk, calendar: Calendar) -> Iterator[str]:
    """The whole calendar in words."""
    clusters = {cluster.id: cluster.name for cluster in desk.clusters.values()}
    year = calendar.year
    yield f"Lịch năm thi đua {year.name}, xem ngày {calendar.today:%d/%m/%Y}"
    for item in calendar.items:
        state = STANDING_WORDS[item.standing]
        if item.kind in ("conference", "activity"):
            state = item.left_words
        elif item.standing in (DutyStanding.OPEN, DutyStanding.OVERDUE):
            state = f"{state}, {item.left_words}"
        yield f"{item.day:%d/%m/%Y}  {item.title} [{state}]"
        yield f"  {item.words}"
        if item.clusters and len(item.clusters) < len(clusters):
            yield "  cụm, khối: " + ", ".join(clusters.get(c, c) for c in item.clusters)
        if item.awaited:
            yield "  còn chờ: " + ", ".join(item.awaited)
        if item.clause:
            yield f"  [{item.clause}]"
        yield from (f"  {proposal}" for proposal in item.proposals)
    undated = [line for line in calendar.undated if line.standing is not DutyStanding.DONE]
    if undated:
        yield ""
        yield "Việc trong năm mà quy định không ghi ngày:"
        yield from duty_words(undated)


def duty_words(lines: Sequence[DutyLine]) -> Iterator[str]:
    """Duties with their holders, those of one duty together."""
    groups: dict[str, list[DutyLine]] = {}
    for line in lines:
        groups.setdefault(line.duty.id, []).append(line)
    for duty, members in groups.items():
        first = members[0]
        place = f" [{first.clause}]" if first.clause else ""
        yield f"{first.duty.title} ({duty}){place}"
        for line in sorted(members, key=lambda one: natural_key(one.holder)):
            yield "  " + _line(line)


def _line(line: DutyLine) -> str:
    parts = [f"{line.name} ({line.holder}): {STANDING_WORDS[line.standing]}"]
    if line.done_on is not None:
        parts.append(f"ngày {line.done_on:%d/%m/%Y}" + (", sau hạn" if line.late else ""))
    parts += [text for text in (line.document, line.why, line.note) if text]
    if line.count is not None:
        parts.append(line.count.words)
    if line.last is not None and line.done_on is None:
        parts.append(f"hạn hết ngày {line.last:%d/%m/%Y}")
    if line.proposal:
        parts.append(line.proposal)
    return "; ".join(dict.fromkeys(parts))


def activity_lines(desk: Desk, today: dt.date) -> Iterator[str]:
    """The activities of the year, and how many the rules ask for."""
    units, clusters = desk.units, desk.clusters
    for activity in listed_activities(desk):
        day = "không ghi ngày" if activity.date is None else f"{activity.date:%d/%m/%Y}"
        whose = units[activity.unit].name if activity.unit in units else ""
        whose = whose or (clusters[activity.cluster].name if activity.cluster in clusters else "")
        chosen = ", được chọn báo cáo tại hội nghị" if activity.chosen_to_report else ""
        document = f", {activity.document}" if activity.document else ""
        what = KIND_WORDS[activity.kind]
        yield f"{activity.id}  {day}  {what}: {activity.title} ({whose}){document}{chosen}"
    for line in duty_lines(desk, today):
        if line.count is not None:
            met = "đủ" if line.count.met else "chưa đúng số"
            yield f"{line.name}: {line.count.words}: {met} [{line.clause}]"
