"""Checking a workspace through: structure, chain, replay, triggers, evidence files.

The journal is replayed from its first operation; every row must stand as the replay leaves it, and
every change must start from what the one before it left. So a row, a change or an operation that
was altered behind the program's back is found and named.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from app.ground.findings import Finding, Findings
from app.persistence import database, evidence_files, journal
from app.persistence.journal import RowChange
from app.persistence.tables import KEPT, SCHEMA
from app.persistence.triggers import laid_triggers, triggers

_MANY: Final = 50
"""After so many faults of one kind the rest is only counted."""
_RESTORE: Final = "Khôi phục từ bản sao lưu gần nhất, hoặc tìm người đã sửa tệp ngoài chương trình."


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check found, and the head of the chain that it ended in."""

    findings: tuple[Finding, ...]
    operations: int
    changes: int
    head: str

    @property
    def intact(self) -> bool:
        """Whether nothing is wrong."""
        return not any(finding.is_error for finding in self.findings)


def verify(
    connection: Connection, folder: Path, *, files: bool = True, known_head: str | None = None
) -> Verification:
    """Checks all of a workspace; ``files = False`` leaves the content of evidence unread.

    ``known_head`` is a digest printed on a paper: it must be one of the chain's.
    """
    findings = Findings()
    broken = database.faults_of_structure(connection)
    if broken:
        told = f"SQLite tìm thấy {broken} chỗ sai trong cấu trúc tệp."
        findings.error("workspace_damaged", database.FILE, told, _RESTORE)
        return Verification(findings.as_tuple(), 0, 0, "")
    try:
        _structure(connection, findings)
        if findings.errors:
            return Verification(findings.as_tuple(), 0, 0, "")
        rows = journal.operation_rows(connection)
        changes = journal.all_changes(connection)
        _chain(rows, changes, findings)
        _left_open(connection, findings)
        replayed = _replay(changes, findings)
        _compare(connection, replayed, findings)
    except (DatabaseError, ValueError, KeyError, TypeError):
        findings.error(
            "workspace_damaged",
            database.FILE,
            "Không đọc được nội dung.",
            _RESTORE,
        )
        return Verification(findings.as_tuple(), 0, 0, "")
    for finding in evidence_files.check(connection, folder, content=files):
        findings.add(finding)
    digests = [str(row["digest"]) for row in rows]
    if known_head is not None and known_head not in digests:
        findings.error(
            "head_unknown",
            database.FILE,
            f"Mã nhật ký {known_head[:23]}… in trên văn bản không có trong sổ làm việc này.",
            "So lại mã; nếu đúng thì sổ làm việc đã bị thay hoặc cắt bớt sau khi in văn bản.",
        )
    head = digests[-1] if digests else journal.START
    return Verification(findings.as_tuple(), len(rows), len(changes), head)


def _structure(connection: Connection, findings: Findings) -> None:
    if not database.has_expected_structure(connection):
        findings.error(
            "workspace_damaged",
            database.FILE,
            "Cấu trúc bảng trong tệp khác cấu trúc của chương trình.",
            _RESTORE,
        )
    laid, wanted = laid_triggers(connection), triggers()
    for name in sorted(laid.keys() | wanted.keys()):
        if laid.get(name) != wanted.get(name):
            findings.error(
                "guard_missing",
                database.FILE,
                f"Bộ canh “{name}” của cơ sở dữ liệu bị gỡ hoặc bị sửa.",
                _RESTORE,
            )
    version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
    if version != [f"{SCHEMA:04}"]:
        findings.error(
            "workspace_damaged", database.FILE, "Số hiệu cấu trúc trong tệp bị sửa.", _RESTORE
        )


