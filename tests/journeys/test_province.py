"""A province of 17 clusters and 137 units, from the results of the leaders to one state everywhere.

Sixteen clusters send in time, one late. Two appraisers work in copies of the department's folder,
both score one cell, differently. The department sends its appraisal back; one leader corrects what
it had sent; the department appraises that and the late cluster in a second round. All packages come
in an order drawn by lot, and each comes twice. In the end the leader's workspace and the
department's agree about everything that they share, for every cluster.

More orders: ``BANGVANG_DOSE=5``.
"""

from __future__ import annotations

import datetime as dt
import os
import random
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.exchange.packages import Kind
from app.ground.findings import UserError
from app.operations.exchange.sending import Sent
from app.operations.exchange.shares import shared_digest
from app.operations.exchange.taking_in import Side
from app.operations.province.dividing import copy_for, set_division
from app.operations.province.folder import ProvinceDesk, at_cluster, at_province
from app.operations.province.papers import department_papers, province_papers
from app.operations.province.returning import return_appraisals, return_lines
from app.operations.province.settings import set_last_day
from app.operations.province.taking import open_arrival, take
from app.operations.province.view import Stage, gather
from app.operations.workspace.entries import enter_scores
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.rounds import recall_round, submit_round
from app.scoring.division import Share
from tests.app.operations.province.post import DEPARTMENT, OFFICE_KEY, Leader, judge, key, trust
from tests.app.operations.province.worlds import CLUSTERS, DAY, fill_cluster, make_province

DOSE = int(os.environ.get("BANGVANG_DOSE", "1"))
LATE, CORRECTED = 17, 3
AN, BINH = "Nguyễn An", "Lê Bình"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What each leader has before anything is sent."""
    folder = make_province(tmp_path_factory.mktemp("tinh") / "nguon")
    with at_province(folder) as province:
        for number in range(1, 18):
            fill_cluster(province, number)
    return folder


@pytest.fixture
def leaders(tmp_path: Path, source: Path) -> Iterator[dict[int, Leader]]:
    """The leaders of the 17 clusters, all open."""
    with ExitStack() as stack:
        made = {n: Leader.of(n, source / "cum" / f"k{n:02d}", tmp_path) for n in range(1, 18)}
        for one in made.values():
            stack.callback(one.workspace.close, backup=False)
        yield made


@pytest.fixture
def office(tmp_path: Path, leaders: dict[int, Leader]) -> Iterator[ProvinceDesk]:
    """The department, which has confirmed every leader and both appraisers."""
    with at_province(make_province(tmp_path / "so")) as opened:
        for number, one in leaders.items():
            trust(opened, one.name, key(number))
        trust(opened, AN, key(101))
        trust(opened, BINH, key(102))
        set_last_day(opened, DAY)
        yield opened


def twice(packages: Iterable[Path], lot: random.Random) -> list[Path]:
    """Each file two times, in an order drawn by lot."""
    drawn = [*packages] * 2
    lot.shuffle(drawn)
    return drawn


def arrive(office: ProvinceDesk, packages: Iterable[Path], lot: random.Random) -> int:
    """The department takes packages in; how many changed anything."""
    return sum(take(office, file)[1].operation is not None for file in twice(packages, lot))


def refusal_of(office: ProvinceDesk, file: Path) -> list[str]:
    """Takes a package in; why it could not be, or nothing."""
    try:
        take(office, file)
    except UserError as fault:
        return [finding.code for finding in fault.findings]
    return []


def appraise(
    office: ProvinceDesk,
    tmp_path: Path,
    who: str,
    number: int,
    cells: dict[int, list[tuple[str, str, int]]],
) -> list[Sent]:
    """A person scores in a copy and sends a file for each cluster that it touched."""
    folder = tmp_path / f"ban-{number}"
    copy_for(office, who, folder)
    with at_province(folder, who) as copy:
        for cluster, judged in cells.items():
            with at_cluster(copy, f"k{cluster:02d}") as desk:
                for unit, code, points in judged:
                    judge(desk, f"k{cluster:02d}_{unit}", code, points)
        clusters = [f"k{cluster:02d}" for cluster in cells]
        out = tmp_path / f"goi-ban-{number}"
        found = return_appraisals(
            copy, clusters, key(number), who, out, recipient=DEPARTMENT, papers=False
        )
    return [one.sent for one in found if one.sent is not None]


def return_to(
    office: ProvinceDesk, leaders: dict[int, Leader], out: Path, lot: random.Random
) -> None:
    """The department's round is handed in and goes back; each leader takes it in twice."""
    names = [f"k{number:02d}" for number in leaders]
    found = return_appraisals(office, names, OFFICE_KEY, DEPARTMENT, out, papers=False, hand_in=DAY)
    sent = [one.sent.file for one in found if one.sent is not None]
    files = dict(zip(leaders, sent, strict=True))
    order = [*leaders] * 2
    lot.shuffle(order)
    for number in order:
        leaders[number].takes(files[number])


