"""How duties stand on a day, worked by hand from “trước ngày 31/3” (BG, I.3.1)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest

from app.domain.conference import DutyStage, DutyState
from app.domain.snapshot import Cluster, Unit
from app.domain.year import Deadline, DeadlineException, Registration
from app.operations.loading import load_pack
from app.scoring.duties import DutyLine, DutyRecords, DutyStanding, duties_on

PACKS = Path(__file__).resolve().parents[3] / "data" / "packs"
DUTY = "dang_ky"
LAST = dt.date(2022, 3, 30)
NEXT = dt.date(2022, 3, 31)


@lru_cache(maxsize=1)
def records() -> DutyRecords:
    units = (Unit("a", "Đơn vị A", "k1", frozenset({"leader"})), Unit("b", "Đơn vị B", "k1"))
    rules = load_pack(PACKS / "bac-giang-2022-vi-du").rules
    return DutyRecords(rules, (Cluster("k1", "Cụm 1", "A"),), units, dt.date(2022, 1, 1))


def line(of: DutyRecords, day: dt.date, holder: str = "b") -> DutyLine:
    return next(x for x in duties_on(of, day) if x.duty.id == DUTY and x.holder == holder)


@pytest.mark.parametrize(("day", "late"), [(LAST, False), (NEXT, True)])
def test_before_31_march_ends_with_30_march(day: dt.date, late: bool) -> None:
    found = line(records(), day)
    assert (found.last, found.late) == (LAST, late)


def test_a_registration_is_done_once_leader_and_department_have_it() -> None:
    day = dt.date(2022, 3, 1)
    half = Registration("b", "registration", "01/ĐK", "", day, day)
    whole = replace(half, received_by_department=dt.date(2022, 3, 5))
    found = line(replace(records(), registrations=(half,)), NEXT)
    assert found.standing is DutyStanding.OVERDUE
    found = line(replace(records(), registrations=(whole,)), NEXT)
    assert (found.standing, found.done_on) == (DutyStanding.DONE, dt.date(2022, 3, 5))


def test_an_exception_holds_for_its_unit_alone() -> None:
    later = DeadlineException(DUTY, "b", dt.date(2022, 4, 10), "kiện toàn lãnh đạo")
    put_off = replace(records(), exceptions=(later,))
    assert line(put_off, NEXT).standing is DutyStanding.OPEN
    assert line(put_off, NEXT, "a").standing is DutyStanding.OVERDUE


def test_a_day_of_the_cluster_goes_before_the_day_of_all_and_of_the_rule() -> None:
    of_all, own = dt.date(2022, 3, 20), dt.date(2022, 3, 25)
    both = replace(records(), deadlines=(Deadline(DUTY, of_all), Deadline(DUTY, own, "", "k1")))
    assert line(both, NEXT).last == own
    assert line(replace(both, deadlines=both.deadlines[:1]), NEXT).last == of_all


def test_who_joined_after_the_last_day_or_left_is_asked_for_nothing() -> None:
    first, second = records().units
    joined = replace(second, joined=dt.date(2022, 5, 1))
    found = line(replace(records(), units=(first, joined)), NEXT)
    assert found.standing is DutyStanding.NOT_APPLICABLE
    left = replace(second, left=dt.date(2022, 2, 1))
    holders = {x.holder for x in duties_on(replace(records(), units=(first, left)), NEXT)}
    assert "b" not in holders


def test_what_was_noted_as_not_done_stays_late_whatever_the_book_shows() -> None:
    day = dt.date(2022, 3, 1)
    there = Registration("b", "registration", "01/ĐK", "", day, day, day)
    noted = DutyState(DUTY, "b", DutyStage.UNDONE)
    found = line(replace(records(), registrations=(there,), noted=(noted,)), NEXT)
    assert found.standing is DutyStanding.OVERDUE
