"""Awards through the verbs: places, reserve, proposals pinned to sealed data, places given up."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from app.domain.conference import Proposal, ProposalState
from app.domain.snapshot import Cluster, Unit
from app.domain.year import AwardStage
from app.ground.findings import UserError
from app.operations.workspace.award_desk import AwardTable, PastAward, award_desk, past_awards
from app.operations.workspace.awards import (
    Ruling,
    decide_proposals,
    plan_barred_after,
    plan_withdrawn,
    propose,
)
from app.operations.workspace.ballot_views import BallotState, ballot_views
from app.operations.workspace.ballots import plan_cancelled
from app.operations.workspace.boards import board_of
from app.operations.workspace.consequences import result_of
from app.operations.workspace.decisions import plan_decision
from app.operations.workspace.desk import Desk
from app.operations.workspace.eligibility import plan_case
from app.operations.workspace.members import add_clusters, add_units
from app.operations.workspace.proposals import ProposalsStand, digest_of, proposal_state
from app.operations.workspace.records import record
from app.operations.workspace.rounds import reopen_round
from app.operations.workspace.successions import merge_units
from app.operations.workspace.tables import adopt_pack
from app.operations.workspace.year_steps import StepState, year_steps
from app.operations.workspace.years import open_year, year_record
from app.persistence import books
from app.persistence.workspace import Workspace
from tests import builders as b

from .conftest import codes, told
from .hall import (
    COUNTER,
    DAY,
    LATER,
    confirm,
    count,
    decide_by_ballot,
    do,
    lines,
    meet,
    opened,
    ranks,
    rescore,
    rows,
    tree,
)

P, H, T, R, X = "proposed", "held", "tied", "reserve", "refused"
POINTS = {"a": 95, "b": 90, "c": 80, "d": 70}
LEVEL = {"a": 90, "b": 90, "c": 80, "d": 70}
PAPER = Ruling("Hội đồng", "30/BB", DAY, reason="xin rút")


def table(desk: Desk, award: str) -> AwardTable:
    return next(t for t in award_desk(desk).tables if t.award.id == award)


def kept(desk: Desk) -> list[tuple[str, str, str, str | None]]:
    """What the book proposes: award, unit, state, whose place."""
    rows_ = desk.workspace.read(books.PROPOSALS, "2026")
    return [(p.award, p.unit, p.state.value, p.replaces) for p in rows_]


def of(desk: Desk, unit: str, award: str = "co") -> Proposal:
    rows_ = desk.workspace.read(books.PROPOSALS, "2026")
    return next(p for p in rows_ if (p.unit, p.award) == (unit, award))


def stand(desk: Desk) -> ProposalsStand:
    return proposal_state(desk).stand


# ------------------------------------------------------------------ the desk


def test_places_and_how_they_were_found(workspace: Workspace) -> None:
    """Quotas are a yearly instruction (BG III.2.2); the pack's number stands where none came."""
    desk = meet(workspace, POINTS)
    assert (table(desk, "co").places_words, table(desk, "bk").places_words) == (
        "1 (theo bảng tiêu chí)",
        "1 (theo bảng tiêu chí)",
    )
    record(desk, "quotas", [{"award": "bk", "percent": 50, "base": 5}])
    # 50 % of 5 = 2,5: not more than 2
    assert table(desk, "bk").places_words == ("2 (50 % của 5 = 2,5; chỉ tiêu phân bổ của năm)")
    assert [x.unit for x in table(desk, "bk").proposed] == ["b", "c"]
    assert [x.unit for x in table(desk, "bk").reserve] == ["d"]


def test_without_a_quota_nothing_is_proposed(workspace: Workspace) -> None:
    base = [b.direct("1", 100), b.award("bk", {"kind": "quota"})]
    desk = meet(workspace, POINTS, tree(base=base))
    assert table(desk, "bk").places_words == "chưa có chỉ tiêu phân bổ"
    assert lines(desk, "bk") == {}
    record(desk, "quotas", [{"award": "bk", "count": 2, "cluster": "k1"}])
    assert lines(desk, "bk") == {"a": P, "b": P}


