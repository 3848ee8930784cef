"""Bands, thresholds and ratios: every edge, worked by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain.step import StepRule
from tests.builders import cluster_scored, codes, decision, q, qs, questions, scored

BLANK, NOT_ASSIGNED = "blank", "not_assigned"


def day(month: int, number: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, number)


# ------------------------------------------------------------------ bands


def bands(**more: Any) -> dict[str, Any]:
    """95…100 → 10; 90…<95 → 8; 80…<90 → 50 %; more than 100 and less than 80: a gap."""
    return {
        "kind": "bands",
        "input": "plan_percent",
        "bands": [
            {"ge": 95, "le": 100, "points": 10},
            {"ge": 90, "lt": 95, "points": 8},
            {"ge": 80, "lt": 90, "percent": 50},
        ],
        **more,
    }


@pytest.mark.parametrize(
    ("actual", "points"),
    [
        ("n:100", 10),
        ("n:95", 10),
        ("n:94.9999", 8),
        ("n:90", 8),
        ("n:89.999999999", 5),
        ("n:80", 5),
    ],
)
def test_each_edge_of_a_band_is_open_or_closed_as_written(actual: str, points: int) -> None:
    assert scored(bands(), {"plan": 100, "actual": actual}) == [q(points)]


def test_an_edge_between_thirds_is_exact() -> None:
    # 95 % of 7 is 6,65: 6,65 / 7 is exactly 95 %
    assert scored(bands(), {"plan": 7, "actual": "n:6.65"}) == [q(10)]
    assert scored(bands(), {"plan": 3, "actual": "n:2.85"}, {"plan": 3, "actual": 3}) == qs(10, 10)


def test_a_figure_that_no_band_covers_is_a_gap() -> None:
    assert scored(bands(), {"plan": 100, "actual": "n:100.01"}, {"plan": 100, "actual": 79}) == [
        "gap:1:u1",
        "gap:1:u2",
    ]


def test_a_gap_names_the_worth_of_every_band_as_outcome() -> None:
    result = cluster_scored(bands(), {"plan": 100, "actual": 120})
    assert [o.choice for o in result.open_questions[0].outcomes] == ["10", "8", "50%"]
    assert result.provisional


@pytest.mark.parametrize(("outcome", "points"), [("8", 8), ("50%", 5), ("9,5", "9.5")])
def test_a_decision_closes_a_gap(outcome: str, points: str) -> None:
    result = cluster_scored(
        bands(), {"plan": 100, "actual": 120}, decisions=[decision("gap:1:u1", outcome)]
    )
    assert result.units["u1"].card.criteria["1"].exact == q(points)
    assert questions(result) == []
    assert "quyết định" in result.units["u1"].card.criteria["1"].why.how


@pytest.mark.parametrize("outcome", ["mười", "1.250"])
def test_a_decision_that_cannot_be_read_is_told_and_closes_nothing(outcome: str) -> None:
    result = cluster_scored(
        bands(), {"plan": 100, "actual": 120}, decisions=[decision("gap:1:u1", outcome)]
    )
    assert questions(result) == ["gap:1:u1"]
    assert "decision_does_not_fit" in codes(result)


def test_a_decision_above_the_maximum_is_cut_with_an_error() -> None:
    result = cluster_scored(
        bands(), {"plan": 100, "actual": 120}, decisions=[decision("gap:1:u1", "11")]
    )
    assert result.units["u1"].card.criteria["1"].exact == 10
    assert "over_max" in codes(result)


def test_outside_all_bands_zero_or_the_nearest() -> None:
    figures = [{"plan": 100, "actual": 130}, {"plan": 100, "actual": 20}]
    assert scored(bands(outside="zero"), *figures) == qs(0, 0)
    assert scored(bands(outside="nearest"), *figures) == qs(10, 5)


def test_the_middle_between_two_bands_has_no_nearest() -> None:
    method = {
        "kind": "bands",
        "outside": "nearest",
        "bands": [{"le": 10, "points": 1}, {"ge": 20, "points": 5}],
    }
    assert scored(method, {"value": 14}, {"value": 15}, {"value": 16}) == [
        q(1),
        "gap:1:u2",
        q(5),
    ]


def test_an_open_edge_is_the_nearest_band_of_its_own_side() -> None:
    method = {
        "kind": "bands",
        "outside": "nearest",
        "bands": [{"lt": 10, "points": 1}, {"gt": 10, "points": 5}],
    }
    # 10 lies at distance 0 from both
    assert scored(method, {"value": 10}) == ["gap:1:u1"]


def test_overlapping_bands_the_first_one_counts() -> None:
    method = {"kind": "bands", "bands": [{"ge": 5, "points": 9}, {"ge": 0, "points": 2}]}
    assert scored(method, {"value": 7}, {"value": 3}) == qs(9, 2)


def test_returned_dossiers_at_each_edge() -> None:
    # A23: 0 → 20; 0<r<10 → 15; 10≤r≤20 → 10; 20<r≤50 → 5; >50 → 0
    method = {
        "kind": "bands",
        "input": "ratio_percent",
        "zero_base": "open",
        "bands": [
            {"eq": 0, "points": 20},
            {"gt": 0, "lt": 10, "points": 15},
            {"ge": 10, "le": 20, "points": 10},
            {"gt": 20, "le": 50, "points": 5},
            {"gt": 50, "points": 0, "warn": "quá 50 %"},
        ],
    }
    returned = [0, 1, "n:9.99", 10, 20, "n:20.01", 50, 51, 100]
    figures = [{"part": part, "whole": 100} for part in returned]
    assert scored(method, *figures, maximum=20) == qs(20, 15, 15, 10, 10, 5, 5, 0, 0)
    assert scored(method, {"part": 0, "whole": 0}, maximum=20) == ["open:zero_base:1:u1"]


def test_a_band_may_bar() -> None:
    method = {
        "kind": "bands",
        "bands": [{"ge": 5, "points": 10}, {"lt": 5, "points": 0, "bars": True}],
    }
    result = cluster_scored(method, {"value": 4}, {"value": 5})
    assert [e.kind for e in result.units["u1"].eligibility] == ["barred"]


# ------------------------------------------------------------------ threshold


@pytest.mark.parametrize(
    ("threshold", "at_the_edge"), [({"ge": 80}, 10), ({"gt": 80}, 2), ({"le": 80}, 10)]
)
def test_a_threshold_at_its_edge(threshold: dict[str, int], at_the_edge: int) -> None:
    method = {"kind": "threshold", "threshold": threshold, "otherwise": 2}
    assert scored(method, {"value": 80}) == [q(at_the_edge)]


def test_a_threshold_may_give_less_than_the_maximum() -> None:
    method = {"kind": "threshold", "threshold": {"ge": 80}, "points": 6}
    assert scored(method, {"value": 90}, {"value": 10}, None) == [*qs(6, 0), BLANK]


# ------------------------------------------------------------------ proportional


def test_points_in_proportion_to_the_plan_with_a_cap() -> None:
    # 20 × 95 % = 19; 20 × 100 % (112,5 % capped); 20 × 1/3 exactly; 0
    method = {"kind": "proportional"}
    assert scored(
        method,
        {"plan": 100, "actual": 95},
        {"plan": 100, "actual": "n:112.5"},
        {"plan": 3, "actual": 1},
        {"plan": 100, "actual": 0},
        {"plan": 100},
        maximum=20,
    ) == [*qs(19, 20, "20/3", 0), BLANK]


def test_lower_is_better_divides_the_other_way() -> None:
    # plan 8 accidents: 10 happened → 8/10 = 80 %; 8 → 100 %; 4 → 200 % capped
    method = {"kind": "proportional", "direction": "lower"}
    assert scored(
        method, {"plan": 8, "actual": 10}, {"plan": 8, "actual": 8}, {"plan": 8, "actual": 4}
    ) == qs(8, 10, 10)


def test_below_a_floor_of_percent_nothing_counts() -> None:
    method = {"kind": "proportional", "nothing_below": 50}
    assert scored(method, {"plan": 100, "actual": 50}, {"plan": 100, "actual": "n:49.9"}) == qs(
        5, 0
    )


def test_a_cap_above_a_hundred_then_meets_the_maximum() -> None:
    # 10 × 110 % = 11, above the maximum: over_max applies, with an error
    method = {"kind": "proportional", "cap": 120}
    clamped = cluster_scored(method, {"plan": 100, "actual": 110})
    assert clamped.units["u1"].card.criteria["1"].exact == 10
    assert "over_max" in codes(clamped)
    kept = cluster_scored(method, {"plan": 100, "actual": 110}, scoring={"over_max": "keep"})
    assert kept.units["u1"].card.criteria["1"].exact == 11
    assert "over_max" in codes(kept)


@pytest.mark.parametrize("plan", [0, -5])
@pytest.mark.parametrize(
    ("zero_base", "expected"),
    [
        ("full", q(10)),
        ("zero", q(0)),
        ("not_applicable", NOT_ASSIGNED),
        ("open", "open:zero_base:1:u1"),
    ],
)
def test_a_plan_of_zero_or_below_is_never_divided_by(
    plan: int, zero_base: str, expected: object
) -> None:
    method = {"kind": "proportional", "zero_base": zero_base}
    assert scored(method, {"plan": plan, "actual": 5}) == [expected]


def test_lower_is_better_with_nothing_happened_asks_too() -> None:
    method = {"kind": "proportional", "direction": "lower", "zero_base": "full"}
    assert scored(method, {"plan": 5, "actual": 0}) == [q(10)]


def test_negative_results_give_nothing() -> None:
    result = cluster_scored({"kind": "proportional"}, {"plan": 100, "actual": -20})
    score = result.units["u1"].card.criteria["1"]
    assert (score.exact, score.why.rule) == (0, StepRule.CAP)


@pytest.mark.parametrize(
    ("input_", "direction", "figures", "points"),
    [
        ("value", "higher", {"value": 40}, 4),
        ("ratio_percent", "higher", {"part": 3, "whole": 4}, "7.5"),
        ("change_percent", "higher", {"base": 200, "actual": 250}, "2.5"),
        ("change_percent", "lower", {"base": 200, "actual": 150}, "2.5"),
        ("change_percent", "lower", {"base": 200, "actual": 250}, 0),
        ("difference", "higher", {"base": 10, "actual": 40}, 3),
        ("difference", "lower", {"base": 40, "actual": 10}, 3),
    ],
)
def test_every_input_measures_what_the_manual_says(
    input_: str, direction: str, figures: dict[str, Any], points: str
) -> None:
    method = {"kind": "proportional", "input": input_, "direction": direction}
    assert scored(method, figures) == [q(points)]


def test_average_and_best_of_the_cluster_as_input() -> None:
    # values 6, 10, 8: average 8, best 10. higher: 75 %, 100 % (capped), 100 %; 60, 100, 80 %
    figures = [{"value": 6}, {"value": 10}, {"value": 8}]
    higher = {"kind": "proportional", "input": "average_percent"}
    assert scored(higher, *figures) == qs("7.5", 10, 10)
    best = {"kind": "proportional", "input": "best_percent"}
    assert scored(best, *figures) == qs(6, 10, 8)
    # lower: average / own: 8/6 capped, 8/10, 8/8; best 6: 6/6, 6/10, 6/8
    lower = {**higher, "direction": "lower"}
    assert scored(lower, *figures) == qs(10, 8, 10)
    assert scored({**best, "direction": "lower"}, *figures) == qs(10, 6, "7.5")


# ------------------------------------------------------------------ tasks and ratios


def test_n_times_i_over_big_n() -> None:
    # (7 × 20) / 8 = 17,5; 8/8; 0/8; n > N stops at the maximum and says so
    method = {"kind": "task_ratio"}
    assert scored(
        method,
        {"done": 7, "assigned": 8},
        {"done": 8, "assigned": 8},
        {"done": 0, "assigned": 8},
        {"done": 9, "assigned": 8},
        {"done": 1, "assigned": 3},
        {"assigned": 8},
        maximum=20,
    ) == [*qs("17.5", 20, 0, 20, "20/3"), BLANK]
    over = cluster_scored(method, {"done": 9, "assigned": 8})
    assert over.units["u1"].card.criteria["1"].why.rule is StepRule.CAP


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        (None, NOT_ASSIGNED),
        ("not_applicable", NOT_ASSIGNED),
        ("full", q(10)),
        ("zero", q(0)),
        ("open", "open:none_assigned:1:u1"),
    ],
)
def test_no_tasks_at_all(setting: str | None, expected: object) -> None:
    method = {"kind": "task_ratio"} | ({} if setting is None else {"none_assigned": setting})
    assert scored(method, {"done": 0, "assigned": 0}) == [expected]


RATIOS: dict[str, Any] = {
    "kind": "ratios",
    "parts": [
        {"id": "so_luong", "title": "Số lượng", "points": 10},
        {"id": "chat_luong", "title": "Chất lượng", "points": 6},
        {"id": "tien_do", "title": "Tiến độ", "points": 4},
    ],
}


def ratio(n: int, done: int, good: int, timely: int) -> dict[str, int]:
    return {
        "so_luong_part": done,
        "so_luong_whole": n,
        "chat_luong_part": good,
        "chat_luong_whole": 4,
        "tien_do_part": timely,
        "tien_do_whole": 5,
    }


def test_several_ratios_add_up() -> None:
    # 10 × 9/10 + 6 × 3/4 + 4 × 5/5 = 9 + 4,5 + 4 = 17,5; a ratio above 1 counts as 1
    assert scored(RATIOS, ratio(10, 9, 3, 5), ratio(10, 12, 4, 5), maximum=20) == qs("17.5", 20)


@pytest.mark.parametrize(
    ("setting", "expected"),
    [("full", q("17.5") - 9 + 10), ("zero", q("8.5")), ("open", "open:zero_whole:1:u1")],
)
def test_one_ratio_without_a_whole(setting: str, expected: object) -> None:
    # 10 or 0 for the first part, + 4,5 + 4
    method = {**RATIOS, "zero_whole": setting}
    assert scored(method, ratio(0, 0, 3, 5), maximum=20) == [expected]


def test_an_outside_score_is_brought_to_the_maximum() -> None:
    # 15 × 86 / 100 = 12,9; a scale of the facts overrides; above the scale: the maximum
    method = {"kind": "rescaled", "scale": 100}
    assert scored(
        method,
        {"score": 86},
        {"score": 430, "scale": 1000},
        {"score": 130},
        {"score": -5},
        None,
        maximum=15,
    ) == [*qs("12.9", "6.45", 15, 0), BLANK]


def test_an_outside_score_needs_a_scale() -> None:
    method = {"kind": "rescaled"}
    assert scored(method, {"score": 8}, {"score": 8, "scale": 0}, {"score": 8, "scale": 10}) == [
        BLANK,
        BLANK,
        q(8),
    ]


# ------------------------------------------------------------------ against a base period


def against_base(**more: Any) -> dict[str, Any]:
    return {"kind": "against_base", "start": 5, "step": 2, "up": 1, "down": "0.5", **more}


@pytest.mark.parametrize(
    ("actual", "whole", "pro_rata"),
    [
        (100, 5, 5),
        (107, 8, "8.5"),
        (102, 6, 6),
        ("n:101.9", 5, "5.95"),
        (93, "3.5", "3.25"),
        (50, 0, 0),
        (150, 10, 10),
    ],
)
def test_steps_above_and_below_the_base_period(actual: object, whole: str, pro_rata: str) -> None:
    # +7 %: 3 whole steps of 2 → 5 + 3 = 8; pro rata 3,5 → 8,5
    # −7 %: 3 whole steps → 5 − 1,5 = 3,5; pro rata 3,5 → 5 − 1,75 = 3,25
    figures = {"base": 100, "actual": actual}
    assert scored(against_base(), figures) == [q(whole)]
    assert scored(against_base(whole_steps=False), figures) == [q(pro_rata)]


def test_steps_stop_at_the_floor() -> None:
    assert scored(against_base(floor=2), {"base": 100, "actual": 20}) == [q(2)]


def test_fewer_than_last_year_may_be_better() -> None:
    # −10 % accidents: 5 whole steps up → 10
    assert scored(
        against_base(direction="lower"), {"base": 100, "actual": 90}, {"base": 100, "actual": 110}
    ) == qs(10, "2.5")


def test_a_base_period_of_zero_is_asked_about() -> None:
    assert scored(against_base(), {"base": 0, "actual": 5}) == ["open:zero_base:1:u1"]


# ------------------------------------------------------------------ days late


def test_days_are_counted_by_the_calendar() -> None:
    # 3 days × 0,5; the due day itself and before: 0 days; over the turn of the year: 2 days
    method = {"kind": "lateness", "per_day": "0.5"}
    due = day(3, 31)
    assert scored(
        method,
        {"due": due, "done": day(4, 3)},
        {"due": due, "done": due},
        {"due": due, "done": day(1, 2)},
        {"due": day(12, 31), "done": day(1, 2, 2027)},
        {"due": day(2, 28, 2024), "done": day(3, 1, 2024)},
        {"due": due},
    ) == [*qs("8.5", 10, 10, 9, 9), BLANK]


def test_lateness_stops_at_its_floor() -> None:
    figures = {"due": day(1, 1), "done": day(12, 1)}
    assert scored({"kind": "lateness", "per_day": 1}, figures) == [q(0)]
    assert scored({"kind": "lateness", "per_day": 1, "floor": 2}, figures) == [q(2)]


def test_bands_of_days_late() -> None:
    method = {
        "kind": "bands",
        "input": "days_late",
        "bands": [
            {"eq": 0, "points": 10},
            {"gt": 0, "le": 5, "points": 5},
            {"gt": 5, "points": 0},
        ],
    }
    due = day(6, 15)
    done = [day(6, 15), day(6, 16), day(6, 20), day(6, 21)]
    assert scored(method, *({"due": due, "done": d} for d in done)) == qs(10, 5, 5, 0)


# ------------------------------------------------------------------ over plan


@pytest.mark.parametrize(
    ("actual", "whole", "pro_rata"),
    [("n:112.5", 12, "12.5"), (100, 0, 0), (80, 0, 0), ("n:100.99", 0, "0.99"), (150, 30, 30)],
)
def test_one_point_for_each_percent_above_plan(actual: object, whole: str, pro_rata: str) -> None:
    figures = {"plan": 100, "actual": actual}
    assert scored({"kind": "over_plan"}, figures, maximum=30) == [q(whole)]
    assert scored({"kind": "over_plan", "whole": False}, figures, maximum=30) == [q(pro_rata)]


def test_points_per_several_percent_above_plan() -> None:
    # 9 % above: 3 steps of 2,5 … 7,5 ≤ 9 < 10 → 3 × 2 = 6
    method = {"kind": "over_plan", "per": "2.5", "points": 2}
    assert scored(method, {"plan": 100, "actual": 109}, maximum=30) == [q(6)]
