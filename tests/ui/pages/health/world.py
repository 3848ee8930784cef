"""A small cluster over two years, in which each sign is known beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.domain.snapshot import Cluster, Unit
from app.operations.workspace.desk import OFFICER, Desk, change_setting
from app.operations.workspace.entries import enter_scores
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.members import add_clusters, add_units
from app.operations.workspace.tables import adopt_pack
from app.operations.workspace.years import open_year, year_record
from app.operations.workspace_lifecycle import create_workspace
from app.persistence.workspace import Workspace
from app.rules.document import dump_tree
from tests import builders as b

UNITS = ("a", "b", "c")


def two_years(
    folder: Path, *, years: tuple[str, ...] = ("2025", "2026"), more: Sequence[b.Row] = ()
) -> Workspace:
    """Everybody is full at I.1 (10 points) in each year; I.2 (90 points) parts the units."""
    tree = b.pack_tree(
        b.criterion("I", 100),
        b.criterion("I.1", 10, {"kind": "direct"}),
        b.criterion("I.2", 90, {"kind": "direct"}),
        *more,
    )
    file = folder / "pack.toml"
    file.write_text(dump_tree(tree), encoding="utf-8")
    workspace = create_workspace(folder / "so", "Hoa")
    change_setting(workspace, "Hoa", OFFICER, "Hoa")
    for year in years:
        _fill(open_year(workspace, "Hoa", year_record(year))[0], file)
    return workspace


def _fill(desk: Desk, file: Path) -> None:
    add_clusters(desk, [Cluster("k", "Cụm 1")])
    add_units(desk, [Unit(u, f"Sở {u.upper()}", "k") for u in UNITS])
    adopt_pack(desk, file)
    enter_scores(desk, [TypedCell(u, "I.1", b.ROUND, points="10") for u in UNITS])
    points = zip(UNITS, ("80", "60", "40"), strict=True)
    enter_scores(desk, [TypedCell(u, "I.2", b.ROUND, points=p) for u, p in points])
