"""Ballots through the verbs: opened for a tie that exists, counted so that they reconcile,
confirmed by a second person, void once the scores are others."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.conference import BallotStage, Candidate
from app.exchange.facts_writer import facts_text
from app.ground.findings import UserError
from app.operations.scoring import score
from app.operations.workspace.ballot_counts import count_faults
from app.operations.workspace.ballot_views import (
    BallotState,
    BallotView,
    ballot_lines,
    ballot_views,
    sheet_of,
)
from app.operations.workspace.ballots import (
    confirm_count,
    enter_count,
    open_ballot,
    plan_cancelled,
)
from app.operations.workspace.consequences import carry_out, result_of
from app.operations.workspace.decisions import plan_decision
from app.operations.workspace.proposals import digest_of
from app.operations.workspace.records import record, remove_record, replace_record
from app.operations.workspace.results import scored_year, write_facts
from app.persistence import books
from app.persistence.workspace import Workspace
from app.rules.awards import BallotRule
from tests import builders as b

from .conftest import codes, told
from .hall import (
    COUNTER,
    DAY,
    SECOND,
    TWO_ROUNDS,
    confirm,
    count,
    decide_by_ballot,
    do,
    lines,
    meet,
    numbers,
    opened,
    ranks,
    rescore,
    rows,
    tree,
)

P, T, R, X = "proposed", "tied", "reserve", "refused"
LEVEL = {"a": 90, "b": 90, "c": 80}


def view(desk: Any, sheet: str) -> BallotView:
    return next(v for v in ballot_views(desk) if v.sheet.id == sheet)


# ------------------------------------------------------------------ which tie


def test_equal_totals_share_a_rank_and_the_next_rank_skips(workspace: Workspace) -> None:
    """Acceptance 1.1, A8: a tie with nothing at stake is an equal rank, and no ballot is held."""
    desk = meet(workspace, {"a": 95, "b": 90, "c": 90, "d": 80}, tree(base=rows()[:-1]))
    assert ranks(desk) == {"a": 1, "b": 2, "c": 2, "d": 4}
    with pytest.raises(UserError) as fault:
        opened(desk)
    assert codes(fault) == ["ballot_no_tie"]
    assert "đồng hạng" in told(fault)


def test_a_tie_across_the_cut_stops_and_a_ballot_settles_it(workspace: Workspace) -> None:
    """Acceptance 1.2, A31, CB II.2.d: more agreeing votes win; nothing goes by row or name."""
    desk = meet(workspace, LEVEL)
    assert lines(desk, "co") == {"a": T, "b": T, "c": R}
    sheet = opened(desk, tellers=["Lý Đếm", "Vũ Ghi"])
    assert (sheet.question, sheet.places, sheet.keys) == ("tie:co:a+b", 1, ("a", "b"))
    assert sheet.totals == {"a": 90, "b": 90}
    assert lines(desk, "co") == {"a": T, "b": T, "c": R}, "an opened ballot decides nothing"
    count(desk, sheet.id, a=3, b=6)
    assert lines(desk, "co") == {"b": P, "a": R}
    assert (ranks(desk), lines(desk, "bk")) == ({"b": 1, "a": 2, "c": 3}, {"a": P, "c": R})
    assert result_of(desk).ties[0].resolved_by == "ballot"
    assert view(desk, sheet.id).state is BallotState.DECIDES


def test_a_ballot_waits_for_the_round_that_ranks(workspace: Workspace) -> None:
    """A36: before the ranking round exists everything is provisional, and nothing is voted on."""
    table = tree(rounds=TWO_ROUNDS)
    desk = meet(workspace, LEVEL, table, sealed=False, round_id="self")
    assert set(lines(desk, "co").values()) == {T, R}
    with pytest.raises(UserError) as fault:
        opened(desk)
    assert codes(fault) == ["ballot_too_early"]


def test_a_second_ballot_follows_a_level_one_and_then_the_chain(workspace: Workspace) -> None:
    """A7: a ballot that ties again is repeated up to N, then the pack's chain goes on."""
    desk = meet(workspace, LEVEL)
    first = decide_by_ballot(desk, a=4, b=4)
    assert view(desk, first.id).state is BallotState.LEVEL
    second = opened(desk)
    assert second.vote == 2
    with pytest.raises(UserError) as fault:
        opened(desk)
    assert codes(fault) == ["ballot_open_already"]
    count(desk, second.id, a=4, b=4)
    with pytest.raises(UserError) as fault:
        opened(desk)
    assert codes(fault) == ["ballot_not_next"]
    assert "Hội đồng quyết định" in told(fault)
    assert "(2)" in told(fault)
    do(desk, plan_decision(desk, "tie:co:a+b", "a", "Hội đồng", "12/BB"))
    assert (lines(desk, "co"), result_of(desk).ties[0].resolved_by) == (
        {"a": P, "b": R},
        "decision",
    )


