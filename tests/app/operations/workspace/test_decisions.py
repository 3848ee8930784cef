"""What the council chooses, through the verb: candidates, places, consequences, choosing anew.

The Government's flag goes to half of the flags (rounded down), chosen by the council among the
units that have a flag (CĐ, Phần III.4; BG, Phần III.2.2: "Hội đồng … lựa chọn").
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from app.ground.findings import UserError
from app.operations.workspace.awards import propose
from app.operations.workspace.consequences import result_of
from app.operations.workspace.decisions import council_choice, plan_choice
from app.operations.workspace.desk import Desk
from app.operations.workspace.proposals import ProposalsStand, proposal_state
from app.persistence.workspace import Workspace
from tests import builders as b

from .conftest import codes, told
from .hall import COUNTER, DAY, do, lines, meet, rescore, tree

POINTS = {"a": 95, "b": 90, "c": 85, "d": 80}
TWO = {"a": "k1", "b": "k1", "c": "k2", "d": "k2"}
SHARE = {"kind": "percent", "percent": 50, "of": "co"}
FLAGS = [
    b.direct("1", 100),
    b.award("co", b.fixed(1)),
    b.award("cp", SHARE, scope="province", among="co", chosen_by="council"),
]
BY, PAPER = "Hội đồng Thi đua tỉnh", "40/BB-HĐTĐ"


def at_council(workspace: Workspace, base: Sequence[b.Row] = FLAGS) -> Desk:
    """Two clusters of two units: a and c have the flag, and one of them the Government's."""
    return meet(workspace, POINTS, tree(base=list(base)), TWO)


def test_the_council_chooses_among_those_who_have_the_flag(workspace: Workspace) -> None:
    desk = at_council(workspace)
    choice = council_choice(desk, "cp")
    assert (choice.candidates, choice.limit, choice.chosen) == (("a", "c"), 1, ())
    plan = plan_choice(desk, "cp", ["c"], BY, PAPER)
    assert plan.title == f"Ghi lựa chọn của {BY} ({PAPER}): Khen cp: Sở C"
    assert plan.consequences == (
        "Sở A, Khen cp: dự bị → không đứng",
        "Sở C, Khen cp: dự bị → đề nghị (Hội đồng lựa chọn)",
    )
    assert lines(desk, "cp") == {"a": "reserve", "c": "reserve"}, "nothing is written yet"
    do(desk, plan)
    assert lines(desk, "cp") == {"c": "proposed"}
    (operation,) = [
        line.operation
        for line in desk.workspace.journal()
        if line.operation.kind == "decision.recorded"
    ]
    assert (operation.actor, operation.title) == (COUNTER, plan.title)


def test_a_later_choice_takes_the_place_of_an_earlier_one(workspace: Workspace) -> None:
    desk = at_council(workspace)
    do(desk, plan_choice(desk, "cp", ["c"], BY, PAPER))
    choice = council_choice(desk, "cp")
    assert (choice.candidates, choice.chosen) == (("a", "c"), ("c",))
    plan = plan_choice(desk, "cp", ["a"], BY, "41/BB-HĐTĐ")
    assert plan.consequences == (
        "Sở A, Khen cp: không đứng → đề nghị (Hội đồng lựa chọn)",
        "Sở C, Khen cp: đề nghị → không đứng",
    )
    do(desk, plan)
    assert lines(desk, "cp") == {"a": "proposed"}


@pytest.mark.parametrize(
    ("units", "why"),
    [
        (["a", "c"], "Chọn 2 đơn vị nhưng chỉ có 1 suất."),
        (["b"], "Không thuộc các đơn vị đủ điều kiện để chọn: Sở B."),
        (["a", "zz"], "Không thuộc các đơn vị đủ điều kiện để chọn: zz."),
        ([], "Chưa nêu đơn vị nào được chọn."),
    ],
)
def test_more_than_the_places_or_a_stranger_is_refused(
    workspace: Workspace, units: list[str], why: str
) -> None:
    desk = at_council(workspace)
    with pytest.raises(UserError) as fault:
        plan_choice(desk, "cp", units, BY, PAPER)
    assert codes(fault) == ["decision_does_not_fit"]
    assert why in told(fault)


@pytest.mark.parametrize(("by", "paper"), [("", PAPER), (BY, "  ")])
def test_a_choice_has_who_decided_and_the_paper(workspace: Workspace, by: str, paper: str) -> None:
    desk = at_council(workspace)
    with pytest.raises(UserError):
        plan_choice(desk, "cp", ["a"], by, paper)
    assert lines(desk, "cp") == {"a": "reserve", "c": "reserve"}


def test_what_goes_by_rank_is_not_chosen(workspace: Workspace) -> None:
    desk = at_council(workspace)
    with pytest.raises(UserError) as fault:
        plan_choice(desk, "co", ["a"], BY, PAPER)
    assert codes(fault) == ["question_not_asked"]
    assert "cp (Khen cp)" in told(fault)


def test_each_cluster_has_its_own_places(workspace: Workspace) -> None:
    base = [b.direct("1", 100), b.award("cp", b.fixed(1), chosen_by="council")]
    desk = at_council(workspace, base)
    assert council_choice(desk, "cp").limit == 2
    with pytest.raises(UserError) as fault:
        plan_choice(desk, "cp", ["a", "b"], BY, PAPER)
    assert "Khen cp, Cụm k1: Chọn 2 đơn vị nhưng chỉ có 1 suất." in told(fault)
    do(desk, plan_choice(desk, "cp", ["b", "c"], BY, PAPER))
    assert lines(desk, "cp") == {"b": "proposed", "c": "proposed"}


def test_another_choice_after_the_proposals_makes_them_outdated(workspace: Workspace) -> None:
    desk = at_council(workspace)
    do(desk, plan_choice(desk, "cp", ["c"], BY, PAPER))
    propose(desk, DAY)
    assert proposal_state(desk).stand is ProposalsStand.CURRENT
    do(desk, plan_choice(desk, "cp", ["a"], BY, "41/BB-HĐTĐ"))
    view = proposal_state(desk)
    assert view.stand is ProposalsStand.OUTDATED
    assert [(o.award, o.unit) for o in view.outdated] == [("cp", "c"), ("cp", "a")]


def test_a_chosen_unit_that_loses_its_flag_is_told_and_nobody_is_chosen(
    workspace: Workspace,
) -> None:
    desk = at_council(workspace)
    do(desk, plan_choice(desk, "cp", ["c"], BY, PAPER))
    rescore(desk, d=99)
    assert lines(desk, "cp") == {"a": "reserve", "d": "reserve"}
    assert "decision_does_not_fit" in [f.code for f in result_of(desk).findings]
    do(desk, plan_choice(desk, "cp", ["d"], BY, "42/BB-HĐTĐ"))
    assert lines(desk, "cp") == {"d": "proposed"}