def _chain(
    rows: Sequence[Mapping[str, object]], changes: Sequence[RowChange], findings: Findings
) -> None:
    by_operation: dict[int, list[RowChange]] = {}
    for change in changes:
        by_operation.setdefault(change.operation, []).append(change)
    previous, expected = journal.START, 1
    faults = _Faults(findings, "operation_tampered")
    for row in rows:
        number = int(str(row["id"]))
        place = f"nhật ký, thao tác {number}"
        if number != expected:
            faults.tell(place, f"Thiếu thao tác từ {expected} đến {number - 1}.")
        elif row["previous"] != previous:
            faults.tell(place, "Thao tác không nối tiếp thao tác trước nó.")
        if journal.digest_of(row, by_operation.pop(number, [])) != row["digest"]:
            faults.tell(
                place,
                f"Nội dung của “{row['title']}” hoặc các thay đổi của nó đã bị sửa sau khi ghi.",
            )
        previous, expected = str(row["digest"]), number + 1
    for number in sorted(by_operation):
        faults.tell(f"nhật ký, thao tác {number}", "Có thay đổi của một thao tác không tồn tại.")
    faults.close()


def _left_open(connection: Connection, findings: Findings) -> None:
    for number in connection.exec_driver_sql("SELECT operation FROM current_operation").scalars():
        findings.error(
            "operation_tampered",
            f"nhật ký, thao tác {number}",
            "Tệp bị mở sẵn để ghi ngoài chương trình.",
            _RESTORE,
        )


Replayed = dict[tuple[str, str], tuple[str, int]]
"""The last state of each row by table and key, with the operation that wrote it."""


def _replay(changes: Sequence[RowChange], findings: Findings) -> Replayed:
    rows: Replayed = {}
    faults = _Faults(findings, "operation_tampered")
    for change in changes:
        place = (change.table, change.key)
        there = rows.get(place)
        if not journal.same_row(there[0] if there else None, change.before):
            faults.tell(
                f"nhật ký, thao tác {change.operation}, bảng {change.table}, dòng {change.key}",
                "Thay đổi không bắt đầu từ trạng thái mà thao tác trước để lại.",
            )
        if change.after is None:
            rows.pop(place, None)
        else:
            rows[place] = (change.after, change.operation)
    faults.close()
    return rows


def _compare(connection: Connection, replayed: Replayed, findings: Findings) -> None:
    faults = _Faults(findings, "row_tampered")
    last = {place: operation for place, (_, operation) in replayed.items()}
    for table in KEPT:
        columns = [c.name for c in table.columns]
        keys = [c.name for c in table.primary_key.columns]
        for key, row in journal.rows_of(connection, table.name, columns, keys).items():
            wanted, operation = replayed.pop((table.name, key), (None, None))
            if journal.same_row(wanted, row):
                continue
            place = f"bảng {table.name}, dòng {key}"
            if wanted is None:
                faults.tell(place, "Dòng này được thêm ngoài chương trình.")
            else:
                faults.tell(
                    place,
                    f"Dòng này đã bị sửa ngoài chương trình sau thao tác {operation}: "
                    + _difference(wanted, row),
                )
    for table_name, key in sorted(replayed):
        faults.tell(
            f"bảng {table_name}, dòng {key}",
            f"Dòng này đã bị xóa ngoài chương trình sau thao tác {last[table_name, key]}.",
        )
    faults.close()


def _difference(wanted: str, found: str) -> str:
    one, other = json.loads(wanted), json.loads(found)
    names = sorted(k for k in one.keys() | other.keys() if one.get(k) != other.get(k))
    return "; ".join(f"{k}: {one.get(k)!s:.60} → {other.get(k)!s:.60}" for k in names) + "."


class _Faults:
    """Tells the first faults of one kind and counts the rest."""

    def __init__(self, findings: Findings, code: str) -> None:
        self.findings = findings
        self.code = code
        self.count = 0

    def tell(self, place: str, message: str) -> None:
        """One fault."""
        self.count += 1
        if self.count <= _MANY:
            self.findings.error(self.code, place, message, _RESTORE)

    def close(self) -> None:
        """How many were not told one by one."""
        if self.count > _MANY:
            more = self.count - _MANY
            self.findings.error(self.code, database.FILE, f"Còn {more} chỗ khác.", _RESTORE)
