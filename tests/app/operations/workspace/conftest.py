"""A year of three units under a small table in three rounds, and a clock that stands still."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Generator
from pathlib import Path

import pytest

from app.domain.snapshot import Cluster, Unit
from app.ground.findings import UserError
from app.operations.workspace.desk import Desk, sit_down
from app.operations.workspace.entries import enter_scores
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.members import add_clusters, add_units
from app.operations.workspace.rounds import submit_round
from app.operations.workspace.tables import adopt_pack
from app.operations.workspace.years import open_year, year_record
from app.persistence.lock import FILE as LOCK
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
    return _write_pack(tmp_path)


def _write_pack(folder: Path) -> Path:
    file = folder / "bang.toml"
    file.write_text(dump_tree(table_tree()), encoding="utf-8")
    return file


# ---------------------------------------------------------------------- a year, made once
# What most tests begin with is made once and copied: of a test's time its making is the most.


@pytest.fixture(scope="session")
def beginnings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A closed workspace for each of the fixtures below, by their names."""
    place = tmp_path_factory.mktemp("nam")
    pack = _write_pack(place)
    made = Workspace.create(place / "so", OFFICER, Clock())
    desk = open_year(made, OFFICER, year_record("2026"))[0]
    found = {"bare": _kept(made, place / "bare")}
    _give_table_and_units(desk, pack)
    found["desk"] = _kept(made, place / "desk")
    _hand_in(desk)
    found["handed_in"] = _kept(made, place / "handed_in")
    made.close(backup=False)
    return found


def _kept(workspace: Workspace, place: Path) -> Path:
    shutil.copytree(workspace.folder, place, ignore=shutil.ignore_patterns(LOCK))
    return place


def _give_table_and_units(desk: Desk, pack: Path) -> None:
    adopt_pack(desk, pack)
    add_clusters(desk, [Cluster("k1", "Cụm 1"), Cluster("k2", "Cụm 2")])
    names = (("u1", "Sở Một"), ("u2", "Sở Hai"), ("u3", "Sở Ba"))
    add_units(desk, [Unit(key, name, "k1") for key, name in names])


def _hand_in(desk: Desk) -> None:
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


@pytest.fixture
def workspace(
    request: pytest.FixtureRequest, tmp_path: Path, beginnings: dict[str, Path]
) -> Generator[Workspace]:
    """New, or as far as the test asks for by the fixtures below."""
    asked = [name for name in ("handed_in", "desk", "bare") if name in request.fixturenames]
    if asked:
        shutil.copytree(beginnings[asked[0]], tmp_path / "so")
        made = Workspace.open(tmp_path / "so", Clock())
    else:
        made = Workspace.create(tmp_path / "so", OFFICER, Clock())
    yield made
    made.close(backup=False)


@pytest.fixture
def bare(workspace: Workspace) -> Desk:
    """A year without anything in it."""
    return sit_down(workspace, OFFICER, "2026")


@pytest.fixture
def desk(bare: Desk) -> Desk:
    """A year with its table and three units."""
    return bare


@pytest.fixture
def handed_in(desk: Desk) -> Desk:
    """All units have scored themselves in full but for the slot, and handed in."""
    return desk


def codes(fault: pytest.ExceptionInfo[UserError]) -> list[str]:
    return [finding.code for finding in fault.value.findings]


def told(fault: pytest.ExceptionInfo[UserError]) -> str:
    return " ".join(f"{f.place}: {f.message} {f.remedy}" for f in fault.value.findings)
