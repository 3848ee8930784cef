"""One program at a time: a lock that names its holder and dies with its process.

The operating system's own file lock decides, so a crash leaves nothing to clean up; what is
written in the file only says who and since when.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import getpass
import json
import os
import socket
import sys
from pathlib import Path
from typing import Final

from app.ground.findings import UserError
from app.persistence import faults

FILE: Final = "lock"
_BYTE: Final = 1 << 30
"""The locked byte, far behind the text: on Windows a locked byte cannot be read."""


class Lock:
    """Held from ``Lock(folder)`` to ``release``; ``left_by`` names the holder who died with it."""

    def __init__(self, folder: Path, since: dt.datetime) -> None:
        self.file = folder / FILE
        self._descriptor = os.open(self.file, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            if not _take(self._descriptor):
                raise _refused(_read(self._descriptor))
            self.left_by = _read(self._descriptor)
            _write(self._descriptor, _holder(since))
        except BaseException:
            os.close(self._descriptor)
            raise

    def release(self) -> None:
        """Lets others in; the file stays, empty."""
        with contextlib.suppress(OSError):
            os.ftruncate(self._descriptor, 0)
        os.close(self._descriptor)


def _holder(since: dt.datetime) -> dict[str, str]:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = ""
    return {
        "user": user,
        "computer": socket.gethostname(),
        "process": str(os.getpid()),
        "since": since.isoformat(timespec="seconds"),
    }


def _refused(holder: dict[str, str]) -> UserError:
    who = holder.get("user") or "người dùng khác"
    since = holder.get("since", "")
    when = f", từ {said(since)}" if since else ""
    return faults.refusal(
        "workspace_in_use",
        FILE,
        f"Sổ làm việc đang được mở bởi {who} trên máy {holder.get('computer', '?')}{when}.",
        "Đóng chương trình đang mở sổ này rồi mở lại.",
    )


def said(moment: str) -> str:
    """A moment as people say it: 21/11/2026 15:04."""
    try:
        return f"{dt.datetime.fromisoformat(moment):%d/%m/%Y %H:%M}"
    except ValueError:
        return moment


def _read(descriptor: int) -> dict[str, str]:
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        found = json.loads(os.read(descriptor, 4096).decode("utf-8") or "{}")
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def _write(descriptor: int, holder: dict[str, str]) -> None:
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, json.dumps(holder, ensure_ascii=False).encode("utf-8"))


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> bool:
        os.lseek(descriptor, _BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
