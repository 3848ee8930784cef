"""Defects of others (acceptance, part 1) that the conference must not have, through the verbs.

Numbers 1, 2, 3 and 16 stand in ``test_ballots`` and ``test_eligibility``, 11 in ``test_tables``,
17 in ``test_scores`` and the journey of the domain's rows.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain.snapshot import Cluster, Unit
from app.ground.findings import UserError
from app.operations.standing_text import standing_lines
from app.operations.workspace.consequences import result_of
from app.operations.workspace.desk import Desk
from app.operations.workspace.entries import enter_scores
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.members import add_clusters, add_units, describe_unit
from app.operations.workspace.records import record
from app.operations.workspace.results import scored_year
from app.operations.workspace.successions import merge_units
from app.persistence.workspace import Workspace
from tests import builders as b

from .conftest import codes
from .hall import decide_by_ballot, lines, meet, opened, ranks, rows, tree

P, T, R = "proposed", "tied", "reserve"


def typed(desk: Desk, code: str, **figures: Any) -> None:
    """Types one figure of a criterion for some units."""
    enter_scores(
        desk, [TypedCell(u, code, "final", figures={"value": str(v)}) for u, v in figures.items()]
    )


def with_units(workspace: Workspace, table: b.Tree, units: str) -> Desk:
    """A year with units that nobody has scored yet."""
    desk = meet(workspace, {}, table, sealed=False)
    add_clusters(desk, [Cluster("k1", "Cụm 1")])
    add_units(desk, [Unit(u, f"Sở {u.upper()}", "k1") for u in units])
    return desk


def test_the_tie_break_that_is_printed_is_the_one_that_was_used(workspace: Workspace) -> None:
    """Acceptance 1.4: by ballot here; by a key in the next year's table."""
    desk = meet(workspace, {"a": 90, "b": 90, "c": 80})
    decide_by_ballot(desk, a=3, b=6)
    found = result_of(desk)
    assert (found.ties[0].resolved_by, ranks(desk)["b"]) == ("ballot", 1)
    assert "bỏ phiếu lần 1: Sở A: 3 phiếu, Sở B: 6 phiếu" in found.ties[0].how
    assert "xếp theo kết quả bỏ phiếu" in "\n".join(standing_lines(scored_year(desk)))


def test_a_key_that_decided_is_named(workspace: Workspace) -> None:
    """Acceptance 1.4: NĐ 152/2025 Đ4, women ≥ 70 % first; what decided is what is told."""
    key = {"by": "attribute", "of": "women", "at": {"ge": 70}, "title": "Tỷ lệ nữ từ 70 %"}
    table = tree(ties={"chain": [{"step": "keys", "keys": [key]}]})
    desk = meet(workspace, {"a": 90, "b": 90, "c": 80}, table)
    for unit, women in (("a", 40), ("b", 75)):
        describe_unit(desk, unit, {"women": b.q(women)})
    found = result_of(desk)
    assert (found.ties[0].resolved_by, found.ties[0].winner) == ("keys", "b")
    assert "Tỷ lệ nữ từ 70 %" in found.ties[0].how
    with pytest.raises(UserError) as fault:
        opened(desk)
    assert codes(fault) == ["ballot_decided"]


def test_one_changed_figure_tells_everybody_who_moves(workspace: Workspace) -> None:
    """Acceptance 1.8: a rank within the cluster moves the others too."""
    table = {"kind": "rank_table", "table": [10, 8, 6], "beyond": "zero"}
    desk = with_units(workspace, tree(base=[b.criterion("1", 10, table)]), "abc")
    typed(desk, "1", a=30, b=20, c=10)
    moves = scored_year(desk, changes=["c/1@final/value=40"]).moves or ()
    # c: 6 → 10, a: 10 → 8, b: 8 → 6, and every rank with them
    points = {m.unit: (m.old, m.new) for m in moves if m.what == "points" and m.criterion == "1"}
    assert points == {"a": ("10", "8"), "b": ("8", "6"), "c": ("6", "10")}
    assert {m.unit: (m.old, m.new) for m in moves if m.what == "rank"} == {
        "a": (1, 2),
        "b": (2, 3),
        "c": (3, 1),
    }


