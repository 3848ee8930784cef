"""Locking bytes for a recipient or under a passphrase, as age files (age-encryption.org/v1).

A recipient is sealed for by its signing key: age takes Ed25519 keys in the form of SSH, so that
one key with one fingerprint serves both. Sealing hides a package; only its signature vouches for
it.
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import pyrage  # type: ignore[import-untyped]

from app.exchange.packages.faults import COPY_AGAIN, refusal
from app.ground.text import composed

if TYPE_CHECKING:
    from app.exchange.packages.keys import PublicKey, SigningKey

MIN_PASSPHRASE: Final = 10
_KIND: Final = b"ssh-ed25519"
_MARK: Final = b"age-encryption.org/v1"


def is_sealed(data: bytes) -> bool:
    """Whether these bytes are an age file."""
    return data.startswith(_MARK)


def sealed_for(data: bytes, recipients: Sequence[PublicKey]) -> bytes:
    """The bytes, locked so that any of these keys opens them."""
    if not recipients:
        raise ValueError("somebody must be able to open it")
    return bytes(pyrage.encrypt(data, [_recipient(key) for key in recipients]))


def unsealed(data: bytes, key: SigningKey, name: str) -> bytes:
    """What was sealed for this key; raises ``UserError``."""
    identity = pyrage.ssh.Identity.from_buffer(key.openssh())
    try:
        return bytes(pyrage.decrypt(data, [identity]))
    except pyrage.DecryptError as fault:
        raise refusal(
            "package_not_for_us",
            name,
            "Gói được khóa cho nơi nhận khác, hoặc tệp bị hỏng.",
            "Đề nghị nơi gửi khóa gói cho đúng đơn vị nhận; nếu đã đúng, chép lại tệp.",
        ) from fault


def locked(data: bytes, passphrase: str) -> bytes:
    """The bytes under a passphrase; raises ``UserError`` where it is too short."""
    words = _words(passphrase)
    if len(words) < MIN_PASSPHRASE:
        raise refusal(
            "passphrase_too_short",
            "Mật khẩu",
            f"Mật khẩu cần ít nhất {MIN_PASSPHRASE} ký tự.",
            "Chọn một câu dễ nhớ gồm vài từ không liên quan nhau.",
        )
    return bytes(pyrage.passphrase.encrypt(data, words))


def unlocked(data: bytes, passphrase: str, name: str) -> bytes:
    """What was locked under this passphrase; raises ``UserError``."""
    if not is_sealed(data):
        raise refusal("not_locked", name, "Tệp này không phải tệp khóa bằng mật khẩu.", COPY_AGAIN)
    try:
        return bytes(pyrage.passphrase.decrypt(data, _words(passphrase)))
    except pyrage.DecryptError as fault:
        raise refusal(
            "passphrase_wrong",
            name,
            "Mật khẩu không đúng, hoặc tệp bị hỏng.",
            "Gõ lại mật khẩu, xem phím Caps Lock và bộ gõ tiếng Việt.",
        ) from fault


def _words(passphrase: str) -> str:
    """A passphrase is the same whichever way its accents were typed."""
    return composed(passphrase).strip()


def _recipient(key: PublicKey) -> pyrage.ssh.Recipient:
    parts = b"".join(struct.pack(">L", len(part)) + part for part in (_KIND, key.raw))
    return pyrage.ssh.Recipient.from_str(f"{_KIND.decode()} {base64.b64encode(parts).decode()}")