def test_the_flag_and_the_certificate(workspace: Workspace) -> None:
    """A6, CB II.2.d "Ngoài đơn vị được suy tôn": the flag's unit gets no certificate besides."""
    desk = meet(workspace, POINTS)
    assert (lines(desk, "co"), lines(desk, "bk")) == ({"a": P, "b": R}, {"b": P, "c": R})


def test_the_flag_and_the_certificate_beside(workspace: Workspace) -> None:
    """A6, settable."""
    base = [*rows()[:-1], b.award("bk", b.fixed(2), excludes=["co"], beside="yes")]
    desk = meet(workspace, POINTS, tree(base=base))
    assert lines(desk, "bk") == {"a": P, "b": P}


@pytest.mark.parametrize(("size", "rewarded"), [(7, ["u2"]), (8, ["u2", "u3"])])
def test_ranks_by_the_size_of_the_cluster(
    workspace: Workspace, size: int, rewarded: list[str]
) -> None:
    """A14, CĐ: "thứ nhì (cụm ≤ 7 đơn vị), thứ ba (cụm ≥ 8)": ≤ 7: [2], ≥ 8: [2, 3]."""
    by_size = [
        {"size": {"le": 7}, "first": 2, "last": 2},
        {"size": {"ge": 8}, "first": 2, "last": 3},
    ]
    base = [
        b.direct("1", 100),
        b.award("co", b.fixed(1)),
        b.award("bk", {"kind": "ranks", "by_size": by_size}, excludes=["co"]),
    ]
    desk = meet(workspace, {f"u{n}": 100 - n for n in range(1, size + 1)}, tree(base=base))
    assert list(lines(desk, "bk")) == rewarded


@pytest.mark.parametrize(("flags", "places"), [(17, 3), (4, 0)])
def test_a_share_of_the_flags_is_rounded_down(
    workspace: Workspace, flags: int, places: int
) -> None:
    """A15, CĐ: Cờ Chính phủ "không quá" 20 %: of 17 flags 3,4 → 3; of 4 flags 0,8 → 0."""
    share = {"kind": "percent", "percent": 20, "of": "co"}
    base = [
        b.direct("1", 100),
        b.award("co", b.fixed(1)),
        b.award("cp", share, scope="province", among="co"),
    ]
    where = {f"u{n}": f"k{n}" for n in range(flags)}
    desk = meet(
        workspace, {f"u{n}": 99 - n for n in range(flags)}, tree(base=base), where, sealed=False
    )
    used = table(desk, "cp").places
    assert used is not None
    assert (used.base, used.count, len(table(desk, "cp").proposed)) == (flags, places, places)


def test_held_and_tied_units_stand_with_what_either_answer_brings(workspace: Workspace) -> None:
    desk = meet(workspace, LEVEL)
    do(desk, plan_case(desk, "c", "cx", "3/CV"))
    tied = table(desk, "co").waiting
    assert [(w.line.unit, w.question and w.question.id) for w in tied] == [
        ("a", "tie:co:a+b"),
        ("b", "tie:co:a+b"),
    ]
    assert [t.step for t in table(desk, "co").ties] == ["ballot"]
    decide_by_ballot(desk, a=5, b=4)
    record(desk, "quotas", [{"award": "bk", "count": 2}])
    (held,) = table(desk, "bk").waiting
    assert held.question is not None
    assert (held.line.unit, [o.choice for o in held.question.outcomes]) == (
        "c",
        ["held", "passed_on"],
    )


def test_past_awards_are_known(workspace: Workspace) -> None:
    """BK: achievement reports name earlier decisions; received ones are noted or of this book."""
    desk = meet(workspace, POINTS)
    propose(desk, DAY)
    decide_proposals(desk, [of(desk, "a").id], "77/QĐ-UBND", DAY, "UBND tỉnh")
    row = {"id": "kt1", "unit": "a", "award": "co", "stage": "received", "year": "2024"}
    record(desk, "awards", [row])
    later, _ = open_year(workspace, COUNTER, year_record("2027"))
    adopt_pack(later, Path(workspace.folder).parent / "bang.toml")
    add_clusters(later, list(desk.clusters.values()))
    add_units(later, list(desk.units.values()))
    past = past_awards(later)
    assert past["a"] == (PastAward("2026", "Khen co", "77/QĐ-UBND"), PastAward("2024", "Khen co"))
    assert past["b"] == (PastAward("2026", "Khen bk", "", "đã đề nghị"),)
    assert past["c"] == ()


