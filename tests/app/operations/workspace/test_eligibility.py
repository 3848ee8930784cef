"""Who may be considered: the checklist, what is recorded with its consequences, held units."""

from __future__ import annotations

import pytest

from app.domain.snapshot import Cluster, Unit
from app.ground.findings import UserError
from app.operations.workspace.consequences import consequences, result_of
from app.operations.workspace.decisions import plan_decision
from app.operations.workspace.desk import Desk
from app.operations.workspace.eligibility import (
    Checklist,
    checklists,
    plan_barred,
    plan_case,
    plan_cleared,
    plan_condition,
)
from app.operations.workspace.entries import enter_scores
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.members import add_clusters, add_units
from app.persistence import books
from app.persistence.workspace import Workspace
from tests import builders as b

from .conftest import codes, told
from .hall import COUNTER, DAY, LATER, do, lines, meet, ranks, rows, tree

P, H, R, X = "proposed", "held", "reserve", "refused"
POINTS = {"a": 95, "b": 90, "c": 80, "d": 70}


def of(desk: Desk, unit: str) -> Checklist:
    return next(c for c in checklists(desk) if c.unit.id == unit)


def test_every_case_of_the_pack_stands_on_the_list_of_every_unit(workspace: Workspace) -> None:
    """Issue 5.1: the pack's "không xét" and "chưa xét" as a checklist; derived ones say why."""
    desk = meet(workspace, {**POINTS, "d": 5})
    assert [line.case.id for line in of(desk, "a").cases] == ["kx", "kx_diem", "cx"]
    assert [line.source for line in of(desk, "a").cases] == ["none"] * 3
    (derived,) = of(desk, "d").against
    assert (derived.case.id, derived.source, derived.why) == (
        "kx_diem",
        "derived",
        "suy từ số liệu: total",
    )
    assert lines(desk, "co") == {"a": P, "b": R, "d": X}


def test_a_level_that_bars_by_itself_stands_on_the_list(workspace: Workspace) -> None:
    """CB II.2.d: a criterion at "yếu/kém" bars; the pack needs no case of its own for that."""
    levels = [
        {"name": "Tốt", "percent": 100, "also": []},
        {"name": "Kém", "points": 0, "bars": True},
    ]
    base = [b.criterion("1", 100, {"kind": "levels", "levels": levels}), b.award("co", b.fixed(1))]
    desk = meet(workspace, {}, tree(base=base), sealed=False)
    add_clusters(desk, [Cluster("k1", "Cụm 1")])
    add_units(desk, [Unit("a", "Sở A", "k1"), Unit("b", "Sở B", "k1")])
    enter_scores(
        desk,
        [
            TypedCell("a", "1", "final", figures={"level": "Kém"}),
            TypedCell("b", "1", "final", figures={"level": "Tốt"}),
        ],
    )
    (line,) = of(desk, "a").against
    assert (line.case.id, line.source, line.why) == ("level:1", "derived", "suy từ số liệu: 1")
    assert lines(desk, "co") == {"a": X, "b": P}


def test_a_bar_is_recorded_with_its_paper_after_its_consequences_were_seen(
    workspace: Workspace,
) -> None:
    """A37, CB "không xét thi đua": listed apart, no rank, and never uses up a place (1.3)."""
    desk = meet(workspace, POINTS)
    plan = plan_case(desk, "a", "kx", "15/QĐ-UBND", DAY)
    assert plan.consequences[:4] == (
        "Sở A: hạng 1 → không xếp hạng",
        "Sở B: hạng 2 → hạng 1",
        "Sở C: hạng 3 → hạng 2",
        "Sở D: hạng 4 → hạng 3",
    )
    assert "Sở B, Khen co: dự bị → đề nghị (Xếp thứ 1)" in plan.consequences
    assert lines(desk, "co") == {"a": P, "b": R}, "nothing was written yet"
    done = do(desk, plan)
    assert done.operation is not None
    assert "Sở B, Khen co: dự bị → đề nghị" in done.operation.parameters["consequences"]
    assert lines(desk, "co") == {"a": X, "b": P, "c": R}
    assert ranks(desk) == {"a": None, "b": 1, "c": 2, "d": 3}
    (line,) = of(desk, "a").against
    assert (line.source, line.why) == ("recorded", "15/QĐ-UBND")
    with pytest.raises(UserError) as fault:
        plan_case(desk, "a", "kx", "16/QĐ", DAY)
    assert codes(fault) == ["case_recorded"]


