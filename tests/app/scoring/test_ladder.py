"""Whom a vote puts before whom: those who were in it and nobody else; places follow."""

from __future__ import annotations

from typing import Any

import pytest

from app.scoring.assessment import Assessment
from app.scoring.ladder import Order
from tests.builders import (
    Row,
    assess,
    award,
    ballot,
    condition_item,
    direct,
    entry,
    fixed,
    lines,
    pack,
    ranks,
    snapshot,
    standing,
    standing_case,
    ticked,
    units,
)


def ranked(points: list[int], *rows: Row, facts: Any = (), **head: Any) -> Assessment:
    """Units ``u1`` … with these points under one directly scored criterion."""
    entries = [entry(f"u{n}", "1", points=p) for n, p in enumerate(points, 1)]
    return assess(
        snapshot(units(len(points)), *facts, entries), pack(direct("1", 100), *rows, **head)
    )


def ladder(*groups: str, **won: str) -> Order:
    """Groups of level units by their letters; who won against whom, in that order."""
    order = Order("k1", [tuple(group) for group in groups], ())
    for first, rest in won.items():
        order.part([*first, *rest], first, "ballot")
    return order


# ------------------------------------------------------------------ the order itself


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (ladder("abcd"), {"a": 1, "b": 1, "c": 1, "d": 1}),
        (ladder("abcd", a="bcd"), {"a": 1, "b": 2, "c": 2, "d": 2}),
        (ladder("abcd", a="b"), {"a": 1, "c": 1, "d": 1, "b": 4}),  # c and d were in no vote
        (ladder("abcd", a="bcd", b="cd"), {"a": 1, "b": 2, "c": 3, "d": 3}),
        (ladder("abcd", a="b", b="c"), {"a": 1, "d": 1, "b": 3, "c": 4}),  # c is behind a too
        (ladder("abcd", a="b", c="d"), {"a": 1, "c": 1, "b": 3, "d": 3}),
        (ladder("ab", "cd", d="c"), {"a": 1, "b": 1, "d": 3, "c": 4}),
    ],
)
def test_each_stands_as_high_as_the_votes_that_it_lost_allow(
    order: Order, expected: dict[str, int]
) -> None:
    assert order.ranks() == expected


def test_what_one_vote_settled_no_later_one_turns_round() -> None:
    order = ladder("abc", a="b")
    order.part("bac", "b", "decision")
    assert order.ranks() == {"a": 1, "c": 1, "b": 3}
    assert order.decided == {"a": "ballot", "b": "ballot"}


def test_a_vote_between_units_of_other_totals_orders_nothing() -> None:
    assert ladder("ab", "cd", c="b").ranks() == {"a": 1, "b": 1, "c": 3, "d": 3}


def test_level_units_are_cut_where_all_above_won_against_all_below() -> None:
    whole = ladder("abcd", a="bcd", b="cd")
    assert whole.parts("abcd") == [("a",), ("b",), ("c", "d")]
    loose = ladder("abc", a="b")
    assert loose.parts("abc") == [("a", "c", "b")]
    assert (loose.parts("bc"), loose.parts("ab"), loose.parts("")) == (
        [("b", "c")], [("a",), ("b",)], [])  # fmt: skip


# ------------------------------------------------------------------ in a ranking


BARRED = standing_case("kx", "barred", ranked=True)
CHAIN = {"chain": [{"step": "ballot"}]}


def test_a_barred_unit_of_equal_points_keeps_its_rank_when_the_others_vote() -> None:
    """A37, A31: 90 = 90 = 90 > 80, u1 barred but ranked; u2 5, u3 2.

    By points u1, u2, u3 share rank 1. The vote was between u2 and u3: u3 stands behind u2, u1
    neither falls behind u2 nor is it beaten by anyone. Ranks skip: 1, 1, 3, 4.
    """
    facts = [standing("u1", "kx"), ballot("tie", "co", u2=5, u3=2)]
    done = ranked([90, 90, 90, 80], award("co", fixed(1)), BARRED, facts=facts, ties=CHAIN)
    assert ranks(done) == {"u1": 1, "u2": 1, "u3": 3, "u4": 4}
    assert {u: r.rank_among_eligible for u, r in done.units.items()} == {
        "u1": None, "u2": 1, "u3": 2, "u4": 3}  # fmt: skip
    assert {u: r.tied_with for u, r in done.units.items()} == {
        "u1": ("u2",), "u2": ("u1",), "u3": (), "u4": ()}  # fmt: skip
    by = {u: r.rank_decided_by for u, r in done.units.items()}
    assert by == {"u1": None, "u2": "ballot", "u3": "ballot", "u4": "total"}
    assert list(done.clusters["k1"]) == ["u1", "u2", "u3", "u4"]


