"""What the page Lịch và nhiệm vụ knows and does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.domain.conference import Activity, DutyStage
from app.operations.workspace.activities import (
    change_activity,
    listed_activities,
    note_activity,
    remove_activity,
)
from app.operations.workspace.calendar import Calendar, CalendarItem, calendar_of
from app.operations.workspace.calendar_export import write_calendar
from app.operations.workspace.desk import Done, today
from app.operations.workspace.duties import change_duty, note_duty, remove_duty
from app.operations.workspace.records import record
from app.scoring.duties import STANDING_WORDS, DutyLine, DutyStanding
from app.scoring.duty_counts import KIND_WORDS
from ui.runner import Progress, Runner
from ui.session import Session
from ui.theme.tokens import Tone

if TYPE_CHECKING:
    from app.operations.workspace.desk import Desk

STAGES: Final = (
    (DutyStage.DONE.value, "Đã làm"),
    (DutyStage.UNDONE.value, "Chưa làm"),
    (DutyStage.NOT_APPLICABLE.value, "Không áp dụng (ghi vì sao)"),
)
KINDS: Final = tuple((kind, words[:1].upper() + words[1:]) for kind, words in KIND_WORDS.items())
_TONES: Final = {
    DutyStanding.DONE: Tone.GOOD,
    DutyStanding.OPEN: Tone.WAITING,
    DutyStanding.OVERDUE: Tone.ERROR,
    DutyStanding.NOT_APPLICABLE: Tone.NEUTRAL,
}
_WAITING: Final = (DutyStanding.OPEN, DutyStanding.OVERDUE)
_NONE: Final = "–"
_LATEST: Final = dt.date.max
_NAMED: Final = 12


@dataclass(frozen=True, slots=True)
class DayRow:
    """What falls on one day."""

    key: str
    day: dt.date
    left: str
    title: str
    words: str
    who: str
    state: str
    tone: Tone
    waits: bool
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty of one holder."""

    line: DutyLine
    title: str
    name: str
    last: str
    order: dt.date
    state: str
    tone: Tone
    waits: bool
    document: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One activity of a unit, or of a cluster as a whole."""

    activity: Activity
    kind: str
    title: str
    whose: str
    day: str
    order: dt.date
    document: str
    chosen: str


class CalendarPresenter:
    """Reads the calendar beside the window; ``shown`` is called when there is something new."""

    def __init__(self, session: Session, runner: Runner) -> None:
        self._session, self._runner = session, runner
        self._asked = 0
        self._calendar: Calendar | None = None
        self._activities: tuple[Activity, ...] = ()
        self.shown: Callable[[], None] = lambda: None

    def look(self) -> None:
        """Reads everything anew."""
        self._asked += 1
        number, desk = self._asked, self._session.desk

        def work(progress: Progress) -> tuple[Calendar, tuple[Activity, ...]]:
            progress.tell(None)
            return calendar_of(desk, today()), listed_activities(desk)

        def done(found: tuple[Calendar, tuple[Activity, ...]]) -> None:
            if number == self._asked:
                self._calendar, self._activities = found
                self.shown()

        self._runner.run("Đọc lịch", work, done, quiet=True)

    @property
    def may_write(self) -> bool:
        """Whether the year can be changed."""
        return self._session.may_write

    @property
    def clusters(self) -> tuple[tuple[str, str], ...]:
        """The clusters by id and name."""
        seat = self._session.seat
        return () if seat is None else tuple((c.id, c.name) for c in seat.clusters.values())

    @property
    def units(self) -> tuple[tuple[str, str], ...]:
        """The units that have not left, by id and name."""
        return tuple((u.id, u.name) for u in self._session.units.values() if u.left is None)

    def sentence(self) -> str:
        """What is overdue and what is next."""
        calendar = self._calendar
        if calendar is None:
            return "Đang đọc lịch…"
        if not calendar.items and not calendar.duties:
            return "Năm này chưa có thời hạn hay nhiệm vụ nào."
        late = sum(line.standing is DutyStanding.OVERDUE for line in calendar.duties)
        open_ones = sum(line.standing is DutyStanding.OPEN for line in calendar.duties)
        words = f"{late} nhiệm vụ quá hạn, {open_ones} nhiệm vụ chưa làm"
        ahead = [i for i in calendar.items if i.days_left >= 0 and i.standing in _WAITING]
        if ahead:
            words += f" · sắp tới: {ahead[0].title}, {ahead[0].left_words}"
        return words

    # ------------------------------------------------------------- days

    def days(self, cluster: str = "", *, waiting: bool = False) -> tuple[DayRow, ...]:
        """What has a day, in order."""
        if self._calendar is None:
            return ()
        rows = (
            self._day(item)
            for item in self._calendar.items
            if not cluster or not item.clusters or cluster in item.clusters
        )
        return tuple(row for row in rows if row.waits or not waiting)

    def _day(self, item: CalendarItem) -> DayRow:
        waits = item.standing in _WAITING
        state = _capital(STANDING_WORDS[item.standing])
        if waits and item.awaited:
            state += f", chờ {len(item.awaited)}"
        return DayRow(
            item.key,
            item.day,
            item.left_words,
            item.title,
            item.words,
            item.who or ", ".join(dict(self.clusters).get(c, c) for c in item.clusters),
            state,
            _TONES[item.standing],
            waits,
            tuple(
                line
                for line in (
                    _capital(item.words) + ".",
                    f"Còn chờ: {_listed(item.awaited)}." if waits and item.awaited else "",
                    *item.proposals,
                    f"{item.clause}: {item.quote}" if item.quote else item.clause,
                )
                if line.strip(".")
            ),
        )

    # ------------------------------------------------------------- duties

    def duties(self, cluster: str = "", *, waiting: bool = False) -> tuple[DutyRow, ...]:
        """All duties with their holders, as the rules list them."""
        if self._calendar is None:
            return ()
        of = {unit.id: unit.cluster for unit in self._session.units.values()}
        rows = (
            _duty(line)
            for line in self._calendar.duties
            if not cluster or (line.cluster or of.get(line.holder, cluster)) == cluster
        )
        return tuple(row for row in rows if row.waits or not waiting)

    def note(self, row: DutyRow, values: Mapping[str, Any]) -> Done:
        """Notes how a duty stands; raises ``UserError``."""
        line = row.line
        verb = change_duty if line.noted else note_duty
        return self._session.act(
            lambda desk: verb(
                desk,
                line.duty.id,
                line.holder,
                DutyStage(values["state"]),
                cluster=_of_role(line),
                on=values["on"],
                document=values["document"],
                note=values["note"],
            )
        )

    def take_out(self, row: DutyRow) -> Done:
        """Takes the note about a duty out; raises ``UserError``."""
        line = row.line
        return self._session.act(
            lambda desk: remove_duty(desk, line.duty.id, line.holder, _of_role(line))
        )

    def put_off(self, row: DutyRow, values: Mapping[str, Any]) -> Done:
        """Lets one unit finish later, by name; raises ``UserError``."""
        line = row.line
        fact = {
            "duty": line.duty.id,
            "unit": line.holder,
            "until": values["until"],
            "reason": values["reason"],
            "granted_by": values["granted_by"],
        }
        return self._session.act(lambda desk: record(desk, "exceptions", [fact]))

    # ------------------------------------------------------------- activities

    def counts(self) -> tuple[tuple[str, Tone], ...]:
        """Numbers of activities held against the rule, those that fall short first."""
        if self._calendar is None:
            return ()
        found: dict[str, Tone] = {}
        for line in self._calendar.counted:
            if line.count is not None and line.standing is not DutyStanding.NOT_APPLICABLE:
                met = line.count.met
                words = f"{line.name}: {line.count.words}" + (" (đủ)" if met else " (chưa đủ)")
                found[words] = Tone.GOOD if met else Tone.WAITING
        return tuple(sorted(found.items(), key=lambda one: one[1] is Tone.GOOD))

    def activities(self) -> tuple[ActivityRow, ...]:
        """The activities that were noted."""
        units = {unit.id: unit.name for unit in self._session.units.values()}
        clusters = dict(self.clusters)
        return tuple(
            ActivityRow(
                one,
                _capital(KIND_WORDS[one.kind]),
                one.title,
                units.get(one.unit or "") or clusters.get(one.cluster or "", _NONE),
                _NONE if one.date is None else f"{one.date:%d/%m/%Y}",
                one.date or _LATEST,
                one.document or _NONE,
                "Báo cáo tại hội nghị" if one.chosen_to_report else "",
            )
            for one in self._activities
        )

    def owners(self) -> tuple[tuple[str, str], ...]:
        """Whose an activity may be: a cluster as a whole, or a unit."""
        clusters = tuple((f"c:{key}", f"Cả {name}") for key, name in self.clusters)
        return (*clusters, *((f"u:{key}", name) for key, name in self.units))

    def keep_activity(self, row: ActivityRow | None, values: Mapping[str, Any]) -> Done:
        """Notes an activity, or corrects one; raises ``UserError``."""
        where, _, key = str(values["owner"] or "").partition(":")
        unit = key if where == "u" else None
        cluster = key if where == "c" else None

        def verb(desk: Desk) -> Done:
            more = {
                "document": values["document"],
                "note": values["note"],
                "chosen_to_report": values["chosen"],
                "unit": unit,
                "cluster": cluster,
            }
            if row is None:
                _, answer = note_activity(
                    desk, values["kind"], values["title"], on=values["on"], **more
                )
            else:
                _, answer = change_activity(
                    desk,
                    row.activity.id,
                    kind=values["kind"],
                    title=values["title"],
                    date=values["on"],
                    **more,
                )
            return answer

        return self._session.act(verb)

    def drop_activity(self, row: ActivityRow) -> Done:
        """Takes an activity out."""
        return self._session.act(lambda desk: remove_activity(desk, row.activity.id))

    # ------------------------------------------------------------- export

    @property
    def file_name(self) -> str:
        """What the calendar's file is called unless the officer says otherwise."""
        year = self._session.year
        return f"lich-{year.id if year is not None else ''}.ics"

    def export(self, file: Path, then: Callable[[str], object]) -> None:
        """Writes the calendar for other programs; the officer agreed to the name already."""
        desk = self._session.desk

        def work(progress: Progress) -> Path:
            progress.tell(None)
            calendar = calendar_of(desk, today())
            progress.settle("Ghi tệp lịch")
            return write_calendar(desk, calendar, file, overwrite=True)

        def done(written: Path) -> None:
            then(f"Đã ghi lịch vào tệp “{written.name}”.")

        self._runner.run("Xuất lịch", work, done)


