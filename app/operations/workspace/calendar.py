"""The year as a calendar: deadlines with who is still awaited, conferences, activities.

Days are calendar days, and a deadline ends with its day. A day out of the rules is shown as it is
written and as the last day that it means (domain A33); a unit that was put off by name has a line
of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from app.domain.year import HANDED_IN, Deadline, PeriodRecord
from app.ground.findings import UserError
from app.ground.text import named
from app.operations.workspace.activities import listed_activities
from app.operations.workspace.desk import Desk, packs_of
from app.operations.workspace.duty_board import duty_lines
from app.persistence import books
from app.scoring.duties import DutyLine, DutyStanding
from app.scoring.duty_counts import KIND_WORDS

ItemKind = Literal["deadline", "round", "exception", "conference", "activity"]
_CONFERENCES: Final = {
    "summary": "Hội nghị tổng kết",
    "mid_year": "Hội nghị sơ kết 6 tháng",
    "preparatory": "Hội nghị trù bị",
    "other": "Hội nghị",
}


@dataclass(frozen=True, slots=True)
class CalendarItem:
    """What falls on one day. ``key`` tells it from all others of the year and stays the same.

    ``words`` say the day as written and as the last that counts; ``awaited`` names who has not
    done it, ``clause`` and ``quote`` say where it is written.
    """

    key: str
    kind: ItemKind
    day: dt.date
    title: str
    words: str
    standing: DutyStanding
    days_left: int
    who: str = ""
    clusters: tuple[str, ...] = ()
    awaited: tuple[str, ...] = ()
    clause: str = ""
    quote: str = ""
    proposals: tuple[str, ...] = ()

    @property
    def left_words(self) -> str:
        """How many days are left, in words."""
        return left_words(self.days_left)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The year's days in their order, and the duties that have none."""

    year: PeriodRecord
    today: dt.date
    items: tuple[CalendarItem, ...]
    duties: tuple[DutyLine, ...]

    @property
    def undated(self) -> tuple[DutyLine, ...]:
        """The duties that the rules set without a day, and that nobody dated."""
        return tuple(line for line in self.duties if line.last is None)

    @property
    def counted(self) -> tuple[DutyLine, ...]:
        """The duties that are fulfilled by a number of activities."""
        return tuple(line for line in self.duties if line.count is not None)


def left_words(days: int) -> str:
    """A number of days from today, in words."""
    match days:
        case 0:
            return "hôm nay"
        case 1:
            return "ngày mai"
        case -1:
            return "hôm qua"
    return f"còn {days} ngày" if days > 0 else f"đã qua {-days} ngày"


def calendar_of(desk: Desk, today: dt.date) -> Calendar:
    """The calendar of the desk's year as it stands on a day.

    A year without a table has what was noted by hand alone.
    """
    try:
        packs_of(desk)
    except UserError:
        lines: tuple[DutyLine, ...] = ()
    else:
        lines = duty_lines(desk, today)
    items = sorted(_Days(desk, today, lines).items(), key=lambda i: (i.day, i.title, i.key))
    return Calendar(desk.year, today, tuple(items), lines)


