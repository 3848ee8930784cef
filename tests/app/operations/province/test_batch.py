"""Several packages in one act, the same act taken back, and what changed since the look."""

from __future__ import annotations

import shutil
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.domain.snapshot import Cluster
from app.exchange.packages import Kind
from app.ground.findings import UserError
from app.operations.exchange.packing import Envelope, Order
from app.operations.exchange.sending import Lock, send
from app.operations.province.batch import Wanted, last_takings, take_all, take_back
from app.operations.province.folder import (
    ProvinceDesk,
    at_cluster,
    at_province,
    begin_cluster,
    create_province,
    latest_year,
    list_clusters,
)
from app.operations.province.taking import open_arrival, take
from app.operations.province.view import Stage, gather
from app.operations.workspace.entries import enter_scores
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.rounds import recall_round, submit_round
from app.operations.workspace.years import open_year, year_record

from .post import DEPARTMENT, OFFICE_KEY, Leader, judge, key, trust
from .worlds import CLUSTERS, DAY, OFFICER, make_province


def codes(fault: pytest.ExceptionInfo[UserError]) -> list[str]:
    return [finding.code for finding in fault.value.findings]


@pytest.fixture
def office(tmp_path: Path) -> Generator[ProvinceDesk]:
    """The department before anything has arrived; it knows the leaders of the first two."""
    with at_province(make_province(tmp_path / "so", CLUSTERS[:3])) as opened:
        for number in (1, 2):
            trust(opened, f"Trưởng cụm số {number}", key(number))
        yield opened


@pytest.fixture
def leaders(tmp_path: Path, whole: Path) -> Iterator[list[Leader]]:
    """The leaders of the first three clusters."""
    with ExitStack() as stack:
        made = [Leader.of(n, whole / "cum" / f"k{n:02d}", tmp_path) for n in (1, 2, 3)]
        for one in made:
            stack.callback(one.workspace.close, backup=False)
        yield made


def correct(leader: Leader, points: int) -> None:
    """The leader mends II.1 of its second unit after it had sent."""
    unit = f"k{leader.number:02d}_2"
    recall_round(leader.desk, "cluster", [unit], DAY)
    typed = TypedCell(unit, "II.1", "cluster", points=str(points), reason="cộng sót")
    enter_scores(leader.desk, [typed])
    submit_round(leader.desk, "cluster", [unit], DAY)


def wanted(office: ProvinceDesk, *files: Path) -> list[Wanted]:
    return [Wanted(file, open_arrival(office, file).sight) for file in files]


def test_a_refused_package_does_not_stand_in_the_way_of_the_others(
    office: ProvinceDesk, leaders: list[Leader], tmp_path: Path
) -> None:
    sent = [one.sends().file for one in leaders]
    bad = tmp_path / "la.bvg"
    bad.write_bytes(b"khong phai goi")
    asked = [*wanted(office, *sent[:2]), Wanted(sent[2]), Wanted(bad)]
    found = take_all(office, asked)
    assert [one.cluster.id if one.cluster else None for one in found] == ["k01", "k02", None, None]
    assert [one.began for one in found] == [True, True, False, False]
    assert [finding.code for finding in found[2].refused] == ["package_key_unknown"]
    assert found[3].refused
    assert [line.stage for line in gather(office, DAY).lines] == [
        Stage.SENT,
        Stage.SENT,
        Stage.NOT_SENT,
    ]


def test_two_packages_of_one_cluster_that_were_seen_together_are_both_taken(
    office: ProvinceDesk, leaders: list[Leader]
) -> None:
    """Both were seen beside an empty place; the second comes to what the first made."""
    first = leaders[0].sends().file
    correct(leaders[0], 11)
    second = leaders[0].sends(hour=9).file
    found = take_all(office, wanted(office, first, second))
    assert [bool(one.done) for one in found] == [True, True]
    card = gather(office, DAY).province.clusters[0].result("k01_2").card
    assert card.criteria["II.1"].exact == 11


def test_nothing_is_taken_where_the_cluster_s_book_changed_since_the_look(
    office: ProvinceDesk, leaders: list[Leader]
) -> None:
    take(office, leaders[0].sends().file)
    correct(leaders[0], 11)
    file = leaders[0].sends(hour=9).file
    sight = open_arrival(office, file).sight
    with at_cluster(office, "k01") as desk:
        judge(desk, "k01_3", "I.1", 20)
        head = desk.workspace.head
    with pytest.raises(UserError) as fault:
        take(office, file, sight=sight)
    assert codes(fault) == ["package_look_stale"]
    assert fault.value.findings[0].message.startswith("Sổ của cụm, khối đã thay đổi")
    with at_cluster(office, "k01") as desk:
        assert desk.workspace.head == head
    take(office, file, sight=open_arrival(office, file).sight)


def test_nothing_is_taken_where_the_file_changed_since_the_look(
    office: ProvinceDesk, leaders: list[Leader]
) -> None:
    file = leaders[0].sends().file
    sight = open_arrival(office, file).sight
    correct(leaders[0], 11)
    shutil.copy(leaders[0].sends(hour=9).file, file)
    with pytest.raises(UserError) as fault:
        take(office, file, sight=sight)
    assert codes(fault) == ["package_look_stale"]
    assert fault.value.findings[0].message.startswith("Tệp gói đã thay đổi")
    assert not office.is_there("k01")


# ---------------------------------------------------------------------- taken back


