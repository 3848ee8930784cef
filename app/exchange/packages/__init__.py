"""Packages: what a unit sends and what another receives, signed, in one file.

``Contents`` is what a package holds; ``write_package`` packs and signs it, ``read_package`` tells
what a file is (``PackageStatus``) and gives contents only where every byte is in its form. Keys,
fingerprints and known senders are in ``keys``; locking for a recipient or under a passphrase in
``sealing``. The format is documented in ``data/formats/package.md``, so that another program can
read and write it. Nothing here knows a workspace: what a package would change is for the
operations.
"""

from app.exchange.packages.blobs import Blob
from app.exchange.packages.contents import Contents
from app.exchange.packages.head import Head, PackName, Party, Year
from app.exchange.packages.keys import (
    KeyStanding,
    KnownSender,
    PublicKey,
    SigningKey,
    read_fingerprint,
    unlocked_key,
)
from app.exchange.packages.kinds import KIND_RULES, Extent, Kind, Part
from app.exchange.packages.reader import read_package
from app.exchange.packages.sealing import is_sealed, locked, opened_seal, sealed_for
from app.exchange.packages.status import PackageStatus, SignatureState
from app.exchange.packages.writer import SizeEstimate, estimate, package_bytes, write_package

__all__ = [
    "KIND_RULES",
    "Blob",
    "Contents",
    "Extent",
    "Head",
    "KeyStanding",
    "Kind",
    "KnownSender",
    "PackName",
    "PackageStatus",
    "Part",
    "Party",
    "PublicKey",
    "SignatureState",
    "SigningKey",
    "SizeEstimate",
    "Year",
    "estimate",
    "is_sealed",
    "locked",
    "opened_seal",
    "package_bytes",
    "read_fingerprint",
    "read_package",
    "sealed_for",
    "unlocked_key",
    "write_package",
]