class _Days:
    """What the items are made from."""

    def __init__(self, desk: Desk, today: dt.date, lines: Sequence[DutyLine]) -> None:
        self._desk = desk
        self._today = today
        self._lines = lines
        self._clusters = desk.clusters
        self._units = {u.id: u for u in desk.units.values() if u.left is None}

    def items(self) -> Iterator[CalendarItem]:
        """Everything that has a day, in no order."""
        yield from self._duties()
        yield from self._kept()
        yield from self._noted()

    def _item(
        self, key: str, kind: ItemKind, day: dt.date, title: str, words: str, **more: object
    ) -> CalendarItem:
        left = (day - self._today).days
        standing = more.pop("standing", DutyStanding.DONE if left < 0 else DutyStanding.OPEN)
        return CalendarItem(key, kind, day, title, words, standing, left, **more)  # type: ignore[arg-type]

    # ------------------------------------------------------------- duties of the rules

    def _duties(self) -> Iterator[CalendarItem]:
        groups: dict[tuple[str, dt.date, str], list[DutyLine]] = {}
        for line in self._lines:
            if line.last is None:
                continue
            own = line.holder if line.exception is not None else ""
            groups.setdefault((line.duty.id, line.last, own), []).append(line)
        for (duty, day, own), lines in groups.items():
            clusters = self._of(lines)
            where = own or (clusters[0] if lines[0].cluster is not None else "")
            yield self._duty(".".join(filter(None, (duty, where))), day, lines, clusters)

    def _of(self, lines: Iterable[DutyLine]) -> tuple[str, ...]:
        found = dict.fromkeys(c for line in lines if (c := line.cluster) is not None)
        return tuple(found) or tuple(self._clusters)

    def _duty(
        self, key: str, day: dt.date, lines: Sequence[DutyLine], clusters: tuple[str, ...]
    ) -> CalendarItem:
        first = lines[0]
        awaited = tuple(
            line.name
            for line in lines
            if line.standing in (DutyStanding.OPEN, DutyStanding.OVERDUE)
        )
        proposals = tuple(f"{line.name}: {line.proposal}" for line in lines if line.proposal)
        kind: ItemKind = "deadline"
        if first.exception is not None:
            granted = (
                f", {first.exception.granted_by} cho phép" if first.exception.granted_by else ""
            )
            words = (
                f"gia hạn riêng cho {first.name} đến hết ngày {day:%d/%m/%Y}: "
                f"{first.exception.reason}{granted}"
            )
            kind = "exception"
        elif first.rule is None:
            words = f"hết ngày {day:%d/%m/%Y} (ghi trong sổ)"
        elif first.rule.last == day:
            words = first.rule.words
        else:
            words = f"hết ngày {day:%d/%m/%Y} (ghi trong sổ; quy định: {first.rule.words})"
        return self._item(
            key,
            kind,
            day,
            first.duty.title,
            words,
            standing=_together(lines),
            who=_who(lines),
            clusters=clusters,
            awaited=awaited,
            clause=first.clause,
            quote=first.quote,
            proposals=proposals,
        )

    # ------------------------------------------------------------- days noted in the book

    def _kept(self) -> Iterator[CalendarItem]:
        """Deadlines of rounds, and of what the rules do not know; their exceptions."""
        known = {line.duty.id for line in self._lines}
        rounds = self._rounds()
        read = self._desk.workspace.read
        deadlines: tuple[Deadline, ...] = read(books.DEADLINES, self._desk.period)
        exceptions = {
            (e.duty, e.unit): e for e in read(books.DEADLINE_EXCEPTIONS, self._desk.period)
        }
        handed = self._handed_in()
        named_by_cluster = {(d.duty, d.cluster) for d in deadlines if d.cluster is not None}
        for deadline in deadlines:
            if deadline.duty in known:
                continue
            members = [
                u
                for u in self._units.values()
                if u.cluster == deadline.cluster
                or (deadline.cluster is None and (deadline.duty, u.cluster) not in named_by_cluster)
            ]
            of_round = deadline.duty in rounds
            title = deadline.title or (
                f"Nộp vòng “{rounds[deadline.duty]}”" if of_round else deadline.duty
            )
            later = [u for u in members if (deadline.duty, u.id) in exceptions]
            base = [u.id for u in members if u not in later]
            key = ".".join(filter(None, (deadline.duty, deadline.cluster)))
            due = f"hết ngày {deadline.due:%d/%m/%Y} (ghi trong sổ)"
            clusters = (deadline.cluster,) if deadline.cluster else tuple(self._clusters)
            yield self._round(key, deadline.due, title, due, base, handed, clusters, of_round)
            for unit in later:
                put_off = exceptions[deadline.duty, unit.id]
                words = (
                    f"gia hạn riêng cho {unit.name} đến hết ngày {put_off.until:%d/%m/%Y}: "
                    f"{put_off.reason}"
                )
                yield self._round(
                    f"{deadline.duty}.{unit.id}",
                    put_off.until,
                    title,
                    words,
                    [unit.id],
                    handed,
                    (unit.cluster,),
                    of_round,
                    "exception",
                )

    def _round(
        self,
        key: str,
        day: dt.date,
        title: str,
        words: str,
        units: Sequence[str],
        handed: set[tuple[str, str]],
        clusters: tuple[str, ...],
        of_round: bool,
        kind: ItemKind | None = None,
    ) -> CalendarItem:
        shown: ItemKind = kind or ("round" if of_round else "deadline")
        if not of_round:
            return self._item(key, shown, day, title, words, clusters=clusters)
        round_id = key.split(".")[0]
        missing = [u for u in units if (u, round_id) not in handed]
        over = day < self._today
        standing = DutyStanding.DONE
        if missing:
            standing = DutyStanding.OVERDUE if over else DutyStanding.OPEN
        return self._item(
            key,
            shown,
            day,
            title,
            words,
            standing=standing,
            clusters=clusters,
            awaited=tuple(self._units[u].name for u in missing),
        )

    def _rounds(self) -> Mapping[str, str]:
        try:
            rules = packs_of(self._desk).main.rules
        except UserError:
            return {}
        return {r.id: r.title for r in rules.rounds}

    def _handed_in(self) -> set[tuple[str, str]]:
        states = self._desk.workspace.read(books.ROUND_STATES, self._desk.period)
        return {(s.unit, s.round) for s in states if s.stage in HANDED_IN}

    def _noted(self) -> Iterator[CalendarItem]:
        for meeting in self._desk.workspace.read(books.CONFERENCES, self._desk.period):
            if meeting.date is None:
                continue
            title = meeting.title or _CONFERENCES[meeting.kind]
            place = f" tại {meeting.place}" if meeting.place else ""
            words = f"ngày {meeting.date:%d/%m/%Y}{place}"
            yield self._item(
                f"hoi_nghi.{meeting.id}",
                "conference",
                meeting.date,
                title,
                words,
                clusters=(meeting.cluster,) if meeting.cluster else tuple(self._clusters),
            )
        for activity in listed_activities(self._desk):
            if activity.date is None:
                continue
            unit = self._desk.units.get(activity.unit or "")
            what = KIND_WORDS[activity.kind]
            yield self._item(
                f"hoat_dong.{activity.id}",
                "activity",
                activity.date,
                f"{what[:1].upper()}{what[1:]}: {activity.title}",
                f"ngày {activity.date:%d/%m/%Y}",
                who="" if unit is None else unit.name,
                clusters=(activity.cluster,) if activity.cluster else (),
            )


