"""The end of an operation: what still hangs on a row that was taken out stops it in words."""

from __future__ import annotations

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from app.persistence import faults, sentences


def commit(connection: Connection, place: str) -> None:
    """Commits; where a row that is still used was taken out, says which, and takes all back."""
    try:
        connection.exec_driver_sql("COMMIT")
    except DBAPIError as fault:
        bonds = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if not bonds:
            raise
        words = sentences.table_words
        pairs = sorted({(words(row[0]), words(row[2])) for row in bonds})
        connection.exec_driver_sql("ROLLBACK")
        raise faults.refusal(
            "row_still_used",
            place,
            "Còn dữ liệu gắn với mục không có hoặc vừa bị xóa: "
            + "; ".join(f"{one} cần {other}" for one, other in pairs)
            + ".",
            "Xóa hoặc chuyển phần dữ liệu đó trước.",
        ) from fault
    connection.commit()
