"""Where a workspace lies: network shares are refused, because SQLite's locks fail there."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from app.persistence import faults

_SHARES: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "lustre"}
    | {"davfs", "fuse.sshfs", "fuse.davfs2", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.glusterfs"}
)
_MOUNTS: Final = Path("/proc/self/mountinfo")


def refuse_network_share(folder: Path) -> None:
    """Raises ``UserError`` where the folder lies on a network share, as far as can be seen."""
    kind = share_kind(folder)
    if kind is not None:
        raise faults.refusal(
            "workspace_on_network",
            folder.name,
            f"Thư mục nằm trên ổ đĩa mạng ({kind}); dữ liệu ở đó có thể hỏng khi hai máy cùng ghi.",
            "Chép thư mục về ổ đĩa của máy này hoặc thẻ nhớ USB rồi mở lại.",
        )


def share_kind(folder: Path) -> str | None:
    """The kind of network share that holds the folder, or ``None``."""
    if sys.platform == "win32":
        return _windows_share(folder.resolve())
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None
    kind = file_system(folder.resolve(), mounts)
    return kind if kind in _SHARES else None


def file_system(folder: Path, mounts: str) -> str | None:
    """The file system that holds the folder, by the lines of ``/proc/self/mountinfo``."""
    best, found = -1, None
    for line in mounts.splitlines():
        head, dash, tail = line.partition(" - ")
        fields = head.split()
        if not dash or len(fields) < 5 or not tail:
            continue
        mount = Path(_unescaped(fields[4]))
        if folder.is_relative_to(mount) and len(mount.parts) >= best:
            best, found = len(mount.parts), tail.split()[0]
    return found


def _unescaped(path: str) -> str:
    for code, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        path = path.replace(code, letter)
    return path


def _windows_share(folder: Path) -> str | None:
    if folder.drive.startswith("\\\\"):
        return "UNC"
    if sys.platform == "win32":
        import ctypes

        remote = 4
        if ctypes.windll.kernel32.GetDriveTypeW(folder.drive + "\\") == remote:
            return folder.drive
    return None
