"""The one form of zip that a package has: fixed headers, nothing that two readers see otherwise.

Both sides follow these records: the writer fills them in, the reader compares every field.
Fixed are version 2.0 of Unix, no flags, 1 January 1980, plain files without links, no extra
fields, no comments, no zip64; files lie one after the other in the order of their names.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

LOCAL: Final = struct.Struct("<4s5H3L2H")
CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
END: Final = struct.Struct("<4s4H2LH")

LOCAL_MARK: Final = b"PK\x03\x04"
CENTRAL_MARK: Final = b"PK\x01\x02"
END_MARK: Final = b"PK\x05\x06"

STORED: Final = 0
DEFLATED: Final = 8
VERSION_NEEDED: Final = 20
VERSION_MADE: Final = 3 << 8 | 20
FLAGS: Final = 0
TIME: Final = 0
DATE: Final = 1 << 5 | 1
"""1 January 1980, the first day that a zip can name."""

ATTRIBUTES: Final = 0o100644 << 16
"""A plain file that its owner may write and all may read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the archive: ``offset`` is where its packed bytes begin."""

    path: str
    method: int
    crc: int
    packed: int
    size: int
    offset: int


def local_header(entry: Entry) -> bytes:
    """What stands before the packed bytes of a file."""
    name = entry.path.encode("ascii")
    fixed = LOCAL.pack(
        LOCAL_MARK,
        VERSION_NEEDED,
        FLAGS,
        entry.method,
        TIME,
        DATE,
        entry.crc,
        entry.packed,
        entry.size,
        len(name),
        0,
    )
    return fixed + name


def central_header(entry: Entry) -> bytes:
    """What the directory says of a file."""
    name = entry.path.encode("ascii")
    fixed = CENTRAL.pack(
        CENTRAL_MARK,
        VERSION_MADE,
        VERSION_NEEDED,
        FLAGS,
        entry.method,
        TIME,
        DATE,
        entry.crc,
        entry.packed,
        entry.size,
        len(name),
        0,
        0,
        0,
        0,
        ATTRIBUTES,
        entry.offset - LOCAL.size - len(name),
    )
    return fixed + name


def end_record(count: int, size: int, offset: int) -> bytes:
    """The last record: how many files, where the directory lies."""
    return END.pack(END_MARK, 0, 0, count, count, size, offset, 0)
