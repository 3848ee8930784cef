"""What can go wrong with a workspace, as the officer is told: what, where, how to mend it."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError

from app.ground.findings import Finding, Severity, UserError
from app.persistence import triggers

_CLOSE_AND_FREE: Final = "Xóa bớt tệp trên ổ đĩa rồi làm lại; việc vừa làm chưa được ghi."


def refusal(code: str, place: str, message: str, remedy: str) -> UserError:
    """A refusal with one finding."""
    return UserError([Finding(code, Severity.ERROR, place, message, remedy)])


def disk_full(place: str) -> UserError:
    """No room is left on the medium."""
    return refusal("disk_full", place, "Ổ đĩa đã đầy nên không ghi thêm được.", _CLOSE_AND_FREE)


def read_only(place: str) -> UserError:
    """The workspace was opened for reading."""
    return refusal(
        "workspace_read_only",
        place,
        "Sổ làm việc đang mở chỉ để đọc.",
        "Chép cả thư mục sang ổ đĩa ghi được rồi mở lại.",
    )


def damaged(place: str, what: str, remedy: str = "") -> UserError:
    """The file does not hold together."""
    return refusal(
        "workspace_damaged",
        place,
        f"Tệp dữ liệu bị hỏng: {what}",
        remedy or "Khôi phục từ bản sao lưu gần nhất (bangvang workspace restore).",
    )


def unwritable(place: str, what: str) -> UserError:
    """The medium refused to read or write."""
    return refusal(
        "medium_failed",
        place,
        f"Không đọc hoặc ghi được ổ đĩa ({what}).",
        "Kiểm tra ổ đĩa, thẻ nhớ hoặc dây cắm rồi mở lại; việc chưa xong không được ghi.",
    )


def of_the_system(fault: OSError, place: str) -> UserError:
    """A fault of the file system in the officer's words."""
    if fault.errno in {errno.ENOSPC, errno.EDQUOT}:
        return disk_full(place)
    if fault.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return read_only(place)
    return unwritable(place, f"mã lỗi {fault.errno}")


def of_the_database(fault: BaseException | None, place: str) -> UserError | None:
    """A fault of SQLite in the officer's words, or ``None`` where it is a bug of the program."""
    if not isinstance(fault, sqlite3.Error):
        return None
    name = getattr(fault, "sqlite_errorname", None) or ""
    words = str(fault)
    if name.startswith("SQLITE_FULL"):
        return disk_full(place)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT")):
        return damaged(place, "SQLite không đọc được cấu trúc tệp.")
    if name.startswith("SQLITE_READONLY"):
        return read_only(place)
    if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")):
        return unwritable(place, name)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return refusal(
            "workspace_busy",
            place,
            "Tệp dữ liệu đang bị một chương trình khác giữ.",
            "Đóng chương trình đang xem hoặc sao chép tệp này rồi làm lại.",
        )
    if words == triggers.CLOSED:
        return refusal(
            "period_closed",
            place,
            "Năm thi đua đã khóa sổ nên không sửa được.",
            "Mở lại sổ (có lý do) trước khi sửa.",
        )
    if words == triggers.SEALED:
        return refusal(
            "round_sealed",
            place,
            "Vòng chấm của đơn vị đã chốt điểm nên không sửa được.",
            "Mở lại vòng chấm (có lý do) trước khi sửa.",
        )
    if words == triggers.CONFIRMED:
        return refusal(
            "ballot_confirmed",
            place,
            "Kết quả bỏ phiếu đã được người thứ hai xác nhận nên không sửa, không xóa được.",
            "Hủy phiếu (có lý do) rồi tổ chức bỏ phiếu lại.",
        )
    if words == triggers.ISSUED:
        return refusal(
            "table_issued",
            place,
            "Bảng tiêu chí đã ban hành nên không sửa tại chỗ được.",
            "Lập phiên bản mới của bảng rồi sửa ở đó.",
        )
    return None


@contextmanager
def told_in_words(place: str) -> Iterator[None]:
    """Turns faults of the medium and of the database into a ``UserError`` where they are none
    of the program's own.
    """
    try:
        yield
    except DBAPIError as fault:
        told = of_the_database(fault.orig, place)
        if told is None:
            raise
        raise told from fault
    except sqlite3.Error as fault:
        told = of_the_database(fault, place)
        if told is None:
            raise
        raise told from fault
    except OSError as fault:
        raise of_the_system(fault, place) from fault
    except OverflowError as fault:  # an integer column holds 19 digits
        raise refusal(
            "number_too_long",
            place,
            "Có số nguyên quá lớn nên không ghi được.",
            "Kiểm tra lại các số lượng, số phiếu vừa nhập; có thể gõ thừa chữ số.",
        ) from fault


@contextmanager
def damage_in_words(place: str) -> Iterator[None]:
    """The same while a file is looked at for the first time: whatever cannot be read is damage."""
    try:
        with told_in_words(place):
            yield
    except (DBAPIError, sqlite3.Error, UnicodeDecodeError) as fault:
        raise damaged(place, "nội dung không đọc được.") from fault
