"""Whose keys are known, and confirming or retiring one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.ground.findings import UserError
from app.operations.exchange.keyring import confirm_sender, retire_sender
from app.operations.workspace.desk import Done
from app.persistence import books
from ui.session import Session

if TYPE_CHECKING:
    from app.domain.exchange import Sender
    from app.exchange.packages import PublicKey


@dataclass(frozen=True, slots=True)
class SenderRow:
    """One sender as the list shows it."""

    name: str
    fingerprint: str
    by: str
    on: str
    day: str
    retired: str

    @property
    def state(self) -> str:
        """Whether the key is trusted, in words."""
        return f"Thôi dùng: {self.retired}" if self.retired else "Đang dùng"


class Senders:
    """The senders of the workspace."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def rows(self) -> tuple[SenderRow, ...]:
        """Everybody, those that are trusted first."""
        workspace = self._session.workspace
        if workspace is None:
            return ()
        rows = [_row(sender) for sender in workspace.read(books.SENDERS)]
        return tuple(sorted(rows, key=lambda row: bool(row.retired)))

    @property
    def names(self) -> tuple[str, ...]:
        """Who is trusted."""
        return tuple(row.name for row in self.rows() if not row.retired)

    @property
    def may_write(self) -> bool:
        """Whether senders can be confirmed and retired (the year may be closed)."""
        workspace = self._session.workspace
        return workspace is not None and not workspace.read_only

    def sentence(self) -> str:
        """How many are known."""
        rows = self.rows()
        known = sum(not row.retired for row in rows)
        if not rows:
            return "Chưa xác nhận nơi gửi nào; nơi gửi được xác nhận khi nhận gói đầu tiên của họ."
        retired = len(rows) - known
        return f"Đang dùng {known} khóa đã xác nhận" + (
            f"; {retired} khóa đã thôi dùng." if retired else "."
        )

    def confirm(self, name: str, key: PublicKey, heard: str, unit: str = "") -> Done:
        """Trusts a key by the fingerprint that was heard; raises ``UserError``."""
        return self._session.act(lambda desk: confirm_sender(desk, name, key, heard, unit or None))

    @staticmethod
    def heard_wrong(key: PublicKey, heard: str) -> str:
        """What is wrong with a fingerprint that was typed; empty where it is the key's."""
        from app.exchange.packages import read_fingerprint

        try:
            same = read_fingerprint(heard) == key.fingerprint
        except UserError as fault:
            return f"{fault.findings[0].message} {fault.findings[0].remedy}"
        return (
            ""
            if same
            else "Dấu khóa này đúng quy cách nhưng KHÁC khóa đã ký gói: có thể gói không phải của "
            "nơi gửi này. Gọi lại theo số đã biết; nếu vẫn khác thì không nhận gói."
        )

    def units(self) -> tuple[tuple[str, str], ...]:
        """The units of the year that a sender may be, with none of them first."""
        listed = tuple((unit.id, unit.name) for unit in self._session.units.values())
        return (("", "Không phải đơn vị của cụm, khối này"), *listed)

    def retire(self, name: str, reason: str) -> Done:
        """Trusts a key no longer; raises ``UserError``."""
        return self._session.act(lambda desk: retire_sender(desk, name, reason))


def _row(sender: Sender) -> SenderRow:
    from app.exchange.packages import PublicKey

    return SenderRow(
        sender.name,
        PublicKey(bytes.fromhex(sender.key)).fingerprint,
        sender.confirmed_by,
        f"{dt.date.fromisoformat(sender.confirmed_on):%d/%m/%Y}",
        sender.confirmed_on,
        sender.retired,
    )