def test_what_was_decided_is_not_voted_on_again(workspace: Workspace) -> None:
    desk = meet(workspace, LEVEL)
    decide_by_ballot(desk, a=3, b=6)
    with pytest.raises(UserError) as fault:
        opened(desk)
    assert codes(fault) == ["ballot_decided"]


def test_only_the_level_units_stand(workspace: Workspace) -> None:
    desk = meet(workspace, LEVEL)
    with pytest.raises(UserError) as fault:
        opened(desk, candidates=["a", "c"])
    assert codes(fault) == ["ballot_candidates"]


def test_several_places_in_one_tie(workspace: Workspace) -> None:
    """A31: two places among three level units; the ballot is for two of them."""
    base = [b.direct("1", 100), b.award("co", b.fixed(2))]
    desk = meet(workspace, {"a": 90, "b": 90, "c": 90}, tree(base=base))
    sheet = opened(desk)
    assert sheet.places == 2
    # 9 papers with two names each: 18 votes
    enter_count(desk, sheet.id, numbers({"a": 8, "b": 6, "c": 4}, valid=9), DAY)
    assert lines(desk, "co") == {"a": P, "b": P}
    with pytest.raises(UserError) as fault:
        enter_count(desk, sheet.id, numbers({"a": 9, "b": 9, "c": 1}, valid=9), DAY, reason="x")
    assert "× 2 chỗ" in told(fault)


# ------------------------------------------------------------------ counting


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"present": 10}, "Số người có mặt (10) nhiều hơn tổng số thành viên (9)"),
        ({"issued": 10}, "Số phiếu phát ra (10) nhiều hơn số người có mặt (9)"),
        ({"issued": 8}, "Số phiếu thu về (9) nhiều hơn số phiếu phát ra (8)"),
        ({"invalid": 1}, "Hợp lệ 9 + không hợp lệ 1 + trắng 0 = 10, khác số phiếu thu về (9)"),
        ({"blank": 2}, "Hợp lệ 9 + không hợp lệ 0 + trắng 2 = 11"),
        ({"votes": {"a": 3, "b": 7}}, "Tổng số phiếu bầu là 10, nhiều hơn số phiếu hợp lệ (9)"),
        ({"votes": {"a": 3, "b": 5}}, "Tổng số phiếu bầu là 8, ít hơn số phiếu hợp lệ (9)"),
        ({"votes": {"a": -1, "b": 9}}, "Số phiếu bầu của Sở A: -1 là số âm"),
        ({"votes": {"a": 9}}, "Chưa ghi số phiếu của Sở B"),
        ({"votes": {"a": 3, "b": 6, "c": 0}}, "“c” không có trong phiếu bầu"),
        ({"invalid": ""}, "Chưa ghi số phiếu không hợp lệ"),
        ({"blank": None}, "Chưa ghi số phiếu trắng"),
        ({"valid": "chín"}, "Số phiếu hợp lệ: “chín” không phải số phiếu"),
        ({"valid": "8,5"}, "Số phiếu hợp lệ: “8,5” không phải số phiếu"),
        ({"vaild": 9}, "Không có mục “vaild”"),
        ({"written": {"a": 1}}, "Chưa ghi số ý kiến bằng văn bản"),
        ({"written_returned": 1}, "Số ý kiến bằng văn bản (1) nhiều hơn số vắng mặt (0)"),
    ],
)
def test_a_count_reconciles_or_is_not_kept(
    workspace: Workspace, wrong: dict[str, Any], words: str
) -> None:
    """Acceptance 1.16: issued, returned, valid, invalid, blank and votes; each fault by its name."""
    desk = meet(workspace, LEVEL)
    sheet = opened(desk)
    with pytest.raises(UserError) as fault:
        enter_count(desk, sheet.id, {**numbers({"a": 3, "b": 6}), **wrong}, DAY)
    assert words in told(fault)
    assert desk.workspace.read(books.BALLOTS, "2026") == ()
    assert sheet_of(desk, sheet.id).stage is BallotStage.OPENED


