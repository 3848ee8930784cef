"""The unit's own key, and the senders whose keys were confirmed by their fingerprints.

The own key lies in a file of the officer's, under a passphrase, never in the workspace: the
workspace goes to next year's leader, the key stays with the unit. Known senders are kept in the
workspace and enter the journal.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

from app.domain.exchange import Sender
from app.exchange.facts_text import read_bytes
from app.exchange.packages import KnownSender, PublicKey, SigningKey, read_fingerprint, unlocked_key
from app.ground.findings import UserError
from app.ground.text import composed, same_words
from app.operations.papers import write_file
from app.operations.workspace.desk import Desk, Done, done, refusal, today
from app.persistence import books
from app.persistence.workspace import Workspace

KEY_ENDING: Final = ".khoa"
_KEY_SIZE: Final = 20_000


def make_key(file: Path, passphrase: str) -> PublicKey:
    """Makes the unit's key and keeps it in a new file under a passphrase.

    Raises ``UserError`` where a file is there already (a second key would make every receiver's
    alarm ring), the passphrase is too short, or the medium refuses.
    """
    if file.exists():
        raise refusal(
            "key_exists",
            file.name,
            "Tệp khóa đã có; mỗi đơn vị chỉ lập khóa một lần.",
            "Dùng khóa đã có. Nếu đã mất mật khẩu thì lập khóa mới ở tệp khác rồi báo nơi nhận.",
        )
    key = SigningKey.new()
    write_file(file, key.locked(passphrase))
    return key.public


def open_key(file: Path, passphrase: str) -> SigningKey:
    """The unit's key, open for signing; raises ``UserError``."""
    return unlocked_key(read_bytes(file, file.name, _KEY_SIZE), passphrase)


def known_senders(workspace: Workspace) -> tuple[KnownSender, ...]:
    """Who is known by a confirmed key that is still in use."""
    return tuple(
        KnownSender(
            sender.name,
            PublicKey(bytes.fromhex(sender.key)),
            sender.confirmed_by,
            dt.date.fromisoformat(sender.confirmed_on),
        )
        for sender in workspace.read(books.SENDERS)
        if not sender.retired
    )


def confirm_sender(
    desk: Desk,
    name: str,
    key: PublicKey,
    fingerprint: str,
    unit: str | None = None,
    day: dt.date | None = None,
) -> Done:
    """Trusts a key after its fingerprint was heard from the sender and typed in.

    Raises ``UserError`` where the fingerprint is mistyped or that of another key, where the key was
    retired, and where the sender is known by another key: that one is retired first, with its
    reason.
    """
    _refuse_other_key(name, key, fingerprint)
    wanted = composed(name).strip()
    for sender in desk.workspace.read(books.SENDERS):
        if sender.key == key.raw.hex() and sender.retired:
            raise refusal(
                "sender_key_retired",
                sender.name,
                f"Khóa này đã thôi dùng, lý do: {sender.retired}",
                "Đề nghị nơi gửi lập khóa mới rồi đọc dấu khóa mới.",
            )
        if sender.retired or sender.key == key.raw.hex():
            continue
        if same_words(sender.name, wanted):
            raise refusal(
                "sender_known_otherwise",
                sender.name,
                "Nơi gửi này đã có một khóa khác được xác nhận.",
                "Nếu nơi gửi thật sự đổi khóa: thôi dùng khóa cũ (ghi lý do), rồi xác nhận lại.",
            )
    kept = Sender(wanted, key.raw.hex(), unit, desk.actor, (day or today()).isoformat())
    title = f"Xác nhận khóa của {wanted}, dấu khóa {key.fingerprint}"
    with desk.workspace.operation("sender.confirmed", title, desk.actor) as change:
        changed = change.put(books.SENDERS, kept)
    return done(change, changed)


def _refuse_other_key(name: str, key: PublicKey, fingerprint: str) -> None:
    if read_fingerprint(fingerprint) != key.fingerprint:
        raise refusal(
            "fingerprint_differs",
            name,
            "Dấu khóa nghe được khác với dấu khóa của gói: có thể gói không phải của nơi gửi này.",
            "Gọi lại nơi gửi theo số điện thoại đã biết. Nếu vẫn khác thì không nhận gói.",
        )


def heard_sender(
    name: str, key: PublicKey, fingerprint: str, by: str, day: dt.date | None = None
) -> KnownSender:
    """A sender whose fingerprint was heard before there is a workspace that could keep it.

    Raises ``UserError`` where the fingerprint is mistyped or that of another key.
    """
    _refuse_other_key(name, key, fingerprint)
    return KnownSender(composed(name).strip(), key, by, day or today())


def retire_sender(desk: Desk, name: str, reason: str) -> Done:
    """Trusts a sender's key no longer, and says why; raises ``UserError``."""
    if not reason.strip():
        raise refusal("reason_missing", name, "Chưa ghi lý do thôi dùng khóa.", "Ghi lý do.")
    found = [
        sender
        for sender in desk.workspace.read(books.SENDERS)
        if same_words(sender.name, name) and not sender.retired
    ]
    if not found:
        raise unknown_sender(desk.workspace, name)
    words = composed(reason).strip()
    title = f"Thôi dùng khóa của {found[0].name}, lý do: {words}"
    with desk.workspace.operation("sender.retired", title, desk.actor) as change:
        changed = sum(change.put(books.SENDERS, _retired(sender, words)) for sender in found)
    return done(change, changed)


def _retired(sender: Sender, reason: str) -> Sender:
    return Sender(
        sender.name, sender.key, sender.unit, sender.confirmed_by, sender.confirmed_on, reason
    )


def sender_named(workspace: Workspace, name: str) -> KnownSender:
    """The known sender with this name; raises ``UserError`` with those that there are."""
    for sender in known_senders(workspace):
        if same_words(sender.name, name):
            return sender
    raise unknown_sender(workspace, name)


def unknown_sender(workspace: Workspace, name: str) -> UserError:
    """Nobody is known by this name."""
    listed = ", ".join(sender.name for sender in known_senders(workspace))
    return refusal(
        "sender_unknown",
        name[:80],
        "Chưa xác nhận khóa của nơi gửi này.",
        f"Đã xác nhận: {listed}." if listed else "Xác nhận nơi gửi bằng dấu khóa trước.",
    )
