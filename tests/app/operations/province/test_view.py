"""The department's folder and the table of the province."""

from __future__ import annotations

import datetime as dt
import errno
import os
import time
from pathlib import Path

import pytest

from app.domain.snapshot import Cluster
from app.ground.findings import UserError
from app.operations.province import settings
from app.operations.province.folder import (
    ProvinceDesk,
    at_cluster,
    at_province,
    begin_cluster,
    create_province,
    list_clusters,
)
from app.operations.province.view import ProvinceView, Stage, gather
from app.operations.workspace.records import record
from app.operations.workspace.rounds import submit_round
from app.operations.workspace.years import year_record
from app.persistence import lock
from app.persistence.workspace import Workspace

from .worlds import DAY, OFFICER, YEAR, fill_big, make_province

DOSE = int(os.environ.get("BANGVANG_DOSE", "1"))


def codes(fault: pytest.ExceptionInfo[UserError]) -> list[str]:
    return [finding.code for finding in fault.value.findings]


def stages(view: ProvinceView) -> dict[str, Stage]:
    return {line.cluster.id: line.stage for line in view.lines}


# ---------------------------------------------------------------------- the folder


def test_a_folder_with_something_in_it_is_not_made_the_department_s(tmp_path: Path) -> None:
    (tmp_path / "thư.txt").write_text("x")
    with pytest.raises(UserError) as fault:
        make_province(tmp_path)
    assert codes(fault) == ["folder_not_empty"]
    assert [one.name for one in tmp_path.iterdir()] == ["thư.txt"]


@pytest.mark.parametrize("bad", ["../k1", "con", "Cụm 1", "a/b", "k.", "K1"])
def test_the_id_of_a_cluster_has_to_name_a_folder_everywhere(tmp_path: Path, bad: str) -> None:
    with pytest.raises(UserError) as fault:
        create_province(tmp_path / "t", OFFICER, year_record(YEAR), [Cluster(bad, "Cụm")])
    assert codes(fault) == ["facts_bad_id"]
    assert not (tmp_path / "t").exists()


def test_another_folder_is_not_taken_for_the_department_s(tmp_path: Path) -> None:
    with pytest.raises(UserError) as fault, at_province(tmp_path):
        pass
    assert codes(fault) == ["province_not_found"]


def test_a_cluster_that_sent_nothing_has_no_workspace_to_work_in(province: ProvinceDesk) -> None:
    with pytest.raises(UserError) as fault, at_cluster(province, "k03"):
        pass
    assert codes(fault) == ["cluster_not_sent"]
    begin_cluster(province, "k03")
    with at_cluster(province, "k03") as desk:
        assert (desk.actor, desk.period, desk.units) == (OFFICER, YEAR, {})
    with pytest.raises(UserError) as fault:
        begin_cluster(province, "k03")
    assert codes(fault) == ["folder_not_empty"]


# ---------------------------------------------------------------------- who has sent


def test_seventeen_clusters_with_137_units_stand_in_one_table(seen: ProvinceView) -> None:
    assert len(seen.lines) == 17
    assert seen.province.unit_count == 137 == sum(line.units for line in seen.lines)
    assert {line.stage for line in seen.lines} == {Stage.SENT}
    assert seen.sentence == "Đã có 17/17 cụm, khối gửi kết quả."
    assert len({line.digest for line in seen.lines}) == 17


def test_the_last_unit_of_the_first_cluster_is_scored_as_by_hand(seen: ProvinceView) -> None:
    """Unit 8 of cluster 1: 40 - 8 = 32, 30, 20 - 8 % 5 = 17, 10: 89 points."""
    first = seen.province.clusters[0]
    assert first.result("k01_8").card.total == 89


