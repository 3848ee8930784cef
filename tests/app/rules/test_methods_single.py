"""Methods that look at one unit and no plan; every expected number is worked by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import cluster_scored, codes, q, qs, scored

BLANK = "blank"

# ------------------------------------------------------------------ direct


def test_direct_points_count_as_they_are_typed() -> None:
    assert scored({"kind": "direct"}, {"points": "9.75"}, {"points": 0}, None) == [
        q("9.75"),
        q(0),
        BLANK,
    ]


# ------------------------------------------------------------------ checklist


CHECKLIST: dict[str, Any] = {
    "kind": "checklist",
    "parts": [
        {"id": "a", "title": "Kế hoạch", "points": 5},
        {"id": "b", "title": "Sơ kết", "points": 3},
        {"id": "c", "title": "Tổng kết", "points": 2},
    ],
}


def test_a_checklist_adds_what_is_there() -> None:
    # 5 + 0 + 2 = 7; 0 + 0 + 0 = 0; a part without an answer leaves the cell unfinished
    assert scored(
        CHECKLIST,
        {"a": True, "b": False, "c": True},
        {"a": False, "b": False, "c": False},
        {"a": True, "b": False},
    ) == [q(7), q(0), BLANK]


def test_a_checklist_stops_at_the_maximum_and_says_so() -> None:
    result = cluster_scored(CHECKLIST, {"a": True, "b": True, "c": True}, maximum=8)
    score = result.units["u1"].card.criteria["1"]
    assert score.exact == 8
    assert score.why.rule == "cap"
    assert "không quá" in score.why.how


# ------------------------------------------------------------------ yes or no, levels


@pytest.mark.parametrize(
    ("more", "yes", "no"),
    [({}, 10, 0), ({"yes": 6}, 6, 0), ({"no": 4}, 10, 4), ({"yes": "2.5", "no": 10}, "2.5", 10)],
)
def test_yes_or_no(more: dict[str, Any], yes: str, no: str) -> None:
    method = {"kind": "yes_no", **more}
    assert scored(method, {"achieved": True}, {"achieved": False}, None) == [q(yes), q(no), BLANK]


LEVELS: dict[str, Any] = {
    "kind": "levels",
    "levels": [
        {"name": "Tốt", "percent": 100, "also": ["Xuất sắc"]},
        {"name": "Khá", "percent": 70},
        {"name": "Trung bình", "points": 3},
        {"name": "Yếu", "points": 0, "bars": True},
    ],
}


def test_levels_give_points_or_a_percent_of_the_maximum() -> None:
    # 30 × 100 % = 30; 30 × 70 % = 21; 3 points as they stand; 0
    words = ["Tốt", "KHÁ", "trung  bình", "Yếu", "xuất sắc"]
    figures = [{"level": word} for word in words]
    assert scored(LEVELS, *figures, maximum=30) == qs(30, 21, 3, 0, 30)


def test_a_level_that_bars_bars_the_unit_and_says_which_criterion() -> None:
    result = cluster_scored(LEVELS, {"level": "Yếu"}, {"level": "Khá"}, maximum=30)
    barred = result.units["u1"]
    assert [(e.kind, e.derived_from) for e in barred.eligibility] == [("barred", "1")]
    assert barred.rank is None
    assert result.units["u2"].rank == 1


# ------------------------------------------------------------------ counts, achievements


COUNT: dict[str, Any] = {
    "kind": "count",
    "items": [
        {"id": "bai", "title": "Bài viết", "points": 2, "max": 5},
        {"id": "tin", "title": "Tin", "points": "0.5"},
    ],
}


def test_counts_are_multiplied_with_the_cap_of_each_item_first() -> None:
    # 1×2 + 2×0,5 = 3; 3×2 = 6 → 5, + 4×0,5 = 7; 0; 5 + 20×0,5 = 15 → 10
    assert scored(
        COUNT,
        {"bai": 1, "tin": 2},
        {"bai": 3, "tin": 4},
        {"bai": 0, "tin": 0},
        {"bai": 9, "tin": 20},
        {"bai": 1},
    ) == [*qs(3, 7, 0, 10), BLANK]


HIGHEST: dict[str, Any] = {
    "kind": "highest",
    "items": [
        {"id": "co", "title": "Cờ", "points": 10},
        {"id": "bk", "title": "Bằng khen", "points": 6},
    ],
}


def test_only_the_highest_achievement_counts() -> None:
    assert scored(
        HIGHEST,
        {"co": True, "bk": True},
        {"co": False, "bk": True},
        {"co": False, "bk": False},
        {"bk": True},
    ) == [*qs(10, 6, 0), BLANK]


def test_the_highest_achievement_stops_at_the_maximum_and_says_so() -> None:
    result = cluster_scored(HIGHEST, {"co": True, "bk": True}, maximum=8)
    score = result.units["u1"].card.criteria["1"]
    assert score.exact == 8
    assert "không quá" in score.why.how


# ------------------------------------------------------------------ deductions inside a criterion


DEDUCT: dict[str, Any] = {
    "kind": "deduct",
    "items": [
        {"id": "muon", "title": "Chậm báo cáo", "points": 2},
        {"id": "vang", "title": "Vắng họp", "points": 1, "max": 3},
        {"id": "vi_pham", "title": "Vi phạm", "loses_all": True},
    ],
}


def test_deductions_start_full_and_stop_at_zero() -> None:
    # 10 − 2×2 − 1 = 5; 10 − 0 − min(9, 3) = 7; 10 − 12 → 0; one breach loses all; nothing: 10
    none = {"muon": 0, "vang": 0, "vi_pham": 0}
    assert scored(
        DEDUCT,
        {**none, "muon": 2, "vang": 1},
        {**none, "vang": 9},
        {**none, "muon": 6},
        {**none, "vi_pham": 1},
        none,
        {"muon": 0, "vang": 0},
    ) == [*qs(5, 7, 0, 0, 10), BLANK]


# ------------------------------------------------------------------ judgement


def test_a_judged_score_lies_inside_its_range_or_is_asked_about() -> None:
    method = {"kind": "judged", "range": {"ge": 1, "le": 3}}
    assert scored(
        method, {"judged": 1}, {"judged": "n:2.5"}, {"judged": 3}, {"judged": 4}, {"judged": 0}
    ) == [*qs(1, "2.5", 3), "gap:1:u4", "gap:1:u5"]


def test_a_judged_deduction_is_taken_from_the_maximum() -> None:
    # 10 − 3 = 7; an open edge is not inside; 10 − 12 → 0
    method = {"kind": "judged", "range": {"gt": 0, "le": 12}, "deducts": True}
    assert scored(method, {"judged": 3}, {"judged": 0}, {"judged": 12}) == [
        q(7),
        "gap:1:u2",
        q(0),
    ]


def test_a_judgement_below_zero_gives_no_negative_points() -> None:
    result = cluster_scored({"kind": "judged", "range": {"le": 3}}, {"judged": -2})
    assert result.units["u1"].card.criteria["1"].exact == 0
    assert "points_negative" in codes(result)


def test_a_judged_deduction_below_zero_gives_no_more_than_the_maximum() -> None:
    method = {"kind": "judged", "range": {"le": 3}, "deducts": True}
    result = cluster_scored(method, {"judged": -2})
    assert result.units["u1"].card.criteria["1"].exact == 10
    assert "over_max" in codes(result)
