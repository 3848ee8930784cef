"""Ties at the cut: the chain, ballots that tie again, keys, decisions, what waits below."""

from __future__ import annotations

from typing import Any

import pytest

from app.scoring.assessment import Assessment, Tie
from tests.builders import (
    assess,
    award,
    ballot,
    codes,
    decision,
    direct,
    entry,
    fixed,
    lines,
    pack,
    questions,
    quota,
    ranks,
    snapshot,
    standing,
    standing_case,
    unit,
    units,
)

P, H, T, R, X = "proposed", "held", "tied", "reserve", "refused"
BALLOT = {"step": "ballot"}
AUTHORITY = {"step": "authority"}
WOMEN = {"step": "keys", "keys": [{"by": "attribute", "of": "women", "at": {"ge": 70}}]}


def tied(
    points: list[int], *facts: Any, chain: Any = (BALLOT,), rows: Any = (), **head: Any
) -> Assessment:
    given = [f for f in facts if type(f).__name__ == "Unit"] or units(len(points))
    rest = [f for f in facts if type(f).__name__ != "Unit"]
    entries = [entry(f"u{n}", "1", points=p) for n, p in enumerate(points, 1)]
    rules = pack(
        direct("1", 100), *(rows or [award("co", fixed(1))]), ties={"chain": list(chain)}, **head
    )
    return assess(snapshot(given, rest, entries), rules)


def the_tie(done: Assessment) -> Tie:
    (tie,) = done.ties
    return tie


def vote(number: int = 1, award_id: str = "co", **votes: int) -> Any:
    return ballot("tie", award_id, number, **votes)


# ------------------------------------------------------------------ unresolved


@pytest.mark.parametrize("chain", [(), (BALLOT,), (AUTHORITY,), (WOMEN, BALLOT)])
def test_a_tie_across_the_cut_stops(chain: Any) -> None:
    done = tied([9, 9, 8], chain=chain)
    tie = the_tie(done)
    assert (tie.id, tie.units, tie.resolved_by, tie.winner) == (
        "tie:co:u1+u2",
        ("u1", "u2"),
        None,
        None,
    )
    assert lines(done, "co") == {"u1": T, "u2": T}
    assert questions(done) == ["tie:co:u1+u2"]
    assert done.provisional
    assert ranks(done) == {"u1": 1, "u2": 1, "u3": 3}


def test_the_id_of_a_tie_does_not_depend_on_the_order_of_units() -> None:
    rules = pack(direct("1", 10), award("co", fixed(1)))
    facts = snapshot(
        unit("z"), unit("b"), unit("a10"), *(entry(u, "1", points=5) for u in ("z", "b", "a10"))
    )
    assert questions(assess(facts, rules)) == ["tie:co:a10+b+z"]


def test_a_tie_with_nothing_at_stake_is_no_tie() -> None:
    for points, count in (([9, 9, 8], 2), ([9, 8, 8], 1), ([9, 9], 0)):
        done = tied(points, rows=[award("co", fixed(count))])
        assert (done.ties, questions(done)) == ((), [])
    assert tied([9, 8, 8]).units["u2"].tied_with == ("u3",)


# ------------------------------------------------------------------ ballots


def test_a_ballot_settles_the_tie() -> None:
    done = tied([9, 9, 8], vote(u1=3, u2=6))
    tie = the_tie(done)
    assert (tie.resolved_by, tie.winner, tie.winners) == ("ballot", "u2", ("u2",))
    assert (lines(done, "co"), questions(done), done.provisional) == ({"u2": P}, [], False)
    assert [(b.outcome, b.votes, b.elected) for b in done.ballots] == [
        ("elected", {"u1": 3, "u2": 6}, ("u2",))
    ]


