"""The days that rules set for duties: as they are written, and the last on which one is in time."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.domain.snapshot import Cluster
from app.rules.pack import DayOfYear, Duty

_ONE_DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RuleDay:
    """The day that a rule sets for a duty in one cluster (``None``: in all): how it is written,
    and the last day on which the duty is still done in time (domain A33).
    """

    duty: Duty
    cluster: str | None
    written: str
    last: dt.date

    @property
    def words(self) -> str:
        """Both, where they differ: "trước ngày 31/03/2026, tức hết ngày 30/03/2026"."""
        until = f"hết ngày {self.last:%d/%m/%Y}"
        if self.duty.strict:
            return f"trước ngày {self.written}, tức {until}"
        same = f"{self.last:%d/%m/%Y}" == self.written
        return f"chậm nhất {until}" if same else f"chậm nhất ngày {self.written}, tức {until}"


def rule_days(duty: Duty, clusters: Iterable[Cluster], start: dt.date) -> tuple[RuleDay, ...]:
    """The days of a duty in the year that begins at ``start``, each with the cluster that it binds;
    ``None`` binds all.
    """
    found = [_rule_day(duty, None, day, start) for day in duty.due if not day.blocks]
    for cluster in clusters:
        for day in duty.due:
            if cluster.block is not None and cluster.block in day.blocks:
                found.append(_rule_day(duty, cluster.id, day, start))
    return tuple(found)


def _rule_day(duty: Duty, cluster: str | None, day: DayOfYear, start: dt.date) -> RuleDay:
    first = start.year + day.year_offset
    if _in_month(first, day.month, day.day) < start:
        first += 1  # of a day that returns each year, the one inside this year
    written = f"{day.day:02}/{day.month:02}/{first}"
    last = _in_month(first, day.month, day.day)
    if duty.strict and last.day == day.day:
        last -= _ONE_DAY
    return RuleDay(duty, cluster, written, last)


def _in_month(year: int, month: int, day: int) -> dt.date:
    """The day, or the last of a month that is shorter: 29/2 is 28/2 in most years."""
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))
