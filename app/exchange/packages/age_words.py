"""age files under a passphrase (age-encryption.org/v1, the stanza ``scrypt``), piece by piece.

The library that seals for keys takes a whole file into memory here and lets the work of the
passphrase grow with the machine; what an officer opens has to stay within two seconds and 200 MB
on a modest one. So the work is fixed when locking and bounded when opening, and nothing but pieces
of 64 KB is held. What the library writes is read here and the other way round, within the bound.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

WORK: Final = 17
"""The power of two of scrypt's cost with which files are locked: 128 MB and a third of a second."""

_PIECE: Final = 64 * 1024
_TAG: Final = 16
_LABEL: Final = b"age-encryption.org/v1/scrypt"
_HEADER: Final = re.compile(
    rb"age-encryption\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n"
    rb"([A-Za-z0-9+/]{43})\n--- ([A-Za-z0-9+/]{43})\n"
)
_LONGEST_HEADER: Final = 200


class AgeWordsError(Exception):
    """The passphrase is another one, or the file is broken or no such file."""


class AgeWorkError(Exception):
    """Opening the file would take more work than is allowed."""


def lock_stream(source: BinaryIO, target: BinaryIO, words: str) -> None:
    """Writes what a stream holds as an age file under a passphrase."""
    file_key, salt = os.urandom(16), os.urandom(16)
    wrapped = ChaCha20Poly1305(_wrapping_key(words, salt, WORK)).encrypt(bytes(12), file_key, None)
    header = b"age-encryption.org/v1\n-> scrypt %s %d\n%s\n---" % (
        _text(salt),
        WORK,
        _text(wrapped),
    )
    nonce = os.urandom(16)
    target.write(b"%s %s\n" % (header, _text(_mac(file_key, header))))
    target.write(nonce)
    cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
    for number, (piece, last) in enumerate(_pieces(source, _PIECE)):
        target.write(cipher.encrypt(_nonce(number, last), piece, None))


def unlock_stream(source: BinaryIO, target: BinaryIO, words: str, most: int = WORK) -> None:
    """Writes what an age file under a passphrase holds.

    Raises ``AgeWordsError`` or, before any work, ``AgeWorkError``; what was written until then is
    nothing to trust.
    """
    found = _HEADER.match(source.read(_LONGEST_HEADER))
    if found is None:
        raise AgeWordsError
    salt, wrapped, mac = (base64.b64decode(found[at] + b"==") for at in (1, 3, 4))
    if int(found[2]) > most:
        raise AgeWorkError
    try:
        unwrap = ChaCha20Poly1305(_wrapping_key(words, salt, int(found[2])))
        file_key = unwrap.decrypt(bytes(12), wrapped[:32], None)
    except InvalidTag as fault:
        raise AgeWordsError from fault
    header = found[0][: found[0].rindex(b"---") + 3]
    if not hmac.compare_digest(_mac(file_key, header), mac[:32]):
        raise AgeWordsError
    source.seek(found.end())
    nonce = source.read(16)
    if len(nonce) != 16:
        raise AgeWordsError
    cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
    for number, (piece, last) in enumerate(_pieces(source, _PIECE + _TAG)):
        if len(piece) < _TAG or (number and len(piece) == _TAG):
            raise AgeWordsError
        try:
            target.write(cipher.decrypt(_nonce(number, last), piece, None))
        except InvalidTag as fault:
            raise AgeWordsError from fault


def _pieces(source: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """The pieces of a stream, each with whether it is the last; an empty one has an empty piece."""
    piece = source.read(size)
    while True:
        following = source.read(size)
        yield piece, not following
        if not following:
            return
        piece = following


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _wrapping_key(words: str, salt: bytes, work: int) -> bytes:
    return Scrypt(salt=_LABEL + salt, length=32, n=1 << work, r=8, p=1).derive(words.encode())


def _derived(file_key: bytes, salt: bytes | None, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=purpose).derive(file_key)


def _mac(file_key: bytes, header: bytes) -> bytes:
    return hmac.new(_derived(file_key, None, b"header"), header, hashlib.sha256).digest()


def _text(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")
