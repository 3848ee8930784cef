"""A second reader and writer of packages, made from the document alone: no line of the program.

It checks what vouches for a package (bag, manifests, signature), not what its contents mean.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

BASE = "bangvang-package/"
SIGNATURE = re.compile(
    "Signature-Algorithm: Ed25519\nSigned-File: tagmanifest-sha256.txt\n"
    "Public-Key: ([0-9a-f]{64})\nSignature: ([0-9a-f]{128})\n"
)


def verified(package: bytes) -> tuple[dict[str, bytes], bytes]:
    """The files of a package and the public key that signed them; raises on any fault."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        files = {info.filename.removeprefix(BASE): archive.read(info) for info in archive.filelist}
        assert [info.filename for info in archive.filelist] == sorted(BASE + path for path in files)
    payload = [path for path in files if path.startswith("data/")]
    assert files["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    assert files["manifest-sha256.txt"] == _manifest(files, payload)
    tagged = ["bag-info.txt", "bagit.txt", "manifest-sha256.txt"]
    assert files["tagmanifest-sha256.txt"] == _manifest(files, tagged)
    assert set(files) == {*payload, *tagged, "tagmanifest-sha256.txt", "signature.txt"}
    found = SIGNATURE.fullmatch(files["signature.txt"].decode("ascii"))
    assert found is not None
    key, signature = map(bytes.fromhex, found.groups())
    Ed25519PublicKey.from_public_bytes(key).verify(signature, files["tagmanifest-sha256.txt"])
    head = json.loads(files["data/package.json"])
    assert head["schema"] == "bangvang-package/1"
    return files, key


def digest(files: dict[str, bytes]) -> str:
    """What names a package."""
    return "sha256:" + hashlib.sha256(files["tagmanifest-sha256.txt"]).hexdigest()


def fingerprint(key: bytes) -> str:
    """Nine groups of four digits."""
    number = int.from_bytes(hashlib.sha256(b"bangvang-key/1\n" + key).digest(), "big") % 10**32
    digits = f"{number:032d}{number % 9973:04d}"
    return " ".join(re.findall("....", digits))


def request_package(seed: bytes, question: str) -> bytes:
    """A request for one figure, signed."""
    cell = {
        "unit": "u1",
        "unit_name": "Huyện Một",
        "criterion": "I.1",
        "title": "Thu ngân sách",
        "figure": "actual",
        "question": question,
        "kind": "number",
        "value": None,
        "source": "",
        "note": "",
    }
    sheet = {"schema": "bangvang-figures/1", "agency": "Thuế tỉnh", "due": None, "cells": [cell]}
    head = {
        "schema": "bangvang-package/1",
        "kind": "figures_request",
        "extent": "everything",
        "sender": {"name": "Sở Nội vụ", "unit": None},
        "recipient": {"name": "Thuế tỉnh", "unit": None},
        "year": {"name": "2026", "from": "2026-01-01", "to": "2026-12-31"},
        "packs": [],
        "assessment": None,
        "journal": None,
        "sequence": 1,
        "answers": None,
        "made": "2026-12-01T09:00:00+07:00",
        "note": "",
    }
    titles = {
        "unit": "Đơn vị",
        "unit_name": "Tên đơn vị",
        "criterion": "Tiêu chí",
        "title": "Tên tiêu chí",
        "figure": "Số liệu",
        "question": "Nội dung hỏi",
        "value": "Giá trị",
        "source": "Nguồn",
        "note": "Ghi chú",
    }
    row = ",".join(_csv(cell[name]) for name in titles)
    table = f"{','.join(titles)}\r\n{row}\r\n".encode()
    resource = {
        "name": "asked",
        "title": "Số liệu đề nghị, cung cấp",
        "path": "tables/asked.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(table),
        "hash": "sha256:" + hashlib.sha256(table).hexdigest(),
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"'},
        "schema": {
            "fields": [{"name": n, "title": t, "type": "string"} for n, t in titles.items()]
        },
    }
    files = {
        "data/package.json": _json(head),
        "data/figures.json": _json(sheet),
        "data/tables/asked.csv": table,
        "data/datapackage.json": _json(
            {"name": "bangvang-package", "profile": "tabular-data-package", "resources": [resource]}
        ),
    }
    octets = sum(map(len, files.values()))
    manifest = _manifest(files, list(files))
    files["bagit.txt"] = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    files["bag-info.txt"] = (
        "Bagging-Date: 2026-12-01\n"
        "External-Description: bangvang-package/1 figures_request everything\n"
        f"Payload-Oxum: {octets}.4\nSource-Organization: Sở Nội vụ\n"
    ).encode()
    files["manifest-sha256.txt"] = manifest
    tags = _manifest(files, ["bag-info.txt", "bagit.txt", "manifest-sha256.txt"])
    files["tagmanifest-sha256.txt"] = tags
    key = Ed25519PrivateKey.from_private_bytes(seed)
    files["signature.txt"] = (
        "Signature-Algorithm: Ed25519\nSigned-File: tagmanifest-sha256.txt\n"
        f"Public-Key: {key.public_key().public_bytes_raw().hex()}\n"
        f"Signature: {key.sign(tags).hex()}\n"
    ).encode()
    return _zip(files)


def _manifest(files: dict[str, bytes], listed: list[str]) -> bytes:
    lines = (f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(listed))
    return "".join(lines).encode("ascii")


def _json(tree: Any) -> bytes:
    """RFC 8785, for keys in ASCII and without numbers that have decimals."""
    return json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _csv(value: Any) -> str:
    text = "" if value is None else str(value)
    if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "'")):
        text = "'" + text
    if any(mark in text for mark in ',"\r\n'):
        text = '"' + text.replace('"', '""') + '"'
    return text


def _zip(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path in sorted(files):
            info = zipfile.ZipInfo(BASE + path, (1980, 1, 1, 0, 0, 0))
            info.create_system = 3
            info.external_attr = 0o100644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, files[path])
    return stream.getvalue()