def _of_role(line: DutyLine) -> str | None:
    """The cluster of a role in it; a unit's note is under the unit alone."""
    return line.cluster if line.duty.who in ("leader", "deputy") else None


def _duty(line: DutyLine) -> DutyRow:
    waits = line.standing in _WAITING
    rule = line.rule.words if line.rule is not None else ""
    put_off = line.exception
    return DutyRow(
        line,
        line.duty.title,
        line.name,
        _NONE if line.last is None else f"{line.last:%d/%m/%Y}",
        line.last or _LATEST,
        _capital(STANDING_WORDS[line.standing])
        + (", muộn" if line.late and line.done_on is not None else ""),
        _TONES[line.standing],
        waits,
        line.document or _NONE,
        tuple(
            words
            for words in (
                f"Thời hạn theo quy định: {rule}." if rule else _without_day(line),
                f"Gia hạn riêng đến hết ngày {put_off.until:%d/%m/%Y}: {put_off.reason}."
                if put_off is not None
                else "",
                f"Đã làm ngày {line.done_on:%d/%m/%Y}." if line.done_on is not None else "",
                f"Văn bản cần có: {line.duty.document}." if line.duty.document else "",
                f"{_capital(line.count.words)}." if line.count is not None else "",
                f"{_capital(line.why)}." if line.why else "",
                line.note,
                line.proposal,
                f"{line.clause}: {line.quote}" if line.quote else line.clause,
            )
            if words
        ),
    )


def _without_day(line: DutyLine) -> str:
    """Why a duty has no day of the rules."""
    if line.duty.due:
        return (
            "Quy định nêu ngày theo loại cụm, khối, chưa có ngày cho cụm, khối này. Kiểm tra loại "
            "cụm, khối ở trang Đơn vị."
        )
    return "Quy định không nêu ngày."


def _listed(names: tuple[str, ...]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" và {more} đơn vị nữa" if more > 0 else "")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
