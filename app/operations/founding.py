"""A new cluster in one act: folder, officer, year, cluster, units, criteria table, answers.

All of it, or nothing: the workspace is made beside its place and put there when it is whole.
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.snapshot import Cluster, Unit
from app.domain.year import PeriodRecord
from app.operations.workspace.desk import OFFICER, Desk, change_setting, refusal
from app.operations.workspace.members import add_clusters, add_units
from app.operations.workspace.records import choose_parameter
from app.operations.workspace.tables import adopt_pack, draft_table
from app.operations.workspace.years import open_year
from app.operations.workspace_lifecycle import create_workspace, open_workspace
from app.persistence import faults
from app.persistence.workspace import Workspace

Tell = Callable[[float, str], None]
"""Hears how far the work is (0 to 1) and what is being done; may raise to stop it."""


def silent(_share: float, _text: str) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True)
class Founding:
    """What a new cluster begins with.

    ``frame`` is a pack by its file, folder or shipped id. ``own_table`` drafts the cluster's own
    table from it, else it is taken as it stands. ``choices`` answer what the text leaves open.
    """

    folder: Path
    officer: str
    year: PeriodRecord
    cluster: Cluster
    units: tuple[Unit, ...]
    frame: Path
    own_table: bool = True
    table_title: str = ""
    choices: Mapping[str, object] = field(default_factory=dict)


def found_cluster(plan: Founding, tell: Tell = silent) -> Workspace:
    """Makes the workspace and opens it; raises ``UserError``, and then nothing was made."""
    if not plan.officer.strip():
        raise refusal(
            "actor_missing",
            "Người giữ sổ",
            "Chưa biết ai giữ sổ.",
            "Ghi họ tên người giữ sổ; nhật ký ghi theo tên này.",
        )

    def fill(workspace: Workspace) -> None:
        tell(0.2, "Mở năm thi đua")
        desk, _ = open_year(workspace, plan.officer, plan.year)
        tell(0.35, "Ghi cụm, khối và các đơn vị")
        add_clusters(desk, [plan.cluster])
        if plan.units:
            add_units(desk, plan.units)
        tell(0.5, "Lập bảng tiêu chí")
        _table(desk, plan)
        for place, (parameter, value) in enumerate(plan.choices.items()):
            tell(0.7 + 0.2 * place / len(plan.choices), "Ghi các lựa chọn")
            choose_parameter(desk, parameter, value)

    return make_whole(plan.folder, plan.officer, fill, tell)


def _table(desk: Desk, plan: Founding) -> None:
    if not plan.own_table:
        adopt_pack(desk, plan.frame)
        return
    title = plan.table_title.strip() or f"Bảng tiêu chí {plan.cluster.name} năm {plan.year.name}"
    draft_table(desk, plan.frame, f"bang-{plan.cluster.id}", title)


def make_whole(
    folder: Path, officer: str, fill: Callable[[Workspace], None], tell: Tell = silent
) -> Workspace:
    """A new workspace at ``folder`` with what ``fill`` writes into it, open; or nothing at all."""

    def lay(beside: Path) -> None:
        tell(0.05, "Lập sổ làm việc")
        workspace = create_workspace(beside, officer)
        try:
            change_setting(workspace, officer, OFFICER, officer)
            fill(workspace)
        finally:
            workspace.close(backup=False)

    return lay_whole(folder, lay, tell)


def lay_whole(folder: Path, lay: Callable[[Path], None], tell: Tell = silent) -> Workspace:
    """The workspace that ``lay`` makes in a place beside ``folder``, put there once it is whole,
    and open; or nothing at all.
    """
    with _beside(folder) as beside:
        lay(beside)
        tell(0.9, "Kiểm tra sổ làm việc")
        with faults.told_in_words(folder.name):
            if folder.exists():
                folder.rmdir()
            beside.rename(folder)
    return open_workspace(folder)


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """A place next to the folder, where a workspace is made; gone afterwards whatever happens."""
    with faults.told_in_words(folder.name):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise faults.refusal(
                "folder_not_empty",
                folder.name,
                "Thư mục đã có nội dung nên không lập sổ làm việc mới ở đây.",
                "Chọn tên thư mục khác, hoặc mở sổ làm việc đã có.",
            )
        missing = [place for place in folder.parents if not place.exists()]
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = folder.parent / f".{folder.name}.dang-lap"
        shutil.rmtree(beside, ignore_errors=True)
    _try_to_write(beside, folder)
    try:
        yield beside
    except BaseException:  # also where the officer breaks it off: nothing half made stays behind
        shutil.rmtree(beside, ignore_errors=True)
        for place in missing:
            if place.is_dir() and not any(place.iterdir()):
                place.rmdir()
        raise


def _try_to_write(beside: Path, folder: Path) -> None:
    """Refuses a place that cannot be written into, before anything is worked out for it."""
    try:
        beside.mkdir()
        beside.rmdir()
    except OSError as fault:
        if fault.errno not in {errno.EROFS, errno.EACCES, errno.EPERM}:
            raise faults.of_the_system(fault, folder.name) from fault
        raise refusal(
            "folder_read_only",
            folder.parent.name or str(folder.parent),
            "Thư mục này chỉ đọc nên không lập được sổ làm việc ở đó.",
            "Chọn nơi lưu khác, trên máy này hoặc trên thẻ nhớ ghi được.",
        ) from fault