def test_past_awards_are_followed_through_the_mergers_of_earlier_years(
    workspace: Workspace,
) -> None:
    """a has the flag of 2026 and becomes m in 2027; m becomes n in 2028; c was never any of them."""
    desk = meet(workspace, POINTS)
    propose(desk, DAY)
    decide_proposals(desk, [of(desk, "a").id], "77/QĐ-UBND", DAY, "UBND tỉnh")
    members = list(desk.units.values())
    for year, old, new in (("2027", "a", "m"), ("2028", "m", "n")):
        desk, _ = open_year(workspace, COUNTER, year_record(year))
        adopt_pack(desk, Path(workspace.folder).parent / "bang.toml")
        add_clusters(desk, [Cluster("k1", "Cụm k1")])
        add_units(desk, members)
        merge_units(
            desk, [old], Unit(new, f"Sở {new.upper()}", "k1"), dt.date(int(year), 6, 1), follow=None
        )
        members = [Unit(new, f"Sở {new.upper()}", "k1"), *(u for u in members if u.id != old)]
    assert past_awards(desk)["n"] == (PastAward("2026", "Khen co", "77/QĐ-UBND"),)
    assert past_awards(desk)["c"] == ()
    third, _ = open_year(workspace, COUNTER, year_record("2029"))
    adopt_pack(third, Path(workspace.folder).parent / "bang.toml")
    add_clusters(third, [Cluster("k1", "Cụm k1")])
    add_units(third, members)
    past = past_awards(third)
    assert past["n"] == (PastAward("2026", "Khen co", "77/QĐ-UBND"),)
    assert past["b"] == (PastAward("2026", "Khen bk", "", "đã đề nghị"),)


# ------------------------------------------------------------------ pinning


def test_proposals_are_pinned_to_result_and_journal(workspace: Workspace) -> None:
    desk = meet(workspace, POINTS)
    head = desk.workspace.head
    propose(desk, DAY)
    assert kept(desk) == [("co", "a", "proposed", None), ("bk", "b", "proposed", None)]
    found = of(desk, "a")
    assert (found.digest, found.head, found.place, found.made_by) == (
        digest_of(result_of(desk)),
        head,
        1,
        COUNTER,
    )
    assert stand(desk) is ProposalsStand.CURRENT
    assert propose(desk, DAY).operation is None, "the same again changes nothing"


def test_nothing_is_proposed_from_rounds_that_are_not_sealed(workspace: Workspace) -> None:
    desk = meet(workspace, POINTS, sealed=False)
    with pytest.raises(UserError) as fault:
        propose(desk, DAY)
    assert codes(fault) == ["proposal_not_sealed"] * 4
    assert stand(desk) is ProposalsStand.NONE


def test_every_reason_is_told_at_once(workspace: Workspace) -> None:
    desk = meet(workspace, LEVEL)
    opened(desk)
    reopen_round(desk, "final", ["d"], DAY, "xem lại")
    with pytest.raises(UserError) as fault:
        propose(desk, DAY)
    assert set(codes(fault)) == {
        "proposal_not_sealed",
        "proposal_provisional",
        "proposal_ballot_open",
    }
    assert "Sở D" in told(fault)
    assert "Sở A, Sở B bằng nhau" in told(fault)
    places = {f.code: f.place for f in fault.value.findings}
    assert places["proposal_provisional"] == "Sở A, Sở B"


