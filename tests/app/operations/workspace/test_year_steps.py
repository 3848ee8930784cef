"""The steps of a year: each in its state, with what is missing, and which one is next."""

from __future__ import annotations

import datetime as dt

import pytest

from app.domain.conference import Candidate
from app.domain.snapshot import Cluster, Unit
from app.ground.findings import Severity
from app.operations.workspace.ballots import open_ballot, plan_cancelled
from app.operations.workspace.boards import board_of
from app.operations.workspace.closing import closing_checklist
from app.operations.workspace.consequences import carry_out
from app.operations.workspace.desk import Desk
from app.operations.workspace.entries import enter_scores
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.members import (
    add_clusters,
    add_units,
    give_role,
    leave_unit,
    remove_cluster,
)
from app.operations.workspace.records import record
from app.operations.workspace.results import scored_year
from app.operations.workspace.rounds import (
    accept_round,
    return_round,
    seal_round,
    submit_round,
)
from app.operations.workspace.tables import consult_table, issue_table
from app.operations.workspace.year_steps import (
    StepState,
    YearStep,
    named,
    next_step,
    year_steps,
)
from app.operations.workspace.years import close_year

from .conftest import DAY

FEBRUARY = dt.date(2026, 2, 10)
JULY = dt.date(2026, 7, 10)
UNITS = ("u1", "u2", "u3")


def steps_of(desk: Desk, day: dt.date = DAY) -> dict[str, YearStep]:
    found = scored_year(desk).assessment if desk.units and board_of(desk).tables else None
    return {step.id: step for step in year_steps(desk, board_of(desk), found, day)}


def next_of(desk: Desk, day: dt.date = DAY) -> YearStep:
    step = next_step(tuple(steps_of(desk, day).values()))
    assert step is not None
    return step


@pytest.fixture
def led(desk: Desk) -> Desk:
    """The year of three units, with its leader, and without the empty second cluster."""
    remove_cluster(desk, "k2")
    give_role(desk, "u1", "leader")
    return desk


def close_rounds(desk: Desk, *rounds: str) -> None:
    for name in rounds:
        submit_round(desk, name, None, DAY)


class TestAnEmptyYear:
    def test_begins_with_its_units(self, bare: Desk) -> None:
        step = next_of(bare)
        assert (step.id, step.state, step.mends) == ("set_up", StepState.NOT_BEGUN, "units")
        assert step.missing == "Chưa có cụm, khối thi đua nào."

    def test_waits_everywhere_else(self, bare: Desk) -> None:
        steps = steps_of(bare)
        assert steps["table"].missing == "Năm này chưa có bảng tiêu chí."
        waiting = [key for key, step in steps.items() if step.state is StepState.BLOCKED]
        assert waiting == ["roles", "registrations", "mid_year", "rounds", "ranking", "closing"]

    def test_with_an_empty_cluster_says_which(self, bare: Desk) -> None:
        add_clusters(bare, [Cluster("k1", "Cụm 1")])
        assert next_of(bare).missing == "Chưa có đơn vị nào trong Cụm 1."

    def test_with_units_and_no_leader_says_whose(self, bare: Desk) -> None:
        add_clusters(bare, [Cluster("k1", "Cụm 1"), Cluster("k2", "Cụm 2")])
        add_units(bare, [Unit("u1", "Sở Một", "k1"), Unit("u2", "Sở Hai", "k2")])
        assert next_of(bare).missing == "Chưa ghi Đơn vị trưởng của Cụm 1, Cụm 2."
        give_role(bare, "u1", "leader")
        assert next_of(bare).missing == "Chưa ghi Đơn vị trưởng của Cụm 2."
        give_role(bare, "u2", "leader")
        assert next_of(bare).id == "table"

    def test_has_no_empty_cluster_where_all_units_left(self, bare: Desk) -> None:
        add_clusters(bare, [Cluster("k1", "Cụm 1")])
        add_units(bare, [Unit("u1", "Sở Một", "k1")])
        leave_unit(bare, "u1", DAY)
        assert steps_of(bare)["set_up"].state is StepState.DONE


