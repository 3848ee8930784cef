"""Methods that compare units: ties, blanks, one unit alone, several leaders, nobody above target."""

from __future__ import annotations

from typing import Any

import pytest

from app.rules.methods import Given, Scored, VersusLeader
from tests.builders import (
    assess,
    criterion,
    decision,
    entry,
    pack,
    q,
    qs,
    questions,
    row,
    scored,
    snapshot,
    unit,
    units,
)

BLANK = "blank"


def values(*numbers: object) -> list[dict[str, object] | None]:
    return [None if n is None else {"value": n} for n in numbers]


# ------------------------------------------------------------------ rank table


def rank_table(**more: Any) -> dict[str, Any]:
    return {"kind": "rank_table", "table": [30, 28, 26], **more}


@pytest.mark.parametrize(
    ("equal", "expected"),
    [
        ("competition", [30, 30, 26]),
        ("dense", [30, 30, 28]),
        ("average", [29, 29, 26]),
    ],
)
def test_two_firsts(equal: str, expected: list[int]) -> None:
    # average: (30 + 28) / 2 = 29
    assert scored(rank_table(equal=equal), *values(9, 9, 8), maximum=30) == qs(*expected)


def test_equal_values_may_be_left_open() -> None:
    method = rank_table(equal="open", beyond="zero")
    assert scored(method, *values(9, 9, 8), maximum=30) == [
        "open:equal:1:u1+u2",
        "open:equal:1:u1+u2",
        q(26),
    ]


@pytest.mark.parametrize(
    ("beyond", "fourth", "fifth"),
    [("continue_step", 24, 22), ("hold_last", 26, 26), ("zero", 0, 0)],
)
def test_ranks_beyond_the_table(beyond: str, fourth: int, fifth: int) -> None:
    # last step 28 → 26 is 2: 26 − 2 = 24, 26 − 4 = 22
    assert scored(rank_table(beyond=beyond), *values(9, 8, 7, 6, 5), maximum=30) == qs(
        30, 28, 26, fourth, fifth
    )


def test_a_step_that_goes_on_stops_at_zero() -> None:
    method = {"kind": "rank_table", "table": [10, 6], "beyond": "continue_step"}
    # 6 − 4 = 2, then −2 → 0
    assert scored(method, *values(4, 3, 2, 1)) == qs(10, 6, 2, 0)


def test_a_rank_beyond_the_table_is_one_question_for_all_units() -> None:
    assert scored(rank_table(), *values(9, 8, 7, 6, 5), maximum=30) == [
        *qs(30, 28, 26),
        "open:beyond:1:u4+u5",
        "open:beyond:1:u4+u5",
    ]


def test_average_over_the_end_of_the_table() -> None:
    # two thirds share ranks 3 and 4: (26 + 24) / 2 = 25; open: a question for both
    tied = values(9, 8, 7, 7)
    step = rank_table(equal="average", beyond="continue_step")
    assert scored(step, *tied, maximum=30) == qs(30, 28, 25, 25)
    assert scored(rank_table(equal="average"), *tied, maximum=30)[2:] == [
        "open:beyond:1:u3+u4",
        "open:beyond:1:u3+u4",
    ]


@pytest.mark.parametrize(
    "question", ["open:beyond:1:u4+u5", "open:beyond:1:u4", "open:beyond:1", "open:beyond"]
)
def test_a_decision_on_the_question_the_unit_or_the_parameter_closes_it(question: str) -> None:
    decided = scored(
        rank_table(),
        *values(9, 8, 7, 6, 5),
        maximum=30,
        decisions=[decision(question, "continue_step")],
    )
    fifth = "open:beyond:1:u5" if question.endswith(":u4") else q(22)
    assert decided[3:] == [q(24), fifth]


def test_one_question_may_lead_to_the_next() -> None:
    # equal decided as "average" still asks about rank 4
    method = rank_table(equal="open")
    decided = [decision("open:equal", "average")]
    assert scored(method, *values(9, 8, 7, 7), maximum=30, decisions=decided)[2:] == [
        "open:beyond:1:u3+u4",
        "open:beyond:1:u3+u4",
    ]
    decided.append(decision("open:beyond", "hold_last"))
    assert scored(method, *values(9, 8, 7, 7), maximum=30, decisions=decided) == qs(30, 28, 26, 26)


def test_blank_units_have_no_rank_in_the_table() -> None:
    assert scored(rank_table(), *values(None, 5, None, 9), maximum=30) == [
        BLANK,
        q(28),
        BLANK,
        q(30),
    ]


def test_lower_values_may_stand_first() -> None:
    assert scored(rank_table(direction="lower"), *values(3, 1, 2), maximum=30) == qs(26, 30, 28)


def test_a_published_rank_is_taken_as_it_is() -> None:
    method = rank_table(ranked=True)
    figures = [{"rank": 1}, {"rank": 3}, {"rank": 3}, {"rank": 4}, None]
    assert scored(method, *figures, maximum=30) == [
        *qs(30, 26, 26),
        "open:beyond:1:u4",
        BLANK,
    ]


