"""Worths beside plain points: shares of a maximum, of what was scored, of a whole not settled."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.snapshot import EntryState
from app.rules.checks import check_pack
from app.rules.document import dump_pack, parse_tree, read_method, read_pack
from tests.builders import (
    Row,
    assess,
    award,
    ballot,
    bonus_item,
    cluster_scored,
    criterion,
    decision,
    direct,
    entry,
    lines,
    pack,
    parameter,
    q,
    qs,
    questions,
    quota,
    row,
    scored,
    snapshot,
    totals,
    units,
)

# ------------------------------------------------------------------ deductions in percent


def deduct(*items: dict[str, Any]) -> dict[str, Any]:
    named = [{"id": f"v{at}", "title": f"Vi phạm {at}", **i} for at, i in enumerate(items, 1)]
    return {"kind": "deduct", "items": named}


def test_a_violation_may_take_a_percent_of_the_maximum_each_time() -> None:
    # 12 - 2 × 25 % × 12 - 1 × 1,5 = 4,5; 5 × 25 % is above the maximum: 0
    rule = deduct({"percent": 25}, {"points": "1.5"})
    assert scored(rule, {"v1": 2, "v2": 1}, {"v1": 5, "v2": 0}, maximum=12) == qs("4.5", 0)


def test_what_one_violation_takes_is_capped_in_points() -> None:
    # 30 % × 10 × 2 = 6, at most 4
    assert scored(deduct({"percent": 30, "max": 4}), {"v1": 2}) == qs(6)


@pytest.mark.parametrize(
    "item",
    [{}, {"points": 1, "percent": 5}, {"points": 1, "loses_all": True}, {"loses_all": False}],
)
def test_a_violation_says_in_one_way_what_it_takes(item: dict[str, Any]) -> None:
    assert errors(criterion("1", 10, deduct(item))) == ["worth_unclear"]


@pytest.mark.parametrize("kind", ["bonus", "deductions"])
def test_items_and_own_criteria_are_held_to_it_too(kind: str) -> None:
    rule = deduct({"points": 1, "percent": 5})
    item = row(kind, id="a", title="Mục a", worth={"kind": "method", "method": rule}, max=5)
    assert errors(direct("1", 10), item) == ["worth_unclear"]
    method, findings = read_method(rule, "own_criteria")
    assert method is None
    assert [f.code for f in findings] == ["worth_unclear"]


# ------------------------------------------------------------------ preconditions

LEVELS = {"kind": "levels", "levels": [{"name": "Tốt", "points": 8}]}
LATE = {"figure": "on_time", "title": "Nộp đúng hạn", "keeps": 50}


def points(result: Any, unit: str = "u1", code: str = "1") -> object:
    return result.units[unit].card.criteria[code].exact


def test_half_of_the_points_remain_where_the_precondition_is_not_met() -> None:
    rules = pack(criterion("1", 10, LEVELS, gate=LATE))
    facts = snapshot(
        units(2),
        entry("u1", "1", level="Tốt", on_time=False),
        entry("u2", "1", level="Tốt", on_time=True),
    )
    result = assess(facts, rules)
    assert (points(result), points(result, "u2")) == (q(4), q(8))
    step = result.units["u1"].card.criteria["1"].why
    assert "còn 50 % × 8 = 4" in step.how
    assert [p.value for p in step.parts] == [q(8)]


def test_typed_points_are_kept_in_part_too() -> None:
    rules = pack(direct("1", 10, gate=LATE))
    facts = snapshot(units(1), entry("u1", "1", points=9, on_time=False))
    assert points(assess(facts, rules)) == q("4.5")


def test_the_answers_of_an_open_question_are_kept_in_part() -> None:
    rule = {"kind": "proportional", "zero_base": "open"}
    rules = pack(criterion("1", 10, rule, gate=LATE))
    figures = entry("u1", "1", plan=0, actual=3, on_time=False)
    asked = assess(snapshot(units(1), figures), rules)
    (question,) = asked.open_questions
    assert {o.choice: o.effect for o in question.outcomes}["full"].endswith("5 điểm")
    decided = snapshot(units(1), figures, decision("open:zero_base:1:u1", "full"))
    assert points(assess(decided, rules)) == q(5)


def test_a_precondition_on_other_scores_keeps_a_share() -> None:
    gate = {"when": {"points": {"of": "1", "ge": 5}}, "title": "Mục 1 từ 5", "keeps": 40}
    rules = pack(direct("1", 10), direct("2", 10, gate=gate))
    facts = snapshot(units(1), entry("u1", "1", points=4), entry("u1", "2", points=5))
    assert points(assess(facts, rules), code="2") == q(2)


def test_what_is_not_scored_yet_stays_so_where_a_share_would_remain() -> None:
    gate = {"when": {"points": {"of": "1", "ge": 5}}, "title": "Mục 1 từ 5", "keeps": 40}
    rules = pack(direct("1", 10), direct("2", 10, gate=gate))
    result = assess(snapshot(units(1), entry("u1", "1", points=4)), rules)
    assert result.units["u1"].card.criteria["2"].state is EntryState.BLANK


def test_shares_of_the_maximum_stand_for_points_named() -> None:
    gate = {"figure": "signed", "title": "Có ký", "otherwise_percent": 20}
    already = {"figure": "before", "title": "Đã đạt", "percent": 90}
    rules = pack(criterion("1", 5, "proportional", gate=gate, already=already))
    facts = snapshot(
        units(2),
        entry("u1", "1", signed=False, before=True),
        entry("u2", "1", signed=True, before=True),
    )
    result = assess(facts, rules)
    assert (points(result), points(result, "u2")) == (q(1), q("4.5"))


@pytest.mark.parametrize(
    "gate",
    [
        {"title": "x"},
        {"title": "x", "figure": "f", "otherwise": 1, "keeps": 50},
        {"title": "x", "figure": "f", "otherwise_percent": 1, "keeps": 50},
    ],
)
def test_a_precondition_says_one_thing(gate: dict[str, Any]) -> None:
    assert errors(direct("1", 10, gate=gate)) == ["worth_unclear"]


def test_what_was_reached_before_has_one_worth() -> None:
    already = {"figure": "f", "title": "x", "points": 3, "percent": 30}
    assert errors(direct("1", 10, already=already)) == ["worth_unclear"]


# ------------------------------------------------------------------ cases without an outcome


def ratio(**more: Any) -> dict[str, Any]:
    return {"kind": "proportional", "input": "ratio_percent", **more}


def test_a_ratio_knows_of_pending_cases_only_where_the_pack_asks_for_them() -> None:
    def names(rule: dict[str, Any]) -> list[str]:
        method = pack(criterion("1", 10, rule)).rules.criteria[0].method
        assert method is not None
        return [spec.name for spec in method.figure_specs()]

    assert names(ratio()) == ["part", "whole"]
    assert names(ratio(pending="count")) == ["part", "whole", "pending"]


@pytest.mark.parametrize(("how", "expected"), [("count", 4), ("leave_out", 5)])
def test_pending_cases_stay_in_the_whole_or_leave_it(how: str, expected: int) -> None:
    # 4 of 10 with 2 pending: 4/10 or 4/8
    figures = {"part": 4, "whole": 10, "pending": 2}
    assert scored(ratio(pending=how), figures, {"part": 4, "whole": 10}) == qs(expected, 4)


def test_pending_cases_are_a_question_where_the_text_is_silent() -> None:
    rule = ratio(pending="open:A23")
    some, none = {"part": 4, "whole": 10, "pending": 2}, {"part": 4, "whole": 10, "pending": 0}
    assert scored(rule, some, none) == ["open:A23:1:u1", q(4)]
    (question,) = cluster_scored(rule, some).open_questions
    assert [(o.choice, o.effect.rpartition(": ")[2]) for o in question.outcomes] == [
        ("count", "4 điểm"),
        ("leave_out", "5 điểm"),
    ]
    assert scored(rule, some, decisions=[decision("open:A23:1:u1", "leave_out")]) == qs(5)


def test_a_whole_of_pending_cases_leaves_nothing_to_divide_by() -> None:
    rule = ratio(pending="leave_out", zero_base="not_applicable")
    assert scored(rule, {"part": 0, "whole": 3, "pending": 3}) == ["not_assigned"]


def test_pending_cases_belong_to_ratios() -> None:
    assert errors(criterion("1", 10, {"kind": "proportional", "pending": "count"})) == [
        "worth_unclear"
    ]


# ------------------------------------------------------------------ no target


def leader(**more: Any) -> dict[str, Any]:
    rule = {"kind": "versus_leader", "input": "plan_percent", "no_target": 60}
    return {**rule, "no_target_scale": "from_zero", **more}


def test_units_without_a_target_are_compared_among_themselves() -> None:
    # 60 % of 10 for 40; 6 × 10/40 for 10
    figures = ({"plan": 50, "actual": 100}, {"actual": 40}, {"actual": 10})
    assert scored(leader(), *figures) == qs(10, 6, "1.5")


def test_fewer_is_better_without_a_target_too() -> None:
    rule = leader(direction="lower")
    assert scored(rule, {"actual": 10}, {"actual": 40}) == qs(6, "1.5")


def test_a_best_of_nothing_without_a_target_follows_the_rule_for_a_base_of_zero() -> None:
    nothing = {"actual": 0}
    assert scored(leader(), nothing) == ["open:zero_base:1:u1"]
    assert scored(leader(zero_base="zero"), nothing) == qs(0)
    assert scored(leader(zero_base="full"), nothing) == qs(6)
    assert scored(leader(), nothing, decisions=[decision("open:zero_base:1:u1", "full")]) == qs(6)


def test_comparing_units_without_a_target_needs_their_share() -> None:
    rule = {"kind": "versus_leader", "input": "plan_percent", "no_target_scale": "from_zero"}
    assert errors(criterion("1", 10, rule)) == ["worth_unclear"]


# ------------------------------------------------------------------ bounds of a percentage


@pytest.mark.parametrize(
    ("percent", "count"), [(0, 1), (20, 1), (50, 2), (75, 3), (100, 3)], ids=str
)
@pytest.mark.parametrize("kind", ["percent", "quota"])
def test_a_percentage_gives_at_least_and_at_most_so_many_places(
    kind: str, percent: int, count: int
) -> None:
    places = {"kind": kind, "percent": percent, "least": 1, "most": 3}
    rules = pack(direct("1", 10), award("bk", places))
    facts = snapshot(units(4), [entry(f"u{n}", "1", points=n) for n in range(1, 5)])
    result = assess(facts, rules)
    assert [x.count for x in result.quotas] == [count]
    assert list(lines(result, "bk").values()).count("proposed") == count


def test_a_number_that_was_allotted_stands_as_it_is() -> None:
    places = {"kind": "quota", "percent": 50, "least": 2, "most": 3}
    rules = pack(direct("1", 10), award("bk", places))
    for allotted in (1, 4):
        facts = snapshot(
            units(4),
            [entry(f"u{n}", "1", points=n) for n in range(1, 5)],
            quota("bk", allotted),
        )
        assert [x.count for x in assess(facts, rules).quotas] == [allotted]


def test_the_bounds_of_places_fit_together() -> None:
    places = {"kind": "percent", "percent": 50, "least": 4, "most": 3}
    assert errors(direct("1", 10), award("bk", places)) == ["places_unclear"]


# ------------------------------------------------------------------ numbers switched off


def test_a_parameter_may_switch_a_bound_of_the_total_off() -> None:
    bounds = {"low": {"parameter": "L"}, "high": {"parameter": "H"}}
    asked = (
        parameter("L", allowed=[0, "none"], default=0),
        parameter("H", allowed=[12, "none"], default=12),
    )
    items = (
        bonus_item("b", {"kind": "points"}, max=5),
        row("deductions", id="t", title="Trừ", worth={"kind": "points"}),
    )
    rows = (*asked, direct("1", 10), *items)
    free = pack(*rows, scoring={"clamp": bounds}, choices={"L": "none", "H": "none"}).rules
    kept = pack(*rows, scoring={"clamp": bounds}).rules
    assert kept.scoring is not None
    assert free.scoring is not None
    assert (kept.scoring.clamp.low, kept.scoring.clamp.high) == (0, 12)
    assert (free.scoring.clamp.low, free.scoring.clamp.high) == (None, None)
    again, _ = read_pack(parse_tree(dump_pack(free).encode(), "x"), "x")
    assert again is not None
    assert again.rules == free


def test_a_ballot_without_its_percentage_goes_to_the_most_votes() -> None:
    rule = row("ballots", purpose="tie", base="members", percent={"parameter": "P"})
    rows = (
        parameter("P", allowed=[50, "none"], default=50),
        direct("1", 10),
        award("co", {"kind": "fixed", "count": 1}),
        rule,
    )
    ties = {"chain": [{"step": "ballot"}]}
    facts = snapshot(
        units(2),
        entry("u1", "1", points=5),
        entry("u2", "1", points=5),
        ballot("tie", "co", counts={"members": 10}, u1=4, u2=3),
    )
    assert questions(assess(facts, pack(*rows, ties=ties))) == ["tie:co:u1+u2"]
    free = pack(*rows, ties=ties, choices={"P": "none"})
    assert lines(assess(facts, free), "co")["u1"] == "proposed"


# ------------------------------------------------------------------ what a method reaches


def errors(*rows: Row, **head: Any) -> list[str]:
    return [f.code for f in check_pack(pack(*rows, **head)).findings if f.is_error]


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "yes_no", "yes": 11},
        {"kind": "yes_no", "no": 11},
        {"kind": "versus_average", "above": 11},
        {"kind": "versus_average", "equal": 11},
        {"kind": "versus_average", "below": 11},
        {"kind": "threshold", "threshold": {"ge": 1}, "points": 11},
        {"kind": "threshold", "threshold": {"ge": 1}, "otherwise": 11},
        {"kind": "versus_leader", "low": 11, "scale": "from_worst"},
        {"kind": "versus_leader", "at_target": 11},
        {"kind": "versus_leader", "no_target": 101},
        {"kind": "best_of_group", "others": 11},
        {"kind": "against_base", "start": 11, "step": 1, "up": 1, "down": 1},
        {"kind": "against_base", "start": 5, "step": 1, "up": 1, "down": 1, "floor": 11},
        {"kind": "lateness", "per_day": 1, "floor": 11},
        {"kind": "judged", "range": {"ge": 1, "le": 11}},
    ],
    ids=str,
)
def test_fixed_points_above_the_maximum_are_a_fault(rule: dict[str, Any]) -> None:
    assert errors(criterion("1", 10, rule)) == ["method_above_max"]


@pytest.mark.parametrize(
    "more",
    [
        {"gate": {"figure": "f", "title": "x", "otherwise": 11}},
        {"gate": {"figure": "f", "title": "x", "otherwise_percent": 101}},
        {"gate": {"figure": "f", "title": "x", "keeps": 101}},
        {"already": {"figure": "f", "title": "x", "points": 11}},
        {"already": {"figure": "f", "title": "x", "percent": 101}},
    ],
    ids=str,
)
def test_what_stands_beside_a_method_stays_within_the_maximum(more: dict[str, Any]) -> None:
    assert errors(criterion("1", 10, "proportional", **more)) == ["method_above_max"]


def test_a_cap_counts_in_the_frame_and_in_the_own_maximum() -> None:
    rows = (
        criterion("1", 7),
        criterion("1.1", 4, cap=3),
        direct("1.1.a", 2),
        direct("1.1.b", 2),
        direct("1.2", 4),
    )
    done = check_pack(pack(*rows, scoring={"total_max": 7}))
    assert [f.code for f in done.findings if f.is_error] == []
    assert done.own_max == {"member": 7}
    entries = [entry("u1", code, points=2) for code in ("1.1.a", "1.1.b")]
    result = assess(snapshot(units(1), entries, entry("u1", "1.2", points=4)), pack(*rows))
    assert totals(result) == {"u1": q(7)}
    assert result.units["u1"].card.own_max == q(7)


def test_bonus_items_without_a_bound_reach_the_one_of_all_together() -> None:
    items = (bonus_item("a", {"kind": "points"}, max=2), bonus_item("b", {"kind": "points"}))
    bounded = pack(direct("1", 10), *items, bonus={"max": 5})
    assert check_pack(bounded).own_max == {"member": 15}
    when = {"total": {"ge": 90}}
    asks = award("co", {"kind": "fixed", "count": 1}, requires=when)
    assert errors(direct("1", 10), *items, asks, bonus={"max": 5}) == ["threshold_unreachable"]
    assert errors(direct("1", 10), *items, asks) == []
