"""The files of a package: where each part lies, and which names may stand in one.

Names are few and plain (small ASCII letters, digits, ``-``, ``_``, ``.``), so that no system
reads one as another: no case, no accents, no folders that climb, no device of Windows.
"""

from __future__ import annotations

import re
from typing import Final

from app.exchange.packages.limits import MAX_NAME

BASE: Final = "bangvang-package/"
BAGIT: Final = "bagit.txt"
BAG_INFO: Final = "bag-info.txt"
MANIFEST: Final = "manifest-sha256.txt"
TAG_MANIFEST: Final = "tagmanifest-sha256.txt"
SIGNATURE: Final = "signature.txt"
TAGGED: Final = (BAG_INFO, BAGIT, MANIFEST)
"""What the tag manifest lists; the signature cannot stand under what it signs."""

PAYLOAD: Final = "data/"
HEAD: Final = "data/package.json"
FACTS: Final = "data/facts.json"
RESULT: Final = "data/result.json"
FIGURES: Final = "data/figures.json"
EVIDENCE_INDEX: Final = "data/evidence.json"
DATAPACKAGE: Final = "data/datapackage.json"
PACKS: Final = "data/packs/"
DOCUMENTS: Final = "data/documents/"
TABLES: Final = "data/tables/"
FILES: Final = "data/files/"
EVIDENCE: Final = "data/evidence/"

FILE_ENDINGS: Final = (".pdf", ".xlsx", ".docx")
"""What people read beside the data; none of these runs by itself."""

_PLAIN: Final = re.compile(r"[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*)*")
_DEVICE: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_DOCUMENT: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")
_KNOWN: Final = (
    re.compile(r"data/(?:package|facts|result|figures|evidence|datapackage)\.json"),
    re.compile(r"data/packs/[1-9][0-9]?\.(?:json|toml)"),
    re.compile(r"data/documents/[a-z][a-z0-9_]{0,59}\.json"),
    re.compile(r"data/tables/[a-z_]{1,60}\.csv"),
    re.compile(r"data/files/[a-z0-9][a-z0-9._-]{0,79}"),
    re.compile(r"data/evidence/[0-9a-f]{64}"),
)


def name_fault(name: str) -> str | None:
    """Why a path may not stand in a package, in words; ``None`` where it may."""
    if len(name) > MAX_NAME:
        return "tên quá dài"
    if any(ord(c) < 32 or ord(c) == 127 for c in name):
        return "tên có ký tự điều khiển"
    if "\\" in name:
        return "tên có dấu gạch chéo ngược"
    if name.startswith("/") or re.match(r"[A-Za-z]:", name):
        return "tên trỏ tới một ổ đĩa hoặc thư mục gốc"
    if ".." in name.split("/") or "." in name.split("/"):
        return "tên trỏ ra ngoài gói"
    if name.endswith("/"):
        return "gói chỉ chứa tệp, không chứa thư mục trống"
    if any(_DEVICE.fullmatch(part) for part in name.split("/")):
        return "tên trùng tên thiết bị của Windows"
    if not _PLAIN.fullmatch(name) or any(part.endswith(".") for part in name.split("/")):
        return "tên có chữ hoa, dấu hoặc ký tự không được dùng"
    return None


def is_payload(path: str) -> bool:
    """Whether the format has a place for this payload path."""
    if path.startswith(FILES):
        return is_file_name(path.removeprefix(FILES))
    return any(form.fullmatch(path) for form in _KNOWN)


def is_file_name(name: str) -> bool:
    """Whether a file for people may bear this name inside a package."""
    path = FILES + name
    return (
        name_fault(BASE + path) is None
        and _KNOWN[4].fullmatch(path) is not None
        and name.endswith(FILE_ENDINGS)
    )


def is_document_name(name: str) -> bool:
    """Whether a document may bear this name."""
    return _DOCUMENT.fullmatch(name) is not None and not _DEVICE.fullmatch(name)


def is_stored(path: str) -> bool:
    """Whether a file lies in the zip as it is: files for people and evidence do."""
    return path.startswith((FILES, EVIDENCE))