def test_a_pack_may_rank_barred_units(workspace: Workspace) -> None:
    """A37, BG "không xét khen thưởng": ranked, no award; awards go by rank among the eligible."""
    desk = meet(workspace, POINTS, tree(scoring={"barred": "ranked"}))
    do(desk, plan_case(desk, "a", "kx", "15/QĐ", DAY))
    assert ranks(desk) == {"a": 1, "b": 2, "c": 3, "d": 4}
    assert result_of(desk).units["b"].rank_among_eligible == 1
    assert lines(desk, "co") == {"a": X, "b": P, "c": R}


def test_a_decision_stands_on_a_paper(workspace: Workspace) -> None:
    desk = meet(workspace, POINTS)
    with pytest.raises(UserError) as fault:
        plan_case(desk, "a", "kx", "  ")
    assert codes(fault) == ["reference_missing"]
    with pytest.raises(UserError) as fault:
        plan_case(desk, "a", "kxx", "1/QĐ")
    assert "kx, kx_diem, cx" in told(fault)
    with pytest.raises(UserError) as fault:
        plan_case(desk, "aa", "kx", "1/QĐ")
    assert codes(fault) == ["facts_unknown_unit"]


# ------------------------------------------------------------------ held (A38)


def test_a_held_unit_at_a_place_stops_with_both_outcomes(workspace: Workspace) -> None:
    """A38, CB "chưa xét": stop and show both outcomes (held / passed on)."""
    desk = meet(workspace, POINTS)
    plan = plan_case(desk, "a", "cx", "3/CV", DAY)
    assert any("Sở A, Khen co: đề nghị → chờ kết luận" in words for words in plan.consequences)
    assert any(words.startswith("phải quyết định: Sở A") for words in plan.consequences)
    do(desk, plan)
    (place,) = of(desk, "a").held_at
    assert place.question is not None
    assert [(o.choice, o.effect) for o in place.question.outcomes] == [
        ("held", "giữ chỗ cho Sở A đến khi có kết luận"),
        ("passed_on", "chuyển cho Sở B"),
    ]
    assert result_of(desk).provisional


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [("held", {"a": H, "b": R}), ("passed_on", {"a": X, "b": P, "c": R})],
)
def test_the_decision_on_a_held_place_is_recorded_with_who_and_why(
    workspace: Workspace, outcome: str, expected: dict[str, str]
) -> None:
    desk = meet(workspace, POINTS)
    do(desk, plan_case(desk, "a", "cx", "3/CV", DAY))
    with pytest.raises(UserError) as fault:
        plan_decision(desk, "held:co:a", outcome, "", "4/CV")
    assert codes(fault) == ["reference_missing"]
    with pytest.raises(UserError) as fault:
        plan_decision(desk, "held:co:a", "có", "Hội đồng", "4/CV")
    assert codes(fault) == ["decision_does_not_fit"]
    with pytest.raises(UserError) as fault:
        plan_decision(desk, "held:co:b", outcome, "Hội đồng", "4/CV")
    assert codes(fault) == ["question_not_asked"]
    do(desk, plan_decision(desk, "held:co:a", outcome, "Hội đồng", "4/CV"))
    assert lines(desk, "co") == expected
    (kept,) = desk.workspace.read(books.DECISIONS, "2026")
    assert (kept.by, kept.reference) == ("Hội đồng", "4/CV")


def test_a_held_unit_that_is_cleared_takes_its_place(workspace: Workspace) -> None:
    """NĐ 152/2025 Đ4: units under investigation are not yet rewarded and resume when cleared."""
    desk = meet(workspace, POINTS)
    do(desk, plan_case(desk, "a", "cx", "3/CV", DAY))
    plan = plan_cleared(desk, "a", "cx", "Thanh tra tỉnh", "9/KL", DAY.replace(day=28))
    assert any("Sở A, Khen co: chờ kết luận → đề nghị" in words for words in plan.consequences)
    done = do(desk, plan)
    assert lines(desk, "co") == {"a": P, "b": R}
    assert done.operation is not None
    assert {k: done.operation.parameters[k] for k in ("by", "reference", "on")} == {
        "by": "Thanh tra tỉnh",
        "reference": "9/KL",
        "on": "2026-12-28",
    }
    (fact,) = desk.workspace.read(books.STANDING, "2026")
    assert (fact.until, fact.reference) == (DAY.replace(day=27), "3/CV; kết luận: 9/KL")
    assert of(desk, "a").cases[2].source == "none"


