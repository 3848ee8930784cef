"""What all packages that leave have in common: their locks, their folder, what was written.

Without Qt.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from app.exchange.packages import PublicKey
from app.ground.findings import UserError
from app.operations.exchange.keyring import sender_named
from app.operations.exchange.sending import Lock, Sent, sender_name
from app.operations.workspace.desk import refusal
from app.persistence.workspace import Workspace
from ui.flows.sizes import size_words
from ui.preferences import Preferences

_FOLDER: Final = "exchange.folder"


class Locking(StrEnum):
    """How a package is locked on its way."""

    OPEN = "open"
    RECIPIENT = "recipient"
    PASSPHRASE = "passphrase"


def lock_of(workspace: Workspace, locking: Locking, recipient: str, passphrase: str) -> Lock | None:
    """The lock that was chosen; raises ``UserError`` where it cannot be made."""
    match locking:
        case Locking.RECIPIENT:
            return Lock(recipient=sender_named(workspace, recipient).key)
        case Locking.PASSPHRASE:
            if not passphrase:
                raise refusal(
                    "passphrase_too_short",
                    "Mật khẩu",
                    "Chưa ghi mật khẩu của gói.",
                    "Ghi mật khẩu.",
                )
            return Lock(passphrase=passphrase)
    return None


def known_sender_name(workspace: Workspace | None) -> str:
    """By which name the house signs; empty where it is not known yet."""
    if workspace is None:
        return ""
    try:
        return sender_name(workspace)
    except UserError:
        return ""


def kept_folder(preferences: Preferences) -> Path | None:
    """Where packages were written last, if it is still there."""
    kept = preferences.choice(_FOLDER, "")
    return Path(kept) if kept and Path(kept).is_dir() else None


def keep_folder(preferences: Preferences, folder: Path) -> None:
    """Packages go there from now on."""
    preferences.keep_choice(_FOLDER, str(folder))


@dataclass(frozen=True, slots=True)
class Outcome:
    """A package that was written."""

    sent: Sent
    key: PublicKey

    @property
    def sentence(self) -> str:
        """Where it is, how it is called, and who signed."""
        file = self.sent.file
        return (
            f"Đã ghi gói {file.name} ({size_words(self.sent.bytes)}) vào thư mục "
            f"{file.parent.name or file.parent}. Ký bằng khóa có dấu {self.key.fingerprint}."
        )
