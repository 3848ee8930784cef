"""Attacks on the archive: whatever two unpackers could see differently is refused unread."""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile
import zlib

import pytest

from app.exchange.packages import package_bytes, paths, read_package, sealed_for
from app.exchange.packages.archive_form import ATTRIBUTES
from app.exchange.packages.archive_writer import packed_text
from app.exchange.packages.limits import MAX_MEMBERS
from tests.app.exchange.packages import samples as s
from tests.app.exchange.packages.attack import Attack, refused
from tests.app.exchange.packages.raw_zip import (
    File,
    base,
    changed,
    files,
    named,
    sorted_with,
    zip_of,
)

TEXT = paths.FACTS
KEPT = "data/files/bang-xep-hang.pdf"
UNSAFE, FOREIGN, LAYOUT = "package_name_unsafe", "package_zip_foreign", "package_zip_layout"
LIES, BOMB, DIFFER = "package_size_lies", "package_bomb", "package_headers_differ"


def more(name: str | bytes, **fields: object) -> bytes:
    return zip_of(sorted_with(named(name, **fields)))  # type: ignore[arg-type]


def with_central(**fields: object) -> bytes:
    return zip_of(changed(TEXT, central=fields))


def with_both(**fields: object) -> bytes:
    """Both headers say the same, but what they say is not in the form."""
    return zip_of(changed(TEXT, central=fields, local=fields))


def overlapping() -> bytes:
    """Two names for one body: the trick by which small files unpack to terabytes."""
    listed = sorted_with(named(base("data/files/bang-xep-hanh.pdf"), written=False))
    at = next(n for n, f in enumerate(listed) if f.name == base(KEPT))
    twin = listed[at + 1]
    twin.data, twin.method = listed[at].data, 0
    twin.central = {"offset": struct.unpack("<L", _central(zip_of(listed), KEPT)[42:46])[0]}
    return zip_of(listed)


def _central(data: bytes, path: str) -> bytes:
    """The header of a file in the directory."""
    at = data.rindex(base(path)) - 46
    return data[at : at + 46]


def zip64() -> bytes:
    tail = struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1)
    return zip_of(files(), between=tail, count=0xFFFF, here=0xFFFF)


def comment_with_an_end() -> bytes:
    """A comment that itself looks like the end of an empty archive."""
    return zip_of(files(), comment=struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0, 0, 0, 0, 0))


def zeros(size: int) -> bytes:
    return zlib.compress(bytes(size), 9)[2:-4]


def bomb() -> bytes:
    return zip_of(changed(TEXT, data=bytes(20_000_000), packed=zeros(20_000_000)))


def larger_than_a_text() -> bytes:
    fields = {"size": 40_000_000, "packed": 1_000_000}
    return zip_of(changed(TEXT, packed=bytes(1_000_000), local=fields, central=fields))


def many_large_texts() -> bytes:
    fields = {"size": 30_000_000, "packed": 200_000}
    big = [
        named(
            base(f"data/documents/{name}.json"), packed=bytes(200_000), local=fields, central=fields
        )
        for name in ("one", "three", "two")
    ]
    return zip_of(sorted_with(*big))


def nested() -> bytes:
    return zip_of(sorted_with(named(base("data/files/goi.zip"), s.good(), method=0)))


def case_twin() -> bytes:
    return more(base("DATA/facts.json"))


def composed_twins() -> bytes:
    return zip_of(
        sorted_with(
            *(
                named(base("data/files/") + unicodedata.normalize(form, "bảng.pdf").encode())
                for form in ("NFC", "NFD")
            )
        )
    )


def deflated(packed: bytes, data: bytes) -> bytes:
    return zip_of(changed(TEXT, data=data, packed=packed))


FACTS = s.unpacked(s.good())[TEXT]

PACKED_FACTS = packed_text(FACTS)