def test_a_ballot_counts_for_a_proposal_once_it_is_confirmed(workspace: Workspace) -> None:
    desk = meet(workspace, LEVEL)
    sheet = opened(desk)
    count(desk, sheet.id, a=3, b=6)
    with pytest.raises(UserError) as fault:
        propose(desk, DAY)
    assert codes(fault) == ["proposal_ballot_unconfirmed"]
    confirm(desk, sheet.id)
    propose(desk, DAY)
    assert kept(desk) == [("co", "b", "proposed", None), ("bk", "a", "proposed", None)]


def test_a_ballot_that_was_only_noted_down_is_not_confirmed(workspace: Workspace) -> None:
    desk = meet(workspace, LEVEL)
    record(desk, "ballots", [{"purpose": "tie", "award": "co", "votes": {"a": 3, "b": 6}}])
    with pytest.raises(UserError) as fault:
        propose(desk, DAY)
    assert codes(fault) == ["proposal_ballot_unconfirmed"]
    assert "ghi thẳng vào sổ" in told(fault)


def test_one_cluster_may_propose_before_the_others(workspace: Workspace) -> None:
    where = {"c": "k2", "d": "k2"}
    desk = meet(workspace, POINTS, clusters=where)
    reopen_round(desk, "final", ["d"], DAY, "xem lại")
    propose(desk, DAY, ["k1"])
    assert {p.cluster for p in desk.workspace.read(books.PROPOSALS, "2026")} == {"k1"}
    assert stand(desk) is ProposalsStand.CURRENT
    with pytest.raises(UserError) as fault:
        propose(desk, DAY)
    assert codes(fault) == ["proposal_not_sealed"]


# ------------------------------------------------------------------ still what the data say?


def test_other_scores_outdate_the_proposals_unit_by_unit(workspace: Workspace) -> None:
    desk = meet(workspace, POINTS)
    propose(desk, DAY)
    rescore(desk, a=85)
    found = proposal_state(desk)
    assert (found.stand, found.printable) == (ProposalsStand.OUTDATED, False)
    assert [(x.award, x.unit, x.why) for x in found.outdated] == [
        ("bk", "b", "Khen bk: đã đề nghị, không còn đứng ở mức này"),
        ("co", "a", "Khen co: đã đề nghị, nay dự bị (Dự bị theo thứ tự xếp hạng)"),
        ("co", "b", "Khen co: số liệu đề nghị (Xếp thứ 1) nhưng chưa lập đề nghị"),
        ("bk", "a", "Khen bk: số liệu đề nghị (Xếp thứ 2) nhưng chưa lập đề nghị"),
    ]
    with pytest.raises(UserError) as fault:
        propose(desk, DAY)
    assert codes(fault) == ["reason_missing"]
    propose(desk, DAY, reason="điều chỉnh điểm theo kết luận 5/KL")
    assert kept(desk) == [
        ("co", "a", "withdrawn", None),
        ("bk", "b", "withdrawn", None),
        ("co", "b", "proposed", "dn1"),
        ("bk", "a", "proposed", "dn2"),
    ]
    assert stand(desk) is ProposalsStand.CURRENT


def test_a_reopened_round_outdates_them_even_where_nothing_moved(workspace: Workspace) -> None:
    desk = meet(workspace, POINTS)
    propose(desk, DAY)
    reopen_round(desk, "final", ["d"], DAY, "xem lại")
    found = proposal_state(desk)
    assert (found.stand, found.outdated) == (ProposalsStand.OUTDATED, ())
    assert any("Sở D chưa chốt điểm" in why for why in found.reasons)


def test_scores_that_move_nobody_leave_them_and_say_so(workspace: Workspace) -> None:
    desk = meet(workspace, POINTS)
    propose(desk, DAY)
    rescore(desk, d=71)
    assert stand(desk) is ProposalsStand.UNAFFECTED
    propose(desk, DAY)
    assert stand(desk) is ProposalsStand.CURRENT


