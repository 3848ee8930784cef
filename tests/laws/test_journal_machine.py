"""Random acts with undo, redo and reopening behave like a list of states.

More steps: ``BANGVANG_DOSE=20`` multiplies the examples.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.domain.snapshot import Cluster, Decision, Entry, EntryState, ItemFact, Unit
from app.domain.year import PeriodRecord
from app.ground.findings import UserError
from app.ground.text import composed
from app.persistence import books
from app.persistence.workspace import Workspace

DOSE = int(os.environ.get("BANGVANG_DOSE", "1"))
State = tuple[dict[Any, Any], dict[Any, Any], dict[int, Any]]
"""Entries by cell, decisions by question, bonus facts by number."""

units = st.sampled_from(["u1", "u2"])
criteria = st.sampled_from(["I.1", "I.2", "I.10"])
numbers = st.fractions(min_value=-5, max_value=1000, max_denominator=9)
words = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=8)
figures = st.dictionaries(
    st.sampled_from(["plan", "actual"]),
    numbers | st.booleans() | st.dates() | st.sampled_from(["tốt", "n:1", ""]),
    max_size=2,
)
entries = st.builds(
    Entry,
    unit=units,
    criterion=criteria,
    round=st.sampled_from(["self", "department"]),
    state=st.sampled_from(EntryState),
    figures=figures,
    points=st.none() | numbers,
    reason=st.sampled_from(["", "lý do", "“khác”\n"]),
    evidence=st.none() | st.integers(0, 9),
    pack=st.sampled_from([None, "kèm"]),
)


class Journal(RuleBasedStateMachine):
    """The model keeps whole states; the workspace keeps rows and a journal."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="bangvang-law-"))
        self.workspace = Workspace.create(self.folder / "so", "A", self.clock)
        self.states: list[State] = []
        self.here = 0

    def clock(self) -> dt.datetime:
        return dt.datetime(2022, 5, 1, 8, 0, tzinfo=dt.UTC)

    @initialize()
    def open_year(self) -> None:
        with self.workspace.operation("year", "Mở năm", "A", period="p", barrier=True) as change:
            change.put(books.PERIODS, PeriodRecord("p", "p", dt.date(2022, 1, 1), dt.date.max))
            change.put(books.CLUSTERS, Cluster("k", "K"))
            change.put(books.UNITS, Unit("u1", "A", "k"), Unit("u2", "B", "k"))
        self.states = [({}, {}, {})]

    def copy(self) -> State:
        one, other, third = self.states[self.here]
        return dict(one), dict(other), dict(third)

    def moved(self, state: State) -> None:
        if state != self.states[self.here]:
            self.states[self.here + 1 :] = [state]
            self.here += 1

    @rule(cells=st.lists(entries, max_size=4))
    def score(self, cells: list[Entry]) -> None:
        state = self.copy()
        with self.workspace.operation("score", "Chấm", "B", period="p") as change:
            change.put(books.ENTRIES, *cells)
        for cell in cells:
            state[0][cell.unit, cell.criterion, cell.round, cell.pack] = cell
        if change.operation is None:
            assert state == self.states[self.here]
        elif state == self.states[self.here]:  # there and back again: an act, but no new state
            self.states[self.here + 1 :] = [state]
            self.here += 1
        self.moved(state)

    @rule(question=st.sampled_from(["open:A1", "open:A2"]), outcome=words)
    def decide(self, question: str, outcome: str) -> None:
        state = self.copy()
        decision = Decision(question, composed(outcome))
        with self.workspace.operation("decide", "Quyết định", "B", period="p") as change:
            change.put(books.DECISIONS, decision)
        state[1][question] = decision
        self.moved(state)

    @rule(unit=units, points=numbers)
    def reward(self, unit: str, points: Fraction) -> None:
        state = self.copy()
        with self.workspace.operation("bonus", "Thưởng", "B", period="p") as change:
            fact = ItemFact(unit, "b", points=points)
            (number,) = change.add(books.BONUS, fact)
        state[2][number] = fact
        self.moved(state)

    @rule(data=st.data())
    def take_out(self, data: st.DataObject) -> None:
        state = self.copy()
        cells = sorted(state[0], key=str)
        if not cells:
            return
        key = data.draw(st.sampled_from(cells))
        with self.workspace.operation("remove", "Xóa", "B", period="p") as change:
            assert change.remove(books.ENTRIES, *key)
            for number in state[2]:
                change.remove(books.BONUS, number)
        del state[0][key]
        state[2].clear()
        self.moved(state)

    @rule(cell=entries)
    def fail(self, cell: Entry) -> None:
        with (  # noqa: PT012
            pytest.raises(UserError),
            self.workspace.operation("fail", "Hỏng", "B", period="p") as change,
        ):
            change.put(books.ENTRIES, cell)
            change.add(books.BONUS, ItemFact("nobody", "b"))

    @rule()
    def undo(self) -> None:
        done = self.workspace.undo("C")
        assert (done is not None) == (self.here > 0)
        self.here -= done is not None

    @rule()
    def redo(self) -> None:
        done = self.workspace.redo("C")
        assert (done is not None) == (self.here + 1 < len(self.states))
        self.here += done is not None

    @precondition(lambda self: bool(self.states))
    @rule()
    def reopen(self) -> None:
        self.workspace.close(backup=False)
        self.workspace = Workspace.open(self.folder / "so", self.clock)

    @invariant()
    def rows_are_the_models(self) -> None:
        if not self.states:
            return
        cells, decisions, bonus = self.states[self.here]
        there = self.workspace.read(books.ENTRIES, "p")
        assert {(e.unit, e.criterion, e.round, e.pack): e for e in there} == cells
        assert {d.question: d for d in self.workspace.read(books.DECISIONS, "p")} == decisions
        assert self.workspace.numbered(books.BONUS, "p") == bonus

    def teardown(self) -> None:
        found = self.workspace.verify()
        self.workspace.close(backup=False)
        shutil.rmtree(self.folder)
        assert found.findings == ()


TestJournal = Journal.TestCase
TestJournal.settings = settings(
    max_examples=12 * DOSE,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