def test_no_rank_stands_before_the_first() -> None:
    assert scored(rank_table(ranked=True), {"rank": 0}, maximum=30) == [BLANK]


def test_a_unit_alone_is_first() -> None:
    assert scored(rank_table(), *values(1), maximum=30) == [q(30)]


def test_ranks_are_counted_in_each_cluster_apart() -> None:
    rules = pack(criterion("1", 30, rank_table()))
    facts = snapshot(
        unit("a"), unit("b"), unit("c", "k2"), unit("d", "k2"),
        entry("a", "1", value=1), entry("b", "1", value=2),
        entry("c", "1", value=8), entry("d", "1", value=9),
    )  # fmt: skip
    points = {u: r.card.total for u, r in assess(facts, rules).units.items()}
    assert points == {"a": 28, "b": 30, "c": 28, "d": 30}


def test_only_figures_of_the_same_round_are_compared() -> None:
    rounds = [
        {"id": "self", "title": "Tự chấm"},
        {"id": "final", "title": "Thẩm định", "hand": "department"},
    ]
    rules = pack(criterion("1", 30, rank_table()), rounds=rounds)
    facts = snapshot(
        units(3),
        entry("u1", "1", "self", value=9),
        entry("u2", "1", "self", value=8),
        entry("u3", "1", "self", value=7),
        entry("u3", "1", value=7),
    )
    cards = {u: r.card.criteria["1"] for u, r in assess(facts, rules).units.items()}
    assert [cards[u].state.value for u in ("u1", "u2", "u3")] == [BLANK, BLANK, "scored"]
    assert cards["u3"].exact == 30
    assert [cards[u].rounds["self"].points for u in ("u1", "u2", "u3")] == qs(30, 28, 26)


def test_a_unit_that_left_is_compared_with_nobody() -> None:
    import datetime as dt

    rules = pack(criterion("1", 30, rank_table()))
    facts = snapshot(
        unit("u1"),
        unit("u2", left=dt.date(2026, 7, 1)),
        entry("u1", "1", value=1),
        entry("u2", "1", value=9),
    )
    assert assess(facts, rules).units["u1"].card.total == 30


# ------------------------------------------------------------------ average


def test_above_at_and_below_the_average() -> None:
    # average (6 + 10 + 8) / 3 = 8: below 10 × 6/8 = 7,5; above and equal: the maximum
    method = {"kind": "versus_average"}
    assert scored(method, *values(6, 10, 8)) == qs("7.5", 10, 10)
    steps = {**method, "above": 10, "equal": 8, "below": 5}
    assert scored(steps, *values(6, 10, 8)) == qs(5, 10, 8)


def test_below_the_average_when_lower_is_better() -> None:
    # average 8: 10 is worse: 10 × 8/10 = 8
    method = {"kind": "versus_average", "direction": "lower"}
    assert scored(method, *values(6, 10, 8)) == qs(10, 8, 10)


def test_a_unit_alone_equals_its_average() -> None:
    method = {"kind": "versus_average", "above": 10, "equal": 6, "below": 2}
    assert scored(method, *values(3, None)) == [q(6), BLANK]


def test_an_average_of_zero_is_never_divided_by() -> None:
    # average (−2 + 2) / 2 = 0; u1 is below it
    method = {"kind": "versus_average"}
    assert scored(method, *values(-2, 2)) == ["open:zero_base:1:u1", q(10)]
    assert scored({**method, "below": 4}, *values(-2, 2)) == qs(4, 10)


# ------------------------------------------------------------------ leader


def test_in_proportion_to_the_leader() -> None:
    method = {"kind": "versus_leader"}
    assert scored(method, *values(50, 40, 50, None)) == [*qs(10, 8, 10), BLANK]


def test_in_proportion_to_the_leader_when_lower_is_better() -> None:
    # best 2: 10 × 2/5 = 4
    method = {"kind": "versus_leader", "direction": "lower"}
    assert scored(method, *values(2, 5)) == qs(10, 4)


def test_nobody_achieved_anything() -> None:
    # the leader's value is 0: nothing to divide by, so the pack says or it is asked
    method = {"kind": "versus_leader"}
    assert scored(method, *values(0, 0)) == ["open:zero_base:1:u1+u2"] * 2
    assert scored({**method, "zero_base": "zero"}, *values(0, 0)) == qs(0, 0)
    assert scored({**method, "zero_base": "full"}, *values(0, -3)) == qs(10, 10)


def test_a_leader_with_nothing_bad_at_all() -> None:
    # lower is better: 0 is the best there is; the other has 10 × 0/4 = 0
    method = {"kind": "versus_leader", "direction": "lower"}
    assert scored(method, *values(0, 4)) == qs(10, 0)