def test_all_faults_are_told_at_once(workspace: Workspace) -> None:
    desk = meet(workspace, LEVEL)
    sheet = opened(desk)
    row = numbers({"a": 3, "b": 7}, present=10, members=9, issued=9, returned=9, valid=9, blank=1)
    with pytest.raises(UserError) as fault:
        enter_count(desk, sheet.id, row, DAY)
    assert len(codes(fault)) == 3
    with pytest.raises(UserError) as fault:
        enter_count(desk, sheet.id, {}, DAY)
    assert codes(fault) == ["ballot_not_recorded"] * 9


def test_blank_invalid_and_not_recorded_are_three_things(workspace: Workspace) -> None:
    """Acceptance 1.16: blank ≠ invalid ≠ not recorded; 7 valid + 1 invalid + 1 blank = 9."""
    desk = meet(workspace, LEVEL)
    sheet = opened(desk)
    row = numbers({"a": 2, "b": 5}, members=10, present=9, issued=9, returned=9, valid=7,
                  invalid=1, blank=1)  # fmt: skip
    enter_count(desk, sheet.id, row, DAY)
    (ballot,) = desk.workspace.read(books.BALLOTS, "2026")
    assert (ballot.valid, ballot.invalid, ballot.blank, ballot.written_returned) == (7, 1, 1, None)


def test_written_opinions_of_absentees_count_and_reconcile(workspace: Workspace) -> None:
    """NĐ 98/2023 Đ30.7 (a parameter): absentees give their opinion in writing."""
    desk = meet(workspace, LEVEL)
    sheet = opened(desk)
    row = numbers({"a": 4, "b": 4}, members=10, written_returned=2, written={"b": 2})
    enter_count(desk, sheet.id, row, DAY)
    # b: 4 + 2 written = 6 against 4
    assert lines(desk, "co")["b"] == P
    with pytest.raises(UserError) as fault:
        enter_count(desk, sheet.id, {**row, "written": {"b": 3}}, DAY, reason="x")
    assert "Sở B có 3 phiếu, nhiều hơn số ý kiến bằng văn bản (2)" in told(fault)


def test_the_base_and_the_threshold_are_told(workspace: Workspace) -> None:
    """Acceptance 1.16: the base of a percentage is printed; more than 50 % of 9 present is 5."""
    rule = {**RULE_OF_MAJORITY}
    desk = meet(workspace, LEVEL, tree(ballots=[rule]))
    sheet = opened(desk)
    count(desk, sheet.id, a=3, b=6)
    words = " ".join(ballot_lines(view(desk, sheet.id)))
    assert "Cần quá 50 % số người có mặt (9), tức 5 phiếu" in words
    assert "Được chọn: Sở B" in words
    assert "số phiếu trắng 0" in words


RULE_OF_MAJORITY = {"purpose": "tie", "percent": 50, "strict": True, "base": "present"}


def test_too_few_votes_elect_nobody(workspace: Workspace) -> None:
    desk = meet(workspace, LEVEL, tree(ballots=[{**RULE_OF_MAJORITY, "percent": 80}]))
    sheet = opened(desk)
    done = count(desk, sheet.id, a=3, b=6)
    # 80 % of 9 = 7,2: more than that is 8
    assert [f.code for f in done.findings] == ["ballot_undecided"]
    assert (view(desk, sheet.id).state, lines(desk, "co")["a"]) == (BallotState.FAILED, T)


