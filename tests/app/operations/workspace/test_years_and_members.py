"""Years opened and closed; clusters, units, roles; units that come and go in mid-year."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from app.domain.snapshot import Cluster, Unit
from app.domain.year import PeriodState
from app.ground.findings import UserError
from app.operations.workspace.board_text import board_lines
from app.operations.workspace.boards import board_of
from app.operations.workspace.desk import OFFICER, Desk, change_setting, sit_down
from app.operations.workspace.entries import enter_scores
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.members import (
    add_clusters,
    add_units,
    change_cluster,
    change_stay,
    describe_unit,
    described_unit,
    give_role,
    join_unit,
    leave_unit,
    remove_cluster,
    remove_unit,
    rename_unit,
    take_role,
)
from app.operations.workspace.results import scored_year
from app.operations.workspace.rounds import seal_round, submit_round
from app.operations.workspace.successions import merge_units, move_unit, split_unit
from app.operations.workspace.turn import begin_next_year
from app.operations.workspace.years import (
    choose_ranking_round,
    close_year,
    open_year,
    reopen_year,
    year_record,
)
from app.persistence import books
from app.persistence.workspace import Workspace

from .conftest import DAY, codes, told

MID = dt.date(2026, 7, 1)


class TestYears:
    def test_follow_the_calendar_or_the_school(self) -> None:
        assert year_record("2026").end == dt.date(2026, 12, 31)
        school = year_record("2026-2027", "school")
        assert (school.start, school.end) == (dt.date(2026, 9, 1), dt.date(2027, 8, 31))

    @pytest.mark.parametrize("year", ["", "năm nay", "20 26"])
    def test_that_nobody_can_read_are_refused(self, year: str) -> None:
        with pytest.raises(UserError):
            year_record(year)

    def test_with_days_in_the_wrong_order_are_refused(self) -> None:
        with pytest.raises(UserError) as fault:
            year_record("2026", start=dt.date(2026, 2, 1), end=dt.date(2026, 1, 1))
        assert codes(fault) == ["facts_dates_reversed"]

    def test_the_next_opens_while_the_last_is_open_without_its_roles(self, desk: Desk) -> None:
        give_role(desk, "u1", "leader")
        leave_unit(desk, "u3", MID)
        following, _, _ = begin_next_year(desk)
        assert {u.id: u.roles for u in following.units.values()} == {"u1": set(), "u2": set()}
        assert desk.year.state is PeriodState.OPEN
        with pytest.raises(UserError) as fault:
            open_year(desk.workspace, "Lê An", year_record("2027"))
        assert codes(fault) == ["year_exists"]

    def test_closing_waits_for_the_ranking_round_and_reopening_for_a_reason(
        self, handed_in: Desk
    ) -> None:
        with pytest.raises(UserError) as fault:
            close_year(handed_in)
        assert codes(fault) == ["year_not_sealed"] * 3
        seal_round(handed_in, "self", None, DAY)
        answer = close_year(handed_in)
        assert {f.code for f in answer.findings} > {"year_closed_provisional", "closing_papers"}
        assert not any(f.is_error for f in answer.findings)
        with pytest.raises(UserError) as fault:
            rename_unit(handed_in, "u1", "Khác")
        assert codes(fault) == ["period_closed"]
        with pytest.raises(UserError) as fault:
            reopen_year(handed_in, "")
        assert codes(fault) == ["reason_missing"]
        reopen_year(handed_in, "Công văn 1/SNV")
        assert rename_unit(handed_in, "u1", "Khác").changed == 1

    def test_may_rank_by_another_round_than_the_table_says(self, handed_in: Desk) -> None:
        choose_ranking_round(handed_in, "self")
        assert scored_year(handed_in).assessment.ranking_round == "self"
        with pytest.raises(UserError):
            choose_ranking_round(handed_in, "tinh")


class TestTheDesk:
    def test_takes_the_only_open_year(self, desk: Desk) -> None:
        assert sit_down(desk.workspace, "Lê An").period == "2026"

    def test_asks_which_year_where_two_are_open(self, desk: Desk) -> None:
        open_year(desk.workspace, "Lê An", year_record("2027"))
        with pytest.raises(UserError) as fault:
            sit_down(desk.workspace, "Lê An")
        assert codes(fault) == ["year_unclear"]
        assert sit_down(desk.workspace, "Lê An", "2027").period == "2027"

    def test_needs_a_person_named_or_kept(self, desk: Desk) -> None:
        with pytest.raises(UserError) as fault:
            sit_down(desk.workspace)
        assert codes(fault) == ["actor_missing"]
        change_setting(desk.workspace, "Lê An", OFFICER, "Lê An")
        assert sit_down(desk.workspace).actor == "Lê An"

    def test_without_any_year_says_what_to_do(self, workspace: Workspace) -> None:
        with pytest.raises(UserError, match="chưa mở năm nào"):
            sit_down(workspace, "Lê An")

    def test_the_board_shows_who_handed_in_what(self, handed_in: Desk) -> None:
        text = "\n".join(board_lines(board_of(handed_in)))
        assert "Sở Một (u1)" in text
        assert "đã nộp (4 ô)" in text
        assert "phiên bản 1, đang soạn" in text


class TestMembers:
    def test_an_id_is_used_once_and_can_be_one(self, desk: Desk) -> None:
        with pytest.raises(UserError) as fault:
            add_units(desk, [Unit("u1", "Trùng", "k1"), Unit("a b", "Sai", "k1")])
        assert codes(fault) == ["facts_repeated_id", "facts_bad_id"]

    def test_a_unit_needs_its_cluster(self, desk: Desk) -> None:
        with pytest.raises(UserError) as fault:
            add_units(desk, [Unit("u9", "Sở Chín", "k9")])
        assert codes(fault) == ["facts_unknown_cluster"]

    def test_an_unknown_unit_is_guessed_without_accents(self, desk: Desk) -> None:
        with pytest.raises(UserError) as fault:
            rename_unit(desk, "so mot", "Khác")
        assert "“u1”" in fault.value.findings[0].remedy

    def test_the_leader_is_one_and_hands_over(self, desk: Desk) -> None:
        give_role(desk, "u1", "leader")
        give_role(desk, "u2", "leader")
        give_role(desk, "u2", "deputy")
        assert {u.id: set(u.roles) for u in desk.units.values()} == {
            "u1": set(),
            "u2": {"leader", "deputy"},
            "u3": set(),
        }
        take_role(desk, "u2", "deputy")
        assert desk.units["u2"].roles == {"leader"}

    def test_clusters_are_renamed_and_given_their_kind(self, desk: Desk) -> None:
        change_cluster(desk, "k1", name="Khối Nội chính", block="B")
        assert desk.clusters["k1"] == Cluster("k1", "Khối Nội chính", "B")
        add_clusters(desk, [Cluster("k3", "Cụm 3")])
        assert len(desk.clusters) == 3

    def test_what_rules_ask_of_a_unit_is_noted_exactly(self, desk: Desk) -> None:
        described_unit(desk, "u1", {"women_percent": "71,5", "union": True, "grade": "tốt"})
        assert desk.units["u1"].attributes == {
            "women_percent": Fraction("71.5"),
            "union": True,
            "grade": "tốt",
        }

    def test_a_unit_with_data_is_not_removed_but_a_mistake_is(self, handed_in: Desk) -> None:
        add_units(handed_in, [Unit("u9", "Nhầm", "k1")])
        assert remove_unit(handed_in, "u9").changed == 1
        with pytest.raises(UserError) as fault:
            remove_unit(handed_in, "u1")
        assert codes(fault) == ["row_still_used"]

    def test_a_note_about_a_unit_can_be_taken_back(self, desk: Desk) -> None:
        describe_unit(desk, "u1", {"nu": Fraction(40), "dat_chuan": True})
        describe_unit(desk, "u1", {"nu": None})
        assert desk.units["u1"].attributes == {"dat_chuan": True}

    def test_the_time_in_which_a_unit_takes_part_is_corrected(self, desk: Desk) -> None:
        leave_unit(desk, "u1", MID)
        change_stay(desk, "u1", dt.date(2026, 2, 1), None)
        assert (desk.units["u1"].joined, desk.units["u1"].left) == (dt.date(2026, 2, 1), None)
        with pytest.raises(UserError) as fault:
            change_stay(desk, "u1", MID, dt.date(2026, 2, 1))
        assert codes(fault) == ["facts_dates_reversed"]
        with pytest.raises(UserError) as fault:
            change_stay(desk, "u1", dt.date(2025, 12, 31), None)
        assert codes(fault) == ["day_outside_year"]

    def test_a_cluster_is_removed_only_while_it_has_no_units(self, desk: Desk) -> None:
        assert remove_cluster(desk, "k2").changed == 1
        assert set(desk.clusters) == {"k1"}
        with pytest.raises(UserError) as fault:
            remove_cluster(desk, "k1")
        assert codes(fault) == ["cluster_not_empty"]
        assert "Sở Một, Sở Hai, Sở Ba" in told(fault)

    def test_a_day_outside_the_year_is_refused(self, desk: Desk) -> None:
        with pytest.raises(UserError) as fault:
            leave_unit(desk, "u1", dt.date(2027, 1, 1))
        assert codes(fault) == ["day_outside_year"]

    def test_a_unit_joins_from_a_day(self, desk: Desk) -> None:
        join_unit(desk, Unit("u4", "Sở Bốn", "k1"), MID)
        assert desk.units["u4"].joined == MID


def points(desk: Desk, unit: str) -> list[str]:
    return [e.criterion for e in desk.workspace.read(books.ENTRIES, desk.period) if e.unit == unit]


class TestUnitsThatChange:
    def test_scores_follow_a_unit_into_another_cluster(self, handed_in: Desk) -> None:
        move_unit(handed_in, "u1", Unit("u1b", "Sở Một", "k2"), MID, follow=True)
        assert points(handed_in, "u1b") == points(handed_in, "u1") != []
        old, new = handed_in.units["u1"], handed_in.units["u1b"]
        assert (old.left, new.joined, new.cluster) == (dt.date(2026, 6, 30), MID, "k2")
        succession = handed_in.workspace.read(books.SUCCESSIONS, "2026")[0]
        assert (succession.unit, succession.predecessor, succession.kind) == ("u1b", "u1", "moved")

    def test_or_are_archived_with_the_old_one(self, handed_in: Desk) -> None:
        move_unit(handed_in, "u1", Unit("u1b", "Sở Một", "k2"), MID, follow=False)
        assert points(handed_in, "u1b") == []
        assert points(handed_in, "u1") != []

    def test_two_units_merge_and_one_goes_on(self, handed_in: Desk) -> None:
        merge_units(handed_in, ["u1", "u2"], Unit("u12", "Sở Mới", "k1"), MID, follow="u2")
        assert points(handed_in, "u12") == points(handed_in, "u2")
        assert handed_in.units["u1"].left == handed_in.units["u2"].left == dt.date(2026, 6, 30)
        card = scored_year(handed_in).assessment.units["u12"].card
        assert card.criteria["I.1"].points == 32

    def test_one_unit_merges_into_another_that_stays(self, handed_in: Desk) -> None:
        merge_units(handed_in, ["u1"], handed_in.units["u2"], MID)
        assert handed_in.units["u2"].joined is None
        assert handed_in.units["u1"].left is not None

    def test_a_unit_splits_and_one_part_goes_on(self, handed_in: Desk) -> None:
        parts = [Unit("u1a", "Sở A", "k1"), Unit("u1b", "Sở B", "k1")]
        split_unit(handed_in, "u1", parts, MID, follow="u1b")
        assert points(handed_in, "u1a") == []
        assert points(handed_in, "u1b") == points(handed_in, "u1")
        assert enter_scores(handed_in, [TypedCell("u1a", "I.2", "self", points="3")]).changed
        submit_round(handed_in, "self", ["u1a"], DAY)

    def test_scores_follow_only_a_part_that_is_there(self, handed_in: Desk) -> None:
        with pytest.raises(UserError) as fault:
            split_unit(handed_in, "u1", [Unit("u1a", "Sở A", "k1")], MID, follow="u3")
        assert codes(fault) == ["successor_unknown"]

        with pytest.raises(UserError) as fault:
            merge_units(handed_in, ["u1", "u2"], Unit("u12", "X", "k1"), MID, follow="u3")
        assert codes(fault) == ["successor_unknown"]

    def test_a_unit_that_left_changes_no_more(self, handed_in: Desk) -> None:
        leave_unit(handed_in, "u1", MID)
        with pytest.raises(UserError) as fault:
            move_unit(handed_in, "u1", Unit("x", "X", "k2"), MID, follow=True)
        assert codes(fault) == ["unit_left"]

    def test_it_is_one_step_of_undo(self, handed_in: Desk) -> None:
        move_unit(handed_in, "u1", Unit("u1b", "Sở Một", "k2"), MID, follow=True)
        handed_in.workspace.undo("Lê An")
        assert "u1b" not in handed_in.units
        assert handed_in.units["u1"].left is None