def test_who_is_late_is_told_by_the_day_and_an_own_day_goes_before_that_of_all(
    province: ProvinceDesk,
) -> None:
    settings.set_last_day(province, dt.date(2026, 12, 15))
    settings.set_last_day(province, DAY, "k05")
    found = stages(gather(province, DAY))
    assert (found["k01"], found["k04"], found["k05"]) == (Stage.SENT, Stage.LATE, Stage.NOT_SENT)
    view = gather(province, DAY + dt.timedelta(days=1))
    assert stages(view)["k05"] is Stage.LATE
    assert view.sentence.startswith("Đã có 2/17 cụm, khối gửi kết quả; chưa gửi: Cụm thi đua số 3,")
    assert view.sentence.endswith("(trễ hạn 15).")


def test_a_cluster_is_appraised_when_the_department_s_round_is_handed_in_for_all(
    province: ProvinceDesk,
) -> None:
    with at_cluster(province, "k01") as desk:
        for round_id in ("self", "cluster"):
            submit_round(desk, round_id, None, DAY)
        submit_round(desk, "department", ["k01_1"], DAY)
    assert stages(gather(province, DAY))["k01"] is Stage.SENT
    with at_cluster(province, "k01") as desk:
        submit_round(desk, "department", None, DAY)
    assert stages(gather(province, DAY))["k01"] is Stage.APPRAISED


def test_a_broken_or_a_held_workspace_is_told_and_does_not_stop_the_others(
    province: ProvinceDesk,
) -> None:
    (province.place("k02") / "workspace.sqlite").write_bytes(b"not a database")
    with Workspace.open(province.place("k01")):
        view = gather(province, DAY)
    assert (stages(view)["k01"], stages(view)["k02"]) == (Stage.UNREADABLE, Stage.UNREADABLE)
    problems = {line.cluster.id: [p.code for p in line.problems] for line in view.lines}
    assert problems["k01"] == ["workspace_in_use"]
    assert problems["k02"]
    assert stages(gather(province, DAY))["k01"] is Stage.SENT


def test_a_folder_that_nobody_listed_is_told(province: ProvinceDesk) -> None:
    province.place("k01").rename(province.folder / "cum" / "cum-la")
    view = gather(province, DAY)
    assert [f.code for f in view.findings] == ["cluster_not_listed"]
    list_clusters(province, [Cluster("cum-la", "Cụm lạ")])
    assert gather(province, DAY).findings == ()


