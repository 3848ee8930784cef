"""The year's days out of the rules: each duty's last day, as the officer counts it."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable

from app.domain.snapshot import Cluster
from app.domain.year import Deadline
from app.operations.workspace.desk import Desk, Done, done, open_year_of, packs_of
from app.persistence import books
from app.rules.pack import DayOfYear, Duty

_ONE_DAY = dt.timedelta(days=1)


def deadlines_of_rules(desk: Desk) -> tuple[Deadline, ...]:
    """The last day of each duty that the year's tables date, cluster by cluster (domain A33).

    A duty done *before* a day ends on the day before it. Raises ``UserError``.
    """
    year = desk.year
    found: list[Deadline] = []
    for pack in packs_of(desk).all:
        for duty in pack.rules.duties:
            for cluster, day in _days(duty, desk.clusters.values()):
                due = _date(day, year.start.year)
                last = due - _ONE_DAY if duty.strict else due
                found.append(Deadline(duty.id, last, duty.title, cluster))
    return tuple(found)


def _days(duty: Duty, clusters: Iterable[Cluster]) -> list[tuple[str | None, DayOfYear]]:
    """The days of a duty, each with the cluster that it binds; ``None`` binds all."""
    open_days: list[tuple[str | None, DayOfYear]] = [
        (None, day) for day in duty.due if not day.blocks
    ]
    named = [
        (cluster.id, day)
        for cluster in clusters
        for day in duty.due
        if cluster.block is not None and cluster.block in day.blocks
    ]
    return open_days + named


def _date(day: DayOfYear, first_year: int) -> dt.date:
    year = first_year + day.year_offset
    return dt.date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


def adopt_deadlines(desk: Desk) -> Done:
    """Keeps the days of the rules; days that were set by hand for the same duty stay."""
    open_year_of(desk)
    there = {(d.duty, d.cluster) for d in desk.workspace.read(books.DEADLINES, desk.period)}
    fresh = [d for d in deadlines_of_rules(desk) if (d.duty, d.cluster) not in there]
    with desk.act("deadlines.adopted", "Lấy thời hạn trong năm theo quy định") as change:
        changed = change.put(books.DEADLINES, *fresh)
    return done(change, changed)
