"""A new cluster in one act, and the workspace to practise in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.snapshot import Cluster, Unit
from app.domain.year import TableState
from app.ground.findings import UserError
from app.operations.founding import Founding, found_cluster
from app.operations.practice import fresh_practice_folder, make_practice, practice_folders
from app.operations.workspace.desk import sit_down
from app.operations.workspace.results import scored_year
from app.operations.workspace.years import year_record
from app.persistence import books


def plan(folder: Path) -> Founding:
    return Founding(
        folder,
        "Nguyễn Thị Hoa",
        year_record("2025"),
        Cluster("k1", "Khối Nội chính", "noi_chinh"),
        (
            Unit("so_tu_phap", "Sở Tư pháp", "k1", frozenset({"leader"})),
            Unit("toa_an", "Tòa án nhân dân", "k1"),
        ),
        Path("cao-bang-2018"),
        choices={"A22": "full", "A35": "1"},
    )


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_cluster_is_founded_with_all_that_was_said(tmp_path: Path) -> None:
    told: list[float] = []
    with found_cluster(plan(tmp_path / "so"), lambda share, _: told.append(share)) as workspace:
        desk = sit_down(workspace)
        assert desk.actor == "Nguyễn Thị Hoa"
        assert [unit.name for unit in desk.units.values()] == ["Sở Tư pháp", "Tòa án nhân dân"]
        assert desk.units["so_tu_phap"].roles == {"leader"}
        assert desk.clusters["k1"].block == "noi_chinh"
        (table,) = workspace.pinned_tables("2025")
        assert (table.base, table.state) == ("cao-bang-2018", TableState.DRAFT)
        assert table.title == "Bảng tiêu chí Khối Nội chính năm 2025"
        chosen = {c.parameter: c.value for c in workspace.read(books.PARAMETER_CHOICES, "2025")}
        assert chosen == {"A22": "full", "A35": 1}
    assert told == sorted(told)
    assert left(tmp_path) == ["so"]


def test_a_finished_table_is_taken_as_it_is(tmp_path: Path) -> None:
    whole = replace(plan(tmp_path / "so"), frame=Path("cao-bang-2018-vi-du"), own_table=False)
    with found_cluster(whole) as workspace:
        (table,) = workspace.pinned_tables("2025")
        assert (table.id, table.base) == ("cao-bang-2018-vi-du", None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"choices": {"A22": "perhaps"}},
        {"frame": Path("khong-co")},
        {"units": (Unit("a", "A", "k1"), Unit("a", "B", "k1"))},
        {"officer": "  "},
    ],
)
def test_what_fails_leaves_nothing_behind(tmp_path: Path, wrong: dict[str, object]) -> None:
    with pytest.raises(UserError):
        found_cluster(replace(plan(tmp_path / "moi" / "so"), **wrong))  # type: ignore[arg-type]
    assert left(tmp_path) == []


def test_what_is_stopped_leaves_nothing_behind(tmp_path: Path) -> None:
    class StoppedError(Exception):
        pass

    def stop(share: float, _text: str) -> None:
        if share > 0.4:
            raise StoppedError

    with pytest.raises(StoppedError):
        found_cluster(plan(tmp_path / "so"), stop)
    assert left(tmp_path) == []


def test_an_empty_folder_is_taken_and_a_full_one_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "so"
    folder.mkdir()
    found_cluster(plan(folder)).close()
    with pytest.raises(UserError) as refused:
        found_cluster(plan(folder))
    assert refused.value.findings[0].code == "folder_not_empty"


def test_practice_is_the_full_sample_and_says_so(tmp_path: Path) -> None:
    folder = fresh_practice_folder(tmp_path)
    assert practice_folders(tmp_path) == ()
    with make_practice(folder) as workspace:
        desk = sit_down(workspace)
        assert [c.name for c in desk.clusters.values()] == [
            "Khối thi đua các cơ quan Nội chính (luyện tập)"
        ]
        assert len(scored_year(desk).assessment.units) == 8
    assert practice_folders(tmp_path) == (folder,)
    assert fresh_practice_folder(tmp_path).name == "Bảng Vàng - Luyện tập 2"
