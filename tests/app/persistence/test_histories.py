"""Rows in the form of the journal, a year as it stood, and a workspace laid out of its journal."""

from __future__ import annotations

import dataclasses
import shutil
import zipfile
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from app.domain.snapshot import Entry
from app.domain.year import PeriodState
from app.ground.findings import UserError
from app.persistence import books
from app.persistence.histories import lay
from app.persistence.stored_rows import stored, trusted_noun
from app.persistence.tables import SCHEMA
from app.persistence.workspace import Workspace

FROZEN = Path(__file__).parents[2] / "old_workspaces" / f"schema_{SCHEMA:04}.zip"


@pytest.fixture
def workspace(tmp_path: Path) -> Generator[Workspace]:
    with zipfile.ZipFile(FROZEN) as packed:
        packed.extractall(tmp_path / "so")
    opened = Workspace.open(tmp_path / "so")
    yield opened
    opened.close(backup=False)


class TestStoredRows:
    def test_every_kept_noun_comes_back_out_of_its_stored_form(self, workspace: Workspace) -> None:
        seen = 0
        for book in (*books.NAMED, *books.NUMBERED):
            for noun in workspace.read(book, "2022" if book.scoped else None):
                assert trusted_noun(book, stored(book, noun)) == noun
                seen += 1
        assert seen > 40

    @pytest.mark.parametrize(
        "damage",
        [
            {"points": 5},
            {"points": "5.0"},
            {"points": "1/0"},
            {"state": "great"},
            {"figures": "[]"},
            {"figures": '{"a":"n:01"}'},
            {"unit": None},
            {"evidence": "2"},
            {"evidence": True},
            {"extra": ""},
        ],
        ids=str,
    )
    def test_what_this_program_would_not_have_stored_is_refused(
        self, damage: dict[str, Any]
    ) -> None:
        row = {**stored(books.ENTRIES, Entry("so_a", "I.1", "self")), **damage}
        with pytest.raises(ValueError, match=r"."):
            trusted_noun(books.ENTRIES, row)


class TestAYearAsItStood:
    def test_tells_what_was_changed_added_and_taken_out_since(self, workspace: Workspace) -> None:
        then = workspace.latest.id
        before = workspace.read(books.ENTRIES, "2022")
        changed = dataclasses.replace(before[0], reason="sửa sau")
        new = Entry("so_b", "II.9", "self")
        with workspace.operation("x", "Sửa", "A", period="2022") as change:
            change.put(books.ENTRIES, changed, new)
            change.remove(books.ENTRIES, *before[1].key)
        workspace.undo("A")
        workspace.redo("A")
        assert set(map(repr, workspace.read(books.ENTRIES, "2022"))) != set(map(repr, before))
        past = workspace.read_at(books.ENTRIES, "2022", then)
        assert sorted(map(repr, past)) == sorted(map(repr, before))


class TestAWorkspaceOutOfItsJournal:
    def test_has_the_same_rows_the_same_head_and_verifies(
        self, workspace: Workspace, tmp_path: Path
    ) -> None:
        lay(tmp_path / "moi", workspace.history(), "gói")
        shutil.copytree(
            workspace.folder / "evidence", tmp_path / "moi/evidence", dirs_exist_ok=True
        )
        with Workspace.open(tmp_path / "moi") as laid:
            assert laid.head == workspace.head
            assert laid.verify(workspace.head).findings == ()
            for book in (*books.NAMED, *books.NUMBERED):
                period = "2022" if book.scoped else None
                assert laid.read(book, period) == workspace.read(book, period)
            assert laid.undo("B") is not None

    def test_a_journal_with_one_altered_number_is_refused(
        self, workspace: Workspace, tmp_path: Path
    ) -> None:
        history = workspace.history()
        changes = [dict(row) for row in history.changes]
        place = next(at for at, row in enumerate(changes) if row["tbl"] == "totals")
        changes[place]["after"] = changes[place]["after"].replace('"points":"', '"points":"1')
        with pytest.raises(UserError) as fault:
            lay(tmp_path / "moi", dataclasses.replace(history, changes=changes), "gói")
        assert fault.value.findings[0].code == "history_broken"
        assert list((tmp_path / "moi").iterdir()) == []

    @pytest.mark.parametrize(
        "rows", [["x"], [{}], [{"id": 1}], [{"id": 1, "extra": 2}], [5]], ids=str
    )
    def test_rows_that_are_none_of_a_journal_are_refused(
        self, workspace: Workspace, tmp_path: Path, rows: list[Any]
    ) -> None:
        for broken in ({"operations": rows}, {"changes": rows}):
            with pytest.raises(UserError) as fault:
                lay(tmp_path / "moi", dataclasses.replace(workspace.history(), **broken), "gói")
            assert fault.value.findings[0].code == "history_broken"

    def test_a_journal_of_another_schema_is_refused(
        self, workspace: Workspace, tmp_path: Path
    ) -> None:
        history = dataclasses.replace(workspace.history(), schema=SCHEMA + 1)
        with pytest.raises(UserError) as fault:
            lay(tmp_path / "moi", history, "gói")
        assert fault.value.findings[0].code == "history_other_schema"
        assert not (tmp_path / "moi").exists()

    def test_a_closed_year_stays_closed(self, workspace: Workspace, tmp_path: Path) -> None:
        year = workspace.period("2022")
        with workspace.operation("year.closed", "Khóa", "A", barrier=True) as change:
            change.put(books.PERIODS, dataclasses.replace(year, state=PeriodState.CLOSED))
        lay(tmp_path / "moi", workspace.history(), "gói")
        with Workspace.open(tmp_path / "moi") as laid:
            assert laid.period("2022").state is PeriodState.CLOSED
            assert laid.undoable() is None
            with pytest.raises(UserError), laid.operation("x", "Sửa", "A", period="2022") as change:
                change.put(books.ENTRIES, Entry("so_a", "I.1", "self"))