def test_a_void_or_cancelled_ballot_outdates_them(workspace: Workspace) -> None:
    desk = meet(workspace, LEVEL)
    sheet = decide_by_ballot(desk, a=3, b=6)
    propose(desk, DAY)
    rescore(desk, a=92, b=92)
    found = proposal_state(desk)
    assert found.stand is ProposalsStand.OUTDATED
    assert any("bằng nhau" in why for why in found.reasons)
    rescore(desk, a=90, b=90)
    assert stand(desk) is ProposalsStand.CURRENT, "the very data again"
    do(desk, plan_cancelled(desk, sheet.id, "sai mẫu"))
    assert stand(desk) is ProposalsStand.OUTDATED


# ------------------------------------------------------------------ places given up


def test_a_place_passes_to_the_reserve_as_the_pack_says(workspace: Workspace) -> None:
    """Issue 5.3: what happens if a unit withdraws; with a reserve list, it moves up."""
    desk = meet(workspace, POINTS)
    propose(desk, DAY)
    plan = plan_withdrawn(desk, of(desk, "a").id, PAPER)
    assert "Sở B, Khen co: dự bị → đề nghị (Xếp thứ 2)" in plan.consequences
    assert (lines(desk, "co"), stand(desk)) == ({"a": P, "b": R}, ProposalsStand.CURRENT)
    do(desk, plan)
    # a is now a candidate for the certificate, whose one place it takes from b
    assert (lines(desk, "co"), lines(desk, "bk")) == (
        {"a": X, "b": P, "c": R},
        {"a": P, "c": R},
    )
    assert kept(desk) == [
        ("co", "a", "withdrawn", None),
        ("bk", "b", "withdrawn", None),
        ("co", "b", "proposed", "dn1"),
        ("bk", "a", "proposed", "dn2"),
    ]
    assert (stand(desk), ranks(desk)["a"]) == (ProposalsStand.CURRENT, 1)
    assert of(desk, "a").reason == "xin rút"


def test_a_place_stays_empty_where_that_was_decided(workspace: Workspace) -> None:
    desk = meet(workspace, POINTS)
    propose(desk, DAY)
    ruling = Ruling("Chủ tịch UBND tỉnh", "31/TB", LATER, "left_empty", "xin rút")
    do(desk, plan_withdrawn(desk, of(desk, "a").id, ruling))
    assert lines(desk, "co") == {"a": X, "b": R}
    assert [p.unit for p in desk.workspace.read(books.PROPOSALS, "2026") if p.award == "co"] == [
        "a"
    ]
    (decision,) = desk.workspace.read(books.DECISIONS, "2026")
    assert (decision.question, decision.outcome, decision.by) == (
        "place:co:a",
        "left_empty",
        "Chủ tịch UBND tỉnh",
    )
    assert stand(desk) is ProposalsStand.CURRENT


def test_a_place_is_never_passed_on_silently(workspace: Workspace) -> None:
    desk = meet(workspace, POINTS, tree(base=rows(reserve=0)))
    propose(desk, DAY)
    with pytest.raises(UserError) as fault:
        plan_withdrawn(desk, of(desk, "a").id, PAPER)
    assert codes(fault) == ["place_undecided"]
    for wrong in (Ruling("", "1", DAY, "passed_on", "x"), Ruling("A", "", DAY, "passed_on", "x"),
                  Ruling("A", "1", DAY, "passed_on")):  # fmt: skip
        with pytest.raises(UserError) as fault:
            plan_withdrawn(desk, of(desk, "a").id, wrong)
        assert codes(fault) == ["reference_missing"]
    with pytest.raises(UserError) as fault:
        plan_withdrawn(desk, "dn9", PAPER)
    assert codes(fault) == ["proposal_unknown"]


