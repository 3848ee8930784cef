"""The duties of leader, deputy, units and department in this year: who has done what, and when.

The pack says what is to be done, by whom and until when. Whether it was done is noted with date
and document, or follows from what the book keeps anyway: a registration, a conference, a round
handed in, activities that are counted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from app.domain.conference import Activity, DutyStage, DutyState
from app.domain.snapshot import Cluster, Unit
from app.domain.year import (
    Conference,
    Deadline,
    DeadlineException,
    Registration,
    RoundState,
)
from app.rules.pack import Duty, RulePack
from app.scoring.duty_counts import ActivityCount, activity_count
from app.scoring.duty_days import RuleDay, rule_days
from app.scoring.duty_signs import Sign, Signs


class DutyStanding(StrEnum):
    """How a duty stands on a day."""

    DONE = "done"
    OPEN = "open"
    OVERDUE = "overdue"
    NOT_APPLICABLE = "not_applicable"


STANDING_WORDS: Final[Mapping[DutyStanding, str]] = {
    DutyStanding.DONE: "đã làm",
    DutyStanding.OPEN: "chưa làm",
    DutyStanding.OVERDUE: "quá hạn",
    DutyStanding.NOT_APPLICABLE: "không áp dụng",
}
OF_CLUSTER: Final = ("leader", "deputy")
HOLDER_WORDS: Final = {
    "department": "Sở Nội vụ",
    "council": "Hội đồng Thi đua - Khen thưởng",
    "guiding_agency": "Cơ quan được giao hướng dẫn",
}


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty of one holder: a unit by its id, or a role of the year (in a cluster).

    ``last`` is the last day for this holder, ``rule`` the day of the rule text, ``exception`` what
    puts it off by name. ``why`` says why it is not applicable, or what it follows from;
    ``proposal`` what the rules let be proposed where it was late.
    """

    duty: Duty
    holder: str
    name: str
    cluster: str | None
    standing: DutyStanding
    clause: str
    quote: str
    last: dt.date | None = None
    rule: RuleDay | None = None
    exception: DeadlineException | None = None
    done_on: dt.date | None = None
    document: str = ""
    note: str = ""
    why: str = ""
    count: ActivityCount | None = None
    proposal: str = ""
    noted: bool = False

    @property
    def late(self) -> bool:
        """Whether it was done after its last day, or is not done and that day is over."""
        if self.standing is DutyStanding.OVERDUE:
            return True
        return self.last is not None and self.done_on is not None and self.done_on > self.last


@dataclass(frozen=True, slots=True)
class DutyRecords:
    """What the standing of duties is found from: the rules, the members, the records of the year.

    ``start`` is the first day of the year.
    """

    rules: RulePack
    clusters: Sequence[Cluster]
    units: Sequence[Unit]
    start: dt.date
    deadlines: Sequence[Deadline] = ()
    exceptions: Sequence[DeadlineException] = ()
    noted: Sequence[DutyState] = ()
    activities: Sequence[Activity] = ()
    registrations: Sequence[Registration] = ()
    conferences: Sequence[Conference] = ()
    round_states: Sequence[RoundState] = ()


def duties_on(records: DutyRecords, today: dt.date) -> tuple[DutyLine, ...]:
    """Every duty of the rules with its holders, as they stand on a day."""
    return tuple(_Duties(records, today).lines())


