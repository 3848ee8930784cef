"""Whatever SQL writes inside an operation is journalled: undo finds the rows of before.

Bulk updates, replacing inserts and deletes go past every verb; only the triggers see them.
"""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Generator
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from app.domain.snapshot import Cluster, Unit
from app.domain.year import PeriodRecord
from app.persistence import books, journal
from app.persistence.tables import KEPT
from app.persistence.workspace import Workspace

DOSE = int(os.environ.get("BANGVANG_DOSE", "1"))
keys = st.sampled_from(["a", "b", "c"])
texts = st.sampled_from(["", "một", "'hai'", '"ba"\\', "x\ty\x7f", "ẽ😀"])
statements = st.one_of(
    st.tuples(st.just("INSERT OR REPLACE INTO settings VALUES (?, ?)"), st.tuples(keys, texts)),
    st.tuples(st.just("INSERT OR IGNORE INTO settings VALUES (?, ?)"), st.tuples(keys, texts)),
    st.tuples(st.just("UPDATE settings SET value = ? WHERE key >= ?"), st.tuples(texts, keys)),
    st.tuples(st.just("UPDATE settings SET value = value || ?"), st.tuples(texts)),
    st.tuples(st.just("DELETE FROM settings WHERE key <> ?"), st.tuples(keys)),
    st.tuples(
        st.just(
            "INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"
        ),
        st.tuples(keys, texts),
    ),
    st.tuples(
        st.just("REPLACE INTO targets (period, unit, code, title) VALUES ('p', 'u', ?, ?)"),
        st.tuples(keys, texts),
    ),
    st.tuples(st.just("UPDATE targets SET title = ?, measure = title"), st.tuples(texts)),
    st.tuples(st.just("UPDATE OR REPLACE units SET name = ?"), st.tuples(texts)),
)


@pytest.fixture(scope="module")
def workspace() -> Generator[Workspace]:
    with tempfile.TemporaryDirectory() as place:
        made = Workspace.create(Path(place) / "so", "A")
        with made.operation("year", "Mở năm", "A", period="p", barrier=True) as change:
            change.put(books.PERIODS, PeriodRecord("p", "p", dt.date(2022, 1, 1), dt.date.max))
            change.put(books.CLUSTERS, Cluster("k", "K"))
            change.put(books.UNITS, Unit("u", "A", "k"))
        yield made
        made.close(backup=False)


def rows(workspace: Workspace) -> list[dict[str, str]]:
    with workspace._reading() as connection:
        return [
            journal.rows_of(
                connection,
                table.name,
                [column.name for column in table.columns],
                [column.name for column in table.primary_key.columns],
            )
            for table in KEPT
        ]


@given(acts=st.lists(st.lists(statements, min_size=1, max_size=5), max_size=3))
@settings(
    max_examples=40 * DOSE,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_undo_finds_the_rows_of_before_and_redo_those_of_after(
    workspace: Workspace, acts: list[list[tuple[str, tuple[str, ...]]]]
) -> None:
    states = [rows(workspace)]
    for act in acts:
        with workspace.operation("sql", "Ghi thẳng", "B") as change:
            for statement, values in act:
                change.connection.exec_driver_sql(statement, values)
        if change.operation is not None:
            states.append(rows(workspace))
    for state in reversed(states[:-1]):
        assert workspace.undo("B") is not None
        assert rows(workspace) == state
    for state in states[1:]:
        assert workspace.redo("B") is not None
        assert rows(workspace) == state
    assert workspace.verify().findings == ()
