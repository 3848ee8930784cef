"""Keys of units: one Ed25519 key each, its fingerprint for the telephone, and known senders.

A key is made once. It is kept as PKCS#8 PEM inside an age file under a passphrase, because the
passphrase form of PKCS#8 itself is worked out in about a thousandth of a second, which lets
whoever finds the stick try a thousand passphrases a second; age takes about a second for each.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from app.exchange.packages import sealing
from app.exchange.packages.faults import refusal
from app.ground.text import same_words

KEY_SIZE: Final = 32
SIGNATURE_SIZE: Final = 64
_GROUPS: Final = 8
_DIGITS: Final = 4
_CHECK: Final = 9973
"""The largest prime of four digits."""

_FINGERPRINT_OF: Final = b"bangvang-key/1\n"

_WEAK: Final = frozenset(
    bytes.fromhex(text)
    for text in (
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    )
)
"""Points of small order (their sign bit aside): a signature under one fits without any secret."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The public half of a unit's key: 32 bytes (RFC 8032)."""

    raw: bytes

    def __post_init__(self) -> None:
        if len(self.raw) != KEY_SIZE:
            raise ValueError("an Ed25519 key has 32 bytes")

    @property
    def is_weak(self) -> bool:
        """Whether anybody could sign under this key."""
        return self.raw[:-1] + bytes([self.raw[-1] & 0x7F]) in _WEAK

    @property
    def fingerprint(self) -> str:
        """Eight groups of four digits and a check group, to be read out on the telephone."""
        found = hashlib.sha256(_FINGERPRINT_OF + self.raw).digest()
        digits = str(int.from_bytes(found, "big") % 10 ** (_GROUPS * _DIGITS))
        return _in_groups(digits.zfill(_GROUPS * _DIGITS))

    def verifies(self, signature: bytes, data: bytes) -> bool:
        """Whether the signature over these bytes was made with the private half."""
        if self.is_weak:
            return False
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, data)
        except InvalidSignature:
            return False
        return True


def _in_groups(digits: str) -> str:
    check = str(int(digits) % _CHECK).zfill(_DIGITS)
    text = digits + check
    return " ".join(text[at : at + _DIGITS] for at in range(0, len(text), _DIGITS))


def read_fingerprint(text: str) -> str:
    """A fingerprint as somebody typed it, in its one form; raises ``UserError`` on a slip.

    The check group tells a slip of the ear or the hand from another key.
    """
    digits = "".join(c for c in text if c not in " .,-\u2013\u00a0\t")
    fine = len(digits) == (_GROUPS + 1) * _DIGITS and digits.isascii() and digits.isdigit()
    if not fine or _in_groups(digits[:-_DIGITS]).replace(" ", "") != digits:
        raise refusal(
            "fingerprint_mistyped",
            "Dấu khóa",
            "Dấu khóa gồm 9 nhóm, mỗi nhóm 4 chữ số; dãy số này có chỗ nghe hoặc gõ nhầm.",
            "Nghe và gõ lại từng nhóm.",
        )
    return _in_groups(digits[:-_DIGITS])


class SigningKey:
    """A unit's key, open for signing; it lives in memory only."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        raw = private.public_key().public_bytes(
            serialization.Encoding.Raw, serialization.PublicFormat.Raw
        )
        self.public: Final = PublicKey(raw)

    @classmethod
    def new(cls) -> Self:
        """A key that nobody has had before."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def of_seed(cls, seed: bytes) -> Self:
        """The key of these 32 bytes (RFC 8032): for keys that another program made."""
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    def sign(self, data: bytes) -> bytes:
        """The 64 bytes of the signature; equal bytes give an equal signature."""
        return self._private.sign(data)

    def locked(self, passphrase: str) -> bytes:
        """The key as it is kept; raises ``UserError`` where the passphrase is too short."""
        pem = self._private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return sealing.locked(pem, passphrase)

    def openssh(self) -> bytes:
        """The private key as age takes it, to open what was sealed for this key."""
        return self._private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.OpenSSH,
            serialization.NoEncryption(),
        )


def unlocked_key(kept: bytes, passphrase: str) -> SigningKey:
    """The key out of what ``SigningKey.locked`` gave; raises ``UserError``."""
    pem = sealing.unlocked(kept, passphrase, "Tệp khóa")
    try:
        private = serialization.load_pem_private_key(pem, None)
    except (ValueError, TypeError) as fault:
        raise _no_key() from fault
    if not isinstance(private, Ed25519PrivateKey):
        raise _no_key()
    return SigningKey(private)


def _no_key() -> Exception:
    return refusal(
        "key_unreadable",
        "Tệp khóa",
        "Tệp không chứa khóa ký của đơn vị.",
        "Chọn đúng tệp khóa, hoặc khôi phục tệp khóa từ bản sao lưu.",
    )


@dataclass(frozen=True, slots=True)
class KnownSender:
    """A sender whose key was confirmed by its fingerprint: by whom, on which day."""

    name: str
    key: PublicKey
    confirmed_by: str
    confirmed_on: dt.date


class KeyStanding(StrEnum):
    """What is known of the key that signed."""

    NONE = "none"
    KNOWN = "known"
    UNKNOWN = "unknown"
    CHANGED = "changed"


def key_standing(
    known: Sequence[KnownSender], name: str, key: PublicKey
) -> tuple[KeyStanding, KnownSender | None]:
    """Whether this sender is known by this key, and the record that says so or that it breaks.

    A known sender with another key is an alarm, and so is a known key under another name.
    """
    of_name = [sender for sender in known if same_words(sender.name, name)]
    of_key = [sender for sender in known if sender.key == key]
    for sender in of_name:
        if sender in of_key:
            return KeyStanding.KNOWN, sender
    broken = of_name or of_key
    return (KeyStanding.CHANGED, broken[0]) if broken else (KeyStanding.UNKNOWN, None)
