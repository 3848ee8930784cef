"""Places in which the built program is tried: a bare Debian of its own, or this system cleared."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

# All that a bare Debian needs so that the window opens, besides what lies in the program's folder.
NEEDED_PACKAGES = ("libgl1", "libegl1", "libxcb1", "fontconfig-config")
NOBODY = 65534
INSIDE = "opt/BangVang"


class RoomError(Exception):
    """This room cannot be had here; says why."""


class Ran(NamedTuple):
    """How a command ended, what it said, and how long it took."""

    code: int
    out: str
    err: str
    seconds: float


class Room:
    """Runs the program with nothing of ours around it; `work` is its folder, seen from outside."""

    def __init__(self, title: str, base: Path, program: Path, root: Path | None) -> None:
        self._base, self._program, self._root = base, program, root
        self.passing = base  # what goes when the room is left
        self._alone = may_unshare()
        self.bare = root is not None  # no files of this system
        shut = "thư mục chỉ đọc, không mạng" if self._alone else "không ngắt được mạng ở máy này"
        self.title = f"{title} ({shut})"
        self.work = base / "work"
        for folder in (self.work, base / "home", base / "run", base / "bin"):
            folder.mkdir(parents=True)
            if root is not None:
                os.chown(folder, NOBODY, NOBODY)
        (base / "run").chmod(0o700)

    def __enter__(self) -> Room:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        shutil.rmtree(self.passing)

    def _seen(self, path: Path) -> str:
        """A path as the program sees it."""
        return str(path) if self._root is None else f"/{path.relative_to(self._root)}"

    def run(
        self, command: Sequence[str], longest: float, session: Mapping[str, str] | None = None
    ) -> Ran:
        """Runs one of the program's starts in the working folder; `session` adds variables."""
        program = str(self._program) if self._root is None else f"/{INSIDE}"
        line = [f"{program}/{command[0]}", *command[1:]]
        started = time.monotonic()
        cleared = self._cleared(session or {})
        done = subprocess.run(
            [*self._outside(), *cleared, *line] if os.name == "posix" else line,
            cwd=self.work,
            env=None if os.name == "posix" else {**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=longest,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr, time.monotonic() - started)

    def _outside(self) -> list[str]:
        """The walls: no network, a read-only program folder, and another root."""
        program = str(self._program)
        place = program if self._root is None else str(self._root / INSIDE)
        walls: list[str] = []
        if self._alone:
            script = (
                'mount --bind "$1" "$2" && mount -o remount,bind,ro "$2" && shift 2 && exec "$@"'
            )
            walls = ["unshare", "--net", "--mount", "sh", "-c", script, "sh", program, place]
        if self._root is not None:
            into = 'cd "$1" && shift && exec "$@"'
            user = f"--userspec={NOBODY}:{NOBODY}"
            walls += [
                "chroot",
                user,
                str(self._root),
                "sh",
                "-c",
                into,
                "sh",
                self._seen(self.work),
            ]
        return walls

    def _cleared(self, session: Mapping[str, str]) -> list[str]:
        """An environment with only what every session has, and no command on the path."""
        kept: Mapping[str, str] = {
            "HOME": self._seen(self._base / "home"),
            "XDG_RUNTIME_DIR": self._seen(self._base / "run"),
            "PATH": self._seen(self._base / "bin"),
            "QT_QPA_PLATFORM": "offscreen",
            **session,
        }
        return ["/usr/bin/env", "-i", *(f"{name}={value}" for name, value in kept.items())]


def may_unshare() -> bool:
    """Whether a process may be given mounts and a network of its own here."""
    if shutil.which("unshare") is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    ask = ["unshare", "--net", "--mount", "mount", "--bind", "/tmp", "/tmp"]
    return subprocess.run(ask, capture_output=True, check=False).returncode == 0


def room_here(program: Path) -> Room:
    """This system, with an empty environment and nothing on the path."""
    base = Path(tempfile.mkdtemp(prefix="bangvang-room-"))
    return Room("Hệ thống này, môi trường trống, PATH không có Python", base, program, None)


def empty_room(program: Path, root: Path | None) -> Room:
    """A bare Debian below `root`, where it stays for the next time, or below a passing folder."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        raise RoomError("cần quyền root để dựng một Debian trống")
    if not may_unshare():
        raise RoomError("máy này không cho tách mạng và điểm gắn")
    system, keep = (
        (root, True) if root else (Path(tempfile.mkdtemp(prefix="bangvang-root-")), False)
    )
    ready = system / "var" / "bangvang-ready"
    if not ready.exists() or ready.read_text().split() != list(NEEDED_PACKAGES):
        make_debian(system)
        ready.write_text(" ".join(NEEDED_PACKAGES))
    (system / INSIDE).mkdir(parents=True, exist_ok=True)
    base = Path(tempfile.mkdtemp(prefix="room-", dir=system / "tmp"))
    base.chmod(0o755)
    title = f"Debian trống không có Python, thêm {', '.join(NEEDED_PACKAGES)}"
    room = Room(title, base, program, system)
    if not keep:
        room.passing = system
    return room


def make_debian(system: Path) -> None:
    """Lays the smallest Debian with the few packages needed, from the mirror that apt uses."""
    if shutil.which("debootstrap") is None:
        raise RoomError("không có debootstrap (apt-get install debootstrap)")
    ask = ["apt-get", "indextargets", "--format", "$(CODENAME) $(COMPONENT) $(REPO_URI)"]
    done = subprocess.run(
        [*ask, "Created-By: Packages"], capture_output=True, text=True, check=False
    )
    places = [line.split() for line in done.stdout.splitlines()]
    mirror = [(p[0], p[2]) for p in places if len(p) == 3 and p[1] == "main" and "-" not in p[0]]
    if not mirror:
        raise RoomError("apt của máy này không nêu máy chủ nào")
    codename, address = mirror[0]
    include = f"--include={','.join(NEEDED_PACKAGES)}"
    system.mkdir(parents=True, exist_ok=True)
    system.chmod(0o755)
    done = subprocess.run(
        ["debootstrap", "--variant=minbase", include, codename, str(system), address],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RoomError("debootstrap không xong: " + " ".join(done.stdout.splitlines()[-2:]))