def test_straight_between_the_worst_and_the_best() -> None:
    # low 4 for the worst (10), 10 for the best (30), 20 in the middle: 4 + 6 × 10/20 = 7
    method = {"kind": "versus_leader", "scale": "from_worst", "low": 4}
    assert scored(method, *values(10, 20, 30)) == qs(4, 7, 10)
    assert scored({**method, "direction": "lower"}, *values(10, 20, 30)) == qs(10, 7, 4)
    assert scored(method, *values(5)) == [q(10)]
    assert scored(method, *values(5, 5)) == qs(10, 10)


TARGET: dict[str, Any] = {
    "kind": "versus_leader",
    "input": "plan_percent",
    "scale": "from_target",
    "at_target": 8,
}


def percents(*numbers: object) -> list[dict[str, object]]:
    return [{"plan": 100, "actual": n} for n in numbers]


def test_between_the_target_and_the_leader() -> None:
    # best 120 %: 110 % → 8 + 2 × 10/20 = 9; 100 % → 8; 50 % → 8 × 50 % = 4
    assert scored(TARGET, *percents(120, 110, 100, 50)) == qs(10, 9, 8, 4)


def test_nobody_above_the_target() -> None:
    assert scored(TARGET, *percents(100, 90)) == qs(8, "7.2")


def test_several_leaders_above_the_target() -> None:
    assert scored(TARGET, *percents(130, 130, 115)) == qs(10, 10, 9)


def test_units_without_a_target_stand_apart() -> None:
    # 60 % of 10 for the unit without a plan, which is nobody's leader
    method = {**TARGET, "no_target": 60}
    assert scored(method, {"actual": 500}, *percents(110, 100)) == qs(6, 10, 8)
    assert scored(TARGET, {"actual": 500}, *percents(110)) == [BLANK, q(10)]


def test_a_plan_of_zero_beside_real_plans() -> None:
    method = {**TARGET, "zero_base": "not_applicable"}
    assert scored(method, {"plan": 0, "actual": 5}, *percents(110)) == ["not_assigned", q(10)]


# ------------------------------------------------------------------ best of the group


def test_the_best_takes_the_points() -> None:
    method = {"kind": "best_of_group", "others": 3}
    assert scored(method, *values(5, 7, 7, None)) == [*qs(3, 10, 10), BLANK]
    assert scored({**method, "direction": "lower"}, *values(5, 7)) == qs(10, 3)


def test_the_best_of_nothing() -> None:
    method = {"kind": "best_of_group", "others": 3}
    assert scored(method, *values(0, 0)) == qs(10, 10)
    assert scored({**method, "best_zero": "zero"}, *values(0, 0)) == qs(0, 0)


# ------------------------------------------------------------------ what stands in


def test_another_round_stands_in_for_peers_only_where_the_pack_says_so() -> None:
    rounds = [
        {"id": "self", "title": "Tự chấm"},
        {"id": "final", "title": "Thẩm định", "hand": "department", "stands_in": "self"},
    ]
    rules = pack(criterion("1", 30, rank_table()), rounds=rounds)
    facts = snapshot(
        units(2), entry("u1", "1", "self", value=9), entry("u2", "1", "final", value=8)
    )
    result = assess(facts, rules)
    assert {u: r.card.total for u, r in result.units.items()} == {"u1": 30, "u2": 28}
    assert result.units["u1"].card.criteria["1"].round == "self"
    assert questions(result) == []


def test_parameters_choose_what_the_text_leaves_open() -> None:
    table = rank_table(beyond={"parameter": "A10"})
    rules = [criterion("1", 30, table), row("parameters", id="A10", title="?", note="x")]
    facts = snapshot(units(4), [entry(f"u{n}", "1", value=10 - n) for n in range(1, 5)])
    open_ = assess(facts, pack(*rules))
    assert questions(open_) == ["open:A10:1:u4"]
    assert open_.open_questions[0].parameter == "A10"
    chosen = assess(facts, pack(*rules, choices={"A10": "hold_last"}))
    assert questions(chosen) == []
    assert chosen.units["u4"].card.total == 26


def test_cases_without_an_outcome_may_be_left_out_of_a_comparison() -> None:
    # 8/10 = 80 %; 6 of 10 with 2 pending: 6/8 = 75 %
    method = rank_table(input="ratio_percent", pending="leave_out")
    figures = [{"part": 8, "whole": 10}, {"part": 6, "whole": 10, "pending": 2}]
    assert scored(method, *figures, maximum=30) == qs(30, 28)


def test_nothing_is_interpolated_up_to_a_leader_below_the_target() -> None:
    # lower is better on a plain value (which the checks refuse): the best, 100, is no leader
    # above the target
    scale = VersusLeader(kind="versus_leader", scale="from_target", direction="lower")
    peers = {"u1": {"value": q(120)}, "u2": {"value": q(100)}}
    outcome = scale.score(Given("u1", q(10), peers["u1"], peers))
    assert isinstance(outcome, Scored)
    assert outcome.step.value == 10
