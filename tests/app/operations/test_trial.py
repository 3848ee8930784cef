"""A trial says what the year's result will say."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from app.domain.snapshot import EntryState
from app.ground.findings import UserError
from app.operations.loading import pack_tree, shipped_packs
from app.operations.trial import POINTS, Bench
from app.rules.methods import FigureKind

ROW = {"code": "I.2", "title": "Thu ngân sách", "max": 30}
TYPED = {
    FigureKind.NUMBER: "8",
    FigureKind.COUNT: "2",
    FigureKind.YES_NO: "có",
    FigureKind.DATE: "31/12/2026",
}


def bench(method: dict[str, object], **more: object) -> Bench:
    return Bench({}, {**ROW, "method": method, **more})


def test_points_come_with_the_sentence_that_explains_them() -> None:
    trial = bench({"kind": "proportional"}).run([{"plan": "200", "actual": "150"}])
    (unit,) = trial.units
    assert unit.points == Fraction(45, 2)  # 30 × 75 %
    assert "75 %" in unit.why.how
    assert not trial.findings


def test_comma_and_point_are_alike() -> None:
    tried = bench({"kind": "proportional"})
    one = tried.run([{"plan": "12,5", "actual": "10"}]).units[0].points
    assert one == tried.run([{"plan": "12.5", "actual": "10"}]).units[0].points == 24


def test_missing_figures_leave_it_open() -> None:
    (unit,) = bench({"kind": "proportional"}).run([{"plan": "10"}]).units
    assert unit.points is None
    assert unit.state is EntryState.BLANK


def test_units_are_compared_with_each_other() -> None:
    tried = bench({"kind": "rank_table", "table": [30, 20, 10]})
    assert tried.compares
    trial = tried.run([{"value": "5"}, {"value": "9"}, {}])
    assert [unit.points for unit in trial.units] == [20, 30, None]


def test_direct_points_above_the_maximum_are_told() -> None:
    trial = bench({"kind": "direct"}).run([{POINTS: "31"}])
    assert trial.units[0].points == 30
    assert [f.code for f in trial.findings] == ["over_max"]


def test_a_text_that_is_no_number_is_told_with_its_place() -> None:
    trial = bench({"kind": "proportional"}).run([{"plan": "1.250", "actual": "x"}])
    assert [f.code for f in trial.findings] == ["ambiguous_number", "not_a_number"]
    assert "Kế hoạch" in trial.findings[0].place


def test_a_precondition_is_asked_for_and_counts() -> None:
    gate = {"figure": "ky", "title": "Đã ký giao ước", "otherwise_percent": 20}
    tried = bench({"kind": "yes_no"}, gate=gate)
    assert [f.name for f in tried.figures] == ["achieved", "ky"]
    assert tried.run([{"achieved": "có", "ky": "không"}]).units[0].points == 6
    assert tried.run([{"achieved": "có", "ky": "có"}]).units[0].points == 30


def test_what_the_text_leaves_open_is_a_question_with_outcomes() -> None:
    (unit,) = bench({"kind": "proportional"}).run([{"plan": "0", "actual": "5"}]).units
    assert unit.points is None
    assert unit.question is not None
    assert {o.choice for o in unit.question.outcomes} == {"full", "zero", "not_applicable"}


def test_an_answer_of_the_year_settles_the_question() -> None:
    pack = {"parameters": [{"id": "A1", "title": "Bằng 0", "note": "x", "allowed": ["full"]}]}
    row = {**ROW, "method": {"kind": "proportional", "zero_base": {"parameter": "A1"}}}
    (unit,) = Bench(pack, row, {"A1": "full"}).run([{"plan": "0", "actual": "5"}]).units
    assert unit.points == 30


@pytest.mark.parametrize(
    "row", [{**ROW}, {"code": "x", "title": "x", "method": {"kind": "direct"}}]
)
def test_without_a_method_or_a_maximum_nothing_is_tried(row: dict[str, object]) -> None:
    with pytest.raises(UserError) as fault:
        Bench({}, row)
    assert fault.value.findings[-1].code == "trial_impossible"


def _bench(tree: dict[str, Any], row: dict[str, Any]) -> Bench | None:
    try:
        return Bench(tree, row)
    except UserError as refused:
        codes = [finding.code for finding in refused.findings]
    return None if codes[-1] == "trial_impossible" else pytest.fail(str(codes))


def test_every_criterion_of_the_shipped_packs_that_has_a_maximum_can_be_tried() -> None:
    kinds: set[str] = set()
    for folder in shipped_packs():
        tree, _ = pack_tree(folder)
        for row in tree.get("criteria", []):
            tried = _bench(tree, row) if "method" in row else None
            if tried is None:
                continue
            typed = {f.name: TYPED.get(f.kind) or f.choices[0] for f in tried.figures}
            (unit,) = tried.run([typed]).units
            assert unit.points is not None or unit.question is not None
            kinds.add(row["method"]["kind"])
    assert len(kinds) == 21
