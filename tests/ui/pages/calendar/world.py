"""A cluster of Bắc Giang: its rules set days, duties and numbers of activities."""

from __future__ import annotations

from pathlib import Path

from app.domain.snapshot import Cluster, Unit
from app.operations.workspace.desk import OFFICER, change_setting
from app.operations.workspace.members import add_clusters, add_units, give_role
from app.operations.workspace.tables import adopt_pack
from app.operations.workspace.years import open_year, year_record
from app.operations.workspace_lifecycle import create_workspace
from app.persistence.workspace import Workspace


def bac_giang(folder: Path, year: str = "2022") -> Workspace:
    """Two offices, the first of them leads."""
    workspace = create_workspace(folder / "so", "Hoa")
    change_setting(workspace, "Hoa", OFFICER, "Hoa")
    desk, _ = open_year(workspace, "Hoa", year_record(year))
    add_clusters(desk, [Cluster("k", "Khối thi đua số 1", "B")])
    add_units(desk, [Unit("a", "Sở Tư pháp", "k"), Unit("b", "Sở Nội vụ", "k")])
    give_role(desk, "a", "leader")
    adopt_pack(desk, Path("bac-giang-2022"))
    return workspace