def test_what_was_taken_in_is_taken_back_and_can_come_again(
    office: ProvinceDesk, leaders: list[Leader]
) -> None:
    first, other = leaders[0].sends().file, leaders[1].sends().file
    correct(leaders[0], 11)
    second = leaders[0].sends(hour=9).file
    found = take_all(office, wanted(office, first, other, second))
    numbers: dict[str, list[int]] = {}
    for one in found:
        assert one.cluster is not None
        assert one.done is not None
        assert one.done.operation is not None
        numbers.setdefault(one.cluster.id, []).append(one.done.operation.id)
    assert {cluster.id for cluster, _ in last_takings(office)} == {"k01", "k02"}

    back = take_back(office, numbers)
    assert [(one.cluster.id, len(one.operations)) for one in back] == [("k01", 2), ("k02", 1)]
    view = gather(office, DAY)
    assert {line.stage for line in view.lines} == {Stage.NOT_SENT}
    assert last_takings(office) == ()

    take(office, first)
    assert gather(office, DAY).province.clusters[0].result("k01_1").card.total == 98


def test_a_taking_is_not_taken_back_past_other_work(
    office: ProvinceDesk, leaders: list[Leader]
) -> None:
    done = {one.number: take(office, one.sends().file)[1].operation for one in leaders[:2]}
    with at_cluster(office, "k01") as desk:
        judge(desk, "k01_1", "I.1", 30)
    assert done[1] is not None
    assert done[2] is not None
    back = take_back(office, {"k01": [done[1].id], "k02": [done[2].id]})
    assert [finding.code for finding in back[0].refused] == ["taking_passed"]
    assert len(back[1].operations) == 1
    stages = [line.stage for line in gather(office, DAY).lines]
    assert stages[:2] == [Stage.SENT, Stage.NOT_SENT]


def test_only_takings_are_taken_back(office: ProvinceDesk, leaders: list[Leader]) -> None:
    take(office, leaders[0].sends().file)
    with at_cluster(office, "k01") as desk:
        judge(desk, "k01_1", "I.1", 30)
        number, head = desk.workspace.latest.id, desk.workspace.head
    (back,) = take_back(office, {"k01": [number]})
    assert [finding.code for finding in back.refused] == ["taking_passed"]
    with at_cluster(office, "k01") as desk:
        assert desk.workspace.head == head


# ---------------------------------------------------------------------- a second year


def test_the_next_year_of_a_cluster_begins_in_the_workspace_that_is_there(
    leaders: list[Leader], tmp_path: Path
) -> None:
    """The department has 2025 and 2026 open; of the cluster it has a workspace with 2025 alone."""
    folder = tmp_path / "hai-nam"
    create_province(folder, OFFICER, year_record("2025"), [Cluster("k01", CLUSTERS[0].name)])
    with at_province(folder) as earlier:
        begin_cluster(earlier, "k01")
        open_year(earlier.desk.workspace, OFFICER, year_record("2026"))
    with pytest.raises(UserError) as fault, at_province(folder):
        pass
    assert codes(fault) == ["year_unclear"]
    assert latest_year(folder) == "2026"
    with at_province(folder, period="2026") as later:
        list_clusters(later, CLUSTERS[:1])
        trust(later, leaders[0].name, key(1))
        assert [year.id for year in later.years] == ["2025", "2026"]
        assert gather(later, DAY).lines[0].stage is Stage.NOT_SENT
        file = leaders[0].sends().file
        seen = open_arrival(later, file)
        assert seen.look is None
        take(later, file, sight=seen.sight)
        view = gather(later, DAY)
        assert (view.lines[0].stage, view.lines[0].units) == (Stage.SENT, 8)
    with at_province(folder, period="2025") as earlier:
        assert gather(earlier, DAY).lines[0].stage is Stage.NOT_SENT
        assert gather(earlier, DAY).readings[0].packages == ()
        desk, _ = open_year(earlier.desk.workspace, OFFICER, year_record("2024"))
    with at_province(folder, period="2024") as without:
        assert desk.period == "2024"
        assert gather(without, DAY).findings == (), "the cluster is listed in other years"


def test_a_year_is_not_begun_by_what_is_refused(tmp_path: Path, leaders: list[Leader]) -> None:
    folder = tmp_path / "hai-nam"
    create_province(folder, OFFICER, year_record("2025"), CLUSTERS[:1])
    with at_province(folder) as earlier:
        begin_cluster(earlier, "k01")
        open_year(earlier.desk.workspace, OFFICER, year_record("2026"))
    with at_province(folder, period="2026") as later:
        list_clusters(later, CLUSTERS[:1])
        trust(later, leaders[0].name, key(1))
        file = leaders[0].sends(Kind.APPRAISAL).file
        with pytest.raises(UserError):
            take(later, file, cluster="k01")
        with pytest.raises(UserError) as fault, at_cluster(later, "k01"):
            pass
        assert codes(fault) == ["period_unknown"]


# ---------------------------------------------------------------------- locked


def test_a_package_locked_for_the_department_is_opened_by_its_key(
    office: ProvinceDesk, leaders: list[Leader], tmp_path: Path
) -> None:
    leader = leaders[0]
    sent = send(
        leader.desk,
        Order(Kind.FOR_APPRAISAL, papers=False),
        Envelope(leader.name, DEPARTMENT),
        key(1),
        tmp_path / "khoa",
        Lock(recipient=OFFICE_KEY.public),
    )
    with pytest.raises(UserError):
        take(office, sent.file)
    (found,) = take_all(office, [Wanted(sent.file, key=OFFICE_KEY)])
    assert found.began