class TestRegistrations:
    def test_are_asked_for_in_the_first_half_only(self, led: Desk) -> None:
        steps = steps_of(led, FEBRUARY)
        assert steps["registrations"].in_season
        assert not steps_of(led, JULY)["registrations"].in_season

    def test_name_the_units_that_are_missing(self, led: Desk) -> None:
        rows = [{"unit": u, "kind": "registration"} for u in ("u1", "u2")]
        record(led, "registrations", rows)
        step = steps_of(led, FEBRUARY)["registrations"]
        assert step.state is StepState.UNDER_WAY
        assert step.missing == "Chưa nhận đăng ký của Sở Ba; chưa nhận giao ước của đơn vị nào."
        assert set(step.units) == set(UNITS)

    def test_are_done_with_both_papers_of_all(self, led: Desk) -> None:
        kinds = ("registration", "pledge")
        record(led, "registrations", [{"unit": u, "kind": k} for u in UNITS for k in kinds])
        assert steps_of(led, FEBRUARY)["registrations"].state is StepState.DONE


class TestTheTable:
    def test_is_to_be_issued_before_anybody_scores(self, led: Desk) -> None:
        assert next_of(led).id == "issue"
        consult_table(led)
        assert steps_of(led)["issue"].state is StepState.UNDER_WAY
        issue_table(led)
        assert steps_of(led)["issue"].state is StepState.DONE
        assert next_of(led).id == "round:self"

    def test_holds_nobody_up_who_has_begun_to_score(self, led: Desk) -> None:
        enter_scores(led, [TypedCell("u1", "I.2", "self", points="20")])
        assert next_of(led).id == "round:self"
        assert steps_of(led)["issue"].state is StepState.NOT_BEGUN


class TestMidYear:
    def test_comes_around_the_middle(self, led: Desk) -> None:
        consult_table(led)
        issue_table(led)
        assert next_of(led, JULY).id == "mid_year"

    def test_is_done_with_its_conference(self, led: Desk) -> None:
        row = {"id": "so_ket", "kind": "mid_year", "date": "15/07/2026"}
        record(led, "conferences", [row])
        assert steps_of(led, JULY)["mid_year"].state is StepState.DONE

    def test_counts_targets_without_a_half_year_figure(self, led: Desk) -> None:
        row = {"unit": "u1", "code": "ct1", "title": "Thu ngân sách"}
        record(led, "targets", [row | {"half_year": "50"}, row | {"unit": "u2", "code": "ct2"}])
        step = steps_of(led, JULY)["mid_year"]
        assert step.state is StepState.UNDER_WAY
        assert step.missing.startswith("Còn 1 chỉ tiêu chưa có kết quả 6 tháng.")
        assert step.units == ("u2",)


class TestRounds:
    def test_name_who_has_not_handed_in(self, led: Desk) -> None:
        submit_round(led, "self", ["u1"], DAY)
        step = steps_of(led)["round:self"]
        assert (step.state, step.units) == (StepState.UNDER_WAY, ("u2", "u3"))
        assert step.missing == "Còn 2 đơn vị chưa nộp: Sở Hai, Sở Ba."

    def test_tell_what_was_sent_back(self, led: Desk) -> None:
        submit_round(led, "self", None, DAY)
        return_round(led, "self", ["u2"], DAY, "thiếu minh chứng")
        words = steps_of(led)["round:self"].missing
        assert words == "Đã trả lại 1 đơn vị, chưa nộp lại: Sở Hai."

    def test_tell_what_was_sent_back_beside_what_never_came(self, led: Desk) -> None:
        submit_round(led, "self", ["u1", "u2"], DAY)
        return_round(led, "self", ["u2"], DAY, "thiếu minh chứng")
        words = steps_of(led)["round:self"].missing
        assert words == "Còn 2 đơn vị chưa nộp: Sở Hai, Sở Ba. Trong đó đã trả lại: Sở Hai."

    def test_wait_for_the_round_before(self, led: Desk) -> None:
        steps = steps_of(led)
        assert steps["round:cluster"].state is StepState.BLOCKED
        assert steps["round:cluster"].missing == "Chờ vòng “Tự chấm”."
        submit_round(led, "self", ["u1"], DAY)
        assert steps_of(led)["round:cluster"].state is StepState.NOT_BEGUN

    def test_follow_each_other_as_the_next_step(self, led: Desk) -> None:
        for name in ("self", "cluster", "department"):
            assert next_of(led).id in {"issue", f"round:{name}"}
            submit_round(led, name, None, DAY)
        assert next_of(led).id == "ranking"

    def test_do_not_ask_units_that_left(self, led: Desk) -> None:
        submit_round(led, "self", ["u1", "u2"], DAY)
        leave_unit(led, "u3", DAY)
        assert steps_of(led)["round:self"].state is StepState.DONE


