"""The days, duties and activities of a year (domain A33; BG I.2, I.3; BK I; CB II; acceptance 1.17,
1.23), worked out by hand from the texts.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import icalendar
import pytest

from app.domain.conference import DutyStage
from app.domain.snapshot import Cluster, Unit
from app.domain.year import Deadline, DeadlineException, PeriodRecord
from app.ground.findings import UserError
from app.operations.loading import load_pack
from app.operations.workspace import calendar as days
from app.operations.workspace.activities import change_activity, note_activity, remove_activity
from app.operations.workspace.calendar_export import calendar_ics, calendar_lines, write_calendar
from app.operations.workspace.deadlines import adopt_deadlines
from app.operations.workspace.desk import Desk
from app.operations.workspace.duties import change_duty, note_duty, remove_duty
from app.operations.workspace.duty_board import duty_lines
from app.operations.workspace.members import add_clusters, add_units, join_unit
from app.operations.workspace.records import choose_parameter, record
from app.operations.workspace.rounds import submit_round
from app.operations.workspace.tables import adopt_pack
from app.operations.workspace.years import open_year, year_record
from app.persistence import books
from app.persistence.workspace import Workspace
from app.rules.pack import Duty
from app.scoring.duties import DutyLine, DutyStanding
from app.scoring.duty_days import rule_days

from .conftest import OFFICER, codes, told

PACKS = Path(__file__).resolve().parents[4] / "data" / "packs"
EARLY = dt.date(2026, 3, 25)


def bac_giang(workspace: Workspace) -> Desk:
    """A year of Bắc Giang: a cluster of departments, one of schools of the department."""
    desk = open_year(workspace, OFFICER, year_record("2026"))[0]
    adopt_pack(desk, PACKS / "bac-giang-2022-vi-du")
    add_clusters(desk, [Cluster("k1", "Khối sở", "B"), Cluster("k2", "Khối trường", "truong_so")])
    add_units(
        desk,
        [
            Unit("a", "Sở A", "k1", frozenset({"leader"})),
            Unit("b", "Sở B", "k1", frozenset({"deputy"})),
            Unit("t1", "Trường Một", "k2", frozenset({"leader"})),
        ],
    )
    return desk


@pytest.fixture
def guided(workspace: Workspace) -> Desk:
    return bac_giang(workspace)


def line(desk: Desk, duty: str, holder: str, today: dt.date = EARLY, at: str = "k1") -> DutyLine:
    found = [
        one
        for one in duty_lines(desk, today)
        if one.duty.id == duty and one.holder == holder and one.cluster in (at, None)
    ]
    assert len(found) == 1, [(one.holder, one.cluster) for one in duty_lines(desk, today)]
    return found[0]


def item(desk: Desk, key: str, today: dt.date = EARLY) -> days.CalendarItem:
    (found,) = [i for i in days.calendar_of(desk, today).items if i.key == key]
    return found


def year(start: tuple[int, int, int], end: tuple[int, int, int]) -> PeriodRecord:
    return PeriodRecord("y", "y", dt.date(*start), dt.date(*end))


def one_duty(month: int, day: int, offset: int = 0, *, strict: bool = True) -> Duty:
    due = {"month": month, "day": day, "year_offset": offset}
    return Duty.model_validate(
        {"id": "d", "title": "Việc", "who": "unit", "due": [due], "strict": strict}
    )


def last(duty: Duty, of: PeriodRecord) -> tuple[str, dt.date]:
    (found,) = rule_days(duty, [], of.start)
    return found.written, found.last


class TestDays:
    """Domain A33 and acceptance 1.23: days by the calendar, both readings shown."""

    def test_before_31_march_means_30_march_and_both_are_shown(self, guided: Desk) -> None:
        found = item(guided, "dang_ky.k1")

        assert found.day == dt.date(2026, 3, 30)
        assert found.words == "trước ngày 31/03/2026, tức hết ngày 30/03/2026"
        assert found.left_words == "còn 5 ngày"
        assert found.clause.startswith("Phần I, điểm 3.1")
        assert "trước ngày 31/3 hằng năm" in found.quote

    def test_within_july_keeps_the_last_day_of_july(self, guided: Desk) -> None:
        found = item(guided, "so_ket.k1")

        assert found.day == dt.date(2026, 7, 31)
        assert found.words == "chậm nhất hết ngày 31/07/2026"

    def test_schools_have_days_of_their_own_across_new_year(self, guided: Desk) -> None:
        """BG I.2.1, I.3: 31/10, 31/12, then January and June of the next year."""
        found = {key: item(guided, f"{key}.k2").day for key in ("dang_ky", "quy_che", "so_ket")}

        assert found == {
            "dang_ky": dt.date(2026, 10, 30),
            "quy_che": dt.date(2026, 12, 30),
            "so_ket": dt.date(2027, 1, 31),
        }
        assert item(guided, "tong_ket.k2").day == dt.date(2027, 6, 30)

    def test_the_choice_of_the_inclusive_reading_moves_the_last_day(self, guided: Desk) -> None:
        choose_parameter(guided, "A33", False)

        assert item(guided, "dang_ky.k1").day == dt.date(2026, 3, 31)

    @pytest.mark.parametrize(
        ("duty", "of", "written", "until"),
        [
            (one_duty(3, 1), year((2026, 1, 1), (2026, 12, 31)), "01/03/2026", (2026, 2, 28)),
            (one_duty(3, 1), year((2028, 1, 1), (2028, 12, 31)), "01/03/2028", (2028, 2, 29)),
            (one_duty(2, 29), year((2028, 1, 1), (2028, 12, 31)), "29/02/2028", (2028, 2, 28)),
            # 29/2 is not there in 2026: before it, 28/2 is the last day, not 27/2
            (one_duty(2, 29), year((2026, 1, 1), (2026, 12, 31)), "29/02/2026", (2026, 2, 28)),
            (
                one_duty(2, 29, strict=False),
                year((2026, 1, 1), (2026, 12, 31)),
                "29/02/2026",
                (2026, 2, 28),
            ),
            # before New Year's day of the year after: the last day of the year
            (one_duty(1, 1, 1), year((2026, 1, 1), (2026, 12, 31)), "01/01/2027", (2026, 12, 31)),
            # in a school year a day of spring lies in its second calendar year
            (one_duty(3, 31), year((2025, 9, 1), (2026, 8, 31)), "31/03/2026", (2026, 3, 30)),
            (one_duty(10, 31), year((2025, 9, 1), (2026, 8, 31)), "31/10/2025", (2025, 10, 30)),
            (one_duty(1, 31, 1), year((2025, 9, 1), (2026, 8, 31)), "31/01/2026", (2026, 1, 30)),
        ],
    )
    def test_leap_days_new_year_and_school_years(
        self, duty: Duty, of: PeriodRecord, written: str, until: tuple[int, int, int]
    ) -> None:
        assert last(duty, of) == (written, dt.date(*until))

    @pytest.mark.parametrize(
        ("left", "words"),
        [
            (0, "hôm nay"),
            (1, "ngày mai"),
            (-1, "hôm qua"),
            (12, "còn 12 ngày"),
            (-3, "đã qua 3 ngày"),
        ],
    )
    def test_days_left_in_words(self, left: int, words: str) -> None:
        assert days.left_words(left) == words

    def test_a_day_ends_with_itself(self, guided: Desk) -> None:
        due = dt.date(2026, 3, 30)

        assert item(guided, "dang_ky.k1", due).standing is DutyStanding.OPEN
        assert item(guided, "dang_ky.k1", due).left_words == "hôm nay"
        after = item(guided, "dang_ky.k1", due + dt.timedelta(days=1))
        assert after.standing is DutyStanding.OVERDUE
        assert after.awaited == ("Sở A", "Sở B")

    def test_the_calendar_is_in_the_order_of_its_days(self, guided: Desk) -> None:
        found = [i.day for i in days.calendar_of(guided, EARLY).items]

        assert found == sorted(found)

    def test_a_day_set_by_hand_stands_before_the_rule_and_the_rule_is_still_said(
        self, guided: Desk
    ) -> None:
        record(guided, "deadlines", [{"duty": "dang_ky", "due": "15/03/2026", "cluster": "k1"}])

        found = item(guided, "dang_ky.k1")
        assert found.day == dt.date(2026, 3, 15)
        assert found.words == (
            "hết ngày 15/03/2026 (ghi trong sổ; quy định: trước ngày 31/03/2026, tức hết ngày "
            "30/03/2026)"
        )

    def test_days_adopted_from_the_rules_show_as_the_rules_days(self, guided: Desk) -> None:
        before = days.calendar_of(guided, EARLY).items
        adopt_deadlines(guided)

        assert days.calendar_of(guided, EARLY).items == before

    def test_a_named_exception_opens_one_unit_alone(self, guided: Desk) -> None:
        """Acceptance 1.17."""
        row = {"duty": "dang_ky", "unit": "b", "until": "10/04/2026"}
        record(guided, "exceptions", [{**row, "reason": "bão", "granted_by": "Sở Nội vụ"}])
        today = dt.date(2026, 4, 1)

        base = item(guided, "dang_ky.k1", today)
        own = item(guided, "dang_ky.b", today)
        assert (base.standing, base.awaited) == (DutyStanding.OVERDUE, ("Sở A",))
        assert (own.standing, own.kind, own.day) == (
            DutyStanding.OPEN,
            "exception",
            dt.date(2026, 4, 10),
        )
        assert own.words == (
            "gia hạn riêng cho Sở B đến hết ngày 10/04/2026: bão, Sở Nội vụ cho phép"
        )

    def test_the_last_day_of_a_round_names_who_has_not_handed_in(self, desk: Desk) -> None:
        record(desk, "deadlines", [{"duty": "self", "due": "20/11/2026"}])
        row = {"duty": "self", "unit": "u3", "until": "25/11/2026"}
        record(desk, "exceptions", [{**row, "reason": "lũ", "granted_by": "Trưởng cụm"}])
        submit_round(desk, "self", ["u1"], dt.date(2026, 11, 19))
        today = dt.date(2026, 11, 21)

        assert item(desk, "self", today).awaited == ("Sở Hai",)
        assert item(desk, "self", today).standing is DutyStanding.OVERDUE
        assert item(desk, "self.u3", today).standing is DutyStanding.OPEN
        submit_round(desk, "self", ["u3"], today)
        assert item(desk, "self.u3", today).standing is DutyStanding.DONE

    def test_a_year_without_a_table_shows_what_was_noted(self, bare: Desk) -> None:
        add_clusters(bare, [Cluster("k1", "Cụm 1")])
        record(bare, "conferences", [{"id": "h", "kind": "summary", "date": "20/12/2026"}])

        (found,) = days.calendar_of(bare, EARLY).items
        assert (found.title, found.words) == ("Hội nghị tổng kết", "ngày 20/12/2026")


class TestDuties:
    """BG I.2, I.3; BK I; CB II: who is to do what, done or not, by which document."""

    def test_each_holder_has_its_own_duties(self, guided: Desk) -> None:
        found = {(one.duty.who, one.name) for one in duty_lines(guided, EARLY)}

        assert any(who == "leader" and name.endswith("(Sở A)") for who, name in found)
        assert any(who == "deputy" and name.endswith("(Sở B)") for who, name in found)
        assert ("unit", "Trường Một") in found
        assert ("department", "Sở Nội vụ") in found

    def test_an_overlay_adds_its_duties_with_its_own_clauses(self, guided: Desk) -> None:
        """BK I.1, I.3 over the rules of another province."""
        adopt_pack(guided, PACKS / "bac-kan-2023")

        invite = line(guided, "moi_hoi_dong", "leader")
        assert invite.clause == "Mục I.3, Công văn /UBND-NCPC"
        assert "mời thành viên Hội đồng" in invite.quote
        assert line(guided, "pho_truong", "deputy").name.endswith("(Sở B)")
        talks = line(guided, "toa_dam_giao_luu", "leader")
        assert (talks.standing, talks.why) == (
            DutyStanding.NOT_APPLICABLE,
            "quy định không bắt buộc",
        )
        # an id that both use stays the main text's
        assert line(guided, "ke_hoach", "leader").clause.startswith("Phần I, điểm 2.1")

    @pytest.mark.parametrize(
        ("pack", "who"),
        [
            ("bac-giang-2022", {"leader", "deputy", "unit", "department", "guiding_agency"}),
            ("cao-bang-2018", {"leader", "deputy", "unit", "department", "guiding_agency"}),
            ("bac-kan-2023", {"leader", "deputy", "unit", "department", "council"}),
        ],
    )
    def test_each_text_gives_everybody_its_duties_each_with_a_clause(
        self, pack: str, who: set[str]
    ) -> None:
        found = load_pack(PACKS / pack).rules.duties

        assert {duty.who for duty in found} == who
        assert [duty.id for duty in found if duty.clause is None] == []

    def test_what_was_done_is_kept_with_day_and_document(self, guided: Desk) -> None:
        on = dt.date(2026, 3, 20)
        note_duty(
            guided, "ke_hoach", "leader", DutyStage.DONE, cluster="k1", on=on, document="5/KH"
        )

        found = line(guided, "ke_hoach", "leader")
        assert (found.standing, found.done_on, found.document) == (DutyStanding.DONE, on, "5/KH")
        assert not found.late
        assert line(guided, "ke_hoach", "leader", at="k2").standing is DutyStanding.OPEN

    def test_a_late_plan_proposes_the_ten_points_and_takes_none(self, guided: Desk) -> None:
        """Domain A33: the −10 for lateness is proposed, never taken by itself."""
        on = dt.date(2026, 3, 31)  # "trước ngày 31/3": one day late
        note_duty(guided, "ke_hoach", "leader", DutyStage.DONE, cluster="k1", on=on)

        found = line(guided, "ke_hoach", "leader", on)
        assert found.late
        assert "đề xuất điểm trừ" in found.proposal
        assert "không tự trừ" in found.proposal
        assert guided.workspace.read(books.DEDUCTIONS, "2026") == ()

    def test_a_plan_that_is_missing_after_its_day_is_overdue(self, guided: Desk) -> None:
        assert line(guided, "ke_hoach", "leader", dt.date(2026, 3, 31)).standing is (
            DutyStanding.OVERDUE
        )

    def test_a_registration_fulfils_its_duty_when_both_have_received_it(self, guided: Desk) -> None:
        """BG I.3.1: to the leader and to the department."""
        row = {"unit": "a", "kind": "registration", "received_by_leader": "20/03/2026"}
        record(guided, "registrations", [row])
        assert line(guided, "dang_ky", "a").standing is DutyStanding.OPEN

        record(guided, "registrations", [{**row, "received_by_department": "24/03/2026"}])
        found = line(guided, "dang_ky", "a")
        assert (found.standing, found.done_on) == (DutyStanding.DONE, dt.date(2026, 3, 24))

    def test_a_conference_that_was_held_fulfils_its_duty(self, guided: Desk) -> None:
        row = {"id": "h", "kind": "mid_year", "date": "10/07/2026", "cluster": "k1"}
        record(guided, "conferences", [row])

        assert line(guided, "so_ket", "leader").standing is DutyStanding.OPEN
        later = dt.date(2026, 7, 10)
        assert line(guided, "so_ket", "leader", later).standing is DutyStanding.DONE
        assert line(guided, "so_ket", "leader", later, "k2").standing is DutyStanding.OPEN

    def test_the_preparatory_meeting_is_a_duty_only_by_choice(self, guided: Desk) -> None:
        """BG I.3.2b "có thể" against II.2.2c: a parameter."""
        assert line(guided, "tru_bi", "leader").standing is DutyStanding.NOT_APPLICABLE
        choose_parameter(guided, "TRU_BI", "duty")
        assert line(guided, "tru_bi", "leader").standing is DutyStanding.OPEN

    def test_not_applicable_needs_its_reason(self, guided: Desk) -> None:
        with pytest.raises(UserError) as fault:
            note_duty(guided, "kiem_tra", "leader", DutyStage.NOT_APPLICABLE, cluster="k1")
        assert codes(fault) == ["reason_missing"]

        why = "năm đầu thành lập"
        note_duty(guided, "kiem_tra", "leader", DutyStage.NOT_APPLICABLE, cluster="k1", note=why)
        found = line(guided, "kiem_tra", "leader")
        assert (found.standing, found.why) == (DutyStanding.NOT_APPLICABLE, why)

    def test_a_unit_that_joined_after_the_day_is_not_asked(self, guided: Desk) -> None:
        join_unit(guided, Unit("n", "Sở N", "k1"), dt.date(2026, 5, 1))

        found = line(guided, "dang_ky", "n", dt.date(2026, 6, 1))
        assert found.standing is DutyStanding.NOT_APPLICABLE
        assert found.why == "vào cụm, khối từ 01/05/2026, sau hạn"

    def test_notes_are_changed_and_removed_and_each_is_undone(self, guided: Desk) -> None:
        on = dt.date(2026, 3, 20)
        note_duty(guided, "ho_so", "leader", DutyStage.DONE, cluster="k1", on=on, document="1/TTr")
        with pytest.raises(UserError) as fault:
            note_duty(guided, "ho_so", "leader", DutyStage.UNDONE, cluster="k1")
        assert codes(fault) == ["duty_noted"]
        change_duty(
            guided, "ho_so", "leader", DutyStage.DONE, cluster="k1", on=on, document="2/TTr"
        )
        assert line(guided, "ho_so", "leader").document == "2/TTr"
        remove_duty(guided, "ho_so", "leader", "k1")
        assert line(guided, "ho_so", "leader").standing is DutyStanding.OPEN
        guided.workspace.undo(OFFICER)
        guided.workspace.undo(OFFICER)
        assert line(guided, "ho_so", "leader").document == "1/TTr"
        with pytest.raises(UserError) as fault:
            remove_duty(guided, "giao_uoc", "leader", "k1")
        assert codes(fault) == ["duty_not_noted"]

    @pytest.mark.parametrize(
        ("duty", "holder", "cluster", "code"),
        [
            ("ke_hoac", "leader", "k1", "duty_unknown"),
            ("ke_hoach", "a", "k1", "duty_holder"),
            ("dang_ky", "leader", None, "duty_holder"),
            ("dang_ky", "x'; --", None, "duty_holder"),
            ("ke_hoach", "leader", None, "duty_cluster"),
            ("ke_hoach", "leader", "k9", "duty_cluster"),
        ],
    )
    def test_what_names_nothing_is_refused_in_words(
        self, guided: Desk, duty: str, holder: str, cluster: str | None, code: str
    ) -> None:
        with pytest.raises(UserError) as fault:
            note_duty(guided, duty, holder, DutyStage.DONE, cluster=cluster)
        assert codes(fault) == [code]
        assert guided.workspace.read(books.DUTY_STATES, "2026") == ()


def cao_bang(workspace: Workspace) -> Desk:
    desk = open_year(workspace, OFFICER, year_record("2026"))[0]
    adopt_pack(desk, PACKS / "cao-bang-2018-vi-du")
    add_clusters(desk, [Cluster("k1", "Khối Nội chính", "noi_chinh")])
    add_units(desk, [Unit("a", "Công an", "k1", frozenset({"leader"})), Unit("b", "Tòa án", "k1")])
    return desk


class TestActivities:
    """CB II.1, II.2: at least one joint movement and one joint activity; BG III.2, I.3.2b."""

    def test_the_cluster_owes_one_movement_and_one_joint_activity(
        self, workspace: Workspace
    ) -> None:
        desk = cao_bang(workspace)
        counted = {one.duty.id: one for one in days.calendar_of(desk, EARLY).counted}
        assert counted["phong_trao_chung"].count is not None
        assert counted["phong_trao_chung"].count.words == "có 0 phong trào thi đua, cần ít nhất 1"
        assert counted["phong_trao_chung"].clause.startswith("Phần III, mục II.1")
        assert counted["hoat_dong_chung"].standing is DutyStanding.OPEN

        note_activity(desk, "movement", "Đi đầu cải cách", unit="b", on=EARLY)  # not the cluster's
        note_activity(desk, "joint_activity", "Hội thảo", on=dt.date(2026, 5, 4))
        counted = {one.duty.id: one for one in days.calendar_of(desk, EARLY).counted}
        assert counted["phong_trao_chung"].standing is DutyStanding.OPEN
        assert counted["hoat_dong_chung"].standing is DutyStanding.DONE
        assert counted["hoat_dong_chung"].done_on == dt.date(2026, 5, 4)

        note_activity(desk, "movement", "Năm cải cách", on=EARLY, document="7/KH")
        assert line(desk, "phong_trao_chung", "leader").standing is DutyStanding.DONE

    def test_each_unit_of_bac_giang_owes_one_movement_of_its_own(self, guided: Desk) -> None:
        note_activity(guided, "movement", "Văn hóa công sở", unit="a", on=EARLY)

        assert line(guided, "phong_trao_don_vi", "a").standing is DutyStanding.DONE
        assert line(guided, "phong_trao_don_vi", "b").standing is DutyStanding.OPEN

    def test_one_or_two_exemplars_report_and_a_third_is_too_many(self, guided: Desk) -> None:
        """BG I.3.2b: "từ 01- 02 điển hình để báo cáo"."""
        ids = [
            note_activity(guided, "exemplar", f"Mô hình {n}", unit="a")[0].id for n in range(1, 4)
        ]
        standings = []
        for activity in ids:
            standings.append(line(guided, "dien_hinh", "leader").standing)
            change_activity(guided, activity, chosen_to_report=True)
        standings.append(line(guided, "dien_hinh", "leader").standing)

        open_, done = DutyStanding.OPEN, DutyStanding.DONE
        assert standings == [open_, done, done, open_]
        found = line(guided, "dien_hinh", "leader").count
        assert found is not None
        assert found.words == "có 3 điển hình tiên tiến được chọn báo cáo, cần từ 1 đến 2"

    def test_activities_are_changed_and_removed(self, guided: Desk) -> None:
        made, _ = note_activity(guided, "inspection", "Kiểm tra chéo", cluster="k1", on=EARLY)
        change_activity(guided, made.id, unit="t1", title="Kiểm tra trường")
        (kept,) = guided.workspace.read(books.ACTIVITIES, "2026")
        assert (kept.unit, kept.cluster, kept.title) == ("t1", "k2", "Kiểm tra trường")
        remove_activity(guided, made.id)
        assert guided.workspace.read(books.ACTIVITIES, "2026") == ()

    def test_hostile_or_unclear_activities_are_refused(self, guided: Desk) -> None:
        tries = [
            ("activity_title", ("movement", "  "), {"cluster": "k1"}),
            ("activity_cluster", ("movement", "x"), {}),
            ("activity_cluster", ("movement", "x"), {"unit": "a", "cluster": "k2"}),
            ("activity_chosen", ("movement", "x"), {"unit": "a", "chosen_to_report": True}),
            ("activity_kind", ("party", "x"), {"unit": "a"}),
            ("facts_unknown_unit", ("movement", "x"), {"unit": "../a"}),
            ("facts_unknown_cluster", ("movement", "x"), {"cluster": "k9"}),
        ]
        for code, words, more in tries:
            with pytest.raises(UserError) as fault:
                note_activity(guided, *words, **more)  # type: ignore[arg-type]
            assert codes(fault) == [code]
        with pytest.raises(UserError) as fault:
            remove_activity(guided, "hd9")
        assert codes(fault) == ["activity_unknown"]
        assert guided.workspace.read(books.ACTIVITIES, "2026") == ()

    def test_a_day_outside_the_year_is_remarked(self, guided: Desk) -> None:
        _, done = note_activity(guided, "movement", "x", unit="a", on=dt.date(2025, 1, 1))

        assert [f.code for f in done.findings] == ["day_outside_year"]


class TestReminders:
    def test_what_is_overdue_comes_first_then_what_is_near(self, guided: Desk) -> None:
        row = {"duty": "ke_hoach", "unit": "a", "until": "10/04/2026"}
        record(guided, "exceptions", [{**row, "reason": "bão", "granted_by": "Sở"}])

        found = days.reminders(guided, dt.date(2026, 4, 1), 14)
        assert [(r.item.key, r.overdue) for r in found] == [
            ("dang_ky.k1", True),
            ("ke_hoach.leader", False),
        ]
        assert found[0].sentence.startswith("Quá hạn (đã qua 2 ngày): Đăng ký tham gia thi đua")
        assert found[0].sentence.endswith("còn chờ Sở A, Sở B.")
        assert found[1].sentence.startswith("Còn 9 ngày: ")

    def test_what_is_done_or_far_away_is_not_said(self, guided: Desk) -> None:
        assert days.reminders(guided, dt.date(2026, 1, 5), 14) == ()


def parsed(data: bytes) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(data).walk("VEVENT")  # type: ignore[return-value]


class TestFile:
    """The calendar in other programs (RFC 5545)."""

    def test_every_item_is_a_whole_day_that_other_programs_read_back(self, guided: Desk) -> None:
        found = days.calendar_of(guided, EARLY)
        events = parsed(calendar_ics(guided, found))

        assert len(events) == len(found.items) > 8
        for event, expected in zip(events, found.items, strict=True):
            assert event["dtstart"].dt == expected.day
            assert event["dtend"].dt == expected.day + dt.timedelta(days=1)
            assert event["dtstart"].params["VALUE"] == "DATE"
            assert str(event["summary"]) == expected.title
            assert expected.words[1:] in str(event["description"])
            assert event["transp"] == "TRANSPARENT"

    def test_open_days_ring_a_week_and_a_day_before_and_done_ones_do_not(
        self, guided: Desk
    ) -> None:
        note_duty(guided, "ke_hoach", "leader", DutyStage.DONE, cluster="k1", on=EARLY)
        events = parsed(calendar_ics(guided, days.calendar_of(guided, EARLY)))
        alarms = {
            str(e["uid"]).split("@")[0]: [a["trigger"].dt for a in e.walk("VALARM")] for e in events
        }

        hours = dt.timedelta(hours=9)
        assert alarms["dang_ky.k1.2026"] == [
            hours - dt.timedelta(days=7),
            hours - dt.timedelta(days=1),
        ]
        assert alarms["ke_hoach.k1.2026"] == []

    def test_the_same_year_gives_the_same_bytes_and_identities_that_stay(
        self, guided: Desk
    ) -> None:
        one = calendar_ics(guided, days.calendar_of(guided, EARLY))
        assert one == calendar_ics(guided, days.calendar_of(guided, EARLY))
        assert all(line.endswith(b"\r") for line in one.split(b"\n")[:-1])
        assert max(len(line) for line in one.split(b"\r\n")) <= 75

        before = [str(e["uid"]) for e in parsed(one)]
        note_duty(guided, "ke_hoach", "leader", DutyStage.DONE, cluster="k1", on=EARLY)
        note_activity(guided, "movement", "x", unit="a", on=EARLY)
        later = calendar_ics(guided, days.calendar_of(guided, EARLY + dt.timedelta(days=3)))
        after = [str(e["uid"]) for e in parsed(later)]
        assert len(set(after)) == len(after)
        assert set(before) < set(after)

    def test_two_workspaces_do_not_share_identities(self, guided: Desk, tmp_path: Path) -> None:
        with Workspace.create(tmp_path / "khac", OFFICER) as other:
            desk = bac_giang(other)
            mine = parsed(calendar_ics(guided, days.calendar_of(guided, EARLY)))
            theirs = parsed(calendar_ics(desk, days.calendar_of(desk, EARLY)))
            assert {str(e["uid"]) for e in mine} & {str(e["uid"]) for e in theirs} == set()

    def test_hostile_titles_stay_text(self, guided: Desk) -> None:
        title = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:y; , \\ \x07 “Đoàn kết”"
        note_activity(guided, "movement", title, unit="a", on=EARLY)
        data = calendar_ics(guided, days.calendar_of(guided, EARLY))

        (event,) = [e for e in parsed(data) if "hoat_dong" in str(e["uid"])]
        assert str(event["summary"]) == (
            "Phong trào thi đua: x END:VEVENT BEGIN:VEVENT SUMMARY:y; , \\ “Đoàn kết”"
        )
        assert len(parsed(data)) == len(days.calendar_of(guided, EARLY).items)

    def test_the_file_is_not_written_over(self, guided: Desk, tmp_path: Path) -> None:
        found = days.calendar_of(guided, EARLY)
        assert write_calendar(guided, found, tmp_path).name == "lich-2026.ics"
        with pytest.raises(UserError) as fault:
            write_calendar(guided, found, tmp_path)
        assert codes(fault) == ["file_exists"]
        assert "lich-2026.ics" in told(fault)


def test_the_lines_say_days_states_clauses_and_undated_duties(guided: Desk) -> None:
    text = "\n".join(calendar_lines(guided, days.calendar_of(guided, dt.date(2026, 4, 1))))

    assert "30/03/2026  Đăng ký tham gia thi đua" in text
    assert "[quá hạn, đã qua 2 ngày]" in text
    assert "còn chờ: Sở A, Sở B" in text
    assert "có thể đề xuất điểm trừ" in text
    assert "Việc trong năm mà quy định không ghi ngày:" in text


def test_days_by_hand_and_by_rule_never_contradict_each_other(guided: Desk) -> None:
    """A unit's last day in the calendar is the one that handing in is held against."""
    with guided.act("t", "t") as change:
        change.put(
            books.DEADLINES,
            Deadline("self", dt.date(2026, 11, 1), "", "k1"),
            Deadline("self", dt.date(2026, 12, 1), "", None),
        )
        change.put(
            books.DEADLINE_EXCEPTIONS,
            DeadlineException("self", "b", dt.date(2026, 11, 20), "x", "y"),
        )
    from app.operations.workspace.rounds import last_day

    read = guided.workspace.read
    rows = (read(books.DEADLINES, "2026"), read(books.DEADLINE_EXCEPTIONS, "2026"))
    for unit, cluster in (("a", "k1"), ("b", "k1"), ("t1", "k2")):
        due = last_day(*rows, "self", unit, cluster)
        mine = [
            i.day
            for i in days.calendar_of(guided, EARLY).items
            if i.key.startswith("self") and guided.units[unit].name in i.awaited
        ]
        assert mine == [due]
    keys = [i.key for i in days.calendar_of(guided, EARLY).items]
    assert len(keys) == len(set(keys))