def test_a_unit_that_is_barred_after_the_conference_leaves_all_its_places(
    workspace: Workspace,
) -> None:
    """Issue 5.1, 5.3: barred later; the place passes on, the consequences are seen and kept."""
    desk = meet(workspace, POINTS)
    propose(desk, DAY)
    ruling = Ruling("Chủ tịch UBND tỉnh", "40/QĐ", LATER)
    plan = plan_barred_after(desk, "a", "kx", ruling)
    assert "Sở A: hạng 1 → không xếp hạng" in plan.consequences
    assert any("Sở B, Khen co: dự bị → đề nghị" in words for words in plan.consequences)
    done = do(desk, plan)
    assert done.operation is not None
    assert "Sở B, Khen co" in done.operation.parameters["consequences"]
    assert (lines(desk, "co"), lines(desk, "bk")) == (
        {"a": X, "b": P, "c": R},
        {"a": X, "c": P, "d": R},
    )
    assert kept(desk) == [
        ("co", "a", "barred", None),
        ("bk", "b", "withdrawn", None),
        ("co", "b", "proposed", "dn1"),
        ("bk", "c", "proposed", "dn2"),
    ]
    assert stand(desk) is ProposalsStand.CURRENT
    with pytest.raises(UserError) as fault:
        plan_barred_after(desk, "a", "kx", ruling)
    assert codes(fault) == ["case_recorded"]
    assert desk.workspace.undo(COUNTER) is not None
    assert (stand(desk), lines(desk, "co")) == (ProposalsStand.CURRENT, {"a": P, "b": R})


def test_the_place_of_a_barred_unit_may_stay_empty(workspace: Workspace) -> None:
    desk = meet(workspace, POINTS)
    propose(desk, DAY)
    ruling = Ruling("Chủ tịch UBND tỉnh", "40/QĐ", LATER, "left_empty")
    do(desk, plan_barred_after(desk, "a", "kx", ruling))
    assert lines(desk, "co") == {"a": X, "b": R}
    assert kept(desk) == [("co", "a", "barred", None), ("bk", "b", "proposed", None)]
    assert stand(desk) is ProposalsStand.CURRENT


def test_the_winner_of_a_ballot_that_is_barred_leaves_the_ballot_void(workspace: Workspace) -> None:
    desk = meet(workspace, LEVEL)
    sheet = decide_by_ballot(desk, a=3, b=6)
    propose(desk, DAY)
    plan = plan_barred_after(desk, "b", "kx", Ruling("Chủ tịch", "40/QĐ", LATER, "passed_on"))
    assert any("không còn giá trị" in words for words in plan.consequences)
    do(desk, plan)
    (found,) = [v for v in ballot_views(desk) if v.sheet.id == sheet.id]
    assert found.state is BallotState.VOID
    assert (lines(desk, "co")["a"], stand(desk)) == (P, ProposalsStand.CURRENT)


def test_heirs_that_are_level_wait_for_a_ballot_of_their_own(workspace: Workspace) -> None:
    desk = meet(workspace, {"a": 95, "b": 90, "c": 90, "d": 70}, tree(base=rows()[:-1]))
    propose(desk, DAY)
    do(desk, plan_withdrawn(desk, of(desk, "a").id, PAPER))
    assert lines(desk, "co") == {"a": X, "b": T, "c": T, "d": R}
    assert kept(desk) == [("co", "a", "withdrawn", None)]
    assert stand(desk) is ProposalsStand.OUTDATED
    decide_by_ballot(desk, b=6, c=1)
    propose(desk, DAY)
    assert kept(desk)[1:] == [("co", "b", "proposed", None)]
    assert stand(desk) is ProposalsStand.CURRENT


def test_a_decision_on_proposals_is_recorded_with_number_and_day(workspace: Workspace) -> None:
    desk = meet(workspace, POINTS)
    propose(desk, DAY)
    step = next(s for s in year_steps(desk, board_of(desk), result_of(desk)) if s.id == "awards")
    assert step.missing == "Đã ghi 2 đề nghị, 0 quyết định."
    ids = [p.id for p in desk.workspace.read(books.PROPOSALS, "2026")]
    decide_proposals(desk, ids, "77/QĐ-UBND", dt.date(2027, 1, 20))
    assert {p.state for p in desk.workspace.read(books.PROPOSALS, "2026")} == {
        ProposalState.DECIDED
    }
    decided = desk.workspace.read(books.AWARDS, "2026")
    assert [(r.unit, r.award, r.stage) for r in decided] == [
        ("a", "co", AwardStage.DECIDED),
        ("b", "bk", AwardStage.DECIDED),
    ]
    assert stand(desk) is ProposalsStand.CURRENT
    step = next(s for s in year_steps(desk, board_of(desk), result_of(desk)) if s.id == "awards")
    assert step.state is StepState.DONE
    with pytest.raises(UserError) as fault:
        decide_proposals(desk, ids, "78/QĐ-UBND", LATER)
    assert codes(fault) == ["proposal_unknown"]