@pytest.mark.parametrize("seed", range(DOSE))
def test_every_workspace_ends_with_the_same_digest_for_what_it_shares(
    office: ProvinceDesk, leaders: dict[int, Leader], tmp_path: Path, seed: int
) -> None:
    lot = random.Random(seed)

    # sixteen results come in time, each twice
    on_time = {number: one for number, one in leaders.items() if number != LATE}
    first = {number: one.sends() for number, one in on_time.items()}
    assert arrive(office, (sent.file for sent in first.values()), lot) == 16
    view = gather(office, DAY + dt.timedelta(days=1))
    assert [line.cluster.id for line in view.at(Stage.LATE)] == ["k17"]
    assert len(view.at(Stage.SENT)) == 16

    # two appraisers; both score I.1 of the first unit of cluster 2, differently
    set_division(office, [Share(AN, (), ("I",)), Share(BINH, (), ("II",))])
    one = appraise(office, tmp_path, AN, 101, {2: [("1", "I.1", 30)], 4: [("2", "I.1", 33)]})
    two = appraise(
        office,
        tmp_path,
        BINH,
        102,
        {2: [("1", "I.1", 31), ("3", "II.2", 8)], 5: [("1", "II.1", 9)]},
    )
    files = [sent.file for sent in (*one, *two)]
    lot.shuffle(files)
    refused = {file: code for file in files if (code := refusal_of(office, file))}
    (open_,) = refused
    assert refused[open_] == ["package_conflict_open"]
    seen = open_arrival(office, open_)
    assert seen.look is not None
    (conflict,) = seen.look.conflicts
    assert {conflict.ours, conflict.theirs} == {"30", "31"}
    side = Side.OURS if conflict.ours == "31" else Side.THEIRS
    take(office, open_, {conflict.name: side})
    assert arrive(office, files, lot) == 0
    found = gather(office, DAY).province.clusters[1]
    assert found.result("k02_1").card.criteria["I.1"].exact == 31
    assert found.result("k02_3").card.criteria["II.2"].exact == 8

    # the first appraisal goes back; one leader corrects, the late one sends
    return_to(office, on_time, tmp_path / "vong-1", lot)
    corrected = leaders[CORRECTED]
    recall_round(corrected.desk, "cluster", ["k03_2"], DAY)
    enter_scores(
        corrected.desk, [TypedCell("k03_2", "II.1", "cluster", points="11", reason="cộng sót")]
    )
    submit_round(corrected.desk, "cluster", ["k03_2"], DAY)
    second = [corrected.sends(hour=15).file, leaders[LATE].sends(hour=16).file]
    assert arrive(office, second, lot) == 2
    old = take(office, first[CORRECTED].file)[1]
    assert old.operation is None

    # what has to go once more, or for the first time, is known
    due = {line.cluster.id: line.turn for line in return_lines(gather(office, DAY)) if line.due}
    assert due == {"k03": 2, "k17": 1}

    # the second round of appraisal
    with at_cluster(office, "k03") as desk:
        recall_round(desk, "department", ["k03_2"], DAY)
        judge(desk, "k03_2", "I.1", 35)
    with at_cluster(office, "k17") as desk:
        judge(desk, "k17_9", "I.1", 20)
    again = {number: leaders[number] for number in (CORRECTED, LATE)}
    return_to(office, again, tmp_path / "vong-2", lot)

    # some send their final result; everywhere both sides agree about all that they share
    finals = [leaders[n].sends(Kind.FINAL_RESULT, hour=17).file for n in (2, CORRECTED, LATE)]
    assert arrive(office, finals, lot) == 3
    view = gather(office, DAY)
    assert [line.cluster.id for line in view.at(Stage.FINAL)] == ["k02", "k03", "k17"]
    assert len(view.at(Stage.APPRAISED)) == 14
    assert view.province.unit_count == 137
    for number, one in leaders.items():
        name = f"k{number:02d}"
        with at_cluster(office, name) as desk:
            ours = shared_digest(desk, Kind.FINAL_RESULT, "", name)
        assert ours == shared_digest(one.desk, Kind.FINAL_RESULT, "", name), name

    # by hand: 3.2 has 35 + 30 + 11 + 10; 17.9 has 20 + 30 + (20 - 9 * 1 % 5) + 10
    totals = {unit: x.result(unit).card.total for x in view.province.clusters for unit in x.units}
    assert (totals["k03_2"], totals["k17_9"]) == (86, 76)
    assert {line.cluster.name for line in view.lines} == {one.name for one in CLUSTERS}
    assert len(department_papers(province_papers(office, view))) == 5
