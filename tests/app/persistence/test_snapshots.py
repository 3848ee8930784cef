"""A year's facts go in and come out the same, and score the same."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from app.domain.snapshot import (
    Ballot,
    Cluster,
    ConditionFact,
    Decision,
    Entry,
    EntryState,
    GivenTotal,
    ItemFact,
    OwnCriterion,
    Period,
    Quota,
    Snapshot,
    StandingFact,
    Unit,
)
from app.domain.year import CriteriaTable, PeriodRecord, PinnedTable, TableState
from app.exchange.result import result_tree
from app.operations.loading import Loaded, load, read_packs
from app.operations.scoring import assessed
from app.persistence import books
from app.persistence.records import Change
from app.persistence.snapshots import store_snapshot
from app.persistence.workspace import Workspace

FULL = Snapshot(
    period=Period("2022", dt.date(2022, 1, 1), dt.date(2022, 12, 31)),
    clusters=(Cluster("k1", "Khối 1", "B"), Cluster("k2", "Khối 2")),
    units=(
        Unit(
            "u1",
            "Sở A",
            "k1",
            frozenset({"leader", "deputy"}),
            dt.date(2022, 3, 1),
            dt.date(2022, 7, 1),
            {"share": Fraction(2, 3), "new": True, "since": dt.date(2020, 1, 1), "kind": "tốt"},
        ),
        Unit("u2", "Sở B", "k1"),
        Unit("u10", "Sở C", "k2"),
    ),
    entries=(
        Entry("u1", "I.2", "self", figures={"plan": Fraction(100), "actual": Fraction(1, 3)}),
        Entry("u1", "I.10", "department", points=Fraction("7.5"), reason="“khác”", evidence=2),
        Entry("u2", "I.2", "self", EntryState.NOT_ASSIGNED),
        Entry("u2", "I.2", "self", points=Fraction(0), pack="song_hanh"),
    ),
    own_criteria=(OwnCriterion("u1", "I.1", "I.1.a", "Tự đăng ký", Fraction(50), {"kind": "x"}),),
    totals=(
        GivenTotal("u2", "self", Fraction(950)),
        GivenTotal("u2", "self", Fraction(1, 7), "I"),
    ),
    bonus=(ItemFact("u1", "b", 2, Fraction(4)), ItemFact("u1", "b", 2, Fraction(4))),
    deductions=(ItemFact("u2", "d", figures={"days": Fraction(3)}, subject="chậm"),),
    standing=(StandingFact("u2", "chua_xet.1", "12/KL", dt.date(2022, 5, 1)),),
    conditions=(ConditionFact("u1", "vuot", False, "x"), ConditionFact("u2", "vuot", True)),
    ballots=(
        Ballot("tie", "co", "choose", 2, {"u1": 5, "u2": 0}, members=11, blank=0, cluster="k1"),
        Ballot("tie", "co", "choose", 1, {"u1": 5}, totals={"u1": Fraction(1, 3)}, places=1),
    ),
    decisions=(Decision("tie:co:u1+u2", "u1", "Chủ tịch", "5/QĐ"),),
    quotas=(Quota("bk", 2), Quota("co", percent=Fraction(10), base=27, cluster="k2")),
    parameters={"A10": "hold", "A35_digits": Fraction(1), "A44": False},
    ranking_round="department",
)


def store(workspace: Workspace, facts: Snapshot, period: str = "n") -> tuple[int, Change]:
    with workspace.operation("facts.imported", "Nhập", "B", period=period) as change:
        if workspace.one(books.PERIODS, period) is None:
            change.put(books.PERIODS, PeriodRecord(period, "", dt.date.min, dt.date.min))
        return store_snapshot(change, period, facts), change


def test_every_kind_of_fact_comes_out_as_it_went_in(workspace: Workspace) -> None:
    store(workspace, FULL)
    assert workspace.snapshot("n") == FULL
    assert workspace.snapshot("2022").units[0].name == "Sở A"


def test_a_second_time_changes_nothing(workspace: Workspace) -> None:
    store(workspace, FULL)
    written, change = store(workspace, FULL)
    assert (written, change.operation) == (0, None)


def test_what_is_gone_is_taken_out_and_what_differs_is_changed(workspace: Workspace) -> None:
    store(workspace, FULL)
    less = replace(
        FULL,
        units=FULL.units[:2],
        entries=(replace(FULL.entries[0], reason="xem lại"), *FULL.entries[2:]),
        bonus=FULL.bonus[:1],
        ballots=(),
        parameters={"A10": "zero"},
    )
    written, _ = store(workspace, less)
    assert workspace.snapshot("n") == less
    assert written == 9
    workspace.undo("B")
    assert workspace.snapshot("n") == FULL


@pytest.fixture(scope="module")
def sample(root: Path) -> Loaded:
    packs = [root / "data/packs/cao-bang-2018-vi-du"]
    return load(packs, root / "data/samples/cao-bang-2019/facts.toml")


def test_the_sample_year_scores_the_same_from_the_workspace(
    workspace: Workspace, sample: Loaded, folder: Path
) -> None:
    main = sample.packs.main
    with workspace.operation("facts.imported", "Nhập", "B", period="2019") as change:
        change.put(books.PERIODS, PeriodRecord("2019", "", dt.date.min, dt.date.min))
        title = main.rules.title
        table = CriteriaTable("bang", 1, title, main.tree, main.digest, TableState.ISSUED)
        change.put(books.CRITERIA_TABLES, table)
        change.put(books.PINNED_TABLES, PinnedTable(1, "bang", 1))
        store_snapshot(change, "2019", sample.snapshot)
    workspace.close()
    with Workspace.open(folder) as later:
        kept = later.snapshot("2019")
        (pinned,) = later.pinned_tables("2019")
    assert kept == sample.snapshot
    assert pinned.tree == main.tree
    packs = read_packs([(dict(pinned.tree), "bang")], kept.parameters)
    assert packs.main.digest == pinned.digest
    one, other = (
        result_tree(assessed(p, s, None))["digest"]
        for p, s in ((packs, kept), (sample.packs, sample.snapshot))
    )
    assert one == other
