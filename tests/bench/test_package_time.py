"""Looking at a package with its recomputation costs as much as it holds, and half a second at most.

The leader's second package for appraisal of clusters of growing size is looked at in the workspace
that the department began with the first one: read, checked, compared row by row and scored again. A fixed piece of work between the turns tells how much slower the machine is for being busy.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

import pytest

from app.domain.snapshot import Cluster, Unit
from app.exchange.packages import Kind
from app.operations.exchange.looking import look
from app.operations.exchange.sending import Sent
from app.operations.workspace.desk import Desk
from app.operations.workspace.entries import enter_scores
from app.operations.workspace.members import add_clusters, add_units, give_role
from app.operations.workspace.rounds import recall_round, submit_round
from app.operations.workspace.tables import adopt_tree
from app.operations.workspace.years import open_year, year_record
from app.persistence.workspace import Workspace
from tests.app.operations.exchange.houses import DAY, House, key, self_scores
from tests.app.operations.workspace.small_table import table_tree
from tests.bench.test_live_time import UNDISTURBED, fixed_work

pytestmark = [pytest.mark.bench, pytest.mark.slow]

SIZES = (8, 32)
MOST = 0.5
"""Seconds for a cluster of eight."""
ROOM = 2.0
"""What four times the units may cost beyond four times the work."""
TURNS = 7


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, tuple[Desk, Sent]]]:
    """For each size the department's desk and the package that came."""
    found = {}
    with ExitStack() as open_ones:
        for size in SIZES:
            place = tmp_path_factory.mktemp(f"so-{size}")
            leader = _leader(place / "truong", size)
            open_ones.callback(leader.desk.workspace.close, backup=False)
            first = leader.sends(Kind.FOR_APPRAISAL)
            department = leader.begins(first, place / "so-noi-vu", "Sở Nội vụ", 99)
            open_ones.callback(department.desk.workspace.close, backup=False)
            recall_round(leader.desk, "self", ["u1"], DAY)
            enter_scores(leader.desk, list(self_scores("u1", "99", "19")))
            submit_round(leader.desk, "self", ["u1"], DAY)
            found[size] = (department.desk, leader.sends(Kind.FOR_APPRAISAL))
        yield found


def _leader(folder: Path, size: int) -> House:
    workspace = Workspace.create(folder, "Nguyễn Hoa")
    desk, _ = open_year(workspace, "Nguyễn Hoa", year_record("2026"))
    adopt_tree(desk, table_tree(), "bảng", issued=True)
    add_clusters(desk, [Cluster("k1", "Cụm 1")])
    add_units(desk, [Unit(f"u{n}", f"Đơn vị {n}", "k1") for n in range(size)])
    give_role(desk, "u0", "leader")
    enter_scores(desk, [c for n in range(size) for c in self_scores(f"u{n}", str(60 + n))])
    submit_round(desk, "self", None, DAY)
    return House(desk, "Đơn vị 0", key(1))


def _seconds(desk: Desk, package: Sent) -> float:
    before = time.process_time()
    seen = look(desk, package.file)
    spent = time.process_time() - before
    assert seen.acceptable, [finding.message for finding in seen.problems]
    assert seen.changes
    assert seen.recompute is not None
    assert seen.recompute.agrees
    return spent


def test_looking_at_a_package_is_quick_and_grows_with_what_it_holds(
    sent: dict[int, tuple[Desk, Sent]],
) -> None:
    spent: dict[int, list[float]] = {size: [] for size in SIZES}
    fixed = []
    for _ in range(TURNS):
        for size in SIZES:
            spent[size].append(_seconds(*sent[size]))
        before = time.process_time()
        fixed_work()
        fixed.append(time.process_time() - before)
    busy = max(1.0, median(fixed) / UNDISTURBED)
    small, large = (min(spent[size]) for size in SIZES)
    print(f"8 units {small:.3f} s, 32 units {large:.3f} s; machine {busy:.2f} times as slow")
    assert small <= MOST * busy
    assert large <= small * (SIZES[1] / SIZES[0]) * ROOM