ATTACKS: dict[str, Attack] = {
    # names
    "a name climbs out of the folder": (UNSAFE, lambda: more(base("../../evil.txt"))),
    "a name climbs inside the payload": (UNSAFE, lambda: more(base("data/../../evil.txt"))),
    "a name with a dot folder": (UNSAFE, lambda: more(base("data/./facts.json"))),
    "an absolute name": (UNSAFE, lambda: more("/etc/cron.d/evil")),
    "a drive letter": (UNSAFE, lambda: more("C:/Windows/evil.dll")),
    "a drive letter without a slash": (UNSAFE, lambda: more("c:evil.dll")),
    "a network place": (UNSAFE, lambda: more("\\\\server\\share\\evil.exe")),
    "backslashes": (UNSAFE, lambda: more("bangvang-package\\..\\..\\evil.txt")),
    "the device CON": (UNSAFE, lambda: more(base("data/files/con.pdf"))),
    "the device NUL with an ending": (UNSAFE, lambda: more(base("data/tables/nul.csv"))),
    "the device LPT1 as a folder": (UNSAFE, lambda: more(base("lpt1/a.pdf"))),
    "the device COM¹ of Windows": (UNSAFE, lambda: more(base("data/files/com\u00b9.pdf"))),
    "a stream of a file": (UNSAFE, lambda: more(base("data/facts.json:evil"))),
    "a name that ends in a dot": (UNSAFE, lambda: more(base("data/facts.json."))),
    "a name that ends in a space": (UNSAFE, lambda: more(base("data/facts.json "))),
    "a control letter in a name": (UNSAFE, lambda: more(base("data/files/a\x1b[2Jb.pdf"))),
    "a zero byte in a name": (UNSAFE, lambda: more(base("data/files/a.pdf\0.exe"))),
    "a line break in a name": (UNSAFE, lambda: more(base("data/files/a\nb.pdf"))),
    "a name that is turned around": (UNSAFE, lambda: more(base("data/files/a\u202efdp.exe"))),
    "a name with a hidden letter": (UNSAFE, lambda: more(base("data/files/a\u200b.pdf"))),
    "a name that is no UTF-8": (UNSAFE, lambda: more(base("data/files/") + b"\xff\xfe.pdf")),
    "an overlong name": (UNSAFE, lambda: more(base("data/files/" + "a" * 100 + ".pdf"))),
    "a name of sixty thousand letters": (
        LAYOUT,
        lambda: more(base("data/files/" + "a" * 60_000 + ".pdf")),
    ),
    "an empty name": (UNSAFE, lambda: more("")),
    "a file outside the folder": (UNSAFE, lambda: more("zzz.txt")),
    "a folder as a file": (UNSAFE, lambda: more(base("data/files/"))),
    "names that differ by case": (UNSAFE, case_twin),
    "names that differ by composition": (UNSAFE, composed_twins),
    "the same name twice": ("package_name_repeated", lambda: more(base(TEXT), data=b"{}")),
    "an archive inside": ("package_file_extra", nested),
    "a program among the files": (
        "package_file_extra",
        lambda: more(base("data/files/setup.exe"), method=0),
    ),
    "a place that the format does not know": (
        "package_file_extra",
        lambda: more(base("data/other.json")),
    ),
    # links and devices
    "a symbolic link": (
        "package_link",
        lambda: zip_of(changed(KEPT, central={"attributes": 0o120777 << 16})),
    ),
    "a named pipe": (FOREIGN, lambda: with_central(attributes=0o010644 << 16)),
    "a folder by its attributes": (FOREIGN, lambda: with_central(attributes=ATTRIBUTES | 0x10)),
    "a file that runs": (FOREIGN, lambda: with_central(attributes=0o100755 << 16)),
    # sizes
    "a bomb": (BOMB, bomb),
    "a text larger than any text": (BOMB, larger_than_a_text),
    "many texts that are large together": (BOMB, many_large_texts),
    "two names for one body": (LAYOUT, overlapping),
    "more bytes than stated": (LIES, lambda: with_both(size=len(FACTS) - 1)),
    "fewer bytes than stated": (LIES, lambda: with_both(size=len(FACTS) + 1)),
    "a kept file with two sizes": (
        LIES,
        lambda: zip_of(changed(KEPT, local={"size": 9}, central={"size": 9})),
    ),
    "packed bytes beyond the file": (DIFFER, lambda: with_central(packed=10**9)),
    "bytes after the packed text": (LIES, lambda: deflated(PACKED_FACTS + b"evil", FACTS)),
    "a packed text that is cut": (LIES, lambda: deflated(PACKED_FACTS[:-3], FACTS)),
    "a packed text that is none": ("package_damaged", lambda: deflated(b"\xff" * 40, FACTS)),
    "a wrong checksum": ("package_damaged", lambda: with_both(crc=1)),
    "a wrong checksum of a kept file": (
        "package_damaged",
        lambda: zip_of(changed(KEPT, local={"crc": 1}, central={"crc": 1})),
    ),
    "too many files": (
        "package_too_many_files",
        lambda: zip_of(files(), count=MAX_MEMBERS + 1, here=MAX_MEMBERS + 1),
    ),
    # layout
    "data after the end": (FOREIGN, lambda: zip_of(files(), after=b"evil")),
    "zeros after the end": (FOREIGN, lambda: zip_of(files(), after=bytes(512))),
    "a second archive after the end": (LAYOUT, lambda: s.good() + s.good()),
    "another archive before the start": (
        LAYOUT,
        lambda: package_bytes(s.contents(), s.OTHER_KEY) + s.good(),
    ),
    "a program before the start": (
        "package_not_a_package",
        lambda: zip_of(files(), before=b"MZ" + bytes(100)),
    ),
    "data between two files": (LAYOUT, lambda: zip_of(changed(TEXT, after=b"evil"))),
    "data before the directory": (LAYOUT, lambda: zip_of(files(), between=b"evil")),
    "a file that the directory does not name": (
        LAYOUT,
        lambda: zip_of(
            [*files()[:-1], File(base("u"), b"", packed=b"", after=b"PK\x03\x04 hidden")]
        ),
    ),
    "a directory that counts too few": (LAYOUT, lambda: zip_of(files(), count=3, here=3)),
    "a directory that counts too many": (LAYOUT, lambda: zip_of(files(), count=90, here=90)),
    "a directory elsewhere": (LAYOUT, lambda: zip_of(files(), offset=0)),
    "a header elsewhere": (LAYOUT, lambda: with_central(offset=0)),
    "files out of order": (FOREIGN, lambda: zip_of(files()[::-1])),
    "several disks": (FOREIGN, lambda: zip_of(files(), disk=1)),
    "counts of two disks": (FOREIGN, lambda: zip_of(files(), here=3)),
    "a file on another disk": (FOREIGN, lambda: with_central(disk=1)),
    "a text that is cut off": ("package_cut_short", lambda: s.good()[:-1]),
    "only the beginning": ("package_cut_short", lambda: s.good()[:20]),
    # two headers
    "another name before the bytes": (
        DIFFER,
        lambda: zip_of(changed(TEXT, local={"name": base("data/facts.exe4")[:31]})),
    ),
    "another size before the bytes": (DIFFER, lambda: zip_of(changed(TEXT, local={"size": 1}))),
    "another checksum before the bytes": (DIFFER, lambda: zip_of(changed(TEXT, local={"crc": 1}))),
    "another method before the bytes": (DIFFER, lambda: zip_of(changed(TEXT, local={"method": 0}))),
    "an extra field before the bytes": (
        DIFFER,
        lambda: zip_of(changed(TEXT, local={"extra": b"up\x02\x00ab"})),
    ),
    # features
    "a password of the packing program": (FOREIGN, lambda: with_both(flags=1)),
    "strong encryption": (FOREIGN, lambda: with_both(flags=0x41)),
    "a hidden directory": (FOREIGN, lambda: with_both(flags=0x2000)),
    "sizes after the bytes": (FOREIGN, lambda: with_both(flags=8)),
    "names in another alphabet": (FOREIGN, lambda: with_both(flags=0x800)),
    "an unknown packing method": (FOREIGN, lambda: with_both(method=99)),
    "packing with bzip2": (FOREIGN, lambda: with_both(method=12)),
    "packing with LZMA": (FOREIGN, lambda: with_both(method=14)),
    "a text that is not packed": (FOREIGN, lambda: zip_of(changed(TEXT, method=0))),
    "a kept file that is packed": (FOREIGN, lambda: zip_of(changed(KEPT, method=8))),
    "zip64": (FOREIGN, zip64),
    "a comment of the archive": (FOREIGN, lambda: zip_of(files(), comment=b"hello")),
    "a comment that looks like an end": (LAYOUT, comment_with_an_end),
    "a comment of a file": (FOREIGN, lambda: with_central(comment=b"hello")),
    "a second name in an extra field": (
        FOREIGN,
        lambda: with_central(extra=b"up\x09\x00\x01\0\0\0\0evil"),
    ),
    "another day of change": (FOREIGN, lambda: with_both(date=0x5A21)),
    "another time of change": (FOREIGN, lambda: with_both(time=1)),
    "another version": (FOREIGN, lambda: with_both(needed=45)),
    "another maker": (FOREIGN, lambda: with_central(made=20)),
    "marks of an inner kind": (FOREIGN, lambda: with_central(inner=1)),
    # no archive at all
    "nothing": ("package_not_a_package", lambda: b""),
    "a few bytes": ("package_not_a_package", lambda: b"hello"),
    "an empty archive": (
        "package_not_a_package",
        lambda: zip_of([]),
    ),
    "a packed file of another kind": ("package_not_a_package", lambda: b"7z\xbc\xaf\x27\x1c" * 9),
    "a paper": ("package_not_a_package", lambda: b"%PDF-1.7\n" + bytes(200)),
    "a package that is still sealed": (
        "package_locked",
        lambda: sealed_for(s.good(), [s.KEY.public]),
    ),
}


