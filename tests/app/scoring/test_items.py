"""Bonus and deductions: caps from the inside out, subjects, roles, ranges, percents."""

from __future__ import annotations

from typing import Any

import pytest

from app.scoring.assessment import Assessment
from tests.builders import (
    assess,
    award,
    ballot,
    bonus,
    bonus_item,
    codes,
    criterion,
    decision,
    deduction,
    deduction_item,
    direct,
    entry,
    fixed,
    lines,
    pack,
    parameter,
    q,
    questions,
    ranks,
    snapshot,
    totals,
    unit,
    units,
)

PER = {"kind": "per_count", "points": 2}
TYPED = {"kind": "points"}
OVER = {"kind": "each_over_plan", "criteria": ["I"], "share_of_max": 10}


def with_points(*facts: Any, points: int = 50) -> Any:
    return snapshot(units(1), entry("u1", "1", points=points), *facts)


def scored(*rows: Any, facts: Any, **head: Any) -> Assessment:
    return assess(with_points(*facts), pack(direct("1", 100), *rows, **head))


# ------------------------------------------------------------------ worths and caps


@pytest.mark.parametrize(
    ("worth", "more", "fact", "points"),
    [
        (PER, {}, {"count": 3}, 6),
        (PER, {}, {}, 2),
        (PER, {"max": 5}, {"count": 3}, 5),
        (TYPED, {}, {"points": "2.5"}, "2.5"),
        ({"kind": "points", "range": {"ge": 1, "le": 3}}, {}, {"points": 2}, 2),
        # 10 % of the 50 points before bonus
        ({"kind": "percent_of_total", "percent": 10}, {}, {}, 5),
        ({"kind": "percent_of_total", "percent": 10}, {}, {"count": 2}, 10),
        (
            {
                "kind": "method",
                "method": {"kind": "levels", "levels": [{"name": "Tốt", "points": 3}]},
            },
            {},
            {"level": "Tốt"},
            3,
        ),
        ({"kind": "method", "method": {"kind": "over_plan"}}, {"max": 8}, {"plan": 100, "actual": 112}, 8),
    ],
)  # fmt: skip
def test_every_worth_above_and_below_the_total(
    worth: dict[str, Any], more: dict[str, Any], fact: dict[str, Any], points: str
) -> None:
    plus = scored(bonus_item("a", worth, **more), facts=[bonus("u1", "a", **fact)])
    assert plus.units["u1"].card.bonus.total == q(points)
    assert totals(plus) == {"u1": 50 + q(points)}
    minus = scored(deduction_item("d", worth, **more), facts=[deduction("u1", "d", **fact)])
    assert minus.units["u1"].card.deductions.total == q(points)
    assert totals(minus) == {"u1": 50 - q(points)}


def test_caps_hold_from_the_inside_out() -> None:
    # a: 2 + 6 → 5; b: 4; together 9 → 7
    rows = [bonus_item("a", PER, max=5), bonus_item("b", TYPED)]
    facts = [bonus("u1", "a"), bonus("u1", "a", count=3), bonus("u1", "b", points=4)]
    done = scored(*rows, facts=facts, bonus={"max": 7})
    card = done.units["u1"].card.bonus
    assert {i: s.points for i, s in card.items.items()} == {"a": 5, "b": 4}
    assert card.total == 7
    assert card.why.rule == "cap"


def test_a_percent_of_the_total_is_taken_before_deductions_and_after_bonus() -> None:
    # 50 + 10 = 60; 5 % of 60 = 3; the other deduction does not matter
    rows = [
        bonus_item("a", TYPED),
        deduction_item("d", {"kind": "percent_of_total", "percent": 5}),
        deduction_item("e", TYPED),
    ]
    facts = [bonus("u1", "a", points=10), deduction("u1", "d"), deduction("u1", "e", points=7)]
    assert totals(scored(*rows, facts=facts)) == {"u1": 50}


@pytest.mark.parametrize(("typed", "counted"), [("0.5", 1), ("4", 3), ("-2", 1)])
def test_points_outside_their_range_are_brought_inside_with_an_error(
    typed: str, counted: int
) -> None:
    item = deduction_item("d", {"kind": "points", "range": {"ge": 1, "le": 3}})
    done = scored(item, facts=[deduction("u1", "d", points=typed)])
    assert done.units["u1"].card.deductions.total == counted
    assert "item_out_of_range" in codes(done)


def test_an_open_edge_of_a_range_is_outside() -> None:
    item = bonus_item("a", {"kind": "points", "range": {"gt": 0, "le": 3}})
    assert "item_out_of_range" in codes(scored(item, facts=[bonus("u1", "a", points=0)]))


def test_points_that_nobody_wrote_are_missed() -> None:
    done = scored(bonus_item("a", TYPED), facts=[bonus("u1", "a")])
    assert codes(done) == ["item_incomplete"]
    assert done.provisional


