"""What kind of file this is, and whether it is safe to open, before any reader sees it.

A spreadsheet file is a zip of XML files (``.xlsx``, ``.ods``) or an old compound file
(``.xls``). The bytes decide, not the name. A zip is unpacked here within bounds, and readers
later get only what was unpacked and examined here.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from app.ground.findings import Finding, Severity, UserError


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a table file may be; a cluster's table is far below each of these."""

    bytes: int = 20_000_000
    unpacked: int = 60_000_000
    members: int = 2_000
    rows: int = 10_000
    columns: int = 500
    cells: int = 400_000
    text: int = 20_000_000


LIMITS: Final = Limits()


class FileKind(StrEnum):
    """The kinds of table files that are read."""

    XLSX = "xlsx"
    ODS = "ods"
    XLS = "xls"
    TEXT = "text"


def refusal(code: str, place: str, message: str, remedy: str) -> UserError:
    """A ``UserError`` with one finding, for a file that cannot be read any further."""
    return UserError([Finding(code, Severity.ERROR, place, message, remedy)])


def read_bytes(path: Path, limits: Limits) -> bytes:
    """The content of a file; raises ``UserError`` where it is missing, empty or too large."""
    place = f"Tệp {path.name}"
    try:
        if not path.is_file():
            raise refusal(
                "table_not_found",
                place,
                "Không thấy tệp này.",
                "Kiểm tra lại tên tệp và thư mục chứa tệp.",
            )
        with path.open("rb") as stream:
            data = stream.read(limits.bytes + 1)
    except (OSError, ValueError) as fault:
        raise refusal(
            "table_not_readable",
            place,
            "Không đọc được tệp, có thể tệp đang được mở ở nơi khác hoặc không có quyền đọc.",
            "Đóng tệp trong Excel, chép tệp về máy rồi thử lại.",
        ) from fault
    if len(data) > limits.bytes:
        raise refusal(
            "table_too_large",
            place,
            f"Tệp lớn hơn {limits.bytes // 1_000_000} MB nên không được đọc.",
            "Chỉ giữ lại trang tính cần nhập, bỏ hình ảnh, rồi lưu thành tệp mới.",
        )
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise refusal("table_empty", place, "Tệp không có nội dung.", "Chọn tệp có bảng cần nhập.")
    return data


_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK_BEGINS: Final = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_PASSWORD_RECORD: Final = 0x2F
_FIRST_RECORDS: Final = 12
_FOREIGN: Final = {
    b"%PDF": "tệp PDF",
    b"{\\rtf": "văn bản RTF",
    b"\x89PNG": "tệp hình ảnh",
    b"\xff\xd8\xff": "tệp hình ảnh",
    b"GIF8": "tệp hình ảnh",
    b"Rar!": "tệp nén RAR",
    b"7z\xbc\xaf": "tệp nén 7z",
    b"MZ": "chương trình",
}


def recognised(data: bytes, name: str) -> FileKind:
    """The kind of file by its first bytes; raises ``UserError`` for what is no table."""
    if data.startswith(_ZIP):
        return _kind_of_zip(data, name)
    if data.startswith(_COMPOUND):
        for mark, code in (("EncryptedPackage", "locked"), ("WordDocument", "word")):
            if mark.encode("utf-16-le") in data:
                raise locked(name) if code == "locked" else not_a_table(name, "văn bản Word")
        if _is_locked_xls(data):
            raise locked(name)
        return FileKind.XLS
    for mark_bytes, words in _FOREIGN.items():
        if data.startswith(mark_bytes):
            raise not_a_table(name, words)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise not_a_table(name, "trang web hoặc XML")
    return FileKind.TEXT


def _is_locked_xls(data: bytes) -> bool:
    """Whether the records of an old workbook begin with the one that announces a password."""
    at = data.find(_WORKBOOK_BEGINS)
    for _ in range(_FIRST_RECORDS):
        if at < 0 or len(data) < at + 4:
            return False
        record, length = struct.unpack_from("<HH", data, at)
        if record == _PASSWORD_RECORD:
            return True
        at += 4 + length
    return False