def test_the_good_package_is_good_and_built_alike_by_hand() -> None:
    assert zip_of(files()) == s.good()
    assert s.read(s.good()).admissible


@pytest.mark.parametrize("name", ATTACKS)
def test_the_archive_is_refused_for(name: str) -> None:
    refused(ATTACKS[name])


def test_other_unpackers_would_have_taken_what_is_refused_here() -> None:
    """The attacks are real: Python's own unpacker lists these names without a word."""
    taken = 0
    for name in ("the same name twice", "data after the end", "a symbolic link", "backslashes"):
        archive = zipfile.ZipFile(io.BytesIO(ATTACKS[name][1]()), metadata_encoding="utf-8")
        taken += len(archive.namelist()) >= len(files())
    assert taken == 4


def test_a_package_larger_than_any_is_not_even_looked_into(tmp_path_factory: object) -> None:
    class Endless(io.BytesIO):
        """A stream that says it is three gigabytes long."""

        def seek(self, offset: int, whence: int = 0) -> int:
            return 3_000_000_000 if whence == 2 else super().seek(offset, whence)

    from app.exchange.packages.archive_reader import ArchiveReader
    from app.ground.findings import UserError

    with pytest.raises(UserError) as refusal:
        ArchiveReader(Endless(s.good()), s.NAME)
    assert refusal.value.findings[0].code == "package_too_large"


def test_a_real_archive_of_too_many_files_is_refused_before_any_is_read() -> None:
    listed = [named(base(f"data/files/a{n:05d}.pdf"), method=0) for n in range(MAX_MEMBERS + 1)]
    status = read_package(zip_of(listed), s.NAME)
    assert s.codes(status) == {"package_too_many_files"}


def test_what_is_locked_under_a_passphrase_is_told_as_locked() -> None:
    beginning = b"age-encryption.org/v1\n-> scrypt bB9VqZ2eC5l0oYJw3fDtGg 18\n"
    assert s.codes(s.read(beginning + s.good())) == {"package_locked"}
