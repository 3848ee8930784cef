"""The year's days out of the rules: each duty's last day, as the officer counts it."""

from __future__ import annotations

from app.domain.year import Deadline
from app.operations.workspace.desk import Desk, Done, done, open_year_of, packs_of
from app.persistence import books
from app.scoring.duty_days import rule_days


def deadlines_of_rules(desk: Desk) -> tuple[Deadline, ...]:
    """The last day of each duty that the year's tables date, cluster by cluster (domain A33).

    A duty done *before* a day ends on the day before it. Raises ``UserError``.
    """
    clusters, start = tuple(desk.clusters.values()), desk.year.start
    return tuple(
        Deadline(day.duty.id, day.last, day.duty.title, day.cluster)
        for pack in packs_of(desk).all
        for duty in pack.rules.duties
        for day in rule_days(duty, clusters, start)
    )


def adopt_deadlines(desk: Desk) -> Done:
    """Keeps the days of the rules; days that were set by hand for the same duty stay."""
    open_year_of(desk)
    there = {(d.duty, d.cluster) for d in desk.workspace.read(books.DEADLINES, desk.period)}
    fresh = [d for d in deadlines_of_rules(desk) if (d.duty, d.cluster) not in there]
    with desk.act("deadlines.adopted", "Lấy thời hạn trong năm theo quy định") as change:
        changed = change.put(books.DEADLINES, *fresh)
    return done(change, changed)
