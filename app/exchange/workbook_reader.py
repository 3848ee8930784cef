"""The sheets of a workbook as plain rows, through python-calamine.

Zip-based files are examined first (``table_containers``, ``sheet_scan``), so that the reader
gets nothing that it could choke on. The old ``.xls`` format cannot be examined so, and a
damaged one can make the reader abort the whole process; it is read in a process of its own.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Final

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from app.exchange.sheet_scan import (
    CellFault,
    Merge,
    Position,
    ScanError,
    SheetMarks,
    scan_ods,
    scan_xlsx,
)
from app.exchange.table_containers import (
    FileKind,
    Limits,
    broken,
    locked,
    packed_again,
    refusal,
    unpacked,
)
from app.ground.findings import UserError

RawValue = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta

OLD_EXCEL_SECONDS: Final = 60
OLD_EXCEL_MEMORY: Final = 2_000_000_000


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet: its rows from the first row on, merged ranges and cells without a value."""

    name: str
    visible: bool
    rows: Sequence[Sequence[RawValue]]
    merges: Sequence[Merge]
    faults: Mapping[Position, CellFault]

    @property
    def has_content(self) -> bool:
        """Whether any cell has something in it."""
        return bool(self.faults) or any(value != "" for row in self.rows for value in row)


def read_workbook(data: bytes, kind: FileKind, name: str, limits: Limits) -> list[RawSheet]:
    """The worksheets of a workbook file; raises ``UserError`` where it cannot be read."""
    if kind is FileKind.XLS:
        return _read_old(data, name, limits)
    members = unpacked(data, name, limits)
    try:
        marks = scan_xlsx(members) if kind is FileKind.XLSX else scan_ods(members)
    except ScanError as fault:
        raise broken(name) from fault
    _check_size(marks, name, limits)
    try:
        with _panics_as_errors():
            sheets = _read(packed_again(members), limits)
    except PasswordError as fault:
        raise locked(name) from fault
    except (CalamineError, ValueError, OverflowError) as fault:
        raise broken(name) from fault
    return [
        RawSheet(
            sheet.name,
            sheet.visible,
            sheet.rows,
            marks[sheet.name].merges if sheet.name in marks else sheet.merges,
            marks[sheet.name].faults if sheet.name in marks else {},
        )
        for sheet in sheets
    ]


def _check_size(marks: Mapping[str, SheetMarks], name: str, limits: Limits) -> None:
    cells = text = 0
    for sheet, found in marks.items():
        cells += found.rows * found.columns
        text += found.text
        if found.rows > limits.rows or found.columns > limits.columns:
            raise _sheet_too_large(name, sheet, found.rows, found.columns, limits)
    if cells > limits.cells or text > limits.text:
        raise refusal(
            "table_too_large",
            f"Tệp {name}",
            "Các trang tính có quá nhiều ô hoặc quá nhiều chữ nên không được đọc.",
            "Chép riêng bảng cần nhập sang một tệp mới, lưu thành .xlsx rồi thử lại.",
        )


def _sheet_too_large(name: str, sheet: str, rows: int, columns: int, limits: Limits) -> UserError:
    return refusal(
        "table_too_large",
        f"Trang “{sheet}”, tệp {name}",
        f"Trang tính kéo dài tới {rows} dòng và {columns} cột,"
        f" quá mức {limits.rows} dòng và {limits.columns} cột.",
        "Xóa các dòng, cột thừa ở cuối bảng (kể cả ô chỉ có dấu cách), lưu lại rồi thử.",
    )


@contextlib.contextmanager
def _panics_as_errors() -> Iterator[None]:
    """Turns a panic of the reader into ``CalamineError``.

    The panic's class cannot be imported and stands outside ``Exception``, hence by its name.
    """
    try:
        yield
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":
            raise
        raise CalamineError(str(fault)) from fault


def _read(stream: io.BytesIO, limits: Limits) -> list[RawSheet]:
    """All worksheets with calamine; sheets that are too long or wide come without rows."""
    sheets: list[RawSheet] = []
    with CalamineWorkbook.from_filelike(stream) as workbook:
        for position, about in enumerate(workbook.sheets_metadata):
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_index(position)
            last_row, last_column = sheet.end or (-1, -1)
            if last_row >= limits.rows or last_column >= limits.columns:
                raise _TooLargeError(about.name, last_row + 1, last_column + 1)
            merges = [
                Merge(top + 1, left + 1, bottom + 1, right + 1)
                for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
            ]
            rows = sheet.to_python(skip_empty_area=False)
            visible = about.visible == SheetVisibleEnum.Visible
            sheets.append(RawSheet(about.name, visible, rows, merges, {}))
    return sheets


class _TooLargeError(Exception):
    """A sheet of an old workbook goes beyond the limits."""

    def __init__(self, sheet: str, rows: int, columns: int) -> None:
        super().__init__(sheet, rows, columns)
        self.sheet, self.rows, self.columns = sheet, rows, columns


def _read_old(data: bytes, name: str, limits: Limits) -> list[RawSheet]:
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_old_reader, args=(sender, data, limits), daemon=True)
    with receiver:
        with sender:
            process.start()
        try:
            answer = receiver.recv() if receiver.poll(OLD_EXCEL_SECONDS) else None
        except EOFError:
            answer = None
    process.kill()
    process.join()
    process.close()
    match answer:
        case list():
            return answer
        case _TooLargeError():
            raise _sheet_too_large(name, answer.sheet, answer.rows, answer.columns, limits)
        case PasswordError():
            raise locked(name)
        case _:
            raise broken(name)


def _old_reader(sender: Connection, data: bytes, limits: Limits) -> None:
    """Runs in the other process: answers with the sheets or with what went wrong."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (OLD_EXCEL_MEMORY, OLD_EXCEL_MEMORY))
    with sender:
        try:
            with _panics_as_errors():
                sender.send(_read(io.BytesIO(data), limits))
        except (CalamineError, _TooLargeError) as fault:
            sender.send(fault)
