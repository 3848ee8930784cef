"""Appraisals that go back: to which clusters, for which time, all in one act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator
from pathlib import Path

import pytest

from app.exchange.packages import Kind
from app.operations.exchange.looking import opened_status
from app.operations.province.folder import ProvinceDesk, at_cluster, at_province
from app.operations.province.returning import Going, ReturnLine, return_appraisals, return_lines
from app.operations.province.settings import set_last_day
from app.operations.province.taking import take
from app.operations.province.view import Stage, gather
from app.operations.workspace.entries import enter_scores
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.rounds import recall_round, submit_round

from .post import DEPARTMENT, OFFICE_KEY, Leader, judge, key, trust
from .worlds import CLUSTERS, DAY, make_province


@pytest.fixture
def office(tmp_path: Path) -> Generator[ProvinceDesk]:
    """The department of three clusters before anything has arrived."""
    with at_province(make_province(tmp_path / "so", CLUSTERS[:3])) as opened:
        for number in (1, 2):
            trust(opened, f"Trưởng cụm số {number}", key(number))
        set_last_day(opened, DAY)
        yield opened


@pytest.fixture
def leader(tmp_path: Path, whole: Path) -> Generator[Leader]:
    """The leader of the first cluster."""
    made = Leader.of(1, whole / "cum" / "k01", tmp_path)
    yield made
    made.workspace.close(backup=False)


def lines(office: ProvinceDesk, day: dt.date = DAY) -> tuple[ReturnLine, ...]:
    return return_lines(gather(office, day))


def test_a_correction_makes_a_second_time(
    office: ProvinceDesk, leader: Leader, tmp_path: Path
) -> None:
    """Sent, judged, returned, corrected, returned again: 11 comes, and goes back as it is."""
    out = tmp_path / "goi"
    assert [one.going for one in lines(office)] == [Going.NOT_SENT] * 3
    take(office, leader.sends().file)
    first = lines(office, DAY + dt.timedelta(days=1))
    assert [one.going for one in first] == [Going.WAITING, Going.LATE, Going.LATE]
    assert (first[0].came, first[0].last_came, first[0].turn) == (1, DAY, 1)
    assert len(first[0].open_units) == first[0].units == 8

    with at_cluster(office, "k01") as desk:
        judge(desk, "k01_1", "I.1", 30)
    found = return_appraisals(
        office, ["k01", "k02"], OFFICE_KEY, DEPARTMENT, out, papers=False, hand_in=DAY
    )
    assert [one.handed_in for one in found] == [8, 0]
    assert [finding.code for finding in found[1].refused] == ["cluster_not_sent"]
    (file,) = out.iterdir()
    assert file.name.startswith("k01-tham-dinh-so-")
    assert gather(office, DAY).lines[0].stage is Stage.APPRAISED
    (line, *_) = lines(office)
    assert (line.going, line.went, line.open_units) == (Going.RETURNED, 1, ())
    assert not line.due
    leader.takes(file)

    recall_round(leader.desk, "cluster", ["k01_2"], DAY)
    typed = TypedCell("k01_2", "II.1", "cluster", points="11", reason="cộng sót")
    enter_scores(leader.desk, [typed])
    submit_round(leader.desk, "cluster", ["k01_2"], DAY)
    second = leader.sends(hour=9)
    take(office, second.file)
    (line, *_) = lines(office)
    assert (line.going, line.corrected, line.turn) == (Going.AGAIN, True, 2)
    assert line.words == "cần trả lại (lần 2)"
    (again,) = return_appraisals(office, ["k01"], OFFICE_KEY, DEPARTMENT, out, papers=False)
    assert again.sent is not None
    assert again.sent.contents.head.answers == second.digest
    assert lines(office)[0].going is Going.RETURNED
    leader.takes(again.sent.file)

    take(office, leader.sends(Kind.FINAL_RESULT, hour=10).file)
    (line, *_) = lines(office)
    assert (line.going, line.due) == (Going.FINAL, False)


def test_what_was_judged_after_it_went_has_to_go_again(
    office: ProvinceDesk, leader: Leader, tmp_path: Path
) -> None:
    take(office, leader.sends().file)
    return_appraisals(office, ["k01"], OFFICE_KEY, DEPARTMENT, tmp_path / "goi", papers=False)
    assert lines(office)[0].going is Going.RETURNED
    with at_cluster(office, "k01") as desk:
        judge(desk, "k01_1", "I.1", 30)
    (line, *_) = lines(office)
    assert (line.going, line.corrected, line.judged) == (Going.AGAIN, False, True)


def test_an_appraiser_s_file_is_addressed_to_the_department(
    office: ProvinceDesk, leader: Leader, tmp_path: Path
) -> None:
    take(office, leader.sends().file)
    (one,) = return_appraisals(
        office, ["k01"], key(101), "Nguyễn An", tmp_path / "goi", recipient=DEPARTMENT, papers=False
    )
    assert one.sent is not None
    head = opened_status(one.sent.file, ()).head
    assert head is not None
    assert head.recipient is not None
    assert (head.sender.name, head.recipient.name) == ("Nguyễn An", DEPARTMENT)
    assert one.handed_in == 0


def test_a_folder_that_cannot_be_written_to_is_told_for_each_cluster(
    office: ProvinceDesk, leader: Leader, tmp_path: Path
) -> None:
    take(office, leader.sends().file)
    (tmp_path / "goi").write_text("một tệp ở đây")
    (one,) = return_appraisals(office, ["k01"], OFFICE_KEY, DEPARTMENT, tmp_path / "goi")
    assert one.sent is None
    assert one.refused
    assert lines(office)[0].going is Going.WAITING