def test_an_open_question_of_an_item_is_asked_and_decided() -> None:
    worth = {"kind": "method", "method": {"kind": "over_plan", "zero_base": {"parameter": "A22"}}}
    rows = [bonus_item("a", worth, max=10), parameter("A22")]
    facts = [bonus("u1", "a", plan=0, actual=5)]
    assert questions(scored(*rows, facts=facts)) == ["open:A22:a:u1"]
    decided = scored(*rows, facts=[*facts, decision("open:A22:a:u1", "full")])
    assert (totals(decided), questions(decided)) == ({"u1": 60}, [])


# ------------------------------------------------------------------ roles and subjects


def test_an_item_for_the_leader_only() -> None:
    rules = pack(direct("1", 100), bonus_item("a", TYPED, role="leader", max=5))
    facts = snapshot(
        unit("a", roles=["leader"]), unit("b"), bonus("a", "a", points=5), bonus("b", "a", points=5)
    )
    done = assess(facts, rules)
    assert totals(done) == {"a": 5, "b": 0}
    assert {u: r.card.own_max for u, r in done.units.items()} == {"a": 105, "b": 100}
    assert "item_not_for_role" in codes(done)


def test_one_subject_is_rewarded_once_at_its_highest() -> None:
    rows = [bonus_item("a", TYPED), bonus_item("b", TYPED)]
    facts = [
        bonus("u1", "a", points=3, subject="Sáng kiến X"),
        bonus("u1", "b", points=5, subject="sáng  kiến x"),
        bonus("u1", "b", points=1, subject="Khác"),
    ]
    done = scored(*rows, facts=facts)
    assert totals(done) == {"u1": 56}
    assert codes(done) == ["same_subject"]
    both = scored(*rows, facts=facts, bonus={"same_subject": "all"})
    assert totals(both) == {"u1": 59}


def test_equal_rewards_for_one_subject_do_not_depend_on_the_order_of_facts() -> None:
    rows = [bonus_item("a", TYPED, max=3), bonus_item("b", TYPED), bonus_item("c", TYPED)]
    facts = [
        bonus("u1", "a", points=4, subject="x"),
        bonus("u1", "b", points=4, subject="x"),
        bonus("u1", "c", points=4, subject="x"),
    ]
    # a counts 3 of its 4 points, so b (before c) is the highest
    for order in (facts, facts[::-1]):
        done = scored(*rows, facts=order)
        assert list(done.units["u1"].card.bonus.items) == ["b"]
        assert totals(done) == {"u1": 54}


def test_a_reward_that_is_not_open_to_the_unit_takes_nothing_away() -> None:
    rows = [bonus_item("a", TYPED, role="leader"), bonus_item("b", TYPED)]
    facts = [
        bonus("u1", "a", points=5, subject="x"),
        bonus("u1", "b", points=3, subject="x"),
    ]
    assert totals(scored(*rows, facts=facts)) == {"u1": 53}


def test_the_same_fact_twice_counts_once_for_one_subject() -> None:
    fact = bonus("u1", "a", points=3, subject="x")
    done = scored(bonus_item("a", TYPED), facts=[fact, fact])
    assert totals(done) == {"u1": 53}
    without = bonus("u1", "a", points=3)
    assert totals(scored(bonus_item("a", TYPED), facts=[without, without])) == {"u1": 56}


# ------------------------------------------------------------------ over the plan of criteria


def over_plan(*facts: Any, bonus_max: int | None = None, **worth: Any) -> Assessment:
    item = bonus_item("a", {**OVER, **worth}, max=30)
    head: dict[str, Any] = {"bonus": {"max": bonus_max}} if bonus_max else {}
    rules = pack(
        criterion("I", 300), criterion("I.1", 200, "proportional"), criterion("I.2", 50, "proportional"),
        criterion("I.3", 50, "proportional"), criterion("II", 50, "proportional"), item, **head,
    )  # fmt: skip
    return assess(snapshot(units(1), *facts), rules)


@pytest.mark.parametrize(
    ("actuals", "points"),
    [
        # 12,5 % over: 12 whole points, below 10 % of 200
        ([("I.1", "n:112.5")], 12),
        # 25 % over: 25, but 10 % of 200 is 20
        ([("I.1", 125)], 20),
        # 20 % over on a criterion of 50: 5
        ([("I.2", 120)], 5),
        # 20 + 5 + 5 = 30, the cap of the item is reached
        ([("I.1", 150), ("I.2", 150), ("I.3", 150)], 30),
        # not at plan, and a criterion that the item does not name
        ([("I.1", 99), ("II", 150)], 0),
    ],
)
def test_the_cap_of_the_criterion_comes_before_that_of_the_item(
    actuals: list[tuple[str, object]], points: int
) -> None:
    done = over_plan(*(entry("u1", code, plan=100, actual=n) for code, n in actuals))
    assert done.units["u1"].card.bonus.total == points


