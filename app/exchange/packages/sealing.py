"""Locking bytes for a recipient or under a passphrase, as age files (age-encryption.org/v1).

A recipient is sealed for by its signing key: age takes Ed25519 keys in the form of SSH, so that
one key with one fingerprint serves both. Sealing hides a package; only its signature vouches for
it.
"""

from __future__ import annotations

import base64
import io
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

import pyrage  # type: ignore[import-untyped]

from app.exchange.packages.age_words import (
    WORK,
    AgeWordsError,
    AgeWorkError,
    lock_stream,
    unlock_stream,
)
from app.exchange.packages.blobs import Unsealed, unreadable
from app.exchange.packages.faults import COPY_AGAIN, SEND_AGAIN, refusal
from app.exchange.packages.limits import MAX_SEALED_BYTES
from app.ground.text import composed

if TYPE_CHECKING:
    from app.exchange.packages.keys import PublicKey, SigningKey

MIN_PASSPHRASE: Final = 10
_MOST_WORK_OF_KEYS: Final = 20
"""A key file is the officer's own, also one that another program locked."""

_KIND: Final = b"ssh-ed25519"
_MARK: Final = b"age-encryption.org/v1"


def is_sealed(data: bytes) -> bool:
    """Whether these bytes are an age file."""
    return data.startswith(_MARK)


def sealed_for(data: bytes, recipients: Sequence[PublicKey]) -> bytes:
    """The bytes, locked so that any of these keys opens them."""
    if not recipients:
        raise ValueError("somebody must be able to open it")
    return bytes(pyrage.encrypt(data, [recipient(key) for key in recipients]))


def unseal(source: BinaryIO, target: BinaryIO, key: SigningKey, name: str) -> None:
    """Writes what was sealed for this key; raises ``UserError``."""
    identity = pyrage.ssh.Identity.from_buffer(key.openssh())
    try:
        pyrage.decrypt_io(source, target, [identity])
    except (pyrage.DecryptError, OSError) as fault:
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
    target = io.BytesIO()
    lock_stream(io.BytesIO(data), target, words)
    return target.getvalue()


def unlocked(data: bytes, passphrase: str, name: str) -> bytes:
    """What was locked under this passphrase; raises ``UserError``."""
    if not is_sealed(data):
        raise refusal("not_locked", name, "Tệp này không phải tệp khóa bằng mật khẩu.", COPY_AGAIN)
    target = io.BytesIO()
    _unlock(io.BytesIO(data), target, passphrase, name, _MOST_WORK_OF_KEYS)
    return target.getvalue()


def opened_seal(file: Path, key: SigningKey | None, passphrase: str) -> Unsealed:
    """The package in a file that is locked under this passphrase, or else sealed for this key.

    Raises ``UserError`` where it does not open, or would take too much work or room.
    """
    if file.stat().st_size > MAX_SEALED_BYTES:
        message = f"Gói bị khóa lớn hơn {MAX_SEALED_BYTES // 1_000_000} MB."
        raise refusal("package_too_large", file.name, message, SEND_AGAIN)
    made = Unsealed()
    try:
        with file.open("rb") as source, made.path.open("wb") as target:
            if passphrase:
                _unlock(source, target, passphrase, file.name, WORK)
            elif key is not None:
                unseal(source, target, key, file.name)
    except OSError as fault:
        raise unreadable(file.name) from fault
    return made


def _unlock(source: BinaryIO, target: BinaryIO, passphrase: str, name: str, most: int) -> None:
    try:
        unlock_stream(source, target, _words(passphrase), most)
    except AgeWorkError as fault:
        raise refusal(
            "lock_too_heavy",
            name,
            "Tệp được khóa bằng cách khiến máy phải tính quá lâu để mở.",
            "Đề nghị nơi gửi khóa lại bằng chương trình này, hoặc khóa cho khóa của nơi nhận.",
        ) from fault
    except AgeWordsError as fault:
        raise refusal(
            "passphrase_wrong",
            name,
            "Mật khẩu không đúng, hoặc tệp bị hỏng.",
            "Gõ lại mật khẩu, xem phím Caps Lock và bộ gõ tiếng Việt.",
        ) from fault


def _words(passphrase: str) -> str:
    """A passphrase is the same whichever way its accents were typed."""
    return composed(passphrase).strip()


def recipient(key: PublicKey) -> pyrage.ssh.Recipient:
    """A key as age takes it to seal for."""
    parts = b"".join(struct.pack(">L", len(part)) + part for part in (_KIND, key.raw))
    return pyrage.ssh.Recipient.from_str(f"{_KIND.decode()} {base64.b64encode(parts).decode()}")
