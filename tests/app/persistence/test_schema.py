"""The schema: strict, without floats, guarded by triggers, and brought up to date with its history."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Column, MetaData, Text, create_engine

from app.domain.conference import BallotSheet, BallotStage
from app.domain.snapshot import Ballot
from app.domain.year import PeriodRecord, Setting
from app.ground.findings import UserError
from app.persistence import books, database, journal, migrate
from app.persistence.records import Change
from app.persistence.tables import KEPT, METADATA, SCHEMA
from app.persistence.triggers import laid_triggers, triggers
from app.persistence.workspace import Workspace

NOW = dt.datetime(2022, 12, 1, 8, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))
NEXT = SCHEMA + 1
NEXT_SCHEMA = f'''
"""A made-up next schema: settings say since when they hold; clusters, which units need, are recreated."""
import sqlalchemy as sa
from alembic import op

revision = "{NEXT:04}"
down_revision = "{SCHEMA:04}"


def upgrade():
    op.add_column("settings", sa.Column("since", sa.Text))
    op.execute("UPDATE settings SET since = '2022-01-01'")
    op.execute("CREATE TABLE moved (period TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, "
               "block TEXT, PRIMARY KEY (period, id)) WITHOUT ROWID, STRICT")
    op.execute("INSERT INTO moved SELECT period, id, name, block FROM clusters")
    op.execute("DROP TABLE clusters")
    op.execute("ALTER TABLE moved RENAME TO clusters")
'''


def direct(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / database.FILE)


def test_every_table_is_strict_and_has_no_float_column(workspace: Workspace, folder: Path) -> None:
    connection = direct(folder)
    rows = connection.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table'")
    strict = {name: bool(flag) for name, flag in rows if not name.startswith("sqlite_")}
    assert {name for name, flag in strict.items() if not flag} == {"alembic_version"}
    kinds = {
        kind
        for name in METADATA.tables
        for (kind,) in connection.execute("SELECT type FROM pragma_table_info(?)", (name,))
    }
    assert kinds == {"TEXT", "INTEGER"}
    connection.close()


def test_the_file_is_set_up_to_lose_nothing(workspace: Workspace) -> None:
    with workspace._engine.connect() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")
        answers = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
    assert answers == ["delete", 2, 1, 1]


def test_the_triggers_in_the_file_are_those_of_the_tables(workspace: Workspace) -> None:
    with workspace._engine.connect() as connection:
        assert laid_triggers(connection) == triggers()
    assert len(triggers()) == 6 * len(KEPT) + 4


def test_every_noun_has_a_book_and_every_table_a_noun() -> None:
    kept = [book.table.name for book in (*books.NAMED, *books.NUMBERED)]
    assert sorted(kept) == sorted(table.name for table in KEPT)
    for book in (*books.NAMED, *books.NUMBERED):
        extra = {"period", "number", "entered_by", "entered_at"}
        assert {c.name for c in book.table.columns} - extra == set(book.columns.values()) - extra


def test_every_table_and_column_has_a_vietnamese_word() -> None:
    from app.persistence.sentences import _words

    words = _words()
    assert {table.name for table in KEPT} - words["tables"].keys() == set()
    columns = {column.name for table in KEPT for column in table.columns}
    assert columns - words["columns"].keys() == set()


def test_the_scripts_lead_from_nothing_to_the_schema_of_a_new_file(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'x.sqlite'}")
    with engine.begin() as connection:
        migrate.run_scripts(connection, SCHEMA)
        assert database.structure_of(connection) == database.expected_structure()
    engine.dispose()


def test_the_known_digest_is_that_of_a_new_file() -> None:
    assert database.digest_of(database.expected_structure()) == database.STRUCTURE


def test_a_file_that_sqlite_describes_in_other_words_is_held_against_a_new_one(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "STRUCTURE", "a digest of other words")
    with workspace._engine.connect() as connection:
        assert database.has_expected_structure(connection)
        connection.exec_driver_sql("CREATE TABLE strange (id INTEGER PRIMARY KEY)")
        assert not database.has_expected_structure(connection)


def test_a_strange_table_is_not_the_expected_structure(workspace: Workspace) -> None:
    with workspace._engine.connect() as connection:
        assert database.has_expected_structure(connection)
        connection.exec_driver_sql("CREATE TABLE strange (id INTEGER PRIMARY KEY)")
        assert not database.has_expected_structure(connection)


class TestASchemaChange:
    @pytest.fixture
    def changed(self, workspace: Workspace, folder: Path, tmp_path: Path) -> Path:
        with workspace.operation("settings", "Thiết lập", "B") as change:
            change.put(books.SETTINGS, Setting("issuer", "Sở A"), Setting("place", "Cao Bằng"))
        workspace.close()
        scripts = tmp_path / "versions"
        scripts.mkdir()
        (scripts / f"v{NEXT:04}.py").write_text(NEXT_SCHEMA, encoding="utf-8")
        return scripts

    def test_enters_each_altered_row_in_the_journal_and_lays_the_triggers_anew(
        self, changed: Path, folder: Path
    ) -> None:
        later = MetaData()
        for table in KEPT:
            table.to_metadata(later)
        later.tables["settings"].append_column(Column("since", Text))
        tables = list(later.tables.values())
        migrate.bring_up_to_date(folder / database.FILE, NOW, NEXT, tables, [changed])
        engine = database.engine_of(folder / database.FILE)
        with engine.begin() as connection:
            assert laid_triggers(connection) == triggers(tables)
            last = journal.operations(connection)[-1]
            assert (last.kind, last.barrier) == ("schema.migrated", True)
            rows = journal.changes_of(connection, last.id)
            assert [(row.table, row.key) for row in rows] == [
                ("settings", '["issuer"]'),
                ("settings", '["place"]'),
            ]
            assert rows[0].before == '{"key":"issuer","value":"Sở A"}'
            assert rows[0].after == '{"key":"issuer","value":"Sở A","since":"2022-01-01"}'
            assert journal.stacks(connection) == ([], [])
        engine.dispose()

    def test_opens_to_an_older_program_as_too_new(self, changed: Path, folder: Path) -> None:
        migrate.bring_up_to_date(folder / database.FILE, NOW, NEXT, KEPT, [changed])
        with pytest.raises(UserError) as fault:
            Workspace.open(folder)
        assert [finding.code for finding in fault.value.findings] == ["workspace_newer"]


class TestAConfirmedBallot:
    """What a second person confirmed is changed by nobody, not even past the verbs."""

    @pytest.fixture
    def confirmed(self, workspace: Workspace) -> Workspace:
        with workspace.operation("year", "Mở năm", "A", period="n") as change:
            change.put(books.PERIODS, PeriodRecord("n", "n", NOW.date(), NOW.date()))
            (number,) = change.add(books.BALLOTS, Ballot("free", None, "choose", 1, {"x": 5}))
            sheet = BallotSheet("p", "free", "choose", ballot=number, stage=BallotStage.CONFIRMED)
            change.put(books.BALLOT_SHEETS, sheet)
        return workspace

    def test_is_neither_changed_nor_taken_out(self, confirmed: Workspace) -> None:
        def changed(change: Change) -> None:
            change.replace(books.BALLOTS, 1, Ballot("free", None, "choose", 1, {"x": 6}))

        def taken_out(change: Change) -> None:
            change.remove(books.BALLOTS, 1)

        for act in (changed, taken_out):
            with (
                pytest.raises(UserError) as fault,
                confirmed.operation("x", "Sửa", "B", period="n") as change,
            ):
                act(change)
            assert [finding.code for finding in fault.value.findings] == ["ballot_confirmed"]

    def test_may_be_cancelled_and_that_undone(self, confirmed: Workspace) -> None:
        sheet = confirmed.one(books.BALLOT_SHEETS, "p", period="n")
        assert sheet is not None
        with confirmed.operation("ballot.cancelled", "Hủy", "B", period="n") as change:
            cancelled = replace(sheet, stage=BallotStage.CANCELLED, ballot=None, reason="nhầm")
            change.put(books.BALLOT_SHEETS, cancelled)
            change.remove(books.BALLOTS, 1)
        assert confirmed.read(books.BALLOTS, "n") == ()
        told = confirmed.journal()[-1].sentences
        assert any("đã xác nhận → đã hủy" in words and "lý do: nhầm" in words for words in told)
        assert confirmed.undo("B") is not None
        assert confirmed.one(books.BALLOT_SHEETS, "p", period="n") == sheet
        assert confirmed.verify().findings == ()