def _together(lines: Sequence[DutyLine]) -> DutyStanding:
    """How a duty of several holders stands: overdue where one is, done where all are."""
    there = {line.standing for line in lines}
    for standing in (DutyStanding.OVERDUE, DutyStanding.OPEN, DutyStanding.DONE):
        if standing in there:
            return standing
    return DutyStanding.NOT_APPLICABLE


def _who(lines: Sequence[DutyLine]) -> str:
    if lines[0].duty.who != "unit":
        return named([line.name for line in lines])
    return lines[0].name if len(lines) == 1 else f"{len(lines)} đơn vị"


# ------------------------------------------------------------------ what to say at the start


@dataclass(frozen=True, slots=True)
class Reminder:
    """One sentence that is said when the program starts; ``overdue`` ones come first."""

    item: CalendarItem
    overdue: bool
    sentence: str


def reminders(desk: Desk, today: dt.date, within_days: int = 14) -> tuple[Reminder, ...]:
    """What is overdue, and what falls into the next days and was not done yet."""
    found: list[Reminder] = []
    for item in calendar_of(desk, today).items:
        if item.standing is DutyStanding.OVERDUE:
            found.append(Reminder(item, True, _reminder(item)))
        elif item.standing is DutyStanding.OPEN and 0 <= item.days_left <= within_days:
            found.append(Reminder(item, False, _reminder(item)))
    return tuple(sorted(found, key=lambda r: (not r.overdue, r.item.day)))


def _reminder(item: CalendarItem) -> str:
    left = item.left_words
    head = f"Quá hạn ({left})" if item.standing is DutyStanding.OVERDUE else left.capitalize()
    waits = f"; còn chờ {named(item.awaited)}" if item.awaited else ""
    told = "".join(f" {proposal[:1].upper()}{proposal[1:]}." for proposal in item.proposals)
    return f"{head}: {item.title}, {item.words}{waits}.{told}"
