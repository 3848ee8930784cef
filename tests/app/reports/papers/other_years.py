"""Years under other packs as papers see them: three units, no scores, the records that are given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from app.domain.snapshot import Cluster, Period, Snapshot, Unit
from app.operations.loading import load_pack, read_packs
from app.reports.papers.data import PaperData, YearBook
from app.scoring.assess import assess
from tests.app.reports.papers.sample_year import ROOT


def year_of(
    packs: Sequence[str],
    block: str | None = None,
    *,
    year: int = 2022,
    frame: str | None = None,
    book: YearBook | None = None,
    parameters: Mapping[str, Fraction | bool | str] | None = None,
    more: Sequence[Mapping[str, Any]] = (),
) -> PaperData:
    """A cluster of this kind with a leader, a deputy and a member, under the first pack.

    ``more`` are rows that the cluster adds to the first pack's table.
    """
    trees = [(dict(load_pack(_folder(name)).tree), name) for name in packs]
    trees[0][0]["criteria"] = [*trees[0][0]["criteria"], *(dict(row) for row in more)]
    chosen = dict(parameters or {})
    loaded = read_packs(trees, chosen)
    snapshot = Snapshot(
        Period(str(year), dt.date(year, 1, 1), dt.date(year, 12, 31)),
        (Cluster("k1", "Cụm thi đua số 1", block),),
        (
            Unit("a", "Đơn vị A", "k1", frozenset({"leader"})),
            Unit("b", "Đơn vị B", "k1", frozenset({"deputy"})),
            Unit("c", "Đơn vị C", "k1"),
        ),
        parameters=chosen,
    )
    return PaperData(
        assessment=assess(snapshot, loaded.main, loaded.overlays, loaded.companions),
        cluster=snapshot.clusters[0],
        overlays=tuple(loaded.overlays),
        book=book or YearBook(),
        frame=load_pack(_folder(frame)) if frame else None,
    )


def _folder(name: str) -> Path:
    return ROOT / "data" / "packs" / name
