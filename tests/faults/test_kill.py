"""An acknowledged operation survives any kill, and none is half there.

More kills: ``BANGVANG_KILLS=2000``.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.snapshot import Cluster, Unit
from app.domain.year import PeriodRecord
from app.persistence import books, journal
from app.persistence.workspace import Workspace

KILLS = int(os.environ.get("BANGVANG_KILLS", "200"))
SEED = int(os.environ.get("BANGVANG_SEED", str(dt.date.today().toordinal())))  # noqa: DTZ011
BATCH = 200  # a journal that grows for ever would make each opening slower
WRITER = Path(__file__).with_name("killed_writer.py")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and fork are Unix's")
@pytest.mark.parametrize("batch", range(-(-KILLS // BATCH)))
def test_what_was_acknowledged_before_a_kill_is_there_and_nothing_is_half_there(
    batch: int, tmp_path: Path, root: Path
) -> None:
    kills = min(BATCH, KILLS - batch * BATCH)
    folder = tmp_path / "so"
    workspace = Workspace.create(folder, "A")
    with workspace.operation("year", "Mở năm", "A", period="p", barrier=True) as change:
        change.put(books.PERIODS, PeriodRecord("p", "p", dt.date(2022, 1, 1), dt.date.max))
        change.put(books.CLUSTERS, Cluster("k", "K"))
        change.put(books.UNITS, Unit("u1", "A", "k"))
    workspace.close()
    command = [sys.executable, str(WRITER), str(folder), str(kills), str(SEED + batch)]
    done = subprocess.run(
        command, cwd=root, capture_output=True, text=True, check=True, env=_environment(root)
    )
    lines = done.stdout.split("\n")
    assert [line for line in lines if line.startswith("fault")] == [], f"seed {SEED}, batch {batch}"
    assert lines.count("killed") == kills
    acknowledged = dict(line.split() for line in lines if line[:1].isdigit())
    with Workspace.open(folder) as workspace:
        assert workspace.verify().findings == ()
        with workspace._reading() as connection:
            kept = {
                op.id: journal.changes_of(connection, op.id)
                for op in journal.operations(connection)
            }
        written = {
            str(number): {json.loads(row.after)["points"] if row.after else "" for row in changes}
            for number, changes in kept.items()
            if number > 2
        }
        cells = {entry.points for entry in workspace.read(books.ENTRIES, "p")}
    assert acknowledged.keys() <= written.keys()
    assert all(written[n] == {value} for n, value in acknowledged.items() if value != "-")
    assert "-" in acknowledged.values()
    assert all(len(values) == 1 and len(kept[int(n)]) == 10 for n, values in written.items())
    assert len(cells) <= 1, "the ten cells were written by one operation"
    assert len(acknowledged) >= kills // 2, "the writers came to write"
    assert len(written) - len(acknowledged) <= kills


def _environment(root: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(root)}