class TestEdges:
    """Acceptance 1.9: nobody above target, tied leaders, one alone, target 0 or blank."""

    def test_several_tied_leaders_share_the_first_rank(self, workspace: Workspace) -> None:
        desk = meet(workspace, {"a": 90, "b": 90, "c": 90, "d": 70})
        assert ranks(desk) == {"a": 1, "b": 1, "c": 1, "d": 4}
        assert set(opened(desk).keys) == {"a", "b", "c"}

    def test_one_unit_alone_is_first_and_takes_the_place(self, workspace: Workspace) -> None:
        desk = meet(workspace, {"a": 60})
        assert (ranks(desk), lines(desk, "co")) == ({"a": 1}, {"a": P})

    def test_a_target_of_zero_is_asked_about_and_never_divided_by(
        self, workspace: Workspace
    ) -> None:
        method = {"kind": "proportional", "zero_base": "open"}
        desk = with_units(workspace, tree(base=[b.criterion("1", 10, method)]), "ab")
        cells = [
            TypedCell(u, "1", "final", figures={"plan": plan, "actual": "5"})
            for u, plan in (("a", "0"), ("b", "10"))
        ]
        enter_scores(desk, cells)
        found = result_of(desk)
        assert [q.units for q in found.open_questions] == [("a",)]
        assert found.units["b"].card.total == 5

    def test_nobody_above_a_threshold_leaves_the_place_empty(self, workspace: Workspace) -> None:
        base = rows(requires={"total": {"ge": 95}})[:-1]
        desk = meet(workspace, {"a": 90, "b": 80}, tree(base=base))
        assert set(lines(desk, "co").values()) == {"refused"}


def test_limits_of_a_part_and_of_the_total_hold_apart(workspace: Workspace) -> None:
    """Acceptance 1.10: an item ≤ 5, all bonus ≤ 8, the total ≤ 100: 90 + 8 = 98, 97 + 8 → 100."""
    items = [b.bonus_item(i, {"kind": "points", "range": {"ge": 0, "le": 9}}, max=5) for i in "xy"]
    scoring = {"total_max": 100, "clamp": {"low": 0, "high": 100}}
    table = tree(*items, bonus={"max": 8}, scoring=scoring)
    desk = meet(workspace, {"a": 90, "b": 97}, table)
    for unit in "ab":
        for item in "xy":
            row = {"unit": unit, "item": item, "points": 7, "reason": "khen"}
            record(desk, "bonus", [row])
    found = result_of(desk)
    card = found.units["a"].card
    assert [i.points for i in card.bonus.items.values()] == [5, 5]
    assert (card.bonus.total, card.total) == (8, 98)
    assert found.units["b"].card.total == 100


def test_a_unit_that_left_takes_no_part_in_ballot_and_awards(workspace: Workspace) -> None:
    """Acceptance 1.13: a merger in mid-year; the scores follow, nobody stands twice."""
    desk = meet(workspace, {"a": 90, "b": 90, "c": 80}, sealed=False)
    assert set(opened(desk).keys) == {"a", "b"}
    day = dt.date(2026, 7, 1)
    merge_units(desk, ["a"], desk.units["b"], day)
    found = result_of(desk)
    assert (found.ties, lines(desk, "co")) == ((), {"b": P, "c": R})
    leader = opened(desk, "leader")
    assert set(leader.keys) == {"b", "c"}


def test_an_override_stands_beside_what_was_computed(workspace: Workspace) -> None:
    """Acceptance 1.18: both are kept, with who and why; the ballot is bound to what counts."""
    method = {"kind": "proportional", "zero_base": "zero"}
    base = [b.criterion("1", 100, method), b.award("co", b.fixed(1))]
    desk = with_units(workspace, tree(base=base), "ab")
    figures = {"plan": "100", "actual": "90"}
    enter_scores(desk, [TypedCell(u, "1", "final", figures=figures) for u in "ab"])
    enter_scores(
        desk,
        [TypedCell("b", "1", "final", points="85", figures=figures, reason="số liệu của Cục Thuế")],
    )
    cell = result_of(desk).units["b"].card.criteria["1"].rounds["final"]
    assert (cell.computed, cell.override, cell.reason) == (90, 85, "số liệu của Cục Thuế")
    assert lines(desk, "co") == {"a": P}
    enter_scores(
        desk,
        [TypedCell("b", "1", "final", points="90", figures=figures, reason="thống nhất lại")],
    )
    assert opened(desk).totals == {"a": 90, "b": 90}


def test_zero_is_a_score_and_stands_in_the_ballot_too(workspace: Workspace) -> None:
    """Acceptance 1.5, A5: 0 is a score; two units with 0 tie like any other."""
    desk = meet(
        workspace, {"a": 0, "b": 0}, tree(base=[b.direct("1", 100), b.award("co", b.fixed(1))])
    )
    assert opened(desk).totals == {"a": 0, "b": 0}
