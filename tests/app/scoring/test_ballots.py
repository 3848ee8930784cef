"""Counting ballots: numbers that reconcile, bases, thresholds, quorum, written votes, forms."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.snapshot import Ballot
from app.scoring.assessment import BallotResult
from tests.builders import assess, ballot, codes, direct, entry, pack, snapshot, units


def counted(vote: Ballot, **rule: Any) -> BallotResult:
    (result,) = result_of(vote, **rule).ballots
    return result


def result_of(vote: Ballot, **rule: Any) -> Any:
    head = {"ballots": [{"purpose": vote.purpose, **rule}]} if rule else {}
    scores = [entry(f"u{n}", "1", points=n) for n in (1, 2, 3)]
    return assess(snapshot(units(3), scores, vote), pack(direct("1", 10), **head))


def elect(counts: dict[str, int] | None = None, **more: Any) -> Ballot:
    return ballot("leader", counts=counts, **more)


def test_what_a_ballot_came_to_is_told_in_names() -> None:
    assert counted(elect(u1=5, u2=4)).why == "Đơn vị u1: 5 phiếu, Đơn vị u2: 4 phiếu"
    void = result_of(approve(6, 4, valid=9))
    (fault,) = [f for f in void.findings if f.code == "ballot_not_reconciled"]
    assert "Đơn vị u1 có 10 phiếu, nhiều hơn 9 phiếu hợp lệ" in fault.message


# ------------------------------------------------------------------ choosing


@pytest.mark.parametrize(
    ("votes", "outcome", "elected"),
    [
        ({"u1": 5, "u2": 4}, "elected", ("u1",)),
        ({"u1": 4, "u2": 4}, "tied", ()),
        ({"u1": 0, "u2": 0}, "tied", ()),
        ({"u1": 9}, "elected", ("u1",)),
    ],
)
def test_without_a_threshold_the_most_votes_win(
    votes: dict[str, int], outcome: str, elected: tuple[str, ...]
) -> None:
    done = counted(elect(**votes))
    assert (done.outcome, done.elected, done.needed) == (outcome, elected, None)


BASES = {"members": 12, "present": 11, "issued": 10, "returned": 9, "valid": 9}


@pytest.mark.parametrize(
    ("base", "base_count", "needed"),
    [("members", 12, 6), ("present", 11, 6), ("issued", 10, 5), ("valid", 9, 5)],
)
def test_the_base_of_a_percentage_is_the_pack_s(base: str, base_count: int, needed: int) -> None:
    # 50 %: 6 of 12; 5,5 → 6 of 11; 5 of 10; 4,5 → 5 of 9
    done = counted(elect(BASES, u1=5, u2=4), percent=50, base=base)
    assert (done.base, done.base_count, done.needed) == (base, base_count, needed)
    assert done.outcome == ("elected" if needed <= 5 else "failed")


@pytest.mark.parametrize(
    ("strict", "needed", "outcome"), [(False, 5, "elected"), (True, 6, "failed")]
)
def test_a_strict_threshold_asks_for_more(strict: bool, needed: int, outcome: str) -> None:
    done = counted(elect({"valid": 10}, u1=5, u2=5, u3=0), percent=50, strict=strict)
    assert (done.needed, done.outcome) == (needed, "tied" if not strict else "failed")


def test_eighty_percent_of_all_members_with_absentees_in_writing() -> None:
    # 11 members: 8,8 → 9 votes; 8 in the hall and 1 in writing
    counts = {"members": 11, "present": 9, "issued": 9, "returned": 9, "valid": 9, "invalid": 0, "blank": 0, "written_returned": 2}  # fmt: skip
    vote = ballot(
        "award", "co", 1, "approve", counts=counts, u1=8, against={"u1": 1}, written={"u1": 1},
        written_against={"u1": 1},
    )  # fmt: skip
    rule = {"percent": 80, "base": "members", "form": "approve"}
    done = counted(vote, **rule)
    assert (done.votes, done.needed, done.outcome) == ({"u1": 9}, 9, "passed")
    without = counted(vote, **rule, written=False)
    assert (without.votes, without.needed, without.outcome) == ({"u1": 8}, 9, "failed")


def test_written_votes_count_in_the_base_where_they_count_at_all() -> None:
    counts = {"members": 12, "present": 10, "valid": 10, "written_returned": 2}
    vote = elect(counts, u1=6, u2=4, written={"u1": 1, "u2": 1})
    with_them = counted(vote, percent=50, strict=True)
    assert (with_them.base_count, with_them.needed, with_them.outcome) == (12, 7, "elected")
    without = counted(vote, percent=50, strict=True, written=False)
    assert (without.base_count, without.needed, without.outcome) == (10, 6, "elected")


# ------------------------------------------------------------------ approving


def approve(yes: int, no: int, **counts: int) -> Ballot:
    return ballot("award", "co", 1, "approve", counts=counts, u1=yes, against={"u1": no})


@pytest.mark.parametrize(
    ("yes", "no", "outcome"), [(5, 4, "passed"), (4, 4, "failed"), (0, 9, "failed")]
)
def test_without_a_threshold_more_must_agree_than_not(yes: int, no: int, outcome: str) -> None:
    assert counted(approve(yes, no)).outcome == outcome


def test_papers_may_abstain_on_one_candidate() -> None:
    assert counted(approve(5, 2, valid=9), percent=50).outcome == "passed"


# ------------------------------------------------------------------ numbers that do not reconcile


@pytest.mark.parametrize(
    "counts",
    [
        {"members": 8, "present": 9},
        {"present": 8, "issued": 9},
        {"issued": 8, "returned": 9},
        {"returned": 8, "valid": 9},
        {"members": 8, "valid": 9},
        {"returned": 9, "valid": 9, "invalid": 1, "blank": 0},
        {"returned": 12, "valid": 9, "invalid": 1, "blank": 1},
        {"valid": 8},
        {"valid": 10},
        {"returned": 8},
        {"members": 10, "present": 9, "valid": 9, "written_returned": 2},
    ],
)
def test_a_ballot_that_does_not_reconcile_is_void(counts: dict[str, int]) -> None:
    done = result_of(elect(counts, u1=5, u2=4))
    assert [b.outcome for b in done.ballots] == ["void"]
    assert codes(done) == ["ballot_not_reconciled"]


@pytest.mark.parametrize(
    "counts",
    [
        {},
        {"valid": 9},
        {"returned": 11, "valid": 9, "invalid": 1, "blank": 1},
        {"returned": 11, "valid": 9, "invalid": 1},
        {"members": 12, "present": 11, "issued": 10, "returned": 9},
        {"members": 11, "present": 9, "valid": 9, "written_returned": 2},
    ],
)
def test_what_was_not_recorded_is_no_contradiction(counts: dict[str, int]) -> None:
    assert counted(elect(counts, u1=5, u2=4)).outcome == "elected"


def test_nobody_has_more_votes_than_there_are_papers() -> None:
    assert counted(approve(6, 4, valid=9)).outcome == "void"
    written = elect({"valid": 9, "written_returned": 1}, u1=5, u2=4, written={"u1": 2})
    assert counted(written).outcome == "void"


def test_written_votes_need_absent_members() -> None:
    counts = {"members": 9, "present": 9, "valid": 9}
    assert counted(elect(counts, u1=5, u2=4, written={"u1": 1})).outcome == "void"


def test_a_percentage_without_its_base_is_void() -> None:
    done = result_of(elect({"valid": 9}, u1=5, u2=4), percent=50, base="members")
    assert [b.outcome for b in done.ballots] == ["void"]
    assert codes(done) == ["ballot_not_reconciled"]


# ------------------------------------------------------------------ quorum


@pytest.mark.parametrize(
    ("present", "strict", "met"),
    [(8, False, True), (7, False, False), (8, True, False), (9, True, True)],
)
def test_a_quorum_of_the_members(present: int, strict: bool, met: bool) -> None:
    # two thirds of 12 are 8
    quorum = (
        {"percent": "66.66", "strict": strict}
        if not strict
        else {"percent": "66.7", "strict": True}
    )
    vote = elect({"members": 12, "present": present}, u1=5, u2=2)
    done = counted(vote, quorum=quorum)
    assert done.quorum is not None
    needed = 9 if strict else 8
    assert (done.quorum.base, done.quorum.needed, done.quorum.present) == (12, needed, present)
    assert (done.quorum.met, done.outcome) == (met, "elected" if met else "no_quorum")


def test_a_quorum_may_count_the_papers_returned_and_the_written_opinions() -> None:
    counts = {"members": 12, "present": 8, "issued": 8, "returned": 7, "written_returned": 1}
    vote = elect(counts, u1=5, u2=2, written={"u1": 1})
    done = counted(vote, quorum={"percent": 60, "counted": "returned"})
    assert done.quorum is not None
    assert (done.quorum.present, done.quorum.met) == (8, True)
    without = counted(vote, quorum={"percent": 60, "counted": "returned"}, written=False)
    assert without.outcome == "no_quorum"


@pytest.mark.parametrize("counts", [{}, {"members": 12}, {"present": 9}])
def test_a_quorum_that_cannot_be_checked_is_not_assumed(counts: dict[str, int]) -> None:
    done = result_of(elect(counts, u1=5, u2=2), quorum={"percent": 60})
    assert [b.outcome for b in done.ballots] == ["void"]
    assert codes(done) == ["ballot_not_reconciled"]


# ------------------------------------------------------------------ which rule


def test_the_rule_for_the_award_goes_before_the_general_one() -> None:
    rules = pack(
        direct("1", 10),
        ("awards", {"id": "co", "title": "Cờ", "places": {"kind": "fixed", "count": 0}}),
        ballots=[
            {"purpose": "award", "percent": 90},
            {"purpose": "award", "award": "co", "percent": 50},
        ],
    )
    vote = ballot("award", "co", 1, "approve", counts={"valid": 10}, u1=6, against={"u1": 4})
    (done,) = assess(snapshot(units(1), vote), rules).ballots
    assert (done.needed, done.outcome) == (5, "passed")


def test_an_overlay_says_what_the_main_pack_leaves_unsaid() -> None:
    main = pack(direct("1", 10), ballots=[{"purpose": "leader", "percent": 50}])
    overlay = pack(
        kind="overlay", id="quy-trinh",
        ballots=[
            {"purpose": "leader", "percent": 90, "base": "members"},
            {"purpose": "deputy", "percent": 90, "base": "members"},
        ],
    )  # fmt: skip
    votes = [
        ballot(purpose, counts={"members": 10, "valid": 9}, u1=6, u2=3)
        for purpose in ("leader", "deputy")
    ]
    done = assess(snapshot(units(2), votes), main, (overlay,))
    assert {b.purpose: (b.base, b.needed, b.outcome) for b in done.ballots} == {
        "leader": ("members", 5, "elected"),
        "deputy": ("members", 9, "failed"),
    }