def test_over_plan_pro_rata_and_in_larger_steps() -> None:
    fact = entry("u1", "I.1", plan=100, actual="n:112.5")
    assert over_plan(fact, whole=False).units["u1"].card.bonus.total == q("12.5")
    # 12,5 / 5 = 2 whole steps of 2 points
    assert over_plan(fact, per=5, points=2).units["u1"].card.bonus.total == 4


def test_the_group_bounds_the_item() -> None:
    facts = [entry("u1", code, plan=100, actual=150) for code in ("I.1", "I.2")]
    assert over_plan(*facts, bonus_max=22).units["u1"].card.bonus.total == 22


def test_typed_points_over_plan_count_only_without_figures() -> None:
    typed = bonus("u1", "a", points=11)
    assert over_plan(typed).units["u1"].card.bonus.total == 11
    done = over_plan(typed, entry("u1", "I.1", plan=100, actual=105))
    assert done.units["u1"].card.bonus.total == 5
    assert "item_is_computed" in codes(done)


def test_what_was_not_done_is_never_over_plan() -> None:
    done = over_plan(entry("u1", "I.1", state="not_done", plan=100, actual=150))
    assert done.units["u1"].card.bonus.total == 0


# ------------------------------------------------------------------ rounding and ceilings


@pytest.mark.parametrize(
    ("place", "total"),
    [("total", "50.67"), ("section", "50.67"), ("criterion", "50.66")],
)
def test_items_are_rounded_where_the_pack_says(place: str, total: str) -> None:
    # two bonuses of 1/3 of a point: 0,33 + 0,33 = 0,66, or 0,666… → 0,67
    worth = {"kind": "method", "method": {"kind": "proportional"}}
    rows = [bonus_item("a", worth, max=1), bonus_item("b", worth, max=1)]
    facts = [bonus("u1", item, plan=3, actual=1) for item in "ab"]
    done = scored(*rows, facts=facts, scoring={"round_at": place})
    assert totals(done) == {"u1": q(total)}


@pytest.mark.parametrize(
    ("maxima", "group", "ceiling"),
    [([5, 5], None, 110), ([5, 5], 7, 107), ([5, None], 20, 120), ([5, None], None, 105)],
)
def test_the_ceiling_of_a_unit_counts_the_bonus_open_to_it(
    maxima: list[int | None], group: int | None, ceiling: int
) -> None:
    rows = [
        bonus_item(f"a{n}", TYPED, **({} if m is None else {"max": m}))
        for n, m in enumerate(maxima)
    ]
    head: dict[str, Any] = {"bonus": {"max": group}} if group else {}
    assert scored(*rows, facts=[], **head).units["u1"].card.own_max == ceiling


# ------------------------------------------------------------------ late items (A41)


def late(*facts: Any, rerank: Any = "open") -> Assessment:
    rules = pack(
        direct("1", 100), bonus_item("d", TYPED), award("co", fixed(1)),
        ties={"chain": [{"step": "ballot"}]},
        scoring={"late_items": ["d"], "rerank_after_ballot": rerank},
    )  # fmt: skip
    return assess(
        snapshot(units(2), entry("u1", "1", points=90), entry("u2", "1", points=89), *facts), rules
    )


def test_late_points_that_change_an_award_are_asked_about() -> None:
    done = late(bonus("u2", "d", points=5))
    assert questions(done) == ["open:rerank_after_ballot"]
    (question,) = done.open_questions
    assert [o.choice for o in question.outcomes] == ["rerank", "keep"]
    assert question.units == ("u2",)
    assert ["u2" in o.effect for o in question.outcomes] == [True, False]
    assert lines(done, "co") == {"u2": "proposed"}


def test_late_points_that_change_nothing_are_not_asked_about() -> None:
    assert questions(late(bonus("u1", "d", points=5))) == []
    assert questions(late()) == []


@pytest.mark.parametrize("by", ["pack", "decision"])
@pytest.mark.parametrize(("choice", "first"), [("rerank", "u2"), ("keep", "u1")])
def test_late_points_rerank_or_leave_the_ranking(by: str, choice: str, first: str) -> None:
    fact = bonus("u2", "d", points=5)
    if by == "pack":
        done = late(fact, rerank=choice)
    else:
        done = late(fact, decision("open:rerank_after_ballot", choice))
    assert questions(done) == []
    assert lines(done, "co") == {first: "proposed"}
    assert ranks(done)[first] == 1
    assert totals(done) == {"u1": 90, "u2": 94}


def test_a_ballot_whose_tie_is_gone_after_late_points_is_void() -> None:
    level = [bonus("u1", "d", points=0), bonus("u2", "d", points=1)]
    held = ballot("tie", "co", u1=2, u2=5)
    tied = late(*level, held, rerank="rerank")
    assert lines(tied, "co") == {"u2": "proposed"}
    apart = late(bonus("u2", "d", points=5), held, rerank="rerank")
    assert [b.outcome for b in apart.ballots] == ["void"]
