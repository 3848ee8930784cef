"""Files of evidence, kept by their SHA-256: the name is the check, and nothing is overwritten.

A file is never taken away, not even when its citation is: undo may bring the citation back.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from app.ground.findings import Finding, Severity, UserError
from app.persistence import faults
from app.persistence.settled import settle

FOLDER: Final = "evidence"
_CHUNK: Final = 1 << 20


def digest_of_file(file: Path) -> str:
    """The SHA-256 of a file in hexadecimal digits."""
    found = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(_CHUNK):
            found.update(block)
    return found.hexdigest()


def place_of(folder: Path, sha256: str) -> Path:
    """Where the file with this digest lies in a workspace."""
    return folder / FOLDER / sha256[:2] / sha256


def keep(folder: Path, source: Path) -> tuple[str, int]:
    """Copies a file into the workspace; returns its digest and size.

    The copy is written beside its place and moved there whole. Raises ``UserError`` where the
    medium is full or the file cannot be read.
    """
    with faults.told_in_words(source.name):
        sha256 = digest_of_file(source)
        size = source.stat().st_size
        target = place_of(folder, sha256)
        if target.exists() and digest_of_file(target) == sha256:
            return sha256, size
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        try:
            shutil.copyfile(source, part)
            if digest_of_file(part) != sha256:
                raise faults.unwritable(source.name, "bản chép khác tệp gốc")
            settle(part, target)
        finally:
            part.unlink(missing_ok=True)
    return sha256, size


def read(folder: Path, sha256: str, name: str) -> bytes:
    """The content of a kept file; raises ``UserError`` where it is gone or altered."""
    file = place_of(folder, sha256)
    with faults.told_in_words(name):
        if not file.is_file():
            raise _gone(name)
        content = file.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise _altered(name)
    return content


def check(connection: Connection, folder: Path, *, content: bool) -> Iterator[Finding]:
    """Faults of the kept files: gone, of another size, or (with ``content``) altered."""
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT id, sha256, file_name, file_size FROM evidence "
        "WHERE sha256 IS NOT NULL ORDER BY sha256"
    ).all()
    seen: dict[str, str | None] = {}
    for evidence, sha256, file_name, size in rows:
        place = f"{evidence}, {file_name or sha256[:12]}"
        if sha256 not in seen:
            seen[sha256] = _fault(place_of(folder, sha256), sha256, size, content)
        match seen[sha256]:
            case "gone":
                yield _gone(place).findings[0]
            case "altered":
                yield _altered(place).findings[0]


def _fault(file: Path, sha256: str, size: int | None, content: bool) -> str | None:
    if not file.is_file():
        return "gone"
    if size is not None and file.stat().st_size != size:
        return "altered"
    if content and digest_of_file(file) != sha256:
        return "altered"
    return None


def _gone(place: str) -> UserError:
    return UserError(
        [
            Finding(
                "evidence_gone",
                Severity.WARNING,
                place,
                "Tệp minh chứng không còn trong sổ làm việc.",
                "Chép lại tệp từ bản gốc; trích dẫn văn bản vẫn còn.",
            )
        ]
    )


def _altered(place: str) -> UserError:
    return UserError(
        [
            Finding(
                "evidence_altered",
                Severity.ERROR,
                place,
                "Tệp minh chứng đã bị thay đổi sau khi đưa vào.",
                "Đưa lại tệp từ bản gốc; tệp đang có không được dùng.",
            )
        ]
    )
