"""One named act: all or nothing, refused outside, undone and done again by acts of its own."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.snapshot import Decision, ItemFact
from app.domain.year import CriteriaTable, PeriodState, RoundStage, RoundState, TableState
from app.ground.canonical import digest
from app.ground.findings import UserError
from app.persistence import books, database
from app.persistence.workspace import Workspace

from .conftest import UNITS, YEAR, Clock, entry


def codes(fault: pytest.ExceptionInfo[UserError]) -> list[str]:
    return [finding.code for finding in fault.value.findings]


def score(workspace: Workspace, points: int, reason: str = "") -> None:
    with workspace.operation("score", "Chấm điểm", "Trần B", period="2022") as change:
        change.put(books.ENTRIES, entry(points, reason=reason))


def points(workspace: Workspace) -> list[int]:
    return [int(e.points or -1) for e in workspace.read(books.ENTRIES, "2022")]


class TestAnOperation:
    def test_is_kept_whole_and_says_its_number(self, workspace: Workspace) -> None:
        with workspace.operation("score", "Chấm điểm", "Trần B", period="2022") as change:
            assert change.put(books.ENTRIES, entry(8), entry(7, unit="so_b")) == 2
        assert change.operation is not None
        assert change.operation.id == 3
        assert points(workspace) == [8, 7]

    def test_that_fails_leaves_nothing(self, workspace: Workspace) -> None:
        head = workspace.head
        with (  # noqa: PT012
            pytest.raises(ZeroDivisionError),
            workspace.operation("score", "Chấm điểm", "B", period="2022") as change,
        ):
            change.put(books.ENTRIES, entry(8))
            raise ZeroDivisionError
        assert points(workspace) == []
        assert workspace.head == head
        score(workspace, 5)
        assert points(workspace) == [5]

    def test_that_changes_nothing_leaves_no_trace(self, workspace: Workspace, clock: Clock) -> None:
        score(workspace, 8)
        head = workspace.head
        clock.now = clock.now.replace(hour=16)
        with workspace.operation("score", "Chấm điểm", "Khác", period="2022") as change:
            assert change.put(books.ENTRIES, entry(8)) == 0
        assert change.operation is None
        assert workspace.head == head

    def test_reads_what_it_has_written(self, workspace: Workspace) -> None:
        with workspace.operation("bonus", "Điểm thưởng", "B", period="2022") as change:
            first, second = change.add(
                books.BONUS, ItemFact("so_a", "b", points=None), ItemFact("so_b", "b")
            )
            assert change.numbered(books.BONUS)[second].unit == "so_b"
            assert change.replace(books.BONUS, first, ItemFact("so_a", "c"))
            assert change.remove(books.BONUS, second)
            assert not change.remove(books.BONUS, second)
        assert workspace.numbered(books.BONUS, "2022") == {1: ItemFact("so_a", "c")}

    def test_cannot_take_out_a_unit_that_has_scores(self, workspace: Workspace) -> None:
        score(workspace, 8)
        with (
            pytest.raises(UserError) as fault,
            workspace.operation("unit.removed", "Xóa đơn vị", "B", period="2022") as change,
        ):
            change.remove(books.UNITS, "so_a")
        assert codes(fault) == ["row_still_used"]
        assert "điểm cần đơn vị" in fault.value.findings[0].message
        assert len(workspace.read(books.UNITS, "2022")) == 2

    def test_cannot_score_an_unknown_unit(self, workspace: Workspace) -> None:
        with (
            pytest.raises(UserError) as fault,
            workspace.operation("score", "Chấm điểm", "B", period="2022") as change,
        ):
            change.put(books.ENTRIES, entry(8, unit="ai_do"))
        assert codes(fault) == ["row_still_used"]

    def test_keeps_text_typed_in_decomposed_form_once(self, workspace: Workspace) -> None:
        for text in ("open:Hoà", "open:Hoa\u0300"):
            with workspace.operation("decision", "Quyết định", "B", period="2022") as change:
                change.put(books.DECISIONS, Decision(text, "giữ"))
        assert workspace.read(books.DECISIONS, "2022") == (Decision("open:Hoà", "giữ"),)

    def test_refuses_a_count_that_no_column_holds(self, workspace: Workspace) -> None:
        with (
            pytest.raises(UserError) as fault,
            workspace.operation("bonus", "Điểm thưởng", "B", period="2022") as change,
        ):
            change.add(books.BONUS, ItemFact("so_a", "b", count=10**19))
        assert codes(fault) == ["number_too_long"]

    def test_needs_a_period_for_what_belongs_to_one(self, workspace: Workspace) -> None:
        with pytest.raises(TypeError, match="period"), workspace.operation("x", "x", "B") as change:
            change.put(books.ENTRIES, entry(1))


class TestOutsideAnOperation:
    @pytest.mark.parametrize(
        "statement",
        [
            "INSERT INTO settings VALUES ('issuer', 'ai đó')",
            "INSERT OR REPLACE INTO clusters VALUES ('2022', 'k1', 'khác', NULL)",
            "UPDATE units SET name = 'Sở C'",
            "DELETE FROM units",
            "UPDATE operations SET title = 'khác'",
            "DELETE FROM operations",
            "UPDATE changes SET after = NULL",
            "DELETE FROM changes",
        ],
    )
    def test_the_database_itself_refuses_to_write(
        self, statement: str, workspace: Workspace, folder: Path
    ) -> None:
        direct = sqlite3.connect(folder / database.FILE)
        with pytest.raises(sqlite3.IntegrityError, match=r"outside_operation|append_only"):
            direct.execute(statement)
        direct.close()


class TestUndo:
    def test_takes_back_one_act_at_a_time_and_redo_does_it_again(
        self, workspace: Workspace
    ) -> None:
        score(workspace, 8)
        score(workspace, 9, "bổ sung")
        assert [points(workspace), workspace.undo("B") is None] == [[9], False]
        assert points(workspace) == [8]
        workspace.undo("B")
        assert points(workspace) == []
        workspace.redo("B")
        workspace.redo("B")
        assert points(workspace) == [9]
        assert workspace.redo("B") is None
        assert workspace.verify().intact

    def test_is_an_act_of_its_own_and_nothing_leaves_the_journal(
        self, workspace: Workspace
    ) -> None:
        score(workspace, 8)
        done = workspace.undo("Lê C")
        assert done is not None
        assert (done.undoes, done.actor, done.title) == (3, "Lê C", "Hoàn tác: Chấm điểm")
        assert len(workspace.journal()) == 4

    def test_survives_closing_the_program(self, workspace: Workspace, folder: Path) -> None:
        score(workspace, 8)
        score(workspace, 9)
        workspace.undo("B")
        workspace.close()
        with Workspace.open(folder) as later:
            later.redo("B")
            assert points(later) == [9]
            later.undo("B")
            later.undo("B")
            assert points(later) == []

    def test_a_new_act_forgets_what_could_be_redone(self, workspace: Workspace) -> None:
        score(workspace, 8)
        workspace.undo("B")
        score(workspace, 7)
        assert workspace.redoable() is None

    def test_stops_at_a_seal(self, workspace: Workspace) -> None:
        score(workspace, 8)
        with workspace.operation(
            "round.sealed", "Chốt điểm", "B", period="2022", barrier=True
        ) as change:
            change.put(books.ROUND_STATES, RoundState("so_a", "self", RoundStage.SEALED))
        assert workspace.undo("B") is None
        assert points(workspace) == [8]

    def test_stops_at_the_making_of_the_workspace(self, workspace: Workspace) -> None:
        assert workspace.undo("B") is not None
        assert workspace.undo("B") is None
        assert workspace.read(books.PERIODS) == ()


class TestWhatIsClosed:
    def test_a_sealed_round_takes_no_scores(self, workspace: Workspace) -> None:
        with workspace.operation("seal", "Chốt điểm", "B", period="2022") as change:
            change.put(books.ROUND_STATES, RoundState("so_a", "self", RoundStage.SEALED))
        with pytest.raises(UserError) as fault:
            score(workspace, 8)
        assert codes(fault) == ["round_sealed"]

    def test_a_closed_year_takes_nothing_until_it_is_reopened(self, workspace: Workspace) -> None:
        closed = replace(YEAR, state=PeriodState.CLOSED)
        for record in (closed, YEAR):
            with workspace.operation("state", "Khóa, mở sổ", "B", period="2022") as change:
                change.put(books.PERIODS, record)
            if record is closed:
                with pytest.raises(UserError) as fault:
                    score(workspace, 8)
                assert codes(fault) == ["period_closed"]
        score(workspace, 8)

    def test_the_next_year_is_open_while_the_last_is_not_closed(self, workspace: Workspace) -> None:
        with workspace.operation("year", "Mở năm 2023", "B", period="2023") as change:
            change.put(books.PERIODS, replace(YEAR, id="2023", name="Năm 2023"))
            change.put(books.CLUSTERS, *workspace.read(books.CLUSTERS, "2022"))
            change.put(books.UNITS, replace(UNITS[0], name="Sở A (mới)"))
        assert [unit.name for unit in workspace.read(books.UNITS, "2022")] == ["Sở A", "Sở B"]

    def test_an_issued_table_is_not_changed_in_place(self, workspace: Workspace) -> None:
        tree = {"title": "Bảng", "max": 100}
        issued = CriteriaTable("bang", 1, "Bảng", tree, digest(tree), TableState.ISSUED)
        with workspace.operation("table", "Ban hành bảng", "B") as change:
            change.put(books.CRITERIA_TABLES, issued)
        with pytest.raises(UserError) as fault, workspace.operation("table", "Sửa", "B") as change:
            change.put(books.CRITERIA_TABLES, replace(issued, tree={"max": 90}))
        assert codes(fault) == ["table_issued"]
