"""Typing scores, accepting them, and what a state allows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest

from app.domain.snapshot import Entry, EntryState
from app.domain.year import RoundStage
from app.ground.findings import UserError
from app.operations.workspace.accepting import accept_scores
from app.operations.workspace.deadlines import adopt_deadlines, deadlines_of_rules
from app.operations.workspace.desk import Desk
from app.operations.workspace.entries import clear_scores, enter_scores
from app.operations.workspace.explanations import (
    answer_explanation,
    ask_explanation,
    open_explanations,
)
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.members import change_cluster
from app.operations.workspace.records import record
from app.operations.workspace.results import scored_year
from app.operations.workspace.rounds import (
    accept_round,
    recall_round,
    reopen_round,
    return_round,
    seal_round,
    submit_round,
)
from app.persistence import books

from .conftest import DAY, codes, told


def cell(desk: Desk, unit: str, code: str, round_id: str) -> Entry | None:
    return desk.workspace.one(books.ENTRIES, unit, code, round_id, None, period=desk.period)


def stage(desk: Desk, unit: str, round_id: str) -> RoundStage | None:
    state = desk.workspace.one(books.ROUND_STATES, unit, round_id, period=desk.period)
    return None if state is None else state.stage


class TestTyping:
    def test_comma_and_point_are_the_same_number(self, desk: Desk) -> None:
        enter_scores(desk, [TypedCell("u1", "I.2", "self", points="12,5")])
        assert enter_scores(desk, [TypedCell("u1", "I.2", "self", points="12.5")]).changed == 0
        kept = cell(desk, "u1", "I.2", "self")
        assert kept is not None
        assert kept.points == Fraction(25, 2)

    def test_zero_not_done_not_assigned_and_blank_are_four_things(self, desk: Desk) -> None:
        enter_scores(
            desk,
            [
                TypedCell("u1", "I.2", "self", points="0"),
                TypedCell("u2", "I.2", "self", state="not_done"),
                TypedCell("u3", "I.2", "self", state="not_assigned"),
                TypedCell("u1", "II.2", "self", state="blank"),
            ],
        )
        states = [cell(desk, u, "I.2", "self") for u in ("u1", "u2", "u3")]
        assert [e.state.value for e in states if e] == ["scored", "not_done", "not_assigned"]
        blank = cell(desk, "u1", "II.2", "self")
        assert blank is not None
        assert blank.state is EntryState.BLANK

    def test_a_doubtful_number_is_asked_about_and_nothing_is_kept(self, desk: Desk) -> None:
        with pytest.raises(UserError) as fault:
            enter_scores(
                desk,
                [
                    TypedCell("u1", "I.2", "self", points="1.250"),
                    TypedCell("u1", "II.9", "self", points="1"),
                    TypedCell("u2", "I.2", "self", points="5"),
                ],
            )
        assert codes(fault) == ["ambiguous_number", "facts_unknown_criterion"]
        assert "Sở Một, tiêu chí I.2, điểm:" in told(fault)
        assert cell(desk, "u2", "I.2", "self") is None

    def test_a_title_says_whose_cells_of_which_round(self, desk: Desk) -> None:
        answer = enter_scores(desk, [TypedCell("u1", "I.2", "self", points="5")])
        assert answer.sentence.startswith("Nhập điểm tiêu chí I.2 của Sở Một, vòng “Tự chấm”")

    def test_a_cell_can_be_made_blank_again(self, desk: Desk) -> None:
        enter_scores(desk, [TypedCell("u1", "I.2", "self", points="5")])
        assert clear_scores(desk, [("u1", "I.2", "self")]).changed == 1
        assert cell(desk, "u1", "I.2", "self") is None


class TestLaterRounds:
    def test_open_when_the_round_before_was_handed_in(self, desk: Desk) -> None:
        enter_scores(desk, [TypedCell("u1", "I.2", "self", points="5")])
        typed = TypedCell("u1", "I.2", "cluster", points="4", reason="Chậm báo cáo")
        with pytest.raises(UserError) as fault:
            enter_scores(desk, [typed])
        assert codes(fault) == ["round_too_early"]
        submit_round(desk, "self", ["u1"], DAY)
        assert enter_scores(desk, [typed]).changed == 1

    def test_a_different_score_gives_its_reason(self, handed_in: Desk) -> None:
        typed = TypedCell("u1", "I.2", "cluster", points="18")
        with pytest.raises(UserError) as fault:
            enter_scores(handed_in, [typed])
        assert codes(fault) == ["reason_missing"]
        assert "20 → 18" in told(fault)
        enter_scores(handed_in, [replace(typed, reason="Nộp chậm")])
        before = cell(handed_in, "u1", "I.2", "self")
        assert before is not None
        assert before.points == 20

    def test_figures_are_told_by_their_titles(self, handed_in: Desk) -> None:
        figures = {"plan": "100", "actual": "85"}
        with pytest.raises(UserError) as fault:
            enter_scores(handed_in, [TypedCell("u1", "I.1", "cluster", figures=figures)])
        assert "Thực hiện 90" in told(fault)
        with pytest.raises(UserError) as fault:
            enter_scores(handed_in, [TypedCell("u1", "I.1", "cluster", figures={"plan": "1.250"})])
        assert "tiêu chí I.1, Kế hoạch:" in told(fault)

    def test_the_same_score_needs_none(self, handed_in: Desk) -> None:
        assert enter_scores(handed_in, [TypedCell("u1", "I.2", "cluster", points="20")]).changed

    def test_an_override_stands_beside_the_computed_value(self, handed_in: Desk) -> None:
        typed = TypedCell("u1", "I.1", "cluster", points="30", reason="Trùng số liệu")
        enter_scores(handed_in, [typed])
        score = scored_year(handed_in).assessment.units["u1"].card.criteria["I.1"]
        assert score.rounds is not None
        assert score.rounds["cluster"].computed == 36
        assert score.rounds["cluster"].override == 30
        assert score.points == 30


class TestAccepting:
    def test_one_verb_for_a_cell_a_criterion_a_unit_or_all(self, handed_in: Desk) -> None:
        assert accept_scores(handed_in, "cluster", ["u1"], ["I.2"]).changed == 1
        assert accept_scores(handed_in, "cluster", None, ["I.2"]).changed == 2
        assert accept_scores(handed_in, "cluster", ["u1"]).changed == 3
        assert accept_scores(handed_in, "cluster").changed == 6
        again = accept_scores(handed_in, "cluster")
        assert (again.changed, again.operation) == (0, None)

    def test_points_figures_and_preconditions_are_copied_as_they_are(self, handed_in: Desk) -> None:
        accept_scores(handed_in, "cluster")
        for code in ("I.1", "I.2", "II.1", "II.2"):
            own, copied = (cell(handed_in, "u1", code, r) for r in ("self", "cluster"))
            assert own is not None
            assert copied == replace(own, round="cluster")

    def test_what_the_later_round_scored_already_stays(self, handed_in: Desk) -> None:
        typed = TypedCell("u1", "I.2", "cluster", points="18", reason="Nộp chậm")
        enter_scores(handed_in, [typed])
        answer = accept_scores(handed_in, "cluster")
        assert [f.code for f in answer.findings] == ["accept_kept"]
        kept = cell(handed_in, "u1", "I.2", "cluster")
        assert kept is not None
        assert kept.points == 18
        accept_scores(handed_in, "cluster", ["u1"], ["I.2"], replacing=True)
        taken = cell(handed_in, "u1", "I.2", "cluster")
        assert taken is not None
        assert (taken.points, taken.reason) == (20, "")

    def test_a_claim_without_figures_is_an_override_that_says_why(self, desk: Desk) -> None:
        enter_scores(desk, [TypedCell("u1", "I.1", "self", points="33")])
        submit_round(desk, "self", ["u1"], DAY)
        accept_scores(desk, "cluster", ["u1"])
        copied = cell(desk, "u1", "I.1", "cluster")
        assert copied is not None
        assert (copied.points, copied.reason) == (33, "Chấp nhận điểm tự chấm")

    def test_the_first_round_accepts_nothing(self, handed_in: Desk) -> None:
        with pytest.raises(UserError) as fault:
            accept_scores(handed_in, "self")
        assert codes(fault) == ["facts_unknown_round"]


class TestRounds:
    def test_a_handed_in_round_is_closed_until_it_comes_back(self, handed_in: Desk) -> None:
        typed = TypedCell("u1", "I.2", "self", points="19")
        with pytest.raises(UserError) as fault:
            enter_scores(handed_in, [typed])
        assert codes(fault) == ["round_submitted"]
        return_round(handed_in, "self", ["u1"], DAY, "Sai số liệu")
        assert enter_scores(handed_in, [typed]).changed == 1

    def test_sending_back_and_opening_again_need_a_reason(self, handed_in: Desk) -> None:
        with pytest.raises(UserError) as fault:
            return_round(handed_in, "self", ["u1"], DAY, " ")
        assert codes(fault) == ["reason_missing"]
        seal_round(handed_in, "self", ["u1"], DAY)
        with pytest.raises(UserError):
            reopen_round(handed_in, "self", ["u1"], DAY, "")
        reopen_round(handed_in, "self", ["u1"], DAY, "Công văn 5/SNV")
        assert stage(handed_in, "u1", "self") is RoundStage.RETURNED

    def test_a_sealed_round_is_changed_by_nobody(self, handed_in: Desk) -> None:
        seal_round(handed_in, "self", None, DAY)
        for act in (return_round, recall_round):
            with pytest.raises(UserError) as fault:
                act(handed_in, "self", ["u1"], DAY, "Sai")
            assert codes(fault) == ["round_stage"]
        with pytest.raises(UserError) as fault:
            clear_scores(handed_in, [("u1", "I.2", "self")])
        assert codes(fault) == ["round_sealed"]
        assert handed_in.workspace.undoable() is None, "undo does not pass a seal"

    def test_a_draft_is_not_sealed(self, desk: Desk) -> None:
        with pytest.raises(UserError) as fault:
            seal_round(desk, "self", None, DAY)
        assert codes(fault) == ["round_stage"] * 3

    def test_a_unit_takes_its_round_back_while_nobody_scored_on(self, handed_in: Desk) -> None:
        recall_round(handed_in, "self", ["u1"], DAY)
        assert stage(handed_in, "u1", "self") is RoundStage.RECALLED
        enter_scores(handed_in, [TypedCell("u2", "I.2", "cluster", points="20")])
        with pytest.raises(UserError) as fault:
            recall_round(handed_in, "self", ["u2"], DAY)
        assert codes(fault) == ["round_scored_further"]

    def test_a_round_is_accepted_after_it_was_handed_in(self, handed_in: Desk) -> None:
        accept_round(handed_in, "self", ["u1"], DAY)
        assert stage(handed_in, "u1", "self") is RoundStage.ACCEPTED
        with pytest.raises(UserError, match="đang soạn"):
            accept_round(handed_in, "cluster", ["u1"], DAY)

    def test_zero_everywhere_can_be_handed_in_and_blanks_are_told(self, desk: Desk) -> None:
        zeros = [TypedCell("u1", code, "self", points="0") for code in ("I.2", "II.2")]
        enter_scores(desk, zeros)
        answer = submit_round(desk, "self", ["u1"], DAY)
        assert [f.code for f in answer.findings] == ["round_incomplete"]
        assert "I.1" in answer.findings[0].message
        assert stage(desk, "u1", "self") is RoundStage.SUBMITTED


class TestDeadlines:
    @pytest.fixture
    def due(self, desk: Desk) -> Desk:
        record(desk, "deadlines", [{"duty": "self", "due": "15/11/2026"}])
        return desk

    def test_end_with_their_day(self, due: Desk) -> None:
        submit_round(due, "self", ["u1"], dt.date(2026, 11, 15))
        with pytest.raises(UserError) as fault:
            submit_round(due, "self", ["u2"], dt.date(2026, 11, 16))
        assert codes(fault) == ["deadline_passed"]
        assert "hết ngày 15/11/2026" in told(fault)

    def test_an_exception_lets_one_unit_in(self, due: Desk) -> None:
        row = {
            "duty": "self",
            "unit": "u2",
            "until": "20/11/2026",
            "reason": "Bão lụt",
            "granted_by": "Cụm trưởng",
        }
        record(due, "exceptions", [row])
        submit_round(due, "self", ["u2"], dt.date(2026, 11, 20))
        with pytest.raises(UserError):
            submit_round(due, "self", ["u3"], dt.date(2026, 11, 20))

    def test_a_clusters_own_day_comes_before_that_of_all(self, due: Desk) -> None:
        record(due, "deadlines", [{"duty": "self", "due": "30/11/2026", "cluster": "k1"}])
        submit_round(due, "self", ["u1"], dt.date(2026, 11, 30))

    def test_what_was_sent_back_may_come_again_later(self, due: Desk) -> None:
        submit_round(due, "self", ["u1"], dt.date(2026, 11, 10))
        return_round(due, "self", ["u1"], dt.date(2026, 11, 16), "Thiếu trang 2")
        submit_round(due, "self", ["u1"], dt.date(2026, 11, 18))


class TestDaysOfTheRules:
    def test_before_a_day_ends_the_day_before_and_months_have_their_length(
        self, desk: Desk
    ) -> None:
        change_cluster(desk, "k1", block="A")
        days = {(d.duty, d.cluster): d.due for d in deadlines_of_rules(desk)}
        assert days == {
            ("dang_ky", None): dt.date(2026, 3, 30),
            ("so_ket", "k1"): dt.date(2027, 2, 28),
        }

    def test_are_kept_beside_days_that_were_set_by_hand(self, desk: Desk) -> None:
        record(desk, "deadlines", [{"duty": "dang_ky", "due": "15/02/2026"}])
        change_cluster(desk, "k1", block="B")
        assert adopt_deadlines(desk).changed == 1
        assert adopt_deadlines(desk).operation is None
        kept = {d.duty: d.due for d in desk.workspace.read(books.DEADLINES, "2026")}
        assert kept == {"dang_ky": dt.date(2026, 2, 15), "so_ket": dt.date(2026, 7, 31)}


class TestExplanations:
    def test_question_and_answer_are_kept(self, handed_in: Desk) -> None:
        asked, _ = ask_explanation(handed_in, "u1", "I.2", "self", "Căn cứ nào?", DAY)
        assert [one.id for one in open_explanations(handed_in)] == [asked.id]
        answer_explanation(handed_in, asked.id, "Báo cáo 12", DAY)
        kept = handed_in.workspace.one(books.EXPLANATIONS, asked.id, period="2026")
        assert kept is not None
        assert (kept.question, kept.answer) == ("Căn cứ nào?", "Báo cáo 12")

    def test_an_answer_is_not_overwritten(self, handed_in: Desk) -> None:
        asked, _ = ask_explanation(handed_in, "u1", "I.2", "self", "Căn cứ nào?", DAY)
        answer_explanation(handed_in, asked.id, "Báo cáo 12", DAY)
        with pytest.raises(UserError) as fault:
            answer_explanation(handed_in, asked.id, "Khác", DAY)
        assert codes(fault) == ["question_answered"]

    def test_nothing_said_is_no_answer(self, handed_in: Desk) -> None:
        asked, _ = ask_explanation(handed_in, "u1", "I.2", "self", "Căn cứ nào?", DAY)
        with pytest.raises(UserError) as fault:
            answer_explanation(handed_in, asked.id, " \n", DAY)
        assert codes(fault) == ["answer_missing"]
        assert [one.id for one in open_explanations(handed_in)] == [asked.id]

    def test_what_is_not_there_cannot_be_asked_or_answered(self, handed_in: Desk) -> None:
        with pytest.raises(UserError):
            ask_explanation(handed_in, "u1", "IX", "self", "Gì?", DAY)
        with pytest.raises(UserError, match="Chưa ghi nội dung"):
            ask_explanation(handed_in, "u1", "I.2", "self", " ", DAY)
        with pytest.raises(UserError, match="Không có yêu cầu"):
            answer_explanation(handed_in, "gt9", "Có", DAY)
