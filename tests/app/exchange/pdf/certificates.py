"""A certificate authority of the tests' own, and PFX files of people whom it knows."""

from __future__ import annotations

import datetime as dt
import io
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from PIL import Image, ImageDraw

AUTHORITY = "Tổ chức chứng thực thử nghiệm"
SECRETARY = "Lê Thị Bình"
CHAIR = "Trần Văn Cường"
PASSPHRASE = "mật khẩu"
START = dt.datetime(2019, 1, 1, tzinfo=dt.UTC)
END = dt.datetime(2021, 1, 1, tzinfo=dt.UTC)
SIGNED = dt.datetime(2020, 1, 6, 2, 30, tzinfo=dt.UTC)
"""09:30 of 6 January 2020 in Vietnam."""


def name_of(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


@cache
def _key(holder: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def authority() -> x509.Certificate:
    return _certified(AUTHORITY, ca=True)


def _certified(holder: str, *, ca: bool) -> x509.Certificate:
    return (
        x509.CertificateBuilder()
        .subject_name(name_of(holder))
        .issuer_name(name_of(AUTHORITY))
        .public_key(_key(holder).public_key())
        .serial_number(len(holder) + 1000)
        .not_valid_before(START)
        .not_valid_after(END)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .sign(_key(AUTHORITY), hashes.SHA256())
    )


@cache
def pfx_of(holder: str) -> bytes:
    return pkcs12.serialize_key_and_certificates(
        holder.encode(),
        _key(holder),
        _certified(holder, ca=False),
        [authority()],
        serialization.BestAvailableEncryption(PASSPHRASE.encode()),
    )


@cache
def pfx_without_key() -> bytes:
    return pkcs12.serialize_key_and_certificates(
        b"x", None, None, [authority()], serialization.BestAvailableEncryption(PASSPHRASE.encode())
    )


@cache
def handwriting() -> bytes:
    """A blue stroke on a transparent ground, three times as wide as high."""
    picture = Image.new("RGBA", (600, 200), (0, 0, 0, 0))
    ImageDraw.Draw(picture).line((10, 180, 300, 20, 590, 180), fill=(20, 40, 200, 255), width=12)
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()