# ------------------------------------------------------------------ late bonus, late deduction


def late_table(choice: str) -> b.Tree:
    return tree(
        b.bonus_item("hd", {"kind": "points", "range": {"ge": 0, "le": 10}}, max=10),
        b.deduction_item("cc", {"kind": "per_count", "points": 5}),
        scoring={"rerank_after_ballot": choice, "late_items": ["hd", "cc"], "total_max": 110},
    )


def council_bonus(desk: Desk, unit: str, points: int) -> None:
    record(desk, "bonus", [{"unit": unit, "item": "hd", "points": points, "reason": "HĐ"}])


def test_a_late_bonus_ranks_anew_and_voids_the_ballot(workspace: Workspace) -> None:
    """A41, BG bonus (d): re-rank; ballots void, as recorded."""
    desk = meet(workspace, LEVEL, late_table("rerank"))
    sheet = decide_by_ballot(desk, a=3, b=6)
    propose(desk, DAY)
    council_bonus(desk, "a", 5)
    (found,) = [v for v in ballot_views(desk) if v.sheet.id == sheet.id]
    assert (found.state, "từ 90,00 thành 95,00" in found.why) == (BallotState.VOID, True)
    assert (lines(desk, "co")["a"], stand(desk)) == (P, ProposalsStand.OUTDATED)


def test_a_late_bonus_may_leave_ranking_and_ballot_as_they_were(workspace: Workspace) -> None:
    """A41, settable: not re-ranked."""
    desk = meet(workspace, LEVEL, late_table("keep"))
    sheet = decide_by_ballot(desk, a=3, b=6)
    propose(desk, DAY)
    council_bonus(desk, "a", 5)
    (found,) = [v for v in ballot_views(desk) if v.sheet.id == sheet.id]
    assert (found.state, lines(desk, "co")["b"]) == (BallotState.DECIDES, P)
    assert result_of(desk).units["a"].card.total == 95
    assert stand(desk) is ProposalsStand.UNAFFECTED


@pytest.mark.parametrize(("answer", "winner"), [("rerank", "a"), ("keep", "b")])
def test_a_late_bonus_asks_where_the_text_is_silent(
    workspace: Workspace, answer: str, winner: str
) -> None:
    """A41, default: an open question; both answers are shown, one is recorded with its paper."""
    desk = meet(workspace, LEVEL, late_table("open"))
    decide_by_ballot(desk, a=3, b=6)
    propose(desk, DAY)
    council_bonus(desk, "a", 5)
    found = proposal_state(desk)
    assert found.stand is ProposalsStand.OUTDATED
    assert any("có sau hội nghị" in why for why in found.reasons)
    (question,) = result_of(desk).open_questions
    assert [o.choice for o in question.outcomes] == ["rerank", "keep"]
    do(desk, plan_decision(desk, question.id, answer, "Hội đồng", "50/BB"))
    assert {u for u, s in lines(desk, "co").items() if s == P} == {winner}
    assert stand(desk) is (
        ProposalsStand.UNAFFECTED if answer == "keep" else ProposalsStand.OUTDATED
    )


def test_a_late_deduction_counts_alike(workspace: Workspace) -> None:
    """A41, BG deduction (c): the structure of awards is looked at after the conference."""
    desk = meet(workspace, POINTS, late_table("rerank"))
    propose(desk, DAY)
    record(desk, "deductions", [{"unit": "a", "item": "cc", "count": 2, "reason": "cơ cấu"}])
    # 95 − 2 × 5 = 85: behind b with 90
    assert (lines(desk, "co")["b"], stand(desk)) == (P, ProposalsStand.OUTDATED)
