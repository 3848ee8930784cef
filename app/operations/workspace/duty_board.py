"""The duties of leader, deputy, units and department, read from the workspace as they stand."""

from __future__ import annotations

import datetime as dt

from app.operations.workspace.desk import Desk
from app.operations.workspace.eligibility import rules_of
from app.persistence import books
from app.scoring.duties import DutyLine, DutyRecords, duties_on


def duty_lines(desk: Desk, today: dt.date) -> tuple[DutyLine, ...]:
    """Every duty of the year's rules with its holders, as they stand on a day.

    Raises ``UserError`` where the year has no table.
    """
    read, period = desk.workspace.read, desk.period
    return duties_on(
        DutyRecords(
            rules_of(desk),
            tuple(desk.clusters.values()),
            tuple(desk.units.values()),
            desk.year.start,
            read(books.DEADLINES, period),
            read(books.DEADLINE_EXCEPTIONS, period),
            read(books.DUTY_STATES, period),
            read(books.ACTIVITIES, period),
            read(books.REGISTRATIONS, period),
            read(books.CONFERENCES, period),
            read(books.ROUND_STATES, period),
        ),
        today,
    )