def test_a_ballot_that_ties_again_is_followed_by_the_next_step() -> None:
    level = vote(u1=4, u2=4)
    stopped = tied([9, 9], level)
    assert questions(stopped) == ["tie:co:u1+u2"]
    assert [b.outcome for b in stopped.ballots] == ["tied"]
    second = tied([9, 9], level, vote(2, u1=3, u2=5), chain=[{"step": "ballot", "max": 2}])
    assert the_tie(second).winner == "u2"
    members = [unit("u1", women=80), unit("u2", women=10)]
    keys = tied([9, 9], *members, level, chain=[BALLOT, WOMEN])
    assert (the_tie(keys).winner, the_tie(keys).resolved_by) == ("u1", "keys")
    decided = tied([9, 9], level, decision("tie:co:u1+u2", "u1"), chain=[BALLOT, AUTHORITY])
    assert (the_tie(decided).winner, the_tie(decided).resolved_by) == ("u1", "decision")


def test_a_ballot_beyond_the_limit_is_told_and_not_counted() -> None:
    done = tied([9, 9], vote(u1=4, u2=4), vote(2, u1=3, u2=5))
    assert questions(done) == ["tie:co:u1+u2"]
    assert codes(done) == ["ballot_beyond_limit"]
    assert [(b.outcome, b.why) for b in done.ballots][1] == (
        "void",
        "đã quá số lần bỏ phiếu cho phép (1 lần)",
    )
    rule = {"ballots": [{"purpose": "tie", "max": 2}]}
    assert the_tie(tied([9, 9], vote(u1=4, u2=4), vote(2, u1=3, u2=5), **rule)).winner == "u2"


def test_a_later_ballot_step_counts_the_next_ballots() -> None:
    members = [unit("u1", women=1), unit("u2", women=2)]
    chain = [BALLOT, WOMEN, BALLOT]
    done = tied([9, 9], *members, vote(u1=4, u2=4), vote(2, u1=5, u2=3), chain=chain)
    # the key (70 % women) leaves both level; the second ballot decides
    assert (the_tie(done).winner, the_tie(done).resolved_by) == ("u1", "ballot")


def test_a_ballot_on_other_units_is_void() -> None:
    for wrong in (vote(u1=4, u3=5), vote(u1=4, u2=3, u3=5)):
        done = tied([9, 9, 8], wrong)
        assert questions(done) == ["tie:co:u1+u2"]
        assert [b.outcome for b in done.ballots] == ["void"]


def test_a_second_ballot_may_be_among_those_still_level() -> None:
    first = vote(u1=4, u2=4, u3=1)
    chain = [{"step": "ballot", "max": 2}]
    done = tied([9, 9, 9], first, vote(2, u1=2, u2=7), chain=chain)
    assert the_tie(done).winner == "u2"
    # the whole group may be asked again, but only those still level can win
    again = tied([9, 9, 9], first, vote(2, u1=2, u2=3, u3=9), chain=chain)
    assert questions(again) == ["tie:co:u1+u2+u3"]


def test_several_places_in_one_tie() -> None:
    rows = [award("co", fixed(2))]
    done = tied([9, 9, 9, 8], vote(u1=1, u2=5, u3=4), rows=rows)
    assert (lines(done, "co"), the_tie(done).winners, the_tie(done).winner) == (
        {"u2": P, "u3": P},
        ("u2", "u3"),
        None,
    )
    part = tied([9, 9, 9, 8], vote(u1=3, u2=5, u3=3), rows=rows)
    assert lines(part, "co") == {"u2": P, "u1": T, "u3": T}
    assert questions(part) == ["tie:co:u1+u2+u3"]
    decided = tied(
        [9, 9, 9, 8], vote(u1=3, u2=5, u3=3), decision("tie:co:u1+u2+u3", "u3"), rows=rows
    )
    assert lines(decided, "co") == {"u2": P, "u3": P}
    both = tied(
        [9, 9, 9, 8], vote(u1=3, u2=5, u3=3), decision("tie:co:u1+u2+u3", "u2+u3"), rows=rows
    )
    assert lines(both, "co") == {"u2": P, "u3": P}


def test_a_ballot_whose_majority_is_too_small_settles_nothing() -> None:
    rule = {"ballots": [{"purpose": "tie", "percent": 50, "strict": True}]}
    counts = {"valid": 10}
    short = ballot("tie", "co", 1, u1=5, u2=5, counts=counts)
    assert questions(tied([9, 9], short, **rule)) == ["tie:co:u1+u2"]
    enough = ballot("tie", "co", 1, u1=6, u2=4, counts=counts)
    assert the_tie(tied([9, 9], enough, **rule)).winner == "u1"