def _kind_of_zip(data: bytes, name: str) -> FileKind:
    names = {entry.filename.lower().replace("\\", "/") for entry in _entries(data, name)}
    if "xl/workbook.xml" in names:
        return FileKind.XLSX
    if "xl/workbook.bin" in names:
        raise not_a_table(name, "sổ tính Excel nhị phân (.xlsb)")
    if "word/document.xml" in names:
        raise not_a_table(name, "văn bản Word")
    if "content.xml" in names:
        return FileKind.ODS
    raise not_a_table(name, "tệp nén")


def _entries(data: bytes, name: str) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as fault:
        raise broken(name) from fault


def unpacked(data: bytes, name: str, limits: Limits) -> dict[str, bytes]:
    """The XML members of a zip by their names; raises ``UserError`` on a zip bomb.

    Sizes that the zip states about itself are not believed: each member is unpacked here and
    counted. Pictures and the like are counted and left out.
    """
    members: dict[str, bytes] = {}
    seen: set[str] = set()
    left = limits.unpacked
    entries = _entries(data, name)
    if len(entries) > limits.members:
        raise _bomb(name)
    for entry in entries:
        if entry.flag_bits & 1:
            raise locked(name)
        content = _inflated(data, entry, name, left)
        left -= len(content)
        key = entry.filename.replace("\\", "/")
        if key.lower() in seen:
            raise broken(name)
        seen.add(key.lower())
        if key.lower().endswith((".xml", ".rels")) or key == "mimetype":
            members[key] = content
    if b"encryption-data" in members.get("META-INF/manifest.xml", b""):
        raise locked(name)
    return members


def _inflated(data: bytes, entry: zipfile.ZipInfo, name: str, left: int) -> bytes:
    start = entry.header_offset
    header = data[start : start + 30]
    if len(header) < 30 or not header.startswith(_ZIP):
        raise broken(name)
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    begin = start + 30 + name_length + extra_length
    packed = data[begin : begin + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        content = packed
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        try:
            content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, left + 1)
        except zlib.error as fault:
            raise broken(name) from fault
    else:
        raise broken(name)
    if len(content) > left:
        raise _bomb(name)
    if zlib.crc32(content) != entry.CRC:
        raise broken(name)
    return content


def packed_again(members: dict[str, bytes]) -> io.BytesIO:
    """A plain zip of exactly the examined members, for the reader."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for key, content in members.items():
            archive.writestr(key, content)
    stream.seek(0)
    return stream


def broken(name: str) -> UserError:
    """The refusal of a damaged file."""
    return refusal(
        "table_broken",
        f"Tệp {name}",
        "Tệp bị hỏng hoặc không đúng định dạng bảng tính.",
        "Mở tệp bằng Excel hoặc LibreOffice, lưu lại thành .xlsx rồi thử lại.",
    )


def locked(name: str) -> UserError:
    """The refusal of a file that needs a password."""
    return refusal(
        "table_locked",
        f"Tệp {name}",
        "Tệp được đặt mật khẩu nên không đọc được.",
        "Mở tệp bằng Excel, bỏ mật khẩu (Tệp > Thông tin > Bảo vệ sổ làm việc), lưu lại rồi thử.",
    )


def not_a_table(name: str, words: str) -> UserError:
    """The refusal of a file of another kind."""
    return refusal(
        "not_a_table",
        f"Tệp {name}",
        f"Đây là {words}, không phải bảng tính.",
        "Mở bằng Excel hoặc LibreOffice (hoặc chép bảng sang đó), lưu thành .xlsx rồi thử lại.",
    )


def _bomb(name: str) -> UserError:
    return refusal(
        "table_too_large",
        f"Tệp {name}",
        "Tệp nén bung ra lớn bất thường nên không được đọc.",
        "Chép riêng bảng cần nhập sang một tệp mới, lưu thành .xlsx rồi thử lại.",
    )
