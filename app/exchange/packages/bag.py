"""The tag files of a bag (RFC 8493) and the signature: each has one form only.

Manifests are of SHA-256, by which this program names results, packs and evidence too; a second
algorithm would double the reading of evidence and vouch for nothing more.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from app.exchange.packages.head import PACKAGE_SCHEMA, Head
from app.exchange.packages.keys import PublicKey, SigningKey

BAGIT_TEXT: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

_LINE: Final = re.compile(r"([0-9a-f]{64})  ([!-~]{1,200})")
_SIGNATURE: Final = re.compile(
    rb"Signature-Algorithm: Ed25519\nSigned-File: tagmanifest-sha256\.txt\n"
    rb"Public-Key: ([0-9a-f]{64})\nSignature: ([0-9a-f]{128})\n"
)


def sha256_of(data: bytes) -> str:
    """The SHA-256 in hexadecimal digits, as manifests write it."""
    return hashlib.sha256(data).hexdigest()


def bag_info(head: Head, sizes: Iterable[int]) -> bytes:
    """``bag-info.txt``: who packed what on which day, and how much it is."""
    listed = list(sizes)
    lines = (
        f"Bagging-Date: {head.made.date().isoformat()}",
        f"External-Description: {PACKAGE_SCHEMA} {head.kind.value} {head.extent.value}",
        f"Payload-Oxum: {sum(listed)}.{len(listed)}",
        f"Source-Organization: {head.sender.name}",
    )
    return "".join(f"{line}\n" for line in lines).encode()


def manifest_text(digests: Mapping[str, str]) -> bytes:
    """A manifest: digest and path of each file in the order of the paths."""
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode("ascii")


@dataclass(frozen=True, slots=True)
class ManifestLines:
    """What a manifest lists; ``sound`` is false where a line cannot be read."""

    digests: Mapping[str, str]
    repeated: tuple[str, ...]
    sound: bool


def read_manifest(data: bytes) -> ManifestLines:
    """The lines of a manifest, each on its own; nothing raises."""
    try:
        text = data.decode("ascii")
    except UnicodeDecodeError:
        return ManifestLines({}, (), sound=False)
    digests: dict[str, str] = {}
    repeated: list[str] = []
    sound = text.endswith("\n")
    for line in text.split("\n")[:-1]:
        found = _LINE.fullmatch(line)
        if found is None:
            sound = False
        elif found[2] in digests:
            repeated.append(found[2])
        else:
            digests[found[2]] = found[1]
    return ManifestLines(digests, tuple(repeated), sound)


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature with the key that it says it was made with."""

    key: PublicKey
    value: bytes


def signature_text(key: SigningKey, tag_manifest: bytes) -> bytes:
    """``signature.txt`` over the bytes of the tag manifest."""
    return (
        "Signature-Algorithm: Ed25519\n"
        "Signed-File: tagmanifest-sha256.txt\n"
        f"Public-Key: {key.public.raw.hex()}\n"
        f"Signature: {key.sign(tag_manifest).hex()}\n"
    ).encode()


def read_signature(data: bytes) -> Signature | None:
    """The signature, or ``None`` where the file is not in its one form."""
    found = _SIGNATURE.fullmatch(data)
    if found is None:
        return None
    key, value = (bytes.fromhex(part.decode()) for part in found.groups())
    return Signature(PublicKey(key), value)