class _Duties:
    """What duties are found from, by who and what."""

    def __init__(self, records: DutyRecords, today: dt.date) -> None:
        self._today = today
        self._rules = records.rules
        self._start = records.start
        self._clusters = {cluster.id: cluster for cluster in records.clusters}
        self._units = {u.id: u for u in records.units if u.left is None}
        self._deadlines = records.deadlines
        self._exceptions = {(e.duty, e.unit): e for e in records.exceptions}
        self._noted = {(s.duty, s.holder, s.cluster): s for s in records.noted}
        self._activities = records.activities
        self._signs = Signs(
            records.rules, records.registrations, records.conferences, records.round_states
        )

    def lines(self) -> Iterator[DutyLine]:
        """Duty by duty in the order of the rules, holder by holder."""
        for duty in self._rules.duties:
            days = {d.cluster: d for d in rule_days(duty, self._clusters.values(), self._start)}
            for holder, cluster in self._holders(duty):
                yield self._line(duty, holder, cluster, days)

    def _holders(self, duty: Duty) -> Iterator[tuple[str, str | None]]:
        if duty.who == "unit":
            yield from ((unit.id, unit.cluster) for unit in self._units.values())
        elif duty.who in OF_CLUSTER:
            yield from ((duty.who, cluster) for cluster in self._clusters)
        else:
            yield duty.who, None

    def _line(
        self, duty: Duty, holder: str, cluster: str | None, days: Mapping[str | None, RuleDay]
    ) -> DutyLine:
        rule = days.get(cluster) or days.get(None)
        unit = self._unit(holder, cluster)
        exception = None if unit is None else self._exceptions.get((duty.id, unit.id))
        kept = {d.cluster: d.due for d in self._deadlines if d.duty == duty.id}
        last = kept.get(cluster, kept.get(None, rule.last if rule is not None else None))
        last = last if exception is None else exception.until
        of_unit = duty.who == "unit"
        noted = self._noted.get((duty.id, holder, None if of_unit else cluster))
        count = activity_count(duty, self._activities, None if not of_unit else unit, cluster)
        sign = self._signs.of(duty, unit if of_unit else None, cluster, self._today)
        if noted is None and count is not None and count.met:
            sign = Sign(count.on, count.words)
        standing, why = self._standing(duty, unit, noted, sign, last)
        done_on = noted.date if noted is not None else sign.on if sign is not None else None
        line = DutyLine(
            duty,
            holder,
            self._name(holder, unit),
            cluster,
            standing,
            clause_words(self._rules, duty.clause),
            clause_quote(self._rules, duty.clause),
            last,
            rule,
            exception,
            done_on if standing is DutyStanding.DONE else None,
            noted.document if noted is not None else "",
            noted.note if noted is not None else "",
            why,
            count,
            noted=noted is not None,
        )
        return _with_proposal(line, self._rules)

    def _unit(self, holder: str, cluster: str | None) -> Unit | None:
        """The unit behind a holder: itself, or the one that has the role in the cluster."""
        if holder in self._units:
            return self._units[holder]
        members = (u for u in self._units.values() if u.cluster == cluster and holder in u.roles)
        return next(members, None)

    def _name(self, holder: str, unit: Unit | None) -> str:
        words = {
            "leader": self._rules.vocabulary.leader,
            "deputy": self._rules.vocabulary.deputy,
            **HOLDER_WORDS,
        }
        if holder not in words:
            return unit.name if unit is not None else holder
        return words[holder] + (f" ({unit.name})" if unit is not None else "")

    def _standing(
        self,
        duty: Duty,
        unit: Unit | None,
        noted: DutyState | None,
        sign: Sign | None,
        last: dt.date | None,
    ) -> tuple[DutyStanding, str]:
        if noted is not None and noted.state is DutyStage.DONE:
            return DutyStanding.DONE, ""
        if noted is not None and noted.state is DutyStage.NOT_APPLICABLE:
            return DutyStanding.NOT_APPLICABLE, noted.note
        if noted is None and sign is not None:
            return DutyStanding.DONE, sign.words
        if noted is None and duty.binding == "optional":
            return DutyStanding.NOT_APPLICABLE, "quy định không bắt buộc"
        joined = None if unit is None or duty.who != "unit" else unit.joined
        if noted is None and joined is not None and last is not None and joined > last:
            return DutyStanding.NOT_APPLICABLE, f"vào cụm, khối từ {joined:%d/%m/%Y}, sau hạn"
        if last is not None and self._today > last:
            return DutyStanding.OVERDUE, ""
        return DutyStanding.OPEN, ""


def _with_proposal(line: DutyLine, rules: RulePack) -> DutyLine:
    """What may be proposed where a duty was late; nothing is ever deducted by itself (A33)."""
    item = next((i for i in rules.deductions.items if i.id == line.duty.late_item), None)
    if item is None or not line.late:
        return line
    place = clause_words(rules, item.clause)
    words = f"có thể đề xuất điểm trừ “{item.title}” ({place}); chương trình không tự trừ"
    return replace(line, proposal=words)


def clause_words(rules: RulePack, clause_id: str | None) -> str:
    """The place of a clause and its source: "Mục I.2, Đề án 1308/ĐA-UBND"."""
    clause = next((c for c in rules.clauses if c.id == clause_id), None)
    if clause is None:
        return ""
    source = next((s for s in rules.sources if s.id == clause.source), None)
    if source is None:
        return clause.place
    return f"{clause.place}, {' '.join(filter(None, (source.type, source.number)))}"


def clause_quote(rules: RulePack, clause_id: str | None) -> str:
    """The quoted words of a clause, or its note."""
    clause = next((c for c in rules.clauses if c.id == clause_id), None)
    if clause is None:
        return ""
    return f"“{clause.quote}”" if clause.quote else clause.note
