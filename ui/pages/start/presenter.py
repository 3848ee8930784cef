"""What the start page knows and does: recent workspaces, practice, who works, the first year."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_documents_path

from app.operations.founding import Tell, found_cluster
from app.operations.practice import fresh_practice_folder, make_practice, practice_folders
from app.operations.workspace.desk import OFFICER, change_setting, today
from app.operations.workspace.years import open_year, year_record
from app.persistence.backups import Backup
from app.persistence.workspace import Workspace
from ui.flows.frames import Frame, read_frame, shipped_frames
from ui.flows.new_cluster import NewCluster
from ui.flows.opening import Opening
from ui.preferences import Preferences, Recent
from ui.runner import Progress, Runner, settling
from ui.session import Session
from ui.topics import ALL

if TYPE_CHECKING:  # the page shows before what signs and locks is imported
    from ui.flows.beginning import Beginning


class View(Enum):
    """What the start page shows."""

    CHOICES = auto()
    WIZARD = auto()
    WHO = auto()
    FIRST_YEAR = auto()
    TROUBLE = auto()


@dataclass(frozen=True, slots=True)
class RecentRow:
    """A recent workspace as it is listed."""

    folder: Path
    name: str
    used: str
    there: bool

    @property
    def place(self) -> str:
        """Where it lies, or that it does not any more."""
        return str(self.folder) if self.there else f"Không còn ở đây: {self.folder}"


@dataclass(frozen=True, slots=True)
class BackupRow:
    """A backup as it is listed; ``file`` names it to the verb."""

    file: str
    made: str
    why: str
    operation: int


class StartPresenter:
    """The start page without its widgets."""

    def __init__(
        self, session: Session, runner: Runner, opening: Opening, preferences: Preferences
    ) -> None:
        self._session = session
        self._runner = runner
        self._opening = opening
        self._preferences = preferences
        self._making = threading.Lock()
        self._missing: frozenset[Path] = frozenset()
        self._looks = 0

    # ------------------------------------------------------------- what to show

    @property
    def view(self) -> View:
        """What the officer has to see first."""
        if self._opening.trouble is not None:
            return View.TROUBLE
        if self._session.workspace is not None and self._session.seat is None:
            return View.FIRST_YEAR if self._session.actor else View.WHO
        if self._opening.draft is not None:
            return View.WIZARD
        return View.CHOICES

    def sentence(self) -> str:
        """The sentence of state."""
        workspace = self._session.workspace
        match self.view:
            case View.TROUBLE:
                assert self._opening.trouble is not None
                return self._opening.trouble.title
            case View.WHO | View.FIRST_YEAR:
                assert workspace is not None
                return f"Sổ “{workspace.folder.name}” đã mở, còn một việc nhỏ trước khi vào."
            case View.WIZARD:
                assert self._opening.draft is not None
                step = self._opening.draft.step
                return f"Bước {step + 1}/5: {step.lead}"
        if workspace is not None:
            return f"Đang mở: {self._session.cluster_name} ({workspace.folder.name})."
        if self.recent():
            return "Mở lại sổ làm việc gần đây, hoặc bắt đầu một cụm, khối mới."
        return "Chọn một việc để bắt đầu. Mọi số liệu nằm trên máy này, không cần mạng."

    # ------------------------------------------------------------- recent workspaces

    def recent(self, now: dt.datetime | None = None) -> tuple[RecentRow, ...]:
        """The recent workspaces, the newest first; those that were not found say so."""
        moment = now or dt.datetime.now().astimezone()
        return tuple(
            _recent_row(recent, moment, there=recent.folder not in self._missing)
            for recent in self._preferences.recent_workspaces
        )

    def look_around(self, then: Callable[[], None]) -> None:
        """Looks which recent workspaces are there, off the window's thread: a drive may be slow.

        ``then`` is called where that changes the list; of several looks the newest counts.
        """
        folders = self._preferences.recent
        self._looks += 1
        look = self._looks

        def done(missing: frozenset[Path]) -> None:
            if look == self._looks and missing != self._missing:
                self._missing = missing
                then()

        self._runner.run(
            "Tìm các sổ gần đây",
            lambda _progress: frozenset(f for f in folders if not f.is_dir()),
            done,
            quiet=True,
        )

    def forget(self, folder: Path) -> None:
        """Takes a workspace off the list; its files stay."""
        self._preferences.forget(folder)

    def open(self, folder: Path) -> None:
        """Opens a workspace."""
        self._opening.open(folder)

    @property
    def documents(self) -> Path:
        """The user's folder for documents: there new workspaces are proposed."""
        documents = user_documents_path()
        return documents if documents.is_dir() else Path.home()

    def beginning(self) -> Beginning:
        """What makes a workspace out of a package; the new one is proposed among the documents."""
        from ui.flows.beginning import Beginning  # late: packages need what signs and locks

        return Beginning(
            self._session, self._runner, self._opening, self._preferences, self.documents
        )

    # ------------------------------------------------------------- practice

    @property
    def practice(self) -> tuple[Path, ...]:
        """Practice workspaces that are there already."""
        return practice_folders(self.documents)

    def practise(self, on_fault: Callable[[Exception], None], *, fresh: bool = False) -> None:
        """Opens the last practice workspace, or makes one."""
        there = self.practice
        if there and not fresh:
            self._opening.open(there[-1])
            return
        folder = fresh_practice_folder(self.documents)
        title = "Lập sổ luyện tập"
        self._make(title, folder, lambda tell: make_practice(folder, tell=tell), on_fault)

    def _make(
        self,
        title: str,
        folder: Path,
        making: Callable[[Tell], Workspace],
        on_fault: Callable[[Exception], None],
    ) -> None:
        """Makes one workspace at a time: a second press does nothing."""
        if self._making.locked():
            return

        def work(progress: Progress) -> Workspace:
            with self._making:
                return making(settling(progress))

        self._opening.make(title, folder, work, on_fault)

    # ------------------------------------------------------------- the wizard

    def begin(self) -> NewCluster:
        """The new cluster that is being set up; begun where there is none."""
        if self._opening.draft is None:
            self._opening.draft = NewCluster(today(), self.documents, self.known_officer)
        return self._opening.draft

    def give_up(self) -> None:
        """Forgets the new cluster; nothing was written."""
        self._opening.draft = None

    def read_frames(self, then: Callable[[tuple[Frame, ...]], None]) -> None:
        """Reads the shipped frames off the window's thread."""
        day = today()
        self._runner.run(
            "Đọc các khung điểm", lambda _progress: shipped_frames(day), then, quiet=True
        )

    def read_frame(self, file: Path, then: Callable[[Frame], None]) -> None:
        """Reads a frame from the officer's own file."""
        day = today()
        self._runner.run("Đọc khung điểm", lambda _progress: read_frame(file, day), then)

    def found(self, on_fault: Callable[[Exception], None]) -> None:
        """Makes everything that the wizard was told, and opens it."""
        plan = self.begin().founding()
        self._preferences.officer = plan.officer
        title = f"Lập sổ “{plan.folder.name}”"
        self._make(title, plan.folder, lambda tell: found_cluster(plan, tell), on_fault)

    # ------------------------------------------------------------- who works, which year

    @property
    def may_keep_officer(self) -> bool:
        """Whether the name can be kept in the workspace."""
        workspace = self._session.workspace
        return workspace is not None and not workspace.read_only

    def name_officer(self, name: str, *, keep: bool) -> None:
        """From now on this person works; ``keep``: the workspace remembers it."""
        workspace = self._session.workspace
        assert workspace is not None
        if keep and self.may_keep_officer:
            change_setting(workspace, name, OFFICER, name)
        self._preferences.officer = name
        self._session.name_actor(name)
        self._session.publish(ALL)

    @property
    def known_officer(self) -> str:
        """Who worked last on this computer."""
        return self._preferences.officer

    @property
    def this_year(self) -> str:
        """The year that is proposed."""
        return str(today().year)

    def open_first_year(self, year: str, *, school: bool) -> None:
        """Opens the first year of a workspace that has none; raises ``UserError``."""
        workspace = self._session.workspace
        assert workspace is not None
        record = year_record(year, "school" if school else "calendar")
        open_year(workspace, self._session.actor, record)
        self._session.choose_year(record.id)

    def close_workspace(self) -> None:
        """Closes the workspace that is open."""
        self._session.close()
        self._session.publish(ALL)

    # ------------------------------------------------------------- what did not open

    def backups(self) -> tuple[BackupRow, ...]:
        """The backups of the workspace that did not open, the newest first."""
        trouble = self._opening.trouble
        return () if trouble is None else tuple(backup_row(backup) for backup in trouble.backups)

    def restore(self, row: BackupRow, actor: str) -> None:
        """Puts a backup back and opens the workspace."""
        trouble = self._opening.trouble
        assert trouble is not None
        self._opening.restore(trouble.folder, actor, row.file)

    def leave_trouble(self) -> None:
        """Turns to something else."""
        self._opening.forget_trouble()


def backup_row(backup: Backup) -> BackupRow:
    """A backup in words."""
    made = f"{backup.made:%d/%m/%Y %H:%M}"
    return BackupRow(backup.file.name, made, backup.reason.words, backup.operation)


def _recent_row(recent: Recent, now: dt.datetime, *, there: bool) -> RecentRow:
    return RecentRow(
        recent.folder,
        recent.name or recent.folder.name,
        "" if recent.used is None else _when(recent.used, now),
        there,
    )


def _when(used: dt.datetime, now: dt.datetime) -> str:
    days = (now.date() - used.date()).days
    if days == 0:
        return f"Hôm nay {used:%H:%M}"
    if days == 1:
        return f"Hôm qua {used:%H:%M}"
    return f"{used:%d/%m/%Y}"