def test_a_conclusion_after_the_year_s_end_counts_too(workspace: Workspace) -> None:
    desk = meet(workspace, POINTS)
    do(desk, plan_case(desk, "a", "cx", "3/CV", DAY))
    do(desk, plan_cleared(desk, "a", "cx", "Thanh tra tỉnh", "9/KL", LATER))
    assert (lines(desk, "co")["a"], desk.workspace.read(books.STANDING, "2026")) == (P, ())
    assert "9/KL ngày 15/01/2027" in desk.workspace.journal()[-1].operation.title
    assert desk.workspace.undo(COUNTER) is not None
    assert lines(desk, "co")["a"] == H


def test_a_held_unit_that_is_barred_passes_its_place_on(workspace: Workspace) -> None:
    desk = meet(workspace, POINTS)
    do(desk, plan_case(desk, "a", "cx", "3/CV", DAY))
    plan = plan_barred(desk, "a", "cx", "kx", "Chủ tịch UBND tỉnh", "20/QĐ", LATER)
    assert any("Sở A, Khen co: chờ kết luận → không đề nghị" in w for w in plan.consequences)
    assert any("Sở B, Khen co: dự bị → đề nghị" in words for words in plan.consequences)
    do(desk, plan)
    (fact,) = desk.workspace.read(books.STANDING, "2026")
    # found after the year's end, it counts for the year; the paper keeps the day
    assert (fact.case, fact.since, fact.reference) == ("kx", None, "20/QĐ ngày 15/01/2027")
    assert lines(desk, "co") == {"a": X, "b": P, "c": R}
    with pytest.raises(UserError) as fault:
        plan_barred(desk, "a", "cx", "kx", "Chủ tịch", "20/QĐ", LATER)
    assert codes(fault) == ["case_recorded"]
    with pytest.raises(UserError) as fault:
        plan_barred(desk, "b", "cx", "kx", "Chủ tịch", "20/QĐ", LATER)
    assert codes(fault) == ["case_not_recorded"]
    with pytest.raises(UserError) as fault:
        plan_barred(desk, "b", "cx", "cx", "Chủ tịch", "20/QĐ", LATER)
    assert codes(fault) == ["facts_unknown_case"]


def test_a_held_unit_away_from_the_places_stops_nothing(workspace: Workspace) -> None:
    desk = meet(workspace, {**POINTS, "e": 60, "f": 50})
    do(desk, plan_case(desk, "e", "cx", "3/CV", DAY))
    assert (of(desk, "e").held_at, result_of(desk).provisional) == ((), False)


# ------------------------------------------------------------------ conditions (A46)


def test_conditions_are_ticked_with_their_paper_and_never_assumed(workspace: Workspace) -> None:
    desk = meet(workspace, POINTS, tree(base=rows(conditions=["vuot"])))
    (line,) = of(desk, "a").conditions
    assert (line.met, line.source, line.awards, lines(desk, "co")["a"]) == (
        None,
        "none",
        ("co",),
        H,
    )
    with pytest.raises(UserError) as fault:
        plan_condition(desk, "a", "vuot", True)
    assert codes(fault) == ["reference_missing"]
    do(desk, plan_condition(desk, "a", "vuot", True, "BC 12"))
    assert (of(desk, "a").conditions[0].reference, lines(desk, "co")["a"]) == ("BC 12", P)
    do(desk, plan_condition(desk, "a", "vuot", False, "BC 13"))
    assert (of(desk, "a").conditions[0].met, lines(desk, "co")["a"]) == (False, X)
    do(desk, plan_condition(desk, "a", "vuot", None))
    assert (of(desk, "a").conditions[0].met, lines(desk, "co")["a"]) == (None, H)
    with pytest.raises(UserError) as fault:
        plan_condition(desk, "a", "vuotx", True, "x")
    assert codes(fault) == ["facts_unknown_condition"]


def test_what_is_planned_is_what_comes(workspace: Workspace) -> None:
    """The consequences are those of the act itself: it was done, looked at and taken back."""
    desk = meet(workspace, POINTS)
    head = desk.workspace.head
    plan = plan_case(desk, "a", "kx", "15/QĐ", DAY)
    assert desk.workspace.head == head
    before = result_of(desk)
    do(desk, plan)
    assert consequences(before, result_of(desk)) == plan.consequences
    assert desk.workspace.verify().findings == ()
