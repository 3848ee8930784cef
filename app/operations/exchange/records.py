"""The rows beside the facts as a document of a package: registrations, targets, rounds, papers …

``bangvang-records/1`` is a table of lists, one for each kind of row, each row as the journal keeps
it: its columns as texts, whole numbers or nothing. Every list that the package is about stands
there, an empty one too, so that "none" is told apart from "not sent".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from app.ground.findings import Findings
from app.operations.exchange.rows import RECORD_BOOKS
from app.persistence import books
from app.persistence.books import Book
from app.persistence.stored_rows import stored, trusted_noun

RECORDS_SCHEMA: Final = "bangvang-records/1"
DOCUMENT: Final = "records"
_BOOKS: Final[Mapping[str, Book[Any]]] = {
    book.name: book for book in (books.PARAMETER_CHOICES, *RECORD_BOOKS)
}


def records_tree(nouns: Mapping[Book[Any], Sequence[Any]]) -> dict[str, Any]:
    """The document that holds these rows."""
    tree: dict[str, Any] = {"schema": RECORDS_SCHEMA}
    for book, listed in nouns.items():
        tree[book.name] = [dict(stored(book, noun)) for noun in listed]
    return tree


def read_records(
    tree: Mapping[str, Any], name: str, findings: Findings
) -> dict[Book[Any], list[Any]]:
    """The rows of such a document; what cannot be read is told and left out."""
    found: dict[Book[Any], list[Any]] = {}
    if tree.get("schema") != RECORDS_SCHEMA:
        _malformed(name, DOCUMENT, findings)
        return found
    for table, rows in tree.items():
        if table == "schema":
            continue
        book = _BOOKS.get(table)
        if book is None or not isinstance(rows, list):
            _malformed(name, table, findings)
            continue
        nouns = found.setdefault(book, [])
        for place, row in enumerate(rows, 1):
            try:
                nouns.append(trusted_noun(book, row))
            except ValueError:
                _malformed(name, f"{table}, dòng {place}", findings)
        if len({book.key(book.row(noun)) for noun in nouns}) != len(nouns):
            _malformed(name, table, findings)
    return found


def _malformed(name: str, where: str, findings: Findings) -> None:
    findings.error(
        "package_malformed",
        f"{name}, {where[:60]}",
        "Ghi chép trong gói có dòng không đúng định dạng.",
        "Đề nghị nơi gửi cập nhật chương trình rồi gửi lại gói.",
    )
