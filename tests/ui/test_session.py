"""The session: what a change touches, who hears of it, and the result that follows."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.ground.findings import UserError
from app.operations.workspace.entries import enter_scores
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.members import rename_unit
from app.operations.workspace.results import scored_year
from app.operations.workspace.years import open_year, year_record
from app.operations.workspace_lifecycle import create_workspace
from tests.ui.worlds import NAME
from ui.runner import AtOnce, Progress
from ui.session import Session
from ui.topics import ALL, Topic


def heard(session: Session) -> list[frozenset[Topic]]:
    said: list[frozenset[Topic]] = []
    session.subscribe(said.append)
    return said


def test_opening_sits_down_at_the_open_year_with_its_result(
    session: Session, sample_folder: Path
) -> None:
    said = heard(session)
    session.open(sample_folder)
    assert session.actor == NAME
    assert session.year is not None
    assert session.year.name == "2019"
    assert session.result is not None
    assert said == [ALL, frozenset({Topic.RESULT})]


def test_an_act_tells_its_topics_and_works_the_result_out_anew(open_session: Session) -> None:
    said = heard(open_session)
    before = open_session.result
    open_session.act(lambda desk: rename_unit(desk, "tu_phap", "Sở Tư pháp tỉnh"))
    assert said == [frozenset({Topic.MEMBERS}), frozenset({Topic.RESULT})]
    assert open_session.result is not before
    assert open_session.units["tu_phap"].name == "Sở Tư pháp tỉnh"


def test_undo_and_redo_tell_the_topics_of_what_they_turn_back(open_session: Session) -> None:
    open_session.act(lambda desk: rename_unit(desk, "tu_phap", "Sở khác"))
    said = heard(open_session)
    open_session.undo()
    assert open_session.units["tu_phap"].name == "Sở Tư pháp"
    open_session.redo()
    assert open_session.units["tu_phap"].name == "Sở khác"
    assert said[0] == said[2] == frozenset({Topic.MEMBERS})


def test_a_refused_act_tells_nothing(open_session: Session) -> None:
    said = heard(open_session)
    with pytest.raises(UserError):
        open_session.act(lambda desk: rename_unit(desk, "khong_co", "X"))
    assert said == []


def test_who_has_left_hears_nothing(open_session: Session) -> None:
    said: list[frozenset[Topic]] = []
    leave = open_session.subscribe(said.append)
    leave()
    open_session.act(lambda desk: rename_unit(desk, "tu_phap", "Sở khác"))
    assert said == []


def test_the_result_is_the_one_of_the_verbs(open_session: Session) -> None:
    assert open_session.result is not None
    assert open_session.result.assessment == scored_year(open_session.desk).assessment


def test_a_year_without_a_table_has_a_reason_instead_of_a_result(
    session: Session, tmp_path: Path
) -> None:
    workspace = create_workspace(tmp_path / "so", NAME)
    open_year(workspace, NAME, year_record("2026"))
    session.adopt(workspace, NAME)
    assert session.result is None
    assert [finding.code for finding in session.result_refusal] == ["table_missing"]
    assert session.packs is None


def test_a_workspace_without_an_officer_waits_for_a_name(session: Session, tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path / "so", NAME)
    open_year(workspace, NAME, year_record("2026"))
    session.adopt(workspace)
    assert session.seat is None
    session.name_actor("Trần Văn Bình")
    assert session.desk.actor == "Trần Văn Bình"


def test_of_two_open_years_the_newer_one_is_taken_and_the_other_can_be_chosen(
    session: Session, tmp_path: Path
) -> None:
    workspace = create_workspace(tmp_path / "so", NAME)
    for year in ("2025", "2026"):
        open_year(workspace, NAME, year_record(year))
    session.adopt(workspace, NAME)
    assert session.desk.period == "2026"
    session.choose_year("2025")
    assert session.desk.period == "2025"


def test_closing_backs_up_and_forgets(open_session: Session, sample_folder: Path) -> None:
    open_session.act(lambda desk: rename_unit(desk, "tu_phap", "Sở khác"))
    open_session.close()
    assert open_session.workspace is None
    assert open_session.result is None
    assert list((sample_folder / "backups").glob("*"))


class Later:
    """A runner whose work waits until it is let go."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def run(
        self,
        title: str,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        self.waiting.append(lambda: AtOnce().run(title, work, done, failed))

    def let_go(self) -> None:
        self.waiting.pop(0)()


@pytest.fixture
def later(sample_folder: Path) -> Iterator[tuple[Session, Later]]:
    runner = Later()
    session = Session(runner)
    session.open(sample_folder)
    yield session, runner
    session.close()


def typed(points: str) -> TypedCell:
    return TypedCell("bien_phong", "IV.1.1", "self", points=points)


def test_cells_typed_while_the_result_is_worked_out_are_in_it(
    later: tuple[Session, Later],
) -> None:
    session, runner = later
    session.act(lambda desk: enter_scores(desk, [typed("1")]))
    session.act(lambda desk: enter_scores(desk, [typed("2")]))
    assert len(runner.waiting) == 1
    assert session.result_is_due
    runner.let_go()
    assert not session.result_is_due
    assert not runner.waiting
    assert session.result is not None
    assert session.result.assessment == scored_year(session.desk).assessment


def test_another_change_meanwhile_is_worked_out_after_it_once(
    later: tuple[Session, Later],
) -> None:
    session, runner = later
    session.act(lambda desk: rename_unit(desk, "tu_phap", "A"))
    session.act(lambda desk: rename_unit(desk, "tu_phap", "B"))
    session.act(lambda desk: enter_scores(desk, [typed("2")]))
    assert len(runner.waiting) == 1
    runner.let_go()
    assert session.result_is_due
    assert len(runner.waiting) == 1
    runner.let_go()
    assert not session.result_is_due
    assert session.result is not None
    assert session.result.assessment == scored_year(session.desk).assessment


def test_another_name_at_the_desk_does_not_lose_the_result(later: tuple[Session, Later]) -> None:
    session, runner = later
    session.name_actor("Trần Văn Bình")
    runner.let_go()
    assert not session.result_is_due
    assert session.result is not None


def test_a_result_for_a_closed_workspace_is_not_taken(later: tuple[Session, Later]) -> None:
    session, runner = later
    session.close()
    with contextlib.suppress(Exception):
        runner.let_go()
    assert session.result is None
    assert not session.result_is_due