# ------------------------------------------------------------------ what a ballot was opened for


def bound(totals: dict[str, Any], number: int = 1, places: int | None = 1, **votes: int) -> Any:
    return ballot("tie", "co", number, totals=totals, places=places, **votes)


def test_a_ballot_decides_the_tie_that_it_was_opened_for() -> None:
    done = tied([9, 9, 8], bound({"u1": 9, "u2": 9}, u1=3, u2=6))
    assert (the_tie(done).winner, lines(done, "co")) == ("u2", {"u2": P})


def test_a_ballot_is_void_once_a_total_is_another_and_says_which() -> None:
    opened_for = {"u1": 9, "u2": 9}
    both = tied([8, 8, 7], bound(opened_for, u1=3, u2=6))
    assert (the_tie(both).resolved_by, lines(both, "co")) == (None, {"u1": T, "u2": T})
    assert [(b.outcome, b.why) for b in both.ballots] == [
        (
            "void",
            "điểm của Đơn vị u1 đã thay đổi từ 9,00 thành 8,00 sau khi bỏ phiếu; "
            "điểm của Đơn vị u2 đã thay đổi từ 9,00 thành 8,00 sau khi bỏ phiếu",
        )
    ]
    one = tied([10, 9, 8], bound(opened_for, u1=3, u2=6))
    assert (one.ties, lines(one, "co")) == ((), {"u1": P})
    assert "Đơn vị u1 đã thay đổi từ 9,00 thành 10,00" in one.ballots[0].why
    again = tied([9, 9, 8], bound(opened_for, u1=3, u2=6))
    assert the_tie(again).winner == "u2", "the scores are as they were: the ballot decides again"


def test_a_ballot_is_void_once_others_tie_too_or_no_longer() -> None:
    opened_for = {"u1": 9, "u2": 9}
    joined = tied([9, 9, 9], bound(opened_for, u1=3, u2=6))
    assert the_tie(joined).resolved_by is None
    assert joined.ballots[0].why == "Đơn vị u3 nay cũng bằng điểm ở mép chỉ tiêu"
    rows = (standing_case("kx", "barred"), award("co", fixed(1)))
    facts = (standing("u1", "kx"), bound({"u1": 9, "u2": 9, "u3": 9}, u1=3, u2=6, u3=1))
    barred = tied([9, 9, 9], *facts, rows=rows)
    why = "Đơn vị u1 không còn trong số các đơn vị bằng điểm ở mép chỉ tiêu"
    assert barred.ballots[0].why == why


def test_a_ballot_is_void_once_the_places_are_others() -> None:
    opened_for = {"u1": 9, "u2": 9, "u3": 9}
    facts = bound(opened_for, u1=5, u2=3, u3=1)
    rows = [award("co", fixed(2))]
    assert the_tie(tied([9, 9, 9], facts)).winner == "u1"
    two = tied([9, 9, 9], facts, rows=rows)
    assert (the_tie(two).winners, lines(two, "co")) == ((), {"u1": T, "u2": T, "u3": T})
    assert two.ballots[0].why == "số chỗ đã thay đổi từ 1 thành 2 sau khi bỏ phiếu"


def test_a_tie_says_what_it_waits_for() -> None:
    chain = [{"step": "ballot", "max": 2}, WOMEN]
    level = bound({"u1": 9, "u2": 9}, u1=4, u2=4)
    waits = [the_tie(tied([9, 9], *held, chain=chain)) for held in ((), (level,))]
    assert [(t.step, t.vote, t.level, t.places_left) for t in waits] == [
        ("ballot", 1, ("u1", "u2"), 1),
        ("ballot", 2, ("u1", "u2"), 1),
    ]
    assert waits[0].totals == {"u1": 9, "u2": 9}
    second = bound({"u1": 9, "u2": 9}, 2, u1=4, u2=4)
    assert the_tie(tied([9, 9], level, second, chain=chain)).step == "keys"
    assert the_tie(tied([9, 9], level)).step == "authority"
    assert the_tie(tied([9, 9], vote(u1=1, u2=9))).step is None