def test_too_few_people_make_no_ballot(workspace: Workspace) -> None:
    quorum = {"purpose": "tie", "quorum": {"percent": 90}}
    desk = meet(workspace, LEVEL, tree(ballots=[quorum]))
    sheet = opened(desk)
    row = numbers({"a": 3, "b": 5}, members=10)
    # 90 % of 10 members are 9; 8 came
    enter_count(desk, sheet.id, row, DAY)
    assert view(desk, sheet.id).state is BallotState.NO_QUORUM
    assert lines(desk, "co")["a"] == T
    assert opened(desk).vote == 1, "what was no ballot uses up none"


def test_nothing_is_kept_of_who_voted_what(workspace: Workspace) -> None:
    """A34: secret; the sheet and the ballot hold totals only."""
    desk = meet(workspace, LEVEL)
    sheet = decide_by_ballot(desk, a=3, b=6)
    kept = desk.workspace.one(books.BALLOT_SHEETS, sheet.id, period="2026")
    assert kept is not None
    assert (kept.tellers, kept.reason, kept.counted_by) == ((), "", COUNTER)
    (ballot,) = desk.workspace.read(books.BALLOTS, "2026")
    assert (ballot.votes, ballot.against, ballot.written) == ({"a": 3, "b": 6}, {}, {})


# ------------------------------------------------------------------ the second person


def test_the_one_who_counted_does_not_confirm(workspace: Workspace) -> None:
    desk = meet(workspace, LEVEL)
    sheet = opened(desk)
    count(desk, sheet.id, a=3, b=6)
    for name in (COUNTER, f"  {COUNTER.lower()}  ", ""):
        with pytest.raises(UserError) as fault:
            confirm_count(desk, sheet.id, DAY, confirmed_by=name)
        assert codes(fault) == ["ballot_same_person"]
    confirm(desk, sheet.id)
    kept = sheet_of(desk, sheet.id)
    assert (kept.stage, kept.confirmed_by) == (BallotStage.CONFIRMED, SECOND)


def test_a_differing_count_is_refused_with_the_differences(workspace: Workspace) -> None:
    desk = meet(workspace, LEVEL)
    sheet = opened(desk)
    count(desk, sheet.id, a=3, b=6)
    with pytest.raises(UserError) as fault:
        confirm(desk, sheet.id, row=numbers({"a": 4, "b": 5}))
    assert codes(fault) == ["ballot_counts_differ"]
    assert "số phiếu bầu của Sở A: 3 và 4; số phiếu bầu của Sở B: 6 và 5" in told(fault)
    assert sheet_of(desk, sheet.id).stage is BallotStage.COUNTED
    confirm(desk, sheet.id, row=numbers({"a": 3, "b": 6}))


def test_a_confirmed_count_is_changed_by_nobody(workspace: Workspace) -> None:
    desk = meet(workspace, LEVEL)
    sheet = decide_by_ballot(desk, a=3, b=6)
    with pytest.raises(UserError) as fault:
        enter_count(desk, sheet.id, numbers({"a": 6, "b": 3}), DAY, reason="nhầm")
    assert codes(fault) == ["ballot_stage"]
    row = {"purpose": "tie", "award": "co", "votes": {"a": 6, "b": 3}}
    for act in (
        lambda: replace_record(desk, "ballots", 1, row),
        lambda: remove_record(desk, "ballots", ["1"]),
    ):
        with pytest.raises(UserError) as fault:
            act()
        assert codes(fault) == ["ballot_confirmed"]
    assert lines(desk, "co")["b"] == P


def test_a_count_may_be_mended_until_it_is_confirmed(workspace: Workspace) -> None:
    desk = meet(workspace, LEVEL)
    sheet = opened(desk)
    count(desk, sheet.id, a=3, b=6)
    with pytest.raises(UserError) as fault:
        enter_count(desk, sheet.id, numbers({"a": 6, "b": 3}), DAY)
    assert codes(fault) == ["reason_missing"]
    enter_count(desk, sheet.id, numbers({"a": 6, "b": 3}), DAY, reason="ghi ngược hai cột")
    assert (lines(desk, "co")["a"], len(desk.workspace.read(books.BALLOTS, "2026"))) == (P, 1)


