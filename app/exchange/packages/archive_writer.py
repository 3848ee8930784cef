"""Writing the zip of a package: equal files give equal bytes."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from typing import BinaryIO, Final

from app.exchange.packages.archive_form import (
    DEFLATED,
    LOCAL,
    STORED,
    Entry,
    central_header,
    end_record,
    local_header,
)
from app.exchange.packages.blobs import Blob
from app.exchange.packages.paths import BASE

Member = bytes | Blob
"""A text, which is packed, or a file, which lies as it is."""

_LEVEL: Final = 6


def write_archive(members: Mapping[str, Member], stream: BinaryIO) -> None:
    """Writes all members, their paths without the base folder, in the order of their names."""
    entries: list[Entry] = []
    at = 0
    for path in sorted(members):
        member = members[path]
        at += LOCAL.size + len(BASE) + len(path)
        blocks: Iterable[bytes]
        if isinstance(member, bytes):
            packed = packed_text(member)
            size, crc = len(member), zlib.crc32(member)
            entry = Entry(BASE + path, DEFLATED, crc, len(packed), size, at)
            blocks = (packed,)
        else:
            marks = member.marks
            entry = Entry(BASE + path, STORED, marks.crc, marks.size, marks.size, at)
            blocks = member.checked_blocks()
        entries.append(entry)
        stream.write(local_header(entry))
        for block in blocks:
            stream.write(block)
        at += entry.packed
    directory = b"".join(map(central_header, entries))
    stream.write(directory)
    stream.write(end_record(len(entries), len(directory), at))


def packed_text(text: bytes) -> bytes:
    """The text as the archive holds it: raw deflate."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(text) + packer.flush()
