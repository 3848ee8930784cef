"""Opening a workspace: checked through off the window's thread; what stands in the way, in words.

Without Qt. ``draft`` is a new cluster that is being set up. A workspace that does not open stays
as ``trouble`` until another one is asked for, so that the start page can say what to do and offer
its backups.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.ground.findings import Finding, UserError
from app.operations.workspace_lifecycle import list_backups, open_workspace, restore_workspace
from app.persistence.backups import Backup
from app.persistence.database import FILE as DATABASE
from app.persistence.lock import FILE as LOCK
from app.persistence.workspace import Workspace
from ui.preferences import Preferences
from ui.runner import Cancelled, Progress, Runner
from ui.session import Session
from ui.topics import ALL

if TYPE_CHECKING:  # a workspace stands before the wizard is imported
    from ui.flows.new_cluster import NewCluster


class Obstacle(StrEnum):
    """Why a workspace does not open."""

    MISSING = "missing"
    IN_USE = "in_use"
    DAMAGED = "damaged"
    NEWER = "newer"
    NETWORK = "network"
    OTHER = "other"


_OBSTACLES: Final = {
    "workspace_not_found": Obstacle.MISSING,
    "workspace_in_use": Obstacle.IN_USE,
    "workspace_busy": Obstacle.IN_USE,
    "workspace_damaged": Obstacle.DAMAGED,
    "row_tampered": Obstacle.DAMAGED,
    "operation_tampered": Obstacle.DAMAGED,
    "guard_missing": Obstacle.DAMAGED,
    "workspace_foreign": Obstacle.DAMAGED,
    "workspace_newer": Obstacle.NEWER,
    "workspace_on_network": Obstacle.NETWORK,
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """A workspace that did not open: what stands in the way, and the backups that it has."""

    folder: Path
    obstacle: Obstacle
    findings: tuple[Finding, ...]
    backups: tuple[Backup, ...]

    @property
    def title(self) -> str:
        """What happened, in one sentence."""
        name = self.folder.name
        match self.obstacle:
            case Obstacle.MISSING if not self.folder.exists():
                return f"Không tìm thấy thư mục “{name}”."
            case Obstacle.MISSING:
                return f"Thư mục “{name}” không chứa sổ làm việc."
            case Obstacle.IN_USE:
                return f"Sổ “{name}” đang được mở ở nơi khác."
            case Obstacle.DAMAGED:
                return f"Sổ “{name}” bị hỏng nên chưa mở được."
            case Obstacle.NEWER:
                return f"Sổ “{name}” do phiên bản mới hơn của chương trình lập."
            case Obstacle.NETWORK:
                return f"Sổ “{name}” nằm trên ổ đĩa mạng."
        return f"Chưa mở được sổ “{name}”."

    @property
    def restorable(self) -> bool:
        """Whether a backup may help."""
        return bool(self.backups) and self.obstacle in (Obstacle.DAMAGED, Obstacle.MISSING)


class Opening:
    """Opens workspaces for the window, one at a time; the newest wish wins."""

    def __init__(self, session: Session, runner: Runner, preferences: Preferences) -> None:
        self._session = session
        self._runner = runner
        self._preferences = preferences
        self._wish = 0
        self._left: list[Workspace] = []
        self.trouble: Trouble | None = None
        self.draft: NewCluster | None = None
        self.opened: Callable[[Workspace], None] = lambda _workspace: None
        self.refused: Callable[[Trouble], None] = lambda _trouble: None

    def open(self, folder: Path, then: Callable[[], object] | None = None) -> None:
        """Opens the workspace in this folder; ``opened`` or ``refused`` is called then.

        ``then`` comes after ``opened``: somebody wanted to go to a spot in it.
        """
        folder = meant(folder)
        there = self._session.workspace
        if there is not None and there.folder.resolve() == folder.resolve():
            self.trouble = None
            self.opened(there)
            if then is not None:
                then()
            return
        self.make(
            f"Mở sổ “{folder.name}”", folder, lambda _progress: open_workspace(folder), then=then
        )

    def make(
        self,
        title: str,
        folder: Path,
        work: Callable[[Progress], Workspace],
        on_fault: Callable[[Exception], None] | None = None,
        then: Callable[[], object] | None = None,
    ) -> None:
        """Lets ``work`` make or open the workspace of a folder, and takes it.

        A fault becomes ``trouble``, unless ``on_fault`` takes it. ``then`` comes last.
        """
        self._wish += 1
        wish = self._wish
        self.trouble = None
        self.close_unwanted()

        def kept(progress: Progress) -> Workspace:
            workspace = work(progress)
            self._left.append(workspace)
            try:
                progress.settle()
            except Cancelled:
                self.close_unwanted()
                raise
            return workspace

        def done(workspace: Workspace) -> None:
            if wish == self._wish:
                self._left.remove(workspace)
                self._take(workspace)
                if then is not None:
                    then()
            else:
                self.close_unwanted()

        def failed(fault: Exception) -> None:
            if on_fault is not None:
                on_fault(fault)
            elif wish == self._wish:
                self._refuse(folder, fault)

        self._runner.run(title, kept, done, failed)

    def restore(self, folder: Path, actor: str, name: str | None) -> None:
        """Puts a backup (by its file's name, or the last good one) back, and opens."""

        def work(progress: Progress) -> Workspace:
            progress.settle("Khôi phục bản sao lưu")
            restore_workspace(folder, actor, name)
            return open_workspace(folder)

        there = self._session.workspace
        if there is not None and there.folder == folder:
            self._session.close()
            self._session.publish(ALL)
        self.make("Khôi phục bản sao lưu", folder, work)

    def forget_trouble(self) -> None:
        """The officer turns to something else."""
        self.trouble = None

    def close_unwanted(self) -> None:
        """Closes what was opened when nobody wanted it any more."""
        while self._left:
            self._left.pop().close(backup=False)

    def _take(self, workspace: Workspace) -> None:
        self.draft = None
        try:
            self._session.adopt(workspace)
        except BaseException:  # whatever it is: nothing else would close it and free its lock
            if self._session.workspace is not workspace:
                workspace.close(backup=False)
                self._session.publish(ALL)
            raise
        self._preferences.opened(workspace.folder, self._session.cluster_name)
        self.opened(workspace)

    def _refuse(self, folder: Path, fault: Exception) -> None:
        if not isinstance(fault, UserError):
            raise fault
        findings = tuple(_in_place(finding, folder) for finding in fault.findings)
        obstacle = next(
            (_OBSTACLES[f.code] for f in findings if f.code in _OBSTACLES), Obstacle.OTHER
        )
        self.trouble = Trouble(folder, obstacle, findings, list_backups(folder))
        self.refused(self.trouble)


def meant(folder: Path) -> Path:
    """The workspace that is meant by a folder: itself, the one that it lies in (its ``backups``
    was picked, say), or the only one that lies in it.
    """
    if (folder / DATABASE).is_file():
        return folder
    if (folder.parent / DATABASE).is_file():
        return folder.parent
    try:
        inside = [place for place in folder.iterdir() if (place / DATABASE).is_file()]
    except OSError:
        return folder
    return inside[0] if len(inside) == 1 else folder


def _in_place(finding: Finding, folder: Path) -> Finding:
    """Names the workspace where a finding names one of its inner files."""
    inner = finding.place in (DATABASE, LOCK)
    return replace(finding, place=folder.name) if inner else finding