def test_clusters_on_a_medium_that_cannot_be_written_are_read_and_marked(
    province: ProvinceDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    with monkeypatch.context() as patch:
        patch.setattr(lock.os, "open", refuse)
        view = gather(province, DAY)
    first = view.lines[0]
    assert (first.stage, first.units, first.read_only) == (Stage.SENT, 8, True)
    assert [problem.code for problem in first.problems] == ["workspace_read_only"]
    assert not gather(province, DAY).lines[0].read_only


def test_gathering_writes_nothing(province: ProvinceDesk) -> None:
    def state() -> dict[str, bytes]:
        return {
            str(f.relative_to(province.folder)): f.read_bytes()
            for f in sorted((province.folder / "cum").rglob("*"))
            if f.is_file()
        }

    before = state()
    gather(province, DAY)
    assert state() == before


# ---------------------------------------------------------------------- awards, quotas, the flag


def test_awards_of_all_clusters_are_counted_with_those_in_reserve(seen: ProvinceView) -> None:
    """One flag and two Bằng khen in each of 17 clusters; the Government's has no number yet."""
    found = {one.award: one for one in seen.awards}
    assert (found["co_tinh"].places, found["co_tinh"].proposed) == (17, 17)
    assert found["co_tinh"].reserve == 17
    assert (found["bang_khen"].places, found["bang_khen"].proposed) == (34, 34)
    assert (found["co_chinh_phu"].places, found["co_chinh_phu"].reserve) == (None, 0)


def test_a_quota_of_the_province_is_held_against_the_sum_of_the_clusters(
    province: ProvinceDesk,
) -> None:
    flag = gather(province, DAY).province.awards()[0]
    settings.set_quota(province, flag, 1)
    view = gather(province, DAY)
    assert [(one.quota, one.over) for one in view.awards if one.award == "co_tinh"] == [(1, 1)]
    assert [f.code for f in view.findings] == ["province_quota_exceeded"]
    assert "đề nghị 2, vượt chỉ tiêu 1 của toàn tỉnh 1" in view.findings[0].message
    settings.set_quota(province, flag, None)
    assert gather(province, DAY).findings == ()
    with pytest.raises(UserError):
        settings.set_quota(province, flag, -1)


def test_twenty_percent_of_seventeen_flags_are_three_and_the_council_has_not_chosen(
    seen: ProvinceView,
) -> None:
    """CĐ III.4, "không quá 20 %": 17 x 20 % = 3,4, three places (A15)."""
    assert seen.flag is not None
    assert (seen.flag.base, seen.flag.places, seen.flag.chosen) == (17, 3, ())
    assert len(seen.flag.candidates) == 17


def test_the_department_sets_another_base_of_the_flag_and_takes_it_back(
    province: ProvinceDesk,
) -> None:
    settings.set_flag_base(province, 17)
    view = gather(province, DAY)
    assert view.flag is not None
    assert (view.flag.base, view.flag.places, len(view.flag.candidates)) == (17, 3, 2)
    settings.set_flag_base(province, None)
    view = gather(province, DAY)
    assert view.flag is not None
    assert (view.flag.base, view.flag.places) == (2, 0)
    assert "cơ số" in province.desk.workspace.journal()[-1].operation.title


def test_who_is_barred_is_listed_and_a_held_unit_keeps_its_place(province: ProvinceDesk) -> None:
    with at_cluster(province, "k01") as desk:
        record(desk, "standing", [{"unit": "k01_2", "case": "ky_luat", "reference": "QĐ 5/QĐ"}])
        record(desk, "standing", [{"unit": "k01_1", "case": "dang_xet", "reference": "CV 7"}])
    view = gather(province, DAY)
    assert [(x.unit, x.case.kind) for x in view.province.excluded()] == [
        ("k01_1", "held"),
        ("k01_2", "barred"),
    ]
    assert {one.award: one.held for one in view.awards}["co_tinh"] == 1


# ---------------------------------------------------------------------- speed


def test_a_cluster_under_a_full_table_is_gathered_in_well_under_a_second(
    tmp_path: Path, root: Path
) -> None:
    """The sample's table and full year. ``BANGVANG_DOSE=17`` makes the whole province of 17
    clusters and 137 units so, which is gathered in 2.5 s on two slow cores.
    """
    folder = make_province(tmp_path / "tinh")
    with at_province(folder) as province:
        for number in range(17, 17 - min(DOSE, 17), -1):
            fill_big(province, root, number)
        start = time.perf_counter()
        view = gather(province, DAY)
        took = time.perf_counter() - start
    assert view.province.unit_count == 8 * min(DOSE, 17) + 1
    assert took < 2 + min(DOSE, 17)


# ---------------------------------------------------------------------- beside an open workspace


def test_a_workspace_that_the_officer_has_open_is_read_as_it_is_and_stays_open(
    province: ProvinceDesk,
) -> None:
    with Workspace.open(province.place("k01")) as opened:
        beside = ProvinceDesk(province.folder, province.desk, opened)
        assert stages(gather(beside, DAY))["k01"] is Stage.SENT
        with at_cluster(beside, "k01") as desk:
            assert desk.workspace is opened
        assert opened.latest.id > 0


def test_the_department_s_own_workspace_may_be_open_already(tmp_path: Path) -> None:
    folder = make_province(tmp_path / "tinh")
    with Workspace.open(folder / "so-tinh") as opened:
        with pytest.raises(UserError), at_province(folder):
            pass
        with at_province(folder, opened=opened) as province:
            assert province.desk.workspace is opened
        assert opened.latest.id > 0


def test_the_reason_for_another_base_of_the_flag_stands_in_the_journal(
    province: ProvinceDesk,
) -> None:
    settings.set_flag_base(province, 20, "Công văn số 12/SNV-TĐKT")
    title = province.desk.workspace.journal()[-1].operation.title
    assert title.endswith("20 đơn vị, lý do: Công văn số 12/SNV-TĐKT")