def test_a_counted_ballot_that_a_sheet_needs_cannot_be_taken_out(workspace: Workspace) -> None:
    desk = meet(workspace, LEVEL)
    sheet = opened(desk)
    count(desk, sheet.id, a=3, b=6)
    with pytest.raises(UserError) as fault:
        remove_record(desk, "ballots", ["1"])
    assert codes(fault) == ["row_still_used"]


def test_cancelling_tells_what_it_brings_and_leaves_the_sheet(workspace: Workspace) -> None:
    desk = meet(workspace, LEVEL)
    sheet = decide_by_ballot(desk, a=3, b=6)
    with pytest.raises(UserError) as fault:
        plan_cancelled(desk, sheet.id, " ")
    assert codes(fault) == ["reason_missing"]
    plan = plan_cancelled(desk, sheet.id, "phát sai mẫu phiếu")
    assert any("Sở B, Khen co: đề nghị → chờ phân định" in words for words in plan.consequences)
    assert lines(desk, "co")["b"] == P, "a plan changes nothing"
    do(desk, plan)
    assert (lines(desk, "co")["b"], view(desk, sheet.id).state) == (T, BallotState.CANCELLED)
    assert opened(desk).vote == 1
    again = desk.workspace.undo(COUNTER)
    assert again is not None


def test_a_plan_made_before_something_else_is_looked_at_again(workspace: Workspace) -> None:
    desk = meet(workspace, LEVEL)
    sheet = decide_by_ballot(desk, a=3, b=6)
    plan = plan_cancelled(desk, sheet.id, "nhầm")
    record(desk, "quotas", [{"award": "bk", "count": 2}])
    with pytest.raises(UserError) as fault:
        carry_out(desk, plan)
    assert codes(fault) == ["plan_outdated"]


# ------------------------------------------------------------------ void


def test_a_ballot_is_void_once_the_scores_are_others_and_says_why(workspace: Workspace) -> None:
    """Issue 5.2: what a ballot decides is exactly the tie that it was opened for."""
    desk = meet(workspace, LEVEL)
    sheet = decide_by_ballot(desk, a=3, b=6)
    rescore(desk, b=85)
    found = view(desk, sheet.id)
    assert found.state is BallotState.VOID
    assert found.why == "điểm của Sở B đã thay đổi từ 90,00 thành 85,00 sau khi bỏ phiếu"
    assert lines(desk, "co") == {"a": P, "b": R}
    rescore(desk, b=90)
    assert view(desk, sheet.id).state is BallotState.DECIDES, "the same tie again: it decides again"


def test_a_new_tie_needs_a_new_ballot(workspace: Workspace) -> None:
    desk = meet(workspace, LEVEL)
    old = decide_by_ballot(desk, a=3, b=6)
    rescore(desk, a=92, b=92)
    assert lines(desk, "co")["a"] == T
    new = opened(desk)
    assert (new.vote, new.totals) == (1, {"a": 92, "b": 92})
    count(desk, new.id, a=6, b=3)
    assert (lines(desk, "co")["a"], view(desk, old.id).state) == (P, BallotState.VOID)


def test_a_third_unit_that_ties_too_voids_the_ballot(workspace: Workspace) -> None:
    desk = meet(workspace, LEVEL)
    sheet = decide_by_ballot(desk, a=3, b=6)
    rescore(desk, c=90)
    assert view(desk, sheet.id).why == "Sở C nay cũng bằng điểm ở mép chỉ tiêu"
    assert set(lines(desk, "co").values()) == {T}


def test_another_number_of_places_voids_the_ballot(workspace: Workspace) -> None:
    base = [b.direct("1", 100), b.award("co", {"kind": "quota", "default": 1})]
    desk = meet(workspace, {"a": 90, "b": 90, "c": 90}, tree(base=base))
    sheet = decide_by_ballot(desk, a=5, b=3, c=1)
    record(desk, "quotas", [{"award": "co", "count": 2}])
    assert view(desk, sheet.id).why == "số chỗ đã thay đổi từ 1 thành 2 sau khi bỏ phiếu"
    assert set(lines(desk, "co").values()) == {T}


