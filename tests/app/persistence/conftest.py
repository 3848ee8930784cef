"""A clock that stands still unless told, and a small cluster to write down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest

from app.domain.snapshot import Cluster, Entry, Unit
from app.domain.year import PeriodRecord
from app.persistence import books
from app.persistence.workspace import Workspace

VIETNAM = dt.timezone(dt.timedelta(hours=7))
YEAR = PeriodRecord("2022", "Năm 2022", dt.date(2022, 1, 1), dt.date(2022, 12, 31))
CLUSTER = Cluster("k1", "Khối Nội chính", "noi_chinh")
UNITS = (
    Unit("so_a", "Sở A", "k1", frozenset({"leader"}), attributes={"women_percent": Fraction(71)}),
    Unit("so_b", "Sở B", "k1", joined=dt.date(2022, 3, 1)),
)


@dataclass
class Clock:
    """Tells the hour that a test sets."""

    now: dt.datetime = dt.datetime(2022, 11, 20, 15, 4, tzinfo=VIETNAM)

    def __call__(self) -> dt.datetime:
        return self.now


def entry(points: int | str, criterion: str = "I.2", unit: str = "so_a", reason: str = "") -> Entry:
    return Entry(unit, criterion, "self", points=Fraction(points), reason=reason)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "so"


@pytest.fixture
def workspace(folder: Path, clock: Clock) -> Generator[Workspace]:
    """An open workspace with one year, one cluster and two units."""
    made = Workspace.create(folder, "Nguyễn A", clock)
    with made.operation("year.opened", "Mở năm 2022", "Nguyễn A", period="2022") as change:
        change.put(books.PERIODS, YEAR)
        change.put(books.CLUSTERS, CLUSTER)
        change.put(books.UNITS, *UNITS)
    yield made
    made.close(backup=False)
