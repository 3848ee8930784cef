"""Zip files byte by byte, so that each lie of an archive can be told on its own."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field, replace
from typing import Any

from app.exchange.packages import paths
from app.exchange.packages.archive_form import ATTRIBUTES, DATE, VERSION_MADE, VERSION_NEEDED
from app.exchange.packages.archive_writer import packed_text
from tests.app.exchange.packages import samples as s


@dataclass
class File:
    """One file of an archive; ``local`` and ``central`` override what its two headers say."""

    name: bytes
    data: bytes
    method: int = 8
    packed: bytes | None = None
    local: dict[str, Any] = field(default_factory=dict)
    central: dict[str, Any] = field(default_factory=dict)
    after: bytes = b""
    written: bool = True

    @property
    def body(self) -> bytes:
        if self.packed is not None:
            return self.packed
        return packed_text(self.data) if self.method == 8 else self.data

    def header(self, overrides: dict[str, Any]) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "name": self.name,
            "made": VERSION_MADE,
            "needed": VERSION_NEEDED,
            "flags": 0,
            "method": self.method,
            "time": 0,
            "date": DATE,
            "crc": zlib.crc32(self.data),
            "packed": len(self.body),
            "size": len(self.data),
            "extra": b"",
            "comment": b"",
            "disk": 0,
            "inner": 0,
            "attributes": ATTRIBUTES,
        }
        unknown = overrides.keys() - fields.keys() - {"offset"}
        assert not unknown, unknown
        return fields | overrides


def files() -> list[File]:
    """The files of the good package, ready to be spoilt."""
    return [
        File((paths.BASE + path).encode(), data, 0 if paths.is_stored(path) else 8)
        for path, data in sorted(s.unpacked(s.good()).items())
    ]


def named(name: str | bytes, data: bytes = b"x", **more: Any) -> File:
    """One more file."""
    return File(name if isinstance(name, bytes) else name.encode(), data, **more)


def base(path: str) -> bytes:
    """A path inside the base folder."""
    return (paths.BASE + path).encode()


def changed(path: str, **more: Any) -> list[File]:
    """The files, one of them with other headers or bytes."""
    return [replace(f, **more) if f.name == base(path) else f for f in files()]


def sorted_with(*more: File) -> list[File]:
    """The files and more, in the order of names."""
    return sorted([*files(), *more], key=lambda f: f.name)


def zip_of(
    listed: list[File],
    *,
    before: bytes = b"",
    between: bytes = b"",
    after: bytes = b"",
    **end: Any,
) -> bytes:
    """The archive; ``end`` overrides fields of the last record."""
    data, offsets = before, []
    for f in listed:
        offsets.append(len(data))
        if f.written:
            h = f.header(f.local)
            data += struct.pack(
                "<4s5H3L2H",
                b"PK\x03\x04",
                *(h[key] for key in ("needed", "flags", "method", "time", "date")),
                *(h[key] for key in ("crc", "packed", "size")),
                len(h["name"]),
                len(h["extra"]),
            )
            data += h["name"] + h["extra"] + f.body
        data += f.after
    data += between
    start = len(data)
    for f, offset in zip(listed, offsets, strict=True):
        h = f.header(f.central)
        data += struct.pack(
            "<4s6H3L5H2L",
            b"PK\x01\x02",
            *(h[key] for key in ("made", "needed", "flags", "method", "time", "date")),
            *(h[key] for key in ("crc", "packed", "size")),
            len(h["name"]),
            len(h["extra"]),
            len(h["comment"]),
            *(h[key] for key in ("disk", "inner", "attributes")),
            h.get("offset", offset),
        )
        data += h["name"] + h["extra"] + h["comment"]
    last = {
        "disk": 0,
        "first": 0,
        "here": len(listed),
        "count": len(listed),
        "size": len(data) - start,
        "offset": start,
        "comment": b"",
    } | end
    record = struct.pack(
        "<4s4H2LH",
        b"PK\x05\x06",
        *(last[key] for key in ("disk", "first", "here", "count", "size", "offset")),
        len(last["comment"]),
    )
    return data + record + last["comment"] + after
