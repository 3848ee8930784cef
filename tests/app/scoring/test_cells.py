"""One cell: four states, rounds, claims, overrides, named hands, gates, maxima."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from app.domain.snapshot import EntryState
from app.ground.findings import UserError
from app.scoring.assessment import Assessment, CriterionScore
from tests.builders import (
    Row,
    assess,
    codes,
    criterion,
    direct,
    entry,
    pack,
    q,
    questions,
    snapshot,
    totals,
    units,
)

PLAN = {"kind": "proportional"}
SELF = {"id": "self", "title": "Tự chấm"}
CLUSTER = {"id": "cluster", "title": "Cụm chấm", "hand": "leader"}
FINAL = {"id": "final", "title": "Thẩm định", "hand": "department"}
ROUNDS = [SELF, CLUSTER, FINAL]


def cell(*entries: Any, row: Row | None = None, **head: Any) -> CriterionScore:
    return result(*entries, row=row, **head).units["u1"].card.criteria["1"]


def result(*entries: Any, row: Row | None = None, **head: Any) -> Assessment:
    head.setdefault("rounds", ROUNDS)
    rules = pack(row or criterion("1", 10, PLAN), **head)
    return assess(snapshot(units(1), *entries), rules)


# ------------------------------------------------------------------ four states


def test_zero_is_a_score_and_none_of_the_other_states() -> None:
    rules = pack(*(direct(str(n), 10) for n in range(1, 5)))
    facts = snapshot(
        units(1),
        entry("u1", "1", points=0),
        entry("u1", "2", state="not_done"),
        entry("u1", "3", state="not_assigned"),
    )
    card = assess(facts, rules).units["u1"].card
    assert {code: score.state.value for code, score in card.criteria.items()} == {
        "1": "scored",
        "2": "not_done",
        "3": "not_assigned",
        "4": "blank",
    }
    assert [score.points for score in card.criteria.values()] == [0, 0, 0, 0]
    assert [score.assigned for score in card.criteria.values()] == [True, True, False, True]
    assert card.own_max == 30


def test_a_unit_with_zero_everywhere_is_scored_and_final() -> None:
    done = assess(snapshot(units(1), entry("u1", "1", points=0)), pack(direct("1", 10)))
    assert not done.provisional
    assert done.units["u1"].rank == 1


def test_a_blank_is_provisional_listed_and_ranked_all_the_same() -> None:
    facts = snapshot(units(2), entry("u1", "1", points=3))
    done = assess(facts, pack(direct("1", 10)))
    assert done.provisional
    assert done.why_provisional == ("còn 1 ô chưa chấm (Đơn vị u2 1 ô)",)
    assert {u: r.rank for u, r in done.units.items()} == {"u1": 1, "u2": 2}
    assert codes(done) == ["cells_blank"]


def test_an_explicit_blank_is_a_blank() -> None:
    score = cell(entry("u1", "1", state="blank", plan=10, actual=10))
    assert (score.state, score.points) == (EntryState.BLANK, 0)


def test_a_missing_figure_leaves_the_cell_and_its_round_blank() -> None:
    score = cell(entry("u1", "1", plan=10))
    assert score.state is EntryState.BLANK
    assert score.rounds["final"].state is EntryState.BLANK
    assert score.rounds["final"].points is None


@pytest.mark.parametrize("figures", [{"plan": True, "actual": 5}, {"plan": "mười", "actual": 5}])
def test_a_figure_of_another_kind_is_not_given(figures: dict[str, Any]) -> None:
    assert cell(entry("u1", "1", **figures)).state is EntryState.BLANK


def test_not_done_counts_nothing_whatever_figures_stand_beside_it() -> None:
    score = cell(entry("u1", "1", state="not_done", plan=10, actual=12))
    assert (score.state, score.points, score.plan_percent) == (EntryState.NOT_DONE, 0, None)


def test_nothing_achieved_of_a_plan_is_asked_about() -> None:
    assert "nothing_achieved" in codes(result(entry("u1", "1", plan=10, actual=0)))


# ------------------------------------------------------------------ rounds


def test_all_rounds_are_kept_and_the_ranking_round_counts() -> None:
    score = cell(
        entry("u1", "1", "self", plan=10, actual=10),
        entry("u1", "1", "cluster", plan=10, actual=9),
        entry("u1", "1", "final", plan=10, actual=8),
    )
    assert (score.points, score.round) == (8, "final")
    assert {r: s.points for r, s in score.rounds.items()} == {"self": 10, "cluster": 9, "final": 8}


def test_another_round_never_stands_in_by_itself() -> None:
    rules = pack(direct("1", 10), direct("2", 10), rounds=ROUNDS)
    facts = snapshot(
        units(1),
        entry("u1", "1", "self", points=9),
        entry("u1", "2", "self", points=9),
        entry("u1", "1", "final", points=7),
    )
    card = assess(facts, rules).units["u1"].card
    assert (card.total, card.criteria["2"].state) == (7, EntryState.BLANK)


def test_a_chain_of_rounds_stands_in_where_the_pack_says_so() -> None:
    rounds = [SELF, {**CLUSTER, "stands_in": "self"}, {**FINAL, "stands_in": "cluster"}]
    rules = pack(*(direct(str(n), 10) for n in (1, 2, 3)), rounds=rounds)
    facts = snapshot(
        units(1),
        *(entry("u1", str(n), "self", points=5) for n in (1, 2, 3)),
        entry("u1", "2", "cluster", points=6),
        entry("u1", "3", "final", points=7),
    )
    done = assess(facts, rules)
    assert done.units["u1"].card.total == 18
    assert [c.round for c in done.units["u1"].card.criteria.values()] == [
        "self",
        "cluster",
        "final",
    ]
    assert not done.provisional


def test_before_the_ranking_round_exists_the_latest_earlier_one_counts_provisionally() -> None:
    done = result(
        entry("u1", "1", "self", plan=10, actual=10), entry("u1", "1", "cluster", plan=10, actual=9)
    )
    assert (done.scored_round, done.ranking_round) == ("cluster", "final")
    assert done.units["u1"].card.total == 9
    assert done.provisional


def test_facts_may_name_another_ranking_round() -> None:
    rules = pack(direct("1", 10), rounds=ROUNDS)
    facts = snapshot(
        units(1),
        entry("u1", "1", "self", points=9),
        entry("u1", "1", "final", points=7),
        ranking_round="self",
    )
    assert totals(assess(facts, rules)) == {"u1": 9}


def test_a_round_may_score_only_a_part_of_the_table() -> None:
    rounds = [SELF, {**FINAL, "only": ["2"], "stands_in": "self"}]
    rules = pack(direct("1", 10), direct("2", 10), rounds=rounds)
    facts = snapshot(
        units(1),
        entry("u1", "1", "self", points=4),
        entry("u1", "2", "self", points=4),
        entry("u1", "1", "final", points=9),
        entry("u1", "2", "final", points=6),
    )
    assert totals(assess(facts, rules)) == {"u1": 10}


def test_a_round_of_one_named_hand_does_not_stand_for_the_whole_table() -> None:
    agency = {"id": "tax", "title": "Cục Thuế", "hand": "agency"}
    rules = pack(direct("1", 10), direct("2", 10, hand="agency"), rounds=[SELF, agency, FINAL])
    facts = snapshot(
        units(1), entry("u1", "1", "self", points=8), entry("u1", "2", "tax", points=5)
    )
    done = assess(facts, rules)
    assert (done.scored_round, done.units["u1"].card.total) == ("self", 13)


# ------------------------------------------------------------------ one named hand


def test_a_criterion_is_scored_by_its_named_hand_alone() -> None:
    row = direct("1", 10, hand="department")
    score = cell(
        entry("u1", "1", "self", points=10),
        entry("u1", "1", "final", points=6),
        row=row,
        scoring={"ranking_round": "cluster"},
    )
    assert (score.points, score.round) == (6, "final")
    other = cell(
        entry("u1", "1", "self", points=10), entry("u1", "1", "cluster", points=9), row=row
    )
    assert other.state is EntryState.BLANK


def test_the_hand_of_a_group_holds_for_its_rows() -> None:
    rules = pack(criterion("1", 10, hand="department"), direct("1.1", 10), rounds=ROUNDS)
    facts = snapshot(
        units(1),
        entry("u1", "1.1", "final", points=6),
        entry("u1", "1.1", "self", points=9),
        ranking_round="self",
    )
    assert totals(assess(facts, rules)) == {"u1": 6}


def test_points_of_a_hand_that_does_not_score_are_told() -> None:
    row = direct("1", 10, hand="department")
    done = result(
        entry("u1", "1", "cluster", points=10), entry("u1", "1", "final", points=6), row=row
    )
    assert "round_does_not_score" in codes(done)


# ------------------------------------------------------------------ claims


def test_a_claim_beside_figures_never_counts_but_a_difference_is_told() -> None:
    done = result(entry("u1", "1", "self", plan=10, actual=9, points=10), rounds=[SELF, FINAL])
    score = done.units["u1"].card.criteria["1"]
    assert (score.points, score.rounds["self"].computed, score.rounds["self"].claimed) == (9, 9, 10)
    assert "claim_differs" in codes(done)
    same = result(entry("u1", "1", "self", plan=10, actual=9, points=9))
    assert "claim_differs" not in codes(same)


def test_a_claim_instead_of_figures_counts_in_the_unit_s_own_round() -> None:
    done = result(entry("u1", "1", "self", points=7))
    score = done.units["u1"].card.criteria["1"]
    assert (score.points, score.rounds["self"].claimed, score.rounds["self"].computed) == (
        7,
        7,
        None,
    )
    assert score.state is EntryState.SCORED


def test_a_claim_does_not_answer_an_open_question() -> None:
    bands = {"kind": "bands", "bands": [{"ge": 5, "points": 10}]}
    done = result(entry("u1", "1", "self", value=3, points=10), row=criterion("1", 10, bands))
    assert questions(done) == ["gap:1:u1"]
    assert done.units["u1"].card.total == 0


def test_a_claim_does_not_undo_what_does_not_apply() -> None:
    tasks = {"kind": "task_ratio"}
    score = cell(
        entry("u1", "1", "self", done=0, assigned=0, points=10), row=criterion("1", 10, tasks)
    )
    assert score.state is EntryState.NOT_ASSIGNED


# ------------------------------------------------------------------ overrides


def test_an_override_with_a_reason_counts_and_the_computed_value_stays() -> None:
    score = cell(entry("u1", "1", plan=10, actual=9, points="8.5", reason="Số liệu chưa xác minh"))
    final = score.rounds["final"]
    assert score.points == q("8.5")
    assert (final.computed, final.override, final.points) == (9, q("8.5"), q("8.5"))
    assert "Số liệu chưa xác minh" in score.why.how
    assert score.why.parts[0].value == 9


def test_an_override_without_a_reason_is_an_error_and_does_not_count() -> None:
    done = result(entry("u1", "1", plan=10, actual=9, points=8))
    assert done.units["u1"].card.total == 9
    assert codes(done) == ["override_without_reason"]
    assert done.provisional


def test_the_same_points_are_no_override() -> None:
    done = result(entry("u1", "1", plan=10, actual=9, points=9))
    assert (done.units["u1"].card.total, codes(done)) == (9, [])


def test_an_override_without_figures_needs_its_reason_too() -> None:
    assert cell(entry("u1", "1", points=8)).state is EntryState.BLANK
    assert cell(entry("u1", "1", points=8, reason="Theo báo cáo")).points == 8


def test_an_override_answers_an_open_question() -> None:
    bands = {"kind": "bands", "bands": [{"ge": 5, "points": 10}]}
    done = result(
        entry("u1", "1", value=3, points=4, reason="Hội đồng thống nhất"),
        row=criterion("1", 10, bands),
    )
    assert (done.units["u1"].card.total, questions(done), done.provisional) == (4, [], False)


def test_an_override_may_score_what_the_figures_call_not_assigned() -> None:
    score = cell(
        entry("u1", "1", done=0, assigned=0, points=4, reason="Giao bổ sung"),
        row=criterion("1", 10, {"kind": "task_ratio"}),
    )
    assert (score.state, score.points) == (EntryState.SCORED, 4)


def test_direct_points_need_no_reason() -> None:
    score = cell(entry("u1", "1", points=8), row=direct("1", 10))
    assert (score.points, score.rounds["final"].override, score.rounds["final"].computed) == (
        8,
        None,
        None,
    )


# ------------------------------------------------------------------ above the maximum


@pytest.mark.parametrize(("way", "points"), [("clamp", 10), ("keep", 12)])
@pytest.mark.parametrize(
    "given", [{"points": 12, "reason": "x"}, {"plan": 10, "actual": 12}], ids=["typed", "computed"]
)
def test_points_above_the_maximum(way: str, points: int, given: dict[str, Any]) -> None:
    row = criterion("1", 10, {"kind": "proportional", "cap": 150})
    done = result(entry("u1", "1", **given), row=row, scoring={"over_max": way})
    assert done.units["u1"].card.total == points
    errors = [f for f in done.findings if f.code == "over_max"]
    assert errors
    assert all(f.severity == "error" for f in errors)
    assert done.provisional


def test_a_pack_may_refuse_points_above_the_maximum() -> None:
    with pytest.raises(UserError) as caught:
        result(entry("u1", "1", points=12), row=direct("1", 10), scoring={"over_max": "refuse"})
    assert "over_max_refused" in [f.code for f in caught.value.findings]


@pytest.mark.parametrize("way", ["clamp", "keep", "refuse"])
def test_negative_points_count_nothing(way: str) -> None:
    done = result(entry("u1", "1", points=-3), row=direct("1", 10), scoring={"over_max": way})
    assert done.units["u1"].card.total == 0
    assert "points_negative" in codes(done)


@pytest.mark.parametrize(
    "method",
    [
        {"kind": "levels", "levels": [{"name": "Tốt", "percent": 120}]},
        {"kind": "levels", "levels": [{"name": "Tốt", "points": 12}]},
    ],
)
def test_a_worth_above_the_maximum_is_cut_with_an_error(method: dict[str, Any]) -> None:
    done = result(entry("u1", "1", level="Tốt"), row=criterion("1", 10, method))
    assert done.units["u1"].card.total == 10
    assert "over_max" in codes(done)


# ------------------------------------------------------------------ gate and already


GATE = {"figure": "da_ky", "title": "Đã ký giao ước", "otherwise": 2}
ALREADY = {"figure": "da_dat", "title": "Đã đạt từ trước", "points": 9}


@pytest.mark.parametrize(
    ("figures", "points"),
    [
        ({"da_ky": True, "plan": 10, "actual": 8}, 8),
        ({"da_ky": False, "plan": 10, "actual": 8}, 2),
        ({"da_ky": False}, 2),
        ({"plan": 10, "actual": 8}, None),
    ],
)
def test_a_precondition_gates_the_criterion(figures: dict[str, Any], points: int | None) -> None:
    score = cell(entry("u1", "1", **figures), row=criterion("1", 10, PLAN, gate=GATE))
    assert score.state is (EntryState.BLANK if points is None else EntryState.SCORED)
    assert score.points == (points or 0)


@pytest.mark.parametrize(
    ("da_ky", "points"), [(True, 8), (False, 2), (None, None)], ids=["met", "unmet", "unknown"]
)
def test_a_precondition_gates_direct_points_too(da_ky: bool | None, points: int | None) -> None:
    figures = {} if da_ky is None else {"da_ky": da_ky}
    score = cell(entry("u1", "1", points=8, **figures), row=direct("1", 10, gate=GATE))
    assert score.state is (EntryState.BLANK if points is None else EntryState.SCORED)
    assert score.points == (points or 0)


@pytest.mark.parametrize(
    ("figures", "points"),
    [
        ({"da_dat": True}, 9),
        ({"da_dat": True, "plan": 10, "actual": 1}, 9),
        ({"da_dat": False, "plan": 10, "actual": 1}, 1),
        ({"plan": 10, "actual": 1}, 1),
        ({"da_dat": False}, None),
    ],
)
def test_what_was_reached_before_needs_no_other_figures(
    figures: dict[str, Any], points: int | None
) -> None:
    score = cell(entry("u1", "1", **figures), row=criterion("1", 10, PLAN, already=ALREADY))
    assert score.state is (EntryState.BLANK if points is None else EntryState.SCORED)
    assert score.points == (points or 0)


def test_the_gate_comes_before_what_was_reached_before() -> None:
    row = criterion("1", 10, PLAN, gate=GATE, already=ALREADY)
    assert cell(entry("u1", "1", da_ky=False, da_dat=True), row=row).points == 2
    assert cell(entry("u1", "1", da_ky=True, da_dat=True), row=row).points == 9
    assert cell(entry("u1", "1", da_dat=True), row=row).state is EntryState.BLANK


def gated(when: dict[str, Any], **points: int) -> dict[str, Fraction]:
    gate = {"when": when, "title": "Điều kiện", "otherwise": 1}
    rules = pack(direct("1", 10, gate=gate), direct("2", 10), direct("3", 10))
    entries = [entry("u1", code[1:], points=value) for code, value in points.items()]
    card = assess(snapshot(units(1), entries), rules).units["u1"].card
    return {code: score.points for code, score in card.criteria.items()}


def test_a_precondition_on_other_scores() -> None:
    when = {"points": {"of": "2", "ge": 5}}
    assert gated(when, c1=8, c2=5)["1"] == 8
    assert gated(when, c1=8, c2=4)["1"] == 1


def test_an_unknown_precondition_leaves_the_criterion_unfinished() -> None:
    gate = {"when": {"condition": "x"}, "title": "Điều kiện"}
    rules = pack(direct("1", 10, gate=gate), ("conditions", {"id": "x", "title": "Điều kiện x"}))
    done = assess(snapshot(units(1), entry("u1", "1", points=8)), rules)
    score = done.units["u1"].card.criteria["1"]
    assert (score.state, score.points) == (EntryState.BLANK, 0)
    assert done.provisional


@pytest.mark.parametrize("order", ["123", "321", "213"])
def test_preconditions_on_each_other_do_not_depend_on_the_order_of_rows(order: str) -> None:
    # 3 gives 4 points, so 2 is closed (0), so 1 is open: 8
    rows = {
        "1": direct("1", 10, gate={"when": {"points": {"of": "2", "lt": 5}}, "title": "a"}),
        "2": direct("2", 10, gate={"when": {"points": {"of": "3", "ge": 5}}, "title": "b"}),
        "3": direct("3", 10),
    }
    rules = pack(*(rows[code] for code in order))
    facts = snapshot(
        units(1),
        entry("u1", "1", points=8),
        entry("u1", "2", points=9),
        entry("u1", "3", points=4),
    )
    card = assess(facts, rules).units["u1"].card
    assert {c: s.points for c, s in card.criteria.items()} == {"1": 8, "2": 0, "3": 4}
    assert card.total == 12


def test_a_closed_criterion_asks_no_question_and_is_over_no_plan() -> None:
    bands = {"kind": "bands", "input": "plan_percent", "bands": [{"le": 100, "points": 10}]}
    gate = {"when": {"points": {"of": "2", "ge": 5}}, "title": "Điều kiện"}
    rules = pack(criterion("1", 10, bands, gate=gate), direct("2", 10))
    facts = snapshot(units(1), entry("u1", "1", plan=10, actual=12), entry("u1", "2", points=4))
    done = assess(facts, rules)
    assert questions(done) == []
    assert done.units["u1"].card.criteria["1"].plan_percent is None


def test_a_precondition_gives_no_more_than_the_maximum() -> None:
    gate = {"when": {"role": "leader"}, "title": "Điều kiện", "otherwise": 12}
    done = result(entry("u1", "1", points=4), row=direct("1", 10, gate=gate))
    assert (done.units["u1"].card.total, codes(done)) == (10, ["over_max"])


@pytest.mark.parametrize("figures", [{"da_ky": False}, {"da_ky": True, "da_dat": True}])
def test_a_plan_counts_only_where_the_method_scores(figures: dict[str, Any]) -> None:
    row = criterion("1", 10, PLAN, gate=GATE, already=ALREADY)
    assert cell(entry("u1", "1", plan=10, actual=12, **figures), row=row).plan_percent is None


# ------------------------------------------------------------------ figures that lack


def test_a_figure_that_lacks_is_called_by_its_title() -> None:
    score = cell(entry("u1", "1", "final", plan=5))
    assert score.state is EntryState.BLANK
    assert score.why.how == "Chưa chấm: còn thiếu “Thực hiện”"


def test_the_unanswered_precondition_is_called_by_its_own_title() -> None:
    gate = {"figure": "ky", "title": "Đã ký giao ước"}
    score = cell(
        entry("u1", "1", "final", plan=5, actual=5), row=criterion("1", 10, PLAN, gate=gate)
    )
    assert score.why.how == "Chưa chấm: còn thiếu “Đã ký giao ước”"
