"""What the grid shows while somebody types is what the year says after it was kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.snapshot import EntryState
from app.exchange.result import result_tree
from app.operations.live import LiveYear
from app.operations.workspace.accepting import accept_scores
from app.operations.workspace.desk import Desk
from app.operations.workspace.entries import clear_scores, enter_scores
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.results import scored_year
from app.operations.workspace_lifecycle import redo, undo
from app.persistence import books
from app.persistence.journal import Operation
from app.scoring.assessment import Assessment

TYPED = (
    TypedCell("u1", "I.2", "self", points="12,5"),
    TypedCell("u1", "I.2", "self", state="not_assigned"),
    TypedCell("u2", "I.2", "self", state="blank"),
    TypedCell("u3", "I.2", "self"),
    TypedCell("u2", "I.1", "self", figures={"plan": "100", "actual": "104,5"}),
    TypedCell("u2", "II.1", "self", points="10", figures={"signed": "không"}),
    TypedCell("u3", "II.2", "self", points="99"),
)
LATER = (
    TypedCell("u1", "I.2", "cluster", points="18", reason="Nộp chậm"),
    TypedCell("u1", "I.1", "cluster", points="30", reason="Trùng số liệu"),
    TypedCell("u2", "I.1", "cluster", figures={"plan": "100", "actual": "85"}, reason="Sửa"),
    TypedCell("u2", "II.1", "cluster", points="5", reason="Thiếu", evidence="2"),
)


def digest(assessment: Assessment) -> str:
    text: str = result_tree(assessment)["digest"]
    return text


def assert_kept_as_shown(desk: Desk, cell: TypedCell) -> None:
    year = LiveYear.opened(desk)
    seen = year.preview([cell])
    before = digest(year.assessment)
    enter_scores(desk, [cell])
    (entry,) = seen.entries
    kept = desk.workspace.one(books.ENTRIES, *entry.key, period=desk.period)
    assert kept == entry
    now = scored_year(desk).assessment
    assert digest(seen.assessment) == digest(now)
    assert digest(year.applied([cell]).assessment) == digest(now)
    assert digest(year.assessment) == before


@pytest.mark.parametrize("cell", TYPED)
def test_a_cell_of_the_first_round_is_kept_as_it_was_shown(desk: Desk, cell: TypedCell) -> None:
    enter_scores(desk, [TypedCell("u2", "I.2", "self", points="9")])
    assert_kept_as_shown(desk, cell)


@pytest.mark.parametrize("cell", LATER)
def test_a_cell_of_a_later_round_is_kept_as_it_was_shown(handed_in: Desk, cell: TypedCell) -> None:
    assert_kept_as_shown(handed_in, cell)


def test_what_is_cleared_is_taken_out(handed_in: Desk) -> None:
    cell = TypedCell("u1", "I.2", "cluster", points="18", reason="Nộp chậm")
    enter_scores(handed_in, [cell])
    year = LiveYear.opened(handed_in)
    gone = year.applied([], removed=[("u1", "I.2", "cluster", None)])
    clear_scores(handed_in, [("u1", "I.2", "cluster")])
    assert digest(gone.assessment) == digest(scored_year(handed_in).assessment)


def test_many_cells_one_after_the_other_are_the_year_in_the_end(desk: Desk) -> None:
    year = LiveYear.opened(desk)
    for cell in TYPED:
        year = year.applied([cell])
        enter_scores(desk, [cell])
        assert digest(year.assessment) == digest(scored_year(desk).assessment)
    blank = year.entry(("u2", "I.2", "self", None))
    assert blank is not None
    assert blank.state is EntryState.BLANK


def test_the_year_follows_what_was_kept_accepted_cleared_and_taken_back(handed_in: Desk) -> None:
    desk = handed_in
    year = LiveYear.opened(desk)

    def follows(operation: Operation | None) -> None:
        nonlocal year
        assert operation is not None
        year = year.followed(desk, desk.workspace.touched_cells(operation.id, desk.period))
        assert digest(year.assessment) == digest(scored_year(desk).assessment)

    follows(enter_scores(desk, [LATER[0], LATER[3]]).operation)
    follows(accept_scores(desk, "cluster").operation)
    follows(clear_scores(desk, [("u1", "I.2", "cluster")]).operation)
    follows(undo(desk.workspace, desk.actor))
    follows(undo(desk.workspace, desk.actor))
    follows(redo(desk.workspace, desk.actor))


def test_many_cells_are_followed_as_one_by_one(
    handed_in: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    year = LiveYear.opened(handed_in)
    operation = accept_scores(handed_in, "cluster").operation
    assert operation is not None
    touched = handed_in.workspace.touched_cells(operation.id, handed_in.period)
    single = year.followed(handed_in, touched)
    monkeypatch.setattr("app.operations.live._MANY", 1)
    assert year.followed(handed_in, touched).snapshot == single.snapshot


def test_cells_that_say_something_else_than_at_first_are_known(handed_in: Desk) -> None:
    workspace, period = handed_in.workspace, handed_in.period
    assert workspace.reworked(period) == frozenset()
    first = TypedCell("u1", "I.2", "cluster", points="18", reason="Nộp chậm")
    done = enter_scores(handed_in, [first])
    assert done.operation is not None
    cell = ("u1", "I.2", "cluster", None)
    assert workspace.touched_cells(done.operation.id, period) == {cell}
    assert workspace.reworked(period) == frozenset()
    enter_scores(handed_in, [replace(first, points="17")])
    assert workspace.reworked(period) == {cell}
    undo(workspace, handed_in.actor)
    assert workspace.reworked(period) == frozenset()