def test_an_open_ballot_whose_tie_went_says_so(workspace: Workspace) -> None:
    desk = meet(workspace, LEVEL)
    sheet = opened(desk)
    rescore(desk, b=85)
    assert (view(desk, sheet.id).state, "không còn bằng điểm" in view(desk, sheet.id).why) == (
        BallotState.VOID,
        True,
    )
    done = count(desk, sheet.id, a=3, b=6)
    assert [f.code for f in done.findings] == ["ballot_void"]


def test_exported_facts_agree_on_a_void_ballot(workspace: Workspace, tmp_path: Any) -> None:
    """The facts file carries what the ballot was opened for, so that its digest is the same."""
    desk = meet(workspace, LEVEL)
    decide_by_ballot(desk, a=3, b=6)
    rescore(desk, a=92, b=92)
    text = facts_text(desk.workspace.snapshot("2026"))
    assert "totals = " in text or "[ballots.totals]" in text
    facts = write_facts(desk, tmp_path / "facts.toml")
    pack = tmp_path / "bang.toml"
    outside = score([pack], facts).assessment
    assert digest_of(outside) == digest_of(scored_year(desk).assessment)
    assert [x.outcome for x in outside.ballots] == ["void"]


# ------------------------------------------------------------------ awards, leaders, others


def test_an_award_that_needs_a_ballot(workspace: Workspace) -> None:
    """NĐ 98/2023 Đ30.7 as a parameter: 80 % of all members agree to the flag."""
    rule = {"purpose": "award", "form": "approve", "percent": 80, "base": "members"}
    table = tree(base=rows(needs_ballot=True), ballots=[rule])
    desk = meet(workspace, {"a": 95, "b": 90, "c": 80}, table)
    assert lines(desk, "co")["a"] == "held"
    sheet = opened(desk, "award", award="co")
    assert (sheet.form, sheet.keys) == ("approve", ("a",))
    row = numbers({"a": 7}, valid=9, members=10, present=9, issued=9, returned=9)
    enter_count(desk, sheet.id, {**row, "against": {"a": 2}}, DAY)
    # 80 % of 10 members are 8; 7 agreed: the place goes to the next
    assert view(desk, sheet.id).state is BallotState.FAILED
    assert lines(desk, "co")["a"] == X
    with pytest.raises(UserError) as fault:
        enter_count(desk, sheet.id, {**row, "against": {"a": 3}}, DAY, reason="x")
    assert "Sở A có 10 phiếu, nhiều hơn số phiếu hợp lệ (9)" in told(fault)


def test_a_barred_unit_does_not_stand_for_an_award(workspace: Workspace) -> None:
    """Acceptance 1.3: units that are not eligible never use up a place."""
    desk = meet(workspace, {"a": 95, "b": 90}, tree(base=rows(needs_ballot=True)))
    record(desk, "standing", [{"unit": "a", "case": "kx", "reference": "1/KL"}])
    with pytest.raises(UserError) as fault:
        opened(desk, "award", award="co", candidates=["a", "b"])
    assert codes(fault) == ["ballot_candidate_barred"]
    assert opened(desk, "award", award="co").keys == ("b",)


def test_an_award_without_a_ballot_is_told_apart(workspace: Workspace) -> None:
    desk = meet(workspace, {"a": 95, "b": 90})
    _, done = open_ballot(desk, "award", DAY, award="co")
    assert [f.code for f in done.findings] == ["ballot_not_needed"]
    with pytest.raises(UserError) as fault:
        opened(desk, "award", award="huan_chuong")
    assert codes(fault) == ["facts_unknown_award"]


