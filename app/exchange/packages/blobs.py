"""Files that travel as they are: from memory, from a disk, or lying inside a package.

A file inside a package is read only where somebody asks for it, and is checked again then: the
stick may have been changed since the package was looked at.
"""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
import weakref
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Final

from app.exchange.packages.faults import refusal


class Unsealed:
    """An unlocked package, in a file that is gone when nobody holds it any more."""

    def __init__(self) -> None:
        handle, name = tempfile.mkstemp(prefix="bangvang-", suffix=".bvg")
        os.close(handle)
        self.path = Path(name)
        weakref.finalize(self, self.path.unlink, missing_ok=True)


Source = bytes | Path | Unsealed
"""Where bytes come from: memory, a file, or one that was unlocked."""

_BLOCK: Final = 1 << 20


def opened(source: Source, name: str) -> BinaryIO:
    """The source as a stream; raises ``UserError`` where the file cannot be read."""
    if isinstance(source, bytes):
        return io.BytesIO(source)
    if isinstance(source, Unsealed):
        source = source.path
    try:
        if not source.is_file():
            raise refusal(
                "package_missing",
                name,
                "Không thấy tệp này.",
                "Kiểm tra lại tên tệp và thư mục chứa tệp.",
            )
        return source.open("rb")
    except (OSError, ValueError) as fault:
        raise unreadable(name) from fault


def unreadable(name: str) -> Exception:
    """What is raised where the medium does not give the bytes."""
    return refusal(
        "package_unreadable",
        name,
        "Máy không cho đọc tệp này, có thể thẻ nhớ đã được rút ra.",
        "Cắm lại thẻ nhớ hoặc chép tệp vào máy rồi thử lại.",
    )


@dataclass(frozen=True, slots=True)
class Marks:
    """What a file is known by: its size, SHA-256 and CRC-32."""

    size: int
    sha256: str
    crc: int


@dataclass(frozen=True)
class Blob:
    """One file by its name. ``offset`` and ``size`` are set where it lies inside a package.

    ``expected`` is the SHA-256 that a signed package promised.
    """

    name: str
    source: Source = field(repr=False)
    offset: int = 0
    size: int | None = None
    expected: str | None = None

    def blocks(self) -> Iterator[bytes]:
        """The bytes, in pieces; raises ``UserError`` where they cannot be read."""
        stream = opened(self.source, self.name)
        with stream:
            left = self.size
            try:
                stream.seek(self.offset)
                while left is None or left > 0:
                    block = stream.read(_BLOCK if left is None else min(_BLOCK, left))
                    if not block:
                        break
                    if left is not None:
                        left -= len(block)
                    yield block
            except OSError as fault:
                raise unreadable(self.name) from fault
        if left:
            raise self._changed()

    @cached_property
    def marks(self) -> Marks:
        """Size and digests; reads the file once."""
        size, crc, found = 0, 0, hashlib.sha256()
        for block in self.blocks():
            size += len(block)
            crc = zlib.crc32(block, crc)
            found.update(block)
        if self.expected is not None and found.hexdigest() != self.expected:
            raise self._changed()
        return Marks(size, found.hexdigest(), crc)

    def checked_blocks(self) -> Iterator[bytes]:
        """The bytes once more; raises ``UserError`` where they are others than when marked."""
        found = hashlib.sha256()
        for block in self.blocks():
            found.update(block)
            yield block
        if found.hexdigest() != self.marks.sha256:
            raise self._changed()

    def known_size(self) -> int:
        """The size without reading the file; raises ``UserError`` where it is gone."""
        if self.size is not None:
            return self.size
        if isinstance(self.source, bytes):
            return len(self.source)
        place = self.source.path if isinstance(self.source, Unsealed) else self.source
        try:
            return place.stat().st_size
        except (OSError, ValueError) as fault:
            raise unreadable(self.name) from fault

    def content(self) -> bytes:
        """All bytes, checked against what the package promised; raises ``UserError``."""
        data = b"".join(self.blocks())
        if self.expected is not None and hashlib.sha256(data).hexdigest() != self.expected:
            raise self._changed()
        return data

    def _changed(self) -> Exception:
        return refusal(
            "package_file_changed",
            self.name,
            "Tệp đã đổi từ lúc được kiểm tra.",
            "Chờ việc chép, sửa tệp xong rồi làm lại; với gói đã nhận, chép lại từ bản gốc.",
        )
