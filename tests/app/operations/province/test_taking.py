"""Packages at the department: results of clusters, files of several appraisers."""

from __future__ import annotations

from collections.abc import Generator
from fractions import Fraction
from pathlib import Path

import pytest

from app.domain.snapshot import Cluster
from app.exchange.packages import Kind
from app.ground.findings import UserError
from app.operations.exchange.sending import Sent
from app.operations.exchange.taking_in import Side
from app.operations.province.dividing import (
    copy_for,
    division,
    set_division,
    share_of_appraiser,
)
from app.operations.province.folder import (
    ProvinceDesk,
    at_cluster,
    at_province,
    create_province,
)
from app.operations.province.returning import last_result, return_appraisals
from app.operations.province.taking import open_arrival, take
from app.operations.province.view import Stage, gather
from app.operations.workspace.rounds import submit_round
from app.operations.workspace.years import year_record
from app.scoring.division import Share

from .post import DEPARTMENT, OFFICE_KEY, Leader, judge, key, trust
from .worlds import DAY, make_province

AN, BINH = "Nguyễn An", "Lê Bình"


def codes(fault: pytest.ExceptionInfo[UserError]) -> list[str]:
    return [finding.code for finding in fault.value.findings]


@pytest.fixture
def office(tmp_path: Path) -> Generator[ProvinceDesk]:
    """The department before anything has arrived; it knows the leaders of the first two."""
    folder = make_province(
        tmp_path / "so", (Cluster("k01", "Cụm thi đua số 1"), Cluster("k02", "Cụm thi đua số 2"))
    )
    with at_province(folder) as opened:
        for number in (1, 2):
            trust(opened, f"Trưởng cụm số {number}", key(number))
        yield opened


@pytest.fixture
def leader(tmp_path: Path, whole: Path) -> Generator[Leader]:
    """The leader of the first cluster."""
    made = Leader.of(1, whole / "cum" / "k01", tmp_path)
    yield made
    made.workspace.close(backup=False)


@pytest.fixture
def result(office: ProvinceDesk, leader: Leader) -> Sent:
    """The first result of the first cluster, taken in."""
    sent = leader.sends()
    take(office, sent.file)
    return sent


# ---------------------------------------------------------------------- results


def test_the_first_result_makes_the_workspace_of_its_cluster(
    office: ProvinceDesk, leader: Leader
) -> None:
    sent = leader.sends()
    seen = open_arrival(office, sent.file)
    assert (seen.cluster.id, seen.look) == ("k01", None)
    assert list(seen.lines)[-1].endswith("Sở sẽ lập sổ của cụm, khối từ gói này.")
    assert not office.is_there("k01")
    take(office, sent.file)
    view = gather(office, DAY)
    line = view.lines[0]
    assert (line.stage, line.units, line.sent) == (Stage.SENT, 8, DAY)
    assert view.province.clusters[0].result("k01_1").card.total == 98


def test_the_same_result_again_changes_nothing_and_an_older_one_is_refused(
    office: ProvinceDesk, leader: Leader, result: Sent
) -> None:
    with at_cluster(office, "k01") as desk:
        head = desk.workspace.head
    _, again = take(office, result.file)
    assert again.operation is None
    newer = leader.sends(hour=9)
    take(office, newer.file)
    with pytest.raises(UserError) as fault:
        take(office, leader.post / "không-có.bvg")
    assert codes(fault)
    _, again = take(office, result.file)
    assert again.operation is None
    with at_cluster(office, "k01") as desk:
        assert desk.workspace.head != head
        assert last_result(desk) == newer.digest


def test_an_unknown_sender_makes_no_workspace(
    office: ProvinceDesk, tmp_path: Path, whole: Path
) -> None:
    stranger = Leader.of(3, whole / "cum" / "k02", tmp_path)
    with stranger.workspace, pytest.raises(UserError) as fault:
        take(office, stranger.sends().file)
    assert "package_key_unknown" in codes(fault)
    assert not office.is_there("k02")


def test_a_package_of_another_year_makes_no_workspace(tmp_path: Path, leader: Leader) -> None:
    folder = tmp_path / "so-2025"
    create_province(folder, "Trần Sở", year_record("2025"), [Cluster("k01", "Cụm thi đua số 1")])
    with at_province(folder) as opened:
        trust(opened, leader.name, key(1))
        with pytest.raises(UserError) as fault:
            take(opened, leader.sends().file)
        assert codes(fault) == ["package_other_year"]
        assert not opened.is_there("k01")


def test_a_cluster_that_is_not_listed_is_asked_about(
    office: ProvinceDesk, tmp_path: Path, whole: Path
) -> None:
    other = Leader.of(1, whole / "cum" / "k05", tmp_path)
    with other.workspace:
        file = other.sends().file
    with pytest.raises(UserError) as fault:
        open_arrival(office, file)
    assert codes(fault) == ["cluster_not_listed"]
    assert "Cụm thi đua số 5" in fault.value.findings[0].message


# ---------------------------------------------------------------------- the division of work


