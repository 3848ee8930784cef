"""What the settings page knows and does, without Qt: window, person, backups, health, licences."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.ground.findings import Finding
from app.ground.paths import resources_folder
from app.operations.workspace.desk import OFFICER, change_setting
from app.operations.workspace_lifecycle import backup_workspace, check_workspace, list_backups
from app.persistence.backups import Backup
from app.persistence.verify import Verification
from ui.flows.opening import Opening
from ui.preferences import Preferences
from ui.runner import Progress, Runner
from ui.session import Session
from ui.theme.tokens import ZOOMS, Density

_THEMES: Final = (("auto", "Theo máy"), ("light", "Sáng"), ("dark", "Tối"))
_DENSITIES: Final = (
    (Density.COMPACT.value, "Gọn: thấy nhiều dòng"),
    (Density.NORMAL.value, "Vừa"),
    (Density.ROOMY.value, "Thoáng: dễ đọc"),
)


@dataclass(frozen=True, slots=True)
class BackupRow:
    """A backup as it is listed; ``file`` names it to the verb."""

    file: str
    made: str
    why: str
    operation: int


@dataclass(frozen=True, slots=True)
class Health:
    """What the check of the workspace found."""

    intact: bool
    sentence: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the program that others made, and its licence."""

    name: str
    use: str
    licence: str


class SettingsPresenter:
    """The settings without their widgets."""

    themes = _THEMES
    densities = _DENSITIES
    zooms = tuple((str(zoom), f"{zoom} %") for zoom in ZOOMS)

    def __init__(
        self, session: Session, runner: Runner, opening: Opening, preferences: Preferences
    ) -> None:
        self._session = session
        self._runner = runner
        self._opening = opening
        self._preferences = preferences

    # ------------------------------------------------------------- the window

    @property
    def look(self) -> dict[str, str | bool]:
        """How the window looks now, by the keys of the form."""
        dark = self._preferences.dark
        return {
            "theme": "auto" if dark is None else "dark" if dark else "light",
            "zoom": str(self._preferences.zoom),
            "density": self._preferences.density.value,
            "words": not self._preferences.sidebar_folded,
        }

    def change_look(self, key: str, value: str | bool) -> bool:
        """Keeps one wish; the answer is whether it is another than before."""
        if self.look[key] == value:
            return False
        match key:
            case "theme":
                self._preferences.dark = None if value == "auto" else value == "dark"
            case "zoom":
                self._preferences.zoom = int(value)
            case "density":
                self._preferences.density = Density(str(value))
            case "words":
                self._preferences.sidebar_folded = not value
        return True

    # ------------------------------------------------------------- the workspace

    @property
    def open(self) -> bool:
        """Whether a workspace is open and somebody works in it."""
        return self._session.workspace is not None and bool(self._session.actor)

    @property
    def may_write(self) -> bool:
        """Whether the workspace can be written at all."""
        workspace = self._session.workspace
        return workspace is not None and not workspace.read_only

    @property
    def folder(self) -> Path | None:
        """Where the workspace lies."""
        workspace = self._session.workspace
        return None if workspace is None else workspace.folder

    @property
    def own_folder(self) -> Path:
        """Where the window's own settings and reports of faults lie."""
        return self._preferences.folder

    @property
    def actor(self) -> str:
        """Who works."""
        return self._session.actor

    def sentence(self) -> str:
        """The sentence of state."""
        if not self.open:
            return "Chưa mở sổ làm việc nào; ở đây có phần cài đặt của cửa sổ."
        rows = self.backups()
        last = f"sao lưu gần nhất {rows[0].made}" if rows else "chưa có bản sao lưu nào"
        return f"Người đang làm việc: {self.actor}; {last}."

    def name_actor(self, name: str, *, keep: bool) -> None:
        """From now on this person works; ``keep``: the workspace remembers it."""
        workspace = self._session.workspace
        assert workspace is not None
        if keep and self.may_write:
            done = change_setting(workspace, name, OFFICER, name)
            self._session.name_actor(name)
            self._session.told(done.operation)
            return
        self._session.name_actor(name)

    # ------------------------------------------------------------- backups, health

    def backups(self) -> tuple[BackupRow, ...]:
        """The backups of the workspace, the newest first."""
        folder = self.folder
        return () if folder is None else tuple(backup_row(b) for b in list_backups(folder))

    def back_up(self, then: Callable[[BackupRow], None]) -> None:
        """Makes a backup off the window's thread."""
        workspace = self._session.workspace
        assert workspace is not None

        def work(progress: Progress) -> Backup:
            progress.settle("Sao lưu")
            return backup_workspace(workspace)

        self._runner.run("Sao lưu", work, lambda backup: then(backup_row(backup)))

    def restore(self, row: BackupRow) -> None:
        """Puts a backup back; the present state is backed up first, as at every closing."""
        assert self.folder is not None
        self._opening.restore(self.folder, self.actor, row.file)

    def check(self, then: Callable[[Health], None]) -> None:
        """Checks the whole workspace off the window's thread."""
        workspace = self._session.workspace
        assert workspace is not None
        title = "Kiểm tra sổ"
        self._runner.run(
            title, lambda _progress: check_workspace(workspace), lambda v: then(health(v))
        )


def backup_row(backup: Backup) -> BackupRow:
    """A backup in words."""
    made = f"{backup.made:%d/%m/%Y %H:%M}"
    return BackupRow(backup.file.name, made, backup.reason.words, backup.operation)


def health(found: Verification) -> Health:
    """What a check found, in words."""
    if found.intact:
        more = f", có {len(found.findings)} điều cần xem" if found.findings else ""
        words = (
            f"Sổ nguyên vẹn{more}: đã đối chiếu {found.operations} thao tác, "
            f"{found.changes} thay đổi với số liệu đang lưu."
        )
    else:
        errors = sum(finding.is_error for finding in found.findings)
        words = (
            f"Có {errors} chỗ không khớp với nhật ký. Khôi phục từ bản sao lưu gần nhất, "
            "hoặc tìm người đã sửa tệp ngoài chương trình."
        )
    return Health(found.intact, words, found.findings)


def parts() -> tuple[Part, ...]:
    """What goes along with the program, and under which licence."""
    file = resources_folder() / "licences.toml"
    told = tomllib.loads(file.read_text(encoding="utf-8"))["parts"]
    return tuple(Part(part["name"], part["use"], part["licence"]) for part in told)