def test_keys_wait_for_the_ballots_before_them() -> None:
    members = [unit("u1", women=80), unit("u2", women=10)]
    waits = tied([9, 9], *members, chain=[BALLOT, WOMEN])
    assert (the_tie(waits).resolved_by, the_tie(waits).step) == (None, "ballot")
    level = tied([9, 9], *members, vote(u1=4, u2=4), chain=[BALLOT, WOMEN])
    assert (the_tie(level).winner, the_tie(level).resolved_by) == ("u1", "keys")


# ------------------------------------------------------------------ keys


def test_keys_are_compared_in_order() -> None:
    chain = [
        {"step": "keys", "keys": [
            {"by": "attribute", "of": "women", "at": {"ge": 70}},
            {"by": "attribute", "of": "years", "lower": True},
        ]}
    ]  # fmt: skip
    members = [unit("u1", women=90, years=5), unit("u2", women=71, years=3), unit("u3", women=9, years=1)]  # fmt: skip
    done = tied([9, 9, 9], *members, chain=chain)
    assert (the_tie(done).winner, the_tie(done).resolved_by) == ("u2", "keys")
    assert "women" in the_tie(done).how
    assert ranks(done) == {"u1": 2, "u2": 1, "u3": 2}


def test_a_key_that_nobody_recorded_for_one_of_them_decides_nothing() -> None:
    done = tied([9, 9], unit("u1", women=90), unit("u2"), chain=[WOMEN])
    assert questions(done) == ["tie:co:u1+u2"]
    assert the_tie(done).how.endswith(": Đơn vị u2")


def test_a_key_may_settle_some_places_and_leave_a_smaller_tie() -> None:
    rows = [award("co", fixed(2))]
    members = [unit("u1", women=90), unit("u2", women=1), unit("u3", women=2)]
    done = tied([9, 9, 9], *members, vote(u2=1, u3=4), chain=[WOMEN, BALLOT], rows=rows)
    assert lines(done, "co") == {"u1": P, "u3": P}
    assert the_tie(done).resolved_by == "ballot"


# ------------------------------------------------------------------ decisions


def test_the_authority_decides() -> None:
    done = tied([9, 9], decision("tie:co:u1+u2", "u2"), chain=[AUTHORITY])
    tie = the_tie(done)
    assert (tie.resolved_by, tie.winner) == ("decision", "u2")
    assert "Chủ tịch UBND tỉnh" in tie.how
    assert ranks(done) == {"u1": 2, "u2": 1}


@pytest.mark.parametrize("outcome", ["u3", "u1+u2", "", "u1+u3"])
def test_a_decision_that_does_not_fit_settles_nothing(outcome: str) -> None:
    done = tied([9, 9, 8], decision("tie:co:u1+u2", outcome), chain=[AUTHORITY])
    assert questions(done) == ["tie:co:u1+u2"]
    assert "decision_does_not_fit" in codes(done)


def test_a_decision_that_does_not_fit_is_told_in_names() -> None:
    done = tied([9, 9, 8], decision("tie:co:u1+u2", "u3+x"), chain=[AUTHORITY])
    (fault,) = [f for f in done.findings if f.code == "decision_does_not_fit"]
    assert fault.message == (
        "Quyết định chọn Đơn vị u3, “x” không khớp với 1 chỗ còn lại giữa Đơn vị u1, Đơn vị u2."
    )


def test_the_steps_are_taken_in_their_order() -> None:
    facts = [decision("tie:co:u1+u2", "u1"), vote(u1=1, u2=9)]
    assert the_tie(tied([9, 9], *facts, chain=[AUTHORITY, BALLOT])).winner == "u1"
    assert the_tie(tied([9, 9], *facts, chain=[BALLOT, AUTHORITY])).winner == "u2"


# ------------------------------------------------------------------ what waits below

BELOW = (award("co", fixed(1)), award("bk", fixed(1), excludes=["co"]))