def test_two_people_never_have_the_same_cell(office: ProvinceDesk) -> None:
    with pytest.raises(UserError) as fault:
        set_division(office, [Share(AN, ("k01",)), Share(BINH, (), ("II",))])
    assert codes(fault) == ["division_overlaps"]
    with pytest.raises(UserError) as fault:
        set_division(office, [Share(AN, ("k09",)), Share(AN.lower(), ("k02",))])
    assert sorted(codes(fault)) == ["appraiser_repeated", "facts_unknown_cluster"]


def test_the_division_is_kept_and_what_nobody_has_is_told(
    office: ProvinceDesk, result: Sent
) -> None:
    shares = [Share(AN, ("k01",), ("I",)), Share(BINH, ("k02",))]
    done = set_division(office, shares, gather(office, DAY).readings)
    assert set(division(office)) == set(shares)
    (told,) = done.findings
    assert told.code == "division_leaves_out"
    assert "2 tiêu chí: II.1, II.2" in told.message
    assert share_of_appraiser(office, "nguyễn an") == shares[0]
    with pytest.raises(UserError) as fault:
        share_of_appraiser(office, "Ai Đó")
    assert codes(fault) == ["appraiser_unknown"]
    set_division(office, [])
    assert division(office) == ()


def appraised(
    office: ProvinceDesk, tmp_path: Path, who: str, number: int, *cells: tuple[str, str, int]
) -> Sent:
    """A person appraises in the own copy and sends the file back."""
    trust(office, who, key(number))
    folder = tmp_path / f"ban-{number}"
    assert copy_for(office, who, folder) == ("k01",)
    with at_province(folder, who) as copy:
        with at_cluster(copy, "k01") as desk:
            for cell in cells:
                judge(desk, *cell)
        (one,) = return_appraisals(
            copy,
            ["k01"],
            key(number),
            who,
            tmp_path / f"goi-{number}",
            recipient=DEPARTMENT,
            papers=False,
        )
    assert one.sent is not None
    return one.sent


def points(office: ProvinceDesk, unit: str, code: str) -> Fraction:
    found = gather(office, DAY).province.clusters[0]
    return found.result(unit).card.criteria[code].exact


def test_the_files_of_two_appraisers_merge_without_loss_in_either_order(
    office: ProvinceDesk, tmp_path: Path, result: Sent
) -> None:
    """A person has I, another II: 30 and 9 stay whichever comes first, and coming twice is once."""
    set_division(office, [Share(AN, (), ("I",)), Share(BINH, (), ("II",))])
    one = appraised(office, tmp_path, AN, 101, ("k01_1", "I.1", 30))
    two = appraised(office, tmp_path, BINH, 102, ("k01_1", "II.2", 9))
    for sent in (two, one, two):
        arrival, _ = take(office, sent.file)
        assert arrival.beside == ()
    assert (points(office, "k01_1", "I.1"), points(office, "k01_1", "II.2")) == (30, 9)


def test_the_same_cell_scored_differently_is_a_conflict_that_somebody_decides(
    office: ProvinceDesk, tmp_path: Path, result: Sent
) -> None:
    set_division(office, [Share(AN, (), ("I",)), Share(BINH, (), ("II",))])
    one = appraised(office, tmp_path, AN, 101, ("k01_1", "I.1", 30), ("k01_2", "I.1", 31))
    two = appraised(office, tmp_path, BINH, 102, ("k01_1", "I.1", 35), ("k01_1", "II.2", 9))
    take(office, one.file)
    arrival = open_arrival(office, two.file)
    assert arrival.look is not None
    (conflict,) = arrival.look.conflicts
    assert (conflict.unit, conflict.criterion, conflict.ours, conflict.theirs) == (
        "k01_1", "I.1", "30", "35",
    )  # fmt: skip
    assert [finding.code for finding in arrival.beside] == ["division_left"]
    with pytest.raises(UserError) as fault:
        take(office, two.file)
    assert codes(fault) == ["package_conflict_open"]
    assert points(office, "k01_1", "II.2") == 10
    take(office, two.file, {conflict.name: Side.THEIRS})
    assert points(office, "k01_1", "I.1") == 35
    assert points(office, "k01_2", "I.1") == 31
    assert points(office, "k01_1", "II.2") == 9


def test_an_appraisal_goes_back_to_the_leader_and_answers_its_result(
    office: ProvinceDesk, leader: Leader, result: Sent, tmp_path: Path
) -> None:
    with at_cluster(office, "k01") as desk:
        judge(desk, "k01_1", "I.1", 30)
        submit_round(desk, "department", None, DAY)
    found = return_appraisals(
        office, ["k01", "k02"], OFFICE_KEY, DEPARTMENT, tmp_path / "goi", papers=False
    )
    sent = found[0].sent
    assert sent is not None
    assert sent.contents.head.answers == result.digest
    assert sent.contents.head.kind is Kind.APPRAISAL
    leader.takes(sent.file)
    assert gather(office, DAY).lines[0].stage is Stage.APPRAISED
    assert [finding.code for finding in found[1].refused] == ["cluster_not_sent"]
