"""A workspace to practise in: the sample cluster's full year, marked so in its name."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.ground.paths import data_folder
from app.operations.demo import SAMPLE_FACTS, SAMPLE_PACK
from app.operations.founding import Tell, make_whole, silent
from app.operations.workspace.imports import import_facts
from app.operations.workspace.members import change_cluster
from app.operations.workspace.tables import adopt_pack
from app.operations.workspace.years import open_year, year_record
from app.persistence.database import FILE
from app.persistence.workspace import Workspace

FOLDER: Final = "Bảng Vàng - Luyện tập"
MARK: Final = "(luyện tập)"
"""Stands behind the cluster's name, on every screen and paper."""
OFFICER: Final = "Người luyện tập"


def practice_folders(parent: Path) -> tuple[Path, ...]:
    """The practice workspaces that lie in a folder, the first one first."""
    if not parent.is_dir():
        return ()
    found = [f for f in parent.glob(f"{FOLDER}*") if (f / FILE).is_file()]
    return tuple(sorted(found, key=lambda f: (len(f.name), f.name)))


def fresh_practice_folder(parent: Path) -> Path:
    """Where the next practice workspace goes."""
    number = 1
    while (folder := parent / (FOLDER if number == 1 else f"{FOLDER} {number}")).exists():
        number += 1
    return folder


def make_practice(folder: Path, officer: str = OFFICER, tell: Tell = silent) -> Workspace:
    """Makes a practice workspace and opens it; raises ``UserError``, and then nothing was made."""

    def fill(workspace: Workspace) -> None:
        tell(0.2, "Mở năm thi đua của dữ liệu mẫu")
        desk, _ = open_year(workspace, officer, year_record(SAMPLE_FACTS[-4:]))
        tell(0.3, "Lấy bảng tiêu chí mẫu")
        adopt_pack(desk, data_folder() / "packs" / SAMPLE_PACK)
        tell(0.4, "Ghi số liệu mẫu")
        import_facts(desk, data_folder() / "samples" / SAMPLE_FACTS / "facts.toml", apply=True)
        tell(0.8, "Đánh dấu sổ luyện tập")
        for cluster in desk.clusters.values():
            change_cluster(desk, cluster.id, name=f"{cluster.name} {MARK}")

    return make_whole(folder, officer, fill, tell)