def test_an_award_below_waits_for_the_tie_above() -> None:
    done = tied([9, 9, 8], rows=BELOW)
    # whoever loses takes the one place below; u3 stands behind
    assert lines(done, "bk") == {"u1": T, "u2": T}
    assert {x.reason_code for x in done.awards if x.award == "bk"} == {"tie_above"}
    assert questions(done) == ["tie:co:u1+u2"]


def test_only_the_places_that_the_losers_need_are_set_aside() -> None:
    rows = (BELOW[0], award("bk", fixed(2), excludes=["co"]))
    done = tied([9, 9, 8, 7], rows=rows)
    assert lines(done, "bk") == {"u1": T, "u2": T, "u3": P}


def test_after_the_ballot_the_loser_comes_first_below() -> None:
    done = tied([9, 9, 8], vote(u1=2, u2=7), rows=BELOW)
    assert (lines(done, "co"), lines(done, "bk")) == ({"u2": P}, {"u1": P})


def test_losers_that_are_level_below_make_a_tie_of_their_own() -> None:
    done = tied([9, 9, 9], vote(u1=5, u2=2, u3=2), rows=BELOW)
    assert lines(done, "co") == {"u1": P}
    assert questions(done) == ["tie:bk:u2+u3"]


def test_a_refused_loser_needs_no_place_below() -> None:
    # three level for two places above; two of them may not have the award below
    rows = (
        standing_case("kx", "barred", awards=["bk"]),
        award("co", fixed(2)),
        award("bk", fixed(1), excludes=["co"]),
    )
    facts = [standing("u1", "kx"), standing("u2", "kx")]
    done = tied([9, 9, 9, 8], *facts, rows=rows)
    # u3 may lose above and would then take the one place, so u4 waits
    assert lines(done, "bk") == {"u3": T, "u1": X, "u2": X}


def test_ranks_below_wait_in_the_same_way() -> None:
    by_size = {"kind": "ranks", "by_size": [{"size": {"ge": 1}, "first": 2, "last": 2}]}
    rows = (BELOW[0], award("bk", by_size, excludes=["co"]))
    waiting = tied([9, 9, 8], rows=rows)
    assert lines(waiting, "bk") == {"u1": T, "u2": T}
    settled = tied([9, 9, 8], vote(u1=2, u2=7), rows=rows)
    assert lines(settled, "bk") == {"u1": P}


def test_a_tie_over_a_rewarded_rank() -> None:
    by_size = {"kind": "ranks", "by_size": [{"size": {"ge": 1}, "first": 2, "last": 2}]}
    done = tied([9, 8, 8, 7], rows=(BELOW[0], award("bk", by_size, excludes=["co"])))
    assert questions(done) == ["tie:bk:u2+u3"]


def test_a_held_unit_in_a_tie_keeps_its_question() -> None:
    rows = (standing_case("cx", "held"), award("co", fixed(2)))
    done = tied([9, 8, 8, 7], standing("u2", "cx"), vote(u2=6, u3=3), rows=rows)
    assert lines(done, "co") == {"u1": P, "u2": H}
    assert questions(done) == ["held:co:u2"]


def test_the_same_award_in_two_clusters_has_its_own_ties_and_ballots() -> None:
    rules = pack(direct("1", 10), award("co", fixed(1)), ties={"chain": [BALLOT]})
    members = [unit("a"), unit("b"), unit("c", "k2"), unit("d", "k2")]
    entries = [entry(m.id, "1", points=5) for m in members]
    votes = [
        ballot("tie", "co", 1, cluster="k1", a=5, b=2),
        ballot("tie", "co", 1, cluster="k2", c=1, d=6),
    ]
    done = assess(snapshot(members, entries, votes), rules)
    assert lines(done, "co") == {"a": P, "d": P}
    assert [t.cluster for t in done.ties] == ["k1", "k2"]


def test_a_quota_moves_the_cut() -> None:
    rows = [award("bk", {"kind": "quota"})]
    assert questions(tied([9, 9, 8], quota("bk", 1), rows=rows)) == ["tie:bk:u1+u2"]
    assert questions(tied([9, 9, 8], quota("bk", 2), rows=rows)) == []