def test_next_year_s_leader_and_deputy_are_elected(workspace: Workspace) -> None:
    desk = meet(workspace, {"a": 95, "b": 90, "c": 80})
    leader = opened(desk, "leader", candidates=[Candidate("b", "Bà Hoa, Giám đốc Sở B"), "c"])
    assert [c.name for c in leader.candidates] == ["Bà Hoa, Giám đốc Sở B", "Sở C"]
    count(desk, leader.id, b=5, c=2)
    confirm(desk, leader.id)
    found = view(desk, leader.id)
    assert (found.state, found.result and found.result.elected) == (BallotState.DECIDES, ("b",))
    with pytest.raises(UserError) as fault:
        opened(desk, "leader")
    assert codes(fault) == ["ballot_decided"]
    deputy = opened(desk, "deputy")
    assert deputy.keys == ("a", "b", "c")
    count(desk, deputy.id, a=3, b=0, c=3)
    assert opened(desk, "deputy").vote == 2
    assert lines(desk, "co") == {"a": P, "b": R}, "an election moves no award"


def test_a_free_ballot_takes_names(workspace: Workspace) -> None:
    desk = meet(workspace, {"a": 95, "b": 90})
    sheet = opened(desk, "free", candidates=["Phương án 1", "Phương án 2"], title="Nơi họp")
    enter_count(desk, sheet.id, numbers({"Phương án 1": 1, "Phương án 2": 6}), DAY)
    found = view(desk, sheet.id)
    assert found.result is not None
    assert found.result.elected == ("Phương án 2",)
    for wrong in ([], ["x", "x"], [" "]):
        with pytest.raises(UserError) as fault:
            opened(desk, "free", candidates=wrong, title="Khác")
        assert codes(fault) == ["ballot_candidates"]
    with pytest.raises(UserError) as fault:
        opened(desk, "free", candidates=["x", "y"], title="Khác", places=3)
    assert codes(fault) == ["ballot_places"]


def test_clusters_vote_apart(workspace: Workspace) -> None:
    where = {"c": "k2", "d": "k2"}
    desk = meet(workspace, {"a": 90, "b": 90, "c": 80, "d": 80}, clusters=where)
    with pytest.raises(UserError) as fault:
        opened(desk)
    assert codes(fault) == ["ballot_unclear"]
    for cluster, votes in (("k1", {"a": 3, "b": 4}), ("k2", {"c": 5, "d": 2})):
        sheet = opened(desk, award="co", cluster=cluster)
        count(desk, sheet.id, **votes)
    assert {u: s for u, s in lines(desk, "co").items() if s == P} == {"b": P, "c": P}
    with pytest.raises(UserError) as fault:
        opened(desk, "leader")
    assert codes(fault) == ["ballot_unclear"]
    with pytest.raises(UserError) as fault:
        opened(desk, "leader", cluster="k2", candidates=["a"])
    assert codes(fault) == ["ballot_candidates"]


def test_words_that_stand_for_nothing_are_refused(workspace: Workspace) -> None:
    desk = meet(workspace, LEVEL)
    with pytest.raises(UserError) as fault:
        sheet_of(desk, "p9")
    assert codes(fault) == ["ballot_unknown"]
    with pytest.raises(UserError) as fault:
        opened(desk, conference="h1")
    assert codes(fault) == ["record_missing"]
    record(desk, "conferences", [{"id": "h1", "kind": "summary"}])
    assert opened(desk, conference="h1").conference == "h1"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"present": "10", "issued": "12"}, "Số phiếu phát ra lớn hơn số người có mặt (12 > 10)."),
        (
            {"returned": 10, "valid": 8, "invalid": 1, "blank": 2},
            "Hợp lệ + không hợp lệ + trắng = 11, khác số thu về 10.",
        ),
        ({"votes": {"a": 9}, "valid": 8}, None),
    ],
)
def test_a_count_that_is_being_typed_is_held_against_itself_before_it_is_whole(
    workspace: Workspace, row: dict[str, Any], words: str | None
) -> None:
    sheet = opened(meet(workspace, LEVEL))
    faults = count_faults(sheet, BallotRule(purpose="tie"), row)
    missing = [f for f in faults if f.code == "ballot_not_recorded"]
    contradictions = [f.message for f in faults if f.code == "ballot_not_reconciled"]
    assert missing
    assert contradictions == ([] if words is None else [words])


def test_a_whole_count_that_adds_up_has_no_faults(workspace: Workspace) -> None:
    sheet = opened(meet(workspace, LEVEL))
    assert not list(count_faults(sheet, BallotRule(purpose="tie"), numbers({"a": 5, "b": 4})))