@pytest.mark.parametrize("votes", [{"u2": 5, "u3": 2}, {"u2": 2, "u3": 5}])
def test_a_held_unit_whose_place_was_passed_on_is_not_moved_by_the_vote(votes: Any) -> None:
    """A38: the place goes on, so u1 is not on the paper; its rank stays that of its points."""
    facts = [standing("u1", "cx"), ballot("tie", "co", **votes)]
    rows = [award("co", fixed(1), held="pass_on"), standing_case("cx", "held")]
    done = ranked([90, 90, 90], *rows, facts=facts, ties=CHAIN)
    first, last = sorted(votes, key=lambda u: -votes[u])
    assert ranks(done) == {"u1": 1, first: 1, last: 3}


def test_a_held_unit_that_keeps_its_place_is_voted_on_with_the_others() -> None:
    """A38: while its place is held the unit is a candidate, and stands where the vote puts it."""
    facts = [standing("u1", "cx"), ballot("tie", "co", u1=1, u2=5, u3=2)]
    rows = [award("co", fixed(1), held="hold"), standing_case("cx", "held")]
    done = ranked([90, 90, 90], *rows, facts=facts, ties=CHAIN)
    assert ranks(done) == {"u1": 2, "u2": 1, "u3": 2}


TWO_AWARDS = [
    award("co", fixed(1), conditions=["vuot"]),
    award("bk", fixed(1), excludes=["co"]),
    condition_item("vuot"),
]
SHORT = [ticked("u1", "vuot", met=False), *(ticked(u, "vuot") for u in ("u2", "u3"))]


def test_the_loser_and_who_was_short_of_a_condition_vote_for_the_next_award() -> None:
    """BG III.2.2: u1 = u2 = u3 = 90; u1 may not have the flag, u2 wins it from u3.

    For the certificate u1 and u3 are equal in points and no vote was held between them: one is
    needed. Until then u1 stands beside u2 (1, 1) and u3, who lost, behind (3).
    """
    first = ballot("tie", "co", u2=5, u3=2)
    done = ranked([90, 90, 90], *TWO_AWARDS, facts=[*SHORT, first], ties=CHAIN)
    assert [(t.id, t.resolved_by) for t in done.ties] == [
        ("tie:co:u2+u3", "ballot"), ("tie:bk:u1+u3", None)]  # fmt: skip
    assert ranks(done) == {"u1": 1, "u2": 1, "u3": 3}


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        ({"u1": 5, "u3": 2}, {"u1": 1, "u2": 1, "u3": 3}),  # u1 lost to nobody, u3 to both
        ({"u1": 2, "u3": 5}, {"u2": 1, "u3": 2, "u1": 3}),  # u2 before u3, u3 before u1
    ],
)
def test_a_second_vote_orders_those_who_were_in_it(votes: Any, expected: Any) -> None:
    facts = [*SHORT, ballot("tie", "co", u2=5, u3=2), ballot("tie", "bk", **votes)]
    done = ranked([90, 90, 90], *TWO_AWARDS, facts=facts, ties=CHAIN)
    assert ranks(done) == expected
    taken = {line.award: line.unit for line in done.awards if line.state == "proposed"}
    assert taken == {"co": "u2", "bk": max(votes, key=lambda u: votes[u])}


def test_no_place_is_won_by_a_vote_on_another_award_that_one_was_not_in() -> None:
    """A6 with both awards allowed: u2 won the flag from u3, but never stood against u1."""
    rows = [TWO_AWARDS[0], award("bk", fixed(1)), TWO_AWARDS[2]]
    facts = [*SHORT, ballot("tie", "co", u2=5, u3=2)]
    done = ranked([90, 90, 90], *rows, facts=facts, ties=CHAIN)
    assert [t.id for t in done.ties if t.resolved_by is None] == ["tie:bk:u1+u2"]


def test_of_two_places_the_winner_is_sure_and_the_others_vote_for_the_second() -> None:
    """The same with two certificates: u2 has one whatever happens; u1 and u3 are level."""
    rows = [TWO_AWARDS[0], award("bk", fixed(2), reserve=1), TWO_AWARDS[2]]
    facts = [*SHORT, ballot("tie", "co", u2=5, u3=2)]
    done = ranked([90, 90, 90], *rows, facts=facts, ties=CHAIN)
    assert lines(done, "bk") == {"u1": "tied", "u2": "proposed", "u3": "tied"}
    assert [(t.id, t.places) for t in done.ties[1:]] == [("tie:bk:u1+u3", 1)]
    third = ballot("tie", "bk", u1=4, u3=3)
    settled = ranked([90, 90, 90], *rows, facts=[*facts, third], ties=CHAIN)
    assert lines(settled, "bk") == {"u1": "proposed", "u2": "proposed", "u3": "reserve"}