class TestTheEnd:
    def test_says_in_names_why_the_result_is_provisional(self, led: Desk) -> None:
        close_rounds(led, "self", "cluster", "department")
        step = steps_of(led)["ranking"]
        assert step.state is StepState.UNDER_WAY
        assert step.missing.startswith("Kết quả còn tạm tính: ")
        told = " ".join(scored_year(led).assessment.why_provisional)
        assert "(Sở Một 5 ô, Sở Hai 5 ô, Sở Ba 5 ô)" in told

    def test_closes_only_when_the_round_that_ranks_is_sealed(self, handed_in: Desk) -> None:
        close_rounds(handed_in, "cluster", "department")
        accept_round(handed_in, "self", None, DAY)
        step = steps_of(handed_in)["closing"]
        assert step.missing.startswith("Vòng “")
        assert step.units == UNITS
        assert step.mends == "scores"
        assert step.round is not None
        seal_round(handed_in, step.round, None, DAY)
        step = steps_of(handed_in)["closing"]
        assert (step.mends, step.units) == ("overview", ())
        close_year(handed_in)
        steps = steps_of(handed_in)
        assert {step.state for step in steps.values()} == {StepState.DONE}
        assert next_step(tuple(steps.values())) is None

    def test_what_blocks_closing_is_said_before_it_is_tried(self, handed_in: Desk) -> None:
        close_rounds(handed_in, "cluster", "department")
        seal_round(handed_in, "self", None, DAY)
        who = [Candidate("u1"), Candidate("u2")]
        sheet, _ = open_ballot(handed_in, "free", DAY, candidates=who, title="Tiêu biểu")
        step = steps_of(handed_in)["closing"]
        assert step.missing.startswith(
            f"Chưa khóa sổ được: Tiêu biểu: Phiếu bầu {sheet.id} chưa kiểm phiếu"
        )
        assert (step.mends, step.state) == ("closing", StepState.NOT_BEGUN)
        carry_out(handed_in, plan_cancelled(handed_in, sheet.id, "nhầm"))
        step = steps_of(handed_in)["closing"]
        items = closing_checklist(handed_in)
        assert not [item for item in items if item.blocks]
        count = sum(item.finding.severity is Severity.WARNING for item in items)
        assert count >= 2, "the table was not issued, no paper was noted"
        assert step.missing == (
            "Mọi vòng đã chốt điểm; có thể khóa sổ. "
            f"Còn {count} việc cần xem ở trang Khóa sổ và bàn giao."
        )
        assert step.mends == "overview"

    def test_awards_are_counted_by_what_was_decided(self, led: Desk) -> None:
        row = {"id": "a1", "unit": "u1", "award": "co", "stage": "proposed"}
        record(led, "awards", [row])
        step = steps_of(led)["awards"]
        assert step.missing == "Đã ghi 1 đề nghị, 0 quyết định."
        assert step.mends == "awards", "the page where proposals are made and decisions noted"
        record(led, "awards", [row | {"id": "a2", "stage": "decided"}])
        assert steps_of(led)["awards"].state is StepState.DONE


def test_names_in_a_sentence_stay_few() -> None:
    assert named(["A", "B"]) == "A, B"
    assert named(["A", "B", "C", "D", "E", "F"]) == "A, B, C, D và 2 đơn vị nữa"
