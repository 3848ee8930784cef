"""A year of three units under a small table in three rounds, and a clock that stands still."""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator
from pathlib import Path

import pytest

from app.domain.snapshot import Cluster, Unit
from app.ground.findings import UserError
from app.operations.workspace.desk import Desk
from app.operations.workspace.entries import enter_scores
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.members import add_clusters, add_units
from app.operations.workspace.rounds import submit_round
from app.operations.workspace.tables import adopt_pack
from app.operations.workspace.years import open_year, year_record
from app.persistence.workspace import Workspace
from app.rules.document import dump_tree

from .small_table import table_tree

OFFICER = "Nguyễn Hoa"
DAY = dt.date(2026, 11, 20)


class Clock:
    def __call__(self) -> dt.datetime:
        return dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))


@pytest.fixture
def pack_file(tmp_path: Path) -> Path:
    file = tmp_path / "bang.toml"
    file.write_text(dump_tree(table_tree()), encoding="utf-8")
    return file


@pytest.fixture
def workspace(tmp_path: Path) -> Generator[Workspace]:
    made = Workspace.create(tmp_path / "so", OFFICER, Clock())
    yield made
    made.close(backup=False)


@pytest.fixture
def bare(workspace: Workspace) -> Desk:
    """A year without anything in it."""
    return open_year(workspace, OFFICER, year_record("2026"))[0]


@pytest.fixture
def desk(bare: Desk, pack_file: Path) -> Desk:
    """A year with its table and three units."""
    adopt_pack(bare, pack_file)
    add_clusters(bare, [Cluster("k1", "Cụm 1"), Cluster("k2", "Cụm 2")])
    names = (("u1", "Sở Một"), ("u2", "Sở Hai"), ("u3", "Sở Ba"))
    add_units(bare, [Unit(key, name, "k1") for key, name in names])
    return bare


@pytest.fixture
def handed_in(desk: Desk) -> Desk:
    """All units have scored themselves in full but for the slot, and handed in."""
    for unit, actual in (("u1", "90"), ("u2", "80"), ("u3", "70")):
        enter_scores(
            desk,
            [
                TypedCell(unit, "I.1", "self", figures={"plan": "100", "actual": actual}),
                TypedCell(unit, "I.2", "self", points="20"),
                TypedCell(unit, "II.1", "self", points="10", figures={"signed": "có"}),
                TypedCell(unit, "II.2", "self", points="9,5"),
            ],
        )
    submit_round(desk, "self", None, DAY)
    return desk


def codes(fault: pytest.ExceptionInfo[UserError]) -> list[str]:
    return [finding.code for finding in fault.value.findings]


def told(fault: pytest.ExceptionInfo[UserError]) -> str:
    return " ".join(f"{f.place}: {f.message} {f.remedy}" for f in fault.value.findings)
