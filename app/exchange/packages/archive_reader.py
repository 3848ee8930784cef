"""Reading the zip of a package: every byte must stand where the one form puts it.

Nothing is unpacked before the whole directory has been examined, and nothing ever on a disk.
Where the archive is at fault the reading ends with ``UserError``: what follows would be guessed.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final, NoReturn

from app.exchange.packages import archive_form as form
from app.exchange.packages.archive_form import Entry
from app.exchange.packages.faults import COPY_AGAIN, SEND_AGAIN, refusal, shown
from app.exchange.packages.limits import (
    MAX_FILE_BYTES,
    MAX_MEMBERS,
    MAX_NAME,
    MAX_PACKAGE_BYTES,
    MAX_RATIO,
    MAX_TAG_BYTES,
    MAX_TEXT_BYTES,
    MAX_TEXTS_BYTES,
    RATIO_FROM,
)
from app.exchange.packages.paths import BASE, PAYLOAD, is_stored, name_fault

_AGE: Final = b"age-encryption.org/"
_BLOCK: Final = 1 << 20
_LINK: Final = 0o120000


class ArchiveReader:
    """The files of an archive by their paths without the base folder; ``name`` is for findings."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self._name = name
        self._size = stream.seek(0, 2)
        self.entries: dict[str, Entry] = {}
        self._examine()

    def text(self, path: str) -> bytes:
        """A packed text, unpacked within the size that the directory states."""
        entry = self.entries[path]
        packed = self._at(entry.offset, entry.packed)
        opener = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            data = opener.decompress(packed, entry.size + 1)
        except zlib.error:
            self._damaged(path)
        whole = opener.eof and not opener.unused_data and not opener.unconsumed_tail
        if len(data) != entry.size or not whole:
            self._refuse(
                "package_size_lies",
                path,
                "Kích thước ghi trong gói khác kích thước thật của tệp.",
            )
        if zlib.crc32(data) != entry.crc:
            self._damaged(path)
        return data

    def sha256(self, path: str) -> str:
        """The SHA-256 of a file that lies as it is."""
        entry = self.entries[path]
        found, crc = hashlib.sha256(), 0
        for start in range(0, entry.size, _BLOCK):
            block = self._at(entry.offset + start, min(_BLOCK, entry.size - start))
            found.update(block)
            crc = zlib.crc32(block, crc)
        if crc != entry.crc:
            self._damaged(path)
        return found.hexdigest()

    # ------------------------------------------------------------- the directory

    def _examine(self) -> None:
        if self._size > MAX_PACKAGE_BYTES:
            self._refuse(
                "package_too_large", "", f"Gói lớn hơn {MAX_PACKAGE_BYTES // 1_000_000} MB."
            )
        self._check_beginning()
        count, size, offset = self._end()
        directory = self._at(offset, size)
        before = 0
        for entry, recorded in self._directory(directory, count):
            if recorded != before:
                self._layout()
            before = self._check_local(entry)
            path = entry.path.removeprefix(BASE)
            if path in self.entries:
                self._refuse("package_name_repeated", path, "Một tên tệp có hai lần trong gói.")
            self.entries[path] = entry
        if before != offset:
            self._layout()
        if list(self.entries) != sorted(self.entries):
            self._foreign("", "thứ tự các tệp trong gói không đúng định dạng")
        self._check_sizes()

    def _check_beginning(self) -> None:
        beginning = self._at(0, min(self._size, 64))
        if beginning.startswith(_AGE):
            self._refuse(
                "package_locked",
                "",
                "Gói đang được khóa (mã hóa).",
                "Mở khóa gói bằng mật khẩu hoặc khóa của nơi nhận.",
            )
        if not beginning.startswith(form.LOCAL_MARK):
            self._refuse(
                "package_not_a_package",
                "",
                "Tệp này không phải gói dữ liệu do chương trình xuất ra.",
                "Chọn đúng tệp gói dữ liệu đã nhận.",
            )

    def _end(self) -> tuple[int, int, int]:
        if self._size < form.END.size:
            self._cut()
        fields = form.END.unpack(self._at(self._size - form.END.size, form.END.size))
        mark, disk, first_disk, here, count, size, offset, comment = fields
        if mark != form.END_MARK:
            tail = self._at(max(0, self._size - 66_000), min(self._size, 66_000))
            if form.END_MARK in tail[: -form.END.size]:
                self._foreign("", "có dữ liệu hoặc lời ghi chú sau phần cuối của gói")
            self._cut()
        if disk or first_disk or here != count or comment:
            self._foreign("", "phần cuối của gói không đúng định dạng")
        if 0xFFFF in (count, here) or 0xFFFFFFFF in (size, offset):
            self._foreign("", "gói dùng dạng nén mở rộng (zip64)")
        if count > MAX_MEMBERS:
            self._refuse(
                "package_too_many_files", "", f"Gói có {count} tệp, nhiều hơn {MAX_MEMBERS}."
            )
        if offset + size != self._size - form.END.size:
            self._layout()
        if size > count * (form.CENTRAL.size + len(BASE) + 2 * MAX_NAME):
            self._layout()
        return count, size, offset

    def _directory(self, directory: bytes, count: int) -> Iterator[tuple[Entry, int]]:
        """The entries with the places of their local headers."""
        at = 0
        for _ in range(count):
            if at + form.CENTRAL.size > len(directory):
                self._layout()
            fields = form.CENTRAL.unpack_from(directory, at)
            (mark, made, needed, flags, method, time, date, crc, packed, size) = fields[:10]
            (name_size, extra, comment, disk, inner, attributes, recorded) = fields[10:]
            at += form.CENTRAL.size
            raw = directory[at : at + name_size]
            at += name_size
            if mark != form.CENTRAL_MARK or len(raw) != name_size:
                self._layout()
            path = self._path(raw)
            self._check_features(path, flags, method)
            if attributes >> 16 & 0o170000 == _LINK:
                self._refuse("package_link", path, "Gói chứa một liên kết thay cho tệp.")
            fixed = (made, needed, time, date, extra, comment, disk, inner, attributes)
            wanted = (form.VERSION_MADE, form.VERSION_NEEDED, form.TIME, form.DATE)
            if fixed != (*wanted, 0, 0, 0, 0, form.ATTRIBUTES):
                self._foreign(path, "phần đầu của tệp không đúng định dạng")
            if is_stored(path.removeprefix(BASE)) != (method == form.STORED):
                self._foreign(path, "tệp được nén theo cách không đúng định dạng")
            if method == form.STORED and packed != size:
                self._refuse(
                    "package_size_lies",
                    path,
                    "Kích thước ghi trong gói khác kích thước thật của tệp.",
                )
            offset = recorded + form.LOCAL.size + name_size
            yield Entry(path, method, crc, packed, size, offset), recorded
        if at != len(directory):
            self._layout()

    def _path(self, raw: bytes) -> str:
        try:
            path = raw.decode("ascii")
        except UnicodeDecodeError:
            words = raw.decode("utf-8", "replace")
            self._refuse("package_name_unsafe", words, "Gói có tên tệp dùng chữ không được phép.")
        fault = name_fault(path)
        if fault is not None:
            self._refuse("package_name_unsafe", path, f"Gói có tên tệp không an toàn: {fault}.")
        if not path.startswith(BASE):
            self._refuse(
                "package_name_unsafe", path, f"Gói có tệp nằm ngoài thư mục {BASE.rstrip('/')}."
            )
        return path

    def _check_features(self, path: str, flags: int, method: int) -> None:
        if flags & 0x2041:
            self._foreign(path, "tệp trong gói bị khóa bằng mật khẩu của chương trình nén")
        if flags != form.FLAGS:
            self._foreign(path, "gói dùng tính năng nén không có trong định dạng")
        if method not in (form.STORED, form.DEFLATED):
            self._foreign(path, "gói dùng cách nén không có trong định dạng")

    def _check_local(self, entry: Entry) -> int:
        """Holds the header before the bytes against the directory; where the next one begins."""
        expected = form.local_header(entry)
        end = entry.offset + entry.packed
        if end > self._size or self._at(entry.offset - len(expected), len(expected)) != expected:
            self._refuse(
                "package_headers_differ",
                entry.path.removeprefix(BASE),
                "Hai chỗ ghi về cùng một tệp trong gói không khớp nhau.",
            )
        return end

    def _check_sizes(self) -> None:
        texts = 0
        for path, entry in self.entries.items():
            if entry.method == form.STORED:
                if entry.size > MAX_FILE_BYTES:
                    self._bomb(path)
                continue
            texts += entry.size
            if not path.startswith(PAYLOAD) and entry.size > MAX_TAG_BYTES:
                self._bomb(path)
            tight = entry.size > RATIO_FROM and entry.size > MAX_RATIO * entry.packed
            if entry.size > MAX_TEXT_BYTES or texts > MAX_TEXTS_BYTES or tight:
                self._bomb(path)

    # ------------------------------------------------------------- bytes and faults

    def _at(self, offset: int, size: int) -> bytes:
        self._stream.seek(offset)
        data = self._stream.read(size)
        if len(data) != size:
            self._cut()
        return data

    def _refuse(self, code: str, path: str, message: str, remedy: str = SEND_AGAIN) -> NoReturn:
        place = f"{self._name}, {shown(path.removeprefix(BASE))}" if path else self._name
        raise refusal(code, place, message, remedy)

    def _foreign(self, path: str, words: str) -> NoReturn:
        self._refuse("package_zip_foreign", path, f"Gói không đúng định dạng: {words}.")

    def _layout(self) -> NoReturn:
        self._refuse(
            "package_zip_layout",
            "",
            "Trong gói có dữ liệu nằm ngoài các tệp, hoặc danh mục của gói không đúng.",
        )

    def _cut(self) -> NoReturn:
        self._refuse("package_cut_short", "", "Gói bị thiếu phần cuối.", COPY_AGAIN)

    def _damaged(self, path: str) -> NoReturn:
        self._refuse("package_damaged", path, "Nội dung tệp trong gói bị hỏng.", COPY_AGAIN)

    def _bomb(self, path: str) -> NoReturn:
        self._refuse("package_bomb", path, "Tệp trong gói mở ra lớn quá mức cho phép.")
