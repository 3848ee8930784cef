"""Workspaces as the window meets them, made through the verbs."""

from __future__ import annotations

import shutil
from pathlib import Path

from app.domain.snapshot import Cluster, Unit
from app.operations.province.folder import CLUSTERS, create_province
from app.operations.workspace.desk import OFFICER, Desk, change_setting
from app.operations.workspace.entries import enter_table
from app.operations.workspace.imports import import_facts
from app.operations.workspace.members import add_clusters, add_units
from app.operations.workspace.tables import adopt_pack
from app.operations.workspace.years import open_year, year_record
from app.operations.workspace_lifecycle import create_workspace
from app.persistence import books
from app.persistence.workspace import Workspace
from tests.journeys.real_table import write_real_table

ROOT = Path(__file__).resolve().parents[2]
NAME = "Nguyễn Thị Hoa"


def _new(folder: Path, year: str) -> tuple[Workspace, Desk]:
    workspace = create_workspace(folder, NAME)
    change_setting(workspace, NAME, OFFICER, NAME)
    desk, _ = open_year(workspace, NAME, year_record(year))
    return workspace, desk


def make_sample(folder: Path) -> Path:
    """The sample cluster's year with all its facts."""
    workspace, desk = _new(folder, "2019")
    adopt_pack(desk, Path("cao-bang-2018-vi-du"))
    import_facts(desk, ROOT / "data" / "samples" / "cao-bang-2019" / "facts.toml", apply=True)
    workspace.close()
    return folder


def make_real(folder: Path, source: Path) -> Path:
    """A table of 176 criteria with the self-scores of all its units."""
    workspace, desk = _new(folder, "2025")
    pack, scores, units = write_real_table(source, folder.parent)
    adopt_pack(desk, pack)
    add_clusters(desk, [Cluster("k1", "Cụm thi đua số 3")])
    add_units(desk, [Unit(unit, f"Đơn vị {unit}", "k1") for unit in units])
    enter_table(desk, scores)
    workspace.close()
    return folder


def make_province(folder: Path, workspace: Path) -> Path:
    """The department's folder with a copy of a cluster's workspace, and one that has not sent."""
    copy = folder.parent / f"{folder.name}-cum"
    shutil.copytree(workspace, copy)
    with Workspace.open(copy) as opened:
        year = opened.read(books.PERIODS)[-1]
        name = opened.read(books.CLUSTERS, year.id)[0].name
    clusters = (Cluster("k01", name), Cluster("k02", "Cụm thi đua các phường, xã khu vực phía Bắc"))
    create_province(folder, NAME, year, clusters)
    copy.rename(folder / CLUSTERS / "k01")
    return folder
